//! The lives of cases: who does what, decided by the rules of `governance::case`.

use anyhow::{Context as _, Result, bail};
use governance::{
    case::{
        Answer, Attachment, AttachmentRole, Case, Command, Context, Drawn, Event, Lane, MandatoryItem,
        Outcome, Report, Source, decide, noun::CaseNoun,
    },
    view::{Grid, View},
};
use kernel::{
    id::CaseId,
    role::{Actor, ActorId, Role},
    time::Moment,
};
use ledger::{By, Noun as _, Stamp};
use map::geometry::{BoundingBox, Position};
use std::sync::Arc;

use super::Lot;

/// What is said: some often, some seldom.
pub(crate) const WORDS: [&str; 12] = [
    "垃圾未清理，影响环境",
    "井盖破损，存在安全隐患",
    "路灯不亮，夜间出行不便",
    "占道经营，影响通行",
    "机动车乱停放，堵塞出入口",
    "树木倒伏，压住护栏",
    "污水外溢，气味难闻",
    "店外堆物，长期无人清理",
    "非法小广告，贴满墙面",
    "护栏歪斜，请尽快修复",
    "工地噪声，深夜仍在施工",
    "路面坑洼，积水严重",
];
const ROADS: [&str; 8] =
    ["韶山北路", "营盘东路", "文化南路", "北京西路", "博南新区", "清江路", "金井路", "迎宾大道"];
/// A word that one case in so many has.
const SELDOM: usize = 10_000;
/// Places are drawn within a cell's box until one lies in a cell.
const PLACES_TRIED_MAX: usize = 200;
const PHOTO: &str = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

/// The people, the places and the kinds of case.
pub(crate) struct Cast {
    collectors: Vec<Actor>,
    acceptors: Vec<Actor>,
    leaders: Vec<Actor>,
    dispatchers: Vec<Actor>,
    managers: Vec<Actor>,
    workers: Vec<Actor>,
    boxes: Vec<(String, BoundingBox)>,
    grid: Arc<Grid>,
    kinds: Vec<Kind>,
}

/// A class that needs no component and has one milestone, with a condition that is in season.
struct Kind {
    class: String,
    condition: String,
}

/// What one life carries along.
struct Life<'a> {
    view: &'a View,
    id: CaseId,
    at: Moment,
    step_ms: i64,
    case: Option<Case>,
    version: u64,
    lived: Vec<(By, Event)>,
}

impl Life<'_> {
    fn case(&self) -> Result<&Case> {
        self.case.as_ref().context("a case")
    }

    /// One command, as the rules take it.
    fn act(&mut self, actor: &Actor, command: &Command, with: (Option<&str>, Option<&Drawn>)) -> Result<()> {
        let rule = match (with.0, &self.case) {
            (Some(condition), Some(case)) => Some(self.view.filing_rule(case, condition, self.at)?),
            _ => None,
        };
        let context = Context {
            id: self.id,
            now: self.at,
            actor,
            calendar: &self.view.office.calendar,
            settings: &self.view.office.settings,
            rule: rule.as_ref(),
            draw: with.1,
            other: None,
            is_reporter: false,
        };
        let events = decide(self.case.as_ref(), command, &context)
            .with_context(|| format!("{} by {}", command.kind().name(), actor.role))?;
        for event in events {
            self.version += 1;
            let stamp = Stamp { at: self.at, actor: actor.id.clone(), version: self.version };
            self.case = Some(CaseNoun::evolve(self.case.take(), &event, &stamp));
            self.lived.push((By { actor: actor.id.clone(), at: self.at }, event));
        }
        self.at = self.at + self.step_ms;
        Ok(())
    }
}

fn photo(role: AttachmentRole) -> Vec<Attachment> {
    vec![Attachment { hash: PHOTO.to_owned(), role, round: 0 }]
}

fn close() -> Command {
    Command::Close {
        outcome: Outcome::Cured,
        condition_met: true,
        note: "符合结案条件。".to_owned(),
        component_present: None,
    }
}

