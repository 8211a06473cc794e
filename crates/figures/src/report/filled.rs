//! What a report is once it has its numbers.

use kernel::shape::Shape;
use ledger::register::Title;
use serde::Serialize;

use crate::{Certificate, Scope};

/// Places of one register that a map holds at the most.
pub const MAP_SHAPES_MAX: usize = 2_000;

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
    /// Of what within the city.
    pub scope: Scope,
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
#[derive(Debug, Clone, PartialEq, Serialize)]
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
    /// Figures of units, or of streets and towns, beside each other; those for whom no row speaks are left out.
    Each {
        /// What it is called.
        caption: String,
        /// What the figures are called and counted in, column by column.
        columns: Vec<(Title, Title)>,
        /// Names, each with its numbers.
        rows: Vec<(String, Vec<Number>)>,
    },
    /// Registers on the city's map, as they stand.
    Map {
        /// What it is called.
        caption: String,
        /// The registers.
        layers: Vec<MapLayer>,
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

/// A register's rows with their places.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MapLayer {
    /// The register.
    pub register: &'static str,
    /// What it is called.
    pub title: Title,
    /// How many rows have a place.
    pub all: u64,
    /// The places of the first of them, at most [`MAP_SHAPES_MAX`].
    pub shapes: Vec<Shape>,
}

/// A sentence or block that was left out, because the city has no rows for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LeftOut {
    /// The heading under which it would have stood.
    pub under: String,
    /// The figures that have no value; of a map the registers without places.
    pub figures: Vec<&'static str>,
    /// Its words, with the codes of figures in braces.
    pub words: String,
}

/// A report with its numbers.
#[derive(Debug, Clone, PartialEq, Serialize)]
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

impl Span {
    /// What is read.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Self::Text(text) | Self::Number { text, .. } => text,
        }
    }
}
