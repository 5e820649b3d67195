//! The session: the loop from events to frames.

use std::io;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel, sync_channel};
use std::thread;
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use super::guard::Guard;
use super::input::Input;
use super::painter::Painter;
use super::setup::Setup;
use super::signal::{self, Lent, Signal};
use crate::app::{Effect, Event, Launch, Model, Moment, Outcome};
use crate::io::clipboard::{self, Between};
use crate::io::{Answer, Answers, Problem, Runner, Sequel, editor};

/// How many messages may wait; who sends more waits too.
const WAITING: usize = 64;
/// The most messages that are taken in before the next frame.
const AT_ONCE: usize = 256;
/// The longest that messages are taken in before the next frame.
const BETWEEN_FRAMES: Duration = Duration::from_millis(12);
/// How long a terminal may take to be given back, before it is taken for stopped.
const STOPPED: Duration = Duration::from_secs(2);
/// How long the store waits: what begins at once takes time away from the first page.
const FIRST_PAGE: Duration = Duration::from_millis(10);
/// How long saving may take at the end before something is said of it.
const SHORT: Duration = Duration::from_secs(1);
/// The exit status of a program that fell.
const FALLEN: u8 = 101;
/// What is said where the terminal tells no size.
const NO_SIZE: (u16, u16) = (80, 24);

/// What the loop hears.
#[derive(Debug)]
pub(super) enum Message {
    /// Keys, the mouse, a new size.
    Input(Vec<Event>),
    /// The terminal is not to be had any more, and why.
    Lost(io::Error),
    /// What was last drawn is on the terminal.
    Painted,
    /// A thread in the background has something to say.
    Answer(Answer),
    /// A signal came.
    Signal(Signal),
}

/// How a session ended.
#[derive(Debug, Default)]
pub(super) struct Ending {
    pub(super) status: u8,
    /// What to say once the terminal is given back.
    pub(super) problems: Vec<Problem>,
    /// Whether the terminal takes in what is said.
    pub(super) heard: bool,
}

/// A running reader.
struct Session {
    model: Model,
    painter: Painter,
    guard: Guard,
    runner: Runner,
    input: Input,
    lent: Lent,
    clock: Clock,
    /// Whether the model changed since the last frame.
    changed: bool,
    /// Whether the input waits to be told to go on.
    heard: bool,
    /// When the store is to be read, until that was begun.
    store_at: Option<Instant>,
    /// The exit status, once the end has come.
    ended: Option<u8>,
}

/// Runs the reader from its first frame to its end.
pub(super) fn run(launch: &Launch) -> Result<Ending, Problem> {
    let setup = Setup::new(launch)?;
    let failed = |error: io::Error| Problem::new("terminal", format!("cannot be used: {error}"));
    let (mut session, messages, problems) = open(setup).map_err(failed)?;
    let outcome = session.live(&messages);
    if outcome.is_err() {
        // The terminal is gone, but what was being written is kept.
        let _ = session.step(Event::End);
    }
    // Whoever still has something to say must not wait to be heard.
    drop(messages);
    let Session { guard, painter, mut runner, ended, .. } = session;
    let heard = leave(painter, guard);
    let mut ending = Ending { status: ended.unwrap_or_default(), problems, heard };
    if !runner.is_done_within(SHORT) && heard {
        super::say(&[Problem::new("store", "still saving; this ends when that is done")]);
    }
    let unsaved = runner.finish();
    if !unsaved.is_empty() {
        ending.status = ending.status.max(1);
    }
    let lost =
        |problem: Problem| Problem { what: format!("not saved: {}", problem.what), ..problem };
    ending.problems.extend(unsaved.into_iter().map(lost));
    ending.problems.extend(outcome.err().map(failed));
    Ok(ending)
}

/// Gives the terminal back; whether that could be done. Where it was stopped, nothing that is written to
/// it comes to an end, and what is to be saved must not wait for that.
fn leave(painter: Painter, guard: Guard) -> bool {
    let (sender, done) = channel();
    let leave = move || {
        painter.finish();
        drop(guard);
        // Whoever no longer waits has gone on.
        let _ = sender.send(());
    };
    let left = thread::Builder::new().name("leave".to_owned()).spawn(leave);
    let left = left.is_ok() && done.recv_timeout(STOPPED) != Err(RecvTimeoutError::Timeout);
    if !left {
        Guard::free();
    }
    left
}

