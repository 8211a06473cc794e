//! Buildings: blocks of houses in the meshes of the net, houses around the middles of the villages.

use map::geometry::Geometry;

use super::{Feature, atoms::Atom, land::Land, plane::Point, water};
use crate::{dice::Dice, error::DemoError};

/// The part of a mesh that is road and pavement on each side, and the gap between two buildings.
const KERB: f64 = 0.1;
const GAP: f64 = 0.05;
/// Places for buildings that stay empty.
const EMPTY: f64 = 0.12;
/// Houses of a village that are drawn, and of the seat of a town.
const HOUSES: usize = 4;
const SEAT_HOUSES: usize = 9;
const BLOCK_ZOOM: u8 = 14;

/// All of the layer `block`; nothing is built in the meshes that are `open`.
pub(super) fn blocks(seed: u64, land: &Land, open: &[(usize, usize)]) -> Result<Vec<Feature>, DemoError> {
    let mut dice = Dice::new(seed, "blocks");
    let mut blocks = Vec::new();
    let mut add = |corners: [Point; 4]| {
        blocks.push(Feature {
            layer: "block".to_owned(),
            code: format!("block-{:05}", blocks.len() + 1),
            name_zh: String::new(),
            name_en: String::new(),
            geometry: water::area(&corners)?,
            zoom_min: BLOCK_ZOOM,
        });
        Ok::<(), DemoError>(())
    };
    for atom in &land.atoms {
        let Atom::Urban { column, row, .. } = *atom else { continue };
        if open.contains(&(column, row)) {
            continue;
        }
        let (across, down) = (1 + dice.below(2), 1 + dice.below(3));
        for down_number in 0..down {
            for across_number in 0..across {
                if dice.chance(EMPTY) {
                    continue;
                }
                let part = |number: usize, count: usize, end: bool| {
                    let inner = 1.0 - 2.0 * KERB;
                    let share = inner / count as f64;
                    let from = KERB + share * number as f64;
                    if end { from + share - if number + 1 < count { GAP } else { 0.0 } } else { from }
                };
                let (west, east) = (part(across_number, across, false), part(across_number, across, true));
                let (north, south) = (part(down_number, down, false), part(down_number, down, true));
                let corner = |across, down| land.lattice.inside(column, row, across, down);
                add([corner(west, south), corner(east, south), corner(east, north), corner(west, north)])?;
            }
        }
    }
    for settled in &land.settled {
        let Some(site) = settled.middle else { continue };
        let middle = land.mesh.sites[site];
        for house in 0..if settled.seat { SEAT_HOUSES } else { HOUSES } {
            // In a square around the middle, three to a row.
            let (column, row) = ((house % 3) as f64 - 1.0, (house / 3) as f64 - 1.0);
            let corner =
                middle.plus(column * 34.0 + dice.between(-5.0, 5.0), row * 30.0 + dice.between(-5.0, 5.0));
            let (width, depth) = (dice.between(12.0, 20.0), dice.between(8.0, 14.0));
            add([corner, corner.plus(width, 0.0), corner.plus(width, depth), corner.plus(0.0, depth)])?;
        }
    }
    Ok(blocks)
}

/// The four meshes of a park from its north-western one, drawn together by the kerb.
pub(super) fn park(land: &Land, (column, row): (usize, usize)) -> Result<Geometry, DemoError> {
    let inside = |column, row, across, down| land.lattice.inside(column, row, across, down);
    water::area(&[
        inside(column, row + 1, KERB, 1.0 - KERB),
        inside(column + 1, row + 1, 1.0 - KERB, 1.0 - KERB),
        inside(column + 1, row, 1.0 - KERB, KERB),
        inside(column, row, KERB, KERB),
    ])
}
