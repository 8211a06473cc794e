//! What would become of each proposed row: new, unchanged, changed cell by cell, in conflict, refused.

use std::{collections::HashSet, sync::Arc};

use db::Tx;
use kernel::{code::CityCode, shape};
use ledger::{
    Ledger,
    register::{self, AnyRegister, FieldDescription, FieldFault, Kind, Row},
};
use serde::Serialize;
use serde_json::{Map, Value};

use crate::{
    ExchangeError, Language, cell,
    order::ordered,
    reach::Reach,
    read::{Proposed, Sheet},
    remark::{Account, Remark},
};

/// A cell that the file changes.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CellChange {
    /// The field.
    pub field: &'static str,
    /// What stands.
    pub before: Value,
    /// What the file says.
    pub after: Value,
}

/// A cell that was changed in the file and, since the file went out, here as well.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Clash {
    /// The field.
    pub field: &'static str,
    /// What the file says.
    pub file: Value,
    /// What stands now.
    pub now: Value,
    /// What stood when the file went out.
    pub then: Value,
}

/// What would become of a row.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Outcome {
    /// It is not there yet, or used no more: it is entered.
    New,
    /// It stands as the file says.
    Unchanged,
    /// These cells are changed.
    Changed {
        /// Cell by cell.
        cells: Vec<CellChange>,
    },
    /// These cells were changed on both sides; nothing of the row is taken in.
    Conflict {
        /// Cell by cell.
        cells: Vec<Clash>,
        /// The same for people.
        remarks: Vec<Remark>,
    },
    /// It cannot be taken in.
    Refused {
        /// Why.
        remarks: Vec<Remark>,
    },
}

/// A proposed row beside what stands.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Difference {
    /// Where it stands in the file.
    pub row: u32,
    /// Its key; none where the file does not say it.
    pub key: Option<String>,
    /// What would become of it.
    #[serde(flatten)]
    pub outcome: Outcome,
    /// The version that was compared with; 0 where there was none.
    #[serde(skip)]
    pub seen: u64,
    /// The whole row as it would be.
    #[serde(skip)]
    pub(crate) fields: Map<String, Value>,
    #[serde(skip)]
    pub(crate) table_rows: std::collections::BTreeMap<&'static str, Vec<u32>>,
}

impl Difference {
    /// Whether something would be written.
    #[must_use]
    pub const fn writes(&self) -> bool {
        matches!(self.outcome, Outcome::New | Outcome::Changed { .. })
    }

    /// Takes the whole row as it would be out of it, for who keeps differences and writes nothing of them.
    #[must_use]
    pub fn take_fields(&mut self) -> Map<String, Value> {
        std::mem::take(&mut self.fields)
    }

    /// Nothing of the row is taken in after all.
    pub fn refuse(&mut self, sheet: &Sheet, code: &'static str) {
        let remark = sheet.remark(self.row, "", "", code, &self.table_rows);
        self.outcome = Outcome::Refused { remarks: vec![remark] };
        self.fields = Map::new();
    }
}

impl Account {
    /// The account of what would be done, with the file's own warnings.
    #[must_use]
    pub fn of(sheet: &Sheet, differences: &[Difference]) -> Self {
        let mut account = Self { warnings: sheet.warnings.clone(), ..Self::default() };
        for difference in differences {
            account.rows += 1;
            match &difference.outcome {
                Outcome::New => {
                    account.imported += 1;
                    account.new += 1;
                }
                Outcome::Changed { .. } => account.imported += 1,
                Outcome::Unchanged => account.unchanged += 1,
                Outcome::Conflict { remarks, .. } => {
                    account.conflicts += 1;
                    account.refuse(remarks.iter().cloned());
                }
                Outcome::Refused { remarks } => account.refuse(remarks.iter().cloned()),
            }
        }
        account
    }
}

/// Rows that are compared in one transaction of [`compare_all`].
const STEP_ROWS: usize = 1_000;

/// The comparison of a file with what stands, step by step. What a row names in its own register stands before it in the list, so that the
/// list can be applied in its order.
pub struct Comparison {
    sheet: Arc<Sheet>,
    reach: Reach,
    order: Vec<usize>,
    accepted: HashSet<String>,
    differences: Vec<Difference>,
}

