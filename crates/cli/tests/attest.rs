//! Audits as credentials, from the draft to a finding in a brief.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::fs;
use std::path::Path;

use crate::common::{Place, Ran, root};
use serde_json::Value;

/// The draft that the documentation shows, filled in.
fn draft() -> String {
    let page = fs::read_to_string(root().join("docs/attest.md")).unwrap();
    let start = page.find("```toml\n").unwrap() + 8;
    let end = start + page[start..].find("```").unwrap();
    page[start..end].to_owned()
}

struct Desk {
    place: Place,
}

impl Desk {
    fn new() -> Self {
        Self {
            place: Place::new(),
        }
    }

    fn path(&self, name: &str) -> String {
        self.place.file(name).display().to_string()
    }

    fn write(&self, name: &str, text: &str) -> String {
        fs::write(self.place.file(name), text).unwrap();
        self.path(name)
    }

    fn run(&self, words: &[&str]) -> Ran {
        self.place.run(words)
    }

    #[track_caller]
    fn ok(&self, words: &[&str]) -> String {
        let ran = self.run(words);
        assert_eq!(ran.code, Some(0), "{words:?}\n{}{}", ran.out, ran.err);
        ran.out
    }

    /// A key, a signed audit with a list, and the DID.
    fn signed(&self) -> (String, String, String) {
        let draft = self.write("mill.toml", &draft());
        let (key, list) = (self.path("a.key"), self.path("status.json"));
        let said = self.ok(&["attest", "key", &key]);
        let did = said
            .lines()
            .find_map(|line| line.strip_prefix("signs as  "))
            .unwrap()
            .to_owned();
        self.ok(&[
            "attest",
            "sign",
            &draft,
            "--key",
            &key,
            "--status-list",
            &list,
            "--status-url",
            "https://audit.example/status.json",
        ]);
        (self.path("mill.json"), key, did)
    }
}

fn parts(json: &str) -> Vec<(String, String)> {
    let report: Value = serde_json::from_str(json).unwrap();
    report["verdicts"][0]["parts"]
        .as_array()
        .unwrap()
        .iter()
        .map(|part| {
            (
                part["what"].as_str().unwrap().to_owned(),
                part["answer"].as_str().unwrap().to_owned(),
            )
        })
        .collect()
}

#[test]
fn a_signed_audit_holds_once_its_key_is_known_and_not_before() {
    let desk = Desk::new();
    let (mill, _, did) = desk.signed();
    let list = desk.path("status.json");
    let before = desk.run(&["attest", "verify", &mill, &list, "--json"]);
    assert_eq!(before.code, Some(4), "{}", before.err);
    let open: Vec<_> = parts(&before.out)
        .into_iter()
        .filter(|(_, answer)| answer != "yes")
        .collect();
    assert_eq!(open, [("identity".to_owned(), "cannot-tell".to_owned())]);
    desk.ok(&["attest", "trust", &did, "--name", "Example Audit Body"]);
    let after = desk.run(&["attest", "verify", &mill, &list]);
    assert_eq!(after.code, Some(0), "{}{}", after.out, after.err);
    // Without the list its standing cannot be told.
    assert_eq!(desk.run(&["attest", "verify", &mill]).code, Some(4));
    desk.ok(&["attest", "trust", &did, "--no-longer"]);
    assert_eq!(desk.run(&["attest", "verify", &mill, &list]).code, Some(4));
}

#[test]
fn a_list_speaks_for_a_month_and_its_keeper_signs_it_again() {
    let desk = Desk::new();
    let (mill, key, _) = desk.signed();
    let list = desk.path("status.json");
    let standing = || {
        let ran = desk
            .place
            .run_on("2027-02-01", ["attest", "verify", &mill, &list, "--json"]);
        let told = parts(&ran.out);
        told.into_iter()
            .find(|(what, _)| what == "standing")
            .unwrap()
            .1
    };
    assert_eq!(standing(), "cannot-tell");
    let renew = ["attest", "renew", &list, "--key", &key];
    desk.place.run_on("2027-01-30", renew).code(0);
    assert_eq!(standing(), "yes");
    // Only with its keeper's key.
    let other = desk.path("other.key");
    desk.ok(&["attest", "key", &other]);
    assert_eq!(
        desk.run(&["attest", "renew", &list, "--key", &other]).code,
        Some(2)
    );
}

#[test]
fn an_altered_audit_does_not_hold() {
    let desk = Desk::new();
    let (mill, _, _) = desk.signed();
    let text = fs::read_to_string(&mill).unwrap();
    let altered = desk.write(
        "altered.json",
        &text.replace("\"conformance\": false", "\"conformance\": true"),
    );
    assert_ne!(fs::read_to_string(&altered).unwrap(), text);
    let ran = desk.run(&["attest", "verify", &altered]);
    assert_eq!(ran.code, Some(3));
    assert!(
        ran.out
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
            .contains("something was changed after it was signed"),
        "{}",
        ran.out
    );
}

