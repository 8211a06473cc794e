//! Gauss-Krüger planes of CGCS2000: the coordinates of Chinese surveys (GB/T 17278, EPSG 4491 to 4554).
//!
//! Scale 1 on the central meridian, east coordinate 500,000 m there. Chinese survey files name x = north and y = east; here the
//! names say what is meant. A *prefixed* east coordinate begins with the zone's number: zone 36 and central meridian 108° are
//! the same plane, 36,000,000 m apart (EPSG 4524 and 4545).

use crate::{
    error::MapError,
    geodesy::{EQUATOR_RADIUS_M, FLATTENING},
    geometry::Position,
};

#[cfg(test)]
mod tests;

/// How far from the central meridian a place may be, degrees: beyond, a neighbouring zone is meant.
pub const MERIDIAN_DISTANCE_DEGREES_MAX: f64 = 10.0;
/// The east coordinate of the central meridian, metres.
pub const FALSE_EAST_M: f64 = 500_000.0;

const PREFIX_M: f64 = 1_000_000.0;
/// Third flattening.
const N: f64 = FLATTENING / (2.0 - FLATTENING);
/// Radius of the sphere whose meridian is as long, metres.
const RECTIFYING_RADIUS_M: f64 = EQUATOR_RADIUS_M / (1.0 + N) * (1.0 + N * N / 4.0 + N * N * N * N / 64.0);
/// Krüger's series to the fourth power of the third flattening (Krüger 1912; Karney, "Transverse Mercator with an accuracy of a
/// few nanometers", 2011, equations 35 and 36). What is left out is under a micrometre.
const FORWARD: [f64; 4] = [
    N * (1.0 / 2.0 + N * (-2.0 / 3.0 + N * (5.0 / 16.0 + N * (41.0 / 180.0)))),
    N * N * (13.0 / 48.0 + N * (-3.0 / 5.0 + N * (557.0 / 1440.0))),
    N * N * N * (61.0 / 240.0 + N * (-103.0 / 140.0)),
    N * N * N * N * (49_561.0 / 161_280.0),
];
const INVERSE: [f64; 4] = [
    N * (1.0 / 2.0 + N * (-2.0 / 3.0 + N * (37.0 / 96.0 + N * (-1.0 / 360.0)))),
    N * N * (1.0 / 48.0 + N * (1.0 / 15.0 + N * (-437.0 / 1440.0))),
    N * N * N * (17.0 / 480.0 + N * (-37.0 / 840.0)),
    N * N * N * N * (4397.0 / 161_280.0),
];

/// Survey coordinates in a plane, metres.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PlanePosition {
    /// East: y of a Chinese survey file.
    pub east_m: f64,
    /// North: x of a Chinese survey file.
    pub north_m: f64,
}

/// How wide the zones are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ZoneWidth {
    /// 3 degrees, zones 25 to 45, for scales above 1:10,000.
    Three,
    /// 6 degrees, zones 13 to 23.
    Six,
}

impl ZoneWidth {
    fn zones(self) -> std::ops::RangeInclusive<u32> {
        match self {
            Self::Three => 25..=45,
            Self::Six => 13..=23,
        }
    }

    fn meridian(self, zone: u32) -> f64 {
        match self {
            Self::Three => f64::from(3 * zone),
            Self::Six => f64::from(6 * zone - 3),
        }
    }

    /// EPSG codes of the first zone: prefixed, and by central meridian.
    fn first_epsg(self) -> (u32, u32) {
        match self {
            Self::Three => (4513, 4534),
            Self::Six => (4491, 4502),
        }
    }
}

/// One plane.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GaussKruger {
    width: ZoneWidth,
    zone: u32,
    prefixed: bool,
}

impl GaussKruger {
    /// The plane of a zone.
    ///
    /// # Errors
    /// [`MapError::ZoneUnknown`] outside 25 to 45 (3 degrees) or 13 to 23 (6 degrees).
    pub fn new(width: ZoneWidth, zone: u32, prefixed: bool) -> Result<Self, MapError> {
        if width.zones().contains(&zone) {
            Ok(Self { width, zone, prefixed })
        } else {
            Err(MapError::ZoneUnknown { number: zone })
        }
    }

    /// The plane of an EPSG code: 4491 to 4512 (6 degrees), 4513 to 4554 (3 degrees).
    ///
    /// # Errors
    /// [`MapError::ZoneUnknown`] for any other code.
    pub fn from_epsg(code: u32) -> Result<Self, MapError> {
        for width in [ZoneWidth::Three, ZoneWidth::Six] {
            let (first_prefixed, first_plain) = width.first_epsg();
            for (first, prefixed) in [(first_prefixed, true), (first_plain, false)] {
                let zone = code.checked_sub(first).map(|offset| width.zones().start() + offset);
                if let Some(zone) = zone.filter(|zone| width.zones().contains(zone)) {
                    return Ok(Self { width, zone, prefixed });
                }
            }
        }
        Err(MapError::ZoneUnknown { number: code })
    }

    /// The plane whose central meridian is nearest to the longitude.
    ///
    /// # Errors
    /// [`MapError::ZoneUnknown`] where China has no zone.
    pub fn at(lon: f64, width: ZoneWidth, prefixed: bool) -> Result<Self, MapError> {
        // A negative float or NaN becomes zone 0 by the cast, which is none.
        let zone = match width {
            ZoneWidth::Three => (lon / 3.0).round() as u32,
            ZoneWidth::Six => ((lon + 3.0) / 6.0).round() as u32,
        };
        Self::new(width, zone, prefixed)
    }

