//! Files in, answers out: through the public door, with an index made of captions.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::fmt::Write as _;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use scruple_model::{Date, Entity, ListId};
use scruple_store::{DataDir, FaultKind, Mode};
use scruple_sync::{
    Admission, Build, IndexAt, Limits, Offer, Opened, Refusal, Report, Said, Source, SyncError,
    entities_of, offers_of, open_index,
};

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

    fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.parent.path().join(name);
        fs::write(&path, bytes).unwrap();
        path
    }
}

/// An index for tests: a mark, the number of captions, the captions sorted.
fn build(entities: &mut dyn Iterator<Item = Entity>) -> Vec<u8> {
    let mut ids: Vec<String> = entities.map(|entity| entity.id.to_string()).collect();
    ids.sort();
    format!("index 1 {}\n{}", ids.len(), ids.join("\n")).into_bytes()
}

fn open(at: IndexAt) -> Result<String, String> {
    let bytes = match at {
        IndexAt::File(path) => fs::read(path).map_err(|error| error.to_string())?,
        IndexAt::Memory(bytes) => bytes,
    };
    let text = String::from_utf8(bytes).map_err(|error| error.to_string())?;
    let rest = text
        .strip_prefix("index 1 ")
        .ok_or("another layout version")?;
    let (count, ids) = rest.split_once('\n').ok_or("cut off")?;
    if count != ids.lines().count().to_string() {
        return Err("the checksum is wrong".to_owned());
    }
    Ok(ids.to_owned())
}

fn day() -> Date {
    "2026-11-22".parse().unwrap()
}

fn take(root: &Path, source: Source) -> Result<Report, SyncError> {
    let mut store = DataDir::open(root, Mode::Write)?;
    take_file(&mut store, source, &Limits::default(), &build)
}

/// One file, looked at and taken.
fn take_file(
    store: &mut DataDir,
    source: Source,
    limits: &Limits,
    build: Build<'_>,
) -> Result<Report, SyncError> {
    let offer = offered(store, source, limits)?;
    let admission = Admission {
        accept_shrink: vec!["user-a".into(), "user-list".into()],
        limits: *limits,
    };
    let mut taken = scruple_sync::take(store, &[offer], day(), &admission, build)?
        .pop()
        .unwrap()?;
    match taken.refused.pop() {
        Some(error) => Err(error),
        None => Ok(taken.reports.pop().unwrap()),
    }
}

fn offered(store: &DataDir, source: Source, limits: &Limits) -> Result<Offer, SyncError> {
    let mut offers = offers_of(vec![source], &Said::default(), store.root(), limits);
    match offers.refused.pop() {
        Some(error) => Err(error),
        None => Ok(offers.offers.pop().unwrap()),
    }
}

fn take_path(root: &Path, path: &Path) -> Result<Report, SyncError> {
    take(root, Source::file(path)?)
}

fn answers(root: &Path) -> Opened<String> {
    let store = DataDir::open(root, Mode::Read).unwrap();
    open_index(&store, &build, &open).unwrap().unwrap()
}

fn record(id: &str, name: &str) -> String {
    format!(
        r#"{{"id":"{id}","schema":"Company","caption":"{name}","datasets":["us-bis-el"],"properties":{{"name":["{name}"]}}}}"#
    )
}

fn refusal(result: Result<Report, SyncError>) -> Refusal {
    match result.unwrap_err() {
        SyncError::Refused { why, .. } => why,
        other => panic!("{other}"),
    }
}

#[test]
fn a_file_is_taken_and_answers() {
    let home = Home::new();
    let text = format!("{}\n\n{}\r\n", record("1", "A"), record("x:2", "B"));
    let path = home.write("My List.jsonl", &text);
    let report = take_path(&home.data(), &path).unwrap();
    assert_eq!(report.list, ListId::from("user-my-list"));
    assert_eq!((report.records, report.entities, report.added), (2, 2, 2));
    assert_eq!(report.unread_count, 0);
    assert!(!report.unchanged);
    let opened = answers(&home.data());
    assert_eq!(opened.index, "user-my-list:1\nuser-my-list:x:2");
    assert_eq!(opened.rebuilt, None);
    let held = &opened.manifest.held[0];
    assert_eq!(held.origin, "My List.jsonl");
    assert_eq!(
        held.snapshot.hash,
        scruple_model::hash::sha256(text.as_bytes())
    );
    assert_eq!(held.snapshot.taken, day());
}

