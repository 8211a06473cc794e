//! Attachments: cleaned photos and documents in files named by the hash of their content, so that nothing is kept twice and a damaged file
//! shows. A file is on disk before the row that names it is committed.

use std::{
    fs,
    io::Write as _,
    path::{Path, PathBuf},
};

use db::{Tx, Value};
use kernel::{code::CityCode, time::Moment};
use sha2::{Digest, Sha256};

use crate::{LedgerError, chain::hex, record::places};

/// Largest attachment, bytes.
pub const ATTACHMENT_BYTES_MAX: usize = 16 * 1024 * 1024;
/// Attachments that are looked up at once.
pub const LOOKED_UP_MAX: usize = 500;

/// What is known of an attachment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// SHA-256 of the content, hexadecimal; also its name.
    pub hash: String,
    /// The media type.
    pub media_type: String,
    /// Size in bytes.
    pub bytes: u64,
    /// Width in pixels; 0 where it is no picture.
    pub width: u32,
    /// Height in pixels; 0 where it is no picture.
    pub height: u32,
    /// The perceptual hash; 0 where it is no picture.
    pub look: u64,
    /// When the camera says it was taken.
    pub taken_at: Option<Moment>,
}

fn path_of(folder: &Path, hash: &str, thumbnail: bool) -> Result<PathBuf, LedgerError> {
    // The name comes from outside when a file is asked for: anything but a hash is no file of ours.
    if hash.len() != 64 || !hash.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Err(LedgerError::NotFound);
    }
    let name = if thumbnail { format!("{hash}.small") } else { hash.to_owned() };
    Ok(folder.join(&hash[..2]).join(name))
}

/// Writes the content (and its small picture) to the folder and to disk; the hash is its name.
///
/// # Errors
/// [`LedgerError::AttachmentTooLarge`], or as the folder says.
pub fn store_file(folder: &Path, content: &[u8], thumbnail: Option<&[u8]>) -> Result<String, LedgerError> {
    if content.len() > ATTACHMENT_BYTES_MAX {
        return Err(LedgerError::AttachmentTooLarge);
    }
    let hash = hex(&Sha256::digest(content));
    write_synced(&path_of(folder, &hash, false)?, content)?;
    if let Some(thumbnail) = thumbnail {
        write_synced(&path_of(folder, &hash, true)?, thumbnail)?;
    }
    Ok(hash)
}

/// Puts a file back as it was: the content named by its hash, or its small picture.
pub(crate) fn put_file(folder: &Path, hash: &str, small: bool, content: &[u8]) -> Result<(), LedgerError> {
    write_synced(&path_of(folder, hash, small)?, content)
}

fn write_synced(path: &Path, content: &[u8]) -> Result<(), LedgerError> {
    if path.exists() {
        return Ok(());
    }
    let folder = path.parent().ok_or_else(|| LedgerError::File("no folder".to_owned()))?;
    if !folder.exists() {
        fs::create_dir_all(folder)?;
        // A new folder is lost with the power unless the one above it is on disk too.
        if let Some(above) = folder.parent() {
            fs::File::open(above)?.sync_all()?;
        }
    }
    let mut random = [0; 8];
    getrandom::fill(&mut random).map_err(|error| LedgerError::File(error.to_string()))?;
    let draft = folder.join(format!("draft-{}", hex(&random)));
    let mut file = fs::File::create(&draft)?;
    file.write_all(content)?;
    file.sync_all()?;
    fs::rename(&draft, path)?;
    fs::File::open(folder)?.sync_all()?;
    Ok(())
}

/// Reads an attachment's file and checks its hash.
///
/// # Errors
/// [`LedgerError::NotFound`]; [`LedgerError::Damaged`] where the content is not what its name says.
pub fn read_file(folder: &Path, hash: &str, thumbnail: bool) -> Result<Vec<u8>, LedgerError> {
    let content = fs::read(path_of(folder, hash, thumbnail)?).map_err(|_| LedgerError::NotFound)?;
    if !thumbnail && hex(&Sha256::digest(&content)) != hash {
        return Err(LedgerError::Damaged(format!("attachment {hash}")));
    }
    Ok(content)
}

