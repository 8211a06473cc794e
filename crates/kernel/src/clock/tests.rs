use std::sync::LazyLock;

use jiff::civil::date;
use proptest::prelude::*;

use super::{LimitUnit::*, *};
use crate::calendar::{CalendarData, DayKind};

fn calendar(day_policy: DayPolicy) -> Calendar {
    let mut data = CalendarData::china_default();
    data.day_policy = day_policy;
    // One plain week has a Friday off and the Saturday worked instead.
    data.exceptions.insert(date(2024, 7, 12), DayKind::Off);
    data.exceptions.insert(date(2024, 7, 13), DayKind::Worked);
    Calendar::new(data).unwrap()
}

static FOLD: LazyLock<Calendar> = LazyLock::new(|| calendar(DayPolicy::FoldHours));
static END_OF_DAY: LazyLock<Calendar> = LazyLock::new(|| calendar(DayPolicy::EndOfDay));

/// A local time of Shanghai in 2024, `MM-DD HH:MM`. 2024-07-01 is a Monday.
fn at(text: &str) -> Moment {
    Moment::parse_iso(&format!("2024-{}:00+08:00", text.replace(' ', "T"))).unwrap()
}

fn pause(from: &str, until: &str) -> Pause {
    Pause { from: at(from), until: Some(at(until)) }
}

fn standing(from: &str) -> Pause {
    Pause { from: at(from), until: None }
}

#[track_caller]
fn check(calendar: &Calendar, start: &str, limit: &str, pauses: &[Pause], expected: &str) {
    let deadline = deadline(calendar, at(start), limit.parse().unwrap(), pauses).unwrap();
    assert_eq!(deadline.iso(calendar.zone()), at(expected).iso(calendar.zone()), "{start} {limit}");
}

/// standards.md 4.2, row by row.
#[test]
fn the_standard_vectors() {
    check(&FOLD, "07-05 17:00", "4工作时", &[], "07-08 11:00");
    check(&FOLD, "07-06 10:00", "2工作时", &[], "07-08 10:00");
    check(&FOLD, "07-05 23:30", "2紧急工作时", &[], "07-06 01:30");
    check(&FOLD, "07-02 11:00", "1工作日", &[], "07-03 11:00");
    check(&END_OF_DAY, "07-02 11:00", "1工作日", &[], "07-03 18:00");
    check(&FOLD, "07-11 17:00", "2工作时", &[], "07-13 09:00");
    check(&FOLD, "07-01 09:00", "4工作时", &[pause("07-01 10:00", "07-02 10:00")], "07-02 15:00");
}

#[test]
fn a_limit_that_ends_with_a_span_ends_there_and_not_at_the_next_opening() {
    check(&FOLD, "07-01 08:00", "4工作时", &[], "07-01 12:00");
    check(&FOLD, "07-05 14:00", "4工作时", &[], "07-05 18:00");
    check(&FOLD, "07-05 12:30", "4工作时", &[], "07-05 18:00");
    check(&END_OF_DAY, "07-05 19:00", "1工作日", &[], "07-08 18:00");
    check(&END_OF_DAY, "07-06 10:00", "1工作日", &[], "07-08 18:00");
    check(&END_OF_DAY, "07-11 10:00", "2工作日", &[], "07-15 18:00");
    assert_eq!(deadline(&FOLD, at("07-06 10:00"), Limit::new(0, WorkingHour), &[]), Some(at("07-06 10:00")));
    assert_eq!(
        deadline(&END_OF_DAY, at("07-06 10:00"), Limit::new(0, WorkingDay), &[]),
        Some(at("07-06 10:00"))
    );
}

