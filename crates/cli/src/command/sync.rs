//! `scruple sync`: takes lists into the data directory.

use std::io::Write;

use indicatif::ProgressBar;
use scruple_brief::render::paint::printable;
use scruple_brief::words::count;
use scruple_model::ListId;
use scruple_model::ftm::{Duplicate, Skipped};
use scruple_store::{DataDir, Held, Mode};
use scruple_sync::{Admission, LeftOut, Limits, Offers, Report, Said, SyncError, offers, take};
use serde_json::json;

use crate::args::Sync;
use crate::failure::{BadInput, DONE, bad_input};
use crate::{Edge, vintage, world};

pub(crate) fn run(args: &Sync, edge: &Edge, out: &mut dyn Write) -> anyhow::Result<u8> {
    if args.name.is_some() && args.from.len() > 1 {
        return Err(bad_input(
            "--as names one list, and several files are given",
            "take them in one by one, or let each be named after its file",
        ));
    }
    if let Some(day) = args.dated.filter(|day| *day > edge.today) {
        return Err(bad_input(
            format!("--dated {day} is in the future"),
            "give the day the publisher states",
        ));
    }
    let Some(folder) = &edge.data else {
        return Err(bad_input(
            "there is no place for lists",
            "name one with --data DIR",
        ));
    };
    let packs = world::packs(edge)?;
    let mut store = DataDir::open(folder, Mode::Write)?;
    let limits = Limits::default();
    let said = Said {
        name: args.name.clone(),
        dated: args.dated,
    };
    let bar = waiting(edge, "looking at the files");
    // Files that cannot be opened must not keep the others out.
    let Offers {
        offers,
        mut refused,
        passed_over,
    } = offers(&args.from, &said, store.root(), &limits);
    bar.set_message(format!("reading {}", count(offers.len(), "list")));
    let admission = Admission {
        accept_shrink: args
            .accept_shrink
            .iter()
            .map(|id| ListId::from(id.as_str()))
            .collect(),
        limits,
    };
    let answers = take(&mut store, &offers, edge.today, &admission, &world::build)?;
    bar.finish_and_clear();
    store.note_surroundings(&vintage::surroundings_text(&packs)?, edge.today)?;

    let mut outcome = Outcome {
        passed_over,
        ..Outcome::default()
    };
    for answer in answers {
        match answer {
            Ok(taken) => {
                outcome.reports.extend(taken.reports);
                outcome.left_out.extend(taken.left_out);
                refused.extend(taken.refused);
            }
            Err(error) => refused.push(error),
        }
    }
    // Older snapshots first: the last line of a list is the one that answers.
    outcome
        .reports
        .sort_by(|a, b| (&a.list, a.published).cmp(&(&b.list, b.published)));
    if args.json {
        print_json(&outcome, &refused, out)?;
    } else {
        print_table(&outcome, &store.manifest()?.held, out)?;
    }
    if refused.is_empty() {
        return Ok(DONE);
    }
    let text: Vec<String> = refused
        .iter()
        .map(|error| format!("error: {error}"))
        .collect();
    let text = text.join("\n");
    if refused.iter().all(SyncError::is_input) {
        Err(BadInput(text).into())
    } else {
        Err(anyhow::anyhow!(text))
    }
}

/// What was done, apart from what was refused.
#[derive(Default)]
struct Outcome {
    reports: Vec<Report>,
    left_out: Vec<LeftOut>,
    passed_over: Vec<(String, String)>,
}

