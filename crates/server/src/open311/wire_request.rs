//! Requests as the standard writes them.

use jiff::tz::TimeZone;
use kernel::time::Moment;

use super::wire::Node;

/// One line of a request's story (extension).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// When.
    pub at: Moment,
    /// What happened, in words.
    pub text: String,
    /// What happened, as a key.
    pub kind: String,
}

/// A request, as far as the public may see it.
#[derive(Debug, Clone, PartialEq)]
pub struct ServiceRequest {
    /// The case's reference.
    pub id: String,
    /// Work goes on.
    pub open: bool,
    /// The finer state, in words.
    pub status_notes: String,
    /// The class's name.
    pub service_name: String,
    /// The class's code.
    pub service_code: String,
    /// What was reported, personal data masked.
    pub description: String,
    /// The unit's name.
    pub agency_responsible: String,
    /// When it was reported.
    pub requested: Moment,
    /// When it changed last; where it is closed, when it was closed.
    pub updated: Moment,
    /// By when it should be done.
    pub expected: Option<Moment>,
    /// Where, in words.
    pub address: String,
    /// The grid cell.
    pub address_id: String,
    /// The postal code.
    pub zipcode: String,
    /// Degrees, WGS 84.
    pub lat: Option<f64>,
    /// Degrees, WGS 84.
    pub long: Option<f64>,
    /// The address of a photo that the public may see.
    pub media_url: String,
    /// The finer state, as a key (extension).
    pub stage: String,
    /// What was answered to the service's questions (extension).
    pub attributes: Vec<(String, Vec<String>)>,
    /// The story (extension).
    pub notes: Vec<Note>,
}

fn date(at: Option<Moment>, zone: &TimeZone) -> Node {
    at.map_or(Node::Null, |at| Node::text(at.iso(zone)))
}

fn degrees(degrees: Option<f64>) -> Node {
    degrees.map_or(Node::Null, Node::Number)
}

fn extended(request: &ServiceRequest, zone: &TimeZone) -> Node {
    let note = |note: &Note| {
        Node::Map(vec![
            ("datetime", Node::text(note.at.iso(zone))),
            ("type", Node::text(&note.kind)),
            ("summary", Node::text(&note.text)),
        ])
    };
    let attribute = |(code, values): &(String, Vec<String>)| {
        Node::Map(vec![
            ("code", Node::text(code)),
            ("values", Node::List("value", values.iter().map(Node::text).collect())),
        ])
    };
    Node::Map(vec![
        ("detailed_status", Node::text(&request.stage)),
        ("attributes", Node::List("attribute", request.attributes.iter().map(attribute).collect())),
        ("notes", Node::List("note", request.notes.iter().map(note).collect())),
    ])
}

/// One request; `extensions` adds what the standard does not name.
fn request(request: &ServiceRequest, zone: &TimeZone, extensions: bool) -> Node {
    let mut pairs = vec![
        ("service_request_id", Node::text(&request.id)),
        ("status", Node::text(if request.open { "open" } else { "closed" })),
        ("status_notes", Node::text(&request.status_notes)),
        ("service_name", Node::text(&request.service_name)),
        ("service_code", Node::text(&request.service_code)),
        ("description", Node::text(&request.description)),
        ("agency_responsible", Node::text(&request.agency_responsible)),
        ("service_notice", Node::Null),
        ("requested_datetime", date(Some(request.requested), zone)),
        ("updated_datetime", date(Some(request.updated), zone)),
        ("expected_datetime", date(request.expected, zone)),
        ("address", Node::text(&request.address)),
        ("address_id", Node::text(&request.address_id)),
        ("zipcode", Node::text(&request.zipcode)),
        ("lat", degrees(request.lat)),
        ("long", degrees(request.long)),
        ("media_url", Node::text(&request.media_url)),
    ];
    if extensions {
        pairs.push(("extended_attributes", extended(request, zone)));
    }
    Node::Map(pairs)
}

/// The list of requests; a single one is a list of one.
pub(crate) fn requests(list: &[ServiceRequest], zone: &TimeZone, extensions: bool) -> Node {
    Node::List("request", list.iter().map(|one| request(one, zone, extensions)).collect())
}

/// The answer to a new request.
pub(crate) fn created(id: &str, notice: &str) -> Node {
    let pairs = vec![
        ("service_request_id", Node::text(id)),
        ("service_notice", Node::text(notice)),
        ("account_id", Node::Null),
    ];
    Node::List("request", vec![Node::Map(pairs)])
}

/// The request that a token stands for.
pub(crate) fn of_token(token: &str, id: &str) -> Node {
    let pairs = vec![("service_request_id", Node::text(id)), ("token", Node::text(token))];
    Node::List("request", vec![Node::Map(pairs)])
}

/// One line of a request's story in the updates extension of mySociety.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Update {
    /// Its id, unique for ever.
    pub id: String,
    /// The request's.
    pub request: String,
    /// The request was open after it.
    pub open: bool,
    /// When.
    pub at: Moment,
    /// In words.
    pub description: String,
}

