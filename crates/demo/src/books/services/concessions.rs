//! S6: plants under concession and what they treated. Sewage treated 97.5 %, waste made harmless 98.28 % in the half-year.

use jiff::{
    ToSpan,
    civil::{Date, date},
};
use kernel::{decimal::Decimal, period::Period, rate::Rate};
use services::{
    concession::{
        Concession,
        ConcessionKind::{self, Bus, Gas, Sewage, WasteIncineration, WasteLandfill, Water},
    },
    concession_volume::ConcessionVolume,
};

use super::{firm, wan};
use crate::{DemoError, books::Books};

/// A plant: its contract's number, name, kind, street or town, bureau, concessionaire and the project that it comes from where it is in the list.
struct Plant {
    code: &'static str,
    name: &'static str,
    kind: ConcessionKind,
    quarter: &'static str,
    unit: &'static str,
    operator: &'static str,
    project: Option<&'static str>,
    signed_on: Date,
    runs_from: Option<Date>,
    years: i64,
    /// Tonnes of a day: what it can take, what is paid for at least, what comes up around it; price in 1/10,000 yuan.
    capacity: i64,
    guaranteed: i64,
    arisen: i64,
    price: i64,
    standard: &'static str,
}

const CLEAN: &str = "GB 18918-2002 一级B标准";
const CLEANER: &str = "GB 18918-2002 一级A标准";
const BURNT: &str = "GB 18485-2014";

#[rustfmt::skip]
const PLANTS: [Plant; 12] = [
    Plant { code: "TX-2009-01", name: "凯里市第一污水处理厂", kind: Sewage, quarter: "湾溪", unit: "water_affairs", operator: "凯里清碧水务有限公司", project: Some("凯里市第一污水处理厂提标改造工程"), signed_on: date(2009, 4, 17), runs_from: Some(date(2010, 7, 1)), years: 25, capacity: 60_000, guaranteed: 42_000, arisen: 56_300, price: 9_800, standard: CLEAN },
    Plant { code: "TX-2012-02", name: "凯里经济开发区污水处理厂（一期）", kind: Sewage, quarter: "开怀", unit: "park_kaili", operator: "凯里开源水务有限公司", project: None, signed_on: date(2012, 3, 9), runs_from: Some(date(2013, 5, 1)), years: 28, capacity: 20_000, guaranteed: 12_000, arisen: 17_900, price: 11_200, standard: CLEAN },
    Plant { code: "TX-2013-01", name: "凯里市炉山污水处理厂", kind: Sewage, quarter: "炉山", unit: "water_affairs", operator: "凯里清碧水务有限公司", project: None, signed_on: date(2013, 6, 21), runs_from: Some(date(2014, 9, 1)), years: 25, capacity: 8_000, guaranteed: 4_500, arisen: 6_700, price: 12_600, standard: CLEAN },
    Plant { code: "TX-2014-03", name: "凯里市下司污水处理厂", kind: Sewage, quarter: "下司", unit: "water_affairs", operator: "凯里清碧水务有限公司", project: None, signed_on: date(2014, 2, 18), runs_from: Some(date(2015, 2, 1)), years: 25, capacity: 3_000, guaranteed: 1_800, arisen: 2_480, price: 13_900, standard: CLEANER },
    Plant { code: "TX-2015-01", name: "凯里市第二污水处理厂", kind: Sewage, quarter: "鸭塘", unit: "water_affairs", operator: "", project: Some("凯里市第二污水处理厂工程"), signed_on: date(2015, 6, 1), runs_from: None, years: 28, capacity: 40_000, guaranteed: 24_000, arisen: 0, price: 12_400, standard: CLEANER },
    Plant { code: "TX-2010-02", name: "凯里市生活垃圾卫生填埋场", kind: WasteLandfill, quarter: "三棵树", unit: "city_management", operator: "凯里净源环境服务有限公司", project: None, signed_on: date(2010, 9, 6), runs_from: Some(date(2011, 4, 1)), years: 15, capacity: 420, guaranteed: 240, arisen: 348, price: 586_000, standard: "GB 16889-2008" },
    Plant { code: "TX-2014-01", name: "水泥窑协同处置生活垃圾", kind: WasteIncineration, quarter: "万潮", unit: "city_management", operator: "凯里瑞固环保科技有限公司", project: None, signed_on: date(2014, 1, 10), runs_from: Some(date(2015, 1, 1)), years: 20, capacity: 250, guaranteed: 150, arisen: 196, price: 928_000, standard: "GB 30485-2013" },
    Plant { code: "TX-2015-02", name: "凯里市生活垃圾焚烧发电厂", kind: WasteIncineration, quarter: "三棵树", unit: "city_management", operator: "", project: Some("凯里市生活垃圾焚烧发电项目"), signed_on: date(2015, 6, 1), runs_from: None, years: 28, capacity: 1_200, guaranteed: 800, arisen: 0, price: 796_000, standard: BURNT },
    Plant { code: "TX-2011-01", name: "凯里市城区供水", kind: Water, quarter: "洗马河", unit: "water_affairs", operator: "凯里市供水有限责任公司", project: None, signed_on: date(2011, 8, 12), runs_from: Some(date(2011, 9, 1)), years: 30, capacity: 120_000, guaranteed: 0, arisen: 0, price: 0, standard: "GB 5749-2006" },
    Plant { code: "TX-2012-01", name: "凯里市城区管道燃气", kind: Gas, quarter: "城西", unit: "housing", operator: "凯里黔气天然气有限公司", project: None, signed_on: date(2012, 1, 13), runs_from: Some(date(2012, 6, 1)), years: 30, capacity: 0, guaranteed: 0, arisen: 0, price: 0, standard: "GB 17820-2012" },
    Plant { code: "TX-2013-02", name: "凯里市城区公共汽车线路", kind: Bus, quarter: "湾溪", unit: "transport", operator: "凯里通达公共交通有限公司", project: None, signed_on: date(2013, 11, 20), runs_from: Some(date(2014, 1, 1)), years: 10, capacity: 0, guaranteed: 0, arisen: 0, price: 0, standard: "GB/T 30012-2013" },
    Plant { code: "TX-2005-01", name: "凯里市粪便无害化处理", kind: Sewage, quarter: "白午", unit: "sanitation", operator: "凯里净源环境服务有限公司", project: None, signed_on: date(2005, 3, 2), runs_from: Some(date(2005, 7, 1)), years: 10, capacity: 60, guaranteed: 0, arisen: 0, price: 0, standard: "GB 7959-2012" },
];

