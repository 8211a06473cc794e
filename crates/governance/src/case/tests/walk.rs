//! The exhaustive walk: every state that the rules allow, with small limits and abstracted time, from several starts. It proves that the
//! table is the machine, that every stage is reached and can be left towards an end, that every loop is bounded, and what must never be.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use kernel::{role::ActorId, time::Moment};

use super::*;

/// One start with its limits and the commands that are followed from it.
struct Walk {
    name: &'static str,
    world: World,
    start: Case,
    now: Moment,
    follow: Vec<(&'static str, Command)>,
    timers: bool,
}

#[derive(Default)]
struct Seen {
    moves: BTreeSet<(Stage, CommandKind, Stage)>,
    codes: BTreeSet<&'static str>,
    states: usize,
}

/// The state without time: what is left decides what may follow, as long as no clock runs out.
fn key(case: &Case) -> String {
    let mut case = case.clone();
    let zero = Moment(0);
    case.since = zero;
    case.reported_at = zero;
    case.changed_at = zero;
    case.filed_at = case.filed_at.and(Some(zero));
    for finding in [&mut case.verification, &mut case.check].into_iter().flatten() {
        finding.at = zero;
    }
    // Figures read them, no rule does.
    case.dues = Dues::default();
    case.dispatched_at = case.dispatched_at.and(Some(zero));
    for task in &mut case.units {
        for moment in [&mut task.signed, &mut task.handled, &mut task.confirmed] {
            *moment = moment.and(Some(zero));
        }
    }
    case.clock_from = case.clock_from.and(Some(zero));
    case.confirmed_at = case.confirmed_at.and(Some(zero));
    case.pauses.clear();
    case.milestones_reached.fill(zero);
    case.suspended_until = case.suspended_until.and(Some(zero));
    if let Some(DelayRequest { kind: DelayKind::Suspension { until }, .. }) = &mut case.delay {
        *until = zero;
    }
    if let Some(joint) = &mut case.joint {
        joint.due = zero;
    }
    if let Some(urging) = &mut case.urging {
        urging.at = zero;
    }
    if let Some(closing) = &mut case.closing {
        closing.at = zero;
    }
    if let Some(rating) = &mut case.rating {
        rating.at = zero;
    }
    if let Some(merged) = &mut case.merged {
        merged.since = zero;
        merged.clocks.clear();
    }
    if let Some(undo) = &mut case.undo {
        (undo.at, undo.since) = (zero, zero);
        undo.clocks.clear();
    }
    for running in &mut case.clocks {
        (running.clock.from, running.clock.due, running.clock.remind) = (zero, zero, None);
    }
    for fact in &mut case.overdues {
        (fact.from, fact.due, fact.ended) = (zero, zero, fact.ended.and(Some(zero)));
    }
    case.attachments.sort_by_key(|attachment| (attachment.role, attachment.round));
    case.attachments.dedup();
    serde_json::to_string(&case).unwrap()
}

/// What may never be false.
fn invariants(world: &World, case: &Case) {
    if let Some(closing) = &case.closing {
        assert!(!case.hands.contains(&closing.by), "the closer handled it: {case:?}");
    }
    if let Some(task) = &case.task {
        assert!(case.reported_by != ActorId::Account(task.collector), "the checker reported it: {case:?}");
        assert!(!case.hands.contains(&ActorId::Account(task.collector)), "the checker handled it: {case:?}");
    }
    let running: Vec<Clock> = case.clocks.iter().map(|running| running.clock).collect();
    assert_eq!(running, deadlines::clocks(case, world.calendar, &world.settings), "clocks differ: {case:?}");
    assert_eq!(
        case.stage.is_ended() || case.imported,
        running.is_empty(),
        "a live case has a clock: {case:?}"
    );
    let told: BTreeSet<_> = case.overdues.iter().map(|fact| (fact.clock, fact.from)).collect();
    assert_eq!(told.len(), case.overdues.len(), "overdue was told twice: {case:?}");
    assert_eq!(case.stage == Stage::Merged, case.merged.is_some());
    assert_eq!(case.stage == Stage::Closed, case.closing.is_some());
    let side = matches!(case.stage, Stage::PreFilingVerification | Stage::PostHandlingCheck);
    assert_eq!(side, case.task.is_some(), "{case:?}");
    let max = &world.settings.max;
    let counts = &case.counts;
    for (count, max) in [
        (counts.returns, max.returns),
        (counts.send_backs, max.send_backs),
        (counts.reworks, max.reworks),
        (counts.extensions, max.extensions),
        (counts.suspensions, max.suspensions),
        (counts.reopenings, max.reopenings),
        (counts.undos, max.undos),
        (counts.verifications, max.verifications),
        (counts.checks, max.checks),
    ] {
        assert!(count <= max, "a loop is longer than its limit: {case:?}");
    }
}

/// Tried in every state, but not followed: they move nothing but their own counter.
fn side_acts(case: &Case) -> Vec<(&'static str, Command)> {
    vec![
        ("acceptor", Command::Note { note: word(), public: false }),
        ("acceptor", Command::Attach { attachments: vec![photo(AttachmentRole::Other)] }),
        ("acceptor", Command::SetUrgent { urgent: !case.urgent }),
        ("acceptor", Command::Follow { person: Some(person(1)) }),
        ("acceptor", Command::Absorb { child: case_id(50) }),
        ("acceptor", Command::Release { child: case_id(51) }),
        ("acceptor", Command::Split { children: vec![case_id(60)], reason: word() }),
        (
            "acceptor",
            Command::Amend {
                place: None,
                class: Some("2026-matter-0102".to_owned()),
                text: None,
                component: None,
            },
        ),
        ("resident", Command::Rate { solved: true, satisfaction: 5 }),
        ("system", Command::RecomputeClocks {}),
        ("system", locate()),
    ]
}

impl Walk {
    fn run(&self, seen: &mut Seen) {
        let mut index: BTreeMap<String, usize> = BTreeMap::new();
        let mut nodes: Vec<(Case, Moment)> = Vec::new();
        let mut edges: Vec<Vec<(usize, CommandKind)>> = Vec::new();
        let mut queue = VecDeque::from([0]);
        index.insert(key(&self.start), 0);
        nodes.push((self.start.clone(), self.now));
        edges.push(Vec::new());
        while let Some(node) = queue.pop_front() {
            let (case, now) = nodes[node].clone();
            invariants(&self.world, &case);
            let mut moves: Vec<(&str, Command, Moment)> =
                self.follow.iter().map(|(name, command)| (*name, command.clone(), now + 1_000)).collect();
            if self.timers
                && let Some(timer) = case.timers().first()
            {
                let command = Command::TimerFired { kind: timer.kind, clock: timer.clock, at: timer.at };
                moves.push(("system", command, timer.at.max(now + 1_000)));
            }
            if case.stage == Stage::ToClose {
                // A picture that is missing can always be brought.
                let command = Command::Attach { attachments: vec![photo(AttachmentRole::After)] };
                moves.push(("acceptor", command, now + 1_000));
            }
            for (name, command, at) in moves {
                let Some((after, _)) = self.step(&case, name, &command, at, seen) else { continue };
                if matches!(command, Command::TimerFired { .. }) {
                    assert_eq!(
                        self.world
                            .act(Some(&after), name, &command, at)
                            .map_err(|refusal| refusal.code)
                            .err(),
                        Some("case_timer_not_running"),
                        "a timer fired twice: {after:?}"
                    );
                }
                let next = nodes.len();
                let to = *index.entry(key(&after)).or_insert(next);
                if to == next {
                    nodes.push((after, at));
                    edges.push(Vec::new());
                    queue.push_back(to);
                }
                if to == node && command.kind() == CommandKind::Attach {
                    continue;
                }
                edges[node].push((to, command.kind()));
            }
            // The city moves its reminders: clocks are set anew in every live stage.
            let settings = CaseSettings { reminder_percent: 50, ..self.world.settings.clone() };
            let (system, command) = (who("system"), Command::RecomputeClocks {});
            let context = Context { settings: &settings, ..self.world.context(&system, now + 1_000) };
            if let Ok(events) = decide(Some(&case), &command, &context) {
                assert!(events.last().is_some_and(|event| event.clocks.is_some()));
                seen.moves.insert((case.stage, command.kind(), case.stage));
            }
            // The city gets its cells: whatever has a place is located, at any stage.
            let astray = Case { place: Some(Place { cell: None, ..place() }), ..case.clone() };
            if let Some((after, _)) = self.step(&astray, "system", &locate(), now + 1_000, seen) {
                assert_eq!(after.stage, case.stage);
                assert_eq!(after.place.and_then(|place| place.cell), place().cell);
            }
            for (name, command) in side_acts(&case) {
                if let Some((after, _)) = self.step(&case, name, &command, now + 1_000, seen) {
                    assert_eq!(after.stage, case.stage);
                }
            }
        }
        seen.states += nodes.len();
        self.bounded(&edges);
        self.can_end(&nodes, &edges);
    }

