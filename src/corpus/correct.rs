//! What a person put right of an article's metadata.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::Metadata;

/// The corrections of one article; what is absent was not corrected.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Corrected {
    /// The right headline.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Who really published it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outlet: Option<String>,
    /// Who really wrote it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub byline: Option<String>,
    /// The right day of publication.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<Date>,
}

impl Corrected {
    /// Whether nothing was corrected.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl Metadata {
    /// The same with what a person put right.
    #[must_use]
    pub fn corrected(&self, by: &Corrected) -> Self {
        let or = |right: &Option<String>, guess: &Option<String>| {
            right.as_ref().or(guess.as_ref()).cloned()
        };
        Self {
            title: or(&by.title, &self.title),
            outlet: or(&by.outlet, &self.outlet),
            byline: or(&by.byline, &self.byline),
            published: by.published.or(self.published),
            ..self.clone()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_correction_covers_the_guess_and_nothing_else() {
        let guess = Metadata {
            title: Some("Ferry".into()),
            outlet: Some("Wire".into()),
            dek: Some("At last.".into()),
            ..Metadata::default()
        };
        let by = Corrected {
            outlet: Some("Coast Wire".into()),
            published: Some(date(2026, 2, 11)),
            ..Corrected::default()
        };
        let right = guess.corrected(&by);
        assert_eq!(right.outlet.as_deref(), Some("Coast Wire"));
        assert_eq!(right.published, Some(date(2026, 2, 11)));
        assert_eq!((right.title, right.dek), (guess.title.clone(), guess.dek.clone()));
        assert_eq!(guess.corrected(&Corrected::default()), guess);
        assert!(Corrected::default().is_empty() && !by.is_empty());
    }

    #[test]
    fn it_is_kept_as_toml_without_what_is_absent() {
        let by = Corrected { published: Some(date(2026, 2, 11)), ..Corrected::default() };
        let kept = toml::to_string(&by).unwrap();
        assert_eq!(kept.trim(), "published = \"2026-02-11\"");
        assert_eq!(toml::from_str::<Corrected>(&kept).unwrap(), by);
    }
}
