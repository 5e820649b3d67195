//! Whether two ways of naming someone name the same.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::Prediction;
use crate::quote::label::Gold;

/// Words before a name that are no part of it.
const TITLES: &[&str] = &[
    "mr",
    "mrs",
    "ms",
    "miss",
    "dr",
    "sen",
    "sens",
    "senator",
    "rep",
    "reps",
    "representative",
    "gov",
    "governor",
    "president",
    "vice",
    "secretary",
    "former",
    "sir",
    "lord",
    "judge",
    "justice",
    "gen",
    "general",
    "col",
    "capt",
    "lt",
    "sgt",
    "rev",
    "prof",
    "professor",
    "mayor",
    "congressman",
    "congresswoman",
    "chairman",
    "chairwoman",
    "speaker",
    "ambassador",
    "director",
    "attorney",
    "the",
    "a",
    "an",
    "his",
    "her",
    "their",
    "our",
    "its",
];
/// Words after a name that are no part of it.
const SUFFIXES: &[&str] = &["jr", "sr", "ii", "iii", "iv"];
/// Words that name nobody.
const PRONOUNS: &[&str] = &[
    "i",
    "me",
    "my",
    "we",
    "us",
    "our",
    "you",
    "your",
    "he",
    "him",
    "his",
    "she",
    "her",
    "it",
    "its",
    "they",
    "them",
    "their",
    "who",
    "whom",
    "which",
    "that",
    "this",
    "these",
    "those",
    "himself",
    "herself",
    "themselves",
    "itself",
    "myself",
    "one",
    "ones",
    "others",
    "someone",
    "somebody",
    "everyone",
    "everybody",
    "nobody",
    "anyone",
];
/// Words that end a name within a description.
const ENDS: &[&str] =
    &["of", "for", "who", "whose", "which", "that", "from", "at", "in", "on", "with", "to"];

/// A name as its words.
type Name = Vec<String>;

/// A word without accents, capitals, possessive and punctuation at its ends.
fn fold(word: &str) -> String {
    let plain: String = word.nfkd().filter(|&c| !is_combining_mark(c)).collect();
    let lower = plain.to_lowercase().replace('’', "'");
    let bare = lower.strip_suffix("'s").or(lower.strip_suffix('\'')).unwrap_or(&lower);
    bare.trim_matches(['.', ',']).to_owned()
}

/// The text up to the first of some words that stands by itself.
fn before_word<'t>(text: &'t str, words: &[&str]) -> &'t str {
    let mut at = 0;
    for word in text.split_inclusive(|c: char| !(c.is_alphanumeric() || c == '_')) {
        let bare = word.trim_end_matches(|c: char| !(c.is_alphanumeric() || c == '_'));
        if words.contains(&bare) {
            break;
        }
        at += word.len();
    }
    text.get(..at).unwrap_or(text)
}

/// The names that a speaker's name offers: its first two parts between commas, each up to `of` and the
/// like.
fn names_in(speaker: &str) -> Vec<Name> {
    let parts = speaker.split([',', ';', '(']).take(2);
    let names = parts.map(|part| {
        let words = before_word(part, ENDS).split_whitespace().map(fold);
        let mut words: Name = words.filter(|it| it.contains(char::is_alphanumeric)).collect();
        while words.last().is_some_and(|it| SUFFIXES.contains(&it.as_str())) {
            words.pop();
        }
        words
    });
    names.filter(|it| it.last().is_some_and(|it| !PRONOUNS.contains(&it.as_str()))).collect()
}

/// The people that a speaker's name joins: `A and B`.
fn people_in(speaker: &str) -> Vec<Vec<Name>> {
    let mut people = Vec::new();
    for part in speaker.split('&') {
        let mut rest = part;
        loop {
            let head = before_word(rest, &["and"]);
            people.push(names_in(head));
            match rest.get(head.len()..).and_then(|it| it.strip_prefix("and")) {
                Some(more) => rest = more,
                None => break,
            }
        }
    }
    people.retain(|it| !it.is_empty());
    people
}

