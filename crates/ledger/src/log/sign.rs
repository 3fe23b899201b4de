//! From entries to a signed and published tree.

use std::path::PathBuf;

use super::{Log, OwnTiles};
use crate::checkpoint::Checkpoint;
use crate::commit;
use crate::disk::{Audience, Folders};
use crate::error::LedgerError;
use crate::merkle::{Hash, leaf_hash};
use crate::tile::{Kind, Tile, WIDTH, levels, push_entry, root_over};
use crate::tree::{Prover, Tiles as _};
use crate::witness::ask::{self, AddCheckpoint, Asked, Said};
use crate::witness::cosignature::cosignatures;
use crate::witness::policy;

/// Files written before their syncs are waited for.
const FILES: usize = 128;

/// What was published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    /// The checkpoint.
    pub checkpoint: Checkpoint,
    /// Its note, with all cosignatures that count.
    pub note: String,
    /// Entries that are new in it.
    pub new: u64,
    /// How it stands with the policy; none where the log has none.
    pub standing: Option<policy::Standing>,
    /// What came of each witness that was asked.
    pub asked: Vec<Asked>,
}

/// Who is asked for cosignatures, and what is known from elsewhere.
pub struct Witnessing<'a> {
    /// How witnesses are reached.
    pub client: &'a mut dyn AddCheckpoint,
    /// Checkpoints of this log that were seen elsewhere: the log must not be behind them.
    pub seen: &'a [Checkpoint],
}

impl Log {
    /// Writes the tree's files, signs its root, has witnesses sign it, and publishes it.
    ///
    /// # Errors
    /// [`LedgerError::Behind`] and [`LedgerError::Fork`] where others saw more of this
    /// log, or another history of it: then nothing is signed. [`LedgerError::Io`]: the
    /// checkpoint before stands.
    pub fn checkpoint(
        &mut self,
        now: i64,
        witnessing: &mut Witnessing<'_>,
    ) -> Result<Published, LedgerError> {
        let before = self.signed.clone();
        let size = self.vault.len();
        self.compare_with_published()?;
        for seen in witnessing.seen {
            self.compare_with_seen(seen)?;
        }
        let mut asked = Vec::new();
        if size > before.size {
            // A witness that is ahead of us says so before anything new is signed.
            if before.size > 0 {
                self.ask_where_they_are(witnessing.client)?;
            }
            self.write_tiles(before.size, size)?;
            let mut edge = self.edge.clone();
            self.extend(&mut edge, before.size, size)?;
            self.read_back(size, &edge.root())?;
            let checkpoint = Checkpoint {
                origin: self.settings.origin.clone(),
                size,
                root: edge.root(),
                extensions: Vec::new(),
            };
            self.note_signed(&checkpoint)?;
            self.edge = edge;
            let path = self.place.private("keys");
            self.keys.sync(size).map_err(LedgerError::io(&path))?;
        }
        let note = self.cosigned(before.size, now, witnessing.client, &mut asked)?;
        let path = self.place.public("checkpoint");
        self.disk
            .replace(&path, note.as_bytes(), Audience::Public)
            .map_err(LedgerError::io(&path))?;
        self.remove_parts(before.size, size)?;
        let standing = self.policy.as_ref().map(|policy| {
            let found = match scruple_note::signatures(note.as_bytes()) {
                Ok((text, lines)) => cosignatures(text, &lines, &policy.keys()),
                Err(_) => Vec::new(),
            };
            policy.standing(&found, now, None)
        });
        Ok(Published {
            checkpoint: self.signed.clone(),
            note,
            new: size - before.size,
            standing,
            asked,
        })
    }

    /// Signs, and writes down what was signed before anybody can see it.
    pub(super) fn note_signed(&mut self, checkpoint: &Checkpoint) -> Result<(), LedgerError> {
        // What must never happen, whatever led here.
        if checkpoint.size < self.signed.size
            || checkpoint.size == self.signed.size && checkpoint.root != self.signed.root
        {
            return Err(LedgerError::tree(
                self.signed.size,
                &checkpoint.root,
                &self.signed.root,
            ));
        }
        let note = checkpoint.sign(&self.signer);
        let path = self.place.private("signed");
        self.disk
            .replace(&path, note.as_bytes(), Audience::Owner)
            .map_err(LedgerError::io(&path))?;
        self.signed = checkpoint.clone();
        self.note = note;
        Ok(())
    }

    fn compare_with_seen(&mut self, seen: &Checkpoint) -> Result<(), LedgerError> {
        let who = "whoever audited this log with this data directory".to_owned();
        if seen.size > self.signed.size {
            return Err(LedgerError::Behind {
                who,
                seen: seen.size,
                here: self.signed.size,
            });
        }
        let mut tiles = OwnTiles {
            disk: &self.disk,
            place: &self.place,
        };
        let root = Prover::new(&mut tiles, self.signed.size).root_at(seen.size)?;
        if root != seen.root {
            return Err(LedgerError::Fork {
                who,
                size: seen.size,
            });
        }
        Ok(())
    }

