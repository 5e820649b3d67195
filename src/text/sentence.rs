//! Sentences of news prose.
//!
//! The rules are those of UAX #29 (a terminator, what closes after it, white space; none before a
//! lower-case letter or a comma), read for English: they know abbreviations and initials, for which
//! that annex refers to the implementation, and take a lone line feed for a space, since articles
//! come with hard line ends. The crate unicode-segmentation takes quadratic time on long runs
//! behind a full stop; each decision here looks at a few characters.

use super::abbreviation::{Abbreviation, abbreviation, starts_sentence};
use super::{Offset, Span};

/// How far a decision looks, in characters: the longest abbreviation, the deepest nest of marks.
const REACH: usize = 24;

/// The sentences of `within`, in order, each without the white space around it.
///
/// What closes after a sentence (quotation marks, brackets) belongs to it. A blank line ends a
/// sentence whatever stands before it.
#[must_use]
pub fn sentences(text: &str, within: Span) -> Vec<Span> {
    Sentences::new(text, within).collect()
}

/// The sentence of `within` at `at`; in the white space after one, the one before; before the first,
/// the first. Empty, at `at`, where there is none.
#[must_use]
pub fn sentence_at(text: &str, within: Span, at: Offset) -> Span {
    let mut found = Span::at(at);
    for sentence in Sentences::new(text, within) {
        if !found.is_empty() && at < sentence.start {
            break;
        }
        found = sentence;
        if at < sentence.end {
            break;
        }
    }
    found
}

/// The sentences of a stretch, one by one.
struct Sentences<'a> {
    rest: &'a str,
    at: Offset,
}

impl<'a> Sentences<'a> {
    fn new(text: &'a str, within: Span) -> Self {
        Self { rest: within.of(text), at: within.start }
    }

    fn skip(&mut self, bytes: usize) {
        self.rest = self.rest.get(bytes..).unwrap_or_default();
        self.at = self.at + bytes;
    }
}

impl Iterator for Sentences<'_> {
    type Item = Span;

    fn next(&mut self) -> Option<Span> {
        self.skip(self.rest.len() - self.rest.trim_start().len());
        let len = sentence_len(self.rest);
        let sentence = Span::new(self.at.get(), self.at.get() + len);
        self.skip(len);
        (len > 0).then_some(sentence)
    }
}

/// The length in bytes of the sentence that `text` begins with.
fn sentence_len(text: &str) -> usize {
    let mut from = 0;
    while let Some(stop) = next_stop(text, from) {
        if ends_sentence(text, stop) {
            return text.get(..stop.end).unwrap_or_default().trim_end().len();
        }
        from = stop.resume;
    }
    text.trim_end().len()
}

/// A place where a sentence may end.
#[derive(Debug, Clone, Copy)]
struct Stop {
    /// Where the terminators begin; `end` where there are none, at a blank line.
    start: usize,
    /// Behind what closes after them.
    end: usize,
    /// Where what follows begins, behind the white space.
    resume: usize,
}

/// The first terminator or blank line of `text` at or after `from`.
fn next_stop(text: &str, from: usize) -> Option<Stop> {
    let rest = text.get(from..)?;
    let (inside, c) = rest
        .char_indices()
        .find(|&(at, c)| is_terminator(c) || (c == '\n' && blank_line(rest.get(at..))))?;
    let start = from + inside;
    let tail = text.get(start..)?;
    let closed = tail.trim_start_matches(|c| is_terminator(c) || is_closer(c));
    let follows = closed.trim_start();
    let resume = (text.len() - follows.len()).max(start + c.len_utf8());
    Some(Stop { start, end: text.len() - closed.len(), resume })
}

/// Whether the white space that `tail` begins with holds a blank line.
fn blank_line(tail: Option<&str>) -> bool {
    let after = tail.unwrap_or_default().chars().skip(1).find(|&c| c == '\n' || !c.is_whitespace());
    after == Some('\n')
}

fn is_terminator(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '‼' | '‽' | '⁇' | '⁈' | '⁉') || is_wide_terminator(c)
}

/// Terminators of scripts that may put no space behind them.
fn is_wide_terminator(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '．' | '｡' | '।' | '॥' | '؟' | '۔')
}

