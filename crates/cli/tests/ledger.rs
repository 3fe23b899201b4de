//! The ledger as its users meet it: the owner, the reader of one record, the outsider.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::fs;
use std::io::{Read as _, Write as _};
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::common::{self, Place, example_path, root};

/// A place with a log of so many entries, signed.
fn log_of(entries: usize) -> Place {
    let place = Place::new();
    place
        .run_here(["ledger", "init", "log", "--origin", "log.example/a"])
        .code(0);
    append(&place, 0..entries);
    place
}

fn append(place: &Place, names: std::ops::Range<usize>) {
    let lines: String = names.map(|n| format!("{{\"record\":{n}}}\n")).collect();
    place.write("lines.jsonl", lines);
    place
        .run_here(["ledger", "append", "--ledger", "log", "lines.jsonl"])
        .code(0);
    place
        .run_here(["ledger", "checkpoint", "--ledger", "log"])
        .code(0);
}

fn vkey(place: &Place) -> String {
    fs::read_to_string(place.file("log/log.vkey"))
        .unwrap()
        .trim()
        .to_owned()
}

#[test]
fn the_directory_holds_only_what_may_be_published() {
    let place = log_of(300);
    let mut names: Vec<String> = fs::read_dir(place.file("log"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(names, ["checkpoint", "log.vkey", "tile"]);
    let private = place.data().join("ledger");
    let held: Vec<u8> = place
        .listing()
        .into_iter()
        .filter(|(path, _)| path.starts_with(place.file("log")))
        .filter_map(|(_, bytes)| bytes)
        .flatten()
        .collect();
    for secret in [&b"PRIVATE"[..], b"record"] {
        assert!(!held.windows(secret.len()).any(|bytes| bytes == secret));
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        for (path, bytes) in place.listing() {
            if path.starts_with(&private) {
                let mode = fs::metadata(&path).unwrap().permissions().mode() & 0o777;
                assert_eq!(
                    mode,
                    if bytes.is_some() { 0o600 } else { 0o700 },
                    "{}",
                    path.display()
                );
            }
        }
    }
}

#[test]
fn check_01_python_that_is_not_ours_accepts_log_and_disclosure_and_refuses_what_was_changed() {
    if Command::new("python3").arg("--version").output().is_err() {
        println!("skipped: no python3 here");
        return;
    }
    let place = log_of(700);
    fs::copy(place.file("log/checkpoint"), place.file("earlier")).unwrap();
    append(&place, 700..1000);
    let script = |name: &str| {
        let mut command = Command::new("python3");
        command.arg(root().join("tests/interop").join(name));
        command
    };
    let key = vkey(&place);
    let whole = || {
        script("tlog.py")
            .arg(place.file("log"))
            .arg(&key)
            .arg(place.file("earlier"))
            .output()
            .unwrap()
    };
    let ran = whole();
    assert!(
        ran.status.success(),
        "{}",
        String::from_utf8_lossy(&ran.stdout)
    );
    // The same from a web server, as an outsider has it.
    let (address, cut) = serve(place.file("log"));
    let over_http = || script("tlog.py").arg(&address).arg(&key).output().unwrap();
    let ran = over_http();
    let said = String::from_utf8_lossy(&ran.stdout).into_owned();
    assert!(
        ran.status.success() && said.contains("1000 entries"),
        "{said}"
    );
    cut.store(true, Ordering::SeqCst);
    assert!(!over_http().status.success());
    place
        .run_here(["ledger", "disclose", "42", "--out", "entry.json"])
        .code(0);
    let one = |name: &str| {
        script("disclosure.py")
            .arg(place.file(name))
            .arg(&key)
            .output()
            .unwrap()
    };
    assert!(one("entry.json").status.success());
    let text = fs::read_to_string(place.file("entry.json")).unwrap();
    place.write("changed.json", text.replace("record", "recorD"));
    assert!(!one("changed.json").status.success());
    let path = place.file("log/tile/entries/001");
    let mut bytes = fs::read(&path).unwrap();
    bytes[100] ^= 1;
    fs::write(path, bytes).unwrap();
    assert!(!whole().status.success());
}

#[test]
fn a_reader_checks_a_disclosed_record_without_a_data_directory() {
    let place = log_of(300);
    place
        .run_here(["ledger", "disclose", "7", "--out", "entry.json"])
        .code(0);
    let reader = Place::new();
    fs::copy(place.file("entry.json"), reader.file("entry.json")).unwrap();
    let before = reader.listing();
    let said = reader
        .run_here(["ledger", "verify", "entry.json", "--vkey", &vkey(&place)])
        .code(0)
        .out;
    assert!(
        said.contains("{\"record\":7}") && said.contains("unwitnessed"),
        "{said}"
    );
    // A quorum that the reader asks for and that is not reached leaves it open.
    let witness = scruple_ledger::witness::cosignature::Cosigner::new("w.example", [1; 32]);
    let policy = format!("witness w {}\nquorum w\n", witness.witness());
    reader.write("policy", policy);
    let words = ["ledger", "verify", "entry.json", "--witnesses", "policy"];
    let said = reader.run_here(words).code(4).out;
    assert!(said.contains("unwitnessed"), "{said}");
    fs::remove_file(reader.file("policy")).unwrap();
    // Without the key from elsewhere it says that it took the file's word.
    let said = reader
        .run_here(["ledger", "verify", "entry.json"])
        .code(0)
        .out;
    assert!(said.contains("the file's own word"), "{said}");
    assert_eq!(reader.listing(), before);
    let text = fs::read_to_string(reader.file("entry.json")).unwrap();
    reader.write("changed.json", text.replace("\"index\": 7", "\"index\": 8"));
    let ran = reader
        .run_here(["ledger", "verify", "changed.json"])
        .code(2);
    assert!(ran.err.contains("next: "), "{}", ran.err);
}

#[test]
fn check_53_a_proof_file_is_checked_with_the_key_alone() {
    let place = log_of(300);
    place
        .run_here([
            "ledger",
            "prove",
            "299",
            "--ledger",
            "log",
            "--out",
            "p.tlog-proof",
        ])
        .code(0);
    let reader = Place::new();
    let text = fs::read_to_string(place.file("p.tlog-proof")).unwrap();
    assert!(text.starts_with("c2sp.org/tlog-proof@v1\nextra "));
    reader.write("p.tlog-proof", &text);
    let key = vkey(&place);
    let verify = |name: &str| reader.run_here(["ledger", "verify", name, "--vkey", &key]);
    verify("p.tlog-proof").code(0);
    let hash = text.lines().nth(3).unwrap();
    let other = if hash.starts_with('A') { "B" } else { "A" };
    reader.write(
        "changed",
        text.replace(hash, &format!("{other}{}", &hash[1..])),
    );
    verify("changed").code(2);
    reader
        .run_here(["ledger", "verify", "p.tlog-proof"])
        .code(2);
}

#[test]
fn check_05_and_06_one_bad_line_and_nothing_is_entered() {
    let place = log_of(3);
    let long = |bytes: usize| format!("\"{}\"\n", "x".repeat(bytes - 2));
    place.write("fits.jsonl", long(65_535));
    let append = |name: &str| place.run_here(["ledger", "append", name]);
    append("fits.jsonl").code(0);
    let entries = || {
        place
            .run_here(["ledger", "status", "--json"])
            .code(0)
            .json()["entries"]
            .clone()
    };
    assert_eq!(entries(), 4);
    let bad = [
        long(65_536).into_bytes(),
        b"\xff\xfe\n".to_vec(),
        b"{\"a\":\"\0\"}\n".to_vec(),
        b"\n".to_vec(),
        b"{\"a\":1,\"a\":2}\n".to_vec(),
        b"9007199254740993\n".to_vec(),
        b"{\"religion\":\"x\"}\n".to_vec(),
        b"null\n".to_vec(),
    ];
    let mut all = b"{\"good\":1}\n".to_vec();
    for line in &bad {
        all.extend(line);
    }
    place.write("bad.jsonl", all);
    let ran = append("bad.jsonl").code(2);
    for (number, _) in (2..).zip(&bad) {
        assert!(
            ran.err.contains(&format!("line {number}: ")),
            "{number}: {}",
            ran.err
        );
    }
    assert!(ran.err.contains("nothing was entered") && ran.err.contains("next: "));
    assert_eq!(entries(), 4);
    // A carriage return before the line's end is space, as JSON has it.
    place.write(
        "crlf.jsonl",
        "{\"b\": 2,\r\n\"a\": 1}\r\n".replace(",\r\n", ","),
    );
    let receipt = &place
        .run_here(["ledger", "append", "crlf.jsonl", "--json"])
        .code(0)
        .lines()[0];
    assert_eq!(receipt["hashed"], "{\"a\":1,\"b\":2}");
    assert_eq!(receipt["index"], 4);
}

#[test]
fn check_33_and_35_a_file_appended_twice_gives_the_same_receipts() {
    let place = log_of(0);
    place.write("a.jsonl", "{\"a\":1,\"b\":2}\n{\"c\":3}\n{\"c\":3}\n");
    let append = |name: &str| {
        place
            .run_here(["ledger", "append", name, "--json"])
            .code(0)
            .lines()
    };
    let first = append("a.jsonl");
    assert_eq!(
        first
            .iter()
            .map(|one| one["index"].as_u64())
            .collect::<Vec<_>>(),
        [Some(0), Some(1), Some(2)]
    );
    let again = append("a.jsonl");
    for (one, two) in first.iter().zip(&again) {
        assert_eq!(
            (&one["index"], &one["commitment"]),
            (&two["index"], &two["commitment"])
        );
        assert_eq!(two["known"], true);
    }
    place.write("b.jsonl", "{ \"b\": 2.0, \"a\": 1 }\n");
    assert_eq!(append("b.jsonl")[0]["index"], 0);
}

#[test]
fn check_13_and_54_a_changed_log_ends_with_3_and_a_page_in_plain_words() {
    let place = log_of(1000);
    let audit = |more: &[&str]| {
        let words = ["ledger", "audit", "log"];
        place.run_here(words.iter().chain(more))
    };
    let said = audit(&[]).code(0).out;
    assert!(
        said.contains("unwitnessed") && said.contains("Not shown"),
        "{said}"
    );
    let path = place.file("log/tile/entries/001");
    let mut bytes = fs::read(&path).unwrap();
    bytes[2 + 30] ^= 1;
    fs::write(&path, bytes).unwrap();
    let said = audit(&["--html", "audit.html"]).code(3).out;
    for words in ["tile/entries/001", "entry    256", "A record was changed"] {
        assert!(said.contains(words), "{words}: {said}");
    }
    let page = fs::read_to_string(place.file("audit.html")).unwrap();
    assert!(page.contains("record 256") && page.contains("What to do"));
    let json = audit(&["--json"]).code(3).json();
    assert_eq!(json["verdict"], "broken");
    assert_eq!(json["breaks"][0]["kind"], "changed-entry");
    assert_eq!(json["breaks"][0]["first"], 256);
}

#[test]
fn check_21_a_log_that_shows_less_than_it_did_is_a_rollback() {
    let place = log_of(300);
    let copied = Command::new("cp")
        .arg("-r")
        .arg(place.file("log"))
        .arg(place.file("old"))
        .status();
    assert!(copied.unwrap().success());
    append(&place, 300..310);
    place.run_here(["ledger", "audit", "log"]).code(0);
    fs::remove_dir_all(place.file("log")).unwrap();
    fs::rename(place.file("old"), place.file("log")).unwrap();
    let said = place.run_here(["ledger", "audit", "log"]).code(3).out;
    assert!(said.contains("The log is shorter than it was"), "{said}");
    // And its owner signs nothing over it.
    place.write("more.jsonl", "1\n");
    place.run_here(["ledger", "append", "more.jsonl"]).code(1);
}

#[test]
fn two_logs_with_one_name_and_key_are_a_split_view_that_anybody_can_check() {
    let place = log_of(300);
    for (name, from) in [("one", 300), ("two", 400)] {
        let there = place.file(name);
        fs::create_dir_all(&there).unwrap();
        for part in ["log", "home"] {
            let copied = Command::new("cp")
                .arg("-r")
                .arg(place.file(part))
                .arg(&there)
                .status();
            assert!(copied.unwrap().success());
        }
        place.write("more.jsonl", format!("{from}\n"));
        let data = there.join("home/scruple");
        let log = there.join("log");
        for words in [vec!["append", "more.jsonl"], vec!["checkpoint"]] {
            let mut command = place.command();
            command.current_dir(place.path()).arg("ledger").args(words);
            command.arg("--ledger").arg(&log).arg("--data").arg(&data);
            common::Ran::of(command.output().unwrap()).code(0);
        }
    }
    let said = place
        .run_here(["ledger", "audit", "one/log", "--with", "two/log/checkpoint"])
        .code(3)
        .out;
    assert!(
        said.contains("Two different histories of this log were signed"),
        "{said}"
    );
    assert_eq!(said.matches("    | log.example/a").count(), 2);
}

/// Serves a directory over HTTP, at the address given. Once the switch is on, bundles of
/// entries break off in the middle.
fn serve(log: std::path::PathBuf) -> (String, Arc<AtomicBool>) {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let cut = Arc::new(AtomicBool::new(false));
    let cutting = cut.clone();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let head = head_of(&mut stream);
            let path = head.split(' ').nth(1).unwrap_or("/");
            let path = path.trim_start_matches('/').to_owned();
            let (status, body) = match fs::read(log.join(&path)) {
                Ok(body) => ("200 OK", body),
                Err(_) => ("404 Not Found", Vec::new()),
            };
            let _ = write!(
                stream,
                "HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
                body.len()
            );
            let is_cut = cutting.load(Ordering::SeqCst) && path.starts_with("tile/entries");
            let shown = if is_cut { body.len() / 2 } else { body.len() };
            let _ = stream.write_all(&body[..shown]);
        }
    });
    (address, cut)
}

