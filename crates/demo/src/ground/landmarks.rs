//! Places that people name: schools, hospitals, markets, squares, parks, stations, offices, housing estates. Made up but for their kind: a
//! school is called after its community.

use std::collections::BTreeSet;

use governance::division::DivisionLevel;

use super::{Cell, Landmark, LandmarkKind, land::Land, plane::Point, register::Entry};
use crate::dice::Dice;

/// A landmark with the cell that it stands in and, in the town, the mesh of the net that it fills.
pub(super) struct Placed {
    pub(super) landmark: Landmark,
    pub(super) mesh: Option<(usize, usize)>,
}

use LandmarkKind::{Hospital, Market, Office, Park, Residence, School, Square, Station};

/// Places of the whole city: the community in which they stand (last six digits), name, kind.
const OF_THE_CITY: [(&str, &str, &str, LandmarkKind); 38] = [
    ("002002", "凯里市人民政府", "Kaili City Government", Office),
    ("003007", "州政务服务中心", "Prefecture Government Service Centre", Office),
    ("002001", "大十字广场", "Dashizi Square", Square),
    ("003003", "大阁山公园", "Dageshan Park", Park),
    ("002003", "苹果山公园", "Pingguoshan Park", Park),
    ("002008", "南山公园", "Nanshan Park", Park),
    ("002002", "民族文化广场", "Ethnic Culture Square", Square),
    ("004001", "洗马河湿地公园", "Ximahe Wetland Park", Park),
    ("006002", "月塘公园", "Yuetang Park", Park),
    ("005002", "清水江滨江公园", "Qingshuijiang Riverside Park", Park),
    ("001003", "高溪湖公园", "Gaoxi Lake Park", Park),
    ("007002", "开悦体育公园", "Kaiyue Sports Park", Park),
    ("008002", "龙泉山公园", "Longquanshan Park", Park),
    ("003006", "西门夜市", "Ximen Night Market", Market),
    ("002006", "和谐小吃街", "Hexie Snack Street", Market),
    ("004004", "东门花鸟市场", "Dongmen Flower and Bird Market", Market),
    ("001001", "城西批发市场", "Chengxi Wholesale Market", Market),
    ("006003", "鸭塘物流市场", "Yatang Logistics Market", Market),
    ("001006", "未来城购物中心", "Weilaicheng Shopping Centre", Market),
    ("002009", "金山商业广场", "Jinshan Commercial Plaza", Square),
    ("003004", "光明广场", "Guangming Square", Square),
    ("009001", "思源广场", "Siyuan Square", Square),
    ("004003", "南丰广场", "Nanfeng Square", Square),
    ("003009", "州人民医院", "Prefecture People's Hospital", Hospital),
    ("002002", "市第一人民医院", "First People's Hospital of the City", Hospital),
    ("004002", "市中医医院", "City Hospital of Traditional Medicine", Hospital),
    ("007001", "市妇幼保健院", "City Maternity and Child Hospital", Hospital),
    ("008001", "凯里火车站", "Kaili Railway Station", Station),
    ("001002", "城西客运站", "Chengxi Coach Station", Station),
    ("005001", "湾溪公交枢纽站", "Wanxi Bus Hub", Station),
    ("002006", "大十字公交站", "Dashizi Bus Stop", Station),
    ("009002", "白果井客运站", "Baiguojing Coach Station", Station),
    ("003002", "市第一中学", "City First Middle School", School),
    ("008004", "市第三中学", "City Third Middle School", School),
    ("006001", "市第五中学", "City Fifth Middle School", School),
    ("007002", "开怀职业技术学校", "Kaihuai Vocational School", School),
    ("003008", "老年大学", "University of the Third Age", School),
    ("004001", "工人文化宫", "Workers' Cultural Palace", Square),
];

/// What each community of the town has; the third: in which part of them.
const OF_A_COMMUNITY: [(&str, &str, LandmarkKind, f64); 6] = [
    ("小学", "Primary School", School, 0.7),
    ("幼儿园", "Kindergarten", School, 0.6),
    ("农贸市场", "Farmers' Market", Market, 0.6),
    ("社区卫生服务站", "Community Health Station", Hospital, 0.5),
    ("社区服务中心", "Community Service Centre", Office, 1.0),
    ("小区", "Housing Estate", Residence, 0.8),
];

/// What the seat of each town has.
const OF_A_SEAT: [(&str, &str, LandmarkKind); 6] = [
    ("镇人民政府", "Town Government", Office),
    ("镇卫生院", "Town Hospital", Hospital),
    ("中心小学", "Central Primary School", School),
    ("农贸集市", "Market", Market),
    ("客运站", "Coach Station", Station),
    ("文化广场", "Culture Square", Square),
];

