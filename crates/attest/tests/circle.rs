//! A draft filled in, signed, laid beside other files, and read again.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use scruple_attest::finding::{About, Packs, findings};
use scruple_attest::rules::{ImpossibleBody, RuleBody};
use scruple_attest::status::{Bits, Entry};
use scruple_attest::terms::Kind;
use scruple_attest::verify::{Report, What, verify};
use scruple_attest::{Draft, Known, Shelf, Signer, did, draft, make, page, proof};
use scruple_model::{Answer, Band, Date, PartyId, Subject};
use scruple_pack::{Pack, load};
use serde_json::Value;

const ID: &str = "urn:uuid:2f1c9e1e-5a44-4a51-9d1c-3b1f6a0c1d22";
const ANSWER: &str = "urn:uuid:9b0b7f6e-6f0d-4a55-8a5e-0f4a2c7d9e11";
const LIST: &str = "https://audit.example/status/1";

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn places() -> Pack<ImpossibleBody> {
    load(
        "audit-impossible",
        include_str!("../../../packs/audit-impossible.toml"),
    )
    .unwrap()
}

fn rules() -> Pack<RuleBody> {
    load("attest", include_str!("../../../packs/attest.toml")).unwrap()
}

/// A template with every empty item filled in.
fn filled(kind: Kind, id: &str) -> String {
    draft::template(kind, id, day("2026-03-10"), &[(ID.to_owned(), None)])
        .replacen("name = \"\"", "name = \"Labour audit of the mill\"", 1)
        .replacen(
            "scope = \"\"",
            "scope = \"Recruitment, wages, freedom to leave\"",
            1,
        )
        .replacen(
            "[issuer]\nname = \"\"",
            "[issuer]\nname = \"Example Audit Body\"",
            1,
        )
        .replacen(
            "name = \"\"\nid = \"\"",
            "name = \"Delta Example Spinning\"\nid = \"https://id.example/org/delta\"",
            1,
        )
        .replacen(
            "name = \"\"\nid = \"\"",
            "name = \"Delta mill\"\nid = \"https://id.example/site/mill\"",
            1,
        )
        .replacen("name = \"\"", "name = \"Nobody is kept from leaving\"", 1)
}

fn audit() -> String {
    filled(Kind::Audit, ID)
}

fn signer() -> Signer {
    Signer::new([3; 32])
}

fn signed(text: &str, signer: &Signer) -> Value {
    let draft = Draft::read(text).unwrap_or_else(|problems| panic!("{problems:#?}"));
    let entry = Entry {
        list: LIST.to_owned(),
        position: 4_711,
        purpose: "revocation".to_owned(),
    };
    let credential = make::credential(&draft, signer.did(), Some(&entry));
    proof::sign(&credential, signer, day("2026-03-10")).unwrap()
}

fn list(signer: &Signer, withdrawn: bool, on: &str) -> Value {
    let mut bits = Bits::default();
    if withdrawn {
        bits.set(4_711).unwrap();
    }
    let list = make::status_list(&bits, LIST, signer.did(), day(on));
    proof::sign(&list, signer, day(on)).unwrap()
}

fn report(files: &[&Value], today: &str, trust: &[&Signer]) -> Report {
    let mut shelf = Shelf::default();
    for (number, file) in files.iter().enumerate() {
        shelf.add(&format!("{number}.json"), file.to_string().as_bytes());
    }
    for signer in trust {
        let document = did::document(signer.did(), signer.method(), &signer.public());
        let is_web = signer.did().starts_with("did:web:");
        let known = Known {
            name: "Example Audit Body".to_owned(),
            document: is_web.then(|| did::fingerprint(&document)),
        };
        shelf.trust(signer.did(), known);
    }
    verify(&shelf, &places(), day(today))
}

fn answer(report: &Report, what: What) -> Answer {
    report.verdicts[0].part(what).unwrap().answer
}

