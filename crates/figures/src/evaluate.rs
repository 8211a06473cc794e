//! Evaluating a figure: its value, how many rows it counted, and the certificate.

use std::ops::ControlFlow;

use db::Tx;
use ledger::{Ledger, record};

use crate::{
    Certificate, Figure, FigureError,
    ask::{Ask, Stage, stages},
    certificate::RowsHash,
    figure::{Measure, Rows, When},
    opened::Side,
};

/// A figure with its value.
#[derive(Debug, Clone)]
pub struct Evaluated {
    /// The figure.
    pub figure: &'static Figure,
    /// For what it was asked.
    pub ask: Ask,
    /// The sum over the rows of the part: the value itself, or the numerator of a ratio.
    pub numerator: i128,
    /// The sum over the rows of the whole; none where the figure is one total.
    pub denominator: Option<i128>,
    /// How many rows were counted.
    pub rows: u64,
    /// By what it can be evaluated again.
    pub certificate: Certificate,
    /// Nothing was ever entered of what is counted: no row can say that there are none.
    pub(crate) silent: bool,
}

impl Evaluated {
    /// Whether there is a value: a ratio of nothing has none, and what no row speaks for is not nought.
    #[must_use]
    pub fn has_value(&self) -> bool {
        !self.silent && self.denominator != Some(0)
    }
}

/// Whether a noun is a register, of which rows may be used no more.
pub(crate) fn is_register(ledger: &Ledger, noun: &str) -> bool {
    ledger.registers().iter().any(|register| register.description().name == noun)
}

#[derive(Default)]
struct Sums {
    part: i128,
    whole: i128,
    rows: u64,
    silent: bool,
    hash: RowsHash,
}

impl Sums {
    fn add(&mut self, stage: &Stage, given: &record::Given) {
        self.hash.add(stage.side, stage.sign, given);
        self.rows += 1;
        let amount = i128::from(given.amount) * i128::from(stage.sign);
        match stage.side {
            Side::Part => self.part += amount,
            Side::Whole => self.whole += amount,
        }
    }

    fn finish(self, figure: &'static Figure, ask: &Ask, entries: u64) -> Evaluated {
        Evaluated {
            figure,
            ask: ask.clone(),
            numerator: self.part,
            denominator: (!matches!(figure.measure, Measure::Total(_))).then_some(self.whole),
            rows: self.rows,
            silent: self.silent,
            certificate: Certificate {
                figure: figure.code,
                version: figure.version,
                entries,
                rows_hash: self.hash.finish(),
            },
        }
    }
}

/// The rows that a figure counts first.
fn first_rows(figure: &Figure) -> Rows {
    let (Measure::Total(total) | Measure::Ratio { part: total, .. } | Measure::Growth(total)) =
        figure.measure;
    total.rows
}

/// Statements of one day: where nobody made one for it, that says nothing of what there was.
const fn is_statement(rows: &Rows) -> bool {
    matches!(rows.when, When::OnLastDay(_))
}

/// Evaluates a figure over the records as they stand.
///
/// # Errors
/// [`FigureError`].
pub fn evaluate(
    ledger: &Ledger,
    tx: &mut Tx<'_>,
    figure: &'static Figure,
    ask: &Ask,
) -> Result<Evaluated, FigureError> {
    let entries = ledger::head(tx, ask.city)?.entries;
    let mut sums = Sums::default();
    for stage in stages(figure.measure, ask.period)? {
        let rows = &stage.total.rows;
        let conditions = ask.conditions(rows, stage.period, is_register(ledger, rows.noun))?;
        record::each_given(tx, ask.city, rows.noun, conditions, stage.total.sum, |given| {
            sums.add(&stage, &given);
            ControlFlow::Continue(())
        })?;
    }
    if sums.rows == 0 {
        let rows = first_rows(figure);
        sums.silent = is_statement(&rows)
            || record::given(tx, ask.city, rows.noun, Vec::new(), None, (None, 1))?.is_empty();
    }
    Ok(sums.finish(figure, ask, entries))
}

/// Evaluates a figure over the records as they stood after an entry: its entries are replayed.
///
/// # Errors
/// [`FigureError`].
pub fn evaluate_as_of(
    ledger: &Ledger,
    tx: &mut Tx<'_>,
    figure: &'static Figure,
    ask: &Ask,
    entries: u64,
) -> Result<Evaluated, FigureError> {
    let mut sums = Sums::default();
    for stage in stages(figure.measure, ask.period)? {
        let rows = &stage.total.rows;
        let conditions = ask.conditions(rows, stage.period, is_register(ledger, rows.noun))?;
        let given = ledger.given_as_of(tx, ask.city, rows.noun, &conditions, stage.total.sum, entries)?;
        given.iter().for_each(|given| sums.add(&stage, given));
    }
    if sums.rows == 0 {
        let rows = first_rows(figure);
        sums.silent = is_statement(&rows)
            || ledger.given_as_of(tx, ask.city, rows.noun, &[], None, entries)?.is_empty();
    }
    Ok(sums.finish(figure, ask, entries))
}
