//! Specialised parks, the firms of the parks and what these report (P4).

use finance::organisation::{OrganisationKind, Ownership};
use jiff::civil::{Date, date};
use kernel::{
    area::{Area, AreaUnit},
    money::{FEN_PER_WAN_YUAN, Fen},
    period::Period,
};
use planning::{
    park_firm::{FirmRole, FirmStage, ParkFirm},
    park_return::ParkReturn,
    specialised_park::{SpecialisedPark, SpecialisedStage},
};

use super::Parks;
use crate::{
    DemoError,
    books::{Books, days::plus, firms::Firm},
};

/// Firms above designated size in the parks (P4).
const ABOVE_SIZE: usize = 50;

/// A firm of the parks.
pub(crate) struct KeptFirm {
    /// Its key in the register of organisations.
    pub(crate) code: String,
    /// The code of its park.
    pub(crate) park: &'static str,
    /// Its industry.
    pub(crate) industry: &'static str,
    /// When it began to produce; not where it does not yet.
    pub(crate) produces_from: Option<Date>,
    /// Whether it is above designated size.
    pub(crate) above_size: bool,
}

/// A specialised park: code, name, park, industry, leading firm, mu, year of opening (0: being built, 1: planned).
type Special = (&'static str, &'static str, &'static str, &'static str, &'static str, i64, i16);

/// The specialised parks inside of parks: nine at work (P4), others on the way.
const SPECIAL: [Special; 13] = [
    ("bl", "玻璃产业园", "kaili", "C30", "贵州凯里凯荣玻璃有限公司", 620, 2013),
    ("dzxx", "电子信息产业园", "kaili", "C39", "贵州黔东微晶电子科技有限公司", 480, 2014),
    ("myjg", "民族医药产业园", "baiwu", "C27", "贵州苗岭药业股份有限公司", 390, 2012),
    ("fzfs", "纺织服饰产业园", "kaili", "C18", "凯里锦绣苗装服饰有限公司", 260, 2014),
    ("lcjg", "铝材精深加工园", "lubi", "C32", "贵州炉碧铝业有限公司", 710, 2015),
    ("tcjc", "陶瓷建材产业园", "lubi", "C30", "贵州香炉陶瓷有限公司", 540, 2014),
    ("spjg", "特色食品加工园", "lubi", "C14", "凯里酸汤王食品有限公司", 330, 2015),
    ("zbzz", "装备制造产业园", "yongkai", "C38", "凯里甬能电气有限公司", 295, 2015),
    ("yscp", "银饰刺绣产业园", "sankeshu", "C24", "凯里银匠坊工艺品有限公司", 120, 2014),
    ("xncl", "新能源材料产业园", "lubi", "C26", "", 460, 0),
    ("llcp", "蓝莓产品加工园", "kaili", "C15", "", 210, 0),
    ("zncd", "智能终端产业园", "kaili", "C39", "", 340, 0),
    ("hjyl", "健康医疗器械园", "hangkai", "C27", "", 150, 1),
];

/// Names that firms give themselves.
const NAMES: [&str; 30] = [
    "黔峰",
    "苗岭",
    "清水江",
    "云谷",
    "香炉山",
    "凯立",
    "金泉",
    "侗乡",
    "鼓楼",
    "巴拉河",
    "雷公",
    "黔东",
    "润禾",
    "宏泰",
    "恒力",
    "众鑫",
    "银杉",
    "蓝天",
    "旭日",
    "鑫源",
    "福泽",
    "华鼎",
    "绿野",
    "天成",
    "盛达",
    "瑞康",
    "嘉禾",
    "永兴",
    "万丰",
    "东方",
];

/// What firms of an industry call their business.
fn businesses(industry: &str) -> &'static [&'static str] {
    match industry {
        "A01" | "A03" => &["农业开发", "生态农业", "种养殖"],
        "C14" | "C15" => &["食品", "酒业", "茶业"],
        "C18" => &["服饰", "制衣"],
        "C24" => &["工艺品", "银饰", "刺绣"],
        "C26" | "C29" => &["新材料", "化工"],
        "C27" => &["药业", "生物科技", "医疗器械"],
        "C30" => &["建材", "玻璃", "陶瓷", "新型墙材"],
        "C32" | "C33" => &["铝业", "金属制品", "门窗"],
        "C38" => &["电气", "电缆", "机电设备"],
        "C39" => &["电子科技", "光电", "通信设备"],
        "F51" => &["商贸", "物流"],
        "I65" => &["信息技术", "电子商务"],
        _ => &["实业", "文化旅游"],
    }
}

/// Whence firms were attracted.
const FROM: [&str; 8] =
    ["浙江宁波", "浙江杭州", "广东深圳", "广东东莞", "福建泉州", "重庆市", "江苏南通", "湖南怀化"];

