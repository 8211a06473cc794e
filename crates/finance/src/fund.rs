//! Guidance funds 引导基金: the city's money draws others' money.

use jiff::civil::Date;
use kernel::{money::Fen, rate::Rate};
use ledger::{FieldFault, Register, register::Faults};
use serde::{Deserialize, Serialize};

ledger::choices! {
    /// What a fund is for.
    FundKind {
        /// A fund that invests in other funds.
        Guidance = "guidance" ("政府引导基金", "Guidance fund"),
        /// Industry.
        Industry = "industry" ("产业投资基金", "Industry fund"),
        /// Towns and city building.
        Urbanisation = "urbanisation" ("新型城镇化基金", "New-type urbanisation fund"),
        /// Roads, water, pipes.
        Infrastructure = "infrastructure" ("基础设施基金", "Infrastructure fund"),
        /// Poverty relief.
        Relief = "relief" ("扶贫基金", "Poverty relief fund"),
    }
}

ledger::choices! {
    /// Where a fund is in its life.
    FundPhase {
        /// Money is being promised.
        Raising = "raising" ("募集期", "Raising"),
        /// Money is invested.
        Investing = "investing" ("投资期", "Investing"),
        /// Money comes back.
        Exiting = "exiting" ("退出期", "Exiting"),
        /// It is over.
        Closed = "closed" ("清算完毕", "Closed"),
    }
}

/// A guidance, industry or urbanisation fund in which the city has a part (F4).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Register)]
#[register(
    name = "fund",
    part = "finance",
    mission = "F4",
    zh = "基金",
    en = "Fund",
    key(code),
    unit = "unit",
    check = "faults"
)]
pub struct Fund {
    /// The number of the filing with the association of fund managers, or the city's own.
    #[field(zh = "基金编码", en = "Code", max = 40)]
    pub code: String,
    /// What it is called.
    #[field(zh = "基金名称", en = "Name", max = 120, search)]
    pub name: String,
    /// What it is for.
    #[field(zh = "基金类别", en = "Kind", find)]
    pub kind: FundKind,
    /// Where it is in its life.
    #[field(zh = "阶段", en = "Phase", find)]
    pub phase: FundPhase,
    /// How large it is to be.
    #[field(zh = "基金规模", en = "Size", unit = "yi_yuan", min = 1, find)]
    pub size: Fen,
    /// What of it the government gives.
    #[field(zh = "政府出资", en = "Government's part", unit = "yi_yuan", find)]
    pub government_part: Fen,
    /// Who manages it.
    #[field(zh = "基金管理人", en = "Manager", refers = "organisation", find)]
    pub manager: Option<String>,
    /// The bank that holds its money.
    #[field(zh = "托管银行", en = "Custodian", refers = "organisation")]
    pub custodian: Option<String>,
    /// The day on which it was set up.
    #[field(zh = "设立日期", en = "Set up on", find)]
    pub set_up_on: Date,
    /// The last day of the investing.
    #[field(zh = "投资期至", en = "Invests until", find)]
    pub invests_until: Option<Date>,
    /// The last day.
    #[field(zh = "存续期至", en = "Ends on", find)]
    pub ends_on: Option<Date>,
    /// What investors are to earn in a year before the manager has a part of it.
    #[field(zh = "门槛收益率", en = "Hurdle rate")]
    pub hurdle: Option<Rate>,
    /// What the manager has of the gain above it.
    #[field(zh = "超额收益分成", en = "Carry")]
    pub carry: Option<Rate>,
    /// The bureau that answers for the government's part.
    #[field(zh = "责任单位", en = "Responsible unit", refers = "unit", find)]
    pub unit: String,
}

fn faults(fund: &Fund) -> Vec<FieldFault> {
    Faults::new()
        .unless(fund.government_part <= fund.size, "government_part", "part_above_whole")
        .in_order(&[
            ("set_up_on", Some(fund.set_up_on)),
            ("invests_until", fund.invests_until),
            ("ends_on", fund.ends_on),
        ])
        .found()
}
