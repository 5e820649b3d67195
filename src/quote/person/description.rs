//! The description that stands for a name where nobody can be named.

/// The most scalar values of a description that need no cutting.
const LONG: usize = 60;

/// `mention` as a description: without what follows a comma or "who" where it is long, and with a small
/// article where the sentence began with it.
pub(super) fn describe(mention: &str) -> String {
    let words = mention.trim_matches(|c: char| {
        c.is_whitespace() || matches!(c, ',' | ';' | ':' | '.' | '"' | '“' | '”')
    });
    let long = words.chars().count() > LONG;
    let cut = if long { cut(words) } else { words };
    let (first, rest) = cut.split_once(' ').unwrap_or((cut, ""));
    if matches!(
        first,
        "The" | "A" | "An" | "His" | "Her" | "Their" | "One" | "Some" | "Several" | "Many"
    ) && !rest.is_empty()
    {
        return format!("{} {rest}", first.to_lowercase());
    }
    cut.to_owned()
}

/// The words up to the first comma or clause that qualifies them.
fn cut(words: &str) -> &str {
    let ends = [", ", "; ", " (", " who ", " whose ", " which ", " that "];
    let end = ends.iter().filter_map(|end| words.find(end)).filter(|end| *end > 3).min();
    let short = end.and_then(|end| words.get(..end)).unwrap_or(words);
    match short.char_indices().nth(2 * LONG) {
        None => short,
        Some((far, _)) => {
            let near = short.get(..far).unwrap_or_default();
            near.rsplit_once(' ').map_or(near, |(head, _)| head)
        }
    }
}
