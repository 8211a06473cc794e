//! The divisions of the real city, read from the list that ships with the crate, with their names in English.

use std::collections::BTreeMap;

use governance::division::DivisionLevel;

use crate::error::DemoError;

const DIVISIONS_FILE: &str = "divisions.csv";
const NAMES_FILE: &str = "names.csv";
const DIVISIONS: &str = include_str!("../../data/divisions.csv");
const NAMES: &str = include_str!("../../data/names.csv");

/// A division without its shape.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) code: String,
    /// As on a map: 西门街道, 西门社区, 金井村 (the list names the committees of communities and villages).
    pub(super) name_zh: String,
    pub(super) name_en: String,
    /// The name without the word for its kind, e.g. 西门.
    pub(super) stem_zh: String,
    pub(super) stem_en: String,
    pub(super) level: DivisionLevel,
}

/// The streets and towns, then the communities and villages, each by code; the name of the city in English comes with them.
pub(super) fn read() -> Result<(Vec<Entry>, Vec<Entry>), DemoError> {
    let mut names: BTreeMap<String, String> = BTreeMap::new();
    for row in rows(NAMES, NAMES_FILE, 2)? {
        if let [zh, en] = row.as_slice() {
            names.insert(zh.clone(), en.clone());
        }
    }
    let (mut quarters, mut communities) = (Vec::new(), Vec::new());
    for row in rows(DIVISIONS, DIVISIONS_FILE, 4)? {
        let [code, name, level, _parent] = row.as_slice() else { continue };
        let Some(level) = DivisionLevel::parse(level) else { continue };
        let entry = entry(code, name, level, &names)?;
        match level {
            DivisionLevel::Street | DivisionLevel::Town => quarters.push(entry),
            DivisionLevel::Community | DivisionLevel::Village => communities.push(entry),
        }
    }
    quarters.sort_by(|a, b| a.code.cmp(&b.code));
    communities.sort_by(|a, b| a.code.cmp(&b.code));
    Ok((quarters, communities))
}

fn entry(
    code: &str,
    name: &str,
    level: DivisionLevel,
    names: &BTreeMap<String, String>,
) -> Result<Entry, DemoError> {
    let (ending, kind_zh, kind_en) = match level {
        DivisionLevel::Street => ("街道", "街道", "Street"),
        DivisionLevel::Town => ("镇", "镇", "Town"),
        DivisionLevel::Community => ("社区居民委员会", "社区", "Community"),
        DivisionLevel::Village => ("村村民委员会", "村", "Village"),
    };
    let stem_zh = name
        .strip_suffix(ending)
        .ok_or_else(|| DemoError::data(DIVISIONS_FILE, format!("{code} does not end in {ending}")))?;
    let stem_en = names
        .get(stem_zh)
        .ok_or_else(|| DemoError::data(NAMES_FILE, format!("{stem_zh} has no name in English")))?;
    Ok(Entry {
        code: code.to_owned(),
        name_zh: format!("{stem_zh}{kind_zh}"),
        name_en: format!("{stem_en} {kind_en}"),
        stem_zh: stem_zh.to_owned(),
        stem_en: stem_en.clone(),
        level,
    })
}

/// The rows of a file of the crate, without its heading.
///
/// # Errors
/// [`DemoError::Data`] where a row has not `columns` columns.
pub(super) fn rows(text: &str, file: &'static str, columns: usize) -> Result<Vec<Vec<String>>, DemoError> {
    let mut reader = csv::ReaderBuilder::new().from_reader(text.as_bytes());
    let rows = reader.records().map(|record| {
        let record = record.map_err(|error| DemoError::data(file, error))?;
        if record.len() != columns {
            return Err(DemoError::data(file, format!("a row has not {columns} columns: {record:?}")));
        }
        Ok(record.iter().map(str::to_owned).collect())
    });
    rows.collect()
}
