//! Lists and packs as one signed file, for the machine without a network.
//!
//! Somebody carries a file across a gap. Who receives it wants to know that it is what
//! the other side exported, all of it, and that a list of last month does not slip into
//! the place of yesterday's. So a bundle is checked whole before anything of it is
//! written, and it is written the way a list is taken in: all of it answers, or none.
//!
//! ```text
//! BUNDLE.tar                    plain ustar, one way to write it
//!   manifest.note               JSON, signed: every member with its length and SHA-256
//!   snapshots/HASH.jsonl.zst    a list as read, HASH over its content
//!   packs/NAME.toml             rule packs, as text
//!   holdings/HASH.own           who owns whom, a file for each source; where asked for
//! ```
//!
//! Others can check it without this program: `tar`, `sha256sum`, and any reader of
//! C2SP signed notes (Ed25519) for the signature.
//!
//! A tar header has many bytes that mean nothing, and a changed byte that means nothing
//! is still a changed byte. So there is one way to write each header, and a reader
//! compares all 512 bytes. No path in a bundle ever names a file on the reader's disk.
//!
//! Holdings go along only where somebody asks for them: a table of who owns whom that a
//! user keeps is nobody else's. What they are is not known here. Who takes them in hands
//! over how a state is put together from files, as with the index.
//!
//! Rejected: zip (two directories that may disagree, and slack between members);
//! encrypting (lists are public; who needs it wraps the file); and trusting the key
//! that comes with the file (that proves nothing: the reader names the keys).

mod archive;
mod content;
mod error;
mod export;
mod import;
mod manifest;

pub use error::{BundleError, BundleFault};
pub use export::{Contents, Exported, Which, export};
pub use import::{
    BundleLimits, Carried, Imported, ImportedHoldings, ImportedSnapshot, Join, Standing, Terms,
    import,
};
pub use scruple_note::{KeyFault, KeyPair, Signer, Verifier, new_key};
