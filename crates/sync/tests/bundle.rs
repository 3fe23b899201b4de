//! Bundles: out of one directory, across a gap, into another.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::BTreeMap;
use std::fs;
use std::io::Cursor;
use std::path::{Path, PathBuf};

use scruple_model::hash::sha256;
use scruple_model::{Date, Entity, ListId, Snapshot};
use scruple_store::{DataDir, Mode, NewHoldings, NewSnapshot, StoreError, UnreadRow};
use scruple_sync::bundle::{
    BundleError, BundleFault, BundleLimits, Carried, Contents, Exported, Imported, Signer,
    Standing, Terms, Verifier, Which, export, new_key,
};
use scruple_sync::{Build, IndexAt, open_index};

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn build(entities: &mut dyn Iterator<Item = Entity>) -> Vec<u8> {
    let ids: Vec<String> = entities.map(|entity| entity.id.to_string()).collect();
    ids.join("\n").into_bytes()
}

/// Takes a bundle in; what answers of its holdings is its files in a row.
fn import<R: std::io::Read + std::io::Seek>(
    from: R,
    terms: &Terms<'_>,
    store: &mut DataDir,
    build: Build<'_>,
) -> Result<Imported, BundleError> {
    scruple_sync::bundle::import(from, terms, store, build, &join)
}

fn join(store: &DataDir, carried: &Carried) -> Result<Option<NewHoldings>, String> {
    if carried.note == "no good" {
        return Err("it does not open".to_owned());
    }
    let mut all = Vec::new();
    for hash in &carried.files {
        all.extend(fs::read(store.holdings_path(hash)).unwrap());
    }
    let stored = store.put_holdings(&all).unwrap();
    Ok(Some(NewHoldings {
        hash: stored.hash,
        parts: carried.files.clone(),
        note: carried.note.clone(),
        taken: carried.taken,
    }))
}

fn opened(at: IndexAt) -> Result<String, String> {
    match at {
        IndexAt::File(path) => fs::read_to_string(path).map_err(|error| error.to_string()),
        IndexAt::Memory(bytes) => String::from_utf8(bytes).map_err(|error| error.to_string()),
    }
}

struct Home {
    parent: tempfile::TempDir,
}

impl Home {
    fn new() -> Self {
        Self {
            parent: tempfile::tempdir().unwrap(),
        }
    }

    fn data(&self) -> PathBuf {
        self.parent.path().join("data")
    }

    fn store(&self) -> DataDir {
        DataDir::open(&self.data(), Mode::Write).unwrap()
    }

    /// Takes a list with these names, published on that day.
    fn take(&self, list: &str, names: &[&str], published: &str) {
        self.take_of(list, names, Some(day(published)), day(published));
    }

    /// Puts a list into the store as taking one in does: content, row, index.
    fn take_of(&self, list: &str, names: &[&str], published: Option<Date>, taken: Date) {
        use std::io::Write as _;
        let mut names = names.to_vec();
        names.sort_unstable();
        let lines = names.iter().map(|name| {
            let id = format!("user-{list}:{name}");
            format!(
                r#"{{"id":"{id}","schema":"Company","caption":"{name}","properties":{{"name":["{name}"]}},"listings":[]}}"#
            ) + "\n"
        });
        let content: String = lines.collect();
        let mut store = self.store();
        let mut blob = store.write_blob().unwrap();
        blob.write_all(content.as_bytes()).unwrap();
        let new = NewSnapshot {
            snapshot: Snapshot {
                list: ListId::new(format!("user-{list}")),
                hash: sha256(names.join("\n").as_bytes()),
                published,
                taken,
                records: names.len() as u64 + 1,
                entities: names.len() as u64,
                unread: 1,
                dropped: 0,
            },
            blob: blob.finish().unwrap().hash,
            origin: format!("{list}.jsonl"),
            licence: Some("Public.".to_owned()),
            layout: "ftm".to_owned(),
            fields_unread: 1,
            unread: vec![
                UnreadRow {
                    line: 7,
                    column: 2,
                    what: "this is not JSON".to_owned(),
                    ..UnreadRow::default()
                },
                UnreadRow {
                    line: 8,
                    column: 1,
                    what: "\u{7f}31/02/1961 is not a date\n\n— x".to_owned(),
                    record: Some("8".to_owned()),
                    field: Some("birthDate".to_owned()),
                    effect: "field-unread".to_owned(),
                    next: Some("compare with the publisher".to_owned()),
                },
            ],
        };
        store.record(&[new]).unwrap();
        open_index(&store, &build, &opened).unwrap();
    }

