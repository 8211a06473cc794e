//! Making a backup: one snapshot, streamed.

use std::{
    fs,
    io::{BufWriter, Write},
    ops::ControlFlow,
    path::{Path, PathBuf},
};

use db::{Row, Tx};
use kernel::time::Moment;
use sha2::{Digest, Sha256};

use crate::{Ledger, LedgerError, VaultKey, attachment, chain::hex, entry};

use super::{FORMAT, HeadSum, KEY_MEMBER, Kind, MANIFEST, Manifest, PIECE_BYTES, TABLES, Table, TableSum};

/// zstd's level: the level at which text of this kind packs about five times while one core writes some 200 MB/s.
const LEVEL: i32 = 3;

/// What a backup holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackedUp {
    /// Entries of all cities.
    pub entries: u64,
    /// Rows of all tables, entries too.
    pub rows: u64,
    /// Files of attachments.
    pub attachments: u64,
    /// Attachments whose files are missing or damaged in the data folder; the backup is made without them.
    pub lost: Vec<String>,
    /// Size of the file, bytes.
    pub bytes: u64,
}

type Archive = tar::Builder<zstd::stream::write::Encoder<'static, BufWriter<fs::File>>>;

/// Writes everything that cannot be derived into one file, from one snapshot, while others write on. The file appears under its name
/// only when it is whole and on disk. `progress` hears of rows.
///
/// # Errors
/// [`LedgerError`] as the store or the file system says.
pub fn backup(
    ledger: &Ledger,
    file: &Path,
    key: Option<VaultKey>,
    at: Moment,
    mut progress: impl FnMut(u64) + Send + 'static,
) -> Result<BackedUp, LedgerError> {
    let mut name = file.as_os_str().to_owned();
    name.push(".draft");
    let draft = PathBuf::from(name);
    let inner = ledger.clone();
    let written = draft.clone();
    let result = ledger
        .db()
        .read_blocking(move |tx| write_file(&inner, tx, &written, key.as_ref(), at, &mut progress));
    match result {
        Ok(done) => {
            fs::rename(&draft, file)?;
            let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
            fs::File::open(folder.unwrap_or(Path::new(".")))?.sync_all()?;
            Ok(done)
        }
        Err(error) => {
            // The draft is of no use; where it cannot be removed the first error is the one to tell.
            let _ = fs::remove_file(&draft);
            Err(error)
        }
    }
}

fn write_file(
    ledger: &Ledger,
    tx: &mut Tx<'_>,
    draft: &Path,
    key: Option<&VaultKey>,
    at: Moment,
    progress: &mut dyn FnMut(u64),
) -> Result<BackedUp, LedgerError> {
    let mut encoder = zstd::stream::write::Encoder::new(BufWriter::new(fs::File::create(draft)?), LEVEL)?;
    encoder.include_checksum(true)?;
    let mut archive = tar::Builder::new(encoder);
    let mut heads = Vec::new();
    for city in crate::cities(tx)? {
        let head = entry::head(tx, city)?;
        heads.push(HeadSum { city, entries: head.entries, root: hex(&head.root()) });
    }
    let mut tables = Vec::new();
    for table in TABLES {
        tables.push(write_table(tx, &mut archive, table, progress)?);
    }
    let (attachments, lost) = write_attachments(ledger, tx, &mut archive)?;
    if let Some(key) = key {
        add(&mut archive, KEY_MEMBER, key.bytes())?;
    }
    let manifest = Manifest {
        format: FORMAT,
        made_at: at.millis(),
        vault_print: ledger.vault().print(),
        with_key: key.is_some(),
        tables,
        heads,
        attachments,
        lost: lost.clone(),
    };
    let text = serde_json::to_vec_pretty(&manifest).map_err(|error| LedgerError::File(error.to_string()))?;
    add(&mut archive, MANIFEST, &text)?;
    let file = archive
        .into_inner()?
        .finish()?
        .into_inner()
        .map_err(|error| LedgerError::from(error.into_error()))?;
    file.sync_all()?;
    Ok(BackedUp {
        entries: manifest.heads.iter().map(|head| head.entries).sum(),
        rows: manifest.tables.iter().map(|table| table.rows).sum(),
        attachments,
        lost,
        bytes: file.metadata()?.len(),
    })
}

