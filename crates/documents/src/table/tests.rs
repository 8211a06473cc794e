//! The door seen from outside: good tables, broken ones, bombs and garbage.

use std::io::Write as _;

use encoding_rs::GB18030;
use kernel::error::{Coded, ErrorKind};
use proptest::prelude::*;
use zip::{ZipWriter, write::SimpleFileOptions};

use super::*;
use crate::encoding::{Certainty, Encoding};

type Read = (u64, Vec<String>, Option<&'static str>);

fn read_with(bytes: impl Into<Vec<u8>>, options: &TableOptions) -> Result<(Sheet, Vec<Read>), DocumentError> {
    let mut file = TableFile::from_bytes(bytes.into())?;
    let mut reader = file.read(&SheetChoice::Index(0), options)?;
    let mut rows = Vec::new();
    while let Some(row) = reader.next_row()? {
        rows.push((row.number(), row.cells().map(str::to_owned).collect(), row.fault().map(RowFault::code)));
    }
    assert!((0.99..=1.0).contains(&reader.progress()), "{}", reader.progress());
    Ok((reader.sheet().clone(), rows))
}

fn read(bytes: impl Into<Vec<u8>>) -> Result<(Sheet, Vec<Read>), DocumentError> {
    read_with(bytes, &TableOptions::default())
}

fn rows(text: &str) -> Vec<Read> {
    read(text).expect("reads").1
}

fn row(number: u64, cells: &[&str], fault: Option<&'static str>) -> Read {
    (number, cells.iter().map(|cell| (*cell).to_owned()).collect(), fault)
}

fn code(bytes: impl Into<Vec<u8>>) -> &'static str {
    read(bytes).expect_err("is refused").code()
}

#[test]
fn delimiters_and_encodings_are_found() {
    for (text, delimiter) in [
        ("a,b;c\n1,2;2\n3,4;5;6\n", ','),
        ("a;b\n1,5;2\n3,25;4\n", ';'),
        ("a\tb\n1, 2, 3\t2\n", '\t'),
        ("a|b\n1|2\n", '|'),
        ("\"a,x\";b\n1;2\n", ';'),
        ("single\n1\n2\n", ','),
    ] {
        let file = TableFile::from_bytes(text.into()).expect("opens");
        let detected = Detected { encoding: Encoding::Utf8, certainty: Certainty::Certain };
        assert_eq!(file.format(), TableFormat::Delimited { delimiter, detected }, "{text}");
    }
    let text = "编号,问题\r\n1,井盖破损\r\n";
    let (sheet, found) = read(GB18030.encode(text).0.into_owned()).expect("reads");
    assert_eq!(sheet.header, ["编号", "问题"]);
    assert_eq!(found, [row(2, &["1", "井盖破损"], None)]);
    let (sheet, _) = read([b"\xEF\xBB\xBF", text.as_bytes()].concat()).expect("reads");
    assert_eq!(sheet.column("编号"), Some(0));
}

#[test]
fn row_numbers_are_those_of_the_spreadsheet() {
    let text = "id,text\n\n1,\"two\nlines\"\n,\n2,\"say \"\"hi\"\", then\"\r\n3,last";
    assert_eq!(
        rows(text),
        [
            row(3, &["1", "two\nlines"], None),
            row(5, &["2", "say \"hi\", then"], None),
            row(6, &["3", "last"], None)
        ]
    );
}

#[test]
fn faults_stay_with_their_row() {
    let text = "a,b\n1\n2,3,4\n5,6,,\n\"7\"x,8\n9,10\n";
    assert_eq!(
        rows(text),
        [
            row(2, &["1"], Some("row_ragged")),
            row(3, &["2", "3", "4"], Some("row_ragged")),
            row(4, &["5", "6", "", ""], None),
            row(5, &["7\"x", "8"], Some("row_quote_misplaced")),
            row(6, &["9", "10"], None),
        ]
    );
    let long = format!("a,b\n1,{}\n2,3\n", "井".repeat(CELL_CHARACTERS_MAX + 1));
    let found = rows(&long);
    assert_eq!(found[0].2, Some("cell_too_long"));
    assert_eq!(found[1], row(3, &["2", "3"], None));
}

