//! F4: eight guidance funds with a pool of 315 亿元, their partners, calls and investments; a ninth is wound up.

use ::finance::{
    fund::{Fund, FundKind, FundPhase},
    fund_call::{CalledPart, FundCall},
    fund_commitment::{FundCommitment, PartnerClass},
    fund_investment::FundInvestment,
    investment_return::StatisticalFrame,
    project::ProjectSector as Sector,
};
use jiff::{
    ToSpan,
    civil::{Date, date},
};
use kernel::{
    money::{FEN_PER_WAN_YUAN, Fen},
    rate::Rate,
};

use super::{Books, Work, part, parties::Parties, wan};
use crate::books::shared::later;

struct Row {
    code: &'static str,
    name: &'static str,
    kind: FundKind,
    phase: FundPhase,
    /// 万元.
    size: i64,
    /// The city's part in thousandths.
    city: i64,
    group: usize,
    set_up_on: Date,
    unit: &'static str,
    /// Calls: day, thousandths of what was promised.
    calls: &'static [(Date, i64)],
    sectors: &'static [Sector],
}

const ROWS: [Row; 9] = [
    Row {
        code: "SJ4471",
        name: "凯里市新型城镇化发展基金",
        kind: FundKind::Urbanisation,
        phase: FundPhase::Investing,
        size: 1_200_000,
        city: 120,
        group: 0,
        set_up_on: date(2015, 6, 18),
        unit: "finance",
        calls: &[(date(2015, 8, 10), 42), (date(2016, 1, 18), 57), (date(2016, 6, 15), 31)],
        sectors: &[Sector::SocialHousing, Sector::Road],
    },
    Row {
        code: "SK0926",
        name: "凯里市城市基础设施投资基金",
        kind: FundKind::Infrastructure,
        phase: FundPhase::Investing,
        size: 600_000,
        city: 150,
        group: 3,
        set_up_on: date(2015, 9, 22),
        unit: "finance",
        calls: &[(date(2015, 11, 5), 63), (date(2016, 3, 24), 71)],
        sectors: &[Sector::Road, Sector::WaterAndWaste, Sector::UtilityTunnel],
    },
    Row {
        code: "SJ8130",
        name: "凯里市产业发展引导基金",
        kind: FundKind::Guidance,
        phase: FundPhase::Investing,
        size: 450_000,
        city: 300,
        group: 2,
        set_up_on: date(2015, 7, 30),
        unit: "finance_office",
        calls: &[(date(2015, 9, 14), 38), (date(2016, 4, 11), 44)],
        sectors: &[Sector::Economy],
    },
    Row {
        code: "SL2047",
        name: "凯里市文化旅游产业投资基金",
        kind: FundKind::Industry,
        phase: FundPhase::Investing,
        size: 300_000,
        city: 200,
        group: 1,
        set_up_on: date(2015, 12, 8),
        unit: "tourism",
        calls: &[(date(2016, 1, 27), 52), (date(2016, 5, 19), 47)],
        sectors: &[Sector::Culture],
    },
    Row {
        code: "SL5583",
        name: "凯里市大数据产业投资基金",
        kind: FundKind::Industry,
        phase: FundPhase::Investing,
        size: 250_000,
        city: 200,
        group: 2,
        set_up_on: date(2016, 1, 20),
        unit: "industry",
        calls: &[(date(2016, 3, 10), 66)],
        sectors: &[Sector::Communications],
    },
    Row {
        code: "SM1912",
        name: "凯里市大健康产业投资基金",
        kind: FundKind::Industry,
        phase: FundPhase::Investing,
        size: 150_000,
        city: 200,
        group: 1,
        set_up_on: date(2016, 3, 15),
        unit: "health",
        calls: &[(date(2016, 5, 9), 85)],
        sectors: &[Sector::Health],
    },
    Row {
        code: "KL-JJ-2016-07",
        name: "凯里市脱贫攻坚产业基金",
        kind: FundKind::Relief,
        phase: FundPhase::Investing,
        size: 120_000,
        city: 250,
        group: 3,
        set_up_on: date(2016, 4, 21),
        unit: "agriculture",
        calls: &[(date(2016, 5, 25), 74)],
        sectors: &[Sector::Economy, Sector::Culture],
    },
    Row {
        code: "KL-JJ-2016-08",
        name: "凯里市小微企业创业引导基金",
        kind: FundKind::Guidance,
        phase: FundPhase::Raising,
        size: 80_000,
        city: 400,
        group: 2,
        set_up_on: date(2016, 6, 14),
        unit: "finance_office",
        calls: &[],
        sectors: &[],
    },
    Row {
        code: "KL-JJ-2011-01",
        name: "凯里市中小企业信用互助基金",
        kind: FundKind::Guidance,
        phase: FundPhase::Closed,
        size: 12_000,
        city: 500,
        group: 2,
        set_up_on: date(2011, 5, 16),
        unit: "finance_office",
        calls: &[(date(2011, 7, 1), 1_000)],
        sectors: &[Sector::Economy],
    },
];

