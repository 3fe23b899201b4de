//! Why a file did not come, as data.

use std::fmt;
use std::io;
use std::time::Duration;

use super::{AddressFault, Expects};

/// Why one file did not come. Nothing of it was kept; what is held goes on answering.
#[derive(Debug, thiserror::Error)]
#[error("{url}: {fault}{}; next: {}", tries(*.attempts), fault.next())]
pub struct FetchError {
    /// The address asked last, without its query.
    pub url: String,
    /// What went wrong.
    pub fault: FetchFault,
    /// How often it was tried.
    pub attempts: u32,
}

fn tries(attempts: u32) -> String {
    match attempts {
        0 | 1 => String::new(),
        more => format!(" (tried {more} times)"),
    }
}

/// What went wrong.
#[derive(Debug)]
#[non_exhaustive]
pub enum FetchFault {
    /// The address is none that may be asked.
    Address(AddressFault),
    /// The host has no address.
    NoSuchHost,
    /// No connection, or it broke.
    Connection(String),
    /// The other side does not prove that it is who it says.
    Tls(String),
    /// A time limit passed.
    Timeout {
        /// While doing what: "connecting", "waiting for more bytes", "downloading".
        doing: &'static str,
        /// The limit.
        limit: Duration,
    },
    /// What came is not HTTP.
    NotHttp(String),
    /// Fewer bytes came than were announced, or the end of a chunked answer is missing.
    CutOff {
        /// Bytes as sent.
        got: u64,
        /// Bytes announced, where they were.
        announced: Option<u64>,
    },
    /// A text without a stated end: whether it came whole cannot be told.
    NoEnd,
    /// More bytes than the pack allows, as sent or as unpacked.
    TooBig {
        /// The limit in bytes.
        limit: u64,
    },
    /// A status that is neither a file nor "not modified".
    Status(u16),
    /// The publisher asks to come back later than we wait.
    Later {
        /// 429 or 503.
        status: u16,
        /// What it asks for.
        wait: Duration,
    },
    /// A redirect to a host that the pack does not list.
    ElsewhereRefused {
        /// The host.
        host: String,
    },
    /// A redirect to something that is not plain https, or without an address.
    BadRedirect(Option<AddressFault>),
    /// More redirects than are followed.
    TooManyRedirects {
        /// How many are followed.
        limit: u32,
    },
    /// Compressed in a way that was not asked for.
    Encoding(String),
    /// The compressed answer is damaged.
    Damaged(String),
    /// Something else than the kind of file that the address gives.
    NotTheFile {
        /// What was to come.
        expected: Expects,
        /// What came.
        found: &'static str,
    },
    /// A tag or day kept from the last answer cannot be sent.
    BadCondition,
    /// The machine's own disk says no.
    Disk(io::Error),
}

impl FetchFault {
    /// Whether another attempt may go better.
    pub(super) fn may_pass(&self) -> bool {
        matches!(
            self,
            Self::NoSuchHost
                | Self::Connection(_)
                | Self::Timeout { .. }
                | Self::NotHttp(_)
                | Self::CutOff { .. }
                | Self::Damaged(_)
                | Self::Status(408 | 425 | 429 | 500 | 502 | 503 | 504)
        )
    }

    fn next(&self) -> &'static str {
        match self {
            Self::Address(_) => "mend the address in the pack of publishers",
            Self::NoSuchHost | Self::Connection(_) => {
                "check the connection and the proxy, then run `scruple sync` again; or fetch the file elsewhere and take it in with --from"
            }
            Self::Tls(_) => {
                "check this machine's date and its certificate authorities (a company's inspecting proxy has one of its own)"
            }
            Self::Timeout { .. } | Self::NotHttp(_) | Self::CutOff { .. } | Self::Damaged(_) => {
                "run `scruple sync` again; if it stays, fetch the file with a browser and take it in with --from"
            }
            Self::TooBig { .. } => {
                "look at the address with a browser; if the list has grown, raise max_bytes in the pack of publishers"
            }
            Self::Status(401 | 403) => {
                "the publisher refuses programs or asks to sign in: fetch the file with a browser and take it in with --from"
            }
            Self::Status(404 | 410) => {
                "the file has moved: look for it on the publisher's page, and report the new address"
            }
            Self::Status(_) => {
                "run `scruple sync` again later; if it stays, look at the publisher's page"
            }
            Self::Later { .. } => "run `scruple sync` again after that time",
            Self::ElsewhereRefused { .. } => {
                "look at the publisher's page; if the file has moved there for good, add the host to redirect_hosts in the pack of publishers"
            }
            Self::BadRedirect(_) | Self::TooManyRedirects { .. } => {
                "look at the address with a browser, and report it if the file has moved"
            }
            Self::Encoding(_) | Self::NoEnd => {
                "fetch the file with a browser and take it in with --from"
            }
            Self::NotTheFile { .. } => {
                "look at the address with a browser: the publisher may be down, or ask to sign in"
            }
            Self::BadCondition => "run `scruple sync` again with everything asked for anew",
            Self::Disk(_) => "free some space or check the permissions, and run it again",
        }
    }
}

impl fmt::Display for FetchFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Address(fault) => write!(f, "cannot be asked: {fault}"),
            Self::NoSuchHost => write!(f, "no such host"),
            Self::Connection(what) => write!(f, "the connection failed: {what}"),
            Self::Tls(what) => write!(f, "no trustworthy connection: {what}"),
            Self::Timeout { doing, limit } => {
                write!(f, "gave up {doing} after {}", seconds(*limit))
            }
            Self::NotHttp(what) => write!(f, "the answer is not HTTP: {what}"),
            Self::CutOff { got, announced } => {
                write!(f, "the answer was cut off after {got} bytes")?;
                match announced {
                    Some(announced) => write!(f, "; {announced} were announced"),
                    None => Ok(()),
                }
            }
            Self::NoEnd => write!(
                f,
                "the answer does not say how long it is, so that nobody can tell whether it came whole"
            ),
            Self::TooBig { limit } => write!(f, "more than the {limit} bytes allowed"),
            Self::Status(status) => write!(f, "the server answered {status}"),
            Self::Later { status, wait } => write!(
                f,
                "the server answered {status} and asks to wait {}",
                seconds(*wait)
            ),
            Self::ElsewhereRefused { host } => write!(
                f,
                "it leads to {host}, which is not listed for this publisher"
            ),
            Self::BadRedirect(None) => write!(f, "it leads elsewhere without saying where"),
            Self::BadRedirect(Some(fault)) => {
                write!(f, "it leads to an address that is not followed: {fault}")
            }
            Self::TooManyRedirects { limit } => {
                write!(f, "it leads on and on; {limit} redirects are followed")
            }
            Self::Encoding(name) => write!(f, "it came in an encoding not asked for ({name:?})"),
            Self::Damaged(what) => write!(f, "the compressed answer is damaged: {what}"),
            Self::NotTheFile { expected, found } => {
                write!(f, "{} was to come, and {found} came", expected.words())
            }
            Self::BadCondition => {
                write!(f, "what was kept of the last answer cannot be sent back")
            }
            Self::Disk(error) => write!(f, "the download cannot be written: {error}"),
        }
    }
}

fn seconds(time: Duration) -> String {
    if time.subsec_millis() == 0 {
        format!("{} s", time.as_secs())
    } else {
        format!("{:.1} s", time.as_secs_f32())
    }
}
