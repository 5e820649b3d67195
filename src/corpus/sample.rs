//! The embedded sample: an invented story, told by invented outlets.

/// The articles of the sample: name and canonical text, in the order of their names.
#[must_use]
pub fn sample() -> &'static [(&'static str, &'static str)] {
    &[]
}
