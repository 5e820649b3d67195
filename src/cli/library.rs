//! The articles that a command was asked about, one after the other.

use std::io::Write;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use encoding_rs::Encoding;

use super::definition::Options;
use super::message::{Failure, Messages, Verdict};
use crate::corpus::{self, Article};
use crate::io::load::{damage, load};
use crate::io::walk::{Manner, SAMPLE, Source, Walk};
use crate::io::{Problem, path, record, shield};

/// How the encoding of the sample is called.
const UTF_8: &str = "UTF-8";

/// What a library is read from.
#[derive(Debug)]
pub(super) struct Library {
    paths: Vec<PathBuf>,
    sample: bool,
    manner: Manner,
    encoding: Option<&'static Encoding>,
}

impl Library {
    /// The library of these paths, read as the options say.
    ///
    /// # Errors
    /// Where there is no such encoding.
    pub(super) fn new(paths: Vec<PathBuf>, options: &Options) -> Result<Self, Problem> {
        let manner = Manner { follow: options.follow_links };
        let encoding = options.encoding.as_deref().map(encoding).transpose()?;
        Ok(Self { paths, sample: options.sample, manner, encoding })
    }

    /// The files, one at a time, without reading them.
    pub(super) fn walk(&self) -> Walk {
        Walk::new(self.paths.iter().cloned(), self.manner)
    }

    /// Whether the sample is a part of it.
    pub(super) fn has_sample(&self) -> bool {
        self.sample
    }

    /// The encoding that stands in for detection.
    pub(super) fn encoding(&self) -> Option<&'static Encoding> {
        self.encoding
    }

    /// The library as the reader would open it.
    pub(super) fn opened(&self) -> crate::io::Library {
        let paths = if self.sample { Vec::new() } else { self.paths.clone() };
        crate::io::Library { paths, manner: self.manner, encoding: self.encoding }
    }

    /// The one file that the library is to be.
    ///
    /// # Errors
    /// Where it is a folder, or nothing that can be read.
    pub(super) fn only(&self) -> Result<Source, Problem> {
        let folder = self.paths.iter().find(|path| path.is_dir());
        if let Some(folder) = folder {
            return Err(Problem::new(path::spelled(folder), "is a folder; name one file"));
        }
        let source = self.walk().next();
        let source = source.unwrap_or_else(|| Err(Problem::new("PATH", "name a file")))?;
        if record::holds_records(source.relative()) {
            return record::only(&source, self.encoding);
        }
        Ok(source)
    }

    /// Reads one file.
    ///
    /// # Errors
    /// Where it holds no article, or we fall over it.
    pub(super) fn read(&self, source: &Source) -> Result<Article, Problem> {
        shield::over(&source.place(), || load(source, self.encoding))
    }

    /// Hands every article to `each` with its root, in order, holding one at a time; says what was
    /// skipped, and which articles `each` fell over.
    ///
    /// # Errors
    /// What `each` fails with.
    pub(super) fn each<W: Write>(
        &self,
        messages: &mut Messages<W>,
        mut each: impl FnMut(&Path, Article, &mut Messages<W>) -> Result<(), Failure>,
    ) -> Result<Verdict, Failure> {
        let mut read = 0_usize;
        let mut hand =
            |place: &str, root: &Path, article, messages: &mut Messages<W>| match shield::over(
                place,
                || Ok::<_, Problem>(each(root, article, messages)),
            ) {
                Ok(done) => done.map(|()| read += 1),
                Err(fault) => {
                    messages.mention(&fault);
                    Ok(())
                }
            };
        if self.sample {
            for &(name, text) in corpus::sample() {
                let article = Article::from_text(name, text.to_owned(), UTF_8);
                hand(name, Path::new(SAMPLE), article, messages)?;
            }
        }
        let mut take = |source: Result<Source, Problem>, messages: &mut Messages<W>| {
            match source.and_then(|source| Ok((self.read(&source)?, source))) {
                Ok((article, source)) => {
                    if let Some(damage) = damage(&source.place(), &article) {
                        messages.mention(&damage);
                    }
                    return hand(&source.place(), source.root(), article, messages);
                }
                Err(problem) => messages.mention(&problem),
            }
            Ok(())
        };
        for source in self.walk() {
            match source {
                Ok(file) if record::holds_records(file.relative()) => {
                    record::list(&file, self.encoding, |listed| {
                        let taken = take(listed.map(|listed| listed.source), messages);
                        taken.map_or_else(ControlFlow::Break, ControlFlow::Continue)
                    })?;
                }
                source => take(source, messages)?,
            }
        }
        Ok(if read == 0 { Verdict::Unread } else { Verdict::Done })
    }
}

fn encoding(label: &str) -> Result<&'static Encoding, Problem> {
    corpus::encoding_named(label).ok_or_else(|| {
        let what = format!("there is no encoding {label}; use a WHATWG name, as windows-1252");
        Problem::new("--encoding", what)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::io::KERB;

    #[test]
    fn a_fault_over_one_article_is_a_line_and_the_rest_goes_on() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["a.txt", "b.txt", "c.txt"] {
            std::fs::write(folder.path().join(name), format!("Title\n\nThis is {name}.\n"))
                .unwrap();
        }
        std::fs::write(folder.path().join("d.txt"), KERB).unwrap();
        let library = Library {
            paths: vec![folder.path().to_owned()],
            sample: false,
            manner: Manner { follow: false },
            encoding: None,
        };
        let mut said = Vec::new();
        let mut messages = Messages::new(&mut said, false, false);
        let mut done = Vec::new();
        let verdict = library.each(&mut messages, |_, article, _| {
            assert!(article.name != "b.txt", "fell over \x1b[2J {}", &*article.text);
            done.push(article.name);
            Ok(())
        });
        assert!(matches!(verdict, Ok(Verdict::Done)));
        assert_eq!(done, ["a.txt", "c.txt"]);
        let said = String::from_utf8(said).unwrap();
        assert_eq!(said.lines().count(), 2, "{said}");
        for name in ["b.txt", "d.txt"] {
            assert!(said.contains(&format!("{name}: is left out: a fault of ours")), "{said}");
        }
        assert!(!said.contains('\x1b'), "{said}");
        let all =
            library.each(&mut Messages::new(Vec::new(), true, false), |_, _, _| panic!("all"));
        assert!(matches!(all, Ok(Verdict::Unread)));
    }
}