fn is_closer(c: char) -> bool {
    is_quote(c) || matches!(c, ')' | ']' | '}' | '）' | '】')
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '\'' | '”' | '’' | '»' | '›' | '」' | '』' | '″' | '′')
}

fn is_opener(c: char) -> bool {
    matches!(c, '"' | '\'' | '“' | '‘' | '„' | '‚' | '«' | '‹' | '「' | '『' | '(' | '[' | '{')
}

fn ends_sentence(text: &str, stop: Stop) -> bool {
    let marks = text.get(stop.start..stop.end).unwrap_or_default();
    let gap = text.get(stop.end..stop.resume).unwrap_or_default();
    let follows = text.get(stop.resume..).unwrap_or_default();
    if follows.is_empty() || breaks_paragraph(gap) {
        return true;
    }
    let first = follows.trim_start_matches(is_opener).chars().next();
    if first.is_some_and(|c| c.is_lowercase() || continues(c)) {
        return false;
    }
    if gap.is_empty() && !runs_on(marks) {
        return false;
    }
    let full_stop = marks.starts_with('.') && !marks.starts_with("..") && !marks.contains(is_quote);
    !full_stop || !abbreviates(text.get(..stop.start).unwrap_or_default(), follows)
}

/// Whether there is a blank line in white space.
fn breaks_paragraph(gap: &str) -> bool {
    gap.find('\n').is_some_and(|at| blank_line(gap.get(at..)))
}

/// Signs before which no sentence ends (`SContinue` of UAX #29).
fn continues(c: char) -> bool {
    matches!(c, ',' | ';' | ':' | '-' | '–' | '—' | '、' | '，')
}

/// Whether a sentence may end in these marks without white space behind it.
fn runs_on(marks: &str) -> bool {
    marks.ends_with('”') || marks.contains(is_wide_terminator)
}

/// Whether the full stop after `before` only shortens a word, given what follows.
fn abbreviates(before: &str, follows: &str) -> bool {
    let sentence_begins = |word: &str| before.trim_end_matches(word).trim_end().is_empty();
    let word = last_word(before);
    match abbreviation(word) {
        Some(Abbreviation::Title) => true,
        Some(Abbreviation::Number) => follows.starts_with(|c: char| c.is_ascii_digit()),
        Some(Abbreviation::Any) => !starts_sentence(first_word(follows)),
        // The number of a list's item.
        None => is_number(word) && sentence_begins(word),
    }
}

fn is_number(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit())
}

/// The last word of `before`, with the full stops inside it.
fn last_word(before: &str) -> &str {
    let start = before
        .char_indices()
        .rev()
        .take(REACH)
        .find(|&(_, c)| {
            c.is_whitespace() || is_opener(c) || is_closer(c) || matches!(c, '-' | '–' | '—' | '/')
        })
        .map_or(0, |(at, c)| at + c.len_utf8());
    before.get(start..).filter(|word| word.len() <= 4 * REACH).unwrap_or_default()
}

