//! Backup while serving, and restore, the same file for both engines.
//!
//! The file is a tar archive in zstd. Members, in order: rows of each base table as JSON lines in pieces of a few MiB
//! (`table/<name>/<number>-<SHA-256>.jsonl`), attachments by their hash (`attachment/<hash>`), the vault's key where it was asked for
//! (`vault.key`), and last `manifest.json` with counts, hashes and heads: a file without it was cut off. Records, timers and indexes are
//! left out, because the entries give them. Sessions are left out: who was signed in signs in again.
//!
//! Without the key a restored vault stays closed: names and telephone numbers cannot be read until the `vault.key` of the old data
//! folder is put into the new one. With the key, whoever has the file can read them. So the key is left out unless it is asked for.

mod read;
mod write;

use kernel::code::CityCode;
use serde::{Deserialize, Serialize};

pub use read::{Restored, restore};
pub use write::{BackedUp, backup};

/// The only form there is so far.
const FORMAT: u32 = 1;
/// Rows are gathered into members of about this size, bytes.
const PIECE_BYTES: usize = 4 * 1024 * 1024;
/// Largest member that a restore reads, bytes.
const MEMBER_BYTES_MAX: u64 = 64 * 1024 * 1024;
const MANIFEST: &str = "manifest.json";
const KEY_MEMBER: &str = "vault.key";

/// How a column's values stand in JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Int,
    Text,
    /// As hexadecimal text.
    Blob,
}

/// A table whose rows nothing else gives.
struct Table {
    name: &'static str,
    columns: &'static [(&'static str, Kind)],
    order: &'static str,
}

impl Table {
    fn column_names(&self) -> String {
        self.columns.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ")
    }
}

use Kind::{Blob, Int, Text};

const TABLES: &[Table] = &[
    Table {
        name: "entry",
        columns: &[
            ("city", Int),
            ("seq", Int),
            ("at", Int),
            ("noun", Text),
            ("key", Text),
            ("version", Int),
            ("kind", Text),
            ("actor", Text),
            ("body", Text),
            ("hash", Blob),
        ],
        order: "city, seq",
    },
    Table {
        name: "head",
        columns: &[("city", Int), ("entries", Int), ("at", Int), ("hash", Blob), ("peaks", Blob)],
        order: "city",
    },
    Table {
        name: "request_key",
        columns: &[
            ("city", Int),
            ("scope", Text),
            ("key", Text),
            ("body", Blob),
            ("answer", Text),
            ("at", Int),
        ],
        order: "city, scope, key",
    },
    Table {
        name: "person",
        columns: &[
            ("city", Int),
            ("person", Text),
            ("sealed_key", Blob),
            ("made_at", Int),
            ("erased_at", Int),
        ],
        order: "city, person",
    },
    Table {
        name: "person_field",
        columns: &[("city", Int), ("person", Text), ("field", Text), ("sealed", Blob)],
        order: "city, person, field",
    },
    Table {
        name: "person_mark",
        columns: &[("city", Int), ("kind", Text), ("mark", Blob), ("person", Text)],
        order: "city, kind, mark, person",
    },
    Table {
        name: "attachment",
        columns: &[
            ("city", Int),
            ("hash", Text),
            ("media_type", Text),
            ("bytes", Int),
            ("width", Int),
            ("height", Int),
            ("look", Int),
            ("taken_at", Int),
            ("added_at", Int),
        ],
        order: "city, hash",
    },
    Table {
        name: "job",
        columns: &[
            ("city", Int),
            ("id", Text),
            ("kind", Text),
            ("body", Text),
            ("run_at", Int),
            ("attempts", Int),
            ("claimed_until", Int),
            ("failure", Text),
        ],
        order: "city, id",
    },
    Table {
        name: "account",
        columns: &[
            ("city", Int),
            ("account", Text),
            ("sign_in", Text),
            ("sealed_name", Blob),
            ("role", Text),
            ("unit", Text),
            ("streets", Text),
            ("cells", Text),
            ("password", Text),
            ("must_change", Int),
            ("sealed_totp", Blob),
            ("totp_step", Int),
            ("failures", Int),
            ("locked_until", Int),
            ("disabled_at", Int),
            ("made_at", Int),
        ],
        order: "city, account",
    },
    Table {
        name: "api_key",
        columns: &[
            ("city", Int),
            ("name", Text),
            ("hash", Text),
            ("rights", Text),
            ("made_at", Int),
            ("revoked_at", Int),
        ],
        order: "city, name",
    },
    Table {
        name: "running_number",
        columns: &[("city", Int), ("series", Text), ("last", Int)],
        order: "city, series",
    },
];

/// Tables that a backup leaves out because entries give them, or because they are of the running store alone.
#[cfg(test)]
const LEFT_OUT: [&str; 6] = ["migration", "record_shape", "session", "store_note", "tag", "timer"];

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct TableSum {
    name: String,
    rows: u64,
    /// SHA-256 over all lines, hexadecimal.
    sha256: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct HeadSum {
    city: CityCode,
    entries: u64,
    root: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Manifest {
    format: u32,
    /// When, ISO 8601 in UTC milliseconds.
    made_at: i64,
    vault_print: String,
    with_key: bool,
    tables: Vec<TableSum>,
    heads: Vec<HeadSum>,
    /// Files of attachments in the archive.
    attachments: u64,
    /// Attachments whose files were missing or damaged already when the backup was made.
    lost: Vec<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_is_either_kept_or_left_out_on_purpose() {
        for store in db::testing::stores().unwrap() {
            store.db.migrate(crate::MIGRATIONS).unwrap();
            let schema = store.db.read_blocking(db::schema_text).unwrap();
            let mut there: Vec<&str> = schema
                .lines()
                .filter(|line| !LEFT_OUT.iter().any(|table| line.starts_with(&format!("{table}."))))
                .filter_map(|line| line.split_whitespace().next())
                .collect();
            there.sort_unstable();
            let mut kept: Vec<String> = TABLES
                .iter()
                .flat_map(|table| {
                    table.columns.iter().map(move |(column, _)| format!("{}.{column}", table.name))
                })
                .collect();
            kept.sort_unstable();
            assert_eq!(there, kept);
        }
    }
}
