//! A published log in a directory, for proofs: no key, no salts, no lock.

use std::path::Path;

use scruple_note::Verifier;

use crate::checkpoint::Checkpoint;
use crate::disk::Disk;
use crate::error::LedgerError;
use crate::log::OwnTiles;
use crate::merkle::Hash;
use crate::place::Place;
use crate::proof::LogProof;
use crate::tile::{Kind, WIDTH, read_entries, tile_at};
use crate::tree::Prover;

/// A published log.
pub struct LogDir {
    disk: Disk,
    place: Place,
    /// The key that its `log.vkey` names: its own word for who it is.
    pub verifier: Verifier,
    /// Its checkpoint, signed by that key.
    pub checkpoint: Checkpoint,
    /// The checkpoint's note.
    pub note: String,
}

impl LogDir {
    /// Opens the log in a directory.
    ///
    /// # Errors
    /// [`LedgerError::Absent`] where there is none; [`LedgerError::Checkpoint`] where its
    /// checkpoint is not signed by its key.
    pub fn open(public: &Path, disk: &Disk) -> Result<Self, LedgerError> {
        let place = Place {
            private: public.to_owned(),
            public: public.to_owned(),
        };
        let verifier = verifier_in(public, disk)?;
        let path = place.public("checkpoint");
        let note = disk
            .read(&path)
            .map_err(LedgerError::io(&path))?
            .ok_or_else(|| {
                LedgerError::Absent(format!("{} has no checkpoint", public.display()))
            })?;
        let checkpoint = Checkpoint::open(&note, std::slice::from_ref(&verifier))
            .map_err(|fault| LedgerError::Checkpoint { path, fault })?;
        Ok(Self {
            disk: disk.clone(),
            place,
            verifier,
            checkpoint,
            note: String::from_utf8(note).expect("a note that was opened is UTF-8"),
        })
    }

    /// The hashes that lead from an entry to the root.
    ///
    /// # Errors
    /// [`LedgerError::NoEntry`]; a tile that is missing or does not lead to the root.
    pub fn inclusion(&self, index: u64) -> Result<Vec<Hash>, LedgerError> {
        let size = self.checkpoint.size;
        let mut tiles = OwnTiles {
            disk: &self.disk,
            place: &self.place,
        };
        Prover::new(&mut tiles, size)
            .inclusion(index)?
            .ok_or(LedgerError::NoEntry { index, size })
    }

    /// The bytes of an entry.
    ///
    /// # Errors
    /// [`LedgerError::NoEntry`]; a bundle that is missing or cut off.
    pub fn entry(&self, index: u64) -> Result<Vec<u8>, LedgerError> {
        const NEXT: &str = "scruple ledger audit says what else is wrong with this log";
        let size = self.checkpoint.size;
        let tile = tile_at(Kind::Entries, index / WIDTH, size)
            .filter(|_| index < size)
            .ok_or(LedgerError::NoEntry { index, size })?;
        for tile in [tile, tile.full()] {
            let path = self.place.public(&tile.path());
            let Some(bytes) = self.disk.read(&path).map_err(LedgerError::io(&path))? else {
                continue;
            };
            let at = usize::try_from(index % WIDTH).expect("below 256");
            let (entries, _) =
                read_entries(&bytes, at as u64 + 1).map_err(|fault| LedgerError::Damaged {
                    path,
                    what: fault.to_string(),
                    next: NEXT,
                })?;
            return Ok(entries[at].to_vec());
        }
        Err(LedgerError::Damaged {
            path: self.place.public(&tile.path()),
            what: "the file is missing".to_owned(),
            next: NEXT,
        })
    }

    /// The statements by which keys of this log followed each other, oldest first.
    ///
    /// # Errors
    /// [`LedgerError::Io`].
    pub fn handovers(&self) -> Result<Vec<String>, LedgerError> {
        const MOST: usize = 1000;
        let mut all = Vec::new();
        while all.len() < MOST {
            let path = self.place.public(&format!("handover/{:03}", all.len()));
            match self.disk.read(&path).map_err(LedgerError::io(&path))? {
                Some(note) => all.push(String::from_utf8_lossy(&note).into_owned()),
                None => break,
            }
        }
        Ok(all)
    }

    /// An entry's proof as a file. It is checked before it is given.
    ///
    /// # Errors
    /// As [`LogDir::inclusion`] and [`LogDir::entry`]; [`LedgerError::Tree`] where the
    /// files do not give the signed root.
    pub fn proof(&self, index: u64) -> Result<LogProof, LedgerError> {
        let entry = self.entry(index)?;
        let proof = LogProof {
            hashes: self.inclusion(index)?,
            extra: Some(entry.clone()),
            index,
            checkpoint: self.note.clone(),
        };
        let Checkpoint { size, root, .. } = &self.checkpoint;
        proof
            .check(&entry, *size, root)
            .map_err(|_| LedgerError::Damaged {
                path: self.place.public.clone(),
                what: format!("its files do not lead from entry {index} to the signed root"),
                next: "scruple ledger audit says which file was changed",
            })?;
        Ok(proof)
    }
}

/// The key that a published log names.
///
/// # Errors
/// [`LedgerError::Absent`], [`LedgerError::Damaged`].
pub fn verifier_in(public: &Path, disk: &Disk) -> Result<Verifier, LedgerError> {
    let path = public.join("log.vkey");
    let text = disk
        .read(&path)
        .map_err(LedgerError::io(&path))?
        .ok_or_else(|| LedgerError::Absent(format!("{} has no log.vkey", public.display())))?;
    String::from_utf8_lossy(&text)
        .trim()
        .parse()
        .map_err(|fault: scruple_note::KeyFault| LedgerError::Damaged {
            path,
            what: fault.to_string(),
            next: "put the log's own log.vkey back",
        })
}
