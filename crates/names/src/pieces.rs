//! Tokens to pieces: legal forms are told from words, and words that belong
//! together are joined.

use crate::arabic;
use crate::forms::LegalForms;
use crate::script::Script;
use crate::token::Token;

/// A token, or several that are a legal form.
#[derive(Clone)]
pub(crate) struct Piece {
    pub(crate) token: Token,
    pub(crate) form: Option<u16>,
    /// Says little: part of a form, or of a form's size.
    pub(crate) slight: bool,
}

/// Joins given names that Arabic writes as two words and Latin as one: Abdullah.
fn one_word(found: Vec<Token>) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::with_capacity(found.len());
    for token in found {
        match out.last_mut() {
            Some(last)
                if token.plain == arabic::ALLAH
                    && last.script == Script::Arabic
                    && last.plain != arabic::ALLAH =>
            {
                last.plain.push_str(&token.plain);
                last.shown.push(' ');
                last.shown.push_str(&token.shown);
            }
            _ => out.push(token),
        }
    }
    out
}

/// Finds the legal forms among the tokens.
pub(crate) fn pieces(found: Vec<Token>, forms: &LegalForms) -> Vec<Piece> {
    let found = one_word(found);
    let words: Vec<&str> = found.iter().map(|t| t.plain.as_str()).collect();
    let mut out: Vec<Piece> = Vec::with_capacity(found.len());
    let mut at = 0;
    while at < found.len() {
        let edge = |used: usize| at == 0 || at + used == found.len();
        let token = &found[at];
        let short = token.plain.chars().count() <= 2;
        let form = forms.starting(&words[at..]);
        // Two letters may be a syllable of a name; a form stands at the edge.
        let inside = form.is_some_and(|(used, _)| used == 1 && short && !edge(used));
        match form.filter(|_| !inside) {
            Some((used, no)) => {
                let all = &found[at..at + used];
                let join =
                    |part: fn(&Token) -> &str| all.iter().map(part).collect::<Vec<_>>().join(" ");
                out.push(Piece {
                    token: Token {
                        script: token.script,
                        plain: join(|t| &t.plain),
                        shown: join(|t| &t.shown),
                        umlaut: None,
                    },
                    form: Some(no),
                    slight: false,
                });
                at += used;
            }
            None => {
                match token.script {
                    Script::Han | Script::Hangul | Script::Kana => unspaced(token, forms, &mut out),
                    _ => out.push(Piece {
                        token: token.clone(),
                        form: forms.misspelt(&token.plain),
                        slight: inside || forms.is_stray(&token.plain),
                    }),
                }
                at += 1;
            }
        }
    }
    // A name made of nothing but forms is a name.
    if out.iter().all(|piece| piece.form.is_some()) {
        for piece in &mut out {
            piece.form = None;
        }
    }
    out
}

/// Takes legal forms off both ends of a run without spaces.
fn unspaced(token: &Token, forms: &LegalForms, out: &mut Vec<Piece>) {
    // Plain and shown text agree character by character in these scripts unless
    // a character was folded; then the plain text is shown.
    let same = token.plain.chars().count() == token.shown.chars().count();
    let shown = |from: usize, text: &str| -> String {
        if same {
            token
                .shown
                .chars()
                .skip(from)
                .take(text.chars().count())
                .collect()
        } else {
            text.to_owned()
        }
    };
    let piece = |from: usize, text: &str, form| Piece {
        token: Token {
            script: token.script,
            plain: text.to_owned(),
            shown: shown(from, text),
            umlaut: None,
        },
        form,
        slight: false,
    };
    let mut rest = token.plain.as_str();
    let mut from = 0;
    let mut after = Vec::new();
    if let Some((len, no)) = forms.opening(rest) {
        out.push(piece(0, &rest[..len], Some(no)));
        from = rest[..len].chars().count();
        rest = &rest[len..];
    }
    while let Some((len, no)) = forms.ending(rest) {
        let cut = rest.len() - len;
        after.push(piece(
            from + rest[..cut].chars().count(),
            &rest[cut..],
            Some(no),
        ));
        rest = &rest[..cut];
    }
    out.push(piece(from, rest, None));
    out.extend(after.into_iter().rev());
}
