//! How an item stands in each list, and what that list then demands.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use scruple_model::{Answer, RuleId};
use serde::{Deserialize, Serialize};

use crate::consider::{Considered, State};
use crate::fact::Facts;
use crate::licence::Licence;
use crate::packs::{Controls, ReadList};
use crate::rule::Duty;
use crate::setting::Setting;

/// How an item stands in one list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", tag = "is")]
pub enum Classified {
    /// It is on it.
    Listed {
        /// Under these codes, the first the likeliest.
        codes: Vec<String>,
    },
    /// A note takes it out, and nothing else puts it on.
    TakenOut {
        /// Code and note.
        notes: Vec<String>,
    },
    /// It may be: limbs are open.
    Open {
        /// Codes whose limbs are open; none where the item was not understood.
        codes: Vec<String>,
    },
    /// Entries were considered, and none is met; or nothing pointed to any.
    NotFound,
    /// The law does not reach it, as it does not reach what is published.
    Outside,
}

/// What one law comes to for an item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LawAnswer {
    /// The regime.
    pub law: String,
    /// Whether it binds.
    pub binds: Answer,
    /// List to how the item stands in it.
    pub lists: BTreeMap<String, Classified>,
    /// What being listed demands.
    pub licences: Vec<Licence>,
    /// Whether a licence is needed, over lists and rules.
    pub licence: Answer,
    /// Whether a general authorisation or exception reaches item and destination, and only
    /// its formalities are open: an authorisation is needed, and may be there already.
    #[serde(default)]
    pub is_covered: bool,
    /// Rules that do not hold in wording that nobody compared with the official text.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub unconfirmed: Vec<RuleId>,
    /// The next duty.
    pub duty: Duty,
}

impl Controls {
    pub(crate) fn in_lists(
        &self,
        setting: &Setting<'_>,
        considered: &[Considered],
        facts: &mut Facts,
    ) -> Vec<LawAnswer> {
        let mut laws: BTreeMap<&str, LawAnswer> = BTreeMap::new();
        for (law, binds) in setting
            .laws
            .iter()
            .filter(|(_, binds)| **binds != Answer::No)
        {
            let known = self.lists.iter().any(|list| list.list.law == *law)
                || self
                    .rules
                    .iter()
                    .any(|rule| rule.entry.body.law.as_ref() == Some(law));
            if known {
                laws.insert(
                    law,
                    LawAnswer {
                        law: law.clone(),
                        binds: *binds,
                        lists: BTreeMap::new(),
                        licences: Vec::new(),
                        licence: Answer::No,
                        is_covered: false,
                        unconfirmed: Vec::new(),
                        duty: Duty::None,
                    },
                );
            }
        }
        for list in &self.lists {
            let id = &list.list.id;
            let classified = self.classify(list, considered, facts);
            let result = match &classified {
                Classified::Listed { .. } => Answer::Yes,
                Classified::Open { .. } => Answer::CannotTell,
                _ => Answer::No,
            };
            facts.results.insert(format!("listed:{id}"), result);
            let Some(law) = laws.get_mut(list.list.law.as_str()) else {
                continue;
            };
            let licences: Vec<Licence> = considered
                .iter()
                .filter(|_| matches!(classified, Classified::Listed { .. }))
                .filter_map(|one| self.licence(list, one, facts))
                .collect();
            // What only formalities keep open weighs as a No here, and opens the licence once
            // everything else is known.
            let demanded = licences
                .iter()
                .filter(|one| !one.is_covered)
                .map(|one| one.answer)
                .fold(Answer::No, Answer::or);
            law.is_covered |= licences.iter().any(|one| one.is_covered);
            // An entry that is open beside one that is met counts where it would demand more.
            let beside = demanded == Answer::No
                && matches!(classified, Classified::Listed { .. })
                && considered
                    .iter()
                    .filter(|one| one.sure && one.opens && one.state == State::Open)
                    .filter_map(|one| self.would_demand(list, one, facts))
                    .any(|one| one.answer == Answer::Yes);
            let open = beside || matches!(classified, Classified::Open { .. });
            law.licence =
                law.licence
                    .or(demanded)
                    .or(if open { Answer::CannotTell } else { Answer::No });
            if list.list.forbids && result == Answer::Yes {
                law.duty = Duty::Prohibited;
                law.licence = Answer::CannotTell;
            }
            let silent = demanded == Answer::No
                && licences.iter().any(|one| {
                    one.exceptions.is_empty()
                        && one
                            .reasons
                            .iter()
                            .any(|reason| reason.reason.starts_with("NS"))
                });
            facts.results.insert(
                format!("silent:{id}"),
                if silent { Answer::Yes } else { Answer::No },
            );
            let lifted = |one: &Licence| one.answer == Answer::No && !one.exceptions.is_empty();
            if demanded == Answer::No && licences.iter().any(lifted) {
                law.duty = law.duty.min(Duty::RecordException);
            }
            law.licences.extend(licences);
            law.lists.insert(id.clone(), classified);
        }
        for (id, law) in &laws {
            let open = if law.is_covered {
                Answer::CannotTell
            } else {
                Answer::No
            };
            facts
                .results
                .insert(format!("licence:{id}"), law.licence.or(open));
        }
        laws.into_values().collect()
    }

    fn classify(&self, list: &ReadList, considered: &[Considered], facts: &Facts) -> Classified {
        let mut touched = Vec::new();
        let outside = list.outside.as_ref().map_or(Answer::No, |outside| {
            outside.eval(facts, self, &mut touched)
        });
        let stated = !facts.rest_on_words_alone(&touched);
        if outside == Answer::Yes && stated {
            return Classified::Outside;
        }
        // Words of a description that call it published leave open whether it is.
        let doubted = outside == Answer::Yes;
        let here = || {
            considered
                .iter()
                .filter_map(|one| one.codes.get(&list.list.id).map(|code| (one, code)))
        };
        let codes = |wanted: &dyn Fn(&Considered) -> bool| -> Vec<String> {
            let mut codes: Vec<String> = Vec::new();
            for (_, code) in here().filter(|(one, _)| wanted(one)) {
                if !codes.contains(code) {
                    codes.push(code.clone());
                }
            }
            codes
        };
        let listed = codes(&|one| one.state == State::Listed);
        if !listed.is_empty() {
            return if doubted {
                Classified::Open { codes: listed }
            } else {
                Classified::Listed { codes: listed }
            };
        }
        let open = codes(&|one| one.state == State::Open && one.opens);
        if !open.is_empty() {
            return Classified::Open { codes: open };
        }
        let notes: Vec<String> = here()
            .filter_map(|(one, code)| match &one.state {
                State::TakenOut { note } => Some(format!("{code}: {note}")),
                _ => None,
            })
            .collect();
        if notes.is_empty() && facts.is_unread {
            Classified::Open { codes: Vec::new() }
        } else if notes.is_empty() {
            Classified::NotFound
        } else {
            Classified::TakenOut { notes }
        }
    }
}