    fn step(
        &self,
        case: &Case,
        name: &str,
        command: &Command,
        at: Moment,
        seen: &mut Seen,
    ) -> Option<(Case, Vec<Event>)> {
        match self.world.act(Some(case), name, command, at) {
            Ok((after, events)) => {
                assert!(!events.is_empty(), "{command:?} left no entry");
                seen.moves.insert((case.stage, command.kind(), after.stage));
                Some((after, events))
            }
            Err(refusal) => {
                seen.codes.insert(refusal.code);
                None
            }
        }
    }

    /// No loop is unbounded: with its counters in the state, the graph has no way back (Kahn's algorithm).
    fn bounded(&self, edges: &[Vec<(usize, CommandKind)>]) {
        let mut incoming = vec![0_usize; edges.len()];
        for (from, to) in
            edges.iter().enumerate().flat_map(|(from, list)| list.iter().map(move |(to, _)| (from, *to)))
        {
            assert!(from != to, "{}: a followed command changed nothing", self.name);
            incoming[to] += 1;
        }
        let mut free: Vec<usize> = (0..edges.len()).filter(|node| incoming[*node] == 0).collect();
        let mut done = 0;
        while let Some(node) = free.pop() {
            done += 1;
            for (to, _) in &edges[node] {
                incoming[*to] -= 1;
                if incoming[*to] == 0 {
                    free.push(*to);
                }
            }
        }
        assert_eq!(done, edges.len(), "{}: an unbounded loop", self.name);
    }

