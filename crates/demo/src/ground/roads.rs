//! Roads: the lines of the net in the town, and those that lead out to the towns and villages. Some names are those of real streets of Kaili;
//! where they run is made up.

use map::geometry::{Geometry, LineString};

use super::{
    Feature,
    border::{Borders, positions},
    land::{Land, WayKind},
    lattice::block,
    plan::{BLOCK_COLUMNS, BLOCK_ROWS, BROOK_LINE},
    plane::Point,
    register::Entry,
};
use crate::{dice::Dice, error::DemoError};

/// A name in Chinese and English.
type Name = (&'static str, &'static str);

/// Roads from north to south along each line between columns of blocks, from the west: the name of the northern and of the southern half.
const NORTH_SOUTH: [[Name; 2]; BLOCK_COLUMNS + 1] = [
    [("环城西路", "Huancheng West Road"), ("环城西路", "Huancheng West Road")],
    [("迎宾大道", "Yingbin Avenue"), ("金山大道", "Jinshan Avenue")],
    [("韶山北路", "Shaoshan North Road"), ("韶山南路", "Shaoshan South Road")],
    [("文化北路", "Wenhua North Road"), ("文化南路", "Wenhua South Road")],
    [("大桥路", "Daqiao Road"), ("永乐路", "Yongle Road")],
    [("", ""), ("", "")],
    [("宁波路", "Ningbo Road"), ("宁波路", "Ningbo Road")],
    [("环城东路", "Huancheng East Road"), ("环城东路", "Huancheng East Road")],
];
/// Roads from west to east along each line between rows of blocks, from the north: the name of the western and of the eastern half.
const WEST_EAST: [[Name; 2]; BLOCK_ROWS + 1] = [
    [("环城北路", "Huancheng North Road"), ("环城北路", "Huancheng North Road")],
    [("凯开大道", "Kaikai Avenue"), ("清江路", "Qingjiang Road")],
    [("营盘西路", "Yingpan West Road"), ("营盘东路", "Yingpan East Road")],
    [("北京西路", "Beijing West Road"), ("北京东路", "Beijing East Road")],
    [("友庄路", "Youzhuang Road"), ("开元大道", "Kaiyuan Avenue")],
    [("广场路", "Guangchang Road"), ("广场路", "Guangchang Road")],
    [("环城南路", "Huancheng South Road"), ("环城南路", "Huancheng South Road")],
];
/// Lines between blocks where a name ends and the next begins.
const HALF_COLUMN: usize = 4;
const HALF_ROW: usize = 3;
/// Chance that a line inside of a block is a street, and that it runs through the whole block.
const STREET: f64 = 0.8;
const WHOLE: f64 = 0.6;
/// Ways to one place of the open country that are drawn from a far view.
const TRUNK_ZOOM: u8 = 8;
const ARTERIAL_ZOOM: u8 = 10;
const LANE_ZOOM: u8 = 11;
const STREET_ZOOM: u8 = 13;

/// All roads as features of the layer `road`.
pub(super) fn roads(
    seed: u64,
    land: &Land,
    borders: &Borders<'_>,
    communities: &[Entry],
) -> Result<Vec<Feature>, DemoError> {
    let mut roads = Drawn::default();
    arterials(land, &mut roads)?;
    leading_out(land, borders, communities, &mut roads)?;
    inside_blocks(seed, land, communities, &mut roads)?;
    Ok(roads.0)
}

#[derive(Default)]
struct Drawn(Vec<Feature>);

impl Drawn {
    fn add(&mut self, name: (String, String), points: &[Point], zoom_min: u8) -> Result<(), DemoError> {
        self.0.push(Feature {
            layer: "road".to_owned(),
            code: format!("road-{:04}", self.0.len() + 1),
            name_zh: name.0,
            name_en: name.1,
            geometry: Geometry::LineString(LineString::new(positions(points))?),
            zoom_min,
        });
        Ok(())
    }
}

/// Along every border between blocks, and around the town. Where the brook runs there is none.
fn arterials(land: &Land, roads: &mut Drawn) -> Result<(), DemoError> {
    let lattice = &land.lattice;
    let is_block = |column: Option<usize>, row: Option<usize>| matches!((column, row), (Some(column), Some(row)) if block(column, row).is_some());
    for line in (0..=BLOCK_COLUMNS).filter(|line| *line != BROOK_LINE) {
        let along = lattice.block_column_line(line);
        let beside = |row: usize| is_block(line.checked_sub(1), Some(row)) || is_block(Some(line), Some(row));
        for (half, rows) in [(0, 0..HALF_ROW), (1, HALF_ROW..BLOCK_ROWS)] {
            for run in runs(rows, beside) {
                let crossings = lattice.block_row_line(run.0)..=lattice.block_row_line(run.1);
                let points: Vec<Point> = crossings.map(|row| lattice.crossing(along, row)).collect();
                roads.add(owned(NORTH_SOUTH[line][half]), &points, ARTERIAL_ZOOM)?;
            }
        }
    }
    for (line, names) in WEST_EAST.iter().enumerate().take(BLOCK_ROWS + 1) {
        let along = lattice.block_row_line(line);
        let beside =
            |column: usize| is_block(Some(column), line.checked_sub(1)) || is_block(Some(column), Some(line));
        for (half, columns) in [(0, 0..HALF_COLUMN), (1, HALF_COLUMN..BLOCK_COLUMNS)] {
            for run in runs(columns, beside) {
                let crossings = lattice.block_column_line(run.0)..=lattice.block_column_line(run.1);
                let points: Vec<Point> = crossings.map(|column| lattice.crossing(column, along)).collect();
                roads.add(owned(names[half]), &points, ARTERIAL_ZOOM)?;
            }
        }
    }
    Ok(())
}

