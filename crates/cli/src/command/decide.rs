//! `scruple decide`: the decision on a brief, appended beside it.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use scruple_brief::decision::{Condition, Decision, Outcome};

use super::ledger::hook::{self, When};
use crate::args::Decide;
use crate::failure::{DONE, Faults, bad_input};
use crate::files::shown;
use crate::{Edge, files};

pub(crate) fn run(args: &Decide, edge: &Edge, out: &mut dyn Write) -> anyhow::Result<u8> {
    let (brief, text) = files::brief(&args.brief)?;
    let outcome = if args.stop {
        Outcome::Stop
    } else if args.proceed {
        Outcome::Proceed
    } else {
        Outcome::Conditions
    };
    let decision = Decision::new(
        &brief,
        &text,
        edge.today,
        outcome,
        conditions(args)?,
        &args.by,
        &args.reason,
    )
    .map_err(|refused| crate::failure::BadInput(format!("error: {refused}")))?;
    let path = beside(&args.brief);
    append(&path, &decision)?;
    writeln!(out, "{} written to {}", describe(&decision), shown(&path))?;
    let record = serde_json::to_value(&decision)?;
    match hook::commit(&record, When::Batched, edge) {
        Ok(None) => {}
        Ok(Some(told)) => writeln!(out, "  {told}")?,
        Err(error) => {
            return Err(Faults(format!(
                "{}\n  effect: the decision is written, and is not in the log\n  next: when the log works again, scruple ledger append {}",
                crate::failure::told(&error),
                shown(&path)
            ))
            .into());
        }
    }
    Ok(DONE)
}

/// The conditions, each with its day and owner: none or one for each, since one that is
/// matched with the wrong day is worse than one without.
fn conditions(args: &Decide) -> anyhow::Result<Vec<Condition>> {
    let all = args.conditions.len();
    for (name, given) in [("--due", args.due.len()), ("--owner", args.owner.len())] {
        if given != 0 && given != all {
            return Err(bad_input(
                format!(
                    "{given} {name} for {}",
                    scruple_brief::words::count(all, "condition")
                ),
                format!("give {name} once for each condition, in their order, or never"),
            ));
        }
    }
    Ok(args
        .conditions
        .iter()
        .enumerate()
        .map(|(at, text)| Condition {
            text: text.clone(),
            due: args.due.get(at).copied(),
            owner: args.owner.get(at).cloned(),
        })
        .collect())
}

fn describe(decision: &Decision) -> String {
    let what = match decision.outcome {
        Outcome::Proceed => "proceed",
        Outcome::Stop => "stop",
        Outcome::Conditions => "proceed under conditions",
    };
    let past = match decision.past_stops.len() {
        0 => String::new(),
        n => format!(
            ", past {}",
            scruple_brief::words::count(n, "stop-level finding")
        ),
    };
    format!("decision to {what} by {}{past}", decision.by)
}

/// `brief.json` gives `brief.decisions.jsonl`.
pub(crate) fn beside(brief: &Path) -> PathBuf {
    brief.with_extension("decisions.jsonl")
}

/// Adds a line and waits until it is on disk. What stands there is never
/// changed: a line cut off by a crash is closed before the next is added.
pub(crate) fn append(path: &Path, decision: &impl serde::Serialize) -> anyhow::Result<()> {
    let named = || shown(path);
    let before = match fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Vec::new(),
        Err(error) => return Err(error).with_context(named),
    };
    let mut line = String::new();
    if before.last().is_some_and(|last| *last != b'\n') {
        line.push('\n');
    }
    line.push_str(&serde_json::to_string(decision)?);
    line.push('\n');
    let mut options = OpenOptions::new();
    options.create(true).append(true);
    // It names a person.
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path).map_err(|error| {
        bad_input(
            format!("{}: {error}", shown(path)),
            "copy the brief to a folder you may write to, and decide there",
        )
    })?;
    file.write_all(line.as_bytes())
        .and_then(|()| file.sync_all())
        .map_err(|error| {
            Faults(format!(
                "error: {}: {error}\n  next: free some space and decide again; earlier decisions are unchanged",
                shown(path)
            ))
            .into()
        })
}
