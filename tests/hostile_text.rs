//! Hostile text in every place that text can come from, through everything that is drawn: nothing of it
//! may reach a cell but as the sanitiser shows it.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "what is not there fails the test"
)]

mod payload;
mod stage;

use payload::{annotations, article, strings, wrong};
use std::path::PathBuf;
use std::sync::Arc;

use pullquote::app::{Event, ExportFormat, Outcome, PageRow, RowKind};
use pullquote::config::{Config, Theme};
use pullquote::corpus::{Article, ArticleId, Corrected};
use pullquote::text::{Offset, column, glyphs, offset_at};
use ratatui::buffer::{Buffer, Cell, CellDiffOption};
use stage::Stage;
use unicode_segmentation::UnicodeSegmentation;

/// Every symbol of a frame may be sent, and stands in the cells that it takes.
fn check(buffer: &Buffer, what: &str) {
    let width = usize::from(buffer.area.width);
    for row in buffer.content.chunks(width) {
        let mut free = 0;
        for (at, cell) in row.iter().enumerate() {
            let symbol = cell.symbol();
            assert_eq!(wrong(symbol), None, "{symbol:?} {what}");
            assert_eq!(
                cell.diff_option == CellDiffOption::Skip,
                at < free,
                "{symbol:?} at {at} {what}"
            );
            if at >= free {
                let cells = match cell.diff_option {
                    CellDiffOption::ForcedWidth(cells) => usize::from(cells.get()),
                    _ => pullquote::text::width(symbol).max(1),
                };
                free = at + cells;
                assert!(free <= width, "{symbol:?} at {at} {what}");
            }
        }
        // What a terminal makes of the row as a whole: it may find no other letters in it.
        let sent: String = row
            .iter()
            .filter(|cell| cell.diff_option != CellDiffOption::Skip)
            .map(Cell::symbol)
            .collect();
        for letter in sent.graphemes(true) {
            assert_eq!(wrong(letter), None, "{letter:?} in {sent:?} {what}");
        }
    }
}

/// The cells of each row of the page show what the text has there, and lead back to it.
fn check_offsets(stage: &Stage) {
    let Some(reading) = &stage.model.reading else { return };
    let text = reading.text();
    for PageRow { span, kind } in &reading.rows {
        if !matches!(kind, RowKind::Text(_)) {
            continue;
        }
        let mut at = span.start;
        for glyph in glyphs(text, *span) {
            assert_eq!(glyph.span.start, at);
            at = glyph.span.end;
            if glyph.width > 0 {
                let col = column(text, *span, glyph.span.start);
                assert_eq!(offset_at(text, *span, col), glyph.span.start);
            }
        }
        assert_eq!(at, span.end);
    }
    assert!(reading.cursor <= Offset(text.len()));
}

/// Goes through everything that opens, with the string typed and pasted where one can type.
fn tour(stage: &mut Stage, bad: &str, look: &mut impl FnMut(&mut Stage, &str)) {
    for keys in [
        "Enter", "z", "z", "]q", "Tab", "t", "t", "t", "Tab", "?", "Ctrl-d", "Esc", "ga", "Esc",
        "gv", "Esc", "]", "Esc", "g", "Esc", "v", "}", "Esc", "G", "gg", "zR", "$", "b",
    ] {
        look(stage.press(keys), keys);
    }
    for (open, close) in [
        ("S-Tab /", "Enter"),
        ("Esc /", "Enter"),
        (":", "Esc"),
        ("Ctrl-p", "Esc"),
        ("g/", "Esc"),
        ("]q iq a", "Esc"),
        ("gt", "Enter"),
        ("v w H y", "Esc"),
        ("a", "Ctrl-c"),
        ("A", "Esc"),
        ("Esc Esc ]q Tab e", "Enter"),
        ("f", "Enter"),
        ("X", "Esc"),
        ("Tab Tab Y", "Esc"),
        ("u", "Ctrl-r"),
        (":", "Esc"),
    ] {
        look(stage.press(open), open);
        look(stage.paste(bad), open);
        stage.send(Event::Tick);
        look(stage, open);
        look(stage.press(close), close);
    }
    look(stage.wait(60), "later");
}

