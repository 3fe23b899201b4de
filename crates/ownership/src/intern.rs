//! Ids to numbers, as they come.
//!
//! Thirty million holdings name their parties sixty million times. A map of owned
//! strings would spend the import on allocation; here the text lies in one buffer
//! and the table holds a number and half a hash, so that most comparisons of two
//! different ids never touch the text.

use std::hash::Hasher;

use rustc_hash::FxHasher;

const EMPTY: u64 = u64::MAX;

/// Ids in the order they were first seen.
pub(crate) struct Interner {
    text: Vec<u8>,
    ends: Vec<usize>,
    /// Upper half hash, lower half number.
    table: Vec<u64>,
}

impl Interner {
    pub(crate) fn new() -> Self {
        Self {
            text: Vec::new(),
            ends: vec![0],
            table: vec![EMPTY; 1 << 10],
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.ends.len() - 1
    }

    pub(crate) fn get(&self, no: u32) -> &[u8] {
        let no = no as usize;
        &self.text[self.ends[no]..self.ends[no + 1]]
    }

    pub(crate) fn str(&self, no: u32) -> &str {
        // Only whole strings went in.
        std::str::from_utf8(self.get(no)).unwrap_or("")
    }

    pub(crate) fn number(&mut self, id: &str) -> u32 {
        let id = id.as_bytes();
        let hash = hash_of(id);
        match self.probe(id, hash) {
            Ok(no) => no,
            Err(slot) => {
                let no = self.len() as u32;
                self.table[slot] = (hash & 0xffff_ffff_0000_0000) | u64::from(no);
                self.text.extend_from_slice(id);
                self.ends.push(self.text.len());
                if self.len() * 2 > self.table.len() {
                    self.grow();
                }
                no
            }
        }
    }

    fn probe(&self, id: &[u8], hash: u64) -> Result<u32, usize> {
        let mask = self.table.len() - 1;
        let mut slot = (hash as usize) & mask;
        loop {
            let entry = self.table[slot];
            if entry == EMPTY {
                return Err(slot);
            }
            if entry >> 32 == hash >> 32 && self.get(entry as u32) == id {
                return Ok(entry as u32);
            }
            slot = (slot + 1) & mask;
        }
    }

    fn grow(&mut self) {
        let mask = self.table.len() * 2 - 1;
        let mut table = vec![EMPTY; mask + 1];
        for no in 0..self.len() as u32 {
            let hash = hash_of(self.get(no));
            let mut slot = (hash as usize) & mask;
            while table[slot] != EMPTY {
                slot = (slot + 1) & mask;
            }
            table[slot] = (hash & 0xffff_ffff_0000_0000) | u64::from(no);
        }
        self.table = table;
    }
}

fn hash_of(id: &[u8]) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(id);
    // Never all ones in the upper half, so that no entry looks empty.
    hasher.finish() & 0x7fff_ffff_ffff_ffff
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
}
