//! What has to be decided, and why: the first lines of every output.
//!
//! A reader with three minutes reads a sentence that says what to do, the reason in the
//! words of the deal, and whom to ask first. Everything below explains these lines. They
//! follow from the findings and the assessment, hardest first, and add nothing to them.

use scruple_model::{Answer, Effect, Question};

use super::assessment::{grades, headline};
use super::view::View;
use crate::brief::{Brief, Verdict};
use crate::words::count;

/// So many open questions are asked first.
const MOST_ASKED: usize = 3;
/// And so many stop-level findings are named as the reason.
const MOST_NAMED: usize = 2;

/// The decision that is needed.
pub(crate) struct Decision<'a> {
    /// What to do, as one sentence without a full stop; none where nothing was found.
    pub(crate) needed: Option<String>,
    /// Why, each a line.
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

pub(crate) fn decision<'a>(brief: &'a Brief, views: &[View<'_>]) -> Decision<'a> {
    let assessed = brief
        .assessment
        .as_ref()
        .filter(|assessment| !assessment.impacts.is_empty());
    let stops: Vec<&View<'_>> = views.iter().filter(|view| view.finding.is_stop()).collect();
    let pressing = views.iter().filter(|view| view.is_pressing()).count();
    let open = brief.questions.len();
    let people = |answer: Answer| assessed.filter(|assessment| assessment.stop == answer);

    let needed = if let Some(assessment) = people(Answer::Yes) {
        Some(assessment.recommends.clone())
    } else if !stops.is_empty() {
        let sure = stops.iter().any(|view| view.finding.answer == Answer::Yes);
        Some(match (stops.len(), sure) {
            (1, true) => "Do not go on: the law or your own duty forbids it".to_owned(),
            (many, true) => {
                format!("Do not go on: the law or your own duty forbids it, on {many} grounds")
            }
            (_, false) => "Do not go on before it is known whether the law or your own duty \
                           forbids it"
                .to_owned(),
        })
    } else if pressing > 0 {
        Some(format!(
            "Decide on {} before anything is signed",
            count(pressing, "finding")
        ))
    } else if let Some(assessment) = people(Answer::CannotTell) {
        Some(assessment.recommends.clone())
    } else if views.iter().any(View::is_open_licence) {
        Some(
            "Do not sign or ship before it is known whether a licence or a notice is needed"
                .to_owned(),
        )
    } else if open > 0 {
        Some(format!(
            "Do not sign before {} answered; nothing else found demands a decision",
            match open {
                1 => "1 open question is".to_owned(),
                many => format!("{many} open questions are"),
            }
        ))
    } else if brief.verdict == Verdict::CannotTellYet {
        Some("Nothing found demands a decision; what was not looked at is named below".to_owned())
    } else {
        None
    };

    let mut because = Vec::new();
    // The impacts stand in order, the worst first.
    let worst = people(Answer::Yes)
        .or(people(Answer::CannotTell))
        .and_then(|assessment| assessment.impacts.first());
    because.extend(worst.map(|worst| format!("{}: {}", headline(worst), grades(worst))));
    let of_law = stops.iter().filter(|view| {
        let rule = view.finding.rule.as_str();
        !rule.starts_with("duty.ungp.")
    });
    because.extend(
        of_law
            .take(MOST_NAMED)
            .map(|view| view.short_title().to_owned()),
    );
    let licences: Vec<&View<'_>> = views.iter().filter(|view| needs_licence(view)).collect();
    if let Some(first) = licences.first() {
        let more = match licences.len() - 1 {
            0 => String::new(),
            more => format!(
                ", and {} on licences or notices",
                count(more, "more finding")
            ),
        };
        because.push(format!("{}{more}", first.short_title()));
    }
    Decision {
        needed,
        because,
        ask: brief.questions.iter().take(MOST_ASKED).collect(),
    }
}
