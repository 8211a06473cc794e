//! Who acts: the demonstration's people by post.

use std::collections::BTreeMap;

use kernel::{
    id::AccountId,
    role::{Actor, ActorId, Role},
};
use ledger::access::account::Post;

use super::{ByAccount, Dice};

/// The people by post.
#[derive(Debug, Clone, Default)]
pub(crate) struct Cast {
    by_account: ByAccount,
    by_role: BTreeMap<Role, Vec<Actor>>,
    by_unit: BTreeMap<(Role, String), Vec<Actor>>,
}

impl Cast {
    /// From accounts and their posts, in order.
    pub(crate) fn new(accounts: impl IntoIterator<Item = (AccountId, Post)>) -> Self {
        let mut cast = Self::default();
        for (account, post) in accounts {
            let Some(role) = post.role else { continue };
            let actor = Actor {
                id: ActorId::Account(account),
                role,
                unit: post.unit,
                streets: post.streets,
                cells: post.cells,
            };
            cast.by_account.insert(account, actor.clone());
            if let Some(unit) = actor.unit.clone() {
                cast.by_unit.entry((role, unit)).or_default().push(actor.clone());
            }
            cast.by_role.entry(role).or_default().push(actor);
        }
        cast
    }

    /// Somebody with a post of the whole city.
    pub(crate) fn any(&self, role: Role, dice: &mut Dice) -> Option<Actor> {
        dice.one_of(self.by_role.get(&role)?).cloned()
    }

    /// Somebody of a unit.
    pub(crate) fn of_unit(&self, role: Role, unit: &str, dice: &mut Dice) -> Option<Actor> {
        dice.one_of(self.by_unit.get(&(role, unit.to_owned()))?).cloned()
    }

    /// The person of an account.
    pub(crate) fn person(&self, account: AccountId) -> Option<&Actor> {
        self.by_account.get(&account)
    }

    /// The collector whose cell it is.
    pub(crate) fn collector_of(&self, cell: &str) -> Option<&Actor> {
        let collectors = self.by_role.get(&Role::Collector)?;
        collectors.iter().find(|actor| actor.cells.iter().any(|own| own == cell))
    }

    /// Units that have somebody to confirm their work.
    pub(crate) fn units(&self) -> Vec<&str> {
        let managers = self.by_unit.keys().filter(|(role, _)| *role == Role::UnitManager);
        managers.map(|(_, unit)| unit.as_str()).collect()
    }
}
