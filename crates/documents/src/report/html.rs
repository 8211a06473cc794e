//! A report as one page of HTML: no script, nothing loaded from elsewhere, made for screen, print and reading aloud (WCAG 2.2 AA).

use std::fmt::Write;

use super::text::{escape, safe_link};
use super::{Block, Cell, Chart, Language, Map, Report, Span, Table, Value, chart};

/// The page's style. Letters are dark on white, links underlined, the focus is seen; tables wider than the screen scroll by themselves.
const STYLE: &str = "\
:root{color-scheme:light}*{box-sizing:border-box}\
body{margin:0;background:#fff;color:#1a1a1a;font:1rem/1.75 'Noto Serif CJK SC','Source Han Serif SC',SimSun,Songti SC,serif}\
main{max-width:62rem;margin:0 auto;padding:1.5rem 1rem 4rem}\
h1,h2,h3,h4,th,caption,figcaption{font-family:'Noto Sans CJK SC','Microsoft YaHei','PingFang SC',sans-serif;line-height:1.4}\
header{text-align:center;border-bottom:.15rem solid #b3261e;margin-bottom:1.5rem;padding-bottom:1rem}\
h1{font-size:1.9rem;margin:.5rem 0}header p{margin:.2rem 0}\
h2{font-size:1.45rem;margin:2.2rem 0 .8rem}h3{font-size:1.2rem;margin:1.6rem 0 .6rem}h4{font-size:1.05rem;margin:1.2rem 0 .5rem}\
p{margin:.5rem 0;overflow-wrap:anywhere}:lang(zh) main>p{text-indent:2em}\
a{color:#0b57a4;text-decoration:underline;text-underline-offset:.15em}a:focus-visible,div:focus-visible,summary:focus-visible{outline:.2rem solid #0b57a4;outline-offset:.15rem}\
.skip{position:absolute;left:-99rem}.skip:focus{position:static}\
.table{overflow-x:auto;margin:1rem 0}\
table{border-collapse:collapse;width:100%;font-size:.92rem;line-height:1.5;font-variant-numeric:tabular-nums}\
caption{font-weight:700;padding:.4rem;text-align:center}\
th,td{border:1px solid #767676;padding:.3rem .5rem;overflow-wrap:anywhere;text-align:left}\
thead th{background:#eef2f6;text-align:center}td.n{text-align:right;white-space:nowrap;overflow-wrap:normal}tfoot td,tfoot th{font-weight:700;background:#f6f6f6}\
figure{margin:1.2rem 0;text-align:center}figure svg,figure img{max-width:100%;height:auto}\
details{text-align:left;font-size:.92rem}summary{cursor:pointer;min-height:1.5rem}\
.break{break-after:page}.notes{border-top:1px solid #767676;margin-top:2.5rem;font-size:.92rem}\
@page{size:A4;margin:25mm 22mm}\
@media print{body{font-size:11pt}main{max-width:none;padding:0}.skip,details{display:none}.table{overflow:visible}thead{display:table-header-group}\
tr,figure{break-inside:avoid}h2,h3,h4,caption{break-after:avoid}a{color:inherit}}";

/// The report as a page.
#[must_use]
pub fn html(report: &Report) -> String {
    let language = report.language;
    let mut page = String::with_capacity(64 * 1024);
    let _ = write!(
        page,
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n\
         <title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#content\">{}</a>\n<main id=\"content\">\n<header>\n<h1>{title}</h1>\n",
        language.tag(),
        language.pick("跳到正文", "Skip to the text"),
        title = escape(&report.title),
    );
    for line in [&report.subtitle, &report.issuer, &report.date_text] {
        if !line.is_empty() {
            let _ = writeln!(page, "<p>{}</p>", escape(line));
        }
    }
    page.push_str("</header>\n");
    // A heading is at most one level below the one before it, so that no level is skipped.
    let mut level_before = 0;
    for (index, block) in report.blocks.iter().enumerate() {
        match block {
            Block::Heading(level, text) => {
                let level = (*level).clamp(1, 3).min(level_before + 1);
                level_before = level;
                let tag = level + 1;
                let _ = writeln!(page, "<h{tag}>{}</h{tag}>", escape(text));
            }
            Block::Paragraph(spans) => paragraph(&mut page, spans),
            Block::Table(one) => table(&mut page, one, index, language),
            Block::Chart(one) => drawing(&mut page, one, index, language),
            Block::Map(map) => picture(&mut page, map),
            Block::PageBreak => page.push_str("<div class=\"break\"></div>\n"),
        }
    }
    if !report.notes.is_empty() {
        let _ = write!(page, "<section class=\"notes\"><h2>{}</h2>\n<ul>\n", language.pick("说明", "Notes"));
        for note in &report.notes {
            let _ = writeln!(page, "<li>{}</li>", escape(note));
        }
        page.push_str("</ul></section>\n");
    }
    page.push_str("</main>\n</body>\n</html>\n");
    page
}

