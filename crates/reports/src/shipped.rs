//! The reports that are shipped: templates, each in both languages.

use figures::report::{Known, Template};
use ledger::register::{Kind, Title};

use crate::ReportError;

/// A shipped report.
#[derive(Debug, Clone, Copy)]
pub struct Shipped {
    /// What it is asked for by.
    pub name: &'static str,
    /// What people call it.
    pub title: Title,
    zh: &'static str,
    en: &'static str,
}

macro_rules! shipped {
    ($name:literal, $zh:literal, $en:literal) => {
        Shipped {
            name: $name,
            title: Title { zh: $zh, en: $en },
            zh: include_str!(concat!("../reports/", $name, ".zh.txt")),
            en: include_str!(concat!("../reports/", $name, ".en.txt")),
        }
    };
}

/// The reports, in the order in which they are offered.
pub const REPORTS: &[Shipped] = &[
    shipped!("kaili-reform", "“五化破五难”改革报告", "The reform report: five parts, five difficulties"),
    shipped!("monthly-evaluation", "城市管理考评月报", "Monthly evaluation of city management"),
    shipped!("daily-bulletin", "城市管理每日简报", "Daily bulletin of city management"),
    shipped!("planning-brief", "规划建设一体化专报", "Brief for leaders: planning as one"),
    shipped!("finance-brief", "投资融资多元化专报", "Brief for leaders: many sources of money"),
    shipped!("land-brief", "土地使用集约化专报", "Brief for leaders: land put to use"),
    shipped!("services-brief", "公共服务均等化专报", "Brief for leaders: services for all"),
    shipped!("governance-brief", "城市管理精细化专报", "Brief for leaders: every street looked after"),
];

impl Shipped {
    /// The template in a language.
    ///
    /// # Errors
    /// [`ReportError::Template`]: never for a shipped one, which a test loads.
    pub fn template(&self, chinese: bool) -> Result<Template, ReportError> {
        read(if chinese { self.zh } else { self.en })
    }
}

/// A template that names figures and registers of the parts.
///
/// # Errors
/// [`ReportError::Template`] with the line.
pub fn read(text: &str) -> Result<Template, ReportError> {
    let nouns = parts::nouns();
    let descriptions = nouns.registers().iter().map(|register| register.description());
    let placed: Vec<&'static str> = descriptions
        .filter(|description| {
            let is_place = |kind| matches!(kind, Kind::Point | Kind::Line | Kind::Surface);
            description.fields.iter().any(|field| is_place(field.kind))
        })
        .map(|description| description.name)
        .collect();
    Ok(Template::read(text, Known { figures: parts::figures(), placed: &placed })?)
}

/// A report by its name.
///
/// # Errors
/// [`ReportError::Unknown`].
pub fn report(name: &str) -> Result<&'static Shipped, ReportError> {
    REPORTS.iter().find(|report| report.name == name).ok_or_else(|| ReportError::Unknown(name.to_owned()))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use figures::report::{Block, Piece, Sentence};

    use super::*;

    /// The figures that a template names.
    fn named(template: &Template) -> BTreeSet<&'static str> {
        let of = |sentence: &Sentence| -> Vec<&'static str> {
            let figure = |piece: &Piece| match piece {
                Piece::Figure { figure, .. } => Some(figure.code),
                _ => None,
            };
            sentence.0.iter().filter_map(figure).collect()
        };
        let block = |block: &Block| -> Vec<&'static str> {
            match block {
                Block::Paragraph(sentences) => sentences.iter().flat_map(of).collect(),
                Block::Table { figures, .. } | Block::Bars { figures, .. } | Block::Each { figures, .. } => {
                    figures.iter().map(|figure| figure.code).collect()
                }
                Block::Trend { figure, .. } => vec![figure.code],
                Block::Heading(..) | Block::Map { .. } | Block::Ledger => Vec::new(),
            }
        };
        template.blocks.iter().flat_map(block).collect()
    }

    #[test]
    fn shipped_reports_load_and_say_the_same_in_both_languages() {
        for report in REPORTS {
            let both = [true, false].map(|chinese| report.template(chinese).map(|template| named(&template)));
            let [Ok(zh), Ok(en)] = both else { panic!("{}: {both:?}", report.name) };
            assert_eq!(zh, en, "{}", report.name);
            assert!(!zh.is_empty(), "{} names no figure", report.name);
        }
    }
}
