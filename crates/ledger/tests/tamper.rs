//! What an audit says of files that were changed, and of logs that show something else.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;

use crate::common::{self, Bench, NOW, ORIGIN, copy, entry, flip, sign};
use scruple_ledger::audit::page::html;
use scruple_ledger::audit::{Kind, Report, Verdict};
use scruple_ledger::tile::push_entry;
use scruple_ledger::{Disk, LedgerError, Log};

/// A signed log of 1,000 entries, audited once, and closed.
fn log_of_1000() -> Bench {
    let mut bench = Bench::new();
    let mut log = bench.open().unwrap();
    bench.grow(&mut log, 0..1000);
    assert!(!bench.audit().is_broken());
    bench
}

fn first(report: &Report) -> (Kind, &str, Option<u64>) {
    let one = &report.breaks[0];
    (one.kind, &one.file, one.first)
}

#[test]
fn check_13_a_flipped_bit_in_any_kind_of_file_is_named_with_file_and_index() {
    // The second entry of bundle 1: after the length and 65 bytes of the first.
    for (file, at, kind, index) in [
        (
            "tile/entries/001",
            2 + 65 + 2 + 30,
            Kind::ChangedEntry,
            Some(257),
        ),
        (
            "tile/entries/003.p/232",
            2 + 30,
            Kind::ChangedEntry,
            Some(768),
        ),
        ("tile/entries/000", 1, Kind::Truncated, Some(0)),
        ("tile/0/002", 5, Kind::ChangedHash, None),
        ("tile/0/003.p/232", 32 * 231, Kind::ChangedHash, None),
        ("tile/1/000.p/3", 70, Kind::ChangedHash, None),
        ("checkpoint", ORIGIN.len() + 2, Kind::Checkpoint, None),
    ] {
        let bench = log_of_1000();
        flip(&bench.public().join(file), at);
        let report = bench.audit();
        assert_eq!(report.verdict(), Verdict::Broken, "{file}");
        let (found, named, entry) = first(&report);
        assert_eq!((named, entry), (file, index), "{:?}", report.breaks);
        if kind != Kind::Truncated {
            assert_eq!(found, kind, "{file}: {:?}", report.breaks);
        }
    }
}

#[test]
fn check_13_a_changed_or_missing_key_or_checkpoint_is_named() {
    // Also for somebody who never saw the log before.
    for is_known in [true, false] {
        for (file, at) in [("log.vkey", 3), ("log.vkey", 60), ("checkpoint", 30)] {
            let bench = log_of_1000();
            if !is_known {
                fs::remove_dir_all(bench.auditor()).unwrap();
            }
            flip(&bench.public().join(file), at);
            let report = bench.audit();
            assert!(
                report.breaks.iter().any(|one| one.file == file),
                "{:?}",
                report.breaks
            );
        }
        let bench = log_of_1000();
        if !is_known {
            fs::remove_dir_all(bench.auditor()).unwrap();
        }
        fs::remove_file(bench.public().join("checkpoint")).unwrap();
        assert_eq!(first(&bench.audit()).0, Kind::Deleted);
    }
}

#[test]
fn check_13_a_flipped_bit_in_the_signature_is_named() {
    let bench = log_of_1000();
    let path = bench.public().join("checkpoint");
    let note = fs::read_to_string(&path).unwrap();
    let at = note.find("— ").unwrap() + "— ".len() + ORIGIN.len() + 1;
    for place in [at + 2, at + 20, note.len() - 10] {
        let mut bytes = note.clone().into_bytes();
        bytes[place] = if bytes[place] == b'A' { b'B' } else { b'A' };
        fs::write(&path, bytes).unwrap();
        let report = bench.audit();
        assert!(report.is_broken());
        assert_eq!(report.breaks[0].file, "checkpoint");
    }
}

