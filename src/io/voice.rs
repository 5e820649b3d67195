//! Voices in the background: who speaks in the articles on the shelf, and what one of them says.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::Receiver;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use encoding_rs::Encoding;

use super::answer::Answers;
use super::cache::{Cache, Judged, Voiced};
use super::hearing::{attributed, judged};
use super::parallel::{Yield, in_order};
use super::searcher::hit;
use super::shelf::Shelf;
use super::survey::give_way;
use crate::app::{Attended, Findings, Gathered, HitGroup, Outcome, fingerprint};
use crate::corpus::ArticleId;
use crate::note::Annotation;
use crate::quote::voice::{Speaking, Tallies, spoken_name, voices};

/// What is found is sent after so long at the latest, the next time after twice as long.
const FIRST: Duration = Duration::from_millis(100);
/// Nothing is kept back for longer.
const LONGEST: Duration = Duration::from_millis(1_600);
/// Quotations that are kept of one article; the others are counted.
const OF_ONE: usize = 100;
/// So many articles are listened to rather than looked up in the cache.
const FEW: usize = 32;
/// Quotations that are kept of a voice. No further article is read.
const OF_ALL: usize = 5_000;

/// What is known of who speaks in each article, before what a person decided.
#[derive(Debug, Clone, Default)]
pub(super) struct Ledger(Arc<Mutex<HashMap<ArticleId, Entry>>>);

/// Who speaks in an article.
#[derive(Debug)]
struct Entry {
    /// The start of the hash of the text that this was found in.
    text: u64,
    tallies: Tallies,
}

impl Ledger {
    /// Notes who speaks in an article with this text.
    fn enter(&self, article: ArticleId, text: u64, tallies: Tallies) {
        let entry = Entry { text, tallies };
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(article, entry);
    }

    /// Notes the same, unless more is known already.
    fn enter_old(&self, article: ArticleId, text: u64, tallies: Tallies) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.entry(article).or_insert(Entry { text, tallies });
    }

    /// What is known of these, each.
    fn read(&self, articles: &[Attended]) -> Vec<Option<Tallies>> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let fits = |entry: &&Entry, it: &Attended| it.text.is_none_or(|text| text == entry.text);
        let of = |it: &Attended| known.get(&it.article).filter(|entry| fits(entry, it));
        articles.iter().map(|it| of(it).map(|entry| entry.tallies.clone())).collect()
    }
}

/// A wish for the voices of some articles.
#[derive(Debug)]
pub(super) struct Gathering {
    pub(super) generation: u64,
    pub(super) articles: Vec<Attended>,
    /// What a person decided on quotations.
    pub(super) decided: Vec<(ArticleId, Annotation)>,
}

/// A wish for what one voice says in some articles.
#[derive(Debug)]
pub(super) struct Hearing {
    pub(super) generation: u64,
    pub(super) articles: Vec<ArticleId>,
    /// The names that the articles have for it.
    pub(super) names: Vec<String>,
    /// What a person decided on quotations.
    pub(super) decided: Vec<(ArticleId, Annotation)>,
}

/// What listens to articles.
#[derive(Debug)]
pub(super) struct Listener {
    pub(super) shelf: Shelf,
    pub(super) encoding: Option<&'static Encoding>,
    pub(super) answers: Answers,
    /// The generation that counts.
    pub(super) newest: Arc<AtomicU64>,
}

/// What gathers voices.
#[derive(Debug)]
pub(super) struct Gatherer {
    pub(super) listener: Listener,
    pub(super) ledger: Ledger,
    pub(super) cache: Cache,
    /// The roots of the library.
    pub(super) roots: Vec<PathBuf>,
}

/// The request is out of date, or nobody listens; or enough was found.
struct Enough;

/// When the next part is due.
struct Pace {
    began: Instant,
    patience: Duration,
}

impl Pace {
    fn new() -> Self {
        Self { began: Instant::now(), patience: FIRST }
    }

    fn is_due(&mut self) -> bool {
        let due = self.began.elapsed() >= self.patience;
        if due {
            self.patience = (self.patience * 2).min(LONGEST);
        }
        due
    }

    fn restart(&mut self) {
        self.began = Instant::now();
    }
}

/// A thread that others go before.
struct Humble;

impl Default for Humble {
    fn default() -> Self {
        give_way();
        Self
    }
}

