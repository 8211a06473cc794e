//! Filling a template with a city's figures.

use std::collections::BTreeMap;

use db::Tx;
use kernel::period::Period as Asked;
use ledger::{Head, Ledger, register::Title};
use serde::Serialize;

use super::template::{Block, ChartKind, Form, Period, Piece, Sentence, Template};
use crate::{Ask, Certificate, Figure, FigureError, evaluate, written};

/// A number in a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Number {
    /// The figure's code.
    pub figure: &'static str,
    /// The system of the source that it belongs to.
    pub mission: Option<&'static str>,
    /// What it is called.
    pub title: Title,
    /// The period.
    pub period: String,
    /// The value as a decimal number; none where no row speaks for it.
    pub value: Option<String>,
    /// The unit.
    pub unit: Title,
    /// How many rows it counted.
    pub rows: u64,
    /// By what it can be evaluated again.
    pub certificate: Certificate,
}

/// A piece of a paragraph.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Span {
    /// Words.
    Text(String),
    /// A number as it is written in the sentence, and the number itself.
    Number {
        /// As it is written.
        text: String,
        /// What it is.
        number: Box<Number>,
    },
}

/// A block with its numbers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "block", rename_all = "snake_case")]
pub enum FilledBlock {
    /// A heading.
    Heading {
        /// 1 to 3.
        level: u8,
        /// Its words.
        text: String,
    },
    /// A paragraph.
    Paragraph {
        /// What stands in it.
        spans: Vec<Span>,
    },
    /// A table of figures; each with its value of the year before.
    Table {
        /// What it is called.
        caption: String,
        /// The figures, and the same a year before.
        rows: Vec<(Number, Option<Number>)>,
    },
    /// A chart of one figure over periods, or of figures beside each other.
    Chart {
        /// What it is called.
        caption: String,
        /// It is drawn as a line.
        line: bool,
        /// The numbers from left to right.
        numbers: Vec<Number>,
    },
    /// Registers on the city's map.
    Map {
        /// What it is called.
        caption: String,
        /// The registers.
        registers: Vec<String>,
    },
    /// The head of the city's ledger.
    Ledger {
        /// How many entries it holds.
        entries: u64,
        /// The last one's hash, hexadecimal.
        hash: String,
        /// The tree's root, hexadecimal.
        root: String,
    },
}

/// A sentence or block that was left out, because the city has no rows for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LeftOut {
    /// The heading under which it would have stood.
    pub under: String,
    /// The figures that have no value.
    pub figures: Vec<&'static str>,
    /// Its words, with the codes of figures in braces.
    pub words: String,
}

/// A report with its numbers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FilledReport {
    /// What it is called.
    pub title: String,
    /// The city's name.
    pub city: String,
    /// The period.
    pub period: String,
    /// It is in Chinese.
    pub chinese: bool,
    /// What stands in it.
    pub blocks: Vec<FilledBlock>,
    /// What does not.
    pub left_out: Vec<LeftOut>,
}

struct Filling<'a, 'tx, 'conn> {
    ledger: &'a Ledger,
    tx: &'tx mut Tx<'conn>,
    ask: &'a Ask,
    city: &'a str,
    chinese: bool,
    known: BTreeMap<(&'static str, String), Number>,
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
    (city, chinese): (&str, bool),
) -> Result<FilledReport, FigureError> {
    let mut filling = Filling { ledger, tx, ask, city, chinese, known: BTreeMap::new() };
    let mut report = FilledReport {
        title: String::new(),
        city: city.to_owned(),
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

impl Span {
    fn text(&self) -> &str {
        match self {
            Self::Text(text) | Self::Number { text, .. } => text,
        }
    }
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
        let ask = Ask { period, ..self.ask.clone() };
        let evaluated = evaluate(self.ledger, self.tx, figure, &ask)?;
        let written = written(&evaluated)?;
        let number = Number {
            figure: figure.code,
            mission: figure.mission,
            title: figure.title,
            period: key.1.clone(),
            value: written.value,
            unit: written.unit,
            rows: evaluated.rows,
            certificate: evaluated.certificate,
        };
        self.known.insert(key, number.clone());
        Ok(number)
    }

    fn sentence(&mut self, sentence: &Sentence) -> Result<Vec<Span>, FigureError> {
        let mut spans = Vec::new();
        for piece in &sentence.0 {
            spans.push(match piece {
                Piece::Text(text) => Span::Text(text.clone()),
                Piece::City => Span::Text(self.city.to_owned()),
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
                self.chart(caption, *kind == ChartKind::Line, numbers, under, report);
            }
            Block::Bars { caption, figures } => {
                let numbers = figures
                    .iter()
                    .map(|figure| self.number(figure, self.ask.period))
                    .collect::<Result<_, _>>()?;
                self.chart(caption, false, numbers, under, report);
            }
            Block::Map { caption, registers } => {
                report
                    .blocks
                    .push(FilledBlock::Map { caption: caption.clone(), registers: registers.clone() });
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

    /// A chart of what has a value; without two such numbers there is nothing to draw.
    #[expect(clippy::unused_self, reason = "reads like its neighbours")]
    fn chart(&self, caption: &str, line: bool, numbers: Vec<Number>, under: &str, report: &mut FilledReport) {
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
}

/// A number with its unit: Chinese puts nothing between, English a space except before the sign of percent.
pub(crate) fn with_unit(value: &str, unit: &Title, chinese: bool) -> String {
    if chinese || unit.en == "%" {
        format!("{value}{}", if chinese { unit.zh } else { unit.en })
    } else {
        format!("{value} {}", unit.en)
    }
}

/// A period in words.
pub(crate) fn period_words(period: Asked, chinese: bool) -> String {
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
