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

/// The upper end of a range: 超过1立方米，不超过10立方米.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct UpperBound {
    /// At most or less than.
    pub comparison: Comparison,
    /// The number as decimal text, in the threshold's unit.
    pub number: String,
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
    /// The upper end, where the text gives a range.
    #[serde(default)]
    pub up_to: Option<UpperBound>,
}

impl Threshold {
    /// Whether a value measured in the threshold's own unit triggers it.
    #[must_use]
    pub fn is_met_by(&self, measured: f64) -> bool {
        self.comparison.holds(measured, &self.number)
            && self.up_to.as_ref().is_none_or(|bound| bound.comparison.holds(measured, &bound.number))
    }

    /// Takes the next threshold of the text as upper end, if the two make a range.
    fn close(&mut self, next: &Self) -> bool {
        let upwards = |comparison| matches!(comparison, Comparison::AtLeast | Comparison::MoreThan);
        // The second half of a range seldom repeats what is measured.
        let same =
            self.unit == next.unit && (self.quantity == next.quantity || next.quantity == Quantity::Length);
        let range = same && self.up_to.is_none() && upwards(self.comparison) && !upwards(next.comparison);
        if range {
            self.up_to = Some(UpperBound { comparison: next.comparison, number: next.number.clone() });
        }
        range
    }
}

impl Comparison {
    fn holds(self, measured: f64, number: &str) -> bool {
        number.parse::<f64>().is_ok_and(|number| match self {
            Self::AtLeast => measured >= number,
            Self::MoreThan => measured > number,
            Self::AtMost => measured <= number,
            Self::LessThan => measured < number,
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
    ("不小于", Comparison::AtLeast),
    ("不少于", Comparison::AtLeast),
    ("不低于", Comparison::AtLeast),
    ("至少", Comparison::AtLeast),
    ("达到", Comparison::AtLeast),
    ("达", Comparison::AtLeast),
    ("≥", Comparison::AtLeast),
    (">=", Comparison::AtLeast),
    ("小于等于", Comparison::AtMost),
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

/// The measurable triggers in a condition's text, in order; each is one by itself. A number without both a unit and a comparison is none.
#[must_use]
pub fn parse_thresholds(text: &str) -> Vec<Threshold> {
    // 或 within a comparison word separates no alternatives.
    let text = fold(text).replace("大于或等于", "≥").replace("小于或等于", "≤");
    let mut found: Vec<Threshold> = Vec::new();
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
            let threshold = Threshold {
                quantity: refine(*quantity, clause),
                comparison,
                number: number.to_owned(),
                unit: (*unit).to_owned(),
                up_to: None,
            };
            let alternative = text.get(..start).is_some_and(|before| {
                before.strip_suffix(clause).is_some_and(|before| before.ends_with('或'))
            });
            let closes = !alternative && found.last_mut().is_some_and(|last| last.close(&threshold));
            if !closes {
                found.push(threshold);
            }
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
