//! The score: points for and against two reports telling of one problem, each with its reason.

use map::geodesy;
use serde::Serialize;
use serde_json::Value;

use super::{
    Facts, LOOKS_MAX, NumberKind, Settings,
    words::{Agreement, agreement, meaning, things_of_class},
};
use crate::dictionary::EDITION_2026;
use kernel::time::DAY_MS;

/// So many radii away everything of distance speaks against: somebody may report from home, but not from across the town.
const FAR_RADII: u32 = 4;

/// The highest score.
pub const POINTS_MAX: u8 = 100;

/// One reason of a score.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Reason {
    /// `distance`, `time`, `class_same`, `class_major`, `class_other`, `thing`, `thing_other`, `text`, `street`, `street_other`, `number`,
    /// `number_other`, `component`, `component_other` or `photo`: a translation key under `reason`.
    pub what: &'static str,
    /// Points for it; below zero against it.
    pub points: i16,
    /// What was found: metres, milliseconds, a share of 0 to 1, a number or component that both name; null where the name says all.
    pub value: Value,
}

/// How likely two reports tell of one problem.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Score {
    /// 0 to [`POINTS_MAX`]: the sum of the reasons' points, drawn to that range.
    pub points: u8,
    /// The weightiest first.
    pub reasons: Vec<Reason>,
}

/// Scores two reports; which is the new one makes no difference to the points.
#[must_use]
pub fn score(new: &Facts, old: &Facts, settings: &Settings) -> Score {
    let mut reasons: Vec<Reason> = [
        component(new, old, settings),
        photo(new, old, settings),
        distance(new, old, settings),
        number(new, old, settings),
        thing(new, old, settings),
        fault(new, old, settings),
        text(new, old, settings),
        street(new, old, settings),
        class(new, old, settings),
        time(new, old, settings),
    ]
    .into_iter()
    .flatten()
    .filter(|reason| reason.points != 0)
    .collect();
    let sum: i32 = reasons.iter().map(|reason| i32::from(reason.points)).sum();
    reasons.sort_by_key(|reason| std::cmp::Reverse(reason.points.unsigned_abs()));
    let points = u8::try_from(sum.clamp(0, i32::from(POINTS_MAX))).unwrap_or(POINTS_MAX);
    Score { points, reasons }
}

/// All points up to `full`, falling to nothing at `none`, then to all points against at `counter`.
fn falling(value: f64, (full, none, counter): (f64, f64, f64), points: u8, against: u8) -> i16 {
    let share = if value <= none {
        f64::from(points) * ((none - value) / (none - full)).min(1.0)
    } else {
        -f64::from(against) * ((value - none) / (counter - none)).min(1.0)
    };
    round(share)
}

/// The nearest whole number; the numbers here are far within the type.
#[expect(
    clippy::cast_possible_truncation,
    reason = "at most 255 either way; a float is drawn to the type's range by the cast"
)]
fn round(points: f64) -> i16 {
    points.round() as i16
}

fn distance(new: &Facts, old: &Facts, settings: &Settings) -> Option<Reason> {
    let metres = distance_m(new, old)?;
    Some(Reason {
        what: "distance",
        points: distance_points(metres, new, old, settings),
        value: metres.round().into(),
    })
}

/// Metres between two reports.
pub(super) fn distance_m(new: &Facts, old: &Facts) -> Option<f64> {
    Some(geodesy::geodesic_distance_m(new.position?, old.position?))
}

fn distance_points(metres: f64, new: &Facts, old: &Facts, settings: &Settings) -> i16 {
    let radius_m = radius_m(new.class.as_deref(), settings).max(radius_m(old.class.as_deref(), settings));
    falling(metres, range_m(radius_m, settings), settings.points.distance, settings.against.distance)
}

fn range_m(radius_m: u32, settings: &Settings) -> (f64, f64, f64) {
    (f64::from(settings.near_m), f64::from(radius_m), f64::from(radius_m * FAR_RADII))
}

