//! Pipes under the city: networks, segments, coordination orders (G9).

use finance::organisation::OrganisationKind;
use governance::{
    coordination_order::{AskedNetwork, CoordinationOrder, DigKind, DigStatus, NetworkAnswer},
    pipe_network::{PipeKind, PipeNetwork},
    pipe_segment::{LaidIn, PipeCondition, PipeMaterial, PipeSegment},
};
use jiff::civil::{Date, date};
use kernel::{
    area::{Area, UNITS_PER_SQUARE_METRE},
    decimal::Decimal,
    shape::Line,
};

use super::{
    super::{
        Books,
        drawn::{days_of, days_on},
    },
    Road, metres, roads,
};

/// A network: code, name, kind, owner, operator where it is another one, the unit that supervises, in service from and until.
struct Plan {
    code: &'static str,
    name: &'static str,
    kind: PipeKind,
    owner: &'static str,
    operator: Option<&'static str>,
    unit: &'static str,
    monitored: bool,
    days: (Date, Option<Date>),
    /// Of a hundred stretches of main road, below how many it lies.
    reach: usize,
}

const CITY_BUILDS: &str = "凯里市城市建设投资有限责任公司";
const WATER_FIRM: &str = "凯里市供水有限责任公司";
const DRAIN_FIRM: &str = "凯里市排水有限责任公司";

const NETWORKS: [Plan; 13] = [
    Plan {
        code: "JS-01",
        name: "主城区给水管网",
        kind: PipeKind::Water,
        owner: WATER_FIRM,
        operator: None,
        unit: "water_affairs",
        monitored: true,
        days: (date(1986, 7, 1), None),
        reach: 85,
    },
    Plan {
        code: "JS-02",
        name: "鸭塘片区给水管网",
        kind: PipeKind::Water,
        owner: CITY_BUILDS,
        operator: Some(WATER_FIRM),
        unit: "water_affairs",
        monitored: true,
        days: (date(2012, 9, 1), None),
        reach: 12,
    },
    Plan {
        code: "YS-01",
        name: "主城区雨水管网",
        kind: PipeKind::Rain,
        owner: CITY_BUILDS,
        operator: Some(DRAIN_FIRM),
        unit: "housing",
        monitored: false,
        days: (date(1998, 5, 1), None),
        reach: 48,
    },
    Plan {
        code: "WS-01",
        name: "清水江截污干管",
        kind: PipeKind::Sewage,
        owner: CITY_BUILDS,
        operator: Some(DRAIN_FIRM),
        unit: "housing",
        monitored: true,
        days: (date(2007, 12, 1), None),
        reach: 16,
    },
    Plan {
        code: "WS-02",
        name: "主城区污水管网",
        kind: PipeKind::Sewage,
        owner: CITY_BUILDS,
        operator: Some(DRAIN_FIRM),
        unit: "housing",
        monitored: false,
        days: (date(2003, 3, 1), None),
        reach: 50,
    },
    Plan {
        code: "HL-01",
        name: "老城合流管网",
        kind: PipeKind::Combined,
        owner: CITY_BUILDS,
        operator: Some(DRAIN_FIRM),
        unit: "housing",
        monitored: false,
        days: (date(1979, 10, 1), None),
        reach: 22,
    },
    Plan {
        code: "RQ-01",
        name: "凯里市天然气管网",
        kind: PipeKind::Gas,
        owner: "凯里市天然气有限公司",
        operator: None,
        unit: "housing",
        monitored: true,
        days: (date(2010, 11, 1), None),
        reach: 40,
    },
    Plan {
        code: "RQ-00",
        name: "老城人工煤气管网",
        kind: PipeKind::Gas,
        owner: "凯里市煤气公司",
        operator: None,
        unit: "housing",
        monitored: false,
        days: (date(1994, 8, 1), Some(date(2014, 6, 30))),
        reach: 6,
    },
    Plan {
        code: "DL-01",
        name: "城区10千伏电缆网",
        kind: PipeKind::Power,
        owner: "凯里供电局",
        operator: None,
        unit: "development_reform",
        monitored: true,
        days: (date(2001, 6, 1), None),
        reach: 44,
    },
    Plan {
        code: "TX-01",
        name: "城区通信管道",
        kind: PipeKind::Telecom,
        owner: "黔东南州通信管道有限公司",
        operator: None,
        unit: "industry",
        monitored: false,
        days: (date(2002, 4, 1), None),
        reach: 46,
    },
    Plan {
        code: "TX-02",
        name: "广电光缆网",
        kind: PipeKind::Telecom,
        owner: "贵州省广电网络凯里分公司",
        operator: None,
        unit: "industry",
        monitored: false,
        days: (date(2004, 9, 1), None),
        reach: 20,
    },
    Plan {
        code: "LD-01",
        name: "路灯与信号电缆网",
        kind: PipeKind::Lighting,
        owner: CITY_BUILDS,
        operator: None,
        unit: "street_lighting",
        monitored: true,
        days: (date(1999, 9, 1), None),
        reach: 45,
    },
    Plan {
        code: "GL-01",
        name: "开怀大道综合管廊",
        kind: PipeKind::Tunnel,
        owner: CITY_BUILDS,
        operator: None,
        unit: "housing",
        monitored: true,
        days: (date(2015, 11, 20), None),
        reach: 3,
    },
];

