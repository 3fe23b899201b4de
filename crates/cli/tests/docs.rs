//! What the documentation claims: its commands run and end with the code they
//! state, its links and paths lead somewhere, its numbers are the program's.
//!
//! The convention, in Markdown:
//! - in a block marked `sh`, each line that starts with `scruple ` or
//!   `$ scruple ` is run, one after the other, in a directory of its own for each
//!   page, which holds a copy of `examples/`;
//! - `<!-- exit: 3 -->` before a block states the code of each of its commands,
//!   0 where it is left out; `<!-- exit: 3 0 -->` states one for each;
//! - `<!-- file: NAME -->` before a block of any kind writes its text to NAME first.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> PathBuf {
    // crates/cli is two below the root.
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .nth(2)
        .unwrap()
        .to_owned()
}

/// Every page: those at the root, and the book.
fn pages() -> Vec<PathBuf> {
    let mut pages: Vec<PathBuf> = [root(), root().join("docs")]
        .iter()
        .flat_map(|folder| fs::read_dir(folder).unwrap())
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "md"))
        .collect();
    pages.sort();
    assert!(pages.len() > 8, "the book is not where it was");
    pages
}

fn named(page: &Path) -> String {
    page.strip_prefix(root()).unwrap().display().to_string()
}

#[derive(Default)]
struct Block {
    line: usize,
    language: String,
    text: String,
    exits: Vec<i32>,
    file: Option<String>,
}

/// The fenced blocks of a page, with the comments before them.
fn blocks(page: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut next = Block::default();
    let mut open = false;
    for (number, line) in page.lines().enumerate() {
        let trimmed = line.trim();
        if let Some(language) = trimmed.strip_prefix("```") {
            if open {
                blocks.push(std::mem::take(&mut next));
            } else {
                next.line = number + 1;
                next.language = language.trim().to_owned();
            }
            open = !open;
        } else if open {
            next.text.push_str(line);
            next.text.push('\n');
        } else if let Some(codes) = comment(trimmed, "exit:") {
            next.exits = codes
                .split_whitespace()
                .map(|code| code.parse().unwrap())
                .collect();
        } else if let Some(name) = comment(trimmed, "file:") {
            next.file = Some(name.to_owned());
        } else if !trimmed.is_empty() {
            // A comment belongs to the block right below it.
            next = Block::default();
        }
    }
    assert!(!open, "a block is never closed");
    blocks
}

fn comment<'a>(line: &'a str, key: &str) -> Option<&'a str> {
    let inner = line.strip_prefix("<!--")?.strip_suffix("-->")?.trim();
    Some(inner.strip_prefix(key)?.trim())
}

/// The commands of a block, continued lines joined.
fn commands(block: &Block) -> Vec<String> {
    block
        .text
        .replace("\\\n", " ")
        .lines()
        .map(|line| line.trim().trim_start_matches("$ ").to_owned())
        .filter(|line| line.starts_with("scruple "))
        .collect()
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, target).unwrap();
        }
    }
}

/// Runs a command line as a reader would, with nothing of this machine's own.
fn run(line: &str, folder: &Path) -> (Option<i32>, String) {
    let program = Path::new(env!("CARGO_BIN_EXE_scruple"));
    let output = Command::new("sh")
        .args(["-c", line])
        .current_dir(folder)
        .env_clear()
        .env(
            "PATH",
            format!("{}:/usr/bin:/bin", program.parent().unwrap().display()),
        )
        .env("HOME", folder)
        .env("XDG_DATA_HOME", folder.join("data-home"))
        .output()
        .unwrap();
    let said = [output.stdout, output.stderr].concat();
    (
        output.status.code(),
        String::from_utf8_lossy(&said).into_owned(),
    )
}

