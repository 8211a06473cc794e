//! What this crate refuses, with codes that are translation keys.

use kernel::error::{Coded, ErrorKind};
use serde_json::{Map, Value};

/// Why the map says no. Nothing has been changed or built.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum MapError {
    /// A longitude or latitude is not a finite number.
    #[error("position_not_finite")]
    PositionNotFinite,
    /// Longitude outside ±180 or latitude outside ±90 degrees.
    #[error("position_out_of_range")]
    PositionOutOfRange {
        /// The longitude given, degrees.
        lon: f64,
        /// The latitude given, degrees.
        lat: f64,
    },
    /// A ring without three distinct positions.
    #[error("ring_too_few_positions")]
    RingTooFewPositions,
    /// A ring or line with more positions than [`crate::geometry::RING_VERTICES_MAX`].
    #[error("ring_too_long")]
    RingTooLong {
        /// How many positions it has.
        vertices: usize,
    },
    /// A line without two distinct positions.
    #[error("line_too_few_positions")]
    LineTooFewPositions,
    /// West is not west of east, or south not south of north.
    #[error("box_inverted")]
    BoxInverted,
    /// More cells than [`crate::locate::CELLS_MAX`].
    #[error("cells_too_many")]
    CellsTooMany {
        /// How many cells there are.
        cells: usize,
    },
    /// More edges in all cells together than [`crate::locate::EDGES_MAX`].
    #[error("edges_too_many")]
    EdgesTooMany {
        /// How many edges there are at least.
        edges: usize,
    },
    /// No such Gauss-Krüger zone, or no such EPSG code among the zones of CGCS2000.
    #[error("zone_unknown")]
    ZoneUnknown {
        /// The zone number or EPSG code asked for.
        number: u32,
    },
    /// A place too far from the central meridian of the zone, or plane coordinates that are not in it.
    #[error("outside_zone")]
    OutsideZone,
    /// A radius that is negative, not finite or larger than [`crate::near::RADIUS_M_MAX`].
    #[error("radius_out_of_range")]
    RadiusOutOfRange,
    /// A division of no columns, rows or edges, or into more than [`crate::divide::VERTICES_MAX`] vertices.
    #[error("division_out_of_range")]
    DivisionOutOfRange,
    /// No such tile: zoom above [`crate::tile::ZOOM_MAX`], or column or row outside the zoom's square.
    #[error("tile_unknown")]
    TileUnknown,
}

impl Coded for MapError {
    fn code(&self) -> &'static str {
        match self {
            Self::PositionNotFinite => "position_not_finite",
            Self::PositionOutOfRange { .. } => "position_out_of_range",
            Self::RingTooFewPositions => "ring_too_few_positions",
            Self::RingTooLong { .. } => "ring_too_long",
            Self::LineTooFewPositions => "line_too_few_positions",
            Self::BoxInverted => "box_inverted",
            Self::CellsTooMany { .. } => "cells_too_many",
            Self::EdgesTooMany { .. } => "edges_too_many",
            Self::ZoneUnknown { .. } => "zone_unknown",
            Self::OutsideZone => "outside_zone",
            Self::RadiusOutOfRange => "radius_out_of_range",
            Self::DivisionOutOfRange => "division_out_of_range",
            Self::TileUnknown => "tile_unknown",
        }
    }

    fn kind(&self) -> ErrorKind {
        match self {
            Self::PositionNotFinite
            | Self::RingTooFewPositions
            | Self::LineTooFewPositions
            | Self::BoxInverted
            | Self::ZoneUnknown { .. } => ErrorKind::Malformed,
            Self::PositionOutOfRange { .. }
            | Self::OutsideZone
            | Self::RadiusOutOfRange
            | Self::DivisionOutOfRange => ErrorKind::Invalid,
            Self::RingTooLong { .. } | Self::CellsTooMany { .. } | Self::EdgesTooMany { .. } => {
                ErrorKind::TooLarge
            }
            Self::TileUnknown => ErrorKind::NotFound,
        }
    }

    fn details(&self) -> Map<String, Value> {
        let mut details = Map::new();
        match self {
            Self::PositionOutOfRange { lon, lat } => {
                details.insert("lon".to_owned(), (*lon).into());
                details.insert("lat".to_owned(), (*lat).into());
            }
            Self::RingTooLong { vertices } => {
                details.insert("vertices".to_owned(), (*vertices).into());
                details.insert("vertices_max".to_owned(), crate::geometry::RING_VERTICES_MAX.into());
            }
            Self::CellsTooMany { cells } => {
                details.insert("cells".to_owned(), (*cells).into());
                details.insert("cells_max".to_owned(), crate::locate::CELLS_MAX.into());
            }
            Self::EdgesTooMany { edges } => {
                details.insert("edges".to_owned(), (*edges).into());
                details.insert("edges_max".to_owned(), crate::locate::EDGES_MAX.into());
            }
            Self::ZoneUnknown { number } => {
                details.insert("number".to_owned(), (*number).into());
            }
            _ => {}
        }
        details
    }
}