fn radius_m(class: Option<&str>, settings: &Settings) -> u32 {
    match class.and_then(Class::of) {
        None => settings.radius_m.unclassified,
        Some(class) if class.is_thing() => settings.radius_m.component,
        Some(_) => settings.radius_m.matter,
    }
}

fn time(new: &Facts, old: &Facts, settings: &Settings) -> Option<Reason> {
    let apart = new.reported_at.millis().abs_diff(old.reported_at.millis());
    Some(Reason { what: "time", points: time_points(apart, settings), value: apart.into() })
}

#[expect(clippy::cast_precision_loss, reason = "whole milliseconds of years are exact in a float")]
fn time_points(apart_ms: u64, settings: &Settings) -> i16 {
    let window = f64::from(settings.window_days);
    let days = apart_ms as f64 / DAY_MS as f64;
    falling(days, (0.0, window, 2.0 * window), settings.points.time, settings.against.time)
}

/// The points of distance and time alone, for choosing what to read; the widest radius stands for a class that is not known yet.
pub(super) fn rough_points(metres: Option<f64>, apart_ms: u64, settings: &Settings) -> i16 {
    let range = range_m(settings.radius_m_max(), settings);
    let near = metres
        .map_or(0, |metres| falling(metres, range, settings.points.distance, settings.against.distance));
    near + time_points(apart_ms, settings)
}

/// A class's name in its parts.
struct Class<'a> {
    edition: &'a str,
    kind: &'a str,
    code: &'a str,
}

impl<'a> Class<'a> {
    fn of(name: &'a str) -> Option<Self> {
        let mut parts = name.splitn(3, '-');
        Some(Self { edition: parts.next()?, kind: parts.next()?, code: parts.next()? })
    }

    fn major(&self) -> &str {
        self.code.get(..2).unwrap_or(self.code)
    }

    /// In edition 2026 the matters of majors 01 to 05 mirror the components of the same code (standards 2.4).
    fn mirrors(&self) -> bool {
        self.edition == EDITION_2026 && matches!(self.major(), "01" | "02" | "03" | "04" | "05")
    }

    /// A thing with one place, or a fault of one.
    fn is_thing(&self) -> bool {
        self.kind == "component" || self.mirrors()
    }
}

fn class(new: &Facts, old: &Facts, settings: &Settings) -> Option<Reason> {
    let (new, old) = (new.class.as_deref()?, old.class.as_deref()?);
    let (what, points) = if new == old {
        ("class_same", i16::from(settings.points.class_same))
    } else {
        // What is no class of ours, or of another edition, may still be the same thing.
        let (new, old) = (Class::of(new)?, Class::of(old)?);
        if new.edition != old.edition {
            return None;
        }
        let alike = new.kind == old.kind || (new.mirrors() && old.mirrors());
        if alike && new.code == old.code {
            ("class_same", i16::from(settings.points.class_same))
        } else if alike && new.major() == old.major() {
            ("class_major", i16::from(settings.points.class_major))
        } else {
            ("class_other", -i16::from(settings.against.class))
        }
    };
    Some(Reason { what, points, value: Value::Null })
}

fn text(new: &Facts, old: &Facts, settings: &Settings) -> Option<Reason> {
    if new.words.is_empty() || old.words.is_empty() {
        return None;
    }
    let likeness = new.words.likeness(&old.words);
    let none = f64::from(settings.text_none_percent) / 100.0;
    let full = f64::from(settings.text_full_percent) / 100.0;
    let points = if likeness >= none {
        f64::from(settings.points.text) * ((likeness - none) / (full - none)).min(1.0)
    } else {
        -f64::from(settings.against.text) * (none - likeness) / none
    };
    Some(Reason { what: "text", points: round(points), value: ((likeness * 100.0).round() / 100.0).into() })
}

/// What a report is about: the things that its words and its class's name name.
fn things(facts: &Facts) -> impl Iterator<Item = u16> + Clone + '_ {
    let class = facts.class.as_deref().map_or(&[][..], things_of_class);
    facts.words.things().iter().chain(class).copied()
}

