//! What lies over the words of a row: quotations, highlights, matches, the selection.

use ratatui::style::Style;

use super::canvas::Canvas;
use crate::app::{Placed, Reading};
use crate::config::Role;
use crate::note::Attributed;
use crate::text::{Offset, Span};

/// Looks by the words they lie on, the lowest first.
pub(super) struct Layers(Vec<(Span, Style)>);

impl Layers {
    /// What lies over a row of the text. `placed` are the annotations on screen, the outer before the
    /// inner.
    pub(super) fn over(
        row: Span,
        reading: &Reading,
        placed: &[Placed],
        canvas: &Canvas<'_>,
    ) -> Self {
        let mut layers = Self(Vec::new());
        layers.add_quotations(row, reading, canvas);
        layers.add_highlights(row, reading, placed, canvas);
        layers.add_matches(row, reading, canvas);
        if let Some(span) = reading.selected() {
            layers.add(row, span, canvas.style(Role::Selection));
        }
        layers
    }

    /// The look of the glyph at `at`.
    pub(super) fn style(&self, base: Style, at: Offset) -> Style {
        let here = self.0.iter().filter(|(span, _)| span.contains(at));
        here.fold(base, |style, &(_, over)| style.patch(over))
    }

    fn add(&mut self, row: Span, span: Span, style: Style) {
        if row.overlaps(span) {
            self.0.push((span, style));
        }
    }

    fn add_quotations(&mut self, row: Span, reading: &Reading, canvas: &Canvas<'_>) {
        let all = &reading.quotations;
        let current = reading.quotation_here();
        let first = all.partition_point(|it| it.quotation.outer.end <= row.start);
        let on_row = all.iter().enumerate().skip(first);
        for (at, it) in on_row.take_while(|(_, it)| it.quotation.outer.start < row.end) {
            let role = if Some(at) == current { Role::QuoteCurrent } else { Role::Quote };
            let style = match reading.color_of(it) {
                Some(color) if it.is_quotation() => canvas.style(role).patch(canvas.speaker(color)),
                None if it.is_quotation() => canvas.style(role),
                _ => continue,
            };
            self.add(row, it.quotation.outer, style);
        }
        if let Some(it) = current.and_then(|at| all.get(at)).filter(|it| it.is_quotation()) {
            self.add_source(row, it, reading, canvas);
        }
    }

    /// The mention and the cue of the quotation that the cursor is in.
    fn add_source(
        &mut self,
        row: Span,
        attributed: &Attributed,
        reading: &Reading,
        canvas: &Canvas<'_>,
    ) {
        let color = reading.color_of(attributed);
        let mention = color.map_or_else(Style::default, |color| canvas.speaker(color));
        if let Some(span) = attributed.quotation.mention {
            self.add(row, span, mention.bold());
        }
        if let Some(span) = attributed.quotation.cue {
            self.add(row, span, mention.italic());
        }
    }

    fn add_highlights(
        &mut self,
        row: Span,
        reading: &Reading,
        placed: &[Placed],
        canvas: &Canvas<'_>,
    ) {
        for placed in placed {
            self.add(row, placed.span, canvas.highlight(placed.color));
        }
        // Which is meant needs telling only where there are several.
        if reading.placed_here().len() > 1
            && let Some(meant) = reading.current()
        {
            self.add(row, meant.span, canvas.highlight(meant.color).underlined());
        }
    }

    fn add_matches(&mut self, row: Span, reading: &Reading, canvas: &Canvas<'_>) {
        let matches = &reading.found.matches;
        let first = matches.partition_point(|found| found.end <= row.start);
        for &found in matches.iter().skip(first).take_while(|found| found.start < row.end) {
            let here = found.contains(reading.cursor);
            let role = if here { Role::MatchCurrent } else { Role::Match };
            self.add(row, found, canvas.style(role));
        }
    }
}
