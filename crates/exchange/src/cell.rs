//! One value of a field, as a cell shows it and as it is read from one.

use jiff::{
    civil::{Date, DateTime},
    tz::TimeZone,
};
use kernel::{period::Period, text::fold_width, time::Moment};
use ledger::register::{Choice, Kind};
use serde_json::{Value, json};

use crate::{
    Language, TOO_LONG_FOR_A_CELL,
    measure::{self, Measure, folded},
};

/// Characters that a cell of a table holds.
const CELL_CHARACTERS_MAX: usize = documents::table::CELL_CHARACTERS_MAX;
/// Serial numbers that are days of these times: 1954-10-03 to 2119-01-11.
const SERIAL_DAYS: std::ops::RangeInclusive<i64> = 20_000..=80_000;

/// A value as a cell shows it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Shown {
    /// Nothing.
    Empty,
    /// Text.
    Text(String),
    /// A decimal number, exactly.
    Number(String),
    /// A day.
    Day(Date),
}

impl Shown {
    /// As text.
    pub(crate) fn text(self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) | Self::Number(text) => text,
            Self::Day(day) => day.to_string(),
        }
    }
}

/// China's one time zone, in which days and moments of registers are meant.
fn zone() -> TimeZone {
    TimeZone::fixed(jiff::tz::offset(8))
}

/// A value of a field as a cell shows it.
pub(crate) fn shown(kind: Kind, language: Language, value: Option<&Value>) -> Shown {
    let Some(value) = value.filter(|value| !value.is_null()) else { return Shown::Empty };
    let plain = || match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    match kind {
        Kind::Integer { .. }
        | Kind::Decimal { .. }
        | Kind::Rate { .. }
        | Kind::Money { .. }
        | Kind::Area { .. } => match value.as_i64() {
            Some(number) => Shown::Number(measure::text(number, kind)),
            None => Shown::Text(plain()),
        },
        Kind::Truth => match value.as_bool() {
            Some(truth) => Shown::Text(word_of(truth, language).to_owned()),
            None => Shown::Text(plain()),
        },
        Kind::Choice { choices } => {
            let code = plain();
            let title = choices.iter().find(|choice| choice.code == code).and_then(|choice| {
                let title = language.title(choice.title);
                // Two choices of one title would come back as one.
                let twice = choices.iter().filter(|other| names(other, &folded(title))).count() > 1;
                (!twice).then_some(title)
            });
            Shown::Text(title.map_or(code, str::to_owned))
        }
        Kind::Date => match plain().parse::<Date>() {
            Ok(day) => Shown::Day(day),
            Err(_) => Shown::Text(plain()),
        },
        Kind::Moment => Shown::Text(value.as_i64().map_or_else(plain, |at| moment_text(Moment(at)))),
        Kind::Point => {
            let place = value["coordinates"].as_array().map(Vec::as_slice);
            match place {
                Some([longitude, latitude]) => Shown::Text(format!("{longitude},{latitude}")),
                _ => Shown::Text(plain()),
            }
        }
        Kind::Rows { .. } if value.as_array().is_some_and(Vec::is_empty) => Shown::Empty,
        Kind::Line | Kind::Surface | Kind::Rows { .. } => {
            let text = value.to_string();
            let fits = text.len() <= CELL_CHARACTERS_MAX || text.chars().count() <= CELL_CHARACTERS_MAX;
            Shown::Text(if fits { text } else { TOO_LONG_FOR_A_CELL.to_owned() })
        }
        Kind::Text { .. } | Kind::Period | Kind::Person | Kind::File => Shown::Text(plain()),
    }
}

const fn word_of(truth: bool, language: Language) -> &'static str {
    if truth { language.pick("是", "yes") } else { language.pick("否", "no") }
}

/// ISO 8601 in China's time, exact to the millisecond.
fn moment_text(at: Moment) -> String {
    let millis = at.millis().rem_euclid(1_000);
    let text = at.iso(&zone());
    match (millis, text.split_at_checked(19)) {
        (1.., Some((second, offset))) => format!("{second}.{millis:03}{offset}"),
        _ => text,
    }
}

fn names(choice: &Choice, folded_text: &str) -> bool {
    [choice.code, choice.title.zh, choice.title.en].iter().any(|name| folded(name) == folded_text)
}

