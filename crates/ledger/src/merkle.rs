//! The Merkle tree of RFC 6962: hashes, and checking proofs that others made.
//!
//! A leaf is hashed behind a zero byte and a node behind a one, so that no entry can
//! pass for a node. Checking follows RFC 9162, section 2.1.3.2 and 2.1.4.2. Where the
//! text leaves a case open (a proof from the empty tree) we refuse it: it shows nothing.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

/// A SHA-256 hash.
pub type Hash = [u8; 32];

/// The hash of an entry.
pub fn leaf_hash(entry: &[u8]) -> Hash {
    let mut hasher = Sha256::new();
    hasher.update([0]);
    hasher.update(entry);
    hasher.finalize().into()
}

/// The hash over two subtrees.
pub fn node_hash(left: &Hash, right: &Hash) -> Hash {
    let mut hasher = Sha256::new();
    hasher.update([1]);
    hasher.update(left);
    hasher.update(right);
    hasher.finalize().into()
}

/// The root of a tree without entries.
pub fn empty_root() -> Hash {
    Sha256::digest([]).into()
}

/// A hash as the formats write it: standard base64, 44 characters.
pub fn to_base64(hash: &Hash) -> String {
    STANDARD.encode(hash)
}

/// Reads what [`to_base64`] wrote; nothing else.
pub fn from_base64(text: &str) -> Option<Hash> {
    let bytes = STANDARD.decode(text).ok()?;
    Hash::try_from(bytes).ok()
}

/// The root over these hashes, which are a tree's leaves in order.
pub fn root_of(leaves: &[Hash]) -> Hash {
    let mut range = Range::default();
    for leaf in leaves {
        range.push(*leaf);
    }
    range.root()
}

/// The right edge of a growing tree: one hash for each full subtree, the largest first.
/// A tree of ten million entries has fewer than 24 of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Range {
    size: u64,
    full: Vec<Hash>,
}

impl Range {
    /// How many leaves it covers.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Adds a leaf's hash.
    pub fn push(&mut self, leaf: Hash) {
        let mut hash = leaf;
        let mut before = self.size;
        while before & 1 == 1 {
            let left = self
                .full
                .pop()
                .expect("an odd size has a full subtree to its left");
            hash = node_hash(&left, &hash);
            before >>= 1;
        }
        self.full.push(hash);
        self.size += 1;
    }

    /// The root over all leaves so far.
    pub fn root(&self) -> Hash {
        let mut right_to_left = self.full.iter().rev();
        let Some(last) = right_to_left.next() else {
            return empty_root();
        };
        right_to_left.fold(*last, |right, left| node_hash(left, &right))
    }

    /// The range over `2^height` leaves times each hash: used where whole tiles are known.
    pub fn from_full(size: u64, full: Vec<Hash>) -> Option<Self> {
        (u64::from(size.count_ones()) == full.len() as u64).then_some(Self { size, full })
    }
}

/// Why a proof does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProofFault {
    /// The index is not below the size, or the sizes are the wrong way round.
    #[error("the numbers do not fit: the entry or the earlier tree is not inside the later one")]
    Range,
    /// Too few or too many hashes.
    #[error("the proof has {found} hashes, and a proof for these sizes has {wanted}")]
    Length {
        /// How many were given.
        found: usize,
        /// How many a proof has.
        wanted: usize,
    },
    /// The hashes lead to another root.
    #[error("the hashes lead to another root")]
    Root,
}

/// Checks that an entry stands at `index` in the tree of `size` and `root`.
///
/// # Errors
/// [`ProofFault`].
pub fn check_inclusion(
    index: u64,
    size: u64,
    leaf: &Hash,
    proof: &[Hash],
    root: &Hash,
) -> Result<(), ProofFault> {
    if index >= size {
        return Err(ProofFault::Range);
    }
    let wanted = inclusion_length(index, size);
    if proof.len() != wanted {
        return Err(ProofFault::Length {
            found: proof.len(),
            wanted,
        });
    }
    let (mut at, mut last, mut hash) = (index, size - 1, *leaf);
    for sibling in proof {
        if at & 1 == 1 || at == last {
            hash = node_hash(sibling, &hash);
            while at & 1 == 0 && at != 0 {
                at >>= 1;
                last >>= 1;
            }
        } else {
            hash = node_hash(&hash, sibling);
        }
        at >>= 1;
        last >>= 1;
    }
    if last == 0 && hash == *root {
        Ok(())
    } else {
        Err(ProofFault::Root)
    }
}

/// How many hashes an inclusion proof has.
pub fn inclusion_length(index: u64, size: u64) -> usize {
    // Below where the entry's path leaves the right edge there is a sibling at each
    // level; above it, one for each full subtree to the left.
    let inner = u64::BITS - (index ^ (size - 1)).leading_zeros();
    let border = (index >> inner).count_ones();
    (inner + border) as usize
}

/// Checks that the tree of `size1` and `root1` is the beginning of the one of `size2`.
///
/// # Errors
/// [`ProofFault`].
pub fn check_consistency(
    size1: u64,
    size2: u64,
    proof: &[Hash],
    root1: &Hash,
    root2: &Hash,
) -> Result<(), ProofFault> {
    if size1 > size2 || size1 == 0 && size2 != 0 {
        return Err(ProofFault::Range);
    }
    if size1 == size2 {
        if !proof.is_empty() {
            return Err(ProofFault::Length {
                found: proof.len(),
                wanted: 0,
            });
        }
        let empty = size1 != 0 || *root1 == empty_root();
        return if root1 == root2 && empty {
            Ok(())
        } else {
            Err(ProofFault::Root)
        };
    }
    // A full tree on the left is known to whoever asks: it is not in the proof.
    let mut rest = proof.iter();
    let first = if size1.is_power_of_two() {
        *root1
    } else {
        *rest.next().ok_or(ProofFault::Length {
            found: 0,
            wanted: 1,
        })?
    };
    let (mut at, mut last) = (size1 - 1, size2 - 1);
    while at & 1 == 1 {
        at >>= 1;
        last >>= 1;
    }
    let (mut old, mut new) = (first, first);
    for hash in rest {
        if last == 0 {
            return Err(ProofFault::Root);
        }
        if at & 1 == 1 || at == last {
            old = node_hash(hash, &old);
            new = node_hash(hash, &new);
            while at & 1 == 0 && at != 0 {
                at >>= 1;
                last >>= 1;
            }
        } else {
            new = node_hash(&new, hash);
        }
        at >>= 1;
        last >>= 1;
    }
    if last == 0 && old == *root1 && new == *root2 {
        Ok(())
    } else {
        Err(ProofFault::Root)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_root_over_nothing_is_the_hash_of_nothing() {
        assert_eq!(
            to_base64(&empty_root()),
            "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="
        );
        assert_eq!(Range::default().root(), empty_root());
    }

    #[test]
    fn check_12_an_entry_never_passes_for_a_node() {
        let (left, right) = (leaf_hash(b"a"), leaf_hash(b"b"));
        let entry = [&[1][..], &left, &right].concat();
        assert_ne!(leaf_hash(&entry), node_hash(&left, &right));
        let entry = [&left[..], &right].concat();
        assert_ne!(leaf_hash(&entry), node_hash(&left, &right));
    }
}