/// Of ten thousand tonnes that arose in the half-year and in the year before it, so many were not treated or not made harmless.
const SEWAGE_MISSED: i64 = 250;
const WASTE_MISSED: i64 = 172;
const SEWAGE_MISSED_2015: i64 = 618;
const WASTE_MISSED_2015: i64 = 447;
/// Plants reported by quarters in 2015 and by months since.
const QUARTERS: [&str; 4] = ["2015-Q1", "2015-Q2", "2015-Q3", "2015-Q4"];
const MONTHS: [&str; 6] = ["2016-01", "2016-02", "2016-03", "2016-04", "2016-05", "2016-06"];
/// Units of a tonne.
const TONNE: i64 = 100;

pub(super) fn enter(books: &mut Books<'_>) -> Result<(), DemoError> {
    for plant in &PLANTS {
        concession(books, plant);
    }
    for (kinds, missed, missed_2015) in [
        (&[Sewage][..], SEWAGE_MISSED, SEWAGE_MISSED_2015),
        (&[WasteIncineration, WasteLandfill][..], WASTE_MISSED, WASTE_MISSED_2015),
    ] {
        volumes(books, kinds, &QUARTERS, missed_2015)?;
        volumes(books, kinds, &MONTHS, missed)?;
    }
    Ok(())
}

