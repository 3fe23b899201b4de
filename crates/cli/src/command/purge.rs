//! `scruple purge`: briefs that nobody has to keep any longer, shown, then deleted.
//!
//! A brief names people because the law wants the record, and goes when the law no
//! longer does. With it go its decisions, its pages and the answers on its deal. A
//! hold keeps them: a dispute or an authority's order outranks a calendar. A holds
//! file that cannot be read stops everything, since it may hold what would be deleted.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use scruple_brief::packs::RetentionBody;
use scruple_model::Date;
use scruple_model::date::Span;
use scruple_pack::Entry;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};
use serde_json::{Value, json};

use super::conditions::log;
use super::decide::beside;
use crate::args::Purge;
use crate::failure::{DONE, Faults, bad_input};
use crate::files::shown;
use crate::{Edge, files, world};

/// The name of a file of holds.
const HOLDS: &str = "holds.toml";
/// The shortest start of a hash that names a deal.
const LEAST_HASH: usize = 12;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HoldsFile {
    #[serde(default)]
    hold: Vec<Hold>,
}

/// A reason to keep what would otherwise go.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Hold {
    /// Hash of the deal, or the start of it; `*` for everything in the folder.
    deal: String,
    reason: String,
    by: String,
    #[serde(deserialize_with = "day")]
    since: Date,
    /// The last day of the hold; none while nobody has lifted it.
    #[serde(default, deserialize_with = "last_day")]
    until: Option<Date>,
}

/// A day, as TOML writes one or in quotes.
fn day<'de, D: Deserializer<'de>>(from: D) -> Result<Date, D::Error> {
    let text = match toml::Value::deserialize(from)? {
        toml::Value::Datetime(day) => day.to_string(),
        toml::Value::String(text) => text,
        other => other.to_string(),
    };
    text.parse()
        .map_err(|_| D::Error::custom(format!("{text} is no day: write YYYY-MM-DD")))
}

fn last_day<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Date>, D::Error> {
    day(from).map(Some)
}

/// A brief with what belongs to it.
struct Kept {
    files: Vec<PathBuf>,
    deal: String,
    /// The last day anything happened to it.
    from: Date,
    until: Date,
    hold: Option<Hold>,
}

impl Kept {
    fn is_over(&self, today: Date) -> bool {
        self.until < today
    }

    fn goes(&self, today: Date) -> bool {
        self.is_over(today) && self.hold.is_none()
    }
}

pub(crate) fn run(args: &Purge, edge: &Edge, out: &mut dyn Write) -> anyhow::Result<u8> {
    // A period that passes on a day to come has not passed; what is deleted stays so.
    if args.yes && edge.today > edge.clock {
        return Err(bad_input(
            format!(
                "--yes with --today {}: by the clock of this machine it is {}",
                edge.today, edge.clock
            ),
            "leave --yes out to see what would go on that day; nothing was deleted",
        ));
    }
    let packs = world::packs(edge)?;
    let longest = super::lists::longest(&packs, &args.bound_by, edge)?;
    let kept = kept(args, longest, edge)?;
    let going: Vec<&Kept> = kept.iter().filter(|one| one.goes(edge.today)).collect();
    if args.yes {
        delete(&going)?;
    }
    if args.json {
        print_json(&kept, longest, args.yes, edge, out)?;
    } else {
        print(&kept, longest, args.yes, edge, out)?;
    }
    Ok(DONE)
}

