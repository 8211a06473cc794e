//! Units from a table: code, name in Chinese and English, kind.

use super::Loaded;
use crate::{
    dictionary::{FieldFault, Table, cell},
    error::GovernanceError,
    unit::{Unit, UnitKind},
};

/// Reads units from CSV or a workbook with the headings `code`, `name_zh` and, where they are, `name_en` and `kind`.
///
/// # Errors
/// `table_unreadable` where the file is no such table.
pub fn units(bytes: &[u8]) -> Result<Loaded<Unit>, GovernanceError> {
    let table = Table::read(bytes)?;
    let code = table.required(&["code", "代码", "单位代码"])?;
    let name_zh = table.required(&["name_zh", "name", "名称", "单位名称"])?;
    let name_en = table.column(&["name_en", "英文名称"]);
    let kind = table.column(&["kind", "类别"]);
    let mut loaded = Loaded::default();
    for (number, fault) in table.unreadable {
        loaded.report.refuse([fault.at("", number)]);
    }
    for (number, cells) in table.rows {
        let word = cell(&cells, kind);
        let known = [UnitKind::Bureau, UnitKind::StreetOffice, UnitKind::Firm];
        let Some(kind) = known.into_iter().find(|kind| kind.name() == word || word.is_empty()) else {
            loaded.report.refuse([FieldFault::new(
                "kind",
                word,
                "unit_kind_unknown",
                "no kind of unit".to_owned(),
                "write bureau, street_office or firm, or leave it empty",
            )
            .at("", number)]);
            continue;
        };
        let text = |column| cell(&cells, column).to_owned();
        loaded.rows.push((
            number,
            Unit { code: text(Some(code)), name_zh: text(Some(name_zh)), name_en: text(name_en), kind },
        ));
    }
    Ok(loaded)
}
