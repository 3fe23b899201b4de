//! What stands in the log: commitments, and nothing else.
//!
//! ```text
//! entry       scruple.commitment/1 BASE64(commitment)          65 bytes, ASCII
//! commitment  SHA-256("scruple.commitment/1\n" ‖ salt ‖ content)
//! salt        32 random bytes, new for each entry
//! content     canonical JSON (RFC 8785)
//! ```
//!
//! Without the salt, an entry cannot be told from 32 random bytes, however short and
//! guessable the content is. With it, anybody with `sha256sum` can check. Once the salt
//! is deleted nobody can say any more what the entry stood for: that is how something is
//! taken out of a log that only grows.
//!
//! An empty commitment is one to the content `null`. Nobody outside sees a difference.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

use crate::merkle::Hash;

/// In front of every entry and of what is hashed.
pub const LABEL: &str = "scruple.commitment/1";

/// The content of an empty commitment.
pub const EMPTY: &str = "null";

/// The commitment to a content.
pub fn commitment(salt: &[u8; 32], content: &str) -> Hash {
    let mut hasher = Sha256::new();
    hasher.update(LABEL.as_bytes());
    hasher.update(b"\n");
    hasher.update(salt);
    hasher.update(content.as_bytes());
    hasher.finalize().into()
}

/// The bytes of the entry that stands in the log.
pub fn entry(commitment: &Hash) -> String {
    format!("{LABEL} {}", STANDARD.encode(commitment))
}

/// The commitment in an entry; none where it is an entry of another kind.
pub fn commitment_in(entry: &[u8]) -> Option<Hash> {
    let text = std::str::from_utf8(entry).ok()?;
    let hash = crate::merkle::from_base64(text.strip_prefix(LABEL)?.strip_prefix(' ')?)?;
    (self::entry(&hash) == text).then_some(hash)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_says_nothing_without_its_salt() {
        let one = commitment(&[1; 32], EMPTY);
        let other = commitment(&[2; 32], EMPTY);
        assert_ne!(one, other);
        assert_eq!(entry(&one).len(), 65);
        assert_eq!(commitment_in(entry(&one).as_bytes()), Some(one));
        assert_eq!(commitment_in(b"scruple.commitment/1 AAAA"), None);
    }
}