pub(super) fn enter(books: &mut Books<'_>, parks: &Parks) -> Result<Vec<KeptFirm>, DemoError> {
    let mut firms = Vec::new();
    for special in SPECIAL {
        firms.extend(specialised(books, parks, special));
    }
    let above_led = firms.len();
    // Of the others, the larger ones first; what is below designated size comes after them.
    for number in 0..ABOVE_SIZE - above_led + 37 {
        let above = number < ABOVE_SIZE - above_led;
        let operating: Vec<&Special> = SPECIAL.iter().filter(|special| special.6 > 1).collect();
        let special = (number % 5 < 3).then(|| books.drawn.pick(&operating));
        let park = match special {
            Some(special) => parks.park(special.2),
            None => parks.park(["yongkai", "baiwu", "sankeshu", "zhouxi", "yatang", "wanxi"][number % 6]),
        };
        let industry = special.map_or(park.industry, |special| special.3);
        let stem = NAMES[number % NAMES.len()];
        let business = books.drawn.pick(businesses(industry));
        let place = if number % 3 == 0 { "贵州" } else { "凯里" };
        // Each round through the names has a word of its own, so that no two firms are called the same.
        let round = ["", "新", "众诚", "联创"][number / NAMES.len() % 4];
        let name = format!("{place}{stem}{round}{business}有限公司");
        let stage = match number {
            _ if above => FirmStage::Producing,
            _ => [
                FirmStage::Producing,
                FirmStage::Building,
                FirmStage::Producing,
                FirmStage::Signed,
                FirmStage::Suspended,
                FirmStage::Producing,
                FirmStage::Left,
            ][number % 7],
        };
        let role = if number % 9 == 8 { FirmRole::Service } else { FirmRole::Supporting };
        let own =
            Own { name: &name, park: park.code, special: special.map(|s| s.0), industry, role, stage, above };
        firms.push(firm(books, parks, &own));
    }
    returns(books, parks, &firms)?;
    Ok(firms)
}

/// Enters a specialised park and its leading firm, where it has one.
fn specialised(
    books: &mut Books<'_>,
    parks: &Parks,
    (code, name, park, industry, leader, mu, opened): Special,
) -> Option<KeptFirm> {
    let (quarter, unit) = (parks.park(park).quarter.clone(), parks.park(park).unit.clone());
    let leading = (!leader.is_empty()).then(|| {
        let before = date(2012, 6, 30);
        books.firm(&Firm {
            name: leader,
            kind: OrganisationKind::Enterprise,
            ownership: Ownership::Private,
            industry,
            unit: "market_supervision",
            quarter: &quarter,
            before,
        })
    });
    let (stage, opened_on) = match opened {
        0 => (SpecialisedStage::UnderConstruction, None),
        1 => (SpecialisedStage::Planned, None),
        year => {
            let day = books.drawn.office_day(date(year, 4, 1)..=date(year, 12, 20));
            (SpecialisedStage::Operating, Some(day))
        }
    };
    let started_on = match (stage, opened_on) {
        (_, Some(day)) => Some(books.drawn.office_day(plus(day, -720)..=plus(day, -400))),
        (SpecialisedStage::UnderConstruction, _) => {
            Some(books.drawn.office_day(date(2014, 9, 1)..=date(2016, 4, 29)))
        }
        _ => None,
    };
    let place = books.drawn.place_in(&quarter);
    let side = (mu as f64 * 2_000.0 / 3.0).sqrt();
    let row = SpecialisedPark {
        code: code.to_owned(),
        name: name.to_owned(),
        park: park.to_owned(),
        industry: industry.to_owned(),
        leading_firm: leading.clone(),
        stage,
        started_on,
        opened_on,
        area: Area::from_units(mu * AreaUnit::Mu.units()),
        floor_area: opened_on.map(|_| Area::from_units(mu * 410 * AreaUnit::SquareMetre.units())),
        project: None,
        place,
        outline: place.map(|place| books.drawn.block(place, side, side)),
        unit,
    };
    books.enter(row);
    let code_of_firm = leading?;
    let own = Own {
        name: leader,
        park,
        special: Some(code),
        industry,
        role: FirmRole::Leading,
        stage: FirmStage::Producing,
        above: true,
    };
    Some(member(books, parks, &own, code_of_firm))
}

/// A firm that comes into a park.
struct Own<'n> {
    name: &'n str,
    park: &'static str,
    special: Option<&'static str>,
    industry: &'static str,
    role: FirmRole,
    stage: FirmStage,
    above: bool,
}

