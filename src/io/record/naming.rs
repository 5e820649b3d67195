//! What the records of a file are called: by their ids, or by their lines.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use hashbrown::HashSet;

/// What gives the records of a file their names, in the order of their lines.
#[derive(Debug, Default)]
pub(in crate::io) struct Naming {
    /// The ids that were given away, hashed: what an id takes up does not matter then.
    taken: HashSet<u64>,
}

impl Naming {
    /// What a record is called behind the `#`: by its id where no record before has that, or by its
    /// line, from 1.
    pub(in crate::io) fn key(&mut self, id: Option<&str>, line: usize) -> String {
        match id {
            // Two ids of one hash are as good as the same: the second is called by its line.
            Some(id) if self.taken.insert(hash(id)) => id.to_owned(),
            _ => format!("L{line}"),
        }
    }
}

/// The same for the same id, in every run.
pub(in crate::io) fn hash(id: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    id.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_of_an_id_has_it_and_the_others_are_called_by_their_lines() {
        let mut naming = Naming::default();
        let ids = [Some("a"), None, Some("a"), Some("b"), Some("a")];
        let keys: Vec<String> =
            ids.iter().zip(1..).map(|(id, line)| naming.key(*id, line)).collect();
        assert_eq!(keys, ["a", "L2", "L3", "b", "L5"]);
    }
}
