//! The one binary of Wuhua: a sub-command for each role. It knows no rule of the domain.
//!
//! # Glossary
//! * **data folder**: where a city's store, vault key and attachments lie (`--data`).
//! * Exit codes: 0 done, 1 a check failed or bad input, 2 wrong usage.

mod account;
mod cases;
mod city;
mod demo;
mod figure;
mod folder;
mod import;
mod locate;
mod registers;
mod report;
mod serve;
mod store;

use std::{path::PathBuf, process::ExitCode};

use clap::{Args, Parser, Subcommand};

/// 五化 Wuhua: city operations on one ledger.
#[derive(Parser)]
#[command(name = "wuhua", version, about)]
struct Arguments {
    #[command(subcommand)]
    role: Role,
}

/// Where the city's data is.
#[derive(Args, Clone)]
struct Data {
    /// The data folder.
    #[arg(long, default_value = "data")]
    data: PathBuf,
    /// A PostgreSQL server instead of the SQLite file in the data folder.
    #[arg(long, value_name = "postgres://…")]
    database: Option<String>,
}

#[derive(Subcommand)]
enum Role {
    /// Serves residents, staff and programs.
    Serve(serve::Serve),
    /// The demonstration city of Kaili, in an empty folder.
    Demo(demo::Demo),
    /// Cities.
    #[command(subcommand)]
    City(city::CityRole),
    /// Accounts.
    #[command(subcommand)]
    User(account::UserRole),
    /// API keys.
    #[command(subcommand)]
    Key(account::KeyRole),
    /// Takes a file in.
    Import(import::Import),
    /// Gives a file out.
    Export(import::Export),
    /// A report of a city and period.
    Report(report::ReportOf),
    /// A figure, or the rows behind it.
    Figure(figure::FigureOf),
    /// File to file: which cell each point is in.
    #[command(subcommand)]
    Map(MapRole),
    /// Checks hashes and, with --rebuild, every record against its entries; exit code 1 names the first bad row.
    Verify {
        #[command(flatten)]
        data: Data,
        /// Make every record anew from its entries and compare.
        #[arg(long)]
        rebuild: bool,
        /// A receipt (JSON) that must still hold.
        #[arg(long)]
        receipt: Option<PathBuf>,
        /// One JSON document on standard output.
        #[arg(long)]
        json: bool,
    },
    /// Writes everything to one file, also while serving.
    Backup {
        #[command(flatten)]
        data: Data,
        /// The file.
        #[arg(short, long)]
        output: PathBuf,
        /// Also the key of the vault: then the file opens personal data, so keep it as safe as the data folder.
        #[arg(long)]
        with_key: bool,
    },
    /// Brings a backup back into an empty folder.
    Restore {
        /// The file.
        file: PathBuf,
        #[command(flatten)]
        data: Data,
    },
}

#[derive(Subcommand)]
enum MapRole {
    /// Which cell each point is in.
    Locate {
        /// GeoJSON with the cells; a cell's name is its property `code`, `id` or `name`.
        #[arg(long)]
        cells: PathBuf,
        /// CSV or XLSX with longitude and latitude.
        #[arg(long)]
        points: PathBuf,
        /// CSV with the row and the cell of each point.
        #[arg(short, long)]
        output: Option<PathBuf>,
        /// One JSON document on standard output.
        #[arg(long)]
        json: bool,
    },
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .with_env_filter(
            tracing_subscriber::EnvFilter::try_from_default_env().unwrap_or_else(|_| "warn".into()),
        )
        .init();
    let done = match arguments.role {
        Role::Serve(serve) => serve::run(&serve),
        Role::Demo(demo) => demo::run(&demo),
        Role::City(role) => city::run(&role),
        Role::User(role) => account::add_user(role),
        Role::Key(role) => account::add_key(role),
        Role::Import(import) => import::run(&import),
        Role::Export(export) => import::export(&export),
        Role::Report(asked) => report::run(&asked),
        Role::Figure(asked) => figure::run(&asked),
        Role::Map(MapRole::Locate { cells, points, output, json }) => {
            locate::run(&cells, &points, output.as_deref(), json)
        }
        Role::Verify { data, rebuild, receipt, json } => {
            store::verify(&data, rebuild, receipt.as_deref(), json)
        }
        Role::Backup { data, output, with_key } => store::backup(&data, &output, with_key),
        Role::Restore { file, data } => store::restore(&file, &data),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            folder::say(&format!("wuhua: {error:#}"));
            ExitCode::from(1)
        }
    }
}
