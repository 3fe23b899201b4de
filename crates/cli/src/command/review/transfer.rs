//! `scruple review export` and `import`: the log as JSON lines, in its order.

use std::collections::BTreeSet;
use std::io::Write;

use scruple_brief::words::count;
use scruple_review::{Decision, SCHEMA};

use super::{row, to_write};
use crate::args::{ReviewExport, ReviewImport};
use crate::failure::{BadInput, DONE};
use crate::{Edge, files, reviews, world};

/// Problems shown before the rest is counted.
const SHOWN: usize = 20;

pub(super) fn export(args: &ReviewExport, edge: &Edge, out: &mut dyn Write) -> anyhow::Result<u8> {
    let log = match world::store(edge)? {
        Some(store) => reviews::log(&store)?,
        None => Vec::new(),
    };
    let mut text = String::new();
    for (_, decision) in &log {
        text.push_str(&serde_json::to_string(decision)?);
        text.push('\n');
    }
    let Some(path) = &args.file else {
        out.write_all(text.as_bytes())?;
        return Ok(DONE);
    };
    files::write(path, text.as_bytes())?;
    writeln!(
        out,
        "{} written to {}. They can be read with this data directory's review.key only: carry it \
         by another way.",
        count(log.len(), "decision"),
        path.display()
    )?;
    Ok(DONE)
}

pub(super) fn import(args: &ReviewImport, edge: &Edge, out: &mut dyn Write) -> anyhow::Result<u8> {
    let text = files::text(&args.file)?;
    let mut store = to_write(edge)?;
    let key = reviews::key(&store)?.map(|key| key.id());
    let mut problems = Vec::new();
    let mut read = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        if line.trim().is_empty() {
            continue;
        }
        match decision(line, key.as_deref()) {
            Ok(decision) => read.push(decision),
            Err(what) => problems.push(format!("{} line {number}: {what}", args.file.display())),
        }
    }
    if !problems.is_empty() {
        let more = problems.len().saturating_sub(SHOWN);
        problems.truncate(SHOWN);
        let mut said = format!("error: {}", problems.join("\nerror: "));
        if more > 0 {
            said.push_str(&format!("\nand {more} more"));
        }
        said.push_str("\nnothing was taken");
        return Err(BadInput(said).into());
    }
    let mut known: BTreeSet<String> = store
        .reviews()?
        .into_iter()
        .map(|row| row.content)
        .collect();
    let mut new = Vec::new();
    let (mut held, mut over) = (0, 0);
    for decision in &read {
        let row = row(decision)?;
        if decision.keep_until < edge.today {
            over += 1;
        } else if known.insert(row.content.clone()) {
            new.push(row);
        } else {
            held += 1;
        }
    }
    store.add_reviews(&new)?;
    store.forget_overdue_reviews(edge.today)?;
    writeln!(
        out,
        "{} taken, {held} held already, {over} left out because their retention has passed.",
        count(new.len(), "decision")
    )?;
    Ok(DONE)
}

fn decision(line: &str, key: Option<&str>) -> Result<Decision, String> {
    let export = "next: give what `scruple review export` wrote";
    let decision: Decision =
        serde_json::from_str(line).map_err(|error| format!("no decision ({error}); {export}"))?;
    if decision.schema != SCHEMA {
        return Err(format!("its format is {}; {export}", decision.schema));
    }
    if decision.subject.len() != 64 || !decision.subject.bytes().all(|b| b.is_ascii_hexdigit()) {
        return Err(format!("its subject is no keyed hash; {export}"));
    }
    if key != Some(decision.key.as_str()) {
        return Err(format!(
            "made with the key {}, {}; next: copy review.key of that data directory into this one \
             first, where no decision is kept yet",
            decision.key,
            key.map_or_else(
                || "and there is none here".to_owned(),
                |here| format!("and the one here is {here}")
            )
        ));
    }
    Ok(decision)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_decision_says_why() {
        for (line, what) in [
            ("{}", "no decision"),
            ("[]", "no decision"),
            ("{\"schema\":\"scruple.review/1\"", "no decision"),
        ] {
            let said = decision(line, Some("x")).unwrap_err();
            assert!(said.contains(what) && said.contains("next:"), "{said}");
        }
    }
}
