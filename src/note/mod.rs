//! Annotations: what a person adds to an article, and how it is kept.

mod annotation;

pub use annotation::{Annotation, Color, Kept, Kind, Status, Target, Verdict};