#[test]
fn check_14_a_file_that_is_cut_off_is_said_to_be_and_nothing_is_added_then() {
    for (file, less) in [
        ("tile/0/003.p/232", 32),
        ("tile/entries/003.p/232", 3),
        ("tile/1/000.p/3", 1),
    ] {
        let bench = log_of_1000();
        let path = bench.public().join(file);
        let bytes = fs::read(&path).unwrap();
        fs::write(&path, &bytes[..bytes.len() - less]).unwrap();
        let report = bench.audit();
        let found = report.breaks.iter().find(|one| one.file == file).unwrap();
        assert_eq!(found.kind, Kind::Truncated, "{:?}", report.breaks);
        let error = bench.open().err().unwrap();
        assert!(matches!(error, LedgerError::Damaged { .. }), "{error}");
        assert!(error.to_string().contains(file), "{error}");
        // Mended from the entries kept, it goes on.
        let data = bench.data();
        drop(Log::repair(bench.opening(&data, Disk::new())).unwrap());
        drop(bench.open().unwrap());
    }
}

#[test]
fn check_15_a_deleted_tile_is_named_and_built_again_only_from_entries_that_give_the_root() {
    let bench = log_of_1000();
    let path = bench.public().join("tile/0/001");
    let before = fs::read(&path).unwrap();
    fs::remove_file(&path).unwrap();
    let report = bench.audit();
    assert_eq!(first(&report).0, Kind::Deleted);
    assert_eq!(first(&report).1, "tile/0/001");
    let data = bench.data();
    drop(Log::repair(bench.opening(&data, Disk::new())).unwrap());
    assert_eq!(fs::read(&path).unwrap(), before);
    assert!(
        !bench
            .audit()
            .breaks
            .iter()
            .any(|one| one.kind != Kind::Stale)
    );
    // With another entry in the vault nothing is built.
    fs::remove_file(&path).unwrap();
    let entries = bench.private().join("entries");
    let mut bytes = fs::read(&entries).unwrap();
    // A changed commitment in a record: the record's own check notices.
    bytes[128 * 300 + 40] ^= 1;
    fs::write(&entries, bytes).unwrap();
    assert!(Log::repair(bench.opening(&data, Disk::new())).is_err());
    assert!(!path.exists());
}

#[test]
fn check_16_a_bundle_with_more_entries_than_were_signed_is_reported_and_they_do_not_count() {
    let bench = log_of_1000();
    let path = bench.public().join("tile/entries/003.p/232");
    let mut bytes = fs::read(&path).unwrap();
    assert!(push_entry(&mut bytes, b"one more"));
    assert!(push_entry(&mut bytes, b"and another"));
    fs::write(&path, bytes).unwrap();
    let report = bench.audit();
    assert!(!report.is_broken());
    assert_eq!(report.read, 1000);
    assert!(report.notices[0].contains("2 more"), "{:?}", report.notices);
}

#[test]
fn check_17_two_bundles_that_changed_places_fail_at_the_first_of_their_entries() {
    let bench = log_of_1000();
    let [one, two] = ["tile/entries/001", "tile/entries/002"].map(|name| bench.public().join(name));
    let bytes = fs::read(&one).unwrap();
    fs::copy(&two, &one).unwrap();
    fs::write(&two, bytes).unwrap();
    let report = bench.audit();
    assert_eq!(
        first(&report),
        (Kind::ChangedEntry, "tile/entries/001", Some(256))
    );
    assert!(
        report
            .breaks
            .iter()
            .any(|one| one.file == "tile/entries/002")
    );
}

/// A log of the same name and key that goes another way after some entries.
fn fork(at: u64, size: u64) -> (Bench, Bench) {
    let mut one = Bench::new();
    let mut log = one.open().unwrap();
    one.grow(&mut log, 0..at);
    drop(log);
    let two = Bench::empty();
    copy(&one.data(), &two.data());
    copy(&one.public(), &two.public());
    let mut two = two;
    let mut log = one.open().unwrap();
    one.grow(&mut log, at..size);
    drop(log);
    let data = two.data();
    let public = two.public();
    let mut opening = two.opening(&data, Disk::new());
    opening.public = Some(&public);
    let mut log = Log::open(opening).unwrap();
    two.grow(&mut log, 10_000..10_000 + size - at);
    drop(log);
    (one, two)
}

