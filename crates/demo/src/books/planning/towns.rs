//! The town programme (P5): towns, their facilities and their funds.

use finance::{
    organisation::{OrganisationKind, Ownership},
    project::ProjectSector,
};
use jiff::civil::{Date, date};
use kernel::{
    area::{Area, AreaUnit},
    decimal::Decimal,
    money::{FEN_PER_WAN_YUAN, Fen},
};
use planning::{
    plan::{PlanKind, PlanTier},
    town::{DemonstrationLevel, Town, TownKind},
    town_facility::{FacilityStage, SizeUnit, TownFacility},
    town_fund_movement::{FundMovementKind, TownFundMovement},
};

use super::plans::Kept;
use crate::{
    books::{
        Books,
        days::plus,
        firms::{Firm, Work},
    },
    ground::Division,
};

/// What each town was given to begin with (P5): 10 million yuan.
const START_FUND: Fen = Fen(1_000 * FEN_PER_WAN_YUAN);

/// A town: name, kind, standing, year of that standing, people living in town, hectares built, mu of gentle slopes.
type Known = (&'static str, TownKind, DemonstrationLevel, i16, u32, i64, i64);

/// The towns of the programme; three are demonstration towns of the province (P5).
const TOWNS: [Known; 11] = [
    ("炉山", TownKind::Industry, DemonstrationLevel::Provincial, 2012, 23_800, 312, 6_450),
    ("下司", TownKind::Tourism, DemonstrationLevel::Provincial, 2012, 14_200, 186, 3_120),
    ("舟溪", TownKind::Farming, DemonstrationLevel::Provincial, 2014, 9_600, 121, 2_780),
    ("旁海", TownKind::Trade, DemonstrationLevel::Prefecture, 2013, 11_300, 134, 2_340),
    ("三棵树", TownKind::Tourism, DemonstrationLevel::Prefecture, 2013, 16_900, 203, 4_160),
    ("大风洞", TownKind::Traffic, DemonstrationLevel::County, 2014, 7_400, 96, 1_890),
    ("万潮", TownKind::Farming, DemonstrationLevel::County, 2014, 6_800, 88, 2_050),
    ("碧波", TownKind::Industry, DemonstrationLevel::County, 2015, 5_900, 79, 3_480),
    ("湾水", TownKind::Farming, DemonstrationLevel::None, 0, 8_100, 92, 1_460),
    ("龙场", TownKind::Farming, DemonstrationLevel::None, 0, 5_200, 66, 1_720),
    ("凯棠", TownKind::Resettlement, DemonstrationLevel::None, 0, 4_700, 58, 1_130),
];

/// One of the facilities: code of the list, what it is called, sector, unit of its size, smallest and largest size.
type Facility = (&'static str, &'static str, ProjectSector, SizeUnit, i64, i64);

/// The eight that each town has to have.
const EIGHT: [Facility; 8] = [
    ("road", "镇区路网", ProjectSector::Road, SizeUnit::Kilometre, 2, 12),
    ("housing", "保障性住房", ProjectSector::SocialHousing, SizeUnit::Dwelling, 60, 420),
    ("water", "污水处理厂", ProjectSector::WaterAndWaste, SizeUnit::TonneADay, 500, 3_000),
    ("clinic", "卫生院业务用房", ProjectSector::Health, SizeUnit::Bed, 20, 120),
    ("school", "中心小学", ProjectSector::Education, SizeUnit::Place, 400, 1_800),
    ("market", "农贸市场", ProjectSector::Economy, SizeUnit::SquareMetre, 1_200, 6_000),
    ("culture", "文体广场", ProjectSector::Culture, SizeUnit::SquareMetre, 1_500, 9_000),
    ("park_industry", "产业园标准厂房", ProjectSector::Economy, SizeUnit::SquareMetre, 6_000, 40_000),
];

/// What towns added.
const MORE: [Facility; 8] = [
    ("nursing_home", "敬老院", ProjectSector::Health, SizeUnit::Bed, 30, 120),
    ("coach_station", "客运站", ProjectSector::Transport, SizeUnit::SquareMetre, 800, 3_200),
    ("visitor_centre", "游客服务中心", ProjectSector::Culture, SizeUnit::SquareMetre, 600, 2_800),
    ("riverbank", "滨河步道", ProjectSector::Culture, SizeUnit::Kilometre, 1, 6),
    ("cold_store", "冷链仓储库", ProjectSector::Economy, SizeUnit::SquareMetre, 900, 4_000),
    ("craft_street", "民族工艺街", ProjectSector::Culture, SizeUnit::SquareMetre, 1_800, 6_500),
    ("fire_post", "消防站", ProjectSector::Governance, SizeUnit::SquareMetre, 400, 1_200),
    ("car_park", "公共停车场", ProjectSector::UrbanTransport, SizeUnit::Place, 60, 320),
];

pub(super) fn enter(books: &mut Books<'_>, plans: &[Kept]) {
    for (number, known) in TOWNS.into_iter().enumerate() {
        let town = town(books, plans, known);
        let mut facilities: Vec<(Facility, bool)> = EIGHT.iter().map(|facility| (*facility, false)).collect();
        let first = books.drawn.dice.below(MORE.len());
        let more = 1 + books.drawn.dice.below(3);
        facilities.extend((0..more).map(|step| (MORE[(first + step * 3) % MORE.len()], true)));
        let mut built = Vec::new();
        for (place, (kind, additional)) in facilities.into_iter().enumerate() {
            let code = format!("CZ-{:02}-{:02}", number + 1, place + 1);
            built.extend(facility(books, &town, &code, kind, additional));
        }
        fund(books, &town, number + 1, &built);
    }
}

/// A town with the office that answers for it.
struct KeptTown<'g> {
    quarter: &'g Division,
    office: String,
    company: String,
    joined_on: Date,
}

