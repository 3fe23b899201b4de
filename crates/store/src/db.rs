//! The SQLite file: how it is opened, and its format, which only moves forward.

use std::fs::OpenOptions;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, OpenFlags};

use crate::StoreError;

/// "scrp": says that the file is ours, in SQLite's own header.
const APPLICATION: i64 = 0x7363_7270;

/// One step per format; step N leads from format N to N + 1. A step that has been
/// released is never changed.
const STEPS: [&str; 4] = [
    // 1: what is held, and what could not be read of it.
    "
CREATE TABLE snapshot (
    sequence  INTEGER PRIMARY KEY AUTOINCREMENT,
    list      TEXT NOT NULL,
    hash      TEXT NOT NULL,
    blob      TEXT NOT NULL,
    published TEXT,
    taken     TEXT NOT NULL,
    records   INTEGER NOT NULL,
    entities  INTEGER NOT NULL,
    unread    INTEGER NOT NULL,
    dropped   INTEGER NOT NULL,
    origin    TEXT NOT NULL,
    licence   TEXT
) STRICT;
CREATE INDEX snapshot_of_list ON snapshot (list, sequence);
CREATE TABLE unread (
    snapshot    INTEGER NOT NULL REFERENCES snapshot (sequence),
    line        INTEGER NOT NULL,
    byte_column INTEGER NOT NULL,
    what        TEXT NOT NULL
) STRICT;
CREATE INDEX unread_of_snapshot ON unread (snapshot);
CREATE TRIGGER snapshot_stays BEFORE UPDATE ON snapshot
BEGIN SELECT RAISE(ABORT, 'a snapshot is never changed, only followed by another'); END;
CREATE TABLE written_by (version TEXT NOT NULL) STRICT;
",
    // 2: where a snapshot comes from, what the web said last, and what retention removes.
    "
ALTER TABLE snapshot ADD COLUMN layout TEXT NOT NULL DEFAULT 'ftm';
ALTER TABLE snapshot ADD COLUMN fields_unread INTEGER NOT NULL DEFAULT 0;
ALTER TABLE snapshot ADD COLUMN removed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE unread ADD COLUMN record TEXT;
ALTER TABLE unread ADD COLUMN field TEXT;
ALTER TABLE unread ADD COLUMN effect TEXT NOT NULL DEFAULT 'record-unread';
ALTER TABLE unread ADD COLUMN next TEXT;
CREATE TABLE fetched (
    url           TEXT PRIMARY KEY,
    list          TEXT NOT NULL,
    etag          TEXT,
    last_modified TEXT,
    hash          TEXT NOT NULL,
    checked       TEXT NOT NULL
) STRICT;
CREATE TABLE pruning (now INTEGER NOT NULL) STRICT;
CREATE TABLE pruned (
    sequence  INTEGER NOT NULL,
    list      TEXT NOT NULL,
    hash      TEXT NOT NULL,
    published TEXT,
    taken     TEXT NOT NULL,
    pruned    TEXT NOT NULL,
    removed   INTEGER,
    why       TEXT NOT NULL
) STRICT;
CREATE TABLE surroundings (
    hash    TEXT PRIMARY KEY,
    since   TEXT NOT NULL,
    content TEXT NOT NULL
) STRICT;
DROP TRIGGER snapshot_stays;
CREATE TRIGGER snapshot_stays BEFORE UPDATE ON snapshot
WHEN NOT EXISTS (SELECT 1 FROM pruning)
BEGIN SELECT RAISE(ABORT, 'a snapshot is never changed, only followed by another'); END;
CREATE TRIGGER snapshot_is_kept BEFORE DELETE ON snapshot
WHEN NOT EXISTS (SELECT 1 FROM pruning)
BEGIN SELECT RAISE(ABORT, 'a snapshot leaves only when its retention has passed'); END;
",
    // 3: decisions on pairs of a query and a listed party, and that some were forgotten.
    "
CREATE TABLE review (
    sequence   INTEGER PRIMARY KEY AUTOINCREMENT,
    subject    TEXT NOT NULL,
    record     TEXT NOT NULL,
    keep_until TEXT NOT NULL,
    content    TEXT NOT NULL
) STRICT;
CREATE INDEX review_of_pair ON review (subject, record, sequence);
CREATE TABLE forgetting (now INTEGER NOT NULL) STRICT;
CREATE TABLE forgotten (
    day       TEXT NOT NULL,
    decisions INTEGER NOT NULL,
    why       TEXT NOT NULL
) STRICT;
CREATE TRIGGER review_stays BEFORE UPDATE ON review
BEGIN SELECT RAISE(ABORT, 'a decision is never changed, only followed by another'); END;
CREATE TRIGGER review_is_kept BEFORE DELETE ON review
WHEN NOT EXISTS (SELECT 1 FROM forgetting)
BEGIN SELECT RAISE(ABORT, 'a decision leaves only when it is forgotten'); END;
",
    // 4: which holdings files answered since when.
    "
CREATE TABLE holdings (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    hash     TEXT NOT NULL,
    taken    TEXT NOT NULL,
    parts    TEXT NOT NULL,
    note     TEXT NOT NULL
) STRICT;
CREATE TRIGGER holdings_stay BEFORE UPDATE ON holdings
BEGIN SELECT RAISE(ABORT, 'holdings are never changed, only followed by others'); END;
CREATE TRIGGER holdings_are_kept BEFORE DELETE ON holdings
BEGIN SELECT RAISE(ABORT, 'holdings are never changed, only followed by others'); END;
",
];