#[test]
fn check_18_another_log_in_the_same_place_is_noticed() {
    let bench = log_of_1000();
    let mut other = Bench::empty();
    scruple_ledger::NewLog {
        data: &other.data(),
        public: &other.public(),
        origin: Some("other.example"),
        release: scruple_ledger::Release::default(),
        policy: None,
        key_command: None,
    }
    .create(NOW, &Disk::new(), &mut common::chance(77))
    .unwrap();
    let data = other.data();
    let mut opening = other.opening(&data, Disk::new());
    opening.origin = "other.example";
    let mut log = Log::open(opening).unwrap();
    other.grow(&mut log, 0..1000);
    fs::remove_dir_all(bench.public()).unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink(other.public(), bench.public()).unwrap();
    let report = bench.audit();
    assert_eq!(first(&report).0, Kind::OtherLog, "{:?}", report.breaks);
    // And the owner of the first writes nothing over it.
    assert!(bench.open().is_err());
}

#[test]
fn a_log_of_the_same_name_and_another_key_is_no_second_history_of_this_one() {
    let mut bench = log_of_1000();
    // Somebody else's log of the same name, audited from the same memory.
    let mut other = Bench::empty();
    scruple_ledger::NewLog {
        data: &other.data(),
        public: &other.public(),
        origin: Some(ORIGIN),
        release: scruple_ledger::Release::default(),
        policy: None,
        key_command: None,
    }
    .create(NOW, &Disk::new(), &mut common::chance(78))
    .unwrap();
    let mut log = other.open().unwrap();
    other.grow(&mut log, 0..2000);
    let memory = scruple_ledger::audit::Memory::open(&bench.auditor(), &Disk::new());
    let asked = scruple_ledger::audit::Asked {
        location: "another place",
        key: None,
        policy: None,
        others: &[],
        max_age_days: 30,
        now: NOW,
    };
    let mut source = scruple_ledger::audit::Directory::new(other.public());
    let (report, new) =
        scruple_ledger::audit::audit(&mut source, &memory.seen().unwrap(), &asked).unwrap();
    assert!(!report.is_broken(), "{:?}", report.breaks);
    memory.add(&new[0]).unwrap();
    assert!(!bench.audit().is_broken());
    // Nor does it keep the owner of the first from signing.
    let mut log = bench.open().unwrap();
    let keys = log.own_keys().unwrap();
    assert_eq!(memory.checkpoints(ORIGIN, &keys).unwrap().len(), 1);
    bench.grow(&mut log, 1000..1001);
}

#[test]
fn check_19_and_22_two_clients_who_compare_hold_evidence_of_a_split_view() {
    let (one, two) = fork(500, 600);
    assert!(!one.audit().is_broken());
    assert!(!two.audit().is_broken());
    let notes = [&one, &two].map(|b| fs::read_to_string(b.public().join("checkpoint")).unwrap());
    let report = one.audit_with(&notes[1..]);
    assert_eq!(report.verdict(), Verdict::Broken);
    assert_eq!(report.breaks[0].kind, Kind::SplitView);
    for note in &notes {
        assert!(report.breaks[0].evidence.contains(note));
    }
    assert!(two.audit_with(&notes[..1]).is_broken());
}

#[test]
fn check_20_and_52_a_log_that_was_rewritten_and_signed_again_is_not_the_one_that_was_seen() {
    let (one, two) = fork(500, 600);
    assert!(!one.audit().is_broken());
    // The other history, longer by now, in the place of the first.
    let mut two = two;
    let data = two.data();
    let mut log = Log::open(two.opening(&data, Disk::new())).unwrap();
    two.grow(&mut log, 20_000..20_400);
    drop(log);
    fs::remove_dir_all(one.public()).unwrap();
    copy(&two.public(), &one.public());
    let memory = one.auditor().join("ledger-seen.jsonl");
    let before = fs::read_to_string(&memory).unwrap();
    let report = one.audit();
    assert_eq!(first(&report).0, Kind::SplitView, "{:?}", report.breaks);
    let after = fs::read_to_string(&memory).unwrap();
    assert!(after.starts_with(&before), "what was seen before is kept");
    // It stays known, and the next audit says it again.
    assert!(one.audit().is_broken());
    let page = html(&report, "2026-11-28", &|_| "2026-11-27".to_owned());
    for words in ["Which record", "Since when", "What to do", "2026-11-27"] {
        assert!(page.contains(words), "{words}");
    }
}

