//! Photos from strangers: measured before they are decoded, decoded, turned upright, scaled down and encoded anew as
//! JPEG, so that neither position nor payload goes along. When and where the photo was taken is read first and
//! handed on beside it. A fingerprint of what it shows finds the same photo again.

use std::io::Cursor;

use exif::{Exif, In, Tag, Value};
use image::{
    DynamicImage, ExtendedColorType, ImageDecoder, ImageEncoder, ImageFormat, ImageReader, Limits, Rgb,
    RgbImage, codecs::jpeg::JpegEncoder, imageops::FilterType, metadata::Orientation,
};
use jiff::civil;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::{
    error::DocumentError,
    geojson::{Position, check_position},
};

/// Most bytes of a photo as it comes in.
pub const PHOTO_BYTES_MAX: u64 = 10 * 1024 * 1024;
/// Most pixels of a photo as it comes in.
pub const PHOTO_PIXELS_MAX: u64 = 40_000_000;
/// Longest side of a photo as it comes in, in pixels.
pub const PHOTO_SIDE_PIXELS_MAX: u32 = 20_000;
/// Longest side of a clean photo, in pixels.
pub const CLEAN_SIDE_PIXELS_MAX: u32 = 2_560;
/// Longest side of a thumbnail, in pixels.
pub const THUMBNAIL_SIDE_PIXELS_MAX: u32 = 320;
/// Memory that a decoder may take.
const DECODER_BYTES_MAX: u64 = 512 * 1024 * 1024;
/// JPEG quality: below it, text on signs becomes hard to read; above it, files only grow.
const QUALITY: u8 = 85;

/// What a photo may measure when it comes in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PhotoLimits {
    /// Most bytes.
    pub bytes_max: u64,
    /// Most pixels.
    pub pixels_max: u64,
    /// Longest side in pixels.
    pub side_pixels_max: u32,
}

impl Default for PhotoLimits {
    fn default() -> Self {
        Self {
            bytes_max: PHOTO_BYTES_MAX,
            pixels_max: PHOTO_PIXELS_MAX,
            side_pixels_max: PHOTO_SIDE_PIXELS_MAX,
        }
    }
}

/// A type of photo that is taken in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PhotoType {
    /// JPEG.
    Jpeg,
    /// PNG.
    Png,
    /// WebP; of a moving one, the first picture.
    Webp,
    /// GIF; of a moving one, the first picture.
    Gif,
}

impl PhotoType {
    /// Tells the type from the first bytes; names and declared types are not asked.
    #[must_use]
    pub fn sniff(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [0xFF, 0xD8, 0xFF, ..] => Some(Self::Jpeg),
            [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1A, b'\n', ..] => Some(Self::Png),
            [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some(Self::Gif),
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(Self::Webp),
            _ => None,
        }
    }

    const fn format(self) -> ImageFormat {
        match self {
            Self::Jpeg => ImageFormat::Jpeg,
            Self::Png => ImageFormat::Png,
            Self::Webp => ImageFormat::WebP,
            Self::Gif => ImageFormat::Gif,
        }
    }
}

/// A 64-bit fingerprint of what a photo shows: whether it grows darker from left to right at 8 by 8 places. It hardly
/// changes when the photo is scaled, compressed or brightened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PhotoHash(pub u64);

/// Places at which two fingerprints differ, 0 to 64. Up to about 10 is the same photo; unrelated ones lie about 32
/// apart. Pictures of one plain colour all have the same fingerprint and say nothing.
#[must_use]
pub const fn distance(one: PhotoHash, other: PhotoHash) -> u32 {
    (one.0 ^ other.0).count_ones()
}

/// When the camera says that the photo was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PhotoTime {
    /// What the camera's clock showed.
    pub clock: civil::DateTime,
    /// Its offset from UTC in minutes, where the camera knew.
    pub offset_minutes: Option<i16>,
}

/// A clean photo.
#[derive(Debug, Clone, PartialEq)]
pub struct Photo {
    /// What came in.
    pub source: PhotoType,
    /// The clean photo, JPEG.
    pub jpeg: Vec<u8>,
    /// Width of the clean photo in pixels, upright.
    pub width: u32,
    /// Height of the clean photo in pixels, upright.
    pub height: u32,
    /// A small copy, JPEG.
    pub thumbnail: Vec<u8>,
    /// SHA-256 of `jpeg`, 64 hexadecimal digits in lower case.
    pub sha256: String,
    /// What the photo shows, as a fingerprint.
    pub hash: PhotoHash,
    /// When it was taken, as the camera said.
    pub taken: Option<PhotoTime>,
    /// Longitude and latitude of where it was taken, as the camera said; WGS 84.
    pub position: Option<Position>,
}

