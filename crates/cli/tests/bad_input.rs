//! Input that is broken, in every way we could think of: the program says where,
//! what and what next, ends with the documented code, loses nothing, and never
//! panics (every run here is looked at for that).
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::fs;
use std::path::{Path, PathBuf};

use crate::common::{Place, Ran, TODAY, example_path, inputs, mounted, root, unfolded};
use crate::snapshot;

/// A deal that is right but for what a test does to it. Not one of the examples:
/// what is said of a broken line should not change with them.
const DEAL: &str = r#"schema = "scruple.deal/1"
title = "Forty firewalls for a hospital group in Lyon"
direction = "sale"
destination = "fr"
place_of_use = "fr"
end_use = "Protect the internal network of four hospitals"

[seller]
name = "Nordkap Netzwerke AG"
country = "de"

[nexus]
legal_seat = "de"
us_persons = false
currency = "EUR"

[[items]]
name = "NK-200 firewall"

[[parties]]
id = "hospital"
role = ["end-user", "consignee"]
name = "Groupement hospitalier des Deux Fleuves"
country = "fr"

[dates]
signature = 2027-01-20
delivery = 2027-03-01
"#;

fn deal() -> String {
    DEAL.to_owned()
}

#[test]
fn the_deal_that_these_tests_break_is_whole() {
    let place = Place::new();
    check(&place, "deal.toml", deal()).code(4);
    check(&place, "deal.json", inputs::as_json(DEAL)).code(4);
}

/// Runs `check` in the place's folder on a file of this content.
fn check(place: &Place, name: &str, bytes: impl AsRef<[u8]>) -> Ran {
    place.write(name, bytes);
    place.run_here(["check", name])
}

fn screen_file(place: &Place, name: &str, bytes: impl AsRef<[u8]>) -> Ran {
    place.write(name, bytes);
    place.run_here(["screen", "--file", name])
}

/// Refused: code 2, nothing on standard output, and a next step on standard error.
#[track_caller]
fn refused(place: &Place, ran: Ran) -> String {
    let ran = ran.code(2);
    assert_eq!(ran.out, "");
    assert!(ran.err.contains("next"), "{}", ran.err);
    assert!(
        ran.err.len() < 20_000,
        "{} bytes are no message",
        ran.err.len()
    );
    place.plain(&ran.err)
}

const LONG: usize = 10_000_000;

#[test]
fn a_deal_that_is_not_there_or_no_text_is_refused() {
    let place = Place::new();
    let mut said = String::new();
    let mut put = |what: &str, ran: Ran| {
        said.push_str(&format!("--- {what}\n{}", refused(&place, ran)));
    };
    put("missing", place.run_here(["check", "nowhere.toml"]));
    fs::create_dir(place.file("folder")).unwrap();
    put("directory", place.run_here(["check", "folder"]));
    put("empty", check(&place, "empty.toml", ""));
    put("UTF-16", check(&place, "wide.toml", inputs::utf16(&deal())));
    let russian = deal().replace("hospital", "больница");
    put(
        "Windows-1251",
        check(&place, "cp1251.toml", inputs::windows_1251(&russian)),
    );
    put("zeros", check(&place, "zeros.toml", [0_u8; 64]));
    let json = inputs::as_json(&deal());
    put(
        "JSON cut off",
        check(&place, "cut.json", &json[..json.len() / 2]),
    );
    put("JSON list", check(&place, "list.json", "[]"));
    put(
        "TOML cut off",
        check(&place, "cut.toml", "title = \"x\"\n[seller\nname = "),
    );
    snapshot!("bad-deal-file.txt", said);
}

#[test]
fn an_endless_line_is_named_and_not_shown() {
    let place = Place::new();
    let json: serde_json::Value = serde_json::from_str(&inputs::as_json(&deal())).unwrap();
    let mut said = String::new();
    // Ten megabytes are no deal; half a megabyte is read, and its problem is told.
    for (name, length) in [("endless", LONG), ("long", 500_000)] {
        let long = "x".repeat(length);
        let field = deal().replacen("title = ", &format!("said = \"{long}\"\ntitle = "), 1);
        let title = deal().replacen("title = \"", &format!("title = \"{long}"), 1);
        // On one line, as programs write it.
        let json = json
            .to_string()
            .replacen('{', &format!("{{\"said\":\"{long}\","), 1);
        for (file, text) in [
            ("field.toml", field),
            ("title.toml", title),
            ("line.json", json),
        ] {
            let file = format!("{name}-{file}");
            let text = refused(&place, check(&place, &file, text));
            assert!(text.contains(&format!("{file}:")), "{text}");
            said.push_str(&text);
        }
    }
    snapshot!("bad-deal-long-line.txt", said);
}

