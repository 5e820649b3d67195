//! The people of an article: who is named in it, and whom a mention stands for.
//!
//! `scan` finds names, pronouns and roles in one pass, each an `occurrence`: `capital` gathers capitalised
//! words, `run` tells the titles of such a run from the name, `office` reads the roles beside it; `word`
//! reads the words, `letter` knows them by number, and `lexicon` what they may be, from the lists in
//! `given`, `title` and `place`. `entity` brings together the names of one person, `pronoun` (by the weights
//! of `weight`) and `role` find out who is meant by theirs, with what `speech` knows of who spoke before.
//! `naming` reads a mention, `reference` one that is a pronoun, `group` "they", and `description` is what is
//! left where nobody can be named. `shape` reads a name that stands by itself.

mod description;
mod entity;
mod given;
mod group;
mod letter;
mod lexicon;
mod naming;
mod occurrence;
mod office;
mod place;
mod pronoun;
mod reference;
mod role;
mod run;
mod scan;
mod shape;
mod speech;
mod title;
mod weight;
mod word;

#[cfg(test)]
mod tests;

use super::model::Model;
use super::reach::within_reach;
use super::{Stretch, stretches};
use crate::corpus::Block;
use crate::text::Span;
use entity::Entity;
use lexicon::Traits;
use occurrence::{Form, Gender, Occurrence, Setting, Sort, What};
use pronoun::Before;
pub(super) use pronoun::{SIGNS, Signs};
use role::{Asked, Roles};
pub(super) use shape::{FullName, Middle, Shape, shape};
pub(super) use speech::Speech;
use speech::{Spoke, Told};
pub(super) use weight::Weights;

/// The people and organisations of one article.
#[derive(Debug)]
pub struct People<'a> {
    text: &'a str,
    occurrences: Vec<Occurrence>,
    entities: Vec<Entity>,
    roles: Roles,
    weights: Weights,
    /// The quoted stretches with their marks.
    quoted: Vec<Span>,
    /// Who wrote each part, by its index.
    bylines: Vec<(u32, u32)>,
    /// The quotations of which it is known what names their speakers.
    speeches: Vec<Speech>,
    /// Those among them whose speakers are known.
    told: Vec<Told>,
}

/// Finds the people and organisations of an article, in time linear in the length of its text.
#[must_use]
pub fn people<'a>(text: &'a str, blocks: &[Block]) -> People<'a> {
    people_among(text, blocks, &stretches(text, blocks))
}

/// [`people`] where the quoted stretches have been found already.
#[must_use]
pub fn people_among<'a>(text: &'a str, blocks: &[Block], stretches: &[Stretch]) -> People<'a> {
    people_speaking(&Model::embedded().pronouns, text, blocks, stretches, &[])
}

/// [`people_among`] where it is known, of some quotations in their order, what names their speakers;
/// pronouns by `weights`.
#[must_use]
pub(super) fn people_speaking<'a>(
    weights: &Weights,
    text: &'a str,
    blocks: &[Block],
    stretches: &[Stretch],
    speeches: &[Speech],
) -> People<'a> {
    let blocks = within_reach(text, blocks);
    let mut found = scan::scan(text, blocks, stretches);
    let entities = entity::gather(text, &mut found);
    let roles = Roles::new(text, &found.roles, &found.occurrences);
    let quoted = stretches.iter().map(|stretch| stretch.outer).collect();
    let bylines = bylines(&found.occurrences);
    let (occurrences, weights) = (found.occurrences, weights.clone());
    let mut people = People {
        text,
        occurrences,
        entities,
        roles,
        weights,
        quoted,
        bylines,
        speeches: speeches.to_vec(),
        told: Vec::new(),
    };
    people.told = people.told(speeches, blocks);
    people.resolve(&found.forms);
    people
}

/// Who wrote each part: the first person of its byline.
fn bylines(occurrences: &[Occurrence]) -> Vec<(u32, u32)> {
    let mut found: Vec<(u32, u32)> = Vec::new();
    for one in occurrences {
        if let Some(who) = one.who.filter(|_| one.setting.has(Setting::WRITES))
            && found.last().is_none_or(|(part, _)| *part != one.part)
        {
            found.push((one.part, who));
        }
    }
    found
}

