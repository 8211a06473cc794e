//! `import cases`: a made-up file of the shape that Los Angeles publishes, into a city made for it.

use std::{
    fs::File,
    io::{BufWriter, Write as _},
    path::Path,
    time::Instant,
};

use anyhow::Result;
use documents::table::TableFile;
use governance::{
    city::City,
    exchange::{self, Ground},
    view::View,
};
use jiff::{
    Span,
    civil::{DateTime, date},
};
use kernel::{
    code::CityCode,
    role::{Actor, ActorId, Role},
    time::Moment,
};
use ledger::{By, LedgerError, register};

use crate::{
    table::{Row, Table, Target, whole},
    town::{self, Lot},
};

/// Rows of the file.
const ROWS: u64 = 100_000;
/// Seconds of the year that the requests are spread over.
const YEAR_S: i64 = 365 * 86_400;
const HEADER: &str = "SRNumber,CreatedDate,UpdatedDate,ActionTaken,Owner,RequestType,Status,RequestSource,MobileOS,Anonymous,AssignTo,\
ServiceDate,ClosedDate,AddressVerified,ApproximateAddress,Address,HouseNumber,Direction,StreetName,Suffix,ZipCode,Latitude,Longitude,\
Location,TBMPage,TBMColumn,TBMRow,APC,CD,CDMember,NC,NCName,PolicePrecinct";
const TYPES: [&str; 8] = [
    "Bulky Items",
    "Graffiti Removal",
    "Metal/Household Appliances",
    "Illegal Dumping Pickup",
    "Electronic Waste",
    "Single Streetlight Issue",
    "Dead Animal Removal",
    "Other",
];
const STREETS: [&str; 6] = ["MAPLE", "OAK", "CEDAR", "SUNSET", "MAIN", "HILL"];

/// A moment as the file writes it: `12/31/2017 11:59:58 PM`.
fn written(at: DateTime) -> String {
    let (half, hour) = (if at.hour() < 12 { "AM" } else { "PM" }, (at.hour() + 11) % 12 + 1);
    let (month, day, year) = (at.month(), at.day(), at.year());
    format!("{month:02}/{day:02}/{year} {hour:02}:{:02}:{:02} {half}", at.minute(), at.second())
}

/// Writes the file, the newest request first as Los Angeles does; nobody's request.
fn write(path: &Path) -> Result<u64> {
    let mut file = BufWriter::new(File::create(path)?);
    writeln!(file, "{HEADER}")?;
    let mut lot = Lot::new(5);
    let step_s = YEAR_S / i64::try_from(ROWS)?;
    let mut made = date(2017, 12, 31).at(23, 59, 58, 0);
    for number in 0..ROWS {
        let later = |lot: &mut Lot| -> Result<String> {
            let seconds = i64::try_from(lot.below(30 * 86_400))?;
            Ok(written(made.checked_add(Span::new().seconds(seconds))?))
        };
        let (updated, closed) = (later(&mut lot)?, later(&mut lot)?);
        let (house, street, kind) = (1 + lot.below(9_000), *lot.one(&STREETS)?, *lot.one(&TYPES)?);
        let (lat, lon) = (lot.between(33.75, 34.30), lot.between(-118.65, -118.16));
        let (status, closed) = if lot.below(20) == 0 { ("Open", String::new()) } else { ("Closed", closed) };
        writeln!(
            file,
            "1-{:09},{},{updated},SR Created,BOS,{kind},{status},Call,,N,NC,{updated},{closed},Y,N,\"{house} W {street} AVE, 90026\",\
             {house},W,{street},AVE,90026,{lat:.9},{lon:.9},\"({lat:.9}, {lon:.9})\",634,D,1,East APC,13,A Member,44,A COUNCIL,RAMPART",
            900_000_000 - number * 3,
            written(made),
        )?;
        made = made.checked_sub(Span::new().seconds(step_s))?;
    }
    file.flush()?;
    Ok(std::fs::metadata(path)?.len())
}

pub(crate) fn measure(base: &Path, table: &mut Table) -> Result<()> {
    let folder = crate::scratch(base)?;
    let path = folder.path().join("made-up.csv");
    let bytes = write(&path)?;
    let ledger = town::open(folder.path())?;
    let city = CityCode::new(990_001)?;
    let now = Moment::parse_iso("2026-11-01T08:00:00+08:00")?;
    ledger.db().write_blocking(move |tx| {
        let by = By { actor: ActorId::System, at: now };
        register::put(tx, city, City::new("洛杉矶", "America/Los_Angeles"), None, &by)?;
        Ok::<_, LedgerError>(())
    })?;
    let view = ledger.db().read_blocking(move |tx| View::load(tx, city))?;
    let actor = Actor { id: ActorId::System, role: Role::SystemAdministrator, ..Actor::resident() };
    let ground = Ground::of(&view, actor, now)?;
    let mut times = Vec::new();
    for imported in [ROWS, 0] {
        let started = Instant::now();
        let mut file = TableFile::open(&path)?;
        let mut proposal = exchange::propose(&mut file)?;
        anyhow::ensure!(proposal.sure, "the proposed mapping is not sure: {:?}", proposal.missing);
        proposal.mapping.source = "made-up".to_owned();
        let outcome = exchange::import_cases(&ledger, &ground, &mut file, &proposal.mapping, &mut |_| {})?;
        times.push(started.elapsed().as_secs_f64());
        anyhow::ensure!(outcome.imported == imported, "{} of {imported} rows imported", outcome.imported);
    }
    let row = |what: &str, wall: f64, target, order| Row {
        what: what.to_owned(),
        size: ROWS,
        value: whole(ROWS) / wall,
        unit: "rows/s".to_owned(),
        target,
        note: format!("33 columns, {} MB, with proposing the mapping", bytes / 1_000_000),
        load: 0.0,
        grows: false,
        order,
    };
    if let [first, again] = times[..] {
        table.put(row("import cases", first, Some(Target::AtLeast(20_000.0)), 70));
        table.put(row("import cases, the same file again", again, None, 71));
    }
    Ok(())
}
