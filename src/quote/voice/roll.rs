//! The roll: the voices of a library, and the articles that each is heard in.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};

use jiff::civil::Date;

use super::register::Register;
use super::tally::{Tallies, Tally};

/// An article whose speakers count.
#[derive(Debug, Clone, Copy)]
pub struct Speaking<'a> {
    /// Who speaks in it.
    pub tallies: &'a Tallies,
    /// Who published it.
    pub outlet: Option<&'a str>,
    /// When.
    pub published: Option<Date>,
}

/// One speaker across a whole library.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Voice {
    /// The full name that is used most or, where there is none, the name.
    pub name: String,
    /// The other names that articles have for it, the most used first.
    pub aliases: Vec<String>,
    /// How many quotations are its own.
    pub quotations: u64,
    /// How many words these have.
    pub words: u64,
    /// In how many articles it is heard.
    pub articles: u32,
    /// In articles of how many outlets, as far as these are known.
    pub outlets: u32,
    /// The first day that it is heard on, of those that are known.
    pub first: Option<Date>,
    /// The last.
    pub last: Option<Date>,
}

/// A voice in an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Heard {
    voice: u32,
    article: u32,
    quotations: u32,
}

/// The voices of a library.
#[derive(Debug, Clone, Default)]
pub struct Voices {
    /// All of them, those with most quotations first.
    all: Vec<Voice>,
    /// Which voice a speaker's name in an article is of.
    speakers: HashMap<Box<str>, u32>,
    /// Where each is heard, by voice and then in the order of the articles.
    heard: Vec<Heard>,
}

/// The voices of these articles. Takes time linear in the tallies, and that of sorting what is found.
#[must_use]
pub fn voices<'a>(articles: impl IntoIterator<Item = Speaking<'a>>) -> Voices {
    let mut census = Census::default();
    for article in articles {
        census.take(&article);
    }
    census.voices()
}

impl Voices {
    /// All of them, those with most quotations first.
    #[must_use]
    pub fn all(&self) -> &[Voice] {
        &self.all
    }

    /// Which of all a speaker's name in an article is of.
    #[must_use]
    pub fn named(&self, speaker: &str) -> Option<usize> {
        self.speakers.get(speaker).and_then(|&voice| usize::try_from(voice).ok())
    }

    /// The articles that a voice is heard in, as their places in the order they were counted in, each
    /// with the number of its quotations there.
    pub fn articles(&self, voice: usize) -> impl Iterator<Item = (usize, u32)> {
        let from = self.heard.partition_point(|it| place(it.voice) < voice);
        let own = self.heard.iter().skip(from).take_while(move |it| place(it.voice) == voice);
        own.map(|it| (place(it.article), it.quotations))
    }
}

fn place(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

/// What was counted so far, by name.
#[derive(Default)]
struct Census<'a> {
    /// The number of each name.
    numbers: HashMap<&'a str, u32>,
    /// The names, by their numbers.
    names: Vec<&'a str>,
    outlets: HashMap<&'a str, u32>,
    /// By article: the outlet's number, and the day.
    articles: Vec<(Option<u32>, Option<Date>)>,
    /// The number of a name, the article, the quotations and the words.
    said: Vec<(u32, u32, u32, u32)>,
}

impl<'a> Census<'a> {
    fn take(&mut self, article: &Speaking<'a>) {
        let at = u32::try_from(self.articles.len()).unwrap_or(u32::MAX);
        let next = u32::try_from(self.outlets.len()).unwrap_or(u32::MAX);
        let outlet = article.outlet.map(|outlet| *self.outlets.entry(outlet).or_insert(next));
        self.articles.push((outlet, article.published));
        for Tally { speaker, quotations, words } in article.tallies.iter() {
            let number = match self.numbers.entry(speaker) {
                Entry::Occupied(known) => *known.get(),
                Entry::Vacant(new) => {
                    self.names.push(speaker);
                    *new.insert(u32::try_from(self.names.len() - 1).unwrap_or(u32::MAX))
                }
            };
            self.said.push((number, at, quotations, words));
        }
    }

    fn voices(self) -> Voices {
        let (voice_of, count) = self.identify();
        let mut quotations = vec![0_u64; self.names.len()];
        let mut voices = vec![Voice::default(); count];
        let mut outlets: HashSet<(u32, u32)> = HashSet::new();
        let mut heard: Vec<Heard> = Vec::with_capacity(self.said.len());
        for &(name, article, some, words) in &self.said {
            let Some(&number) = voice_of.get(place(name)) else { continue };
            let Some(voice) = voices.get_mut(place(number)) else { continue };
            if let Some(sum) = quotations.get_mut(place(name)) {
                *sum += u64::from(some);
            }
            voice.quotations += u64::from(some);
            voice.words += u64::from(words);
            let (outlet, day) = self.articles.get(place(article)).copied().unwrap_or_default();
            let new = outlet.is_some_and(|outlet| outlets.insert((number, outlet)));
            voice.outlets += u32::from(new);
            voice.first = [voice.first, day].into_iter().flatten().min();
            voice.last = voice.last.max(day);
            heard.push(Heard { voice: number, article, quotations: some });
        }
        self.name(&mut voices, &voice_of, &quotations);
        in_order(voices, &self.names, &voice_of, heard)
    }

