//! The layout of a holdings file: a header, a table of sections, the sections.
//!
//! Integers are little-endian and are read where they lie, so a file of any size
//! opens without parsing. Nothing in it is believed: a read beyond a section gives
//! zero or nothing. The checksum finds accidents (a torn copy, a bad disk); it is
//! no signature.

use rayon::prelude::*;

const MAGIC: [u8; 8] = *b"SCRUPOWN";
/// Version of the layout.
pub(crate) const VERSION: u32 = 1;
const HEADER: usize = 32;
/// Where the checksum stands; it covers everything else.
const CHECKSUM_AT: usize = 24;
/// Blocks are summed on all cores, then the sums.
const BLOCK: usize = 1 << 20;

/// The sections, in the order of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(usize)]
pub(crate) enum Section {
    /// Ends of node ids in `Ids`: u32 each, a leading 0. Ids are sorted.
    IdEnds,
    /// Node ids, sorted and run together.
    Ids,
    /// One u32 a node: kind, remainder, country.
    Nodes,
    /// `(node, ppm)` for remainders with a bound, sorted by node.
    MaxEach,
    /// Where the holdings of a node as owned start: u32 each, and a last one.
    InStarts,
    /// Holdings, by owned: 24 bytes each.
    Holdings,
    /// Where the nodes owned by a node start: u32 each, and a last one.
    OutStarts,
    /// Owned nodes, by owner: u32 each.
    Outs,
    /// Further particulars of a holding, sorted by holding: 4 × u32.
    Details,
    /// Other ids of nodes: ends in `AliasText`, u32 each, a leading 0. Sorted.
    AliasEnds,
    /// Other ids, run together.
    AliasText,
    /// The node of each other id: u32 each.
    AliasNodes,
    /// Ends of strings in `Text`: u32 each, a leading 0. Sorted.
    Strings,
    /// Strings of details, run together.
    Text,
    /// Sources and joint arrangements, as JSON.
    Json,
}

pub(crate) const SECTIONS: usize = 15;

/// Why bytes are no holdings file that can be used. In every case the next step is
/// to import the sources again.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// Other bytes altogether.
    #[error(
        "this is no holdings file: its first bytes are not those of one; import the sources again"
    )]
    NotHoldings,
    /// Made by another version of the program.
    #[error(
        "the holdings file has layout {found}, this program reads layout {VERSION}: import the sources again"
    )]
    OtherVersion {
        /// What the file says.
        found: u32,
    },
    /// Shorter or longer than its header says.
    #[error(
        "the holdings file is cut short: {found} bytes of {expected}; import the sources again"
    )]
    Truncated {
        /// Bytes there are.
        found: u64,
        /// Bytes its header promises; 0 where the header itself is cut.
        expected: u64,
    },
    /// Its bytes are not those that were written.
    #[error("the holdings file is damaged: its checksum does not agree; import the sources again")]
    Checksum,
    /// A section lies outside the file, or does not fit the others.
    #[error("the holdings file is damaged: its section {0} does not fit; import the sources again")]
    Section(usize),
}

/// Joins sections into a file. Each section is dropped once it is copied.
pub(crate) fn write(sections: [Vec<u8>; SECTIONS]) -> Vec<u8> {
    let table = HEADER + SECTIONS * 16;
    let total = table
        + sections
            .iter()
            .map(|section| section.len().next_multiple_of(8))
            .sum::<usize>();
    let mut out = Vec::with_capacity(total);
    out.resize(table, 0);
    out[..8].copy_from_slice(&MAGIC);
    out[8..12].copy_from_slice(&VERSION.to_le_bytes());
    out[12..16].copy_from_slice(&(SECTIONS as u32).to_le_bytes());
    for (no, section) in sections.into_iter().enumerate() {
        let at = HEADER + no * 16;
        let start = out.len() as u64;
        out[at..at + 8].copy_from_slice(&start.to_le_bytes());
        out[at + 8..at + 16].copy_from_slice(&(section.len() as u64).to_le_bytes());
        out.extend_from_slice(&section);
        out.resize(out.len().next_multiple_of(8), 0);
    }
    let len = out.len() as u64;
    out[16..24].copy_from_slice(&len.to_le_bytes());
    let sum = sum_of(&out);
    out[CHECKSUM_AT..CHECKSUM_AT + 8].copy_from_slice(&sum.to_le_bytes());
    out
}

