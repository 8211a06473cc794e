//! Rows of totals: they are no rows of the register, but their sums say whether the rows above are all there.

use std::collections::HashMap;

use ledger::register::{FieldDescription, Kind};
use serde_json::{Map, Value};

use crate::{
    header::{Column, Target},
    measure::{self, folded},
    remark::Remark,
};

/// Which total a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Total {
    /// Of all rows above: 合计.
    All,
    /// Of the rows since the last total: 小计.
    Part,
}

/// Whether a row, given by its cells, is a total.
pub(crate) fn of<'a>(mut cells: impl Iterator<Item = &'a str>) -> Option<Total> {
    let first = cells.find(|cell| !cell.trim().is_empty())?;
    let word = folded(first);
    match word.trim_end_matches([':', '：']) {
        "合计" | "总计" | "共计" | "total" | "grandtotal" | "sum" => Some(Total::All),
        "小计" | "subtotal" => Some(Total::Part),
        _ => None,
    }
}

/// Sums of columns, all and since the last total.
#[derive(Default)]
pub(crate) struct Sums {
    all: HashMap<usize, i128>,
    part: HashMap<usize, i128>,
}

const fn adds_up(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Money { .. } | Kind::Area { .. } | Kind::Integer { unit: Some(_), .. } | Kind::Decimal { .. }
    )
}

impl Sums {
    /// Takes a row into account.
    pub(crate) fn add(&mut self, fields: &[FieldDescription], columns: &[Column], row: &Map<String, Value>) {
        for column in columns {
            let Target::Field { field, .. } = column.target else { continue };
            let described = &fields[field];
            if let Some(value) =
                row.get(described.name).and_then(Value::as_i64).filter(|_| adds_up(described.kind))
            {
                *self.all.entry(field).or_default() += i128::from(value);
                *self.part.entry(field).or_default() += i128::from(value);
            }
        }
    }

    /// Compares a row of totals with the rows above it.
    pub(crate) fn check<'a>(
        &mut self,
        total: Total,
        fields: &[FieldDescription],
        columns: &[Column],
        row: u32,
        cell: impl Fn(usize) -> &'a str,
    ) -> Vec<Remark> {
        let sums = match total {
            Total::All => &self.all,
            Total::Part => &self.part,
        };
        let mut remarks = Vec::new();
        for column in columns {
            let Target::Field { field, measure } = column.target else { continue };
            let described = &fields[field];
            let text = cell(column.place).trim();
            if text.is_empty() || !adds_up(described.kind) {
                continue;
            }
            let Ok(said) = measure::number(text, described.kind, measure) else { continue };
            let sum = sums.get(&field).copied().unwrap_or(0);
            if i128::from(said) != sum {
                let sum = i64::try_from(sum).map_or_else(
                    |_| sum.to_string(),
                    |sum| {
                        let unit =
                            measure::title(described.kind, crate::Language::Chinese).unwrap_or_default();
                        format!("{} {unit}", measure::text(sum, described.kind)).trim_end().to_owned()
                    },
                );
                let told = Remark::new(row, &column.heading, text, "total_differs").with("sum", sum);
                remarks.push(told.at(0, "", Some(column.place)));
            }
        }
        self.part.clear();
        remarks
    }
}
