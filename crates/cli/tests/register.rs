//! The register: kept, looked over, published, changed, and looked for in a check.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::fs;
use std::path::Path;

use crate::common::{self, Place, Ran};
use serde_json::Value;

struct Desk {
    place: Place,
    file: String,
    site: String,
}

impl Desk {
    /// A register with a supplier and a withheld one.
    fn new() -> Self {
        let place = Place::new();
        let desk = Self {
            file: place.file("register.toml").display().to_string(),
            site: place.file("site").display().to_string(),
            place,
        };
        desk.ok(&[
            "add",
            "--new",
            "--owner",
            "Lindenau Optronik GmbH",
            "--contact",
            "https://lindenau.example",
        ]);
        desk.ok(&[
            "add",
            "--name",
            "Delta Example Spinning",
            "--id",
            "delta-mill",
            "--kind",
            "company",
            "--role",
            "supplier",
            "--place",
            "in",
            "--address",
            "Plot 7, Coimbatore",
            "--number",
            "https://delta.example",
            "--sector",
            "Textiles",
            "--since",
            "2024-03",
            "--source",
            "framework contract",
        ]);
        desk.ok(&[
            "add",
            "--name",
            "Quiet Example Works",
            "--id",
            "quiet-works",
            "--kind",
            "company",
            "--role",
            "supplier",
            "--place",
            "tr",
            "--number",
            "1234-5678",
            "--since",
            "2025",
            "--source",
            "order 17",
            "--withhold",
            "workers asked for it",
        ]);
        desk
    }

    fn run(&self, words: &[&str]) -> Ran {
        let mut all = vec!["register"];
        all.extend(words);
        all.extend(["--file", &self.file]);
        self.place.run(&all)
    }

    #[track_caller]
    fn ok(&self, words: &[&str]) -> String {
        let ran = self.run(words);
        assert_eq!(ran.code, Some(0), "{words:?}\n{}{}", ran.out, ran.err);
        ran.out
    }

    fn published(&self, name: &str) -> String {
        fs::read_to_string(Path::new(&self.site).join(name)).unwrap()
    }

    fn edit(&self, from: &str, to: &str) {
        let text = fs::read_to_string(&self.file).unwrap();
        assert!(text.contains(from), "{text}");
        fs::write(&self.file, text.replacen(from, to, 1)).unwrap();
    }
}

#[test]
fn what_is_withheld_is_published_as_a_reason_and_opened_later() {
    let desk = Desk::new();
    desk.ok(&["publish", &desk.site]);
    for name in [
        "index.html",
        "register.json",
        "register.csv",
        "register.ftm.jsonl",
        "osh.csv",
        "history.json",
        "versions/1.json",
    ] {
        assert!(!desk.published(name).contains("Quiet"), "{name}");
    }
    assert!(
        desk.published("index.html")
            .contains("withheld: workers asked for it")
    );
    desk.edit(
        "state = \"withhold\"\nreason = \"workers asked for it\"\n",
        "",
    );
    let said = desk.ok(&["diff", &desk.site]);
    assert_eq!(
        said,
        "shown, withheld since version 1: Quiet Example Works (quiet-works)\n"
    );
    // A line that was lost from the file uncovers nobody.
    let review = desk.ok(&["review"]);
    assert!(review.contains("it was withheld until now"), "{review}");
    let ran = desk.run(&["publish", &desk.site]);
    assert_eq!(ran.code, Some(2), "{}", ran.out);
    assert!(
        ran.err
            .contains("withheld until now (workers asked for it)"),
        "{}",
        ran.err
    );
    desk.ok(&["publish", &desk.site, "--considered", "quiet-works"]);
    assert!(
        desk.published("index.html")
            .contains("withheld since version 1")
    );
    assert!(desk.published("history.html").contains("Version 2"));
    // sha256sum over the file gives the hash that names it.
    let history: Value = serde_json::from_str(&desk.published("history.json")).unwrap();
    for line in history["versions"].as_array().unwrap() {
        let file = Path::new(&desk.site).join(format!("versions/{}.json", line["version"]));
        assert_eq!(
            scruple_model::hash::sha256(&fs::read(file).unwrap()),
            line["sha256"].as_str().unwrap()
        );
    }
}

