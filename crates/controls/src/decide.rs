//! The licence and the next duty of each law, over its lists and its rules.

use schemars::JsonSchema;
use scruple_model::{Answer, Force, RuleId};
use serde::{Deserialize, Serialize};

use crate::classified::{Classified, LawAnswer};
use crate::judge::Judged;
use crate::rule::Duty;

/// The rule that says what a cyber-surveillance item is. Named here because an answer
/// of its own is asked for it: the fourth state beside listed, not listed and open.
pub const DEFINITION: &str = "eu.2021-821.art2-20";

/// The rule that says that an item was not understood: while it holds, what would follow
/// from the item is not told apart from it.
pub const UNREAD: &str = "duty.unread";

/// What the EU definition comes to for an item on no list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum CatchAll {
    /// It is plausibly met.
    Candidate,
    /// A limb does not hold.
    DefinitionNotMet,
    /// A limb is open.
    CannotTell,
    /// It is listed, or this law does not bind.
    NotApplicable,
}

/// The licence and the duty of a law, over its lists and its rules.
///
/// A rule that was looked at and does not hold says No only in wording that somebody
/// compared with the official text. Where nobody has, the licence stays open, and the
/// rule is named among those to confirm.
pub(crate) fn decide(law: &mut LawAnswer, rules: &[Judged]) {
    let own = || {
        rules
            .iter()
            .filter(|rule| rule.law.as_ref().is_none_or(|one| *one == law.law))
    };
    // What is suspended, proposed, ended or not yet in force is told and demands nothing.
    let bites = |rule: &&Judged| matches!(rule.force, Force::InForce | Force::Guidance);
    let mut licence = law.licence;
    let mut unconfirmed: Vec<RuleId> = Vec::new();
    for rule in own() {
        let told = !(rule.quiet && rule.answer == Answer::CannotTell);
        if rule.decides_licence && rule.force == Force::InForce && told {
            if rule.answer == Answer::No && !rule.is_verified {
                unconfirmed.push(rule.rule.clone());
            } else {
                licence = licence.or(rule.answer);
            }
        }
        if rule.opens_licence && rule.answer != Answer::No && told && bites(&rule) {
            licence = licence.or(Answer::CannotTell);
        }
    }
    let mut duty = own()
        .filter(bites)
        .map(|rule| rule.duty)
        .fold(law.duty, |duty, other| duty.min(other));
    // What only formalities keep open is written down; everything else open is asked.
    match licence {
        Answer::Yes => duty = duty.min(Duty::ApplyLicence),
        Answer::CannotTell => duty = duty.min(Duty::Ask),
        Answer::No if law.is_covered => duty = duty.min(Duty::RecordException),
        Answer::No => {}
    }
    // A Yes stands whatever else is read, and what is open stays so.
    if licence == Answer::No && !unconfirmed.is_empty() {
        duty = duty.min(Duty::Ask);
    }
    let open = law.is_covered || !unconfirmed.is_empty();
    law.licence = if open {
        licence.or(Answer::CannotTell)
    } else {
        licence
    };
    law.unconfirmed = unconfirmed;
    law.duty = duty;
}

pub(crate) fn catch_all(laws: &[LawAnswer], rules: &[Judged]) -> CatchAll {
    let listed = laws
        .iter()
        .filter_map(|law| law.lists.get("eu.annex-i"))
        .any(|state| matches!(state, Classified::Listed { .. }));
    let definition = rules.iter().find(|rule| rule.rule.as_str() == DEFINITION);
    match definition {
        _ if listed => CatchAll::NotApplicable,
        None => CatchAll::NotApplicable,
        Some(rule) => match rule.answer {
            Answer::Yes => CatchAll::Candidate,
            Answer::No if rule.is_verified => CatchAll::DefinitionNotMet,
            Answer::No => CatchAll::CannotTell,
            Answer::CannotTell => CatchAll::CannotTell,
        },
    }
}
