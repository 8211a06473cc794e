//! What the store says about itself.

use db::Tx;

use crate::LedgerError;

/// The print of the vault key that the store's sealed fields belong to.
pub(crate) const VAULT: &str = "vault";
/// Stands while a restore is unfinished.
pub(crate) const RESTORE: &str = "restore";

pub(crate) fn read(tx: &mut Tx<'_>, name: &str) -> Result<Option<String>, LedgerError> {
    tx.first("SELECT value FROM store_note WHERE name = $1", &[name.into()], |row| {
        Ok(row.text(0)?.to_owned())
    })
}

pub(crate) fn write(tx: &mut Tx<'_>, name: &str, value: &str) -> Result<(), LedgerError> {
    tx.execute(
        "INSERT INTO store_note (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        &[name.into(), value.into()],
    )?;
    Ok(())
}

pub(crate) fn remove(tx: &mut Tx<'_>, name: &str) -> Result<(), LedgerError> {
    tx.execute("DELETE FROM store_note WHERE name = $1", &[name.into()])?;
    Ok(())
}
