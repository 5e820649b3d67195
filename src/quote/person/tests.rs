//! The people of small texts.
