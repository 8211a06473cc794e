//! S8: schools and kindergartens. 190 were built or enlarged in the half-year, 123 of them private.

use std::collections::BTreeSet;

use jiff::civil::{Date, date};
use services::{
    nature::{
        Nature::{self, Private, PrivateAided, Public},
        Work,
    },
    school::{
        School,
        SchoolKind::{
            self, JuniorSecondary, Kindergarten, NineYear, Primary, SeniorSecondary, Special, Vocational,
        },
    },
};

use super::{FIRST, LAST, body, firm, place_of, square_metres, wan};
use crate::{
    books::{Books, days::plus},
    ground::Division,
};

/// Built or enlarged in the half-year: by the public, and by private bodies.
const PUBLIC: usize = 67;
const PRIVATE: usize = 123;
/// The others of the city: built or enlarged before, or of a time of which nobody knows the day.
const PUBLIC_BEFORE: usize = 74;
const PRIVATE_BEFORE: usize = 38;

/// Names of private kindergartens, and of the firms that hold private schools.
const BRANDS: [&str; 26] = [
    "小太阳",
    "金苹果",
    "七彩",
    "童星",
    "启智",
    "爱心",
    "育苗",
    "春蕾",
    "晨曦",
    "贝贝",
    "蓓蕾",
    "博雅",
    "英才",
    "童心",
    "乐园",
    "星星",
    "小天鹅",
    "向阳",
    "育才",
    "文苑",
    "金色童年",
    "新苗",
    "蓝天",
    "快乐",
    "红星",
    "阳光",
];
const HOLDERS: [&str; 14] = [
    "凯里启航教育投资有限公司",
    "凯里育苗教育咨询有限公司",
    "贵州博雅教育发展有限公司",
    "凯里童心教育咨询有限公司",
    "黔东南英才教育投资有限公司",
    "凯里春蕾幼教管理有限公司",
    "凯里新蕾教育咨询有限公司",
    "贵州黔育教育管理有限公司",
    "凯里阳光幼教管理有限公司",
    "凯里苗岭教育发展有限公司",
    "凯里金色童年幼教管理有限公司",
    "凯里向阳教育咨询有限公司",
    "贵州文苑教育投资有限公司",
    "凯里乐学教育咨询有限公司",
];

/// Known by name: name, kind, street or town, places, day of the last work, project.
type Named = (&'static str, SchoolKind, &'static str, i64, Option<Date>, Option<&'static str>);

/// Of the public, counted among those before.
const NAMED: [Named; 12] = [
    ("凯里市第一中学", SeniorSecondary, "西门", 3_600, Some(date(2009, 8, 28)), Some("凯里市第一中学新校区")),
    ("凯里市第三中学", JuniorSecondary, "白午", 1_850, Some(date(2013, 8, 23)), None),
    ("凯里市第五中学", JuniorSecondary, "鸭塘", 2_100, Some(date(2014, 8, 22)), None),
    ("凯里市第六中学", JuniorSecondary, "西门", 1_640, Some(date(2004, 8, 25)), None),
    ("凯里市鸭塘中学", JuniorSecondary, "鸭塘", 980, None, Some("凯里市鸭塘中学迁建项目")),
    ("凯里市第一小学", Primary, "大十字", 2_240, Some(date(2011, 8, 26)), None),
    ("凯里市第八小学", Primary, "大十字", 1_160, Some(date(2002, 9, 2)), Some("凯里市第八小学迁建工程")),
    ("凯里市第十二小学", Primary, "开怀", 1_920, Some(date(2015, 8, 21)), None),
    (
        "凯里市中等职业学校",
        Vocational,
        "鸭塘",
        4_200,
        Some(date(2012, 8, 24)),
        Some("凯里市中等职业学校实训基地"),
    ),
    ("凯里市特殊教育学校", Special, "洗马河", 180, Some(date(2008, 11, 14)), None),
    ("凯里市第一幼儿园", Kindergarten, "大十字", 540, Some(date(2010, 8, 27)), None),
    ("凯里市开怀新区学校", NineYear, "开怀", 2_700, None, Some("凯里市开怀新区九年一贯制学校")),
];

/// A school as awards and posts know it.
pub(super) struct KeptSchool {
    pub(super) code: String,
    pub(super) kind: SchoolKind,
    pub(super) is_private: bool,
    pub(super) built_on: Option<Date>,
    pub(super) places: i64,
    pub(super) places_added: i64,
}

/// A school on its way into the books.
struct Making<'n> {
    name: String,
    kind: SchoolKind,
    nature: Nature,
    quarter: &'n str,
    built_on: Option<Date>,
    places: i64,
    project: Option<String>,
    is_new: bool,
}

