//! The figures of planning (P1–P5).

use figures::{Figure, Filter, Measure, Rows, Unit, When};
use ledger::register::Title;

const fn title(zh: &'static str, en: &'static str) -> Title {
    Title { zh, en }
}

/// The figures, in the order of the mission.
pub const FIGURES: &[Figure] = &[Figure {
    code: "planning.plans_merged",
    mission: Some("P1"),
    title: title("纳入一张图的规划", "Plans merged into one map"),
    unit: Unit::Count(title("个", "plans")),
    formula: title(
        "期末前已纳入一张图的规划的个数，已废止的也在内",
        "Plans that were merged into the one map by the end of the period, those since repealed among them",
    ),
    version: 1,
    measure: Measure::Total(
        Rows::of("plan", When::By("merged_on")).that(&[Filter::Filled("merged_on")]).count(),
    ),
}];
