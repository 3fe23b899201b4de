//! What only the owner has: contents, salts, and the callers' keys as keyed hashes.
//!
//! Two files that grow side by side. `content` holds canonical texts one after another,
//! `entries` one record of 128 bytes for each entry of the log:
//!
//! ```text
//! 0    32  HMAC-SHA256 of the caller's key, under a secret of this log
//! 32   32  the commitment, as it stands in the log
//! 64   32  the salt
//! 96    8  where the content begins
//! 104   4  its length
//! 108   4  bits: 1 the first of what was written at once, 2 an empty commitment
//! 112   8  when it was entered, in Unix seconds by this machine's clock
//! 120   8  the start of SHA-256 over the entry's number and all of the above
//! ```
//!
//! Entries are confirmed after both files are synced. So after a crash whatever follows
//! the last whole record was never confirmed, and is cut off. A record that is wrong and
//! stands before one that begins a *later* write was synced once: that is no crash but
//! damage, and nothing is cut then.
//!
//! To forget an entry, its number is written down, and its content, salt and key are
//! overwritten with zeros and synced.
//! The commitment stays: the log needs it. What copies the disk or a backup keeps of it
//! is beyond this program; the documentation says so.

use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use crate::commit::{EMPTY, commitment};
use crate::disk::{Disk, Growing};
use crate::error::LedgerError;
use crate::merkle::Hash;
use crate::waiting::Lines;

const RECORD: u64 = 128;
const FIRST: u32 = 1;
const PADDING: u32 = 2;

/// One entry, as it is kept.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Record {
    pub(crate) key: [u8; 32],
    pub(crate) commitment: Hash,
    pub(crate) salt: [u8; 32],
    offset: u64,
    length: u32,
    bits: u32,
    pub(crate) time: i64,
}

impl Record {
    pub(crate) fn is_forgotten(&self) -> bool {
        self.salt == [0; 32]
    }

    pub(crate) fn is_padding(&self) -> bool {
        self.bits & PADDING != 0
    }

    fn bytes(&self, index: u64) -> [u8; RECORD as usize] {
        let mut bytes = [0; RECORD as usize];
        bytes[..32].copy_from_slice(&self.key);
        bytes[32..64].copy_from_slice(&self.commitment);
        bytes[64..96].copy_from_slice(&self.salt);
        bytes[96..104].copy_from_slice(&self.offset.to_be_bytes());
        bytes[104..108].copy_from_slice(&self.length.to_be_bytes());
        bytes[108..112].copy_from_slice(&self.bits.to_be_bytes());
        bytes[112..120].copy_from_slice(&self.time.to_be_bytes());
        let check = check(index, &bytes);
        bytes[120..].copy_from_slice(&check);
        bytes
    }

    /// Reads a record; the second part says whether its check fits.
    fn read(bytes: &[u8; RECORD as usize], index: u64) -> (Self, bool) {
        let hash = |at: usize| -> [u8; 32] { bytes[at..at + 32].try_into().expect("32 bytes") };
        let long = |at: usize| -> [u8; 8] { bytes[at..at + 8].try_into().expect("8 bytes") };
        let short = |at: usize| -> [u8; 4] { bytes[at..at + 4].try_into().expect("4 bytes") };
        let record = Self {
            key: hash(0),
            commitment: hash(32),
            salt: hash(64),
            offset: u64::from_be_bytes(long(96)),
            length: u32::from_be_bytes(short(104)),
            bits: u32::from_be_bytes(short(108)),
            time: i64::from_be_bytes(long(112)),
        };
        (record, check(index, bytes) == long(120))
    }
}

fn check(index: u64, bytes: &[u8; RECORD as usize]) -> [u8; 8] {
    let mut hasher = Sha256::new();
    hasher.update(index.to_be_bytes());
    hasher.update(&bytes[..120]);
    let hash: [u8; 32] = hasher.finalize().into();
    hash[..8].try_into().expect("8 of 32 bytes")
}

/// An entry that is about to be written.
#[derive(Clone)]
pub(crate) struct Prepared {
    pub(crate) key: [u8; 32],
    pub(crate) salt: [u8; 32],
    pub(crate) commitment: Hash,
    pub(crate) content: String,
}

impl Prepared {
    pub(crate) fn new(key: [u8; 32], salt: [u8; 32], content: String) -> Self {
        Self {
            key,
            salt,
            commitment: commitment(&salt, &content),
            content,
        }
    }
}

