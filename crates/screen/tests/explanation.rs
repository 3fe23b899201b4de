//! What a person is shown: whole matches, as JSON.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use crate::list;
use scruple_model::{Country, Schema};
use scruple_screen::{Options, Query, search};

fn explained(query: &Query) -> serde_json::Value {
    let found = search(
        &list::index(),
        query,
        &Options {
            threshold: 0,
            limit: 1,
        },
    );
    serde_json::to_value(&found[0]).unwrap()
}

#[test]
fn a_typo_a_missing_word_and_another_form_are_shown() {
    let query = Query {
        schema: Some(Schema::Company),
        countries: Country::parse("kz").into_iter().collect(),
        ..Query::of("Hikvison Technology Hangzhou GmbH")
    };
    insta::assert_json_snapshot!(explained(&query));
}

#[test]
fn scripts_that_were_bridged_are_named() {
    insta::assert_json_snapshot!(explained(&Query::of("ياسر عزيز عباس")));
}

#[test]
fn the_published_schema_names_every_field_that_is_written() {
    let schema = serde_json::to_value(schemars::schema_for!(scruple_screen::Match)).unwrap();
    let written = explained(&Query::of("Hikvision Hangzhou"));
    for field in written.as_object().unwrap().keys() {
        assert!(schema["properties"].get(field).is_some(), "{field}");
    }
    for field in written["explanation"].as_object().unwrap().keys() {
        assert!(
            schema["$defs"]["Explanation"]["properties"]
                .get(field)
                .is_some(),
            "{field}"
        );
    }
}

#[test]
fn no_output_says_more_than_a_match_can() {
    let all = explained(&Query::of("Hikvision"))
        .to_string()
        .to_lowercase();
    for word in ["cleared", "safe", "approved", "clean party", "guilty"] {
        assert!(!all.contains(word), "{word}");
    }
}
