//! Finding the cases that are worth comparing with a report, with bounded work however many lie around: keys are counted and read from the index
//! alone, the best by place and time are read whole, and cases of the same component or photo come in from anywhere.

use db::{Tx, Value};
use kernel::{code::CityCode, id::CaseId, time::DAY_MS, time::Moment};
use ledger::{Condition, LedgerError, Listing, Order, Record};
use map::{geodesy, geometry::Position, near};
use rustc_hash::{FxHashMap, FxHashSet};

use super::{
    CANDIDATES_MAX, Facts, LOOKS_MAX, SIMILAR_MAX, Score, Settings,
    facts::photos,
    queries::{Hint, count_near, hints_near},
    score,
    score::{distance_m, is_telling, rough_points},
};
use crate::case::{
    Case, Stage,
    noun::{CaseNoun, component_tag, photo_tag},
};

/// Index entries of one circle that are looked at; a fuller circle is halved.
const SCANNED_MAX: u32 = 12_000;
/// Index entries that are taken from one circle; a fuller circle is halved.
const HINTS_MAX: u32 = 2_000;
/// How often the circle is halved.
const HALVINGS_MAX: u32 = 6;
/// Cases of the same component or photo that are read.
const TAGGED_MAX: u32 = 30;
/// Photos of the same look whose cases are looked for.
const ALIKE_MAX: u32 = 20;
/// Merged cases that are followed to the one that goes on.
const MERGERS_MAX: usize = 8;

/// A case that may tell of the same problem.
#[derive(Debug)]
pub struct Similar {
    /// The case; where what is alike was merged, the one that goes on.
    pub id: CaseId,
    /// Its record.
    pub record: Record<CaseNoun>,
    /// The case that is alike; [`Similar::id`], or one merged into it.
    pub alike: CaseId,
    /// Metres between the report and what is alike; none where either has no place.
    pub distance_m: Option<f64>,
    /// How alike, and why.
    pub score: Score,
}

/// The cases of a city that may tell of the same problem as a report, the likeliest first: scored [`Settings::possible`] or more, reported within
/// the window or not ended. At most `limit`, at most [`SIMILAR_MAX`]. What was voided is left out; who may see what is the caller's to say.
///
/// # Errors
/// As the store says.
pub fn find(
    tx: &mut Tx<'_>,
    city: CityCode,
    facts: &Facts,
    settings: &Settings,
    limit: usize,
) -> Result<Vec<Similar>, LedgerError> {
    let since = facts.reported_at + -(i64::from(settings.window_days) * DAY_MS);
    let candidates = candidates(tx, city, facts, settings, since)?;
    let looks = looks_of(tx, city, facts, &candidates)?;
    let mut scored: Vec<(Record<CaseNoun>, CaseId, Option<f64>, Score)> = Vec::new();
    for record in candidates {
        let id = crate::desk::id_of(&record)?;
        if facts.case == Some(id) || record.state.stage == Stage::Voided || is_kin(facts.case, &record.state)
        {
            continue;
        }
        let mut old = Facts::of(id, &record.state);
        old.looks.extend(photos(&record.state).filter_map(|photo| looks.get(photo.hash.as_str())).copied());
        let score = score::score(facts, &old, settings);
        if score.points >= settings.possible {
            scored.push((record, id, distance_m(facts, &old), score));
        }
    }
    // The likest, then the nearest, then the newest.
    let metres = |distance_m: &Option<f64>| distance_m.unwrap_or(f64::INFINITY);
    scored.sort_by(|(a, _, here, one), (b, _, there, other)| {
        let points = other.points.cmp(&one.points);
        points.then_with(|| metres(here).total_cmp(&metres(there))).then_with(|| b.row.cmp(&a.row))
    });
    let mut seen = FxHashSet::default();
    let mut found = Vec::new();
    for (record, alike, distance_m, score) in scored {
        if found.len() >= limit.min(SIMILAR_MAX) {
            break;
        }
        let is_recent = record.state.reported_at >= since;
        let Some((id, record)) = goes_on(tx, city, alike, record)? else { continue };
        let is_wanted = record.state.stage != Stage::Voided && facts.case != Some(id);
        if is_wanted && (is_recent || !record.state.stage.is_ended()) && seen.insert(id) {
            found.push(Similar { id, record, alike, distance_m, score });
        }
    }
    Ok(found)
}

/// Split from one another: that they are two problems has been decided.
fn is_kin(own: Option<CaseId>, other: &Case) -> bool {
    own.is_some_and(|own| other.parent == Some(own) || other.children.contains(&own))
}

