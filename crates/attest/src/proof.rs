//! Data Integrity proofs, cryptosuite `eddsa-jcs-2022`: made and checked.
//!
//! What a proof covers is not the file but the document it secures (section 3.3
//! of the suite): where a proof names contexts, the document read on is the one
//! with exactly those. So a check hands back what was signed, and nothing else of
//! the file is used after it.

use ed25519_dalek::Signature;
use scruple_model::Date;
use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256};

use crate::did::{Dids, Resolved};
use crate::json::{JsonFault, canonical};
use crate::key::{Signer, base58};

/// The suite made and checked here.
pub const SUITE: &str = "eddsa-jcs-2022";

/// More proofs than this on one document are not looked at.
const MOST_PROOFS: usize = 16;

/// What came of checking a document's proofs.
#[derive(Clone, Debug, PartialEq)]
pub enum Checked {
    /// Every proof holds.
    Holds {
        /// What was signed.
        document: Value,
        /// The verification methods that signed.
        methods: Vec<String>,
        /// When the proofs say they were made.
        created: Option<String>,
        /// Whether the file names contexts that nobody signed.
        more_context: bool,
    },
    /// One does not; the document says nothing that can be relied on.
    Broken(String),
    /// One could not be checked.
    CannotTell {
        /// Why.
        why: String,
        /// What would settle it.
        next: String,
    },
}

/// Signs a document that has no proof yet, as made on `day`.
///
/// # Errors
/// A document that is no object, or has no spelling to be signed.
pub fn sign(document: &Value, signer: &Signer, day: Date) -> Result<Value, JsonFault> {
    let Value::Object(members) = document else {
        return Err(JsonFault::Text("a credential is an object".to_owned()));
    };
    let mut unsecured = members.clone();
    unsecured.shift_remove("proof");
    let mut options = Map::new();
    options.insert("type".into(), "DataIntegrityProof".into());
    options.insert("cryptosuite".into(), SUITE.into());
    // The day, without a time of day: that would say when people work.
    options.insert("created".into(), format!("{day}T00:00:00Z").into());
    options.insert("verificationMethod".into(), signer.method().into());
    options.insert("proofPurpose".into(), "assertionMethod".into());
    if let Some(context) = unsecured.get("@context") {
        options.insert("@context".into(), context.clone());
    }
    let hash = digest(
        &Value::Object(unsecured.clone()),
        &Value::Object(options.clone()),
    )?;
    let value = format!("z{}", bs58::encode(signer.sign(&hash)).into_string());
    options.insert("proofValue".into(), value.into());
    unsecured.insert("proof".into(), Value::Object(options));
    Ok(Value::Object(unsecured))
}

/// Checks every proof of a document as of a day.
pub fn check(document: &Value, dids: &Dids, today: Date) -> Checked {
    let Value::Object(members) = document else {
        return broken("a credential is an object, and this is none");
    };
    let proofs: Vec<&Value> = match members.get("proof") {
        None => return broken("there is no proof: anybody could have written this"),
        Some(Value::Array(many)) => many.iter().collect(),
        Some(one) => vec![one],
    };
    if proofs.is_empty() {
        return broken("there is no proof: anybody could have written this");
    }
    if proofs.len() > MOST_PROOFS {
        return broken("there are more proofs than anybody needs");
    }
    let mut bare = members.clone();
    bare.shift_remove("proof");
    let mut open = None;
    let mut signed: Option<Value> = None;
    let mut methods = Vec::new();
    let mut created = None;
    for proof in proofs {
        match one(&bare, proof, dids, today) {
            One::Holds { document, method } => {
                // Proofs over different contexts secure different documents: the
                // shortest is what all of them say.
                let shorter = signed
                    .as_ref()
                    .is_none_or(|known| contexts(&document).len() < contexts(known).len());
                if shorter {
                    signed = Some(document);
                }
                methods.push(method);
                created = proof
                    .get("created")
                    .and_then(Value::as_str)
                    .map(str::to_owned);
            }
            One::Broken(why) => return Checked::Broken(why),
            One::CannotTell { why, next } => open = Some(Checked::CannotTell { why, next }),
        }
    }
    match (open, signed) {
        (Some(open), _) => open,
        (None, Some(document)) => Checked::Holds {
            more_context: contexts(&document).len() < contexts(&Value::Object(bare)).len(),
            document,
            methods,
            created,
        },
        (None, None) => broken("there is no proof"),
    }
}

enum One {
    Holds { document: Value, method: String },
    Broken(String),
    CannotTell { why: String, next: String },
}