/// Every brief in the folders, with how long it is kept.
fn kept(args: &Purge, rule: &Entry<RetentionBody>, edge: &Edge) -> anyhow::Result<Vec<Kept>> {
    let mut all: Vec<PathBuf> = Vec::new();
    for folder in &args.folders {
        if !folder.is_dir() {
            return Err(bad_input(
                format!("{} is no folder", shown(folder)),
                "name the folder that the briefs lie in",
            ));
        }
        files::below(folder, &mut |path| all.push(path.to_owned()))?;
    }
    let holds = holds(&all, edge)?;
    let mut found: BTreeMap<PathBuf, Kept> = BTreeMap::new();
    let mut answers: Vec<(PathBuf, String)> = Vec::new();
    for path in &all {
        match ending(path) {
            "json" => {
                if let Some((deal, day)) = head(path) {
                    found.insert(path.clone(), one(path, deal, day, rule, &holds)?);
                }
            }
            "toml" => answers.extend(deal_of_answers(path).map(|deal| (path.clone(), deal))),
            _ => {}
        }
    }
    // Answers stay as long as any brief of their deal does.
    for (path, deal) in answers {
        let last = found
            .values_mut()
            .filter(|kept| kept.deal.starts_with(&deal))
            .max_by_key(|kept| (kept.hold.is_some(), kept.until));
        if let Some(last) = last {
            last.files.push(path);
        }
    }
    Ok(found.into_values().collect())
}

fn one(
    path: &Path,
    deal: String,
    day: Date,
    rule: &Entry<RetentionBody>,
    holds: &[(PathBuf, Hold)],
) -> anyhow::Result<Kept> {
    let mut files = vec![path.to_owned()];
    let mut from = day;
    let decisions = beside(path);
    if decisions.exists() {
        let log = log(&decisions)?;
        let days = log
            .decisions
            .iter()
            .map(|(_, decision)| decision.on)
            .chain(log.follow_ups.iter().map(|follow_up| follow_up.on));
        from = days.max().unwrap_or(from).max(from);
        files.push(decisions);
    }
    let page = path.with_extension("html");
    if page.exists() {
        files.push(page);
    }
    let years = i32::from(rule.body.whole_years());
    let until = from
        .checked_add(Span::new().years(years))
        .unwrap_or(Date::MAX);
    let hold = holds
        .iter()
        .find(|(folder, hold)| {
            let here = path.starts_with(folder);
            here && (hold.deal == "*" || deal.starts_with(&hold.deal))
        })
        .map(|(_, hold)| hold.clone());
    Ok(Kept {
        files,
        deal,
        from,
        until,
        hold,
    })
}

/// The holds of every folder that stand today; all or an error.
fn holds(all: &[PathBuf], edge: &Edge) -> anyhow::Result<Vec<(PathBuf, Hold)>> {
    let mut found = Vec::new();
    for path in all.iter().filter(|path| path.ends_with(HOLDS)) {
        let text = files::text(path)?;
        let wrong = |what: String| {
            bad_input(
                format!("{}: {what}", shown(path)),
                "mend it; nothing was deleted, since it may hold what would go",
            )
        };
        let file: HoldsFile =
            toml::from_str(&text).map_err(|error| wrong(error.to_string().trim().to_owned()))?;
        let folder = path.parent().unwrap_or(Path::new("")).to_owned();
        for hold in file.hold {
            if hold.deal != "*" && hold.deal.len() < LEAST_HASH {
                return Err(wrong(format!(
                    "deal = \"{}\" is too short to name one: {LEAST_HASH} characters of its hash, or *",
                    hold.deal
                )));
            }
            if hold.reason.trim().is_empty() || hold.by.trim().is_empty() {
                return Err(wrong("a hold needs its reason and who set it".to_owned()));
            }
            if hold.until.is_none_or(|until| until >= edge.today) {
                found.push((folder.clone(), hold));
            }
        }
    }
    Ok(found)
}

fn ending(path: &Path) -> &str {
    path.extension()
        .and_then(|ending| ending.to_str())
        .unwrap_or("")
}

/// Deal and day of a brief or an assessment; none for any other file.
fn head(path: &Path) -> Option<(String, Date)> {
    let text = fs::read_to_string(path).ok()?;
    let json: Value = serde_json::from_str(&text).ok()?;
    let schema = json.get("schema")?.as_str()?;
    let known = [
        scruple_brief::brief::SCHEMA,
        scruple_assess::assessment::SCHEMA,
    ];
    known.contains(&schema).then_some(())?;
    let text = |key: &str| Some(json.get(key)?.as_str()?.to_owned());
    Some((text("deal")?, text("as_of")?.parse().ok()?))
}

