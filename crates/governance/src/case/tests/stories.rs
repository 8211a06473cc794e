//! Cases told from end to end: the procedures of standards 3.4, the clocks of 4, and every refusal that the walk does not meet.

use std::collections::BTreeSet;

use kernel::time::{DAY_MS, HOUR_MS, MINUTE_MS};

use super::*;

fn due(story: &Story, clock: ClockName) -> String {
    let running = story.case().clocks.iter().find(|running| running.clock.name == clock);
    let due =
        running.unwrap_or_else(|| panic!("{clock:?} does not run: {:?}", story.case().clocks)).clock.due;
    due.iso(story.world.calendar.zone())[..16].replace('T', " ")
}

fn facts(story: &Story, kind: &str) -> usize {
    story.events.iter().filter(|event| event.kind() == kind).count()
}

#[test]
fn a_public_report_goes_the_whole_way() {
    let story = Story::reported(Source::Hotline)
        .does("acceptor", Command::Accept {})
        .does("acceptor", Command::RequestVerification {})
        .does("checker", verify(Answer::Yes))
        .does("shift_leader", Command::File {})
        .does("dispatcher", dispatch(&["roads"]))
        .does("roads", Command::Sign {})
        .does("roads", Command::Assign { worker: account(WORKER) })
        .does("worker", handle())
        .does("roads", Command::Confirm {})
        .checked(Answer::Yes)
        .does("second_shift_leader", close(Outcome::Cured))
        .does("resident", Command::Rate { solved: true, satisfaction: 5 });
    assert_eq!(story.case().stage, Stage::Closed);
    assert_eq!(story.case().owner, Some(who("shift_leader").id), "the first filer owns it for life");
    assert_eq!(story.case().closing.as_ref().unwrap().by, who("second_shift_leader").id);
    assert!(story.case().clocks.is_empty() && story.case().timers().is_empty());
}

#[test]
fn a_suspended_clock_stands() {
    // Standards 4.2: Mon 09:00, 4 working hours, suspended Mon 10:00 to Tue 10:00, is due Tue 15:00.
    let until = Moment::parse_iso("2026-03-03T10:00:00+08:00").unwrap();
    let story = Story::new().dispatched(&["roads"]);
    assert_eq!(due(&story, ClockName::Handle(0)), "2026-03-02 15:00");
    let story = story
        .at("2026-03-02T10:00:00+08:00")
        .does("roads", Command::RequestSuspension { until, reason: word() })
        .does("dispatcher", Command::GrantDelay {});
    assert_eq!(due(&story, ClockName::Handle(0)), "2026-03-03 15:00");
    assert_eq!(story.refused("roads", &Command::Sign {}), "case_suspended");
    let timer = fired(story.case(), TimerKind::Resume).unwrap();
    assert_eq!(story.refused("system", &timer), "case_timer_not_running", "too early");
    // The timer is late by two hours (a restart in between): the clock has run on from the date all the same.
    let story = story.at("2026-03-03T12:00:00+08:00").does("system", timer.clone());
    assert_eq!(due(&story, ClockName::Handle(0)), "2026-03-03 15:00");
    assert_eq!(story.refused("system", &timer), "case_timer_not_running");
    assert_eq!(story.case().suspended_until, None);
    // And an extension on top: one more original limit from the present deadline, 3 hours on Tuesday and 1 on Wednesday.
    let story = story
        .does("roads", Command::RequestExtension { reason: word() })
        .does("dispatcher", Command::GrantDelay {});
    assert_eq!(due(&story, ClockName::Handle(0)), "2026-03-04 09:00");
    let again = story
        .does("roads", Command::RequestExtension { reason: word() })
        .does("dispatcher", Command::GrantDelay {});
    assert_eq!(due(&again, ClockName::Handle(0)), "2026-03-04 15:00");
    assert_eq!(again.refused("roads", &Command::RequestExtension { reason: word() }), "case_extension_limit");
}

#[test]
fn a_suspension_ends_early_and_without_its_timer() {
    let until = Moment::parse_iso("2026-03-09T10:00:00+08:00").unwrap();
    let suspended = || {
        Story::new()
            .dispatched(&["roads"])
            .at("2026-03-02T10:00:00+08:00")
            .does("roads", Command::RequestSuspension { until, reason: word() })
            .does("dispatcher", Command::GrantDelay {})
    };
    let early = suspended().at("2026-03-02T11:00:00+08:00").does("dispatcher", Command::Resume {});
    assert_eq!(due(&early, ClockName::Handle(0)), "2026-03-02 16:00");
    // Nobody has fired the timer, yet after the date the unit may sign.
    let on = suspended().at("2026-03-09T10:30:00+08:00").does("roads", Command::Sign {});
    assert_eq!(facts(&on, "case_resumed"), 1);
    assert_eq!(due(&on, ClockName::Handle(0)), "2026-03-09 15:00");
}

