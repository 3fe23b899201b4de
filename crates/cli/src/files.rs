//! Files that users give, and the few words around them.

use std::fs;
use std::path::Path;

use anyhow::Context as _;
use scruple_brief::Brief;
use scruple_brief::render::paint::printable;
use serde_json::Value;

use crate::failure::{BadInput, bad_input};

/// Larger than this nobody writes a deal or keeps a brief.
pub(crate) const MOST_BYTES: u64 = 64 * 1024 * 1024;

/// A path in one line: its name may come from strangers, and hold a line break.
pub(crate) fn shown(path: &Path) -> String {
    printable(&path.display().to_string())
}

/// The bytes of a file, or what is wrong with it.
pub(crate) fn bytes(path: &Path) -> anyhow::Result<Vec<u8>> {
    bytes_up_to(path, MOST_BYTES)
}

/// As [`bytes`], up to another size.
pub(crate) fn bytes_up_to(path: &Path, most: u64) -> anyhow::Result<Vec<u8>> {
    let shown = shown(path);
    let meta = fs::metadata(path).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => {
            bad_input(format!("there is no file {shown}"), "look at the path")
        }
        _ => bad_input(
            format!("{shown}: {error}"),
            "look at the path and who may read it",
        ),
    })?;
    if meta.is_dir() {
        return Err(bad_input(
            format!("{shown} is a directory"),
            "name a file in it",
        ));
    }
    if !meta.is_file() {
        return Err(bad_input(
            format!("{shown} is no ordinary file"),
            "save it to a file first",
        ));
    }
    if meta.len() > most {
        return Err(bad_input(
            format!(
                "{shown} has {} MB, more than such a file ever needs",
                meta.len() >> 20
            ),
            "split it, or look whether it is the file you meant",
        ));
    }
    fs::read(path)
        .map_err(|error| bad_input(format!("{shown}: {error}"), "look at who may read it"))
}

/// The text of a file. UTF-8 only: any other encoding would be guessed, and a
/// guessed name is a wrong name.
pub(crate) fn text(path: &Path) -> anyhow::Result<String> {
    let bytes = bytes(path)?;
    let bytes = bytes
        .strip_prefix(b"\xef\xbb\xbf")
        .map(<[u8]>::to_vec)
        .unwrap_or(bytes);
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let all = error.as_bytes();
        let line = all[..at].iter().filter(|b| **b == b'\n').count() + 1;
        let what = if all.starts_with(b"\xff\xfe") || all.starts_with(b"\xfe\xff") {
            "is UTF-16".to_owned()
        } else {
            format!(
                "is not UTF-8: line {line} has a byte 0x{:02x} that is no letter",
                all[at]
            )
        };
        bad_input(format!("{} {what}", shown(path)), "save it as UTF-8")
    })
}

/// A brief and its text, as `check --json` wrote it.
pub(crate) fn brief(path: &Path) -> anyhow::Result<(Brief, String)> {
    let text = text(path)?;
    let wrong = |what: String| {
        bad_input(
            format!("{} is no brief: {what}", shown(path)),
            "make one with scruple check DEAL --json > BRIEF.json",
        )
    };
    let json: Value = serde_json::from_str(&text)
        .map_err(|error| wrong(format!("it is not whole JSON ({error})")))?;
    match json.get("schema").and_then(Value::as_str) {
        Some(scruple_brief::brief::SCHEMA) => {}
        Some(other) => return Err(wrong(format!("it has the schema {other}"))),
        None => return Err(wrong("it states no schema".to_owned())),
    }
    let brief: Brief = serde_json::from_value(json).map_err(|error| wrong(error.to_string()))?;
    Ok((brief, text))
}

/// Writes a file whole or not at all.
pub(crate) fn write(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    // The store says what to do next, which depends on whether the disk is full.
    scruple_store::write_atomically(path, bytes)
        .map_err(|error| BadInput(printable(&format!("error: {error}"))).into())
}