/// A text with its link and figure.
fn linked(page: &mut String, text: &str, link: Option<&str>, figure: Option<&str>) {
    let text = escape(text);
    let figure = figure.map(|code| format!(" data-figure=\"{}\"", escape(code))).unwrap_or_default();
    let _ = match link.and_then(safe_link) {
        Some(link) => write!(page, "<a href=\"{}\"{figure}>{text}</a>", escape(link)),
        None if figure.is_empty() => write!(page, "{text}"),
        None => write!(page, "<span{figure}>{text}</span>"),
    };
}

fn paragraph(page: &mut String, spans: &[Span]) {
    page.push_str("<p>");
    for span in spans {
        if span.strong {
            page.push_str("<strong>");
        }
        linked(page, &span.text, span.link.as_deref(), span.figure.as_deref());
        if span.strong {
            page.push_str("</strong>");
        }
    }
    page.push_str("</p>\n");
}

fn table(page: &mut String, table: &Table, index: usize, language: Language) {
    let name = format!("table-{index}");
    let label = if table.caption.is_empty() { language.pick("表", "Table") } else { &table.caption };
    let _ = writeln!(
        page,
        "<div class=\"table\" tabindex=\"0\" role=\"region\" aria-label=\"{}\"><table id=\"{name}\">",
        escape(label)
    );
    if !table.caption.is_empty() {
        let _ = writeln!(page, "<caption>{}</caption>", escape(&table.caption));
    }
    if !table.header.is_empty() {
        page.push_str("<thead>\n");
        for line in table.placed() {
            page.push_str("<tr>");
            for placed in line.iter().filter(|placed| placed.begins) {
                let scope = if placed.columns > 1 { "colgroup" } else { "col" };
                let _ = write!(page, "<th scope=\"{scope}\"");
                if placed.columns > 1 {
                    let _ = write!(page, " colspan=\"{}\"", placed.columns);
                }
                if placed.rows > 1 {
                    let _ = write!(page, " rowspan=\"{}\"", placed.rows);
                }
                let _ = write!(page, ">{}</th>", escape(&placed.cell.text));
            }
            page.push_str("</tr>\n");
        }
        page.push_str("</thead>\n");
    }
    let columns = table.columns();
    page.push_str("<tbody>\n");
    for cells in &table.rows {
        row(page, cells, columns, false);
    }
    page.push_str("</tbody>\n");
    if let Some(total) = &table.total {
        page.push_str("<tfoot>\n");
        row(page, total, columns, true);
        page.push_str("</tfoot>\n");
    }
    page.push_str("</table></div>\n");
}

fn row(page: &mut String, cells: &[Cell], columns: usize, is_total: bool) {
    page.push_str("<tr>");
    for (index, cell) in cells.iter().enumerate() {
        let is_header = index == 0 && is_total;
        page.push_str(match &cell.value {
            Value::Number { .. } => "<td class=\"n\">",
            _ if is_header => "<th scope=\"row\">",
            _ => "<td>",
        });
        linked(page, &cell.text(), cell.link.as_deref(), cell.figure.as_deref());
        let is_number = matches!(cell.value, Value::Number { .. });
        page.push_str(if is_header && !is_number { "</th>" } else { "</td>" });
    }
    for _ in cells.len()..columns {
        page.push_str("<td></td>");
    }
    page.push_str("</tr>\n");
}

/// A chart, with its values as a table that opens: what a drawing says must be readable as text too.
fn drawing(page: &mut String, chart: &Chart, index: usize, language: Language) {
    let _ = write!(
        page,
        "<figure>{}<details><summary>{}</summary>",
        chart.svg(&format!("chart{index}"), language),
        language.pick("图中数据", "Data of the chart")
    );
    let _ = write!(
        page,
        "<table><caption>{} ({})</caption><thead><tr><td></td>",
        escape(&chart.title),
        escape(&chart.unit)
    );
    for series in &chart.series {
        let _ = write!(page, "<th scope=\"col\">{}</th>", escape(&series.name));
    }
    page.push_str("</tr></thead><tbody>");
    for (category, name) in chart.categories.iter().enumerate() {
        let _ = write!(page, "<tr><th scope=\"row\">{}</th>", escape(name));
        for series in 0..chart.series.len() {
            let value = chart.value(series, category).map(chart::value_text);
            let _ = write!(page, "<td class=\"n\">{}</td>", value.as_deref().unwrap_or("—"));
        }
        page.push_str("</tr>");
    }
    page.push_str("</tbody></table></details></figure>\n");
}

/// A map, as a picture: a drawing that came from elsewhere runs nothing there.
fn picture(page: &mut String, map: &Map) {
    let caption = escape(&map.caption);
    page.push_str("<figure><img src=\"data:image/svg+xml,");
    for byte in map.svg.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~/:;,=()@!* ".contains(&byte) {
            page.push(char::from(byte));
        } else {
            let _ = write!(page, "%{byte:02X}");
        }
    }
    let _ = writeln!(page, "\" alt=\"{caption}\"><figcaption>{caption}</figcaption></figure>");
}