pub(crate) struct Vault {
    entries: Growing,
    content: Growing,
    entries_path: PathBuf,
    content_path: PathBuf,
    /// Set when what is on disk is no longer known: nothing is written any more.
    unsure: bool,
    /// Entries that are to be forgotten, by number.
    forgotten: Lines,
}

impl Vault {
    /// Opens both files as they are.
    pub(crate) fn open(disk: &Disk, folder: &Path) -> Result<Self, LedgerError> {
        let (entries_path, content_path) = (folder.join("entries"), folder.join("content"));
        Ok(Self {
            entries: disk
                .growing(&entries_path)
                .map_err(LedgerError::io(&entries_path))?,
            content: disk
                .growing(&content_path)
                .map_err(LedgerError::io(&content_path))?,
            entries_path,
            content_path,
            unsure: false,
            forgotten: Lines::new(disk, folder.join("forgotten")),
        })
    }

    /// How many entries there are.
    pub(crate) fn len(&self) -> u64 {
        self.entries.len() / RECORD
    }

    /// Cuts off what a crash left half written after the first `signed` entries. Gives
    /// how many were cut off.
    pub(crate) fn recover(&mut self, signed: u64) -> Result<u64, LedgerError> {
        let count = self.len();
        if count < signed {
            return Err(self.damaged(format!(
                "it holds {count} entries, and {signed} were signed"
            )));
        }
        let mut end = match signed {
            0 => 0,
            n => {
                let (last, _) = self.raw(n - 1)?;
                last.offset.saturating_add(u64::from(last.length))
            }
        };
        let mut whole = signed;
        while whole < count {
            let (record, fits) = self.raw(whole)?;
            if !fits || record.offset != end || !self.holds(&record)? {
                break;
            }
            end += u64::from(record.length);
            whole += 1;
        }
        for later in whole + 1..count {
            let (record, fits) = self.raw(later)?;
            if fits && record.bits & FIRST != 0 {
                return Err(self.damaged(format!(
                    "entry {whole} was confirmed once and cannot be read any more"
                )));
            }
        }
        if self.entries.len() != whole * RECORD {
            self.entries
                .cut(whole * RECORD)
                .map_err(LedgerError::io(&self.entries_path))?;
        }
        if self.content.len() < end {
            return Err(self.damaged("the file of contents beside it is too short".to_owned()));
        }
        if self.content.len() > end {
            self.content
                .cut(end)
                .map_err(LedgerError::io(&self.content_path))?;
        }
        Ok(count - whole)
    }

    fn damaged(&self, what: String) -> LedgerError {
        LedgerError::Damaged {
            path: self.entries_path.clone(),
            what,
            next: "restore this file and the one named content beside it from one backup, both of the same moment; the signed log itself is not touched",
        }
    }

    /// Whether content and salt give the commitment.
    fn holds(&self, record: &Record) -> Result<bool, LedgerError> {
        if record.is_forgotten() {
            return Ok(true);
        }
        let end = record.offset.checked_add(u64::from(record.length));
        if end.is_none_or(|end| end > self.content.len()) {
            return Ok(false);
        }
        let content = self.content_bytes(record)?;
        Ok(std::str::from_utf8(&content)
            .is_ok_and(|content| commitment(&record.salt, content) == record.commitment))
    }

    fn raw(&self, index: u64) -> Result<(Record, bool), LedgerError> {
        let mut bytes = [0; RECORD as usize];
        self.entries
            .read_at(index * RECORD, &mut bytes)
            .map_err(LedgerError::io(&self.entries_path))?;
        Ok(Record::read(&bytes, index))
    }

    /// An entry. A record that does not fit its check is damage.
    pub(crate) fn record(&self, index: u64) -> Result<Record, LedgerError> {
        let (record, fits) = self.raw(index)?;
        // Forgetting may have been cut short: the salt is gone, and that is what counts.
        if fits || record.is_forgotten() {
            return Ok(record);
        }
        Err(self.damaged(format!("the record of entry {index} was changed")))
    }

    /// Entries in a row, as far as there are any.
    pub(crate) fn records(&self, begin: u64, count: u64) -> Result<Vec<Record>, LedgerError> {
        let count = count.min(self.len().saturating_sub(begin));
        let mut bytes = vec![0; usize::try_from(count * RECORD).expect("a few kilobytes")];
        self.entries
            .read_at(begin * RECORD, &mut bytes)
            .map_err(LedgerError::io(&self.entries_path))?;
        (begin..)
            .zip(bytes.as_chunks::<{ RECORD as usize }>().0)
            .map(|(index, bytes)| match Record::read(bytes, index) {
                (record, fits) if fits || record.is_forgotten() => Ok(record),
                _ => Err(self.damaged(format!("the record of entry {index} was changed"))),
            })
            .collect()
    }

