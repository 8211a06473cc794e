//! Calls told from end to end: the rules of standards 7, the clocks, and every refusal that the walk does not meet.

use std::collections::BTreeSet;

use kernel::time::DAY_MS;

use super::*;

#[test]
fn a_call_becomes_a_case_and_ends_with_the_callers_word() {
    let story = Story::begun()
        .does("acceptor", fill(Filling { class: Some("2026-matter-06010".to_owned()), ..Filling::default() }))
        .does("acceptor", fill(Filling { urgent: Some(true), ..Filling::default() }))
        .does("acceptor", hand_over())
        .later(60)
        .does("acceptor", Command::Contact { note: word() })
        .does("system", Command::CaseEnded {})
        .does("second", says(true, 5, false));
    let call = story.call();
    assert_eq!(call.stage, Stage::Closed);
    assert_eq!(call.closing, Some(Closing::FollowedUp));
    assert_eq!(call.case_id(), Some(case_id(1)));
    assert_eq!(call.holder, Some(account(1)));
    assert!(call.demand.urgent && call.demand.class.is_some());
    assert_eq!(call.demand.text, "楼下垃圾没有清走", "a later filling leaves what it does not name");
    assert!(call.contacted_at.unwrap() <= call.response_due.unwrap());
    assert!(call.clocks.is_empty() && call.timers().is_empty());
}

#[test]
fn a_consultation_answered_at_once_is_over() {
    let asks = Filling { kind: Some(DemandKind::Consultation), ..filled() };
    let answer = Command::AnswerAtOnce { answer: "在政务大厅三楼办理".to_owned() };
    let story = Story::new().does("acceptor", begin(asks.clone())).does("acceptor", answer.clone());
    assert_eq!((story.call().stage, story.call().closing), (Stage::Closed, Some(Closing::NoFollowUp)));
    // A complaint that was answered is followed up, and so is a question where the city wants it.
    assert_eq!(Story::begun().does("acceptor", answer.clone()).call().stage, Stage::ToFollowUp);
    let mut world = World::new();
    world.settings.follow_up_consultations = true;
    let story = Story::of(world).does("acceptor", begin(asks)).does("acceptor", answer.clone());
    assert_eq!(story.call().stage, Stage::ToFollowUp);
    // Without a number nobody can be called back.
    let nameless = Filling { caller: None, ..filled() };
    let story = Story::new().does("acceptor", begin(nameless)).does("acceptor", answer);
    assert_eq!(story.call().stage, Stage::Closed);
}

#[test]
fn limits_follow_kind_and_urgency() {
    // Monday 2026-03-02 09:00.
    let due = |filling: Filling| Story::new().does("acceptor", begin(filling)).due(ClockName::Answer);
    assert_eq!(due(Filling { kind: Some(DemandKind::Consultation), ..filled() })[..10], *"2026-03-03");
    assert_eq!(due(filled())[..10], *"2026-03-09");
    assert_eq!(due(Filling { complex: Some(true), ..filled() })[..10], *"2026-03-23");
    assert_eq!(due(Filling { urgent: Some(true), complex: Some(true), ..filled() }), "2026-03-03 09:00");
    // Thursday before the spring festival: Friday, the make-up Saturday, then Tuesday to Thursday after it.
    let story = Story::new().at("2026-02-12T09:00:00+08:00").does("acceptor", begin(filled()));
    assert_eq!(story.due(ClockName::Answer)[..10], *"2026-02-26");
    // What turns out to be only a question has less time from the same start.
    let story = Story::begun();
    let before = story.call().next_due();
    let story = story
        .later(5)
        .does("acceptor", fill(Filling { kind: Some(DemandKind::Consultation), ..Filling::default() }));
    assert!(story.call().next_due() < before);
    assert_eq!(story.call().clocks[0].clock.from, start());
}

#[test]
fn the_response_runs_from_the_moment_it_left_the_desk() {
    let story = Story::begun().later(30).does("acceptor", hand_over());
    assert_eq!(story.due(ClockName::Response), "2026-03-03 09:30");
    // A day later nobody has called: it is on record once, whoever comes first, and the contact is late.
    let story = story.later(24 * 60 + 1).does("acceptor", Command::Contact { note: String::new() });
    assert_eq!(story.count("call_overdue"), 1);
    let call = story.call();
    assert!(call.contacted_at > call.response_due);
    assert_eq!(call.overdues[0].ended, Some(story.now), "the fact ends with the contact and stays");
    assert_eq!(
        story.refused("acceptor", &Command::Contact { note: String::new() }),
        "call_contacted_already"
    );
}

