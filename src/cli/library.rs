//! The articles that a command was asked about, one after the other.

use std::io::Write;
use std::path::PathBuf;

use super::definition::Options;
use super::message::{Failure, Messages, Verdict};
use crate::corpus::Article;
