//! How a sheet begins and is filled while the caller talks.

use kernel::{error::Refusal, role::ActorId, time::Moment};
use map::geometry::Position;

use super::{
    super::{
        ADDRESS_CHARS_MAX, NAME_CHARS_MAX, RECORDING_CHARS_MAX, SIGNAL_AHEAD_MS_MAX, SIGNAL_LATE_MS_MAX,
        TEXT_CHARS_MAX,
        command::own_account,
        context::Context,
        event::{Fact, Opening},
        state::{Call, Filling, Signal, SignalKind},
    },
    require, short, within,
};

pub(super) fn begin(opening: &Opening, context: &Context<'_>) -> Result<Vec<Fact>, Refusal> {
    require(!opening.reference.trim().is_empty(), || Refusal::invalid("call_reference_missing"))?;
    short(&opening.reference, NAME_CHARS_MAX)?;
    acceptable(&opening.filling)?;
    let mut holder = own_account(&context.actor.id);
    if let Some((id, signal)) = &opening.exchange {
        require(!id.trim().is_empty(), || Refusal::invalid("call_reference_missing"))?;
        short(id, NAME_CHARS_MAX)?;
        in_time(signal, context.now)?;
        // The exchange speaks for the seat that picked up, not for itself.
        holder = signal.holder;
    }
    Ok(vec![Fact::Begun { opening: Box::new(opening.clone()), repeat: context.repeat, holder }])
}

pub(super) fn signal(call: &Call, signal: &Signal, context: &Context<'_>) -> Result<Vec<Fact>, Refusal> {
    let known = call.exchange.as_ref().ok_or_else(|| Refusal::conflict("call_without_exchange"))?;
    let told = match signal.kind {
        SignalKind::Ringing => known.rang_at,
        SignalKind::Answered => known.answered_at,
        SignalKind::Ended => known.ended_at,
    };
    // Webhooks come again and in any order: each is told once.
    require(told.is_none(), || Refusal::conflict("call_signal_known"))?;
    in_time(signal, context.now)?;
    Ok(vec![Fact::Signalled { signal: signal.clone() }])
}

/// The exchange's clock is nearly ours, and what it tells very late is told of another day.
fn in_time(signal: &Signal, now: Moment) -> Result<(), Refusal> {
    let ahead = signal.at - now;
    require((-SIGNAL_LATE_MS_MAX..=SIGNAL_AHEAD_MS_MAX).contains(&ahead), || {
        Refusal::invalid("call_signal_time")
    })?;
    let recording = signal.recording.as_deref().unwrap_or_default();
    require(kernel::text::mask_personal(recording).found.is_empty(), || {
        Refusal::invalid("call_recording_names_person")
    })?;
    short(recording, RECORDING_CHARS_MAX).map(drop)
}

pub(super) fn fill(call: &Call, filling: &Filling, context: &Context<'_>) -> Result<Vec<Fact>, Refusal> {
    within(call.counts.fills, context.settings.max.fills, "call_fill_limit")?;
    acceptable(filling)?;
    require(call.demand.clone().filled(filling) != call.demand, || Refusal::invalid("call_nothing_changes"))?;
    let repeat = filling.caller.map(|_| context.repeat);
    Ok(vec![Fact::Filled { filling: Box::new(filling.clone()), repeat }])
}

fn acceptable(filling: &Filling) -> Result<(), Refusal> {
    short(filling.text.as_deref().unwrap_or_default(), TEXT_CHARS_MAX)?;
    short(filling.class.as_deref().unwrap_or_default(), NAME_CHARS_MAX)?;
    let Some(place) = &filling.place else { return Ok(()) };
    require(Position::new(place.lon, place.lat).is_ok(), || Refusal::invalid("call_place_malformed"))?;
    for code in [&place.cell, &place.street, &place.community].into_iter().flatten() {
        short(code, NAME_CHARS_MAX)?;
    }
    short(&place.address, ADDRESS_CHARS_MAX).map(drop)
}

pub(super) fn take_over(call: &Call, context: &Context<'_>) -> Result<Vec<Fact>, Refusal> {
    let ActorId::Account(holder) = context.actor.id else {
        return Err(Refusal::forbidden("call_not_your_right"));
    };
    require(call.holder != Some(holder), || Refusal::conflict("call_already_yours"))?;
    within(call.counts.take_overs, context.settings.max.take_overs, "call_take_over_limit")?;
    Ok(vec![Fact::TakenOver { holder }])
}
