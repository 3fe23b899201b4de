//! `scruple assess` in a terminal: a pseudo-terminal plays the screen and the keys.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::fs::{self, File};
use std::io::{Read as _, Write as _};
use std::path::Path;
use std::process::{Child, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use crate::common::{Place, root};
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{Winsize, tcsetwinsize};

/// A program at work in a terminal of its own.
struct Terminal {
    child: Child,
    keys: File,
    screen: Receiver<Vec<u8>>,
    seen: Vec<u8>,
}

impl Terminal {
    fn new(place: &Place, arguments: &[&str], columns: u16, colour: bool) -> Self {
        let master = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
        grantpt(&master).unwrap();
        unlockpt(&master).unwrap();
        let size = Winsize {
            ws_row: 40,
            ws_col: columns,
            ws_xpixel: 0,
            ws_ypixel: 0,
        };
        tcsetwinsize(&master, size).unwrap();
        let name = ptsname(&master, Vec::new()).unwrap();
        let slave = File::options()
            .read(true)
            .write(true)
            .open(Path::new(name.to_str().unwrap()))
            .unwrap();
        let mut command = place.command();
        command
            .args(arguments)
            .env("TERM", "xterm")
            .stdin(Stdio::from(slave.try_clone().unwrap()))
            .stdout(Stdio::from(slave.try_clone().unwrap()))
            .stderr(Stdio::from(slave));
        if !colour {
            command.env("NO_COLOR", "1");
        }
        let child = command.spawn().unwrap();
        // The command holds the other end open; only the program may.
        drop(command);
        let keys = File::from(master);
        let mut reader = keys.try_clone().unwrap();
        let (send, screen) = channel();
        std::thread::spawn(move || {
            let mut bytes = [0; 4096];
            // The end of a terminal is an error on some systems.
            while let Ok(read @ 1..) = reader.read(&mut bytes) {
                if send.send(bytes[..read].to_vec()).is_err() {
                    break;
                }
            }
        });
        Self {
            child,
            keys,
            screen,
            seen: Vec::new(),
        }
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&self.seen).replace('\r', "")
    }

    /// Waits until `text` is on the screen. The time is for a program that hangs.
    #[track_caller]
    fn shows(&mut self, text: &str) {
        while !self.text().contains(text) {
            match self.screen.recv_timeout(Duration::from_secs(60)) {
                Ok(bytes) => self.seen.extend(bytes),
                Err(why) => panic!("no {text} ({why}): {}", self.text()),
            }
        }
    }

    fn types(&mut self, keys: impl AsRef<[u8]>) {
        self.keys.write_all(keys.as_ref()).unwrap();
    }

    fn ends(mut self) -> (ExitStatus, String) {
        while let Ok(bytes) = self.screen.recv_timeout(Duration::from_secs(60)) {
            self.seen.extend(bytes);
        }
        assert!(!matches!(
            self.screen.recv_timeout(Duration::from_millis(1)),
            Err(RecvTimeoutError::Timeout)
        ));
        let text = self.text();
        (self.child.wait().unwrap(), text)
    }
}

fn deal(place: &Place) -> String {
    let text = fs::read_to_string(root().join("examples/cameras.toml")).unwrap();
    place.write("deal.toml", text).to_str().unwrap().to_owned()
}

#[test]
fn questions_are_asked_the_most_deciding_first_and_the_answers_used() {
    let place = Place::new();
    let deal = deal(&place);
    let mut terminal = Terminal::new(&place, &["assess", &deal], 100, false);
    terminal.shows("Whose answers are these");
    terminal.types("Human-rights function\n");
    terminal.shows("1 of ");
    terminal.shows("Does it sort, flag or report people");
    terminal.types("yes\n");
    terminal.shows("a number from 1 to");
    terminal.types("3\n");
    terminal.shows("What shows it?");
    terminal.types("2\n");
    terminal.shows("Which text, page or document?");
    terminal.types("Data sheet 4\n");
    terminal.shows("2 of ");
    terminal.types("\n");
    terminal.shows("3 of ");
    terminal.types("q\n");
    let (status, text) = terminal.ends();
    assert_eq!(status.code(), Some(3), "{text}");
    assert!(text.contains("1 answer kept in "), "{text}");
    assert!(text.contains("DO NOT GO ON"), "{text}");
    assert!(!text.contains('\u{1b}'), "NO_COLOR: {text}");
    let kept = fs::read_to_string(place.file("deal.answers.toml")).unwrap();
    for line in [
        "question = \"q.groups-singled-out\"",
        "value = \"no\"",
        "word = \"document\"",
        "why = \"Data sheet 4\"",
        "by = \"Human-rights function\"",
        "on = \"2026-11-22\"",
    ] {
        assert!(kept.contains(line), "{line}: {kept}");
    }
}

