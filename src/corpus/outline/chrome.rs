//! Page furniture: what a page says of itself, and no part of the report.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind, PatternID};

use super::line::{Line, key};
use super::phrase::{OPENINGS, PITCH, RELATED, WHOLE};

/// The longest furniture that is known by how it begins, in scalar values.
const LONGEST_OPENING: usize = 160;
/// The longest blurb, in scalar values.
const LONGEST_BLURB: usize = 700;

/// How far a line sells the publisher's own services.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Pitch {
    /// Not at all.
    None,
    /// So little that only its neighbours can tell.
    Some,
    /// Plainly.
    Plain,
}

/// Whether a line is furniture by itself.
pub(super) fn is_chrome(line: &Line) -> bool {
    if line.chars > LONGEST_OPENING {
        return false;
    }
    is_code(line.text) || is_address(line.text) || {
        let key = key(line.text);
        (line.within(8) && WHOLE.binary_search(&key.as_str()).is_ok())
            || (opens_as_chrome(&key, line) && !line.quotes())
            || is_call(line, &key)
            || is_reading_time(line.text)
    }
}

/// Whether a line is a label above links to other reports.
pub(super) fn is_related(line: &Line) -> bool {
    line.chars <= 60 && {
        let key = key(line.text);
        RELATED.contains(&key.as_str())
            || ["more from ", "also on ", "more stories from ", "most read in ", "popular on "]
                .iter()
                .any(|opening| key.starts_with(opening) && !line.ends_sentence())
    }
}

/// A line of nothing but dots, dashes and stars.
pub(super) fn is_rule(text: &str) -> bool {
    let drawn = |c: char| "-–—―_*•·.=~#|+ \u{200B}\u{FEFF}\u{A0}⁂".contains(c);
    text.chars().all(drawn) && text.chars().any(|c| c != '.')
}

/// Style sheets and tags that a scraper left behind.
fn is_code(text: &str) -> bool {
    let declares = || {
        let (name, value) = text.split_once(':')?;
        let plain = name.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
        (plain && !name.is_empty() && value.trim_end_matches('.').ends_with(';')).then_some(())
    };
    let tag = text.starts_with('<') && text.trim_end_matches('.').ends_with('>');
    let selector = text.ends_with('{') && text.starts_with(['.', '#', '@']);
    tag || selector || text == "}" || declares().is_some()
}

/// An address of the web and nothing else.
pub(super) fn is_address(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| rest.len() > 3 && !rest.contains(char::is_whitespace))
}

/// What newspaper databases set above the abstract and the text.
pub(super) fn is_label(line: &Line) -> bool {
    let key = if line.chars <= 20 { key(line.text) } else { return false };
    matches!(
        key.as_str(),
        "abstract" | "full text" | "correction appended" | "links" | "illustration"
    )
}

/// "4 min read".
pub(super) fn is_reading_time(text: &str) -> bool {
    let mut words = text.split([' ', '-']);
    let figure = words.next().is_some_and(|word| word.parse::<u16>().is_ok());
    figure
        && words.next().is_some_and(|word| matches!(word, "min" | "mins" | "minute" | "minutes"))
        && words.next().is_some_and(|word| matches!(word, "read" | "listen" | "video"))
}

/// Whether it begins as furniture does. Sentences of a report may begin so too ("Get the latest
/// figures, the minister said, and …"): one of some length counts only where it pitches.
fn opens_as_chrome(key: &str, line: &Line) -> bool {
    OPENINGS.iter().any(|opening| key.starts_with(opening))
        && (!line.is_prose() || pitches(line.text) > 0)
}

/// A call to act: "CLICK HERE TO JOIN", "Join to keep reading", "Follow Ada Finch on Twitter".
fn is_call(line: &Line, key: &str) -> bool {
    let first = key.split(' ').next().unwrap_or_default();
    let acts = matches!(
        first,
        "click"
            | "tap"
            | "join"
            | "sign"
            | "subscribe"
            | "register"
            | "download"
            | "log"
            | "follow"
    );
    let has = |words: &[&str]| words.iter().any(|word| key.contains(word));
    acts && !line.quotes()
        && line.chars <= 120
        && (line.shouts()
            || has(&[" to read", " to keep reading", " to continue", " to unlock", " on twitter"])
            || first == "follow"
                && has(&["facebook", "instagram", "whatsapp", "tiktok", "bluesky"])
            || has(&["newsletter", " here to "])
            || first == "sign" && has(&["sign up to get ", "sign in "]))
}

