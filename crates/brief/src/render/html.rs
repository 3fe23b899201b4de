//! The brief as one HTML file: no scripts, nothing fetched, prints to paper,
//! reads in the light and in the dark.
//!
//! The first page is for a reader with three minutes: what is needed, the findings that
//! press with their next step, whom to ask first, and every finding in a line. All else is
//! the annex, down to each limb of each entry, in the order of the terminal.

use askama::Template;
use scruple_model::Answer;

use super::decide::{Decision, decision};
use super::view::{View, views};
use crate::brief::{Brief, Verdict};
use crate::words;

/// So many findings stand on the first page with their next step.
const MOST_PRESSING: usize = 4;

/// The style sheet every page of ours carries inside.
pub(crate) const STYLE: &str = include_str!("../../templates/style.css");

struct Law<'a> {
    id: &'a str,
    title: &'a str,
    answer: &'static str,
    why: String,
}

#[derive(Template)]
#[template(path = "brief.html")]
struct Page<'a> {
    style: &'static str,
    brief: &'a Brief,
    views: Vec<View<'a>>,
    pressing: Vec<View<'a>>,
    decision: Decision<'a>,
    caveats: Vec<String>,
    law: Vec<Law<'a>>,
    verdict: &'a str,
    counts: &'a str,
    tone: &'static str,
    deal_short: &'a str,
    vintage_short: &'a str,
    nothing: String,
}

/// The page could not be made. The template is checked when the program is
/// built, so this is a fault of ours.
#[derive(Debug, thiserror::Error)]
#[error("the page could not be rendered: {0}")]
pub struct RenderError(#[from] askama::Error);

/// The brief as one page.
pub fn render(brief: &Brief) -> Result<String, RenderError> {
    let (verdict, counts) = brief
        .summary
        .split_once("   ")
        .unwrap_or((&brief.summary, ""));
    let views = views(brief);
    let nothing = super::terminal::nothing_found(brief);
    let page = Page {
        style: STYLE,
        brief,
        pressing: views
            .iter()
            .filter(|view| view.is_pressing() || view.is_open_licence())
            .take(MOST_PRESSING)
            .cloned()
            .collect(),
        decision: decision(brief, &views),
        views,
        caveats: brief
            .caveats
            .iter()
            .map(|caveat| words::sentence(caveat))
            .collect(),
        law: brief.regimes.iter().map(law).collect(),
        verdict,
        counts,
        tone: match brief.verdict {
            Verdict::NeedsDecision => "stop",
            Verdict::CannotTellYet => "ask",
            Verdict::NothingFound => "",
        },
        deal_short: brief.deal.get(..12).unwrap_or(&brief.deal),
        vintage_short: brief.vintage.hash.get(..12).unwrap_or(&brief.vintage.hash),
        nothing,
    };
    Ok(page.render()?)
}

fn law(regime: &crate::brief::RegimeAnswer) -> Law<'_> {
    let mut why = match regime.answer {
        Answer::Yes => regime.because.join("; "),
        Answer::CannotTell => regime
            .questions
            .iter()
            .map(|q| q.text.as_str())
            .collect::<Vec<_>>()
            .join(" "),
        Answer::No => "no fact entered makes it bind".to_owned(),
    };
    let state = words::force(regime.force);
    if !state.is_empty() {
        why.push_str(&format!("; {state}"));
    }
    if !regime.doubts.is_empty() {
        why.push_str(&format!(" ({})", regime.doubts.join("; ")));
    }
    Law {
        id: regime.id.as_str(),
        title: &regime.title,
        answer: words::answer(regime.answer),
        why,
    }
}
