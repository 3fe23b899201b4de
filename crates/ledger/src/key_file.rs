//! The signing key: a file that nobody else may read.

use std::path::Path;

use scruple_note::Signer;

use crate::error::LedgerError;

/// Reads a key file. One that others can read is refused: the key may be anybody's by now.
///
/// # Errors
/// [`LedgerError::OpenKey`], [`LedgerError::Key`], [`LedgerError::Io`].
pub fn read(path: &Path) -> Result<Signer, LedgerError> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = std::fs::metadata(path)
            .map_err(|error| missing(path, &error))?
            .permissions()
            .mode()
            & 0o777;
        if mode & 0o077 != 0 {
            return Err(LedgerError::OpenKey {
                path: path.to_owned(),
                mode,
            });
        }
    }
    let text = std::fs::read_to_string(path).map_err(|error| missing(path, &error))?;
    parse(&text).map_err(|fault| LedgerError::Key(format!("{}: {fault}", path.display())))
}

/// Reads a key's text, from a file or from what a command printed.
///
/// # Errors
/// What is wrong with it, in words.
pub fn parse(text: &str) -> Result<Signer, String> {
    text.trim().parse().map_err(|fault| {
        format!("{fault}\n  next: a signing key is one line that begins with PRIVATE+KEY+")
    })
}

fn missing(path: &Path, error: &std::io::Error) -> LedgerError {
    LedgerError::Key(format!(
        "the signing key {} cannot be read: {error}\n  next: restore it from where you keep it; if it is lost, docs/ledger.md says how a log ends",
        path.display()
    ))
}
