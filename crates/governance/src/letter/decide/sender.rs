//! What the sender does: write, send, give more time, withdraw, close.

use std::collections::BTreeSet;

use kernel::{
    clock::{Limit, LimitUnit},
    error::Refusal,
};

use super::{
    super::{
        ATTACHMENTS_MAX, COPIES_MAX, LINKS_MAX, REASON_CHARS_MAX, RECIPIENTS_MAX, SUBJECT_CHARS_MAX,
        TEXT_CHARS_MAX, TITLE_CHARS_MAX,
        context::Context,
        deadlines::ClockName,
        event::Fact,
        state::{Attachment, Content, Letter, LetterKind, Recipient, Stage},
    },
    require, said, short, within,
};

/// What may be kept of a content; a draft may still lack what a letter needs.
pub(super) fn written(content: &Content, context: &Context<'_>) -> Result<Content, Refusal> {
    let most =
        |count: usize, max: usize, code| require(count <= max, || Refusal::invalid(code).with("max", max));
    most(content.to.len(), RECIPIENTS_MAX, "letter_recipients_too_many")?;
    most(content.copies.len(), COPIES_MAX, "letter_recipients_too_many")?;
    most(content.attachments.len(), ATTACHMENTS_MAX, "letter_attachments_too_many")?;
    most(content.links.len(), LINKS_MAX, "letter_links_too_many")?;
    let mut named = BTreeSet::from([content.from.as_str()]);
    let twice = content.to.iter().chain(&content.copies).find(|unit| !named.insert(unit.as_str()));
    if let Some(unit) = twice {
        return Err(Refusal::invalid("letter_recipient_twice").with("unit", unit.as_str()));
    }
    match content.working_days {
        Some(_) if !content.kind.is_answered() => {
            return Err(Refusal::invalid("letter_limit_unexpected"));
        }
        Some(days) => working_days(days, context).map(drop)?,
        None => {}
    }
    reply(content, context)?;
    let title = |attachment: &Attachment| {
        let title = short(&attachment.title, TITLE_CHARS_MAX)?;
        require(!title.is_empty(), || Refusal::invalid("letter_attachment_title_missing"))?;
        Ok(Attachment { file: attachment.file.clone(), title })
    };
    Ok(Content {
        subject: short(&content.subject, SUBJECT_CHARS_MAX)?,
        text: short(&content.text, TEXT_CHARS_MAX)?,
        attachments: content.attachments.iter().map(title).collect::<Result<_, Refusal>>()?,
        ..content.clone()
    })
}

/// A reply answers a letter that was written to its sender, and goes to whom that came from; nothing else answers one.
fn reply(content: &Content, context: &Context<'_>) -> Result<(), Refusal> {
    if content.kind != LetterKind::Reply {
        return require(content.answers.is_none(), || Refusal::invalid("letter_answers_unexpected"));
    }
    let answered = content.answers.and(context.answered);
    let Some(answered) = answered else { return Err(Refusal::invalid("letter_answers_missing")) };
    require(answered.recipient(&content.from).is_some(), || Refusal::invalid("letter_answers_other"))?;
    let to = content.to.is_empty() || content.to == [answered.content.from.clone()];
    require(to, || Refusal::invalid("letter_reply_to_other").with("unit", answered.content.from.as_str()))
}

fn working_days(days: u32, context: &Context<'_>) -> Result<Limit, Refusal> {
    let max = context.settings.working_days_max;
    require((1..=max).contains(&days), || Refusal::invalid("letter_limit_out_of_range").with("max", max))?;
    Ok(Limit { value: days, unit: LimitUnit::WorkingDay })
}

pub(super) fn amend(letter: &Letter, content: &Content, context: &Context<'_>) -> Result<Vec<Fact>, Refusal> {
    within(letter.amendments, context.settings.amendments_max, "letter_amendment_limit")?;
    require(content.from == letter.content.from, || Refusal::invalid("letter_sender_fixed"))?;
    let content = Box::new(written(content, context)?);
    Ok(vec![Fact::Amended { content }])
}

/// What is incomplete is no letter: here, and not before, every part must be there.
pub(super) fn send(letter: &Letter, context: &Context<'_>) -> Result<Vec<Fact>, Refusal> {
    let content = &letter.content;
    for (there, code) in [
        (!content.to.is_empty(), "letter_recipient_missing"),
        (!content.subject.is_empty(), "letter_subject_missing"),
        (!content.text.is_empty(), "letter_text_missing"),
    ] {
        require(there, || Refusal::conflict(code))?;
    }
    reply(content, context)?;
    let number = context.number.ok_or_else(|| Refusal::conflict("letter_mark_missing"))?.to_owned();
    let days = content.working_days.unwrap_or(context.settings.answer_working_days);
    let limit = content.kind.is_answered().then_some(Limit { value: days, unit: LimitUnit::WorkingDay });
    Ok(vec![Fact::Sent { number, dated: context.now.date(context.calendar.zone()), limit }])
}

pub(super) fn extend(
    letter: &Letter,
    days: u32,
    reason: &str,
    context: &Context<'_>,
) -> Result<Vec<Fact>, Refusal> {
    require(letter.limit.is_some(), || Refusal::conflict("letter_needs_no_answer"))?;
    // What is late stays late: more time is asked for before.
    let late = letter.overdues.iter().any(|fact| fact.clock == ClockName::Answer);
    require(!late, || Refusal::conflict("letter_overdue_already"))?;
    within(letter.extensions.len() as u64, context.settings.extensions_max, "letter_extension_limit")?;
    Ok(vec![Fact::Extended { limit: working_days(days, context)?, reason: said(reason)? }])
}

/// A letter that somebody has answered is part of two files: it is closed, not withdrawn. So is a reply, which stands as the answer.
pub(super) fn withdraw(letter: &Letter, reason: &str) -> Result<Vec<Fact>, Refusal> {
    if letter.stage != Stage::Draft {
        require(letter.content.answers.is_none(), || Refusal::conflict("letter_answer_stands"))?;
        let answered = letter.recipients.iter().any(|recipient| recipient.answer.is_some());
        require(!answered, || Refusal::conflict("letter_answered_already"))?;
    }
    Ok(vec![Fact::Withdrawn { reason: said(reason)? }])
}

pub(super) fn close(letter: &Letter, note: &str) -> Result<Vec<Fact>, Refusal> {
    let open = letter.recipients.iter().any(Recipient::is_open);
    let note = if open { said(note)? } else { short(note, REASON_CHARS_MAX)? };
    Ok(vec![Fact::Closed { note }])
}
