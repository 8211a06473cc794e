//! The exhaustive walk: every state that the rules allow, with small limits and abstracted time, from several starts. It proves that the
//! table is the machine, that every stage is reached and can be left towards an end, that every loop is bounded, that a refused command
//! changes nothing, and what must never be.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::*;

/// One start with the commands that are followed from it.
struct Walk {
    name: &'static str,
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
fn key(letter: &Letter) -> String {
    let mut letter = letter.clone();
    let zero = Moment(0);
    (letter.since, letter.drafted_at, letter.changed_at) = (zero, zero, zero);
    letter.dated = None;
    for moment in [&mut letter.sent_at, &mut letter.due_at, &mut letter.answered_at] {
        *moment = moment.and(Some(zero));
    }
    for recipient in &mut letter.recipients {
        recipient.received_at = recipient.received_at.and(Some(zero));
        if let Some((_, at)) = &mut recipient.answer {
            *at = zero;
        }
        if let Some(returned) = &mut recipient.returned {
            returned.at = zero;
        }
    }
    for supervision in &mut letter.supervisions {
        supervision.at = zero;
    }
    for running in &mut letter.clocks {
        (running.clock.from, running.clock.due, running.clock.remind) = (zero, zero, None);
    }
    for fact in &mut letter.overdues {
        (fact.from, fact.due, fact.ended) = (zero, zero, fact.ended.and(Some(zero)));
    }
    serde_json::to_string(&letter).unwrap()
}

fn tight() -> World {
    let mut world = World::new();
    world.settings = LetterSettings { amendments_max: 1, extensions_max: 1, levels_max: 2, ..world.settings };
    world.answered = Some(Story::sent(LetterKind::Ask, &["water"]).letter().clone());
    world
}

/// What may never be false.
fn invariants(world: &World, letter: &Letter) {
    let running: Vec<Clock> = letter.clocks.iter().map(|running| running.clock).collect();
    assert_eq!(running, deadlines::clocks(letter, &CALENDAR, &world.settings), "clocks differ: {letter:?}");
    let awaited = matches!(letter.stage, Stage::Sent | Stage::Received);
    assert_eq!(awaited, !running.is_empty(), "who waits has a clock: {letter:?}");
    let told: BTreeSet<_> = letter.overdues.iter().map(|fact| (fact.clock, fact.from)).collect();
    assert_eq!(told.len(), letter.overdues.len(), "overdue was told twice: {letter:?}");
    let sent = letter.sent_at.is_some();
    assert_eq!(sent, letter.number.is_some(), "what is sent has its number: {letter:?}");
    assert_eq!(sent, !letter.recipients.is_empty());
    assert!(letter.stage != Stage::Draft || !sent);
    for recipient in &letter.recipients {
        assert!(recipient.answer.is_none() || recipient.returned.is_none(), "one or the other: {letter:?}");
        assert!(recipient.answer.is_none() || recipient.received_at.is_some(), "who answers has it");
    }
    let units = &letter.recipients;
    match letter.stage {
        Stage::Sent => assert!(units.iter().any(Recipient::is_waiting)),
        Stage::Received => {
            assert!(letter.limit.is_some() && units.iter().any(Recipient::is_open));
            assert!(!units.iter().any(Recipient::is_waiting));
        }
        Stage::Answered => {
            assert!(!units.iter().any(Recipient::is_open) && units.iter().any(|unit| unit.answer.is_some()));
            assert!(letter.in_time().is_some());
        }
        Stage::Returned => assert!(units.iter().all(|unit| unit.returned.is_some())),
        Stage::Withdrawn => assert!(units.iter().all(|unit| unit.answer.is_none())),
        Stage::Draft | Stage::Closed => {}
    }
    assert!(letter.level() <= world.settings.levels_max);
    assert!(letter.supervisions.iter().zip(1..).all(|(lift, level)| lift.level == level), "one by one");
    assert!(letter.extensions.len() <= usize::from(world.settings.extensions_max));
    assert!(letter.amendments <= world.settings.amendments_max);
}

impl Walk {
    fn run(&self, seen: &mut Seen) {
        let world = tight();
        let (name, command) = &self.first;
        let (start, _) = world.act(None, name, command, start()).unwrap();
        seen.births.insert(start.stage);
        let mut index: BTreeMap<String, usize> = BTreeMap::from([(key(&start), 0)]);
        let mut nodes: Vec<(Letter, Moment)> = vec![(start, super::start())];
        let mut edges: Vec<Vec<usize>> = vec![Vec::new()];
        let mut queue = VecDeque::from([0]);
        while let Some(node) = queue.pop_front() {
            let (letter, now) = nodes[node].clone();
            invariants(&world, &letter);
            let soon = now + 1_000;
            let mut moves: Vec<(&str, Command, Moment)> =
                self.follow.iter().map(|(name, command)| (*name, command.clone(), soon)).collect();
            if self.timers
                && let Some(timer) = letter.timers().first()
            {
                let command = Command::TimerFired { kind: timer.kind, clock: timer.clock, at: timer.at };
                moves.push(("system", command, timer.at.max(soon)));
            }
            for (name, command, at) in moves {
                let Some(after) = step(&world, &letter, name, &command, at, seen) else { continue };
                if matches!(command, Command::TimerFired { .. }) {
                    let again = world.act(Some(&after), name, &command, at);
                    assert_eq!(again.unwrap_err().code, "letter_timer_not_running", "fired twice: {after:?}");
                    seen.codes.insert("letter_timer_not_running");
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
            recomputes(&world, &letter, soon, seen);
        }
        seen.states += nodes.len();
        self.bounded(&edges);
        self.can_end(&nodes, &edges);
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
    fn can_end(&self, nodes: &[(Letter, Moment)], edges: &[Vec<usize>]) {
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

/// The city moves its reminders: clocks are set anew wherever one runs.
fn recomputes(world: &World, letter: &Letter, now: Moment, seen: &mut Seen) {
    let settings = LetterSettings { reminder_percent: 50, ..world.settings.clone() };
    let (system, command) = (who("system"), Command::RecomputeClocks {});
    let context = Context { settings: &settings, ..world.context(&system, now) };
    match decide(Some(letter), &command, &context) {
        Ok(events) => {
            assert!(events.last().is_some_and(|event| event.clocks.is_some()));
            seen.moves.insert((letter.stage, command.kind(), letter.stage));
        }
        Err(refusal) => drop(seen.codes.insert(refusal.code)),
    }
    if let Err(refusal) = world.act(Some(letter), "system", &command, now) {
        seen.codes.insert(refusal.code);
    }
}

fn step(
    world: &World,
    letter: &Letter,
    name: &str,
    command: &Command,
    at: Moment,
    seen: &mut Seen,
) -> Option<Letter> {
    let before = letter.clone();
    let answer = world.act(Some(letter), name, command, at);
    assert_eq!(*letter, before);
    match answer {
        Ok((after, events)) => {
            assert!(!events.is_empty(), "{command:?} left no entry");
            seen.moves.insert((letter.stage, command.kind(), after.stage));
            Some(after)
        }
        Err(refusal) => {
            seen.codes.insert(refusal.code);
            None
        }
    }
}

/// The sender's commands, and one that never comes twice.
fn sender() -> Vec<(&'static str, Command)> {
    let changed =
        Content { subject: "关于管线迁改的函".to_owned(), ..content(LetterKind::Ask, &["water"]) };
    vec![
        ("city", draft(changed.clone())),
        ("city", amend(changed)),
        ("city", Command::Send {}),
        ("city", extend(2)),
        ("leader", supervise()),
        ("city", withdraw()),
        ("city", close()),
    ]
}

fn unit(name: &'static str) -> Vec<(&'static str, Command)> {
    vec![(name, receive(name)), (name, send_back(name)), ("system", answer(name))]
}

fn walks() -> Vec<Walk> {
    let to = |kind, units: &[&str]| ("city", draft(content(kind, units)));
    let without_amending =
        || sender().into_iter().filter(|(_, command)| command.kind() != CommandKind::Amend);
    let three = [unit("water"), unit("police"), unit("power")].concat();
    let two = [unit("water"), unit("police")].concat();
    let replies: Vec<_> = vec![
        ("water", amend(Content { text: "同意。".to_owned(), ..reply() })),
        ("water", Command::Send {}),
        ("water", withdraw()),
        ("water", close()),
        ("city", receive("city")),
        ("city", send_back("city")),
    ];
    let walk = |name, first, follow, timers| Walk { name, first, follow, timers };
    vec![
        walk("to one", to(LetterKind::Ask, &["water"]), [sender(), unit("water")].concat(), false),
        walk(
            "to two",
            to(LetterKind::Consult, &["water", "police"]),
            [sender(), two.clone()].concat(),
            false,
        ),
        walk(
            "to three",
            to(LetterKind::Request, &["water", "police", "power"]),
            without_amending().chain(three).collect(),
            false,
        ),
        walk(
            "lets know",
            to(LetterKind::Inform, &["water", "police"]),
            [sender(), two.clone()].concat(),
            true,
        ),
        walk("replies", ("water", draft(reply())), replies, true),
        walk(
            "in time",
            to(LetterKind::Ask, &["water", "police"]),
            without_amending().chain(two).collect(),
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
    assert!(REFUSALS.is_sorted() && STORE_REFUSALS.is_sorted());
    let reached: BTreeSet<&str> = seen.codes.iter().copied().chain(stories::refusals()).collect();
    let unknown: Vec<_> = reached.difference(&known).collect();
    assert!(unknown.is_empty(), "codes that are not on the list: {unknown:?}");
    let unreached: Vec<_> = known.difference(&reached).collect();
    assert!(unreached.is_empty(), "codes that nothing reaches: {unreached:?}");
}

/// Every stage with every kind of command: refused where the table says nothing, and then nothing has changed.
#[test]
fn every_stage_answers_every_command() {
    let sent = || Story::sent(LetterKind::Ask, &["water"]);
    let drafted = || Story::new().does("city", draft(content(LetterKind::Ask, &["water"])));
    let stages = [
        drafted(),
        sent(),
        sent().does("water", receive("water")),
        sent().does("system", answer("water")),
        sent().does("city", close()),
        sent().does("water", send_back("water")),
        sent().does("city", withdraw()),
    ];
    let all: Vec<Stage> = stages.iter().map(Story::stage).collect();
    assert_eq!(all, Stage::ALL);
    let timer = Command::TimerFired { kind: TimerKind::Overdue, clock: ClockName::Answer, at: start() };
    let commands =
        [sender(), unit("water"), vec![("system", timer), ("system", Command::RecomputeClocks {})]];
    let commands = commands.concat();
    let kinds: BTreeSet<CommandKind> = commands.iter().map(|(_, command)| command.kind()).collect();
    assert_eq!(kinds.len(), CommandKind::ALL.len());
    for story in stages {
        for (name, command) in &commands {
            let before = story.letter().clone();
            let answer = story.world.act(story.letter.as_ref(), name, command, story.now);
            assert_eq!(*story.letter(), before);
            if command.kind() == CommandKind::Draft {
                assert_eq!(answer.unwrap_err().code, "letter_exists");
            } else if !table::MACHINE.stands(story.stage(), command.kind()) {
                assert_eq!(
                    answer.unwrap_err().code,
                    "letter_not_in_this_stage",
                    "{:?} {command:?}",
                    story.stage()
                );
            } else if let Err(refusal) = answer {
                let later = ["letter_received_already", "letter_timer_not_running", "letter_nothing_changes"];
                assert!(later.contains(&refusal.code), "{:?} {command:?}: {refusal}", story.stage());
            }
        }
    }
}

#[test]
fn the_documentation_shows_the_table() {
    let documented: String = include_str!("../../letter.rs")
        .lines()
        .filter_map(|line| line.strip_prefix("//! | `"))
        .map(|line| format!("| `{line}\n"))
        .collect();
    assert_eq!(documented, table::MACHINE.markdown());
}
