//! The items of a title's standard 创建指标 (P3): a tree of indicators, each with what is asked, what is reached and the
//! evidence for it.

use jiff::civil::Date;
use kernel::decimal::Decimal;
use ledger::{
    FieldFault, Fields, Register,
    register::{Faults, File},
};
use serde::{Deserialize, Serialize};

ledger::choices! {
    /// How it is seen whether an item is met.
    Measure {
        /// At least the required value 不低于.
        AtLeast = "at_least" ("不低于", "At least the required value"),
        /// At most the required value 不高于.
        AtMost = "at_most" ("不高于", "At most the required value"),
        /// It is there or it is done 有无.
        Present = "present" ("有无", "It is there or it is done"),
    }
}

/// What shows that an item is met.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Fields)]
pub struct Evidence {
    /// What it is.
    #[field(zh = "名称", en = "Title", max = 100)]
    pub title: String,
    /// When it was made.
    #[field(zh = "日期", en = "Date")]
    pub dated_on: Date,
    /// The document or photo.
    #[field(zh = "文件", en = "File")]
    pub file: Option<File>,
    /// Where it is from, such as the number of a document.
    #[field(zh = "出处", en = "Source", max = 200)]
    pub source: Option<String>,
}

/// An item of a title's standard 创建指标 (P3): what is asked, what the city has reached, and by which evidence.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Register)]
#[register(
    name = "title_item",
    part = "planning",
    mission = "P3",
    zh = "创建指标",
    en = "Title item",
    key(campaign, number),
    unit = "unit",
    check = "faults"
)]
pub struct TitleItem {
    /// The campaign whose standard it is part of.
    #[field(zh = "创建活动", en = "Campaign", refers = "title_campaign", find)]
    pub campaign: String,
    /// Its number in the standard, such as 2.1.3.
    #[field(zh = "指标编号", en = "Number", max = 20, find)]
    pub number: String,
    /// What the standard asks for.
    #[field(zh = "指标内容", en = "What is asked", max = 500, search)]
    pub name: String,
    /// The item that it is part of: campaign and number with a slash between them.
    #[field(zh = "上级指标", en = "Part of", refers = "title_item", find)]
    pub parent: Option<String>,
    /// How it is seen whether the city meets it.
    #[field(zh = "评价方式", en = "Measured by", find)]
    pub measure: Measure,
    /// The value that the standard asks for.
    #[field(zh = "标准值", en = "Required value")]
    pub required: Option<Decimal<4>>,
    /// The value that the city has reached.
    #[field(zh = "现状值", en = "Value reached")]
    pub reached: Option<Decimal<4>>,
    /// What both values are measured in.
    #[field(zh = "计量单位", en = "Unit of the values", max = 20)]
    pub value_unit: Option<String>,
    /// Whether the city meets it.
    #[field(zh = "是否达标", en = "Met", find)]
    pub met: bool,
    /// When that was last checked.
    #[field(zh = "核验日期", en = "Checked on", find)]
    pub checked_on: Option<Date>,
    /// Until when it must be met.
    #[field(zh = "完成期限", en = "Due on", find)]
    pub due_on: Option<Date>,
    /// The points that it counts for.
    #[field(zh = "分值", en = "Points", max = 100_000, find)]
    pub points: Option<Decimal<2>>,
    /// The unit that has to meet it.
    #[field(zh = "责任单位", en = "Responsible unit", refers = "unit", find)]
    pub unit: String,
    /// What shows that it is met.
    #[field(zh = "佐证材料", en = "Evidence", max = 100)]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<Evidence>,
}

/// A measured item has its values, and "met" is what they say; an item is part of one of the same campaign.
fn faults(item: &TitleItem) -> Vec<FieldFault> {
    let measured = item.measure != Measure::Present;
    let says = match (item.measure, item.required, item.reached) {
        (Measure::AtLeast, Some(required), Some(reached)) => Some(reached >= required),
        (Measure::AtMost, Some(required), Some(reached)) => Some(reached <= required),
        (Measure::AtLeast | Measure::AtMost, _, None) => Some(false),
        _ => None,
    };
    let parent = item.parent.as_deref();
    let same =
        parent.is_none_or(|key| key.split_once('/').is_some_and(|(campaign, _)| campaign == item.campaign));
    let itself = parent.is_some_and(|key| key == format!("{}/{}", item.campaign, item.number));
    Faults::new()
        .unless(same, "parent", "item_of_other_campaign")
        .unless(!itself, "parent", "refers_to_itself")
        .needs(measured, "required", item.required.is_some())
        .needs(measured, "value_unit", item.value_unit.is_some())
        .unless(says.is_none_or(|says| says == item.met), "met", "met_differs_from_values")
        .needs(item.met, "checked_on", item.checked_on.is_some())
        .needs(item.met, "evidence", !item.evidence.is_empty())
        .found()
}
