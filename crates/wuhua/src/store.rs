//! Checking, backing up and restoring a data folder.

use std::{fs, path::Path};

use anyhow::{Context as _, Result, bail};
use db::Db;
use ledger::{Receipt, VaultKey, backup as file};

use crate::{Data, folder};

/// `wuhua verify`: exit code 1 where something is not what it should be.
pub(crate) fn verify(data: &Data, rebuild: bool, receipt: Option<&Path>, json: bool) -> Result<()> {
    let receipts: Vec<Receipt> = match receipt {
        Some(path) => {
            let text = fs::read_to_string(path).with_context(|| path.display().to_string())?;
            vec![serde_json::from_str(&text).with_context(|| format!("{}: no receipt", path.display()))?]
        }
        None => Vec::new(),
    };
    let ledger = folder::ledger(data)?;
    let bar = indicatif::ProgressBar::new_spinner();
    let verdict = ledger::verify(&ledger, rebuild, &receipts, &mut |rows| bar.inc(rows))?;
    bar.finish_and_clear();
    let head =
        verdict.heads.iter().map(|(city, root)| format!("{city}:{root}")).collect::<Vec<_>>().join(" ");
    if json {
        folder::result(
            &serde_json::json!({
                "entries": verdict.entries, "records": verdict.records, "head": head,
                "ok": verdict.first_bad.is_none(), "first_bad": verdict.first_bad,
            })
            .to_string(),
        )?;
    } else {
        folder::result(&format!("{} entries, {} records, head {head}", verdict.entries, verdict.records))?;
    }
    match verdict.first_bad {
        Some(bad) => bail!("first bad row: {bad}; restore the last backup that verifies"),
        None => Ok(()),
    }
}

/// `wuhua backup`: also while serving.
pub(crate) fn backup(data: &Data, output: &Path, with_key: bool) -> Result<()> {
    let ledger = folder::ledger(data)?;
    let key = if with_key { Some(VaultKey::of_folder(&data.data)?) } else { None };
    let bar = indicatif::ProgressBar::new_spinner();
    let shown = bar.clone();
    let done = file::backup(&ledger, output, key, folder::now(), move |rows| shown.inc(rows))?;
    bar.finish_and_clear();
    for lost in &done.lost {
        folder::say(&format!("attachment {lost} is missing or damaged; the backup is made without it"));
    }
    if !with_key {
        folder::say(
            "vault.key is not in the file; without it no personal data can be read after a restore: keep it elsewhere",
        );
    }
    folder::result(&format!(
        "{} entries, {} rows, {} attachments, {} bytes",
        done.entries, done.rows, done.attachments, done.bytes
    ))
}

/// `wuhua restore`: only into an empty folder.
pub(crate) fn restore(backup: &Path, data: &Data) -> Result<()> {
    folder::make(&data.data)?;
    let db = Db::open(&folder::target(data)).with_context(|| data.data.display().to_string())?;
    let bar = indicatif::ProgressBar::new_spinner();
    let done = file::restore(backup, &db, parts::nouns(), &data.data, &mut |rows| bar.inc(rows))?;
    bar.finish_and_clear();
    for lost in &done.lost {
        folder::say(&format!("attachment {lost} was lost before the backup was made"));
    }
    if done.ledger.is_none() {
        folder::say("put the old vault.key into the folder; until then personal data stays closed");
    }
    folder::result(&format!(
        "{} entries, {} records, {} attachments",
        done.entries, done.records, done.attachments
    ))
}
