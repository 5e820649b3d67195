//! What looks like a single quotation mark and is none: elisions, possessives, feet and inches.

/// How sure it is that a mark is a quotation mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It is one.
    Mark,
    /// It may be one: it is if another mark needs it to be.
    Doubtful,
    /// It is none.
    Apostrophe,
}

/// The most letters of a word that are looked at.
const WORD: usize = 12;

/// Words that lost their beginning and mean nothing without the apostrophe.
const CUT: &[&str] =
    &["em", "til", "tis", "twas", "twere", "twill", "twould", "tisn", "twasn", "n"];

/// Endings that a careless splitter has cut from their words (`Ekdahl 's`).
const SPLIT: &[&str] = &["s", "t", "re", "ve", "ll", "d", "m"];

/// Words that lost their beginning and mean something else without the apostrophe.
const CUT_OR_WHOLE: &[&str] = &[
    "cause", "bout", "round", "hood", "burbs", "cos", "cuz", "neath", "nuff", "gainst", "copter",
    "fraid",
];

/// Words that lost their end.
const CUT_SHORT: &[&str] = &["o", "ol", "an", "th", "n", "lil"];

/// Words that cannot stand after a possessive: a mark before one of them closes a quotation.
const NO_POSSESSION: &[&str] = &[
    "a", "about", "after", "against", "am", "among", "an", "and", "are", "as", "asked", "at", "be",
    "because", "been", "before", "between", "but", "by", "can", "could", "did", "do", "does",
    "during", "for", "from", "had", "has", "have", "he", "her", "his", "i", "if", "in", "into",
    "is", "it", "its", "nor", "not", "of", "off", "on", "onto", "or", "our", "over", "said", "say",
    "says", "she", "should", "since", "so", "than", "that", "the", "their", "then", "there",
    "these", "they", "this", "those", "through", "to", "told", "under", "until", "was", "we",
    "were", "what", "when", "where", "which", "while", "who", "whose", "will", "with", "within",
    "without", "would", "you",
];

/// Judges a single mark that faces like an opening one, from the text `after` it.
pub(super) fn opening(after: &str) -> Verdict {
    if after.starts_with(|c: char| c.is_ascii_digit()) {
        return year(after);
    }
    let word = first_word(after);
    let lower = word.to_lowercase();
    let letter = after.get(word.len()..).is_some_and(|rest| rest.starts_with(['\'', '’']));
    if CUT.contains(&lower.as_str()) || (SPLIT.contains(&word.as_str()) && !letter) {
        return Verdict::Apostrophe;
    }
    if word == lower && CUT_OR_WHOLE.contains(&lower.as_str()) {
        return Verdict::Doubtful;
    }
    Verdict::Mark
}

/// `'90s` and `'84`, but not `'100 days'`.
fn year(after: &str) -> Verdict {
    let digits = after.chars().take(3).take_while(char::is_ascii_digit).count();
    let mut rest = after.chars().skip(digits);
    match (digits, rest.next()) {
        (2, Some('s')) if !rest.next().is_some_and(char::is_alphanumeric) => Verdict::Apostrophe,
        (2, next) if !next.is_some_and(|c| c.is_alphanumeric() || c == '%') => Verdict::Doubtful,
        _ => Verdict::Mark,
    }
}

/// Judges a single mark that faces like a closing one, from the text `before` and `after` it.
pub(super) fn closing(before: &str, after: &str) -> Verdict {
    let word = last_word(before);
    let maybe = may_possess(&word) || is_cut_short(&word) || is_measure(before);
    if maybe && stands_before_its_noun(after) { Verdict::Doubtful } else { Verdict::Mark }
}

