//! The page that shows attestations: one HTML file, no scripts, nothing fetched.
//!
//! What an audit could not see stands before what it found. A statement that
//! answers it follows it at once, with a heading of the same rank.

use askama::Template;
use scruple_model::Answer;

use crate::credential::{Attestation, Point};
use crate::terms::{Interviews, Kind, Stated, Terms};
use crate::verify::{Report, Verdict};

/// The style sheet that every page of ours carries inside.
const STYLE: &str = include_str!("../../brief/templates/style.css");

/// What every page ends with.
pub const FOOTER: &str =
    "An aid to diligence, not legal advice; the decision and its reasons are yours.";

#[derive(Template)]
#[template(path = "attest.html")]
struct Page<'a> {
    style: &'static str,
    report: &'a Report,
    title: String,
    shown: Vec<Shown<'a>>,
    answer: &'static str,
    tone: &'static str,
    footer: &'static str,
}

struct Shown<'a> {
    verdict: &'a Verdict,
    one: Option<&'a Attestation>,
    number: usize,
    heading: String,
    kind: &'static str,
    rows: Vec<(&'static str, Vec<String>)>,
    is_audit: bool,
    unanswered: bool,
}

/// The page could not be made. The template is checked when the program is built,
/// so this is a fault of ours.
#[derive(Debug, thiserror::Error)]
#[error("the page could not be rendered: {0}")]
pub struct RenderError(#[from] askama::Error);

/// The report as one page.
///
/// # Errors
/// [`RenderError`].
pub fn render(report: &Report) -> Result<String, RenderError> {
    let shown: Vec<Shown<'_>> = (1..)
        .zip(&report.verdicts)
        .map(|(n, v)| show(n, v))
        .collect();
    let title = shown
        .first()
        .map_or_else(|| "Attestations".to_owned(), |one| one.heading.clone());
    let page = Page {
        style: STYLE,
        report,
        title,
        shown,
        answer: summary(report),
        tone: match report.answer {
            Answer::No => "stop",
            Answer::CannotTell => "ask",
            Answer::Yes => "",
        },
        footer: FOOTER,
    };
    Ok(page.render()?)
}

/// The answer of a whole report, as a sentence.
pub fn summary(report: &Report) -> &'static str {
    if report.verdicts.is_empty() {
        return "No statement is among the files that were read";
    }
    match report.answer {
        Answer::No => "Something does not hold",
        Answer::CannotTell => "Not everything can be told",
        Answer::Yes => "What was looked at holds",
    }
}

fn show(number: usize, verdict: &Verdict) -> Shown<'_> {
    let one = verdict.attestation();
    let kind = one.map_or("a credential of another kind", |one| one.kind().said());
    Shown {
        verdict,
        one,
        number,
        heading: one.map_or_else(|| verdict.file.clone(), |one| one.name.clone()),
        kind,
        rows: one.map(rows).unwrap_or_default(),
        is_audit: one.is_some_and(|one| one.kind() == Kind::Audit),
        unanswered: verdict.answered_by.is_empty(),
    }
}

/// What it says of itself, item by item; every item is there.
pub fn rows(one: &Attestation) -> Vec<(&'static str, Vec<String>)> {
    let mut rows = vec![
        (
            "Made by",
            vec![format!("{} ({})", one.issuer.name, one.issuer.id)],
        ),
        ("About", vec![with_id(&one.about.name, &one.about.id)]),
    ];
    if one.kind() == Kind::Audit {
        let scheme = one
            .scheme
            .as_ref()
            .map_or("not stated".to_owned(), |s| s.name.clone());
        let profile = one.profile.as_ref().map(|profile| profile.name.clone());
        rows.push(("Scheme", std::iter::once(scheme).chain(profile).collect()));
    }
    rows.push((
        "Holds",
        vec![match (one.from, one.until) {
            (Some(from), Some(until)) => format!("from {from} until {until}"),
            (Some(from), None) => format!("from {from}; until when is not stated"),
            (None, Some(until)) => format!("until {until}; from when is not stated"),
            (None, None) => "not stated".to_owned(),
        }],
    ));
    match &one.terms {
        Some(terms) if terms.kind == Kind::CounterStatement => {
            rows.push(("Says", vec![said(&terms.statement, String::clone)]));
            rows.push(("Scope", vec![said(&terms.scope, String::clone)]));
            rows.push((
                "Answers",
                terms.answers.iter().map(|a| a.id.clone()).collect(),
            ));
        }
        Some(terms) => rows.extend(circumstances(terms)),
        None => {
            if !one.sites.is_empty() {
                rows.push((
                    "Sites",
                    one.sites.iter().map(|site| site.name.clone()).collect(),
                ));
            }
            let all = "who chose and paid the auditor, whether the visit was announced, who was asked, what was closed, what could not be assessed";
            rows.push(("Not stated", vec![all.to_owned()]));
        }
    }
    rows
}

