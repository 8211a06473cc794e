//! Shapes: no gap, no overlap, everything where it belongs.

use std::collections::{BTreeMap, BTreeSet};

use map::{
    geodesy::{area_m2, distance_m},
    locate::CellIndex,
};

use super::{super::*, SEEDS};

type Vertex = (u64, u64);

fn vertex(position: Position) -> Vertex {
    (position.lon.to_bits(), position.lat.to_bits())
}

fn edges(area: &MultiPolygon) -> Vec<(Vertex, Vertex)> {
    area.rings().flat_map(|ring| ring.edges()).map(|(from, to)| (vertex(from), vertex(to))).collect()
}

/// Do two edges cross or touch?
fn meet((a, b): (Position, Position), (c, d): (Position, Position)) -> bool {
    let turn = |a: Position, b: Position, c: Position| {
        (b.lon - a.lon) * (c.lat - a.lat) - (b.lat - a.lat) * (c.lon - a.lon)
    };
    turn(a, b, c) * turn(a, b, d) <= 0.0 && turn(c, d, a) * turn(c, d, b) <= 0.0
}

/// Neighbouring edges share their corner only, others nothing.
fn is_simple(area: &MultiPolygon) -> bool {
    area.rings().all(|ring| {
        let edges: Vec<_> = ring.edges().collect();
        (0..edges.len()).all(|first| {
            (first + 2..edges.len())
                .filter(|second| first != 0 || *second != edges.len() - 1)
                .all(|second| !meet(edges[first], edges[second]))
        })
    })
}

#[test]
fn cells_fill_the_city_without_gap_or_overlap() {
    for seed in SEEDS {
        let ground = ground(seed).unwrap();
        // Each edge of a cell is met by one other cell in the other direction, or lies on the border of the city.
        let mut count: BTreeMap<(Vertex, Vertex), usize> = BTreeMap::new();
        for edge in ground.cells.iter().flat_map(|cell| edges(&cell.area)) {
            *count.entry(edge).or_default() += 1;
        }
        assert!(count.values().all(|count| *count == 1), "seed {seed}: two cells on one side of an edge");
        let border: BTreeSet<_> = edges(&ground.outline.boundary).into_iter().collect();
        let alone: BTreeSet<_> =
            count.keys().filter(|(from, to)| !count.contains_key(&(*to, *from))).copied().collect();
        assert_eq!(alone, border, "seed {seed}");
        for cell in &ground.cells {
            assert!(is_simple(&cell.area), "seed {seed}: {} crosses itself", cell.code);
            assert_eq!(cell.area.0.len(), 1, "seed {seed}: {} is in pieces", cell.code);
            assert!(cell.area.0[0].holes.is_empty(), "seed {seed}: {} has holes", cell.code);
        }
        CellIndex::build(
            &ground.cells.iter().map(|cell| (&cell.code, cell.area.clone())).collect::<Vec<_>>(),
        )
        .unwrap();
    }
}

#[test]
fn children_fill_their_parents() {
    for seed in SEEDS {
        let ground = ground(seed).unwrap();
        let city_m2 = area_m2(&ground.outline.boundary);
        assert!((1_500e6..1_640e6).contains(&city_m2), "{city_m2}");
        let mut parents: BTreeMap<&str, &MultiPolygon> =
            BTreeMap::from([("522601", &ground.outline.boundary)]);
        parents.extend(ground.divisions.iter().map(|division| (division.code.as_str(), &division.boundary)));
        let mut sums: BTreeMap<&str, f64> = BTreeMap::new();
        let mut sides: BTreeMap<&str, BTreeSet<(Vertex, Vertex)>> = BTreeMap::new();
        let divisions = ground
            .divisions
            .iter()
            .map(|division| (division.parent.as_str(), &division.boundary, &division.code));
        let cells = ground.cells.iter().map(|cell| (cell.community.as_str(), &cell.area, &cell.code));
        for (parent, area, code) in divisions.chain(cells) {
            *sums.entry(parent).or_default() += area_m2(area);
            sides.entry(parent).or_default().extend(edges(area));
            assert!(code.starts_with(parent), "{code} is not of {parent}");
        }
        assert_eq!(sums.len(), parents.len(), "every division has children");
        for (code, area) in parents {
            let whole = area_m2(area);
            assert!(
                (sums[code] - whole).abs() <= 1e-9 * whole,
                "seed {seed}: {code}: {} of {whole}",
                sums[code]
            );
            // The parent's border is made of edges of its children.
            assert!(edges(area).iter().all(|edge| sides[code].contains(edge)), "seed {seed}: {code}");
            assert_eq!(area.0.len(), 1, "seed {seed}: {code} is in pieces");
            assert!(is_simple(area), "seed {seed}: {code} crosses itself");
        }
    }
}

