//! A small world for the tests: one calendar, the desks of four units, a leader.

mod kept;
mod random;
mod stories;
mod walk;

use std::sync::LazyLock;

use super::*;
use kernel::{
    calendar::{Calendar, CalendarData},
    error::Refusal,
    id::{AccountId, CaseId, LetterId, from_parts},
    role::{Actor, ActorId, Role},
    time::{DAY_MS, Moment},
};

/// Takes a third of a second to lay out without optimisation.
static CALENDAR: LazyLock<Calendar> = LazyLock::new(|| Calendar::new(CalendarData::china_default()).unwrap());

const NUMBER: &str = "凯城管函〔2026〕12号";

fn letter_id(number: i64) -> LetterId {
    LetterId(from_parts(Moment(number), [4; 10]))
}

/// Everybody who ever acts in a test: a unit's name is its desk.
fn who(name: &str) -> Actor {
    let staff = |number, role, unit: Option<&str>| Actor {
        id: ActorId::Account(AccountId(from_parts(Moment(number), [0; 10]))),
        role,
        unit: unit.map(str::to_owned),
        ..Actor::resident()
    };
    match name {
        "city" => staff(1, Role::UnitManager, Some("city")),
        "water" => staff(2, Role::UnitManager, Some("water")),
        "police" => staff(3, Role::UnitManager, Some("police")),
        "power" => staff(4, Role::UnitManager, Some("power")),
        "dispatcher" => staff(5, Role::Dispatcher, Some("city")),
        "leader" => staff(6, Role::Leader, None),
        "worker" => staff(7, Role::Worker, Some("city")),
        "system" => Actor { id: ActorId::System, ..Actor::resident() },
        _ => Actor::resident(),
    }
}

fn word() -> String {
    "因为".to_owned()
}

/// A letter from the city's bureau to these units.
fn content(kind: LetterKind, to: &[&str]) -> Content {
    Content {
        from: "city".to_owned(),
        to: to.iter().map(|unit| (*unit).to_owned()).collect(),
        copies: Vec::new(),
        kind,
        subject: "关于北京东路管线迁改的函".to_owned(),
        text: "请贵单位提出意见。".to_owned(),
        working_days: None,
        answers: None,
        attachments: Vec::new(),
        links: Vec::new(),
    }
}

/// Water's reply to the city's bureau.
fn reply() -> Content {
    Content { from: "water".to_owned(), answers: Some(letter_id(1)), ..content(LetterKind::Reply, &["city"]) }
}

fn draft(content: Content) -> Command {
    Command::Draft(Box::new(content))
}

fn amend(content: Content) -> Command {
    Command::Amend(Box::new(content))
}

fn receive(unit: &str) -> Command {
    Command::Receive { unit: unit.to_owned() }
}

fn send_back(unit: &str) -> Command {
    Command::Return { unit: unit.to_owned(), reason: word(), proposed: None }
}

fn answer(unit: &str) -> Command {
    Command::Answer { unit: unit.to_owned(), letter: letter_id(9) }
}

fn extend(working_days: u32) -> Command {
    Command::Extend { working_days, reason: word() }
}

fn supervise() -> Command {
    Command::Supervise { reason: word() }
}

fn withdraw() -> Command {
    Command::Withdraw { reason: word() }
}

fn close() -> Command {
    Command::Close { note: word() }
}

/// Monday, 09:00 in Kaili: no holiday near.
fn start() -> Moment {
    Moment::parse_iso("2026-03-02T09:00:00+08:00").unwrap()
}

struct World {
    settings: LetterSettings,
    number: Option<&'static str>,
    answered: Option<Letter>,
}

impl World {
    fn new() -> Self {
        Self { settings: LetterSettings::default(), number: Some(NUMBER), answered: None }
    }

    fn context<'a>(&'a self, actor: &'a Actor, now: Moment) -> Context<'a> {
        Context {
            id: letter_id(0),
            now,
            actor,
            calendar: &CALENDAR,
            settings: &self.settings,
            number: self.number,
            answered: self.answered.as_ref(),
        }
    }

    /// Decides and applies.
    fn act(
        &self,
        letter: Option<&Letter>,
        name: &str,
        command: &Command,
        now: Moment,
    ) -> Result<(Letter, Vec<Event>), Refusal> {
        let actor = who(name);
        let events = decide(letter, command, &self.context(&actor, now))?;
        let after =
            events.iter().fold(letter.cloned(), |letter, event| Some(evolve(letter, event, now, &actor.id)));
        Ok((after.unwrap(), events))
    }
}

/// A letter that is being told as a story; the hour is set by hand.
struct Story {
    world: World,
    letter: Option<Letter>,
    now: Moment,
    events: Vec<Event>,
}

impl Story {
    fn new() -> Self {
        Self::of(World::new())
    }

    fn of(world: World) -> Self {
        Self { world, letter: None, now: start(), events: Vec::new() }
    }

    /// A letter that was sent to these units.
    fn sent(kind: LetterKind, to: &[&str]) -> Self {
        Self::new().does("city", draft(content(kind, to))).does("city", Command::Send {})
    }

    fn at(mut self, iso: &str) -> Self {
        self.now = Moment::parse_iso(iso).unwrap();
        self
    }

    #[expect(clippy::needless_pass_by_value, reason = "a story reads better without references")]
    fn does(mut self, name: &str, command: Command) -> Self {
        let (letter, events) = self
            .world
            .act(self.letter.as_ref(), name, &command, self.now)
            .unwrap_or_else(|refusal| panic!("{name} {command:?} at {:?}: {refusal}", self.letter));
        self.letter = Some(letter);
        self.events.extend(events);
        self
    }

    /// The timer that is due first fires on the dot.
    fn fires(mut self) -> Self {
        let timer = *self.letter().timers().first().unwrap();
        self.now = timer.at;
        self.does("system", Command::TimerFired { kind: timer.kind, clock: timer.clock, at: timer.at })
    }

    /// The code of a refusal.
    fn refused(&self, name: &str, command: &Command) -> &'static str {
        self.world
            .act(self.letter.as_ref(), name, command, self.now)
            .map_or_else(|refusal| refusal.code, |_| panic!("{name} may {command:?}"))
    }

    fn letter(&self) -> &Letter {
        self.letter.as_ref().unwrap()
    }

    fn stage(&self) -> Stage {
        self.letter().stage
    }

    fn due(&self, clock: ClockName) -> String {
        let running = self.letter().clocks.iter().find(|running| running.clock.name == clock);
        let due =
            running.unwrap_or_else(|| panic!("{clock:?} does not run: {:?}", self.letter().clocks)).clock.due;
        due.iso(CALENDAR.zone())[..16].replace('T', " ")
    }

    fn kinds(&self) -> Vec<&'static str> {
        self.events.iter().map(Event::kind).collect()
    }
}