impl Comparison {
    /// Nothing is compared yet.
    #[must_use]
    pub fn new(register: &dyn AnyRegister, sheet: Arc<Sheet>, reach: Reach) -> Self {
        let description = register.description();
        let given: Vec<(Option<&str>, &Map<String, Value>)> =
            sheet.rows.iter().map(|row| (row.key.as_deref(), &row.fields)).collect();
        let order = ordered(description.name, description.fields, &given);
        let differences = Vec::with_capacity(order.len());
        Self { sheet, reach, order, accepted: HashSet::new(), differences }
    }

    /// Compares the next rows, so many at the most; false when all are done.
    ///
    /// # Errors
    /// As the store says.
    pub fn step(
        &mut self,
        tx: &mut Tx<'_>,
        city: CityCode,
        register: &dyn AnyRegister,
        rows: usize,
    ) -> Result<bool, ExchangeError> {
        let sheet = Arc::clone(&self.sheet);
        let beside = Beside { register, sheet: &sheet, reach: &self.reach };
        let first = self.differences.len();
        for place in self.order.iter().skip(first).take(rows) {
            let proposed = &sheet.rows[*place];
            let difference = one(tx, city, &beside, proposed, &self.accepted)?;
            if let Some(key) = &proposed.key
                && difference.writes()
            {
                self.accepted.insert(key.clone());
            }
            self.differences.push(difference);
        }
        Ok(self.differences.len() < self.order.len())
    }

    /// How many rows are compared.
    #[must_use]
    pub const fn done(&self) -> usize {
        self.differences.len()
    }

    /// What was found.
    #[must_use]
    pub fn into_differences(self) -> Vec<Difference> {
        self.differences
    }
}

/// Compares the rows of a file with what stands, in one snapshot.
///
/// # Errors
/// As the store says.
pub fn compare(
    tx: &mut Tx<'_>,
    city: CityCode,
    register: &dyn AnyRegister,
    sheet: Arc<Sheet>,
    reach: Reach,
) -> Result<Vec<Difference>, ExchangeError> {
    let mut comparison = Comparison::new(register, sheet, reach);
    while comparison.step(tx, city, register, usize::MAX)? {}
    Ok(comparison.into_differences())
}

/// Compares the rows of a file with what stands, so many rows a snapshot that nobody waits long for it. What changes meanwhile is seen when
/// rows are written.
///
/// # Errors
/// As the store says.
pub fn compare_all(
    ledger: &Ledger,
    city: CityCode,
    register: &str,
    sheet: &Arc<Sheet>,
    reach: Reach,
    progress: &mut dyn FnMut(usize),
) -> Result<Vec<Difference>, ExchangeError> {
    let mut comparison = Comparison::new(ledger.register(register)?, Arc::clone(sheet), reach);
    loop {
        let (own, name) = (ledger.clone(), register.to_owned());
        let (stepped, more) = ledger.db().read_blocking(move |tx| {
            let more = comparison.step(tx, city, own.register(&name)?, STEP_ROWS)?;
            Ok::<_, ExchangeError>((comparison, more))
        })?;
        comparison = stepped;
        progress(comparison.done());
        if !more {
            return Ok(comparison.into_differences());
        }
    }
}

/// What a row is compared beside.
struct Beside<'a> {
    register: &'a dyn AnyRegister,
    sheet: &'a Sheet,
    reach: &'a Reach,
}

