//! Numbered migrations, each in the transaction that also notes it, so that a kill in the middle leaves none half-done.

use crate::{DbError, Engine, Tx, Value};

/// One step of the fixed tables. An old one is never edited; a new one is added.
#[derive(Debug, Clone, Copy)]
pub struct Migration {
    /// 1, 2, 3 …
    pub number: u32,
    /// What it is about, as in its file's name.
    pub name: &'static str,
    /// The statements that both engines understand.
    pub sql: &'static str,
    /// Statements of SQLite alone.
    pub sqlite: &'static str,
    /// Statements of PostgreSQL alone.
    pub postgres: &'static str,
}

pub(crate) fn apply(tx: &mut Tx<'_>, migrations: &[Migration]) -> Result<u32, DbError> {
    tx.script("CREATE TABLE IF NOT EXISTS migration (number BIGINT PRIMARY KEY, name TEXT NOT NULL)")?;
    let found = tx
        .first("SELECT COALESCE(MAX(number), 0) FROM migration", &[], |row| row.int(0))?
        .and_then(|number| u32::try_from(number).ok())
        .unwrap_or(0);
    let known = migrations.iter().map(|migration| migration.number).max().unwrap_or(0);
    if found > known {
        return Err(DbError::SchemaNewer { found, known });
    }
    let mut applied = 0;
    for migration in migrations.iter().filter(|migration| migration.number > found) {
        tx.script(migration.sql)?;
        tx.script(match tx.engine() {
            Engine::Sqlite => migration.sqlite,
            Engine::Postgres => migration.postgres,
        })?;
        tx.execute(
            "INSERT INTO migration (number, name) VALUES ($1, $2)",
            &[Value::Int(i64::from(migration.number)), migration.name.into()],
        )?;
        applied += 1;
    }
    Ok(applied)
}

/// The store's tables and columns as text, the same on both engines, to compare with a stored one: a line a column,
/// `table.column type null|not null`, sorted.
///
/// # Errors
/// [`DbError`] as the engine says.
pub fn schema_text(tx: &mut Tx<'_>) -> Result<String, DbError> {
    let sql = match tx.engine() {
        Engine::Sqlite => {
            "SELECT m.name, c.name, UPPER(c.type), CASE WHEN c.\"notnull\" = 1 OR c.pk > 0 THEN 'NOT NULL' ELSE 'NULL' END
             FROM sqlite_schema m JOIN pragma_table_info(m.name) c
             WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' ORDER BY m.name, c.name"
        }
        Engine::Postgres => {
            "SELECT CAST(table_name AS TEXT), CAST(column_name AS TEXT), UPPER(CAST(data_type AS TEXT)),
                    CASE WHEN is_nullable = 'NO' THEN 'NOT NULL' ELSE 'NULL' END
             FROM information_schema.columns WHERE table_schema = current_schema()
             ORDER BY CAST(table_name AS TEXT) COLLATE \"C\", CAST(column_name AS TEXT) COLLATE \"C\""
        }
    };
    let lines = tx.rows(sql, &[], |row| {
        Ok::<_, DbError>(format!("{}.{} {} {}", row.text(0)?, row.text(1)?, row.text(2)?, row.text(3)?))
    })?;
    Ok(lines.join("\n"))
}
