//! Firms in parks 园区企业 (P4): from the contract to production, and whether they are above designated size 规模以上.

use jiff::civil::Date;
use kernel::{area::Area, money::Fen};
use ledger::{FieldFault, Register, register::Faults};
use serde::{Deserialize, Serialize};

ledger::choices! {
    /// A firm's place in the park's industry.
    FirmRole {
        /// Leading firm 龙头企业.
        Leading = "leading" ("龙头企业", "Leading firm"),
        /// Supporting firm 配套企业.
        Supporting = "supporting" ("配套企业", "Supporting firm"),
        /// Service firm 服务企业.
        Service = "service" ("服务企业", "Service firm"),
    }
}

ledger::choices! {
    /// How far a firm has come.
    FirmStage {
        /// Signed 签约.
        Signed = "signed" ("签约", "Signed"),
        /// Building 建设.
        Building = "building" ("建设", "Building"),
        /// Producing 投产.
        Producing = "producing" ("投产", "Producing"),
        /// Suspended 停产.
        Suspended = "suspended" ("停产", "Suspended"),
        /// Left 退出.
        Left = "left" ("退出", "Left"),
    }
}

/// A firm in a park 园区企业 (P4): what it brings, how far it is, and whether it is above designated size 规模以上.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Register)]
#[register(
    name = "park_firm",
    part = "planning",
    mission = "P4",
    zh = "园区企业",
    en = "Park firm",
    key(park, firm),
    unit = "unit",
    check = "faults"
)]
pub struct ParkFirm {
    /// The park that it is in.
    #[field(zh = "园区", en = "Park", refers = "park", find)]
    pub park: String,
    /// The firm that is meant; its name and code stand in the list of organisations.
    #[field(zh = "企业", en = "Firm", refers = "organisation", find)]
    pub firm: String,
    /// The specialised park that it is in, where it is in one.
    #[field(zh = "所在园中园", en = "Specialised park", refers = "specialised_park", find)]
    pub specialised_park: Option<String>,
    /// What it makes or does here (GB/T 4754).
    #[field(zh = "行业", en = "Industry", list = "industry", find)]
    pub industry: String,
    /// Its place in the park's industry.
    #[field(zh = "链上角色", en = "Role", find)]
    pub role: FirmRole,
    /// How far it has come.
    #[field(zh = "状态", en = "Stage", find)]
    pub stage: FirmStage,
    /// When the contract with the park was signed.
    #[field(zh = "签约日期", en = "Signed on", find)]
    pub signed_on: Option<Date>,
    /// When it began to build or fit out.
    #[field(zh = "开工日期", en = "Building began on", find)]
    pub building_began_on: Option<Date>,
    /// When it began to produce.
    #[field(zh = "投产日期", en = "Production began on", find)]
    pub production_began_on: Option<Date>,
    /// When it left the park or closed.
    #[field(zh = "退出日期", en = "Left on", find)]
    pub left_on: Option<Date>,
    /// Whether statistics count it as above designated size 规上企业.
    #[field(zh = "规模以上", en = "Above designated size", find)]
    pub above_designated_size: bool,
    /// Since when they do.
    #[field(zh = "入规日期", en = "Above designated size since", find)]
    pub designated_on: Option<Date>,
    /// The land that it uses.
    #[field(zh = "用地面积", en = "Land", unit = "mu", find)]
    pub land_area: Option<Area>,
    /// The floor area that it uses.
    #[field(zh = "厂房面积", en = "Workshops", unit = "m2", find)]
    pub floor_area: Option<Area>,
    /// What it has promised to invest.
    #[field(zh = "计划投资", en = "Planned investment", unit = "wan_yuan", find)]
    pub planned_investment: Option<Fen>,
    /// The province or city that it was attracted from; empty for a local firm.
    #[field(zh = "来源地", en = "Attracted from", max = 60, search)]
    pub attracted_from: Option<String>,
    /// The unit that attends to the firm's requests.
    #[field(zh = "服务单位", en = "Unit that attends to it", refers = "unit", find)]
    pub unit: String,
}

/// The stage has the date that it is known by; a firm above designated size says since when.
fn faults(firm: &ParkFirm) -> Vec<FieldFault> {
    let produced = matches!(firm.stage, FirmStage::Producing | FirmStage::Suspended);
    Faults::new()
        .needs(firm.stage == FirmStage::Signed, "signed_on", firm.signed_on.is_some())
        .needs(firm.stage == FirmStage::Building, "building_began_on", firm.building_began_on.is_some())
        .needs(produced, "production_began_on", firm.production_began_on.is_some())
        .needs(firm.stage == FirmStage::Left, "left_on", firm.left_on.is_some())
        .unless(
            firm.stage == FirmStage::Left || firm.left_on.is_none(),
            "left_on",
            "stage_differs_from_dates",
        )
        .needs(firm.above_designated_size, "designated_on", firm.designated_on.is_some())
        .in_order(&[
            ("signed_on", firm.signed_on),
            ("building_began_on", firm.building_began_on),
            ("production_began_on", firm.production_began_on),
            ("left_on", firm.left_on),
        ])
        .found()
}
