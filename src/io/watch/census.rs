//! The census: which files the library was found to hold, and as of when each is known.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use super::stamp::Stamp;
use crate::corpus::ArticleId;
use crate::io::Problem;

/// What is known of a file of the library.
#[derive(Debug, Clone)]
pub(in crate::io) struct Known {
    /// The file as it was when it was last read; `None` while it is gone.
    pub(super) stamp: Option<Stamp>,
    /// The article that was read from it, if that ever went well.
    pub(super) article: Option<ArticleId>,
    /// What was wrong when it was last read.
    pub(super) problem: Option<String>,
}

/// The files and folders of a library.
#[derive(Debug, Default)]
pub(in crate::io) struct Census {
    pub(super) files: HashMap<PathBuf, Known>,
    /// The folders that were walked.
    pub(super) folders: Vec<PathBuf>,
    /// What was said of other things that were met.
    told: HashSet<String>,
}

impl Census {
    /// Writes down what came of reading a file that had that stamp before.
    pub(in crate::io) fn enter(
        &mut self,
        file: &Path,
        stamp: Option<Stamp>,
        read: Result<ArticleId, &Problem>,
    ) {
        let known = self.files.entry(file.to_owned());
        let known = known.or_insert(Known { stamp, article: None, problem: None });
        known.stamp = stamp;
        known.article = read.ok().or(known.article);
        known.problem = read.err().map(ToString::to_string);
    }

    /// Writes down what is wrong with something that is no article; whether that is new.
    pub(in crate::io) fn tell(&mut self, problem: &Problem) -> bool {
        self.told.insert(problem.to_string())
    }

    /// Writes down the folders that were walked.
    pub(in crate::io) fn walked(&mut self, folders: &[PathBuf]) {
        self.folders = folders.to_vec();
    }
}
