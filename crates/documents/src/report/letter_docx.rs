//! A letter 函 as a Word document: lines stand on a grid of 22, characters are set a little closer, 28 to a line. Word has a grid
//! of characters too, but LibreOffice gives two of its cells to each character that is larger than a cell by a hair.

use std::fmt::Write;

use super::Language;
use super::docx::{Package, Part, run};
use super::letter::LetterPaper;
use crate::error::DocumentError;

/// Width of a character, in twentieths of a point: 16 points less 0.2 (style `Letter`); 28 of them are 156 mm.
const CHARACTER: f64 = 316.0;

/// The letter as the bytes of a `.docx`; equal letters give equal bytes. The fonts that the standard asks for (小标宋, 仿宋, 宋体) are named, not
/// embedded: they are not free.
///
/// # Errors
/// [`DocumentError::ReportTooLarge`].
pub fn letter_docx(letter: &LetterPaper) -> Result<Vec<u8>, DocumentError> {
    letter.check()?;
    let mut package = Package::new(&letter.title, &letter.mark, Language::Chinese).letter();
    let mut body = String::with_capacity(16 * 1024);
    // Urgency at the left edge and number at the right one, in one line under the first red line.
    let right = "<w:tabs><w:tab w:val=\"right\" w:pos=\"8848\"/></w:tabs>";
    let urgency = run(&letter.urgency, "<w:rFonts w:ascii=\"黑体\" w:hAnsi=\"黑体\" w:eastAsia=\"黑体\"/>");
    let number = run(&letter.number, "");
    line(&mut body, right, &format!("{urgency}<w:r><w:tab/></w:r>{number}"));
    empty(&mut body, 2);
    let title = "<w:rFonts w:ascii=\"方正小标宋简体\" w:hAnsi=\"方正小标宋简体\" w:eastAsia=\"方正小标宋简体\"/><w:spacing w:val=\"0\"/><w:sz w:val=\"44\"/><w:szCs w:val=\"44\"/>";
    let centred = "<w:keepNext/><w:snapToGrid w:val=\"0\"/><w:spacing w:line=\"620\" w:lineRule=\"exact\"/><w:jc w:val=\"center\"/><w:outlineLvl w:val=\"0\"/>";
    line(&mut body, centred, &run(&letter.title, title));
    empty(&mut body, 1);
    let addressees = letter.addressee_line();
    if !addressees.is_empty() {
        line(&mut body, "", &run(&addressees, ""));
    }
    let indented = "<w:ind w:firstLineChars=\"200\" w:firstLine=\"632\"/>";
    for paragraph in &letter.paragraphs {
        line(&mut body, indented, &run(paragraph, ""));
    }
    let attachments = letter.attachment_lines();
    if !attachments.is_empty() {
        empty(&mut body, 1);
    }
    for (index, attachment) in attachments.iter().enumerate() {
        // Two characters from the left; names stand under one another (附件： is three wide).
        let (left, hanging) = if index == 0 { (1_975, 1_343) } else { (1_975, 395) };
        line(
            &mut body,
            &format!("<w:ind w:left=\"{left}\" w:hanging=\"{hanging}\"/><w:jc w:val=\"left\"/>"),
            &run(attachment, ""),
        );
    }
    empty(&mut body, 2);
    for signature in &letter.signatures {
        line(&mut body, &from_right("<w:keepNext/>", letter.signature_indent()), &run(signature, ""));
    }
    if !letter.date_text.is_empty() {
        line(&mut body, &from_right("", 4.0), &run(&letter.date_text, ""));
    }
    if !letter.note.is_empty() {
        line(&mut body, indented, &run(&format!("（{}）", letter.note), ""));
    }
    let copies = letter.copy_line();
    if !copies.is_empty() {
        // A frame at the foot of the type area of the last page.
        let frame = "<w:framePr w:w=\"8844\" w:hSpace=\"0\" w:wrap=\"notBeside\" w:hAnchor=\"margin\" w:vAnchor=\"margin\" w:xAlign=\"left\" w:yAlign=\"bottom\"/>\
                     <w:ind w:left=\"1162\" w:right=\"280\" w:hanging=\"882\"/>";
        line(&mut body, frame, &run(&copies, "<w:sz w:val=\"28\"/><w:szCs w:val=\"28\"/>"));
    }
    section(&mut package, &mut body, letter);
    package.finish(&body)
}

