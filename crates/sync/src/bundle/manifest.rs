//! What a bundle says of itself: the text that is signed.

use std::collections::BTreeSet;

use scruple_model::{Date, ListId, Snapshot};
use scruple_store::{Held, UnreadRow};
use serde::{Deserialize, Serialize};

use super::archive::LARGEST;

/// The schema's name. Fields may be added to it; their absence reads as before.
pub(super) const SCHEMA: &str = "scruple.bundle/1";

/// Longest free text: a file name, terms, a fault's words.
const LONGEST: usize = 10_000;
/// Longest note on holdings: a few hundred bytes a source.
const LONGEST_NOTE: usize = 4 << 20;

/// Everything in a bundle, in the order it stands there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Manifest {
    pub(super) schema: String,
    /// The day it was made.
    pub(super) made: Date,
    /// Program and version.
    pub(super) made_by: String,
    /// Hash of the manifest that answered where it was made.
    pub(super) answering: String,
    pub(super) snapshots: Vec<SnapshotMember>,
    pub(super) packs: Vec<PackMember>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) holdings: Option<HoldingsMembers>,
}

/// A snapshot, and the member that holds its content. Two snapshots of one content
/// name the same member; it stands where it is first named.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct SnapshotMember {
    pub(super) path: String,
    /// Bytes of the member.
    pub(super) bytes: u64,
    /// SHA-256 of the member.
    pub(super) sha256: String,
    /// SHA-256 of the content, unpacked.
    pub(super) blob: String,
    /// Bytes of the content, unpacked.
    pub(super) content_bytes: u64,
    #[serde(flatten)]
    pub(super) snapshot: Snapshot,
    pub(super) layout: String,
    pub(super) origin: String,
    #[serde(default)]
    pub(super) licence: Option<String>,
    #[serde(default)]
    pub(super) fields_unread: u64,
    /// Records that left it because their retention had passed; `entities` is without them.
    #[serde(default)]
    pub(super) removed: u64,
    /// Copies of the same day, or of the same file, that this one took the place of.
    /// Days alone do not say which of two copies is newer.
    #[serde(default)]
    pub(super) replaces: Vec<OtherCopy>,
    #[serde(default)]
    pub(super) faults: Vec<FaultRow>,
}

/// A copy of a list, as far as another has to know it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct OtherCopy {
    /// SHA-256 of the file as given.
    pub(super) hash: String,
    #[serde(default)]
    pub(super) published: Option<Date>,
}

impl OtherCopy {
    pub(super) fn of(snapshot: &Snapshot) -> Self {
        Self {
            hash: snapshot.hash.clone(),
            published: snapshot.published,
        }
    }
}

/// Whether of two copies of a list only one can answer, and their days do not say which.
pub(super) fn compete(one: &Snapshot, other: &Snapshot) -> bool {
    one.list == other.list && (one.hash == other.hash || one.day() == other.day())
}

/// A record or field that could not be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct FaultRow {
    pub(super) line: u64,
    pub(super) column: u64,
    pub(super) what: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) record: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) field: Option<String>,
    pub(super) effect: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) next: Option<String>,
}

/// A rule pack.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct PackMember {
    pub(super) path: String,
    pub(super) name: String,
    pub(super) bytes: u64,
    pub(super) sha256: String,
}

/// Holdings: the state that answered, and the files it was put together from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct HoldingsMembers {
    /// Hash of the file that answered where the bundle was made. It is not in the
    /// bundle: it follows from the others.
    pub(super) answering: String,
    /// The day it was put together.
    pub(super) taken: Date,
    /// What the program that took them in noted of them.
    pub(super) note: String,
    pub(super) files: Vec<HoldingsMember>,
}

/// One holdings file; its hash is its name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct HoldingsMember {
    pub(super) path: String,
    pub(super) bytes: u64,
    pub(super) sha256: String,
}

impl From<UnreadRow> for FaultRow {
    fn from(row: UnreadRow) -> Self {
        Self {
            line: row.line,
            column: row.column,
            what: row.what,
            record: row.record,
            field: row.field,
            effect: row.effect,
            next: row.next,
        }
    }
}

impl From<FaultRow> for UnreadRow {
    fn from(row: FaultRow) -> Self {
        Self {
            line: row.line,
            column: row.column,
            what: row.what,
            record: row.record,
            field: row.field,
            effect: row.effect,
            next: row.next,
        }
    }
}

impl SnapshotMember {
    /// Whether `held` is this snapshot; one that retention has thinned out still is.
    pub(super) fn is(&self, held: &Held) -> bool {
        held.snapshot.list == self.snapshot.list
            && held.snapshot.hash == self.snapshot.hash
            && held.snapshot.published == self.snapshot.published
            && (held.blob == self.blob || held.removed > 0 || self.removed > 0)
    }

