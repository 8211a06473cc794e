//! Redevelopment of land that is used badly 低效用地再开发 (L4): shanty towns, urban villages, old factories.

use jiff::civil::Date;
use kernel::{
    area::Area,
    shape::{Point, Surface},
};
use ledger::{FieldFault, Register, register::Faults};
use serde::{Deserialize, Serialize};

ledger::choices! {
    /// What stands on land that is redeveloped.
    RedevelopmentKind {
        /// Shanty town 棚户区.
        Shanty = "shanty" ("棚户区", "Shanty town"),
        /// Urban village 城中村.
        UrbanVillage = "urban_village" ("城中村", "Urban village"),
        /// Dilapidated housing 危旧房.
        Dilapidated = "dilapidated" ("危旧房", "Dilapidated housing"),
        /// Old factory 旧厂房.
        OldFactory = "old_factory" ("旧厂房", "Old factory"),
        /// Idle land 闲置土地.
        Idle = "idle" ("闲置土地", "Idle land"),
        /// Old street 旧街区.
        OldStreet = "old_street" ("旧街区", "Old street"),
    }
}

ledger::choices! {
    /// How land for redevelopment is won.
    RedevelopmentMode {
        /// Negotiated recovery 协商收回.
        Recovery = "recovery" ("协商收回", "Negotiated recovery"),
        /// Purchase into reserve 收购储备.
        Purchase = "purchase" ("收购储备", "Purchase into reserve"),
        /// Joint development 联合开发.
        Joint = "joint" ("联合开发", "Joint development"),
        /// By its owners 自主改造.
        Owner = "owner" ("自主改造", "By its owners"),
        /// Expropriation 征收.
        Expropriation = "expropriation" ("征收", "Expropriation"),
    }
}

ledger::choices! {
    /// How far an urban village is changed.
    VillageKind {
        /// Rebuilt 全面改造.
        Rebuilt = "rebuilt" ("全面改造", "Rebuilt"),
        /// Rebuilt in part 局部改造.
        Partly = "partly" ("局部改造", "Rebuilt in part"),
        /// Improved 综合整治.
        Improved = "improved" ("综合整治", "Improved"),
    }
}

ledger::choices! {
    /// How far a redevelopment has come.
    RedevelopmentStage {
        /// Surveyed 调查.
        Surveyed = "surveyed" ("调查", "Surveyed"),
        /// Approved 批准.
        Approved = "approved" ("批准", "Approved"),
        /// Under way 实施.
        UnderWay = "under_way" ("实施", "Under way"),
        /// Completed 完成.
        Completed = "completed" ("完成", "Completed"),
        /// Stopped 终止.
        Stopped = "stopped" ("终止", "Stopped"),
    }
}

/// A redevelopment of land that is used badly 低效用地再开发 (L4): how the land is won, what stood there and what is built.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Register)]
#[register(
    name = "redevelopment",
    part = "land",
    mission = "L4",
    zh = "低效用地再开发",
    en = "Redevelopment",
    key(code),
    unit = "unit",
    check = "faults"
)]
pub struct Redevelopment {
    /// A short code that stays the same; other registers name the row by it.
    #[field(zh = "编码", en = "Code", max = 40)]
    pub code: String,
    /// What it is called.
    #[field(zh = "名称", en = "Name", max = 100, search)]
    pub name: String,
    /// What stands there now.
    #[field(zh = "类型", en = "Kind", find)]
    pub kind: RedevelopmentKind,
    /// How the land is won.
    #[field(zh = "方式", en = "Mode", find)]
    pub mode: RedevelopmentMode,
    /// For an urban village: how far it is changed.
    #[field(zh = "城中村改造类型", en = "Kind of urban village", find)]
    pub village_kind: Option<VillageKind>,
    /// How far it has come.
    #[field(zh = "状态", en = "Stage", find)]
    pub stage: RedevelopmentStage,
    /// The project by which it is built; its money stands there.
    #[field(zh = "建设项目", en = "Project", refers = "project", find)]
    pub project: Option<String>,
    /// The organisation that carries it out.
    #[field(zh = "实施主体", en = "Developer", refers = "organisation", find)]
    pub developer: Option<String>,
    /// The street or town that it lies in.
    #[field(zh = "所在镇街", en = "Street or town", refers = "division", find)]
    pub division: String,
    /// When the plan was put on public notice.
    #[field(zh = "公示日期", en = "Public notice on", find)]
    pub noticed_on: Option<Date>,
    /// When those concerned were heard.
    #[field(zh = "听证日期", en = "Hearing on", find)]
    pub heard_on: Option<Date>,
    /// When it was approved.
    #[field(zh = "批准日期", en = "Approved on", find)]
    pub approved_on: Option<Date>,
    /// When demolition or building began.
    #[field(zh = "开工日期", en = "Building began on", find)]
    pub started_on: Option<Date>,
    /// When it was finished.
    #[field(zh = "完成日期", en = "Completed on", find)]
    pub completed_on: Option<Date>,
    /// How many households live there, by the survey.
    #[field(zh = "涉及户数", en = "Households concerned", unit = "households", max = 100_000, find)]
    pub households: u32,
    /// How much land it covers.
    #[field(zh = "用地面积", en = "Land", unit = "mu", find)]
    pub land_area: Area,
    /// The floor area that stood there.
    #[field(zh = "原建筑面积", en = "Floor area before", unit = "m2", find)]
    pub floor_before: Area,
    /// The floor area that is built above ground.
    #[field(zh = "地上建筑面积", en = "Floor area above ground", unit = "m2", find)]
    pub floor_above: Area,
    /// The floor area that is built below ground: land used in layers.
    #[field(zh = "地下建筑面积", en = "Floor area below ground", unit = "m2", find)]
    pub floor_below: Area,
    /// Where it is.
    #[field(zh = "位置", en = "Place")]
    pub place: Option<Point>,
    /// Where it lies.
    #[field(zh = "范围", en = "Outline")]
    pub outline: Option<Surface>,
    /// The unit that answers for it and keeps this row.
    #[field(zh = "责任单位", en = "Responsible unit", refers = "unit", find)]
    pub unit: String,
}

/// The stage has the date that it is known by; only urban villages are of a kind.
fn faults(redevelopment: &Redevelopment) -> Vec<FieldFault> {
    let stage = redevelopment.stage;
    let village = redevelopment.kind == RedevelopmentKind::UrbanVillage;
    let completed = stage == RedevelopmentStage::Completed;
    Faults::new()
        .unless(village == redevelopment.village_kind.is_some(), "village_kind", "only_of_urban_villages")
        .needs(stage == RedevelopmentStage::Approved, "approved_on", redevelopment.approved_on.is_some())
        .needs(stage == RedevelopmentStage::UnderWay, "started_on", redevelopment.started_on.is_some())
        .needs(completed, "completed_on", redevelopment.completed_on.is_some())
        .unless(completed || redevelopment.completed_on.is_none(), "completed_on", "stage_differs_from_dates")
        .unless(redevelopment.land_area > Area::ZERO, "land_area", "area_missing")
        .in_order(&[
            ("approved_on", redevelopment.approved_on),
            ("started_on", redevelopment.started_on),
            ("completed_on", redevelopment.completed_on),
        ])
        .found()
}