#[test]
fn pauses_stop_either_clock() {
    let overlapping = [
        pause("07-01 11:00", "07-01 16:00"),
        pause("07-01 09:00", "07-01 11:30"),
        pause("07-01 16:00", "07-01 17:00"),
    ];
    check(&FOLD, "07-01 08:00", "4工作时", &overlapping, "07-02 10:00");
    check(&FOLD, "07-01 08:00", "4紧急工作时", &overlapping, "07-01 20:00");
    check(&FOLD, "07-01 08:00", "4工作时", &[pause("07-01 12:00", "07-03 12:00")], "07-01 12:00");
    check(&FOLD, "07-01 08:00", "4工作时", &[pause("06-01 12:00", "07-01 08:00")], "07-01 12:00");
    check(&FOLD, "07-01 08:00", "4工作时", &[pause("06-01 12:00", "07-01 09:00")], "07-01 15:00");
    check(&FOLD, "07-01 08:00", "4工作时", &[pause("07-01 09:00", "07-01 09:00")], "07-01 12:00");
    check(&FOLD, "07-01 08:00", "4工作时", &[pause("07-01 10:00", "07-01 09:00")], "07-01 12:00");
    check(&FOLD, "07-05 17:00", "2工作时", &[pause("07-06 00:00", "07-07 00:00")], "07-08 09:00");
    check(&FOLD, "07-01 08:00", "4工作时", &[standing("07-01 12:00")], "07-01 12:00");
    assert_eq!(
        deadline(&FOLD, at("07-01 08:00"), Limit::new(4, WorkingHour), &[standing("07-01 11:59")]),
        None
    );
    assert_eq!(
        deadline(&FOLD, at("07-01 08:00"), Limit::new(4, UrgentHour), &[standing("06-01 11:59")]),
        None
    );
}

#[test]
fn a_working_day_in_which_the_clock_stood_does_not_count_under_end_of_day() {
    check(&END_OF_DAY, "07-01 09:00", "1工作日", &[pause("07-01 10:00", "07-02 10:00")], "07-03 18:00");
    check(&END_OF_DAY, "07-01 09:00", "1工作日", &[pause("07-01 10:00", "07-01 17:00")], "07-02 18:00");
    check(&END_OF_DAY, "07-01 09:00", "1工作日", &[pause("07-01 18:00", "07-02 08:00")], "07-02 18:00");
    let same_day = [pause("07-02 09:00", "07-02 10:00"), pause("07-02 11:00", "07-02 12:00")];
    check(&END_OF_DAY, "07-01 09:00", "1工作日", &same_day, "07-03 18:00");
    check(&END_OF_DAY, "07-01 09:00", "2工作日", &[pause("07-04 09:00", "07-05 10:00")], "07-03 18:00");
    check(&END_OF_DAY, "07-01 09:00", "2工作日", &[pause("07-03 17:00", "07-08 10:00")], "07-09 18:00");
    let limit = Limit::new(1, WorkingDay);
    assert_eq!(deadline(&END_OF_DAY, at("07-01 09:00"), limit, &[standing("07-02 17:00")]), None);
    assert_eq!(
        deadline(&END_OF_DAY, at("07-01 09:00"), limit, &[standing("07-02 18:00")]),
        Some(at("07-02 18:00"))
    );
}

#[test]
fn what_is_left_is_on_the_limits_own_clock() {
    let left = |now: &str, start: &str, limit: &str, pauses: &[Pause]| {
        remaining_ms(&FOLD, at(now), at(start), limit.parse().unwrap(), pauses)
    };
    assert_eq!(left("07-05 17:30", "07-05 17:00", "4工作时", &[]), 7 * HOUR_MS / 2);
    assert_eq!(left("07-06 12:00", "07-05 17:00", "4工作时", &[]), 3 * HOUR_MS);
    assert_eq!(left("07-08 11:00", "07-05 17:00", "4工作时", &[]), 0);
    assert_eq!(left("07-08 15:00", "07-05 17:00", "4工作时", &[]), -2 * HOUR_MS);
    assert_eq!(left("07-05 20:00", "07-05 17:00", "2紧急工作时", &[]), -HOUR_MS);
    assert_eq!(left("07-01 08:00", "07-05 17:00", "2紧急工作时", &[]), 2 * HOUR_MS);
    // While the clock stands, the answer stands, whether or not its end is known.
    for now in ["07-01 10:00", "07-01 15:00", "07-02 09:00"] {
        assert_eq!(left(now, "07-01 09:00", "4工作时", &[pause("07-01 10:00", "07-02 10:00")]), 3 * HOUR_MS);
        assert_eq!(left(now, "07-01 09:00", "4工作时", &[standing("07-01 10:00")]), 3 * HOUR_MS);
    }
    // A pause after the deadline takes nothing back.
    assert_eq!(left("07-01 18:00", "07-01 08:00", "4工作时", &[standing("07-01 15:00")]), -4 * HOUR_MS);
}

