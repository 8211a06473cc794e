//! Divisions from a table: code, name, level, parent.

use kernel::{code::CityCode, time::Moment};

use super::Loaded;
use crate::{
    dictionary::{FieldFault, Table, cell},
    division::{Division, DivisionLevel},
    error::GovernanceError,
};

/// Reads divisions of a city from CSV or a workbook with the headings `code`, `name`, `level` and, where they are, `name_en`, `parent_code`.
/// Rows of the city itself and of what lies above it say nothing new and are passed over.
///
/// # Errors
/// `table_unreadable` where the file is no such table.
pub fn divisions(
    bytes: &[u8],
    city: CityCode,
    valid_from: Option<Moment>,
) -> Result<Loaded<Division>, GovernanceError> {
    let table = Table::read(bytes)?;
    let code = table.required(&["code", "代码", "区划代码"])?;
    let name = table.required(&["name", "名称"])?;
    let level = table.required(&["level", "级别"])?;
    let name_en = table.column(&["name_en", "英文名称"]);
    let mut loaded = Loaded::default();
    for (number, fault) in table.unreadable {
        loaded.report.refuse([fault.at("", number)]);
    }
    let county = city.to_string();
    for (number, cells) in table.rows {
        let (code, level) = (cell(&cells, Some(code)), cell(&cells, Some(level)));
        if matches!(level, "province" | "prefecture" | "county") && county.starts_with(code) {
            loaded.report.leave();
            continue;
        }
        let refused = |column, value: &str, code, message: &str, mend| {
            FieldFault::new(column, value, code, message.to_owned(), mend).at("", number)
        };
        let Some(level) = DivisionLevel::parse(level) else {
            loaded.report.refuse([refused(
                "level",
                level,
                "division_level_unknown",
                "no level of a division",
                "write street, town, community or village",
            )]);
            continue;
        };
        if !code.starts_with(&county) {
            loaded.report.refuse([refused(
                "code",
                code,
                "division_of_another_city",
                "the division is of another city",
                "import it into that city",
            )]);
            continue;
        }
        let parent = code.get(..code.len().saturating_sub(3)).unwrap_or_default().to_owned();
        loaded.rows.push((
            number,
            Division {
                code: code.to_owned(),
                name: cell(&cells, Some(name)).to_owned(),
                name_en: cell(&cells, name_en).to_owned(),
                level,
                parent,
                boundary: None,
                valid_from,
                valid_to: None,
            },
        ));
    }
    Ok(loaded)
}
