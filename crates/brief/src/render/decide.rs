//! What has to be decided, and why: the first lines of every output.
//!
//! A reader with three minutes reads a sentence that says what to do, the reason in the
//! words of the deal, and whom to ask first. Everything below explains these lines. They
//! follow from the findings and the assessment, hardest first, and add nothing to them.

use scruple_assess::Assessment;
use scruple_model::{Answer, Effect, Question};

use super::assessment::{grades, headline};
use super::view::View;
use crate::brief::{Brief, Verdict};
use crate::words::count;

/// So many open questions are asked first.
const MOST_ASKED: usize = 3;
/// And so many stop-level findings are named as the reason.
const MOST_NAMED: usize = 2;
/// So many reasons are told: a first page is read in three minutes.
const MOST_REASONS: usize = 3;

/// The decision that is needed.
pub(crate) struct Decision<'a> {
    /// What to do, as one sentence without a full stop; none where nothing was found.
    pub(crate) needed: Option<String>,
    /// Whom it may harm and how badly, where that was assessed.
    pub(crate) harm: Option<String>,
    /// What else makes it so, each a line.
    pub(crate) because: Vec<String>,
    /// What to ask before all else, the most deciding first.
    pub(crate) ask: Vec<&'a Question>,
}

impl Decision<'_> {
    /// Whom to ask first, in a line: each once, with the questions.
    pub(crate) fn whom(&self) -> String {
        let mut whom: Vec<(&str, Vec<&str>)> = Vec::new();
        for question in &self.ask {
            let id = question.id.as_str();
            match whom.iter_mut().find(|(ask, _)| *ask == question.ask) {
                Some((_, ids)) => ids.push(id),
                None => whom.push((&question.ask, vec![id])),
            }
        }
        let told = whom
            .iter()
            .map(|(ask, ids)| format!("{ask} ({})", ids.join(", ")));
        told.collect::<Vec<_>>().join(" · ")
    }
}

/// Whether a licence or a notice is needed, or may be.
fn needs_licence(view: &View<'_>) -> bool {
    let finding = view.finding;
    view.is_open_licence()
        || (view.is_pressing()
            && matches!(
                finding.effect,
                Effect::LicenceNeeded | Effect::NotifyAuthority
            ))
}

/// The first of several findings by its claim, and how many more there are.
fn first_of(views: &[&View<'_>], of: &str) -> Option<String> {
    let first = views.first()?.short_title();
    Some(match views.len() - 1 {
        0 => first.to_owned(),
        more => format!("{first}, and {}{of}", count(more, "more finding")),
    })
}

/// What bears on the decision, sorted by what it asks for.
struct Grounds<'v> {
    /// The assessment, where it assessed anything and its stop rule is met or may be.
    people: Option<&'v Assessment>,
    /// Stop-level findings beside those of the assessment.
    stops: Vec<&'v View<'v>>,
    /// Findings on licences and notices, known or open.
    licences: Vec<&'v View<'v>>,
    /// Other findings that hold and demand something.
    others: Vec<&'v View<'v>>,
}

impl<'v> Grounds<'v> {
    fn of(brief: &'v Brief, views: &'v [View<'v>]) -> Self {
        let of_people = |view: &&View<'_>| view.finding.rule.as_str().starts_with("duty.ungp.");
        let is_other = |view: &&View<'_>| {
            view.is_pressing() && !view.finding.is_stop() && !needs_licence(view)
        };
        Self {
            people: brief
                .assessment
                .as_ref()
                .filter(|one| !one.impacts.is_empty() && one.stop != Answer::No),
            stops: views
                .iter()
                .filter(|view| view.finding.is_stop() && !of_people(view))
                .collect(),
            licences: views.iter().filter(|view| needs_licence(view)).collect(),
            others: views.iter().filter(is_other).collect(),
        }
    }

    /// What to do, hardest first.
    fn needed(&self, brief: &Brief) -> Option<String> {
        if let Some(people) = self.people.filter(|one| one.stop == Answer::Yes) {
            return Some(people.recommends.clone());
        }
        let is_sure = |view: &&View<'_>| view.finding.answer == Answer::Yes;
        let forbids = "Do not go on: the law or your own duty forbids it";
        let open = brief.questions.len();
        Some(match self {
            Self { stops, .. } if stops.iter().any(is_sure) && stops.len() == 1 => {
                forbids.to_owned()
            }
            Self { stops, .. } if stops.iter().any(is_sure) => {
                format!("{forbids}, on {} grounds", stops.len())
            }
            Self { stops, .. } if !stops.is_empty() => {
                "Do not go on before it is known whether the law or your own duty forbids it"
                    .to_owned()
            }
            Self { licences, .. } if licences.iter().any(is_sure) => {
                "Do not ship or send anything without the licence or notice that is needed"
                    .to_owned()
            }
            Self {
                people: Some(people),
                ..
            } => people.recommends.clone(),
            Self { licences, .. } if !licences.is_empty() => {
                "Do not sign or ship before it is known whether a licence or a notice is needed"
                    .to_owned()
            }
            Self { others, .. } if !others.is_empty() => format!(
                "Decide on {} before anything is signed",
                count(others.len(), "finding")
            ),
            _ if open == 1 => {
                "Do not sign before 1 open question is answered; nothing else found demands a \
                 decision"
                    .to_owned()
            }
            _ if open > 1 => format!(
                "Do not sign before {open} open questions are answered; nothing else found demands \
                 a decision"
            ),
            _ if brief.verdict == Verdict::CannotTellYet => {
                "Nothing found demands a decision; what was not looked at is named below".to_owned()
            }
            _ => return None,
        })
    }

    /// The worst impact, how bad and how likely.
    fn harm(&self) -> Option<String> {
        // The impacts stand in order, the worst first.
        let worst = self.people?.impacts.first()?;
        Some(format!("{}: {}", headline(worst), grades(worst)))
    }

    /// What the law says, and what else is to be decided.
    fn because(&self) -> Vec<String> {
        let stops = self.stops.iter().take(MOST_NAMED);
        stops
            .map(|view| view.short_title().to_owned())
            .chain(first_of(&self.licences, " on licences or notices"))
            .chain(first_of(&self.others, " to decide on"))
            .take(MOST_REASONS)
            .collect()
    }
}

/// The decision that a brief asks for.
pub(crate) fn decision<'a>(brief: &'a Brief, views: &[View<'_>]) -> Decision<'a> {
    let grounds = Grounds::of(brief, views);
    Decision {
        needed: grounds.needed(brief),
        harm: grounds.harm(),
        because: grounds.because(),
        ask: brief.questions.iter().take(MOST_ASKED).collect(),
    }
}
