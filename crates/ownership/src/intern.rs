//! Ids to numbers, as they come.
//!
//! Thirty million holdings name their parties sixty million times, and nearly every
//! look-up misses the caches twice: once in the table, once at the text. So the table
//! holds a hash beside the place of the text, by which different ids are told apart
//! without it; number and text lie together; and who has many ids to look up asks for
//! them ahead ([`Interner::read_ahead`]), so that the misses overlap.
//!
//! The hash is keyed afresh for each table: who writes a register cannot choose ids
//! that all fall into one place and so make each look-up as long as the file. Numbers
//! are given in the order ids come, so that nothing that is kept depends on the key.

use std::hash::{BuildHasher, RandomState};

use crate::file::u32_at;

/// No entry; no text has this place.
const EMPTY: u64 = u64::MAX;
/// Texts begin at multiples of this.
const STEP: usize = 8;
/// Before each text: its number and its length, four bytes each.
const HEAD: usize = 8;

/// Ids in the order they were first seen.
pub(crate) struct Interner {
    /// Number, length and text of each id, filled up to a multiple of [`STEP`].
    text: Vec<u8>,
    /// Where each begins, in steps.
    starts: Vec<u32>,
    /// Upper half hash, lower half where it begins in steps.
    table: Vec<u64>,
    key: Key,
}

impl Interner {
    pub(crate) fn new() -> Self {
        Self {
            key: Key::new(),
            text: Vec::new(),
            starts: Vec::new(),
            table: vec![EMPTY; 1 << 10],
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.starts.len()
    }

    pub(crate) fn get(&self, no: u32) -> &[u8] {
        self.at(self.starts[no as usize]).1
    }

    pub(crate) fn str(&self, no: u32) -> &str {
        // Only whole strings went in.
        std::str::from_utf8(self.get(no)).unwrap_or("")
    }

    /// Number and text that begin at a step.
    fn at(&self, step: u32) -> (u32, &[u8]) {
        let start = step as usize * STEP;
        let number = u32_at(&self.text[start..], 0);
        let len = u32_at(&self.text[start..], 1) as usize;
        (number, &self.text[start + HEAD..start + HEAD + len])
    }

    /// Reads what [`Self::number`] will read for these ids, all at once.
    pub(crate) fn read_ahead<'a>(&self, ids: impl Iterator<Item = &'a str>) {
        const MOST: usize = 64;
        let mask = self.table.len() - 1;
        let mut entries = [EMPTY; MOST];
        for (entry, id) in entries.iter_mut().zip(ids) {
            *entry = self.table[self.key.hash(id.as_bytes()) as usize & mask];
        }
        let read = entries.iter().fold(0, |read, entry| {
            let start = (*entry as u32) as usize * STEP;
            read ^ self.text.get(start).copied().unwrap_or(0)
        });
        // What was read is of no use; that it was read is.
        std::hint::black_box(read);
    }

    pub(crate) fn number(&mut self, id: &str) -> u32 {
        let id = id.as_bytes();
        let hash = self.key.hash(id);
        let mask = self.table.len() - 1;
        let mut slot = hash as usize & mask;
        loop {
            let entry = self.table[slot];
            if entry == EMPTY {
                break;
            }
            if (entry >> 32) as u32 == hash {
                let (number, text) = self.at(entry as u32);
                if text == id {
                    return number;
                }
            }
            slot = (slot + 1) & mask;
        }
        let no = self.len() as u32;
        let step = (self.text.len() / STEP) as u32;
        self.table[slot] = u64::from(hash) << 32 | u64::from(step);
        self.starts.push(step);
        self.text.extend_from_slice(&no.to_le_bytes());
        self.text
            .extend_from_slice(&(id.len() as u32).to_le_bytes());
        self.text.extend_from_slice(id);
        self.text.resize(self.text.len().next_multiple_of(STEP), 0);
        if self.len() * 4 > self.table.len() * 3 {
            self.grow();
        }
        no
    }

    fn grow(&mut self) {
        let mask = self.table.len() * 2 - 1;
        let mut table = vec![EMPTY; mask + 1];
        for entry in std::mem::take(&mut self.table) {
            if entry == EMPTY {
                continue;
            }
            let mut slot = (entry >> 32) as usize & mask;
            while table[slot] != EMPTY {
                slot = (slot + 1) & mask;
            }
            table[slot] = entry;
        }
        self.table = table;
    }
}

/// Where a hash starts, and the odd number it multiplies by.
struct Key {
    start: u64,
    odd: u64,
}

impl Key {
    fn new() -> Self {
        let random = RandomState::new();
        Self {
            start: random.hash_one(0u8),
            odd: random.hash_one(1u8) | 1,
        }
    }

    /// Eight bytes at a time, each multiplied into twice its width and folded: ids that
    /// differ in one digit lie far apart.
    fn hash(&self, id: &[u8]) -> u32 {
        let fold = |hash: u64, word: u64| {
            let wide = u128::from(hash ^ word) * u128::from(self.odd);
            (wide as u64) ^ (wide >> 64) as u64
        };
        let mut hash = self.start.wrapping_add(id.len() as u64);
        let (words, rest) = id.as_chunks::<8>();
        for word in words {
            hash = fold(hash, u64::from_le_bytes(*word));
        }
        let mut last = [0u8; 8];
        last[..rest.len()].copy_from_slice(rest);
        (fold(fold(hash, u64::from_le_bytes(last)), self.start) >> 32) as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_keeps_its_number_however_many_follow() {
        let mut ids = Interner::new();
        let numbers: Vec<u32> = (0..5_000)
            .map(|no| ids.number(&format!("id:{no}")))
            .collect();
        assert_eq!(ids.len(), 5_000);
        for (no, number) in numbers.iter().enumerate() {
            assert_eq!(ids.number(&format!("id:{no}")), *number);
            assert_eq!(ids.str(*number), format!("id:{no}"));
        }
    }

    #[test]
    fn each_table_puts_the_same_ids_elsewhere_and_gives_them_the_same_numbers() {
        let (mut one, mut other) = (Interner::new(), Interner::new());
        for no in 0..500 {
            let id = format!("id:{no}");
            assert_eq!(one.number(&id), other.number(&id));
        }
        assert_ne!(one.table, other.table);
    }
}
