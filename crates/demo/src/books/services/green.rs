//! S2: residential areas and their green, what is owed for it and where it is made up for. 157 of 159 areas meet their ratio (98.74 %).

use jiff::civil::{Date, date};
use kernel::{decimal::Decimal, rate::Rate};
use services::{
    compensation_site::{CompensationSite, SiteLocation},
    green_obligation::{GreenObligation, Settlement},
    residential_area::{AreaKind, ResidentialArea},
};

use super::{LAST, parks::Park, side, square_metres, wan};
use crate::{
    books::{Books, days::plus, finance::estates_listed},
    ground::Division,
};

/// Residential areas that were accepted.
const AREAS: usize = 159;
/// Which of them made up for green elsewhere, and which still have too little.
const MADE_UP: [usize; 9] = [34, 45, 57, 68, 79, 93, 108, 126, 145];
const SHORT: [usize; 2] = [73, 118];
/// Houses that are still being built.
const BEING_BUILT: usize = 12;

/// Endings of names, by how the area came to be.
const OLD: [&str; 8] = ["家属院", "职工宿舍", "新村", "一区", "小区", "单位房", "二区", "老街坊"];
const RENEWED: [&str; 6] = ["安置小区", "花园", "新居", "佳苑", "安居苑", "家园"];
const NEW: [&str; 10] =
    ["华庭", "名邸", "雅苑", "国际公馆", "水岸", "花园城", "府邸", "丽景", "翠庭", "锦城"];

/// Projects whose land has no room for green: name, land and green in square metres, whether a fee is paid, whether it is met.
const PROJECTS: [(&str, i64, i64, bool, bool); 5] = [
    ("凯里市老街片区棚户区改造项目", 84_600, 18_930, false, true),
    ("凯里市旅游集散中心", 26_300, 5_470, false, true),
    ("凯里市西门停车楼项目", 6_840, 610, true, true),
    ("凯里市金山商务楼项目", 9_720, 1_380, true, true),
    ("凯里市公交综合枢纽站项目", 31_900, 7_250, false, false),
];
/// Who owes for projects of the city.
const OWNER: &str = "凯里市清江城市建设投资集团有限公司";
/// Parks along the river and in the new town that such green became a part of.
const PARKS: [(&str, SiteLocation); 4] = [
    ("清水江滨江公园", SiteLocation::River),
    ("开怀中央公园", SiteLocation::NewTown),
    ("清水江滨江湿地公园", SiteLocation::River),
    ("高溪湖公园", SiteLocation::NewTown),
];
/// By how many hundredths missing green is multiplied.
const COEFFICIENT: i64 = 120;
/// What a square metre of missing green costs, in yuan, where a fee is paid.
const FEE: i64 = 460;

/// What is owed for: square metres, the required ratio in thousandths.
struct Owed {
    area: Option<String>,
    project: Option<String>,
    debtor: String,
    site: i64,
    required: i64,
    green: i64,
    pays: bool,
    met: bool,
}

impl Owed {
    /// Square metres to be made elsewhere, rounded up.
    fn elsewhere(&self) -> i64 {
        let short = self.site * self.required - self.green * 1_000;
        (short.max(0) * COEFFICIENT + 99_999) / 100_000
    }
}

pub(super) fn enter(books: &mut Books<'_>, parks: &[Park]) {
    let owner = books.known_organisation(OWNER).unwrap_or_default();
    let communities = communities(books);
    let mut owed = Vec::new();
    for number in 0..AREAS {
        owed.extend(area(books, number, communities[number * 7 % communities.len()], &owner));
    }
    being_built(books, &communities);
    pulled_down(books, communities[0]);
    for (name, site, green, pays, met) in PROJECTS {
        if let Some(project) = books.known_project(name) {
            let (project, debtor) = (Some(project), owner.clone());
            owed.push(Owed { area: None, project, debtor, site, required: 350, green, pays, met });
        }
    }
    let mut sites = 0;
    for (number, owed) in owed.iter().enumerate() {
        obligation(books, number + 1, owed, parks, &mut sites);
    }
}

