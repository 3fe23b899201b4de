//! Official files in: sets, days, archives, what shrank, what came before. The
//! excerpts are invented; their layouts are the publishers' own.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::fs;
use std::io::{Cursor, Write as _};
use std::path::PathBuf;

use scruple_model::{Date, Entity};
use scruple_store::{DataDir, Mode};
use scruple_sync::{Admission, Limits, Offers, Report, Said, offers, take};

struct Home {
    parent: tempfile::TempDir,
}

/// All that came of one call, in words where it was refused.
#[derive(Debug, Default)]
struct Came {
    reports: Vec<Report>,
    refused: Vec<String>,
    left_out: Vec<String>,
    passed_over: Vec<String>,
}

impl Home {
    fn new() -> Self {
        let parent = tempfile::tempdir().unwrap();
        fs::create_dir(parent.path().join("in")).unwrap();
        Self { parent }
    }

    fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.parent.path().join("in").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        path
    }

    fn folder(&self) -> PathBuf {
        self.parent.path().join("in")
    }

    fn store(&self) -> DataDir {
        DataDir::open(&self.parent.path().join("data"), Mode::Write).unwrap()
    }

    fn take(&self, paths: &[PathBuf], dated: Option<&str>, accept: &[&str]) -> Came {
        let mut store = self.store();
        let said = Said {
            dated: dated.map(day),
            ..Said::default()
        };
        let limits = Limits {
            whole: 8 << 20,
            ..Limits::default()
        };
        let scratch = store.root().to_owned();
        let Offers {
            offers,
            refused,
            passed_over,
        } = offers(paths, &said, &scratch, &limits);
        let admission = Admission {
            accept_shrink: accept.iter().map(|list| (*list).into()).collect(),
            limits,
        };
        let mut came = Came {
            refused: refused.iter().map(ToString::to_string).collect(),
            passed_over: passed_over.into_iter().map(|(name, _)| name).collect(),
            ..Came::default()
        };
        for answer in take(&mut store, &offers, day("2026-11-22"), &admission, &build).unwrap() {
            match answer {
                Ok(taken) => {
                    came.reports.extend(taken.reports);
                    came.left_out
                        .extend(taken.left_out.iter().map(|left| left.list.to_string()));
                    came.refused
                        .extend(taken.refused.iter().map(ToString::to_string));
                }
                Err(error) => came.refused.push(error.to_string()),
            }
        }
        came
    }

    /// The lists that answer: id, day, parties.
    fn held(&self) -> Vec<(String, String, u64)> {
        let manifest = self.store().manifest().unwrap();
        let held = manifest.held.iter().map(|held| {
            let snapshot = &held.snapshot;
            (
                snapshot.list.to_string(),
                snapshot.day().to_string(),
                snapshot.entities,
            )
        });
        held.collect()
    }
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn build(entities: &mut dyn Iterator<Item = Entity>) -> Vec<u8> {
    entities.count().to_le_bytes().to_vec()
}

fn sdn(names: &[&str]) -> String {
    let mut text = String::new();
    for (at, name) in names.iter().enumerate() {
        let id = 900_001 + at;
        text +=
            &format!("{id},\"{name}\",-0- ,\"SDGT\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r\n");
    }
    text + "\u{1a}"
}

const ALT: &str = "900001,1,\"aka\",\"DEMO OTHER NAME\",-0- \r\n\u{1a}";
const ADD: &str = "900001,1,\"1 Demo Street\",\"Sampleville\",\"Cuba\",-0- \r\n\u{1a}";

fn un(date: &str, names: &[&str]) -> String {
    let mut entities = String::new();
    for (at, name) in names.iter().enumerate() {
        entities += &format!(
            "<ENTITY><DATAID>{at}</DATAID><VERSIONNUM>1</VERSIONNUM><FIRST_NAME>{name}</FIRST_NAME>\
             <UN_LIST_TYPE>Testland</UN_LIST_TYPE><REFERENCE_NUMBER>TSe.{at:03}</REFERENCE_NUMBER>\
             <LISTED_ON>2012-12-31</LISTED_ON></ENTITY>"
        );
    }
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><CONSOLIDATED_LIST dateGenerated=\"{date}T00:00:11.197Z\">\
         <INDIVIDUALS/><ENTITIES>{entities}</ENTITIES></CONSOLIDATED_LIST>"
    )
}

