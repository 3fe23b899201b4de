//! A file of holdings as a stream, whatever it is packed in. Registers come as archives
//! of gigabytes: nothing is unpacked to disk or held whole.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use scruple_model::hash::Hasher;

use crate::failure::bad_input;

/// No register unpacks to more; a file that does is made to harm.
const MOST: u64 = 1 << 38;
/// The window that a zstd file may ask memory for, as a power of two.
const WINDOW_LOG: u32 = 27;

/// The SHA-256 of a file as it lies.
pub(super) fn hash(path: &Path) -> anyhow::Result<String> {
    let mut file = open(path)?;
    let mut hasher = Hasher::new();
    let mut piece = vec![0; 1 << 20];
    loop {
        let taken = file
            .read(&mut piece)
            .map_err(|error| cannot(path, &error))?;
        if taken == 0 {
            return Ok(hasher.finish());
        }
        hasher.update(&piece[..taken]);
    }
}

fn open(path: &Path) -> anyhow::Result<File> {
    match std::fs::metadata(path) {
        Ok(meta) if meta.is_file() => {}
        Ok(_) => {
            return Err(bad_input(
                format!("{} is no ordinary file", path.display()),
                "name a file",
            ));
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            return Err(bad_input(
                format!("there is no file {}", path.display()),
                "look at the path",
            ));
        }
        Err(error) => return Err(cannot(path, &error)),
    }
    File::open(path).map_err(|error| cannot(path, &error))
}

fn cannot(path: &Path, error: &std::io::Error) -> anyhow::Error {
    bad_input(
        format!("{}: {error}", path.display()),
        "look at who may read it, or get it again",
    )
}

/// Hands what is in a file to `read`, unpacked.
pub(super) fn with<T>(
    path: &Path,
    read: &mut dyn FnMut(&mut dyn BufRead) -> anyhow::Result<T>,
) -> anyhow::Result<T> {
    let mut file = BufReader::with_capacity(1 << 20, open(path)?);
    let first = file.fill_buf().map_err(|error| cannot(path, &error))?;
    let (gzip, zstandard, zip) = (
        first.starts_with(b"\x1f\x8b"),
        first.starts_with(b"\x28\xb5\x2f\xfd"),
        first.starts_with(b"PK\x03\x04") && !is_workbook(path),
    );
    let mut of =
        |inner: &mut dyn Read| read(&mut BufReader::with_capacity(1 << 20, inner.take(MOST)));
    if gzip {
        of(&mut flate2::bufread::MultiGzDecoder::new(file))
    } else if zstandard {
        let mut decoder = zstd::Decoder::with_buffer(file).map_err(|error| cannot(path, &error))?;
        decoder
            .window_log_max(WINDOW_LOG)
            .map_err(|error| cannot(path, &error))?;
        of(&mut decoder)
    } else if zip {
        let wrong = |error: zip::result::ZipError| {
            bad_input(format!("{}: {error}", path.display()), "get it again")
        };
        let mut archive = zip::ZipArchive::new(file).map_err(wrong)?;
        let mut only = None;
        for at in 0..archive.len() {
            if archive.by_index(at).map_err(wrong)?.is_file() && only.replace(at).is_some() {
                return Err(bad_input(
                    format!("{} holds several files", path.display()),
                    "unpack it and name those to take in",
                ));
            }
        }
        let Some(at) = only else {
            return Err(bad_input(
                format!("{} holds no file", path.display()),
                "get it again",
            ));
        };
        of(&mut archive.by_index(at).map_err(wrong)?)
    } else {
        read(&mut file)
    }
}

/// A workbook is an archive too, and is read whole.
pub(super) fn is_workbook(path: &Path) -> bool {
    path.extension()
        .is_some_and(|ending| ending.eq_ignore_ascii_case("xlsx"))
}
