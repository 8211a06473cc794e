//! What a table's headers and values suggest.

use documents::datetime::DateTimeFormat;

use super::*;
use crate::case::{Source, Stage};

fn proposal(bytes: impl Into<Vec<u8>>) -> Proposal {
    propose(&mut TableFile::from_bytes(bytes.into()).unwrap()).unwrap()
}

fn codes(doubts: &[Doubt]) -> Vec<(ColumnRole, &'static str)> {
    doubts.iter().map(|doubt| (doubt.role, doubt.code)).collect()
}

#[test]
fn the_shape_of_open_request_data_is_known() {
    let proposal = proposal(SAMPLE);
    assert!(proposal.sure, "{:?}", proposal.missing);
    let mapping = &proposal.mapping;
    assert_eq!((mapping.id.as_str(), mapping.class.column.as_str()), ("SRNumber", "RequestType"));
    let months_first = |column: &str| {
        Some(DateColumn { column: column.to_owned(), formats: vec![DateTimeFormat::MonthDayYear] })
    };
    assert_eq!(Some(mapping.reported_at.clone()), months_first("CreatedDate"));
    assert_eq!(mapping.closed_at, months_first("ClosedDate"));
    assert_eq!(mapping.updated_at, months_first("UpdatedDate"));
    assert_eq!(mapping.due_at, months_first("ServiceDate"));
    assert_eq!(mapping.address.as_deref(), Some("Address"));
    let columns = PlaceColumns::Columns { lon: "Longitude".to_owned(), lat: "Latitude".to_owned() };
    assert_eq!(mapping.place, Some(columns));
    let state = mapping.state.as_ref().unwrap();
    assert_eq!(state.column, "Status");
    assert_eq!(state.words["Cancelled"], Stage::Voided);
    assert_eq!(state.words["Referred Out"], Stage::Refused);
    assert_eq!(mapping.channel.as_ref().unwrap().words["Call"], Source::Hotline);
    assert_eq!(
        codes(&proposal.doubts),
        [(ColumnRole::State, "mapping_word_unknown"), (ColumnRole::Channel, "mapping_word_unknown")]
    );
    assert!(mapping.leave_out.is_empty(), "no column tells of persons");
    let kept = proposal.columns.iter().find(|column| column.column == "Owner").unwrap();
    assert_eq!(kept.role, ColumnRole::Field);
    let shown = serde_json::to_string(&proposal).unwrap();
    assert!(!shown.contains("13800138000") && !shown.contains("someone@example.org"));
}

const CHINESE: &str = "2016年一季度案卷表,,,,,,,,\r\n\
    案卷编号,上报时间,问题类型,案卷状态,问题来源,问题描述,发生地点,经度,纬度,联系电话,办理人员,回复邮箱\r\n\
    凯2016001,2016年3月1日 9时5分,暴露垃圾,已结案,热线,垃圾没有清走,北京东路,107.981234,26.571234,13800138000,王建国,a@example.org\r\n\
    凯2016002,2016-3-2 10:00,店外经营,处理中,巡查,占道摆摊,韶山南路,107.982345,26.572345,13900139000,李小红,b@example.org\r\n\
    凯2016003,2016/3/3 8:30,不明问题,作废,视频,无,宁波路,107.983456,26.573456,,陈伟,\r\n";

#[test]
fn chinese_tables_are_known_in_every_encoding() {
    let (gb, _, unmapped) = encoding_rs::GB18030.encode(CHINESE);
    assert!(!unmapped);
    let marked = [b"\xEF\xBB\xBF".as_slice(), CHINESE.as_bytes()].concat();
    let semicolons = CHINESE.replace(',', ";").into_bytes();
    for bytes in [CHINESE.as_bytes().to_vec(), marked, gb.into_owned(), semicolons] {
        let proposal = proposal(bytes);
        assert!(proposal.sure, "{proposal:#?}");
        let mapping = proposal.mapping;
        assert_eq!(mapping.header_row, Some(2), "a title stands above");
        assert_eq!((mapping.id.as_str(), mapping.class.column.as_str()), ("案卷编号", "问题类型"));
        assert_eq!(mapping.reported_at.column, "上报时间");
        assert_eq!(mapping.reported_at.formats, [DateTimeFormat::YearMonthDay]);
        assert_eq!(mapping.text.as_deref(), Some("问题描述"));
        assert_eq!(mapping.address.as_deref(), Some("发生地点"));
        assert_eq!(
            mapping.leave_out,
            ["办理人员"],
            "names by their look; the rest by what the columns are called"
        );
        assert_eq!(mapping.state.unwrap().words.len(), 3);
        let left: Vec<&str> = proposal
            .columns
            .iter()
            .filter(|column| column.role == ColumnRole::LeftOut)
            .map(|column| column.column.as_str())
            .collect();
        assert_eq!(left, ["联系电话", "办理人员", "回复邮箱"]);
        let silent = |column: &&ColumnProposal| column.role == ColumnRole::LeftOut;
        assert!(proposal.columns.iter().filter(silent).all(|column| column.examples.is_empty()));
    }
}

