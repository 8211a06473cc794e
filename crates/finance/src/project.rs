//! Projects 项目: the one list of what is built, for all parts of the city.

use jiff::civil::Date;
use kernel::{
    area::Area,
    id::PersonId,
    money::Fen,
    shape::{Line, Point, Surface},
};
use ledger::{FieldFault, Fields, Register, register::Faults};
use serde::{Deserialize, Serialize};

use crate::rules::{are_once, make, total};

ledger::choices! {
    /// Where a project is in its life: the closed list `projectStatus` of OC4IDS 0.9.
    ProjectStatus {
        /// It is being decided on 项目谋划.
        Identification = "identification" ("谋划", "Identification"),
        /// Studies, land, design, approvals.
        Preparation = "preparation" ("前期", "Preparation"),
        /// Procurement and building.
        Implementation = "implementation" ("实施", "Implementation"),
        /// Handing over, final accounts.
        Completion = "completion" ("竣工验收", "Completion"),
        /// It is in use.
        Maintenance = "maintenance" ("运营维护", "Maintenance"),
        /// It is being taken down.
        Decommissioning = "decommissioning" ("停用拆除中", "Decommissioning"),
        /// It is gone.
        Decommissioned = "decommissioned" ("已停用", "Decommissioned"),
        /// It was given up.
        Cancelled = "cancelled" ("取消", "Cancelled"),
    }
}

ledger::choices! {
    /// What is done: the closed list `projectType` of OC4IDS 0.9.
    ProjectType {
        /// Something new.
        Construction = "construction" ("新建", "Construction"),
        /// Something old is mended.
        Rehabilitation = "rehabilitation" ("改造", "Rehabilitation"),
        /// Something old gives way to something new.
        Replacement = "replacement" ("重建", "Replacement"),
        /// Something becomes larger.
        Expansion = "expansion" ("扩建", "Expansion"),
        /// Something is taken down.
        Decommissioning = "decommissioning" ("拆除", "Decommissioning"),
    }
}

ledger::choices! {
    /// For what it is: the list `projectSector` of OC4IDS 0.9, which is open; the last two are the city's.
    ProjectSector {
        /// Schools.
        Education = "education" ("教育", "Education"),
        /// Hospitals and care.
        Health = "health" ("医疗卫生", "Health"),
        /// Power, heat, gas.
        Energy = "energy" ("能源", "Energy"),
        /// Networks of data.
        Communications = "communications" ("信息通信", "Communications"),
        /// Water, sewage, waste.
        WaterAndWaste = "waterAndWaste" ("供排水和垃圾处理", "Water and waste"),
        /// Offices, emergency services.
        Governance = "governance" ("政务设施", "Governance"),
        /// Industry, farming, science.
        Economy = "economy" ("产业", "Economy"),
        /// Culture, sport, tourism, parks.
        Culture = "cultureSportsAndRecreation" ("文体旅游和公园绿地", "Culture, sports and recreation"),
        /// Transport that has no word of its own here.
        Transport = "transport" ("交通", "Transport"),
        /// Roads, tunnels, bridges.
        Road = "transport.road" ("道路", "Road transport"),
        /// Buses, car parks, walking.
        UrbanTransport = "transport.urban" ("城市交通", "Urban transport"),
        /// Railways.
        Rail = "transport.rail" ("铁路", "Rail transport"),
        /// Housing that the public supports.
        SocialHousing = "socialHousing" ("保障性安居工程", "Social housing"),
        /// Forests, land, water.
        NaturalResources = "naturalResources" ("自然资源", "Natural resources"),
        /// Dykes and the like.
        FloodProtection = "naturalResources.floodProtection" ("防洪", "Flood protection"),
        /// Pipes and cables in one tunnel under the street.
        UtilityTunnel = "x_utilityTunnel" ("地下综合管廊", "Utility tunnel"),
        /// Houses for sale.
        RealEstate = "x_realEstate" ("房地产", "Real estate"),
    }
}

ledger::choices! {
    /// Whether what is built earns money.
    CashFlow {
        /// Income carries it.
        Commercial = "commercial" ("经营性", "Commercial"),
        /// Income carries a part of it.
        QuasiCommercial = "quasi_commercial" ("准经营性", "Quasi-commercial"),
        /// There is no income.
        NonCommercial = "non_commercial" ("非经营性", "Non-commercial"),
    }
}

