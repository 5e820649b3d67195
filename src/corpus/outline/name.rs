//! Bylines and the names of persons.

use super::outlet::{is_outlet_word, undashed};

/// The longest byline, in bytes.
const LONGEST: usize = 200;

/// Small words that stand inside names and bylines.
#[rustfmt::skip]
const SMALL: &[&str] = &[
    "and", "&", "in", "at", "for", "of", "the", "de", "del", "della", "di", "da", "du", "van",
    "von", "der", "den", "bin", "ibn", "al", "el", "la", "le", "ter", "y", "e", "with", "on",
];

/// What a writer is.
#[rustfmt::skip]
const ROLES: &[&str] = &[
    "analyst", "chief", "columnist", "contributor", "correspondent", "critic", "deputy", "editor",
    "editors", "journalist", "producer", "reporter", "reporters", "staff", "writer", "writers",
    "correspondents", "bureau", "freelance", "agency", "team", "desk", "service", "contributing",
];

/// How a byline may begin.
#[rustfmt::skip]
const OPENINGS: &[&str] = &[
    "by", "words by", "written by", "story by", "report by", "reported by", "analysis by",
    "opinion by", "exclusive by", "interview by", "review by", "text by", "article by",
    "reporting by", "(reporting by", "additional reporting by", "(additional reporting by",
    "contributing", "contributors", "with reporting by", "author", "compiled by",
];

/// Whether `word` begins with a capital, opening marks aside, or is a figure or a sign.
pub(super) fn is_capitalised(word: &str) -> bool {
    let first = word.chars().find(|c| c.is_alphabetic());
    first.is_none_or(|c| !c.is_lowercase()) || is_particled(word)
}

/// "d'Ancona", "al-Jaber", "iPhone".
fn is_particled(word: &str) -> bool {
    word.chars().take(4).any(char::is_uppercase)
}

fn is_small(word: &str) -> bool {
    SMALL.contains(&word)
}

fn is_role(word: &str) -> bool {
    let bare = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    ROLES.contains(&bare.as_str())
}

/// Whether `text` is the name of one person and nothing else.
pub(super) fn is_person(text: &str) -> bool {
    let text = text.strip_suffix('.').unwrap_or(text);
    let words: Vec<&str> = text.split_whitespace().collect();
    let letters = |c: char| c.is_alphabetic() || matches!(c, '.' | '\'' | '’' | '-');
    text.len() <= 60
        && (2..=5).contains(&words.len())
        && text.chars().all(|c| letters(c) || c == ' ')
        && words.first().is_some_and(|word| is_capitalised(word) && !is_article(word))
        && words.last().is_some_and(|word| is_capitalised(word))
        && words.iter().all(|word| is_capitalised(word) || is_particle(word))
        && words.iter().filter(|word| is_capitalised(word)).count() <= 4
        && !words.iter().any(|word| is_outlet_word(word) || is_role(word))
}

fn is_particle(word: &str) -> bool {
    is_small(word)
        && !matches!(word, "and" | "&" | "in" | "at" | "for" | "of" | "the" | "with" | "on")
}

fn is_article(word: &str) -> bool {
    matches!(
        word.to_lowercase().as_str(),
        "the" | "a" | "an" | "in" | "on" | "at" | "what" | "how" | "why" | "who" | "our"
    )
}

/// Whether `text` names its writers without "By": "Ines Marlow", "Orla Pettigrove at Skellan and
/// Jem Tolland", "Ines Marlow, Islands Editor".
pub(super) fn is_bare_byline(text: &str) -> bool {
    if text.len() > LONGEST || text.contains(['“', '”', '"', '?', '!', ':', ';', '(']) {
        return false;
    }
    let parts = persons(text);
    parts.first().is_some_and(|first| is_person(first))
        && parts.iter().all(|part| is_person(part) || is_office(part))
}

/// The persons, offices and places that a byline lists.
fn persons(text: &str) -> Vec<&str> {
    text.split(", ")
        .flat_map(|part| part.split(" and "))
        .flat_map(|part| part.split(" & "))
        .map(|part| cut_place(part.trim()).trim())
        .filter(|part| !part.is_empty())
        .collect()
}

/// A name without " in Washington", " for MailOnline" after it.
fn cut_place(part: &str) -> &str {
    [" in ", " at ", " for ", " | ", " - ", " – "]
        .iter()
        .find_map(|mark| part.split_once(mark))
        .map_or(part, |(name, _)| name)
}