impl<'a> People<'a> {
    /// Finds out who is meant by each pronoun and role outside quotation marks, in the order of the
    /// text, since each makes the next one clearer.
    fn resolve(&mut self, forms: &[Form]) {
        let mut ended = 0;
        for (at, form) in forms.iter().enumerate() {
            let Some(&one) = self.occurrences.get(at) else { return };
            ended += self
                .told
                .get(ended..)
                .unwrap_or_default()
                .partition_point(|it| it.ends_by(one.lead));
            let spoke = self.spoke(ended, at);
            let who = match one.what {
                What::Name(_) => continue,
                What::Pronoun(_) | What::Someone if one.setting.has(Setting::QUOTED) => None,
                What::Pronoun(gender) => {
                    self.before(at, spoke).antecedent(&self.weights, &one, Some(gender), |_| true)
                }
                What::Role => {
                    let asked = Asked::new(self.text, one.span, form.last.whole, at);
                    let apposed = self.apposed(one.span);
                    if let Some(who) = apposed {
                        self.roles.assume(&asked, who);
                    }
                    let known = apposed
                        .or_else(|| self.roles.holder(&self.entities, &asked, self.joined(at)));
                    known.or_else(|| self.guess(at, &asked, form, spoke))
                }
                What::Someone => {
                    self.apposed(one.span).or_else(|| Some(self.nameless(one.span, one.title)))
                }
            };
            if let Some(one) = self.occurrences.get_mut(at) {
                one.who = who;
            }
        }
    }

    /// What stands before the occurrence at `at`, where that one spoke the last quotation.
    fn before(&self, at: usize, spoke: Option<Spoke>) -> Before<'_> {
        let occurrences = self.occurrences.get(..at).unwrap_or_default();
        Before { occurrences, entities: &self.entities, spoke }
    }

    /// Whom "and" joins to the occurrence at `at`: somebody else.
    fn joined(&self, at: usize) -> Option<u32> {
        let before = self.occurrences.get(at.checked_sub(1)?)?;
        let gap = Span::between(before.span.end, self.occurrences.get(at)?.lead);
        before.who.filter(|_| gap.of(self.text) == " and ")
    }

    /// Who may hold an office that no name is tied to: of those who hold no other, who was spoken of
    /// just before, as a pronoun would mean it.
    fn guess(
        &mut self,
        at: usize,
        asked: &Asked,
        form: &Form,
        spoke: Option<Spoke>,
    ) -> Option<u32> {
        let one = self.occurrences.get(at)?;
        let mut before = self.before(at, spoke);
        if one.setting.has(Setting::QUOTED) {
            return None;
        }
        let from = before.occurrences.partition_point(|near| near.block + 2 < one.block);
        before.occurrences = before.occurrences.get(from..)?;
        let gender = Gender::told(one.title);
        let beside = self.joined(at);
        let may = |who: u32| {
            let entity = self.entities.get(who as usize);
            let named = entity.is_some_and(|entity| entity.sort != Sort::Nameless);
            named && Some(who) != beside && self.roles.may_hold(who, asked)
        };
        let unique = lexicon::traits(form.last.whole).has(Traits::UNIQUE);
        let actor = unique.then(|| before.antecedent(&self.weights, one, gender, may)).flatten();
        let tells = one.setting.has(Setting::TELLS);
        let (span, title) = (one.span, one.title);
        let who = actor.or_else(|| tells.then(|| self.nameless(span, title)))?;
        self.roles.assume(asked, who);
        Some(who)
    }

    /// Someone who is only described.
    fn nameless(&mut self, description: Span, title: Traits) -> u32 {
        self.entities.push(Entity::nameless(description, title));
        u32::try_from(self.entities.len() - 1).unwrap_or(u32::MAX)
    }

    /// Every name of a person or an organisation, the fullest that the text gives, in the order in
    /// which they first appear.
    pub fn names(&self) -> impl Iterator<Item = &'a str> {
        let text = self.text;
        let named = self.entities.iter().filter(|entity| {
            !matches!(entity.sort, Sort::Place | Sort::Nameless) && !entity.is_doubtful()
        });
        named.map(move |entity| entity.name.of(text))
    }

    /// The other names by which the text calls whom it calls `name`, in the order of the text.
    #[must_use]
    pub fn aliases(&self, name: &str) -> Vec<&'a str> {
        let is_it = |entity: &Entity| entity.name.of(self.text) == name;
        let mut found = Vec::new();
        let mut seen = std::collections::HashSet::new();
        for one in &self.occurrences {
            let entity = one.who.and_then(|who| self.entities.get(who as usize));
            let words = one.span.of(self.text);
            let is_name = matches!(one.what, What::Name(_)) && words != name;
            if is_name && entity.is_some_and(is_it) && seen.insert(words) {
                found.push(words);
            }
        }
        found
    }
}
