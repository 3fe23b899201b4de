//! A bundle into a data directory: checked whole, then taken whole.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Read, Seek, SeekFrom, Write as _};

use scruple_model::{Date, ListId, Snapshot};
use scruple_note::{NoteFault, open};
use scruple_store::{DataDir, Held, NewHoldings, NewSnapshot};

use super::archive::{
    LARGEST, MANIFEST, Wrong, header, length_in, read_end, read_header, read_padding, room,
};
use super::content::{WINDOW_LOG, check};
use super::export::Hashed;
use super::manifest::{HoldingsMembers, Manifest, SCHEMA, SnapshotMember, faults};
use super::{BundleError, BundleFault, Verifier};
use crate::index::{Build, build_for};
use crate::take::is_much_less;

/// How much is read of a bundle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BundleLimits {
    /// Bytes of the signed manifest. 16 MiB.
    pub manifest: u64,
    /// Snapshots and packs. 10,000.
    pub members: u64,
    /// Bytes of one member, and of one content unpacked. 2 GiB.
    pub member: u64,
    /// Bytes of one pack. 4 MiB.
    pub pack: u64,
    /// Bytes of one holdings file. 8 GiB, the most that a member can have.
    pub holdings: u64,
    /// Bytes of one line of content. 4 MiB.
    pub line: u64,
}

impl Default for BundleLimits {
    fn default() -> Self {
        Self {
            manifest: 16 << 20,
            members: 10_000,
            member: 2 << 30,
            pack: 4 << 20,
            holdings: LARGEST,
            line: 4 << 20,
        }
    }
}

/// On which terms a bundle is taken in.
#[derive(Clone, Copy, Debug)]
pub struct Terms<'a> {
    /// The keys that may sign.
    pub trusted: &'a [Verifier],
    /// The day on which it is taken.
    pub today: Date,
    /// Lists that may have far fewer parties than the copy that is held.
    pub accept_shrink: &'a [ListId],
    /// How much is read.
    pub limits: BundleLimits,
}

/// What became of a snapshot of a bundle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It answers now.
    Answers,
    /// It was taken in, and a newer one answers.
    Past,
    /// It was held already.
    Held,
    /// It was not taken in: another copy of the same day or of the same file is held,
    /// and nothing says that this one is the later.
    PassedOver,
}

/// One snapshot of a bundle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportedSnapshot {
    /// What it is. `taken` is the day it was taken where the bundle was made.
    pub snapshot: Snapshot,
    /// The layout it was read from.
    pub layout: String,
    /// The file it was read from.
    pub origin: String,
    /// What became of it.
    pub standing: Standing,
}

/// Holdings of a bundle: their files lie in their places, and nothing answers from them
/// yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Carried {
    /// Hash of the file that answered where the bundle was made.
    pub answering: String,
    /// The day it was put together there.
    pub taken: Date,
    /// The files it was put together from, by hash.
    pub files: Vec<String>,
    /// What was noted of them there.
    pub note: String,
}

/// Puts a state together from holdings that came and those that are held: what is to
/// answer, or `None` where nothing changes. The words of an error say what is wrong with
/// what came.
pub type Join<'a> = &'a dyn Fn(&DataDir, &Carried) -> Result<Option<NewHoldings>, String>;

/// What became of the holdings of a bundle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportedHoldings {
    /// Hash of the file that answered where the bundle was made.
    pub there: String,
    /// Hash of the file that answers here now.
    pub here: String,
    /// How many files it carried.
    pub files: usize,
}

/// A bundle that was taken in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Imported {
    /// The trusted key that signed it.
    pub signed_by: Verifier,
    /// The day it was made.
    pub made: Date,
    /// Program and version that made it.
    pub made_by: String,
    /// Hash of the manifest that answers here now.
    pub manifest: String,
    /// Hash of the manifest that answered where it was made: equal, and both machines
    /// hold the same lists.
    pub manifest_there: String,
    /// Its snapshots.
    pub snapshots: Vec<ImportedSnapshot>,
    /// Its packs, by name. They are not put anywhere: which rules hold here is for
    /// whoever runs this machine to say.
    pub packs: BTreeMap<String, String>,
    /// Its holdings, where it carried any.
    pub holdings: Option<ImportedHoldings>,
}

