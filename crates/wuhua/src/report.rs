//! `wuhua report`: a report of a city and period as files.

use std::{fs, path::PathBuf};

use anyhow::{Context as _, Result};
use clap::Args;
use figures::report::Template;
use governance::view::View;
use kernel::{code::CityCode, period::Period};
use reports::{Format, Made, REPORTS};

use crate::{Data, folder, import};

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
    /// `html`, `docx`, `xlsx`, `pdf` or `json`; several with commas; all of them where none is given.
    #[arg(long, value_delimiter = ',', value_parser = format)]
    format: Vec<Format>,
    /// `zh` or `en`.
    #[arg(long, default_value = "zh", value_parser = ["zh", "en"])]
    language: String,
    /// The folder that the files go to.
    #[arg(long, default_value = ".", conflicts_with = "output")]
    to: PathBuf,
    /// The file to write, of one format; `-` is standard output.
    #[arg(short, long)]
    output: Option<PathBuf>,
    /// The server's address, such as `https://city.example`: numbers in files lead back to their rows there.
    #[arg(long)]
    address: Option<String>,
    /// The city; may be left out where there is one.
    #[arg(long)]
    city: Option<CityCode>,
    #[command(flatten)]
    data: Data,
}

fn format(word: &str) -> Result<Format, String> {
    Format::parse(word).ok_or_else(|| {
        let all: Vec<&str> = Format::ALL.into_iter().map(Format::name).collect();
        format!("one of {}", all.join(", "))
    })
}

pub(crate) fn run(asked: &ReportOf) -> Result<()> {
    if asked.list {
        for report in REPORTS {
            folder::result(&format!("{}  {}  {}", report.name, report.title.zh, report.title.en))?;
        }
        return Ok(());
    }
    let chinese = asked.language == "zh";
    let (name, template) = template(asked, chinese)?;
    let period = asked.period.context("which period? give --period")?;
    let formats = if asked.format.is_empty() { Format::ALL.to_vec() } else { asked.format.clone() };
    let one = match (&asked.output, formats.as_slice()) {
        (None, _) => None,
        (Some(path), [format]) => Some((path, *format)),
        (Some(_), _) => anyhow::bail!("--output takes one --format; several go to a folder with --to"),
    };
    let ledger = folder::ledger(&asked.data)?;
    let city = folder::city(&ledger, asked.city)?;
    let own = ledger.clone();
    let at = folder::now();
    let made = ledger.db().read_blocking(move |tx| {
        let view = View::load(tx, city)?;
        reports::make(&own, tx, &view, (&template, chinese), (period, at))
    })?;
    for left_out in &made.filled.left_out {
        folder::say(&format!(
            "left out under {}: {} (no rows: {})",
            left_out.under,
            left_out.words,
            left_out.figures.join(", ")
        ));
    }
    match one {
        Some((path, format)) => {
            let path = (path.as_os_str() != "-").then_some(path.as_path());
            import::write(path, &made.write(format, asked.address.as_deref())?)
        }
        None => all(asked, &made, &formats, &format!("{name}-{}", period.to_string().replace('/', "_"))),
    }
}

/// Writes a file for each format and names it.
fn all(asked: &ReportOf, made: &Made, formats: &[Format], stem: &str) -> Result<()> {
    fs::create_dir_all(&asked.to).with_context(|| asked.to.display().to_string())?;
    for format in formats {
        let path = asked.to.join(format!("{stem}.{}", format.name()));
        import::write(Some(&path), &made.write(*format, asked.address.as_deref())?)?;
        folder::result(&path.display().to_string())?;
    }
    Ok(())
}

/// The template with the name that its files get.
fn template(asked: &ReportOf, chinese: bool) -> Result<(String, Template)> {
    if let Some(path) = &asked.template {
        let text = fs::read_to_string(path).with_context(|| path.display().to_string())?;
        let stem =
            path.file_stem().map_or_else(|| "report".to_owned(), |stem| stem.to_string_lossy().into_owned());
        return Ok((stem, reports::read(&text)?));
    }
    let name = asked.name.as_deref().unwrap_or_default();
    Ok((name.to_owned(), reports::report(name)?.template(chinese)?))
}
