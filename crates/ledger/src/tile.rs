//! Which files a log of a size has, what they are called, and what stands in them.
//!
//! `tile/LEVEL/N` holds 256 hashes of that level in a row, `tile/entries/N` the 256
//! entries themselves. The last of each level is mostly not full and says how many it
//! holds: `tile/0/003.p/232`. <https://c2sp.org/tlog-tiles>.

use crate::merkle::{Hash, Range};

/// Hashes in a full tile, entries in a full bundle.
pub const WIDTH: u64 = 256;

/// The longest entry: its length stands in two bytes.
pub const LARGEST_ENTRY: usize = 65_535;

/// A row of hashes or entries that is one file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Tile {
    /// What it holds.
    pub kind: Kind,
    /// Its number in its level.
    pub index: u64,
    /// How many it holds: 1 to 256.
    pub width: u64,
}

/// What a tile holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// Entries.
    Entries,
    /// Hashes, each over 256 to the power of the level entries.
    Hashes(u8),
}

impl Tile {
    /// Its path below the log.
    pub fn path(&self) -> String {
        let kind = match self.kind {
            Kind::Entries => "entries".to_owned(),
            Kind::Hashes(level) => level.to_string(),
        };
        let mut number = format!("{:03}", self.index % 1000);
        let mut rest = self.index / 1000;
        while rest > 0 {
            number = format!("x{:03}/{number}", rest % 1000);
            rest /= 1000;
        }
        if self.width < WIDTH {
            format!("tile/{kind}/{number}.p/{}", self.width)
        } else {
            format!("tile/{kind}/{number}")
        }
    }

    /// The same tile, full: it may stand in place of a part of it.
    pub fn full(&self) -> Self {
        Self {
            width: WIDTH,
            ..*self
        }
    }
}

/// The tile at `index` of a level, in a tree of `size`; none where it would be empty.
pub fn tile_at(kind: Kind, index: u64, size: u64) -> Option<Tile> {
    let level = match kind {
        Kind::Entries => 0,
        Kind::Hashes(level) => u32::from(level),
    };
    let row = size.checked_shr(8 * level).unwrap_or(0);
    let begin = index.checked_mul(WIDTH)?;
    let width = row.checked_sub(begin)?.min(WIDTH);
    (width > 0).then_some(Tile { kind, index, width })
}

/// How many levels of tiles a tree of `size` has.
pub fn levels(size: u64) -> u8 {
    let mut level = 0;
    while size.checked_shr(8 * u32::from(level)).unwrap_or(0) > 0 {
        level += 1;
    }
    level
}

/// Why a tile or bundle cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TileFault {
    /// It stops inside an entry, or has fewer than its name says.
    #[error("is cut off: it holds {found} of {wanted}")]
    Cut {
        /// Whole ones found.
        found: u64,
        /// How many its name says.
        wanted: u64,
    },
    /// It is no row of hashes.
    #[error("has {bytes} bytes, and {wanted} hashes are {} bytes", wanted * 32)]
    Length {
        /// Its bytes.
        bytes: u64,
        /// How many hashes its name says.
        wanted: u64,
    },
}

/// Reads a tile of hashes: exactly as many as its width.
///
/// # Errors
/// [`TileFault`].
pub fn read_hashes(bytes: &[u8], width: u64) -> Result<Vec<Hash>, TileFault> {
    let (hashes, rest) = bytes.as_chunks::<32>();
    let found = hashes.len() as u64;
    if found < width {
        return Err(TileFault::Cut {
            found,
            wanted: width,
        });
    }
    if found > width || !rest.is_empty() {
        return Err(TileFault::Length {
            bytes: bytes.len() as u64,
            wanted: width,
        });
    }
    Ok(hashes.to_vec())
}

/// The entries of a bundle, and how many surplus ones stand after the `width` first.
/// Only those count that the checkpoint's size covers.
///
/// # Errors
/// [`TileFault::Cut`]. A rest that is no whole entry is a surplus, not an error.
pub fn read_entries(bytes: &[u8], width: u64) -> Result<(Vec<&[u8]>, u64), TileFault> {
    let mut entries = Vec::new();
    let mut rest = bytes;
    while (entries.len() as u64) < width {
        let cut = TileFault::Cut {
            found: entries.len() as u64,
            wanted: width,
        };
        let (length, after) = rest.split_first_chunk::<2>().ok_or(cut)?;
        let length = usize::from(u16::from_be_bytes(*length));
        let (entry, after) = after.split_at_checked(length).ok_or(cut)?;
        entries.push(entry);
        rest = after;
    }
    let mut surplus = 0;
    while !rest.is_empty() {
        surplus += 1;
        rest = match rest.split_first_chunk::<2>() {
            Some((length, after)) => {
                let length = usize::from(u16::from_be_bytes(*length));
                after.get(length..).unwrap_or_default()
            }
            None => &[],
        };
    }
    Ok((entries, surplus))
}

