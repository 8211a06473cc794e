//! What people ask the hotline that becomes no case: questions that the desk answers, and what is for a body outside the city's
//! management. Made up.

use governance::call::DemandKind;

use super::{register::rows, reports::word};
use crate::error::DemoError;

const ANSWERS_FILE: &str = "call-answers.csv";
const TRANSFERS_FILE: &str = "call-transfers.csv";
const ANSWERS: &str = include_str!("../../data/call-answers.csv");
const TRANSFERS: &str = include_str!("../../data/call-transfers.csv");

/// What the desk answers at once. Texts have the slots `{road}` and `{community}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Enquiry {
    pub(crate) kind: DemandKind,
    pub(crate) text: String,
    pub(crate) answer: String,
}

/// What the desk hands to an outside body. The text has the slots `{road}` and `{community}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Errand {
    pub(crate) body: String,
    pub(crate) kind: DemandKind,
    pub(crate) text: String,
    pub(crate) reason: String,
    pub(crate) solved_reply: String,
    pub(crate) unsolved_reply: String,
}

/// All questions that the desk answers.
///
/// # Errors
/// [`DemoError::Data`] only where the shipped file is damaged.
pub(crate) fn enquiries() -> Result<Vec<Enquiry>, DemoError> {
    let mut all = Vec::new();
    for row in rows(ANSWERS, ANSWERS_FILE, 3)? {
        let [kind, text, answer] = row.as_slice() else { continue };
        all.push(Enquiry { kind: word(kind, ANSWERS_FILE)?, text: text.clone(), answer: answer.clone() });
    }
    Ok(all)
}

/// All that outside bodies are handed.
///
/// # Errors
/// [`DemoError::Data`] only where the shipped file is damaged.
pub(crate) fn errands() -> Result<Vec<Errand>, DemoError> {
    let mut all = Vec::new();
    for row in rows(TRANSFERS, TRANSFERS_FILE, 6)? {
        let [body, kind, text, reason, solved, unsolved] = row.as_slice() else { continue };
        all.push(Errand {
            body: body.clone(),
            kind: word(kind, TRANSFERS_FILE)?,
            text: text.clone(),
            reason: reason.clone(),
            solved_reply: solved.clone(),
            unsolved_reply: unsolved.clone(),
        });
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_is_there_names_nobody_and_has_only_slots_that_are_filled() {
        let (enquiries, errands) = (enquiries().unwrap(), errands().unwrap());
        assert!(enquiries.len() >= 30 && errands.len() >= 10);
        let consultations = enquiries.iter().filter(|enquiry| enquiry.kind == DemandKind::Consultation);
        assert!(consultations.count() * 3 > enquiries.len() * 2, "most who only ask want to know something");
        let of_enquiries = enquiries.iter().flat_map(|enquiry| [&enquiry.text, &enquiry.answer]);
        let of_errands = errands.iter().flat_map(|errand| {
            [&errand.body, &errand.text, &errand.reason, &errand.solved_reply, &errand.unsolved_reply]
        });
        for text in of_enquiries.chain(of_errands) {
            assert!(!text.trim().is_empty());
            assert!(kernel::text::mask_personal(text).found.is_empty(), "{text}");
            let plain = text.replace("{road}", "").replace("{community}", "");
            assert!(!plain.contains(['{', '}']), "{text}");
        }
    }
}
