//! Who handles cases: the units of the default handbook and an office for each street and town.

use governance::{handbook::default_units, unit::UnitKind};

use super::{Unit, register::Entry};
use crate::error::DemoError;

/// Units of the default handbook that are firms with a public task.
const FIRMS: [&str; 7] = ["municipal_works", "water", "drainage", "power", "telecom", "gas", "bus"];
/// What the default handbook writes for the office of whichever street a case lies in.
pub(super) const ANY_STREET_OFFICE: &str = "street_office";

/// The units of the default handbook, then the offices by street. The handbook's `street_office` stays, because its conditions name it; the
/// office of a street is found by [`Unit::street`].
pub(super) fn units(quarters: &[Entry]) -> Result<Vec<Unit>, DemoError> {
    let mut units: Vec<Unit> = default_units()?
        .into_iter()
        .map(|unit| Unit {
            kind: match unit.code.as_str() {
                ANY_STREET_OFFICE => UnitKind::StreetOffice,
                code if FIRMS.contains(&code) => UnitKind::Firm,
                _ => UnitKind::Bureau,
            },
            code: unit.code,
            name_zh: unit.name_zh,
            name_en: unit.name_en,
            street: None,
        })
        .collect();
    units.extend(quarters.iter().map(|quarter| {
        let (office_zh, office_en) = match quarter.level {
            governance::division::DivisionLevel::Town => ("人民政府", "Government"),
            _ => ("办事处", "Office"),
        };
        Unit {
            code: format!("office_{}", quarter.stem_en.to_lowercase()),
            name_zh: format!("{}{office_zh}", quarter.name_zh),
            name_en: format!("{} {office_en}", quarter.name_en),
            kind: UnitKind::StreetOffice,
            street: Some(quarter.code.clone()),
        }
    }));
    Ok(units)
}
