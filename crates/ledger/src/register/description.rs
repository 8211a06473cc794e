//! What a register is, as data: lists, forms, imports, exports and the API's description are drawn from it.

use serde::Serialize;

/// What people call something, in both languages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Title {
    /// Chinese.
    pub zh: &'static str,
    /// English.
    pub en: &'static str,
}

/// A register.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Description {
    /// Lower case; its name in entries, addresses and tables.
    pub name: &'static str,
    /// The part of the city that keeps it.
    pub part: &'static str,
    /// The system of the source that it belongs to, `P1` … `G10`.
    pub mission: Option<&'static str>,
    /// What people call it.
    pub title: Title,
    /// What it is.
    pub about: &'static str,
    /// The fields that make a row this row and no other.
    pub key: &'static [&'static str],
    /// The field that names the unit which answers for the row.
    pub unit: Option<&'static str>,
    /// The field that says from when a row is in force.
    pub valid_from: Option<&'static str>,
    /// The field that says until when.
    pub valid_to: Option<&'static str>,
    /// Its fields, in the order of the form.
    pub fields: &'static [FieldDescription],
}

/// A field of a register.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct FieldDescription {
    /// As it stands in JSON.
    pub name: &'static str,
    /// What people call it.
    pub title: Title,
    /// What it says: the help beside the field.
    pub about: &'static str,
    /// What it may hold.
    pub kind: Kind,
    /// It may be empty.
    pub optional: bool,
    /// Lists can be filtered and sorted by it.
    pub find: bool,
    /// It is found by words.
    pub search: bool,
    /// It is reckoned from the others: nobody is asked for it, and what somebody gives for it is not kept.
    pub derived: bool,
    /// The register whose keys it holds.
    pub refers: Option<&'static str>,
    /// The list of codes, kept as data with dates, that it takes its code from ([`super::CODES`]).
    pub list: Option<&'static str>,
}

/// A value of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Choice {
    /// As it stands in JSON and in tables.
    pub code: &'static str,
    /// What people call it.
    pub title: Title,
}

/// What a field may hold, and within which limits.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Kind {
    /// Title.
    Text {
        /// The most characters.
        chars_max: u32,
        /// It may have several lines.
        lines: bool,
    },
    /// One of a list.
    Choice {
        /// The list, in its order.
        choices: &'static [Choice],
    },
    /// A whole number.
    Integer {
        /// The least.
        min: i64,
        /// The most.
        max: i64,
        /// What is counted.
        unit: Option<&'static str>,
    },
    /// Yes or no.
    Truth,
    /// A number with decimals, in whole units of its last place ([`kernel::decimal::Decimal`]).
    Decimal {
        /// How many decimals.
        decimals: u32,
        /// The least, in units of the last place.
        min: i64,
        /// The most, in units of the last place.
        max: i64,
        /// What is measured.
        unit: Option<&'static str>,
    },
    /// A proportion, in millionths ([`kernel::rate::Rate`]).
    Rate {
        /// The least, millionths.
        min: i64,
        /// The most, millionths; the whole where nothing else is said.
        max: i64,
    },
    /// Money, in fen.
    Money {
        /// The least, fen; 0 where nothing else is said.
        min: i64,
        /// What it is shown in: `yuan`, `wan_yuan`, `yi_yuan`.
        unit: &'static str,
    },
    /// An area, in 1/30,000 m² ([`kernel::area`]).
    Area {
        /// The least, in 1/30,000 m²; 0 where nothing else is said.
        min: i64,
        /// What it is shown in: `m2`, `mu`, `ha`.
        unit: &'static str,
    },
    /// A day, `2016-03-05`.
    Date,
    /// A moment, UTC milliseconds.
    Moment,
    /// A period ([`kernel::period`]).
    Period,
    /// A person in the vault, by id.
    Person,
    /// A file that was added before, by the hash of its content.
    File,
    /// A place ([`kernel::shape::Point`]).
    Point,
    /// A line ([`kernel::shape::Line`]).
    Line,
    /// A surface ([`kernel::shape::Surface`]).
    Surface,
    /// A small table.
    Rows {
        /// The fields of its rows.
        fields: &'static [FieldDescription],
        /// The most rows.
        rows_max: u32,
    },
}

/// Characters of a text without a limit of its own.
pub const TEXT_CHARS_MAX: u32 = 200;
/// Rows of a small table without a limit of its own.
pub const TABLE_ROWS_MAX: u32 = 500;

/// What a field's attributes say of its limits.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// The least number.
    pub min: Option<i64>,
    /// The most characters, rows, or the largest number.
    pub max: Option<i64>,
    /// What is counted.
    pub unit: Option<&'static str>,
    /// Several lines.
    pub lines: bool,
}

impl Kind {
    /// The kind within limits. A limit that the kind cannot have is a mistake of the register, seen when it is compiled.
    #[must_use]
    pub const fn limited(self, limits: Limits) -> Self {
        match self {
            Self::Text { chars_max, .. } => {
                assert!(limits.min.is_none() && limits.unit.is_none(), "a text has only a most");
                Self::Text { chars_max: most(limits.max, chars_max), lines: limits.lines }
            }
            Self::Integer { min, max, .. } => Self::Integer {
                min: if let Some(least) = limits.min { least } else { min },
                max: if let Some(most) = limits.max { most } else { max },
                unit: limits.unit,
            },
            Self::Decimal { decimals, min, max, .. } => Self::Decimal {
                decimals,
                min: if let Some(least) = limits.min { least } else { min },
                max: if let Some(most) = limits.max { most } else { max },
                unit: limits.unit,
            },
            Self::Rate { min, max } => Self::Rate {
                min: if let Some(least) = limits.min { least } else { min },
                max: if let Some(most) = limits.max { most } else { max },
            },
            Self::Money { min, unit } => Self::Money {
                min: if let Some(least) = limits.min { least } else { min },
                unit: if let Some(unit) = limits.unit { unit } else { unit },
            },
            Self::Area { min, unit } => Self::Area {
                min: if let Some(least) = limits.min { least } else { min },
                unit: if let Some(unit) = limits.unit { unit } else { unit },
            },
            Self::Rows { fields, rows_max } => {
                assert!(limits.min.is_none() && limits.unit.is_none(), "a table has only a most");
                Self::Rows { fields, rows_max: most(limits.max, rows_max) }
            }
            other => {
                let none =
                    limits.min.is_none() && limits.max.is_none() && limits.unit.is_none() && !limits.lines;
                assert!(none, "this kind of field has no limits");
                other
            }
        }
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "just compared")]
const fn most(max: Option<i64>, without: u32) -> u32 {
    match max {
        Some(max) => {
            assert!(max > 0 && max <= u32::MAX as i64, "a most is at least one");
            max as u32
        }
        None => without,
    }
}

/// What has described fields: a register, or a row of a small table inside of one.
pub trait Fields {
    /// The fields, in their order.
    const FIELDS: &'static [FieldDescription];

    /// The rows of other registers that it names: where it stands (`owner`, `payments.2.payer`, after what stands before), the register,
    /// the key.
    fn references(&self, before: &str, keep: &mut Keep<'_>);
}

/// What is done with each reference.
pub type Keep<'a> = dyn FnMut(String, &'static str, &str) + 'a;

/// A register that is described.
pub trait Described: super::Register + Fields {
    /// What it is.
    const DESCRIPTION: &'static Description;
}