/// The word that `follows` begins with, with the full stop that shortens it.
fn first_word(follows: &str) -> &str {
    let word = follows.trim_start_matches(is_opener);
    let ends = |&(_, c): &(usize, char)| !(c.is_alphanumeric() || matches!(c, '.' | '\'' | '’'));
    let end = word.char_indices().take(REACH).find(ends).map_or(word.len(), |(at, _)| at);
    word.get(..end).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::super::glyph::whole;
    use super::super::hostile;
    use super::*;
    use proptest::prelude::*;

    /// Checks sentences written with `|` between them.
    #[track_caller]
    fn check(marked: &str) {
        let text = marked.replace('|', " ");
        let found: Vec<_> = sentences(&text, whole(&text)).iter().map(|s| s.of(&text)).collect();
        assert_eq!(found, marked.split('|').collect::<Vec<_>>());
    }

    #[test]
    fn plain_prose() {
        check("The ferry sailed.|Nobody was hurt!|Was it late?|Yes.");
        check("Prices rose 3.5 percent to $1.20.|They fell later.");
        check("It was founded in 1999.|The owner left.");
        check("1. Keep calm.|2. Carry on.");
        check("Visit example.org for more.|Or write.");
        check("Yahoo! shares fell.|So what");
        check("They waited...|Then it rained.");
        check("They waited... and waited.");
    }

    #[test]
    fn abbreviations_do_not_end_sentences() {
        check("Mr. Hale met Mrs. Okoro and Dr. Lind at St. Brannoc.|They left.");
        check("The U.S. Senate voted at 9 a.m. Tuesday.|It passed.");
        check("He lives in the U.S.|She does not.");
        check("It began at 9 a.m.|The hall was full.");
        check("A No. 10 spokesman said no.|No.|That is all.");
        check("J. K. Marlow and J.R.R. Vane wrote to T. Ekdahl Jr. on Sept. 11.|Why?");
        check("Harbour Inc. sued Wall Ltd. and Crane Corp.|The case is open.");
        check("Rep. Ana Cole (D-Calif.) spoke, e.g. Monday, i.e. late.|Then Gov. Pye left.");
        check("Marlow v. Vane, et al. was heard in Jan. 2020.|It failed in Jan.|The end.");
    }

    #[test]
    fn quotation_marks_belong_to_what_they_close() {
        check("“It works.”|“Does it?” he asked.|“Yes!” she said (twice).|(He left.)|Good.");
        check("\"It works.\"|\"Does it?\" he asked.|'Yes.'|Then nothing.");
        check("“Stop!”, he cried.|“We – well…” he began.");
        check("“He said ‘no.’”|“Fine.”");
        check("”Mr. Hale wrote it with the wrong mark.”|True.");
        let text = "“Go.”He went.";
        assert_eq!(sentences(text, whole(text)).len(), 2);
    }

    #[test]
    fn line_ends_and_other_scripts() {
        let text = "A hard\nline end. A\nsecond one  \n \n  No full stop\n\nNext. ";
        let found: Vec<_> = sentences(text, whole(text)).iter().map(|s| s.of(text)).collect();
        assert_eq!(found, ["A hard\nline end.", "A\nsecond one", "No full stop", "Next."]);
        let text = "今日は。元気？";
        assert_eq!(sentences(text, whole(text)).len(), 2);
    }

    #[test]
    fn the_sentence_at_a_place() {
        let text = "  One.  Two.  ";
        let within = whole(text);
        for at in 0..8 {
            assert_eq!(sentence_at(text, within, Offset(at)).of(text), "One.", "at {at}");
        }
        for at in 8..=14 {
            assert_eq!(sentence_at(text, within, Offset(at)).of(text), "Two.", "at {at}");
        }
        assert_eq!(sentence_at("   ", Span::new(0, 3), Offset(1)), Span::new(1, 1));
        assert_eq!(sentence_at("A. B? C. D.", Span::new(3, 8), Offset(6)), Span::new(6, 8));
    }

    #[test]
    fn monstrous_runs_take_linear_time() {
        let cases =
            [". ", ".", ")", ". 1", " ", "\n", "(", "' ", "1. ", "\u{301}", "Mr. ", ".\n\t"];
        for part in cases {
            let text = format!("A.{}", part.repeat(200_000));
            let found = sentences(&text, whole(&text));
            assert!(!found.is_empty(), "{part:?}");
        }
    }

    proptest! {
        #[test]
        fn sentences_hold_all_but_white_space(text in "(\\PC|[.?!”\"\n ]|Mr\\. ){0,80}") {
            let mut at = Offset::ZERO;
            for sentence in sentences(&text, whole(&text)) {
                prop_assert!(Span::between(at, sentence.start).of(&text).trim().is_empty());
                prop_assert!(at <= sentence.start && !sentence.is_empty());
                prop_assert_eq!(sentence.of(&text).trim(), sentence.of(&text));
                prop_assert_eq!(sentence_at(&text, whole(&text), sentence.start), sentence);
                at = sentence.end;
            }
            prop_assert!(text[at.get()..].trim().is_empty());
        }

        #[test]
        fn hostile_text_has_sentences_too(text in hostile::text()) {
            for sentence in sentences(&text, whole(&text)) {
                prop_assert!(!sentence.is_empty() && sentence.of(&text).len() == sentence.len());
            }
        }
    }
}
