//! Pages and schemas that follow from the code.
//!
//! Each is a pure function from the program to a text, so that writing and
//! checking are one thing: `--check` compares where the other writes.

mod cli;
mod deal_file;
mod lists;

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context as _, Result};
use clap::Args;

/// Arguments of `docs`.
#[derive(Args)]
pub struct Arguments {
    /// Write nothing; name the files that differ, and exit 1 if one does.
    #[arg(long)]
    check: bool,
}

/// A generated file: where it goes, below the repository, and what it holds.
pub struct Page {
    /// `docs/cli.md`.
    pub path: String,
    /// Its whole text.
    pub text: String,
}

/// Writes every generated file, or compares.
pub fn run(arguments: &Arguments) -> Result<ExitCode> {
    let root = crate::root();
    if arguments.check {
        let differ = stale(&root)?;
        for path in &differ {
            println!("{path} differs; run `cargo xtask docs`");
        }
        return Ok(if differ.is_empty() {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        });
    }
    for page in pages(&root)? {
        let path = root.join(&page.path);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)
                .with_context(|| format!("cannot create {}", folder.display()))?;
        }
        fs::write(&path, &page.text).with_context(|| format!("cannot write {}", path.display()))?;
        println!("{}", page.path);
    }
    Ok(ExitCode::SUCCESS)
}

/// The generated files that are missing or differ from what the code says.
pub fn stale(root: &Path) -> Result<Vec<String>> {
    let pages = pages(root)?;
    Ok(pages
        .into_iter()
        .filter(|page| fs::read_to_string(root.join(&page.path)).ok().as_ref() != Some(&page.text))
        .map(|page| page.path)
        .collect())
}

/// Every generated file. The pages that are written by hand and hold generated
/// tables are read below `root`.
pub fn pages(root: &Path) -> Result<Vec<Page>> {
    let mut pages = vec![
        Page {
            path: "docs/cli.md".into(),
            text: cli::page(),
        },
        Page {
            path: "docs/lists-known.md".into(),
            text: lists::page()?,
        },
        deal_file::page(root)?,
    ];
    for (name, schema) in schemas() {
        pages.push(Page {
            path: format!("docs/schemas/{name}.schema.json"),
            text: format!("{}\n", serde_json::to_string_pretty(&schema)?),
        });
    }
    Ok(pages)
}

/// The JSON Schema of every published format, by name.
pub fn schemas() -> Vec<(&'static str, serde_json::Value)> {
    let mut all = vec![("deal-1", scruple_model::deal::schema())];
    all.extend(scruple::schemas::all());
    all
}