#[test]
fn a_withdrawal_shows_with_its_reason_and_cannot_be_made_by_another() {
    let desk = Desk::new();
    let (mill, key, _) = desk.signed();
    let (list, other) = (desk.path("status.json"), desk.path("b.key"));
    desk.ok(&["attest", "key", &other]);
    let foreign = desk.run(&[
        "attest",
        "revoke",
        &mill,
        "--key",
        &other,
        "--status-list",
        &list,
        "--reason",
        "x",
    ]);
    assert_eq!(foreign.code, Some(2), "{}", foreign.err);
    assert!(foreign.err.contains("counter-statement"), "{}", foreign.err);
    let person = desk.run(&[
        "attest",
        "revoke",
        &mill,
        "--key",
        &key,
        "--status-list",
        &list,
        "--reason",
        "Mr. Chen told us",
    ]);
    assert_eq!(person.code, Some(2), "{}", person.err);

    desk.ok(&[
        "attest",
        "revoke",
        &mill,
        "--key",
        &key,
        "--status-list",
        &list,
        "--reason",
        "The payroll was another firm's",
    ]);
    assert_eq!(desk.run(&["attest", "verify", &mill, &list]).code, Some(3));
    let notice = desk.path("mill.withdrawn.json");
    let html = desk.path("page.html");
    let shown = desk.ok(&["attest", "show", &mill, &notice, "--html", &html]);
    assert!(
        shown.contains("WITHDRAWN: The payroll was another firm's"),
        "{shown}"
    );
    assert!(
        fs::read_to_string(html)
            .unwrap()
            .contains("The payroll was another firm")
    );
}

#[test]
fn a_counter_statement_stands_behind_what_it_answers() {
    let desk = Desk::new();
    let (mill, _, _) = desk.signed();
    let answer = desk.path("answer.toml");
    desk.ok(&[
        "attest",
        "new",
        &answer,
        "--counter-statement",
        "--answers",
        &mill,
    ]);
    let text = fs::read_to_string(&answer).unwrap();
    assert!(
        text.contains("2f1c9e1e-5a44-4a51-9d1c-3b1f6a0c1d22"),
        "{text}"
    );
    // Unfilled, every empty item is told with its line.
    let key = desk.path("u.key");
    desk.ok(&["attest", "key", &key]);
    let ran = desk.run(&["attest", "sign", &answer, "--key", &key]);
    assert_eq!(ran.code, Some(2));
    assert!(
        ran.err.matches("there is nothing in it").count() >= 6,
        "{}",
        ran.err
    );
    let filled = draft()
        .replace("kind = \"audit\"", "kind = \"counter-statement\"")
        .replace("2f1c9e1e", "aaaa9e1e")
        .replace(
            "name = \"Example Audit Body\"",
            "name = \"Mill Workers Union\"",
        )
        .replace(
            "name = \"Labour audit of the Delta mill, March 2026\"",
            "name = \"Papers are still kept\"",
        )
        .replace(
            "statement = \"not stated\"",
            "statement = \"Nobody could say so while managers stood there.\"",
        )
        + "\n[[answers]]\nid = \"urn:uuid:2f1c9e1e-5a44-4a51-9d1c-3b1f6a0c1d22\"\nsha256 = \"not stated\"\n";
    fs::write(&answer, filled).unwrap();
    desk.ok(&["attest", "sign", &answer, "--key", &key]);
    let signed = desk.path("answer.json");
    let html = desk.path("both.html");
    let shown = desk.ok(&["attest", "show", &signed, &mill, "--html", &html]);
    let (audit, counter) = (
        shown.find("Labour audit").unwrap(),
        shown.find("Papers are still kept").unwrap(),
    );
    assert!(audit < counter, "{shown}");
    assert!(shown.contains("Answered by"), "{shown}");
    assert_eq!(
        fs::read_to_string(html)
            .unwrap()
            .matches("<h2 id=\"a")
            .count(),
        2
    );
}

#[test]
fn a_key_that_others_can_read_does_not_sign() {
    use std::os::unix::fs::PermissionsExt as _;
    let desk = Desk::new();
    let draft = desk.write("mill.toml", &draft());
    let key = desk.path("a.key");
    desk.ok(&["attest", "key", &key]);
    assert_eq!(
        fs::metadata(&key).unwrap().permissions().mode() & 0o777,
        0o600
    );
    fs::set_permissions(&key, fs::Permissions::from_mode(0o644)).unwrap();
    let ran = desk.run(&["attest", "sign", &draft, "--key", &key]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("others than its owner"), "{}", ran.err);
    assert!(!Path::new(&desk.path("mill.json")).exists());
}

