//! The voices of the library: choosing one, and going to what it says.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::Turn;
use crate::app::model::{Aim, Model};
use crate::app::overlay::Overlay;
use crate::app::screen::Pane;
use crate::app::search::{LibrarySearch, Progress};
use crate::app::voice::{Attended, Gathered, OpenVoice, fingerprint};
use crate::app::{Effect, Findings, Landmark};
use crate::config::{Code, Key, Keys};
use crate::corpus::ArticleId;
use crate::note::Annotation;

/// Rows that page keys move by.
const PAGE: usize = 10;

/// A way through a list.
#[derive(Debug, Clone, Copy)]
enum Way {
    Down(usize),
    Up(usize),
    Top,
    Bottom,
}

impl Way {
    /// The way that a key goes, as in a list.
    fn of(key: Key) -> Option<Self> {
        let held = |letter| key == Key::new(Code::Char(letter)).ctrl();
        Some(match key.code() {
            Code::Down | Code::Char('j') if !held('j') => Self::Down(1),
            Code::Up | Code::Char('k') if !held('k') => Self::Up(1),
            Code::PageDown | Code::Char(' ') => Self::Down(PAGE),
            _ if held('d') || held('f') => Self::Down(PAGE),
            Code::PageUp => Self::Up(PAGE),
            _ if held('u') || held('b') => Self::Up(PAGE),
            _ if held('n') => Self::Down(1),
            _ if held('p') => Self::Up(1),
            Code::Home | Code::Char('g') => Self::Top,
            Code::End | Code::Char('G') => Self::Bottom,
            _ => return None,
        })
    }

    /// Where it leads from `here` in a list of so many.
    fn from(self, here: usize, of: usize) -> usize {
        let last = of.saturating_sub(1);
        match self {
            Self::Down(by) => here.saturating_add(by).min(last),
            Self::Up(by) => here.saturating_sub(by),
            Self::Top => 0,
            Self::Bottom => last,
        }
    }
}

impl Model {
    /// Opens the list of voices, where it was left.
    pub(super) fn open_voices(&mut self, turn: &mut Turn) {
        if self.library.is_empty() {
            self.status.say(turn.now, "no articles yet, so nobody speaks");
            return;
        }
        self.overlay = Some(Overlay::Voices);
        if self.library.voices.stale {
            self.gather_voices(turn);
        }
    }

    /// After an outcome that may change who speaks: asks who, where that is on the screen.
    pub(super) fn voices_changed(&mut self, turn: &mut Turn) {
        let voices = &self.library.voices;
        let wanted = voices.stale && !voices.is_gathering() && !voices.progress.cancelled;
        if wanted && matches!(self.overlay, Some(Overlay::Voices)) {
            self.gather_voices(turn);
        }
    }

    /// Asks who speaks in the library.
    fn gather_voices(&mut self, turn: &mut Turn) {
        let articles = self.attended();
        let decided = self.decided();
        let voices = &mut self.library.voices;
        voices.stale = false;
        voices.generation += 1;
        voices.articles = articles.iter().map(|it| it.article).collect();
        voices.progress = Progress::begun(articles.len(), turn.now);
        turn.ask(Effect::GatherVoices { generation: voices.generation, articles, decided });
    }

    /// All articles, those that the list shows first and in its order.
    fn attended(&self) -> Vec<Attended> {
        let filtered = self.library.shown.len() < self.library.len();
        let shown = self.library.shown.iter().copied().filter(|_| filtered);
        let shown: HashSet<ArticleId> = shown.collect();
        let rest = self.library.entries.iter().map(|entry| entry.id);
        let rest = rest.filter(|article| filtered && !shown.contains(article));
        let mut outlets: HashMap<&str, Arc<str>> = HashMap::new();
        let entries = self.library.shown.iter().copied().chain(rest);
        let entries = entries.filter_map(|article| self.library.entry(article));
        let attended = entries.map(|entry| Attended {
            article: entry.id,
            outlet: entry
                .outlet()
                .map(|name| Arc::clone(outlets.entry(name).or_insert_with(|| name.into()))),
            published: entry.published(),
            text: entry.digest.as_ref().map(|digest| fingerprint(&digest.sha256)),
        });
        attended.collect()
    }

