//! The shared list files that are not in an official layout, as FollowTheMoney.
//!
//! Other people parsed, reshaped or packed these files, each in a way of their
//! own, and some lists stand in two of them. Until the official layouts are read,
//! this is how matching and briefs are tried on whole lists. Rows become parties,
//! parties of one list that are the same become one, and each list becomes a file
//! that `scruple sync --from` takes.
//!
//! What a row says is kept in its own words. A date somebody padded (a year read
//! as 1 January) becomes a year again: padded, it would contradict a real birthday.

mod csl;
mod dates;
mod eu_un;
mod lists;
mod names;
mod parsed;
mod party;
mod uk;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use clap::Args;
use scruple_model::ftm;

use party::{Fold, Party};

/// Arguments of `import-shared`.
#[derive(Args)]
pub struct Arguments {
    /// Where the files go; made where it is missing.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Where the shared set lies [default: $SCRUPLE_SHARED, else ../shared].
    #[arg(long, value_name = "DIR")]
    shared: Option<PathBuf>,
}

/// What was read of one file.
struct Read {
    file: &'static str,
    rows: usize,
    parties: Vec<Party>,
    /// Listings a row speaks of that a newer file no longer has.
    left_out: usize,
}

/// Reads everything, folds it list by list, writes, and prints the counts. Gives
/// back how many entities each list has.
pub fn run(arguments: &Arguments) -> Result<BTreeMap<&'static str, usize>> {
    let folder = arguments
        .shared
        .clone()
        .unwrap_or_else(shared)
        .join("data/lists");
    let read = read_all(&folder)?;
    println!(
        "{:<46} {:>7} {:>8} {:>8}",
        "file", "rows", "parties", "left out"
    );
    for one in &read {
        println!(
            "{:<46} {:>7} {:>8} {:>8}",
            one.file,
            one.rows,
            one.parties.len(),
            one.left_out
        );
    }
    let rows: usize = read.iter().map(|one| one.rows).sum();
    println!("{:<46} {rows:>7}\n", "together");

    fs::create_dir_all(&arguments.out)
        .with_context(|| format!("cannot create {}", arguments.out.display()))?;
    println!(
        "{:<18} {:>8} {:>8} {:>9}  as of",
        "list", "parties", "folded", "entities"
    );
    let mut counts = BTreeMap::new();
    for (list, fold) in fold_all(read) {
        let given = fold.given();
        let entities = fold.finish()?;
        counts.insert(list, entities.len());
        println!(
            "{list:<18} {given:>8} {:>8} {:>9}  {}",
            given - entities.len(),
            entities.len(),
            lists::of(list)?.as_of
        );
        let path = arguments.out.join(format!("{list}.jsonl"));
        fs::write(&path, ftm::write_lines(&entities))
            .with_context(|| format!("cannot write {}", path.display()))?;
    }
    let together: usize = counts.values().sum();
    println!("{:<18} {:>8} {:>8} {together:>9}", "together", "", "");
    Ok(counts)
}

fn read_all(folder: &Path) -> Result<Vec<Read>> {
    let us = csl::read(folder)?;
    let eu_un = eu_un::read(folder, &us.parties)?;
    let mut read = vec![us];
    read.extend(parsed::read(folder)?);
    read.push(uk::read(folder)?);
    read.push(eu_un);
    Ok(read)
}

fn fold_all(read: Vec<Read>) -> BTreeMap<&'static str, Fold> {
    let mut folds: BTreeMap<&'static str, Fold> = BTreeMap::new();
    for party in read.into_iter().flat_map(|one| one.parties) {
        folds.entry(party.list).or_default().add(party);
    }
    folds
}

/// A file's text, unpacked where it is compressed.
fn text_of(folder: &Path, name: &str) -> Result<String> {
    let path = folder.join(name);
    let bytes = fs::read(&path)
        .with_context(|| format!("cannot read {} (set SCRUPLE_SHARED)", path.display()))?;
    let bytes = if name.ends_with(".zst") {
        zstd::decode_all(&bytes[..]).with_context(|| format!("cannot unpack {}", path.display()))?
    } else {
        bytes
    };
    String::from_utf8(bytes).with_context(|| format!("{} is not UTF-8", path.display()))
}

#[expect(
    clippy::disallowed_methods,
    reason = "where the shared set lies is the machine's matter"
)]
fn shared() -> PathBuf {
    std::env::var_os("SCRUPLE_SHARED").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared"),
        PathBuf::from,
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// Reads the whole shared set, where it is there.
    fn all() -> Option<Vec<Read>> {
        let folder = shared().join("data/lists");
        if !folder.join("MANIFEST.md").exists() {
            println!(
                "skipped: {} is not there (set SCRUPLE_SHARED)",
                folder.display()
            );
            return None;
        }
        Some(read_all(&folder).unwrap())
    }

    #[test]
    fn no_name_of_any_row_is_lost_in_folding() {
        let Some(read) = all() else { return };
        let mut given: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
        for party in read.iter().flat_map(|one| &one.parties) {
            given.entry(party.list).or_default().extend(party.names());
        }
        for (list, fold) in fold_all(read) {
            let entities = fold.finish().unwrap();
            let kept: BTreeSet<&str> = entities
                .iter()
                .flat_map(|entity| entity.names().map(|(_, name)| name))
                .collect();
            let lost: Vec<_> = given[list]
                .iter()
                .filter(|n| !kept.contains(n.as_str()))
                .collect();
            assert!(lost.is_empty(), "{list}: {lost:?}");
        }
    }

    #[test]
    fn what_is_written_is_read_back_whole() {
        let Some(read) = all() else { return };
        for (list, fold) in fold_all(read) {
            let entities = fold.finish().unwrap();
            assert!(
                ftm::list_alias(list).is_some(),
                "{list} is not a list we know"
            );
            let mut reader = ftm::Reader::new(list.into());
            for (at, line) in ftm::write_lines(&entities).lines().enumerate() {
                reader.take(at as u64 + 1, line).unwrap();
            }
            let back = reader.finish();
            assert_eq!(
                (back.orphans.len(), back.duplicates.len()),
                (0, 0),
                "{list}"
            );
            assert!(back.dropped.is_empty() && back.skipped.is_empty(), "{list}");
            assert_eq!(back.entities.len(), entities.len(), "{list}");
            for (back, entity) in back.entities.iter().zip(&entities) {
                assert_eq!(back, entity);
            }
        }
    }
}
