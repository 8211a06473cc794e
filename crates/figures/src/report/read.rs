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
//! @each unit 各部门考评: governance.handled governance.handled_on_time_rate.raw
//! @map 景区与园区: scenic_area park
//! @ledger
//! ```
//!
//! Lines without a mark are paragraphs; `#`, `##`, `###` are headings; a line that begins with `%` is a note to the author. `{code}` is a
//! figure's number, `{code:unit}` with its unit, `@previous` and `@year_before` ask another period. `«8+X»` is a name with a digit in it.
//! In lists of figures `F5` stands for all figures of that system of the source. Any other digit outside a heading, a name or a date is refused: it would be a number without rows.

use super::{
    literal::literal_number,
    template::{
        Block, ChartKind, EachOf, Form, Known, Period, Piece, Sentence, TEMPLATE_BYTES_MAX,
        TREND_PERIODS_MAX, Template, TemplateError,
    },
};
use crate::{Figure, find};

/// A line with its number, and what a template may name.
struct Reader<'a> {
    known: Known<'a>,
    line: usize,
}

impl Template {
    /// Reads a template that names nothing but what is known.
    ///
    /// # Errors
    /// [`TemplateError`] with the line: `template_too_long`, `template_title_missing`, `template_figure_unknown`, `template_register_unknown`
    /// (none, or one without places), `template_number_literal`, `template_block_unknown`, `template_block_malformed`,
    /// `template_brace_unclosed`.
    pub fn read(text: &str, known: Known<'_>) -> Result<Self, TemplateError> {
        let mut reader = Reader { known, line: 0 };
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
        find(self.known.figures, code).ok_or_else(|| self.error("template_figure_unknown", code))
    }

    /// Figures by their codes, or all of a system of the source by its id.
    fn figures(&self, codes: &str) -> Result<Vec<&'static Figure>, TemplateError> {
        let mut figures = Vec::new();
        for code in codes.split_whitespace() {
            let all = self.known.figures.iter().copied().flatten();
            let before = figures.len();
            figures.extend(all.filter(|figure| figure.mission == Some(code)));
            if figures.len() == before {
                figures.push(self.figure(code)?);
            }
        }
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
            "each" => {
                let (of, rest) = rest.split_once(char::is_whitespace).ok_or_else(malformed)?;
                let of = match of {
                    "unit" => EachOf::Unit,
                    "street" => EachOf::Street,
                    _ => return Err(malformed()),
                };
                let (caption, codes) = named(rest)?;
                Ok(Block::Each { caption, of, figures: self.figures(&codes)? })
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
                let register = |name: &str| {
                    let known = self.known.placed.iter().find(|known| **known == name);
                    known.copied().ok_or_else(|| self.error("template_register_unknown", name))
                };
                let registers: Vec<_> =
                    registers.split_whitespace().map(register).collect::<Result<_, _>>()?;
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

#[cfg(test)]
mod tests {
    use ledger::register::Title;

    use super::*;
    use crate::{Measure, Rows, Unit, When};

    const NAME: Title = Title { zh: "规划", en: "Plans" };
    static FIGURES: [Figure; 1] = [Figure {
        code: "plans",
        mission: Some("P1"),
        title: NAME,
        unit: Unit::Count(NAME),
        formula: NAME,
        version: 1,
        measure: Measure::Total(Rows::of("plan", When::Standing).count()),
    }];

    const KNOWN: Known<'static> = Known { figures: &[&FIGURES], placed: &["plan"] };

    fn read(text: &str) -> Result<Template, (&'static str, usize)> {
        Template::read(&format!("title: {{city}}2016年报告\n{text}"), KNOWN)
            .map_err(|error| (error.code, error.line))
    }

    #[test]
    fn a_number_without_rows_does_not_load() {
        for text in [
            "共有345个规划。",
            "共有３４５个",
            "增长5%。",
            "3 of them.",
            "2016年共345个。",
            "13月",
            "2016-13",
            "共有三百四十五个。",
            "十二座公园",
            "投资三亿元",
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
            "一一对应，万一一体化，五化破五难。",
            "@each street 各街道: plans",
            "@table 全部: P1",
            "@map 图: plan",
            "% 345 in a note",
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
            ("@table 表: P2", "template_figure_unknown"),
            ("@pie 图: plans", "template_block_unknown"),
            ("@map 图: plan park", "template_register_unknown"),
            ("@map 图:", "template_block_malformed"),
            ("@each cell 表: plans", "template_block_malformed"),
            ("@trend line 图: plans 1", "template_block_malformed"),
            ("####  四", "template_block_malformed"),
            ("有«8+X个", "template_brace_unclosed"),
        ] {
            assert_eq!(read(text).err(), Some((code, 2)), "{text}");
        }
        assert_eq!(
            Template::read("# x", KNOWN).err().map(|error| error.code),
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
