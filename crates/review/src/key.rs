//! The key, and what it makes of a query.

use std::fmt;

use hmac::{Hmac, KeyInit as _, Mac as _};
use scruple_model::hash::sha256_parts;
use sha2::Sha256;

use crate::facts::{Facts, plain};

/// Secret bytes of a data directory. Hashes made with it tell nothing without it.
#[derive(Clone, PartialEq, Eq)]
pub struct Key([u8; 32]);

/// Why a text is no key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a key is 64 hexadecimal digits")]
pub struct KeyError;

/// A query by the keyed hash of its name: 64 hexadecimal digits. Two queries of one
/// name have one subject, whatever else is known of them.
pub type Subject = String;

impl Key {
    /// A key from 32 random bytes.
    pub fn new(secret: [u8; 32]) -> Self {
        Self(secret)
    }

    /// Reads what [`Key::to_text`] wrote.
    ///
    /// # Errors
    /// [`KeyError`] for anything but 64 hexadecimal digits.
    pub fn parse(text: &str) -> Result<Self, KeyError> {
        let text = text.trim().as_bytes();
        let mut secret = [0; 32];
        if text.len() != 64 {
            return Err(KeyError);
        }
        for (byte, two) in secret.iter_mut().zip(text.chunks_exact(2)) {
            let digit = |at: usize| {
                char::from(two[at])
                    .to_digit(16)
                    .and_then(|digit| u8::try_from(digit).ok())
                    .ok_or(KeyError)
            };
            *byte = digit(0)? << 4 | digit(1)?;
        }
        Ok(Self(secret))
    }

    /// As it is kept in its file: secret.
    pub fn to_text(&self) -> String {
        hex(&self.0)
    }

    /// A name for the key that gives nothing of it away: says whether two stores
    /// can understand each other's decisions.
    pub fn id(&self) -> String {
        let hash = sha256_parts([b"scruple.review-key/1".as_slice(), &self.0]);
        hash.get(..16).unwrap_or(&hash).to_owned()
    }

    /// Who a query asks for, by the name it asks under. Case, width of letters and
    /// spaces make no other name.
    pub fn subject(&self, name: &str) -> Subject {
        hex(&self.mac("scruple.subject/1", &[&plain(name)]))
    }

    /// A short name of all of a query's facts: 24 bytes, the first 16 of its name.
    pub fn fingerprint(&self, facts: &Facts) -> [u8; 24] {
        let mut print = [0; 24];
        let name = facts.name().to_owned();
        print[..16].copy_from_slice(&self.mac("scruple.subject/1", &[&name])[..16]);
        let tags = self.tags(facts);
        let all: Vec<&str> = tags
            .groups()
            .flat_map(|(group, tags)| {
                std::iter::once(group.as_str()).chain(tags.iter().map(String::as_str))
            })
            .collect();
        print[16..].copy_from_slice(&self.mac("scruple.facts/1", &all)[..8]);
        print
    }

    /// One value of one kind, as 16 hexadecimal digits.
    pub(crate) fn tag(&self, kind: &str, value: &str) -> String {
        hex(&self.mac("scruple.tag/1", &[kind, value])[..8])
    }

    /// A label of the user's own, such as the name of a watched file.
    pub fn label(&self, text: &str) -> String {
        hex(&self.mac("scruple.label/1", &[text])[..16])
    }

    fn mac(&self, purpose: &str, parts: &[&str]) -> [u8; 32] {
        let mut mac =
            Hmac::<Sha256>::new_from_slice(&self.0).expect("HMAC takes a key of any length");
        for part in std::iter::once(&purpose).chain(parts) {
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part.as_bytes());
        }
        mac.finalize().into_bytes().into()
    }
}

/// A secret is not for logs.
impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Key({})", self.id())
    }
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_comes_back_as_it_was_written() {
        let key = Key::new([0xa7; 32]);
        assert_eq!(Key::parse(&format!("{}\n", key.to_text())), Ok(key));
        for bad in ["", "a7", &"g".repeat(64), &"a".repeat(63), &"ä".repeat(32)] {
            assert_eq!(Key::parse(bad), Err(KeyError), "{bad}");
        }
    }

    #[test]
    fn the_hash_is_the_published_function() {
        // RFC 4231, test case 2, through the same library call.
        let mut mac = Hmac::<Sha256>::new_from_slice(b"Jefe").unwrap();
        mac.update(b"what do ya want for nothing?");
        let out: [u8; 32] = mac.finalize().into_bytes().into();
        assert!(hex(&out).starts_with("5bdcc146bf60754e6a042426089575c7"));
    }

    #[test]
    fn another_key_makes_another_subject_and_no_key_shows_itself() {
        let (one, two) = (Key::new([1; 32]), Key::new([2; 32]));
        assert_ne!(one.subject("Li Wei"), two.subject("Li Wei"));
        assert_eq!(one.subject("Li Wei"), one.subject("  LI  wei "));
        assert_ne!(one.subject("Li Wei"), one.subject("Wei Li"));
        assert!(!format!("{one:?}").contains(&one.to_text()));
        assert!(!one.to_text().contains(&one.id()));
    }

    #[test]
    fn a_fingerprint_begins_with_its_name() {
        let key = Key::new([3; 32]);
        let plain = Facts::of_query("Li Wei");
        let mut more = plain.clone();
        more.add(crate::Group::Countries, "cn");
        let (a, b) = (key.fingerprint(&plain), key.fingerprint(&more));
        assert_eq!(a[..16], b[..16]);
        assert_ne!(a, b);
        assert_eq!(hex(&a[..16]), key.subject("li wei")[..32]);
    }
}
