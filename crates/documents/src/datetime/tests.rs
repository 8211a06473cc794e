//! Formats read, detected and refused, and clocks that change.

use proptest::prelude::*;

use super::*;

fn zone(name: &str) -> TimeZone {
    TimeZone::get(name).expect("zone")
}

fn read(format: DateTimeFormat, name: &str, text: &str) -> Result<String, &'static str> {
    let reading = DateTimeReader::new(format, zone(name)).read(text).map_err(DateTimeFault::code)?;
    Ok(reading.moment.timestamp().to_string())
}

#[test]
fn formats_are_read() {
    use DateTimeFormat::{
        Compact, DayMonthYear, MonthDayYear, Serial, UnixMilliseconds, UnixSeconds, YearMonthDay,
    };
    let cases = [
        (YearMonthDay, "2016-03-01T09:05:00+08:00", "2016-03-01T01:05:00Z"),
        (YearMonthDay, "2016-03-01T09:05:00.250Z", "2016-03-01T09:05:00.25Z"),
        (YearMonthDay, "2016-03-01T09:05:00-0700", "2016-03-01T16:05:00Z"),
        (YearMonthDay, "2016-03-01 09:05", "2016-03-01T01:05:00Z"),
        (YearMonthDay, "2016-03-01 09:05:07", "2016-03-01T01:05:07Z"),
        (YearMonthDay, " 2016/3/1 9:05 ", "2016-03-01T01:05:00Z"),
        (YearMonthDay, "2016.3.1", "2016-02-29T16:00:00Z"),
        (YearMonthDay, "2016年3月1日 9时5分7秒", "2016-03-01T01:05:07Z"),
        (YearMonthDay, "2016年3月1日下午3点", "2016-03-01T07:00:00Z"),
        (YearMonthDay, "2016年3月1日", "2016-02-29T16:00:00Z"),
        (YearMonthDay, "2016-03-01 24:00", "2016-03-01T16:00:00Z"),
        (MonthDayYear, "12/31/2017 11:59:58 PM", "2017-12-31T15:59:58Z"),
        (MonthDayYear, "12/31/2017 12:00:00 AM", "2017-12-30T16:00:00Z"),
        (MonthDayYear, "1/2/2017 12:30 pm", "2017-01-02T04:30:00Z"),
        (DayMonthYear, "31/12/2017 23:59", "2017-12-31T15:59:00Z"),
        (Compact, "20160301090507", "2016-03-01T01:05:07Z"),
        (Compact, "20160301", "2016-02-29T16:00:00Z"),
        (Serial, "42430.378472222", "2016-03-01T01:05:00Z"),
        (UnixSeconds, "1456794300", "2016-03-01T01:05:00Z"),
        (UnixMilliseconds, "1456794300250", "2016-03-01T01:05:00.25Z"),
    ];
    for (format, text, moment) in cases {
        assert_eq!(read(format, "Asia/Shanghai", text).as_deref(), Ok(moment), "{text}");
    }
}

#[test]
fn what_is_no_date_is_said() {
    use DateTimeFormat::{Compact, DayMonthYear, MonthDayYear, Serial, YearMonthDay};
    let cases = [
        (YearMonthDay, "", "date_missing"),
        (YearMonthDay, "2016-02-30", "date_out_of_range"),
        (YearMonthDay, "2015-02-29 10:00", "date_out_of_range"),
        (YearMonthDay, "2016-03-01 25:00", "date_out_of_range"),
        (YearMonthDay, "2016-03/01", "date_format_mismatch"),
        (YearMonthDay, "2016-03-01 09", "date_format_mismatch"),
        (YearMonthDay, "昨天", "date_format_mismatch"),
        (MonthDayYear, "31/12/2017", "date_out_of_range"),
        (MonthDayYear, "12/31/2017 13:00 AM", "date_format_mismatch"),
        (DayMonthYear, "12/31/2017", "date_out_of_range"),
        (Compact, "20161301", "date_out_of_range"),
        (Serial, "-5", "date_format_mismatch"),
        (Serial, "1", "date_out_of_range"),
    ];
    for (format, text, code) in cases {
        assert_eq!(read(format, "Asia/Shanghai", text), Err(code), "{text}");
    }
}

