//! F6: the PPP library. 92 projects of 727.52 亿元, 48 of them under way with 280 亿元 of private capital.

use ::finance::{
    fiscal_budget::FiscalBudget,
    investment_return::{InvestorOwnership, StatisticalFrame},
    organisation::{OrganisationKind, Ownership},
    ppp_contract::{
        OperationMode, PppContract, PppPhase, PppProcurement, PppRegime, ReturnMechanism, Risk, RiskBearer,
        Supplement,
    },
    ppp_spending::PppSpending,
    project::{CapitalSource, ProjectSector, ProjectStatus, SourceKind},
};
use jiff::{
    ToSpan,
    civil::{Date, date},
};
use kernel::{
    money::{FEN_PER_WAN_YUAN, FEN_PER_YI_YUAN, Fen},
    period::Period,
    rate::Rate,
};

use super::{
    Books, Work, part,
    ppp_list::{LISTED, Listed},
};
use crate::books::shared::later;

/// All that the library is to cost: 727.52 亿元.
const INVESTMENT: i64 = 72_752 * FEN_PER_YI_YUAN / 100;
/// Private capital of the projects under way: 280 亿元.
const PRIVATE: i64 = 280 * FEN_PER_YI_YUAN;
/// What is signed, is signed by then.
const SIGNED_BY: Date = date(2016, 6, 24);

/// Who builds and runs: a short name, the firm, whether the state owns it.
const PARTNERS: [(&str, &str, bool); 15] = [
    ("清源", "北京清源首环水务股份有限公司", false),
    ("中交西南", "中交西南投资发展有限公司", true),
    ("海绿", "深圳海绿环保科技股份有限公司", false),
    ("黔路", "贵州黔路桥梁建设集团有限公司", true),
    ("康瑞", "重庆康瑞医疗投资有限公司", false),
    ("中建南方", "中建南方投资有限公司", true),
    ("文景", "杭州文景旅游开发股份有限公司", false),
    ("育才", "成都育才教育投资有限公司", false),
    ("中铁黔", "中铁黔桂建设投资有限公司", true),
    ("智联", "广州智联城市科技股份有限公司", false),
    ("博园", "东方博园生态股份有限公司", false),
    ("水建", "贵州水利水电建设工程有限公司", true),
    ("捷停", "上海捷停交通设施有限公司", false),
    ("华筑", "湖南华筑建设集团有限公司", false),
    ("贵能", "贵州能源开发投资有限公司", true),
];

/// A contract as payments know it.
pub(super) struct Signed {
    pub(super) code: String,
    pub(super) unit: String,
    pub(super) company: String,
    pub(super) mechanism: ReturnMechanism,
    pub(super) signed_on: Date,
    pub(super) investment: Fen,
}

/// What kind of firm a project company is.
const fn trade(sector: ProjectSector) -> &'static str {
    match sector {
        ProjectSector::WaterAndWaste | ProjectSector::NaturalResources => "环境",
        ProjectSector::Health => "康养",
        ProjectSector::Education => "教育",
        ProjectSector::Road | ProjectSector::Transport => "路桥",
        ProjectSector::UrbanTransport => "交通",
        ProjectSector::UtilityTunnel => "管廊",
        ProjectSector::Communications => "信息",
        ProjectSector::Energy => "能源",
        ProjectSector::Culture => "文旅",
        ProjectSector::SocialHousing => "安居",
        _ => "建设",
    }
}

/// Second words of the names of project companies.
const WORDS: [&str; 16] = [
    "清江", "香炉", "苗岭", "金泉", "龙泉", "月塘", "鼎新", "恒泽", "云谷", "巴拉", "南丰", "思源", "文昌",
    "长青", "福和", "振华",
];