#[test]
fn everything_at_hand_holds() {
    let signer = signer();
    let report = report(
        &[
            &signed(&audit(), &signer),
            &list(&signer, false, "2026-06-01"),
        ],
        "2026-06-02",
        &[&signer],
    );
    let verdict = &report.verdicts[0];
    // Until when it holds is not stated, so that stays open; everything else holds.
    for part in &verdict.parts {
        let expected = if part.what == What::Period {
            Answer::CannotTell
        } else {
            Answer::Yes
        };
        assert_eq!(part.answer, expected, "{part:?}");
    }
    assert_eq!(report.answer, Answer::CannotTell);
}

#[test]
fn what_is_not_at_hand_is_a_question_and_never_a_yes() {
    let signer = signer();
    let report = report(&[&signed(&audit(), &signer)], "2026-06-02", &[]);
    assert_eq!(answer(&report, What::Signature), Answer::Yes);
    for what in [What::Identity, What::Standing, What::Period] {
        assert_eq!(answer(&report, what), Answer::CannotTell);
        assert!(report.verdicts[0].part(what).unwrap().next.is_some());
    }
}

#[test]
fn a_withdrawal_shows_from_the_list_and_from_a_notice_of_the_issuer_only() {
    let (signer, other) = (signer(), Signer::new([4; 32]));
    let credential = signed(&audit(), &signer);
    let by_list = report(
        &[&credential, &list(&signer, true, "2026-06-01")],
        "2026-06-02",
        &[],
    );
    assert_eq!(answer(&by_list, What::Standing), Answer::No);

    let notice = make::withdrawal(
        ID,
        "the payroll shown was another firm's",
        signer.did(),
        day("2026-05-01"),
    );
    let own = proof::sign(&notice, &signer, day("2026-05-01")).unwrap();
    let by_notice = report(&[&own, &credential], "2026-06-02", &[]);
    assert_eq!(answer(&by_notice, What::Standing), Answer::No);
    assert_eq!(by_notice.verdicts.len(), 1);
    assert!(
        by_notice.verdicts[0]
            .withdrawn
            .as_deref()
            .unwrap()
            .contains("payroll")
    );

    // Somebody else's notice, or the same words signed by somebody else, withdraw nothing.
    let foreign = make::withdrawal(ID, "because", other.did(), day("2026-05-01"));
    for forged in [
        proof::sign(&foreign, &other, day("2026-05-01")).unwrap(),
        proof::sign(&notice, &other, day("2026-05-01")).unwrap(),
    ] {
        let report = report(&[&credential, &forged], "2026-06-02", &[]);
        assert_eq!(answer(&report, What::Standing), Answer::CannotTell);
    }
    // Nor does somebody else's list say that it stands.
    let report = report(
        &[&credential, &list(&other, false, "2026-06-01")],
        "2026-06-02",
        &[],
    );
    assert_eq!(answer(&report, What::Standing), Answer::CannotTell);
}

#[test]
fn of_two_copies_of_a_list_the_newer_speaks() {
    let signer = signer();
    let credential = signed(&audit(), &signer);
    let (old, new) = (
        list(&signer, false, "2026-04-01"),
        list(&signer, true, "2026-05-01"),
    );
    for files in [[&credential, &old, &new], [&new, &credential, &old]] {
        assert_eq!(
            answer(&report(&files, "2026-06-02", &[]), What::Standing),
            Answer::No
        );
    }
}

#[test]
fn a_copy_of_the_list_that_anybody_could_make_hides_no_withdrawal() {
    let (signer, other) = (signer(), Signer::new([8; 32]));
    let credential = signed(&audit(), &signer);
    let withdrawn = list(&signer, true, "2026-05-01");
    let mut unsigned = list(&signer, false, "2026-06-01");
    unsigned["proof"]["proofValue"] = "z1".into();
    let theirs = list(&other, false, "2026-06-01");
    // And the issuer's own of the same day, or of a later one.
    let (same, later) = (
        list(&signer, false, "2026-05-01"),
        list(&signer, false, "2026-06-01"),
    );
    for beside in [&unsigned, &theirs, &same, &later] {
        for files in [
            [&credential, &withdrawn, beside],
            [&credential, beside, &withdrawn],
        ] {
            let report = report(&files, "2026-06-02", &[&signer]);
            assert_eq!(answer(&report, What::Standing), Answer::No);
        }
    }
}