#[test]
fn changed_clocks_are_stated() {
    let mut reader = DateTimeReader::new(DateTimeFormat::MonthDayYear, zone("America/Los_Angeles"));
    let mut at = |text: &str| {
        let reading = reader.read(text).expect("reads");
        (reading.moment.timestamp().to_string(), reading.change)
    };
    assert_eq!(at("03/12/2017 02:30:00 AM"), ("2017-03-12T10:30:00Z".to_owned(), Some(ClockChange::Skipped)));
    assert_eq!(at("03/12/2017 01:30:00 AM"), ("2017-03-12T09:30:00Z".to_owned(), None));
    assert_eq!(at("03/12/2017 03:30:00 AM"), ("2017-03-12T10:30:00Z".to_owned(), None));
    assert_eq!(
        at("11/05/2017 01:30:00 AM"),
        ("2017-11-05T08:30:00Z".to_owned(), Some(ClockChange::Repeated))
    );
    assert_eq!(at("11/05/2017 02:30:00 AM"), ("2017-11-05T10:30:00Z".to_owned(), None));
}

fn detected(samples: &[&str]) -> (DateTimeFormat, Certainty, Option<DateTimeFormat>) {
    let found = detect(samples.iter().copied()).expect("detects");
    (found.format, found.certainty, found.alternative)
}

#[test]
fn the_order_of_day_and_month_is_decided_by_numbers_above_twelve() {
    use DateTimeFormat::{DayMonthYear, MonthDayYear};
    assert_eq!(detected(&["03/04/2016", "12/31/2016"]), (MonthDayYear, Certainty::Certain, None));
    assert_eq!(detected(&["03/04/2016", "", "31/12/2016"]), (DayMonthYear, Certainty::Certain, None));
    assert_eq!(detected(&["03/04/2016"]), (MonthDayYear, Certainty::Unsure, Some(DayMonthYear)));
    assert_eq!(detected(&["03/04/2016 1:00 PM"]), (MonthDayYear, Certainty::Likely, Some(DayMonthYear)));
}

#[test]
fn formats_are_detected() {
    use DateTimeFormat::{Compact, Serial, UnixMilliseconds, UnixSeconds, YearMonthDay};
    assert_eq!(
        detected(&["2016-03-01T00:00:00Z", "2016-03-02 10:00"]),
        (YearMonthDay, Certainty::Certain, None)
    );
    assert_eq!(detected(&["2016年3月1日 9时5分"]), (YearMonthDay, Certainty::Certain, None));
    assert_eq!(detected(&["42430.378", "42431"]), (Serial, Certainty::Certain, None));
    assert_eq!(detected(&["1456794300"]), (UnixSeconds, Certainty::Certain, None));
    assert_eq!(detected(&["1456794300250"]), (UnixMilliseconds, Certainty::Certain, None));
    assert_eq!(detected(&["20160301"]), (Compact, Certainty::Certain, None));
    assert_eq!(detected(&["2016-03-01", "unknown"]).1, Certainty::Unsure);
    assert_eq!(detect(["井盖", "12", "522601", ""]), None);
}

proptest! {
    #[test]
    fn garbage_never_panics(text in "\\PC{0,30}") {
        for format in DateTimeFormat::ALL {
            let _ = DateTimeReader::new(format, TimeZone::UTC).read(&text);
        }
    }

    /// The remembered offset gives what the time library gives, on days with and without changed clocks.
    #[test]
    fn moments_agree_with_the_time_library(seconds in -2_000_000_000_i64..4_000_000_000, zone_index in 0..5_usize) {
        let name = ["Asia/Shanghai", "America/Los_Angeles", "America/Sao_Paulo", "Europe/Berlin", "Pacific/Apia"][zone_index];
        let local = civil_date_time(seconds * 1_000).expect("in range");
        let text = local.strftime("%Y-%m-%d %H:%M:%S").to_string();
        let expected = zone(name).to_ambiguous_timestamp(local).compatible().expect("in range");
        let reading = DateTimeReader::new(DateTimeFormat::YearMonthDay, zone(name)).read(&text).expect("reads");
        prop_assert_eq!(reading.moment.millis(), expected.as_millisecond());
    }
}
