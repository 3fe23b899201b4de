//! Keys as text: C2SP verifier keys, and the secret beside them.
//!
//! ```text
//! NAME+ID+BASE64(1, public key)                 give this to whoever imports
//! PRIVATE+KEY+NAME+ID+BASE64(1, secret key)     keep this
//! ```
//!
//! ID is eight hexadecimal digits: the first four bytes of SHA-256 over name, newline,
//! 1 and the public key. The 1 says Ed25519. Other programs read both.

use std::fmt;
use std::str::FromStr;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use sha2::{Digest as _, Sha256};

/// Ed25519, in front of a key.
const ED25519: u8 = 1;
const PRIVATE: &str = "PRIVATE+KEY+";

/// Why a text is no key.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum KeyFault {
    /// The name is empty, too long, or has a space, a `+` or a control character.
    #[error("a key's name has no space and no plus sign, and is not empty: lists.example.com")]
    Name,
    /// Not `NAME+ID+KEY`.
    #[error("not a key: a verifier key is NAME+ID+KEY, a secret key begins with {PRIVATE}")]
    Shape,
    /// A secret key where a verifier key is asked for.
    #[error("a secret key, where the verifier key is asked for: keep it to yourself")]
    Secret,
    /// Another kind of key than Ed25519.
    #[error("not an Ed25519 key")]
    Kind,
    /// Its id does not fit: a character was lost or changed.
    #[error("its id does not fit: a character was lost or changed on the way")]
    Id,
}

/// A new key in both its texts.
#[derive(Clone)]
pub struct KeyPair {
    /// Signs. Whoever has it can sign in this name.
    pub secret: String,
    /// Checks. Give it to whoever reads, on a way of its own.
    pub verifier: String,
}

/// Makes a key from 32 random bytes, which the caller takes from the system.
///
/// # Errors
/// [`KeyFault::Name`].
pub fn new_key(name: &str, random: [u8; 32]) -> Result<KeyPair, KeyFault> {
    let signer = Signer::new(name, SigningKey::from_bytes(&random))?;
    let verifier = signer.verifier();
    let secret = with_kind(&random);
    Ok(KeyPair {
        secret: format!("{PRIVATE}{name}+{}+{secret}", verifier.id_text()),
        verifier: verifier.to_string(),
    })
}

/// Signs notes.
pub struct Signer {
    name: String,
    key: SigningKey,
}

impl Signer {
    fn new(name: &str, key: SigningKey) -> Result<Self, KeyFault> {
        if !is_name(name) {
            return Err(KeyFault::Name);
        }
        Ok(Self {
            name: name.to_owned(),
            key,
        })
    }

    /// The name it signs in.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The key that checks it.
    pub fn verifier(&self) -> Verifier {
        let key = self.key.verifying_key();
        Verifier {
            id: id_of(&self.name, &key),
            name: self.name.clone(),
            key,
        }
    }

    /// The Ed25519 signature over `text`.
    pub fn sign(&self, text: &[u8]) -> [u8; 64] {
        self.key.sign(text).to_bytes()
    }
}

impl FromStr for Signer {
    type Err = KeyFault;

    fn from_str(text: &str) -> Result<Self, KeyFault> {
        let text = text.trim().strip_prefix(PRIVATE).ok_or(KeyFault::Shape)?;
        let (name, id, seed) = parts(text)?;
        let signer = Self::new(name, SigningKey::from_bytes(&seed))?;
        if signer.verifier().id_text() != id {
            return Err(KeyFault::Id);
        }
        Ok(signer)
    }
}

impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Signer")
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for KeyPair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KeyPair")
            .field("verifier", &self.verifier)
            .finish_non_exhaustive()
    }
}

/// Checks notes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verifier {
    name: String,
    id: [u8; 4],
    key: VerifyingKey,
}

impl Verifier {
    /// The name signed in.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The first four bytes of the key's hash: a hint, no proof.
    pub fn id(&self) -> [u8; 4] {
        self.id
    }

    /// The public key: two names with one key are one signer.
    pub fn key(&self) -> &[u8; 32] {
        self.key.as_bytes()
    }

    fn id_text(&self) -> String {
        format!("{:08x}", u32::from_be_bytes(self.id))
    }

    /// Strict: one signature has one spelling, and a weak key signs nothing.
    pub fn verifies(&self, text: &[u8], signature: &[u8; 64]) -> bool {
        self.key
            .verify_strict(text, &Signature::from_bytes(signature))
            .is_ok()
    }
}

