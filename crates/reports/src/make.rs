//! From a template to a report that can be written.

use db::Tx;
use documents::report::Ground;
use figures::{
    Ask, Scope,
    report::{FilledReport, Template, fill},
};
use governance::view::View;
use jiff::civil::Date;
use kernel::{period::Period, time::Moment};
use ledger::Ledger;

use crate::{
    ReportError,
    ground::{grounds, home},
};

/// A report with its figures and the ground of its maps.
#[derive(Debug, Clone)]
pub struct Made {
    /// The report.
    pub filled: FilledReport,
    /// The day on which it was made, in the city.
    pub made_on: Date,
    pub(crate) grounds: Vec<Ground>,
}

/// Fills a template for a period of a city, at a moment.
///
/// # Errors
/// [`ReportError`] as the figures say.
pub fn make(
    ledger: &Ledger,
    tx: &mut Tx<'_>,
    view: &View,
    (template, chinese): (&Template, bool),
    (period, at): (Period, Moment),
) -> Result<Made, ReportError> {
    let ask = Ask { city: view.code, zone: view.zone.clone(), period, scope: Scope::City };
    let filled = fill(ledger, tx, template, &ask, (&home(view, at, chinese), chinese))?;
    Ok(Made { filled, made_on: at.date(&view.zone), grounds: grounds(view, at, chinese) })
}
