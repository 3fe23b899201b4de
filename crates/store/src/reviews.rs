//! Decisions on pairs, in the order they were taken.
//!
//! What a decision says is the caller's text; here it is only kept, in order,
//! unchanged, and let go. `subject` is a keyed hash the caller made: this crate
//! never sees a name. SQLite overwrites what leaves (`secure_delete`), and the log
//! beside the database is folded in and removed when its writer closes.

use rusqlite::params;
use scruple_model::Date;

use crate::{DataDir, StoreError, db, rows};

/// A decision to keep.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewReview {
    /// Keyed hash of the query.
    pub subject: String,
    /// Id of the listed record.
    pub record: String,
    /// The last day on which it is kept.
    pub keep_until: Date,
    /// What was decided, in the caller's words.
    pub content: String,
}

/// A decision that is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReviewRow {
    /// Counts up with every decision, and is never given twice.
    pub sequence: i64,
    /// Keyed hash of the query.
    pub subject: String,
    /// Id of the listed record.
    pub record: String,
    /// The last day on which it is kept; that of the pair's last to leave counts.
    pub keep_until: Date,
    /// What was decided.
    pub content: String,
}

/// A note that decisions left; nothing of what they said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Forgotten {
    /// When.
    pub day: Date,
    /// How many.
    pub decisions: u64,
    /// Why.
    pub why: String,
}

