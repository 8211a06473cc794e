//! Reports as they come in: so many a day by season, weekday and holiday, each at its class's hour and place, from a resident, a caller, a
//! collector on patrol or somebody higher up.

use std::sync::Arc;

use super::{
    Cast, Catalogue, Dice,
    catalogue::{Kind, nearby},
};
use crate::pictures::Pictures;
use governance::{
    case::{Attachment, AttachmentRole, Lane, Source},
    desk::{Contact, NewPlace, NewReport},
    view::View,
};
use jiff::civil::Date;
use kernel::{
    role::{Actor, Role},
    time::{HOUR_MS, Moment},
};

/// How far a telephone's position may be off, metres.
const POSITION_ERROR_M: f64 = 45.0;
/// How often a place outside every cell is drawn again.
const PLACES_TRIED_MAX: usize = 20;

/// A report with who brings it and when.
#[derive(Debug)]
pub(crate) struct Arrival {
    pub(crate) at: Moment,
    pub(crate) actor: Actor,
    pub(crate) report: NewReport,
}

/// All reports of a span of days, in the order of time.
pub(crate) struct Reports {
    catalogue: Arc<Catalogue>,
    view: Arc<View>,
    cast: Cast,
    pictures: Pictures,
    dice: Dice,
    days: std::vec::IntoIter<(Date, u64)>,
    today: std::vec::IntoIter<(Moment, usize)>,
}

impl Reports {
    /// So many reports over the days from one up to, and without, another one.
    pub(crate) fn new(
        catalogue: Arc<Catalogue>,
        view: Arc<View>,
        (cast, pictures): (Cast, Pictures),
        (first, end): (Date, Date),
        cases: u64,
        dice: Dice,
    ) -> Self {
        let days = share_out(&view, first, end, cases).into_iter();
        Self { catalogue, view, cast, pictures, dice, days, today: Vec::new().into_iter() }
    }

    /// The moments of a day's reports, with their kinds.
    fn day(&mut self, day: Date, reports: u64) -> Vec<(Moment, usize)> {
        let midnight = Moment::of_day(day, &self.view.zone);
        let (month, weekday) = (
            usize::from(day.month().unsigned_abs()),
            usize::from(day.weekday().to_monday_zero_offset().unsigned_abs()),
        );
        let catalogue = Arc::clone(&self.catalogue);
        let weights: Vec<f64> = catalogue
            .kinds
            .iter()
            .map(|kind| {
                let of = |weights: &[f64], place: usize| weights.get(place).copied().unwrap_or(1.0);
                kind.weight * of(&kind.months, month.saturating_sub(1)) * of(&kind.weekdays, weekday)
            })
            .collect();
        let mut moments: Vec<(Moment, usize)> = (0..reports)
            .map(|_| {
                let kind = self.dice.weighted(&weights);
                let hour = catalogue.kinds.get(kind).map_or(12, |kind| self.dice.weighted(&kind.hours));
                let within = self.dice.below(usize::try_from(HOUR_MS).unwrap_or(1));
                let at = midnight
                    + i64::try_from(hour).unwrap_or(0) * HOUR_MS
                    + i64::try_from(within).unwrap_or(0);
                (at, kind)
            })
            .collect();
        moments.sort_unstable();
        moments
    }

    fn arrival(&mut self, at: Moment, kind: usize) -> Option<Arrival> {
        let catalogue = Arc::clone(&self.catalogue);
        let kind = catalogue.kinds.get(kind)?;
        let by_day = self.is_day(at);
        let weights: Vec<f64> = kind.sayings.iter().map(|saying| weight_of(saying.source, by_day)).collect();
        let saying = kind.sayings.get(self.dice.weighted(&weights))?;
        let (place, text) = self.place(&catalogue, kind, &saying.text, at)?;
        let cell = self.view.grid(at).ok()?.locate(place.position).map(|located| located.cell.to_owned());
        let collector = cell.and_then(|cell| self.cast.collector_of(&cell)).cloned();
        let (actor, source) = match (saying.source, collector) {
            (Source::Collector, Some(collector)) if by_day => (collector, Source::Collector),
            (Source::Collector | Source::Web, _) => (Actor::resident(), Source::Web),
            (other, _) => (self.cast.any(Role::Acceptor, &mut self.dice)?, other),
        };
        let self_handled = source == Source::Collector && self.dice.permille(120);
        let with_photo = match source {
            Source::Collector | Source::Video => true,
            Source::Web => self.dice.permille(700),
            _ => false,
        };
        let mut attachments = Vec::new();
        if with_photo {
            attachments.extend(self.photo(AttachmentRole::Before));
        }
        if self_handled {
            attachments.extend(self.photo(AttachmentRole::After));
        }
        let named = matches!(source, Source::Web | Source::Hotline) && self.dice.permille(650);
        let contact = named.then(|| self.contact(&catalogue));
        let report = NewReport {
            lane: if self_handled { Lane::SelfHandled } else { Lane::Ordinary },
            place: Some(place),
            class: Some(kind.class.clone()),
            urgent: saying.urgent,
            attachments,
            contact,
            ..NewReport::new(source, &text)
        };
        Some(Arrival { at, actor, report })
    }

