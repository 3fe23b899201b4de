//! `scruple ownership import`: registers and tables to holdings files.
//!
//! Each source becomes a file of its own and the one that answers is put together from
//! all of them, so that a newer edition takes the place of the older with everything
//! it said. Nothing answers before all of it lies in its place.

use std::collections::BTreeMap;
use std::io::{BufRead, Read as _, Write};
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use scruple_brief::words::count;
use scruple_model::hash::sha256_parts;
use scruple_model::{Date, Problem};
use scruple_ownership::person::PersonKey;
use scruple_ownership::read::{self, Format, Intake, Report};
use scruple_ownership::{Builder, SourceInfo};
use scruple_store::{DataDir, Mode, NewHoldings};
use serde_json::json;

use super::edition;
use super::note::{Part, parts};
use super::packed;
use super::together::put_together;
use crate::args::OwnershipImport;
use crate::failure::{DONE, bad_input};
use crate::{Edge, files, rows, vintage, world};

/// How many problems of a file are printed; the others are counted.
const MOST_SHOWN: usize = 10;

/// Files of one source.
struct Source {
    id: String,
    title: String,
    files: Vec<(PathBuf, Kind)>,
}

#[derive(Clone, Copy)]
enum Kind {
    Register(Format),
    Table(scruple_table::Kind),
}

impl Kind {
    /// Whether it is of a public register, whose editions are whole.
    fn is_register(self) -> bool {
        matches!(
            self,
            Self::Register(Format::GleifXml | Format::GleifCsv | Format::Psc)
        )
    }
}

/// What came of it.
struct Outcome {
    part: Part,
    /// The edition of it that was held before.
    replaced: Option<Part>,
    problems: Vec<String>,
    more_problems: u64,
}

pub(crate) fn run(args: &OwnershipImport, edge: &Edge, out: &mut dyn Write) -> anyhow::Result<u8> {
    let Some(folder) = &edge.data else {
        return Err(bad_input(
            "there is no data directory to take holdings into",
            "name one with --data DIR",
        ));
    };
    let packs = world::packs(edge)?;
    let sources = sources(args)?;
    let mut store = DataDir::open(folder, Mode::Write)?;
    let key = PersonKey::new(store.person_key(|| {
        let mut key = [0; 32];
        getrandom::fill(&mut key).map_err(std::io::Error::other)?;
        Ok(key)
    })?);
    let before = store.holdings_known_at(Date::MAX)?;
    let mut held: BTreeMap<String, Part> = before
        .iter()
        .flat_map(parts)
        .map(|part| (part.id.clone(), part))
        .collect();
    let mut outcomes = Vec::new();
    for source in &sources {
        let outcome = take(&store, source, &key, args.dated, edge.today)?;
        let before = held.insert(source.id.clone(), outcome.part.clone());
        if let Some(before) = &before {
            let accepted = args.accept_shrink.contains(&source.id);
            let is_register = source.files.iter().any(|(_, kind)| kind.is_register());
            edition::may_replace(&outcome.part, before, is_register && !accepted)?;
        }
        outcomes.push(Outcome {
            replaced: before,
            ..outcome
        });
    }
    let all: Vec<Part> = held.into_values().collect();
    let (hash, conflicts) = put_together(&store, &all)?;
    let hashes: Vec<String> = all.iter().map(|part| part.hash.clone()).collect();
    let note = serde_json::to_string(&all)?;
    let is_same = before
        .as_ref()
        .is_some_and(|state| state.hash == hash && state.note == note);
    if !is_same {
        store.record_holdings(&NewHoldings {
            hash: hash.clone(),
            parts: hashes,
            note,
            taken: edge.today,
        })?;
    }
    store.note_surroundings(&vintage::surroundings_text(&packs)?, edge.today)?;
    let graph = world::open_graph(&store, &hash)?;
    if args.json {
        let shown: Vec<_> = outcomes
            .iter()
            .map(|one| {
                json!({
                    "source": one.part, "replaced": one.replaced.is_some(), "problems": one.problems,
                    "more_problems": one.more_problems,
                })
            })
            .collect();
        let all = json!({
            "schema": "scruple.ownership-import/1",
            "holdings": hash,
            "parties": graph.node_count(),
            "held": graph.holding_count(),
            "taken": shown,
            "between_sources": conflicts,
        });
        writeln!(out, "{}", serde_json::to_string_pretty(&all)?)?;
        return Ok(DONE);
    }
    for one in &outcomes {
        print(one, out)?;
    }
    for conflict in conflicts.iter().take(MOST_SHOWN) {
        writeln!(out, "between sources  {conflict}")?;
    }
    if conflicts.len() > MOST_SHOWN {
        let rest = count(conflicts.len() - MOST_SHOWN, "more");
        writeln!(out, "between sources  {rest}, see --json")?;
    }
    writeln!(
        out,
        "held now         {} holdings between {} parties of {}, {}",
        graph.holding_count(),
        graph.node_count(),
        count(all.len(), "source"),
        hash.get(..12).unwrap_or(&hash)
    )?;
    Ok(DONE)
}

