//! Whose key: `did:key` says it itself, `did:web` in a document of its domain.
//!
//! Documents are given; nothing is fetched. A `did:web` without its document is
//! not a fault of the credential: it cannot be told, and the address of the
//! document is named.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::VerifyingKey;
use scruple_model::hash::sha256;
use serde_json::Value;

use crate::json::canonical;
use crate::key;

/// DID documents at hand, by DID.
#[derive(Clone, Debug, Default)]
pub struct Dids(BTreeMap<String, Held>);

#[derive(Clone, Debug)]
struct Held {
    document: Value,
    sha256: String,
    /// Another document of the same DID was given too.
    is_disputed: bool,
}

/// What came of looking for a key.
#[derive(Clone, Debug)]
pub enum Resolved {
    /// The key.
    Key(VerifyingKey),
    /// Not at hand: why, and what would settle it.
    Unknown {
        /// Why.
        why: String,
        /// What would settle it.
        next: String,
    },
    /// It is said where it should be, and is none.
    Wrong(String),
}

impl Dids {
    /// Takes a document; says whether it is one.
    pub fn add(&mut self, value: &Value) -> bool {
        match document_id(value) {
            Some(did) => {
                let sha256 = fingerprint(value);
                let held = self.0.entry(did.to_owned()).or_insert_with(|| Held {
                    document: value.clone(),
                    sha256: sha256.clone(),
                    is_disputed: false,
                });
                held.is_disputed |= held.sha256 != sha256;
                true
            }
            None => false,
        }
    }

    /// The hash of the document of that DID that is at hand, as [`fingerprint`] gives it.
    pub fn sha256(&self, did: &str) -> Option<&str> {
        self.0.get(did).map(|held| held.sha256.as_str())
    }

    /// The key of a verification method that may assert.
    pub fn resolve(&self, method: &str) -> Resolved {
        let (did, fragment) = match method.split_once('#') {
            Some(parts) => parts,
            None => (method, ""),
        };
        if let Some(multikey) = did.strip_prefix("did:key:") {
            if fragment != multikey {
                return Resolved::Wrong(
                    "the verification method names one key and its fragment another".to_owned(),
                );
            }
            return match key::public(multikey) {
                Ok(key) => Resolved::Key(key),
                Err(key::KeyFault::Kind) => Resolved::Unknown {
                    why: "the key is of another kind than Ed25519".to_owned(),
                    next: "check it with a verifier that knows this kind".to_owned(),
                },
                Err(fault) => Resolved::Wrong(format!("the did:key holds no key: {fault}")),
            };
        }
        let Some(address) = web_address(did) else {
            return Resolved::Unknown {
                why: format!("{did} is neither did:key nor did:web"),
                next: "check it with a verifier that knows this kind of DID".to_owned(),
            };
        };
        match self.0.get(did) {
            None => Resolved::Unknown {
                why: format!("the DID document of {did} is not at hand"),
                next: format!("save {address} and name the file beside the credential"),
            },
            // Whoever hands over a second one would choose which key counts.
            Some(held) if held.is_disputed => Resolved::Unknown {
                why: format!("two different documents of {did} were given"),
                next: format!("name only the one that stands at {address}"),
            },
            Some(held) => in_document(&held.document, method),
        }
    }
}

/// The hash of a DID document: SHA-256 over its canonical JSON.
pub fn fingerprint(document: &Value) -> String {
    canonical(document).map_or_else(|_| String::new(), |bytes| sha256(&bytes))
}

/// The DID of a DID document.
pub fn document_id(value: &Value) -> Option<&str> {
    let did = value.get("id")?.as_str()?;
    let is_one = did.starts_with("did:")
        && (value.get("verificationMethod").is_some() || value.get("assertionMethod").is_some())
        && value.get("issuer").is_none();
    is_one.then_some(did)
}

/// Where the document of a `did:web` stands: `did:web:example.com:audits` at
/// `https://example.com/audits/did.json`.
pub fn web_address(did: &str) -> Option<String> {
    let rest = did.strip_prefix("did:web:")?;
    let parts: Vec<&str> = rest.split(':').collect();
    let plain = |part: &&str| {
        !part.is_empty()
            && part
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_'))
            && !part.bytes().all(|b| b == b'.')
    };
    let (host, path) = parts.split_first()?;
    // A port is written %3A.
    let host = match host.split_once("%3A") {
        Some((name, port)) if !port.is_empty() && port.bytes().all(|b| b.is_ascii_digit()) => {
            plain(&name).then(|| format!("{name}:{port}"))?
        }
        Some(_) => return None,
        None => plain(host).then(|| (*host).to_owned())?,
    };
    if !path.iter().all(plain) {
        return None;
    }
    Some(if path.is_empty() {
        format!("https://{host}/.well-known/did.json")
    } else {
        format!("https://{host}/{}/did.json", path.join("/"))
    })
}

