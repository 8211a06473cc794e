//! What figures count of a case: its marks after hand-made lives, and a month of them counted by hand (standards 5.1).

use super::*;
use crate::case::{marks, marks::marks as of, noun::CaseNoun};

fn has(story: &Story, bits: i64) -> bool {
    of(story.case()) & bits == bits
}

fn none(story: &Story, bits: i64) -> bool {
    of(story.case()) & bits == 0
}

fn overdue(story: Story) -> Story {
    let story = story.at("2026-03-02T15:30:00+08:00");
    let timer = fired(story.case(), TimerKind::Overdue).unwrap();
    story.does("system", timer)
}

fn ended(story: Story) -> Story {
    story.checked(Answer::Yes).does("shift_leader", close(Outcome::Cured))
}

fn on_time() -> Story {
    ended(Story::new().confirmed())
}

/// Due Monday 15:00, done at 15:30.
fn late() -> Story {
    ended(overdue(Story::new().dispatched(&["roads"])).works())
}

fn appealed() -> Story {
    late()
        .does("roads", Command::AppealOverdue { reason: word() })
        .does("dispatcher", Command::ReviewAppeal { granted: true, reason: word() })
        .does("acceptor", Command::DecideAppeal { granted: true, reason: word() })
}

fn waiting() -> Story {
    overdue(Story::new().dispatched(&["roads"]))
}

fn suspended() -> Story {
    let until = Moment::parse_iso("2026-04-06T10:00:00+08:00").unwrap();
    Story::new()
        .dispatched(&["roads"])
        .does("roads", Command::RequestSuspension { until, reason: word() })
        .does("dispatcher", Command::GrantDelay {})
}

fn extended() -> Story {
    ended(
        Story::new()
            .dispatched(&["roads"])
            .does("roads", Command::RequestExtension { reason: word() })
            .does("dispatcher", Command::GrantDelay {})
            .at("2026-03-02T16:00:00+08:00")
            .works(),
    )
}

fn reworked() -> Story {
    let story = Story::new().confirmed().checked(Answer::No);
    let mut story = story.does("shift_leader", Command::OrderRework { reason: word() });
    let again = Attachment { hash: "01".repeat(32), role: AttachmentRole::After, round: story.case().round };
    story = story.does("roads", Command::Handle { note: word(), attachments: vec![again] });
    ended(story.does("roads", Command::Confirm {}))
}

fn returned() -> Story {
    let story = overdue(Story::new().dispatched(&["roads"])).does("roads", give_back());
    let story = story.does("dispatcher", dispatch(&["parks"])).does("parks", Command::Sign {});
    ended(story.does("parks", handle()).does("parks", Command::Confirm {}))
}

fn merged() -> Story {
    Story::new().filed().does("acceptor", Command::Merge { into: case_id(9) })
}

fn voided_late() -> Story {
    waiting().does("shift_leader", Command::Void { reason: word() })
}

fn self_handled() -> Story {
    let report = Report {
        lane: Lane::SelfHandled,
        attachments: vec![photo(AttachmentRole::Before), photo(AttachmentRole::After)],
        ..report(Source::Collector)
    };
    Story::new()
        .does("collector", Command::Report(Box::new(report)))
        .does("shift_leader", close(Outcome::Cured))
}

fn refused() -> Story {
    Story::reported(Source::Hotline).does("acceptor", Command::Refuse { reason: word() })
}

#[test]
fn lateness_is_a_fact_that_an_appeal_only_exempts() {
    assert!(has(&on_time(), marks::HANDLE_SETTLED | marks::HANDLED_IN_TIME | marks::CLOSED_IN_TIME));
    let late = late();
    assert!(has(&late, marks::HANDLE_SETTLED | marks::HANDLED | marks::CLOSE_SETTLED | marks::CLOSED));
    assert!(none(
        &late,
        marks::HANDLED_IN_TIME | marks::CLOSED_IN_TIME | marks::WAITING_LATE | marks::EXEMPT
    ));
    let appealed = appealed();
    assert_eq!(of(appealed.case()), of(late.case()) | marks::EXEMPT, "the fact stays, the score is exempt");
    assert!(has(&waiting(), marks::HANDLE_SETTLED | marks::WAITING_LATE | marks::CLOSE_SETTLED));
    assert!(none(&waiting(), marks::HANDLED | marks::CLOSED));
}

#[test]
fn what_is_still_to_come_is_not_held_against_anybody() {
    let running = Story::new().dispatched(&["roads"]);
    assert!(none(&running, marks::HANDLE_SETTLED | marks::CLOSE_SETTLED | marks::CHECK_SETTLED));
    let suspended = suspended();
    assert!(has(&suspended, marks::SUSPENDED) && none(&suspended, marks::HANDLE_SETTLED));
    let due = suspended.case().dues.handle.unwrap();
    assert!(due > Moment::parse_iso("2026-04-06T10:00:00+08:00").unwrap(), "the deadline went along");
    let extended = extended();
    assert!(has(&extended, marks::EXTENDED | marks::HANDLED_IN_TIME), "in time by the later deadline");
}

