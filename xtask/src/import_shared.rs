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
pub(crate) struct Arguments {
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
}

/// Reads everything, folds it list by list, writes, and prints the counts.
pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let folder = arguments
        .shared
        .clone()
        .unwrap_or_else(shared)
        .join("data/lists");
    let mut read = vec![csl::read(&folder)?];
    read.extend(parsed::read(&folder)?);
    read.push(uk::read(&folder)?);
    read.push(eu_un::read(&folder)?);

    println!("{:<46} {:>7} {:>8}", "file", "rows", "parties");
    let mut folds: BTreeMap<&'static str, Fold> = BTreeMap::new();
    let mut rows = 0;
    for one in read {
        println!("{:<46} {:>7} {:>8}", one.file, one.rows, one.parties.len());
        rows += one.rows;
        for party in one.parties {
            folds.entry(party.list).or_default().add(party);
        }
    }
    println!("{:<46} {rows:>7}\n", "together");

    fs::create_dir_all(&arguments.out)
        .with_context(|| format!("cannot create {}", arguments.out.display()))?;
    println!(
        "{:<18} {:>8} {:>8} {:>9}  as of",
        "list", "parties", "folded", "entities"
    );
    let mut entities = 0;
    for (list, fold) in folds {
        let given = fold.given();
        let folded = fold.finish()?;
        entities += folded.len();
        println!(
            "{list:<18} {given:>8} {:>8} {:>9}  {}",
            given - folded.len(),
            folded.len(),
            lists::of(list)?.as_of
        );
        let path = arguments.out.join(format!("{list}.jsonl"));
        fs::write(&path, ftm::write_lines(&folded))
            .with_context(|| format!("cannot write {}", path.display()))?;
    }
    println!("{:<18} {:>8} {:>8} {entities:>9}", "together", "", "");
    Ok(())
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
