//! A small world for the tests: one calendar, one of each post, one rule.

mod counted;
mod kept;
mod random;
mod stories;
mod walk;

use std::sync::LazyLock;

use super::*;
use kernel::{
    calendar::{Calendar, CalendarData},
    clock::{Limit, LimitUnit},
    error::Refusal,
    id::{AccountId, CaseId, PersonId, from_parts},
    role::{Actor, ActorId, Role},
    time::{MINUTE_MS, Moment},
};

/// Takes a third of a second to lay out without optimisation.
static CALENDAR: LazyLock<Calendar> = LazyLock::new(|| Calendar::new(CalendarData::china_default()).unwrap());

pub(super) struct World {
    pub(super) calendar: &'static Calendar,
    pub(super) settings: CaseSettings,
    pub(super) rule: FilingRule,
    pub(super) draw: Drawn,
    pub(super) other: Case,
    pub(super) start: Moment,
}

pub(super) const COLLECTOR: i64 = 1;
pub(super) const CHECKER: i64 = 2;
pub(super) const WORKER: i64 = 7;

pub(super) fn account(number: i64) -> AccountId {
    AccountId(from_parts(Moment(number), [0; 10]))
}

pub(super) fn case_id(number: i64) -> CaseId {
    CaseId(from_parts(Moment(number), [1; 10]))
}

pub(super) fn person(number: i64) -> PersonId {
    PersonId(from_parts(Moment(number), [2; 10]))
}

fn staff(number: i64, role: Role, unit: Option<&str>) -> Actor {
    let cells = if role == Role::Collector { vec!["522601001001001".to_owned()] } else { Vec::new() };
    Actor {
        id: ActorId::Account(account(number)),
        role,
        unit: unit.map(str::to_owned),
        streets: Vec::new(),
        cells,
    }
}

/// Everybody who ever acts in a test, by a short name.
pub(super) fn who(name: &str) -> Actor {
    match name {
        "collector" => staff(COLLECTOR, Role::Collector, None),
        "checker" => staff(CHECKER, Role::Collector, None),
        "acceptor" => staff(3, Role::Acceptor, None),
        "shift_leader" => staff(4, Role::ShiftLeader, None),
        "second_shift_leader" => staff(14, Role::ShiftLeader, None),
        "shift_leader_of_roads" => staff(15, Role::ShiftLeader, Some("roads")),
        "dispatcher" => staff(5, Role::Dispatcher, None),
        "roads" => staff(6, Role::UnitManager, Some("roads")),
        "worker" => staff(WORKER, Role::Worker, Some("roads")),
        "parks" => staff(8, Role::UnitManager, Some("parks")),
        "leader" => staff(9, Role::Leader, None),
        "administrator" => staff(10, Role::SystemAdministrator, None),
        "system" => Actor { id: ActorId::System, ..Actor::resident() },
        "key" => Actor { id: ActorId::Key("sensors".to_owned()), ..Actor::resident() },
        _ => Actor::resident(),
    }
}

pub(super) fn hours(value: u32) -> Limit {
    Limit::new(value, LimitUnit::WorkingHour)
}

pub(super) fn place() -> Place {
    Place { lon: 107.98, lat: 26.58, cell: Some("522601001001001".to_owned()), ..Place::default() }
}

pub(super) fn photo(role: AttachmentRole) -> Attachment {
    Attachment { hash: "00".repeat(32), role, round: 0 }
}

pub(super) fn report(source: Source) -> Report {
    Report {
        source,
        lane: Lane::Ordinary,
        reporter: None,
        text: "井盖破损".to_owned(),
        place: Some(place()),
        class: None,
        component: None,
        urgent: false,
        attachments: vec![photo(AttachmentRole::Before)],
        reference: None,
        token_hash: None,
        parent: None,
    }
}

/// A case of another system, closed there before it was reported.
pub(super) fn import(stage: Stage) -> Import {
    Import {
        report: report(Source::OtherPlatform),
        reported_at: Moment::parse_iso("2024-01-05T09:00:00+08:00").unwrap(),
        closed_at: Some(Moment::parse_iso("2024-01-04T09:00:00+08:00").unwrap()),
        updated_at: None,
        stage,
        outcome: None,
        origin: None,
        fields: std::collections::BTreeMap::new(),
    }
}

/// Where [`place`] is, as a grid says it.
pub(super) fn locate() -> Command {
    Command::Locate {
        cell: "522601001001001".to_owned(),
        street: "522601001".to_owned(),
        community: "522601001001".to_owned(),
    }
}

impl World {
    pub(super) fn new() -> Self {
        let rule = FilingRule {
            condition: "C0001".to_owned(),
            handbook_version: 3,
            class: "2026-matter-0101".to_owned(),
            milestones: vec![Milestone { name: "恢复".to_owned(), limit: hours(4) }],
            filing_items: [MandatoryItem::Place, MandatoryItem::Text].into(),
            closing_items: [MandatoryItem::PhotoAfter].into(),
            handling_unit: Some("roads".to_owned()),
        };
        // Monday 2026-03-02, 09:00 in Kaili: no holiday near.
        let start = Moment::parse_iso("2026-03-02T09:00:00+08:00").unwrap();
        let reported = Event::from(Fact::Reported(Box::new(report(Source::Collector))));
        let other = evolve(None, &reported, start, &who("collector").id);
        let draw = Drawn { account: account(CHECKER), unit: None };
        Self { calendar: &CALENDAR, settings: CaseSettings::default(), rule, draw, other, start }
    }