#[test]
fn unknown_and_refused_fields_are_all_said_at_once_in_toml_and_json() {
    let place = Place::new();
    let bad = deal()
        .replace(
            "[seller]",
            "religion = \"x\"\ndestinaton = \"fr\"\n\n[seller]\nethnicity = \"x\"",
        )
        .replacen(
            "[[parties]]",
            "[[parties]]\n\"民族\" = \"x\"\nnmae = \"x\"\npolitical_opinion = \"x\"",
            1,
        );
    let toml = refused(&place, check(&place, "bad.toml", &bad));
    let json = refused(&place, check(&place, "bad.json", inputs::as_json(&bad)));
    for said in [&toml, &json] {
        for name in [
            "religion",
            "destinaton",
            "ethnicity",
            "民族",
            "nmae",
            "political_opinion",
        ] {
            assert!(said.contains(name), "{name} in {said}");
        }
        assert!(said.contains("6 problems in "), "{said}");
    }
    snapshot!("bad-deal-fields.txt", format!("{toml}\n{json}"));
}

#[test]
fn days_that_do_not_exist_and_parties_of_one_id_are_refused() {
    let place = Place::new();
    let dates = deal().split("[dates]").next().unwrap().to_owned()
        + "[dates]\nsignature = 2027-02-30\ndelivery = \"31/12/2027\"\n";
    let one = refused(&place, check(&place, "dates.toml", dates));
    let words = deal().split("[dates]").next().unwrap().to_owned()
        + "[dates]\nsignature = \"2027-02-30\"\ndelivery = \"soon\"\n";
    let two = refused(&place, check(&place, "words.toml", words));
    let party = "\n[[parties]]\nid = \"twice\"\nrole = \"bank\"\nname = \"Bank\"\n";
    let three = refused(&place, check(&place, "twice.toml", deal() + party + party));
    for option in [["--as-of", "2026-02-30"], ["--today", "yesterday"]] {
        place
            .run(
                ["check", &example_path("firewall")]
                    .into_iter()
                    .chain(option),
            )
            .code(2);
    }
    snapshot!(
        "bad-deal-dates-and-ids.txt",
        format!("{one}\n{two}\n{three}")
    );
}

const RAGGED: &str =
    "id,name,country\n1,Tengri Vision Trade LLP,kz\n2,Almaty Optics\n3,Altai,kz,extra,cells\n";

