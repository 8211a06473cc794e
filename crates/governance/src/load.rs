//! Registers from files: divisions, units, holidays, the handbook, layers of the map. Each reader gives rows and an account of every row
//! that it could not take; nothing is kept before the caller says so.

mod division;
mod handbook;
mod holiday;
mod layer;
mod unit;

use db::Tx;
use kernel::code::CityCode;
use ledger::{By, LedgerError, Register, register};

use crate::dictionary::{FieldFault, ImportReport};

pub use self::{
    division::divisions,
    handbook::{HandbookChoice, handbook},
    holiday::{Holidays, holidays},
    layer::{LayerRows, layer},
    unit::units,
};

/// Rows that a file gives, with the account of those it could not give.
#[derive(Debug)]
pub struct Loaded<R> {
    /// Row number as the person sees it, and the row.
    pub rows: Vec<(u32, R)>,
    /// Rows refused or passed over so far.
    pub report: ImportReport,
}

impl<R> Default for Loaded<R> {
    fn default() -> Self {
        Self { rows: Vec::new(), report: ImportReport::default() }
    }
}

impl<R: Register> Loaded<R> {
    /// Keeps the rows and completes the account; with `dry_run` nothing is kept.
    ///
    /// # Errors
    /// As the store says; a row that is not acceptable is only counted.
    pub fn keep(
        self,
        tx: &mut Tx<'_>,
        city: CityCode,
        dry_run: bool,
        by: &By,
    ) -> Result<ImportReport, LedgerError> {
        let mut report = self.report;
        for (number, row) in self.rows {
            let faults = row.validate();
            if !faults.is_empty() {
                let faults = faults.iter().map(|fault| {
                    let told = FieldFault::new(
                        fault.field.clone(),
                        &row.key(),
                        fault.code,
                        format!("{} is not acceptable", fault.field),
                        "correct the field and import again: rows taken in stay as they are",
                    );
                    told.at("", number)
                });
                report.refuse(faults.collect::<Vec<_>>());
                continue;
            }
            let before = register::get::<R>(tx, city, &row.key())?;
            let stands = before.as_ref().is_some_and(|record| {
                record.state.retired_at.is_none() && record.state.row.as_ref() == Some(&row)
            });
            if stands {
                report.leave();
                continue;
            }
            if !dry_run {
                register::put(tx, city, row, None, by)?;
            }
            report.take();
        }
        Ok(report)
    }
}