/// "PA Political Correspondent", "Islands Editor", "PA".
fn is_office(part: &str) -> bool {
    let mut words = part.split_whitespace();
    words.clone().all(|word| is_capitalised(word) || is_small(word) || is_role(word))
        && words.any(|word| is_role(word) || is_outlet_word(word) || word == "PA")
}

/// What follows the "By" of a byline.
fn after_opening(text: &str) -> Option<&str> {
    OPENINGS.iter().find_map(|opening| {
        let (head, rest) = text.split_at_checked(opening.len())?;
        let rest = rest.strip_prefix([':', ' '])?;
        head.eq_ignore_ascii_case(opening).then(|| rest.trim_start())
    })
}

/// The writers that a byline with "By" names.
fn signed(text: &str) -> Option<&str> {
    if text.len() > LONGEST || text.contains(['“', '”', '"', '?', '!']) {
        return None;
    }
    let mut rest = after_opening(text)?;
    while let Some((word, more)) = rest.split_once(' ') {
        if !(is_role(word) && word.chars().all(char::is_lowercase)) {
            break;
        }
        rest = more;
    }
    let words: Vec<&str> = rest.split_whitespace().collect();
    let named = words.iter().filter(|word| is_capitalised(word)).count();
    let listed = words.iter().all(|word| {
        is_capitalised(word) || is_small(word) || is_role(word) || is_credit_word(word)
    });
    let first = words.first().is_some_and(|word| {
        is_capitalised(word) && !is_article(word) && word.chars().any(char::is_alphabetic)
    });
    (named >= 2 && words.len() <= 24 && listed && first).then_some(rest)
}

/// Small words of a wire's credits: "Reporting by …; editing by …".
fn is_credit_word(word: &str) -> bool {
    matches!(
        word,
        "by" | "editing"
            | "reporting"
            | "additional"
            | "writing"
            | "compiled"
            | "contributing"
            | "contributed"
            | "to"
    )
}

/// Whether `text` is a byline that says so.
pub(super) fn is_signed_byline(text: &str) -> bool {
    signed(text).is_some()
}

/// Who wrote it, by a byline with or without "By": the names, without offices and places.
pub(super) fn writers(text: &str) -> Option<String> {
    let text = signed(text).unwrap_or_else(|| undashed(text));
    let text = text.split([';', '|', '•', '·', '(']).next().unwrap_or(text).trim();
    let names: Vec<&str> = persons(text).into_iter().filter(|part| !is_office(part)).collect();
    let (last, rest) = names.split_last()?;
    let last = last.trim_end_matches(['.', ',']);
    Some(if rest.is_empty() { last.to_owned() } else { format!("{} and {last}", rest.join(", ")) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bylines_are_known_and_give_their_writers() {
        for (text, writer) in [
            ("By Ines Marlow", "Ines Marlow"),
            ("BY INES MARLOW", "INES MARLOW"),
            ("By contributor Rufus Quillfeather, Islands Correspondent", "Rufus Quillfeather"),
            ("By: Dot Hargrave, PA Political Correspondent", "Dot Hargrave"),
            (
                "By Orla van der Meer and Jem Tolland in Aldermouth",
                "Orla van der Meer and Jem Tolland",
            ),
            ("Words by Ada Finch | Coast Wire", "Ada Finch"),
        ] {
            assert!(is_signed_byline(text), "{text}");
            assert_eq!(writers(text).as_deref(), Some(writer), "{text}");
        }
        for (text, writer) in [
            ("Ines Marlow", "Ines Marlow"),
            (
                "Orla Pettigrove at Skellan and Jem Tolland at Aldermouth",
                "Orla Pettigrove and Jem Tolland",
            ),
            ("Ines Marlow, Islands Editor", "Ines Marlow"),
            ("Ines Marlow, Jem Tolland and Ada Finch", "Ines Marlow, Jem Tolland and Ada Finch"),
        ] {
            assert!(is_bare_byline(text), "{text}");
            assert_eq!(writers(text).as_deref(), Some(writer), "{text}");
        }
    }

    #[test]
    fn other_lines_are_no_bylines() {
        for text in [
            "By Tuesday the harbour was open again.",
            "By the sea",
            "By 2026 it will be gone",
            "By",
            "Ferry link to Skellan restored",
            "The Northern Ledger",
            "Contributing to the mess was the wind",
            "Coast Wire",
        ] {
            assert!(!is_signed_byline(text) && !is_bare_byline(text), "{text}");
        }
    }
}
