//! A filled report as a document: paragraphs, tables, charts, maps, and at its end how each number came about.

use std::collections::BTreeMap;

use documents::report::{
    Block, Cell, Chart, ChartKind, HeaderCell, Language, Layer, Plan, Report, Series, Span, Table, Value,
};
use figures::{
    Measure, Scope, Unit,
    report::{FilledBlock, LeftOut, Number, Span as Words, period_words},
};
use kernel::period::Period;
use ledger::register::Title;

use crate::Made;

/// Signs of a hash that are printed: enough to compare by eye; the whole stands in the JSON.
const HASH_SIGNS: usize = 16;

struct Drawing<'a> {
    made: &'a Made,
    language: Language,
    /// Every number that was printed, once.
    numbers: BTreeMap<(&'static str, String, String), &'a Number>,
}

/// The document of a report.
pub(crate) fn document(made: &Made, address: Option<&str>) -> Report {
    let filled = &made.filled;
    let language = if filled.chinese { Language::Chinese } else { Language::English };
    let mut drawing = Drawing { made, language, numbers: BTreeMap::new() };
    let mut blocks: Vec<Block> = filled.blocks.iter().map(|block| drawing.block(block)).collect();
    blocks.extend(drawing.certificates());
    let day = made.made_on;
    let date_text = if filled.chinese {
        format!("{}年{}月{}日", day.year(), day.month(), day.day())
    } else {
        day.to_string()
    };
    Report {
        title: filled.title.clone(),
        subtitle: String::new(),
        issuer: filled.city.clone(),
        date_text,
        language,
        address: address.map(str::to_owned),
        blocks,
        notes: filled.left_out.iter().map(|left_out| note(left_out, language)).collect(),
    }
}

/// A sentence that was left out, for the end of the report.
fn note(left_out: &LeftOut, language: Language) -> String {
    let figures = left_out.figures.join(language.pick("、", ", "));
    let under = if left_out.under.is_empty() { "" } else { &left_out.under };
    language
        .pick(
            "未写入“{under}”：{words}（无记录：{figures}）",
            "Left out under “{under}”: {words} (no rows: {figures})",
        )
        .replace("{under}", under)
        .replace("{words}", left_out.words.trim())
        .replace("{figures}", &figures)
}

/// Where the rows behind a number are.
fn link(number: &Number) -> String {
    let scope = match &number.scope {
        Scope::City => String::new(),
        Scope::Street(code) => format!("&street={code}"),
        Scope::Unit(code) => format!("&unit={code}"),
        Scope::Cell(code) => format!("&cell={code}"),
    };
    format!("/api/v1/figures/{}/rows?period={}{scope}", number.figure, number.period.replace('/', "%2F"))
}

/// A decimal text as a number of a table.
fn value(text: Option<&str>) -> Value {
    let Some(text) = text else { return Value::Empty };
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    let units = format!("{whole}{decimals}").parse();
    match (units, u32::try_from(decimals.len())) {
        (Ok(units), Ok(decimals)) => Value::Number { units, decimals },
        _ => Value::Text(text.to_owned()),
    }
}

fn header(words: &[&str]) -> Vec<Vec<HeaderCell>> {
    vec![words.iter().map(|word| HeaderCell::from(*word)).collect()]
}

