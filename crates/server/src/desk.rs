//! The way from a handler to the city's desk: the view of the city and the desk of the caller, inside of one transaction.

use std::sync::Arc;

use db::Tx;
use governance::{desk::Desk, view::View};
use kernel::{code::CityCode, id::SystemIds, role::Actor, time::Moment};
use ledger::{Ledger, LedgerError};

use crate::{app::AppState, problem::Problem};

/// Puts somebody at the desk of a city for some work.
///
/// # Errors
/// [`LedgerError::NotFound`] where there is no such city, the work's own, or as the store says.
pub(crate) fn at_desk<T>(
    tx: &mut Tx<'_>,
    (state, city): (&AppState, CityCode),
    actor: &Actor,
    at: Moment,
    work: impl for<'a> FnOnce(&mut Tx<'_>, &mut Desk<'a>) -> Result<T, LedgerError>,
) -> Result<T, LedgerError> {
    let view = state.views().of(tx, city)?;
    let ledger: &Ledger = state.ledger();
    let mut ids = SystemIds;
    let mut desk = Desk { view: &view, vault: ledger.vault(), actor, at, ids: &mut ids };
    work(tx, &mut desk)
}

impl AppState {
    /// The view of a city.
    ///
    /// # Errors
    /// 404 where there is no such city, or as the store says.
    pub(crate) async fn view(&self, city: CityCode) -> Result<Arc<View>, Problem> {
        let views = self.views().clone();
        self.read(move |tx| views.of(tx, city)).await
    }

    /// Reads in one snapshot, as somebody at the desk.
    ///
    /// # Errors
    /// 404 where there is no such city, the work's own, or as the store says.
    pub(crate) async fn read_at_desk<T: Send + 'static>(
        &self,
        city: CityCode,
        actor: &Actor,
        work: impl for<'a> FnOnce(&mut Tx<'_>, &mut Desk<'a>) -> Result<T, LedgerError> + Send + 'static,
    ) -> Result<T, Problem> {
        let (state, actor, at) = (self.clone(), actor.clone(), self.now());
        self.read(move |tx| at_desk(tx, (&state, city), &actor, at, work)).await
    }
}