fn add(archive: &mut Archive, name: &str, content: &[u8]) -> Result<(), LedgerError> {
    let mut header = tar::Header::new_gnu();
    header.set_size(content.len() as u64);
    header.set_mode(0o600);
    Ok(archive.append_data(&mut header, name, content)?)
}

fn write_table(
    tx: &mut Tx<'_>,
    archive: &mut Archive,
    table: &Table,
    progress: &mut dyn FnMut(u64),
) -> Result<TableSum, LedgerError> {
    let sql = format!("SELECT {} FROM {} ORDER BY {}", table.column_names(), table.name, table.order);
    let mut piece = Vec::with_capacity(PIECE_BYTES + PIECE_BYTES / 4);
    let (mut rows, mut pieces, mut since) = (0_u64, 0_u64, 0_u64);
    let mut digest = Sha256::new();
    let mut flush = |piece: &mut Vec<u8>, digest: &mut Sha256| -> Result<(), LedgerError> {
        pieces += 1;
        digest.update(&*piece);
        let name = format!("table/{}/{pieces:06}-{}.jsonl", table.name, hex(&Sha256::digest(&*piece)));
        add(archive, &name, piece)?;
        piece.clear();
        Ok(())
    };
    tx.each(&sql, &[], |row| {
        write_row(table, row, &mut piece)?;
        rows += 1;
        since += 1;
        if piece.len() >= PIECE_BYTES {
            flush(&mut piece, &mut digest)?;
            progress(since);
            since = 0;
        }
        Ok::<_, LedgerError>(ControlFlow::Continue(()))
    })?;
    if !piece.is_empty() {
        flush(&mut piece, &mut digest)?;
        progress(since);
    }
    Ok(TableSum { name: table.name.to_owned(), rows, sha256: hex(&digest.finalize()) })
}

fn write_row(table: &Table, row: &Row<'_>, line: &mut Vec<u8>) -> Result<(), LedgerError> {
    for (place, (_, kind)) in table.columns.iter().enumerate() {
        line.push(if place == 0 { b'[' } else { b',' });
        match kind {
            Kind::Int => match row.int_or_null(place)? {
                Some(number) => write!(line, "{number}")?,
                None => line.extend_from_slice(b"null"),
            },
            Kind::Text => serde_json::to_writer(&mut *line, &row.text_or_null(place)?)
                .map_err(|error| LedgerError::File(error.to_string()))?,
            Kind::Blob => match row.blob_or_null(place)? {
                Some(bytes) => write!(line, "\"{}\"", hex(bytes))?,
                None => line.extend_from_slice(b"null"),
            },
        }
    }
    line.extend_from_slice(b"]\n");
    Ok(())
}

fn write_attachments(
    ledger: &Ledger,
    tx: &mut Tx<'_>,
    archive: &mut Archive,
) -> Result<(u64, Vec<String>), LedgerError> {
    let (mut files, mut lost) = (0, Vec::new());
    tx.each("SELECT DISTINCT hash FROM attachment ORDER BY hash", &[], |row| {
        let hash = row.text(0)?;
        match attachment::read_file(ledger.attachments(), hash, false) {
            Ok(content) => {
                add(archive, &format!("attachment/{hash}"), &content)?;
                files += 1;
            }
            // One photo that rotted must not keep the city from being backed up.
            Err(LedgerError::Damaged(_) | LedgerError::NotFound) => lost.push(hash.to_owned()),
            Err(error) => return Err(error),
        }
        if let Ok(small) = attachment::read_file(ledger.attachments(), hash, true) {
            add(archive, &format!("attachment/{hash}.{}", hex(&Sha256::digest(&small))), &small)?;
            files += 1;
        }
        Ok::<_, LedgerError>(ControlFlow::Continue(()))
    })?;
    Ok((files, lost))
}