/// The format this version writes.
pub(crate) const FORMAT: i64 = STEPS.len() as i64;

/// Opens for writing, creating or moving forward as needed.
pub(crate) fn open_to_write(path: &Path) -> Result<Connection, StoreError> {
    let mut db = Connection::open(path).map_err(StoreError::db(path))?;
    let found = format_of(&db, path)?;
    let set_up = |db: &mut Connection| -> rusqlite::Result<()> {
        db.pragma_update(None, "secure_delete", "ON")?;
        db.pragma_update(None, "foreign_keys", "ON")?;
        db.pragma_update(None, "synchronous", "FULL")?;
        db.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(()))?;
        if found == FORMAT {
            return Ok(());
        }
        let transaction = db.transaction()?;
        for step in STEPS.iter().skip(usize::try_from(found).unwrap_or(0)) {
            transaction.execute_batch(step)?;
        }
        transaction.execute("DELETE FROM written_by", [])?;
        transaction.execute(
            "INSERT INTO written_by (version) VALUES (?1)",
            [env!("CARGO_PKG_VERSION")],
        )?;
        transaction.pragma_update(None, "application_id", APPLICATION)?;
        transaction.pragma_update(None, "user_version", FORMAT)?;
        transaction.commit()
    };
    set_up(&mut db).map_err(|error| write_error(path, error))?;
    Ok(db)
}

/// Folds the log in and goes on without one. Where somebody is reading just now
/// that cannot be done, and the next writer does it: nothing is lost either way.
///
/// The log holds what rows held before they were deleted, and SQLite removes it without
/// a word. So it is kept open here, and overwritten once nobody else can be using it.
pub(crate) fn fold_log(db: &Connection, path: &Path) {
    let log = OpenOptions::new().write(true).open(log_path(path)).ok();
    let length = log
        .as_ref()
        .and_then(|log| Some(log.metadata().ok()?.len()));
    let fold = || -> rusqlite::Result<()> {
        db.busy_timeout(Duration::ZERO)?;
        db.pragma_update_and_check(None, "journal_mode", "DELETE", |_| Ok(()))
    };
    let is_folded = fold().is_ok() && !log_path(path).exists();
    if let (true, Some(mut log), Some(length)) = (is_folded, log, length) {
        // What cannot be overwritten is gone from the directory all the same.
        let _ = io::copy(&mut io::repeat(0).take(length), &mut log);
        let _ = log.sync_data();
    }
}

/// Opens for reading, also where nothing can be written.
pub(crate) fn open_to_read(path: &Path) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let usual = || -> rusqlite::Result<Connection> {
        let db = Connection::open_with_flags(path, flags)?;
        db.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
        Ok(db)
    };
    let db = match usual() {
        Ok(db) => db,
        Err(error) if needs_the_folder(&error) && !has_log(path) => {
            // A write-ahead database wants to make a file beside it. Where it cannot,
            // and no log is waiting, the file alone is the whole truth.
            let uri = format!("file:{}?immutable=1", escaped(path));
            Connection::open_with_flags(uri, flags | OpenFlags::SQLITE_OPEN_URI)
                .map_err(StoreError::db(path))?
        }
        Err(error) => return Err(foreign_or(path, error)),
    };
    match format_of(&db, path)? {
        FORMAT => Ok(db),
        found => Err(StoreError::Older {
            path: path.to_owned(),
            found,
            known: FORMAT,
        }),
    }
}

