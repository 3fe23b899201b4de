//! The table of lists: what each means for a deal, and how it can be held.

use std::fmt::Write as _;

use anyhow::Result;
use scruple_brief::packs::Packs;
use scruple_brief::words;

const ABOUT: &str = "# Lists\n\n\
Made by `cargo xtask docs` from `packs/lists.toml` and `packs/not-read.toml`. The wording is ours and has not been\n\
compared with the publishers' pages; `scruple explain LIST` prints an entry whole.\n\n\
## Lists whose meaning for a deal is known\n\n\
*Held* says how a list can be used today. *starter* means that organisations and public bodies on it, put there for\n\
abuses in Xinjiang or for repression technology, are part of the built-in starter pack: an excerpt, never the list.\n\
*sync* means that `scruple sync` takes it in: from the publisher's own file or a transcription\n\
([Lists](lists.md#which-files) says which), or from FollowTheMoney lines under any of the names, as that file's word.\n\
OFAC's lists other than the SDN list come in one file, and are held together as `us-ofac-cons`. A copy older than\n\
*cadence* counts as stale, and the answer says so.\n\n";

/// `docs/lists-known.md`.
pub(super) fn page() -> Result<String> {
    let packs = Packs::built_in()?;
    let mut page = ABOUT.to_owned();
    page.push_str("| list | title | publisher | rule | asks for | cadence | held |\n");
    page.push_str("| --- | --- | --- | --- | --- | --- | --- |\n");
    for entry in &packs.lists.entries {
        let list = &entry.body;
        let mut names = format!("`{}`", list.list);
        for name in &list.also {
            let _ = write!(names, "<br>`{name}`");
        }
        let held = match packs.starter.iter().find(|s| s.list == list.list) {
            Some(starter) => format!(
                "starter ({}), sync",
                words::count(starter.entities.len(), "record")
            ),
            None => "sync".to_owned(),
        };
        let _ = writeln!(
            page,
            "| {names} | {} | {} | `{}` | {} | {} | {held} |",
            cell(&list.title),
            cell(&list.publisher),
            entry.id,
            words::effect(list.effect).to_lowercase(),
            words::count(list.cadence_days.into(), "day"),
        );
    }
    page.push_str("\n## Lists that are known and not read\n\n");
    page.push_str("Every brief names them under *not looked at*.\n\n");
    page.push_str("| list | title | publisher | why it matters |\n| --- | --- | --- | --- |\n");
    for list in &packs.not_read {
        let title = match &list.link {
            Some(link) => format!("[{}]({link})", cell(&list.title)),
            None => cell(&list.title),
        };
        let _ = writeln!(
            page,
            "| `{}` | {title} | {} | {} |",
            list.id,
            cell(&list.publisher),
            cell(&list.why)
        );
    }
    Ok(page)
}

/// A text that stays in its cell.
fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}
