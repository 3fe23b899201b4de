//! Whether a description was understood at all.
//!
//! A dictionary knows the words it holds. A product can be sold in others: "a case for the
//! car boot which poses as a cell" names no interception. To read "nothing recognised" as
//! "nothing there" would turn the silence of the dictionary into a No of the law. So what
//! nobody recognised is split in two: a text that speaks of people, their devices or their
//! bodies, or that is written in a language of which we hold no words, was *not
//! understood*, and leaves every list and the definition open with one question; a text
//! that speaks of nothing of the kind was understood to be something else.
//!
//! Whoever says in the deal what the item can do, by capabilities or by a control code, has
//! answered. Saying that it can do nothing is an answer too, but for what several words of
//! the text speak against where a security body is to use it.
//!
//! Rejected: a measure of how alike texts are (it gives a number and no words).

use scruple_model::deal::Item;

use crate::fact::{Facts, Value, Whose};
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
        own: &Reading,
        all: &[&Reading],
        recognised: &[Recognised],
        facts: &mut Facts,
    ) -> Option<Unread> {
        let mut topics: Vec<(usize, String)> = Vec::new();
        for hit in all.iter().flat_map(|reading| reading.hits()) {
            if let Owner::Topic(index) = self.owners[hit.owner]
                && !hit.denied
                && !topics.iter().any(|(known, _)| *known == index)
            {
                topics.push((index, hit.words.clone()));
            }
        }
        topics.sort_by_key(|(index, _)| *index);
        // A word that tells what the thing is instead explains one topic, and not several.
        let explained = own.hits().iter().any(|hit| {
            !hit.denied && matches!(self.owners[hit.owner], Owner::Not(_) | Owner::Other(_))
        });
        let language = own.in_a_language_we_read();
        let says_what = !item.capabilities.is_empty() || !item.control_codes.is_empty();
        let for_security = facts
            .word("user")
            .is_some_and(|user| SECURITY.contains(&user))
            || facts.truth("security_body") == Some(true);
        // What is bought falls under no list of exports.
        let buys = facts.truth("buys") == Some(true);
        let unread = recognised.is_empty()
            && !says_what
            && !buys
            && if item.claims_none {
                topics.len() > 1 && for_security && item.facts.is_empty()
            } else {
                item.description.is_none() || topics.len() > usize::from(explained) || !language
            };
        let said = match (item.description.is_some(), topics.is_empty()) {
            (false, _) => "the item has no description".to_owned(),
            (true, true) => "the description is in a language of which we hold no words".to_owned(),
            (true, false) => {
                let quoted: Vec<String> = topics
                    .iter()
                    .map(|(index, words)| format!("\"{words}\": {}", self.topics[*index].says))
                    .collect();
                format!("the item's words speak of people: {}", quoted.join("; "))
            }
        };
        facts.say("unread", Value::Truth(unread), Whose::Definition, said);
        let speaks = unread || (recognised.is_empty() && for_security && !buys);
        speaks.then(|| Unread {
            topics: topics.into_iter().map(|(index, _)| index).collect(),
            opens: unread,
        })
    }
}
