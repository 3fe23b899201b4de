//! The files somebody has: credentials, lists of withdrawals, DID documents.
//!
//! A credential alone tells little: whether it was withdrawn stands in a list of
//! its issuer, whose key it is in a document of the issuer's domain, and what
//! workers say of it in statements of theirs. All of them are files that are
//! laid beside each other here; each is recognised by what it says.

use std::collections::BTreeMap;

use scruple_model::Date;
use scruple_model::hash::sha256;
use serde_json::Value;

use crate::credential::{self, Attestation, Document, StatusList, Withdrawal};
use crate::did::{Dids, document_id};
use crate::json::{canonical, read};
use crate::proof::{Checked, check};

/// More files than this are not laid beside each other.
pub const MOST_FILES: usize = 1_000;

/// A file that was read.
#[derive(Clone, Debug)]
pub struct Held {
    /// Its name, as given.
    pub file: String,
    /// SHA-256 over its canonical JSON, proof included.
    pub sha256: String,
    value: Value,
}

/// A file that was not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotRead {
    /// Its name, as given.
    pub file: String,
    /// Why.
    pub why: String,
}

/// Whose key somebody took a DID for, on their own word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// The organisation, as its credentials name it.
    pub name: String,
    /// For a `did:web`, the hash of the document that was taken with it
    /// ([`crate::did::fingerprint`]): its keys are in no part of the DID itself.
    pub document: Option<String>,
}

/// Files laid beside each other.
#[derive(Clone, Debug, Default)]
pub struct Shelf {
    held: Vec<Held>,
    dids: Dids,
    trusted: BTreeMap<String, Known>,
    /// What could not be read.
    pub not_read: Vec<NotRead>,
}

/// A credential with what its proof says, and what it is.
pub(crate) struct Examined<'a> {
    pub(crate) held: &'a Held,
    pub(crate) proof: Checked,
    pub(crate) document: Result<Document, String>,
}

impl Examined<'_> {
    pub(crate) fn holds(&self) -> bool {
        matches!(self.proof, Checked::Holds { .. })
    }

    /// The DIDs whose keys signed.
    pub(crate) fn signers(&self) -> Vec<&str> {
        match &self.proof {
            Checked::Holds { methods, .. } => methods
                .iter()
                .map(|method| method.split('#').next().unwrap_or(method))
                .collect(),
            _ => Vec::new(),
        }
    }

    /// What it says, where its issuer signed it.
    fn said(&self) -> Option<&Document> {
        let document = self.document.as_ref().ok()?;
        let issuer = match document {
            Document::Attestation(one) => &one.issuer.id,
            Document::Withdrawal(one) => &one.issuer,
            Document::StatusList(one) => &one.issuer,
            Document::Other { .. } => return None,
        };
        self.signers()
            .contains(&issuer.as_str())
            .then_some(document)
    }

    pub(crate) fn attestation(&self) -> Option<&Attestation> {
        match &self.document {
            Ok(Document::Attestation(one)) => Some(one),
            _ => None,
        }
    }

    pub(crate) fn withdrawal(&self) -> Option<&Withdrawal> {
        match self.said() {
            Some(Document::Withdrawal(one)) => Some(one),
            _ => None,
        }
    }

    /// A status list, and whether its keeper signed it.
    pub(crate) fn status_list(&self) -> Option<(&StatusList, bool)> {
        match &self.document {
            Ok(Document::StatusList(one)) => Some((one, self.said().is_some())),
            _ => None,
        }
    }
}

impl Shelf {
    /// Lays a file on it.
    pub fn add(&mut self, file: &str, bytes: &[u8]) {
        let mut refuse = |why: String| {
            self.not_read.push(NotRead {
                file: file.to_owned(),
                why,
            });
        };
        if self.held.len() >= MOST_FILES {
            return refuse(format!(
                "more than {MOST_FILES} files at once are not looked at"
            ));
        }
        let value = match read(bytes) {
            Ok(value) => value,
            Err(fault) => return refuse(fault.to_string()),
        };
        if document_id(&value).is_some() {
            self.dids.add(&value);
            return;
        }
        if value.get("credentialSubject").is_none() {
            return refuse("it is neither a credential nor a DID document".to_owned());
        }
        match canonical(&value) {
            Ok(bytes) => self.held.push(Held {
                file: file.to_owned(),
                sha256: sha256(&bytes),
                value,
            }),
            Err(fault) => refuse(fault.to_string()),
        }
    }

    /// Takes a DID as the one of an organisation, on the caller's word.
    pub fn trust(&mut self, did: &str, known: Known) {
        self.trusted.insert(did.to_owned(), known);
    }

    /// Whom somebody took a DID for.
    pub fn trusted(&self, did: &str) -> Option<&Known> {
        self.trusted.get(did)
    }

    /// The hash of the document of a DID that lies here.
    pub(crate) fn document(&self, did: &str) -> Option<&str> {
        self.dids.sha256(did)
    }

    /// Whether nothing lies here.
    pub fn is_empty(&self) -> bool {
        self.held.is_empty() && self.not_read.is_empty()
    }

    /// Everything with its proof checked as of a day.
    pub(crate) fn examined(&self, today: Date) -> Vec<Examined<'_>> {
        self.held
            .iter()
            .map(|held| {
                let proof = check(&held.value, &self.dids, today);
                // Without a proof that holds, what the file says is shown as its word only.
                let document = match &proof {
                    Checked::Holds { document, .. } => credential::read(document),
                    _ => credential::read(&held.value),
                };
                Examined {
                    held,
                    proof,
                    document,
                }
            })
            .collect()
    }
}
