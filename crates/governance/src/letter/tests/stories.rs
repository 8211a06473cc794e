//! Letters as they are lived, and every "no" that a walk does not meet.

use super::*;

#[test]
fn a_joint_letter_is_answered_when_the_last_has_answered() {
    let story = Story::sent(LetterKind::Consult, &["water", "police"]);
    assert_eq!(story.stage(), Stage::Sent);
    assert_eq!(story.letter().number.as_deref(), Some(NUMBER));
    assert_eq!(story.letter().dated, Some(jiff::civil::date(2026, 3, 2)));
    // Ten working days of eight hours from Monday 09:00, one for the receipt.
    assert_eq!(story.due(ClockName::Answer), "2026-03-16 09:00");
    assert_eq!(story.due(ClockName::Receipt), "2026-03-03 09:00");
    let story = story.does("water", receive("water"));
    assert_eq!(story.stage(), Stage::Sent, "the police have not received it");
    let story = story.does("police", receive("police"));
    assert_eq!(story.stage(), Stage::Received);
    assert!(story.letter().clocks.iter().all(|running| running.clock.name != ClockName::Receipt));
    let story = story.at("2026-03-05T10:00:00+08:00").does("system", answer("water"));
    assert_eq!((story.stage(), story.letter().in_time()), (Stage::Received, None));
    let story = story.at("2026-03-16T09:00:00+08:00").does("system", answer("police"));
    assert_eq!((story.stage(), story.letter().in_time()), (Stage::Answered, Some(true)), "on the dot");
    assert!(story.letter().clocks.is_empty());
    let story = story.does("city", Command::Close { note: String::new() });
    assert_eq!(story.stage(), Stage::Closed);
}

#[test]
fn a_late_answer_is_lifted_level_by_level_by_timers() {
    let mut story = Story::sent(LetterKind::Ask, &["water"]).does("water", receive("water"));
    let kinds = |story: &Story| story.kinds().split_off(3);
    story = story.fires();
    assert_eq!(kinds(&story), ["letter_reminded"]);
    story = story.fires();
    assert_eq!(kinds(&story)[1..], ["letter_overdue", "letter_supervised"]);
    assert_eq!(story.letter().level(), 1);
    // Two working days from the moment at which it was lifted.
    assert_eq!(story.due(ClockName::Supervision), "2026-03-18 09:00");
    story = story.fires().fires();
    assert_eq!(kinds(&story)[3..], ["letter_reminded", "letter_overdue", "letter_supervised"]);
    assert_eq!(story.letter().level(), 2);
    story = story.fires().fires();
    assert_eq!(kinds(&story)[6..], ["letter_reminded", "letter_overdue"], "there is no level above");
    assert_eq!(story.letter().level(), 2);
    assert!(story.letter().timers().is_empty());
    let story = story.does("system", answer("water"));
    assert_eq!((story.stage(), story.letter().in_time()), (Stage::Answered, Some(false)));
    assert!(story.letter().overdues.iter().all(|fact| fact.ended.is_some()), "the facts stay");
    assert_eq!(story.letter().overdues.len(), 3);
}

#[test]
fn what_ran_out_unnoticed_comes_first_and_lifts_once() {
    let story = Story::sent(LetterKind::Ask, &["water"]).at("2026-05-04T10:00:00+08:00");
    let story = story.does("system", answer("water"));
    let kinds = story.kinds().split_off(2);
    assert_eq!(kinds, ["letter_overdue", "letter_overdue", "letter_supervised", "letter_answered"]);
    assert_eq!((story.letter().level(), story.letter().in_time()), (1, Some(false)));
}

#[test]
fn a_leader_lifts_it_before_it_is_late() {
    let story = Story::sent(LetterKind::Request, &["water"]).does("leader", supervise());
    assert_eq!(story.letter().level(), 1);
    assert_eq!(story.due(ClockName::Supervision), "2026-03-04 09:00");
    let story = story.does("dispatcher", supervise());
    assert_eq!(story.refused("leader", &supervise()), "letter_level_limit");
    assert_eq!(story.refused("water", &supervise()), "letter_not_your_right");
}

