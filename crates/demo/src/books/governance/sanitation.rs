//! Sanitation: facilities, shop signs, inspections (G5).

use governance::{
    facility::{Facility, FacilityKind, ToiletClass},
    inspection::{Finding, Inspection, InspectionMeans},
};
use jiff::civil::{Date, date};
use kernel::{
    area::{Area, UNITS_PER_SQUARE_METRE},
    id::PersonId,
    shape::Point,
};

use super::{
    super::{
        Books,
        drawn::{HOUR_S, days_of, days_on, moment},
    },
    Road, communities, roads, stem,
};
use crate::ground::LandmarkKind;

/// What stands over shops of the old town.
const SHOPS: [&str; 36] = [
    "苗家酸汤鱼",
    "老凯里米粉",
    "快活林豆花面",
    "侗家腌鱼馆",
    "阿幺妹银饰",
    "锦绣苗绣坊",
    "西江米酒行",
    "大十字钟表行",
    "万家福超市",
    "百姓大药房",
    "亮眼视光",
    "新天地手机城",
    "春燕理发店",
    "好又多便利店",
    "蓝月洗衣",
    "金果水果行",
    "山里红茶庄",
    "鼓楼书店",
    "乐美文具",
    "清水江鱼庄",
    "花溪牛肉粉",
    "丝娃娃小吃",
    "糯米饭早餐店",
    "黔味烧烤",
    "洪福烟酒",
    "惠民五金",
    "顺达电动车行",
    "安居房产中介",
    "晨光打字复印",
    "小天使童装",
    "名流鞋城",
    "海蓝窗帘布艺",
    "民生诊所",
    "康宁口腔",
    "兴隆家电维修",
    "宏达装饰建材",
];
/// Advertisements stand so.
const ADVERTISEMENTS: [&str; 5] =
    ["公交候车亭灯箱", "单立柱广告牌", "楼体电子屏", "道旗灯杆广告", "围挡公益广告"];
/// Who inspects.
const INSPECTORS: usize = 14;
/// Inspections of a day, fewest and most: in 2015, and in 2016.
const DAILY: [(i64, i64); 2] = [(1, 3), (3, 7)];
const FIRST: Date = date(2015, 1, 1);
const LAST: Date = date(2016, 6, 29);
/// Of a thousand problems of 2015 so many were put right too late.
const LATE_2015: usize = 70;

struct Known {
    code: String,
    kind: FacilityKind,
    street: String,
    unit: &'static str,
}

pub(super) fn enter(books: &mut Books<'_>) {
    let ground = books.drawn.ground;
    let roads = roads(ground);
    let mut known = Vec::new();
    of_landmarks(books, &mut known);
    of_communities(books, &mut known);
    of_roads(books, &roads, &mut known);
    inspections(books, &roads, &known);
}

