//! No generated page lags behind the code.

#[test]
fn generated_pages_are_as_the_code_says() {
    let stale = xtask::docs::stale(&xtask::root()).unwrap();
    assert!(
        stale.is_empty(),
        "these differ from the code, run `cargo xtask docs`: {stale:?}"
    );
}

/// The check can fail: a page that is not there, or differs by one letter, is named.
#[test]
fn a_page_that_differs_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let docs = folder.path().join("docs");
    std::fs::create_dir_all(docs.join("schemas")).unwrap();
    let page = xtask::root().join("docs/deal-file.md");
    std::fs::copy(page, docs.join("deal-file.md")).unwrap();
    let pages = xtask::docs::pages(folder.path()).unwrap();
    for page in &pages {
        std::fs::write(folder.path().join(&page.path), &page.text).unwrap();
    }
    assert!(xtask::docs::stale(folder.path()).unwrap().is_empty());

    let cli = docs.join("cli.md");
    let text = std::fs::read_to_string(&cli).unwrap();
    std::fs::write(&cli, text.replacen("command", "comand", 1)).unwrap();
    std::fs::remove_file(docs.join("schemas/deal-1.schema.json")).unwrap();
    assert_eq!(
        xtask::docs::stale(folder.path()).unwrap(),
        ["docs/cli.md", "docs/schemas/deal-1.schema.json"]
    );
}