    fn manifest(&self) -> String {
        self.store().manifest().unwrap().hash()
    }

    /// What the index answers for, opened as a reader does.
    fn answers(&self) -> String {
        let store = DataDir::open(&self.data(), Mode::Read).unwrap();
        let opened = open_index(&store, &build, &opened).unwrap().unwrap();
        assert_eq!(opened.rebuilt, None, "the import left its index");
        opened.index
    }

    fn import(&self, bundle: &[u8], trusted: &[Verifier]) -> Result<Imported, BundleError> {
        import(
            Cursor::new(bundle),
            &terms(trusted, BundleLimits::default()),
            &mut self.store(),
            &build,
        )
    }
}

fn terms(trusted: &[Verifier], limits: BundleLimits) -> Terms<'_> {
    Terms {
        trusted,
        today: day("2026-11-22"),
        accept_shrink: &[],
        limits,
    }
}

fn key(seed: u8) -> (Signer, Verifier) {
    let pair = new_key("desk.example", [seed; 32]).unwrap();
    (pair.secret.parse().unwrap(), pair.verifier.parse().unwrap())
}

fn packs() -> BTreeMap<String, String> {
    [("lists", "a = 1\n"), ("starter/us-bis-el", "b = 2\n")]
        .map(|(name, text)| (name.to_owned(), text.to_owned()))
        .into()
}

fn contents(which: Which, packs: &BTreeMap<String, String>) -> Contents<'_> {
    Contents {
        which,
        packs,
        holdings: false,
    }
}

fn made(home: &Home, which: Which) -> (Vec<u8>, Exported) {
    let mut out = Vec::new();
    let store = DataDir::open(&home.data(), Mode::Read).unwrap();
    let exported = export(
        &store,
        &Contents {
            which,
            packs: &packs(),
            holdings: !store.holdings().unwrap().is_empty(),
        },
        day("2026-11-22"),
        "scruple 0.1.0",
        &key(1).0,
        &mut out,
    )
    .unwrap();
    (out, exported)
}

fn two_lists() -> Home {
    let home = Home::new();
    home.take("alpha", &["a1", "a2"], "2026-11-01");
    home.take("alpha", &["a1", "a3"], "2026-11-20");
    home.take("beta", &["b1"], "2026-11-10");
    home
}

fn tree(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(tree(&path));
        } else {
            found.push((path.clone(), fs::read(&path).unwrap()));
        }
    }
    found.sort();
    found
}

#[test]
fn an_empty_directory_holds_the_same_lists_afterwards() {
    let (there, here) = (two_lists(), Home::new());
    let (bundle, exported) = made(&there, Which::Current);
    let imported = here.import(&bundle, &[key(1).1]).unwrap();

    assert_eq!(imported.manifest, there.manifest());
    assert_eq!(imported.manifest, exported.manifest);
    assert_eq!(imported.manifest_there, imported.manifest);
    assert_eq!(here.manifest(), there.manifest());
    assert_eq!(here.answers(), "user-alpha:a1\nuser-alpha:a3\nuser-beta:b1");
    assert_eq!(imported.packs, packs());
    assert_eq!(imported.signed_by, key(1).1);
    assert!(
        imported
            .snapshots
            .iter()
            .all(|one| one.standing == Standing::Answers)
    );
    assert!(here.store().integrity().unwrap().is_empty());

    // Rows and what could not be read came along.
    let (ours, theirs) = (here.store(), there.store());
    for list in ["user-alpha", "user-beta"] {
        let (ours_held, theirs_held) = (ours.manifest().unwrap(), theirs.manifest().unwrap());
        let (one, other) = (
            ours_held.of(&ListId::from(list)).unwrap(),
            theirs_held.of(&ListId::from(list)).unwrap(),
        );
        assert_eq!(one.snapshot, other.snapshot);
        assert_eq!((&one.origin, &one.licence), (&other.origin, &other.licence));
        assert_eq!(one.layout, other.layout);
        let unread = ours.unread(one.sequence).unwrap();
        assert_eq!(unread, theirs.unread(other.sequence).unwrap());
        assert_eq!(unread.len(), 2);
        assert_eq!(one.fields_unread, other.fields_unread);
    }
}