ledger::choices! {
    /// What a project that stands still waits for.
    HaltReason {
        /// Money.
        Funds = "funds" ("资金", "Funds"),
        /// Land, relocation.
        Land = "land" ("用地和征拆", "Land"),
        /// A permit.
        Approval = "approval" ("审批手续", "Approval"),
        /// The builder.
        Contractor = "contractor" ("施工单位", "Contractor"),
        /// Anything else.
        Other = "other" ("其他", "Other"),
    }
}

ledger::choices! {
    /// Where money comes from.
    SourceKind {
        /// The central government or the province.
        UpperBudget = "upper_budget" ("上级补助", "Upper-level grant"),
        /// The city's budget.
        CityBudget = "city_budget" ("本级财政", "City budget"),
        /// Capital of the owner.
        OwnCapital = "own_capital" ("自有资金", "Own capital"),
        /// A loan of a bank.
        Loan = "loan" ("银行贷款", "Bank loan"),
        /// A bond.
        Bond = "bond" ("债券", "Bond"),
        /// A fund.
        Fund = "fund" ("基金", "Fund"),
        /// Private capital.
        PrivateCapital = "private_capital" ("社会资本", "Private capital"),
        /// Trust, lease, securities on assets.
        OtherFinancing = "other_financing" ("其他融资", "Other financing"),
    }
}

/// What is to be spent in one year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Fields)]
pub struct CapitalOfYear {
    /// The calendar year.
    #[field(zh = "年度", en = "Year", min = 1990, max = 2100)]
    pub year: i64,
    /// What is to be spent in it.
    #[field(zh = "计划投资", en = "Planned", unit = "wan_yuan")]
    pub planned: Fen,
}

/// Money from one source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Fields)]
pub struct CapitalSource {
    /// What kind of money.
    #[field(zh = "资金来源", en = "Source")]
    pub kind: SourceKind,
    /// Who gives it.
    #[field(zh = "出资单位", en = "Given by", refers = "organisation")]
    pub provider: Option<String>,
    /// How much of it.
    #[field(zh = "金额", en = "Amount", unit = "wan_yuan")]
    pub amount: Fen,
}

