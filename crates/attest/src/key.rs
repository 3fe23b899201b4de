//! Keys as text: W3C Multikey, the form that `did:key` has.
//!
//! A public key is `z6Mk…`, a secret one `z3u2…`; both are base58btc over two
//! bytes that say what kind of key it is, and 32 bytes of key.

use std::fmt;

use ed25519_dalek::{Signer as _, SigningKey, VerifyingKey};

/// In front of a public Ed25519 key.
const PUBLIC: [u8; 2] = [0xed, 0x01];
/// In front of a secret one.
const SECRET: [u8; 2] = [0x80, 0x26];

/// Why a text is no key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyFault {
    /// Not base58btc with its `z`.
    #[error("not a Multikey: it begins with z and has letters and digits only")]
    Spelling,
    /// Another kind of key.
    #[error("not an Ed25519 key")]
    Kind,
    /// A secret key where a public one belongs.
    #[error("a secret key where a public one belongs: keep it to yourself")]
    Secret,
    /// Bytes that are no point of the curve, or a weak one.
    #[error("not a key that anybody can sign with")]
    Weak,
    /// The verification method is of another form than the signer has.
    #[error("a verification method of did:web looks like did:web:example.com#key-1")]
    Method,
}

/// Base58btc with its `z`; `None` where it is not that. Bounded, since the
/// decoder's time grows with the square of the length.
pub fn base58(text: &str) -> Option<Vec<u8>> {
    let inner = text.strip_prefix('z').filter(|inner| inner.len() <= 200)?;
    bs58::decode(inner).into_vec().ok()
}

/// The public key of a Multikey.
///
/// # Errors
/// [`KeyFault`].
pub fn public(text: &str) -> Result<VerifyingKey, KeyFault> {
    let bytes = base58(text).ok_or(KeyFault::Spelling)?;
    match bytes.split_at_checked(2) {
        Some((kind, _)) if kind == SECRET => Err(KeyFault::Secret),
        Some((kind, key)) if kind == PUBLIC => {
            let key: &[u8; 32] = key.try_into().map_err(|_| KeyFault::Kind)?;
            let key = VerifyingKey::from_bytes(key).map_err(|_| KeyFault::Weak)?;
            if key.is_weak() {
                return Err(KeyFault::Weak);
            }
            Ok(key)
        }
        _ => Err(KeyFault::Kind),
    }
}

fn multikey(kind: [u8; 2], key: &[u8; 32]) -> String {
    let bytes = [&kind[..], key].concat();
    format!("z{}", bs58::encode(bytes).into_string())
}

/// Signs credentials in the name of one DID.
pub struct Signer {
    key: SigningKey,
    did: String,
    method: String,
}

impl Signer {
    /// From 32 random bytes that the caller takes from the system, as `did:key`.
    pub fn new(random: [u8; 32]) -> Self {
        let key = SigningKey::from_bytes(&random);
        let public = multikey(PUBLIC, key.verifying_key().as_bytes());
        let did = format!("did:key:{public}");
        Self {
            method: format!("{did}#{public}"),
            did,
            key,
        }
    }

    /// From a secret Multikey.
    ///
    /// # Errors
    /// [`KeyFault`].
    pub fn read(text: &str) -> Result<Self, KeyFault> {
        let bytes = base58(text.trim()).ok_or(KeyFault::Spelling)?;
        match bytes.split_at_checked(2) {
            Some((kind, key)) if kind == SECRET => {
                key.try_into().map(Self::new).map_err(|_| KeyFault::Kind)
            }
            _ => Err(KeyFault::Kind),
        }
    }

    /// Signs as a key that a `did:web` document lists: `did:web:example.com#key-1`.
    ///
    /// # Errors
    /// [`KeyFault::Method`].
    pub fn as_web(mut self, method: &str) -> Result<Self, KeyFault> {
        let (did, fragment) = method.split_once('#').ok_or(KeyFault::Method)?;
        if fragment.is_empty() || super::did::web_address(did).is_none() {
            return Err(KeyFault::Method);
        }
        self.did = did.to_owned();
        self.method = method.to_owned();
        Ok(self)
    }

    /// The DID it signs as: the issuer.
    pub fn did(&self) -> &str {
        &self.did
    }

    /// The verification method a proof names.
    pub fn method(&self) -> &str {
        &self.method
    }

    /// The public key, as a Multikey.
    pub fn public(&self) -> String {
        multikey(PUBLIC, self.key.verifying_key().as_bytes())
    }

    /// The secret, as a Multikey: to be written to a file that its owner alone reads.
    pub fn secret(&self) -> String {
        multikey(SECRET, self.key.as_bytes())
    }

    pub(crate) fn sign(&self, bytes: &[u8]) -> [u8; 64] {
        self.key.sign(bytes).to_bytes()
    }
}

impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Signer")
            .field("method", &self.method)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_texts_are_read_back_and_never_taken_for_each_other() {
        let signer = Signer::new([7; 32]);
        assert!(signer.public().starts_with("z6Mk"));
        assert!(signer.secret().starts_with("z3u2"));
        let again = Signer::read(&format!("{}\n", signer.secret())).unwrap();
        assert_eq!(again.did(), signer.did());
        assert_eq!(public(&signer.secret()).unwrap_err(), KeyFault::Secret);
        assert!(Signer::read(&signer.public()).is_err());
        assert!(!format!("{signer:?}").contains(&signer.secret()[4..]));
    }

    #[test]
    fn what_is_no_key_is_refused() {
        for text in ["", "z", "z0OIl", "6Mk", &format!("z{}", "1".repeat(1000))] {
            assert!(public(text).is_err(), "{text}");
        }
        // The neutral point signs everything.
        let mut neutral = [0; 32];
        neutral[0] = 1;
        assert_eq!(
            public(&multikey(PUBLIC, &neutral)).unwrap_err(),
            KeyFault::Weak
        );
    }
}
