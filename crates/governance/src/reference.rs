//! What a case and its call sheet are called towards people: `YYMMDD-NNNNNN-C`, the day in the city's zone, the running number of that
//! day and a check digit, so that a number misheard on the telephone is caught.

use db::Tx;
use jiff::tz::TimeZone;
use kernel::{code::CityCode, error::Refusal, time::Moment};
use ledger::LedgerError;

/// Most references of a day.
pub const REFERENCES_OF_DAY_MAX: u64 = 999_999;

/// The next reference of the day on which something was reported.
///
/// # Errors
/// Refusal `references_exhausted` above [`REFERENCES_OF_DAY_MAX`]; or as the store says.
pub fn next(
    tx: &mut Tx<'_>,
    city: CityCode,
    zone: &TimeZone,
    reported_at: Moment,
) -> Result<String, LedgerError> {
    let mut references = take(tx, city, &day(zone, reported_at), 1)?;
    references.pop().ok_or(LedgerError::NotFound)
}

/// The next references of a day that [`day`] gave, rising.
///
/// # Errors
/// As [`next`].
pub fn take(tx: &mut Tx<'_>, city: CityCode, day: &str, how_many: u32) -> Result<Vec<String>, LedgerError> {
    let last = ledger::running_number::take(tx, city, &format!("reference {day}"), how_many)?;
    if last > REFERENCES_OF_DAY_MAX {
        return Err(Refusal::conflict("references_exhausted").with("max", REFERENCES_OF_DAY_MAX).into());
    }
    Ok((last + 1 - u64::from(how_many)..=last).map(|number| written(day, number)).collect())
}

/// The day of a moment as references write it.
#[must_use]
pub fn day(zone: &TimeZone, at: Moment) -> String {
    let date = at.date(zone);
    format!("{:02}{:02}{:02}", date.year().rem_euclid(100), date.month(), date.day())
}

pub(crate) fn written(day: &str, number: u64) -> String {
    let digits = format!("{day}{number:06}");
    let check = check_digit(&digits);
    format!("{day}-{number:06}-{check}")
}

/// The reference that somebody wrote, with or without dashes and in full-width digits; `None` where it is none.
#[must_use]
pub fn read(text: &str) -> Option<String> {
    let digits: String = text
        .chars()
        .map(kernel::text::fold_width)
        .filter(|character| !character.is_whitespace() && !matches!(character, '-' | '–' | '—'))
        .collect();
    if digits.len() != 13 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let (number, check) = digits.split_at(12);
    (check == check_digit(number).to_string()).then(|| format!("{}-{}-{check}", &number[..6], &number[6..]))
}

/// Damm's check digit: every single wrong digit and every swap of neighbours shows.
fn check_digit(digits: &str) -> u8 {
    const TABLE: [[u8; 10]; 10] = [
        [0, 3, 1, 7, 5, 9, 8, 6, 4, 2],
        [7, 0, 9, 2, 1, 5, 4, 8, 6, 3],
        [4, 2, 0, 6, 8, 7, 1, 3, 5, 9],
        [1, 7, 5, 0, 9, 8, 3, 4, 2, 6],
        [6, 1, 2, 3, 0, 4, 5, 9, 7, 8],
        [3, 6, 7, 4, 2, 0, 9, 5, 8, 1],
        [5, 8, 6, 9, 7, 2, 0, 1, 3, 4],
        [8, 9, 4, 5, 3, 6, 2, 0, 1, 7],
        [9, 4, 3, 8, 6, 1, 7, 2, 0, 5],
        [2, 5, 8, 1, 4, 3, 6, 7, 9, 0],
    ];
    digits
        .bytes()
        .fold(0, |interim, byte| TABLE[usize::from(interim)][usize::from(byte.wrapping_sub(b'0') % 10)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_digit_and_a_swap_show() {
        let right = written("261124", 123);
        assert_eq!(read(&right).as_ref(), Some(&right));
        assert_eq!(read(&right.replace('-', " ")).as_ref(), Some(&right));
        let places: Vec<usize> =
            right.char_indices().filter(|(_, c)| c.is_ascii_digit()).map(|(i, _)| i).collect();
        for (position, place) in places.iter().enumerate() {
            for digit in b'0'..=b'9' {
                let mut wrong = right.clone().into_bytes();
                if wrong[*place] != digit {
                    wrong[*place] = digit;
                    assert_eq!(read(std::str::from_utf8(&wrong).unwrap()), None);
                }
            }
            if let Some(next) = places.get(position + 1) {
                let mut swapped = right.clone().into_bytes();
                swapped.swap(*place, *next);
                if swapped != right.as_bytes() {
                    assert_eq!(read(std::str::from_utf8(&swapped).unwrap()), None);
                }
            }
        }
    }

    #[test]
    fn numbers_are_given_once_and_rise() {
        for store in db::testing::stores().unwrap() {
            store.db.migrate(ledger::MIGRATIONS).unwrap();
            let city = CityCode::new(522_601).unwrap();
            let given = store
                .db
                .write_blocking(move |tx| {
                    let mut given = take(tx, city, "261124", 1)?;
                    given.extend(take(tx, city, "261124", 3)?);
                    given.extend(take(tx, city, "261125", 1)?);
                    Ok::<_, LedgerError>(given)
                })
                .unwrap();
            let numbers: Vec<&str> = given.iter().map(|reference| &reference[..13]).collect();
            assert_eq!(
                numbers,
                ["261124-000001", "261124-000002", "261124-000003", "261124-000004", "261125-000001"]
            );
        }
    }
}