fn thing(new: &Facts, old: &Facts, settings: &Settings) -> Option<Reason> {
    let (new, old) = (things(new), things(old));
    let is_known = new.clone().next().is_some() && old.clone().next().is_some();
    let shared = new.filter(|thing| old.clone().any(|other| other == *thing)).min();
    is_known.then(|| match shared {
        Some(thing) => {
            Reason { what: "thing", points: i16::from(settings.points.thing), value: meaning(thing).into() }
        }
        None => {
            Reason { what: "thing_other", points: -i16::from(settings.against.thing), value: Value::Null }
        }
    })
}

fn fault(new: &Facts, old: &Facts, settings: &Settings) -> Option<Reason> {
    let (new, old) = (new.words.faults(), old.words.faults());
    let is_known = !new.is_empty() && !old.is_empty();
    is_known.then(|| match new.iter().find(|fault| old.contains(fault)) {
        Some(fault) => {
            Reason { what: "fault", points: i16::from(settings.points.fault), value: meaning(*fault).into() }
        }
        None => {
            Reason { what: "fault_other", points: -i16::from(settings.against.fault), value: Value::Null }
        }
    })
}

fn street(new: &Facts, old: &Facts, settings: &Settings) -> Option<Reason> {
    Some(if new.words.streets_agree(&old.words)? {
        Reason { what: "street", points: i16::from(settings.points.street), value: Value::Null }
    } else {
        Reason { what: "street_other", points: -i16::from(settings.against.street), value: Value::Null }
    })
}

fn number(new: &Facts, old: &Facts, settings: &Settings) -> Option<Reason> {
    let weighed = |kind: NumberKind, points: u8| {
        let points = i16::from(points);
        if kind == NumberKind::Door { points / 2 } else { points }
    };
    match agreement(new.words.numbers(), old.words.numbers()) {
        Agreement::Unknown => None,
        Agreement::Same(number) => Some(Reason {
            what: "number",
            points: weighed(number.kind, settings.points.number),
            value: number.text.as_str().into(),
        }),
        // What the other report names is not told to whom asks.
        Agreement::Other(kind) => Some(Reason {
            what: "number_other",
            points: -weighed(kind, settings.against.number),
            value: Value::Null,
        }),
    }
}

fn component(new: &Facts, old: &Facts, settings: &Settings) -> Option<Reason> {
    let (new, old) = (new.component.as_deref()?, old.component.as_deref()?);
    Some(if new == old {
        Reason { what: "component", points: i16::from(settings.points.component), value: new.into() }
    } else {
        Reason { what: "component_other", points: -i16::from(settings.against.component), value: Value::Null }
    })
}

/// Bits of a look that must differ from an even picture, on either side: darkness and fog all look alike.
const LOOK_BITS_MIN: u32 = 6;

/// Whether a photo's look tells one picture from another.
pub(super) fn is_telling(look: u64) -> bool {
    (LOOK_BITS_MIN..=u64::BITS - LOOK_BITS_MIN).contains(&look.count_ones())
}

fn photo(new: &Facts, old: &Facts, settings: &Settings) -> Option<Reason> {
    let telling = |facts: &Facts| -> Vec<u64> {
        facts.looks.iter().copied().take(LOOKS_MAX).filter(|look| is_telling(*look)).collect()
    };
    let (new, old) = (telling(new), telling(old));
    let bits = new.iter().flat_map(|a| old.iter().map(move |b| (a ^ b).count_ones())).min()?;
    let other = f64::from(settings.photo_other_bits);
    let range = (f64::from(settings.photo_same_bits), other, 2.0 * other);
    let points = falling(f64::from(bits), range, settings.points.photo, 0);
    let share = 1.0 - f64::from(bits) / f64::from(u64::BITS);
    Some(Reason { what: "photo", points, value: ((share * 100.0).round() / 100.0).into() })
}
