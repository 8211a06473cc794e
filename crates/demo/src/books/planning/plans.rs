//! Plans and how they were brought to agree (P1).

use jiff::civil::{Date, date};
use kernel::area::{Area, AreaUnit};
use planning::{
    plan::{Plan, PlanEdition, PlanKind, PlanStatus, PlanTier},
    plan_adjustment::{AdjustmentReason, AdjustmentStatus, PlanAdjustment},
};

use super::citywide::{Known, MERGED, NOT_MERGED};
use crate::books::{Books, days::plus};

/// Plans that were brought to agree (P1).
const PLANS: usize = 230;
/// The first day on which plans were put on the one map, and the last.
const MERGING: (Date, Date) = (date(2015, 8, 3), date(2016, 6, 28));

/// What each town has: kind, tier, whether a law asks for it, what it is called.
const OF_A_TOWN: [(&str, PlanKind, PlanTier, bool, &str); 4] = [
    ("", PlanKind::Urban, PlanTier::Overall, true, "总体规划"),
    ("land_resources", PlanKind::LandUse, PlanTier::Overall, true, "土地利用总体规划"),
    ("", PlanKind::Urban, PlanTier::Detailed, true, "镇区控制性详细规划"),
    ("agriculture", PlanKind::Agriculture, PlanTier::Special, false, "山地高效农业规划"),
];

/// What each street has.
const OF_A_STREET: [(&str, PlanKind, PlanTier, bool, &str); 3] = [
    ("planning", PlanKind::Urban, PlanTier::Detailed, true, "片区控制性详细规划"),
    ("planning", PlanKind::PublicService, PlanTier::Special, false, "社区服务设施布点规划"),
    ("housing", PlanKind::Urban, PlanTier::Special, false, "老旧小区整治规划"),
];

/// What the parks have.
const OF_PARKS: [(&str, PlanTier, &str); 9] = [
    ("park_kaili", PlanTier::Overall, "凯里经济开发区总体规划"),
    ("park_kaili", PlanTier::Special, "凯里经济开发区产业发展规划"),
    ("park_kaili", PlanTier::Detailed, "凯里经济开发区开怀组团控制性详细规划"),
    ("park_kaili", PlanTier::Detailed, "凯里经济开发区鸭塘组团控制性详细规划"),
    ("park_lubi", PlanTier::Overall, "炉碧经济开发区总体规划"),
    ("park_lubi", PlanTier::Special, "炉碧经济开发区产业发展规划"),
    ("park_lubi", PlanTier::Detailed, "炉碧经济开发区炉山片区控制性详细规划"),
    ("park_lubi", PlanTier::Detailed, "炉碧经济开发区碧波片区控制性详细规划"),
    ("agriculture", PlanTier::Overall, "舟溪现代农业园区总体规划"),
];

/// A plan that other rows may name.
pub(super) struct Kept {
    pub(super) code: String,
    pub(super) name: String,
    pub(super) unit: String,
    pub(super) kind: PlanKind,
    pub(super) tier: PlanTier,
    pub(super) quarter: Option<String>,
    pub(super) approved_on: Date,
    pub(super) over: bool,
}

/// What is to be drawn up as a plan.
struct Wanted {
    unit: String,
    kind: PlanKind,
    tier: PlanTier,
    statutory: bool,
    name: String,
    years: (i64, i64),
    quarter: Option<String>,
    merged: bool,
}

/// Plans that a later one took the place of, by name, with the day.
const REPLACED: [(&str, Date); 7] = [
    ("凯里市城市总体规划", date(2015, 12, 18)),
    ("凯里市城市总体规划（2013年修改）", date(2016, 4, 12)),
    ("凯里市土地利用总体规划", date(2016, 5, 20)),
    ("凯里市土地整治规划", date(2016, 3, 29)),
    ("凯里市国民经济和社会发展第十二个五年规划纲要", date(2016, 2, 26)),
    ("凯里市矿产资源总体规划", date(2015, 12, 31)),
    ("凯里市重金属污染防治规划", date(2015, 12, 31)),
];

