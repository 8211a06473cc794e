//! Reading projects from an OC4IDS package: what the register of projects has a field for. The rest of a project is said back, not dropped in
//! silence.

use serde_json::{Map, Value, json};

/// Projects of one package at the most.
const PROJECTS_MAX: usize = 100_000;

/// A project that was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Taken {
    /// Its place in the package, from 0.
    pub number: usize,
    /// Fields of the register `project`; what they refer to may still have to be entered.
    pub fields: Value,
    /// Fields of the project that the register has no place for.
    pub left: Vec<String>,
}

/// Why a package, or one of its projects, is not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotTaken {
    /// The project's place in the package, where it is one project.
    pub number: Option<usize>,
    /// Where in it.
    pub path: String,
    /// The translation key.
    pub code: &'static str,
}

/// What the register has a place for.
const TAKEN: [&str; 12] = [
    "id",
    "language",
    "title",
    "description",
    "status",
    "type",
    "sector",
    "identifiers",
    "budget",
    "period",
    "locations",
    "publicAuthority",
];

/// The projects of a package; `unit` is the unit that answers for those whose authority names none of the city's.
///
/// # Errors
/// [`NotTaken`] with `package_malformed` or `package_too_large`.
pub fn read(package: &Value, unit: &str) -> Result<(Vec<Taken>, Vec<NotTaken>), NotTaken> {
    let whole = |code| NotTaken { number: None, path: "projects".to_owned(), code };
    let projects =
        package.get("projects").and_then(Value::as_array).ok_or_else(|| whole("package_malformed"))?;
    if projects.len() > PROJECTS_MAX {
        return Err(whole("package_too_large"));
    }
    let (mut taken, mut refused) = (Vec::new(), Vec::new());
    for (number, project) in projects.iter().enumerate() {
        match one(project, unit) {
            Ok((fields, left)) => taken.push(Taken { number, fields, left }),
            Err((path, code)) => refused.push(NotTaken { number: Some(number), path: path.to_owned(), code }),
        }
    }
    Ok((taken, refused))
}

type Fault = (&'static str, &'static str);

fn one(project: &Value, unit: &str) -> Result<(Value, Vec<String>), Fault> {
    let text = |name: &'static str| project.get(name).and_then(Value::as_str).filter(|text| !text.is_empty());
    let id = text("id").ok_or(("id", "value_missing"))?;
    let local =
        project["identifiers"].as_array().and_then(|all| all.first()).and_then(|first| first["id"].as_str());
    let code = local.unwrap_or_else(|| id.splitn(3, '-').nth(2).unwrap_or(id));
    let mut fields = Map::new();
    let mut put = |name: &str, value: Value| fields.insert(name.to_owned(), value);
    put("code", code.into());
    if id.starts_with("oc4ids-") {
        put("oc4ids_id", id.into());
    }
    put("name", text("title").ok_or(("title", "value_missing"))?.into());
    put("status", text("status").ok_or(("status", "value_missing"))?.into());
    put("kind", text("type").unwrap_or("construction").into());
    let sector = project["sector"].as_array().and_then(|all| all.first()).and_then(Value::as_str);
    put("sector", sector.ok_or(("sector", "value_missing"))?.into());
    put("cash_flow", text("cashFlow").unwrap_or("non_commercial").into());
    let authority = project["publicAuthority"]["id"].as_str().and_then(|id| id.strip_prefix("unit-"));
    put("unit", authority.unwrap_or(unit).into());
    if let Some(content) = text("description") {
        put("content", content.into());
    }
    put("budget", amount(&project["budget"]["amount"])?.into());
    for (name, value) in
        [("approved_on", &project["budget"]["approvalDate"]), ("started_on", &project["period"]["startDate"])]
    {
        if let Some(day) = day(value) {
            put(name, day.into());
        }
    }
    if let Some(end) = day(&project["period"]["endDate"]) {
        let is_built = matches!(
            text("status"),
            Some("completion" | "maintenance" | "decommissioning" | "decommissioned")
        );
        put(if is_built { "completed_on" } else { "due_on" }, end.into());
    }
    for place in project["locations"].as_array().into_iter().flatten() {
        let geometry = kernel::shape::parted(place["geometry"].clone());
        let field = match geometry["type"].as_str() {
            Some("Point") => "place",
            Some("LineString") => "line",
            Some("MultiPolygon") => "site",
            _ => continue,
        };
        put(field, geometry);
    }
    let known = project.as_object().into_iter().flat_map(Map::keys);
    let left = known
        .filter(|name| !TAKEN.contains(&name.as_str()) && name.as_str() != "cashFlow")
        .cloned()
        .collect();
    Ok((json!(fields), left))
}

/// Money of a value in yuan, as fen.
fn amount(value: &Value) -> Result<i64, Fault> {
    let fault = |code| ("budget.amount", code);
    if value["currency"].as_str().is_some_and(|currency| currency != "CNY") {
        return Err(fault("currency_not_taken"));
    }
    let number = value["amount"].as_number().ok_or_else(|| fault("value_missing"))?;
    // The number as it is written: no detour over a double.
    number.to_string().parse::<kernel::money::Fen>().map(|fen| fen.0).map_err(|_| fault("number_decimals"))
}

/// The day of a moment as it is written there.
fn day(value: &Value) -> Option<String> {
    let text = value.as_str()?.get(..10)?;
    text.parse::<jiff::civil::Date>().ok().map(|day| day.to_string())
}
