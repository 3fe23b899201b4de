//! Downloads from a listener on this machine that misbehaves in every way known.
//!
//! No test sleeps between attempts (the caller's `Pace` only records), and none is
//! decided by a clock beyond limits of a second or two.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::fs;
use std::io::{BufRead as _, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use scruple_sync::web::{
    Download, Expects, FetchError, FetchFault, FetchedSet, Fetcher, Known, Outcome, Pace, Part,
    Progress, PublisherBody, Roots, Settings, Wanted, WebLimits, fetch_set,
};

const LIST: &str = "<?xml version=\"1.0\"?><list><entry>Nordic Iris Systems AB</entry></list>";

/// What a connection asked: its number, from 0, and the lines of its head.
struct Asked {
    number: usize,
    head: Vec<String>,
}

/// Answers one connection; stops where the flag says that the test is over.
type Answer = dyn Fn(&Asked, &mut TcpStream, &AtomicBool) + Send + Sync;

/// Answers each connection once, records what was asked, and ends with the test.
struct Server {
    port: u16,
    asked: Arc<Mutex<Vec<Vec<String>>>>,
    over: Arc<AtomicBool>,
}

impl Server {
    fn new(answer: impl Fn(&Asked, &mut TcpStream, &AtomicBool) + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let asked: Arc<Mutex<Vec<Vec<String>>>> = Arc::default();
        let over = Arc::new(AtomicBool::new(false));
        let answer: Arc<Answer> = Arc::new(answer);
        let (record, stop) = (asked.clone(), over.clone());
        thread::spawn(move || {
            for (number, stream) in listener.incoming().enumerate() {
                if stop.load(Ordering::SeqCst) {
                    return;
                }
                let mut stream = stream.unwrap();
                let head: Vec<String> = BufReader::new(stream.try_clone().unwrap())
                    .lines()
                    .map_while(Result::ok)
                    .take_while(|line| !line.is_empty())
                    .collect();
                record.lock().unwrap().push(head.clone());
                let asked = Asked { number, head };
                let (answer, stop) = (answer.clone(), stop.clone());
                thread::spawn(move || answer(&asked, &mut stream, &stop));
            }
        });
        Self { port, asked, over }
    }

    /// Always the same bytes, whoever asks.
    fn always(bytes: impl Into<Vec<u8>>) -> Self {
        let bytes = bytes.into();
        Self::new(move |_, stream, _| say(stream, &bytes))
    }

    /// One answer after another; the last one stays.
    fn in_turn(answers: Vec<String>) -> Self {
        Self::new(move |asked, stream, _| {
            say(
                stream,
                answers[asked.number.min(answers.len() - 1)].as_bytes(),
            );
        })
    }

    fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    fn asked(&self) -> Vec<Vec<String>> {
        self.asked.lock().unwrap().clone()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.over.store(true, Ordering::SeqCst);
        // Wakes the listener so that its thread can end.
        let _ = TcpStream::connect(("127.0.0.1", self.port));
    }
}

/// The other side may have gone away: that is its right.
fn say(stream: &mut TcpStream, bytes: &[u8]) {
    let _ = stream.write_all(bytes);
    let _ = stream.flush();
}

fn answer(status: &str, headers: &str, body: &str) -> String {
    let length = body.len();
    format!("HTTP/1.1 {status}\r\nContent-Length: {length}\r\n{headers}\r\n{body}")
}

/// Records waits instead of waiting; draws always the shortest, so that what is
/// recorded is what a publisher asked for.
#[derive(Default)]
struct Record {
    waits: Vec<Duration>,
}

impl Pace for Record {
    fn random(&mut self) -> u64 {
        0
    }

    fn wait(&mut self, time: Duration) {
        self.waits.push(time);
    }
}

fn limits() -> WebLimits {
    WebLimits {
        connect: Duration::from_secs(2),
        read: Duration::from_secs(2),
        total: Duration::from_secs(2),
        attempts: 1,
        ..WebLimits::default()
    }
}

fn fetcher(limits: WebLimits) -> Fetcher {
    Fetcher::on_loopback_for_tests(&Settings {
        limits,
        user_agent: "scruple/test".to_owned(),
        proxy: None,
    })
    .unwrap()
}

struct Try {
    limits: WebLimits,
    known: Known,
    hosts: Vec<String>,
    expects: Expects,
    max_bytes: u64,
}

impl Default for Try {
    fn default() -> Self {
        Self {
            limits: limits(),
            known: Known::default(),
            hosts: Vec::new(),
            expects: Expects::Xml,
            max_bytes: 1 << 20,
        }
    }
}

impl Try {
    fn attempts(attempts: u32) -> Self {
        Self {
            limits: WebLimits {
                attempts,
                ..limits()
            },
            ..Self::default()
        }
    }

    /// Fetches, and sees that a failure leaves nothing behind.
    fn fetch(&self, url: &str) -> (Result<String, FetchError>, Record) {
        let folder = tempfile::tempdir().unwrap();
        let mut pace = Record::default();
        let outcome = self.download(url, folder.path(), &mut pace, &mut |_| {});
        let text = outcome.map(|outcome| match outcome {
            Outcome::NotModified => "not modified".to_owned(),
            Outcome::New(file) => read(&file),
        });
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
        (text, pace)
    }

    fn download(
        &self,
        url: &str,
        folder: &Path,
        pace: &mut Record,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Outcome, FetchError> {
        let fetcher = fetcher(self.limits);
        let part = Part {
            name: "list.xml".to_owned(),
            url: fetcher.address(url).unwrap(),
            expects: self.expects,
        };
        let wanted = Wanted {
            part: &part,
            redirect_hosts: &self.hosts,
            max_bytes: self.max_bytes,
            known: &self.known,
            folder,
        };
        fetcher.fetch(&wanted, pace, progress)
    }

    fn fault(&self, url: &str) -> FetchFault {
        let error = self.fetch(url).0.unwrap_err();
        let text = error.to_string();
        assert!(text.contains("; next: "), "{text}");
        assert!(text.starts_with("http://"), "{text}");
        error.fault
    }
}

fn read(file: &Download) -> String {
    let text = fs::read_to_string(&file.path).unwrap();
    assert_eq!(text.len() as u64, file.bytes);
    text
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn with_gzip(body: &[u8]) -> Vec<u8> {
    let head = format!(
        "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    [head.as_bytes(), body].concat()
}

#[test]
fn a_file_comes_with_what_to_send_back_next_time() {
    let server = Server::always(answer(
        "200 OK",
        "ETag: \"v1\"\r\nLast-Modified: Fri, 20 Nov 2026 10:00:00 GMT\r\n",
        LIST,
    ));
    let folder = tempfile::tempdir().unwrap();
    let mut seen = Vec::new();
    let outcome = Try::default()
        .download(
            &server.url("/l.xml"),
            folder.path(),
            &mut Record::default(),
            &mut |now| {
                seen.push(now);
            },
        )
        .unwrap();
    let Outcome::New(file) = outcome else {
        panic!("{outcome:?}")
    };
    assert_eq!(read(&file), LIST);
    assert_eq!(file.known.etag.as_deref(), Some("\"v1\""));
    assert_eq!(
        file.known.last_modified.as_deref(),
        Some("Fri, 20 Nov 2026 10:00:00 GMT")
    );
    let whole = LIST.len() as u64;
    assert_eq!(
        seen.last(),
        Some(&Progress {
            got: whole,
            total: Some(whole)
        })
    );
    drop(file);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

/// What `docs/sync.md` says is sent, is sent, and nothing else.
#[test]
fn a_request_says_this_and_nothing_more() {
    let server = Server::always(answer("200 OK", "", LIST));
    let known = Known {
        etag: Some("\"v1\"".to_owned()),
        last_modified: Some("Fri, 20 Nov 2026 10:00:00 GMT".to_owned()),
    };
    let once = Try {
        known,
        ..Try::default()
    };
    once.fetch(&server.url("/l.xml?token=x")).0.unwrap();
    let mut asked = server.asked().remove(0);
    assert_eq!(asked.remove(0), "GET /l.xml?token=x HTTP/1.1");
    let page = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/sync.md");
    let page = fs::read_to_string(page).unwrap().to_ascii_lowercase();
    for line in &asked {
        let name = line.split(':').next().unwrap().to_ascii_lowercase();
        assert!(page.contains(&format!("`{name}`")), "docs/sync.md: {name}");
    }
    let mut asked: Vec<String> = asked
        .iter()
        .map(|line| {
            let (name, value) = line.split_once(": ").unwrap();
            format!("{}: {value}", name.to_ascii_lowercase())
        })
        .collect();
    asked.sort();
    assert_eq!(
        asked,
        [
            "accept-encoding: gzip".to_owned(),
            "accept: */*".to_owned(),
            format!("host: 127.0.0.1:{}", server.port),
            "if-modified-since: Fri, 20 Nov 2026 10:00:00 GMT".to_owned(),
            "if-none-match: \"v1\"".to_owned(),
            "user-agent: scruple/test".to_owned(),
        ]
    );
}

#[test]
fn an_unchanged_file_is_not_sent_again() {
    let server = Server::always("HTTP/1.1 304 Not Modified\r\nETag: \"v1\"\r\n\r\n");
    let known = Known {
        etag: Some("\"v1\"".to_owned()),
        last_modified: None,
    };
    let once = Try {
        known,
        ..Try::default()
    };
    assert_eq!(once.fetch(&server.url("/")).0.unwrap(), "not modified");
    // Who sent no condition cannot be told that nothing changed.
    let fault = Try::default().fault(&server.url("/"));
    assert!(matches!(fault, FetchFault::Status(304)), "{fault:?}");
}

#[test]
fn a_tag_that_would_break_the_request_is_not_sent() {
    let server = Server::always(answer("200 OK", "", LIST));
    let once = Try {
        known: Known {
            etag: Some("a\r\nHost: evil".to_owned()),
            last_modified: None,
        },
        ..Try::default()
    };
    let fault = once.fault(&server.url("/"));
    assert!(matches!(fault, FetchFault::BadCondition), "{fault:?}");
    assert!(server.asked().is_empty());
}

#[test]
fn chunked_answers_and_answers_without_a_length_come_whole() {
    let (first, second) = LIST.split_at(10);
    let chunked = format!(
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{:x}\r\n{first}\r\n{:x}\r\n{second}\r\n0\r\n\r\n",
        first.len(),
        second.len()
    );
    let until_closed = format!("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{LIST}");
    for bytes in [chunked, until_closed] {
        let server = Server::always(bytes);
        assert_eq!(Try::default().fetch(&server.url("/")).0.unwrap(), LIST);
    }
}

#[test]
fn an_answer_that_stops_short_is_no_list() {
    let half = &LIST[..LIST.len() / 2];
    let cut = format!(
        "HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{half}",
        LIST.len()
    );
    let no_end = format!(
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{:x}\r\n{half}\r\n",
        half.len()
    );
    let in_a_chunk = format!("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\n{half}");
    for bytes in [cut, no_end, in_a_chunk] {
        let server = Server::always(bytes.clone());
        let fault = Try::default().fault(&server.url("/"));
        let FetchFault::CutOff { got, announced } = fault else {
            panic!("{bytes}: {fault:?}")
        };
        assert_eq!(got, half.len() as u64);
        assert!(announced.is_none_or(|announced| announced == LIST.len() as u64));
    }
}

/// The end of a connection looks the same whoever brought it about. XML, JSON, workbooks
/// and gzip have an end of their own; lines of text have none.
#[test]
fn a_text_whose_end_nobody_announced_is_refused() {
    let text = "Name\tCity\nNordic Iris Systems AB\tLund\n";
    let head = "HTTP/1.1 200 OK\r\nConnection: close\r\n";
    let server = Server::always(format!("{head}\r\n{text}"));
    let once = Try {
        expects: Expects::Text,
        ..Try::default()
    };
    let fault = once.fault(&server.url("/"));
    assert!(matches!(fault, FetchFault::NoEnd), "{fault:?}");

    let packed = [
        format!("{head}Content-Encoding: gzip\r\n\r\n").as_bytes(),
        &gzip(text.as_bytes()),
    ]
    .concat();
    let server = Server::always(packed);
    assert_eq!(once.fetch(&server.url("/")).0.unwrap(), text);
}

#[test]
fn bytes_past_the_announced_length_are_not_read() {
    // A second answer smuggled behind the first must not end up in the list.
    let bytes = format!("{}<smuggled/>", answer("200 OK", "", LIST));
    let server = Server::always(bytes);
    assert_eq!(Try::default().fetch(&server.url("/")).0.unwrap(), LIST);
}

#[test]
fn two_lengths_that_disagree_are_refused() {
    let bytes = format!("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 70\r\n\r\n{LIST}");
    let server = Server::always(bytes);
    assert!(Try::default().fetch(&server.url("/")).0.is_err());
}

#[test]
fn a_chunk_that_makes_no_sense_is_refused() {
    let server = Server::always(
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n<list/>\r\n0\r\n\r\n",
    );
    let fault = Try::default().fault(&server.url("/"));
    assert!(matches!(fault, FetchFault::Damaged(_)), "{fault:?}");
}

#[test]
fn a_drip_of_bytes_ends_at_the_total_limit() {
    let server = Server::new(|_, stream, over| {
        say(stream, b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
        // Every byte comes well within the limit for one read.
        while !over.load(Ordering::SeqCst) && stream.write_all(b"<").is_ok() {
            thread::sleep(Duration::from_millis(50));
        }
    });
    let once = Try {
        limits: WebLimits {
            total: Duration::from_millis(500),
            read: Duration::from_secs(60),
            ..limits()
        },
        ..Try::default()
    };
    let fault = once.fault(&server.url("/"));
    let FetchFault::Timeout { doing, .. } = fault else {
        panic!("{fault:?}")
    };
    assert_eq!(doing, "downloading");
}

#[test]
fn a_drip_in_the_head_ends_at_the_total_limit() {
    let server = Server::new(|_, stream, over| {
        say(stream, b"HTTP/1.1 200 OK\r\nX-Slow: ");
        while !over.load(Ordering::SeqCst) && stream.write_all(b"x").is_ok() {
            thread::sleep(Duration::from_millis(50));
        }
    });
    let once = Try {
        limits: WebLimits {
            total: Duration::from_millis(500),
            read: Duration::from_secs(60),
            ..limits()
        },
        ..Try::default()
    };
    let fault = once.fault(&server.url("/"));
    assert!(
        matches!(
            fault,
            FetchFault::Timeout {
                doing: "downloading",
                ..
            }
        ),
        "{fault:?}"
    );
}

#[test]
fn a_server_that_falls_silent_ends_at_the_read_limit() {
    let hold = |stream: &mut TcpStream, over: &AtomicBool, bytes: &[u8]| {
        say(stream, bytes);
        while !over.load(Ordering::SeqCst) {
            thread::sleep(Duration::from_millis(20));
        }
    };
    let before = Server::new(move |_, stream, over| hold(stream, over, b""));
    let within = Server::new(move |_, stream, over| {
        hold(
            stream,
            over,
            b"HTTP/1.1 200 OK\r\nContent-Length: 9000\r\n\r\n<?xml",
        );
    });
    let once = Try {
        limits: WebLimits {
            read: Duration::from_millis(300),
            total: Duration::from_secs(60),
            ..limits()
        },
        ..Try::default()
    };
    for server in [before, within] {
        let fault = once.fault(&server.url("/"));
        let FetchFault::Timeout { doing, .. } = fault else {
            panic!("{fault:?}")
        };
        assert_eq!(doing, "waiting for more bytes");
    }
}

#[test]
fn a_page_with_status_200_is_no_list() {
    for page in [
        "<!DOCTYPE html><html><body>Sign in</body></html>",
        "<!-- maintenance -->\n<html><body>Back soon</body></html>",
    ] {
        let server = Server::always(answer("200 OK", "Content-Type: text/xml\r\n", page));
        for expects in [Expects::Xml, Expects::Json, Expects::Text, Expects::Xlsx] {
            let once = Try {
                expects,
                ..Try::default()
            };
            let fault = once.fault(&server.url("/"));
            let FetchFault::NotTheFile { found, .. } = fault else {
                panic!("{fault:?}")
            };
            assert!(found.starts_with("a web page"), "{found}");
        }
    }
    // One that is not tried again: it would be the same page.
    let server = Server::always(answer("200 OK", "", "<html></html>"));
    assert!(Try::attempts(4).fetch(&server.url("/")).0.is_err());
    assert_eq!(server.asked().len(), 1);
}

#[test]
fn an_empty_answer_is_no_list() {
    let server = Server::always(answer("200 OK", "", ""));
    let fault = Try::default().fault(&server.url("/"));
    assert!(
        matches!(
            fault,
            FetchFault::NotTheFile {
                found: "nothing",
                ..
            }
        ),
        "{fault:?}"
    );
}

#[test]
fn a_body_past_the_limit_is_given_up() {
    let endless = Server::new(|_, stream, over| {
        say(
            stream,
            b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n<list>",
        );
        let piece = [b'x'; 8192];
        while !over.load(Ordering::SeqCst) && stream.write_all(&piece).is_ok() {}
    });
    let announced = Server::always("HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n<list>");
    for server in [endless, announced] {
        let once = Try {
            max_bytes: 100_000,
            ..Try::default()
        };
        let fault = once.fault(&server.url("/"));
        assert!(
            matches!(fault, FetchFault::TooBig { limit: 100_000 }),
            "{fault:?}"
        );
    }
}

#[test]
fn gzip_is_undone_and_a_bomb_is_not() {
    let server = Server::always(with_gzip(&gzip(LIST.as_bytes())));
    assert_eq!(Try::default().fetch(&server.url("/")).0.unwrap(), LIST);

    // 64 MiB in about 64 KiB.
    let mut bomb = b"<list>".to_vec();
    bomb.resize(64 << 20, b' ');
    let bomb = gzip(&bomb);
    assert!(bomb.len() < 100_000);
    let server = Server::always(with_gzip(&bomb));
    let fault = Try::default().fault(&server.url("/"));
    assert!(matches!(fault, FetchFault::TooBig { .. }), "{fault:?}");
}

#[test]
fn gzip_that_unpacks_to_nothing_for_ever_is_given_up() {
    let server = Server::new(|_, stream, over| {
        say(
            stream,
            b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Encoding: gzip\r\n\r\n",
        );
        say(stream, &gzip(LIST.as_bytes()));
        let nothing = gzip(b"").repeat(400);
        while !over.load(Ordering::SeqCst) && stream.write_all(&nothing).is_ok() {}
    });
    let once = Try {
        max_bytes: 100_000,
        limits: WebLimits {
            total: Duration::from_secs(60),
            ..limits()
        },
        ..Try::default()
    };
    let fault = once.fault(&server.url("/"));
    assert!(matches!(fault, FetchFault::TooBig { .. }), "{fault:?}");
}

#[test]
fn damaged_gzip_is_refused() {
    let whole = gzip(LIST.as_bytes());
    let mut flipped = whole.clone();
    let last = flipped.len() - 6;
    flipped[last] ^= 1;
    for body in [
        &whole[..whole.len() - 9],
        &flipped,
        b"<list/> not gzip at all",
    ] {
        let server = Server::always(with_gzip(body));
        let fault = Try::default().fault(&server.url("/"));
        assert!(matches!(fault, FetchFault::Damaged(_)), "{fault:?}");
    }
    // Cut off on the wire: said as that.
    let mut cut = with_gzip(&whole);
    cut.truncate(cut.len() - 9);
    let server = Server::always(cut);
    let fault = Try::default().fault(&server.url("/"));
    assert!(matches!(fault, FetchFault::CutOff { .. }), "{fault:?}");
}

#[test]
fn an_encoding_not_asked_for_is_refused() {
    let server = Server::always(answer("200 OK", "Content-Encoding: br\r\n", LIST));
    let fault = Try::default().fault(&server.url("/"));
    assert!(matches!(fault, FetchFault::Encoding(_)), "{fault:?}");
}

#[test]
fn what_is_not_http_is_refused() {
    for garbage in [
        &b"220 mail.example ESMTP\r\n"[..],
        b"\x16\x03\x01\x00\x05hello\r\n\r\n",
        b"HTTP/9.9 banana\r\n\r\n",
        b"HTTP/1.1 2000 OK\r\n\r\n",
    ] {
        let server = Server::always(garbage);
        let fault = Try::default().fault(&server.url("/"));
        assert!(
            matches!(
                fault,
                FetchFault::NotHttp(_) | FetchFault::Connection(_) | FetchFault::Status(_)
            ),
            "{fault:?}"
        );
    }
}

#[test]
fn a_head_without_end_is_given_up() {
    let server = Server::new(|_, stream, over| {
        say(stream, b"HTTP/1.1 200 OK\r\n");
        while !over.load(Ordering::SeqCst) && stream.write_all(b"X-A: aaaaaaaaaaaaaaaa\r\n").is_ok()
        {
        }
    });
    let fault = Try::default().fault(&server.url("/"));
    assert!(matches!(fault, FetchFault::NotHttp(_)), "{fault:?}");
}

#[test]
fn nobody_there_is_a_failed_connection() {
    let port = {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        listener.local_addr().unwrap().port()
    };
    let fault = Try::default().fault(&format!("http://127.0.0.1:{port}/"));
    assert!(matches!(fault, FetchFault::Connection(_)), "{fault:?}");
}

#[test]
fn a_fault_that_passes_is_waited_out() {
    let server = Server::in_turn(vec![
        answer("500 Oops", "", "<html>"),
        answer("502 Bad Gateway", "", ""),
        answer("200 OK", "", LIST),
    ]);
    let (text, pace) = Try::attempts(4).fetch(&server.url("/"));
    assert_eq!(text.unwrap(), LIST);
    assert_eq!(pace.waits.len(), 2);
}

#[test]
fn trying_again_has_an_end() {
    let server = Server::always(answer("500 Oops", "", ""));
    let (text, pace) = Try::attempts(3).fetch(&server.url("/"));
    let error = text.unwrap_err();
    assert_eq!(error.attempts, 3);
    assert!(matches!(error.fault, FetchFault::Status(500)));
    assert_eq!((server.asked().len(), pace.waits.len()), (3, 2));
    assert!(error.to_string().contains("(tried 3 times)"), "{error}");
}

#[test]
fn what_will_not_pass_is_not_tried_again() {
    for status in [
        "400 Bad",
        "401 Who",
        "403 No",
        "404 Not Found",
        "410 Gone",
        "206 Part",
    ] {
        let server = Server::always(answer(status, "", ""));
        assert!(Try::attempts(4).fetch(&server.url("/")).0.is_err());
        assert_eq!(server.asked().len(), 1, "{status}");
    }
}

#[test]
fn a_publisher_who_asks_to_wait_is_waited_for() {
    for status in ["429 Too Many Requests", "503 Unavailable"] {
        for header in [
            "Retry-After: 120\r\n",
            "Date: Sun, 22 Nov 2026 10:00:00 GMT\r\nRetry-After: Sun, 22 Nov 2026 10:02:00 GMT\r\n",
        ] {
            let server =
                Server::in_turn(vec![answer(status, header, ""), answer("200 OK", "", LIST)]);
            let (text, pace) = Try::attempts(2).fetch(&server.url("/"));
            assert_eq!(text.unwrap(), LIST);
            assert_eq!(pace.waits, [Duration::from_secs(120)], "{header}");
        }
    }
}

#[test]
fn a_publisher_who_asks_for_too_long_is_left_alone() {
    let server = Server::always(answer("429 Too Many", "Retry-After: 86400\r\n", ""));
    let (text, pace) = Try::attempts(4).fetch(&server.url("/"));
    let error = text.unwrap_err();
    assert!(pace.waits.is_empty());
    assert_eq!(server.asked().len(), 1);
    assert!(
        error.to_string().contains("asks to wait 86400 s"),
        "{error}"
    );
}

#[test]
fn a_redirect_within_the_host_is_followed() {
    let server = Server::in_turn(vec![
        answer("301 Moved", "Location: /a\r\n", ""),
        answer("302 Found", "Location: b?sig=secret\r\n", ""),
        answer("200 OK", "", LIST),
    ]);
    assert_eq!(Try::default().fetch(&server.url("/x/y")).0.unwrap(), LIST);
    let paths: Vec<String> = server.asked().iter().map(|head| head[0].clone()).collect();
    assert_eq!(
        paths,
        [
            "GET /x/y HTTP/1.1",
            "GET /a HTTP/1.1",
            "GET /b?sig=secret HTTP/1.1"
        ]
    );
}

#[test]
fn a_redirect_goes_only_to_listed_hosts() {
    let target = Server::always(answer("200 OK", "", LIST));
    let location = format!("Location: http://localhost:{}/l.xml\r\n", target.port);
    let server = Server::always(answer("302 Found", &location, ""));
    let fault = Try::default().fault(&server.url("/"));
    let FetchFault::ElsewhereRefused { host } = fault else {
        panic!("{fault:?}")
    };
    assert_eq!(host, "localhost");
    assert!(target.asked().is_empty());

    let listed = Try {
        hosts: vec!["localhost".to_owned()],
        ..Try::default()
    };
    assert_eq!(listed.fetch(&server.url("/")).0.unwrap(), LIST);
}

#[test]
fn a_redirect_never_changes_the_scheme_or_the_reach() {
    // Of this fetcher's only scheme; https to http is the same check, in `address`.
    for location in [
        "https://127.0.0.1/",
        "ftp://127.0.0.1/",
        "http://user@127.0.0.1/",
        "http://www.un.org/",
    ] {
        let server = Server::always(answer(
            "302 Found",
            &format!("Location: {location}\r\n"),
            "",
        ));
        let fault = Try::default().fault(&server.url("/"));
        assert!(
            matches!(fault, FetchFault::BadRedirect(Some(_))),
            "{location}: {fault:?}"
        );
    }
    let server = Server::always(answer("302 Found", "", ""));
    let fault = Try::default().fault(&server.url("/"));
    assert!(matches!(fault, FetchFault::BadRedirect(None)), "{fault:?}");
}

#[test]
fn a_redirect_in_a_circle_ends() {
    let server = Server::always(answer("302 Found", "Location: /again\r\n", ""));
    let fault = Try::attempts(4).fault(&server.url("/"));
    assert!(
        matches!(fault, FetchFault::TooManyRedirects { limit: 5 }),
        "{fault:?}"
    );
    assert_eq!(server.asked().len(), 6);
}

#[test]
fn a_message_does_not_show_a_signed_query() {
    let server = Server::in_turn(vec![
        answer("302 Found", "Location: /stored?signature=secret\r\n", ""),
        answer("403 Forbidden", "", ""),
    ]);
    let error = Try::default().fetch(&server.url("/")).0.unwrap_err();
    assert!(!error.to_string().contains("secret"), "{error}");
    assert!(error.url.ends_with("/stored"), "{error}");
}

/// Answers by path: `/old` is unchanged for who knows it, `/gone` is not there.
fn by_path() -> Server {
    Server::new(|asked, stream, _| {
        let conditional = asked
            .head
            .iter()
            .any(|line| line.to_ascii_lowercase().starts_with("if-none-match"));
        let bytes = if asked.head[0].contains("/gone") {
            answer("404 Not Found", "", "")
        } else if asked.head[0].contains("/old") && conditional {
            "HTTP/1.1 304 Not Modified\r\n\r\n".to_owned()
        } else {
            answer("200 OK", "ETag: \"1\"\r\n", LIST)
        };
        say(stream, bytes.as_bytes());
    })
}

fn known(_: &Part) -> Known {
    Known {
        etag: Some("\"0\"".to_owned()),
        last_modified: None,
    }
}

fn set(names: &[&str]) -> (Result<FetchedSet, String>, Vec<String>, usize) {
    let server = by_path();
    let fetcher = fetcher(limits());
    let body = PublisherBody {
        lists: vec!["us-ofac-sdn".into()],
        layout: "ofac-csv".to_owned(),
        usual: true,
        parts: names
            .iter()
            .map(|name| Part {
                name: (*name).to_owned(),
                url: fetcher.address(&server.url(&format!("/{name}"))).unwrap(),
                expects: Expects::Xml,
            })
            .collect(),
        redirect_hosts: Vec::new(),
        max_bytes: 1 << 20,
        licence: "Public.".to_owned(),
        cadence_days: 1,
    };
    let folder = tempfile::tempdir().unwrap();
    let mut bars = vec![0; names.len()];
    let fetched = fetch_set(
        &fetcher,
        &body,
        &known,
        folder.path(),
        &mut Record::default(),
        &mut |at, now| bars[at] = now.got,
    );
    if let Ok(FetchedSet::New(_)) = &fetched {
        assert_eq!(bars, vec![LIST.len() as u64; names.len()]);
    }
    let left = fs::read_dir(folder.path()).unwrap().count();
    let paths = server.asked().iter().map(|head| head[0].clone()).collect();
    (fetched.map_err(|error| error.to_string()), paths, left)
}

#[test]
fn a_set_is_whole_or_not_there() {
    let (fetched, paths, left) = set(&["old-sdn", "old-alt"]);
    assert!(matches!(fetched, Ok(FetchedSet::NotModified)));
    assert_eq!((paths.len(), left), (2, 0));

    // One new file: what stands beside it is fetched too, whatever is known of it.
    let (fetched, paths, left) = set(&["old-sdn", "new-alt"]);
    let Ok(FetchedSet::New(files)) = fetched else {
        panic!("{fetched:?}")
    };
    assert_eq!((files.len(), paths.len(), left), (2, 3, 2));

    let (fetched, _, left) = set(&["new-sdn", "gone-alt"]);
    let error = fetched.unwrap_err();
    assert!(error.starts_with("gone-alt: http://127.0.0.1"), "{error}");
    assert_eq!(left, 0);
}

/// Asks for an https address through a proxy on this machine.
fn through(proxy: &Server) -> FetchFault {
    let settings = Settings {
        limits: limits(),
        user_agent: "scruple/test".to_owned(),
        proxy: Some(proxy.url("")),
    };
    let fetcher = Fetcher::new(&settings, Roots::from_der([])).unwrap();
    let part = Part {
        name: "list.xml".to_owned(),
        url: fetcher
            .address("https://lists.example/secret?token=x")
            .unwrap(),
        expects: Expects::Xml,
    };
    let folder = tempfile::tempdir().unwrap();
    let wanted = Wanted {
        part: &part,
        redirect_hosts: &[],
        max_bytes: 1000,
        known: &Known::default(),
        folder: folder.path(),
    };
    fetcher
        .fetch(&wanted, &mut Record::default(), &mut |_| {})
        .unwrap_err()
        .fault
}

#[test]
fn a_proxy_learns_the_host_and_nothing_more() {
    let proxy = Server::always("HTTP/1.1 200 OK\r\n\r\nHTTP/1.1 200 OK\r\n\r\n<list/>");
    let fault = through(&proxy);
    // What answers is no TLS: it is not believed.
    assert!(matches!(fault, FetchFault::Tls(_)), "{fault:?}");
    let asked = proxy.asked();
    assert_eq!(asked[0][0], "CONNECT lists.example:443 HTTP/1.1");
    let said = asked.concat().concat();
    assert!(
        !said.contains("secret") && !said.contains("token"),
        "{said}"
    );
}

#[test]
fn a_proxy_that_says_no_is_named() {
    let proxy = Server::always("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n");
    let fault = through(&proxy);
    let FetchFault::Connection(what) = fault else {
        panic!("{fault:?}")
    };
    assert!(what.contains("proxy") && what.contains("407"), "{what}");
}

#[test]
fn a_fetcher_for_the_web_asks_no_plain_http() {
    let fetcher = Fetcher::new(&Settings::default(), Roots::from_der([])).unwrap();
    for text in [
        "http://lists.example/",
        "http://127.0.0.1:80/",
        "https://127.0.0.1/",
    ] {
        assert!(fetcher.address(text).is_err(), "{text}");
    }
}

#[test]
fn a_proxy_that_cannot_be_read_is_named() {
    let settings = Settings {
        proxy: Some("not a proxy".to_owned()),
        ..Settings::default()
    };
    let error = Fetcher::new(&settings, Roots::from_der([])).err().unwrap();
    assert!(
        error.contains("not a proxy") && error.contains("next: "),
        "{error}"
    );
}
