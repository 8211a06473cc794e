//! The default holidays of China, 2015–2026 (source: `data/README.md`).

use jiff::civil::Date;

use super::DayKind;

const ROWS: &str = include_str!("../../data/holidays-cn.csv");

/// Public holidays and make-up working days of China by date, with their names. A default data set that a city loads
/// as rows and may change; not a rule.
#[must_use]
pub fn china_holidays() -> Vec<(Date, String, DayKind)> {
    ROWS.lines().filter_map(row).collect()
}

/// One row; a heading or comment is none.
fn row(line: &str) -> Option<(Date, String, DayKind)> {
    let mut columns = line.split(',');
    let date = columns.next()?.parse().ok()?;
    let name = columns.next()?.to_owned();
    let kind = match columns.next()? {
        "0" => DayKind::Off,
        "1" => DayKind::Worked,
        _ => return None,
    };
    Some((date, name, kind))
}
