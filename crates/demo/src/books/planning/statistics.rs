//! What the bureau of statistics published: half-years, each by itself, so that a year is the sum of two.

use kernel::{decimal::Decimal, period::Period};
use planning::statistic::{
    Prices::{self, Constant, Current, None as NoPrices},
    Statistic, StatisticStatus,
    StatisticUnit::{self, WanPersons, YiYuan, Yuan},
};

use crate::{DemoError, books::Books};

/// The half-years that follow.
const PERIODS: [&str; 5] = ["2014-H1", "2014-H2", "2015-H1", "2015-H2", "2016-H1"];

/// An indicator: code, prices, unit, values of the half-years in 1/10,000.
type Series = (&'static str, Prices, StatisticUnit, [i64; 5]);

/// Product at constant prices grew by 15.7 % in the first half of 2016; the sectors add up to it.
const SERIES: [Series; 13] = [
    ("gdp", Constant, YiYuan, [786_100, 966_400, 901_200, 1_108_300, 1_042_700]),
    ("gdp_primary", Constant, YiYuan, [41_800, 92_300, 44_500, 98_200, 47_400]),
    ("gdp_secondary", Constant, YiYuan, [279_600, 338_700, 322_900, 391_500, 377_600]),
    ("gdp_tertiary", Constant, YiYuan, [464_700, 535_400, 533_800, 618_600, 617_700]),
    ("gdp", Current, YiYuan, [823_600, 1_012_800, 951_700, 1_170_200, 1_108_900]),
    ("industrial_value_added", Constant, YiYuan, [176_300, 214_800, 205_100, 249_400, 239_600]),
    ("retail_sales", Current, YiYuan, [356_200, 401_700, 402_500, 455_100, 455_600]),
    ("urban_income", Current, Yuan, [112_340_000, 118_910_000, 124_020_000, 131_500_000, 136_180_000]),
    ("rural_income", Current, Yuan, [31_870_000, 45_220_000, 35_660_000, 50_790_000, 39_850_000]),
    ("tourists", NoPrices, WanPersons, [5_120_000, 6_480_000, 6_410_000, 8_030_000, 8_260_000]),
    ("tourism_income", Current, YiYuan, [421_500, 538_900, 529_600, 671_400, 689_300]),
    ("gdp_primary", Current, YiYuan, [45_300, 99_100, 48_900, 106_700, 53_100]),
    ("gdp_secondary", Current, YiYuan, [288_700, 351_300, 331_600, 402_900, 384_700]),
];

pub(super) fn enter(books: &mut Books<'_>) -> Result<(), DemoError> {
    for (indicator, prices, measured_in, values) in SERIES {
        for (text, value) in PERIODS.into_iter().zip(values) {
            let period: Period = text.parse()?;
            let latest = period.first().year() == 2016;
            let row = Statistic {
                indicator: indicator.to_owned(),
                prices,
                period,
                value: Decimal(value),
                measured_in,
                base_year: (prices == Constant).then_some(2010),
                status: if latest { StatisticStatus::Preliminary } else { StatisticStatus::Verified },
                published_on: books.drawn.after(period.last(), 14..=24),
                source: format!("凯里市统计月报（{text}）"),
                unit: "statistics".to_owned(),
            };
            books.enter(row);
        }
    }
    Ok(())
}
