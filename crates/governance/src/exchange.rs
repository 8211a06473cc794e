//! Cases of other systems, in and out: a table of any shape is read by a [`Mapping`], which [`propose()`] finds from header names and values.
//!
//! A row is refused only when it cannot be a case: no id, no time of report, no type. Everything else comes in as it is, flagged by a
//! warning with its row number. What a row says is kept word by word in [`Import::fields`](crate::case::Import), so that [`export()`] gives
//! it out again without loss; columns that tell of persons are left out, and what looks like a telephone or identity number elsewhere is
//! masked.
//!
//! A case is known by the source's name and its id there ([`case_id`]): the same row again changes nothing. A row that says something else
//! than before corrects its case ([`Command::Reimport`](crate::case::Command)) as long as nobody has acted on it here; every state that a
//! source ever told stays in the case's entries, and a state that was told before changes nothing, so that an old file does no harm.
//!
//! A source's id is also the case's reference, where it can be one ([`ORIGIN_REFERENCE_CHARS_MAX`]); otherwise the case is found by
//! [`origin_tag`](crate::case::noun::origin_tag).

mod coordinates;
mod export;
mod ground;
mod import;
mod mapping;
mod personal;
mod propose;
mod read;
mod relocate;
mod remark;
mod role;
mod sample;
mod store;
#[cfg(test)]
mod tests;
mod words;

use kernel::{code::CityCode, id::CaseId};
use sha2::{Digest as _, Sha256};

pub use self::{
    export::{ExportFormat, Exported, export},
    ground::{FindClass, Ground, Locate, Whereabouts},
    import::{Progress, check_cases, import_cases},
    mapping::{DateColumn, Mapping, PlaceColumns, PointOrder, WordColumn},
    propose::{ColumnProposal, Doubt, Proposal, propose},
    relocate::{Relocated, relocate},
    remark::{Outcome, REFUSALS, Remark, WARNINGS, message},
    role::ColumnRole,
};

/// Longest id of a source that is taken for the case's reference, characters.
pub const ORIGIN_REFERENCE_CHARS_MAX: usize = 40;
/// Most rows of one file; what is remembered of each for the sake of double ids is bounded by it.
pub const IMPORT_ROWS_MAX: u64 = 10_000_000;
/// Most refusals and most warnings that an outcome lists; all are counted.
pub const REMARKS_MAX: usize = 100_000;

/// The id of a source's case in a city: the same for ever, so that a row is known again (UUIDv8, RFC 9562 section 5.8, from SHA-256).
#[must_use]
pub fn case_id(city: CityCode, source: &str, id: &str) -> CaseId {
    let mut hash = Sha256::new();
    hash.update(city.number().to_be_bytes());
    for part in [source, id] {
        // Preceded by its length, so that no two pairs give the same bytes.
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part.as_bytes());
    }
    let digest: [u8; 32] = hash.finalize().into();
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    CaseId(uuid::Builder::from_custom_bytes(bytes).into_uuid())
}
