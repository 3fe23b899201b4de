//! A name as the page prints it, with its aliases in brackets.

use scruple_model::NameKind;

/// A printed name, taken apart.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Printed {
    pub(super) name: String,
    pub(super) others: Vec<(NameKind, String)>,
    /// What else stands there: `and subsidiaries`.
    pub(super) notes: Vec<String>,
    /// What could not be read.
    pub(super) odd: Option<String>,
}

/// The phrases that make names of what is in brackets.
const PHRASES: [(&str, NameKind); 6] = [
    ("also known as ", NameKind::Alias),
    ("formerly known as ", NameKind::Former),
    ("previously known as ", NameKind::Former),
    ("a.k.a. ", NameKind::Alias),
    ("f.k.a. ", NameKind::Former),
    ("doing business as ", NameKind::Alias),
];

/// `Demo Co., Ltd. (including two aliases: Demo; and DC) and subsidiaries`.
pub(super) fn take_apart(text: &str) -> Printed {
    let mut read = Printed::default();
    let mut name = String::new();
    let mut rest = text;
    while let Some(open) = rest.find('(') {
        let (before, from) = rest.split_at(open);
        name.push_str(before);
        match inside(from) {
            Some((inner, after)) if names(inner, &mut read) => {
                rest = after;
            }
            Some((_, after)) => {
                name.push_str(&from[..from.len() - after.len()]);
                rest = after;
            }
            None => {
                read.odd = Some(format!("a bracket is not closed in \"{text}\""));
                name.push_str(from);
                rest = "";
            }
        }
    }
    name.push_str(rest);
    read.name = without_others(name.trim(), &mut read.notes).to_owned();
    read
}

/// What stands in the bracket at the beginning, and what follows it.
fn inside(text: &str) -> Option<(&str, &str)> {
    let mut depth = 0;
    for (at, c) in text.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => {
                depth -= 1;
                if depth == 0 {
                    return Some((&text[1..at], &text[at + 1..]));
                }
            }
            _ => {}
        }
    }
    None
}

/// Reads what is in brackets as names. `false` where it is part of the name.
fn names(inner: &str, read: &mut Printed) -> bool {
    let lower = inner.to_ascii_lowercase();
    let mut kind = NameKind::Alias;
    let listed = match inner.split_once(':') {
        Some((phrase, list)) if phrase.to_ascii_lowercase().contains("alias") => list,
        _ => {
            let Some((phrase, of)) = PHRASES.iter().find(|(phrase, _)| lower.starts_with(phrase))
            else {
                return false;
            };
            kind = *of;
            &inner[phrase.len()..]
        }
    };
    for piece in listed.split(';') {
        let mut piece = piece.trim();
        piece = without_prefix(piece, "and ");
        // A new phrase may begin among the names.
        let lower = piece.to_ascii_lowercase();
        if let Some((phrase, of)) = PHRASES.iter().find(|(phrase, _)| lower.starts_with(phrase)) {
            kind = *of;
            piece = &piece[phrase.len()..];
        }
        let piece = piece.trim();
        if !piece.is_empty() {
            read.others.push((kind, piece.to_owned()));
        }
    }
    true
}

fn without_prefix<'a>(text: &'a str, prefix: &str) -> &'a str {
    match text.get(..prefix.len()) {
        Some(start) if start.eq_ignore_ascii_case(prefix) => &text[prefix.len()..],
        _ => text,
    }
}

/// A name without the words that put others on the list with it.
fn without_others<'a>(name: &'a str, notes: &mut Vec<String>) -> &'a str {
    const WITH: [&str; 3] = [
        " and its subordinate and affiliated entities",
        " and its subsidiaries",
        " and subsidiaries",
    ];
    for words in WITH {
        let at = name.len().wrapping_sub(words.len());
        if let Some(end) = name.get(at..)
            && end.eq_ignore_ascii_case(words)
        {
            notes.push(words.trim().to_owned());
            return name[..at].trim_end_matches([',', ' ']);
        }
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        let read = take_apart(text);
        let others: Vec<String> = read
            .others
            .iter()
            .map(|(kind, name)| format!("{kind:?} {name}"))
            .collect();
        format!(
            "{} | {} | {}",
            read.name,
            others.join(" + "),
            read.notes.join(" + ")
        )
    }

    #[test]
    fn names_in_brackets_are_names_only_after_a_phrase() {
        for (text, read) in [
            ("Demo (Town) Co., Ltd.", "Demo (Town) Co., Ltd. |  | "),
            (
                "Demo Co. (and two aliases: Demo; and DC)",
                "Demo Co. | Alias Demo + Alias DC | ",
            ),
            (
                "Demo (S) Ltd (including one alias: Demmo (S) Co.) and subsidiaries",
                "Demo (S) Ltd | Alias Demmo (S) Co. | and subsidiaries",
            ),
            (
                "Demo (also known as A; B Co.; and C; and formerly known as D; and E)",
                "Demo | Alias A + Alias B Co. + Alias C + Former D + Former E | ",
            ),
            (
                "Demo Corps (DC) and its subordinate and affiliated entities",
                "Demo Corps (DC) |  | and its subordinate and affiliated entities",
            ),
            (
                "Demo (S) Co., Ltd., and Subsidiaries",
                "Demo (S) Co., Ltd. |  | and subsidiaries",
            ),
        ] {
            assert_eq!(shown(text), read);
        }
        assert!(take_apart("Demo (also known as A").odd.is_some());
    }
}
