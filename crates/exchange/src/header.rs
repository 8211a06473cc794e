//! Which column is which field: the row of headings found below titles and group headings, names matched in both languages, units taken
//! from brackets, from a row of units, or from a line above the table (单位：万元).

use std::collections::{HashMap, HashSet};

use ledger::register::{FieldDescription, Title};

use crate::{
    ExchangeError, Language,
    measure::{self, Measure, Said, folded},
    remark::Remark,
};

/// Rows of headings above one another at the most.
const HEADER_DEPTH_MAX: usize = 4;
/// What the column with a row's version is called.
pub(crate) const VERSION: Title = Title { zh: "版本", en: "Version" };
/// What it is called where a field is called so already.
pub(crate) const ROW_VERSION: Title = Title { zh: "行版本", en: "Row version" };

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Target {
    /// A field, by its place in the description, and the unit that its numbers are written in.
    Field { field: usize, measure: Option<Measure> },
    /// The row's version.
    Version,
}

/// A column that is read.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Column {
    /// Its place, from 0.
    pub(crate) place: usize,
    /// Its heading as in the file.
    pub(crate) heading: String,
    /// What it holds.
    pub(crate) target: Target,
    /// The file says the unit of its numbers: in the heading, below it, or above the table.
    pub(crate) unit_said: bool,
}

/// What fields are called.
pub(crate) struct Names {
    fields: &'static [FieldDescription],
    by_name: HashMap<String, Option<usize>>,
    versioned: bool,
}

/// What the version column of a register is called.
pub(crate) fn version_title(fields: &[FieldDescription], language: Language) -> &'static str {
    let titles = [VERSION.zh, VERSION.en, "version"];
    let taken = fields
        .iter()
        .any(|field| titles.iter().any(|title| [field.title.zh, field.title.en, field.name].contains(title)));
    language.title(if taken { ROW_VERSION } else { VERSION })
}

/// The heading of a field: its title, or its name where two fields have one title, with its unit in brackets.
pub(crate) fn heading(field: &FieldDescription, fields: &[FieldDescription], language: Language) -> String {
    let title = language.title(field.title);
    let alike = fields.iter().filter(|other| {
        [other.title.zh, other.title.en, other.name].iter().any(|name| folded(name) == folded(title))
    });
    let title = if alike.count() > 1 { field.name } else { title };
    match measure::title(field.kind, language) {
        Some(unit) => match language {
            Language::Chinese => format!("{title}（{unit}）"),
            Language::English => format!("{title} ({unit})"),
        },
        None => title.to_owned(),
    }
}

impl Names {
    pub(crate) fn of(fields: &'static [FieldDescription], versioned: bool) -> Self {
        let mut by_name: HashMap<String, Option<usize>> = HashMap::new();
        for (place, field) in fields.iter().enumerate() {
            let own: HashSet<String> = [field.title.zh, field.title.en].into_iter().map(folded).collect();
            for name in own {
                // A name that two fields share is none.
                by_name.entry(name).and_modify(|known| *known = None).or_insert(Some(place));
            }
        }
        for (place, field) in fields.iter().enumerate() {
            by_name.insert(folded(field.name), Some(place));
        }
        Self { fields, by_name, versioned }
    }

    fn field(&self, folded_name: &str) -> Option<Target> {
        if let Some(field) = self.by_name.get(folded_name) {
            return field.map(|field| Target::Field { field, measure: None });
        }
        let version = [VERSION.zh, VERSION.en, ROW_VERSION.zh, ROW_VERSION.en];
        (self.versioned && version.iter().any(|name| folded(name) == folded_name)).then_some(Target::Version)
    }

    /// What a heading names.
    ///
    /// # Errors
    /// [`ExchangeError::UnitWrong`].
    pub(crate) fn target(&self, heading: &str) -> Result<Option<Target>, ExchangeError> {
        let whole = folded(heading);
        if whole.is_empty() {
            return Ok(None);
        }
        if let Some(target) = self.field(&whole) {
            return Ok(Some(target));
        }
        let Some((name, inside)) = bracketed(&whole) else { return Ok(None) };
        let Some(target) = self.field(name) else { return Ok(None) };
        let Target::Field { field, .. } = target else { return Ok(Some(target)) };
        match measure::said(self.fields[field].kind, inside) {
            Said::Fits(measure) => Ok(Some(Target::Field { field, measure: Some(measure) })),
            Said::None => Ok(Some(target)),
            Said::Wrong => {
                Err(ExchangeError::UnitWrong { column: heading.trim().to_owned(), unit: inside.to_owned() })
            }
        }
    }
}

