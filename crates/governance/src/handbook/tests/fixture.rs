//! Workbooks made here, in the shape that cities hold: a title, nine headings, cells merged downwards.

use documents::table::TableFile;
use rust_xlsxwriter::{Format, Workbook};

use crate::{
    dictionary::{ClassKind, Dictionary, EDITION_2026},
    handbook::{
        Merge, SheetTable,
        workbook::{Import, Outcome, SheetRows, import, read_table},
    },
};

pub(super) const NINE: [&str; 9] = [
    "大类代码",
    "大类名称",
    "小类代码",
    "小类名称",
    "处置单位",
    "主管部门",
    "立案条件",
    "结案条件",
    "处置时限",
];

pub(super) fn dictionary() -> Dictionary {
    Dictionary::standard().unwrap()
}

pub(super) fn context<'a>(dictionary: &'a Dictionary) -> Import<'a> {
    Import { dictionary, edition: EDITION_2026, units: &[], previous: None }
}

/// A sheet without a file, its rows counted from 2.
pub(super) fn sheet(name: &str, header: &[&str], rows: &[&[&str]]) -> SheetRows {
    let owned = |cells: &[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect::<Vec<_>>();
    SheetRows {
        name: name.to_owned(),
        header: owned(header),
        rows: rows.iter().zip(2..).map(|(cells, number)| (number, owned(cells))).collect(),
        unreadable: Vec::new(),
    }
}

/// A row of the nine columns for class 暴露垃圾, with the text and limit given.
pub(super) fn refuse_row<'a>(condition: &'a str, limit: &'a str) -> [&'a str; 9] {
    ["06", "市容环境类", "010", "暴露垃圾", "环卫站", "城管局", condition, "清除", limit]
}

/// Writes sheets as a workbook: values of a merge stand in its first cell only, as spreadsheet programs keep them.
pub(super) fn xlsx(sheets: &[SheetTable], title: Option<&str>) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let format = Format::new();
    for table in sheets {
        let sheet = workbook.add_worksheet();
        sheet.set_name(&table.name).unwrap();
        let mut top = 0;
        if let Some(title) = title {
            sheet.merge_range(0, 0, 0, 8, title, &format).unwrap();
            top = 1;
        }
        for (column, heading) in (0..).zip(&table.header) {
            sheet.write_string(top, column, heading).unwrap();
        }
        let line = |row: usize| top + 1 + u32::try_from(row).unwrap();
        let covered = |row: usize, column: usize| {
            table
                .merges
                .iter()
                .any(|merge| merge.column == column && (merge.first_row..=merge.last_row).contains(&row))
        };
        for (row, cells) in table.rows.iter().enumerate() {
            for (column, cell) in cells.iter().enumerate() {
                if !covered(row, column) && !cell.is_empty() {
                    sheet.write_string(line(row), u16::try_from(column).unwrap(), cell).unwrap();
                }
            }
        }
        for Merge { column, first_row, last_row } in &table.merges {
            let place = u16::try_from(*column).unwrap();
            let value = &table.rows[*first_row][*column];
            sheet.merge_range(line(*first_row), place, line(*last_row), place, value, &format).unwrap();
        }
    }
    workbook.save_to_buffer().unwrap()
}

/// Reads the bytes of a workbook or a CSV and imports them.
pub(super) fn import_bytes(bytes: Vec<u8>, context: &Import<'_>) -> Outcome {
    let mut file = TableFile::from_bytes(bytes).unwrap();
    import(&read_table(&mut file).unwrap(), context).unwrap()
}

/// A workbook of 375 component and 144 matter conditions, as many as the prefecture of standards 4.3 has.
pub(super) fn prefecture(dictionary: &Dictionary) -> Vec<SheetTable> {
    const LIMITS: [&str; 6] =
        ["1天", "3天", "4小时", "2紧急工作时", "停工4工作时;处罚7工作日;拆除20工作日", "5工作日"];
    [(ClassKind::Component, 375_usize), (ClassKind::Matter, 144)]
        .into_iter()
        .map(|(kind, count)| {
            let classes: Vec<_> = dictionary
                .classes(EDITION_2026, kind)
                .filter(|class| kind == ClassKind::Component || class.major.as_str() >= "06")
                .collect();
            let mut rows = Vec::new();
            let mut merges = Vec::new();
            let mut done = 0;
            // Every class gets its conditions in one block; the first classes take one more.
            for (place, class) in classes.iter().enumerate() {
                let share = count / classes.len() + usize::from(place < count % classes.len());
                let first_row = rows.len();
                for number in 0..share {
                    let major = dictionary.major(EDITION_2026, kind, &class.major).unwrap();
                    rows.push(vec![
                        class.major.clone(),
                        major.name_zh.clone(),
                        class.key.code[2..].to_owned(),
                        class.name_zh.clone(),
                        "环卫站".to_owned(),
                        "城管局".to_owned(),
                        format!("{}第{}种情形，面积≥{}平方米", class.name_zh, number + 1, number + 1),
                        "恢复原状".to_owned(),
                        LIMITS[done % LIMITS.len()].to_owned(),
                    ]);
                    done += 1;
                }
                if share > 1 {
                    merges.extend((2..6).map(|column| Merge { column, first_row, last_row: rows.len() - 1 }));
                }
            }
            for major in dictionary.majors(EDITION_2026, kind) {
                let own: Vec<usize> = (0..rows.len()).filter(|row| rows[*row][0] == major.code).collect();
                if let (Some(first), Some(last)) = (own.first(), own.last())
                    && last > first
                {
                    merges.extend([0, 1].map(|column| Merge { column, first_row: *first, last_row: *last }));
                }
            }
            SheetTable {
                name: kind.word_zh().to_owned(),
                header: NINE.map(str::to_owned).to_vec(),
                rows,
                merges,
            }
        })
        .collect()
}