/// Inspects a photo and makes a clean one of it.
///
/// # Errors
/// [`DocumentError`]: too large, of no known type, a pixel flood, cut short or damaged.
pub fn inspect_and_clean(bytes: &[u8], limits: &PhotoLimits) -> Result<Photo, DocumentError> {
    let size = bytes.len() as u64;
    if size > limits.bytes_max {
        return Err(DocumentError::TooLarge { bytes: size, bytes_max: limits.bytes_max });
    }
    let source = PhotoType::sniff(bytes).ok_or(DocumentError::PhotoTypeUnknown)?;
    let (width, height) = claimed_size(bytes, source).ok_or_else(|| malformed("its header is cut short"))?;
    let side_max = limits.side_pixels_max;
    if width > side_max || height > side_max || u64::from(width) * u64::from(height) > limits.pixels_max {
        return Err(DocumentError::PhotoTooLarge { width, height, side_max, pixels_max: limits.pixels_max });
    }
    let exif = exif::Reader::new().read_from_container(&mut Cursor::new(bytes)).ok();
    let picture = decode(bytes, source, limits)?;
    if (picture.width(), picture.height()) != (width, height) && source != PhotoType::Webp {
        return Err(malformed("its header and its content differ in size"));
    }
    let mut picture = fit(&picture, CLEAN_SIDE_PIXELS_MAX);
    picture.apply_orientation(exif.as_ref().map_or(Orientation::NoTransforms, orientation));
    let clean = flatten(&picture);
    let thumbnail = fit(&DynamicImage::ImageRgb8(clean.clone()), THUMBNAIL_SIDE_PIXELS_MAX);
    let jpeg = encode(&clean)?;
    let sha256 = Sha256::digest(&jpeg).iter().map(|byte| format!("{byte:02x}")).collect();
    Ok(Photo {
        source,
        width: clean.width(),
        height: clean.height(),
        sha256,
        jpeg,
        hash: fingerprint(&thumbnail),
        thumbnail: encode(&thumbnail.into_rgb8())?,
        taken: exif.as_ref().and_then(taken),
        position: exif.as_ref().and_then(position),
    })
}

fn malformed(cause: &str) -> DocumentError {
    DocumentError::PhotoMalformed { cause: cause.to_owned() }
}

fn decode(bytes: &[u8], source: PhotoType, limits: &PhotoLimits) -> Result<DynamicImage, DocumentError> {
    let fault = |error: image::ImageError| DocumentError::PhotoMalformed { cause: error.to_string() };
    let mut reader = ImageReader::with_format(Cursor::new(bytes), source.format());
    let mut decoder_limits = Limits::default();
    decoder_limits.max_image_width = Some(limits.side_pixels_max);
    decoder_limits.max_image_height = Some(limits.side_pixels_max);
    decoder_limits.max_alloc = Some(DECODER_BYTES_MAX);
    reader.limits(decoder_limits);
    let decoder = reader.into_decoder().map_err(fault)?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > limits.pixels_max {
        return Err(DocumentError::PhotoTooLarge {
            width,
            height,
            side_max: limits.side_pixels_max,
            pixels_max: limits.pixels_max,
        });
    }
    DynamicImage::from_decoder(decoder).map_err(fault)
}

/// Width and height as the header claims them, without decoding anything. For JPEG the whole file is walked, since
/// decoders fill what is cut short with grey. `None` where the bytes end too early.
fn claimed_size(bytes: &[u8], source: PhotoType) -> Option<(u32, u32)> {
    let u16_little = |at: usize| Some(u32::from(u16::from_le_bytes([*bytes.get(at)?, *bytes.get(at + 1)?])));
    let u32_big = |at: usize| Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?));
    let u24_little = |at: usize| Some(u16_little(at)? | u32::from(*bytes.get(at + 2)?) << 16);
    match source {
        PhotoType::Jpeg => jpeg_size(bytes),
        PhotoType::Png => Some((u32_big(16)?, u32_big(20)?)),
        PhotoType::Gif => Some((u16_little(6)?, u16_little(8)?)),
        PhotoType::Webp => match bytes.get(12..16)? {
            b"VP8X" => Some((u24_little(24)? + 1, u24_little(27)? + 1)),
            b"VP8L" => {
                let bits = u16_little(21)? | u16_little(23)? << 16;
                Some(((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1))
            }
            b"VP8 " => Some((u16_little(26)? & 0x3FFF, u16_little(28)? & 0x3FFF)),
            _ => None,
        },
    }
}

/// Walks the segments of a JPEG from its start to its end marker.
fn jpeg_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let mut at = 2;
    let mut size = None;
    loop {
        // Within scan data a marker is 0xFF before anything but a stuffed zero or a restart.
        at += memchr::memchr(0xFF, bytes.get(at..)?)?;
        let marker = *bytes.get(at + 1)?;
        match marker {
            0xFF => at += 1,
            0x00 | 0x01 | 0xD0..=0xD8 => at += 2,
            0xD9 => return size,
            _ => {
                let length = usize::from(u16::from_be_bytes([*bytes.get(at + 2)?, *bytes.get(at + 3)?]));
                if matches!(marker, 0xC0..=0xC3 | 0xC5..=0xC7 | 0xC9..=0xCB | 0xCD..=0xCF) {
                    let side = |from: usize| {
                        Some(u32::from(u16::from_be_bytes([*bytes.get(from)?, *bytes.get(from + 1)?])))
                    };
                    let (height, width) = (side(at + 5)?, side(at + 7)?);
                    let (width_known, height_known) = size.unwrap_or_default();
                    size = Some((width.max(width_known), height.max(height_known)));
                }
                at += 2 + length.max(2);
            }
        }
    }
}

