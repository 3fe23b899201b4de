//! One entry, disclosed: a file that says what stands behind a commitment, and that
//! anybody can check with nothing but the log's key.
//!
//! ```json
//! {
//!   "schema": "scruple.disclosure/1",
//!   "log": "NAME+ID+KEY",           the key that signs the log
//!   "index": 7,
//!   "content": "{\"a\":1}",         canonical JSON as a text: exactly what was hashed
//!   "salt": "BASE64",               32 bytes
//!   "proof": ["BASE64", …],         from the leaf up
//!   "checkpoint": "…",              the signed note, with cosignatures
//!   "handovers": ["…", …]           where keys changed: signed notes, oldest first
//! }
//! ```
//!
//! To check: hash label, newline, salt and content (`commit`); write the entry; hash it
//! behind a zero byte; follow the proof to the root; compare with the checkpoint; check
//! its signature. `docs/verify-without-us.md` does it with a page of Python.
//!
//! The key in the file is the discloser's word. Whoever checks should have the log's key
//! from elsewhere; where it was not given, the answer says so. Whoever has a key from before
//! a rotation follows the notes in which each key signed which one is next.

use schemars::JsonSchema;
use scruple_note::Verifier;
use serde::{Deserialize, Serialize};

use crate::checkpoint::{Checkpoint, CheckpointFault};
use crate::commit::{EMPTY, commitment, entry};
use crate::log::{Handover, followers};
use crate::merkle::{ProofFault, check_inclusion, from_base64, leaf_hash, to_base64};
use crate::witness::{
    Policy, Standing,
    cosignature::{cosignatures, misfits},
};

/// The format.
pub const SCHEMA: &str = "scruple.disclosure/1";

/// A disclosed entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Disclosure {
    /// [`SCHEMA`].
    pub schema: String,
    /// The log's verifier key.
    pub log: String,
    /// The entry's number.
    pub index: u64,
    /// The canonical text that was committed to.
    pub content: String,
    /// The salt, in base64.
    pub salt: String,
    /// The hashes from the leaf to the root, in base64.
    pub proof: Vec<String>,
    /// The signed checkpoint.
    pub checkpoint: String,
    /// Notes in which keys of the log signed which one is next, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub handovers: Vec<String>,
}

/// Why a disclosure is not believed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DisclosureFault {
    /// No disclosure.
    #[error("it is no disclosure: {0}")]
    Shape(String),
    /// The checkpoint is not believed.
    #[error("its checkpoint is not believed: {0}")]
    Checkpoint(CheckpointFault),
    /// It is another log's than was asked for.
    #[error("it is of the log {found}, and {wanted} was asked for")]
    OtherLog {
        /// Its key.
        found: String,
        /// The key that was given.
        wanted: String,
    },
    /// A key handed over another tree than the checkpoint continues.
    #[error(
        "a key before the one that signs handed over {handed} entries, and its checkpoint of {size} is no tree that goes on from those"
    )]
    Handover {
        /// The size that was handed over.
        handed: u64,
        /// The size of the checkpoint.
        size: u64,
    },
    /// Content and salt do not give an entry that is in the tree.
    #[error(
        "content and salt are not what entry {index} of the log commits to: {fault}. One of content, salt, number and proof was changed"
    )]
    Entry {
        /// The number.
        index: u64,
        /// How the proof fails.
        fault: ProofFault,
    },
}

/// What a disclosure that holds shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// The log's name.
    pub origin: String,
    /// The key that signed.
    pub verifier: String,
    /// Keys from the one that the reader has to the one that signed; empty where it is that.
    pub followed: Vec<String>,
    /// The entry's number.
    pub index: u64,
    /// The content, canonical.
    pub content: String,
    /// Whether it is an empty commitment.
    pub empty: bool,
    /// The tree it was shown in.
    pub size: u64,
    /// How the checkpoint stands with the reader's policy; none where none was given.
    pub standing: Option<Standing>,
    /// Names under the checkpoint beside the log's own; without a policy nobody looked
    /// whether they fit.
    pub others: Vec<String>,
}

impl Disclosure {
    /// The file's text.
    pub fn text(&self) -> String {
        let mut text = serde_json::to_string_pretty(self).expect("texts and numbers");
        text.push('\n');
        text
    }

    /// Reads a file's text; nothing is checked yet.
    ///
    /// # Errors
    /// [`DisclosureFault::Shape`].
    pub fn parse(text: &str) -> Result<Self, DisclosureFault> {
        let read: Self = serde_json::from_str(text)
            .map_err(|error| DisclosureFault::Shape(error.to_string()))?;
        if read.schema != SCHEMA {
            return Err(DisclosureFault::Shape(format!(
                "it has the schema {}, and {SCHEMA} is read",
                read.schema
            )));
        }
        Ok(read)
    }