#[test]
fn the_deadline_is_kept_when_its_clock_has_stopped() {
    let story = on_time();
    assert!(story.case().clocks.is_empty());
    let due = story.case().dues.handle.unwrap();
    assert_eq!(due, Moment::parse_iso("2026-03-02T15:00:00+08:00").unwrap());
    let asked = Story::new().confirmed().does("acceptor", Command::RequestCheck {});
    let check = asked.case().dues.check.unwrap();
    assert_eq!(asked.case().dues.close, Some(check), "the check is next on the way to the end");
    let answered = asked.later(5).does("checker", super::check(Answer::Yes));
    assert_eq!(answered.case().dues.check, Some(check));
    assert_eq!(answered.case().dues.close, Some(check + 5 * MINUTE_MS), "then the closing");
    let back = Story::new().dispatched(&["roads"]).does("roads", give_back());
    assert_eq!(back.case().dues.handle, None, "nobody has it");
}

#[test]
fn a_unit_is_not_late_with_what_another_had() {
    let story = returned();
    assert!(has(&story, marks::RETURNED | marks::HANDLED_IN_TIME | marks::CLOSED_IN_TIME));
    assert!(none(&story, marks::DISPATCHED_RIGHTLY | marks::EXEMPT));
    assert!(has(&reworked(), marks::REWORKED | marks::CLOSED));
    assert!(has(&merged(), marks::MERGED | marks::FILED));
    assert!(has(&self_handled(), marks::SELF_HANDLED | marks::VALID | marks::CLOSED_IN_TIME));
    assert!(none(&self_handled(), marks::DECIDED | marks::FILED | marks::HANDLE_SETTLED));
    assert!(has(&refused(), marks::REFUSED | marks::DECIDED) && none(&refused(), marks::VALID));
    let imported = Story::new().does("administrator", Command::Import(Box::new(import(Stage::Closed))));
    assert!(has(&imported, marks::IMPORTED | marks::CLOSED));
    assert!(none(&imported, marks::CLOSE_SETTLED | marks::CLOSED_IN_TIME | marks::DECIDED));
}

#[test]
fn a_month_is_what_one_counts_by_hand() {
    for store in db::testing::stores().unwrap() {
        let stories = [
            on_time(),
            late(),
            appealed(),
            waiting(),
            suspended(),
            extended(),
            reworked(),
            returned(),
            merged(),
            voided_late(),
            self_handled(),
            refused(),
        ];
        let lives = (1..).zip(stories).map(|(number, story)| {
            let steps = story.events.into_iter().zip(story.stamps).map(|(event, (at, by))| (at, by, event));
            (case_id(number).to_string(), steps.collect())
        });
        let ledger = crate::figures::tests::kept::<CaseNoun>(&store.db, lives.collect());
        let value = crate::figures::tests::values(&ledger, crate::figures::CASES, "2026-03");
        for (code, wanted) in [
            ("reported", "12"),
            ("reported_in_cells", "12"),
            ("self_handled", "1"),
            // Neither the one voided nor the one refused.
            ("valid_report_rate", "83.33"),
            ("filed", "10"),
            ("filed_rightly_rate", "90.00"),
            // On time, late, appealed, waiting, extended, reworked, returned, voided; the suspended one is due in April.
            ("due_to_handle", "8"),
            ("handled", "6"),
            ("handled_on_time", "4"),
            ("handled_rate.raw", "75.00"),
            ("handled_on_time_rate.raw", "50.00"),
            // Without the one exempt and the one voided: 5 and 4 of 6.
            ("handled_rate.adjusted", "83.33"),
            ("handled_on_time_rate.adjusted", "66.67"),
            ("waiting_late_rate.raw", "12.50"),
            ("extended_rate.raw", "12.50"),
            ("excluded_exempt", "1"),
            ("excluded_voided", "1"),
            ("excluded_suspended", "0"),
            // The one fixed on the spot as well.
            ("due_to_close", "9"),
            ("closed_of_due", "7"),
            ("closed_on_time_rate.raw", "55.56"),
            ("closed_on_time_rate.adjusted", "71.43"),
            ("closed_late_rate.raw", "22.22"),
            ("reworked_rate.raw", "11.11"),
            ("closed", "7"),
            // Waiting and suspended.
            ("open_rate", "16.67"),
            ("done_rate", "63.64"),
        ] {
            assert_eq!(value(&format!("governance.{code}")).as_deref(), Some(wanted), "{code}");
        }
        assert_eq!(value("governance.urgent_closed_rate.raw"), None, "none was urgent");
        let april = crate::figures::tests::values(&ledger, crate::figures::CASES, "2026-04");
        assert_eq!(
            april("governance.due_to_handle").as_deref(),
            Some("0"),
            "not due before it is done or late"
        );
    }
}
