//! Records: the articles of a file that holds one in each line.

mod naming;
mod sift;
mod stretch;

use std::collections::HashMap;
use std::convert::Infallible;
use std::io;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

use encoding_rs::Encoding;

use super::Problem;
use super::load::{LIMIT, open_sized};
use super::parallel::{MOST, Yield, in_order_by};
use super::walk::{Record, Source};
use crate::corpus::{
    Article, Format, Metadata, RecordError, RecordHead, format_of, record, record_head, record_id,
};
use naming::Naming;
use stretch::Line;

pub use sift::{Sifted, Spot, Trail, sift};
pub use stretch::{Reel, Stretch};

/// Lines that are no articles of which each is told; of more only how many there are.
const TOLD: usize = 5;

/// An article of a file of records, without its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Where it is.
    pub source: Source,
    /// What its record says of it.
    pub metadata: Metadata,
}

/// Whether a file holds an article in each line, and not one alone.
#[must_use]
pub fn holds_records(path: &Path) -> bool {
    format_of(path) == Some(Format::Lines)
}

/// What a stretch of a file weighs where many are worked on at once: a thread that was woken for one had
/// better take a few.
pub const STRETCH: usize = MOST / 4;

/// What is seen in a stretch of a file.
enum Seen {
    /// A line that is an article, or why it is none; which line of the stretch it is, from 0.
    Line(usize, Record, Result<RecordHead, String>),
    /// So many lines start in it.
    End(usize),
    /// It cannot be read.
    Unreadable(io::Error),
}

/// Lists the articles of the file of `source` that holds one in each line, in their order, on all cores;
/// where the source is one of them, only that. Of lines that are no articles the first few are told,
/// then how many there are; the rest goes on. What is held of the file at a time is bounded.
///
/// # Errors
/// What `take` breaks with.
pub fn list<E>(
    source: &Source,
    encoding: Option<&'static Encoding>,
    mut take: impl FnMut(Result<Listed, Problem>) -> ControlFlow<E>,
) -> Result<(), E> {
    let path = source.path();
    let stretches = match stretches(source) {
        Ok(stretches) => stretches,
        Err(problem) => return ended(take(Err(problem))),
    };
    let work = |reel: &mut Reel, stretch: Stretch, to: &mut Yield<Vec<Seen>>| {
        see(reel, &path, stretch, encoding, to)
    };
    let mut roll = Roll::new(source);
    let take_all = |seen: &mut Vec<Seen>| {
        seen.drain(..).filter_map(|seen| roll.take(seen)).try_for_each(&mut take)
    };
    in_order_by(stretches, |_| STRETCH, work, take_all)?;
    roll.last().map_or(Ok(()), |problem| ended(take(Err(problem))))
}

/// The stretches of the file of a source.
///
/// # Errors
/// Where it cannot be read.
pub fn stretches(source: &Source) -> Result<impl Iterator<Item = Stretch> + Send + use<>, Problem> {
    let length = open_sized(&source.path()).map(|(_, length)| length);
    let length = length.map_err(|error| Problem::unreadable(source.place(), &error))?;
    Ok(stretch::stretches(length))
}

fn ended<E>(flow: ControlFlow<E>) -> Result<(), E> {
    match flow {
        ControlFlow::Break(broken) => Err(broken),
        ControlFlow::Continue(()) => Ok(()),
    }
}

/// Looks through a stretch; whether more is wanted.
fn see(
    reel: &mut Reel,
    path: &Path,
    stretch: Stretch,
    encoding: Option<&'static Encoding>,
    to: &mut Yield<Vec<Seen>>,
) -> bool {
    let lines = match reel.lines(path, stretch) {
        Ok(lines) => lines,
        Err(error) => return to.put(Seen::Unreadable(error)),
    };
    let mut count = 0;
    for Line { at, bytes } in lines {
        let seen = match bytes {
            None => Some((0, Err(too_long()))),
            Some(line) if is_blank(line) => None,
            Some(line) => {
                let head = record_head(line, encoding).map_err(|error| error.to_string());
                Some((line.len() as u64, head))
            }
        };
        if let Some((len, head)) = seen
            && !to.put(Seen::Line(count, Record { at, len }, head))
        {
            return false;
        }
        count += 1;
    }
    to.put(Seen::End(count))
}

fn is_blank(line: &[u8]) -> bool {
    line.iter().all(u8::is_ascii_whitespace)
}

/// What is said of lines that are no articles beyond the first few.
fn more_bad(bad: usize) -> Option<String> {
    match bad.saturating_sub(TOLD) {
        0 => None,
        1 => Some("1 more line is no article".to_owned()),
        more => Some(format!("{more} more lines are no articles")),
    }
}

fn too_long() -> String {
    format!("is longer than {} MB; leave it out", LIMIT >> 20)
}

/// What makes articles of what was seen.
struct Roll<'s> {
    /// The file.
    of: &'s Source,
    file: Source,
    shared: Arc<Path>,
    naming: Naming,
    /// Lines of the stretches before.
    lines: usize,
    found: usize,
    /// Lines that are no articles.
    bad: usize,
    broken: bool,
}

impl<'s> Roll<'s> {
    fn new(of: &'s Source) -> Self {
        let (file, shared) = (of.whole_file(), of.shared());
        let (naming, lines, found, bad) = (Naming::default(), 0, 0, 0);
        Self { of, file, shared, naming, lines, found, bad, broken: false }
    }