#[test]
fn milestones_have_limits_of_their_own() {
    // Standards 4.3: stop 4 working hours, penalty 7 working days, demolition 20 working days.
    let mut world = World::new();
    let days = |value| Limit::new(value, LimitUnit::WorkingDay);
    world.rule.milestones = [("制止", hours(4)), ("处罚", days(7)), ("拆除", days(20))]
        .map(|(name, limit)| Milestone { name: name.to_owned(), limit })
        .to_vec();
    let story = Story::of(world).dispatched(&["roads", "parks"]);
    assert_eq!(due(&story, ClockName::Handle(0)), "2026-03-02 15:00");
    assert_eq!(due(&story, ClockName::Handle(1)), "2026-03-11 09:00");
    assert_eq!(due(&story, ClockName::Handle(2)), "2026-03-30 09:00");
    let story = story.does("roads", Command::Sign {}).does("parks", Command::Sign {});
    assert_eq!(story.refused("parks", &Command::ReachMilestone {}), "case_not_the_lead");
    let story = story
        .does("roads", Command::ReachMilestone {})
        .does("roads", Command::RequestExtension { reason: word() })
        .does("dispatcher", Command::GrantDelay {});
    assert_eq!(due(&story, ClockName::Handle(1)), "2026-03-20 09:00");
    assert_eq!(
        due(&story, ClockName::Handle(2)),
        "2026-04-09 09:00",
        "later ones move with it, over 清明 on the 6th"
    );
    let story = story.does("roads", Command::ReachMilestone {});
    assert_eq!(story.refused("roads", &Command::ReachMilestone {}), "case_last_milestone_is_confirmation");
}

#[test]
fn the_clock_may_start_with_the_signing() {
    let mut world = World::new();
    world.settings.clock_start = ClockStart::Signing;
    let story = Story::of(world).dispatched(&["roads"]);
    assert_eq!(due(&story, ClockName::Sign), "2026-03-02 11:00");
    assert_eq!(
        story.refused("roads", &Command::RequestExtension { reason: word() }),
        "case_clock_not_started"
    );
    let story = story.at("2026-03-02T10:00:00+08:00").does("roads", Command::Sign {});
    assert_eq!(due(&story, ClockName::Handle(0)), "2026-03-02 16:00");
}

#[test]
fn overdue_is_told_once_and_stays() {
    let story = Story::new().dispatched(&["roads"]);
    let reminder = fired(story.case(), TimerKind::Reminder).unwrap();
    let story = story.at("2026-03-02T14:30:00+08:00").does("system", reminder.clone());
    assert_eq!(story.refused("system", &reminder), "case_timer_not_running");
    let timer = fired(story.case(), TimerKind::Overdue).unwrap();
    let story = story.at("2026-03-02T16:00:00+08:00").does("system", timer.clone());
    assert_eq!(story.refused("system", &timer), "case_timer_not_running");
    assert_eq!(story.refused("roads", &Command::RequestExtension { reason: word() }), "case_already_overdue");
    let story = story.does("roads", Command::Sign {}).at("2026-03-02T17:00:00+08:00").works_on();
    assert_eq!(story.case().overdues[0].late_ms(story.now), 2 * HOUR_MS);
    let story = story.checked(Answer::Yes).does("shift_leader", close(Outcome::Cured));
    let story = story
        .does("roads", Command::AppealOverdue { reason: word() })
        .does("dispatcher", Command::ReviewAppeal { granted: true, reason: word() })
        .does("acceptor", Command::DecideAppeal { granted: true, reason: word() });
    let fact = &story.case().overdues[0];
    assert!(fact.exempt && fact.late_ms(story.now) == 2 * HOUR_MS, "the fact stays visible");
    assert_eq!(story.refused("roads", &Command::AppealOverdue { reason: word() }), "case_appealed_already");
    assert_eq!(facts(&story, "case_overdue"), 1);
    assert_eq!(facts(&story, "case_reminded"), 1);
}

