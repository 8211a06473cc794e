//! The figures of planning (P1–P5) and of the bureau of statistics.

mod parks;
mod plans;
mod towns;

use figures::Figure;

/// The figures, in the order of the mission.
pub const FIGURES: &[Figure] = &{
    let mut all = [plans::FIGURES[0]; plans::FIGURES.len() + parks::FIGURES.len() + towns::FIGURES.len()];
    let lists: [&[Figure]; 3] = [plans::FIGURES, parks::FIGURES, towns::FIGURES];
    let (mut list, mut place) = (0, 0);
    while list < lists.len() {
        let mut number = 0;
        while number < lists[list].len() {
            all[place] = lists[list][number];
            number += 1;
            place += 1;
        }
        list += 1;
    }
    all
};
