//! A report as a workbook: a sheet for each heading of level 1, numbers as numbers, totals as live sums, charts as the spreadsheet program's own.

use std::collections::BTreeSet;

use rust_xlsxwriter::{
    Chart as SheetChart, ChartType, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Formula,
    Url, Workbook, Worksheet,
};

use super::chart::{self, Chart, ChartKind};
use super::text::{clean, outside_link, width_em};
use super::{Block, Cell, Report, Table, Value};
use crate::error::DocumentError;

/// Most characters of a cell, as in spreadsheet programs.
const CELL_CHARACTERS_MAX: usize = 32_767;
/// Most characters of a sheet's name.
const SHEET_NAME_CHARACTERS_MAX: usize = 31;
/// Most characters of a link, a little less than spreadsheet programs take.
const LINK_CHARACTERS_MAX: usize = 2_000;
/// Most links of a sheet, as in spreadsheet programs (65,530).
const SHEET_LINKS_MAX: usize = 65_000;
/// Characters of a chart's text for those who do not see it: half of what spreadsheet programs take (255 units of UTF-16).
const ALT_TEXT_CHARACTERS_MAX: usize = 127;
/// Digits that a spreadsheet program holds without loss; longer numbers are text.
const DIGITS_MAX: u64 = 999_999_999_999_999;
/// Columns that a paragraph reaches over.
const TEXT_COLUMNS: u16 = 8;

/// The report as the bytes of an `.xlsx`; equal reports give equal bytes.
///
/// # Errors
/// [`DocumentError::ReportTooLarge`], [`DocumentError::WorkbookUnwritable`].
pub fn xlsx(report: &Report) -> Result<Vec<u8>, DocumentError> {
    report.check()?;
    let mut workbook = Workbook::new();
    let made = ExcelDateTime::from_ymd(2000, 1, 1)?;
    let (title, author) = (clean(&report.title), clean(&report.issuer));
    workbook.set_properties(
        &DocProperties::new().set_title(title).set_author(author).set_creation_datetime(&made),
    );
    let mut names = BTreeSet::new();
    let mut sheets: Vec<(String, Vec<&Block>)> = Vec::new();
    for block in &report.blocks {
        match block {
            Block::Heading(0 | 1, text) => sheets.push((sheet_name(text, &mut names), vec![block])),
            _ => {
                if sheets.is_empty() {
                    sheets
                        .push((sheet_name(report.language.pick("概要", "Summary"), &mut names), Vec::new()));
                }
                if let Some((_, blocks)) = sheets.last_mut() {
                    blocks.push(block);
                }
            }
        }
    }
    if sheets.is_empty() {
        sheets.push((sheet_name(&report.title, &mut names), Vec::new()));
    }
    let last = sheets.len() - 1;
    for (index, (name, blocks)) in sheets.iter().enumerate() {
        let worksheet = workbook.add_worksheet();
        worksheet.set_name(name)?;
        let mut sheet = Sheet::new(worksheet, name, report, blocks)?;
        if index == 0 {
            sheet.text(&report.title, 18.0, true)?;
            for line in [&report.subtitle, &report.issuer, &report.date_text] {
                if !line.is_empty() {
                    sheet.text(line, 11.0, false)?;
                }
            }
        }
        for block in blocks {
            sheet.block(block)?;
        }
        if index == last && !report.notes.is_empty() {
            sheet.text(report.language.pick("说明", "Notes"), 14.0, true)?;
            for note in &report.notes {
                sheet.text(note, 11.0, false)?;
            }
        }
    }
    Ok(workbook.save_to_buffer()?)
}

/// A name that spreadsheet programs take: without the signs that they use, not too long, unlike those before it.
fn sheet_name(text: &str, names: &mut BTreeSet<String>) -> String {
    let kept: String =
        clean(text).chars().map(|c| if "[]:*?/\\：？＊／＼".contains(c) { ' ' } else { c }).collect();
    let kept = kept.trim().trim_matches('\'').trim();
    // Spreadsheet programs count in units of UTF-16.
    let cut = |text: &str, most: usize| {
        let mut length = 0;
        let within = |character: &char| {
            length += character.len_utf16();
            length <= most
        };
        text.chars().take_while(within).collect::<String>().trim_end_matches('\'').trim_end().to_owned()
    };
    let mut name = cut(kept, SHEET_NAME_CHARACTERS_MAX);
    if name.is_empty() || name.eq_ignore_ascii_case("history") {
        name = "Sheet".to_owned();
    }
    let begin = name.clone();
    let mut number = 2;
    while !names.insert(name.to_lowercase()) {
        let end = format!(" {number}");
        name = format!("{}{end}", cut(&begin, SHEET_NAME_CHARACTERS_MAX - end.len()));
        number += 1;
    }
    name
}

/// A sheet that is written from the top.
struct Sheet<'a> {
    sheet: &'a mut Worksheet,
    name: &'a str,
    report: &'a Report,
    row: u32,
    widths: Vec<f64>,
    links: usize,
}

