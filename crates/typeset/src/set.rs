//! From a template and its data to a file.

use serde_json::Value;
use typst::diag::SourceDiagnostic;
use typst::foundations::Smart;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use crate::world::Desk;
use crate::{Pdf, TypesetError};

/// Name of the data that a template reads.
const DATA: &str = "data.json";

/// The year, month and day of a text such as `2016年7月1日` or `2016-07-01`: its first three numbers, where they are a date.
pub(crate) fn date_of(text: &str) -> Option<[u16; 3]> {
    let mut numbers = text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty());
    let mut next = || numbers.next()?.parse::<u16>().ok();
    let date = [next()?, next()?, next()?];
    let day = i8::try_from(date[2]).ok()?;
    let (year, month) = (i16::try_from(date[0]).ok()?, i8::try_from(date[1]).ok()?);
    (year >= 1900 && jiff::civil::Date::new(year, month, day).is_ok()).then_some(date)
}

/// Sets a document.
pub(crate) fn set(
    template: &str,
    data: &Value,
    mut files: Vec<(String, Vec<u8>)>,
    characters_missing: usize,
) -> Result<Pdf, TypesetError> {
    let is_dated = !data["date"].is_null();
    files.push((DATA.to_owned(), data.to_string().into_bytes()));
    let desk = Desk::new(template, files)?;
    let result =
        typst::compile::<PagedDocument>(&desk).output.map_err(|causes| unset(&causes)).and_then(|document| {
            let pages = document.pages().len();
            let archival = if is_dated { export(&document, &[PdfStandard::A_2a]).ok() } else { None };
            let is_archival = archival.is_some();
            let bytes = archival.map_or_else(|| export(&document, &[]), Ok)?;
            Ok(Pdf { bytes, pages, characters_missing, is_archival })
        });
    // What typst remembers of a document is of no use for the next one.
    comemo::evict(0);
    result
}

fn export(document: &PagedDocument, standards: &[PdfStandard]) -> Result<Vec<u8>, TypesetError> {
    let standards = PdfStandards::new(standards)
        .map_err(|cause| TypesetError::Unset { cause: cause.message().to_string() })?;
    let options =
        PdfOptions { standards, creator: Smart::Custom(Some("Wuhua".to_owned())), ..PdfOptions::default() };
    typst_pdf::pdf(document, &options).map_err(|causes| unset(&causes))
}

fn unset(causes: &[SourceDiagnostic]) -> TypesetError {
    let messages: Vec<&str> = causes.iter().map(|cause| cause.message.as_str()).take(5).collect();
    TypesetError::Unset { cause: messages.join("; ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_found_in_texts() {
        assert_eq!(date_of("2016年7月1日"), Some([2016, 7, 1]));
        assert_eq!(date_of("印发于 2016-02-29"), Some([2016, 2, 29]));
        for none in ["2015-02-29", "2016年上半年", "", "99999999999 1 1", "1-1-1"] {
            assert_eq!(date_of(none), None, "{none}");
        }
    }
}