/// The case that a merged one goes on in; itself where it was not merged. None where the way is too long to be one.
fn goes_on(
    tx: &mut Tx<'_>,
    city: CityCode,
    id: CaseId,
    record: Record<CaseNoun>,
) -> Result<Option<(CaseId, Record<CaseNoun>)>, LedgerError> {
    let (mut id, mut record) = (id, record);
    for _ in 0..MERGERS_MAX {
        let into = record.state.merged.as_ref().filter(|_| record.state.stage == Stage::Merged);
        let Some(into) = into.map(|merged| merged.into) else { return Ok(Some((id, record))) };
        let Some(next) = ledger::get::<CaseNoun>(tx, city, &into.to_string())? else { return Ok(None) };
        (id, record) = (into, next);
    }
    Ok(None)
}

/// The records that are scored, each once.
fn candidates(
    tx: &mut Tx<'_>,
    city: CityCode,
    facts: &Facts,
    settings: &Settings,
    since: Moment,
) -> Result<Vec<Record<CaseNoun>>, LedgerError> {
    let mut records = tagged(tx, city, facts)?;
    let Some(center) = facts.position else { return Ok(records) };
    let known: FxHashSet<i64> = records.iter().map(|record| record.row).collect();
    let mut hints = around(tx, city, center, settings, since)?;
    hints.retain(|hint| !known.contains(&hint.row));
    let rough = |hint: &Hint| {
        let metres = geodesy::distance_m(center, near::position(hint.near));
        let apart = facts.reported_at.millis().abs_diff(hint.reported_at.millis());
        rough_points(Some(metres), apart, settings)
    };
    hints.sort_by_cached_key(|hint| std::cmp::Reverse((rough(hint), hint.row)));
    hints.truncate(CANDIDATES_MAX);
    // The place finds the records by an index on both engines; the row says which of those at one place.
    let mut places: Vec<i64> = hints.iter().map(|hint| hint.near).collect();
    places.sort_unstable();
    places.dedup();
    let values = |numbers: Vec<i64>| numbers.into_iter().map(Value::from).collect();
    let conditions = vec![
        Condition::In("near", values(places)),
        Condition::In("row", values(hints.iter().map(|hint| hint.row).collect())),
    ];
    records.extend(list(tx, city, conditions, CANDIDATES_MAX)?);
    Ok(records)
}

fn list(
    tx: &mut Tx<'_>,
    city: CityCode,
    conditions: Vec<Condition<'_>>,
    limit: usize,
) -> Result<Vec<Record<CaseNoun>>, LedgerError> {
    let limit = u32::try_from(limit).unwrap_or(u32::MAX);
    ledger::list(tx, city, Listing { conditions, order: Order::Falling("row"), after: None, limit })
}

/// What lies around a place: in the largest circle that is not too full.
fn around(
    tx: &mut Tx<'_>,
    city: CityCode,
    center: Position,
    settings: &Settings,
    since: Moment,
) -> Result<Vec<Hint>, LedgerError> {
    let mut radius_m = f64::from(settings.radius_m_max());
    let mut hints = Vec::new();
    for halving in 0..=HALVINGS_MAX {
        // A place off the globe has nothing around it.
        let Ok(ranges) = near::cover(center, radius_m) else { return Ok(hints) };
        if halving == HALVINGS_MAX || count_near(tx, city, &ranges, SCANNED_MAX)? < SCANNED_MAX {
            hints = hints_near(tx, city, &ranges, since, HINTS_MAX)?;
            if hints.len() < HINTS_MAX as usize {
                break;
            }
        }
        radius_m /= 2.0;
    }
    Ok(hints)
}

/// Cases of the same component, or with a photo of the same look, wherever they are.
fn tagged(tx: &mut Tx<'_>, city: CityCode, facts: &Facts) -> Result<Vec<Record<CaseNoun>>, LedgerError> {
    let mut tags: Vec<Value<'static>> = Vec::new();
    if let Some(component) = &facts.component {
        tags.push(component_tag(component).into());
    }
    let looks: Vec<u64> =
        facts.looks.iter().copied().take(LOOKS_MAX).filter(|look| is_telling(*look)).collect();
    let alike = ledger::attachment::of_looks(tx, city, &looks, ALIKE_MAX)?;
    tags.extend(alike.iter().map(|hash| photo_tag(hash).into()));
    if tags.is_empty() {
        return Ok(Vec::new());
    }
    list(tx, city, vec![Condition::Tagged(tags)], TAGGED_MAX as usize)
}

/// The looks of the candidates' photos by hash, where the report has photos to compare with.
fn looks_of(
    tx: &mut Tx<'_>,
    city: CityCode,
    facts: &Facts,
    records: &[Record<CaseNoun>],
) -> Result<FxHashMap<String, u64>, LedgerError> {
    if facts.looks.is_empty() {
        return Ok(FxHashMap::default());
    }
    let hashes: Vec<&str> =
        records.iter().flat_map(|record| photos(&record.state)).map(|photo| photo.hash.as_str()).collect();
    let mut looks = FxHashMap::default();
    for part in hashes.chunks(ledger::attachment::LOOKED_UP_MAX) {
        looks.extend(ledger::attachment::looks(tx, city, part)?);
    }
    Ok(looks)
}
