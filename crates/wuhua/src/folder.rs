//! The data folder, and the two ways out: talk on standard error, results on standard output.

use std::{fs, io::Write as _, path::Path};

use anyhow::{Context as _, Result, bail};
use db::{Db, Target};
use kernel::time::Moment;
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
        bail!("{}: no city is here; restore a backup into it", data.data.display());
    }
    let key =
        VaultKey::of_folder(&data.data).with_context(|| data.data.join("vault.key").display().to_string())?;
    let db = Db::open(&target(data)).with_context(|| data.data.display().to_string())?;
    Ok(Ledger::open(db, governance::nouns(), Vault::new(&key), data.data.join("attachments"))?)
}

/// Makes the folder where it is absent.
pub(crate) fn make(folder: &Path) -> Result<()> {
    fs::create_dir_all(folder).with_context(|| folder.display().to_string())
}
