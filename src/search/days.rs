//! Stretches of days, as a filter names them.

use std::str::FromStr;

use jiff::civil::Date;

/// Days from one to another, both included; without end where there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Days {
    first: Option<Date>,
    last: Option<Date>,
}

/// What is said of anything else.
const HOW: &str =
    "write a year, a month or a day, as 2026, 2026-02 or 2026-02-11, or two with .. between";

impl Days {
    /// Whether a day is one of them.
    pub(super) fn hold(self, day: Date) -> bool {
        self.first.is_none_or(|first| first <= day) && self.last.is_none_or(|last| day <= last)
    }
}

impl FromStr for Days {
    type Err = &'static str;

    /// Reads `2026`, `2026-02`, `2026-02-11`, or two of these with `..` between, of which one may be
    /// left out.
    fn from_str(written: &str) -> Result<Self, Self::Err> {
        let Some((from, to)) = written.split_once("..") else {
            let (first, last) = stretch(written).ok_or(HOW)?;
            return Ok(Self { first: Some(first), last: Some(last) });
        };
        let end = |written: &str| match written {
            "" => Ok(None),
            written => stretch(written).ok_or(HOW).map(Some),
        };
        let (from, to) = (end(from)?, end(to)?);
        let days = Self { first: from.map(|(first, _)| first), last: to.map(|(_, last)| last) };
        match (days.first, days.last) {
            (None, None) => Err(HOW),
            (Some(first), Some(last)) if first > last => Err("it ends before it begins"),
            _ => Ok(days),
        }
    }
}

/// The first and the last day of a year, a month or a day.
fn stretch(written: &str) -> Option<(Date, Date)> {
    let mut parts = written.split('-');
    let year = number(parts.next()?, 4)?;
    let month = parts.next().map_or(Some(None), |month| number(month, 2).map(Some))?;
    let day = parts.next().map_or(Some(None), |day| number(day, 2).map(Some))?;
    if parts.next().is_some() {
        return None;
    }
    let date = |month: i16, day: i16| {
        Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
    };
    let first = date(month.unwrap_or(1), day.unwrap_or(1))?;
    let last = match (month, day) {
        (_, Some(_)) => first,
        (Some(_), None) => first.last_of_month(),
        (None, None) => first.last_of_year(),
    };
    Some((first, last))
}

/// A number of so many digits.
fn number(written: &str, digits: usize) -> Option<i16> {
    let plain = written.len() == digits && written.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| written.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn bounds(written: &str) -> Result<(Option<Date>, Option<Date>), &'static str> {
        written.parse().map(|days: Days| (days.first, days.last))
    }

    #[test]
    fn years_months_and_days_are_stretches() {
        let both = |first, last| Ok((Some(first), Some(last)));
        assert_eq!(bounds("2024"), both(date(2024, 1, 1), date(2024, 12, 31)));
        assert_eq!(bounds("2024-02"), both(date(2024, 2, 1), date(2024, 2, 29)));
        assert_eq!(bounds("2024-02-11"), both(date(2024, 2, 11), date(2024, 2, 11)));
        assert_eq!(bounds("2026-02..2026-03"), both(date(2026, 2, 1), date(2026, 3, 31)));
        assert_eq!(bounds("2025.."), Ok((Some(date(2025, 1, 1)), None)));
        assert_eq!(bounds("..2026-03-02"), Ok((None, Some(date(2026, 3, 2)))));
    }

    #[test]
    fn the_ends_belong_to_it() {
        let march: Days = "2026-03".parse().unwrap();
        let days = [date(2026, 2, 28), date(2026, 3, 1), date(2026, 3, 31), date(2026, 4, 1)];
        assert_eq!(days.map(|day| march.hold(day)), [false, true, true, false]);
    }

    #[test]
    fn anything_else_is_none() {
        for written in
            ["", "..", "26", "2026-2", "2026-13", "2026-02-30", "2026-02-11-1", "+026", "a..b"]
        {
            assert_eq!(bounds(written), Err(HOW), "{written}");
        }
        assert_eq!(bounds("2026..2025"), Err("it ends before it begins"));
    }
}
