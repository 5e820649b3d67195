//! Revisions: how an annotation comes to be, changes and is deleted.

use std::collections::BTreeSet;

use jiff::Timestamp;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::{Annotation, Kind, Lineage, Target};

/// A time as the store keeps it: to the second.
fn to_second(time: Timestamp) -> Timestamp {
    Timestamp::from_second(time.as_second()).unwrap_or(time)
}

impl Annotation {
    /// A new annotation without a colour, tags or a note.
    #[must_use]
    pub fn new(id: Uuid, kind: Kind, now: Timestamp, target: Option<Target>) -> Self {
        let now = to_second(now);
        Self {
            id,
            kind,
            color: None,
            tags: Vec::new(),
            note: String::new(),
            created: now,
            modified: now,
            rev: 1,
            base: None,
            target,
            quotation: None,
            deleted: None,
            lineage: Lineage::default(),
            extra: toml::Table::new(),
        }
    }

    /// Whether it was not deleted.
    #[must_use]
    pub const fn is_live(&self) -> bool {
        self.deleted.is_none()
    }

    /// Whether a person has given both the same: colour, tags, note and what was decided on a
    /// quotation. Where their words stand does not count.
    #[must_use]
    pub fn says_the_same_as(&self, other: &Self) -> bool {
        let tags = |it: &Self| it.tags.iter().cloned().collect::<BTreeSet<String>>();
        self.is_live() == other.is_live()
            && (self.kind, self.color, &self.note) == (other.kind, other.color, &other.note)
            && self.quotation == other.quotation
            && tags(self) == tags(other)
    }

    /// The next revision, with the same content, ready to be changed: `rev` counts on, `base` names
    /// the content that it comes from.
    #[must_use]
    pub fn revised(&self, now: Timestamp) -> Self {
        self.after(self, now)
    }

    /// This content as the next revision of `current`, which is how an undone change is put back:
    /// the store takes the later revision, whatever it says.
    #[must_use]
    pub fn after(&self, current: &Self, now: Timestamp) -> Self {
        let mut lineage = current.lineage.clone();
        lineage.tags = current.tag_counts();
        lineage.join_replaced(&self.lineage);
        lineage.replace(&current.note, current.rev);
        Self {
            rev: current.rev.saturating_add(1),
            modified: to_second(now),
            base: Some(current.content_hash()),
            lineage,
            ..self.clone()
        }
    }

    /// The tombstone that deletes it. What the person wrote and marked is not kept in it; the keys
    /// that we do not know are.
    #[must_use]
    pub fn deleted(&self, now: Timestamp) -> Self {
        Self {
            color: None,
            tags: Vec::new(),
            note: String::new(),
            target: None,
            quotation: None,
            deleted: Some(to_second(now)),
            ..self.revised(now)
        }
    }

    /// The SHA-256 of its content, in lower-case hexadecimal.
    ///
    /// Content is all but `id`, `created`, `modified`, `rev`, `base` and the lineage: two annotations
    /// with one hash say the same. What is hashed is a list of fields, each as
    /// `<key length>:<key><value length>:<value>`, lengths in bytes of UTF-8 in decimal. The keys
    /// are those of the file, with their table before them (`target.exact`), the fields in the order
    /// `kind`, `color`, `tags` (once for each tag), `note`, `deleted`, `target.*` (`exact`, `prefix`,
    /// `suffix`, `start`, `end`, `status`, `text_sha256`), `quotation.*` (`speaker`, `verdict`, `utterance`,
    /// `predicted`, `model`). An absent value and an empty list give no field. Then come the unknown
    /// keys of the annotation, its target and its quotation, sorted, each followed by a colon and its
    /// type in TOML; the value of an array or table is how many it holds, and these follow it.
    #[must_use]
    pub fn content_hash(&self) -> String {
        let mut fields = Fields(Sha256::new());
        self.hash_own(&mut fields);
        self.hash_target(&mut fields);
        self.hash_quotation(&mut fields);
        fields.table("", &self.extra);
        if let Some(target) = &self.target {
            fields.table("target.", &target.extra);
        }
        if let Some(kept) = &self.quotation {
            fields.table("quotation.", &kept.extra);
        }
        hex(&fields.0.finalize())
    }

    fn hash_own(&self, fields: &mut Fields) {
        fields.field("kind", self.kind.name());
        fields.optional("color", self.color.map(super::Color::name));
        for tag in &self.tags {
            fields.field("tags", tag);
        }
        fields.field("note", &self.note);
        fields.optional("deleted", self.deleted.map(|time| time.to_string()).as_deref());
    }