    fn is_day(&self, at: Moment) -> bool {
        let midnight = Moment::of_day(at.date(&self.view.zone), &self.view.zone);
        (7 * HOUR_MS..20 * HOUR_MS).contains(&(at - midnight))
    }

    /// A place near one of the kind's anchors that lies in a cell, and the words with the place in them.
    fn place(
        &mut self,
        catalogue: &Catalogue,
        kind: &Kind,
        text: &str,
        at: Moment,
    ) -> Option<(NewPlace, String)> {
        let grid = self.view.grid(at).ok()?;
        let anchors = catalogue.groups.get(kind.group)?;
        let weights: Vec<f64> = anchors.iter().map(|anchor| anchor.weight).collect();
        for _ in 0..PLACES_TRIED_MAX {
            let anchor = anchors.get(self.dice.weighted(&weights))?;
            let position = nearby(anchor.position, POSITION_ERROR_M, &mut self.dice);
            let Some(located) = grid.locate(position) else { continue };
            let community =
                self.view.divisions.get(located.community).map_or("", |division| division.name.as_str());
            let number = (1 + self.dice.below(280)).to_string();
            let text = text
                .replace("{road}", &anchor.road)
                .replace("{landmark}", &anchor.landmark)
                .replace("{community}", community)
                .replace("{number}", &number);
            let address = format!("{}{number}号附近，{}旁", anchor.road, anchor.landmark);
            return Some((NewPlace { position, address }, text));
        }
        None
    }

    fn photo(&mut self, role: AttachmentRole) -> Option<Attachment> {
        let pictures =
            if role == AttachmentRole::After { &self.pictures.after } else { &self.pictures.before };
        self.dice.one_of(pictures).map(|hash| Attachment { hash: hash.clone(), role, round: 0 })
    }

    /// Nobody's name and number: numbers of this range are not given out.
    fn contact(&mut self, catalogue: &Catalogue) -> Contact {
        let surname = self.dice.one_of(catalogue.surnames).copied().unwrap_or_default();
        let title = if self.dice.permille(500) { "先生" } else { "女士" };
        let phone = format!("1990000{:04}", self.dice.below(10_000));
        Contact { name: format!("{surname}{title}"), phone, email: String::new() }
    }
}

impl Iterator for Reports {
    type Item = Arrival;

    fn next(&mut self) -> Option<Arrival> {
        loop {
            if let Some((at, kind)) = self.today.next() {
                match self.arrival(at, kind) {
                    Some(arrival) => return Some(arrival),
                    None => continue,
                }
            }
            let (day, reports) = self.days.next()?;
            self.today = self.day(day, reports).into_iter();
        }
    }
}

/// How often a way of reporting is taken beside the others; collectors walk by day.
const fn weight_of(source: Source, by_day: bool) -> f64 {
    match source {
        Source::Collector if by_day => 2.2,
        Source::Collector => 0.02,
        Source::Hotline => 1.3,
        Source::Web => 0.8,
        _ => 0.5,
    }
}

/// How many reports fall on each day: all of them, by what kind of day it is.
fn share_out(view: &View, first: Date, end: Date, cases: u64) -> Vec<(Date, u64)> {
    let days: Vec<Date> = first.series(jiff::Span::new().days(1)).take_while(|day| *day < end).collect();
    let weight = |day: Date| {
        let weekday: f64 = match day.weekday().to_monday_zero_offset() {
            0 => 1.12,
            1..=4 => 1.05,
            5 => 0.86,
            _ => 0.74,
        };
        if view.office.calendar.is_working_day(day) { weekday } else { weekday.min(0.7) }
    };
    let sum: f64 = days.iter().copied().map(weight).sum();
    let (mut so_far, mut given) = (0.0, 0_u64);
    days.into_iter()
        .map(|day| {
            so_far += weight(day);
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                clippy::cast_precision_loss,
                reason = "a share of a count"
            )]
            let until = ((so_far / sum) * cases as f64).round() as u64;
            let today = until.min(cases) - given;
            given += today;
            (day, today)
        })
        .collect()
}
