//! Restoring a backup: the file is read twice, first to check every member, then to load it. A store that a restore was killed in says so
//! and serves nobody; restoring into it again starts anew.

use std::{
    collections::BTreeMap,
    fs,
    io::{BufReader, Read, Write as _},
    path::Path,
    sync::Arc,
};

use db::{Db, Tx, Value};
use sha2::{Digest, Sha256};

use crate::{
    Ledger, LedgerError, Nouns, Vault, VaultKey, attachment,
    chain::{hex, unhex},
    note, record, verify,
};

use super::{FORMAT, KEY_MEMBER, Kind, MANIFEST, MEMBER_BYTES_MAX, Manifest, TABLES, Table};

/// What a restore brought back.
#[derive(Debug)]
pub struct Restored {
    /// The ledger over the restored store; absent where the vault's key has yet to be put into the folder.
    pub ledger: Option<Ledger>,
    /// Entries of all cities.
    pub entries: u64,
    /// Records that were made anew from them, each compared with its entries.
    pub records: u64,
    /// Files of attachments.
    pub attachments: u64,
    /// Attachments that were lost already when the backup was made.
    pub lost: Vec<String>,
}

fn damaged(member: &str, what: impl std::fmt::Display) -> LedgerError {
    LedgerError::Damaged(format!("{member}: {what}"))
}

/// Hands each member to a closure, in order.
fn each_member(
    file: &Path,
    mut visit: impl FnMut(&str, Vec<u8>) -> Result<(), LedgerError>,
) -> Result<(), LedgerError> {
    let decoder = zstd::stream::read::Decoder::new(BufReader::new(fs::File::open(file)?))?;
    let mut archive = tar::Archive::new(decoder);
    let mut last = "the beginning".to_owned();
    let entries = archive.entries().map_err(|error| damaged(&last, error))?;
    for entry in entries {
        let after = |error: std::io::Error| damaged(&format!("after {last}"), error);
        let mut entry = entry.map_err(after)?;
        let name = entry.path().map_err(after)?.to_string_lossy().into_owned();
        if entry.size() > MEMBER_BYTES_MAX {
            return Err(damaged(&name, "larger than any member can be"));
        }
        let mut content = Vec::new();
        entry.read_to_end(&mut content).map_err(|error| damaged(&name, error))?;
        visit(&name, content)?;
        last = name;
    }
    // What follows the last member is read too, because the checksum over everything stands at the very end.
    std::io::copy(&mut archive.into_inner(), &mut std::io::sink())
        .map_err(|error| damaged(&format!("after {last}"), error))?;
    Ok(())
}

/// The table and the expected hash of a member with rows.
fn rows_member(name: &str) -> Option<(&'static Table, &str)> {
    let (table, piece) = name.strip_prefix("table/")?.split_once('/')?;
    let hash = piece.strip_suffix(".jsonl")?.split_once('-')?.1;
    Some((TABLES.iter().find(|known| known.name == table)?, hash))
}

/// The attachment's hash and the expected hash of a member that is its file; they differ for a small picture.
fn attachment_member(name: &str) -> Option<(&str, &str)> {
    let name = name.strip_prefix("attachment/")?;
    Some(name.split_once('.').unwrap_or((name, name)))
}

/// Reads the whole file and checks every hash and count in it.
fn check(file: &Path) -> Result<Manifest, LedgerError> {
    let mut manifest: Option<Manifest> = None;
    let mut sums: BTreeMap<&str, (u64, Sha256)> = BTreeMap::new();
    let (mut attachments, mut with_key) = (0, false);
    each_member(file, |name, content| {
        if manifest.is_some() {
            return Err(damaged(name, "stands after the end"));
        }
        if name == MANIFEST {
            let found: Manifest = serde_json::from_slice(&content).map_err(|error| damaged(name, error))?;
            if found.format != FORMAT {
                return Err(damaged(name, format!("format {} is not known", found.format)));
            }
            manifest = Some(found);
            return Ok(());
        }
        if name == KEY_MEMBER {
            with_key = content.len() == 32;
            return Ok(());
        }
        let expected = if let Some((table, hash)) = rows_member(name) {
            let (rows, digest) = sums.entry(table.name).or_default();
            *rows += content.iter().filter(|byte| **byte == b'\n').count() as u64;
            digest.update(&content);
            hash
        } else if let Some((_, hash)) = attachment_member(name) {
            attachments += 1;
            hash
        } else {
            return Err(damaged(name, "no member of a backup"));
        };
        if hex(&Sha256::digest(&content)) == expected {
            Ok(())
        } else {
            Err(damaged(name, "its content is not that of its hash"))
        }
    })?;
    let manifest = manifest.ok_or_else(|| damaged(MANIFEST, "missing; the file was cut off"))?;
    for table in &manifest.tables {
        let (rows, digest) = sums.remove(table.name.as_str()).unwrap_or_default();
        if rows != table.rows || hex(&digest.finalize()) != table.sha256 {
            return Err(damaged(
                &format!("table/{}", table.name),
                format!("{rows} rows of {} are there, or others", table.rows),
            ));
        }
    }
    if !sums.is_empty() || attachments != manifest.attachments || with_key != manifest.with_key {
        return Err(damaged(MANIFEST, "it does not list what is there"));
    }
    Ok(manifest)
}