fn csl_records(source: &str, ids: &[u32]) -> String {
    let records: Vec<String> = ids
        .iter()
        .map(|id| {
            format!(
                "{{\"source\":\"{source}\",\"name\":\"DEMO FIRM {id}\",\"id\":\"{id}\",\"entity_number\":\"{id}\",\
                 \"addresses\":[],\"alt_names\":[],\"programs\":[\"SDGT\"]}}"
            )
        })
        .collect();
    records.join(",\n")
}

const TREASURY: &str = "Specially Designated Nationals (SDN) - Treasury Department";
const COMMERCE: &str = "Entity List (EL) - Bureau of Industry and Security";

#[test]
fn a_set_of_one_day_is_one_list() {
    let home = Home::new();
    let files = [
        home.file("sdn.csv", sdn(&["DEMO FIRM", "DEMO STAR"])),
        home.file("alt.csv", ALT),
        home.file("add.csv", ADD),
    ];
    let came = home.take(&files, Some("2024-05-03"), &[]);
    assert_eq!(came.refused, [""; 0]);
    let report = &came.reports[0];
    assert_eq!(report.list.as_str(), "us-ofac-sdn");
    assert_eq!((report.records, report.entities), (2, 2));
    assert_eq!(report.origin, "sdn.csv, alt.csv, add.csv");
    let again = home.take(&files, Some("2024-05-03"), &[]);
    assert!(again.reports[0].unchanged);
    assert_eq!(
        home.held(),
        [("us-ofac-sdn".into(), "2024-05-03".into(), 2)]
    );
}

#[test]
fn files_of_different_days_are_never_joined_and_the_lines_to_write_are_shown() {
    let home = Home::new();
    let files = [
        home.file("ofac_sdn_2024-05-03.csv", sdn(&["DEMO FIRM"])),
        home.file("ofac_alt_2026-06-02.csv", ALT),
    ];
    let came = home.take(&files, Some("2026-06-02"), &[]);
    assert!(came.reports.is_empty());
    let said = &came.refused[0];
    assert!(said.contains("different days"), "{said}");
    assert!(
        said.contains("[[snapshot]]") && said.contains("2024-05-03"),
        "{said}"
    );
    // The lines, written beside the files, take the primary file alone and pass the other by.
    let at = said.find("    [[snapshot]]").unwrap();
    home.file("snapshots.toml", &said[at..]);
    let came = home.take(&[home.folder()], None, &[]);
    assert_eq!(came.reports.len(), 1, "{came:?}");
    assert!(came.refused.is_empty(), "{came:?}");
    assert_eq!(came.passed_over, ["ofac_alt_2026-06-02.csv"]);
}

#[test]
fn a_day_given_beside_the_files_own_is_told() {
    let home = Home::new();
    let came = home.take(
        &[home.file("un.xml", un("2026-01-28", &["A"]))],
        Some("2026-06-01"),
        &[],
    );
    let told = came.reports[0].unread[0].to_string();
    assert!(told.contains("2026-06-01 is not used"), "{told}");
    let sdn = home.file("sdn_2024-05-03.csv", sdn(&["DEMO FIRM"]));
    let came = home.take(&[sdn], Some("2024-11-01"), &[]);
    let told = came.reports[0].unread.iter().map(ToString::to_string);
    let told = told.collect::<Vec<_>>().join("\n");
    assert!(told.contains("its name holds 2024-05-03"), "{told}");
}

#[test]
fn a_file_without_a_day_asks_for_one() {
    let home = Home::new();
    let file = home.file("sdn_2024-05-03.csv", sdn(&["DEMO FIRM"]));
    let came = home.take(&[file], None, &[]);
    assert!(came.refused[0].contains("--dated 2024-05-03"), "{came:?}");
    assert!(home.held().is_empty());
}

