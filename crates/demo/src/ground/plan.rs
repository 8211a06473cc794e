//! The plan of the city, drawn by hand: which community lies where in the town, and where the towns lie around it. The arrangement follows the
//! real city roughly; every shape is made up.

use super::plane::{Point, swell};

/// Area of the city, m² (the real one has about 1,570 km²).
pub(super) const CITY_M2: f64 = 1_570e6;

/// Columns and rows of blocks in the town.
pub(super) const BLOCK_COLUMNS: usize = 7;
/// See [`BLOCK_COLUMNS`].
pub(super) const BLOCK_ROWS: usize = 6;

/// One block of the town is one community (or, in one place, a village inside the town): the last six digits of its code; north is up.
/// Empty corners are open country.
pub(super) const BLOCKS: [[&str; BLOCK_COLUMNS]; BLOCK_ROWS] = [
    ["", "008001", "008002", "003200", "005001", "005002", ""],
    ["", "008003", "008004", "003009", "003008", "004004", "007001"],
    ["001003", "001002", "003007", "003004", "003002", "004001", "007002"],
    ["001006", "001001", "003003", "003006", "002001", "004002", "009001"],
    ["", "006001", "002003", "002002", "002006", "004003", "009002"],
    ["", "006002", "006003", "002008", "002009", "", ""],
];

/// Cells from west to east in each column of blocks.
pub(super) const COLUMN_CELLS: [usize; BLOCK_COLUMNS] = [5, 6, 6, 6, 6, 6, 5];
/// Cells from north to south in each row of blocks.
pub(super) const ROW_CELLS: [usize; BLOCK_ROWS] = [5, 6, 6, 6, 6, 5];

/// The line between columns of blocks along which the brook Ximahe runs through the town.
pub(super) const BROOK_LINE: usize = 5;

/// A town of the open country.
pub(super) struct Town {
    /// Last three digits of its code.
    pub(super) code: &'static str,
    /// About where its seat is, metres east and north.
    pub(super) seat: Point,
}

const fn town(code: &'static str, east: f64, north: f64) -> Town {
    Town { code, seat: Point::new(east, north) }
}

/// All towns.
pub(super) const TOWNS: [Town; 11] = [
    town("100", 10_000.0, -5_500.0),
    town("101", -500.0, -11_500.0),
    town("103", 12_500.0, 12_500.0),
    town("104", 3_500.0, 13_000.0),
    town("105", -15_500.0, 9_500.0),
    town("106", -8_000.0, 8_500.0),
    town("107", -10_500.0, 1_000.0),
    town("108", -19_000.0, 500.0),
    town("109", -11_500.0, -8_000.0),
    town("110", 15_500.0, 3_500.0),
    town("111", -6_500.0, 17_000.0),
];

/// The river Qingshuijiang from the south-west to the north-east: places by which it passes.
pub(super) const RIVER: [Point; 8] = [
    Point::new(-24_000.0, -17_500.0),
    Point::new(-11_000.0, -6_500.0),
    Point::new(-6_500.0, -2_500.0),
    Point::new(-4_600.0, 1_600.0),
    Point::new(-1_200.0, 4_600.0),
    Point::new(4_200.0, 5_600.0),
    Point::new(9_000.0, 10_000.0),
    Point::new(27_000.0, 22_000.0),
];
/// The river Balahe from the south-east into the Qingshuijiang.
pub(super) const TRIBUTARY: [Point; 4] = [
    Point::new(17_000.0, -23_000.0),
    Point::new(8_500.0, -6_500.0),
    Point::new(6_600.0, 500.0),
    Point::new(4_200.0, 5_600.0),
];

/// The outline of the city: seen from its own middle every part of the border can be seen, so it is in one piece.
pub(super) struct Outline {
    seed: u64,
    scale: f64,
}

/// The middle of the outline, north-west of the town: the city reaches far to the north-west.
const OUTLINE_MIDDLE: Point = Point::new(-2_500.0, 2_500.0);

impl Outline {
    pub(super) fn new(seed: u64) -> Self {
        const RADIUS_MAX: f64 = 45_000.0;
        const STEP: f64 = 500.0;
        let unscaled = Self { seed, scale: 22_000.0 };
        let steps = (RADIUS_MAX / STEP) as i32;
        let mut inside = 0_u32;
        for row in -steps..steps {
            for column in -steps..steps {
                let point = OUTLINE_MIDDLE.plus(f64::from(column) * STEP, f64::from(row) * STEP);
                inside += u32::from(unscaled.part(point) < 1.0);
            }
        }
        let area = f64::from(inside.max(1)) * STEP * STEP;
        Self { seed, scale: unscaled.scale * (CITY_M2 / area).sqrt() }
    }

    /// How far out a point lies: 0 in the middle, 1 on the border.
    pub(super) fn part(&self, point: Point) -> f64 {
        let from_middle = point.plus(-OUTLINE_MIDDLE.x, -OUTLINE_MIDDLE.y);
        let distance = Point::new(from_middle.x / 1.1, from_middle.y).length();
        if distance < 1.0 {
            return 0.0;
        }
        let direction = Point::new(from_middle.x / distance, from_middle.y / distance);
        let radius = 1.0
            + 0.13 * swell(self.seed, 1, direction, 0.7)
            + 0.06 * swell(self.seed, 2, direction, 0.25)
            + 0.02 * swell(self.seed, 3, direction, 0.08);
        distance / (radius * self.scale)
    }
}