/// Checks the file, loads it into an empty store and an empty folder of attachments, makes the records anew from the entries and
/// verifies everything. `progress` hears of rows.
///
/// # Errors
/// [`LedgerError::Damaged`] naming the member; [`LedgerError::NotEmpty`]; [`LedgerError::VaultKey`] where the folder has another key;
/// or as the store says. A store that was left unfinished refuses to open.
pub fn restore(
    file: &Path,
    db: &Db,
    nouns: Nouns,
    folder: &Path,
    progress: &mut dyn FnMut(u64),
) -> Result<Restored, LedgerError> {
    let manifest = check(file)?;
    let key_path = folder.join(KEY_MEMBER);
    if key_path.exists() && Vault::new(&VaultKey::of_folder(folder)?).print() != manifest.vault_print {
        return Err(LedgerError::VaultKey);
    }
    db.migrate(crate::MIGRATIONS)?;
    db.write_blocking(begin)?;
    let attachments = folder.join("attachments");
    each_member(file, |name, content| {
        if let Some((table, _)) = rows_member(name) {
            progress(load(db, table, name, content)?);
        } else if let Some((hash, own)) = attachment_member(name) {
            attachment::put_file(&attachments, hash, hash != own, &content)?;
        } else if name == KEY_MEMBER && !key_path.exists() {
            write_key(&key_path, &content)?;
        }
        Ok(())
    })?;
    finish(db, &manifest, nouns, folder, progress)
}

/// Marks the store as unfinished; what an earlier restore left behind is thrown away.
fn begin(tx: &mut Tx<'_>) -> Result<(), LedgerError> {
    let unfinished = note::read(tx, note::RESTORE)?.is_some();
    for table in TABLES {
        if unfinished {
            tx.execute(&format!("DELETE FROM {}", table.name), &[])?;
        } else if tx
            .first(&format!("SELECT 1 FROM {} LIMIT 1", table.name), &[], |_| Ok::<_, LedgerError>(()))?
            .is_some()
        {
            return Err(LedgerError::NotEmpty);
        }
    }
    note::write(tx, note::RESTORE, "unfinished")
}

fn load(db: &Db, table: &'static Table, name: &str, content: Vec<u8>) -> Result<u64, LedgerError> {
    let places: Vec<String> = (1..=table.columns.len()).map(|place| format!("${place}")).collect();
    let sql = format!("INSERT INTO {} ({}) VALUES ({})", table.name, table.column_names(), places.join(", "));
    let name = name.to_owned();
    db.write_blocking(move |tx| {
        let mut rows = 0;
        for line in content.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
            let row: Vec<serde_json::Value> =
                serde_json::from_slice(line).map_err(|error| damaged(&name, error))?;
            tx.execute(&sql, &values(table, row).ok_or_else(|| damaged(&name, "a row has other columns"))?)?;
            rows += 1;
        }
        Ok(rows)
    })
}

fn values(table: &Table, row: Vec<serde_json::Value>) -> Option<Vec<Value<'static>>> {
    use serde_json::Value as Json;
    if row.len() != table.columns.len() {
        return None;
    }
    row.into_iter()
        .zip(table.columns)
        .map(|(value, (_, kind))| match (kind, value) {
            (_, Json::Null) => Some(Value::Null),
            (Kind::Int, Json::Number(number)) => number.as_i64().map(Value::Int),
            (Kind::Text, Json::String(text)) => Some(text.into()),
            (Kind::Blob, Json::String(text)) => unhex(&text).map(|bytes| Value::Blob(bytes.into())),
            _ => None,
        })
        .collect()
}

fn write_key(path: &Path, content: &[u8]) -> Result<(), LedgerError> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(content)?;
    Ok(file.sync_all()?)
}

/// Makes the records, verifies, and only then lets the store be opened.
fn finish(
    db: &Db,
    manifest: &Manifest,
    nouns: Nouns,
    folder: &Path,
    progress: &mut dyn FnMut(u64),
) -> Result<Restored, LedgerError> {
    let nouns = nouns.shared();
    let made = Arc::clone(&nouns.nouns);
    db.write_blocking(move |tx| made.iter().try_for_each(|noun| record::remake(tx, noun.as_ref())))?;
    let verdict = verify::verify_nouns(db, &nouns.nouns, true, &[], progress)?;
    if let Some(bad) = verdict.first_bad {
        return Err(LedgerError::Damaged(bad));
    }
    for head in &manifest.heads {
        if !verdict.heads.iter().any(|(city, root)| *city == head.city && *root == head.root) {
            return Err(damaged(MANIFEST, format!("the head of {} is another", head.city)));
        }
    }
    let print = manifest.vault_print.clone();
    db.write_blocking(move |tx| {
        note::write(tx, note::VAULT, &print)?;
        note::remove(tx, note::RESTORE)
    })?;
    let ledger = if folder.join(KEY_MEMBER).exists() {
        let vault = Arc::new(Vault::new(&VaultKey::of_folder(folder)?));
        Some(Ledger::open_with(db.clone(), nouns, vault, folder.join("attachments"))?)
    } else {
        None
    };
    Ok(Restored {
        ledger,
        entries: verdict.entries,
        records: verdict.records,
        attachments: manifest.attachments,
        lost: manifest.lost.clone(),
    })
}
