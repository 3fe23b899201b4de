//! A file's bytes, unpacked as they are read, and the hash of what was given.

use std::io::{self, BufRead, BufReader, Chain, Cursor, Read};

use flate2::read::MultiGzDecoder;
use scruple_model::hash::Hasher;

use crate::recognise::{Found, LOOK, recognise};
use crate::{Limits, Refusal, Source, SyncError};

/// Decoding may hold this much of a frame (2 to this power, 128 MiB): what zstd
/// itself allows unless told otherwise.
const WINDOW_LOG: u32 = 27;

/// A file that is open, at its first byte after a byte order mark.
pub(crate) struct Unpacked {
    /// The text; an archive's or a workbook's bytes as they are.
    pub(crate) bytes: Box<dyn BufRead>,
    /// What the first bytes say it is.
    pub(crate) found: Found,
    /// The first bytes, at most [`LOOK`], without the mark.
    pub(crate) first: Vec<u8>,
    /// Whether it was compressed.
    pub(crate) compressed: bool,
}

/// Opens a file and unpacks one layer of gzip or zstd.
///
/// # Errors
/// [`SyncError::Refused`] for what is no list by its first bytes, or packed twice;
/// [`SyncError::Unreadable`].
pub(crate) fn unpack(source: &Source, limits: &Limits) -> Result<Unpacked, SyncError> {
    let (first, outer) = look(source.open()?).map_err(|error| source.unreadable(error))?;
    let found = recognise(&first).map_err(|why| source.refused(why))?;
    let decoder: Box<dyn Read> = match found {
        Found::Zstd => {
            let mut zstd =
                zstd::Decoder::with_buffer(outer).map_err(|error| source.unreadable(error))?;
            zstd.window_log_max(WINDOW_LOG)
                .map_err(|error| source.unreadable(error))?;
            Box::new(zstd)
        }
        Found::Gzip => Box::new(MultiGzDecoder::new(outer)),
        plain => return finish(source, outer, plain, first, false, limits),
    };
    let damaged = |error: io::Error| {
        source.refused(Refusal::Compression {
            line: 1,
            what: error.to_string(),
        })
    };
    let (first, inner) = look(decoder).map_err(damaged)?;
    let found = recognise(&first).map_err(|why| source.refused(why))?;
    if matches!(found, Found::Zstd | Found::Gzip | Found::Zip) {
        return Err(source.refused(Refusal::PackedTwice));
    }
    finish(source, inner, found, first, true, limits)
}

fn finish(
    source: &Source,
    bytes: impl BufRead + 'static,
    found: Found,
    mut first: Vec<u8>,
    compressed: bool,
    limits: &Limits,
) -> Result<Unpacked, SyncError> {
    let mut bytes: Box<dyn BufRead> = Box::new(Limited {
        from: bytes,
        left: limits.whole,
    });
    if let Found::Text { mark } = found {
        first.drain(..mark);
        io::copy(&mut bytes.by_ref().take(mark as u64), &mut io::sink())
            .map_err(|error| source.unreadable(error))?;
    }
    Ok(Unpacked {
        bytes,
        found,
        first,
        compressed,
    })
}

/// SHA-256 of a file as given.
pub(crate) fn hash_of(source: &Source) -> Result<String, SyncError> {
    let mut file = source.open()?;
    let mut hasher = Hasher::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        match file.read(&mut buffer) {
            Ok(0) => return Ok(hasher.finish()),
            Ok(taken) => hasher.update(&buffer[..taken]),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(source.unreadable(error)),
        }
    }
}

type Looked<R> = Chain<Cursor<Vec<u8>>, BufReader<R>>;

/// The first bytes, and all bytes.
fn look<R: Read>(from: R) -> io::Result<(Vec<u8>, Looked<R>)> {
    let mut from = BufReader::with_capacity(1 << 16, from);
    let mut first = Vec::new();
    from.by_ref().take(LOOK as u64).read_to_end(&mut first)?;
    Ok((first.clone(), Cursor::new(first).chain(from)))
}

/// Whether an error is that of [`Limited`].
pub(crate) fn is_too_big(error: &io::Error) -> bool {
    error.get_ref().is_some_and(|inner| inner.is::<TooBig>())
}

/// What the error of [`Limited`] says; parsers hand on the words only.
pub(crate) const TOO_BIG: &str = "more bytes than a list has";

#[derive(Debug, thiserror::Error)]
#[error("{TOO_BIG}")]
struct TooBig;

/// Ends with an error after so many bytes.
struct Limited<R> {
    from: R,
    left: u64,
}

impl<R: BufRead> Read for Limited<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let held = self.fill_buf()?;
        let taken = held.len().min(into.len());
        into[..taken].copy_from_slice(&held[..taken]);
        self.consume(taken);
        Ok(taken)
    }
}

impl<R: BufRead> BufRead for Limited<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        let held = self.from.fill_buf()?;
        if self.left == 0 && !held.is_empty() {
            return Err(io::Error::other(TooBig));
        }
        let most = usize::try_from(self.left).unwrap_or(usize::MAX);
        Ok(&held[..held.len().min(most)])
    }

    fn consume(&mut self, amount: usize) {
        self.left = self.left.saturating_sub(amount as u64);
        self.from.consume(amount);
    }
}
