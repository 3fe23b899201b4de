//! Snapshots and what could not be read of them, to and from SQLite.

use rusqlite::{Connection, Row, params};
use scruple_model::{Date, ListId, Snapshot};

use crate::{Held, NewHoldings, NewSnapshot, UnreadRow};

pub(crate) fn snapshots(db: &Connection) -> rusqlite::Result<Vec<Held>> {
    db.prepare(
        "SELECT sequence, list, hash, blob, published, taken, records, entities, unread, dropped,
                origin, licence, layout, fields_unread, removed
         FROM snapshot ORDER BY sequence",
    )?
    .query_map([], |row| {
        Ok(Held {
            sequence: row.get(0)?,
            snapshot: Snapshot {
                list: ListId::new(row.get::<_, String>(1)?),
                hash: row.get(2)?,
                published: row
                    .get::<_, Option<String>>(4)?
                    .map(|d| day(4, &d))
                    .transpose()?,
                taken: day(5, &row.get::<_, String>(5)?)?,
                records: count(row, 6)?,
                entities: count(row, 7)?,
                unread: count(row, 8)?,
                dropped: count(row, 9)?,
            },
            blob: row.get(3)?,
            origin: row.get(10)?,
            licence: row.get(11)?,
            layout: row.get(12)?,
            fields_unread: count(row, 13)?,
            removed: count(row, 14)?,
        })
    })?
    .collect()
}

pub(crate) fn unread(db: &Connection, sequence: i64) -> rusqlite::Result<Vec<UnreadRow>> {
    db.prepare(
        "SELECT line, byte_column, what, record, field, effect, next
         FROM unread WHERE snapshot = ?1 ORDER BY rowid",
    )?
    .query_map([sequence], |row| {
        Ok(UnreadRow {
            line: count(row, 0)?,
            column: count(row, 1)?,
            what: row.get(2)?,
            record: row.get(3)?,
            field: row.get(4)?,
            effect: row.get(5)?,
            next: row.get(6)?,
        })
    })?
    .collect()
}

pub(crate) fn told(db: &Connection, sequence: i64, effect: &str) -> rusqlite::Result<Vec<String>> {
    db.prepare("SELECT what FROM unread WHERE snapshot = ?1 AND effect = ?2 ORDER BY rowid")?
        .query_map(params![sequence, effect], |row| row.get(0))?
        .collect()
}

/// Snapshots and a state of holdings, in one transaction.
pub(crate) fn insert(
    db: &mut Connection,
    new: &[NewSnapshot],
    holdings: Option<&NewHoldings>,
) -> rusqlite::Result<()> {
    let transaction = db.transaction()?;
    if let Some(state) = holdings {
        transaction.execute(
            "INSERT INTO holdings (hash, taken, parts, note) VALUES (?1, ?2, ?3, ?4)",
            params![
                state.hash,
                state.taken.to_string(),
                state.parts.join(" "),
                state.note
            ],
        )?;
    }
    for one in new {
        let s = &one.snapshot;
        transaction.execute(
            "INSERT INTO snapshot (list, hash, blob, published, taken, records, entities, unread,
                                   dropped, origin, licence, layout, fields_unread)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
            params![
                s.list.as_str(),
                s.hash,
                one.blob,
                s.published.map(|day| day.to_string()),
                s.taken.to_string(),
                signed(s.records),
                signed(s.entities),
                signed(s.unread),
                signed(s.dropped),
                one.origin,
                one.licence,
                one.layout,
                signed(one.fields_unread),
            ],
        )?;
        let sequence = transaction.last_insert_rowid();
        for row in &one.unread {
            transaction.execute(
                "INSERT INTO unread (snapshot, line, byte_column, what, record, field, effect, next)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                params![
                    sequence,
                    signed(row.line),
                    signed(row.column),
                    row.what,
                    row.record,
                    row.field,
                    row.effect,
                    row.next,
                ],
            )?;
        }
    }
    transaction.commit()
}

pub(crate) fn signed(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

pub(crate) fn count(row: &Row<'_>, at: usize) -> rusqlite::Result<u64> {
    Ok(u64::try_from(row.get::<_, i64>(at)?).unwrap_or(0))
}

pub(crate) fn day(column: usize, text: &str) -> rusqlite::Result<Date> {
    text.parse().map_err(|error| {
        rusqlite::Error::FromSqlConversionFailure(
            column,
            rusqlite::types::Type::Text,
            Box::new(error),
        )
    })
}