#[test]
fn names_that_only_packs_know_and_days_of_no_deal_are_told_with_the_rest() {
    let place = Place::new();
    let text = deal().replace(
        "[[items]]",
        "[[items]]\ncapabilities = [\"cap.mind-reading\"]",
    );
    let text = text.replace("2027-01-20", "0001-01-01");
    let text = text.replace("2027-03-01", "9999-12-31");
    let text = text.replacen("destination = ", "destinaton = ", 1);
    let said = refused(&place, check(&place, "deal.toml", text));
    for part in [
        "there is no capability cap.mind-reading",
        "0001-01-01 is no day of a deal",
        "9999-12-31 is no day of a deal",
        "destinaton",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    for day in ["0001-01-01", "9999-12-31"] {
        let ran = place.run(["check", "examples/firewall.toml", "--as-of", day]);
        assert!(ran.code(2).err.contains("from 1900 to 2199"));
    }
}

#[test]
fn rows_that_do_not_fit_their_header_are_refused_alone_and_beside_a_deal() {
    let place = Place::new();
    let alone = refused(&place, screen_file(&place, "ragged.csv", RAGGED));
    for line in ["line 3", "line 4"] {
        assert!(alone.contains(line), "{line} in {alone}");
    }
    let with = deal().replacen("title = ", "parties_file = \"ragged.csv\"\ntitle = ", 1);
    let beside = refused(&place, check(&place, "deal.toml", &with));
    assert!(
        beside.contains("ragged.csv") && beside.contains("line 3"),
        "{beside}"
    );
    let missing = with.replace("ragged.csv", "nowhere.csv");
    let missing = refused(&place, check(&place, "deal.toml", missing));
    snapshot!("bad-rows.txt", format!("{alone}\n{beside}\n{missing}"));
}

#[test]
fn spreadsheets_that_hide_a_name_are_refused() {
    let place = Place::new();
    let mut said = String::new();
    for (name, formula, merged) in [
        ("formula.xlsx", true, false),
        ("merged.xlsx", false, true),
        ("both.xlsx", true, true),
    ] {
        let book = inputs::broken_xlsx(formula, merged);
        said.push_str(&format!("--- {name}\n"));
        said.push_str(&refused(&place, screen_file(&place, name, &book)));
        let with = deal().replacen(
            "title = ",
            &format!("parties_file = \"{name}\"\ntitle = "),
            1,
        );
        refused(&place, check(&place, "deal.toml", with));
    }
    said.push_str("--- no workbook\n");
    said.push_str(&refused(
        &place,
        screen_file(&place, "fake.xlsx", "id,name\n1,x\n"),
    ));
    let whole = inputs::names_xlsx(&["Tengri Vision Trade LLP"]);
    said.push_str("--- cut off\n");
    said.push_str(&refused(
        &place,
        screen_file(&place, "cut.xlsx", &whole[..whole.len() / 2]),
    ));
    snapshot!("bad-workbooks.txt", said);
}

#[test]
fn encodings_are_decoded_where_the_file_says_so_and_refused_where_it_does_not() {
    let place = Place::new();
    let text = "id,name\n1,喀什地区公安局\n2,Мегвии Технолоджи\n";
    let ran = screen_file(&place, "wide.csv", inputs::utf16(text)).code(3);
    assert!(
        ran.out.contains("starter:us-bis-el/kashgar-psb"),
        "{}",
        ran.out
    );
    assert!(ran.out.contains("starter:us-bis-el/megvii"), "{}", ran.out);
    let marked = [b"\xef\xbb\xbf", text.as_bytes()].concat();
    screen_file(&place, "marked.csv", marked).code(3);

    let russian = "id,name\n1,Тенгри Трейдинг\n2,Алматы Оптика\n";
    let mut said = refused(
        &place,
        screen_file(&place, "cp1251.csv", inputs::windows_1251(russian)),
    );
    let line = format!("{{\"name\":\"{}\"}}\n", "Тенгри");
    said += &refused(
        &place,
        screen_file(&place, "cp1251.jsonl", inputs::windows_1251(&line)),
    );
    said += &refused(&place, screen_file(&place, "empty.csv", ""));
    said += &refused(&place, screen_file(&place, "table.pdf", "%PDF-1.7"));
    snapshot!("bad-encodings.txt", said);
}

#[test]
fn json_lines_that_are_torn_or_endless_are_refused_before_anything_is_screened() {
    let place = Place::new();
    let good = "{\"id\":\"1\",\"name\":\"Hangzhou Hikvision Digital Technology\"}\n";
    let torn = format!("{good}{{\"id\":\"2\",\"na\n[1]\n");
    let mut said = refused(&place, screen_file(&place, "torn.jsonl", torn));
    let long = format!("{good}{{\"name\":\"{}\"}}\n", "x".repeat(LONG));
    said += &refused(&place, screen_file(&place, "long.jsonl", long));
    let long = format!("id,name\n1,{}\n", "x".repeat(LONG));
    said += &refused(&place, screen_file(&place, "long.csv", long));
    snapshot!("bad-json-lines.txt", said);
}

fn sync(place: &Place, name: &str, bytes: impl AsRef<[u8]>, more: &[&str]) -> Ran {
    place.write(name, bytes);
    let all = ["sync", "--from", name];
    place.run_here(all.into_iter().chain(more.iter().copied()))
}

fn list() -> String {
    inputs::listed("1", "Tengri Vision Trade LLP") + &inputs::listed("2", "Altai Optics Co., Ltd.")
}

/// The list answers as it did after [`list`] was taken in as `user-a`.
#[track_caller]
fn still_answers(place: &Place) {
    let answer = &place
        .run(["screen", "--json", "Tengri Vision Trade"])
        .code(3)
        .lines()[0];
    assert_eq!(answer["matches"][0]["id"], "user-a:1");
    let hash = scruple_model::hash::sha256(list().as_bytes());
    assert_eq!(answer["looked_at"][0]["hash"], hash);
}

#[test]
fn a_list_that_cannot_be_taken_leaves_the_old_one_answering() {
    let place = Place::new();
    sync(&place, "a.jsonl", list(), &[]).code(0);
    still_answers(&place);
    let before = place.run(["doctor", "--json"]).code(0).out;
    fs::create_dir(place.file("folder")).unwrap();
    let russian = format!(
        "{{\"id\":\"1\",\"schema\":\"Company\",\"properties\":{{\"name\":[\"{}\"]}}}}\n",
        "Тенгри Трейдинг"
    );
    let packed = zstd::encode_all(list().as_bytes(), 3).unwrap();
    let mut said = String::new();
    let mut put = |what: &str, ran: Ran| {
        said.push_str(&format!("--- {what}\n{}", refused(&place, ran)));
        still_answers(&place);
    };
    put(
        "directory",
        place.run_here(["sync", "--as", "a", "--from", "folder"]),
    );
    put(
        "missing",
        place.run_here(["sync", "--as", "a", "--from", "nowhere.jsonl"]),
    );
    let as_a = ["--as", "a"];
    put(
        "a web page",
        sync(
            &place,
            "b.jsonl",
            "<!DOCTYPE html><html>Sign in</html>",
            &as_a,
        ),
    );
    put("empty", sync(&place, "c.jsonl", "", &as_a));
    put("blank", sync(&place, "d.jsonl", "\n \n\n", &as_a));
    put(
        "UTF-16",
        sync(&place, "e.jsonl", inputs::utf16(&list()), &as_a),
    );
    put(
        "Windows-1251",
        sync(&place, "f.jsonl", inputs::windows_1251(&russian), &as_a),
    );
    put("one JSON list", sync(&place, "g.json", "[\n{}\n]\n", &as_a));
    put("no record", sync(&place, "h.jsonl", "x\ny\n", &as_a));
    put(
        "cut off",
        sync(&place, "i.jsonl.zst", &packed[..packed.len() - 9], &as_a),
    );
    snapshot!("bad-lists.txt", said);
    assert_eq!(place.run(["doctor", "--json"]).code(0).out, before);
}

#[test]
fn a_torn_or_endless_line_of_a_list_is_kept_as_unread_and_the_rest_is_taken() {
    let place = Place::new();
    let torn = &list()[..40];
    let long = format!("{{\"id\":\"{}\"}}", "x".repeat(LONG));
    let text = format!(
        "{}{torn}\n{long}\n{}",
        list(),
        inputs::listed("9", "Ninth Works")
    );
    let ran = sync(&place, "a.jsonl", text, &[]).code(0);
    snapshot!("bad-list-lines.txt", place.plain(&ran.out));
    place.run(["screen", "Ninth Works"]).code(3);
    let ran = place.run(["screen", "Nobody At All Ever"]).code(4);
    let not = |ran: &Ran| unfolded(ran.out.split("NOT LOOKED AT").nth(1).unwrap());
    assert!(not(&ran).contains("2 records of user-a"), "{}", ran.out);
    let ran = place.run(["check", &example_path("firewall")]).code(4);
    assert!(not(&ran).contains("2 records of user-a"), "{}", ran.out);
}

/// The one file below a folder with this ending.
fn only(folder: &Path, ending: &str) -> PathBuf {
    let all: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.to_string_lossy().ends_with(ending))
        .collect();
    assert_eq!(all.len(), 1, "{all:?}");
    all[0].clone()
}

