//! Looser expressions: they match wherever the expression does, and are quicker to try.

use regex_syntax::ParserBuilder;
use regex_syntax::hir::{Class, ClassUnicode, ClassUnicodeRange, Hir, HirKind, Look};

/// Characters that a string of JSON writes in another way than as themselves, or may, and how; without
/// those that are written by their numbers.
const ESCAPED: [(char, &[&str]); 8] = [
    // Every line end has become this one.
    ('\n', &[r"\n", r"\r\n", r"\r"]),
    ('\r', &[r"\r"]),
    ('\t', &[r"\t"]),
    ('\u{8}', &[r"\b"]),
    ('\u{C}', &[r"\f"]),
    ('"', &[r#"\""#]),
    ('\\', &[r"\\"]),
    ('/', &["/", r"\/"]),
];

/// What is made of an expression, and what can be told of it.
#[derive(Debug)]
pub(super) struct Loose {
    /// Without what it asks of the places before and behind: `\b`, `^` and their like.
    pub(super) plain: String,
    /// The same for the raw line of a string of JSON.
    pub(super) json: String,
    /// Whether it asks where words begin or end, which is slow to tell in text that is not ASCII.
    pub(super) asks_words: bool,
    /// Whether it matches the same in a line alone as in the text around it.
    pub(super) stays_in_line: bool,
}

impl Loose {
    /// What can be made of an expression; nothing where that would match nearly everywhere.
    pub(super) fn new(expression: &str, counts_case: bool) -> Option<Self> {
        let mut parser = ParserBuilder::new();
        parser.case_insensitive(!counts_case).multi_line(true);
        let hir = parser.build().parse(expression).ok()?;
        let plain = loosened(&hir, &Hir::literal, &|class| Hir::class(Class::Unicode(class)))?;
        let json = loosened(&hir, &written, &written_one)?;
        // Nothing is everywhere.
        plain.properties().minimum_len().filter(|&least| least > 0)?;
        let looks = hir.properties().look_set();
        Some(Self {
            plain: plain.to_string(),
            json: json.to_string(),
            asks_words: looks.contains_word_unicode(),
            stays_in_line: !holds_line_end(&hir) && looks.iter().all(is_of_line),
        })
    }
}

/// Whether what a place is asked for is the same where its line is all that there is.
fn is_of_line(look: Look) -> bool {
    !matches!(look, Look::Start | Look::End | Look::StartCRLF | Look::EndCRLF)
}

fn holds_line_end(hir: &Hir) -> bool {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => false,
        HirKind::Literal(literal) => literal.0.contains(&b'\n'),
        HirKind::Class(Class::Unicode(class)) => class.iter().any(|range| holds(*range, '\n')),
        HirKind::Class(Class::Bytes(class)) => {
            class.iter().any(|range| (range.start()..=range.end()).contains(&b'\n'))
        }
        HirKind::Repetition(repetition) => holds_line_end(&repetition.sub),
        HirKind::Capture(capture) => holds_line_end(&capture.sub),
        HirKind::Concat(parts) | HirKind::Alternation(parts) => parts.iter().any(holds_line_end),
    }
}

fn holds(range: ClassUnicodeRange, letter: char) -> bool {
    (range.start()..=range.end()).contains(&letter)
}

/// The expression without what it asks of places, its letters put as `literal` and `class` say. How deep
/// it goes is bounded by the parser.
fn loosened(
    hir: &Hir,
    literal: &impl Fn(Box<[u8]>) -> Hir,
    class: &impl Fn(ClassUnicode) -> Hir,
) -> Option<Hir> {
    let all = |parts: &[Hir]| -> Option<Vec<Hir>> {
        parts.iter().map(|part| loosened(part, literal, class)).collect()
    };
    Some(match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => Hir::empty(),
        HirKind::Literal(it) => literal(it.0.clone()),
        HirKind::Class(Class::Unicode(it)) => class(it.clone()),
        HirKind::Class(Class::Bytes(it)) => class(it.to_unicode_class()?),
        HirKind::Repetition(it) => Hir::repetition(it.with(loosened(&it.sub, literal, class)?)),
        HirKind::Capture(it) => loosened(&it.sub, literal, class)?,
        HirKind::Concat(parts) => Hir::concat(all(parts)?),
        HirKind::Alternation(parts) => Hir::alternation(all(parts)?),
    })
}

/// Letters as a string of JSON may write them.
fn written(letters: Box<[u8]>) -> Hir {
    let Ok(text) = str::from_utf8(&letters) else { return Hir::literal(letters) };
    let one =
        |letter: char| written_one(ClassUnicode::new([ClassUnicodeRange::new(letter, letter)]));
    Hir::concat(text.chars().map(one).collect())
}

/// One of some letters, as a string of JSON may write it.
fn written_one(mut class: ClassUnicode) -> Hir {
    let escaped = ESCAPED.iter().filter(|(letter, _)| class.iter().any(|it| holds(*it, *letter)));
    let ways = escaped.flat_map(|(_, ways)| ways.iter()).map(|way| Hir::literal(way.as_bytes()));
    let mut ways: Vec<Hir> = ways.collect();
    let themselves = ESCAPED.iter().map(|(letter, _)| ClassUnicodeRange::new(*letter, *letter));
    class.difference(&ClassUnicode::new(themselves));
    ways.push(Hir::class(Class::Unicode(class)));
    Hir::alternation(ways)
}

