//! What a list of requests is asked for: text arguments → a typed filter, or the errors of the standard.

use kernel::time::{DAY_MS, Moment};

use crate::problem::Problem;

/// The default span of a list, milliseconds (GeoReport v2, "GET Service Requests").
pub(crate) const SPAN_MS: i64 = 90 * DAY_MS;
/// Requests in one answer at the most (likewise).
pub(crate) const REQUESTS_MAX: u32 = 1_000;
/// Requests on a page that says nothing else.
const PAGE_SIZE: u32 = 50;
/// The last page that can be asked for.
const PAGE_MAX: u32 = 1_000_000;
/// Ids and codes of one comma list at the most.
const LIST_MAX: usize = 1_000;

/// What a list is asked for. Ids override everything else.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RequestFilter {
    /// These and no others.
    pub ids: Vec<String>,
    /// Of these services; all where empty.
    pub codes: Vec<String>,
    /// Open ones (true), closed ones (false), both (none).
    pub open: Option<bool>,
    /// Reported at or after.
    pub from: Option<Moment>,
    /// Reported at or before.
    pub until: Option<Moment>,
    /// Changed at or after (extension).
    pub updated_from: Option<Moment>,
    /// Changed at or before (extension).
    pub updated_until: Option<Moment>,
    /// Within west, south, east, north (extension).
    pub bbox: Option<[f64; 4]>,
    /// Where the page before ended: what the door gave as `next`.
    pub after: Option<String>,
    /// So many are left out from the start.
    pub offset: u32,
    /// So many are given.
    pub limit: u32,
    /// With what the standard does not name (extension).
    pub extensions: bool,
}

/// The last filled value of a name; empty is absent.
pub(crate) fn value<'p>(pairs: &'p [(String, String)], name: &str) -> Option<&'p str> {
    pairs
        .iter()
        .rev()
        .find(|(key, value)| key == name && !value.trim().is_empty())
        .map(|(_, value)| value.trim())
}

fn list(pairs: &[(String, String)], name: &'static str) -> Result<Vec<String>, Problem> {
    let Some(text) = value(pairs, name) else { return Ok(Vec::new()) };
    let items: Vec<String> =
        text.split(',').map(str::trim).filter(|item| !item.is_empty()).map(str::to_owned).collect();
    if items.len() > LIST_MAX { Err(Problem::malformed(name)) } else { Ok(items) }
}

fn moment(pairs: &[(String, String)], name: &'static str) -> Result<Option<Moment>, Problem> {
    // In an address a "+" that was not escaped arrives as a space: "…T00:00:00 08:00".
    let read = |text: &str| Moment::parse_iso(&text.replace(' ', "+")).map_err(|_| Problem::malformed(name));
    value(pairs, name).map(read).transpose()
}

fn number(pairs: &[(String, String)], name: &'static str, max: u32) -> Result<Option<u32>, Problem> {
    let read = |text: &str| {
        text.parse().ok().filter(|number| (1..=max).contains(number)).ok_or_else(|| Problem::malformed(name))
    };
    value(pairs, name).map(read).transpose()
}

fn bbox(pairs: &[(String, String)]) -> Result<Option<[f64; 4]>, Problem> {
    let Some(text) = value(pairs, "bbox") else { return Ok(None) };
    let degrees: Vec<f64> =
        text.split(',').map(|part| part.trim().parse::<f64>()).collect::<Result<_, _>>().unwrap_or_default();
    match degrees.as_slice() {
        &[west, south, east, north]
            if west <= east
                && south <= north
                && west >= -180.0
                && east <= 180.0
                && south >= -90.0
                && north <= 90.0 =>
        {
            Ok(Some([west, south, east, north]))
        }
        _ => Err(Problem::malformed("bbox")),
    }
}

