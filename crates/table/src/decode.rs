//! Bytes to text: UTF-8, or UTF-16 that says so with a byte order mark.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};
use scruple_model::Problem;

use crate::report::problem;

const SAVE_AS: &str =
    "save the file again as \"CSV UTF-8\" (in a spreadsheet program: Save as, file type)";

/// Decodes, or says where the text stops being text.
pub(crate) fn text(bytes: &[u8]) -> Result<Cow<'_, str>, Vec<Problem>> {
    let refuse = |at, what: String, next: &str| Err(vec![problem(at, "", what, next)]);
    match bytes {
        [] => {
            return refuse(
                (1, 1),
                "the file is empty".into(),
                "name the columns in the first row",
            );
        }
        [b'P', b'K', 3, 4, ..] => {
            return refuse(
                (1, 1),
                "this is a packed file, not text".into(),
                "if it is a spreadsheet, give it a name that ends in .xlsx",
            );
        }
        [0xd0, 0xcf, 0x11, 0xe0, ..] => {
            return refuse(
                (1, 1),
                "this is an old spreadsheet, not text".into(),
                crate::sheet::SAVE_XLSX,
            );
        }
        [0xef, 0xbb, 0xbf, rest @ ..] => return utf8(rest),
        [0xff, 0xfe, rest @ ..] => return utf16(rest, UTF_16LE),
        [0xfe, 0xff, rest @ ..] => return utf16(rest, UTF_16BE),
        _ => {}
    }
    utf8(bytes)
}

fn utf8(bytes: &[u8]) -> Result<Cow<'_, str>, Vec<Problem>> {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let good = error.valid_up_to();
            // The part up to `good` is valid, as the error says.
            let before = std::str::from_utf8(&bytes[..good]).unwrap_or("");
            let what = format!(
                "byte 0x{:02X} is not UTF-8: the file is in another encoding, such as Windows-1251 or Latin-1",
                bytes.get(good).copied().unwrap_or(0)
            );
            return Err(vec![problem(place(before), "", what, SAVE_AS)]);
        }
    };
    match text.find('\0') {
        Some(at) => {
            let what = "the text holds a zero byte: UTF-16 without its mark, or no text at all";
            Err(vec![problem(place(&text[..at]), "", what, SAVE_AS)])
        }
        None => Ok(Cow::Borrowed(text)),
    }
}

fn utf16<'a>(bytes: &'a [u8], encoding: &'static Encoding) -> Result<Cow<'a, str>, Vec<Problem>> {
    match encoding.decode_without_bom_handling_and_without_replacement(bytes) {
        Some(text) if text.contains('\0') => {
            let at = place(&text[..text.find('\0').unwrap_or(0)]);
            Err(vec![problem(
                at,
                "",
                "the text holds a zero character",
                SAVE_AS,
            )])
        }
        Some(text) => Ok(text),
        None => {
            let (lossy, _) = encoding.decode_without_bom_handling(bytes);
            let good = lossy.find('\u{fffd}').unwrap_or(lossy.len());
            let what = "the file says it is UTF-16 and is not: half a character stands here";
            Err(vec![problem(place(&lossy[..good]), "", what, SAVE_AS)])
        }
    }
}

/// Line and column that follow a text, from 1.
fn place(before: &str) -> (usize, usize) {
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    (
        before.matches('\n').count() + 1,
        before[start..].chars().count() + 1,
    )
}
