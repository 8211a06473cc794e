//! Pictures that people of the demonstration city take: drawn, so that nobody's street or face is in them.

use std::io::Cursor;

use db::Tx;
use documents::photo::{PhotoLimits, inspect_and_clean};
use image::{ImageFormat, Rgb, RgbImage};
use kernel::{code::CityCode, time::Moment};
use ledger::{Attachment, Ledger, LedgerError};

use crate::{DemoError, life::Dice};

/// Pictures of each kind.
const EACH: usize = 16;
const WIDTH: u32 = 640;
const HEIGHT: u32 = 480;

/// Hashes of pictures that are in the ledger's folder and noted.
#[derive(Debug, Clone, Default)]
pub(crate) struct Pictures {
    /// Of problems.
    pub(crate) before: Vec<String>,
    /// Of the place after the work.
    pub(crate) after: Vec<String>,
}

/// Draws the pictures and keeps them.
pub(crate) fn make(
    ledger: &Ledger,
    city: CityCode,
    at: Moment,
    dice: &mut Dice,
) -> Result<Pictures, DemoError> {
    let mut kept = Vec::new();
    let mut pictures = Pictures::default();
    for after in [false, true] {
        for _ in 0..EACH {
            let mut bytes = Cursor::new(Vec::new());
            scene(after, dice)
                .write_to(&mut bytes, ImageFormat::Png)
                .map_err(|error| DemoError::Picture(error.to_string()))?;
            let photo = inspect_and_clean(bytes.get_ref(), &PhotoLimits::default())
                .map_err(|error| DemoError::Picture(error.to_string()))?;
            let hash =
                ledger::attachment::store_file(ledger.attachments(), &photo.jpeg, Some(&photo.thumbnail))?;
            let noted = if after { &mut pictures.after } else { &mut pictures.before };
            noted.push(hash.clone());
            kept.push(Attachment {
                hash,
                media_type: "image/jpeg".to_owned(),
                bytes: photo.jpeg.len() as u64,
                width: photo.width,
                height: photo.height,
                look: photo.hash.0,
                taken_at: None,
            });
        }
    }
    ledger.db().write_blocking(move |tx: &mut Tx<'_>| {
        kept.iter().try_for_each(|attachment| ledger::attachment::note(tx, city, attachment, at))?;
        Ok::<_, LedgerError>(())
    })?;
    Ok(pictures)
}

/// A street: sky, houses, pavement, and on it something that should not be there, or no more.
fn scene(after: bool, dice: &mut Dice) -> RgbImage {
    let tone = |dice: &mut Dice, base: u8, spread: usize| {
        base.saturating_add(u8::try_from(dice.below(spread)).unwrap_or(0))
    };
    let sky = Rgb([tone(dice, 150, 60), tone(dice, 180, 40), tone(dice, 210, 40)]);
    let street = Rgb([tone(dice, 95, 30), tone(dice, 95, 25), tone(dice, 95, 25)]);
    let mut picture = RgbImage::from_fn(WIDTH, HEIGHT, |_, y| if y < 190 { sky } else { street });
    let mut x = 0;
    while x < WIDTH {
        let width = 50 + u32::try_from(dice.below(90)).unwrap_or(0);
        let roof = 40 + u32::try_from(dice.below(110)).unwrap_or(0);
        let wall = Rgb([tone(dice, 120, 110), tone(dice, 110, 90), tone(dice, 100, 80)]);
        fill(&mut picture, (x, roof), (width.saturating_sub(6), 190 - roof), wall);
        for floor in 0..3 {
            let window = Rgb([60, 70, tone(dice, 90, 60)]);
            fill(&mut picture, (x + 8, roof + 12 + floor * 40), (14, 20), window);
            fill(&mut picture, (x + 30, roof + 12 + floor * 40), (14, 20), window);
        }
        x += width;
    }
    fill(&mut picture, (0, 330), (WIDTH, 6), Rgb([220, 215, 180]));
    let pieces = if after { 0 } else { 3 + dice.below(9) };
    let center = (200 + dice.below(240), 360 + dice.below(60));
    for _ in 0..pieces {
        let at = (center.0 + dice.below(120), center.1 + dice.below(40));
        let radius = 8 + dice.below(26);
        let colour = Rgb([tone(dice, 20, 160), tone(dice, 20, 120), tone(dice, 10, 90)]);
        disc(&mut picture, at, radius, colour);
    }
    picture
}

fn fill(picture: &mut RgbImage, (left, top): (u32, u32), (width, height): (u32, u32), colour: Rgb<u8>) {
    for y in top..(top + height).min(HEIGHT) {
        for x in left..(left + width).min(WIDTH) {
            picture.put_pixel(x, y, colour);
        }
    }
}

fn disc(picture: &mut RgbImage, (x0, y0): (usize, usize), radius: usize, colour: Rgb<u8>) {
    for y in y0.saturating_sub(radius)..=(y0 + radius) {
        for x in x0.saturating_sub(radius)..=(x0 + radius) {
            let inside = x.abs_diff(x0).pow(2) + y.abs_diff(y0).pow(2) <= radius.pow(2);
            if let (true, Ok(x), Ok(y)) = (inside, u32::try_from(x), u32::try_from(y))
                && x < WIDTH
                && y < HEIGHT
            {
                picture.put_pixel(x, y, colour);
            }
        }
    }
}
