//! The measurable part of a filing condition, read from its text: 面积≥0.5平方米, 下沉超过2厘米, 3处以上.

use serde::{Deserialize, Serialize};

use crate::dictionary::fold;

/// What is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Quantity {
    /// 面积.
    Area,
    /// 体积.
    Volume,
    /// A length for which the text has no better word.
    Length,
    /// 宽度.
    Width,
    /// 高度.
    Height,
    /// 深度.
    Depth,
    /// 高差: how far something is sunk, raised or tilted out of its plane.
    Offset,
    /// 距离.
    Distance,
    /// How many pieces or places.
    Count,
    /// How long it has lasted.
    Duration,
    /// 噪声.
    SoundLevel,
    /// A share in percent.
    Share,
}

/// How the measured value stands to the number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Comparison {
    /// At least.
    AtLeast,
    /// More than.
    MoreThan,
    /// At most.
    AtMost,
    /// Less than.
    LessThan,
}

/// One measurable trigger.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Threshold {
    /// What is measured.
    pub quantity: Quantity,
    /// How it is compared.
    pub comparison: Comparison,
    /// The number as decimal text, exact as written.
    pub number: String,
    /// The unit as written: 平方米, 厘米, 处 …
    pub unit: String,
}

impl Threshold {
    /// Whether a value measured in the threshold's own unit triggers it.
    #[must_use]
    pub fn is_met_by(&self, measured: f64) -> bool {
        self.number.parse::<f64>().is_ok_and(|number| match self.comparison {
            Comparison::AtLeast => measured >= number,
            Comparison::MoreThan => measured > number,
            Comparison::AtMost => measured <= number,
            Comparison::LessThan => measured < number,
        })
    }
}

/// Units with what they measure; a longer word stands before its own beginning.
const UNITS: &[(&str, Quantity)] = &[
    ("平方厘米", Quantity::Area),
    ("平方米", Quantity::Area),
    ("cm2", Quantity::Area),
    ("m2", Quantity::Area),
    ("㎡", Quantity::Area),
    ("立方米", Quantity::Volume),
    ("m3", Quantity::Volume),
    ("毫米", Quantity::Length),
    ("厘米", Quantity::Length),
    ("公里", Quantity::Length),
    ("千米", Quantity::Length),
    ("米", Quantity::Length),
    ("mm", Quantity::Length),
    ("cm", Quantity::Length),
    ("小时", Quantity::Duration),
    ("分钟", Quantity::Duration),
    ("天", Quantity::Duration),
    ("日", Quantity::Duration),
    ("分贝", Quantity::SoundLevel),
    ("dB", Quantity::SoundLevel),
    ("%", Quantity::Share),
    ("处", Quantity::Count),
    ("个", Quantity::Count),
    ("张", Quantity::Count),
    ("盏", Quantity::Count),
    ("辆", Quantity::Count),
    ("件", Quantity::Count),
    ("块", Quantity::Count),
    ("株", Quantity::Count),
    ("棵", Quantity::Count),
    ("只", Quantity::Count),
    ("条", Quantity::Count),
    ("根", Quantity::Count),
    ("户", Quantity::Count),
    ("起", Quantity::Count),
];

/// Words before the number; the longest that fits counts.
const BEFORE: &[(&str, Comparison)] = &[
    ("大于等于", Comparison::AtLeast),
    ("大于或等于", Comparison::AtLeast),
    ("不小于", Comparison::AtLeast),
    ("不少于", Comparison::AtLeast),
    ("不低于", Comparison::AtLeast),
    ("至少", Comparison::AtLeast),
    ("达到", Comparison::AtLeast),
    ("达", Comparison::AtLeast),
    ("≥", Comparison::AtLeast),
    (">=", Comparison::AtLeast),
    ("小于等于", Comparison::AtMost),
    ("小于或等于", Comparison::AtMost),
    ("不大于", Comparison::AtMost),
    ("不超过", Comparison::AtMost),
    ("不高于", Comparison::AtMost),
    ("≤", Comparison::AtMost),
    ("<=", Comparison::AtMost),
    ("大于", Comparison::MoreThan),
    ("超过", Comparison::MoreThan),
    ("多于", Comparison::MoreThan),
    ("高于", Comparison::MoreThan),
    ("超出", Comparison::MoreThan),
    (">", Comparison::MoreThan),
    ("小于", Comparison::LessThan),
    ("少于", Comparison::LessThan),
    ("低于", Comparison::LessThan),
    ("不足", Comparison::LessThan),
    ("不到", Comparison::LessThan),
    ("<", Comparison::LessThan),
];

