//! A register's row as JSON Schema (2020-12), for programs that enter rows.

use axum::{
    Json,
    extract::{Path, State},
};
use ledger::register::{FieldDescription, Kind, TEXT_CHARS_MAX};
use serde_json::{Map, Value, json};

use super::seen_or_not_found;
use crate::{
    app::AppState,
    problem::{Problem, ProblemBody},
    rights::Caller,
};

/// The schema of a row.
#[utoipa::path(get, path = "/api/v1/registers/{name}/schema", tag = "register", operation_id = "register_schema",
    params(("name" = String, Path)),
    responses((status = 200, body = Object), (status = 401, body = ProblemBody), (status = 404, body = ProblemBody)))]
pub(crate) async fn show(
    State(state): State<AppState>,
    caller: Caller,
    Path(name): Path<String>,
) -> Result<Json<Value>, Problem> {
    let register = state.ledger().register(&name).map_err(Problem::from)?;
    seen_or_not_found(register, &caller).map_err(Problem::from)?;
    let described = register.description();
    let mut schema = object(described.fields);
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema".into();
    schema["title"] = format!("{} {}", described.title.zh, described.title.en).into();
    schema["description"] = described.about.into();
    Ok(Json(schema))
}

fn object(fields: &[FieldDescription]) -> Value {
    let properties: Map<String, Value> =
        fields.iter().map(|field| (field.name.to_owned(), property(field))).collect();
    let required: Vec<&str> = fields.iter().filter(|field| !field.optional).map(|field| field.name).collect();
    json!({ "type": "object", "properties": properties, "required": required, "additionalProperties": false })
}

fn property(field: &FieldDescription) -> Value {
    let mut schema = match field.kind {
        Kind::Text { chars_max, .. } => json!({ "type": "string", "maxLength": chars_max }),
        Kind::Choice { choices } => {
            let codes: Vec<&str> = choices.iter().map(|choice| choice.code).collect();
            json!({ "type": "string", "enum": codes })
        }
        Kind::Integer { min, max, .. } | Kind::Decimal { min, max, .. } | Kind::Rate { min, max } => {
            json!({ "type": "integer", "minimum": min, "maximum": max })
        }
        Kind::Money { min, .. } | Kind::Area { min, .. } => json!({ "type": "integer", "minimum": min }),
        Kind::Moment => json!({ "type": "integer" }),
        Kind::Truth => json!({ "type": "boolean" }),
        Kind::Date => json!({ "type": "string", "format": "date" }),
        Kind::Period | Kind::File => json!({ "type": "string", "maxLength": TEXT_CHARS_MAX }),
        Kind::Person => json!({ "type": ["object", "string"] }),
        Kind::Point => geometry("Point"),
        Kind::Line => geometry("LineString"),
        Kind::Surface => geometry("MultiPolygon"),
        Kind::Rows { fields, rows_max } => {
            json!({ "type": "array", "maxItems": rows_max, "items": object(fields) })
        }
    };
    schema["title"] = format!("{} {}", field.title.zh, field.title.en).into();
    schema["description"] = field.about.into();
    if field.derived {
        schema["readOnly"] = true.into();
    }
    if let Some(refers) = field.refers {
        schema["x-refers"] = refers.into();
    }
    if let Some(list) = field.list {
        schema["x-list"] = list.into();
    }
    schema
}

fn geometry(kind: &str) -> Value {
    json!({
        "type": "object",
        "properties": { "type": { "const": kind }, "coordinates": { "type": "array" } },
        "required": ["type", "coordinates"],
    })
}
