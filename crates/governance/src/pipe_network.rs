//! Pipe networks 地下管网: who runs which (G9).

use jiff::civil::Date;
use ledger::{FieldFault, Register};
use serde::{Deserialize, Serialize};

ledger::choices! {
    /// What runs in the pipes (the kinds of CJJ 61).
    PipeKind {
        /// Drinking water.
        Water = "water" ("给水", "Water supply"),
        /// Rain water.
        Rain = "rain" ("雨水", "Rain water"),
        /// Sewage.
        Sewage = "sewage" ("污水", "Sewage"),
        /// Rain and sewage together.
        Combined = "combined" ("雨污合流", "Combined sewer"),
        /// Gas.
        Gas = "gas" ("燃气", "Gas"),
        /// Heat.
        Heat = "heat" ("热力", "Heat"),
        /// Electricity.
        Power = "power" ("电力", "Electricity"),
        /// Telephone, data, television.
        Telecom = "telecom" ("通信", "Telecommunications"),
        /// Street lighting and signals.
        Lighting = "lighting" ("路灯与信号", "Street lighting and signals"),
        /// Pipes of industry.
        Industrial = "industrial" ("工业", "Industrial"),
        /// A utility tunnel that holds pipes of several networks.
        Tunnel = "tunnel" ("综合管廊", "Utility tunnel"),
    }
}

/// A network of pipes under the city, with who owns and who runs it (mission G9).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Register)]
#[register(
    name = "pipe_network",
    part = "governance",
    mission = "G9",
    zh = "地下管网",
    en = "Pipe network",
    key(code),
    unit = "unit",
    check = "faults"
)]
pub struct PipeNetwork {
    /// A short stable word.
    #[field(zh = "编码", en = "Code", max = 40)]
    pub code: String,
    /// What it is called.
    #[field(zh = "名称", en = "Name", max = 100, search)]
    pub name: String,
    /// What runs in it.
    #[field(zh = "管网类别", en = "Kind", find)]
    pub kind: PipeKind,
    /// Who owns it 权属单位.
    #[field(zh = "权属单位", en = "Owner", refers = "organisation", find)]
    pub owner: String,
    /// Who runs and keeps it, where that is not the owner 运行管护单位.
    #[field(zh = "运行管护单位", en = "Operator", refers = "organisation", find)]
    pub operator: Option<String>,
    /// The bureau that supervises it 行业主管部门.
    #[field(zh = "责任单位", en = "Responsible unit", refers = "unit", find)]
    pub unit: String,
    /// It is watched by sensors.
    #[field(zh = "在线监测", en = "Monitored", find)]
    pub monitored: bool,
    /// The day of its last complete survey 普查.
    #[field(zh = "普查日期", en = "Surveyed on", find)]
    pub surveyed_on: Option<Date>,
    /// The first day of its service.
    #[field(zh = "投运日期", en = "Commissioned on", find)]
    pub commissioned_on: Option<Date>,
    /// The last day of its service.
    #[field(zh = "废弃日期", en = "Abandoned on", find)]
    pub abandoned_on: Option<Date>,
}

fn faults(network: &PipeNetwork) -> Vec<FieldFault> {
    crate::ends_before(network.commissioned_on, network.abandoned_on, "abandoned_on").into_iter().collect()
}