#[test]
fn a_compressed_file_is_the_same_list() {
    let home = Home::new();
    let text = format!("\u{feff}{}\n{}", record("1", "A"), record("2", "B"));
    let plain = home.write("list.jsonl", &text);
    let packed = home.write(
        "list.jsonl.zst",
        zstd::encode_all(text.as_bytes(), 3).unwrap(),
    );
    take_path(&home.data(), &plain).unwrap();
    let report = take_path(&home.data(), &packed).unwrap();
    assert_eq!(report.list, ListId::from("user-list"));
    assert_eq!((report.added, report.removed, report.amended), (0, 0, 0));
    assert!(!report.unchanged, "the bytes are others");
    assert_eq!(
        report.hash,
        scruple_model::hash::sha256(&fs::read(packed).unwrap())
    );
}

#[test]
fn what_changed_since_the_snapshot_before_is_counted() {
    let home = Home::new();
    let first = format!(
        "{}\n{}\n{}",
        record("1", "A"),
        record("2", "B"),
        record("3", "C")
    );
    let second = format!(
        "{}\n{}\n{}",
        record("2", "B"),
        record("3", "C changed"),
        record("4", "D")
    );
    let path = home.write("a.jsonl", &first);
    let before = take_path(&home.data(), &path).unwrap();
    let again = take_path(&home.data(), &path).unwrap();
    assert!(again.unchanged);
    fs::write(&path, &second).unwrap();
    let report = take_path(&home.data(), &path).unwrap();
    assert_eq!((report.added, report.removed, report.amended), (1, 1, 1));
    assert_eq!(report.compared_with, Some(before.hash));
    let store = DataDir::open(&home.data(), Mode::Read).unwrap();
    assert_eq!(store.snapshots().unwrap().len(), 2, "unchanged adds no row");
    assert_eq!(answers(&home.data()).index, "user-a:2\nuser-a:3\nuser-a:4");
    let indexes = fs::read_dir(home.data().join("indexes")).unwrap().count();
    assert_eq!(indexes, 2, "one index and its checksum");
}

#[test]
fn lines_that_cannot_be_read_are_kept_with_their_position_and_the_rest_goes_on() {
    let home = Home::new();
    let cut = &record("2", "B")[..40];
    let text = format!(
        "{}\n{cut}\n{{\"id\":}}\n{}\n",
        record("1", "A"),
        record("4", "D")
    );
    let path = home.write("a.jsonl", text);
    let report = take_path(&home.data(), &path).unwrap();
    assert_eq!(
        (report.records, report.entities, report.unread_count),
        (4, 2, 2)
    );
    let at: Vec<_> = report
        .unread
        .iter()
        .map(|u| (u.at.line, u.at.column))
        .collect();
    assert_eq!(at, [(2, 40), (3, 7)]);
    let store = DataDir::open(&home.data(), Mode::Read).unwrap();
    let held = store.manifest().unwrap().held[0].clone();
    assert_eq!(held.snapshot.unread, 2);
    assert_eq!(store.unread(held.sequence).unwrap().len(), 2);
}

#[test]
fn a_ten_megabyte_line_is_one_unread_record() {
    let home = Home::new();
    let long = record("2", &"x".repeat(10_000_000));
    let path = home.write(
        "a.jsonl",
        format!("{}\n{long}\n{}\n", record("1", "A"), record("3", "C")),
    );
    let report = take_path(&home.data(), &path).unwrap();
    assert_eq!((report.entities, report.unread_count), (2, 1));
    assert_eq!(report.unread[0].at.line, 2);
    assert!(
        report.unread[0].what.contains("4194304"),
        "{}",
        report.unread[0]
    );
}

#[test]
fn only_the_first_unread_records_are_listed_and_all_are_counted() {
    let home = Home::new();
    let mut text = record("1", "A");
    for _ in 0..1_500 {
        text.push_str("\n{");
    }
    let report = take_path(&home.data(), &home.write("a.jsonl", text)).unwrap();
    assert_eq!((report.unread_count, report.unread.len()), (1_500, 1_000));
}