#[test]
fn an_unclosed_quote_costs_one_row() {
    assert_eq!(
        rows("a,b\n1,\"open\n2,3\n4,5\n"),
        [
            row(2, &["1", "\"open"], Some("row_quote_unclosed")),
            row(3, &["2", "3"], None),
            row(4, &["4", "5"], None)
        ]
    );
    // The same where the end of the file is far away.
    let many = format!("a,b\n1,\"open\n{}", "2,3\n".repeat(ROW_BYTES_MAX / 2));
    let mut file = TableFile::from_bytes(many.into_bytes()).expect("opens");
    let mut reader = file.read(&SheetChoice::Index(0), &TableOptions::default()).expect("header");
    let (mut good, mut faulty) = (0, 0);
    while let Some(row) = reader.next_row().expect("reads") {
        *(if row.fault().is_some() { &mut faulty } else { &mut good }) += 1;
    }
    assert_eq!((good, faulty), (ROW_BYTES_MAX / 2, 1));
}

#[test]
fn rows_cut_by_the_buffer_are_whole_again() {
    let mut text = String::from("id,text,more\r\n");
    for index in 0..20_000 {
        text.push_str(&format!("{index},\"井盖 \"\"{index}\"\"\r\nnext\",x{index}\r\n"));
    }
    for (index, found) in rows(&text).into_iter().enumerate() {
        let cells = [index.to_string(), format!("井盖 \"{index}\"\r\nnext"), format!("x{index}")];
        assert_eq!(found, (index as u64 + 2, cells.to_vec(), None));
    }
}

#[test]
fn what_is_no_table_is_refused() {
    assert_eq!(code(""), "document_empty");
    assert_eq!(code(" \r\n\n"), "document_empty");
    assert_eq!(code(",,\n,,\n"), "document_empty");
    assert_eq!(code(b"\xEF\xBB\xBF".to_vec()), "document_empty");
    assert_eq!(code("%PDF-1.7"), "document_not_a_table");
    assert_eq!(code("<html><table>"), "document_not_a_table");
    assert_eq!(code("{\"a\": 1}"), "document_not_a_table");
    assert_eq!(code(b"a,b\n\0\0\0\n".to_vec()), "document_not_a_table");
    assert_eq!(code(b"\xFF\xD8\xFF\xE0....".to_vec()), "document_not_a_table");
    assert_eq!(code(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec()), "workbook_old_or_locked");
    assert_eq!(code(b"a,b\n1,\xFF\n".to_vec()), "document_encoding_unknown");
    assert_eq!(code(",".repeat(TABLE_COLUMNS_MAX + 10)), "columns_too_many");
    assert_eq!(code("x".repeat(ROW_BYTES_MAX + BUFFER_MARGIN)), "row_too_long");
    assert_eq!(code(b"PK\x03\x04 and then nothing".to_vec()), "workbook_malformed");
}

const BUFFER_MARGIN: usize = 512 * 1024;

#[test]
fn headers_are_found_below_titles() {
    let text = "部件立案标准,,\n\n大类,小类,条件\n1,2,3\n";
    let naming = Header::Naming(vec!["小类".to_owned(), "大类".to_owned()]);
    let (sheet, found) =
        read_with(text, &TableOptions { header: naming, ..Default::default() }).expect("reads");
    assert_eq!((sheet.header_number, sheet.header.len()), (3, 3));
    assert_eq!(found, [row(4, &["1", "2", "3"], None)]);
    let (sheet, found) =
        read_with(text, &TableOptions { header: Header::Row(3), ..Default::default() }).expect("reads");
    assert_eq!((sheet.header_number, found.len()), (3, 1));
    let (sheet, found) =
        read_with(text, &TableOptions { header: Header::Absent, ..Default::default() }).expect("reads");
    assert_eq!((sheet.header_number, found.len()), (0, 3));
    for header in [Header::Row(2), Header::Row(9), Header::Naming(vec!["没有".to_owned()])] {
        let refused =
            read_with(text, &TableOptions { header, ..Default::default() }).expect_err("is refused");
        assert_eq!((refused.code(), refused.kind()), ("header_missing", ErrorKind::Invalid));
    }
}

const SHEET_START: &str =
    r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>"#;

/// A workbook made by hand, with one sheet of that XML.
fn workbook(sheet: &str) -> Vec<u8> {
    archive(&[
        (
            "[Content_Types].xml",
            r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>"#,
        ),
        (
            "_rels/.rels",
            r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#,
        ),
        (
            "xl/workbook.xml",
            r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="部件" sheetId="1" r:id="r1"/></sheets></workbook>"#,
        ),
        (
            "xl/_rels/workbook.xml.rels",
            r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#,
        ),
        ("xl/worksheets/sheet1.xml", sheet),
    ])
}

