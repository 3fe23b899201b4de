//! Entries in.

use std::collections::HashMap;

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

use super::{Log, Random};
use crate::content::Content;
use crate::error::LedgerError;
use crate::merkle::Hash;
use crate::vault::Prepared;

/// An entry to make.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewEntry {
    /// The caller's name for it. An entry sent a second time under the same key is
    /// answered with the first receipt, whatever its content.
    pub key: String,
    /// What is committed to.
    pub content: Content,
}

/// What the caller is told when an entry is on disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// Where it stands, once that is known.
    pub standing: Standing,
    /// Whether it was there before: this is the first receipt again.
    pub known: bool,
    /// When it was entered, in Unix seconds, UTC.
    pub time: i64,
    /// The clock says an earlier time than it did for the entry before: one of the two
    /// times is wrong. The order of entries rests on their numbers, never on time.
    pub clock_went_back: bool,
}

/// Where an entry is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It has its number, and its commitment is in the log or comes with the next
    /// checkpoint.
    Entered {
        /// Its number.
        index: u64,
        /// The commitment that stands there.
        commitment: Hash,
        /// Whether a signed checkpoint covers it.
        signed: bool,
    },
    /// It waits for an hour of release.
    Waiting {
        /// By when it was promised to be in the log, in Unix seconds.
        by: i64,
        /// That time is over: a promise was broken.
        broken: bool,
    },
}

impl Receipt {
    /// The entry's number, once it has one.
    pub fn index(&self) -> Option<u64> {
        match self.standing {
            Standing::Entered { index, .. } => Some(index),
            Standing::Waiting { .. } => None,
        }
    }
}

impl Log {
    /// Makes entries, all of them or none, and returns when they are on disk. Entries
    /// whose key is known are not made again. They come into the tree with the next
    /// [`Log::checkpoint`].
    ///
    /// # Errors
    /// [`LedgerError::Io`]; nothing was entered then.
    pub fn append(
        &mut self,
        entries: &[NewEntry],
        now: i64,
        random: &mut Random<'_>,
    ) -> Result<Vec<Receipt>, LedgerError> {
        let mut receipts = Vec::with_capacity(entries.len());
        let mut new: Vec<Prepared> = Vec::new();
        let mut here: HashMap<[u8; 32], usize> = HashMap::new();
        let begin = self.vault.len();
        let clock_went_back = now < self.newest;
        for entry in entries {
            let key = self.key(&entry.key);
            if let Some(receipt) = self.known(&key, now)? {
                receipts.push(receipt);
                continue;
            }
            let known = here.contains_key(&key);
            let at = *here.entry(key).or_insert(new.len());
            if !known {
                new.push(Prepared::new(
                    key,
                    salt(random)?,
                    entry.content.canonical().to_owned(),
                ));
            }
            receipts.push(Receipt {
                standing: Standing::Entered {
                    index: begin + at as u64,
                    commitment: new[at].commitment,
                    signed: false,
                },
                known,
                time: now,
                clock_went_back,
            });
        }
        self.enter(&new, now)?;
        Ok(receipts)
    }

    /// The receipt of an entry that was sent before under this key.
    ///
    /// # Errors
    /// [`LedgerError::Io`], [`LedgerError::Damaged`].
    pub fn receipt(&self, key: &str, now: i64) -> Result<Option<Receipt>, LedgerError> {
        self.known(&self.key(key), now)
    }

    /// Callers' keys may be names of people or deals: only a keyed hash is kept.
    pub(super) fn key(&self, key: &str) -> [u8; 32] {
        let mut mac =
            Hmac::<Sha256>::new_from_slice(&self.secret).expect("HMAC takes a key of any length");
        mac.update(key.as_bytes());
        mac.finalize().into_bytes().into()
    }

    pub(super) fn known(&self, key: &[u8; 32], now: i64) -> Result<Option<Receipt>, LedgerError> {
        let path = self.place.private("keys");
        let mut candidates = Vec::new();
        self.keys
            .candidates(key, &mut candidates)
            .map_err(LedgerError::io(&path))?;
        for index in candidates {
            if index >= self.vault.len() {
                continue;
            }
            let record = self.vault.record(index)?;
            if record.key == *key {
                return Ok(Some(Receipt {
                    standing: Standing::Entered {
                        index,
                        commitment: record.commitment,
                        signed: index < self.signed.size,
                    },
                    known: true,
                    time: record.time,
                    clock_went_back: false,
                }));
            }
        }
        Ok(self
            .waiting
            .iter()
            .find(|one| one.key == *key)
            .map(|one| Receipt {
                standing: Standing::Waiting {
                    by: one.by,
                    broken: one.by < now,
                },
                known: true,
                time: one.since,
                clock_went_back: false,
            }))
    }

    pub(super) fn enter(&mut self, new: &[Prepared], now: i64) -> Result<(), LedgerError> {
        if new.is_empty() {
            return Ok(());
        }
        let begin = self.vault.len();
        self.vault.append(new, now)?;
        self.newest = self.newest.max(now);
        let path = self.place.private("keys");
        for (index, entry) in (begin..).zip(new) {
            // On disk already: a table that cannot be written is built again when the
            // log is next opened, but now it would not know what it confirmed.
            self.keys
                .insert(&entry.key, index)
                .map_err(LedgerError::io(&path))?;
        }
        Ok(())
    }
}

pub(super) fn salt(random: &mut Random<'_>) -> Result<[u8; 32], LedgerError> {
    match random() {
        // Zeros mean that a salt was deleted.
        Ok(salt) if salt != [0; 32] => Ok(salt),
        Ok(_) => Err(LedgerError::Setting(
            "the system's random numbers are all zero".to_owned(),
        )),
        Err(error) => Err(LedgerError::Setting(format!(
            "the system gives no random numbers: {error}"
        ))),
    }
}
