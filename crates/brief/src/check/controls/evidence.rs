//! Limbs as evidence, and how sure an answer about an item is.

use scruple_controls::{Considered, Judged, Whose};
use scruple_model::{Answer, Band, Confidence, Contest, Evidence};

use super::super::{Context, regime_part};
use crate::brief::RegimeAnswer;

/// Limb by limb, as evidence: the annex of a finding. The field says what the limb came
/// to; the text what it says and the facts that are known of it.
pub(super) fn limbs(
    context: &Context<'_>,
    pack: &str,
    steps: &[scruple_controls::trace::Step],
    code: &str,
) -> Vec<Evidence> {
    steps
        .iter()
        .map(|step| {
            let known: Vec<&str> = step
                .rests
                .iter()
                .map(|rests| rests.said.as_str())
                .filter(|said| !said.is_empty())
                .collect();
            let what = if step.takes_out { "note" } else { "limb" };
            let place = step.cite.as_deref().unwrap_or(code);
            let field = if place.is_empty() {
                format!("{what}, {}", say(step.answer))
            } else {
                format!("{what}, {}, {place}", say(step.answer))
            };
            let text = if known.is_empty() {
                step.says.clone()
            } else {
                format!("{} ({})", step.says, known.join("; "))
            };
            pack_evidence(context, pack, &field, &text)
        })
        .collect()
}

pub(super) fn say(answer: Answer) -> &'static str {
    match answer {
        Answer::Yes => "yes",
        Answer::No => "no",
        Answer::CannotTell => "open",
    }
}

pub(super) fn pack_evidence(
    context: &Context<'_>,
    pack: &str,
    field: &str,
    text: &str,
) -> Evidence {
    Evidence {
        source: pack.to_owned(),
        snapshot: context.world.packs.hashes.get(pack).cloned(),
        record: None,
        field: field.to_owned(),
        text: text.to_owned(),
        date: None,
        published: false,
    }
}

pub(super) fn because(regime: Option<&RegimeAnswer>) -> String {
    regime_part(regime).0
}

pub(super) fn confidence(entries: &[&Considered]) -> Confidence {
    let text = entries
        .iter()
        .flat_map(|one| &one.steps)
        .flat_map(|step| &step.rests)
        .any(|rests| rests.whose == Whose::Text);
    let sure = entries.iter().any(|one| one.sure);
    let (band, reason) = match (sure, text) {
        (true, false) => (Band::Strong, "rests on what the deal states"),
        (true, true) => (Band::Moderate, "rests on words of the description"),
        (false, _) => (Band::Weak, "words only make one ask"),
    };
    Confidence {
        band,
        reason: reason.to_owned(),
    }
}

pub(super) fn rests_on_words(rule: &Judged) -> bool {
    rule.steps
        .iter()
        .flat_map(|step| &step.rests)
        .any(|rests| rests.whose == Whose::Text)
}

pub(super) fn contest() -> Contest {
    Contest {
        how: "Correct the fact in the deal file, with the paper that shows it, and run the check \
              again. An authority decides a doubtful classification on request."
            .to_owned(),
        link: None,
    }
}
