//! A class that residents may report, as a service of the standard.

use governance::{dictionary::Class, handbook::MandatoryItem, view::View};
use kernel::time::Moment;

use super::{answer, words};
use crate::open311::{Attribute, Service};

/// Longest description, characters.
const DESCRIPTION_CHARS_MAX: usize = 300;

fn attribute(code: &str, datatype: &'static str, how: String) -> Attribute {
    Attribute {
        variable: true,
        code: code.to_owned(),
        datatype,
        // Residents need not measure: what is missing is found out on site.
        required: false,
        datatype_description: how,
        description: answer::question(code),
        values: Vec::new(),
    }
}

/// The service of a class at a moment. It describes itself by the conditions under which its cases are filed, whatever the season.
pub(super) fn service(view: &View, class: &Class, at: Moment) -> Service {
    let handbook = view.handbook(at).filter(|handbook| handbook.edition() == class.key.edition);
    let conditions =
        handbook.map_or(&[][..], |handbook| handbook.find_with_mirror(class.key.kind, &class.key.code));
    let mut description = String::new();
    for condition in conditions {
        let text = condition.condition.trim();
        if description.chars().count() + text.chars().count() >= DESCRIPTION_CHARS_MAX {
            break;
        }
        if !description.is_empty() {
            description.push('；');
        }
        description.push_str(text);
    }
    let mut attributes: Vec<Attribute> = Vec::new();
    if conditions.iter().any(|condition| condition.mandatory.contains(&MandatoryItem::Component)) {
        attributes.push(attribute(answer::COMPONENT, "string", words("open311_question_component_how")));
    }
    for threshold in conditions.iter().flat_map(|condition| &condition.thresholds) {
        let code = answer::code(threshold.quantity);
        // One question a quantity, in the unit that the handbook names first.
        if !attributes.iter().any(|attribute| attribute.code == code) {
            attributes.push(attribute(code, "number", answer::unit(threshold)));
        }
    }
    let major = view.dictionary.major(&class.key.edition, class.key.kind, &class.major);
    let english = [Some(&class.name_en), major.map(|major| &major.name_en)];
    Service {
        code: class.key.to_string(),
        name: class.name_zh.clone(),
        description,
        // A comma parts keywords.
        keywords: english
            .into_iter()
            .flatten()
            .filter(|word| !word.is_empty())
            .map(|word| word.replace(',', " "))
            .collect(),
        group: major.map(|major| major.name_zh.clone()).unwrap_or_default(),
        attributes,
    }
}
