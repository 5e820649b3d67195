//! `score-quotes`: how well quotations and speakers are found, against labels.

use std::io::Write;

use super::definition::Scoring;
use super::labelled::labelled;
use super::message::{Failure, Verdict};
use super::output::Sink;
use super::quotation::{hearsay_model, model};
use crate::quote::{
    HearsayModel, Labelled, Model, Report, Style, Tally, predictions, quotations_and_hearsay,
    quotations_by, reliability, train,
};

pub(super) fn run(scoring: &Scoring) -> Result<Verdict, Failure> {
    let model = model(scoring.model.as_deref())?;
    let of_hearsay = hearsay_model(scoring.hearsay_model.as_deref())?;
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
    let report = whole_report(&model, &of_hearsay, &articles);
    for (name, tally) in report.groups.iter().chain(&report.outlets) {
        put(&mut sink, name, tally)?;
    }
    put(&mut sink, "all", &report.all)?;
    put_reliability(&mut sink, "quotations", &report.sure)?;
    put_reliability(&mut sink, "indirect", &report.sure_of_reports)?;
    let Tally { reported, report_found, report_hit, report_sourced, .. } = report.all;
    writeln!(
        sink,
        "indirect: gold {reported} found {report_found} hit {report_hit} with source {report_sourced}"
    )?;
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

/// The scores of a model of quotations and one of reports without marks.
fn whole_report(model: &Model, of_hearsay: &HearsayModel, articles: &[Labelled]) -> Report {
    let mut report = Report::default();
    for article in articles {
        let found = quotations_and_hearsay(model, of_hearsay, &article.text, &article.blocks);
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

/// Writes how often we were right by how sure we were.
fn put_reliability(sink: &mut Sink, what: &str, sure: &[(f32, bool)]) -> Result<(), Failure> {
    for (tenth, (count, sure, right)) in reliability(sure).into_iter().enumerate() {
        writeln!(sink, "confidence 0.{tenth}  {what} {count:5}  mean {sure:.3}  right {right:.3}")?;
    }
    Ok(())
}

/// Writes the main measures on a line.
fn put(sink: &mut Sink, name: &str, tally: &Tally) -> Result<(), Failure> {
    write!(sink, "{name:28} gold {:5} found {:5}", tally.gold, tally.found)?;
    let shown = ["detect_p", "detect_r", "detect_f1", "attrib_acc", "named_acc", "e2e_f1"];
    let of_reports = ["indirect_f1", "indirect_src_f1"];
    for (name, value) in tally.measures() {
        let asked = tally.report_found > 0 && of_reports.contains(&name);
        if asked || shown.contains(&name) {
            write!(sink, "  {name} {value:.3}")?;
        }
    }
    writeln!(sink)?;
    Ok(())
}
