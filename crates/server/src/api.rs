//! API v1, one file per noun. A handler parses, calls one function of a lower floor and writes the answer.

mod account;
mod attachment;
mod call;
mod case;
mod city;
mod class;
mod event;
mod figure;
mod figure_report;
mod key;
mod ledger;
mod letter;
mod map;
mod place;
mod register;
mod report;
mod session;
mod similar;
mod unit;

pub(crate) use map::Tiles;
pub(crate) use register::Imports;

use crate::routes::Routes;

/// All routes of the API.
pub(crate) fn routes(routes: Routes) -> Routes {
    let routes = account::routes(session::routes(routes));
    let routes = event::routes(attachment::routes(ledger::routes(key::routes(routes))));
    let routes = unit::routes(class::routes(city::routes(routes)));
    let routes = call::routes(case::routes(place::routes(routes)));
    letter::routes(figure_report::routes(figure::routes(register::routes(map::routes(similar::routes(
        report::routes(routes),
    ))))))
}

/// Rows on a page that says nothing else.
pub(crate) const PAGE: u32 = 50;
/// Rows on a page at the most.
pub(crate) const PAGE_MAX: u32 = 500;
