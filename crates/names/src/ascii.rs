//! A character that a script's own table does not hold.

/// Its Latin letters by `any_ascii`, or nothing: signs and points are no letters.
pub(crate) fn letters(c: char) -> &'static str {
    let text = any_ascii::any_ascii_char(c);
    if text.bytes().all(|b| b.is_ascii_alphanumeric()) {
        text
    } else {
        ""
    }
}
