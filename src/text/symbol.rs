//! What one grapheme cluster of untrusted text may put on a terminal.
//!
//! A terminal obeys what it is sent: an escape sequence moves the cursor, a bidirectional control
//! turns words round, a thousand accents bleed over the rows above, and letters that take no cell
//! hide words. So nothing of a text is sent as it is before each of its characters was judged here.

use super::cell::{Ambiguous, cells, takes_cells};
use std::borrow::Cow;
use std::ops::RangeInclusive;
use unicode_segmentation::GraphemeCursor;

/// How many marks one letter may carry. No script needs more; what lies beyond is there to spill
/// over the neighbouring rows.
const MARKS: usize = 8;

/// How many scalar values that take cells one glyph may hold. The longest emoji and conjuncts in
/// use have fewer, and a cluster without a limit would be one glyph wider than any terminal.
const BASES: usize = 8;

const JOINER: char = '\u{200D}';

/// With the region in tag characters behind it, and the tag that ends those, this is the flag of a
/// region such as Scotland.
const FLAG: char = '\u{1F3F4}';

const END_TAG: char = '\u{E007F}';

/// The tags of a region, the one that ends them among them.
const REGION: RangeInclusive<usize> = 4..=7;

/// Stands for what has no look of its own.
const REPLACEMENT: char = '\u{FFFD}';

/// What becomes of one scalar value.
enum Class {
    /// Takes cells.
    Base,
    /// Takes none, and belongs to the base before it.
    Mark,
    /// Chooses the text or the emoji form of the base right before it.
    Selector,
    /// Ties two bases into one picture.
    Joiner,
    /// Spells the region of a flag; anywhere else it hides a message.
    Tag,
    /// Would act on the terminal, or deceive the eye: shown as these characters instead.
    Shown(String),
    /// Takes no cell and shows nothing: left out.
    Hidden,
}

fn class(c: char) -> Class {
    match c {
        JOINER => Class::Joiner,
        '\u{FE0E}' | '\u{FE0F}' => Class::Selector,
        '\u{E0030}'..='\u{E0039}' | '\u{E0061}'..='\u{E007A}' | END_TAG => Class::Tag,
        '\n' | '\u{2028}' | '\u{2029}' => Class::Hidden,
        _ if hidden(c) => Class::Hidden,
        _ => match shown(c) {
            Some(symbol) => Class::Shown(symbol),
            None if !takes_cells(c) => Class::Mark,
            None => Class::Base,
        },
    }
}

/// The visible stand-in for a character that no terminal may be sent: control pictures for C0 and
/// DEL, the number in angle brackets for C1, arrows to a bar for what turns the direction.
fn shown(c: char) -> Option<String> {
    let symbol = match c {
        '\0'..='\u{1F}' => char::from_u32(0x2400 + u32::from(c)).unwrap_or(REPLACEMENT),
        '\u{7F}' => '␡',
        '\u{80}'..='\u{9F}' => return Some(format!("<{:X}>", u32::from(c))),
        // Left to right: its mark, embedding, override and isolate.
        '\u{200E}' | '\u{202A}' | '\u{202D}' | '\u{2066}' => '⇥',
        // Right to left, the Arabic mark among them.
        '\u{061C}' | '\u{200F}' | '\u{202B}' | '\u{202E}' | '\u{2067}' => '⇤',
        // The isolate that takes the direction of its text, and the two that end one.
        '\u{202C}' | '\u{2068}' | '\u{2069}' => '⇹',
        _ if noncharacter(c) => REPLACEMENT,
        // Terminals that show other ambiguous letters wide do not agree on these.
        '\u{2500}'..='\u{259F}' if Ambiguous::in_force() == Ambiguous::Wide => drawn(c),
        _ => return None,
    };
    Some(symbol.to_string())
}

/// What is drawn in place of box drawing and blocks.
const fn drawn(c: char) -> char {
    match c {
        '─' | '━' | '┄' | '┅' | '┈' | '┉' | '╌' | '╍' | '═' => '-',
        '│' | '┃' | '┆' | '┇' | '┊' | '┋' | '║' | '▉'..='▏' => '|',
        '▀'..='▟' => '#',
        _ => '+',
    }
}