#[test]
fn publishing_again_without_a_change_makes_no_version() {
    let desk = Desk::new();
    desk.ok(&["publish", &desk.site]);
    let before = desk.published("history.json");
    assert!(
        desk.ok(&["publish", &desk.site])
            .contains("nothing changed")
    );
    assert_eq!(desk.published("history.json"), before);
}

#[test]
fn a_version_changed_afterwards_stops_publishing_and_nothing_is_written() {
    let desk = Desk::new();
    desk.ok(&["publish", &desk.site]);
    desk.edit("Plot 7", "Plot 8");
    desk.ok(&["publish", &desk.site]);
    let first = Path::new(&desk.site).join("versions/1.json");
    let text = fs::read_to_string(&first).unwrap();
    fs::write(&first, text.replace("Plot 7", "Plot 9")).unwrap();
    desk.edit("Plot 8", "Plot 10");
    let before = desk.published("index.html");
    let ran = desk.run(&["publish", &desk.site]);
    assert_eq!(ran.code, Some(2), "{}", ran.out);
    assert!(
        ran.err
            .contains("versions/1.json was changed after it was published"),
        "{}",
        ran.err
    );
    assert_eq!(desk.published("index.html"), before);
    // The same words in other bytes have another hash.
    fs::write(&first, text.replacen('{', "{ ", 1)).unwrap();
    assert_eq!(desk.run(&["publish", &desk.site]).code, Some(2));
    fs::write(&first, text).unwrap();
    // The newest changed, and the line that names its hash with it.
    let newest = Path::new(&desk.site).join("versions/2.json");
    let mut forged: scruple_register::Version =
        serde_json::from_str(&desk.published("versions/2.json")).unwrap();
    let was = forged.hash();
    forged.withheld.clear();
    fs::write(&newest, forged.bytes()).unwrap();
    let history = Path::new(&desk.site).join("history.json");
    let line = desk.published("history.json").replace(&was, &forged.hash());
    fs::write(&history, line).unwrap();
    let ran = desk.run(&["publish", &desk.site]);
    assert_eq!(ran.code, Some(2), "{}", ran.out);
    assert!(ran.err.contains("shows another version 2"), "{}", ran.err);
}

#[test]
fn an_older_copy_of_the_folder_begins_no_second_history() {
    let desk = Desk::new();
    desk.ok(&["publish", &desk.site]);
    let old = desk.place.file("old");
    let copied = std::process::Command::new("cp")
        .arg("-r")
        .arg(&desk.site)
        .arg(&old)
        .status();
    assert!(copied.unwrap().success());
    desk.edit("Plot 7", "Plot 8");
    desk.ok(&["publish", &desk.site]);
    let newest = desk.place.file("newest");
    fs::rename(&desk.site, &newest).unwrap();
    fs::rename(&old, &desk.site).unwrap();
    desk.edit("Plot 8", "Plot 9");
    let ran = desk.run(&["publish", &desk.site]);
    assert_eq!(ran.code, Some(2), "{}", ran.out);
    assert!(ran.err.contains("version 2 was published"), "{}", ran.err);
    assert!(!desk.published("history.html").contains("Plot 9"));
    fs::remove_dir_all(&desk.site).unwrap();
    fs::rename(&newest, &desk.site).unwrap();
    desk.ok(&["publish", &desk.site]);
    assert!(desk.published("history.html").contains("Version 3"));
}

