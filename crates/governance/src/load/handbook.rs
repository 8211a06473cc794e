//! The handbook workbook: the next version of a city's handbook (standards 4.3).

use documents::table::TableFile;
use jiff::civil::Date;

use crate::{
    dictionary::{Class, ImportReport},
    error::GovernanceError,
    handbook::{
        Handbook, Unit,
        workbook::{self, Import},
    },
    view::View,
};

/// How a workbook becomes a version.
#[derive(Debug, Clone)]
pub struct HandbookChoice {
    /// The edition of its codes; the city's own where it is none.
    pub edition: Option<String>,
    /// What it is called.
    pub name: String,
    /// The first day on which cases are filed under it.
    pub in_force_from: Date,
}

/// Reads a workbook against what the city knows: the next version, classes to be added first, and the account of its rows. No version comes
/// of a workbook that changes nothing.
///
/// # Errors
/// `table_unreadable`, `edition_unknown`, `rows_refused`.
pub fn handbook(
    bytes: &[u8],
    view: &View,
    choice: &HandbookChoice,
) -> Result<(Option<Handbook>, Vec<Class>, ImportReport), GovernanceError> {
    let edition = choice.edition.as_deref().unwrap_or(&view.city.edition);
    let units: Vec<Unit> = view
        .units
        .values()
        .map(|unit| Unit { code: unit.code.clone(), name: unit.name_zh.clone() })
        .collect();
    let unreadable =
        |error: documents::DocumentError| GovernanceError::TableUnreadable { reason: error.to_string() };
    let mut file = TableFile::from_bytes(bytes.to_vec()).map_err(unreadable)?;
    let sheets = workbook::read_table(&mut file)?;
    let previous = view.handbooks.latest().filter(|previous| previous.edition() == edition);
    let import = Import {
        dictionary: &view.dictionary,
        edition,
        units: &units,
        previous: previous.map(std::convert::AsRef::as_ref),
    };
    let outcome = workbook::import(&sheets, &import)?;
    let (report, classes) = (outcome.report.clone(), outcome.classes.clone());
    let same = previous.is_some_and(|previous| previous.conditions() == outcome.conditions.as_slice());
    if same || outcome.conditions.is_empty() {
        return Ok((None, classes, report));
    }
    let version = view.handbooks.latest().map_or(1, |latest| latest.version() + 1);
    let handbook = outcome.into_handbook(version, &choice.name, edition, choice.in_force_from)?;
    Ok((Some(handbook), classes, report))
}
