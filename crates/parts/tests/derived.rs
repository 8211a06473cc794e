//! Fields that are reckoned from others: nobody is asked for them.

use std::collections::BTreeSet;

/// What the help of such a field says.
const RECKONED: [&str; 2] = ["counted from", "reckoned from"];

#[test]
fn what_is_reckoned_is_derived_and_asked_of_nobody() {
    let nouns = parts::nouns();
    let mut registers = BTreeSet::new();
    let mut wrong = Vec::new();
    for told in nouns.registers().iter().map(|register| register.description()) {
        for field in told.fields {
            let is_told = RECKONED.iter().any(|words| field.about.contains(words));
            let is_given = told.key.contains(&field.name) || told.unit == Some(field.name);
            if field.derived {
                registers.insert(told.name);
            }
            // That a register fills fields and names none of them, or the other way round, does not compile.
            if is_told != field.derived || field.derived && (!field.optional || is_given) {
                wrong.push(format!("{}.{}", told.name, field.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(registers.len() >= 14, "{registers:?}");
}