fn index(place: &Place) -> PathBuf {
    let folder = place.data().join("indexes");
    let all: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_none_or(|ending| ending != "sha256"))
        .collect();
    assert_eq!(all.len(), 1, "{all:?}");
    all[0].clone()
}

#[test]
fn a_damaged_index_is_built_again_and_the_answers_stay_right() {
    let place = Place::new();
    sync(&place, "a.jsonl", list(), &[]).code(0);
    let screen = [
        "screen",
        "--json",
        "--threshold",
        "0.3",
        "Tengri Optics Vision",
    ];
    let right = place.run(screen).code(3).out;
    let good = fs::read(index(&place)).unwrap();
    assert!(good.len() > 64);

    let mut damaged: Vec<Vec<u8>> = (0..good.len())
        .step_by((good.len() / 24).max(1))
        .chain([good.len() - 1])
        .map(|at| {
            let mut bytes = good.clone();
            bytes[at] ^= 0xff;
            bytes
        })
        .collect();
    damaged.push(Vec::new());
    damaged.push(good[..good.len() / 2].to_vec());
    damaged.push([&good[..], b"more"].concat());
    for (which, bytes) in damaged.into_iter().enumerate() {
        fs::write(index(&place), bytes).unwrap();
        assert!(place.run(screen).code(3).out == right, "damage {which}");
        assert!(
            fs::read(index(&place)).unwrap() == good,
            "damage {which} is still there"
        );
    }
    fs::remove_file(index(&place)).unwrap();
    assert_eq!(place.run(screen).code(3).out, right);
    place.run(["doctor"]).code(0);
}

