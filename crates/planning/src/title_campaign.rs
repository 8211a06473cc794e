//! Campaigns for city titles 创建活动 (P3): the title's standard is what the city builds to.

use jiff::civil::Date;
use ledger::{FieldFault, Register, register::Faults};
use serde::{Deserialize, Serialize};

ledger::choices! {
    /// Who gives a title.
    TitleLevel {
        /// National 国家级.
        National = "national" ("国家级", "National"),
        /// Provincial 省级.
        Provincial = "provincial" ("省级", "Provincial"),
        /// Prefecture 州市级.
        Prefecture = "prefecture" ("州市级", "Prefecture"),
    }
}

ledger::choices! {
    /// How far a campaign has come.
    CampaignStage {
        /// Preparing 创建中.
        Preparing = "preparing" ("创建中", "Preparing"),
        /// Applied 已申报.
        Applied = "applied" ("已申报", "Applied"),
        /// Inspected 已验收.
        Inspected = "inspected" ("已验收", "Inspected"),
        /// Awarded 已命名.
        Awarded = "awarded" ("已命名", "Awarded"),
        /// Lapsed 已失效.
        Lapsed = "lapsed" ("已失效", "Lapsed"),
    }
}

/// A campaign to earn a title for the city 创建活动 (P3), such as national civilised city or national sanitary city.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Register)]
#[register(
    name = "title_campaign",
    part = "planning",
    mission = "P3",
    zh = "创建活动",
    en = "Title campaign",
    key(code),
    unit = "unit",
    check = "faults"
)]
pub struct TitleCampaign {
    /// A short code that stays the same; other registers name the row by it.
    #[field(zh = "编码", en = "Code", max = 40)]
    pub code: String,
    /// The title that the city works for.
    #[field(zh = "称号", en = "Title", max = 100, search)]
    pub name: String,
    /// Who gives the title: the nation, the province or the prefecture.
    #[field(zh = "级别", en = "Level", find)]
    pub level: TitleLevel,
    /// The body that gives the title.
    #[field(zh = "评选机关", en = "Given by", max = 100, search)]
    pub awarded_by: String,
    /// The standard or document that says what a city must reach, with its edition.
    #[field(zh = "评选标准", en = "Standard", max = 200, search)]
    pub standard: String,
    /// How far the campaign has come.
    #[field(zh = "阶段", en = "Stage", find)]
    pub stage: CampaignStage,
    /// When the city began.
    #[field(zh = "启动日期", en = "Started on", find)]
    pub started_on: Date,
    /// When the city applied.
    #[field(zh = "申报日期", en = "Applied on", find)]
    pub applied_on: Option<Date>,
    /// When the inspectors came.
    #[field(zh = "验收日期", en = "Inspected on", find)]
    pub inspected_on: Option<Date>,
    /// When the title was given.
    #[field(zh = "命名日期", en = "Awarded on", find)]
    pub awarded_on: Option<Date>,
    /// The number of the document that gives the title.
    #[field(zh = "命名文号", en = "Award document", max = 60)]
    pub document: Option<String>,
    /// Until when the title holds if it is not confirmed again 复审.
    #[field(zh = "有效期至", en = "Valid until", find)]
    pub ends_on: Option<Date>,
    /// When the city wants to have it.
    #[field(zh = "目标日期", en = "Target", find)]
    pub target_on: Option<Date>,
    /// The unit that leads the campaign.
    #[field(zh = "牵头单位", en = "Led by", refers = "unit", find)]
    pub unit: String,
    /// What else must be known of it; no names or numbers of people.
    #[field(zh = "备注", en = "Remarks", max = 1000, lines)]
    pub note: Option<String>,
}

/// The stage has the date that it is known by.
fn faults(campaign: &TitleCampaign) -> Vec<FieldFault> {
    let stage = campaign.stage;
    let awarded = matches!(stage, CampaignStage::Awarded | CampaignStage::Lapsed);
    Faults::new()
        .needs(stage == CampaignStage::Applied, "applied_on", campaign.applied_on.is_some())
        .needs(stage == CampaignStage::Inspected, "inspected_on", campaign.inspected_on.is_some())
        .needs(awarded, "awarded_on", campaign.awarded_on.is_some())
        .unless(awarded || campaign.awarded_on.is_none(), "awarded_on", "stage_differs_from_dates")
        .in_order(&[
            ("started_on", Some(campaign.started_on)),
            ("applied_on", campaign.applied_on),
            ("inspected_on", campaign.inspected_on),
            ("awarded_on", campaign.awarded_on),
            ("ends_on", campaign.ends_on),
        ])
        .found()
}
