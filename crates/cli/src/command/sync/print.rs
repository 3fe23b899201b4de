//! What a sync did, as a table and as JSON.

use std::io::Write;

use scruple_brief::render::paint::printable;
use scruple_brief::words::count;
use scruple_model::ListId;
use scruple_model::ftm::{Duplicate, Skipped};
use scruple_store::Held;
use scruple_sync::{LeftOut, Report};
use serde_json::json;

/// What was done, apart from what was refused.
#[derive(Default)]
pub(super) struct Outcome {
    pub(super) reports: Vec<Report>,
    pub(super) left_out: Vec<LeftOut>,
    pub(super) passed_over: Vec<(String, String)>,
    /// Sets that the publisher's server calls unchanged.
    pub(super) not_modified: Vec<ListId>,
    /// What was refused or did not come, in words.
    pub(super) refused: Vec<String>,
}

pub(super) fn print_json(outcome: &Outcome, out: &mut dyn Write) -> anyhow::Result<()> {
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
    let passed_over: Vec<_> = outcome
        .passed_over
        .iter()
        .map(|(origin, what)| json!({ "origin": origin, "what": what }))
        .collect();
    let all = json!({
        "schema": "scruple.sync/1", "lists": lists, "refused": outcome.refused,
        "left_out": outcome.left_out, "passed_over": passed_over,
        "not_modified": outcome.not_modified,
    });
    writeln!(out, "{}", serde_json::to_string_pretty(&all)?)?;
    Ok(())
}

pub(super) fn print_table(
    outcome: &Outcome,
    held: &[Held],
    out: &mut dyn Write,
) -> anyhow::Result<()> {
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
    for list in &outcome.not_modified {
        writeln!(
            out,
            "{list}: unchanged at the publisher since it was last asked"
        )?;
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
        ("unread", faults(report, &["record-unread"])),
        ("name not read", faults(report, &["name-unread"])),
        ("not understood", faults(report, &["field-unread"])),
        ("not whole", faults(report, &["part-missing"])),
        ("note", faults(report, &["note"])),
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

/// The faults with one of these effects: those that lose a name before those that lose
/// another field.
fn faults(report: &Report, effects: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for effect in effects {
        let faults = report.unread.iter();
        let of = faults.filter(|fault| fault.effect.as_str() == *effect);
        found.extend(of.map(ToString::to_string));
    }
    found
}

fn skipped(skipped: &Skipped) -> String {
    format!(
        "{} of schema {}: {}",
        skipped.count, skipped.schema, skipped.why
    )
}

fn repeated(twice: &Duplicate) -> String {
    format!(
        "{} ({}) stands in line {} and again in line {}: read as one",
        twice.name, twice.id, twice.first_line, twice.line
    )
}