#[test]
fn where_no_statement_is_nothing_holds() {
    let signer = signer();
    let alone = report(&[&list(&signer, false, "2026-06-01")], "2026-06-02", &[]);
    assert_eq!(alone.answer, Answer::CannotTell);
    assert!(scruple_attest::page::summary(&alone).starts_with("No statement"));
}

#[test]
fn another_than_the_named_issuer_cannot_sign() {
    let (signer, other) = (signer(), Signer::new([4; 32]));
    let draft = Draft::read(&audit()).unwrap();
    let credential = make::credential(&draft, signer.did(), None);
    let forged = proof::sign(&credential, &other, day("2026-03-10")).unwrap();
    let report = report(&[&forged], "2026-06-02", &[&signer]);
    assert_eq!(answer(&report, What::Signature), Answer::Yes);
    assert_eq!(answer(&report, What::Key), Answer::No);
    assert_eq!(report.answer, Answer::No);
}

#[test]
fn a_web_did_is_told_from_its_document_and_open_without() {
    let signer = signer().as_web("did:web:audit.example#key-1").unwrap();
    let credential = signed(&audit(), &signer);
    let without = report(&[&credential], "2026-06-02", &[]);
    assert_eq!(answer(&without, What::Signature), Answer::CannotTell);
    let next = without.verdicts[0]
        .part(What::Signature)
        .unwrap()
        .next
        .clone()
        .unwrap();
    assert!(
        next.contains("https://audit.example/.well-known/did.json"),
        "{next}"
    );
    let document = did::document(signer.did(), signer.method(), &signer.public());
    let with = report(&[&document, &credential], "2026-06-02", &[]);
    assert_eq!(answer(&with, What::Signature), Answer::Yes);
    // A file says of itself whose document it is.
    assert_eq!(answer(&with, What::Identity), Answer::CannotTell);
    let known = report(&[&document, &credential], "2026-06-02", &[&signer]);
    assert_eq!(answer(&known, What::Identity), Answer::Yes);
}

#[test]
fn a_document_that_a_stranger_wrote_for_a_known_name_makes_no_key_known() {
    let method = "did:web:audit.example#key-1";
    let known = signer().as_web(method).unwrap();
    let stranger = Signer::new([9; 32]).as_web(method).unwrap();
    let forged = signed(&audit(), &stranger);
    let papers = |signer: &Signer| did::document(signer.did(), signer.method(), &signer.public());
    let told = report(&[&forged, &papers(&stranger)], "2026-06-02", &[&known]);
    assert_eq!(answer(&told, What::Identity), Answer::CannotTell);
    assert_eq!(told.answer, Answer::CannotTell);
    // Beside the right one, in either order, neither key counts.
    for documents in [[&known, &stranger], [&stranger, &known]] {
        let [one, two] = documents.map(papers);
        let told = report(&[&forged, &one, &two], "2026-06-02", &[&known]);
        assert_eq!(answer(&told, What::Signature), Answer::CannotTell);
    }
}

#[test]
fn an_old_copy_of_a_list_does_not_say_that_a_credential_stands() {
    let signer = signer();
    let credential = signed(&audit(), &signer);
    let fresh = list(&signer, false, "2026-06-01");
    for (today, expected) in [
        ("2026-06-01", Answer::Yes),
        ("2026-07-01", Answer::Yes),
        ("2026-07-02", Answer::CannotTell),
        // It is of a later day than the one asked for.
        ("2026-05-31", Answer::CannotTell),
    ] {
        let told = report(&[&credential, &fresh], today, &[]);
        assert_eq!(answer(&told, What::Standing), expected, "{today}");
    }
    // A withdrawal does not grow old.
    let gone = list(&signer, true, "2026-04-01");
    let told = report(&[&credential, &gone], "2026-12-01", &[]);
    assert_eq!(answer(&told, What::Standing), Answer::No);
    // Nor does one that its issuer says holds longer, or has ended.
    for (until, expected) in [
        ("2026-12-31T00:00:00Z", Answer::Yes),
        ("2026-06-02T00:00:00Z", Answer::CannotTell),
    ] {
        let mut longer = fresh.clone();
        longer["validUntil"] = until.into();
        let longer = proof::sign(&longer, &signer, day("2026-06-01")).unwrap();
        let told = report(&[&credential, &longer], "2026-12-01", &[]);
        assert_eq!(answer(&told, What::Standing), expected, "{until}");
    }
}

