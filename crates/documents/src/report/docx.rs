//! A report as a Word document. Written part by part as the standard ISO/IEC 29500 (transitional) has them, because the crate for it
//! knows neither header rows that repeat nor a text for a picture. Headings have real styles, so that the navigation pane works.

mod package;

pub(super) use package::{Package, Part, TEXT_WIDTH, run};

use std::fmt::Write;

use super::picture::picture;
use super::text::{escape, outside_link};
use super::{Block, Cell, Report, Span, Table, Value};
use crate::error::DocumentError;

/// The report as the bytes of a `.docx`; equal reports give equal bytes.
///
/// # Errors
/// [`DocumentError::ReportTooLarge`], [`DocumentError::PictureMalformed`] for a map that is no SVG.
pub fn docx(report: &Report) -> Result<Vec<u8>, DocumentError> {
    report.check()?;
    let mut package = Package::new(&report.title, &report.issuer, report.language);
    let mut body = String::with_capacity(256 * 1024);
    styled(&mut body, "Title", &report.title);
    for line in [&report.subtitle, &report.issuer, &report.date_text] {
        if !line.is_empty() {
            styled(&mut body, "Subtitle", line);
        }
    }
    for (index, block) in report.blocks.iter().enumerate() {
        match block {
            Block::Heading(level, text) => {
                styled(&mut body, &format!("Heading{}", (*level).clamp(1, 3)), text);
            }
            Block::Paragraph(spans) => paragraph(&mut package, &mut body, report, spans),
            Block::Table(one) => table(&mut package, &mut body, report, one),
            Block::Chart(chart) => {
                let drawn = picture(&chart.svg(&format!("chart{index}"), report.language))?;
                body.push_str(&package.picture(&drawn, &chart.description(report.language), false));
            }
            Block::Map(map) => {
                let drawn = picture(&map.svg)?;
                body.push_str(&package.picture(&drawn, &map.caption, true));
                styled(&mut body, "Caption", &map.caption);
            }
            Block::PageBreak => body.push_str("<w:p><w:r><w:br w:type=\"page\"/></w:r></w:p>"),
        }
    }
    if !report.notes.is_empty() {
        styled(&mut body, "Heading1", report.language.pick("说明", "Notes"));
        for (index, note) in report.notes.iter().enumerate() {
            styled(&mut body, "BodyText", &format!("{}. {note}", index + 1));
        }
    }
    let header = package.part(
        Part::Header,
        &format!("<w:p><w:pPr><w:pStyle w:val=\"Header\"/></w:pPr>{}</w:p>", run(&report.title, "")),
    );
    let number = "<w:p><w:pPr><w:pStyle w:val=\"Footer\"/></w:pPr><w:r><w:t xml:space=\"preserve\">— </w:t></w:r>\
                  <w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText xml:space=\"preserve\"> PAGE </w:instrText></w:r>\
                  <w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r>\
                  <w:r><w:t xml:space=\"preserve\"> —</w:t></w:r></w:p>";
    let footer = package.part(Part::Footer, number);
    let _ = write!(
        body,
        "<w:sectPr><w:headerReference w:type=\"default\" r:id=\"{header}\"/><w:footerReference w:type=\"default\" r:id=\"{footer}\"/>\
         <w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"2098\" w:right=\"1474\" w:bottom=\"1984\" w:left=\"1588\" w:header=\"1134\" \
         w:footer=\"1134\" w:gutter=\"0\"/></w:sectPr>"
    );
    package.finish(&body)
}

/// A paragraph of a style.
fn styled(body: &mut String, style: &str, text: &str) {
    let _ = write!(body, "<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>{}</w:p>", run(text, ""));
}

/// A text, as a hyperlink where it leads somewhere outside this file.
fn linked(
    package: &mut Package,
    report: &Report,
    text: &str,
    link: Option<&str>,
    properties: &str,
) -> String {
    match outside_link(report, link) {
        Some(link) => {
            let id = package.link(&link);
            let properties = format!("<w:rStyle w:val=\"Hyperlink\"/>{properties}");
            format!("<w:hyperlink r:id=\"{id}\" w:history=\"1\">{}</w:hyperlink>", run(text, &properties))
        }
        None => run(text, properties),
    }
}

fn paragraph(package: &mut Package, body: &mut String, report: &Report, spans: &[Span]) {
    body.push_str("<w:p><w:pPr><w:pStyle w:val=\"BodyText\"/></w:pPr>");
    for span in spans {
        let properties = if span.strong { "<w:b/><w:bCs/>" } else { "" };
        body.push_str(&linked(package, report, &span.text, span.link.as_deref(), properties));
    }
    body.push_str("</w:p>");
}

