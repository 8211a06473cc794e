//! One document, written as XML or as Spark JSON.

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use quick_xml::{
    Writer,
    events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event},
};
use serde_json::{Map, Value};

/// The two formats of the standard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    /// `text/xml`, required by the standard.
    Xml,
    /// `application/json`, the Spark convention.
    Json,
}

impl Format {
    /// The format that an Open311 address ends with; XML where it ends with none of ours; `None` outside Open311.
    pub(crate) fn of_path(path: &str) -> Option<Self> {
        path.starts_with("/open311/").then(|| if path.ends_with(".json") { Self::Json } else { Self::Xml })
    }

    /// Splits `name.xml` or `name.json`.
    pub(crate) fn split(name: &str) -> Option<(&str, Self)> {
        match name.rsplit_once('.')? {
            (name, "xml") => Some((name, Self::Xml)),
            (name, "json") => Some((name, Self::Json)),
            _ => None,
        }
    }

    /// The media type with its charset.
    pub(crate) const fn media_type(self) -> &'static str {
        match self {
            Self::Xml => "text/xml; charset=utf-8",
            Self::Json => "application/json; charset=utf-8",
        }
    }
}

/// A part of a document.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Node {
    /// Nothing: an empty element, `null`.
    Null,
    /// Text; empty text is nothing.
    Text(String),
    /// A number.
    Number(f64),
    /// A whole number.
    Whole(i64),
    /// Yes or no.
    Truth(bool),
    /// Elements of one name.
    List(&'static str, Vec<Node>),
    /// Named elements, in order.
    Map(Vec<(&'static str, Node)>),
}

impl Node {
    /// Text, or nothing.
    pub(crate) fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        if text.is_empty() { Self::Null } else { Self::Text(text) }
    }

    fn json(&self) -> Value {
        match self {
            Self::Null => Value::Null,
            Self::Text(text) => Value::String(text.clone()),
            Self::Number(number) => Value::from(*number),
            Self::Whole(number) => Value::from(*number),
            Self::Truth(truth) => Value::Bool(*truth),
            Self::List(_, nodes) => Value::Array(nodes.iter().map(Self::json).collect()),
            Self::Map(pairs) => {
                let pairs = pairs.iter().map(|(name, node)| ((*name).to_owned(), node.json()));
                Value::Object(pairs.collect::<Map<_, _>>())
            }
        }
    }

    fn xml(&self, name: &str, writer: &mut Writer<Vec<u8>>) -> std::io::Result<()> {
        if *self == Self::Null {
            return writer.write_event(Event::Empty(BytesStart::new(name)));
        }
        writer.write_event(Event::Start(BytesStart::new(name)))?;
        match self {
            Self::Null => {}
            Self::Text(text) => writer.write_event(Event::Text(BytesText::new(&printable(text))))?,
            Self::Number(number) => writer.write_event(Event::Text(BytesText::new(&number.to_string())))?,
            Self::Whole(number) => writer.write_event(Event::Text(BytesText::new(&number.to_string())))?,
            Self::Truth(truth) => writer.write_event(Event::Text(BytesText::new(&truth.to_string())))?,
            Self::List(item, nodes) => {
                for node in nodes {
                    node.xml(item, writer)?;
                }
            }
            Self::Map(pairs) => {
                for (name, node) in pairs {
                    node.xml(name, writer)?;
                }
            }
        }
        writer.write_event(Event::End(BytesEnd::new(name)))
    }

    /// The whole document; `root` is the outermost element, which JSON does not show.
    pub(crate) fn document(&self, root: &str, format: Format) -> Vec<u8> {
        match format {
            Format::Json => serde_json::to_vec(&self.json()).unwrap_or_default(),
            Format::Xml => {
                let mut writer = Writer::new(Vec::new());
                let written = writer
                    .write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))
                    .and_then(|()| self.xml(root, &mut writer));
                // Writing into memory does not fail.
                if written.is_ok() { writer.into_inner() } else { Vec::new() }
            }
        }
    }

    /// The answer with its media type.
    pub(crate) fn response(&self, status: StatusCode, root: &str, format: Format) -> Response {
        let kind = HeaderValue::from_static(format.media_type());
        (status, [(header::CONTENT_TYPE, kind)], self.document(root, format)).into_response()
    }
}

/// Leaves out what XML 1.0 cannot hold (section 2.2).
fn printable(text: &str) -> String {
    text.chars()
        .filter(
            |c| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..),
        )
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn example() -> Node {
        Node::List(
            "service",
            vec![Node::Map(vec![
                ("service_code", Node::text("001")),
                ("description", Node::text("")),
                ("service_name", Node::text("井盖 <破损> & \"缺失\"\u{1}")),
                ("metadata", Node::Truth(true)),
                ("lat", Node::Number(26.5)),
                ("formats", Node::List("format", vec![Node::text("text/xml")])),
            ])],
        )
    }

    #[test]
    fn xml_has_a_declaration_with_its_charset_and_escapes_once() {
        let xml = String::from_utf8(example().document("services", Format::Xml)).unwrap();
        assert_eq!(
            xml,
            "<?xml version=\"1.0\" encoding=\"utf-8\"?><services><service><service_code>001</service_code><description/>\
             <service_name>井盖 &lt;破损&gt; &amp; &quot;缺失&quot;</service_name><metadata>true</metadata><lat>26.5</lat>\
             <formats><format>text/xml</format></formats></service></services>"
        );
    }

    #[test]
    fn json_is_spark_lists_without_wrappers_and_null_for_empty() {
        let json: Value = serde_json::from_slice(&example().document("services", Format::Json)).unwrap();
        assert_eq!(
            json,
            serde_json::json!([{"service_code": "001", "description": null, "service_name": "井盖 <破损> & \"缺失\"\u{1}",
                "metadata": true, "lat": 26.5, "formats": ["text/xml"]}])
        );
    }

    #[test]
    fn the_format_is_the_ending() {
        assert_eq!(Format::split("requests.xml"), Some(("requests", Format::Xml)));
        assert_eq!(Format::split("a.b.json"), Some(("a.b", Format::Json)));
        assert_eq!(Format::split("requests.html"), None);
        assert_eq!(Format::split("requests"), None);
        assert_eq!(Format::of_path("/open311/v2/services.json"), Some(Format::Json));
        assert_eq!(Format::of_path("/open311/v2/services.html"), Some(Format::Xml));
        assert_eq!(Format::of_path("/api/v1/cases"), None);
    }
}