pub(super) fn enter(books: &mut Books<'_>) -> Vec<KeptSchool> {
    let mut schools = Making::start(books);
    let mut names: BTreeSet<String> = NAMED.iter().map(|named| named.0.to_owned()).collect();
    let divisions = divisions(books);
    for number in 0..PUBLIC {
        let built_on = Some(books.drawn.office_day(FIRST..=LAST));
        public(books, &mut schools, &mut names, &divisions, number, built_on);
    }
    for number in 0..PUBLIC_BEFORE - NAMED.len() {
        // Of a fifth of them nobody wrote down when they were built.
        let built_on =
            (number % 5 != 2).then(|| books.drawn.office_day(date(2003, 8, 18)..=date(2015, 12, 18)));
        public(books, &mut schools, &mut names, &divisions, PUBLIC + number, built_on);
    }
    for number in 0..PRIVATE {
        let built_on = Some(books.drawn.office_day(FIRST..=LAST));
        private(books, &mut schools, &mut names, &divisions, number, built_on);
    }
    for number in 0..PRIVATE_BEFORE {
        let built_on = Some(books.drawn.office_day(date(2010, 3, 8)..=date(2015, 12, 18)));
        private(books, &mut schools, &mut names, &divisions, PRIVATE + number, built_on);
    }
    schools
}

/// Communities and villages with their street or town, those of the town first.
fn divisions<'g>(books: &Books<'g>) -> Vec<(&'g Division, &'g Division)> {
    let of_quarter = |quarter: &'g Division| {
        books.drawn.villages(&quarter.code).into_iter().map(move |community| (quarter, community))
    };
    books.drawn.quarters().flat_map(of_quarter).collect()
}

/// The name of a community or village without the word for its kind.
fn stem(community: &Division) -> &str {
    community.name_zh.split("社区").next().unwrap_or(&community.name_zh).trim_end_matches('村')
}

/// A name that no other school has.
fn own_name(names: &mut BTreeSet<String>, quarter: &Division, name: String) -> String {
    let name = if names.contains(&name) {
        format!("{}{name}", quarter.name_zh.trim_end_matches("街道").trim_end_matches('镇'))
    } else {
        name
    };
    names.insert(name.clone());
    name
}

fn public(
    books: &mut Books<'_>,
    schools: &mut Vec<KeptSchool>,
    names: &mut BTreeSet<String>,
    divisions: &[(&Division, &Division)],
    number: usize,
    built_on: Option<Date>,
) {
    let (quarter, community) = divisions[number * 11 % divisions.len()];
    let (kind, ending, places) = match number % 8 {
        0 | 2 | 5 => (Kindergarten, "幼儿园", 90..=300),
        7 => (NineYear, "学校", 420..=1_350),
        3 if number % 3 == 0 => (JuniorSecondary, "中学", 480..=1_200),
        _ => (Primary, "小学", 110..=760),
    };
    let name = own_name(names, quarter, format!("{}{ending}", stem(community)));
    // The small works of finance tell when a village's kindergarten was done.
    let work = format!("凯里市{}幼儿园改扩建工程", community.name_zh);
    let project = books.project_named(&work).filter(|_| kind == Kindergarten).cloned();
    let is_done = project
        .as_ref()
        .is_none_or(|project| project.completed_on.is_some_and(|done| Some(done) <= built_on));
    let places = books.drawn.whole(places);
    let making = Making {
        name,
        kind,
        nature: Public,
        quarter: &quarter.code,
        built_on,
        places,
        project: project.filter(|_| is_done).map(|project| project.code),
        is_new: number % 6 == 0,
    };
    schools.push(making.enter(books, schools.len() + 1));
}