#[test]
fn the_past_comes_along_where_it_is_asked_for() {
    let (there, here) = (two_lists(), Home::new());
    let (bundle, exported) = made(&there, Which::All);
    assert_eq!(exported.snapshots, 3);
    let imported = here.import(&bundle, &[key(1).1]).unwrap();
    assert_eq!(here.manifest(), there.manifest());
    for known_at in ["2026-11-05", "2026-11-15", "2026-11-25"] {
        let at = |home: &Home| {
            home.store()
                .manifest_known_at(day(known_at))
                .unwrap()
                .hash()
        };
        assert_eq!(at(&here), at(&there), "{known_at}");
    }
    let standing: Vec<Standing> = imported.snapshots.iter().map(|one| one.standing).collect();
    assert_eq!(
        standing,
        [Standing::Past, Standing::Answers, Standing::Answers]
    );
}

#[test]
fn the_same_lists_packs_day_and_key_give_the_same_bytes() {
    let home = two_lists();
    assert_eq!(made(&home, Which::All), made(&home, Which::All));
}

#[test]
fn importing_again_changes_nothing() {
    let (there, here) = (two_lists(), Home::new());
    let (bundle, _) = made(&there, Which::All);
    here.import(&bundle, &[key(1).1]).unwrap();
    let before = here.store().snapshots().unwrap();
    let imported = here.import(&bundle, &[key(1).1]).unwrap();
    assert!(
        imported
            .snapshots
            .iter()
            .all(|one| one.standing == Standing::Held)
    );
    assert_eq!(here.store().snapshots().unwrap(), before);
}

#[test]
fn an_older_snapshot_never_takes_the_place_of_a_newer() {
    let there = Home::new();
    there.take("alpha", &["a1", "a2"], "2026-11-01");
    let (bundle, _) = made(&there, Which::Current);
    let here = two_lists();
    let before = (here.manifest(), here.answers());
    let imported = here.import(&bundle, &[key(1).1]).unwrap();
    assert_eq!((here.manifest(), here.answers()), before);
    assert_eq!(imported.snapshots[0].standing, Standing::Held);

    // One that was never held here is kept as the past.
    let there = Home::new();
    there.take("alpha", &["a0"], "2026-10-01");
    let (bundle, _) = made(&there, Which::Current);
    let imported = here.import(&bundle, &[key(1).1]).unwrap();
    assert_eq!((here.manifest(), here.answers()), before);
    assert_eq!(imported.snapshots[0].standing, Standing::Past);
}

#[test]
fn what_a_sync_refuses_an_import_refuses() {
    let (there, here) = (Home::new(), Home::new());
    here.take("alpha", &["a1", "a2", "a3"], "2026-11-01");
    let before = here.manifest();
    there.take("alpha", &["a1"], "2026-11-02");
    let (small, _) = made(&there, Which::Current);
    let refused = here.import(&small, &[key(1).1]);
    assert!(
        matches!(
            refused,
            Err(BundleError::Refused {
                fault: BundleFault::Shrunk {
                    before: 3,
                    now: 1,
                    ..
                }
            })
        ),
        "{refused:?}"
    );
    assert_eq!(here.manifest(), before);
    let trusted = [key(1).1];
    let accepted = Terms {
        accept_shrink: &[ListId::from("user-alpha")],
        ..terms(&trusted, BundleLimits::default())
    };
    import(Cursor::new(&small), &accepted, &mut here.store(), &build).unwrap();
    assert_ne!(here.manifest(), before);

    let there = Home::new();
    there.take("beta", &["b1"], "2099-03-01");
    let (early, _) = made(&there, Which::Current);
    let refused = here.import(&early, &trusted);
    assert!(
        matches!(
            refused,
            Err(BundleError::Refused {
                fault: BundleFault::Future { .. }
            })
        ),
        "{refused:?}"
    );
}

#[test]
fn yesterdays_bundle_brought_back_is_not_newer_than_todays() {
    // Two copies of one day; the later one answers, also after the first comes again.
    let (there, here) = (Home::new(), Home::new());
    there.take("alpha", &["morning"], "2026-11-20");
    let (morning, _) = made(&there, Which::Current);
    there.take("alpha", &["evening"], "2026-11-20");
    let (evening, _) = made(&there, Which::Current);
    for bundle in [&morning, &evening, &morning] {
        here.import(bundle, &[key(1).1]).unwrap();
    }
    assert_eq!(here.answers(), "user-alpha:evening");
}