#[test]
fn an_empty_folder_and_a_first_version_changed_begin_no_second_history() {
    let desk = Desk::new();
    desk.ok(&["publish", &desk.site]);
    let kept = desk.place.file("kept");
    fs::rename(&desk.site, &kept).unwrap();
    desk.edit("Plot 7", "Plot 9");
    let ran = desk.run(&["publish", &desk.site]);
    assert_eq!(ran.code, Some(2), "{}", ran.out);
    assert!(
        ran.err.contains("a second history would begin") && ran.err.contains("--data"),
        "{}",
        ran.err
    );
    assert!(!Path::new(&desk.site).exists());
    fs::rename(&kept, &desk.site).unwrap();
    // The only version was exchanged, with a history that fits it.
    let mut first: scruple_register::Version =
        serde_json::from_str(&desk.published("versions/1.json")).unwrap();
    let was = first.hash();
    first.entries.remove(0);
    fs::write(Path::new(&desk.site).join("versions/1.json"), first.bytes()).unwrap();
    let history = desk.published("history.json").replace(&was, &first.hash());
    fs::write(Path::new(&desk.site).join("history.json"), history).unwrap();
    let ran = desk.run(&["publish", &desk.site]);
    assert_eq!(ran.code, Some(2), "{}", ran.out);
    assert!(ran.err.contains("shows another version 1"), "{}", ran.err);
}

#[test]
fn a_statement_that_names_a_withheld_site_is_asked_about() {
    let desk = Desk::new();
    let page = fs::read_to_string(common::root().join("docs/attest.md")).unwrap();
    let draft = page
        .split("```toml\n")
        .nth(1)
        .unwrap()
        .split("```")
        .next()
        .unwrap();
    let write = |name: &str, statement: &str| {
        let text = draft
            .replace("kind = \"audit\"", "kind = \"counter-statement\"")
            .replace(
                "statement = \"not stated\"",
                &format!("statement = \"{statement}\""),
            );
        let answers = "\n[[answers]]\nid = \"urn:uuid:2f1c9e1e-5a44-4a51-9d1c-3b1f6a0c1d22\"\nsha256 = \"not stated\"\n";
        desk.place.write(name, text + answers).display().to_string()
    };
    let file = write("answer.toml", "At Quiet Example Works papers are kept.");
    let key = desk.place.file("u.key").display().to_string();
    desk.place.run(["attest", "key", &key]).code(0);
    desk.place
        .run(["attest", "sign", &file, "--key", &key])
        .code(0);
    let answer = desk.place.file("answer.json").display().to_string();
    let publish = ["publish", &desk.site, "--statement", &answer];
    // Every text of the file goes on the site: one that a program that did not look signed.
    let mut foreign: Value = serde_json::from_str(&fs::read_to_string(&answer).unwrap()).unwrap();
    foreign["credentialSubject"]["note"] = "Ask Mr. Chen at the gate".into();
    let secret = fs::read_to_string(&key).unwrap();
    let signer = scruple_attest::Signer::read(secret.trim()).unwrap();
    foreign.as_object_mut().unwrap().remove("proof");
    let day = "2026-03-10".parse().unwrap();
    let signed = scruple_attest::proof::sign(&foreign, &signer, day).unwrap();
    let named = desk.place.write("named.json", signed.to_string());
    let ran = desk.run(&[
        "publish",
        &desk.site,
        "--statement",
        &named.display().to_string(),
    ]);
    assert_eq!(ran.code, Some(2), "{}", ran.out);
    assert!(ran.err.contains("Mr. Chen"), "{}", ran.err);
    let considered = [&publish[..], &["--considered", "delta-mill"]].concat();
    let ran = desk.run(&considered);
    assert_eq!(ran.code, Some(2), "{}", ran.out);
    assert!(
        ran.err.contains("quiet-works")
            && ran.err.contains("counter-statement on the site names it"),
        "{}",
        ran.err
    );
    desk.ok(&[&considered[..], &["--considered", "quiet-works"]].concat());
}

