//! The container: plain ustar, written in one way and compared byte by byte.

use std::io::{self, Read, Write};

const BLOCK: usize = 512;

/// The signed member, which comes first.
pub(super) const MANIFEST: &str = "manifest.note";

/// The largest member that the header's eleven octal digits can say: 8 GiB.
pub(super) const LARGEST: u64 = (1 << 33) - 1;

/// The one header of a member. `path` is at most 100 bytes of ASCII.
pub(super) fn header(path: &str, bytes: u64) -> [u8; BLOCK] {
    let mut block = [0; BLOCK];
    let mut put = |at: usize, text: &[u8]| block[at..at + text.len()].copy_from_slice(text);
    put(0, &path.as_bytes()[..path.len().min(100)]);
    put(100, b"0000644\0");
    put(108, b"0000000\0");
    put(116, b"0000000\0");
    put(124, format!("{:011o}\0", bytes.min(LARGEST)).as_bytes());
    put(136, b"00000000000\0");
    put(148, b"        ");
    put(156, b"0");
    put(257, b"ustar\x0000");
    put(329, b"0000000\0");
    put(337, b"0000000\0");
    let sum: u32 = block.iter().map(|byte| u32::from(*byte)).sum();
    block[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    block
}

/// The length that a header says, where it is one of ours for `path`.
pub(super) fn length_in(block: &[u8; BLOCK], path: &str) -> Option<u64> {
    let digits = std::str::from_utf8(&block[124..135]).ok()?;
    let bytes = u64::from_str_radix(digits, 8).ok()?;
    (*block == header(path, bytes)).then_some(bytes)
}

fn padding(bytes: u64) -> usize {
    (BLOCK - (bytes % BLOCK as u64) as usize) % BLOCK
}

/// Bytes a member takes in the container.
pub(super) fn room(bytes: u64) -> u64 {
    BLOCK as u64 + bytes + padding(bytes) as u64
}

/// Writes one member after another.
pub(super) struct Writer<W> {
    to: W,
    /// Bytes written.
    pub(super) written: u64,
}

impl<W: Write> Writer<W> {
    pub(super) fn new(to: W) -> Self {
        Self { to, written: 0 }
    }

    /// Writes a member of exactly `bytes` bytes.
    pub(super) fn put(&mut self, path: &str, bytes: u64, from: &mut dyn Read) -> io::Result<()> {
        self.to.write_all(&header(path, bytes))?;
        let copied = io::copy(&mut from.take(bytes), &mut self.to)?;
        if copied != bytes {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        self.to.write_all(&[0; BLOCK][..padding(bytes)])?;
        self.written += room(bytes);
        Ok(())
    }

    pub(super) fn finish(mut self) -> io::Result<u64> {
        self.to.write_all(&[0; 2 * BLOCK])?;
        self.to.flush()?;
        Ok(self.written + 2 * BLOCK as u64)
    }
}

/// What is wrong at a place of the container.
#[derive(Debug)]
pub(super) enum Wrong {
    /// Not the bytes that have to stand there.
    Bytes,
    /// It ends.
    End,
    Io(io::Error),
}

impl From<io::Error> for Wrong {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::UnexpectedEof {
            Self::End
        } else {
            Self::Io(error)
        }
    }
}

/// Reads a header.
pub(super) fn read_header(from: &mut impl Read) -> Result<[u8; BLOCK], Wrong> {
    let mut block = [0; BLOCK];
    from.read_exact(&mut block)?;
    Ok(block)
}

/// Reads what fills a member's last block.
pub(super) fn read_padding(from: &mut impl Read, bytes: u64) -> Result<(), Wrong> {
    let mut block = [0; BLOCK];
    let block = &mut block[..padding(bytes)];
    from.read_exact(block)?;
    only_zeros(block)
}

/// Reads the two empty blocks, and that nothing comes after them.
pub(super) fn read_end(from: &mut impl Read) -> Result<(), Wrong> {
    let mut blocks = [0; 2 * BLOCK];
    from.read_exact(&mut blocks)?;
    only_zeros(&blocks)?;
    match io::copy(&mut from.take(1), &mut io::sink())? {
        0 => Ok(()),
        _ => Err(Wrong::Bytes),
    }
}

fn only_zeros(bytes: &[u8]) -> Result<(), Wrong> {
    if bytes.iter().all(|byte| *byte == 0) {
        Ok(())
    } else {
        Err(Wrong::Bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_says_its_own_length_and_nothing_else_fits() {
        let block = header("packs/lists.toml", 1234);
        assert_eq!(length_in(&block, "packs/lists.toml"), Some(1234));
        assert_eq!(length_in(&block, "packs/places.toml"), None);
        for at in 0..BLOCK {
            let mut changed = block;
            changed[at] ^= 1;
            assert_eq!(length_in(&changed, "packs/lists.toml"), None, "byte {at}");
        }
    }

    #[test]
    fn members_fill_whole_blocks() {
        for bytes in [0u64, 1, 511, 512, 513] {
            let mut out = Vec::new();
            let mut writer = Writer::new(&mut out);
            writer
                .put("x", bytes, &mut io::repeat(7).take(bytes))
                .unwrap();
            let total = writer.finish().unwrap();
            assert_eq!(out.len() as u64, total);
            assert_eq!(total, room(bytes) + 1024);
            let mut from = &out[..];
            assert!(read_header(&mut from).is_ok());
            from = &from[usize::try_from(bytes).unwrap()..];
            assert!(read_padding(&mut from, bytes).is_ok());
            assert!(read_end(&mut from).is_ok());
        }
    }

    #[test]
    fn a_member_shorter_than_said_is_an_error() {
        let mut writer = Writer::new(Vec::new());
        assert!(writer.put("x", 10, &mut &b"short"[..]).is_err());
    }
}
