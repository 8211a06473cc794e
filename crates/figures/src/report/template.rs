//! Reading templates.
//!
//! A template is a text, line by line:
//!
//! ```text
//! title: {city}“五化破五难”改革报告（{period}）
//! # 一、规划建设一体化
//! 纳入一张图的规划{planning.plans_merged:unit}，比上年同期的{planning.plans_merged@year_before:unit}更多。
//! @table 规划一体化主要指标: planning.plans_merged planning.titles_awarded
//! @trend line 审批资金: finance.approved 6
//! @bars 各类资金: finance.bonds finance.funds_pool
//! @map 景区与园区: scenic_area park
//! @ledger
//! ```
//!
//! Lines without a mark are paragraphs; `#`, `##`, `###` are headings; a line that begins with `%` is a note to the author. `{code}` is a
//! figure's number, `{code:unit}` with its unit, `@previous` and `@year_before` ask another period. `«8+X»` is a name with a digit in it.
//! Any other digit outside a heading, a name or a date is refused: it would be a number without rows.

use kernel::error::{Coded, ErrorKind};
use serde_json::{Map, Value};

use crate::{Figure, find};

/// Most bytes of a template.
pub const TEMPLATE_BYTES_MAX: usize = 256 * 1024;
/// Most periods of a trend.
const TREND_PERIODS_MAX: u32 = 60;

/// A report without its numbers.
#[derive(Debug, Clone)]
pub struct Template {
    /// What it is called, with city and period in place.
    pub title: Sentence,
    /// What stands in it.
    pub blocks: Vec<Block>,
}

/// A part of a report.
#[derive(Debug, Clone)]
pub enum Block {
    /// A heading of level 1 to 3.
    Heading(u8, String),
    /// A paragraph, sentence by sentence.
    Paragraph(Vec<Sentence>),
    /// A table of figures: value, unit, the year before.
    Table {
        /// What it is called.
        caption: String,
        /// The figures.
        figures: Vec<&'static Figure>,
    },
    /// A figure over the periods up to the one asked for.
    Trend {
        /// How it is drawn.
        kind: ChartKind,
        /// What it is called.
        caption: String,
        /// The figure.
        figure: &'static Figure,
        /// How many periods.
        periods: u32,
    },
    /// Figures beside each other.
    Bars {
        /// What it is called.
        caption: String,
        /// The figures, of one unit.
        figures: Vec<&'static Figure>,
    },
    /// Registers on the city's map.
    Map {
        /// What it is called.
        caption: String,
        /// Names of registers with places.
        registers: Vec<String>,
    },
    /// The head of the city's ledger.
    Ledger,
}

/// How a trend is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChartKind {
    /// Columns.
    Bar,
    /// A line.
    Line,
}

/// What stands or falls together: without one of its figures it is left out.
#[derive(Debug, Clone, Default)]
pub struct Sentence(pub Vec<Piece>);

/// A piece of a sentence.
#[derive(Debug, Clone)]
pub enum Piece {
    /// Words.
    Text(String),
    /// The city's name.
    City,
    /// The period that is asked for.
    Period,
    /// A figure's number.
    Figure {
        /// The figure.
        figure: &'static Figure,
        /// Alone or with its unit.
        form: Form,
        /// Of which period.
        period: Period,
    },
}

/// How a number is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Form {
    /// The number alone.
    Number,
    /// The number with its unit.
    WithUnit,
}

/// Of which period a number is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Period {
    /// The one that is asked for.
    Asked,
    /// The one before.
    Previous,
    /// The same one a year before.
    YearBefore,
}

/// Why a template does not load.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{code} in line {line}: {what}")]
pub struct TemplateError {
    /// The translation key.
    pub code: &'static str,
    /// The line, from 1.
    pub line: usize,
    /// What stands there.
    pub what: String,
}

impl Coded for TemplateError {
    fn code(&self) -> &'static str {
        self.code
    }

    fn kind(&self) -> ErrorKind {
        ErrorKind::Invalid
    }

    fn details(&self) -> Map<String, Value> {
        Map::from_iter([("line".to_owned(), self.line.into()), ("what".to_owned(), self.what.clone().into())])
    }
}

/// A line with its number, and the figures that a template may name.
struct Reader<'a> {
    figures: &'a [&'static [Figure]],
    line: usize,
}

