//! The outsider's tool: fetch a log, check all of it, remember what was shown.
//!
//! A log can be wrong in two ways. Its files may not fit the root that it signed: then
//! something in storage was changed, and the files say where. Or everything fits, and it
//! is not the history that was shown before: then whoever holds the key changed it, and
//! only somebody who remembers can tell. So every checkpoint that was seen is kept, and
//! the entries are hashed to the root at each of those sizes.
//!
//! One pass reads each file once and holds one tile of each level: a log of any size is
//! checked in the same memory. What is kept is never written over: a log that shows less
//! than it did, or something else, leaves what was seen before in place.
//!
//! What is reported names the file and the number of the entry as closely as the
//! evidence does, and no closer.

pub mod memory;
pub mod page;
mod report;
pub mod source;
mod told;
mod walk;

use scruple_note::Verifier;

use crate::checkpoint::{Checkpoint, CheckpointFault};
use crate::log::{followers, open_handover};
use crate::merkle::{Hash, to_base64};
use crate::witness::cosignature::{cosignatures, misfits};
use crate::witness::{Policy, Standing};

pub use memory::{Memory, Seen};
pub use report::{Break, Kind, Report, Verdict};
pub use source::{Directory, Source, SourceFault};
pub use told::{SCHEMA, Told};

/// The largest checkpoint or key that is read.
const SMALL: u64 = 1 << 20;

/// What the auditor brings.
pub struct Asked<'a> {
    /// Where the log is, as it is remembered.
    pub location: &'a str,
    /// The log's key from elsewhere. Without it the key that was remembered for this
    /// place counts, and the first time the log's own word.
    pub key: Option<&'a Verifier>,
    /// Whose cosignatures count.
    pub policy: Option<&'a Policy>,
    /// Checkpoints that others were shown.
    pub others: &'a [String],
    /// Days after which a checkpoint is stale.
    pub max_age_days: u32,
    /// Unix seconds.
    pub now: i64,
}

/// Audits a log. What was seen of it before is read from `memory`; what is to be
/// remembered comes back, and the caller writes it.
///
/// # Errors
/// [`SourceFault`] where nothing can be said because the log's checkpoint or key cannot
/// be fetched; a file that cannot be read later on is reported.
pub fn audit(
    source: &mut dyn Source,
    memory: &[Seen],
    asked: &Asked<'_>,
) -> Result<(Report, Vec<Seen>), SourceFault> {
    let mut report = Report::new(asked);
    let here: Vec<&Seen> = memory
        .iter()
        .filter(|seen| seen.location == asked.location)
        .collect();
    let line = source.get("log.vkey", SMALL)?;
    let Some(note) = source.get("checkpoint", SMALL)? else {
        // Where a log was seen before, or its key lies still, something was taken away.
        if here.is_empty() && line.is_none() {
            return Err(SourceFault::NoLog);
        }
        report.found(Break::new(
            Kind::Deleted,
            "checkpoint",
            "the log's checkpoint is gone",
        ));
        report.remembered = here.iter().map(|seen| (*seen).clone()).collect();
        return Ok((report, Vec::new()));
    };
    let stated = line.map(|bytes| String::from_utf8_lossy(&bytes).trim().parse::<Verifier>());
    let remembered = here
        .last()
        .and_then(|seen| seen.key.parse::<Verifier>().ok());
    if let Some(Err(fault)) = &stated {
        report.found(Break::new(Kind::Checkpoint, "log.vkey", fault.to_string()));
    }
    let key = match (asked.key, &remembered, &stated) {
        (Some(key), ..) => key.clone(),
        (None, Some(key), _) => key.clone(),
        (None, None, Some(Ok(key))) => {
            report.key_from_log = true;
            key.clone()
        }
        (None, None, Some(Err(_))) => return Ok((report, Vec::new())),
        (None, None, None) => return Err(SourceFault::NoKey),
    };
    let statements = statements(source)?;
    let first = key;
    let key = follow(&first, &statements, &note, &mut report);
    if let Some(Ok(stated)) = &stated
        && *stated != key
    {
        report.found(Break::new(
            Kind::OtherLog,
            "log.vkey",
            format!("it names the key {stated}, and the key that counts is {key}"),
        ));
    }
    report.key = key.to_string();
    report.origin = key.name().to_owned();
    report.note = String::from_utf8_lossy(&note).into_owned();
    let checkpoint = match Checkpoint::open(&note, std::slice::from_ref(&key)) {
        Ok(checkpoint) => checkpoint,
        Err(fault) => {
            let kind = match &fault {
                CheckpointFault::Note(scruple_note::NoteFault::Unknown(_)) => Kind::OtherLog,
                CheckpointFault::Origin { .. } => Kind::OtherLog,
                _ => Kind::Checkpoint,
            };
            report.found(Break::new(kind, "checkpoint", fault.to_string()));
            report.remembered = here.iter().map(|seen| (*seen).clone()).collect();
            return Ok((report, Vec::new()));
        }
    };
    report.size = checkpoint.size;
    report.root = to_base64(&checkpoint.root);
    // The same log may have been seen at another place. One that only has the same name,
    // and a key that nobody handed over, is another log.
    let ours = |seen: &Seen| {
        let known = seen.key.parse::<Verifier>();
        seen.origin == checkpoint.origin
            && known.is_ok_and(|known| chain(&known, &statements).contains(&key))
    };
    let seen: Vec<Seen> = memory.iter().filter(|seen| ours(seen)).cloned().collect();
    if here.iter().any(|seen| !ours(seen)) {
        report.notices.push(
            "At this place another log, or one with another key, was seen before.".to_owned(),
        );
    }
    let mut compare = seen.clone();
    let shown = |location: String, size: u64, root: &Hash, note: &str| Seen {
        location,
        origin: checkpoint.origin.clone(),
        key: key.to_string(),
        size,
        root: to_base64(root),
        note: note.to_owned(),
        on: asked.now,
        broken: false,
    };
    // Others may have been shown a checkpoint by a key that handed over since.
    let mut keys = chain(&first, &statements);
    for one in seen.iter().filter_map(|seen| seen.key.parse().ok()) {
        if !keys.contains(&one) {
            keys.push(one);
        }
    }
    // A key that handed over signed which tree it did that with: the history goes on from it.
    let mut by = first.clone();
    for (number, statement) in statements.iter().enumerate() {
        if let Some(said) = open_handover(statement, &by) {
            let location = format!("handover/{number:03}");
            let note = String::from_utf8_lossy(statement);
            compare.push(shown(location, said.size, &said.root, &note));
            by = said.next;
        }
    }
    for (number, note) in asked.others.iter().enumerate() {
        match Checkpoint::open(note.as_bytes(), &keys) {
            Ok(other) => compare.push(shown(
                format!("the checkpoint given as number {}", number + 1),
                other.size,
                &other.root,
                note,
            )),
            Err(fault) => report.found(Break::new(
                Kind::Checkpoint,
                format!("checkpoint given as number {}", number + 1),
                fault.to_string(),
            )),
        }
    }
    walk::walk(source, &checkpoint, &compare, &mut report);
    if let Some(policy) = asked.policy {
        let (standing, misfits) = standing(&note, policy, asked.now);
        report.standing = Some(standing);
        for name in misfits {
            report.found(Break::new(
                Kind::Checkpoint,
                "checkpoint",
                format!("the cosignature in the name of {name} does not fit the text: one of the two was changed"),
            ));
        }
    }
    age(&note, &checkpoint, &seen, asked, &mut report);
    report.remembered = seen.clone();
    let known = seen.iter().any(|one| {
        one.location == asked.location
            && one.note == report.note
            && one.broken == report.is_broken()
    });
    let mut new = Vec::new();
    if !known {
        new.push(Seen {
            location: asked.location.to_owned(),
            origin: checkpoint.origin,
            key: report.key.clone(),
            size: checkpoint.size,
            root: report.root.clone(),
            note: report.note.clone(),
            on: asked.now,
            broken: report.is_broken(),
        });
    }
    Ok((report, new))
}

