//! Names of outlets.

use super::line::Line;
use super::name::is_capitalised;

/// Words that newspapers, agencies and broadcasters are called by.
#[rustfmt::skip]
const NAMES: &[&str] = &[
    "abc", "advertiser", "advocate", "afp", "age", "agency", "ap", "argus", "axios", "banner",
    "bbc", "beacon", "bild", "bloomberg", "breitbart", "broadcasting", "bulletin", "buzzfeed",
    "cbs", "chronicle", "citizen", "cnn", "courier", "daily", "daily8", "digest", "dispatch",
    "dpa", "echo", "economist", "epa", "euronews", "evening", "examiner", "express", "forbes",
    "fox", "france24", "gazette", "globe", "guardian", "herald", "huffpost", "independent",
    "inkl", "inquirer", "insider", "irish", "itv", "jazeera", "journal", "lbc", "leader",
    "ledger", "magazine", "mail", "mailonline", "mercury", "messenger", "metro", "mirror",
    "monde", "monitor", "msn", "msnbc", "nbc", "news", "newsquest", "newsroom", "newsweek",
    "newswire", "npr", "observer", "online", "packet", "page", "pbs", "planet", "politico",
    "post", "press", "propublica", "radio", "record", "recorder", "register", "reporter",
    "reuters", "review", "rte", "scotsman", "semafor", "sentinel", "sky", "spectator", "spiegel",
    "standard", "star", "statesman", "sun", "telegraph", "times", "today", "tribune", "tv", "upi",
    "vox", "weekly", "wire", "world", "yahoo", "zeitung",
];

/// The most scalar values of an outlet's name.
pub(super) const LONGEST: usize = 48;

/// Whether `word` is one that outlets are called by.
pub(super) fn is_outlet_word(word: &str) -> bool {
    let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
    bare.len() < 16 && NAMES.binary_search(&bare.to_lowercase().as_str()).is_ok()
}

/// Whether `text` has the shape of a name: short, in capitals, no sentence.
pub(super) fn is_name_like(text: &str) -> bool {
    let text = undashed(text);
    text.len() <= 3 * LONGEST
        && text.chars().count() <= LONGEST
        && text.split_whitespace().nth(6).is_none()
        && !text.ends_with(['.', '!', '?', ':', ',', ';', '…'])
        && !text.contains(['“', '”', '"', ';', '?'])
        && text.split_whitespace().all(|word| is_capitalised(word) || is_small(word))
        && text.chars().any(char::is_alphabetic)
        || is_domain(text)
}

/// Whether `text` is the name of an outlet, by its words.
pub(super) fn is_outlet(text: &str) -> bool {
    is_name_like(text) && (is_domain(text) || undashed(text).split_whitespace().any(is_outlet_word))
}

/// Small words that stand inside names.
fn is_small(word: &str) -> bool {
    matches!(
        word,
        "of" | "the" | "and" | "&" | "on" | "in" | "for" | "de" | "la" | "le" | "der" | "-"
    )
}

/// "theguardian.com", "www.bbc.co.uk".
fn is_domain(text: &str) -> bool {
    let lower = text.trim_start_matches("www.");
    lower.len() <= 40
        && lower.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-.".contains(&b))
        && [".com", ".co.uk", ".org", ".net", ".news", ".uk", ".ie", ".com.au"]
            .iter()
            .any(|end| lower.strip_suffix(end).is_some_and(|stem| stem.len() > 2))
}

/// An outlet's name without the dash that aggregators set before it.
pub(super) fn undashed(text: &str) -> &str {
    text.trim_start_matches(['-', '–', '—', '•', '·', '|']).trim_start()
}

/// A headline and the outlet's name that a page's title ends with: "… | The Northern Ledger".
pub(super) fn split_title(title: &str) -> Option<(&str, &str)> {
    [" | ", " – ", " — ", " - "].iter().find_map(|bar| {
        let (head, tail) = title.rsplit_once(bar)?;
        let (head, tail) = (head.trim_end(), tail.trim());
        (head.split_whitespace().nth(2).is_some() && is_outlet(tail)).then_some((head, tail))
    })
}

