//! The three functional zones (P1): ecological, production and living line.

use jiff::civil::date;
use kernel::area::{Area, AreaUnit};
use planning::{
    functional_line::{FunctionalLine, HardLine, LineKind},
    plan::{PlanKind, PlanTier},
};

use super::plans::Kept;
use crate::books::Books;

/// A zone: kind, control line, what it is called, smallest and largest area in hectares of a town, what holds.
type Zone = (LineKind, Option<HardLine>, &'static str, i64, i64, &'static str);

/// What a street or town has of each zone.
const OF_A_QUARTER: [Zone; 4] = [
    (
        LineKind::Ecological,
        Some(HardLine::EcologicalRedLine),
        "生态保护红线",
        600,
        2_900,
        "禁止城镇建设和工业开发；既有村寨只准原址修缮，林木采伐按定额审批。",
    ),
    (
        LineKind::Ecological,
        None,
        "生态涵养区",
        900,
        3_600,
        "限制开发；允许生态旅游和林下经济，建筑高度不超过12米。",
    ),
    (
        LineKind::Production,
        Some(HardLine::PermanentBasicFarmland),
        "永久基本农田",
        480,
        1_500,
        "不得改变用途；占用须报国务院批准并补划。",
    ),
    (
        LineKind::Living,
        Some(HardLine::UrbanGrowthBoundary),
        "城镇生活区",
        90,
        420,
        "集中布局居住和公共服务；新建项目须与控制性详细规划一致。",
    ),
];

pub(super) fn enter(books: &mut Books<'_>, plans: &[Kept]) {
    let overall = |kind: PlanKind| {
        plans.iter().filter(move |plan| {
            plan.kind == kind && plan.tier == PlanTier::Overall && plan.quarter.is_none() && !plan.over
        })
    };
    let quarters: Vec<_> = books.drawn.quarters().collect();
    let mut number = 0;
    for quarter in quarters {
        let town = quarter.name_zh.ends_with('镇');
        for (kind, hard_line, name, least, most, controls) in OF_A_QUARTER {
            // The streets of the old town have neither basic farmland nor red lines.
            let inner = ["大十字", "洗马河", "白果井"].iter().any(|stem| quarter.name_zh.starts_with(stem));
            if inner && kind != LineKind::Living {
                continue;
            }
            let by = match kind {
                LineKind::Ecological => PlanKind::Environment,
                LineKind::Production => PlanKind::LandUse,
                LineKind::Living => PlanKind::Urban,
            };
            let Some(plan) = overall(by).next_back() else { continue };
            number += 1;
            let hectares = books.drawn.whole(least..=most) / if town { 1 } else { 4 };
            let begins_on = date(2016, 6, 1).max(plan.approved_on);
            let middle = books.drawn.place_in(&quarter.code);
            let row = FunctionalLine {
                code: format!("SX-{number:03}"),
                name: format!("{}{name}", quarter.name_zh),
                kind,
                hard_line,
                plan: plan.code.clone(),
                division: Some(quarter.code.clone()),
                begins_on,
                ends_on: None,
                area: Area::from_units(hectares * AreaUnit::Hectare.units()),
                outline: middle.map(|middle| books.drawn.block(middle, 1_400.0, 1_100.0)),
                controls: controls.to_owned(),
                unit: match kind {
                    LineKind::Ecological => "environment",
                    LineKind::Production => "land_resources",
                    LineKind::Living => "planning",
                }
                .to_owned(),
            };
            books.enter(row);
        }
    }
    production(books, plans);
    earlier(books, plans);
}

/// The lines around the streets as the plan of 2013 drew them; they ended when the zones of 2016 came into force.
fn earlier(books: &mut Books<'_>, plans: &[Kept]) {
    let Some(plan) = plans.iter().find(|plan| plan.name.contains("2013年修改")) else { return };
    for (number, stem) in ["城西", "湾溪", "鸭塘", "开怀", "白午"].into_iter().enumerate() {
        let quarter = books.drawn.quarter_named(stem);
        let hectares = books.drawn.whole(210..=760);
        books.enter(FunctionalLine {
            code: format!("SX-2014-{}", number + 1),
            name: format!("{}城镇生活区（2014年划定）", quarter.name_zh),
            kind: LineKind::Living,
            hard_line: Some(HardLine::UrbanGrowthBoundary),
            plan: plan.code.clone(),
            division: Some(quarter.code.clone()),
            begins_on: date(2014, 5, 1),
            ends_on: Some(date(2016, 5, 31)),
            area: Area::from_units(hectares * AreaUnit::Hectare.units()),
            outline: None,
            controls: "按2013年修改的城市总体规划控制。".to_owned(),
            unit: "planning".to_owned(),
        });
    }
}

/// The production line is also where the parks are.
fn production(books: &mut Books<'_>, plans: &[Kept]) {
    let parks = plans.iter().filter(|plan| plan.kind == PlanKind::Industry && plan.tier == PlanTier::Overall);
    for (number, plan) in parks.enumerate() {
        let hectares = books.drawn.whole(820..=4_600);
        books.enter(FunctionalLine {
            code: format!("SX-Y{:02}", number + 1),
            name: plan.name.replace("总体规划", "生产区"),
            kind: LineKind::Production,
            hard_line: None,
            plan: plan.code.clone(),
            division: None,
            begins_on: date(2015, 10, 8).max(plan.approved_on),
            ends_on: None,
            area: Area::from_units(hectares * AreaUnit::Hectare.units()),
            outline: None,
            controls: "工业仓储用地不少于六成；新上项目须进园区，能耗和排放达到行业准入。".to_owned(),
            unit: plan.unit.clone(),
        });
    }
}
