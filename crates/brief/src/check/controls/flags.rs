//! Warning signs, as one finding that names them.

use scruple_controls::Outcome;
use scruple_model::{Answer, Band, Confidence, Finding, Subject};

use super::super::Context;
use super::evidence::{contest, pack_evidence};
use crate::packs::When;
use crate::render::view::SIGNS;
use crate::words::count;

/// The finding; none where no sign is shown.
pub(super) fn flags(context: &Context<'_>, outcomes: &[Outcome]) -> Option<Finding> {
    let mut flags: Vec<&scruple_controls::Flag> = Vec::new();
    for flag in outcomes.iter().flat_map(|outcome| &outcome.flags) {
        if !flags.iter().any(|known| known.id == flag.id) {
            flags.push(flag);
        }
    }
    let duty = context.world.packs.duty(When::WarningSigns)?;
    if flags.is_empty() {
        return None;
    }
    let evidence = flags
        .iter()
        .map(|flag| pack_evidence(context, SIGNS, &flag.id, &line(flag)))
        .collect();
    let signs = count(flags.len(), "warning sign");
    let mut finding = context.of_duty(
        duty,
        Subject::Deal,
        Answer::Yes,
        Confidence {
            band: Band::Moderate,
            reason: "each is shown by facts or words of the deal, or by what it leaves out; none \
                     says anything by itself"
                .to_owned(),
        },
        evidence,
    );
    finding.title = finding.title.replace("{signs}", &signs);
    finding.contest = contest();
    Some(finding)
}

/// What it says, what shows it, what would resolve it.
fn line(flag: &scruple_controls::Flag) -> String {
    let mut shown: Vec<&str> = Vec::new();
    for because in &flag.because {
        if !shown.contains(&because.as_str()) {
            shown.push(because);
        }
    }
    let because = match shown.is_empty() {
        true => String::new(),
        false => format!(" ({})", shown.join("; ")),
    };
    format!(
        "{}{because}. Resolves it: {}",
        flag.label, flag.question.text
    )
}
