//! A published register, read back: from its folder, and the copy kept here.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use scruple_register::Version;
use scruple_register::site::{Committed, History, version_file};
use scruple_register::version::check_history;

use crate::Edge;
use crate::failure::bad_input;
use crate::files::{self, shown};

/// The version published last, in the data directory: what `check` looks at.
const KEPT: &str = "register.json";
/// Every version that was published from here, by its hash.
const VERSIONS: &str = "registers";

/// A folder that was published.
#[derive(Default)]
pub(super) struct Site {
    /// Oldest first.
    pub(super) versions: Vec<Version>,
    /// Where a ledger holds them.
    pub(super) committed: BTreeMap<u32, Committed>,
    /// Files of counter-statements.
    pub(super) statements: BTreeMap<String, Vec<u8>>,
}

/// Reads a folder; an empty site where there is none.
pub(super) fn site(folder: &Path) -> anyhow::Result<Site> {
    if !folder.exists() {
        return Ok(Site::default());
    }
    let names = names(folder)?;
    if names.is_empty() {
        return Ok(Site::default());
    }
    let foreign: Vec<&String> = names.iter().filter(|name| !is_ours(name)).collect();
    if !foreign.is_empty() {
        let some: Vec<&str> = foreign.iter().take(5).map(|name| name.as_str()).collect();
        return Err(bad_input(
            format!(
                "{} holds files that publishing would take away: {}",
                shown(folder),
                some.join(", ")
            ),
            "name a folder that holds the register alone, such as public/register",
        ));
    }
    let history: History = json(&folder.join("history.json"))?;
    let mut site = Site::default();
    for (number, line) in (1..).zip(history.versions.iter().rev()) {
        let path = folder.join(version_file(number));
        let version: Version = json(&path)?;
        // The hash is over the bytes that everybody reads, not over what we make of them.
        if files::bytes(&path)? != version.bytes() || line.sha256 != version.hash() {
            return Err(bad_input(
                format!(
                    "{} was changed after it was published: it has not the hash that history.json names",
                    shown(&path)
                ),
                "put the folder back as it was published, from its history or a copy; nothing was written",
            ));
        }
        site.versions.push(version);
    }
    check_history(&site.versions).map_err(|fault| {
        bad_input(
            format!("{}: {fault}", shown(folder)),
            "put the folder back as it was published, from its history or a copy; nothing was written",
        )
    })?;
    for line in history.versions {
        if let Some(committed) = line.committed {
            site.committed.insert(line.version, committed);
        }
    }
    for name in names
        .iter()
        .filter_map(|name| name.strip_prefix("statements/"))
    {
        let bytes = files::bytes(&folder.join("statements").join(name))?;
        site.statements.insert(name.to_owned(), bytes);
    }
    Ok(site)
}

/// Whether what a folder shows is the newest that was published from here, or goes on from
/// it. An older state, or the newest changed, would begin a second history.
pub(super) fn goes_on(site: &Site, folder: &Path, edge: &Edge) -> anyhow::Result<()> {
    let (Some(last), Some(kept)) = (site.versions.last(), kept(edge)?) else {
        return Ok(());
    };
    if kept.owner.name != last.owner.name {
        return Ok(());
    }
    let refused = |what: String| {
        Err(bad_input(
            format!("{} {what}", shown(folder)),
            "put back the newest folder that was published; every version that was published from here lies in the data directory, under registers; nothing was written",
        ))
    };
    let at = usize::try_from(kept.version).unwrap_or(usize::MAX);
    let there = at.checked_sub(1).and_then(|at| site.versions.get(at));
    if there.is_some_and(|there| there.previous == kept.previous && there.hash() != kept.hash()) {
        return refused(format!(
            "shows another version {} than was published from here on {}",
            kept.version, kept.published
        ));
    }
    // Each version holds the hash of the one before.
    let last_hash = last.hash();
    let is_older = versions(edge)?
        .iter()
        .any(|version| version.previous.as_ref() == Some(&last_hash));
    if is_older {
        return refused(format!(
            "shows version {}, and version {} was published from here on {}",
            last.version, kept.version, kept.published
        ));
    }
    Ok(())
}