fn archive(entries: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in entries {
        writer.start_file(*name, SimpleFileOptions::default()).expect("starts");
        writer.write_all(content.as_bytes()).expect("writes");
    }
    writer.finish().expect("finishes").into_inner()
}

fn sheet(rows: &str) -> Vec<u8> {
    workbook(&format!("{SHEET_START}{rows}</sheetData></worksheet>"))
}

const HEADING: &str = r#"<row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c><c r="B1" t="inlineStr"><is><t>b</t></is></c></row>"#;

#[test]
fn sheets_keep_their_row_numbers_and_values() {
    let bytes = sheet(&format!(
        r#"{HEADING}<row r="4"><c r="A4"><f>SUM(C1:C9)</f><v>0.30000000000000004</v></c><c r="B4"><v>522601</v></c></row>
        <row r="5"><c r="A5"/></row><row r="7"><c r="B7" t="b"><v>1</v></c></row>
        <row r="8"><c r="A8" t="e"><v>#N/A</v></c><c r="C8"><v>3</v></c></row><row r="9"><c r="C9"><v>3</v></c></row>"#
    ));
    let (sheet, found) = read(bytes.clone()).expect("reads");
    assert_eq!((sheet.name.as_str(), sheet.header.join("")), ("部件", "ab".to_owned()));
    assert_eq!(
        found,
        [
            row(4, &["0.3", "522601"], None),
            row(7, &["", "TRUE"], None),
            row(8, &["#N/A", "", "3"], Some("cell_spreadsheet_error")),
            row(9, &["", "", "3"], Some("row_ragged")),
        ]
    );
    let mut file = TableFile::from_bytes(bytes).expect("opens");
    assert_eq!(file.sheet_names(), ["部件"]);
    assert!(file.read(&SheetChoice::Name(" 部件 ".to_owned()), &TableOptions::default()).is_ok());
    for choice in [SheetChoice::Index(1), SheetChoice::Name("事件".to_owned())] {
        let refused = file.read(&choice, &TableOptions::default()).err().expect("is refused");
        assert_eq!((refused.code(), &refused.details()["available"]), ("sheet_missing", &"部件".into()));
    }
}

