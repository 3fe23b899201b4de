//! `scruple conditions`: what decisions asked for, and whether it came.

use std::io::Write;
use std::path::{Path, PathBuf};

use scruple_brief::conditions::{Condition, FollowUp, Log, SCHEMA};
use scruple_brief::decision::names_a_person;
use scruple_brief::render::paint::{Page, Tone};
use scruple_model::Date;
use serde_json::json;

use super::decide::{append, beside};
use crate::args::{Conditions, ConditionsMet, ConditionsWhat};
use crate::failure::{DONE, bad_input};
use crate::files::shown;
use crate::{Edge, files};

pub(crate) fn run(args: &Conditions, edge: &Edge, out: &mut dyn Write) -> anyhow::Result<u8> {
    if let Some(ConditionsWhat::Met(met_args)) = &args.what {
        return met(met_args, edge, out);
    }
    let all = below(&args.paths, edge.today)?;
    if args.json {
        let files: Vec<_> = all
            .iter()
            .map(|(path, conditions)| {
                json!({ "file": path.display().to_string(), "conditions": conditions })
            })
            .collect();
        let all = json!({ "schema": "scruple.conditions/1", "on": edge.today, "files": files });
        writeln!(out, "{}", serde_json::to_string_pretty(&all)?)?;
    } else {
        out.write_all(print(&all, edge).as_bytes())?;
    }
    Ok(DONE)
}

/// The conditions of every decision under these paths, as they stand.
pub(crate) fn below(
    paths: &[PathBuf],
    today: Date,
) -> anyhow::Result<Vec<(PathBuf, Vec<Condition>)>> {
    let mut all = Vec::new();
    for path in logs(paths)? {
        let conditions = log(&path)?.conditions(today);
        if !conditions.is_empty() {
            all.push((path, conditions));
        }
    }
    Ok(all)
}

fn print(all: &[(PathBuf, Vec<Condition>)], edge: &Edge) -> String {
    let mut page = Page::new(edge.width, edge.colour);
    let conditions = || all.iter().flat_map(|(_, conditions)| conditions);
    let due = conditions().filter(|one| one.standing.is_due()).count();
    let head = format!(
        "{} on {}, {due} due",
        scruple_brief::words::count(conditions().count(), "condition"),
        edge.today
    );
    page.fold(
        "",
        0,
        if due > 0 { Tone::Stop } else { Tone::Strong },
        &head,
    );
    for (path, conditions) in all {
        page.gap();
        page.fold("", 0, Tone::Faint, &shown(path));
        // What is due stands first.
        let mut sorted: Vec<&Condition> = conditions.iter().collect();
        sorted.sort_by_key(|one| (one.standing, one.number));
        for one in sorted {
            let mut text = one.standing.words().to_owned();
            if let Some(due) = one.due {
                text.push_str(&format!(" · {due}"));
            }
            if let Some(owner) = &one.owner {
                text.push_str(&format!(" · {owner}"));
            }
            let tone = if one.standing.is_due() {
                Tone::Stop
            } else {
                Tone::Plain
            };
            page.fold(&format!("  {:<3}", one.number), 5, tone, &one.text);
            page.fold("     ", 5, Tone::Faint, &text);
            if let Some(evidence) = &one.evidence {
                page.fold("     ", 5, Tone::Faint, &format!("shown by: {evidence}"));
            }
        }
    }
    page.finish()
}

/// The conditions that are due of the decision beside a brief, one line each.
pub(crate) fn due(brief: &Path, today: Date) -> anyhow::Result<Vec<String>> {
    let path = beside(brief);
    if !path.exists() {
        return Ok(Vec::new());
    }
    let conditions = log(&path)?.conditions(today);
    Ok(conditions
        .iter()
        .filter(|one| one.standing.is_due())
        .map(Condition::line)
        .collect())
}

fn met(args: &ConditionsMet, edge: &Edge, out: &mut dyn Write) -> anyhow::Result<u8> {
    let path = beside(&args.brief);
    let log = log(&path)?;
    let conditions = log.conditions(edge.today);
    let Some((hash, _)) = log.last().filter(|_| !conditions.is_empty()) else {
        return Err(bad_input(
            format!("the decision in {} has no conditions", shown(&path)),
            "look at it with scruple conditions",
        ));
    };
    let Some(condition) = conditions.iter().find(|one| one.number == args.number) else {
        return Err(bad_input(
            format!("there is no condition {}", args.number),
            format!("a number from 1 to {}", conditions.len()),
        ));
    };
    let (evidence, by) = (args.evidence.trim(), args.by.trim());
    if evidence.is_empty() {
        return Err(bad_input(
            "nothing is said to show it",
            "--evidence \"what was seen, where, when\"",
        ));
    }
    if !names_a_person(by) {
        return Err(bad_input(
            format!("\"{by}\" names no person who looked"),
            "--by \"Name, function\"",
        ));
    }
    if let Some(again) = args.again.filter(|again| *again <= edge.today) {
        return Err(bad_input(
            format!("--again {again} is no day to come"),
            "give the day to look again, or leave it out",
        ));
    }
    append(
        &path,
        &FollowUp {
            schema: SCHEMA.to_owned(),
            decision: hash.clone(),
            condition: args.number,
            on: edge.today,
            evidence: evidence.to_owned(),
            by: by.to_owned(),
            again: args.again,
        },
    )?;
    let again = args.again.map_or_else(String::new, |day| {
        format!(", to be looked at again on {day}")
    });
    writeln!(
        out,
        "condition {} met{again}: {}",
        args.number, condition.text
    )?;
    Ok(DONE)
}

/// A file of decisions, whole or not at all.
pub(crate) fn log(path: &Path) -> anyhow::Result<Log> {
    let text = files::text(path)?;
    Log::read(&text).map_err(|unread| {
        let lines: Vec<String> = unread.iter().map(ToString::to_string).collect();
        bad_input(
            format!("{}: {}", shown(path), lines.join("; ")),
            "a line cut off by a crash can be taken out; nothing was counted",
        )
    })
}

/// The files of decisions under these paths, in order; a brief stands for the file beside
/// it. Links and hidden folders are not followed.
pub(crate) fn logs(paths: &[PathBuf]) -> anyhow::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for path in paths {
        if path.is_dir() {
            walk(path, &mut found)?;
        } else if is_log(path) {
            files::bytes(path)?;
            found.push(path.clone());
        } else {
            files::bytes(path)?;
            let log = beside(path);
            if !log.exists() {
                return Err(bad_input(
                    format!("nothing was decided on {}", shown(path)),
                    "decide first: scruple decide BRIEF.json",
                ));
            }
            found.push(log);
        }
    }
    found.sort();
    found.dedup();
    Ok(found)
}

fn is_log(path: &Path) -> bool {
    path.to_str()
        .is_some_and(|name| name.ends_with(".decisions.jsonl"))
}

/// Files below a folder that `wanted` takes.
fn walk(folder: &Path, found: &mut Vec<PathBuf>) -> anyhow::Result<()> {
    files::below(folder, &mut |path| {
        if is_log(path) {
            found.push(path.to_owned());
        }
    })
}
