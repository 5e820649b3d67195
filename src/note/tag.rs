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

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::Timestamp;
    use proptest::prelude::*;
    use uuid::Uuid;

    #[test]
    fn tags_are_tidied() {
        let tidy = |tag| normal_form(tag);
        assert_eq!(tidy("  frame / economic\t"), Some("frame/economic".to_owned()));
        assert_eq!(tidy("//a//b/"), Some("a/b".to_owned()));
        assert_eq!(tidy("two  \n words"), Some("two words".to_owned()));
        assert_eq!(tidy("\u{1b}[2Jred"), Some("[2Jred".to_owned()));
        assert_eq!(tidy(" / \u{7} / "), None);
    }

    proptest! {
        #[test]
        fn the_normal_form_is_its_own(tag in crate::note::arbitrary::text()) {
            if let Some(tag) = normal_form(&tag) {
                prop_assert_eq!(normal_form(&tag), Some(tag));
            }
        }
    }

    #[test]
    fn tags_in_use_are_counted_without_what_is_deleted() {
        let tagged = |id, tags: &[&str]| {
            let id = Uuid::from_u128(id);
            let new = Annotation::new(id, crate::note::Kind::Note, Timestamp::UNIX_EPOCH, None);
            Annotation { tags: tags.iter().map(|&tag| tag.to_owned()).collect(), ..new }
        };
        let mut gone = tagged(4, &["a"]);
        gone.deleted = Some(Timestamp::UNIX_EPOCH);
        let all = [tagged(1, &["b", "c"]), tagged(2, &["c"]), tagged(3, &["a"]), gone];
        let tags = tags_in_use(&all).into_iter().map(|it| (it.tag, it.count));
        let expected = [("c", 2), ("a", 1), ("b", 1)].map(|(tag, count)| (tag.to_owned(), count));
        assert!(tags.eq(expected));
    }
}