/// Words after the unit; in Chinese use 以上 and 以下 include the number.
const AFTER: &[(&str, Comparison)] = &[
    ("及以上", Comparison::AtLeast),
    ("(含)以上", Comparison::AtLeast),
    ("以上", Comparison::AtLeast),
    ("及以下", Comparison::AtMost),
    ("(含)以下", Comparison::AtMost),
    ("以下", Comparison::AtMost),
    ("以内", Comparison::AtMost),
];

/// Words that tell what a length is.
const LENGTH_WORDS: &[(&str, Quantity)] = &[
    ("宽", Quantity::Width),
    ("高差", Quantity::Offset),
    ("沉", Quantity::Offset),
    ("凸", Quantity::Offset),
    ("凹", Quantity::Offset),
    ("错台", Quantity::Offset),
    ("倾斜", Quantity::Offset),
    ("深", Quantity::Depth),
    ("高", Quantity::Height),
    ("距", Quantity::Distance),
    ("长", Quantity::Length),
];

/// The measurable triggers in a condition's text, in order. A number without both a unit and a comparison is none.
#[must_use]
pub fn parse_thresholds(text: &str) -> Vec<Threshold> {
    let text = fold(text);
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = text.get(at..).and_then(|rest| rest.find(|letter: char| letter.is_ascii_digit()))
    {
        let start = at + start;
        let rest = text.get(start..).unwrap_or_default();
        let length =
            rest.find(|letter: char| !letter.is_ascii_digit() && letter != '.').unwrap_or(rest.len());
        let (number, after) = rest.split_at(length);
        at = start + length;
        let number = number.trim_end_matches('.');
        if number.parse::<f64>().is_err() {
            continue;
        }
        let Some((unit, quantity)) = UNITS.iter().find(|(unit, _)| after.starts_with(unit)) else { continue };
        let clause = clause_before(text.get(..start).unwrap_or_default());
        let tail = after.get(unit.len()..).unwrap_or_default();
        let before = BEFORE
            .iter()
            .filter(|(word, _)| clause.ends_with(word))
            .max_by_key(|(word, _)| word.len())
            .map(|(_, comparison)| *comparison);
        let behind = AFTER.iter().find(|(word, _)| tail.starts_with(word)).map(|(_, comparison)| *comparison);
        if let Some(comparison) = before.or(behind) {
            found.push(Threshold {
                quantity: refine(*quantity, clause),
                comparison,
                number: number.to_owned(),
                unit: (*unit).to_owned(),
            });
        }
    }
    found
}

/// The part of the sentence that the number belongs to.
fn clause_before(text: &str) -> &str {
    text.rsplit([',', ';', '。', '、', ':', '或']).next().unwrap_or_default()
}

/// A length is a depth, a width … by the last such word of its clause.
fn refine(quantity: Quantity, clause: &str) -> Quantity {
    if quantity != Quantity::Length {
        return quantity;
    }
    LENGTH_WORDS
        .iter()
        .filter_map(|(word, refined)| {
            clause.rfind(word).map(|place| (place + word.len(), word.len(), *refined))
        })
        .max_by_key(|(end, length, _)| (*end, *length))
        .map_or(quantity, |(_, _, refined)| refined)
}
