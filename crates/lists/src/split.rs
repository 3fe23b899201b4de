//! Several values in one cell: `(1) Libya (2) Mali`, `a) 1957 b) 1960`.
//!
//! A mark counts only where it is the next one in order, so that a telephone
//! number `+98(311)451` or a remark `(a Syrian bank)` stays whole.

/// Splits `(1) x (2) y`; also `(1-3) x (4) y` and `(1) to (6) x (7) y`. A text that does
/// not begin with a mark comes back whole.
pub(crate) fn numbered(text: &str) -> Vec<&str> {
    let text = text.trim();
    let Some((mut next, mut from)) = number_mark(text, 1) else {
        return whole(text);
    };
    let mut pieces = Vec::new();
    let mut at = from;
    while let Some(open) = text[at..].find('(') {
        let here = at + open;
        match number_mark(&text[here..], next) {
            Some((after, wide)) => {
                pieces.push(&text[from..here]);
                (next, from, at) = (after, here + wide, here + wide);
            }
            None => at = here + 1,
        }
    }
    pieces.push(&text[from..]);
    kept(pieces)
}

/// A mark with the number `expected`, or a range from it: what number comes next and
/// how many bytes the mark has. After `(1) to` the number jumps.
fn number_mark(text: &str, expected: u32) -> Option<(u32, usize)> {
    let inner = text.strip_prefix('(')?;
    let end = closed(inner)?;
    let (first, last) = match inner[..end].split_once('-') {
        Some((first, last)) => (first, last),
        None => (&inner[..end], &inner[..end]),
    };
    let (first, last) = (number(first)?, number(last)?);
    if first != expected || last < first {
        return None;
    }
    let wide = end + 2;
    if let Some(rest) = text[wide..].trim_start().strip_prefix("to ")
        && let Some(inner) = rest.trim_start().strip_prefix('(')
        && let Some(end) = closed(inner)
        && let Some(last) = number(&inner[..end]).filter(|last| *last > first)
    {
        return Some((last + 1, text.len() - inner.len() + end + 1));
    }
    Some((last + 1, wide))
}

/// Bytes that a number or a range in brackets has at most: `12 - 14`.
const WIDEST: usize = 8;

/// Where the bracket is closed; one that is not closed soon is no mark.
fn closed(inner: &str) -> Option<usize> {
    inner.bytes().take(WIDEST).position(|byte| byte == b')')
}

fn number(text: &str) -> Option<u32> {
    let text = text.trim();
    (text.len() <= 2).then(|| text.parse().ok()).flatten()
}

/// Splits `a) x b) y`. A letter may stand twice, as publishers let it.
pub(crate) fn lettered(text: &str) -> Vec<&str> {
    let text = text.trim();
    let mark = |at: usize, letters: &[u8]| {
        let bytes = text.as_bytes();
        let alone = at == 0 || !bytes[at - 1].is_ascii_alphanumeric() && bytes[at - 1] != b'(';
        let letter = bytes.get(at)?.to_ascii_lowercase();
        (alone && bytes.get(at + 1) == Some(&b')') && letters.contains(&letter)).then_some(letter)
    };
    let Some(mut last) = mark(0, b"a") else {
        return whole(text);
    };
    let mut pieces = Vec::new();
    let mut from = 2;
    for at in 2..text.len() {
        if text.is_char_boundary(at)
            && let Some(letter) = mark(at, &[last, last.saturating_add(1)])
        {
            pieces.push(&text[from..at]);
            (last, from) = (letter, at + 2);
        }
    }
    pieces.push(&text[from..]);
    kept(pieces)
}

fn whole(text: &str) -> Vec<&str> {
    kept(vec![text])
}

fn kept(pieces: Vec<&str>) -> Vec<&str> {
    pieces
        .into_iter()
        .map(|piece| piece.trim().trim_end_matches([';', ',']).trim())
        .filter(|piece| !piece.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_in_order_split() {
        assert_eq!(numbered("(1) Libya (2) Mali"), ["Libya", "Mali"]);
        assert_eq!(numbered("(1-3) Libya (4) Mali"), ["Libya", "Mali"]);
        assert_eq!(numbered("(1) to (6) Algeria (7) Mali"), ["Algeria", "Mali"]);
        assert_eq!(numbered("(1) +98(311)45 (2) 7"), ["+98(311)45", "7"]);
        assert_eq!(lettered("a) 1957; b) 1960"), ["1957", "1960"]);
        assert_eq!(lettered("a)1957 b)1960 b)1961"), ["1957", "1960", "1961"]);
        assert_eq!(lettered("A) é b) (Aug. 1961)"), ["é", "(Aug. 1961)"]);
    }

    #[test]
    fn a_million_brackets_take_no_time() {
        let begun = std::time::Instant::now();
        let text = format!("(1) {}", "(".repeat(1 << 20));
        assert_eq!(numbered(&text).len(), 1);
        assert!(begun.elapsed().as_secs() < 5);
    }

    #[test]
    fn other_brackets_do_not() {
        assert_eq!(
            numbered("Congo (Democratic Republic)"),
            ["Congo (Democratic Republic)"]
        );
        assert_eq!(numbered("(312)5224910"), ["(312)5224910"]);
        assert_eq!(lettered("Bank (a) b)"), ["Bank (a) b)"]);
        assert_eq!(numbered(""), Vec::<&str>::new());
        assert_eq!(numbered("(1)"), Vec::<&str>::new());
        assert_eq!(lettered("a)"), Vec::<&str>::new());
    }
}