    fn hash_target(&self, fields: &mut Fields) {
        let Some(target) = &self.target else { return };
        fields.field("target.exact", &target.exact);
        fields.field("target.prefix", &target.prefix);
        fields.field("target.suffix", &target.suffix);
        fields.field("target.start", &target.start.to_string());
        fields.field("target.end", &target.end.to_string());
        fields.field("target.status", target.status.name());
        fields.optional("target.text_sha256", target.text_sha256.as_deref());
    }

    fn hash_quotation(&self, fields: &mut Fields) {
        let Some(kept) = &self.quotation else { return };
        fields.optional("quotation.speaker", kept.speaker.as_deref());
        fields.field("quotation.verdict", kept.verdict.name());
        fields.optional("quotation.utterance", kept.utterance.map(|id| id.to_string()).as_deref());
        fields.optional("quotation.predicted", kept.predicted.as_deref());
        fields.optional("quotation.model", kept.model.as_deref());
    }
}

/// What is being hashed: fields that cannot run into each other.
struct Fields(Sha256);

impl Fields {
    fn field(&mut self, key: &str, value: &str) {
        for part in [key, value] {
            self.0.update(format!("{}:", part.len()));
            self.0.update(part);
        }
    }

    fn optional(&mut self, key: &str, value: Option<&str>) {
        if let Some(value) = value {
            self.field(key, value);
        }
    }

    fn table(&mut self, prefix: &str, table: &toml::Table) {
        for (key, value) in table {
            self.value(&format!("{prefix}{key}"), value);
        }
    }

    fn value(&mut self, key: &str, value: &toml::Value) {
        let typed = format!("{key}:{}", value.type_str());
        match value {
            toml::Value::String(text) => self.field(&typed, text),
            toml::Value::Array(values) => {
                self.field(&typed, &values.len().to_string());
                for value in values {
                    self.value(key, value);
                }
            }
            toml::Value::Table(table) => {
                self.field(&typed, &table.len().to_string());
                self.table(&format!("{key}."), table);
            }
            other => self.field(&typed, &other.to_string()),
        }
    }
}

/// Bytes in lower-case hexadecimal.
fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// The SHA-256 of a text's UTF-8, in lower-case hexadecimal.
#[must_use]
pub fn sha256(text: &str) -> String {
    hex(&Sha256::digest(text.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::note::Color;
    use crate::note::arbitrary::{annotation, time};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_hash_is_of_the_content_alone(first in annotation(), other in annotation()) {
            let alike = Annotation {
                id: other.id,
                created: other.created,
                modified: other.modified,
                rev: other.rev,
                base: other.base.clone(),
                lineage: other.lineage.clone(),
                ..first.clone()
            };
            prop_assert_eq!(first.content_hash(), alike.content_hash());
            let same_content = Annotation { id: first.id, created: first.created,
                modified: first.modified, rev: first.rev, base: first.base.clone(),
                lineage: first.lineage.clone(), ..other.clone() };
            let same = same_content == first;
            prop_assert_eq!(first.content_hash() == other.content_hash(), same);
        }

        #[test]
        fn a_revision_says_where_it_comes_from(first in annotation(), now in time()) {
            let next = first.revised(now);
            prop_assert_eq!(next.content_hash(), first.content_hash());
            prop_assert_eq!((next.rev, next.modified), (first.rev + 1, now));
            prop_assert_eq!(next.base, Some(first.content_hash()));
        }
    }

    /// The hash is kept in files, so it must never change: this one was computed apart, from the
    /// description of [`Annotation::content_hash`].
    #[test]
    fn the_hash_is_as_documented() {
        let now = Timestamp::UNIX_EPOCH;
        let mut annotation = Annotation::new(Uuid::nil(), Kind::Highlight, now, None);
        annotation.color = Some(Color::Yellow);
        annotation.tags = vec!["frame/economic".to_owned()];
        annotation.note = "é".to_owned();
        let fields = "4:kind9:highlight5:color6:yellow4:tags14:frame/economic4:note2:é";
        assert_eq!(annotation.content_hash(), sha256(fields));
    }

    #[test]
    fn times_are_kept_to_the_second() {
        let now = Timestamp::from_millisecond(1_500).unwrap();
        let annotation = Annotation::new(Uuid::nil(), Kind::Note, now, None);
        assert_eq!(annotation.created.as_millisecond(), 1_000);
        assert_eq!(annotation.deleted(now).deleted.unwrap().as_millisecond(), 1_000);
    }
}
