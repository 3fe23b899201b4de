//! One file from one address.

use std::io;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tempfile::TempPath;
use ureq::http::header::{
    CONTENT_ENCODING, CONTENT_LENGTH, DATE, ETAG, HeaderMap, HeaderName, IF_MODIFIED_SINCE,
    IF_NONE_MATCH, LAST_MODIFIED, LOCATION, RETRY_AFTER, TRANSFER_ENCODING,
};
use ureq::tls::{Certificate, RootCerts, TlsConfig, TlsProvider};
use ureq::{Agent, Proxy, Timeout};

use super::address::Reach;
use super::body::{Announced, receive};
use super::retry::{asked_for, back_off};
use super::{Address, Expects, FetchError, FetchFault, Pace, Part};

/// How long and how often.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WebLimits {
    /// For a connection to stand, TLS included. 20 s.
    pub connect: Duration,
    /// For the next bytes to come. 30 s.
    pub read: Duration,
    /// For one attempt, redirects included. 15 min: 120 MB over a slow line.
    pub total: Duration,
    /// Attempts for one file. 4.
    pub attempts: u32,
    /// First bound of the back-off. 1 s.
    pub back_off: Duration,
    /// The longest that a publisher may ask us to wait; past it we go. 5 min.
    pub longest_wait: Duration,
    /// Redirects followed. 5.
    pub redirects: u32,
}

impl Default for WebLimits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(20),
            read: Duration::from_secs(30),
            total: Duration::from_secs(15 * 60),
            attempts: 4,
            back_off: Duration::from_secs(1),
            longest_wait: Duration::from_secs(5 * 60),
            redirects: 5,
        }
    }
}

/// What the edge decides about requests.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// How long and how often.
    pub limits: WebLimits,
    /// What the program calls itself. Some publishers drop a request whose first word
    /// they do not know: `Mozilla/5.0 (compatible; scruple/0.1)` names us and passes.
    pub user_agent: String,
    /// A proxy, as `http://host:port`. Given, because a library reads no environment.
    pub proxy: Option<String>,
}

/// The certificate authorities that are trusted.
#[derive(Clone)]
pub struct Roots(Vec<Certificate<'static>>);

impl Roots {
    /// Those that this machine trusts; a company's own among them. Looks where the
    /// system keeps them, and where `SSL_CERT_FILE` and `SSL_CERT_DIR` say.
    ///
    /// # Errors
    /// Words for the user, where there are none.
    pub fn of_this_machine() -> Result<Self, String> {
        let found = rustls_native_certs::load_native_certs();
        if found.certs.is_empty() {
            let why: Vec<String> = found.errors.iter().map(ToString::to_string).collect();
            return Err(format!(
                "this machine has no certificate authorities ({}); next: install its package of them, often named ca-certificates",
                if why.is_empty() {
                    "none found".to_owned()
                } else {
                    why.join("; ")
                }
            ));
        }
        Ok(Self::from_der(found.certs.iter().map(AsRef::as_ref)))
    }

    /// These certificates, in DER.
    pub fn from_der<'a>(certificates: impl IntoIterator<Item = &'a [u8]>) -> Self {
        Self(
            certificates
                .into_iter()
                .map(|der| Certificate::from_der(der).to_owned())
                .collect(),
        )
    }
}

/// What the last answer of an address left: sent back, so that an unchanged file is not
/// sent again. Keep it only once the file was taken in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// The server's `ETag`, as it wrote it.
    pub etag: Option<String>,
    /// The server's `Last-Modified`, as it wrote it.
    pub last_modified: Option<String>,
}

impl Known {
    fn is_empty(&self) -> bool {
        self.etag.is_none() && self.last_modified.is_none()
    }
}

/// A file that came whole.
#[derive(Debug)]
pub struct Download {
    /// Where it lies; it is removed when this is dropped.
    pub path: TempPath,
    /// Its bytes, unpacked.
    pub bytes: u64,
    /// What to send back next time.
    pub known: Known,
}

/// What an address answered.
#[derive(Debug)]
pub enum Outcome {
    /// A file.
    New(Download),
    /// The file is the one that is known.
    NotModified,
}

/// A file to fetch.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// Which file.
    pub part: &'a Part,
    /// Where a redirect may lead, beside the part's own host.
    pub redirect_hosts: &'a [String],
    /// Its bytes at most, as sent and as unpacked.
    pub max_bytes: u64,
    /// What its last answer left: makes the request conditional.
    pub known: &'a Known,
    /// Where the temporary file is made.
    pub folder: &'a Path,
}

/// How far a download is, for a bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Bytes that came, as sent. Falls back to a small number when it is tried again.
    pub got: u64,
    /// Bytes announced, where they were.
    pub total: Option<u64>,
}

/// Asks for files.
pub struct Fetcher {
    agent: Agent,
    limits: WebLimits,
    reach: Reach,
}

impl Fetcher {
    /// Asks https addresses.
    ///
    /// # Errors
    /// Words for the user, where the proxy's address cannot be read.
    pub fn new(settings: &Settings, roots: Roots) -> Result<Self, String> {
        Self::build(settings, roots, Reach::Web)
    }

