//! What somebody does next with a sheet, as its stage asks for and callers are: mostly content, sometimes not, sometimes out.

use governance::{
    call::{Call, Command, Stage, desk::Wanted},
    case::Case,
};
use kernel::{
    id::{CallId, CaseId},
    role::{Actor, Role},
    time::Moment,
};

use super::{
    super::{Life, words},
    coming::Ending,
};

/// Who does what.
type Move = (Actor, Wanted);

/// The case that a caller is called back about.
pub(super) struct Behind {
    pub(super) id: CaseId,
    pub(super) case: Case,
}

/// The next move on a sheet; none where nobody can move.
pub(super) fn next(
    call: &Call,
    id: CallId,
    behind: Option<&Behind>,
    life: &mut Life,
    at: Moment,
) -> Option<Move> {
    let held = call.holder.and_then(|holder| life.cast.person(holder)).cloned();
    let acceptor = match held {
        // Who took it is on shift for a third of the day.
        Some(holder) if call.stage == Stage::Open || life.hotline.dice.permille(330) => holder,
        _ => life.cast.any(Role::Acceptor, &mut life.hotline.dice)?,
    };
    let wanted = match call.stage {
        Stage::Open => open(call, id, life)?,
        Stage::Transferred | Stage::WithCase if call.contacted_at.is_none() && call.has_caller() => {
            Wanted::Other(Command::Contact { note: said(life, words::CONTACTS) })
        }
        Stage::Transferred => replied(call, life),
        Stage::ToFollowUp => called_back(call, behind, &acceptor, life, at),
        Stage::Ringing | Stage::WithCase | Stage::Closed | Stage::Dropped | Stage::Unreasonable => {
            return None;
        }
    };
    Some((acceptor, wanted))
}

fn said(life: &mut Life, words: &[&str]) -> String {
    life.hotline.dice.one_of(words).map_or_else(String::new, |text| (*text).to_owned())
}

fn open(call: &Call, id: CallId, life: &mut Life) -> Option<Wanted> {
    let Some(talk) = life.hotline.talks.get(&id) else { return Some(taken_up_again(call, life)) };
    let is_filled = !call.demand.text.is_empty();
    Some(match &talk.ending {
        Ending::Drop(reason) => Wanted::Other(Command::Drop { reason: *reason, note: String::new() }),
        _ if !is_filled => {
            Wanted::Fill { filling: Box::new(talk.filling.clone()), contact: talk.caller.clone() }
        }
        Ending::Case => Wanted::MakeCase { note: String::new() },
        Ending::Join(case) => Wanted::Other(Command::Join { case: *case, note: words::JOINED.to_owned() }),
        Ending::Answer(answer) => Wanted::Other(Command::AnswerAtOnce { answer: answer.clone() }),
        Ending::Transfer { to, reason } => {
            Wanted::Other(Command::Transfer { to: to.clone(), reason: reason.clone() })
        }
    })
}

/// The outside body has not done it, or the caller is not content: once more to the same, then a reasoned answer.
fn taken_up_again(call: &Call, life: &mut Life) -> Wanted {
    match call.transferred_to.clone() {
        Some(to) if life.hotline.dice.permille(650) => {
            Wanted::Other(Command::Transfer { to, reason: said(life, words::ONCE_MORE) })
        }
        _ => Wanted::Other(Command::AnswerAtOnce { answer: said(life, words::REASONED) }),
    }
}

fn replied(call: &Call, life: &mut Life) -> Wanted {
    let solved = life.hotline.dice.permille(860);
    let known =
        call.transferred_to.as_deref().and_then(|to| life.hotline.wishes.reply(to, &call.note, solved));
    let general = if solved { words::REPLIES } else { words::REPLIES_WITHOUT };
    let reply = known.unwrap_or_else(|| said(life, general));
    Wanted::Other(Command::RecordReply { solved, reply })
}

fn called_back(
    call: &Call,
    behind: Option<&Behind>,
    acceptor: &Actor,
    life: &mut Life,
    at: Moment,
) -> Wanted {
    // Who is out the first time is mostly out the next time, too.
    if life.hotline.dice.permille(if call.attempts.is_empty() { 90 } else { 600 }) {
        return Wanted::Other(Command::NotReached {});
    }
    // Who has rated the case says the same on the telephone.
    let rating = behind.and_then(|behind| behind.case.rating.as_ref());
    let solved = rating.map_or_else(|| life.hotline.dice.permille(910), |rating| rating.solved);
    let satisfaction = match rating {
        Some(rating) => Some(rating.satisfaction),
        None if life.hotline.dice.permille(25) => None,
        None if solved => Some(if life.hotline.dice.permille(960) {
            4 + u8::from(life.hotline.dice.permille(620))
        } else {
            2
        }),
        None => Some(1 + u8::from(life.hotline.dice.permille(450))),
    };
    let may_redo =
        !solved && call.counts.redos < 2 && behind.is_none_or(|behind| life.may_reopen(acceptor, behind, at));
    let redo = may_redo && life.hotline.dice.permille(650);
    let note = if solved { String::new() } else { said(life, words::NOT_CONTENT) };
    Wanted::Other(Command::FollowUp { solved, satisfaction, redo, case: None, note })
}
