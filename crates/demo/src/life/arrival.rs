//! Reports as they come in: so many a day by season, weekday and holiday, each at its class's hour and place, from a resident, a caller, a
//! collector on patrol or somebody higher up.

use std::sync::Arc;

use governance::{
    case::{Attachment, AttachmentRole, Lane, Source},
    desk::{NewPlace, NewReport},
    view::View,
};
use jiff::civil::Date;
use kernel::{
    role::{Actor, Role},
    time::{HOUR_MS, Moment},
};

use super::{
    Cast, Dice,
    call::{NUMBERS, contact},
};
use crate::{
    DemoError,
    ground::{
        Ground,
        reports::{NUMBER_MAX, ReportClass, TextLanguage, catalogue},
        spots::Spots,
    },
    pictures::Pictures,
};

/// A report with who brings it and when.
#[derive(Debug)]
pub(crate) struct Arrival {
    pub(crate) at: Moment,
    pub(crate) actor: Actor,
    pub(crate) report: NewReport,
}

/// All reports of a span of days, in the order of time.
pub(crate) struct Reports<'a> {
    classes: Vec<ReportClass>,
    spots: Spots<'a>,
    view: Arc<View>,
    cast: Cast,
    pictures: Pictures,
    dice: Dice,
    days: std::vec::IntoIter<(Date, u64)>,
    today: std::vec::IntoIter<(Moment, usize)>,
}

impl<'a> Reports<'a> {
    /// So many reports over the days from one up to, and without, another one.
    pub(crate) fn new(
        ground: &'a Ground,
        view: Arc<View>,
        (cast, pictures): (Cast, Pictures),
        (first, end): (Date, Date),
        cases: u64,
        dice: Dice,
    ) -> Result<Self, DemoError> {
        let days = share_out(&view, first, end, cases).into_iter();
        let (classes, spots) = (catalogue()?, Spots::new(ground)?);
        Ok(Self { classes, spots, view, cast, pictures, dice, days, today: Vec::new().into_iter() })
    }

    /// The moments of a day's reports, with the classes they are of.
    fn day(&mut self, day: Date, reports: u64) -> Vec<(Moment, usize)> {
        let midnight = Moment::of_day(day, &self.view.zone);
        let month = usize::from(day.month().unsigned_abs());
        let weekday = usize::from(day.weekday().to_monday_zero_offset().unsigned_abs());
        // One lot decides on class and hour together.
        let weights: Vec<f64> = self
            .classes
            .iter()
            .flat_map(|class| (0..24).map(move |hour| class.weight_at(month, weekday, hour)))
            .collect();
        let mut moments: Vec<(Moment, usize)> = (0..reports)
            .map(|_| {
                let drawn = self.dice.weighted(&weights);
                let (class, hour) = (drawn / 24, i64::try_from(drawn % 24).unwrap_or(0));
                let within = self.dice.below(usize::try_from(HOUR_MS).unwrap_or(1));
                (midnight + hour * HOUR_MS + i64::try_from(within).unwrap_or(0), class)
            })
            .collect();
        moments.sort_unstable();
        moments
    }

    fn arrival(&mut self, at: Moment, class: usize) -> Option<Arrival> {
        let class = self.classes.get(class)?;
        let by_day = self.is_day(at);
        let weights: Vec<f64> = class.texts.iter().map(|text| weight_of(text.source, by_day)).collect();
        let said = class.texts.get(self.dice.weighted(&weights))?;
        let spot = self.spots.draw(class.place, self.dice.plain())?;
        let number = 1 + self.dice.below(NUMBER_MAX);
        let in_chinese = said.language == TextLanguage::Zh;
        let name = |name: crate::ground::spots::PlaceName<'_>| {
            if in_chinese { name.zh.to_owned() } else { name.en.to_owned() }
        };
        let text = said.fill(&name(spot.road), &name(spot.landmark), &name(spot.community), number);
        let address = format!("{}，{}附近", spot.road.zh, spot.landmark.zh);
        let place = NewPlace { position: spot.position, address };
        let grid = self.view.grid(at).ok()?;
        let cell = grid.locate(place.position).map(|located| located.cell);
        let collector = cell.and_then(|cell| self.cast.collector_of(cell)).cloned();
        let (actor, source) = match (said.source, collector) {
            (Source::Collector, Some(collector)) if by_day => (collector, Source::Collector),
            (Source::Collector | Source::Web, _) => (Actor::resident(), Source::Web),
            (other, _) => (self.cast.any(Role::Acceptor, &mut self.dice)?, other),
        };
        let (class, urgent) = (class.class.clone(), said.urgent);
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
        // Who calls is known to the telephone.
        let named = source == Source::Web && self.dice.permille(650);
        let contact = named.then(|| contact(self.dice.below(NUMBERS)));
        let report = NewReport {
            lane: if self_handled { Lane::SelfHandled } else { Lane::Ordinary },
            place: Some(place),
            class: Some(class),
            urgent,
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

    fn photo(&mut self, role: AttachmentRole) -> Option<Attachment> {
        let pictures =
            if role == AttachmentRole::After { &self.pictures.after } else { &self.pictures.before };
        self.dice.one_of(pictures).map(|hash| Attachment { hash: hash.clone(), role, round: 0 })
    }
}

impl Iterator for Reports<'_> {
    type Item = Arrival;

    fn next(&mut self) -> Option<Arrival> {
        loop {
            if let Some((at, class)) = self.today.next() {
                match self.arrival(at, class) {
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
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of a count")]
            let until = ((so_far / sum) * cases as f64).round() as u64;
            let today = until.min(cases) - given;
            given += today;
            (day, today)
        })
        .collect()
}