    fn take(&mut self, seen: Seen) -> Option<Result<Listed, Problem>> {
        match seen {
            Seen::End(lines) => {
                self.lines += lines;
                None
            }
            Seen::Line(nth, place, Ok(head)) => {
                let RecordHead { id, metadata } = head;
                let key = self.naming.key(id.as_deref(), self.lines + nth + 1);
                let source = self.file.of_record(&self.shared, &key, place);
                let wanted = !self.is_one() || source.name == self.of.name;
                self.found += usize::from(wanted);
                wanted.then_some(Ok(Listed { source, metadata }))
            }
            Seen::Line(nth, _, Err(what)) => {
                self.bad += 1;
                let told = self.bad <= TOLD && !self.is_one();
                let line = Some(self.lines + nth + 1);
                told.then(|| Err(Problem::new(self.of.place(), what).at(line)))
            }
            Seen::Unreadable(error) => {
                let first = !std::mem::replace(&mut self.broken, true);
                first.then(|| Err(Problem::unreadable(self.of.place(), &error)))
            }
        }
    }

    /// Whether one of the articles alone is asked for.
    fn is_one(&self) -> bool {
        self.of.name != self.file.name
    }

    /// What remains to be told.
    fn last(self) -> Option<Problem> {
        let what = match self.is_one() {
            _ if self.broken => return None,
            true if self.found > 0 => return None,
            true => return Some(lost(self.of)),
            false if self.found + self.bad == 0 => {
                "is empty: there is nothing to read in it".to_owned()
            }
            false => more_bad(self.bad)?,
        };
        Some(Problem::new(self.of.place(), what))
    }
}

/// The article of that name in its file, as the file is now.
///
/// # Errors
/// Where there is none, or the file cannot be read.
pub fn find(source: &Source, encoding: Option<&'static Encoding>) -> Result<Source, Problem> {
    let found =
        list(source, encoding, |listed| ControlFlow::Break(listed.map(|listed| listed.source)));
    found.err().unwrap_or_else(|| Err(lost(source)))
}

/// The article that is meant by the name of its file, or by its own.
///
/// # Errors
/// Where the file holds several, none of that name, or none, or cannot be read.
pub fn only(source: &Source, encoding: Option<&'static Encoding>) -> Result<Source, Problem> {
    let mut first = None;
    let listed = list(source, encoding, |listed| match (listed, &first) {
        (Ok(listed), None) => {
            first = Some(listed.source);
            ControlFlow::Continue(())
        }
        (Ok(_), Some(first)) => {
            let what = format!("holds several articles; name one of them, as {}", first.name);
            ControlFlow::Break(Problem::new(source.place(), what))
        }
        (Err(_), _) if first.is_some() => ControlFlow::Continue(()),
        (Err(problem), _) => ControlFlow::Break(problem),
    });
    listed.and_then(|()| first.ok_or_else(|| lost(source)))
}

/// What is said of an article that is not where it was.
pub(super) fn lost(source: &Source) -> Problem {
    Problem::new(source.place(), format!("holds no article that is called {}", source.name))
}

/// Reads the line of an article, and makes sure that it is still its own, as far as the line can tell.
///
/// # Errors
/// Where it is not there any more, or the file cannot be read.
pub(super) fn read_line<'r>(
    source: &Source,
    reel: &'r mut Reel,
    encoding: Option<&'static Encoding>,
) -> Result<&'r [u8], Problem> {
    let place = match source.record {
        Some(place) => place,
        None => find(source, encoding)?.record.ok_or_else(|| lost(source))?,
    };
    let line = line_at(source, place, reel)?;
    if is_own(source, line, encoding) { Ok(line) } else { Err(lost(source)) }
}

/// Reads what stands at a place in the file of a source, where that is a whole line still.
///
/// # Errors
/// Where it is not, or the file cannot be read.
pub(super) fn line_at<'r>(
    source: &Source,
    place: Record,
    reel: &'r mut Reel,
) -> Result<&'r [u8], Problem> {
    let unreadable = |error| Problem::unreadable(source.place(), &error);
    let line = reel.line(&source.path(), place.at, place.len).map_err(unreadable)?;
    line.ok_or_else(|| lost(source))
}

/// Whether a line is that of an article: those that are called by their lines do not say it themselves.
pub(super) fn is_own(source: &Source, line: &[u8], encoding: Option<&'static Encoding>) -> bool {
    let key = source.key().unwrap_or_default();
    is_line(key) || record_id(line, encoding).as_deref() == Some(key)
}

/// Whether a name is that of a line.
fn is_line(key: &str) -> bool {
    let number = key.strip_prefix('L').filter(|number| !number.is_empty());
    number.is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Reads the article of a source that is one of several in its file.
///
/// # Errors
/// Where it is not there any more, or is none.
pub(super) fn load(
    source: &Source,
    encoding: Option<&'static Encoding>,
) -> Result<Article, Problem> {
    let mut reel = Reel::default();
    let line = read_line(source, &mut reel, encoding)?;
    record(&source.name, line, encoding).map_err(|error| bad(source, &error))
}

/// What is said of an article whose line turns out to be none.
pub(super) fn bad(source: &Source, error: &RecordError) -> Problem {
    let key = source.key().unwrap_or_default();
    Problem::new(format!("{}#{key}", source.place()), error.to_string())
}

/// Where the articles of a file are, by their names.
pub type Index = HashMap<Arc<str>, Source>;

/// The articles of a file, as it is now; none where it cannot be read.
#[must_use]
pub fn index(source: &Source, encoding: Option<&'static Encoding>) -> Index {
    let mut index = Index::new();
    let listed: Result<(), Infallible> = list(source, encoding, |listed| {
        index.extend(listed.ok().map(|it| (Arc::clone(&it.source.name), it.source)));
        ControlFlow::Continue(())
    });
    listed.map_or_else(|never| match never {}, |()| index)
}

#[cfg(test)]
mod tests;
