//! Redevelopment of land that is used badly (L4), and the agreements with households.

use jiff::civil::{Date, date};
use kernel::{
    area::{Area, AreaUnit},
    money::{FEN_PER_YUAN, Fen},
};
use land::{
    household_agreement::{
        CompensationItem,
        CompensationKind::{self, Award, Fittings, House, Moving, Temporary},
        CompensationWay, HouseholdAgreement,
    },
    redevelopment::{
        Redevelopment,
        RedevelopmentKind::{self, Dilapidated, Idle, OldFactory, OldStreet, Shanty, UrbanVillage},
        RedevelopmentMode::{self, Expropriation, Joint, Owner, Purchase, Recovery},
        RedevelopmentStage::{self, Approved, Completed, Stopped, Surveyed, UnderWay},
        VillageKind,
    },
};

use crate::books::{Books, days::plus};

/// Households of shanty housing in the projects that were begun (L4).
const HOUSEHOLDS: i64 = 20_000;

/// A project: name, kind, mode, stage, street or town.
type Known = (&'static str, RedevelopmentKind, RedevelopmentMode, RedevelopmentStage, &'static str);

/// Shanty housing, urban villages and dilapidated houses: these make up the households.
const HOUSING: [Known; 26] = [
    ("老街片区棚户区改造", Shanty, Expropriation, UnderWay, "大十字"),
    ("金井片区棚户区改造", Shanty, Expropriation, UnderWay, "大十字"),
    ("苹果山南麓棚户区改造", Shanty, Expropriation, Completed, "大十字"),
    ("大阁山片区棚户区改造", Shanty, Expropriation, UnderWay, "西门"),
    ("梁子巷棚户区改造", Shanty, Joint, UnderWay, "西门"),
    ("清江路棚户区改造", Shanty, Expropriation, Completed, "西门"),
    ("洗马河沿岸棚户区改造", Shanty, Expropriation, UnderWay, "洗马河"),
    ("桐荫坪城中村改造", UrbanVillage, Joint, UnderWay, "洗马河"),
    ("岩头河城中村改造", UrbanVillage, Expropriation, UnderWay, "湾溪"),
    ("平茶城中村改造", UrbanVillage, Owner, UnderWay, "湾溪"),
    ("龙头城中村改造", UrbanVillage, Joint, Completed, "西门"),
    ("鸭塘老场坝棚户区改造", Shanty, Expropriation, UnderWay, "鸭塘"),
    ("红岩城中村改造", UrbanVillage, Expropriation, UnderWay, "鸭塘"),
    ("清新城中村改造", UrbanVillage, Joint, UnderWay, "鸭塘"),
    ("开怀老场棚户区改造", Shanty, Expropriation, UnderWay, "开怀"),
    ("上马石片区城中村改造", UrbanVillage, Expropriation, Completed, "开怀"),
    ("火车站片区棚户区改造", Shanty, Expropriation, UnderWay, "白午"),
    ("白午厂区棚户区改造", Shanty, Purchase, UnderWay, "白午"),
    ("凯棉家属区危旧房改造", Dilapidated, Owner, UnderWay, "白午"),
    ("八三厂家属区危旧房改造", Dilapidated, Owner, Completed, "白果井"),
    ("金九城中村改造", UrbanVillage, Expropriation, UnderWay, "白果井"),
    ("新岩城中村改造", UrbanVillage, Joint, UnderWay, "白果井"),
    ("高溪片区城中村改造", UrbanVillage, Expropriation, UnderWay, "城西"),
    ("炉山老城棚户区改造", Shanty, Expropriation, UnderWay, "炉山"),
    ("下司古镇棚户区改造", Shanty, Expropriation, Completed, "下司"),
    ("旁海老街危旧房改造", Dilapidated, Owner, UnderWay, "旁海"),
];

