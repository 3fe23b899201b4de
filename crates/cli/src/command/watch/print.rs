//! A watch for a person.

use std::path::Path;

use scruple_brief::render::paint::{Page, Tone};
use scruple_brief::render::screening::agreement;
use scruple_brief::reviewed;
use scruple_brief::watch::{News, NewsKind, WatchReport};

use super::named;
use crate::Edge;
use crate::command::screen::print::candidate;

/// Pairs set aside that are named before the rest is counted.
const SHOWN: usize = 10;

pub(super) fn page(report: &WatchReport, file: &Path, edge: &Edge) -> String {
    let mut page = Page::new(edge.width, edge.colour);
    let of = |kind| report.news.iter().filter(|one| one.kind == kind).count();
    let since = report
        .since
        .map_or_else(|| "first run".to_owned(), |day| format!("since {day}"));
    let head = format!(
        "{}: {}, {since}: {} new · {} changed · {} gone",
        named(file),
        parties(report.parties),
        of(NewsKind::New),
        of(NewsKind::Changed),
        of(NewsKind::Gone)
    );
    page.fold("", 0, Tone::Strong, &head);
    for one in &report.news {
        page.gap();
        entry(&mut page, one);
    }
    page.gap();
    counts(&mut page, report);
    let lists: Vec<String> = report
        .lists
        .iter()
        .map(|list| match list.changed {
            Some(0) | None => format!("{} {}", list.list, list.date),
            Some(changed) => format!("{} {} ({changed} changed)", list.list, list.date),
        })
        .collect();
    page.label(0, "LOOKED AT", 16, &lists.join(" · "));
    let mut not: Vec<&str> = Vec::new();
    for unchecked in &report.unchecked {
        if !not.contains(&unchecked.what.as_str()) {
            not.push(&unchecked.what);
        }
    }
    page.label(0, "NOT LOOKED AT", 16, &not.join(" · "));
    page.fold("", 0, Tone::Faint, &report.footer);
    page.finish()
}

fn parties(number: usize) -> String {
    match number {
        1 => "1 party".to_owned(),
        many => format!("{many} parties"),
    }
}

fn counts(page: &mut Page, report: &WatchReport) {
    let full = match (&report.all_because, report.in_full) {
        (Some(because), _) => format!("all parties screened against everything: {because}"),
        (None, 0) => "screened against what changed".to_owned(),
        (None, some) => format!(
            "{} new or changed in the file, screened against everything; the others \
             against what changed",
            parties(some)
        ),
    };
    let matches = match report.matches {
        1 => "1 match counts".to_owned(),
        many => format!("{many} matches count"),
    };
    let mut line = format!("{matches}; {full}");
    if report.left > 0 {
        line.push_str(&format!("; {} no longer in the file", report.left));
    }
    page.fold("", 0, Tone::Plain, &line);
    if report.set_aside.is_empty() {
        return;
    }
    let notes: Vec<_> = report
        .set_aside
        .iter()
        .map(|one| one.review.clone())
        .collect();
    if let [one] = notes.as_slice() {
        let line = reviewed::set_aside_line(std::slice::from_ref(one)).unwrap_or_default();
        page.fold("", 2, Tone::Plain, &line);
    } else {
        let line = format!("{} matches set aside by review", notes.len());
        page.fold("", 2, Tone::Plain, &line);
    }
    for one in report.set_aside.iter().take(SHOWN) {
        let text = format!("line {} and {}", one.line, reviewed::described(&one.review));
        page.fold("  ", 4, Tone::Faint, &text);
    }
    let more = notes.len().saturating_sub(SHOWN);
    if more > 0 {
        page.fold(
            "  ",
            4,
            Tone::Faint,
            &format!("and {more} more: --json has all"),
        );
    }
}

fn entry(page: &mut Page, one: &News) {
    let word = match one.kind {
        NewsKind::New => "NEW",
        NewsKind::Changed => "CHANGED",
        NewsKind::Gone => "GONE",
    };
    let id = one
        .id
        .as_ref()
        .map_or_else(String::new, |id| format!(" ({id})"));
    let line = format!("line {}", one.line);
    page.both_ends(
        "",
        0,
        Tone::Strong,
        &format!("{word}  {}{id}", one.name),
        &line,
    );
    match &one.found {
        Some(found) => candidate(page, found, one.review.as_ref()),
        None => {
            let was = one.was.map_or_else(String::new, |score| {
                format!(", agreed {}", agreement(score))
            });
            page.fold("  ", 2, Tone::Plain, &format!("{}{was}", one.record));
        }
    }
    for because in &one.because {
        page.label(4, "because", 9, because);
    }
}