/// The longest runs in which something holds: first and end.
fn runs(range: std::ops::Range<usize>, holds: impl Fn(usize) -> bool) -> Vec<(usize, usize)> {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for place in range.filter(|place| holds(*place)) {
        match runs.last_mut() {
            Some(run) if run.1 == place => run.1 = place + 1,
            _ => runs.push((place, place + 1)),
        }
    }
    runs
}

fn owned(name: Name) -> (String, String) {
    (name.0.to_owned(), name.1.to_owned())
}

/// From the town to the seats of the towns, and from there to the villages.
fn leading_out(
    land: &Land,
    borders: &Borders<'_>,
    communities: &[Entry],
    roads: &mut Drawn,
) -> Result<(), DemoError> {
    for way in &land.ways {
        let (name, zoom) = match way.kind {
            WayKind::Trunk(community) => (trunk_name(&communities[community]), TRUNK_ZOOM),
            WayKind::Lane(community) => {
                let entry = &communities[community];
                ((format!("{}路", entry.name_zh), format!("{} Road", entry.name_en)), LANE_ZOOM)
            }
            WayKind::River | WayKind::Tributary | WayKind::Brook => continue,
        };
        // It is driven from the town.
        let corners: Vec<usize> = way.corners.iter().rev().copied().collect();
        roads.add(name, &borders.line(&corners), zoom)?;
    }
    Ok(())
}

/// 凯炉公路 for the road from Kaili to Lushan.
fn trunk_name(seat: &Entry) -> (String, String) {
    let (town_zh, town_en) = TOWNS
        .iter()
        .find(|(code, ..)| seat.code.get(6..9) == Some(code))
        .map_or(("", ""), |(_, zh, en)| (zh, en));
    (format!("凯{town_zh}公路"), format!("Kaili–{town_en} Road"))
}

/// How the towns are called in the names of roads.
const TOWNS: [(&str, &str, &str); 11] = [
    ("100", "三", "Sankeshu"),
    ("101", "舟", "Zhouxi"),
    ("103", "旁", "Panghai"),
    ("104", "湾", "Wanshui"),
    ("105", "炉", "Lushan"),
    ("106", "万", "Wanchao"),
    ("107", "龙", "Longchang"),
    ("108", "碧", "Bibo"),
    ("109", "下", "Xiasi"),
    ("110", "棠", "Kaitang"),
    ("111", "大", "Dafengdong"),
];

/// Streets and lanes inside of the blocks, named after the community.
fn inside_blocks(seed: u64, land: &Land, communities: &[Entry], roads: &mut Drawn) -> Result<(), DemoError> {
    let lattice = &land.lattice;
    let mut dice = Dice::new(seed, "streets");
    for block_row in 0..BLOCK_ROWS {
        for block_column in 0..BLOCK_COLUMNS {
            let entry = block(block_column, block_row)
                .and_then(|code| communities.iter().find(|entry| entry.code.ends_with(code)));
            let Some(entry) = entry else { continue };
            let columns =
                (lattice.block_column_line(block_column), lattice.block_column_line(block_column + 1));
            let rows = (lattice.block_row_line(block_row), lattice.block_row_line(block_row + 1));
            let mut number = 0;
            for line in columns.0 + 1..columns.1 {
                if let Some((from, to)) = stretch(rows, &mut dice) {
                    number += 1;
                    let points: Vec<Point> = (from..=to).map(|row| lattice.crossing(line, row)).collect();
                    roads.add(numbered(entry, number, "街", "Street"), &points, STREET_ZOOM)?;
                }
            }
            number = 0;
            for line in rows.0 + 1..rows.1 {
                if let Some((from, to)) = stretch(columns, &mut dice) {
                    number += 1;
                    let points: Vec<Point> =
                        (from..=to).map(|column| lattice.crossing(column, line)).collect();
                    roads.add(numbered(entry, number, "巷", "Lane"), &points, STREET_ZOOM)?;
                }
            }
        }
    }
    Ok(())
}

/// The part of a line across a block that is a street; always open to one side at least.
fn stretch(lines: (usize, usize), dice: &mut Dice) -> Option<(usize, usize)> {
    if !dice.chance(STREET) {
        return None;
    }
    if dice.chance(WHOLE) {
        return Some(lines);
    }
    let length = 2 + dice.below((lines.1 - lines.0).saturating_sub(2));
    Some(if dice.chance(0.5) { (lines.0, lines.0 + length) } else { (lines.1 - length, lines.1) })
}

fn numbered(entry: &Entry, number: usize, kind_zh: &str, kind_en: &str) -> (String, String) {
    const NUMBERS: [(&str, &str); 6] =
        [("一", "1st"), ("二", "2nd"), ("三", "3rd"), ("四", "4th"), ("五", "5th"), ("六", "6th")];
    let (zh, en) = NUMBERS.get(number.saturating_sub(1)).copied().unwrap_or(("新", "New"));
    // A community may be called after a road: 大桥路社区 gives 大桥一街.
    let stem_zh = entry.stem_zh.trim_end_matches(['路', '巷']);
    let stem_en = entry.stem_en.trim_end_matches(" Road").trim_end_matches("xiang");
    (format!("{stem_zh}{zh}{kind_zh}"), format!("{stem_en} {en} {kind_en}"))
}
