//! The words and punctuation of an article outside quotation marks, in one pass.
//!
//! A quoted stretch is one token: what stands inside says nothing of who said it, and a reporting
//! sentence reads on around it.

use super::Stretch;
use super::lexicon::{Class, Lexicon};
use super::spelling::scan;
use super::transcript::label;
use crate::corpus::{Block, BlockKind};
use crate::text::Span;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TokenKind {
    /// Letters, perhaps with digits, hyphens and apostrophes inside.
    Word,
    /// Something that begins with a digit.
    Number,
    /// `'s` or a bare apostrophe after a word.
    Possessive,
    /// `,`
    Comma,
    /// `:`
    Colon,
    /// `;`, a dash between words, `…`, brackets.
    Break,
    /// The end of a sentence.
    Stop,
    /// A quoted stretch, marks included.
    Quote,
    /// Any other sign.
    Sign,
}

/// A token of an article.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    /// Where it begins, in bytes.
    pub(super) start: u32,
    /// Where it ends, in bytes.
    pub(super) end: u32,
    /// The hash of the word in lower case; 0 where it is none. Of a quoted stretch, its index.
    pub(super) word: u32,
    /// What the lexicon has of it: an index for [`Lexicon::entry`].
    pub(super) entry: u16,
    /// What it is.
    pub(super) kind: TokenKind,
    /// Whether its first letter is a capital.
    pub(super) capital: bool,
}

impl Token {
    /// Where it stands.
    pub(super) fn span(&self) -> Span {
        Span::new(self.start as usize, self.end as usize)
    }
}

/// The tokens of one block.
#[derive(Debug, Clone, Copy)]
pub(super) struct Paragraph {
    /// The part that it belongs to.
    pub(super) part: usize,
    /// What the block is.
    pub(super) kind: BlockKind,
    /// Its first token.
    pub(super) from: usize,
    /// The token after its last.
    pub(super) to: usize,
}

/// Whether quotations can stand in such a block.
pub(super) const fn can_quote(kind: BlockKind) -> bool {
    matches!(
        kind,
        BlockKind::Title
            | BlockKind::Dek
            | BlockKind::Heading
            | BlockKind::Paragraph
            | BlockKind::Caption
    )
}

/// The tokens of a text, by paragraph.
#[derive(Debug, Default)]
pub(super) struct Tokens {
    /// All of them, in the order of the text.
    pub(super) all: Vec<Token>,
    /// The blocks in which quotations can stand.
    pub(super) paragraphs: Vec<Paragraph>,
}

/// Reads the tokens of every block in which quotations can stand. Takes time linear in the text.
pub(super) fn tokens(
    text: &str,
    blocks: &[Block],
    stretches: &[Stretch],
    lexicon: &Lexicon,
) -> Tokens {
    let mut out = Tokens { all: Vec::with_capacity(text.len() / 6), paragraphs: Vec::new() };
    let mut stretches = stretches.iter().enumerate().peekable();
    for (index, block) in blocks.iter().enumerate() {
        while stretches.next_if(|(_, stretch)| stretch.block < index).is_some() {}
        if !can_quote(block.kind) {
            continue;
        }
        let from = out.all.len();
        let mut reader = Reader { text, lexicon, out: &mut out.all, from };
        let mut at = block.span.start.get();
        while let Some((number, stretch)) = stretches.next_if(|(_, it)| it.block == index) {
            reader.read(at, stretch.outer.start.get());
            reader.put_quote(number, stretch);
            at = stretch.outer.end.get();
        }
        reader.read(at, block.span.end.get());
        let to = out.all.len();
        let (part, kind) = (block.part, block.kind);
        out.paragraphs.push(Paragraph { part, kind, from, to });
    }
    out
}

/// Reads the tokens of one block.
struct Reader<'a> {
    text: &'a str,
    lexicon: &'a Lexicon,
    out: &'a mut Vec<Token>,
    /// The block's first token.
    from: usize,
}

