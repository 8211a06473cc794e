//! What a report says that can be compared.

use db::Tx;
use kernel::{code::CityCode, id::CaseId, time::Moment};
use ledger::LedgerError;
use map::geometry::Position;

use super::{LOOKS_MAX, Words};
use crate::case::{Attachment, AttachmentRole, Case};

/// What of a report or case is compared. Nothing in it tells who reported.
#[derive(Debug, Clone, PartialEq)]
pub struct Facts {
    /// The case itself, where it is one already: it is never like itself.
    pub case: Option<CaseId>,
    /// Where.
    pub position: Option<Position>,
    /// When it was reported.
    pub reported_at: Moment,
    /// Edition, kind and code; or what the source of an import called it.
    pub class: Option<String>,
    /// The component's identifier.
    pub component: Option<String>,
    /// The perceptual hashes of its photos of the problem ([`ledger::Attachment::look`]), at most [`LOOKS_MAX`].
    pub looks: Vec<u64>,
    /// What was said, with the words for finding the place.
    pub words: Words,
}

impl Facts {
    /// A report of which only the moment is known.
    #[must_use]
    pub fn new(reported_at: Moment) -> Self {
        Self {
            case: None,
            position: None,
            reported_at,
            class: None,
            component: None,
            looks: Vec::new(),
            words: Words::default(),
        }
    }

    /// The facts of a case, but for the looks of its photos, which the state does not hold ([`facts_of`] reads them).
    #[must_use]
    pub fn of(id: CaseId, case: &Case) -> Self {
        let place = case.place.as_ref();
        let address = place.map_or("", |place| place.address.as_str());
        Self {
            case: Some(id),
            position: place.and_then(|place| Position::new(place.lon, place.lat).ok()),
            reported_at: case.reported_at,
            class: case.class_or_origin().map(str::to_owned),
            component: case.component.clone(),
            looks: Vec::new(),
            words: Words::of_parts(&case.text, address),
        }
    }
}

/// The photos of a case that show the problem.
pub(super) fn photos(case: &Case) -> impl Iterator<Item = &Attachment> {
    case.attachments.iter().filter(|attachment| attachment.role != AttachmentRole::After).take(LOOKS_MAX)
}

/// The facts of a case with the looks of its photos.
///
/// # Errors
/// As the store says.
pub fn facts_of(tx: &mut Tx<'_>, city: CityCode, id: CaseId, case: &Case) -> Result<Facts, LedgerError> {
    let hashes: Vec<&str> = photos(case).map(|photo| photo.hash.as_str()).collect();
    let looks = ledger::attachment::looks(tx, city, &hashes)?;
    Ok(Facts { looks: looks.into_iter().map(|(_, look)| look).collect(), ..Facts::of(id, case) })
}
