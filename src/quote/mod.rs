//! Quotations: text and blocks in, quoted stretches out.
//!
//! `mark` knows what a mark is, `neighbour` which way it faces, and `apostrophe` what only looks like
//! one; with these `reader` reads the marks of a block. `pair` finds which belong together, `run` which
//! quotations go on in the next paragraph, and `clause` where a stretch ends whose mark was left out;
//! `stretch` puts it together, and `lookup` finds a stretch by its place. `person` knows who the people
//! of an article are.
//!
//! Who said it: `token` reads the words outside the marks (`spelling` and `lexicon` know them),
//! `candidate` finds those who may speak, `survey` gathers it all, `window` picks those near a quotation,
//! and `feature` puts in numbers what they look like. `forest` scores such numbers; with it `rank` ranks
//! the candidates (`context` is what its first pass tells its second) and `verdict` judges what is a
//! quotation at all. `model` is what was learnt, `train` learns it from the articles of `label`, and
//! `score` says how well. `term` knows set terms in marks, and `frame` ways of reporting that are too
//! rare to be learnt. `utterance` joins pieces, `transcript` needs no marks, and `quotation` is the
//! whole. `hearsay` finds what is reported without marks. `voice` brings together who speaks in the
//! articles of a library. `reach` says how far into a text of any length all this goes.

mod apostrophe;
mod candidate;
mod clause;
mod context;
mod feature;
mod forest;
mod frame;
mod hearsay;
mod label;
mod lexicon;
mod lookup;
mod mark;
mod model;
mod neighbour;
mod pair;
mod person;
mod quotation;
mod rank;
mod reach;
mod reader;
mod run;
mod score;
mod spelling;
mod stretch;
mod survey;
mod term;
mod token;
mod train;
mod transcript;
mod utterance;
mod verdict;
pub mod voice;
mod window;
mod word_list;

#[cfg(test)]
mod tests;

pub use hearsay::{HearsayModel, quotations_and_hearsay};
pub use label::{Gold, GoldKind, Labelled, Other, OtherLabel};
pub use lookup::{Quoted, next_stretch, previous_stretch, stretch_at};
pub use model::{MODEL, Model, ModelError};
pub use person::{People, people, people_among};
pub use quotation::{Kind, Quotation, quotations, quotations_by};
pub use reach::beyond_reach;
pub use score::{Prediction, Report, Style, Tally, predictions, reliability};
pub use stretch::{Stretch, stretches};
pub use train::{train, train_hearsay};