fn head_of(stream: &mut std::net::TcpStream) -> String {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") && stream.read(&mut byte).unwrap_or(0) == 1 {
        head.push(byte[0]);
    }
    String::from_utf8_lossy(&head).into_owned()
}

#[test]
fn a_log_over_http_is_audited_and_one_that_is_cut_off_is_not_taken_for_sound() {
    let place = log_of(300);
    let (address, cut) = serve(place.file("log"));
    let said = place.run_here(["ledger", "audit", &address]).code(0).out;
    assert!(said.contains("300 entries signed, 300 read"), "{said}");
    cut.store(true, Ordering::SeqCst);
    let said = place.run_here(["ledger", "audit", &address]).code(4).out;
    assert!(
        said.contains("A file could not be fetched") && said.contains("tile/entries/000"),
        "{said}"
    );
    place
        .run_here(["ledger", "audit", "http://log.example/"])
        .code(2);
    place
        .run_here(["ledger", "audit", "no-such-directory"])
        .code(2);
}

#[test]
#[cfg(unix)]
fn check_51_a_key_that_others_can_read_stops_every_command_that_signs() {
    use std::os::unix::fs::PermissionsExt as _;
    let place = log_of(3);
    let folder = fs::read_dir(place.data().join("ledger"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .find(|path| path.is_dir())
        .unwrap();
    fs::set_permissions(folder.join("key"), fs::Permissions::from_mode(0o644)).unwrap();
    for command in ["checkpoint", "tick", "status", "rotate"] {
        let ran = place.run_here(["ledger", command]).code(2);
        assert!(
            ran.err.contains("mode 644") && ran.err.contains("chmod 600"),
            "{}",
            ran.err
        );
    }
}

#[test]
fn check_34_fifty_programs_at_once_leave_no_gap_and_enter_nothing_twice() {
    let place = log_of(1);
    let children: Vec<_> = (0..50)
        .map(|n| {
            // Twenty-five files, each from two programs.
            let name = format!("one-{}.jsonl", n % 25);
            place.write(&name, format!("{{\"program\":{}}}\n", n % 25));
            let mut command = place.command();
            command
                .current_dir(place.path())
                .args(["ledger", "append", &name])
                .stdout(std::process::Stdio::null());
            command.spawn().unwrap()
        })
        .collect();
    for mut child in children {
        assert!(child.wait().unwrap().success());
    }
    place.run_here(["ledger", "checkpoint"]).code(0);
    let status = place
        .run_here(["ledger", "status", "--json"])
        .code(0)
        .json();
    assert_eq!(
        (&status["signed"], &status["entries"]),
        (&26.into(), &26.into())
    );
    place.run_here(["ledger", "audit", "log"]).code(0);
}

#[test]
fn a_log_is_made_below_a_data_directory_that_is_named_from_here_and_new() {
    let place = Place::new();
    place
        .run_here(["--data", "new", "ledger", "init", "log"])
        .code(0);
    assert!(place.file("new/ledger").is_dir());
}

#[test]
fn a_program_killed_at_any_moment_leaves_a_log_that_goes_on() {
    let place = log_of(10);
    let lines: String = (0..3_000)
        .map(|n| format!("{{\"killed\":{n}}}\n"))
        .collect();
    place.write("many.jsonl", lines);
    for delay in [1, 5, 20, 40, 60, 90, 130, 200] {
        for words in [
            ["ledger", "append", "many.jsonl"],
            ["ledger", "checkpoint", "--ledger=log"],
        ] {
            let mut command = place.command();
            command
                .current_dir(place.path())
                .args(words)
                .stdout(std::process::Stdio::null());
            let mut child = command.spawn().unwrap();
            std::thread::sleep(std::time::Duration::from_millis(delay));
            let _ = child.kill();
            child.wait().unwrap();
            place.run_here(["ledger", "audit", "log"]).code(0);
        }
    }
    place.run_here(["ledger", "append", "many.jsonl"]).code(0);
    place.run_here(["ledger", "checkpoint"]).code(0);
    place.run_here(["ledger", "audit", "log"]).code(0);
    assert_eq!(
        place
            .run_here(["ledger", "status", "--json"])
            .code(0)
            .json()["signed"],
        3_010
    );
}

#[test]
fn a_decision_waits_for_its_hour_and_comes_out_among_others() {
    let place = log_of(0);
    let brief = place.brief("firewall");
    let brief = brief.to_str().unwrap();
    let decide = [
        "decide",
        brief,
        "--proceed",
        "--by",
        "AB",
        "--reason",
        "asked and answered",
    ];
    let said = place.run(decide).code(0).out;
    assert!(said.contains("waits for the log log.example/a"), "{said}");
    let status = |place: &Place| place.run(["ledger", "status", "--json"]).code(0).json();
    assert_eq!(
        (&status(&place)["waiting"], &status(&place)["entries"]),
        (&1.into(), &0.into())
    );
    let ticked = place
        .run_on("2026-11-23", ["ledger", "tick", "--json"])
        .code(0)
        .json();
    assert_eq!(
        (&ticked["released"], &ticked["size"]),
        (&true.into(), &16.into())
    );
    assert_eq!(status(&place)["waiting"], 0);
    // The decision is one of the sixteen; its file appended later is known.
    let file = place.file("brief.decisions.jsonl");
    let receipt = &place
        .run(["ledger", "append", file.to_str().unwrap(), "--json"])
        .code(0)
        .lines()[0];
    assert_eq!(receipt["known"], true);
    let shown = place
        .run(["ledger", "show", &receipt["index"].to_string()])
        .code(0)
        .out;
    assert!(shown.contains("asked and answered"), "{shown}");
}

#[test]
fn lists_taken_in_are_committed_to_once() {
    let place = log_of(0);
    let line = r#"{"id":"a","schema":"Company","properties":{"name":["Northgate Vision"]}}"#;
    place.write("own.jsonl", format!("{line}\n"));
    let from = place.file("own.jsonl");
    let sync = [
        "sync",
        "--from",
        from.to_str().unwrap(),
        "--dated",
        "2026-11-01",
    ];
    let said = place.run(sync).code(0).out;
    assert!(said.contains("entry 0 of the log log.example/a"), "{said}");
    place.run(sync).code(0);
    let status = place.run(["ledger", "status", "--json"]).code(0).json();
    assert_eq!(status["entries"], 1);
}

#[test]
fn a_log_that_cannot_be_written_to_undoes_no_decision() {
    let place = log_of(0);
    let brief = place.brief("firewall");
    fs::remove_dir_all(place.file("log")).unwrap();
    place.write("log/log.vkey", "other.example+00000000+AAAA\n");
    let ran = place
        .run([
            "decide",
            brief.to_str().unwrap(),
            "--stop",
            "--by",
            "AB",
            "--reason",
            "no answer",
        ])
        .code(1);
    assert!(ran.err.contains("the decision is written"), "{}", ran.err);
    let kept = fs::read_to_string(place.file("brief.decisions.jsonl")).unwrap();
    assert!(kept.contains("no answer"));
    assert!(example_path("firewall").ends_with(".toml"));
}

/// A witness that answers every checkpoint with one status and body.
fn witness(status: &'static str, body: &'static str) -> String {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let head = head_of(&mut stream).to_lowercase();
            let length = head.split("content-length: ").nth(1).unwrap_or("0");
            let length: usize = length.lines().next().unwrap_or("0").parse().unwrap_or(0);
            let mut asked = vec![0; length];
            let _ = stream.read_exact(&mut asked);
            let _ = write!(
                stream,
                "HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
                body.len()
            );
        }
    });
    address
}

