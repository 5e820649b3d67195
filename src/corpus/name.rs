//! What the name of an article's file tells of it before a word of it is read.

use jiff::civil::Date;

/// The name without the folders that it lies in and without its ending, where it has one of its own: an
/// article that is one of several in its file has not.
#[must_use]
pub fn stem(name: &str) -> &str {
    let last = name.rsplit_once('/').map_or(name, |(_, last)| last);
    match last.rsplit_once('.') {
        Some((stem, ending)) if !stem.is_empty() && !ending.contains('#') => stem,
        _ => last,
    }
}

/// The first day that the name names, as in `2026-03-04-grid.txt`, `2026_03_04` or `20260304`.
#[must_use]
pub fn day_in_name(name: &str) -> Option<Date> {
    let mut rest = stem(name).as_bytes();
    loop {
        let start = rest.iter().position(u8::is_ascii_digit)?;
        let digits = rest.get(start..)?;
        if let Some(day) = day_at(digits) {
            return Some(day);
        }
        let end = digits.iter().position(|byte| !byte.is_ascii_digit())?;
        rest = digits.get(end..)?;
    }
}

/// The day that stands here, if no further digit follows.
fn day_at(bytes: &[u8]) -> Option<Date> {
    let (year, rest) = number(bytes, 4)?;
    let apart = rest.first().is_some_and(|byte| matches!(byte, b'-' | b'_' | b'.'));
    let after = |rest| if apart { <[u8]>::get(rest, 1..) } else { Some(rest) };
    let (month, rest) = number(after(rest)?, 2)?;
    let (day, rest) = number(after(rest)?, 2)?;
    let ends = !rest.first().is_some_and(u8::is_ascii_digit);
    // Before that, there was no news to keep; so are longer numbers told from days.
    let day = Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    (ends && (1600..2200).contains(&year)).then_some(day)
}

/// The number of so many digits that the bytes begin with, and what follows.
fn number(bytes: &[u8], digits: usize) -> Option<(i16, &[u8])> {
    let (number, rest) = bytes.split_at_checked(digits)?;
    let number = number.iter().try_fold(0, |so_far: i16, byte| {
        byte.is_ascii_digit().then(|| so_far * 10 + i16::from(byte - b'0'))
    })?;
    Some((number, rest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_stem_has_neither_folders_nor_ending() {
        for (name, expected) in [
            ("reuters/2026-03-04-grid.txt", "2026-03-04-grid"),
            ("a.b.md", "a.b"),
            ("c", "c"),
            ("d/e.jsonl#L7", "e.jsonl#L7"),
            ("d/.hidden", ".hidden"),
            ("", ""),
        ] {
            assert_eq!(stem(name), expected);
        }
    }

    #[test]
    fn days_are_told_from_other_numbers() {
        let day = Some(date(2016, 2, 9));
        for (name, expected) in [
            ("000017_nyt_2016-02-09.txt", day),
            ("2016_02_09 ferry.txt", day),
            ("a/20160209.txt", day),
            ("2016-02-09/ferry.txt", None),
            ("201602091.txt", None),
            ("2016-13-09.txt", None),
            ("0001-02-09.txt", None),
            ("2016-0209.txt", None),
            ("99-2016-02-09.txt", day),
            ("2016-2-9.txt", None),
            ("ferry.txt", None),
            ("1234567890123456789.txt", None),
        ] {
            assert_eq!(day_in_name(name), expected, "{name}");
        }
    }
}