/// Adds an entry to a bundle. Gives false, and adds nothing, where it is too long.
#[must_use]
pub fn push_entry(bundle: &mut Vec<u8>, entry: &[u8]) -> bool {
    let Ok(length) = u16::try_from(entry.len()) else {
        return false;
    };
    bundle.extend(length.to_be_bytes());
    bundle.extend(entry);
    true
}

/// The root over the hashes of a full tile.
pub fn root_over(hashes: &[Hash]) -> Hash {
    let mut range = Range::default();
    for hash in hashes {
        range.push(*hash);
    }
    range.root()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(index: u64, width: u64) -> String {
        Tile {
            kind: Kind::Hashes(0),
            index,
            width,
        }
        .path()
    }

    #[test]
    fn check_03_paths_are_those_of_the_specification() {
        assert_eq!(path(1_234_067, 256), "tile/0/x001/x234/067");
        assert_eq!(path(0, 256), "tile/0/000");
        assert_eq!(path(999, 256), "tile/0/999");
        assert_eq!(path(1000, 256), "tile/0/x001/000");
        assert_eq!(path(273, 112), "tile/0/273.p/112");
    }

    #[test]
    fn check_02_a_tree_has_the_tiles_of_the_specification() {
        let width =
            |level, index, size| tile_at(Kind::Hashes(level), index, size).map(|tile| tile.width);
        assert_eq!(levels(0), 0);
        assert_eq!(width(0, 0, 0), None);
        assert_eq!((width(0, 0, 1), levels(1)), (Some(1), 1));
        assert_eq!((width(0, 0, 255), levels(255)), (Some(255), 1));
        // 256: one full tile, and one of width 1 above it.
        assert_eq!((width(0, 0, 256), width(0, 1, 256)), (Some(256), None));
        assert_eq!((width(1, 0, 256), levels(256)), (Some(1), 2));
        assert_eq!((width(0, 1, 257), width(1, 0, 257)), (Some(1), Some(1)));
        // 70,000, as in the text.
        assert_eq!(width(0, 273, 70_000), Some(112));
        assert_eq!(width(1, 0, 70_000), Some(256));
        assert_eq!(width(1, 1, 70_000), Some(17));
        assert_eq!((width(2, 0, 70_000), levels(70_000)), (Some(1), 3));
        assert_eq!((width(2, 0, 65_536), width(1, 1, 65_537)), (Some(1), None));
        assert_eq!(levels(u64::MAX), 8);
    }

    #[test]
    fn check_16_only_the_entries_that_count_are_read() {
        let mut bundle = Vec::new();
        for entry in [&b"one"[..], b"", b"three"] {
            assert!(push_entry(&mut bundle, entry));
        }
        assert_eq!(
            read_entries(&bundle, 2).unwrap(),
            (vec![&b"one"[..], b""], 1)
        );
        bundle.push(9);
        assert_eq!(read_entries(&bundle, 2).unwrap().1, 2);
        assert_eq!(
            read_entries(&bundle[..9], 3),
            Err(TileFault::Cut {
                found: 2,
                wanted: 3
            })
        );
    }

    #[test]
    fn check_05_an_entry_of_65535_bytes_fits_and_one_more_does_not() {
        let mut bundle = Vec::new();
        assert!(push_entry(&mut bundle, &[7; LARGEST_ENTRY]));
        let before = bundle.len();
        assert!(!push_entry(&mut bundle, &[7; LARGEST_ENTRY + 1]));
        assert_eq!(bundle.len(), before);
    }

    #[test]
    fn a_tile_has_exactly_the_hashes_its_name_says() {
        assert!(read_hashes(&[0; 64], 2).is_ok());
        for (bytes, width) in [(63, 2), (65, 2), (96, 2), (32, 2), (0, 1)] {
            assert!(
                read_hashes(&vec![0; bytes], width).is_err(),
                "{bytes} {width}"
            );
        }
    }
}