#[test]
fn a_damaged_snapshot_is_named_by_doctor_and_mended_by_taking_the_list_again() {
    let place = Place::new();
    sync(&place, "a.jsonl", list(), &[]).code(0);
    let blob = only(&place.data().join("snapshots"), "");
    let mut bytes = fs::read(&blob).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 0xff;
    fs::write(&blob, &bytes).unwrap();
    let ran = place.run(["doctor"]).code(1);
    assert!(ran.out.contains("snapshot of user-a"), "{}", ran.out);
    let name = blob.file_name().unwrap().to_string_lossy().into_owned();
    assert!(ran.out.contains(&name), "{}", ran.out);
    assert!(ran.out.contains("scruple sync"), "{}", ran.out);
    let json = place.run(["doctor", "--json"]).code(1).json();
    assert!(
        json["faults"][0]["what"]
            .as_str()
            .unwrap()
            .contains("user-a")
    );

    // Without an index nothing answers from it either, and says why.
    fs::remove_file(index(&place)).unwrap();
    let ran = place.run(["screen", "Tengri Vision Trade"]).code(1);
    assert!(
        ran.err.contains("damaged") && ran.err.contains("next: "),
        "{}",
        ran.err
    );
    assert_eq!(ran.out, "");

    sync(&place, "a.jsonl", list(), &[]).code(0);
    still_answers(&place);
    place.run(["doctor"]).code(0);
}

#[test]
fn a_data_directory_of_a_later_version_is_refused_with_what_it_needs() {
    let place = Place::new();
    sync(&place, "a.jsonl", list(), &[]).code(0);
    let path = place.data().join("scruple.db");
    assert!(
        !place.data().join("scruple.db-wal").exists(),
        "the log is folded in"
    );
    // SQLite keeps `user_version` at offset 60, most significant byte first.
    let mut bytes = fs::read(&path).unwrap();
    assert_eq!(bytes[60..64], [0, 0, 0, 4]);
    bytes[60..64].copy_from_slice(&99_u32.to_be_bytes());
    fs::write(&path, &bytes).unwrap();
    let mut said = String::new();
    for arguments in [
        ["check", "examples/firewall.toml"].as_slice(),
        &["screen", "Tengri Vision Trade"],
        &["sync", "--from", place.file("a.jsonl").to_str().unwrap()],
        &["doctor"],
    ] {
        let ran = place.run(arguments).code(1);
        let text = format!("{}{}", ran.out, ran.err);
        assert!(
            text.contains("format 99") && text.contains("next: "),
            "{text}"
        );
        said.push_str(&format!("--- {}\n{text}", arguments[0]));
    }
    assert_eq!(
        fs::read(&path).unwrap(),
        bytes,
        "and nothing is written to it"
    );
    snapshot!("newer-data.txt", place.plain(&said));

    fs::write(&path, "no database").unwrap();
    let ran = place.run(["screen", "Tengri Vision Trade"]).code(1);
    assert!(ran.err.contains("not a scruple database"), "{}", ran.err);
    fs::write(&path, "").unwrap();
    let ran = place.run(["screen", "Tengri Vision Trade"]);
    assert!(
        matches!(ran.code, Some(1 | 3 | 4)),
        "{:?} {}",
        ran.code,
        ran.err
    );
}