#[test]
fn a_timer_reminds_once_and_tells_overdue_once() {
    let story = Story::begun();
    let reminder = fired(story.call(), TimerKind::Reminder).unwrap();
    let overdue = fired(story.call(), TimerKind::Overdue).unwrap();
    assert_eq!(story.refused("system", &reminder), "call_timer_not_running", "too early");
    let Command::TimerFired { at, .. } = reminder else { panic!() };
    let mut story = story;
    story.now = at;
    let story = story.does("system", reminder.clone());
    assert_eq!(story.refused("system", &reminder), "call_timer_not_running");
    // The machine stands still until a day after the limit.
    let mut story = story;
    let Command::TimerFired { at, .. } = overdue else { panic!() };
    story.now = at + DAY_MS;
    let story = story.does("system", overdue.clone());
    assert_eq!(story.refused("system", &overdue), "call_timer_not_running");
    assert_eq!((story.count("call_reminded"), story.count("call_overdue")), (1, 1));
    assert!(story.call().timers().is_empty(), "an overdue clock runs on without timers");
    let mut moved = story.world.settings.clone();
    moved.limits.ordinary.value = 30;
    let mut story = story;
    story.world.settings = moved;
    let story = story.does("system", Command::RecomputeClocks {});
    assert_eq!(story.count("call_overdue"), 1, "a new limit does not unsay the fact");
    assert_eq!(story.refused("system", &Command::RecomputeClocks {}), "call_nothing_changes");
}

#[test]
fn three_vain_attempts_over_two_days_make_a_caller_unreachable() {
    let story = Story::to_follow_up().at("2026-03-02T10:00:00+08:00");
    let story = story.does("acceptor", Command::NotReached {}).later(60);
    let story = story.does("acceptor", Command::NotReached {}).later(60);
    let story = story.does("acceptor", Command::NotReached {}).later(60);
    assert_eq!(story.call().stage, Stage::ToFollowUp, "three on one day are not enough");
    assert_eq!(story.refused("acceptor", &Command::NotReached {}), "call_attempts_of_day");
    let story = story.at("2026-03-03T10:00:00+08:00").does("acceptor", Command::NotReached {});
    assert_eq!(story.call().closing, Some(Closing::Unreachable));
    // Two days but only two attempts.
    let story = Story::to_follow_up()
        .at("2026-03-02T10:00:00+08:00")
        .does("acceptor", Command::NotReached {})
        .at("2026-03-03T10:00:00+08:00")
        .does("acceptor", Command::NotReached {});
    assert_eq!(story.call().stage, Stage::ToFollowUp);
    assert_eq!(story.does("acceptor", says(true, 4, false)).call().closing, Some(Closing::FollowedUp));
}

#[test]
fn three_redos_make_a_problem_order() {
    let mut story = Story::to_follow_up();
    for round in 1..=3 {
        story = story.later(10).does("acceptor", says(false, 1, true));
        assert_eq!(story.call().stage, Stage::WithCase);
        assert_eq!(story.call().problem.is_some(), round == 3);
        story = story.later(10).does("system", Command::CaseEnded {});
    }
    assert_eq!(story.call().problem.unwrap().cause, ProblemCause::Redos);
    assert_eq!(story.count("call_lifted"), 1);
    let story = story.does("acceptor", says(true, 4, false));
    assert_eq!(story.call().stage, Stage::Closed);
    assert!(story.call().problem.is_some(), "the mark stays");
    assert_eq!(story.call().follow_ups.len(), 4);
}

#[test]
fn three_transfers_make_a_problem_order() {
    let mut story = Story::begun();
    for round in 1..=3 {
        story = story.does("acceptor", transfer());
        assert_eq!(story.call().problem.is_some(), round == 3);
        assert_eq!(story.call().transferred_to.as_deref(), Some("供电局"));
        story = story.later(60).does("acceptor", reply(round == 3));
    }
    assert_eq!(story.call().problem.unwrap().cause, ProblemCause::Transfers);
    assert_eq!(story.call().stage, Stage::ToFollowUp);
}

#[test]
fn two_people_find_a_demand_unreasonable_and_the_caller_may_object_once() {
    let story = Story::begun().does("acceptor", certify());
    assert_eq!(story.refused("acceptor", &Command::ConfirmCertification {}), "call_certified_by_yourself");
    assert_eq!(story.refused("second", &certify()), "call_certification_pending");
    let story = story.does("second", Command::ConfirmCertification {});
    assert_eq!(story.call().stage, Stage::Unreasonable);
    assert!(story.call().clocks.is_empty());
    let story = story.later(60).does("acceptor", Command::ContestCertification { reason: word() });
    assert_eq!(story.call().stage, Stage::Open);
    for name in ["acceptor", "second"] {
        assert_eq!(story.refused(name, &Command::ConfirmCertification {}), "call_certified_by_yourself");
    }
    let story = story.does("leader", Command::ConfirmCertification {});
    let contest = Command::ContestCertification { reason: word() };
    assert_eq!(story.refused("acceptor", &contest), "call_contest_limit");
    // Or the third does not agree, and the demand goes its ordinary way.
    let story = Story::begun()
        .does("acceptor", certify())
        .does("second", Command::RejectCertification { reason: word() })
        .does("acceptor", hand_over());
    assert_eq!(story.call().certification.as_ref().unwrap().state, CertificationState::Rejected);
    assert_eq!(story.call().stage, Stage::WithCase);
}

