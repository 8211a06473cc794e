//! Documents and photos that belong to a row: files that were added before, each with what it is called.

use db::Tx;
use kernel::{code::CityCode, error::Refusal};
use serde::{Deserialize, Serialize};

use super::{File, Register, RegisterEvent, Registered};
use crate::{By, LedgerError, Record, act, attachment};

/// Files of one row at the most.
pub const FILES_MAX: usize = 50;
/// Characters of a file's title at the most.
const TITLE_CHARS_MAX: usize = 100;

/// A document or photo of a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowFile {
    /// The hash of its content.
    pub file: File,
    /// What it is called.
    pub title: String,
}

/// A change of a row's files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileChange {
    /// It belongs to the row, under this title.
    Add(RowFile),
    /// It belongs to the row no more; the file itself stays for what was.
    Remove(File),
}

/// Adds a document or photo to a row, or takes it away. What stands already appends nothing.
///
/// # Errors
/// [`LedgerError::NotFound`], [`LedgerError::Stale`], refusals `file_unknown`, `files_too_many`, `file_title_missing`, or as the store says.
pub fn set_file<R: Register>(
    tx: &mut Tx<'_>,
    city: CityCode,
    key: &str,
    change: FileChange,
    seen: Option<u64>,
    by: &By,
) -> Result<Record<Registered<R>>, LedgerError> {
    if let FileChange::Add(filed) = &change {
        if attachment::find(tx, city, &filed.file.0)?.is_none() {
            return Err(Refusal::invalid("file_unknown").into());
        }
        let length = filed.title.trim().chars().count();
        if length == 0 || length > TITLE_CHARS_MAX {
            return Err(Refusal::invalid("file_title_missing").with("max", TITLE_CHARS_MAX as u64).into());
        }
    }
    act::<Registered<R>, LedgerError>(tx, city, key, seen, by, |_, state| {
        let files = &state.ok_or(LedgerError::NotFound)?.files;
        match change {
            FileChange::Add(filed) if files.contains(&filed) => Ok(Vec::new()),
            FileChange::Add(filed) => {
                if files.len() >= FILES_MAX && files.iter().all(|known| known.file != filed.file) {
                    return Err(Refusal::invalid("files_too_many").with("max", FILES_MAX as u64).into());
                }
                Ok(vec![RegisterEvent::Filed(filed)])
            }
            FileChange::Remove(file) if files.iter().any(|known| known.file == file) => {
                Ok(vec![RegisterEvent::Unfiled { file }])
            }
            FileChange::Remove(_) => Ok(Vec::new()),
        }
    })
}