/// What pipes of a kind are made of, how wide they are in mm, how deep in cm, and how they lie.
const fn make(kind: PipeKind) -> (&'static [PipeMaterial], &'static [u32], (i64, i64), LaidIn) {
    match kind {
        PipeKind::Water => (
            &[PipeMaterial::Iron, PipeMaterial::Polyethylene, PipeMaterial::Steel],
            &[100, 150, 200, 300, 400, 600],
            (70, 190),
            LaidIn::Ground,
        ),
        PipeKind::Rain => {
            (&[PipeMaterial::Concrete], &[400, 600, 800, 1_000, 1_200], (110, 380), LaidIn::Ground)
        }
        PipeKind::Sewage => (
            &[PipeMaterial::Concrete, PipeMaterial::Polyethylene],
            &[300, 400, 500, 600, 800],
            (140, 460),
            LaidIn::Ground,
        ),
        PipeKind::Combined => {
            (&[PipeMaterial::Masonry, PipeMaterial::Concrete], &[600, 800, 1_000], (90, 260), LaidIn::Duct)
        }
        PipeKind::Gas => (
            &[PipeMaterial::Polyethylene, PipeMaterial::Steel],
            &[63, 110, 160, 200, 250],
            (90, 150),
            LaidIn::Ground,
        ),
        PipeKind::Power | PipeKind::Lighting => {
            (&[PipeMaterial::Copper], &[100, 150], (50, 110), LaidIn::Duct)
        }
        PipeKind::Telecom => (&[PipeMaterial::Fibre], &[50, 110], (50, 120), LaidIn::Duct),
        PipeKind::Heat | PipeKind::Industrial | PipeKind::Tunnel => {
            (&[PipeMaterial::Concrete], &[2_600, 3_200], (250, 400), LaidIn::Duct)
        }
    }
}

/// The last day of the books.
const LAST: Date = date(2016, 6, 29);
/// Orders: one each so many days.
const ORDER_DAYS: (i64, i64) = (4, 12);

pub(super) fn enter(books: &mut Books<'_>) {
    let roads = roads(books.drawn.ground);
    let main: Vec<&Road<'_>> = roads.iter().filter(|road| road.is_main() && !road.is_trunk()).collect();
    for plan in &NETWORKS {
        let owner = firm(books, plan.owner);
        let operator = plan.operator.map(|name| firm(books, name));
        let surveyed_on =
            plan.days.1.is_none().then(|| books.drawn.office_day(date(2013, 6, 3)..=date(2016, 3, 31)));
        books.enter(PipeNetwork {
            code: plan.code.to_owned(),
            name: plan.name.to_owned(),
            kind: plan.kind,
            owner,
            operator,
            unit: plan.unit.to_owned(),
            monitored: plan.monitored,
            surveyed_on: surveyed_on.map(|day| day.max(plan.days.0)),
            commissioned_on: Some(plan.days.0),
            abandoned_on: plan.days.1,
        });
        segments(books, plan, &main);
    }
    orders(books, &main);
}

fn firm(books: &mut Books<'_>, name: &str) -> String {
    let kind =
        if name == CITY_BUILDS { OrganisationKind::PlatformCompany } else { OrganisationKind::Enterprise };
    books.organisation(name, kind)
}