/// The communities of the town and of the towns' seats, with their street or town.
fn communities<'g>(books: &Books<'g>) -> Vec<(&'g Division, &'g Division)> {
    let mut communities = Vec::new();
    for quarter in books.drawn.quarters() {
        let urban = books.drawn.villages(&quarter.code).into_iter();
        let urban = urban.filter(|community| community.name_zh.contains("社区"));
        communities.extend(urban.map(|community| (quarter, community)));
    }
    communities
}

/// The name of a community without the word for its kind.
fn stem(community: &Division) -> &str {
    community.name_zh.split("社区").next().unwrap_or(&community.name_zh)
}

fn area(
    books: &mut Books<'_>,
    number: usize,
    (quarter, community): (&Division, &Division),
    owner: &str,
) -> Option<Owed> {
    let (kind, ending, accepted, required, households) = match number % 10 {
        0..=2 => (
            AreaKind::Old,
            OLD[number / 10 % OLD.len()],
            date(1984, 5, 8)..=date(1999, 12, 24),
            200,
            60..=420,
        ),
        3 | 4 => (
            AreaKind::Renewal,
            RENEWED[number / 10 % RENEWED.len()],
            date(2004, 4, 12)..=date(2015, 12, 25),
            250,
            140..=960,
        ),
        _ => (
            AreaKind::New,
            NEW[number / 7 % NEW.len()],
            date(2003, 9, 15)..=date(2016, 6, 24),
            300,
            180..=1_860,
        ),
    };
    let accepted_on = books.drawn.office_day(accepted);
    let households = books.drawn.whole(households);
    let site = households * books.drawn.whole(42..=96);
    let is_short = SHORT.contains(&number);
    let makes_up = MADE_UP.contains(&number);
    let green = if is_short || makes_up {
        site * (required - books.drawn.whole(18..=74)) / 1_000
    } else {
        site * (required + books.drawn.whole(2..=96)) / 1_000 + 1
    };
    let firms: Vec<String> = estates_listed().map(|(_, firm)| firm).collect();
    let firm = firms.get(number % firms.len().max(1)).filter(|_| kind == AreaKind::New);
    let developer = firm.and_then(|firm| books.known_organisation(firm));
    let code = format!("XQ-{:03}", number + 1);
    let owed = (is_short || makes_up).then(|| Owed {
        area: Some(code.clone()),
        project: None,
        debtor: developer.clone().unwrap_or_else(|| owner.to_owned()),
        site,
        required,
        green,
        pays: false,
        met: makes_up,
    });
    let made_up = owed.as_ref().filter(|owed| owed.met).map(|owed| square_metres(owed.elsewhere()));
    let surveyed_on = books.drawn.office_day(date(2015, 9, 7)..=LAST).max(accepted_on);
    let outline =
        books.drawn.place_in(&community.code).map(|at| books.drawn.block(at, side(site), side(site)));
    books.enter(ResidentialArea {
        code,
        name: format!("{}{ending}", stem(community)),
        kind,
        division: Some(quarter.code.clone()),
        developer,
        accepted_on: Some(accepted_on),
        households: Some(households),
        site_area: square_metres(site),
        green_area: square_metres(green),
        compensated_area: made_up,
        required_ratio: Rate(required * 1_000),
        green_ratio: None,
        meets_ratio: None,
        surveyed_on: Some(surveyed_on),
        outline,
        unit: "landscaping".to_owned(),
    });
    owed
}

/// Houses for sale that are not accepted yet: what is green is what their plans say.
fn being_built(books: &mut Books<'_>, communities: &[(&Division, &Division)]) {
    for (number, (estate, firm)) in estates_listed().take(BEING_BUILT).enumerate() {
        let (quarter, _) = communities[number * 5 % communities.len()];
        let households = books.drawn.whole(320..=2_400);
        let site = households * books.drawn.whole(38..=71);
        let green = site * books.drawn.whole(301..=372) / 1_000 + 1;
        let developer = books.known_organisation(&firm);
        books.enter(ResidentialArea {
            code: format!("XQ-J{:02}", number + 1),
            name: estate.to_owned(),
            kind: AreaKind::New,
            division: Some(quarter.code.clone()),
            developer,
            accepted_on: None,
            households: Some(households),
            site_area: square_metres(site),
            green_area: square_metres(green),
            compensated_area: None,
            required_ratio: Rate(300_000),
            green_ratio: None,
            meets_ratio: None,
            surveyed_on: None,
            outline: None,
            unit: "landscaping".to_owned(),
        });
    }
}

