//! The body of an answer, counted and bounded, into a temporary file.

use std::fs::File;
use std::io::{self, Read, Write as _};
use std::path::Path;

use flate2::read::MultiGzDecoder;
use tempfile::TempPath;

use super::fetch::Progress;
use super::look::LOOK;
use super::{Expects, FetchFault};

/// What is known of a body before it comes.
pub(super) struct Announced {
    /// `Content-Length`.
    pub(super) length: Option<u64>,
    /// Whether it comes in gzip.
    pub(super) gzip: bool,
    /// What kind of file it is to be.
    pub(super) expects: Expects,
    /// Bytes at most, as sent and as unpacked.
    pub(super) limit: u64,
}

/// Bytes come from the wire through here, so that none goes uncounted.
struct Wire<'a, R> {
    from: R,
    got: u64,
    limit: u64,
    announced: Option<u64>,
    progress: &'a mut dyn FnMut(Progress),
    /// Why reading ended, where it was not the end: what stands above would make
    /// other words of it.
    stopped: Option<Stop>,
}

enum Stop {
    TooBig,
    Failed(io::Error),
}

impl<R: Read> Read for Wire<'_, R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let stop = match self.from.read(into) {
            Ok(taken) => {
                self.got += taken as u64;
                if self.got <= self.limit {
                    if taken > 0 {
                        (self.progress)(Progress {
                            got: self.got,
                            total: self.announced,
                        });
                    }
                    return Ok(taken);
                }
                Stop::TooBig
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => return Err(error),
            Err(error) => Stop::Failed(error),
        };
        self.stopped = Some(stop);
        Err(io::Error::other("stopped"))
    }
}

/// Writes a body into a temporary file in `folder`. Nothing is left there where this fails.
///
/// `why` makes a fault of an error of the wire.
pub(super) fn receive(
    body: impl Read,
    announced: &Announced,
    folder: &Path,
    progress: &mut dyn FnMut(Progress),
    why: &dyn Fn(io::Error) -> FetchFault,
) -> Result<(TempPath, u64), FetchFault> {
    let limit = announced.limit;
    if announced.length.is_some_and(|length| length > limit) {
        return Err(FetchFault::TooBig { limit });
    }
    let mut wire = Wire {
        from: body,
        got: 0,
        limit,
        announced: announced.length,
        progress,
        stopped: None,
    };
    let written = if announced.gzip {
        write(MultiGzDecoder::new(&mut wire), announced, folder)
    } else {
        write(&mut wire, announced, folder)
    };
    let cut_off = FetchFault::CutOff {
        got: wire.got,
        announced: announced.length,
    };
    match wire.stopped {
        Some(Stop::TooBig) => return Err(FetchFault::TooBig { limit }),
        Some(Stop::Failed(error)) if error.kind() == io::ErrorKind::UnexpectedEof => {
            return Err(cut_off);
        }
        Some(Stop::Failed(error)) => return Err(why(error)),
        None => {}
    }
    if announced.length.is_some_and(|length| length > wire.got) && written.is_ok() {
        return Err(cut_off);
    }
    written
}

fn write(
    mut from: impl Read,
    announced: &Announced,
    folder: &Path,
) -> Result<(TempPath, u64), FetchFault> {
    let damaged = |error: io::Error| FetchFault::Damaged(error.to_string());
    let mut first = Vec::new();
    from.by_ref()
        .take(LOOK as u64)
        .read_to_end(&mut first)
        .map_err(damaged)?;
    if let Some(found) = announced.expects.instead(&first) {
        return Err(FetchFault::NotTheFile {
            expected: announced.expects,
            found,
        });
    }
    // The store's own name for what is half made: where `folder` is one of its folders,
    // the next writer removes what a killed process left.
    let file = tempfile::Builder::new()
        .prefix(".unfinished-download-")
        .tempfile_in(folder)
        .map_err(FetchFault::Disk)?;
    let (mut file, path): (File, TempPath) = file.into_parts();
    file.write_all(&first).map_err(FetchFault::Disk)?;
    let mut bytes = first.len() as u64;
    let mut piece = vec![0; 1 << 16];
    loop {
        let taken = match from.read(&mut piece) {
            Ok(0) => return Ok((path, bytes)),
            Ok(taken) => taken,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(damaged(error)),
        };
        bytes += taken as u64;
        if bytes > announced.limit {
            return Err(FetchFault::TooBig {
                limit: announced.limit,
            });
        }
        file.write_all(&piece[..taken]).map_err(FetchFault::Disk)?;
    }
}
