//! The borders of the city, its streets and towns, communities and villages.

use super::{Division, Outline, border::Borders, land::Land, register::Entry};
use crate::error::DemoError;

/// The city and every division in it, the streets and towns first.
pub(super) fn divisions(
    land: &Land,
    borders: &Borders<'_>,
    quarters: &[Entry],
    communities: &[Entry],
) -> Result<(Outline, Vec<Division>), DemoError> {
    let quarter_of: Vec<Option<usize>> = communities
        .iter()
        .map(|entry| quarters.iter().position(|quarter| entry.code.starts_with(&quarter.code)))
        .collect();
    let in_quarter = |site: usize| land.community_of[site].and_then(|community| quarter_of[community]);
    let whole = borders.areas(1, |site| land.community_of[site].map(|_| 0))?;
    let large = borders.areas(quarters.len(), in_quarter)?;
    let small = borders.areas(communities.len(), |site| land.community_of[site])?;
    let divisions = quarters
        .iter()
        .zip(large)
        .chain(communities.iter().zip(small))
        .map(|(entry, boundary)| Division {
            code: entry.code.clone(),
            name_zh: entry.name_zh.clone(),
            name_en: entry.name_en.clone(),
            level: entry.level,
            parent: entry.code.get(..entry.code.len() - 3).unwrap_or_default().to_owned(),
            boundary,
        })
        .collect();
    let outline = Outline {
        code: crate::KAILI.to_string(),
        name_zh: "凯里市".to_owned(),
        name_en: "Kaili".to_owned(),
        boundary: whole.into_iter().next().unwrap_or_default(),
    };
    Ok((outline, divisions))
}
