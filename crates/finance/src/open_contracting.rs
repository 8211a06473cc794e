//! Projects and PPP contracts in the field's open standards: OC4IDS 0.9.5 and OCDS for PPPs 1.0.0-beta4. Pure: from rows to JSON and back.
//! What the standards have no word for (the return mechanism, the cash flow) stands beside in fields of its own, which they permit.

mod oc4ids;
mod ocds;
mod read;

use std::collections::BTreeMap;

use jiff::civil::Date;
use kernel::money::Fen;
use serde_json::{Map, Value, json};

pub use self::{
    oc4ids::package as oc4ids_package,
    ocds::package as ocds_package,
    read::{NotTaken, Taken, read},
};
use crate::{organisation::Organisation, project::Project};

/// Who publishes, and when.
#[derive(Debug, Clone)]
pub struct Published {
    /// The prefix that is registered for the city with the standard, as in `oc4ids-PREFIX-…`.
    pub prefix: String,
    /// The name of the publisher.
    pub publisher: String,
    /// The address under which the package is published.
    pub uri: String,
    /// When, ISO 8601 with offset.
    pub at: String,
    /// The offset of the city's zone, `+08:00`: days begin then.
    pub offset: String,
}

/// What rows refer to.
#[derive(Debug, Clone, Default)]
pub struct Known {
    /// Organisations by code.
    pub organisations: BTreeMap<String, Organisation>,
    /// Names of units by code.
    pub units: BTreeMap<String, String>,
    /// Projects by code.
    pub projects: BTreeMap<String, Project>,
}

impl Published {
    /// A day as the standards write a moment: its first.
    fn day(&self, day: Date) -> String {
        format!("{day}T00:00:00{}", self.offset)
    }

    /// A project's identifier: its own, or the prefix and its code.
    fn project_id(&self, project: &Project) -> String {
        project.oc4ids_id.clone().unwrap_or_else(|| format!("oc4ids-{}-{}", self.prefix, project.code))
    }

    fn period(&self, from: Option<Date>, to: Option<Date>) -> Option<Value> {
        let mut period = Map::new();
        if let Some(from) = from {
            period.insert("startDate".to_owned(), self.day(from).into());
        }
        if let Some(to) = to {
            period.insert("endDate".to_owned(), self.day(to).into());
        }
        (!period.is_empty()).then(|| period.into())
    }
}

/// An amount of money in yuan.
fn money(amount: Fen) -> Value {
    // Up to 90 trillion yuan a double holds each fen, and is written with no more digits than it needs.
    let yuan = if amount.0 % 100 == 0 { json!(amount.0 / 100) } else { json!(amount.0 as f64 / 100.0) };
    json!({ "amount": yuan, "currency": "CNY" })
}

/// Parties as they come up, each once, with all its roles.
#[derive(Default)]
struct Parties(BTreeMap<String, (String, Vec<&'static str>)>);

impl Parties {
    /// Notes a party's role; gives the reference to it.
    fn of(&mut self, id: &str, name: &str, role: &'static str) -> Value {
        let (_, roles) = self.0.entry(id.to_owned()).or_insert_with(|| (name.to_owned(), Vec::new()));
        if !roles.contains(&role) {
            roles.push(role);
        }
        json!({ "id": id, "name": name })
    }

    fn organisation(&mut self, known: &Known, code: &str, role: &'static str) -> Value {
        let name = known.organisations.get(code).map_or_else(|| code.to_owned(), |found| found.name.clone());
        self.of(code, &name, role)
    }

    fn unit(&mut self, known: &Known, code: &str, role: &'static str) -> Value {
        let name = known.units.get(code).cloned().unwrap_or_else(|| code.to_owned());
        self.of(&format!("unit-{code}"), &name, role)
    }

    fn list(self) -> Vec<Value> {
        let parties = self.0.into_iter();
        parties.map(|(id, (name, roles))| json!({ "id": id, "name": name, "roles": roles })).collect()
    }
}

/// Puts a value where there is one.
fn put(object: &mut Value, name: &str, value: Option<Value>) {
    if let Some(value) = value {
        object[name] = value;
    }
}
