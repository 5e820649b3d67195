//! Which reports to keep where several share words.

use std::ops::Range;

/// The numbers of the reports that are kept: such that no two share a token, and that the sum of what
/// their probabilities exceed `least` by is the greatest (weighted interval scheduling). Ascending by
/// where the reports end. Time linear in the reports but for their sorting.
pub(in crate::quote) fn choose(reports: &[(Range<usize>, f32)], least: f32) -> Vec<usize> {
    let mut order: Vec<usize> = (0..reports.len()).collect();
    let report = |number: usize| reports.get(number).cloned().unwrap_or_default();
    order.retain(|&it| report(it).1 >= least && !report(it).0.is_empty());
    order.sort_by_key(|&it| (report(it).0.end, it));
    let ends: Vec<usize> = order.iter().map(|&it| report(it).0.end).collect();
    // The best sum of the first so many reports, and whether the last of them is part of it.
    let mut sums = vec![0.0_f64];
    let mut taken: Vec<(bool, usize)> = Vec::with_capacity(order.len());
    for (place, &number) in order.iter().enumerate() {
        let (range, probability) = report(number);
        let before = ends.get(..place).unwrap_or_default().partition_point(|&it| it <= range.start);
        let sum = |count: usize| sums.get(count).copied().unwrap_or_default();
        let with = sum(before) + f64::from(probability - least);
        let without = sum(place);
        taken.push((with > without, before));
        sums.push(with.max(without));
    }
    let mut out = Vec::new();
    let mut count = order.len();
    while let Some(&(took, before)) = count.checked_sub(1).and_then(|last| taken.get(last)) {
        if took {
            out.extend(order.get(count - 1));
        }
        count = if took { before } else { count - 1 };
    }
    out.reverse();
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_reports_apart_from_each_other_are_kept() {
        let reports =
            [(0..9, 0.8), (0..4, 0.6), (5..9, 0.65), (9..12, 0.4), (10..11, 0.3), (20..20, 0.9)];
        assert_eq!(choose(&reports, 0.5), [0]);
        assert_eq!(choose(&reports, 0.3), [1, 2, 3]);
        assert!(choose(&reports, 0.85).is_empty());
        assert!(choose(&[], 0.3).is_empty());
    }
}