impl Template {
    /// Reads a template; the figures are those that it may name.
    ///
    /// # Errors
    /// [`TemplateError`] with the line: `template_too_long`, `template_title_missing`, `template_figure_unknown`,
    /// `template_number_literal`, `template_block_unknown`, `template_block_malformed`, `template_brace_unclosed`.
    pub fn read(text: &str, figures: &[&'static [Figure]]) -> Result<Self, TemplateError> {
        let mut reader = Reader { figures, line: 0 };
        if text.len() > TEMPLATE_BYTES_MAX {
            return Err(reader.error("template_too_long", ""));
        }
        let (mut title, mut blocks) = (None, Vec::new());
        for (number, line) in text.lines().enumerate() {
            reader.line = number + 1;
            let line = line.trim();
            if line.is_empty() || line.starts_with('%') {
                continue;
            }
            if let Some(text) = line.strip_prefix("title:") {
                title = Some(reader.sentence(text.trim(), true)?);
            } else if line.starts_with('#') {
                let level = line.bytes().take_while(|sign| *sign == b'#').count();
                let words = line[level..].trim();
                match u8::try_from(level) {
                    Ok(level @ 1..=3) if !words.is_empty() => {
                        blocks.push(Block::Heading(level, words.to_owned()));
                    }
                    _ => return Err(reader.error("template_block_malformed", line)),
                }
            } else if let Some(block) = line.strip_prefix('@') {
                blocks.push(reader.block(block)?);
            } else {
                let sentences = sentences(line).into_iter().map(|text| reader.sentence(text, false));
                blocks.push(Block::Paragraph(sentences.collect::<Result<_, _>>()?));
            }
        }
        let title = title.ok_or_else(|| TemplateError {
            code: "template_title_missing",
            line: 1,
            what: String::new(),
        })?;
        Ok(Self { title, blocks })
    }
}

/// A paragraph cut after each sentence's end.
fn sentences(line: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let (mut from, mut braces) = (0, false);
    let mut signs = line.char_indices().peekable();
    while let Some((place, sign)) = signs.next() {
        match sign {
            '{' => braces = true,
            '}' => braces = false,
            _ => {}
        }
        let next = signs.peek().map(|(_, next)| *next);
        // A full stop ends an English sentence where a space or nothing follows.
        let ends = matches!(sign, '。' | '！' | '？' | '；')
            || matches!(sign, '.' | '!' | '?' | ';') && next.is_none_or(char::is_whitespace);
        if ends && !braces {
            let end = place + sign.len_utf8();
            found.push(&line[from..end]);
            from = end;
        }
    }
    if !line[from..].trim().is_empty() {
        found.push(&line[from..]);
    }
    found
}

impl Reader<'_> {
    fn error(&self, code: &'static str, what: &str) -> TemplateError {
        TemplateError { code, line: self.line, what: what.chars().take(80).collect() }
    }