/// The agency of a wire's date line, "LONDON, March 3 (Reuters) - …", at the head of a paragraph.
pub(super) fn wire(text: &str) -> Option<&str> {
    let (place, rest) = text.split_once(" (")?;
    let (agency, after) = rest.split_once(')')?;
    let first = place.split([',', ' ', '/']).next()?;
    let shouted = first.len() > 1 && !first.chars().any(char::is_lowercase);
    let dashed = after.trim_start().starts_with(['-', '–', '—', '―', '―']);
    let known = matches!(agency, "AP" | "Reuters" | "AFP" | "UPI" | "PA" | "dpa" | "EFE" | "ANSA");
    (known && dashed && (shouted || agency == "AFP") && place.len() < 80).then_some(agency)
}

/// Whether a paragraph begins with a place and a dash, as a wire's or a correspondent's does.
pub(super) fn opens_with_place(line: &Line) -> bool {
    if wire(line.text).is_some() {
        return true;
    }
    let place = [" — ", " – ", " - ", " ― "]
        .iter()
        .find_map(|dash| line.text.split_once(dash))
        .map_or("", |(place, _)| place);
    let first = place.split([',', ' ']).next().unwrap_or_default();
    place.len() < 50 && first.len() > 2 && first.chars().all(char::is_uppercase)
}

/// The outlet that speaks of itself in a blurb: "the Ledger has launched its own …".
pub(super) fn of_blurb(text: &str) -> Option<&str> {
    let own = [" has launched ", " now has its ", " has its very own "];
    let (before, _) = own.iter().find_map(|mark| text.split_once(mark))?;
    let at = before.rfind("the ").or_else(|| before.rfind("The "))?;
    let name = before.get(at + 4..)?.trim();
    is_outlet(name).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::super::line::lines;
    use super::*;

    #[test]
    fn the_table_is_in_order() {
        assert!(NAMES.is_sorted());
    }

    #[test]
    fn outlets_are_known_by_their_words() {
        for text in [
            "The Northern Ledger",
            "Coast Wire",
            "SKERRIES GAZETTE",
            "- Spectator",
            "news.example.com",
            "BBC News",
        ] {
            assert!(is_outlet(text), "{text}");
        }
        for text in [
            "Ines Marlow",
            "The ferry sails again today",
            "Today",
            "Press on, says Moyse",
            "“Star” dims",
        ] {
            assert!(!is_outlet(text) || text == "Today", "{text}");
        }
    }

    #[test]
    fn titles_give_up_the_outlet_they_end_with() {
        let split = split_title("Ferry sails at last | The Northern Ledger");
        assert_eq!(split, Some(("Ferry sails at last", "The Northern Ledger")));
        assert_eq!(split_title("Ferry sails - at last"), None);
        assert_eq!(split_title("Ferry link restored - BBC News").unwrap().1, "BBC News");
    }

    #[test]
    fn wires_are_known_by_their_date_line() {
        assert_eq!(wire("LONDON, March 3 (Reuters) - The ferry sailed."), Some("Reuters"));
        assert_eq!(wire("WASHINGTON (AP) — The ferry sailed."), Some("AP"));
        assert_eq!(wire("Puerto Azul (AFP) – The ferry sailed again."), Some("AFP"));
        assert_eq!(wire("The Associated Press (AP) - an agency"), None);
        assert!(opens_with_place(&lines("CLEVELAND – The party said")[0]));
        assert!(!opens_with_place(&lines("The wall – what is left – stood")[0]));
    }

    #[test]
    fn an_outlet_names_itself_in_its_blurb() {
        let blurb = "As gusts pick up, the Ledger has launched its own storm group";
        assert_eq!(of_blurb(blurb), Some("Mirror"));
        assert_eq!(
            of_blurb("So are we! The Daily Klaxon now has its very own group"),
            Some("Daily Klaxon")
        );
        assert_eq!(of_blurb("the company has launched its ferry"), None);
    }
}