/// Takes a bundle in. Everything is checked before anything is written, and all of it
/// begins to answer in one moment, or none. A snapshot older than the one held is kept
/// as the past and never takes its place; of two copies of one day, the one held stays
/// unless the bundle says that its own took the place of that one.
///
/// What a sync refuses, an import refuses: a list of a day to come, and one with more than
/// a fifth fewer parties than the one it would replace.
///
/// `store` must be open for writing. The bundle is read twice.
///
/// # Errors
/// [`BundleError::Refused`] names what is wrong; the directory is as it was.
/// [`BundleError::Io`], [`BundleError::Sync`].
pub fn import<R: Read + Seek>(
    mut from: R,
    terms: &Terms<'_>,
    store: &mut DataDir,
    build: Build<'_>,
    join: Join<'_>,
) -> Result<Imported, BundleError> {
    let Terms {
        trusted,
        today,
        accept_shrink,
        ref limits,
    } = *terms;
    if trusted.is_empty() {
        return Err(BundleFault::NoKeys.into());
    }
    from.seek(SeekFrom::Start(0)).map_err(unreadable)?;
    let mut from = io::BufReader::with_capacity(1 << 16, from);
    let note = read_note(&mut from, limits)?;
    let (text, signed_by) = open(&note, trusted).map_err(refuse)?;
    let manifest = read_manifest(text, limits)?;
    let tomorrow = today.tomorrow().unwrap_or(today);
    for one in &manifest.snapshots {
        if let Some(day) = one.snapshot.published.filter(|day| *day > tomorrow) {
            return Err(BundleFault::Future {
                list: one.snapshot.list.clone(),
                published: day,
                today,
            }
            .into());
        }
    }
    let packs = read_members(&mut from, &manifest, limits)?;

    // All of it is what was signed. From here on the directory is written.
    let before = store.manifest()?;
    let held = store.snapshots()?;
    let new: Vec<&SnapshotMember> = manifest
        .snapshots
        .iter()
        .filter(|one| held.iter().all(|held| one.may_follow(held)))
        .collect();
    let rows: Vec<NewSnapshot> = new.iter().map(|one| row_of(one)).collect();
    let next = rows
        .iter()
        .fold(before.clone(), |manifest, one| manifest.with(one));
    for one in &next.held {
        let list = &one.snapshot.list;
        let held = before.of(list).map(|held| held.snapshot.entities);
        if let Some(held) = held.filter(|held| is_much_less(*held, one.snapshot.entities))
            && !accept_shrink.contains(list)
        {
            return Err(BundleFault::Shrunk {
                list: list.clone(),
                before: held,
                now: one.snapshot.entities,
            }
            .into());
        }
    }
    let state = match &manifest.holdings {
        None => None,
        Some(carried) => {
            let start = start_of_holdings(note.len() as u64, &manifest);
            let joined = take_holdings(&mut from, start, carried, store, join);
            if joined.is_err() {
                // What lies there takes room and nothing else.
                let _ = store.tidy_holdings();
            }
            joined?
        }
    };
    if rows.is_empty() && state.is_some() {
        store.record_with(&[], state.as_ref())?;
    }
    if !rows.is_empty() {
        let mut at = room(note.len() as u64);
        let mut wanted: BTreeSet<&str> = new.iter().map(|one| one.path.as_str()).collect();
        for one in first_of_each(&manifest) {
            if wanted.remove(one.path.as_str()) {
                from.seek(SeekFrom::Start(at + 512)).map_err(unreadable)?;
                put_blob(store, one, (&mut from).take(one.bytes))?;
            }
            at += room(one.bytes);
        }
        let index = build_for(store, &next, build)?;
        store.put_index(&next, &index)?;
        let current = store.record_with(&rows, state.as_ref())?;
        if current.hash() != next.hash() {
            // History decided otherwise than the newest alone let foresee.
            let index = build_for(store, &current, build)?;
            store.put_index(&current, &index)?;
        }
        // What is left over takes room and nothing else.
        let _ = store.tidy(&current);
    }
    let holdings = match &manifest.holdings {
        None => None,
        Some(carried) => Some(ImportedHoldings {
            there: carried.answering.clone(),
            here: store
                .holdings()?
                .pop()
                .map_or_else(String::new, |state| state.hash),
            files: carried.files.len(),
        }),
    };
    let current = store.manifest()?;
    let standing = |one: &SnapshotMember| {
        if held.iter().any(|held| one.is(held)) {
            Standing::Held
        } else if !held.iter().all(|held| one.may_follow(held)) {
            Standing::PassedOver
        } else if current.held.iter().any(|held: &Held| one.is(held)) {
            Standing::Answers
        } else {
            Standing::Past
        }
    };
    Ok(Imported {
        signed_by: signed_by.clone(),
        made: manifest.made,
        made_by: manifest.made_by.clone(),
        manifest: current.hash(),
        manifest_there: manifest.answering.clone(),
        snapshots: manifest
            .snapshots
            .iter()
            .map(|one| ImportedSnapshot {
                snapshot: one.snapshot.clone(),
                layout: one.layout.clone(),
                origin: one.origin.clone(),
                standing: standing(one),
            })
            .collect(),
        packs,
        holdings,
    })
}

