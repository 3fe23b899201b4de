//! Pinyin to Wade-Giles as names are printed with it: without apostrophes, accents
//! and hyphens. It is how Taiwan writes most names, and older lists all of them.

/// One pinyin syllable without tone, `zhang`, as `chang`.
pub(crate) fn from_pinyin(syllable: &str) -> String {
    match syllable {
        "yi" => return "i".into(),
        "you" => return "yu".into(),
        "ye" => return "yeh".into(),
        "yan" => return "yen".into(),
        "yue" => return "yueh".into(),
        "yong" => return "yung".into(),
        "er" => return "erh".into(),
        "zi" | "ci" => return "tzu".into(),
        "si" => return "ssu".into(),
        "ri" => return "jih".into(),
        _ => {}
    }
    let (initial, rest) = INITIALS
        .iter()
        .find_map(|(pinyin, wade)| Some((*wade, syllable.strip_prefix(pinyin)?)))
        .unwrap_or(("", syllable));
    let hushing = ["zh", "ch", "sh", "r"]
        .iter()
        .any(|start| syllable.starts_with(start));
    let guttural = ["g", "k", "h"]
        .iter()
        .any(|start| syllable.starts_with(start));
    let last = match rest {
        "i" if hushing => "ih",
        "e" if guttural => "o",
        "ian" => "ien",
        "ie" => "ieh",
        "ue" => "ueh",
        "ong" => "ung",
        "iong" => "iung",
        "uo" if guttural || syllable.starts_with("sh") => "uo",
        "uo" => "o",
        "ui" if syllable.starts_with(['g', 'k']) => "uei",
        rest => rest,
    };
    format!("{initial}{last}")
}

/// Longest first.
const INITIALS: [(&str, &str); 21] = [
    ("zh", "ch"),
    ("ch", "ch"),
    ("sh", "sh"),
    ("b", "p"),
    ("d", "t"),
    ("g", "k"),
    ("j", "ch"),
    ("q", "ch"),
    ("x", "hs"),
    ("z", "ts"),
    ("c", "ts"),
    ("r", "j"),
    ("k", "k"),
    ("t", "t"),
    ("p", "p"),
    ("m", "m"),
    ("f", "f"),
    ("n", "n"),
    ("l", "l"),
    ("h", "h"),
    ("s", "s"),
];

#[cfg(test)]
mod tests {
    use super::from_pinyin;

    #[test]
    fn names_as_taiwan_prints_them() {
        let cases = [
            ("cai ying wen", "tsai ying wen"),
            ("jiang jie shi", "chiang chieh shih"),
            ("xie chang ting", "hsieh chang ting"),
            ("zhou en lai", "chou en lai"),
            ("deng xiao ping", "teng hsiao ping"),
            ("mao ze dong", "mao tse tung"),
            ("guo tai ming", "kuo tai ming"),
            ("xu zhi yong", "hsu chih yung"),
            ("luo ren", "lo jen"),
            ("he gui", "ho kuei"),
            ("qian xue sen", "chien hsueh sen"),
            ("song zi wen", "sung tzu wen"),
        ];
        for (pinyin, want) in cases {
            let got: Vec<String> = pinyin.split(' ').map(from_pinyin).collect();
            assert_eq!(got.join(" "), want, "{pinyin}");
        }
    }
}