    fn content_bytes(&self, record: &Record) -> Result<Vec<u8>, LedgerError> {
        let mut bytes = vec![0; usize::try_from(record.length).expect("32 bits")];
        self.content
            .read_at(record.offset, &mut bytes)
            .map_err(LedgerError::io(&self.content_path))?;
        Ok(bytes)
    }

    /// The content of an entry; none where it was forgotten.
    pub(crate) fn content(&self, record: &Record) -> Result<Option<String>, LedgerError> {
        if record.is_forgotten() {
            return Ok(None);
        }
        if !self.holds(record)? {
            return Err(LedgerError::Damaged {
                path: self.content_path.clone(),
                what: "the content of an entry does not give its commitment".to_owned(),
                next: "restore this file and the one named entries beside it from one backup",
            });
        }
        let bytes = self.content_bytes(record)?;
        Ok(String::from_utf8(bytes).ok())
    }

    /// Adds entries at once, and returns when they are on disk: all of them or none.
    pub(crate) fn append(&mut self, new: &[Prepared], time: i64) -> Result<(), LedgerError> {
        if self.unsure {
            return Err(LedgerError::Damaged {
                path: self.entries_path.clone(),
                what: "an earlier write failed and could not be undone".to_owned(),
                next: "look at the disk, then open the log again",
            });
        }
        let before = (self.entries.len(), self.content.len());
        let outcome = self.write(new, time);
        if outcome.is_err() {
            // Bytes whose sync failed may or may not be there: better not.
            let undone = self
                .entries
                .cut(before.0)
                .and_then(|()| self.content.cut(before.1));
            self.unsure = undone.is_err();
        }
        outcome
    }

    fn write(&mut self, new: &[Prepared], time: i64) -> Result<(), LedgerError> {
        let begin = self.len();
        let mut offset = self.content.len();
        let mut records = Vec::with_capacity(new.len() * RECORD as usize);
        let mut contents = Vec::new();
        for (index, entry) in (begin..).zip(new) {
            let first = if index == begin { FIRST } else { 0 };
            let padding = if entry.content == EMPTY { PADDING } else { 0 };
            let record = Record {
                key: entry.key,
                commitment: entry.commitment,
                salt: entry.salt,
                offset,
                length: u32::try_from(entry.content.len()).expect("a content is at most 64 KB"),
                bits: first | padding,
                time,
            };
            records.extend(record.bytes(index));
            contents.extend(entry.content.as_bytes());
            offset += u64::from(record.length);
        }
        self.content
            .append(&contents)
            .and_then(|()| self.content.sync())
            .map_err(LedgerError::io(&self.content_path))?;
        self.entries
            .append(&records)
            .and_then(|()| self.entries.sync())
            .map_err(LedgerError::io(&self.entries_path))
    }

    /// Writes down that an entry is to be forgotten, before anything of it is deleted: a
    /// crash in the middle is finished at the next opening. Gives the entry.
    pub(crate) fn will_forget(&mut self, index: u64) -> Result<Record, LedgerError> {
        let record = self.record(index)?;
        self.forgotten.add(&index)?;
        Ok(record)
    }

    /// Finishes what a crash cut short; says whether there was anything.
    pub(crate) fn finish_forgetting(&mut self) -> Result<bool, LedgerError> {
        let mut was_cut = false;
        for index in self.forgotten.read::<u64>()? {
            if index >= self.len() {
                continue;
            }
            let (record, fits) = self.raw(index)?;
            let gone = fits
                && record.is_forgotten()
                && self.content_bytes(&record)?.iter().all(|byte| *byte == 0);
            if !gone {
                self.wipe(index)?;
                was_cut = true;
            }
        }
        Ok(was_cut)
    }

    /// Deletes content, salt and caller's key of an entry, for good.
    pub(crate) fn wipe(&mut self, index: u64) -> Result<(), LedgerError> {
        // Commitment and place of the content are the same in what is written over.
        let (mut record, _) = self.raw(index)?;
        record.salt = [0; 32];
        record.key = [0; 32];
        // The salt first: without it the content proves nothing any more.
        self.entries
            .overwrite(index * RECORD, &record.bytes(index))
            .and_then(|()| self.entries.sync())
            .map_err(LedgerError::io(&self.entries_path))?;
        let zeros = vec![0; usize::try_from(record.length).expect("32 bits")];
        self.content
            .overwrite(record.offset, &zeros)
            .and_then(|()| self.content.sync())
            .map_err(LedgerError::io(&self.content_path))
    }
}