impl Gatherer {
    /// Gathers the voices of what is asked for until nobody asks or listens.
    pub(super) fn run(&self, asked: &Receiver<Gathering>) {
        give_way();
        while let Ok(gathering) = asked.recv() {
            if self.listener.counts(gathering.generation) {
                // Who does not want it any more needs no last word.
                let _ = self.gather(&gathering);
            }
        }
    }

    /// Takes what the cache knows into the ledger: what an earlier run has found out, and the survey.
    fn recall(&self) {
        let articles = &self.listener.shelf;
        for root in &self.roots {
            self.cache.recall_voices(root, |some| {
                for Voiced { name, text, voices } in some {
                    if let Some(article) = articles.named(root, &name) {
                        self.ledger.enter_old(article, text, voices);
                    }
                }
            });
        }
    }

    fn gather(&self, gathering: &Gathering) -> Result<(), Enough> {
        let Gathering { generation, articles, decided } = gathering;
        let decided = by_article(decided);
        let mut known = self.ledger.read(articles);
        if known.iter().filter(|it| it.is_none()).count() > FEW {
            self.recall();
            known = self.ledger.read(articles);
        }
        for (known, it) in known.iter_mut().zip(articles) {
            if decided.contains_key(&it.article) {
                *known = None;
            }
        }
        let missing: Vec<usize> =
            known.iter().enumerate().filter(|(_, it)| it.is_none()).map(|(at, _)| at).collect();
        let mut heard = articles.len() - missing.len();
        let (mut new, mut pace) = (Vec::new(), Pace::new());
        let counts = || self.listener.counts(*generation);
        let work = |_: &mut Humble, at: usize, to: &mut Yield<(usize, Heard)>| {
            let listened = articles.get(at).map(|it| self.listen(it, &decided));
            counts() && to.put((at, listened.unwrap_or_default()))
        };
        let done = in_order(missing.into_iter(), work, |(at, it)| {
            heard += 1;
            if let (Some(text), Some(of)) = (it.text, articles.get(at)) {
                new.push((of.article, text, it.tallies.clone()));
            }
            if let Some(known) = known.get_mut(at) {
                *known = Some(it.tallies);
            }
            if !counts() {
                return ControlFlow::Break(Enough);
            }
            if pace.is_due() {
                if self.tell(gathering, &known, heard, false).is_err() {
                    return ControlFlow::Break(Enough);
                }
                pace.restart();
            }
            ControlFlow::Continue(())
        });
        self.keep(new);
        done?;
        if counts() { self.tell(gathering, &known, heard, true) } else { Err(Enough) }
    }

    /// Who speaks in an article; nobody where it cannot be read, which was told when the library was
    /// walked.
    fn listen(&self, it: &Attended, decided: &BTreeMap<ArticleId, Vec<Annotation>>) -> Heard {
        let own = decided.get(&it.article).map(Vec::as_slice).unwrap_or_default();
        // Another thread may have listened to it meanwhile.
        let known = self.ledger.read(std::slice::from_ref(it)).pop().flatten();
        if let Some(tallies) = known.filter(|_| own.is_empty()) {
            return Heard { tallies, text: None };
        }
        let listener = &self.listener;
        let Ok(read) = listener.shelf.peek(it.article, listener.encoding) else {
            return Heard::default();
        };
        let Ok(Judged { voices: tallies, .. }) = judged(&read, own) else {
            return Heard::default();
        };
        if !own.is_empty() {
            return Heard { tallies, text: None };
        }
        let text = fingerprint(&read.sha256());
        self.ledger.enter(it.article, text, tallies.clone());
        Heard { tallies, text: Some(text) }
    }

    /// Keeps what was found for the next run.
    fn keep(&self, new: Vec<(ArticleId, u64, Tallies)>) {
        let mut by_root: BTreeMap<PathBuf, Vec<Voiced>> = BTreeMap::new();
        for (article, text, voices) in new {
            let Some(origin) = self.listener.shelf.origin(article) else { continue };
            let root = origin.root().to_path_buf();
            if self.roots.contains(&root) {
                let name = origin.name().to_owned();
                by_root.entry(root).or_default().push(Voiced { name, text, voices });
            }
        }
        for (root, voiced) in by_root {
            self.cache.keep_voices(&root, &voiced);
        }
    }

