//! Photos at the door: measured, cleaned and encoded anew on threads that may wait, few at a time, then kept in the ledger's folder.

use std::sync::LazyLock;

use axum::body::Bytes;
use documents::photo::{PHOTO_BYTES_MAX, PhotoLimits, inspect_and_clean};
use jiff::tz::{Offset, TimeZone};
use kernel::{error::ErrorKind, time::Moment};
use ledger::Attachment;
use tokio::sync::Semaphore;

use crate::{app::AppState, problem::Problem};

/// Largest photo that is uploaded, bytes.
pub(crate) const UPLOAD_BYTES_MAX: usize = PHOTO_BYTES_MAX as usize;
/// Photos cleaned at the same time at the most: each takes a hundred megabytes while it is decoded.
const CLEANINGS_MAX: usize = 2;

static PLACES: LazyLock<Semaphore> = LazyLock::new(|| Semaphore::new(CLEANINGS_MAX));

/// A clean photo on disk, not yet noted in the store.
pub(crate) struct Taken {
    /// What is known of it.
    pub(crate) attachment: Attachment,
    /// Longitude and latitude of where it was taken, as the camera said.
    pub(crate) position: Option<[f64; 2]>,
}

/// Cleans a photo and keeps its file. Without an offset of its own the camera's clock is taken as the city's.
///
/// # Errors
/// 413 where it is too large, 400 or 422 where it is no photo of ours, or as the folder says.
pub(crate) async fn take(state: &AppState, bytes: Bytes, zone: &TimeZone) -> Result<Taken, Problem> {
    let internal = || Problem::new(ErrorKind::Internal, "internal");
    let _place = PLACES.acquire().await.map_err(|_| internal())?;
    let (folder, zone) = (state.ledger().attachments().to_owned(), zone.clone());
    let work = move || -> Result<Taken, Problem> {
        let photo = inspect_and_clean(&bytes, &PhotoLimits::default())?;
        let hash = ledger::attachment::store_file(&folder, &photo.jpeg, Some(&photo.thumbnail))?;
        let taken_at = photo.taken.and_then(|taken| {
            let offset =
                taken.offset_minutes.and_then(|minutes| Offset::from_seconds(i32::from(minutes) * 60).ok());
            let zone = offset.map_or(zone, TimeZone::fixed);
            zone.to_timestamp(taken.clock).ok().map(Moment::from)
        });
        Ok(Taken {
            attachment: Attachment {
                hash,
                media_type: "image/jpeg".to_owned(),
                bytes: photo.jpeg.len() as u64,
                width: photo.width,
                height: photo.height,
                look: photo.hash.0,
                taken_at,
            },
            position: photo.position,
        })
    };
    tokio::task::spawn_blocking(work).await.map_err(|_| internal())?
}
