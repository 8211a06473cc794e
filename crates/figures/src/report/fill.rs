//! Filling a template with a city's figures.

use std::collections::BTreeMap;

use db::Tx;
use kernel::{period::Period as Asked, shape::Shape};
use ledger::{
    Condition, Head, Ledger,
    record::PAGE_RECORDS_MAX,
    register::{FieldDescription, Kind, Query, Title, count_rows, page},
};
use serde::Deserialize as _;

use super::{
    filled::{FilledBlock, FilledReport, LeftOut, MAP_SHAPES_MAX, MapLayer, Number, Span},
    template::{Block, ChartKind, EachOf, Form, Period, Piece, Sentence, Template},
};
use crate::{Ask, Figure, FigureError, Scope, evaluate, written};

/// Columns, and rows with their names.
type Each = (Vec<(Title, Title)>, Vec<(String, Vec<Number>)>);

struct Filling<'a, 'tx, 'conn> {
    ledger: &'a Ledger,
    tx: &'tx mut Tx<'conn>,
    ask: &'a Ask,
    home: &'a Home,
    chinese: bool,
    known: BTreeMap<(&'static str, String), Number>,
}

/// What a report calls the city and what is in it, in its own language.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Home {
    /// The city.
    pub name: String,
    /// Units with their codes, in the order of lists.
    pub units: Vec<(String, String)>,
    /// Streets and towns with their codes.
    pub streets: Vec<(String, String)>,
}

/// Fills a template for a city and period.
///
/// # Errors
/// [`FigureError`].
pub fn fill(
    ledger: &Ledger,
    tx: &mut Tx<'_>,
    template: &Template,
    ask: &Ask,
    (home, chinese): (&Home, bool),
) -> Result<FilledReport, FigureError> {
    let mut filling = Filling { ledger, tx, ask, home, chinese, known: BTreeMap::new() };
    let mut report = FilledReport {
        title: String::new(),
        city: home.name.clone(),
        period: ask.period.to_string(),
        chinese,
        blocks: Vec::new(),
        left_out: Vec::new(),
    };
    let title = filling.sentence(&template.title)?;
    report.title = title.iter().map(Span::text).collect();
    let mut under = String::new();
    for block in &template.blocks {
        if let Block::Heading(_, text) = block {
            text.clone_into(&mut under);
        }
        filling.block(block, &under, &mut report)?;
    }
    drop_empty_headings(&mut report.blocks);
    Ok(report)
}

/// A heading under which nothing is left is left out as well.
fn drop_empty_headings(blocks: &mut Vec<FilledBlock>) {
    let mut kept: Vec<FilledBlock> = Vec::with_capacity(blocks.len());
    for block in blocks.drain(..).rev() {
        if let FilledBlock::Heading { level, .. } = &block {
            let empty = match kept.last() {
                None => true,
                Some(FilledBlock::Heading { level: next, .. }) => next <= level,
                Some(_) => false,
            };
            if empty {
                continue;
            }
        }
        kept.push(block);
    }
    kept.reverse();
    *blocks = kept;
}

/// The figures of a sentence that have no value; nothing where all have one.
fn silent(spans: &[Span]) -> Vec<&'static str> {
    spans
        .iter()
        .filter_map(|span| match span {
            Span::Number { number, .. } if number.value.is_none() => Some(number.figure),
            _ => None,
        })
        .collect()
}

