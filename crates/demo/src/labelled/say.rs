//! How people write: in their own order, with what they leave out, with the slips of input methods.

use rand::{RngExt as _, seq::IndexedRandom as _};
use rand_chacha::ChaCha8Rng;

use super::{kind::Kind, site::Site};

const HELLOS: &[&str] =
    &["您好，", "你好，", "领导好，", "请问，", "投诉一下，", "我要反映，", "市民来电反映：", "", "", "", ""];
const WHOS: &[&str] = &[
    "我是附近居民，",
    "我每天上班路过，",
    "我家就住这边，",
    "我是开出租的，",
    "代我妈反映，",
    "我们店旁边，",
    "",
    "",
    "",
    "",
    "",
];
const SINCES: &[&str] = &[
    "已经三天了",
    "好几天了",
    "从昨天开始",
    "一个多星期了",
    "今天早上发现",
    "有段时间了",
    "刚刚看到",
    "半个月没人管",
    "上个月就这样",
    "",
    "",
    "",
    "",
];
const CALLS: &[&str] =
    &["打过电话没用", "之前反映过一次", "物业说不归他们管", "城管来过又走了", "", "", "", "", "", ""];
const ASKS: &[&str] = &[
    "请尽快处理",
    "希望有关部门解决一下",
    "麻烦派人来看看",
    "赶紧修",
    "能不能管管",
    "望重视",
    "请城管过来",
    "谢谢",
    "盼回复",
    "请核实处理",
    "",
    "",
    "",
    "",
];

/// Pairs that input methods and speech recognition take for one another.
const SLIPS: &[(char, char)] = &[
    ('的', '得'),
    ('坏', '怀'),
    ('井', '景'),
    ('灯', '登'),
    ('再', '在'),
    ('盖', '该'),
    ('垃', '拉'),
    ('圾', '及'),
    ('摊', '滩'),
    ('停', '亭'),
    ('树', '数'),
    ('倒', '到'),
    ('路', '露'),
    ('满', '慢'),
    ('臭', '凑'),
    ('污', '乌'),
    ('堵', '赌'),
    ('亮', '量'),
    ('破', '坡'),
    ('店', '电'),
    ('门', '们'),
    ('线', '现'),
    ('断', '段'),
    ('堆', '对'),
    ('人', '仁'),
    ('没', '莫'),
    ('声', '生'),
    ('吵', '炒'),
    ('烟', '淹'),
    ('厕', '测'),
    ('栏', '拦'),
    ('渣', '扎'),
    ('箱', '相'),
    ('桶', '统'),
    ('广', '光'),
    ('告', '高'),
    ('车', '车'),
    ('口', '扣'),
    ('对', '队'),
];

/// What everybody who looks at a problem sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sight {
    /// Which of the kind's objects; none where it has none.
    pub(super) object: Option<usize>,
    /// Which of its states.
    pub(super) state: usize,
}

impl Sight {
    pub(super) fn of(kind: &Kind, random: &mut ChaCha8Rng) -> Self {
        let draw = |count: usize, random: &mut ChaCha8Rng| (count > 0).then(|| random.random_range(0..count));
        Self { object: draw(kind.objects.len(), random), state: draw(kind.states.len(), random).unwrap_or(0) }
    }
}

fn pick(choices: &[&'static str], random: &mut ChaCha8Rng) -> &'static str {
    choices.choose(random).copied().unwrap_or_default()
}

/// The thing and what is wrong with it, as one person puts it.
fn problem(kind: &Kind, sight: Sight, plate: Option<&str>, random: &mut ChaCha8Rng) -> String {
    let of =
        |groups: &[&'static [&'static str]], place: usize| groups.get(place).copied().unwrap_or_default();
    if random.random_bool(0.15) {
        return pick(of(kind.wholes, sight.state), random).to_owned();
    }
    let special = sight.object.map_or(&[][..], |object| of(kind.objects, object));
    let by_its_name = !special.is_empty() && random.random_bool(0.6);
    let mut thing = pick(if by_its_name { special } else { kind.things }, random).to_owned();
    if let (Some(plate), Some(word)) = (plate, kind.plate)
        && random.random_bool(0.35)
    {
        thing = if random.random_bool(0.6) {
            format!("{plate}{word}")
        } else {
            format!("{thing}（编号{plate}）")
        };
    }
    // Some look only half: they tell of another thing that is wrong too, or of what they fear.
    let state =
        if random.random_bool(0.85) { sight.state } else { random.random_range(0..kind.states.len().max(1)) };
    let fault = pick(of(kind.states, state), random);
    if random.random_bool(0.85) { format!("{thing}{fault}") } else { format!("{fault}的{thing}") }
}

/// The text of a report: a place that is said, a thing with its number, what is wrong, and what people put around it.
pub(super) fn text(
    kind: &Kind,
    site: &Site,
    sight: Sight,
    plate: Option<&str>,
    random: &mut ChaCha8Rng,
) -> String {
    // Who has put a pin on the map often does not say the place again.
    let place = if random.random_bool(0.68) { site.said(random) } else { String::new() };
    let problem = problem(kind, sight, plate, random);
    let (hello, who) = (pick(HELLOS, random), pick(WHOS, random));
    let (since, call, ask) = (pick(SINCES, random), pick(CALLS, random), pick(ASKS, random));
    let harm = if random.random_bool(0.5) { pick(kind.harms, random) } else { "" };
    let parts: Vec<&str> = match random.random_range(0..6_u32) {
        0 => vec![hello, &place, &problem],
        1 => vec![&problem],
        2 => vec![&problem, &place, ask],
        3 => vec![hello, who, since, &place, &problem, harm, call, ask],
        4 => vec![&place, &problem, harm, ask],
        _ => vec![&place, &problem, since, harm],
    };
    let mut text = String::new();
    for part in parts.into_iter().filter(|part| !part.is_empty()) {
        let needs_comma = !text.is_empty() && !text.ends_with(['，', '：']) && random.random_bool(0.75);
        if needs_comma {
            text.push('，');
        }
        text.push_str(part);
    }
    slipped(&text, random)
}

/// The text as a hasty thumb or a recogniser of speech leaves it.
pub(super) fn slipped(text: &str, random: &mut ChaCha8Rng) -> String {
    let rate = if random.random_bool(0.25) { 0.12 } else { 0.025 };
    let mut slipped = String::with_capacity(text.len());
    for character in text.chars() {
        let roll: f64 = random.random_range(0.0..1.0);
        if roll < rate * 0.15 && character != '，' {
            continue;
        }
        let other = SLIPS.iter().find_map(|(a, b)| match character {
            c if c == *a => Some(*b),
            c if c == *b => Some(*a),
            _ => None,
        });
        slipped.push(if roll < rate * 3.0 { other.unwrap_or(character) } else { character });
    }
    slipped
}
