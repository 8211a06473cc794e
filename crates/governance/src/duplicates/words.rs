//! The words of a report, ready to be compared: pairs of Han characters need no dictionary and survive other word order; single characters, worth
//! less, survive a wrong one; Latin words stay whole; numbers that name a thing are kept apart.

mod numbers;

pub(super) use self::numbers::{Agreement, agreement};
pub use self::numbers::{NUMBERS_MAX, Number, NumberKind};

/// Different words of one report that are kept, at most.
pub const WORDS_MAX: usize = 600;

/// What a pair of Han characters counts, a single one, and a Latin word.
const PAIR: u32 = 10;
const SINGLE: u32 = 4;
const LATIN: u32 = 20;
/// Against a text shorter than this nothing is contained for sure: two words in common are no proof.
const CONTAINED_IN_MIN: u32 = 60;

/// What people say around a problem: it is in every report and tells of none.
const FILLERS: &[&str] = &[
    "您好",
    "你好",
    "请问",
    "麻烦",
    "希望",
    "相关部门",
    "有关部门",
    "部门",
    "尽快",
    "及时",
    "赶紧",
    "马上",
    "处理",
    "解决",
    "安排",
    "人员",
    "派人",
    "谢谢",
    "感谢",
    "反映",
    "投诉",
    "举报",
    "市民",
    "群众",
    "居民",
    "路过",
    "经过",
    "发现",
    "看到",
    "我们",
    "这里",
    "那里",
    "这边",
    "那边",
    "一下",
    "有人",
    "没人",
    "问题",
    "情况",
    "现象",
    "严重",
    "影响",
    "一直",
    "已经",
    "今天",
    "昨天",
    "最近",
    "好几天",
    "好多天",
    "凯里市",
    "我是",
    "附近",
];
/// Characters that join and colour.
const PARTICLES: &str = "的了吗呢啊吧呀嘛哦很都就也又还在有是把被给请和与及之";

/// The words of a text. Two texts are compared by [`Words::likeness`].
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Words {
    /// Rising, each once. The two lower thirds hold characters; a Latin word is its hash with the top bit set.
    codes: Vec<u64>,
    weight: u32,
    numbers: Vec<Number>,
}

const LATIN_BIT: u64 = 1 << 63;
const PAIR_SHIFT: u32 = 21;

fn weight_of(code: u64) -> u32 {
    if code & LATIN_BIT != 0 {
        LATIN
    } else if code >> PAIR_SHIFT != 0 {
        PAIR
    } else {
        SINGLE
    }
}

impl Words {
    /// The words of a text, which may be of several lines. Masked text has none where it is masked.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let mut plain: String = text
            .chars()
            .map(kernel::text::fold_width)
            .map(|character| character.to_ascii_lowercase())
            .collect();
        let numbers = numbers::numbers(&plain);
        for filler in FILLERS {
            if plain.contains(filler) {
                plain = plain.replace(filler, " ");
            }
        }
        plain.retain(|character| !PARTICLES.contains(character));
        let mut codes = Vec::with_capacity(plain.len());
        let mut before = None;
        let mut latin = String::new();
        for character in plain.chars().chain([' ']) {
            if character.is_ascii_alphabetic() {
                latin.push(character);
            } else if latin.len() >= 2 {
                codes.push(hash(&latin));
                latin.clear();
            } else {
                latin.clear();
            }
            if !kernel::text::is_han(character) {
                before = None;
                continue;
            }
            let code = u64::from(character);
            codes.push(code);
            if let Some(before) = before {
                codes.push(before << PAIR_SHIFT | code);
            }
            before = Some(code);
        }
        codes.sort_unstable();
        codes.dedup();
        codes.truncate(WORDS_MAX);
        let weight = codes.iter().copied().map(weight_of).sum();
        Self { codes, weight, numbers }
    }

    /// The words of a description together with the words for finding the place.
    #[must_use]
    pub fn of_parts(text: &str, address: &str) -> Self {
        Self::of(&format!("{text}\n{address}"))
    }

    /// Whether nothing was said.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.codes.is_empty()
    }

    /// The numbers that name something, in the order of the text.
    #[must_use]
    pub fn numbers(&self) -> &[Number] {
        &self.numbers
    }

    /// How alike two texts are, 0 to 1: the mean of what they share of all their words (Jaccard) and of the shorter one's (containment), by
    /// weight. The same both ways round.
    #[must_use]
    pub fn likeness(&self, other: &Self) -> f64 {
        let shared = self.shared(other);
        if shared == 0 {
            return 0.0;
        }
        let all = self.weight + other.weight - shared;
        let shorter = self.weight.min(other.weight).max(CONTAINED_IN_MIN);
        f64::midpoint(f64::from(shared) / f64::from(all), f64::from(shared) / f64::from(shorter))
    }

    fn shared(&self, other: &Self) -> u32 {
        let (mut mine, mut theirs) = (self.codes.iter().peekable(), other.codes.iter().peekable());
        let mut shared = 0;
        while let (Some(a), Some(b)) = (mine.peek(), theirs.peek()) {
            match a.cmp(b) {
                std::cmp::Ordering::Less => {
                    mine.next();
                }
                std::cmp::Ordering::Greater => {
                    theirs.next();
                }
                std::cmp::Ordering::Equal => {
                    shared += weight_of(**a);
                    mine.next();
                    theirs.next();
                }
            }
        }
        shared
    }
}

fn hash(word: &str) -> u64 {
    use std::hash::Hasher as _;
    let mut hasher = rustc_hash::FxHasher::default();
    hasher.write(word.as_bytes());
    hasher.finish() | LATIN_BIT
}
