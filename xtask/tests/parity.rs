//! The page about fairness says what was measured.

#[test]
fn the_tables_of_the_fairness_page_are_made_from_the_kept_run() {
    let root = xtask::root();
    let page = std::fs::read_to_string(root.join("docs/fairness.md")).unwrap();
    let made = xtask::parity::page(&root).unwrap();
    assert!(
        page == made,
        "docs/fairness.md differs from the run it names; run `cargo xtask parity --keep`"
    );
}
