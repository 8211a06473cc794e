//! Guide prices of rent (L3) in two versions.

use jiff::civil::{Date, date};
use kernel::{
    decimal::Decimal,
    money::{FEN_PER_YUAN, Fen},
};
use land::guide_price::{GuideLand, GuidePrice};

use crate::books::Books;

/// A price: code, land, best and worst grade, yuan a mu and year in the version of 2013 and in that of 2016.
type Price = (&'static str, GuideLand, u32, u32, i64, i64);

/// The prices of the whole city.
const PRICES: [Price; 8] = [
    ("st1", GuideLand::Paddy, 1, 3, 620, 700),
    ("st2", GuideLand::Paddy, 4, 6, 520, 580),
    ("hd1", GuideLand::Dry, 1, 4, 380, 430),
    ("hd2", GuideLand::Dry, 5, 10, 260, 300),
    ("cd", GuideLand::Vegetable, 1, 5, 780, 900),
    ("yd", GuideLand::Orchard, 1, 10, 320, 360),
    ("ld", GuideLand::Forest, 1, 10, 60, 75),
    ("kt", GuideLand::Pond, 1, 10, 560, 640),
];

/// The first day of the second version.
pub(super) const SECOND: Date = date(2016, 1, 1);

/// The key of the price that is in force on a day.
pub(super) fn key(price: &str, day: Date) -> String {
    format!("{price}-{}", if day < SECOND { 2013 } else { 2016 })
}

/// The price that a code names on a day, in fen a mu and year.
pub(super) fn amount(price: &str, day: Date) -> i64 {
    let known = PRICES.iter().find(|(code, ..)| *code == price).unwrap_or(&PRICES[0]);
    FEN_PER_YUAN * if day < SECOND { known.4 } else { known.5 }
}

pub(super) fn enter(books: &mut Books<'_>) {
    for (code, land, grade_best, grade_worst, first, second) in PRICES {
        for (year, yuan, ends_on) in [(2013, first, Some(date(2015, 12, 31))), (2016, second, None)] {
            // Paddy is also agreed in rice, at what the state pays for a kilogram of it.
            let rice = (land == GuideLand::Paddy).then(|| Decimal(yuan * 1_000 / 276));
            books.enter(GuidePrice {
                code: format!("{code}-{year}"),
                division: None,
                land,
                grade_best,
                grade_worst,
                price: Fen(yuan * FEN_PER_YUAN),
                rice,
                begins_on: date(year, 1, 1),
                ends_on,
                document: format!("凯府办发〔{}〕{}号", year - 1, if year == 2013 { 87 } else { 112 }),
                unit: "agriculture".to_owned(),
            });
        }
    }
}