#[test]
fn days_and_months_are_told_apart_by_the_whole_file_and_by_neighbours() {
    let table = |last: &str| {
        let mut text = "id,created,type,closed\n".to_owned();
        for number in 0..2_100 {
            text.push_str(&format!("a{number},0{}/04/2016 10:00,lamp,02/03/2016 11:00\n", number % 9 + 1));
        }
        text + "z," + last + ",lamp,\n"
    };
    let settled = proposal(table("25/04/2016 10:00"));
    assert!(settled.sure, "{:?}", settled.missing);
    assert_eq!(settled.mapping.reported_at.formats, [DateTimeFormat::DayMonthYear]);
    assert_eq!(
        settled.mapping.closed_at.unwrap().formats,
        [DateTimeFormat::DayMonthYear],
        "as its neighbour"
    );
    let open = proposal(table("05/04/2016 10:00"));
    assert!(!open.sure);
    assert_eq!(codes(&open.missing), [(ColumnRole::ReportedAt, "mapping_date_order_unknown")]);
    assert_eq!(open.mapping.closed_at, None, "kept as a field, since it cannot be read");
}

#[test]
fn values_help_where_names_do_not() {
    let text = "a,b,c,d,e\n\
        K1,2016-03-01 09:00,lamp,107.981234,26.571234\n\
        K2,2016-03-02 09:00,lamp,107.981235,26.571235\n\
        K3,2016-03-03 09:00,bin,107.981236,26.571236\n";
    let guessed = proposal(text);
    assert!(!guessed.sure);
    assert_eq!((guessed.mapping.id.as_str(), guessed.mapping.reported_at.column.as_str()), ("a", "b"));
    let columns = PlaceColumns::Columns { lon: "d".to_owned(), lat: "e".to_owned() };
    assert_eq!(guessed.mapping.place, Some(columns));
    assert_eq!(
        codes(&guessed.missing),
        [
            (ColumnRole::Id, "mapping_column_doubtful"),
            (ColumnRole::ReportedAt, "mapping_column_doubtful"),
            (ColumnRole::Class, "mapping_column_not_found")
        ]
    );
    let one_cell = proposal(
        "id,created,type,经纬度\n1,2016-03-01,lamp,\"107.98, 26.57\"\n2,2016-03-02,bin,\"107.99, 26.58\"\n",
    );
    assert_eq!(
        one_cell.mapping.place,
        Some(PlaceColumns::Point { column: "经纬度".to_owned(), order: PointOrder::LonLat })
    );
    let commas =
        proposal("id;created;type;lon;lat\n1;2016-03-01;lamp;107,98;26,57\n2;2016-03-02;bin;107,99;26,58\n");
    assert!(commas.mapping.decimal_comma);
}

#[test]
fn a_source_keeps_its_name_from_file_to_file() {
    let march = proposal("id,created,type\n1,2016-03-01,lamp\n2,2016-03-02,bin\n");
    let april = proposal("id,created,type\n7,2016-04-01,lamp\n8,2016-04-02,bin\n");
    let other = proposal("id,created,type,colour\n7,2016-04-01,lamp,red\n8,2016-04-02,bin,blue\n");
    assert_eq!(march.mapping.source, april.mapping.source);
    assert_ne!(march.mapping.source, other.mapping.source);
}

#[test]
fn a_mapping_that_cannot_be_used_says_why() {
    use kernel::error::Coded as _;
    let fails = |change: &dyn Fn(&mut Mapping)| {
        let mut mapping = sample_mapping();
        change(&mut mapping);
        let store = db::testing::stores().unwrap().swap_remove(0);
        let town = Town::in_store(&store.db);
        let view = town.view();
        let ground = Ground::of(&view, system(), now()).unwrap();
        let mut file = TableFile::from_bytes(SAMPLE.to_vec()).unwrap();
        import_cases(&town.ledger, &ground, &mut file, &mapping, &mut |_| {}).unwrap_err().code()
    };
    assert_eq!(fails(&|mapping| mapping.id = "Number".to_owned()), "mapping_column_missing");
    assert_eq!(fails(&|mapping| mapping.source.clear()), "mapping_malformed");
    assert_eq!(fails(&|mapping| mapping.zone = Some("Mars/Olympus".to_owned())), "mapping_malformed");
    assert_eq!(fails(&|mapping| mapping.reported_at.formats.clear()), "mapping_malformed");
    let handled = |mapping: &mut Mapping| {
        mapping.state.as_mut().unwrap().words.insert("Parked".to_owned(), Stage::Handling);
    };
    assert_eq!(fails(&handled), "mapping_malformed");
    let unknown = |mapping: &mut Mapping| {
        mapping.class.words.insert("Fallen Branch".to_owned(), "2026-matter-99999".to_owned());
    };
    assert_eq!(fails(&unknown), "class_unknown");
    assert_eq!(Mapping::from_json("{\"source\": 1}").unwrap_err().code(), "mapping_malformed");
    assert_eq!(Mapping::from_json("{}").unwrap_err().code(), "mapping_malformed");
}
