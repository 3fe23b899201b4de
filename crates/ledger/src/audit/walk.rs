//! One pass over all files of a log.

use std::collections::BTreeMap;

use super::Seen;
use super::report::{Break, Kind, Report};
use super::source::{Source, SourceFault};
use crate::checkpoint::Checkpoint;
use crate::merkle::{Hash, Range, from_base64, leaf_hash};
use crate::tile::{
    Kind as Row, LARGEST_ENTRY, Tile, TileFault, WIDTH, levels, read_entries, read_hashes,
    root_over, tile_at,
};
use crate::tree::{Prover, Tiles};

/// The largest bundle: full, of the longest entries.
const BUNDLE: u64 = WIDTH * (2 + LARGEST_ENTRY as u64);
/// A tile, and what a file that is too long shows.
const TILE: u64 = 64 << 10;
/// Differing entries of one tile that are named one by one.
const NAMED: usize = 4;

/// Something that does not fit, until it is known which side is right.
struct Differs {
    tile: Tile,
    /// Positions in the tile.
    at: Vec<u64>,
}

pub(super) fn walk(
    source: &mut dyn Source,
    checkpoint: &Checkpoint,
    seen: &[Seen],
    report: &mut Report,
) {
    let size = checkpoint.size;
    let mut walk = Walk {
        source,
        report,
        size,
        rows: vec![Vec::new(); usize::from(levels(size)) + 1],
        edge: Range::default(),
        roots: BTreeMap::new(),
        differs: Vec::new(),
        whole: true,
    };
    let mut sizes: Vec<u64> = seen
        .iter()
        .map(|one| one.size)
        .filter(|s| *s <= size)
        .collect();
    sizes.sort_unstable();
    sizes.dedup();
    walk.remember(&sizes);
    for index in 0..size.div_ceil(WIDTH) {
        if !walk.bundle(index, &sizes) {
            walk.whole = false;
            break;
        }
    }
    if walk.whole {
        for level in 0..walk.rows.len() {
            walk.part(level);
        }
    }
    let Walk {
        edge,
        roots,
        differs,
        whole,
        ..
    } = walk;
    let fits = whole && edge.root() == checkpoint.root;
    if whole && !fits {
        which_entries(source, checkpoint, &differs, report);
    } else {
        for one in &differs {
            let text = format!(
                "hash {} of it is not what the entries give, and the entries give the signed root",
                one.at[0]
            );
            report.found(Break::new(Kind::ChangedHash, one.tile.path(), text));
        }
    }
    compare(checkpoint, seen, &roots, fits, report);
}

struct Walk<'a> {
    source: &'a mut dyn Source,
    report: &'a mut Report,
    size: u64,
    /// The last tile of each level, as the entries give it.
    rows: Vec<Vec<Hash>>,
    edge: Range,
    /// The entries' root at each size that was seen.
    roots: BTreeMap<u64, Hash>,
    differs: Vec<Differs>,
    whole: bool,
}

