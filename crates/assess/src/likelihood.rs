//! Whether the harm is likely, from facts and not from a feeling.
//!
//! Each question that bears on it raises likelihood, lowers it, or is not known. A
//! decisive one raises it alone, of the others two are needed. That it is *not
//! shown* to be likely takes a favourable answer to every decisive question and to
//! all others but one, each on good enough a word. A probability was rejected:
//! nobody has the counts it would need, and a made-up figure ends the discussion.

use schemars::JsonSchema;
use scruple_model::QuestionId;
use serde::{Deserialize, Serialize};

use crate::known::{Known, State};

/// Whether the harm is likely.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Likelihood {
    /// Facts entered make it likely.
    Likely,
    /// What decides it was asked for and cannot be found out.
    Unknowable,
    /// Questions are open that decide it.
    CannotTell,
    /// No fact entered makes it likely, and what decides it is answered.
    NotShown,
}

/// What one question says.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Says {
    /// It makes harm likely, or adds to it.
    Raises,
    /// It was asked, and it cannot be found out.
    Unknowable,
    /// It is not answered, or only by a word that settles nothing.
    Open,
    /// It speaks against.
    Lowers,
}

/// One fact that bears on likelihood.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Factor {
    /// The question.
    pub question: QuestionId,
    /// What it says.
    pub says: Says,
    /// Whether it decides alone.
    pub decisive: bool,
    /// The same in words.
    pub because: String,
}

/// The factors among what is known, the deciding first.
pub(crate) fn factors(known: &[Known<'_>]) -> Vec<Factor> {
    let mut all: Vec<Factor> = known
        .iter()
        .filter(|one| one.body.bears_on_likelihood())
        .filter_map(factor)
        .collect();
    all.sort_by_key(|factor| (factor.says, !factor.decisive));
    all
}

fn factor(one: &Known<'_>) -> Option<Factor> {
    let whose = one.source.as_ref().map_or_else(String::new, |s| s.words());
    let (says, because) = match one.state {
        State::Choice(choice) => match choice.raises? {
            true => (Says::Raises, format!("{} ({whose})", choice.text)),
            false if one.is_weak() => (Says::Open, format!("{}, but only on {whose}", choice.text)),
            false => (Says::Lowers, format!("{} ({whose})", choice.text)),
        },
        State::Unknowable => (
            Says::Unknowable,
            format!("asked, and it cannot be found out: {}", one.body.text),
        ),
        State::Open => (Says::Open, format!("not answered: {}", one.body.text)),
    };
    Some(Factor {
        question: one.id.clone(),
        says,
        decisive: one.body.decisive,
        because,
    })
}

/// What the factors together say.
pub(crate) fn likelihood(factors: &[Factor]) -> Likelihood {
    // Of those that decide nothing alone, so many together do.
    const TOGETHER: usize = 2;
    let reaches = |counts: &dyn Fn(Says) -> bool| {
        let of = |decisive: bool| {
            factors
                .iter()
                .filter(|factor| factor.decisive == decisive && counts(factor.says))
                .count()
        };
        of(true) >= 1 || of(false) >= TOGETHER
    };
    if reaches(&|says| says == Says::Raises) {
        Likelihood::Likely
    } else if reaches(&|says| matches!(says, Says::Raises | Says::Unknowable)) {
        Likelihood::Unknowable
    } else if reaches(&|says| says != Says::Lowers) {
        Likelihood::CannotTell
    } else {
        Likelihood::NotShown
    }
}

/// The likelihood in words.
pub fn word(likelihood: Likelihood) -> &'static str {
    match likelihood {
        Likelihood::Likely => "likely by the facts entered",
        Likelihood::Unknowable => "cannot be known: it was asked for and not found out",
        Likelihood::CannotTell => "cannot tell yet",
        Likelihood::NotShown => "not shown to be likely by the facts entered",
    }
}