/// Enters the library; projects under way are added to those that are being built. Gives the signed contracts.
pub(super) fn enter(books: &mut Books<'_>, works: &mut Vec<Work>) -> Vec<Signed> {
    let weights = LISTED.map(|(_, _, _, _, _, weight, _)| weight);
    let investments = books.drawn.split(INVESTMENT, &weights, FEN_PER_WAN_YUAN);
    let under_way: Vec<i64> =
        LISTED.iter().zip(&investments).filter(|(listed, _)| listed.6).map(|(_, size)| *size).collect();
    let mut private = books.drawn.split(PRIVATE, &under_way, FEN_PER_WAN_YUAN).into_iter();
    let mut signed = Vec::new();
    for (number, (listed, investment)) in LISTED.iter().zip(investments).enumerate() {
        let investment = Fen(investment);
        if listed.6 {
            let private = Fen(private.next().unwrap_or(0));
            signed.push(execute(books, works, number, listed, (investment, private)));
        } else {
            propose(books, number, listed, investment);
        }
    }
    taken_out(books);
    spending(books, &signed);
    signed
}

fn code(number: usize) -> String {
    format!("52260100{:06}", 10_253 + number * 37)
}

/// What a project of the library has in common, whatever its phase.
fn listed(
    books: &mut Books<'_>,
    number: usize,
    (_, unit, _, mechanism, mode, _, _): &Listed,
    (project, listed_on, investment): (String, Date, Fen),
) -> PppContract {
    let comparator = part(investment, books.drawn.between(940, 1_420));
    let tariff = matches!(mechanism, ReturnMechanism::UserPays | ReturnMechanism::ViabilityGap);
    PppContract {
        code: code(number),
        project,
        phase: PppPhase::Preparation,
        regime: PppRegime::Library,
        return_mechanism: *mechanism,
        mode: *mode,
        procurement: None,
        listed_on,
        investment,
        private_capital: part(investment, books.drawn.between(560, 760)),
        unit: (*unit).to_owned(),
        partner: None,
        company: None,
        government_share: None,
        partner_share: None,
        points: Some(books.drawn.between(68, 93)),
        comparator: Some(comparator),
        ppp_value: Some(part(comparator, books.drawn.between(850, 985))),
        signed_on: None,
        runs_from: None,
        ends_on: None,
        profit: Some(Rate(books.drawn.between(580, 760) * 100)),
        tariff: tariff.then(|| {
            "执行政府定价或政府指导价，每两年按电价、人工和居民消费价格指数核定一次，调整须听证并报批。"
                .to_owned()
        }),
        risks: Vec::new(),
        supplements: Vec::new(),
    }
}

/// A project that is not signed yet: proposed, prepared or seeking a partner.
fn propose(books: &mut Books<'_>, number: usize, row: &Listed, investment: Fen) {
    let (name, unit, sector, ..) = *row;
    let phase = match books.drawn.between(0, 9) {
        0..=2 => PppPhase::Identification,
        3..=6 => PppPhase::Preparation,
        _ => PppPhase::Procurement,
    };
    let listed_on = books.drawn.office_day(date(2015, 3, 2)..=date(2016, 6, 17));
    let approved_on = books.drawn.office_day(date(2015, 1, 12)..=listed_on);
    let due_on = later(listed_on, 900 + books.drawn.dice.below(500));
    let project = books.project_with(name, unit, sector, investment, |project| {
        let is_proposed = phase == PppPhase::Identification;
        project.status = if is_proposed { ProjectStatus::Identification } else { ProjectStatus::Preparation };
        project.approved_on = (!is_proposed).then_some(approved_on);
        project.started_on = None;
        project.due_on = Some(due_on);
    });
    let mut ppp = listed(books, number, row, (project, listed_on, investment));
    ppp.phase = phase;
    if phase == PppPhase::Identification {
        ppp.points = None;
        ppp.ppp_value = None;
    }
    if phase == PppPhase::Procurement {
        ppp.procurement = Some(PppProcurement::OpenTender);
    }
    books.enter(ppp);
}

