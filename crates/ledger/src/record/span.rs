//! Spans of a column that records are counted by: months, for example.

use std::fmt::Write as _;

/// Spans of a whole-number column: each begins at its start and ends before the next one's. What lies before the first start belongs to the
/// first span. The starts rise, there is at least one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spans {
    /// The column.
    pub column: &'static str,
    /// Where the spans begin: months of a city's calendar, for example.
    pub starts: Vec<i64>,
}

impl Spans {
    /// The number of the span that a row lies in, found by halving; empty where the column is.
    pub(super) fn sql(&self) -> String {
        fn halve(column: &str, starts: &[i64], first: usize, sql: &mut String) {
            let middle = starts.len() / 2;
            match starts.get(middle).filter(|_| middle > 0) {
                None => drop(write!(sql, "{first}")),
                Some(start) => {
                    let _ = write!(sql, "CASE WHEN {column} < {start} THEN ");
                    halve(column, starts.get(..middle).unwrap_or_default(), first, sql);
                    sql.push_str(" ELSE ");
                    halve(column, starts.get(middle..).unwrap_or_default(), first + middle, sql);
                    sql.push_str(" END");
                }
            }
        }
        let mut sql = format!("CASE WHEN {} IS NULL THEN NULL ELSE ", self.column);
        halve(self.column, &self.starts, 0, &mut sql);
        sql.push_str(" END");
        sql
    }
}
