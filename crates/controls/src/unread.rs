//! Whether a description was understood at all.
//!
//! A dictionary knows the words it holds. A product can be sold in others: "a case for the
//! car boot which poses as a cell", "a turnstile that opens for whose standing is green",
//! or a text in a language of which we hold none. To read "nothing recognised" as "nothing
//! there" would turn the silence of the dictionary into a No of the law. So an item of
//! which nothing was recognised, and of which nobody says what it can do, was *not
//! understood*: it leaves every list and the definition open, with one question.
//!
//! Whoever says in the deal what the item can do, by capabilities or by a control code, has
//! answered. Saying that it can do nothing (`capabilities = []`) is an answer too, but for
//! what several words of the text speak against where a security body is to use it.
//!
//! Rejected: a list of words that make one ask (we tried it: of 36 descriptions written to
//! slip past it, 31 did), a list of harmless things (the harm is in the use), and a measure
//! of how alike texts are (it gives a number and no words).

use scruple_model::deal::Item;

use crate::fact::{Facts, Standing, Value, Whose};
use crate::packs::{Controls, Owner};
use crate::recognise::{Reading, Recognised};

/// Bodies whose purchase makes a claim that nothing can be done with it worth a question.
const SECURITY: &[&str] = &["police", "intelligence", "military", "prison", "border"];

/// A description that was not understood.
#[derive(Clone, Debug, Default)]
pub(crate) struct Unread {
    /// Topics it speaks of, by their place in the pack.
    pub(crate) topics: Vec<usize>,
    /// Whether it was not understood: else a security body buys what somebody classified.
    pub(crate) opens: bool,
}

impl Controls {
    /// Says in `facts` whether the item was understood, and gives back what it speaks of
    /// where it was not.
    pub(crate) fn unread(
        &self,
        item: &Item,
        readings: &[&Reading],
        recognised: &[Recognised],
        facts: &mut Facts,
    ) -> Option<Unread> {
        let mut topics: Vec<(usize, String)> = Vec::new();
        for hit in readings.iter().flat_map(|reading| reading.hits()) {
            if let Owner::Topic(index) = self.owners[hit.owner]
                && !hit.denied
                && !topics.iter().any(|(known, _)| *known == index)
            {
                topics.push((index, hit.words.clone()));
            }
        }
        topics.sort_by_key(|(index, _)| *index);
        let says_what = !item.capabilities.is_empty() || !item.control_codes.is_empty();
        let for_security = facts
            .word("user")
            .is_some_and(|user| SECURITY.contains(&user))
            || facts.truth("security_body") == Some(true);
        // What is bought falls under no list of exports.
        let buys = facts.truth("buys") == Some(true);
        // What only vague words point to is not understood. A tool of many uses explains one
        // topic: a firewall speaks of traffic.
        let shown: Vec<&Recognised> = recognised
            .iter()
            .filter(|one| one.standing != Standing::Ask)
            .collect();
        let harmless = |one: &Recognised| {
            self.capability(&one.id)
                .is_some_and(|one| one.benign_by_default)
        };
        let understood = match shown.as_slice() {
            [] => false,
            all if all.iter().all(|one| harmless(one)) => topics.len() < 2,
            _ => true,
        };
        let unread = !understood
            && !says_what
            && !buys
            && (!item.claims_none || (topics.len() > 1 && for_security && item.facts.is_empty()));
        let quoted: Vec<String> = topics
            .iter()
            .map(|(index, words)| format!("\"{words}\": {}", self.topics[*index].says))
            .collect();
        let said = match (item.description.is_some(), quoted.is_empty()) {
            (false, true) => "the item has no description".to_owned(),
            (true, true) => "no word of the description stands in the catalogue".to_owned(),
            (_, false) => format!("the words speak of people: {}", quoted.join("; ")),
        };
        facts.say("unread", Value::Truth(unread), Whose::Definition, said);
        let speaks = unread || (!understood && for_security && !buys);
        speaks.then(|| Unread {
            topics: topics.into_iter().map(|(index, _)| index).collect(),
            opens: unread,
        })
    }
}