#[test]
fn a_person_is_listed_by_record_and_name_together() {
    let desk = Desk::new();
    let official = common::root().join("crates/lists/tests/cases/un_sc.xml");
    let own = desk.place.write(
        "mine.jsonl",
        "{\"id\":\"a\",\"schema\":\"Person\",\"properties\":{\"name\":[\"Erika Muster\"]}}\n",
    );
    for list in [official, own] {
        let list = list.display().to_string();
        let sync = [
            "sync",
            "--from",
            &list,
            "--dated",
            "2026-01-28",
            "--as",
            "mine",
        ];
        let words = if list.ends_with("xml") {
            &sync[..5]
        } else {
            &sync
        };
        desk.place.run(words).code(0);
    }
    let id_of = |name: &str| -> String {
        let found = desk.place.run(["screen", name, "--json"]);
        let found: Value = serde_json::from_str(&found.out).unwrap();
        found["matches"][0]["id"].as_str().unwrap().to_owned()
    };
    let (works, mine) = (id_of("Testing Works (TW)"), id_of("Erika Muster"));
    assert!(works.starts_with("un-sc:") && mine.starts_with("user-"));
    let add = |name: &str, record: &str| {
        desk.ok(&[
            "add",
            "--place",
            "de",
            "--since",
            "2024",
            "--source",
            "contract",
            "--role",
            "partner",
            "--kind",
            "listed-person",
            "--id",
            "person",
            "--name",
            name,
            "--listed",
            record,
        ]);
    };
    let before = fs::read_to_string(&desk.file).unwrap();
    // Another name under the record, a company's record, no record, a list of one's own.
    for (name, record) in [
        ("Erika Other", "un-sc:TSi.901"),
        ("Testing Works (TW)", &works),
        ("Ivan Petrovich Tester", "un-sc:TSi.902"),
        ("Erika Muster", &mine),
    ] {
        add(name, record);
        let ran = desk.run(&["publish", &desk.site]);
        assert_eq!(ran.code, Some(2), "{name}");
        assert!(ran.err.contains("stand on no list"), "{}", ran.err);
        fs::write(&desk.file, &before).unwrap();
    }
    add("Ivan Petrovich Tester", "un-sc:TSi.901");
    desk.ok(&["publish", &desk.site]);
}

#[test]
fn a_folder_with_other_files_is_left_alone() {
    let desk = Desk::new();
    fs::create_dir(&desk.site).unwrap();
    fs::write(Path::new(&desk.site).join("thesis.docx"), "mine").unwrap();
    let ran = desk.run(&["publish", &desk.site]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("thesis.docx"), "{}", ran.err);
    assert_eq!(desk.published("thesis.docx"), "mine");
}

#[test]
fn what_could_endanger_people_is_asked_about_first() {
    let desk = Desk::new();
    desk.edit(
        "sectors = [\"Textiles\"]",
        "sectors = [\"Textiles\"]\nworkers = \"12\"",
    );
    let review = desk.ok(&["review"]);
    assert!(
        review.contains("each of them can be recognised"),
        "{review}"
    );
    let ran = desk.run(&["publish", &desk.site]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("nothing was published"), "{}", ran.err);
    assert!(!Path::new(&desk.site).exists());
    desk.ok(&["publish", &desk.site, "--considered", "delta-mill"]);
    // Asked once: the next version changes another entry.
    desk.edit("order 17", "order 18");
    desk.ok(&["publish", &desk.site]);
    assert_eq!(
        desk.run(&["publish", &desk.site, "--considered", "nobody"])
            .code,
        Some(2)
    );
}

#[test]
fn persons_are_refused_and_nothing_is_added() {
    let desk = Desk::new();
    let before = fs::read_to_string(&desk.file).unwrap();
    let base = [
        "add", "--place", "de", "--since", "2024", "--source", "contract", "--role", "partner",
    ];
    for (words, told) in [
        (
            &[
                "--name",
                "Frau Erika Muster",
                "--kind",
                "company",
                "--number",
                "1",
            ][..],
            "a person's name",
        ),
        (
            &["--name", "Erika Muster", "--kind", "person"],
            "is no kind",
        ),
        (
            &["--name", "Erika Muster", "--kind", "company"],
            "nothing shows that this is an organisation",
        ),
        (
            &["--name", "Erika Muster", "--kind", "listed-person"],
            "unless an official list names",
        ),
    ] {
        let ran = desk.run(&[&base[..], words].concat());
        assert_eq!(ran.code, Some(2), "{words:?}");
        assert!(ran.err.contains(told), "{words:?}: {}", ran.err);
    }
    assert_eq!(fs::read_to_string(&desk.file).unwrap(), before);
    // One who is said to be listed has to stand on a list that is held here.
    desk.ok(&[
        &base[..],
        &[
            "--name",
            "Erika Muster",
            "--kind",
            "listed-person",
            "--listed",
            "us-ofac-sdn:0",
        ],
    ]
    .concat());
    let ran = desk.run(&["publish", &desk.site]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("stand on no list"), "{}", ran.err);
}

