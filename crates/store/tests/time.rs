//! The past: what answered when, the indexes kept for it, and how it leaves.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use crate::common::{Home, blob, content, day};
use scruple_model::Date;
use scruple_store::{
    DataDir, FaultKind, Manifest, Mode, NewSnapshot, Pruning, Rewritten, StoreError,
};

/// A snapshot of `user-a` with a publication day.
fn dated(dir: &DataDir, text: &str, published: &str, taken: &str) -> NewSnapshot {
    let mut new = blob(dir, "user-a", text, taken);
    new.snapshot.published = Some(day(published));
    new.snapshot.entities = 3;
    new
}

/// Three editions of one list, years apart, each taken on its day.
fn three_editions(home: &Home) -> DataDir {
    let mut dir = DataDir::open(home.path(), Mode::Write).unwrap();
    for (text, on) in [
        ("first", "2010-01-01"),
        ("second", "2015-01-01"),
        ("third", "2026-01-01"),
    ] {
        let new = dated(&dir, text, on, on);
        dir.record(&[new]).unwrap();
    }
    dir
}

fn texts(dir: &DataDir, held: &[scruple_store::Held]) -> Vec<String> {
    held.iter().map(|one| content(dir, &one.blob)).collect()
}

#[test]
fn every_manifest_that_answered_can_be_told_newest_first() {
    let home = Home::new();
    let mut dir = three_editions(&home);
    // An older file that never answered is no manifest of its own.
    let old = dated(&dir, "zeroth", "2005-01-01", "2026-02-01");
    dir.record(&[old]).unwrap();
    let all = dir.manifests(Date::MAX).unwrap();
    let seen: Vec<_> = all.iter().flat_map(|m| texts(&dir, &m.held)).collect();
    assert_eq!(seen, ["third", "second", "first"]);
    assert_eq!(all[0], dir.manifest().unwrap());
    // Asked about 2007 the first did answer, as long as none older was held.
    let seen: Vec<_> = dir
        .manifests(day("2007-06-01"))
        .unwrap()
        .iter()
        .flat_map(|m| texts(&dir, &m.held))
        .collect();
    assert_eq!(seen, ["zeroth", "first"]);
}

#[test]
fn a_few_indexes_of_the_past_are_kept_and_the_least_recently_used_goes() {
    let home = Home::new();
    let mut dir = three_editions(&home);
    for year in 2016..2019 {
        let on = format!("{year}-01-01");
        let new = dated(&dir, &on, &on, "2026-02-01");
        dir.record(&[new]).unwrap();
    }
    let current = dir.manifest().unwrap();
    dir.put_index(&current, b"current").unwrap();
    let past: Vec<Manifest> = ["2010", "2015", "2016", "2017", "2018"]
        .iter()
        .map(|year| {
            dir.manifest_as_of(day(&format!("{year}-06-01")), Date::MAX)
                .unwrap()
        })
        .collect();
    for one in &past[..4] {
        dir.put_past_index(one, b"past").unwrap();
    }
    // The oldest is used again, so the next oldest makes room.
    assert!(dir.index_file(&past[0]).present);
    dir.put_past_index(&past[4], b"past").unwrap();
    let present: Vec<bool> = past.iter().map(|m| dir.index_file(m).present).collect();
    assert_eq!(present, [true, false, true, true, true]);
    dir.tidy(&current).unwrap();
    assert!(dir.index_file(&current).present);
    assert!(dir.index_file(&past[4]).present);
    assert_eq!(dir.integrity().unwrap(), []);
}

#[test]
fn a_snapshot_goes_when_the_period_has_passed_since_it_was_replaced_and_the_current_one_never() {
    let home = Home::new();
    let mut dir = three_editions(&home);
    let going = |today: &str, years| texts(&dir, &dir.prunable(day(today), years).unwrap());
    // The first was replaced on 2015-01-01, the second on 2026-01-01.
    assert_eq!(going("2024-12-31", 10), [""; 0]);
    assert_eq!(going("2025-01-01", 10), ["first"]);
    assert_eq!(going("2035-12-31", 10), ["first"]);
    assert_eq!(going("2099-01-01", 10), ["first", "second"]);
    assert_eq!(going("2025-01-01", 11), [""; 0]);

    let held = dir.snapshots().unwrap();
    let pruning = Pruning {
        why: "10 years have passed".into(),
        leave: vec![held[0].sequence],
        rewritten: Vec::new(),
    };
    dir.prune(&pruning, day("2026-11-22")).unwrap();
    assert!(!dir.blob_path(&held[0].blob).exists());
    assert_eq!(texts(&dir, &dir.snapshots().unwrap()), ["second", "third"]);
    let noted = dir.pruned().unwrap();
    assert_eq!(noted.len(), 1);
    assert_eq!(noted[0].hash, held[0].snapshot.hash);
    assert_eq!(
        (noted[0].removed, noted[0].pruned),
        (None, day("2026-11-22"))
    );
    let faults = dir.integrity().unwrap();
    assert!(faults.iter().all(|fault| fault.kind == FaultKind::Index));

    let current = Pruning {
        leave: vec![held[2].sequence],
        ..Pruning::default()
    };
    assert!(matches!(
        dir.prune(&current, day("2099-01-01")),
        Err(StoreError::Kept { .. })
    ));
    assert_eq!(dir.snapshots().unwrap().len(), 2);
}

