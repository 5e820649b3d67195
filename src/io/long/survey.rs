//! The survey of a long text: one pass over all of it, for its hash, its length, and whether it is in
//! the encoding that its start made it seem to be in.

use std::io;
use std::time::{Duration, Instant};

use encoding_rs::{Encoding, UTF_8};
use sha2::{Digest as _, Sha256};

use super::volume::{PIECES, Volume};
use crate::app::Survey;
use crate::corpus::piece::letters;
use crate::corpus::{hexadecimal, legacy_encoding};
use crate::text::ScalarIndex;

/// How often it is told how much was read.
const PAUSE: Duration = Duration::from_millis(200);
/// How many bytes before the first that is no UTF-8, and behind it, tell what else they are.
const AROUND: (u64, usize) = (4 * 1024, 260 * 1024);

/// What came of a survey.
#[derive(Debug, PartialEq, Eq)]
pub enum Found {
    /// What is known of the text.
    Survey(Survey),
    /// It is in another encoding.
    Encoding(&'static Encoding),
    /// It is no text after all, and why.
    Unfit(String),
    /// Nobody listens any more.
    Unheard,
}

/// Tells how much was read, in per cent, now and then.
#[derive(Debug)]
pub struct Progress<T> {
    tell: T,
    told: Instant,
    pause: Duration,
}

impl<T: FnMut(usize) -> bool> Progress<T> {
    /// Tells it by `tell`, which says whether it was heard.
    pub fn new(tell: T) -> Self {
        Self::since(tell, PAUSE)
    }

    /// The same with another time from one to the next.
    pub fn since(tell: T, pause: Duration) -> Self {
        Self { tell, told: Instant::now(), pause }
    }

    fn passed(&mut self, done: u64, of: u64) -> bool {
        if self.told.elapsed() < self.pause {
            return true;
        }
        self.told = Instant::now();
        (self.tell)(usize::try_from(done.saturating_mul(100) / of.max(1)).unwrap_or(100))
    }
}

/// Reads all of a text. Where its encoding was `guessed`, it may turn out to be another.
///
/// # Errors
/// Where the file cannot be read, or is another by now.
pub fn survey<T: FnMut(usize) -> bool>(
    volume: &Volume,
    guessed: bool,
    mut progress: Progress<T>,
) -> io::Result<Found> {
    let mut hash = Sha256::new();
    let (mut scalars, mut length) = (Vec::new(), 0_u64);
    let guessed = guessed && volume.encoding == UTF_8 && volume.mark == 0 && !volume.named;
    let mut blank = true;
    let mut number = 0;
    while number < volume.count() {
        let (bytes, ends) = volume.stretch(number, PIECES)?;
        for (&start, &end) in ends.iter().zip(ends.iter().skip(1)) {
            let inside = |at: u64| usize::try_from(at - ends.first().unwrap_or(&0)).unwrap_or(0);
            let piece = bytes.get(inside(start)..inside(end)).unwrap_or_default();
            scalars.push(length);
            let sound = std::str::from_utf8(piece).ok().filter(|_| volume.encoding == UTF_8);
            if guessed && sound.is_none() {
                let odd = std::str::from_utf8(piece).err().map_or(0, |error| error.valid_up_to());
                if let Some(encoding) = other_encoding(volume, start + odd as u64)? {
                    return Ok(Found::Encoding(encoding));
                }
            }
            let decoded;
            let canonical = sound.filter(|_| memchr::memchr(b'\r', piece).is_none());
            let text = if let Some(text) = canonical {
                text
            } else {
                decoded = letters(piece, volume.encoding).0;
                &decoded
            };
            if memchr::memchr(0, text.as_bytes()).is_some() {
                return Ok(Found::Unfit("it holds NUL bytes, as no text does".to_owned()));
            }
            blank = blank && text.trim_start().is_empty();
            hash.update(text.as_bytes());
            length += ScalarIndex::count(text) as u64;
        }
        number += PIECES;
        if !progress.passed(number, volume.count()) {
            return Ok(Found::Unheard);
        }
    }
    volume.check()?;
    scalars.push(length);
    if blank {
        return Ok(Found::Unfit("there is nothing to read in it".to_owned()));
    }
    let sha256: [u8; 32] = hash.finalize().into();
    Ok(Found::Survey(Survey { sha256, text_sha256: hexadecimal(&sha256), scalars }))
}

/// The encoding of a text whose byte at `odd` is no UTF-8, if that is not damaged UTF-8.
fn other_encoding(volume: &Volume, odd: u64) -> io::Result<Option<&'static Encoding>> {
    let start = odd.saturating_sub(AROUND.0);
    let bytes = volume.bytes(start, AROUND.1)?;
    let inside = usize::try_from(odd - start).unwrap_or(0);
    Ok(legacy_encoding(&bytes, inside).filter(|&found| found != UTF_8))
}
