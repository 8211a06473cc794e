//! Figures of the town programme (P5) and of the bureau of statistics.

use figures::{
    Figure, Filter, Measure, Rows, Unit, When,
    declare::{BY_UNIT, BY_UNIT_AND_STREET, figure, is, things, title},
};

const TOWNS: Rows = Rows::of("town", When::By("joined_on")).scoped(BY_UNIT_AND_STREET);
const FACILITIES: Rows = Rows::of("town_facility", When::By("completed_on")).scoped(BY_UNIT);

const fn series(filters: &'static [Filter]) -> Rows {
    Rows::of("statistic", When::Periods("period")).that(filters).scoped(BY_UNIT)
}

/// Product at constant prices: growth is real.
const PRODUCT: Rows = series(&[Filter::Is("indicator", &["gdp"]), Filter::Is("prices", &["constant"])]);

pub(super) const FIGURES: &[Figure] = &[
    figure(
        ("planning.towns", "P5"),
        title("纳入计划的城镇", "Towns of the programme"),
        title(
            "期末前已纳入小城镇建设计划的乡镇街道的个数",
            "Towns that had joined the programme by the end of the period",
        ),
        (things("个", "towns"), Measure::Total(TOWNS.count())),
    ),
    figure(
        ("planning.start_fund_a_town", "P5"),
        title("每镇启动资金", "Start-up fund a town"),
        title(
            "期末前拨入的启动资金之和÷期末前已纳入计划的城镇个数；其他拨款和融资不计",
            "Start-up money paid in by the end of the period over the towns that had joined by then; no other grants or loans",
        ),
        (
            Unit::WanYuan,
            Measure::Ratio {
                part: Rows::of("town_fund_movement", When::By("moved_on"))
                    .that(&[is("kind", &["start_up"])])
                    .scoped(BY_UNIT)
                    .sum("amount"),
                whole: TOWNS.count(),
            },
        ),
    ),
    figure(
        ("planning.provincial_demonstration_towns", "P5"),
        title("省级示范小城镇", "Provincial demonstration towns"),
        title(
            "期末前已命名的省级示范小城镇的个数；州市级和县市级的不计",
            "Towns that were demonstration towns of the province by the end of the period; none of other levels",
        ),
        (
            things("个", "towns"),
            Measure::Total(
                Rows::of("town", When::By("demonstration_on"))
                    .that(&[is("demonstration", &["provincial"])])
                    .scoped(BY_UNIT_AND_STREET)
                    .count(),
            ),
        ),
    ),
    figure(
        ("planning.town_facilities_completed", "P5"),
        title("建成城镇设施", "Town facilities completed"),
        title("期末前建成的“8+X”设施的个数", "Facilities of “8+X” completed by the end of the period"),
        (things("个", "facilities"), Measure::Total(FACILITIES.count())),
    ),
    figure(
        ("planning.town_core_facilities_rate", "P5"),
        title("八项设施建成率", "Share of the eight facilities completed"),
        title(
            "期末前建成的八项必建设施÷现有登记的八项必建设施；各镇自选的不计",
            "Facilities of the eight completed by the end of the period over all of the eight on record; what towns added is not counted",
        ),
        (
            Unit::Percent(2),
            Measure::Ratio {
                part: FACILITIES.that(&[Filter::Truth("additional", false)]).count(),
                whole: Rows::of("town_facility", When::Standing)
                    .that(&[Filter::Truth("additional", false)])
                    .scoped(BY_UNIT)
                    .count(),
            },
        ),
    ),
    figure(
        ("planning.town_spending", "P5"),
        title("城镇建设支出", "Spending of the towns"),
        title(
            "期内城镇资金的支出之和；偿还不计",
            "Sum of what the towns spent in the period; repayments are not counted",
        ),
        (
            Unit::WanYuan,
            Measure::Total(
                Rows::of("town_fund_movement", When::Within("moved_on"))
                    .that(&[is("kind", &["spending"])])
                    .scoped(BY_UNIT)
                    .sum("amount"),
            ),
        ),
    ),
    Figure {
        mission: None,
        ..figure(
            ("planning.product", ""),
            title("地区生产总值（不变价）", "Gross domestic product (constant prices)"),
            title(
                "期内各期地区生产总值（不变价）之和",
                "Sum of gross domestic product at constant prices over the period",
            ),
            (
                Unit::Number { scale: 10_000, decimals: 2, title: title("亿元", "100 million CNY") },
                Measure::Total(PRODUCT.sum("value")),
            ),
        )
    },
    Figure {
        mission: None,
        ..figure(
            ("planning.product_growth", ""),
            title("地区生产总值增速", "Growth of gross domestic product"),
            title(
                "期内地区生产总值（不变价）比上年同期增长",
                "Growth of gross domestic product at constant prices over the same period of the year before",
            ),
            (Unit::Percent(1), Measure::Growth(PRODUCT.sum("value"))),
        )
    },
    figure(
        ("planning.tourists_growth", "P2"),
        title("旅游接待人次同比", "Growth of visits of tourists"),
        title(
            "期内旅游接待人次比上年同期增长",
            "Growth of visits of tourists over the same period of the year before",
        ),
        (Unit::Percent(2), Measure::Growth(series(&[Filter::Is("indicator", &["tourists"])]).sum("value"))),
    ),
];