impl Filling<'_, '_, '_> {
    fn period(&self, which: Period) -> Option<Asked> {
        match which {
            Period::Asked => Some(self.ask.period),
            Period::Previous => self.ask.period.previous().ok(),
            Period::YearBefore => self.ask.period.year_before().ok(),
        }
    }

    fn number(&mut self, figure: &'static Figure, period: Asked) -> Result<Number, FigureError> {
        let key = (figure.code, period.to_string());
        if let Some(known) = self.known.get(&key) {
            return Ok(known.clone());
        }
        let number = self.scoped(figure, &Ask { period, ..self.ask.clone() })?;
        self.known.insert(key, number.clone());
        Ok(number)
    }

    fn scoped(&mut self, figure: &'static Figure, ask: &Ask) -> Result<Number, FigureError> {
        let evaluated = evaluate(self.ledger, self.tx, figure, ask)?;
        let written = written(&evaluated)?;
        Ok(Number {
            figure: figure.code,
            mission: figure.mission,
            title: figure.title,
            period: ask.period.to_string(),
            scope: ask.scope.clone(),
            value: written.value,
            unit: written.unit,
            rows: evaluated.rows,
            certificate: evaluated.certificate,
        })
    }

    fn sentence(&mut self, sentence: &Sentence) -> Result<Vec<Span>, FigureError> {
        let mut spans = Vec::new();
        for piece in &sentence.0 {
            spans.push(match piece {
                Piece::Text(text) => Span::Text(text.clone()),
                Piece::City => Span::Text(self.home.name.clone()),
                Piece::Period => Span::Text(period_words(self.ask.period, self.chinese)),
                Piece::Figure { figure, form, period } => {
                    let period = self.period(*period).ok_or(FigureError::Period)?;
                    let number = self.number(figure, period)?;
                    let value = number.value.clone().unwrap_or_else(|| format!("{{{}}}", figure.code));
                    let text = match form {
                        Form::Number => value,
                        Form::WithUnit => with_unit(&value, &number.unit, self.chinese),
                    };
                    Span::Number { text, number: Box::new(number) }
                }
            });
        }
        Ok(spans)
    }

    fn block(&mut self, block: &Block, under: &str, report: &mut FilledReport) -> Result<(), FigureError> {
        let left_out =
            |figures: Vec<&'static str>, words: String| LeftOut { under: under.to_owned(), figures, words };
        match block {
            Block::Heading(level, text) => {
                report.blocks.push(FilledBlock::Heading { level: *level, text: text.clone() });
            }
            Block::Paragraph(sentences) => {
                let mut kept = Vec::new();
                for sentence in sentences {
                    let spans = self.sentence(sentence)?;
                    let silent = silent(&spans);
                    if silent.is_empty() {
                        kept.extend(spans);
                    } else {
                        report.left_out.push(left_out(silent, spans.iter().map(Span::text).collect()));
                    }
                }
                if !kept.is_empty() {
                    report.blocks.push(FilledBlock::Paragraph { spans: kept });
                }
            }
            Block::Table { caption, figures } => {
                let mut rows = Vec::new();
                for figure in figures {
                    let number = self.number(figure, self.ask.period)?;
                    if number.value.is_none() {
                        report
                            .left_out
                            .push(left_out(vec![figure.code], format!("{caption}: {}", figure.title.zh)));
                        continue;
                    }
                    let before = match self.period(Period::YearBefore) {
                        Some(period) => Some(self.number(figure, period)?),
                        None => None,
                    };
                    rows.push((number, before));
                }
                if !rows.is_empty() {
                    report.blocks.push(FilledBlock::Table { caption: caption.clone(), rows });
                }
            }
            Block::Trend { kind, caption, figure, periods } => {
                let mut numbers = Vec::new();
                let mut period = Some(self.ask.period);
                while let Some(now) = period.filter(|_| numbers.len() < *periods as usize) {
                    numbers.push(self.number(figure, now)?);
                    period = now.previous().ok();
                }
                numbers.reverse();
                chart(caption, *kind == ChartKind::Line, numbers, under, report);
            }
            Block::Bars { caption, figures } => {
                let numbers = figures
                    .iter()
                    .map(|figure| self.number(figure, self.ask.period))
                    .collect::<Result<_, _>>()?;
                chart(caption, false, numbers, under, report);
            }
            Block::Each { caption, of, figures } => {
                let (columns, rows) = self.each(*of, figures)?;
                if rows.is_empty() {
                    let codes = figures.iter().map(|figure| figure.code).collect();
                    report.left_out.push(left_out(codes, caption.clone()));
                } else {
                    report.blocks.push(FilledBlock::Each { caption: caption.clone(), columns, rows });
                }
            }
            Block::Map { caption, registers } => {
                let layers = registers.iter().map(|name| self.layer(name)).collect::<Result<Vec<_>, _>>()?;
                if layers.iter().all(|layer| layer.shapes.is_empty()) {
                    report.left_out.push(left_out(registers.clone(), caption.clone()));
                } else {
                    report.blocks.push(FilledBlock::Map { caption: caption.clone(), layers });
                }
            }
            Block::Ledger => {
                let head: Head = ledger::head(self.tx, self.ask.city)?;
                report.blocks.push(FilledBlock::Ledger {
                    entries: head.entries,
                    hash: ledger::hex(&head.hash),
                    root: ledger::hex(&head.root()),
                });
            }
        }
        Ok(())
    }

    /// The figures of each unit or street; none of those for whom no row speaks.
    fn each(&mut self, of: EachOf, figures: &[&'static Figure]) -> Result<Each, FigureError> {
        let home = self.home;
        let (named, scope): (_, fn(String) -> Scope) = match of {
            EachOf::Unit => (&home.units, Scope::Unit),
            EachOf::Street => (&home.streets, Scope::Street),
        };
        let mut rows = Vec::new();
        for (code, name) in named {
            let ask = Ask { scope: scope(code.clone()), ..self.ask.clone() };
            let numbers =
                figures.iter().map(|figure| self.scoped(figure, &ask)).collect::<Result<Vec<_>, _>>()?;
            if numbers.iter().any(|number| number.rows > 0) {
                rows.push((name.clone(), numbers));
            }
        }
        let columns = rows
            .first()
            .map(|(_, numbers)| numbers.iter().map(|number| (number.title, number.unit)).collect());
        Ok((columns.unwrap_or_default(), rows))
    }

    /// The places of a register's rows that are in use.
    fn layer(&mut self, name: &str) -> Result<MapLayer, FigureError> {
        let register = self.ledger.register(name)?;
        let description = register.description();
        let query = Query {
            conditions: vec![Condition::Filled("west")],
            limit: PAGE_RECORDS_MAX,
            ..Query::default()
        };
        let all = count_rows(self.tx, self.ask.city, register, query.clone())?;
        let mut layer =
            MapLayer { register: description.name, title: description.title, all, shapes: Vec::new() };
        let mut after = None;
        loop {
            let query = Query { after: after.take(), ..query.clone() };
            let (rows, next) = page(self.tx, self.ask.city, register, query)?;
            for row in rows {
                layer.shapes.extend(shape(description.fields, &row.fields));
            }
            layer.shapes.truncate(MAP_SHAPES_MAX);
            after = next.filter(|_| layer.shapes.len() < MAP_SHAPES_MAX);
            if after.is_none() {
                return Ok(layer);
            }
        }
    }
}