/// What may happen while the reader is open, each told in the string.
fn news(bad: &str, text: &Arc<Article>) -> Vec<Outcome> {
    let article = ArticleId(0);
    let said = || format!("{bad}/{bad}.toml:3: {bad}");
    let path = PathBuf::from(bad.replace('\0', ""));
    let wrong = |title: &str| Corrected {
        title: Some(title.to_owned()),
        outlet: Some(bad.to_owned()),
        byline: Some(bad.to_owned()),
        published: None,
    };
    let stored = |title| Outcome::Stored {
        article,
        annotations: annotations(text, bad),
        corrected: wrong(title),
    };
    let format = ExportFormat::Toml;
    vec![
        stored(bad),
        Outcome::Problem(said()),
        Outcome::Failed(said()),
        Outcome::Solved(said()),
        Outcome::Gone { article, problem: said() },
        Outcome::Renamed { article, root: path.clone().into(), name: said().into() },
        Outcome::Unusable { article, problem: said() },
        stored("Title"),
        Outcome::NotExported(said()),
        Outcome::ExportExists { format, path: path.clone(), articles: vec![article] },
        Outcome::Exported { path, annotations: 7 },
        Outcome::Edited(Err(said())),
        Outcome::Edited(Ok(said())),
    ]
}

/// A theme whose every word is the string.
fn theme(bad: &str) -> (Theme, Vec<String>) {
    let bad = toml::Value::String(bad.to_owned());
    let faulty = format!(
        "name = {bad}\nbackground = {bad}\n{bad} = 1\n[style]\ntext = {{ fg = {bad} }}\n{bad} = 7\n"
    );
    let (theme, problems) = Theme::parse(&faulty, &bad.to_string());
    assert!(problems.len() > 2, "{problems:?}");
    (theme, problems.iter().map(ToString::to_string).collect())
}

#[test]
fn no_text_from_anywhere_reaches_a_cell_as_it_is() {
    let ink = Theme::builtin("ink").unwrap();
    for (number, bad) in strings().iter().enumerate() {
        let sizes = [(80, 24), (40, 12), (120, 32), (200, 60), (27, 8)];
        let (columns, rows) = sizes[number % sizes.len()];
        let text = article(bad);
        let name = format!("folder {bad}/file {bad}.txt");
        let problem = format!("{name}: {bad} cannot be read");
        let faulty =
            format!("{bad} = 1\nmeasure = \"{bad}\"\n[keys.text]\n\"{bad}\" = \"{bad}\"\n");
        let config =
            Config { keymap: pullquote::config::Keymap::default(), ..Config::parse(&faulty, bad) };
        let (theirs, of_theme) = theme(bad);
        let theme = if number % 2 == 0 { &ink } else { &theirs };
        let problems: Vec<String> = config
            .problems
            .iter()
            .map(ToString::to_string)
            .chain([problem])
            .chain(of_theme)
            .collect();
        let problems: Vec<&str> = problems.iter().map(String::as_str).collect();
        let articles = [
            (name.as_str(), text.as_str()),
            ("plain.txt", "Plain\n\n“All is well,” said Ann Lee.\n"),
        ];
        let mut stage = Stage::opened(&articles, &problems, config, columns, rows);
        let mut frames = 0;
        let mut look = |stage: &mut Stage, keys: &str| {
            check(&stage.draw(theme), &format!("after {keys} with {bad:?}"));
            check_offsets(stage);
            frames += 1;
        };
        tour(&mut stage, bad, &mut look);
        let open = Arc::clone(&stage.model.reading.as_ref().unwrap().article);
        for outcome in news(bad, &open) {
            let what = format!("{outcome:.40?}");
            let stored = matches!(outcome, Outcome::Stored { .. });
            stage.send(Event::Outcome(outcome));
            look(&mut stage, &what);
            look(stage.press("Esc Esc gp"), &what);
            for keys in ["Esc ga", "Esc Tab t", "j gc", "Esc"].iter().filter(|_| stored) {
                look(stage.press(keys), &what);
            }
            stage.press("Esc Esc");
        }
        stage.world.refusal = Some(format!("{bad}: {bad}"));
        stage.press("Esc Esc v w H y");
        look(&mut stage, "a refused save");
        stage.press("q");
        look(&mut stage, "q");
        assert!(frames > 80);
    }
}