/// Whether the words outside quotation marks address the reader.
pub(super) fn speaks_to_reader(lower: &str) -> bool {
    has_word(lower, &["you", "your", "you'll", "you’ll", "you're", "you’re", "you've"])
}

fn speaks_of_itself(lower: &str) -> bool {
    has_word(lower, &["we", "our", "us", "we'll", "we’ll", "we're", "we’re"])
}

fn has_word(lower: &str, wanted: &[&str]) -> bool {
    lower
        .split(|c: char| !(c.is_alphanumeric() || matches!(c, '\'' | '’')))
        .any(|word| wanted.contains(&word))
}

static PITCHES: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    let mut builder = AhoCorasick::builder();
    builder.ascii_case_insensitive(true).match_kind(MatchKind::LeftmostFirst);
    // The kind that is found out by itself takes twice as long to build as a page to outline.
    builder.kind(Some(AhoCorasickKind::ContiguousNFA));
    // So few words are no more than it can hold.
    builder.build(PITCH).ok()
});

/// How many different words of a pitch `text` has; it stops at three.
fn pitches(text: &str) -> usize {
    let mut found: Vec<PatternID> = Vec::new();
    for word in PITCHES.iter().flat_map(|words| words.find_iter(text)) {
        if !found.contains(&word.pattern()) {
            found.push(word.pattern());
        }
        if found.len() == 3 {
            break;
        }
    }
    found.len()
}

/// How far a line sells the publisher's own services. One with double quotation marks does not: it
/// reports what someone said.
pub(super) fn pitch(line: &Line) -> Pitch {
    if line.chars > LONGEST_BLURB || line.quotes() {
        return Pitch::None;
    }
    let words = pitches(line.text);
    if words == 0 {
        return Pitch::None;
    }
    let lower = line.text.to_lowercase();
    let (reader, own) = (speaks_to_reader(&lower), speaks_of_itself(&lower));
    match (words, reader, own) {
        (3.., true, _) | (2.., true, true) => Pitch::Plain,
        (2.., _, _) | (1.., true, _) | (1.., _, true) => Pitch::Some,
        _ if line.within(7) && !line.ends_sentence() => Pitch::Some,
        _ => Pitch::None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::line::lines;
    use super::*;

    fn line(text: &str) -> Line<'_> {
        lines(text)[0]
    }

    #[test]
    fn the_table_is_in_order() {
        let wrong = WHOLE.windows(2).find(|pair| pair[0] >= pair[1]);
        assert_eq!(wrong, None);
    }

    #[test]
    fn furniture_is_known() {
        for text in [
            "Comments",
            "Sign up to read this page",
            "Start reading",
            "Copy link",
            "Sorry, comments are closed on this story.",
            "CLICK HERE TO JOIN THE STORM SQUAD",
            "Related Stories",
            "Download the app",
            "4 min read",
            "Read more: Ferry sails",
            "Follow Ada Finch on Twitter @adafinch.",
            ".gmobile {",
            "width:100%;",
            "No comments yet...",
            "Join to keep reading",
            "Have an account? Log in",
            "Get our news before the milk.",
            "This page is no longer being updated.",
            "Sign up for our free morning newsletter",
        ] {
            assert!(is_chrome(&line(text)), "{text}");
        }
    }

    #[test]
    fn rules_and_labels_are_known() {
        assert!(["* * *", "___.", "—", "…"].map(is_rule) == [true, true, true, false]);
        assert!(is_label(&line("ABSTRACT.")) && !is_label(&line("Abstract art sells")));
    }

    #[test]
    fn reports_are_not_furniture() {
        for text in [
            "Join the queue, the harbour master told them, and they did.",
            "“Sign up to get your loaf,” he said.",
            "Get the latest boat and you would be home by noon, they were told on the quay that day.",
            "Read the small print, said the minister.",
            "Subscribe or do not: the paper was sold out before noon, its editor reported on Monday.",
            "Follow the money",
            "Comments by the minister were received coolly.",
            "1",
            "...",
        ] {
            assert!(!is_chrome(&line(text)), "{text}");
        }
    }

    #[test]
    fn blurbs_pitch() {
        for text in [
            "So are we! We now have our very own storm group on WhatsApp, with the latest news on your phone.",
            "You’ll have the latest news and our exclusives on your phone before breakfast.",
        ] {
            assert_eq!(pitch(&line(text)), Pitch::Plain, "{text}");
        }
        for text in [
            "“You need the app, and our newsletter, on your phone,” the minister said.",
            "The community was told on Monday that the latest news from the island was good.",
        ] {
            assert!(pitch(&line(text)) < Pitch::Plain, "{text}");
        }
    }
}