/// Not shanty housing, not begun yet, or stopped.
const OTHERS: [Known; 12] = [
    ("凯里纺织厂旧厂房改造", OldFactory, Recovery, UnderWay, "白午"),
    ("凯里电厂老厂区再开发", OldFactory, Purchase, Approved, "白午"),
    ("玻璃厂旧厂房文创改造", OldFactory, Joint, Completed, "洗马河"),
    ("市农机厂地块收储", OldFactory, Purchase, Completed, "西门"),
    ("州运输公司停车场地块", Idle, Recovery, UnderWay, "西门"),
    ("城西闲置商住地块处置", Idle, Recovery, Completed, "城西"),
    ("开怀工业闲置地收回", Idle, Recovery, Surveyed, "开怀"),
    ("大十字老街保护更新", OldStreet, Joint, UnderWay, "大十字"),
    ("清平古城街区更新", OldStreet, Joint, Approved, "炉山"),
    ("东门片区棚户区改造", Shanty, Expropriation, Approved, "洗马河"),
    ("寨瓦城中村改造", UrbanVillage, Joint, Surveyed, "开怀"),
    ("营盘坡棚户区改造", Shanty, Joint, Stopped, "西门"),
];

/// The projects of the city's register by which some of them are built.
const PROJECTS: [(&str, &str); 3] = [
    ("老街片区棚户区改造", "凯里市老街片区棚户区改造项目"),
    ("大阁山片区棚户区改造", "凯里市大阁山片区棚户区改造项目"),
    ("洗马河沿岸棚户区改造", "凯里市洗马河片区棚户区改造项目"),
];

/// Who carries out a project; owners do it themselves.
const fn developer(mode: RedevelopmentMode) -> Option<&'static str> {
    match mode {
        Expropriation => Some("凯里市清江城市建设投资集团有限公司"),
        Joint => Some("凯里市保障房建设投资有限公司"),
        Purchase | Recovery => Some("凯里市土地储备开发有限公司"),
        Owner => None,
    }
}

/// A project with households.
struct Kept {
    code: String,
    quarter: String,
    started_on: Date,
    completed: bool,
}

pub(super) fn enter(books: &mut Books<'_>) {
    let shares = books.drawn.shares(HOUSEHOLDS, HOUSING.len(), 1);
    let mut kept = Vec::new();
    for (number, (known, households)) in HOUSING.into_iter().zip(shares).enumerate() {
        kept.extend(project(books, number + 1, known, households));
    }
    for (number, known) in OTHERS.into_iter().enumerate() {
        let households = match known.1 {
            Idle => 0,
            OldFactory => books.drawn.whole(0..=36),
            _ => books.drawn.whole(120..=640),
        };
        project(books, HOUSING.len() + number + 1, known, households);
    }
    let mut sequence = 0;
    for project in &kept {
        for _ in 0..books.drawn.whole(6..=16) {
            sequence += 1;
            agreement(books, project, sequence);
        }
    }
}