/// Checks a file and gives the ranges of its sections.
pub(crate) fn open(bytes: &[u8]) -> Result<[(usize, usize); SECTIONS], OpenError> {
    if bytes.len() < 8 || bytes[..8] != MAGIC {
        return Err(OpenError::NotHoldings);
    }
    let cut = |expected| OpenError::Truncated {
        found: bytes.len() as u64,
        expected,
    };
    if bytes.len() < HEADER + SECTIONS * 16 {
        return Err(cut(0));
    }
    let found = u32_at(bytes, 2);
    if found != VERSION || u32_at(bytes, 3) as usize != SECTIONS {
        return Err(OpenError::OtherVersion { found });
    }
    let len = u64_at(bytes, 16);
    if len != bytes.len() as u64 {
        return Err(cut(len));
    }
    if u64_at(bytes, CHECKSUM_AT) != sum_of(bytes) {
        return Err(OpenError::Checksum);
    }
    let mut out = [(0, 0); SECTIONS];
    for (no, range) in out.iter_mut().enumerate() {
        let at = HEADER + no * 16;
        let start = usize::try_from(u64_at(bytes, at)).map_err(|_| OpenError::Section(no))?;
        let len = usize::try_from(u64_at(bytes, at + 8)).map_err(|_| OpenError::Section(no))?;
        let end = start.checked_add(len).filter(|end| *end <= bytes.len());
        *range = (start, end.ok_or(OpenError::Section(no))?);
    }
    Ok(out)
}

/// The `no`-th u32 of a section; 0 beyond its end.
#[inline]
pub(crate) fn u32_at(bytes: &[u8], no: usize) -> u32 {
    no.checked_mul(4)
        .and_then(|at| bytes.get(at..at.checked_add(4)?))
        .and_then(|four| four.try_into().ok())
        .map_or(0, u32::from_le_bytes)
}

/// The u64 at a byte offset; 0 beyond the end.
#[inline]
pub(crate) fn u64_at(bytes: &[u8], at: usize) -> u64 {
    at.checked_add(8)
        .and_then(|end| bytes.get(at..end))
        .and_then(|eight| eight.try_into().ok())
        .map_or(0, u64::from_le_bytes)
}

/// The checksum that bytes of at least a header should carry, at offset 24. For
/// tests that forge a file and have to get past it; 0 for fewer bytes.
#[doc(hidden)]
pub fn reseal(bytes: &[u8]) -> u64 {
    if bytes.len() < HEADER {
        0
    } else {
        sum_of(bytes)
    }
}

fn sum_of(bytes: &[u8]) -> u64 {
    let head = checksum(&bytes[..CHECKSUM_AT]);
    let blocks: Vec<u64> = bytes[CHECKSUM_AT + 8..]
        .par_chunks(BLOCK)
        .map(checksum)
        .collect();
    blocks.into_iter().fold(head, step)
}

fn step(lane: u64, word: u64) -> u64 {
    (lane ^ word)
        .wrapping_mul(0x9e37_79b9_7f4a_7c15)
        .rotate_left(29)
}

/// Four lanes of multiply and rotate: as quick as memory, and every flipped bit shows.
fn checksum(bytes: &[u8]) -> u64 {
    let mut lanes: [u64; 4] = [1, 2, 3, 4];
    let mut blocks = bytes.chunks_exact(32);
    for block in &mut blocks {
        for (no, lane) in lanes.iter_mut().enumerate() {
            *lane = step(*lane, u64_at(block, no * 8));
        }
    }
    let mut sum = bytes.len() as u64;
    for &byte in blocks.remainder() {
        sum = step(sum, u64::from(byte));
    }
    lanes.into_iter().fold(sum, step)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file() -> Vec<u8> {
        let mut sections: [Vec<u8>; SECTIONS] = Default::default();
        sections[1] = b"some text that is longer than a block of thirty-two bytes".to_vec();
        write(sections)
    }

    #[test]
    fn every_flipped_bit_and_every_cut_is_found() {
        let good = file();
        assert!(open(&good).is_ok());
        for at in 0..good.len() {
            let mut bad = good.clone();
            bad[at] ^= 1 << (at % 8);
            assert!(open(&bad).is_err(), "byte {at}");
            assert!(open(&good[..at]).is_err(), "cut at {at}");
        }
    }

    #[test]
    fn errors_are_told_apart() {
        let mut other = file();
        other[8] = 9;
        assert_eq!(open(&other), Err(OpenError::OtherVersion { found: 9 }));
        let mut damaged = file();
        *damaged.last_mut().unwrap() ^= 1;
        assert_eq!(open(&damaged), Err(OpenError::Checksum));
        assert_eq!(open(b"SQLite format 3\0"), Err(OpenError::NotHoldings));
        let mut forged = file();
        forged[HEADER + 8..HEADER + 16].copy_from_slice(&u64::MAX.to_le_bytes());
        let sum = reseal(&forged);
        forged[CHECKSUM_AT..CHECKSUM_AT + 8].copy_from_slice(&sum.to_le_bytes());
        assert_eq!(open(&forged), Err(OpenError::Section(0)));
    }
}