#[test]
fn lateness_does_not_depend_on_timers() {
    let story = Story::new().dispatched(&["roads"]).at("2026-03-02T15:00:00+08:00").works();
    assert!(story.case().overdues.is_empty(), "on the dot is in time");
    let story = Story::new().dispatched(&["roads"]).at("2026-03-02T17:00:00+08:00").works();
    assert_eq!(story.case().overdues.len(), 1);
    assert_eq!(story.case().overdues[0].late_ms(story.now), 2 * HOUR_MS);
    assert_eq!(story.case().overdues[0].units, ["roads"]);
}

#[test]
fn rework_goes_on_with_the_time_that_was_left() {
    let story = Story::new().dispatched(&["roads"]).at("2026-03-02T11:00:00+08:00").works();
    let story = story.checked(Answer::No).at("2026-03-02T15:00:00+08:00");
    assert_eq!(story.refused("shift_leader", &close(Outcome::Cured)), "case_check_failed");
    let story = story.does("shift_leader", Command::OrderRework { reason: word() });
    // 2 of 4 working hours were used; 11:00 to 15:00 does not count.
    assert_eq!(due(&story, ClockName::Handle(0)), "2026-03-02 17:00");
    let blank = Command::Handle { note: word(), attachments: Vec::new() };
    let story = story.does("roads", blank).does("roads", Command::Confirm {}).checked(Answer::Yes);
    assert_eq!(
        story.refused("shift_leader", &close(Outcome::Cured)),
        "case_closing_items_missing",
        "a rework needs a fresh picture"
    );
    let story = story.does("acceptor", Command::Attach { attachments: vec![photo(AttachmentRole::After)] });
    assert_eq!(story.does("shift_leader", close(Outcome::Cured)).case().stage, Stage::Closed);
}

#[test]
fn after_two_returns_only_a_joint_decision_helps() {
    let mut story = Story::new().filed();
    for _ in 0..2 {
        story = story.does("dispatcher", dispatch(&["roads"])).does("roads", give_back());
    }
    assert_eq!(story.refused("dispatcher", &dispatch(&["parks"])), "case_joint_decision_needed");
    assert_eq!(
        story.refused("dispatcher", &Command::ForwardToClosing { reason: word() }),
        "case_returned_not_forwarded"
    );
    let date = story.now + 10 * DAY_MS;
    let story = story.does("dispatcher", jointly(&["roads", "parks"], date));
    assert_eq!(story.case().clocks[0].clock.due, date);
    assert_eq!(story.refused("roads", &give_back()), "case_joint_decision_stands");
    let story = story.works();
    assert_eq!(story.case().stage, Stage::Handling, "one unit still works");
    let story = story.works_as("parks");
    assert_eq!(story.case().stage, Stage::UnitConfirmed);
}

#[test]
fn the_last_act_can_be_taken_back_for_ten_seconds() {
    let story = Story::new().filed();
    let before = story.case().clone();
    let mut story = story.does("dispatcher", dispatch(&["roads"]));
    assert_eq!(story.refused("leader", &Command::Undo {}), "case_undo_of_another");
    story.now = story.now + 10_001;
    assert_eq!(story.refused("dispatcher", &Command::Undo {}), "case_undo_too_late");
    story.now = story.now + -1;
    let story = story.does("dispatcher", Command::Undo {});
    assert_eq!(story.refused("dispatcher", &Command::Undo {}), "case_not_in_this_stage");
    let mut after = story.case().clone();
    assert_eq!(after.clocks, before.clocks, "the clock goes on as if nothing had been");
    after.counts = before.counts;
    after.changed_at = before.changed_at;
    after.units_ever.clear();
    assert_eq!(after, before);
    assert_eq!(facts(&story, "case_undone"), 1);
}

#[test]
fn a_merged_case_is_linked_and_comes_back() {
    let story = Story::reported(Source::Collector);
    let before = story.case().clone();
    let story = story.does("acceptor", Command::Merge { into: case_id(9) });
    assert_eq!(story.case().merged.as_ref().map(|merged| merged.into), Some(case_id(9)));
    let story = story.later(10).does("acceptor", Command::Unmerge { reason: word() });
    assert_eq!(story.case().clocks, before.clocks);
    assert_eq!(story.case().stage, Stage::Reported);
    let reminded =
        Story::reported(Source::Collector).does("acceptor", Command::Follow { person: Some(person(1)) });
    assert_eq!(reminded.does("resident", Command::Follow { person: None }).case().voices(), 3);
}

