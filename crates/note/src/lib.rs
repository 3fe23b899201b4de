//! C2SP signed notes: a text, and signatures under it that anybody can check.
//!
//! Two parts of the house sign: a bundle of lists says who exported it, and a ledger's
//! checkpoint says how long the log is and what its root is. Both use the format of
//! <https://c2sp.org/signed-note>, so that programs which are not ours read them too.
//!
//! [`open`] answers the one question a reader has: did a key I trust sign this text?
//! [`signatures`] gives every line, for a reader who counts several signers.
//!
//! Rejected: JSON signatures (a reader needs a canonical form before it can check
//! anything), and trusting a key that comes with the text (that proves nothing).
#![forbid(unsafe_code)]

mod key;
mod note;

pub use key::{KeyFault, KeyPair, Signer, Verifier, is_name, key_id, new_key};
pub use note::{NoteFault, Signature, open, sign, signature_line, signatures};
