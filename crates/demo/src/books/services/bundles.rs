//! S1: what earns nothing packed with what does, and who carries whom.

use finance::project::{CashFlow, ProjectSector, ProjectStatus};
use jiff::civil::{Date, date};
use kernel::{
    decimal::Decimal,
    money::{FEN_PER_WAN_YUAN, Fen},
    rate::Rate,
};
use services::{
    bundle::{
        BalanceYear, Bundle,
        BundleStage::{self, Approved, Draft, Dropped, Financed},
    },
    bundle_member::{BundleMember, MemberRole},
};

use super::{parks::Park, wan};
use crate::books::{Books, days::plus};

/// A project that carries others: name, sector, street or town, what it costs in 万元.
type Carrier = (&'static str, ProjectSector, &'static str, i64);

struct Known {
    name: &'static str,
    stage: BundleStage,
    approved_on: Option<Date>,
    company: &'static str,
    /// Names of the parks and squares.
    carried: &'static [&'static str],
    carriers: &'static [Carrier],
    reason: &'static str,
}

use ProjectSector::{Economy, RealEstate, UrbanTransport};

const BUILDERS: &str = "凯里市清江城市建设投资集团有限公司";
const PARKING: &str = super::PARKING_COMPANY;

const BUNDLES: [Known; 8] = [
    Known {
        name: "大十字片区广场、地下停车和商务楼捆绑项目",
        stage: Financed,
        approved_on: Some(date(2015, 2, 12)),
        company: BUILDERS,
        carried: &["大十字广场", "民族文化广场", "金山文化广场"],
        carriers: &[
            ("凯里市大十字地下停车场项目", UrbanTransport, "大十字", 12_460),
            ("凯里市金山商务楼项目", RealEstate, "大十字", 23_870),
        ],
        reason: "广场地下空间建设停车场，广场和停车场同步施工、共用出入口。",
    },
    Known {
        name: "西门洗马河片区公园和停车楼捆绑项目",
        stage: Financed,
        approved_on: Some(date(2015, 3, 20)),
        company: BUILDERS,
        carried: &["大阁山公园", "光明广场", "洗马河湿地公园", "南丰广场"],
        carriers: &[
            ("凯里市西门停车楼项目", UrbanTransport, "西门", 8_930),
            ("凯里市洗马河滨水商业街项目", RealEstate, "洗马河", 27_540),
        ],
        reason: "公园改善片区环境，商业街租金和停车收入平衡公园投入。",
    },
    Known {
        name: "湾溪鸭塘片区滨江公园和枢纽停车捆绑项目",
        stage: Financed,
        approved_on: Some(date(2015, 4, 17)),
        company: PARKING,
        carried: &["清水江滨江公园", "月塘公园", "重兴广场"],
        carriers: &[
            ("凯里市湾溪枢纽停车场项目", UrbanTransport, "湾溪", 9_760),
            ("凯里市月塘商务楼项目", RealEstate, "鸭塘", 18_320),
        ],
        reason: "停车场与公园相邻，游园和换乘共用停车泊位。",
    },
    Known {
        name: "开怀片区体育公园和商业综合体捆绑项目",
        stage: Financed,
        approved_on: Some(date(2015, 5, 22)),
        company: BUILDERS,
        carried: &["开悦体育公园", "上马石社区公园"],
        carriers: &[
            ("凯里市开怀中心停车场项目", UrbanTransport, "开怀", 6_180),
            ("凯里市开怀体育商业综合体项目", Economy, "开怀", 16_450),
        ],
        reason: "体育公园带来人流，综合体经营收入用于公园建设和养护。",
    },
    Known {
        name: "城西片区湖滨公园和客运站停车楼捆绑项目",
        stage: Approved,
        approved_on: Some(date(2015, 7, 10)),
        company: PARKING,
        carried: &["高溪湖公园", "未来城社区公园"],
        carriers: &[("凯里市城西客运站停车楼项目", UrbanTransport, "城西", 14_390)],
        reason: "同一建设单位、同一片区，停车和广告收入平衡公园投入。",
    },
    Known {
        name: "白午片区铁路公园和站前停车捆绑项目",
        stage: Approved,
        approved_on: Some(date(2016, 4, 22)),
        company: PARKING,
        carried: &["白午铁路公园"],
        carriers: &[("凯里市火车站站前停车场项目", UrbanTransport, "白午", 7_260)],
        reason: "站前停车场出入口与公园相连，旅客和居民共用。",
    },
    Known {
        name: "下司古镇广场和游客停车捆绑项目",
        stage: Draft,
        approved_on: None,
        company: "凯里市下司古镇旅游开发有限公司",
        carried: &[],
        carriers: &[("凯里市下司古镇游客停车场项目", UrbanTransport, "下司", 3_870)],
        reason: "古镇广场改造方案编制中。",
    },
    Known {
        name: "炉山清平片区广场和商铺捆绑项目",
        stage: Dropped,
        approved_on: None,
        company: BUILDERS,
        carried: &[],
        carriers: &[("凯里市清平商铺项目", RealEstate, "炉山", 5_140)],
        reason: "商铺预期租金不足以偿债，广场改由小城镇资金建设。",
    },
];