#[test]
fn check_25_a_witness_that_knows_another_state_is_an_alarm_that_the_operator_sees() {
    let key = scruple_ledger::witness::cosignature::Cosigner::new("w.example", [1; 32]);
    let key = key.witness();
    for (status, body, code, told) in [
        ("422 Unprocessable Entity", "", 0, "ALARM"),
        ("409 Conflict", "900\n", 0, "ALARM"),
        ("404 Not Found", "", 0, "does not know this log"),
        ("200 OK", "no signature\n", 0, "no signature that counts"),
    ] {
        let place = Place::new();
        let policy = format!("witness w {key} {}\nquorum w\n", witness(status, body));
        place.write("policy", policy);
        let init = ["ledger", "init", "log", "--witnesses", "policy"];
        place.run_here(init).code(0);
        place.write("a.jsonl", "1\n");
        place.run_here(["ledger", "append", "a.jsonl"]).code(0);
        let ran = place.run_here(["ledger", "checkpoint"]).code(code);
        assert!(ran.out.contains(told), "{status}: {}", ran.out);
        assert!(ran.out.contains("unwitnessed"), "{}", ran.out);
        // From then on a witness that is ahead keeps the log from signing anything new.
        place.write("b.jsonl", "2\n");
        place.run_here(["ledger", "append", "b.jsonl"]).code(0);
        let code = if status.starts_with("409") { 1 } else { 0 };
        let ran = place.run_here(["ledger", "checkpoint"]).code(code);
        assert_eq!(
            ran.err.contains("has seen 900 entries"),
            code == 1,
            "{}",
            ran.err
        );
    }
}