fn one(
    tx: &mut Tx<'_>,
    city: CityCode,
    beside: &Beside<'_>,
    proposed: &Proposed,
    accepted: &HashSet<String>,
) -> Result<Difference, ExchangeError> {
    let Beside { register, sheet, reach } = *beside;
    let description = register.description();
    let mut difference = Difference {
        row: proposed.row,
        key: proposed.key.clone(),
        outcome: Outcome::Unchanged,
        seen: 0,
        fields: Map::new(),
        table_rows: proposed.table_rows.clone(),
    };
    let standing = match &proposed.key {
        Some(key) => register::row(tx, city, register, key)?.map(Standing::from),
        None => None,
    };
    let refuse = |remarks| Outcome::Refused { remarks };
    let told = |column: &str, value: &str, code: &'static str| {
        sheet.remark(proposed.row, column, value, code, &proposed.table_rows)
    };
    let key_remark = |code| {
        let column = description.key.first().copied().unwrap_or_default();
        told(column, proposed.key.as_deref().unwrap_or_default(), code)
    };
    if standing.as_ref().is_some_and(|standing| !reach.sees.hold(description, &standing.fields)) {
        difference.outcome = refuse(vec![key_remark("row_exists")]);
        return Ok(difference);
    }
    difference.seen = standing.as_ref().map_or(0, |standing| standing.version);
    let sided = match &standing {
        Some(standing) => sides(tx, city, register, proposed, standing)?,
        None => Sided::Fields(proposed.fields.clone()),
    };
    difference.outcome = match sided {
        _ if !proposed.faults.is_empty() => {
            let mut remarks = proposed.faults.clone();
            // What is wrong with the cells that could be read is said at once too.
            let faulty: HashSet<&str> = remarks.iter().map(|remark| remark.column.as_str()).collect();
            let mut fields = standing.map_or_else(Map::new, |standing| standing.fields);
            fields.extend(proposed.fields.clone());
            // A row that could not be read as a whole lacks all its cells: that alone says nothing more.
            let whole = remarks.iter().all(|remark| !remark.column.is_empty());
            let faults = if whole { register.faults(&Value::Object(fields.clone())) } else { Vec::new() };
            let more = faults.into_iter().filter(|fault| fault.code != "row_malformed").map(|fault| {
                sheet.field_remark(description.fields, proposed.row, &fault, &fields, &proposed.table_rows)
            });
            let more: Vec<Remark> = more.filter(|remark| !faulty.contains(remark.column.as_str())).collect();
            remarks.extend(more);
            refuse(remarks)
        }
        Sided::Refused(code) => refuse(vec![key_remark(code)]),
        Sided::Clashes(cells) => {
            let remarks = cells.iter().map(|clash| clash_remark(description.fields, clash, told)).collect();
            Outcome::Conflict { cells, remarks }
        }
        Sided::Fields(fields) => {
            let live = standing.as_ref().filter(|standing| !standing.is_retired);
            let cells = live.map(|standing| changes(description.fields, &standing.fields, &fields));
            let stands_elsewhere =
                standing.as_ref().is_some_and(|standing| !reach.changes.hold(description, &standing.fields));
            difference.fields = fields;
            match cells {
                Some(cells) if cells.is_empty() => Outcome::Unchanged,
                _ if stands_elsewhere || !reach.changes.hold(description, &difference.fields) => {
                    let column = description.unit.unwrap_or_default();
                    let unit = difference.fields.get(column).and_then(Value::as_str).unwrap_or_default();
                    refuse(vec![told(column, unit, "row_of_another_unit")])
                }
                cells => {
                    let stands = standing.map(|standing| Value::Object(standing.fields));
                    let faults = wrong(tx, city, register, &difference.fields, stands.as_ref(), accepted)?;
                    if faults.is_empty() {
                        cells.map_or(Outcome::New, |cells| Outcome::Changed { cells })
                    } else {
                        let fields = &difference.fields;
                        let remarks = faults.iter().map(|fault| {
                            sheet.field_remark(
                                description.fields,
                                proposed.row,
                                fault,
                                fields,
                                &proposed.table_rows,
                            )
                        });
                        refuse(remarks.collect())
                    }
                }
            }
        }
    };
    if !difference.writes() {
        difference.fields = Map::new();
    }
    Ok(difference)
}

