//! Parks, the specialised parks inside of them, start-up bases and innovation platforms (P4).

use finance::organisation::{OrganisationKind, Ownership};
use jiff::civil::{Date, date};
use kernel::area::{Area, AreaUnit};
use planning::park::{
    Park,
    ParkKind::{
        self, AgriculturalPark, CooperationPark, CulturePark, DevelopmentZone, IndustrialPark, LogisticsPark,
    },
    ParkLevel::{self, County, Prefecture, Provincial, Town},
};

use crate::books::{Books, firms::Firm};

/// A park that other rows name.
pub(crate) struct KeptPark {
    /// Its code.
    pub(crate) code: &'static str,
    /// What kind.
    pub(crate) kind: ParkKind,
    /// The street or town.
    pub(crate) quarter: String,
    /// The unit that answers for it.
    pub(crate) unit: String,
    /// Its main industry.
    pub(crate) industry: &'static str,
    /// When it was approved.
    pub(crate) approved_on: Date,
}

/// The parks of the city.
pub(crate) struct Parks {
    /// All that are open, the two development zones first.
    pub(crate) parks: Vec<KeptPark>,
}

/// A park: code, name, kind, level, street or town, unit (empty: the office there), year, industry, planned hectares, built of a thousand,
/// partner.
type Known = (
    &'static str,
    &'static str,
    ParkKind,
    ParkLevel,
    &'static str,
    &'static str,
    i16,
    &'static str,
    i64,
    i64,
    &'static str,
);

/// The parks: two provincial development zones, and at least one park for each street and town (P5).
const PARKS: [Known; 24] = [
    (
        "kaili",
        "凯里经济开发区",
        DevelopmentZone,
        Provincial,
        "开怀",
        "park_kaili",
        2000,
        "C39",
        4_600,
        430,
        "",
    ),
    ("lubi", "炉碧经济开发区", DevelopmentZone, Provincial, "炉山", "park_lubi", 2012, "C30", 3_850, 285, ""),
    (
        "zhouxi",
        "凯里市现代农业园区",
        AgriculturalPark,
        Provincial,
        "舟溪",
        "agriculture",
        2013,
        "A01",
        1_240,
        610,
        "",
    ),
    (
        "yongkai",
        "甬凯合作产业园",
        CooperationPark,
        Prefecture,
        "开怀",
        "park_kaili",
        2013,
        "C38",
        320,
        240,
        "宁波市江东区",
    ),
    (
        "hangkai",
        "杭凯共建大健康产业园",
        CooperationPark,
        County,
        "白午",
        "park_kaili",
        2015,
        "C27",
        180,
        110,
        "杭州市余杭区",
    ),
    ("yatang", "鸭塘商贸物流园", LogisticsPark, Prefecture, "鸭塘", "industry", 2011, "F51", 260, 540, ""),
    ("chengxi", "城西电子商务园", LogisticsPark, County, "城西", "", 2015, "I65", 46, 380, ""),
    ("dashizi", "大十字民族工艺创业园", CulturePark, Town, "大十字", "", 2014, "C24", 8, 700, ""),
    ("ximen", "西门文化创意园", CulturePark, Town, "西门", "", 2015, "C24", 6, 550, ""),
    ("ximahe", "洗马河都市工业园", IndustrialPark, Town, "洗马河", "", 2013, "C18", 11, 640, ""),
    ("wanxi", "湾溪中小企业园", IndustrialPark, County, "湾溪", "", 2012, "C33", 74, 480, ""),
    ("baiwu", "白午苗侗医药产业园", IndustrialPark, County, "白午", "", 2011, "C27", 135, 460, ""),
    ("baiguojing", "白果井商贸服务园", LogisticsPark, Town, "白果井", "", 2014, "F51", 15, 620, ""),
    ("sankeshu", "三棵树旅游商品园", CulturePark, County, "三棵树", "", 2013, "C24", 62, 350, ""),
    ("panghai", "旁海生态农业园", AgriculturalPark, County, "旁海", "", 2014, "A01", 410, 330, ""),
    ("wanshui", "湾水中药材种植园", AgriculturalPark, County, "湾水", "", 2014, "A01", 365, 290, ""),
    ("wanchao", "万潮葡萄产业园", AgriculturalPark, County, "万潮", "", 2012, "A01", 520, 450, ""),
    ("longchang", "龙场山地农业园", AgriculturalPark, Town, "龙场", "", 2015, "A03", 280, 180, ""),
    ("bibo", "碧波循环经济工业园", IndustrialPark, County, "碧波", "park_lubi", 2013, "C32", 690, 240, ""),
    ("xiasi", "下司古镇文化旅游园", CulturePark, Prefecture, "下司", "", 2012, "N78", 150, 580, ""),
    ("kaitang", "凯棠刺绣银饰产业园", CulturePark, Town, "凯棠", "", 2015, "C24", 24, 210, ""),
    ("dafengdong", "大风洞建材工业园", IndustrialPark, Town, "大风洞", "", 2014, "C30", 96, 260, ""),
    ("lushan", "炉山蔬菜保供基地", AgriculturalPark, County, "炉山", "", 2013, "A01", 340, 520, ""),
    ("qingjiang", "清江老工业集中区", IndustrialPark, County, "西门", "industry", 1998, "C26", 58, 900, ""),
];