/// A paragraph of the letter.
fn line(body: &mut String, properties: &str, runs: &str) {
    let _ = write!(body, "<w:p><w:pPr><w:pStyle w:val=\"Letter\"/>{properties}</w:pPr>{runs}</w:p>");
}

fn empty(body: &mut String, lines: usize) {
    for _ in 0..lines {
        line(body, "", "");
    }
}

/// Properties of a paragraph that ends so many characters from the right edge.
fn from_right(before: &str, characters: f64) -> String {
    format!("{before}<w:ind w:right=\"{:.0}\"/><w:jc w:val=\"right\"/>", characters * CHARACTER)
}

/// Size of the page, the mark and the red lines of page one, and the numbers of the pages after it: odd at the right, even at the left.
fn section(package: &mut Package, body: &mut String, letter: &LetterPaper) {
    let border = |side: &str, kind: &str, space: u32| {
        format!(
            "<w:pBdr><w:{side} w:val=\"{kind}\" w:sz=\"24\" w:space=\"{space}\" w:color=\"FF0000\"/></w:pBdr>"
        )
    };
    // The lines are 170 mm, 7 mm longer than the type area at each side on average; both ends are 20 mm from the edges.
    let wide = "<w:ind w:left=\"-454\" w:right=\"-340\"/><w:jc w:val=\"center\"/>";
    let points = letter.mark_points();
    let properties = format!(
        "<w:rFonts w:ascii=\"方正小标宋简体\" w:hAnsi=\"方正小标宋简体\" w:eastAsia=\"方正小标宋简体\"/><w:color w:val=\"FF0000\"/><w:spacing w:val=\"{:.0}\"/><w:sz w:val=\"{size:.0}\"/><w:szCs w:val=\"{size:.0}\"/>",
        points * 0.08 * 20.0,
        size = points * 2.0
    );
    let first = format!(
        "<w:p><w:pPr><w:pStyle w:val=\"Letter\"/>{}<w:snapToGrid w:val=\"0\"/><w:spacing w:after=\"120\" w:line=\"{line:.0}\" w:lineRule=\"exact\"/>{wide}</w:pPr>{}</w:p>",
        border("bottom", "thickThinSmallGap", 11),
        run(&letter.mark, &properties),
        line = points * 1.2 * 20.0
    );
    let foot = format!(
        "<w:p><w:pPr><w:pStyle w:val=\"Letter\"/>{}<w:snapToGrid w:val=\"0\"/><w:spacing w:line=\"20\" w:lineRule=\"exact\"/>{wide}</w:pPr></w:p>",
        border("top", "thinThickSmallGap", 0)
    );
    let number = |side: &str| {
        format!(
            "<w:p><w:pPr><w:pStyle w:val=\"Footer\"/><w:ind w:{side}=\"280\"/><w:jc w:val=\"{side}\"/></w:pPr>{}<w:r><w:rPr><w:sz w:val=\"28\"/></w:rPr><w:fldChar w:fldCharType=\"begin\"/></w:r>\
             <w:r><w:rPr><w:sz w:val=\"28\"/></w:rPr><w:instrText xml:space=\"preserve\"> PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>\
             <w:r><w:rPr><w:sz w:val=\"28\"/></w:rPr><w:t>2</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r>{}</w:p>",
            run("— ", "<w:sz w:val=\"28\"/>"),
            run(" —", "<w:sz w:val=\"28\"/>")
        )
    };
    let blank = "<w:p><w:pPr><w:pStyle w:val=\"Normal\"/></w:pPr></w:p>";
    let _ = write!(body, "<w:sectPr>");
    for (part, kind, content) in [
        (Part::Header, "first", first.as_str()),
        (Part::Header, "default", blank),
        (Part::Header, "even", blank),
        (Part::Footer, "first", &foot),
        (Part::Footer, "default", &number("right")),
        (Part::Footer, "even", &number("left")),
    ] {
        let tag = if part == Part::Header { "headerReference" } else { "footerReference" };
        let id = package.part(part, content);
        let _ = write!(body, "<w:{tag} w:type=\"{kind}\" r:id=\"{id}\"/>");
    }
    body.push_str(
        "<w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"2098\" w:right=\"1470\" w:bottom=\"1984\" w:left=\"1588\" w:header=\"1701\" w:footer=\"1134\" w:gutter=\"0\"/>\
         <w:titlePg/><w:docGrid w:type=\"lines\" w:linePitch=\"580\"/></w:sectPr>"
    );
}
