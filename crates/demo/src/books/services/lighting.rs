//! S4: lamps and other things paid for in parts or out of what they save, the statements of what was saved, and what was paid so far.

use finance::payment::{Payment, PaymentKind};
use jiff::{
    ToSpan,
    civil::{Date, date},
};
use kernel::{
    decimal::Decimal,
    money::{FEN_PER_WAN_YUAN, FEN_PER_YUAN, Fen},
    period::Period,
    rate::{MILLIONTHS, Rate},
};
use services::{
    energy_contract::{EnergyContract, EnergyContractKind, EnergySubject},
    instalment_contract::{
        Instalment, InstalmentContract,
        InstalmentSubject::{self, Other, Sanitation, StreetLighting, TrafficSystem},
    },
    saving_statement::SavingStatement,
};

use super::{
    LAST, firm,
    lamps::{self, LitRoad, Renewal},
    wan,
};
use crate::{
    DemoError,
    books::{Books, days::plus},
};

/// Bought in parts: subject, supplier, bureau, signed, price in 万元 where it does not follow from lamps, quarters over which it is paid.
type Bought = (InstalmentSubject, &'static str, &'static str, Date, i64, i64);

const BOUGHT: [Bought; 6] = [
    (StreetLighting, "贵州明珠照明工程有限公司", "street_lighting", date(2014, 7, 18), 0, 16),
    (StreetLighting, "贵州光源照明科技有限公司", "street_lighting", date(2016, 1, 22), 0, 12),
    (TrafficSystem, "贵州智通交通工程有限公司", "traffic_police", date(2015, 3, 26), 386, 12),
    (Sanitation, "长沙中联环卫机械有限公司", "sanitation", date(2014, 11, 12), 742, 12),
    (Sanitation, "贵州洁城环卫设备有限公司", "sanitation", date(2016, 3, 9), 518, 12),
    (Other, "贵州应急装备有限公司", "public_security", date(2015, 9, 22), 264, 8),
];

/// Hours of darkness of a night in each month, in tenths.
const NIGHT: [i64; 12] = [132, 126, 118, 110, 103, 100, 101, 107, 114, 122, 130, 134];
/// Hours of a year in which lamps are lit.
const LIT_HOURS: i64 = 4_180;
/// A kilowatt-hour in 1/10,000 yuan.
const PRICE: i64 = 6_470;

pub(super) fn enter(books: &mut Books<'_>) -> Result<(), DemoError> {
    let roads = lamps::lit_roads(books);
    let mut paying = Paying::default();
    let mut keys = Vec::new();
    for (number, bought) in BOUGHT.into_iter().enumerate() {
        let lamps = roads.iter().filter(|road| road.renewal == Renewal::Instalments(number));
        keys.push(instalments(books, &mut paying, number + 1, bought, lamps.map(LitRoad::lamps).sum()));
    }
    let savings = energy(books, &mut paying, &roads)?;
    lamps::enter(books, &roads, &savings, &[keys[0].clone(), keys[1].clone()]);
    Ok(())
}

/// Numbers of vouchers.
#[derive(Default)]
struct Paying {
    vouchers: usize,
}

impl Paying {
    /// A payment, made within some days where it is due by now.
    fn row(&mut self, books: &mut Books<'_>, kind: PaymentKind, due_on: Date, amount: Fen) -> Payment {
        self.vouchers += 1;
        let paid_on = (due_on <= plus(LAST, -3))
            .then(|| books.drawn.office_day(due_on..=plus(due_on, 18)).min(plus(LAST, -1)).max(due_on));
        Payment {
            code: format!("FQ-{}-{:04}", due_on.year(), self.vouchers),
            kind,
            payer: books.known_organisation("凯里市财政局（国库）"),
            payee: None,
            amount,
            period: None,
            due_on: Some(due_on),
            paid_on,
            unit: "finance".to_owned(),
            project: None,
            ppp_contract: None,
            bond: None,
            financing: None,
            concession: None,
            energy_contract: None,
            instalment_contract: None,
            service_purchase: None,
        }
    }
}

