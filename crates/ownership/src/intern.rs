//! Ids to numbers, as they come.
//!
//! Thirty million holdings name their parties sixty million times. A map of owned
//! strings would spend the import on allocation; here the text lies in one buffer
//! and the table holds a number and a hash, so that two different ids are told apart
//! without their text, and a table that grows does not read it again.

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
        let mask = self.table.len() - 1;
        let mut slot = hash as usize & mask;
        loop {
            let entry = self.table[slot];
            if entry == EMPTY {
                break;
            }
            if (entry >> 32) as u32 == hash && self.get(entry as u32) == id {
                return entry as u32;
            }
            slot = (slot + 1) & mask;
        }
        let no = self.len() as u32;
        self.table[slot] = u64::from(hash) << 32 | u64::from(no);
        self.text.extend_from_slice(id);
        self.ends.push(self.text.len());
        if self.len() * 2 > self.table.len() {
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

/// Eight bytes at a time, each multiplied into twice its width and folded: ids that
/// differ in one digit lie far apart.
fn hash_of(id: &[u8]) -> u32 {
    const ODD: u64 = 0x9e37_79b9_7f4a_7c15;
    let fold = |hash: u64, word: u64| {
        let wide = u128::from(hash ^ word) * u128::from(ODD);
        (wide as u64) ^ (wide >> 64) as u64
    };
    let mut hash = (id.len() as u64).wrapping_add(0x2545_f491_4f6c_dd1d);
    let (words, rest) = id.as_chunks::<8>();
    for word in words {
        hash = fold(hash, u64::from_le_bytes(*word));
    }
    let mut last = [0u8; 8];
    last[..rest.len()].copy_from_slice(rest);
    (fold(fold(hash, u64::from_le_bytes(last)), ODD) >> 32) as u32
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
