//! The pages.

use askama::Template;

use super::History;
use crate::entry::{Role, State};
use crate::version::{CounterStatement, Shown, Version, Withheld, span};

/// The style sheet that every page of ours carries inside.
const STYLE: &str = include_str!("../../../brief/templates/style.css");

/// A page could not be made. Templates are checked when the program is built, so
/// this is a fault of ours.
#[derive(Debug, thiserror::Error)]
#[error("a page could not be rendered: {0}")]
pub struct RenderError(#[from] askama::Error);

#[derive(Template)]
#[template(path = "index.html")]
struct Index<'a> {
    style: &'static str,
    version: &'a Version,
    groups: Vec<(Role, Vec<&'a Shown>)>,
    sha256: &'a str,
    committed: Option<String>,
}

#[derive(Template)]
#[template(path = "history.html")]
struct HistoryPage<'a> {
    style: &'static str,
    version: &'a Version,
    history: &'a History,
}

#[derive(Template)]
#[template(path = "statements.html")]
struct Statements<'a> {
    style: &'static str,
    version: &'a Version,
    statements: &'a [CounterStatement],
}

pub(super) fn index(version: &Version, history: &History) -> Result<String, RenderError> {
    let line = history.versions.first();
    let page = Index {
        style: STYLE,
        version,
        groups: Role::ALL
            .into_iter()
            .map(|role| (role, version.in_role(role)))
            .filter(|(_, all)| !all.is_empty())
            .collect(),
        sha256: line.map_or("", |line| line.sha256.as_str()),
        committed: line
            .and_then(|line| line.committed.as_ref())
            .map(|at| format!("{}, entry {}", at.origin, at.index)),
    };
    Ok(page.render()?)
}

pub(super) fn history(version: &Version, history: &History) -> Result<String, RenderError> {
    let page = HistoryPage {
        style: STYLE,
        version,
        history,
    };
    Ok(page.render()?)
}

pub(super) fn statements(version: &Version) -> Result<String, RenderError> {
    let page = Statements {
        style: STYLE,
        version,
        statements: &version.counter_statements,
    };
    Ok(page.render()?)
}

/// Place, kind and address in one cell.
fn whereabouts(shown: &Shown) -> String {
    let entry = &shown.entry;
    match &entry.address {
        Some(address) => format!("{}, {address}", entry.place.name()),
        None => entry.place.name(),
    }
}

fn when(shown: &Shown) -> String {
    span(shown.entry.since, shown.entry.until)
}

fn roles(all: &[Role]) -> String {
    all.iter()
        .map(|role| role.as_str())
        .collect::<Vec<_>>()
        .join(", ")
}

fn withheld(one: &Withheld) -> String {
    match (one.state, one.show_from) {
        (State::Delay, Some(day)) => format!("delayed until {day}: {}", one.reason),
        (State::Delay, None) => format!("delayed: {}", one.reason),
        _ => format!("withheld: {}", one.reason),
    }
}

fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}