/// A position in bytes as tokens hold it.
fn narrow(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

impl Reader<'_> {
    /// Adds a quoted stretch, and the sentence's end that stands inside it. The speaker's name before a
    /// colon, with which a transcript begins a speech inside the marks, is read as if before them.
    fn put_quote(&mut self, number: usize, stretch: &Stretch) {
        let inner = stretch.inner.of(self.text);
        let at = stretch.inner.start.get();
        let label = label(inner);
        self.read(at, at + label);
        let start = if label > 0 { at + label } else { stretch.outer.start.get() };
        let (start, end) = (narrow(start), narrow(stretch.outer.end.get()));
        let (kind, word) = (TokenKind::Quote, narrow(number));
        self.out.push(Token { start, end, word, entry: 0, kind, capital: false });
        if inner.ends_with('.') {
            let end = narrow(stretch.inner.end.get());
            let kind = TokenKind::Stop;
            self.out.push(Token { start: end - 1, end, word: 0, entry: 0, kind, capital: false });
        }
    }

    /// Adds the tokens from byte `at` up to byte `end`.
    fn read(&mut self, at: usize, end: usize) {
        let Some(rest) = self.text.get(at..end) else { return };
        let bytes = rest.as_bytes();
        let mut from = 0;
        while let Some(&byte) = bytes.get(from) {
            let len = if byte == b' ' {
                1
            } else if byte.is_ascii_alphanumeric() || byte >= 0x80 {
                self.read_word(rest, at, from)
            } else {
                self.read_sign(bytes, at, from)
            };
            from += len.max(1);
        }
    }

    /// Reads what begins with a letter, a digit or a character beyond ASCII; gives its length.
    fn read_word(&mut self, rest: &str, base: usize, from: usize) -> usize {
        let tail = rest.get(from..).unwrap_or_default();
        let Some(first) = tail.chars().next() else { return 1 };
        if !first.is_alphanumeric() {
            return self.read_symbol(first, base + from);
        }
        let (len, word) = scan(tail);
        let kind = if first.is_numeric() { TokenKind::Number } else { TokenKind::Word };
        let entry = self.lexicon.find(word);
        let entry = if self.is_initialism(tail.get(..len), entry) { 0 } else { entry };
        let start = narrow(base + from);
        let capital = first.is_uppercase();
        let end = narrow(base + from + len);
        self.out.push(Token { start, end, word, entry, kind, capital });
        len
    }

    /// Whether a word in capitals is another than the one in small letters: `US`, `WHO`, `IT`.
    fn is_initialism(&self, word: Option<&str>, entry: u16) -> bool {
        let class = self.lexicon.entry(entry).class;
        let pronoun = matches!(class, Class::Other | Class::Who | Class::It | Class::He);
        pronoun && word.is_some_and(|it| it.len() > 1 && it.bytes().all(|c| c.is_ascii_uppercase()))
    }

    /// Reads a sign beyond ASCII.
    fn read_symbol(&mut self, c: char, at: usize) -> usize {
        let kind = match c {
            '–' | '—' | '―' | '…' => TokenKind::Break,
            '’' => TokenKind::Possessive,
            c if c.is_whitespace() => return c.len_utf8(),
            _ => TokenKind::Sign,
        };
        let tail = self.text.get(at..).unwrap_or_default();
        let len = if kind == TokenKind::Possessive { possessive(tail) } else { c.len_utf8() };
        self.put_sign(kind, at, len);
        len
    }

    /// Reads a sign of ASCII; gives its length.
    fn read_sign(&mut self, bytes: &[u8], base: usize, from: usize) -> usize {
        let byte = bytes.get(from).copied().unwrap_or_default();
        let next = bytes.get(from + 1).copied().unwrap_or(b' ');
        let kind = match byte {
            b',' => TokenKind::Comma,
            b':' => TokenKind::Colon,
            b'\'' => TokenKind::Possessive,
            b'.' | b'!' | b'?' if next.is_ascii_alphanumeric() => TokenKind::Sign,
            b'.' if next != b'.' && self.is_abbreviated(base + from) => return 1,
            b'.' | b'!' | b'?' => TokenKind::Stop,
            b';' | b'(' | b')' | b'[' | b']' => TokenKind::Break,
            b'-' if next == b'-' || next == b' ' => TokenKind::Break,
            byte if byte.is_ascii_whitespace() => return 1,
            _ => TokenKind::Sign,
        };
        let tail = self.text.get(base + from..).unwrap_or_default();
        let len = if kind == TokenKind::Possessive { possessive(tail) } else { 1 };
        self.put_sign(kind, base + from, len);
        len
    }

    fn put_sign(&mut self, kind: TokenKind, at: usize, len: usize) {
        let (start, end) = (narrow(at), narrow(at + len));
        self.out.push(Token { start, end, word: 0, entry: 0, kind, capital: false });
    }

    /// Whether a full stop at byte `at` belongs to the word before it: a title, an initial.
    fn is_abbreviated(&self, at: usize) -> bool {
        let last = self.out.get(self.from..).and_then(|it| it.last());
        last.is_some_and(|last| {
            let class = self.lexicon.entry(last.entry).class;
            last.end == narrow(at)
                && last.kind == TokenKind::Word
                && last.capital
                && (last.end - last.start == 1 || matches!(class, Class::Title | Class::Short))
        })
    }
}

/// The length of `'s`, or of the apostrophe alone.
fn possessive(tail: &str) -> usize {
    let mut chars = tail.chars();
    let mark = chars.next().map_or(1, char::len_utf8);
    let s =
        matches!(chars.next(), Some('s' | 'S')) && !chars.next().is_some_and(char::is_alphanumeric);
    mark + usize::from(s)
}
