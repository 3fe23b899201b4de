//! What is refused in a file of answers, and how it is said.

#![allow(clippy::unwrap_used, reason = "a test panics when it fails")]

use crate::shared::{self, Given};
use proptest::prelude::*;
use scruple_model::Problem;

fn problems(text: &str) -> Vec<Problem> {
    let packs = shared::packs();
    let deal = shared::deal(&Given {
        capabilities: vec!["cap.alpr".to_owned()],
        place: Some("fr".to_owned()),
        technical_assistance: Some(true),
        ..Given::default()
    });
    let text = text.replace("HASH", &deal.hash);
    shared::answers(&text, &deal, &packs, "2026-11-22".parse().unwrap())
        .err()
        .unwrap_or_default()
}

fn told(text: &str) -> String {
    problems(text)
        .iter()
        .map(|p| {
            format!(
                "{}:{} {} | nearest {} | next {}\n",
                p.at.line,
                p.at.column,
                p.what,
                p.nearest.as_deref().unwrap_or("-"),
                p.next
            )
        })
        .collect()
}

#[test]
fn answers_for_another_deal_are_refused() {
    let said = told("deal = \"0123456789abcdef\"\n");
    assert!(
        said.contains("these answers are about the deal 0123456789ab"),
        "{said}"
    );
    assert!(told("").contains("has no `deal`"));
    assert_eq!(told("deal = \"HASH\"\n"), "");
}

#[test]
fn a_short_hash_names_no_deal() {
    let packs = shared::packs();
    let deal = shared::deal(&Given::default());
    let day = "2026-11-22".parse().unwrap();
    let read = |hash: &str| shared::answers(&format!("deal = \"{hash}\""), &deal, &packs, day);
    assert!(read(&deal.hash[..12]).is_ok());
    assert!(read(&deal.hash[..11]).is_err());
}

#[test]
fn contradictory_answers_are_refused_with_both_lines() {
    let said = told(
        "deal = \"HASH\"\n[[answer]]\nquestion = \"q.courts\"\nvalue = \"not\"\n\
         [[answer]]\nquestion = \"q.courts\"\nvalue = \"independent\"\n",
    );
    assert!(
        said.contains("q.courts is answered \"not\" on line 3 and \"independent\" on line 6"),
        "{said}"
    );
}

#[test]
fn the_same_answer_twice_is_one_answer() {
    let row = "[[answer]]\nquestion = \"q.courts\"\nvalue = \"not\"\n";
    assert_eq!(told(&format!("deal = \"HASH\"\n{row}{row}")), "");
}

#[test]
fn an_answer_that_contradicts_the_deal_is_refused() {
    let row = |value: &str| {
        told(&format!(
            "deal = \"HASH\"\n[[answer]]\nquestion = \"q.vendor-part\"\nvalue = \"{value}\"\n"
        ))
    };
    let said = row("nothing");
    assert!(
        said.contains("the deal says nexus.technical_assistance = true"),
        "{said}"
    );
    assert_eq!(
        row("operates"),
        "",
        "operating it is more than supporting it, and the same way"
    );
}

#[test]
fn all_problems_of_a_file_are_told_at_once() {
    insta::assert_snapshot!(told(
        "schema = \"scruple.answers/2\"\n\
         deal = \"HASH\"\n\
         on = 2027-01-01\n\
         religion = \"x\"\n\
         anser = 1\n\
         [[answer]]\n\
         question = \"q.court\"\n\
         value = \"not\"\n\
         [[answer]]\n\
         question = \"q.courts\"\n\
         value = \"nott\"\n\
         [[answer]]\n\
         question = \"q.timing\"\n\
         value = true\n\
         word = \"hearsay\"\n\
         on = \"2026-02-31\"\n\
         [[consulted]]\n\
         who = \"an organisation\"\n\
         [not_consulted]\n\
         why = \"\"\n\
         [[measure]]\n\
         id = \"kill-swich\"\n\
         state = \"in-place\"\n\
         [[measure]]\n\
         id = \"kill-switch\"\n\
         state = \"in-place\"\n\
         [[measure]]\n\
         id = \"decline\"\n\
         state = \"soon\"\n"
    ));
}

#[test]
fn what_is_not_toml_is_told_with_its_place() {
    let said = told("deal = \"HASH\"\n[[answer]\n");
    assert!(said.starts_with("2:"), "{said}");
}

#[test]
fn a_questionnaire_reads_back_as_it_was_written() {
    let packs = shared::packs();
    let given = Given {
        capabilities: vec!["cap.alpr".to_owned()],
        ..Given::default()
    };
    let deal = shared::deal(&given);
    let day = "2026-11-22".parse().unwrap();
    let found = scruple_assess::assess(&deal, &shared::capabilities(&deal), &packs, None, day);
    let text = scruple_assess::questionnaire::toml(&found, &deal);
    let read = shared::answers(&text, &deal, &packs, day).unwrap();
    assert!(
        read.answers.is_empty(),
        "nothing is answered in an empty form"
    );
    // Filled in, every question is answered once.
    let filled = text.replace("value = \"\"", "value = \"unknowable\"");
    let read = shared::answers(&filled, &deal, &packs, day).unwrap();
    assert_eq!(read.answers.len(), found.questions.len());
}

#[test]
fn an_answer_nobody_gave_stays_a_question() {
    let packs = shared::packs();
    let deal = shared::deal(&Given::default());
    let day = "2026-11-22".parse().unwrap();
    let text = format!(
        "deal = \"{}\"\n[[answer]]\nquestion = \"q.courts\"\nvalue = \"unknown\"\n",
        deal.hash
    );
    let read = shared::answers(&text, &deal, &packs, day).unwrap();
    let found = scruple_assess::assess(&deal, &[capability()], &packs, Some(&read), day);
    assert!(
        found
            .questions
            .iter()
            .any(|asked| asked.id.as_str() == "q.courts")
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

    /// A form that was damaged on its way is read, or refused with a place; it never
    /// brings the program down.
    #[test]
    fn any_text_is_read_or_refused_with_its_place(
        cut in any::<prop::sample::Index>(),
        with in "\\PC{0,12}|[\\[\\]\"=#\n.]{0,6}",
        plain in "\\PC{0,80}",
    ) {
        let packs = shared::packs();
        let deal = shared::deal(&Given { capabilities: vec!["cap.alpr".to_owned()], ..Given::default() });
        let day = "2026-11-22".parse().unwrap();
        let found = scruple_assess::assess(&deal, &[capability()], &packs, None, day);
        let form = scruple_assess::questionnaire::toml(&found, &deal);
        let mut at = cut.index(form.len());
        while !form.is_char_boundary(at) {
            at -= 1;
        }
        let damaged = format!("{}{with}{}", &form[..at], &form[at..]);
        let line = scruple_assess::answers::form::to_toml(&plain);
        for text in [damaged, form[..at].to_owned(), plain, line] {
            if let Err(problems) = shared::answers(&text, &deal, &packs, day) {
                prop_assert!(!problems.is_empty());
                for problem in problems {
                    prop_assert!(problem.at.line >= 1 && !problem.what.is_empty());
                    prop_assert!(!problem.next.is_empty());
                }
            }
        }
    }
}

fn capability() -> scruple_assess::Capability {
    scruple_assess::Capability {
        item: 1,
        id: "cap.alpr".to_owned(),
        label: "Plates".to_owned(),
        rights: vec!["movement".to_owned()],
        misuse: Vec::new(),
        is_described: true,
        shown_by: Vec::new(),
    }
}
