//! The reader on a terminal that gives ambiguous letters two cells. The setting holds for a whole
//! process, so these tests have one of their own.

mod stage;

use pullquote::config::Config;
use pullquote::text::{Ambiguous, Span, clean, fit, glyphs, width, wrap};
use ratatui::buffer::{Buffer, Cell, CellDiffOption};
use stage::Stage;

const TEXT: &str = "Ἀρχὴ “Η θάλασσα” — said …\n\nВсе хорошо, “all is well”, she said, “α and ω”.\n";

/// What a terminal shows of a row: the symbols in their order, each behind the cells before it.
fn sent(buffer: &Buffer, row: u16) -> usize {
    let blank = Buffer::empty(buffer.area);
    let mut at = 0;
    for (column, y, cell) in blank.diff(buffer) {
        if y == row {
            assert!(
                usize::from(column) >= at,
                "{:?} at {column} stands in another letter",
                cell.symbol()
            );
            at = usize::from(column) + width(cell.symbol());
        }
    }
    at
}

#[test]
fn ambiguous_letters_take_two_cells_everywhere() {
    assert_eq!(width("“α”"), 3);
    Ambiguous::Wide.apply();
    assert_eq!(width("“α”"), 6);
    assert_eq!(width("plain"), 5);
    assert_eq!(clean("│─▍█┼"), "|-|#+");
    assert_eq!(fit("αβγδ", 6), "αβ…");
    assert_eq!(fit("αβγδ", 1), "");
    let rows = wrap("αβγδ", Span::new(0, 8), 4);
    assert_eq!(rows, [Span::new(0, 4), Span::new(4, 8)]);
    assert!(glyphs("αβ", Span::new(0, 4)).all(|glyph| glyph.width == 2));

    for (columns, rows) in [(40, 12), (80, 24), (120, 32)] {
        let mut stage = Stage::opened(&[("“α”.txt", TEXT)], &[], Config::default(), columns, rows);
        for keys in ["Enter", "?", "Esc", "Ctrl-p", "Esc", "]q", "H y", "a"] {
            stage.press(keys);
            let letters = stage.letters();
            assert!(!letters.contains(['│', '─', '▍']), "{letters}");
            let buffer = stage.draw(&pullquote::config::Theme::builtin("ink").unwrap());
            for row in 0..rows {
                assert!(sent(&buffer, row) <= usize::from(columns));
            }
            let cells = buffer.content.iter();
            let wide = |cell: &&Cell| cell.symbol() == "“";
            let forced = |cell: &Cell| matches!(cell.diff_option, CellDiffOption::ForcedWidth(n) if n.get() == 2);
            assert!(cells.filter(wide).all(forced));
        }
    }
}
