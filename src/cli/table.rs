//! Columns for people.

use std::io::{self, Write};
use std::mem;

use crate::text;

/// How many rows are held back so that they can be aligned.
const BATCH: usize = 500;
/// The widest that a column is made for the sake of its longest cell, in terminal cells.
const WIDEST: usize = 48;
/// What stands for something unknown.
const UNKNOWN: &str = "-";

/// Rows that wait for their columns to be aligned. A column never gets narrower again.
#[derive(Debug)]
pub(super) struct Table {
    rows: Vec<Vec<String>>,
    widths: Vec<usize>,
    /// Whether a terminal shows it, and must be kept from obeying it.
    guarded: bool,
}

impl Table {
    /// An empty table; `guarded` where a terminal shows it.
    pub(super) fn new(guarded: bool) -> Self {
        Self { rows: Vec::new(), widths: Vec::new(), guarded }
    }

    /// Adds a row, and writes some where enough have come together.
    pub(super) fn put(&mut self, cells: Vec<String>, to: &mut impl Write) -> io::Result<()> {
        let row: Vec<String> = cells.into_iter().map(|cell| self.shown(&cell)).collect();
        self.widths.resize(self.widths.len().max(row.len()), 0);
        for (width, cell) in self.widths.iter_mut().zip(&row) {
            *width = text::width(cell).min(WIDEST).max(*width);
        }
        self.rows.push(row);
        if self.rows.len() < BATCH { Ok(()) } else { self.flush(to) }
    }

    /// Writes the rows that wait.
    pub(super) fn flush(&mut self, to: &mut impl Write) -> io::Result<()> {
        for row in mem::take(&mut self.rows) {
            let last = row.len().saturating_sub(1);
            for (at, (cell, width)) in row.iter().zip(&self.widths).enumerate() {
                let padding =
                    if at == last { 0 } else { width.saturating_sub(text::width(cell)) + 2 };
                write!(to, "{cell}{:padding$}", "")?;
            }
            writeln!(to)?;
        }
        Ok(())
    }

    /// A cell on one line; into a file it goes with nothing else changed.
    fn shown(&self, cell: &str) -> String {
        if cell.is_empty() {
            UNKNOWN.to_owned()
        } else if self.guarded {
            text::clean(cell).into_owned()
        } else {
            cell.replace(['\n', '\r'], " ")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(guarded: bool, rows: &[[&str; 3]]) -> String {
        let mut table = Table::new(guarded);
        let mut out = Vec::new();
        for row in rows {
            table.put(row.iter().map(|&cell| cell.to_owned()).collect(), &mut out).unwrap();
        }
        table.flush(&mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn columns_are_aligned_by_what_they_take_on_screen() {
        let rows = [["a.txt", "東京", "1"], ["longer.txt", "e\u{301}", "22"], ["c", "", "3"]];
        let lines =
            ["a.txt       東京  1", "longer.txt  e\u{301}     22", "c           -     3", ""];
        assert_eq!(table(false, &rows), lines.join("\n"));
    }

    #[test]
    fn a_row_is_a_line_and_a_terminal_is_not_told_what_to_do() {
        let rows = [["a\nb", "\u{1b}[31mred", "x"]];
        assert_eq!(table(false, &rows), "a b  \u{1b}[31mred  x\n");
        let shown = table(true, &rows);
        assert!(shown.starts_with("a b  ") && !shown.contains('\u{1b}'), "{shown:?}");
    }

    #[test]
    fn many_rows_do_not_wait_for_the_last() {
        let mut table = Table::new(false);
        let mut out = Vec::new();
        for _ in 0..BATCH {
            table.put(vec!["x".to_owned()], &mut out).unwrap();
        }
        assert_eq!(out.len(), BATCH * 2);
        assert!(table.rows.is_empty());
    }
}