#[test]
fn more_time_goes_on_from_the_end_and_only_before_it() {
    let story = Story::sent(LetterKind::Ask, &["water"]).does("city", extend(5));
    assert_eq!(story.due(ClockName::Answer), "2026-03-23 09:00");
    let story = story.does("city", extend(1));
    assert_eq!(story.due(ClockName::Answer), "2026-03-24 09:00");
    assert_eq!(story.refused("city", &extend(1)), "letter_extension_limit");
    let late = Story::sent(LetterKind::Ask, &["water"]).at("2026-03-16T09:00:01+08:00");
    assert_eq!(late.refused("city", &extend(1)), "letter_overdue_already");
}

#[test]
fn a_senders_own_days_run_over_holidays() {
    let asked = Content { working_days: Some(3), ..content(LetterKind::Ask, &["water"]) };
    // Thursday before Tomb-sweeping Day (holidays on 4 to 6 April 2026).
    let story = Story::new()
        .at("2026-04-02T09:00:00+08:00")
        .does("city", draft(asked))
        .does("city", Command::Send {});
    assert_eq!(story.due(ClockName::Answer), "2026-04-08 09:00");
}

#[test]
fn what_only_lets_know_is_settled_when_all_have_it() {
    let story = Story::sent(LetterKind::Inform, &["water", "police"]).does("water", receive("water"));
    assert_eq!(story.stage(), Stage::Sent);
    let names: Vec<ClockName> = story.letter().clocks.iter().map(|running| running.clock.name).collect();
    assert_eq!(names, [ClockName::Receipt]);
    assert_eq!(story.refused("city", &extend(3)), "letter_needs_no_answer");
    assert_eq!(story.refused("leader", &supervise()), "letter_needs_no_answer");
    assert_eq!(story.refused("system", &answer("water")), "letter_needs_no_answer");
    let story = story.does("police", receive("police"));
    assert_eq!((story.stage(), story.letter().in_time()), (Stage::Closed, None));
}

#[test]
fn who_returns_it_is_out_and_the_others_go_on() {
    let proposed = |unit: &str| Command::Return {
        unit: "water".to_owned(),
        reason: word(),
        proposed: Some(unit.to_owned()),
    };
    let story = Story::sent(LetterKind::Ask, &["water", "police"]);
    assert_eq!(story.refused("water", &proposed("water")), "letter_proposed_unit");
    assert_eq!(story.refused("water", &proposed("city")), "letter_proposed_unit");
    let story = story.does("water", proposed("power"));
    let returned = story.letter().recipient("water").unwrap().returned.clone().unwrap();
    assert_eq!((story.stage(), returned.proposed.as_deref()), (Stage::Sent, Some("power")));
    assert_eq!(story.refused("water", &receive("water")), "letter_returned_already");
    let all = Story::sent(LetterKind::Ask, &["water", "police"])
        .does("water", send_back("water"))
        .does("police", send_back("police"));
    assert_eq!(all.stage(), Stage::Returned);
    assert!(all.letter().clocks.is_empty());
    let story = story.does("system", answer("police"));
    assert_eq!(story.stage(), Stage::Answered, "nobody is left who has not answered");
}

/// Water has a letter and writes the reply.
fn replying() -> World {
    World { answered: Some(Story::sent(LetterKind::Ask, &["water"]).letter().clone()), ..World::new() }
}

#[test]
fn a_reply_stands_as_the_answer() {
    let story = Story::of(replying()).does("water", draft(reply())).does("water", Command::Send {});
    assert_eq!(story.refused("water", &withdraw()), "letter_answer_stands");
    assert_eq!(story.refused("city", &send_back("city")), "letter_answer_stands");
    let story = story.does("city", receive("city"));
    assert_eq!(story.stage(), Stage::Closed);
    let draft_only = Story::of(replying()).does("water", draft(reply()));
    assert_eq!(draft_only.does("water", withdraw()).stage(), Stage::Withdrawn, "a draft is nobody's answer");
}

