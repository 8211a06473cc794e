//! The city as one scenic area (P2): scenic areas and landmarks.

use jiff::civil::{Date, date};
use kernel::{
    area::{Area, AreaUnit},
    decimal::Decimal,
    shape::Line,
};
use planning::{
    landmark::{Landmark, LandmarkKind, LandmarkStage},
    scenic_area::{ScenicArea, ScenicKind, ScenicRating, ScenicStage},
};

use crate::books::{Books, days::plus};

/// A scenic area: code, name, kind, street or town, hectares, visitors a day.
type Known = (&'static str, &'static str, ScenicKind, &'static str, i64, u32);

/// The key scenic areas (P2), open for years, with their rating.
const KEY: [(Known, i16, ScenicRating); 4] = [
    (("JQ-01", "下司古镇", ScenicKind::Town, "下司", 360, 28_000), 2013, ScenicRating::A4),
    (("JQ-02", "南花苗寨", ScenicKind::Village, "三棵树", 95, 6_000), 2008, ScenicRating::A3),
    (("JQ-03", "香炉山", ScenicKind::Nature, "万潮", 640, 8_500), 2010, ScenicRating::A3),
    (("JQ-04", "民族文化园", ScenicKind::Culture, "大十字", 42, 18_000), 2014, ScenicRating::A4),
];

/// Under construction in the middle of 2016 (P2).
const BUILT: [Known; 15] = [
    ("JQ-11", "清水江风情带", ScenicKind::Waterfront, "湾溪", 410, 22_000),
    ("JQ-12", "巴拉河休闲度假区", ScenicKind::Nature, "三棵树", 580, 12_000),
    ("JQ-13", "挂丁温泉小镇", ScenicKind::Nature, "三棵树", 130, 6_500),
    ("JQ-14", "舟溪甘囊香芦笙堂", ScenicKind::Village, "舟溪", 38, 4_000),
    ("JQ-15", "云谷田园农业公园", ScenicKind::Farming, "舟溪", 720, 15_000),
    ("JQ-16", "凯棠巴拉苗寨", ScenicKind::Village, "凯棠", 64, 3_200),
    ("JQ-17", "旁海码头古街", ScenicKind::Town, "旁海", 47, 3_600),
    ("JQ-18", "炉山平良古驿道", ScenicKind::Town, "炉山", 88, 4_500),
    ("JQ-19", "大风洞溶洞群", ScenicKind::Nature, "大风洞", 270, 5_800),
    ("JQ-20", "碧波镇柿花湿地", ScenicKind::Nature, "碧波", 190, 3_000),
    ("JQ-21", "苗侗风情园", ScenicKind::Culture, "开怀", 76, 12_000),
    ("JQ-22", "老电厂工业遗址公园", ScenicKind::Industry, "白午", 31, 5_000),
    ("JQ-23", "湾水枫香寨", ScenicKind::Village, "湾水", 52, 2_400),
    ("JQ-24", "鸭塘金泉湖", ScenicKind::Waterfront, "鸭塘", 145, 9_000),
    ("JQ-25", "龙场渔山花海", ScenicKind::Farming, "龙场", 230, 7_200),
];

/// Finished, planned or closed: not among those under construction.
const OTHERS: [(Known, ScenicStage, i16); 9] = [
    (("JQ-31", "苹果山森林公园", ScenicKind::Waterfront, "大十字", 78, 9_000), ScenicStage::Open, 2012),
    (("JQ-32", "金井水街", ScenicKind::Waterfront, "大十字", 12, 8_000), ScenicStage::Open, 2015),
    (("JQ-33", "洗马河湿地公园", ScenicKind::Waterfront, "洗马河", 55, 7_500), ScenicStage::Open, 2014),
    (("JQ-34", "季刀苗寨", ScenicKind::Village, "三棵树", 41, 2_600), ScenicStage::Open, 2009),
    (("JQ-35", "营盘坡民族文化宫", ScenicKind::Culture, "西门", 9, 4_000), ScenicStage::Open, 2016),
    (("JQ-36", "大风洞漂流", ScenicKind::Nature, "大风洞", 33, 1_200), ScenicStage::Closed, 2007),
    (("JQ-37", "万潮葡萄沟", ScenicKind::Farming, "万潮", 160, 3_500), ScenicStage::Planned, 0),
    (("JQ-38", "炉山铁路小镇", ScenicKind::Industry, "炉山", 70, 4_000), ScenicStage::Planned, 0),
    (("JQ-39", "旁海苗王城", ScenicKind::Village, "旁海", 95, 4_200), ScenicStage::Planned, 0),
];

/// Who runs a scenic area, and the project in the city's register by which it is built.
const RUN_BY: [(&str, &str, Option<&str>); 7] = [
    ("JQ-01", "凯里市下司古镇旅游开发有限公司", Some("凯里市下司古镇旅游综合开发项目")),
    ("JQ-02", "凯里市苗岭文化旅游投资集团有限公司", Some("凯里市南花苗寨景区开发项目")),
    ("JQ-03", "凯里市苗岭文化旅游投资集团有限公司", Some("凯里市香炉山景区开发项目")),
    ("JQ-04", "凯里市民族文化产业发展有限公司", None),
    ("JQ-11", "凯里市苗岭文化旅游投资集团有限公司", None),
    ("JQ-15", "凯里市农业旅游开发有限公司", None),
    ("JQ-21", "凯里市苗侗风情园经营有限公司", None),
];

/// A landmark: name, kind, street or town, metres of height or of length, year of completion (0: being built, 1: planned).
const LANDMARKS: [(&str, LandmarkKind, &str, i64, i16); 26] = [
    ("迎宾大道", LandmarkKind::Avenue, "白午", 4_860, 2013),
    ("宁波路景观大道", LandmarkKind::Avenue, "开怀", 3_240, 2015),
    ("凯麻大道", LandmarkKind::Avenue, "鸭塘", 9_730, 2015),
    ("凯开大道", LandmarkKind::Avenue, "开怀", 6_420, 2012),
    ("清江大道", LandmarkKind::Avenue, "湾溪", 5_150, 0),
    ("未来大道", LandmarkKind::Avenue, "城西", 2_980, 0),
    ("凯运大道", LandmarkKind::Avenue, "白果井", 3_610, 2014),
    ("金山大道", LandmarkKind::Avenue, "大十字", 4_070, 2016),
    ("黔东南大剧院", LandmarkKind::Building, "西门", 324, 2010),
    ("州民族博物馆", LandmarkKind::Building, "大十字", 386, 2012),
    ("凯里南站站房", LandmarkKind::Building, "鸭塘", 285, 2015),
    ("未来城双塔", LandmarkKind::Building, "城西", 1_680, 0),
    ("国际会展中心", LandmarkKind::Building, "开怀", 412, 0),
    ("大十字鼓楼", LandmarkKind::Building, "大十字", 296, 2014),
    ("苗侗医药城", LandmarkKind::Building, "白午", 528, 0),
    ("风雨桥", LandmarkKind::Sight, "洗马河", 187, 2015),
    ("大阁山观景塔", LandmarkKind::Sight, "西门", 412, 2013),
    ("老街石板巷", LandmarkKind::Sight, "大十字", 0, 2016),
    ("清水江音乐喷泉", LandmarkKind::Sight, "湾溪", 0, 0),
    ("下司古码头", LandmarkKind::Sight, "下司", 0, 2013),
    ("香炉山日出台", LandmarkKind::Sight, "万潮", 0, 2014),
    ("市民之家", LandmarkKind::Project, "城西", 0, 0),
    ("奥林匹克体育中心", LandmarkKind::Project, "开怀", 0, 2012),
    ("苗侗文化产业园", LandmarkKind::Project, "开怀", 0, 0),
    ("智慧城市运营中心", LandmarkKind::Project, "西门", 0, 0),
    ("清水江水街", LandmarkKind::Project, "湾溪", 0, 1),
];

pub(super) fn enter(books: &mut Books<'_>) {
    for (known, opened, rating) in KEY {
        let started_on = books.drawn.office_day(date(opened - 3, 2, 1)..=date(opened - 2, 10, 31));
        let opened_on = books.drawn.day(date(opened, 3, 1)..=date(opened, 9, 30));
        // The old town was opened again with its highest rating in the half-year.
        let rated_on =
            books.drawn.office_day(plus(opened_on, 380)..=plus(opened_on, 520)).min(date(2016, 3, 25));
        let dates = (Some(started_on), Some(opened_on));
        scenic(books, known, true, ScenicStage::Open, dates, Some((rating, rated_on)));
    }
    for known in BUILT {
        let started_on = books.drawn.office_day(date(2013, 9, 2)..=date(2016, 5, 27));
        scenic(books, known, false, ScenicStage::UnderConstruction, (Some(started_on), None), None);
    }
    for (known, stage, opened) in OTHERS {
        let dates = match stage {
            ScenicStage::Planned => (None, None),
            _ => {
                let opened_on = books.drawn.day(date(opened, 2, 1)..=date(opened, 5, 28));
                (Some(books.drawn.office_day(plus(opened_on, -900)..=plus(opened_on, -420))), Some(opened_on))
            }
        };
        scenic(books, known, false, stage, dates, None);
    }
    for (number, landmark) in LANDMARKS.into_iter().enumerate() {
        mark(books, number + 1, landmark);
    }
}

fn scenic(
    books: &mut Books<'_>,
    (code, name, kind, stem, hectares, visitors): Known,
    key_area: bool,
    stage: ScenicStage,
    (started_on, opened_on): (Option<Date>, Option<Date>),
    rated: Option<(ScenicRating, Date)>,
) {
    let quarter = books.drawn.quarter_named(stem);
    let place = books.drawn.place_in(&quarter.code);
    let side = (hectares as f64 * 10_000.0).sqrt();
    let run = RUN_BY.iter().find(|(scenic, ..)| *scenic == code);
    let (operator, project) = run.map_or((None, None), |(_, operator, project)| (Some(*operator), *project));
    let row = ScenicArea {
        code: code.to_owned(),
        name: name.to_owned(),
        kind,
        key_area,
        stage,
        started_on,
        opened_on,
        rating: rated.map(|(rating, _)| rating),
        rated_on: rated.map(|(_, day)| day),
        division: quarter.code.clone(),
        operator: operator.and_then(|name| books.known_organisation(name)),
        project: project.and_then(|name| books.known_project(name)),
        area: Area::from_units(hectares * AreaUnit::Hectare.units()),
        visitors_daily_max: Some(visitors),
        place,
        outline: place.map(|place| books.drawn.block(place, side * 1.2, side / 1.2)),
        unit: "tourism".to_owned(),
    };
    books.enter(row);
}

fn mark(
    books: &mut Books<'_>,
    number: usize,
    (name, kind, stem, size, completed): (&str, LandmarkKind, &str, i64, i16),
) {
    let quarter = books.drawn.quarter_named(stem);
    let place = books.drawn.place_in(&quarter.code);
    let (stage, completed_on) = match completed {
        0 => (LandmarkStage::UnderConstruction, None),
        1 => (LandmarkStage::Planned, None),
        year => {
            let day = books.drawn.office_day(date(year, 2, 1)..=date(year, 6, 24));
            (LandmarkStage::Completed, Some(day))
        }
    };
    let started_on = match (stage, completed_on) {
        (LandmarkStage::Planned, _) => None,
        (_, Some(day)) => Some(books.drawn.office_day(plus(day, -1_100)..=plus(day, -300))),
        _ => Some(books.drawn.office_day(date(2014, 3, 3)..=date(2016, 4, 29))),
    };
    let avenue = kind == LandmarkKind::Avenue;
    let course = place.filter(|_| avenue).map(|place| {
        let [lon, lat] = place.coordinates;
        let east = size as f64 / 2.0 / 99_400.0;
        let round = |degrees: f64| (degrees * 1e7).round() / 1e7;
        Line {
            coordinates: vec![
                [round(lon - east), round(lat - east * 0.2)],
                [lon, lat],
                [round(lon + east), round(lat + east * 0.1)],
            ],
        }
    });
    books.enter(Landmark {
        code: format!("DB-{number:02}"),
        name: name.to_owned(),
        kind,
        stage,
        started_on,
        completed_on,
        scenic_area: match name {
            "下司古码头" => Some("JQ-01".to_owned()),
            "香炉山日出台" => Some("JQ-03".to_owned()),
            "清水江音乐喷泉" | "清水江水街" => Some("JQ-11".to_owned()),
            _ => None,
        },
        division: quarter.code.clone(),
        project: None,
        owner: None,
        length: avenue.then_some(Decimal(size)),
        height: (!avenue && size > 0).then_some(Decimal(size)),
        place,
        course,
        about: None,
        unit: if avenue { "housing" } else { "planning" }.to_owned(),
    });
}