#[test]
fn check_41_a_time_zone_of_the_machine_changes_nothing() {
    let place = log_of(3);
    place
        .run_here(["ledger", "disclose", "1", "--out", "entry.json"])
        .code(0);
    let told = |zone: Option<&str>| -> Vec<String> {
        let all = [
            &["ledger", "verify", "entry.json"][..],
            &["ledger", "show", "1"],
            &["ledger", "status"],
            &["ledger", "audit", "log", "--json"],
        ];
        all.iter()
            .map(|words| {
                let mut command = place.command();
                command.current_dir(place.path()).args(*words);
                command.envs(zone.map(|zone| ("TZ", zone)));
                common::Ran::of(command.output().unwrap()).code(0).out
            })
            .collect()
    };
    told(None);
    let here = told(None);
    assert!(here[1].contains(" UTC"), "{}", here[1]);
    for zone in [
        "Pacific/Kiritimati",
        "America/New_York",
        "right/UTC",
        ":/nowhere",
    ] {
        assert_eq!(told(Some(zone)), here, "{zone}");
    }
}

#[test]
fn a_duty_that_nobody_did_is_entered_by_tick() {
    let place = log_of(0);
    let add = [
        "ledger",
        "duty",
        "add",
        "owners",
        "ask for the owners",
        "--due",
        "2026-11-25",
    ];
    place.run(add).code(0);
    assert!(
        !place
            .run_on("2026-11-25", ["ledger", "tick"])
            .code(0)
            .out
            .contains("Not done")
    );
    let said = place.run_on("2026-11-26", ["ledger", "tick"]).code(0).out;
    assert!(
        said.contains("Not done by 2026-11-25: ask for the owners"),
        "{said}"
    );
    let list = place
        .run_on("2026-11-26", ["ledger", "duty", "list"])
        .code(0)
        .out;
    assert!(list.contains("not done, and its day is over"), "{list}");
    assert!(
        !place
            .run_on("2026-11-27", ["ledger", "tick"])
            .code(0)
            .out
            .contains("Not done")
    );
}