#[test]
fn an_entry_between_two_checkpoints_that_were_seen_is_narrowed_down() {
    let (one, two) = fork(500, 600);
    // Seen at 500, before the histories part, and at 600.
    fs::write(two.public().join("x"), "").unwrap();
    let early = Bench::empty();
    drop(early);
    assert!(!one.audit().is_broken());
    let note = fs::read_to_string(two.public().join("checkpoint")).unwrap();
    let report = one.audit_with(&[note]);
    assert_eq!(report.breaks[0].last, Some(599));
}

#[test]
fn check_21_a_restored_backup_is_a_rollback_for_who_remembers_and_its_owner_does_not_sign() {
    let mut bench = Bench::new();
    let mut log = bench.open().unwrap();
    bench.grow(&mut log, 0..300);
    drop(log);
    let backup = bench.dir.path().join("backup");
    copy(&bench.public(), &backup);
    let mut log = bench.open().unwrap();
    bench.grow(&mut log, 300..310);
    drop(log);
    assert!(!bench.audit().is_broken());
    let newest = bench.dir.path().join("newest");
    copy(&bench.public(), &newest);
    fs::remove_dir_all(bench.public()).unwrap();
    copy(&backup, &bench.public());
    let report = bench.audit();
    assert_eq!(first(&report), (Kind::Rollback, "checkpoint", Some(300)));
    // The published part alone was restored: ours knows what it signed.
    let error = bench.open().err().unwrap();
    assert!(
        matches!(
            error,
            LedgerError::Damaged { .. } | LedgerError::Tree { .. }
        ),
        "{error}"
    );
}

#[test]
fn check_23_an_old_copy_of_everything_does_not_sign_when_anybody_saw_more() {
    let mut bench = Bench::new();
    let mut log = bench.open().unwrap();
    bench.grow(&mut log, 0..300);
    drop(log);
    let backup = bench.dir.path().join("backup");
    copy(&bench.data(), &backup);
    let mut log = bench.open().unwrap();
    bench.grow(&mut log, 300..310);
    let newest = log.signed().clone();
    drop(log);
    // The data directory alone is old: the published checkpoint is ahead of it.
    fs::remove_dir_all(bench.data()).unwrap();
    copy(&backup, &bench.data());
    let error = bench.open().err().unwrap();
    assert!(
        matches!(
            error,
            LedgerError::Behind {
                seen: 310,
                here: 300,
                ..
            }
        ),
        "{error}"
    );
    assert!(error.to_string().contains("next: "));
    // All of it is old: whoever audited it with this data directory remembers.
    let public = bench.public();
    fs::write(
        public.join("checkpoint"),
        fs::read(bench.private().join("signed")).unwrap(),
    )
    .unwrap();
    let mut log = bench.open().unwrap();
    bench.add(&mut log, 400..405).unwrap();
    let outcome = log.checkpoint(
        NOW,
        &mut scruple_ledger::log::Witnessing {
            client: &mut scruple_ledger::witness::ask::Nobody,
            seen: &[newest],
        },
    );
    assert!(matches!(
        outcome,
        Err(LedgerError::Behind { seen: 310, .. })
    ));
    assert_eq!(log.signed().size, 300);
}