/// Takes the terminal, draws the first frame, and sets all going.
fn open(setup: Setup) -> io::Result<(Session, Receiver<Message>, Vec<Problem>)> {
    let (sender, messages) = sync_channel(WAITING);
    let answers = sender.clone();
    let answers = Answers::new(move |answer| answers.send(Message::Answer(answer)).is_ok());
    let Setup { config, theme, library, ahead, cache, folders, keeper, places, mut problems } =
        setup;
    let mouse = config.settings.mouse;
    let caught = signal::catch()?;
    let fallen = sender.clone();
    let guard = Guard::new(mouse, &folders.state, move || {
        // Where too much waits to be heard, the loop sees that the terminal is no longer ours.
        let _ = fallen.try_send(Message::Answer(Answer::Fallen));
    });
    let (columns, rows) = size();
    let (model, effects) = Model::new(config, columns, rows, places);
    let mut runner =
        Runner::new(library, &folders.data, &folders.state, keeper, cache, answers, ahead);
    // The library is listed while the first frame is drawn, which waits for nothing.
    for effect in effects {
        problems.extend(runner.run(effect).err());
    }
    guard.enter()?;
    let mut painter = Painter::new(theme, sender.clone());
    painter.draw(&model)?;
    let (lent, signals) = (Lent::default(), sender.clone());
    let (input, clock) = (Input::new(sender), Clock::new());
    let (changed, heard, ended) = (false, true, None);
    let store_at = Some(Instant::now() + FIRST_PAGE);
    let mut session = Session {
        model,
        painter,
        guard,
        runner,
        input,
        lent,
        clock,
        changed,
        heard,
        store_at,
        ended,
    };
    // What is to be shown next is asked for before anything else is begun.
    session.catch_up(&messages)?;
    signal::start(caught, signals, session.lent.clone())?;
    for problem in &problems {
        session.step(Event::Outcome(Outcome::Problem(problem.to_string())))?;
    }
    Ok((session, messages, problems))
}

/// The size of the terminal, in cells.
fn size() -> (u16, u16) {
    let size = crossterm::terminal::size().unwrap_or(NO_SIZE);
    if size.0 == 0 || size.1 == 0 { NO_SIZE } else { size }
}

impl Session {
    /// Hears, updates and draws until the end.
    fn live(&mut self, messages: &Receiver<Message>) -> io::Result<()> {
        let lived = self.go_round(messages);
        // What is to be saved is saved however soon the end came.
        self.runner.start().and(lived)
    }

    fn go_round(&mut self, messages: &Receiver<Message>) -> io::Result<()> {
        while self.ended.is_none() {
            if !self.guard.holds() {
                // Some thread fell and has given the terminal back.
                self.hear(Message::Answer(Answer::Fallen))?;
                break;
            }
            if self.changed && self.painter.is_free() {
                self.changed = false;
                self.painter.draw(&self.model)?;
            }
            if std::mem::take(&mut self.heard) {
                // Only now: whoever is woken takes time away from the frame.
                self.input.go_on()?;
            }
            if self.store_at.is_some_and(|at| at <= Instant::now()) {
                self.store_at = None;
                self.runner.start()?;
            }
            if let Err(problem) = self.runner.go_on(Instant::now()) {
                self.step(Event::Outcome(Outcome::Failed(problem.to_string())))?;
                continue;
            }
            if let Some(message) = self.wait(messages) {
                self.hear(message)?;
                self.catch_up(messages)?;
            }
            self.tick()?;
        }
        Ok(())
    }

    /// Waits for a message, or until something is due.
    fn wait(&mut self, messages: &Receiver<Message>) -> Option<Message> {
        let due = self.model.deadline().map(|deadline| {
            let left = deadline.duration_since(self.clock.now());
            Duration::try_from(left).unwrap_or_default()
        });
        let put_off = self.runner.put_off_until().into_iter().chain(self.store_at);
        let put_off = put_off.map(|at| at.saturating_duration_since(Instant::now()));
        let Some(left) = due.into_iter().chain(put_off).min() else {
            return Some(messages.recv().unwrap_or(Message::Answer(Answer::Fallen)));
        };
        match messages.recv_timeout(left) {
            Ok(message) => Some(message),
            Err(RecvTimeoutError::Timeout) => None,
            Err(RecvTimeoutError::Disconnected) => Some(Message::Answer(Answer::Fallen)),
        }
    }

    /// Takes in what came meanwhile, so that a key held down builds up no queue.
    fn catch_up(&mut self, messages: &Receiver<Message>) -> io::Result<()> {
        let start = Instant::now();
        for message in messages.try_iter().take(AT_ONCE) {
            self.hear(message)?;
            if self.ended.is_some() || start.elapsed() > BETWEEN_FRAMES {
                break;
            }
        }
        Ok(())
    }