#[test]
fn of_one_day_the_copy_held_stays_unless_the_bundle_knows_it_as_older() {
    let there = Home::new();
    there.take("alpha", &["morning"], "2026-11-20");
    let (morning, _) = made(&there, Which::Current);
    there.take("alpha", &["evening"], "2026-11-20");
    let (evening, _) = made(&there, Which::Current);
    let (both, _) = made(&there, Which::All);
    let trusted = [key(1).1];
    let standing = |home: &Home, bundle: &[u8]| -> Vec<Standing> {
        let imported = home.import(bundle, &trusted).unwrap();
        imported.snapshots.iter().map(|one| one.standing).collect()
    };

    // The later copy is known to be later, also without the earlier one beside it.
    let here = Home::new();
    assert_eq!(standing(&here, &morning), [Standing::Answers]);
    assert_eq!(standing(&here, &evening), [Standing::Answers]);
    assert_eq!(here.answers(), "user-alpha:evening");

    // The earlier copy, never seen here, does not come after the later.
    let here = Home::new();
    assert_eq!(standing(&here, &evening), [Standing::Answers]);
    assert_eq!(standing(&here, &morning), [Standing::PassedOver]);
    assert_eq!(
        standing(&here, &both),
        [Standing::PassedOver, Standing::Held]
    );
    assert_eq!(here.answers(), "user-alpha:evening");

    // A copy of that day from elsewhere: nobody knows which is the later.
    let here = Home::new();
    here.take("alpha", &["noon"], "2026-11-20");
    assert_eq!(standing(&here, &evening), [Standing::PassedOver]);
    assert_eq!(here.answers(), "user-alpha:noon");
}

/// A file without a day counts by the day it was taken. Learning its day can let a copy
/// from before answer again: the index has to be that one's.
#[test]
fn a_day_learned_later_moves_a_copy_into_the_past() {
    let there = Home::new();
    there.take_of("alpha", &["undated"], None, day("2026-11-20"));
    let (undated, _) = made(&there, Which::Current);
    there.take_of(
        "alpha",
        &["undated"],
        Some(day("2026-11-05")),
        day("2026-11-21"),
    );
    let (dated, _) = made(&there, Which::Current);

    let here = Home::new();
    here.take("alpha", &["between"], "2026-11-10");
    here.import(&undated, &[key(1).1]).unwrap();
    assert_eq!(here.answers(), "user-alpha:undated");
    let imported = here.import(&dated, &[key(1).1]).unwrap();
    assert_eq!(imported.snapshots[0].standing, Standing::Past);
    assert_eq!(here.answers(), "user-alpha:between");
}

#[test]
fn a_changed_byte_anywhere_is_refused_and_named() {
    let there = two_lists();
    let (bundle, _) = made(&there, Which::All);
    let here = Home::new();
    here.take("alpha", &["old"], "2026-01-01");
    let before = tree(&here.data());
    let trusted = [key(1).1];
    let mut store = here.store();
    // Every 97th byte, and every byte of headers, padding and end near the borders.
    let places = (0..bundle.len())
        .step_by(97)
        .chain((0..bundle.len()).step_by(512))
        .chain(bundle.len() - 1100..bundle.len());
    for at in places {
        let mut changed = bundle.clone();
        changed[at] ^= 1 << (at % 8);
        let limits = BundleLimits::default();
        let refused = import(
            Cursor::new(&changed),
            &terms(&trusted, limits),
            &mut store,
            &build,
        );
        let Err(BundleError::Refused { fault }) = refused else {
            panic!("byte {at}: {refused:?}")
        };
        let text = fault.to_string();
        let names = [
            "manifest",
            "snapshots/",
            "packs/",
            "the end",
            "signed by",
            "signature",
            "bundle",
        ];
        assert!(
            names.iter().any(|name| text.contains(name)),
            "byte {at}: {text}"
        );
    }
    drop(store);
    let after = tree(&here.data());
    assert_eq!(
        before.iter().map(|(path, _)| path).collect::<Vec<_>>(),
        after.iter().map(|(path, _)| path).collect::<Vec<_>>()
    );
    assert_eq!(here.answers(), "user-alpha:old");
}