    /// The plane that a prefixed east coordinate names by its millions.
    ///
    /// # Errors
    /// [`MapError::ZoneUnknown`] where the millions are the number of no zone.
    pub fn of_prefixed(east_m: f64) -> Result<Self, MapError> {
        let zone = (east_m / PREFIX_M).floor() as u32;
        let width = if ZoneWidth::Six.zones().contains(&zone) { ZoneWidth::Six } else { ZoneWidth::Three };
        Self::new(width, zone, true)
    }

    /// The EPSG code.
    #[must_use]
    pub fn epsg(self) -> u32 {
        let (prefixed, plain) = self.width.first_epsg();
        let first = if self.prefixed { prefixed } else { plain };
        first + self.zone - self.width.zones().start()
    }

    /// The longitude of the central meridian, degrees.
    #[must_use]
    pub fn central_meridian(self) -> f64 {
        self.width.meridian(self.zone)
    }

    /// From longitude and latitude to the plane, to a micrometre.
    ///
    /// # Errors
    /// [`MapError::OutsideZone`] more than [`MERIDIAN_DISTANCE_DEGREES_MAX`] from the central meridian; the errors of
    /// [`Position::check`].
    pub fn forward(self, position: Position) -> Result<PlanePosition, MapError> {
        position.check()?;
        let lon = position.lon - self.central_meridian();
        if lon.abs() > MERIDIAN_DISTANCE_DEGREES_MAX {
            return Err(MapError::OutsideZone);
        }
        let (sin, cos) = lon.to_radians().sin_cos();
        let tan = conformal_tan(position.lat.to_radians().tan());
        let start = (tan.atan2(cos), (sin / tan.hypot(cos)).asinh());
        let (north, east) = sum_series(&FORWARD, start);
        Ok(PlanePosition {
            east_m: self.false_east_m() + RECTIFYING_RADIUS_M * east,
            north_m: RECTIFYING_RADIUS_M * north,
        })
    }

    /// From the plane to longitude and latitude, to 1e-11 degrees.
    ///
    /// # Errors
    /// [`MapError::PositionNotFinite`], and [`MapError::OutsideZone`] where the numbers are no place near this zone (the prefix is
    /// missing or another zone's, or east and north are exchanged).
    pub fn inverse(self, plane: PlanePosition) -> Result<Position, MapError> {
        if !plane.east_m.is_finite() || !plane.north_m.is_finite() {
            return Err(MapError::PositionNotFinite);
        }
        let east = (plane.east_m - self.false_east_m()) / RECTIFYING_RADIUS_M;
        let north = plane.north_m / RECTIFYING_RADIUS_M;
        let reach = MERIDIAN_DISTANCE_DEGREES_MAX.to_radians() * 1.02;
        if east.abs() > reach || north.abs() > std::f64::consts::FRAC_PI_2 {
            return Err(MapError::OutsideZone);
        }
        let minus = INVERSE.map(|coefficient| -coefficient);
        let (north, east) = sum_series(&minus, (north, east));
        let (sin, cos) = north.sin_cos();
        let lon = east.sinh().atan2(cos).to_degrees();
        if lon.abs() > MERIDIAN_DISTANCE_DEGREES_MAX + 1e-9 {
            return Err(MapError::OutsideZone);
        }
        let tan = geodetic_tan(sin / east.sinh().hypot(cos));
        Ok(Position { lon: self.central_meridian() + lon, lat: tan.atan().to_degrees() })
    }

    fn false_east_m(self) -> f64 {
        FALSE_EAST_M + if self.prefixed { f64::from(self.zone) * PREFIX_M } else { 0.0 }
    }
}

/// Adds the series to the place on the sphere, in radians north and east.
fn sum_series(coefficients: &[f64; 4], (north, east): (f64, f64)) -> (f64, f64) {
    let multiples = [2.0, 4.0, 6.0, 8.0];
    coefficients.iter().zip(multiples).fold((north, east), |sum, (coefficient, multiple)| {
        let (sin, cos) = (multiple * north).sin_cos();
        let angle = multiple * east;
        (sum.0 + coefficient * sin * angle.cosh(), sum.1 + coefficient * cos * angle.sinh())
    })
}

/// The tangent of the conformal latitude from that of the geodetic latitude.
fn conformal_tan(tan: f64) -> f64 {
    let eccentricity = (FLATTENING * (2.0 - FLATTENING)).sqrt();
    let secant = tan.hypot(1.0);
    let sigma = (eccentricity * (eccentricity * tan / secant).atanh()).sinh();
    tan * sigma.hypot(1.0) - sigma * secant
}

/// The other way round, by Newton's rule; three rounds reach the last digit.
fn geodetic_tan(conformal: f64) -> f64 {
    let rest = (1.0 - FLATTENING) * (1.0 - FLATTENING);
    let mut tan = conformal / rest;
    for _ in 0..5 {
        let now = conformal_tan(tan);
        tan += (conformal - now) / now.hypot(1.0) * (1.0 + rest * tan * tan) / (rest * tan.hypot(1.0));
    }
    tan
}
