//! Addresses that may be asked, and where a redirect may lead.
//!
//! Written by hand and narrow on purpose: a general parser of addresses accepts user
//! names, ports, other schemes and odd spellings of hosts, and each of them is a way
//! to make a reader see one host and a program ask another.

use std::fmt;

/// Longest address taken. Signed storage addresses run to about 1,500 bytes.
const LONGEST: usize = 4096;

/// Which addresses may be asked at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    /// https on its own port: what users get.
    Web,
    /// Plain http to this machine and nothing else: what tests get.
    Loopback,
}

/// An https address without user name, port or fragment.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Address {
    /// `https` or, in tests, `http`.
    scheme: &'static str,
    /// Lower case.
    host: String,
    /// Only in tests.
    port: Option<u16>,
    /// Path and query, beginning with `/`.
    rest: String,
}

/// Why a text is no address to ask.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AddressFault {
    /// Another scheme, plain http above all.
    #[error("only https is asked")]
    NotHttps,
    /// `https://name:word@host`.
    #[error("a user name stands in it")]
    UserName,
    /// `https://host:8443`.
    #[error("a port stands in it")]
    Port,
    /// No host, or one that is not a name of the domain name system in ASCII.
    #[error("its host is not a plain host name")]
    Host,
    /// A space, a control character, a letter outside ASCII, a backslash, a fragment, or too long.
    #[error("a character stands in it that has no place in an address, or it is too long")]
    Characters,
}

impl Address {
    /// Reads an address as a pack writes it.
    ///
    /// # Errors
    /// [`AddressFault`] says what it must not have.
    pub fn parse(text: &str) -> Result<Self, AddressFault> {
        Self::within(text, Reach::Web)
    }

    pub(super) fn within(text: &str, reach: Reach) -> Result<Self, AddressFault> {
        let fits = |byte: u8| byte.is_ascii_graphic() && !b"\\#\"<>^`{|}".contains(&byte);
        if text.len() > LONGEST || !text.bytes().all(fits) {
            return Err(AddressFault::Characters);
        }
        let (scheme, after) = match (text.split_once("://"), reach) {
            (Some((scheme, after)), Reach::Web) if scheme.eq_ignore_ascii_case("https") => {
                ("https", after)
            }
            (Some((scheme, after)), Reach::Loopback) if scheme.eq_ignore_ascii_case("http") => {
                ("http", after)
            }
            _ => return Err(AddressFault::NotHttps),
        };
        let end = after.find(['/', '?']).unwrap_or(after.len());
        let (authority, rest) = after.split_at(end);
        if authority.contains('@') {
            return Err(AddressFault::UserName);
        }
        let (host, port) = match authority.split_once(':') {
            None => (authority, None),
            Some((host, port)) if reach == Reach::Loopback => {
                (host, Some(port.parse().map_err(|_| AddressFault::Port)?))
            }
            Some(_) => return Err(AddressFault::Port),
        };
        let host = host.to_ascii_lowercase();
        let known = match reach {
            Reach::Web => is_host_name(&host),
            Reach::Loopback => host == "127.0.0.1" || host == "localhost",
        };
        if !known {
            return Err(AddressFault::Host);
        }
        let rest = if rest.starts_with('/') {
            rest.to_owned()
        } else {
            format!("/{rest}")
        };
        Ok(Self {
            scheme,
            host,
            port,
            rest,
        })
    }

    /// Its host, in lower case.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// The address without its query. Queries of storage hosts are signatures: they do
    /// not belong in a message or a log.
    pub fn without_query(&self) -> String {
        let path = self.rest.split('?').next().unwrap_or("/");
        format!("{}{path}", self.origin())
    }

    /// Where `location`, an answer's header, leads from here.
    pub(super) fn join(&self, location: &str, reach: Reach) -> Result<Self, AddressFault> {
        // What follows a `#` is for a browser.
        let location = location.trim().split('#').next().unwrap_or("");
        let has_scheme = location.find([':', '/', '?']).is_some_and(|at| {
            at > 0
                && location.as_bytes()[at] == b':'
                && location.as_bytes()[0].is_ascii_alphabetic()
        });
        if has_scheme {
            return Self::within(location, reach);
        }
        let path = self.rest.split('?').next().unwrap_or("/");
        let folder = &path[..path.rfind('/').map_or(0, |at| at + 1)];
        let full = if location.starts_with("//") {
            format!("{}:{location}", self.scheme)
        } else if location.starts_with('/') {
            format!("{}{location}", self.origin())
        } else if location.starts_with('?') {
            format!("{}{path}{location}", self.origin())
        } else {
            format!("{}{folder}{location}", self.origin())
        };
        Self::within(&full, reach)
    }