/// The stretches of main roads below which a network lies, a little aside of the road's middle line.
fn segments(books: &mut Books<'_>, plan: &Plan, main: &[&Road<'_>]) {
    let (materials, diameters, depths, laid_in) = make(plan.kind);
    let place = NETWORKS.iter().position(|other| other.code == plan.code).unwrap_or(0);
    let mut number = 0_u32;
    for road in main {
        for pair in road.corners.windows(2) {
            let drawn = &mut books.drawn;
            if drawn.dice.below(100) >= plan.reach {
                continue;
            }
            number += 1;
            let aside = (place as f64 - 6.0) * 2e-5;
            let line: Vec<_> =
                pair.iter().map(|[lon, lat]| [aside_of(*lon, aside), aside_of(*lat, aside)]).collect();
            let length_m = metres(line[0], line[1]).max(2);
            let laid_on =
                drawn.day(plan.days.0..=plan.days.1.unwrap_or(date(2016, 5, 31)).min(date(2016, 5, 31)));
            let has_defects =
                matches!(plan.kind, PipeKind::Rain | PipeKind::Sewage | PipeKind::Combined | PipeKind::Water);
            let condition =
                (has_defects && drawn.dice.permille(520)).then(|| condition(drawn.dice.below(100), laid_on));
            let looked_at_on = condition.map(|_| drawn.office_day(laid_on.max(date(2014, 3, 3))..=LAST));
            let depth = drawn.whole(depths.0..=depths.1);
            // Where a stretch was replaced, the old one stays on the map as abandoned.
            let replaced = plan.days.1.is_none() && laid_on < date(1996, 1, 1) && drawn.dice.permille(180);
            let abandoned_on =
                if replaced { Some(drawn.day(date(2008, 1, 1)..=date(2016, 3, 31))) } else { plan.days.1 };
            let looked_at_on = looked_at_on.filter(|_| abandoned_on.is_none());
            let segment = PipeSegment {
                code: format!("{}-{number:04}", plan.code),
                network: plan.code.to_owned(),
                kind: plan.kind,
                unit: plan.unit.to_owned(),
                street: Some(road.street.clone()),
                road: road.feature.name_zh.clone(),
                from_point: format!("{}-J{:04}", plan.code, number * 2 - 1),
                to_point: format!("{}-J{:04}", plan.code, number * 2),
                line: Line { coordinates: line },
                length: Decimal(length_m * 100 + drawn.whole(0..=99)),
                material: drawn.pick(materials),
                diameter_mm: Some(drawn.pick(diameters)),
                depth_from: Some(Decimal(depth)),
                depth_to: Some(Decimal((depth + drawn.whole(-18..=34)).max(20))),
                laid_in,
                laid_on: Some(laid_on),
                abandoned_on,
                condition: looked_at_on.and(condition),
                looked_at_on,
            };
            books.enter(segment);
        }
    }
}

fn aside_of(degrees: f64, aside: f64) -> f64 {
    ((degrees + aside) * 1e7).round() / 1e7
}

/// Old pipes are in a worse state.
fn condition(draw: usize, laid_on: Date) -> PipeCondition {
    let worse = if laid_on < date(2000, 1, 1) { 25 } else { 0 };
    match draw + worse {
        0..52 => PipeCondition::First,
        52..88 => PipeCondition::Second,
        88..108 => PipeCondition::Third,
        _ => PipeCondition::Fourth,
    }
}

/// Works that need leave to dig: whose, what, on how many metres of a road's length of a hundred.
const WORKS: [(usize, &str); 12] = [
    (0, "给水管道改造"),
    (3, "截污干管接入"),
    (4, "污水支管新建"),
    (2, "雨水管道扩容"),
    (6, "天然气管道敷设"),
    (6, "天然气入户支管接驳"),
    (8, "10千伏电缆入地"),
    (9, "通信管道新建"),
    (10, "广电光缆穿管"),
    (11, "路灯电缆更换"),
    (5, "合流管道雨污分流"),
    (0, "供水阀门井改造"),
];
const BURSTS: [(usize, &str); 4] =
    [(0, "给水管爆管抢修"), (5, "合流管塌陷抢修"), (6, "燃气管道受损抢修"), (8, "电缆故障抢修")];

fn orders(books: &mut Books<'_>, main: &[&Road<'_>]) {
    let first = date(2015, 1, 8);
    let mut asked_on = first;
    let mut numbers = [0_u32; 2];
    while days_of(&(asked_on..=LAST)) > 0 && asked_on <= LAST {
        let Some(road) = books.drawn.dice.one_of(main).copied() else { return };
        let number = &mut numbers[usize::from(asked_on.year() > 2015)];
        *number += 1;
        let emergency = books.drawn.dice.permille(220);
        order(books, road, (asked_on, *number), emergency);
        let later = days_on(asked_on, books.drawn.whole(ORDER_DAYS.0..=ORDER_DAYS.1));
        asked_on = match later.weekday() {
            jiff::civil::Weekday::Saturday => days_on(later, 2),
            jiff::civil::Weekday::Sunday => days_on(later, 1),
            _ => later,
        };
    }
}

