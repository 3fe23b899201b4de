//! Which entry a caller's key leads to, for any number of entries, from disk.
//!
//! A caller who did not hear the answer asks again with the same key and must get the
//! first answer. Ten million keys do not fit into the memory we allow ourselves, so they
//! stand in a hash table in a file: slots of 16 bytes, eight of the key's hash and eight
//! of the entry's number plus one. A slot is a hint: the entry itself holds the whole
//! hash and decides.
//!
//! The file is derived from the entries. It says up to which entry it is known to be on
//! disk; after a crash what follows is entered again, and a file that is missing or
//! wrong is built anew.

use std::io;
use std::path::{Path, PathBuf};

use crate::disk::{Audience, Disk, Folders, Growing};

const MAGIC: &[u8; 16] = b"scruple.keys/1\n\0";
const HEAD: u64 = 32;
const SLOT: u64 = 16;
/// Slots read at a time.
const RUN: u64 = 32;
const SMALLEST: u64 = 1 << 12;

pub(crate) struct Keys {
    disk: Disk,
    path: PathBuf,
    file: Growing,
    slots: u64,
    used: u64,
    /// Entries below this are in the file for certain.
    covered: u64,
}

impl Keys {
    /// Opens the table, or makes an empty one that covers nothing; `anew` where what stands
    /// in it may not stay.
    pub(crate) fn open(disk: &Disk, path: &Path, entries: u64, anew: bool) -> io::Result<Self> {
        let file = disk.growing(path)?;
        let mut keys = Self {
            disk: disk.clone(),
            path: path.to_owned(),
            file,
            slots: 0,
            used: 0,
            covered: 0,
        };
        if anew || !keys.read_head(entries)? {
            keys.begin(room_for(entries))?;
        }
        Ok(keys)
    }

    /// Entries from this one on are to be entered again.
    pub(crate) fn covered(&self) -> u64 {
        self.covered
    }

    fn read_head(&mut self, entries: u64) -> io::Result<bool> {
        let mut head = [0; HEAD as usize];
        if self.file.len() < HEAD {
            return Ok(false);
        }
        self.file.read_at(0, &mut head)?;
        let covered = u64::from_be_bytes(head[16..24].try_into().expect("eight bytes"));
        let slots = u64::from_be_bytes(head[24..32].try_into().expect("eight bytes"));
        let fits = head[..16] == *MAGIC
            && slots.is_power_of_two()
            && slots >= SMALLEST
            && slots.checked_mul(SLOT).and_then(|n| n.checked_add(HEAD)) == Some(self.file.len())
            && covered <= entries;
        if fits {
            (self.slots, self.covered, self.used) = (slots, covered, covered);
        }
        Ok(fits)
    }

    fn begin(&mut self, slots: u64) -> io::Result<()> {
        self.file.cut(0)?;
        self.file.cut(HEAD + slots * SLOT)?;
        (self.slots, self.used, self.covered) = (slots, 0, 0);
        self.write_head()
    }

    fn write_head(&mut self) -> io::Result<()> {
        let mut head = Vec::with_capacity(HEAD as usize);
        head.extend(MAGIC);
        head.extend(self.covered.to_be_bytes());
        head.extend(self.slots.to_be_bytes());
        self.file.overwrite(0, &head)
    }

    /// Entries that may be under this key's hash. The caller looks which is.
    pub(crate) fn candidates(&self, key: &[u8; 32], found: &mut Vec<u64>) -> io::Result<()> {
        found.clear();
        self.walk(key, &mut |hint, entry| {
            if hint == &key[..8] {
                found.push(entry);
            }
        })?;
        Ok(())
    }

    /// Enters a key. One that is there already is entered no second time.
    pub(crate) fn insert(&mut self, key: &[u8; 32], entry: u64) -> io::Result<()> {
        if (self.used + 1) * 10 > self.slots * 7 {
            self.grow()?;
        }
        let mut there = false;
        let free = self.walk(key, &mut |hint, found| {
            there |= hint == &key[..8] && found == entry;
        })?;
        if !there {
            self.write_slot(free, key, entry)?;
        }
        Ok(())
    }

