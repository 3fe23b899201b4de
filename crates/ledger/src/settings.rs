//! What a log is configured with, beside its files: `log.toml` in the data directory.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::error::LedgerError;

/// The format of the file.
const SCHEMA: &str = "scruple.ledger-settings/1";

/// The settings of a log that this data directory writes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    schema: String,
    /// Its name: the first line of its checkpoints, the name of its key.
    pub origin: String,
    /// The directory that is published.
    pub public: PathBuf,
    /// When entries that wait are released.
    pub release: Release,
    /// A command that prints the signing key, in place of the key file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key_command: Option<String>,
}

/// Fixed hours, and how many entries come out at each: so that neither says anything of
/// one deal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Release {
    /// Hours of the day in UTC, 0 to 23.
    pub hours: Vec<u8>,
    /// Entries come out in multiples of this, filled up with empty ones.
    pub batch: u16,
}

impl Default for Release {
    fn default() -> Self {
        Self {
            hours: vec![6, 18],
            batch: 16,
        }
    }
}

impl Settings {
    /// Settings for a new log.
    ///
    /// # Errors
    /// [`LedgerError::Setting`] for hours or numbers that cannot be.
    pub fn new(
        origin: String,
        public: PathBuf,
        mut release: Release,
        key_command: Option<String>,
    ) -> Result<Self, LedgerError> {
        release.hours.sort_unstable();
        release.hours.dedup();
        if !scruple_note::is_name(&origin) {
            return Err(LedgerError::Setting(format!(
                "{origin:?} is no name for a log\n  next: write it like an address without https://, with no space and no plus sign: log.example.com/diligence"
            )));
        }
        if release.hours.is_empty() || release.hours.iter().any(|hour| *hour > 23) {
            return Err(LedgerError::Setting(
                "the hours of release are 0 to 23 in UTC, at least one".to_owned(),
            ));
        }
        if !(1..=4096).contains(&release.batch) {
            return Err(LedgerError::Setting(
                "a batch has 1 to 4096 entries".to_owned(),
            ));
        }
        Ok(Self {
            schema: SCHEMA.to_owned(),
            origin,
            public,
            release,
            key_command,
        })
    }

    pub(crate) fn to_text(&self) -> String {
        toml::to_string(self).expect("settings are texts, numbers and lists of them")
    }

    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let settings: Self = toml::from_str(text).map_err(|error| error.to_string())?;
        if settings.schema != SCHEMA {
            return Err(format!("it has the schema {}", settings.schema));
        }
        Self::new(
            settings.origin,
            settings.public,
            settings.release,
            settings.key_command,
        )
        .map_err(|error| error.to_string())
    }
}

impl Release {
    /// The last hour of release that is not after `now`, in Unix seconds.
    pub fn last(&self, now: i64) -> i64 {
        const DAY: i64 = 86_400;
        let midnight = now.div_euclid(DAY) * DAY;
        [midnight - DAY, midnight]
            .into_iter()
            .flat_map(|day| {
                self.hours
                    .iter()
                    .map(move |hour| day + i64::from(*hour) * 3600)
            })
            .filter(|hour| *hour <= now)
            .max()
            .unwrap_or(midnight - DAY)
    }

    /// The next hour of release after `now`.
    pub fn next(&self, now: i64) -> i64 {
        const DAY: i64 = 86_400;
        let midnight = now.div_euclid(DAY) * DAY;
        [midnight, midnight + DAY]
            .into_iter()
            .flat_map(|day| {
                self.hours
                    .iter()
                    .map(move |hour| day + i64::from(*hour) * 3600)
            })
            .filter(|hour| *hour > now)
            .min()
            .unwrap_or(midnight + DAY)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_41_hours_of_release_are_utc_and_follow_each_other() {
        let release = Release::default();
        let day = 1_700_000_000_i64.div_euclid(86_400) * 86_400;
        assert_eq!(release.last(day), day - 6 * 3600);
        assert_eq!(release.last(day + 6 * 3600), day + 6 * 3600);
        assert_eq!(release.next(day + 6 * 3600), day + 18 * 3600);
        assert_eq!(release.next(day + 19 * 3600), day + 30 * 3600);
    }
}
