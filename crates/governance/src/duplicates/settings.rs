//! What a city may turn: points, radius, window, thresholds. Part of the city's register, so each change has its date and its author.

use serde::{Deserialize, Serialize};

/// Largest radius, metres.
pub const RADIUS_M_MAX: u32 = 2_000;
/// Longest window, days.
pub const WINDOW_DAYS_MAX: u32 = 400;

/// Points that speak for one problem.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Points {
    /// Within [`Settings::near_m`].
    pub distance: u8,
    /// Reported at the same moment.
    pub time: u8,
    /// The same class, or a component and the matter that mirrors it.
    pub class_same: u8,
    /// Another class of the same major class.
    pub class_major: u8,
    /// A thing that both name in words, by whatever word.
    pub thing: u8,
    /// A fault that both name in words, by whatever word.
    pub fault: u8,
    /// The same other words.
    pub text: u8,
    /// A street that both name.
    pub street: u8,
    /// The same number of a lamp, a cover, a pole; a door number counts half.
    pub number: u8,
    /// The same component.
    pub component: u8,
    /// The same photo.
    pub photo: u8,
}

/// Points that speak against one problem.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Against {
    /// Four times the radius away or farther.
    pub distance: u8,
    /// Twice the window apart or more.
    pub time: u8,
    /// Classes of different major classes.
    pub class: u8,
    /// Both name things, and none in common.
    pub thing: u8,
    /// Both name faults, and none in common.
    pub fault: u8,
    /// No other word in common.
    pub text: u8,
    /// Both name streets, and none in common.
    pub street: u8,
    /// Different numbers of the same kind; distant door numbers count half.
    pub number: u8,
    /// Different components.
    pub component: u8,
}

/// How far apart two reports of one problem may be, metres: phones err by tens of metres, and a heap of rubbish is wider than a lamp.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Radius {
    /// Components, and matters that mirror one.
    pub component: u32,
    /// Other matters.
    pub matter: u32,
    /// Where a class is missing.
    pub unclassified: u32,
}

/// How duplicates are scored in a city. [`Default`] was tuned on the labelled set of `demo`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Rises with every change of the numbers; a score is only comparable with those of its version.
    pub version: u32,
    /// For.
    pub points: Points,
    /// Against.
    pub against: Against,
    /// Points for distance fall to nothing here, metres.
    pub radius_m: Radius,
    /// Nearer than this is the same place, metres.
    pub near_m: u32,
    /// Points for time fall to nothing here, days. Cases that ended longer ago are not suggested.
    pub window_days: u32,
    /// Likeness of the words from which all points are given, per cent.
    pub text_full_percent: u8,
    /// Likeness of the words from which they begin to speak for one problem, per cent.
    pub text_none_percent: u8,
    /// Photos that differ in no more bits of their look are the same.
    pub photo_same_bits: u8,
    /// Photos that differ in so many bits have nothing in common.
    pub photo_other_bits: u8,
    /// A score from which a case is suggested.
    pub possible: u8,
    /// A score from which it is very likely the same.
    pub likely: u8,
}

impl Default for Points {
    fn default() -> Self {
        Self {
            distance: 40,
            time: 16,
            class_same: 8,
            class_major: 6,
            thing: 9,
            fault: 6,
            text: 10,
            street: 2,
            number: 15,
            component: 40,
            photo: 60,
        }
    }
}

impl Default for Against {
    fn default() -> Self {
        Self {
            distance: 40,
            time: 60,
            class: 1,
            thing: 21,
            fault: 5,
            text: 2,
            street: 9,
            number: 45,
            component: 50,
        }
    }
}

impl Default for Radius {
    fn default() -> Self {
        Self { component: 105, matter: 125, unclassified: 150 }
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            version: 1,
            points: Points::default(),
            against: Against::default(),
            radius_m: Radius::default(),
            near_m: 12,
            window_days: 45,
            text_full_percent: 30,
            text_none_percent: 2,
            photo_same_bits: 6,
            photo_other_bits: 14,
            possible: 47,
            likely: 60,
        }
    }
}

impl Settings {
    /// The farthest that a case may be suggested from, metres.
    #[must_use]
    pub fn radius_m_max(&self) -> u32 {
        self.radius_m.component.max(self.radius_m.matter).max(self.radius_m.unclassified)
    }

    /// Whether the numbers make sense together: limits kept, what is full beyond what is nothing, thresholds in order.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        let radius = [self.radius_m.component, self.radius_m.matter, self.radius_m.unclassified];
        radius.iter().all(|radius_m| (self.near_m + 1..=RADIUS_M_MAX).contains(radius_m))
            && (1..=WINDOW_DAYS_MAX).contains(&self.window_days)
            && self.text_none_percent < self.text_full_percent
            && self.text_full_percent <= 100
            && self.photo_same_bits < self.photo_other_bits
            && self.photo_other_bits <= 32
            && self.points.class_major <= self.points.class_same
            && 1 <= self.possible
            && self.possible <= self.likely
            && self.likely <= 100
    }
}
