//! The names that files of articles give to the fields of a record.

use std::fmt;

use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer};

/// What a field says of an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    Id,
    Text,
    Title,
    Dek,
    Outlet,
    Byline,
    Published,
    Url,
}

/// The field that a name stands for, and its rank: of several names for one thing the lowest counts.
fn field(name: &str) -> Option<(Field, u8)> {
    Some(match name {
        "id" => (Field::Id, 0),
        "_id" => (Field::Id, 1),
        "guid" => (Field::Id, 2),
        "uuid" => (Field::Id, 3),
        "article_id" => (Field::Id, 4),
        "doc_id" => (Field::Id, 5),
        "text" => (Field::Text, 0),
        "body" => (Field::Text, 1),
        "content" => (Field::Text, 2),
        "maintext" => (Field::Text, 3),
        "full_text" => (Field::Text, 4),
        "article_text" => (Field::Text, 5),
        "articleBody" => (Field::Text, 6),
        "article" => (Field::Text, 7),
        "title" => (Field::Title, 0),
        "headline" => (Field::Title, 1),
        "dek" => (Field::Dek, 0),
        "subtitle" => (Field::Dek, 1),
        "standfirst" => (Field::Dek, 2),
        "description" => (Field::Dek, 3),
        "summary" => (Field::Dek, 4),
        "abstract" => (Field::Dek, 5),
        "source" => (Field::Outlet, 0),
        "outlet" => (Field::Outlet, 1),
        "publisher" => (Field::Outlet, 2),
        "publication" => (Field::Outlet, 3),
        "site_name" => (Field::Outlet, 4),
        "source_name" => (Field::Outlet, 5),
        "source_domain" => (Field::Outlet, 6),
        "domain" => (Field::Outlet, 7),
        "byline" => (Field::Byline, 0),
        "author" => (Field::Byline, 1),
        "authors" => (Field::Byline, 2),
        "creator" => (Field::Byline, 3),
        "date" => (Field::Published, 0),
        "published" => (Field::Published, 1),
        "published_at" => (Field::Published, 2),
        "publishedAt" => (Field::Published, 3),
        "published_date" => (Field::Published, 4),
        "date_published" => (Field::Published, 5),
        "datePublished" => (Field::Published, 6),
        "date_publish" => (Field::Published, 7),
        "publication_date" => (Field::Published, 8),
        "publish_date" => (Field::Published, 9),
        "pub_date" => (Field::Published, 10),
        "pubDate" => (Field::Published, 11),
        "url" => (Field::Url, 0),
        "link" => (Field::Url, 1),
        "web_url" => (Field::Url, 2),
        "canonical_url" => (Field::Url, 3),
        _ => return None,
    })
}

/// What a name stands for, where that is anything.
pub(super) struct Name(pub(super) Option<(Field, u8)>);

impl<'de> Deserialize<'de> for Name {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Known;
        impl Visitor<'_> for Known {
            type Value = Name;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the name of a field")
            }

            fn visit_str<E: Error>(self, name: &str) -> Result<Name, E> {
                Ok(Name(field(name)))
            }
        }
        from.deserialize_str(Known)
    }
}
