//! Sanitation facilities 环卫设施 and shop signs 店招 that are inspected (G5).

use jiff::civil::Date;
use kernel::{area::Area, shape::Point};
use ledger::{FieldFault, Register, register::File};
use serde::{Deserialize, Serialize};

ledger::choices! {
    /// What kind of facility (CJJ 27).
    FacilityKind {
        /// A public toilet.
        PublicToilet = "public_toilet" ("公共厕所", "Public toilet"),
        /// A transfer station for waste.
        TransferStation = "transfer_station" ("垃圾转运站", "Waste transfer station"),
        /// A place where waste is put out and fetched.
        CollectionPoint = "collection_point" ("垃圾收集点", "Waste collection point"),
        /// A stretch of street that is swept by one team.
        SweepingSection = "sweeping_section" ("清扫保洁路段", "Sweeping section"),
        /// A place where sanitation workers rest and keep their tools.
        WorkersStation = "workers_station" ("环卫工人作息点", "Workers' station"),
        /// A market for food.
        Market = "market" ("农贸市场", "Food market"),
        /// The sign of a shop (CJJ/T 149).
        ShopSign = "shop_sign" ("店招店牌", "Shop sign"),
        /// An outdoor advertisement (CJJ/T 149).
        Advertisement = "advertisement" ("户外广告设施", "Outdoor advertisement"),
        /// Anything else that sanitation inspectors look at.
        Other = "other" ("其他", "Other"),
    }
}

ledger::choices! {
    /// The class of a public toilet (CJJ 14).
    ToiletClass {
        /// Class one.
        First = "first" ("一类", "Class one"),
        /// Class two.
        Second = "second" ("二类", "Class two"),
        /// Class three.
        Third = "third" ("三类", "Class three"),
    }
}

/// A facility of sanitation, or a sign, that is inspected regularly (mission G5).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Register)]
#[register(
    name = "facility",
    part = "governance",
    mission = "G5",
    zh = "环卫设施与店招",
    en = "Sanitation facility or sign",
    key(code),
    unit = "unit",
    check = "faults"
)]
pub struct Facility {
    /// A short stable word.
    #[field(zh = "编码", en = "Code", max = 40)]
    pub code: String,
    /// What people call it; of a sign, what it says.
    #[field(zh = "名称", en = "Name", max = 100, search)]
    pub name: String,
    /// Which kind of facility or sign.
    #[field(zh = "类别", en = "Kind", find)]
    pub kind: FacilityKind,
    /// The unit that answers for it.
    #[field(zh = "责任单位", en = "Responsible unit", refers = "unit", find)]
    pub unit: String,
    /// The firm or shop that keeps it, where it is not the unit itself.
    #[field(zh = "管养或设置单位", en = "Keeper", refers = "organisation", find)]
    pub keeper: Option<String>,
    /// The street or town where it is.
    #[field(zh = "街道（镇）", en = "Street or town", refers = "division", find)]
    pub street: String,
    /// Where it is.
    #[field(zh = "位置", en = "Place")]
    pub place: Point,
    /// Where it is, in words.
    #[field(zh = "地址", en = "Address", max = 200, optional, search)]
    #[serde(default)]
    pub address: String,
    /// The class of a public toilet.
    #[field(zh = "公厕等级", en = "Toilet class", find)]
    pub toilet_class: Option<ToiletClass>,
    /// Seats and stands of a public toilet 厕位数.
    #[field(zh = "厕位数", en = "Toilet places", max = 500, find)]
    pub toilet_places: Option<u32>,
    /// Waste that it can take in a day.
    #[field(zh = "日处理能力", en = "Capacity a day", unit = "t", max = 10_000, find)]
    pub capacity_tonnes: Option<u32>,
    /// The area that is swept, or the area of the sign.
    #[field(zh = "面积", en = "Area", unit = "m2", find)]
    pub area: Option<Area>,
    /// The number of the permission for a sign or an advertisement.
    #[field(zh = "设置许可文号", en = "Permission", max = 60)]
    pub permission: Option<String>,
    /// The first day of its use.
    #[field(zh = "启用日期", en = "Opened on", find)]
    pub opened_on: Option<Date>,
    /// The last day of its use.
    #[field(zh = "停用日期", en = "Closed on", find)]
    pub closed_on: Option<Date>,
    /// A picture of it.
    #[field(zh = "照片", en = "Photo")]
    pub photo: Option<File>,
}

fn faults(facility: &Facility) -> Vec<FieldFault> {
    let mut faults = Vec::from_iter(crate::ends_before(facility.opened_on, facility.closed_on, "closed_on"));
    let toilet = facility.kind == FacilityKind::PublicToilet;
    if toilet && facility.toilet_class.is_none() {
        faults.push(FieldFault::new("toilet_class", "toilet_class_missing"));
    }
    for (field, said) in [
        ("toilet_class", facility.toilet_class.is_some()),
        ("toilet_places", facility.toilet_places.is_some()),
    ] {
        if said && !toilet {
            faults.push(FieldFault::new(field, "toilets_only"));
        }
    }
    faults
}
