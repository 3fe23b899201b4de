//! Remarks, taken apart where OFAC says how it writes them.
//!
//! The CSV has no columns for dates of birth, nationalities, numbers or weak
//! aliases: it prints them as remarks between semicolons, in the words of
//! [`super::label`]. `alt.` says that it is one more of the kind before; an alias in
//! quotes is a weak one. Whatever is not in these words is kept whole as a note.

/// The parts of a text of remarks.
pub(super) fn parts(text: &str) -> Vec<&str> {
    let text = text.trim();
    let text = text.strip_suffix('.').unwrap_or(text);
    let mut parts = Vec::new();
    let (mut from, mut depth) = (0_usize, 0_usize);
    for (at, c) in text.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            ';' if depth == 0 => {
                parts.push(&text[from..at]);
                from = at + 1;
            }
            _ => {}
        }
    }
    // A bracket that is never closed must not hide what follows it.
    if depth > 0 {
        parts = text.split(';').collect();
    } else {
        parts.push(&text[from..]);
    }
    parts
        .into_iter()
        .flat_map(in_brackets)
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect()
}

/// The XML puts links in brackets, one after another: `(Linked To: A)(Linked To: B)`.
fn in_brackets(part: &str) -> Vec<&str> {
    let part = part.trim();
    const OPEN: &str = "(Linked To:";
    if !part.starts_with(OPEN) {
        return vec![part];
    }
    let mut out = Vec::new();
    let mut rest = part;
    while !rest.is_empty() {
        let next = rest[1..].find(OPEN).map_or(rest.len(), |at| at + 1);
        let one = rest[..next].trim();
        let inside = one.strip_prefix('(').unwrap_or(one);
        out.push(inside.strip_suffix(')').unwrap_or(inside));
        rest = &rest[next..];
    }
    out
}

/// A part without the word for "one more".
pub(super) fn first(part: &str) -> &str {
    part.strip_prefix("alt. ").unwrap_or(part).trim()
}

/// A weak alias: whether it is a former name, and the name.
pub(super) fn alias(part: &str) -> Option<(bool, &str)> {
    let (former, rest) = match part.strip_prefix("f.k.a. ") {
        Some(rest) => (true, rest),
        None => (
            false,
            part.strip_prefix("a.k.a. ")
                .or_else(|| part.strip_prefix("n.k.a. "))?,
        ),
    };
    let name = rest.trim().strip_prefix('\'')?.strip_suffix('\'')?.trim();
    (!name.is_empty()).then_some((former, name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn remarks_are_taken_apart_at_semicolons_outside_brackets() {
        assert_eq!(
            parts("DOB 1945; POB Gaza (a; b); Linked To: DEMO CO., LTD.."),
            ["DOB 1945", "POB Gaza (a; b)", "Linked To: DEMO CO., LTD."]
        );
        assert_eq!(parts("a (b; DOB 1945."), ["a (b", "DOB 1945"]);
        assert_eq!(
            parts("See there; (Linked To: A (B) CO)(Linked To: C)"),
            ["See there", "Linked To: A (B) CO", "Linked To: C"]
        );
        assert!(parts("").is_empty());
    }

    #[test]
    fn aliases_in_quotes_are_told_from_words() {
        assert_eq!(alias("a.k.a. 'BNC'"), Some((false, "BNC")));
        assert_eq!(alias("f.k.a. 'ANA I'"), Some((true, "ANA I")));
        assert_eq!(alias("a.k.a. 'NU'MAN'"), Some((false, "NU'MAN")));
        assert_eq!(alias("a.k.a. somebody"), None);
        assert_eq!(alias("Minister"), None);
    }
}
