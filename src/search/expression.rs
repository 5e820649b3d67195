//! Regular expressions for words that a person typed.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::escape;
use unicode_normalization::UnicodeNormalization;

/// The accents that stand on letters in a text that has not put them together.
const MARKS: std::ops::RangeInclusive<char> = '\u{300}'..='\u{36F}';
/// The letters that may have an accent in them: Latin ones.
const ACCENTED: [std::ops::RangeInclusive<char>; 2] =
    ['\u{C0}'..='\u{24F}', '\u{1E00}'..='\u{1EFF}'];
/// Letters with a stroke, which Unicode does not take apart, and what they are typed as.
const STROKES: &[(char, char)] = &[
    ('ø', 'o'),
    ('Ø', 'O'),
    ('ł', 'l'),
    ('Ł', 'L'),
    ('đ', 'd'),
    ('Đ', 'D'),
    ('ħ', 'h'),
    ('Ħ', 'H'),
    ('ŧ', 't'),
    ('Ŧ', 'T'),
    ('ı', 'i'),
];

/// The letters with accents that a plain letter stands for.
static VARIANTS: LazyLock<BTreeMap<char, String>> = LazyLock::new(|| {
    let mut variants: BTreeMap<char, String> = BTreeMap::new();
    for letter in ACCENTED.into_iter().flatten() {
        let mut parts = std::iter::once(letter).nfd();
        let base = parts.next().filter(char::is_ascii_alphabetic);
        let stroke = STROKES.iter().find(|(stroke, _)| *stroke == letter).map(|(_, base)| *base);
        let only_marks = parts.all(|part| MARKS.contains(&part));
        if let Some(base) = base.filter(|_| only_marks).or(stroke) {
            variants.entry(base).or_default().push(letter);
        }
    }
    variants
});

/// What becomes of letters without an accent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Accents {
    /// They stand for themselves.
    AsTyped,
    /// They stand for themselves with accents, too.
    Folded,
}

/// How the text is written that is searched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Script {
    /// As it is.
    Plain,
    /// As strings of JSON write it, without letters that are written by their numbers.
    Json,
}

/// The expression for words typed: any white space for white space, and curly or straight marks and
/// long or short dashes for each other.
pub(super) fn literal(typed: &str, accents: Accents) -> String {
    expression(typed, accents, Script::Plain)
}

/// The same for words in a string of JSON.
pub(super) fn written(typed: &str, accents: Accents) -> String {
    expression(typed, accents, Script::Json)
}

fn expression(typed: &str, accents: Accents, script: Script) -> String {
    let mut expression = String::with_capacity(typed.len() + 8);
    let mut spaced = false;
    let (one, many) = match script {
        Script::Plain => (r"\s", r"\s+"),
        Script::Json => (r"(?:\s|\\[nrtf])", r"(?:\s|\\[nrtf])+"),
    };
    for letter in typed.nfc() {
        if letter.is_whitespace() {
            spaced = true;
            continue;
        }
        if std::mem::take(&mut spaced) {
            expression.push_str(many);
        }
        match (letter, script) {
            ('\'' | '‘' | '’', _) => expression.push_str("['‘’]"),
            ('"' | '“' | '”', Script::Plain) => expression.push_str("[\"“”]"),
            ('"' | '“' | '”', Script::Json) => expression.push_str(r#"(?:\\"|[“”])"#),
            ('-' | '–' | '—' | '‐' | '‑', _) => expression.push_str("[-–—‐‑]"),
            ('\\', Script::Json) => expression.push_str(r"\\\\"),
            ('/', Script::Json) => expression.push_str(r"\\?/"),
            _ => push_letter(&mut expression, letter, accents),
        }
    }
    if spaced {
        expression.push_str(one);
    }
    expression
}

fn push_letter(expression: &mut String, letter: char, accents: Accents) {
    let itself = escape(letter.encode_utf8(&mut [0; 4]));
    let apart: String = std::iter::once(letter).nfd().collect();
    match VARIANTS.get(&letter) {
        Some(variants) if accents == Accents::Folded => {
            expression.extend(["[", &itself, variants, r"][\u{300}-\u{36F}]*"]);
        }
        // An accent that was typed is meant, whether or not the text has put it together.
        _ if apart.chars().count() > 1 => expression.extend(["(?:", &itself, "|", &apart, ")"]),
        _ => expression.push_str(&itself),
    }
}

/// Whether case counts in words that were typed: where there is a capital among them.
pub(super) fn counts_case(typed: &str) -> bool {
    typed.chars().any(char::is_uppercase)
}

/// Whether there is a capital in an expression that stands for itself, and is no part of a sign like
/// `\W` or `\p{Lu}`.
pub(super) fn has_capital(expression: &str) -> bool {
    let mut letters = expression.chars();
    while let Some(letter) = letters.next() {
        if letter == '\\' {
            skip_sign(&mut letters);
        } else if letter == '(' && letters.as_str().starts_with("?P") {
            letters.nth(1);
        } else if letter.is_uppercase() {
            return true;
        }
    }
    false
}

/// Skips what follows a backslash and is one sign with it.
fn skip_sign(letters: &mut std::str::Chars<'_>) {
    let sign = letters.next();
    let named = matches!(sign, Some('p' | 'P' | 'x' | 'u' | 'U' | 'b'));
    if named && letters.as_str().starts_with('{') {
        letters.find(|&letter| letter == '}');
    } else if matches!(sign, Some('p' | 'P')) {
        letters.next();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_capital_counts_only_where_it_is_a_letter() {
        for plain in [r"\W\S", r"\p{Lu}x", r"\pL", r"a\Bb", r"\x{AB}", r"(?P<a>b)", "ß"] {
            assert!(!has_capital(plain), "{plain}");
        }
        for capital in ["Ferry", r"\\W", r"\p{Lu}X", "É", r"\bA"] {
            assert!(has_capital(capital), "{capital}");
        }
    }

    #[test]
    fn plain_letters_stand_for_those_with_accents_and_strokes() {
        let variants = |letter| VARIANTS.get(&letter).map_or("", String::as_str);
        assert!(variants('e').contains('é') && variants('e').contains('ệ'));
        assert!(variants('O').contains('Ø') && !variants('O').contains('ø'));
        assert!(variants('b').chars().all(|letter| letter != 'ß'));
    }
}