/// Whether this may be the first version in a folder: where one was published from here, only
/// the very same. Another would begin a second history, and open no commitment of the first.
pub(super) fn begins(
    site: &Site,
    version: &Version,
    folder: &Path,
    edge: &Edge,
) -> anyhow::Result<()> {
    let is_first = site.versions.is_empty();
    let other = kept(edge)?.filter(|kept| {
        is_first && kept.owner.name == version.owner.name && kept.hash() != version.hash()
    });
    match other {
        None => Ok(()),
        Some(kept) => Err(bad_input(
            format!(
                "{} is empty, and version {} was published from here on {}: a second history would begin",
                shown(folder),
                kept.version,
                kept.published
            ),
            "name the folder that was published, or put it back from a copy; if that was a trial, name another data directory with --data; nothing was published",
        )),
    }
}

fn is_ours(name: &str) -> bool {
    const FILES: [&str; 8] = [
        "index.html",
        "history.html",
        "counter-statements.html",
        "register.json",
        "history.json",
        "register.csv",
        "register.ftm.jsonl",
        "osh.csv",
    ];
    FILES.contains(&name)
        || name
            .strip_prefix("versions/")
            .or_else(|| name.strip_prefix("statements/"))
            .is_some_and(|rest| rest.ends_with(".json") && !rest.contains('/'))
}

/// Every file below a folder, `/` between folders, sorted.
fn names(folder: &Path) -> anyhow::Result<Vec<String>> {
    let mut found = Vec::new();
    let mut open = vec![(folder.to_owned(), String::new())];
    while let Some((folder, prefix)) = open.pop() {
        let entries = fs::read_dir(&folder).map_err(|error| {
            bad_input(
                format!("{}: {error}", shown(&folder)),
                "name a folder that you may read",
            )
        })?;
        for entry in entries {
            let path = entry?.path();
            let last = path
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            if path.is_dir() {
                open.push((path, format!("{prefix}{last}/")));
            } else {
                found.push(format!("{prefix}{last}"));
            }
        }
    }
    found.sort();
    Ok(found)
}

/// One version from its file, or the newest of a folder.
pub(super) fn version(path: &Path) -> anyhow::Result<Version> {
    if path.is_dir() {
        return json(&path.join("register.json"));
    }
    json(path)
}

fn json<T: serde::de::DeserializeOwned>(path: &Path) -> anyhow::Result<T> {
    serde_json::from_str(&files::text(path)?).map_err(|error| {
        bad_input(
            format!(
                "{} is no file of a published register: {error}",
                shown(path)
            ),
            "name what scruple register publish wrote",
        )
    })
}

fn kept_at(edge: &Edge) -> Option<PathBuf> {
    Some(edge.data.as_ref()?.join(KEPT))
}

/// The version published last from here; none where none was.
pub(crate) fn kept(edge: &Edge) -> anyhow::Result<Option<Version>> {
    match kept_at(edge).filter(|path| path.exists()) {
        Some(path) => Ok(Some(json(&path)?)),
        None => Ok(None),
    }
}

/// Every version of it that was published from here, the newest first.
pub(crate) fn versions(edge: &Edge) -> anyhow::Result<Vec<Version>> {
    let mut all: Vec<Version> = kept(edge)?.into_iter().collect();
    while let Some(hash) = all.last().and_then(|version| version.previous.clone()) {
        match kept_as(edge, &hash)? {
            Some(version) => all.push(version),
            None => break,
        }
    }
    Ok(all)
}

/// The version with that hash that was published from here.
pub(crate) fn kept_as(edge: &Edge, hash: &str) -> anyhow::Result<Option<Version>> {
    let plain = hash.len() == 64 && hash.bytes().all(|b| b.is_ascii_hexdigit());
    let Some(folder) = edge.data.as_ref().filter(|_| plain) else {
        return Ok(None);
    };
    let path = folder.join(VERSIONS).join(format!("{hash}.json"));
    match path.exists() {
        true => Ok(Some(json(&path)?)),
        false => Ok(None),
    }
}

/// Keeps it for `check`, and for answering again what was answered with it.
pub(super) fn keep(version: &Version, edge: &Edge) -> anyhow::Result<()> {
    let (Some(path), Some(folder)) = (kept_at(edge), &edge.data) else {
        return Ok(());
    };
    scruple_store::DataDir::open(folder, scruple_store::Mode::Write)?;
    let versions = folder.join(VERSIONS);
    fs::create_dir_all(&versions)?;
    let name = format!("{}.json", version.hash());
    files::write(&versions.join(name), &version.bytes())?;
    files::write(&path, &version.bytes())
}