    /// Asks plain http on this machine's own loopback address, and nothing else at
    /// all: for tests, which have a listener there.
    #[doc(hidden)]
    pub fn on_loopback_for_tests(settings: &Settings) -> Result<Self, String> {
        Self::build(settings, Roots(Vec::new()), Reach::Loopback)
    }

    fn build(settings: &Settings, roots: Roots, reach: Reach) -> Result<Self, String> {
        let proxy = match &settings.proxy {
            None => None,
            Some(text) => Some(Proxy::new(text).map_err(|error| {
                format!("proxy {text:?}: {error}; next: write it as http://host:port")
            })?),
        };
        let tls = TlsConfig::builder()
            .provider(TlsProvider::Rustls)
            .unversioned_rustls_crypto_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .root_certs(RootCerts::Specific(Arc::new(roots.0)))
            .build();
        let limits = settings.limits;
        let agent = Agent::config_builder()
            .https_only(reach == Reach::Web)
            .http_status_as_error(false)
            // We look at each redirect ourselves.
            .max_redirects(0)
            .max_redirects_will_error(false)
            .tls_config(tls)
            .proxy(proxy)
            .user_agent(settings.user_agent.as_str())
            .accept("*/*")
            .accept_encoding("gzip")
            .max_response_header_size(64 << 10)
            .max_idle_connections(0)
            .timeout_connect(Some(limits.connect))
            .timeout_resolve(Some(limits.connect))
            .timeout_per_read(Some(limits.read))
            .timeout_per_write(Some(limits.read))
            .build()
            .new_agent();
        Ok(Self {
            agent,
            limits,
            reach,
        })
    }

    /// Fetches a file, trying again where that may help. `progress` is called as bytes come.
    ///
    /// # Errors
    /// [`FetchError`] with the address; nothing is left in the folder.
    pub fn fetch(
        &self,
        wanted: &Wanted<'_>,
        pace: &mut dyn Pace,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Outcome, FetchError> {
        let mut attempt = 1;
        loop {
            let mut asked = wanted.part.url.clone();
            let once = Once {
                fetcher: self,
                wanted,
            };
            let failed = match once.attempt(&mut asked, progress) {
                Ok(outcome) => return Ok(outcome),
                Err(failed) => failed,
            };
            let asked_for = failed.wait.unwrap_or_default();
            let wait = back_off(attempt, self.limits.back_off, pace.random()).max(asked_for);
            let fault = match failed.fault {
                FetchFault::Status(status) if asked_for > self.limits.longest_wait => {
                    FetchFault::Later {
                        status,
                        wait: asked_for,
                    }
                }
                fault if fault.may_pass() && attempt < self.limits.attempts => {
                    pace.wait(wait);
                    attempt += 1;
                    continue;
                }
                fault => fault,
            };
            return Err(FetchError {
                url: asked.without_query(),
                fault,
                attempts: attempt,
            });
        }
    }

    /// An address of this fetcher's kind, for tests.
    #[doc(hidden)]
    pub fn address(&self, text: &str) -> Result<Address, super::AddressFault> {
        Address::within(text, self.reach)
    }
}

/// One attempt's failure, and how long the publisher asks to wait.
struct Failed {
    fault: FetchFault,
    wait: Option<Duration>,
}

impl From<FetchFault> for Failed {
    fn from(fault: FetchFault) -> Self {
        Self { fault, wait: None }
    }
}

/// What one attempt needs.
struct Once<'a> {
    fetcher: &'a Fetcher,
    wanted: &'a Wanted<'a>,
}