#[test]
fn ids_that_stand_twice_are_reported_with_both_lines() {
    let home = Home::new();
    let text = format!(
        "{}\n{}\n{}",
        record("1", "A"),
        record("2", "B"),
        record("1", "A too")
    );
    let report = take_path(&home.data(), &home.write("a.jsonl", text)).unwrap();
    assert_eq!(report.entities, 2);
    let found = &report.duplicates[0];
    assert_eq!(
        (found.id.as_str(), found.first_line, found.line),
        ("1", 1, 3)
    );
}

#[test]
fn what_a_person_is_never_reaches_the_disk() {
    let home = Home::new();
    let text = r#"{"id":"1","schema":"Person","properties":{"name":["A B"],"religion":["zoroastrian-marker"]}}"#;
    let report = take_path(&home.data(), &home.write("a.jsonl", text)).unwrap();
    assert_eq!(report.dropped["religion"], 1);
    let store = DataDir::open(&home.data(), Mode::Read).unwrap();
    let held = store.manifest().unwrap().held[0].clone();
    assert_eq!(held.snapshot.dropped, 1);
    let mut content = String::new();
    store
        .read_blob(&held.blob)
        .unwrap()
        .read_to_string(&mut content)
        .unwrap();
    assert!(content.contains("A B") && !content.contains("zoroastrian"));
}