    /// What a person decided on quotations.
    fn decided(&self) -> Vec<(ArticleId, Annotation)> {
        let decided = self.notebook.all().filter(|(_, it)| it.quotation.is_some());
        decided.map(|(article, it)| (article, it.clone())).collect()
    }

    pub(super) fn take_gathered(&mut self, gathered: Gathered, turn: &mut Turn) {
        self.library.voices.take(gathered, turn.now);
        self.voices_changed(turn);
    }

    pub(super) fn take_heard(&mut self, findings: Findings, turn: &mut Turn) {
        if let Some(open) = &mut self.library.voices.open {
            open.said.take(findings, turn.now);
        }
    }

    /// A key for the list of voices, or for what one of them says.
    pub(super) fn press_voices(&mut self, key: Key, turn: &mut Turn) {
        let cancels = key == Key::new(Code::Char('c')).ctrl();
        let running = self.library.voices.is_gathering()
            || self.library.voices.open.as_ref().is_some_and(|open| open.said.is_running());
        if self.library.voices.filtering {
            self.press_voice_filter(key, cancels);
        } else if cancels && running {
            self.give_up_voices(turn);
            self.status.say(turn.now, "cancelled; what was found stays");
        } else if cancels {
            self.overlay = None;
        } else if let Some(way) = Way::of(key) {
            self.choose_voice(way, turn);
        } else if self.library.voices.open.is_some() {
            self.press_open_voice(key, turn);
        } else {
            self.press_voice_list(key, turn);
        }
    }

    fn press_voice_filter(&mut self, key: Key, cancels: bool) {
        let voices = &mut self.library.voices;
        match key.code() {
            Code::Esc => voices.filter.clear(),
            _ if cancels => voices.filter.clear(),
            Code::Enter | Code::Down | Code::Up => {
                voices.filtering = false;
                return;
            }
            _ if voices.filter.press(key) => voices.selected = 0,
            _ => return,
        }
        voices.filtering &= key.code() != Code::Esc && !cancels;
        voices.narrow();
    }

    fn press_voice_list(&mut self, key: Key, turn: &mut Turn) {
        match key.code() {
            Code::Esc if !self.library.voices.filter.is_empty() => {
                self.library.voices.filter.clear();
                self.library.voices.narrow();
            }
            Code::Esc | Code::Char('q') => self.leave_voices(turn),
            Code::Enter | Code::Right | Code::Char('l') => self.open_voice(turn),
            Code::Char('/') => self.library.voices.filtering = true,
            _ => {
                let keys = Keys::new(&[key]);
                let other = "Enter shows what a voice says, / filters, Esc closes";
                self.status.say(turn.now, format!("{keys} does nothing here: {other}"));
            }
        }
    }

    fn press_open_voice(&mut self, key: Key, turn: &mut Turn) {
        match key.code() {
            Code::Esc | Code::Left | Code::Char('h' | 'q') => {
                self.give_up_hearing(turn);
                self.library.voices.open = None;
            }
            Code::Enter | Code::Right | Code::Char('l') => self.go_to_said(turn),
            Code::Tab => {
                if let Some(open) = &mut self.library.voices.open {
                    open.said.selected = open.said.neighbour(key != Key::new(Code::Tab).shift());
                }
            }
            _ => {
                let keys = Keys::new(&[key]);
                let other = "Enter goes to the quotation, Tab to the next article, Esc back";
                self.status.say(turn.now, format!("{keys} does nothing here: {other}"));
            }
        }
    }

