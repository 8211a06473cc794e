//! Assets 资产 of platform companies: what they own, what stands in pledge.

use jiff::civil::Date;
use kernel::{area::Area, money::Fen, shape::Point};
use ledger::{FieldFault, Register, register::Faults};
use serde::{Deserialize, Serialize};

use crate::project::ProjectSector;

ledger::choices! {
    /// What kind of thing is owned.
    AssetKind {
        /// The right to use land.
        Land = "land" ("土地使用权", "Land"),
        /// A house.
        Building = "building" ("房屋", "Building"),
        /// Roads, pipes, lamps.
        Infrastructure = "infrastructure" ("基础设施", "Infrastructure"),
        /// Shares of a firm.
        Equity = "equity" ("股权", "Equity"),
        /// A right to charge for something.
        ChargingRight = "charging_right" ("收费权", "Charging right"),
        /// Machines and the like.
        Equipment = "equipment" ("设备", "Equipment"),
    }
}

/// A thing or right of value that an organisation owns. What serves the public without income may be neither injected into a platform company
/// nor pledged (F1, F3).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Register)]
#[register(
    name = "asset",
    part = "finance",
    mission = "F3",
    zh = "资产",
    en = "Asset",
    key(code),
    unit = "unit",
    check = "faults"
)]
pub struct Asset {
    /// The number in the register of assets.
    #[field(zh = "资产编号", en = "Code", max = 60)]
    pub code: String,
    /// What it is called.
    #[field(zh = "名称", en = "Name", max = 120, search)]
    pub name: String,
    /// What kind of thing.
    #[field(zh = "类别", en = "Kind", find)]
    pub kind: AssetKind,
    /// For what it is used.
    #[field(zh = "领域", en = "Sector", find)]
    pub sector: Option<ProjectSector>,
    /// Whose it is.
    #[field(zh = "权属单位", en = "Owner", refers = "organisation", find)]
    pub owner: String,
    /// The number of the title.
    #[field(zh = "权证号", en = "Title number", max = 80)]
    pub title: Option<String>,
    /// It serves the public and has no income: schools, hospitals, parks, offices.
    #[field(zh = "公益性资产", en = "Public-welfare asset", find)]
    pub public_welfare: bool,
    /// What it is worth.
    #[field(zh = "评估价值", en = "Value", unit = "wan_yuan", find)]
    pub value: Fen,
    /// The day for which it was valued.
    #[field(zh = "评估基准日", en = "Valued on", find)]
    pub valued_on: Option<Date>,
    /// How large it is.
    #[field(zh = "面积", en = "Area", unit = "m2", find)]
    pub area: Option<Area>,
    /// The day on which it was injected into its owner.
    #[field(zh = "注入日期", en = "Injected on", find)]
    pub injected_on: Option<Date>,
    /// The borrowing that it is pledged for.
    #[field(zh = "抵质押融资", en = "Pledged for", refers = "financing", find)]
    pub pledged_for: Option<String>,
    /// The project that built it.
    #[field(zh = "来源项目", en = "Built by project", refers = "project", find)]
    pub project: Option<String>,
    /// The day on which it was sold, given away or struck off.
    #[field(zh = "处置日期", en = "Disposed of on", find)]
    pub disposed_on: Option<Date>,
    /// Where it is.
    #[field(zh = "位置", en = "Place")]
    pub place: Option<Point>,
    /// The unit that answers for it and keeps this row.
    #[field(zh = "责任单位", en = "Responsible unit", refers = "unit", find)]
    pub unit: String,
}

fn faults(asset: &Asset) -> Vec<FieldFault> {
    let serves_public = asset.public_welfare;
    Faults::new()
        .unless(!serves_public || asset.injected_on.is_none(), "injected_on", "asset_serves_public")
        .unless(!serves_public || asset.pledged_for.is_none(), "pledged_for", "asset_serves_public")
        .needs(asset.injected_on.is_some(), "valued_on", asset.valued_on.is_some())
        .in_order(&[("injected_on", asset.injected_on), ("disposed_on", asset.disposed_on)])
        .found()
}
