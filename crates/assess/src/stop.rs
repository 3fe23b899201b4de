//! The stop rule: severe, likely or unknowable, and not answered by what is in place.
//!
//! It stands alone so that it can be read alone. No licence is asked about, no sum is made:
//! how bad comes first, and a fact that nobody knows leaves the rule open.

use scruple_model::{Answer, Severity};

use crate::likelihood::{self, Factor, Likelihood, Says};
use crate::severity::{Graded, word};

/// Grave or serious.
pub(crate) fn is_severe(severity: Severity) -> bool {
    severity <= Severity::Serious
}

/// The stop rule. An unknown fact leaves it open; it never answers No for one.
pub(crate) fn stop(
    severity: &Graded,
    likely: Likelihood,
    acceptable: &Answer,
    factors: &[Factor],
) -> (Answer, String) {
    if !is_severe(severity.at_most) {
        let most = word(severity.at_most);
        return (Answer::No, format!("the harm would be {most} at most"));
    }
    if likely == Likelihood::NotShown {
        let why = "severe if it happened; no fact entered makes it likely";
        return (Answer::No, why.to_owned());
    }
    if *acceptable == Answer::Yes {
        let why = "severe and possible; measures in place answer it, for as long as they hold";
        return (Answer::No, why.to_owned());
    }
    let certain = is_severe(severity.at_least)
        && matches!(likely, Likelihood::Likely | Likelihood::Unknowable);
    let points: Vec<&str> = factors
        .iter()
        .filter(|factor| matches!(factor.says, Says::Raises | Says::Unknowable))
        .take(3)
        .map(|factor| factor.because.as_str())
        .collect();
    if certain {
        return (
            Answer::Yes,
            format!("severity {}; {}", severity.words(), points.join("; ")),
        );
    }
    let mut why = format!(
        "severity {}; {}",
        severity.words(),
        likelihood::word(likely)
    );
    if !points.is_empty() {
        why.push_str(&format!(": {}", points.join("; ")));
    }
    (Answer::CannotTell, why)
}