#[test]
fn a_bundle_cut_off_or_drawn_out_is_refused() {
    let there = two_lists();
    let (bundle, _) = made(&there, Which::Current);
    let here = Home::new();
    let mut store = here.store();
    let trusted = [key(1).1];
    let limits = BundleLimits::default();
    for end in (0..bundle.len()).step_by(211) {
        let refused = import(
            Cursor::new(&bundle[..end]),
            &terms(&trusted, limits),
            &mut store,
            &build,
        );
        assert!(
            matches!(refused, Err(BundleError::Refused { .. })),
            "{end}: {refused:?}"
        );
    }
    for more in [&b"\0"[..], b"x", &[0; 512]] {
        let longer = [&bundle[..], more].concat();
        let refused = import(
            Cursor::new(&longer),
            &terms(&trusted, limits),
            &mut store,
            &build,
        );
        let Err(BundleError::Refused {
            fault: BundleFault::Altered { member },
        }) = refused
        else {
            panic!("{refused:?}")
        };
        assert_eq!(member, "the end of the bundle");
    }
    assert!(store.manifest().unwrap().is_empty());
}

#[test]
fn only_keys_that_are_named_count() {
    let there = two_lists();
    let (bundle, _) = made(&there, Which::Current);
    let here = Home::new();
    let fault = |trusted: &[Verifier]| match here.import(&bundle, trusted) {
        Err(BundleError::Refused { fault }) => fault,
        other => panic!("{other:?}"),
    };
    assert_eq!(fault(&[]), BundleFault::NoKeys);
    // The same name with another key is somebody else.
    assert_eq!(
        fault(&[key(2).1]),
        BundleFault::Unknown(vec!["desk.example".into()])
    );
    assert!(here.import(&bundle, &[key(2).1, key(1).1]).is_ok());
}

#[test]
fn members_taken_from_another_bundle_do_not_fit() {
    let (one, other) = (Home::new(), Home::new());
    one.take("alpha", &["a1"], "2026-11-01");
    other.take("alpha", &["b1"], "2026-11-01");
    let (one, other) = (made(&one, Which::Current).0, made(&other, Which::Current).0);
    // The first bundle's manifest before the second's members: both are signed.
    let cut = |bundle: &[u8]| {
        let size = std::str::from_utf8(&bundle[124..135]).unwrap();
        let note = usize::from_str_radix(size, 8).unwrap();
        512 + note.div_ceil(512) * 512
    };
    let mixed = [&one[..cut(&one)], &other[cut(&other)..]].concat();
    let refused = Home::new().import(&mixed, &[key(1).1]);
    let Err(BundleError::Refused {
        fault: BundleFault::Altered { member },
    }) = refused
    else {
        panic!("{refused:?}")
    };
    assert!(member.contains("snapshots/"), "{member}");
}

#[test]
fn limits_hold_before_anything_is_read_into_memory() {
    let there = two_lists();
    let (bundle, _) = made(&there, Which::Current);
    let usual = BundleLimits::default();
    for limits in [
        BundleLimits {
            manifest: 100,
            ..usual
        },
        BundleLimits {
            members: 1,
            ..usual
        },
        BundleLimits {
            member: 50,
            ..usual
        },
        BundleLimits { pack: 2, ..usual },
    ] {
        let here = Home::new();
        let refused = import(
            Cursor::new(&bundle),
            &terms(&[key(1).1], limits),
            &mut here.store(),
            &build,
        );
        assert!(
            matches!(
                refused,
                Err(BundleError::Refused {
                    fault: BundleFault::TooBig { .. }
                })
            ),
            "{refused:?}"
        );
    }
    let limits = BundleLimits { line: 10, ..usual };
    let refused = import(
        Cursor::new(&bundle),
        &terms(&[key(1).1], limits),
        &mut Home::new().store(),
        &build,
    );
    assert!(
        matches!(
            refused,
            Err(BundleError::Refused {
                fault: BundleFault::Content { .. }
            })
        ),
        "{refused:?}"
    );
}