/// The text with its long lines folded, later lines under the text column.
pub(crate) fn fold(text: &str, width: usize) -> String {
    use scruple_brief::render::paint::{Page, Tone};
    let mut page = Page::new(width, false);
    for line in text.lines() {
        match line.strip_prefix("  ") {
            // A label of 14 columns and a space, as `explain` writes them.
            Some(rest) if rest.is_char_boundary(15.min(rest.len())) && rest.len() > 15 => {
                let (label, body) = rest.split_at(15);
                page.fold(&format!("  {label}"), 17, Tone::Plain, body);
            }
            _ if line.is_empty() => page.gap(),
            _ => page.fold("", 2, Tone::Plain, line),
        }
    }
    page.finish()
}

/// The known name that shares most pairs of letters with `name`, if any is close.
pub(crate) fn nearest<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let pairs = |text: &str| -> Vec<(char, char)> {
        let letters: Vec<char> = text.to_lowercase().chars().collect();
        letters.windows(2).map(|w| (w[0], w[1])).collect()
    };
    let mine = pairs(name);
    known
        .map(|other| {
            let theirs = pairs(other);
            let shared = mine.iter().filter(|pair| theirs.contains(pair)).count();
            (shared * 200 / (mine.len() + theirs.len()).max(1), other)
        })
        .filter(|(likeness, _)| *likeness >= 50)
        .max_by(|a, b| a.0.cmp(&b.0).then(b.1.cmp(a.1)))
        .map(|(_, other)| other)
}

/// The text of a directory of packs, by name: `lists`, `starter/us-bis-el`.
pub(crate) fn pack_texts(root: &Path) -> anyhow::Result<scruple_brief::packs::PackTexts> {
    let mut texts = scruple_brief::packs::PackTexts::new();
    for (folder, prefix) in [(root.to_owned(), ""), (root.join("starter"), "starter/")] {
        if !prefix.is_empty() && !folder.is_dir() {
            continue;
        }
        let entries = fs::read_dir(&folder).map_err(|error| {
            bad_input(
                format!("{}: {error}", shown(&folder)),
                "name a directory of packs",
            )
        })?;
        for entry in entries {
            let path = entry.with_context(|| shown(&folder))?.path();
            if path.extension().is_none_or(|ending| ending != "toml") {
                continue;
            }
            if let Some(stem) = path.file_stem().and_then(|stem| stem.to_str()) {
                texts.insert(format!("{prefix}{stem}"), text(&path)?);
            }
        }
    }
    let known = scruple_brief::packs::embedded();
    let unknown: Vec<&str> = texts
        .keys()
        .map(String::as_str)
        .filter(|name| !known.contains_key(*name) && !name.starts_with("starter/"))
        .collect();
    if !unknown.is_empty() {
        let names: Vec<&str> = known.keys().map(String::as_str).collect();
        return Err(bad_input(
            format!(
                "{} holds packs that cannot be replaced: {}",
                shown(root),
                unknown.join(", ")
            ),
            format!("take them out; these can be replaced: {}", names.join(", ")),
        ));
    }
    if texts.is_empty() {
        return Err(bad_input(
            format!("{} holds no pack", shown(root)),
            "a pack is a .toml file: copy those you want to change from packs/",
        ));
    }
    Ok(texts)
}

/// Shows every file below a folder to `see`. Links and hidden folders are not followed:
/// a link could lead to what nobody named.
pub(crate) fn below(folder: &Path, see: &mut dyn FnMut(&Path)) -> anyhow::Result<()> {
    let failed = |error: std::io::Error| {
        bad_input(
            format!("{}: {error}", shown(folder)),
            "name a folder you may read",
        )
    };
    let mut entries = fs::read_dir(folder)
        .and_then(|entries| entries.collect::<std::io::Result<Vec<_>>>())
        .map_err(failed)?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let path = entry.path();
        let kind = entry.file_type().map_err(failed)?;
        let hidden = entry.file_name().to_string_lossy().starts_with('.');
        if kind.is_dir() && !hidden {
            below(&path, see)?;
        } else if kind.is_file() {
            see(&path);
        }
    }
    Ok(())
}
