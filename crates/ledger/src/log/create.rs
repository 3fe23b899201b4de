//! A new log.

use std::path::Path;

use scruple_note::{Signer, new_key};

use super::Random;
use crate::checkpoint::Checkpoint;
use crate::disk::{Audience, Disk};
use crate::error::LedgerError;
use crate::merkle::{empty_root, to_base64};
use crate::place::Place;
use crate::settings::{Release, Settings};
use crate::witness::Policy;

/// What a log is made of.
pub struct NewLog<'a> {
    /// The data directory.
    pub data: &'a Path,
    /// The directory that is published: empty, or not there yet.
    pub public: &'a Path,
    /// Its name; a random one where there is none.
    pub origin: Option<&'a str>,
    /// When entries that wait are released.
    pub release: Release,
    /// Whose cosignatures are asked for, as a policy file.
    pub policy: Option<&'a [u8]>,
    /// A command that prints the key, and the key it printed.
    pub key_command: Option<(String, Signer)>,
}

/// A log that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Created {
    /// Its name.
    pub origin: String,
    /// The key that checks it: what is given to whoever audits it.
    pub verifier: String,
    /// Whether `decide` and `sync` write to it from now on: the first log of a data
    /// directory is the one they take.
    pub is_default: bool,
}

impl NewLog<'_> {
    /// Makes it: a key, settings, and a signed checkpoint of nothing.
    ///
    /// # Errors
    /// [`LedgerError::Exists`], [`LedgerError::Setting`], [`LedgerError::Io`].
    pub fn create(
        self,
        now: i64,
        disk: &Disk,
        random: &mut Random<'_>,
    ) -> Result<Created, LedgerError> {
        let mut take = || {
            random().map_err(|error| {
                LedgerError::Setting(format!("the system gives no random numbers: {error}"))
            })
        };
        let key_name = self
            .key_command
            .as_ref()
            .map(|(_, signer)| signer.name().to_owned());
        let origin = match (self.origin, key_name) {
            (Some(origin), Some(name)) if name != origin => {
                return Err(LedgerError::Setting(format!(
                    "the key that the command gives signs as {name}, and the log is to be called {origin}\n  next: a log is called as its key is"
                )));
            }
            (Some(origin), _) => origin.to_owned(),
            (None, Some(name)) => name,
            // Eight bytes: nobody guesses it, and it says nothing of who it is.
            (None, None) => format!("scruple-ledger.invalid/{}", hex(&take()?[..8])),
        };
        let public = std::path::absolute(self.public).map_err(LedgerError::io(self.public))?;
        let settings = Settings::new(
            origin,
            public.clone(),
            self.release,
            self.key_command
                .as_ref()
                .map(|(command, _)| command.clone()),
        )?;
        if let Some(policy) = self.policy {
            Policy::parse(policy).map_err(|faults| {
                LedgerError::Setting(format!(
                    "the policy of witnesses cannot be used:\n{}",
                    faults
                        .iter()
                        .map(|f| format!("  {f}\n"))
                        .collect::<String>()
                ))
            })?;
        }
        let place = Place::new(self.data, &settings.origin, &public);
        if is_taken(&public) {
            return Err(LedgerError::Exists(public));
        }
        if place.private("log.toml").exists() {
            return Err(LedgerError::Exists(place.private));
        }
        let (signer, secret_key) = match self.key_command {
            Some((_, signer)) => (signer, None),
            None => {
                let pair = new_key(&settings.origin, take()?)
                    .map_err(|fault| LedgerError::Key(fault.to_string()))?;
                let signer = pair
                    .secret
                    .parse()
                    .map_err(|fault: scruple_note::KeyFault| LedgerError::Key(fault.to_string()))?;
                (signer, Some(pair.secret))
            }
        };
        let secret = take()?;
        let checkpoint = Checkpoint {
            origin: settings.origin.clone(),
            size: 0,
            root: empty_root(),
            extensions: Vec::new(),
        };
        let note = checkpoint.sign(&signer);
        let verifier = signer.verifier().to_string();
        crate::keys::private_folder(disk, &place.private)
            .map_err(LedgerError::io(&place.private))?;
        let write = |path: &Path, bytes: &[u8], audience| {
            disk.replace(path, bytes, audience)
                .map_err(LedgerError::io(path))
        };
        if let Some(key) = secret_key {
            write(
                &place.private("key"),
                format!("{key}\n").as_bytes(),
                Audience::Owner,
            )?;
        }
        write(
            &place.private("secret"),
            format!("{}\n", to_base64(&secret)).as_bytes(),
            Audience::Owner,
        )?;
        if let Some(policy) = self.policy {
            write(&place.private("policy"), policy, Audience::Owner)?;
        }
        let hour = settings.release.last(now);
        write(
            &place.private("released"),
            format!("{hour}\n").as_bytes(),
            Audience::Owner,
        )?;
        write(&place.private("signed"), note.as_bytes(), Audience::Owner)?;
        write(
            &place.public("log.vkey"),
            format!("{verifier}\n").as_bytes(),
            Audience::Public,
        )?;
        write(
            &place.public("checkpoint"),
            note.as_bytes(),
            Audience::Public,
        )?;
        // Last: without its settings there is no log.
        write(
            &place.private("log.toml"),
            settings.to_text().as_bytes(),
            Audience::Owner,
        )?;
        let default = self.data.join("ledger/default");
        let is_default = !default.exists();
        if is_default {
            write(
                &default,
                format!("{}\n", settings.origin).as_bytes(),
                Audience::Owner,
            )?;
        }
        Ok(Created {
            origin: settings.origin,
            verifier,
            is_default,
        })
    }
}

fn is_taken(public: &Path) -> bool {
    std::fs::read_dir(public).is_ok_and(|mut entries| entries.next().is_some())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