    fn ask_where_they_are(&self, client: &mut dyn AddCheckpoint) -> Result<(), LedgerError> {
        let Some(policy) = &self.policy else {
            return Ok(());
        };
        for (witness, address) in &policy.witnesses {
            let Some(address) = address else { continue };
            match ask::where_is(client, address, &self.signed, &self.note) {
                Said::Ahead(seen) => {
                    return Err(LedgerError::Behind {
                        who: format!("the witness {}", witness.name()),
                        seen,
                        here: self.signed.size,
                    });
                }
                Said::OtherHistory => {
                    return Err(LedgerError::Fork {
                        who: format!("the witness {}", witness.name()),
                        size: self.signed.size,
                    });
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// The signed note with the cosignatures that it has and those that come now.
    fn cosigned(
        &self,
        before: u64,
        now: i64,
        client: &mut dyn AddCheckpoint,
        asked: &mut Vec<Asked>,
    ) -> Result<String, LedgerError> {
        let mut note = self.note.clone();
        let Some(policy) = &self.policy else {
            return Ok(note);
        };
        let keys = policy.keys();
        let text = self.signed.text();
        // Those of the same text that were published already.
        let path = self.place.public("checkpoint");
        let published = self.disk.read(&path).map_err(LedgerError::io(&path))?;
        let mut have = Vec::new();
        if let Some(bytes) = &published
            && let Ok((same, lines)) = scruple_note::signatures(bytes)
            && same == text
        {
            have = cosignatures(&text, &lines, &keys);
        }
        for (at, (witness, address)) in policy.witnesses.iter().enumerate() {
            let mut line = have
                .iter()
                .filter(|one| one.witness == at)
                .max_by_key(|one| one.time)
                .map(|one| format!("{}\n", one.line));
            if let Some(address) = address {
                let said = ask::cosign(
                    client,
                    address,
                    witness,
                    &self.signed,
                    &self.note,
                    before,
                    now,
                    &mut |old| self.consistency(old),
                );
                if let Said::Signed { line: new, .. } = &said {
                    line = Some(new.clone());
                }
                asked.push(Asked {
                    name: witness.name().to_owned(),
                    said,
                });
            }
            note.push_str(&line.unwrap_or_default());
        }
        Ok(note)
    }

    fn consistency(&self, old: u64) -> Option<Vec<Hash>> {
        let mut tiles = OwnTiles {
            disk: &self.disk,
            place: &self.place,
        };
        if old == 0 {
            return Some(Vec::new());
        }
        Prover::new(&mut tiles, self.signed.size)
            .consistency(old)
            .ok()?
    }

    /// Adds the entries `begin..end` to the right edge of the tree.
    fn extend(
        &self,
        edge: &mut crate::merkle::Range,
        begin: u64,
        end: u64,
    ) -> Result<(), LedgerError> {
        let mut at = begin;
        while at < end {
            for record in self.vault.records(at, (end - at).min(WIDTH))? {
                edge.push(leaf_hash(commit::entry(&record.commitment).as_bytes()));
                at += 1;
            }
        }
        Ok(())
    }

    /// Writes the files that a tree of `end` entries has and one of `begin` had not. They
    /// last when this returns.
    pub(super) fn write_tiles(&self, begin: u64, end: u64) -> Result<(), LedgerError> {
        let mut writer = Writer {
            log: self,
            files: Vec::new(),
            folders: Folders::default(),
            rows: Vec::new(),
        };
        let mut tiles = OwnTiles {
            disk: &self.disk,
            place: &self.place,
        };
        // Where the rows above stand: their last tile is partly known.
        for level in 0..levels(end).max(1) {
            let row = begin.checked_shr(8 * u32::from(level)).unwrap_or(0);
            let hashes = match row % WIDTH {
                // The lowest row is made of the entries again.
                width if width > 0 && level > 0 => tiles.hashes(Tile {
                    kind: Kind::Hashes(level),
                    index: row / WIDTH,
                    width,
                })?,
                _ => Vec::new(),
            };
            writer.rows.push(Row {
                index: row / WIDTH,
                known: hashes.len(),
                hashes,
            });
        }
        let mut at = begin / WIDTH * WIDTH;
        while at < end {
            let records = self.vault.records(at, (end - at).min(WIDTH))?;
            let mut bundle = Vec::with_capacity(records.len() * 67);
            for record in &records {
                let entry = commit::entry(&record.commitment);
                // 65 bytes always fit.
                let fits = push_entry(&mut bundle, entry.as_bytes());
                debug_assert!(fits);
                writer.rows[0].hashes.push(leaf_hash(entry.as_bytes()));
            }
            let width = records.len() as u64;
            if width == 0 {
                break;
            }
            let kind = Kind::Entries;
            writer.write(
                Tile {
                    kind,
                    index: at / WIDTH,
                    width,
                },
                bundle,
            )?;
            writer.full(0)?;
            at += width;
        }
        writer.parts()?;
        writer.finish()
    }

    /// No signature over a tree that cannot be read back.
    fn read_back(&self, size: u64, root: &Hash) -> Result<(), LedgerError> {
        let mut tiles = OwnTiles {
            disk: &self.disk,
            place: &self.place,
        };
        let found = Prover::new(&mut tiles, size).root()?;
        if found == *root {
            Ok(())
        } else {
            Err(LedgerError::tree(size, &found, root))
        }
    }

    /// Parts whose whole is published are no longer needed.
    fn remove_parts(&self, begin: u64, end: u64) -> Result<(), LedgerError> {
        for level in 0..levels(end) {
            let row = |size: u64| size.checked_shr(8 * u32::from(level)).unwrap_or(0);
            let kinds = [Kind::Hashes(level), Kind::Entries];
            for kind in &kinds[..if level == 0 { 2 } else { 1 }] {
                let index = row(begin) / WIDTH;
                if row(begin) % WIDTH > 0 && row(end) / WIDTH > index {
                    let tile = Tile {
                        kind: *kind,
                        index,
                        width: WIDTH,
                    };
                    let path = self.place.public(&format!("{}.p", tile.path()));
                    self.disk.remove(&path).map_err(LedgerError::io(&path))?;
                }
            }
        }
        Ok(())
    }

    /// Builds every file of the signed tree again from the entries kept here, if these
    /// give the signed root; else nothing is written.
    ///
    /// # Errors
    /// [`LedgerError::Tree`] where they do not.
    pub(crate) fn rebuild(&mut self) -> Result<(), LedgerError> {
        let mut edge = crate::merkle::Range::default();
        self.extend(&mut edge, 0, self.signed.size)?;
        if edge.root() != self.signed.root {
            return Err(LedgerError::tree(
                self.signed.size,
                &edge.root(),
                &self.signed.root,
            ));
        }
        self.write_tiles(0, self.signed.size)?;
        self.read_back(self.signed.size, &edge.root())?;
        self.edge = edge;
        Ok(())
    }
}

/// One level while tiles are written.
struct Row {
    index: u64,
    /// How many of the hashes are in a published part already.
    known: usize,
    hashes: Vec<Hash>,
}

struct Writer<'a> {
    log: &'a Log,
    files: Vec<(PathBuf, Vec<u8>)>,
    folders: Folders,
    rows: Vec<Row>,
}

impl Writer<'_> {
    fn write(&mut self, tile: Tile, bytes: Vec<u8>) -> Result<(), LedgerError> {
        self.files
            .push((self.log.place.public(&tile.path()), bytes));
        if self.files.len() >= FILES {
            self.flush()?;
        }
        Ok(())
    }

    fn flush(&mut self) -> Result<(), LedgerError> {
        let files = std::mem::take(&mut self.files);
        self.log
            .disk
            .place_all(&files, &mut self.folders)
            .map_err(LedgerError::io(&self.log.place.public))
    }

    /// Writes a row's tile if it is full, and hands its root to the row above.
    fn full(&mut self, level: usize) -> Result<(), LedgerError> {
        let row = &mut self.rows[level];
        if row.hashes.len() < 256 {
            return Ok(());
        }
        let index = row.index;
        let hashes = std::mem::take(&mut row.hashes);
        (row.index, row.known) = (index + 1, 0);
        self.write(tile(level, index, WIDTH), hashes.concat())?;
        if self.rows.len() == level + 1 {
            self.rows.push(Row {
                index: 0,
                known: 0,
                hashes: Vec::new(),
            });
        }
        self.rows[level + 1].hashes.push(root_over(&hashes));
        self.full(level + 1)
    }

    /// Writes what is left of each row.
    fn parts(&mut self) -> Result<(), LedgerError> {
        for level in 0..self.rows.len() {
            let row = &self.rows[level];
            if row.hashes.len() > row.known {
                let (index, width, bytes) =
                    (row.index, row.hashes.len() as u64, row.hashes.concat());
                self.write(tile(level, index, width), bytes)?;
            }
        }
        Ok(())
    }

    fn finish(mut self) -> Result<(), LedgerError> {
        self.flush()?;
        self.log
            .disk
            .sync_folders(self.folders)
            .map_err(LedgerError::io(&self.log.place.public))
    }
}

fn tile(level: usize, index: u64, width: u64) -> Tile {
    Tile {
        kind: Kind::Hashes(u8::try_from(level).expect("a tree has at most eight levels")),
        index,
        width,
    }
}
