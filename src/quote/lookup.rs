//! Finding a quotation by its place, among those of one article in the order of the text.

use super::{Quotation, Stretch};
use crate::text::{Offset, Span};

/// Something in quotation marks.
pub trait Quoted {
    /// What stands between the marks.
    fn inner(&self) -> Span;
    /// The same with its marks.
    fn outer(&self) -> Span;
}

impl Quoted for Stretch {
    fn inner(&self) -> Span {
        self.inner
    }

    fn outer(&self) -> Span {
        self.outer
    }
}

impl Quoted for Quotation {
    fn inner(&self) -> Span {
        self.inner
    }

    fn outer(&self) -> Span {
        self.outer
    }
}

/// The index of the one at `at`, its marks included.
#[must_use]
pub fn stretch_at<Q: Quoted>(stretches: &[Q], at: Offset) -> Option<usize> {
    let index = stretches.partition_point(|stretch| stretch.outer().end <= at);
    stretches.get(index).filter(|stretch| stretch.outer().contains(at)).map(|_| index)
}

/// The index of the first whose words begin after `at`.
#[must_use]
pub fn next_stretch<Q: Quoted>(stretches: &[Q], at: Offset) -> Option<usize> {
    let index = stretches.partition_point(|stretch| stretch.inner().start <= at);
    (index < stretches.len()).then_some(index)
}

/// The index of the last whose words begin before `at`.
#[must_use]
pub fn previous_stretch<Q: Quoted>(stretches: &[Q], at: Offset) -> Option<usize> {
    stretches.partition_point(|stretch| stretch.inner().start < at).checked_sub(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Span;

    /// `"b" "e"` as found, with `a` before it.
    fn two() -> Vec<Stretch> {
        [2, 6]
            .map(|start| Stretch {
                inner: Span::new(start, start + 1),
                outer: Span::new(start - 1, start + 2),
                closed: true,
                block: 0,
            })
            .to_vec()
    }

    #[test]
    fn a_stretch_is_found_from_its_marks_and_words() {
        let found: Vec<_> = (0..9).map(|at| stretch_at(&two(), Offset(at))).collect();
        let (a, b) = (Some(0), Some(1));
        assert_eq!(found, [None, a, a, a, None, b, b, b, None]);
        assert_eq!(stretch_at::<Stretch>(&[], Offset(3)), None);
    }

    #[test]
    fn the_next_and_the_previous_begin_elsewhere() {
        assert_eq!(next_stretch(&two(), Offset(0)), Some(0));
        assert_eq!(next_stretch(&two(), Offset(2)), Some(1));
        assert_eq!(next_stretch(&two(), Offset(6)), None);
        assert_eq!(previous_stretch(&two(), Offset(9)), Some(1));
        assert_eq!(previous_stretch(&two(), Offset(6)), Some(0));
        assert_eq!(previous_stretch(&two(), Offset(2)), None);
    }
}
