//! What a sender answers beside the description: kept as lines at the end of the report's text (`〔宽度〕3厘米`), where everybody at the desk
//! reads it without a form, and read back for the public face. Only what a service asks is kept; answers to questions that it never asked
//! are left out, because nobody knows what they hold.

use governance::handbook::{Quantity, Threshold};
use kernel::{error::Refusal, text::mask_personal};

use super::words;
use crate::open311::RequestForm;

/// The code of the question for a component's identifier.
pub(super) const COMPONENT: &str = "component_id";
/// Longest answer, characters.
const ANSWER_CHARS_MAX: usize = 100;
/// The line for an address that was not found on the map.
const ADDRESS: &str = "address";
/// The line for the address of a picture elsewhere.
const MEDIA: &str = "media_url";

/// Every quantity that a service may ask for.
const QUANTITIES: [Quantity; 12] = [
    Quantity::Area,
    Quantity::Volume,
    Quantity::Length,
    Quantity::Width,
    Quantity::Height,
    Quantity::Depth,
    Quantity::Offset,
    Quantity::Distance,
    Quantity::Count,
    Quantity::Duration,
    Quantity::SoundLevel,
    Quantity::Share,
];

/// The code of the question for a quantity.
pub(super) const fn code(quantity: Quantity) -> &'static str {
    match quantity {
        Quantity::Area => "area",
        Quantity::Volume => "volume",
        Quantity::Length => "length",
        Quantity::Width => "width",
        Quantity::Height => "height",
        Quantity::Depth => "depth",
        Quantity::Offset => "offset",
        Quantity::Distance => "distance",
        Quantity::Count => "count",
        Quantity::Duration => "duration",
        Quantity::SoundLevel => "sound_level",
        Quantity::Share => "share",
    }
}

/// The question in words.
pub(super) fn question(code: &str) -> String {
    words(&format!("open311_question_{code}"))
}

/// The unit in which a threshold's quantity is asked for, in words.
pub(super) fn unit(threshold: &Threshold) -> String {
    format!("{}{}", words("open311_question_unit"), threshold.unit)
}

/// The text of a report and the component's identifier. `unplaced` is a place in words that was not found on the map.
///
/// # Errors
/// `fields_invalid` where an answer is too long.
pub(super) fn written(
    form: &RequestForm,
    unplaced: Option<&str>,
) -> Result<(String, Option<String>), Refusal> {
    let answered = |code: &str| form.attributes.get(code).map(|values| values.join("、"));
    let codes = QUANTITIES.map(code);
    for code in codes.into_iter().chain([COMPONENT]) {
        if answered(code).is_some_and(|answer| answer.chars().count() > ANSWER_CHARS_MAX) {
            let field = format!("attribute[{code}]");
            let faults = vec![serde_json::json!({ "field": field, "code": "value_too_long" })];
            return Err(Refusal::invalid("fields_invalid").with("fields", faults));
        }
    }
    let mut text = without_brackets(&form.description);
    let mut line = |code: &str, answer: &str| {
        let answer = answer.replace(['\n', '\r'], " ");
        text.push_str(&format!("\n〔{}〕{answer}", question(code)));
    };
    for code in codes {
        if let Some(answer) = answered(code) {
            line(code, &answer);
        }
    }
    if let Some(address) = unplaced {
        line(ADDRESS, address);
    }
    if let Some(media) = &form.media_url {
        line(MEDIA, media);
    }
    Ok((text, answered(COMPONENT).map(|component| mask_personal(&component).text)))
}

/// A description whose own brackets cannot be taken for those of answers.
fn without_brackets(description: &str) -> String {
    description.replace('〔', "［")
}

/// A report's text taken apart.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Said<'t> {
    /// The description.
    pub(super) description: &'t str,
    /// Code and answer.
    pub(super) answers: Vec<(&'static str, &'t str)>,
    /// The place in words, where it was not found on the map.
    pub(super) address: Option<&'t str>,
}

/// Takes a report's text apart again. The address of a picture elsewhere is for the desk alone.
pub(super) fn said(text: &str) -> Said<'_> {
    let mut said = Said { description: text, ..Said::default() };
    while let Some(start) = said.description.rfind('〔') {
        let (before, line) = said.description.split_at(start);
        let Some((label, answer)) = line.trim_start_matches('〔').split_once('〕') else { break };
        if let Some(code) = QUANTITIES.map(code).into_iter().find(|code| question(code) == label) {
            said.answers.push((code, answer));
        } else if label == question(ADDRESS) {
            said.address = Some(answer);
        } else if label != question(MEDIA) {
            break;
        }
        said.description = before.trim_end();
    }
    said.answers.reverse();
    said
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_answered_is_read_back() {
        let mut form = RequestForm {
            description: "路面有坑\n〔宽度〕是我写的".to_owned(),
            ..RequestForm::default()
        };
        form.attributes.insert("width".to_owned(), vec!["3".to_owned()]);
        form.attributes.insert("count".to_owned(), vec!["2".to_owned()]);
        form.attributes.insert("fixmystreet_id".to_owned(), vec!["9".to_owned()]);
        form.attributes.insert(COMPONENT.to_owned(), vec!["5226010102000001".to_owned()]);
        form.media_url = Some("https://example.org/1.jpg".to_owned());
        let (text, component) = written(&form, Some("人民路\n1号")).unwrap();
        assert_eq!(component.as_deref(), Some("5226010102000001"));
        let read = said(&text);
        assert_eq!(read.description, "路面有坑\n［宽度〕是我写的");
        assert_eq!(read.answers, [("width", "3"), ("count", "2")]);
        assert_eq!(read.address, Some("人民路 1号"));
        assert!(text.contains("https://example.org/1.jpg") && !text.contains("fixmystreet"));
        let bare = RequestForm { attributes: form.attributes.clone(), ..RequestForm::default() };
        let (text, _) = written(&bare, None).unwrap();
        assert_eq!((said(text.trim()).description, said(text.trim()).answers.len()), ("", 2));
        assert_eq!(said("只有一句").description, "只有一句");
        let long = vec!["9".repeat(ANSWER_CHARS_MAX + 1)];
        form.attributes.insert("depth".to_owned(), long);
        assert_eq!(written(&form, None).unwrap_err().code, "fields_invalid");
    }

    #[test]
    fn every_question_has_words() {
        for code in QUANTITIES.map(code).into_iter().chain([COMPONENT, ADDRESS, MEDIA, "unit"]) {
            assert!(!question(code).starts_with("open311_"), "{code}");
        }
    }
}
