//! What the address of a list asks for: filters by field, words, a box, order, page.

use axum::{extract::FromRequestParts, http::request::Parts};
use db::Value;
use kernel::shape::Bounds;
use ledger::{
    Condition, LedgerError,
    register::{self, AnyRegister, Comparison, FieldFault, Mark, Query},
};

use crate::{
    api::{PAGE, PAGE_MAX},
    app::AppState,
    problem::Problem,
    request::numbers,
};

/// Filters in one address at the most.
const FILTERS_MAX: usize = 40;

/// The pairs of an address that a list understands.
pub(crate) struct Asked {
    filters: Vec<(String, Comparison, String)>,
    words: Vec<String>,
    order: Option<String>,
    after: Option<String>,
    limit: u32,
    bounds: Option<Bounds>,
    refers: Option<String>,
    retired: bool,
    format: Option<String>,
}

impl FromRequestParts<AppState> for Asked {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &AppState) -> Result<Self, Problem> {
        let mut asked = Self {
            filters: Vec::new(),
            words: Vec::new(),
            order: None,
            after: None,
            limit: PAGE,
            bounds: None,
            refers: None,
            retired: false,
            format: None,
        };
        let query = parts.uri.query().unwrap_or_default();
        for (name, value) in form_urlencoded::parse(query.as_bytes()).filter(|(_, value)| !value.is_empty()) {
            asked.take(&name, &value)?;
        }
        Ok(asked)
    }
}

impl Asked {
    fn take(&mut self, name: &str, value: &str) -> Result<(), Problem> {
        match name {
            "city" => {}
            "q" => self.words = value.split_whitespace().map(str::to_owned).collect(),
            "order" => self.order = Some(value.to_owned()),
            "after" => self.after = Some(value.to_owned()),
            "limit" => {
                self.limit =
                    value.parse::<u32>().map_err(|_| Problem::malformed("limit"))?.clamp(1, PAGE_MAX);
            }
            "box" => self.bounds = Some(bounds(numbers::<4>(value, "box")?)?),
            "refers" => self.refers = Some(value.to_owned()),
            "retired" => self.retired = value == "true",
            "format" => self.format = Some(value.to_owned()),
            filter => {
                if self.filters.len() >= FILTERS_MAX {
                    return Err(Problem::malformed("query"));
                }
                let (field, comparison) = match filter.split_once('.') {
                    None => (filter, Comparison::Is),
                    Some((field, "from")) => (field, Comparison::From),
                    Some((field, "to")) => (field, Comparison::To),
                    Some((field, "empty")) => (field, Comparison::Empty),
                    Some(_) => return Err(Problem::malformed("query")),
                };
                self.filters.push((field.to_owned(), comparison, value.to_owned()));
            }
        }
        Ok(())
    }

    /// The format of a file that is asked for.
    pub(super) fn format(&self) -> Option<&str> {
        self.format.as_deref()
    }

    /// The query on a register, under the conditions of what the caller may see.
    pub(super) fn query(
        self,
        register: &dyn AnyRegister,
        mut conditions: Vec<Condition<'static>>,
    ) -> Result<Query, LedgerError> {
        let fault = |fault: FieldFault| register::refused(&[fault]);
        for (field, comparison, text) in &self.filters {
            conditions.push(register::filter(register, field, *comparison, text).map_err(fault)?);
        }
        if let Some(bounds) = self.bounds {
            let touches = register::touches(register, bounds);
            conditions
                .extend(touches.ok_or_else(|| fault(FieldFault::new("box", "register_without_place")))?);
        }
        if let Some(refers) = &self.refers {
            let (other, key) =
                refers.split_once(':').ok_or_else(|| fault(FieldFault::new("refers", "key_malformed")))?;
            conditions.push(Condition::Tagged(vec![register::reference_tag(other, key).into()]));
        }
        let (order, falling) = match self.order.as_deref() {
            None => (None, false),
            Some(order) => {
                let (name, falling) = order.strip_prefix('-').map_or((order, false), |name| (name, true));
                let column =
                    register.columns().iter().map(|(column, _)| *column).find(|column| *column == name);
                let shown: String = name.chars().take(60).collect();
                (Some(column.ok_or_else(|| fault(FieldFault::new(shown, "field_not_found_by")))?), falling)
            }
        };
        let after = self.after.as_deref().map(mark).transpose().map_err(fault)?;
        Ok(Query {
            conditions,
            phrases: self.words,
            retired: self.retired,
            order,
            falling,
            after,
            limit: self.limit,
        })
    }
}

fn bounds([west, south, east, north]: [f64; 4]) -> Result<Bounds, Problem> {
    let fits = west <= east && south <= north && west.abs() <= 180.0 && east.abs() <= 180.0;
    if !fits || south.abs() > 90.0 || north.abs() > 90.0 {
        return Err(Problem::malformed("box"));
    }
    Bounds::around([[west, south], [east, north]]).ok_or_else(|| Problem::malformed("box"))
}

/// Where a page ended, as the caller got it and gives it back.
fn mark(text: &str) -> Result<Mark, FieldFault> {
    let malformed = || FieldFault::new("after", "page_mark_malformed");
    let (value, row): (serde_json::Value, i64) = serde_json::from_str(text).map_err(|_| malformed())?;
    let value = match value {
        serde_json::Value::Null => Value::Null,
        serde_json::Value::String(text) => text.into(),
        serde_json::Value::Number(number) => number.as_i64().ok_or_else(malformed)?.into(),
        _ => return Err(malformed()),
    };
    Ok(Mark { value, row })
}

/// A mark as text.
pub(super) fn mark_text(mark: &Mark) -> String {
    let value = match &mark.value {
        Value::Int(number) => serde_json::json!(number),
        Value::Text(text) => serde_json::json!(text),
        _ => serde_json::Value::Null,
    };
    serde_json::json!([value, mark.row]).to_string()
}