/// An area that was pulled down: it is counted no more.
fn pulled_down(books: &mut Books<'_>, (quarter, community): (&Division, &Division)) {
    let code = "XQ-000".to_owned();
    books.enter(ResidentialArea {
        code: code.clone(),
        name: format!("{}纺织厂职工宿舍", stem(community)),
        kind: AreaKind::Old,
        division: Some(quarter.code.clone()),
        developer: None,
        accepted_on: Some(date(1979, 10, 12)),
        households: Some(236),
        site_area: square_metres(14_870),
        green_area: square_metres(1_040),
        compensated_area: None,
        required_ratio: Rate(200_000),
        green_ratio: None,
        meets_ratio: None,
        surveyed_on: Some(date(2014, 3, 18)),
        outline: None,
        unit: "landscaping".to_owned(),
    });
    books.retire::<ResidentialArea>(code);
}

fn obligation(books: &mut Books<'_>, number: usize, owed: &Owed, parks: &[Park], sites: &mut usize) {
    // Of those that are not met, one is late; the others are not due yet.
    let is_late = !owed.met && owed.area.is_some() && number < 6;
    let (decided, days) = match (&owed.project, owed.met || is_late) {
        (Some(_), true) => (date(2015, 11, 2)..=date(2015, 12, 18), 365),
        (None, true) => (date(2013, 5, 13)..=date(2014, 6, 27), 730),
        (_, false) => (date(2015, 10, 12)..=date(2016, 5, 27), 548),
    };
    let decided_on = books.drawn.office_day(decided);
    let due_on = plus(decided_on, days);
    let last = due_on.min(date(2016, 6, 24));
    let met_on = owed.met.then(|| books.drawn.office_day(plus(last, -130)..=last));
    let code = format!("凯绿补〔{}〕{number:02}号", decided_on.year());
    let fee = owed.pays.then(|| wan((owed.elsewhere() * FEE + 9_999) / 10_000));
    books.enter(GreenObligation {
        code: code.clone(),
        project: owed.project.clone(),
        residential_area: owed.area.clone(),
        debtor: owed.debtor.clone(),
        site_area: square_metres(owed.site),
        required_ratio: Rate(owed.required * 1_000),
        green_area: square_metres(owed.green),
        coefficient: Decimal(COEFFICIENT),
        owed_area: None,
        settlement: if owed.pays { Settlement::Fee } else { Settlement::Compensation },
        fee,
        decided_on,
        due_on,
        met_on,
        unit: "landscaping".to_owned(),
    });
    if owed.pays {
        return;
    }
    let whole = owed.elsewhere();
    let count = if whole > 2_600 { 2 } else { 1 };
    for share in books.drawn.shares(whole, count, 1) {
        *sites += 1;
        site(books, *sites, &code, parks, (share, decided_on, met_on));
    }
}

fn site(
    books: &mut Books<'_>,
    number: usize,
    obligation: &str,
    parks: &[Park],
    (size, decided_on, met_on): (i64, Date, Option<Date>),
) {
    // Every sixth is a garden of its own near the area.
    let (park, location) = match number % 6 {
        5 => (None, SiteLocation::SamePlanningUnit),
        turn => {
            let (name, location) = PARKS[turn % PARKS.len()];
            (parks.iter().find(|park| park.name == name), location)
        }
    };
    let started_on = books.drawn.after(decided_on, 12..=40).min(LAST);
    let quarter = match location {
        SiteLocation::River => "湾溪",
        SiteLocation::NewTown => "开怀",
        SiteLocation::SamePlanningUnit => "西门",
    };
    let quarter = books.drawn.quarter_named(quarter);
    let outline = books.drawn.place_in(&quarter.code).map(|at| books.drawn.block(at, side(size), side(size)));
    // A site that is accepted has an outline.
    let accepted_on = met_on.filter(|_| outline.is_some());
    books.enter(CompensationSite {
        code: format!("BJ-{number:02}"),
        obligation: obligation.to_owned(),
        location,
        park: park.map(|park| park.code.clone()),
        planned_area: square_metres(size),
        accepted_area: accepted_on.map(|_| square_metres(size)),
        started_on: Some(started_on),
        accepted_on,
        outline,
        unit: "landscaping".to_owned(),
    });
}
