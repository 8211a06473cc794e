//! What a report is before it has its numbers.

use kernel::error::{Coded, ErrorKind};
use serde_json::{Map, Value};

use crate::Figure;

/// Most bytes of a template.
pub const TEMPLATE_BYTES_MAX: usize = 256 * 1024;
/// Most periods of a trend.
pub(super) const TREND_PERIODS_MAX: u32 = 60;

/// A report without its numbers.
#[derive(Debug, Clone)]
pub struct Template {
    /// What it is called, with city and period in place.
    pub title: Sentence,
    /// What stands in it.
    pub blocks: Vec<Block>,
}

/// A part of a report.
#[derive(Debug, Clone)]
pub enum Block {
    /// A heading of level 1 to 3.
    Heading(u8, String),
    /// A paragraph, sentence by sentence.
    Paragraph(Vec<Sentence>),
    /// A table of figures: value, unit, the year before.
    Table {
        /// What it is called.
        caption: String,
        /// The figures.
        figures: Vec<&'static Figure>,
    },
    /// A figure over the periods up to the one asked for.
    Trend {
        /// How it is drawn.
        kind: ChartKind,
        /// What it is called.
        caption: String,
        /// The figure.
        figure: &'static Figure,
        /// How many periods.
        periods: u32,
    },
    /// Figures beside each other.
    Bars {
        /// What it is called.
        caption: String,
        /// The figures, of one unit.
        figures: Vec<&'static Figure>,
    },
    /// Figures of each unit, or of each street and town, beside each other.
    Each {
        /// What it is called.
        caption: String,
        /// Of what.
        of: EachOf,
        /// The figures, in the order of the columns.
        figures: Vec<&'static Figure>,
    },
    /// Registers on the city's map.
    Map {
        /// What it is called.
        caption: String,
        /// Names of registers with places.
        registers: Vec<&'static str>,
    },
    /// The head of the city's ledger.
    Ledger,
}

/// What the rows of a table are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EachOf {
    /// Units.
    Unit,
    /// Streets and towns.
    Street,
}

/// How a trend is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChartKind {
    /// Columns.
    Bar,
    /// A line.
    Line,
}

/// What stands or falls together: without one of its figures it is left out.
#[derive(Debug, Clone, Default)]
pub struct Sentence(pub Vec<Piece>);

/// A piece of a sentence.
#[derive(Debug, Clone)]
pub enum Piece {
    /// Words.
    Text(String),
    /// The city's name.
    City,
    /// The period that is asked for.
    Period,
    /// A figure's number.
    Figure {
        /// The figure.
        figure: &'static Figure,
        /// Alone or with its unit.
        form: Form,
        /// Of which period.
        period: Period,
    },
}

/// How a number is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Form {
    /// The number alone.
    Number,
    /// The number with its unit.
    WithUnit,
}

/// Of which period a number is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Period {
    /// The one that is asked for.
    Asked,
    /// The one before.
    Previous,
    /// The same one a year before.
    YearBefore,
}

/// Why a template does not load.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{code} in line {line}: {what}")]
pub struct TemplateError {
    /// The translation key.
    pub code: &'static str,
    /// The line, from 1.
    pub line: usize,
    /// What stands there.
    pub what: String,
}

impl Coded for TemplateError {
    fn code(&self) -> &'static str {
        self.code
    }

    fn kind(&self) -> ErrorKind {
        ErrorKind::Invalid
    }

    fn details(&self) -> Map<String, Value> {
        Map::from_iter([("line".to_owned(), self.line.into()), ("what".to_owned(), self.what.clone().into())])
    }
}

/// What a template may name.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    /// Figures.
    pub figures: &'a [&'static [Figure]],
    /// Registers whose rows have places.
    pub placed: &'a [&'static str],
}
