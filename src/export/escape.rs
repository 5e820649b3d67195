//! Text as Markdown that shows just that text.

/// The characters that mean something to `CommonMark`, or to GitHub, wherever they stand.
const ANYWHERE: &str = "\\`*_[]<>~|";

/// One line of text, for anywhere in a line of Markdown: white space, line ends among it, becomes
/// single spaces.
pub(super) fn inline(text: &str) -> String {
    line(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// The lines of a text, each as Markdown that may start a line. White space at both ends is dropped,
/// since four spaces would make code of a line.
pub(super) fn lines(text: &str) -> impl Iterator<Item = String> {
    text.trim().lines().flat_map(|part| part.split('\r')).map(|it| line(it.trim()))
}

fn line(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    let opening = opening_mark(text);
    for (at, c) in text.char_indices() {
        let rest = text.get(at + c.len_utf8()..).unwrap_or_default();
        if ANYWHERE.contains(c) || Some(at) == opening || c == '&' && is_entity(rest) {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

/// Where the character stands that would make a line a heading, a list item, a rule or the
/// underline of a heading.
fn opening_mark(line: &str) -> Option<usize> {
    match line.chars().next()? {
        '#' | '+' | '-' | '=' | ':' => Some(0),
        digit if digit.is_ascii_digit() => {
            let after = line.trim_start_matches(|c: char| c.is_ascii_digit());
            after.starts_with(['.', ')']).then(|| line.len() - after.len())
        }
        _ => None,
    }
}

/// Whether what follows an `&` makes it a character reference.
fn is_entity(rest: &str) -> bool {
    // The longest name has 31 letters.
    const MOST: usize = 32;
    let mut inside = rest.chars().take(MOST).skip_while(|c| c.is_ascii_alphanumeric() || *c == '#');
    inside.next() == Some(';')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_shown_as_they_are() {
        assert_eq!(inline("*a* [b](c) <i>\n_d_ \\"), "\\*a\\* \\[b\\](c) \\<i\\> \\_d\\_ \\\\");
        assert_eq!(inline("AT&T &amp; R&D; &#60;"), "AT&T \\&amp; R\\&D; \\&#60;");
    }

    #[test]
    fn no_line_opens_a_block() {
        let text = "# a\n1. b\r\n12) c\r- d\n===\n2026 was\n    e";
        let escaped: Vec<String> = lines(text).collect();
        assert_eq!(escaped, ["\\# a", "1\\. b", "12\\) c", "\\- d", "\\===", "2026 was", "e"]);
    }
}
