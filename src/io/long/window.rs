//! Windows over a long text, and the pieces that one has in common with the next.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;
use std::sync::Arc;

use super::volume::Volume;
use crate::app::{Around, Laid, Window};
use crate::corpus::Article;
use crate::corpus::piece::Piece;
use crate::text::Offset;

/// A piece that is kept, and the bytes of the file at which it begins and ends.
type Kept = (Arc<Piece>, [u64; 2]);

/// What makes windows over a long text.
#[derive(Debug)]
pub struct Windows {
    volume: Arc<Volume>,
    kept: BTreeMap<u64, Kept>,
    /// A glimpse that nobody has asked for yet, and around what.
    ready: Option<(Around, Article, Window)>,
}

impl Windows {
    /// Windows over this text.
    #[must_use]
    pub const fn over(volume: Arc<Volume>) -> Self {
        Self { volume, kept: BTreeMap::new(), ready: None }
    }

    /// Whether they are over the text in this file as it is now.
    pub(super) fn are_over(&self, file: &Path) -> bool {
        self.volume.path == file && self.volume.check().is_ok()
    }

    /// The text that they are over.
    pub(in crate::io) const fn volume(&self) -> &Arc<Volume> {
        &self.volume
    }

    /// The window around a place, and the article as far as it is in it.
    ///
    /// # Errors
    /// Where the file cannot be read, or is another by now.
    pub fn around(&mut self, around: Around) -> io::Result<(Article, Window)> {
        let size = self.volume.sizes.window;
        self.of_size(around, size)
    }

    /// Makes a [glimpse](Self::glimpse) that is to be asked for.
    ///
    /// # Errors
    /// Where the file cannot be read, or is another by now.
    pub(super) fn make_ready(&mut self, around: Around) -> io::Result<()> {
        let (article, window) = self.glimpse(around)?;
        self.ready = Some((around, article, window));
        Ok(())
    }

    /// No more of it than a screen needs.
    ///
    /// # Errors
    /// Where the file cannot be read, or is another by now.
    pub fn glimpse(&mut self, around: Around) -> io::Result<(Article, Window)> {
        let ready = self.ready.take().filter(|(ready, ..)| *ready == around);
        if let Some((_, article, window)) = ready {
            return Ok((article, window));
        }
        let size = self.volume.sizes.window.min(self.volume.sizes.piece / 2);
        self.of_size(around, size)
    }

    fn of_size(&mut self, around: Around, size: usize) -> io::Result<(Article, Window)> {
        self.volume.check()?;
        let middle = self.number(around)?;
        let last = self.volume.count() - 1;
        let (mut low, mut high) = (middle, middle);
        let piece = self.piece(middle)?;
        let (mut text, mut blocks) = (piece.text.len(), piece.blocks.len());
        // To both sides in turn, so that the place asked for is in the middle.
        let mut down = true;
        let most = self.volume.sizes.blocks;
        let enough = |text: usize, blocks: usize, pieces: u64| {
            text >= size || (blocks >= most && pieces >= 3)
        };
        while (low > 0 || high < last) && !enough(text, blocks, high - low + 1) {
            let next = if (down && high < last) || low == 0 {
                high += 1;
                high
            } else {
                low -= 1;
                low
            };
            down = !down;
            let piece = self.piece(next)?;
            text += piece.text.len();
            blocks += piece.blocks.len();
        }
        self.kept.retain(|number, _| (low..=high).contains(number));
        Ok(self.window(low..=high))
    }

    /// The window of pieces that are at hand.
    fn window(&self, numbers: std::ops::RangeInclusive<u64>) -> (Article, Window) {
        let (mut pieces, mut laid) = (Vec::new(), Vec::new());
        let (mut start, mut end) = (Offset::ZERO, 0);
        for (&number, (piece, ends)) in self.kept.range(numbers) {
            laid.push(Laid { number, byte: ends[0], start });
            end = ends[1];
            start = start + piece.text.len();
            pieces.push(Arc::clone(piece));
        }
        let Self { volume, .. } = self;
        let article = Article::from_pieces(&volume.name, &pieces, volume.encoding.name());
        (article, Window::new(laid, end, start, (volume.mark, volume.length())))
    }

    fn piece(&mut self, number: u64) -> io::Result<Arc<Piece>> {
        if let Some((piece, _)) = self.kept.get(&number) {
            return Ok(Arc::clone(piece));
        }
        let (mut piece, ends) = self.volume.piece(number)?;
        if piece.blocks.is_empty() {
            // However much of the text is blank, there is something to see in every window.
            piece.text.truncate(usize::from(piece.text.starts_with('\n')));
        }
        let piece = Arc::new(piece);
        self.kept.insert(number, (Arc::clone(&piece), ends));
        Ok(piece)
    }

    /// The piece that a place is in.
    fn number(&self, around: Around) -> io::Result<u64> {
        match around {
            Around::Start => Ok(0),
            Around::End => Ok(self.volume.count() - 1),
            Around::Landmark(mark) => self.volume.piece_at(mark.file_byte()),
            Around::Piece(number) => Ok(number.min(self.volume.count() - 1)),
        }
    }
}