/// Where the first holdings file begins: after the manifest, the snapshots and the packs.
fn start_of_holdings(note: u64, manifest: &Manifest) -> u64 {
    let snapshots = first_of_each(manifest).map(|one| room(one.bytes));
    let packs = manifest.packs.iter().map(|one| room(one.bytes));
    room(note) + snapshots.chain(packs).sum::<u64>()
}

/// Puts the files in their places and has a state put together from them.
fn take_holdings(
    from: &mut (impl Read + Seek),
    mut at: u64,
    carried: &HoldingsMembers,
    store: &DataDir,
    join: Join<'_>,
) -> Result<Option<NewHoldings>, BundleError> {
    for one in &carried.files {
        from.seek(SeekFrom::Start(at + 512)).map_err(unreadable)?;
        let stored = store.put_holdings_from(&mut from.by_ref().take(one.bytes))?;
        if stored.hash != one.sha256 {
            // Somebody wrote into the file between the two readings.
            return Err(wrong(Wrong::Bytes, &one.path));
        }
        at += room(one.bytes);
    }
    let carried = Carried {
        answering: carried.answering.clone(),
        taken: carried.taken,
        files: carried.files.iter().map(|one| one.sha256.clone()).collect(),
        note: carried.note.clone(),
    };
    join(store, &carried).map_err(|what| {
        BundleFault::Content {
            member: "holdings".to_owned(),
            what,
        }
        .into()
    })
}

fn read_note(from: &mut impl Read, limits: &BundleLimits) -> Result<Vec<u8>, BundleError> {
    let not_ours = |what| BundleError::from(BundleFault::NotABundle(what));
    let first = match read_header(from) {
        Ok(first) => first,
        Err(Wrong::Io(error)) => return Err(unreadable(error)),
        Err(_) => return Err(not_ours("it is too short")),
    };
    let Some(bytes) = length_in(&first, MANIFEST) else {
        return Err(not_ours(
            "it does not begin with the header of a signed manifest, or that was altered",
        ));
    };
    too_big("the manifest", bytes, limits.manifest)?;
    let mut note = Vec::new();
    from.take(bytes)
        .read_to_end(&mut note)
        .map_err(unreadable)?;
    if (note.len() as u64) < bytes {
        return Err(wrong(Wrong::End, MANIFEST));
    }
    read_padding(from, bytes).map_err(|fault| wrong(fault, "the space after the manifest"))?;
    Ok(note)
}

fn read_manifest(text: &str, limits: &BundleLimits) -> Result<Manifest, BundleError> {
    // The schema alone first: a later one may have another shape.
    #[derive(serde::Deserialize)]
    struct Schema {
        schema: String,
    }
    let unusable = |error: serde_json::Error| BundleFault::Manifest(error.to_string());
    let Schema { schema } = serde_json::from_str(text).map_err(unusable)?;
    if schema != SCHEMA {
        return Err(BundleFault::Schema {
            found: schema,
            known: SCHEMA,
        }
        .into());
    }
    let manifest: Manifest = serde_json::from_str(text).map_err(unusable)?;
    let of_holdings = manifest.holdings.iter().flat_map(|state| &state.files);
    let members =
        (manifest.snapshots.len() + manifest.packs.len() + of_holdings.clone().count()) as u64;
    too_big("the number of members", members, limits.members)?;
    if let Some(what) = faults(&manifest) {
        return Err(BundleFault::Manifest(what).into());
    }
    for one in &manifest.snapshots {
        too_big(&one.path, one.bytes.max(one.content_bytes), limits.member)?;
        let same = |other: &&SnapshotMember| other.path == one.path;
        // `one` itself is the first to be found where no other is.
        let first = manifest.snapshots.iter().find(same).unwrap_or(one);
        let agree = first.sha256 == one.sha256
            && first.bytes == one.bytes
            && first.content_bytes == one.content_bytes
            && first.snapshot.list == one.snapshot.list
            && first.snapshot.entities == one.snapshot.entities;
        if !agree {
            let what = format!("{} is described in two ways", one.path);
            return Err(BundleFault::Manifest(what).into());
        }
    }
    for one in &manifest.packs {
        too_big(&one.path, one.bytes, limits.pack)?;
    }
    for one in of_holdings {
        too_big(&one.path, one.bytes, limits.holdings)?;
    }
    Ok(manifest)
}

/// The members of snapshots in the order they stand: each where it is first named.
fn first_of_each(manifest: &Manifest) -> impl Iterator<Item = &SnapshotMember> {
    let mut seen = BTreeSet::new();
    manifest
        .snapshots
        .iter()
        .filter(move |one| seen.insert(&one.path))
}