fn town<'g>(
    books: &mut Books<'g>,
    plans: &[Kept],
    (stem, kind, demonstration, year, population, built, slopes): Known,
) -> KeptTown<'g> {
    let quarter = books.drawn.quarter_named(stem);
    let office = books.drawn.office(&quarter.code);
    let company = books.firm(&Firm {
        name: &format!("凯里市{stem}小城镇建设投资有限公司"),
        kind: OrganisationKind::Enterprise,
        ownership: Ownership::State,
        industry: "E48",
        unit: "state_assets",
        quarter: &quarter.code,
        before: date(2012, 11, 30),
    });
    let plan = plans.iter().find(|plan| {
        plan.quarter.as_deref() == Some(quarter.code.as_str())
            && plan.kind == PlanKind::Urban
            && plan.tier == PlanTier::Overall
    });
    let joined_on = books.drawn.office_day(date(2013, 1, 7)..=date(2013, 6, 28));
    let demonstration_on = (demonstration != DemonstrationLevel::None)
        .then(|| books.drawn.office_day(date(year, 8, 1)..=date(year, 11, 28)));
    let place = books.drawn.place_in(&quarter.code);
    let row = Town {
        division: quarter.code.clone(),
        kind,
        joined_on,
        demonstration,
        demonstration_on,
        company: Some(company.clone()),
        plan: plan.map(|plan| plan.code.clone()),
        population,
        built_area: Area::from_units(built * AreaUnit::Hectare.units()),
        slope_area: Area::from_units(slopes * AreaUnit::Mu.units()),
        start_fund: START_FUND,
        place,
        outline: place.map(|place| books.drawn.block(place, 1_800.0, 1_300.0)),
        unit: office.clone(),
    };
    books.enter(row);
    KeptTown { quarter, office, company, joined_on }
}

