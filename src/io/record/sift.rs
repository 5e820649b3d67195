//! Sifting: what a query finds in the articles of a file, without listing them all first.
//!
//! What an article is called depends on the articles before it, for only the first of an id is called by
//! it. So whoever sifts, stretch by stretch and many at a time, notes the ids that it comes by, and a
//! trail, which follows in order, makes names of them.

use std::collections::HashMap;
use std::convert::Infallible;
use std::io;
use std::ops::ControlFlow;
use std::sync::Arc;

use encoding_rs::Encoding;
use hashbrown::HashSet;

use super::naming::hash;
use super::stretch::Line;
use super::{Reel, Stretch, TOLD, is_blank, list, more_bad, too_long};
use crate::corpus::record_id;
use crate::io::Problem;
use crate::io::seek::{Seeker, Sought};
use crate::io::walk::Source;

/// Where an article was found.
#[derive(Debug, Clone, Copy)]
pub struct Spot<'b> {
    /// Which line of its stretch it is, from 0.
    pub nth: usize,
    /// The byte of the file that it starts with.
    pub at: u64,
    /// The id that it has if it is an article.
    pub id: Option<&'b str>,
    /// The ids, hashed, that were passed since the last spot.
    pub passed: &'b [u64],
}

/// What comes of sifting.
#[derive(Debug)]
pub enum Sifted<'b> {
    /// An article that the query finds.
    Found(Spot<'b>, Sought<'b>),
    /// A line of the stretch, counted from 0, that may hold the words, but is no article, and why.
    Bad(usize, String),
    /// The stretch has so many lines; the ids since the last spot.
    End(usize, &'b [u64]),
    /// It cannot be read.
    Unreadable(io::Error),
}

/// Looks for what a query finds in a stretch of a file of articles, whatever filters it has. Goes on as
/// long as `take` wants more; whether it did to the end.
pub fn sift(
    seeker: &Seeker<'_>,
    file: &Source,
    stretch: Stretch,
    reel: &mut Reel,
    mut take: impl FnMut(Sifted<'_>) -> bool,
) -> bool {
    let lines = match reel.lines(&file.path(), stretch) {
        Ok(lines) => lines,
        Err(error) => return take(Sifted::Unreadable(error)),
    };
    let (mut count, mut passed) = (0, Vec::new());
    for Line { at, bytes } in lines {
        let nth = count;
        count += 1;
        let sought = match bytes {
            None => Err(too_long()),
            Some(line) if is_blank(line) => continue,
            Some(line) => seeker.look_at_line(line).map_err(|error| error.to_string()),
        };
        let id = bytes.and_then(|line| record_id(line, seeker.encoding()));
        let more = match sought {
            Ok(Some(sought)) => {
                let spot = Spot { nth, at, id: id.as_deref(), passed: &passed };
                let more = take(Sifted::Found(spot, sought));
                passed.clear();
                more
            }
            found => {
                passed.extend(id.as_deref().map(hash));
                found.map_or_else(|what| take(Sifted::Bad(nth, what)), |_| true)
            }
        };
        if !more {
            return false;
        }
    }
    take(Sifted::End(count, &passed))
}

/// What follows in order, and knows what the articles of a file are called.
#[derive(Debug)]
pub struct Trail {
    file: Arc<Source>,
    encoding: Option<&'static Encoding>,
    /// The ids that were passed, hashed.
    passed: HashSet<u64>,
    /// Lines of the stretches before.
    lines: usize,
    /// Lines that are no articles.
    bad: usize,
    /// The names by where the articles are, once two may have one id.
    exact: Option<HashMap<u64, Arc<str>>>,
}

impl Trail {
    /// The trail through a file.
    #[must_use]
    pub fn new(file: Arc<Source>, encoding: Option<&'static Encoding>) -> Self {
        Self { file, encoding, passed: HashSet::new(), lines: 0, bad: 0, exact: None }
    }

    /// Whether it is the trail through that file.
    #[must_use]
    pub fn is_through(&self, file: &Arc<Source>) -> bool {
        Arc::ptr_eq(&self.file, file)
    }

    /// What the article on a spot is called.
    pub fn name(&mut self, spot: Spot<'_>) -> Arc<str> {
        let Spot { nth, at, id, passed } = spot;
        self.pass(0, passed);
        let by_line = || format!("L{}", self.lines + nth + 1);
        match id {
            None => self.file.name_of(&by_line()),
            Some(id) if self.passed.insert(hash(id)) => self.file.name_of(id),
            // The id was passed before, but perhaps in a line that is no article.
            Some(_) => {
                let by_line = by_line();
                let known = self.exact().get(&at).cloned();
                known.unwrap_or_else(|| self.file.name_of(&by_line))
            }
        }
    }

    fn exact(&mut self) -> &HashMap<u64, Arc<str>> {
        let (file, encoding) = (&self.file, self.encoding);
        self.exact.get_or_insert_with(|| {
            let mut exact = HashMap::new();
            let listed: Result<(), Infallible> = list(file, encoding, |listed| {
                let source = listed.ok().map(|listed| listed.source);
                let place = source.and_then(|source| Some((source.record?.at, source.name)));
                exact.extend(place);
                ControlFlow::Continue(())
            });
            listed.map_or_else(|never| match never {}, |()| exact)
        })
    }

    /// What is said of a line that is no article; nothing where enough was said.
    pub fn bad(&mut self, nth: usize, what: String) -> Option<Problem> {
        self.bad += 1;
        let line = Some(self.lines + nth + 1);
        (self.bad <= TOLD).then(|| Problem::new(self.file.place(), what).at(line))
    }

    /// What remains to be told at the end.
    #[must_use]
    pub fn last(&self) -> Option<Problem> {
        let what = more_bad(self.bad)?;
        Some(Problem::new(self.file.place(), what))
    }

    /// Goes on behind a stretch.
    pub fn pass(&mut self, lines: usize, passed: &[u64]) {
        self.lines += lines;
        self.passed.extend(passed);
    }
}