/// The statements by which keys followed each other.
fn statements(source: &mut dyn Source) -> Result<Vec<Vec<u8>>, SourceFault> {
    const MOST: usize = 1000;
    let mut all = Vec::new();
    while all.len() < MOST {
        match source.get(&format!("handover/{:03}", all.len()), SMALL)? {
            Some(statement) => all.push(statement),
            None => break,
        }
    }
    Ok(all)
}

/// A key and those that follow it.
fn chain(key: &Verifier, statements: &[Vec<u8>]) -> Vec<Verifier> {
    let next = followers(key, statements).into_iter().map(|said| said.next);
    std::iter::once(key.clone()).chain(next).collect()
}

/// The key that signed the checkpoint: the given one, or one that it says follows it.
fn follow(key: &Verifier, statements: &[Vec<u8>], note: &[u8], report: &mut Report) -> Verifier {
    let keys = chain(key, statements);
    let signed = |key: &Verifier| scruple_note::open(note, std::slice::from_ref(key)).is_ok();
    // The last one: an old key's signature may stand beside it.
    let Some(at) = keys.iter().rposition(signed) else {
        return key.clone();
    };
    if let Some(next) = keys.get(at + 1) {
        report.notices.push(format!(
            "The checkpoint is signed by a key that handed over to {next} before: for a moment that is so while a key is changed. If it stays so, somebody else may have the old key."
        ));
    }
    for pair in keys[..=at].windows(2) {
        report.handovers.push(format!("{} → {}", pair[0], pair[1]));
    }
    keys[at].clone()
}

/// How the note stands with a policy, and the witnesses in whose name a line does not fit.
fn standing(note: &[u8], policy: &Policy, now: i64) -> (Standing, Vec<String>) {
    match scruple_note::signatures(note) {
        Ok((text, lines)) => {
            let keys = policy.keys();
            let found = cosignatures(text, &lines, &keys);
            (
                policy.standing(&found, now, None),
                misfits(text, &lines, &keys),
            )
        }
        Err(_) => (policy.standing(&[], now, None), Vec::new()),
    }
}

/// A checkpoint states no time. When it was made is known from witnesses, who date what
/// they sign, and from when it was first seen here.
fn age(
    note: &[u8],
    checkpoint: &Checkpoint,
    seen: &[Seen],
    asked: &Asked<'_>,
    report: &mut Report,
) {
    let limit = i64::from(asked.max_age_days) * 86_400;
    let witnessed = asked.policy.and_then(|policy| {
        let (text, lines) = scruple_note::signatures(note).ok()?;
        cosignatures(text, &lines, &policy.keys())
            .iter()
            .map(|one| one.time)
            .filter(|time| *time <= asked.now.saturating_add(300))
            .max()
    });
    let first_seen = seen
        .iter()
        .filter(|one| one.size == checkpoint.size && one.root == to_base64(&checkpoint.root))
        .map(|one| one.on)
        .min();
    report.dated = witnessed.or(first_seen);
    if let Some(day) = report.dated
        && asked.now.saturating_sub(day) > limit
    {
        let days = asked.now.saturating_sub(day) / 86_400;
        let by = if witnessed.is_some() {
            "witnesses signed it last"
        } else {
            "it was first seen here"
        };
        report.found(Break::new(
            Kind::Stale,
            "checkpoint",
            format!(
                "{by} {days} days ago, and nothing newer is shown; the limit is {} days",
                asked.max_age_days
            ),
        ));
    }
}
