//! Tags: their normal form, and those in use.

use std::collections::HashMap;

use super::Annotation;

/// A tag's normal form: its levels, parted by `/`, each without white space around it and with one
/// space for each white space inside; control characters are dropped, and so are empty levels.
/// `None` where nothing is left.
#[must_use]
pub fn normal_form(tag: &str) -> Option<String> {
    let levels: Vec<String> = tag.split('/').map(level).filter(|level| !level.is_empty()).collect();
    (!levels.is_empty()).then(|| levels.join("/"))
}

fn level(level: &str) -> String {
    let words = level.split_whitespace().map(|word| word.chars().filter(|c| !c.is_control()));
    let words: Vec<String> = words.map(Iterator::collect).collect();
    words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// A tag and how many annotations bear it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TagCount {
    /// The tag.
    pub tag: String,
    /// How many live annotations bear it.
    pub count: usize,
}

/// The tags in use, the most used first, then by name.
pub fn tags_in_use<'a>(annotations: impl IntoIterator<Item = &'a Annotation>) -> Vec<TagCount> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for annotation in annotations.into_iter().filter(|annotation| annotation.is_live()) {
        for tag in &annotation.tags {
            *counts.entry(tag).or_default() += 1;
        }
    }
    let mut tags: Vec<TagCount> =
        counts.into_iter().map(|(tag, count)| TagCount { tag: tag.to_owned(), count }).collect();
    tags.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.tag.cmp(&b.tag)));
    tags
}
