//! A register kept, published, changed and published again.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::BTreeMap;

use scruple_model::{Date, Place};
use scruple_register::diff::{Change, diff};
use scruple_register::review::{Care, review};
use scruple_register::site::{self, Committed};
use scruple_register::version::{HistoryFault, check_history, commitment, opens};
use scruple_register::{Register, Role, SaltKey, State, Version, file, table};

const FILE: &str = r#"
schema = "scruple.register-file/1"

[owner]
name = "Lindenau Optronik GmbH"
number = "HRB 1234 Dresden"
contact = "https://lindenau.example/register"

[[entries]]
id = "delta-mill"
name = "Delta Example Spinning Mill"
kind = "company"
role = "supplier"
place = "in"
address = "Plot 7, Example Estate, Coimbatore"
number = "https://delta.example"
sectors = ["Textiles"]
product_lines = ["lens cloths"]
workers = "101-500"
since = "2024-03"
source = "framework contract of 2024-03-01"
confirmed = 2026-06-01

[[entries]]
id = "city-of-porto"
name = "Câmara Municipal do Porto"
kind = "public-body"
roles = ["customer"]
place = "pt"
since = 2025
source = "notice of award 2025/77"
confirmed = 2026-06-01

[[entries]]
id = "quiet-works"
name = "Quiet Example Works"
kind = "company"
roles = ["supplier"]
place = "tr"
number = "1234-5678"
since = "2025-02-01"
source = "order 17"
confirmed = 2026-06-01
state = "withhold"
reason = "workers asked for it"
"#;

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn key() -> SaltKey {
    SaltKey::new([9; 32])
}