#[cfg(unix)]
#[test]
fn of_two_writers_one_waits_for_nobody_and_is_told_so() {
    use std::process::{Command, Stdio};
    let place = Place::new();
    let pipe = place.file("slow.jsonl");
    assert!(
        Command::new("mkfifo")
            .arg(&pipe)
            .status()
            .unwrap()
            .success()
    );
    let mut command = place.command();
    command.args(["sync", "--from"]).arg(&pipe);
    let first = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // Opens once the other end does.
    let mut end = fs::File::options().write(true).open(&pipe).unwrap();
    // The database is made after the lock is taken, and the first goes on waiting
    // for bytes: however slow this machine is, it holds the lock from here on.
    while !place.data().join("scruple.db").exists() {
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    place.write("b.jsonl", list());
    let ran = place.run_here(["sync", "--from", "b.jsonl"]).code(1);
    assert!(
        ran.err.contains("another process is writing"),
        "{}",
        ran.err
    );
    assert!(ran.err.contains("next: "), "{}", ran.err);
    // Who only reads is not kept waiting.
    place
        .run(["screen", "Hangzhou Hikvision Digital Technology"])
        .code(3);

    std::io::Write::write_all(&mut end, list().as_bytes()).unwrap();
    drop(end);
    Ran::of(first.wait_with_output().unwrap()).code(0);
    place.run_here(["sync", "--from", "b.jsonl"]).code(0);
    let doctor = place.run(["doctor", "--json"]).code(0).json();
    assert_eq!(doctor["lists"].as_array().unwrap().len(), 2);
}

#[test]
fn nobody_reading_the_answer_is_no_error() {
    use std::process::Stdio;
    let place = Place::new();
    for (arguments, code) in [
        (["explain"].as_slice(), 0),
        (&["man"], 0),
        (&["schema", "brief-1"], 0),
        (&["check", "--json", "examples/cameras.toml"], 3),
        (&["check", "examples/cameras.toml"], 3),
        (
            &["screen", "--csv", "Hangzhou Hikvision Digital Technology"],
            3,
        ),
    ] {
        let mut command = place.command();
        command
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        drop(child.stdout.take());
        let ran = Ran::of(child.wait_with_output().unwrap());
        assert_eq!(ran.code, Some(code), "{arguments:?}: {}", ran.err);
        assert_eq!(ran.err, "", "{arguments:?}");
    }
}

fn copy_packs(place: &Place) -> PathBuf {
    let to = place.file("packs");
    for folder in ["", "starter"] {
        fs::create_dir_all(to.join(folder)).unwrap();
        for entry in fs::read_dir(root().join("packs").join(folder)).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                fs::copy(&path, to.join(folder).join(path.file_name().unwrap())).unwrap();
            }
        }
    }
    to
}

#[test]
fn packs_in_place_of_the_built_in_ones_are_read_whole_or_not_and_named() {
    let place = Place::new();
    let packs = place.file("packs");
    let deal = example_path("cameras");
    let with = ["--packs", packs.to_str().unwrap(), "check", &deal];
    let mut said = refused(&place, place.run(with));
    fs::create_dir(&packs).unwrap();
    said += &refused(&place, place.run(with));

    let duties = fs::read_to_string(root().join("packs/duties.toml")).unwrap();
    let odd = duties.replacen("summary = ", "sumary = \"x\"\nsummary = ", 1);
    place.write("packs/duties.toml", odd);
    let unknown = refused(&place, place.run(with));
    assert!(
        unknown.contains("duties") && unknown.contains("sumary"),
        "{unknown}"
    );
    said += &unknown;
    place.write("packs/duties.toml", "[[entry]]\nid = ");
    said += &refused(&place, place.run(with));
    snapshot!("bad-packs.txt", said);

    fs::remove_file(packs.join("duties.toml")).unwrap();
    copy_packs(&place);
    for built_in in [
        "refused",
        "legal-forms",
        "organisation-words",
        "place-names",
        "given-names",
        "person-words",
    ] {
        let _ = fs::remove_file(packs.join(built_in).with_extension("toml"));
    }
    let changed = duties
        .replace("deeper", "elsewhere")
        .replace("no end user", "no user at all");
    assert_ne!(changed, duties);
    place.write("packs/duties.toml", changed);
    let ran = place.run(with).code(3);
    let verdict = ran
        .out
        .lines()
        .find(|line| line.starts_with("NEEDS A DECISION"))
        .unwrap();
    let at = ran.out.find(verdict).unwrap();
    // The verdict, what to decide, why, whom to ask, and what bears on all of it.
    let near: Vec<&str> = ran.out[at..]
        .lines()
        .take_while(|line| !line.is_empty())
        .collect();
    assert!(near.join(" ").contains("duties"), "{near:?}");
    let json = place.run(with.into_iter().chain(["--json"])).code(3).json();
    assert_eq!(
        json["vintage"]["packs_replaced"],
        serde_json::json!(["duties"])
    );
}

