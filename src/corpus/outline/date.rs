//! Days and times on a line of their own.

use jiff::civil::Date;

/// What a line made of nothing but days, times and their labels says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum When {
    /// A day of the calendar, when its year is given; else that some day is named.
    Day(Option<Date>),
    /// "Published", "an hour ago": not which day, but plainly when it was published.
    Label,
    /// A time of day alone.
    Clock,
}

/// The longest date line, in scalar values.
const LONGEST: usize = 120;

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const FULL_MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];
#[rustfmt::skip]
const WEEKDAYS: &[&str] = &[
    "mon", "tue", "wed", "thu", "fri", "sat", "sun", "monday", "tuesday", "wednesday", "thursday",
    "friday", "saturday", "sunday", "tues", "weds", "thur", "thurs", "sat", "sund", "frid",
];
const LABELS: [&str; 8] =
    ["published", "updated", "posted", "modified", "edited", "created", "issued", "uploaded"];
#[rustfmt::skip]
const FILLERS: &[&str] = &[
    "at", "on", "of", "the", "last", "first", "date", "time", "an", "a", "and", "am", "pm", "a.m",
    "p.m", "gmt", "bst", "utc", "est", "edt", "et", "cst", "cdt", "ct", "mst", "mdt", "pst",
    "pdt", "pt", "cet", "cest", "ist", "aest", "aedt", "z", "noon", "midnight", "local",
    "eastern", "pacific", "london", "since",
];
#[rustfmt::skip]
const UNITS: &[&str] = &[
    "second", "seconds", "sec", "secs", "minute", "minutes", "min", "mins", "hour", "hours", "hr",
    "hrs", "day", "days", "week", "weeks", "month", "months", "year", "years",
];

/// What one word of a date line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Token {
    Number(i16),
    Month(i8),
    Weekday,
    Whole(Option<Date>),
    Clock,
    Label,
    Ago,
    Unit,
    Filler,
}

/// What `text` says if it is made of nothing but days, times and their labels.
pub(super) fn when(text: &str) -> Option<When> {
    let first = text.bytes().next()?;
    if text.len() > LONGEST || !(first.is_ascii_alphanumeric() || first == b'(') {
        return None;
    }
    let tokens: Vec<Token> = words(text).map(token).collect::<Option<_>>()?;
    let has = |wanted: fn(&Token) -> bool| tokens.iter().any(wanted);
    let ago = has(|token| *token == Token::Ago);
    if let Some(day) = day_of(&tokens) {
        Some(When::Day(Some(day)))
    } else if ago || has(|token| *token == Token::Label) {
        Some(When::Label)
    } else if has(|token| matches!(token, Token::Month(_) | Token::Whole(_)))
        && has(|token| matches!(token, Token::Number(1..=31) | Token::Whole(_)))
    {
        Some(When::Day(None))
    } else if has(|token| *token == Token::Weekday) && has(|token| *token == Token::Clock) {
        Some(When::Label)
    } else {
        has(|token| *token == Token::Clock).then_some(When::Clock)
    }
}

/// The words of a date line in small letters, without the marks around them.
fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| c.is_whitespace() || matches!(c, ',' | '|' | '·' | '•' | '(' | ')'))
        .map(|word| word.trim_matches(|c: char| matches!(c, '.' | ':' | ';' | '-' | '–' | '—')))
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
}

fn token(word: String) -> Option<Token> {
    let word = word.as_str();
    if word.starts_with(|c: char| c.is_ascii_digit()) {
        return figure(word);
    }
    if let Some(month) = month(word) {
        return Some(Token::Month(month));
    }
    if WEEKDAYS.contains(&word) {
        Some(Token::Weekday)
    } else if LABELS.contains(&word) {
        Some(Token::Label)
    } else if matches!(word, "ago" | "yesterday") {
        Some(Token::Ago)
    } else if UNITS.contains(&word) {
        Some(Token::Unit)
    } else {
        FILLERS.contains(&word).then_some(Token::Filler)
    }
}

fn month(word: &str) -> Option<i8> {
    let at = FULL_MONTHS
        .iter()
        .position(|full| *full == word)
        .or_else(|| MONTHS.iter().position(|short| *short == word))
        .or_else(|| (word == "sept").then_some(8))?;
    i8::try_from(at + 1).ok()
}

/// A word that begins with a digit: a number, an ordinal, a time of day, a whole date, "3h".
fn figure(word: &str) -> Option<Token> {
    if let Some(day) = iso(word).or_else(|| slashed(word)) {
        return Some(Token::Whole(day));
    }
    let end = word.find(|c: char| !c.is_ascii_digit()).unwrap_or(word.len());
    let (digits, rest) = word.split_at_checked(end)?;
    let number: i16 = digits.parse().ok()?;
    match rest {
        "" | "st" | "nd" | "rd" | "th" => Some(Token::Number(number)),
        "am" | "pm" | "a.m" | "p.m" | "z" => Some(Token::Clock),
        "h" | "hr" | "hrs" | "m" | "min" | "mins" | "d" | "w" => Some(Token::Ago),
        _ => is_clock_rest(rest).then_some(Token::Clock),
    }
}

