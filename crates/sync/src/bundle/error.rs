//! Why a bundle was not made or not taken, as data.

use std::io;

use scruple_model::{Date, ListId};

use crate::SyncError;

/// Why a bundle was not made or not taken. Nothing was changed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BundleError {
    /// The bundle is refused: exit code 2.
    #[error("{fault}; next: {}", fault.next())]
    Refused {
        /// Why.
        fault: BundleFault,
    },
    /// There is nothing to export.
    #[error(
        "no list is held, so there is nothing to export; next: take lists in with `scruple sync`"
    )]
    NothingHeld,
    /// Holdings were asked for, and there are none.
    #[error(
        "no holdings are held, so none can go along; next: take them in with `scruple ownership import`, or leave --holdings out"
    )]
    NoHoldings,
    /// A pack whose name cannot stand in a bundle.
    #[error("{name:?} is no name for a pack; next: use letters a to z, digits and hyphens")]
    PackName {
        /// The name.
        name: String,
    },
    /// The bundle cannot be read or written.
    #[error(
        "the bundle cannot be {doing}: {source}; next: check the path, its permissions and the space left"
    )]
    Io {
        /// "read", "written".
        doing: &'static str,
        /// The system's own words.
        source: io::Error,
    },
    /// The data directory says no, or one of its snapshots is damaged.
    #[error(transparent)]
    Sync(#[from] SyncError),
}

impl BundleError {
    /// Whether the fault lies in what was given (exit code 2), not in the machine or in us (1).
    pub fn is_input(&self) -> bool {
        matches!(
            self,
            Self::Refused { .. } | Self::NothingHeld | Self::NoHoldings | Self::PackName { .. }
        )
    }
}

impl From<BundleFault> for BundleError {
    fn from(fault: BundleFault) -> Self {
        Self::Refused { fault }
    }
}

impl From<scruple_store::StoreError> for BundleError {
    fn from(error: scruple_store::StoreError) -> Self {
        Self::Sync(SyncError::Store(error))
    }
}

/// Why a bundle is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BundleFault {
    /// Not a bundle at all.
    #[error("this is not a bundle: {0}")]
    NotABundle(&'static str),
    /// No key was named that may sign.
    #[error("no key is trusted, so no signature counts")]
    NoKeys,
    /// Signed by somebody else.
    #[error("it is signed by {}, and none of them is trusted here", .0.join(", "))]
    Unknown(Vec<String>),
    /// A trusted name with a signature that does not fit.
    #[error("the signature by {0} does not fit: the manifest was altered, or somebody else signed")]
    Forged(String),
    /// Made by a later version.
    #[error("its manifest is {found:?}, this version reads {known}")]
    Schema {
        /// What it says.
        found: String,
        /// What is read.
        known: &'static str,
    },
    /// The manifest is signed and cannot be used.
    #[error("its manifest cannot be used: {0}")]
    Manifest(String),
    /// Larger than the limits allow.
    #[error("{what} is larger than the {limit} allowed")]
    TooBig {
        /// What.
        what: String,
        /// The limit: bytes, or how many.
        limit: u64,
    },
    /// A list of a day that has not come.
    #[error("its {list} is said to be of {published}, and today is {today}")]
    Future {
        /// Which.
        list: ListId,
        /// The day.
        published: Date,
        /// Today.
        today: Date,
    },
    /// A list with far fewer parties than the one it would replace.
    #[error("its {list} has {now} parties where {before} are held, more than a fifth fewer")]
    Shrunk {
        /// Which.
        list: ListId,
        /// Parties in the snapshot that is held.
        before: u64,
        /// Parties in this one.
        now: u64,
    },
    /// Bytes that are not the signed ones.
    #[error("{member} was altered")]
    Altered {
        /// Which member, or which part of the container.
        member: String,
    },
    /// It ends early.
    #[error("it is cut off in {member}")]
    CutOff {
        /// Where.
        member: String,
    },
    /// A member is what was signed, and not what a snapshot or pack is.
    #[error("{member} is not usable: {what}")]
    Content {
        /// Which.
        member: String,
        /// Why.
        what: String,
    },
}

impl BundleFault {
    fn next(&self) -> &'static str {
        match self {
            Self::NotABundle(_) => "give the file that `scruple bundle export` made",
            Self::NoKeys | Self::Unknown(_) => {
                "get the verifier key from whoever made the bundle, on another way than the bundle, and name it"
            }
            Self::Forged(_) | Self::Altered { .. } => {
                "do not use it; compare its SHA-256 with whoever made it, and carry it over again"
            }
            Self::CutOff { .. } => "carry it over again",
            Self::Schema { .. } => "use the version of scruple that made it, or a later one",
            Self::Manifest(_) | Self::Content { .. } => {
                "have it made again, and report this if it stays"
            }
            Self::TooBig { .. } => "have it made with the current lists only",
            Self::Future { .. } => {
                "check the clocks of both machines; until that day comes the list is not taken"
            }
            Self::Shrunk { .. } => {
                "ask whoever made it why; if it is right, name the list with --accept-shrink"
            }
        }
    }
}