pub(super) fn enter(books: &mut Books<'_>) -> Vec<Kept> {
    let mut wanted: Vec<Wanted> = MERGED.iter().map(|known| citywide(known, true)).collect();
    wanted.extend(local(books));
    let villages = PLANS - wanted.len();
    wanted.extend(of_villages(books, villages));
    wanted.extend(NOT_MERGED.iter().map(|known| citywide(known, false)));
    let mut kept = Vec::new();
    for (number, plan) in wanted.into_iter().enumerate() {
        kept.extend(one(books, number + 1, plan));
    }
    adjustments(books, &kept);
    kept
}

fn citywide((unit, kind, tier, statutory, name, first, last): &Known, merged: bool) -> Wanted {
    Wanted {
        unit: (*unit).to_owned(),
        kind: *kind,
        tier: *tier,
        statutory: *statutory,
        name: (*name).to_owned(),
        years: (*first, *last),
        quarter: None,
        merged,
    }
}

/// The plans of streets, towns and parks.
fn local(books: &mut Books<'_>) -> Vec<Wanted> {
    let mut wanted = Vec::new();
    let quarters: Vec<_> = books.drawn.quarters().collect();
    for quarter in quarters {
        let town = quarter.name_zh.ends_with('镇');
        let subjects: &[_] = if town { &OF_A_TOWN } else { &OF_A_STREET };
        for (unit, kind, tier, statutory, subject) in subjects {
            let first = books.drawn.whole(2010..=2015);
            let unit = if unit.is_empty() { books.drawn.office(&quarter.code) } else { (*unit).to_owned() };
            wanted.push(Wanted {
                unit,
                kind: *kind,
                tier: *tier,
                statutory: *statutory,
                name: format!("凯里市{}{subject}", quarter.name_zh),
                years: (first, if town { 2030 } else { 2020 }),
                quarter: Some(quarter.code.clone()),
                merged: true,
            });
        }
    }
    for (unit, tier, name) in OF_PARKS {
        let first = books.drawn.whole(2011..=2014);
        wanted.push(Wanted {
            unit: unit.to_owned(),
            kind: PlanKind::Industry,
            tier,
            statutory: tier == PlanTier::Detailed,
            name: name.to_owned(),
            years: (first, 2025),
            quarter: None,
            merged: true,
        });
    }
    wanted
}

/// The plans of so many villages: one in so many of each town.
fn of_villages(books: &mut Books<'_>, count: usize) -> Vec<Wanted> {
    let quarters: Vec<_> = books.drawn.quarters().collect();
    let villages: Vec<_> = quarters
        .iter()
        .flat_map(|quarter| books.drawn.villages(&quarter.code))
        .filter(|village| village.name_zh.ends_with('村'))
        .collect();
    let mut wanted = Vec::new();
    for number in 0..count {
        let village = villages[number * villages.len() / count.max(1)];
        let traditional = books.drawn.dice.permille(250);
        let quarter = quarters.iter().find(|quarter| quarter.code == village.parent);
        let quarter_name = quarter.map(|quarter| quarter.name_zh.clone()).unwrap_or_default();
        let (kind, subject) = if traditional {
            (PlanKind::Heritage, "传统村落保护发展规划")
        } else {
            (PlanKind::Urban, "村庄规划")
        };
        let first = books.drawn.whole(2012..=2015);
        wanted.push(Wanted {
            unit: books.drawn.office(&village.parent),
            kind,
            tier: PlanTier::Detailed,
            statutory: !traditional,
            name: format!("凯里市{quarter_name}{}{subject}", village.name_zh),
            years: (first, 2025),
            quarter: Some(village.parent.clone()),
            merged: true,
        });
    }
    wanted
}

/// Who approves a plan of a kind and tier.
fn approver(kind: PlanKind, tier: PlanTier) -> &'static str {
    match (kind, tier) {
        (PlanKind::Economic, PlanTier::Overall | PlanTier::Annual) => "凯里市人民代表大会",
        (PlanKind::Urban | PlanKind::LandUse, PlanTier::Overall) => "黔东南州人民政府",
        _ => "凯里市人民政府",
    }
}

