//! Each official list by itself, in a directory of its own: its count is the
//! table's, and what cannot be read is said.

use anyhow::Result;
use serde_json::Value;

use super::Bench;
use super::manifest::Set;
use super::place::{Place, number, reports};
use crate::prove::transcript::Transcript;

/// How many of a list's unread values are printed.
const SHOWN: usize = 3;

pub(super) fn run(bench: &Bench<'_>, log: &mut Transcript<'_>) -> Result<()> {
    for set in &bench.sets {
        one(bench, set, log)?;
    }
    for part in &bench.parts {
        let place = Place::new(&bench.program, &bench.folder, "alone")?;
        let ran = place.sync(&[bench.lists.join(&part.file)], part.day.as_deref(), None)?;
        log.say(&format!("{}: {}", part.file, ran.first()));
        log.check(
            ran.code == 2 && ran.err.contains("next: ") && place.lists()?.is_empty(),
            &format!(
                "{} holds no parties, and is refused with the next step",
                part.file
            ),
        );
    }
    Ok(())
}

fn one(bench: &Bench<'_>, set: &Set, log: &mut Transcript<'_>) -> Result<()> {
    let place = Place::new(&bench.program, &bench.folder, "alone")?;
    let ran = place.sync(&set.files, set.day.as_deref(), None)?;
    if ran.code != 0 {
        log.fail(&format!(
            "{}: sync ended with {}: {}",
            set.name, ran.code, ran.err
        ));
        return Ok(());
    }
    let report = ran.json()?;
    let held = place.lists()?;
    let records: u64 = held.iter().map(|row| number(row, "records")).sum();
    let entities: u64 = held.iter().map(|row| number(row, "entities")).sum();
    let unread: u64 = held.iter().map(|row| number(row, "unread")).sum();
    let ids: Vec<&str> = held.iter().filter_map(|row| row["id"].as_str()).collect();
    log.say(&format!(
        "{}: {} {records} records, {entities} parties, {unread} unread, {} fields unread, {:.2} s, {:.0} MB",
        set.name,
        ids.join(" "),
        held.iter().map(|row| number(row, "fields_unread")).sum::<u64>(),
        ran.seconds,
        ran.anonymous_mb
    ));
    let explained = explain(&report, log);
    match (set.records, &set.counted_by) {
        (Some(count), None) => log.check(
            records == count,
            &format!("{}: {records} records held, {count} in the table", set.name),
        ),
        // The other file was made of this page by somebody else: parties, one a row.
        (Some(count), Some(by)) => {
            let near = entities.abs_diff(count) * 50 <= count;
            log.check(
                near && entities > 0,
                &format!(
                    "{}: the table has no count; {entities} parties, where {by} has {count} (within 2 in 100)",
                    set.name
                ),
            );
        }
        (None, _) => log.fail(&format!("{}: the table has no count", set.name)),
    }
    log.check(
        unread == explained,
        &format!(
            "{}: {unread} records unread, {explained} of them explained",
            set.name
        ),
    );
    if set.whole_day && !set.sample {
        let day = set.day.as_deref().unwrap_or_default();
        // A saved page states no day; none is made up.
        let stated = held.iter().any(|row| row["published"].is_string());
        let what = if stated {
            day
        } else {
            "on no day that it states"
        };
        log.check(
            held.iter()
                .all(|row| row["published"] == day || !stated && row["published"].is_null()),
            &format!("{}: published {what}", set.name),
        );
    }
    Ok(())
}

/// Prints what a sync could not read. How many unread records have where, what, effect
/// and next step.
fn explain(report: &Value, log: &mut Transcript<'_>) -> u64 {
    let mut explained = 0;
    for list in reports(report) {
        let said: Vec<&str> = list["unread_first"]
            .as_array()
            .map(Vec::as_slice)
            .unwrap_or_default()
            .iter()
            .filter_map(Value::as_str)
            .collect();
        let records = said
            .iter()
            .filter(|text| {
                text.contains("the record is not screened against")
                    && text.contains("line ")
                    && text.contains("next: ")
            })
            .count();
        explained += records as u64;
        for text in said.iter().take(SHOWN) {
            log.say(&format!("  {text}"));
        }
        if said.len() > SHOWN {
            log.say(&format!("  … and {} more", said.len() - SHOWN));
        }
    }
    explained
}