/// Calls after this day are not all paid yet.
const PAID_BY: Date = date(2016, 6, 24);

struct Partner {
    who: String,
    class: PartnerClass,
    public_money: bool,
    amount: Fen,
}

pub(super) fn enter(books: &mut Books<'_>, parties: &Parties, groups: &[String], works: &[Work]) {
    for (number, row) in ROWS.iter().enumerate() {
        let size = wan(row.size);
        let manager = &parties.fund_managers[number % parties.fund_managers.len()];
        let city = part(size, row.city);
        let is_closed = row.phase == FundPhase::Closed;
        let ends_on = row.set_up_on.checked_add(if is_closed { 4.years() } else { 10.years() }).ok();
        let fund = Fund {
            code: row.code.to_owned(),
            name: row.name.to_owned(),
            kind: row.kind,
            phase: row.phase,
            size,
            government_part: city,
            manager: Some(manager.clone()),
            custodian: Some(parties.banks[number % parties.banks.len()].clone()),
            set_up_on: row.set_up_on,
            invests_until: row.set_up_on.checked_add(if is_closed { 3.years() } else { 6.years() }).ok(),
            ends_on,
            hurdle: Some(Rate(books.drawn.between(60, 80) * 1_000)),
            carry: Some(Rate(200_000)),
            unit: row.unit.to_owned(),
        };
        books.enter(fund);
        let partners = partners(books, parties, groups, number, row);
        let paid = called(books, row, &partners);
        for (partner, paid_in) in partners.into_iter().zip(&paid) {
            let is_old_bank = is_closed && partner.class == PartnerClass::Senior;
            books.enter(FundCommitment {
                fund: row.code.to_owned(),
                partner: partner.who,
                class: partner.class,
                public_money: partner.public_money,
                committed_on: row.set_up_on,
                amount: partner.amount,
                paid_in: *paid_in,
                buy_back: is_old_bank,
                promised_return: is_old_bank.then_some(Rate(72_000)),
                unit: row.unit.to_owned(),
            });
        }
        invested(books, row, works, paid.iter().map(|paid| paid.0).sum());
    }
}