fn register(text: &str) -> Register {
    Register::read(text).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

fn version(text: &str, on: &str, earlier: &[Version]) -> Version {
    Version::of(&register(text), &key(), day(on), earlier, Vec::new())
}

#[test]
fn what_is_withheld_shows_its_reason_and_nothing_else() {
    let one = version(FILE, "2026-06-02", &[]);
    assert_eq!(one.entries.len(), 2);
    assert_eq!(one.withheld.len(), 1);
    assert_eq!(one.withheld[0].reason, "workers asked for it");
    let files = site::make(&[one], &BTreeMap::new(), &BTreeMap::new()).unwrap();
    for (name, bytes) in &files {
        let text = String::from_utf8_lossy(bytes);
        for secret in ["Quiet", "quiet-works", "order 17", "1234-5678"] {
            assert!(!text.contains(secret), "{name} says {secret}");
        }
    }
    assert!(
        String::from_utf8_lossy(&files["index.html"]).contains("withheld: workers asked for it")
    );
}

#[test]
fn an_entry_that_is_shown_later_opens_its_commitment() {
    let first = version(FILE, "2026-06-02", &[]);
    let later = FILE.replace(
        "state = \"withhold\"\nreason = \"workers asked for it\"\n",
        "",
    );
    let second = version(&later, "2026-07-01", std::slice::from_ref(&first));
    let shown = second.get("quiet-works").unwrap();
    assert_eq!(opens(shown), Some(true));
    // Somebody has to have meant it.
    let uncovered = second.uncovers(&first);
    assert_eq!(
        uncovered,
        [("quiet-works".into(), "workers asked for it".into())]
    );
    let third = version(&later, "2026-07-02", &[first.clone(), second.clone()]);
    assert_eq!(third.uncovers(&second), []);
    let care = Care {
        uncovered,
        ..Care::default()
    };
    let found = review(&register(&later), Some(&first), &care, day("2026-07-01"));
    assert!(found.endangers.iter().any(|point| {
        point.id == "quiet-works"
            && point
                .says
                .contains("withheld until now (workers asked for it)")
    }));
    let opening = shown.was_withheld.as_ref().unwrap();
    assert_eq!(opening.commitment, first.withheld[0].commitment);
    assert_eq!(opening.since_version, 1);
    // Anybody computes the same from what is public.
    assert_eq!(commitment(&opening.salt, &shown.entry), opening.commitment);
    assert!(
        matches!(&diff(Some(&first), &second)[..], [Change::Opened { id, .. }] if id == "quiet-works")
    );
    assert_eq!(check_history(&[first.clone(), second.clone()]), Ok(()));
    // Something else put in its place does not open it, and the history says so.
    let swapped = later.replace("Quiet Example Works", "Another Example Works");
    let third = version(&swapped, "2026-07-01", std::slice::from_ref(&first));
    assert!(third.get("quiet-works").unwrap().was_withheld.is_none());
    assert!(diff(Some(&first), &third).contains(&Change::Dropped {
        commitment: first.withheld[0].commitment.clone()
    }));
    let mut forged = second;
    forged
        .entries
        .iter_mut()
        .find(|shown| shown.entry.id == "quiet-works")
        .unwrap()
        .entry
        .name = "Other".to_owned();
    assert!(matches!(
        check_history(&[first, forged]),
        Err(HistoryFault::Opening { .. })
    ));
}

#[test]
fn an_entry_changed_while_it_is_withheld_is_not_told_to_be_taken_out() {
    let first = version(FILE, "2026-06-02", &[]);
    let edited = FILE.replace("Quiet Example Works", "Quiet Example Works Ltd");
    let second = version(&edited, "2026-07-01", std::slice::from_ref(&first));
    let told: Vec<String> = diff(Some(&first), &second)
        .iter()
        .map(Change::said)
        .collect();
    let commitment = &first.withheld[0].commitment[..12];
    assert!(
        told.contains(&format!(
            "taken out or changed without being shown: {commitment}"
        )),
        "{told:?}"
    );
}

#[test]
fn commitments_say_nothing_without_the_key() {
    let one = version(FILE, "2026-06-02", &[]);
    let other = Version::of(
        &register(FILE),
        &SaltKey::new([8; 32]),
        day("2026-06-02"),
        &[],
        Vec::new(),
    );
    assert_ne!(one.withheld[0].commitment, other.withheld[0].commitment);
    let again = version(FILE, "2027-01-01", std::slice::from_ref(&one));
    assert_eq!(one.withheld[0].commitment, again.withheld[0].commitment);
    assert!(again.says_the_same(&one));
}

#[test]
fn a_version_that_is_changed_afterwards_is_found() {
    let first = version(FILE, "2026-06-02", &[]);
    let second = version(
        &FILE.replace("lens cloths", "cloths"),
        "2026-07-01",
        std::slice::from_ref(&first),
    );
    let mut quiet = first.clone();
    quiet.entries.remove(0);
    assert_eq!(
        check_history(&[quiet, second.clone()]),
        Err(HistoryFault::Changed(1))
    );
    assert!(matches!(
        check_history(&[second]),
        Err(HistoryFault::Number {
            expected: 1,
            found: 2
        })
    ));
}

#[test]
fn delayed_entries_appear_on_their_day() {
    let text = FILE.replace(
        "state = \"withhold\"",
        "state = \"delay\"\nshow_from = 2026-09-01",
    );
    let before = version(&text, "2026-08-31", &[]);
    assert_eq!(before.withheld[0].state, State::Delay);
    assert_eq!(
        version(&text, "2026-09-01", std::slice::from_ref(&before))
            .entries
            .len(),
        3
    );
    let due = review(
        &register(&text),
        Some(&before),
        &Care::default(),
        day("2026-09-01"),
    )
    .due;
    assert!(
        due.iter()
            .any(|point| point.id == "quiet-works" && point.says.contains("2026-09-01")),
        "{due:?}"
    );
}

#[test]
fn people_are_no_entries() {
    for (find, put, told) in [
        ("kind = \"company\"", "kind = \"person\"", "unknown variant"),
        (
            "kind = \"company\"",
            "kind = \"listed-person\"",
            "unless an official list names",
        ),
        ("number = \"https://delta.example\"\n", "", "not a person"),
        (
            "name = \"Delta Example Spinning Mill\"",
            "name = \"Mr. Arun Example\"",
            "a person's name",
        ),
        (
            "name = \"Delta Example Spinning Mill\"",
            "name = \"Delta\"\nreligion = \"x\"",
            "religion",
        ),
        (
            "source = \"order 17\"",
            "source = \"told by a.b@example.com\"",
            "address for mail",
        ),
        (
            "reason = \"workers asked for it\"",
            "reason = \"Quiet Example Works asked\"",
            "names whom",
        ),
        (
            "kind = \"public-body\"",
            "kind = \"company\"\nnumber = \"1\"",
            "customers are published where",
        ),
    ] {
        let problems = Register::read(&FILE.replacen(find, put, 1)).unwrap_err();
        assert!(
            problems.iter().any(|problem| problem.what.contains(told)),
            "{put}: {problems:?}"
        );
    }
    let listed = FILE.replacen(
        "kind = \"company\"",
        "kind = \"listed-person\"\nlisted = \"us-ofac-sdn:1\"",
        1,
    );
    assert!(Register::read(&listed).is_ok());
    let office = FILE
        .replacen("kind = \"public-body\"", "kind = \"public-office\"", 1)
        .replacen("Câmara Municipal do Porto", "Minister of Health", 1);
    assert!(Register::read(&office).is_ok());
}

#[test]
fn all_problems_of_a_file_are_told_at_once_with_their_lines() {
    let text = FILE
        .replace("place = \"pt\"", "place = \"atlantis\"")
        .replace("delta-mill", "Delta Mill")
        .replace("id = \"quiet-works\"", "id = \"city-of-porto\"");
    let problems = Register::read(&text).unwrap_err();
    assert!(problems.len() >= 2, "{problems:?}");
    assert!(
        problems
            .iter()
            .all(|problem| problem.at.line > 1 && !problem.next.is_empty()),
        "{problems:?}"
    );
}

#[test]
fn what_could_endanger_is_asked_once_for_each_change() {
    let care = Care {
        places: vec![Place::parse("cn-xj").unwrap()],
        spoken_of: vec!["city-of-porto".to_owned()],
        said: Vec::new(),
        uncovered: Vec::new(),
    };
    let text = FILE
        .replace("place = \"in\"", "place = \"cn-xj\"")
        .replace("101-500", "8");
    let found = review(&register(&text), None, &care, day("2026-06-02")).endangers;
    let ids: Vec<&str> = found.iter().map(|point| point.id.as_str()).collect();
    assert_eq!(ids, ["delta-mill", "delta-mill", "city-of-porto"]);
    let published = version(&text, "2026-06-02", &[]);
    let again = review(&register(&text), Some(&published), &care, day("2026-06-03")).endangers;
    assert_eq!(again, []);
    // What is withheld endangers nobody.
    let hidden = review(
        &register(&text.replace(
            "id = \"delta-mill\"",
            "id = \"delta-mill\"\nstate = \"withhold\"\nreason = \"r\"",
        )),
        None,
        &Care::default(),
        day("2026-06-02"),
    );
    assert_eq!(hidden.endangers, []);
}

#[test]
fn a_withheld_entry_that_something_else_gives_away_is_asked_about() {
    let today = day("2026-06-02");
    let ways = |text: &str, before: Option<&Version>, said: &[&str]| -> Vec<String> {
        let care = Care {
            said: said.iter().map(|text| (*text).to_owned()).collect(),
            ..Care::default()
        };
        let found = review(&register(text), before, &care, today).endangers;
        assert!(found.iter().all(|point| point.id == "quiet-works"));
        found.into_iter().map(|point| point.says).collect()
    };
    assert_eq!(ways(FILE, None, &["Papers are kept."]), [""; 0]);
    // As the parent of an entry that is shown, in its source, or in somebody's statement.
    let parent = FILE.replace(
        "workers = \"101-500\"",
        "workers = \"101-500\"\nparent = \"QUIET Example Works A.S.\"",
    );
    assert!(ways(&parent, None, &[])[0].contains("`parent` of delta-mill"));
    let source = FILE.replace("framework contract of", "order through 12345678 of");
    assert!(ways(&source, None, &[])[0].contains("`source` of delta-mill"));
    let told = ways(FILE, None, &["At Quiet Example Works nobody may leave."]);
    assert!(told[0].contains("counter-statement"), "{told:?}");
    // It was shown before: that stays readable, and is said once.
    let shown = FILE.replace(
        "state = \"withhold\"\nreason = \"workers asked for it\"\n",
        "",
    );
    let first = version(&shown, "2026-06-01", &[]);
    assert!(ways(FILE, Some(&first), &[])[0].contains("stay readable"));
    let second = version(FILE, "2026-06-02", &[first]);
    assert_eq!(ways(FILE, Some(&second), &[]), [""; 0]);
}

#[test]
fn a_reason_says_by_no_name_number_or_address_whom_it_is_about() {
    for reason in [
        "quiet example works asked for it",
        "see 12345678",
        "Quiet  Example-Works",
        "Leise Werke asked",
        "Mr. Chen asked",
    ] {
        let text = FILE.replace("workers asked for it", reason).replace(
            "kind = \"company\"\nroles",
            "names = [\"Leise Werke\"]\nkind = \"company\"\nroles",
        );
        let problems = Register::read(&text).unwrap_err();
        assert!(
            problems[0].field.ends_with("reason"),
            "{reason}: {problems:?}"
        );
    }
}

#[test]
fn an_opening_of_a_commitment_that_nobody_was_shown_is_found() {
    let first = version(FILE, "2026-06-02", &[]);
    let later = FILE.replace(
        "state = \"withhold\"\nreason = \"workers asked for it\"\n",
        "",
    );
    let second = version(&later, "2026-07-01", std::slice::from_ref(&first));
    // The first version never showed it, or another is said to have.
    let empty = version(&later, "2026-06-02", &[]);
    let mut claims = second.clone();
    claims.previous = Some(empty.hash());
    assert!(matches!(
        check_history(&[empty, claims]),
        Err(HistoryFault::Opening { version: 2, .. })
    ));
    let mut wrong = second;
    for shown in &mut wrong.entries {
        if let Some(opening) = &mut shown.was_withheld {
            opening.since_version = 2;
        }
    }
    assert!(matches!(
        check_history(&[first, wrong]),
        Err(HistoryFault::Opening { version: 2, .. })
    ));
}

#[test]
fn a_block_written_is_read_back() {
    let one = register(FILE);
    let mut text = file::starter("Lindenau \"Optronik\" GmbH", "https://lindenau.example");
    for kept in &one.entries {
        text.push_str(&file::block(
            &kept.entry,
            kept.state,
            kept.reason.as_deref(),
            kept.show_from,
        ));
    }
    let again = register(&text);
    assert_eq!(again.owner.name, "Lindenau \"Optronik\" GmbH");
    for (before, after) in one.entries.iter().zip(&again.entries) {
        assert_eq!(
            (&before.entry, before.state, &before.reason),
            (&after.entry, after.state, &after.reason)
        );
    }
}

#[test]
fn the_table_written_is_read_back_and_runs_nothing() {
    let one = version(FILE, "2026-06-02", &[]);
    let csv = table::register_csv(&one);
    let entries = table::read(&csv, day("2026-06-02")).unwrap();
    let shown: Vec<_> = one
        .entries
        .iter()
        .map(|shown| shown.entry.clone())
        .collect();
    assert_eq!(entries, shown);
    let osh = String::from_utf8(table::osh_csv(&one)).unwrap();
    let lines: Vec<&str> = osh.lines().collect();
    assert_eq!(
        lines[0],
        "country,name,address,sector,processing_type,product_type,parent_company,native_language_name,number_of_workers"
    );
    assert_eq!(lines.len(), 2);
    assert!(
        lines[1].starts_with(
            "IN,Delta Example Spinning Mill,\"Plot 7, Example Estate, Coimbatore\",Textiles"
        ),
        "{}",
        lines[1]
    );

    for (cell, told) in [("=HYPERLINK(1)", "formula"), ("@x", "formula")] {
        let table = format!(
            "name,kind,roles,place,since,source,number\n{cell},company,supplier,de,2024,contract,1\n"
        );
        let faults = table::read(table.as_bytes(), day("2026-06-02")).unwrap_err();
        assert!(
            faults[0].what.contains(told) && faults[0].line == 2,
            "{faults:?}"
        );
    }
    // The organisation's own dash is kept out of reach of a spreadsheet.
    let dashed = version(
        &FILE.replace("Delta Example Spinning Mill", "-Delta-"),
        "2026-06-02",
        &[],
    );
    assert!(
        String::from_utf8(table::register_csv(&dashed))
            .unwrap()
            .contains(",'-Delta-,")
    );
}

#[test]
fn rows_with_faults_are_all_told_and_nothing_is_taken() {
    let table = "name,kind,roles,place,since,source,number\n,company,supplier,de,2024,c,1\nA,firm,boss,xx,never,c,1\n";
    let faults = table::read(table.as_bytes(), day("2026-06-02")).unwrap_err();
    let columns: Vec<(u64, &str)> = faults
        .iter()
        .map(|fault| (fault.line, fault.column.as_str()))
        .collect();
    assert_eq!(
        columns,
        [
            (2, "name"),
            (3, "kind"),
            (3, "roles"),
            (3, "place"),
            (3, "since")
        ]
    );
    let header = table::read(b"name,religion\n", day("2026-06-02")).unwrap_err();
    assert!(header.iter().any(|fault| fault.what.contains("religion")));
}

#[test]
fn the_file_of_a_version_has_the_hash_that_names_it() {
    let one = version(FILE, "2026-06-02", &[]);
    let two = version(
        &FILE.replace("lens cloths", "cloths"),
        "2026-07-01",
        std::slice::from_ref(&one),
    );
    let at = Committed {
        origin: "log.example".to_owned(),
        index: 3,
    };
    let files = site::make(
        &[one.clone(), two.clone()],
        &BTreeMap::from([(2, at)]),
        &BTreeMap::new(),
    )
    .unwrap();
    for version in [&one, &two] {
        let bytes = &files[&site::version_file(version.version)];
        assert_eq!(scruple_model::hash::sha256(bytes), version.hash());
        let again: Version = serde_json::from_slice(bytes).unwrap();
        assert_eq!(&again, version);
    }
    let history: site::History = serde_json::from_slice(&files["history.json"]).unwrap();
    assert_eq!(history.versions.len(), 2);
    assert_eq!(
        history.versions[0].changes,
        ["delta-mill: product_lines was lens cloths, is cloths"]
    );
    let page = String::from_utf8_lossy(&files["index.html"]).into_owned();
    assert!(page.contains("log.example, entry 3"));
    assert!(!page.contains("<script"));
    assert_eq!(two.in_role(Role::Supplier).len(), 1);
}

#[test]
fn names_in_the_pages_are_text_and_never_markup() {
    let text = FILE.replace(
        "Delta Example Spinning Mill",
        "<img src=x onerror=alert(1)>",
    );
    let files = site::make(
        &[version(&text, "2026-06-02", &[])],
        &BTreeMap::new(),
        &BTreeMap::new(),
    )
    .unwrap();
    for name in ["index.html", "history.html", "counter-statements.html"] {
        assert!(
            !String::from_utf8_lossy(&files[name]).contains("<img"),
            "{name}"
        );
    }
}
