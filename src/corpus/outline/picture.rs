//! Captions and credits of pictures.

use super::line::{Guarded, Line};
use super::name::is_capitalised;
use super::outlet::is_outlet_word;

/// The longest caption, in scalar values.
const LONGEST: usize = 400;

/// The longest credit in brackets, in scalar values.
const LONGEST_BRACKET: usize = 100;

/// What a line about a picture is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Picture {
    /// What it shows, perhaps with a credit.
    Caption,
    /// Whose it is, and nothing else.
    Credit,
}

/// Who takes, keeps or hands out pictures, in order.
#[rustfmt::skip]
const SOURCES: &[&str] = &[
    "AFP", "ANSA", "AP", "Alamy", "Anadolu", "Archive", "Bloomberg", "Courtesy", "DPA", "EPA",
    "File", "Getty", "Handout", "Image", "Images", "MoD", "NurPhoto", "PA", "Photo", "Photograph",
    "Photographer", "Photos", "Picture", "Pictures", "Pool", "REUTERS", "Reuters", "Rex", "SWNS",
    "Shutterstock", "Sputnik", "Submitted", "Supplied", "TASS", "UPI", "Unsplash", "Wikimedia",
    "Wire", "Xinhua", "ZUMA", "Zuma", "file", "iStock",
];

/// A credit set without brackets, at the end of the line or as the whole of it.
static TAIL: Guarded = Guarded::new(
    &["Photo", "Pic", "Image", "Credit", "Foto", "©", "REUTERS/"],
    r"(?x)(?:^|[\s.…])(?:(?:Photo|Photograph|Photography|Picture|Pic|Image|Credit|Foto)s?
    (?:\ credit)?(?:\ by\ |:\ ?|\.\.\.)|©\ ?|REUTERS/)[^.:]{2,90}\.?$",
);

/// A credit as the whole line: "Jory Batten/Getty Images", "Getty.", "AP Photo/Ada Finch".
static WHOLE: Guarded = Guarded::new(
    &[
        "REUTERS",
        "AP",
        "AFP",
        "PA",
        "Reuters",
        "Getty",
        "Alamy",
        "Shutterstock",
        "iStock",
        "Bloomberg",
    ],
    r"(?x)^(?:[^.:“”]{2,60}(?:\ ?/\ ?|\ via\ |,\ ))?(?:REUTERS|AP\ Photo|(?:AFP|AP|PA|EPA|Reuters
    |Getty|Getty\ Images|Alamy|Shutterstock|iStock|Bloomberg|PA\ Wire|PA\ Media|AFP/Getty)
    (?:\ (?:Images|Pictures|Archive|Photo|Stock\ Photo|News))?)(?:\ ?/\ ?[^.:“”]{2,60})?\.?$",
);

/// How a caption may begin.
const OPENINGS: [&str; 9] = [
    "Image caption",
    "FILE PHOTO",
    "FILE -",
    "FILE –",
    "FILE —",
    "File photo",
    "Caption:",
    "Pictured:",
    "Media caption",
];

/// What `line` says of a picture, if that is what it does.
pub(super) fn picture(line: &Line) -> Option<Picture> {
    let text = line.text;
    if line.chars > LONGEST {
        return None;
    }
    if OPENINGS.iter().any(|opening| text.starts_with(opening)) || is_numbered(text) {
        return Some(Picture::Caption);
    }
    if text.starts_with("Image source") || (line.within(9) && WHOLE.find(text).is_some()) {
        return Some(Picture::Credit);
    }
    bracketed(line).or_else(|| tailed(line))
}

/// "[1/3]The quay on Monday": the pictures of a gallery are counted.
fn is_numbered(text: &str) -> bool {
    let inner = text.strip_prefix('[').and_then(|text| text.split_once(']'));
    let count = inner.and_then(|(count, _)| count.split_once('/'));
    let figure = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    count.is_some_and(|(at, of)| figure(at) && figure(of))
}

/// Whether `line` ends with the outlet `owner`, in small letters, in brackets.
pub(super) fn is_owned_by(line: &Line, owner: &str) -> bool {
    let inner = line.text.strip_suffix(')').and_then(|text| text.rsplit_once('('));
    let owner = owner.strip_prefix("the ").unwrap_or(owner);
    line.chars <= LONGEST && inner.is_some_and(|(_, inner)| inner.to_lowercase().contains(owner))
}

/// "Members of the crew on the quay (Jory Batten/NPX)".
fn bracketed(line: &Line) -> Option<Picture> {
    let (text, stopped) = match line.text.strip_suffix('.') {
        Some(text) => (text, true),
        None => (line.text, false),
    };
    let (before, inner) = text.strip_suffix(')')?.rsplit_once('(')?;
    if inner.contains(')') || !(2..=LONGEST_BRACKET).contains(&inner.chars().count()) {
        return None;
    }
    let before = before.trim_end();
    let credit =
        if stopped { is_split(inner) } else { is_split(inner) || is_source(inner, before) };
    match credit {
        false => None,
        true if before.is_empty() => Some(Picture::Credit),
        true => (!is_place(before)).then_some(Picture::Caption),
    }
}

/// "LONDON (AP)" heads a paragraph, and is no picture.
fn is_place(before: &str) -> bool {
    before.split_whitespace().nth(3).is_none() && !before.chars().any(char::is_lowercase)
}