#[test]
fn files_of_other_kinds_are_refused_with_what_they_are_and_the_old_list_stays() {
    let home = Home::new();
    let good = home.write("list.jsonl", record("1", "A"));
    take_path(&home.data(), &good).unwrap();
    let utf16: Vec<u8> = std::iter::once(0xfeff)
        .chain(record("1", "A").encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    let cyrillic: Vec<u8> = (0..20)
        .flat_map(|n| {
            let line = record(&n.to_string(), "@");
            let name = b"\xc7\xe0\xe2\xee\xe4 \xb9 7";
            let mut bytes = Vec::new();
            for byte in line.bytes() {
                if byte == b'@' {
                    bytes.extend(name)
                } else {
                    bytes.push(byte)
                }
            }
            bytes.push(b'\n');
            bytes
        })
        .collect();
    let html = b"<!doctype html><title>Sign in</title>".to_vec();
    let array = format!("[{}]", record("1", "A")).into_bytes();
    let useless = b"{}\n{\"id\":\"1\"}\nnot json".to_vec();
    let packed = zstd::encode_all(record("1", "B").repeat(500).as_bytes(), 3).unwrap();
    let packed_html = zstd::encode_all(&html[..], 3).unwrap();
    for (bytes, says) in [
        (utf16, "UTF-16"),
        (cyrillic, "Windows-1251"),
        (html, "web page"),
        (packed_html, "web page"),
        (array, "one JSON list"),
        (useless, "none of its 3 records"),
        (Vec::new(), "no record"),
        (b"\n \n".to_vec(), "no record"),
        (packed[..packed.len() / 2].to_vec(), "damaged or cut off"),
        (b"\x1f\x8b\x08".to_vec(), "damaged or cut off"),
        (b"PK\x03\x04".to_vec(), "damaged or cut off"),
    ] {
        let path = home.write("list.jsonl", bytes);
        let error = take_path(&home.data(), &path).unwrap_err();
        let text = error.to_string();
        assert!(text.contains(says), "{text}");
        assert!(
            text.starts_with("list.jsonl: ") && text.contains("next: "),
            "{text}"
        );
        assert!(error.is_input());
        assert_eq!(answers(&home.data()).index, "user-list:1");
    }
}

#[test]
fn a_directory_and_a_missing_file_are_named() {
    let home = Home::new();
    let error = Source::file(home.parent.path()).err().unwrap();
    assert!(matches!(
        error,
        SyncError::Refused {
            why: Refusal::Directory,
            ..
        }
    ));
    let error = Source::file(&home.parent.path().join("missing.jsonl"))
        .err()
        .unwrap();
    assert!(error.to_string().contains("missing.jsonl"), "{error}");
}

#[test]
fn a_few_damaged_bytes_lose_one_record_not_the_list() {
    let home = Home::new();
    let mut bytes: Vec<u8> = (0..50)
        .flat_map(|n| (record(&n.to_string(), "A") + "\n").into_bytes())
        .collect();
    bytes.extend(b"{\"id\":\"x\",\"schema\":\"Company\",\"properties\":{\"name\":[\"\xff\"]}}");
    let report = take_path(&home.data(), &home.write("a.jsonl", bytes)).unwrap();
    assert_eq!((report.entities, report.unread_count), (50, 1));
    assert_eq!(
        (report.unread[0].at.line, report.unread[0].at.column),
        (51, 53)
    );
}

#[test]
fn a_file_that_unpacks_without_end_is_refused() {
    let home = Home::new();
    let limits = Limits {
        line: 1000,
        whole: 1 << 20,
        unread_kept: 10,
        ..Limits::default()
    };
    for content in [vec![0u8; 64 << 20], b"{}\n".repeat(10 << 20)] {
        let bomb = zstd::encode_all(&content[..], 3).unwrap();
        assert!(bomb.len() < 100_000, "{}", bomb.len());
        let mut store = DataDir::open(&home.data(), Mode::Write).unwrap();
        let source = Source::bytes("bomb.jsonl.zst", bomb);
        let result = take_file(&mut store, source, &limits, &build);
        let why = refusal(result);
        // Zero bytes at the start are told apart before anything is unpacked further.
        assert!(
            matches!(why, Refusal::TooBig { limit: 1_048_576 } | Refusal::Utf16),
            "{why}"
        );
        assert!(store.manifest().unwrap().is_empty());
    }
    // Zeros after a good beginning: one endless line.
    let mut content = (record("1", "A") + "\n").into_bytes();
    content.resize(64 << 20, 0);
    let bomb = zstd::encode_all(&content[..], 3).unwrap();
    let mut store = DataDir::open(&home.data(), Mode::Write).unwrap();
    let result = take_file(&mut store, Source::bytes("bomb.zst", bomb), &limits, &build);
    assert_eq!(refusal(result), Refusal::TooBig { limit: 1 << 20 });
}

#[test]
fn an_index_that_is_missing_cut_altered_or_of_another_version_is_built_again() {
    let home = Home::new();
    take_path(&home.data(), &home.write("a.jsonl", record("1", "A"))).unwrap();
    let store = DataDir::open(&home.data(), Mode::Read).unwrap();
    let file = store.index_file(&store.manifest().unwrap()).path;
    let good = fs::read(&file).unwrap();
    for (bytes, why) in [
        (None, "there was none"),
        (
            Some(b"index 0 1\nuser-a:1".to_vec()),
            "another layout version",
        ),
        (Some(good[..good.len() - 9].to_vec()), "cut off"),
        (
            Some(b"index 1 2\nuser-a:1".to_vec()),
            "the checksum is wrong",
        ),
    ] {
        match bytes {
            Some(bytes) => fs::write(&file, bytes).unwrap(),
            None => fs::remove_file(&file).unwrap(),
        }
        let opened = answers(&home.data());
        assert_eq!(opened.rebuilt.as_deref(), Some(why));
        assert_eq!(opened.index, "user-a:1");
        assert_eq!(fs::read(&file).unwrap(), good);
        assert_eq!(answers(&home.data()).rebuilt, None);
        assert_eq!(store.integrity().unwrap(), []);
    }
}

#[test]
fn while_somebody_writes_a_missing_index_serves_from_memory() {
    let home = Home::new();
    take_path(&home.data(), &home.write("a.jsonl", record("1", "A"))).unwrap();
    let writer = DataDir::open(&home.data(), Mode::Write).unwrap();
    let file = writer.index_file(&writer.manifest().unwrap()).path;
    fs::remove_file(&file).unwrap();
    assert_eq!(answers(&home.data()).index, "user-a:1");
    assert!(!file.exists());
}

#[test]
fn a_damaged_snapshot_is_found_and_taking_it_again_mends_it() {
    let home = Home::new();
    let path = home.write("a.jsonl", record("1", "A"));
    take_path(&home.data(), &path).unwrap();
    let store = DataDir::open(&home.data(), Mode::Read).unwrap();
    let manifest = store.manifest().unwrap();
    let blob = store.blob_path(&manifest.held[0].blob);
    let mut bytes = fs::read(&blob).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&blob, bytes).unwrap();
    let faults = store.integrity().unwrap();
    assert_eq!(faults.len(), 1);
    assert_eq!(
        (faults[0].kind, &faults[0].path),
        (FaultKind::Snapshot, &blob)
    );
    assert!(
        entities_of(&store, &manifest.held[0])
            .unwrap()
            .any(|entity| entity.is_err())
    );

    // An index cannot be built on it, and says which list it is.
    fs::remove_file(store.index_file(&manifest).path).unwrap();
    let error = open_index(&store, &build, &open).unwrap_err();
    assert!(error.to_string().contains("user-a"), "{error}");

    let report = take_path(&home.data(), &path).unwrap();
    assert!(report.unchanged);
    assert_eq!(answers(&home.data()).index, "user-a:1");
    assert_eq!(store.integrity().unwrap(), []);
}

