//! The tables of fields inside `docs/deal-file.md`, which is otherwise written
//! by hand.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, ensure};

use super::Page;

const PATH: &str = "docs/deal-file.md";

/// The page with each section's table put in anew: what stands between a
/// section's heading and the end of its first table is replaced.
pub(super) fn page(root: &Path) -> Result<Page> {
    let mut text =
        fs::read_to_string(root.join(PATH)).with_context(|| format!("cannot read {PATH}"))?;
    for (heading, table) in scruple_model::deal::tables() {
        text = replaced(&text, heading, &table)?;
    }
    Ok(Page {
        path: PATH.into(),
        text,
    })
}

fn replaced(page: &str, heading: &str, table: &str) -> Result<String> {
    let title = if heading.contains(['[', '=']) {
        format!("`{heading}`")
    } else {
        "The top of the file".to_owned()
    };
    let heading = format!("### {title}\n\n");
    let (before, rest) = page
        .split_once(&heading)
        .with_context(|| format!("{PATH} has no heading: {}", heading.trim()))?;
    let mut length = 0;
    let mut in_table = false;
    for line in rest.split_inclusive('\n') {
        let row = line.starts_with('|');
        if in_table && !row {
            break;
        }
        ensure!(
            !line.starts_with('#'),
            "{PATH}: no table under {}",
            heading.trim()
        );
        in_table = row;
        length += line.len();
    }
    Ok(format!("{before}{heading}{table}{}", &rest[length..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_table_is_replaced() {
        let page = "# A\n\n### `[x]`\n\nOld.\n\n| a |\n| - |\n| 1 |\n\nBy hand.\n\n### B\n";
        let now = replaced(page, "[x]", "New.\n\n| a |\n| - |\n| 2 |\n").unwrap();
        assert_eq!(
            now,
            "# A\n\n### `[x]`\n\nNew.\n\n| a |\n| - |\n| 2 |\n\nBy hand.\n\n### B\n"
        );
        assert!(replaced(page, "[y]", "").is_err());
        assert!(replaced("### `[x]`\n\n### B\n", "[x]", "").is_err());
    }
}