fn firm(books: &mut Books<'_>, parks: &Parks, own: &Own<'_>) -> KeptFirm {
    let quarter = parks.park(own.park).quarter.clone();
    let code = books.firm(&Firm {
        name: own.name,
        kind: OrganisationKind::Enterprise,
        ownership: Ownership::Private,
        industry: own.industry,
        unit: "market_supervision",
        quarter: &quarter,
        before: date(2012, 12, 31),
    });
    member(books, parks, own, code)
}

fn member(books: &mut Books<'_>, parks: &Parks, own: &Own<'_>, code: String) -> KeptFirm {
    let park = parks.park(own.park);
    let earliest = match own.stage {
        FirmStage::Signed => date(2015, 9, 1),
        FirmStage::Building => date(2014, 10, 8),
        _ => date(2012, 1, 9),
    }
    .max(park.approved_on);
    let producing = matches!(own.stage, FirmStage::Producing | FirmStage::Suspended | FirmStage::Left);
    let latest = match own.stage {
        FirmStage::Signed => date(2016, 6, 24),
        FirmStage::Building => date(2015, 12, 25),
        _ if own.above => date(2014, 6, 30),
        _ => date(2015, 3, 31),
    };
    let signed_on = books.drawn.office_day(earliest.min(latest)..=latest);
    let building_began_on = (own.stage != FirmStage::Signed).then(|| books.drawn.after(signed_on, 60..=160));
    let production_began_on =
        building_began_on.filter(|_| producing).map(|day| books.drawn.after(day, 120..=260));
    let designated_on = production_began_on.filter(|_| own.above).map(|day| {
        // Firms come above size with the yearly or the monthly review.
        let reviewed = books.drawn.after(day, 90..=300);
        date(reviewed.year(), reviewed.month(), 1)
    });
    let land = books.drawn.whole(if own.above { 25..=210 } else { 6..=48 });
    let floor = books.drawn.whole(180..=420) * land;
    let invested = books.drawn.whole(60..=190) * land;
    let from = books.drawn.dice.permille(550).then(|| books.drawn.pick(&FROM).to_owned());
    books.enter(ParkFirm {
        park: own.park.to_owned(),
        firm: code.clone(),
        specialised_park: own.special.map(str::to_owned),
        industry: own.industry.to_owned(),
        role: own.role,
        stage: own.stage,
        signed_on: Some(signed_on),
        building_began_on,
        production_began_on,
        left_on: (own.stage == FirmStage::Left).then_some(date(2016, 3, 31)),
        above_designated_size: own.above,
        designated_on,
        land_area: Some(Area::from_units(land * AreaUnit::Mu.units())),
        floor_area: building_began_on.map(|_| Area::from_units(floor * AreaUnit::SquareMetre.units())),
        planned_investment: Some(Fen(invested * FEN_PER_WAN_YUAN)),
        attracted_from: from,
        unit: park.unit.clone(),
    });
    KeptFirm {
        code,
        park: own.park,
        industry: own.industry,
        produces_from: production_began_on.filter(|_| own.stage == FirmStage::Producing),
        above_size: own.above,
    }
}

/// What producing firms reported for each half-year: they grow unevenly from one to the next.
fn returns(books: &mut Books<'_>, parks: &Parks, firms: &[KeptFirm]) -> Result<(), DemoError> {
    let periods = ["2014-H1", "2014-H2", "2015-H1", "2015-H2", "2016-H1"];
    let periods: Vec<Period> = periods.iter().map(|text| text.parse()).collect::<Result<_, _>>()?;
    for firm in firms {
        let Some(from) = firm.produces_from else { continue };
        let mut output = books.drawn.whole(if firm.above_size { 1_200..=13_500 } else { 180..=980 });
        let employees = books.drawn.count(if firm.above_size { 60..=520 } else { 8..=70 });
        for period in periods.iter().filter(|period| period.first() >= from) {
            output = output * books.drawn.whole(93..=119) / 100;
            let income = output * books.drawn.whole(86..=99) / 100;
            let (tax, profit) = (income * books.drawn.whole(18..=71) / 1_000, books.drawn.whole(-40..=112));
            let invested = books.drawn.whole(0..=9) * output / 60;
            let wan = |amount: i64| Fen(amount * FEN_PER_WAN_YUAN);
            let row = ParkReturn {
                park: firm.park.to_owned(),
                firm: firm.code.clone(),
                period: *period,
                output: wan(output),
                income: wan(income),
                tax: wan(tax),
                profit: wan(income * profit / 1_000),
                investment: wan(invested),
                employees: employees + books.drawn.count(0..=24),
                reported_on: books.drawn.after(period.last(), 5..=13).min(reported_last()),
                unit: parks.park(firm.park).unit.clone(),
            };
            books.enter(row);
        }
    }
    Ok(())
}

/// The last day on which the books were written.
const fn reported_last() -> Date {
    date(2016, 7, 15)
}