impl RequestFilter {
    /// Reads the arguments.
    ///
    /// # Errors
    /// 400 with the argument that cannot be read.
    pub(crate) fn read(pairs: &[(String, String)], now: Moment) -> Result<Self, Problem> {
        let ids = list(pairs, "service_request_id")?;
        let extensions = matches!(value(pairs, "extensions"), Some("true" | "1" | "v2"));
        if !ids.is_empty() {
            return Ok(Self { ids, limit: REQUESTS_MAX, extensions, ..Self::default() });
        }
        let states = list(pairs, "status")?;
        if states.iter().any(|state| !matches!(state.as_str(), "open" | "closed")) {
            return Err(Problem::malformed("status"));
        }
        let has = |wanted: &str| states.iter().any(|state| state == wanted);
        let open = match (has("open"), has("closed")) {
            (true, false) => Some(true),
            (false, true) => Some(false),
            _ => None,
        };
        let (mut from, mut until) = (moment(pairs, "start_date")?, moment(pairs, "end_date")?);
        let (updated_from, updated_until) =
            (moment(pairs, "updated_after")?, moment(pairs, "updated_before")?);
        match (from, until) {
            (None, None) if updated_from.is_none() && updated_until.is_none() => from = Some(now + -SPAN_MS),
            (Some(start), None) => until = Some(start + SPAN_MS),
            (None, Some(end)) => from = Some(end + -SPAN_MS),
            _ => {}
        }
        let page = number(pairs, "page", PAGE_MAX)?;
        let page_size = number(pairs, "page_size", REQUESTS_MAX)?;
        let limit = page_size.unwrap_or(if page.is_some() { PAGE_SIZE } else { REQUESTS_MAX });
        Ok(Self {
            ids,
            codes: list(pairs, "service_code")?,
            open,
            from,
            until,
            updated_from,
            updated_until,
            bbox: bbox(pairs)?,
            after: None,
            offset: (page.unwrap_or(1) - 1).saturating_mul(limit),
            limit,
            extensions,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Moment = Moment(1_764_000_000_000);

    fn read(query: &str) -> Result<RequestFilter, Problem> {
        let pairs: Vec<(String, String)> = form_urlencoded::parse(query.as_bytes())
            .map(|(name, value)| (name.into_owned(), value.into_owned()))
            .collect();
        RequestFilter::read(&pairs, NOW)
    }

    #[test]
    fn an_empty_argument_is_an_absent_one() {
        let nothing = read("").unwrap();
        assert_eq!(read("jurisdiction_id=&status=&service_code=&start_date=&page=&bbox=").unwrap(), nothing);
        assert_eq!((nothing.limit, nothing.offset), (1_000, 0));
        assert_eq!((nothing.from, nothing.until), (Some(NOW + -90 * DAY_MS), None));
    }

    #[test]
    fn ids_override_everything_else() {
        let filter = read("service_request_id=a,b,,c&status=nonsense&start_date=nonsense").unwrap();
        assert_eq!(filter.ids, ["a", "b", "c"]);
        assert_eq!((filter.from, filter.open, filter.codes.len()), (None, None, 0));
    }

    #[test]
    fn comma_lists_are_split() {
        let filter = read("service_code=001,002&status=open,closed").unwrap();
        assert_eq!(filter.codes, ["001", "002"]);
        assert_eq!(filter.open, None);
        assert_eq!(read("status=closed").unwrap().open, Some(false));
        assert_eq!(read("status=in_progress").unwrap_err().status, 400);
    }

    #[test]
    fn spans_are_ninety_days_where_one_end_is_open() {
        let filter = read("start_date=2025-01-01T00:00:00Z").unwrap();
        assert_eq!(filter.until.unwrap() - filter.from.unwrap(), 90 * DAY_MS);
        let filter = read("end_date=2025-01-01T00:00:00%2B08:00").unwrap();
        assert_eq!(filter.until.unwrap() - filter.from.unwrap(), 90 * DAY_MS);
        let year = read("start_date=2024-01-01T00:00:00+08:00&end_date=2025-01-01T00:00:00+08:00").unwrap();
        assert_eq!(year.until.unwrap() - year.from.unwrap(), 366 * DAY_MS);
        assert_eq!(read("updated_after=2025-01-01T00:00:00Z").unwrap().from, None);
        for bad in ["start_date=2025-01-01", "end_date=2025-01-01T00:00:00", "updated_after=yesterday"] {
            assert_eq!(read(bad).unwrap_err().status, 400, "{bad}");
        }
    }

    #[test]
    fn pages_start_at_one() {
        let filter = read("page=3&page_size=20").unwrap();
        assert_eq!((filter.offset, filter.limit), (40, 20));
        assert_eq!(read("page=2").unwrap().offset, 50);
        for bad in ["page=0", "page_size=1001", "page=-1", "page=x"] {
            assert_eq!(read(bad).unwrap_err().status, 400, "{bad}");
        }
    }

    #[test]
    fn a_box_is_west_south_east_north() {
        assert_eq!(read("bbox=107,26,108,27").unwrap().bbox, Some([107.0, 26.0, 108.0, 27.0]));
        for bad in ["bbox=108,26,107,27", "bbox=1,2,3", "bbox=NaN,1,2,3", "bbox=a,b,c,d", "bbox=0,0,0,91"] {
            assert_eq!(read(bad).unwrap_err().status, 400, "{bad}");
        }
    }
}
