//! `scruple compare`: another engine's results beside ours.

use std::io::Write;
use std::path::Path;

use rayon::prelude::*;
use scruple_brief::compare::{Compared, Comparison, Theirs, Who, comparison, gather, one};
use scruple_brief::render::paint::{Page, Tone};
use scruple_brief::render::screening::agreement;
use scruple_model::{Country, Schema};
use scruple_screen::{Options, Query};
use scruple_table::{Row, Table};

use crate::args::Compare;
use crate::failure::{DONE, bad_input};
use crate::{Edge, files, rows, world};

/// What a column may hold, and how other engines call it.
const FIELDS: [(&str, &[&str]); 7] = [
    (
        "query",
        &[
            "query",
            "query_name",
            "search",
            "searched",
            "input",
            "screened",
            "name",
            "customer",
        ],
    ),
    (
        "id",
        &[
            "id",
            "match_id",
            "matched_id",
            "entity_id",
            "result_id",
            "record",
            "record_id",
            "uid",
        ],
    ),
    (
        "match",
        &[
            "match",
            "matched",
            "match_name",
            "matched_name",
            "caption",
            "entity",
            "entity_name",
            "result",
            "result_name",
            "listed",
            "hit",
        ],
    ),
    (
        "score",
        &[
            "score",
            "match_score",
            "agreement",
            "similarity",
            "confidence",
        ],
    ),
    // A column that is only called `country` may be that of the match.
    ("country", &["query_country", "customer_country"]),
    ("schema", &["query_schema", "query_type"]),
    ("birth_date", &["query_birth_date", "query_dob"]),
];

pub(crate) fn run(args: &Compare, edge: &Edge, out: &mut dyn Write) -> anyhow::Result<u8> {
    let asked = gather(read(&args.theirs, &args.map)?);
    let world = world::open(edge, &args.when)?.world;
    let as_of = args.when.as_of.unwrap_or(edge.today);
    let options = Options {
        threshold: args.threshold.unwrap_or(Options::default().threshold),
        limit: usize::from(args.limit),
    };
    let each: Vec<Vec<Compared>> = asked
        .par_iter()
        .map(|asked| one(&world, asked, &options, as_of))
        .collect();
    let found = comparison(&world, each, as_of);
    if args.json {
        writeln!(out, "{}", serde_json::to_string_pretty(&found)?)?;
    } else {
        out.write_all(page(&found, args.all, &options, edge).as_bytes())?;
    }
    Ok(DONE)
}

/// Problems that are told one by one.
const SHOWN: usize = 10;

/// Their rows, in the order of the file.
fn read(path: &Path, map: &[(String, String)]) -> anyhow::Result<Vec<(Query, Theirs)>> {
    let bytes = files::bytes(path)?;
    let table = rows::table(path, &bytes)?;
    let columns = columns(path, &table, map)?;
    let [query, id, name, score, country, schema, birth_date] = columns;
    let Some(query) = query else {
        return Err(bad_input(
            format!("no column of {} seems to hold the query", path.display()),
            format!(
                "say which it is with --map query=COLUMN; the columns are {}",
                table.headers.join(", ")
            ),
        ));
    };
    if id.is_none() && name.is_none() {
        return Err(bad_input(
            format!(
                "no column of {} seems to hold what was matched, neither an id nor a name",
                path.display()
            ),
            format!(
                "say which it is with --map id=COLUMN or --map match=COLUMN; the columns are {}",
                table.headers.join(", ")
            ),
        ));
    }
    let cell = |row: &Row, at: Option<usize>| {
        let text = row.cells.get(at?)?.trim();
        (!text.is_empty()).then(|| text.to_owned())
    };
    let mut all = Vec::new();
    let mut empty = Vec::new();
    let mut wrong = Vec::new();
    for row in &table.rows {
        let Some(asked) = cell(row, Some(query)) else {
            empty.push(row.line.to_string());
            continue;
        };
        let theirs = Theirs {
            line: row.line as u64,
            id: cell(row, id),
            name: cell(row, name),
            score: cell(row, score),
        };
        let mut query = Query::of(asked);
        let mut doubt = |field: &str, value: &str, what: &str| {
            wrong.push(format!("line {}, {field} \"{value}\": {what}", row.line));
        };
        for code in cell(row, country)
            .iter()
            .flat_map(|all| all.split([';', ',']))
        {
            match Country::parse(code.trim()) {
                Some(country) => query.countries.push(country),
                None if code.trim().is_empty() => {}
                None => doubt("country", code.trim(), "no country is called that"),
            }
        }
        if let Some(value) = cell(row, schema) {
            query.schema = Schema::parse(&value);
            if query.schema.is_none() {
                doubt("schema", &value, "no FollowTheMoney schema is called that");
            }
        }
        if let Some(value) = cell(row, birth_date) {
            match value.parse() {
                Ok(day) => query.birth_date = Some(day),
                Err(_) => doubt("birth_date", &value, "no date"),
            }
        }
        all.push((query, theirs));
    }
    if !wrong.is_empty() {
        let more = wrong.len().saturating_sub(SHOWN);
        wrong.truncate(SHOWN);
        if more > 0 {
            wrong.push(format!("and {more} more"));
        }
        return Err(bad_input(
            format!("{}: {}", path.display(), wrong.join("; ")),
            "mend the values, or leave the column out: the query is then compared without it",
        ));
    }
    if !empty.is_empty() {
        empty.truncate(SHOWN);
        return Err(bad_input(
            format!("{}: no query on line {}", path.display(), empty.join(", ")),
            "write the query on every row, also where one query has several matches",
        ));
    }
    Ok(all)
}