#[test]
fn several_files_begin_to_answer_together_and_one_bad_one_stops_no_other() {
    let home = Home::new();
    let files = [
        ("a.jsonl", record("1", "A")),
        ("b.jsonl", "<html>".to_owned()),
        ("c.jsonl", record("1", "C")),
        ("C.json", record("1", "C")),
    ];
    let built = std::cell::Cell::new(0);
    let counting = |entities: &mut dyn Iterator<Item = Entity>| {
        built.set(built.get() + 1);
        build(entities)
    };
    let mut store = DataDir::open(&home.data(), Mode::Write).unwrap();
    let mut offers = Vec::new();
    let mut refused = Vec::new();
    for (name, text) in files {
        match offered(&store, Source::bytes(name, text), &Limits::default()) {
            Ok(offer) => offers.push(offer),
            Err(error) => refused.push(error),
        }
    }
    let results =
        scruple_sync::take(&mut store, &offers, day(), &Admission::default(), &counting).unwrap();
    assert!(results[0].is_ok() && results[1].is_ok());
    assert!(matches!(
        refused[..],
        [SyncError::Refused {
            why: Refusal::Html,
            ..
        }]
    ));
    assert!(matches!(results[2], Err(SyncError::SameName { .. })));
    assert_eq!(built.get(), 1);
    drop(store);
    assert_eq!(answers(&home.data()).index, "user-a:1\nuser-c:1");
}

#[test]
fn a_crash_while_the_index_is_built_leaves_the_old_lists_answering() {
    let home = Home::new();
    let path = home.write("a.jsonl", record("1", "A"));
    take_path(&home.data(), &path).unwrap();
    let before = answers(&home.data());
    fs::write(&path, record("2", "B")).unwrap();
    let crash = std::panic::catch_unwind(|| {
        let mut store = DataDir::open(&home.data(), Mode::Write).unwrap();
        let power_cut = |entities: &mut dyn Iterator<Item = Entity>| -> Vec<u8> {
            let _ = entities.next();
            panic!("power cut")
        };
        let source = Source::file(&path).unwrap();
        let _ = take_file(&mut store, source, &Limits::default(), &power_cut);
    });
    assert!(crash.is_err());
    let after = answers(&home.data());
    assert_eq!(
        (after.index, after.manifest),
        (before.index, before.manifest)
    );
    assert_eq!(after.rebuilt, None);
    // The next taking finds nothing in its way.
    take_path(&home.data(), &path).unwrap();
    assert_eq!(answers(&home.data()).index, "user-a:2");
}

#[test]
fn no_list_is_no_index() {
    let home = Home::new();
    let store = DataDir::open(&home.data(), Mode::Write).unwrap();
    assert!(open_index(&store, &build, &open).unwrap().is_none());
}

#[test]
fn the_demo_file_of_the_shared_set_is_read_whole() {
    let shared = shared().join("data/lists/ftm_demo_20.jsonl");
    if !shared.exists() {
        println!(
            "skipped: {} is not there (set SCRUPLE_SHARED)",
            shared.display()
        );
        return;
    }
    let home = Home::new();
    let report = take_path(&home.data(), &shared).unwrap();
    assert_eq!(report.unread, []);
    let skipped: u64 = report.skipped.iter().map(|skipped| skipped.count).sum();
    assert_eq!(report.records, report.entities + skipped);
    let mut text = String::new();
    for entity in entities_of(
        &DataDir::open(&home.data(), Mode::Read).unwrap(),
        &answers(&home.data()).manifest.held[0],
    )
    .unwrap()
    {
        writeln!(text, "{}", entity.unwrap().caption).unwrap();
    }
    assert_eq!(text.lines().count() as u64, report.entities);
}

#[expect(
    clippy::disallowed_methods,
    reason = "the shared set may lie elsewhere"
)]
fn shared() -> PathBuf {
    std::env::var_os("SCRUPLE_SHARED").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared"),
        PathBuf::from,
    )
}
