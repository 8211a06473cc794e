//! S3: old sites given for new ones, and what agents build for those who use it.

use finance::project::ProjectSector;
use jiff::civil::{Date, date};
use kernel::{money::Fen, rate::Rate};
use services::{
    agent_construction::{
        AgentConstruction,
        Tenure::{self, FreeUse, Rented, Transferred},
    },
    land_swap::{LandSwap, SwapPurpose},
};

use super::{LAST, body, side, square_metres, wan};
use crate::books::{Books, days::plus, firms::Work};

const RESERVE: &str = "凯里市土地储备开发有限公司";
const BUILDERS: &str = "凯里市清江城市建设投资集团有限公司";

/// A swap: purpose, who moves, its bureau, the project that builds anew, old and new street or town, old and new area in square metres, what a
/// square metre of the old site is worth in yuan.
type Swap = (SwapPurpose, &'static str, &'static str, Option<&'static str>, [&'static str; 2], [i64; 2], i64);

#[rustfmt::skip]
const SWAPS: [Swap; 9] = [
    (SwapPurpose::School, "凯里市第八小学", "education", Some("凯里市第八小学迁建工程"), ["大十字", "鸭塘"], [8_460, 23_700], 4_260),
    (SwapPurpose::Hospital, "凯里市疾病预防控制中心", "health", Some("凯里市疾病预防控制中心迁建工程"), ["西门", "开怀"], [3_120, 9_840], 4_690),
    (SwapPurpose::School, "凯里市特殊教育学校", "education", None, ["洗马河", "白午"], [4_950, 14_300], 3_870),
    (SwapPurpose::Office, "凯里市公路管理段", "transport", None, ["大十字", "城西"], [2_680, 7_150], 5_140),
    (SwapPurpose::Depot, "凯里市公共交通公司", "transport", None, ["西门", "湾溪"], [11_260, 38_400], 3_960),
    (SwapPurpose::Market, "凯里市东门农贸市场服务中心", "market_supervision", None, ["洗马河", "白果井"], [5_370, 16_900], 4_410),
    (SwapPurpose::Hospital, "凯里市妇幼保健院", "health", Some("凯里市妇幼保健院迁建项目"), ["大十字", "开怀"], [7_830, 26_500], 4_380),
    (SwapPurpose::Depot, "凯里市环卫站车辆停放场", "city_management", None, ["大十字", "白午"], [4_120, 18_600], 3_720),
    (SwapPurpose::School, "凯里市第六中学", "education", None, ["西门", "鸭塘"], [16_340, 47_200], 4_050),
];

/// A work of an agent: project, its bureau, sector, cost in 万元 where it is not in the list yet, agent, user, how the user has it.
type Agency = (&'static str, &'static str, ProjectSector, i64, &'static str, &'static str, Tenure);

use ProjectSector::{Communications, Culture, Education, Governance, Health};

#[rustfmt::skip]
const AGENCIES: [Agency; 12] = [
    ("凯里市第八小学迁建工程", "education", Education, 0, BUILDERS, "凯里市第八小学", Transferred),
    ("凯里市中等职业学校实训基地", "education", Education, 0, BUILDERS, "凯里市中等职业学校", FreeUse),
    ("凯里市疾病预防控制中心迁建工程", "health", Health, 0, "凯里市市政建设工程有限公司", "凯里市疾病预防控制中心", Transferred),
    ("凯里市公安业务技术用房", "public_security", Governance, 0, "凯里市市政建设工程有限公司", "凯里市公安局", Transferred),
    ("凯里市民族博物馆改扩建工程", "tourism", Culture, 0, "凯里市民族文化产业发展有限公司", "凯里市民族博物馆", FreeUse),
    ("凯里市大数据产业孵化中心", "industry", Communications, 0, "凯里市经开建设投资有限公司", "凯里市大数据发展中心", Rented),
    ("凯里市档案馆新馆工程", "government_office", Governance, 4_860, BUILDERS, "凯里市档案馆", FreeUse),
    ("凯里市政务服务中心工程", "government_office", Governance, 7_340, BUILDERS, "凯里市政务服务中心", Rented),
    ("凯里市公交调度中心工程", "transport", ProjectSector::UrbanTransport, 3_920, "凯里市交通建设投资有限公司", "凯里市公共交通公司", Transferred),
    ("凯里市特殊教育学校迁建工程", "education", Education, 2_870, "凯里市市政建设工程有限公司", "凯里市特殊教育学校", Transferred),
    ("凯里市社区服务用房工程（一批）", "civil_affairs", Governance, 3_140, "凯里市保障房建设投资有限公司", "凯里市社区服务指导中心", FreeUse),
    ("凯里市第六中学迁建工程", "education", Education, 12_680, BUILDERS, "凯里市第六中学", Transferred),
];

pub(super) fn enter(books: &mut Books<'_>) {
    agencies(books);
    for (number, known) in SWAPS.into_iter().enumerate() {
        swap(books, number + 1, known);
    }
}