/// Whether Unicode keeps `c` for internal use.
fn noncharacter(c: char) -> bool {
    u32::from(c) & 0xFFFE == 0xFFFE || ('\u{FDD0}'..='\u{FDEF}').contains(&c)
}

/// Whether `c` is default-ignorable or a format control with no look of its own, and not one that
/// [`class`] treats apart.
fn hidden(c: char) -> bool {
    matches!(c,
        '\u{AD}' // soft hyphen
        | '\u{34F}' // combining grapheme joiner
        | '\u{17B4}'..='\u{17B5}' // Khmer inherent vowels
        | '\u{180B}'..='\u{180F}' // Mongolian selectors
        | '\u{200B}'..='\u{200C}' // zero-width space and non-joiner
        | '\u{2060}'..='\u{2065}' // word joiner and invisible operators
        | '\u{206A}'..='\u{206F}' // deprecated format controls
        | '\u{3164}' | '\u{FFA0}' // Hangul fillers, on whose width terminals differ
        | '\u{FE00}'..='\u{FE0D}' // selectors of glyph variants
        | '\u{FEFF}' // byte-order mark
        | '\u{FFF0}'..='\u{FFFB}' // interlinear annotation
        | '\u{13430}'..='\u{1345F}' // Egyptian format controls
        | '\u{1BCA0}'..='\u{1BCA3}' // shorthand format controls
        | '\u{1D173}'..='\u{1D17A}' // musical format controls
        | '\u{E0000}'..='\u{E0FFF}' // tags and the further selectors
    )
}

/// The length in bytes of the part of a grapheme cluster that one glyph shows: all of it, unless
/// it strings together more bases than any script does.
///
/// A picture of joined bases is cut only where it alone has too many, so that where the glyph began
/// makes no difference to which joiners are left.
pub(super) fn glyph_len(cluster: &str) -> usize {
    let (mut bases, mut run, mut joined) = (0, 0, false);
    for (at, c) in cluster.char_indices() {
        if takes_cells(c) {
            run = if joined && run < BASES { run + 1 } else { 1 };
            if run == 1 && bases >= BASES {
                return at;
            }
            bases += 1;
        }
        joined = c == JOINER;
    }
    cluster.len()
}

/// The safe form of a grapheme cluster. It is empty where there is nothing to show, and never of no
/// width otherwise.
pub(super) fn symbol(cluster: &str) -> Cow<'_, str> {
    let symbol = filtered(cluster);
    // Letters that take cells one by one, and together none.
    if cells(&symbol) == 0 && !symbol.is_empty() { Cow::Owned(REPLACEMENT.into()) } else { symbol }
}

/// `symbol` as it can be sent right after `before`: behind a stand-in where a terminal would take
/// the two for one cluster, because what held them apart in the text is not sent.
pub(super) fn apart<'a>(before: &str, symbol: Cow<'a, str>) -> Cow<'a, str> {
    let sent = [before, &symbol].concat();
    let between = GraphemeCursor::new(before.len(), sent.len(), true).is_boundary(&sent, 0);
    match between {
        Ok(false) if !symbol.is_empty() => Cow::Owned(format!("{REPLACEMENT}{symbol}")),
        _ => symbol,
    }
}

/// The cluster without what must not be in it.
fn filtered(cluster: &str) -> Cow<'_, str> {
    let mut builder = Builder::default();
    for c in cluster.chars() {
        builder.push(c);
    }
    if builder.out == cluster { Cow::Borrowed(cluster) } else { Cow::Owned(builder.out) }
}

/// A symbol in the making.
#[derive(Default)]
struct Builder {
    out: String,
    /// Marks met since the last base, those left out among them.
    marks: usize,
    /// Whether the last character was a joiner, which counts only when a base comes next.
    joiner: bool,
    /// The tags since a flag, which count only when they end as they should.
    tags: Option<String>,
}

