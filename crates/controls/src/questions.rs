//! Everything open about an item, each once, the most deciding first.

use std::collections::BTreeSet;

use scruple_model::{Answer, Question, QuestionId, RuleId};

use crate::classified::LawAnswer;
use crate::consider::Considered;
use crate::fact::{Facts, Value, Whose};
use crate::flags::Flag;
use crate::judge::Judged;
use crate::packs::Controls;
use crate::recognise::Recognised;

impl Controls {
    /// Every question once: what decides an entry, then a licence, then a rule, then
    /// what tells benign from harmful.
    pub(crate) fn questions(
        &self,
        facts: &Facts,
        recognised: &[Recognised],
        considered: &[Considered],
        laws: &[LawAnswer],
        rules: &[Judged],
        flags: &[Flag],
    ) -> Vec<Question> {
        let mut all: Vec<Question> = Vec::new();
        let mut add = |question: &Question| {
            if !all.iter().any(|known| known.id == question.id) {
                all.push(question.clone());
            }
        };
        for one in considered.iter().filter(|one| one.sure) {
            one.open().into_iter().for_each(&mut add);
        }
        let licences = laws.iter().flat_map(|law| &law.licences);
        licences.flat_map(|one| &one.questions).for_each(&mut add);
        for rule in rules
            .iter()
            .filter(|rule| !rule.quiet || rule.answer == Answer::Yes)
        {
            rule.questions.iter().for_each(&mut add);
        }
        for one in recognised {
            let Some(capability) = self.capability(&one.id) else {
                continue;
            };
            // A denial is asked to be confirmed, for every part and option: it is what keeps
            // an item out of a stricter entry. What is stated to hold is not asked again.
            let stated = |name: &&String| {
                facts.get(name).is_some_and(|known| {
                    known.whose == Whose::Stated
                        && !matches!(known.value, Value::Unknown | Value::Truth(false))
                })
            };
            capability
                .questions
                .iter()
                .filter(|name| !stated(name))
                .filter_map(|name| self.fact(name))
                .for_each(|fact| add(&fact.question()));
        }
        for one in considered.iter().filter(|one| !one.sure) {
            one.open().into_iter().for_each(&mut add);
        }
        let unconfirmed = laws.iter().flat_map(|law| &law.unconfirmed).collect();
        confirm_wording(&unconfirmed).iter().for_each(&mut add);
        flags.iter().for_each(|flag| add(&flag.question));
        all
    }
}

/// Asks to compare the wording of rules with the official text, all of them at once; none
/// where there are no rules to compare.
pub fn confirm_wording(rules: &BTreeSet<&RuleId>) -> Option<Question> {
    let names: Vec<&str> = rules.iter().map(|rule| rule.as_str()).collect();
    (!names.is_empty()).then(|| Question {
        id: QuestionId::new("q.confirm-wording"),
        text: format!(
            "Does the official text say what our wording says, which nobody compared: {}?",
            names.join(", ")
        ),
        ask: "export control".to_owned(),
        field: "`verified` in a copy of packs/use-rules.toml".to_owned(),
    })
}