impl Cast {
    pub(crate) fn new(view: &View, at: Moment) -> Result<Self> {
        let all = |role: Role| -> Vec<Actor> {
            let members = view.members(role).map(|member| Actor {
                id: ActorId::Account(member.account),
                role,
                unit: member.post.unit.clone(),
                streets: member.post.streets.clone(),
                cells: member.post.cells.clone(),
            });
            members.collect()
        };
        let managers = all(Role::UnitManager);
        let boxes = view
            .cells_in_force(at)
            .filter_map(|cell| Some((cell.code.clone(), cell.area.bounds()?)))
            .collect();
        let mut cast = Self {
            collectors: all(Role::Collector),
            acceptors: all(Role::Acceptor),
            leaders: all(Role::ShiftLeader),
            dispatchers: all(Role::Dispatcher),
            workers: all(Role::Worker),
            managers,
            boxes,
            grid: view.grid(at)?,
            kinds: Vec::new(),
        };
        cast.kinds = cast.kinds_of(view, at)?;
        if cast.kinds.is_empty() {
            bail!("no class can be filed");
        }
        Ok(cast)
    }

    fn kinds_of(&self, view: &View, at: Moment) -> Result<Vec<Kind>> {
        let mut kinds = Vec::new();
        let mut lot = Lot::new(1);
        let earlier = at + -kernel::time::DAY_MS * demo::DAYS;
        // Also what residents may report, so that the same kinds come in over every door.
        for class in view.classes().filter(|class| view.is_reportable(class, at)) {
            let class = class.key.to_string();
            let Some(condition) = view.conditions(&class, at).first().map(|found| found.id.clone()) else {
                continue;
            };
            let life = self.born(view, &mut lot, (earlier, 1), Source::Collector, &class, None)?;
            let Ok(rule) = view.filing_rule(life.case()?, &condition, at) else { continue };
            let case = life.case()?;
            let month = |month: i64| earlier + kernel::time::DAY_MS * 30 * month;
            let all_year = (0..12).all(|number| view.filing_rule(case, &condition, month(number)).is_ok());
            let simple = rule.milestones.len() == 1 && !rule.filing_items.contains(&MandatoryItem::Component);
            let named = rule.handling_unit.as_ref().is_some_and(|unit| {
                [&self.managers, &self.workers]
                    .iter()
                    .all(|people| people.iter().any(|person| person.unit.as_ref() == Some(unit)))
            });
            if all_year && simple && named {
                kinds.push(Kind { class, condition });
            }
        }
        Ok(kinds)
    }

    /// A place in a cell.
    pub(crate) fn place(&self, lot: &mut Lot) -> Result<Position> {
        for _ in 0..PLACES_TRIED_MAX {
            let (_, bounds) = lot.one(&self.boxes)?;
            let (lon, lat) = (lot.between(bounds.west, bounds.east), lot.between(bounds.south, bounds.north));
            let position = Position { lon, lat };
            if self.grid.locate(position).is_some() {
                return Ok(position);
            }
        }
        bail!("no place in a cell")
    }

    /// A class that can be reported.
    pub(crate) fn class(&self, lot: &mut Lot) -> Result<&str> {
        Ok(&lot.one(&self.kinds)?.class)
    }