/// Signed content that no parser made: put into a directory by hand, then exported.
fn by_hand(lines: &str, entities: u64) -> Vec<u8> {
    use std::io::Write as _;
    let home = Home::new();
    let mut store = home.store();
    let mut blob = store.write_blob().unwrap();
    blob.write_all(lines.as_bytes()).unwrap();
    let blob = blob.finish().unwrap().hash;
    let new = NewSnapshot {
        snapshot: Snapshot {
            list: "user-alpha".into(),
            hash: blob.clone(),
            published: None,
            taken: day("2026-11-01"),
            records: entities,
            entities,
            unread: 0,
            dropped: 0,
        },
        blob,
        origin: "a.jsonl".to_owned(),
        licence: None,
        layout: "ftm".to_owned(),
        fields_unread: 0,
        unread: Vec::new(),
    };
    store.record(&[new]).unwrap();
    drop(store);
    made(&home, Which::Current).0
}

#[test]
fn signed_content_that_is_no_snapshot_is_refused() {
    let line = |id: &str, more: &str| {
        format!(
            "{{\"id\":\"{id}\",\"schema\":\"Person\",\"caption\":\"x\",\"properties\":{{{more}}},\"listings\":[]}}\n"
        )
    };
    let good = line("user-alpha:1", "\"name\":[\"x\"]");
    Home::new().import(&by_hand(&good, 1), &[key(1).1]).unwrap();
    for (lines, entities, why) in [
        (good.clone(), 2, "1 records, and 2 are stated"),
        (line("us-ofac-sdn:1", ""), 1, "a record of another list"),
        (format!("{good}{good}"), 2, "records are not in order"),
        (
            line("user-alpha:1", "\"religion\":[\"x\"]"),
            1,
            "religion says what a person is",
        ),
        ("not json\n".to_owned(), 1, "line 1"),
        (good.trim_end().to_owned(), 1, "it does not end"),
    ] {
        let here = Home::new();
        let refused = here.import(&by_hand(&lines, entities), &[key(1).1]);
        let Err(BundleError::Refused {
            fault: BundleFault::Content { what, .. },
        }) = &refused
        else {
            panic!("{why}: {refused:?}")
        };
        assert!(what.contains(why), "{what}");
        assert!(here.store().manifest().unwrap().is_empty());
        let error = refused.unwrap_err();
        assert!(
            error.is_input() && error.to_string().contains("next: "),
            "{error}"
        );
    }
}

#[test]
fn a_damaged_snapshot_is_not_exported() {
    let home = two_lists();
    let blob = home.store().manifest().unwrap().held[0].blob.clone();
    let path = home.store().blob_path(&blob);
    let mut bytes = fs::read(&path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&path, bytes).unwrap();
    let store = DataDir::open(&home.data(), Mode::Read).unwrap();
    let error = export(
        &store,
        &contents(Which::Current, &packs()),
        day("2026-11-22"),
        "scruple 0.1.0",
        &key(1).0,
        std::io::sink(),
    )
    .unwrap_err();
    let text = error.to_string();
    assert!(!error.is_input() && text.contains("damaged"), "{text}");
}

#[test]
fn an_empty_directory_and_a_strange_pack_are_not_exported() {
    let home = Home::new();
    drop(home.store());
    let one = |home: &Home, packs: &BTreeMap<String, String>| {
        let store = DataDir::open(&home.data(), Mode::Read).unwrap();
        export(
            &store,
            &contents(Which::All, packs),
            day("2026-11-22"),
            "x",
            &key(1).0,
            std::io::sink(),
        )
        .unwrap_err()
    };
    assert!(matches!(one(&home, &packs()), BundleError::NothingHeld));
    for name in ["../lists", "/lists", "", "a//b", "Lists", "a b"] {
        let packs = [(name.to_owned(), String::new())].into();
        let error = one(&two_lists(), &packs);
        assert!(
            matches!(error, BundleError::PackName { .. }),
            "{name}: {error}"
        );
    }
}

#[test]
fn a_directory_open_for_reading_is_not_written() {
    let there = two_lists();
    let (bundle, _) = made(&there, Which::Current);
    let here = Home::new();
    drop(here.store());
    let mut store = DataDir::open(&here.data(), Mode::Read).unwrap();
    let refused = import(
        Cursor::new(&bundle),
        &terms(&[key(1).1], BundleLimits::default()),
        &mut store,
        &build,
    );
    assert!(
        matches!(
            refused,
            Err(BundleError::Sync(scruple_sync::SyncError::Store(
                StoreError::ReadOnly(_)
            )))
        ),
        "{refused:?}"
    );
}

