//! Snapshots by content: `snapshots/HASH.zst`, HASH over what is inside.

use std::fs::File;
use std::io::{self, BufReader, Read, Write};
use std::path::{Path, PathBuf};

use scruple_model::hash::Hasher;

use crate::atomic::Unfinished;
use crate::{DataDir, StoreError};

/// A quick level: a list of 20,000 entities is compressed in well under a second.
const LEVEL: i32 = 6;

/// A blob being written; nothing is at its place before [`BlobWriter::finish`].
pub struct BlobWriter {
    folder: PathBuf,
    zstd: zstd::Encoder<'static, Unfinished>,
    hasher: Hasher,
    bytes: u64,
}

/// A blob that lies in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// SHA-256 of the content, lower-case hexadecimal.
    pub hash: String,
    /// Bytes of content, before compression.
    pub bytes: u64,
}

/// Reads a blob's content and, where it ends, checks it against its name: a
/// blob that was altered ends in an error of kind `InvalidData`.
pub struct BlobReader {
    zstd: zstd::Decoder<'static, BufReader<File>>,
    /// `None` once the end was reached and compared.
    hasher: Option<Hasher>,
    expected: String,
}

impl DataDir {
    /// Begins a blob.
    ///
    /// # Errors
    /// [`StoreError::ReadOnly`], or [`StoreError::Io`] where the directory cannot be written.
    pub fn write_blob(&self) -> Result<BlobWriter, StoreError> {
        self.must_write()?;
        let folder = self.snapshots_folder();
        let path = folder.join("blob");
        let file = Unfinished::beside(&path)?;
        let mut zstd = zstd::Encoder::new(file, LEVEL).map_err(StoreError::io(&path, "write"))?;
        zstd.include_checksum(true)
            .map_err(StoreError::io(&path, "write"))?;
        Ok(BlobWriter {
            folder,
            zstd,
            hasher: Hasher::new(),
            bytes: 0,
        })
    }

    /// Opens a blob by its hash.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] where it is missing, [`StoreError::Io`] where it cannot be opened.
    pub fn read_blob(&self, hash: &str) -> Result<BlobReader, StoreError> {
        let path = self.blob_path(hash);
        let file = File::open(&path).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => StoreError::damaged(&path, "the file is missing"),
            _ => StoreError::io(&path, "read")(error),
        })?;
        Ok(BlobReader {
            zstd: zstd::Decoder::new(file).map_err(StoreError::io(&path, "read"))?,
            hasher: Some(Hasher::new()),
            expected: hash.to_owned(),
        })
    }

    /// Where the blob of that hash lies or would lie.
    pub fn blob_path(&self, hash: &str) -> PathBuf {
        blob_path(&self.snapshots_folder(), hash)
    }
}

fn blob_path(folder: &Path, hash: &str) -> PathBuf {
    folder.join(format!("{hash}.zst"))
}

impl BlobWriter {
    /// Ends the blob and gives it its name. One with the same content is replaced
    /// by itself, which also mends a damaged file.
    ///
    /// # Errors
    /// [`StoreError::Io`]; nothing was stored.
    pub fn finish(self) -> Result<Stored, StoreError> {
        let hash = self.hasher.finish();
        let path = blob_path(&self.folder, &hash);
        let file = self.zstd.finish().map_err(StoreError::io(&path, "write"))?;
        file.finish(&path)?;
        Ok(Stored {
            hash,
            bytes: self.bytes,
        })
    }

    /// Makes a failed write an error that names the directory.
    pub fn failed(&self) -> impl FnOnce(io::Error) -> StoreError + use<> {
        StoreError::io(self.folder.clone(), "write")
    }
}

impl Write for BlobWriter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let taken = self.zstd.write(bytes)?;
        self.hasher.update(&bytes[..taken]);
        self.bytes += taken as u64;
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.zstd.flush()
    }
}

impl Read for BlobReader {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let taken = self
            .zstd
            .read(into)
            .map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))?;
        if let Some(hasher) = &mut self.hasher {
            hasher.update(&into[..taken]);
        }
        if taken == 0
            && !into.is_empty()
            && let Some(hasher) = self.hasher.take()
            && hasher.finish() != self.expected
        {
            return Err(io::Error::new(
                io::ErrorKind::InvalidData,
                "its content does not have the hash it is named by",
            ));
        }
        Ok(taken)
    }
}
