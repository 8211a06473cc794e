//! From the classes of one edition to those of another: a table that a city may edit by hand.
//!
//! A row is exact (`01-10` to `06010`) or a pattern that keeps the minor digits (`01-xx` to `060xx`); exact rows go
//! first. A row without a target says that the class has no successor. A pattern never carries a local class over,
//! and never invents a class: the target must be in the dictionary. A case keeps its original code whatever the
//! mapping says.

use serde::{Deserialize, Serialize};

use super::{Class, ClassKind, Dictionary, Edition, FieldFault, ImportReport, Table, table::cell};
use crate::error::GovernanceError;

/// Rows of one mapping.
const MAPPING_ROWS_MAX: usize = 10_000;

const COLUMNS: [&[&str]; 8] = [
    &["from_edition"],
    &["from_kind"],
    &["from_code"],
    &["to_edition"],
    &["to_kind"],
    &["to_code"],
    &["certainty"],
    &["note"],
];

/// How well a row of the mapping is founded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Certainty {
    /// A source gives the pair.
    Stated,
    /// Both lists agree on it, no source gives the pair.
    Inferred,
    /// Probable; look before relying on it.
    Presumed,
}

/// One row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MappingRow {
    /// The edition mapped from.
    pub from_edition: String,
    /// The kind mapped from.
    pub from_kind: ClassKind,
    /// A canonical code, or a pattern whose minor digits are `xx`.
    pub from_code: String,
    /// The edition mapped to.
    pub to_edition: String,
    /// Kind and code (or pattern) mapped to; none where the class has no successor.
    pub target: Option<(ClassKind, String)>,
    /// How well it is founded.
    pub certainty: Certainty,
    /// Why, for the person who decides.
    pub note: String,
}

/// What a class becomes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mapped<'a> {
    /// The class of the other edition; none where the row says that there is no successor.
    pub class: Option<&'a Class>,
    /// How well it is founded.
    pub certainty: Certainty,
    /// The row's note.
    pub note: &'a str,
}

/// A mapping between editions.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Mapping {
    rows: Vec<MappingRow>,
}

impl Mapping {
    /// Reads a mapping from a table (CSV or XLSX): columns `from_edition, from_kind, from_code, to_edition, to_kind, to_code, certainty, note`.
    /// Good rows are in the mapping, bad rows in the report.
    ///
    /// # Errors
    /// `table_unreadable`.
    pub fn read(bytes: &[u8], dictionary: &Dictionary) -> Result<(Self, ImportReport), GovernanceError> {
        let table = Table::read(bytes)?;
        for names in COLUMNS.iter().take(7) {
            table.required(names)?;
        }
        let mut mapping = Self::default();
        let mut report = ImportReport::default();
        for (number, fault) in &table.unreadable {
            report.refuse([fault.clone().at("", *number)]);
        }
        for (number, cells) in &table.rows {
            match mapping.read_row(&table, cells, dictionary) {
                Ok(row) => {
                    mapping.rows.push(row);
                    report.take();
                }
                Err(fault) => report.refuse([fault.at("", *number)]),
            }
        }
        Ok((mapping, report))
    }

    fn read_row(
        &self,
        table: &Table,
        cells: &[String],
        dictionary: &Dictionary,
    ) -> Result<MappingRow, FieldFault> {
        let text = |index: usize| {
            COLUMNS.get(index).map_or("", |names| cell(cells, table.column(names))).trim().to_owned()
        };
        if self.rows.len() >= MAPPING_ROWS_MAX {
            return Err(FieldFault::new(
                "from_code",
                &text(2),
                "mapping_too_long",
                format!("a mapping has {MAPPING_ROWS_MAX} rows at most"),
                "use patterns such as 01-xx",
            ));
        }
        let (from_kind, from_code) = side(dictionary, "from", &text(0), &text(1), &text(2))?;
        let target = if text(5).is_empty() {
            None
        } else {
            Some(side(dictionary, "to", &text(3), &text(4), &text(5))?)
        };
        if let Some((kind, code)) = &target {
            let both = is_pattern(&from_code) == is_pattern(code);
            let known = is_pattern(code) || dictionary.class(&text(3), *kind, code).is_some();
            if !both || !known {
                return Err(FieldFault::new(
                    "to_code",
                    code,
                    "mapping_target_unknown",
                    "the target is no class of its edition, or only one side is a pattern",
                    "name a class of the target edition, or write xx on both sides",
                ));
            }
        }
        let certainty = match text(6).as_str() {
            "stated" => Certainty::Stated,
            "inferred" => Certainty::Inferred,
            "presumed" => Certainty::Presumed,
            other => {
                return Err(FieldFault::new(
                    "certainty",
                    other,
                    "certainty_unknown",
                    "the certainty is unknown",
                    "write stated, inferred or presumed",
                ));
            }
        };
        if self.rows.iter().any(|row| {
            row.from_edition == text(0)
                && row.from_kind == from_kind
                && row.from_code == from_code
                && row.to_edition == text(3)
        }) {
            return Err(FieldFault::new(
                "from_code",
                &from_code,
                "mapping_row_doubled",
                "an earlier row maps the same class",
                "keep one of the two rows",
            ));
        }
        Ok(MappingRow {
            from_edition: text(0),
            from_kind,
            from_code,
            to_edition: text(3),
            target,
            certainty,
            note: text(7),
        })
    }

