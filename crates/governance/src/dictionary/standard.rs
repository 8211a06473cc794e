//! The editions that ship with the product, read from `data/dictionary`.

use jiff::civil::Date;

use super::{
    ClassKind, Dictionary, EDITION_2013, EDITION_2026, Edition, ImportReport, Major, Mapping, Table,
};
use crate::error::GovernanceError;

const EDITIONS: &[u8] = include_bytes!("../../data/dictionary/editions.csv");
const MAJORS: &[u8] = include_bytes!("../../data/dictionary/majors.csv");
const CLASSES_2013: &[u8] = include_bytes!("../../data/dictionary/classes-2013.csv");
const CLASSES_2026: &[u8] = include_bytes!("../../data/dictionary/classes-2026.csv");
const MAPPING: &[u8] = include_bytes!("../../data/dictionary/mapping-2013-2026.csv");

impl Dictionary {
    /// The national editions 2013 (in part) and 2026 (whole).
    ///
    /// # Errors
    /// Only where the shipped data files are damaged.
    pub fn standard() -> Result<Self, GovernanceError> {
        let mut dictionary = Self::empty();
        let majors = read_majors(MAJORS)?;
        for edition in read_editions(EDITIONS)? {
            let own = majors.iter().filter(|major| major.edition == edition.code).cloned().collect();
            dictionary.add_edition(edition, own)?;
        }
        for (edition, bytes) in [(EDITION_2013, CLASSES_2013), (EDITION_2026, CLASSES_2026)] {
            whole(dictionary.import_classes(edition, bytes)?)?;
        }
        Ok(dictionary)
    }
}

impl Mapping {
    /// The shipped mapping from edition 2013 to edition 2026 (standards 2.5).
    ///
    /// # Errors
    /// Only where the shipped data file is damaged.
    pub fn standard(dictionary: &Dictionary) -> Result<Self, GovernanceError> {
        let (mapping, report) = Self::read(MAPPING, dictionary)?;
        whole(report)?;
        Ok(mapping)
    }
}

/// Shipped data has no bad row.
fn whole(report: ImportReport) -> Result<(), GovernanceError> {
    if report.refused == 0 { Ok(()) } else { Err(GovernanceError::RowsRefused { faults: report.refusals }) }
}

fn read_editions(bytes: &[u8]) -> Result<Vec<Edition>, GovernanceError> {
    let table = Table::read(bytes)?;
    table
        .rows
        .iter()
        .map(|(row, cells)| {
            let text = |name: &str| -> Result<&str, GovernanceError> {
                Ok(cells.get(table.required(&[name])?).map_or("", String::as_str))
            };
            let malformed = |name: &str| GovernanceError::TableUnreadable {
                reason: format!("editions: row {row}, column {name}"),
            };
            let day = |name: &str| -> Result<Option<Date>, GovernanceError> {
                let text = text(name)?;
                if text.is_empty() { Ok(None) } else { text.parse().map(Some).map_err(|_| malformed(name)) }
            };
            let number = |name: &str| -> Result<u16, GovernanceError> {
                text(name)?.parse().map_err(|_| malformed(name))
            };
            Ok(Edition {
                code: text("code")?.to_owned(),
                name_zh: text("name_zh")?.to_owned(),
                name_en: text("name_en")?.to_owned(),
                standard: text("standard")?.to_owned(),
                in_force_from: day("in_force_from")?,
                in_force_to: day("in_force_to")?,
                complete: text("complete")? == "yes",
                separator: text("separator")?.to_owned(),
                minor_digits: u8::try_from(number("minor_digits")?).map_err(|_| malformed("minor_digits"))?,
                local_minor_first: number("local_minor_first")?,
                local_minor_last: number("local_minor_last")?,
                local_name_suffix: text("local_name_suffix")?.to_owned(),
            })
        })
        .collect()
}

fn read_majors(bytes: &[u8]) -> Result<Vec<Major>, GovernanceError> {
    let table = Table::read(bytes)?;
    table
        .rows
        .iter()
        .map(|(row, cells)| {
            let text = |name: &str| -> Result<String, GovernanceError> {
                Ok(cells.get(table.required(&[name])?).cloned().unwrap_or_default())
            };
            Ok(Major {
                edition: text("edition")?,
                kind: ClassKind::parse(&text("kind")?).ok_or_else(|| GovernanceError::TableUnreadable {
                    reason: format!("majors: row {row}, column kind"),
                })?,
                code: text("code")?,
                name_zh: text("name_zh")?,
                name_en: text("name_en")?,
            })
        })
        .collect()
}