#[test]
fn every_list_that_a_credential_names_has_to_say_that_it_stands() {
    let signer = signer();
    let unsigned = |status: Value| {
        let mut bare = signed(&audit(), &signer);
        bare["credentialStatus"] = status;
        proof::sign(&bare, &signer, day("2026-03-10")).unwrap()
    };
    let entry = |list: &str, purpose: &str| {
        serde_json::json!({
            "type": "BitstringStatusListEntry", "statusPurpose": purpose,
            "statusListIndex": "4711", "statusListCredential": list,
        })
    };
    let stands = list(&signer, false, "2026-06-01");
    let other = |withdrawn: bool, purpose: &str| {
        let mut other = list(&signer, withdrawn, "2026-06-01");
        other["id"] = "https://audit.example/status/2".into();
        other["credentialSubject"]["statusPurpose"] = purpose.into();
        proof::sign(&other, &signer, day("2026-06-01")).unwrap()
    };
    for (second, lists, expected) in [
        (
            entry("https://audit.example/status/2", "revocation"),
            vec![other(true, "revocation")],
            Answer::No,
        ),
        (
            entry("https://audit.example/status/2", "suspension"),
            vec![other(true, "suspension")],
            Answer::No,
        ),
        (
            entry("https://audit.example/status/2", "suspension"),
            vec![other(false, "suspension")],
            Answer::Yes,
        ),
        // The second is not at hand, or of a kind that is not read, or has wider fields.
        (
            entry("https://audit.example/status/2", "revocation"),
            vec![],
            Answer::CannotTell,
        ),
        (
            serde_json::json!({"type": "AnotherEntry"}),
            vec![],
            Answer::CannotTell,
        ),
        (
            {
                let mut wide = entry(LIST, "revocation");
                wide["statusSize"] = 2.into();
                wide
            },
            vec![],
            Answer::CannotTell,
        ),
    ] {
        let credential = unsigned(serde_json::json!([entry(LIST, "revocation"), second]));
        let mut files = vec![&credential, &stands];
        files.extend(&lists);
        let told = report(&files, "2026-06-02", &[]);
        assert_eq!(answer(&told, What::Standing), expected, "{second}");
    }
}

#[test]
fn two_statements_under_one_id_are_a_question_for_each() {
    let signer = signer();
    let one = signed(&audit(), &signer);
    let mut other = one.clone();
    other["name"] = "A better audit".into();
    let other = proof::sign(&other, &signer, day("2026-03-11")).unwrap();
    let told = report(&[&one, &other], "2026-06-02", &[]);
    for verdict in &told.verdicts {
        let is_open = verdict
            .parts
            .iter()
            .any(|part| part.answer == Answer::CannotTell && part.says.contains("same id"));
        assert!(is_open, "{:?}", verdict.parts);
    }
    // The same statement signed again is no other one.
    let again = proof::sign(&one, &signer, day("2026-03-12")).unwrap();
    let told = report(&[&one, &again], "2026-06-02", &[]);
    assert_eq!(answer(&told, What::Form), Answer::Yes);
}

#[test]
fn contexts_that_could_change_what_words_mean_are_a_question() {
    let signer = signer();
    let one = signed(&audit(), &signer);
    for contexts in [
        serde_json::json!(["https://example.org/other", make::CONTEXTS[0]]),
        serde_json::json!([make::CONTEXTS[0], {"conformance": "https://example.org/refused"}]),
    ] {
        let mut odd = one.clone();
        odd["@context"] = contexts;
        let odd = proof::sign(&odd, &signer, day("2026-03-10")).unwrap();
        let told = report(&[&odd], "2026-06-02", &[]);
        assert_eq!(answer(&told, What::Signature), Answer::Yes);
        let part = told.verdicts[0].part(What::Form).unwrap();
        assert_eq!(part.answer, Answer::CannotTell, "{part:?}");
    }
}

