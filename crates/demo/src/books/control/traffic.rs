//! Traffic: squads, officers, roads, rosters and incidents (G6).

use control::{
    duty_roster::{DutyRoster, OnDuty, Shift},
    officer::{Officer, OfficerKind},
    road_section::{RoadClass, RoadSection},
    squad::Squad,
    traffic_incident::{Called, IncidentKind, IncidentSource, TrafficIncident},
};
use jiff::civil::{Date, date};
use kernel::{decimal::Decimal, shape::Point, time::Moment};

use super::super::{
    Books,
    drawn::{HOUR_S, days_of, days_on, moment},
    governance::{Road, roads},
};

const UNIT: &str = "traffic_police";

/// A squad: code, name, the streets and towns whose roads are its own (the first is its seat), officers, of whom the first are police.
struct Plan {
    code: &'static str,
    name: &'static str,
    quarters: &'static [&'static str],
    officers: usize,
    police: usize,
    formed_on: Date,
}

const fn plan(
    (code, name): (&'static str, &'static str),
    quarters: &'static [&'static str],
    (officers, police): (usize, usize),
    formed_on: Date,
) -> Plan {
    Plan { code, name, quarters, officers, police, formed_on }
}

const SQUADS: [Plan; 9] = [
    plan(("chengzhong", "城中中队"), &["522601002", "522601003"], (26, 11), date(1998, 5, 1)),
    plan(("chengxi", "城西中队"), &["522601001"], (18, 7), date(2001, 3, 1)),
    plan(("chengdong", "城东中队"), &["522601004", "522601005"], (21, 8), date(1998, 5, 1)),
    plan(("yatang", "鸭塘中队"), &["522601006"], (14, 5), date(2013, 9, 1)),
    plan(("kaihuai", "开怀中队"), &["522601007"], (15, 6), date(2011, 7, 1)),
    plan(("baiwu", "白午中队"), &["522601008", "522601009"], (17, 6), date(2012, 4, 1)),
    plan(
        ("sankeshu", "三棵树中队"),
        &["522601100", "522601103", "522601104", "522601110"],
        (10, 4),
        date(2005, 6, 1),
    ),
    plan(
        ("lushan", "炉山中队"),
        &["522601105", "522601106", "522601107", "522601111"],
        (11, 4),
        date(2003, 10, 1),
    ),
    plan(("xiasi", "下司中队"), &["522601109", "522601101", "522601108"], (9, 4), date(2014, 2, 1)),
];
/// Squads of the town; those after them serve the other towns, with officers on call all day.
const URBAN_SQUADS: usize = 6;
/// Who is on duty takes turns in so many groups.
const URBAN_GROUPS: usize = 4;
const TOWN_GROUPS: usize = 2;

impl Plan {
    fn is_urban(&self) -> bool {
        SQUADS.iter().take(URBAN_SQUADS).any(|plan| plan.code == self.code)
    }

    fn badge(&self, officer: usize) -> String {
        let place = SQUADS.iter().position(|plan| plan.code == self.code).unwrap_or(0);
        let kind = if officer < self.police { "26" } else { "F26" };
        format!("{kind}{:02}{:02}", place + 1, officer + 1)
    }

    /// The badges of those who are on duty in a shift, in a rota that goes round.
    fn on_duty(&self, day: Date, shift: usize) -> Vec<String> {
        let groups = if self.is_urban() { URBAN_GROUPS } else { TOWN_GROUPS };
        let days = usize::try_from(days_of(&(FIRST..=day))).unwrap_or(0);
        let group = (days + shift) % groups;
        (0..self.officers)
            .filter(|officer| officer % groups == group)
            .map(|officer| self.badge(officer))
            .collect()
    }

    fn arrival_target(&self) -> u32 {
        if self.is_urban() { 300 } else { 900 }
    }
}

/// The first day of the log of incidents.
const FIRST: Date = date(2015, 1, 1);
/// From here on rosters are kept in the register.
const ROSTERS_FROM: Date = date(2016, 4, 1);
/// The last day of the books.
const LAST: Date = date(2016, 6, 29);
/// Officers who left before the squads were counted.
const LEFT: usize = 7;

pub(super) fn enter(books: &mut Books<'_>) {
    let ground = books.drawn.ground;
    let roads = roads(ground);
    squads(books);
    sections(books, &roads);
    rosters(books, &roads);
    incidents(books, &roads);
}

fn squad_of(street: &str) -> &'static Plan {
    SQUADS.iter().find(|plan| plan.quarters.contains(&street)).unwrap_or(&SQUADS[0])
}

