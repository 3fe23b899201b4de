//! Burmese to Latin, as names are spelt: one word a syllable (Min Aung Hlaing).
//!
//! There is no standard that names follow. A syllable is an opening (consonant and
//! what is written under it) and a rime; the table gives each rime its commonest
//! spelling. Tones are not written in Latin letters, but for the short one after a
//! nasal, which is a `t` (Myint, Nyunt).

/// The syllables of a run, parted by spaces.
pub(crate) fn latin(word: &str) -> String {
    let chars: Vec<char> = word.chars().collect();
    let mut out = String::with_capacity(word.len());
    let mut at = 0;
    while at < chars.len() {
        let start = at;
        let Some((mut opening, independent)) = letter(chars[at]) else {
            out.push_str(&crate::ascii::letters(chars[at]).to_ascii_lowercase());
            at += 1;
            continue;
        };
        at += 1;
        let mut medial = [false; 4]; // y, r, w, h
        while let Some(no) = chars.get(at).and_then(|c| medial_of(*c)) {
            medial[no] = true;
            at += 1;
        }
        let [y, r, w, h] = medial;
        let base = chars[start];
        let glide = y || r;
        // Some openings are written otherwise than letter by letter.
        let mut text = String::new();
        match (base, glide, h) {
            ('ရ' | 'လ' | 'သ', true, true) | ('ရ', _, true) => text.push_str("sh"),
            ('ခ', true, _) => text.push_str("ch"),
            (_, _, true) => {
                text.push('h');
                std::mem::swap(&mut opening, &mut text);
                text = opening.clone() + &text;
                if glide {
                    text.push('y');
                }
            }
            (_, true, _) => {
                text.push_str(opening.as_str());
                text.push('y');
            }
            _ => text.push_str(&opening),
        }
        let mut signs = String::new();
        while let Some(c) = chars.get(at) {
            match c {
                'ာ' | 'ါ' => signs.push('ာ'),
                'ိ' | 'ီ' | 'ု' | 'ူ' | 'ေ' | 'ဲ' | 'ံ' => signs.push(*c),
                '့' | 'း' => {}
                '်' => signs.push('်'),
                _ => break,
            }
            at += 1;
        }
        // A consonant that is killed, or stands over another, closes the syllable.
        let mut close = None;
        let mut short = false;
        if chars.get(at).copied().is_some_and(|c| letter(c).is_some()) {
            let marks: Vec<char> = chars[at + 1..]
                .iter()
                .copied()
                .take_while(|c| matches!(c, '်' | '့' | 'း' | '္'))
                .collect();
            if marks.iter().any(|c| matches!(c, '်' | '္')) {
                close = Some(chars[at]);
                short = marks.contains(&'့');
                at += 1 + marks.len();
            }
        }
        let rime = if independent {
            ""
        } else {
            rime(&signs, close, w, base)
        };
        if !out.is_empty() && !out.ends_with(' ') {
            out.push(' ');
        }
        out.push_str(&text);
        if w && !rime.starts_with('u') {
            out.push('w');
        }
        out.push_str(rime);
        if short && rime.ends_with('n') {
            out.push('t');
        }
    }
    out
}

/// A letter that opens a syllable; whether it is a vowel by itself.
fn letter(c: char) -> Option<(String, bool)> {
    let text = match c {
        'က' => "k",
        'ခ' => "kh",
        'ဂ' | 'ဃ' => "g",
        'င' => "ng",
        'စ' | 'ဆ' => "s",
        'ဇ' | 'ဈ' => "z",
        'ည' | 'ဉ' => "ny",
        'ဋ' | 'တ' => "t",
        'ဌ' | 'ထ' => "ht",
        'ဍ' | 'ဎ' | 'ဒ' | 'ဓ' => "d",
        'ဏ' | 'န' => "n",
        'ပ' => "p",
        'ဖ' => "ph",
        'ဗ' | 'ဘ' => "b",
        'မ' => "m",
        'ယ' | 'ရ' => "y",
        'လ' | 'ဠ' => "l",
        'ဝ' => "w",
        'သ' => "th",
        'ဟ' => "h",
        'အ' => "",
        'ဥ' | 'ဦ' => return Some(("u".into(), true)),
        'ဣ' | 'ဤ' => return Some(("i".into(), true)),
        'ဧ' => return Some(("e".into(), true)),
        'ဩ' | 'ဪ' => return Some(("aw".into(), true)),
        _ => return None,
    };
    Some((text.into(), false))
}

fn medial_of(c: char) -> Option<usize> {
    Some(match c {
        'ျ' => 0,
        'ြ' => 1,
        'ွ' => 2,
        'ှ' => 3,
        _ => return None,
    })
}

fn rime(signs: &str, close: Option<char>, w: bool, base: char) -> &'static str {
    match (signs, close) {
        ("ော", Some('င')) => "aung",
        ("ော", Some('က')) => "auk",
        ("ော" | "ော်", _) => "aw",
        ("ို", Some('င')) => "aing",
        ("ို", Some('က')) => "aik",
        ("ို", _) => "o",
        ("ိ", Some('န' | 'မ')) => "ein",
        ("ိ", Some('တ' | 'ပ')) => "eik",
        ("ိံ", _) => "ein",
        ("ု", Some('န' | 'မ')) | ("ုံ", _) => "on",
        ("ု", Some('တ' | 'ပ')) => "ok",
        ("", Some('န' | 'မ')) if w => "un",
        ("", Some('တ' | 'ပ')) if w => "ut",
        ("", Some('န' | 'မ' | 'ဏ')) | ("ံ", _) => "an",
        ("", Some('က')) => "et",
        ("", Some('တ' | 'ပ' | 'ဒ')) => "at",
        ("", Some('စ')) => "it",
        ("", Some('င' | 'ဉ')) => "in",
        ("", Some('ည')) => "i",
        ("", Some('ယ')) | ("ဲ", _) => "e",
        ("ေ", _) if w => "e",
        ("ေ", _) if base == 'အ' => "aye",
        ("ေ", _) => "ay",
        ("ိ" | "ီ", _) => "i",
        ("ု" | "ူ", _) => "u",
        _ => "a",
    }
}

#[cfg(test)]
mod tests {
    use super::latin;

    #[test]
    fn names_as_they_are_spelt() {
        let cases = [
            ("မင်းအောင်လှိုင်", "min aung hlaing"),
            ("အောင်ဆန်းစုကြည်", "aung san su kyi"),
            ("သန်းရွှေ", "than shwe"),
            ("ကျော်", "kyaw"),
            ("မြင့်", "myint"),
            ("ထွန်း", "htun"),
            ("ခင်", "khin"),
            ("အေး", "aye"),
            ("ဇော်", "zaw"),
            ("ရန်ကုန်", "yan kon"),
            ("မန္တလေး", "man ta lay"),
            ("ဦး", "u"),
            ("ညွန့်", "nyunt"),
        ];
        for (text, want) in cases {
            assert_eq!(latin(text), want, "{text}");
        }
    }
}