/// What is built, mended or taken down, from the first thought to the end of its use. All parts refer to it (F5, F7; OC4IDS 0.9).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Register)]
#[register(
    name = "project",
    part = "finance",
    mission = "F5",
    zh = "项目库",
    en = "Project",
    key(code),
    unit = "unit",
    check = "faults"
)]
pub struct Project {
    /// The project code of the investment approval platform, or the city's own.
    #[field(zh = "项目代码", en = "Code", max = 40)]
    pub code: String,
    /// The identifier for publishing: `oc4ids-`, the city's registered prefix, a dash and the code.
    #[field(zh = "公开标识", en = "OC4IDS identifier", max = 80)]
    pub oc4ids_id: Option<String>,
    /// The name of the approval.
    #[field(zh = "项目名称", en = "Name", max = 120, search)]
    pub name: String,
    /// The name in English; may be empty.
    #[field(zh = "英文名称", en = "English name", max = 160, optional, search)]
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name_en: String,
    /// What is built and how large it is.
    #[field(zh = "建设规模及内容", en = "Scale and content", max = 2000, lines)]
    pub content: Option<String>,
    /// The bureau that answers for it.
    #[field(zh = "责任单位", en = "Responsible unit", refers = "unit", find)]
    pub unit: String,
    /// The legal person that builds it.
    #[field(zh = "项目法人", en = "Owner", refers = "organisation", find)]
    pub owner: Option<String>,
    /// The larger project that it is a part of; sums of budgets leave parts out.
    #[field(zh = "所属项目", en = "Part of", refers = "project", find)]
    pub parent: Option<String>,
    /// Where it is in its life.
    #[field(zh = "阶段", en = "Status", find)]
    pub status: ProjectStatus,
    /// What is done.
    #[field(zh = "建设性质", en = "Type", find)]
    pub kind: ProjectType,
    /// For what it is.
    #[field(zh = "行业领域", en = "Sector", find)]
    pub sector: ProjectSector,
    /// Whether it earns money.
    #[field(zh = "收益属性", en = "Cash flow", find)]
    pub cash_flow: CashFlow,
    /// The total investment as approved.
    #[field(zh = "总投资", en = "Total investment", unit = "yi_yuan", find)]
    pub budget: Fen,
    /// The total investment by years.
    #[field(zh = "分年投资计划", en = "Capital by year", max = 60)]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub capital: Vec<CapitalOfYear>,
    /// The money that was found so far, by source.
    #[field(zh = "资金来源", en = "Sources of funds", max = 60)]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<CapitalSource>,
    /// The number of the approval.
    #[field(zh = "批复文号", en = "Approval number", max = 80)]
    pub approval_number: Option<String>,
    /// The day of the approval.
    #[field(zh = "批复日期", en = "Approved on", find)]
    pub approved_on: Option<Date>,
    /// The day on which building began.
    #[field(zh = "开工日期", en = "Started on", find)]
    pub started_on: Option<Date>,
    /// The day on which it is to be finished.
    #[field(zh = "计划竣工日期", en = "To be completed on", find)]
    pub due_on: Option<Date>,
    /// The day on which it was finished.
    #[field(zh = "竣工日期", en = "Completed on", find)]
    pub completed_on: Option<Date>,
    /// Where it stands still: what it waits for.
    #[field(zh = "停工原因", en = "Halted for", find)]
    pub halted_for: Option<HaltReason>,
    /// Since when it stands still.
    #[field(zh = "停工日期", en = "Halted on", find)]
    pub halted_on: Option<Date>,
    /// The street or town in which it lies.
    #[field(zh = "所在街道或镇", en = "Street or town", refers = "division", find)]
    pub division: Option<String>,
    /// How much land it takes.
    #[field(zh = "用地面积", en = "Land", unit = "mu", find)]
    pub land: Option<Area>,
    /// Where it is.
    #[field(zh = "位置", en = "Place")]
    pub place: Option<Point>,
    /// How it runs, where it is a road or a pipe.
    #[field(zh = "线路", en = "Line")]
    pub line: Option<Line>,
    /// The land that it stands on.
    #[field(zh = "用地范围", en = "Site")]
    pub site: Option<Surface>,
    /// Whom to call.
    #[field(zh = "联系人", en = "Contact")]
    pub contact: Option<PersonId>,
}

/// What identifiers for publishing begin with (OC4IDS).
const PUBLISHED_BEFORE: &str = "oc4ids-";

fn faults(project: &Project) -> Vec<FieldFault> {
    use ProjectStatus::{Cancelled, Identification, Implementation, Preparation};
    let is_published = project.oc4ids_id.as_ref().is_none_or(|id| id.starts_with(PUBLISHED_BEFORE));
    let planned = project.capital.iter().map(|year| year.planned);
    let found = total(project.sources.iter().map(|source| source.amount));
    let is_before = matches!(project.status, Identification | Preparation);
    let is_built = !is_before && !matches!(project.status, Implementation | Cancelled);
    Faults::new()
        .unless(is_published, "oc4ids_id", "oc4ids_id_malformed")
        .unless(project.parent.as_ref() != Some(&project.code), "parent", "refers_to_itself")
        .unless(are_once(project.capital.iter().map(|year| year.year)), "capital", "row_twice")
        .unless(
            project.capital.is_empty() || make(planned, project.budget),
            "capital",
            "parts_differ_from_whole",
        )
        .unless(found <= i128::from(project.budget.0), "sources", "part_above_whole")
        .unless(!is_before || project.started_on.is_none(), "started_on", "stage_differs_from_dates")
        .needs(is_built, "completed_on", project.completed_on.is_some())
        .needs(project.halted_for.is_some(), "halted_on", project.halted_on.is_some())
        .needs(project.halted_on.is_some(), "halted_for", project.halted_for.is_some())
        .in_order(&[("started_on", project.started_on), ("completed_on", project.completed_on)])
        .in_order(&[("started_on", project.started_on), ("due_on", project.due_on)])
        .in_order(&[("started_on", project.started_on), ("halted_on", project.halted_on)])
        .found()
}
