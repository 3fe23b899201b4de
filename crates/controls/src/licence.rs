//! Does a listed item need a licence for this destination?
//!
//! Each reason for control stands alone: one that is overcome overcomes no other. A
//! mark that is missing says only that this reason demands nothing here. An exception
//! counts where its conditions are shown, leaves the matter open where they may be
//! met, and is nothing where they are not. A general authorisation that reaches item and
//! destination still has formalities, such as registration: until each is stated to be
//! met, it is a question and no permission.

use schemars::JsonSchema;
use scruple_model::Answer;
use serde::{Deserialize, Serialize};

use crate::consider::{Considered, State};
use crate::fact::Facts;
use crate::packs::{Controls, Lifts, ReadList};
use scruple_model::Question;

/// A reason for control, and what it demands here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Reason {
    /// `NS 2`.
    pub reason: String,
    /// Whether it demands a licence for this destination.
    pub answer: Answer,
    /// Why, in words.
    pub because: String,
}

/// What being listed demands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Licence {
    /// The list.
    pub list: String,
    /// The code there.
    pub code: String,
    /// Whether a licence of one's own is needed.
    pub answer: Answer,
    /// Whether only the formalities of a general authorisation or exception keep it open.
    #[serde(default)]
    pub is_covered: bool,
    /// Reason by reason.
    pub reasons: Vec<Reason>,
    /// Exceptions and general authorisations that are there, or may be: what each asks.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub exceptions: Vec<Reason>,
    /// What would settle it.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub questions: Vec<Question>,
}

impl Controls {
    /// What an entry demands in a list; none where it is not listed there.
    pub(crate) fn licence(
        &self,
        list: &ReadList,
        one: &Considered,
        facts: &Facts,
    ) -> Option<Licence> {
        (one.state == State::Listed)
            .then(|| self.would_demand(list, one, facts))
            .flatten()
    }

    /// What an entry would demand if its limbs held.
    pub(crate) fn would_demand(
        &self,
        list: &ReadList,
        one: &Considered,
        facts: &Facts,
    ) -> Option<Licence> {
        let id = &list.list.id;
        let read = self
            .entries
            .iter()
            .find(|read| read.entry.id.as_str() == one.entry)?;
        let listing = read.entry.body.lists.get(id)?;
        let mut questions = Vec::new();
        let mut reasons = Vec::new();
        match &list.needs {
            Some(needs) => {
                let mut touched = Vec::new();
                let answer = needs.eval(facts, self, &mut touched);
                questions.extend(self.questions_on(&touched, facts));
                reasons.push(Reason {
                    reason: list.list.title.clone(),
                    answer,
                    because: list.list.rule.clone(),
                });
            }
            None => reasons.extend(
                listing
                    .reasons
                    .iter()
                    .map(|reason| self.mark(reason, facts)),
            ),
        }
        let unknown = |name: &&String| facts.truth(name).is_none();
        questions.extend(
            listing
                .ask
                .iter()
                .filter(unknown)
                .filter_map(|name| self.fact(name))
                .map(crate::fact::FactEntry::question),
        );
        for (reason, says, when) in read.scopes.get(id).into_iter().flatten() {
            let mut touched = Vec::new();
            let answer = when.eval(facts, self, &mut touched);
            if answer == Answer::CannotTell {
                questions.extend(self.questions_on(&touched, facts));
            }
            reasons.push(Reason {
                reason: reason.clone(),
                answer,
                because: says.clone(),
            });
        }
        let demanded = reasons
            .iter()
            .map(|reason| reason.answer)
            .fold(Answer::No, Answer::or);
        let mut exceptions = Vec::new();
        let mut lifted = Answer::No;
        let mut is_covered = false;
        if demanded != Answer::No {
            let own = read.exceptions.get(id).into_iter().flatten();
            let general = list.general.iter().filter(|_| !listing.no_general);
            for lifts in own.chain(general) {
                let (reason, open, reaches) = self.exception(lifts, facts);
                if reason.answer == Answer::No {
                    continue;
                }
                lifted = lifted.or(reason.answer);
                is_covered |= reaches && reason.answer == Answer::CannotTell;
                questions.extend(open);
                exceptions.push(reason);
            }
        }
        let answer = match (demanded, lifted) {
            (Answer::No, _) | (_, Answer::Yes) => Answer::No,
            (Answer::Yes, Answer::No) => Answer::Yes,
            _ => Answer::CannotTell,
        };
        let is_covered = is_covered && answer == Answer::CannotTell && demanded == Answer::Yes;
        Some(Licence {
            list: id.clone(),
            code: listing.code.clone(),
            answer,
            is_covered,
            reasons,
            exceptions,
            questions,
        })
    }

    /// Whether an exception is there, what it leaves open, and whether it reaches item and
    /// destination so that only formalities are.
    fn exception(&self, lifts: &Lifts, facts: &Facts) -> (Reason, Vec<Question>, bool) {
        let mut touched = Vec::new();
        let reaches = match lifts.when.eval(facts, self, &mut touched) {
            // Words of a description lift no duty: they make one ask.
            Answer::Yes if facts.rest_on_words_alone(&touched) => Answer::CannotTell,
            answer => answer,
        };
        let formal = lifts
            .exception
            .confirm
            .iter()
            .map(|name| match facts.truth(name) {
                Some(true) => Answer::Yes,
                Some(false) => Answer::No,
                None => Answer::CannotTell,
            })
            .fold(Answer::Yes, Answer::and);
        let answer = reaches.and(formal);
        let questions = if answer == Answer::CannotTell {
            touched.extend(lifts.exception.confirm.iter().cloned());
            self.questions_on(&touched, facts)
        } else {
            Vec::new()
        };
        let reason = Reason {
            reason: lifts.exception.name.clone(),
            answer,
            because: lifts.exception.on.clone(),
        };
        (reason, questions, reaches == Answer::Yes)
    }

    /// A column of the chart for the destination.
    fn mark(&self, reason: &str, facts: &Facts) -> Reason {
        let spaced = format!(
            "{} {}",
            reason.trim_end_matches(|c: char| c.is_ascii_digit()),
            reason.trim_start_matches(|c: char| c.is_ascii_alphabetic())
        );
        let (answer, because) = match facts.place("destination") {
            None => (Answer::CannotTell, "the destination is unknown".to_owned()),
            Some(place) => match (self.chart.elsewhere(place), self.chart.marks(place)) {
                (Some(pointer), _) => (
                    Answer::CannotTell,
                    format!("the chart does not grade {}: {pointer}", place.name()),
                ),
                (None, None) => (
                    Answer::CannotTell,
                    format!("the chart has no row for {}", place.name()),
                ),
                (None, Some(marks)) if marks.contains(&reason) => (
                    Answer::Yes,
                    format!("the chart marks {} for {}", spaced.trim(), place.name()),
                ),
                // No row at all carries an anti-terrorism mark: this reason bites
                // through part 746 and lists of parties, which are looked at apart.
                (None, Some(_)) => (
                    Answer::No,
                    format!(
                        "the chart has no mark {} for {}; that lifts this reason only",
                        spaced.trim(),
                        place.name()
                    ),
                ),
            },
        };
        Reason {
            reason: spaced.trim().to_owned(),
            answer,
            because,
        }
    }
}
