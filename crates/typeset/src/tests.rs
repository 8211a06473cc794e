use documents::report::{
    Block, Cell, Chart, ChartKind, HeaderCell, LetterPaper, Map, Report, Series, Span, Table,
};
use proptest::prelude::*;

use super::*;

fn text_of(bytes: &[u8]) -> (usize, String) {
    let document = lopdf::Document::load_mem(bytes).expect("a PDF");
    let pages: Vec<u32> = document.get_pages().keys().copied().collect();
    (pages.len(), document.extract_text(&pages).expect("text").replace(['\n', ' '], ""))
}

fn report(blocks: Vec<Block>) -> Report {
    Report {
        title: "五化破五难".to_owned(),
        date_text: "2016年7月1日".to_owned(),
        blocks,
        ..Report::default()
    }
}

fn paragraph(text: &str) -> Block {
    Block::Paragraph(vec![text.into()])
}

#[test]
fn reports_are_set_with_outline_links_and_tags() {
    let link = Span { text: "128.64".to_owned(), link: Some("/figures/F5".to_owned()), ..Span::default() };
    let chart = Chart {
        kind: ChartKind::Bar,
        title: "投资".to_owned(),
        unit: "亿元".to_owned(),
        categories: vec!["2015".to_owned(), "2016".to_owned()],
        series: vec![Series { name: "国有".to_owned(), values: vec![Some(1.0), Some(2.0)] }],
    };
    let header = vec![
        vec![
            HeaderCell { text: "单位".to_owned(), columns: 1, rows: 2 },
            HeaderCell { text: "额".to_owned(), columns: 2, rows: 1 },
        ],
        vec!["国有".into(), "民间".into()],
    ];
    let table = Table {
        caption: "投资表".to_owned(),
        header,
        rows: vec![vec!["城投".into(), Cell::number(123_456, 2)]],
        total: Some(vec!["合计".into(), Cell::number(123_456, 2), Cell::number(0, 2)]),
    };
    let map =
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 100 50\"><text y=\"20\">网格</text></svg>";
    let mut whole = report(vec![
        Block::Heading(1, "规划".to_owned()),
        Block::Paragraph(vec!["批准".into(), link]),
        Block::Heading(2, "表".to_owned()),
        Block::Table(table),
        Block::Chart(chart),
        Block::PageBreak,
        Block::Map(Map { svg: map.to_owned(), caption: "地图".to_owned() }),
    ]);
    whole.address = Some("https://city.example".to_owned());
    whole.notes = vec!["没有数据。".to_owned()];
    let set = pdf(&whole).expect("set");
    assert_eq!(set, pdf(&whole).expect("set"), "the same bytes");
    assert!(set.is_archival);
    assert_eq!(set.characters_missing, 0);
    let (pages, text) = text_of(&set.bytes);
    assert_eq!((pages, set.pages), (2, 2));
    for wanted in ["五化破五难", "规划", "批准128.64", "投资表", "1,234.56", "合计", "网格", "没有数据。"]
    {
        assert!(text.contains(wanted), "{wanted} in {text}");
    }
    let document = lopdf::Document::load_mem(&set.bytes).expect("a PDF");
    let catalog = document.catalog().expect("a catalog");
    for wanted in [&b"Outlines"[..], b"StructTreeRoot", b"Lang"] {
        assert!(catalog.has(wanted), "{wanted:?}");
    }
    let links = document.objects.values().filter_map(|object| object.as_dict().ok()).filter(|dictionary| {
        dictionary
            .get(b"URI")
            .and_then(lopdf::Object::as_str)
            .is_ok_and(|uri| uri == b"https://city.example/figures/F5")
    });
    assert!(
        links.count() >= 1 || set.bytes.windows(30).any(|part| part == b"https://city.example/figures/F")
    );
}

#[test]
fn text_is_never_markup() {
    for text in [
        "#panic(\"x\")",
        "$x^2$",
        "= a",
        "*b* _c_ `d` <e> @f",
        "#import \"/x.typ\": *",
        "\\u{41}//x",
        "[#read(\"/etc/passwd\")]",
        "- a",
        "~--...\"'",
    ] {
        let set = pdf(&report(vec![paragraph(text)])).expect("set");
        let (_, printed) = text_of(&set.bytes);
        assert!(printed.contains(&text.replace(' ', "")), "{text} in {printed}");
    }
}

#[test]
fn characters_without_a_glyph_are_boxes_and_counted() {
    let set = pdf(&report(vec![paragraph("𠀀 😀 سلام \u{e000}\u{0}\u{202e} 镕")])).expect("set");
    assert_eq!(set.characters_missing, 7);
    assert!(text_of(&set.bytes).1.contains("□□□□□□□镕"));
}