/// A project that is signed, being built or run.
fn execute(
    books: &mut Books<'_>,
    works: &mut Vec<Work>,
    number: usize,
    row: &Listed,
    (investment, private_capital): (Fen, Fen),
) -> Signed {
    let (name, unit, sector, mechanism, mode, ..) = *row;
    let (short, partner_name, is_state) = PARTNERS[(number * 7 + 2) % PARTNERS.len()];
    let ownership = if is_state { Ownership::State } else { Ownership::Private };
    let partner = books.organisation_with(partner_name, OrganisationKind::Enterprise, |organisation| {
        organisation.ownership = ownership;
        organisation.place = None;
        organisation.address = None;
        organisation.representative = None;
    });
    let listed_on = books.drawn.office_day(date(2014, 11, 3)..=date(2015, 10, 30));
    let signed_on = later(listed_on, 95 + books.drawn.dice.below(150)).min(SIGNED_BY);
    let approved_on = books.drawn.office_day(listed_on..=signed_on);
    let started_on = later(signed_on, 6 + books.drawn.dice.below(70));
    let due_on = later(started_on, 420 + books.drawn.dice.below(560));
    let word = WORDS[number % WORDS.len()];
    let company_name = format!("凯里{short}{word}{}有限公司", trade(sector));
    let company = books.organisation_with(&company_name, OrganisationKind::Enterprise, |organisation| {
        organisation.ownership = ownership;
        organisation.parent = Some(partner.clone());
        organisation.capital = Some(part(investment, 200));
        organisation.founded_on = Some(later(signed_on, 3));
        organisation.unit = unit.to_owned();
    });
    let has_begun = started_on <= SIGNED_BY;
    let loan = part(investment, books.drawn.between(310, 480));
    let own = part(investment, 200);
    let project = books.project_with(name, unit, sector, investment, |project| {
        project.owner = Some(company.clone());
        project.approved_on = Some(approved_on);
        project.started_on = has_begun.then_some(started_on);
        project.due_on = Some(due_on);
        project.sources = vec![
            CapitalSource { kind: SourceKind::OwnCapital, provider: Some(company.clone()), amount: own },
            CapitalSource { kind: SourceKind::Loan, provider: None, amount: loan },
        ];
    });
    if has_begun {
        works.push(Work {
            project: project.clone(),
            name: name.to_owned(),
            unit: unit.to_owned(),
            sector,
            budget: investment,
            owner: Some(company.clone()),
            ownership: if is_state { InvestorOwnership::State } else { InvestorOwnership::NonState },
            frame: StatisticalFrame::Projects,
            started_on,
            completed_on: None,
        });
    }
    let mut ppp = listed(books, number, row, (project, listed_on, investment));
    let government = books.drawn.between(10, 30) * 10_000;
    let years = books.drawn.between(12, 30);
    let runs_at_once = matches!(mode, OperationMode::OperationMaintenance | OperationMode::Tot);
    ppp.phase = PppPhase::Execution;
    ppp.procurement = Some(match number % 9 {
        0..=4 => PppProcurement::OpenTender,
        5 | 6 => PppProcurement::Consultation,
        7 => PppProcurement::Negotiation,
        _ => PppProcurement::SingleSource,
    });
    ppp.private_capital = private_capital;
    ppp.partner = Some(partner);
    ppp.company = Some(company.clone());
    ppp.government_share = Some(Rate(government));
    ppp.partner_share = Some(Rate(1_000_000 - government));
    ppp.signed_on = Some(signed_on);
    ppp.runs_from = if runs_at_once { Some(later(signed_on, 15)) } else { Some(later(due_on, 60)) };
    ppp.ends_on = signed_on.checked_add(years.years()).ok();
    ppp.risks = risks(mechanism);
    if number.is_multiple_of(11) && signed_on < date(2016, 2, 1) {
        ppp.supplements = vec![Supplement {
            from: later(signed_on, 100),
            about: "征地拆迁交付推迟，建设期顺延六个月，合作期不变。".to_owned(),
        }];
    }
    let contract = ppp.code.clone();
    books.share_contract(&ppp);
    books.enter(ppp);
    Signed { code: contract, unit: unit.to_owned(), company, mechanism, signed_on, investment }
}

fn risks(mechanism: ReturnMechanism) -> Vec<Risk> {
    let mut risks = vec![
        ("征地拆迁", RiskBearer::Government),
        ("法律政策变更", RiskBearer::Government),
        ("融资", RiskBearer::Private),
        ("工期和造价", RiskBearer::Private),
        ("运营维护", RiskBearer::Private),
        ("不可抗力", RiskBearer::Shared),
    ];
    risks.push(match mechanism {
        ReturnMechanism::UserPays => ("使用量", RiskBearer::Private),
        ReturnMechanism::ViabilityGap => ("使用量", RiskBearer::Shared),
        ReturnMechanism::GovernmentPays => ("支付", RiskBearer::Government),
    });
    risks.into_iter().map(|(name, borne_by)| Risk { name: name.to_owned(), borne_by }).collect()
}