/// Reads every member against the manifest, to the end of the file.
fn read_members(
    from: &mut impl Read,
    manifest: &Manifest,
    limits: &BundleLimits,
) -> Result<BTreeMap<String, String>, BundleError> {
    for one in first_of_each(manifest) {
        let bytes = |packed: &mut dyn Read| check(one, packed, limits);
        read_member(from, &one.path, one.bytes, &one.sha256, bytes)??;
    }
    let mut packs = BTreeMap::new();
    for one in &manifest.packs {
        let mut text = Vec::new();
        let bytes = |member: &mut dyn Read| member.read_to_end(&mut text).map(|_| ());
        read_member(from, &one.path, one.bytes, &one.sha256, bytes)?.map_err(unreadable)?;
        let text = String::from_utf8(text).map_err(|_| BundleFault::Content {
            member: one.path.clone(),
            what: "it is not UTF-8".to_owned(),
        })?;
        packs.insert(one.name.clone(), text);
    }
    for one in manifest.holdings.iter().flat_map(|state| &state.files) {
        // Its hash is all that can be said of it here.
        read_member(from, &one.path, one.bytes, &one.sha256, |_| ())?;
    }
    read_end(from).map_err(|fault| wrong(fault, "the end of the bundle"))?;
    Ok(packs)
}

/// Reads one member through `with`. That its bytes are the signed ones is said before
/// anything that `with` finds in them.
fn read_member<T>(
    from: &mut impl Read,
    path: &str,
    bytes: u64,
    sha256: &str,
    with: impl FnOnce(&mut dyn Read) -> T,
) -> Result<T, BundleError> {
    let named = |part: &str| format!("{part} of {path}");
    let block = read_header(from).map_err(|fault| wrong(fault, &named("the header")))?;
    if block != header(path, bytes) {
        return Err(wrong(Wrong::Bytes, &named("the header")));
    }
    let mut member = Hashed::new(from.by_ref().take(bytes));
    let found = with(&mut member);
    io::copy(&mut member, &mut io::sink()).map_err(unreadable)?;
    let (rest, hash) = member.finish();
    if rest.limit() > 0 {
        return Err(wrong(Wrong::End, path));
    }
    if hash != sha256 {
        return Err(wrong(Wrong::Bytes, path));
    }
    read_padding(from, bytes).map_err(|fault| wrong(fault, &named("the space after")))?;
    Ok(found)
}

/// Writes a content into its place. It was checked: that it is still the same is seen
/// from its hash.
fn put_blob(store: &DataDir, one: &SnapshotMember, packed: impl Read) -> Result<(), BundleError> {
    let mut zstd = zstd::Decoder::new(packed).map_err(unreadable)?;
    zstd.window_log_max(WINDOW_LOG).map_err(unreadable)?;
    let mut content = zstd.take(one.content_bytes);
    let mut blob = store.write_blob()?;
    let mut piece = vec![0; 1 << 16];
    loop {
        let taken = content.read(&mut piece).map_err(unreadable)?;
        if taken == 0 {
            break;
        }
        if let Err(error) = blob.write_all(&piece[..taken]) {
            return Err(blob.failed()(error).into());
        }
    }
    if blob.finish()?.hash == one.blob {
        Ok(())
    } else {
        // Somebody wrote into the file between the two readings.
        Err(wrong(Wrong::Bytes, &one.path))
    }
}

fn row_of(one: &SnapshotMember) -> NewSnapshot {
    NewSnapshot {
        snapshot: one.snapshot.clone(),
        blob: one.blob.clone(),
        origin: one.origin.clone(),
        licence: one.licence.clone(),
        layout: one.layout.clone(),
        fields_unread: one.fields_unread,
        unread: one.faults.iter().cloned().map(Into::into).collect(),
    }
}

fn too_big(what: &str, found: u64, limit: u64) -> Result<(), BundleFault> {
    if found <= limit {
        return Ok(());
    }
    Err(BundleFault::TooBig {
        what: what.to_owned(),
        limit,
    })
}

fn wrong(fault: Wrong, member: &str) -> BundleError {
    let member = member.to_owned();
    match fault {
        Wrong::Bytes => BundleFault::Altered { member }.into(),
        Wrong::End => BundleFault::CutOff { member }.into(),
        Wrong::Io(error) => unreadable(error),
    }
}

fn refuse(fault: NoteFault) -> BundleFault {
    match fault {
        NoteFault::Malformed(what) => BundleFault::NotABundle(what),
        NoteFault::Forged(name) => BundleFault::Forged(name),
        NoteFault::Unknown(names) => BundleFault::Unknown(names),
    }
}

fn unreadable(source: io::Error) -> BundleError {
    BundleError::Io {
        doing: "read",
        source,
    }
}
