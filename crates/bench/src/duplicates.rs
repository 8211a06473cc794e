//! How often a suggested duplicate is right, over labelled pairs that the settings were not tuned on.

use anyhow::{Context as _, Result};
use demo::labelled::{Labelled, labelled};
use governance::duplicates::{Pair, Settings, measure as measured_by};

use crate::table::{Row, Table};

/// The settings were tuned on seed 1.
const SEED: u64 = 99;
/// Pairs, of all relations.
const PAIRS: usize = 20_000;

pub(crate) fn measure(table: &mut Table) -> Result<()> {
    let settings = Settings::default();
    let pairs: Vec<Pair> = labelled(SEED, PAIRS).iter().map(Labelled::pair).collect();
    let measured = measured_by(&pairs, &settings);
    for (threshold, shown, order) in [(settings.possible, "possible", 50), (settings.likely, "likely", 52)] {
        let rate = measured.at(threshold);
        let rates = [("precision", rate.precision()), ("recall", rate.recall())];
        for ((name, value), order) in rates.into_iter().zip(order..) {
            table.put(Row {
                what: format!("duplicates, {name} of what is suggested as {shown}"),
                size: measured.pairs(),
                value: value.context("pairs of both kinds")?,
                unit: "of 1".to_owned(),
                target: None,
                note: format!("labelled pairs of seed {SEED}, from {threshold} points on"),
                load: 0.0,
                grows: false,
                order,
            });
        }
    }
    Ok(())
}
