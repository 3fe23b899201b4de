//! What the owner shows of an entry, and what the owner takes back.

use super::Log;
use crate::commit::EMPTY;
use crate::disclosure::{Disclosure, SCHEMA};
use crate::error::LedgerError;
use crate::merkle::{Hash, to_base64};
use crate::published::LogDir;
use crate::waiting::Lines;

/// An entry as its owner sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Its number.
    pub index: u64,
    /// What stands in the log.
    pub commitment: Hash,
    /// When it was entered, in Unix seconds.
    pub time: i64,
    /// The canonical text; none where it was forgotten.
    pub content: Option<String>,
    /// Whether it is an empty commitment.
    pub padding: bool,
    /// Whether a signed checkpoint covers it.
    pub signed: bool,
    /// Later entries that say they correct or revoke this one.
    pub corrected_by: Vec<u64>,
}

impl Log {
    /// An entry of the published log, with all that is needed to check it.
    ///
    /// # Errors
    /// [`LedgerError::NoEntry`], [`LedgerError::Forgotten`]; damage.
    pub fn disclose(&self, index: u64) -> Result<Disclosure, LedgerError> {
        let log = LogDir::open(&self.place.public, &self.disk)?;
        let proof = log.proof(index)?;
        let record = self.vault.record(index)?;
        let content = self
            .vault
            .content(&record)?
            .ok_or(LedgerError::Forgotten(index))?;
        Ok(Disclosure {
            schema: SCHEMA.to_owned(),
            log: log.verifier.to_string(),
            index,
            content,
            salt: to_base64(&record.salt),
            proof: proof.hashes.iter().map(to_base64).collect(),
            checkpoint: proof.checkpoint,
            handovers: log.handovers()?,
        })
    }

    /// An entry as it is kept here. Corrections are found by reading what follows it.
    ///
    /// # Errors
    /// [`LedgerError::NoEntry`]; damage.
    pub fn kept(&self, index: u64) -> Result<Kept, LedgerError> {
        let size = self.vault.len();
        if index >= size {
            return Err(LedgerError::NoEntry { index, size });
        }
        let record = self.vault.record(index)?;
        let mut corrected_by = Vec::new();
        for later in index + 1..size {
            let record = self.vault.record(later)?;
            if record.is_padding() {
                continue;
            }
            let corrects = self
                .vault
                .content(&record)?
                .and_then(|content| serde_json::from_str::<serde_json::Value>(&content).ok())
                .and_then(|content| content.get("corrects")?.as_u64());
            if corrects == Some(index) {
                corrected_by.push(later);
            }
        }
        Ok(Kept {
            index,
            commitment: record.commitment,
            time: record.time,
            content: self.vault.content(&record)?.filter(|text| text != EMPTY),
            padding: record.is_padding(),
            signed: index < self.signed.size,
            corrected_by,
        })
    }

    /// Deletes content, salt and caller's key of an entry. Its commitment stays in the
    /// log; what it stood for nobody can show or guess any more. There is no way back.
    ///
    /// # Errors
    /// [`LedgerError::NoEntry`]; the disk's.
    pub fn forget(&mut self, index: u64) -> Result<(), LedgerError> {
        let size = self.vault.len();
        if index >= size {
            return Err(LedgerError::NoEntry { index, size });
        }
        let key = self.vault.record(index)?.key;
        // Where a crash cut a release short, it stands among what waits, too, and would be
        // entered again.
        if self.waiting.iter().any(|one| one.key == key) {
            self.waiting.retain(|one| one.key != key);
            Lines::new(&self.disk, self.place.private("waiting")).replace(&self.waiting)?;
        }
        let record = self.vault.will_forget(index)?;
        let path = self.place.private("keys");
        self.keys
            .erase(&record.key, index)
            .map_err(LedgerError::io(&path))?;
        self.vault.wipe(index)
    }
}
