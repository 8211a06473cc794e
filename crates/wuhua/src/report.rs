//! `wuhua report`: a report of a city and period as a file.

use std::path::PathBuf;

use anyhow::{Context as _, Result, bail};
use clap::{Args, ValueEnum};
use figures::{
    Ask, Scope,
    report::{FilledReport, Template, fill},
};
use governance::view::View;
use kernel::{code::CityCode, period::Period};

use crate::{Data, folder, import};

/// What the file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Json,
}

#[derive(Args)]
pub(crate) struct ReportOf {
    /// The report; `--list` names them.
    #[arg(required_unless_present_any = ["list", "template"])]
    name: Option<String>,
    /// Says which reports there are.
    #[arg(long)]
    list: bool,
    /// A template of your own instead of a shipped one.
    #[arg(long, conflicts_with = "name")]
    template: Option<PathBuf>,
    /// `2016`, `2016-H1`, `2016-Q3`, `2016-03` …
    #[arg(long, required_unless_present = "list")]
    period: Option<Period>,
    /// What the file is.
    #[arg(long, value_enum, default_value = "json")]
    format: Format,
    /// `zh` or `en`.
    #[arg(long, default_value = "zh", value_parser = ["zh", "en"])]
    language: String,
    /// Where to; standard output where it is not given.
    #[arg(short, long)]
    output: Option<PathBuf>,
    /// The city; may be left out where there is one.
    #[arg(long)]
    city: Option<CityCode>,
    #[command(flatten)]
    data: Data,
}

pub(crate) fn run(asked: &ReportOf) -> Result<()> {
    if asked.list {
        for report in parts::reports::REPORTS {
            folder::result(&format!("{}  {}  {}", report.name, report.title.zh, report.title.en))?;
        }
        return Ok(());
    }
    let chinese = asked.language == "zh";
    let template = template(asked, chinese)?;
    let period = asked.period.context("which period? give --period")?;
    let ledger = folder::ledger(&asked.data)?;
    let city = folder::city(&ledger, asked.city)?;
    let own = ledger.clone();
    let filled = ledger.db().read_blocking(move |tx| {
        let view = View::load(tx, city)?;
        let name = if chinese { view.city.name.clone() } else { view.city.name_en.clone() };
        let ask = Ask { city, zone: view.zone, period, scope: Scope::City };
        fill(&own, tx, &template, &ask, (&name, chinese))
    })?;
    for left_out in &filled.left_out {
        folder::say(&format!(
            "left out under {}: {} (no rows: {})",
            left_out.under,
            left_out.words,
            left_out.figures.join(", ")
        ));
    }
    import::write(asked.output.as_deref(), &bytes(&filled, asked.format)?)
}

fn template(asked: &ReportOf, chinese: bool) -> Result<Template> {
    if let Some(path) = &asked.template {
        let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
        return Ok(Template::read(&text, parts::figures())?);
    }
    let name = asked.name.as_deref().unwrap_or_default();
    let Some(report) = parts::reports::report(name) else {
        bail!("no report is called {name}; --list names them");
    };
    Ok(report.template(chinese)?)
}

fn bytes(filled: &FilledReport, format: Format) -> Result<Vec<u8>> {
    match format {
        Format::Json => Ok(serde_json::to_vec_pretty(filled)?),
    }
}
