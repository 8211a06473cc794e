use std::sync::LazyLock;

use jiff::civil::date;
use proptest::prelude::*;

use super::*;
use crate::time::HOUR_MS;

static CHINA: LazyLock<Calendar> = LazyLock::new(|| Calendar::new(CalendarData::china_default()).unwrap());

fn span(from_hour: u16, to_hour: u16) -> OfficeSpan {
    OfficeSpan { from_minute: from_hour * 60, to_minute: to_hour * 60 }
}

fn season(from_month: i8, from_day: i8, spans: &[OfficeSpan]) -> Season {
    Season { from_month, from_day, spans: spans.to_vec() }
}

fn data(zone: &str, seasons: Vec<Season>) -> CalendarData {
    CalendarData {
        zone: zone.to_owned(),
        exceptions: BTreeMap::new(),
        seasons,
        day_policy: DayPolicy::FoldHours,
        version: 1,
    }
}

fn refused(data: CalendarData) -> CalendarError {
    Calendar::new(data).unwrap_err()
}

fn moment(text: &str) -> Moment {
    Moment::parse_iso(text).unwrap()
}

#[test]
fn the_shipped_holidays_give_the_known_working_days_a_year() {
    let rows = china_holidays();
    assert_eq!(rows.len(), 411);
    assert!(rows.iter().all(|(_, name, _)| !name.is_empty()));
    assert!(rows.is_sorted_by(|(one, ..), (other, ..)| one < other));
    let known = [249, 250, 249, 250, 250, 249, 250, 249, 249, 251, 248, 248];
    for (year, known) in (2015_i16..).zip(known) {
        let days = date(year, 1, 1).series(jiff::Span::new().days(1)).take_while(|day| day.year() == year);
        assert_eq!(days.filter(|day| CHINA.is_working_day(*day)).count(), known, "{year}");
        let from = Moment(utc_ms(CHINA.zone(), date(year, 1, 1), 0));
        let to = Moment(utc_ms(CHINA.zone(), date(year + 1, 1, 1), 0));
        assert_eq!(CHINA.working_ms_between(from, to), i64::try_from(known).unwrap() * 8 * HOUR_MS, "{year}");
    }
}

#[test]
fn working_time_of_a_moment() {
    for (text, expected) in [
        ("2016-03-01T07:59:59+08:00", false),
        ("2016-03-01T08:00:00+08:00", true),
        ("2016-03-01T12:00:00+08:00", false),
        ("2016-03-01T17:59:59.999+08:00", true),
        ("2016-03-01T18:00:00+08:00", false),
        ("2016-03-05T09:00:00+08:00", false),
        ("2016-02-08T09:00:00+08:00", false),
        ("2016-02-06T09:00:00+08:00", true),
    ] {
        assert_eq!(CHINA.is_working_time(moment(text)), expected, "{text}");
    }
}

#[test]
fn seasons_change_the_office_hours_on_a_day_and_run_over_the_new_year() {
    let summer = [span(8, 12), span(15, 19)];
    let winter = [span(9, 12), span(14, 17)];
    let calendar =
        Calendar::new(data("Asia/Shanghai", vec![season(10, 1, &winter), season(5, 1, &summer)])).unwrap();
    assert_eq!(calendar.office_hours(date(2024, 4, 30)), winter);
    assert_eq!(calendar.office_hours(date(2024, 5, 1)), summer);
    assert_eq!(calendar.office_hours(date(2024, 9, 30)), summer);
    assert_eq!(calendar.office_hours(date(2024, 10, 1)), winter);
    assert_eq!(calendar.office_hours(date(2024, 1, 1)), winter);
    assert_eq!(calendar.office_hours(date(2024, 10, 5)), []);
    let worked =
        calendar.working_ms_between(moment("2024-04-30T00:00:00+08:00"), moment("2024-05-02T00:00:00+08:00"));
    assert_eq!(worked, 14 * HOUR_MS);
}

#[test]
fn a_day_on_which_the_clocks_change_has_its_real_hours() {
    let mut data = data("America/Los_Angeles", vec![season(1, 1, &[span(0, 24)])]);
    data.exceptions.insert(date(2024, 3, 10), DayKind::Worked);
    data.exceptions.insert(date(2024, 11, 3), DayKind::Worked);
    let calendar = Calendar::new(data).unwrap();
    for (from, to, hours) in [
        ("2024-03-10T00:00:00-08:00", "2024-03-11T00:00:00-07:00", 23),
        ("2024-11-03T00:00:00-07:00", "2024-11-04T00:00:00-08:00", 25),
        ("2024-03-12T00:00:00-07:00", "2024-03-13T00:00:00-07:00", 24),
    ] {
        assert_eq!(calendar.working_ms_between(moment(from), moment(to)), hours * HOUR_MS, "{from}");
    }
}

#[test]
fn office_hours_inside_the_skipped_hour_are_no_working_time() {
    let mut data = data("America/Los_Angeles", vec![season(1, 1, &[span(2, 3)])]);
    data.exceptions.insert(date(2024, 3, 10), DayKind::Worked);
    let calendar = Calendar::new(data).unwrap();
    let (from, to) = (moment("2024-03-10T00:00:00-08:00"), moment("2024-03-11T00:00:00-07:00"));
    assert_eq!(calendar.working_ms_between(from, to), 0);
}