    fn origin(&self) -> String {
        match self.port {
            None => format!("{}://{}", self.scheme, self.host),
            Some(port) => format!("{}://{}:{port}", self.scheme, self.host),
        }
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.origin(), self.rest)
    }
}

/// A name with at least two labels whose last is not a number: an address of four
/// numbers, `localhost` and other bare names are no publisher.
pub(super) fn is_host_name(host: &str) -> bool {
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
    };
    let last = host.rsplit('.').next().unwrap_or("");
    host.len() <= 253
        && host.contains('.')
        && host.split('.').all(label)
        && last.bytes().any(|b| b.is_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_https_addresses_are_asked() {
        for (text, fault) in [
            ("http://www.un.org/x", AddressFault::NotHttps),
            ("ftp://www.un.org/x", AddressFault::NotHttps),
            ("file:///etc/passwd", AddressFault::NotHttps),
            ("www.un.org/x", AddressFault::NotHttps),
            ("https://a:b@www.un.org/x", AddressFault::UserName),
            ("https://www.un.org@evil.example/x", AddressFault::UserName),
            ("https://www.un.org:8443/x", AddressFault::Port),
            ("https://www.un.org:443/x", AddressFault::Port),
            ("https://127.0.0.1/x", AddressFault::Host),
            ("https://2130706433/x", AddressFault::Host),
            ("https://[::1]/x", AddressFault::Port),
            ("https://localhost/x", AddressFault::Host),
            ("https:///x", AddressFault::Host),
            ("https://www..org/x", AddressFault::Host),
            (
                "https://www.un.org\\@evil.example/x",
                AddressFault::Characters,
            ),
            ("https://www.un.org/a b", AddressFault::Characters),
            ("https://www.un.org/a\r\nX: y", AddressFault::Characters),
            ("https://www.ün.org/x", AddressFault::Characters),
            ("https://www.un.org/x#y", AddressFault::Characters),
        ] {
            assert_eq!(Address::parse(text), Err(fault), "{text}");
        }
        let long = format!("https://www.un.org/{}", "x".repeat(LONGEST));
        assert_eq!(Address::parse(&long), Err(AddressFault::Characters));
    }

    #[test]
    fn an_address_is_written_as_it_was_read() {
        for text in [
            "https://scsanctions.un.org/resources/xml/en/consolidated.xml",
            "https://webgate.ec.europa.eu/fsd/content?token=x",
        ] {
            assert_eq!(Address::parse(text).unwrap().to_string(), text);
        }
        let bare = Address::parse("HTTPS://WWW.UN.ORG?a=b").unwrap();
        assert_eq!(bare.to_string(), "https://www.un.org/?a=b");
        assert_eq!(bare.without_query(), "https://www.un.org/");
    }

    #[test]
    fn a_redirect_is_resolved_from_where_it_stands() {
        let from = Address::parse("https://a.example/x/y/file.xml?q=1").unwrap();
        for (location, to) in [
            ("https://b.example/z?s=1#top", "https://b.example/z?s=1"),
            ("//b.example/z", "https://b.example/z"),
            ("/z", "https://a.example/z"),
            ("z.xml", "https://a.example/x/y/z.xml"),
            ("?q=2", "https://a.example/x/y/file.xml?q=2"),
            ("z:1", ""),
            ("a/b:1", "https://a.example/x/y/a/b:1"),
        ] {
            let joined = from.join(location, Reach::Web);
            assert_eq!(
                joined.map(|to| to.to_string()).unwrap_or_default(),
                to,
                "{location}"
            );
        }
    }

    #[test]
    fn a_redirect_never_leaves_https() {
        let from = Address::parse("https://a.example/x").unwrap();
        for location in [
            "http://a.example/x",
            "HTTP://a.example/",
            "javascript:1",
            "data:,x",
        ] {
            assert_eq!(from.join(location, Reach::Web), Err(AddressFault::NotHttps));
        }
        assert_eq!(
            from.join("//u@b.example/", Reach::Web),
            Err(AddressFault::UserName)
        );
    }

    #[test]
    fn what_tests_may_reach_is_this_machine_alone() {
        for text in [
            "http://www.un.org/",
            "https://127.0.0.1:1/",
            "http://127.0.0.2:1/",
        ] {
            assert!(Address::within(text, Reach::Loopback).is_err(), "{text}");
        }
        assert!(Address::within("http://127.0.0.1:8080/x", Reach::Loopback).is_ok());
    }
}