impl FromStr for Verifier {
    type Err = KeyFault;

    fn from_str(text: &str) -> Result<Self, KeyFault> {
        let text = text.trim();
        if text.starts_with(PRIVATE) {
            return Err(KeyFault::Secret);
        }
        let (name, id, key) = parts(text)?;
        if !is_name(name) {
            return Err(KeyFault::Name);
        }
        let key = VerifyingKey::from_bytes(&key).map_err(|_| KeyFault::Kind)?;
        let verifier = Self {
            name: name.to_owned(),
            id: id_of(name, &key),
            key,
        };
        if verifier.id_text() == id {
            Ok(verifier)
        } else {
            Err(KeyFault::Id)
        }
    }
}

impl fmt::Display for Verifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let key = with_kind(self.key.as_bytes());
        write!(f, "{}+{}+{key}", self.name, self.id_text())
    }
}

/// Whether a key may be called that: 1 to 200 bytes, no space, no `+`, no control character.
pub fn is_name(name: &str) -> bool {
    (1..=200).contains(&name.len())
        && !name
            .chars()
            .any(|c| c == '+' || c.is_whitespace() || c.is_control())
}

/// `NAME+ID+KEY`; the key's text may hold a `+` of its own.
fn parts(text: &str) -> Result<(&str, &str, [u8; 32]), KeyFault> {
    let mut parts = text.splitn(3, '+');
    let (Some(name), Some(id), Some(key)) = (parts.next(), parts.next(), parts.next()) else {
        return Err(KeyFault::Shape);
    };
    let bytes = STANDARD.decode(key).map_err(|_| KeyFault::Shape)?;
    match bytes.split_first() {
        Some((&ED25519, key)) => Ok((name, id, key.try_into().map_err(|_| KeyFault::Kind)?)),
        _ => Err(KeyFault::Kind),
    }
}

fn with_kind(key: &[u8; 32]) -> String {
    STANDARD.encode([&[ED25519], &key[..]].concat())
}

fn id_of(name: &str, key: &VerifyingKey) -> [u8; 4] {
    key_id(name, ED25519, key.as_bytes())
}

/// The id of a key of any signature type: the start of SHA-256 over name, newline,
/// type and public key.
pub fn key_id(name: &str, kind: u8, key: &[u8]) -> [u8; 4] {
    let hash = Sha256::digest([name.as_bytes(), b"\n", &[kind], key].concat());
    [hash[0], hash[1], hash[2], hash[3]]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_texts_of_a_key_are_read_back() {
        let pair = new_key("lists.example", [7; 32]).unwrap();
        let signer: Signer = pair.secret.parse().unwrap();
        let verifier: Verifier = pair.verifier.parse().unwrap();
        assert_eq!(signer.verifier(), verifier);
        assert_eq!(verifier.to_string(), pair.verifier);
        assert!(verifier.verifies(b"x", &signer.sign(b"x")));
        assert!(!verifier.verifies(b"y", &signer.sign(b"x")));
    }

    #[test]
    fn a_secret_is_never_shown_or_taken_for_a_verifier() {
        let pair = new_key("lists.example", [7; 32]).unwrap();
        let secret = pair.secret.rsplit('+').next().unwrap();
        let signer: Signer = pair.secret.parse().unwrap();
        for shown in [format!("{pair:?}"), format!("{signer:?}")] {
            assert!(!shown.contains(secret), "{shown}");
        }
        assert_eq!(pair.secret.parse::<Verifier>(), Err(KeyFault::Secret));
        assert!(pair.verifier.parse::<Signer>().is_err());
    }

    #[test]
    fn a_changed_character_in_a_key_is_noticed() {
        let text = new_key("lists.example", [7; 32]).unwrap().verifier;
        for at in 0..text.len() {
            let mut bytes = text.clone().into_bytes();
            bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
            let changed = String::from_utf8(bytes).unwrap();
            assert!(changed.parse::<Verifier>().is_err(), "{changed}");
        }
    }

    #[test]
    fn names_that_would_break_a_line_are_refused() {
        for name in ["", "a b", "a+b", "a\nb", "a\u{a0}b"] {
            assert_eq!(
                new_key(name, [7; 32]).err(),
                Some(KeyFault::Name),
                "{name:?}"
            );
        }
        assert!(new_key("sanctions-desk.example/exports", [7; 32]).is_ok());
    }
}