#[test]
fn bad_data_is_named() {
    let hours = [span(8, 12)];
    let zone = refused(data("Asia/Kaili", vec![season(1, 1, &hours)]));
    assert_eq!(zone, CalendarError::ZoneUnknown { zone: "Asia/Kaili".to_owned() });
    assert_eq!(refused(data("UTC", vec![])), CalendarError::SeasonsCount);
    assert_eq!(refused(data("UTC", vec![season(1, 1, &hours); 13])), CalendarError::SeasonsCount);
    for (month, day) in [(13, 1), (0, 1), (2, 30), (4, 31)] {
        let error = refused(data("UTC", vec![season(month, day, &hours)]));
        assert_eq!(error, CalendarError::SeasonDay { month, day });
    }
    let twice = vec![season(2, 29, &hours), season(2, 29, &hours)];
    assert_eq!(refused(data("UTC", twice)), CalendarError::SeasonDay { month: 2, day: 29 });
    for spans in [
        vec![],
        vec![span(8, 8)],
        vec![span(12, 8)],
        vec![span(20, 25)],
        vec![span(14, 18), span(8, 12)],
        vec![span(8, 12), span(11, 18)],
    ] {
        let error = refused(data("UTC", vec![season(1, 1, &spans)]));
        assert_eq!(error, CalendarError::OfficeHours { month: 1, day: 1 });
    }
}

#[test]
fn a_calendar_without_working_time_for_too_long_is_refused() {
    let closed = |days: usize| {
        let mut data = data("Asia/Shanghai", vec![season(1, 1, &[span(8, 12)])]);
        let dates = date(2020, 1, 1).series(jiff::Span::new().days(1)).take(days);
        data.exceptions = dates.map(|day| (day, DayKind::Off)).collect();
        data
    };
    assert!(Calendar::new(closed(390)).is_ok());
    assert_eq!(refused(closed(405)), CalendarError::NoWorkingTime);
    assert_eq!(refused(closed(EXCEPTIONS_MAX + 1)), CalendarError::ExceptionsCount);
}

#[test]
fn the_data_round_trips_through_json() {
    let data = CalendarData::china_default();
    let text = serde_json::to_string(&data).unwrap();
    assert!(text.contains(r#""2016-02-06":"worked""#), "{text}");
    assert_eq!(serde_json::from_str::<CalendarData>(&text).unwrap(), data);
}

#[test]
fn outside_the_table_time_counts_around_the_clock() {
    let (early, late) = (Moment(CHINA.table.start), Moment(CHINA.table.end));
    assert_eq!(CHINA.working_ms_between(early + -5, early), 5);
    assert_eq!(CHINA.working_ms_between(late, late + 7), 7);
    assert_eq!(CHINA.after_working_ms(early + -50, 20), early + -30);
    assert_eq!(CHINA.after_working_ms(late + 10, 20), late + 30);
    assert_eq!(CHINA.after_working_ms(late + -HOUR_MS, 20), late + 20);
    assert_eq!(CHINA.after_working_ms(Moment(i64::MAX), i64::MAX), Moment(i64::MAX));
}

/// Moments of 1998 to 2103, so that both ends of the table are crossed now and then.
fn moments() -> impl Strategy<Value = Moment> {
    (883_612_800_000_i64..4_197_052_800_000).prop_map(Moment)
}

proptest! {
    #[test]
    fn working_time_adds_up(one in moments(), two in moments(), three in moments()) {
        let between = |from, to| CHINA.working_ms_between(from, to);
        prop_assert_eq!(between(one, two) + between(two, three), between(one, three));
        prop_assert!((one <= two) == (between(one, two) >= 0) || between(one, two) == 0);
    }

    #[test]
    fn the_table_agrees_with_the_plain_reading(start in 1_420_041_600_000_i64..1_767_196_800_000, length in 0_i64..30) {
        let start = Moment(start - start % MINUTE_MS);
        let minutes = (0..length * 97).filter(|minute| {
            let local = CHINA.zone().to_datetime((start + minute * MINUTE_MS).timestamp());
            let minute_of_day = u16::try_from(i32::from(local.hour()) * 60 + i32::from(local.minute())).unwrap();
            CHINA.office_hours(local.date()).iter().any(|span| (span.from_minute..span.to_minute).contains(&minute_of_day))
        });
        let counted = i64::try_from(minutes.count()).unwrap() * MINUTE_MS;
        prop_assert_eq!(CHINA.working_ms_between(start, start + length * 97 * MINUTE_MS), counted);
    }

    #[test]
    fn going_forward_is_the_inverse_and_the_earliest(from in moments(), working_ms in 1_i64..4_000 * HOUR_MS) {
        let to = CHINA.after_working_ms(from, working_ms);
        prop_assert_eq!(CHINA.working_ms_between(from, to), working_ms);
        prop_assert_eq!(CHINA.working_ms_between(from, to + -1), working_ms - 1);
    }
}