#[test]
fn streets_lie_in_the_middle_and_towns_around() {
    let ground = ground(SEEDS[0]).unwrap();
    let urban = ground.cells.iter().filter(|cell| cell.urban);
    let urban_m2: Vec<f64> = urban.clone().map(|cell| area_m2(&cell.area)).collect();
    assert!((900..=1_400).contains(&urban_m2.len()), "{}", urban_m2.len());
    assert!((1_000..=2_000).contains(&ground.cells.len()), "{}", ground.cells.len());
    // 万米单元网格.
    assert!(urban_m2.iter().all(|m2| (9_000.0..45_000.0).contains(m2)), "{urban_m2:?}");
    assert!(urban.clone().all(|cell| cell.area.0[0].outer.positions().len() == 4), "bounded by four roads");
    assert!(urban.clone().all(|cell| cell.code[6..9] < *"100"), "no town has a part of the town's net");
    let middle = Position { lon: 107.97, lat: 26.57 };
    assert!(urban.clone().all(|cell| distance_m(cell.middle, middle) < 5_000.0));
    let classes: BTreeSet<_> = ground.cells.iter().map(|cell| (cell.area_class, cell.urban)).collect();
    let expected = [(AreaClass::A, true), (AreaClass::B, true), (AreaClass::B, false), (AreaClass::C, false)];
    assert_eq!(classes, BTreeSet::from(expected));
    let of = |code: &str| {
        let division = ground.divisions.iter().find(|division| division.code == code).unwrap();
        area_m2(&division.boundary)
    };
    assert!(of("522601003") < 20e6 && of("522601105") > 60e6);
}

#[test]
fn codes_run_from_west_to_east_and_from_north_to_south() {
    for seed in SEEDS {
        let ground = ground(seed).unwrap();
        let codes: BTreeSet<&str> = ground.cells.iter().map(|cell| cell.code.as_str()).collect();
        assert_eq!(codes.len(), ground.cells.len());
        assert!(ground.cells.is_sorted_by(|a, b| a.code < b.code));
        let mut communities: BTreeMap<&str, Vec<&Cell>> = BTreeMap::new();
        for cell in &ground.cells {
            communities.entry(&cell.code[..12]).or_default().push(cell);
        }
        for (community, cells) in communities {
            let middles: Vec<Position> =
                cells.iter().map(|cell| cell.area.bounds().unwrap().center()).collect();
            for (number, cell) in cells.iter().enumerate() {
                assert_eq!(
                    (cell.community.as_str(), &cell.code[12..]),
                    (community, format!("{:03}", number + 1).as_str())
                );
            }
            // A step to the west begins a new row, and whatever a row has lies south of the northernmost of the row before.
            let rows: Vec<&[Position]> = middles.chunk_by(|a, b| a.lon < b.lon).collect();
            let norths: Vec<f64> =
                rows.iter().map(|row| row.iter().map(|middle| middle.lat).fold(f64::MIN, f64::max)).collect();
            assert!(norths.is_sorted_by(|a, b| a > b), "seed {seed}: {community}: {norths:?}");
        }
    }
}

#[test]
fn everything_lies_in_the_city_and_in_its_cell() {
    for seed in SEEDS {
        let ground = ground(seed).unwrap();
        let cells: Vec<_> = ground.cells.iter().map(|cell| (&cell.code, cell.area.clone())).collect();
        let index = CellIndex::build(&cells).unwrap();
        let code_at = |position| index.locate(position).map(|cell| ground.cells[cell as usize].code.as_str());
        for cell in &ground.cells {
            assert_eq!(code_at(cell.middle), Some(cell.code.as_str()), "seed {seed}");
        }
        for landmark in &ground.landmarks {
            assert_eq!(
                code_at(landmark.position),
                Some(landmark.cell.as_str()),
                "seed {seed}: {}",
                landmark.name_zh
            );
        }
        let border: BTreeSet<Vertex> = ground
            .outline
            .boundary
            .rings()
            .flat_map(|ring| ring.positions())
            .map(|place| vertex(*place))
            .collect();
        for feature in &ground.features {
            let area;
            let places: Vec<Position> = match &feature.geometry {
                Geometry::Point(place) => vec![*place],
                Geometry::LineString(line) => line.positions().to_vec(),
                other => {
                    area = other.clone().into_area().unwrap();
                    area.rings().flat_map(|ring| ring.positions()).copied().collect()
                }
            };
            let inside =
                |place: &Position| index.locate(*place).is_some() || border.contains(&vertex(*place));
            assert!(places.iter().all(inside), "seed {seed}: {} {}", feature.layer, feature.code);
        }
    }
}

#[test]
fn the_base_map_has_what_a_city_has() {
    let ground = ground(SEEDS[0]).unwrap();
    let of = |layer: &'static str| ground.features.iter().filter(move |feature| feature.layer == layer);
    let names: BTreeSet<&str> = ground.features.iter().map(|feature| feature.name_zh.as_str()).collect();
    for name in
        ["北京东路", "韶山南路", "宁波路", "迎宾大道", "清水江", "巴拉河", "洗马河", "凯炉公路", "里禾水库"]
    {
        assert!(names.contains(name), "{name}");
    }
    assert!(
        of("road").count() > 300
            && of("road").all(|road| !road.name_zh.is_empty() && !road.name_en.is_empty())
    );
    assert!(of("block").count() > 2_000);
    assert!((8..30).contains(&of("park").count()));
    assert_eq!(of("landmark").count(), ground.landmarks.len());
    let codes: BTreeSet<_> = ground.features.iter().map(|feature| (&feature.layer, &feature.code)).collect();
    assert_eq!(codes.len(), ground.features.len());
    let landmarks: BTreeSet<&str> =
        ground.landmarks.iter().map(|landmark| landmark.name_zh.as_str()).collect();
    assert_eq!(landmarks.len(), ground.landmarks.len(), "a landmark's name is unique");
    assert!(landmarks.len() > 200);
    let kinds: BTreeSet<LandmarkKind> = ground.landmarks.iter().map(|landmark| landmark.kind).collect();
    assert_eq!(kinds.len(), 8);
}