/// Reads a cell that is not empty. Limits are not looked at here: the register does.
///
/// # Errors
/// The code of what is wrong.
pub(crate) fn read(kind: Kind, heading: Option<Measure>, text: &str) -> Result<Value, &'static str> {
    let as_json = |code| {
        let value: Value = serde_json::from_str(text).map_err(|_| code)?;
        if value.is_object() || value.is_array() { Ok(value) } else { Err(code) }
    };
    match kind {
        Kind::Text { .. } => Ok(text.replace("\r\n", "\n").into()),
        Kind::Person | Kind::File => Ok(text.into()),
        Kind::Integer { .. }
        | Kind::Decimal { .. }
        | Kind::Rate { .. }
        | Kind::Money { .. }
        | Kind::Area { .. } => measure::number(text, kind, heading).map(Value::from),
        Kind::Truth => truth(text).map(Value::from).ok_or("truth_malformed"),
        Kind::Choice { choices } => {
            let exact = choices.iter().find(|choice| choice.code == text);
            let word = folded(text);
            let found = exact.or_else(|| choices.iter().find(|choice| names(choice, &word)));
            found.map(|choice| choice.code.into()).ok_or("choice_unknown")
        }
        Kind::Date => day(text).map(|day| day.to_string().into()).ok_or("date_malformed"),
        Kind::Moment => moment(text).map(|at| at.millis().into()).ok_or("moment_malformed"),
        Kind::Period => period(text).map(|period| period.to_string().into()).ok_or("period_malformed"),
        Kind::Point => point(text).ok_or("shape_malformed"),
        Kind::Line | Kind::Surface => as_json("shape_malformed"),
        Kind::Rows { .. } => as_json("table_malformed"),
    }
}

fn truth(text: &str) -> Option<bool> {
    match folded(text).as_str() {
        "是" | "有" | "yes" | "y" | "true" | "1" | "√" | "✓" | "✔" | "对" => Some(true),
        "否" | "无" | "no" | "n" | "false" | "0" | "×" | "✗" | "✘" | "x" | "错" => Some(false),
        _ => None,
    }
}

/// A day as people write it, or the serial number of a spreadsheet program.
fn day(text: &str) -> Option<Date> {
    let text: String = text.trim().chars().map(fold_width).collect();
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        if text.len() == 8 {
            return date(&text[..4], &text[4..6], &text[6..]);
        }
        let serial: i64 = text.parse().ok().filter(|serial| SERIAL_DAYS.contains(serial))?;
        return Date::new(1899, 12, 30).ok()?.checked_add(jiff::Span::new().days(serial)).ok();
    }
    // A time of the day is no part of a day; midnight is what programs add.
    let day = ["T00:00:00", " 00:00:00", " 0:00:00", " 0:00", " 00:00"]
        .iter()
        .find_map(|midnight| text.strip_suffix(midnight))
        .unwrap_or(&text);
    let day = day.strip_suffix(['日', '号']).unwrap_or(day);
    let mut parts = day.split(['-', '/', '.', '年', '月']).map(str::trim);
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || year.len() != 4 {
        return None;
    }
    date(year, month, day)
}