/// One list, and holdings of two sources.
fn with_holdings(note: &str) -> Home {
    let home = Home::new();
    home.take("alpha", &["a1"], "2026-11-01");
    let mut store = home.store();
    let parts = ["who holds what", "and who else"]
        .map(|text| store.put_holdings(text.as_bytes()).unwrap().hash);
    let all = store.put_holdings(b"who holds whatand who else").unwrap();
    store
        .record_holdings(&NewHoldings {
            hash: all.hash,
            parts: parts.to_vec(),
            note: note.to_owned(),
            taken: day("2026-11-03"),
        })
        .unwrap();
    home
}

#[test]
fn holdings_come_along_where_they_are_asked_for() {
    let (there, here) = (with_holdings("two registers"), Home::new());
    let (bundle, exported) = made(&there, Which::Current);
    assert_eq!(exported.holdings, 2);
    let imported = here.import(&bundle, &[key(1).1]).unwrap();
    let state = imported.holdings.unwrap();
    assert_eq!((state.files, &state.here), (2, &state.there));
    let (ours, theirs) = (
        here.store().holdings().unwrap(),
        there.store().holdings().unwrap(),
    );
    assert_eq!(
        (&ours[0].hash, &ours[0].parts, &ours[0].note),
        (&theirs[0].hash, &theirs[0].parts, &theirs[0].note)
    );
    assert!(here.store().integrity().unwrap().is_empty());

    // Where they are not asked for, nothing of them leaves.
    let mut out = Vec::new();
    let without = export(
        &there.store(),
        &contents(Which::Current, &packs()),
        day("2026-11-22"),
        "scruple 0.1.0",
        &key(1).0,
        &mut out,
    );
    assert_eq!(without.unwrap().holdings, 0);
    for secret in [&b"who holds what"[..], b"two registers", b"holdings"] {
        assert!(!out.windows(secret.len()).any(|part| part == secret));
    }
    let here = Home::new();
    assert_eq!(here.import(&out, &[key(1).1]).unwrap().holdings, None);
}

#[test]
fn a_changed_byte_of_holdings_is_refused_and_nothing_of_them_stays() {
    let (bundle, _) = made(&with_holdings("two registers"), Which::Current);
    let here = with_holdings("held before");
    let before = tree(&here.data());
    let text = b"who holds what";
    let at = bundle
        .windows(text.len())
        .position(|part| part == text)
        .unwrap();
    for at in at - 512..at + 512 {
        let mut changed = bundle.clone();
        changed[at] ^= 1;
        let refused = here.import(&changed, &[key(1).1]);
        let Err(BundleError::Refused {
            fault: BundleFault::Altered { member },
        }) = refused
        else {
            panic!("byte {at}: {refused:?}")
        };
        assert!(member.contains("holdings/"), "byte {at}: {member}");
    }
    // Whole, and of no use: refused, with the lists that came with them.
    let (bad, _) = made(&with_holdings("no good"), Which::Current);
    let refused = here.import(&bad, &[key(1).1]);
    let Err(BundleError::Refused {
        fault: BundleFault::Content { member, .. },
    }) = refused
    else {
        panic!("{refused:?}")
    };
    assert_eq!(member, "holdings");
    let names = |all: &[(PathBuf, Vec<u8>)]| -> Vec<PathBuf> {
        all.iter().map(|(path, _)| path.clone()).collect()
    };
    assert_eq!(names(&tree(&here.data())), names(&before));
    assert_eq!(here.store().holdings().unwrap()[0].note, "held before");
}

/// Files without a state are what a crash before the last step leaves: the old state
/// answers, and the next import takes them away.
#[test]
fn files_that_a_crash_left_answer_nothing_and_go_with_the_next_import() {
    let here = with_holdings("held before");
    let before = here.store().holdings().unwrap();
    let stray = here.store().put_holdings(b"half way").unwrap();
    assert_eq!(here.store().holdings().unwrap(), before);
    let (bundle, _) = made(&with_holdings("two registers"), Which::Current);
    here.import(&bundle, &[key(1).1]).unwrap();
    assert!(!here.store().holdings_path(&stray.hash).exists());
    assert_eq!(here.store().holdings().unwrap().len(), before.len() + 1);
}
