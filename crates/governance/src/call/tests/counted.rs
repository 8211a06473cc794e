//! The three rates and the connection figures, against counts by hand (standards 7.2 and 7.1).

use super::*;
use crate::call::rates::{Connection, Excluded, Rate, connection, rates};

fn rate(numerator: u64, denominator: u64) -> Rate {
    Rate { numerator, denominator }
}

fn period() -> (Moment, Moment) {
    (start(), start() + kernel::time::DAY_MS)
}

fn later() -> Moment {
    start() + 30 * kernel::time::DAY_MS
}

/// Twelve sheets, each for one line of the rules.
fn month() -> Vec<Call> {
    stories().into_iter().map(|story| story.call.unwrap()).collect()
}

fn stories() -> Vec<Story> {
    let consultation = Filling { kind: Some(DemandKind::Consultation), ..filled() };
    let answer = || Command::AnswerAtOnce { answer: word() };
    let contacted = |story: Story| story.later(60).does("acceptor", Command::Contact { note: word() });
    let ended = |story: Story| story.later(60).does("system", Command::CaseEnded {});
    let vain = |story: Story| {
        story
            .does("acceptor", Command::NotReached {})
            .does("acceptor", Command::NotReached {})
            .later(24 * 60)
            .does("acceptor", Command::NotReached {})
    };
    vec![
        // 1: spoken to in time, solved, satisfied.
        ended(contacted(Story::with_case())).does("acceptor", says(true, 5, false)),
        // 2: spoken to only by the follow-up call, two days later; solved but not satisfied.
        ended(Story::with_case()).later(48 * 60).does("acceptor", says(true, 2, false)),
        // 3: answered at once, not solved.
        Story::begun().does("acceptor", answer()).does("acceptor", says(false, 1, false)),
        // 4: spoken to in time, unreachable afterwards.
        vain(ended(contacted(Story::with_case()))),
        // 5: nobody has called within the limit, the case lives.
        Story::with_case(),
        // 6: redone; the last word counts.
        ended(ended(contacted(Story::with_case())).does("acceptor", says(false, 1, true)))
            .does("acceptor", says(true, 3, false)),
        // 7: would not say how satisfied: stays in the denominator.
        ended(contacted(Story::with_case())).does(
            "acceptor",
            Command::FollowUp {
                solved: true,
                satisfaction: None,
                redo: false,
                case: None,
                note: String::new(),
            },
        ),
        // 8: a consultation.
        Story::new().does("acceptor", begin(consultation)).does("acceptor", answer()),
        // 9: "me too".
        ended(Story::begun().does("acceptor", join())).does("acceptor", says(false, 1, false)),
        // 10: merged by the platform.
        ended(Story::with_case().does("system", Command::CaseMerged { into: case_id(3) }))
            .does("acceptor", says(false, 1, false)),
        // 11: certified by two.
        Story::begun().does("acceptor", certify()).does("second", Command::ConfirmCertification {}),
        // 12: a prank, and one that is still being written.
        Story::begun().does("acceptor", Command::Drop { reason: DropReason::Prank, note: String::new() }),
        Story::begun(),
    ]
}

#[test]
fn the_three_rates_are_what_one_counts_by_hand() {
    let calls = month();
    let settings = CallSettings::default();
    let found = rates(&calls, period(), &settings, later());
    // 1, 3, 4, 6, 7 in time; 2 and 5 not.
    assert_eq!(found.response, rate(5, 7));
    // 1, 2, 6, 7 solved; 3 and the unreachable 4 not; 5 has no follow-up yet.
    assert_eq!(found.resolution, rate(4, 6));
    // 1 and 6 satisfied; 2, 3, 7 not; the unreachable 4 is left out.
    assert_eq!(found.satisfaction, rate(2, 5));
    assert_eq!(found.unreachable, 1);
    assert_eq!(
        found.excluded,
        Excluded { without_demand: 2, consultations: 1, duplicates: 2, unreasonable: 1 }
    );
    assert_eq!(found.response.basis_points(), Some(7_143));
    // While the limit runs, who has not called yet is neither in time nor late.
    let at_once = rates(&calls[4..5], period(), &settings, start());
    assert_eq!(at_once.response, rate(0, 0));
    assert_eq!(at_once.response.basis_points(), None);
    // Nobody to speak to: no limit, no order to respond to.
    let nameless = Story::new()
        .does("acceptor", begin(Filling { caller: None, ..filled() }))
        .does("acceptor", hand_over());
    assert_eq!(rates([nameless.call()], period(), &settings, later()).response, rate(0, 0));
}