/// Notes an attachment whose file is stored; noting it again changes nothing.
///
/// # Errors
/// [`LedgerError`] as the store says.
pub fn note(tx: &mut Tx<'_>, city: CityCode, attachment: &Attachment, at: Moment) -> Result<(), LedgerError> {
    tx.execute(
        "INSERT INTO attachment (city, hash, media_type, bytes, width, height, look, taken_at, added_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (city, hash) DO NOTHING",
        &[
            city.number().into(),
            (&attachment.hash).into(),
            (&attachment.media_type).into(),
            attachment.bytes.cast_signed().into(),
            i64::from(attachment.width).into(),
            i64::from(attachment.height).into(),
            attachment.look.cast_signed().into(),
            attachment.taken_at.map(Moment::millis).into(),
            at.millis().into(),
        ],
    )?;
    Ok(())
}

/// What is known of an attachment of a city.
///
/// # Errors
/// [`LedgerError`] as the store says.
pub fn find(tx: &mut Tx<'_>, city: CityCode, hash: &str) -> Result<Option<Attachment>, LedgerError> {
    tx.first(
        "SELECT hash, media_type, bytes, width, height, look, taken_at FROM attachment WHERE city = $1 AND hash = $2",
        &[city.number().into(), hash.into()],
        |row| {
            Ok(Attachment {
                hash: row.text(0)?.to_owned(),
                media_type: row.text(1)?.to_owned(),
                bytes: row.int(2)?.cast_unsigned(),
                width: u32::try_from(row.int(3)?).unwrap_or(0),
                height: u32::try_from(row.int(4)?).unwrap_or(0),
                look: row.int(5)?.cast_unsigned(),
                taken_at: row.int_or_null(6)?.map(Moment),
            })
        },
    )
}

/// The looks of pictures by their hashes, of the first [`LOOKED_UP_MAX`] hashes; in no order. What is unknown or no picture is left out.
///
/// # Errors
/// [`LedgerError`] as the store says.
pub fn looks(tx: &mut Tx<'_>, city: CityCode, hashes: &[&str]) -> Result<Vec<(String, u64)>, LedgerError> {
    let hashes = hashes.get(..LOOKED_UP_MAX).unwrap_or(hashes);
    if hashes.is_empty() {
        return Ok(Vec::new());
    }
    let mut values = vec![city.number().into()];
    values.extend(hashes.iter().map(|hash| Value::from(*hash)));
    let sql = format!(
        "SELECT hash, look FROM attachment WHERE city = $1 AND look <> 0 AND hash IN ({})",
        places(2, hashes.len())
    );
    tx.rows(&sql, &values, |row| Ok((row.text(0)?.to_owned(), row.int(1)?.cast_unsigned())))
}

/// The hashes of pictures that have exactly one of these looks, of the first [`LOOKED_UP_MAX`] looks; at most `limit`.
///
/// # Errors
/// [`LedgerError`] as the store says.
pub fn of_looks(
    tx: &mut Tx<'_>,
    city: CityCode,
    looks: &[u64],
    limit: u32,
) -> Result<Vec<String>, LedgerError> {
    let looks = looks.get(..LOOKED_UP_MAX).unwrap_or(looks);
    if looks.is_empty() {
        return Ok(Vec::new());
    }
    let mut values = vec![city.number().into(), i64::from(limit).into()];
    values.extend(looks.iter().map(|look| Value::from(look.cast_signed())));
    let sql = format!(
        "SELECT hash FROM attachment WHERE city = $1 AND look IN ({}) ORDER BY added_at DESC, hash LIMIT $2",
        places(3, looks.len())
    );
    tx.rows(&sql, &values, |row| Ok(row.text(0)?.to_owned()))
}
