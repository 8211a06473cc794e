//! A small world for the tests: one calendar, one of each post, one case.

mod counted;
mod desk;
mod kept;
mod random;
mod stories;
mod walk;

use std::sync::LazyLock;

use super::*;
use crate::case::{Case, Place};
use kernel::{
    calendar::{Calendar, CalendarData},
    error::Refusal,
    id::{AccountId, CallId, CaseId, PersonId, from_parts},
    role::{Actor, ActorId, Role},
    time::{MINUTE_MS, Moment},
};

/// Takes a third of a second to lay out without optimisation.
static CALENDAR: LazyLock<Calendar> = LazyLock::new(|| Calendar::new(CalendarData::china_default()).unwrap());

const REFERENCE: &str = "260302-000001-8";

fn account(number: i64) -> AccountId {
    AccountId(from_parts(Moment(number), [0; 10]))
}

fn case_id(number: i64) -> CaseId {
    CaseId(from_parts(Moment(number), [1; 10]))
}

fn call_id(number: i64) -> CallId {
    CallId(from_parts(Moment(number), [3; 10]))
}

fn person(number: i64) -> PersonId {
    PersonId(from_parts(Moment(number), [2; 10]))
}

/// Everybody who ever acts in a test, by a short name.
fn who(name: &str) -> Actor {
    let staff = |number, role| Actor { id: ActorId::Account(account(number)), role, ..Actor::resident() };
    match name {
        "acceptor" => staff(1, Role::Acceptor),
        "second" => staff(2, Role::Acceptor),
        "leader" => staff(3, Role::ShiftLeader),
        "dispatcher" => staff(4, Role::Dispatcher),
        "exchange" => {
            Actor { id: ActorId::Key("exchange".to_owned()), role: Role::Acceptor, ..Actor::resident() }
        }
        "system" => Actor { id: ActorId::System, ..Actor::resident() },
        _ => Actor::resident(),
    }
}

fn word() -> String {
    "因为".to_owned()
}

/// A case under a sheet's reference.
fn case_of(reference: &str) -> Case {
    let report = crate::case::Report {
        reference: Some(reference.to_owned()),
        text: "垃圾没有清走".to_owned(),
        source: crate::case::Source::Hotline,
        lane: crate::case::Lane::Ordinary,
        token_hash: None,
        reporter: None,
        place: None,
        class: None,
        component: None,
        urgent: false,
        attachments: Vec::new(),
        parent: None,
    };
    let event = crate::case::Event::from(crate::case::Fact::Reported(Box::new(report)));
    crate::case::evolve(None, &event, start(), &who("acceptor").id)
}

/// Monday, 09:00 in Kaili: no holiday near.
fn start() -> Moment {
    Moment::parse_iso("2026-03-02T09:00:00+08:00").unwrap()
}

struct World {
    settings: CallSettings,
    case: Case,
    repeat: u32,
}

impl World {
    fn new() -> Self {
        Self { settings: CallSettings::default(), case: case_of(REFERENCE), repeat: 0 }
    }

    fn context<'a>(&'a self, actor: &'a Actor, now: Moment) -> Context<'a> {
        Context {
            id: call_id(0),
            now,
            actor,
            calendar: &CALENDAR,
            settings: &self.settings,
            repeat: self.repeat,
            case: Some(&self.case),
        }
    }

    /// Decides and applies.
    fn act(
        &self,
        call: Option<&Call>,
        name: &str,
        command: &Command,
        now: Moment,
    ) -> Result<(Call, Vec<Event>), Refusal> {
        let actor = who(name);
        let events = decide(call, command, &self.context(&actor, now))?;
        let after =
            events.iter().fold(call.cloned(), |call, event| Some(evolve(call, event, now, &actor.id)));
        Ok((after.unwrap(), events))
    }
}

/// A call that is being told as a story; the hour is set by hand.
struct Story {
    world: World,
    call: Option<Call>,
    now: Moment,
    events: Vec<Event>,
    stamps: Vec<(Moment, ActorId)>,
}