#[test]
fn a_record_leaves_an_old_snapshot_and_the_row_says_how_many() {
    let home = Home::new();
    let mut dir = DataDir::open(home.path(), Mode::Write).unwrap();
    let mut first = dated(&dir, "first", "2010-01-01", "2010-01-01");
    // A fault quotes the record, and names it as its publisher does.
    for record in ["7", "8"] {
        first.unread.push(scruple_store::UnreadRow {
            line: 1,
            what: "\"circa 1951\" is no date".into(),
            record: Some(record.into()),
            effect: "field-unread".into(),
            ..Default::default()
        });
    }
    dir.record(&[first]).unwrap();
    let third = dated(&dir, "third", "2026-01-01", "2026-01-01");
    dir.record(&[third]).unwrap();
    let past = dir.manifest_as_of(day("2012-01-01"), Date::MAX).unwrap();
    dir.put_past_index(&past, b"names of somebody").unwrap();
    let old = dir.snapshots().unwrap()[0].clone();
    let without = blob(&dir, "user-a", "firs", "2026-11-22").blob;
    let pruning = Pruning {
        why: "delisted ten years ago".into(),
        leave: Vec::new(),
        rewritten: vec![Rewritten {
            sequence: old.sequence,
            blob: without.clone(),
            records: vec![scruple_model::RecordId::from("user-a:7")],
        }],
    };
    dir.prune(&pruning, day("2026-11-22")).unwrap();
    let now = dir.snapshots().unwrap()[0].clone();
    assert_eq!((now.blob, now.removed), (without, 1));
    assert_eq!(now.snapshot.entities, old.snapshot.entities - 1);
    assert_eq!(now.snapshot.hash, old.snapshot.hash);
    assert!(!dir.blob_path(&old.blob).exists());
    assert!(!dir.index_file(&past).present);
    assert_eq!(dir.pruned().unwrap()[0].removed, Some(1));
    let told: Vec<_> = dir.unread(old.sequence).unwrap();
    let told: Vec<_> = told.into_iter().filter_map(|row| row.record).collect();
    assert_eq!(told, ["8"], "what was said of the record leaves with it");
    // A blob that is not there stands for nobody.
    let missing = Pruning {
        rewritten: vec![Rewritten {
            sequence: old.sequence,
            blob: "00".repeat(32),
            records: Vec::new(),
        }],
        ..Pruning::default()
    };
    assert!(matches!(
        dir.prune(&missing, day("2026-11-22")),
        Err(StoreError::Damaged { .. })
    ));
}

#[test]
fn outside_of_pruning_no_row_can_change_or_leave() {
    let home = Home::new();
    drop(three_editions(&home));
    let db = rusqlite::Connection::open(home.path().join("scruple.db")).unwrap();
    for statement in ["DELETE FROM snapshot", "UPDATE snapshot SET blob = 'x'"] {
        let error = db.execute(statement, []).unwrap_err().to_string();
        assert!(error.contains("snapshot"), "{error}");
    }
}

#[test]
fn surroundings_are_noted_once_with_their_first_day() {
    let home = Home::new();
    let mut dir = DataDir::open(home.path(), Mode::Write).unwrap();
    dir.note_surroundings("packs 1", day("2026-01-01")).unwrap();
    dir.note_surroundings("packs 2", day("2026-02-01")).unwrap();
    dir.note_surroundings("packs 1", day("2026-03-01")).unwrap();
    let all: Vec<_> = dir
        .surroundings()
        .unwrap()
        .into_iter()
        .map(|one| (one.content, one.since))
        .collect();
    assert_eq!(
        all,
        [
            ("packs 2".into(), day("2026-02-01")),
            ("packs 1".into(), day("2026-01-01"))
        ]
    );
}