#[test]
fn days_of_one_list_are_taken_in_order_and_the_newest_answers() {
    let home = Home::new();
    home.file("new.xml", un("2026-02-27", &["A", "B", "C"]));
    home.file("old.xml", un("2026-01-28", &["A", "B"]));
    let came = home.take(&[home.folder()], None, &[]);
    assert_eq!(came.refused, [""; 0]);
    let mut counts: Vec<_> = came
        .reports
        .iter()
        .map(|report| (report.published.unwrap().to_string(), report.added))
        .collect();
    counts.sort();
    assert_eq!(counts, [("2026-01-28".into(), 2), ("2026-02-27".into(), 1)]);
    assert_eq!(home.held(), [("un-sc".into(), "2026-02-27".into(), 3)]);
    // Nothing is taken twice, whichever of them answers.
    let again = home.take(&[home.folder()], None, &[]);
    assert!(again.reports.iter().all(|report| report.unchanged));
    assert_eq!(home.store().snapshots().unwrap().len(), 2);
    // An older file that comes later is kept for the past.
    let older = home.file("oldest.xml", un("2025-12-01", &["A"]));
    let came = home.take(&[older], None, &[]);
    assert_eq!(came.reports[0].answering, Some(day("2026-02-27")));
    assert_eq!(home.held()[0].2, 3);
    let past = home
        .store()
        .manifest_as_of(day("2025-12-24"), Date::MAX)
        .unwrap();
    assert_eq!(past.held[0].snapshot.entities, 1);
}