    /// The rows, as read.
    #[must_use]
    pub fn rows(&self) -> &[MappingRow] {
        &self.rows
    }

    /// What a class of one edition is in another; `None` where the mapping does not know.
    #[must_use]
    pub fn target<'a>(
        &'a self,
        dictionary: &'a Dictionary,
        from_edition: &str,
        kind: ClassKind,
        code: &str,
        to_edition: &str,
    ) -> Option<Mapped<'a>> {
        let from = dictionary.edition(from_edition).ok()?;
        let to = dictionary.edition(to_edition).ok()?;
        let rows = || {
            self.rows.iter().filter(move |row| {
                row.from_edition == from_edition
                    && row.from_kind == kind
                    && (row.to_edition == to_edition || row.target.is_none())
            })
        };
        let mapped = |row: &'a MappingRow, class| Mapped { class, certainty: row.certainty, note: &row.note };
        if let Some(row) = rows().find(|row| row.from_code == code) {
            let class =
                row.target.as_ref().and_then(|(kind, code)| dictionary.class(to_edition, *kind, code));
            return Some(mapped(row, class));
        }
        if from.is_local_code(code) {
            return None;
        }
        let minor = from.minor_of(code)?;
        let row = rows().find(|row| is_pattern(&row.from_code) && row.from_code.get(..2) == code.get(..2))?;
        let Some((to_kind, pattern)) = &row.target else { return Some(mapped(row, None)) };
        let class = dictionary.class(to_edition, *to_kind, &to.code_of(pattern.get(..2)?, minor))?;
        Some(mapped(row, Some(class)))
    }
}

/// Whether the minor digits stand for any.
fn is_pattern(code: &str) -> bool {
    code.ends_with("xx")
}

/// The pattern of a major class as the edition writes it: `01-xx`, `060xx`.
fn pattern_of(edition: &Edition, major: &str) -> String {
    let leading = usize::from(edition.minor_digits).saturating_sub(2);
    format!("{major}{}{}xx", edition.separator, "0".repeat(leading))
}

fn side(
    dictionary: &Dictionary,
    which: &str,
    edition: &str,
    kind: &str,
    code: &str,
) -> Result<(ClassKind, String), FieldFault> {
    let (edition_column, kind_column, code_column) = if which == "from" {
        ("from_edition", "from_kind", "from_code")
    } else {
        ("to_edition", "to_kind", "to_code")
    };
    let rules = dictionary.edition(edition).map_err(|error| {
        FieldFault::new(
            edition_column,
            edition,
            "edition_unknown",
            error.to_string(),
            "write an edition of the dictionary",
        )
    })?;
    let kind = ClassKind::parse(kind).ok_or_else(|| {
        FieldFault::new(
            kind_column,
            kind,
            "kind_unknown",
            "neither a component nor a matter",
            "write component or matter",
        )
    })?;
    let canonical = if is_pattern(code) {
        let major = code.get(..2).unwrap_or_default();
        (dictionary.major(edition, kind, major).is_some() && pattern_of(rules, major) == code)
            .then(|| code.to_owned())
    } else {
        rules.canonical(code)
    };
    let canonical = canonical.ok_or_else(|| {
        FieldFault::new(
            code_column,
            code,
            "class_code_malformed",
            format!("neither a class code nor a pattern of edition {edition}"),
            "write a code such as 01-10 or 06010, or a pattern such as 01-xx or 060xx",
        )
    })?;
    Ok((kind, canonical))
}