impl Walk<'_> {
    /// Reads a bundle and the tile of its hashes. False where it cannot go on.
    fn bundle(&mut self, index: u64, sizes: &[u64]) -> bool {
        let tile = tile_at(Row::Entries, index, self.size).expect("the index is below the size");
        let begin = index * WIDTH;
        let end = begin + tile.width - 1;
        let (bytes, path, is_own) = match fetch(self.source, tile, BUNDLE) {
            Ok(Some(found)) => found,
            Ok(None) => {
                let text = "the file is missing, and with it the entries it holds";
                self.report
                    .found(Break::new(Kind::Deleted, tile.path(), text).at(begin, end));
                return false;
            }
            Err(fault) => {
                self.report
                    .found(not_read(&tile.path(), &fault).at(begin, end));
                return false;
            }
        };
        let (entries, surplus) = match read_entries(&bytes, tile.width) {
            Ok(read) => read,
            Err(fault) => {
                let first = begin + self.first_wrong(tile, &bytes, fault);
                self.report
                    .found(Break::new(Kind::Truncated, path, fault.to_string()).at(first, end));
                return false;
            }
        };
        if surplus > 0 && is_own {
            self.report.notices.push(format!(
                "{path} holds {surplus} more than its {} entries; only those that the checkpoint covers count",
                tile.width
            ));
        }
        for entry in entries {
            let hash = leaf_hash(entry);
            self.rows[0].push(hash);
            self.edge.push(hash);
            self.report.read += 1;
            if sizes.binary_search(&self.edge.size()).is_ok() {
                self.roots.insert(self.edge.size(), self.edge.root());
            }
        }
        if self.rows[0].len() as u64 == WIDTH {
            self.full(0, index);
        }
        true
    }

    /// Where a bundle that does not end well goes wrong. A changed length shifts all that
    /// follows: the file of hashes may know an earlier entry that is not what was signed.
    fn first_wrong(&mut self, tile: Tile, bytes: &[u8], fault: TileFault) -> u64 {
        let TileFault::Cut { found, .. } = fault else {
            return 0;
        };
        let Ok((entries, _)) = read_entries(bytes, found) else {
            return found;
        };
        let hashes = Served(self.source).hashes(Tile {
            kind: Row::Hashes(0),
            ..tile
        });
        let Ok(hashes) = hashes else {
            return found;
        };
        (0..)
            .zip(entries.iter().zip(&hashes))
            .find(|(_, (entry, hash))| leaf_hash(entry) != **hash)
            .map_or(found, |(at, _)| at)
    }

    fn remember(&mut self, sizes: &[u64]) {
        if sizes.first() == Some(&0) {
            self.roots.insert(0, self.edge.root());
        }
    }

    /// A full row: compared with its file, and one hash for the row above.
    fn full(&mut self, level: usize, index: u64) {
        let hashes = std::mem::take(&mut self.rows[level]);
        self.compare(level, index, &hashes);
        let above = &mut self.rows[level + 1];
        above.push(root_over(&hashes));
        if above.len() as u64 == WIDTH {
            self.full(level + 1, index / WIDTH);
        }
    }

    fn part(&mut self, level: usize) {
        let hashes = std::mem::take(&mut self.rows[level]);
        if !hashes.is_empty() {
            let row = self.size >> (8 * level);
            self.compare(level, row / WIDTH, &hashes);
        }
    }

    fn compare(&mut self, level: usize, index: u64, hashes: &[Hash]) {
        let tile = Tile {
            kind: Row::Hashes(u8::try_from(level).expect("at most eight levels")),
            index,
            width: hashes.len() as u64,
        };
        let found = match fetch(self.source, tile, TILE) {
            Ok(Some((bytes, path, is_own))) => {
                let bytes = if is_own {
                    &bytes[..]
                } else {
                    &bytes[..bytes.len().min(hashes.len() * 32)]
                };
                match read_hashes(bytes, tile.width) {
                    Ok(found) => found,
                    Err(fault) => {
                        let kind = Kind::Truncated;
                        self.report.found(Break::new(kind, path, fault.to_string()));
                        return;
                    }
                }
            }
            Ok(None) => {
                let text = "the file of hashes is missing: proofs through it cannot be made";
                self.report
                    .found(Break::new(Kind::Deleted, tile.path(), text));
                return;
            }
            Err(fault) => {
                self.report.found(not_read(&tile.path(), &fault));
                return;
            }
        };
        let at: Vec<u64> = (0..)
            .zip(found.iter().zip(hashes))
            .filter(|(_, (found, ours))| found != ours)
            .map(|(at, _)| at)
            .collect();
        if !at.is_empty() {
            self.differs.push(Differs { tile, at });
        }
    }
}

/// The file of a tile, or the full one in its place; with its path, and whether it is the
/// tile's own.
fn fetch(
    source: &mut dyn Source,
    tile: Tile,
    most: u64,
) -> Result<Option<(Vec<u8>, String, bool)>, SourceFault> {
    for (tile, is_own) in [(tile, true), (tile.full(), false)] {
        let path = tile.path();
        if let Some(bytes) = source.get(&path, most)? {
            return Ok(Some((bytes, path, is_own)));
        }
        if tile.width == WIDTH {
            break;
        }
    }
    Ok(None)
}

fn not_read(path: &str, fault: &SourceFault) -> Break {
    let kind = match fault {
        // A file that is too long is read, and is not what it should be.
        SourceFault::TooLong { .. } => Kind::Truncated,
        _ => Kind::NotRead,
    };
    Break::new(kind, path, fault.to_string())
}

