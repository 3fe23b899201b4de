//! Ids of natural persons whose source gives them none.
//!
//! A hash of a name and a birth date is found by trying names; it is personal data
//! under another spelling. So such an id is keyed, with a key that is kept apart
//! from the holdings: whoever has the file alone cannot ask it for a person.

use std::fmt::Write as _;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// The key for ids of people. Kept outside the data directory's database.
#[derive(Clone)]
pub struct PersonKey([u8; 32]);

impl PersonKey {
    /// A key; where it comes from is the caller's matter.
    pub fn new(key: [u8; 32]) -> Self {
        Self(key)
    }

    /// The id of a person who is described by `parts` in `source`:
    /// `person:source:h` and 32 hexadecimal digits.
    pub fn id(&self, source: &str, parts: &[&str]) -> String {
        format!("person:{source}:h{}", self.hash(source, parts))
    }

    /// The id of an owner in `source` of whom only a text is known that may be the name
    /// of a person or of a firm: the hash without the claim that it is a person.
    pub fn unnamed(&self, source: &str, text: &str) -> String {
        format!("{source}:h{}", self.hash(source, &[text]))
    }

    fn hash(&self, source: &str, parts: &[&str]) -> String {
        // HMAC takes keys of any length.
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&self.0) else {
            return String::new();
        };
        for part in [source].iter().chain(parts) {
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part.as_bytes());
        }
        let mut id = String::new();
        for byte in &mac.finalize().into_bytes()[..16] {
            // Writing to a String cannot fail.
            let _ = write!(id, "{byte:02x}");
        }
        id
    }
}

#[cfg(test)]
mod tests {
    use super::PersonKey;

    #[test]
    fn an_id_depends_on_the_key_and_shows_no_name() {
        let one = PersonKey::new([1; 32]).id("user-own", &["Zhang San", "1970-01-01"]);
        let again = PersonKey::new([1; 32]).id("user-own", &["Zhang San", "1970-01-01"]);
        let other = PersonKey::new([2; 32]).id("user-own", &["Zhang San", "1970-01-01"]);
        assert_eq!(one, again);
        assert_ne!(one, other);
        assert!(one.starts_with("person:user-own:h") && !one.contains("Zhang"));
    }
}
