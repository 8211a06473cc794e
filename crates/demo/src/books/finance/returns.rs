//! F7: returns of fixed-asset investment by half-years: 133.15 亿元 in the first half of 2016, 40.77 % of it by others than the state.

use ::finance::investment_return::{InvestmentReturn, InvestorOwnership, StatisticalFrame};
use jiff::civil::{Date, date};
use kernel::{
    money::{FEN_PER_WAN_YUAN, FEN_PER_YI_YUAN, Fen},
    period::Period,
};

use super::{Books, Work, part, works::budgets};
use crate::DemoError;

/// A half-year: its days, what the state and what others invested in projects, what went into real estate; in 万元.
const HALVES: [(&str, Date, Date, [i64; 3]); 3] = [
    ("2015-H1", date(2015, 1, 1), date(2015, 6, 30), [698_214, 385_406, 241_870]),
    ("2015-H2", date(2015, 7, 1), date(2015, 12, 31), [803_561, 492_733, 286_314]),
    ("2016-H1", date(2016, 1, 1), date(2016, 6, 30), [PRINTED_STATE, PRINTED_OTHERS, 263_952]),
];
/// 133.15 亿元 …
const PRINTED: i64 = 1_331_500;
/// … of which so much is not the state's: 54.2853 亿元 are 40.77 %.
const PRINTED_OTHERS: i64 = 542_853;
const PRINTED_STATE: i64 = PRINTED - PRINTED_OTHERS;
const _: () = assert!(FEN_PER_YI_YUAN / FEN_PER_WAN_YUAN == 10_000, "the figures above are 万元");
/// Every so many works report by months instead.
const BY_MONTHS: usize = 17;

pub(super) fn enter(books: &mut Books<'_>, works: &[Work]) -> Result<(), DemoError> {
    for (half, first, last, totals) in HALVES {
        let kinds = [
            (StatisticalFrame::Projects, Some(InvestorOwnership::State)),
            (StatisticalFrame::Projects, Some(InvestorOwnership::NonState)),
            (StatisticalFrame::RealEstate, None),
        ];
        for ((frame, ownership), total) in kinds.into_iter().zip(totals) {
            let building: Vec<&Work> = works
                .iter()
                .filter(|work| work.frame == frame && ownership.is_none_or(|of| work.ownership == of))
                .filter(|work| work.started_on <= last && work.completed_on.is_none_or(|on| on >= first))
                .collect();
            let weights = budgets(building.iter().copied());
            let amounts = books.drawn.split(total * FEN_PER_WAN_YUAN, &weights, FEN_PER_WAN_YUAN);
            for (number, (work, amount)) in building.into_iter().zip(amounts).enumerate() {
                if number % BY_MONTHS == 6 && work.started_on <= first {
                    by_months(books, work, (first, last), amount)?;
                } else {
                    returned(
                        books,
                        work,
                        half.parse().map_err(|_| DemoError::data(half, "no period"))?,
                        Fen(amount),
                    );
                }
            }
        }
    }
    Ok(())
}

fn by_months(
    books: &mut Books<'_>,
    work: &Work,
    (first, last): (Date, Date),
    amount: i64,
) -> Result<(), DemoError> {
    let months: Vec<Date> =
        first.series(jiff::Span::new().months(1)).take_while(|month| *month <= last).collect();
    // Little is built before the Spring Festival.
    let weights: Vec<i64> = months.iter().map(|month| if month.month() <= 2 { 3 } else { 10 }).collect();
    let amounts = books.drawn.split(amount, &weights, FEN_PER_WAN_YUAN);
    for (month, amount) in months.into_iter().zip(amounts) {
        let period = Period::month_of(month).map_err(|_| DemoError::data("returns", "no month"))?;
        returned(books, work, period, Fen(amount));
    }
    Ok(())
}

fn returned(books: &mut Books<'_>, work: &Work, period: Period, amount: Fen) {
    let building = part(amount, books.drawn.between(610, 840));
    let equipment = part(amount, books.drawn.between(40, 140));
    books.enter(InvestmentReturn {
        project: work.project.clone(),
        period,
        ownership: work.ownership,
        frame: work.frame,
        amount,
        building: Some(building),
        equipment: Some(equipment),
        other: Some(Fen(amount.0 - building.0 - equipment.0)),
        unit: work.unit.clone(),
    });
}