fn concession(books: &mut Books<'_>, plant: &Plant) {
    let project = plant.project.and_then(|name| books.project_named(name)).cloned();
    let contract = project.as_ref().and_then(|project| books.contract_of(&project.code)).cloned();
    // A plant that is being built is the PPP contract's; the old plant is only made better by one.
    let building = contract.as_ref().filter(|_| plant.operator.is_empty());
    let signed_on = building.and_then(|contract| contract.signed_on).unwrap_or(plant.signed_on);
    let ends_on = building
        .and_then(|contract| contract.ends_on)
        .or_else(|| plant.runs_from.unwrap_or(signed_on).checked_add(plant.years.years()).ok());
    let industry = match plant.kind {
        Bus => "G54",
        Gas => "D44",
        Water => "D46",
        _ => "N77",
    };
    let operator = match building.and_then(|contract| contract.company.clone()) {
        Some(company) => company,
        None => books
            .known_organisation(plant.operator)
            .unwrap_or_else(|| firm(books, plant.operator, industry, plant.unit)),
    };
    let quarter = books.drawn.quarter_named(plant.quarter);
    let place = books.drawn.place_in(&quarter.code);
    let known = |tonnes: i64| (tonnes > 0).then_some(Decimal(tonnes * TONNE));
    books.enter(Concession {
        code: plant.code.to_owned(),
        name: plant.name.to_owned(),
        kind: plant.kind,
        operator,
        project: project.map(|project| project.code),
        ppp_contract: contract.map(|contract| contract.code),
        signed_on,
        runs_from: plant.runs_from,
        ends_on: ends_on.unwrap_or(signed_on),
        capacity: known(plant.capacity),
        guaranteed: known(plant.guaranteed),
        price: (plant.price > 0).then_some(Decimal(plant.price)),
        fee: (plant.kind == Gas).then(|| wan(860)),
        standard: Some(plant.standard.to_owned()),
        place,
        unit: plant.unit.to_owned(),
    });
}

/// Returns of plants of some kinds over some periods: of ten thousand tonnes so many are not made good.
fn volumes(
    books: &mut Books<'_>,
    kinds: &[ConcessionKind],
    periods: &[&str],
    missed: i64,
) -> Result<(), DemoError> {
    let mut returns: Vec<(&Plant, Period, i64)> = Vec::new();
    for text in periods {
        let period: Period = text.parse()?;
        let days = i64::from(period.first().until(period.last()).map_or(0, |span| span.get_days())) + 1;
        for plant in PLANTS.iter().filter(|plant| kinds.contains(&plant.kind) && plant.arisen > 0) {
            // A plant reports from its first full period on.
            if plant.runs_from.is_some_and(|from| from > period.first()) {
                continue;
            }
            let arisen = plant.arisen * books.drawn.whole(948..=1_041) * days / 1_000;
            returns.push((plant, period, arisen * TONNE));
        }
    }
    let weights: Vec<i64> = returns.iter().map(|(_, _, arisen)| *arisen).collect();
    let total: i64 = weights.iter().sum();
    let shortfalls = books.drawn.split(total / 10_000 * missed, &weights, 1);
    for ((plant, period, arisen), short) in returns.into_iter().zip(shortfalls) {
        volume(books, plant, period, arisen, short);
    }
    Ok(())
}

fn volume(books: &mut Books<'_>, plant: &Plant, period: Period, arisen: i64, short: i64) {
    // Most of what is missing never came to the plant.
    let uncollected = short * books.drawn.whole(640..=910) / 1_000;
    let received = arisen - uncollected;
    let (treated, to_standard) = if plant.kind == ConcessionKind::Sewage {
        // The rate of sewage is of what was treated.
        let treated = arisen - short;
        (treated, treated - treated * books.drawn.whole(1..=14) / 1_000)
    } else {
        // The rate of waste is of what was made harmless.
        let harmless = arisen - short;
        (harmless + (short - uncollected) * books.drawn.whole(200..=800) / 1_000, harmless)
    };
    let quality = books.drawn.pick(&[1_000_000, 1_000_000, 1_000_000, 985_000, 970_000]);
    books.enter(ConcessionVolume {
        concession: plant.code.to_owned(),
        period,
        kind: plant.kind,
        arisen: Decimal(arisen),
        received: Decimal(received),
        treated: Decimal(treated),
        to_standard: Decimal(to_standard),
        price: Some(Decimal(plant.price)),
        quality: Some(Rate(quality)),
        payable: None,
        unit: plant.unit.to_owned(),
    });
}
