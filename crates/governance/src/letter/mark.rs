//! Marks 发文机关代字: how a unit's letters begin their numbers.

use ledger::{FieldFault, Register};
use serde::{Deserialize, Serialize};

/// The short form of a unit in the numbers of its letters: 凯城管 in 凯城管函〔2016〕12号 (mission G8; GB/T 9704 发文字号).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Register)]
#[register(
    name = "letter_mark",
    part = "governance",
    mission = "G8",
    zh = "发文机关代字",
    en = "Letter mark",
    key(unit),
    unit = "unit",
    check = "faults"
)]
pub struct LetterMark {
    /// Whose letters.
    #[field(zh = "单位", en = "Unit", refers = "unit", find)]
    pub unit: String,
    /// The mark, without 函 and year; letters of units with the same mark are numbered in one series.
    #[field(zh = "机关代字", en = "Mark", max = 20, find)]
    pub mark: String,
}

/// Brackets and digits belong to the rest of the number.
fn faults(mark: &LetterMark) -> Vec<FieldFault> {
    let fits = mark.mark.chars().all(char::is_alphabetic);
    if fits { Vec::new() } else { vec![FieldFault::new("mark", "letter_mark_malformed")] }
}

/// A number as it is written: mark, year, running number of the year.
#[must_use]
pub fn number(mark: &str, year: i16, number: u64) -> String {
    format!("{mark}函〔{year}〕{number}号")
}