/// Two that were in the library and were taken out of it.
fn taken_out(books: &mut Books<'_>) {
    let out = [
        ("凯里市观光索道项目", "tourism", ProjectSector::Culture, ReturnMechanism::UserPays, 42_600),
        (
            "凯里市第二殡仪馆项目",
            "civil_affairs",
            ProjectSector::Governance,
            ReturnMechanism::ViabilityGap,
            11_350,
        ),
    ];
    for (number, (name, unit, sector, mechanism, size)) in out.into_iter().enumerate() {
        let investment = super::wan(size);
        let listed_on = books.drawn.office_day(date(2015, 2, 2)..=date(2015, 8, 28));
        let project = books.project_with(name, unit, sector, investment, |project| {
            project.status = ProjectStatus::Cancelled;
            project.started_on = None;
        });
        let row = (name, unit, sector, mechanism, OperationMode::Bot, 1, false);
        let ppp = listed(books, LISTED.len() + number, &row, (project, listed_on, investment));
        let key = ppp.code.clone();
        books.enter(ppp);
        books.retire::<PppContract>(key);
    }
}

/// General public expenditure of 2013 to 2016 in 万元, with the income.
const BUDGETS: [(i16, i64, i64); 4] =
    [(2013, 214_630, 358_214), (2014, 248_177, 391_806), (2015, 271_392, 438_955), (2016, 293_104, 471_380)];
/// From when on what part of the expenditure of 2016 PPP projects cost, in thousandths; it stays below a tenth.
const SPENDING: [(i16, i64); 11] = [
    (2015, 9),
    (2016, 31),
    (2017, 52),
    (2018, 74),
    (2019, 88),
    (2020, 93),
    (2021, 94),
    (2022, 92),
    (2023, 90),
    (2024, 87),
    (2025, 84),
];

fn year(year: i16) -> Option<Period> {
    year.to_string().parse().ok()
}

/// What the contracts cost the budget, year by year.
fn spending(books: &mut Books<'_>, signed: &[Signed]) {
    for (of, income, expenditure) in BUDGETS {
        let Some(year) = year(of) else { continue };
        let limit = super::wan(expenditure * 2);
        books.enter(FiscalBudget {
            year,
            income: super::wan(income),
            expenditure: super::wan(expenditure),
            fund_expenditure: Some(super::wan(expenditure * 43 / 100)),
            debt_limit: Some(limit),
            debt: (of < 2016).then_some(part(limit, 830 + i64::from(of - 2013) * 30)),
            is_final: of < 2016,
            unit: "finance".to_owned(),
        });
    }
    for (of, permille) in SPENDING {
        let costs: Vec<&Signed> = signed
            .iter()
            .filter(|signed| signed.mechanism != ReturnMechanism::UserPays && signed.signed_on.year() <= of)
            .collect();
        let weights: Vec<i64> = costs.iter().map(|signed| signed.investment.0 / FEN_PER_WAN_YUAN).collect();
        let total = part(super::wan(BUDGETS[3].2), permille).0;
        let amounts = books.drawn.split(total, &weights, FEN_PER_WAN_YUAN);
        let Some(year) = year(of) else { continue };
        for (signed, amount) in costs.into_iter().zip(amounts) {
            let amount = Fen(amount);
            let is_built = of > signed.signed_on.year() + 1;
            // While it is built the government pays its capital and the land; afterwards the subsidy.
            let (equity, subsidy, matching) = if is_built { (0, 930, 0) } else { (610, 0, 300) };
            let (equity, subsidy, matching) =
                (part(amount, equity), part(amount, subsidy), part(amount, matching));
            books.enter(PppSpending {
                contract: signed.code.clone(),
                year,
                equity,
                subsidy,
                risk: Fen(amount.0 - equity.0 - subsidy.0 - matching.0),
                matching,
                // It is added up by itself.
                amount: None,
                spent: (of < 2016).then(|| part(amount, 960)),
                unit: signed.unit.clone(),
            });
        }
    }
}
