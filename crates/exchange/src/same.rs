//! Whether two values of a field say the same, and which cells of a row do not.

use kernel::shape;
use ledger::register::{FieldDescription, Kind};
use serde_json::{Map, Value};

use crate::difference::CellChange;

/// The cells in which a row differs.
pub(crate) fn changes(
    fields: &[FieldDescription],
    before: &Map<String, Value>,
    after: &Map<String, Value>,
) -> Vec<CellChange> {
    let mut cells = Vec::new();
    for field in fields {
        let (before, after) =
            (before.get(field.name).unwrap_or(&Value::Null), after.get(field.name).unwrap_or(&Value::Null));
        if !same(field.kind, before, after) {
            cells.push(CellChange { field: field.name, before: before.clone(), after: after.clone() });
        }
    }
    let unknown = after.iter().filter(|(name, _)| fields.iter().all(|field| field.name != *name));
    // Told by its faults; it only must not pass for unchanged.
    cells.extend(unknown.map(|(_, value)| CellChange {
        field: "",
        before: Value::Null,
        after: value.clone(),
    }));
    cells
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(rows) => rows.is_empty(),
        _ => false,
    }
}

/// Whether two values of a field say the same: blanks around a text, the order of names and the form of a number do not count.
pub(crate) fn same(kind: Kind, one: &Value, other: &Value) -> bool {
    if is_empty(one) || is_empty(other) {
        return is_empty(one) && is_empty(other);
    }
    match (kind, one, other) {
        (Kind::Text { .. }, Value::String(one), Value::String(other)) => {
            one.trim().replace("\r\n", "\n") == other.trim().replace("\r\n", "\n")
        }
        (Kind::Surface, _, _) => alike(&shape::parted(one.clone()), &shape::parted(other.clone())),
        (Kind::Point | Kind::Line, _, _) => alike(one, other),
        (Kind::Rows { fields, .. }, Value::Array(one), Value::Array(other)) => {
            one.len() == other.len()
                && one.iter().zip(other).all(|(one, other)| {
                    fields.iter().all(|field| {
                        let of = |row: &'_ Value| row.get(field.name).cloned().unwrap_or_default();
                        same(field.kind, &of(one), &of(other))
                    })
                })
        }
        _ => one == other,
    }
}

/// Whether two shapes are the same; 107 is 107.0.
fn alike(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => one.as_f64() == other.as_f64(),
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| alike(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            one.len() == other.len()
                && one.iter().all(|(name, value)| other.get(name).is_some_and(|other| alike(value, other)))
        }
        _ => one == other,
    }
}