/// Judges a double mark that faces like a closing one: `12" records`, `6'2"`.
pub(super) fn inches(before: &str, after: &str) -> Verdict {
    let feet = before.trim_end_matches(|c: char| c.is_ascii_digit());
    let foot = feet.strip_suffix(['\'', '’', '′']).filter(|_| feet.len() < before.len());
    if foot.is_some_and(|foot| foot.ends_with(|c: char| c.is_ascii_digit())) {
        return Verdict::Apostrophe;
    }
    let measure = is_measure(before) && stands_before_its_noun(after);
    if measure { Verdict::Doubtful } else { Verdict::Mark }
}

/// Whether a number of one to three digits ends `before`, as lengths have and years have not.
fn is_measure(before: &str) -> bool {
    let digits = before.chars().rev().take(4).take_while(char::is_ascii_digit).count();
    (1..=3).contains(&digits) || before.ends_with(['½', '¼', '¾'])
}

/// Whether `word` may be a plural or a name that takes a bare apostrophe.
fn may_possess(word: &str) -> bool {
    word.chars().nth(1).is_some() && word.ends_with(['s', 'S', 'x', 'z'])
}

/// Whether `word` may have lost its end: `goin'`, `ol'`.
fn is_cut_short(word: &str) -> bool {
    let lower = word.to_lowercase();
    CUT_SHORT.contains(&lower.as_str()) || (lower.ends_with("in") && lower.len() > 3)
}

/// Whether a noun may follow in `after`, as it must after a possessive or a measure.
fn stands_before_its_noun(after: &str) -> bool {
    let rest = after.trim_start();
    if rest.len() == after.len() || !rest.starts_with(char::is_alphanumeric) {
        return after.starts_with('-') && !after.starts_with("--");
    }
    let word = first_word(rest);
    // `workers' on-site training`: the word goes on behind the hyphen.
    let compound = rest.get(word.len()..).is_some_and(|rest| rest.starts_with('-'));
    compound || NO_POSSESSION.binary_search(&word.to_lowercase().as_str()).is_err()
}

/// The letters that `text` begins with.
fn first_word(text: &str) -> String {
    text.chars().take(WORD).take_while(|c| c.is_alphabetic()).collect()
}

/// The letters that `text` ends with.
fn last_word(text: &str) -> String {
    let back: Vec<char> = text.chars().rev().take(WORD).take_while(|c| c.is_alphabetic()).collect();
    back.into_iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_that_are_looked_up_stand_in_order() {
        assert!(NO_POSSESSION.is_sorted());
    }

    #[test]
    fn elisions_and_years_are_told_from_opening_marks() {
        for after in ["em all", "90s music", "Twas the night", "n' roll", "60s-style", "s plan"] {
            assert_eq!(opening(after), Verdict::Apostrophe, "{after}");
        }
        for after in ["84 campaign", "cause he can"] {
            assert_eq!(opening(after), Verdict::Doubtful, "{after}");
        }
        for after in ["Cause and effect", "100 days", "50% of them", "emphatic", "2024"] {
            assert_eq!(opening(after), Verdict::Mark, "{after}");
        }
    }

    #[test]
    fn possessives_and_measures_are_told_from_closing_marks() {
        for (before, after) in [
            ("the leaders", " talks"),
            ("goin", " home"),
            ("6", " tall"),
            ("staff", "-"),
            ("th", " end"),
        ] {
            let verdict = if before == "staff" { Verdict::Mark } else { Verdict::Doubtful };
            assert_eq!(closing(before, after), verdict, "{before}'{after}");
        }
        for (before, after) in
            [("losses", " and"), ("losses", ", he"), ("viable", " chance"), ("in 2024", " plans")]
        {
            assert_eq!(closing(before, after), Verdict::Mark, "{before}'{after}");
        }
    }

    #[test]
    fn inches_are_told_from_closing_double_marks() {
        assert_eq!(inches("he is 6'2", " tall"), Verdict::Apostrophe);
        assert_eq!(inches("a 12", " record"), Verdict::Doubtful);
        assert_eq!(inches("by 2030", " plans"), Verdict::Mark);
    }
}
