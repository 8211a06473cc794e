//! In which order rows are written, where rows of a register name one another: what is named comes before what names it.

use std::collections::HashMap;

use ledger::register::{FieldDescription, Kind};
use serde_json::{Map, Value};

/// The keys of rows of this register that a row names.
pub(crate) fn named<'r>(
    register: &str,
    fields: &[FieldDescription],
    row: &'r Map<String, Value>,
    keep: &mut dyn FnMut(&'r str),
) {
    for field in fields {
        match (field.kind, row.get(field.name)) {
            (Kind::Rows { fields, .. }, Some(Value::Array(rows))) => {
                for row in rows.iter().filter_map(Value::as_object) {
                    named(register, fields, row, keep);
                }
            }
            (_, Some(Value::String(key))) if field.refers == Some(register) => keep(key),
            _ => {}
        }
    }
}

/// Whether rows of a register name rows of the same.
pub(crate) fn names_itself(register: &str, fields: &[FieldDescription]) -> bool {
    fields.iter().any(|field| {
        field.refers == Some(register)
            || matches!(field.kind, Kind::Rows { fields, .. } if names_itself(register, fields))
    })
}

/// The places of rows in an order in which what is named stands before what names it, otherwise as they came. Rows that name each other
/// in a ring stay as they came.
pub(crate) fn ordered<'r>(
    register: &str,
    fields: &[FieldDescription],
    rows: &'r [(Option<&'r str>, &'r Map<String, Value>)],
) -> Vec<usize> {
    if !names_itself(register, fields) {
        return (0..rows.len()).collect();
    }
    let places: HashMap<&str, usize> =
        rows.iter().enumerate().filter_map(|(place, (key, _))| Some(((*key)?, place))).collect();
    let before: Vec<Vec<usize>> = rows
        .iter()
        .map(|(_, row)| {
            let mut before = Vec::new();
            named(register, fields, row, &mut |key| before.extend(places.get(key).copied()));
            before
        })
        .collect();
    let mut order = Vec::with_capacity(rows.len());
    // 0 not seen, 1 on the way, 2 done; a stack of its own, because a chain may be as long as the file.
    let mut state = vec![0_u8; rows.len()];
    for start in 0..rows.len() {
        let mut stack = vec![(start, 0)];
        while let Some((place, next)) = stack.pop() {
            if next == 0 {
                if state[place] != 0 {
                    continue;
                }
                state[place] = 1;
            }
            match before[place].get(next) {
                Some(named) => {
                    stack.push((place, next + 1));
                    if state[*named] == 0 {
                        stack.push((*named, 0));
                    }
                }
                None => {
                    state[place] = 2;
                    order.push(place);
                }
            }
        }
    }
    order
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const FIELDS: &[FieldDescription] = &[FieldDescription {
        name: "above",
        title: ledger::register::Title { zh: "上级", en: "Above" },
        about: "",
        kind: Kind::Text { chars_max: 10, lines: false },
        optional: true,
        find: false,
        search: false,
        derived: false,
        refers: Some("unit"),
        list: None,
    }];

    #[test]
    fn what_is_named_comes_first_and_rings_end() {
        let rows = [
            json!({"above": "b"}),
            json!({"above": "c"}),
            json!({}),
            json!({"above": "e"}),
            json!({"above": "d"}),
        ];
        let keys = ["a", "b", "c", "d", "e"];
        let given: Vec<_> =
            keys.iter().zip(&rows).map(|(key, row)| (Some(*key), row.as_object().unwrap())).collect();
        assert_eq!(ordered("unit", FIELDS, &given), [2, 1, 0, 4, 3]);
        assert_eq!(ordered("other", FIELDS, &given), [0, 1, 2, 3, 4]);
    }
}
