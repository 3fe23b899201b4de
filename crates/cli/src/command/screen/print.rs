//! Answers for the terminal, for programs and for spreadsheets.

use std::io::Write;

use scruple_brief::World;
use scruple_brief::render::paint::{Page, Tone};
use scruple_brief::render::screening::{Screening, agreement, shares};
use scruple_brief::reviewed;
use scruple_brief::words;
use scruple_model::{Band, Date, NameKind};
use scruple_review::Note;
use scruple_screen::{Match, Options};

use crate::Edge;

/// One JSON object a line.
pub(super) fn json(answers: &[Screening], out: &mut dyn Write) -> anyhow::Result<()> {
    for answer in answers {
        serde_json::to_writer(&mut *out, answer)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

/// The last column of the CSV; the workbook has a sheet for it.
const NOT_LOOKED_AT: &str = "not_looked_at";

/// The columns of the CSV and the workbook, after the query's own.
pub(super) const COLUMNS: [&str; 11] = [
    "outcome",
    "match",
    "match_id",
    "agreement",
    "band",
    "lists",
    "since",
    "citation",
    "programme",
    "licence_requirement",
    "compared_with",
];

/// The rows of the CSV and the workbook: one a match, one for a name without any.
pub(super) fn rows(world: &World, answer: &Screening, asked: Option<Date>) -> Vec<[String; 11]> {
    let mut rows: Vec<[String; 11]> = answer.matches.iter().map(row).collect();
    for (row, found) in rows.iter_mut().zip(&answer.matches) {
        if let Some(note) = answer.reviews.iter().find(|n| n.record == found.id) {
            row[0] = format!("candidate, {}", note.line());
        }
    }
    if rows.is_empty() {
        let mut row: [String; 11] = Default::default();
        row[0] = reviewed::outcome(world, answer.name(), &[], &answer.reviews, asked);
        rows.push(row);
    }
    rows.extend(answer.addresses.iter().map(|one| {
        let mut row: [String; 11] = Default::default();
        row[0] = shares(one);
        row[1].clone_from(&one.caption);
        row[2] = one.id.to_string();
        row[5] = one.id.list().to_string();
        row[10].clone_from(&one.listed);
        row
    }));
    rows.extend(reviewed::set_aside(&answer.reviews).map(|note| {
        let mut row: [String; 11] = Default::default();
        row[0] = note.line();
        row[1].clone_from(&note.caption);
        row[2] = note.record.to_string();
        row[3] = agreement(note.score);
        row[5] = note.record.list().to_string();
        row
    }));
    rows
}

fn row(found: &Match) -> [String; 11] {
    let of = |text: &dyn Fn(&scruple_model::Listing) -> Option<String>| {
        found
            .listings
            .iter()
            .filter_map(text)
            .collect::<Vec<_>>()
            .join("; ")
    };
    [
        "candidate".to_owned(),
        found.caption.clone(),
        found.id.to_string(),
        agreement(found.score),
        words::band(found.band).to_owned(),
        lists(found),
        of(&|listing| listing.since.map(|since| since.to_string())),
        of(&|listing| listing.citation.clone()),
        of(&|listing| (!listing.programmes.is_empty()).then(|| listing.programmes.join(", "))),
        of(&|listing| listing.licence_requirement.clone()),
        found.explanation.listed_name.clone(),
    ]
}

fn lists(found: &Match) -> String {
    found
        .lists
        .iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join(", ")
}

/// A CSV table. A cell that a spreadsheet would take for a formula gets a quote
/// in front, since lists and names come from strangers.
pub(super) fn csv(
    world: &World,
    answers: &[Screening],
    asked: Option<Date>,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    let own = own_columns(answers);
    let mut writer = csv::Writer::from_writer(out);
    let columns = own.iter().map(String::as_str).chain(COLUMNS);
    writer.write_record(columns.chain([NOT_LOOKED_AT]).map(harmless))?;
    for answer in answers {
        let not: Vec<&str> = answer.unchecked.iter().map(|u| u.what.as_str()).collect();
        let not_looked_at = not.join("; ");
        for row in rows(world, answer, asked) {
            let cells = own.iter().map(|column| cell(answer, column)).chain(row);
            let cells = cells.chain([not_looked_at.clone()]);
            writer.write_record(cells.map(|cell| harmless(&cell)))?;
        }
    }
    writer.flush()?;
    Ok(())
}

/// The query's columns in the order first seen.
pub(super) fn own_columns(answers: &[Screening]) -> Vec<String> {
    let mut columns: Vec<String> = Vec::new();
    // All rows of one file have the same columns; a JSON-lines file may differ by row.
    for answer in answers {
        for key in answer.query.keys() {
            if !columns.contains(key) {
                columns.push(key.clone());
            }
        }
    }
    columns
}

/// A cell of the query as text.
pub(super) fn cell(answer: &Screening, column: &str) -> String {
    match answer.query.get(column) {
        None | Some(serde_json::Value::Null) => String::new(),
        Some(serde_json::Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    }
}

/// A cell that no spreadsheet takes for a formula.
pub(crate) fn harmless(cell: &str) -> String {
    // A space in its place: a tab parts words, and without it they would be one.
    let cell: String = cell
        .chars()
        .map(|c| if c.is_control() && c != '\n' { ' ' } else { c })
        .collect();
    if cell.trim_start().starts_with(['=', '+', '-', '@']) {
        format!("'{cell}")
    } else {
        cell
    }
}

/// For a person.
pub(super) fn terminal(
    world: &World,
    answers: &[Screening],
    asked: Option<Date>,
    options: &Options,
    edge: &Edge,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    let mut page = Page::new(edge.width, edge.colour);
    for answer in answers {
        if answer.matches.is_empty() {
            let line = format!(
                "{}: {}",
                answer.name(),
                reviewed::outcome(world, answer.name(), &[], &answer.reviews, asked)
            );
            page.fold("", 2, Tone::Plain, &line);
            aside(&mut page, answer);
            continue;
        }
        let count = words::count(answer.matches.len(), "candidate");
        page.both_ends("", 0, Tone::Strong, answer.name(), &count);
        for found in &answer.matches {
            let note = answer.reviews.iter().find(|note| note.record == found.id);
            candidate(&mut page, found, note);
        }
        aside(&mut page, answer);
    }
    page.gap();
    if world.is_starter() {
        page.fold("", 0, Tone::Ask, &words::sentence(&world.starter_line()));
    }
    let lists: Vec<String> = world
        .looked_at()
        .iter()
        .map(|l| format!("{} {}", l.source, l.date))
        .collect();
    page.label(0, "LOOKED AT", 16, &lists.join(" · "));
    let mut not: Vec<&str> = Vec::new();
    for unchecked in answers.iter().flat_map(|answer| &answer.unchecked) {
        if !not.contains(&unchecked.what.as_str()) {
            not.push(&unchecked.what);
        }
    }
    page.label(0, "NOT LOOKED AT", 16, &not.join(" · "));
    let note = format!(
        "Threshold {}. Agreement measures two texts, not the probability that they name one party.",
        agreement(options.threshold)
    );
    page.fold("", 0, Tone::Faint, &note);
    page.fold("", 0, Tone::Faint, scruple_brief::brief::FOOTER);
    out.write_all(page.finish().as_bytes())?;
    Ok(())
}

/// Who is listed at its address; what was set aside, counted, and each pair named.
fn aside(page: &mut Page, answer: &Screening) {
    for one in &answer.addresses {
        page.fold("  ", 4, Tone::Ask, &shares(one));
    }
    let Some(line) = reviewed::set_aside_line(&answer.reviews) else {
        return;
    };
    page.fold("  ", 4, Tone::Plain, &line);
    for note in reviewed::set_aside(&answer.reviews) {
        let pair = format!(
            "{} · {} · {}",
            note.caption,
            note.record,
            agreement(note.score)
        );
        page.fold("    ", 4, Tone::Faint, &pair);
    }
}

pub(crate) fn candidate(page: &mut Page, found: &Match, note: Option<&Note>) {
    let tone = if found.band == Band::Strong {
        Tone::Stop
    } else {
        Tone::Ask
    };
    let grade = format!("{} · {}", agreement(found.score), words::band(found.band));
    page.both_ends("  ", 2, tone, &found.caption, &grade);
    let explained = &found.explanation;
    page.label(4, "yours", 8, &explained.query_name);
    let kind = match explained.listed_kind {
        NameKind::Primary => "",
        NameKind::Alias => "   (alias)",
        NameKind::Former => "   (former name)",
        NameKind::Weak => "   (weak alias)",
    };
    page.label(4, "listed", 8, &format!("{}{kind}", explained.listed_name));
    let agreed: Vec<String> = explained
        .pairs
        .iter()
        .map(|pair| {
            let mut text = pair.query.clone();
            if pair.query != pair.listed {
                text.push('/');
                text.push_str(&pair.listed);
            }
            let notes: Vec<&str> = pair
                .path
                .as_deref()
                .into_iter()
                .chain(pair.remark())
                .collect();
            if !notes.is_empty() {
                text.push_str(&format!(" ({})", notes.join(", ")));
            }
            text
        })
        .collect();
    page.label(4, "agree", 8, &agreed.join(" · "));
    for (label, left) in [
        ("yours only", &explained.unmatched_query),
        ("list only", &explained.unmatched_listed),
    ] {
        if !left.is_empty() {
            let texts: Vec<&str> = left.iter().map(|part| part.text.as_str()).collect();
            page.label(4, label, 12, &texts.join(" · "));
        }
    }
    for adjustment in &explained.adjustments {
        page.label(
            4,
            "also",
            8,
            &format!("{} ({:+})", adjustment.what, adjustment.points),
        );
    }
    if let Some(note) = note {
        page.label(4, "review", 8, &note.line());
    }
    for listing in &found.listings {
        listed(page, found, listing);
    }
    if found.listings.is_empty() {
        page.fold(
            "    ",
            4,
            Tone::Faint,
            &format!("{} · {}", lists(found), found.id),
        );
    }
}

fn listed(page: &mut Page, found: &Match, listing: &scruple_model::Listing) {
    let list = listing.list.clone().unwrap_or_else(|| found.id.list());
    let mut line = vec![list.to_string()];
    line.extend(listing.since.map(|since| format!("since {since}")));
    line.extend(listing.until.map(|until| format!("until {until}")));
    line.extend(listing.citation.clone());
    line.extend((!listing.programmes.is_empty()).then(|| listing.programmes.join(", ")));
    line.push(found.id.to_string());
    line.extend(
        listing
            .refers_to
            .iter()
            .map(|record| format!("says it is {record}")),
    );
    page.fold("    ", 4, Tone::Faint, &line.join(" · "));
    for (label, text) in [
        ("why listed", &listing.reason),
        ("licence for", &listing.licence_requirement),
        ("policy", &listing.licence_policy),
    ] {
        if let Some(text) = text {
            page.label(6, label, 13, text);
        }
    }
}