    fn figure(&self, code: &str) -> Result<&'static Figure, TemplateError> {
        find(self.figures, code).ok_or_else(|| self.error("template_figure_unknown", code))
    }

    fn figures(&self, codes: &str) -> Result<Vec<&'static Figure>, TemplateError> {
        let figures: Vec<_> =
            codes.split_whitespace().map(|code| self.figure(code)).collect::<Result<_, _>>()?;
        if figures.is_empty() { Err(self.error("template_block_malformed", codes)) } else { Ok(figures) }
    }

    fn block(&self, text: &str) -> Result<Block, TemplateError> {
        let malformed = || self.error("template_block_malformed", text);
        let (mark, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
        if mark == "ledger" {
            return Ok(Block::Ledger);
        }
        let named = |text: &str| -> Result<(String, String), TemplateError> {
            let (caption, rest) = text.split_once([':', '：']).ok_or_else(malformed)?;
            let caption = self.words(caption.trim())?;
            Ok((caption, rest.trim().to_owned()))
        };
        match mark {
            "table" => {
                let (caption, codes) = named(rest)?;
                Ok(Block::Table { caption, figures: self.figures(&codes)? })
            }
            "bars" => {
                let (caption, codes) = named(rest)?;
                let figures = self.figures(&codes)?;
                let one_unit = figures.windows(2).all(|pair| pair[0].unit == pair[1].unit);
                if one_unit { Ok(Block::Bars { caption, figures }) } else { Err(malformed()) }
            }
            "trend" => {
                let (kind, rest) = rest.split_once(char::is_whitespace).ok_or_else(malformed)?;
                let kind = match kind {
                    "bar" => ChartKind::Bar,
                    "line" => ChartKind::Line,
                    _ => return Err(malformed()),
                };
                let (caption, rest) = named(rest)?;
                let (code, periods) = rest.split_once(char::is_whitespace).ok_or_else(malformed)?;
                let periods =
                    periods.trim().parse().ok().filter(|count| (2..=TREND_PERIODS_MAX).contains(count));
                let figure = self.figure(code)?;
                Ok(Block::Trend { kind, caption, figure, periods: periods.ok_or_else(malformed)? })
            }
            "map" => {
                let (caption, registers) = named(rest)?;
                let registers: Vec<String> = registers.split_whitespace().map(str::to_owned).collect();
                if registers.is_empty() { Err(malformed()) } else { Ok(Block::Map { caption, registers }) }
            }
            _ => Err(self.error("template_block_unknown", mark)),
        }
    }

    /// Words without placeholders.
    fn words(&self, text: &str) -> Result<String, TemplateError> {
        let (clean, _) = self.named(text)?;
        Ok(clean)
    }

    fn sentence(&self, text: &str, heading: bool) -> Result<Sentence, TemplateError> {
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            let (inside, behind) =
                after.split_once('}').ok_or_else(|| self.error("template_brace_unclosed", after))?;
            self.text(before, heading, &mut pieces)?;
            pieces.push(self.placeholder(inside.trim())?);
            rest = behind;
        }
        if rest.contains('}') {
            return Err(self.error("template_brace_unclosed", rest));
        }
        self.text(rest, heading, &mut pieces)?;
        Ok(Sentence(pieces))
    }

    fn text(&self, text: &str, heading: bool, pieces: &mut Vec<Piece>) -> Result<(), TemplateError> {
        if text.is_empty() {
            return Ok(());
        }
        let (clean, outside) = self.named(text)?;
        if !heading && let Some(number) = literal_number(&outside) {
            return Err(self.error("template_number_literal", &number));
        }
        pieces.push(Piece::Text(clean));
        Ok(())
    }

    /// The text without the marks of names, and what of it stands outside of names.
    fn named(&self, text: &str) -> Result<(String, String), TemplateError> {
        let (mut clean, mut outside, mut rest) = (String::new(), String::new(), text);
        while let Some((before, after)) = rest.split_once('«') {
            let (name, behind) =
                after.split_once('»').ok_or_else(|| self.error("template_brace_unclosed", after))?;
            clean.push_str(before);
            clean.push_str(name);
            outside.push_str(before);
            outside.push(' ');
            rest = behind;
        }
        clean.push_str(rest);
        outside.push_str(rest);
        Ok((clean, outside))
    }

    fn placeholder(&self, inside: &str) -> Result<Piece, TemplateError> {
        match inside {
            "city" => return Ok(Piece::City),
            "period" => return Ok(Piece::Period),
            _ => {}
        }
        let (inside, form) = match inside.split_once(':') {
            None => (inside, Form::Number),
            Some((code, "unit")) => (code, Form::WithUnit),
            Some(_) => return Err(self.error("template_block_malformed", inside)),
        };
        let (code, period) = match inside.split_once('@') {
            None => (inside, Period::Asked),
            Some((code, "previous")) => (code, Period::Previous),
            Some((code, "year_before")) => (code, Period::YearBefore),
            Some(_) => return Err(self.error("template_block_malformed", inside)),
        };
        Ok(Piece::Figure { figure: self.figure(code)?, form, period })
    }
}

/// The first number of a text that is no date: digits, also full-width ones.
fn literal_number(text: &str) -> Option<String> {
    let signs: Vec<char> = text.chars().map(kernel::text::fold_width).collect();
    let mut place = 0;
    while place < signs.len() {
        if !signs[place].is_ascii_digit() {
            place += 1;
            continue;
        }
        match date_end(&signs, place) {
            Some(end) => place = end,
            None => {
                let number: String =
                    signs[place..].iter().take_while(|sign| !sign.is_whitespace()).take(20).collect();
                return Some(number);
            }
        }
    }
    None
}

