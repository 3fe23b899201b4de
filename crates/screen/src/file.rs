//! The layout of an index file: a header, a table of sections, the sections.
//!
//! Integers are little-endian and read where they lie. Nothing in the file is
//! believed: a read beyond a section gives zero or nothing. The checksum finds
//! accidents (a torn copy, a bad disk); it is no signature, and a file that was
//! forged with care opens and gives wrong answers without a panic.

/// First bytes of every index.
const MAGIC: [u8; 8] = *b"SCRUPIDX";
/// Version of the layout.
pub(crate) const VERSION: u32 = 6;
const HEADER: usize = 40;
/// Longest way through the table of keys that is gone.
pub(crate) const PROBES: usize = 512;
/// Where the checksum stands; it covers everything else.
const CHECKSUM_AT: usize = 24;

/// The sections, in the order of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(usize)]
pub(crate) enum Section {
    /// Ends of strings in `Text`: u32 each, a leading 0.
    Strings,
    /// Strings, sorted and run together.
    Text,
    /// Entities: 6 × u32 and a last row that ends the ranges.
    Entities,
    /// Entities as JSON.
    Json,
    /// Countries, two letters each.
    Countries,
    /// Names: 3 × u32 and a last row.
    Names,
    /// Readings: 4 × u32 and a last row.
    Readings,
    /// Parts: 6 × u32.
    Parts,
    /// Terms, sorted by text: 8 × u32 and a last row.
    Terms,
    /// Readings that hold a term.
    Postings,
    /// A table of hashed keys, open addressing: a tag and the key's number from 1, u32 each.
    Keys,
    /// Where the values of a key start: u32 each, and a last one.
    KeyStarts,
    /// Values of keys.
    Values,
}

pub(crate) const SECTIONS: usize = 13;

/// Why bytes are no index that can be used. In every case the next step is to
/// build it again from the lists.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IndexError {
    /// Other bytes altogether.
    #[error("this is no index file: its first bytes are not those of one")]
    NotAnIndex,
    /// Made by another version of the program, of its legal forms or of its matcher.
    #[error("the index was made by another version ({found}, this is {expected}): build it again")]
    OtherVersion {
        /// What the file says.
        found: String,
        /// What this program makes.
        expected: String,
    },
    /// Shorter or longer than its header says.
    #[error("the index is cut short: {found} bytes of {expected}; build it again")]
    Truncated {
        /// Bytes there are.
        found: u64,
        /// Bytes its header promises; 0 where the header itself is cut.
        expected: u64,
    },
    /// Its bytes are not those that were written.
    #[error("the index is damaged: its checksum does not agree; build it again")]
    Checksum,
    /// A section lies outside the file.
    #[error("the index is damaged: its section {0} lies outside the file; build it again")]
    Section(usize),
}

/// Identifies what the content depends on beside the lists: names, forms, matcher, background.
fn fingerprint() -> u64 {
    let mut all = Vec::new();
    let ours = [
        scruple_names::VERSION,
        crate::MATCHER,
        crate::background::TABLE,
    ];
    for part in ours.into_iter().chain(scruple_names::PACKS) {
        all.extend_from_slice(&(part.len() as u64).to_le_bytes());
        all.extend_from_slice(part.as_bytes());
    }
    checksum(&all)
}