impl<'a> Drawing<'a> {
    fn word(&self, title: Title) -> &'static str {
        self.language.pick(title.zh, title.en)
    }

    fn period(&self, text: &str) -> String {
        text.parse::<Period>()
            .map_or_else(|_| text.to_owned(), |period| period_words(period, self.made.filled.chinese))
    }

    fn cell(&mut self, number: &'a Number) -> Cell {
        self.numbers.entry((number.figure, number.period.clone(), link(number))).or_insert(number);
        Cell {
            value: value(number.value.as_deref()),
            link: number.value.is_some().then(|| link(number)),
            figure: Some(number.figure.to_owned()),
        }
    }

    fn block(&mut self, block: &'a FilledBlock) -> Block {
        match block {
            FilledBlock::Heading { level, text } => Block::Heading(*level, text.clone()),
            FilledBlock::Paragraph { spans } => {
                Block::Paragraph(spans.iter().map(|span| self.span(span)).collect())
            }
            FilledBlock::Table { caption, rows } => Block::Table(self.table(caption, rows)),
            FilledBlock::Each { caption, columns, rows } => {
                let mut words = vec![self.language.pick("名称", "Name").to_owned()];
                words.extend(columns.iter().map(|(title, unit)| {
                    let (open, shut) = (self.language.pick("（", " ("), self.language.pick("）", ")"));
                    format!("{}{open}{}{shut}", self.word(*title), self.word(*unit))
                }));
                let mut lines = Vec::with_capacity(rows.len());
                for (name, numbers) in rows {
                    let mut line = vec![Cell::from(name.as_str())];
                    line.extend(numbers.iter().map(|number| self.cell(number)));
                    lines.push(line);
                }
                let total = self.total(&lines, rows);
                let words: Vec<&str> = words.iter().map(String::as_str).collect();
                Block::Table(Table { caption: caption.clone(), header: header(&words), rows: lines, total })
            }
            FilledBlock::Chart { caption, line, numbers } => {
                Block::Chart(self.chart(caption, *line, numbers))
            }
            FilledBlock::Map { caption, layers } => {
                let layer = |layer: &figures::report::MapLayer| Layer {
                    name: self.word(layer.title).to_owned(),
                    shapes: layer.shapes.clone(),
                    all: layer.all,
                };
                let plan = Plan {
                    caption: caption.clone(),
                    grounds: self.made.grounds.clone(),
                    layers: layers.iter().map(layer).collect(),
                };
                Block::Map(plan.draw(self.language))
            }
            FilledBlock::Ledger { entries, hash, root } => {
                let text = self
                    .language
                    .pick(
                        "本报告所据账本共{entries}条记录，末条散列值{hash}，树根{root}。",
                        "The ledger behind this report holds {entries} entries; the last one's hash is {hash}, the tree's root {root}.",
                    )
                    .replace("{entries}", &entries.to_string())
                    .replace("{hash}", hash)
                    .replace("{root}", root);
                Block::Paragraph(vec![Span::from(text)])
            }
        }
    }

    /// The sums of the columns that count things: a workbook sums them by itself. A rate of all is no sum of rates, and amounts are rounded
    /// line by line.
    fn total(&self, lines: &[Vec<Cell>], rows: &[(String, Vec<Number>)]) -> Option<Vec<Cell>> {
        let (_, first) = rows.first()?;
        let counts = |number: &Number| {
            parts::figure(number.figure).is_some_and(|figure| {
                matches!((figure.measure, figure.unit), (Measure::Total(_), Unit::Count(_)))
            })
        };
        if !first.iter().any(counts) {
            return None;
        }
        let sum = |column: usize| {
            let units = lines.iter().filter_map(|line| match line.get(column)?.value {
                Value::Number { units, decimals: 0 } => Some(units),
                _ => None,
            });
            Cell::number(units.sum(), 0)
        };
        let cells = first.iter().enumerate();
        let cells =
            cells.map(|(index, number)| if counts(number) { sum(index + 1) } else { Cell::default() });
        Some(std::iter::once(Cell::from(self.language.pick("合计", "Total"))).chain(cells).collect())
    }

    fn span(&mut self, span: &'a Words) -> Span {
        match span {
            Words::Text(text) => Span::from(text.as_str()),
            Words::Number { text, number } => {
                self.cell(number);
                let figure = Some(number.figure.to_owned());
                Span { text: text.clone(), strong: true, link: Some(link(number)), figure }
            }
        }
    }

    fn table(&mut self, caption: &str, rows: &'a [(Number, Option<Number>)]) -> Table {
        let words = self
            .language
            .pick(["指标", "单位", "数值", "上年同期"], ["Figure", "Unit", "Value", "A year before"]);
        let mut lines = Vec::with_capacity(rows.len());
        for (number, before) in rows {
            let own = self.cell(number);
            let earlier = before.as_ref().map(|before| self.cell(before)).unwrap_or_default();
            lines.push(vec![self.word(number.title).into(), self.word(number.unit).into(), own, earlier]);
        }
        Table { caption: caption.to_owned(), header: header(&words), rows: lines, total: None }
    }

    fn chart(&mut self, caption: &str, line: bool, numbers: &'a [Number]) -> Chart {
        numbers.iter().for_each(|number| drop(self.cell(number)));
        let one = numbers.windows(2).all(|pair| pair[0].figure == pair[1].figure);
        let category = |number: &Number| {
            if one { self.period(&number.period) } else { self.word(number.title).to_owned() }
        };
        let values = numbers.iter().map(|number| number.value.as_deref()?.parse().ok());
        Chart {
            kind: if line { ChartKind::Line } else { ChartKind::Bar },
            title: caption.to_owned(),
            unit: numbers.first().map(|number| self.word(number.unit).to_owned()).unwrap_or_default(),
            categories: numbers.iter().map(category).collect(),
            series: vec![Series { name: caption.to_owned(), values: values.collect() }],
        }
    }

    /// How each number came about: its formula in words, by which version, over how many rows, as of which entry.
    fn certificates(&self) -> Vec<Block> {
        // Of units, streets and other periods the city's own line says how; the JSON has the certificates of all.
        let period = &self.made.filled.period;
        let is_own = |number: &&&Number| {
            number.scope == Scope::City && number.period == *period && number.value.is_some()
        };
        let of_city = self.numbers.values().filter(is_own);
        let line = |number: &&'a Number| -> Vec<Cell> {
            let formula = parts::figure(number.figure).map_or("", |figure| self.word(figure.formula));
            let certificate = &number.certificate;
            vec![
                self.word(number.title).into(),
                formula.into(),
                Cell::number(i64::try_from(number.rows).unwrap_or(i64::MAX), 0),
                format!("{} v{}", number.figure, certificate.version).into(),
                certificate.rows_hash.chars().take(HASH_SIGNS).collect::<String>().into(),
            ]
        };
        let rows: Vec<Vec<Cell>> = of_city.map(line).collect();
        if rows.is_empty() {
            return Vec::new();
        }
        let words = self.language.pick(
            ["指标", "口径", "记录数", "公式", "记录散列值"],
            ["Figure", "How it is made", "Rows", "Formula", "Hash of the rows"],
        );
        let caption = self.language.pick("指标口径与数据凭证", "How each number came about");
        vec![
            Block::Heading(1, caption.to_owned()),
            Block::Table(Table { caption: caption.to_owned(), header: header(&words), rows, total: None }),
        ]
    }
}