/// Where a date ends that begins here: `2016年`, `2016年3月`, `2016年3月5日`, `3月5日`, `2016-03-05`.
fn date_end(signs: &[char], from: usize) -> Option<usize> {
    let digits = |from: usize| signs[from..].iter().take_while(|sign| sign.is_ascii_digit()).count();
    let at = |place: usize| signs.get(place).copied();
    let first = digits(from);
    let mut end = from + first;
    match at(end) {
        Some('年') if first == 4 => {
            end += 1;
            let month = digits(end);
            if (1..=2).contains(&month) && at(end + month) == Some('月') {
                end += month + 1;
                let day = digits(end);
                if (1..=2).contains(&day) && at(end + day) == Some('日') {
                    end += day + 1;
                }
            }
            Some(end)
        }
        Some('月') if first <= 2 => {
            let day = digits(end + 1);
            ((1..=2).contains(&day) && at(end + 1 + day) == Some('日')).then_some(end + 2 + day)
        }
        Some('-') if first == 4 => {
            let iso = digits(end + 1) == 2 && at(end + 3) == Some('-') && digits(end + 4) == 2;
            iso.then_some(end + 6)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use ledger::register::Title;

    use super::*;
    use crate::{Measure, Rows, Unit, When};

    const NAME: Title = Title { zh: "规划", en: "Plans" };
    static FIGURES: [Figure; 1] = [Figure {
        code: "plans",
        mission: None,
        title: NAME,
        unit: Unit::Count(NAME),
        formula: NAME,
        version: 1,
        measure: Measure::Total(Rows::of("plan", When::Standing).count()),
    }];

    fn read(text: &str) -> Result<Template, (&'static str, usize)> {
        Template::read(&format!("title: {{city}}2016年报告\n{text}"), &[&FIGURES])
            .map_err(|error| (error.code, error.line))
    }

    #[test]
    fn a_number_without_rows_does_not_load() {
        for text in [
            "共有230个规划。",
            "共有２３０个",
            "增长5%。",
            "3 of them.",
            "2016年共230个。",
            "13月",
            "2016-13",
        ] {
            assert_eq!(read(text).err(), Some(("template_number_literal", 2)), "{text}");
        }
        for text in [
            "2016年3月5日起施行。",
            "自2016-03-05起。",
            "3月5日召开会议。",
            "建设«8+X»设施。",
            "共有{plans}个。",
            "# 一、2016年工作",
            "% 230 in a note",
        ] {
            assert!(read(text).is_ok(), "{text}: {:?}", read(text).err());
        }
    }

    #[test]
    fn what_is_wrong_is_named_with_its_line() {
        for (text, code) in [
            ("有{plan}个", "template_figure_unknown"),
            ("有{plans", "template_brace_unclosed"),
            ("有plans}", "template_brace_unclosed"),
            ("有{plans:percent}", "template_block_malformed"),
            ("有{plans@never}", "template_block_malformed"),
            ("@table 表", "template_block_malformed"),
            ("@table 表: plan", "template_figure_unknown"),
            ("@pie 图: plans", "template_block_unknown"),
            ("@trend line 图: plans 1", "template_block_malformed"),
            ("####  四", "template_block_malformed"),
            ("有«8+X个", "template_brace_unclosed"),
        ] {
            assert_eq!(read(text).err(), Some((code, 2)), "{text}");
        }
        assert_eq!(
            Template::read("# x", &[&FIGURES]).err().map(|error| error.code),
            Some("template_title_missing")
        );
    }

    #[test]
    fn paragraphs_are_cut_into_sentences() {
        let template = read("有{plans}个。去年{plans@year_before:unit}；其余见表").unwrap();
        let Some(Block::Paragraph(sentences)) = template.blocks.first() else { panic!("{template:?}") };
        assert_eq!(sentences.len(), 3);
        assert!(matches!(
            sentences[1].0.as_slice(),
            [Piece::Text(_), Piece::Figure { form: Form::WithUnit, period: Period::YearBefore, .. }, Piece::Text(end)] if end == "；"
        ));
        assert_eq!(super::sentences("One is. Two are v1.5 of it."), ["One is.", " Two are v1.5 of it."]);
    }
}