/// Years for which a bundle is reckoned, and in how many of them nothing is due yet.
const YEARS: i64 = 15;
const BUILDING_YEARS: i64 = 2;

pub(super) fn enter(books: &mut Books<'_>, parks: &[Park]) {
    for (number, known) in BUNDLES.iter().enumerate() {
        bundle(books, number + 1, known, parks);
    }
}

/// A member on its way into the books.
struct Member {
    project: String,
    role: MemberRole,
    investment: Fen,
    income: Fen,
    costs: Fen,
}

/// A part of an amount in so many thousandths, whole 万元.
const fn part(amount: i64, permille: i64) -> i64 {
    amount / 1_000 * permille / FEN_PER_WAN_YUAN * FEN_PER_WAN_YUAN
}

fn bundle(books: &mut Books<'_>, number: usize, known: &Known, parks: &[Park]) {
    let mut members = Vec::new();
    for park in parks.iter().filter(|park| known.carried.contains(&park.name)) {
        let Some((project, budget)) = park.project.clone() else { continue };
        let costs = Fen(part(budget.0, books.drawn.whole(16..=34)).max(FEN_PER_WAN_YUAN));
        let role = MemberRole::Carried;
        members.push(Member { project, role, investment: budget, income: Fen(0), costs });
    }
    for carrier in known.carriers {
        let (project, budget) = carrier_project(books, known, carrier);
        let costs = Fen(part(budget.0, books.drawn.whole(18..=29)).max(FEN_PER_WAN_YUAN));
        let role = MemberRole::Carries;
        members.push(Member { project, role, investment: budget, income: Fen(0), costs });
    }
    let investment: i64 = members.iter().map(|member| member.investment.0).sum();
    let costs: i64 = members.iter().map(|member| member.costs.0).sum();
    let borrowed = part(investment, books.drawn.whole(560..=720));
    // An annuity of thirteen years at some five percent.
    let due = part(borrowed, 106);
    let cover = books.drawn.whole(122..=148);
    let income = costs + part(due, cover * 10) + FEN_PER_WAN_YUAN;
    let weights: Vec<i64> = members
        .iter()
        .filter(|member| member.role == MemberRole::Carries)
        .map(|member| member.investment.0)
        .collect();
    let mut incomes = books.drawn.split(income, &weights, FEN_PER_WAN_YUAN).into_iter();
    for member in members.iter_mut().filter(|member| member.role == MemberRole::Carries) {
        member.income = Fen(incomes.next().unwrap_or(0));
    }
    let code = format!("KB-{number:02}");
    let is_reckoned = matches!(known.stage, Approved | Financed);
    let first = known.approved_on.map_or(2016, Date::year);
    let years = (0..YEARS).map(|year| {
        let is_built = year >= BUILDING_YEARS;
        // Rents and charges rise by some two percent a year, wages too.
        let grown = 1_000 + 20 * (year - BUILDING_YEARS).max(0);
        BalanceYear {
            year: i64::from(first) + year,
            income: if is_built { Fen(part(income, grown)) } else { Fen(0) },
            costs: if is_built { Fen(part(costs, grown)) } else { Fen(0) },
            debt_service: if is_built { Fen(due) } else { Fen(0) },
        }
    });
    let internal_rate = is_reckoned.then(|| Rate(books.drawn.whole(612..=798) * 100));
    let company = books.known_organisation(known.company);
    books.enter(Bundle {
        code: code.clone(),
        name: known.name.to_owned(),
        stage: known.stage,
        company,
        approved_on: known.approved_on,
        approval_number: known
            .approved_on
            .map(|day| format!("凯府函〔{}〕{}号", day.year(), 60 + number * 7)),
        investment: Fen(investment),
        borrowed: Fen(borrowed),
        required_cover: Decimal(if number.is_multiple_of(2) { 115 } else { 120 }),
        lowest_cover: None,
        internal_rate,
        years: if is_reckoned { years.collect() } else { Vec::new() },
        unit: "development_reform".to_owned(),
    });
    for member in members {
        books.enter(BundleMember {
            project: member.project,
            bundle: code.clone(),
            role: member.role,
            investment: member.investment,
            income: member.income,
            costs: member.costs,
            reason: Some(known.reason.to_owned()),
            unit: "development_reform".to_owned(),
        });
    }
}

fn carrier_project(
    books: &mut Books<'_>,
    known: &Known,
    (name, sector, stem, size): &Carrier,
) -> (String, Fen) {
    let budget = wan(*size);
    let quarter = books.drawn.quarter_named(stem).code.clone();
    let owner = books.known_organisation(known.company);
    let started_on = known.approved_on.map(|day| books.drawn.after(day, 40..=75).min(super::LAST));
    let due_on = started_on.map(|day| plus(day, books.drawn.whole(380..=640)));
    let status = match known.stage {
        Draft => ProjectStatus::Preparation,
        Dropped => ProjectStatus::Cancelled,
        _ => ProjectStatus::Implementation,
    };
    let project = books.project_with(name, "housing", *sector, budget, |project| {
        project.cash_flow = CashFlow::Commercial;
        project.owner = owner;
        project.division = Some(quarter);
        project.approved_on = known.approved_on;
        project.started_on = started_on;
        project.due_on = due_on;
        project.status = status;
    });
    (project, budget)
}
