//! For what a figure is asked: city, period, scope; and the conditions that this makes.

use db::Value;
use jiff::{civil::Date, tz::TimeZone};
use kernel::{code::CityCode, period::Period};
use ledger::Condition;
use serde::Serialize;

use crate::{
    FigureError,
    figure::{Filter, Measure, Rows, ScopedBy, Total, When},
    opened::Side,
};

/// Of what a figure is asked.
#[derive(Debug, Clone)]
pub struct Ask {
    /// The city.
    pub city: CityCode,
    /// Its zone: days are its own.
    pub zone: TimeZone,
    /// The period.
    pub period: Period,
    /// The whole city, or something smaller.
    pub scope: Scope,
}

/// The city, or something smaller within it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// The city.
    #[default]
    City,
    /// A street or town, by code.
    Street(String),
    /// A unit, by code.
    Unit(String),
    /// A grid cell, by code.
    Cell(String),
}

/// One of the totals that a figure is made of.
pub(crate) struct Stage {
    pub(crate) side: Side,
    pub(crate) sign: i64,
    pub(crate) total: Total,
    pub(crate) period: Period,
}

/// The totals of a measure, in the order in which their rows are listed.
pub(crate) fn stages(measure: Measure, period: Period) -> Result<Vec<Stage>, FigureError> {
    let stage = |side, sign, total, period| Stage { side, sign, total, period };
    Ok(match measure {
        Measure::Total(total) => vec![stage(Side::Part, 1, total, period)],
        Measure::Ratio { part, whole } => {
            vec![stage(Side::Part, 1, part, period), stage(Side::Whole, 1, whole, period)]
        }
        Measure::Growth(total) => {
            let before = period.year_before().map_err(|_| FigureError::Period)?;
            vec![
                stage(Side::Part, 1, total, period),
                stage(Side::Part, -1, total, before),
                stage(Side::Whole, 1, total, before),
            ]
        }
    })
}

fn text(day: Date) -> Value<'static> {
    day.to_string().into()
}

fn words(words: &'static [&'static str]) -> Vec<Value<'static>> {
    words.iter().map(|word| Value::from(*word)).collect()
}

fn when(when: When, period: Period, zone: &TimeZone) -> Result<Vec<Condition<'static>>, FigureError> {
    let after = period.last().tomorrow().map_err(|_| FigureError::Period)?;
    Ok(match when {
        When::Within(column) => {
            vec![Condition::From(column, text(period.first())), Condition::Below(column, text(after))]
        }
        When::WithinMoments(column) => {
            let (from, until) = period.moments(zone);
            vec![
                Condition::From(column, from.millis().into()),
                Condition::Below(column, until.millis().into()),
            ]
        }
        When::Periods(column) => {
            let parts = period.parts().into_iter().map(|part| part.to_string().into()).collect();
            vec![Condition::In(column, parts)]
        }
        When::OnLastDay(column) => vec![Condition::Is(column, text(period.last()))],
        When::By(column) => vec![Condition::Below(column, text(after))],
        When::InForce { from, to } => vec![
            Condition::Below(from, text(after)),
            Condition::Any(vec![Condition::Empty(to), Condition::From(to, text(period.last()))]),
        ],
        When::Standing => Vec::new(),
    })
}

fn filter(filter: Filter) -> Condition<'static> {
    match filter {
        Filter::Is(column, wanted) => Condition::In(column, words(wanted)),
        Filter::IsNot(column, unwanted) => Condition::NotIn(column, words(unwanted)),
        Filter::Truth(column, wanted) => Condition::Is(column, wanted.into()),
        Filter::Filled(column) => Condition::Filled(column),
        Filter::Empty(column) => Condition::Empty(column),
        Filter::AtLeast(column, least) => Condition::From(column, least.into()),
        Filter::Below(column, bound) => Condition::Below(column, bound.into()),
        Filter::Bits(column, wanted) => Condition::Bits(column, wanted, wanted),
        Filter::NoBits(column, unwanted) => Condition::Bits(column, unwanted, 0),
    }
}

impl Ask {
    /// The conditions on rows for a period.
    pub(crate) fn conditions(
        &self,
        rows: &Rows,
        period: Period,
        is_register: bool,
    ) -> Result<Vec<Condition<'static>>, FigureError> {
        let mut conditions = when(rows.when, period, &self.zone)?;
        conditions.extend(rows.filters.iter().copied().map(filter));
        if is_register {
            conditions.push(Condition::Empty("retired_at"));
        }
        let scoped = |code: &str, of: fn(&ScopedBy) -> Option<&'static str>| {
            let column = rows.scopes.iter().find_map(of).ok_or(FigureError::Scope)?;
            Ok::<_, FigureError>(Some(Condition::Is(column, code.to_owned().into())))
        };
        let scope = match &self.scope {
            Scope::City => None,
            Scope::Street(code) => scoped(code, |by| match by {
                ScopedBy::Street(column) => Some(column),
                _ => None,
            })?,
            Scope::Unit(code) => scoped(code, |by| match by {
                ScopedBy::Unit(column) => Some(column),
                _ => None,
            })?,
            Scope::Cell(code) => scoped(code, |by| match by {
                ScopedBy::Cell(column) => Some(column),
                _ => None,
            })?,
        };
        conditions.extend(scope);
        Ok(conditions)
    }
}