#[test]
fn quick_lanes_end_without_units() {
    let mut fixed = report(Source::Collector);
    fixed.lane = Lane::SelfHandled;
    fixed.attachments.push(photo(AttachmentRole::After));
    let story = Story::new().does("collector", Command::Report(Box::new(fixed)));
    assert_eq!(story.case().stage, Stage::ToClose);
    assert_eq!(story.does("shift_leader", close(Outcome::Cured)).case().lane, Lane::SelfHandled);
    let answered =
        Story::reported(Source::Hotline).does("shift_leader", Command::AnswerAtOnce { answer: word() });
    assert_eq!(answered.refused("shift_leader", &close(Outcome::Cured)), "case_closer_is_handler");
    assert_eq!(answered.does("second_shift_leader", close(Outcome::Cured)).case().stage, Stage::Closed);
}

#[test]
fn a_case_of_another_system_comes_in_as_it_was() {
    for stage in [Stage::Closed, Stage::Reported, Stage::Refused, Stage::Voided] {
        let story = Story::new().does("administrator", Command::Import(Box::new(import(stage))));
        assert_eq!(story.case().stage, stage);
        assert!(story.case().timers().is_empty(), "an old case does not run out at once");
    }
}

#[test]
fn buttons_follow_from_the_rules() {
    let story = Story::reported(Source::Collector);
    let see = |story: &Story, name: &str| {
        let actor = who(name);
        allowed(story.case.as_ref(), &story.world.context(&actor, story.now))
    };
    assert_eq!(see(&story, "roads"), []);
    assert!(see(&story, "shift_leader").contains(&CommandKind::File));
    assert!(!see(&story, "acceptor").contains(&CommandKind::File));
    let story = story.does("shift_leader", Command::File {}).does("dispatcher", dispatch(&["roads"]));
    assert!(see(&story, "dispatcher").contains(&CommandKind::Undo));
    let units: Vec<CommandKind> = see(&story, "roads");
    assert!(units.contains(&CommandKind::Sign) && units.contains(&CommandKind::Return));
    assert!(!units.contains(&CommandKind::Handle), "first sign: {units:?}");
    let nobody = who("resident");
    let born = allowed(None, &story.world.context(&nobody, story.now));
    assert_eq!(born, [CommandKind::Report]);
}

#[test]
fn entries_are_small_and_stable() {
    let story = Story::new().dispatched(&["roads"]);
    let lines: Vec<String> = story.events.iter().map(|event| serde_json::to_string(event).unwrap()).collect();
    assert_eq!(
        lines[2],
        r#"{"fact":{"dispatched":{"units":["roads"]}},"clocks":[{"name":{"handle":0},"from":1772413200000,"due":1772434800000,"remind":1772424000000}]}"#
    );
    let kinds: BTreeSet<&str> = Fact::KINDS.iter().copied().collect();
    assert_eq!(kinds.len(), Fact::KINDS.len(), "two facts share a kind");
    for kind in CommandKind::ALL {
        assert_eq!(serde_json::to_string(kind).unwrap(), format!("\"{}\"", kind.name()));
    }
    for stage in Stage::ALL {
        assert_eq!(serde_json::to_string(&stage).unwrap(), format!("\"{}\"", stage.name()));
    }
}

impl Story {
    fn works_on(self) -> Self {
        self.does("roads", handle()).does("roads", Command::Confirm {})
    }

    fn works_as(self, unit: &str) -> Self {
        self.does(unit, Command::Sign {}).does(unit, handle()).does(unit, Command::Confirm {})
    }
}

