//! Items outside a whole deal: `scruple classify`.
//!
//! First what it is and what is needed; then capabilities with the words that showed
//! them, entries with each parameter still open, rules of use and user, law by law
//! ([`terminal`]). The [`statement`] says the same for a file: item, entries considered,
//! reasons, open points, date, vintage, a line to sign.

mod statement;
mod terminal;

use schemars::JsonSchema;
use scruple_controls::{Considered, Outcome, State};
use scruple_model::{Answer, Date};
use serde::{Deserialize, Serialize};

use super::items::code;
use crate::brief::FOOTER;
use crate::packs::Packs;
use crate::words::count;

pub use statement::statement;
pub use terminal::render;

/// The name and number of this format. Additive changes keep the number.
pub const SCHEMA: &str = "scruple.classify/1";

/// What came of classifying items.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Classification {
    /// `scruple.classify/1`.
    pub schema: String,
    /// The day whose law was asked for.
    #[schemars(with = "String")]
    pub as_of: Date,
    /// From where to where, and for whom, in words.
    pub setting: String,
    /// Hash over the packs that it rests on.
    pub vintage: String,
    /// Item by item.
    pub items: Vec<Outcome>,
    /// Exit code: 0, 3 or 4.
    pub exit: u8,
    /// The footer.
    pub footer: String,
}

impl Classification {
    /// Puts outcomes together.
    pub fn new(items: Vec<Outcome>, as_of: Date, setting: String, packs: &Packs) -> Self {
        let parts = scruple_controls::packs::NAMES
            .iter()
            .filter_map(|name| packs.hashes.get(*name))
            .map(String::as_bytes);
        Self {
            schema: SCHEMA.to_owned(),
            as_of,
            setting,
            vintage: scruple_model::hash::sha256_parts(parts),
            exit: exit(&items),
            items,
            footer: FOOTER.to_owned(),
        }
    }
}

/// 3 where something demands a decision, 4 where something is open.
fn exit(items: &[Outcome]) -> u8 {
    let listed = |one: &Considered| one.state == State::Listed;
    let decided = items.iter().any(|item| {
        item.considered.iter().any(listed)
            || item.rules.iter().any(|rule| {
                rule.answer == Answer::Yes
                    && !rule.quiet
                    && !rule.elsewhere
                    && !rule.says_nothing_is_known()
            })
    });
    let open = items.iter().any(|item| !item.questions.is_empty());
    match (decided, open) {
        (true, _) => 3,
        (false, true) => 4,
        (false, false) => 0,
    }
}

/// The decision needed, in a line.
pub(crate) fn headline(item: &Outcome) -> String {
    let listed: Vec<&str> = item
        .considered
        .iter()
        .filter(|one| one.state == State::Listed)
        .map(code)
        .collect();
    let open = item
        .considered
        .iter()
        .filter(|one| one.state == State::Open && one.opens)
        .count();
    let asked = count(item.questions.len(), "question");
    if !listed.is_empty() {
        return format!("LISTED   {} · {asked} open", listed.join(", "));
    }
    match item.catch_all {
        scruple_controls::CatchAll::Candidate => {
            format!("ON NO LIST LOOKED AT, A CANDIDATE FOR THE CATCH-ALL   {asked} open")
        }
        _ if open > 0 => format!(
            "CANNOT TELL   {} to settle · {asked} open",
            count(open, "entry").replace("entrys", "entries")
        ),
        _ if item.capabilities.is_empty() => {
            format!("NOTHING RECOGNISED IN THESE WORDS   {asked} open")
        }
        _ if item.considered.is_empty() => {
            format!("NOTHING POINTED TO AN ENTRY OF A LIST; THE USE DECIDES   {asked} open")
        }
        _ => format!("ON NONE OF THE ENTRIES CONSIDERED; THE USE DECIDES   {asked} open"),
    }
}
