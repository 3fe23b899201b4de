//! Pages on questions that packs and checks ask.

use scruple_model::RuleId;
use scruple_pack::{Entry, Pack};

use super::page::line;
use crate::brief::{OWNERS, SAME_PARTY};
use crate::packs::{PackQuestion, Packs};

/// Every question a pack asks, with the rule that asks it.
fn questions(packs: &Packs) -> Vec<(&RuleId, &PackQuestion)> {
    let mut all: Vec<(&RuleId, &PackQuestion)> = Vec::new();
    all.extend(asked(&packs.duties, |body| body.question.iter().collect()));
    all.extend(asked(&packs.places, |body| body.question.iter().collect()));
    all.extend(asked(&packs.regimes, |body| {
        let binds = body.binds.iter();
        binds.filter_map(|bind| bind.question.as_ref()).collect()
    }));
    all
}

/// The questions of one pack.
fn asked<T>(
    pack: &Pack<T>,
    of: impl Fn(&T) -> Vec<&PackQuestion>,
) -> impl Iterator<Item = (&RuleId, &PackQuestion)> {
    pack.entries.iter().flat_map(move |entry: &Entry<T>| {
        let questions = of(&entry.body).into_iter();
        questions.map(|question| (&entry.id, question))
    })
}

/// The names of questions that packs ask.
pub(super) fn names(packs: &Packs) -> impl Iterator<Item = String> {
    questions(packs)
        .into_iter()
        .map(|(_, question)| question.id.to_string())
}

/// The page on a question.
pub(super) fn page(packs: &Packs, name: &str) -> Option<String> {
    if name.starts_with(SAME_PARTY) {
        let mut page = "Is the party in the deal the one on the list?\n\n".to_owned();
        line(
            &mut page,
            "Asks",
            "for what tells two parties of one name apart: registration number, address, owners",
        );
        line(
            &mut page,
            "Whom",
            "the party itself, and the public register of its country",
        );
        line(
            &mut page,
            "Answer in",
            "identifiers and address of that party in the deal file",
        );
        return Some(page);
    }
    if name.starts_with(OWNERS) {
        let mut page = "Who holds it, and how much?\n\n".to_owned();
        line(
            &mut page,
            "Asks",
            "for what leaves open whether listed parties own or control it",
        );
        line(
            &mut page,
            "Whom",
            "the party itself, for its register of members or shareholders",
        );
        line(
            &mut page,
            "Answer in",
            "a table of holdings, taken in with `scruple ownership import`",
        );
        return Some(page);
    }
    if name == "q.consulted" || name == "q.capabilities" {
        let (title, asks, whom, answer) = if name == "q.consulted" {
            (
                "Who of the people affected, or for them, was consulted, when and how?",
                "for what no desk finds: those who live with it know the harm first",
                "organisations that know the people affected, without danger to anybody",
                "answers.toml, [[consulted]], or [not_consulted] with the reason",
            )
        } else {
            (
                "What can the item do to people: watch, identify, sort, silence, coerce?",
                "for what an assessment begins with",
                "the product manager",
                "[[items]] capabilities, by the ids of `scruple explain capabilities`",
            )
        };
        let mut page = format!("{title}\n\n");
        line(&mut page, "Asks", asks);
        line(&mut page, "Whom", whom);
        line(&mut page, "Answer in", answer);
        return Some(page);
    }
    let asked: Vec<_> = questions(packs)
        .into_iter()
        .filter(|(_, q)| q.id.as_str() == name)
        .collect();
    let (_, first) = asked.first()?;
    let mut page = format!("{}\n\n", first.text);
    line(&mut page, "Ask", &first.ask);
    if let Some(field) = &first.field {
        line(&mut page, "Answer in", field);
    }
    let mut rules: Vec<&str> = asked.iter().map(|(rule, _)| rule.as_str()).collect();
    rules.dedup();
    line(&mut page, "Decides", &rules.join(", "));
    Some(page)
}
