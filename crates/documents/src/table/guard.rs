//! Looks at a workbook's envelope before anything is unpacked.

use std::io::{self, Read, Seek, SeekFrom};

use zip::ZipArchive;

use super::XLSX_BYTES_MAX;
use crate::error::DocumentError;

/// Most bytes that a workbook may unpack to.
pub const XLSX_UNPACKED_BYTES_MAX: u64 = 512 * 1024 * 1024;
/// Most unpacked bytes to one packed byte, of each inner file larger than a mebibyte. Worksheets reach about 40.
pub const XLSX_RATIO_MAX: u64 = 200;
/// Most inner files.
pub const XLSX_ENTRIES_MAX: u64 = 4_096;

/// Below this size no ratio is a danger.
const RATIO_FREE_BYTES: u64 = 1024 * 1024;
/// The end record has 22 bytes and a comment of at most 65,535.
const END_RECORD_BYTES: usize = 22;
const END_RECORD_TAIL_BYTES: u64 = 22 + 65_535;

/// Refuses a workbook that is too large, unpacks to too much, or has inner files with unsafe names. Sizes are first
/// taken as declared, which costs nothing, and then measured by unpacking into nowhere, since a header can lie.
pub(super) fn check(source: &mut (impl Read + Seek), bytes: u64) -> Result<(), DocumentError> {
    if bytes > XLSX_BYTES_MAX {
        return Err(DocumentError::TooLarge { bytes, bytes_max: XLSX_BYTES_MAX });
    }
    let entries = declared_entries(source, bytes)?;
    at_most("entries", entries, XLSX_ENTRIES_MAX)?;
    source.rewind().map_err(DocumentError::Unreadable)?;
    let mut archive = ZipArchive::new(source).map_err(|error| malformed(&error))?;
    at_most("entries", archive.len() as u64, XLSX_ENTRIES_MAX)?;
    let mut unpacked = 0_u64;
    let mut is_workbook = false;
    for index in 0..archive.len() {
        let entry = archive.by_index_raw(index).map_err(|error| malformed(&error))?;
        let name = entry.name().map_err(|error| malformed(&error))?;
        is_workbook |= name == "[Content_Types].xml";
        let outside = name.starts_with('/') || name.contains("..") || name.contains(['\\', ':']);
        if outside || entry.enclosed_name().is_none() || entry.is_symlink() {
            return Err(DocumentError::WorkbookEntryUnsafe);
        }
        unpacked = unpacked.saturating_add(entry.size());
        at_most("bytes", unpacked, XLSX_UNPACKED_BYTES_MAX)?;
        if entry.size() > RATIO_FREE_BYTES {
            at_most("ratio", entry.size() / entry.compressed_size().max(1), XLSX_RATIO_MAX)?;
        }
    }
    if !is_workbook {
        return Err(DocumentError::NotATable { found: "a ZIP archive" });
    }
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).map_err(|error| malformed(&error))?;
        let declared = entry.size();
        let measured = io::copy(&mut entry.by_ref().take(declared.saturating_add(1)), &mut io::sink())
            .map_err(|error| DocumentError::WorkbookMalformed { cause: error.to_string() })?;
        at_most("declared_bytes", measured, declared)?;
    }
    Ok(())
}

fn at_most(measure: &'static str, value: u64, value_max: u64) -> Result<(), DocumentError> {
    if value > value_max { Err(DocumentError::WorkbookBomb { measure, value, value_max }) } else { Ok(()) }
}

fn malformed(error: &zip::result::ZipError) -> DocumentError {
    DocumentError::WorkbookMalformed { cause: error.to_string() }
}

/// The number of inner files as the end record tells it, read before the list of them is.
fn declared_entries(source: &mut (impl Read + Seek), bytes: u64) -> Result<u64, DocumentError> {
    let start = bytes.saturating_sub(END_RECORD_TAIL_BYTES);
    source.seek(SeekFrom::Start(start)).map_err(DocumentError::Unreadable)?;
    let mut tail = Vec::new();
    source.take(END_RECORD_TAIL_BYTES).read_to_end(&mut tail).map_err(DocumentError::Unreadable)?;
    let record =
        tail.windows(END_RECORD_BYTES).rev().find(|window| window.starts_with(b"PK\x05\x06")).ok_or_else(
            || DocumentError::WorkbookMalformed { cause: "the end of the archive is missing".to_owned() },
        )?;
    Ok(u64::from(u16::from_le_bytes([record[10], record[11]])))
}
