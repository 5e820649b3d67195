//! `score-quotes`: how well quotations and speakers are found, against labels.

use std::io::Write;

use super::definition::Scoring;
use super::labelled::labelled;
use super::message::{Failure, Verdict};
use super::output::Sink;
use super::quotation::model;
use crate::quote::{Labelled, Model, Report, Style, Tally, predictions, quotations_by, train};

pub(super) fn run(scoring: &Scoring) -> Result<Verdict, Failure> {
    let model = model(scoring.model.as_deref())?;
    let articles = labelled(&scoring.folder)?;
    let mut sink = Sink::open(&scoring.output)?;
    if scoring.styles {
        for (style, name) in Style::ALL {
            let rewritten: Vec<Labelled> = articles.iter().map(|it| style.rewrite(it)).collect();
            put(&mut sink, name, &report(&model, &rewritten).all)?;
        }
    }
    if let Some(folder) = &scoring.held_out {
        held_out(&mut sink, &labelled(folder)?, &articles)?;
    }
    let report = report(&model, &articles);
    for (name, tally) in report.groups.iter().chain(&report.outlets) {
        put(&mut sink, name, tally)?;
    }
    put(&mut sink, "all", &report.all)?;
    for (tenth, (count, sure, right)) in report.reliability().into_iter().enumerate() {
        writeln!(
            sink,
            "confidence 0.{tenth}  quotations {count:5}  mean {sure:.3}  right {right:.3}"
        )?;
    }
    for (name, value) in report.all.measures() {
        writeln!(sink, "{name}={value:.4}")?;
    }
    sink.finish()?;
    Ok(Verdict::Done)
}

/// The scores of a model.
fn report(model: &Model, articles: &[Labelled]) -> Report {
    let mut report = Report::default();
    for article in articles {
        let found = quotations_by(model, &article.text, &article.blocks);
        report.add(article, &predictions(article, &found));
    }
    report
}

/// For each outlet, the scores on it of a model that was trained without it, and with it.
fn held_out(sink: &mut Sink, lessons: &[Labelled], articles: &[Labelled]) -> Result<(), Failure> {
    let outlet = |it: &Labelled| it.name.split('_').next().unwrap_or_default().to_owned();
    let mut outlets: Vec<String> = articles.iter().map(outlet).collect();
    outlets.sort();
    outlets.dedup();
    for name in outlets {
        let (own, others): (Vec<_>, Vec<_>) =
            lessons.iter().cloned().partition(|it| outlet(it) == name);
        let model = train(&others, &mut |_| {});
        let here = articles.iter().filter(|it| outlet(it) == name).cloned();
        let here: Vec<Labelled> = here.collect();
        put(sink, &format!("without {name}"), &report(&model, &here).all)?;
        let all: Vec<Labelled> = own.into_iter().chain(here).collect();
        put(sink, &format!("without {name}, all of it"), &report(&model, &all).all)?;
    }
    Ok(())
}

/// Writes the main measures on a line.
fn put(sink: &mut Sink, name: &str, tally: &Tally) -> Result<(), Failure> {
    write!(sink, "{name:28} gold {:5} found {:5}", tally.gold, tally.found)?;
    let shown = ["detect_p", "detect_r", "detect_f1", "attrib_acc", "named_acc", "e2e_f1"];
    for (name, value) in tally.measures() {
        if shown.contains(&name) {
            write!(sink, "  {name} {value:.3}")?;
        }
    }
    writeln!(sink)?;
    Ok(())
}
