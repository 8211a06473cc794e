//! What a sender posts: form fields → a typed report, or the errors of the standard. Empty is absent.

use std::collections::BTreeMap;

use super::{
    filter::value,
    wire_service::{Attribute, Service},
};
use crate::problem::{FieldError, Problem};
use kernel::{error::ErrorKind, time::Moment};

/// Longest description, characters (GeoReport v2, "POST Service Request").
pub(crate) const DESCRIPTION_CHARS_MAX: usize = 4_000;
/// Longest other value, characters.
const VALUE_CHARS_MAX: usize = 1_000;
/// Attributes of one request at the most.
const ATTRIBUTES_MAX: usize = 100;
/// Values of one attribute at the most.
const ATTRIBUTE_VALUES_MAX: usize = 100;

/// What a sender posts.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RequestForm {
    /// The service's code.
    pub service_code: String,
    /// Longitude and latitude, degrees.
    pub position: Option<(f64, f64)>,
    /// The place in words.
    pub address: Option<String>,
    /// The place by a code.
    pub address_id: Option<String>,
    /// What is wrong.
    pub description: String,
    /// The reporter's given name.
    pub first_name: Option<String>,
    /// The reporter's family name.
    pub last_name: Option<String>,
    /// The reporter's mail address.
    pub email: Option<String>,
    /// The reporter's telephone.
    pub phone: Option<String>,
    /// The sender's own name of the device.
    pub device_id: Option<String>,
    /// The sender's own name of the account.
    pub account_id: Option<String>,
    /// The address of a picture elsewhere; it is never fetched.
    pub media_url: Option<String>,
    /// Answers to the service's questions.
    pub attributes: BTreeMap<String, Vec<String>>,
}

/// A line that a sender adds to a request's story (extension of mySociety).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UpdateForm {
    /// The request's id.
    pub request: String,
    /// What is new.
    pub description: String,
}

impl UpdateForm {
    /// Reads the fields.
    ///
    /// # Errors
    /// 400 with the field that is missing or too long.
    pub(crate) fn read(pairs: &[(String, String)]) -> Result<Self, Problem> {
        let request = short(pairs, "service_request_id")?.ok_or_else(|| missing("service_request_id"))?;
        let description = value(pairs, "description").ok_or_else(|| missing("description"))?;
        if description.chars().count() > DESCRIPTION_CHARS_MAX {
            return Err(too_long("description", DESCRIPTION_CHARS_MAX));
        }
        Ok(Self { request, description: description.to_owned() })
    }
}

/// `attribute[code]` or `attribute[code][]` → the code.
fn attribute_code(name: &str) -> Option<&str> {
    let rest = name.strip_prefix("attribute[")?;
    let (code, rest) = rest.split_once(']')?;
    (!code.is_empty() && (rest.is_empty() || rest == "[]")).then_some(code)
}

fn missing(field: &'static str) -> Problem {
    let mut problem = Problem::new(ErrorKind::Malformed, "value_missing").detail("field", field);
    problem.fields.push(FieldError { field: field.into(), code: "value_missing".into() });
    problem
}

fn degrees(pairs: &[(String, String)], name: &'static str, max: f64) -> Result<Option<f64>, Problem> {
    let read = |text: &str| {
        let number = text.parse::<f64>().ok().filter(|number| number.abs() <= max);
        number.ok_or_else(|| Problem::malformed(name))
    };
    value(pairs, name).map(read).transpose()
}

fn short(pairs: &[(String, String)], name: &'static str) -> Result<Option<String>, Problem> {
    let Some(text) = value(pairs, name) else { return Ok(None) };
    if text.chars().count() > VALUE_CHARS_MAX {
        return Err(too_long(name, VALUE_CHARS_MAX));
    }
    Ok(Some(text.to_owned()))
}

fn too_long(field: &'static str, limit: usize) -> Problem {
    let mut problem = Problem::new(ErrorKind::Malformed, "characters_too_many")
        .detail("field", field)
        .detail("limit", limit);
    problem.fields.push(FieldError { field: field.into(), code: "characters_too_many".into() });
    problem
}