/// The list of updates.
pub(crate) fn updates(list: &[Update], zone: &TimeZone) -> Node {
    let one = |update: &Update| {
        Node::Map(vec![
            ("update_id", Node::text(&update.id)),
            ("service_request_id", Node::text(&update.request)),
            ("status", Node::text(if update.open { "open" } else { "closed" })),
            ("updated_datetime", Node::text(update.at.iso(zone))),
            ("description", Node::text(&update.description)),
            ("media_url", Node::Null),
        ])
    };
    Node::List("request_update", list.iter().map(one).collect())
}

/// The columns of the bulk export (GeoReport/bulk): the finer status has a column of its own.
pub(crate) const BULK_COLUMNS: [&str; 15] = [
    "service_request_id",
    "status",
    "status_description",
    "service_name",
    "service_code",
    "description",
    "agency_responsible",
    "requested_datetime",
    "updated_datetime",
    "expected_datetime",
    "address",
    "address_id",
    "zipcode",
    "lat",
    "long",
];

/// One line of the bulk export.
pub(crate) fn bulk_row(request: &ServiceRequest, zone: &TimeZone) -> [String; 15] {
    let number = |degrees: Option<f64>| degrees.map(|degrees| degrees.to_string()).unwrap_or_default();
    [
        request.id.clone(),
        (if request.open { "open" } else { "closed" }).to_owned(),
        request.stage.clone(),
        request.service_name.clone(),
        request.service_code.clone(),
        request.description.clone(),
        request.agency_responsible.clone(),
        request.requested.iso(zone),
        request.updated.iso(zone),
        request.expected.map(|at| at.iso(zone)).unwrap_or_default(),
        request.address.clone(),
        request.address_id.clone(),
        request.zipcode.clone(),
        number(request.lat),
        number(request.long),
    ]
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{super::wire::Format, *};

    pub(super) fn example() -> ServiceRequest {
        ServiceRequest {
            id: "261124-00001-7".to_owned(),
            open: false,
            status_notes: "已结案".to_owned(),
            service_name: "道路破损".to_owned(),
            service_code: "0101".to_owned(),
            description: "人民路 & 中山路口有坑".to_owned(),
            agency_responsible: "住建局".to_owned(),
            requested: Moment(1_764_000_000_000),
            updated: Moment(1_764_003_600_000),
            expected: Some(Moment(1_764_007_200_000)),
            address: "人民路".to_owned(),
            address_id: String::new(),
            zipcode: String::new(),
            lat: Some(26.5),
            long: Some(107.98),
            media_url: String::new(),
            stage: "closed".to_owned(),
            attributes: vec![("size".to_owned(), vec!["l".to_owned(), "m".to_owned()])],
            notes: vec![Note {
                at: Moment(1_764_003_600_000),
                text: "已结案".to_owned(),
                kind: "closed".to_owned(),
            }],
        }
    }

    fn zone() -> TimeZone {
        TimeZone::get("Asia/Shanghai").unwrap()
    }

    #[test]
    fn ids_are_text_and_degrees_are_numbers() {
        let read: Value =
            serde_json::from_slice(&requests(&[example()], &zone(), false).document("x", Format::Json))
                .unwrap();
        assert_eq!(
            read,
            json!([{"service_request_id": "261124-00001-7", "status": "closed", "status_notes": "已结案",
                "service_name": "道路破损", "service_code": "0101", "description": "人民路 & 中山路口有坑",
                "agency_responsible": "住建局", "service_notice": null, "requested_datetime": "2025-11-25T00:00:00+08:00",
                "updated_datetime": "2025-11-25T01:00:00+08:00", "expected_datetime": "2025-11-25T02:00:00+08:00",
                "address": "人民路", "address_id": null, "zipcode": null, "lat": 26.5, "long": 107.98, "media_url": null}])
        );
    }

    #[test]
    fn extensions_come_only_when_asked_for() {
        let xml = |extensions| {
            let node = requests(&[example()], &zone(), extensions);
            String::from_utf8(node.document("service_requests", Format::Xml)).unwrap()
        };
        assert!(!xml(false).contains("extended_attributes"));
        assert!(xml(true).contains(
            "<extended_attributes><detailed_status>closed</detailed_status><attributes><attribute><code>size</code>\
             <values><value>l</value><value>m</value></values></attribute></attributes><notes><note>\
             <datetime>2025-11-25T01:00:00+08:00</datetime><type>closed</type><summary>已结案</summary></note></notes>"
        ));
    }

    #[test]
    fn a_new_request_is_answered_as_senders_read_it() {
        let xml = String::from_utf8(created("7", "").document("service_requests", Format::Xml)).unwrap();
        assert!(xml.ends_with(
            "<service_requests><request><service_request_id>7</service_request_id><service_notice/><account_id/></request></service_requests>"
        ));
        let json: Value = serde_json::from_slice(&created("7", "n").document("x", Format::Json)).unwrap();
        assert_eq!(json, json!([{"service_request_id": "7", "service_notice": "n", "account_id": null}]));
    }

    #[test]
    fn bulk_rows_have_the_columns_they_say() {
        let row = bulk_row(&example(), &zone());
        let place = |name| BULK_COLUMNS.iter().position(|column| *column == name).unwrap();
        assert_eq!(row[place("status")], "closed");
        assert_eq!(row[place("long")], "107.98");
        assert_eq!(row[place("status_description")], "closed");
    }
}
