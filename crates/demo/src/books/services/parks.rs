//! S1: parks and squares. Those of the half-year are 26.

use finance::project::ProjectSector;
use jiff::civil::{Date, date};
use kernel::money::Fen;
use services::{
    nature::Work::{self, Built, Enlarged},
    park_square::{
        ParkKind::{self, CityPark, CommunityPark, Greenway, NaturePark, PocketPark, Square},
        ParkSquare,
    },
};

use super::{FIRST, LAST, body, place_of, side, square_metres, wan};
use crate::books::{Books, days::plus, firms};

/// A park: name, kind, work, street or town.
type Known = (&'static str, ParkKind, Work, &'static str);

/// Work on them began when the bundles that pay for most of them were approved.
const BEGUN_FROM: Date = date(2015, 7, 20);

/// Finished in the first half of 2016.
const FINISHED: [Known; 26] = [
    ("大十字广场", Square, Enlarged, "大十字"),
    ("民族文化广场", Square, Enlarged, "大十字"),
    ("金山文化广场", Square, Built, "大十字"),
    ("南山公园", NaturePark, Enlarged, "大十字"),
    ("永乐街头游园", PocketPark, Built, "大十字"),
    ("大阁山公园", NaturePark, Enlarged, "西门"),
    ("光明广场", Square, Enlarged, "西门"),
    ("清江社区游园", PocketPark, Built, "西门"),
    ("大桥路游园", PocketPark, Built, "西门"),
    ("洗马河湿地公园", NaturePark, Enlarged, "洗马河"),
    ("南丰广场", Square, Enlarged, "洗马河"),
    ("东门游园", PocketPark, Built, "洗马河"),
    ("清水江滨江公园", Greenway, Built, "湾溪"),
    ("龙井社区公园", CommunityPark, Built, "湾溪"),
    ("月塘公园", CityPark, Enlarged, "鸭塘"),
    ("凯化社区公园", CommunityPark, Built, "鸭塘"),
    ("重兴广场", Square, Built, "鸭塘"),
    ("开悦体育公园", CityPark, Built, "开怀"),
    ("上马石社区公园", CommunityPark, Built, "开怀"),
    ("龙泉山公园", NaturePark, Enlarged, "白午"),
    ("福和社区公园", CommunityPark, Built, "白午"),
    ("思源广场", Square, Enlarged, "白果井"),
    ("兴安游园", PocketPark, Built, "白果井"),
    ("高溪湖公园", CityPark, Built, "城西"),
    ("未来城社区公园", CommunityPark, Built, "城西"),
    ("清平广场", Square, Built, "炉山"),
];

/// Finished before, with the day.
const BEFORE: [(Known, Date); 9] = [
    (("苹果山公园", NaturePark, Built, "大十字"), date(2013, 9, 26)),
    (("下司码头广场", Square, Enlarged, "下司"), date(2014, 7, 11)),
    (("舟溪甘囊香芦笙场", Square, Enlarged, "舟溪"), date(2014, 12, 19)),
    (("碧波文化广场", Square, Built, "碧波"), date(2014, 11, 28)),
    (("旁海江滨游园", PocketPark, Built, "旁海"), date(2015, 5, 15)),
    (("振华社区公园", CommunityPark, Built, "洗马河"), date(2015, 6, 12)),
    (("香炉山登山公园", NaturePark, Built, "万潮"), date(2015, 9, 25)),
    (("龙溪游园", PocketPark, Built, "城西"), date(2015, 10, 30)),
    (("巴拉河绿道", Greenway, Built, "三棵树"), date(2015, 12, 25)),
];

/// Being built or planned, with the project that stands in the list already.
const COMING: [(Known, Option<Date>, Option<&str>); 5] = [
    (("金泉湖公园", CityPark, Enlarged, "鸭塘"), None, Some("凯里市金泉湖公园改造工程")),
    (("清水江滨江湿地公园", NaturePark, Built, "湾溪"), None, Some("凯里市清水江滨江湿地公园项目")),
    (("开怀中央公园", CityPark, Built, "开怀"), Some(date(2016, 3, 14)), None),
    (("白午铁路公园", CommunityPark, Built, "白午"), Some(date(2016, 5, 9)), None),
    (("棉席街头游园", PocketPark, Built, "开怀"), Some(date(2016, 6, 13)), None),
];