fn date(year: &str, month: &str, day: &str) -> Option<Date> {
    let whole = |text: &str, most: usize| {
        let digits = (1..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
        digits.then(|| text.parse::<i16>().ok()).flatten()
    };
    let small = |text: &str| whole(text, 2).and_then(|number| i8::try_from(number).ok());
    Date::new(whole(year, 4)?, small(month)?, small(day)?).ok()
}

fn moment(text: &str) -> Option<Moment> {
    let text: String = text.trim().chars().map(fold_width).collect();
    if let Ok(at) = Moment::parse_iso(&text) {
        return Some(at);
    }
    let local = |at: DateTime| zone().to_ambiguous_timestamp(at).compatible().ok().map(Moment::from);
    if let Some(day) = day(&text) {
        return local(day.at(0, 0, 0, 0));
    }
    let (left, right) = text.split_once(['T', ' '])?;
    let day = day(left)?;
    let mut parts = right.trim().split(':');
    let hour = parts.next()?.parse().ok()?;
    let minute = parts.next()?.parse().ok()?;
    let (second, fraction) = match parts.next() {
        Some(second) => second.split_once('.').unwrap_or((second, "0")),
        None => ("0", "0"),
    };
    if fraction.len() > 3 || parts.next().is_some() {
        return None;
    }
    let millis: i32 = format!("{fraction:0<3}").parse().ok()?;
    let time = jiff::civil::Time::new(hour, minute, second.parse().ok()?, millis * 1_000_000).ok()?;
    local(day.to_datetime(time))
}

/// A period as the product writes it, or as people do: 2016年, 2016年上半年, 2016年第三季度, 2016年3月.
fn period(text: &str) -> Option<Period> {
    let text = folded(text).to_uppercase();
    if let Ok(period) = text.parse() {
        return Some(period);
    }
    let (year, rest) = text.split_once('年')?;
    let number = |word: &str| {
        let digit = ["一", "二", "三", "四"].iter().position(|han| *han == word).map(|place| place + 1);
        digit.or_else(|| word.parse().ok())
    };
    let form = match rest {
        "" | "度" | "全年" => year.to_owned(),
        "上半年" => format!("{year}-H1"),
        "下半年" => format!("{year}-H2"),
        rest => {
            let bare = rest.trim_start_matches('第');
            if let Some(quarter) = bare.strip_suffix("季度").or_else(|| bare.strip_suffix("季")) {
                format!("{year}-Q{}", number(quarter)?)
            } else if let Some(month) = bare.strip_suffix('月').or_else(|| bare.strip_suffix("月份")) {
                format!("{year}-{:02}", month.parse::<u8>().ok()?)
            } else {
                day(&text)?.to_string()
            }
        }
    };
    form.parse().ok()
}

/// `107.98,26.57` (longitude first), or GeoJSON.
fn point(text: &str) -> Option<Value> {
    if text.starts_with('{') {
        return serde_json::from_str(text).ok();
    }
    let text: String = text.chars().map(fold_width).collect();
    let mut parts = text.split([',', ' ', ';', '、']).map(str::trim).filter(|part| !part.is_empty());
    let mut next = || parts.next()?.parse::<f64>().ok().filter(|number| number.is_finite());
    let (longitude, latitude) = (next()?, next()?);
    parts.next().is_none().then(|| json!({ "type": "Point", "coordinates": [longitude, latitude] }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_as_people_write_them() {
        for text in [
            "2016-3-5",
            "2016/03/05",
            "2016.3.5",
            "2016年3月5日",
            "２０１６年３月５日",
            "20160305",
            "42434",
            "2016-03-05T00:00:00",
            "2016/3/5 0:00",
        ] {
            assert_eq!(read(Kind::Date, None, text), Ok("2016-03-05".into()), "{text}");
        }
        for text in ["2016-02-30", "3/5/2016", "2016-3", "1", "2016-03-05 09:00", "16-3-5", "2016-3-5-1"] {
            assert_eq!(read(Kind::Date, None, text), Err("date_malformed"), "{text}");
        }
    }

    #[test]
    fn moments_periods_truths_and_places_are_read() {
        let at = Moment::parse_iso("2016-03-05T09:30:00+08:00").unwrap().millis();
        for text in
            ["2016-03-05T09:30:00+08:00", "2016-3-5 9:30", "2016/03/05 09:30:00", "2016-03-05T01:30:00Z"]
        {
            assert_eq!(read(Kind::Moment, None, text), Ok(at.into()), "{text}");
        }
        let exact = shown(Kind::Moment, Language::Chinese, Some(&json!(at + 7))).text();
        assert_eq!(read(Kind::Moment, None, &exact), Ok((at + 7).into()), "{exact}");
        for (text, wanted) in [
            ("2016", "2016"),
            ("2016年上半年", "2016-H1"),
            ("2016年第三季度", "2016-Q3"),
            ("2016年3月", "2016-03"),
            ("2016-h1", "2016-H1"),
            ("2016年度", "2016"),
            ("2016年3月5日", "2016-03-05"),
        ] {
            assert_eq!(read(Kind::Period, None, text), Ok(wanted.into()), "{text}");
        }
        for (text, wanted) in
            [("是", true), ("√", true), ("TRUE", true), ("Yes", true), ("否", false), ("no", false)]
        {
            assert_eq!(read(Kind::Truth, None, text), Ok(wanted.into()), "{text}");
        }
        assert_eq!(read(Kind::Truth, None, "maybe"), Err("truth_malformed"));
        let place = json!({ "type": "Point", "coordinates": [107.98, 26.57] });
        for text in ["107.98,26.57", "107.98 26.57", "107.98，26.57"] {
            assert_eq!(read(Kind::Point, None, text), Ok(place.clone()), "{text}");
        }
        assert_eq!(read(Kind::Point, None, "here"), Err("shape_malformed"));
    }
}