    pub(super) fn context<'a>(&'a self, actor: &'a Actor, now: Moment) -> Context<'a> {
        Context {
            id: case_id(0),
            now,
            actor,
            calendar: self.calendar,
            settings: &self.settings,
            rule: Some(&self.rule),
            draw: Some(&self.draw),
            other: Some(&self.other),
            is_reporter: actor.role == Role::Resident,
        }
    }

    /// Decides and applies.
    pub(super) fn act(
        &self,
        case: Option<&Case>,
        name: &str,
        command: &Command,
        now: Moment,
    ) -> Result<(Case, Vec<Event>), Refusal> {
        let actor = who(name);
        let events = decide(case, command, &self.context(&actor, now))?;
        let after =
            events.iter().fold(case.cloned(), |case, event| Some(evolve(case, event, now, &actor.id)));
        Ok((after.unwrap(), events))
    }
}

/// A case that is being told as a story; time goes on by a second with each act.
pub(super) struct Story {
    pub(super) world: World,
    pub(super) case: Option<Case>,
    pub(super) now: Moment,
    pub(super) events: Vec<Event>,
    /// When and by whom each event was.
    pub(super) stamps: Vec<(Moment, ActorId)>,
}

impl Story {
    pub(super) fn new() -> Self {
        Self::of(World::new())
    }

    pub(super) fn of(world: World) -> Self {
        let now = world.start;
        Self { world, case: None, now, events: Vec::new(), stamps: Vec::new() }
    }

    pub(super) fn at(mut self, iso: &str) -> Self {
        self.now = Moment::parse_iso(iso).unwrap();
        self
    }

    pub(super) fn later(mut self, minutes: i64) -> Self {
        self.now = self.now + minutes * MINUTE_MS;
        self
    }

    #[expect(clippy::needless_pass_by_value, reason = "a story reads better without references")]
    pub(super) fn does(mut self, name: &str, command: Command) -> Self {
        let (case, events) = self
            .world
            .act(self.case.as_ref(), name, &command, self.now)
            .unwrap_or_else(|refusal| panic!("{name} {command:?} at {:?}: {refusal}", self.case));
        self.case = Some(case);
        self.stamps.extend(events.iter().map(|_| (self.now, who(name).id)));
        self.events.extend(events);
        self
    }

    /// The code of a refusal.
    pub(super) fn refused(&self, name: &str, command: &Command) -> &'static str {
        self.world
            .act(self.case.as_ref(), name, command, self.now)
            .map_or_else(|refusal| refusal.code, |_| panic!("{name} may {command:?}"))
    }

    pub(super) fn case(&self) -> &Case {
        self.case.as_ref().unwrap()
    }

    pub(super) fn reported(source: Source) -> Self {
        Self::new().reports(source)
    }

    pub(super) fn reports(self, source: Source) -> Self {
        let name = if source == Source::Collector { "collector" } else { "acceptor" };
        self.does(name, Command::Report(Box::new(report(source))))
    }

    pub(super) fn filed(self) -> Self {
        self.reports(Source::Collector).does("shift_leader", Command::File {})
    }

    pub(super) fn dispatched(self, units: &[&str]) -> Self {
        self.filed().does("dispatcher", dispatch(units))
    }

    pub(super) fn confirmed(self) -> Self {
        self.dispatched(&["roads"]).works()
    }

    pub(super) fn works(self) -> Self {
        self.does("roads", Command::Sign {}).does("roads", handle()).does("roads", Command::Confirm {})
    }

    pub(super) fn checked(self, answer: Answer) -> Self {
        self.does("acceptor", Command::RequestCheck {}).does("checker", check(answer))
    }
}

pub(super) fn word() -> String {
    "因为".to_owned()
}

pub(super) fn dispatch(units: &[&str]) -> Command {
    Command::Dispatch { units: units.iter().map(|unit| (*unit).to_owned()).collect() }
}

pub(super) fn jointly(units: &[&str], due: Moment) -> Command {
    Command::DecideJointly {
        form: JointForm::JointDispatch,
        units: units.iter().map(|unit| (*unit).to_owned()).collect(),
        due,
        reason: word(),
    }
}

pub(super) fn handle() -> Command {
    Command::Handle { note: word(), attachments: vec![photo(AttachmentRole::After)] }
}

pub(super) fn check(answer: Answer) -> Command {
    Command::AnswerCheck { answer, note: String::new(), attachments: Vec::new() }
}

pub(super) fn verify(answer: Answer) -> Command {
    Command::AnswerVerification { answer, note: String::new(), attachments: Vec::new() }
}

pub(super) fn close(outcome: Outcome) -> Command {
    Command::Close { outcome, condition_met: true, note: String::new(), component_present: None }
}

pub(super) fn give_back() -> Command {
    Command::Return { reason: word(), proposal: "parks".to_owned() }
}

pub(super) fn fired(case: &Case, kind: TimerKind) -> Option<Command> {
    let timer = case.timers().into_iter().find(|timer| timer.kind == kind)?;
    Some(Command::TimerFired { kind, clock: timer.clock, at: timer.at })
}