/// Parks that a bundle pays for have a project of their own: ending of its name.
const BUNDLED: [&str; 15] = [
    "大十字广场",
    "民族文化广场",
    "金山文化广场",
    "大阁山公园",
    "光明广场",
    "洗马河湿地公园",
    "南丰广场",
    "清水江滨江公园",
    "月塘公园",
    "重兴广场",
    "开悦体育公园",
    "上马石社区公园",
    "高溪湖公园",
    "未来城社区公园",
    "白午铁路公园",
];

/// A park as bundles and green space know it.
pub(super) struct Park {
    pub(super) code: String,
    pub(super) name: &'static str,
    /// Its own project and what it is to cost.
    pub(super) project: Option<(String, Fen)>,
}

/// Square metres of a kind, least and most.
const fn sizes(kind: ParkKind) -> (i64, i64) {
    match kind {
        CityPark => (62_000, 214_000),
        CommunityPark => (9_400, 38_000),
        PocketPark => (820, 5_600),
        NaturePark => (118_000, 560_000),
        Square => (3_600, 21_000),
        Greenway => (24_000, 71_000),
    }
}

/// What of a hundred is green, least and most.
const fn green(kind: ParkKind) -> (i64, i64) {
    match kind {
        Square => (24, 46),
        Greenway => (58, 76),
        PocketPark => (62, 80),
        _ => (68, 91),
    }
}

pub(super) fn enter(books: &mut Books<'_>) -> Vec<Park> {
    let mut parks = Vec::new();
    for known in FINISHED {
        let built_on = books.drawn.office_day(FIRST..=LAST);
        let started_on = plus(built_on, -books.drawn.whole(150..=420)).max(BEGUN_FROM);
        park(books, &mut parks, known, (Some(started_on), Some(built_on)), None);
    }
    for (known, built_on) in BEFORE {
        let started_on = plus(built_on, -books.drawn.whole(160..=500));
        park(books, &mut parks, known, (Some(started_on), Some(built_on)), None);
    }
    for (known, started_on, project) in COMING {
        let found = project.and_then(|name| books.project_named(name));
        let (project, begun) = found.map(|project| (project.code.clone(), project.started_on)).unzip();
        let started_on = started_on.or(begun.flatten());
        park(books, &mut parks, known, (started_on, None), project);
    }
    // A garden on a lot that was waiting: houses stand there now.
    let before = date(2014, 4, 30);
    let gone = ("老车站临时游园", PocketPark, Built, "西门");
    park(books, &mut parks, gone, (Some(plus(before, -70)), Some(before)), None);
    if let Some(gone) = parks.pop() {
        books.retire::<ParkSquare>(gone.code);
    }
    parks
}

fn park(
    books: &mut Books<'_>,
    parks: &mut Vec<Park>,
    (name, kind, work, stem): Known,
    (started_on, built_on): (Option<Date>, Option<Date>),
    project: Option<String>,
) {
    let quarter = books.drawn.quarter_named(stem);
    let (least, most) = sizes(kind);
    let size = books.drawn.whole(least..=most);
    let (least, most) = green(kind);
    let green = size * books.drawn.whole(least * 10..=most * 10) / 1_000;
    let place = place_of(books, name, &quarter.code);
    let own = started_on.filter(|_| BUNDLED.contains(&name)).map(|started_on| {
        // The larger, the less a square metre costs.
        let each = if size > 100_000 { books.drawn.whole(42..=96) } else { books.drawn.whole(260..=720) };
        let budget = wan((size * each / 10_000).max(180));
        let what = if work == Enlarged { "改造提升工程" } else { "建设工程" };
        let project = books.work(&firms::Work {
            name: format!("凯里市{name}{what}"),
            unit: "landscaping",
            sector: ProjectSector::Culture,
            quarter: &quarter.code,
            budget,
            started_on,
            completed_on: built_on,
        });
        (project, budget)
    });
    let maintainer = match kind {
        Square | PocketPark => "凯里市城市绿化养护中心",
        _ => "凯里市公园管理所",
    };
    let maintainer = body(books, maintainer, "landscaping");
    let code = format!("GY-{:03}", parks.len() + 1);
    let outline = place.map(|place| books.drawn.block(place, side(size) * 1.2, side(size) / 1.2));
    books.enter(ParkSquare {
        code: code.clone(),
        name: name.to_owned(),
        kind,
        work,
        project: own.as_ref().map(|(project, _)| project.clone()).or(project),
        started_on,
        built_on,
        area: square_metres(size),
        green_area: Some(square_metres(green)),
        division: Some(quarter.code.clone()),
        maintainer: built_on.is_some().then_some(maintainer),
        place,
        outline,
        unit: "landscaping".to_owned(),
    });
    parks.push(Park { code, name, project: own });
}
