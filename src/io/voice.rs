//! Voices in the background: who speaks in the articles on the shelf, and what one of them says.

mod gatherer;
mod ledger;
mod listener;

use std::collections::BTreeMap;
use std::time::Duration;

use super::pace::Pace;
use crate::corpus::ArticleId;
use crate::note::Annotation;

pub(super) use gatherer::{Gatherer, Gathering};
pub(super) use ledger::Ledger;
pub(super) use listener::{Hearing, Listener};

/// What is found is sent after so long at the latest, the next time after twice as long.
const FIRST: Duration = Duration::from_millis(100);
/// Nothing is kept back for longer.
const LONGEST: Duration = Duration::from_millis(1_600);

/// The request is out of date, or nobody listens; or enough was found.
struct Enough;

/// The pace at which what was heard is told.
fn pace() -> Pace {
    Pace::new(FIRST, LONGEST)
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
    use std::path::PathBuf;
    use std::sync::Arc;
    use std::sync::atomic::AtomicU64;
    use std::sync::mpsc::{Receiver, channel};

    use super::*;
    use crate::app::{Attended, Gathered, Outcome, fingerprint};
    use crate::corpus::Article;
    use crate::io::cache::Cache;
    use crate::io::shelf::{Origin, Shelf};
    use crate::io::{Answer, Answers, SAMPLE};
    use crate::quote::voice::{Tallies, Voices};

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
