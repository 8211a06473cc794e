use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use calamine::{Data, Reader};
use proptest::prelude::*;

use super::*;

/// A report with everything in it.
pub(crate) fn sample() -> Report {
    let header = vec![
        vec![
            HeaderCell { text: "单位".to_owned(), columns: 1, rows: 2 },
            HeaderCell { text: "投资 (亿元)".to_owned(), columns: 2, rows: 1 },
        ],
        vec!["国有".into(), "民间".into()],
    ];
    let linked = Cell {
        link: Some("/figures/F5".to_owned()),
        figure: Some("F5.state".to_owned()),
        ..Cell::number(123_450, 2)
    };
    let rows = vec![
        vec!["城投集团".into(), linked, Cell::number(150, 2)],
        vec!["=HYPERLINK(\"x\")".into(), Cell::number(50, 2)],
    ];
    let total = Some(vec!["合计".into(), Cell::number(123_500, 2), Cell::number(149, 2)]);
    let chart = |kind| Chart {
        kind,
        title: "投资<额>".to_owned(),
        unit: "亿元".to_owned(),
        categories: ["2015上半年", "2015下半年", "2016上半年"].map(str::to_owned).to_vec(),
        series: vec![
            Series { name: "国有".to_owned(), values: vec![Some(12.5), None, Some(78.86)] },
            Series { name: "民间".to_owned(), values: vec![Some(3.0), Some(-2.0)] },
        ],
    };
    let figure = Span {
        text: "128.64亿元".to_owned(),
        link: Some("/figures/F5.approved?a=1&b=2".to_owned()),
        figure: Some("F5.approved".to_owned()),
        ..Span::default()
    };
    let strong = Span { strong: true, ..Span::from("增长") };
    let map = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 100 50\"><image href=\"file:///etc/hostname\" width=\"5\" height=\"5\"/><text y=\"20\">凯里</text></svg>";
    Report {
        title: "五化破五难".to_owned(),
        subtitle: "改革报告".to_owned(),
        issuer: "凯里市人民政府".to_owned(),
        date_text: "2016年7月1日".to_owned(),
        address: Some("https://city.example".to_owned()),
        blocks: vec![
            Block::Heading(1, "规划：一张图/[甲]".to_owned()),
            Block::Paragraph(vec!["上半年批准".into(), figure, strong, "<script>alert(1)</script>".into()]),
            Block::Heading(3, "表".to_owned()),
            Block::Table(Table { caption: "投资表".to_owned(), header, rows, total }),
            Block::Heading(1, "规划：一张图/[甲]".to_owned()),
            Block::Chart(chart(ChartKind::Bar)),
            Block::Chart(chart(ChartKind::StackedBar)),
            Block::Chart(chart(ChartKind::Line)),
            Block::Chart(chart(ChartKind::Pie)),
            Block::PageBreak,
            Block::Map(Map { svg: map.to_owned(), caption: "网格".to_owned() }),
        ],
        notes: vec!["停车场没有数据。".to_owned()],
        ..Report::default()
    }
}

/// The inner files of a Word file or workbook.
fn unzip(bytes: Vec<u8>) -> BTreeMap<String, Vec<u8>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    (0..archive.len())
        .map(|index| {
            let mut file = archive.by_index(index).expect("a file");
            let mut content = Vec::new();
            file.read_to_end(&mut content).expect("readable");
            (file.name().expect("a name").into_owned(), content)
        })
        .collect()
}

fn part(parts: &BTreeMap<String, Vec<u8>>, name: &str) -> String {
    String::from_utf8(parts[name].clone()).expect("text")
}

/// The text is well-formed XML.
fn parses(xml: &str) {
    resvg::usvg::roxmltree::Document::parse(xml).expect("well-formed");
}

#[test]
fn pages_say_everything_once_and_run_nothing() {
    let report = sample();
    let page = html(&report);
    for wanted in [
        "<html lang=\"zh-CN\">",
        "<h1>五化破五难</h1>",
        "<h2>规划：一张图/[甲]</h2>",
        "<a href=\"/figures/F5.approved?a=1&amp;b=2\" data-figure=\"F5.approved\">128.64亿元</a>",
        "<strong>增长</strong>",
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        "<caption>投资表</caption>",
        "<th scope=\"col\" rowspan=\"2\">单位</th>",
        "<th scope=\"colgroup\" colspan=\"2\">投资 (亿元)</th>",
        "<th scope=\"row\">合计</th>",
        "<td class=\"n\">1,235.00</td>",
        "aria-labelledby=\"chart5-title chart5-text\"",
        "alt=\"网格\"",
        "<li>停车场没有数据。</li>",
    ] {
        assert!(page.contains(wanted), "{wanted}");
    }
    assert!(page.contains("<h3>表</h3>"), "a level is not skipped");
    assert!(!page.contains("<script") && !page.contains("<image"), "nothing runs, nothing is loaded");
    assert_eq!(page, html(&report));
}

