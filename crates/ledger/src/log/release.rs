//! Entries that wait, and come out together at fixed hours.
//!
//! Whoever watches the log could read from it when a deal was decided, and how many were
//! that week. So decisions and attestations wait for an hour that was fixed before, come
//! out in an order that chance gives, and are filled up with empty commitments to a
//! number that was fixed before. An hour without any deal looks like one with a few.

use scruple_model::Date;

use super::append::salt;
use super::{Log, NewEntry, Random, Receipt, Standing};
use crate::commit::EMPTY;
use crate::content::Content;
use crate::disk::Audience;
use crate::error::LedgerError;
use crate::vault::Prepared;
use crate::waiting::{Duty, Lines, Waiting};

/// What `tick` did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ticked {
    /// Whether an hour of release was due.
    pub released: bool,
    /// Entries that came out.
    pub entries: u64,
    /// Empty ones beside them.
    pub padding: u64,
    /// Duties whose day is over and that nobody did: each was entered.
    pub missed: Vec<Duty>,
    /// Entries that came out later than was promised.
    pub late: u64,
    /// The next hour of release, in Unix seconds.
    pub next: i64,
}

impl Log {
    /// Has an entry wait for the next hour of release. It is on disk when this returns.
    ///
    /// # Errors
    /// [`LedgerError::Io`], [`LedgerError::Damaged`].
    pub fn submit(&mut self, entry: &NewEntry, now: i64) -> Result<Receipt, LedgerError> {
        let key = self.key(&entry.key);
        if let Some(receipt) = self.known(&key, now)? {
            return Ok(receipt);
        }
        // The hour itself, and one more for a machine that was off.
        let next = self.settings.release.next(now);
        let by = self.settings.release.next(next);
        let waiting = Waiting {
            key,
            content: entry.content.canonical().to_owned(),
            since: now,
            by,
        };
        Lines::new(&self.disk, self.place.private("waiting")).add(&waiting)?;
        self.waiting.push(waiting);
        Ok(Receipt {
            standing: Standing::Waiting { by, broken: false },
            known: false,
            time: now,
            clock_went_back: now < self.newest,
        })
    }

    /// Enters duties that fell due without being done, and releases what waits if an
    /// hour of release has come.
    ///
    /// # Errors
    /// [`LedgerError`]; nothing that waits is lost.
    pub fn tick(
        &mut self,
        now: i64,
        today: Date,
        random: &mut Random<'_>,
    ) -> Result<Ticked, LedgerError> {
        let mut ticked = Ticked {
            missed: self.missed(now, today)?,
            next: self.settings.release.next(now),
            ..Ticked::default()
        };
        let path = self.place.private("released");
        let before = self.disk.read(&path).map_err(LedgerError::io(&path))?;
        let before: i64 = before
            .and_then(|bytes| String::from_utf8_lossy(&bytes).trim().parse().ok())
            .unwrap_or(i64::MIN);
        let hour = self.settings.release.last(now);
        if hour <= before {
            return Ok(ticked);
        }
        ticked.released = true;
        ticked.late = self.waiting.iter().filter(|one| one.by < now).count() as u64;
        let mut batch = Vec::new();
        for one in &self.waiting {
            // After a crash some may be in already.
            let entered = self
                .known(&one.key, now)?
                .is_some_and(|receipt| receipt.index().is_some());
            if !entered {
                batch.push(Prepared::new(one.key, salt(random)?, one.content.clone()));
            }
        }
        ticked.entries = batch.len() as u64;
        let size = usize::from(self.settings.release.batch);
        let full = batch.len().max(1).div_ceil(size) * size;
        while batch.len() < full {
            batch.push(Prepared::new(
                salt(random)?,
                salt(random)?,
                EMPTY.to_owned(),
            ));
            ticked.padding += 1;
        }
        // A commitment is as good as chance: their order says nothing.
        batch.sort_by_key(|one| one.commitment);
        self.enter(&batch, now)?;
        Lines::new(&self.disk, self.place.private("waiting")).replace::<Waiting>(&[])?;
        self.waiting.clear();
        self.disk
            .replace(&path, format!("{hour}\n").as_bytes(), Audience::Owner)
            .map_err(LedgerError::io(&path))?;
        Ok(ticked)
    }

    /// Writes down what is to be done by a day.
    ///
    /// # Errors
    /// [`LedgerError::Setting`] where one of that name is open already.
    pub fn promise(&mut self, duty: &Duty) -> Result<(), LedgerError> {
        if self.duties()?.iter().any(|known| known.id == duty.id) {
            return Err(LedgerError::Setting(format!(
                "there is a duty called {} already\n  next: give it another name",
                duty.id
            )));
        }
        self.duty_lines().add(duty)
    }

    /// Writes down that a duty was done.
    ///
    /// # Errors
    /// [`LedgerError::Setting`] where there is none of that name.
    pub fn done(&mut self, id: &str, on: Date) -> Result<(), LedgerError> {
        let duty = self.duties()?.into_iter().find(|known| known.id == id);
        let Some(duty) = duty else {
            return Err(LedgerError::Setting(format!(
                "there is no duty called {id}\n  next: scruple ledger duty list"
            )));
        };
        self.duty_lines().add(&Duty {
            done: Some(on),
            ..duty
        })
    }

    /// All duties, as they stand now, in the order in which they were promised.
    ///
    /// # Errors
    /// [`LedgerError::Io`], [`LedgerError::Damaged`].
    pub fn duties(&self) -> Result<Vec<Duty>, LedgerError> {
        let mut duties: Vec<Duty> = Vec::new();
        for line in self.duty_lines().read::<Duty>()? {
            match duties.iter_mut().find(|known| known.id == line.id) {
                Some(known) => *known = line,
                None => duties.push(line),
            }
        }
        Ok(duties)
    }

    fn duty_lines(&self) -> Lines {
        Lines::new(&self.disk, self.place.private("duties"))
    }

    fn missed(&mut self, now: i64, today: Date) -> Result<Vec<Duty>, LedgerError> {
        let mut missed = Vec::new();
        for duty in self.duties()? {
            let late = match duty.done {
                None => duty.due < today,
                Some(done) => duty.due < done,
            };
            if !late {
                continue;
            }
            let key = format!("scruple.duty-missed/1 {}", duty.id);
            if self.receipt(&key, now)?.is_some() {
                continue;
            }
            let content = serde_json::json!({
                "schema": "scruple.duty-missed/1", "duty": duty.id, "what": duty.what,
                "due": duty.due.to_string(), "noticed": today.to_string(),
            });
            let content = Content::of_value(&content).map_err(LedgerError::Content)?;
            self.submit(&NewEntry { key, content }, now)?;
            missed.push(duty);
        }
        Ok(missed)
    }
}