impl Builder {
    fn push(&mut self, c: char) {
        let joiner = std::mem::take(&mut self.joiner);
        let tags = self.tags.take();
        match class(c) {
            Class::Base => {
                if joiner {
                    self.out.push(JOINER);
                }
                self.base(c.encode_utf8(&mut [0; 4]));
                self.tags = (c == FLAG).then(String::new);
            }
            Class::Tag => self.tag(c, tags),
            Class::Shown(symbol) => self.base(&symbol),
            Class::Mark => self.mark(c),
            Class::Selector if self.marks == 0 && !self.out.is_empty() => self.mark(c),
            // A mark that was left out may be what the joiner stood on.
            Class::Joiner => self.joiner = !self.out.is_empty() && self.marks <= MARKS,
            Class::Selector | Class::Hidden => {}
        }
    }

    fn base(&mut self, symbol: &str) {
        self.out.push_str(symbol);
        self.marks = 0;
    }

    fn tag(&mut self, c: char, tags: Option<String>) {
        let Some(mut tags) = tags else { return };
        tags.push(c);
        let count = tags.chars().count();
        if c == END_TAG && REGION.contains(&count) {
            self.out.push_str(&tags);
        } else if c != END_TAG && count < *REGION.end() {
            self.tags = Some(tags);
        }
    }

    fn mark(&mut self, c: char) {
        if self.out.is_empty() {
            // With no letter under it, it would settle on the cell before.
            self.out.push(REPLACEMENT);
            self.marks = MARKS;
        }
        self.marks += 1;
        if self.marks <= MARKS {
            self.out.push(c);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::hostile;
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_cluster_shows_only_what_is_safe() {
        let zalgo = format!("e{}", "\u{301}".repeat(1000));
        let cases = [
            ("a", "a", 1),
            ("\u{1b}", "␛", 1),
            ("\0", "␀", 1),
            ("\u{7f}", "␡", 1),
            ("\u{9b}", "<9B>", 4),
            ("\u{202e}", "⇤", 1),
            ("\u{2069}", "⇹", 1),
            ("\u{200e}", "⇥", 1),
            ("\u{200b}", "", 0),
            ("\u{ad}", "", 0),
            ("a\u{200d}", "a", 1),
            ("a\u{200c}", "a", 1),
            ("a\u{e0041}\u{e0042}", "a", 1),
            ("e\u{301}", "e\u{301}", 1),
            (zalgo.as_str(), "e\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}", 1),
            ("\u{301}", "\u{fffd}", 1),
            ("\u{301}\u{301}🏽", "\u{fffd}🏽", 3),
            ("\u{fe0f}", "", 0),
            ("漢", "漢", 2),
            ("हि", "हि", 2),
            ("🇩🇪", "🇩🇪", 2),
            ("👩\u{200d}👩\u{200d}👧\u{200d}👦", "👩\u{200d}👩\u{200d}👧\u{200d}👦", 2),
            ("ｶﾞ", "ｶﾞ", 2),
            ("👍🏽", "👍🏽", 2),
            ("❤\u{fe0f}", "❤\u{fe0f}", 2),
            ("❤\u{fe0f}\u{fe0f}", "❤\u{fe0f}", 2),
            (
                "🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}",
                "🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}",
                2,
            ),
            ("🏴\u{e0067}\u{e0062}", "🏴", 2),
        ];
        for (cluster, shown, cells) in cases {
            assert_eq!(symbol(cluster), shown, "{cluster:?}");
            assert_eq!(super::cells(shown), cells, "{cluster:?}");
        }
    }

    #[test]
    fn a_chain_without_end_is_cut_into_glyphs() {
        let chain = "क\u{94d}".repeat(100);
        assert_eq!(glyph_len(&chain), BASES * "क\u{94d}".len());
        assert_eq!(glyph_len("👩\u{200d}👩"), "👩\u{200d}👩".len());
    }

    #[test]
    fn a_long_picture_is_cut_where_it_alone_is_too_long() {
        let people = vec!["👩"; 20].join("\u{200d}");
        assert_eq!(glyph_len(&people), BASES * "👩\u{200d}".len());
        let behind = format!("{}{people}", "\u{600}".repeat(BASES - 1));
        assert_eq!(glyph_len(&behind), (BASES - 1) * 2 + BASES * "👩\u{200d}".len());
    }

    proptest! {
        #[test]
        fn a_symbol_takes_cells_or_is_nothing(text in hostile::text()) {
            let symbol = symbol(&text);
            prop_assert_eq!(symbol.is_empty(), cells(&symbol) == 0);
        }
    }
}
