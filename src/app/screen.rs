//! Where the panes lie on the screen: the geometry that updating and drawing share.

use ratatui::layout::Rect;

/// The parts of the screen that take keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Pane {
    /// The article list.
    List,
    /// The article's text.
    #[default]
    Text,
    /// The quote sidebar.
    Sidebar,
}

/// Fewer columns than this cannot be drawn on.
pub const LEAST_COLUMNS: u16 = 40;
/// Fewer rows than this cannot be drawn on.
pub const LEAST_ROWS: u16 = 12;

/// From so many columns on, all three panes are shown.
const THREE_PANES: u16 = 132;
/// From so many columns on, the sidebar stands beside the text, or the list in its place.
const TWO_PANES: u16 = 104;
/// From so many columns on, the list or the sidebar can be called up beside the text.
const BESIDE: u16 = 72;
/// Fewest cells around the text, where there is room.
const MARGIN: u16 = 3;

/// The widths that the settings give to the panes at the sides, in cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shape {
    /// The article list.
    pub list: u16,
    /// The quote sidebar.
    pub sidebar: u16,
}

/// Where everything lies. Panes include their title row; rules stand between them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Screen {
    /// The whole terminal.
    pub area: Rect,
    /// The article list, where it is shown.
    pub list: Option<Rect>,
    /// The text, where it is shown.
    pub text: Option<Rect>,
    /// The sidebar, where it is shown.
    pub sidebar: Option<Rect>,
    /// The row above the last that tells of the quotation or annotation under the cursor, where the
    /// sidebar is not shown.
    pub strip: Option<Rect>,
    /// The last row.
    pub status: Rect,
}

impl Screen {
    /// Divides a terminal of `area` for the pane in focus.
    #[must_use]
    pub fn new(area: Rect, focus: Pane, zen: bool, shape: Shape) -> Self {
        let status =
            Rect { y: area.bottom().saturating_sub(1), height: 1.min(area.height), ..area };
        let mut screen = Self { area, status, ..Self::default() };
        let mut panes = Rect { height: area.height.saturating_sub(1), ..area };
        let (list, sidebar) = sides(area.width, focus, zen, shape);
        if sidebar == Some(0) || list == Some(0) {
            let whole = Some(panes);
            screen.list = whole.filter(|_| list.is_some());
            screen.sidebar = whole.filter(|_| sidebar.is_some());
            return screen;
        }
        if sidebar.is_none() && !zen && area.height >= 16 {
            panes.height -= 1;
            screen.strip = Some(Rect { y: panes.bottom(), height: 1, ..area });
        }
        screen.list = list.map(|width| take_left(&mut panes, width));
        screen.sidebar = sidebar.map(|width| take_right(&mut panes, width));
        screen.text = Some(panes);
        screen
    }

    /// Rows that an item of the article list takes.
    #[must_use]
    pub const fn item_rows(&self) -> u16 {
        match self.area.height {
            44.. => 5,
            32.. => 4,
            _ => 2,
        }
    }

    /// Whether the text has the screen to itself.
    #[must_use]
    pub const fn text_alone(&self) -> bool {
        self.text.is_some() && self.list.is_none() && self.sidebar.is_none()
    }

    /// Whether the terminal is too small to draw on.
    #[must_use]
    pub const fn is_too_small(&self) -> bool {
        self.area.width < LEAST_COLUMNS || self.area.height < LEAST_ROWS
    }

    /// Where the rows of the text lie: the text pane without its title row, and inside it the measure,
    /// in the middle or to the left.
    #[must_use]
    pub fn page(&self, measure: u16, centred: bool) -> Rect {
        let Some(text) = self.text else { return Rect::default() };
        let margin = if text.width > 60 { MARGIN } else { 1 };
        let width = measure.min(text.width.saturating_sub(margin * 2)).max(1);
        let spare = text.width.saturating_sub(width);
        let left = if centred { spare / 2 } else { margin.min(spare / 2).max(1.min(spare)) };
        Rect { x: text.x + left, width, ..body(text) }
    }

    /// The pane at a cell.
    #[must_use]
    pub fn pane_at(&self, column: u16, row: u16) -> Option<Pane> {
        let at = ratatui::layout::Position::new(column, row);
        let inside = |pane: Option<Rect>| pane.is_some_and(|pane| pane.contains(at));
        if inside(self.list) {
            Some(Pane::List)
        } else if inside(self.sidebar) {
            Some(Pane::Sidebar)
        } else {
            inside(self.text).then_some(Pane::Text)
        }
    }
}

/// A pane without its title row and, where there is room, without one row of air below that.
pub(super) fn body(pane: Rect) -> Rect {
    let head = if pane.height > 20 { 2 } else { 1 };
    Rect { y: pane.y + head, height: pane.height.saturating_sub(head), ..pane }
}

/// The widths of the list and the sidebar where they are shown; 0 for the whole terminal.
fn sides(width: u16, focus: Pane, zen: bool, shape: Shape) -> (Option<u16>, Option<u16>) {
    // The text is the loudest thing on the screen: it keeps half of it.
    let list = shape.list.min(width / 2);
    let sidebar = shape.sidebar.min(width / 2);
    match (width, focus, zen) {
        (..BESIDE, Pane::List, _) => (Some(0), None),
        (..BESIDE, Pane::Sidebar, _) => (None, Some(0)),
        (_, Pane::Text, true) | (..BESIDE, Pane::Text, _) => (None, None),
        (THREE_PANES.., _, false) => (Some(list), Some(sidebar)),
        (_, Pane::List, _) => (Some(list), None),
        (_, Pane::Sidebar, _) | (TWO_PANES.., Pane::Text, false) => (None, Some(sidebar)),
        (_, Pane::Text, false) => (None, None),
    }
}

/// Cuts a pane and the rule beside it off the left.
const fn take_left(panes: &mut Rect, width: u16) -> Rect {
    let pane = Rect { width, ..*panes };
    panes.x += width + 1;
    panes.width = panes.width.saturating_sub(width + 1);
    pane
}

/// Cuts a pane and the rule beside it off the right.
const fn take_right(panes: &mut Rect, width: u16) -> Rect {
    panes.width = panes.width.saturating_sub(width + 1);
    Rect { x: panes.x + panes.width + 1, width, ..*panes }
}
