//! A data directory and packs into a bundle.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{self, Read, Write};

use scruple_model::Date;
use scruple_model::hash::{Hasher, sha256};
use scruple_note::sign;
use scruple_store::{DataDir, Held, StoreError};

use super::archive::{LARGEST, MANIFEST, Writer};
use super::manifest::{
    HoldingsMember, HoldingsMembers, Manifest, OtherCopy, PackMember, SCHEMA, SnapshotMember,
    compete, faults, holdings_path, is_pack_name, pack_path, snapshot_path, text_of,
};
use super::{BundleError, BundleFault, BundleLimits, Signer};

/// Which snapshots go in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// Of each list the one that answers.
    Current,
    /// Every one that is held: the past can be asked there too.
    All,
}

/// What goes in.
#[derive(Clone, Copy, Debug)]
pub struct Contents<'a> {
    /// Which snapshots.
    pub which: Which,
    /// Rule packs: texts by name.
    pub packs: &'a BTreeMap<String, String>,
    /// Whether the holdings that answer go along.
    pub holdings: bool,
}

/// What was exported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exported {
    /// Hash of the manifest that answers here.
    pub manifest: String,
    /// Snapshots in it.
    pub snapshots: usize,
    /// Packs in it.
    pub packs: usize,
    /// Holdings files in it, one for each source.
    pub holdings: usize,
    /// Bytes of the bundle.
    pub bytes: u64,
    /// SHA-256 of the bundle, to read out on the telephone.
    pub sha256: String,
    /// The verifier key of its signature.
    pub verifier: String,
}

/// Writes a bundle. The same directory, packs, day and key give the same bytes.
///
/// `made` is today, `made_by` names the program.
///
/// # Errors
/// [`BundleError::NothingHeld`], [`BundleError::NoHoldings`], [`BundleError::PackName`], [`BundleError::Io`] where
/// `to` cannot be written, [`BundleError::Sync`] where a snapshot is damaged.
pub fn export(
    store: &DataDir,
    contents: &Contents<'_>,
    made: Date,
    made_by: &str,
    signer: &Signer,
    to: impl Write,
) -> Result<Exported, BundleError> {
    let packs = contents.packs;
    let current = store.manifest()?;
    let answering = current.hash();
    let all = store.snapshots()?;
    let held = match contents.which {
        Which::Current => current.held,
        Which::All => all.clone(),
    };
    if held.is_empty() {
        return Err(BundleError::NothingHeld);
    }
    let manifest = Manifest {
        schema: SCHEMA.to_owned(),
        made,
        made_by: made_by.to_owned(),
        answering,
        snapshots: held
            .into_iter()
            .map(|held| snapshot(store, &all, held))
            .collect::<Result<_, _>>()?,
        packs: packs
            .iter()
            .map(|(name, text)| pack(name, text))
            .collect::<Result<_, _>>()?,
        holdings: contents.holdings.then(|| holdings(store)).transpose()?,
    };
    if let Some(what) = faults(&manifest) {
        return Err(BundleFault::Manifest(what).into());
    }
    let note = sign(&text_of(&manifest), signer);
    // What nobody could take in is not made.
    let limit = BundleLimits::default().manifest;
    if note.len() as u64 > limit {
        return Err(BundleFault::TooBig {
            what: "the manifest".to_owned(),
            limit,
        }
        .into());
    }
    let written = |source| BundleError::Io {
        doing: "written",
        source,
    };
    let mut summing = Summing {
        to,
        hasher: Hasher::new(),
    };
    let mut writer = Writer::new(&mut summing);
    writer
        .put(MANIFEST, note.len() as u64, &mut note.as_bytes())
        .map_err(written)?;
    let mut done = BTreeSet::new();
    for one in &manifest.snapshots {
        if !done.insert(&one.path) {
            continue;
        }
        let path = store.blob_path(&one.blob);
        let file = File::open(&path).map_err(|source| StoreError::Io {
            path: path.clone(),
            doing: "read",
            source,
        })?;
        let mut member = Hashed::new(file);
        writer
            .put(&one.path, one.bytes, &mut member)
            .map_err(written)?;
        if member.finish().1 != one.sha256 {
            return Err(damaged(path, "it changed while it was exported"));
        }
    }
    for (one, text) in manifest.packs.iter().zip(packs.values()) {
        writer
            .put(&one.path, one.bytes, &mut text.as_bytes())
            .map_err(written)?;
    }
    let of_holdings = manifest.holdings.iter().flat_map(|state| &state.files);
    for one in of_holdings.clone() {
        let path = store.holdings_path(&one.sha256);
        let file = File::open(&path).map_err(|source| StoreError::Io {
            path: path.clone(),
            doing: "read",
            source,
        })?;
        let mut member = Hashed::new(file);
        writer
            .put(&one.path, one.bytes, &mut member)
            .map_err(written)?;
        if member.finish().1 != one.sha256 {
            return Err(damaged(path, "it is not the file that was taken in"));
        }
    }
    let bytes = writer.finish().map_err(written)?;
    Ok(Exported {
        manifest: manifest.answering,
        snapshots: manifest.snapshots.len(),
        packs: manifest.packs.len(),
        holdings: of_holdings.count(),
        bytes,
        sha256: summing.hasher.finish(),
        verifier: signer.verifier().to_string(),
    })
}

