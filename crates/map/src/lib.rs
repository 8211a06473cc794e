//! One map: everything that has a place is here, in one coordinate system, found by one index. Pure computation: no
//! database, no file, no clock. `documents` reads files into the geometry of this crate; `ledger` stores what it computes.
//!
//! # Overview
//! * [`geometry`]: positions, rings, polygons, lines, boxes; reading and writing them in the layout of GeoJSON.
//! * [`geodesy`]: metres and square metres on the ellipsoid. [`gauss_kruger`]: the plane coordinates of Chinese surveys.
//!   [`gcj02`]: the shifted coordinates of map services, only for the outer doors.
//! * [`locate`]: which cell a position is in, and the nearest cell of a position outside.
//! * [`near`]: one integer key for a position, and the key ranges that cover a circle or box, for any B-tree.
//! * [`divide`]: a box divided into cells with shared irregular borders.
//! * [`tile`]: vector tiles.
//!
//! # Glossary
//! * **position**: longitude and latitude in degrees, CGCS2000 (for this product the same as WGS84).
//! * **ring**: a closed line of positions; kept here without the repeated last position.
//! * **area**: one or more polygons, each an outer ring with holes ([`geometry::MultiPolygon`]).
//! * **cell** 网格: one area of a division of the city; **border**: the edges of a cell; **edge**: a straight piece of a border,
//!   straight in longitude and latitude.
//! * **bucket**: one rectangle of the raster with which cells are found.
//! * **key**: the position as one integer in Morton order.
//! * **zone**: a strip of 3 or 6 degrees of longitude with its own Gauss-Krüger plane; **prefixed**: the zone's number stands
//!   before the east coordinate.
//! * Abbreviations allowed in names: `lon`, `lat`, `m`, `m2`, `min`, `max`.

pub mod divide;
pub mod error;
pub mod gauss_kruger;
pub mod gcj02;
pub mod geodesy;
pub mod geometry;
pub mod locate;
pub mod near;
pub mod tile;
