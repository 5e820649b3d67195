//! What stays in memory of an article when its text is dropped.

use super::{Article, BlockKind, Metadata};
use crate::text::Span;

/// A further report in an article's text, as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartDigest {
    /// Its headline.
    pub title: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// Where it starts, in scalar values of canonical text.
    pub start: usize,
    /// Where it ends, in scalar values of canonical text.
    pub end: usize,
}

/// An article without its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Digest {
    /// What the program believes of it (corrections are laid over it elsewhere).
    pub metadata: Metadata,
    /// Its headline or, where it has none, its first words.
    pub display_title: String,
    /// How many words its own report has: title, dek, headings, paragraphs and captions of part 0.
    pub words: usize,
    /// The length of its canonical text, in scalar values.
    pub chars: usize,
    /// The encoding it was decoded from, by its WHATWG name.
    pub encoding: &'static str,
    /// How many U+FFFD of its text stand for bytes that are nothing in that encoding.
    pub replaced: usize,
    /// The SHA-256 of its canonical text in UTF-8.
    pub sha256: [u8; 32],
    /// Its further parts: without part 0.
    pub parts: Vec<PartDigest>,
}

impl Digest {
    /// The hash of the canonical text, in 64 hexadecimal digits.
    #[must_use]
    pub fn text_sha256(&self) -> String {
        hexadecimal(&self.sha256)
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    let digit = |half: u8| char::from_digit(u32::from(half), 16);
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).flatten().collect()
}

impl Article {
    /// The hash of its canonical text, in 64 hexadecimal digits.
    #[must_use]
    pub fn text_sha256(&self) -> String {
        hexadecimal(&self.sha256())
    }

    /// What stays in memory of it.
    #[must_use]
    pub fn digest(&self) -> Digest {
        Digest {
            metadata: self.metadata.clone(),
            display_title: self.display_title().into_owned(),
            words: self.words(),
            chars: self.scalars.len(),
            encoding: self.encoding,
            replaced: self.replaced,
            sha256: self.sha256(),
            parts: self.parts.iter().skip(1).map(|part| self.part_digest(part)).collect(),
        }
    }

    fn part_digest(&self, part: &super::Part) -> PartDigest {
        let (start, end) = self.scalars.scalars(&self.text, part.span);
        PartDigest { title: part.title.clone(), outlet: part.outlet.clone(), start, end }
    }

    fn words(&self) -> usize {
        use BlockKind::{Caption, Dek, Heading, Paragraph, Title};
        self.blocks
            .iter()
            .filter(|block| block.part == 0)
            .filter(|block| matches!(block.kind, Title | Dek | Heading | Paragraph | Caption))
            .map(|block| words_in(&self.text, block.span))
            .sum()
    }
}

/// How many words a stretch has: runs between white space with a letter or digit in them.
fn words_in(text: &str, span: Span) -> usize {
    span.of(text).split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    const STORY: &str = "Ferry link restored\n\nThe ferry sailed again – “at last”.\n\nComments\n";

    #[test]
    fn words_are_those_of_the_report() {
        let digest = Article::from_text("a.txt", STORY.into(), "UTF-8").digest();
        assert_eq!((digest.words, digest.chars), (9, STORY.chars().count()));
        assert_eq!(digest.display_title, "Ferry link restored");
        assert!(digest.parts.is_empty());
    }

    #[test]
    fn the_hash_is_of_the_text_alone() {
        let one = Article::from_text("a.txt", "abc".into(), "UTF-8").digest();
        let other = Article::from_text("b.txt", "abc".into(), "windows-1252").digest();
        assert_eq!(one.sha256, other.sha256);
        let known = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(one.text_sha256(), known);
    }
}
