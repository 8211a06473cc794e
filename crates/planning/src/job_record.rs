//! New jobs 新增就业 (P4): how many people an employer took on in a period, as the employment bureau counts them.

use jiff::civil::Date;
use kernel::period::Period;
use ledger::{FieldFault, Register, register::Faults};
use serde::{Deserialize, Serialize};

ledger::choices! {
    /// Where a number of new jobs is from.
    JobSource {
        /// Contracts that were filed 劳动用工备案.
        Contracts = "contracts" ("劳动用工备案", "Contracts that were filed"),
        /// Social insurance 社会保险参保.
        Insurance = "insurance" ("社会保险参保", "Social insurance"),
        /// A survey 调查.
        Survey = "survey" ("调查", "A survey"),
    }
}

/// How many people an employer took on in a month, quarter or half-year 新增就业记录 (P4).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Register)]
#[register(
    name = "job_record",
    part = "planning",
    mission = "P4",
    zh = "新增就业记录",
    en = "Job record",
    key(employer, source, period),
    unit = "unit",
    check = "faults"
)]
pub struct JobRecord {
    /// Who took them on.
    #[field(zh = "用人单位", en = "Employer", refers = "organisation", find)]
    pub employer: String,
    /// Where the number is from.
    #[field(zh = "数据来源", en = "Source", find)]
    pub source: JobSource,
    /// The month, quarter, half-year or year in which they were taken on; only of that period.
    #[field(zh = "报告期", en = "Period", find)]
    pub period: Period,
    /// How many people were taken on.
    #[field(zh = "新增就业人数", en = "People taken on", unit = "persons", max = 1_000_000, find)]
    pub people: u32,
    /// How many of them came home from work elsewhere.
    #[field(zh = "其中返乡人员", en = "Of them returned migrants", unit = "persons", max = 1_000_000, find)]
    pub returned_migrants: u32,
    /// How many of them were registered as finding it hard to get work.
    #[field(zh = "其中就业困难人员", en = "Of them hard to place", unit = "persons", max = 1_000_000, find)]
    pub hard_to_place: u32,
    /// The park that the jobs are in.
    #[field(zh = "所在园区", en = "Park", refers = "park", find)]
    pub park: Option<String>,
    /// The start-up base that the employer is in.
    #[field(zh = "创业基地", en = "Start-up base", refers = "startup_base", find)]
    pub base: Option<String>,
    /// The street or town that the jobs are in.
    #[field(zh = "所在镇街", en = "Street or town", refers = "division", find)]
    pub division: Option<String>,
    /// When they were counted.
    #[field(zh = "统计日期", en = "Counted on", find)]
    pub counted_on: Date,
    /// The unit that answers for it and keeps this row.
    #[field(zh = "责任单位", en = "Responsible unit", refers = "unit", find)]
    pub unit: String,
}

/// A part is not more than the whole, and a period is counted when it is over.
fn faults(record: &JobRecord) -> Vec<FieldFault> {
    Faults::new()
        .unless(record.people > 0, "people", "number_range")
        .unless(record.returned_migrants <= record.people, "returned_migrants", "part_above_whole")
        .unless(record.hard_to_place <= record.people, "hard_to_place", "part_above_whole")
        .unless(record.counted_on > record.period.last(), "counted_on", "reported_before_period_ends")
        .found()
}
