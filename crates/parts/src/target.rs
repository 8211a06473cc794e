//! Targets of figures 指标目标: what a figure should reach in a period, decided by the government office and kept as rows.

use db::Tx;
use kernel::{
    code::CityCode,
    decimal::{Decimal, parse_decimals},
    period::Period,
};
use ledger::{
    FieldFault, LedgerError, Register,
    register::{Faults, get},
};
use serde::{Deserialize, Serialize};

/// Decimals of a target: as many as figures show at the most.
const DECIMALS: u32 = 4;

ledger::choices! {
    /// On which side of the target the figure should be.
    TargetSide {
        /// It should reach it.
        AtLeast = "at_least" ("不低于", "At least"),
        /// It should not pass it.
        AtMost = "at_most" ("不高于", "At most"),
    }
}

/// What a figure of the whole city should reach in a period (users.md asks for it beside value, year before and trend).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Register)]
#[register(
    name = "figure_target",
    part = "governance",
    zh = "指标目标",
    en = "Figure target",
    key(figure, period),
    check = "faults"
)]
pub struct FigureTarget {
    /// The figure's code.
    #[field(zh = "指标代码", en = "Code of the figure", max = 80, find)]
    pub figure: String,
    /// The period.
    #[field(zh = "目标期", en = "Target period", find)]
    pub period: Period,
    /// What it should be, in the figure's own unit.
    #[field(zh = "目标值", en = "Target", min = -10_000_000_000_000)]
    pub value: Decimal<DECIMALS>,
    /// On which side.
    #[field(zh = "方向", en = "Side", find)]
    pub side: TargetSide,
}

fn faults(target: &FigureTarget) -> Vec<FieldFault> {
    Faults::new().unless(crate::figure(&target.figure).is_some(), "figure", "score_figure_unknown").found()
}

impl FigureTarget {
    /// Whether a figure's value, as it is written, is on the right side; none where it is no number.
    #[must_use]
    pub fn is_met(&self, value: &str) -> Option<bool> {
        let value = parse_decimals(value, DECIMALS).ok()?;
        Some(match self.side {
            TargetSide::AtLeast => value >= self.value.0,
            TargetSide::AtMost => value <= self.value.0,
        })
    }
}

/// The target of a figure of the whole city for a period, where there is one.
///
/// # Errors
/// [`LedgerError`] as the store says.
pub fn target(
    tx: &mut Tx<'_>,
    city: CityCode,
    figure: &str,
    period: Period,
) -> Result<Option<FigureTarget>, LedgerError> {
    let asked = FigureTarget {
        figure: figure.to_owned(),
        period,
        value: Decimal::default(),
        side: TargetSide::AtLeast,
    };
    Ok(get::<FigureTarget>(tx, city, &asked.key())?
        .filter(|found| found.state.retired_at.is_none())
        .and_then(|found| found.state.row))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn target(side: TargetSide) -> FigureTarget {
        let period = "2016-H1".parse().unwrap();
        FigureTarget { figure: "finance.approved".to_owned(), period, value: Decimal(1_300_000), side }
    }

    #[test]
    fn a_target_is_met_on_its_side() {
        for (value, least, most) in
            [("131.07", true, false), ("130", true, true), ("129.9999", false, true), ("-1", false, true)]
        {
            assert_eq!(target(TargetSide::AtLeast).is_met(value), Some(least), "{value}");
            assert_eq!(target(TargetSide::AtMost).is_met(value), Some(most), "{value}");
        }
        assert_eq!(target(TargetSide::AtLeast).is_met("—"), None);
    }

    #[test]
    fn a_target_of_no_figure_is_refused() {
        let mut wrong = target(TargetSide::AtLeast);
        assert_eq!(faults(&wrong), []);
        wrong.figure = "finance.luck".to_owned();
        assert_eq!(faults(&wrong), [FieldFault::new("figure", "score_figure_unknown")]);
    }
}