#[test]
fn days_outside_its_validity_do_not_hold() {
    let signer = signer();
    let text = audit().replacen("until = \"not stated\"", "until = 2026-12-31", 1);
    let credential = signed(&text, &signer);
    for (today, expected) in [
        ("2026-03-09", Answer::No),
        ("2026-03-10", Answer::Yes),
        ("2026-12-31", Answer::Yes),
        ("2027-01-01", Answer::No),
    ] {
        let report = report(&[&credential], today, &[]);
        let part = report.verdicts[0].part(What::Period).unwrap();
        assert_eq!(part.answer, expected, "{today}");
    }
}

#[test]
fn a_counter_statement_follows_what_it_answers() {
    let (signer, union) = (signer(), Signer::new([5; 32]));
    let answer = filled(Kind::CounterStatement, ANSWER).replacen(
        "statement = \"not stated\"",
        "statement = \"Papers are kept in the office; nobody said so while managers stood there.\"",
        1,
    );
    let answer = signed(&answer, &union);
    let audit = signed(&audit(), &signer);
    let other = signed(
        &self::audit().replace(ID, "urn:uuid:00000000-0000-4000-8000-000000000000"),
        &signer,
    );
    let report = report(&[&answer, &other, &audit], "2026-06-02", &[]);
    let files: Vec<&str> = report.verdicts.iter().map(|v| v.file.as_str()).collect();
    assert_eq!(files, ["1.json", "2.json", "0.json"]);
    assert_eq!(report.verdicts[1].answered_by, ["0.json"]);
    let html = page::render(&report).unwrap();
    assert!(html.contains("Papers are kept in the office"));
    // Same rank: each statement has a heading of the second level.
    assert_eq!(html.matches("<h2 id=\"a").count(), 3);
}

#[test]
fn an_audit_where_nobody_can_audit_is_weak_whatever_it_says_of_itself() {
    let signer = signer();
    let best = audit()
        .replacen(
            "announced = \"not stated\"",
            "announced = \"unannounced\"",
            1,
        )
        .replacen("chosen_by = \"not stated\"", "chosen_by = \"workers\"", 1)
        .replacen("paid_by = \"not stated\"", "paid_by = \"common-fund\"", 1)
        .replacen("access = \"not stated\"", "access = \"full\"", 1)
        .replacen("access_limits = \"not stated\"", "access_limits = []", 1)
        .replacen("not_assessed = \"not stated\"", "not_assessed = []", 1)
        .replacen(
            "body = \"not stated\"",
            "body = \"Example Accreditation\"",
            1,
        )
        .replacen(
            "place = \"not stated\"\nfrom = \"not stated\"\nuntil = \"not stated\"",
            "place = \"PLACE\"\nfrom = 2026-03-01\nuntil = 2026-03-02",
            1,
        )
        .replacen(
            "number = \"not stated\"\n# on-site",
            "number = 40\n# on-site",
            1,
        )
        .replacen(
            "place = \"not stated\"\n# auditor",
            "place = \"off-site\"\n# auditor",
            1,
        )
        .replacen(
            "by = \"not stated\"\nmanagement_present = \"not stated\"",
            "by = \"union\"\nmanagement_present = false",
            1,
        )
        .replacen("languages = \"not stated\"", "languages = [\"ug\"]", 1);
    let weak = |place: &str| {
        let credential = signed(&best.replace("PLACE", place), &signer);
        report(&[&credential], "2026-06-02", &[]).verdicts[0]
            .weaknesses
            .clone()
    };
    assert_eq!(weak("pt"), []);
    for place in ["cn-xj", "kp", "cn"] {
        let weaknesses = weak(place);
        assert_eq!(weaknesses.len(), 1, "{place}: {weaknesses:?}");
        assert!(!weaknesses[0].sources.is_empty());
        let confidence = scruple_attest::weigh::confidence(&weaknesses);
        assert_eq!(confidence.band, Band::Weak);
    }
    // And with nothing against it, it is never strong.
    assert_eq!(scruple_attest::weigh::confidence(&[]).band, Band::Moderate);
}