/// The DID document that a holder of this key publishes.
pub fn document(did: &str, method: &str, public: &str) -> Value {
    serde_json::json!({
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
        "id": did,
        "verificationMethod": [{
            "id": method, "type": "Multikey", "controller": did, "publicKeyMultibase": public,
        }],
        "assertionMethod": [method],
    })
}

fn in_document(document: &Value, method: &str) -> Resolved {
    let did = document.get("id").and_then(Value::as_str).unwrap_or("");
    let same = |id: &str| id == method || (id.starts_with('#') && format!("{did}{id}") == method);
    let may_assert = members(document, "assertionMethod").any(|entry| match entry {
        Value::String(id) => same(id),
        entry => entry.get("id").and_then(Value::as_str).is_some_and(same),
    });
    if !may_assert {
        return Resolved::Wrong(format!(
            "the document of {did} does not let {method} make statements"
        ));
    }
    let entry = members(document, "verificationMethod")
        .chain(members(document, "assertionMethod"))
        .find(|entry| entry.get("id").and_then(Value::as_str).is_some_and(same));
    let Some(entry) = entry else {
        return Resolved::Wrong(format!("the document of {did} has no key {method}"));
    };
    let text = |name: &str| entry.get(name).and_then(Value::as_str);
    if text("revoked").is_some() {
        return Resolved::Wrong(format!(
            "the document of {did} says that {method} is revoked"
        ));
    }
    if text("controller").is_some_and(|controller| controller != did) {
        return Resolved::Wrong(format!("{method} is controlled by another than {did}"));
    }
    if let Some(multikey) = text("publicKeyMultibase") {
        return match key::public(multikey) {
            Ok(key) => Resolved::Key(key),
            Err(fault) => Resolved::Wrong(format!("{method}: {fault}")),
        };
    }
    jwk(entry).map_or_else(
        || Resolved::Unknown {
            why: format!("{method} is no Ed25519 key in a form read here"),
            next: "ask the issuer for a Multikey".to_owned(),
        },
        Resolved::Key,
    )
}

fn jwk(entry: &Value) -> Option<VerifyingKey> {
    let jwk = entry.get("publicKeyJwk")?;
    let is = |name: &str, value: &str| jwk.get(name).and_then(Value::as_str) == Some(value);
    if !is("kty", "OKP") || !is("crv", "Ed25519") {
        return None;
    }
    let bytes = URL_SAFE_NO_PAD.decode(jwk.get("x")?.as_str()?).ok()?;
    let key = VerifyingKey::from_bytes(&bytes.try_into().ok()?).ok()?;
    (!key.is_weak()).then_some(key)
}

fn members<'a>(document: &'a Value, name: &str) -> impl Iterator<Item = &'a Value> + use<'a> {
    document
        .get(name)
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Signer;

    #[test]
    fn a_web_did_has_one_address() {
        for (did, address) in [
            (
                "did:web:example.com",
                Some("https://example.com/.well-known/did.json"),
            ),
            (
                "did:web:example.com:a:b",
                Some("https://example.com/a/b/did.json"),
            ),
            (
                "did:web:example.com%3A8443",
                Some("https://example.com:8443/.well-known/did.json"),
            ),
            ("did:web:example.com:..", None),
            ("did:web:example.com:a/b", None),
            ("did:web:", None),
            ("did:web:a%3A", None),
            ("did:web:a@b", None),
            ("did:key:z6Mk", None),
        ] {
            assert_eq!(web_address(did).as_deref(), address, "{did}");
        }
    }

    #[test]
    fn a_key_that_may_not_assert_is_no_key() {
        let signer = Signer::new([1; 32]).as_web("did:web:a.example#k").unwrap();
        let mut document = document(signer.did(), signer.method(), &signer.public());
        let mut dids = Dids::default();
        assert!(matches!(
            dids.resolve(signer.method()),
            Resolved::Unknown { .. }
        ));
        assert!(dids.add(&document));
        assert!(matches!(dids.resolve(signer.method()), Resolved::Key(_)));
        assert!(matches!(
            dids.resolve("did:web:a.example#other"),
            Resolved::Wrong(_)
        ));
        document["assertionMethod"] = serde_json::json!([]);
        let mut without = Dids::default();
        without.add(&document);
        assert!(matches!(
            without.resolve(signer.method()),
            Resolved::Wrong(_)
        ));
        // Beside the other, nobody can tell which of the two counts, in either order.
        dids.add(&document);
        assert!(matches!(
            dids.resolve(signer.method()),
            Resolved::Unknown { .. }
        ));
    }

    #[test]
    fn a_fragment_of_another_key_is_wrong() {
        let one = Signer::new([1; 32]);
        let two = Signer::new([2; 32]);
        let mixed = format!("{}#{}", one.did(), two.public());
        assert!(matches!(
            Dids::default().resolve(&mixed),
            Resolved::Wrong(_)
        ));
    }
}
