//! S7: car parks, paid for by the two bonds for them or otherwise, and what parking costs.

use jiff::civil::{Date, date};
use kernel::money::{FEN_PER_YUAN, Fen};
use services::{
    car_park::{
        CarPark,
        CarParkKind::{self, OffStreet, OnStreet, ParkAndRide, Shared},
        Quarter::{self, Country, NewTown, OldTown},
    },
    parking_tariff::{ParkingTariff, Pricing, TariffStep},
};

use super::{FIRST, LAST, PARKING_COMPANY, firm, place_of, side, wan};
use crate::books::{
    Books,
    days::plus,
    governance::{communities, roads},
};

/// The bonds of 2016 that pay for car parks, with the project that each was raised for.
const BONDS: [(&str, &str); 2] =
    [("1680025", "凯里市城区公共停车场一期工程"), ("1680164", "凯里市智慧停车系统项目")];

/// When a car park opened.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Opened {
    Before,
    HalfYear,
    NotYet,
}

use Opened::{Before, HalfYear, NotYet};

/// Built or being built: name, kind, where, street or town, bays, when, which bond, project of its own.
type Built =
    (&'static str, CarParkKind, Quarter, &'static str, i64, Opened, Option<usize>, Option<&'static str>);

#[rustfmt::skip]
const BUILT: [Built; 26] = [
    ("大十字地下停车场", OffStreet, OldTown, "大十字", 486, NotYet, Some(0), Some("凯里市大十字地下停车场项目")),
    ("西门停车楼", OffStreet, OldTown, "西门", 372, NotYet, Some(0), Some("凯里市西门停车楼项目")),
    ("城西客运站停车楼", ParkAndRide, NewTown, "城西", 438, NotYet, Some(0), Some("凯里市城西客运站停车楼项目")),
    ("湾溪枢纽停车场", ParkAndRide, NewTown, "湾溪", 315, HalfYear, None, Some("凯里市湾溪枢纽停车场项目")),
    ("开怀中心停车场", OffStreet, NewTown, "开怀", 264, HalfYear, None, Some("凯里市开怀中心停车场项目")),
    ("火车站站前停车场", ParkAndRide, NewTown, "白午", 290, NotYet, Some(1), Some("凯里市火车站站前停车场项目")),
    ("永乐路停车场", OffStreet, OldTown, "大十字", 168, HalfYear, Some(0), None),
    ("苹果山停车场", OffStreet, OldTown, "大十字", 127, HalfYear, Some(0), None),
    ("市府路停车楼", OffStreet, OldTown, "大十字", 246, NotYet, Some(0), None),
    ("梁子巷停车场", OffStreet, OldTown, "西门", 94, HalfYear, Some(0), None),
    ("大阁山停车场", OffStreet, OldTown, "西门", 143, HalfYear, Some(0), None),
    ("清江路停车楼", OffStreet, OldTown, "西门", 228, NotYet, Some(0), None),
    ("州医院停车楼", OffStreet, OldTown, "西门", 412, NotYet, Some(1), None),
    ("洗马河停车场", OffStreet, OldTown, "洗马河", 156, HalfYear, Some(0), None),
    ("南丰停车场", OffStreet, OldTown, "洗马河", 118, HalfYear, Some(0), None),
    ("东门停车楼", OffStreet, OldTown, "洗马河", 264, NotYet, Some(1), None),
    ("清水江滨江停车场", OffStreet, NewTown, "湾溪", 182, HalfYear, Some(1), None),
    ("月塘停车场", OffStreet, NewTown, "鸭塘", 206, HalfYear, Some(1), None),
    ("思源停车场", OffStreet, NewTown, "白果井", 137, HalfYear, Some(1), None),
    ("民族文化广场停车场", OffStreet, OldTown, "大十字", 212, Before, None, None),
    ("苗侗风情园停车场", OffStreet, NewTown, "开怀", 520, Before, None, None),
    ("凯都路停车场", OffStreet, NewTown, "鸭塘", 174, Before, None, None),
    ("下司古镇停车场", OffStreet, Country, "下司", 348, Before, None, None),
    ("香炉山景区停车场", OffStreet, Country, "万潮", 230, Before, None, None),
    ("炉山集镇停车场", OffStreet, Country, "炉山", 96, Before, None, None),
    ("舟溪温泉停车场", OffStreet, Country, "舟溪", 142, HalfYear, None, None),
];
/// Bays along streets, and how many of these stretches were drawn in the half-year.
const STRETCHES: usize = 34;
const NEW_STRETCHES: usize = 9;
/// Markets, shops and offices whose car parks are open to others.
const OPENED: [&str; 7] = [
    "州政务服务中心",
    "金山商业广场",
    "未来城购物中心",
    "城西批发市场",
    "鸭塘物流市场",
    "开悦体育公园",
    "和谐小吃街",
];
/// Streets of the old town.
const OLD_STREETS: [&str; 3] = ["522601002", "522601003", "522601004"];

pub(super) fn enter(books: &mut Books<'_>) {
    let operator = books.known_organisation(PARKING_COMPANY);
    let mut keys = Vec::new();
    for known in BUILT {
        keys.push(built(books, keys.len() + 1, known, operator.as_deref()));
    }
    on_street(books, &mut keys, operator.as_deref());
    shared(books, &mut keys);
    closed(books, operator.as_deref());
    for (number, key) in keys.into_iter().enumerate() {
        tariff(books, number, key);
    }
}

/// A car park as its tariff knows it.
struct Kept {
    code: String,
    kind: CarParkKind,
    quarter: Quarter,
    opened_on: Option<Date>,
}

/// A car park with what every one of them has.
fn blank(code: String, name: String, kind: CarParkKind, quarter: Quarter, bays: i64) -> CarPark {
    CarPark {
        code,
        name,
        kind,
        quarter,
        division: None,
        address: None,
        project: None,
        bond: None,
        investment: None,
        operator: None,
        opened_on: None,
        closed_on: None,
        bays,
        charger_bays: None,
        // Two of a hundred at least (GB 50763).
        accessible_bays: Some((bays + 49) / 50),
        is_joined: false,
        place: None,
        outline: None,
        unit: "city_management".to_owned(),
    }
}

fn kept(row: &CarPark) -> Kept {
    Kept { code: row.code.clone(), kind: row.kind, quarter: row.quarter, opened_on: row.opened_on }
}

fn built(
    books: &mut Books<'_>,
    number: usize,
    (name, kind, quarter, stem, bays, opened, bond, project): Built,
    operator: Option<&str>,
) -> Kept {
    let opened_on = match opened {
        Before => Some(books.drawn.office_day(date(2008, 4, 7)..=date(2015, 11, 20))),
        HalfYear => Some(books.drawn.office_day(date(2016, 3, 21).max(FIRST)..=LAST)),
        NotYet => None,
    };
    let division = books.drawn.quarter_named(stem);
    let place = place_of(books, name, &division.code);
    // A bay in a building costs some five times as much as one on the ground.
    let each = if bays > 220 { books.drawn.whole(7..=12) } else { books.drawn.whole(2..=4) };
    let of_bond = bond.map(|bond| BONDS[bond]);
    let project = project.or(of_bond.map(|(_, project)| project)).and_then(|name| books.known_project(name));
    let size = bays * books.drawn.whole(14..=31);
    let row = CarPark {
        division: Some(division.code.clone()),
        address: Some(format!("{}{name}", division.name_zh)),
        project,
        bond: of_bond.map(|(code, _)| code.to_owned()),
        investment: Some(wan(bays * each)),
        operator: operator.map(str::to_owned),
        opened_on,
        charger_bays: Some(bays * books.drawn.whole(4..=13) / 100),
        is_joined: opened == HalfYear || (opened == Before && quarter != Country),
        place,
        outline: place.map(|at| books.drawn.block(at, side(size), side(size))),
        ..blank(format!("TC-{number:03}"), name.to_owned(), kind, quarter, bays)
    };
    let kept = kept(&row);
    books.enter(row);
    kept
}

/// Bays along streets of the town: what they earn is the public's.
fn on_street(books: &mut Books<'_>, keys: &mut Vec<Kept>, operator: Option<&str>) {
    let ground = books.drawn.ground;
    let roads = roads(ground);
    let town = roads.iter().filter(|road| !road.is_trunk() && road.street.as_str() < "522601100");
    for (number, road) in town.take(STRETCHES).enumerate() {
        let is_new = number % 4 == 1 && number / 4 < NEW_STRETCHES;
        let quarter = if OLD_STREETS.contains(&road.street.as_str()) { OldTown } else { NewTown };
        let bays = (road.length_m / books.drawn.whole(14..=40)).clamp(12, 96);
        let row = CarPark {
            division: Some(road.street.clone()),
            address: Some(road.feature.name_zh.clone()),
            operator: operator.map(str::to_owned),
            investment: is_new.then(|| wan(bays * 3 / 10 + 1)),
            bond: is_new.then(|| BONDS[1].0.to_owned()),
            project: if is_new { books.known_project(BONDS[1].1) } else { None },
            opened_on: Some(if is_new {
                books.drawn.office_day(date(2016, 5, 3)..=LAST)
            } else {
                books.drawn.office_day(date(2010, 3, 8)..=date(2015, 10, 30))
            }),
            is_joined: is_new || number % 3 == 0,
            place: Some(road.corner(1)),
            ..blank(
                format!("TC-L{:02}", number + 1),
                format!("{}道路泊位", road.feature.name_zh),
                OnStreet,
                quarter,
                bays,
            )
        };
        keys.push(kept(&row));
        books.enter(row);
    }
}

fn shared(books: &mut Books<'_>, keys: &mut Vec<Kept>) {
    let ground = books.drawn.ground;
    for (number, name) in OPENED.into_iter().enumerate() {
        let Some(landmark) = ground.landmarks.iter().find(|landmark| landmark.name_zh == name) else {
            continue;
        };
        let street = landmark.cell.get(..9).unwrap_or_default();
        let quarter = if OLD_STREETS.contains(&street) { OldTown } else { NewTown };
        let bays = books.drawn.whole(46..=280);
        let keeper = firm(books, "凯里安居物业服务有限公司", "K70", "housing");
        let row = CarPark {
            division: Some(street.to_owned()),
            operator: Some(keeper),
            opened_on: Some(books.drawn.office_day(date(2014, 5, 12)..=date(2016, 5, 27))),
            charger_bays: Some(bays / 20),
            is_joined: number % 2 == 0,
            place: place_of(books, name, street),
            ..blank(format!("TC-G{:02}", number + 1), format!("{name}停车场"), Shared, quarter, bays)
        };
        keys.push(kept(&row));
        books.enter(row);
    }
}

/// Two that made way: a building site and a widened road.
fn closed(books: &mut Books<'_>, operator: Option<&str>) {
    let ground = books.drawn.ground;
    let community = communities(ground).first().map(|community| community.parent.clone());
    for (number, (name, closed_on, bays)) in
        [("老客运站露天停车场", date(2015, 4, 30), 132), ("金井临时停车场", date(2016, 3, 18), 74)]
            .into_iter()
            .enumerate()
    {
        let row = CarPark {
            division: community.clone(),
            operator: operator.map(str::to_owned),
            opened_on: Some(plus(closed_on, -1_460)),
            closed_on: Some(closed_on),
            ..blank(format!("TC-X{:02}", number + 1), name.to_owned(), OffStreet, OldTown, bays)
        };
        books.enter(row);
    }
}

const fn yuan(yuan: i64) -> Fen {
    Fen(yuan * FEN_PER_YUAN)
}

/// The prices of the city: since 2013, and in the old town dearer since May 2016.
fn tariff(books: &mut Books<'_>, number: usize, car_park: Kept) {
    let Some(opened_on) = car_park.opened_on else { return };
    let raised_on = date(2016, 5, 1);
    let is_raised = car_park.quarter == OldTown && car_park.kind != Shared;
    let pricing = match car_park.kind {
        OnStreet => Pricing::Government,
        OffStreet | ParkAndRide => Pricing::Guided,
        Shared => Pricing::Market,
    };
    let mut enter = |begins_on: Date, ends_on: Option<Date>, dear: bool| {
        let (first, each, most) = match (car_park.kind, dear) {
            (OnStreet, true) => (300, 200, 30),
            (OnStreet, false) => (200, 100, 20),
            (ParkAndRide, _) => (200, 50, 8),
            (Shared, _) => (300, 100 + 50 * i64::try_from(number % 3).unwrap_or(0), 18),
            (OffStreet, true) => (300, 100, 20),
            (OffStreet, false) => (200, 100, 15),
        };
        let step = |from, to, price, interval| TariffStep { from, to, price: Fen(price), interval };
        books.enter(ParkingTariff {
            car_park: car_park.code.clone(),
            begins_on,
            ends_on,
            pricing,
            decision: (pricing != Pricing::Market)
                .then(|| if dear { "凯发改价〔2016〕17号" } else { "凯发改价〔2013〕42号" }.to_owned()),
            free_minutes: if car_park.kind == OnStreet { 15 } else { 30 },
            day_most: Some(yuan(most)),
            steps: vec![step(0, Some(120), first, 120), step(120, None, each, 60)],
            unit: "development_reform".to_owned(),
        });
    };
    let begins_on = opened_on.max(date(2013, 9, 1));
    if is_raised && begins_on < raised_on {
        enter(begins_on, raised_on.yesterday().ok(), false);
        enter(raised_on, None, true);
    } else {
        enter(begins_on, None, is_raised);
    }
}
