//! The server of a long text: windows on one thread; on others who speaks in them, what is searched
//! for, and the survey.

use std::io;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};

use encoding_rs::Encoding;

use super::search::Searching;
use super::survey::{Found, Progress, survey};
use super::volume::Volume;
use super::window::Windows;
use crate::app::{Around, Ask, Outcome, Told};
use crate::corpus::{Article, ArticleId};
use crate::io::analysis::{Analysis, analyse};
use crate::io::answer::Answers;
use crate::io::shelf::Shelf;
use crate::io::survey::give_way;

/// Something that the server is to do.
#[derive(Debug)]
pub(in crate::io) enum Call {
    /// What the model asks for.
    Ask(Ask),
    /// The text is in another encoding than it seemed.
    Decode(&'static Encoding),
}

/// What tells the model of one long text.
#[derive(Debug, Clone)]
pub(in crate::io) struct Teller {
    pub(in crate::io) article: ArticleId,
    pub(in crate::io) generation: u64,
    pub(in crate::io) answers: Answers,
    /// The request that counts.
    pub(in crate::io) newest: Arc<AtomicU64>,
}

impl Teller {
    /// Tells something; whether it was heard, and its article is still wanted.
    pub(super) fn tell(&self, told: Told) -> bool {
        let Self { article, generation, .. } = *self;
        self.newest.load(Ordering::SeqCst) == generation
            && self.answers.give(Outcome::Long { article, generation, told: Box::new(told) })
    }
}

/// The volume as it is decoded now.
#[derive(Debug, Clone)]
pub(super) struct Current(Arc<Mutex<Arc<Volume>>>);

impl Current {
    pub(super) fn new(volume: Arc<Volume>) -> Self {
        Self(Arc::new(Mutex::new(volume)))
    }

    pub(super) fn get(&self) -> Arc<Volume> {
        Arc::clone(&self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn set(&self, volume: Arc<Volume>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = volume;
    }
}

/// What serves a long text.
#[derive(Debug)]
pub(in crate::io) struct Server {
    teller: Teller,
    volume: Current,
    windows: Windows,
    judge: Sender<(u64, Arc<Article>)>,
    search: Sender<Ask>,
    /// The last window that was sent.
    last: (u64, Around),
}

impl Server {
    /// Sends the first window of a text, as `calls` ask for it, or that at its start; then starts
    /// whatever else works on it.
    ///
    /// # Errors
    /// Where the file cannot be read, or there are no threads to be had.
    pub(in crate::io) fn begin(
        windows: Windows,
        teller: Teller,
        shelf: &Shelf,
        calls: (Sender<Call>, &Receiver<Call>),
    ) -> io::Result<Self> {
        let answers = teller.answers.clone();
        let current = Current::new(Arc::clone(windows.volume()));
        let ((judge, to_judge), (search, to_search)) = (channel(), channel());
        let last = (0, Around::Start);
        let mut server =
            Self { teller: teller.clone(), volume: current.clone(), windows, judge, search, last };
        match calls.1.try_recv() {
            Ok(Call::Ask(Ask::Window { serial, around })) => server.last = (serial, around),
            Ok(Call::Ask(other)) => server.pass(other),
            _ => {}
        }
        let (text, window) = server.windows.glimpse(server.last.1)?;
        let (serial, text) = (server.last.0, Arc::new(text));
        teller.tell(Told::Window { serial, text, window });
        let judging = teller.clone();
        answers.spawn("judge", move || judge_windows(&judging, &to_judge))?;
        let searching = Searching::new(teller.clone(), current.clone());
        answers.spawn("search", move || searching.run(&to_search))?;
        let (calling, shelf) = (calls.0, shelf.clone());
        answers.spawn("survey", move || look_through(&teller, &current.get(), &calling, &shelf))?;
        Ok(server)
    }

    /// Does what is asked until nobody asks any more.
    pub(in crate::io) fn serve(mut self, calls: &Receiver<Call>) {
        while let Ok(call) = calls.recv() {
            let mut wanted = None;
            for call in std::iter::once(call).chain(calls.try_iter()) {
                match call {
                    Call::Ask(Ask::Window { serial, around }) => wanted = Some((serial, around)),
                    Call::Ask(ask) => self.pass(ask),
                    Call::Decode(encoding) => wanted = self.decode_from(encoding).or(wanted),
                }
            }
            if wanted.is_some_and(|wanted| !self.show(wanted)) {
                return;
            }
        }
    }

    /// Hands on what is another's to do.
    fn pass(&self, ask: Ask) {
        // One that has fallen has said so itself.
        let _ = self.search.send(ask);
    }

    /// Reads the text in another encoding from now on: the window to send anew.
    fn decode_from(&mut self, encoding: &'static Encoding) -> Option<(u64, Around)> {
        let volume = Arc::new(self.volume.get().decoded_from(encoding).ok()?);
        self.volume.set(Arc::clone(&volume));
        self.windows = Windows::over(volume);
        Some(self.last)
    }

    /// Sends a window; whether anybody listens.
    fn show(&mut self, (serial, around): (u64, Around)) -> bool {
        self.last = (serial, around);
        match self.windows.around(around) {
            Ok((text, window)) => {
                let text = Arc::new(text);
                let _ = self.judge.send((serial, Arc::clone(&text)));
                self.teller.tell(Told::Window { serial, text, window })
            }
            Err(error) => {
                let problem = format!("{}: {error}", self.volume.get().place);
                self.teller.tell(Told::NoWindow { serial, problem })
            }
        }
    }
}

/// Tells who speaks in windows: always in the newest.
fn judge_windows(teller: &Teller, windows: &Receiver<(u64, Arc<Article>)>) {
    give_way();
    while let Ok(window) = windows.recv() {
        let (serial, text) = windows.try_iter().last().unwrap_or(window);
        // That we fell over it is said of the articles that are read as a whole.
        let Analysis { quotations, names, .. } = analyse(&text).unwrap_or_default();
        if !teller.tell(Told::Judged { serial, quotations, names }) {
            return;
        }
    }
}

/// Reads all of a text, and tells what is known then.
fn look_through(teller: &Teller, volume: &Volume, calling: &Sender<Call>, shelf: &Shelf) {
    give_way();
    let mut decoded: Option<Volume> = None;
    loop {
        let volume = decoded.as_ref().unwrap_or(volume);
        let told = Progress::new(|percent| teller.tell(Told::Read(percent)));
        match survey(volume, decoded.is_none(), told) {
            Ok(Found::Survey(survey)) => {
                let length = survey.scalars.last().copied().unwrap_or(0);
                shelf.knows_text(teller.article, survey.sha256, length);
                teller.tell(Told::Surveyed(Arc::new(survey)));
                return;
            }
            Ok(Found::Encoding(encoding)) => match volume.decoded_from(encoding) {
                Ok(other) => {
                    let _ = calling.send(Call::Decode(encoding));
                    decoded = Some(other);
                }
                Err(_) => return,
            },
            Ok(Found::Unfit(why)) => {
                teller.tell(Told::Unfit(why));
                return;
            }
            Ok(Found::Unheard) => return,
            Err(error) => {
                teller.tell(Told::Unfit(error.to_string()));
                return;
            }
        }
    }
}
