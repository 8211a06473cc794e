//! Random lives: whatever is tried, in whatever order and at whatever time, the entries are the state and the rules hold.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;

fn tries() -> Vec<(&'static str, Command)> {
    vec![
        ("acceptor", fill(Filling { complex: Some(true), ..Filling::default() })),
        ("acceptor", fill(Filling { kind: Some(DemandKind::Consultation), ..Filling::default() })),
        ("acceptor", fill(filled())),
        ("second", Command::TakeOver {}),
        ("acceptor", Command::TakeOver {}),
        ("acceptor", Command::AnswerAtOnce { answer: word() }),
        ("acceptor", hand_over()),
        ("acceptor", join()),
        ("acceptor", transfer()),
        ("acceptor", reply(true)),
        ("acceptor", reply(false)),
        ("acceptor", Command::Contact { note: word() }),
        ("system", Command::CaseEnded {}),
        ("system", Command::CaseTakenUp {}),
        ("system", Command::CaseMerged { into: case_id(7) }),
        ("system", Command::CaseUnmerged { case: case_id(1) }),
        ("acceptor", Command::NotReached {}),
        ("acceptor", says(false, 1, true)),
        ("acceptor", says(true, 5, false)),
        ("acceptor", certify()),
        ("second", Command::ConfirmCertification {}),
        ("leader", Command::RejectCertification { reason: word() }),
        ("acceptor", Command::ContestCertification { reason: word() }),
    ]
}

fn live(first: (&'static str, Command), picks: &[(prop::sample::Index, u16, bool)]) {
    let (world, all) = (World::new(), tries());
    let mut now = start();
    let (name, command) = first;
    let (mut call, events) = world.act(None, name, &command, now).unwrap();
    let mut history: Vec<(Event, Moment, Actor)> =
        events.into_iter().map(|event| (event, now, who(name))).collect();
    for (index, minutes, timer_first) in picks {
        now = now + i64::from(*minutes) * MINUTE_MS;
        let due = call.timers().into_iter().find(|timer| timer.at <= now);
        let (name, command) = match due {
            Some(timer) if *timer_first => {
                ("system", Command::TimerFired { kind: timer.kind, clock: timer.clock, at: timer.at })
            }
            _ => {
                // Something that may be done, if there is anything, so that lives get long.
                let fits: Vec<_> = all
                    .iter()
                    .filter(|(name, command)| world.act(Some(&call), name, command, now).is_ok())
                    .collect();
                if fits.is_empty() { index.get(&all).clone() } else { (*index.get(&fits)).clone() }
            }
        };
        let Ok((after, events)) = world.act(Some(&call), name, &command, now) else { continue };
        assert!(!events.is_empty());
        history.extend(events.into_iter().map(|event| (event, now, who(name))));
        call = after;
        let running: Vec<Clock> = call.clocks.iter().map(|running| running.clock).collect();
        assert_eq!(
            running,
            deadlines::clocks(&call, &CALENDAR, &world.settings),
            "recomputed from the state"
        );
        let told: BTreeSet<_> = call.overdues.iter().map(|fact| (fact.clock, fact.from)).collect();
        assert_eq!(told.len(), call.overdues.len(), "overdue was told twice");
    }
    // The entries, written and read again, are the state.
    let mut again = None;
    for (event, at, actor) in &history {
        let text = serde_json::to_string(event).unwrap();
        let read: Event = serde_json::from_str(&text).unwrap();
        assert_eq!(&read, event);
        again = Some(evolve(again, &read, *at, &actor.id));
    }
    let text = serde_json::to_string(&call).unwrap();
    assert_eq!(text, serde_json::to_string(&again.unwrap()).unwrap());
    assert_eq!(serde_json::from_str::<Call>(&text).unwrap(), call);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn any_life_can_be_told_again(
        rung in any::<bool>(),
        picks in prop::collection::vec((any::<prop::sample::Index>(), 0..2_000_u16, any::<bool>()), 1..40),
    ) {
        let first = if rung { ("exchange", rings(SignalKind::Answered, start())) } else { ("acceptor", begin(filled())) };
        live(first, &picks);
    }

    /// Reliability row 15: entries in the wrong order never crash a reader; they only give another state.
    #[test]
    fn evolve_is_total(order in Just((0..8_usize).collect::<Vec<_>>()).prop_shuffle()) {
        let story = Story::with_case()
            .does("system", Command::CaseMerged { into: case_id(2) })
            .does("system", Command::CaseUnmerged { case: case_id(1) })
            .does("system", Command::CaseEnded {})
            .does("acceptor", says(false, 1, true))
            .does("acceptor", certify())
            .does("second", Command::ConfirmCertification {});
        let actor = who("system").id;
        let call = order
            .iter()
            .filter_map(|index| story.events.get(*index))
            .fold(None, |call, event| Some(evolve(call, event, story.now, &actor)));
        prop_assert!(call.is_some());
    }
}
