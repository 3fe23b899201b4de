//! `docs/deal-file.md` says what the reader does.

use scruple_model::Place;
use scruple_model::deal::{Format, read, schema, tables};

fn page() -> String {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/deal-file.md");
    std::fs::read_to_string(path).expect("docs/deal-file.md is there")
}

#[test]
fn the_page_holds_every_table_of_fields() {
    let page = page();
    for (heading, table) in tables() {
        let section = format!("### {}\n\n{table}", title(heading));
        assert!(
            page.contains(&section),
            "docs/deal-file.md should hold:\n\n{section}"
        );
    }
}

fn title(heading: &str) -> String {
    if heading.contains('[') || heading.contains('=') {
        format!("`{heading}`")
    } else {
        "The top of the file".to_owned()
    }
}

#[test]
fn the_page_holds_every_region() {
    let page = page();
    for place in Place::regions() {
        let row = format!("| `{}` | {} |", place.code(), place.name());
        assert!(page.contains(&row), "docs/deal-file.md should hold: {row}");
    }
}

#[test]
fn the_example_on_the_page_reads() {
    let page = page();
    let mut blocks = page.split("```toml\n").skip(1);
    let example = blocks
        .next()
        .and_then(|rest| rest.split("```").next())
        .unwrap();
    let deal = read(example, Format::Toml).unwrap_or_else(|problems| panic!("{problems:#?}"));
    assert_eq!(deal.parties.len(), 3);
    assert_eq!(blocks.count(), 0, "each example is read by this test");
}

#[test]
fn the_schema_is_as_published() {
    insta::assert_json_snapshot!(schema());
}
