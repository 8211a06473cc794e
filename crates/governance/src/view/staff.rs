//! Who has which post, as far as rules ask: without names.

use kernel::{
    id::{AccountId, IdSource},
    role::{ActorId, Role},
    time::Moment,
};
use ledger::access::account::Post;

use super::View;
use crate::case::{Case, Drawn};

/// Somebody with a post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// The account.
    pub account: AccountId,
    /// The post.
    pub post: Post,
}

impl View {
    /// Draws the collector for a side task, never the reporter and nobody of a unit that works or worked on the case. Those of the case's
    /// cell come first, then those of its community, of its street, then any: a lot decides among equals, so that nobody can know who checks.
    pub fn draw(&self, case: &Case, at: Moment, ids: &mut dyn IdSource) -> Option<Drawn> {
        let cell = case.place.as_ref().and_then(|place| place.cell.as_deref());
        let nearness = |member: &Member| {
            let shares = |digits: usize| {
                cell.and_then(|cell| cell.get(..digits))
                    .is_some_and(|part| member.post.cells.iter().any(|own| own.starts_with(part)))
            };
            [15, 12, 9].into_iter().position(shares).unwrap_or(3)
        };
        let fit: Vec<(usize, &Member)> = self
            .members(Role::Collector)
            .filter(|member| {
                let own = ActorId::Account(member.account);
                let of_unit = member.post.unit.as_ref().is_some_and(|unit| case.units_ever.contains(unit));
                case.reported_by != own && !case.hands.contains(&own) && !of_unit
            })
            .map(|member| (nearness(member), member))
            .collect();
        let best = fit.iter().map(|(nearness, _)| *nearness).min()?;
        let mut equals: Vec<&Member> =
            fit.into_iter().filter(|(nearness, _)| *nearness == best).map(|(_, member)| member).collect();
        if equals.is_empty() {
            return None;
        }
        // The low bits of an id are random (RFC 9562).
        let lot = usize::try_from(ids.next(at).as_u128() & 0xffff_ffff).unwrap_or(0) % equals.len();
        let drawn = equals.swap_remove(lot);
        Some(Drawn { account: drawn.account, unit: drawn.post.unit.clone() })
    }

    /// Who works for a unit.
    pub fn workers<'a>(&'a self, unit: &'a str) -> impl Iterator<Item = &'a Member> {
        self.members(Role::Worker).filter(move |member| member.post.unit.as_deref() == Some(unit))
    }
}
