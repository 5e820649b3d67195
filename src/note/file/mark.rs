//! Conflict marks: what version control leaves in a file that was changed on both sides.

use toml_edit::Value;

/// How the lines begin that stand before, between and after the two sides.
const BEFORE: &str = "<<<<<<< ";
const BETWEEN: &str = "=======";
const AFTER: &str = ">>>>>>> ";

/// Whether a text holds the marks of a conflict.
#[must_use]
pub fn has_conflict(text: &str) -> bool {
    conflict(text).is_some()
}

/// The line, from 1, of the first mark, where there are all three in their order. They may stand in
/// the middle of a note, where TOML would take them for its text.
pub(super) fn conflict(text: &str) -> Option<usize> {
    let mut lines = (1..).zip(text.lines());
    let (first, _) = lines.find(|(_, line)| line.starts_with(BEFORE))?;
    lines.find(|(_, line)| line.trim_end() == BETWEEN)?;
    lines.find(|(_, line)| line.starts_with(AFTER))?;
    Some(first)
}

/// A string as a value. One with a mark is written in one line, so that none is seen in the file.
pub(super) fn text(text: &str) -> Value {
    let marked = text.lines().any(|line| line.starts_with(BEFORE));
    // What TOML allows in one line, JSON's escapes write.
    let line = marked.then(|| serde_json::to_string(text).ok()).flatten();
    let line = line.map(|line| line.replace('\u{7f}', "\\u007f"));
    let value = line.and_then(|line| line.parse::<Value>().ok());
    value.filter(|value| value.as_str() == Some(text)).unwrap_or_else(|| Value::from(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    const CONFLICT: &str = "a\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> other\n";

    #[test]
    fn a_conflict_is_found_by_its_first_mark() {
        assert_eq!(conflict(CONFLICT), Some(2));
        assert_eq!(conflict(&CONFLICT.replace('\n', "\r\n")), Some(2));
        assert_eq!(conflict("=======\n>>>>>>> other\n<<<<<<< HEAD\n"), None);
        assert_eq!(conflict("title\n=======\n"), None);
    }

    #[test]
    fn text_with_marks_is_written_without_them() {
        for text in [CONFLICT, "<<<<<<< \u{7f}\u{1b}\"\\\u{2028}\u{202e}é\t\r\n", "two\nlines"] {
            let value = super::text(text);
            assert_eq!(value.as_str(), Some(text));
            assert!(!value.to_string().lines().any(|line| line.starts_with(BEFORE)));
        }
    }
}
