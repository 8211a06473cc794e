//! `wuhua city add`: an empty city beside those there are.

use std::path::PathBuf;

use anyhow::{Context as _, Result, bail};
use clap::{Args, Subcommand};
use governance::{
    city::City,
    dictionary::Dictionary,
    handbook::{HandbookVersion, default_2026, default_units},
    load::{LayerRows, layer},
    unit::{Unit, UnitKind},
    view::View,
};
use kernel::{code::CityCode, role::ActorId};
use ledger::{By, LedgerError, register};

use crate::{Data, folder};

#[derive(Subcommand)]
pub(crate) enum CityRole {
    /// An empty city beside those there are.
    Add(Add),
}

#[derive(Args)]
pub(crate) struct Add {
    /// Six digits.
    code: CityCode,
    /// Its name.
    #[arg(long)]
    name: String,
    /// Its name in English.
    #[arg(long, default_value = "")]
    name_en: String,
    /// Its time zone.
    #[arg(long, default_value = "Asia/Shanghai")]
    zone: String,
    /// GeoJSON with its border.
    #[arg(long)]
    boundary: Option<PathBuf>,
    /// Whom residents may ask.
    #[arg(long, default_value = "")]
    contact: String,
    /// Without the default list of units and the default handbook.
    #[arg(long)]
    bare: bool,
    #[command(flatten)]
    data: Data,
}

pub(crate) fn run(role: &CityRole) -> Result<()> {
    let CityRole::Add(add) = role;
    let ledger = folder::make_ledger(&add.data)?;
    let now = folder::now();
    let boundary = match &add.boundary {
        Some(path) => Some(std::fs::read(path).with_context(|| path.display().to_string())?),
        None => None,
    };
    let city = City {
        name_en: add.name_en.clone(),
        contact: add.contact.clone(),
        ..City::new(&add.name, &add.zone)
    };
    let (code, bare) = (add.code, add.bare);
    let known = ledger.db().read_blocking(move |tx| register::get::<City>(tx, code, City::KEY))?;
    if known.is_some() {
        bail!("city {code} is here already");
    }
    let handbook = default_2026(&Dictionary::standard()?, now.date(&city.zone()))?;
    let units = default_units()?;
    ledger.db().write_blocking(move |tx| {
        let by = By { actor: ActorId::System, at: ledger::moment(tx, code, now)? };
        register::put(tx, code, city, Some(0), &by)?;
        if !bare {
            for unit in units {
                let (name_zh, name_en) = (unit.name_zh, unit.name_en);
                register::put(
                    tx,
                    code,
                    Unit { code: unit.code, name_zh, name_en, kind: UnitKind::Bureau },
                    None,
                    &by,
                )?;
            }
            register::put(tx, code, HandbookVersion(handbook), None, &by)?;
        }
        Ok::<_, LedgerError>(())
    })?;
    if let Some(bytes) = boundary {
        let view = ledger.db().read_blocking(move |tx| View::load(tx, code))?;
        let LayerRows::Boundary(loaded) = layer(&bytes, "boundary", &view, "", None)? else {
            bail!("the boundary is no area");
        };
        let report = ledger.db().write_blocking(move |tx| {
            let by = By { actor: ActorId::System, at: ledger::moment(tx, code, now)? };
            loaded.keep(tx, code, false, &by)
        })?;
        if report.refused > 0 {
            bail!("the boundary is no area; give GeoJSON with one polygon or several");
        }
    }
    folder::result(&format!("city {code} {}", add.name))
}