/// The entries do not give the signed root. If the hashes do, they say which entries are
/// not what was signed.
fn which_entries(
    source: &mut dyn Source,
    checkpoint: &Checkpoint,
    differs: &[Differs],
    report: &mut Report,
) {
    let mut served = Served(source);
    let root = Prover::new(&mut served, checkpoint.size).root();
    let right = root.ok() == Some(checkpoint.root);
    let mut named = false;
    for one in differs {
        let path = one.tile.path();
        if one.tile.kind != Row::Hashes(0) {
            continue;
        }
        let bundle = Tile {
            kind: Row::Entries,
            ..one.tile
        };
        let begin = one.tile.index * WIDTH;
        let vouched = right && vouched_for(&mut served, checkpoint.size, one.tile);
        if vouched {
            named = true;
            for at in one.at.iter().take(NAMED) {
                let text = format!(
                    "entry {} is not the one whose hash was signed ({} agrees with the signed root)",
                    begin + at,
                    path
                );
                report.found(
                    Break::new(Kind::ChangedEntry, bundle.path(), text).at(begin + at, begin + at),
                );
            }
            if one.at.len() > NAMED {
                let last = one.at[one.at.len() - 1];
                let text = format!(
                    "{} entries of this file are not those that were signed",
                    one.at.len()
                );
                report.found(
                    Break::new(Kind::ChangedEntry, bundle.path(), text)
                        .at(begin + one.at[0], begin + last),
                );
            }
        } else {
            let text = format!(
                "entries and hashes differ from hash {} on ({path}, {}), and neither is shown to be what was signed",
                one.at[0],
                bundle.path()
            );
            report.found(
                Break::new(Kind::Root, path, text)
                    .at(begin + one.at[0], begin + one.tile.width - 1),
            );
        }
    }
    if !named {
        report.found(Break::new(
            Kind::Root,
            "checkpoint",
            "the entries do not give the root that was signed",
        ));
    }
}

/// Whether a full tile is what the tile above says, up to the top; the last of a row is
/// vouched for by the root itself.
fn vouched_for(served: &mut Served<'_>, size: u64, tile: Tile) -> bool {
    let Row::Hashes(mut level) = tile.kind else {
        return false;
    };
    let mut tile = tile;
    loop {
        if tile.width < WIDTH {
            return true;
        }
        let Ok(hashes) = served.hashes(tile) else {
            return false;
        };
        level += 1;
        let Some(above) = tile_at(Row::Hashes(level), tile.index / WIDTH, size) else {
            return false;
        };
        let at = usize::try_from(tile.index % WIDTH).expect("below 256");
        match served.hashes(above) {
            Ok(row) if row[at] == root_over(&hashes) => tile = above,
            _ => return false,
        }
    }
}

struct Served<'a>(&'a mut dyn Source);

impl Tiles for Served<'_> {
    type Fault = ();

    fn hashes(&mut self, tile: Tile) -> Result<Vec<Hash>, ()> {
        let (mut bytes, _, is_own) = fetch(self.0, tile, TILE).ok().flatten().ok_or(())?;
        if !is_own {
            bytes.truncate(usize::try_from(tile.width * 32).expect("at most 8 KB"));
        }
        read_hashes(&bytes, tile.width).map_err(|_| ())
    }
}

/// Whether this history is the one that was seen before.
fn compare(
    checkpoint: &Checkpoint,
    seen: &[Seen],
    roots: &BTreeMap<u64, Hash>,
    fits: bool,
    report: &mut Report,
) {
    // The largest size up to which the entries are as they were seen.
    let mut same_until = None;
    let mut told = Vec::new();
    for one in seen.iter().filter(|one| !one.broken) {
        let root = from_base64(&one.root);
        if one.size > checkpoint.size {
            let text = format!(
                "{} entries were shown before, and {} are shown now",
                one.size, checkpoint.size
            );
            told.push((
                Break::new(Kind::Rollback, "checkpoint", text).at(checkpoint.size, one.size - 1),
                one,
            ));
        } else if one.size == checkpoint.size && root != Some(checkpoint.root) {
            let text = format!(
                "two checkpoints of {} entries have different roots, and the log's key signed both",
                one.size
            );
            told.push((Break::new(Kind::SplitView, "checkpoint", text), one));
        } else if let Some(found) = roots.get(&one.size) {
            if root == Some(*found) {
                same_until = same_until.max(Some(one.size));
                let is_statement = one.location.starts_with("handover/");
                report.continues += u64::from(fits && !is_statement);
            } else if fits {
                let text = format!(
                    "the first {} entries are not those that were shown before, and the log's key signed both histories",
                    one.size
                );
                told.push((Break::new(Kind::SplitView, "checkpoint", text), one));
            }
        }
    }
    for (mut found, one) in told {
        if found.kind == Kind::SplitView {
            let first = same_until.filter(|size| *size < one.size).unwrap_or(0);
            found = found.at(first, one.size.saturating_sub(1));
        }
        found.evidence = vec![one.note.clone(), report.note.clone()];
        report.found(found);
    }
    if let Some(size) = same_until
        && !fits
    {
        report.notices.push(format!(
            "The first {size} entries are as they were seen before: what was changed comes after."
        ));
    }
}
