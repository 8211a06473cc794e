//! A letter 函 on paper: in the letter form of GB/T 9704-2012, clause 10.1.

use documents::report::{LetterPaper, letter_docx};
use governance::{letter::Letter, view::View};
use typeset::letter_pdf;

use crate::{Format, ReportError};

/// What the file of a letter is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LetterFormat {
    /// For Word and WPS.
    Docx,
    /// For paper and archive.
    Pdf,
}

impl LetterFormat {
    /// The word, which is also how a file's name ends.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Docx => Format::Docx.name(),
            Self::Pdf => Format::Pdf.name(),
        }
    }

    /// What a browser is told that the file is.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Docx => Format::Docx.media_type(),
            Self::Pdf => Format::Pdf.media_type(),
        }
    }
}

/// The letter as it is printed: offices by their Chinese names, the number and date that it got when it was sent.
#[must_use]
pub fn letter_paper(view: &View, letter: &Letter) -> LetterPaper {
    let name = |code: &String| view.units.get(code).map_or_else(|| code.clone(), |unit| unit.name_zh.clone());
    let content = &letter.content;
    let from = name(&content.from);
    let date = letter.dated.map(|day| format!("{}年{}月{}日", day.year(), day.month(), day.day()));
    LetterPaper {
        mark: from.clone(),
        number: letter.number.clone().unwrap_or_default(),
        urgency: String::new(),
        title: content.subject.clone(),
        addressees: content.to.iter().map(name).collect(),
        paragraphs: content
            .text
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty())
            .map(str::to_owned)
            .collect(),
        attachments: content.attachments.iter().map(|attachment| attachment.title.clone()).collect(),
        signatures: vec![from],
        date_text: date.unwrap_or_default(),
        note: String::new(),
        copies: content.copies.iter().map(name).collect(),
    }
}

/// The letter as a file.
///
/// # Errors
/// [`ReportError`] over a limit.
pub fn write_letter(paper: &LetterPaper, format: LetterFormat) -> Result<Vec<u8>, ReportError> {
    Ok(match format {
        LetterFormat::Docx => letter_docx(paper)?,
        LetterFormat::Pdf => letter_pdf(paper)?.bytes,
    })
}