fn swap(
    books: &mut Books<'_>,
    number: usize,
    (purpose, owner, bureau, project, [old, new], [old_area, new_area], price): Swap,
) {
    let owner = body(books, owner, bureau);
    let taker = books.known_organisation(RESERVE).unwrap_or_default();
    let known = project.and_then(|name| books.project_named(name)).cloned();
    // The agreement stands before the new site is built on.
    let signed_on = match known.as_ref().and_then(|project| project.approved_on) {
        Some(approved_on) => plus(approved_on, -45),
        None => books.drawn.office_day(date(2014, 3, 3)..=date(2015, 9, 25)),
    };
    let done_on = known.as_ref().and_then(|project| project.completed_on);
    let new_handed_over_on = match (&known, number) {
        (Some(_), _) => done_on.map(|day| plus(day, 6).min(LAST)),
        // The last one is still being built.
        (None, 9) => None,
        (None, _) => Some(books.drawn.after(signed_on, 290..=470).min(date(2016, 6, 24))),
    };
    let old_handed_over_on =
        new_handed_over_on.map(|day| plus(day, books.drawn.whole(20..=75))).filter(|day| *day <= LAST);
    let old_value = wan(old_area * price / 10_000);
    let new_value = wan(new_area * (price * books.drawn.whole(31..=49) / 100) / 10_000);
    let mut outline = |stem: &str, size: i64| {
        let quarter = books.drawn.quarter_named(stem);
        books.drawn.place_in(&quarter.code).map(|at| books.drawn.block(at, side(size), side(size)))
    };
    let (old_outline, new_outline) = (outline(old, old_area), outline(new, new_area));
    books.enter(LandSwap {
        code: format!("ZH-{}-{number:02}", signed_on.year()),
        purpose,
        owner,
        taker,
        old_parcel: None,
        old_area: square_metres(old_area),
        old_value,
        new_parcel: None,
        new_area: square_metres(new_area),
        new_value,
        difference: Fen(new_value.0 - old_value.0),
        project: known.map(|project| project.code),
        signed_on,
        new_handed_over_on,
        old_handed_over_on,
        old_outline,
        new_outline,
        unit: bureau.to_owned(),
    });
}

/// When building begins and ends of what is not in the list yet.
const BUILT: [(Date, Option<Date>); 6] = [
    (date(2014, 9, 15), Some(date(2016, 3, 25))),
    (date(2014, 11, 3), Some(date(2016, 5, 20))),
    (date(2014, 8, 11), Some(date(2015, 11, 27))),
    (date(2014, 10, 20), Some(date(2015, 12, 18))),
    (date(2015, 4, 13), Some(date(2016, 6, 17))),
    (date(2015, 9, 21), None),
];

fn agencies(books: &mut Books<'_>) {
    let mut built = BUILT.into_iter();
    for (number, (name, unit, sector, size, agent, user, tenure)) in AGENCIES.into_iter().enumerate() {
        if size > 0 {
            let (started_on, completed_on) = built.next().unwrap_or(BUILT[0]);
            let quarter = books.drawn.quarter_named(["开怀", "鸭塘", "城西"][number % 3]).code.clone();
            books.work(&Work {
                name: name.to_owned(),
                unit,
                sector,
                quarter: &quarter,
                budget: wan(size),
                started_on,
                completed_on,
            });
        }
        let used_by = body(books, user, unit);
        let Some(project) = books.project_named(name).cloned() else { continue };
        let Some(agent) = books.known_organisation(agent) else { continue };
        let begun = project.started_on.or(project.approved_on).unwrap_or(date(2014, 12, 1));
        let amount = wan(project.budget.0 / 1_000_000 * books.drawn.whole(880..=985) / 1_000);
        let handed_over_on = project.completed_on.map(|day| plus(day, books.drawn.whole(3..=8)).min(LAST));
        let is_audited = handed_over_on.is_some() && number.is_multiple_of(2);
        // One cost more than was agreed.
        let permille = if number == 2 { 1_024 } else { books.drawn.whole(931..=993) };
        let overrun = "地基换填量超过勘察深度，经市政府专题会议同意增加投资。";
        let fee = Rate(books.drawn.whole(120..=300) * 100);
        books.enter(AgentConstruction {
            code: format!("DJ-{}-{:02}", begun.year(), number + 1),
            project: project.code,
            agent,
            used_by,
            tenure,
            signed_on: plus(begun, -20),
            amount,
            fee: Some(fee),
            audited: is_audited.then(|| Fen(amount.0 / 1_000 * permille)),
            due_on: project.due_on,
            handed_over_on,
            rent: (tenure == Rented).then(|| wan(amount.0 / 1_000_000 * 52 / 1_000)),
            overrun: (is_audited && number == 2).then(|| overrun.to_owned()),
            unit: unit.to_owned(),
        });
    }
}
