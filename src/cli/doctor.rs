//! `doctor`: what is broken in the store, and where; and what can be mended.

use std::io::Write;
use std::path::PathBuf;

use serde::Serialize;

use super::definition::{Doctor, Options};
use super::message::{Failure, Messages, Verdict};
use super::row::{Row, Rows};
use crate::app::wording::counted;
use crate::io::Problem;
use crate::io::path::{self, Places};
use crate::io::store::{Ailment, Finding, Store, Survey};

/// Something found.
#[derive(Debug, Serialize)]
struct FindingRow<'a> {
    ailment: &'static str,
    place: &'a str,
    line: Option<usize>,
    what: &'a str,
    mended: bool,
}

impl<'a> FindingRow<'a> {
    fn new(finding: &'a Finding) -> Self {
        let Problem { place, line, what, .. } = &finding.problem;
        let (ailment, mended) = (finding.ailment.name(), finding.mended);
        Self { ailment, place, line: *line, what, mended }
    }
}

impl Row for FindingRow<'_> {
    const NAME: &'static str = "finding";
    const FIELDS: &'static [&'static str] = &["ailment", "place", "line", "what", "mended"];

    fn columns(&self) -> Vec<String> {
        let place = match self.line {
            Some(line) => format!("{}:{line}", self.place),
            None => self.place.to_owned(),
        };
        let state = if self.mended { "mended" } else { self.ailment };
        vec![state.to_owned(), place, self.what.to_owned()]
    }
}

pub(super) fn run(
    doctor: Doctor,
    options: &Options,
    messages: &mut Messages<impl Write>,
) -> Result<Verdict, Failure> {
    let places = Places::find(options.data_dir.as_deref(), options.config.as_deref())?;
    let mut store = Store::open(&places.data, &places.state);
    let here = || std::env::current_dir().into_iter().collect();
    let roots: Vec<PathBuf> = if doctor.paths.is_empty() { here() } else { doctor.paths };
    let mut rows = Rows::open::<FindingRow>(doctor.format, &doctor.output)?;
    let mut failed = false;
    if let Some(file) = doctor.restore {
        for file in file.map_or_else(|| broken(&store, &roots), |file| vec![file]) {
            match store.restore(&file) {
                Ok((file, count)) => {
                    let what = format!("restored, with {count} annotations");
                    messages.mention(&Problem::new(path::spelled(&file), what));
                }
                Err(error) => {
                    messages.say(&Problem::from(error));
                    failed = true;
                }
            }
        }
    }
    let found = if doctor.repair {
        store.repair(&roots).map_err(Problem::from)?
    } else {
        store.examine(&roots)
    };
    for finding in &found {
        rows.put(&FindingRow::new(finding))?;
    }
    if failed || found.iter().any(Finding::is_open) {
        rows.finish()?;
        return Ok(Verdict::Found);
    }
    rows.finish_with(&whole(store.survey(&roots)))?;
    Ok(Verdict::Done)
}

/// That nothing is broken, and what was looked at.
fn whole(survey: Survey) -> String {
    let Survey { files, annotations, backups } = survey;
    format!(
        "the store is whole: {} with {}, {}, and nothing left behind",
        counted(files, "file"),
        counted(annotations, "annotation"),
        counted(backups, "backup"),
    )
}

/// The files that do not parse.
fn broken(store: &Store, roots: &[PathBuf]) -> Vec<PathBuf> {
    let is_broken = |it: &Finding| matches!(it.ailment, Ailment::Broken | Ailment::Conflict);
    let found = store.examine(roots).into_iter().filter(is_broken);
    found.map(|finding| PathBuf::from(finding.problem.place)).collect()
}
