//! Where the files of a log are.
//!
//! ```text
//! DIR/                        published: any web server serves it
//!   checkpoint                size and root, signed
//!   log.vkey                  the key that checks the signature, one line
//!   handover/000              an old key's word for the next one, if there was one
//!   tile/…                    hashes and entries
//!
//! DATA/ledger/ID/             the owner's, 0700; ID is made of the log's name
//!   key                       the signing key, 0600
//!   secret                    keys the hashes of callers' keys, 0600
//!   log.toml                  settings
//!   policy                    whose cosignatures are asked for
//!   entries, content          what was committed to, and the salts
//!   keys                      derived: finds an entry by its caller's key
//!   signed                    the last checkpoint that was signed
//!   waiting                   what the next hour of release brings
//!   released                  the last hour of release
//!   old-keys                  verifier keys from before rotations
//!   forgotten                 the numbers of entries that were to be forgotten
//!   duties                    what was promised for a day
//!   lock                      held by the one writer
//! DATA/ledger/default         the log that decide and sync write to
//! ```

use std::path::{Path, PathBuf};

use scruple_model::hash::sha256;

/// The files of one log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The owner's folder.
    pub private: PathBuf,
    /// The published one.
    pub public: PathBuf,
}

impl Place {
    /// For a log of this name.
    pub fn new(data: &Path, origin: &str, public: &Path) -> Self {
        Self {
            private: folder(data, origin),
            public: public.to_owned(),
        }
    }

    pub(crate) fn private(&self, name: &str) -> PathBuf {
        self.private.join(name)
    }

    pub(crate) fn public(&self, name: &str) -> PathBuf {
        self.public.join(name)
    }
}

/// The owner's folder of the log of this name.
pub(crate) fn folder(data: &Path, origin: &str) -> PathBuf {
    data.join("ledger").join(&sha256(origin.as_bytes())[..16])
}
