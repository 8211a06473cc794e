//! What a report shows: its place and its pictures.

use super::is_zero;
use serde::{Deserialize, Serialize};

/// What an attached picture or paper shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AttachmentRole {
    /// The problem.
    Before,
    /// The place after the work.
    After,
    /// Anything else.
    Other,
}

/// A file by the hash of its content; the bytes lie in the ledger's store.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    /// SHA-256 in hexadecimal.
    pub hash: String,
    /// What it shows.
    pub role: AttachmentRole,
    /// The round that it belongs to: a rework needs fresh pictures. Filled by the rules.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub round: u8,
}

/// Where the problem is. No person's home: the caller masks addresses.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Place {
    /// Degrees, CGCS2000.
    pub lon: f64,
    /// Degrees, CGCS2000.
    pub lat: f64,
    /// The unit grid's 15-digit code; `None` outside every cell in force.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cell: Option<String>,
    /// The street's 9-digit code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub street: Option<String>,
    /// The community's 12-digit code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub community: Option<String>,
    /// Words for finding it ("opposite the bus stop").
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub address: String,
}