#[test]
fn whoever_remembers_the_old_key_follows_to_the_new_one() {
    let place = log_of(10);
    let old = vkey(&place);
    place.run_here(["ledger", "audit", "log"]).code(0);
    place
        .run_here([
            "ledger",
            "disclose",
            "7",
            "--ledger",
            "log",
            "--out",
            "before.json",
        ])
        .code(0);
    place
        .run_here(["ledger", "rotate", "--ledger", "log"])
        .code(0);
    append(&place, 10..20);
    assert_ne!(vkey(&place), old);
    let said = place
        .run_here(["ledger", "audit", "log", "--vkey", &old])
        .code(0)
        .out;
    assert!(said.contains("Keys that followed each other"), "{said}");
    place.run_here(["ledger", "audit", "log"]).code(0);
    // A disclosed entry says it too; one from before the change says where to get a new one.
    let disclose = ["ledger", "disclose", "7", "--ledger", "log", "--out"];
    place
        .run_here(disclose.into_iter().chain(["entry.json"]))
        .code(0);
    let said = place
        .run_here(["ledger", "verify", "entry.json", "--vkey", &old])
        .code(0)
        .out;
    assert!(
        said.contains("follows it") && said.contains(&vkey(&place)),
        "{said}"
    );
    let ran = place
        .run_here(["ledger", "verify", "before.json", "--vkey", "log/log.vkey"])
        .code(2);
    assert!(ran.err.contains("ask for a new file"), "{}", ran.err);
    // Without the old key's word it is another log.
    fs::remove_dir_all(place.file("log/handover")).unwrap();
    let said = place
        .run_here(["ledger", "audit", "log", "--vkey", &old])
        .code(3)
        .out;
    assert!(said.contains("another key"), "{said}");
}

