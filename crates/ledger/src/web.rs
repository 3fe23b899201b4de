//! Logs and witnesses over HTTP.
//!
//! What answers is hostile until it is checked: every answer is bounded in time and
//! size, no redirect is followed, and plain http is spoken to this machine only. What
//! goes out is a path of the log, or a checkpoint: nothing of a deal.

use std::sync::Arc;
use std::time::Duration;

use ureq::tls::{Certificate, RootCerts, TlsConfig, TlsProvider};
use ureq::{Agent, Proxy};

use crate::audit::{Source, SourceFault};
use crate::witness::{AddCheckpoint, Answer};

/// What the edge decides about requests.
#[derive(Clone, Debug)]
pub struct Settings {
    /// What the program calls itself.
    pub user_agent: String,
    /// A proxy, as `http://host:port`.
    pub proxy: Option<String>,
    /// For one request, from its beginning to the last byte of the answer.
    pub timeout: Duration,
}

/// Asks addresses.
#[derive(Clone)]
pub struct Web {
    agent: Agent,
}

/// The largest answer of a witness.
const SMALL: u64 = 64 << 10;

impl Web {
    /// With the certificate authorities that this machine trusts; a machine without any
    /// can ask its own loopback address.
    ///
    /// # Errors
    /// Words for the user, where the proxy's address cannot be read.
    pub fn new(settings: &Settings) -> Result<Self, String> {
        let proxy = match &settings.proxy {
            None => None,
            Some(text) => Some(Proxy::new(text).map_err(|error| {
                format!("proxy {text:?}: {error}; next: write it as http://host:port")
            })?),
        };
        let roots: Vec<Certificate<'static>> = rustls_native_certs::load_native_certs()
            .certs
            .iter()
            .map(|der| Certificate::from_der(der.as_ref()).to_owned())
            .collect();
        let tls = TlsConfig::builder()
            .provider(TlsProvider::Rustls)
            .unversioned_rustls_crypto_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .root_certs(RootCerts::Specific(Arc::new(roots)))
            .build();
        let agent = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .tls_config(tls)
            .proxy(proxy)
            .user_agent(settings.user_agent.as_str())
            .accept_encoding("identity")
            .max_response_header_size(64 << 10)
            .timeout_global(Some(settings.timeout))
            .build()
            .new_agent();
        Ok(Self { agent })
    }

    /// The log at an address.
    ///
    /// # Errors
    /// Words for the user, where the address is none that is asked.
    pub fn log(&self, address: &str) -> Result<WebLog, String> {
        allowed(address)?;
        Ok(WebLog {
            agent: self.agent.clone(),
            address: address.trim_end_matches('/').to_owned(),
        })
    }
}

/// A log at an address.
pub struct WebLog {
    agent: Agent,
    address: String,
}

impl Source for WebLog {
    fn get(&mut self, path: &str, most: u64) -> Result<Option<Vec<u8>>, SourceFault> {
        let failed = |why: String| SourceFault::Failed {
            path: path.to_owned(),
            why,
        };
        let mut answer = self
            .agent
            .get(format!("{}/{path}", self.address))
            .call()
            .map_err(|error| failed(error.to_string()))?;
        match answer.status().as_u16() {
            200 => {}
            404 | 410 => return Ok(None),
            status => return Err(failed(format!("status {status}"))),
        }
        let announced = answer
            .headers()
            .get("content-length")
            .and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
        let bytes = answer
            .body_mut()
            .with_config()
            .limit(most + 1)
            .read_to_vec()
            .map_err(|error| failed(error.to_string()))?;
        if bytes.len() as u64 > most {
            return Err(SourceFault::TooLong {
                path: path.to_owned(),
                most,
            });
        }
        match announced {
            Some(length) if length != bytes.len() as u64 => Err(failed(format!(
                "the answer broke off: {} of {length} bytes came",
                bytes.len()
            ))),
            _ => Ok(Some(bytes)),
        }
    }
}

impl AddCheckpoint for Web {
    fn add_checkpoint(&mut self, address: &str, body: &str) -> Result<Answer, String> {
        allowed(address)?;
        let url = format!("{}/add-checkpoint", address.trim_end_matches('/'));
        let mut answer = self
            .agent
            .post(url)
            .content_type("text/plain; charset=utf-8")
            .send(body)
            .map_err(|error| error.to_string())?;
        let body = answer
            .body_mut()
            .with_config()
            .limit(SMALL)
            .read_to_vec()
            .map_err(|error| error.to_string())?;
        Ok(Answer {
            status: answer.status().as_u16(),
            body,
        })
    }
}

/// https anywhere; http on this machine alone, where nobody stands between.
fn allowed(address: &str) -> Result<(), String> {
    let local = ["127.0.0.1", "[::1]", "localhost"].iter().any(|host| {
        address.strip_prefix("http://").is_some_and(|rest| {
            rest.strip_prefix(host)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with([':', '/']))
        })
    });
    let user = address
        .split('/')
        .nth(2)
        .is_some_and(|host| host.contains('@'));
    if (address.starts_with("https://") || local) && !user {
        Ok(())
    } else {
        Err(format!(
            "{address:?} is no address that is asked: https:// anywhere, http:// on this machine only"
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::allowed;

    #[test]
    fn plain_http_goes_to_this_machine_only() {
        for good in [
            "https://log.example/x",
            "http://127.0.0.1:8000",
            "http://localhost/",
            "http://[::1]:1/",
        ] {
            assert!(allowed(good).is_ok(), "{good}");
        }
        for bad in [
            "http://log.example",
            "http://127.0.0.1.example/",
            "http://127.0.0.1@log.example/",
            "http://localhost:1@log.example/",
            "ftp://log.example",
            "log.example",
            "https://a@b/",
        ] {
            assert!(allowed(bad).is_err(), "{bad}");
        }
    }
}