#[test]
fn contradictory_sheets_are_refused() {
    for (rows, expected) in [
        (
            r#"<row r="3"><c r="A3"><v>1</v></c></row><row r="2"><c r="A2"><v>1</v></c></row>"#,
            "workbook_malformed",
        ),
        (r#"<row r="2"><c r="ZZZ2"><v>1</v></c></row>"#, "columns_too_many"),
        (r#"<row r="2"><c r="A99999999999"><v>1</v></c></row>"#, "workbook_malformed"),
        (r#"<row r="2"><c r="A2" t="s"><v>7</v></c></row>"#, "workbook_malformed"),
        (r#"<row r="2"><c r="A2"><v>1"#, "workbook_malformed"),
    ] {
        assert_eq!(code(sheet(&format!("{HEADING}{rows}"))), expected, "{rows}");
    }
    assert_eq!(code(sheet("")), "document_empty");
}

#[test]
fn bombs_are_refused_before_they_unpack() {
    let bomb = workbook(&format!("{SHEET_START}{}", " ".repeat(8 * 1024 * 1024)));
    assert!(bomb.len() < 20_000);
    let refused = TableFile::from_bytes(bomb).err().expect("is refused");
    assert_eq!((refused.code(), refused.kind()), ("workbook_unpacks_too_large", ErrorKind::TooLarge));
    assert_eq!(refused.details()["measure"], "ratio");

    let many: Vec<(String, &str)> = (0..=XLSX_ENTRIES_MAX).map(|index| (format!("e{index}"), "")).collect();
    let many: Vec<(&str, &str)> = many.iter().map(|(name, content)| (name.as_str(), *content)).collect();
    let refused = TableFile::from_bytes(archive(&many)).err().expect("is refused");
    assert_eq!(refused.details()["measure"], "entries");

    // A small size in the headers, a large content behind them.
    let mut liar = workbook(&format!("{SHEET_START}{}", " ".repeat(2 * 1024 * 1024)));
    let size = u32::try_from(SHEET_START.len() + 2 * 1024 * 1024).expect("small").to_le_bytes();
    let places: Vec<usize> = memchr::memmem::find_iter(&liar, &size).collect();
    assert!(!places.is_empty());
    for place in places {
        liar[place..place + 4].copy_from_slice(&100_u32.to_le_bytes());
    }
    let refused = TableFile::from_bytes(liar).err().expect("is refused").code();
    assert!(matches!(refused, "workbook_unpacks_too_large" | "workbook_malformed"), "{refused}");
}

#[test]
fn archives_that_are_no_workbook_are_refused() {
    assert_eq!(code(archive(&[("a.txt", "a,b")])), "document_not_a_table");
    for name in ["../../etc/passwd", "xl/../../x", "/absolute", "xl\\..\\x"] {
        assert_eq!(
            code(archive(&[("[Content_Types].xml", "<Types/>"), (name, "x")])),
            "workbook_entry_unsafe",
            "{name}"
        );
    }
    let nested = archive(&[("[Content_Types].xml", "<Types/>"), ("inner.zip", "PK\x03\x04")]);
    assert_eq!(code(nested), "workbook_malformed");
}

/// Service requests of an American city, which are not part of the repository.
#[test]
fn real_requests_are_read_without_a_fault() {
    let shared = std::env::var_os("WUHUA_SHARED").map_or_else(
        || {
            let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
            ["../shared", "../../shared"]
                .map(|place| root.join(place))
                .into_iter()
                .find(|place| place.is_dir())
        },
        |place| Some(place.into()),
    );
    let Some(path) =
        shared.map(|shared| shared.join("data/311/la311-2017-subset.csv")).filter(|path| path.is_file())
    else {
        println!("skipped: the sample of service requests is not on this machine");
        return;
    };
    let mut file = TableFile::open(&path).expect("opens");
    let mut reader = file.read(&SheetChoice::Index(0), &TableOptions::default()).expect("header");
    let created = reader.sheet().column("CreatedDate").expect("column");
    let (mut count, mut dates) = (0, Vec::new());
    while let Some(row) = reader.next_row().expect("reads") {
        assert_eq!((row.fault(), row.len()), (None, 33), "{}", row.number());
        dates.push(row.get(created).to_owned());
        count += 1;
        assert_eq!(row.number(), count + 1);
    }
    assert_eq!(count, 9_999);
    let detected = crate::datetime::detect(dates.iter().map(String::as_str)).expect("dates");
    assert_eq!(detected.format, crate::datetime::DateTimeFormat::MonthDayYear);
    assert_eq!((detected.certainty, detected.fitting), (Certainty::Certain, 9_999));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(120))]

    #[test]
    fn garbage_never_panics(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        let _ = read(bytes);
    }

    #[test]
    fn garbled_text_loses_no_row_and_never_panics(text in "[ab,;\"\\n\\r\\t井 ]{0,80}") {
        let _ = read(text);
    }

    #[test]
    fn damaged_workbooks_never_panic(places in proptest::collection::vec((0..4_000_usize, any::<u8>()), 1..6)) {
        let mut bytes = sheet(HEADING);
        for (place, byte) in places {
            let length = bytes.len();
            bytes[place % length] = byte;
        }
        let _ = read(bytes);
    }

    #[test]
    fn contradictory_xml_never_panics(rows in "(<row r=\"[0-9]{1,12}\">|<c r=\"[A-Z]{0,9}[0-9]{0,11}\" t=\"[sbe]\">|<v>|[0-9]{1,4}|</v>|</c>|</row>|<f>|</f>){1,12}") {
        let _ = read(sheet(&rows));
    }

    /// Whatever is quoted as the rules ask comes back, at the right row.
    #[test]
    fn quoted_cells_come_back(table in proptest::collection::vec(proptest::collection::vec("[a,;\"\\n\\r井]{1,6}", 3), 1..6)) {
        let mut text = "x,y,z\n".to_owned();
        for cells in &table {
            let quoted: Vec<String> = cells.iter().map(|cell| format!("\"{}\"", cell.replace('"', "\"\""))).collect();
            text.push_str(&quoted.join(","));
            text.push('\n');
        }
        let found = rows(&text);
        prop_assert_eq!(found.len(), table.len());
        for (index, (read, cells)) in found.iter().zip(&table).enumerate() {
            prop_assert_eq!(read, &(index as u64 + 2, cells.clone(), None));
        }
    }
}