#[test]
fn a_table_with_a_fault_adds_nothing_and_tells_each_line() {
    let desk = Desk::new();
    let before = fs::read_to_string(&desk.file).unwrap();
    let csv = desk.place.file("t.csv");
    fs::write(&csv, "name,kind,roles,place,since,source,number\nA GmbH,company,boss,de,2024,c,1\nB GmbH,company,partner,xx,2024,c,2\n").unwrap();
    let path = csv.display().to_string();
    let ran = desk.run(&["add", "--csv", &path]);
    assert_eq!(ran.code, Some(2));
    assert!(
        ran.err.contains("line 2, column roles") && ran.err.contains("line 3, column place"),
        "{}",
        ran.err
    );
    assert_eq!(fs::read_to_string(&desk.file).unwrap(), before);
    fs::write(
        &csv,
        "name,kind,roles,place,since,source,number\nA GmbH,company,partner,de,2024,c,1\n",
    )
    .unwrap();
    desk.ok(&["add", "--csv", &path]);
    let twice = desk.run(&["add", "--csv", &path]);
    assert_eq!(twice.code, Some(2));
    assert!(twice.err.contains("is taken"), "{}", twice.err);
}

#[test]
fn each_version_is_committed_to_the_ledger_before_it_is_shown() {
    let desk = Desk::new();
    let log = desk.place.file("log").display().to_string();
    let made = desk
        .place
        .run(["ledger", "init", &log, "--origin", "log.example"]);
    assert_eq!(made.code, Some(0), "{}", made.err);
    let said = desk.ok(&["publish", &desk.site]);
    assert!(said.contains("entry 0 of the log log.example"), "{said}");
    assert!(
        desk.published("index.html")
            .contains("log.example, entry 0")
    );
    // The site is lost: published again it is the same version, and the same entry.
    fs::remove_dir_all(&desk.site).unwrap();
    desk.ok(&["publish", &desk.site]);
    assert!(
        desk.published("index.html")
            .contains("log.example, entry 0")
    );
}

#[test]
fn a_party_that_is_not_in_the_register_is_a_finding_for_its_owner() {
    let desk = Desk::new();
    let deal = desk.place.file("deal.toml");
    let text = |supplier: &str, user: &str| {
        format!(
            "title = \"Cloths\"\n[[parties]]\nid = \"mill\"\nrole = \"supplier\"\nname = \"{supplier}\"\nschema = \"Company\"\n\
             [[parties]]\nid = \"user\"\nrole = \"end-user\"\nname = \"Some Office\"\n{user}"
        )
    };
    let found = |text: &str| -> Vec<(String, String)> {
        fs::write(&deal, text).unwrap();
        let path = deal.display().to_string();
        let ran = desk.place.run(["check", &path, "--json"]);
        let brief: Value = serde_json::from_str(&ran.out).unwrap_or_else(|_| panic!("{}", ran.err));
        let all = brief["findings"].as_array().unwrap().iter();
        all.filter(|one| one["rule"] == "duty.register")
            .map(|one| {
                (
                    one["subject"]["id"].as_str().unwrap().to_owned(),
                    one["answer"].as_str().unwrap().to_owned(),
                )
            })
            .collect()
    };
    // Nothing was published: nothing is said.
    assert_eq!(found(&text("Unknown Mill", "")), []);
    desk.ok(&["publish", &desk.site]);
    let told = |id: &str, answer: &str| (id.to_owned(), answer.to_owned());
    assert_eq!(
        found(&text("DELTA example spinning.", "schema = \"Company\"\n")),
        []
    );
    assert_eq!(
        found(&text("Unknown Mill", "schema = \"PublicBody\"\n")),
        [told("mill", "yes"), told("user", "yes")]
    );
    // Whether an end user is a public body is a question where nobody said.
    assert_eq!(
        found(&text("Delta Example Spinning", "")),
        [told("user", "cannot-tell")]
    );
}