#[test]
fn a_list_that_shrank_does_not_replace_a_good_one_unless_it_is_accepted() {
    let home = Home::new();
    let names: Vec<String> = (0..10).map(|n| format!("FIRM {n}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    home.take(&[home.file("a.xml", un("2026-01-01", &names))], None, &[]);
    let nine = home.file("b.xml", un("2026-01-02", &names[..8]));
    assert!(home.take(&[nine], None, &[]).refused.is_empty());
    let few = [home.file("c.xml", un("2026-01-03", &names[..6]))];
    let came = home.take(&few, None, &[]);
    assert!(
        came.refused[0].contains("--accept-shrink un-sc"),
        "{came:?}"
    );
    assert_eq!(home.held()[0].2, 8);
    assert!(home.take(&few, None, &["un-sc"]).refused.is_empty());
    assert_eq!(home.held()[0].2, 6);
}

#[test]
fn a_file_that_is_cut_off_never_replaces_a_good_one() {
    let home = Home::new();
    let whole = un("2026-01-01", &["A", "B", "C"]);
    home.take(&[home.file("un.xml", &whole)], None, &[]);
    for tenth in 0..10 {
        let cut = &whole.as_bytes()[..whole.len() * tenth / 10];
        let came = home.take(&[home.file("un.xml", cut)], None, &[]);
        assert_eq!(came.refused.len(), 1, "{tenth}: {came:?}");
        assert!(came.refused[0].contains("next: "), "{came:?}");
        assert_eq!(home.held()[0].2, 3);
    }
}

#[test]
fn packed_files_are_the_same_list() {
    let home = Home::new();
    let text = un("2026-01-01", &["A", "B"]);
    let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gz.write_all(text.as_bytes()).unwrap();
    let gz = gz.finish().unwrap();
    let zst = zstd::encode_all(text.as_bytes(), 3).unwrap();
    for (name, bytes) in [
        ("un.xml.gz", gz.clone()),
        ("un.xml.zst", zst),
        ("un.zip", zip(&[("folder/un.xml", text.as_bytes())])),
        ("un-gz.zip", zip(&[("un.xml.gz", &gz)])),
    ] {
        let came = home.take(&[home.file(name, bytes)], None, &[]);
        assert_eq!(came.refused, [""; 0], "{name}");
        assert_eq!(came.reports[0].entities, 2, "{name}");
    }
    let twice = zstd::encode_all(&gz[..], 3).unwrap();
    let nested = zip(&[("inner.zip", &zip(&[("un.xml", text.as_bytes())]))]);
    for (name, bytes) in [("twice.zst", twice), ("nested.zip", nested)] {
        let came = home.take(&[home.file(name, bytes)], None, &[]);
        assert!(came.refused[0].contains("packed twice"), "{name}: {came:?}");
    }
}

#[test]
fn a_set_in_an_archive_may_carry_its_own_snapshots_file() {
    let home = Home::new();
    let noted = "[[snapshot]]\ndated = 2024-05-03\nfiles = [\"sdn.csv\", \"alt.csv\"]\n";
    let bytes = zip(&[
        ("set/sdn.csv", sdn(&["DEMO FIRM"]).as_bytes()),
        ("set/alt.csv", ALT.as_bytes()),
        ("set/snapshots.toml", noted.as_bytes()),
    ]);
    let came = home.take(&[home.file("set.zip", bytes)], None, &[]);
    assert_eq!(came.refused, [""; 0]);
    assert_eq!(came.reports[0].published, Some(day("2024-05-03")));
    assert!(home.parent.path().read_dir().unwrap().count() == 2);
}

#[test]
fn what_an_archive_unpacks_to_is_bounded_and_its_names_are_no_paths() {
    let home = Home::new();
    let bomb = zip(&[("un.xml", &vec![b' '; 9 << 20])]);
    assert!(bomb.len() < 100_000);
    let came = home.take(&[home.file("bomb.zip", bomb)], None, &[]);
    assert!(came.refused[0].contains("more than"), "{came:?}");
    let text = un("2026-01-01", &["A"]);
    let bytes = zip(&[("../../../escaped.xml", text.as_bytes())]);
    let came = home.take(&[home.file("up.zip", bytes)], None, &[]);
    assert_eq!(came.reports[0].origin, "escaped.xml");
    let parent = home.parent.path().parent().unwrap();
    assert!(!parent.join("escaped.xml").exists());
    let cut = zip(&[("un.xml", text.as_bytes())]);
    let came = home.take(&[home.file("cut.zip", &cut[..cut.len() / 2])], None, &[]);
    assert!(came.refused[0].contains("damaged or cut off"), "{came:?}");
}

#[test]
fn the_consolidated_list_is_read_only_where_ofacs_own_file_is_absent() {
    let home = Home::new();
    let treasury = csl_records(TREASURY, &[900_001, 900_002]);
    let commerce = csl_records(COMMERCE, &[5]);
    let both = format!("{{\"results\":[{treasury},\n{commerce}]}}");
    let file = [home.file("csl.json", &both)];
    let came = home.take(&file, None, &[]);
    assert_eq!(came.refused, [""; 0]);
    let lists: Vec<&str> = came.reports.iter().map(|r| r.list.as_str()).collect();
    assert_eq!(lists, ["us-bis-el", "us-ofac-sdn"]);

    // OFAC's own file comes: it takes the place, since the other does not say its day.
    let own = [home.file("sdn.csv", sdn(&["DEMO FIRM", "DEMO STAR"]))];
    let came = home.take(&own, Some("2024-05-03"), &[]);
    assert_eq!(came.refused, [""; 0]);
    assert_eq!(
        home.held()[1],
        ("us-ofac-sdn".into(), "2024-05-03".into(), 2)
    );
    let changed = [home.file("csl.json", both.replace("FIRM 5", "FIRM FIVE"))];
    let came = home.take(&changed, None, &[]);
    assert_eq!(came.left_out, ["us-ofac-sdn"]);
    assert_eq!(home.held()[1].1, "2024-05-03");
    // One that says it is years younger knows of parties that the old file does not.
    let came = home.take(&changed, Some("2026-07-31"), &[]);
    assert!(
        came.left_out.is_empty() && came.refused.is_empty(),
        "{came:?}"
    );
    assert_eq!(home.held()[1].1, "2026-07-31");
    let came = home.take(&own, Some("2026-07-15"), &[]);
    assert!(came.refused.is_empty());
    assert_eq!(home.held()[1].1, "2026-07-15", "as young, and nearer");
}

#[test]
fn a_list_that_left_the_consolidated_list_is_empty_and_not_what_it_was() {
    let home = Home::new();
    let many = |source: &str, n: u32| csl_records(source, &(1..=n).collect::<Vec<_>>());
    let first = format!(
        "{{\"results\":[{},\n{}]}}",
        many(COMMERCE, 5),
        many("Lunar List (LL) - Tides", 1)
    );
    let came = home.take(&[home.file("a.json", first)], Some("2026-01-01"), &[]);
    assert_eq!(came.refused, [""; 0]);
    assert!(home.held().iter().any(|(list, ..)| list == "us-csl"));
    let unread = |home: &Home| -> u64 {
        let held = home.store().manifest().unwrap().held;
        held.iter().map(|held| held.snapshot.unread).sum()
    };
    assert_eq!(unread(&home), 1);
    let second = format!("{{\"results\":[{}]}}", many(COMMERCE, 5));
    home.take(&[home.file("b.json", second)], Some("2026-01-02"), &[]);
    assert_eq!(
        unread(&home),
        0,
        "the record of an unknown source is not there any longer"
    );
    // An older file says nothing about lists that came after it.
    let older = format!(
        "{{\"results\":[{}]}}",
        many(
            "Military End User (MEU) List - Bureau of Industry and Security",
            3
        )
    );
    let came = home.take(&[home.file("old.json", older)], Some("2025-01-01"), &[]);
    assert_eq!(came.reports.len(), 1, "{came:?}");
    assert!(came.refused.is_empty(), "{came:?}");
    // A list that had parties does not become empty in silence.
    let other = format!("{{\"results\":[{}]}}", many(TREASURY, 5));
    let came = home.take(&[home.file("c.json", other)], Some("2026-01-03"), &[]);
    assert!(came.refused[0].contains("0 of 5 parties"), "{came:?}");
}

#[test]
fn of_two_files_that_differ_and_state_no_day_neither_is_taken() {
    let home = Home::new();
    let of = |n: u32| format!("{{\"results\":[{}]}}", csl_records(COMMERCE, &[n]));
    home.file("a.json", of(1));
    home.file("b.json", of(2));
    let came = home.take(&[home.folder()], None, &[]);
    assert!(
        came.reports.is_empty() && came.refused.len() == 2,
        "{came:?}"
    );
    assert!(came.refused[0].contains("us-bis-el too"), "{came:?}");
}

#[test]
fn a_copy_that_was_replaced_on_its_day_can_come_back() {
    let home = Home::new();
    let six = [home.file("a.xml", un("2026-01-01", &["A", "B", "C", "D", "E", "F"]))];
    let five = [home.file("b.xml", un("2026-01-01", &["A", "B", "C", "D", "E"]))];
    home.take(&six, None, &[]);
    home.take(&five, None, &[]);
    assert_eq!(home.held()[0].2, 5);
    let came = home.take(&six, None, &[]);
    assert!(!came.reports[0].unchanged);
    assert_eq!(home.held()[0].2, 6);
    assert!(home.take(&six, None, &[]).reports[0].unchanged);
    // A folder with both gives what it gave.
    for _ in 0..2 {
        let came = home.take(&[home.folder()], None, &[]);
        assert!(
            came.reports.iter().all(|report| report.unchanged),
            "{came:?}"
        );
    }
    assert_eq!(home.held()[0].2, 6);
}

#[test]
fn a_set_without_its_aliases_does_not_replace_one_with_them() {
    let home = Home::new();
    let names = ["DEMO A", "DEMO B"];
    let aliases =
        "900001,1,\"aka\",\"OTHER A\",-0- \r\n900002,2,\"aka\",\"OTHER B\",-0- \r\n\u{1a}";
    let (sdn, alt) = (
        home.file("sdn.csv", sdn(&names)),
        home.file("alt.csv", aliases),
    );
    home.take(&[sdn.clone(), alt], Some("2024-05-03"), &[]);
    let came = home.take(std::slice::from_ref(&sdn), Some("2024-05-04"), &[]);
    assert!(came.refused[0].contains("2 of 4 names"), "{came:?}");
    assert_eq!(home.held()[0].1, "2024-05-03");
    let came = home.take(&[sdn], Some("2024-05-04"), &["us-ofac-sdn"]);
    assert!(came.refused.is_empty());
}

#[test]
fn files_in_different_folders_of_an_archive_are_not_joined() {
    let home = Home::new();
    let bytes = zip(&[
        ("2024-05-03/sdn.csv", sdn(&["DEMO FIRM"]).as_bytes()),
        ("2018-01-01/alt.csv", ALT.as_bytes()),
    ]);
    let came = home.take(&[home.file("two.zip", bytes)], Some("2024-05-03"), &[]);
    assert_eq!(came.reports[0].origin, "sdn.csv");
    assert!(came.refused[0].contains("is missing"), "{came:?}");
}

#[test]
fn a_list_of_ones_own_of_a_day_to_come_is_refused() {
    let home = Home::new();
    home.file(
        "own.jsonl",
        r#"{"id":"1","schema":"Company","properties":{"name":["Demo Own"]}}"#,
    );
    home.file(
        "snapshots.toml",
        "[[snapshot]]\ndated = 2099-01-01\nfiles = [\"own.jsonl\"]\n",
    );
    let came = home.take(&[home.folder()], None, &[]);
    assert!(came.refused[0].contains("2099-01-01"), "{came:?}");
}

#[test]
fn a_folder_is_read_with_what_is_in_it_and_other_files_are_named() {
    let home = Home::new();
    home.file("un.xml", un("2026-01-01", &["A"]));
    home.file("README.md", "# Lists\n");
    home.file("page.xml", "<!doctype html><title>Sign in</title>");
    home.file(
        "deeper/snapshots.toml",
        "[[snapshot]]\ndated = 2024-05-03\nfiles = [\"sdn.csv\"]\n",
    );
    home.file("deeper/sdn.csv", sdn(&["DEMO FIRM"]));
    home.file(
        "own.jsonl",
        r#"{"id":"1","schema":"Company","properties":{"name":["Demo Own"]}}"#,
    );
    #[cfg(unix)]
    std::os::unix::fs::symlink(home.folder(), home.folder().join("round")).unwrap();
    let came = home.take(&[home.folder()], None, &[]);
    assert_eq!(came.refused, [""; 0]);
    let mut lists: Vec<&str> = came.reports.iter().map(|r| r.list.as_str()).collect();
    lists.sort_unstable();
    assert_eq!(lists, ["un-sc", "us-ofac-sdn", "user-own"]);
    let mut passed = came.passed_over;
    passed.sort();
    assert_eq!(passed, ["README.md", "page.xml", "round"]);
}

#[test]
fn a_snapshots_file_that_is_wrong_says_where_and_nothing_is_guessed() {
    let home = Home::new();
    home.file("sdn.csv", sdn(&["DEMO FIRM"]));
    for (text, says) in [
        (
            "[[snapshot]]\ndated = 2024-05-03\nfiles = [\"other.csv\"]\n",
            "other.csv",
        ),
        ("[[snapshot]]\ndated = soon\n", "line 2"),
    ] {
        home.file("snapshots.toml", text);
        let came = home.take(&[home.folder()], Some("2024-05-03"), &[]);
        assert!(
            came.refused.iter().any(|said| said.contains(says)),
            "{came:?}"
        );
    }
}

#[test]
fn a_day_that_has_not_come_is_refused() {
    let home = Home::new();
    let came = home.take(&[home.file("un.xml", un("2027-01-01", &["A"]))], None, &[]);
    assert!(came.refused[0].contains("2027-01-01"), "{came:?}");
}

#[cfg(unix)]
#[test]
fn a_pipe_is_read_once() {
    let home = Home::new();
    let pipe = home.folder().join("pipe.jsonl");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    assert!(made.unwrap().success());
    let writer = {
        let pipe = pipe.clone();
        std::thread::spawn(move || fs::write(pipe, un("2026-01-01", &["A"])).unwrap())
    };
    let came = home.take(&[pipe], None, &[]);
    writer.join().unwrap();
    assert_eq!(came.reports[0].list.as_str(), "un-sc", "{came:?}");
}

fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer
            .start_file(*name, zip::write::SimpleFileOptions::default())
            .unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}
