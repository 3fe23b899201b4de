//! The house rules that a compiler does not hold: which crate may use which,
//! what licence and source an outside library has, what a crate root forbids.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// Who may use whom. Arrows point down only; everybody may use `model`.
const EDGES: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("mapped", &[]),
    ("pack", &["model"]),
    ("names", &[]),
    ("table", &["model"]),
    ("screen", &["model", "names"]),
    ("ownership", &["model", "pack", "table"]),
    ("assess", &["model", "pack"]),
    ("controls", &["model", "pack"]),
    ("review", &["model"]),
    ("store", &["model"]),
    ("lists", &["model"]),
    ("note", &[]),
    ("ledger", &["model", "note"]),
    ("sync", &["lists", "model", "note", "pack", "store"]),
    ("attest", &["ledger", "model", "pack"]),
    ("register", &["ledger", "model"]),
    (
        "brief",
        &[
            "assess",
            "attest",
            "controls",
            "model",
            "ownership",
            "pack",
            "register",
            "review",
            "screen",
        ],
    ),
    (
        "cli",
        &[
            "controls",
            "model",
            "pack",
            "screen",
            "ownership",
            "store",
            "lists",
            "sync",
            "mapped",
            "table",
            "brief",
            "review",
            "ledger",
            "note",
            "attest",
            "register",
            "assess",
            "controls",
        ],
    ),
    (
        "xtask",
        &["model", "pack", "screen", "store", "sync", "brief", "cli"],
    ),
];

/// Licences that go into the binary. None asks for anything but attribution.
const LICENCES: &[&str] = &[
    "Apache-2.0",
    "MIT",
    "MIT-0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "ISC",
    "Zlib",
    "0BSD",
    "CC0-1.0",
    "Unlicense",
    "Unicode-3.0",
    "Unicode-DFS-2016",
    "BSL-1.0",
    "Apache-2.0 WITH LLVM-exception",
];

fn root() -> PathBuf {
    // crates/cli is two below the root.
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .nth(2)
        .unwrap()
        .to_owned()
}

fn metadata() -> Value {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked", "--offline"])
        .current_dir(root())
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    serde_json::from_slice(&output.stdout).unwrap()
}

fn folder(name: &str) -> &str {
    if name == "scruple" {
        "cli"
    } else {
        name.strip_prefix("scruple-").unwrap_or(name)
    }
}

fn ours(metadata: &Value) -> impl Iterator<Item = &Value> {
    metadata["packages"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|package| package["source"].is_null())
}

#[test]
fn arrows_point_down_only() {
    let metadata = metadata();
    let allowed: BTreeMap<_, _> = EDGES.iter().copied().collect();
    for package in ours(&metadata) {
        let name = folder(package["name"].as_str().unwrap());
        let may = allowed
            .get(name)
            .unwrap_or_else(|| panic!("{name} is not in the house"));
        for dependency in package["dependencies"].as_array().unwrap() {
            let test_only = dependency["kind"] == "dev";
            if dependency["path"].is_null() || test_only {
                continue;
            }
            let used = folder(dependency["name"].as_str().unwrap());
            assert!(may.contains(&used), "{name} may not use {used}");
        }
    }
}

#[test]
fn only_model_mapped_and_the_allowed_crates_exist() {
    let metadata = metadata();
    let here: BTreeSet<_> = ours(&metadata)
        .map(|p| folder(p["name"].as_str().unwrap()))
        .collect();
    let house: BTreeSet<_> = EDGES.iter().map(|(name, _)| *name).collect();
    assert_eq!(here, house, "the table of edges and the folders differ");
}

