//! Private money in traffic management 交通管理投资.

use jiff::civil::Date;
use kernel::money::Fen;
use ledger::{FieldFault, Register, register::Faults};
use serde::{Deserialize, Serialize};

ledger::choices! {
    /// What the money built.
    TrafficSystem {
        /// Servers and rooms.
        DataCentre = "data_centre" ("数据中心", "Data centre"),
        /// Cameras and what watches them.
        VideoApplication = "video_application" ("视频应用系统", "Video application"),
        /// Command, enforcement, guidance.
        Management = "management" ("交通管理系统", "Traffic management system"),
        /// Signals.
        Signals = "signals" ("信号控制系统", "Signal control"),
    }
}

ledger::choices! {
    /// Whose money it is.
    Capital {
        /// Private.
        Private = "private" ("社会资本", "Private capital"),
        /// Public.
        Public = "public" ("财政资金", "Public money"),
    }
}

/// Money that went into data centre, video and traffic management systems, by whom and for what (S5).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Register)]
#[register(
    name = "traffic_investment",
    part = "services",
    mission = "S5",
    zh = "交通管理投资",
    en = "Traffic investment",
    key(code),
    unit = "unit",
    check = "faults"
)]
pub struct TrafficInvestment {
    /// The number of the contract or voucher.
    #[field(zh = "编号", en = "Code", max = 60)]
    pub code: String,
    /// What the money built.
    #[field(zh = "建设内容", en = "System", find)]
    pub system: TrafficSystem,
    /// The project that it belongs to.
    #[field(zh = "项目", en = "Project", refers = "project", find)]
    pub project: Option<String>,
    /// The firm or body that invests.
    #[field(zh = "投资单位", en = "Investor", refers = "organisation", find)]
    pub investor: String,
    /// Whose money it is.
    #[field(zh = "资金性质", en = "Capital", find)]
    pub capital: Capital,
    /// The day on which it was invested.
    #[field(zh = "投资日期", en = "Invested on", find)]
    pub invested_on: Date,
    /// How much was invested.
    #[field(zh = "投资额", en = "Amount", unit = "wan_yuan", min = 1, find)]
    pub amount: Fen,
    /// The last day on which the investor runs it; then it is the city's.
    #[field(zh = "运营期至", en = "Run until", find)]
    pub runs_until: Option<Date>,
    /// How the investor has its money back.
    #[field(zh = "回报方式", en = "Return", max = 500, lines)]
    pub returned_by: Option<String>,
    /// The unit that answers for it and keeps this row.
    #[field(zh = "责任单位", en = "Responsible unit", refers = "unit", find)]
    pub unit: String,
}

fn faults(investment: &TrafficInvestment) -> Vec<FieldFault> {
    let is_private = investment.capital == Capital::Private;
    Faults::new()
        .needs(is_private, "returned_by", investment.returned_by.is_some())
        .in_order(&[("invested_on", Some(investment.invested_on)), ("runs_until", investment.runs_until)])
        .found()
}