/// A facility of a kind with what every one of them has.
fn facility(
    books: &mut Books<'_>,
    known: &mut Vec<Known>,
    (kind, name): (FacilityKind, String),
    (street, place, address): (String, Point, String),
    change: impl FnOnce(&mut Facility, &mut Books<'_>),
) {
    let (letters, unit) = match kind {
        FacilityKind::PublicToilet => ("GC", "sanitation"),
        FacilityKind::TransferStation => ("ZY", "sanitation"),
        FacilityKind::CollectionPoint => ("SJ", "sanitation"),
        FacilityKind::SweepingSection => ("BJ", "sanitation"),
        FacilityKind::WorkersStation => ("ZX", "sanitation"),
        FacilityKind::Market => ("SC", "market_supervision"),
        FacilityKind::ShopSign => ("DZ", "city_management"),
        FacilityKind::Advertisement => ("GG", "city_management"),
        FacilityKind::Other => ("QT", "sanitation"),
    };
    let number = known.iter().filter(|other| other.kind == kind).count() + 1;
    let code = format!("{letters}-{number:03}");
    let mut row = Facility {
        code: code.clone(),
        name,
        kind,
        unit: unit.to_owned(),
        keeper: None,
        street: street.clone(),
        place,
        address,
        toilet_class: None,
        toilet_places: None,
        capacity_tonnes: None,
        area: None,
        permission: None,
        opened_on: Some(books.drawn.day(date(2001, 3, 1)..=date(2014, 12, 20))),
        closed_on: None,
        photo: None,
    };
    change(&mut row, books);
    known.push(Known { code, kind, street, unit });
    books.enter(row);
}

/// Public toilets at parks, squares, stations and markets; the markets themselves.
fn of_landmarks(books: &mut Books<'_>, known: &mut Vec<Known>) {
    let ground = books.drawn.ground;
    for landmark in &ground.landmarks {
        let class = match landmark.kind {
            LandmarkKind::Park | LandmarkKind::Square => ToiletClass::First,
            LandmarkKind::Station => ToiletClass::Second,
            LandmarkKind::Market => ToiletClass::Third,
            _ => continue,
        };
        let (Some(street), place) =
            (landmark.cell.get(..9), Point::new(landmark.position.lon, landmark.position.lat))
        else {
            continue;
        };
        let at = || (street.to_owned(), place, landmark.name_zh.clone());
        if landmark.kind == LandmarkKind::Market {
            facility(books, known, (FacilityKind::Market, landmark.name_zh.clone()), at(), |row, books| {
                row.area = Some(square_metres(books.drawn.whole(420..=6_800)));
            });
        }
        let name = format!("{}公厕", landmark.name_zh);
        facility(books, known, (FacilityKind::PublicToilet, name), at(), |row, books| {
            row.toilet_class = Some(class);
            row.toilet_places = Some(books.drawn.count(8..=36));
            // Two were pulled down, with the stalls around them.
            if class == ToiletClass::Third && books.drawn.dice.permille(60) {
                row.closed_on = Some(books.drawn.office_day(date(2015, 6, 1)..=date(2016, 4, 29)));
            }
        });
    }
}

/// A collection point for each community of the town, a transfer station for each street and town.
fn of_communities(books: &mut Books<'_>, known: &mut Vec<Known>) {
    let ground = books.drawn.ground;
    for community in communities(ground) {
        let Some(place) = books.drawn.place_in(&community.code) else { continue };
        let name = format!("{}垃圾收集点", community.name_zh);
        let at = (community.parent.clone(), place, community.name_zh.clone());
        facility(books, known, (FacilityKind::CollectionPoint, name), at, |row, books| {
            row.capacity_tonnes = Some(books.drawn.count(1..=6));
        });
    }
    let quarters: Vec<_> = books.drawn.quarters().collect();
    for quarter in quarters {
        let Some(place) = books.drawn.place_in(&quarter.code) else { continue };
        let name = format!("{}垃圾转运站", stem(quarter));
        let at = (quarter.code.clone(), place, quarter.name_zh.clone());
        facility(books, known, (FacilityKind::TransferStation, name), at, |row, books| {
            row.capacity_tonnes = Some(books.drawn.count(20..=160));
        });
    }
}

/// Sweeping sections, workers' stations, signs and advertisements along main roads.
fn of_roads(books: &mut Books<'_>, roads: &[Road<'_>], known: &mut Vec<Known>) {
    let main: Vec<&Road<'_>> = roads.iter().filter(|road| road.is_main() && !road.is_trunk()).collect();
    if main.is_empty() {
        return;
    }
    for (number, road) in main.iter().enumerate() {
        let at = (road.street.clone(), road.corner(1), road.feature.name_zh.clone());
        let name = format!("{}保洁路段", road.feature.name_zh);
        let width = books.drawn.whole(14..=36);
        facility(books, known, (FacilityKind::SweepingSection, name), at.clone(), |row, _| {
            row.area = Some(square_metres(road.length_m * width));
        });
        if number % 3 == 0 {
            let name = format!("{}环卫工人休息点", road.feature.name_zh);
            facility(books, known, (FacilityKind::WorkersStation, name), at, |_, _| ());
        }
    }
    for (number, shop) in SHOPS.iter().enumerate() {
        let road = *books.drawn.dice.one_of(&main).unwrap_or(&main[0]);
        let house = books.drawn.whole(1..=268);
        let corner = books.drawn.dice.below(road.corners.len());
        let at = (road.street.clone(), road.corner(corner), format!("{}{house}号", road.feature.name_zh));
        facility(books, known, (FacilityKind::ShopSign, (*shop).to_owned()), at, |row, books| {
            row.area = Some(square_metres(books.drawn.whole(3..=18)));
            row.permission = (number % 9 != 0).then(|| format!("凯城管招许〔2014〕{}号", 31 + number * 3));
        });
    }
    for number in 0..18 {
        let road = *books.drawn.dice.one_of(&main).unwrap_or(&main[0]);
        let corner = books.drawn.dice.below(road.corners.len());
        let at = (road.street.clone(), road.corner(corner), road.feature.name_zh.clone());
        let name = format!("{}{}", road.feature.name_zh, ADVERTISEMENTS[number % ADVERTISEMENTS.len()]);
        facility(books, known, (FacilityKind::Advertisement, name), at, |row, books| {
            row.area = Some(square_metres(books.drawn.whole(6..=120)));
            row.permission = Some(format!("凯城管广许〔2015〕{}号", 5 + number * 2));
        });
    }
}

fn square_metres(square_metres: i64) -> Area {
    Area::from_units(square_metres * UNITS_PER_SQUARE_METRE)
}

