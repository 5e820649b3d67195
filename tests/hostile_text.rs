//! Hostile text in every place that text can come from, through everything that is drawn: nothing of it
//! may reach a cell but as the sanitiser shows it.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "what is not there fails the test"
)]

mod stage;

use pullquote::app::{Event, PageRow, RowKind};
use pullquote::config::{Config, Theme};
use pullquote::text::{Offset, column, glyphs, offset_at};
use ratatui::buffer::{Buffer, Cell, CellDiffOption};
use stage::Stage;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthChar;

/// Strings of attackers, of careless scrapers and of honest scripts that programs get wrong.
fn hostile() -> Vec<String> {
    let marks = "e".to_owned() + &"\u{301}".repeat(100);
    let chain = ["👩"; 30].join("\u{200d}");
    let tags: String =
        "ignore this".chars().filter_map(|c| char::from_u32(0xE0000 + u32::from(c))).collect();
    let mut all: Vec<String> = [
        "\0",
        "\u{1}\u{2}\u{3}",
        "\u{7}\u{7}",
        "\u{8}\u{8}\u{8}over",
        "a\tb",
        "\u{b}\u{c}",
        "one\rtwo",
        "\u{e}\u{f}",
        "\u{1a}",
        "\u{7f}\u{7f}",
        "\u{1b}",
        "\u{1b}[2J\u{1b}[H",
        "\u{1b}[31;5mred\u{1b}[0m",
        "\u{1b}[?1049l",
        "\u{1b}[8mhidden",
        "\u{1b}]0;owned\u{7}",
        "\u{1b}]52;c;cm0gLXJm\u{7}",
        "\u{1b}]8;;http://example.org\u{1b}\\link\u{1b}]8;;\u{1b}\\",
        "\u{1b}P+q544e\u{1b}\\",
        "\u{1b}_Ga=T\u{1b}\\",
        "\u{1b}^pm\u{1b}\\",
        "\u{1b}c",
        "\u{1b}(0qqq\u{1b}(B",
        "\u{1b}[6n\u{1b}[c",
        "\u{1b}[21t",
        "\u{1b}%G",
        "\u{9b}2J",
        "\u{9d}0;owned\u{9c}",
        "\u{90}q\u{9c}",
        "\u{85}next",
        "\u{84}\u{8d}",
        "\u{202e}gpj.exe",
        "\u{202d}\u{202a}\u{202b}\u{202c}",
        "\u{2066}\u{2067}\u{2068}\u{2069}",
        "\u{200e}\u{200f}\u{61c}",
        "שלום \u{202e}abc",
        "مرحبا 123 (a)",
        "al\u{200b}pha",
        "\u{200c}\u{200d}\u{2060}",
        "\u{feff}inside\u{feff}",
        "so\u{ad}ft\u{ad}",
        "\u{34f}\u{34f}",
        "\u{2061}\u{2062}\u{2063}\u{2064}",
        "\u{206a}\u{206f}",
        "x\u{fe00}\u{fe0f}\u{e0100}",
        "\u{fe0f}\u{20e3}",
        "1\u{fe0f}\u{20e3}",
        "❤\u{fe0f}❤\u{fe0e}",
        "\u{fff9}a\u{fffa}b\u{fffb}",
        "\u{115f}\u{1160}\u{3164}\u{ffa0}",
        "\u{180e}\u{180b}",
        "\u{17b4}\u{17b5}",
        "\u{2028}\u{2029}",
        "\u{fffd}\u{fffd}",
        "\u{fffe}\u{ffff}\u{fdd0}\u{10ffff}",
        "\u{e000}\u{f8ff}\u{f0000}",
        "\u{1d173}\u{1d17a}\u{1bca0}",
        "\u{301}\u{301}first",
        "👍\u{200b}🏽",
        "🇩\u{200b}🇪🇫",
        "🏴\u{e0067}\u{e0062}",
        "漢字\u{3000}仮名",
        "ｶﾞｶﾞ",
        "ᄒ\u{200b}ᅡᆫ",
        "हिन्दी क\u{94d}\u{200d}ष",
        "ไทำ",
        "\u{a0}\u{2007}\u{202f}",
        "\u{600}\u{200d}a",
        "ﷺ﷽",
        "𒐫𒈙",
        "<<<<<<< HEAD",
        "\"\"\"\\u{1b}'''",
        "%s%n{}{0}",
        "../../etc/passwd",
    ]
    .map(str::to_owned)
    .into();
    all.extend([
        marks,
        chain,
        tags.clone(),
        format!("🏴{tags}"),
        "\u{489}".repeat(50),
        "W".repeat(3000),
    ]);
    all.push(String::from_utf8_lossy(b"\xed\xa0\x80\xed\xb0\x80\xff\xfe\x80").into_owned());
    assert!(all.len() >= 60);
    all
}