/// Places them all; no two in one cell of the town.
pub(super) fn landmarks(
    seed: u64,
    land: &Land,
    quarters: &[Entry],
    communities: &[Entry],
    cells: &[Cell],
    cell_of: &[Option<usize>],
) -> Vec<Placed> {
    let mut placing = Placing {
        dice: Dice::new(seed, "landmarks"),
        land,
        cells,
        meshes: vec![None; cells.len()],
        free: vec![true; cells.len()],
        names: BTreeSet::new(),
        placed: Vec::new(),
    };
    for (site, atom) in land.atoms.iter().enumerate().filter(|(_, atom)| atom.is_urban()) {
        if let Some(mesh) = cell_of[site].and_then(|cell| placing.meshes.get_mut(cell)) {
            *mesh = atom.mesh();
        }
    }
    for (community, zh, en, kind) in OF_THE_CITY {
        if let Some(entry) = communities.iter().find(|entry| entry.code.ends_with(community)) {
            placing.place(entry, None, zh.to_owned(), en.to_owned(), kind);
        }
    }
    for (entry, settled) in communities.iter().zip(&land.settled) {
        let quarter = quarters.iter().find(|quarter| entry.code.starts_with(&quarter.code));
        let Some(quarter) = quarter else { continue };
        if settled.seat {
            for (zh, en, kind) in OF_A_SEAT {
                placing.place(
                    entry,
                    settled.middle,
                    format!("{}{zh}", quarter.stem_zh),
                    format!("{} {en}", quarter.stem_en),
                    kind,
                );
            }
        }
        if entry.level == DivisionLevel::Community && settled.middle.is_none() {
            for (zh, en, kind, part) in OF_A_COMMUNITY {
                if placing.dice.chance(part) {
                    placing.place(
                        entry,
                        settled.middle,
                        format!("{}{zh}", entry.stem_zh),
                        format!("{} {en}", entry.stem_en),
                        kind,
                    );
                }
            }
        }
        if entry.level == DivisionLevel::Village {
            let stem = |zh: &str, en: &str| {
                (format!("{zh}{}委会", entry.name_zh), format!("{en}{} Committee", entry.name_en))
            };
            let (mut zh, mut en) = stem("", "");
            if placing.names.contains(&zh) {
                // Two villages may have one name; their streets or towns tell them apart.
                (zh, en) = stem(&quarter.stem_zh, &format!("{} ", quarter.stem_en));
            }
            placing.place(entry, settled.middle, zh, en, Office);
        }
    }
    placing.placed
}

struct Placing<'a> {
    dice: Dice,
    land: &'a Land,
    cells: &'a [Cell],
    /// The mesh of each cell of the town.
    meshes: Vec<Option<(usize, usize)>>,
    free: Vec<bool>,
    names: BTreeSet<String>,
    placed: Vec<Placed>,
}

impl Placing<'_> {
    /// Puts a landmark into a cell of the community that has none yet, else into any of its cells; in the open country as near as can be to
    /// the middle of the village.
    fn place(
        &mut self,
        entry: &Entry,
        middle: Option<usize>,
        name_zh: String,
        name_en: String,
        kind: LandmarkKind,
    ) {
        let own: Vec<usize> =
            (0..self.cells.len()).filter(|cell| self.cells[*cell].community == entry.code).collect();
        let free: Vec<usize> = own.iter().copied().filter(|cell| self.free[*cell]).collect();
        let choice = if free.is_empty() { &own } else { &free };
        let chosen = match middle {
            Some(middle) => {
                let middle = self.land.mesh.sites[middle];
                let distance = |cell: &usize| Point::of(self.cells[*cell].middle).distance(middle);
                choice.iter().copied().min_by(|a, b| distance(a).total_cmp(&distance(b)))
            }
            None => self.dice.pick(choice).copied(),
        };
        let Some(cell) = chosen else { return };
        self.free[cell] = false;
        let mesh =
            self.meshes[cell].map(|mesh| if kind == Park { self.park_corner(cell, mesh) } else { mesh });
        let cell = mesh.and_then(|mesh| self.cell_of_mesh(mesh)).unwrap_or(cell);
        let position = match mesh {
            Some((column, row)) => {
                let (across, down) = (self.dice.between(0.35, 0.65), self.dice.between(0.35, 0.65));
                self.land.lattice.inside(column, row, across, down).position()
            }
            None => self.cells[cell].middle,
        };
        self.names.insert(name_zh.clone());
        let landmark = Landmark { name_zh, name_en, kind, position, cell: self.cells[cell].code.clone() };
        self.placed.push(Placed { landmark, mesh });
    }

    /// A park fills four meshes: the north-western one, moved so that all four lie in the community.
    fn park_corner(&mut self, cell: usize, (column, row): (usize, usize)) -> (usize, usize) {
        let community = &self.cells[cell].community;
        let fits = |column: usize, row: usize| {
            park_meshes((column, row)).iter().all(|mesh| {
                self.cell_of_mesh(*mesh).is_some_and(|cell| self.cells[cell].community == *community)
            })
        };
        let places = [(column, row), (column - 1, row), (column, row - 1), (column - 1, row - 1)];
        let corner = places.into_iter().find(|(column, row)| fits(*column, *row)).unwrap_or((column, row));
        for mesh in park_meshes(corner) {
            if let Some(cell) = self.cell_of_mesh(mesh) {
                self.free[cell] = false;
            }
        }
        corner
    }

    fn cell_of_mesh(&self, mesh: (usize, usize)) -> Option<usize> {
        self.meshes.iter().position(|own| *own == Some(mesh))
    }
}

/// The meshes of a park, from its north-western one.
pub(super) fn park_meshes((column, row): (usize, usize)) -> [(usize, usize); 4] {
    [(column, row), (column + 1, row), (column, row + 1), (column + 1, row + 1)]
}
