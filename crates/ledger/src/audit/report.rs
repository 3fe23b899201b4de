//! What an audit found, and what it can and cannot say.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Asked, Seen};
use crate::witness::Standing;

/// Something that is not as it should be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Break {
    /// What kind.
    pub kind: Kind,
    /// The file that shows it, below the log.
    pub file: String,
    /// The first entry that it concerns, where that is known.
    pub first: Option<u64>,
    /// The last one.
    pub last: Option<u64>,
    /// What is wrong, in words.
    pub what: String,
    /// Signed checkpoints that show it to anybody, where there are some.
    pub evidence: Vec<String>,
}

/// Kinds of breaks, the worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Two signed histories of one log.
    SplitView,
    /// Fewer entries than were shown before.
    Rollback,
    /// An entry is not the one that was signed.
    ChangedEntry,
    /// A file that must be there is not.
    Deleted,
    /// A file holds less than its name says, or cannot be read as what it is.
    Truncated,
    /// A file of hashes is not what the entries give.
    ChangedHash,
    /// Entries and hashes do not give the signed root, and nothing says which is right.
    Root,
    /// The checkpoint is not signed as it should be, or is none.
    Checkpoint,
    /// Another log stands where this one was, or another key signs.
    OtherLog,
    /// Nothing newer is shown for too long.
    Stale,
    /// A file could not be fetched: what stands in it nobody looked at.
    NotRead,
}

impl Kind {
    /// The kind as a heading that a person would say aloud.
    pub fn title(self) -> &'static str {
        match self {
            Self::SplitView => "Two different histories of this log were signed",
            Self::Rollback => "The log is shorter than it was",
            Self::ChangedEntry => "A record was changed after it was signed",
            Self::Deleted => "A file of the log is missing",
            Self::Truncated => "A file of the log is cut off",
            Self::ChangedHash => "A file of hashes was changed",
            Self::Root => "The log's files do not give what it signed",
            Self::Checkpoint => "The log's signature does not hold",
            Self::OtherLog => "Another log, or another key, stands in this one's place",
            Self::Stale => "The log has shown nothing new for too long",
            Self::NotRead => "A file could not be fetched",
        }
    }

    /// What the reader does now.
    pub fn next(self) -> &'static str {
        match self {
            Self::SplitView => {
                "Keep both signed checkpoints below: together they show that the log's key signed two histories. Ask the operator which one they stand by, and tell others who rely on this log."
            }
            Self::Rollback => {
                "Keep the earlier checkpoint. Ask the operator for the entries that are missing: they were signed and shown."
            }
            Self::ChangedEntry => {
                "Do not rely on the records named. Ask the operator for the original, and whoever holds a copy of the log from before."
            }
            Self::Deleted | Self::Truncated => {
                "Ask the operator to restore the file. Until then nothing can be said about the entries in it."
            }
            Self::ChangedHash => {
                "The entries themselves give the signed root. Ask the operator to build the file again (scruple ledger repair); find out who changed it."
            }
            Self::Root => {
                "Do not rely on this log until the operator has explained it. A copy from before shows what was changed."
            }
            Self::Checkpoint => {
                "Do not rely on this log. Ask the operator for a signed checkpoint, by another way."
            }
            Self::OtherLog => {
                "Ask the operator for the log's name and key, by another way, and look whether the address is the right one."
            }
            Self::Stale => {
                "Ask the operator for the newest checkpoint: an old one can hide everything that came after."
            }
            Self::NotRead => "Try again later, or from another network.",
        }
    }
}

/// What comes out of an audit, in one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Everything that was looked at fits what was signed and what was seen before.
    Consistent,
    /// Something is broken.
    Broken,
    /// Something could not be looked at, or the reader's quorum is not reached.
    CannotTell,
}

/// The outcome of an audit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Where the log is.
    pub location: String,
    /// Its name.
    pub origin: String,
    /// The key that was checked against.
    pub key: String,
    /// The key is the log's own word: nobody said it before.
    pub key_from_log: bool,
    /// Keys that followed each other.
    pub handovers: Vec<String>,
    /// Entries the checkpoint says.
    pub size: u64,
    /// Entries that were read and hashed.
    pub read: u64,
    /// The signed root, in base64.
    pub root: String,
    /// The checkpoint.
    pub note: String,
    /// How it stands with the reader's policy; none where none was given.
    pub standing: Option<Standing>,
    /// When the checkpoint was made, as far as anybody says: Unix seconds.
    pub dated: Option<i64>,
    /// Checkpoints seen before.
    pub remembered: Vec<Seen>,
    /// Earlier checkpoints that this history continues.
    pub continues: u64,
    /// What is broken, the worst first.
    pub breaks: Vec<Break>,
    /// Breaks past the first hundred, which are only counted.
    pub more: u64,
    /// What is odd and breaks nothing.
    pub notices: Vec<String>,
}

