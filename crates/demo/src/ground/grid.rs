//! The unit grid: codes and area classes of the cells.

use governance::handbook::AreaClass;
use map::geometry::Position;

use super::{Cell, Unit, border::Borders, land::Land, plane::Point, register::Entry};
use crate::error::DemoError;

/// A row of cells begins anew where a cell lies farther south of the row's first than this part of its own height.
const ROW_PART: f64 = 0.5;
/// Cells nearer to the middle of the town than this are of class A, metres.
const BUSIEST_M: f64 = 1_500.0;
/// Cells nearer to the seat of their town than this are of class B, metres.
const SEAT_M: f64 = 900.0;

/// The cells by code, and for each site of the mesh the index of its cell.
pub(super) fn cells(
    land: &Land,
    borders: &Borders<'_>,
    communities: &[Entry],
    units: &[Unit],
) -> Result<(Vec<Cell>, Vec<Option<usize>>), DemoError> {
    let count = land.community_of_cell.len();
    let mut areas = borders.areas(count, |site| land.cell_of[site])?;
    let mut of_community: Vec<Vec<usize>> = vec![Vec::new(); communities.len()];
    for (cell, community) in land.community_of_cell.iter().enumerate() {
        of_community[*community].push(cell);
    }
    let mut cells = Vec::with_capacity(count);
    let mut place_of = vec![0; count];
    for (community, members) in of_community.iter().enumerate() {
        let entry = &communities[community];
        let street = entry.code.get(..9).unwrap_or_default();
        let unit = units.iter().find(|unit| unit.street.as_deref() == Some(street));
        let boxes = members.iter().filter_map(|cell| Some((*cell, Span::of(&areas[*cell])?)));
        for (number, cell) in in_rows(boxes.collect()).into_iter().enumerate() {
            let site = land.middle_of_cell[cell];
            let urban = land.atoms[site].is_urban();
            let middle = land.mesh.sites[site];
            place_of[cell] = cells.len();
            cells.push(Cell {
                code: format!("{}{:03}", entry.code, number + 1),
                community: entry.code.clone(),
                area: std::mem::take(&mut areas[cell]),
                middle: middle.position(),
                area_class: area_class(land, community, middle, urban),
                unit: unit.map(|unit| unit.code.clone()).unwrap_or_default(),
                collector: 0,
                urban,
            });
        }
    }
    let cell_of = land.cell_of.iter().map(|cell| cell.map(|cell| place_of[cell])).collect();
    Ok((cells, cell_of))
}

fn area_class(land: &Land, community: usize, middle: Point, urban: bool) -> AreaClass {
    let settled = land.settled[community];
    let to_seat = settled.middle.filter(|_| settled.seat).map(|site| land.mesh.sites[site].distance(middle));
    match (urban, to_seat) {
        (true, _) if middle.length() < BUSIEST_M => AreaClass::A,
        (true, _) => AreaClass::B,
        (false, Some(distance)) if distance < SEAT_M => AreaClass::B,
        (false, _) => AreaClass::C,
    }
}

/// Where a cell lies: the middle of its box and its height, degrees.
#[derive(Debug, Clone, Copy)]
pub(super) struct Span {
    pub(super) middle: Position,
    pub(super) height: f64,
}

impl Span {
    pub(super) fn of(area: &map::geometry::MultiPolygon) -> Option<Self> {
        let bounds = area.bounds()?;
        Some(Self { middle: bounds.center(), height: bounds.north - bounds.south })
    }
}

/// The order in which cells of a community are numbered: the northernmost begins a row, cells not much farther south are in it, from west to
/// east; then the next row.
pub(super) fn in_rows(mut cells: Vec<(usize, Span)>) -> Vec<usize> {
    cells.sort_by(|a, b| b.1.middle.lat.total_cmp(&a.1.middle.lat));
    let mut order = Vec::with_capacity(cells.len());
    let mut rest = cells.as_slice();
    while let Some((_, first)) = rest.first().copied() {
        let in_row = |span: &Span| first.middle.lat - span.middle.lat <= ROW_PART * first.height;
        let length = rest.iter().take_while(|(_, span)| in_row(span)).count();
        let (row, below) = rest.split_at(length.max(1));
        let mut row = row.to_vec();
        row.sort_by(|a, b| a.1.middle.lon.total_cmp(&b.1.middle.lon));
        order.extend(row.into_iter().map(|(cell, _)| cell));
        rest = below;
    }
    order
}
