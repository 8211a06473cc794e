//! Limits as the field writes them in one cell: `2紧急工作时`, `4小时`, `5工作日`, `停工4工作时;处罚7工作日;拆除20工作日`.

use kernel::clock::Limit;

use super::{Milestone, condition::MILESTONES_MAX};
use crate::dictionary::{FieldFault, fold};

/// The name of the only milestone where a cell has a limit without a name.
pub const DEFAULT_MILESTONE: &str = "处置";

const NAME_CHARACTERS_MAX: usize = 20;
const SEPARATORS: [char; 6] = [';', '；', '、', ',', '，', '\n'];

/// Whether a name can be written into a cell and read back.
pub(super) fn is_milestone_name(name: &str) -> bool {
    let length = name.chars().count();
    (1..=NAME_CHARACTERS_MAX).contains(&length)
        && fold(name) == name
        && !name.chars().any(|letter| letter.is_numeric() || letter == ':' || SEPARATORS.contains(&letter))
}

/// Reads the limits of a cell. A step without a name is [`DEFAULT_MILESTONE`] where it is alone, else `第N阶段`,
/// with Chinese numerals.
///
/// # Errors
/// A fault on the column named: `limit_missing`, `limit_malformed`, `milestones_too_many`.
pub fn parse_milestones(column: &'static str, text: &str) -> Result<Vec<Milestone>, FieldFault> {
    let steps: Vec<String> = text.split(SEPARATORS).map(fold).filter(|step| !step.is_empty()).collect();
    if steps.is_empty() {
        return Err(FieldFault::new(
            column,
            text,
            "limit_missing",
            "the limit is empty",
            "write a limit such as 4小时, 2天 or 2紧急工作时",
        ));
    }
    if steps.len() > MILESTONES_MAX {
        return Err(FieldFault::new(
            column,
            text,
            "milestones_too_many",
            format!("a condition has {MILESTONES_MAX} milestones at most"),
            "join steps that end together",
        ));
    }
    let malformed = |step: &str| {
        FieldFault::new(
            column,
            step,
            "limit_malformed",
            "not a limit",
            "write a whole number and a unit: 2紧急工作时, 4小时, 2天, 5工作日; steps as 停工4工作时;处罚7工作日",
        )
    };
    let alone = steps.len() == 1;
    let mut milestones: Vec<Milestone> = Vec::with_capacity(steps.len());
    for (place, step) in steps.iter().enumerate() {
        let digit = step.find(|letter: char| letter.is_ascii_digit()).ok_or_else(|| malformed(step))?;
        let (name, limit) = step.split_at(digit);
        let name = name.trim_end_matches(':');
        let limit: Limit = limit
            .trim_end_matches(['内', '。'])
            .replacen('个', "", 1)
            .parse()
            .map_err(|_| malformed(step))?;
        if limit.value == 0 {
            return Err(malformed(step));
        }
        let name = match (name.is_empty(), alone) {
            (false, _) => name.to_owned(),
            (true, true) => DEFAULT_MILESTONE.to_owned(),
            (true, false) => format!("第{}阶段", chinese_number(place + 1)),
        };
        if !is_milestone_name(&name) {
            return Err(malformed(step));
        }
        milestones.push(Milestone { name, limit });
    }
    Ok(milestones)
}

/// Writes milestones into a cell so that [`parse_milestones`] reads the same.
#[must_use]
pub fn write_milestones(milestones: &[Milestone]) -> String {
    match milestones {
        [only] if only.name == DEFAULT_MILESTONE => only.limit.to_string(),
        _ => milestones
            .iter()
            .map(|milestone| format!("{}{}", milestone.name, milestone.limit))
            .collect::<Vec<_>>()
            .join(";"),
    }
}

/// 1 to 19, enough for [`MILESTONES_MAX`]; Arabic digits would be read as the limit.
fn chinese_number(number: usize) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let ones = DIGITS.get(number % 10).copied().unwrap_or_default();
    if number >= 10 { format!("十{ones}") } else { ones.to_owned() }
}

const _: () = assert!(MILESTONES_MAX < 20);
