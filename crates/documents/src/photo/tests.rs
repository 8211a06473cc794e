//! Photos made in the tests: honest ones, hostile ones and broken ones.

use image::{ColorType, codecs::png::PngEncoder};
use proptest::prelude::*;

use super::*;

/// A scene with shapes that a fingerprint can hold on to; the seed moves them.
fn scene(width: u32, height: u32, seed: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        let (u, v) = (f64::from(x) / f64::from(width), f64::from(y) / f64::from(height));
        let phase = f64::from(seed);
        let wave = (u * (6.0 + phase) + phase).sin() * (v * (5.0 + phase * 1.7) + phase * 2.0).cos();
        let level = ((wave + 1.0) * 120.0) as u8;
        Rgb([level, level / 2 + 40, 255 - level])
    })
}

fn jpeg(picture: &RgbImage) -> Vec<u8> {
    encode(picture).expect("encodes")
}

fn png(picture: &DynamicImage, color: ColorType) -> Vec<u8> {
    let mut bytes = Vec::new();
    PngEncoder::new(&mut bytes)
        .write_image(picture.as_bytes(), picture.width(), picture.height(), color.into())
        .expect("encodes");
    bytes
}

fn gif(picture: &RgbImage) -> Vec<u8> {
    let mut bytes = Vec::new();
    DynamicImage::ImageRgb8(picture.clone())
        .write_to(&mut Cursor::new(&mut bytes), ImageFormat::Gif)
        .expect("encodes");
    bytes
}

fn clean(bytes: &[u8]) -> Result<Photo, DocumentError> {
    inspect_and_clean(bytes, &PhotoLimits::default())
}

/// An EXIF segment written by hand, little end first: orientation, time, offset and position of Kaili.
fn with_exif(jpeg: &[u8], orientation: u16) -> Vec<u8> {
    let mut tiff = b"II*\0\x08\0\0\0".to_vec();
    let entry = |tiff: &mut Vec<u8>, tag: u16, kind: u16, count: u32, value: [u8; 4]| {
        tiff.extend(tag.to_le_bytes());
        tiff.extend(kind.to_le_bytes());
        tiff.extend(count.to_le_bytes());
        tiff.extend(value);
    };
    // IFD0 at 8: three entries (2 + 36 + 4 bytes) end at 50; the Exif IFD follows, then the GPS IFD, then the values.
    let (exif_at, gps_at) = (50_u32, 50_u32 + 2 + 24 + 4);
    let values_at = gps_at + 2 + 48 + 4;
    tiff.extend(3_u16.to_le_bytes());
    let short = [orientation.to_le_bytes()[0], orientation.to_le_bytes()[1], 0, 0];
    entry(&mut tiff, 0x0112, 3, 1, short);
    entry(&mut tiff, 0x8769, 4, 1, exif_at.to_le_bytes());
    entry(&mut tiff, 0x8825, 4, 1, gps_at.to_le_bytes());
    tiff.extend([0; 4]);
    tiff.extend(2_u16.to_le_bytes());
    entry(&mut tiff, 0x9003, 2, 20, values_at.to_le_bytes());
    entry(&mut tiff, 0x9011, 2, 7, (values_at + 20).to_le_bytes());
    tiff.extend([0; 4]);
    tiff.extend(4_u16.to_le_bytes());
    entry(&mut tiff, 1, 2, 2, *b"N\0\0\0");
    entry(&mut tiff, 2, 5, 3, (values_at + 28).to_le_bytes());
    entry(&mut tiff, 3, 2, 2, *b"E\0\0\0");
    entry(&mut tiff, 4, 5, 3, (values_at + 52).to_le_bytes());
    tiff.extend([0; 4]);
    tiff.extend(b"2016:03:01 09:05:07\0");
    tiff.extend(b"+08:00\0\0");
    for (numerator, denominator) in [(26_u32, 1_u32), (34, 1), (480, 10), (107, 1), (58, 1), (480, 10)] {
        tiff.extend(numerator.to_le_bytes());
        tiff.extend(denominator.to_le_bytes());
    }
    let payload = [b"Exif\0\0".as_slice(), &tiff].concat();
    let length = u16::try_from(payload.len() + 2).expect("short").to_be_bytes();
    [&jpeg[..2], &[0xFF, 0xE1], &length, &payload, &jpeg[2..]].concat()
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    memchr::memmem::find(bytes, part).is_some()
}

