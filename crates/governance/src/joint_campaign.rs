//! Special campaigns 专项行动 of several units together (G7).

use std::collections::BTreeSet;

use jiff::civil::Date;
use ledger::{FieldFault, Fields, Register, register::File};
use serde::{Deserialize, Serialize};

ledger::choices! {
    /// What a campaign is about.
    CampaignTheme {
        /// Stalls and goods on the street.
        Street = "street" ("占道经营", "Street trade"),
        /// Buildings without permission.
        Building = "building" ("违法建设", "Illegal building"),
        /// Signs and advertisements.
        Signs = "signs" ("户外广告店招", "Signs and advertisements"),
        /// Traffic and parking.
        Traffic = "traffic" ("交通秩序", "Traffic"),
        /// Food markets.
        Market = "market" ("农贸市场", "Food markets"),
        /// Dust, smoke, noise, water.
        Environment = "environment" ("环境污染", "Environment"),
        /// Waste and clean streets.
        Sanitation = "sanitation" ("环境卫生", "Sanitation"),
        /// Fire, gas, work safety.
        Safety = "safety" ("安全生产", "Safety"),
        /// Anything else.
        Other = "other" ("其他", "Other"),
    }
}

/// A unit that takes part.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Fields)]
pub struct TakingPart {
    /// The unit that takes part.
    #[field(zh = "单位", en = "Unit", refers = "unit")]
    pub unit: String,
    /// What it does.
    #[field(zh = "职责", en = "Task", max = 200, optional)]
    #[serde(default)]
    pub task: String,
    /// How many people it sends.
    #[field(zh = "人数", en = "People", max = 10_000)]
    pub people: Option<u32>,
}

/// A special campaign: several units, one matter, a time (mission G7).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Register)]
#[register(
    name = "joint_campaign",
    part = "governance",
    mission = "G7",
    zh = "联合专项行动",
    en = "Joint campaign",
    key(code),
    unit = "unit",
    check = "faults"
)]
pub struct JointCampaign {
    /// A short stable word.
    #[field(zh = "编码", en = "Code", max = 40)]
    pub code: String,
    /// What it is called.
    #[field(zh = "名称", en = "Name", max = 100, search)]
    pub name: String,
    /// What it is about.
    #[field(zh = "主题", en = "Theme", find)]
    pub theme: CampaignTheme,
    /// The unit that leads it 牵头单位.
    #[field(zh = "牵头单位", en = "Leading unit", refers = "unit", find)]
    pub unit: String,
    /// The other units 配合单位, each once.
    #[field(zh = "配合单位", en = "Units taking part", max = 100)]
    #[serde(default)]
    pub units: Vec<TakingPart>,
    /// What shall be reached.
    #[field(zh = "目标", en = "Aim", max = 500, lines, optional)]
    #[serde(default)]
    pub aim: String,
    /// The first day.
    #[field(zh = "开始日期", en = "Begins on", find)]
    pub begins_on: Date,
    /// The last day, as planned or as it was.
    #[field(zh = "结束日期", en = "Ends on", find)]
    pub ends_on: Date,
    /// It is over and its report is there.
    #[field(zh = "已总结", en = "Concluded", find)]
    pub concluded: bool,
    /// The paper that ordered it.
    #[field(zh = "方案文件", en = "Plan")]
    pub plan: Option<File>,
}

fn faults(campaign: &JointCampaign) -> Vec<FieldFault> {
    let mut faults =
        Vec::from_iter(crate::ends_before(Some(campaign.begins_on), Some(campaign.ends_on), "ends_on"));
    if campaign.units.is_empty() {
        faults.push(FieldFault::new("units", "joint_work_of_one_unit"));
    }
    faults.extend(units_once(&campaign.unit, campaign.units.iter().map(|part| part.unit.as_str())));
    faults
}

/// Each unit takes part once, and the leading one not beside itself.
pub(crate) fn units_once<'a>(
    leading: &'a str,
    others: impl Iterator<Item = &'a str>,
) -> impl Iterator<Item = FieldFault> {
    let mut seen = BTreeSet::from([leading]);
    let twice = others.enumerate().filter(move |(_, unit)| !seen.insert(*unit));
    twice.map(|(number, _)| FieldFault::new(format!("units.{number}.unit"), "unit_named_twice"))
}
