//! Text that would harm a terminal or deceive the eye, and what of it may be sent all the same.
#![allow(dead_code, unused_imports, reason = "no test needs all of it")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "what is not there fails the test")]

mod stream;

use jiff::Timestamp;
use pullquote::corpus::Article;
use pullquote::note::{Annotation, Color, Kept, Kind, Verdict, anchor};
use pullquote::text::Span;
use unicode_width::UnicodeWidthChar;
use uuid::Uuid;

pub(crate) use stream::Arrived;

/// Strings of attackers, of careless scrapers and of honest scripts that programs get wrong.
pub(crate) fn strings() -> Vec<String> {
    let marks = "e".to_owned() + &"\u{301}".repeat(100);
    let chain = ["👩"; 30].join("\u{200d}");
    let tags: String =
        "ignore this".chars().filter_map(|c| char::from_u32(0xE0000 + u32::from(c))).collect();
    let mut all: Vec<String> = [
        "\0",
        "\u{1}\u{2}\u{3}",
        "\u{7}\u{7}",
        "\u{8}\u{8}\u{8}over",
        "a\tb",
        "\u{b}\u{c}",
        "one\rtwo",
        "\u{e}\u{f}",
        "\u{1a}",
        "\u{7f}\u{7f}",
        "\u{1b}",
        "\u{1b}[2J\u{1b}[H",
        "\u{1b}[31;5mred\u{1b}[0m",
        "\u{1b}[?1049l",
        "\u{1b}[8mhidden",
        "\u{1b}]0;owned\u{7}",
        "\u{1b}]52;c;cm0gLXJm\u{7}",
        "\u{1b}]8;;http://example.org\u{1b}\\link\u{1b}]8;;\u{1b}\\",
        "\u{1b}P+q544e\u{1b}\\",
        "\u{1b}_Ga=T\u{1b}\\",
        "\u{1b}^pm\u{1b}\\",
        "\u{1b}c",
        "\u{1b}(0qqq\u{1b}(B",
        "\u{1b}[6n\u{1b}[c",
        "\u{1b}[21t",
        "\u{1b}%G",
        "\u{9b}2J",
        "\u{9d}0;owned\u{9c}",
        "\u{90}q\u{9c}",
        "\u{85}next",
        "\u{84}\u{8d}",
        "\u{202e}gpj.exe",
        "\u{202d}\u{202a}\u{202b}\u{202c}",
        "\u{2066}\u{2067}\u{2068}\u{2069}",
        "\u{200e}\u{200f}\u{61c}",
        "שלום \u{202e}abc",
        "مرحبا 123 (a)",
        "al\u{200b}pha",
        "\u{200c}\u{200d}\u{2060}",
        "\u{feff}inside\u{feff}",
        "so\u{ad}ft\u{ad}",
        "\u{34f}\u{34f}",
        "\u{2061}\u{2062}\u{2063}\u{2064}",
        "\u{206a}\u{206f}",
        "x\u{fe00}\u{fe0f}\u{e0100}",
        "\u{fe0f}\u{20e3}",
        "1\u{fe0f}\u{20e3}",
        "❤\u{fe0f}❤\u{fe0e}",
        "\u{fff9}a\u{fffa}b\u{fffb}",
        "\u{115f}\u{1160}\u{3164}\u{ffa0}",
        "\u{180e}\u{180b}",
        "\u{17b4}\u{17b5}",
        "\u{2028}\u{2029}",
        "\u{fffd}\u{fffd}",
        "\u{fffe}\u{ffff}\u{fdd0}\u{10ffff}",
        "\u{e000}\u{f8ff}\u{f0000}",
        "\u{1d173}\u{1d17a}\u{1bca0}",
        "\u{301}\u{301}first",
        "👍\u{200b}🏽",
        "🇩\u{200b}🇪🇫",
        "🏴\u{e0067}\u{e0062}",
        "漢字\u{3000}仮名",
        "ｶﾞｶﾞ",
        "ᄒ\u{200b}ᅡᆫ",
        "हिन्दी क\u{94d}\u{200d}ष",
        "ไทำ",
        "\u{a0}\u{2007}\u{202f}",
        "\u{600}\u{200d}a",
        "ﷺ﷽",
        "𒐫𒈙",
        "<<<<<<< HEAD",
        "\"\"\"\\u{1b}'''",
        "%s%n{}{0}",
        "../../etc/passwd",
    ]
    .map(str::to_owned)
    .into();
    all.extend([
        marks,
        chain,
        tags.clone(),
        format!("🏴{tags}"),
        "\u{489}".repeat(50),
        "W".repeat(3000),
    ]);
    all.push(String::from_utf8_lossy(b"\xed\xa0\x80\xed\xb0\x80\xff\xfe\x80").into_owned());
    assert!(all.len() >= 60);
    all
}