impl DataDir {
    /// Every decision, in the order taken.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn reviews(&self) -> Result<Vec<ReviewRow>, StoreError> {
        let all = || -> rusqlite::Result<Vec<ReviewRow>> {
            self.db
                .prepare(
                    "SELECT sequence, subject, record, keep_until, content
                     FROM review ORDER BY sequence",
                )?
                .query_map([], |row| {
                    Ok(ReviewRow {
                        sequence: row.get(0)?,
                        subject: row.get(1)?,
                        record: row.get(2)?,
                        keep_until: rows::day(3, &row.get::<_, String>(3)?)?,
                        content: row.get(4)?,
                    })
                })?
                .collect()
        };
        all().map_err(StoreError::db(&self.database_path()))
    }

    /// Adds decisions, all or none.
    ///
    /// # Errors
    /// [`StoreError::ReadOnly`], [`StoreError::Io`], [`StoreError::Database`].
    pub fn add_reviews(&mut self, new: &[NewReview]) -> Result<(), StoreError> {
        self.must_write()?;
        let path = self.database_path();
        let add = |db: &mut rusqlite::Connection| -> rusqlite::Result<()> {
            let transaction = db.transaction()?;
            for one in new {
                transaction.execute(
                    "INSERT INTO review (subject, record, keep_until, content)
                     VALUES (?1, ?2, ?3, ?4)",
                    params![
                        one.subject,
                        one.record,
                        one.keep_until.to_string(),
                        one.content
                    ],
                )?;
            }
            transaction.commit()
        };
        add(&mut self.db).map_err(|error| db::write_error(&path, error))
    }

    /// Lets go of decisions by their sequence, all or none, and notes how many. Gives
    /// that number.
    ///
    /// # Errors
    /// [`StoreError::ReadOnly`], [`StoreError::Io`], [`StoreError::Database`].
    pub fn forget_reviews(
        &mut self,
        sequences: &[i64],
        why: &str,
        today: Date,
    ) -> Result<usize, StoreError> {
        self.must_write()?;
        let path = self.database_path();
        let forget = |db: &mut rusqlite::Connection| -> rusqlite::Result<usize> {
            let transaction = db.transaction()?;
            // The trigger lets a decision leave only while this row is there.
            transaction.execute("INSERT INTO forgetting (now) VALUES (1)", [])?;
            let mut gone = 0;
            for sequence in sequences {
                gone +=
                    transaction.execute("DELETE FROM review WHERE sequence = ?1", [sequence])?;
            }
            transaction.execute("DELETE FROM forgetting", [])?;
            if gone > 0 {
                transaction.execute(
                    "INSERT INTO forgotten (day, decisions, why) VALUES (?1, ?2, ?3)",
                    params![today.to_string(), rows::signed(gone as u64), why],
                )?;
            }
            transaction.commit()?;
            Ok(gone)
        };
        forget(&mut self.db).map_err(|error| db::write_error(&path, error))
    }

    /// Lets go of the decisions on every pair whose last day has passed: a later
    /// decision keeps the earlier ones of its pair. Gives how many.
    ///
    /// # Errors
    /// As [`DataDir::forget_reviews`].
    pub fn forget_overdue_reviews(&mut self, today: Date) -> Result<usize, StoreError> {
        self.must_write()?;
        let path = self.database_path();
        let overdue = || -> rusqlite::Result<Vec<i64>> {
            // Days as YYYY-MM-DD sort as text.
            self.db
                .prepare(
                    "SELECT sequence FROM review AS one WHERE NOT EXISTS (
                        SELECT 1 FROM review AS any
                        WHERE any.subject = one.subject AND any.record = one.record
                          AND any.keep_until >= ?1)",
                )?
                .query_map([today.to_string()], |row| row.get(0))?
                .collect()
        };
        let sequences = overdue().map_err(StoreError::db(&path))?;
        if sequences.is_empty() {
            return Ok(0);
        }
        self.forget_reviews(&sequences, "their retention had passed", today)
    }

    /// How many decisions left, when and why.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub fn forgotten_reviews(&self) -> Result<Vec<Forgotten>, StoreError> {
        let all = || -> rusqlite::Result<Vec<Forgotten>> {
            self.db
                .prepare("SELECT day, decisions, why FROM forgotten ORDER BY rowid")?
                .query_map([], |row| {
                    Ok(Forgotten {
                        day: rows::day(0, &row.get::<_, String>(0)?)?,
                        decisions: rows::count(row, 1)?,
                        why: row.get(2)?,
                    })
                })?
                .collect()
        };
        all().map_err(StoreError::db(&self.database_path()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Mode;

    fn review(subject: &str, keep_until: &str) -> NewReview {
        NewReview {
            subject: subject.into(),
            record: "xx-a:1".into(),
            keep_until: keep_until.parse().unwrap(),
            content: format!("{{\"of\":\"{subject}\"}}"),
        }
    }

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn decisions_come_back_in_order_and_are_never_changed() {
        let dir = tempfile::tempdir().unwrap();
        let mut store = DataDir::open(dir.path(), Mode::Write).unwrap();
        store
            .add_reviews(&[review("b", "2027-01-01"), review("a", "2027-01-01")])
            .unwrap();
        let subjects = |store: &DataDir| -> Vec<String> {
            let all = store.reviews().unwrap();
            all.into_iter().map(|one| one.subject).collect()
        };
        assert_eq!(subjects(&store), ["b", "a"]);
        for statement in ["UPDATE review SET content = 'x'", "DELETE FROM review"] {
            assert!(store.db.execute(statement, []).is_err(), "{statement}");
        }
        drop(store);
        let store = DataDir::open(dir.path(), Mode::Read).unwrap();
        assert_eq!(subjects(&store), ["b", "a"]);
    }

    #[test]
    fn a_pair_leaves_whole_when_its_last_day_has_passed_and_no_byte_stays() {
        let dir = tempfile::tempdir().unwrap();
        let mut store = DataDir::open(dir.path(), Mode::Write).unwrap();
        let many: Vec<NewReview> = (0..200)
            .map(|n| review(&format!("subject-that-leaves-{n}"), "2026-06-01"))
            .collect();
        store.add_reviews(&many).unwrap();
        store
            .add_reviews(&[review("kept", "2026-06-01"), review("kept", "2027-06-01")])
            .unwrap();
        assert_eq!(store.forget_overdue_reviews(day("2026-06-01")).unwrap(), 0);
        assert_eq!(
            store.forget_overdue_reviews(day("2026-06-02")).unwrap(),
            200
        );
        assert_eq!(store.reviews().unwrap().len(), 2);
        let noted = store.forgotten_reviews().unwrap();
        assert_eq!((noted.len(), noted[0].decisions), (1, 200));
        drop(store);
        for entry in std::fs::read_dir(dir.path()).unwrap() {
            let path = entry.unwrap().path();
            let bytes = if path.is_file() {
                std::fs::read(&path).unwrap()
            } else {
                Vec::new()
            };
            let found = bytes.windows(19).any(|some| some == b"subject-that-leaves");
            assert!(!found, "{}", path.display());
        }
    }

    #[test]
    fn a_reader_may_not_add() {
        let dir = tempfile::tempdir().unwrap();
        drop(DataDir::open(dir.path(), Mode::Write).unwrap());
        let mut store = DataDir::open(dir.path(), Mode::Read).unwrap();
        assert!(matches!(
            store.add_reviews(&[review("a", "2027-01-01")]),
            Err(StoreError::ReadOnly(_))
        ));
    }
}
