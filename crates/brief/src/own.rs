//! What this house itself published, and takes as known: its register, and whose keys
//! it knows. Both change answers, so both are part of a vintage.

use std::collections::BTreeMap;

use scruple_attest::Known;
use scruple_model::hash::sha256_parts;
use scruple_register::Version;

/// Where a vintage keeps the hash of the register, among its options.
pub const REGISTER: &str = "register";
/// Where it keeps whose keys were known.
pub const ATTESTERS: &str = "attesters";

/// The house's own.
#[derive(Clone, Debug, Default)]
pub struct Own {
    /// The register as it was published last; none where none was.
    pub register: Option<Version>,
    /// DIDs that somebody here took as an organisation's.
    pub attesters: BTreeMap<String, Known>,
}

impl Own {
    /// What of it changes an answer, as options of a vintage. Nothing where there is nothing:
    /// a vintage from before stays what it was.
    pub fn options(&self) -> BTreeMap<String, String> {
        let mut options = BTreeMap::new();
        if let Some(register) = &self.register {
            options.insert(REGISTER.to_owned(), register.hash());
        }
        if !self.attesters.is_empty() {
            let parts = self.attesters.iter().flat_map(|(did, known)| {
                [did.as_bytes(), known.name.as_bytes()]
                    .into_iter()
                    .chain(known.document.as_ref().map(|hash| hash.as_bytes()))
            });
            options.insert(ATTESTERS.to_owned(), sha256_parts(parts));
        }
        options
    }
}