/// Enters one plan; gives it where it was approved.
fn one(books: &mut Books<'_>, number: usize, plan: Wanted) -> Option<Kept> {
    let (first_year, last_year) = plan.years;
    let ended_on = REPLACED.iter().find(|(name, _)| *name == plan.name).map(|(_, day)| *day);
    let first = i16::try_from(first_year).unwrap_or(2015);
    // A plan is approved around the year with which it begins; what was to be merged, before the map was closed.
    let approved_on = if plan.merged {
        let span = date(first - 1, 9, 1)..=date(first, 11, 30).min(date(2016, 5, 31));
        Some(books.drawn.office_day(span))
    } else {
        books.drawn.dice.permille(300).then(|| books.drawn.office_day(date(2016, 5, 3)..=date(2016, 6, 24)))
    };
    let status = match (approved_on, ended_on) {
        (None, _) if number.is_multiple_of(2) => PlanStatus::UnderReview,
        (None, _) => PlanStatus::Drafting,
        (_, Some(_)) if plan.name.contains("重金属") => PlanStatus::Repealed,
        (_, Some(_)) => PlanStatus::Superseded,
        _ => PlanStatus::Approved,
    };
    let merged_on = match approved_on {
        Some(day) if plan.merged => {
            let last = ended_on.map_or(MERGING.1, |over| plus(over, -7).min(MERGING.1));
            Some(books.drawn.office_day(MERGING.0.max(plus(day, 10)).min(last)..=last))
        }
        _ => None,
    };
    let area = match (&plan.quarter, plan.tier) {
        (None, PlanTier::Overall) => Some(130_600 * AreaUnit::Hectare.units()),
        (Some(_), PlanTier::Detailed) => {
            Some(books.drawn.whole(180..=2_400) * AreaUnit::Hectare.units() / 10)
        }
        _ => None,
    };
    let outline = match &plan.quarter {
        Some(quarter) if plan.tier == PlanTier::Detailed => {
            let middle = books.drawn.place_in(quarter);
            middle.map(|middle| books.drawn.block(middle, 900.0, 700.0))
        }
        _ => None,
    };
    let code = format!("GH-{first_year}-{number:03}");
    let editions = editions(books, approved_on, merged_on);
    let document = approved_on.map(|day| format!("凯府函〔{}〕{}号", day.year(), books.drawn.whole(4..=260)));
    books.enter(Plan {
        code: code.clone(),
        name: plan.name.clone(),
        unit: plan.unit.clone(),
        kind: plan.kind,
        tier: plan.tier,
        statutory: plan.statutory,
        status,
        first_year,
        last_year,
        approved_on,
        approved_by: approved_on.map(|_| approver(plan.kind, plan.tier).to_owned()),
        document,
        ended_on,
        merged_on,
        area: area.map(Area::from_units),
        outline,
        editions,
        note: None,
    });
    Some(Kept {
        code,
        name: plan.name,
        unit: plan.unit,
        kind: plan.kind,
        tier: plan.tier,
        quarter: plan.quarter,
        approved_on: approved_on?,
        over: ended_on.is_some(),
    })
}

/// The editions of a plan: the first as approved, and one more where bringing it into agreement changed it.
fn editions(books: &mut Books<'_>, approved_on: Option<Date>, merged_on: Option<Date>) -> Vec<PlanEdition> {
    let Some(approved_on) = approved_on else { return Vec::new() };
    let edition = |number: &str, approved_on, changes: Option<&str>| PlanEdition {
        number: number.to_owned(),
        approved_on,
        document: None,
        changes: changes.map(str::to_owned),
        file: None,
    };
    let mut editions = vec![edition("1", approved_on, None)];
    if let Some(merged_on) = merged_on.filter(|_| books.drawn.dice.permille(280)) {
        let changed = [
            "按多规融合“一张图”统一坐标和用地分类，调整差异图斑。",
            "核减与永久基本农田重叠的建设用地，规模不变。",
            "与城市总体规划边界衔接，调整道路红线和绿地范围。",
        ];
        let changes = books.drawn.pick(&changed);
        editions.push(edition("2", merged_on, Some(changes)));
    }
    editions
}