    /// Every state can end well: closed or refused, without anybody having to void it.
    fn can_end(&self, nodes: &[(Case, Moment)], edges: &[Vec<(usize, CommandKind)>]) {
        let mut back: Vec<Vec<usize>> = vec![Vec::new(); nodes.len()];
        for (from, list) in edges.iter().enumerate() {
            for (to, kind) in list {
                if *kind != CommandKind::Void {
                    back[*to].push(from);
                }
            }
        }
        let ends = |case: &Case| matches!(case.stage, Stage::Closed | Stage::Refused);
        let mut good: BTreeSet<usize> = (0..nodes.len()).filter(|node| ends(&nodes[*node].0)).collect();
        let mut queue: Vec<usize> = good.iter().copied().collect();
        while let Some(node) = queue.pop() {
            for from in &back[node] {
                if good.insert(*from) {
                    queue.push(*from);
                }
            }
        }
        let stuck =
            (0..nodes.len()).find(|node| !good.contains(node) && nodes[*node].0.stage != Stage::Voided);
        assert!(
            stuck.is_none(),
            "{}: no way to an end from {:?}",
            self.name,
            stuck.map(|node| &nodes[node].0)
        );
    }
}

fn tight(max: Loops) -> World {
    let mut world = World::new();
    world.settings.max =
        Loops { notes: 1, absorptions: 2, amendments: 1, urgency_changes: 1, returns: 1, ..max };
    world
}

fn desk() -> Vec<(&'static str, Command)> {
    vec![
        ("acceptor", Command::Accept {}),
        ("acceptor", Command::Refuse { reason: word() }),
        ("acceptor", Command::AnswerAtOnce { answer: word() }),
        ("acceptor", Command::Transfer { to: word(), reason: word() }),
        ("acceptor", Command::RecordReply { solved: true, reply: word() }),
        ("acceptor", Command::RecordReply { solved: false, reply: word() }),
        ("acceptor", Command::RequestVerification {}),
        ("checker", verify(Answer::Yes)),
        ("checker", verify(Answer::No)),
        ("checker", verify(Answer::Cannot)),
        ("acceptor", Command::WithdrawTask { reason: word() }),
        ("shift_leader", Command::File {}),
        ("shift_leader", Command::Void { reason: word() }),
        ("shift_leader", Command::OrderRework { reason: word() }),
        ("acceptor", Command::Reopen { reason: word() }),
    ]
}

fn floor() -> Vec<(&'static str, Command)> {
    vec![
        ("dispatcher", dispatch(&["roads"])),
        ("dispatcher", Command::SendBack { reason: word() }),
        ("dispatcher", Command::ForwardToClosing { reason: word() }),
        ("roads", Command::Sign {}),
        ("roads", Command::Assign { worker: account(WORKER) }),
        ("roads", Command::Unassign {}),
        ("roads", handle()),
        ("worker", handle()),
        ("roads", Command::RejectWork { reason: word() }),
        ("roads", Command::Confirm {}),
        ("acceptor", Command::RequestCheck {}),
        ("checker", check(Answer::Yes)),
        ("checker", check(Answer::No)),
        ("checker", check(Answer::Cannot)),
        ("shift_leader", close(Outcome::Cured)),
        ("shift_leader", close(Outcome::Unresolved)),
        ("shift_leader_of_roads", close(Outcome::Cured)),
    ]
}

fn joint_floor(due: Moment) -> Vec<(&'static str, Command)> {
    vec![
        ("dispatcher", jointly(&["roads", "parks"], due)),
        ("dispatcher", dispatch(&["roads", "parks"])),
        ("parks", Command::Sign {}),
        ("parks", handle()),
        ("parks", Command::RejectWork { reason: word() }),
        ("parks", Command::Confirm {}),
        ("roads", give_back()),
        ("parks", give_back()),
    ]
}

fn joining() -> Vec<(&'static str, Command)> {
    let undo = ["shift_leader", "dispatcher", "roads", "acceptor"];
    let merge = [
        ("acceptor", Command::Merge { into: case_id(9) }),
        ("acceptor", Command::Unmerge { reason: word() }),
    ];
    undo.into_iter().map(|name| (name, Command::Undo {})).chain(merge).collect()
}

fn delays(until: Moment) -> Vec<(&'static str, Command)> {
    vec![
        ("worker", Command::RequestExtension { reason: word() }),
        ("roads", Command::RequestExtension { reason: word() }),
        ("roads", Command::RequestSuspension { until, reason: word() }),
        ("roads", Command::EndorseDelay {}),
        ("roads", Command::RefuseDelay { reason: word() }),
        ("dispatcher", Command::RefuseDelay { reason: word() }),
        ("dispatcher", Command::GrantDelay {}),
        ("dispatcher", Command::Resume {}),
        ("leader", Command::Urge { limit: hours(1), reason: word() }),
        ("roads", Command::AnswerUrge { answer: word() }),
    ]
}

fn appeals() -> Vec<(&'static str, Command)> {
    vec![
        ("roads", Command::AppealOverdue { reason: word() }),
        ("dispatcher", Command::ReviewAppeal { granted: true, reason: word() }),
        ("dispatcher", Command::ReviewAppeal { granted: false, reason: word() }),
        ("acceptor", Command::DecideAppeal { granted: true, reason: word() }),
        ("acceptor", Command::DecideAppeal { granted: false, reason: word() }),
    ]
}

fn walks() -> Vec<Walk> {
    let walk = |name, max: Loops, source: Source, follow: Vec<(&'static str, Command)>, timers| {
        let story =
            Story::of(tight(max)).reports(source).does("acceptor", Command::Absorb { child: case_id(51) });
        let (start, now, world) = (story.case().clone(), story.now, story.world);
        Walk { name, world, start, now, follow, timers }
    };
    let none = Loops::default;
    let due = World::new().start + 40 * kernel::time::DAY_MS;
    let whole = [desk(), floor()].concat();
    let file = vec![("shift_leader", Command::File {})];
    let back = vec![
        ("acceptor", Command::Reopen { reason: word() }),
        ("shift_leader", Command::OrderRework { reason: word() }),
    ];
    let sent_on = vec![("dispatcher", jointly(&["roads", "parks"], due)), ("roads", give_back())];
    let desk_in_time = vec![
        ("acceptor", Command::Accept {}),
        ("acceptor", Command::Refuse { reason: word() }),
        ("acceptor", Command::Transfer { to: word(), reason: word() }),
        ("acceptor", Command::RecordReply { solved: false, reply: word() }),
        ("acceptor", Command::RequestVerification {}),
        ("checker", verify(Answer::Yes)),
    ];
    let floor_in_time = vec![
        ("dispatcher", dispatch(&["roads"])),
        ("roads", Command::Sign {}),
        ("roads", handle()),
        ("roads", Command::Confirm {}),
        ("acceptor", Command::RequestCheck {}),
        ("checker", check(Answer::Yes)),
        ("shift_leader", close(Outcome::Cured)),
    ];
    let mut walks = vec![
        walk(
            "public",
            Loops { verifications: 2, checks: 1, transfers: 1, send_backs: 1, ..none() },
            Source::Hotline,
            whole.clone(),
            false,
        ),
        walk(
            "rounds",
            Loops { checks: 1, reworks: 1, reopenings: 1, send_backs: 1, ..none() },
            Source::Collector,
            [
                vec![("roads", Command::Sign {}), ("roads", handle()), ("roads", Command::Confirm {})],
                vec![("parks", Command::Sign {}), ("parks", handle()), ("parks", Command::Confirm {})],
                vec![
                    ("dispatcher", dispatch(&["roads"])),
                    ("dispatcher", Command::SendBack { reason: word() }),
                ],
                vec![("dispatcher", Command::ForwardToClosing { reason: word() })],
                vec![("acceptor", Command::RequestCheck {}), ("checker", check(Answer::Yes))],
                vec![("checker", check(Answer::No)), ("shift_leader", close(Outcome::Cured))],
                vec![("shift_leader", close(Outcome::Unresolved))],
                file.clone(),
                back,
                sent_on,
            ]
            .concat(),
            false,
        ),
        walk(
            "units",
            Loops { checks: 1, rejections: 1, assignments: 1, ..none() },
            Source::Collector,
            [floor(), joint_floor(due), file.clone()].concat(),
            false,
        ),
        walk(
            "lanes",
            Loops { reworks: 1, reopenings: 1, checks: 1, transfers: 1, ..none() },
            Source::Leader,
            [desk(), vec![("shift_leader", close(Outcome::Cured))], floor_in_time.clone()].concat(),
            false,
        ),
        walk(
            "joining",
            Loops { merges: 1, undos: 1, checks: 1, assignments: 1, ..none() },
            Source::Collector,
            [
                vec![
                    ("acceptor", Command::Accept {}),
                    ("roads", Command::Assign { worker: account(WORKER) }),
                ],
                vec![("worker", handle())],
                floor_in_time.clone(),
                joining(),
                file.clone(),
            ]
            .concat(),
            false,
        ),
        walk(
            "desk in time",
            Loops { verifications: 1, transfers: 1, ..none() },
            Source::Hotline,
            desk_in_time,
            true,
        ),
        walk(
            "floor in time",
            Loops { checks: 1, ..none() },
            Source::Collector,
            [floor_in_time, file].concat(),
            true,
        ),
    ];
    // From a dispatched case on, with time.
    let story = Story::of(tight(Loops {
        extensions: 1,
        suspensions: 1,
        delay_requests: 2,
        urgings: 1,
        returns: 1,
        assignments: 1,
        ..none()
    }))
    .dispatched(&["roads"]);
    let until = story.now + 2 * kernel::time::DAY_MS;
    let ends: Vec<(&str, Command)> = vec![
        ("roads", Command::Sign {}),
        ("roads", Command::Assign { worker: account(WORKER) }),
        ("roads", handle()),
        ("worker", handle()),
        ("roads", Command::Confirm {}),
        ("shift_leader", Command::Void { reason: word() }),
    ];
    let finish = vec![
        ("acceptor", Command::RequestCheck {}),
        ("acceptor", Command::WithdrawTask { reason: word() }),
        ("checker", check(Answer::Yes)),
        ("shift_leader", close(Outcome::Cured)),
    ];
    let (start, now) = (story.case().clone(), story.now);
    let mut world = story.world;
    world.settings.max.checks = 1;
    walks.push(Walk {
        name: "delay",
        world,
        start,
        now,
        follow: [delays(until), ends, finish].concat(),
        timers: true,
    });
    // From a late and closed case on, through every stage with its appeal.
    let story = Story::of(tight(Loops {
        checks: 1,
        reopenings: 1,
        send_backs: 1,
        transfers: 1,
        verifications: 1,
        merges: 1,
        ..none()
    }))
    .reports(Source::Collector)
    .does("acceptor", Command::Absorb { child: case_id(51) })
    .does("shift_leader", Command::File {})
    .does("dispatcher", dispatch(&["roads"]))
    .later(3 * 24 * 60)
    .works()
    .checked(Answer::Yes)
    .does("shift_leader", close(Outcome::FixedForNow));
    let (start, now) = (story.case().clone(), story.now);
    let merge = vec![
        ("acceptor", Command::Merge { into: case_id(9) }),
        ("acceptor", Command::Unmerge { reason: word() }),
    ];
    walks.push(Walk {
        name: "appeal",
        world: story.world,
        start,
        now,
        follow: [desk(), floor(), appeals(), merge].concat(),
        timers: false,
    });
    // What a source brought in and corrects, until somebody here acts on it.
    for stage in table::BIRTH[1].1 {
        let import = |stage| Box::new(import(stage));
        let story = Story::of(tight(Loops { reimports: 1, reopenings: 1, ..none() }))
            .does("administrator", Command::Import(import(*stage)));
        let (start, now) = (story.case().clone(), story.now);
        let again = table::BIRTH[1].1;
        let follow = again.iter().map(|stage| ("administrator", Command::Reimport(import(*stage)))).collect();
        let desk = vec![
            ("acceptor", Command::Reopen { reason: word() }),
            ("acceptor", Command::Refuse { reason: word() }),
        ];
        walks.push(Walk {
            name: "corrected by its source",
            world: story.world,
            start,
            now,
            follow: [follow, desk].concat(),
            timers: false,
        });
    }
    // The staged limits of one condition.
    let mut world = tight(Loops { checks: 1, ..none() });
    for name in ["stop", "penalty"] {
        world.rule.milestones.insert(0, Milestone { name: name.to_owned(), limit: hours(1) });
    }
    let story = Story::of(world).dispatched(&["roads"]);
    let (start, now) = (story.case().clone(), story.now);
    let follow = [floor(), vec![("roads", Command::ReachMilestone {})]].concat();
    walks.push(Walk { name: "milestones", world: story.world, start, now, follow, timers: true });
    walks
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
    let stages: BTreeSet<Stage> = seen.moves.iter().map(|(_, _, to)| *to).collect();
    assert_eq!(stages.len(), Stage::ALL.len(), "every stage is reached");
    let known: BTreeSet<&str> = REFUSALS.iter().copied().collect();
    let unknown: Vec<_> = seen.codes.difference(&known).collect();
    assert!(unknown.is_empty(), "codes that are not on the list: {unknown:?}");
    let reached: BTreeSet<&str> = seen.codes.iter().copied().chain(stories::refusals()).collect();
    let unreached: Vec<_> = known.difference(&reached).collect();
    assert!(unreached.is_empty(), "codes that nothing reaches: {unreached:?}");
    assert_eq!(REFUSALS.len(), known.len());
}

#[test]
fn the_documentation_shows_the_table() {
    let documented: String = include_str!("../../case.rs")
        .lines()
        .filter_map(|line| line.strip_prefix("//! | `"))
        .map(|line| format!("| `{line}\n"))
        .collect();
    assert_eq!(documented, table::MACHINE.markdown());
}
