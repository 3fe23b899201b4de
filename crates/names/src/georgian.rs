//! Georgian to Latin, by the national system that passports print. One letter, one
//! value; what the system marks with an apostrophe is left without.

/// Romanises lower-case Georgian.
pub(crate) fn latin(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        out.push_str(match c {
            'ა' => "a",
            'ბ' => "b",
            'გ' => "g",
            'დ' => "d",
            'ე' => "e",
            'ვ' => "v",
            'ზ' => "z",
            'თ' | 'ტ' => "t",
            'ი' => "i",
            'კ' | 'ქ' => "k",
            'ლ' => "l",
            'მ' => "m",
            'ნ' => "n",
            'ო' => "o",
            'პ' | 'ფ' => "p",
            'ჟ' => "zh",
            'რ' => "r",
            'ს' => "s",
            'უ' => "u",
            'ღ' => "gh",
            'ყ' => "q",
            'შ' => "sh",
            'ჩ' | 'ჭ' => "ch",
            'ც' | 'წ' => "ts",
            'ძ' => "dz",
            'ხ' => "kh",
            'ჯ' => "j",
            'ჰ' => "h",
            c => crate::ascii::letters(c),
        });
    }
    out.make_ascii_lowercase();
    out
}

#[cfg(test)]
mod tests {
    use super::latin;

    #[test]
    fn names_as_passports_print_them() {
        let cases = [
            ("გიორგი", "giorgi"),
            ("სააკაშვილი", "saakashvili"),
            ("ივანიშვილი", "ivanishvili"),
            ("ჯუღაშვილი", "jughashvili"),
            ("ხვიჩა", "khvicha"),
            ("წერეთელი", "tsereteli"),
            ("ქართული", "kartuli"),
            ("ჭავჭავაძე", "chavchavadze"),
        ];
        for (text, want) in cases {
            assert_eq!(latin(text), want, "{text}");
        }
    }
}