fn private(
    books: &mut Books<'_>,
    schools: &mut Vec<KeptSchool>,
    names: &mut BTreeSet<String>,
    divisions: &[(&Division, &Division)],
    number: usize,
    built_on: Option<Date>,
) {
    // Private schools are where people are: the first of the list are the town's.
    let (quarter, community) = divisions[number * 7 % divisions.len().min(110)];
    let (kind, ending, places) = match number % 30 {
        4 | 17 => (Primary, "小学", 240..=900),
        11 => (NineYear, "学校", 600..=1_800),
        23 if number < 60 => (Vocational, "职业技术学校", 400..=1_600),
        27 if number < 60 => (SeniorSecondary, "高级中学", 700..=2_200),
        _ => (Kindergarten, "幼儿园", 75..=330),
    };
    let brand = BRANDS[(number * 5 + number / BRANDS.len()) % BRANDS.len()];
    let name = if kind == Kindergarten {
        format!("{}{brand}{ending}", stem(community))
    } else {
        format!("凯里{brand}{ending}")
    };
    let name = own_name(names, quarter, name);
    let places = books.drawn.whole(places);
    let making = Making {
        name,
        kind,
        nature: if number % 5 < 2 { PrivateAided } else { Private },
        quarter: &quarter.code,
        built_on,
        places,
        project: None,
        is_new: number % 7 < 4,
    };
    schools.push(making.enter(books, schools.len() + 1));
}

impl Making<'_> {
    /// Enters those that are known by name.
    fn start(books: &mut Books<'_>) -> Vec<KeptSchool> {
        let mut schools = Vec::new();
        for (name, kind, stem, places, built_on, project) in NAMED {
            let quarter = books.drawn.quarter_named(stem);
            let project = project.and_then(|name| books.known_project(name));
            let making = Making {
                name: name.to_owned(),
                kind,
                nature: Public,
                quarter: &quarter.code,
                built_on,
                places,
                project,
                is_new: true,
            };
            schools.push(making.enter(books, schools.len() + 1));
        }
        schools
    }

    fn enter(self, books: &mut Books<'_>, number: usize) -> KeptSchool {
        let is_private = self.nature != Public;
        let holder = if is_private {
            firm(books, HOLDERS[number * 3 % HOLDERS.len()], "P82", "education")
        } else {
            body(books, if number <= NAMED.len() { &self.name } else { "凯里市教育和科技局" }, "education")
        };
        let work = self.built_on.map(|_| if self.is_new { Work::Built } else { Work::Enlarged });
        let places_added = match work {
            Some(Work::Built) => self.places,
            Some(Work::Enlarged) => self.places * books.drawn.whole(140..=460) / 1_000,
            None => 0,
        };
        // So many square metres of floor for each pupil, so many yuan for each of them.
        let each =
            if self.kind == Kindergarten { books.drawn.whole(6..=9) } else { books.drawn.whole(5..=12) };
        let floor = self.places * each;
        let cost = places_added * each * books.drawn.whole(1_150..=1_950) / 10_000;
        // A few were given up, all before the half-year.
        let closed_on = (number.is_multiple_of(37)
            && self.built_on.is_some_and(|day| day < date(2014, 1, 1)))
        .then(|| books.drawn.office_day(date(2014, 7, 7)..=date(2015, 7, 10)));
        let code = format!("35220{:05}", 10_200 + number * 7);
        let licence = is_private.then(|| {
            let year = self.built_on.map_or(2012, Date::year);
            format!("教民152260160{:05}号（{year}）", 10 + number)
        });
        let place = place_of(books, &self.name, self.quarter);
        books.enter(School {
            code: code.clone(),
            name: self.name.clone(),
            kind: self.kind,
            nature: self.nature,
            holder: Some(holder),
            licence,
            work,
            project: self.project,
            built_on: self.built_on,
            places: Some(self.places),
            places_added: work.map(|_| places_added),
            floor_area: Some(square_metres(floor)),
            investment: work.map(|_| wan(cost.max(6))),
            division: Some(self.quarter.to_owned()),
            closed_on,
            place,
            unit: "education".to_owned(),
        });
        KeptSchool {
            code,
            kind: self.kind,
            is_private,
            built_on: self.built_on.filter(|_| closed_on.is_none()),
            places: self.places,
            places_added,
        }
    }
}

/// The first day of the school year that follows a day.
pub(super) fn next_school_year(day: Date) -> Date {
    let begins = date(day.year(), 9, 1);
    if day <= begins { begins } else { plus(date(day.year() + 1, 8, 31), 1) }
}