/// Breaks that are kept one by one.
const MOST: usize = 100;

impl Break {
    pub(crate) fn new(kind: Kind, file: impl Into<String>, what: impl Into<String>) -> Self {
        Self {
            kind,
            file: file.into(),
            first: None,
            last: None,
            what: what.into(),
            evidence: Vec::new(),
        }
    }

    pub(crate) fn at(mut self, first: u64, last: u64) -> Self {
        (self.first, self.last) = (Some(first), Some(last));
        self
    }
}

impl Report {
    pub(crate) fn new(asked: &Asked<'_>) -> Self {
        Self {
            location: asked.location.to_owned(),
            origin: String::new(),
            key: String::new(),
            key_from_log: false,
            handovers: Vec::new(),
            size: 0,
            read: 0,
            root: String::new(),
            note: String::new(),
            standing: None,
            dated: None,
            remembered: Vec::new(),
            continues: 0,
            breaks: Vec::new(),
            more: 0,
            notices: Vec::new(),
        }
    }

    pub(crate) fn found(&mut self, found: Break) {
        if self.breaks.len() < MOST {
            self.breaks.push(found);
            self.breaks
                .sort_by(|a, b| (a.kind, a.first, &a.file).cmp(&(b.kind, b.first, &b.file)));
        } else {
            self.more += 1;
        }
    }

    /// Whether anything is broken; what could not be fetched is not.
    pub fn is_broken(&self) -> bool {
        self.breaks.iter().any(|one| one.kind != Kind::NotRead)
    }

    /// In one word.
    pub fn verdict(&self) -> Verdict {
        let short = self
            .standing
            .as_ref()
            .is_some_and(|standing| !standing.witnessed);
        if self.is_broken() {
            Verdict::Broken
        } else if short || !self.breaks.is_empty() {
            Verdict::CannotTell
        } else {
            Verdict::Consistent
        }
    }

    /// Whether enough of the reader's witnesses signed: `witnessed` or `unwitnessed`.
    pub fn witnessed(&self) -> &'static str {
        match &self.standing {
            Some(standing) if standing.witnessed => "witnessed",
            _ => "unwitnessed",
        }
    }

    /// What this audit shows.
    pub fn can_say(&self) -> Vec<String> {
        let mut say = Vec::new();
        if self.is_broken() {
            return say;
        }
        if self.read == self.size {
            say.push(format!(
                "All {} entries were read, and give the root that the log's key signed.",
                self.size
            ));
        }
        if self.continues > 0 {
            say.push(format!(
                "It continues {} that {} seen before: nothing in them was changed or taken out.",
                plural(self.continues, "checkpoint"),
                if self.continues == 1 { "was" } else { "were" }
            ));
        }
        if let Some(standing) = &self.standing
            && standing.witnessed
        {
            let names: Vec<&str> = standing
                .counted
                .iter()
                .filter(|one| one.time.is_some())
                .map(|one| one.name.as_str())
                .collect();
            say.push(format!("Witnesses saw the same log: {}.", names.join(", ")));
        }
        say
    }

    /// What no audit, or this one, can show.
    pub fn cannot_say(&self) -> Vec<String> {
        let mut say = Vec::new();
        if self.witnessed() == "unwitnessed" {
            say.push("Whether everybody is shown this history: too few witnesses signed the checkpoint (unwitnessed). Compare it with somebody else's: scruple ledger audit --with FILE.".to_owned());
        }
        if self.key_from_log {
            say.push("Whether this is the right log: its key is what the log itself says. Get the key by another way and give it with --vkey.".to_owned());
        }
        if self.continues == 0 && self.remembered.is_empty() {
            say.push("Whether anything was changed before today: this is the first time the log was seen here. From now on it is remembered.".to_owned());
        }
        if self.dated.is_none() {
            say.push("When the checkpoint was made: it states no time, and no witness that counts dated it.".to_owned());
        }
        say.push("What the entries stand for: they are commitments. Their owner can disclose them one by one, and scruple ledger verify checks that.".to_owned());
        say.push("Whether what was entered is true or complete: a log shows that nothing was changed afterwards, and not what was never entered.".to_owned());
        say
    }
}

fn plural(count: u64, word: &str) -> String {
    if count == 1 {
        format!("1 {word}")
    } else {
        format!("{count} {word}s")
    }
}
