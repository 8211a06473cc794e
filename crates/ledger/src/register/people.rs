//! People that rows name. What a person is called stands in the vault; a row has an id that opens it. Whoever could write another row's id
//! into a row of their own could look at a stranger through it, so an id that comes from outside is taken only where the row has it already.

use kernel::id::PersonId;
use serde_json::Value;

use super::{
    FieldFault,
    description::{FieldDescription, Kind},
};

/// A person that a row names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// The field, within a small table with the row's number: `members.2.person`.
    pub path: String,
    /// The field without the number: `members.person`.
    pub field: String,
    /// The person.
    pub person: PersonId,
}

/// Whether rows with these fields name people.
#[must_use]
pub fn names_people(fields: &[FieldDescription]) -> bool {
    fields.iter().any(|field| match field.kind {
        Kind::Person => true,
        Kind::Rows { fields, .. } => names_people(fields),
        _ => false,
    })
}

/// The people that a row names, in the order of its fields; what is no id is left out.
#[must_use]
pub fn people(fields: &[FieldDescription], row: &Value) -> Vec<Named> {
    let mut found = Vec::new();
    gather(fields, row, ("", ""), &mut found);
    found
}

fn gather(
    fields: &[FieldDescription],
    row: &Value,
    (path, field_path): (&str, &str),
    found: &mut Vec<Named>,
) {
    for field in fields {
        let Some(value) = row.get(field.name) else { continue };
        match field.kind {
            Kind::Person => found.extend(value.as_str().and_then(|id| id.parse().ok()).map(|person| Named {
                path: format!("{path}{}", field.name),
                field: format!("{field_path}{}", field.name),
                person,
            })),
            Kind::Rows { fields, .. } => {
                for (number, inner) in value.as_array().into_iter().flatten().enumerate() {
                    let path = format!("{path}{}.{number}.", field.name);
                    gather(fields, inner, (&path, &format!("{field_path}{}.", field.name)), found);
                }
            }
            _ => {}
        }
    }
}

/// What is wrong with the people that a row names: fault `person_unknown` of each that the row as it stands does not name in the same field
/// (of a small table in whichever row, since rows move) and that is not among those who are `known`: made in the same write, or named by
/// the row before.
#[must_use]
pub fn strangers(
    fields: &[FieldDescription],
    row: &Value,
    stands: Option<&Value>,
    known: &[PersonId],
) -> Vec<FieldFault> {
    let named = people(fields, row);
    if named.is_empty() {
        return Vec::new();
    }
    let standing = stands.map(|stands| people(fields, stands)).unwrap_or_default();
    let is_known = |one: &Named| {
        known.contains(&one.person)
            || standing.iter().any(|other| other.field == one.field && other.person == one.person)
    };
    named
        .into_iter()
        .filter(|one| !is_known(one))
        .map(|one| FieldFault::new(one.path, "person_unknown"))
        .collect()
}