    /// Checks it whole. `trusted` is the log's key where the reader has it from
    /// elsewhere; `now` in Unix seconds.
    ///
    /// # Errors
    /// [`DisclosureFault`].
    pub fn verify(
        &self,
        trusted: Option<&Verifier>,
        policy: Option<&Policy>,
        now: i64,
    ) -> Result<Shown, DisclosureFault> {
        let shape = |what: &str| DisclosureFault::Shape(what.to_owned());
        let key: Verifier = self
            .log
            .parse()
            .map_err(|fault| DisclosureFault::Shape(format!("its log's key: {fault}")))?;
        let accepted: Vec<Verifier> = match (trusted, policy) {
            (Some(trusted), _) => vec![trusted.clone()],
            (None, Some(policy)) if !policy.logs.is_empty() => {
                policy.logs.iter().map(|(key, _)| key.clone()).collect()
            }
            (None, _) => vec![key.clone()],
        };
        let followed = accepted
            .iter()
            .find_map(|from| Some((from, self.handed_over(from, &key)?)));
        let Some((from, said)) = followed else {
            return Err(DisclosureFault::OtherLog {
                found: key.to_string(),
                wanted: accepted
                    .iter()
                    .map(ToString::to_string)
                    .collect::<Vec<_>>()
                    .join(", "),
            });
        };
        let note = self.checkpoint.as_bytes();
        let checkpoint = Checkpoint::open(note, std::slice::from_ref(&key))
            .map_err(DisclosureFault::Checkpoint)?;
        // That the smaller tree is a part of the larger one only an audit can show.
        let goes_on = |said: &Handover| {
            said.size < checkpoint.size
                || (said.size == checkpoint.size && said.root == checkpoint.root)
        };
        if let Some(said) = said.iter().find(|said| !goes_on(said)) {
            return Err(DisclosureFault::Handover {
                handed: said.size,
                size: checkpoint.size,
            });
        }
        // A text that two readers could read two ways stands for nothing.
        if crate::canonical(&self.content).as_deref() != Ok(self.content.as_str()) {
            return Err(shape("its content is not canonical JSON"));
        }
        let salt = from_base64(&self.salt)
            .filter(|salt| to_base64(salt) == self.salt)
            .ok_or_else(|| shape("its salt is not 32 bytes in base64"))?;
        let proof = self
            .proof
            .iter()
            .map(|hash| from_base64(hash).filter(|bytes| to_base64(bytes) == *hash))
            .collect::<Option<Vec<_>>>()
            .ok_or_else(|| shape("a line of its proof is not 32 bytes in base64"))?;
        let leaf = leaf_hash(entry(&commitment(&salt, &self.content)).as_bytes());
        check_inclusion(self.index, checkpoint.size, &leaf, &proof, &checkpoint.root).map_err(
            |fault| DisclosureFault::Entry {
                index: self.index,
                fault,
            },
        )?;
        let (text, lines) = scruple_note::signatures(note)
            .map_err(|fault| DisclosureFault::Checkpoint(CheckpointFault::Note(fault)))?;
        let wrong = policy.map(|policy| misfits(text, &lines, &policy.keys()));
        if let Some(name) = wrong.and_then(|names| names.into_iter().next()) {
            let forged = scruple_note::NoteFault::Forged(name);
            return Err(DisclosureFault::Checkpoint(CheckpointFault::Note(forged)));
        }
        let standing = policy
            .map(|policy| policy.standing(&cosignatures(text, &lines, &policy.keys()), now, None));
        Ok(Shown {
            others: lines
                .iter()
                .filter(|line| line.id != key.id() || line.name != key.name())
                .map(|line| line.name.to_owned())
                .collect(),
            origin: checkpoint.origin,
            verifier: self.log.clone(),
            followed: match &said[..] {
                [] => Vec::new(),
                all => std::iter::once(from)
                    .chain(all.iter().map(|said| &said.next))
                    .map(ToString::to_string)
                    .collect(),
            },
            index: self.index,
            empty: self.content == EMPTY,
            content: self.content.clone(),
            size: checkpoint.size,
            standing,
        })
    }

    /// What leads from a key to the one that signs: nothing where it is that one, none where
    /// nothing leads there.
    fn handed_over(&self, from: &Verifier, to: &Verifier) -> Option<Vec<Handover>> {
        if from == to {
            return Some(Vec::new());
        }
        let mut said = followers(from, &self.handovers);
        let at = said.iter().position(|said| said.next == *to)?;
        said.truncate(at + 1);
        Some(said)
    }
}
