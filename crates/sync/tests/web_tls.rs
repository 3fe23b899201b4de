//! Over TLS, as on the web: a listener with a certificate, reached through a proxy on
//! this machine, so that host names are real names and no packet leaves it.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair, date_time_ymd};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use scruple_sync::web::{
    AddressFault, Expects, FetchFault, Fetcher, Known, Outcome, Pace, Part, Roots, Settings,
    Wanted, WebLimits,
};

const LIST: &str = "<?xml version=\"1.0\"?><list/>";

/// A certificate authority made for one test.
struct Authority {
    issuer: Issuer<'static, KeyPair>,
    der: Vec<u8>,
}

impl Authority {
    fn new() -> Self {
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::new(Vec::<String>::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let der = params.self_signed(&key).unwrap().der().to_vec();
        Self {
            issuer: Issuer::new(params, key),
            der,
        }
    }

    fn roots(&self) -> Roots {
        Roots::from_der([&self.der[..]])
    }

    /// A listener's identity for `name`, good until `until`.
    fn server(&self, name: &str, until: i32) -> Arc<ServerConfig> {
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::new([name.to_owned()]).unwrap();
        params.not_before = date_time_ymd(2020, 1, 1);
        params.not_after = date_time_ymd(until, 1, 1);
        let certificate = params.signed_by(&key, &self.issuer).unwrap();
        let chain = vec![CertificateDer::from(certificate.der().to_vec())];
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(chain, key)
            .unwrap();
        Arc::new(config)
    }
}

/// A proxy that speaks TLS itself and gives one answer after another.
struct Tunnel {
    port: u16,
    /// What was asked: the CONNECT line, then the first line inside.
    asked: Arc<Mutex<Vec<String>>>,
}

impl Tunnel {
    fn new(config: Arc<ServerConfig>, answers: Vec<String>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let asked: Arc<Mutex<Vec<String>>> = Arc::default();
        let record = asked.clone();
        thread::spawn(move || {
            for answer in answers {
                let Ok((mut stream, _)) = listener.accept() else {
                    return;
                };
                record.lock().unwrap().push(first_line(&mut stream));
                let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n");
                let tls = ServerConnection::new(config.clone()).unwrap();
                let mut inside = StreamOwned::new(tls, stream);
                let line = first_line(&mut inside);
                if !line.is_empty() {
                    record.lock().unwrap().push(line);
                    let _ = inside.write_all(answer.as_bytes());
                    let _ = inside.flush();
                }
            }
        });
        Self { port, asked }
    }

    fn fetch(&self, roots: Roots, hosts: &[&str]) -> Result<String, FetchFault> {
        let settings = Settings {
            limits: WebLimits {
                attempts: 1,
                total: Duration::from_secs(2),
                ..WebLimits::default()
            },
            user_agent: "scruple/test".to_owned(),
            proxy: Some(format!("http://127.0.0.1:{}", self.port)),
        };
        let fetcher = Fetcher::new(&settings, roots).unwrap();
        let part = Part {
            name: "list.xml".to_owned(),
            url: fetcher.address("https://lists.example/list.xml").unwrap(),
            expects: Expects::Xml,
        };
        let hosts: Vec<String> = hosts.iter().map(|host| (*host).to_owned()).collect();
        let folder = tempfile::tempdir().unwrap();
        let wanted = Wanted {
            part: &part,
            redirect_hosts: &hosts,
            max_bytes: 1000,
            known: &Known::default(),
            folder: folder.path(),
        };
        match fetcher.fetch(&wanted, &mut Still, &mut |_| {}) {
            Ok(Outcome::New(file)) => Ok(fs::read_to_string(&file.path).unwrap()),
            Ok(outcome) => panic!("{outcome:?}"),
            Err(error) => Err(error.fault),
        }
    }

    fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

struct Still;

impl Pace for Still {
    fn random(&mut self) -> u64 {
        0
    }

    fn wait(&mut self, _: Duration) {}
}

/// The first line of a head, read byte by byte so that nothing after it is taken.
fn first_line(stream: &mut impl std::io::Read) -> String {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") && matches!(stream.read(&mut byte), Ok(1)) {
        head.push(byte[0]);
    }
    let mut line = String::new();
    let _ = BufReader::new(&head[..]).read_line(&mut line);
    line.trim().to_owned()
}

fn answer(status: &str, headers: &str, body: &str) -> String {
    let length = body.len();
    format!("HTTP/1.1 {status}\r\nContent-Length: {length}\r\n{headers}\r\n{body}")
}

#[test]
fn a_list_comes_over_a_connection_that_proves_itself() {
    let authority = Authority::new();
    let tunnel = Tunnel::new(
        authority.server("lists.example", 2100),
        vec![answer("200 OK", "", LIST)],
    );
    assert_eq!(tunnel.fetch(authority.roots(), &[]).unwrap(), LIST);
    assert_eq!(
        tunnel.asked(),
        [
            "CONNECT lists.example:443 HTTP/1.1",
            "GET /list.xml HTTP/1.1"
        ]
    );
}

#[test]
fn a_connection_that_does_not_prove_itself_is_not_used() {
    let (ours, theirs) = (Authority::new(), Authority::new());
    for (config, roots, why) in [
        (
            theirs.server("lists.example", 2100),
            ours.roots(),
            "another authority",
        ),
        (
            ours.server("other.example", 2100),
            ours.roots(),
            "another name",
        ),
        (
            ours.server("lists.example", 2021),
            ours.roots(),
            "out of date",
        ),
        (
            ours.server("lists.example", 2100),
            Roots::from_der([]),
            "nobody trusted",
        ),
    ] {
        let tunnel = Tunnel::new(config, vec![answer("200 OK", "", LIST)]);
        let fault = tunnel.fetch(roots, &[]).unwrap_err();
        assert!(matches!(fault, FetchFault::Tls(_)), "{why}: {fault:?}");
        // The address was not said.
        assert!(
            tunnel
                .asked()
                .iter()
                .all(|line| line.starts_with("CONNECT"))
        );
    }
}

#[test]
fn a_redirect_from_https_to_http_is_refused() {
    let authority = Authority::new();
    let location = "Location: http://lists.example/list.xml\r\n";
    let tunnel = Tunnel::new(
        authority.server("lists.example", 2100),
        vec![
            answer("302 Found", location, ""),
            answer("200 OK", "", LIST),
        ],
    );
    let fault = tunnel
        .fetch(authority.roots(), &["lists.example"])
        .unwrap_err();
    assert!(
        matches!(fault, FetchFault::BadRedirect(Some(AddressFault::NotHttps))),
        "{fault:?}"
    );
    assert_eq!(tunnel.asked().len(), 2);
}

#[test]
fn a_redirect_to_a_host_that_is_not_listed_is_not_asked() {
    let authority = Authority::new();
    let location = "Location: https://login.example/?next=list\r\n";
    let tunnel = Tunnel::new(
        authority.server("lists.example", 2100),
        vec![
            answer("302 Found", location, ""),
            answer("200 OK", "", LIST),
        ],
    );
    let fault = tunnel
        .fetch(authority.roots(), &["files.example"])
        .unwrap_err();
    let FetchFault::ElsewhereRefused { host } = fault else {
        panic!("{fault:?}")
    };
    assert_eq!(host, "login.example");
    assert_eq!(tunnel.asked().len(), 2);
}

#[test]
fn this_machines_authorities_are_found_or_the_error_says_what_to_install() {
    if let Err(error) = Roots::of_this_machine() {
        assert!(error.contains("next: "), "{error}");
    }
}