/// Reasons why one plan was changed so that it agrees with another.
const CONTENT: [(&str, &str, &str); 6] = [
    ("一般农地区", "城镇建设用地", "规划建设用地与土地利用规划地类不一致，按已批项目调整地类。"),
    ("城镇建设用地", "永久基本农田", "城市规划建设用地与基本农田重叠，退出建设用地。"),
    ("工业用地", "防护绿地", "园区用地占用饮用水源二级保护区，改为绿地。"),
    ("林地", "旅游服务用地", "景区服务设施占用二级林地，按定额调整并补划。"),
    ("居住用地", "道路用地", "与综合交通规划道路红线不一致，按道路红线调整。"),
    ("有条件建设区", "生态保护红线", "与林地保护规划不一致，划入生态线。"),
];

fn adjustments(books: &mut Books<'_>, plans: &[Kept]) {
    use AdjustmentStatus::{Adopted, Coordinating, Proposed, Rejected, Withdrawn};
    let usable: Vec<&Kept> = plans.iter().filter(|plan| !plan.over).collect();
    let basis: Vec<&Kept> = usable
        .iter()
        .copied()
        .filter(|plan| matches!(plan.tier, PlanTier::Overall) && plan.quarter.is_none())
        .collect();
    for number in 1..=164_usize {
        let plan = books.drawn.pick(&usable);
        let others: Vec<&Kept> = basis.iter().copied().filter(|other| other.code != plan.code).collect();
        let against = books.drawn.pick(&others);
        let reason = match books.drawn.whole(0..=9) {
            0..=5 => AdjustmentReason::Conflict,
            6 => AdjustmentReason::HardLine,
            7 => AdjustmentReason::Project,
            8 => AdjustmentReason::Correction,
            _ => AdjustmentReason::Evaluation,
        };
        let proposed_on = books.drawn.office_day(date(2015, 3, 2)..=date(2016, 6, 20));
        let agreed_on = books.drawn.after(proposed_on, 8..=45);
        let decided_on = books.drawn.after(agreed_on, 5..=40);
        let last = date(2016, 6, 30);
        let status = match books.drawn.whole(0..=19) {
            _ if agreed_on > last => Proposed,
            _ if decided_on > last => Coordinating,
            0 | 1 => Rejected,
            2 => Withdrawn,
            _ => Adopted,
        };
        let decided = matches!(status, Adopted | Rejected);
        let (before, after, content) = books.drawn.pick(&CONTENT);
        let area = books.drawn.whole(3..=620) * AreaUnit::Hectare.units() / 10;
        let moved = matches!(reason, AdjustmentReason::Conflict | AdjustmentReason::HardLine);
        let conflict = reason == AdjustmentReason::Conflict;
        let row = PlanAdjustment {
            code: format!("TZ-{}-{number:03}", proposed_on.year()),
            plan: plan.code.clone(),
            against: conflict.then(|| against.code.clone()),
            unit: plan.unit.clone(),
            reason,
            status,
            proposed_on,
            agreed_on: (status != Proposed && agreed_on <= last).then_some(agreed_on),
            decided_on: decided.then_some(decided_on),
            document: decided
                .then(|| format!("凯规委纪要〔{}〕{}号", decided_on.year(), books.drawn.whole(1..=36))),
            edition: None,
            class_before: moved.then(|| before.to_owned()),
            class_after: moved.then(|| after.to_owned()),
            area: moved.then_some(Area::from_units(area)),
            outline: None,
            content: match reason {
                AdjustmentReason::Project => format!("{}：重大项目选址，调整用地布局。", plan.name),
                AdjustmentReason::Correction => format!("{}：更正坐标和图斑属性。", plan.name),
                AdjustmentReason::Evaluation => format!("{}：规划评估后修改实施时序。", plan.name),
                _ => format!("{}与{}：{content}", plan.name, against.name),
            },
        };
        books.enter(row);
    }
}