#[test]
fn every_command_in_the_documentation_runs_as_stated() {
    let mut ran = 0;
    let mut wrong = Vec::new();
    for page in pages() {
        let text = fs::read_to_string(&page).unwrap();
        let folder = tempfile::tempdir().unwrap();
        copy(&root().join("examples"), &folder.path().join("examples"));
        for block in blocks(&text) {
            let place = format!("{}:{}", named(&page), block.line);
            if let Some(name) = &block.file {
                let path = folder.path().join(name);
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(path, &block.text).unwrap();
            }
            if block.language != "sh" {
                continue;
            }
            let commands = commands(&block);
            if block.exits.len() > 1 {
                assert_eq!(block.exits.len(), commands.len(), "{place}: codes");
            }
            for (at, command) in commands.iter().enumerate() {
                let stated = *block.exits.get(at).or(block.exits.first()).unwrap_or(&0);
                let (code, said) = run(command, folder.path());
                ran += 1;
                if code != Some(stated) {
                    wrong.push(format!(
                        "{place}: {command}\nended with {code:?}, not {stated}:\n{said}"
                    ));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(ran >= 30, "only {ran} commands were found");
}

/// `<!-- excerpt: DEAL -->` before a block: every line of it is one that `check` prints.
#[test]
fn excerpts_are_what_the_program_prints() {
    let mut seen = 0;
    for page in pages() {
        let text = fs::read_to_string(&page).unwrap();
        for part in text.split("<!-- excerpt: ").skip(1) {
            let (deal, rest) = part.split_once(" -->").unwrap();
            let block = rest.split("```").nth(1).unwrap();
            let (_, said) = run(&format!("scruple --data none check {deal}"), &root());
            for line in block.lines().skip(1).filter(|line| !line.is_empty()) {
                seen += 1;
                assert!(
                    said.lines().any(|one| one == line),
                    "{}: {line}",
                    named(&page)
                );
            }
        }
    }
    assert!(seen > 10, "{seen} lines of excerpts");
}

/// A page without its fenced blocks: what stands there is text, not a link.
fn prose(page: &str) -> String {
    let mut open = false;
    page.lines()
        .filter(|line| {
            let fence = line.trim().starts_with("```");
            open ^= fence;
            !open && !fence
        })
        .fold(String::new(), |all, line| all + line + "\n")
}

/// The anchor of a heading, as Markdown viewers make it.
fn anchor(heading: &str) -> String {
    heading
        .trim()
        .to_lowercase()
        .chars()
        .filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'))
        .map(|c| if c == ' ' { '-' } else { c })
        .collect()
}

fn anchors(page: &Path) -> BTreeSet<String> {
    prose(&fs::read_to_string(page).unwrap())
        .lines()
        .filter(|line| line.starts_with('#'))
        .map(|line| anchor(line.trim_start_matches('#')))
        .collect()
}

#[test]
fn every_link_in_the_documentation_leads_somewhere() {
    let mut wrong = Vec::new();
    let mut seen = 0;
    for page in pages() {
        let text = prose(&fs::read_to_string(&page).unwrap());
        for part in text.split("](").skip(1) {
            let target = part.split(')').next().unwrap_or("");
            if target.contains("://") || target.starts_with("mailto:") {
                continue;
            }
            seen += 1;
            let (path, fragment) = target.split_once('#').unwrap_or((target, ""));
            let there = if path.is_empty() {
                page.clone()
            } else {
                page.parent().unwrap().join(path)
            };
            if !there.exists() {
                wrong.push(format!("{}: {target} is not there", named(&page)));
            } else if !fragment.is_empty() && !anchors(&there).contains(fragment) {
                wrong.push(format!("{}: {target} has no such heading", named(&page)));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(seen >= 30, "only {seen} links were found");
}

const FOLDERS: [&str; 8] = [
    "docs/",
    "crates/",
    "packs/",
    "examples/",
    "xtask/",
    "fuzz/",
    "proofs/",
    ".ci/",
];

#[test]
fn every_path_in_the_documentation_exists() {
    let mut wrong = Vec::new();
    let mut seen = 0;
    for page in pages() {
        let text = prose(&fs::read_to_string(&page).unwrap());
        for word in text.split('`').skip(1).step_by(2) {
            let is_path = FOLDERS.iter().any(|folder| word.starts_with(folder))
                || (word.ends_with(".md") && !word.contains('/') && !word.contains(' '));
            if !is_path || word.contains(char::is_whitespace) {
                continue;
            }
            seen += 1;
            // `packs/*.toml`: the folder has to hold such a file.
            let there = match word.split_once('*') {
                None => root().join(word).exists() || page.parent().unwrap().join(word).exists(),
                Some((folder, ending)) => fs::read_dir(root().join(folder)).is_ok_and(|files| {
                    files
                        .flatten()
                        .any(|file| file.file_name().to_string_lossy().ends_with(ending))
                }),
            };
            if !there {
                wrong.push(format!("{}: `{word}` is not there", named(&page)));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(seen >= 20, "only {seen} paths were found");
}

#[test]
fn the_contents_page_names_every_page_of_the_book() {
    let contents = fs::read_to_string(root().join("docs/README.md")).unwrap();
    for page in pages() {
        let name = page.file_name().unwrap().to_string_lossy().into_owned();
        let in_book = page.parent() == Some(&root().join("docs")) && name != "README.md";
        if in_book {
            assert!(
                contents.contains(&format!("]({name})")),
                "docs/README.md does not name {name}"
            );
        }
    }
}

/// `const STRONG: u16 = 9_000;` gives 9000.
fn constant(file: &str, name: &str) -> i64 {
    let text = fs::read_to_string(root().join(file)).unwrap();
    let start = format!("const {name}: ");
    let line = text
        .lines()
        .find_map(|line| line.trim().trim_start_matches("pub ").strip_prefix(&start))
        .unwrap_or_else(|| panic!("{file} has no {name}"));
    let value = line.split_once('=').unwrap().1.trim().trim_end_matches(';');
    value.replace('_', "").parse().unwrap()
}

#[test]
fn the_numbers_of_screening_are_those_of_the_program() {
    let page = fs::read_to_string(root().join("docs/screening.md")).unwrap();
    let scale = "crates/screen/src/score/calibration.rs";
    let beside = "crates/screen/src/score/beside.rs";
    let decimal =
        |points: i64| format!("{}.{:02}", points.abs() / 10_000, points.abs() / 100 % 100);
    for name in [
        "SAME_DAY",
        "SAME_MONTH",
        "SAME_YEAR",
        "OTHER_DAY",
        "OTHER_YEAR",
        "OTHER_IDENTIFIER",
    ] {
        let points = constant(beside, name).abs();
        let stated = format!("{},{:03}", points / 1_000, points % 1_000);
        assert!(page.contains(&stated), "docs/screening.md: {name} {stated}");
    }
    for (row, file, name) in [
        ("| strong | ", scale, "STRONG"),
        ("| moderate | ", scale, "MODERATE"),
        ("| the same identifier | up to ", beside, "SAME_IDENTIFIER"),
        ("| threshold | ", "crates/screen/src/search.rs", "THRESHOLD"),
    ] {
        let stated = format!("{row}{}", decimal(constant(file, name)));
        assert!(page.contains(&stated), "docs/screening.md: {stated}");
    }
}

/// The formats named in the program, each with a heading on the page of formats.
#[test]
fn every_published_format_is_described() {
    let page = fs::read_to_string(root().join("docs/formats.md")).unwrap();
    let (_, help) = run("scruple schema --help", &root());
    let names: Vec<&str> = help
        .lines()
        .filter_map(|line| line.trim().strip_prefix("- ")?.split(':').next())
        .collect();
    assert!(names.len() >= 5, "{help}");
    for name in names {
        let format = format!("scruple.{}", name.replace("-1", "/1"));
        assert!(
            page.lines()
                .any(|line| line.starts_with("## ") && line.contains(&format)),
            "docs/formats.md has no heading for {format}"
        );
    }
}

/// Every field that a schema knows is named where its format is described.
#[test]
fn every_field_of_a_format_is_described() {
    let page = fs::read_to_string(root().join("docs/formats.md")).unwrap();
    let mut missing = Vec::new();
    for name in [
        "brief-1",
        "decision-1",
        "since-1",
        "match-1",
        "review-1",
        "watch-1",
        "compare-1",
    ] {
        let (_, text) = run(&format!("scruple schema {name}"), &root());
        let schema: serde_json::Value = serde_json::from_str(&text).unwrap();
        let mut fields = BTreeSet::new();
        fields_of(&schema, &mut fields);
        assert!(fields.len() > 2, "{name}");
        for field in fields {
            if !page.contains(&format!("`{field}`")) {
                missing.push(format!("{name}: {field}"));
            }
        }
    }
    assert!(missing.is_empty(), "docs/formats.md misses {missing:?}");
}

fn fields_of(schema: &serde_json::Value, into: &mut BTreeSet<String>) {
    match schema {
        serde_json::Value::Object(map) => {
            for (key, value) in map {
                if key == "properties"
                    && let Some(fields) = value.as_object()
                {
                    into.extend(fields.keys().cloned());
                }
                fields_of(value, into);
            }
        }
        serde_json::Value::Array(list) => list.iter().for_each(|value| fields_of(value, into)),
        _ => {}
    }
}

/// The house as ARCHITECTURE.md shows it, against the manifests.
#[test]
fn the_table_of_crates_is_what_the_manifests_say() {
    let page = fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let mut shown = BTreeSet::new();
    for row in page.lines().filter(|line| line.starts_with("| `")) {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        let name = cells[1].trim_matches('`').to_owned();
        let stated: BTreeSet<String> = cells[2]
            .split(',')
            .map(|used| used.trim().to_owned())
            .filter(|used| used != "–")
            .collect();
        let folder = if name == "xtask" {
            root().join("xtask")
        } else {
            root().join("crates").join(&name)
        };
        let manifest = fs::read_to_string(folder.join("Cargo.toml")).unwrap();
        let used: BTreeSet<String> = manifest
            .lines()
            .skip_while(|line| *line != "[dependencies]")
            .skip(1)
            .take_while(|line| !line.starts_with('['))
            .filter_map(|line| line.strip_prefix("scruple-")?.split(['.', ' ']).next())
            .map(str::to_owned)
            .collect();
        assert_eq!(stated, used, "ARCHITECTURE.md, row {name}");
        shown.insert(name);
    }
    let here: BTreeSet<String> = fs::read_dir(root().join("crates"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .chain(["xtask".to_owned()])
        .collect();
    assert_eq!(shown, here, "ARCHITECTURE.md and the folders differ");
}
