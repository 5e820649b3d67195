//! Stretches as they are compared: cut back to letters and digits, one a line. Positions are in scalar
//! values.

/// A half-open stretch.
pub(super) type Stretch = (usize, usize);

/// The stretch cut back to its first and last letter or digit; empty where it has none.
pub(super) fn core(text: &[char], (start, end): Stretch) -> Stretch {
    let words = text.get(start..end.min(text.len())).unwrap_or_default();
    let first = words.iter().position(|c| c.is_alphanumeric());
    let last = words.iter().rposition(|c| c.is_alphanumeric());
    match (first, last) {
        (Some(first), Some(last)) => (start + first, start + last + 1),
        _ => (start, start),
    }
}

/// How many characters two stretches share.
pub(super) fn shared(a: Stretch, b: Stretch) -> usize {
    a.1.min(b.1).saturating_sub(a.0.max(b.0))
}

/// What two stretches share, as a part of what they cover together.
pub(super) fn overlap(a: Stretch, b: Stretch) -> f64 {
    ratio(shared(a, b), a.1.max(b.1) - a.0.min(b.0))
}

/// A part of a whole; 0 where there is no whole.
pub(super) fn ratio(part: usize, whole: usize) -> f64 {
    let number = |it: usize| f64::from(u32::try_from(it).unwrap_or(u32::MAX));
    if whole == 0 { 0.0 } else { number(part) / number(whole) }
}

/// The cores of the lines of a stretch that have one.
pub(super) fn lines(text: &[char], (start, end): Stretch) -> Vec<Stretch> {
    let words = text.get(start..end.min(text.len())).unwrap_or_default();
    let mut at = start;
    let mut out = Vec::new();
    for line in words.split(|&c| c == '\n') {
        out.push(core(text, (at, at + line.len())));
        at += line.len() + 1;
    }
    out.retain(|(start, end)| start < end);
    out
}