    fn tell(
        &self,
        gathering: &Gathering,
        known: &[Option<Tallies>],
        heard: usize,
        ended: bool,
    ) -> Result<(), Enough> {
        let nobody = Tallies::default();
        let speaking = gathering.articles.iter().zip(known).map(|(it, known)| Speaking {
            tallies: known.as_ref().unwrap_or(&nobody),
            outlet: it.outlet.as_deref(),
            published: it.published,
        });
        let voices = Arc::new(voices(speaking));
        let gathered = Gathered { generation: gathering.generation, voices, heard, ended };
        self.listener.answers.give(Outcome::Gathered(gathered)).then_some(()).ok_or(Enough)
    }
}

/// Who speaks in an article, and in which text where that is worth keeping.
#[derive(Debug, Default)]
struct Heard {
    tallies: Tallies,
    text: Option<u64>,
}

impl Listener {
    fn counts(&self, generation: u64) -> bool {
        self.newest.load(Ordering::Relaxed) == generation
    }

    /// Finds what the voices say that are asked for until nobody asks or listens.
    pub(super) fn hear_all(&self, asked: &Receiver<Hearing>) {
        while let Ok(hearing) = asked.recv() {
            if self.counts(hearing.generation) {
                self.hear(&hearing);
            }
        }
    }

    fn hear(&self, hearing: &Hearing) {
        let generation = hearing.generation;
        let decided = by_article(&hearing.decided);
        let names: HashSet<&str> = hearing.names.iter().map(String::as_str).collect();
        let mut findings = Findings { generation, ..Findings::default() };
        let (mut kept, mut pace) = (0, Pace::new());
        let work = |(): &mut (), article: ArticleId, to: &mut Yield<Option<HitGroup>>| {
            self.counts(generation) && to.put(self.said(article, &names, &decided))
        };
        let heard = in_order(hearing.articles.iter().copied(), work, |group: Option<HitGroup>| {
            findings.searched += 1;
            kept += group.as_ref().map_or(0, |group| group.hits.len());
            findings.groups.extend(group);
            if kept >= OF_ALL || !self.counts(generation) {
                return ControlFlow::Break(Enough);
            }
            if pace.is_due() {
                let next = Findings { generation, ..Findings::default() };
                let part = std::mem::replace(&mut findings, next);
                if !self.answers.give(Outcome::Heard(part)) {
                    return ControlFlow::Break(Enough);
                }
                pace.restart();
            }
            ControlFlow::Continue(())
        });
        // Who does not want it any more needs no last word; and what was found is enough.
        let (Ok(()) | Err(Enough)) = heard;
        if self.counts(generation) {
            self.answers.give(Outcome::Heard(Findings { ended: true, ..findings }));
        }
    }

    /// What those of these names say in an article.
    fn said(
        &self,
        article: ArticleId,
        names: &HashSet<&str>,
        decided: &BTreeMap<ArticleId, Vec<Annotation>>,
    ) -> Option<HitGroup> {
        let read = self.shelf.peek(article, self.encoding).ok()?;
        let own = decided.get(&article).map(Vec::as_slice).unwrap_or_default();
        let attributed = attributed(&read, own).ok()?;
        let theirs = attributed.iter().filter(|it| {
            let speaker = it.quotation.speaker.as_deref();
            it.is_quotation() && speaker.is_some_and(|it| names.contains(spoken_name(it).as_str()))
        });
        let spans: Vec<_> = theirs.map(|it| it.quotation.inner).collect();
        let hits = spans.iter().take(OF_ONE).map(|&span| hit(&read.text, span)).collect();
        (!spans.is_empty()).then_some(HitGroup { article, hits, count: spans.len() })
    }
}

