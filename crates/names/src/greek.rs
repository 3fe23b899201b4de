//! Greek to Latin, by the sounds passports print (ELOT 743) rather than by letters.

/// Romanises lower-case Greek without accents; final sigma already made plain.
pub(crate) fn latin(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while at < chars.len() {
        let next = chars.get(at + 1).copied();
        let (text, used) = pair(chars[at], next, chars.get(at + 2).copied(), at == 0)
            .map_or_else(|| (single(chars[at]), 1), |pair| (pair, 2));
        if text.is_empty() && !matches!(chars[at], '\u{37A}') {
            out.push_str(&any_ascii::any_ascii_char(chars[at]).to_ascii_lowercase());
        }
        out.push_str(text);
        at += used;
    }
    out
}

fn pair(a: char, b: Option<char>, c: Option<char>, start: bool) -> Option<&'static str> {
    // Upsilon after alpha or epsilon is f before a voiceless consonant, else v.
    let hard = c.is_none_or(|c| "θκξπσςτφχψ".contains(c));
    Some(match (a, b?) {
        ('ο', 'υ') => "ou",
        ('α', 'υ') if hard => "af",
        ('α', 'υ') => "av",
        ('ε', 'υ') if hard => "ef",
        ('ε', 'υ') => "ev",
        ('μ', 'π') if start => "b",
        ('μ', 'π') => "mp",
        ('ν', 'τ') if start => "d",
        ('γ', 'γ') => "ng",
        ('γ', 'κ') if start => "g",
        ('γ', 'ξ') => "nx",
        ('γ', 'χ') => "nch",
        _ => return None,
    })
}

fn single(c: char) -> &'static str {
    match c {
        'α' => "a",
        'β' => "v",
        'γ' => "g",
        'δ' => "d",
        'ε' => "e",
        'ζ' => "z",
        'η' | 'ι' => "i",
        'θ' => "th",
        'κ' => "k",
        'λ' => "l",
        'μ' => "m",
        'ν' => "n",
        'ξ' => "x",
        'ο' | 'ω' => "o",
        'π' => "p",
        'ρ' => "r",
        'σ' | 'ς' => "s",
        'τ' => "t",
        'υ' => "y",
        'φ' => "f",
        'χ' => "ch",
        'ψ' => "ps",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::latin;

    #[test]
    fn names_as_passports_print_them() {
        let cases = [
            ("παπαδοπουλοσ", "papadopoulos"),
            ("μπακογιαννησ", "bakogiannis"),
            ("ευαγγελοσ", "evangelos"),
            ("ελευθερια", "eleftheria"),
            ("ντινοσ", "dinos"),
            ("χρηστοσ2", "christos2"),
        ];
        for (text, want) in cases {
            assert_eq!(latin(text), want, "{text}");
        }
    }
}