    fn born<'a>(
        &self,
        view: &'a View,
        lot: &mut Lot,
        (at, step_ms): (Moment, i64),
        source: Source,
        class: &str,
        reference: Option<String>,
    ) -> Result<Life<'a>> {
        let position = self.place(lot)?;
        let number = lot.below(400);
        let road = lot.one(&ROADS)?;
        let place = view.place(position, &format!("{road}{number}号"), at)?;
        let reporter = match (source, &place.cell) {
            (Source::Collector, Some(cell)) => {
                let of_cell = self.collectors.iter().find(|collector| collector.cells.contains(cell));
                of_cell.context("a collector of the cell")?
            }
            _ => lot.one(&self.acceptors)?,
        };
        let said = lot.one(&WORDS)?;
        let seldom = if lot.below(SELDOM) == 0 { "，疑似燃气泄漏" } else { "" };
        let report = Report {
            source,
            lane: Lane::Ordinary,
            reporter: None,
            text: format!("{road}{number}号附近{said}{seldom}"),
            place: Some(place),
            class: Some(class.to_owned()),
            component: None,
            urgent: false,
            attachments: if source == Source::Collector { photo(AttachmentRole::Before) } else { Vec::new() },
            reference,
            token_hash: None,
            parent: None,
        };
        let id = CaseId::fresh(lot, at);
        let mut life = Life { view, id, at, step_ms, case: None, version: 0, lived: Vec::with_capacity(12) };
        life.act(reporter, &Command::Report(Box::new(report)), (None, None))?;
        Ok(life)
    }

    /// A whole life from a moment on, with so much time until the next case begins.
    pub(crate) fn live(
        &self,
        view: &View,
        lot: &mut Lot,
        at: Moment,
        span_ms: i64,
        (reference, newest): (String, bool),
    ) -> Result<ledger::Life<Event>> {
        let kind = lot.one(&self.kinds)?;
        let roll = lot.below(100);
        let timing = (at, (span_ms / 13).min(kernel::time::HOUR_MS / 60));
        let source = if roll < 50 || newest { Source::Collector } else { Source::Hotline };
        let mut life = self.born(view, lot, timing, source, &kind.class, Some(reference))?;
        if source == Source::Collector {
            let steps = if newest { lot.below(10) } else { 9 };
            self.work(&mut life, lot, kind, steps)?;
        } else if roll < 80 {
            let answer = "已当场答复，感谢来电。".to_owned();
            life.act(lot.one(&self.acceptors)?, &Command::AnswerAtOnce { answer }, (None, None))?;
            life.act(lot.one(&self.leaders)?, &close(), (None, None))?;
        } else {
            let reason = "不属于城市管理职责范围，已说明渠道。".to_owned();
            life.act(lot.one(&self.acceptors)?, &Command::Refuse { reason }, (None, None))?;
        }
        Ok((life.id.to_string(), life.lived))
    }

    /// From filing to closing, as far as so many steps go.
    fn work(&self, life: &mut Life<'_>, lot: &mut Lot, kind: &Kind, steps: usize) -> Result<()> {
        let mut unit = String::new();
        for step in 0..steps {
            let of_unit = |people: &[Actor]| {
                people.iter().find(|person| person.unit.as_ref() == Some(&unit)).cloned().context("a member")
            };
            let leader = lot.one(&self.leaders)?;
            match step {
                0 => {
                    life.act(leader, &Command::File {}, (Some(&kind.condition), None))?;
                    let filing = life.case()?.filing.as_ref().context("a filing")?;
                    unit = filing.handling_unit.clone().context("a unit")?;
                }
                1 => {
                    let command = Command::Dispatch { units: vec![unit.clone()] };
                    life.act(lot.one(&self.dispatchers)?, &command, (None, None))?;
                }
                2 => life.act(&of_unit(&self.managers)?, &Command::Sign {}, (None, None))?,
                3 => {
                    let ActorId::Account(worker) = of_unit(&self.workers)?.id else { bail!("a worker") };
                    life.act(&of_unit(&self.managers)?, &Command::Assign { worker }, (None, None))?;
                }
                4 => {
                    let command = Command::Handle {
                        note: "已处理完毕，现场恢复原状。".to_owned(),
                        attachments: photo(AttachmentRole::After),
                    };
                    life.act(&of_unit(&self.workers)?, &command, (None, None))?;
                }
                5 => life.act(&of_unit(&self.managers)?, &Command::Confirm {}, (None, None))?,
                6 => {
                    let drawn = self.drawn(life, lot)?;
                    life.act(lot.one(&self.acceptors)?, &Command::RequestCheck {}, (None, Some(&drawn)))?;
                }
                7 => {
                    let task = life.case()?.task.as_ref().context("a task")?.collector;
                    let collector = self.collectors.iter().find(|one| one.id == ActorId::Account(task));
                    let command = Command::AnswerCheck {
                        answer: Answer::Yes,
                        note: "现场核查属实，已整改到位。".to_owned(),
                        attachments: photo(AttachmentRole::After),
                    };
                    life.act(collector.context("a collector")?, &command, (None, None))?;
                }
                _ => life.act(leader, &close(), (None, None))?,
            }
        }
        Ok(())
    }

    fn drawn(&self, life: &Life<'_>, lot: &mut Lot) -> Result<Drawn> {
        let reporter = &life.case()?.reported_by;
        for _ in 0..PLACES_TRIED_MAX {
            let collector = lot.one(&self.collectors)?;
            if let (true, ActorId::Account(account)) = (collector.id != *reporter, &collector.id) {
                return Ok(Drawn { account: *account, unit: collector.unit.clone() });
            }
        }
        bail!("nobody who can check")
    }
}
