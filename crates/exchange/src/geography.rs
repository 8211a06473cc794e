//! Rows from GeoJSON (RFC 7946), whose properties have the headings of a table, and from JSON, one row a line, as rows are stored.

use std::collections::{BTreeMap, HashMap};

use documents::{
    DocumentError,
    geojson::{FEATURES_MAX, GEOJSON_BYTES_MAX},
};
use ledger::register::{Description, FieldDescription, Kind};
use serde_json::{Map, Value};

use crate::{
    ExchangeError, TOO_LONG_FOR_A_CELL, cell,
    header::{Names, Target},
    measure,
    read::{Heading, Proposed, Sheet, key_of},
    remark::Remark,
};

const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// Whether a file is JSON and no table.
pub(crate) fn is_json(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes);
    matches!(bytes.trim_ascii_start(), [b'{', ..] | [b'[', b'{' | b']' | b' ' | b'\n' | b'\r' | b'\t', ..])
}

/// The first field with a shape: the geometry of a feature.
pub(crate) fn shape_field(description: &Description) -> Option<&'static FieldDescription> {
    description.fields.iter().find(|field| matches!(field.kind, Kind::Point | Kind::Line | Kind::Surface))
}

pub(crate) fn read(description: &'static Description, bytes: &[u8]) -> Result<Sheet, ExchangeError> {
    let size = bytes.len() as u64;
    if size > GEOJSON_BYTES_MAX {
        return Err(DocumentError::TooLarge { bytes: size, bytes_max: GEOJSON_BYTES_MAX }.into());
    }
    let bytes = bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes);
    let malformed = |line: u64, error: &serde_json::Error| ExchangeError::JsonMalformed {
        line,
        cause: error.to_string(),
    };
    let mut sheet = Sheet::default();
    // A list, or a collection that may spread over many lines, is one document; rows are one document a line.
    match serde_json::from_slice::<Value>(bytes) {
        Ok(Value::Array(rows)) => {
            for (number, row) in (1..).zip(rows) {
                sheet.push(stored(description, number, row))?;
            }
        }
        Ok(Value::Object(mut document))
            if document.get("type").and_then(Value::as_str) == Some("FeatureCollection") =>
        {
            let Some(Value::Array(features)) = document.remove("features") else {
                let cause = "a FeatureCollection without features".to_owned();
                return Err(DocumentError::GeojsonMalformed { cause }.into());
            };
            collection(description, features, &mut sheet)?;
        }
        Ok(row) => sheet.push(stored(description, 1, row))?,
        Err(whole) => {
            let lines = bytes.split(|byte| *byte == b'\n');
            for (number, line) in (1_u32..).zip(lines).filter(|(_, line)| !line.trim_ascii().is_empty()) {
                // What is no row a line was meant as one document.
                let row = serde_json::from_slice(line).map_err(|error| match number {
                    1 => malformed(whole.line() as u64, &whole),
                    number => malformed(number.into(), &error),
                })?;
                sheet.push(stored(description, number, row))?;
            }
        }
    }
    Ok(sheet)
}

/// A row as it is stored: with key, version and fields, or the fields alone.
fn stored(description: &'static Description, number: u32, row: Value) -> Proposed {
    let mut proposed = Proposed {
        row: number,
        key: None,
        version: None,
        fields: Map::new(),
        faults: Vec::new(),
        table_rows: BTreeMap::new(),
    };
    match row {
        Value::Object(mut row) => {
            let wrapped = row.get("fields").is_some_and(Value::is_object)
                && description.fields.iter().all(|field| field.name != "fields");
            if wrapped && let Some(Value::Object(fields)) = row.remove("fields") {
                proposed.version = row.get("version").and_then(Value::as_u64);
                row = fields;
            }
            proposed.key = key_of(description, &row);
            proposed.fields = row;
        }
        other => {
            let text = other.to_string();
            proposed.faults.push(Remark::new(number, "", &text, "row_malformed"));
        }
    }
    proposed
}

fn collection(
    description: &'static Description,
    features: Vec<Value>,
    sheet: &mut Sheet,
) -> Result<(), ExchangeError> {
    if features.len() as u64 > FEATURES_MAX {
        return Err(DocumentError::GeojsonTooMany { what: "features", count_max: FEATURES_MAX }.into());
    }
    let names = Names::of(description.fields, true);
    let mut targets: HashMap<String, Option<Target>> = HashMap::new();
    let shape = shape_field(description);
    for (number, feature) in (1_u32..).zip(features) {
        let Value::Object(mut feature) = feature else {
            sheet.push(stored(description, number, feature))?;
            continue;
        };
        let mut row = stored(description, number, Value::Object(Map::new()));
        if let (Some(shape), Some(geometry)) = (shape, feature.remove("geometry")) {
            row.fields.insert(shape.name.to_owned(), flat(geometry));
        }
        let Some(Value::Object(properties)) = feature.remove("properties") else {
            row.faults.push(Remark::new(number, "", "", "feature_malformed"));
            sheet.push(row)?;
            continue;
        };
        for (heading, value) in properties {
            let target = match targets.get(&heading) {
                Some(target) => *target,
                None => {
                    let target = names.target(&heading)?;
                    match target {
                        Some(Target::Field { field, .. }) => {
                            let at = Heading { text: heading.clone(), ..Heading::default() };
                            sheet.headings.insert(description.fields[field].name.to_owned(), at);
                        }
                        Some(Target::Version) => {}
                        None => sheet.warn([Remark::new(number, &heading, "", "column_unknown")]),
                    }
                    targets.insert(heading.clone(), target);
                    target
                }
            };
            property(description, &heading, target, &value, &mut row);
        }
        row.key = key_of(description, &row.fields);
        sheet.push(row)?;
    }
    Ok(())
}

fn property(
    description: &'static Description,
    heading: &str,
    target: Option<Target>,
    value: &Value,
    row: &mut Proposed,
) {
    let text = match value {
        Value::Null => String::new(),
        Value::String(text) => text.trim().to_owned(),
        // Without an exponent, as people write it.
        Value::Number(number) if !number.is_i64() && !number.is_u64() => {
            number.as_f64().map_or_else(|| number.to_string(), |number| number.to_string())
        }
        other => other.to_string(),
    };
    match target {
        None => {}
        Some(Target::Version) => match text.parse() {
            Ok(version) => row.version = Some(version),
            Err(_) if text.is_empty() => {}
            Err(_) => row.faults.push(Remark::new(row.row, heading, &text, "version_malformed")),
        },
        Some(Target::Field { .. }) if text == TOO_LONG_FOR_A_CELL => {}
        Some(Target::Field { field, measure }) => {
            let described = &description.fields[field];
            let measure = measure.or_else(|| measure::of_kind(described.kind));
            let read = match text.as_str() {
                "" => Ok(Value::Null),
                text => cell::read(described.kind, measure, text),
            };
            match read {
                Ok(value) => drop(row.fields.insert(described.name.to_owned(), value)),
                Err(code) => row.faults.push(Remark::new(row.row, heading, &text, code)),
            }
        }
    }
}

/// A geometry without heights.
fn flat(mut geometry: Value) -> Value {
    fn cut(value: &mut Value) {
        if let Value::Array(parts) = value {
            if parts.first().is_some_and(Value::is_number) {
                parts.truncate(2);
            } else {
                parts.iter_mut().for_each(cut);
            }
        }
    }
    if let Some(coordinates) = geometry.get_mut("coordinates") {
        cut(coordinates);
    }
    geometry
}