#[test]
fn whoever_is_interrupted_has_lost_nothing_and_is_not_asked_twice() {
    let place = Place::new();
    let deal = deal(&place);
    let mut terminal = Terminal::new(&place, &["assess", &deal], 100, false);
    terminal.shows("Whose answers are these");
    terminal.types("Sales\n");
    terminal.shows("1 of ");
    terminal.types("1\n");
    terminal.shows("2 of ");
    let child = rustix::process::Pid::from_child(&terminal.child);
    // Not INT, as Ctrl-C sends: whatever runs in the background is born deaf to it.
    rustix::process::kill_process(child, rustix::process::Signal::TERM).unwrap();
    let (status, _) = terminal.ends();
    assert_eq!(status.code(), None, "a signal ends it");
    let path = place.file("deal.answers.toml");
    let kept = fs::read_to_string(&path).unwrap();
    assert!(kept.contains("q.groups-singled-out"), "{kept}");
    assert_eq!(place.listing().len(), 2, "no unfinished file is left");

    // Without the file it does not go on, and says how it would.
    let ran = place.run(["assess", &deal]).code(3);
    assert!(ran.err.is_empty());
    let path = path.to_str().unwrap();
    let again = ["assess", &deal, "--answers", path];
    let mut terminal = Terminal::new(&place, &again, 100, false);
    terminal.shows("Whose answers are these");
    terminal.types("Sales\n");
    terminal.shows("1 of ");
    // Ctrl-D is the end of input.
    terminal.types([4]);
    let (status, text) = terminal.ends();
    assert_eq!(status.code(), Some(3), "{text}");
    assert!(!text.contains("Does it sort, flag or report"), "{text}");
    assert!(
        text.contains("Nothing was answered, and nothing written."),
        "{text}"
    );
    assert_eq!(fs::read_to_string(path).unwrap(), kept);
}

#[test]
fn an_answer_that_was_too_weak_is_replaced_and_not_contradicted() {
    let place = Place::new();
    let deal = deal(&place);
    let hash = scruple_model::hash::sha256(&fs::read(&deal).unwrap());
    let answers = place.write(
        "mine.toml",
        format!(
            "# kept by hand\ndeal = \"{hash}\"\n[[answer]]\nquestion = \"q.groups-singled-out\"\n\
             value = \"no\" # said on the telephone\n"
        ),
    );
    let answers = answers.to_str().unwrap();
    let all = ["assess", &deal, "--answers", answers];
    let mut terminal = Terminal::new(&place, &all, 100, false);
    terminal.shows("Whose answers are these");
    terminal.types("Engineering\n");
    terminal.shows("answered, but only on");
    terminal.types("1\n");
    terminal.shows("2 of ");
    terminal.types("q\n");
    let (status, text) = terminal.ends();
    assert_eq!(status.code(), Some(3), "{text}");
    let kept = fs::read_to_string(answers).unwrap();
    assert!(kept.starts_with("# kept by hand\n"), "{kept}");
    assert!(kept.contains("value = \"yes\""), "{kept}");
    assert_eq!(kept.matches("[[answer]]").count(), 1, "{kept}");
}

#[test]
fn a_narrow_terminal_and_bytes_that_are_no_text_are_met() {
    let place = Place::new();
    let deal = deal(&place);
    let mut terminal = Terminal::new(&place, &["assess", &deal], 60, true);
    terminal.shows("Whose answers are these");
    terminal.types(b"\xff\xfe\xe4\n");
    terminal.shows("not text in UTF-8");
    terminal.types("Legal\n");
    terminal.shows("1 of ");
    terminal.types("1\n");
    terminal.shows("2 of ");
    terminal.types("q\n");
    let (status, text) = terminal.ends();
    assert_eq!(status.code(), Some(3), "{text}");
    assert!(text.contains('\u{1b}'), "colour where nobody forbids it");
    let plain = strip(&text);
    let wide = plain
        .lines()
        .filter(|line| !line.contains(place.path().to_str().unwrap()))
        .find(|line| unicode(line) > 60);
    assert_eq!(wide, None);
}

/// Without the sequences for colour.
fn strip(text: &str) -> String {
    let mut plain = String::new();
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        if letter == '\u{1b}' {
            letters.by_ref().find(|one| one.is_ascii_alphabetic());
        } else {
            plain.push(letter);
        }
    }
    plain
}

/// Columns: a Chinese character takes two.
fn unicode(line: &str) -> usize {
    line.chars()
        .map(|c| if c >= '\u{2e80}' { 2 } else { 1 })
        .sum()
}

#[test]
fn where_nobody_sits_nothing_is_asked() {
    let place = Place::new();
    let deal = deal(&place);
    let ran = place.run_with(b"Legal\n1\n1\n", ["assess", &deal]).code(3);
    assert!(!ran.out.contains("Whose answers"), "{}", ran.out);
    assert!(!place.file("deal.answers.toml").exists());
}