#[test]
fn rows_of_a_table_are_as_wide_as_its_header() {
    let Block::Table(table) = &sample().blocks[3] else { panic!("a table") };
    assert_eq!(table.columns(), 3);
    let places =
        |row: usize| table.placed()[row].iter().map(|p| (p.column, p.columns, p.begins)).collect::<Vec<_>>();
    assert_eq!(places(0), [(0, 1, true), (1, 2, true)]);
    assert_eq!(places(1), [(0, 1, false), (1, 1, true), (2, 1, true)]);
    assert_eq!(table.numeric(), [false, true, true]);
    assert!(table.is_sum(1) && !table.is_sum(2) && !table.is_sum(0) && !table.is_sum(9));
    let odd = Table {
        header: vec![vec![HeaderCell { text: "a".to_owned(), columns: 0, rows: 9 }]; 2],
        ..Table::default()
    };
    assert_eq!(odd.columns(), 2, "a cell reaches no further than the header");
    assert_eq!(Table::default().columns(), 0);
}

#[test]
fn word_files_have_styles_links_and_repeated_headers() {
    let bytes = docx(&sample()).expect("a file");
    assert_eq!(bytes, docx(&sample()).expect("a file"), "the same bytes");
    let parts = unzip(bytes);
    for (name, content) in parts.iter().filter(|(name, _)| !name.ends_with(".png")) {
        parses(std::str::from_utf8(content).unwrap_or_else(|_| panic!("{name} is text")));
    }
    let text = part(&parts, "word/document.xml");
    for wanted in [
        "<w:pStyle w:val=\"Heading1\"/>",
        "<w:tblHeader/>",
        "<w:gridSpan w:val=\"2\"/>",
        "<w:vMerge w:val=\"restart\"/>",
        "&lt;script&gt;",
        "1,235.00",
        "descr=\"网格\"",
    ] {
        assert!(text.contains(wanted), "{wanted}");
    }
    assert_eq!(text.matches("<w:tr>").count(), 5, "two of the header, two rows, a total");
    let relations = part(&parts, "word/_rels/document.xml.rels");
    assert!(
        relations.contains(
            "Target=\"https://city.example/figures/F5.approved?a=1&amp;b=2\" TargetMode=\"External\""
        )
    );
    assert_eq!(parts.keys().filter(|name| name.starts_with("word/media/")).count(), 5);
    assert!(part(&parts, "word/styles.xml").contains("<w:sz w:val=\"24\"/>"));
    assert!(part(&parts, "word/fontTable.xml").contains("仿宋_GB2312"));
}

#[test]
fn links_without_an_address_stay_behind() {
    let report = Report { address: None, ..sample() };
    let parts = unzip(docx(&report).expect("a file"));
    assert!(!part(&parts, "word/_rels/document.xml.rels").contains("hyperlink"));
    assert!(part(&parts, "word/document.xml").contains("128.64亿元"));
}

#[test]
fn workbooks_have_a_sheet_a_chapter_and_live_totals() {
    let bytes = xlsx(&sample()).expect("a workbook");
    assert_eq!(bytes, xlsx(&sample()).expect("a workbook"), "the same bytes");
    let mut workbook: calamine::Xlsx<_> =
        calamine::open_workbook_from_rs(Cursor::new(bytes.clone())).expect("opens");
    assert_eq!(
        workbook.sheet_names(),
        ["规划：一张图  甲".replace('：', " "), "规划：一张图  甲 2".replace('：', " ")]
    );
    let first = workbook.sheet_names()[0].clone();
    let formulas = workbook.worksheet_formula(&first).expect("reads");
    let formulas: Vec<String> = formulas.used_cells().map(|(_, _, formula)| formula.clone()).collect();
    assert_eq!(formulas.len(), 1, "only a sum is one: {formulas:?}");
    assert!(formulas[0].starts_with("SUM(B"), "{formulas:?}");
    let range = workbook.worksheet_range(&first).expect("reads");
    let has = |wanted: &Data| range.used_cells().any(|(_, _, cell)| cell == wanted);
    assert!(has(&Data::Float(1234.5)) && has(&Data::Float(1235.0)));
    assert!(has(&Data::String("=HYPERLINK(\"x\")".to_owned())));
    let parts = unzip(bytes);
    assert_eq!(parts.keys().filter(|name| name.starts_with("xl/charts/chart")).count(), 4);
    assert!(part(&parts, "xl/worksheets/_rels/sheet1.xml.rels").contains("https://city.example/figures/F5"));
}

