//! Quotations: text and blocks in, quoted stretches out.

mod stretch;

pub use stretch::Stretch;