#[test]
fn an_old_copy_from_before_a_rotation_writes_nothing_over_the_newer_log() {
    let mut bench = Bench::new();
    let mut log = bench.open().unwrap();
    bench.grow(&mut log, 0..300);
    drop(log);
    let backup = bench.dir.path().join("backup");
    copy(&bench.data(), &backup);
    let mut log = bench.open().unwrap();
    log.rotate(&mut common::chance(50)).unwrap();
    bench.grow(&mut log, 300..310);
    drop(log);
    fs::remove_dir_all(bench.data()).unwrap();
    copy(&backup, &bench.data());
    let published = |name: &str| fs::read(bench.public().join(name)).unwrap();
    let before = [published("checkpoint"), published("log.vkey")];
    assert!(bench.open().is_err());
    assert_eq!([published("checkpoint"), published("log.vkey")], before);
}

#[test]
fn a_checkpoint_from_before_a_rotation_is_compared_and_not_taken_for_a_forgery() {
    let mut bench = Bench::new();
    let mut log = bench.open().unwrap();
    bench.grow(&mut log, 0..300);
    let old = fs::read_to_string(bench.public().join("checkpoint")).unwrap();
    assert!(!bench.audit().is_broken());
    log.rotate(&mut common::chance(50)).unwrap();
    bench.grow(&mut log, 300..310);
    drop(log);
    // By somebody who saw the log before, and by somebody who was only given the old key.
    let report = bench.audit_with(std::slice::from_ref(&old));
    assert_eq!(report.verdict(), Verdict::Consistent, "{:?}", report.breaks);
    assert!(report.notices.is_empty(), "{:?}", report.notices);
    // Signed by a key that has handed over since, it is said.
    fs::write(bench.public().join("checkpoint"), &old).unwrap();
    fs::remove_dir_all(bench.auditor()).unwrap();
    let key: scruple_note::Verifier = log_key(&old, &bench);
    let asked = scruple_ledger::audit::Asked {
        location: "the log",
        key: Some(&key),
        policy: None,
        others: &[],
        max_age_days: 30,
        now: NOW,
    };
    let mut source = scruple_ledger::audit::Directory::new(bench.public());
    let (report, _) = scruple_ledger::audit::audit(&mut source, &[], &asked).unwrap();
    assert!(report.notices[0].contains("handed over"), "{report:?}");
}

/// The key that signed a note, of those the owner keeps.
fn log_key(note: &str, bench: &Bench) -> scruple_note::Verifier {
    let keys = bench.open().unwrap().own_keys().unwrap();
    keys.iter()
        .map(|key| key.parse().unwrap())
        .find(|key| scruple_note::open(note.as_bytes(), std::slice::from_ref(key)).is_ok())
        .unwrap()
}

#[test]
fn a_key_that_handed_over_one_tree_is_evidence_against_another() {
    let mut bench = Bench::new();
    let mut log = bench.open().unwrap();
    bench.grow(&mut log, 0..300);
    let first: scruple_note::Verifier = log.status(NOW).verifier.parse().unwrap();
    let seed = std::fs::read_to_string(bench.private().join("key")).unwrap();
    let signer: scruple_note::Signer = seed.trim().parse().unwrap();
    log.rotate(&mut common::chance(50)).unwrap();
    bench.grow(&mut log, 300..310);
    let next: scruple_note::Verifier = log.status(NOW).verifier.parse().unwrap();
    drop(log);
    // The old key says that it handed over another tree of the same size.
    let mut other = scruple_ledger::Checkpoint {
        origin: ORIGIN.to_owned(),
        size: 300,
        root: [7; 32],
        extensions: Vec::new(),
    };
    let asked = scruple_ledger::audit::Asked {
        location: "the log",
        key: Some(&first),
        policy: None,
        others: &[],
        max_age_days: 30,
        now: NOW,
    };
    let look = |other: &scruple_ledger::Checkpoint| {
        let text = scruple_ledger::log::handover_text(other, &next);
        let path = bench.public().join("handover/000");
        fs::write(path, scruple_note::sign(&text, &signer)).unwrap();
        let mut source = scruple_ledger::audit::Directory::new(bench.public());
        let (report, _) = scruple_ledger::audit::audit(&mut source, &[], &asked).unwrap();
        report
    };
    assert_eq!(first_kind(&look(&other)), Some(Kind::SplitView));
    // And of more than is shown.
    other.size = 400;
    assert_eq!(first_kind(&look(&other)), Some(Kind::Rollback));
}