#[test]
fn drawings_read_no_files_and_broken_ones_are_refused() {
    let map = |svg: &str| report(vec![Block::Map(Map { svg: svg.to_owned(), caption: "图".to_owned() })]);
    assert!(matches!(pdf(&map("no drawing")), Err(TypesetError::Unset { .. })));
    let begin = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\">";
    let outside =
        pdf(&map(&format!("{begin}<image href=\"/etc/hostname\" width=\"5\" height=\"5\"/></svg>")));
    assert!(matches!(&outside, Err(TypesetError::Unset { .. })), "{outside:?}");
    let rare = pdf(&map(&format!("{begin}<text y=\"8\">&#x20000;</text></svg>"))).expect("set");
    assert!(!rare.is_archival, "a glyph is missing that was not seen before");
}

#[test]
fn long_tables_and_long_words_stay_on_the_page() {
    let row = |index: i64| {
        vec![Cell::from(format!("网格{index}")), Cell::number(index, 0), Cell::from("w".repeat(90))]
    };
    let header = vec![vec!["名称".into(), "数".into(), "词".into()]];
    let table = Table { header, rows: (0..400).map(row).collect(), ..Table::default() };
    let set = pdf(&report(vec![Block::Table(table), paragraph(&"x".repeat(5_000))])).expect("set");
    let (pages, text) = text_of(&set.bytes);
    assert!(pages > 10);
    assert!(text.matches("名称").count() >= pages - 3, "the header stands on each page of the table");
    assert!(text.contains("网格399"));
}

#[test]
fn tables_that_are_too_long_for_paper_are_refused() {
    let table = Table { rows: vec![vec![Cell::default(); 50]; PDF_CELLS_MAX / 50], ..Table::default() };
    let refused = pdf(&report(vec![Block::Table(table)]));
    assert!(matches!(
        refused,
        Err(TypesetError::Document(documents::DocumentError::ReportTooLarge { what: "cells", .. }))
    ));
}

#[test]
fn what_has_no_date_is_set_but_not_archival() {
    let set =
        pdf(&Report {
            title: "无".to_owned(), date_text: "2016年上半年".to_owned(), ..Report::default()
        })
        .expect("set");
    assert!(!set.is_archival);
    assert_eq!(set.pages, 1);
    assert!(pdf(&Report::default()).is_ok());
}

#[test]
fn letters_have_their_parts_and_no_number_on_page_one() {
    let mut letter = LetterPaper {
        mark: "凯里市城市管理局".to_owned(),
        number: "凯城管函〔2016〕12号".to_owned(),
        title: "关于商请协同整治占道经营的函".to_owned(),
        addressees: vec!["市市场监督管理局".to_owned()],
        paragraphs: vec!["现将有关事项函告如下。".to_owned()],
        attachments: vec!["清单".to_owned()],
        signatures: vec!["凯里市城市管理局".to_owned()],
        date_text: "2016年7月1日".to_owned(),
        note: "联系人：经办人".to_owned(),
        copies: vec!["市人民政府办公室".to_owned()],
        ..LetterPaper::default()
    };
    let set = letter_pdf(&letter).expect("set");
    assert!(set.is_archival && set.characters_missing == 0);
    assert_eq!(set, letter_pdf(&letter).expect("set"));
    let (pages, text) = text_of(&set.bytes);
    assert_eq!(pages, 1);
    for wanted in
        ["〔2016〕12号", "整治占道经营的函", "附件：清单", "（联系人：经办人）", "抄送：市人民政府办公室。"]
    {
        assert!(text.contains(wanted), "{wanted} in {text}");
    }
    assert!(!text.contains("—1—"));
    letter.paragraphs = vec!["井盖".repeat(300); 3];
    let (pages, text) = text_of(&letter_pdf(&letter).expect("set").bytes);
    assert!(pages > 1 && text.contains("—2—") && !text.contains("—1—"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn any_text_is_set(text in "\\PC{0,20}|[#\\[\\]{}()$*_`=+/@<>\\\\\"' \\n~-]{0,20}") {
        let cell = Cell { link: Some(format!("https://a.example/{text}")), ..Cell::from(text.as_str()) };
        let table = Table { caption: text.clone(), header: vec![vec![text.as_str().into()]], rows: vec![vec![cell]], total: None };
        let mut any = report(vec![Block::Heading(2, text.clone()), paragraph(&text), Block::Table(table)]);
        any.title = text.clone();
        any.notes = vec![text];
        prop_assert!(pdf(&any).is_ok());
    }
}
