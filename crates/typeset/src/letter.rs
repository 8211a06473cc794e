//! A letter 函 as PDF.

use documents::report::LetterPaper;
use serde_json::json;

use crate::printable::{PARAGRAPH_WORD_MAX, Printable};
use crate::set::{date_of, set};
use crate::{Pdf, TypesetError};

const TEMPLATE: &str = include_str!("templates/letter.typ");

/// The letter as PDF in the form of GB/T 9704-2012, clause 10.1 (see [`documents::report::letter`]). The standard's fonts are not free: the serif
/// stands for 仿宋 and, in bold, for 小标宋.
///
/// # Errors
/// [`TypesetError::Document`] over a limit.
pub fn letter_pdf(letter: &LetterPaper) -> Result<Pdf, TypesetError> {
    letter.check()?;
    let mut printable = Printable::default();
    let mut text = |text: &str| printable.broken(text, PARAGRAPH_WORD_MAX);
    let mut list = |texts: &[String]| texts.iter().map(|one| text(one)).collect::<Vec<_>>();
    let (paragraphs, attachments, signatures) =
        (list(&letter.paragraphs), list(&letter.attachment_lines()), list(&letter.signatures));
    let note = if letter.note.is_empty() { String::new() } else { format!("（{}）", letter.note) };
    let data = json!({
        "mark": text(&letter.mark),
        "mark_points": letter.mark_points(),
        "number": text(&letter.number),
        "urgency": text(&letter.urgency),
        "title": text(&letter.title),
        "addressees": text(&letter.addressee_line()),
        "paragraphs": paragraphs,
        "attachments": attachments,
        "signatures": signatures,
        "signature_indent": letter.signature_indent(),
        "date_text": text(&letter.date_text),
        "date": date_of(&letter.date_text),
        "note": text(&note),
        "copies": text(&letter.copy_line()),
    });
    set(TEMPLATE, &data, Vec::new(), printable.missing)
}
