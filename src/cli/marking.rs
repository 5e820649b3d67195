//! `annotate`: one annotation on words of an article, durable before it is said to be saved.

use std::io::Write;

use jiff::Timestamp;
use uuid::Uuid;

use super::definition::{Annotate, Options, Output};
use super::library::Library;
use super::message::{Failure, Verdict};
use super::output::Sink;
use super::passage::{passages, similar};
use crate::corpus::Article;
use crate::io::Problem;
use crate::io::path::Places;
use crate::io::store::{ArticleRef, Edit, Store};
use crate::note::{Annotation, Kind, anchor, tag};
use crate::text::Span;

pub(super) fn run(annotate: &Annotate, options: &Options) -> Result<Verdict, Failure> {
    let tags = tags(&annotate.tags)?;
    let library = Library::new(vec![annotate.article.clone()], options)?;
    let source = library.only()?;
    if source.is_stdin() {
        let what = "an annotation belongs to a file; name one";
        return Err(Problem::new(source.place(), what).into());
    }
    let article = library.read(&source)?;
    let span = words(&article, annotate, &source.place())?;
    let mut target = anchor::target(&article.text, &article.scalars, span);
    target.text_sha256 = Some(article.text_sha256());
    let id = Uuid::now_v7();
    let mut annotation = Annotation::new(id, Kind::Highlight, Timestamp::now(), Some(target));
    annotation.color = Some(annotate.highlight);
    annotation.tags = tags;
    annotation.note = annotate.note.clone().unwrap_or_default();

    let places = Places::find(options.data_dir.as_deref(), options.config.as_deref())?;
    let reference = ArticleRef::new(source.root(), &source.name, &article.digest());
    let mut store = Store::open(&places.data, &places.state);
    // Where it cannot be kept, the annotation can: less is known then should the article change.
    let _ = store.keep_text(&reference, &article.text);
    if let Err(error) = store.apply(&reference, &[Edit::Put(annotation)]) {
        // Whoever is told that it is not saved may well try again.
        store.withdraw();
        return Err(Problem::from(error).into());
    }

    let mut sink = Sink::open(&Output::default())?;
    writeln!(sink, "saved {id}")?;
    sink.finish()?;
    Ok(Verdict::Done)
}

/// The tags in their normal form, each once.
fn tags(given: &[String]) -> Result<Vec<String>, Problem> {
    let mut tags = Vec::new();
    for given in given {
        let Some(tag) = tag::normal_form(given) else {
            return Err(Problem::new("--tag", "is empty; name a tag, or leave it out"));
        };
        if !tags.contains(&tag) {
            tags.push(tag);
        }
    }
    Ok(tags)
}

/// The place in the article that is meant.
fn words(article: &Article, annotate: &Annotate, place: &str) -> Result<Span, Failure> {
    let (text, quote) = (&article.text, &annotate.quote);
    let nth = annotate.occurrence.map(|nth| usize::try_from(nth).unwrap_or(usize::MAX));
    let mut spans = passages(text, quote);
    let found = spans.nth(nth.unwrap_or(1) - 1);
    let more = nth.is_none() && spans.next().is_some();
    if let (Some(span), false) = (found, more) {
        return Ok(span);
    }
    let what = match (passages(text, quote).count(), nth) {
        (0, _) => not_there(text, quote),
        (count, None) => format!(
            "these words stand in {count} places; say which with --occurrence, or quote more of them"
        ),
        (count, Some(nth)) => {
            format!("place {nth} was asked for, but these words stand in only {count}")
        }
    };
    Err(Failure::Unmet(Problem::new(place, what)))
}

fn not_there(text: &str, words: &str) -> String {
    match similar(text, words) {
        Some(found) => {
            let found = found.of(text);
            format!("these words do not stand in it just so; quote them as they are: {found}")
        }
        None => "these words do not stand in it; the command text shows what does".to_owned(),
    }
}