impl RequestForm {
    /// Reads the fields.
    ///
    /// # Errors
    /// 400 with the field that is missing, too long or unreadable.
    pub(crate) fn read(pairs: &[(String, String)]) -> Result<Self, Problem> {
        let service_code = short(pairs, "service_code")?.ok_or_else(|| missing("service_code"))?;
        let description = value(pairs, "description").unwrap_or_default();
        if description.chars().count() > DESCRIPTION_CHARS_MAX {
            return Err(too_long("description", DESCRIPTION_CHARS_MAX));
        }
        let position = match (degrees(pairs, "long", 180.0)?, degrees(pairs, "lat", 90.0)?) {
            (Some(lon), Some(lat)) => Some((lon, lat)),
            (None, None) => None,
            (Some(_), None) => return Err(missing("lat")),
            (None, Some(_)) => return Err(missing("long")),
        };
        let (address, address_id) = (short(pairs, "address_string")?, short(pairs, "address_id")?);
        if position.is_none() && address.is_none() && address_id.is_none() {
            return Err(Problem::new(ErrorKind::Malformed, "location_missing"));
        }
        let mut attributes: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (name, text) in pairs.iter().filter(|(_, text)| !text.trim().is_empty()) {
            let Some(code) = attribute_code(name) else { continue };
            let values = attributes.entry(code.to_owned()).or_default();
            values.push(text.trim().to_owned());
            let long = text.chars().count() > DESCRIPTION_CHARS_MAX || values.len() > ATTRIBUTE_VALUES_MAX;
            if long || attributes.len() > ATTRIBUTES_MAX {
                return Err(too_long("attribute", DESCRIPTION_CHARS_MAX));
            }
        }
        Ok(Self {
            service_code,
            position,
            address,
            address_id,
            description: description.to_owned(),
            first_name: short(pairs, "first_name")?,
            last_name: short(pairs, "last_name")?,
            email: short(pairs, "email")?,
            phone: short(pairs, "phone")?,
            device_id: short(pairs, "device_id")?,
            account_id: short(pairs, "account_id")?,
            media_url: short(pairs, "media_url")?,
            attributes,
        })
    }

    /// Do the answers fit the service's questions?
    ///
    /// # Errors
    /// 400 with each answer that is missing or does not fit.
    pub(crate) fn check_attributes(&self, service: &Service) -> Result<(), Problem> {
        let mut fields = Vec::new();
        for attribute in service.attributes.iter().filter(|attribute| attribute.variable) {
            let values = self.attributes.get(&attribute.code).map_or(&[] as &[String], Vec::as_slice);
            let code = if values.is_empty() {
                attribute.required.then_some("value_missing")
            } else {
                (!fits(attribute, values)).then_some("value_malformed")
            };
            if let Some(code) = code {
                let field = format!("attribute[{}]", attribute.code);
                fields.push(FieldError { field: field.into(), code: code.into() });
            }
        }
        let Some(first) = fields.first() else { return Ok(()) };
        let mut problem =
            Problem::new(ErrorKind::Malformed, &first.code).detail("field", first.field.to_string());
        problem.fields = fields;
        Err(problem)
    }
}