/// "Jory Batten/NPX", "Ada Finch, Coast Wire/AP": names on both sides of a stroke.
fn is_split(inner: &str) -> bool {
    inner.contains('/')
        && inner.split('/').all(|side| {
            let side = side.trim();
            side.chars().next().is_some_and(char::is_uppercase)
                && side
                    .split_whitespace()
                    .all(|word| is_capitalised(word) || word == "via" || word == "of")
        })
        && inner.chars().filter(|c| c.is_alphabetic()).count() > 3
}

/// "PA", "Getty Images", "NPX": someone who keeps pictures, or initials that the words before them
/// do not spell.
fn is_source(inner: &str, before: &str) -> bool {
    let initials = (2..=5).contains(&inner.len()) && inner.chars().all(|c| c.is_ascii_uppercase());
    if initials {
        return !spells(before, inner) && !before.ends_with(['.', '!', '?']);
    }
    names_source(inner) && inner.split_whitespace().nth(10).is_none()
}

/// Whether a word of `text` is that of someone who keeps pictures.
fn names_source(text: &str) -> bool {
    let mut words = text.split(|c: char| !(c.is_alphanumeric() || c == '_'));
    words.any(|word| SOURCES.binary_search(&word).is_ok())
        || text.contains("Crown Copyright")
        || text.contains("Crown copyright")
}

/// Whether the last words of `before` begin with the letters of `initials`: "European Union (EU)".
fn spells(before: &str, initials: &str) -> bool {
    let starts: String = before
        .split(|c: char| c.is_whitespace() || c == '-')
        .filter_map(|word| word.chars().find(|c| c.is_alphabetic()))
        .filter(|c| c.is_uppercase())
        .collect();
    let tail: String = starts.chars().rev().take(initials.len() + 2).collect();
    let mut found = tail.chars();
    initials.chars().rev().all(|letter| found.any(|start| start == letter))
}

/// "The quay on Monday. Photograph: Jory Batten/Getty Images".
fn tailed(line: &Line) -> Option<Picture> {
    let found = TAIL.find(line.text)?;
    let credit = found.as_str();
    let listed = credit.split_whitespace().skip(1).all(|word| {
        is_capitalised(word)
            || matches!(word, "by" | "via" | "for" | "of" | "the" | "and" | "on" | "credit")
    });
    let known = credit.contains('/')
        || names_source(credit)
        || credit.split_whitespace().any(is_outlet_word)
        || credit.contains("...");
    match (listed && (known || found.start() == 0), found.start()) {
        (false, _) => None,
        (true, 0) => Some(Picture::Credit),
        (true, _) => Some(Picture::Caption),
    }
}

#[cfg(test)]
mod tests {
    use super::super::line::lines;
    use super::*;

    fn seen(text: &str) -> Option<Picture> {
        picture(&lines(text)[0])
    }

    #[test]
    fn the_table_is_in_order() {
        assert!(SOURCES.is_sorted());
        assert!(names_source("the Getty/AFP pool") && names_source("© Crown copyright"));
        assert!(!names_source("the Gettys of the Poole wireless"));
    }

    #[test]
    fn captions_are_known_by_their_credit() {
        for text in [
            "Members of the crew on the quay (Jory Batten/PA)",
            "Children wave to the first boat for four days (NPX)",
            "The minister on the quay (Ada Finch, Coast Wire, Pool Photo/AP)",
            "The quay on Monday. Photograph: Jory Batten/Getty Images",
            "The quay on Monday.Credit...Jory Batten/The New York Times",
            "The minister said ‘no one was at risk’ (PA)",
            "Image caption, The quay on Monday",
            "FILE PHOTO: The quay on Monday. REUTERS/Jory Batten",
            "The quay on Monday, as the boat came in. REUTERS/Jory Batten",
            "[1/2]The quay on Monday. REUTERS/Jory Batten Purchase Rights, opens new tab",
            "The minister speaks on October 2, 2015. (JORY BATTEN/AFP/Getty Images.)",
        ] {
            assert_eq!(seen(text), Some(Picture::Caption), "{text}");
        }
    }

    #[test]
    fn credits_stand_alone() {
        for text in [
            "(AP)",
            "Getty.",
            "Getty Images",
            "Jory Batten / Reuters.",
            "Jory Batten via Getty Images.",
            "Photograph: Jory Batten/Getty Images",
            "AP Photo/Jory Batten",
            "Image source, PA Media",
            "REUTERS/Jory Batten",
            "Photo: Ada Finch",
        ] {
            assert_eq!(seen(text), Some(Picture::Credit), "{text}");
        }
    }

    #[test]
    fn paragraphs_are_no_captions() {
        for text in [
            "The island would stay outside the European Union (EU)",
            "Talks with the Federation of Deck and Harbour Workers (FDHW)",
            "The bill was backed by Sen. Ada Finch (R-Tex.)",
            "WASHINGTON (AP)",
            "He was born in 1958 (or so he says)",
            "The report (a long one) said: no.",
            "He called it “a disgrace”. (The council denies it.)",
            "The picture: bleak, but not without hope",
            "Reuters reported on Monday that the ferry had sailed",
            "Image: it matters to them",
            "The boat left at 7.20am (8.20am GMT)",
        ] {
            assert_eq!(seen(text), None, "{text}");
        }
    }

    #[test]
    fn an_outlet_owns_its_pictures() {
        let line = lines("The harbour wall on Tuesday (Northern Ledger)")[0];
        assert!(is_owned_by(&line, "the northern ledger"));
        assert!(!is_owned_by(&line, "coast wire"));
    }
}