/// Enters a facility; gives its project where there is one, with its budget and the day on which building began.
fn facility(
    books: &mut Books<'_>,
    town: &KeptTown<'_>,
    code: &str,
    (kind, name, sector, size_unit, least, most): Facility,
    additional: bool,
) -> Option<(String, Fen, Date)> {
    let planned = books.drawn.whole(least * 10..=most * 10) * 10;
    let stage = match books.drawn.whole(0..=99) {
        0..=54 => FacilityStage::Completed,
        55..=87 => FacilityStage::UnderConstruction,
        _ => FacilityStage::Planned,
    };
    let started_on = match stage {
        FacilityStage::Planned => None,
        FacilityStage::UnderConstruction => {
            Some(books.drawn.office_day(date(2015, 3, 2)..=date(2016, 5, 31)))
        }
        FacilityStage::Completed => Some(books.drawn.office_day(date(2013, 7, 1)..=date(2015, 5, 29))),
    };
    let completed_on = started_on.filter(|_| stage == FacilityStage::Completed).map(|day| {
        let last = date(2016, 6, 24);
        books.drawn.office_day(plus(day, 220)..=plus(day, 620).min(last))
    });
    let name = format!("{}{name}", town.quarter.name_zh);
    let budget = Fen(books.drawn.whole(90..=1_400) * FEN_PER_WAN_YUAN);
    let project = started_on.map(|started_on| {
        books.work(&Work {
            name: format!("{name}建设项目"),
            unit: &town.office,
            sector,
            quarter: &town.quarter.code,
            budget,
            started_on,
            completed_on,
        })
    });
    let place = books.drawn.place_in(&town.quarter.code);
    let row = TownFacility {
        code: code.to_owned(),
        name,
        town: town.quarter.code.clone(),
        kind: kind.to_owned(),
        additional,
        stage,
        due_on: Some(completed_on.unwrap_or(date(2016, 12, 31))),
        started_on,
        completed_on,
        planned_size: Decimal(planned),
        built_size: completed_on.map(|_| Decimal(planned / 100 * books.drawn.whole(94..=106))),
        size_unit,
        project: project.clone(),
        place,
        unit: town.office.clone(),
    };
    books.enter(row);
    project.zip(started_on).map(|(project, day)| (project, budget, day))
}

/// The start-up fund in two payments, other money in, and what was spent on the facilities.
fn fund(books: &mut Books<'_>, town: &KeptTown<'_>, number: usize, built: &[(String, Fen, Date)]) {
    let last = date(2016, 6, 29);
    let mut moves: Vec<(FundMovementKind, Date, Fen, Option<&str>, &str)> = Vec::new();
    let first = books.drawn.whole(4..=7) * 100 * FEN_PER_WAN_YUAN;
    let paid_on = books.drawn.after(town.joined_on, 20..=90);
    moves.push((FundMovementKind::StartUp, paid_on, Fen(first), None, "小城镇建设启动资金（首期）"));
    let rest_on = books.drawn.after(paid_on, 150..=320);
    moves.push((
        FundMovementKind::StartUp,
        rest_on,
        Fen(START_FUND.0 - first),
        None,
        "小城镇建设启动资金（余款）",
    ));
    for _ in 0..books.drawn.whole(2..=4) {
        let day = books.drawn.office_day(date(2014, 6, 3)..=last);
        let (kind, purpose) = books.drawn.pick(&[
            (FundMovementKind::Budget, "省级示范小城镇专项补助"),
            (FundMovementKind::Budget, "市级财政配套"),
            (FundMovementKind::Loan, "国家开发银行小城镇建设贷款"),
            (FundMovementKind::Income, "市场摊位和厂房租金"),
        ]);
        let amount = books.drawn.whole(8..=160) * 10 * FEN_PER_WAN_YUAN;
        moves.push((kind, day, Fen(amount), None, purpose));
    }
    for (project, budget, started_on) in built {
        let mut day = *started_on;
        for _ in 0..books.drawn.whole(1..=3) {
            day = books.drawn.after(day, 35..=150);
            if day <= last {
                let share = books.drawn.whole(8..=30);
                let amount = Fen(budget.0 / 100 * share);
                moves.push((FundMovementKind::Spending, day, amount, Some(project), "工程进度款"));
            }
        }
    }
    moves.sort_by_key(|(_, day, ..)| *day);
    for (place, (kind, moved_on, amount, project, purpose)) in moves.into_iter().enumerate() {
        let document = books.drawn.whole(3..=210);
        let incoming = matches!(kind, FundMovementKind::StartUp | FundMovementKind::Budget);
        books.enter(TownFundMovement {
            code: format!("CZZJ-{number:02}-{:03}", place + 1),
            town: town.quarter.code.clone(),
            kind,
            moved_on,
            amount,
            counterparty: (kind == FundMovementKind::Loan).then(|| town.company.clone()),
            project: project.map(str::to_owned),
            document: incoming.then(|| format!("凯财预〔{}〕{document}号", moved_on.year())),
            purpose: Some(purpose.to_owned()),
            unit: town.office.clone(),
        });
    }
}
