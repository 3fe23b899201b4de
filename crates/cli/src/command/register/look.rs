//! `scruple register review` and `diff`: before anything is published.

use std::io::Write;

use scruple_brief::render::paint::{Page, Tone};
use scruple_register::diff::diff as changes;
use scruple_register::review::{Point, review as look};
use scruple_register::{SaltKey, Version};
use serde_json::json;

use super::published;
use crate::Edge;
use crate::args::{RegisterDiff, RegisterReview};
use crate::failure::DONE;

pub(super) fn review(
    args: &RegisterReview,
    edge: &Edge,
    out: &mut dyn Write,
) -> anyhow::Result<u8> {
    let register = super::read(&args.file, edge)?;
    let before = match &args.published {
        Some(folder) => Some(published::version(folder)?),
        None => published::kept(edge)?,
    };
    let uncovered = super::uncovered(&args.file, &register, before.as_ref(), edge)?;
    let care = super::care(edge, Vec::new(), said(before.as_ref()), uncovered)?;
    let found = look(&register, before.as_ref(), &care, edge.today);
    if args.json {
        let all = json!({
            "schema": "scruple.register-review/1", "on": edge.today,
            "endangers": found.endangers, "due": found.due,
        });
        writeln!(out, "{}", serde_json::to_string_pretty(&all)?)?;
        return Ok(DONE);
    }
    let mut page = Page::new(edge.width, edge.colour);
    points(
        &mut page,
        "COULD ENDANGER PEOPLE",
        Tone::Stop,
        &found.endangers,
    );
    points(&mut page, "DUE", Tone::Ask, &found.due);
    if found.endangers.is_empty() && found.due.is_empty() {
        page.raw("Nothing is due, and nothing new was found that could endanger people.");
    }
    out.write_all(page.finish().as_bytes())?;
    Ok(DONE)
}

/// What statements that are shown already say.
fn said(version: Option<&Version>) -> Vec<String> {
    let statements = version
        .into_iter()
        .flat_map(|version| &version.counter_statements);
    statements
        .flat_map(|one| [one.about.clone(), one.text.clone()])
        .collect()
}

fn points(page: &mut Page, title: &str, tone: Tone, points: &[Point]) {
    if points.is_empty() {
        return;
    }
    let head = page.tone(tone, title);
    page.raw(&head);
    for point in points {
        page.label(2, &point.id, 24, &point.says);
        page.label(2, "", 24, &format!("Next: {}", point.next));
    }
    page.gap();
}

pub(super) fn diff(args: &RegisterDiff, edge: &Edge, out: &mut dyn Write) -> anyhow::Result<u8> {
    let before = published::version(&args.before)?;
    let after = match &args.after {
        Some(path) => published::version(path)?,
        None => {
            let register = super::read(&args.file, edge)?;
            // A key that is not there yet: nothing was ever withheld under it.
            let key = super::publish::salt_key(&args.file, false)?
                .map_or_else(|| crate::random().map(SaltKey::new), Ok)?;
            let statements = before.counter_statements.clone();
            let earlier: Vec<Version> = if args.before.is_dir() {
                published::site(&args.before)?.versions
            } else {
                vec![before.clone()]
            };
            Version::of(&register, &key, edge.today, &earlier, statements)
        }
    };
    let found = changes(Some(&before), &after);
    if args.json {
        let all = json!({
            "schema": "scruple.register-diff/1", "before": before.hash(), "changes": found,
        });
        writeln!(out, "{}", serde_json::to_string_pretty(&all)?)?;
        return Ok(DONE);
    }
    for change in &found {
        writeln!(out, "{}", change.said())?;
    }
    if found.is_empty() {
        writeln!(
            out,
            "Nothing differs from version {} of {}.",
            before.version, before.published
        )?;
    }
    Ok(DONE)
}