/// A chart of what has a value; without two such numbers there is nothing to draw.
fn chart(caption: &str, line: bool, numbers: Vec<Number>, under: &str, report: &mut FilledReport) {
    if numbers.iter().filter(|number| number.value.is_some()).count() >= 2 {
        report.blocks.push(FilledBlock::Chart { caption: caption.to_owned(), line, numbers });
    } else {
        let figures = numbers.iter().filter(|number| number.value.is_none()).map(|number| number.figure);
        report.left_out.push(LeftOut {
            under: under.to_owned(),
            figures: figures.collect(),
            words: caption.to_owned(),
        });
    }
}

/// The first place that a row has.
fn shape(fields: &[FieldDescription], row: &serde_json::Value) -> Option<Shape> {
    let placed = |field: &&FieldDescription| matches!(field.kind, Kind::Point | Kind::Line | Kind::Surface);
    fields.iter().filter(placed).find_map(|field| Shape::deserialize(row.get(field.name)?).ok())
}

/// A number with its unit: Chinese puts nothing between, English a space except before the sign of percent.
fn with_unit(value: &str, unit: &Title, chinese: bool) -> String {
    if chinese || unit.en == "%" {
        format!("{value}{}", if chinese { unit.zh } else { unit.en })
    } else {
        // A unit that begins with a number would be read as more digits: 128.64 × 100 million CNY.
        let times = if unit.en.starts_with(|sign: char| sign.is_ascii_digit()) { "× " } else { "" };
        format!("{value} {times}{}", unit.en)
    }
}

/// A period in words.
#[must_use]
pub fn period_words(period: Asked, chinese: bool) -> String {
    let text = period.to_string();
    if !chinese {
        return text;
    }
    let (year, rest) = text.split_at_checked(4).unwrap_or((&text, ""));
    match rest.as_bytes() {
        [] => format!("{year}年"),
        b"-H1" => format!("{year}年上半年"),
        b"-H2" => format!("{year}年下半年"),
        [b'-', b'Q', quarter] => {
            let name = ["一", "二", "三", "四"].get(usize::from(quarter.saturating_sub(b'1'))).copied();
            format!("{year}年第{}季度", name.unwrap_or(""))
        }
        [b'-', _, _] => format!("{year}年{}月", rest[1..].trim_start_matches('0')),
        _ if period.first() == period.last() => day_words(period.first()),
        _ => format!("{}至{}", day_words(period.first()), day_words(period.last())),
    }
}

fn day_words(day: jiff::civil::Date) -> String {
    format!("{}年{}月{}日", day.year(), day.month(), day.day())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_is_never_read_as_more_digits() {
        let yi = Title { zh: "亿元", en: "100 million CNY" };
        assert_eq!(with_unit("128.64", &yi, true), "128.64亿元");
        assert_eq!(with_unit("128.64", &yi, false), "128.64 × 100 million CNY");
        assert_eq!(with_unit("185", &Title { zh: "个", en: "plans" }, false), "185 plans");
        assert_eq!(with_unit("38.25", &Title { zh: "%", en: "%" }, false), "38.25%");
    }
}
