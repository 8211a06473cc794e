//! Whether a row fits its description: read from JSON, so that the same is said of what comes over the API, from a form or from a table.

use kernel::{
    id::PersonId,
    shape::{self, Form},
};
use serde::Serialize;
use serde_json::Value;

use super::{
    FieldFault,
    description::{FieldDescription, Fields, Kind},
};

/// What is wrong with a row, by its description; nothing where it may be kept.
pub fn check<R: Fields + Serialize>(row: &R) -> Vec<FieldFault> {
    match serde_json::to_value(row) {
        Ok(row) => check_json(R::FIELDS, &row),
        Err(_) => vec![FieldFault::new("", "row_malformed")],
    }
}

/// What is wrong with the fields that make the key, given with their texts: none may be empty and, where there are several, none may hold
/// the sign that stands between them.
#[must_use]
pub fn check_key(fields: &[(&'static str, String)]) -> Vec<FieldFault> {
    let fault = |text: &str| match text {
        "" => Some("value_missing"),
        text if fields.len() > 1 && text.contains(KEY_JOINT) => Some("key_malformed"),
        _ => None,
    };
    fields.iter().filter_map(|(field, text)| Some(FieldFault::new(*field, fault(text)?))).collect()
}

/// Stands between the fields of a key.
pub const KEY_JOINT: char = '/';

/// As [`check`], of a row that nobody has read yet. What no field is called is a fault as well: who writes it means something by it.
#[must_use]
pub fn check_json(fields: &[FieldDescription], row: &Value) -> Vec<FieldFault> {
    let mut faults = Vec::new();
    check_fields(fields, row, "", &mut faults);
    faults
}

fn check_fields(fields: &[FieldDescription], row: &Value, before: &str, faults: &mut Vec<FieldFault>) {
    let Some(row) = row.as_object() else {
        faults.push(FieldFault::new(before.trim_end_matches('.').to_owned(), "row_malformed"));
        return;
    };
    for name in row.keys().filter(|name| fields.iter().all(|field| field.name != name.as_str())) {
        let shown: String = name.chars().take(FIELD_CHARS_SHOWN_MAX).collect();
        faults.push(FieldFault::new(format!("{before}{shown}"), "field_unknown"));
    }
    for field in fields {
        let path = || format!("{before}{}", field.name);
        match row.get(field.name).filter(|value| !is_empty(value)) {
            None if field.optional => {}
            None => faults.push(FieldFault::new(path(), "value_missing")),
            Some(value) => match field.kind {
                Kind::Rows { fields, rows_max } => check_rows(fields, rows_max, value, &path(), faults),
                kind => faults.extend(fault(kind, value).map(|code| FieldFault::new(path(), code))),
            },
        }
    }
}

/// Of a name that no field has, so many characters are said back.
const FIELD_CHARS_SHOWN_MAX: usize = 60;

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(list) => list.is_empty(),
        _ => false,
    }
}

fn check_rows(
    fields: &[FieldDescription],
    rows_max: u32,
    value: &Value,
    path: &str,
    faults: &mut Vec<FieldFault>,
) {
    let Some(rows) = value.as_array() else {
        faults.push(FieldFault::new(path.to_owned(), "table_malformed"));
        return;
    };
    if rows.len() > rows_max as usize {
        faults.push(FieldFault::new(path.to_owned(), "table_too_long"));
        return;
    }
    for (number, row) in rows.iter().enumerate() {
        check_fields(fields, row, &format!("{path}.{number}."), faults);
    }
}

/// Digits of the hash of a file (SHA-256).
const FILE_HASH_DIGITS: usize = 64;

fn outside(value: &Value, min: i64, max: i64) -> Option<&'static str> {
    value.as_i64().filter(|number| !(min..=max).contains(number)).map(|_| "number_range")
}

/// What is wrong with one value.
fn fault(kind: Kind, value: &Value) -> Option<&'static str> {
    let whole = || value.as_i64().is_none().then_some("number_malformed");
    let text = |code| value.as_str().ok_or(code);
    match kind {
        Kind::Text { chars_max, lines } => match text("text_malformed") {
            Err(code) => Some(code),
            Ok(text) if text.chars().count() > chars_max as usize => Some("value_too_long"),
            Ok(text) if text.chars().any(|sign| sign.is_control() && !(lines && sign == '\n')) => {
                Some("text_malformed")
            }
            Ok(_) => None,
        },
        Kind::Choice { choices } => match text("choice_unknown") {
            Err(code) => Some(code),
            Ok(text) => choices.iter().all(|choice| choice.code != text).then_some("choice_unknown"),
        },
        Kind::Integer { min, max, .. } => whole().or_else(|| outside(value, min, max)),
        Kind::Truth => (!value.is_boolean()).then_some("truth_malformed"),
        Kind::Decimal { min, max, .. } | Kind::Rate { min, max } => {
            whole().or_else(|| outside(value, min, max))
        }
        Kind::Money { min, .. } | Kind::Area { min, .. } => whole().or_else(|| outside(value, min, i64::MAX)),
        Kind::Moment => whole(),
        Kind::Person => match text("person_malformed") {
            Err(code) => Some(code),
            Ok(text) => text.parse::<PersonId>().is_err().then_some("person_malformed"),
        },
        Kind::File => match text("file_malformed") {
            Err(code) => Some(code),
            Ok(text) => {
                let hash =
                    text.len() == FILE_HASH_DIGITS && text.bytes().all(|sign| sign.is_ascii_hexdigit());
                (!hash).then_some("file_malformed")
            }
        },
        Kind::Point => shape::check(Form::Point, value).err(),
        Kind::Line => shape::check(Form::Line, value).err(),
        Kind::Surface => shape::check(Form::Surface, value).err(),
        Kind::Date => match text("date_malformed") {
            Err(code) => Some(code),
            Ok(text) => text.parse::<jiff::civil::Date>().is_err().then_some("date_malformed"),
        },
        Kind::Period => match text("period_malformed") {
            Err(code) => Some(code),
            Ok(text) => text.parse::<kernel::period::Period>().is_err().then_some("period_malformed"),
        },
        Kind::Rows { .. } => Some("table_malformed"),
    }
}