fn circumstances(terms: &Terms) -> Vec<(&'static str, Vec<String>)> {
    let list = |all: &Stated<Vec<String>>, none: &str| match all {
        Stated::Not(_) => vec!["not stated".to_owned()],
        Stated::Said(all) if all.is_empty() => vec![none.to_owned()],
        Stated::Said(all) => all.clone(),
    };
    let visits = match &terms.visits {
        Stated::Not(_) => vec!["not stated".to_owned()],
        Stated::Said(all) if all.is_empty() => vec!["no site was visited".to_owned()],
        Stated::Said(all) => all
            .iter()
            .map(|visit| {
                let place = visit
                    .place
                    .said()
                    .map_or("place not stated".to_owned(), |place| {
                        scruple_model::Place::parse(place).map_or(place.clone(), |p| p.name())
                    });
                let days = match (visit.from.said(), visit.until.said()) {
                    (Some(from), Some(until)) if from == until => format!("on {from}"),
                    (Some(from), Some(until)) => format!("{from} to {until}"),
                    (Some(day), None) | (None, Some(day)) => format!("on {day}"),
                    (None, None) => "days not stated".to_owned(),
                };
                format!("{}, {place}, {days}", visit.name)
            })
            .collect(),
    };
    let interviews = match &terms.interviews {
        Stated::Not(_) => vec!["not stated".to_owned()],
        Stated::Said(all) if all.is_empty() => vec!["no worker was asked".to_owned()],
        Stated::Said(all) => all.iter().map(interview).collect(),
    };
    let mut rows = vec![
        ("Looked at", vec![said(&terms.scope, String::clone)]),
        ("Sites", visits),
        (
            "Announced?",
            vec![said(&terms.announced, |a| a.said().to_owned())],
        ),
        (
            "Chosen by",
            vec![said(&terms.chosen_by, |a| a.said().to_owned())],
        ),
        (
            "Paid by",
            vec![said(&terms.paid_by, |a| a.said().to_owned())],
        ),
        ("Access", vec![said(&terms.access, |a| a.said().to_owned())]),
        (
            "Closed",
            list(&terms.access_limits, "nothing, by its own word"),
        ),
        ("Workers asked", interviews),
        (
            "Not assessed",
            list(&terms.not_assessed, "nothing, by its own word"),
        ),
        (
            "Accreditation",
            vec![said(&terms.accreditation, String::clone)],
        ),
    ];
    if let Stated::Said(text) = &terms.statement {
        rows.push(("In its words", vec![text.clone()]));
    }
    rows
}

fn interview(one: &Interviews) -> String {
    let number = one
        .number
        .said()
        .map_or("number not stated".to_owned(), u32::to_string);
    let place = one.place.said().map_or("where is not stated", |w| w.said());
    let by = one
        .by
        .said()
        .map_or("by whom is not stated".to_owned(), |w| {
            format!("by {}", w.said())
        });
    let managers = match one.management_present.said() {
        Some(true) => "managers were there",
        Some(false) => "without managers",
        None => "whether managers were there is not stated",
    };
    let languages = one
        .languages
        .said()
        .map_or("language not stated".to_owned(), |all| {
            format!("language {}", all.join(", "))
        });
    format!("{number}, {place}, {by}, {managers}, {languages}")
}

fn said<T>(value: &Stated<T>, say: impl Fn(&T) -> String) -> String {
    value.said().map_or_else(|| "not stated".to_owned(), say)
}

fn with_id(name: &str, id: &str) -> String {
    match (name, id) {
        ("", "") => "not stated".to_owned(),
        (name, id) if id.is_empty() || id == name => name.to_owned(),
        (name, id) => format!("{name} ({id})"),
    }
}

/// What came out on a point, with its words.
fn outcome(point: &Point) -> &'static str {
    point.outcome.said()
}
