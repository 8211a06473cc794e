//! Letters between bureaus (G8): written, sent, received and answered by the real rules; one came too late and was lifted to the next level.

use std::collections::BTreeMap;

use governance::letter::{Command, Content, LetterKind, act::act, mark::LetterMark};
use kernel::{
    id::LetterId,
    role::{Actor, Role},
    time::{HOUR_MS, MINUTE_MS, Moment},
};
use ledger::{By, Ledger, LedgerError, register};

use super::Life;

/// What is done with a letter, so many working hours after it was sent.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Deed {
    /// A unit receives it.
    Receive(&'static str),
    /// A unit answers with a letter of its own; the sender receives it soon after.
    Answer(&'static str, &'static str),
    /// A unit sends it back: why, and who should have it.
    Return(&'static str, &'static str, &'static str),
    /// The sender gives more working days.
    Extend(u32, &'static str),
    /// The sender takes it back.
    Withdraw(&'static str),
    /// The sender lays it to the files.
    Close,
}

/// A letter and what became of it.
pub(crate) struct Written {
    pub(crate) from: &'static str,
    pub(crate) to: &'static [&'static str],
    pub(crate) kind: LetterKind,
    pub(crate) subject: &'static str,
    pub(crate) text: &'static str,
    /// It stays a draft.
    pub(crate) is_draft: bool,
    pub(crate) deeds: &'static [(i64, Deed)],
}

/// How the letters of units begin.
const MARKS: [(&str, &str); 17] = [
    ("power", "凯供电"),
    ("telecom", "凯通"),
    ("gas", "凯燃"),
    ("water", "凯供水"),
    ("city_management", "凯城管"),
    ("housing", "凯住建"),
    ("water_affairs", "凯水"),
    ("traffic_police", "凯公交管"),
    ("environment", "凯环"),
    ("land_resources", "凯国土资"),
    ("planning", "凯规"),
    ("transport", "凯交"),
    ("education", "凯教科"),
    ("market_supervision", "凯市监"),
    ("health", "凯卫计"),
    ("office_dashizi", "凯大街"),
    ("development_reform", "凯发改"),
];

/// Enters the marks.
pub(crate) fn enter_marks(ledger: &Ledger, life: &Life, at: Moment) -> Result<(), LedgerError> {
    let city = life.view.code;
    ledger.db().write_blocking(move |tx| {
        let by = By { actor: kernel::role::ActorId::System, at: ledger::moment(tx, city, at)? };
        for (unit, mark) in MARKS {
            register::put(
                tx,
                city,
                LetterMark { unit: unit.to_owned(), mark: mark.to_owned() },
                Some(0),
                &by,
            )?;
        }
        Ok(())
    })
}

/// What happens next to one of the letters.
#[derive(Debug, Clone, Copy)]
enum Next {
    /// It is written and sent.
    Begin,
    /// Something is done with it.
    Do(Deed),
    /// Its sender receives the answer of a unit.
    ReceiveAnswer(&'static str),
}

struct Step {
    at: Moment,
    letter: usize,
    next: Next,
}

/// How long after it was sent an answer is received.
const ANSWER_ON_ITS_WAY_MS: i64 = 20 * MINUTE_MS;

/// Letters on their way.
pub(crate) struct Correspondence {
    written: Vec<&'static Written>,
    /// Letters by number, and their answers by the unit that answers.
    ids: BTreeMap<(usize, &'static str), LetterId>,
    steps: std::vec::IntoIter<Step>,
}

/// What is asked for beside the answers.
const ITSELF: &str = "";

impl Correspondence {
    /// The letters with the moments at which they are sent.
    pub(crate) fn new(life: &Life, written: impl Iterator<Item = &'static Written>, sent: &[Moment]) -> Self {
        let written: Vec<&'static Written> = written.collect();
        let calendar = &life.view.office.calendar;
        let mut steps: Vec<Step> = Vec::new();
        for (letter, (written, sent)) in written.iter().zip(sent).enumerate() {
            steps.push(Step { at: *sent, letter, next: Next::Begin });
            for (hours, deed) in written.deeds {
                let at = calendar.after_working_ms(*sent, hours * HOUR_MS);
                steps.push(Step { at, letter, next: Next::Do(*deed) });
                if let Deed::Answer(unit, _) = deed {
                    let at = calendar.after_working_ms(at, ANSWER_ON_ITS_WAY_MS);
                    steps.push(Step { at, letter, next: Next::ReceiveAnswer(unit) });
                }
            }
        }
        steps.sort_by_key(|step| (step.at, step.letter));
        Self { ids: BTreeMap::new(), written, steps: steps.into_iter() }
    }

    /// When the next thing is done.
    pub(crate) fn next_at(&self) -> Option<Moment> {
        self.steps.as_slice().first().map(|step| step.at)
    }

    /// Does the next thing.
    ///
    /// # Errors
    /// As the rules and the store say.
    pub(crate) fn go_on(&mut self, ledger: &Ledger, life: Life) -> Result<Life, LedgerError> {
        let Some(step) = self.steps.next() else { return Ok(life) };
        let written = self.written[step.letter];
        let known = |unit| {
            let found = self.ids.get(&(step.letter, unit)).copied();
            found.ok_or_else(|| LedgerError::Damaged("a letter that was not written".to_owned()))
        };
        let id = match step.next {
            Next::Begin => None,
            Next::Do(_) => Some(known(ITSELF)?),
            Next::ReceiveAnswer(unit) => Some(known(unit)?),
        };
        let own = ledger.clone();
        let (life, made) = ledger.db().write_blocking(move |tx| {
            let mut life = life;
            life.keep_time(tx, step.at)?;
            let made = match (step.next, id) {
                (Next::Do(deed), Some(id)) => done(tx, &own, &mut life, (written, id), deed, step.at)?,
                (Next::ReceiveAnswer(_), Some(id)) => {
                    let sender = desk_of(&mut life, written.from)?;
                    let received = Command::Receive { unit: written.from.to_owned() };
                    give(tx, &own, &life, (&sender, id), received, step.at)?;
                    None
                }
                _ => Some((ITSELF, begin(tx, &own, &mut life, written, step.at)?)),
            };
            // Its clocks are timers as those of cases.
            life.calm_until = None;
            Ok::<_, LedgerError>((life, made))
        })?;
        if let Some((unit, id)) = made {
            self.ids.insert((step.letter, unit), id);
        }
        Ok(life)
    }
}

/// Who writes and receives for a unit.
fn desk_of(life: &mut Life, unit: &str) -> Result<Actor, LedgerError> {
    let manager = life.cast.of_unit(Role::UnitManager, unit, &mut life.dice);
    let desk = manager.or_else(|| life.cast.of_unit(Role::Clerk, unit, &mut life.dice));
    desk.ok_or_else(|| LedgerError::Damaged(format!("nobody writes for {unit}")))
}

fn give(
    tx: &mut db::Tx<'_>,
    ledger: &Ledger,
    life: &Life,
    (actor, id): (&Actor, LetterId),
    command: Command,
    at: Moment,
) -> Result<(), LedgerError> {
    let view = &life.view;
    act(tx, ledger, (view.code, id), view.letter_office(), command, actor, None, at).map(drop)
}

fn begin(
    tx: &mut db::Tx<'_>,
    ledger: &Ledger,
    life: &mut Life,
    written: &Written,
    at: Moment,
) -> Result<LetterId, LedgerError> {
    let content = Content {
        from: written.from.to_owned(),
        to: written.to.iter().map(|unit| (*unit).to_owned()).collect(),
        copies: Vec::new(),
        kind: written.kind,
        subject: written.subject.to_owned(),
        text: written.text.to_owned(),
        working_days: None,
        answers: None,
        attachments: Vec::new(),
        links: Vec::new(),
    };
    let (actor, id) = (desk_of(life, written.from)?, LetterId::fresh(&mut life.dice, at));
    give(tx, ledger, life, (&actor, id), Command::Draft(Box::new(content)), at)?;
    if !written.is_draft {
        give(tx, ledger, life, (&actor, id), Command::Send {}, at)?;
    }
    Ok(id)
}

/// Does something; gives the answer where one was written.
fn done(
    tx: &mut db::Tx<'_>,
    ledger: &Ledger,
    life: &mut Life,
    (written, id): (&Written, LetterId),
    deed: Deed,
    at: Moment,
) -> Result<Option<(&'static str, LetterId)>, LedgerError> {
    let (unit, command) = match deed {
        Deed::Receive(unit) => (unit, Command::Receive { unit: unit.to_owned() }),
        Deed::Answer(unit, text) => {
            return answer(tx, ledger, life, (written, id), (unit, text), at)
                .map(|reply| Some((unit, reply)));
        }
        Deed::Return(unit, reason, proposed) => {
            let (reason, proposed) = (reason.to_owned(), Some(proposed.to_owned()));
            (unit, Command::Return { unit: unit.to_owned(), reason, proposed })
        }
        Deed::Extend(working_days, reason) => {
            (written.from, Command::Extend { working_days, reason: reason.to_owned() })
        }
        Deed::Withdraw(reason) => (written.from, Command::Withdraw { reason: reason.to_owned() }),
        Deed::Close => (written.from, Command::Close { note: String::new() }),
    };
    let actor = desk_of(life, unit)?;
    give(tx, ledger, life, (&actor, id), command, at)?;
    Ok(None)
}

/// The answer is a letter of its own.
fn answer(
    tx: &mut db::Tx<'_>,
    ledger: &Ledger,
    life: &mut Life,
    (written, id): (&Written, LetterId),
    (unit, text): (&str, &str),
    at: Moment,
) -> Result<LetterId, LedgerError> {
    let content = Content {
        from: unit.to_owned(),
        to: vec![written.from.to_owned()],
        copies: Vec::new(),
        kind: LetterKind::Reply,
        subject: format!("{}的复函", written.subject.trim_end_matches("的函")),
        text: text.to_owned(),
        working_days: None,
        answers: Some(id),
        attachments: Vec::new(),
        links: Vec::new(),
    };
    let (actor, reply) = (desk_of(life, unit)?, LetterId::fresh(&mut life.dice, at));
    give(tx, ledger, life, (&actor, reply), Command::Draft(Box::new(content)), at)?;
    give(tx, ledger, life, (&actor, reply), Command::Send {}, at)?;
    Ok(reply)
}