fn print(one: &Outcome, out: &mut dyn Write) -> anyhow::Result<()> {
    let part = &one.part;
    let day = part
        .date
        .map_or_else(|| "no day of its own".to_owned(), |day| format!("of {day}"));
    let replaced = one.replaced.as_ref().map_or_else(String::new, |before| {
        format!(
            ", in place of the edition held before ({})",
            holdings(before)
        )
    });
    writeln!(
        out,
        "{:<16} {}: {} from {}, {} unread, {day}{replaced}",
        part.id,
        part.files.join(", "),
        holdings(part),
        count(
            usize::try_from(part.records).unwrap_or(usize::MAX),
            "record"
        ),
        part.unread
    )?;
    for (why, number) in &part.left_out {
        writeln!(out, "                 left out: {number} ({why})")?;
    }
    for problem in &one.problems {
        writeln!(out, "                 {problem}")?;
    }
    if one.more_problems > 0 {
        let rest = one.more_problems;
        writeln!(out, "                 and {rest} more problems")?;
    }
    Ok(())
}

fn holdings(part: &Part) -> String {
    count(
        usize::try_from(part.holdings).unwrap_or(usize::MAX),
        "holding",
    )
}

/// Which file belongs to which source.
fn sources(args: &OwnershipImport) -> anyhow::Result<Vec<Source>> {
    let mut found: Vec<Source> = Vec::new();
    for path in &args.files {
        let file = file_name(path);
        let stem = args
            .name
            .clone()
            .unwrap_or_else(|| file.split('.').next().unwrap_or("").to_owned());
        let kind = kind(path)?;
        let (id, title) = match &kind {
            (Kind::Register(format), head) => read::source_of(*format, head, &stem),
            (Kind::Table(_), _) => (
                format!("user-{}", read::slug(&stem)),
                format!("your own table {stem}"),
            ),
        };
        let one = (path.clone(), kind.0);
        match found.iter_mut().find(|source| source.id == id) {
            Some(source) => source.files.push(one),
            None => found.push(Source {
                id,
                title,
                files: vec![one],
            }),
        }
    }
    Ok(found)
}

fn kind(path: &Path) -> anyhow::Result<(Kind, Vec<u8>)> {
    if packed::is_workbook(path) {
        return Ok((Kind::Table(scruple_table::Kind::Xlsx), Vec::new()));
    }
    let head = packed::with(path, &mut |bytes: &mut dyn BufRead| {
        let mut head = Vec::new();
        bytes
            .take(1 << 16)
            .read_to_end(&mut head)
            .with_context(|| path.display().to_string())?;
        Ok(head)
    })?;
    if let Some(format) = Format::recognise(&head) {
        return Ok((Kind::Register(format), head));
    }
    if is_api_answer(&head) {
        return Err(bad_input(
            format!(
                "{} is an answer of the GLEIF API, one record of many",
                path.display()
            ),
            "get the golden copy, XML or CSV, of level 1, level 2 and the exceptions",
        ));
    }
    match scruple_table::Kind::of_name(&path.to_string_lossy()) {
        Some(kind) => Ok((Kind::Table(kind), head)),
        None => Err(bad_input(
            format!("{} is of a layout that is not read", path.display()),
            "give BODS, GLEIF, FollowTheMoney or PSC files, or a table as .csv, .xlsx or .jsonl; \
             docs/ownership.md names the columns",
        )),
    }
}

