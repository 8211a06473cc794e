//! What `make bench` runs: the product's own doors under load, with the machine, the engine and the size printed, against what
//! issues 3 and 4 say that must be reached. `docs/BENCHMARKS.md` is written from the same rows.
//!
//! # Glossary
//! * **wall**: time on the clock. **size**: how many things were worked on. **target**: what a number must reach.
//! * **floor**: what the disk and the engine allow without any of ours.
//! * **store**: a city with so many cases, made once and kept under the target folder.

mod duplicates;
mod figures;
mod http;
mod import;
mod intake;
mod locate;
mod machine;
mod pages;
mod registers;
mod served;
mod table;
mod town;
mod verify;

use std::{
    fs,
    io::Write as _,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result};
use clap::{Parser, ValueEnum};

use crate::table::Table;

/// Measures what docs/BENCHMARKS.md promises.
#[derive(Parser)]
struct Arguments {
    /// Cases of the stores that are measured; may be repeated.
    #[arg(long = "size", default_values_t = [10_000, 100_000, 1_000_000])]
    sizes: Vec<u64>,
    /// Only these subjects; the others keep the rows of the last run.
    #[arg(long, value_enum)]
    only: Vec<Subject>,
    /// Where the report goes.
    #[arg(long, default_value = "docs/BENCHMARKS.md")]
    report: PathBuf,
}

/// What can be measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Subject {
    /// Points in cells.
    Locate,
    /// How often suggested duplicates are right.
    Duplicates,
    /// Durable intake in the process.
    Intake,
    /// Durable intake over HTTP.
    Http,
    /// `import cases`.
    Import,
    /// Register rows from a workbook.
    Registers,
    /// Lists, pages, search, counts, start, memory.
    Pages,
    /// `verify` and `verify --rebuild`.
    Verify,
    /// Figures, their rows, the reform report.
    Figures,
}

/// A line of the result.
fn tell(line: &str) {
    // Nobody to tell is no reason to stop.
    let _ = writeln!(std::io::stdout(), "{line}");
}

/// What is being done.
fn talk(line: &str) {
    let _ = writeln!(std::io::stderr(), "{line}");
}

/// Where stores are kept between runs.
fn base() -> Result<PathBuf> {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| PathBuf::from("target"), PathBuf::from);
    let base = target.join("bench-data");
    fs::create_dir_all(&base).with_context(|| base.display().to_string())?;
    Ok(base)
}

/// An empty folder on the same disk as the stores.
fn scratch(base: &Path) -> Result<tempfile::TempDir> {
    Ok(tempfile::Builder::new().prefix("scratch-").tempdir_in(base)?)
}

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let base = base()?;
    let rows = base.join("rows.json");
    let mut table = Table::kept(&rows);
    let wanted = |subject| arguments.only.is_empty() || arguments.only.contains(&subject);
    let machine = machine::line(&base)?;
    tell(&machine);
    if wanted(Subject::Locate) {
        locate::measure(&mut table)?;
    }
    if wanted(Subject::Duplicates) {
        duplicates::measure(&mut table)?;
    }
    if wanted(Subject::Intake) {
        intake::measure(&base, &mut table)?;
    }
    if wanted(Subject::Http) {
        served::intake(&base, &mut table)?;
    }
    if wanted(Subject::Import) {
        import::measure(&base, &mut table)?;
    }
    if wanted(Subject::Registers) {
        registers::measure(&base, &mut table)?;
    }
    table.keep(&rows)?;
    for size in &arguments.sizes {
        if wanted(Subject::Pages) || wanted(Subject::Verify) {
            let folder = town::store(&base, *size)?;
            if wanted(Subject::Pages) {
                pages::measure(&folder, *size, &mut table)?;
            }
            if wanted(Subject::Verify) {
                verify::measure(&folder, *size, &mut table)?;
            }
            table.keep(&rows)?;
        }
        if wanted(Subject::Figures) {
            figures::measure(&base, *size, &mut table)?;
            table.keep(&rows)?;
        }
    }
    fs::write(&arguments.report, table.markdown(&machine, include_str!("why.md")))
        .with_context(|| arguments.report.display().to_string())
}