fn one(bare: &Map<String, Value>, proof: &Value, dids: &Dids, today: Date) -> One {
    let Value::Object(options) = proof else {
        return One::Broken("a proof is an object, and this is none".to_owned());
    };
    let text = |name: &str| options.get(name).and_then(Value::as_str);
    if text("type") != Some("DataIntegrityProof") || text("cryptosuite") != Some(SUITE) {
        let kind = text("cryptosuite").or(text("type")).unwrap_or("no kind");
        return One::CannotTell {
            why: format!("a proof of the kind {} is not read here", shorten(kind)),
            next: format!("check it with a verifier that knows it; read here: {SUITE}"),
        };
    }
    if options.contains_key("previousProof") {
        return One::CannotTell {
            why: "the proof builds on another one; chains are not read here".to_owned(),
            next: "check it with a verifier that reads proof chains".to_owned(),
        };
    }
    if text("proofPurpose") != Some("assertionMethod") {
        return One::Broken("the proof was made for another purpose than a statement".to_owned());
    }
    let mut document = bare.clone();
    if let Some(context) = options.get("@context") {
        let signed = as_list(context);
        let named = bare.get("@context").map(as_list).unwrap_or_default();
        if named.get(..signed.len()) != Some(&signed[..]) {
            return One::Broken(
                "the file gives its words another meaning than was signed: its contexts differ"
                    .to_owned(),
            );
        }
        document.insert("@context".into(), context.clone());
    }
    for name in ["created", "expires"] {
        match options.get(name) {
            None => {}
            Some(Value::String(when)) if day_of(when).is_some() => {}
            Some(_) => return One::Broken(format!("the proof's `{name}` is no point in time")),
        }
    }
    if text("expires")
        .and_then(day_of)
        .is_some_and(|day| day < today)
    {
        return One::Broken(format!(
            "the proof itself ended on {}",
            text("expires").unwrap_or("")
        ));
    }
    if let Some(day) = text("created").and_then(day_of)
        && day > today
    {
        return One::CannotTell {
            why: format!("the proof says it was made on {day}, which has not come"),
            next: "ask the issuer, or look at the clock of this machine".to_owned(),
        };
    }
    let Some(method) = text("verificationMethod") else {
        return One::Broken("the proof names no key".to_owned());
    };
    let key = match dids.resolve(method) {
        Resolved::Key(key) => key,
        Resolved::Wrong(why) => return One::Broken(why),
        Resolved::Unknown { why, next } => return One::CannotTell { why, next },
    };
    let signature: Option<[u8; 64]> = text("proofValue")
        .and_then(base58)
        .and_then(|bytes| bytes.try_into().ok());
    let Some(signature) = signature else {
        return One::Broken("the signature is not 64 bytes in base58btc".to_owned());
    };
    let mut covered = options.clone();
    covered.shift_remove("proofValue");
    let document = Value::Object(document);
    let Ok(hash) = digest(&document, &Value::Object(covered)) else {
        return One::Broken("the document has no spelling that could be signed".to_owned());
    };
    // Strict: one signature has one spelling, and a weak key signs nothing.
    match key.verify_strict(&hash, &Signature::from_bytes(&signature)) {
        Ok(()) => One::Holds {
            document,
            method: method.to_owned(),
        },
        Err(_) => One::Broken(
            "the signature does not fit: something was changed after it was signed".to_owned(),
        ),
    }
}

/// SHA-256 of the options, then SHA-256 of the document.
fn digest(document: &Value, options: &Value) -> Result<[u8; 64], JsonFault> {
    let mut hash = [0; 64];
    hash[..32].copy_from_slice(&Sha256::digest(canonical(options)?));
    hash[32..].copy_from_slice(&Sha256::digest(canonical(document)?));
    Ok(hash)
}

fn broken(why: &str) -> Checked {
    Checked::Broken(why.to_owned())
}

fn as_list(value: &Value) -> Vec<Value> {
    match value {
        Value::Array(all) => all.clone(),
        one => vec![one.clone()],
    }
}

fn contexts(document: &Value) -> Vec<Value> {
    document.get("@context").map(as_list).unwrap_or_default()
}

fn shorten(text: &str) -> String {
    text.chars().take(40).collect()
}

/// The day in UTC of a point in time as credentials write it; `None` where it is none.
pub fn day_of(text: &str) -> Option<Date> {
    let time: jiff::Timestamp = text.parse().ok()?;
    Some(time.to_zoned(jiff::tz::TimeZone::UTC).date())
}
