//! Figures that the bureau of statistics publishes 统计数据, such as GDP at constant prices: what other figures are
//! compared with.

use jiff::civil::Date;
use kernel::{decimal::Decimal, period::Period};
use ledger::{FieldFault, Register, register::Faults};
use serde::{Deserialize, Serialize};

ledger::choices! {
    /// At which prices an amount of money is given.
    Prices {
        /// Current prices 现价.
        Current = "current" ("现价", "Current prices"),
        /// Constant prices 不变价.
        Constant = "constant" ("不变价", "Constant prices"),
        /// It is no amount of money 不涉及价格.
        None = "none" ("不涉及价格", "It is no amount of money"),
    }
}

ledger::choices! {
    /// What a figure is measured in.
    StatisticUnit {
        /// 10,000 yuan 万元.
        WanYuan = "wan_yuan" ("万元", "10,000 yuan"),
        /// 100 million yuan 亿元.
        YiYuan = "yi_yuan" ("亿元", "100 million yuan"),
        /// Yuan 元.
        Yuan = "yuan" ("元", "Yuan"),
        /// Percent 百分比.
        Percent = "percent" ("百分比", "Percent"),
        /// Persons 人.
        Persons = "persons" ("人", "Persons"),
        /// 10,000 persons 万人.
        WanPersons = "wan_persons" ("万人", "10,000 persons"),
        /// Households 户.
        Households = "households" ("户", "Households"),
        /// Hectares 公顷.
        Hectares = "hectares" ("公顷", "Hectares"),
        /// Tonnes 吨.
        Tonnes = "tonnes" ("吨", "Tonnes"),
        /// Kilowatt-hours 千瓦时.
        KilowattHours = "kilowatt_hours" ("千瓦时", "Kilowatt-hours"),
        /// Index 指数.
        Index = "index" ("指数", "Index"),
    }
}

ledger::choices! {
    /// Whether a figure may still change.
    StatisticStatus {
        /// Preliminary 初步核算数.
        Preliminary = "preliminary" ("初步核算数", "Preliminary"),
        /// Verified 最终核实数.
        Verified = "verified" ("最终核实数", "Verified"),
        /// Revised 修订数.
        Revised = "revised" ("修订数", "Revised"),
    }
}

/// A figure of the bureau of statistics for a period 统计数据, such as gross domestic product at constant prices. Which
/// indicators there are is a dated list of codes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Register)]
#[register(
    name = "statistic",
    part = "planning",
    mission = "P1",
    zh = "统计数据",
    en = "Statistical figure",
    key(indicator, prices, period),
    unit = "unit",
    check = "faults"
)]
pub struct Statistic {
    /// What is measured.
    #[field(zh = "指标", en = "Indicator", list = "statistic", find)]
    pub indicator: String,
    /// At which prices an amount of money is given.
    #[field(zh = "价格口径", en = "Prices", find)]
    pub prices: Prices,
    /// The period that it is for; a half-year is the whole half-year.
    #[field(zh = "报告期", en = "Period", find)]
    pub period: Period,
    /// How much it is, in what it is measured in.
    #[field(zh = "数值", en = "Value", min = -1_000_000_000_000_000, find)]
    pub value: Decimal<4>,
    /// What it is measured in.
    #[field(zh = "计量单位", en = "Measured in", find)]
    pub measured_in: StatisticUnit,
    /// The year whose prices constant prices are.
    #[field(zh = "基期年份", en = "Base year", min = 1950, max = 2100, find)]
    pub base_year: Option<i64>,
    /// Whether it may still change.
    #[field(zh = "数据状态", en = "Status", find)]
    pub status: StatisticStatus,
    /// When it was published.
    #[field(zh = "发布日期", en = "Published on", find)]
    pub published_on: Date,
    /// The bulletin or yearbook that it stands in.
    #[field(zh = "出处", en = "Source", max = 200, search)]
    pub source: String,
    /// The unit that publishes it.
    #[field(zh = "发布单位", en = "Published by", refers = "unit", find)]
    pub unit: String,
}

/// Constant prices are those of a year, and a period is published when it is over.
fn faults(statistic: &Statistic) -> Vec<FieldFault> {
    let constant = statistic.prices == Prices::Constant;
    let money =
        matches!(statistic.measured_in, StatisticUnit::WanYuan | StatisticUnit::YiYuan | StatisticUnit::Yuan);
    Faults::new()
        .needs(constant, "base_year", statistic.base_year.is_some())
        .unless(constant || statistic.base_year.is_none(), "base_year", "only_of_constant_prices")
        .unless(!money || statistic.prices != Prices::None, "prices", "prices_missing")
        .unless(
            statistic.published_on > statistic.period.last(),
            "published_on",
            "reported_before_period_ends",
        )
        .found()
}