    /// Whether this snapshot may be recorded beside `held`: it is not `held`, and where
    /// only one of the two can answer, it is known to be the later one.
    pub(super) fn may_follow(&self, held: &Held) -> bool {
        !self.is(held)
            && (!compete(&self.snapshot, &held.snapshot)
                || self.replaces.contains(&OtherCopy::of(&held.snapshot)))
    }
}

/// Where a snapshot's content stands.
pub(super) fn snapshot_path(blob: &str) -> String {
    format!("snapshots/{blob}.jsonl.zst")
}

/// Where a pack stands.
pub(super) fn pack_path(name: &str) -> String {
    format!("packs/{name}.toml")
}

/// Where a holdings file stands.
pub(super) fn holdings_path(hash: &str) -> String {
    format!("holdings/{hash}.own")
}

/// The text to sign.
pub(super) fn text_of(manifest: &Manifest) -> String {
    // Texts, numbers and lists: nothing JSON cannot say.
    let mut text = serde_json::to_string_pretty(manifest).unwrap_or_default();
    // JSON escapes the control characters but this one, and it stands only in strings.
    if text.contains('\u{7f}') {
        text = text.replace('\u{7f}', "\\u007f");
    }
    text.push('\n');
    text
}

/// What a signed manifest must still not say. Its signer is trusted to be who they
/// are, not to have made no mistake.
pub(super) fn faults(manifest: &Manifest) -> Option<String> {
    if !is_hash(&manifest.answering) {
        return Some("the hash of what answered is no hash".to_owned());
    }
    if !is_short(&manifest.made_by) {
        return Some("the name of the program that made it is no plain text".to_owned());
    }
    for one in &manifest.snapshots {
        if let Some(what) = fault_of(one) {
            return Some(format!(
                "snapshot of {}: {what}",
                printable(&one.snapshot.list)
            ));
        }
    }
    let mut names = BTreeSet::new();
    for pack in &manifest.packs {
        let known = is_pack_name(&pack.name)
            && pack.path == pack_path(&pack.name)
            && is_hash(&pack.sha256)
            && pack.bytes <= LARGEST
            && names.insert(&pack.name);
        if !known {
            return Some("a pack's name, path, length or hash is none".to_owned());
        }
    }
    let holdings = manifest.holdings.as_ref()?;
    let mut hashes = BTreeSet::new();
    let are_known = holdings.files.iter().all(|file| {
        is_hash(&file.sha256)
            && file.path == holdings_path(&file.sha256)
            && file.bytes <= LARGEST
            && hashes.insert(&file.sha256)
    });
    if !are_known || !is_hash(&holdings.answering) || holdings.note.len() > LONGEST_NOTE {
        return Some("a holdings file's path, length, hash or note is none".to_owned());
    }
    None
}

fn fault_of(one: &SnapshotMember) -> Option<&'static str> {
    // Free text: a file's name or a publisher's words may hold anything, and the edge
    // shows it as it shows what it reads from a list.
    let rows = one.faults.iter().flat_map(|row| {
        [
            Some(&row.what),
            row.record.as_ref(),
            row.field.as_ref(),
            Some(&row.effect),
            row.next.as_ref(),
        ]
    });
    let mut free = rows.flatten().chain(&one.licence).chain([&one.origin]);
    if !is_list_id(&one.snapshot.list) {
        Some("not the name of a list")
    } else if ![&one.snapshot.hash, &one.blob, &one.sha256]
        .into_iter()
        .all(|hash| is_hash(hash))
    {
        Some("a hash that is none")
    } else if !one.replaces.iter().all(|copy| is_hash(&copy.hash)) {
        Some("it replaces a copy whose hash is none")
    } else if one.path != snapshot_path(&one.blob) {
        Some("its path is not the one its content has")
    } else if one.bytes > LARGEST {
        Some("longer than a member can be")
    } else if !is_short(&one.layout) {
        Some("its layout is no plain text")
    } else if !free.all(|text| text.len() <= LONGEST) {
        Some("its origin, its terms or a fault's words are too long")
    } else {
        None
    }
}

fn is_list_id(list: &ListId) -> bool {
    let text = list.as_str();
    (1..=100).contains(&text.len())
        && text
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

fn is_hash(text: &str) -> bool {
    text.len() == 64
        && text
            .bytes()
            .all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
}

fn is_short(text: &str) -> bool {
    text.len() <= LONGEST && !text.chars().any(char::is_control)
}

/// `lists`, `starter/us-bis-el`: what a name may be, so that it can be shown and compared.
pub(super) fn is_pack_name(name: &str) -> bool {
    name.len() <= 80
        && name.split('/').all(|part| {
            !part.is_empty()
                && part
                    .bytes()
                    .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        })
}

fn printable(list: &ListId) -> String {
    list.as_str()
        .chars()
        .take(100)
        .flat_map(char::escape_default)
        .collect()
}
