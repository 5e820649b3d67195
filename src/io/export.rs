//! Exports from the reader: a whole file, or none; and never over another unasked.

use std::io;
use std::path::{Path, PathBuf};

use directories::BaseDirs;
use jiff::Timestamp;

use super::atomic::{self, Access};
use super::{Problem, path};
use crate::app::{ExportFormat, Outcome};
use crate::corpus::ArticleId;
use crate::export::{markdown, toml};
use crate::note::Record;

/// Writes the records of `articles` to a file; what came of it.
pub(super) fn export(
    format: ExportFormat,
    path: PathBuf,
    articles: Vec<ArticleId>,
    overwrite: bool,
    records: Result<Vec<Record>, Problem>,
) -> Outcome {
    let target = at_home(&path);
    let written = records.and_then(|records| {
        let bytes = rendered(format, &records).map_err(|error| unwritable(&target, &error))?;
        match put(&target, &bytes, overwrite) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(None),
            Err(error) => Err(unwritable(&target, &error)),
            Ok(()) => Ok(Some(records.iter().map(|record| record.live().count()).sum())),
        }
    });
    match written {
        Ok(Some(annotations)) => Outcome::Exported { path: target, annotations },
        Ok(None) => Outcome::ExportExists { format, path, articles },
        Err(problem) => Outcome::NotExported(problem.to_string()),
    }
}

fn rendered(format: ExportFormat, records: &[Record]) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    match format {
        ExportFormat::Toml => toml::write(&mut bytes, records, Timestamp::now())?,
        ExportFormat::Markdown => markdown::write(&mut bytes, records, Timestamp::now())?,
    }
    Ok(bytes)
}

fn put(target: &Path, bytes: &[u8], overwrite: bool) -> io::Result<()> {
    if target.is_dir() {
        return Err(io::Error::other("it is a folder; name a file"));
    }
    if overwrite {
        atomic::write(target, bytes, Access::Shared)
    } else {
        atomic::create_new(target, "", bytes, Access::Shared)
    }
}

fn unwritable(target: &Path, error: &io::Error) -> Problem {
    Problem::new(path::spelled(target), format!("cannot be written: {error}"))
}

/// The path with `~/` at its start taken for the home folder, as people are used to from their shell.
fn at_home(path: &Path) -> PathBuf {
    match (path.strip_prefix("~"), BaseDirs::new()) {
        (Ok(rest), Some(base)) => base.home_dir().join(rest),
        _ => path.to_owned(),
    }
}