#[test]
fn nothing_signed_is_overwritten() {
    let desk = Desk::new();
    let (mill, key, _) = desk.signed();
    let before = fs::read(&mill).unwrap();
    let draft = desk.path("mill.toml");
    assert_eq!(
        desk.run(&["attest", "sign", &draft, "--key", &key]).code,
        Some(2)
    );
    assert_eq!(desk.run(&["attest", "new", &draft]).code, Some(2));
    assert_eq!(fs::read(&mill).unwrap(), before);
}

#[test]
fn a_web_key_is_told_from_its_document() {
    let desk = Desk::new();
    let draft = desk.write("mill.toml", &draft());
    let (key, document) = (desk.path("a.key"), desk.path("did.json"));
    let method = "did:web:audit.example#key-1";
    let said = desk.ok(&[
        "attest",
        "key",
        &key,
        "--web",
        method,
        "--document",
        &document,
    ]);
    assert!(
        said.contains("https://audit.example/.well-known/did.json"),
        "{said}"
    );
    desk.ok(&["attest", "sign", &draft, "--key", &key, "--web", method]);
    let mill = desk.path("mill.json");
    let without = desk.run(&["attest", "verify", &mill, "--json"]);
    assert_eq!(
        parts(&without.out)[0],
        ("signature".to_owned(), "cannot-tell".to_owned())
    );
    let with = desk.run(&["attest", "verify", &mill, &document, "--json"]);
    let told = parts(&with.out);
    for (what, answer) in [
        ("signature", "yes"),
        ("key", "yes"),
        // The document is a file: where it comes from only its reader knows.
        ("identity", "cannot-tell"),
    ] {
        assert!(
            told.contains(&(what.to_owned(), answer.to_owned())),
            "{told:?}"
        );
    }
    let trust = ["attest", "trust", "did:web:audit.example", "--name"];
    let trust = [&trust[..], &["Example Audit Body"]].concat();
    let without = desk.run(&trust);
    assert_eq!(without.code, Some(2));
    assert!(without.err.contains("save https://audit.example"));
    let wrong = [&trust[..], &["--document", &mill]].concat();
    assert_eq!(desk.run(&wrong).code, Some(2));
    desk.ok(&[&trust[..], &["--document", &document]].concat());
    let known = desk.run(&["attest", "verify", &mill, &document, "--json"]);
    assert!(parts(&known.out).contains(&("identity".to_owned(), "yes".to_owned())));
    // Another document with another key under the same address.
    let (other, theirs) = (desk.path("b.key"), desk.path("other.json"));
    desk.ok(&[
        "attest",
        "key",
        &other,
        "--web",
        method,
        "--document",
        &theirs,
    ]);
    let forged = desk.path("forged.json");
    let sign = ["attest", "sign", &draft, "--key", &other, "--web", method];
    desk.ok(&[&sign[..], &["--out", &forged]].concat());
    let told = desk.run(&["attest", "verify", &forged, &theirs, "--json"]);
    assert_eq!(told.code, Some(4));
    assert!(parts(&told.out).contains(&("identity".to_owned(), "cannot-tell".to_owned())));
}

const DEAL: &str = r#"
title = "Lens cloths from the Delta mill"
direction = "purchase"

[[parties]]
id = "mill"
role = "supplier"
name = "Delta Example Spinning"
schema = "Company"
country = "in"
attestations = ["mill.json", "status.json"]
"#;

#[test]
fn a_check_says_what_an_attestation_is_worth_and_never_more() {
    let desk = Desk::new();
    let (mill, key, _) = desk.signed();
    let deal = desk.write("deal.toml", DEAL);
    let rules = |desk: &Desk| -> Vec<String> {
        let ran = desk.run(&["check", &deal, "--json"]);
        let brief: Value = serde_json::from_str(&ran.out).unwrap_or_else(|_| panic!("{}", ran.err));
        let mut rules: Vec<String> = brief["findings"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|one| one["rule"].as_str().unwrap().starts_with("attest."))
            .map(|one| {
                assert_ne!(one["answer"], "no");
                one["rule"].as_str().unwrap().to_owned()
            })
            .collect();
        rules.sort();
        rules
    };
    let before = rules(&desk);
    assert_eq!(
        before,
        ["attest.non-conformity", "attest.unverified", "attest.weak"]
    );
    let list = desk.path("status.json");
    desk.ok(&[
        "attest",
        "revoke",
        &mill,
        "--key",
        &key,
        "--status-list",
        &list,
        "--reason",
        "another firm's payroll",
    ]);
    assert!(rules(&desk).contains(&"attest.withdrawn".to_owned()));
    fs::write(desk.place.file("mill.json"), "{").unwrap();
    assert_eq!(rules(&desk), ["attest.unread"]);
    fs::remove_file(desk.place.file("mill.json")).unwrap();
    assert_eq!(desk.run(&["check", &deal]).code, Some(2));
    let out = DEAL.replace("\"mill.json\"", "\"../mill.json\"");
    let outside = desk.write("outside.toml", &out);
    assert_eq!(desk.run(&["check", &outside]).code, Some(2));
}

