//! Numbers and days in words, as every pane and message writes them.

use jiff::civil::Date;

use super::library::Library;
use super::survey::{Stage, Work};
use crate::text::width;

/// Words that a person reads in a minute.
const PACE: usize = 230;

/// Between two facts on one row.
pub(crate) const DOT: &str = " · ";

/// So many of something: `1 note`, `12 quotations`.
pub(crate) fn counted(number: usize, thing: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {thing}{plural}")
}

/// How long so many words take to read.
pub(crate) fn minutes(words: usize) -> String {
    format!("{} min", words.div_ceil(PACE).max(1))
}

/// What is being done to all articles of a library and takes so long that it is told, how many are done,
/// and how many in a second.
pub(crate) fn working(library: &Library) -> Option<String> {
    let work = library.work.filter(Work::is_slow)?;
    let done = match work.step.stage {
        Stage::Listing => "found",
        Stage::Describing => "read",
        Stage::Judging => "analysed",
    };
    Some(format!("{} {done}, {}/s", work.step.done, work.rate()))
}

/// A day: `11 Feb 2026`.
pub(crate) fn day(date: Date) -> String {
    date.strftime("%-d %b %Y").to_string()
}

/// What is known, with dots between.
pub(crate) fn dotted(facts: impl IntoIterator<Item = Option<String>>) -> String {
    let known: Vec<String> = facts.into_iter().flatten().filter(|fact| !fact.is_empty()).collect();
    known.join(DOT)
}

/// As [`dotted`], without the facts from the first on that does not fit in so many cells. The first
/// fact of all stays.
pub(crate) fn dotted_within(
    cells: usize,
    facts: impl IntoIterator<Item = Option<String>>,
) -> String {
    let mut out = String::new();
    for fact in facts.into_iter().flatten().filter(|fact| !fact.is_empty()) {
        if out.is_empty() {
            out = fact;
        } else if width(&out) + width(DOT) + width(&fact) <= cells {
            out.push_str(DOT);
            out.push_str(&fact);
        } else {
            break;
        }
    }
    out
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

    #[test]
    fn a_fact_is_left_out_rather_than_cut() {
        let facts = || ["Coast Wire", "11 Feb 2026", "4 min"].map(|fact| Some(fact.to_owned()));
        assert_eq!(dotted_within(32, facts()), "Coast Wire · 11 Feb 2026 · 4 min");
        assert_eq!(dotted_within(31, facts()), "Coast Wire · 11 Feb 2026");
        assert_eq!(dotted_within(3, facts()), "Coast Wire");
    }
}