#[test]
fn numbers_too_long_for_a_spreadsheet_stay_exact() {
    let row = vec![Cell::number(i64::MAX, 2)];
    let table = Table { rows: vec![row.clone()], total: Some(row), ..Table::default() };
    let bytes = xlsx(&Report { blocks: vec![Block::Table(table)], ..Report::default() }).expect("a workbook");
    let mut workbook: calamine::Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).expect("opens");
    let range = workbook.worksheet_range_at(0).expect("a sheet").expect("reads");
    assert!(
        range.used_cells().any(|(_, _, cell)| *cell == Data::String("92,233,720,368,547,758.07".to_owned()))
    );
}

#[test]
fn charts_are_pictures_whatever_their_values() {
    for kind in [ChartKind::Bar, ChartKind::Line, ChartKind::Pie, ChartKind::StackedBar] {
        for values in [
            vec![],
            vec![None, None],
            vec![Some(0.0); 3],
            vec![Some(f64::NAN), Some(f64::MAX), Some(-1e300)],
            vec![Some(1e-9); 400],
        ] {
            let categories =
                (0..400).map(|index| format!("很长的类别名称 {index}")).take(values.len().max(2)).collect();
            let series = vec![Series { name: "甲".to_owned(), values }; 8];
            let chart = Chart { kind, title: "\u{7}<&".to_owned(), unit: String::new(), categories, series };
            let svg = chart.svg("c", Language::English);
            parses(&svg);
            assert!(!svg.contains("NaN") && !svg.contains("inf"), "{svg}");
            assert!(picture::picture(&svg).expect("drawn").png.starts_with(b"\x89PNG"));
        }
    }
    let empty = Chart {
        kind: ChartKind::Pie,
        title: String::new(),
        unit: String::new(),
        categories: vec![],
        series: vec![],
    };
    parses(&empty.svg("c", Language::Chinese));
}

#[test]
fn series_differ_without_colour() {
    let Block::Chart(bars) = &sample().blocks[5] else { panic!("a chart") };
    let svg = bars.svg("c", Language::Chinese);
    assert!(svg.contains("fill=\"url(#c-0)\"") && svg.contains("fill=\"url(#c-1)\""));
    assert!(svg.contains("投资&lt;额&gt;；国有: 2015上半年 12.5，2015下半年 —，2016上半年 78.86"));
    let Block::Chart(lines) = &sample().blocks[7] else { panic!("a chart") };
    assert!(lines.svg("c", Language::Chinese).contains("stroke-dasharray=\"8 4\""));
}

#[test]
fn what_is_over_a_limit_is_refused_with_what_and_how_much() {
    let rows = vec![vec![Cell::default()]; TABLE_ROWS_MAX + 1];
    let report = |block| Report { blocks: vec![block], ..Report::default() };
    let refused = [
        (report(Block::Table(Table { rows, ..Table::default() })), "table_rows"),
        (
            report(Block::Table(Table { rows: vec![vec![Cell::default(); 61]], ..Table::default() })),
            "table_columns",
        ),
        (Report { blocks: vec![Block::PageBreak; BLOCKS_MAX + 1], ..Report::default() }, "blocks"),
    ];
    for (report, wanted) in refused {
        for result in [docx(&report), xlsx(&report)] {
            assert!(matches!(result, Err(DocumentError::ReportTooLarge { what, .. }) if what == wanted));
        }
    }
    let broken = report(Block::Map(Map { svg: "<svg".to_owned(), caption: String::new() }));
    assert!(matches!(docx(&broken), Err(DocumentError::PictureMalformed { .. })));
}