/// A heading's name and what stands in the brackets at its end, or behind a stroke or colon.
fn bracketed(heading: &str) -> Option<(&str, &str)> {
    for (open, close) in [('(', ')'), ('[', ']'), ('【', '】'), ('〔', '〕')] {
        if let Some(inner) = heading.strip_suffix(close)
            && let Some((name, inside)) = inner.rsplit_once(open)
            && !name.is_empty()
        {
            return Some((name, inside));
        }
    }
    let (name, inside) = heading.rsplit_once(['/', ':'])?;
    (!name.is_empty() && measure::of_word(inside).is_some()).then_some((name, inside))
}

/// The headings of a table.
pub(crate) struct Header {
    /// Columns that are read.
    pub(crate) columns: Vec<Column>,
    /// Cells of the lowest row of headings.
    pub(crate) width: usize,
    /// How many of the first rows are above the content.
    pub(crate) above: usize,
    /// What is to be said of columns.
    pub(crate) warnings: Vec<Remark>,
}

type Rows = [(u64, Vec<String>)];

/// Finds the headings among the first rows of a table; none where no row names any field.
///
/// # Errors
/// [`ExchangeError::UnitWrong`].
pub(crate) fn find(rows: &Rows, names: &Names, key: &[&str]) -> Result<Option<Header>, ExchangeError> {
    let mut best: Option<(usize, usize, usize)> = None;
    for last in 0..rows.len() {
        for depth in 1..=HEADER_DEPTH_MAX.min(last + 1) {
            let mut fields = HashSet::new();
            for (_, target) in targets(rows, last, depth, names).into_iter().flatten() {
                if let Ok(Some(Target::Field { field, .. })) = target {
                    fields.insert(field);
                } else if target.is_err() {
                    fields.insert(usize::MAX);
                }
            }
            let named = |name: &&str| {
                fields.iter().any(|field| names.fields.get(*field).is_some_and(|field| field.name == *name))
            };
            let score = fields.len() + 1_000 * key.iter().filter(|name| named(name)).count();
            if !fields.is_empty() && best.is_none_or(|(known, _, _)| score > known) {
                best = Some((score, last, depth));
            }
        }
    }
    let Some((_, mut last, depth)) = best else { return Ok(None) };
    let mut warnings = Vec::new();
    let mut columns: Vec<Column> = Vec::new();
    let mut taken = HashSet::new();
    let row_number = |row: usize| u32::try_from(rows[row].0).unwrap_or(u32::MAX);
    let heads = targets(rows, last, depth, names);
    let found_in = last;
    for (place, head) in heads.into_iter().enumerate() {
        let Some((heading, target)) = head else { continue };
        let told =
            |code: &'static str| Remark::new(row_number(found_in), &heading, "", code).at(0, "", Some(place));
        match target? {
            None => warnings.push(told("column_unknown")),
            Some(target) => {
                let same = match target {
                    Target::Field { field, .. } => field,
                    Target::Version => usize::MAX,
                };
                if taken.insert(same) {
                    let unit_said = matches!(target, Target::Field { measure: Some(_), .. });
                    columns.push(Column { place, heading, target, unit_said });
                } else {
                    warnings.push(told("column_twice"));
                }
            }
        }
    }
    // Headings merged downwards repeat in the rows below.
    while let Some((_, below)) = rows.get(last + 1)
        && columns.iter().all(|column| {
            let cell = |row: &[String]| row.get(column.place).map(|text| folded(text)).unwrap_or_default();
            cell(below) == cell(&rows[last].1)
        })
    {
        last += 1;
    }
    last += usize::from(units_below(rows, last, names, &mut columns));
    settle(rows, found_in + 1 - depth, names, &mut columns, &mut warnings);
    let width = rows[last].1.len();
    Ok(Some(Header { columns, width, above: last + 1, warnings }))
}

