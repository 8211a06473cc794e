//! Innovation platforms 创新平台 (P4): laboratories, technology centres and the like that were recognised by the nation,
//! the province or the prefecture.

use jiff::civil::Date;
use kernel::shape::Point;
use ledger::{FieldFault, Register, register::Faults};
use serde::{Deserialize, Serialize};

ledger::choices! {
    /// What kind of platform it is.
    PlatformKind {
        /// Enterprise technology centre 企业技术中心.
        TechnologyCentre = "technology_centre" ("企业技术中心", "Enterprise technology centre"),
        /// Engineering research centre 工程技术研究中心.
        EngineeringCentre = "engineering_centre" ("工程技术研究中心", "Engineering research centre"),
        /// Key laboratory 重点实验室.
        Laboratory = "laboratory" ("重点实验室", "Key laboratory"),
        /// Academician workstation 院士工作站.
        AcademicianStation = "academician_station" ("院士工作站", "Academician workstation"),
        /// Postdoctoral workstation 博士后科研工作站.
        PostdoctoralStation = "postdoctoral_station" ("博士后科研工作站", "Postdoctoral workstation"),
        /// Technology incubator 科技企业孵化器.
        Incubator = "incubator" ("科技企业孵化器", "Technology incubator"),
        /// Maker space 众创空间.
        MakerSpace = "maker_space" ("众创空间", "Maker space"),
        /// Public technical service platform 公共技术服务平台.
        ServicePlatform = "service_platform" ("公共技术服务平台", "Public technical service platform"),
    }
}

ledger::choices! {
    /// At which level a platform was recognised.
    PlatformLevel {
        /// National 国家级.
        National = "national" ("国家级", "National"),
        /// Provincial 省级.
        Provincial = "provincial" ("省级", "Provincial"),
        /// Prefecture 州市级.
        Prefecture = "prefecture" ("州市级", "Prefecture"),
        /// County 县市级.
        County = "county" ("县市级", "County"),
    }
}

/// An innovation platform 创新平台 (P4) that was recognised at some level.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Register)]
#[register(
    name = "innovation_platform",
    part = "planning",
    mission = "P4",
    zh = "创新平台",
    en = "Innovation platform",
    key(code),
    unit = "unit",
    check = "faults"
)]
pub struct InnovationPlatform {
    /// A short code that stays the same; other registers name the row by it.
    #[field(zh = "编码", en = "Code", max = 40)]
    pub code: String,
    /// What it is called.
    #[field(zh = "名称", en = "Name", max = 100, search)]
    pub name: String,
    /// What kind of platform it is.
    #[field(zh = "类型", en = "Kind", find)]
    pub kind: PlatformKind,
    /// At which level it was recognised.
    #[field(zh = "级别", en = "Level", find)]
    pub level: PlatformLevel,
    /// The firm, school or institute that runs it.
    #[field(zh = "依托单位", en = "Host", refers = "organisation", find)]
    pub host: String,
    /// The park that it is in.
    #[field(zh = "所在园区", en = "Park", refers = "park", find)]
    pub park: Option<String>,
    /// The industry that it serves (GB/T 4754).
    #[field(zh = "领域", en = "Field", list = "industry", find)]
    pub industry: Option<String>,
    /// When it was recognised.
    #[field(zh = "认定日期", en = "Recognised on", find)]
    pub recognised_on: Date,
    /// The body that recognised it.
    #[field(zh = "认定机关", en = "Recognised by", max = 100)]
    pub recognised_by: String,
    /// The number of the document.
    #[field(zh = "认定文号", en = "Document", max = 60, search)]
    pub document: Option<String>,
    /// When the recognition ended.
    #[field(zh = "撤销日期", en = "Ended on", find)]
    pub ended_on: Option<Date>,
    /// How many people do research there.
    #[field(zh = "研发人员", en = "Researchers", unit = "persons", max = 100_000, find)]
    pub researchers: Option<u32>,
    /// Where it is.
    #[field(zh = "位置", en = "Place")]
    pub place: Option<Point>,
    /// The unit that answers for it and keeps this row.
    #[field(zh = "责任单位", en = "Responsible unit", refers = "unit", find)]
    pub unit: String,
}

/// It ends after it was recognised.
fn faults(platform: &InnovationPlatform) -> Vec<FieldFault> {
    Faults::new()
        .in_order(&[("recognised_on", Some(platform.recognised_on)), ("ended_on", platform.ended_on)])
        .found()
}
