//! How bad, if it happens: the largest of scale, scope and irremediability (UNGP 14).
//!
//! Each of the three has two bounds. `at_least` is what the facts entered and the
//! rights concerned already say; `at_most` takes the worst answer for whatever is
//! not answered, or answered more mildly on too weak a word. A brief shows `at_most`,
//! so that leaving a question open can never make a harm look smaller. An average was rejected: it hides the one dimension in
//! which a harm is grave.

use schemars::JsonSchema;
use scruple_model::Severity;
use serde::{Deserialize, Serialize};

use crate::known::{Known, State};
use crate::packs::Choice;

/// One of the three, with what it rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Dimension {
    /// What the facts entered already say.
    pub at_least: Severity,
    /// With the worst answer to whatever is open.
    pub at_most: Severity,
    /// Why, fact by fact.
    pub because: Vec<String>,
    /// Questions that are open and could make it worse.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub open: Vec<String>,
}

/// How bad, in three dimensions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Graded {
    /// What the facts entered already say.
    pub at_least: Severity,
    /// With the worst answer to whatever is open: what a brief shows.
    pub at_most: Severity,
    /// How grave for a person.
    pub scale: Dimension,
    /// How many people.
    pub scope: Dimension,
    /// How hard to put right.
    pub irremediable: Dimension,
}

/// "grave".
pub fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Grave => "grave",
        Severity::Serious => "serious",
        Severity::Moderate => "moderate",
        Severity::Minor => "minor",
    }
}

/// Severity orders the gravest first.
pub(crate) fn worse(a: Severity, b: Severity) -> Severity {
    a.min(b)
}

impl Graded {
    /// Grades from what is known, and from what `base` says of the scale before any
    /// question is answered.
    pub(crate) fn of(known: &[Known<'_>], base: Dimension) -> Self {
        let scale = dimension(known, base, |choice| choice.scale);
        let scope = dimension(known, Dimension::least(), |choice| choice.scope);
        let irremediable = dimension(known, Dimension::least(), |choice| choice.irremediable);
        let all = [&scale, &scope, &irremediable];
        let (mut at_least, mut at_most) = (Severity::Minor, Severity::Minor);
        for one in all {
            at_least = worse(at_least, one.at_least);
            at_most = worse(at_most, one.at_most);
        }
        Self {
            at_least,
            at_most,
            scale,
            scope,
            irremediable,
        }
    }

    /// Questions that could make it worse.
    pub fn open(&self) -> impl Iterator<Item = &str> {
        [&self.scale, &self.scope, &self.irremediable]
            .into_iter()
            .flat_map(|one| one.open.iter().map(String::as_str))
    }

    /// "grave", or "serious, grave if open questions come out worst".
    pub fn words(&self) -> String {
        if self.at_least == self.at_most {
            word(self.at_most).to_owned()
        } else {
            format!(
                "{} at least, {} if the open questions come out worst",
                word(self.at_least),
                word(self.at_most)
            )
        }
    }
}

impl Dimension {
    /// Before anything is known.
    pub(crate) fn least() -> Self {
        Self {
            at_least: Severity::Minor,
            at_most: Severity::Minor,
            because: Vec::new(),
            open: Vec::new(),
        }
    }
}

fn dimension(
    known: &[Known<'_>],
    mut found: Dimension,
    of: impl Fn(&Choice) -> Option<Severity>,
) -> Dimension {
    for one in known {
        let Some(worst) = one.body.choices.iter().filter_map(&of).min() else {
            continue;
        };
        match one.state {
            State::Choice(choice) => {
                let Some(level) = of(choice) else { continue };
                let whose = one.source.as_ref().map_or_else(String::new, |s| s.words());
                found.at_least = worse(found.at_least, level);
                if one.is_weak() && level > worst {
                    // Said, but on too weak a word to make the harm smaller.
                    found.at_most = worse(found.at_most, worst);
                    found.because.push(format!(
                        "{} at worst: {}, but only on {whose} ({})",
                        word(worst),
                        choice.text,
                        one.id
                    ));
                    found.open.push(one.id.to_string());
                    continue;
                }
                found.at_most = worse(found.at_most, level);
                found.because.push(format!(
                    "{}: {} ({}; {whose})",
                    word(level),
                    choice.text,
                    one.id
                ));
            }
            State::Unknowable => {
                found.at_most = worse(found.at_most, worst);
                found.because.push(format!(
                    "{} at worst: asked, and it cannot be found out ({})",
                    word(worst),
                    one.id
                ));
            }
            State::Open => {
                found.at_most = worse(found.at_most, worst);
                found.open.push(one.id.to_string());
            }
        }
    }
    found
}
