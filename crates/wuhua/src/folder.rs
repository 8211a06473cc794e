//! The data folder, and the two ways out: talk on standard error, results on standard output.

use std::{fs, io::Write as _, path::Path};

use anyhow::{Context as _, Result, bail};
use db::{Db, Target};
use kernel::{code::CityCode, time::Moment};
use ledger::{Ledger, Vault, VaultKey};

use crate::Data;

/// Talk for people, on standard error.
pub(crate) fn say(text: &str) {
    // Nobody to talk to is no reason to stop.
    let _ = writeln!(std::io::stderr(), "{text}");
}

/// A result, one line on standard output.
pub(crate) fn result(text: &str) -> Result<()> {
    writeln!(std::io::stdout(), "{text}").context("standard output")
}

/// Now, from the machine's clock.
#[expect(clippy::disallowed_methods, reason = "the binary is where time enters")]
pub(crate) fn now() -> Moment {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    Moment(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}

/// Where the store of a data folder is.
pub(crate) fn target(data: &Data) -> Target {
    data.database.as_ref().map_or_else(
        || Target::Sqlite(data.data.join("wuhua.db")),
        |address| Target::Postgres(address.clone()),
    )
}

/// The ledger of a data folder that was made before.
pub(crate) fn ledger(data: &Data) -> Result<Ledger> {
    if data.database.is_none() && !data.data.join("wuhua.db").exists() {
        bail!(
            "{}: no city is here; make one with `wuhua city add` or `wuhua demo`, or restore a backup into it",
            data.data.display()
        );
    }
    open(data)
}

/// The ledger of a data folder; both are made where they are absent.
pub(crate) fn make_ledger(data: &Data) -> Result<Ledger> {
    make(&data.data)?;
    open(data)
}

fn open(data: &Data) -> Result<Ledger> {
    let key =
        VaultKey::of_folder(&data.data).with_context(|| data.data.join("vault.key").display().to_string())?;
    let db = Db::open(&target(data)).with_context(|| data.data.display().to_string())?;
    Ok(Ledger::open(db, parts::nouns(), Vault::new(&key), data.data.join("attachments"))?)
}

/// The city that is meant: the one that was named, or the only one.
pub(crate) fn city(ledger: &Ledger, named: Option<CityCode>) -> Result<CityCode> {
    let cities = ledger.db().read_blocking(ledger::cities)?;
    match (named, cities.as_slice()) {
        (Some(named), cities) if cities.contains(&named) => Ok(named),
        (Some(named), _) => {
            bail!("city {named} is not here; add it with `wuhua city add {named} --name NAME`")
        }
        (None, [only]) => Ok(*only),
        (None, []) => bail!("no city is here; add one with `wuhua city add CODE --name NAME`"),
        (None, several) => {
            let codes: Vec<String> = several.iter().map(ToString::to_string).collect();
            bail!("several cities are here: name one with --city ({})", codes.join(", "))
        }
    }
}

/// Makes the folder where it is absent.
pub(crate) fn make(folder: &Path) -> Result<()> {
    fs::create_dir_all(folder).with_context(|| folder.display().to_string())
}