impl<'a> Sheet<'a> {
    fn new(
        sheet: &'a mut Worksheet,
        name: &'a str,
        report: &'a Report,
        blocks: &[&Block],
    ) -> Result<Self, DocumentError> {
        let mut widths = vec![12.0; usize::from(TEXT_COLUMNS)];
        for block in blocks {
            let Block::Table(table) = block else { continue };
            widths.resize(widths.len().max(table.columns()), 12.0);
            for cells in table.rows.iter().chain(&table.total) {
                for (column, cell) in cells.iter().enumerate() {
                    widths[column] = f64::max(widths[column], (width_em(&cell.text()) * 2.0 + 2.0).min(44.0));
                }
            }
        }
        for (column, width) in (0..).zip(&widths) {
            sheet.set_column_width(column, *width)?;
        }
        sheet.set_print_fit_to_pages(1, 0).set_paper_size(9);
        Ok(Self { sheet, name, report, row: 0, widths, links: 0 })
    }

    fn block(&mut self, block: &Block) -> Result<(), DocumentError> {
        match block {
            Block::Heading(level, text) => {
                self.text(text, [16.0, 14.0, 12.0][usize::from((*level).clamp(1, 3)) - 1], true)
            }
            Block::Paragraph(spans) => {
                let text: String = spans.iter().map(|span| span.text.as_str()).collect();
                self.text(&text, 11.0, false)
            }
            Block::Table(table) => self.table(table),
            Block::Chart(chart) => self.chart(chart),
            Block::Map(map) => self.text(&map.caption, 11.0, false),
            Block::PageBreak => Ok(()),
        }
    }

    /// A text over several columns, high enough for its lines.
    fn text(&mut self, text: &str, points: f64, is_bold: bool) -> Result<(), DocumentError> {
        let text = cell_text(text);
        if text.is_empty() {
            return Ok(());
        }
        let mut format = Format::new()
            .set_font_size(points)
            .set_text_wrap()
            .set_align(FormatAlign::Left)
            .set_align(FormatAlign::Top);
        if is_bold {
            format = format.set_bold();
        }
        // A width counts digits of 11 points; a Chinese character is two wide.
        let wide: f64 = self.widths.iter().take(usize::from(TEXT_COLUMNS)).sum();
        let lines = (width_em(&text) * 2.0 * points / 11.0 / wide * 1.05).ceil().max(1.0);
        self.sheet.merge_range(self.row, 0, self.row, TEXT_COLUMNS - 1, &text, &format)?;
        self.sheet.set_row_height(self.row, (lines * points * 1.5).min(409.0))?;
        self.row += 1;
        Ok(())
    }

    fn table(&mut self, table: &Table) -> Result<(), DocumentError> {
        self.row += 1;
        if !table.caption.is_empty() {
            self.text(&table.caption, 11.0, true)?;
        }
        let border = || Format::new().set_border(FormatBorder::Thin).set_align(FormatAlign::VerticalCenter);
        let head = border()
            .set_bold()
            .set_background_color(0x00EE_F2F6)
            .set_text_wrap()
            .set_align(FormatAlign::Center);
        let begin = self.row;
        for (row, line) in (begin..).zip(table.placed()) {
            for placed in line.iter().filter(|placed| placed.begins) {
                let (column, text) = (column_of(placed.column), cell_text(&placed.cell.text));
                if placed.columns * placed.rows == 1 {
                    self.sheet.write_string_with_format(row, column, text, &head)?;
                } else {
                    let below = row + u32::try_from(placed.rows - 1).unwrap_or(0);
                    let right = column_of(placed.column + placed.columns - 1);
                    self.sheet.merge_range(row, column, below, right, &text, &head)?;
                }
            }
        }
        self.row += u32::try_from(table.header.len()).unwrap_or(0);
        let first = self.row;
        for cells in &table.rows {
            for (column, cell) in cells.iter().enumerate() {
                self.cell(column_of(column), cell, &border())?;
            }
            self.row += 1;
        }
        let total = border().set_bold().set_border_top(FormatBorder::Medium);
        for (column, cell) in table.total.iter().flatten().enumerate() {
            match &cell.value {
                Value::Number { units, decimals } if self.row > first && table.is_sum(column) => {
                    let number = column_of(column);
                    let formula = format!(
                        "=SUM({})",
                        rust_xlsxwriter::utility::cell_range(first, number, self.row - 1, number)
                    );
                    let formula = Formula::new(formula).set_result(plain_number(*units, *decimals));
                    let format = total.clone().set_num_format(number_format(*decimals));
                    self.sheet.write_formula_with_format(self.row, number, formula, &format)?;
                }
                _ => self.cell(column_of(column), cell, &total)?,
            }
        }
        self.row += u32::from(table.total.is_some()) + 1;
        Ok(())
    }

