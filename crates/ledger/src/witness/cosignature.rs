//! A witness's key and its signatures. <https://c2sp.org/tlog-cosignature>.

use std::fmt;
use std::str::FromStr;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use scruple_note::{is_name, key_id, signature_line};

/// A timestamped Ed25519 cosignature.
const KIND: u8 = 4;

/// A witness's key: `NAME+ID+BASE64(4, public key)`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Witness {
    name: String,
    id: [u8; 4],
    key: VerifyingKey,
}

/// Why a text is no witness's key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WitnessFault {
    /// Not `NAME+ID+KEY`.
    #[error("not a witness's key: it is written NAME+ID+KEY")]
    Shape,
    /// Another type than 4.
    #[error("not the key of a witness that signs with Ed25519 (type 4)")]
    Kind,
    /// The id does not fit.
    #[error("its id does not fit: a character was lost or changed on the way")]
    Id,
}

impl Witness {
    /// The name it signs in.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The start of its key's hash.
    pub fn id(&self) -> [u8; 4] {
        self.id
    }

    /// The key itself: two names with one key are one witness.
    pub fn key(&self) -> &[u8; 32] {
        self.key.as_bytes()
    }

    /// When it signed this text, in Unix seconds; none where it did not.
    pub fn signed(&self, text: &str, signature: &[u8]) -> Option<i64> {
        let (time, signature) = signature.split_first_chunk::<8>()?;
        let signature: &[u8; 64] = signature.try_into().ok()?;
        let time = i64::try_from(u64::from_be_bytes(*time)).ok()?;
        self.key
            .verify_strict(
                message(time, text).as_bytes(),
                &Signature::from_bytes(signature),
            )
            .is_ok()
            .then_some(time)
    }
}

fn message(time: i64, text: &str) -> String {
    format!("cosignature/v1\ntime {time}\n{text}")
}

impl FromStr for Witness {
    type Err = WitnessFault;

    fn from_str(text: &str) -> Result<Self, WitnessFault> {
        let mut parts = text.trim().splitn(3, '+');
        let (Some(name), Some(id), Some(key)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(WitnessFault::Shape);
        };
        let bytes = STANDARD.decode(key).map_err(|_| WitnessFault::Shape)?;
        let (kind, key) = bytes.split_first().ok_or(WitnessFault::Shape)?;
        if *kind != KIND || !is_name(name) {
            return Err(WitnessFault::Kind);
        }
        let key: &[u8; 32] = key.try_into().map_err(|_| WitnessFault::Kind)?;
        let key = VerifyingKey::from_bytes(key).map_err(|_| WitnessFault::Kind)?;
        let expected = key_id(name, KIND, key.as_bytes());
        if format!("{:08x}", u32::from_be_bytes(expected)) != id {
            return Err(WitnessFault::Id);
        }
        Ok(Self {
            name: name.to_owned(),
            id: expected,
            key,
        })
    }
}

impl fmt::Display for Witness {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let key = STANDARD.encode([&[KIND][..], self.key.as_bytes()].concat());
        write!(f, "{}+{:08x}+{key}", self.name, u32::from_be_bytes(self.id))
    }
}

/// A cosignature that verified.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cosignature {
    /// By which of the witnesses that were asked for.
    pub witness: usize,
    /// When, in Unix seconds, by the witness's clock.
    pub time: i64,
    /// Its line in the note, without the newline.
    pub line: String,
}

/// The cosignatures in a note by these witnesses. A line in a witness's name that does
/// not fit is left out: it is no cosignature.
pub fn cosignatures(
    text: &str,
    lines: &[scruple_note::Signature<'_>],
    of: &[Witness],
) -> Vec<Cosignature> {
    let mut found: Vec<Cosignature> = Vec::new();
    for line in lines {
        for (at, witness) in of.iter().enumerate() {
            if witness.name() != line.name || witness.id() != line.id {
                continue;
            }
            if let Some(time) = witness.signed(text, &line.bytes) {
                found.push(Cosignature {
                    witness: at,
                    time,
                    line: line.line.to_owned(),
                });
            }
        }
    }
    found
}

/// The witnesses in whose name and with whose id a line stands that they did not sign.
pub fn misfits(text: &str, lines: &[scruple_note::Signature<'_>], of: &[Witness]) -> Vec<String> {
    lines
        .iter()
        .filter(|line| {
            of.iter().any(|witness| {
                witness.name() == line.name
                    && witness.id() == line.id
                    && witness.signed(text, &line.bytes).is_none()
            })
        })
        .map(|line| line.name.to_owned())
        .collect()
}

/// A witness that signs whatever it is given: for tests, and for whoever builds one.
pub struct Cosigner {
    name: String,
    key: SigningKey,
}

impl Cosigner {
    /// From a name and 32 random bytes.
    pub fn new(name: &str, random: [u8; 32]) -> Self {
        Self {
            name: name.to_owned(),
            key: SigningKey::from_bytes(&random),
        }
    }

    /// The key that checks it.
    pub fn witness(&self) -> Witness {
        let key = self.key.verifying_key();
        Witness {
            id: key_id(&self.name, KIND, key.as_bytes()),
            name: self.name.clone(),
            key,
        }
    }

    /// The line over a checkpoint's text, with its newline.
    pub fn line(&self, text: &str, time: i64) -> String {
        let signature = self.key.sign(message(time, text).as_bytes()).to_bytes();
        let stamp = u64::try_from(time).unwrap_or_default().to_be_bytes();
        let bytes = [&stamp[..], &signature].concat();
        signature_line(&self.name, self.witness().id, &bytes)
    }
}