/// Who promises how much: the city and its platform last in line, banks first. A fund that is being raised has not found all.
fn partners(
    books: &mut Books<'_>,
    parties: &Parties,
    groups: &[String],
    number: usize,
    row: &Row,
) -> Vec<Partner> {
    let size = wan(row.size);
    let manager = parties.fund_managers[number % parties.fund_managers.len()].clone();
    let (city, platform, general) = (
        part(size, row.city),
        part(size, books.drawn.between(60, 130)),
        part(size, books.drawn.between(4, 11)),
    );
    let banks = Fen(size.0 - city.0 - platform.0 - general.0);
    let mut partners = vec![
        Partner { who: manager, class: PartnerClass::General, public_money: false, amount: general },
        Partner {
            who: parties.city.clone(),
            class: PartnerClass::Subordinated,
            public_money: true,
            amount: city,
        },
        Partner {
            who: groups[row.group].clone(),
            class: PartnerClass::Mezzanine,
            public_money: false,
            amount: platform,
        },
    ];
    if row.phase == FundPhase::Raising {
        return partners;
    }
    let first = part(banks, books.drawn.between(480, 720));
    for (offset, amount) in [first, Fen(banks.0 - first.0)].into_iter().enumerate() {
        let who = parties.banks[(number + offset * 3) % parties.banks.len()].clone();
        partners.push(Partner { who, class: PartnerClass::Senior, public_money: false, amount });
    }
    partners
}

/// Enters the calls; gives what each partner has paid in.
fn called(books: &mut Books<'_>, row: &Row, partners: &[Partner]) -> Vec<Fen> {
    let mut paid = vec![Fen::ZERO; partners.len()];
    for (number, (called_on, permille)) in (1..).zip(row.calls) {
        let due_on = later(*called_on, 15);
        let mut parts = Vec::new();
        for (partner, paid) in partners.iter().zip(&mut paid) {
            let amount = part(partner.amount, *permille);
            let is_late = due_on > PAID_BY && partner.class == PartnerClass::Senior;
            let paid_on = later(*called_on, 3 + books.drawn.dice.below(10)).min(due_on);
            if !is_late {
                *paid = Fen(paid.0 + amount.0);
            }
            parts.push(CalledPart {
                partner: partner.who.clone(),
                amount,
                paid_on: (!is_late).then_some(paid_on),
            });
        }
        books.enter(FundCall {
            fund: row.code.to_owned(),
            number,
            called_on: *called_on,
            due_on,
            amount: Fen(parts.iter().map(|part| part.amount.0).sum()),
            project: None,
            parts,
            unit: row.unit.to_owned(),
        });
    }
    paid
}

/// Four fifths of what came in are invested in works of the fund's sectors.
fn invested(books: &mut Books<'_>, row: &Row, works: &[Work], paid_in: i64) {
    let Some((first, _)) = row.calls.first() else { return };
    let is_closed = row.phase == FundPhase::Closed;
    let mut targets: Vec<&Work> = works
        .iter()
        .filter(|work| row.sectors.contains(&work.sector) && work.frame == StatisticalFrame::Projects)
        .filter(|work| work.budget.0 > wan(4_000).0 && work.owner.is_some())
        .collect();
    while targets.len() > 6 {
        let drop = books.drawn.dice.below(targets.len());
        targets.swap_remove(drop);
    }
    if targets.is_empty() {
        return;
    }
    let weights: Vec<i64> = targets.iter().map(|work| work.budget.0).collect();
    let amounts = books.drawn.split(part(Fen(paid_in), 800).0, &weights, FEN_PER_WAN_YUAN);
    for (number, (work, amount)) in (1..).zip(targets.into_iter().zip(amounts)) {
        let last = if is_closed { date(2013, 6, 28) } else { date(2016, 6, 24) };
        let invested_on = books.drawn.office_day(later(*first, 16)..=last);
        // The rest waits for other works.
        let amount = Fen(amount.min(part(work.budget, 300).0));
        let share = (work.sector == Sector::Economy).then(|| Rate(books.drawn.between(5, 24) * 10_000));
        let investment = FundInvestment {
            fund: row.code.to_owned(),
            number,
            organisation: work.owner.clone().unwrap_or_default(),
            project: (!is_closed).then(|| work.project.clone()),
            invested_on,
            amount,
            share,
            exited_on: is_closed.then_some(date(2015, 4, 30)),
            returned: is_closed.then(|| part(amount, books.drawn.between(870, 1_240))),
            unit: row.unit.to_owned(),
        };
        books.enter(investment);
    }
}