    fn cell(&mut self, column: u16, cell: &Cell, format: &Format) -> Result<(), DocumentError> {
        let link = outside_link(self.report, cell.link.as_deref())
            .filter(|link| link.chars().count() <= LINK_CHARACTERS_MAX && self.links < SHEET_LINKS_MAX);
        let mut format = format.clone();
        if let Some(link) = link {
            // The value written afterwards stays; the link lies under it.
            self.sheet.write_url_with_format(self.row, column, Url::new(link), &format)?;
            self.links += 1;
            format =
                format.set_font_color(0x000B_57A4).set_underline(rust_xlsxwriter::FormatUnderline::Single);
        }
        match &cell.value {
            Value::Empty => self.sheet.write_blank(self.row, column, &format)?,
            Value::Text(text) => self.sheet.write_string_with_format(
                self.row,
                column,
                cell_text(text),
                &format.set_text_wrap(),
            )?,
            Value::Number { units, .. } if units.unsigned_abs() > DIGITS_MAX => {
                let format = format.set_align(FormatAlign::Right);
                self.sheet.write_string_with_format(self.row, column, cell.text(), &format)?
            }
            Value::Number { units, decimals } => {
                let number: f64 = plain_number(*units, *decimals).parse().unwrap_or(0.0);
                let format = format.set_num_format(number_format(*decimals));
                self.sheet.write_number_with_format(self.row, column, number, &format)?
            }
        };
        Ok(())
    }

    /// The values as a table and a chart of the program's own beside them.
    fn chart(&mut self, chart: &Chart) -> Result<(), DocumentError> {
        self.row += 1;
        self.text(&format!("{}（{}）", chart.title, chart.unit), 11.0, true)?;
        let head = Format::new().set_bold().set_border(FormatBorder::Thin).set_background_color(0x00EE_F2F6);
        let border = Format::new().set_border(FormatBorder::Thin);
        let top = self.row;
        let bottom = top + u32::try_from(chart.categories.len()).unwrap_or(0);
        let kind = match chart.kind {
            ChartKind::Bar => ChartType::Column,
            ChartKind::Line => ChartType::Line,
            ChartKind::Pie => ChartType::Pie,
            ChartKind::StackedBar => ChartType::ColumnStacked,
        };
        let mut drawn = SheetChart::new(kind);
        drawn.title().set_name(chart_text(&chart.title).as_str());
        if chart.kind != ChartKind::Pie {
            drawn.y_axis().set_name(chart_text(&chart.unit).as_str());
        }
        let text = chart.description(self.report.language);
        drawn.set_alt_text(text.chars().take(ALT_TEXT_CHARACTERS_MAX).collect::<String>());
        self.sheet.write_blank(top, 0, &head)?;
        for (row, name) in (top + 1..).zip(&chart.categories) {
            self.sheet.write_string_with_format(row, 0, cell_text(name), &border)?;
        }
        for (series, column) in (0..chart.series.len()).zip(1_u16..) {
            self.sheet.write_string_with_format(top, column, cell_text(&chart.series[series].name), &head)?;
            for (row, category) in (top + 1..).zip(0..chart.categories.len()) {
                match chart.value(series, category) {
                    Some(value) => {
                        let value: f64 = chart::value_text(value).parse().unwrap_or(value);
                        self.sheet.write_number_with_format(row, column, value, &border)?
                    }
                    None => self.sheet.write_blank(row, column, &border)?,
                };
            }
            if bottom > top && (series == 0 || chart.kind != ChartKind::Pie) {
                drawn
                    .add_series()
                    .set_name((self.name, top, column))
                    .set_categories((self.name, top + 1, 0, bottom, 0))
                    .set_values((self.name, top + 1, column, bottom, column));
            }
        }
        if bottom > top && !chart.series.is_empty() {
            self.sheet.insert_chart(bottom + 1, 0, &drawn)?;
        }
        // A chart is 288 points high at first: 15 rows and a little.
        self.row = bottom + 18;
        Ok(())
    }
}

/// The number as a program writes it, exact.
fn plain_number(units: i64, decimals: u32) -> String {
    super::text::number_text(units, decimals).replace(',', "")
}

fn number_format(decimals: u32) -> String {
    let decimals = usize::try_from(decimals.min(9)).unwrap_or(0);
    if decimals == 0 { "#,##0".to_owned() } else { format!("#,##0.{}", "0".repeat(decimals)) }
}

fn column_of(column: usize) -> u16 {
    u16::try_from(column).unwrap_or(u16::MAX)
}

/// The text as a cell holds it: cleaned, cut at the most a cell takes.
fn cell_text(text: &str) -> String {
    let mut length = 0;
    let within = |character: &char| {
        length += character.len_utf16();
        length <= CELL_CHARACTERS_MAX
    };
    clean(text).chars().take_while(within).collect()
}

/// The text as a chart takes it: one that begins with `=` would be read as a range of cells.
fn chart_text(text: &str) -> String {
    let text = cell_text(text);
    if text.starts_with('=') { format!(" {text}") } else { text }
}