fn inspections(books: &mut Books<'_>, roads: &[Road<'_>], known: &[Known]) {
    let inspectors: Vec<PersonId> = (0..INSPECTORS).map(|_| books.person()).collect();
    for day_number in 0..days_of(&(FIRST..=LAST)) {
        let day = days_on(FIRST, day_number);
        let (least, most) = DAILY[usize::from(day.year() > 2015)];
        let mut hours: Vec<i64> = (0..books.drawn.whole(least..=most))
            .map(|_| books.drawn.whole(7 * HOUR_S..=18 * HOUR_S))
            .collect();
        hours.sort_unstable();
        for (number, seconds) in hours.into_iter().enumerate() {
            let code = format!("XJ{:04}{:02}{:02}-{:02}", day.year(), day.month(), day.day(), number + 1);
            let facility = &known[books.drawn.dice.below(known.len())];
            // Some looks are at a street and not at a facility.
            let road = books.drawn.dice.permille(140).then(|| books.drawn.dice.one_of(roads)).flatten();
            let inspector = books.drawn.pick(&inspectors);
            inspection(books, (code, day, seconds), facility, road, inspector);
        }
    }
}

/// What may be wrong: finding, hours within which it has to be put right, what is said of it.
fn wrong(kind: FacilityKind) -> &'static [(Finding, i64, &'static str)] {
    match kind {
        FacilityKind::PublicToilet => &[
            (Finding::Dirty, 4, "地面积水，便池未冲洗"),
            (Finding::Broken, 24, "隔间门锁损坏"),
            (Finding::Broken, 48, "洗手池水龙头漏水"),
            (Finding::Missing, 24, "开放时间内未开门"),
        ],
        FacilityKind::TransferStation | FacilityKind::CollectionPoint => &[
            (Finding::Overflowing, 3, "垃圾满溢未清运"),
            (Finding::Dirty, 4, "周边散落垃圾，有污水"),
            (Finding::Broken, 72, "箱体破损"),
        ],
        FacilityKind::ShopSign | FacilityKind::Advertisement => &[
            (Finding::Unpermitted, 72, "尺寸与许可不符"),
            (Finding::Broken, 48, "画面破损、灯管不亮"),
            (Finding::Unsafe, 12, "支架松动，有坠落隐患"),
        ],
        FacilityKind::Market => {
            &[(Finding::Dirty, 6, "过道有菜叶和污水"), (Finding::Overflowing, 4, "垃圾桶满溢")]
        }
        FacilityKind::WorkersStation => &[(Finding::Broken, 72, "饮水设备损坏")],
        FacilityKind::SweepingSection | FacilityKind::Other => &[
            (Finding::Dirty, 2, "路面有白色垃圾"),
            (Finding::Dirty, 3, "绿化带有烟头纸屑"),
            (Finding::Overflowing, 3, "果皮箱满溢"),
            (Finding::Broken, 48, "果皮箱破损"),
        ],
    }
}

fn inspection(
    books: &mut Books<'_>,
    (code, day, seconds): (String, Date, i64),
    facility: &Known,
    road: Option<&Road<'_>>,
    inspector: PersonId,
) {
    let drawn = &mut books.drawn;
    let kind = if road.is_some() { FacilityKind::SweepingSection } else { facility.kind };
    let means = match (day.year() > 2015, kind, drawn.dice.below(100)) {
        (true, FacilityKind::CollectionPoint | FacilityKind::TransferStation, 0..30) => {
            InspectionMeans::Sensor
        }
        (true, FacilityKind::Advertisement | FacilityKind::SweepingSection, 0..12) => InspectionMeans::Drone,
        (true, _, 12..45) => InspectionMeans::Video,
        (false, _, 0..6) => InspectionMeans::Video,
        (_, _, 45..70) => InspectionMeans::Vehicle,
        _ => InspectionMeans::OnFoot,
    };
    let inspected_at = moment(day, seconds);
    let found = drawn.dice.permille(290).then(|| drawn.pick(wrong(kind)));
    let due_at = found.map(|(_, hours, _)| inspected_at + hours * HOUR_S * 1_000);
    let handled_at = due_at.map(|due| {
        let given = due - inspected_at;
        if day.year() == 2015 && drawn.dice.permille(LATE_2015) {
            due + given * drawn.whole(2..=90) / 100
        } else {
            inspected_at + given * drawn.whole(12..=97) / 100
        }
    });
    // What is not due before the books end may still be open.
    let end = moment(days_on(LAST, 2), 0);
    let handled_at = handled_at.filter(|handled| *handled < end);
    let automatic = matches!(means, InspectionMeans::Sensor);
    let (street, place, unit) = match road {
        Some(road) => {
            (road.street.clone(), Some(road.corner(drawn.dice.below(road.corners.len()))), "sanitation")
        }
        None => (facility.street.clone(), None, facility.unit),
    };
    books.enter(Inspection {
        code,
        facility: road.is_none().then(|| facility.code.clone()),
        place,
        street,
        inspected_at,
        means,
        inspector: (!automatic).then_some(inspector),
        finding: found.map_or(Finding::Good, |(finding, ..)| finding),
        remarks: found.map_or(String::new(), |(_, _, remarks)| remarks.to_owned()),
        unit: unit.to_owned(),
        due_at,
        handled_at,
        in_time: None,
        case_reference: None,
        photo: None,
        photo_after: None,
    });
}
