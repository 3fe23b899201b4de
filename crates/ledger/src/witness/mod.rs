//! Witnesses: others who say that they saw the log only grow.
//!
//! A log alone can show one history to a regulator and another to everybody else. A
//! witness remembers one checkpoint of the log, asks for a proof that each new one
//! continues it, and signs only then. Whoever demands the signatures of a quorum of
//! witnesses sees the same log as everybody who does.
//!
//! [`cosignature`] checks what a witness signed, [`policy`] says who counts and how many
//! it takes, [`ask`] gets signatures. Ed25519 cosignatures are read (type 4); those of
//! other types are passed over as signatures of unknown keys are.

pub mod ask;
pub mod cosignature;
pub mod policy;

pub use ask::{AddCheckpoint, Answer, Asked, Said};
pub use cosignature::{Cosignature, Witness, WitnessFault};
pub use policy::{Counted, Policy, PolicyFault, Standing};