    /// The number of each name's voice, and how many voices there are.
    fn identify(&self) -> (Vec<u32>, usize) {
        let register = Register::new(self.names.iter().copied());
        let mut known = HashMap::new();
        let voice_of = self.names.iter().map(|name| {
            let next = u32::try_from(known.len()).unwrap_or(u32::MAX);
            *known.entry(register.who(name)).or_insert(next)
        });
        let voice_of = voice_of.collect();
        (voice_of, known.len())
    }

    /// Gives each voice its name and its aliases.
    fn name(&self, voices: &mut [Voice], voice_of: &[u32], quotations: &[u64]) {
        let mut names: Vec<(u32, bool, u64, &str)> = self
            .names
            .iter()
            .zip(voice_of.iter().zip(quotations))
            .map(|(name, (&voice, &quotations))| {
                (voice, Register::is_full(name), quotations, *name)
            })
            .collect();
        names.sort_by(|(voice, full, most, name), (other, shorter, less, second)| {
            let fuller = shorter.cmp(full).then(less.cmp(most));
            voice.cmp(other).then(fuller).then(second.len().cmp(&name.len())).then(name.cmp(second))
        });
        for (number, _, _, name) in names {
            let Some(voice) = voices.get_mut(place(number)) else { continue };
            if voice.name.is_empty() {
                name.clone_into(&mut voice.name);
            } else {
                voice.aliases.push(name.to_owned());
            }
        }
    }
}

/// Puts the voices in order, and with them the numbers by which the rest knows them.
fn in_order(voices: Vec<Voice>, names: &[&str], voice_of: &[u32], mut heard: Vec<Heard>) -> Voices {
    let mut ranked: Vec<(u32, Voice)> = (0..).zip(voices).collect();
    ranked.sort_by(|(_, one), (_, other)| {
        other.quotations.cmp(&one.quotations).then_with(|| one.name.cmp(&other.name))
    });
    let mut rank = vec![0_u32; ranked.len()];
    for (new, (old, _)) in (0..).zip(&ranked) {
        if let Some(rank) = rank.get_mut(place(*old)) {
            *rank = new;
        }
    }
    let ranked_as = |old: u32| rank.get(place(old)).copied().unwrap_or_default();
    let numbered = names.iter().zip(voice_of);
    let speakers = numbered.map(|(name, &old)| (Box::from(*name), ranked_as(old))).collect();
    for it in &mut heard {
        it.voice = ranked_as(it.voice);
    }
    heard.sort_unstable();
    // An article may have two names for one voice.
    heard.dedup_by(|next, last| {
        let same = (next.voice, next.article) == (last.voice, last.article);
        last.quotations += if same { next.quotations } else { 0 };
        same
    });
    let mut all: Vec<Voice> = ranked.into_iter().map(|(_, voice)| voice).collect();
    for it in &heard {
        if let Some(voice) = all.get_mut(place(it.voice)) {
            voice.articles += 1;
        }
    }
    Voices { all, speakers, heard }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn tallies(spoken: &[(&str, &str)]) -> Tallies {
        Tallies::of(spoken.iter().copied())
    }

    #[test]
    fn a_voice_is_counted_over_all_articles_under_all_its_names() {
        let first = tallies(&[("Ann Poe", "It broke"), ("the mayor", "No"), ("Ann Poe", "Again")]);
        let second = tallies(&[("Poe", "We mended it"), ("Ann Q. Poe", "Twice")]);
        let third = tallies(&[("The Wire", "Rain")]);
        let of = |tallies, outlet, published| Speaking { tallies, outlet, published };
        let day = |day| Some(date(2026, 2, day));
        let voices = voices([
            of(&first, Some("Wire"), day(12)),
            of(&second, Some("Ledger"), day(11)),
            of(&third, None, None),
            of(&first, Some("Wire"), None),
        ]);
        let poe = Voice {
            name: "Ann Poe".to_owned(),
            aliases: vec!["Ann Q. Poe".to_owned(), "Poe".to_owned()],
            quotations: 6,
            words: 10,
            articles: 3,
            outlets: 2,
            first: day(11),
            last: day(12),
        };
        assert_eq!(voices.all().first(), Some(&poe));
        let names: Vec<&str> = voices.all().iter().map(|it| it.name.as_str()).collect();
        assert_eq!(names, ["Ann Poe", "the mayor", "The Wire"]);
        assert_eq!(voices.articles(0).collect::<Vec<_>>(), [(0, 2), (1, 2), (3, 2)]);
        assert_eq!(voices.articles(1).collect::<Vec<_>>(), [(0, 1), (3, 1)]);
        assert_eq!(voices.articles(3).count(), 0);
        assert_eq!(
            ["Poe", "Ann Q. Poe", "the mayor"].map(|it| voices.named(it)),
            [Some(0), Some(0), Some(1)]
        );
        assert_eq!(voices.named("Nobody"), None);
    }

    #[test]
    fn a_full_name_comes_before_one_that_is_used_more() {
        let short = tallies(&[("Poe", "a"), ("Poe", "b"), ("Mr Poe", "c")]);
        let full = tallies(&[("Ann Poe", "d")]);
        let all =
            [&short, &full].map(|tallies| Speaking { tallies, outlet: None, published: None });
        let voices = voices(all);
        assert_eq!(voices.all().len(), 1);
        let poe = voices.all().first().unwrap();
        assert_eq!((poe.name.as_str(), poe.aliases.concat()), ("Ann Poe", "PoeMr Poe".to_owned()));
    }

    #[test]
    fn nobody_speaks_in_nothing() {
        assert!(voices([]).all().is_empty());
    }
}
