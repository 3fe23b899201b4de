//! How sure an impact is. Nothing raises it.

use scruple_model::{Answer, Band, Confidence};

use crate::answers::Value;
use crate::impact::{Records, Setting};
use crate::known::{Known, State};
use crate::packs::Word;

impl Setting<'_> {
    /// How sure. Nothing raises it: what is open, on the customer's own word, not asked of
    /// those affected, or seen by an audit that could not be independent lowers it.
    pub(crate) fn confidence(
        &self,
        known: &[Known<'_>],
        records: &Records<'_>,
        stop: Answer,
        shown_by: &[String],
    ) -> Confidence {
        let mut band = Band::Strong;
        let mut reasons: Vec<String> = Vec::new();
        let mut lower = |to: Band, why: String| {
            band = band.max(to);
            reasons.push(why);
        };
        let open = known.iter().filter(|one| one.is_open()).count();
        let unknowable = |one: &&Known<'_>| matches!(one.state, State::Unknowable);
        let hidden = known.iter().filter(unknowable).count();
        // What stops a deal is known already; what would let it go is not.
        let to = if stop != Answer::Yes && (open + hidden) * 2 > known.len() {
            Band::Weak
        } else {
            Band::Moderate
        };
        if open > 0 {
            let all = known.len();
            lower(to, format!("{open} of {all} questions are not answered"));
        }
        if hidden > 0 {
            lower(
                to,
                format!("{hidden} cannot be found out, though asked or looked for"),
            );
        }
        let own = known
            .iter()
            .filter(|one| {
                matches!(one.state, State::Choice(_))
                    && one
                        .source
                        .as_ref()
                        .is_some_and(|s| s.counts_as() == Word::Customer)
            })
            .count();
        if own > 0 {
            lower(
                Band::Moderate,
                format!("{own} rest on the customer's own word"),
            );
        }
        if !shown_by.is_empty() {
            lower(
                Band::Moderate,
                format!(
                    "the deal does not name the capability, its words show it: {}",
                    shown_by.join(", ")
                ),
            );
        }
        if !self.consulted {
            lower(
                Band::Moderate,
                "nobody who may be harmed was consulted".to_owned(),
            );
        }
        let audited = self.answers.is_some_and(|answers| {
            answers.answers.iter().any(|answer| {
                matches!(answer.value, Value::Choice(_))
                    && self
                        .packs
                        .question(answer.question.as_str())
                        .is_some_and(|question| question.audit)
            })
        });
        if audited && records.iter().any(|(.., body)| body.audit_impossible) {
            lower(
                Band::Weak,
                "an audit is reported from a place where none can be independent: it counts for \
                 nothing, and lowers how sure this is"
                    .to_owned(),
            );
        }
        if reasons.is_empty() {
            reasons.push("every question is answered by a document or somebody independent".into());
        }
        Confidence {
            band,
            reason: reasons.join("; "),
        }
    }
}