fn by_article(decided: &[(ArticleId, Annotation)]) -> BTreeMap<ArticleId, Vec<Annotation>> {
    let mut all: BTreeMap<ArticleId, Vec<Annotation>> = BTreeMap::new();
    for (article, annotation) in decided {
        all.entry(*article).or_default().push(annotation.clone());
    }
    all
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;

    use super::*;
    use crate::corpus::Article;
    use crate::io::shelf::Origin;
    use crate::io::{Answer, Answers, SAMPLE};
    use crate::quote::voice::Voices;

    const ONE: &str =
        "Ferry\n\n“We saw the storm coming,” said Ann Poe. “Nobody slept,” Poe said.\n";
    const TWO: &str =
        "Bread\n\n“There is no bread left,” Ann Poe said. “None at all,” said Rufus Quill.\n";

    /// A listener to two articles, and what it says.
    fn listener() -> (Listener, Vec<ArticleId>, Receiver<Outcome>) {
        let shelf = Shelf::default();
        let add = |(name, text): (&'static str, &'static str)| {
            shelf.add(Origin::Sample(name, text), None).unwrap()
        };
        let articles = [("a.txt", ONE), ("b.txt", TWO)].map(add).to_vec();
        let (said, hears) = channel();
        let answers = Answers::new(move |answer| match answer {
            Answer::Outcome(outcome) => said.send(outcome).is_ok(),
            Answer::Fallen => panic!("it fell"),
        });
        let newest = Arc::new(AtomicU64::new(1));
        (Listener { shelf, encoding: None, answers, newest }, articles, hears)
    }

    fn gatherer(listener: Listener, cache: Cache) -> Gatherer {
        let roots = vec![PathBuf::from(SAMPLE)];
        Gatherer { listener, ledger: Ledger::default(), cache, roots }
    }

    fn attended(articles: &[ArticleId]) -> Vec<Attended> {
        let text =
            |text: &str| fingerprint(&Article::from_text("", text.to_owned(), "UTF-8").sha256());
        let attended = |(&article, of)| Attended {
            article,
            outlet: None,
            published: None,
            text: Some(text(of)),
        };
        articles.iter().zip([ONE, TWO]).map(attended).collect()
    }

    fn last_voices(hears: &Receiver<Outcome>) -> Arc<Voices> {
        match hears.try_iter().last() {
            Some(Outcome::Gathered(Gathered { voices, ended: true, heard: 2, .. })) => voices,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn voices_are_gathered_and_what_is_known_is_not_read_again() {
        let (listener, articles, hears) = listener();
        let gatherer = gatherer(listener, Cache::nowhere());
        let gathering =
            Gathering { generation: 1, articles: attended(&articles), decided: Vec::new() };
        assert!(gatherer.gather(&gathering).is_ok());
        let voices = last_voices(&hears);
        let counts: Vec<(&str, u64, u32)> =
            voices.all().iter().map(|it| (it.name.as_str(), it.quotations, it.articles)).collect();
        assert_eq!(counts, [("Ann Poe", 3, 2), ("Rufus Quill", 1, 1)]);
        let text = gathering.articles[1].text.unwrap();
        let enter = |text| {
            gatherer.ledger.enter(articles[1], text, Tallies::of([("Dot Hargrave", "None")]));
        };
        enter(text);
        assert!(gatherer.gather(&gathering).is_ok());
        assert!(last_voices(&hears).named("Dot Hargrave").is_some());
        // What is known of another text does not count.
        enter(text ^ 1);
        assert!(gatherer.gather(&gathering).is_ok());
        assert!(last_voices(&hears).named("Dot Hargrave").is_none());
    }

    #[test]
    fn the_next_run_knows_what_this_one_has_heard() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::open(folder.path(), None);
        let (listener, articles, _hears) = self::listener();
        let asked =
            || Gathering { generation: 1, articles: attended(&articles), decided: Vec::new() };
        assert!(gatherer(listener, cache.clone()).gather(&asked()).is_ok());
        let (listener, _, hears) = self::listener();
        let next = gatherer(listener, cache);
        next.recall();
        let known = next.ledger.read(&asked().articles);
        assert!(known.iter().all(Option::is_some));
        assert!(next.gather(&asked()).is_ok());
        assert_eq!(last_voices(&hears).all().len(), 2);
    }

    #[test]
    fn what_a_voice_says_is_found_where_it_stands() {
        let (listener, articles, hears) = listener();
        let names = vec!["Ann Poe".to_owned()];
        listener.hear(&Hearing { generation: 1, articles, names, decided: Vec::new() });
        let Some(Outcome::Heard(findings)) = hears.try_iter().last() else { panic!("nothing") };
        assert!(findings.ended);
        let words: Vec<Vec<&str>> = findings
            .groups
            .iter()
            .map(|group| group.hits.iter().map(|hit| hit.mark.of(&hit.line)).collect())
            .collect();
        let first = vec!["We saw the storm coming,", "Nobody slept,"];
        assert_eq!(words, [first, vec!["There is no bread left,"]]);
    }

    #[test]
    fn what_is_given_up_says_no_more() {
        let (listener, articles, hears) = listener();
        let gathering =
            Gathering { generation: 0, articles: attended(&articles), decided: Vec::new() };
        let gatherer = gatherer(listener, Cache::nowhere());
        assert!(gatherer.gather(&gathering).is_err());
        let names = vec!["Ann Poe".to_owned()];
        gatherer.listener.hear(&Hearing { generation: 0, articles, names, decided: Vec::new() });
        assert_eq!(hears.try_iter().count(), 0);
    }
}