fn instalments(
    books: &mut Books<'_>,
    paying: &mut Paying,
    number: usize,
    (subject, supplier, unit, signed_on, price, quarters): Bought,
    lamps: i64,
) -> String {
    // A lamp with its wiring costs some 2,300 yuan when it is paid for later.
    let price = wan(if price == 0 { (lamps * 23 / 100).max(12) } else { price });
    let supplier = firm(books, supplier, "F51", "market_supervision");
    let code = format!("FQFK-{}-{number:02}", signed_on.year());
    let first = price.0 * 3 / 10 / FEN_PER_WAN_YUAN * FEN_PER_WAN_YUAN;
    let each = (price.0 - first) / quarters / FEN_PER_YUAN * FEN_PER_YUAN;
    let mut parts = vec![Instalment { due_on: plus(signed_on, 30), amount: Fen(first) }];
    for quarter in 1..=quarters {
        let due_on = signed_on.checked_add((3 * quarter + 3).months()).unwrap_or(signed_on);
        let amount = if quarter == quarters { price.0 - first - each * (quarters - 1) } else { each };
        parts.push(Instalment { due_on, amount: Fen(amount) });
    }
    let accepted_on = books.drawn.after(signed_on, 95..=160).min(LAST);
    books.enter(InstalmentContract {
        code: code.clone(),
        subject,
        project: None,
        supplier: supplier.clone(),
        signed_on,
        accepted_on: Some(accepted_on),
        price,
        cash_price: Some(wan(price.0 / FEN_PER_WAN_YUAN * 913 / 1_000)),
        instalments: parts.clone(),
        unit: unit.to_owned(),
    });
    for part in parts.into_iter().filter(|part| part.due_on <= date(2016, 9, 30)) {
        let mut row = paying.row(books, PaymentKind::Instalment, part.due_on, part.amount);
        row.payee = Some(supplier.clone());
        row.instalment_contract = Some(code.clone());
        row.unit = unit.to_owned();
        books.enter(row);
    }
    code
}

/// What one contract saves: hundredths of a kilowatt-hour of a year before and after.
struct Saving {
    code: &'static str,
    kind: EnergyContractKind,
    subject: EnergySubject,
    company: String,
    project: Option<String>,
    signed_on: Date,
    begins_on: Date,
    years: i64,
    investment: Fen,
    before: i64,
    saved: i64,
    share: Rate,
    unit: &'static str,
}

/// Enters the contracts with their statements; gives the key of the one that renews lamps.
fn energy(books: &mut Books<'_>, paying: &mut Paying, roads: &[LitRoad]) -> Result<String, DemoError> {
    let renewed: Vec<&LitRoad> = roads.iter().filter(|road| road.renewal == Renewal::Savings).collect();
    let (before, now) = renewed.iter().fold((0, 0), |(before, now), road| {
        let (was, is) = road.power();
        (before + was, now + is)
    });
    let lamps: i64 = renewed.iter().map(|road| road.lamps()).sum();
    let lit = "NHGL-2015-01";
    let lighting = Saving {
        code: lit,
        kind: EnergyContractKind::SharedSavings,
        subject: EnergySubject::StreetLighting,
        company: firm(books, "贵州绿能节能服务有限公司", "M75", "industry"),
        project: None,
        signed_on: date(2015, 5, 28),
        begins_on: date(2015, 9, 1),
        years: 8,
        investment: wan((lamps * 19 / 100).max(10)),
        // A tenth of a watt over an hour is a hundredth of a hundredth of a kilowatt-hour.
        before: before * LIT_HOURS / 100,
        saved: (before - now) * LIT_HOURS / 100,
        share: Rate(850_000),
        unit: "street_lighting",
    };
    contract(books, &lighting);
    let buildings = Saving {
        code: "NHGL-2015-02",
        kind: EnergyContractKind::GuaranteedSavings,
        subject: EnergySubject::PublicBuilding,
        company: firm(books, "凯里恒节能源管理有限公司", "M75", "industry"),
        project: None,
        signed_on: date(2015, 8, 14),
        begins_on: date(2016, 1, 1),
        years: 6,
        investment: wan(216),
        before: 186_420_000,
        saved: 41_350_000,
        share: Rate(700_000),
        unit: "government_office",
    };
    contract(books, &buildings);
    let pumps = Saving {
        code: "NHGL-2016-01",
        kind: EnergyContractKind::SharedSavings,
        subject: EnergySubject::Plant,
        company: firm(books, "贵州绿能节能服务有限公司", "M75", "industry"),
        project: None,
        signed_on: date(2016, 5, 13),
        begins_on: date(2016, 10, 1),
        years: 7,
        investment: wan(138),
        before: 243_800_000,
        saved: 52_900_000,
        share: Rate(800_000),
        unit: "water_affairs",
    };
    contract(books, &pumps);
    let months = (9..=12).map(|month| date(2015, month, 1)).chain((1..=6).map(|month| date(2016, month, 1)));
    for month in months {
        let hours = NIGHT[usize::from(month.month().unsigned_abs()) - 1];
        statement(books, paying, &lighting, month, (before * hours, now * hours))?;
    }
    for month in 1..=6 {
        let baseline = buildings.before / 12 * books.drawn.whole(74..=88) / 100;
        let used = baseline * books.drawn.whole(762..=801) / 1_000;
        metered(books, paying, &buildings, date(2016, month, 1), (baseline, used))?;
    }
    Ok(lit.to_owned())
}