/// Is each value one that the question takes?
fn fits(attribute: &Attribute, values: &[String]) -> bool {
    let known = |value: &String| attribute.values.iter().any(|(key, _)| key == value);
    match attribute.datatype {
        "multivaluelist" => values.iter().all(known),
        _ if values.len() > 1 => false,
        "singlevaluelist" => values.iter().all(known),
        "number" => values.iter().all(|value| value.parse::<f64>().is_ok_and(f64::is_finite)),
        "datetime" => values.iter().all(|value| Moment::parse_iso(value).is_ok()),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(body: &str) -> Vec<(String, String)> {
        form_urlencoded::parse(body.as_bytes()).map(|(a, b)| (a.into_owned(), b.into_owned())).collect()
    }

    fn read(body: &str) -> Result<RequestForm, Problem> {
        RequestForm::read(&pairs(body))
    }

    #[test]
    fn each_of_the_three_forms_of_place_will_do() {
        assert_eq!(read("service_code=1&lat=26.5&long=107.9").unwrap().position, Some((107.9, 26.5)));
        assert_eq!(
            read("service_code=1&address_string=人民路1号").unwrap().address.as_deref(),
            Some("人民路1号")
        );
        assert_eq!(read("service_code=1&address_id=5226010010010012").unwrap().address_id.unwrap().len(), 16);
        assert_eq!(read("service_code=1&lat=&long=&address_string=").unwrap_err().code, "location_missing");
        assert_eq!(read("service_code=1&lat=26.5").unwrap_err().fields[0].field, "long");
        for bad in ["lat=91&long=1", "lat=NaN&long=1", "lat=x&long=1", "lat=1&long=-181"] {
            assert_eq!(read(&format!("service_code=1&{bad}")).unwrap_err().status, 400, "{bad}");
        }
    }

    #[test]
    fn an_attribute_has_one_or_many_values() {
        let form = read("service_code=1&address_id=1&attribute[a]=x&attribute[b][]=1&attribute[b][]=2&attribute[c]=&attribute[d][]=")
            .unwrap();
        assert_eq!(form.attributes["a"], ["x"]);
        assert_eq!(form.attributes["b"], ["1", "2"]);
        assert_eq!(form.attributes.len(), 2);
        assert!(read("service_code=1&address_id=1&attribute[]=x&attribute=y").unwrap().attributes.is_empty());
    }

    #[test]
    fn the_limit_counts_characters() {
        let body = |count: usize| format!("service_code=1&address_id=1&description={}", "坑".repeat(count));
        assert_eq!(read(&body(4_000)).unwrap().description.chars().count(), 4_000);
        assert_eq!(read(&body(4_001)).unwrap_err().code, "characters_too_many");
    }

    #[test]
    fn a_chinese_name_is_a_name() {
        let form = read("service_code=1&address_id=1&first_name=小明&last_name=欧阳&email=&phone=").unwrap();
        assert_eq!((form.first_name.as_deref(), form.last_name.as_deref()), (Some("小明"), Some("欧阳")));
        assert_eq!((form.email, form.phone), (None, None));
        assert_eq!(read("service_code=&address_id=1").unwrap_err().code, "value_missing");
    }

    fn question(code: &str, datatype: &'static str, required: bool) -> Attribute {
        Attribute {
            variable: true,
            code: code.to_owned(),
            datatype,
            required,
            datatype_description: String::new(),
            description: String::new(),
            values: vec![("k".to_owned(), "K".to_owned()), ("l".to_owned(), "L".to_owned())],
        }
    }

    #[test]
    fn answers_must_fit_their_questions() {
        let service = Service {
            code: "1".to_owned(),
            name: String::new(),
            description: String::new(),
            keywords: Vec::new(),
            group: String::new(),
            attributes: vec![
                question("must", "string", true),
                question("one", "singlevaluelist", false),
                question("many", "multivaluelist", false),
                question("count", "number", false),
                question("when", "datetime", false),
                Attribute { variable: false, ..question("note", "text", true) },
            ],
        };
        let check = |body: &str| {
            read(&format!("service_code=1&address_id=1&{body}")).unwrap().check_attributes(&service)
        };
        assert!(
            check("attribute[must]=x&attribute[many][]=k&attribute[many][]=l&attribute[count]=3").is_ok()
        );
        let problem = check("attribute[one]=z").unwrap_err();
        assert_eq!(problem.status, 400);
        let fields: Vec<&str> = problem.fields.iter().map(|field| field.field.as_ref()).collect();
        assert_eq!(fields, ["attribute[must]", "attribute[one]"]);
        for bad in ["attribute[one][]=k&attribute[one][]=l", "attribute[count]=many", "attribute[when]=today"]
        {
            assert!(check(&format!("attribute[must]=x&{bad}")).is_err(), "{bad}");
        }
    }
}
