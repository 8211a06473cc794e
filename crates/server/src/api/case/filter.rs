//! The filters of lists, counts and exports, as they stand in the address.

use governance::{
    case::{Source, Stage},
    desk::{CaseFilter, Sort},
    view::View,
};
use jiff::{ToSpan as _, civil::Date};
use kernel::time::Moment;
use map::geometry::{BoundingBox, Position};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::{problem::Problem, request::numbers};

/// Longest search, characters.
pub(in crate::api) const WORDS_CHARS_MAX: usize = 100;
/// Values of one filter at the most.
const VALUES_MAX: usize = 200;

/// Which cases. Several values of one filter stand with commas; a case must fit all filters.
#[derive(Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct CaseQuery {
    /// Stages.
    stage: Option<String>,
    /// `true`: not ended; `false`: ended.
    open: Option<bool>,
    /// Codes of units that handle it.
    unit: Option<String>,
    /// Classes.
    class: Option<String>,
    /// Codes of streets.
    street: Option<String>,
    /// Codes of cells.
    cell: Option<String>,
    /// Sources.
    source: Option<String>,
    /// `true`: a clock has run out.
    late: Option<bool>,
    /// Words that all occur in text or address, or a reference.
    q: Option<String>,
    /// Reported on this day of the city or later, e.g. `2026-03-02`.
    from: Option<String>,
    /// Reported on this day or earlier.
    to: Option<String>,
    /// `lon,lat,metres`: within a circle.
    near: Option<String>,
    /// `west,south,east,north`: within a box, degrees.
    bbox: Option<String>,
}

/// The values of a filter.
pub(super) fn values(text: Option<&str>) -> Vec<String> {
    text.unwrap_or_default()
        .split(',')
        .map(str::trim)
        .filter(|value| !value.is_empty())
        .map(str::to_owned)
        .collect()
}

/// The values of a filter that are not too many.
///
/// # Errors
/// 400 where they are.
pub(in crate::api) fn few(text: Option<&str>, field: &'static str) -> Result<Vec<String>, Problem> {
    let values = values(text);
    if values.len() > VALUES_MAX { Err(Problem::malformed(field)) } else { Ok(values) }
}

/// The values of a filter, each read.
///
/// # Errors
/// 400 where one cannot be read.
pub(in crate::api) fn each<T>(
    text: Option<&str>,
    field: &'static str,
    read: impl Fn(&str) -> Option<T>,
) -> Result<Vec<T>, Problem> {
    few(text, field)?.iter().map(|value| read(value).ok_or_else(|| Problem::malformed(field))).collect()
}

/// The beginning of a day of the city, or of the day after it.
///
/// # Errors
/// 400 where it is no day.
pub(in crate::api) fn day(
    text: Option<&str>,
    after: bool,
    view: &View,
    field: &'static str,
) -> Result<Option<Moment>, Problem> {
    let Some(text) = text else { return Ok(None) };
    let malformed = || Problem::malformed(field);
    let day: Date = text.trim().parse().map_err(|_| malformed())?;
    let day = if after { day.checked_add(1.day()).map_err(|_| malformed())? } else { day };
    let begin = view.zone.to_timestamp(day.at(0, 0, 0, 0)).map_err(|_| malformed())?;
    Ok(Some(Moment::from(begin)))
}

/// The order that a name stands for.
///
/// # Errors
/// 400 for a name that is none.
pub(in crate::api) fn sort(name: Option<&str>) -> Result<Sort, Problem> {
    match name {
        None | Some("newest") => Ok(Sort::Newest),
        Some("oldest") => Ok(Sort::Oldest),
        Some("due") => Ok(Sort::Due),
        Some("changed") => Ok(Sort::Changed),
        Some(_) => Err(Problem::malformed("sort")),
    }
}

/// A box as it stands in an address.
pub(in crate::api) fn within(text: &str) -> Result<BoundingBox, Problem> {
    let [west, south, east, north] = numbers(text, "bbox")?;
    Ok(BoundingBox::new(west, south, east, north)?)
}

impl CaseQuery {
    /// As the lower floor takes it.
    ///
    /// # Errors
    /// 400 or 422, naming the argument.
    pub(super) fn filter(&self, view: &View, now: Moment) -> Result<CaseFilter, Problem> {
        if self.q.as_ref().is_some_and(|words| words.chars().count() > WORDS_CHARS_MAX) {
            return Err(Problem::field("q", "characters_too_many").detail("limit", WORDS_CHARS_MAX));
        }
        let near = match self.near.as_deref() {
            None => None,
            Some(text) => {
                let [lon, lat, radius_m] = numbers(text, "near")?;
                Some((Position::new(lon, lat)?, radius_m))
            }
        };
        let stage = |name: &str| Stage::ALL.into_iter().find(|stage| stage.name() == name);
        let source = |name: &str| Source::ALL.into_iter().find(|source| source.name() == name);
        // An imported case has its source's word for a class: what is no class of ours is looked for as it is.
        let class = |name: String| view.class(&name).map_or(name.clone(), |class| class.key.to_string());
        Ok(CaseFilter {
            stages: each(self.stage.as_deref(), "stage", stage)?,
            open: self.open,
            units: few(self.unit.as_deref(), "unit")?,
            classes: few(self.class.as_deref(), "class")?.into_iter().map(class).collect(),
            streets: few(self.street.as_deref(), "street")?,
            cells: few(self.cell.as_deref(), "cell")?,
            sources: each(self.source.as_deref(), "source", source)?,
            late_at: self.late.filter(|late| *late).map(|_| now),
            from: day(self.from.as_deref(), false, view, "from")?,
            until: day(self.to.as_deref(), true, view, "to")?,
            words: self.q.as_ref().map(|words| words.trim().to_owned()).filter(|words| !words.is_empty()),
            near,
            within: self.bbox.as_deref().map(within).transpose()?,
            ..CaseFilter::default()
        })
    }
}