/// Enters a project; gives it where building began.
fn project(
    books: &mut Books<'_>,
    number: usize,
    (name, kind, mode, stage, stem): Known,
    households: i64,
) -> Option<Kept> {
    let quarter = books.drawn.quarter_named(stem);
    let begun = matches!(stage, UnderWay | Completed | Stopped);
    let approved_on = (stage != Surveyed).then(|| match stage {
        Completed => books.drawn.office_day(date(2012, 6, 1)..=date(2013, 9, 30)),
        Approved => books.drawn.office_day(date(2016, 3, 1)..=date(2016, 6, 24)),
        _ => books.drawn.office_day(date(2013, 4, 1)..=date(2015, 12, 25)),
    });
    let started_on = approved_on.filter(|_| begun).map(|day| books.drawn.after(day, 30..=150));
    let completed_on = started_on.filter(|_| stage == Completed).map(|day| books.drawn.after(day, 460..=900));
    let land = match kind {
        Idle | OldFactory => books.drawn.whole(180..=960),
        _ => households * books.drawn.whole(80..=190) / 100 + 120,
    };
    let before = households * books.drawn.whole(92..=148) + land * 6;
    let above = land * books.drawn.whole(120..=190);
    let below = above * books.drawn.whole(90..=310) / 1_000;
    let code = format!("ZKF-{number:02}");
    let place = books.drawn.place_in(&quarter.code);
    let side = (land as f64 * 66.7).sqrt();
    let row = Redevelopment {
        code: code.clone(),
        name: name.to_owned(),
        kind,
        mode,
        village_kind: (kind == UrbanVillage).then_some(match mode {
            Owner => VillageKind::Improved,
            Joint => VillageKind::Partly,
            _ => VillageKind::Rebuilt,
        }),
        stage,
        project: PROJECTS
            .iter()
            .find(|(known, _)| *known == name)
            .and_then(|(_, project)| books.known_project(project)),
        developer: developer(mode).and_then(|name| books.known_organisation(name)),
        division: quarter.code.clone(),
        noticed_on: approved_on.filter(|_| mode == Expropriation).map(|day| plus(day, -92)),
        heard_on: approved_on.filter(|_| mode == Expropriation).map(|day| plus(day, -41)),
        approved_on,
        started_on,
        completed_on,
        households: u32::try_from(households).unwrap_or(0),
        land_area: Area::from_units(land * AreaUnit::Mu.units() / 10),
        floor_before: square_metres(before),
        floor_above: square_metres(above),
        floor_below: square_metres(below),
        place,
        outline: place.map(|place| books.drawn.block(place, side, side)),
        unit: if matches!(kind, Idle | OldFactory) { "land_resources" } else { "housing" }.to_owned(),
    };
    books.enter(row);
    let kept = Kept {
        code,
        quarter: quarter.code.clone(),
        started_on: started_on?,
        completed: completed_on.is_some(),
    };
    Some(kept)
}

fn square_metres(count: i64) -> Area {
    Area::from_units(count * AreaUnit::SquareMetre.units())
}

/// An agreement with one household; each item by itself, so that they add up to the amount.
fn agreement(books: &mut Books<'_>, project: &Kept, sequence: usize) {
    let floor = books.drawn.whole(46..=260);
    let registered = floor * books.drawn.whole(60..=100) / 100;
    let way = match books.drawn.whole(0..=9) {
        0..=4 => CompensationWay::Money,
        5..=7 => CompensationWay::Exchange,
        _ => CompensationWay::Both,
    };
    let mut items = Vec::new();
    let mut pay = |kind: CompensationKind, yuan: i64| {
        items.push(CompensationItem { kind, amount: Fen(yuan * FEN_PER_YUAN) });
    };
    if way != CompensationWay::Exchange {
        let paid_for = if way == CompensationWay::Both { registered / 2 } else { registered };
        pay(House, paid_for * books.drawn.whole(2_900..=4_300));
    }
    pay(Fittings, floor * books.drawn.whole(120..=420));
    pay(Moving, floor * 12);
    pay(Temporary, floor * 8 * books.drawn.whole(6..=24));
    if books.drawn.dice.permille(620) {
        pay(Award, 5_000 * books.drawn.whole(1..=4));
    }
    let amount = items.iter().map(|item| item.amount.0).sum();
    let last = date(2016, 6, 29);
    let signed_on = books.drawn.office_day(project.started_on..=plus(project.started_on, 420).min(last));
    let moved = books.drawn.after(signed_on, 15..=90);
    let paid = books.drawn.after(signed_on, 10..=60);
    let gone = books.drawn.after(moved, 10..=120);
    let by = |day: Date| (day <= last || project.completed).then_some(day);
    let place = books.drawn.place_in(&project.quarter);
    let holder = books.person();
    let resettled = square_metres(registered * 11 / 10);
    let people = books.drawn.count(1..=7);
    books.enter(HouseholdAgreement {
        code: format!("{}-{sequence:04}", project.code),
        redevelopment: project.code.clone(),
        holder,
        people,
        floor_area: square_metres(floor),
        registered_area: square_metres(registered),
        way,
        amount: Fen(amount),
        resettlement_area: (way != CompensationWay::Money).then_some(resettled),
        resettled_in: None,
        signed_on,
        moved_out_on: by(moved),
        paid_on: by(paid),
        demolished_on: by(gone),
        resettled_on: None,
        items,
        place,
        unit: "housing".to_owned(),
    });
}