#[cfg(test)]
mod tests {
    use super::super::expression::has_capital;
    use super::super::{Manner, Pattern, sieve::tests::json};
    use super::*;
    use crate::text::Span;
    use proptest::prelude::*;
    use regex::RegexBuilder;

    /// Expressions that ask of places, that match line ends, signs that JSON escapes, and in lines alone.
    const EXPRESSIONS: &[&str] = &[
        r"\bb\w*",
        r"\w+b\b",
        r"\b[a-c]+\b",
        r"\Bb",
        r"\bé|b\b",
        r"^a|b$",
        r"\Aa\b",
        r"\bb\z",
        r"\ba\s+b",
        r"\b[^a]b",
        r"\bb\nb",
        r"a.{0,3}b",
        r#""a\b"#,
        r"\\b|a/b",
        r"[a\n\t/]b",
        r"(?-u:\b)a",
        r"(?s)\ba.b",
        r"\b(?:a|b\s)c\b",
        r"\b|b",
        r"x*",
        r"B\b",
        r"(?i)B\b",
        r"(?R)b$",
    ];

    fn pattern(expression: &str, word: bool) -> Pattern {
        Pattern::for_library(expression, Manner { word, expression: true }).unwrap()
    }

    /// What the expression matches, without any of what is done to be quicker.
    fn slowly(expression: &str, word: bool, text: &str) -> Vec<Span> {
        let bounded = format!(r"\b{{start-half}}(?:{expression})\b{{end-half}}");
        let capital = has_capital(expression);
        let expression = if word { &bounded } else { expression };
        let mut builder = RegexBuilder::new(expression);
        let regex = builder.case_insensitive(!capital).multi_line(true).build().unwrap();
        let (mut found, mut at) = (Vec::new(), 0);
        while let Some(next) = (at <= text.len()).then(|| regex.find_at(text, at)).flatten() {
            if next.is_empty() {
                at = next.end() + text[next.end()..].chars().next().map_or(1, char::len_utf8);
            } else {
                found.push(next.range().into());
                at = next.end();
            }
        }
        found
    }

    fn text() -> impl Strategy<Value = String> {
        "([abcé\"“\\\\/ \t\r\n]|\nab|ab b|b\u{301}|A|B){0,14}"
    }

    #[test]
    fn what_is_slow_is_tried_loosely_first() {
        let loose = |expression| Loose::new(expression, true);
        let of = |expression| loose(expression).unwrap();
        assert_eq!(of(r"\bab\b").plain, "(?:ab)");
        assert!(of(r"\bab\b").asks_words && of(r"\bab\b").stays_in_line);
        assert!(!of("^ab$").asks_words && of("^ab$").stays_in_line);
        for crossing in [r"a\sb", r"a[^x]b", r"a\nb", r"(?s)a.b", r"\Aab"] {
            assert!(!of(crossing).stays_in_line, "{crossing}");
        }
        assert!(loose(r"\b").is_none() && loose("x*").is_none() && loose("a(").is_none());
    }

    #[test]
    fn expressions_are_seen_as_json_writes_letters() {
        for (expression, line) in [
            ("a/b", r#""a\/b""#),
            (r"[.-/]b", r#""a\/b""#),
            (r"a\sb", r#""a\r\nb""#),
            (r"a\nb$", r#""a\rb""#),
            (r"a\tb", r#""a\tb""#),
            (r#"^"\w"#, r#""\"No""#),
            (r"a.b", r#""a\\b""#),
            (r"a[^x]b", r#""a\fb""#),
            (r"a[^x]b", r#""a\bb""#),
            (r"\bé", r#""caf\u00e9""#),
        ] {
            let sieve = pattern(expression, false).sieve().unwrap();
            assert!(sieve.lets_through(line.as_bytes()), "{expression} in {line}");
        }
        let sieve = pattern(r"\bferry\b", false).sieve().unwrap();
        assert!(!sieve.lets_through(br#"{"text":"It sails."}"#));
    }

    proptest! {
        #[test]
        fn what_is_found_is_what_the_expression_matches(
            nth in 0..EXPRESSIONS.len(), text in text(), word: bool,
        ) {
            let expression = EXPRESSIONS[nth];
            let found: Vec<Span> = pattern(expression, word).matches(&text).collect();
            prop_assert_eq!(found, slowly(expression, word, &text), "{}", expression);
        }

        #[test]
        fn a_string_that_holds_a_match_is_let_through(
            nth in 0..EXPRESSIONS.len(), text in text(), word: bool, manner: u8,
        ) {
            let pattern = pattern(EXPRESSIONS[nth], word);
            let unix = text.replace("\r\n", "\n").replace('\r', "\n");
            if let Some(sieve) = pattern.sieve() && pattern.is_in(&unix) {
                let line = json(&text, manner);
                prop_assert!(sieve.lets_through(line.as_bytes()), "{} in {}", EXPRESSIONS[nth], line);
            }
        }
    }
}