#[test]
fn ten_thousand_rows_are_written() {
    let row =
        |index: i64| vec![Cell::from(format!("网格{index}")), Cell::number(index, 1), "x".repeat(200).into()];
    let table = Table {
        header: vec![vec!["a".into(), "b".into(), "c".into()]],
        rows: (0..10_000).map(row).collect(),
        ..Table::default()
    };
    let report = Report { blocks: vec![Block::Table(table)], ..Report::default() };
    let parts = unzip(docx(&report).expect("a file"));
    assert_eq!(part(&parts, "word/document.xml").matches("<w:tr>").count(), 10_001);
    assert_eq!(html(&report).matches("<tr>").count(), 10_001);
    assert!(xlsx(&report).is_ok());
}

fn letter() -> LetterPaper {
    LetterPaper {
        mark: "凯里市城市管理局".to_owned(),
        number: "凯城管函〔2016〕12号".to_owned(),
        title: "关于商请协同整治占道经营的函".to_owned(),
        addressees: vec!["市市场监督管理局".to_owned(), "市公安局".to_owned()],
        paragraphs: vec!["现将<有关>事项函告如下。".to_owned()],
        attachments: vec!["清单".to_owned(), "方案".to_owned()],
        signatures: vec!["凯里市城市管理局".to_owned()],
        date_text: "2016年7月1日".to_owned(),
        note: "联系人：经办人".to_owned(),
        copies: vec!["市人民政府办公室".to_owned()],
        ..LetterPaper::default()
    }
}

#[test]
fn letters_have_the_form_of_the_standard() {
    let letter = letter();
    assert_eq!(letter.addressee_line(), "市市场监督管理局，市公安局：");
    assert_eq!(letter.attachment_lines(), ["附件：1. 清单", "2. 方案"]);
    assert_eq!(letter.copy_line(), "抄送：市人民政府办公室。");
    assert!(
        letter.mark_points() >= 36.0
            && LetterPaper { mark: "很".repeat(60), ..letter.clone() }.mark_points() <= 16.0
    );
    let bytes = letter_docx(&letter).expect("a file");
    assert_eq!(bytes, letter_docx(&letter).expect("a file"));
    let parts = unzip(bytes);
    for (name, content) in &parts {
        parses(std::str::from_utf8(content).unwrap_or_else(|_| panic!("{name} is text")));
    }
    let text = part(&parts, "word/document.xml");
    for wanted in [
        "w:top=\"2098\" w:right=\"1470\" w:bottom=\"1984\" w:left=\"1588\"",
        "w:type=\"lines\" w:linePitch=\"580\"",
        "<w:titlePg/>",
        "现将&lt;有关&gt;事项",
        "（联系人：经办人）",
    ] {
        assert!(text.contains(wanted), "{wanted}");
    }
    let first = part(&parts, "word/header1.xml");
    assert!(
        first.contains("thickThinSmallGap") && first.contains("FF0000") && first.contains("凯里市城市管理局")
    );
    assert!(!part(&parts, "word/footer4.xml").contains("PAGE"), "page one has no number");
    assert!(part(&parts, "word/footer5.xml").contains("PAGE"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn any_text_gives_well_formed_files(text in "\\PC{0,12}|[\\x00-\\x1f<>&'\"\\]\u{202e}\u{ffff}😀ع]{0,12}", link in "[a-z:/#\\\\\"<> ]{0,12}") {
        let span = Span { text: text.clone(), strong: true, link: Some(link.clone()), figure: Some(text.clone()) };
        let cell = Cell { link: Some(link), figure: Some(text.clone()), ..Cell::from(text.as_str()) };
        let table = Table { caption: text.clone(), header: vec![vec![text.as_str().into()]], rows: vec![vec![cell]], total: None };
        let report = Report {
            title: text.clone(),
            address: Some("http://127.0.0.1".to_owned()),
            blocks: vec![Block::Heading(1, text.clone()), Block::Heading(1, text.clone()), Block::Paragraph(vec![span]), Block::Table(table)],
            notes: vec![text],
            ..Report::default()
        };
        let page = html(&report);
        prop_assert_eq!(page.matches("</table>").count(), 1);
        let (_, body) = page.split_once("</style>").expect("a style");
        prop_assert_eq!(body.matches('<').count(), body.matches('>').count());
        for (name, content) in unzip(docx(&report).expect("a file")) {
            let content = String::from_utf8(content).expect("text");
            prop_assert!(resvg::usvg::roxmltree::Document::parse(&content).is_ok(), "{} {}", name, content);
        }
        let bytes = xlsx(&report).expect("a workbook");
        let workbook: calamine::Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).expect("opens");
        prop_assert_eq!(workbook.sheet_names().len(), 2);
    }
}