pub(super) fn enter(books: &mut Books<'_>) -> Parks {
    let mut parks = Vec::new();
    for (code, name, kind, level, stem, unit, year, industry, hectares, built, partner) in PARKS {
        let quarter = books.drawn.quarter_named(stem);
        let unit = if unit.is_empty() { books.drawn.office(&quarter.code) } else { unit.to_owned() };
        let approved_on = books.drawn.office_day(date(year, 3, 1)..=date(year, 11, 30));
        // The old district was moved into the development zones.
        let closed_on = (code == "qingjiang").then_some(date(2014, 12, 31));
        let zone = kind == DevelopmentZone;
        let company = (zone || level == Prefecture).then(|| {
            books.firm(&Firm {
                name: &format!("{name}投资开发有限责任公司").replace("凯里经济", "黔东南州凯里经济"),
                kind: OrganisationKind::Enterprise,
                ownership: Ownership::State,
                industry: "L72",
                unit: "state_assets",
                quarter: &quarter.code,
                before: date(2013, 12, 31),
            })
        });
        let planned = hectares * AreaUnit::Hectare.units();
        let place = books.drawn.place_in(&quarter.code);
        let side = (hectares as f64 * 10_000.0).sqrt();
        let outline = place.map(|place| books.drawn.block(place, side * 1.1, side / 1.1));
        books.enter(Park {
            code: code.to_owned(),
            name: name.to_owned(),
            kind,
            level,
            division: quarter.code.clone(),
            approved_on: Some(approved_on),
            approved_by: Some(
                match level {
                    Provincial => "贵州省人民政府",
                    Prefecture => "黔东南州人民政府",
                    _ => "凯里市人民政府",
                }
                .to_owned(),
            ),
            closed_on,
            unit: unit.clone(),
            company,
            partner: (!partner.is_empty()).then(|| partner.to_owned()),
            main_industry: Some(industry.to_owned()),
            planned_area: Area::from_units(planned),
            built_area: Area::from_units(planned / 1_000 * built),
            place,
            outline,
        });
        if closed_on.is_none() {
            parks.push(KeptPark { code, kind, quarter: quarter.code.clone(), unit, industry, approved_on });
        }
    }
    Parks { parks }
}

impl Parks {
    /// A park by its code; the first where there is none.
    pub(crate) fn park(&self, code: &str) -> &KeptPark {
        self.parks.iter().find(|park| park.code == code).unwrap_or(&self.parks[0])
    }
}