    /// Takes a key out, for good: with the log's secret, whoever guesses what was forgotten
    /// could else see that the guess is right. The slot stays taken, so that others that
    /// stand behind it are found.
    pub(crate) fn erase(&mut self, key: &[u8; 32], entry: u64) -> io::Result<()> {
        let mut at = None;
        let mut seen = 0;
        let begin = self.first(key);
        self.walk(key, &mut |hint, found| {
            if hint == &key[..8] && found == entry {
                at = Some(seen);
            }
            seen += 1;
        })?;
        if let Some(steps) = at {
            let slot = (begin + steps) & (self.slots - 1);
            self.file.overwrite(HEAD + slot * SLOT, &[0; 8])?;
            self.file.sync()?;
        }
        Ok(())
    }

    /// The slot where a key would stand if nobody else did.
    fn first(&self, key: &[u8; 32]) -> u64 {
        let hint = u64::from_be_bytes(key[..8].try_into().expect("eight bytes"));
        hint & (self.slots - 1)
    }

    fn write_slot(&mut self, slot: u64, key: &[u8; 32], entry: u64) -> io::Result<()> {
        let mut bytes = [0; SLOT as usize];
        bytes[..8].copy_from_slice(&key[..8]);
        bytes[8..].copy_from_slice(&(entry + 1).to_be_bytes());
        self.file.overwrite(HEAD + slot * SLOT, &bytes)?;
        self.used += 1;
        Ok(())
    }

    /// Shows each slot from where the key would stand; gives the first free one.
    fn walk(&self, key: &[u8; 32], see: &mut dyn FnMut(&[u8], u64)) -> io::Result<u64> {
        let mut at = self.first(key);
        let mut bytes = [0; (RUN * SLOT) as usize];
        loop {
            let run = RUN.min(self.slots - at);
            let read = &mut bytes[..usize::try_from(run * SLOT).expect("512 bytes")];
            self.file.read_at(HEAD + at * SLOT, read)?;
            for (number, slot) in (at..).zip(read.as_chunks::<16>().0) {
                match u64::from_be_bytes(slot[8..].try_into().expect("eight bytes")) {
                    0 => return Ok(number),
                    entry => see(&slot[..8], entry - 1),
                }
            }
            at = (at + run) & (self.slots - 1);
        }
    }

    /// Four times the room, in a file of its own that takes the name when it is whole.
    fn grow(&mut self) -> io::Result<()> {
        let bigger = self.path.with_extension("bigger");
        self.disk.remove(&bigger)?;
        let mut next = Self {
            disk: self.disk.clone(),
            path: bigger.clone(),
            file: self.disk.growing(&bigger)?,
            slots: 0,
            used: 0,
            covered: 0,
        };
        next.begin(self.slots * 4)?;
        let mut bytes = [0; (RUN * SLOT) as usize];
        // Both counts are powers of two not below 32.
        for at in (0..self.slots).step_by(RUN as usize) {
            self.file.read_at(HEAD + at * SLOT, &mut bytes)?;
            for slot in bytes.as_chunks::<16>().0 {
                let entry = u64::from_be_bytes(slot[8..].try_into().expect("eight bytes"));
                if entry > 0 {
                    let mut key = [0; 32];
                    key[..8].copy_from_slice(&slot[..8]);
                    let free = next.walk(&key, &mut |_, _| ())?;
                    next.write_slot(free, &key, entry - 1)?;
                }
            }
        }
        next.covered = self.covered;
        next.write_head()?;
        next.file.sync()?;
        self.disk.rename(&bigger, &self.path)?;
        next.path.clone_from(&self.path);
        *self = next;
        Ok(())
    }

    /// Makes it last, and says that it covers the first `entries`.
    pub(crate) fn sync(&mut self, entries: u64) -> io::Result<()> {
        self.file.sync()?;
        self.covered = entries;
        self.write_head()
    }
}

fn room_for(entries: u64) -> u64 {
    (entries * 2).next_power_of_two().max(SMALLEST)
}

/// Makes the private folder.
pub(crate) fn private_folder(disk: &Disk, folder: &Path) -> io::Result<()> {
    let mut folders = Folders::default();
    disk.make_folder(folder, Audience::Owner, &mut folders)?;
    disk.sync_folders(folders)
}