fn deal_of_answers(path: &Path) -> Option<String> {
    let text = fs::read_to_string(path).ok()?;
    let table: toml::Table = toml::from_str(&text).ok()?;
    let is_answers = table.get("schema")?.as_str()? == scruple_assess::answers::SCHEMA;
    let deal = table.get("deal")?.as_str()?;
    (is_answers && deal.len() >= LEAST_HASH).then(|| deal.to_owned())
}

fn delete(going: &[&Kept]) -> anyhow::Result<()> {
    let mut failed = Vec::new();
    for path in going.iter().flat_map(|one| &one.files) {
        if let Err(error) = fs::remove_file(path) {
            failed.push(format!("error: {}: {error}", shown(path)));
        }
    }
    if failed.is_empty() {
        return Ok(());
    }
    failed.push("  next: look at who may delete there, and purge again".to_owned());
    Err(Faults(failed.join("\n")).into())
}

fn reason(one: &Kept, rule: &Entry<RetentionBody>) -> String {
    format!(
        "kept until {}: {} from {} ({})",
        one.until,
        rule.body.period(),
        one.from,
        rule.id
    )
}

fn print(
    kept: &[Kept],
    rule: &Entry<RetentionBody>,
    deleted: bool,
    edge: &Edge,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    writeln!(
        out,
        "The longest period that binds: {} ({}, {})",
        rule.body.period(),
        rule.id,
        rule.citation
    )?;
    for doubt in rule.doubts(edge.today) {
        writeln!(out, "  doubt: {doubt}")?;
    }
    let mut section = |title: &str, of: &dyn Fn(&Kept) -> bool| -> anyhow::Result<()> {
        let those: Vec<&Kept> = kept.iter().filter(|one| of(one)).collect();
        if those.is_empty() {
            return Ok(());
        }
        writeln!(out, "\n{title}")?;
        for one in those {
            for (at, path) in one.files.iter().enumerate() {
                let indent = if at == 0 { "  " } else { "    " };
                writeln!(out, "{indent}{}", shown(path))?;
            }
            writeln!(out, "    {}", reason(one, rule))?;
            if let Some(hold) = &one.hold {
                writeln!(
                    out,
                    "    held since {} by {}: {}",
                    hold.since, hold.by, hold.reason
                )?;
            }
        }
        Ok(())
    };
    let today = edge.today;
    let goes = |one: &Kept| one.goes(today);
    section(if deleted { "Deleted:" } else { "Would go:" }, &goes)?;
    section("Held, and stays:", &|one| {
        one.is_over(today) && !one.goes(today)
    })?;
    let stay = kept.iter().filter(|one| !one.is_over(today)).count();
    let next = kept
        .iter()
        .filter(|one| !one.is_over(today))
        .map(|one| one.until)
        .min()
        .map_or_else(String::new, |day| format!(", the next until {day}"));
    writeln!(
        out,
        "\nStill within its period: {}{next}.",
        scruple_brief::words::count(stay, "brief")
    )?;
    if !deleted && kept.iter().any(goes) {
        writeln!(
            out,
            "Nothing was deleted. Add --yes to delete what is shown."
        )?;
    }
    writeln!(out, "Old copies of lists go with scruple lists prune.")?;
    Ok(())
}

fn print_json(
    kept: &[Kept],
    rule: &Entry<RetentionBody>,
    deleted: bool,
    edge: &Edge,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    let items: Vec<_> = kept
        .iter()
        .filter(|one| one.is_over(edge.today))
        .map(|one| {
            json!({
                "files": one.files.iter().map(|path| path.display().to_string()).collect::<Vec<_>>(),
                "deal": one.deal,
                "until": one.until,
                "reason": reason(one, rule),
                "held": one.hold.as_ref().map(|hold| json!({
                    "since": hold.since, "by": hold.by, "reason": hold.reason, "until": hold.until,
                })),
                "deleted": deleted && one.goes(edge.today),
            })
        })
        .collect();
    let all =
        json!({ "schema": "scruple.purge/1", "rule": rule.id, "deleted": deleted, "items": items });
    writeln!(out, "{}", serde_json::to_string_pretty(&all)?)?;
    Ok(())
}
