//! The questions as a file to fill in: `scruple.answers/1` with empty values.
//!
//! It has every open question, for the seller's own desk. The page for a customer or
//! supplier has only those that can be sent: what others report of a customer, and what
//! workers can say only out of hearing, is asked elsewhere.

use scruple_model::Deal;

use crate::answers::SCHEMA;
use crate::assessment::Assessment;

/// The open questions of an assessment as TOML, bound to its deal.
pub fn toml(assessment: &Assessment, deal: &Deal) -> String {
    let mut text = String::new();
    let mut line = |one: &str| {
        text.push_str(one);
        text.push('\n');
    };
    line(&format!("# Questions on: {}", comment(&deal.title)));
    line("#");
    line("# Write one of the values named above each question, or \"unknown\" (nobody knows yet),");
    line(
        "# or \"unknowable\" (asked, and it cannot be found out). Leave empty what you do not answer.",
    );
    line("# word: whose word it is: customer, document or independent. Name no person who may be");
    line("# harmed: groups are enough.");
    line("#");
    line(
        "# (sent) marks what the form for the customer or supplier asks too. This file is for your",
    );
    line("# own desk: it asks what is reported of them.");
    line("");
    line(&format!("schema = \"{SCHEMA}\""));
    line(&format!("deal = \"{}\"", deal.hash));
    line("by = \"\"      # who answers: firm and function");
    line("on = \"\"      # the day, as YYYY-MM-DD");
    for asked in &assessment.questions {
        line("");
        line(&format!("# {}", comment(&asked.text)));
        line(&format!(
            "# Ask: {}{}. Decides {}.",
            comment(&asked.ask),
            if asked.of_customer { " (sent)" } else { "" },
            asked.why
        ));
        if let Some(note) = &asked.note {
            line(&format!("# So far: {}.", comment(note)));
        }
        for (value, meaning) in &asked.choices {
            line(&format!("#   {value:<16} {}", comment(meaning)));
        }
        line("[[answer]]");
        line(&format!("question = \"{}\"", asked.id));
        line("value = \"\"");
        line("word = \"customer\"");
        line("why = \"\"     # the text or document it rests on");
    }
    text.push_str(TAIL);
    text
}

/// What follows the questions, for the seller.
const TAIL: &str = r#"
# Who may be harmed, as groups:
# [[group]]
# who = "people who pass the market gates"
# why = "they are on camera whether they like or not"

# Who was spoken with; or, once, why nobody was:
# [[consulted]]
# who = "a human-rights organisation that knows the region"
# on = 2026-01-31
# how = "two talks by video"
# changed = "the watch list was capped"
# [not_consulted]
# why = "…"

# Measures, by their ids (scruple explain measures):
# [[measure]]
# id = "kill-switch"
# state = "agreed"          # proposed, agreed, in-place or rejected
# owner = "head of legal"
# due = 2026-03-31
# since = 2026-03-01        # these two where it is in place
# evidence = "clause 14; test of 1 March"
# One that takes a capability out says which, where the deal has several:
# [[measure]]
# id = "remove-feature"
# capability = "cap.…"
"#;

/// A title or an answer may hold a line break, which would end the comment.
fn comment(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect()
}
