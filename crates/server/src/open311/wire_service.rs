//! Discovery, services and their definitions as the standard writes them.

use super::wire::Node;

/// What a service asks to be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribute {
    /// False where it is information to read only.
    pub variable: bool,
    /// Its code.
    pub code: String,
    /// `string`, `number`, `datetime`, `text`, `singlevaluelist` or `multivaluelist`.
    pub datatype: &'static str,
    /// A report without it is refused.
    pub required: bool,
    /// How to fill it.
    pub datatype_description: String,
    /// The question.
    pub description: String,
    /// Key and name of each possible answer.
    pub values: Vec<(String, String)>,
}

/// A class of problem that residents may report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Service {
    /// The class's code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// What belongs to it.
    pub description: String,
    /// Words by which it is found.
    pub keywords: Vec<String>,
    /// The major class.
    pub group: String,
    /// What it asks to be told.
    pub attributes: Vec<Attribute>,
}

/// The list of services.
pub(crate) fn services(services: &[Service]) -> Node {
    let one = |service: &Service| {
        Node::Map(vec![
            ("service_code", Node::text(&service.code)),
            ("service_name", Node::text(&service.name)),
            ("description", Node::text(&service.description)),
            ("metadata", Node::Truth(!service.attributes.is_empty())),
            ("type", Node::text("realtime")),
            ("keywords", Node::text(service.keywords.join(","))),
            ("group", Node::text(&service.group)),
        ])
    };
    Node::List("service", services.iter().map(one).collect())
}

/// A service's definition. `order` is the place, from 1.
pub(crate) fn definition(service: &Service) -> Node {
    let value = |(key, name): &(String, String)| {
        Node::Map(vec![("key", Node::text(key)), ("name", Node::text(name))])
    };
    let one = |(place, attribute): (usize, &Attribute)| {
        Node::Map(vec![
            ("variable", Node::Truth(attribute.variable)),
            ("code", Node::text(&attribute.code)),
            ("datatype", Node::text(attribute.datatype)),
            ("required", Node::Truth(attribute.required)),
            ("datatype_description", Node::text(&attribute.datatype_description)),
            ("order", Node::Whole(i64::try_from(place + 1).unwrap_or(i64::MAX))),
            ("description", Node::text(&attribute.description)),
            ("values", Node::List("value", attribute.values.iter().map(value).collect())),
        ])
    };
    Node::Map(vec![
        ("service_code", Node::text(&service.code)),
        ("attributes", Node::List("attribute", service.attributes.iter().enumerate().map(one).collect())),
    ])
}

/// What discovery tells.
#[derive(Debug, Clone)]
pub(crate) struct Discovery {
    /// When the services changed last, ISO 8601 with zone.
    pub(crate) changeset: String,
    /// Whom to ask.
    pub(crate) contact: String,
    /// How to get a key.
    pub(crate) key_service: String,
    /// The address of this very door.
    pub(crate) url: String,
    /// A demonstration city is `test`, any other `production`.
    pub(crate) production: bool,
}

/// The name by which clients know the standard.
const SPECIFICATION: &str = "http://wiki.open311.org/GeoReport_v2";

/// The discovery document.
pub(crate) fn discovery(discovery: &Discovery) -> Node {
    let formats = ["text/xml", "application/json"].map(Node::text);
    let endpoint = Node::Map(vec![
        ("specification", Node::text(SPECIFICATION)),
        ("url", Node::text(&discovery.url)),
        ("changeset", Node::text(&discovery.changeset)),
        ("type", Node::text(if discovery.production { "production" } else { "test" })),
        ("formats", Node::List("format", formats.to_vec())),
    ]);
    Node::Map(vec![
        ("changeset", Node::text(&discovery.changeset)),
        ("contact", Node::text(&discovery.contact)),
        ("key_service", Node::text(&discovery.key_service)),
        ("endpoints", Node::List("endpoint", vec![endpoint])),
    ])
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{super::wire::Format, *};

    fn read(node: &Node) -> Value {
        serde_json::from_slice(&node.document("x", Format::Json)).unwrap()
    }

    fn service() -> Service {
        Service {
            code: "0101".to_owned(),
            name: "上水井盖".to_owned(),
            description: String::new(),
            keywords: vec!["井盖".to_owned(), "manhole".to_owned()],
            group: "公用设施".to_owned(),
            attributes: vec![Attribute {
                variable: true,
                code: "size".to_owned(),
                datatype: "singlevaluelist",
                required: true,
                datatype_description: String::new(),
                description: "多大?".to_owned(),
                values: vec![("l".to_owned(), "大".to_owned())],
            }],
        }
    }

    #[test]
    fn services_are_spark_arrays_with_text_codes() {
        assert_eq!(
            read(&services(&[service()])),
            json!([{"service_code": "0101", "service_name": "上水井盖", "description": null, "metadata": true,
                "type": "realtime", "keywords": "井盖,manhole", "group": "公用设施"}])
        );
        assert_eq!(read(&services(&[])), json!([]));
    }

    #[test]
    fn a_definition_numbers_its_attributes() {
        let read = read(&definition(&service()));
        assert_eq!(read["attributes"][0]["order"], 1);
        assert_eq!(read["attributes"][0]["values"], json!([{"key": "l", "name": "大"}]));
        let xml =
            String::from_utf8(definition(&service()).document("service_definition", Format::Xml)).unwrap();
        assert!(xml.contains(
            "<service_definition><service_code>0101</service_code><attributes><attribute><variable>true"
        ));
    }

    #[test]
    fn discovery_has_every_field_that_the_standard_requires() {
        let discovery = discovery(&Discovery {
            changeset: "2026-11-24T00:00:00+08:00".to_owned(),
            contact: "c".to_owned(),
            key_service: "k".to_owned(),
            url: "http://h/open311/v2".to_owned(),
            production: false,
        });
        assert_eq!(
            read(&discovery),
            json!({"changeset": "2026-11-24T00:00:00+08:00", "contact": "c", "key_service": "k", "endpoints": [
                {"specification": "http://wiki.open311.org/GeoReport_v2", "url": "http://h/open311/v2",
                 "changeset": "2026-11-24T00:00:00+08:00", "type": "test", "formats": ["text/xml", "application/json"]}]})
        );
    }
}
