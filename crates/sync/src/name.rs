//! The name of a user's list.

use scruple_model::ListId;

use crate::SyncError;

/// Longer names are cut: they stand in every line of output.
const LONGEST: usize = 48;

/// `user-NAME`, NAME from what the user says or else from the file's name without
/// its endings, in `[a-z0-9-]`: `EU list (2026).ftm.jsonl.zst` gives `user-eu-list-2026`.
///
/// # Errors
/// [`SyncError::Name`] where no letter or digit is left.
pub fn list_name(as_name: Option<&str>, file_name: &str) -> Result<ListId, SyncError> {
    let given = as_name.unwrap_or_else(|| stem(file_name));
    let mut name = String::new();
    for c in given.chars() {
        match c.to_ascii_lowercase() {
            c @ ('a'..='z' | '0'..='9') => name.push(c),
            _ if name.ends_with('-') || name.is_empty() => {}
            _ => name.push('-'),
        }
    }
    name.truncate(LONGEST);
    let name = name.trim_end_matches('-');
    if name.is_empty() {
        return Err(SyncError::Name {
            given: given.to_owned(),
        });
    }
    // Saying the prefix too is no mistake.
    let name = name.strip_prefix("user-").unwrap_or(name);
    Ok(ListId::new(format!("user-{name}")))
}

fn stem(file_name: &str) -> &str {
    let mut stem = file_name;
    while let Some((before, ending)) = stem.rsplit_once('.') {
        let known = ["zst", "zstd", "jsonl", "json", "ndjson", "ftm", "entities"];
        if before.is_empty() || !known.contains(&ending.to_ascii_lowercase().as_str()) {
            break;
        }
        stem = before;
    }
    stem
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(as_name: Option<&str>, file: &str) -> String {
        list_name(as_name, file).map_or_else(|error| error.to_string(), |list| list.to_string())
    }

    #[test]
    fn the_files_name_serves_without_its_endings() {
        for (file, list) in [
            ("us-bis-el.jsonl", "user-us-bis-el"),
            ("EU list (2026).ftm.jsonl.zst", "user-eu-list-2026"),
            ("entities.ftm.json", "user-entities"),
            ("v1.2.jsonl", "user-v1-2"),
        ] {
            assert_eq!(name(None, file), list);
        }
    }

    #[test]
    fn what_the_user_says_goes_first() {
        assert_eq!(name(Some("Acme Watch"), "x.jsonl"), "user-acme-watch");
        assert_eq!(name(Some("user-acme"), "x.jsonl"), "user-acme");
    }

    #[test]
    fn a_name_without_letters_asks_for_one() {
        assert!(name(None, "список.jsonl").contains("--as"));
        assert!(name(Some("--"), "x.jsonl").contains("--as"));
        assert!(name(Some(""), "x.jsonl").contains("--as"));
    }
}