#[cfg(test)]
mod tests {
    use figures::{Certificate, report::FilledReport};

    use super::*;

    fn number(figure: &'static str, unit: &str, value: &str) -> Number {
        let told = parts::figure(figure).unwrap();
        Number {
            figure,
            mission: told.mission,
            title: told.title,
            period: "2016-H1".to_owned(),
            scope: Scope::Unit(unit.to_owned()),
            value: Some(value.to_owned()),
            unit: Title { zh: "件", en: "cases" },
            rows: 3,
            certificate: Certificate { figure, version: 1, entries: 9, rows_hash: "ab".repeat(32) },
        }
    }

    #[test]
    fn counts_of_units_are_summed_and_rates_are_not() {
        let line = |unit: &str, handled: &str, rate: &str| {
            let numbers = vec![
                number("governance.handled", unit, handled),
                number("governance.handled_rate.raw", unit, rate),
            ];
            (unit.to_owned(), numbers)
        };
        let rows = vec![line("water", "12", "80.00"), line("gas", "30", "100.00")];
        let columns = rows[0].1.iter().map(|number| (number.title, number.unit)).collect();
        let filled = FilledReport {
            title: "月报".to_owned(),
            city: "凯里市".to_owned(),
            period: "2016-H1".to_owned(),
            chinese: true,
            blocks: vec![FilledBlock::Each { caption: "各部门".to_owned(), columns, rows }],
            left_out: Vec::new(),
        };
        let made = Made { filled, made_on: jiff::civil::date(2016, 7, 1), grounds: Vec::new() };
        let report = document(&made, None);
        let Some(Block::Table(table)) = report.blocks.first() else { panic!("{report:?}") };
        let total: Vec<String> = table.total.iter().flatten().map(Cell::text).collect();
        assert_eq!(total, ["合计", "42", ""]);
        assert!(table.is_sum(1), "a workbook sums it by itself");
        let link = table.rows[0][1].link.as_deref();
        assert_eq!(link, Some("/api/v1/figures/governance.handled/rows?period=2016-H1&unit=water"));
    }
}