fn order(books: &mut Books<'_>, road: &Road<'_>, (asked_on, number): (Date, u32), emergency: bool) {
    let (own, work) = books.drawn.pick(if emergency { &BURSTS } else { &WORKS });
    let plan = &NETWORKS[own];
    let applicant = firm(books, plan.operator.unwrap_or(plan.owner));
    let drawn = &mut books.drawn;
    let kind = match (emergency, drawn.dice.permille(640)) {
        (true, _) => DigKind::Emergency,
        (false, true) => DigKind::Planned,
        (false, false) => DigKind::Added,
    };
    let begins_on = if emergency { asked_on } else { days_on(asked_on, drawn.whole(9..=38)) };
    let term = if emergency { drawn.whole(2..=7) } else { drawn.whole(8..=45) };
    let due_on = days_on(begins_on, term);
    let refused = !emergency && drawn.dice.permille(60);
    let late = drawn.dice.permille(55);
    let restored_on =
        days_on(begins_on, if late { term + drawn.whole(1..=6) } else { term * drawn.whole(60..=100) / 100 });
    let status = if refused {
        DigStatus::Refused
    } else if restored_on <= LAST {
        DigStatus::Restored
    } else if begins_on <= LAST {
        DigStatus::UnderWay
    } else if days_on(asked_on, 12) <= LAST {
        DigStatus::Permitted
    } else {
        DigStatus::Asked
    };
    let answers = NETWORKS
        .iter()
        .enumerate()
        .filter(|(place, other)| *place != own && other.days.1.is_none() && other.kind != PipeKind::Tunnel)
        .filter_map(|(_, other)| {
            let near = drawn.dice.below(100) < other.reach.max(18) + 20;
            let answer = match (status, drawn.dice.below(100)) {
                _ if !near => return None,
                (DigStatus::Asked, 0..60) => NetworkAnswer::Open,
                (_, 0..42) => NetworkAnswer::NotTouched,
                (_, 42..91) => NetworkAnswer::Guarded,
                _ if emergency => NetworkAnswer::Guarded,
                _ => NetworkAnswer::JoinsIn,
            };
            let answered = answer != NetworkAnswer::Open;
            let within = if emergency { 0..=1 } else { 1..=8 };
            let answered_on =
                answered.then(|| days_on(asked_on, drawn.whole(within))).map(|day| day.min(LAST));
            Some(AskedNetwork { network: other.code.to_owned(), answer, answered_on })
        })
        .collect::<Vec<_>>();
    let mut networks = answers;
    if refused && let Some(asked) = networks.first_mut() {
        asked.answer = NetworkAnswer::Objects;
        asked.answered_on = Some(days_on(asked_on, 5));
    }
    let protected = drawn.dice.permille(120);
    let may_dig = !matches!(status, DigStatus::Asked | DigStatus::Refused);
    let year = asked_on.year();
    let (long, wide) = (drawn.whole(12..=100) * road.length_m.min(900) / 100, drawn.whole(1..=3));
    let corner = drawn.dice.below(road.corners.len());
    let ground = drawn.block(road.corner(corner), 40.0, 6.0);
    let house = drawn.whole(1..=180);
    books.enter(CoordinationOrder {
        code: format!("GX-{year}-{number:03}"),
        subject: format!("{}{work}", road.feature.name_zh),
        kind,
        applicant,
        unit: "housing".to_owned(),
        project: None,
        street: road.street.clone(),
        road: format!("{}{house}号至{}号", road.feature.name_zh, house + long / 8 + 2),
        ground: Some(ground),
        area: Some(Area::from_units(long.max(4) * wide * UNITS_PER_SQUARE_METRE)),
        asked_on,
        begins_on,
        due_on,
        protected_until: protected.then(|| days_on(begins_on, 400)),
        approval: (protected && may_dig && !emergency)
            .then(|| format!("凯府函〔{year}〕{}号", 40 + number * 2)),
        networks,
        joining: None,
        status,
        permission: (may_dig && !emergency).then(|| format!("凯住建挖许〔{year}〕{number}号")),
        restored_on: (status == DigStatus::Restored).then_some(restored_on),
        in_time: None,
        photo_after: None,
    });
}