fn lines_of(ran: &Ran, label: &str) -> String {
    ran.out
        .lines()
        .filter(|line| line.starts_with(label))
        .collect::<Vec<_>>()
        .join("\n")
}

#[test]
fn a_disk_nobody_may_write_to_answers_and_takes_nothing() {
    let place = Place::new();
    place.write("a.jsonl", list());
    place.write("b.jsonl", inputs::listed("7", "Seventh Works"));
    let script = r#"
        mount -t tmpfs -o size=8m tmpfs "$DISK" || exit 90
        D="$DISK/data"
        scruple --data "$D" sync --from "$PLACE/a.jsonl" >/dev/null || exit 91
        scruple --data "$D" check --json examples/firewall.toml > "$DISK/brief.json"
        mount -o remount,bind,ro "$DISK" || exit 92
        scruple --data "$D" screen --json "Tengri Vision Trade" > "$PLACE/found"; echo "screen: $?"
        scruple --data "$D" check examples/cameras.toml > "$PLACE/brief"; echo "check: $?"
        scruple --data "$D" doctor > "$PLACE/doctor"; echo "doctor: $?"
        scruple --data "$D" sync --from "$PLACE/b.jsonl" 2>&1; echo "sync: $?"
        scruple --data "$DISK/new" sync --from "$PLACE/b.jsonl" 2>&1; echo "sync new: $?"
        scruple --data "$D" check examples/firewall.toml --html "$DISK/x.html" 2>&1; echo "html: $?"
        scruple decide "$DISK/brief.json" --stop --by "A. Muster" --reason "x" 2>&1; echo "decide: $?"
        scruple init --yes "$DISK/deal.toml" 2>&1; echo "init: $?"
    "#;
    let Some(ran) = mounted::script(&place, "a read-only disk", script) else {
        return;
    };
    let ran = ran.code(0);
    assert_eq!(ran.err, "");
    for (label, code) in [
        ("screen:", 3),
        ("check:", 3),
        ("doctor:", 0),
        ("sync:", 1),
        ("sync new:", 1),
        ("html:", 2),
        ("decide:", 2),
        ("init:", 2),
    ] {
        assert_eq!(
            lines_of(&ran, label),
            format!("{label} {code}"),
            "{}",
            ran.out
        );
    }
    let found = fs::read_to_string(place.file("found")).unwrap();
    assert!(found.contains("\"user-a:1\""), "{found}");
    snapshot!("read-only-disk.txt", place.plain(&ran.out));
}