/// Refusals of what is written, by the code of each.
fn of_contents() -> Vec<(&'static str, &'static str, Content)> {
    let asks = || content(LetterKind::Ask, &["water"]);
    let attachment = |title: &str| Attachment { file: "0".repeat(64), title: title.to_owned() };
    let many = |count: usize| (0..count).map(|number| format!("unit{number}")).collect::<Vec<_>>();
    let link = || Link::Case(CaseId(letter_id(1).0));
    vec![
        ("city", "letter_recipients_too_many", Content { to: many(RECIPIENTS_MAX + 1), ..asks() }),
        ("city", "letter_recipients_too_many", Content { copies: many(COPIES_MAX + 1), ..asks() }),
        ("city", "letter_recipient_twice", content(LetterKind::Ask, &["water", "water"])),
        ("city", "letter_recipient_twice", content(LetterKind::Ask, &["city"])),
        ("city", "letter_recipient_twice", Content { copies: vec!["water".to_owned()], ..asks() }),
        ("city", "letter_limit_out_of_range", Content { working_days: Some(0), ..asks() }),
        ("city", "letter_limit_out_of_range", Content { working_days: Some(61), ..asks() }),
        (
            "city",
            "letter_limit_unexpected",
            Content { working_days: Some(3), ..content(LetterKind::Inform, &["water"]) },
        ),
        ("city", "letter_text_too_long", Content { subject: "函".repeat(SUBJECT_CHARS_MAX + 1), ..asks() }),
        ("city", "letter_text_too_long", Content { text: "函".repeat(TEXT_CHARS_MAX + 1), ..asks() }),
        ("city", "letter_attachment_title_missing", Content { attachments: vec![attachment(" ")], ..asks() }),
        (
            "city",
            "letter_attachments_too_many",
            Content { attachments: vec![attachment("图"); ATTACHMENTS_MAX + 1], ..asks() },
        ),
        ("city", "letter_links_too_many", Content { links: vec![link(); LINKS_MAX + 1], ..asks() }),
        ("city", "letter_answers_unexpected", Content { answers: Some(letter_id(1)), ..asks() }),
        ("water", "letter_answers_missing", Content { answers: None, ..reply() }),
        ("police", "letter_answers_other", Content { from: "police".to_owned(), ..reply() }),
        ("water", "letter_reply_to_other", Content { to: vec!["power".to_owned()], ..reply() }),
    ]
}

/// Refusals of drafts that are no letters yet.
fn of_drafts() -> Vec<(&'static str, Content)> {
    let asks = || content(LetterKind::Ask, &["water"]);
    vec![
        ("letter_recipient_missing", content(LetterKind::Ask, &[])),
        ("letter_subject_missing", Content { subject: String::new(), ..asks() }),
        ("letter_text_missing", Content { text: " ".to_owned(), ..asks() }),
    ]
}