/// A clash for people.
fn clash_remark(
    fields: &[FieldDescription],
    clash: &Clash,
    told: impl Fn(&str, &str, &'static str) -> Remark,
) -> Remark {
    let kind = kind_of(fields, clash.field);
    let text = |value: &Value| cell::shown(kind, Language::Chinese, Some(value)).text();
    let short = |value: &Value| {
        let text: String = text(value).chars().take(60).collect();
        kernel::text::mask_personal(&text).text
    };
    told(clash.field, &text(&clash.file), "cell_changed_since")
        .with("now", short(&clash.now))
        .with("then", short(&clash.then))
        .with("file", short(&clash.file))
}

/// A row as it stands.
struct Standing {
    key: String,
    version: u64,
    is_retired: bool,
    fields: Map<String, Value>,
}

impl From<Row> for Standing {
    fn from(row: Row) -> Self {
        let is_retired = row.retired_at.is_some();
        Self { key: row.key, version: row.version, is_retired, fields: into_map(row.fields) }
    }
}

pub(crate) fn into_map(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}

fn kind_of(fields: &[FieldDescription], name: &str) -> Kind {
    fields
        .iter()
        .find(|field| field.name == name)
        .map_or(Kind::Text { chars_max: 0, lines: true }, |field| field.kind)
}

/// What is wrong with a row, what it names in the file's own rows left out.
fn wrong(
    tx: &mut Tx<'_>,
    city: CityCode,
    register: &dyn AnyRegister,
    fields: &Map<String, Value>,
    stands: Option<&Value>,
    accepted: &HashSet<String>,
) -> Result<Vec<FieldFault>, ExchangeError> {
    let description = register.description();
    let row = Value::Object(fields.clone());
    let mut faults = register.faults(&row);
    faults.extend(register::strangers(description.fields, &row, stands, &[]));
    if !faults.is_empty() {
        return Ok(faults);
    }
    let mut loose = register.loose(tx, city, &row)?;
    if loose.iter().any(|fault| fault.code == "reference_unknown") {
        loose.retain(|fault| {
            let (field, value) = at_path(description.fields, fields, &fault.field);
            let own = field.is_some_and(|field| field.refers == Some(description.name));
            let in_file = own && value.and_then(Value::as_str).is_some_and(|key| accepted.contains(key));
            !(in_file && fault.code == "reference_unknown")
        });
    }
    Ok(loose)
}

/// The field and value of a path: `owner`, `payments.2.payer`.
fn at_path<'r>(
    fields: &'static [FieldDescription],
    row: &'r Map<String, Value>,
    path: &str,
) -> (Option<&'static FieldDescription>, Option<&'r Value>) {
    let (name, rest) = path.split_once('.').map_or((path, None), |(name, rest)| (name, Some(rest)));
    let Some(field) = fields.iter().find(|field| field.name == name) else { return (None, row.get(name)) };
    match (field.kind, rest.and_then(|rest| rest.split_once('.'))) {
        (Kind::Rows { fields, .. }, Some((number, rest))) => {
            let rows = row.get(name).and_then(Value::as_array);
            let inner = number.parse::<usize>().ok().and_then(|number| rows?.get(number)?.as_object());
            match inner {
                Some(inner) => at_path(fields, inner, rest),
                None => (None, None),
            }
        }
        _ => (Some(field), row.get(name)),
    }
}

/// A row of the file beside the row that stands.
enum Sided {
    /// The whole row as it would be.
    Fields(Map<String, Value>),
    /// Changed on both sides.
    Clashes(Vec<Clash>),
    /// It cannot be compared.
    Refused(&'static str),
}

fn sides(
    tx: &mut Tx<'_>,
    city: CityCode,
    register: &dyn AnyRegister,
    proposed: &Proposed,
    row: &Standing,
) -> Result<Sided, ExchangeError> {
    let description = register.description();
    let now = row.fields.clone();
    let older = proposed.version.filter(|version| *version > 0 && *version < row.version);
    if proposed.version.is_some_and(|version| version > row.version) {
        return Ok(Sided::Refused("version_ahead"));
    }
    if older.is_some() && row.is_retired {
        return Ok(Sided::Refused("row_retired_since"));
    }
    let then = match older {
        Some(version) => Some(stood(tx, city, description.name, &row.key, version)?.unwrap_or_default()),
        None => None,
    };
    let mut fields = now;
    let mut clashes = Vec::new();
    for described in description.fields {
        let (name, kind) = (described.name, described.kind);
        let Some(file) = proposed.fields.get(name) else { continue };
        let now = fields.get(name).unwrap_or(&Value::Null);
        if same(kind, file, now) {
            continue;
        }
        if let Some(then) = &then {
            let then = then.get(name).unwrap_or(&Value::Null);
            if same(kind, file, then) {
                // Nobody changed it in the file; what was changed here stays.
                continue;
            }
            if !same(kind, then, now) {
                clashes.push(Clash { field: name, file: file.clone(), now: now.clone(), then: then.clone() });
                continue;
            }
        }
        fields.insert(name.to_owned(), file.clone());
    }
    // What no field is called is a fault, and is told as one.
    let unknown =
        proposed.fields.iter().filter(|(name, _)| description.fields.iter().all(|field| field.name != *name));
    fields.extend(unknown.map(|(name, value)| (name.clone(), value.clone())));
    Ok(if clashes.is_empty() { Sided::Fields(fields) } else { Sided::Clashes(clashes) })
}

/// The fields of a row as they stood at a version.
pub(crate) fn stood(
    tx: &mut Tx<'_>,
    city: CityCode,
    register: &str,
    key: &str,
    version: u64,
) -> Result<Option<Map<String, Value>>, ExchangeError> {
    let entries = ledger::history(tx, city, register, key)?;
    let puts = entries.iter().rev().filter(|entry| entry.version <= version && entry.kind == "put");
    for entry in puts {
        if let Ok(mut body) = serde_json::from_str::<Value>(&entry.body)
            && let Some(Value::Object(fields)) = body.get_mut("put").map(Value::take)
        {
            return Ok(Some(fields));
        }
    }
    Ok(None)
}

fn changes(
    fields: &[FieldDescription],
    before: &Map<String, Value>,
    after: &Map<String, Value>,
) -> Vec<CellChange> {
    let mut cells = Vec::new();
    for field in fields {
        let (before, after) =
            (before.get(field.name).unwrap_or(&Value::Null), after.get(field.name).unwrap_or(&Value::Null));
        if !same(field.kind, before, after) {
            cells.push(CellChange { field: field.name, before: before.clone(), after: after.clone() });
        }
    }
    let unknown = after.iter().filter(|(name, _)| fields.iter().all(|field| field.name != *name));
    // Told by its faults; it only must not pass for unchanged.
    cells.extend(unknown.map(|(_, value)| CellChange {
        field: "",
        before: Value::Null,
        after: value.clone(),
    }));
    cells
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(rows) => rows.is_empty(),
        _ => false,
    }
}

