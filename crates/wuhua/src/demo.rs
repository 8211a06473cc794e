//! `wuhua demo`: the demonstration city of Kaili in an empty folder.

use ::demo::Wanted;
use anyhow::{Result, bail};
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use jiff::civil::Date;

use crate::{Data, folder};

/// The password of every demonstration account; the start page of a demonstration city shows it.
const PASSWORD: &str = "wuhua-kaili";

#[derive(Args)]
pub(crate) struct Demo {
    /// Everything random comes from it: the same seed, cases and day give the same city.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Reports within the year, each a case; calls to the hotline that become none come on top.
    #[arg(long, default_value_t = 10_000)]
    cases: u64,
    /// The day after the last one that is lived through; today where it is not given.
    #[arg(long)]
    until: Option<Date>,
    #[command(flatten)]
    data: Data,
}

pub(crate) fn run(demo: &Demo) -> Result<()> {
    if demo.data.database.is_none() && demo.data.data.join("wuhua.db").exists() {
        bail!("{}: a city is here already; name an empty folder with --data", demo.data.data.display());
    }
    let ledger = folder::make_ledger(&demo.data)?;
    if !ledger.db().read_blocking(ledger::cities)?.is_empty() {
        bail!("the database holds a city already; name an empty one with --database");
    }
    let zone = jiff::tz::TimeZone::get("Asia/Shanghai")?;
    let wanted = Wanted {
        seed: demo.seed,
        cases: demo.cases,
        until: demo.until.unwrap_or_else(|| folder::now().date(&zone)),
        password: PASSWORD.to_owned(),
        password_hash: server::hash_password(PASSWORD)?,
        books: true,
    };
    let bar = ProgressBar::new(demo.cases);
    let template = "{pos} of {len} cases {wide_bar} {per_sec}, {eta} left";
    bar.set_style(ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar()));
    let made = ::demo::make(&ledger, &wanted, &mut |reports| bar.set_position(reports))?;
    bar.finish_and_clear();
    let people: usize = made.people.values().sum();
    folder::result(&format!(
        "Kaili {}: {} cells, {people} people, {} cases, {} acts on them, {} calls, {} acts on their sheets, \
         {} reminders and overdue clocks",
        made.city,
        made.cells,
        made.lived.reports,
        made.lived.acts,
        made.lived.calls,
        made.lived.call_acts,
        made.lived.timers
    ))?;
    folder::say(&format!("every demonstration account signs in with the password {PASSWORD}"));
    Ok(())
}
