//! Proofs out of tiles: nothing of the tree is held in memory.
//!
//! Any node of the tree is the root over a part of one tile. A proof for the tenth
//! million of entries reads three or four files of eight kilobytes.

use std::collections::HashMap;

use crate::merkle::{Hash, Range, node_hash};
use crate::tile::{Kind, Tile, WIDTH, tile_at};

/// Where tiles of hashes come from. What is given is as it was read: whoever asks
/// checks what it leads to.
pub trait Tiles {
    /// Why one cannot be had.
    type Fault;
    /// The hashes of a tile: as many as its width.
    fn hashes(&mut self, tile: Tile) -> Result<Vec<Hash>, Self::Fault>;
}

/// Builds proofs for a tree of one size.
pub struct Prover<'a, T: Tiles> {
    tiles: &'a mut T,
    size: u64,
    read: HashMap<Tile, Vec<Hash>>,
}

impl<'a, T: Tiles> Prover<'a, T> {
    /// For the tree of the first `size` entries.
    pub fn new(tiles: &'a mut T, size: u64) -> Self {
        Self {
            tiles,
            size,
            read: HashMap::new(),
        }
    }

    /// The root.
    ///
    /// # Errors
    /// The source's.
    pub fn root(&mut self) -> Result<Hash, T::Fault> {
        self.root_at(self.size)
    }

    /// The root over the first `size` entries, not more than the tree has.
    ///
    /// # Errors
    /// The source's.
    pub fn root_at(&mut self, size: u64) -> Result<Hash, T::Fault> {
        Ok(self.edge(size)?.root())
    }

    /// The right edge of the tree of the first `size` entries.
    ///
    /// # Errors
    /// The source's.
    pub fn edge(&mut self, size: u64) -> Result<Range, T::Fault> {
        let size = size.min(self.size);
        let mut full = Vec::new();
        let mut begin = 0;
        for height in (0..u64::BITS).rev() {
            if size >> height & 1 == 1 {
                full.push(self.subtree(begin, height)?);
                begin += 1 << height;
            }
        }
        Ok(Range::from_full(size, full).expect("one hash was read for each bit of the size"))
    }

    /// The proof that the entry at `index` is in the tree; none where it is not.
    ///
    /// # Errors
    /// The source's.
    pub fn inclusion(&mut self, index: u64) -> Result<Option<Vec<Hash>>, T::Fault> {
        if index >= self.size {
            return Ok(None);
        }
        let mut proof = Vec::new();
        let (mut begin, mut end) = (0, self.size);
        // From the root down; a proof is read from the leaf up.
        while end - begin > 1 {
            let split = begin + split(end - begin);
            if index < split {
                proof.push(self.span(split, end)?);
                end = split;
            } else {
                proof.push(self.span(begin, split)?);
                begin = split;
            }
        }
        proof.reverse();
        Ok(Some(proof))
    }

    /// The proof that the tree of the first `size` entries is the beginning of this one;
    /// none where it is larger, or has nothing.
    ///
    /// # Errors
    /// The source's.
    pub fn consistency(&mut self, size: u64) -> Result<Option<Vec<Hash>>, T::Fault> {
        if size > self.size || size == 0 {
            return Ok(None);
        }
        let mut proof = Vec::new();
        let (mut begin, mut end) = (0, self.size);
        let mut known = true;
        while size != end {
            let split = begin + split(end - begin);
            if size <= split {
                proof.push(self.span(split, end)?);
                end = split;
            } else {
                proof.push(self.span(begin, split)?);
                begin = split;
                known = false;
            }
        }
        if !known {
            proof.push(self.span(begin, end)?);
        }
        proof.reverse();
        Ok(Some(proof))
    }

    /// The hash over the entries `begin..end`, as RFC 6962 splits them. `begin` is a
    /// multiple of a power of two not below the length, as in every proof.
    fn span(&mut self, begin: u64, end: u64) -> Result<Hash, T::Fault> {
        let length = end - begin;
        if length.is_power_of_two() {
            return self.subtree(begin, length.trailing_zeros());
        }
        let middle = begin + split(length);
        let left = self.span(begin, middle)?;
        let right = self.span(middle, end)?;
        Ok(node_hash(&left, &right))
    }

    /// The hash over a full subtree of `2^height` entries.
    fn subtree(&mut self, begin: u64, height: u32) -> Result<Hash, T::Fault> {
        // The tile whose hashes are as large as possible and not larger. A tree that
        // has this subtree has that level: a full tile always has a parent.
        let level = height / 8;
        let within = height - 8 * level;
        let row = begin >> (8 * level);
        let count = 1_u64 << within;
        let mut range = Range::default();
        let tile = tile_at(
            Kind::Hashes(u8::try_from(level).expect("a tree has at most eight levels")),
            row / WIDTH,
            self.size,
        )
        .expect("the subtree lies inside the tree");
        if !self.read.contains_key(&tile) {
            let hashes = self.tiles.hashes(tile)?;
            self.read.insert(tile, hashes);
        }
        let hashes = &self.read[&tile];
        let at = usize::try_from(row % WIDTH).expect("below 256");
        for hash in &hashes[at..at + usize::try_from(count).expect("at most 256")] {
            range.push(*hash);
        }
        Ok(range.root())
    }
}

/// The largest power of two smaller than `length`, which is 2 or more.
fn split(length: u64) -> u64 {
    1 << (u64::BITS - 1 - (length - 1).leading_zeros())
}