fn squads(books: &mut Books<'_>) {
    for plan in &SQUADS {
        let seat = plan.quarters[0];
        let station = books.drawn.place_in(seat);
        books.enter(squad(plan, station, None));
        for officer in 0..plan.officers {
            let person = books.person();
            let joined_on = books.drawn.office_day(plan.formed_on.max(date(2004, 7, 1))..=date(2014, 12, 31));
            books.enter(Officer {
                badge: plan.badge(officer),
                person,
                squad: plan.code.to_owned(),
                unit: UNIT.to_owned(),
                kind: if officer < plan.police { OfficerKind::Police } else { OfficerKind::Auxiliary },
                joined_on,
                left_on: None,
            });
        }
    }
    // The squad of the development zone went into the one of Yatang.
    let former = Plan {
        code: "kaifaqu",
        name: "开发区中队",
        ..plan(("", ""), &["522601006"], (0, 0), date(2008, 3, 1))
    };
    let station = books.drawn.place_in("522601006");
    books.enter(squad(&former, station, Some(date(2015, 8, 31))));
    for number in 0..LEFT {
        let person = books.person();
        let joined_on = books.drawn.office_day(date(2008, 3, 3)..=date(2013, 12, 31));
        let row = Officer {
            badge: format!("F2690{:02}", number + 1),
            person,
            squad: former.code.to_owned(),
            unit: UNIT.to_owned(),
            kind: OfficerKind::Auxiliary,
            joined_on,
            left_on: Some(days_on(date(2015, 8, 31), -books.drawn.whole(0..=120))),
        };
        books.enter(row);
    }
}

fn squad(plan: &Plan, station: Option<Point>, dissolved_on: Option<Date>) -> Squad {
    Squad {
        code: plan.code.to_owned(),
        name: plan.name.to_owned(),
        unit: UNIT.to_owned(),
        street: (plan.quarters.len() == 1).then(|| plan.quarters[0].to_owned()),
        station,
        area: None,
        arrival_target_seconds: Some(plan.arrival_target()),
        formed_on: Some(plan.formed_on),
        dissolved_on,
    }
}

fn sections(books: &mut Books<'_>, roads: &[Road<'_>]) {
    let ground = books.drawn.ground;
    for road in roads {
        let quarter = ground.divisions.iter().find(|division| division.code == road.street);
        let class = match (road.is_trunk(), road.is_main(), road.length_m) {
            (true, ..) => RoadClass::Highway,
            (_, true, _) => RoadClass::Main,
            (_, _, 600..) => RoadClass::Secondary,
            _ => RoadClass::Branch,
        };
        let is_main = road.is_main();
        let (opened_on, closed_on) = (books.drawn.day(date(1986, 1, 1)..=date(2014, 12, 31)), None);
        let row = RoadSection {
            code: road.feature.code.clone(),
            name: format!("{}（{}段）", road.feature.name_zh, quarter.map_or("", |quarter| &quarter.name_zh)),
            class,
            squad: squad_of(&road.street).code.to_owned(),
            unit: UNIT.to_owned(),
            line: Some(road.line()),
            length: Decimal(road.length_m.max(1)),
            lanes: Some(if road.is_trunk() {
                2
            } else if is_main {
                books.drawn.pick(&[4, 4, 6])
            } else {
                2
            }),
            watched: true,
            cameras: Some(if is_main { books.drawn.count(2..=14) } else { books.drawn.count(0..=3) }),
            opened_on: Some(opened_on),
            closed_on,
        };
        books.enter(row);
    }
}

/// Where officers stand and what they do there.
const POSTS: [&str; 4] = ["固定岗", "路面巡逻", "视频巡查", "机动备勤"];

fn rosters(books: &mut Books<'_>, roads: &[Road<'_>]) {
    // Shift, the hour at which it begins, hours.
    let urban = [(Shift::Early, 7, 8), (Shift::Middle, 15, 8), (Shift::Night, 23, 8)];
    let town = [(Shift::Day, 8, 24)];
    for day_number in 0..days_of(&(ROSTERS_FROM..=LAST)) {
        let day = days_on(ROSTERS_FROM, day_number);
        for plan in &SQUADS {
            let own: Vec<&Road<'_>> = roads
                .iter()
                .filter(|road| road.is_main() && plan.quarters.contains(&road.street.as_str()))
                .collect();
            let shifts: &[(Shift, i64, i64)] = if plan.is_urban() { &urban } else { &town };
            for (number, (shift, hour, hours)) in shifts.iter().enumerate() {
                let mut on_duty: Vec<OnDuty> = plan
                    .on_duty(day, number)
                    .into_iter()
                    .enumerate()
                    .map(|(place, officer)| OnDuty {
                        officer,
                        road_section: (place % POSTS.len() == 0)
                            .then(|| books.drawn.dice.one_of(&own).map(|road| road.feature.code.clone()))
                            .flatten(),
                        post: POSTS[place % POSTS.len()].to_owned(),
                    })
                    .collect();
                // Now and then somebody is ill or at court.
                if on_duty.len() > 2 && books.drawn.dice.permille(90) {
                    on_duty.pop();
                }
                let Some(leader) = on_duty.first().map(|duty| duty.officer.clone()) else { continue };
                books.enter(DutyRoster {
                    squad: plan.code.to_owned(),
                    day,
                    shift: *shift,
                    unit: UNIT.to_owned(),
                    begins_at: moment(day, hour * HOUR_S),
                    ends_at: moment(day, (hour + hours) * HOUR_S),
                    leader,
                    on_duty,
                    officers: None,
                });
            }
        }
    }
}