type Heads = Vec<Option<(String, Result<Option<Target>, ExchangeError>)>>;

/// What each column is called, where the headings end in a row and are so many rows deep.
fn targets(rows: &Rows, last: usize, depth: usize, names: &Names) -> Heads {
    let width = rows[last + 1 - depth..=last].iter().map(|(_, cells)| cells.len()).max().unwrap_or(0);
    (0..width)
        .map(|place| {
            let mut parts: Vec<&str> = Vec::new();
            for (_, cells) in &rows[last + 1 - depth..=last] {
                let text = cells.get(place).map_or("", |text| text.trim());
                if !text.is_empty() && parts.last() != Some(&text) {
                    parts.push(text);
                }
            }
            let (own, above) = parts.split_last()?;
            let mut called: Vec<String> = Vec::new();
            // A heading that is a unit alone belongs to the name above it.
            if let (Some(_), Some(parent)) =
                (measure::of_word(own.trim_matches(['（', '）', '(', ')'])), above.last())
            {
                called.push(format!("{parent}({})", own.trim_matches(['（', '）', '(', ')'])));
            }
            called.push((*own).to_owned());
            if let Some(parent) = above.last() {
                called.push(format!("{parent}{own}"));
                called.push(parts.concat());
            }
            let heading = if depth == 1 { (*own).to_owned() } else { parts.join("/") };
            let found = called.iter().map(|name| names.target(name)).find(|found| !matches!(found, Ok(None)));
            Some((heading, found.unwrap_or(Ok(None))))
        })
        .collect()
}

/// Whether the row below the headings holds nothing but units; then the columns have them.
fn units_below(rows: &Rows, last: usize, names: &Names, columns: &mut [Column]) -> bool {
    let Some((_, cells)) = rows.get(last + 1) else { return false };
    let bare = |text: &str| folded(text).trim_matches(['(', ')']).to_owned();
    let mut units = Vec::new();
    for (place, text) in cells.iter().enumerate().filter(|(_, text)| !text.trim().is_empty()) {
        let Some(column) = columns.iter().position(|column| column.place == place) else { return false };
        let Target::Field { field, .. } = columns[column].target else { return false };
        let Said::Fits(measure) = measure::said(names.fields[field].kind, &bare(text)) else { return false };
        units.push((column, field, measure));
    }
    for (column, field, measure) in &units {
        columns[*column].target = Target::Field { field: *field, measure: Some(*measure) };
        columns[*column].unit_said = true;
    }
    !units.is_empty()
}

/// Gives columns without a unit the one that stands above the table, or their field's own, and says so.
fn settle(rows: &Rows, first: usize, names: &Names, columns: &mut [Column], warnings: &mut Vec<Remark>) {
    let mut above = Vec::new();
    for text in rows[..first].iter().flat_map(|(_, cells)| cells) {
        let text = folded(text);
        for mark in ["单位:", "unit:", "units:"] {
            if let Some((_, words)) = text.split_once(mark) {
                let words = words.trim_end_matches(')').split([',', '、', ';']);
                above.extend(words.filter_map(measure::of_word));
            }
        }
    }
    for column in columns {
        let Target::Field { field, measure: None } = column.target else { continue };
        let kind = names.fields[field].kind;
        let Some(own) = measure::of_kind(kind) else { continue };
        let found = above.iter().copied().find(|measure| measure::alike(*measure, own));
        if found.is_none() && matches!(own, Measure::Money(_) | Measure::Area(_)) {
            let unit = measure::title(kind, Language::Chinese).unwrap_or_default();
            let row = rows.get(first).map_or(0, |(number, _)| u32::try_from(*number).unwrap_or(u32::MAX));
            let told = Remark::new(row, &column.heading, "", "column_unit_assumed");
            warnings.push(told.at(0, "", Some(column.place)).with("unit", unit));
        }
        column.target = Target::Field { field, measure: Some(found.unwrap_or(own)) };
        column.unit_said = found.is_some();
    }
}
