//! Rules of use, user and place against what is known.

use schemars::JsonSchema;
use scruple_model::{Answer, Effect, Force, Question, RuleId, Severity};
use scruple_pack::Verified;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

use crate::fact::Facts;
use crate::packs::{Controls, ReadRule};
use crate::rule::{Duty, Stage};
use crate::trace::Step;

/// A rule, evaluated.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Judged {
    /// The rule.
    pub rule: RuleId,
    /// The regime by which it binds.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub law: Option<String>,
    /// Its step of the path.
    pub stage: Stage,
    /// Whether it speaks of the deal and not of the item.
    pub of_deal: bool,
    /// The claim.
    pub heading: String,
    /// Whether its limbs hold. The regime is not in it.
    pub answer: Answer,
    /// Whether it binds on the day.
    pub force: Force,
    /// What it demands.
    pub effect: Effect,
    /// What to do next, for this rule alone.
    pub duty: Duty,
    /// Harm to people.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub severity: Option<Severity>,
    /// Whether it bears on if a licence is needed, and how.
    pub decides_licence: bool,
    /// Whether it leaves that open.
    pub opens_licence: bool,
    /// Whether it is told at all where it is open or does not hold.
    pub quiet: bool,
    /// Whether another check tells of it.
    pub elsewhere: bool,
    /// Whether somebody compared the wording with the official text: else it says No of
    /// nothing.
    pub is_verified: bool,
    /// Whether a period of it began within the three months before the day.
    pub is_young: bool,
    /// Limb by limb.
    pub steps: Vec<Step>,
    /// What would settle it, and what it asks beside.
    pub questions: Vec<Question>,
    /// What to do.
    pub next: Vec<String>,
    /// What is doubtful about the wording.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub doubts: Vec<String>,
}

impl Judged {
    /// Whether it says no more than that nothing is known of the item.
    pub fn says_nothing_is_known(&self) -> bool {
        self.rule.as_str() == crate::evaluate::UNREAD
    }

    /// The limb that does not hold, where one decides.
    pub fn missing(&self) -> Option<&Step> {
        self.steps
            .iter()
            .find(|step| !step.takes_out && step.answer == Answer::No)
            .or_else(|| {
                self.steps
                    .iter()
                    .find(|step| step.takes_out && step.answer == Answer::Yes)
            })
    }
}

impl Controls {
    /// Evaluates every rule whose regime may bind, in the order of the pack. Results
    /// go into `facts`, for the rules after.
    pub(crate) fn judge(
        &self,
        item: &str,
        laws: &BTreeMap<String, Answer>,
        day: scruple_model::Date,
        facts: &mut Facts,
    ) -> Vec<Judged> {
        let mut judged = Vec::new();
        for rule in &self.rules {
            let body = &rule.entry.body;
            let binds = body.law.as_ref().map_or(Answer::Yes, |law| {
                laws.get(law).copied().unwrap_or(Answer::No)
            });
            if binds == Answer::No {
                continue;
            }
            let force = rule.entry.force_on(day);
            if matches!(force, Force::Ended { .. }) {
                continue;
            }
            let only = rule
                .only
                .as_ref()
                .map_or(Answer::Yes, |only| only.eval(facts, self, &mut Vec::new()));
            if only == Answer::No {
                continue;
            }
            // Where nobody described the item, one question asks what it is: a rule that waits
            // for one kind of item stays silent until then, but for what a place may bar.
            if only == Answer::CannotTell
                && !facts.is_described
                && body.stage != Stage::Place
                && let Some(only) = &rule.only
                && only.eval_as_described(facts, self) == Answer::No
            {
                continue;
            }
            let one = self.judge_one(rule, item, force, day, facts);
            let bites = force == Force::InForce || force == Force::Guidance;
            let result = if bites { one.answer } else { Answer::No };
            facts.results.insert(format!("rule:{}", one.rule), result);
            judged.push(one);
        }
        judged
    }

    fn judge_one(
        &self,
        rule: &ReadRule,
        item: &str,
        force: Force,
        day: scruple_model::Date,
        facts: &Facts,
    ) -> Judged {
        let body = &rule.entry.body;
        let limbs: Vec<Step> = rule
            .limbs
            .iter()
            .map(|limb| self.step(limb, facts, false))
            .collect();
        let notes: Vec<Step> = rule
            .unless
            .iter()
            .map(|limb| self.step(limb, facts, true))
            .collect();
        let holds = limbs
            .iter()
            .map(|step| step.answer)
            .fold(Answer::Yes, Answer::and);
        let out = notes
            .iter()
            .map(|step| match step.answer {
                Answer::Yes if body.law.is_some() && step.rests_on_words_alone() => {
                    Answer::CannotTell
                }
                answer => answer,
            })
            .fold(Answer::No, Answer::or);
        // Whoever relies on an exception shows it: an open one asks, and lifts nothing. One
        // that only words of a text show leaves a rule of law open.
        let worded = notes.iter().any(|step| step.answer == Answer::Yes);
        let answer = match (holds, out) {
            (Answer::No, _) | (_, Answer::Yes) => Answer::No,
            (Answer::Yes, Answer::CannotTell) if worded => Answer::CannotTell,
            (holds, _) => holds,
        };
        let mut questions: Vec<Question> = Vec::new();
        if answer != Answer::No {
            let beside = self.questions_on(&body.ask, facts);
            let open = limbs.iter().flat_map(|step| step.questions.clone());
            for question in open.chain(beside) {
                if !questions.iter().any(|known| known.id == question.id) {
                    questions.push(question);
                }
            }
        }
        let heading = match (answer, &body.heading_open) {
            (Answer::CannotTell, Some(open)) => open,
            _ => &body.heading,
        };
        let duty = match answer {
            Answer::Yes => body.duty.unwrap_or(Duty::None),
            Answer::CannotTell if body.quiet => Duty::None,
            Answer::CannotTell => body.duty_open.unwrap_or(Duty::Ask),
            Answer::No => Duty::None,
        };
        Judged {
            rule: rule.entry.id.clone(),
            law: body.law.clone(),
            stage: body.stage,
            of_deal: body.of_deal,
            heading: heading.replace("{item}", item),
            answer,
            force,
            effect: body.effect,
            duty,
            severity: body.severity,
            decides_licence: body.decides_licence,
            opens_licence: body.opens_licence,
            quiet: body.quiet,
            elsewhere: body.elsewhere,
            is_verified: matches!(rule.entry.verified, Verified::Against { .. }),
            is_young: rule.entry.periods.iter().any(|period| {
                period.from <= day
                    && day
                        .since(period.from)
                        .is_ok_and(|gone| gone.get_days() < 92)
            }),
            steps: limbs.into_iter().chain(notes).collect(),
            questions,
            next: body.next.clone(),
            doubts: rule.entry.doubts(day),
        }
    }
}