#[test]
fn time_and_position_are_read_and_then_gone() {
    let photo = clean(&with_exif(&jpeg(&scene(64, 48, 1)), 1)).expect("cleans");
    let taken = photo.taken.expect("time");
    assert_eq!((taken.clock.to_string().as_str(), taken.offset_minutes), ("2016-03-01T09:05:07", Some(480)));
    let [longitude, latitude] = photo.position.expect("position");
    assert!((longitude - 107.98).abs() < 1e-9 && (latitude - 26.58).abs() < 1e-9, "{longitude} {latitude}");
    assert!(!contains(&photo.jpeg, b"Exif") && !contains(&photo.thumbnail, b"Exif"));
    let again = clean(&photo.jpeg).expect("cleans");
    assert_eq!((again.taken, again.position), (None, None));
    assert_eq!(photo.sha256.len(), 64);
    assert_eq!(photo.sha256, clean(&with_exif(&jpeg(&scene(64, 48, 1)), 1)).expect("cleans").sha256);
}

#[test]
fn a_photo_taken_sideways_stands_upright() {
    let photo = clean(&with_exif(&jpeg(&scene(64, 48, 1)), 6)).expect("cleans");
    assert_eq!((photo.width, photo.height), (48, 64));
}

#[test]
fn large_photos_are_scaled_down() {
    let photo = clean(&jpeg(&scene(3_000, 600, 1))).expect("cleans");
    assert_eq!((photo.width, photo.height), (2_560, 512));
    let thumbnail = image::load_from_memory(&photo.thumbnail).expect("decodes");
    assert_eq!((thumbnail.width(), thumbnail.height()), (320, 64));
}

#[test]
fn payloads_that_ride_along_stay_behind() {
    let script = b"<script>alert(1)</script>";
    let comment = [&[0xFF, 0xFE, 0, (script.len() + 2) as u8], script.as_slice()].concat();
    let plain = jpeg(&scene(64, 48, 1));
    let in_comment = [&plain[..2], &comment, &plain[2..]].concat();
    let behind = [plain.as_slice(), script, b"PK\x03\x04payload"].concat();
    let gif_script = [gif(&scene(64, 48, 1)).as_slice(), b"*/=1;alert(1)//", script].concat();
    for hostile in [in_comment, behind, gif_script] {
        let photo = clean(&hostile).expect("cleans");
        assert!(photo.jpeg.starts_with(&[0xFF, 0xD8, 0xFF]) && photo.jpeg.ends_with(&[0xFF, 0xD9]));
        for part in [script.as_slice(), b"PK\x03\x04", b"alert"] {
            assert!(!contains(&photo.jpeg, part) && !contains(&photo.thumbnail, part));
        }
    }
}

#[test]
fn what_is_no_photo_is_refused() {
    let svg = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>".to_vec();
    let html = [b"<html>".as_slice(), &jpeg(&scene(64, 48, 1))].concat();
    for bytes in [svg, html, b"%PDF-1.7".to_vec(), Vec::new(), b"II*\0".to_vec()] {
        assert!(matches!(clean(&bytes), Err(DocumentError::PhotoTypeUnknown)));
    }
    // GIF magic, then script: the size it claims is a pixel flood or the rest is no picture.
    assert!(clean(b"GIF89a/*aaaaaaaaaa*/=1;alert(document.domain)").is_err());
}