/// Every code that is reached here.
pub(super) fn refusals() -> Vec<&'static str> {
    let mut codes = Vec::new();
    for (name, code, content) in of_contents() {
        assert_eq!(Story::of(replying()).refused(name, &draft(content.clone())), code, "{content:?}");
        codes.push(code);
    }
    for (code, content) in of_drafts() {
        let story = Story::new().does("city", draft(content.clone()));
        assert_eq!(story.refused("city", &Command::Send {}), code, "{content:?}");
        codes.push(code);
    }
    let asked = || Story::sent(LetterKind::Ask, &["water"]);
    let drafted = Story::new().does("city", draft(content(LetterKind::Ask, &["water"])));
    let unmarked = Story::of(World { number: None, ..World::new() })
        .does("city", draft(content(LetterKind::Ask, &["water"])));
    let other = Content { from: "water".to_owned(), ..content(LetterKind::Ask, &["city"]) };
    let wrong_unit =
        Command::Return { unit: "water".to_owned(), reason: word(), proposed: Some("water".to_owned()) };
    let late = asked().at("2026-03-16T09:00:01+08:00");
    let more = asked().does("city", extend(1)).does("city", extend(1));
    for (story, name, command, code) in [
        (&Story::new(), "city", Command::Send {}, "letter_missing"),
        (&unmarked, "city", Command::Send {}, "letter_mark_missing"),
        (&drafted, "city", amend(other), "letter_sender_fixed"),
        (&drafted, "water", Command::Send {}, "letter_not_your_right"),
        (&drafted, "worker", Command::Send {}, "letter_not_your_right"),
        (&drafted, "leader", withdraw(), "letter_not_your_right"),
        (&asked(), "water", receive("police"), "letter_not_your_right"),
        (&asked(), "water", answer("water"), "letter_not_your_right"),
        (&asked(), "police", receive("police"), "letter_not_recipient"),
        (&asked(), "water", wrong_unit, "letter_proposed_unit"),
        (&asked(), "city", Command::Withdraw { reason: " ".to_owned() }, "letter_reason_missing"),
        (&asked(), "city", Command::Close { note: String::new() }, "letter_reason_missing"),
        (&asked(), "city", Command::Withdraw { reason: "因".repeat(1_001) }, "letter_text_too_long"),
        (&asked(), "city", extend(0), "letter_limit_out_of_range"),
        (&late, "city", extend(1), "letter_overdue_already"),
        (&more, "city", extend(1), "letter_extension_limit"),
        (&Story::sent(LetterKind::Inform, &["water"]), "leader", supervise(), "letter_needs_no_answer"),
        (&Story::sent(LetterKind::Inform, &["water"]), "system", answer("water"), "letter_needs_no_answer"),
        (
            &Story::of(replying()).does("water", draft(reply())).does("water", Command::Send {}),
            "water",
            withdraw(),
            "letter_answer_stands",
        ),
    ] {
        assert_eq!(story.refused(name, &command), code, "{name}: {command:?}");
        codes.push(code);
    }
    codes
}

#[test]
fn a_refusal_says_why() {
    assert!(refusals().len() > 30);
}

#[test]
fn a_reply_is_checked_again_when_it_is_sent() {
    let mut story = Story::of(replying()).does("water", draft(reply()));
    story.world.answered = None;
    assert_eq!(story.refused("water", &Command::Send {}), "letter_answers_missing");
}

#[test]
fn everybody_sees_what_they_may_do() {
    let may = |story: &Story, name: &str| {
        let actor = who(name);
        allowed(story.letter.as_ref(), &story.world.context(&actor, story.now))
    };
    use CommandKind as Kind;
    assert_eq!(may(&Story::new(), "city"), [Kind::Draft]);
    assert_eq!(may(&Story::new(), "leader"), []);
    let drafted = Story::new().does("city", draft(content(LetterKind::Ask, &["water"])));
    assert_eq!(may(&drafted, "city"), [Kind::Amend, Kind::Send, Kind::Withdraw]);
    assert_eq!(may(&drafted, "dispatcher"), [Kind::Amend, Kind::Send, Kind::Withdraw], "of the same unit");
    assert_eq!(may(&drafted, "water"), []);
    let sent = Story::sent(LetterKind::Ask, &["water"]);
    assert_eq!(may(&sent, "city"), [Kind::Extend, Kind::Withdraw, Kind::Close]);
    assert_eq!(may(&sent, "water"), [Kind::Receive, Kind::Return]);
    assert_eq!(may(&sent, "leader"), [Kind::Supervise]);
    assert_eq!(may(&sent, "nobody"), []);
    let answered = sent.does("system", answer("water"));
    assert_eq!(may(&answered, "city"), [Kind::Close]);
    assert_eq!(may(&answered, "water"), []);
}