fn snapshot(store: &DataDir, all: &[Held], held: Held) -> Result<SnapshotMember, BundleError> {
    let path = store.blob_path(&held.blob);
    // Read to its end, so that a damaged snapshot is not signed.
    let mut content = store.read_blob(&held.blob)?;
    let content_bytes = io::copy(&mut content, &mut io::sink())
        .map_err(|error| damaged(path.clone(), &error.to_string()))?;
    let unreadable = |source| StoreError::Io {
        path: path.clone(),
        doing: "read",
        source,
    };
    let mut member = Hashed::new(File::open(&path).map_err(unreadable)?);
    let bytes = io::copy(&mut member, &mut io::sink()).map_err(unreadable)?;
    if bytes > LARGEST {
        return Err(damaged(path, "it is longer than a bundle can hold"));
    }
    Ok(SnapshotMember {
        path: snapshot_path(&held.blob),
        bytes,
        sha256: member.finish().1,
        replaces: all
            .iter()
            .take_while(|before| before.sequence < held.sequence)
            .filter(|before| compete(&before.snapshot, &held.snapshot))
            .map(|before| OtherCopy::of(&before.snapshot))
            .collect(),
        faults: store
            .unread(held.sequence)?
            .into_iter()
            .map(Into::into)
            .collect(),
        blob: held.blob,
        content_bytes,
        snapshot: held.snapshot,
        layout: held.layout,
        origin: held.origin,
        licence: held.licence,
        fields_unread: held.fields_unread,
        removed: held.removed,
    })
}

fn holdings(store: &DataDir) -> Result<HoldingsMembers, BundleError> {
    let state = store.holdings()?.pop().ok_or(BundleError::NoHoldings)?;
    let mut files = Vec::new();
    for hash in &state.parts {
        let path = store.holdings_path(hash);
        let bytes = std::fs::metadata(&path)
            .map_err(|source| StoreError::Io {
                path: path.clone(),
                doing: "read",
                source,
            })?
            .len();
        if bytes > LARGEST {
            return Err(damaged(path, "it is longer than a bundle can hold"));
        }
        files.push(HoldingsMember {
            path: holdings_path(hash),
            bytes,
            sha256: hash.clone(),
        });
    }
    Ok(HoldingsMembers {
        answering: state.hash,
        taken: state.taken,
        note: state.note,
        files,
    })
}

fn pack(name: &str, text: &str) -> Result<PackMember, BundleError> {
    if !is_pack_name(name) {
        return Err(BundleError::PackName {
            name: name.to_owned(),
        });
    }
    Ok(PackMember {
        path: pack_path(name),
        name: name.to_owned(),
        bytes: text.len() as u64,
        sha256: sha256(text.as_bytes()),
    })
}

fn damaged(path: std::path::PathBuf, what: &str) -> BundleError {
    BundleError::from(StoreError::Damaged {
        path,
        what: what.to_owned(),
    })
}

/// Hashes what is read through it.
pub(super) struct Hashed<R> {
    from: R,
    hasher: Hasher,
}

impl<R> Hashed<R> {
    pub(super) fn new(from: R) -> Self {
        Self {
            from,
            hasher: Hasher::new(),
        }
    }

    /// What was read from, and the hash of what was read.
    pub(super) fn finish(self) -> (R, String) {
        (self.from, self.hasher.finish())
    }
}

impl<R: Read> Read for Hashed<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let taken = self.from.read(into)?;
        self.hasher.update(&into[..taken]);
        Ok(taken)
    }
}

/// Hashes what is written through it.
struct Summing<W> {
    to: W,
    hasher: Hasher,
}

impl<W: Write> Write for Summing<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let taken = self.to.write(bytes)?;
        self.hasher.update(&bytes[..taken]);
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}