#[test]
fn a_sheet_follows_its_case_through_mergers() {
    let (one, two, three) = (case_id(1), case_id(2), case_id(3));
    let story = Story::with_case()
        .does("system", Command::CaseMerged { into: two })
        .does("system", Command::CaseMerged { into: three });
    assert!(story.call().is_duplicate());
    assert_eq!(story.call().case, Some(BehindCase { id: three, merged: vec![one, two] }));
    let story = story.does("system", Command::CaseEnded {});
    assert_eq!(story.call().stage, Stage::ToFollowUp, "the end of the case that it lives in is its end");
    let story = story.does("system", Command::CaseUnmerged { case: two });
    assert_eq!(story.call().case, Some(BehindCase { id: two, merged: vec![one] }));
    assert_eq!(story.call().stage, Stage::WithCase, "the other one lives on");
    let story = story.does("system", Command::CaseUnmerged { case: one });
    assert!(!story.call().is_duplicate());
    let other = Command::CaseUnmerged { case: three };
    assert_eq!(story.refused("system", &other), "call_case_not_behind");
    let story = story.does("system", Command::CaseEnded {}).does("acceptor", says(false, 2, false));
    let story = story.later(60).does("system", Command::CaseTakenUp {});
    assert_eq!((story.call().stage, story.call().closing), (Stage::WithCase, None), "opened by the reporter");
    assert_eq!(story.call().answer_from, story.now);
}

#[test]
fn what_the_exchange_tells_in_any_order_is_the_same() {
    let at = |seconds: i64| start() + seconds * 1_000;
    let ring = |story: Story| story.does("exchange", rings(SignalKind::Ringing, at(0)));
    let (answered, ended) = (told(SignalKind::Answered, at(9)), told(SignalKind::Ended, at(159)));
    let in_order = ring(Story::new())
        .later(10)
        .does("exchange", Command::Signal(answered.clone()))
        .does("exchange", Command::Signal(ended.clone()));
    let exchange = in_order.call().exchange.clone().unwrap();
    assert_eq!((exchange.wait_ms(), exchange.talk_ms()), (Some(9_000), Some(150_000)));
    assert_eq!((in_order.call().stage, in_order.call().holder), (Stage::Open, Some(account(1))));
    assert_eq!(in_order.call().at, at(0));
    assert_eq!(in_order.refused("exchange", &Command::Signal(ended)), "call_signal_known");
    let upside_down = Story::new()
        .later(10)
        .does("exchange", rings(SignalKind::Ended, at(159)))
        .does("exchange", Command::Signal(answered))
        .does("exchange", Command::Signal(told(SignalKind::Ringing, at(0))));
    assert_eq!(upside_down.call().exchange, in_order.call().exchange);
    assert_eq!(upside_down.call().stage, Stage::Open);
    assert_eq!(upside_down.call().at, at(0));
    // Nobody picked up.
    let gone = ring(Story::new()).does("exchange", Command::Signal(told(SignalKind::Ended, at(40))));
    assert_eq!((gone.call().stage, gone.call().dropped), (Stage::Dropped, Some(DropReason::Abandoned)));
    assert_eq!(gone.call().exchange.as_ref().unwrap().wait_ms(), Some(40_000));
}

#[test]
fn an_exchange_event_gives_the_command_that_follows() {
    use super::super::exchange::{ExchangeEvent, Known, command, kept_id};
    let event = |kind, id: &str| ExchangeEvent {
        kind,
        id: id.to_owned(),
        number: Some("13800001234".to_owned()),
        seat: None,
        at: start(),
        recording: None,
    };
    let known = || Known { reference: REFERENCE.to_owned(), caller: Some(person(1)), holder: None };
    let ringing = event(SignalKind::Ringing, "a-1");
    assert!(!format!("{ringing:?}").contains("1380"), "a number is in no log");
    let begin = command(&ringing, None, known()).unwrap();
    let story = Story::new().does("exchange", begin);
    assert_eq!((story.call().stage, story.call().demand.caller), (Stage::Ringing, Some(person(1))));
    assert!(!serde_json::to_string(&story.events).unwrap().contains("1380"), "nor in an entry");
    assert_eq!(command(&ringing, story.call.as_ref(), known()), None, "told again");
    let answered = command(&event(SignalKind::Answered, "a-1"), story.call.as_ref(), known()).unwrap();
    assert_eq!(story.does("exchange", answered).call().stage, Stage::Open);
    assert_eq!(command(&ringing, Story::begun().call.as_ref(), known()), None, "not of an exchange");
    assert_eq!(kept_id(" a-1 "), "a-1");
    let print = kept_id("2026-13800001234");
    assert!(!print.contains("1380") && print == kept_id("2026-13800001234") && print.len() == 64);
}