    fn hear(&mut self, message: Message) -> io::Result<()> {
        match message {
            Message::Input(events) => {
                self.runner.hush();
                for event in events {
                    if self.ended.is_none() {
                        self.step(event)?;
                    }
                }
                self.heard = true;
                Ok(())
            }
            Message::Lost(error) => Err(error),
            Message::Painted => Ok(()),
            Message::Answer(Answer::Outcome(outcome)) => self.step(Event::Outcome(outcome)),
            Message::Answer(Answer::Fallen) => {
                self.step(Event::End)?;
                self.ended = Some(FALLEN);
                Ok(())
            }
            Message::Signal(Signal::End(number)) => {
                self.step(Event::End)?;
                self.ended = Some(128 + number);
                Ok(())
            }
            Message::Signal(Signal::Stop) => self.suspend(),
            Message::Signal(Signal::Continue) => self.take_again(),
        }
    }

    /// Tells the model of the time, if it asked for that.
    fn tick(&mut self) -> io::Result<()> {
        let due = self.model.deadline().is_some_and(|deadline| deadline <= self.clock.now());
        if due && self.ended.is_none() { self.step(Event::Tick) } else { Ok(()) }
    }

    /// One event, and what comes of it at once.
    fn step(&mut self, event: Event) -> io::Result<()> {
        if matches!(event, Event::Resize { .. }) {
            // A terminal that shrank and grew again has the size it had, and not what it showed.
            self.painter.forget();
        }
        let moment = Moment { now: self.clock.now(), fresh: Uuid::now_v7() };
        let effects = self.model.update(event, moment);
        self.changed = true;
        self.perform(effects)
    }

    fn perform(&mut self, effects: Vec<Effect>) -> io::Result<()> {
        for effect in effects {
            let sequel = self.runner.run(effect);
            let Sequel { known, rest } = sequel.unwrap_or_else(|problem| Sequel {
                known: vec![Outcome::Failed(problem.to_string())],
                rest: None,
            });
            known.into_iter().try_for_each(|outcome| self.step(Event::Outcome(outcome)))?;
            let Some(effect) = rest else { continue };
            match effect {
                Effect::Copy(text) => self.copy(&text)?,
                Effect::Edit(text) => self.edit(&text)?,
                Effect::Redraw => self.painter.forget(),
                Effect::Suspend => self.suspend()?,
                Effect::Quit => self.ended = self.ended.or(Some(0)),
                _ => {}
            }
        }
        Ok(())
    }

    fn copy(&mut self, text: &str) -> io::Result<()> {
        let of = |name| std::env::var(name).ok();
        let [tmux, sty] = ["TMUX", "STY"].map(of);
        let between = Between::detect(tmux.as_deref(), sty.as_deref());
        let outcome = match clipboard::sequence(text, between) {
            Some(sequence) => {
                self.painter.send(&sequence)?;
                Outcome::Copied(text.chars().count())
            }
            None => Outcome::Failed(format!(
                "nothing was copied: terminals take no more than {} kB",
                clipboard::LIMIT / 1000
            )),
        };
        self.step(Event::Outcome(outcome))
    }

    /// Lends the terminal to an editor.
    fn edit(&mut self, text: &str) -> io::Result<()> {
        let of = |name| std::env::var(name).ok();
        let [visual, editor] = ["VISUAL", "EDITOR"].map(of);
        let own = self.model.settings.editor.clone();
        let named = [own.as_deref(), visual.as_deref(), editor.as_deref()];
        if !self.give_back() {
            let stopped = "the terminal takes nothing in".to_owned();
            return self.step(Event::Outcome(Outcome::Edited(Err(stopped))));
        }
        self.lent.set(true);
        let edited = editor::command(named).and_then(|command| editor::edit(&command, text));
        self.lent.set(false);
        self.take_again()?;
        self.step(Event::Outcome(Outcome::Edited(edited)))
    }

    fn suspend(&mut self) -> io::Result<()> {
        if !self.give_back() {
            return Ok(());
        }
        signal::stop();
        self.take_again()
    }

    /// Gives the terminal back for a while, once it has what was sent to it; whether it takes that.
    fn give_back(&self) -> bool {
        let takes = self.painter.is_done_within(STOPPED);
        if takes {
            self.guard.give_back();
        }
        takes
    }

    /// Takes the terminal back from whoever had it; it may have another size now.
    fn take_again(&mut self) -> io::Result<()> {
        self.guard.take_again()?;
        self.painter.forget();
        let (columns, rows) = size();
        self.step(Event::Resize { columns, rows })
    }
}

/// The time, which never runs backwards: what is due would else not be done until it is made up for.
struct Clock {
    at: Instant,
    said: Timestamp,
}

impl Clock {
    fn new() -> Self {
        Self { at: Instant::now(), said: Timestamp::now() }
    }

    fn now(&mut self) -> Timestamp {
        let elapsed = SignedDuration::try_from(self.at.elapsed()).unwrap_or_default();
        let least = self.said.checked_add(elapsed).unwrap_or(self.said);
        self.said = Timestamp::now().max(least);
        self.at = Instant::now();
        self.said
    }
}