/// Whether a file is what GLEIF's API answers for one LEI: JSON of a layout of its own.
fn is_api_answer(head: &[u8]) -> bool {
    let head = String::from_utf8_lossy(head);
    head.trim_start().starts_with('{')
        && head.contains("\"goldenCopy\"")
        && head.contains("\"data\"")
}

fn take(
    store: &DataDir,
    source: &Source,
    key: &PersonKey,
    dated: Option<Date>,
    today: Date,
) -> anyhow::Result<Outcome> {
    let mut hashes = Vec::new();
    for (path, _) in &source.files {
        hashes.push(packed::hash(path)?);
    }
    let file_hash = match &hashes[..] {
        [only] => only.clone(),
        all => sha256_parts(all.iter().map(|hash| hash.as_bytes())),
    };
    let mut builder = Builder::new();
    let no = builder.source(SourceInfo {
        id: source.id.clone(),
        title: source.title.clone(),
        hash: file_hash.clone(),
        date: dated,
    });
    let mut part = Part {
        id: source.id.clone(),
        title: source.title.clone(),
        hash: String::new(),
        files: Vec::new(),
        source: file_hash,
        date: dated,
        taken: today,
        records: 0,
        holdings: 0,
        unread: 0,
        left_out: BTreeMap::new(),
    };
    let mut problems = Vec::new();
    let mut more_problems = 0;
    for (path, kind) in &source.files {
        let mut intake = Intake {
            builder: &mut builder,
            source: no,
            id: &source.id,
            people: Some(key),
        };
        let report = read_one(path, *kind, &mut intake)?;
        let own: Option<Date> = report
            .date
            .as_deref()
            .and_then(|text| text.get(..10))
            .and_then(|text| text.parse().ok());
        if dated.is_none()
            && let Some(day) = own
        {
            builder.dated(no, day);
            part.date = part.date.max(Some(day));
        }
        part.files.push(file_name(path));
        part.records += report.records;
        part.holdings += report.holdings;
        part.unread += report.unread;
        for (why, number) in report.left_out {
            *part.left_out.entry(why).or_default() += number;
        }
        let shown = report.problems.iter().take(MOST_SHOWN);
        problems.extend(shown.map(|problem| line(&file_name(path), problem)));
        more_problems += report.problems.len().saturating_sub(MOST_SHOWN) as u64;
    }
    if builder.is_empty() && part.records == 0 {
        let files = part.files.join(", ");
        return Err(bad_input(
            format!("{files} holds no record; nothing was taken"),
            "look whether it is the file you meant",
        ));
    }
    let built = builder
        .finish()
        .map_err(|error| bad_input(error, "import it in parts"))?;
    let shown = built.problems.iter().take(MOST_SHOWN);
    problems.extend(shown.map(|problem| line("", problem)));
    more_problems += built.problems.len().saturating_sub(MOST_SHOWN) as u64;
    part.hash = store.put_holdings(&built.bytes)?.hash;
    Ok(Outcome {
        part,
        replaced: None,
        problems,
        more_problems,
    })
}

fn read_one(path: &Path, kind: Kind, intake: &mut Intake<'_>) -> anyhow::Result<Report> {
    match kind {
        Kind::Table(kind) => {
            let bytes = files::bytes(path)?;
            read::sheet(&bytes, kind, intake).map_err(|wrong| rows::problems(path, &wrong))
        }
        Kind::Register(format) => packed::with(path, &mut |bytes: &mut dyn BufRead| {
            read::read(format, bytes, intake).map_err(|error| {
                bad_input(format!("{}: {error}", path.display()), "nothing was taken")
            })
        }),
    }
}

pub(super) fn line(file: &str, problem: &Problem) -> String {
    let mut place = String::new();
    if problem.at.line > 0 {
        place = format!("{file} line {}", problem.at.line);
        if !problem.field.is_empty() {
            place.push_str(&format!(", `{}`", problem.field));
        }
        place.push_str(": ");
    }
    let text = format!("{place}{}; {}", problem.what, problem.next);
    scruple_brief::render::paint::printable(&text)
}

fn file_name(path: &Path) -> String {
    path.file_name()
        .map_or_else(String::new, |name| name.to_string_lossy().into_owned())
}