#[test]
fn pixel_floods_are_refused_by_their_header() {
    let mut tall = png(&DynamicImage::ImageRgb8(scene(16, 16, 1)), ColorType::Rgb8);
    tall[16..20].copy_from_slice(&50_000_u32.to_be_bytes());
    let mut many = png(&DynamicImage::ImageRgb8(scene(16, 16, 1)), ColorType::Rgb8);
    many[16..20].copy_from_slice(&10_000_u32.to_be_bytes());
    many[20..24].copy_from_slice(&10_000_u32.to_be_bytes());
    let mut wide_gif = gif(&scene(16, 16, 1));
    wide_gif[6..8].copy_from_slice(&50_000_u16.to_le_bytes());
    let mut wide_jpeg = jpeg(&scene(16, 16, 1));
    let frame = memchr::memmem::find(&wide_jpeg, &[0xFF, 0xC0]).expect("frame");
    wide_jpeg[frame + 5..frame + 7].copy_from_slice(&50_000_u16.to_be_bytes());
    for bytes in [tall, many, wide_gif, wide_jpeg] {
        assert!(matches!(clean(&bytes), Err(DocumentError::PhotoTooLarge { .. })));
    }
    let small = PhotoLimits { bytes_max: 100, ..PhotoLimits::default() };
    assert!(matches!(inspect_and_clean(&[0; 101], &small), Err(DocumentError::TooLarge { .. })));
}

#[test]
fn photos_cut_short_are_refused() {
    let picture = scene(200, 150, 3);
    for whole in
        [jpeg(&picture), png(&DynamicImage::ImageRgb8(picture.clone()), ColorType::Rgb8), gif(&picture)]
    {
        assert!(clean(&whole).is_ok());
        for share in [10, 3, 2] {
            let cut = clean(&whole[..whole.len() - whole.len() / share]);
            assert!(matches!(cut, Err(DocumentError::PhotoMalformed { .. })), "{share}");
        }
    }
}

#[test]
fn transparent_parts_become_white() {
    let glass = DynamicImage::ImageRgba8(image::RgbaImage::from_pixel(32, 32, image::Rgba([0, 0, 0, 0])));
    let photo = clean(&png(&glass, ColorType::Rgba8)).expect("cleans");
    let pixel = image::load_from_memory(&photo.jpeg).expect("decodes").to_rgb8().get_pixel(16, 16).0;
    assert!(pixel.iter().all(|value| *value > 250), "{pixel:?}");
}

#[test]
fn the_same_photo_is_near_and_another_far() {
    let original = clean(&jpeg(&scene(800, 600, 2))).expect("cleans").hash;
    let smaller = clean(&jpeg(&scene(400, 300, 2))).expect("cleans").hash;
    let as_png = DynamicImage::ImageRgb8(scene(800, 600, 2)).brighten(10);
    let as_png = clean(&png(&as_png, ColorType::Rgb8)).expect("cleans").hash;
    let other = clean(&jpeg(&scene(800, 600, 7))).expect("cleans").hash;
    assert!(distance(original, smaller) <= 4, "{}", distance(original, smaller));
    assert!(distance(original, as_png) <= 4, "{}", distance(original, as_png));
    assert!(distance(original, other) >= 16, "{}", distance(original, other));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn garbage_behind_a_known_start_never_panics(
        start in 0..4_usize,
        bytes in proptest::collection::vec(any::<u8>(), 0..300),
    ) {
        let starts: [&[u8]; 4] = [b"\xFF\xD8\xFF\xE1", b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR", b"GIF89a", b"RIFF\x20\0\0\0WEBPVP8X"];
        prop_assert!(clean(&[starts[start], &bytes].concat()).is_err());
    }

    #[test]
    fn a_damaged_photo_never_panics(places in proptest::collection::vec((0..2_000_usize, any::<u8>()), 1..8)) {
        let mut bytes = with_exif(&jpeg(&scene(64, 48, 1)), 1);
        for (place, byte) in places {
            let length = bytes.len();
            bytes[place % length] = byte;
        }
        let _ = clean(&bytes);
    }
}
