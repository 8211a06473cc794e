//! The exhaustive walk: every state that the rules allow, with small limits and abstracted time, from several starts. It proves that the
//! table is the machine, that every stage is reached and can be left towards an end, that every loop is bounded, that a refused command
//! changes nothing, and what must never be.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use kernel::time::DAY_MS;

use super::*;

/// One start with its limits and the commands that are followed from it.
struct Walk {
    name: &'static str,
    world: World,
    first: (&'static str, Command),
    follow: Vec<(&'static str, Command)>,
    timers: bool,
}

#[derive(Default)]
struct Seen {
    moves: BTreeSet<(Stage, CommandKind, Stage)>,
    births: BTreeSet<Stage>,
    codes: BTreeSet<&'static str>,
    states: usize,
}

/// The state without time: what is left decides what may follow, as long as no clock runs out.
fn key(call: &Call) -> String {
    let mut call = call.clone();
    let zero = Moment(0);
    (call.since, call.at, call.changed_at, call.answer_from) = (zero, zero, zero, zero);
    for moment in [&mut call.passed_on_at, &mut call.response_due, &mut call.contacted_at] {
        *moment = moment.and(Some(zero));
    }
    if let Some(exchange) = &mut call.exchange {
        for moment in [&mut exchange.rang_at, &mut exchange.answered_at, &mut exchange.ended_at] {
            *moment = moment.and(Some(zero));
        }
    }
    // Attempts count by the days that they were made on.
    let first = call.attempts.first().copied().unwrap_or(zero);
    for at in &mut call.attempts {
        *at = Moment((*at - first) / DAY_MS);
    }
    for said in &mut call.follow_ups {
        said.at = zero;
    }
    if let Some(problem) = &mut call.problem {
        problem.at = zero;
    }
    for running in &mut call.clocks {
        (running.clock.from, running.clock.due, running.clock.remind) = (zero, zero, None);
    }
    for fact in &mut call.overdues {
        (fact.from, fact.due, fact.ended) = (zero, zero, fact.ended.and(Some(zero)));
    }
    serde_json::to_string(&call).unwrap()
}

/// What may never be false.
fn invariants(world: &World, call: &Call) {
    let running: Vec<Clock> = call.clocks.iter().map(|running| running.clock).collect();
    assert_eq!(running, deadlines::clocks(call, &CALENDAR, &world.settings), "clocks differ: {call:?}");
    assert_eq!(call.stage.is_ended(), running.is_empty(), "a live sheet has a clock: {call:?}");
    let told: BTreeSet<_> = call.overdues.iter().map(|fact| (fact.clock, fact.from)).collect();
    assert_eq!(told.len(), call.overdues.len(), "overdue was told twice: {call:?}");
    assert_eq!(call.stage == Stage::Closed, call.closing.is_some(), "{call:?}");
    assert_eq!(call.stage == Stage::Dropped, call.dropped.is_some(), "{call:?}");
    if matches!(call.stage, Stage::Ringing | Stage::Open) {
        assert!(call.outcome.is_none() && call.case.is_none(), "nothing is decided: {call:?}");
    }
    if call.stage == Stage::WithCase {
        assert!(call.case.is_some(), "{call:?}");
    }
    if call.stage == Stage::ToFollowUp {
        assert!(call.has_caller(), "nobody can be called back: {call:?}");
    }
    if call.stage == Stage::Unreasonable {
        let by = &call.certification.as_ref().unwrap().by;
        let people: BTreeSet<_> = by.iter().collect();
        assert!(people.len() >= 2 && people.len() == by.len(), "two people, each once: {call:?}");
    }
    let (counts, max) = (&call.counts, &world.settings.max);
    for (count, max) in [
        (counts.take_overs, max.take_overs),
        (counts.transfers, max.transfers),
        (counts.redos, max.redos),
        (counts.certifications, max.certifications),
        (counts.contests, max.contests),
    ] {
        assert!(count <= max, "a loop is longer than its limit: {call:?}");
    }
    assert!(counts.fills <= max.fills);
}

impl Walk {
    fn run(&self, seen: &mut Seen) {
        let (name, command) = &self.first;
        let (start, _) = self.world.act(None, name, command, start()).unwrap();
        seen.births.insert(start.stage);
        let mut index: BTreeMap<String, usize> = BTreeMap::from([(key(&start), 0)]);
        let mut nodes: Vec<(Call, Moment)> = vec![(start, super::start())];
        let mut edges: Vec<Vec<usize>> = vec![Vec::new()];
        let mut queue = VecDeque::from([0]);
        while let Some(node) = queue.pop_front() {
            let (call, now) = nodes[node].clone();
            invariants(&self.world, &call);
            let soon = now + 1_000;
            let mut moves: Vec<(&str, Command, Moment)> =
                self.follow.iter().map(|(name, command)| (*name, command.clone(), soon)).collect();
            moves.push(("acceptor", Command::NotReached {}, now + DAY_MS));
            if self.timers
                && let Some(timer) = call.timers().first()
            {
                let command = Command::TimerFired { kind: timer.kind, clock: timer.clock, at: timer.at };
                moves.push(("system", command, timer.at.max(soon)));
            }
            for (name, command, at) in moves {
                let Some(after) = self.step(&call, name, &command, at, seen) else { continue };
                if matches!(command, Command::TimerFired { .. }) {
                    let again = self.world.act(Some(&after), name, &command, at);
                    assert_eq!(again.unwrap_err().code, "call_timer_not_running", "fired twice: {after:?}");
                }
                let next = nodes.len();
                let to = *index.entry(key(&after)).or_insert(next);
                if to == next {
                    nodes.push((after, at));
                    edges.push(Vec::new());
                    queue.push_back(to);
                }
                edges[node].push(to);
            }
            self.recomputes(&call, soon, seen);
        }
        seen.states += nodes.len();
        self.bounded(&edges);
        self.can_end(&nodes, &edges);
    }

    /// The city moves its reminders: clocks are set anew in every live stage.
    fn recomputes(&self, call: &Call, now: Moment, seen: &mut Seen) {
        let settings = CallSettings { reminder_percent: 50, ..self.world.settings.clone() };
        let (system, command) = (who("system"), Command::RecomputeClocks {});
        let context = Context { settings: &settings, ..self.world.context(&system, now) };
        match decide(Some(call), &command, &context) {
            Ok(events) => {
                assert!(events.last().is_some_and(|event| event.clocks.is_some()));
                seen.moves.insert((call.stage, command.kind(), call.stage));
            }
            Err(refusal) => drop(seen.codes.insert(refusal.code)),
        }
    }

    fn step(&self, call: &Call, name: &str, command: &Command, at: Moment, seen: &mut Seen) -> Option<Call> {
        let before = call.clone();
        let answer = self.world.act(Some(call), name, command, at);
        assert_eq!(*call, before);
        match answer {
            Ok((after, events)) => {
                assert!(!events.is_empty(), "{command:?} left no entry");
                seen.moves.insert((call.stage, command.kind(), after.stage));
                Some(after)
            }
            Err(refusal) => {
                seen.codes.insert(refusal.code);
                None
            }
        }
    }

    /// No loop is unbounded: with its counters in the state, the graph has no way back (Kahn's algorithm).
    fn bounded(&self, edges: &[Vec<usize>]) {
        let mut incoming = vec![0_usize; edges.len()];
        for (from, list) in edges.iter().enumerate() {
            for to in list {
                assert!(from != *to, "{}: a followed command changed nothing", self.name);
                incoming[*to] += 1;
            }
        }
        let mut free: Vec<usize> = (0..edges.len()).filter(|node| incoming[*node] == 0).collect();
        let mut done = 0;
        while let Some(node) = free.pop() {
            done += 1;
            for to in &edges[node] {
                incoming[*to] -= 1;
                if incoming[*to] == 0 {
                    free.push(*to);
                }
            }
        }
        assert_eq!(done, edges.len(), "{}: an unbounded loop", self.name);
    }

    /// Every state can end.
    fn can_end(&self, nodes: &[(Call, Moment)], edges: &[Vec<usize>]) {
        let mut back: Vec<Vec<usize>> = vec![Vec::new(); nodes.len()];
        for (from, list) in edges.iter().enumerate() {
            list.iter().for_each(|to| back[*to].push(from));
        }
        let mut good: BTreeSet<usize> =
            (0..nodes.len()).filter(|node| nodes[*node].0.stage.is_ended()).collect();
        let mut queue: Vec<usize> = good.iter().copied().collect();
        while let Some(node) = queue.pop() {
            queue.extend(back[node].iter().copied().filter(|from| good.insert(*from)));
        }
        let stuck = (0..nodes.len()).find(|node| !good.contains(node)).map(|node| &nodes[node].0);
        assert!(stuck.is_none(), "{}: no way to an end from {stuck:?}", self.name);
    }
}

fn desk() -> Vec<(&'static str, Command)> {
    vec![
        ("acceptor", Command::AnswerAtOnce { answer: word() }),
        ("acceptor", hand_over()),
        ("acceptor", join()),
        ("acceptor", transfer()),
        ("acceptor", reply(true)),
        ("acceptor", reply(false)),
        ("acceptor", Command::Drop { reason: DropReason::Prank, note: String::new() }),
        ("acceptor", Command::Contact { note: String::new() }),
    ]
}

fn after() -> Vec<(&'static str, Command)> {
    vec![
        ("system", Command::CaseEnded {}),
        ("system", Command::CaseTakenUp {}),
        ("system", Command::CaseMerged { into: case_id(5) }),
        ("system", Command::CaseUnmerged { case: case_id(1) }),
        ("acceptor", Command::NotReached {}),
        ("acceptor", says(true, 5, false)),
        ("acceptor", says(false, 1, true)),
    ]
}

fn filling() -> Vec<(&'static str, Command)> {
    vec![
        ("acceptor", fill(Filling { secret: Some(true), ..Filling::default() })),
        ("acceptor", fill(Filling { kind: Some(DemandKind::Consultation), ..Filling::default() })),
        ("acceptor", Command::TakeOver {}),
        ("second", Command::TakeOver {}),
    ]
}

fn review() -> Vec<(&'static str, Command)> {
    vec![
        ("acceptor", certify()),
        ("acceptor", Command::ConfirmCertification {}),
        ("second", Command::ConfirmCertification {}),
        ("leader", Command::ConfirmCertification {}),
        ("leader", Command::RejectCertification { reason: word() }),
        ("acceptor", Command::ContestCertification { reason: word() }),
    ]
}

fn signals() -> Vec<(&'static str, Command)> {
    [SignalKind::Ringing, SignalKind::Answered, SignalKind::Ended]
        .map(|kind| ("exchange", Command::Signal(told(kind, start()))))
        .to_vec()
}

fn walks() -> Vec<Walk> {
    let tight = |max: Loops| {
        let mut world = World::new();
        world.settings.max = max;
        world
    };
    let some = Loops {
        fills: 1,
        take_overs: 1,
        transfers: 1,
        redos: 1,
        certifications: 1,
        contests: 1,
        case_turns: 3,
    };
    let by_hand = || ("acceptor", begin(filled()));
    let rung = |kind| ("exchange", rings(kind, start()));
    let named = || vec![("acceptor", fill(filled())), ("acceptor", Command::TakeOver {})];
    let whole = || [desk(), after()].concat();
    let ends = || vec![("system", Command::CaseEnded {}), ("acceptor", says(true, 5, false))];
    let found = || vec![("acceptor", certify()), ("second", Command::ConfirmCertification {})];
    let dropped = ("acceptor", Command::Drop { reason: DropReason::Silent, note: String::new() });
    let walk = |name, world, first, follow, timers| Walk { name, world, first, follow, timers };
    vec![
        walk("desk", tight(some), by_hand(), [desk(), filling(), ends()].concat(), false),
        walk(
            "nobody to call back",
            tight(some),
            ("acceptor", begin(Filling { caller: None, ..filled() })),
            whole(),
            false,
        ),
        walk(
            "rounds",
            tight(Loops { transfers: 1, redos: 1, case_turns: 5, ..Loops::default() }),
            by_hand(),
            whole(),
            false,
        ),
        walk(
            "review",
            tight(Loops { certifications: 2, ..some }),
            by_hand(),
            [desk(), review(), ends()].concat(),
            false,
        ),
        walk(
            "exchange",
            tight(some),
            rung(SignalKind::Ringing),
            [signals(), desk(), found(), named(), ends()].concat(),
            false,
        ),
        walk(
            "picked up",
            tight(some),
            rung(SignalKind::Answered),
            [signals(), named(), vec![("acceptor", hand_over())], after()].concat(),
            false,
        ),
        walk(
            "gone",
            tight(some),
            rung(SignalKind::Ended),
            [signals(), named(), desk(), ends()].concat(),
            false,
        ),
        walk(
            "in time",
            tight(some),
            by_hand(),
            [
                vec![("acceptor", hand_over()), ("acceptor", transfer())],
                vec![("acceptor", reply(false)), ("acceptor", reply(true))],
                vec![
                    ("acceptor", Command::Contact { note: String::new() }),
                    ("acceptor", says(false, 1, true)),
                ],
                ends(),
            ]
            .concat(),
            true,
        ),
        walk(
            "rings in time",
            tight(some),
            rung(SignalKind::Ringing),
            [signals(), vec![dropped]].concat(),
            true,
        ),
    ]
}

#[test]
fn the_table_is_the_machine() {
    let mut seen = Seen::default();
    for walk in walks() {
        let before = seen.states;
        walk.run(&mut seen);
        println!("{}: {} states", walk.name, seen.states - before);
    }
    let table: BTreeSet<_> = table::MACHINE.moves().collect();
    let missing: Vec<_> = table.difference(&seen.moves).collect();
    assert!(missing.is_empty(), "the table promises moves that cannot be made: {missing:?}");
    let extra: Vec<_> = seen.moves.difference(&table).collect();
    assert!(extra.is_empty(), "moves that the table does not know: {extra:?}");
    let births: BTreeSet<Stage> = table::BIRTH.iter().flat_map(|(_, to)| to.iter().copied()).collect();
    assert_eq!(births, seen.births);
    let stages: BTreeSet<Stage> = seen.moves.iter().map(|(_, _, to)| *to).chain(births).collect();
    assert_eq!(stages.len(), Stage::ALL.len(), "every stage is reached");
    let known: BTreeSet<&str> = REFUSALS.iter().copied().collect();
    assert_eq!(REFUSALS.len(), known.len());
    assert!(REFUSALS.is_sorted());
    let reached: BTreeSet<&str> = seen.codes.iter().copied().chain(stories::refusals()).collect();
    let unknown: Vec<_> = reached.difference(&known).collect();
    assert!(unknown.is_empty(), "codes that are not on the list: {unknown:?}");
    let unreached: Vec<_> = known.difference(&reached).collect();
    assert!(unreached.is_empty(), "codes that nothing reaches: {unreached:?}");
}

#[test]
fn the_documentation_shows_the_table() {
    let documented: String = include_str!("../../call.rs")
        .lines()
        .filter_map(|line| line.strip_prefix("//! | `"))
        .map(|line| format!("| `{line}\n"))
        .collect();
    assert_eq!(documented, table::MACHINE.markdown());
}
