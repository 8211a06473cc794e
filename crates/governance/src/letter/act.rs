//! Acts on a letter in the ledger: the rule decides on the record as it stands, and what it decided is appended in the same transaction,
//! with the number that it takes and the answer that it gives.

use db::Tx;
use kernel::{
    calendar::Calendar,
    code::CityCode,
    error::Refusal,
    id::LetterId,
    role::{Action, Actor},
    time::Moment,
};
use ledger::{
    By, DueTimer, Ledger, LedgerError, Noun as _, Record, attachment, due_timers, register, running_number,
};

use super::{
    Command, Content, Context, Letter, LetterSettings, Link, Stage, decide,
    mark::{LetterMark, number},
    noun::{LetterNoun, timer_command},
};
use crate::{
    case::{
        act::{FIRED_TIMERS_MAX, system},
        noun::CaseNoun,
    },
    unit::Unit,
    view::View,
};

/// What the rules of a city need besides letter and command.
#[derive(Debug, Clone, Copy)]
pub struct Office<'a> {
    /// The city's calendar.
    pub calendar: &'a Calendar,
    /// The city's settings for letters.
    pub settings: &'a LetterSettings,
}

impl View {
    /// What the rules of letters need of the city.
    #[must_use]
    pub fn letter_office(&self) -> Office<'_> {
        Office { calendar: &self.office.calendar, settings: &self.city.letters }
    }
}

/// Does something with a letter. Free texts are masked; what the content names must be there; `send` takes the next number of the unit's
/// series, and a reply that is sent is put on record with the letter that it answers.
///
/// # Errors
/// The rule's refusal, one of [`super::STORE_REFUSALS`] (nothing is changed), [`LedgerError::Stale`], or as the store says.
#[expect(
    clippy::too_many_arguments,
    reason = "as the acts on cases and calls, and the registers that links name"
)]
pub fn act(
    tx: &mut Tx<'_>,
    ledger: &Ledger,
    (city, id): (CityCode, LetterId),
    office: Office<'_>,
    mut command: Command,
    actor: &Actor,
    seen: Option<u64>,
    now: Moment,
) -> Result<Record<LetterNoun>, LedgerError> {
    for text in command.texts_mut() {
        *text = kernel::text::mask_personal(text).text;
    }
    if let Some(content) = command.content() {
        check(tx, ledger, city, content)?;
    }
    if let Command::Return { proposed: Some(unit), .. } = &command {
        known_unit(tx, city, unit)?;
    }
    let record = give(tx, (city, id), office, &command, actor, seen, now)?;
    if let (Command::Send {}, Some(answered)) = (&command, record.state.content.answers) {
        let answer = Command::Answer { unit: record.state.content.from.clone(), letter: id };
        give(tx, (city, answered), office, &answer, &system(), None, now)?;
    }
    Ok(record)
}

/// Decides and appends.
fn give(
    tx: &mut Tx<'_>,
    (city, id): (CityCode, LetterId),
    office: Office<'_>,
    command: &Command,
    actor: &Actor,
    seen: Option<u64>,
    now: Moment,
) -> Result<Record<LetterNoun>, LedgerError> {
    let now = ledger::moment(tx, city, now)?;
    let Office { calendar, settings } = office;
    let by = By { actor: actor.id.clone(), at: now };
    ledger::act::<LetterNoun, LedgerError>(tx, city, &id.to_string(), seen, &by, |tx, letter| {
        let sends = letter.filter(|_| matches!(command, Command::Send {}));
        let content = command.content().or(sends.map(|letter| &letter.content));
        let answered = match content.and_then(|content| content.answers) {
            Some(answered) => state(tx, city, answered)?,
            None => None,
        };
        let mut context =
            Context { id, now, actor, calendar, settings, number: None, answered: answered.as_ref() };
        // Who may not send takes no number; one that was taken and then refused goes back with the transaction.
        let number = match sends {
            Some(letter) if letter.stage == Stage::Draft && actor_writes(actor, letter) => {
                next_number(tx, city, letter, &context)?
            }
            _ => None,
        };
        context.number = number.as_deref();
        Ok(decide(letter, command, &context)?)
    })
}

