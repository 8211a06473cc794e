//! What the inspectors of facilities, sanitation and shop signs found in the first half of 2016 (G5): by collectors on their rounds and by
//! video, on working hours of every day.

use governance::{
    case::{Attachment, AttachmentRole, Source},
    desk::{NewPlace, NewReport},
    view::View,
};
use jiff::civil::Date;
use kernel::{
    role::Role,
    time::{HOUR_MS, Moment},
};

use super::{Arrival, Cast, Dice};
use crate::{
    DemoError,
    ground::{
        Ground,
        reports::{NUMBER_MAX, ReportClass, catalogue},
        spots::Spots,
    },
    pictures::Pictures,
};

/// Inspectors are out from then on, for so many hours.
const BEGINS: i64 = 8;
const HOURS: i64 = 10;

/// So many cases over the days of a span, in the order of time.
pub(crate) fn inspections(
    ground: &Ground,
    view: &View,
    (cast, pictures): (&Cast, &Pictures),
    (first, last): (Date, Date),
    cases: usize,
    dice: &mut Dice,
) -> Result<Vec<Arrival>, DemoError> {
    let wanted = governance::figures::INSPECTED_CLASSES;
    let classes: Vec<ReportClass> =
        catalogue()?.into_iter().filter(|class| wanted.contains(&class.class.as_str())).collect();
    let weights: Vec<f64> = classes.iter().map(|class| class.weight).collect();
    let spots = Spots::new(ground)?;
    let days: Vec<Date> = first.series(jiff::Span::new().days(1)).take_while(|day| *day <= last).collect();
    let mut moments: Vec<Moment> = (0..cases)
        .map(|number| {
            // Each day has its rounds.
            let day = days[number * days.len() / cases.max(1)];
            let within = dice.below(usize::try_from(HOURS * HOUR_MS).unwrap_or(1));
            Moment::of_day(day, &view.zone) + BEGINS * HOUR_MS + i64::try_from(within).unwrap_or(0)
        })
        .collect();
    moments.sort_unstable();
    let mut arrivals = Vec::new();
    for at in moments {
        // A place outside every collector's cells is left out, and another one looked for.
        let found = (0..20).find_map(|_| {
            let class = classes.get(dice.weighted(&weights))?;
            found(view, &spots, (cast, pictures), class, at, dice)
        });
        arrivals.extend(found);
    }
    Ok(arrivals)
}

fn found(
    view: &View,
    spots: &Spots<'_>,
    (cast, pictures): (&Cast, &Pictures),
    class: &ReportClass,
    at: Moment,
    dice: &mut Dice,
) -> Option<Arrival> {
    let said: Vec<_> =
        class.texts.iter().filter(|text| matches!(text.source, Source::Collector | Source::Video)).collect();
    let said = **dice.one_of(&said.iter().collect::<Vec<_>>())?;
    let spot = spots.draw(class.place, dice.plain())?;
    let number = 1 + dice.below(NUMBER_MAX);
    let text = said.fill(spot.road.zh, spot.landmark.zh, spot.community.zh, number);
    let cell = view.grid(at).ok()?.locate(spot.position).map(|located| located.cell)?.to_owned();
    let actor = match said.source {
        Source::Collector => cast.collector_of(&cell)?.clone(),
        _ => cast.any(Role::Acceptor, dice)?,
    };
    let hash = dice.one_of(&pictures.before).cloned();
    let photo = hash.map(|hash| Attachment { hash, role: AttachmentRole::Before, round: 0 });
    let address = format!("{}，{}附近", spot.road.zh, spot.landmark.zh);
    let report = NewReport {
        place: Some(NewPlace { position: spot.position, address }),
        class: Some(class.class.clone()),
        urgent: said.urgent,
        attachments: photo.into_iter().collect(),
        ..NewReport::new(said.source, &text)
    };
    Some(Arrival { at, actor, report })
}
