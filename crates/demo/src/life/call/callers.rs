//! Who calls: mostly somebody who has not called for long, now and then one who calls again and again.

use std::collections::VecDeque;

use governance::desk::Contact;

use super::super::Dice;

/// Callers of late, some of whom call again.
const RECENT_CALLERS: usize = 24;

/// Surnames of residents who leave one.
const SURNAMES: &[&str] =
    &["王", "李", "张", "刘", "陈", "杨", "黄", "赵", "吴", "周", "潘", "龙", "石", "罗", "欧", "顾", "田"];

/// The callers of late.
#[derive(Debug, Default)]
pub(super) struct Callers {
    recent: VecDeque<usize>,
}

impl Callers {
    /// Somebody calls; `None` where the number is withheld.
    pub(super) fn next(&mut self, dice: &mut Dice) -> Option<Contact> {
        if dice.permille(60) {
            return None;
        }
        let again = dice.permille(110);
        if again && let Some(number) = self.recent.get(dice.below(self.recent.len())) {
            return Some(contact(*number));
        }
        let number = dice.below(NUMBERS);
        self.recent.push_back(number);
        if self.recent.len() > RECENT_CALLERS {
            self.recent.pop_front();
        }
        Some(contact(number))
    }
}

/// How many numbers there are.
pub(in super::super) const NUMBERS: usize = 10_000;

/// Nobody's name and number: numbers of this range are not given out. A number is always the same person's.
pub(in super::super) fn contact(number: usize) -> Contact {
    let surname = SURNAMES.get(number / 2 % SURNAMES.len()).copied().unwrap_or_default();
    let title = if number.is_multiple_of(2) { "先生" } else { "女士" };
    Contact { name: format!("{surname}{title}"), phone: format!("1990000{number:04}"), email: String::new() }
}
