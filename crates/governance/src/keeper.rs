//! Which unit keeps which register: who answers for rows that name no unit of their own.

use ledger::Register;
use serde::{Deserialize, Serialize};

/// A unit keeps a register: its clerks enter and change the rows that name no other unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Register)]
#[register(
    name = "register_keeper",
    part = "governance",
    zh = "台账责任",
    en = "Register keeper",
    key(register, unit)
)]
pub struct Keeper {
    /// The name of the register, as in its address.
    #[field(zh = "台账", en = "Register", max = 40, find)]
    pub register: String,
    /// The unit that keeps it.
    #[field(zh = "责任单位", en = "Unit", max = 40, refers = "unit", find)]
    pub unit: String,
}