#[test]
fn a_key_may_come_from_a_command() {
    let place = log_of(1);
    let folder = fs::read_dir(place.data().join("ledger"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .find(|path| path.is_dir())
        .unwrap();
    // A key made elsewhere, in a file of its own.
    let key = place.file("elsewhere.key");
    fs::rename(folder.join("key"), &key).unwrap();
    place.run_here(["ledger", "status"]).code(2);
    let other = Place::new();
    let command = format!("cat {}", key.display());
    other
        .run_here(["ledger", "init", "log", "--key-command", &command])
        .code(0);
    assert!(
        fs::read_to_string(other.file("log/log.vkey"))
            .unwrap()
            .starts_with("log.example/a+")
    );
    other.write("a.jsonl", "1\n");
    let run = |words: &[&str]| {
        let mut started = other.command();
        started
            .current_dir(other.path())
            .env("PATH", "/usr/bin:/bin")
            .args(words);
        common::Ran::of(started.output().unwrap())
    };
    run(&["ledger", "append", "a.jsonl"]).code(0);
    run(&["ledger", "checkpoint"]).code(0);
    fs::remove_file(key).unwrap();
    run(&["ledger", "checkpoint"]).code(2);
}

#[test]
fn nothing_the_ledger_prints_is_a_verdict_on_anybody() {
    let place = log_of(300);
    let mut all = String::new();
    for words in [
        &["ledger", "audit", "log", "--html", "page.html"][..],
        &["ledger", "status"],
        &["ledger", "tick"],
        &["ledger", "show", "3"],
        &["ledger", "--help"],
        &["ledger", "audit", "--help"],
    ] {
        all.push_str(&place.run_here(words).code(0).out);
    }
    all.push_str(&fs::read_to_string(place.file("page.html")).unwrap());
    let all = all.to_lowercase();
    for word in ["cleared", " safe", "approved", "guilty", "clean party"] {
        assert!(!all.contains(word), "{word}");
    }
}