impl Story {
    fn new() -> Self {
        Self::of(World::new())
    }

    fn of(world: World) -> Self {
        Self { world, call: None, now: start(), events: Vec::new(), stamps: Vec::new() }
    }

    fn at(mut self, iso: &str) -> Self {
        self.now = Moment::parse_iso(iso).unwrap();
        self
    }

    fn later(mut self, minutes: i64) -> Self {
        self.now = self.now + minutes * MINUTE_MS;
        self
    }

    #[expect(clippy::needless_pass_by_value, reason = "a story reads better without references")]
    fn does(mut self, name: &str, command: Command) -> Self {
        let (call, events) = self
            .world
            .act(self.call.as_ref(), name, &command, self.now)
            .unwrap_or_else(|refusal| panic!("{name} {command:?} at {:?}: {refusal}", self.call));
        self.call = Some(call);
        self.stamps.extend(events.iter().map(|_| (self.now, who(name).id)));
        self.events.extend(events);
        self
    }

    /// The code of a refusal.
    fn refused(&self, name: &str, command: &Command) -> &'static str {
        self.world
            .act(self.call.as_ref(), name, command, self.now)
            .map_or_else(|refusal| refusal.code, |_| panic!("{name} may {command:?}"))
    }

    fn call(&self) -> &Call {
        self.call.as_ref().unwrap()
    }

    /// Somebody called about something and left a number.
    fn begun() -> Self {
        Self::new().does("acceptor", begin(filled()))
    }

    /// What they wanted became a case.
    fn with_case() -> Self {
        Self::begun().does("acceptor", hand_over())
    }

    fn to_follow_up() -> Self {
        Self::with_case().does("system", Command::CaseEnded {})
    }

    fn due(&self, clock: ClockName) -> String {
        let running = self.call().clocks.iter().find(|running| running.clock.name == clock);
        let due =
            running.unwrap_or_else(|| panic!("{clock:?} does not run: {:?}", self.call().clocks)).clock.due;
        due.iso(CALENDAR.zone())[..16].replace('T', " ")
    }

    fn count(&self, kind: &str) -> usize {
        self.events.iter().filter(|event| event.kind() == kind).count()
    }
}

fn filled() -> Filling {
    Filling {
        text: Some("楼下垃圾没有清走".to_owned()),
        kind: Some(DemandKind::Complaint),
        caller: Some(person(1)),
        ..Filling::default()
    }
}

fn begin(filling: Filling) -> Command {
    Command::Begin(Box::new(Opening { reference: REFERENCE.to_owned(), exchange: None, filling }))
}

fn rings(kind: SignalKind, at: Moment) -> Command {
    let exchange = Some(("1772413200.17".to_owned(), told(kind, at)));
    Command::Begin(Box::new(Opening {
        reference: REFERENCE.to_owned(),
        exchange,
        filling: Filling::default(),
    }))
}

fn told(kind: SignalKind, at: Moment) -> Signal {
    let holder = (kind != SignalKind::Ringing).then(|| account(1));
    Signal { kind, at, holder, recording: None }
}

fn fill(filling: Filling) -> Command {
    Command::Fill(Box::new(filling))
}

fn hand_over() -> Command {
    Command::HandOver { case: case_id(1), note: String::new() }
}

fn join() -> Command {
    Command::Join { case: case_id(2), note: String::new() }
}

fn transfer() -> Command {
    Command::Transfer { to: "供电局".to_owned(), reason: word() }
}

fn reply(solved: bool) -> Command {
    Command::RecordReply { solved, reply: word() }
}

fn says(solved: bool, satisfaction: u8, redo: bool) -> Command {
    Command::FollowUp { solved, satisfaction: Some(satisfaction), redo, case: None, note: word() }
}

fn certify() -> Command {
    Command::Certify { ground: Ground::NotInPower, reason: word() }
}

fn fired(call: &Call, kind: TimerKind) -> Option<Command> {
    let timer = call.timers().into_iter().find(|timer| timer.kind == kind)?;
    Some(Command::TimerFired { kind, clock: timer.clock, at: timer.at })
}
