//! Labelled articles from a folder: `text/`, `gold.jsonl`, `other.jsonl`.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::corpus::Article;
use crate::io::{Problem, path};
use crate::quote::{Gold, Labelled, Other};

/// A line of a file of labels: what it holds, and of which article.
#[derive(Debug, Deserialize)]
struct Line<T> {
    article: String,
    #[serde(flatten)]
    label: T,
}

/// Reads the labelled articles of a folder, sorted by name.
///
/// # Errors
/// Where it lacks a file, or a line is no label.
pub(super) fn labelled(folder: &Path) -> Result<Vec<Labelled>, Problem> {
    let mut gold = labels::<Gold>(&folder.join("gold.jsonl"))?;
    let mut other = labels::<Other>(&folder.join("other.jsonl"))?;
    let texts = folder.join("text");
    let read = |error| Problem::new(path::spelled(&texts), format!("cannot be read: {error}"));
    let mut files: Vec<_> = fs::read_dir(&texts)
        .and_then(|entries| entries.map(|it| it.map(|it| it.path())).collect::<Result<_, _>>())
        .map_err(read)?;
    files.retain(|it| it.extension().is_some_and(|it| it == "txt"));
    files.sort();
    let articles = files.into_iter().map(|file| {
        let text = fs::read_to_string(&file);
        let text = text.map_err(|error| Problem::new(path::spelled(&file), error.to_string()))?;
        let name = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let article = Article::from_text(&name, text, "UTF-8");
        Ok(Labelled {
            text: article.text.to_string(),
            blocks: article.blocks,
            gold: gold.remove(&name).unwrap_or_default(),
            other: other.remove(&name).unwrap_or_default(),
            name,
        })
    });
    articles.collect()
}

/// The labels of a file, by article.
fn labels<T: DeserializeOwned>(file: &Path) -> Result<BTreeMap<String, Vec<T>>, Problem> {
    let place = path::spelled(file);
    let text = fs::read_to_string(file)
        .map_err(|error| Problem::new(place.clone(), format!("cannot be read: {error}")))?;
    let mut all: BTreeMap<String, Vec<T>> = BTreeMap::new();
    for (at, line) in text.lines().enumerate() {
        let line: Line<T> = serde_json::from_str(line)
            .map_err(|error| Problem::new(format!("{place}:{}", at + 1), error.to_string()))?;
        all.entry(line.article).or_default().push(line.label);
    }
    Ok(all)
}
