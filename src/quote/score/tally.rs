//! Counts, and the measures that follow from them.

use super::unit::ratio;

/// What was counted. Gold is what people found, predictions are what we did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Labelled quotations.
    pub gold: usize,
    /// Those with a speaker.
    pub sourced: usize,
    /// Those whose speaker has a name.
    pub nameable: usize,
    /// Our quotations.
    pub found: usize,
    /// Those that match none without a speaker.
    pub found_sourced: usize,
    /// Those that match none whose speaker has no name.
    pub found_nameable: usize,
    /// Labelled ones that we found.
    pub hit: usize,
    /// Those to the letter.
    pub exact: usize,
    /// Those with a speaker.
    pub hit_sourced: usize,
    /// Those whose mention is right.
    pub strict: usize,
    /// Those whose mention or name is right.
    pub lenient: usize,
    /// Those whose name is right.
    pub named: usize,
    /// Labelled reports without marks.
    pub reported: usize,
    /// Ours.
    pub report_found: usize,
    /// Labelled ones that we found.
    pub report_hit: usize,
    /// Those whose source is right.
    pub report_sourced: usize,
    /// Those whose cue has a word in common too.
    pub report_cued: usize,
}

impl Tally {
    /// Adds the counts of another.
    pub(super) fn add(&mut self, other: &Self) {
        for (to, from) in self.counts_mut().into_iter().zip(other.counts()) {
            *to += from;
        }
    }

    const fn counts(&self) -> [usize; 17] {
        let Self { gold, sourced, nameable, found, found_sourced, found_nameable, .. } = *self;
        let Self { hit, exact, hit_sourced, strict, lenient, named, .. } = *self;
        let Self { reported, report_found, report_hit, report_sourced, report_cued, .. } = *self;
        [
            gold,
            sourced,
            nameable,
            found,
            found_sourced,
            found_nameable,
            hit,
            exact,
            hit_sourced,
            strict,
            lenient,
            named,
            reported,
            report_found,
            report_hit,
            report_sourced,
            report_cued,
        ]
    }

    const fn counts_mut(&mut self) -> [&mut usize; 17] {
        let Self { gold, sourced, nameable, found, found_sourced, found_nameable, .. } = self;
        let Self { hit, exact, hit_sourced, strict, lenient, named, .. } = self;
        let Self { reported, report_found, report_hit, report_sourced, report_cued, .. } = self;
        [
            gold,
            sourced,
            nameable,
            found,
            found_sourced,
            found_nameable,
            hit,
            exact,
            hit_sourced,
            strict,
            lenient,
            named,
            reported,
            report_found,
            report_hit,
            report_sourced,
            report_cued,
        ]
    }

    /// The measures by name, each 0 to 1.
    #[must_use]
    pub fn measures(&self) -> Vec<(&'static str, f64)> {
        vec![
            ("detect_p", ratio(self.hit, self.found)),
            ("detect_r", ratio(self.hit, self.gold)),
            ("detect_f1", balance(self.hit, self.found, self.gold)),
            ("detect_exact_f1", balance(self.exact, self.found, self.gold)),
            ("attrib_acc", ratio(self.lenient, self.sourced)),
            ("attrib_strict", ratio(self.strict, self.sourced)),
            ("named_acc", ratio(self.named, self.nameable)),
            ("attrib_on_detected", ratio(self.lenient, self.hit_sourced)),
            ("e2e_p", ratio(self.lenient, self.found_sourced)),
            ("e2e_r", ratio(self.lenient, self.sourced)),
            ("e2e_f1", balance(self.lenient, self.found_sourced, self.sourced)),
            ("e2e_strict_f1", balance(self.strict, self.found_sourced, self.sourced)),
            ("e2e_named_f1", balance(self.named, self.found_nameable, self.nameable)),
            ("indirect_f1", balance(self.report_hit, self.report_found, self.reported)),
            ("indirect_src_f1", balance(self.report_sourced, self.report_found, self.reported)),
            ("indirect_src_cue_f1", balance(self.report_cued, self.report_found, self.reported)),
        ]
    }
}

/// The F1 measure: the harmonic mean of precision and recall.
fn balance(hit: usize, found: usize, gold: usize) -> f64 {
    ratio(2 * hit, found + gold)
}
