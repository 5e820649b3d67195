//! Numbers and days in words, as every pane writes them.

use jiff::civil::Date;

/// Words that a person reads in a minute.
const PACE: usize = 230;

/// Between two facts on one row.
pub(super) const DOT: &str = " · ";

/// So many of something: `1 note`, `12 quotations`.
pub(super) fn counted(number: usize, thing: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {thing}{plural}")
}

/// How long so many words take to read.
pub(super) fn minutes(words: usize) -> String {
    format!("{} min", words.div_ceil(PACE).max(1))
}

/// A day: `11 Feb 2026`.
pub(super) fn day(date: Date) -> String {
    date.strftime("%-d %b %Y").to_string()
}

/// What is known, with dots between.
pub(super) fn dotted(facts: impl IntoIterator<Item = Option<String>>) -> String {
    let known: Vec<String> = facts.into_iter().flatten().filter(|fact| !fact.is_empty()).collect();
    known.join(DOT)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_one_and_none_are_many() {
        assert_eq!(
            [0, 1, 2].map(|number| counted(number, "note")),
            ["0 notes", "1 note", "2 notes"]
        );
    }

    #[test]
    fn nothing_takes_less_than_a_minute() {
        assert_eq!([0, 230, 231].map(minutes), ["1 min", "1 min", "2 min"]);
    }

    #[test]
    fn what_is_not_known_leaves_no_dot() {
        let facts =
            [Some("Coast Wire".to_owned()), None, Some(String::new()), Some("4 min".into())];
        assert_eq!(dotted(facts), "Coast Wire · 4 min");
    }
}