fn table(package: &mut Package, body: &mut String, report: &Report, table: &Table) {
    let columns = table.columns();
    if columns == 0 {
        return;
    }
    if !table.caption.is_empty() {
        let _ = write!(
            body,
            "<w:p><w:pPr><w:pStyle w:val=\"Caption\"/><w:keepNext/></w:pPr>{}</w:p>",
            run(&table.caption, "")
        );
    }
    let shares = table.shares();
    let all: usize = shares.iter().sum();
    let widths: Vec<usize> = shares.iter().map(|share| (TEXT_WIDTH * share / all).max(1)).collect();
    let _ = write!(
        body,
        "<w:tbl><w:tblPr><w:tblStyle w:val=\"TableGrid\"/><w:tblW w:w=\"{}\" w:type=\"dxa\"/><w:tblLayout w:type=\"fixed\"/>\
         <w:tblLook w:val=\"0020\" w:firstRow=\"1\"/><w:tblCaption w:val=\"{}\"/></w:tblPr><w:tblGrid>",
        widths.iter().sum::<usize>(),
        escape(&table.caption)
    );
    for width in &widths {
        let _ = write!(body, "<w:gridCol w:w=\"{width}\"/>");
    }
    body.push_str("</w:tblGrid>");
    for line in table.placed() {
        body.push_str("<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>");
        let mut column = 0;
        for placed in &line {
            empty_cells(body, &widths[column..placed.column.min(columns)]);
            let end = (placed.column + placed.columns).min(columns);
            let width: usize = widths[placed.column..end].iter().sum();
            let merge = match (placed.rows > 1, placed.begins) {
                (true, true) => "<w:vMerge w:val=\"restart\"/>",
                (true, false) => "<w:vMerge/>",
                _ => "",
            };
            let text = if placed.begins { run(&placed.cell.text, "<w:b/><w:bCs/>") } else { String::new() };
            let _ = write!(
                body,
                "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/><w:gridSpan w:val=\"{}\"/>{merge}<w:shd w:val=\"clear\" w:color=\"auto\" \
                 w:fill=\"EEF2F6\"/><w:vAlign w:val=\"center\"/></w:tcPr><w:p><w:pPr><w:pStyle w:val=\"TableText\"/><w:keepNext/><w:jc w:val=\"center\"/></w:pPr>{text}</w:p></w:tc>",
                end - placed.column
            );
            column = end;
        }
        empty_cells(body, &widths[column..]);
        body.push_str("</w:tr>");
    }
    let numeric = table.numeric();
    for cells in &table.rows {
        row(package, body, report, cells, &widths, &numeric, "");
    }
    if let Some(total) = &table.total {
        row(package, body, report, total, &widths, &numeric, "<w:b/><w:bCs/>");
    }
    if table.header.is_empty() && table.rows.is_empty() && table.total.is_none() {
        body.push_str("<w:tr>");
        empty_cells(body, &widths);
        body.push_str("</w:tr>");
    }
    // Two tables that touch would become one.
    body.push_str("</w:tbl><w:p><w:pPr><w:pStyle w:val=\"TableText\"/></w:pPr></w:p>");
}

fn empty_cells(body: &mut String, widths: &[usize]) {
    for width in widths {
        let _ = write!(
            body,
            "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/></w:tcPr><w:p><w:pPr><w:pStyle w:val=\"TableText\"/></w:pPr></w:p></w:tc>"
        );
    }
}

fn row(
    package: &mut Package,
    body: &mut String,
    report: &Report,
    cells: &[Cell],
    widths: &[usize],
    numeric: &[bool],
    properties: &str,
) {
    body.push_str("<w:tr><w:trPr><w:cantSplit/></w:trPr>");
    for (index, cell) in cells.iter().enumerate() {
        let is_right = numeric[index] || matches!(cell.value, Value::Number { .. });
        let justified = if is_right { "<w:jc w:val=\"right\"/>" } else { "" };
        let text = cell.text();
        let text = if text.is_empty() {
            String::new()
        } else {
            linked(package, report, &text, cell.link.as_deref(), properties)
        };
        let _ = write!(
            body,
            "<w:tc><w:tcPr><w:tcW w:w=\"{}\" w:type=\"dxa\"/><w:vAlign w:val=\"center\"/></w:tcPr><w:p><w:pPr><w:pStyle w:val=\"TableText\"/>{justified}</w:pPr>{text}</w:p></w:tc>",
            widths[index]
        );
    }
    empty_cells(body, &widths[cells.len()..]);
    body.push_str("</w:tr>");
}