fn first_kind(report: &Report) -> Option<Kind> {
    report.breaks.first().map(|one| one.kind)
}

#[test]
fn check_54_the_page_of_a_changed_log_says_in_plain_words_which_since_when_and_what_to_do() {
    let bench = log_of_1000();
    flip(&bench.public().join("tile/entries/001"), 2 + 65 + 2 + 30);
    let report = bench.audit();
    let page = html(&report, "2026-11-28", &|_| "2026-11-27".to_owned());
    for words in [
        "Do not rely on this log",
        "A record was changed after it was signed",
        "record 257",
        "after 2026-11-27, when the log was last seen here and was in order",
        "Ask the operator for the original",
    ] {
        assert!(page.contains(words), "{words}\n{page}");
    }
    for mark in ["✓", "✔", "✅", "green", "#0a", "#080", "verified", "OK"] {
        assert!(!page.contains(mark), "{mark}");
    }
    assert!(report.can_say().is_empty());
}

#[test]
fn a_name_from_a_hostile_log_stays_text_on_the_page() {
    let bench = log_of_1000();
    let mut report = bench.audit();
    report.origin = "<script>alert(1)</script>".to_owned();
    let page = html(&report, "<b>", &|_| String::new());
    assert!(!page.contains("<script>") && !page.contains("<b></b>"));
}

#[test]
fn a_log_that_shows_nothing_new_for_too_long_is_stale() {
    let bench = log_of_1000();
    let memory = scruple_ledger::audit::Memory::open(&bench.auditor(), &Disk::new());
    let asked = scruple_ledger::audit::Asked {
        location: "the log",
        key: None,
        policy: None,
        others: &[],
        max_age_days: 30,
        now: NOW + 31 * 86_400,
    };
    let mut source = scruple_ledger::audit::Directory::new(bench.public());
    let (report, _) =
        scruple_ledger::audit::audit(&mut source, &memory.seen().unwrap(), &asked).unwrap();
    assert_eq!(first(&report).0, Kind::Stale);
}

#[test]
fn check_33_and_37_the_same_entry_at_once_and_after_a_restart_is_one_entry() {
    let mut bench = Bench::new();
    let mut log = bench.open().unwrap();
    let entries = [entry(1), entry(1), entry(2)];
    let receipts = log.append(&entries, NOW, &mut common::chance(5)).unwrap();
    assert_eq!(receipts[0].index(), receipts[1].index());
    assert!(receipts[1].known);
    drop(log);
    let mut log = bench.open().unwrap();
    let again = bench.add(&mut log, 1..3).unwrap();
    assert_eq!(again[0].index(), Some(0));
    assert_eq!(again[1].index(), Some(1));
    assert!(
        again
            .iter()
            .all(|receipt| receipt.known && receipt.time == NOW)
    );
    assert_eq!(sign(&mut log).unwrap().size, 2);
}

#[test]
fn check_39_a_clock_that_went_back_is_flagged_and_changes_no_order() {
    let mut bench = Bench::new();
    let mut log = bench.open().unwrap();
    bench.grow(&mut log, 0..2);
    let back = log
        .append(&[entry(7)], NOW - 365 * 86_400, &mut common::chance(9))
        .unwrap();
    assert!(back[0].clock_went_back);
    assert_eq!(back[0].index(), Some(2));
    assert_eq!(sign(&mut log).unwrap().size, 3);
    let after = log
        .append(&[entry(8)], NOW, &mut common::chance(10))
        .unwrap();
    assert!(!after[0].clock_went_back);
}

