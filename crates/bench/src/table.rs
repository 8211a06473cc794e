//! Rows of the report: what was measured, how large, what it should reach, what it is. Printed, kept between runs, and written as
//! `docs/BENCHMARKS.md`.

use std::{collections::BTreeMap, fmt::Write as _, fs, path::Path};

use anyhow::Result;
use serde::{Deserialize, Serialize};

/// What a number should be.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Target {
    /// At least so much.
    AtLeast(f64),
    /// Below so much.
    Below(f64),
}

/// A number.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Row {
    /// Where it stands in the report; also its name for [`Table::put`].
    pub(crate) what: String,
    /// Cases, rows, entries or points that it was measured over.
    pub(crate) size: u64,
    /// The number.
    pub(crate) value: f64,
    /// Its unit.
    pub(crate) unit: String,
    /// What it should be, where issue 3 says so for this size.
    pub(crate) target: Option<Target>,
    /// Under which circumstances.
    pub(crate) note: String,
    /// Load of the machine (average of a minute) when it was measured.
    pub(crate) load: f64,
    /// Part of the table of growth.
    pub(crate) grows: bool,
    /// Order in the report.
    pub(crate) order: u32,
}

impl Row {
    /// Whether the target is met, in words.
    fn verdict(&self) -> String {
        match self.target {
            None => String::new(),
            Some(Target::AtLeast(least)) if self.value >= least => "met".to_owned(),
            Some(Target::AtLeast(least)) => format!("missed: {:.0} % of it", self.value / least * 100.0),
            Some(Target::Below(most)) if self.value < most => "met".to_owned(),
            Some(Target::Below(most)) => format!("missed: {:.1} times of it", self.value / most),
        }
    }

    fn wanted(&self) -> String {
        match self.target {
            None => String::new(),
            Some(Target::AtLeast(least)) => format!("≥ {}", number(least)),
            Some(Target::Below(most)) => format!("< {}", number(most)),
        }
    }
}

/// A number with as many digits as mean something.
fn number(value: f64) -> String {
    let digits = match value.abs() {
        large if large >= 100.0 => 0,
        middle if middle >= 10.0 => 1,
        small if small >= 1.0 => 2,
        _ => 3,
    };
    let text = format!("{value:.digits$}");
    let (whole, rest) = text.split_once('.').map_or((text.as_str(), ""), |(whole, rest)| (whole, rest));
    let mut grouped = String::new();
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    if rest.trim_end_matches('0').is_empty() {
        grouped
    } else {
        format!("{grouped}.{}", rest.trim_end_matches('0'))
    }
}

/// All rows, of this run and of those before.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Table {
    rows: BTreeMap<String, Row>,
}

impl Table {
    /// The rows of earlier runs.
    pub(crate) fn kept(path: &Path) -> Self {
        fs::read_to_string(path).ok().and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
    }

    /// Keeps the rows for the next run.
    pub(crate) fn keep(&self, path: &Path) -> Result<()> {
        fs::write(path, serde_json::to_string_pretty(self)?)?;
        Ok(())
    }

    /// Takes a row in, in place of the one that stood for the same, and prints it.
    pub(crate) fn put(&mut self, mut row: Row) {
        row.load = crate::machine::load();
        crate::tell(&format!(
            "{:<58} {:>10} {:>12} {:<10} {:<12} {}  {}",
            row.what,
            number(whole(row.size)),
            number(row.value),
            row.unit,
            row.wanted(),
            row.verdict(),
            row.note
        ));
        self.rows.insert(format!("{}|{}", row.what, row.size), row);
    }

    /// The report.
    pub(crate) fn markdown(&self, machine: &str, why: &str) -> String {
        let mut rows: Vec<&Row> = self.rows.values().collect();
        rows.sort_by_key(|row| (row.order, row.size));
        let mut text = String::from(HEAD);
        let _ = writeln!(text, "{machine}\n");
        text.push_str("## What it must reach\n\n| what | over | value | target | | load | how |\n|---|--:|--:|--:|---|--:|---|\n");
        for row in rows.iter().filter(|row| row.target.is_some()) {
            let _ = writeln!(
                text,
                "| {} | {} | {} {} | {} | {} | {:.1} | {} |",
                row.what,
                number(whole(row.size)),
                number(row.value),
                row.unit,
                row.wanted(),
                row.verdict(),
                row.load,
                row.note
            );
        }
        self.growth(&rows, &mut text);
        text.push_str("\n## Beside it\n\n| what | over | value | load | how |\n|---|--:|--:|--:|---|\n");
        for row in rows.iter().filter(|row| row.target.is_none() && !row.grows) {
            let _ = writeln!(
                text,
                "| {} | {} | {} {} | {:.1} | {} |",
                row.what,
                number(whole(row.size)),
                number(row.value),
                row.unit,
                row.load,
                row.note
            );
        }
        text.push_str(why);
        text
    }

    /// How each cost grows with the number of cases.
    fn growth(&self, rows: &[&Row], text: &mut String) {
        let grown: Vec<&&Row> = rows.iter().filter(|row| row.grows).collect();
        let mut sizes: Vec<u64> = grown.iter().map(|row| row.size).collect();
        sizes.sort_unstable();
        sizes.dedup();
        let _ = write!(text, "\n## How it grows\n\n| cases |");
        for size in &sizes {
            let _ = write!(text, " {} |", number(whole(*size)));
        }
        text.push_str(" unit |\n|---|");
        sizes.iter().for_each(|_| text.push_str("--:|"));
        text.push_str("---|\n");
        let mut names: Vec<&str> = grown.iter().map(|row| row.what.as_str()).collect();
        names.dedup();
        for name in names {
            let _ = write!(text, "| {name} |");
            for size in &sizes {
                let cell = self
                    .rows
                    .get(&format!("{name}|{size}"))
                    .map_or_else(String::new, |row| number(row.value));
                let _ = write!(text, " {cell} |");
            }
            let unit = grown.iter().find(|row| row.what == name).map_or("", |row| row.unit.as_str());
            let _ = writeln!(text, " {unit} |");
        }
    }
}

/// A count as a number to divide by.
#[expect(clippy::cast_precision_loss, reason = "counts here are far below 2^52")]
pub(crate) const fn whole(count: u64) -> f64 {
    count as f64
}

const HEAD: &str = "# Benchmarks

Written by `make bench` from what it has just measured; not written by hand. Percentiles are of single answers, one after another. *Load* is the
machine's load average of the minute before: above the number of cores the machine was busy with other work, and the number is pessimistic.

";