/// What happens on roads: kind, weight, minutes from arrival to clearing, what was done.
type Happening = (IncidentKind, f64, (i64, i64), &'static [&'static str]);

/// What happens, the most frequent among others.
const KINDS: [Happening; 9] = [
    (
        IncidentKind::Congestion,
        34.0,
        (4, 25),
        &["到场疏导，车流恢复正常", "调整信号配时并现场指挥，拥堵解除", "引导车辆绕行，拥堵缓解后撤离"],
    ),
    (
        IncidentKind::Damage,
        27.0,
        (8, 35),
        &["双方自行协商，快速处理后撤离", "简易程序认定责任，车辆移出车道", "拍照取证，引导至快处点处理"],
    ),
    (
        IncidentKind::Injury,
        6.0,
        (25, 80),
        &["伤者由120送医，勘查现场后恢复通行", "封闭一条车道勘查，伤者送医，事故另行处理"],
    ),
    (IncidentKind::Breakdown, 9.0, (10, 40), &["协助推移至路边，等待拖车", "联系拖车拖离，恢复通行"]),
    (IncidentKind::Signal, 5.0, (20, 90), &["人工指挥至信号恢复", "通知维护单位抢修，现场指挥交通"]),
    (IncidentKind::Obstacle, 5.0, (6, 45), &["清除散落物，恢复通行", "设置警示，通知市政修复井盖"]),
    (IncidentKind::Weather, 2.0, (30, 120), &["积水路段临时封控，退水后放行", "结冰路段撒盐并限速引导"]),
    (IncidentKind::IllegalParking, 10.0, (3, 20), &["通知车主驶离", "车主未到场，依法拖移"]),
    (IncidentKind::Other, 2.0, (5, 30), &["现场处置完毕，交通正常"]),
];
/// How incidents are seen first, and how often of a hundred: in 2015, and with the control room of 2016.
const SOURCES: [(IncidentSource, f64, f64); 5] = [
    (IncidentSource::Video, 18.0, 41.0),
    (IncidentSource::Call, 55.0, 29.0),
    (IncidentSource::Patrol, 19.0, 16.0),
    (IncidentSource::Detector, 1.0, 9.0),
    (IncidentSource::Unit, 7.0, 5.0),
];
/// How busy each hour of a day is.
const HOURS: [f64; 24] = [
    1.0, 0.6, 0.4, 0.3, 0.3, 0.6, 1.8, 6.5, 8.5, 5.0, 4.2, 5.0, 6.2, 4.0, 3.8, 4.2, 5.5, 8.0, 8.8, 6.0, 4.8,
    3.6, 2.4, 1.6,
];
/// Incidents of a day, fewest and most: in 2015, and in 2016.
const DAILY: [(i64, i64); 2] = [(1, 7), (2, 8)];
/// From detection to arrival on average, seconds: in the town and outside, in 2015 and in 2016. About five minutes in the second year (G6),
/// whatever share of the incidents chance puts outside.
const RESPONSE: [(i64, i64); 2] = [(425, 780), (268, 390)];

fn incidents(books: &mut Books<'_>, roads: &[Road<'_>]) {
    let weights: Vec<f64> = roads
        .iter()
        .map(|road| {
            if road.is_trunk() {
                1.2
            } else if road.is_main() {
                6.0
            } else {
                0.5
            }
        })
        .collect();
    for day_number in 0..days_of(&(FIRST..=LAST)) {
        let day = days_on(FIRST, day_number);
        let (least, most) = DAILY[usize::from(day.year() > 2015)];
        let mut begun: Vec<i64> = (0..books.drawn.whole(least..=most))
            .map(|_| {
                let hour = i64::try_from(books.drawn.dice.weighted(&HOURS)).unwrap_or(0);
                hour * HOUR_S + books.drawn.whole(0..=HOUR_S - 1)
            })
            .collect();
        begun.sort_unstable();
        for (number, seconds) in begun.into_iter().enumerate() {
            let road = &roads[books.drawn.dice.weighted(&weights)];
            let incident = incident(books, road, (day, seconds), number + 1);
            books.enter(incident);
        }
    }
}

