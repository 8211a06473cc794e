//! Concessions 特许经营: plants that a firm builds or runs for the city.

use jiff::civil::Date;
use kernel::{decimal::Decimal, money::Fen, shape::Point};
use ledger::{FieldFault, Register, register::Faults};
use serde::{Deserialize, Serialize};

use crate::rules::within;

ledger::choices! {
    /// What service is given.
    ConcessionKind {
        /// Sewage is treated.
        Sewage = "sewage" ("污水处理", "Sewage treatment"),
        /// Waste is burnt.
        WasteIncineration = "waste_incineration" ("垃圾焚烧发电", "Waste incineration"),
        /// Waste is buried.
        WasteLandfill = "waste_landfill" ("垃圾卫生填埋", "Waste landfill"),
        /// Water is supplied.
        Water = "water" ("供水", "Water supply"),
        /// Gas is supplied.
        Gas = "gas" ("燃气", "Gas supply"),
        /// Buses run.
        Bus = "bus" ("公共交通", "Public transport"),
    }
}

/// The right to run a public service and to charge for it, for a time, with what is promised in volume and price (S6; 基础设施和公用事业特许经营管理办法).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Register)]
#[register(
    name = "concession",
    part = "services",
    mission = "S6",
    zh = "特许经营",
    en = "Concession",
    key(code),
    unit = "unit",
    check = "faults"
)]
pub struct Concession {
    /// The number of the contract.
    #[field(zh = "合同编号", en = "Code", max = 60)]
    pub code: String,
    /// The plant or service.
    #[field(zh = "名称", en = "Name", max = 120, search)]
    pub name: String,
    /// What service is given.
    #[field(zh = "类别", en = "Kind", find)]
    pub kind: ConcessionKind,
    /// Who has the concession.
    #[field(zh = "特许经营者", en = "Concessionaire", refers = "organisation", find)]
    pub operator: String,
    /// The project that built the plant.
    #[field(zh = "项目", en = "Project", refers = "project", find)]
    pub project: Option<String>,
    /// The PPP contract that it is a part of.
    #[field(zh = "PPP合同", en = "PPP contract", refers = "ppp_contract", find)]
    pub ppp_contract: Option<String>,
    /// The day of signing.
    #[field(zh = "签订日期", en = "Signed on", find)]
    pub signed_on: Date,
    /// The first day of running.
    #[field(zh = "运营开始日期", en = "Runs from", find)]
    pub runs_from: Option<Date>,
    /// The last day of the concession.
    #[field(zh = "特许期届满", en = "Ends on", find)]
    pub ends_on: Date,
    /// What the plant can take in a day.
    #[field(zh = "设计日处理能力", en = "Capacity of a day", unit = "t", find)]
    pub capacity: Option<Decimal<2>>,
    /// What the city pays for in a day at least.
    #[field(zh = "保底日水（垃圾）量", en = "Guaranteed volume of a day", unit = "t", find)]
    pub guaranteed: Option<Decimal<2>>,
    /// The price of a tonne, in yuan.
    #[field(zh = "单价", en = "Price", unit = "yuan/t", max = 10_000_000)]
    pub price: Option<Decimal<4>>,
    /// What the firm pays for the right.
    #[field(zh = "特许经营费", en = "Concession fee", unit = "wan_yuan", find)]
    pub fee: Option<Fen>,
    /// The standard that it has to keep.
    #[field(zh = "执行标准", en = "Standard", max = 120)]
    pub standard: Option<String>,
    /// Where the plant is.
    #[field(zh = "位置", en = "Place")]
    pub place: Option<Point>,
    /// The unit that answers for it and keeps this row.
    #[field(zh = "责任单位", en = "Responsible unit", refers = "unit", find)]
    pub unit: String,
}

fn faults(concession: &Concession) -> Vec<FieldFault> {
    Faults::new()
        .unless(within(concession.guaranteed, concession.capacity), "guaranteed", "part_above_whole")
        .needs(concession.guaranteed.is_some(), "price", concession.price.is_some())
        .in_order(&[
            ("signed_on", Some(concession.signed_on)),
            ("runs_from", concession.runs_from),
            ("ends_on", Some(concession.ends_on)),
        ])
        .found()
}
