//! What a unit does that a letter was written to: receive, return, answer.

use kernel::{error::Refusal, id::LetterId};

use super::{
    super::{
        event::Fact,
        state::{Letter, Recipient},
    },
    require, said,
};

/// The unit among those that the letter was written to, as long as it has not returned it.
fn recipient<'a>(letter: &'a Letter, unit: &str) -> Result<&'a Recipient, Refusal> {
    let recipient = letter.recipient(unit).ok_or_else(|| Refusal::conflict("letter_not_recipient"))?;
    require(recipient.returned.is_none(), || Refusal::conflict("letter_returned_already"))?;
    Ok(recipient)
}

pub(super) fn receive(letter: &Letter, unit: &str) -> Result<Vec<Fact>, Refusal> {
    let received = recipient(letter, unit)?.received_at.is_some();
    require(!received, || Refusal::conflict("letter_received_already"))?;
    Ok(vec![Fact::Received { unit: unit.to_owned() }])
}

pub(super) fn send_back(
    letter: &Letter,
    unit: &str,
    reason: &str,
    proposed: Option<&str>,
) -> Result<Vec<Fact>, Refusal> {
    let answered = recipient(letter, unit)?.answer.is_some();
    require(!answered, || Refusal::conflict("letter_answered_already"))?;
    // A reply stands as the answer; who is not content writes again.
    require(letter.content.answers.is_none(), || Refusal::conflict("letter_answer_stands"))?;
    let own = proposed.is_some_and(|proposed| proposed == unit || proposed == letter.content.from);
    require(!own, || Refusal::invalid("letter_proposed_unit"))?;
    let proposed = proposed.map(str::to_owned);
    Ok(vec![Fact::Returned { unit: unit.to_owned(), reason: said(reason)?, proposed }])
}

pub(super) fn answer(letter: &Letter, unit: &str, reply: LetterId) -> Result<Vec<Fact>, Refusal> {
    let answered = recipient(letter, unit)?.answer.is_some();
    require(!answered, || Refusal::conflict("letter_answered_already"))?;
    require(letter.limit.is_some(), || Refusal::conflict("letter_needs_no_answer"))?;
    Ok(vec![Fact::Answered { unit: unit.to_owned(), letter: reply }])
}
