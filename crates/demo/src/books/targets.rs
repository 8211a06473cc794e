//! What the government office wanted of the half-year: targets of figures (users.md: value, year before, target, trend).

use kernel::{decimal::Decimal, period::Period};
use parts::{FigureTarget, TargetSide};

use super::Books;
use crate::DemoError;

/// The targets of the first half of 2016, in ten-thousandths of the figure's unit.
const TARGETS: [(&str, i64, TargetSide); 12] = [
    ("planning.new_jobs", 140_000_000, TargetSide::AtLeast),
    ("planning.title_items_met_rate", 900_000, TargetSide::AtLeast),
    ("planning.product_growth", 150_000, TargetSide::AtLeast),
    ("finance.approved", 1_200_000, TargetSide::AtLeast),
    ("finance.invested", 1_300_000, TargetSide::AtLeast),
    ("finance.invested_non_state_rate", 420_000, TargetSide::AtLeast),
    ("finance.platform_debt_ratio", 600_000, TargetSide::AtMost),
    ("land.rent_paid_rate", 980_000, TargetSide::AtLeast),
    ("services.sewage_treated_rate", 950_000, TargetSide::AtLeast),
    ("services.waste_harmless_rate", 950_000, TargetSide::AtLeast),
    ("governance.sanitation_on_time", 980_000, TargetSide::AtLeast),
    ("control.arrival_minutes", 60_000, TargetSide::AtMost),
];

/// Enters the targets.
pub(super) fn enter(books: &mut Books<'_>) -> Result<(), DemoError> {
    let period: Period = "2016-H1".parse()?;
    for (figure, value, side) in TARGETS {
        books.enter(FigureTarget { figure: figure.to_owned(), period, value: Decimal(value), side });
    }
    Ok(())
}
