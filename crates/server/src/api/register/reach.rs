//! Who sees and changes which rows: a post of the whole city sees all of them, a unit's post those of its unit; a row is changed by the unit
//! that it names, or where it names none by a unit that keeps the register.

use db::Tx;
use exchange::Rows;
use kernel::{
    code::CityCode,
    role::{Action, Actor, ScopeKind},
};
use ledger::{
    Condition, LedgerError,
    register::{self, AnyRegister, KEY_JOINT},
};
use serde_json::Value;

use super::scope_of;

/// The register that says who keeps which.
const KEEPERS: &str = "register_keeper";

/// The conditions on rows that somebody may see; none where the register is as if it were not there.
pub(super) fn seen(register: &dyn AnyRegister, actor: &Actor) -> Option<Vec<Condition<'static>>> {
    match scope_of(actor)? {
        ScopeKind::City => Some(Vec::new()),
        ScopeKind::Unit => {
            let (column, unit) = (register.description().unit?, actor.unit.clone()?);
            Some(vec![Condition::Is(column, unit.into())])
        }
        _ => None,
    }
}

/// Whether a row is among those that somebody may see.
pub(super) fn may_see(register: &dyn AnyRegister, actor: &Actor, fields: &Value) -> bool {
    match scope_of(actor) {
        Some(ScopeKind::City) => true,
        Some(ScopeKind::Unit) => actor.unit.is_some() && unit_of(register, fields) == actor.unit.as_deref(),
        _ => false,
    }
}

/// The unit that a row names.
fn unit_of<'a>(register: &dyn AnyRegister, fields: &'a Value) -> Option<&'a str> {
    fields.get(register.description().unit?).and_then(Value::as_str).filter(|unit| !unit.is_empty())
}

fn keeps(
    tx: &mut Tx<'_>,
    city: CityCode,
    register: &dyn AnyRegister,
    unit: &str,
) -> Result<bool, LedgerError> {
    let key = format!("{}{KEY_JOINT}{unit}", register.description().name);
    register::stands(tx, city, KEEPERS, &key)
}

/// Whether somebody may enter rows at all.
pub(super) fn may_enter(
    tx: &mut Tx<'_>,
    city: CityCode,
    register: &dyn AnyRegister,
    actor: &Actor,
) -> Result<bool, LedgerError> {
    match (actor.reach(Action::RegisterEdit), &actor.unit) {
        (Some(ScopeKind::City), _) => Ok(true),
        (Some(ScopeKind::Unit), Some(unit)) => {
            Ok(register.description().unit.is_some() || keeps(tx, city, register, unit)?)
        }
        _ => Ok(false),
    }
}

/// Whether somebody may change a row that reads so.
pub(super) fn may_change(
    tx: &mut Tx<'_>,
    city: CityCode,
    register: &dyn AnyRegister,
    actor: &Actor,
    action: Action,
    fields: &Value,
) -> Result<bool, LedgerError> {
    match (actor.reach(action), &actor.unit) {
        (Some(ScopeKind::City), _) => Ok(true),
        (Some(ScopeKind::Unit), Some(own)) => match unit_of(register, fields) {
            Some(unit) => Ok(unit == own),
            None => keeps(tx, city, register, own),
        },
        _ => Ok(false),
    }
}

/// Which rows somebody sees and changes, for the whole of a file.
pub(super) fn of_file(
    tx: &mut Tx<'_>,
    city: CityCode,
    register: &dyn AnyRegister,
    actor: &Actor,
) -> Result<exchange::Reach, LedgerError> {
    let of_unit = |unnamed| match &actor.unit {
        Some(unit) => Rows::Unit { unit: unit.clone(), unnamed },
        None => Rows::None,
    };
    let sees = match scope_of(actor) {
        Some(ScopeKind::City) => Rows::All,
        Some(ScopeKind::Unit) => of_unit(false),
        _ => Rows::None,
    };
    let changes = match (actor.reach(Action::RegisterEdit), &actor.unit) {
        (Some(ScopeKind::City), _) => Rows::All,
        (Some(ScopeKind::Unit), Some(unit)) => of_unit(keeps(tx, city, register, unit)?),
        _ => Rows::None,
    };
    Ok(exchange::Reach { sees, changes })
}
