//! The voices of the library, and what one of them says.

use ratatui::layout::Rect;

use super::canvas::Canvas;
use super::notice;
use super::popup::{Frame, draw as draw_popup, draw_field, panel};
use super::search::draw_row;
use crate::app::wording::{counted, day, dotted};
use crate::app::{OpenVoice, VoiceList};
use crate::config::Role;
use crate::quote::voice::Voice;
use crate::text::{fit, width};

/// Cells of the panel where there is room.
const WIDTH: u16 = 110;
/// Cells from which on the days are shown too.
const WIDE: u16 = 84;
/// What is counted, above the numbers, the last first.
const COUNTED: [&str; 3] = ["outlets", "articles", "quotations"];
/// Cells that the days take.
const DAYS: usize = 27;

/// Draws the panel over the panes.
pub(super) fn draw(canvas: &mut Canvas<'_>) {
    let voices = &canvas.model.library.voices;
    let area = panel(canvas.model.view.screen.area, WIDTH);
    match &voices.open {
        Some(open) => draw_open(canvas, open, area),
        None => draw_list(canvas, voices, area),
    }
}

/// How far listening has come, where that takes time.
fn way(voices: &VoiceList) -> Option<String> {
    let progress = voices.progress;
    let heard = format!("{} of {} articles heard", progress.searched, progress.of);
    match (voices.is_gathering(), progress.cancelled) {
        (true, _) => progress.slow.then_some(heard),
        (false, true) => Some(format!("cancelled: {heard}")),
        (false, false) => None,
    }
}

fn draw_list(canvas: &mut Canvas<'_>, voices: &VoiceList, area: Rect) {
    let all = voices.voices.all().len();
    let shown = if voices.filter.is_empty() {
        counted(all, "voice")
    } else {
        format!("{} of {}", voices.matching.len(), counted(all, "voice"))
    };
    let aside = dotted([(all > 0).then_some(shown), way(voices)]);
    let inner = draw_popup(canvas, area, &Frame { title: "Voices", aside: &aside, foot: "" });
    let mut body = inner;
    if voices.filtering || !voices.filter.is_empty() {
        let (accent, field) = (canvas.style(Role::Accent), take_row(&mut body));
        canvas.line(field, field.y).put("/", accent);
        let field = Rect { x: field.x + 2, width: field.width.saturating_sub(2), ..field };
        draw_field(canvas, field, &voices.filter);
        if !voices.filtering {
            canvas.hide_cursor();
        }
    }
    if voices.matching.is_empty() {
        notice::draw(canvas, Rect { x: body.x + 2, ..body }.intersection(body), empty(voices));
        return;
    }
    let head = take_row(&mut body);
    draw_head(canvas, head);
    for ((voice, chosen), row) in voices.window(usize::from(body.height)).zip(body.rows()) {
        draw_voice(canvas, voice, chosen, row);
    }
}

/// What a list says that is empty.
fn empty(voices: &VoiceList) -> [&'static str; 2] {
    match (voices.voices.all().is_empty(), voices.is_gathering()) {
        (false, _) => ["No voice of that name.", "Esc shows all of them again."],
        (true, true) => ["Listening…", ""],
        (true, false) if voices.progress.cancelled => ["Cancelled.", "Close and open it again."],
        (true, false) => ["Nobody speaks here.", "No quotation with a speaker was found."],
    }
}

/// Takes the first row away.
fn take_row(body: &mut Rect) -> Rect {
    let row = Rect { height: body.height.min(1), ..*body };
    body.y += row.height;
    body.height -= row.height;
    row
}

fn draw_head(canvas: &mut Canvas<'_>, row: Rect) {
    let dim = canvas.style(Role::Dim);
    let mut line = canvas.line(row, row.y);
    if row.width >= WIDE {
        line.put_end(&format!("{:DAYS$}", "  first – last"), dim);
    }
    for what in COUNTED {
        line.put_end(&format!("  {what}"), dim);
    }
}

/// A voice: its names, and its numbers under their heads.
fn draw_voice(canvas: &mut Canvas<'_>, voice: &Voice, chosen: bool, row: Rect) {
    let (accent, text, dim) =
        (canvas.style(Role::Accent), canvas.style(Role::Text), canvas.style(Role::Dim));
    let mut line = canvas.line(row, row.y);
    line.put(if chosen { "▌" } else { " " }, accent).skip(1);
    if row.width >= WIDE {
        line.put_end(&format!("  {:rest$}", days(voice), rest = DAYS - 2), dim);
    }
    let counts = [u64::from(voice.outlets), u64::from(voice.articles), voice.quotations];
    for (what, count) in COUNTED.into_iter().zip(counts) {
        line.put_end(&format!("  {count:>wide$}", wide = what.len()), dim);
    }
    let room = line.room().saturating_sub(1);
    let name = fit(&voice.name, room).into_owned();
    line.put(&name, text);
    let left = room.saturating_sub(width(&name) + 2);
    let aliases = voice.aliases.join(", ");
    if left > 3 && !aliases.is_empty() {
        line.skip(2).put(&fit(&aliases, left), dim);
    }
    if chosen {
        canvas.select(row);
    }
}

/// From when to when it is heard.
fn days(voice: &Voice) -> String {
    match (voice.first, voice.last) {
        (Some(first), Some(last)) if first != last => format!("{} – {}", day(first), day(last)),
        (Some(first), _) => day(first),
        _ => String::new(),
    }
}

fn draw_open(canvas: &mut Canvas<'_>, open: &OpenVoice, area: Rect) {
    let (quotations, articles) = open.counts;
    let quotations = usize::try_from(quotations).unwrap_or(usize::MAX);
    let articles = usize::try_from(articles).unwrap_or(usize::MAX);
    let counts =
        format!("{} in {}", counted(quotations, "quotation"), counted(articles, "article"));
    let running = open.said.is_running();
    let progress = open.said.progress;
    let way = (running && progress.slow)
        .then(|| format!("{} of {} read", progress.searched, progress.of));
    let few = (!running && open.said.kept() < quotations)
        .then(|| format!("{} are shown", open.said.kept()));
    let aside = dotted([Some(counts), way, few]);
    let frame = Frame { title: &open.name, aside: &aside, foot: "" };
    let body = draw_popup(canvas, area, &frame);
    if open.said.kept() == 0 {
        let what = match (running, progress.cancelled) {
            (true, _) => ["Reading…", ""],
            (false, true) => ["Cancelled.", "Esc goes back, Enter there looks again."],
            (false, false) => ["Nothing of it is there any more.", "Esc goes back."],
        };
        notice::draw(canvas, Rect { x: body.x + 2, ..body }.intersection(body), what);
        return;
    }
    for (row, area) in open.said.window(usize::from(body.height)).into_iter().zip(body.rows()) {
        draw_row(canvas, row, area);
    }
}
