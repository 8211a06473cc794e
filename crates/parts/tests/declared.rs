//! Figures as they are declared: the columns and words that they count by are those of the registers, so that none counts nothing for ever.

use std::collections::{BTreeMap, BTreeSet};

use figures::{Figure, Filter, Measure, Rows, ScopedBy, Total, Unit, When};
use ledger::register::{Description, FieldDescription, Kind};

fn registers() -> BTreeMap<&'static str, &'static Description> {
    let nouns = parts::nouns();
    nouns.registers().iter().map(|register| register.description()).map(|told| (told.name, told)).collect()
}

fn all() -> impl Iterator<Item = &'static Figure> {
    parts::figures().iter().copied().flatten()
}

fn totals(measure: Measure) -> Vec<Total> {
    match measure {
        Measure::Total(total) | Measure::Growth(total) => vec![total],
        Measure::Ratio { part, whole } => vec![part, whole],
    }
}

/// What is wrong with the columns of some rows.
fn wrong_columns(told: &Description, total: &Total) -> Vec<String> {
    let rows: &Rows = &total.rows;
    let mut wrong = Vec::new();
    let mut column = |name: &str, fits: fn(&FieldDescription) -> bool| {
        let field = told.fields.iter().find(|field| field.name == name);
        match field {
            Some(field) if field.find && fits(field) => {}
            _ => wrong.push(format!("{}.{name}", told.name)),
        }
    };
    let is_day = |field: &FieldDescription| matches!(field.kind, Kind::Date);
    match rows.when {
        When::Within(day) | When::OnLastDay(day) | When::By(day) => column(day, is_day),
        When::InForce { from, to } => {
            column(from, is_day);
            column(to, is_day);
        }
        When::WithinMoments(moment) => column(moment, |field| matches!(field.kind, Kind::Moment)),
        When::Periods(period) => column(period, |field| matches!(field.kind, Kind::Period)),
        When::Standing => {}
    }
    for scope in rows.scopes {
        match scope {
            ScopedBy::Unit(name) => column(name, |field| field.refers == Some("unit")),
            ScopedBy::Street(name) => column(name, |field| field.refers == Some("division")),
            ScopedBy::Cell(name) => column(name, |_| true),
        }
    }
    for filter in rows.filters {
        match filter {
            Filter::Truth(name, _) => column(name, |field| matches!(field.kind, Kind::Truth)),
            Filter::Is(name, _)
            | Filter::IsNot(name, _)
            | Filter::Filled(name)
            | Filter::Empty(name)
            | Filter::AtLeast(name, _)
            | Filter::Below(name, _)
            | Filter::Bits(name, _)
            | Filter::NoBits(name, _) => column(name, |_| true),
        }
    }
    if let Some(name) = total.sum {
        column(name, |field| {
            matches!(
                field.kind,
                Kind::Integer { .. }
                    | Kind::Decimal { .. }
                    | Kind::Rate { .. }
                    | Kind::Money { .. }
                    | Kind::Area { .. }
                    | Kind::Truth
            )
        });
    }
    for filter in rows.filters {
        if let Filter::Is(name, words) | Filter::IsNot(name, words) = filter
            && let Some(Kind::Choice { choices }) =
                told.fields.iter().find(|field| field.name == *name).map(|field| field.kind)
        {
            let unknown = words.iter().filter(|word| choices.iter().all(|choice| choice.code != **word));
            wrong.extend(unknown.map(|word| format!("{}.{name}: no {word}", told.name)));
        }
    }
    wrong
}

#[test]
fn figures_count_by_columns_and_words_that_registers_have() {
    let registers = registers();
    let mut counted = 0;
    let mut wrong = Vec::new();
    for figure in all() {
        for total in totals(figure.measure) {
            // Cases and calls are no registers; their own room tests them.
            if let Some(told) = registers.get(total.rows.noun) {
                counted += 1;
                let of_figure = wrong_columns(told, &total);
                wrong.extend(of_figure.into_iter().map(|what| format!("{}: {what}", figure.code)));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(counted > 100, "{counted} totals of registers");
}

#[test]
fn money_is_shown_as_money_and_land_as_land() {
    let registers = registers();
    for figure in all() {
        let Measure::Total(total) = figure.measure else { continue };
        let (Some(told), Some(column)) = (registers.get(total.rows.noun), total.sum) else { continue };
        let kind = told.fields.iter().find(|field| field.name == column).unwrap().kind;
        let fits = match kind {
            Kind::Money { .. } => matches!(figure.unit, Unit::YiYuan | Unit::WanYuan),
            Kind::Area { .. } => matches!(figure.unit, Unit::Mu | Unit::Number { .. }),
            _ => !matches!(figure.unit, Unit::YiYuan | Unit::WanYuan | Unit::Mu),
        };
        assert!(fits, "{}", figure.code);
    }
}

#[test]
fn each_figure_has_its_own_code_and_says_what_it_counts() {
    let mut codes = BTreeSet::new();
    for figure in all() {
        assert!(codes.insert(figure.code), "{} twice", figure.code);
        let (part, name) = figure.code.split_once('.').unwrap();
        let small = |text: &str| {
            text.chars().all(|sign| sign.is_ascii_lowercase() || sign.is_ascii_digit() || "_.".contains(sign))
        };
        assert!(small(part) && small(name) && !name.is_empty(), "{}", figure.code);
        for words in [figure.title, figure.formula] {
            assert!(
                !words.zh.is_ascii() && words.en.starts_with(|sign: char| sign.is_ascii_uppercase()),
                "{}",
                figure.code
            );
        }
    }
}