impl Once<'_> {
    fn attempt(
        &self,
        asked: &mut Address,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Outcome, Failed> {
        let limits = &self.fetcher.limits;
        let begun = Instant::now();
        for _ in 0..=limits.redirects {
            let left = limits.total.saturating_sub(begun.elapsed());
            if left.is_zero() {
                return Err(self.too_slow().into());
            }
            let mut answer = self.ask(asked, left)?;
            let headers = answer.headers();
            match answer.status().as_u16() {
                200 => {
                    let announced = self.announced(headers)?;
                    let known = known_of(headers);
                    let body = answer
                        .body_mut()
                        .with_config()
                        // Ours is the limit that says what it is.
                        .limit(u64::MAX)
                        .reader();
                    let why = |error: io::Error| match ureq::Error::from(error) {
                        // Past its head, a fault of the protocol is a broken chunk.
                        ureq::Error::Protocol(what) => FetchFault::Damaged(what.to_string()),
                        error => self.fault_of(error),
                    };
                    let (path, bytes) =
                        receive(body, &announced, self.wanted.folder, progress, &why)?;
                    return Ok(Outcome::New(Download { path, bytes, known }));
                }
                304 if !self.wanted.known.is_empty() => return Ok(Outcome::NotModified),
                301 | 302 | 303 | 307 | 308 => *asked = self.follow(asked, headers)?,
                status @ (429 | 503) => {
                    let wait = text_of(headers, RETRY_AFTER)
                        .and_then(|text| asked_for(&text, text_of(headers, DATE).as_deref()));
                    return Err(Failed {
                        fault: FetchFault::Status(status),
                        wait,
                    });
                }
                status => return Err(FetchFault::Status(status).into()),
            }
        }
        Err(FetchFault::TooManyRedirects {
            limit: limits.redirects,
        }
        .into())
    }

    fn ask(
        &self,
        address: &Address,
        left: Duration,
    ) -> Result<ureq::http::Response<ureq::Body>, FetchFault> {
        let mut request = self.fetcher.agent.get(address.to_string());
        for (name, value) in [
            (IF_NONE_MATCH, &self.wanted.known.etag),
            (IF_MODIFIED_SINCE, &self.wanted.known.last_modified),
        ] {
            if let Some(value) = value {
                request = request.header(name, value.as_str());
            }
        }
        let request = request.config().timeout_global(Some(left)).build();
        request.call().map_err(|error| match error {
            // Address and header names are ours: only what was kept can be at fault.
            ureq::Error::Http(_) => FetchFault::BadCondition,
            error => self.fault_of(error),
        })
    }

    fn announced(&self, headers: &HeaderMap) -> Result<Announced, FetchFault> {
        let encoding = text_of(headers, CONTENT_ENCODING).unwrap_or_default();
        let gzip = match encoding.trim().to_ascii_lowercase().as_str() {
            "" | "identity" => false,
            "gzip" | "x-gzip" => true,
            _ => return Err(FetchFault::Encoding(encoding)),
        };
        let length = text_of(headers, CONTENT_LENGTH).and_then(|text| text.trim().parse().ok());
        // Else the file ends where the connection does, and whoever cuts it ends the file.
        let chunked = text_of(headers, TRANSFER_ENCODING)
            .is_some_and(|text| text.to_ascii_lowercase().contains("chunked"));
        let ends = length.is_some() || chunked || gzip;
        let expects = self.wanted.part.expects;
        if !ends && matches!(expects, Expects::Text | Expects::Html) {
            return Err(FetchFault::NoEnd);
        }
        Ok(Announced {
            length,
            gzip,
            expects,
            limit: self.wanted.max_bytes,
        })
    }

    fn follow(&self, from: &Address, headers: &HeaderMap) -> Result<Address, FetchFault> {
        let location = text_of(headers, LOCATION).ok_or(FetchFault::BadRedirect(None))?;
        let to = from
            .join(&location, self.fetcher.reach)
            .map_err(|fault| FetchFault::BadRedirect(Some(fault)))?;
        let host = to.host();
        if host == self.wanted.part.url.host()
            || self.wanted.redirect_hosts.iter().any(|one| one == host)
        {
            Ok(to)
        } else {
            Err(FetchFault::ElsewhereRefused {
                host: host.to_owned(),
            })
        }
    }

    fn too_slow(&self) -> FetchFault {
        FetchFault::Timeout {
            doing: "downloading",
            limit: self.fetcher.limits.total,
        }
    }

    fn fault_of(&self, error: ureq::Error) -> FetchFault {
        let limits = &self.fetcher.limits;
        match error {
            ureq::Error::Timeout(Timeout::Connect | Timeout::Resolve) => FetchFault::Timeout {
                doing: "connecting",
                limit: limits.connect,
            },
            ureq::Error::Timeout(Timeout::PerRead | Timeout::PerWrite) => FetchFault::Timeout {
                doing: "waiting for more bytes",
                limit: limits.read,
            },
            ureq::Error::Timeout(_) => self.too_slow(),
            ureq::Error::HostNotFound => FetchFault::NoSuchHost,
            ureq::Error::Rustls(error) => FetchFault::Tls(error.to_string()),
            ureq::Error::Tls(what) => FetchFault::Tls(what.to_owned()),
            ureq::Error::Protocol(error) => FetchFault::NotHttp(error.to_string()),
            ureq::Error::LargeResponseHeader(_, limit) => {
                FetchFault::NotHttp(format!("its head is longer than {limit} bytes"))
            }
            ureq::Error::Io(error) if error.get_ref().is_some_and(|e| e.is::<rustls::Error>()) => {
                FetchFault::Tls(error.to_string())
            }
            ureq::Error::Io(error) => FetchFault::Connection(error.to_string()),
            error => FetchFault::Connection(error.to_string()),
        }
    }
}

/// A longer tag is not kept: it would be sent back on every request.
const LONGEST_TAG: usize = 512;

fn known_of(headers: &HeaderMap) -> Known {
    let short = |name| text_of(headers, name).filter(|text| text.len() <= LONGEST_TAG);
    Known {
        etag: short(ETAG),
        last_modified: short(LAST_MODIFIED),
    }
}

fn text_of(headers: &HeaderMap, name: HeaderName) -> Option<String> {
    headers
        .get(name)
        .and_then(|value| value.to_str().ok())
        .map(str::to_owned)
}
