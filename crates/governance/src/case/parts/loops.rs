//! How often each loop of the state machine was gone through.

use super::is_zero;
use serde::{Deserialize, Serialize};

/// How often each bounded thing has happened, or may happen ([`crate::case::CaseSettings::max`]). One number for each loop of the state machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Loops {
    /// Returns by units; after so many only a joint decision helps.
    #[serde(skip_serializing_if = "is_zero")]
    pub returns: u8,
    /// Dispatcher back to the desk.
    #[serde(skip_serializing_if = "is_zero")]
    pub send_backs: u8,
    /// Hand-overs to outside bodies.
    #[serde(skip_serializing_if = "is_zero")]
    pub transfers: u8,
    /// Verifications asked since the report (or reopening).
    #[serde(skip_serializing_if = "is_zero")]
    pub verifications: u8,
    /// Checks asked in this round.
    #[serde(skip_serializing_if = "is_zero")]
    pub checks: u8,
    /// Reworks since dispatch.
    #[serde(skip_serializing_if = "is_zero")]
    pub reworks: u8,
    /// Work sent back inside a unit.
    #[serde(skip_serializing_if = "is_zero")]
    pub rejections: u8,
    /// Workers assigned.
    #[serde(skip_serializing_if = "is_zero")]
    pub assignments: u8,
    /// Extensions approved.
    #[serde(skip_serializing_if = "is_zero")]
    pub extensions: u8,
    /// Suspensions approved.
    #[serde(skip_serializing_if = "is_zero")]
    pub suspensions: u8,
    /// Delays asked, approved or not.
    #[serde(skip_serializing_if = "is_zero")]
    pub delay_requests: u8,
    /// Urgings.
    #[serde(skip_serializing_if = "is_zero")]
    pub urgings: u8,
    /// Reopenings by the reporter.
    #[serde(skip_serializing_if = "is_zero")]
    pub reopenings: u8,
    /// Times merged into another case.
    #[serde(skip_serializing_if = "is_zero")]
    pub merges: u8,
    /// Other cases taken in, let go or not.
    #[serde(skip_serializing_if = "is_zero")]
    pub absorptions: u8,
    /// Acts undone.
    #[serde(skip_serializing_if = "is_zero")]
    pub undos: u8,
    /// Urgent flag set or taken away.
    #[serde(skip_serializing_if = "is_zero")]
    pub urgency_changes: u8,
    /// Corrections of place, class or text.
    #[serde(skip_serializing_if = "is_zero")]
    pub amendments: u8,
    /// Notes.
    #[serde(skip_serializing_if = "is_zero")]
    pub notes: u8,
    /// Corrections by the source of an import.
    #[serde(skip_serializing_if = "is_zero")]
    pub reimports: u8,
}