#[test]
fn limits_are_read_as_the_handbooks_write_them() {
    for (text, value, unit, written) in [
        ("2紧急工作时", 2, UrgentHour, "2紧急工作时"),
        ("4小时", 4, WorkingHour, "4工作时"),
        ("3天", 3, WorkingDay, "3工作日"),
        ("2工作日", 2, WorkingDay, "2工作日"),
        ("2个工作日", 2, WorkingDay, "2工作日"),
        ("1紧急工作日", 1, UrgentDay, "1紧急工作日"),
        ("15紧急分钟", 15, UrgentMinute, "15紧急分钟"),
        (" １５ 天 ", 15, WorkingDay, "15工作日"),
        ("2 紧急工作小时", 2, UrgentHour, "2紧急工作时"),
    ] {
        let limit: Limit = text.parse().unwrap();
        assert_eq!((limit, limit.to_string().as_str()), (Limit::new(value, unit), written), "{text}");
        assert_eq!(limit.to_string().parse(), Ok(limit));
    }
    for (text, error) in [
        ("", LimitError::Malformed),
        ("3", LimitError::Malformed),
        ("天", LimitError::Malformed),
        ("-3天", LimitError::Malformed),
        ("3周", LimitError::UnitUnknown),
        ("30分钟", LimitError::UnitUnknown),
        ("1.5天", LimitError::UnitUnknown),
        ("0天", LimitError::ValueRange),
        ("10000天", LimitError::ValueRange),
        ("99999999999天", LimitError::ValueRange),
    ] {
        assert_eq!(text.parse::<Limit>(), Err(error), "{text}");
    }
    let json = serde_json::to_value(Limit::new(2, UrgentHour)).unwrap();
    assert_eq!(json, serde_json::json!({"value": 2, "unit": "urgent_hour"}));
}

#[test]
fn the_largest_limit_and_the_strangest_moments_have_an_answer() {
    for unit in [UrgentMinute, UrgentHour, UrgentDay, WorkingHour, WorkingDay] {
        for calendar in [&*FOLD, &*END_OF_DAY] {
            for start in [i64::MIN, -1, 0, 4_102_444_800_000, 4_133_894_400_000, i64::MAX] {
                let end = deadline(calendar, Moment(start), Limit::new(u32::MAX, unit), &[]).unwrap();
                assert!(end >= Moment(start));
                assert!(
                    remaining_ms(calendar, Moment(i64::MAX), Moment(start), Limit::new(1, unit), &[])
                        <= DAY_MS
                );
            }
        }
    }
}

fn units() -> impl Strategy<Value = LimitUnit> {
    prop::sample::select(vec![UrgentMinute, UrgentHour, UrgentDay, WorkingHour, WorkingDay])
}

/// Moments of 2014 to 2027.
fn moments() -> impl Strategy<Value = Moment> {
    (1_388_505_600_000_i64..1_798_732_800_000).prop_map(Moment)
}

/// Pauses around a start: begin and length in hours, so that they overlap often.
fn pauses(start: Moment) -> impl Strategy<Value = Vec<Pause>> {
    let one = (-200_i64..600, 0_i64..300).prop_map(move |(from, length)| Pause {
        from: start + from * HOUR_MS,
        until: Some(start + (from + length) * HOUR_MS),
    });
    prop::collection::vec(one, 0..6)
}

fn cases() -> impl Strategy<Value = (Moment, Limit, Vec<Pause>, DayPolicy)> {
    let policy = prop::sample::select(vec![DayPolicy::FoldHours, DayPolicy::EndOfDay]);
    (moments(), 1_u32..60, units(), policy).prop_flat_map(|(start, value, unit, policy)| {
        (Just(start), Just(Limit::new(value, unit)), pauses(start), Just(policy))
    })
}

fn of(policy: DayPolicy) -> &'static Calendar {
    if policy == DayPolicy::EndOfDay { &END_OF_DAY } else { &FOLD }
}

