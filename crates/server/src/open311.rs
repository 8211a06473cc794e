//! Open311 GeoReport v2, read and write, XML and JSON, strict (`open311.github.io`, GeoReport/v2, frozen), with the extensions in use:
//! pages, `updated_after`/`updated_before`, `bbox`, `media` upload, `extensions=true`, updates, bulk export.
//!
//! # Glossary
//! * **service**: a class of problem that residents may report; its code is the class's code.
//! * **jurisdiction**: a city, by its six-digit code.
//! * **Spark**: the JSON convention of the standard: wrappers of lists vanish, an empty element is `null`.

mod filter;
mod form;
mod wire;
mod wire_failure;
mod wire_request;
mod wire_service;

pub(crate) use self::wire::{Format, failure_response};

use crate::routes::Routes;

/// All routes of the standard.
pub(crate) fn routes(routes: Routes) -> Routes {
    routes
}
