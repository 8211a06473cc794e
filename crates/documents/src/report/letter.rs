//! A letter 函 between offices in the letter form 信函格式 of GB/T 9704-2012, clause 10.1. On A4 with a type area of 156 × 225 mm
//! (37 mm above, 28 mm at the left), 22 lines of 28 characters. The issuer's mark stands 30 mm from the upper edge in red; 4 mm below
//! it and 20 mm from the lower edge there is a red double line of 170 mm. Page one has no number. The form has no record of
//! the printing office, so there is none here: only the offices that get a copy.

use super::text::width_em;
use super::{limit, text};
use crate::error::DocumentError;

/// Most paragraphs of a letter.
pub const LETTER_PARAGRAPHS_MAX: usize = 2_000;
/// Most bytes of all texts of a letter.
pub const LETTER_BYTES_MAX: usize = 1 << 20;
/// Largest size of the issuer's mark, in points; a long name is set smaller, on one line.
const MARK_POINTS_MAX: f64 = 40.0;
/// Smallest size of the issuer's mark, in points.
const MARK_POINTS_MIN: f64 = 16.0;
/// Width of the type area, in points.
const AREA_POINTS: f64 = 442.0;

/// What stands in a letter. Empty texts are left out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LetterPaper {
    /// The issuer's mark 发文机关标志: its full or usual name.
    pub mark: String,
    /// The number 发文字号, such as `凯城管函〔2016〕12号`.
    pub number: String,
    /// Degree of urgency 紧急程度 (`特急`, `加急`).
    pub urgency: String,
    /// The title 标题.
    pub title: String,
    /// To whom it goes 主送机关, without the colon.
    pub addressees: Vec<String>,
    /// The text 正文, a paragraph each. Headings inside (`一、…`) are paragraphs too.
    pub paragraphs: Vec<String>,
    /// Names of what is attached 附件说明.
    pub attachments: Vec<String>,
    /// Who signs 发文机关署名; several where several offices issue together.
    pub signatures: Vec<String>,
    /// The date 成文日期, such as `2016年7月1日`.
    pub date_text: String,
    /// A note 附注, such as `联系人：…`, printed in brackets.
    pub note: String,
    /// Who gets a copy 抄送机关.
    pub copies: Vec<String>,
}

impl LetterPaper {
    /// Size of the issuer's mark, in whole points.
    #[must_use]
    pub fn mark_points(&self) -> f64 {
        // The mark is spaced a little.
        let width = width_em(&text::clean(&self.mark)).max(1.0) * 1.12;
        (AREA_POINTS / width).floor().clamp(MARK_POINTS_MIN, MARK_POINTS_MAX)
    }

    /// The line of those whom it goes to, with its colon; empty where there are none.
    #[must_use]
    pub fn addressee_line(&self) -> String {
        if self.addressees.is_empty() { String::new() } else { format!("{}：", self.addressees.join("，")) }
    }

    /// The lines of what is attached: the first begins with `附件：`; numbers only where there are several (clause 7.3.4).
    #[must_use]
    pub fn attachment_lines(&self) -> Vec<String> {
        let name = |index: usize, name: &String| match (self.attachments.len(), index) {
            (1, _) => format!("附件：{name}"),
            (_, 0) => format!("附件：1. {name}"),
            _ => format!("{}. {name}", index + 1),
        };
        self.attachments.iter().enumerate().map(|(index, text)| name(index, text)).collect()
    }

    /// How far the signatures stand from the right edge, in characters: the date ends four characters from it, and the longest signature is
    /// centred over the date (clause 7.3.5.1).
    #[must_use]
    pub fn signature_indent(&self) -> f64 {
        let longest = self.signatures.iter().map(|name| width_em(name)).fold(0.0, f64::max);
        (4.0 + (width_em(&self.date_text) - longest) / 2.0).max(0.0)
    }

    /// The line of those who get a copy; empty where there are none.
    #[must_use]
    pub fn copy_line(&self) -> String {
        if self.copies.is_empty() {
            String::new()
        } else {
            format!("抄送：{}。", self.copies.join("，"))
        }
    }

    /// Whether the letter stays within the limits of this module.
    ///
    /// # Errors
    /// [`DocumentError::ReportTooLarge`].
    pub fn check(&self) -> Result<(), DocumentError> {
        let lists = [&self.addressees, &self.paragraphs, &self.attachments, &self.signatures, &self.copies];
        let texts = [&self.mark, &self.number, &self.urgency, &self.title, &self.date_text, &self.note];
        limit("paragraphs", lists.iter().map(|list| list.len()).sum(), LETTER_PARAGRAPHS_MAX)?;
        let bytes = lists.into_iter().flatten().chain(texts).map(String::len).sum();
        limit("bytes", bytes, LETTER_BYTES_MAX)
    }
}
