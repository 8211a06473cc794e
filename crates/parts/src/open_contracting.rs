//! Registers as packages of the field's open standards and back: projects as OC4IDS, PPP contracts as OCDS for PPPs.

use std::collections::BTreeSet;

use db::Tx;
use exchange::{ExchangeError, Given, Sheet};
use finance::{
    open_contracting::{self, Known, NotTaken, Published},
    ppp_contract::PppContract,
    project::Project,
};
use governance::{city::City, unit::Unit};
use kernel::{code::CityCode, error::Refusal, time::Moment};
use ledger::{
    Ledger, LedgerError,
    record::PAGE_RECORDS_MAX,
    register::{self, AnyRegister, Query, Row},
};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

/// Rows of one package at the most.
pub const PACKAGE_ROWS_MAX: usize = 20_000;
/// Bytes of a package that is read at the most.
const PACKAGE_BYTES_MAX: usize = 64 * 1024 * 1024;

/// A package of an open standard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Package {
    /// Projects: OC4IDS 0.9.
    Projects,
    /// PPP contracts: OCDS for PPPs.
    Contracts,
}

/// Whether somebody may see a row.
pub type Sees<'a> = dyn Fn(&dyn AnyRegister, &Value) -> bool + 'a;

impl Package {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Projects, Self::Contracts];

    /// What it is called as a format: `oc4ids`, `ocds-ppp`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Projects => "oc4ids",
            Self::Contracts => "ocds-ppp",
        }
    }

    /// The package of a format's name.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|package| package.name() == word)
    }

    /// The register that it is of.
    #[must_use]
    pub const fn register(self) -> &'static str {
        match self {
            Self::Projects => "project",
            Self::Contracts => "ppp_contract",
        }
    }
}

/// The rows that a query finds, whatever its page, as a package; of what they name what somebody may see.
///
/// # Errors
/// Refusals `format_not_of_register` and `export_rows_too_many`, or as the store says.
pub fn write(
    tx: &mut Tx<'_>,
    (ledger, city): (&Ledger, CityCode),
    package: Package,
    register: &str,
    query: &Query,
    sees: &Sees<'_>,
    now: Moment,
) -> Result<Value, LedgerError> {
    if register != package.register() {
        let refusal = Refusal::invalid("format_not_of_register").with("format", package.name());
        return Err(refusal.with("register", package.register()).into());
    }
    let rows = all(tx, city, ledger.register(register)?, query)?;
    let published = published(tx, city, package, now)?;
    let mut reading = Reading { tx, ledger, city, sees, known: Known::default() };
    match package {
        Package::Projects => {
            let projects: Vec<Project> = typed(rows)?;
            let codes: BTreeSet<&str> = projects.iter().map(|project| project.code.as_str()).collect();
            let contracts: Vec<PppContract> = reading
                .visible("ppp_contract")?
                .into_iter()
                .filter(|row| row.fields["project"].as_str().is_some_and(|code| codes.contains(code)))
                .map(one)
                .collect::<Result<_, _>>()?;
            for project in &projects {
                reading.units([&project.unit])?;
                reading.projects(project.parent.iter())?;
                let providers = project.sources.iter().filter_map(|source| source.provider.as_ref());
                reading.organisations(project.owner.iter().chain(providers))?;
            }
            reading.contracts(&contracts)?;
            Ok(open_contracting::oc4ids_package(&published, &reading.known, &projects, &contracts))
        }
        Package::Contracts => {
            let contracts: Vec<PppContract> = typed(rows)?;
            reading.contracts(&contracts)?;
            for contract in &contracts {
                reading.projects([&contract.project])?;
            }
            Ok(open_contracting::ocds_package(&published, &reading.known, &contracts))
        }
    }
}

/// All rows of a query.
fn all(
    tx: &mut Tx<'_>,
    city: CityCode,
    register: &dyn AnyRegister,
    query: &Query,
) -> Result<Vec<Row>, LedgerError> {
    let mut query = Query { limit: PAGE_RECORDS_MAX, after: None, ..query.clone() };
    let mut rows = Vec::new();
    loop {
        let (page, mark) = register::page(tx, city, register, query.clone())?;
        rows.extend(page);
        if rows.len() > PACKAGE_ROWS_MAX {
            return Err(too_many());
        }
        match mark {
            Some(mark) => query.after = Some(mark),
            None => return Ok(rows),
        }
    }
}

fn too_many() -> LedgerError {
    Refusal::invalid("export_rows_too_many").with("max", PACKAGE_ROWS_MAX as u64).into()
}

fn one<R: DeserializeOwned>(row: Row) -> Result<R, LedgerError> {
    serde_json::from_value(row.fields).map_err(|_| LedgerError::Damaged(format!("row {}", row.key)))
}

fn typed<R: DeserializeOwned>(rows: Vec<Row>) -> Result<Vec<R>, LedgerError> {
    rows.into_iter().map(one).collect()
}