/// Scales down so that the longest side is at most that; never up.
fn fit(picture: &DynamicImage, side_max: u32) -> DynamicImage {
    if picture.width().max(picture.height()) <= side_max {
        picture.clone()
    } else {
        picture.resize(side_max, side_max, FilterType::Triangle)
    }
}

/// Puts transparent parts on white, since JPEG has none.
fn flatten(picture: &DynamicImage) -> RgbImage {
    if !picture.color().has_alpha() {
        return picture.to_rgb8();
    }
    let transparent = picture.to_rgba8();
    RgbImage::from_fn(transparent.width(), transparent.height(), |x, y| {
        let [red, green, blue, alpha] = transparent.get_pixel(x, y).0;
        let on_white = |value: u8| {
            let mixed = (u32::from(value) * u32::from(alpha) + 255 * (255 - u32::from(alpha))) / 255;
            u8::try_from(mixed).unwrap_or(u8::MAX)
        };
        Rgb([on_white(red), on_white(green), on_white(blue)])
    })
}

fn encode(picture: &RgbImage) -> Result<Vec<u8>, DocumentError> {
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, QUALITY)
        .write_image(picture.as_raw(), picture.width(), picture.height(), ExtendedColorType::Rgb8)
        .map_err(|error| DocumentError::PhotoMalformed { cause: error.to_string() })?;
    Ok(bytes)
}

fn fingerprint(picture: &DynamicImage) -> PhotoHash {
    let grey = picture.grayscale().resize_exact(9, 8, FilterType::Triangle).into_luma8();
    let mut hash = 0;
    for y in 0..8 {
        for x in 0..8 {
            let darker = grey.get_pixel(x, y).0[0] > grey.get_pixel(x + 1, y).0[0];
            hash = hash << 1 | u64::from(darker);
        }
    }
    PhotoHash(hash)
}

fn orientation(exif: &Exif) -> Orientation {
    exif.get_field(Tag::Orientation, In::PRIMARY)
        .and_then(|field| field.value.get_uint(0))
        .and_then(|value| Orientation::from_exif(u8::try_from(value).ok()?))
        .unwrap_or(Orientation::NoTransforms)
}

fn ascii(exif: &Exif, tag: Tag) -> Option<&[u8]> {
    match &exif.get_field(tag, In::PRIMARY)?.value {
        Value::Ascii(texts) => texts.first().map(Vec::as_slice),
        _ => None,
    }
}

fn taken(exif: &Exif) -> Option<PhotoTime> {
    let (text, offset) = ascii(exif, Tag::DateTimeOriginal)
        .map(|text| (text, Tag::OffsetTimeOriginal))
        .or_else(|| ascii(exif, Tag::DateTime).map(|text| (text, Tag::OffsetTime)))?;
    let mut read = exif::DateTime::from_ascii(text).ok()?;
    if let Some(offset) = ascii(exif, offset) {
        // A wrong offset leaves the time without one.
        let _ = read.parse_offset(offset);
    }
    let part = |value: u8| i8::try_from(value).ok();
    let year = i16::try_from(read.year).ok()?;
    let clock = civil::DateTime::new(
        year,
        part(read.month)?,
        part(read.day)?,
        part(read.hour)?,
        part(read.minute)?,
        part(read.second)?,
        0,
    )
    .ok()?;
    Some(PhotoTime { clock, offset_minutes: read.offset })
}

fn position(exif: &Exif) -> Option<Position> {
    let degrees = |tag: Tag, reference: Tag, negative: u8| {
        let Value::Rational(parts) = &exif.get_field(tag, In::PRIMARY)?.value else { return None };
        let [degrees, minutes, seconds] = parts.as_slice() else { return None };
        let value = degrees.to_f64() + minutes.to_f64() / 60.0 + seconds.to_f64() / 3_600.0;
        let sign = if ascii(exif, reference)?.first()?.eq_ignore_ascii_case(&negative) { -1.0 } else { 1.0 };
        Some(sign * value)
    };
    let longitude = degrees(Tag::GPSLongitude, Tag::GPSLongitudeRef, b'W')?;
    let latitude = degrees(Tag::GPSLatitude, Tag::GPSLatitudeRef, b'S')?;
    let found = [longitude, latitude];
    // Cameras without a fix write zeros; the place itself is open sea.
    (check_position(found).is_ok() && found != [0.0, 0.0]).then_some(found)
}

#[cfg(test)]
mod tests;