#[test]
fn a_full_disk_is_said_and_what_was_there_stays_whole() {
    let place = Place::new();
    place.write("a.jsonl", list());
    let many: String = (0..3_000)
        .map(|n| {
            inputs::listed(
                &format!("m-{n}"),
                &format!("Works number {n} of {}", n * 7919 % 10_007),
            )
        })
        .collect();
    place.write("b.jsonl", many);
    let script = r#"
        mount -t tmpfs -o size=1m tmpfs "$DISK" || exit 90
        D="$DISK/data"
        scruple --data "$D" sync --from "$PLACE/a.jsonl" >/dev/null || exit 91
        scruple --data "$D" check --json examples/firewall.toml > "$DISK/brief.json"
        cp -a "$D" "$PLACE/before" || exit 92
        head -c 100m /dev/zero > "$DISK/filler" 2>/dev/null
        scruple --data "$D" sync --from "$PLACE/b.jsonl" 2>&1; echo "sync: $?"
        scruple --data "$D" screen --json "Tengri Vision Trade" > "$PLACE/found"; echo "screen: $?"
        scruple --data "$D" doctor; echo "doctor: $?"
        scruple --data "$D" check examples/firewall.toml --html "$DISK/x.html" 2>&1; echo "html: $?"
        test -e "$DISK/x.html"; echo "page: $?"
        scruple decide "$DISK/brief.json" --stop --by "A. Muster" --reason "x" 2>&1; echo "decide: $?"
        rm "$DISK/filler"
        scruple decide "$DISK/brief.json" --stop --by "A. Muster" --reason "later" >/dev/null 2>&1; echo "decide later: $?"
        cp "$DISK/brief.decisions.jsonl" "$PLACE/decisions"
        scruple --data "$D" doctor; echo "doctor later: $?"
        find "$DISK" -name '.unfinished*' | wc -l | sed 's/^ */unfinished: /'
        scruple --data "$D" sync --from "$PLACE/a.jsonl" >/dev/null; echo "sync later: $?"
        find "$DISK" -name '.unfinished*' | wc -l | sed 's/^ */unfinished later: /'
    "#;
    let Some(ran) = mounted::script(&place, "a full disk", script) else {
        return;
    };
    let ran = ran.code(0);
    assert_eq!(ran.err, "");
    for (label, code) in [
        ("sync:", 1),
        ("screen:", 3),
        ("html:", 2),
        ("page:", 1),
        ("decide:", 1),
        ("decide later:", 0),
        ("doctor later:", 0),
        ("sync later:", 0),
        ("unfinished later:", 0),
    ] {
        assert_eq!(
            lines_of(&ran, label),
            format!("{label} {code}"),
            "{}",
            ran.out
        );
    }
    let found = fs::read_to_string(place.file("found")).unwrap();
    assert!(found.contains("\"user-a:1\""), "{found}");
    let decisions = fs::read_to_string(place.file("decisions")).unwrap();
    let last: serde_json::Value = serde_json::from_str(decisions.lines().last().unwrap()).unwrap();
    assert_eq!(last["reason"], "later");
    assert_eq!(last["on"], TODAY);
    snapshot!("full-disk.txt", place.plain(&ran.out));
}

#[cfg(unix)]
#[test]
fn the_data_directory_is_its_owners_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let place = Place::new();
    sync(&place, "a.jsonl", list(), &[]).code(0);
    for (path, bytes) in place.listing() {
        if !path.starts_with(place.data()) {
            continue;
        }
        let mode = fs::metadata(&path).unwrap().permissions().mode() & 0o777;
        let allowed = if bytes.is_some() { 0o600 } else { 0o700 };
        assert_eq!(mode & !allowed, 0, "{} is {mode:o}", path.display());
    }
    fs::set_permissions(place.data(), fs::Permissions::from_mode(0o755)).unwrap();
    let ran = place.run(["doctor"]).code(1);
    assert!(ran.out.contains("mode 755"), "{}", ran.out);
}

#[cfg(unix)]
#[test]
fn a_name_with_a_line_break_makes_no_line_of_an_error() {
    let place = Place::new();
    let odd = "a\nerror: forged\u{1b}[31m";
    place.write(&format!("{odd}.pdf"), "%PDF-1.7");
    place.write(&format!("{odd}.toml"), "title = 3");
    place.write(&format!("{odd}.csv"), "name\n\"torn\n");
    place.write(&format!("{odd}/x.toml"), "x = 1");
    for arguments in [
        vec!["sync", "--from", &format!("{odd}.pdf")],
        vec!["check", &format!("{odd}.toml")],
        vec!["check", &format!("{odd}.json")],
        vec!["screen", "--file", &format!("{odd}.csv")],
        vec!["screen", "x", "--packs", odd],
        vec!["init", "--yes", &format!("{odd}.toml")],
        vec!["decide", odd, "--stop", "--by", "x", "--reason", "y"],
        vec!["lists", "unread", odd],
        vec!["explain", odd],
        vec!["bundle", "import", odd, "--trust", odd],
        vec!["doctor", "--data", odd],
    ] {
        let ran = place.run_here(&arguments);
        let lines = ran.err.lines();
        let forged = lines.filter(|line| line.starts_with("error: forged"));
        assert_eq!(forged.count(), 0, "{arguments:?}: {}", ran.err);
        assert!(!ran.err.contains('\u{1b}'), "{arguments:?}: {}", ran.err);
        assert!(
            matches!(ran.code, Some(1 | 2)),
            "{arguments:?}: {:?}",
            ran.code
        );
    }
}