/// Whether a character would act on a terminal, or hide from the eye.
pub(crate) fn is_payload(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
            | '\u{200b}' | '\u{200c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0d}' | '\u{feff}' | '\u{ffa0}'
            | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e001f}' | '\u{e0080}'..='\u{e0fff}')
        || u32::from(c) & 0xFFFE == 0xFFFE
}

/// What is wrong with a symbol that is to be sent, if anything.
pub(crate) fn wrong(symbol: &str) -> Option<&'static str> {
    if matches!(symbol.as_bytes(), [b' '..=b'~']) || matches!(symbol, "│" | "─" | "▍") {
        return None;
    }
    let joined = |c| matches!(c, '\u{200d}' | '\u{e0020}'..='\u{e007f}');
    if symbol.contains(is_payload) {
        return Some("a control or something unseen");
    }
    if symbol.starts_with(|c: char| joined(c) || matches!(c, '\u{fe0e}' | '\u{fe0f}'))
        || symbol.ends_with('\u{200d}')
    {
        return Some("a joiner that joins nothing");
    }
    if symbol.contains(|c| matches!(c, '\u{e0020}'..='\u{e007f}'))
        && !(symbol.contains('🏴') && symbol.contains('\u{e007f}'))
    {
        return Some("tags outside a flag");
    }
    let runs = symbol.split(|c: char| c.width() != Some(0));
    if runs.map(|run| run.chars().filter(|&c| !joined(c)).count()).max() > Some(8) {
        return Some("more than eight marks");
    }
    (symbol.chars().next()?.width() == Some(0)).then_some("a mark without a letter")
}

/// An article that has the string in every kind of block.
pub(crate) fn article(bad: &str) -> String {
    format!(
        "Title {bad} of it\n\nOutlet {bad}\n\nBy Ann {bad} Lee\n\n12 March 2026 {bad}\n\n“{bad} is {bad} what,” said \
         Ann {bad} Lee of {bad}.\n\nSubscribe {bad} now\n\n{bad}\n\n“I am {bad} here,” {bad} she said.\n\n\
         SECOND {bad} REPORT\n\nBy Bob {bad}\n\n“Well {bad} then,” Bob {bad} said.\n"
    )
}

/// Annotations of every kind that say nothing else: on words that are there, on words that are not, on a
/// quotation, on the article, and a conflict copy.
pub(crate) fn annotations(article: &Article, bad: &str) -> Vec<Annotation> {
    let now = Timestamp::UNIX_EPOCH;
    let words = |words: &str| {
        let at = article.text.find(words).unwrap();
        let span = Span::new(at, at + words.len());
        let mut target = anchor::target(&article.text, &article.scalars, span);
        target.text_sha256 = Some(article.text_sha256());
        target
    };
    let mut lost = words("said");
    lost.exact = format!("lost {bad}");
    let kept = Kept {
        speaker: Some(format!("Speaker {bad}")),
        predicted: Some(bad.to_owned()),
        model: Some(bad.to_owned()),
        ..Kept::new(Verdict::Corrected)
    };
    let all = [
        (Kind::Highlight, Some(words("said")), None),
        (Kind::Highlight, Some(lost), None),
        (Kind::Quotation, Some(words(" then,")), Some(kept)),
        (Kind::Note, None, None),
        (Kind::Note, None, None),
    ];
    let annotation = |(number, (kind, target, quotation))| {
        let mut made = Annotation::new(Uuid::now_v7(), kind, now, target);
        made.note = format!("Note {number} {bad}\n{bad}");
        made.tags = vec![format!("tag/{bad}"), bad.to_owned()];
        made.color = Some(Color::Green);
        made.quotation = quotation;
        made.extra.insert(bad.to_owned(), bad.into());
        if number == 4 {
            made.lineage.conflict_of = Some(Uuid::now_v7());
        }
        made
    };
    all.into_iter().enumerate().map(annotation).collect()
}