/// Whether the given names of two names that end alike agree.
fn agree(a: &Name, b: &Name) -> bool {
    let given = |name: &Name| -> Name {
        let words = name.iter().take(name.len().saturating_sub(1));
        words.filter(|it| !TITLES.contains(&it.as_str())).cloned().collect()
    };
    let (a, b) = (given(a), given(b));
    let (Some(x), Some(y)) = (a.first(), b.first()) else { return true };
    let start = |word: &String, count: usize| word.chars().take(count).collect::<String>();
    let short = x.chars().count() <= 2 || y.chars().count() <= 2;
    let alike = start(x, 1) == start(y, 1) && (short || start(x, 3) == start(y, 3));
    x == y || alike || b.contains(x) || a.contains(y)
}

/// Whether the speaker of `found` is that of `gold`: by its mention, by its mention or its name, by its
/// name alone.
pub(super) fn speaker_right(gold: &Gold, found: &Prediction) -> [bool; 3] {
    let strict = found.mention.is_some_and(|mention| mention_right(gold, mention));
    let [same, named] = by_name(gold, found.speaker.as_deref());
    [strict, strict || same, named]
}

/// Whether a speaker's name is that of whom `gold` names: as far as can be told, and by a proper name.
fn by_name(gold: &Gold, speaker: Option<&str>) -> [bool; 2] {
    let names: Vec<Name> = gold
        .source_names
        .iter()
        .map(|name| {
            let words: Name = name.split_whitespace().map(str::to_owned).collect();
            let kept: Name =
                words.iter().filter(|it| !SUFFIXES.contains(&it.as_str())).cloned().collect();
            if kept.is_empty() { words } else { kept }
        })
        .collect();
    let mut heads: Vec<&str> = gold.source_heads.iter().map(String::as_str).collect();
    heads.extend(names.iter().filter_map(|it| it.last()).map(String::as_str));
    let people = people_in(speaker.unwrap_or_default());
    let (mut same, mut proper) = (0, 0);
    for offered in &people {
        let hits: Vec<&Name> = offered.iter().filter(|it| hit(it, &heads, &names)).collect();
        same += usize::from(!hits.is_empty());
        let is_hit = |name: &Name| hits.iter().any(|it| it.last() == name.last());
        proper += usize::from(names.iter().any(is_hit));
    }
    let enough = people.len().div_ceil(2).max(1);
    [same >= enough, proper >= enough]
}

/// Whether a speaker's name is that of whom `gold` names, as far as can be told.
pub(in crate::quote) fn says_right(gold: &Gold, speaker: Option<&str>) -> bool {
    let [same, _] = by_name(gold, speaker);
    same
}

/// Whether a speaker's name is that of whom `gold` names, by a proper name.
pub(in crate::quote) fn names_right(gold: &Gold, speaker: &str) -> bool {
    let [_, named] = by_name(gold, Some(speaker));
    named
}

/// Whether a name that is offered may be that of the speaker.
fn hit(offered: &Name, heads: &[&str], names: &[Name]) -> bool {
    let Some(last) = offered.last() else { return false };
    let mut full = names.iter().filter(|it| it.last() == Some(last) && it.len() > 1).peekable();
    let known = heads.contains(&last.as_str());
    known && (full.peek().is_none() || full.any(|it| agree(offered, it)))
}

/// Whether a mention touches the words that count, and is not much longer than it need be.
fn mention_right(gold: &Gold, (start, end): (usize, usize)) -> bool {
    let (Some(from), Some(to)) = (gold.speaker_start, gold.speaker_end) else { return false };
    let whole = [(from, to)];
    let cores = if gold.source_core.is_empty() { &whole[..] } else { &gold.source_core };
    let short = end.saturating_sub(start) <= (2 * (to.saturating_sub(from))).max(90);
    end > start && short && cores.iter().any(|&(from, to)| start < to && from < end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_taken_from_descriptions() {
        let names = |speaker| people_in(speaker).concat().concat().join(" ");
        assert_eq!(names("Dr. José Poe Jr., head of X"), "dr jose poe head");
        assert_eq!(names("Ann Poe’s and Bo Roe"), "ann poe bo roe");
        assert_eq!(names("he"), "");
        assert_eq!(names("a spokesman for the mayor"), "a spokesman");
    }

    #[test]
    fn given_names_must_agree_where_both_are_known() {
        let name = |words: &str| -> Name { words.split(' ').map(str::to_owned).collect() };
        assert!(agree(&name("bill clinton"), &name("clinton")));
        assert!(agree(&name("b. clinton"), &name("bill clinton")));
        assert!(!agree(&name("hillary clinton"), &name("bill clinton")));
        assert!(agree(&name("sen clinton"), &name("hillary clinton")));
    }
}
