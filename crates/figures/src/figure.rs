//! What a figure is: data, declared by the part that keeps the rows.

use ledger::register::Title;

/// A figure.
#[derive(Debug, Clone, Copy)]
pub struct Figure {
    /// Stable for ever: `finance.approved`.
    pub code: &'static str,
    /// The system of the source that it belongs to, `P1` … `G10`.
    pub mission: Option<&'static str>,
    /// What people call it.
    pub title: Title,
    /// What it is counted in.
    pub unit: Unit,
    /// How it is made, in words.
    pub formula: Title,
    /// Rises when the formula changes: certificates name it.
    pub version: u32,
    /// How it is made.
    pub measure: Measure,
}

/// What a figure is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Things, called so.
    Count(Title),
    /// Money, summed in fen and shown in 亿元.
    YiYuan,
    /// Money, summed in fen and shown in 万元.
    WanYuan,
    /// Area, summed in 1/30,000 m² and shown in mu.
    Mu,
    /// A ratio, shown in percent with so many decimals.
    Percent(u32),
    /// A sum or a ratio of numbers with decimals: units of the last place in one, decimals shown, and what it is called.
    Number {
        /// Units of the last place in one.
        scale: i64,
        /// Decimals shown at the most.
        decimals: u32,
        /// What it is called.
        title: Title,
    },
    /// A ratio whose whole is an area: so much for each square metre.
    PerSquareMetre {
        /// Units of the part in one.
        scale: i64,
        /// Decimals shown at the most.
        decimals: u32,
        /// What it is called.
        title: Title,
    },
}

/// How a figure is made.
#[derive(Debug, Clone, Copy)]
pub enum Measure {
    /// One total.
    Total(Total),
    /// The part over the whole.
    Ratio {
        /// The numerator.
        part: Total,
        /// The denominator.
        whole: Total,
    },
    /// By how much a total has grown since the same period of the year before (同比).
    Growth(Total),
}

/// How many rows, or the sum of one of their columns.
#[derive(Debug, Clone, Copy)]
pub struct Total {
    /// Which rows.
    pub rows: Rows,
    /// The column that is summed; rows are counted where there is none.
    pub sum: Option<&'static str>,
}

/// Which records are counted.
#[derive(Debug, Clone, Copy)]
pub struct Rows {
    /// The noun or register.
    pub noun: &'static str,
    /// How they belong to the period.
    pub when: When,
    /// All of these must hold.
    pub filters: &'static [Filter],
    /// By which columns they belong to a street, a unit, a cell.
    pub scopes: &'static [ScopedBy],
}

/// How rows belong to a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// The day in this column lies in the period.
    Within(&'static str),
    /// The moment in this column lies in the period.
    WithinMoments(&'static str),
    /// The period in this column lies in the period.
    Periods(&'static str),
    /// The day in this column is the period's last: statements.
    OnLastDay(&'static str),
    /// The day in this column is not after the period's last one: what was there by then.
    By(&'static str),
    /// In force on the period's last day: begun by then, and not over before it or without an end.
    InForce {
        /// The first day.
        from: &'static str,
        /// The last day.
        to: &'static str,
    },
    /// Whatever stands now.
    Standing,
}

/// What must hold for a row to be counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Filter {
    /// The column has one of these words.
    Is(&'static str, &'static [&'static str]),
    /// The column is empty or has none of these words.
    IsNot(&'static str, &'static [&'static str]),
    /// The column is this truth.
    Truth(&'static str, bool),
    /// The column is not empty.
    Filled(&'static str),
    /// The column is empty.
    Empty(&'static str),
    /// The column is at least this.
    AtLeast(&'static str, i64),
    /// The column is below this.
    Below(&'static str, i64),
    /// The column has all of these bits.
    Bits(&'static str, i64),
    /// The column is filled and has none of these bits.
    NoBits(&'static str, i64),
}

/// By which column rows belong to something smaller than the city.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ScopedBy {
    /// A street or town.
    Street(&'static str),
    /// A unit.
    Unit(&'static str),
    /// A grid cell.
    Cell(&'static str),
}

impl Rows {
    /// All rows of a noun that belong to a period.
    #[must_use]
    pub const fn of(noun: &'static str, when: When) -> Self {
        Self { noun, when, filters: &[], scopes: &[] }
    }

    /// Only those under filters.
    #[must_use]
    pub const fn that(self, filters: &'static [Filter]) -> Self {
        Self { filters, ..self }
    }

    /// They belong to something smaller by these columns.
    #[must_use]
    pub const fn scoped(self, scopes: &'static [ScopedBy]) -> Self {
        Self { scopes, ..self }
    }

    /// How many.
    #[must_use]
    pub const fn count(self) -> Total {
        Total { rows: self, sum: None }
    }

    /// The sum of a column.
    #[must_use]
    pub const fn sum(self, column: &'static str) -> Total {
        Total { rows: self, sum: Some(column) }
    }
}

/// The figure with a code among several lists.
#[must_use]
pub fn find<'a>(lists: &[&'a [Figure]], code: &str) -> Option<&'a Figure> {
    lists.iter().copied().flatten().find(|figure| figure.code == code)
}