/// Joins sections into a file.
pub(crate) fn write(sections: [Vec<u8>; SECTIONS]) -> Vec<u8> {
    let table = HEADER + SECTIONS * 16;
    let mut out = vec![0; table];
    out[..8].copy_from_slice(&MAGIC);
    out[8..12].copy_from_slice(&VERSION.to_le_bytes());
    out[12..16].copy_from_slice(&(SECTIONS as u32).to_le_bytes());
    out[32..40].copy_from_slice(&fingerprint().to_le_bytes());
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
pub(crate) fn open(bytes: &[u8]) -> Result<[(usize, usize); SECTIONS], IndexError> {
    if bytes.len() < 8 || bytes[..8] != MAGIC {
        return Err(IndexError::NotAnIndex);
    }
    let cut = |expected| IndexError::Truncated {
        found: bytes.len() as u64,
        expected,
    };
    if bytes.len() < HEADER + SECTIONS * 16 {
        return Err(cut(0));
    }
    let version = u32_at(bytes, 2);
    if version != VERSION || u32_at(bytes, 3) as usize != SECTIONS {
        return Err(IndexError::OtherVersion {
            found: format!("layout {version}"),
            expected: format!("layout {VERSION}"),
        });
    }
    let len = u64_at(bytes, 16);
    if len != bytes.len() as u64 {
        return Err(cut(len));
    }
    if u64_at(bytes, CHECKSUM_AT) != sum_of(bytes) {
        return Err(IndexError::Checksum);
    }
    if u64_at(bytes, 32) != fingerprint() {
        return Err(IndexError::OtherVersion {
            found: format!("content {:016x}", u64_at(bytes, 32)),
            expected: format!("content {:016x}", fingerprint()),
        });
    }
    let mut out = [(0, 0); SECTIONS];
    for (no, range) in out.iter_mut().enumerate() {
        let at = HEADER + no * 16;
        let start = usize::try_from(u64_at(bytes, at)).map_err(|_| IndexError::Section(no))?;
        let len = usize::try_from(u64_at(bytes, at + 8)).map_err(|_| IndexError::Section(no))?;
        let end = start.checked_add(len).filter(|end| *end <= bytes.len());
        *range = (start, end.ok_or(IndexError::Section(no))?);
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
fn u64_at(bytes: &[u8], at: usize) -> u64 {
    at.checked_add(8)
        .and_then(|end| bytes.get(at..end))
        .and_then(|eight| eight.try_into().ok())
        .map_or(0, u64::from_le_bytes)
}

/// The checksum that bytes of at least a header should carry, at offset 24. For
/// tests that forge an index and have to get past it; 0 for fewer bytes.
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
    checksum(&bytes[CHECKSUM_AT + 8..]) ^ head.rotate_left(17)
}

/// Four lanes of multiply and rotate: as quick as memory, and every flipped bit shows.
fn checksum(bytes: &[u8]) -> u64 {
    const MULTIPLIER: u64 = 0x9e37_79b9_7f4a_7c15;
    let step = |lane: u64, word: u64| (lane ^ word).wrapping_mul(MULTIPLIER).rotate_left(29);
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
    fn every_flipped_bit_is_found() {
        let good = file();
        assert!(open(&good).is_ok());
        for at in 0..good.len() {
            let mut bad = good.clone();
            bad[at] ^= 1 << (at % 8);
            assert!(open(&bad).is_err(), "byte {at}");
        }
    }

    #[test]
    fn every_cut_is_found() {
        let good = file();
        for len in 0..good.len() {
            let error = open(&good[..len]).unwrap_err();
            assert!(
                matches!(error, IndexError::NotAnIndex | IndexError::Truncated { .. }),
                "{len}"
            );
        }
    }

    #[test]
    fn errors_are_told_apart() {
        let mut other = file();
        other[8] = 9;
        assert!(matches!(open(&other), Err(IndexError::OtherVersion { .. })));
        let mut damaged = file();
        *damaged.last_mut().unwrap() ^= 1;
        assert_eq!(open(&damaged), Err(IndexError::Checksum));
        assert_eq!(open(b""), Err(IndexError::NotAnIndex));
        assert_eq!(open(b"SQLite format 3\0"), Err(IndexError::NotAnIndex));
    }

    #[test]
    fn a_section_outside_the_file_is_found_even_with_a_right_checksum() {
        let mut bytes = file();
        bytes[HEADER + 8..HEADER + 16].copy_from_slice(&u64::MAX.to_le_bytes());
        let sum = sum_of(&bytes);
        bytes[CHECKSUM_AT..CHECKSUM_AT + 8].copy_from_slice(&sum.to_le_bytes());
        assert_eq!(open(&bytes), Err(IndexError::Section(0)));
    }
}
