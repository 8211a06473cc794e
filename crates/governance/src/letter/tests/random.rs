//! Random lives: whatever is tried, in whatever order and at whatever time, the entries are the state and the rules hold.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;

fn tries() -> Vec<(&'static str, Command)> {
    let mut tries = vec![
        ("city", amend(content(LetterKind::Consult, &["water", "police"]))),
        ("city", Command::Send {}),
        ("city", extend(3)),
        ("leader", supervise()),
        ("city", withdraw()),
        ("city", close()),
    ];
    for name in ["water", "police", "power"] {
        tries.extend([(name, receive(name)), (name, send_back(name)), ("system", answer(name))]);
    }
    tries
}

fn live(kind: LetterKind, picks: &[(prop::sample::Index, u16, bool)]) {
    let (world, all) = (World::new(), tries());
    let mut now = start();
    let (mut letter, events) =
        world.act(None, "city", &draft(content(kind, &["water", "police", "power"])), now).unwrap();
    let mut history: Vec<(Event, Moment, Actor)> =
        events.into_iter().map(|event| (event, now, who("city"))).collect();
    for (index, hours, timer_first) in picks {
        now = now + i64::from(*hours) * kernel::time::HOUR_MS;
        let due = letter.timers().into_iter().find(|timer| timer.at <= now);
        let (name, command) = match due {
            Some(timer) if *timer_first => {
                ("system", Command::TimerFired { kind: timer.kind, clock: timer.clock, at: timer.at })
            }
            _ => {
                // Something that may be done, if there is anything, so that lives get long.
                let fits: Vec<_> = all
                    .iter()
                    .filter(|(name, command)| world.act(Some(&letter), name, command, now).is_ok())
                    .collect();
                if fits.is_empty() { index.get(&all).clone() } else { (*index.get(&fits)).clone() }
            }
        };
        let Ok((after, events)) = world.act(Some(&letter), name, &command, now) else { continue };
        assert!(!events.is_empty());
        history.extend(events.into_iter().map(|event| (event, now, who(name))));
        letter = after;
        let running: Vec<Clock> = letter.clocks.iter().map(|running| running.clock).collect();
        assert_eq!(running, deadlines::clocks(&letter, &CALENDAR, &world.settings), "from the state");
        let told: BTreeSet<_> = letter.overdues.iter().map(|fact| (fact.clock, fact.from)).collect();
        assert_eq!(told.len(), letter.overdues.len(), "overdue was told twice");
    }
    // The entries, written and read again, are the state.
    let mut again = None;
    for (event, at, actor) in &history {
        let text = serde_json::to_string(event).unwrap();
        let read: Event = serde_json::from_str(&text).unwrap();
        assert_eq!(&read, event);
        again = Some(evolve(again, &read, *at, &actor.id));
    }
    let text = serde_json::to_string(&letter).unwrap();
    assert_eq!(text, serde_json::to_string(&again.unwrap()).unwrap());
    assert_eq!(serde_json::from_str::<Letter>(&text).unwrap(), letter);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn any_life_can_be_told_again(
        asks in any::<bool>(),
        picks in prop::collection::vec((any::<prop::sample::Index>(), 0..60_u16, any::<bool>()), 1..40),
    ) {
        live(if asks { LetterKind::Ask } else { LetterKind::Inform }, &picks);
    }

    /// Reliability row 15: entries in the wrong order never crash a reader; they only give another state.
    #[test]
    fn evolve_is_total(order in Just((0..7_usize).collect::<Vec<_>>()).prop_shuffle()) {
        let story = Story::sent(LetterKind::Ask, &["water", "police"])
            .does("water", receive("water"))
            .does("leader", supervise())
            .does("police", send_back("police"))
            .does("city", extend(1))
            .does("system", answer("water"));
        let actor = who("system").id;
        let letter = order
            .iter()
            .filter_map(|index| story.events.get(*index))
            .fold(None, |letter, event| Some(evolve(letter, event, story.now, &actor)));
        prop_assert!(letter.is_some());
    }
}
