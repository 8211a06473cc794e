//! Random lives: whatever is tried, in whatever order and at whatever time, the entries are the state and the rules hold.

use std::collections::BTreeSet;

use kernel::time::{DAY_MS, MINUTE_MS};
use proptest::prelude::*;

use super::*;

/// One thing to try: who, what, after how many minutes.
fn tries() -> Vec<(&'static str, Command)> {
    let world = World::new();
    let soon = world.start + 3 * DAY_MS;
    let reason = word;
    vec![
        ("acceptor", Command::Accept {}),
        ("acceptor", Command::Refuse { reason: reason() }),
        ("acceptor", Command::RequestVerification {}),
        ("checker", verify(Answer::Yes)),
        ("checker", verify(Answer::Cannot)),
        ("shift_leader", Command::File {}),
        ("dispatcher", dispatch(&["roads"])),
        ("dispatcher", dispatch(&["roads", "parks"])),
        ("dispatcher", jointly(&["parks", "roads"], soon)),
        ("dispatcher", Command::SendBack { reason: reason() }),
        ("dispatcher", Command::ForwardToClosing { reason: reason() }),
        ("roads", Command::Sign {}),
        ("parks", Command::Sign {}),
        ("roads", Command::Assign { worker: account(WORKER) }),
        ("roads", Command::Unassign {}),
        ("roads", Command::ReachMilestone {}),
        ("roads", handle()),
        ("parks", handle()),
        ("worker", handle()),
        ("roads", Command::RejectWork { reason: reason() }),
        ("roads", Command::Confirm {}),
        ("parks", Command::Confirm {}),
        ("roads", give_back()),
        ("acceptor", Command::RequestCheck {}),
        ("checker", check(Answer::Yes)),
        ("checker", check(Answer::No)),
        ("acceptor", Command::WithdrawTask { reason: reason() }),
        ("shift_leader", Command::OrderRework { reason: reason() }),
        ("shift_leader", close(Outcome::Cured)),
        ("roads", Command::RequestExtension { reason: reason() }),
        ("worker", Command::RequestSuspension { until: soon, reason: reason() }),
        ("roads", Command::EndorseDelay {}),
        ("dispatcher", Command::GrantDelay {}),
        ("dispatcher", Command::RefuseDelay { reason: reason() }),
        ("dispatcher", Command::Resume {}),
        ("leader", Command::Urge { limit: hours(2), reason: reason() }),
        ("roads", Command::AnswerUrge { answer: reason() }),
        ("roads", Command::AppealOverdue { reason: reason() }),
        ("dispatcher", Command::ReviewAppeal { granted: true, reason: reason() }),
        ("acceptor", Command::DecideAppeal { granted: true, reason: reason() }),
        ("acceptor", Command::Merge { into: case_id(9) }),
        ("acceptor", Command::Unmerge { reason: reason() }),
        ("resident", Command::Reopen { reason: reason() }),
        ("resident", Command::Follow { person: None }),
        ("dispatcher", Command::Undo {}),
        ("shift_leader", Command::Undo {}),
        ("acceptor", Command::Undo {}),
    ]
}

fn live(world: &World, source: Source, picks: &[(prop::sample::Index, u16, bool)]) {
    let name = if source == Source::Collector { "collector" } else { "acceptor" };
    let all = tries();
    let mut now = world.start;
    let (mut case, events) = world.act(None, name, &Command::Report(Box::new(report(source))), now).unwrap();
    let mut history: Vec<(Event, Moment, Actor)> =
        events.into_iter().map(|event| (event, now, who(name))).collect();
    for (index, minutes, timer_first) in picks {
        now = now + i64::from(*minutes) * MINUTE_MS / 4;
        let due = case.timers().into_iter().find(|timer| timer.at <= now);
        let (name, command) = match due {
            Some(timer) if *timer_first => {
                ("system", Command::TimerFired { kind: timer.kind, clock: timer.clock, at: timer.at })
            }
            _ => {
                // Something that may be done, if there is anything, so that lives get long.
                let fits: Vec<_> = all
                    .iter()
                    .filter(|(name, command)| world.act(Some(&case), name, command, now).is_ok())
                    .collect();
                if fits.is_empty() { index.get(&all).clone() } else { (*index.get(&fits)).clone() }
            }
        };
        let Ok((after, events)) = world.act(Some(&case), name, &command, now) else { continue };
        assert!(!events.is_empty());
        history.extend(events.into_iter().map(|event| (event, now, who(name))));
        case = after;
        let running: Vec<Clock> = case.clocks.iter().map(|running| running.clock).collect();
        assert_eq!(
            running,
            deadlines::clocks(&case, world.calendar, &world.settings),
            "recomputed from the state"
        );
        let told: BTreeSet<_> = case.overdues.iter().map(|fact| (fact.clock, fact.from)).collect();
        assert_eq!(told.len(), case.overdues.len(), "overdue was told twice");
    }
    // The entries, written and read again, are the state.
    let mut again = None;
    for (event, at, actor) in &history {
        let text = serde_json::to_string(event).unwrap();
        let read: Event = serde_json::from_str(&text).unwrap();
        assert_eq!(&read, event);
        again = Some(evolve(again, &read, *at, &actor.id));
    }
    let text = serde_json::to_string(&case).unwrap();
    assert_eq!(text, serde_json::to_string(&again.unwrap()).unwrap());
    assert_eq!(serde_json::from_str::<Case>(&text).unwrap(), case);
    if let Some(closing) = &case.closing {
        assert!(!case.hands.contains(&closing.by));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn any_life_can_be_told_again(
        direct in any::<bool>(),
        picks in prop::collection::vec((any::<prop::sample::Index>(), 0..400_u16, any::<bool>()), 1..50),
    ) {
        live(&World::new(), if direct { Source::Collector } else { Source::Hotline }, &picks);
    }

    /// Reliability row 15: entries in the wrong order never crash a reader; they only give another state.
    #[test]
    fn evolve_is_total(order in Just((0..9_usize).collect::<Vec<_>>()).prop_shuffle()) {
        let story = Story::new().confirmed().checked(Answer::Yes).does("shift_leader", close(Outcome::Cured));
        let actor = who("system").id;
        let case = order
            .iter()
            .filter_map(|index| story.events.get(*index))
            .fold(None, |case, event| Some(evolve(case, event, story.now, &actor)));
        prop_assert!(case.is_some());
    }
}