#[test]
fn no_finding_on_an_attestation_answers_no_or_stops_being_one() {
    let signer = signer();
    let (rules, places) = (rules(), places());
    let about = About {
        subject: Subject::Party {
            id: PartyId::new("supplier"),
        },
        names: vec!["Delta Example Spinning".to_owned()],
        identifiers: Vec::new(),
        origin: None,
        field: "parties[1].attestations".to_owned(),
    };
    let credential = signed(&audit(), &signer);
    let mut altered = credential.clone();
    altered["name"] = "A better audit".into();
    let rules_of = |files: &[&Value], about: &About| -> Vec<String> {
        let report = report(files, "2026-06-02", &[]);
        let packs = Packs {
            rules: &rules,
            places: &places,
        };
        let found = findings(about, &report, packs);
        assert!(
            found
                .iter()
                .all(|one| one.answer != Answer::No && !one.evidence.is_empty())
        );
        let mut ids: Vec<_> = found.iter().map(|one| one.id.clone()).collect();
        ids.dedup();
        assert_eq!(ids.len(), found.len());
        found.iter().map(|one| one.rule.to_string()).collect()
    };
    assert_eq!(
        rules_of(&[&credential], &about),
        ["attest.unverified", "attest.weak"]
    );
    assert!(rules_of(&[&altered], &about).contains(&"attest.broken".to_owned()));
    let withdrawn = list(&signer, true, "2026-06-01");
    assert!(rules_of(&[&credential, &withdrawn], &about).contains(&"attest.withdrawn".to_owned()));
    let other = About {
        names: vec!["Another Mill".to_owned()],
        ..about
    };
    assert!(rules_of(&[&credential], &other).contains(&"attest.out-of-scope".to_owned()));
}

#[test]
fn a_draft_that_leaves_an_item_out_says_each() {
    let text = audit();
    let items = [
        "announced",
        "chosen_by",
        "paid_by",
        "access",
        "access_limits",
        "not_assessed",
        "statement",
        "scope",
        "kind",
        "type",
    ];
    for item in items {
        let without: String = text
            .lines()
            .filter(|line| !line.starts_with(&format!("{item} =")))
            .collect::<Vec<_>>()
            .join("\n");
        let problems = Draft::read(&without).unwrap_err();
        assert!(
            problems.iter().any(|problem| problem.field == item),
            "{item}: {problems:?}"
        );
    }
    let problems = Draft::read("").unwrap_err();
    assert!(problems.len() >= 20, "{}", problems.len());
}

#[test]
fn a_draft_that_names_somebody_or_what_somebody_is_is_refused() {
    for (find, put, told) in [
        (
            "statement = \"not stated\"",
            "statement = \"Mr. Chen said so\"",
            "a person's name",
        ),
        (
            "management_present = \"not stated\"",
            "management_present = \"not stated\"\nreligion = \"x\"",
            "religion",
        ),
        (
            "number = \"not stated\"\n# on-site",
            "number = 1\nnames = [\"x\"]\n# on-site",
            "is no field",
        ),
        (
            "text = \"not stated\"",
            "text = \"ask a.b@example.com\"",
            "address for mail",
        ),
        (
            "body = \"not stated\"\nnumber = \"not stated\"",
            "body = \"not stated\"\nnumber = \"a.b@example.com\"",
            "address for mail",
        ),
        (
            "id = \"https://id.example/site/mill\"",
            "id = \"mailto:a.b@example.com\"",
            "no address that identifies",
        ),
    ] {
        let problems = Draft::read(&audit().replacen(find, put, 1)).unwrap_err();
        assert!(
            problems.iter().any(|problem| problem.what.contains(told)),
            "{put}: {problems:?}"
        );
    }
}

#[test]
fn any_byte_changed_in_a_signed_audit_is_noticed() {
    let signer = signer();
    let bytes = signed(&audit(), &signer).to_string().into_bytes();
    // Every 7th byte: each region of the text is met, in a second.
    for at in (0..bytes.len()).step_by(7) {
        let mut altered = bytes.clone();
        altered[at] ^= 1;
        let mut shelf = Shelf::default();
        shelf.add("x", &altered);
        let report = verify(&shelf, &places(), day("2026-06-02"));
        let holds = report.verdicts.first().is_some_and(|v| v.is_signed());
        assert!(
            !holds,
            "byte {at}: {}",
            String::from_utf8_lossy(&altered[at.saturating_sub(20)..at + 20])
        );
    }
}