/// Whether two values of a field say the same: blanks around a text, the order of names and the form of a number do not count.
pub(crate) fn same(kind: Kind, one: &Value, other: &Value) -> bool {
    if is_empty(one) || is_empty(other) {
        return is_empty(one) && is_empty(other);
    }
    match (kind, one, other) {
        (Kind::Text { .. }, Value::String(one), Value::String(other)) => {
            one.trim().replace("\r\n", "\n") == other.trim().replace("\r\n", "\n")
        }
        (Kind::Surface, _, _) => alike(&shape::parted(one.clone()), &shape::parted(other.clone())),
        (Kind::Point | Kind::Line, _, _) => alike(one, other),
        (Kind::Rows { fields, .. }, Value::Array(one), Value::Array(other)) => {
            one.len() == other.len()
                && one.iter().zip(other).all(|(one, other)| {
                    fields.iter().all(|field| {
                        let of = |row: &'_ Value| row.get(field.name).cloned().unwrap_or_default();
                        same(field.kind, &of(one), &of(other))
                    })
                })
        }
        _ => one == other,
    }
}

/// Whether two shapes are the same; 107 is 107.0.
fn alike(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => one.as_f64() == other.as_f64(),
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| alike(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            one.len() == other.len()
                && one.iter().all(|(name, value)| other.get(name).is_some_and(|other| alike(value, other)))
        }
        _ => one == other,
    }
}

impl Sheet {
    /// What is to be said of a field of a row, with the place at which the file has it.
    pub(crate) fn remark(
        &self,
        row: u32,
        path: &str,
        value: &str,
        code: impl Into<std::borrow::Cow<'static, str>>,
        table_rows: &std::collections::BTreeMap<&'static str, Vec<u32>>,
    ) -> Remark {
        let mut parts = path.splitn(3, '.');
        let (table, number, nested) = (parts.next().unwrap_or_default(), parts.next(), parts.next());
        if let (Some(number), Some(nested)) = (number, nested)
            && let Some(heading) = self.headings.get(&format!("{table}.{nested}"))
            && let Some(own) =
                number.parse::<usize>().ok().and_then(|number| table_rows.get(table)?.get(number))
        {
            return Remark::new(*own, &heading.text, value, code).at(
                heading.sheet,
                &heading.sheet_name,
                heading.place,
            );
        }
        match self.headings.get(table) {
            Some(heading) => Remark::new(row, &heading.text, value, code).at(
                heading.sheet,
                &heading.sheet_name,
                heading.place,
            ),
            None => Remark::new(row, path, value, code).at(self.place.sheet, &self.place.sheet_name, None),
        }
    }

    /// What is wrong with a field, with the value as a cell shows it.
    pub(crate) fn field_remark(
        &self,
        fields: &'static [FieldDescription],
        row: u32,
        fault: &FieldFault,
        values: &Map<String, Value>,
        table_rows: &std::collections::BTreeMap<&'static str, Vec<u32>>,
    ) -> Remark {
        let (field, value) = at_path(fields, values, &fault.field);
        let text = match (field, value) {
            (Some(field), value) => cell::shown(field.kind, Language::Chinese, value).text(),
            (None, Some(value)) => value.to_string(),
            (None, None) => String::new(),
        };
        self.remark(row, &fault.field, &text, fault.code, table_rows)
    }
}