fn waiting(edge: &Edge, message: &'static str) -> ProgressBar {
    if !edge.progress {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new_spinner();
    bar.set_message(message);
    bar.enable_steady_tick(std::time::Duration::from_millis(120));
    bar
}

fn print_json(outcome: &Outcome, refused: &[SyncError], out: &mut dyn Write) -> anyhow::Result<()> {
    let lists: Vec<_> = outcome
        .reports
        .iter()
        .map(|report| {
            json!({
                "list": report.list, "origin": report.origin, "hash": report.hash,
                "published": report.published, "records": report.records,
                "entities": report.entities, "added": report.added, "removed": report.removed,
                "amended": report.amended, "unchanged": report.unchanged,
                "unread": report.unread_count,
                "unread_first": report.unread.iter().map(ToString::to_string).collect::<Vec<_>>(),
                "dropped": report.dropped,
                "skipped": report.skipped.iter().map(skipped).collect::<Vec<_>>(),
                "fields_unread": report.fields_unread, "layout": report.layout,
                "answering": report.answering,
                "duplicates": report.duplicates.iter().map(repeated).collect::<Vec<_>>(),
            })
        })
        .collect();
    let refused: Vec<_> = refused.iter().map(ToString::to_string).collect();
    let passed_over: Vec<_> = outcome
        .passed_over
        .iter()
        .map(|(origin, what)| json!({ "origin": origin, "what": what }))
        .collect();
    let all = json!({
        "schema": "scruple.sync/1", "lists": lists, "refused": refused,
        "left_out": outcome.left_out, "passed_over": passed_over,
    });
    writeln!(out, "{}", serde_json::to_string_pretty(&all)?)?;
    Ok(())
}

fn print_table(outcome: &Outcome, held: &[Held], out: &mut dyn Write) -> anyhow::Result<()> {
    let reports = &outcome.reports;
    let wide = reports
        .iter()
        .map(|r| r.list.as_str().len())
        .max()
        .unwrap_or(0)
        .max(4);
    if !reports.is_empty() {
        writeln!(
            out,
            "{:<wide$}  {:<10}  {:>8}  {:>8}  {:>7}  {:>7}  {:>7}  {:>6}  hash",
            "list", "published", "records", "entities", "added", "removed", "amended", "unread"
        )?;
    }
    for report in reports {
        let published = report
            .published
            .map_or_else(|| "not stated".to_owned(), |d| d.to_string());
        let hash = report.hash.get(..12).unwrap_or("");
        let unchanged = match (report.unchanged, report.answering) {
            (_, Some(day)) => format!("  kept for the past; that of {day} answers"),
            (true, None) => "  unchanged".to_owned(),
            (false, None) => String::new(),
        };
        writeln!(
            out,
            "{:<wide$}  {published:<10}  {:>8}  {:>8}  {:>7}  {:>7}  {:>7}  {:>6}  {hash}{unchanged}",
            report.list.as_str(),
            report.records,
            report.entities,
            report.added,
            report.removed,
            report.amended,
            report.unread_count
        )?;
    }
    for report in reports {
        notes(report, out)?;
    }
    for left in &outcome.left_out {
        writeln!(
            out,
            "{}: {} in {} left out: {}",
            left.list,
            count(
                usize::try_from(left.records).unwrap_or(usize::MAX),
                "record"
            ),
            printable(&left.origin),
            left.why
        )?;
    }
    for (origin, what) in &outcome.passed_over {
        let what = what.split("; next: ").next().unwrap_or(what);
        writeln!(out, "{}: passed over: {what}", printable(origin))?;
    }
    for report in reports {
        let twins = held.iter().map(|held| &held.snapshot);
        for twin in twins
            .filter(|s| s.hash == report.hash && s.list != report.list && s.list.is_users_own())
        {
            writeln!(
                out,
                "{}: the same file is held as {} too; every match will show twice",
                report.list, twin.list
            )?;
        }
    }
    if held.len() <= reports.len()
        && !reports.is_empty()
        && !reports.iter().all(|report| report.unchanged)
    {
        writeln!(out, "\nThe starter pack is left out from now on.")?;
    }
    Ok(())
}

/// What was dropped, skipped, repeated or not read, each with a few examples.
fn notes(report: &Report, out: &mut dyn Write) -> anyhow::Result<()> {
    const SHOWN: usize = 5;
    if !report.dropped.is_empty() {
        let dropped: Vec<String> = report
            .dropped
            .iter()
            .map(|(name, count)| format!("{name} {count}"))
            .collect();
        let dropped = dropped.join(", ");
        writeln!(
            out,
            "{}: dropped what says what a person is ({dropped}); the records stay",
            report.list
        )?;
    }
    for (what, lines) in [
        (
            "skipped",
            report.skipped.iter().map(skipped).collect::<Vec<_>>(),
        ),
        ("repeated", report.duplicates.iter().map(repeated).collect()),
        (
            "unread",
            report.unread.iter().map(ToString::to_string).collect(),
        ),
    ] {
        for line in lines.iter().take(SHOWN) {
            writeln!(out, "{}: {what}: {}", report.list, printable(line))?;
        }
        if lines.len() > SHOWN {
            writeln!(
                out,
                "{}: {what}: and {} more (--json shows them)",
                report.list,
                lines.len() - SHOWN
            )?;
        }
    }
    Ok(())
}

fn skipped(skipped: &Skipped) -> String {
    format!(
        "{} of schema {}: {}",
        skipped.count, skipped.schema, skipped.why
    )
}

fn repeated(twice: &Duplicate) -> String {
    format!(
        "{} stands in line {} and again in line {}: read as one",
        twice.id, twice.first_line, twice.line
    )
}
