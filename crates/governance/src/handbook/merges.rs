//! Which cells of an exported sheet are merged downwards.

/// Cells of one column merged into one, rows counted from 0 below the heading, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Merge {
    /// The column, from 0.
    pub column: usize,
    /// The first row.
    pub first_row: usize,
    /// The last row, below the first.
    pub last_row: usize,
}

/// Merges equal neighbours of a column where the columns before them in `within` are equal too.
pub(super) fn merge_equal(rows: &[Vec<String>], column: usize, within: &[usize]) -> Vec<Merge> {
    let cell = |row: usize, column: usize| rows.get(row).and_then(|cells| cells.get(column));
    let mut merges = Vec::new();
    let mut first_row = 0;
    for row in 1..=rows.len() {
        let same = row < rows.len()
            && within.iter().chain([&column]).all(|place| cell(row, *place) == cell(first_row, *place));
        if same {
            continue;
        }
        let filled = cell(first_row, column).is_some_and(|text| !text.is_empty());
        if filled && row - first_row > 1 {
            merges.push(Merge { column, first_row, last_row: row - 1 });
        }
        first_row = row;
    }
    merges
}
