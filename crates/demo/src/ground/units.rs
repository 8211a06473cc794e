//! Who handles cases: the units of the default handbook and an office for each street and town.

use governance::{handbook::default_units, unit::UnitKind};

use super::{Unit, register::Entry};
use crate::error::DemoError;

/// Units of the default handbook that are firms with a public task.
const FIRMS: [&str; 7] = ["municipal_works", "water", "drainage", "power", "telecom", "gas", "bus"];
/// What the default handbook writes for the office of whichever street a case lies in.
pub(super) const ANY_STREET_OFFICE: &str = "street_office";

/// Bureaus that handle no cases and keep the books of the five parts: code, name in Chinese, in English.
const BUREAUS: [(&str, &str, &str); 21] = [
    ("government_office", "市政府办公室", "Government office"),
    ("development_reform", "发展和改革局", "Development and reform bureau"),
    ("planning", "规划局", "Planning bureau"),
    ("land_resources", "国土资源局", "Land and resources bureau"),
    ("finance", "财政局", "Finance bureau"),
    ("finance_office", "金融工作办公室", "Financial affairs office"),
    ("state_assets", "国有资产监督管理局", "State assets bureau"),
    ("statistics", "统计局", "Statistics bureau"),
    ("industry", "工业和信息化局", "Industry and information bureau"),
    ("park_kaili", "凯里经济开发区管委会", "Kaili development zone committee"),
    ("park_lubi", "炉碧经济开发区管委会", "Lubi development zone committee"),
    ("tourism", "旅游发展局", "Tourism bureau"),
    ("forestry", "林业局", "Forestry bureau"),
    ("agriculture", "农业局", "Agriculture bureau"),
    ("transport", "交通运输局", "Transport bureau"),
    ("education", "教育和科技局", "Education and science bureau"),
    ("health", "卫生和计划生育局", "Health bureau"),
    ("employment", "人力资源和社会保障局", "Employment and social security bureau"),
    ("civil_affairs", "民政局", "Civil affairs bureau"),
    ("market_supervision", "市场监督管理局", "Market supervision bureau"),
    ("civilisation_office", "精神文明建设办公室", "Civic culture office"),
];

/// Whether a unit keeps books and handles no cases.
pub(super) fn keeps_books(unit: &Unit) -> bool {
    BUREAUS.iter().any(|(code, _, _)| *code == unit.code)
}

/// The units of the default handbook, then the offices by street, then the bureaus that keep books. The handbook's `street_office` stays, because its conditions name it; the
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
    units.extend(BUREAUS.iter().map(|(code, name_zh, name_en)| Unit {
        code: (*code).to_owned(),
        name_zh: (*name_zh).to_owned(),
        name_en: (*name_en).to_owned(),
        kind: UnitKind::Bureau,
        street: None,
    }));
    Ok(units)
}