fn incident(
    books: &mut Books<'_>,
    road: &Road<'_>,
    (day, seconds): (Date, i64),
    number: usize,
) -> TrafficIncident {
    let drawn = &mut books.drawn;
    let year = usize::from(day.year() > 2015);
    let kind_weights: Vec<f64> = KINDS.iter().map(|(_, weight, ..)| *weight).collect();
    let (kind, _, clearing, handling) = KINDS[drawn.dice.weighted(&kind_weights)];
    let source_weights: Vec<f64> =
        SOURCES.iter().map(|(_, before, now)| if year == 0 { *before } else { *now }).collect();
    let source = SOURCES[drawn.dice.weighted(&source_weights)].0;
    let plan = squad_of(&road.street);
    let detected_at = moment(day, seconds);
    // Congestion may dissolve, and a signal be mended, before anybody has to go there.
    let nobody_goes =
        matches!(kind, IncidentKind::Congestion | IncidentKind::Signal) && drawn.dice.permille(70);
    let called_at = (!nobody_goes).then(|| detected_at + 1_000 * drawn.whole(8..=55));
    let accepted_at = called_at.map(|called| called + 1_000 * drawn.whole(6..=35));
    let (urban, outside) = RESPONSE[year];
    let mean = if plan.is_urban() { urban } else { outside };
    let share = (drawn.whole(0..=1_000) + drawn.whole(0..=1_000) + drawn.whole(0..=1_000)) / 3;
    let late = if drawn.dice.permille(30) { 2 } else { 1 };
    let response = (mean * (350 + share * 13 / 10) / 1_000 * late).max(100);
    let arrived_at = called_at.map(|_| detected_at + 1_000 * response);
    let clearing = 60_000 * drawn.whole(clearing.0..=clearing.1) + 1_000 * drawn.whole(0..=59);
    let cleared_at = arrived_at.unwrap_or(detected_at) + clearing;
    let officers = arrived_at.map_or_else(Vec::new, |arrived| called(drawn, plan, (day, seconds), arrived));
    let injured = (kind == IncidentKind::Injury).then(|| drawn.count(1..=3));
    let killed = (kind == IncidentKind::Injury && drawn.dice.permille(25)).then_some(1);
    let corner = drawn.dice.below(road.corners.len());
    TrafficIncident {
        code: format!("JQ{:04}{:02}{:02}-{number:03}", day.year(), day.month(), day.day()),
        kind,
        source,
        place: Some(road.corner(corner)),
        location: format!(
            "{}{}",
            road.feature.name_zh,
            drawn.pick(&["路口", "公交站旁", "路段中部", "学校门口", "加油站附近", "人行横道处"])
        ),
        road_section: Some(road.feature.code.clone()),
        squad: called_at.map(|_| plan.code.to_owned()),
        unit: UNIT.to_owned(),
        detected_at,
        called_at,
        accepted_at,
        arrived_at,
        cleared_at: Some(cleared_at),
        response_seconds: None,
        clearing_seconds: None,
        officers,
        lanes_blocked: (kind != IncidentKind::Signal).then(|| drawn.count(0..=2)),
        injured,
        killed,
        handling: if nobody_goes {
            "视频监控，自行恢复，未出警".to_owned()
        } else {
            drawn.pick(handling).to_owned()
        },
        case_reference: None,
        photo: None,
    }
}

/// One to three of those on duty; the first arrives first.
fn called(
    drawn: &mut super::super::drawn::Drawn<'_>,
    plan: &Plan,
    (day, seconds): (Date, i64),
    arrived: Moment,
) -> Vec<Called> {
    let hour = seconds / HOUR_S;
    // The night shift belongs to the day on which it began.
    let (day, shift) = match hour {
        _ if !plan.is_urban() => (if hour < 8 { days_on(day, -1) } else { day }, 0),
        0..7 => (days_on(day, -1), 2),
        7..15 => (day, 0),
        15..23 => (day, 1),
        _ => (day, 2),
    };
    let on_duty = plan.on_duty(day, shift);
    let first = drawn.dice.below(on_duty.len());
    let count = 1 + drawn.dice.below(3.min(on_duty.len()));
    (0..count)
        .map(|place| Called {
            officer: on_duty[(first + place) % on_duty.len()].clone(),
            arrived_at: match place {
                0 => Some(arrived),
                _ => (!drawn.dice.permille(80)).then(|| arrived + 1_000 * drawn.whole(0..=420)),
            },
        })
        .collect()
}