/// One refusal for each code that needs a story of its own.
pub(super) fn refusals() -> BTreeSet<&'static str> {
    let text = |chars: usize| "字".repeat(chars);
    let mut codes = BTreeSet::new();
    let mut no = |story: &Story, name: &str, command: Command| codes.insert(story.refused(name, &command));
    let of = |report: Report| Command::Report(Box::new(report));
    let new = Story::new();
    no(&new, "acceptor", Command::Accept {});
    no(&new, "resident", of(report(Source::Hotline)));
    no(&new, "resident", of(Report { text: String::new(), attachments: Vec::new(), ..report(Source::Web) }));
    no(&new, "resident", of(Report { text: text(TEXT_CHARS_MAX + 1), ..report(Source::Web) }));
    no(&new, "resident", of(Report { lane: Lane::Transferred, ..report(Source::Web) }));
    no(&new, "resident", of(Report { place: Some(Place { lat: 91.0, ..place() }), ..report(Source::Web) }));
    let many = vec![photo(AttachmentRole::Other); ATTACHMENTS_MAX + 1];
    no(&new, "resident", of(Report { attachments: many, ..report(Source::Web) }));
    no(&new, "collector", of(Report { lane: Lane::SelfHandled, ..report(Source::Collector) }));
    no(&new, "leader", of(Report { lane: Lane::SelfHandled, ..report(Source::Leader) }));
    let of_import = |change: &dyn Fn(&mut Import)| {
        let mut import = import(Stage::Closed);
        change(&mut import);
        Box::new(import)
    };
    no(&new, "administrator", Command::Import(of_import(&|import| import.stage = Stage::Handling)));
    let many = |import: &mut Import| {
        import.fields = (0..=IMPORT_FIELDS_MAX).map(|number| (number.to_string(), word())).collect();
    };
    no(&new, "administrator", Command::Import(of_import(&many)));
    let brought = Story::new().does("administrator", Command::Import(of_import(&|_| {})));
    no(&brought, "system", locate());
    let nowhere = |import: &mut Import| import.report.place = None;
    let brought = brought.does("administrator", Command::Reimport(of_import(&nowhere)));
    no(&brought, "system", locate());
    no(&Story::reported(Source::Web), "administrator", Command::Reimport(of_import(&nowhere)));
    let mut tired = brought;
    tired.world.settings.max.reimports = 1;
    no(&tired, "administrator", Command::Reimport(of_import(&nowhere)));
    let noted = tired.does("acceptor", Command::Note { note: word(), public: false });
    no(&noted, "administrator", Command::Reimport(of_import(&nowhere)));
    let case = Story::reported(Source::Collector);
    no(&case, "acceptor", of(report(Source::Hotline)));
    no(&case, "acceptor", Command::Refuse { reason: " ".to_owned() });
    no(&case, "acceptor", Command::Amend { place: None, class: None, text: None, component: None });
    no(&case, "acceptor", Command::Split { children: vec![case_id(0)], reason: word() });
    no(&case, "acceptor", Command::Merge { into: case_id(0) });
    no(&case, "acceptor", Command::Release { child: case_id(7) });
    let followed = case.does("resident", Command::Follow { person: Some(person(1)) });
    no(&followed, "resident", Command::Follow { person: Some(person(1)) });
    let mut full = Story::reported(Source::Collector);
    full.case.as_mut().unwrap().followers = (10..).take(FOLLOWERS_MAX).map(person).collect();
    no(&full, "resident", Command::Follow { person: Some(person(1)) });
    let actor = who("acceptor");
    let merge = Command::Merge { into: case_id(9) };
    let base = full.world.context(&actor, full.now);
    let missing = decide(full.case.as_ref(), &merge, &Context { other: None, ..base }).unwrap_err().code;
    let ended = Story::reported(Source::Collector).does("shift_leader", Command::Void { reason: word() });
    let target =
        decide(full.case.as_ref(), &merge, &Context { other: ended.case.as_ref(), ..base }).unwrap_err().code;
    let verification = Command::RequestVerification {};
    let undrawn =
        decide(full.case.as_ref(), &verification, &Context { draw: None, ..base }).unwrap_err().code;
    let reporter = Drawn { account: account(COLLECTOR), unit: None };
    let own = decide(full.case.as_ref(), &verification, &Context { draw: Some(&reporter), ..base })
        .unwrap_err()
        .code;
    let filer = who("shift_leader");
    let base = full.world.context(&filer, full.now);
    let file = Command::File {};
    let unruled = decide(full.case.as_ref(), &file, &Context { rule: None, ..base }).unwrap_err().code;
    let mut rule = full.world.rule.clone();
    rule.filing_items.insert(MandatoryItem::Component);
    let items = decide(full.case.as_ref(), &file, &Context { rule: Some(&rule), ..base }).unwrap_err().code;
    rule.milestones.clear();
    let limits = decide(full.case.as_ref(), &file, &Context { rule: Some(&rule), ..base }).unwrap_err().code;
    let filed = Story::new().filed();
    no(&filed, "dispatcher", dispatch(&["roads", "roads"]));
    no(&filed, "dispatcher", jointly(&["roads"], filed.now + DAY_MS));
    no(&filed, "dispatcher", jointly(&["roads", "parks"], filed.now));
    let dispatched = filed.does("dispatcher", dispatch(&["roads"]));
    no(&dispatched, "parks", Command::Sign {});
    no(&dispatched, "leader", Command::Urge { limit: hours(0), reason: word() });
    no(&dispatched, "roads", Command::AnswerUrge { answer: word() });
    no(&dispatched, "dispatcher", Command::Resume {});
    no(&dispatched, "dispatcher", Command::GrantDelay {});
    let asked = dispatched.does("roads", Command::RequestExtension { reason: word() });
    no(&asked, "roads", Command::RequestExtension { reason: word() });
    no(&asked, "roads", Command::EndorseDelay {});
    let confirmed = Story::new().confirmed();
    let tied = Drawn { account: account(30), unit: Some("roads".to_owned()) };
    let context = confirmed.world.context(&actor, confirmed.now);
    let context = Context { draw: Some(&tied), ..context };
    let handler = decide(confirmed.case.as_ref(), &Command::RequestCheck {}, &context).unwrap_err().code;
    let asked = confirmed.does("acceptor", Command::RequestCheck {});
    no(&asked, "collector", check(Answer::Yes));
    let checked = asked.does("checker", check(Answer::Yes));
    no(&checked, "shift_leader_of_roads", close(Outcome::Cured));
    no(&checked, "shift_leader", close(Outcome::Unresolved));
    let unmet = Command::Close {
        outcome: Outcome::Cured,
        condition_met: false,
        note: word(),
        component_present: None,
    };
    no(&checked, "shift_leader", unmet);
    let bare = Story::new()
        .filed()
        .does("dispatcher", Command::ForwardToClosing { reason: word() })
        .checked(Answer::Yes);
    no(&bare, "shift_leader", close(Outcome::Cured));
    let closed = checked.does("shift_leader", close(Outcome::Cured));
    no(&closed, "roads", Command::AppealOverdue { reason: word() });
    no(&closed, "resident", Command::Rate { solved: true, satisfaction: 6 });
    no(&closed, "acceptor", Command::ReviewAppeal { granted: true, reason: word() });
    let rated = closed.does("resident", Command::Rate { solved: false, satisfaction: 1 });
    no(&rated, "resident", Command::Rate { solved: true, satisfaction: 5 });
    let late = rated.later(31 * DAY_MS / MINUTE_MS);
    no(&late, "resident", Command::Reopen { reason: word() });
    let answered =
        Story::reported(Source::Hotline).does("shift_leader", Command::AnswerAtOnce { answer: word() });
    no(&answered, "shift_leader", close(Outcome::Cured));
    let mut story = Story::new().dispatched(&["roads"]);
    no(&story, "leader", Command::Undo {});
    story.now = story.now + UNDO_MS_MAX + 1;
    no(&story, "dispatcher", Command::Undo {});
    let noted = story.does("dispatcher", Command::Note { note: word(), public: false });
    no(&noted, "dispatcher", Command::Undo {});
    let overdue = Command::TimerFired { kind: TimerKind::Overdue, clock: None, at: noted.now };
    no(&noted, "system", overdue);
    let mut world = World::new();
    world.settings.max =
        Loops { notes: 1, absorptions: 1, amendments: 1, urgency_changes: 1, ..Loops::default() };
    let note = || Command::Note { note: word(), public: false };
    let class = Some("2026-matter-0102".to_owned());
    let amend = || Command::Amend { place: None, class: class.clone(), text: None, component: None };
    let once = Story::of(world)
        .reports(Source::Collector)
        .does("acceptor", note())
        .does("acceptor", amend())
        .does("acceptor", Command::Absorb { child: case_id(7) })
        .does("acceptor", Command::SetUrgent { urgent: true });
    no(&once, "acceptor", note());
    no(&once, "acceptor", amend());
    no(&once, "acceptor", Command::Absorb { child: case_id(8) });
    no(&once, "acceptor", Command::SetUrgent { urgent: false });
    let absorbed = Story::reported(Source::Collector).does("acceptor", Command::Absorb { child: case_id(7) });
    no(&absorbed, "acceptor", Command::Absorb { child: case_id(7) });
    let mut world = World::new();
    world.settings.clock_start = ClockStart::Signing;
    no(&Story::of(world).dispatched(&["roads"]), "roads", Command::RequestExtension { reason: word() });
    let asked = Story::new()
        .dispatched(&["roads", "parks"])
        .does("roads", Command::Sign {})
        .does("parks", Command::Sign {})
        .does("roads", Command::Assign { worker: account(WORKER) })
        .does("worker", Command::RequestExtension { reason: word() });
    no(&asked, "parks", Command::EndorseDelay {});
    no(&asked, "parks", Command::ReachMilestone {});
    codes.extend([missing, target, undrawn, own, unruled, items, limits, handler]);
    codes
}