/// Which column holds which field, from 0.
fn columns(
    path: &Path,
    table: &Table,
    map: &[(String, String)],
) -> anyhow::Result<[Option<usize>; FIELDS.len()]> {
    let plain = |text: &str| -> String {
        let text = text.trim().to_lowercase();
        text.replace([' ', '-', '.'], "_")
    };
    let headers: Vec<String> = table.headers.iter().map(|header| plain(header)).collect();
    let mut found = [None; FIELDS.len()];
    for (field, column) in map {
        let known = FIELDS.iter().position(|(name, _)| name == field);
        let at = headers.iter().position(|header| *header == plain(column));
        match (known, at) {
            (Some(known), Some(at)) => found[known] = Some(at),
            (None, _) => {
                return Err(bad_input(
                    format!("--map {field}={column}: there is no field {field}"),
                    "one of query, id, match, score, country, schema, birth_date",
                ));
            }
            (_, None) => {
                return Err(bad_input(
                    format!(
                        "--map {field}={column}: {} has no such column",
                        path.display()
                    ),
                    format!("its columns are {}", table.headers.join(", ")),
                ));
            }
        }
    }
    for (at, (_, words)) in FIELDS.iter().enumerate() {
        if found[at].is_some() {
            continue;
        }
        // The words stand in the order of how sure they are.
        found[at] = words.iter().find_map(|word| {
            let place = headers.iter().position(|header| header == word)?;
            (!found.contains(&Some(place))).then_some(place)
        });
    }
    Ok(found)
}

fn page(found: &Comparison, all: bool, options: &Options, edge: &Edge) -> String {
    let mut page = Page::new(edge.width, edge.colour);
    let total = format!(
        "{} · {} by both · {} by them alone · {} by us alone · {} by neither",
        match found.queries {
            1 => "1 query".to_owned(),
            many => format!("{many} queries"),
        },
        found.both,
        found.theirs_only,
        found.ours_only,
        found.neither,
    );
    page.fold("", 0, Tone::Strong, &total);
    let mut last = None;
    for one in &found.compared {
        if one.who == Who::Both && !all {
            continue;
        }
        if last != Some(one.who) {
            page.gap();
            let head = match one.who {
                Who::TheirsOnly => "ONLY THEY",
                Who::OursOnly => "ONLY WE",
                Who::Both => "BOTH",
            };
            page.fold("", 0, Tone::Strong, head);
            last = Some(one.who);
        }
        entry(&mut page, one);
    }
    page.gap();
    if found.both > 0 && !all {
        page.fold("", 0, Tone::Faint, "What both matched is shown with --all.");
    }
    let lists: Vec<String> = found
        .looked_at
        .iter()
        .map(|looked| format!("{} {}", looked.source, looked.date))
        .collect();
    page.label(0, "LOOKED AT", 16, &lists.join(" · "));
    let note = format!(
        "Threshold {} for ours. Scores of two engines measure different things; neither is a \
         probability that two names are one party, and a match that only one has is no proof that \
         it errs.",
        agreement(options.threshold)
    );
    page.fold("", 0, Tone::Faint, &note);
    page.fold("", 0, Tone::Faint, &found.footer);
    page.finish()
}

fn entry(page: &mut Page, one: &Compared) {
    let score = |text: Option<String>| text.unwrap_or_else(|| "none".to_owned());
    let theirs = one.theirs.as_ref();
    let grades = format!(
        "theirs {} · ours {}",
        theirs.map_or_else(|| "none".to_owned(), |row| score(row.score.clone())),
        one.ours
            .as_ref()
            .map_or_else(|| "none".to_owned(), |found| agreement(found.score)),
    );
    let title = format!("{} (line {})", one.query, one.line);
    page.both_ends("  ", 2, Tone::Ask, &title, &grades);
    if let Some(row) = theirs {
        let parts: Vec<&str> = [row.name.as_deref(), row.id.as_deref()]
            .into_iter()
            .flatten()
            .collect();
        page.label(4, "theirs", 8, &parts.join(" · "));
    }
    if let Some(found) = &one.ours {
        let name = &found.explanation.listed_name;
        let other = if *name == found.caption {
            String::new()
        } else {
            format!(", by its name {name}")
        };
        page.label(
            4,
            "ours",
            8,
            &format!("{} · {}{other}", found.caption, found.id),
        );
    }
    for because in &one.because {
        page.label(4, "why", 8, because);
    }
    if let Some(note) = &one.review
        && !one.because.contains(&note.line())
    {
        page.label(4, "review", 8, &note.line());
    }
}