fn actor_writes(actor: &Actor, letter: &Letter) -> bool {
    let units = [letter.content.from.clone()];
    actor.may(Action::LetterWrite, &kernel::role::Place { units: &units, ..kernel::role::Place::default() })
}

/// The next number of the sender's series of the year; none where it has no mark.
fn next_number(
    tx: &mut Tx<'_>,
    city: CityCode,
    letter: &Letter,
    context: &Context<'_>,
) -> Result<Option<String>, LedgerError> {
    let mark = register::get::<LetterMark>(tx, city, &letter.content.from)?
        .filter(|record| record.state.retired_at.is_none())
        .and_then(|record| record.state.row);
    let Some(LetterMark { mark, .. }) = mark else { return Ok(None) };
    let year = context.now.date(context.calendar.zone()).year();
    let next = running_number::take(tx, city, &format!("letter {mark} {year}"), 1)?;
    Ok(Some(number(&mark, year, next)))
}

/// A letter by its id.
fn state(tx: &mut Tx<'_>, city: CityCode, id: LetterId) -> Result<Option<Letter>, LedgerError> {
    Ok(ledger::get::<LetterNoun>(tx, city, &id.to_string())?.map(|record| record.state))
}

/// Whether everything that a content names is there.
fn check(tx: &mut Tx<'_>, ledger: &Ledger, city: CityCode, content: &Content) -> Result<(), LedgerError> {
    for unit in content.to.iter().chain(&content.copies).take(super::RECIPIENTS_MAX + super::COPIES_MAX) {
        known_unit(tx, city, unit)?;
    }
    for file in content.attachments.iter().take(super::ATTACHMENTS_MAX) {
        if attachment::find(tx, city, &file.file)?.is_none() {
            return Err(Refusal::invalid("letter_attachment_unknown").into());
        }
    }
    for (place, link) in content.links.iter().take(super::LINKS_MAX).enumerate() {
        let there = match link {
            Link::Case(id) => ledger::get::<CaseNoun>(tx, city, &id.to_string())?.is_some(),
            Link::Letter(id) => state(tx, city, *id)?.is_some(),
            Link::Row { register, key } => {
                register::row(tx, city, ledger.register(register)?, key)?.is_some()
            }
        };
        if !there {
            return Err(Refusal::invalid("letter_link_unknown").with("place", place).into());
        }
    }
    Ok(())
}

fn known_unit(tx: &mut Tx<'_>, city: CityCode, unit: &str) -> Result<(), LedgerError> {
    let known = register::get::<Unit>(tx, city, unit)?;
    if known.is_none_or(|record| record.state.retired_at.is_some()) {
        return Err(Refusal::invalid("letter_unit_unknown").with("unit", unit).into());
    }
    Ok(())
}

/// Fires the city's timers of letters whose moment has come; how many. The entry that a timer makes takes the timer away in the same
/// transaction, so each is fired once, also where the machine stood still in between.
///
/// # Errors
/// As the store says; a timer that the letter no longer implies is no error.
pub fn fire_due(
    tx: &mut Tx<'_>,
    city: CityCode,
    office: Office<'_>,
    now: Moment,
) -> Result<u32, LedgerError> {
    let system = system();
    let mut fired = 0;
    for timer in due_timers(tx, city, now, FIRED_TIMERS_MAX)? {
        if timer.noun != LetterNoun::NAME {
            continue;
        }
        let (id, command) = of_timer(&timer)?;
        match give(tx, (city, id), office, &command, &system, None, now) {
            Ok(_) => fired += 1,
            // An earlier timer of the same letter has already put this one on record.
            Err(LedgerError::Refused(refusal)) if refusal.code == "letter_timer_not_running" => {}
            Err(error) => return Err(error),
        }
    }
    Ok(fired)
}

fn of_timer(timer: &DueTimer) -> Result<(LetterId, Command), LedgerError> {
    let unreadable = || LedgerError::Damaged(format!("timer {} of letter {}", timer.kind, timer.key));
    let id = timer.key.parse().map_err(|_| unreadable())?;
    let command = timer_command(&timer.kind, timer.at).ok_or_else(unreadable)?;
    Ok((id, command))
}
