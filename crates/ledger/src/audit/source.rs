//! Where an audited log is read from.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::PathBuf;

/// A log's files by their paths.
pub trait Source {
    /// A file of at most `most` bytes; none where there is none.
    ///
    /// # Errors
    /// [`SourceFault`] where it cannot be told.
    fn get(&mut self, path: &str, most: u64) -> Result<Option<Vec<u8>>, SourceFault>;
}

/// Why a file cannot be had.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SourceFault {
    /// There is no log.
    #[error("there is no log here: no file called checkpoint")]
    NoLog,
    /// There is no key to check with.
    #[error("there is no key to check with: the log has no log.vkey, and none was given")]
    NoKey,
    /// A file cannot be read or fetched.
    #[error("{path}: {why}")]
    Failed {
        /// Its path below the log.
        path: String,
        /// Why.
        why: String,
    },
    /// A file is longer than it can be.
    #[error("{path}: more than {most} bytes")]
    TooLong {
        /// Its path below the log.
        path: String,
        /// How long it may be.
        most: u64,
    },
}

/// A log in a directory.
pub struct Directory(PathBuf);

impl Directory {
    /// The log in `root`.
    pub fn new(root: PathBuf) -> Self {
        Self(root)
    }
}

impl Source for Directory {
    fn get(&mut self, path: &str, most: u64) -> Result<Option<Vec<u8>>, SourceFault> {
        let failed = |error: io::Error| SourceFault::Failed {
            path: path.to_owned(),
            why: error.to_string(),
        };
        let file = match File::open(self.0.join(path)) {
            Ok(file) => file,
            Err(error)
                if matches!(
                    error.kind(),
                    io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
                ) =>
            {
                return Ok(None);
            }
            Err(error) => return Err(failed(error)),
        };
        if !file.metadata().map_err(failed)?.is_file() {
            return Ok(None);
        }
        let mut bytes = Vec::new();
        file.take(most + 1)
            .read_to_end(&mut bytes)
            .map_err(failed)?;
        if bytes.len() as u64 > most {
            return Err(SourceFault::TooLong {
                path: path.to_owned(),
                most,
            });
        }
        Ok(Some(bytes))
    }
}
