//! A TOML file being read: its table, the lines of what stands in it, and what was found wrong.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

use super::Problem;

/// A key of a TOML table, with where it stands in the file.
pub(super) type Name<'a> = Spanned<DeString<'a>>;
/// A value of a TOML table, with where it stands in the file.
pub(super) type Value<'a> = Spanned<DeValue<'a>>;

/// A TOML document with the problems found in it so far.
pub(super) struct Document<'a> {
    table: DeTable<'a>,
    report: Report,
}

/// Collects problems, and knows on which line each stands.
pub(super) struct Report {
    source: String,
    /// The byte at which each line but the first begins, ascending.
    starts: Vec<usize>,
    problems: Vec<Problem>,
}

impl<'a> Document<'a> {
    /// Parses as much of `toml` as can be made sense of; the rest becomes problems.
    pub(super) fn parse(toml: &'a str, source: &str) -> Self {
        let starts = toml.match_indices('\n').map(|(at, _)| at + 1).collect();
        let mut report = Report { source: source.to_owned(), starts, problems: Vec::new() };
        let (table, errors) = DeTable::parse_recoverable(toml);
        for error in errors {
            report.add_syntax(&error);
        }
        Self { table: table.into_inner(), report }
    }

    /// The top level of the file, and where to report what is wrong with it.
    pub(super) const fn parts(&mut self) -> (&DeTable<'a>, &mut Report) {
        (&self.table, &mut self.report)
    }

    /// All problems, in the order of their lines.
    pub(super) fn finish(self) -> Vec<Problem> {
        let mut problems = self.report.problems;
        problems.sort_by_key(|problem| problem.line);
        problems
    }
}

impl Report {
    /// Notes what is wrong with the stretch of the file at `place`, a range of bytes.
    pub(super) fn add(&mut self, place: Range<usize>, message: impl Into<String>) {
        self.add_on(self.line(place), message);
    }

    /// Notes a syntax error, unless the line has one already: the first tells what is wrong, the others
    /// follow from it.
    fn add_syntax(&mut self, error: &toml::de::Error) {
        let line = self.line(error.span().unwrap_or_default());
        if self.problems.last().is_none_or(|last| last.line != line) {
            let what = error.message().trim();
            self.add_on(line, format!("this is not TOML: {what}; mend or remove it"));
        }
    }

    /// Notes what is wrong with a line.
    pub(super) fn add_on(&mut self, line: u32, message: impl Into<String>) {
        let source = self.source.clone();
        self.problems.push(Problem { source, line, message: message.into() });
    }

    /// The line, counted from 1, on which a range of bytes begins.
    pub(super) fn line(&self, place: Range<usize>) -> u32 {
        let before = self.starts.partition_point(|&start| start <= place.start);
        u32::try_from(before).unwrap_or(u32::MAX).saturating_add(1)
    }

    /// What problems call the file.
    pub(super) fn source(&self) -> &str {
        &self.source
    }
}

/// The entries of a table in the order in which they are written.
pub(super) fn entries<'t, 'a>(table: &'t DeTable<'a>) -> Vec<(&'t Name<'a>, &'t Value<'a>)> {
    let mut entries: Vec<_> = table.iter().collect();
    entries.sort_by_key(|(name, _)| name.span().start);
    entries
}

/// A piece of a file as a message shows it: on one line, between backticks, and cut where it is long.
pub(super) fn quoted(text: &str) -> String {
    const LONGEST: usize = 40;
    let mut shown: String = text.chars().take(LONGEST).flat_map(char::escape_debug).collect();
    if text.chars().nth(LONGEST).is_some() {
        shown.push('…');
    }
    format!("`{shown}`")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_syntax_error_has_its_line_and_the_rest_is_read() {
        let mut document = Document::parse("a = 1\nb = = 2\nc = 3\n[d\ne = 4\n", "here.toml");
        assert!(document.parts().0.contains_key("a"));
        assert!(document.parts().0.contains_key("c"));
        let lines: Vec<u32> = document.finish().iter().map(|problem| problem.line).collect();
        assert_eq!(lines, [2, 4]);
    }

    #[test]
    fn entries_come_in_the_order_of_the_file() {
        let mut document = Document::parse("z = 1\na = 2\nm = 3", "here.toml");
        let names: Vec<String> = entries(document.parts().0)
            .iter()
            .map(|(name, _)| name.get_ref().to_string())
            .collect();
        assert_eq!(names, ["z", "a", "m"]);
    }

    #[test]
    fn a_message_shows_neither_control_characters_nor_a_whole_book() {
        assert_eq!(quoted("a\u{1b}b"), "`a\\u{1b}b`");
        assert!(quoted(&"x".repeat(10_000)).chars().count() < 50);
    }

    #[test]
    fn deep_nesting_is_a_problem_and_no_crash() {
        let deep = format!("a = {}", "[".repeat(200_000));
        assert!(!Document::parse(&deep, "deep.toml").finish().is_empty());
    }
}