/// Whether `rest` is what follows the hour in "10:12", "7.20am", "10:12:05z", "16:02+00:00".
fn is_clock_rest(rest: &str) -> bool {
    let Some(minutes) = rest.strip_prefix([':', '.']) else {
        return false;
    };
    let ending = minutes
        .trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, ':' | '.' | '+' | '-'));
    let figures = minutes.len() - ending.len();
    figures >= 2 && matches!(ending, "" | "am" | "pm" | "a.m" | "p.m" | "z" | "m" | "gmt" | "bst")
}

/// "2026-02-11", perhaps with a time after it.
fn iso(word: &str) -> Option<Option<Date>> {
    let day = word.split('t').next()?;
    let mut fields = day.split('-');
    let (year, month, day) = (fields.next()?, fields.next()?, fields.next()?);
    if year.len() != 4 || fields.next().is_some() {
        return None;
    }
    calendar(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).map(Some)
}

/// "31/12/2026" or "12.31.2026": a day only where it cannot be read two ways.
fn slashed(word: &str) -> Option<Option<Date>> {
    let mut fields = word.split(['/', '.']);
    let (one, two, year) = (fields.next()?, fields.next()?, fields.next()?);
    if year.len() != 4 || fields.next().is_some() {
        return None;
    }
    let (one, two, year): (i8, i8, i16) =
        (one.parse().ok()?, two.parse().ok()?, year.parse().ok()?);
    let day_first = calendar(year, two, one);
    let month_first = calendar(year, one, two);
    match (day_first, month_first) {
        (None, None) => None,
        (Some(a), Some(b)) if a != b => Some(None),
        (a, b) => Some(a.or(b)),
    }
}

/// A day that a report may have been published on.
fn calendar(year: i16, month: i8, day: i8) -> Option<Date> {
    if !(1700..=2200).contains(&year) {
        return None;
    }
    Date::new(year, month, day).ok()
}

/// The first day that the tokens name with its year: "11 feb 2026", "february 11, 2026", or whole.
fn day_of(tokens: &[Token]) -> Option<Date> {
    let small = |number: i16| i8::try_from(number).ok();
    let numbered = tokens.iter().enumerate().find_map(|(at, token)| {
        let around = |back: usize| at.checked_sub(back).and_then(|at| tokens.get(at));
        match (token, tokens.get(at + 1), tokens.get(at + 2), around(1)) {
            (Token::Whole(day), ..) => *day,
            (Token::Month(month), Some(Token::Number(year)), _, Some(Token::Number(day)))
                if *year > 31 =>
            {
                calendar(*year, *month, small(*day)?)
            }
            (Token::Month(month), Some(Token::Number(day)), Some(Token::Number(year)), _) => {
                calendar(*year, *month, small(*day)?)
            }
            _ => None,
        }
    });
    numbered
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn days_are_read() {
        let eleventh = date(2026, 2, 11);
        for text in [
            "11 Feb 2026",
            "February 11, 2026",
            "Feb. 11, 2026",
            "2026-02-11",
            "2026-02-11T10:12:00Z",
            "Wednesday 11 February 2026",
            "Published: Wed 11 February 2026, 10:12 GMT",
            "Last updated on 11th February 2026 at 7.20am",
            "First published | 11.02.2026 | Updated 11 February 2026",
            "Published 11 February 2026 • 3 hours ago",
        ] {
            assert_eq!(when(text), Some(When::Day(Some(eleventh))), "{text}");
        }
        assert_eq!(when("31/12/2026"), Some(When::Day(Some(date(2026, 12, 31)))));
        assert_eq!(when("12/31/2026"), Some(When::Day(Some(date(2026, 12, 31)))));
    }

    #[test]
    fn a_day_that_can_be_read_two_ways_is_not_guessed() {
        for text in ["11/02/2026", "11 February", "Published 11 February"] {
            assert!(!matches!(when(text), Some(When::Day(Some(_))) | None), "{text}");
        }
    }

    #[test]
    fn labels_and_times_are_told_apart() {
        for text in ["Published", "Last updated", "an hour ago", "2 hours ago", "3h", "Yesterday"] {
            assert_eq!(when(text), Some(When::Label), "{text}");
        }
        for text in ["7.20am", "10:12", "9:30 p.m.", "12.05pm GMT"] {
            assert_eq!(when(text), Some(When::Clock), "{text}");
        }
    }

    #[test]
    fn other_lines_say_nothing() {
        for text in [
            "May",
            "The first",
            "On the day",
            "2016",
            "17",
            "March on Washington",
            "Published by us",
            "It was 11 February 2026",
            "99/99/2026",
            "Two days ago",
            "",
            "—",
            "2026-13-45",
        ] {
            assert_eq!(when(text), None, "{text}");
        }
    }
}