fn published(
    tx: &mut Tx<'_>,
    city: CityCode,
    package: Package,
    now: Moment,
) -> Result<Published, LedgerError> {
    let found = register::get::<City>(tx, city, City::KEY)?.and_then(|record| record.state.row);
    let zone = found.as_ref().map_or(jiff::tz::TimeZone::UTC, City::zone);
    let at = now.iso(&zone);
    let offset = at.get(at.len().saturating_sub(6)..).unwrap_or_default();
    let offset = if at.ends_with('Z') { "+00:00" } else { offset };
    Ok(Published {
        prefix: city.to_string(),
        publisher: found.map_or_else(|| city.to_string(), |city| city.name),
        uri: format!("urn:wuhua:{city}:{}:{}", package.name(), now.millis()),
        offset: offset.to_owned(),
        at,
    })
}

/// Reads what rows of a package name.
struct Reading<'r, 'tx> {
    tx: &'r mut Tx<'tx>,
    ledger: &'r Ledger,
    city: CityCode,
    sees: &'r Sees<'r>,
    known: Known,
}

impl Reading<'_, '_> {
    fn visible(&mut self, name: &str) -> Result<Vec<Row>, LedgerError> {
        let register = self.ledger.register(name)?;
        let mut rows = all(self.tx, self.city, register, &Query::default())?;
        rows.retain(|row| (self.sees)(register, &row.fields));
        Ok(rows)
    }

    fn find<R: DeserializeOwned>(&mut self, name: &str, key: &str) -> Result<Option<R>, LedgerError> {
        let register = self.ledger.register(name)?;
        let row = register::row(self.tx, self.city, register, key)?;
        row.filter(|row| (self.sees)(register, &row.fields)).map(one).transpose()
    }

    fn organisations<'c>(&mut self, codes: impl IntoIterator<Item = &'c String>) -> Result<(), LedgerError> {
        for code in codes {
            if !self.known.organisations.contains_key(code)
                && let Some(found) = self.find("organisation", code)?
            {
                self.known.organisations.insert(code.clone(), found);
            }
        }
        Ok(())
    }

    fn units<'c>(&mut self, codes: impl IntoIterator<Item = &'c String>) -> Result<(), LedgerError> {
        for code in codes {
            if !self.known.units.contains_key(code)
                && let Some(found) = self.find::<Unit>("unit", code)?
            {
                self.known.units.insert(code.clone(), found.name_zh);
            }
        }
        Ok(())
    }

    fn projects<'c>(&mut self, codes: impl IntoIterator<Item = &'c String>) -> Result<(), LedgerError> {
        for code in codes {
            if !self.known.projects.contains_key(code)
                && let Some(found) = self.find("project", code)?
            {
                self.known.projects.insert(code.clone(), found);
            }
        }
        Ok(())
    }

    fn contracts(&mut self, contracts: &[PppContract]) -> Result<(), LedgerError> {
        for contract in contracts {
            self.organisations(contract.partner.iter())?;
            self.units([&contract.unit])?;
        }
        Ok(())
    }
}

/// The proposed rows of a file, as [`exchange::read_noting`] reads it, or where it is a package of projects for their register, as the
/// standard says. `unit` is the unit that answers for projects whose authority is none of the city's.
///
/// # Errors
/// [`ExchangeError`] where the file as a whole is unreadable, beyond a limit, or nothing of this register.
pub fn read(
    register: &dyn AnyRegister,
    bytes: Vec<u8>,
    unit: &str,
    note: &dyn Fn(usize),
) -> Result<Sheet, ExchangeError> {
    let package = (register.description().name == Package::Projects.register()).then(|| package_of(&bytes));
    let Some(package) = package.flatten() else {
        return exchange::read_noting(register, bytes, &exchange::Options::default(), note);
    };
    let refused =
        |fault: &NotTaken| LedgerError::from(Refusal::invalid(fault.code).with("field", fault.path.clone()));
    let (taken, not_taken) = open_contracting::read(&package, unit).map_err(|fault| refused(&fault))?;
    let place = |number: usize| u32::try_from(number + 1).unwrap_or(u32::MAX);
    let mut rows: Vec<Given> = taken
        .into_iter()
        .map(|taken| Given {
            row: place(taken.number),
            fields: match taken.fields {
                Value::Object(fields) => fields,
                _ => Map::new(),
            },
            faults: Vec::new(),
            warnings: taken.left.into_iter().map(|name| (name, "package_field_left")).collect(),
        })
        .collect();
    rows.extend(not_taken.into_iter().map(|fault| Given {
        row: place(fault.number.unwrap_or_default()),
        fields: Map::new(),
        faults: vec![(fault.path, fault.code)],
        warnings: Vec::new(),
    }));
    rows.sort_by_key(|row| row.row);
    let sheet = exchange::given(register, &bytes, rows)?;
    note(sheet.rows.len());
    Ok(sheet)
}

/// The package that a file is; none where it is something else.
fn package_of(bytes: &[u8]) -> Option<Value> {
    let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start();
    if !text.starts_with(b"{") || bytes.len() > PACKAGE_BYTES_MAX {
        return None;
    }
    let document: Value = serde_json::from_slice(text).ok()?;
    document.get("projects").is_some_and(Value::is_array).then_some(document)
}