#[test]
fn who_may_what_is_asked_first() {
    let story = Story::begun();
    for name in ["dispatcher", "resident", "system"] {
        assert_eq!(story.refused(name, &transfer()), "call_not_your_right");
    }
    assert_eq!(story.refused("acceptor", &Command::CaseEnded {}), "call_not_your_right");
    let actor = who("acceptor");
    let shown = allowed(Some(story.call()), &story.world.context(&actor, story.now));
    for kind in [CommandKind::Fill, CommandKind::AnswerAtOnce, CommandKind::HandOver, CommandKind::Certify] {
        assert!(shown.contains(&kind), "{kind:?}");
    }
    for kind in [CommandKind::FollowUp, CommandKind::CaseEnded, CommandKind::Contact, CommandKind::TakeOver] {
        assert!(!shown.contains(&kind), "{kind:?}");
    }
    let exchange = who("exchange");
    let taken = story.world.act(story.call.as_ref(), "exchange", &Command::TakeOver {}, story.now);
    assert_eq!(taken.unwrap_err().code, "call_not_your_right", "a program has no seat");
    assert_eq!(allowed(None, &story.world.context(&exchange, story.now)), [CommandKind::Begin]);
}

/// Codes that the walk does not meet, each by the shortest way there.
pub(super) fn refusals() -> BTreeSet<&'static str> {
    let text = |chars: usize| "字".repeat(chars);
    let mut codes = BTreeSet::new();
    let mut no = |story: &Story, name: &str, command: Command| codes.insert(story.refused(name, &command));
    let new = Story::new();
    no(&new, "acceptor", Command::TakeOver {});
    no(
        &new,
        "acceptor",
        Command::Begin(Box::new(Opening { reference: " ".to_owned(), exchange: None, filling: filled() })),
    );
    no(&new, "acceptor", begin(Filling { text: Some(text(TEXT_CHARS_MAX + 1)), ..filled() }));
    let far = Place { lon: 181.0, lat: 0.0, ..Place::default() };
    no(&new, "acceptor", begin(Filling { place: Some(far), ..filled() }));
    no(&new, "exchange", rings(SignalKind::Ringing, start() + SIGNAL_AHEAD_MS_MAX + 1));
    let call = Story::begun();
    no(&call, "acceptor", begin(filled()));
    no(&call, "acceptor", Command::TakeOver {});
    no(&call, "acceptor", fill(Filling::default()));
    no(&call, "exchange", Command::Signal(told(SignalKind::Ended, start())));
    no(&call, "acceptor", Command::AnswerAtOnce { answer: " ".to_owned() });
    let ringing = Story::new().does("exchange", rings(SignalKind::Ringing, start()));
    let recording = Some("https://recordings.example/13800001234.wav".to_owned());
    no(&ringing, "exchange", Command::Signal(Signal { recording, ..told(SignalKind::Ended, start()) }));
    let silent = Story::new().does("acceptor", begin(Filling::default()));
    no(&silent, "acceptor", hand_over());
    let mut other = Story::begun();
    other.world.case = case_of("260302-000002-7");
    no(&other, "acceptor", hand_over());
    other.world.case.stage = crate::case::Stage::Closed;
    no(&other, "acceptor", join());
    let nameless = Story::new()
        .does("acceptor", begin(Filling { caller: None, ..filled() }))
        .does("acceptor", hand_over());
    no(&nameless, "acceptor", Command::Contact { note: String::new() });
    let ended = Story::to_follow_up();
    no(&ended, "acceptor", says(true, 6, false));
    no(&ended, "acceptor", says(true, 4, true));
    no(
        &ended,
        "acceptor",
        Command::FollowUp {
            solved: true,
            satisfaction: None,
            redo: false,
            case: Some(case_id(9)),
            note: String::new(),
        },
    );
    let answered = Story::begun().does("acceptor", Command::AnswerAtOnce { answer: word() });
    no(&answered, "system", Command::CaseTakenUp {});
    no(&answered, "resident", transfer());
    let early = fired(answered.call(), TimerKind::Overdue).unwrap();
    no(&answered, "system", early);
    let actor = who("acceptor");
    let unnamed = Context { case: None, ..other.world.context(&actor, other.now) };
    codes.insert(decide(other.call.as_ref(), &join(), &unnamed).unwrap_err().code);
    codes
}