/// The format number; 0 for an empty file. Refuses later formats and other people's files.
fn format_of(db: &Connection, path: &Path) -> Result<i64, StoreError> {
    let number = |name| {
        db.pragma_query_value(None, name, |row| row.get::<_, i64>(0))
            .map_err(|error| foreign_or(path, error))
    };
    let (application, found) = (number("application_id")?, number("user_version")?);
    let tables: i64 = db
        .query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))
        .map_err(|error| foreign_or(path, error))?;
    if application != APPLICATION && (application != 0 || tables > 0) {
        return Err(StoreError::Foreign(path.to_owned()));
    }
    if found > FORMAT {
        let needs = db
            .query_row("SELECT max(version) FROM written_by", [], |row| row.get(0))
            .unwrap_or_else(|_| "of a later version".to_owned());
        return Err(StoreError::Newer {
            path: path.to_owned(),
            found,
            known: FORMAT,
            needs,
        });
    }
    Ok(found)
}

fn foreign_or(path: &Path, error: rusqlite::Error) -> StoreError {
    match error.sqlite_error_code() {
        Some(ErrorCode::NotADatabase) => StoreError::Foreign(path.to_owned()),
        _ => StoreError::db(path)(error),
    }
}

/// A full disk or a read-only one is the file system's matter, and said as such.
pub(crate) fn write_error(path: &Path, error: rusqlite::Error) -> StoreError {
    let kind = match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => io::ErrorKind::StorageFull,
        Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => {
            io::ErrorKind::PermissionDenied
        }
        _ => return foreign_or(path, error),
    };
    StoreError::io(path, "write")(io::Error::new(kind, error))
}

fn needs_the_folder(error: &rusqlite::Error) -> bool {
    matches!(
        error.sqlite_error_code(),
        Some(ErrorCode::CannotOpen | ErrorCode::ReadOnly | ErrorCode::PermissionDenied)
    )
}

fn has_log(path: &Path) -> bool {
    std::fs::metadata(log_path(path)).is_ok_and(|found| found.len() > 0)
}

/// Where SQLite keeps the log of a database.
fn log_path(path: &Path) -> PathBuf {
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    log.into()
}

/// A path as SQLite wants it in a URI.
fn escaped(path: &Path) -> String {
    let mut text = String::new();
    for byte in path.as_os_str().as_encoded_bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' | b'~' => {
                text.push(char::from(*byte));
            }
            _ => text.push_str(&format!("%{byte:02X}")),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_database_of_the_first_format_moves_forward_with_its_rows() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("scruple.db");
        let db = Connection::open(&path).unwrap();
        db.execute_batch(STEPS[0]).unwrap();
        db.execute_batch(
            "INSERT INTO snapshot VALUES
                (7, 'user-a', 'h', 'b', NULL, '2026-11-01', 3, 2, 1, 0, 'a.jsonl', NULL);
             INSERT INTO unread VALUES (7, 4, 2, 'cut');
             INSERT INTO written_by VALUES ('0.0.1');",
        )
        .unwrap();
        db.pragma_update(None, "application_id", APPLICATION)
            .unwrap();
        db.pragma_update(None, "user_version", 1).unwrap();
        drop(db);
        assert!(matches!(
            open_to_read(&path),
            Err(StoreError::Older { found: 1, .. })
        ));
        drop(open_to_write(&path).unwrap());
        let db = open_to_read(&path).unwrap();
        let held = crate::rows::snapshots(&db).unwrap();
        assert_eq!((held[0].sequence, held[0].snapshot.records), (7, 3));
        assert_eq!((held[0].layout.as_str(), held[0].fields_unread), ("ftm", 0));
        let unread = crate::rows::unread(&db, 7).unwrap();
        assert_eq!((unread[0].line, unread[0].what.as_str()), (4, "cut"));
        assert_eq!(unread[0].effect, "record-unread");
        let writers: Vec<String> = db
            .prepare("SELECT version FROM written_by")
            .unwrap()
            .query_map([], |row| row.get(0))
            .unwrap()
            .collect::<Result<_, _>>()
            .unwrap();
        assert_eq!(writers, [env!("CARGO_PKG_VERSION")]);
    }

    #[test]
    fn a_path_with_odd_characters_reaches_sqlite_unchanged() {
        assert_eq!(escaped(Path::new("/a b/?#%/я")), "/a%20b/%3F%23%25/%D1%8F");
    }
}