/// Whether a character would act on a terminal, or hide from the eye.
fn is_payload(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
            | '\u{200b}' | '\u{200c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0d}' | '\u{feff}' | '\u{ffa0}'
            | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e001f}' | '\u{e0080}'..='\u{e0fff}')
        || u32::from(c) & 0xFFFE == 0xFFFE
}

/// What is wrong with a symbol that is to be sent, if anything.
fn wrong(symbol: &str) -> Option<&'static str> {
    if matches!(symbol.as_bytes(), [b' '..=b'~']) || matches!(symbol, "│" | "─" | "▍") {
        return None;
    }
    let joined = |c| matches!(c, '\u{200d}' | '\u{e0020}'..='\u{e007f}');
    if symbol.contains(is_payload) {
        return Some("a control or something unseen");
    }
    if symbol.starts_with(|c: char| joined(c) || matches!(c, '\u{fe0e}' | '\u{fe0f}'))
        || symbol.ends_with('\u{200d}')
    {
        return Some("a joiner that joins nothing");
    }
    if symbol.contains(|c| matches!(c, '\u{e0020}'..='\u{e007f}'))
        && !(symbol.contains('🏴') && symbol.contains('\u{e007f}'))
    {
        return Some("tags outside a flag");
    }
    let runs = symbol.split(|c: char| c.width() != Some(0));
    if runs.map(|run| run.chars().filter(|&c| !joined(c)).count()).max() > Some(8) {
        return Some("more than eight marks");
    }
    (symbol.chars().next()?.width() == Some(0)).then_some("a mark without a letter")
}

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

/// An article that has the string in every kind of block.
fn article(bad: &str) -> String {
    format!(
        "Title {bad} of it\n\nOutlet {bad}\n\nBy Ann {bad} Lee\n\n12 March 2026 {bad}\n\n“{bad} is {bad} what,” said \
         Ann {bad} Lee of {bad}.\n\nSubscribe {bad} now\n\n{bad}\n\n“I am {bad} here,” {bad} she said.\n\n\
         SECOND {bad} REPORT\n\nBy Bob {bad}\n\n“Well {bad} then,” Bob {bad} said.\n"
    )
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

#[test]
fn no_text_from_anywhere_reaches_a_cell_as_it_is() {
    let theme = Theme::builtin("ink").unwrap();
    for (number, bad) in hostile().iter().enumerate() {
        let sizes = [(80, 24), (40, 12), (120, 32), (200, 60), (27, 8)];
        let (columns, rows) = sizes[number % sizes.len()];
        let text = article(bad);
        let name = format!("folder {bad}/file {bad}.txt");
        let problem = format!("{name}: {bad} cannot be read");
        let wrong = format!("{bad} = 1\nmeasure = \"{bad}\"\n[keys.text]\n\"{bad}\" = \"{bad}\"\n");
        let config =
            Config { keymap: pullquote::config::Keymap::default(), ..Config::parse(&wrong, bad) };
        let problems: Vec<String> =
            config.problems.iter().map(ToString::to_string).chain([problem]).collect();
        let problems: Vec<&str> = problems.iter().map(String::as_str).collect();
        let articles = [
            (name.as_str(), text.as_str()),
            ("plain.txt", "Plain\n\n“All is well,” said Ann Lee.\n"),
        ];
        let mut stage = Stage::opened(&articles, &problems, config, columns, rows);
        let mut frames = 0;
        let mut look = |stage: &mut Stage, keys: &str| {
            check(&stage.draw(&theme), &format!("after {keys} with {bad:?}"));
            check_offsets(stage);
            frames += 1;
        };
        tour(&mut stage, bad, &mut look);
        stage.world.refusal = Some(format!("{bad}: {bad}"));
        stage.press("Esc Esc v w H y");
        look(&mut stage, "a refused save");
        stage.press("q");
        look(&mut stage, "q");
        assert!(frames > 80);
    }
}
