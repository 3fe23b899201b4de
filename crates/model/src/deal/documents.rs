//! Files that a deal names beside parties and items.

use std::collections::{BTreeMap, BTreeSet};

use super::Deal;
use crate::hash::sha256_parts;

impl Deal {
    /// The files that its parties and items name, each once.
    pub fn document_names(&self) -> BTreeSet<&str> {
        let parties = self.parties.iter().flat_map(|party| &party.attestations);
        let items = self.items.iter().flat_map(|item| &item.attestations);
        parties.chain(items).map(String::as_str).collect()
    }

    /// Puts files beside the deal, by the names it gives them. From then on they are part
    /// of what its hash is over. Without any the deal stays what it was.
    #[must_use]
    pub fn with_documents(mut self, documents: BTreeMap<String, Vec<u8>>) -> Self {
        if documents.is_empty() {
            return self;
        }
        let parts = documents
            .iter()
            .flat_map(|(name, bytes)| [name.as_bytes(), bytes.as_slice()]);
        let parts = [self.hash.as_bytes()].into_iter().chain(parts);
        self.hash = sha256_parts(parts);
        self.documents = documents;
        self
    }
}