#[test]
fn every_outside_library_has_a_free_licence_and_comes_from_the_registry() {
    let metadata = metadata();
    let mut wrong = Vec::new();
    for package in metadata["packages"].as_array().unwrap() {
        let Some(source) = package["source"].as_str() else {
            continue;
        };
        let name = format!("{} {}", package["name"], package["version"]);
        if !source.starts_with("registry+") {
            wrong.push(format!("{name} comes from {source}"));
        }
        match package["license"].as_str() {
            None => wrong.push(format!("{name} states no licence")),
            Some(licence) if !is_free(licence) => wrong.push(format!("{name} is {licence}")),
            Some(_) => {}
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// An expression is free if one way through it is: `A OR B` by either, `A AND B` by both.
fn is_free(expression: &str) -> bool {
    let plain = expression.replace('/', " OR ").replace(['(', ')'], " ");
    let free = |licence: &str| LICENCES.contains(&licence.trim());
    if expression.contains('(') {
        // The few with brackets are `(A OR B) AND C`.
        return plain
            .split(" AND ")
            .all(|part| part.split(" OR ").any(free));
    }
    plain.split(" OR ").any(|way| way.split(" AND ").all(free))
}

#[test]
fn licence_expressions_are_read() {
    assert!(is_free("MIT OR GPL-3.0"));
    assert!(is_free("Unlicense/MIT"));
    assert!(is_free("(MIT OR Apache-2.0) AND Unicode-3.0"));
    assert!(!is_free("MIT AND GPL-3.0"));
    assert!(!is_free("AGPL-3.0"));
}

#[test]
fn every_crate_root_but_mapped_forbids_unsafe_code() {
    for (name, _) in EDGES {
        let base = if *name == "xtask" {
            root().join(name)
        } else {
            root().join("crates").join(name)
        };
        for file in ["src/lib.rs", "src/main.rs"] {
            let Ok(text) = std::fs::read_to_string(base.join(file)) else {
                continue;
            };
            let forbids = text.contains("#![forbid(unsafe_code)]");
            assert_eq!(forbids, *name != "mapped", "{name}/{file}");
        }
    }
}

#[test]
fn no_machine_path_and_no_finished_word_stands_in_the_repository() {
    let mut wrong = Vec::new();
    walk(&root(), &mut |path, text| {
        // Put together here so that this file does not find itself.
        for word in [
            ["/wo", "rk/"].concat(),
            ["todo", "!("].concat(),
            ["unimplemented", "!("].concat(),
        ] {
            if text.contains(&word) {
                wrong.push(format!("{} has {word}", path.display()));
            }
        }
    });
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn walk(folder: &Path, see: &mut dyn FnMut(&Path, &str)) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if name == "target" || name == ".git" || name.ends_with(".lock") {
            continue;
        }
        if path.is_dir() {
            walk(&path, see);
        } else if let Ok(text) = std::fs::read_to_string(&path) {
            see(&path, &text);
        }
    }
}

/// Files in `tests/` are parts of one program, and a part that nobody names is not run.
#[test]
fn every_test_that_is_written_is_run() {
    let metadata = metadata();
    for package in ours(&metadata) {
        let manifest = Path::new(package["manifest_path"].as_str().unwrap());
        let base = manifest.parent().unwrap();
        let (run, silent): (Vec<_>, Vec<_>) = package["targets"]
            .as_array()
            .unwrap()
            .iter()
            .map(|target| (target, PathBuf::from(target["src_path"].as_str().unwrap())))
            .partition(|(target, _)| target["test"] == true);
        let named = std::fs::read_to_string(base.join("tests/main.rs")).unwrap_or_default();
        for entry in std::fs::read_dir(base.join("tests")).into_iter().flatten() {
            let path = entry.unwrap().path();
            let name = path.file_stem().unwrap().to_string_lossy();
            let is_run = named.contains(&format!("\nmod {name};\n"))
                || run.iter().any(|(_, source)| *source == path);
            let is_test = path.extension().is_some_and(|ending| ending == "rs");
            assert!(is_run || !is_test, "{} is not run", path.display());
        }
        for (target, source) in silent {
            let holds = |text: &str| text.contains(&["#[", "test]"].concat());
            let is_library = target["kind"][0] == "lib";
            let mut tests = Vec::new();
            if is_library {
                walk(source.parent().unwrap(), &mut |path, text| {
                    if holds(text) {
                        tests.push(path.to_owned());
                    }
                });
            } else if holds(&std::fs::read_to_string(&source).unwrap()) {
                tests.push(source);
            }
            assert!(tests.is_empty(), "{tests:?} are not run");
        }
    }
}