    /// Moves the choice among the voices, or among the quotations of one.
    fn choose_voice(&mut self, way: Way, turn: &mut Turn) {
        let voices = &mut self.library.voices;
        let (selected, of) = match &mut voices.open {
            Some(open) => {
                let kept = open.said.kept();
                (&mut open.said.selected, kept)
            }
            None => (&mut voices.selected, voices.matching.len()),
        };
        let to = way.from(*selected, of);
        let stays = to == *selected;
        *selected = to;
        if stays {
            let what = match (of, way) {
                (0, _) => "there is nothing to choose yet",
                (_, Way::Down(_) | Way::Bottom) => "that is the last",
                (_, Way::Up(_) | Way::Top) => "that is the first",
            };
            self.status.say(turn.now, what);
        }
    }

    pub(super) fn wheel_voices(&mut self, down: bool) {
        let way = if down { Way::Down(1) } else { Way::Up(1) };
        let voices = &mut self.library.voices;
        match &mut voices.open {
            Some(open) => open.said.selected = way.from(open.said.selected, open.said.kept()),
            None => voices.selected = way.from(voices.selected, voices.matching.len()),
        }
    }

    /// Shows what the chosen voice says.
    fn open_voice(&mut self, turn: &mut Turn) {
        let decided = self.decided();
        let voices = &mut self.library.voices;
        let Some(voice) = voices.chosen() else {
            self.status.say(turn.now, "there is no voice to open yet");
            return;
        };
        let names: Vec<String> =
            std::iter::once(&voice.name).chain(&voice.aliases).cloned().collect();
        let (name, counts) = (voice.name.clone(), (voice.quotations, voice.articles));
        let articles = voices.heard_in();
        voices.hearing += 1;
        let generation = voices.hearing;
        let progress = Progress::begun(articles.len(), turn.now);
        let said = LibrarySearch { progress, generation, ..LibrarySearch::default() };
        voices.open = Some(OpenVoice { name, counts, said });
        turn.ask(Effect::HearVoice { generation, articles, names, decided });
    }

    /// Goes to the chosen quotation.
    fn go_to_said(&mut self, turn: &mut Turn) {
        let Some(open) = &self.library.voices.open else { return };
        let Some((article, hit)) = open.said.hit(open.said.selected) else {
            let what = if open.said.is_running() { "yet" } else { "any more" };
            self.status.say(turn.now, format!("there is no quotation to go to {what}"));
            return;
        };
        let at = hit.span.start;
        let message = format!("quotation {} of {}", open.said.selected + 1, open.counts.0);
        self.leave_voices(turn);
        self.leave();
        self.status.say(turn.now, message);
        if let Some(reading) = self.open_reading(article) {
            reading.go_to(at);
            self.view.focus = Pane::Text;
        } else {
            self.open(article, Aim::At(Landmark::of_whole(at)), Pane::Text, turn);
        }
    }

    /// Closes the list; what is being looked for is given up, and what was found stays.
    fn leave_voices(&mut self, turn: &mut Turn) {
        self.overlay = None;
        self.give_up_voices(turn);
    }

    fn give_up_hearing(&mut self, turn: &mut Turn) {
        let voices = &mut self.library.voices;
        let Some(open) = voices.open.as_mut().filter(|open| open.said.is_running()) else { return };
        voices.hearing += 1;
        open.said.progress.running = 0;
        open.said.progress.cancelled = true;
        let (gathering, hearing) = (voices.generation, voices.hearing);
        turn.ask(Effect::CancelVoices { gathering, hearing });
    }

    fn give_up_voices(&mut self, turn: &mut Turn) {
        self.give_up_hearing(turn);
        let voices = &mut self.library.voices;
        if voices.is_gathering() {
            voices.generation += 1;
            voices.progress.running = 0;
            voices.progress.cancelled = true;
            // The next time it goes on.
            voices.stale = true;
            let (gathering, hearing) = (voices.generation, voices.hearing);
            turn.ask(Effect::CancelVoices { gathering, hearing });
        }
    }
}
