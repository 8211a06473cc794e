//! A report as PDF.

use documents::DocumentError;
use documents::report::text::{outside_link, shortened};
use documents::report::{Block, Cell, Report, Table};
use serde_json::{Value, json};

use crate::printable::{CELL_WORD_MAX, PARAGRAPH_WORD_MAX, Printable};
use crate::set::{date_of, set};
use crate::{Pdf, TypesetError};

const TEMPLATE: &str = include_str!("templates/report.typ");

/// Characters of the title at the head of pages: one line.
const HEAD_EM_MAX: f64 = 44.0;

/// Most cells of all tables together in a PDF: 100,000 are 660 pages and take typst 7 seconds and over a gigabyte. What is longer is for a workbook.
pub const PDF_CELLS_MAX: usize = 100_000;

/// The report as PDF: A4 with a type area of 156 × 225 mm, outline, tags for reading aloud, tables that break over pages with their header,
/// page numbers, and the title at the head of each page but the first.
///
/// # Errors
/// [`TypesetError::Document`] over a limit; [`TypesetError::Unset`] for a map that is no SVG.
pub fn pdf(report: &Report) -> Result<Pdf, TypesetError> {
    report.check()?;
    let cells = |block: &Block| match block {
        Block::Table(table) => table.columns() * (table.rows.len() + 1),
        _ => 0,
    };
    let value = report.blocks.iter().map(cells).sum();
    if value > PDF_CELLS_MAX {
        return Err(DocumentError::ReportTooLarge { what: "cells", value, value_max: PDF_CELLS_MAX }.into());
    }
    let mut printable = Printable::default();
    let mut files = Vec::new();
    let mut blocks = Vec::with_capacity(report.blocks.len());
    for (index, block) in report.blocks.iter().enumerate() {
        let name = format!("drawing-{index}.svg");
        blocks.push(match block {
            Block::Heading(level, text) => {
                json!({"kind": "heading", "level": (*level).clamp(1, 3), "text": printable.broken(text, PARAGRAPH_WORD_MAX)})
            }
            Block::Paragraph(spans) => {
                let span = |span: &documents::report::Span| {
                    let text = printable.broken(&span.text, PARAGRAPH_WORD_MAX);
                    json!({"text": text, "strong": span.strong, "link": outside_link(report, span.link.as_deref())})
                };
                json!({"kind": "paragraph", "spans": spans.iter().map(span).collect::<Vec<_>>()})
            }
            Block::Table(one) => table(&mut printable, report, one),
            Block::Chart(chart) => {
                let svg = printable.text(&chart.svg("c", report.language));
                files.push((name.clone(), svg.into_bytes()));
                let text = Printable::default().text(&chart.description(report.language));
                json!({"kind": "drawing", "file": name, "text": text, "caption": null})
            }
            Block::Map(map) => {
                files.push((name.clone(), printable.text(&map.svg).into_bytes()));
                let caption = printable.text(&map.caption);
                json!({"kind": "drawing", "file": name, "text": caption, "caption": caption})
            }
            Block::PageBreak => json!({"kind": "break"}),
        });
    }
    let mut broken = |text: &String| printable.broken(text, PARAGRAPH_WORD_MAX);
    let lines = [&report.subtitle, &report.issuer, &report.date_text].map(&mut broken);
    let notes: Vec<String> = report.notes.iter().map(&mut broken).collect();
    let data = json!({
        "title": broken(&report.title),
        "head": shortened(&broken(&report.title), HEAD_EM_MAX),
        "lines": lines,
        "issuer": broken(&report.issuer),
        "date": date_of(&report.date_text),
        "lang": report.language.pick("zh", "en"),
        "region": report.language.pick("CN", "GB"),
        "blocks": blocks,
        "notes_title": report.language.pick("说明", "Notes"),
        "notes": notes,
    });
    set(TEMPLATE, &data, files, printable.missing)
}

fn table(printable: &mut Printable, report: &Report, table: &Table) -> Value {
    let columns = table.columns();
    let header: Vec<Value> = table
        .placed()
        .iter()
        .enumerate()
        .flat_map(|(row, line)| line.iter().map(move |placed| (row, placed)))
        .filter(|(_, placed)| placed.begins)
        .map(|(row, placed)| {
            let text = printable.broken(&placed.cell.text, CELL_WORD_MAX);
            let width = placed.columns.min(columns - placed.column);
            json!({"text": text, "x": placed.column, "y": row, "columns": width, "rows": placed.rows})
        })
        .collect();
    let mut line = |cells: &Vec<Cell>| {
        let mut line: Vec<Value> = Vec::with_capacity(columns);
        for cell in cells {
            // A plain text for most cells: that is a third of the data.
            let text = printable.broken(&cell.text(), CELL_WORD_MAX);
            line.push(match outside_link(report, cell.link.as_deref()) {
                Some(link) => json!({"text": text, "link": link}),
                None => Value::String(text),
            });
        }
        line.resize(columns, Value::String(String::new()));
        line
    };
    let cells: Vec<Value> = table.rows.iter().flat_map(&mut line).collect();
    let total: Vec<Value> = table.total.iter().flat_map(&mut line).collect();
    json!({
        "kind": "table",
        "caption": printable.broken(&table.caption, PARAGRAPH_WORD_MAX),
        "shares": table.shares(),
        "numeric": table.numeric(),
        "header": header,
        "cells": cells,
        "total": total,
    })
}