#[test]
fn check_36_a_correction_is_a_new_entry_and_both_are_shown() {
    let mut bench = Bench::new();
    let mut log = bench.open().unwrap();
    bench.grow(&mut log, 0..3);
    let content = scruple_ledger::Content::of_text("{\"corrects\":1,\"n\":11}").unwrap();
    let correction = scruple_ledger::NewEntry {
        key: "c".into(),
        content,
    };
    log.append(&[correction], NOW, &mut common::chance(3))
        .unwrap();
    sign(&mut log).unwrap();
    assert_eq!(log.kept(1).unwrap().corrected_by, [3]);
    for index in [1, 3] {
        log.disclose(index)
            .unwrap()
            .verify(None, None, NOW)
            .unwrap();
    }
}

#[test]
fn check_38_what_was_forgotten_can_be_shown_no_more_and_the_log_holds() {
    let mut bench = Bench::new();
    let mut log = bench.open().unwrap();
    bench.grow(&mut log, 0..300);
    let shown = log.disclose(7).unwrap();
    log.forget(7).unwrap();
    assert!(matches!(log.disclose(7), Err(LedgerError::Forgotten(7))));
    drop(log);
    let mut held = Vec::new();
    for file in ["entries", "content", "keys"] {
        held.extend(fs::read(bench.private().join(file)).unwrap());
    }
    let salt = scruple_ledger::merkle::from_base64(&shown.salt).unwrap();
    assert!(!held.windows(32).any(|bytes| bytes == salt));
    assert!(!held.windows(7).any(|bytes| bytes == b"{\"n\":7}"));
    // Nor a trace of the caller's key, by which a guess at it could be confirmed.
    assert_eq!(hint_of(&bench, 7), [0; 8]);
    assert_ne!(hint_of(&bench, 8), [0; 8]);
    let mut log = bench.open().unwrap();
    assert!(log.disclose(8).is_ok());
    bench.grow(&mut log, 300..310);
    assert!(!bench.audit().is_broken());
    // Sent again, it is another entry: nobody knows that it was there.
    let again = bench.add(&mut log, 7..8).unwrap();
    assert_eq!(again[0].index(), Some(310));
}

/// What the table of keys holds of an entry's key.
fn hint_of(bench: &Bench, entry: u64) -> [u8; 8] {
    let table = fs::read(bench.private().join("keys")).unwrap();
    let slots = table[32..].as_chunks::<16>().0;
    let slot = slots
        .iter()
        .find(|slot| slot[8..] == (entry + 1).to_be_bytes());
    slot.map_or([0; 8], |slot| slot[..8].try_into().unwrap())
}

#[test]
fn forgetting_that_a_crash_cut_short_leaves_no_trace_of_the_key_either() {
    let mut bench = Bench::new();
    let mut log = bench.open().unwrap();
    bench.grow(&mut log, 0..300);
    drop(log);
    assert_ne!(hint_of(&bench, 7), [0; 8]);
    // As if it was killed when it had written down what is to be forgotten.
    fs::write(bench.private().join("forgotten"), "7\n").unwrap();
    drop(bench.open().unwrap());
    assert_eq!(hint_of(&bench, 7), [0; 8]);
    assert_ne!(hint_of(&bench, 8), [0; 8]);
    // The others are known still.
    let mut log = bench.open().unwrap();
    let again = bench.add(&mut log, 6..9).unwrap();
    let known: Vec<bool> = again.iter().map(|receipt| receipt.known).collect();
    assert_eq!(known, [true, false, true]);
}

#[test]
#[cfg(unix)]
fn check_51_a_key_that_others_can_read_signs_nothing() {
    use std::os::unix::fs::PermissionsExt as _;
    let bench = Bench::new();
    let key = bench.private().join("key");
    for mode in [0o644, 0o640, 0o604] {
        fs::set_permissions(&key, fs::Permissions::from_mode(mode)).unwrap();
        let error = bench.open().err().unwrap();
        assert!(matches!(error, LedgerError::OpenKey { .. }), "{error}");
    }
    fs::remove_file(&key).unwrap();
    assert!(matches!(bench.open().err().unwrap(), LedgerError::Key(_)));
}