#[test]
fn a_period_takes_its_first_moment_and_leaves_its_last() {
    let calls = month();
    let settings = CallSettings::default();
    let one = |from: Moment, until: Moment| rates(&calls[..1], (from, until), &settings, later()).response;
    assert_eq!(one(start(), start() + 1), rate(1, 1));
    assert_eq!(one(start() + 1, later()), rate(0, 0));
    assert_eq!(one(start() + -1, start()), rate(0, 0));
    assert_eq!(rates([], period(), &settings, later()), rates::Rates::default());
}

#[test]
fn the_exchange_is_measured_by_its_own_clock() {
    let at = |seconds: i64| start() + seconds * 1_000;
    let call = |answered: Option<i64>, ended: Option<i64>| {
        let mut story = Story::new().does("exchange", rings(SignalKind::Ringing, at(0)));
        story.now = start() + kernel::time::HOUR_MS;
        if let Some(answered) = answered {
            story = story.does("exchange", Command::Signal(told(SignalKind::Answered, at(answered))));
        }
        if let Some(ended) = ended {
            story = story.does("exchange", Command::Signal(told(SignalKind::Ended, at(ended))));
        }
        story.call.unwrap()
    };
    let calls = [
        call(Some(15), Some(115)),
        call(Some(16), None),
        call(None, Some(5)),
        call(None, None),
        // Begun by hand: the exchange knows nothing of it.
        Story::begun().call.unwrap(),
    ];
    assert_eq!(
        connection(&calls, period(), &CallSettings::default()),
        Connection {
            connected: rate(2, 3),
            in_time: rate(1, 3),
            wait_ms: 31_000,
            waits: 2,
            talk_ms: 100_000,
            talks: 1,
        }
    );
}

#[test]
fn the_figures_are_the_rates() {
    for store in db::testing::stores().unwrap() {
        let lives = stories().into_iter().enumerate().map(|(number, mut story)| {
            // What runs out is told by its timer, as where the program runs.
            while let Some(timer) = story.call().timers().into_iter().find(|timer| timer.at < later()) {
                story.now = timer.at.max(story.now);
                let command = Command::TimerFired { kind: timer.kind, clock: timer.clock, at: timer.at };
                story = story.does("system", command);
            }
            let steps = story.events.into_iter().zip(story.stamps).map(|(event, (at, by))| (at, by, event));
            (call_id(1 + i64::try_from(number).unwrap()).to_string(), steps.collect())
        });
        let ledger = crate::figures::tests::kept::<crate::call::noun::CallNoun>(&store.db, lives.collect());
        let value = crate::figures::tests::values(&ledger, crate::figures::CALLS, "2026-03");
        for (code, wanted) in [
            ("governance.calls", "13"),
            ("governance.demands", "11"),
            ("governance.calls_response_rate.adjusted", "71.43"),
            ("governance.calls_resolution_rate.adjusted", "66.67"),
            ("governance.calls_satisfaction_rate.adjusted", "40.00"),
            // The two duplicates were followed up as well, neither solved nor satisfied.
            ("governance.calls_resolution_rate.raw", "50.00"),
            ("governance.calls_satisfaction_rate.raw", "25.00"),
            ("governance.calls_excluded_consultation", "1"),
            ("governance.calls_excluded_duplicate", "2"),
            ("governance.calls_excluded_unreasonable", "1"),
            ("governance.calls_excluded_unreachable", "1"),
            ("governance.calls_answered_at_once_rate", "18.18"),
            ("governance.calls_redone_rate", "12.50"),
            ("governance.calls_problem_orders", "0"),
        ] {
            assert_eq!(value(code).as_deref(), Some(wanted), "{code}");
        }
        assert_eq!(value("governance.calls_connected_rate"), None, "the exchange told nothing");
    }
}