#[test]
fn the_files_of_a_deal_are_part_of_what_a_decision_is_bound_to() {
    let desk = Desk::new();
    desk.signed();
    let deal = desk.write("deal.toml", DEAL);
    let hash = |desk: &Desk| {
        let ran = desk.run(&["check", &deal, "--json"]);
        let brief: Value = serde_json::from_str(&ran.out).unwrap();
        brief["deal"].as_str().unwrap().to_owned()
    };
    let before = hash(&desk);
    let mut text = fs::read_to_string(desk.place.file("status.json")).unwrap();
    text.push('\n');
    fs::write(desk.place.file("status.json"), text).unwrap();
    assert_ne!(hash(&desk), before);
}

#[test]
fn an_attestation_goes_into_the_ledger_once() {
    let desk = Desk::new();
    let log = desk.path("log");
    desk.ok(&["ledger", "init", &log]);
    let draft = desk.write("mill.toml", &draft());
    let key = desk.path("a.key");
    desk.ok(&["attest", "key", &key]);
    let said = desk.ok(&["attest", "sign", &draft, "--key", &key]);
    assert!(said.contains("waits for the log"), "{said}");
    // Signed again, it is the same bytes, and the same entry.
    let mill = desk.place.file("mill.json");
    let first = fs::read(&mill).unwrap();
    fs::remove_file(&mill).unwrap();
    desk.ok(&["attest", "sign", &draft, "--key", &key]);
    assert_eq!(fs::read(&mill).unwrap(), first);
}

/// A published secret, so that what is signed is the same each time.
const KEY: &str = "z3u2RRZfz2QC2DccYfwudWrjYksFkqQ9Ra27s14ycaAD1Mh4\n";

#[test]
fn what_is_shown_reads_as_it_should() {
    use std::os::unix::fs::PermissionsExt as _;
    let desk = Desk::new();
    let there = desk.place.path();
    fs::write(
        there.join("mill.toml"),
        draft().replace("place = \"in\"", "place = \"cn-xj\""),
    )
    .unwrap();
    let answer = draft()
        .replace("kind = \"audit\"", "kind = \"counter-statement\"")
        .replace("2f1c9e1e", "aaaa9e1e")
        .replace(
            "name = \"Example Audit Body\"",
            "name = \"Mill Workers Union\"",
        )
        .replace(
            "name = \"Labour audit of the Delta mill, March 2026\"",
            "name = \"Papers are still kept\"",
        )
        .replace(
            "statement = \"not stated\"",
            "statement = \"Nobody could say so while managers stood there.\"",
        )
        + "\n[[answers]]\nid = \"urn:uuid:2f1c9e1e-5a44-4a51-9d1c-3b1f6a0c1d22\"\nsha256 = \"not stated\"\n";
    fs::write(there.join("answer.toml"), answer).unwrap();
    fs::write(there.join("a.key"), KEY).unwrap();
    fs::set_permissions(there.join("a.key"), fs::Permissions::from_mode(0o600)).unwrap();
    for name in ["mill.toml", "answer.toml"] {
        let ran = desk
            .place
            .run_here(["attest", "sign", name, "--key", "a.key"]);
        assert_eq!(ran.code, Some(0), "{}", ran.err);
    }
    let shown = desk.place.run_here([
        "attest",
        "show",
        "mill.json",
        "answer.json",
        "--html",
        "page.html",
    ]);
    assert_eq!(shown.code, Some(0), "{}", shown.err);
    insta::assert_snapshot!("attest_show", shown.out);
    let verified = desk
        .place
        .run_here(["attest", "verify", "mill.json", "answer.json"]);
    assert_eq!(verified.code, Some(4), "{}", verified.err);
    insta::assert_snapshot!("attest_verify", verified.out);
    // The page's text, without its style.
    let page = fs::read_to_string(there.join("page.html")).unwrap();
    insta::assert_snapshot!("attest_page", page.split("</style>").nth(1).unwrap());
}