/// The clock's own time between two moments with the pauses left out, counted minute by minute.
fn unpaused_minutes(calendar: &Calendar, unit: LimitUnit, from: Moment, to: Moment, pauses: &[Pause]) -> i64 {
    let stands = |at: Moment| {
        pauses.iter().any(|pause| pause.from <= at && pause.until.is_none_or(|until| at < until))
    };
    let minutes = (0..(to - from) / MINUTE_MS).map(|minute| from + minute * MINUTE_MS);
    let counted = minutes.filter(|at| !stands(*at) && (unit.is_urgent() || calendar.is_working_time(*at)));
    i64::try_from(counted.count()).unwrap()
}

proptest! {
    #[test]
    fn the_deadline_never_comes_earlier_for_a_later_start((start, limit, pauses, policy) in cases(), later in 0_i64..500) {
        let calendar = of(policy);
        let one = deadline(calendar, start, limit, &pauses).unwrap();
        let other = deadline(calendar, start + later * HOUR_MS, limit, &pauses).unwrap();
        prop_assert!(one <= other);
        prop_assert!(one >= start);
    }

    #[test]
    fn the_deadline_never_comes_earlier_for_a_longer_limit((start, limit, pauses, policy) in cases(), more in 0_u32..50) {
        let calendar = of(policy);
        let longer = Limit::new(limit.value + more, limit.unit);
        prop_assert!(deadline(calendar, start, limit, &pauses) <= deadline(calendar, start, longer, &pauses));
    }

    #[test]
    fn working_deadlines_lie_in_office_hours((start, limit, pauses, policy) in cases()) {
        let end = deadline(of(policy), start, limit, &pauses).unwrap();
        prop_assert!(limit.unit.is_urgent() || of(policy).is_working_time(end + -1));
    }

    #[test]
    fn folded_limits_take_exactly_their_time((start, value, unit) in (moments(), 1_i64..400, units())) {
        let limit = Limit::new(u32::try_from(value).unwrap(), unit);
        let end = deadline(&FOLD, start, limit, &[]).unwrap();
        prop_assert_eq!(elapsed_ms(&FOLD, unit, start, end), limit.millis());
    }

    #[test]
    fn a_later_or_earlier_pause_changes_nothing((start, limit, mut pauses, policy) in cases(), length in 1_i64..100) {
        let calendar = of(policy);
        let end = deadline(calendar, start, limit, &pauses).unwrap();
        pauses.push(Pause { from: end, until: None });
        pauses.push(Pause { from: start + -length * HOUR_MS, until: Some(start) });
        prop_assert_eq!(deadline(calendar, start, limit, &pauses), Some(end));
    }

    #[test]
    fn what_is_left_never_grows_and_is_nothing_at_the_deadline((start, limit, pauses, policy) in cases(), a in -50_i64..900, b in 0_i64..300) {
        let calendar = of(policy);
        let now = start + a * HOUR_MS;
        let left = |now| remaining_ms(calendar, now, start, limit, &pauses);
        prop_assert!(left(now) >= left(now + b * HOUR_MS));
        let end = deadline(calendar, start, limit, &pauses).unwrap();
        prop_assert_eq!(left(end), 0);
        prop_assert!(left(end + -1) >= 1);
        prop_assert!(left(end + 14 * DAY_MS) < 0);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn a_slow_count_by_the_minute_agrees(start in moments(), value in 1_u32..30, urgent: bool, seed in 0_i64..600) {
        let start = Moment(start.millis() - start.millis() % MINUTE_MS);
        let unit = if urgent { UrgentHour } else { WorkingHour };
        let pauses: Vec<Pause> = (0..4)
            .map(|index| {
                let from = start + (seed * (index + 3) % 211 - 40) * 17 * MINUTE_MS;
                Pause { from, until: Some(from + (seed * (index + 1) % 97) * 11 * MINUTE_MS) }
            })
            .collect();
        let limit = Limit::new(value, unit);
        let end = deadline(&FOLD, start, limit, &pauses).unwrap();
        prop_assert_eq!(unpaused_minutes(&FOLD, unit, start, end, &pauses) * MINUTE_MS, limit.millis());
        let now = start + seed * 7 * MINUTE_MS;
        if now < end {
            let left = unpaused_minutes(&FOLD, unit, now, end, &pauses) * MINUTE_MS;
            prop_assert_eq!(remaining_ms(&FOLD, now, start, limit, &pauses), left);
        }
    }
}