fn contract(books: &mut Books<'_>, saving: &Saving) {
    let value = saving.saved / 100 * PRICE / 100;
    let ends_on = saving.begins_on.checked_add(saving.years.years()).and_then(Date::yesterday);
    let row = EnergyContract {
        code: saving.code.to_owned(),
        kind: saving.kind,
        subject: saving.subject,
        company: saving.company.clone(),
        project: saving.project.clone(),
        signed_on: saving.signed_on,
        begins_on: saving.begins_on,
        ends_on: ends_on.unwrap_or(saving.begins_on),
        investment: saving.investment,
        baseline: Decimal(saving.before),
        saving: Decimal(saving.saved),
        saving_value: Fen(value),
        share: saving.share,
        other_income: None,
        handed_over_on: None,
        unit: saving.unit.to_owned(),
    };
    let repays = services::energy_contract::repays(&row);
    books.enter(EnergyContract {
        other_income: (!repays).then(|| "灯杆广告位经营收入归节能服务公司，期满移交。".to_owned()),
        ..row
    });
}

/// A month of lamps: tenths of a watt times tenths of hours of a night, before and now.
fn statement(
    books: &mut Books<'_>,
    paying: &mut Paying,
    saving: &Saving,
    month: Date,
    (before, now): (i64, i64),
) -> Result<(), DemoError> {
    let nights = i64::from(month.days_in_month());
    // Some lamps are out: the meter counts a little less than the plates say.
    let used = now * nights / 1_000 * books.drawn.whole(962..=991) / 1_000;
    metered(books, paying, saving, month, (before * nights / 1_000, used))
}

/// A month with its baseline and what the meters say, in hundredths of a kilowatt-hour.
fn metered(
    books: &mut Books<'_>,
    paying: &mut Paying,
    saving: &Saving,
    month: Date,
    (baseline, metered): (i64, i64),
) -> Result<(), DemoError> {
    let period = Period::month_of(month)?;
    let agreed_on = books.drawn.after(period.last(), 4..=13);
    let agreed_on = (agreed_on <= LAST).then_some(agreed_on);
    let is_lighting = saving.subject == EnergySubject::StreetLighting;
    let lit = is_lighting.then(|| Rate(books.drawn.whole(9_712..=9_948) * 100));
    let worth = i128::from(baseline - metered) * i128::from(PRICE) * i128::from(saving.share.0);
    let divisor = 10_000 * i128::from(MILLIONTHS);
    let payable = Fen(i64::try_from((worth + divisor / 2).div_euclid(divisor)).unwrap_or(0));
    // Once the firm asked for more: it had not taken off lamps that were out.
    let asks_more = is_lighting && month == date(2016, 2, 1);
    let claimed = if asks_more { Fen(payable.0 + 186_400) } else { payable };
    books.enter(SavingStatement {
        contract: saving.code.to_owned(),
        period,
        baseline: Decimal(baseline),
        metered: Decimal(metered),
        saved: None,
        price: Decimal(PRICE),
        share: saving.share,
        payable: None,
        claimed: agreed_on.map(|_| claimed),
        lit,
        explanation: (agreed_on.is_some() && asks_more)
            .then(|| "申报时未扣减熄灯盏数，双方核对后按计量结果支付。".to_owned()),
        agreed_on,
        unit: saving.unit.to_owned(),
    });
    if let Some(agreed_on) = agreed_on.filter(|_| payable.0 > 0) {
        let mut row = paying.row(books, PaymentKind::SavingShare, plus(agreed_on, 15), payable);
        row.payee = Some(saving.company.clone());
        row.period = Some(period);
        row.energy_contract = Some(saving.code.to_owned());
        row.unit = saving.unit.to_owned();
        books.enter(row);
    }
    Ok(())
}
