//! Where in the city a problem is: streets with door numbers, and what stands beside them.

use std::f64::consts::TAU;

use map::{geodesy, geometry::Position};
use rand::{RngExt as _, seq::IndexedRandom as _};
use rand_chacha::ChaCha8Rng;

const STREETS: &[&str] = &[
    "北京东路",
    "北京西路",
    "韶山南路",
    "韶山北路",
    "宁波路",
    "博南路",
    "永乐路",
    "文化北路",
    "文化南路",
    "环城东路",
    "环城西路",
    "环城南路",
    "友庄路",
    "凯开大道",
    "迎宾大道",
    "清江路",
    "金山大道",
    "红州路",
    "营盘东路",
    "营盘西路",
    "洗马河路",
    "大阁山路",
    "华联路",
    "龙井街",
    "东门街",
    "西门街",
    "北门街",
    "体育路",
    "风情大道",
    "鸭塘大街",
    "万博南路",
    "开怀路",
    "平安路",
    "和平巷",
    "民族路",
];
const LANDMARKS: &[&str] = &[
    "农贸市场",
    "实验小学",
    "第三中学",
    "州医院",
    "人民医院",
    "公交站",
    "加油站",
    "邮政储蓄",
    "农业银行",
    "万达广场",
    "大十字",
    "小十字",
    "苗侗风情园",
    "民族博物馆",
    "客运站",
    "火车站",
    "派出所",
    "菜市场",
    "幼儿园",
    "药店",
    "超市",
    "移动营业厅",
    "体育馆",
    "社区服务中心",
    "老干局宿舍",
    "供电局",
    "茶叶公司家属区",
    "电影院",
    "图书馆",
    "宾馆",
    "洗车场",
    "驾校",
];
const ESTATES: &[&str] = &[
    "阳光新城",
    "未来城",
    "凯运时代",
    "清江绿园",
    "御景华府",
    "金泉湖小区",
    "香炉山庄",
    "学府名邸",
    "锦绣家园",
    "宏禾苑",
    "东方巴黎",
    "鑫苑小区",
];

/// The middle of the city.
const CENTER: Position = Position { lon: 107.981, lat: 26.583 };
/// Metres from one door number to the next.
const DOOR_M: f64 = 7.0;

/// A street: a straight line is enough to tell where its doors are.
#[derive(Clone)]
pub(super) struct Street {
    pub(super) name: &'static str,
    start: Position,
    bearing: f64,
    length_m: f64,
}

impl Street {
    pub(super) fn all(random: &mut ChaCha8Rng) -> Vec<Self> {
        STREETS
            .iter()
            .map(|name| {
                let (away_m, bearing) = (random.random_range(0.0..2_500.0), random.random_range(0.0..TAU));
                Self {
                    name,
                    start: moved(CENTER, away_m, bearing),
                    bearing: random.random_range(0.0..TAU),
                    length_m: random.random_range(700.0..2_500.0),
                }
            })
            .collect()
    }

    /// A place at the street, so many metres from its start; drawn onto it.
    pub(super) fn at(&self, along_m: f64) -> Position {
        moved(self.start, along_m.clamp(0.0, self.length_m), self.bearing)
    }

    pub(super) fn length_m(&self) -> f64 {
        self.length_m
    }
}

/// The place so many metres away, by a plane: a city is flat enough.
pub(super) fn moved(from: Position, metres: f64, bearing: f64) -> Position {
    let (lon_m, lat_m) = geodesy::metres_per_degree(from.lat);
    Position {
        lon: from.lon + metres * bearing.sin() / lon_m,
        lat: from.lat + metres * bearing.cos() / lat_m,
    }
}

/// What people know of a place.
#[derive(Clone)]
pub(super) struct Site {
    pub(super) street: &'static str,
    pub(super) along_m: f64,
    bearing: f64,
    pub(super) position: Position,
    /// What stands there; each person names what they know.
    pub(super) landmarks: Vec<String>,
}

impl Site {
    pub(super) fn on(street: &Street, along_m: f64, random: &mut ChaCha8Rng) -> Self {
        let along_m = along_m.clamp(0.0, street.length_m);
        let mut landmarks = Vec::new();
        for _ in 0..3 {
            landmarks.extend(LANDMARKS.choose(random).map(|name| (*name).to_owned()));
        }
        landmarks.extend(ESTATES.choose(random).map(|name| (*name).to_owned()));
        Self {
            street: street.name,
            along_m,
            bearing: street.bearing,
            position: street.at(along_m),
            landmarks,
        }
    }

    /// A place next to it: some of what stands there is the same.
    pub(super) fn beside(&self, street: &Street, metres: f64, random: &mut ChaCha8Rng) -> Self {
        let forth = self.along_m + metres;
        let along_m = if forth <= street.length_m { forth } else { self.along_m - metres };
        let mut site = Self::on(street, along_m, random);
        // The nearer, the more they have in common.
        let shared = if metres < 60.0 { 3 } else { usize::from(metres < 150.0) * 2 };
        for (own, other) in site.landmarks.iter_mut().zip(&self.landmarks).take(shared) {
            own.clone_from(other);
        }
        site
    }

    /// The door number nearest to a place along the street.
    fn door(along_m: f64, error: i64) -> i64 {
        #[expect(clippy::cast_possible_truncation, reason = "a few hundred doors")]
        let door = (along_m / DOOR_M) as i64;
        (door + error).max(1)
    }

    /// How somebody says where it is.
    pub(super) fn said(&self, random: &mut ChaCha8Rng) -> String {
        let landmark = self.landmarks.choose(random).map_or("", String::as_str);
        let street = self.street;
        let short = street.trim_end_matches(['路', '街']);
        let relation =
            ["门口", "旁边", "对面", "斜对面", "附近", "路口", "边上", "大门口", "往前50米", "后面"]
                .choose(random);
        let relation = relation.copied().unwrap_or_default();
        let door = Self::door(self.along_m, random.random_range(-3..=3));
        match random.random_range(0..10_u32) {
            0..=1 => format!("{street}{landmark}{relation}"),
            2 => format!("{street}{door}号{relation}"),
            3 => format!("{street}{door}号"),
            4..=5 => format!("{landmark}{relation}"),
            6 => format!("{short}那边{landmark}{relation}"),
            7 => format!("{street}上"),
            8 => format!("{street}靠近{landmark}的地方"),
            _ => format!("{street}与{landmark}交叉口"),
        }
    }

    /// What the map of the phone writes as the address of a pin: the door beside the pin, so it knows no more than the pin.
    pub(super) fn geocoded(&self, pin: Position, random: &mut ChaCha8Rng) -> String {
        let (lon_m, lat_m) = geodesy::metres_per_degree(pin.lat);
        let (east, north) = ((pin.lon - self.position.lon) * lon_m, (pin.lat - self.position.lat) * lat_m);
        let along_m = self.along_m + east * self.bearing.sin() + north * self.bearing.cos();
        format!("凯里市{}{}号", self.street, Self::door(along_m, random.random_range(-1..=1)))
    }
}