/// A register that names the mill from June on, and no longer from July on.
#[test]
fn a_past_answer_rests_on_the_register_of_its_day_and_on_no_later_one() {
    let desk = Desk::new();
    let on = |day: &str, words: &[&str]| desk.place.run_on(day, words);
    let publish = ["register", "publish", &desk.site, "--file", &desk.file];
    let deal = desk.place.write(
        "deal.toml",
        "title = \"Cloths\"\n[[parties]]\nid = \"mill\"\nrole = \"supplier\"\n\
         name = \"Delta Example Spinning\"\nschema = \"Company\"\n",
    );
    let deal = deal.display().to_string();
    let brief = |day: &str, more: &[&str]| -> Value {
        let words = [&["check", &deal, "--json"][..], more].concat();
        let ran = on(day, &words);
        serde_json::from_str(&ran.out).unwrap_or_else(|_| panic!("{words:?}: {}", ran.err))
    };
    let is_absent = |brief: &Value| {
        let all = brief["findings"].as_array().unwrap();
        all.iter().any(|one| one["rule"] == "duty.register")
    };
    let before = brief("2026-05-01", &[]);
    on("2026-06-01", &publish).code(0);
    let june = brief("2026-06-15", &[]);
    assert!(!is_absent(&before) && !is_absent(&june));
    desk.edit("Delta Example Spinning", "Gamma Example Spinning");
    on("2026-07-01", &publish).code(0);
    let july = brief("2026-07-15", &[]);
    assert!(is_absent(&july));
    // Asked again in November: as of a day, from a vintage, from a brief that was kept.
    let november = |more: &[&str]| brief("2026-11-22", more);
    for (day, absent) in [
        ("2026-05-01", false),
        ("2026-06-01", false),
        ("2026-06-30", false),
        ("2026-07-01", true),
    ] {
        assert_eq!(is_absent(&november(&["--as-of", day])), absent, "{day}");
        assert_eq!(is_absent(&november(&["--known-at", day])), absent, "{day}");
    }
    for (then, absent) in [(&before, false), (&june, false), (&july, true)] {
        let vintage = then["vintage"]["hash"].as_str().unwrap();
        let kept = desk.place.write("then.json", then.to_string());
        for asked in [vintage, &kept.display().to_string()] {
            let again = november(&["--vintage", asked]);
            assert_eq!(is_absent(&again), absent, "{asked}");
            assert_eq!(again["vintage"]["hash"], then["vintage"]["hash"], "{asked}");
        }
    }
    // Where that register is no longer here, the answer says so and takes no other.
    fs::remove_dir_all(desk.place.data().join("registers")).unwrap();
    let kept = desk.place.write("then.json", june.to_string());
    let again = november(&["--vintage", &kept.display().to_string()]);
    assert!(!is_absent(&again));
    let unchecked = again["unchecked"].to_string();
    assert!(
        unchecked.contains("the published register of that vintage"),
        "{unchecked}"
    );
}

#[test]
fn the_pages_read_as_they_should() {
    let desk = Desk::new();
    desk.ok(&["publish", &desk.site]);
    desk.edit(
        "state = \"withhold\"\nreason = \"workers asked for it\"\n",
        "",
    );
    desk.ok(&["publish", &desk.site, "--considered", "quiet-works"]);
    // Commitments follow from a key made by chance.
    let page = |name: &str| -> String {
        let text = desk.published(name);
        let text = text.split("</style>").nth(1).unwrap();
        text.split(|c: char| !c.is_ascii_hexdigit())
            .filter(|word| {
                word.len() == 64 || (word.len() == 12 && word.bytes().any(|b| b.is_ascii_digit()))
            })
            .fold(text.to_owned(), |text, hash| text.replace(hash, "HASH"))
    };
    insta::assert_snapshot!("register_index", page("index.html"));
    insta::assert_snapshot!("register_history", page("history.html"));
    insta::assert_snapshot!("register_statements", page("counter-statements.html"));
}
