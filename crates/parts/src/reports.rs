//! The reports that are shipped: templates, each in both languages.

use figures::report::{Template, TemplateError};

/// A shipped report.
#[derive(Debug, Clone, Copy)]
pub struct Shipped {
    /// What it is asked for by.
    pub name: &'static str,
    /// What people call it.
    pub title: ledger::register::Title,
    zh: &'static str,
    en: &'static str,
}

/// The reports, in the order in which they are offered.
pub const REPORTS: &[Shipped] = &[Shipped {
    name: "kaili-reform",
    title: ledger::register::Title {
        zh: "“五化破五难”改革报告",
        en: "The reform report: five parts, five difficulties",
    },
    zh: include_str!("../reports/kaili-reform.zh.txt"),
    en: include_str!("../reports/kaili-reform.en.txt"),
}];

impl Shipped {
    /// The template in a language.
    ///
    /// # Errors
    /// [`TemplateError`]: never for a shipped one, which a test loads.
    pub fn template(&self, chinese: bool) -> Result<Template, TemplateError> {
        Template::read(if chinese { self.zh } else { self.en }, crate::figures())
    }
}

/// A report by its name.
#[must_use]
pub fn report(name: &str) -> Option<&'static Shipped> {
    REPORTS.iter().find(|report| report.name == name)
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
                Block::Table { figures, .. } | Block::Bars { figures, .. } => {
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
