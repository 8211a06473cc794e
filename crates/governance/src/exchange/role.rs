//! What a column of a table is.

use serde::{Deserialize, Serialize};

/// What a column is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ColumnRole {
    /// What the source calls the case; required.
    Id,
    /// When it was reported; required.
    ReportedAt,
    /// What kind of problem it is; required.
    Class,
    /// When it was closed.
    ClosedAt,
    /// When the source last changed it.
    UpdatedAt,
    /// For when it was promised; looked at, and kept as a field.
    DueAt,
    /// Where it stands.
    State,
    /// How it came in.
    Channel,
    /// What was said.
    Text,
    /// Words for finding the place.
    Address,
    /// Longitude.
    Lon,
    /// Latitude.
    Lat,
    /// Longitude and latitude in one cell.
    Point,
    /// Anything else: kept under its own name.
    Field,
    /// Tells of persons: never taken in.
    LeftOut,
}

impl ColumnRole {
    /// What no case can be without.
    pub const REQUIRED: [Self; 3] = [Self::Id, Self::ReportedAt, Self::Class];

    /// Whether the column holds a date.
    #[must_use]
    pub const fn is_date(self) -> bool {
        matches!(self, Self::ReportedAt | Self::ClosedAt | Self::UpdatedAt | Self::DueAt)
    }

    /// The `snake_case` word, as in JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::ReportedAt => "reported_at",
            Self::Class => "class",
            Self::ClosedAt => "closed_at",
            Self::UpdatedAt => "updated_at",
            Self::DueAt => "due_at",
            Self::State => "state",
            Self::Channel => "channel",
            Self::Text => "text",
            Self::Address => "address",
            Self::Lon => "lon",
            Self::Lat => "lat",
            Self::Point => "point",
            Self::Field => "field",
            Self::LeftOut => "left_out",
        }
    }
}
