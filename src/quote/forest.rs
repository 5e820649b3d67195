//! Boosted trees over small numbers, evaluated for many rows at once.
//!
//! The trees are oblivious: all nodes of one depth ask the same question, so that a row's leaf is the
//! number that the answers spell in binary. A level is then one comparison a row, which the compiler
//! does for many rows in one instruction, and a tree is no more than its questions and its leaves
//! (Kohavi & Li 1995; the trees of `CatBoost` are of this kind).

/// How many rows are evaluated at once.
pub(super) const LANES: usize = 32;
/// The most questions of a tree.
pub(super) const DEPTH: usize = 6;
/// The most leaves of a tree.
const LEAVES: usize = 1 << DEPTH;

/// The features of up to [`LANES`] rows, a column each.
type Columns<const N: usize> = [[u8; LANES]; N];

/// A question: whether a feature is greater than a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Question {
    /// The index of the feature.
    pub(super) feature: u8,
    /// The number.
    pub(super) threshold: u8,
}

/// A tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Tree {
    /// Its questions, the first for the lowest bit.
    pub(super) questions: Vec<Question>,
    /// What it gives, in thousandths, by the answers; unused ones are 0.
    pub(super) leaves: [i16; LEAVES],
}

/// Trees whose sum is the score.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Forest {
    /// The trees.
    pub(super) trees: Vec<Tree>,
}

impl Tree {
    /// A tree of these questions and leaves.
    pub(super) fn new(questions: Vec<Question>, leaves: &[i16]) -> Self {
        let mut all = [0; LEAVES];
        for (to, from) in all.iter_mut().zip(leaves) {
            *to = *from;
        }
        Self { questions, leaves: all }
    }

    /// Adds what the tree gives to the scores of the rows.
    fn add<const N: usize>(&self, columns: &Columns<N>, scores: &mut [i32; LANES]) {
        let mut leaf = [0_u8; LANES];
        for (bit, question) in self.questions.iter().take(DEPTH).enumerate() {
            let Some(column) = columns.get(usize::from(question.feature)) else { continue };
            for (leaf, value) in leaf.iter_mut().zip(column) {
                *leaf |= u8::from(*value > question.threshold) << bit;
            }
        }
        for (score, leaf) in scores.iter_mut().zip(leaf) {
            let leaf = usize::from(leaf) % LEAVES;
            *score += i32::from(self.leaves.get(leaf).copied().unwrap_or_default());
        }
    }
}

impl Forest {
    /// The scores of the rows, in thousandths.
    fn scores<const N: usize>(&self, columns: &Columns<N>) -> [i32; LANES] {
        let mut scores = [0; LANES];
        for tree in &self.trees {
            tree.add(columns, &mut scores);
        }
        scores
    }
}

/// Rows that are evaluated together, as many as there are lanes.
#[derive(Debug)]
pub(super) struct Batch<const N: usize> {
    columns: Columns<N>,
    len: usize,
}

impl<const N: usize> Batch<N> {
    /// No rows.
    pub(super) const fn new() -> Self {
        Self { columns: [[0; LANES]; N], len: 0 }
    }

    /// Whether there is room for so many rows more.
    pub(super) const fn has_room(&self, rows: usize) -> bool {
        self.len + rows <= LANES
    }

    /// Adds a row; gives its lane.
    pub(super) fn push(&mut self, row: &[u8; N]) -> usize {
        let lane = self.len % LANES;
        for (column, value) in self.columns.iter_mut().zip(row) {
            if let Some(cell) = column.get_mut(lane) {
                *cell = *value;
            }
        }
        self.len = lane + 1;
        lane
    }

    /// The scores of the rows by each lane, in thousandths.
    pub(super) fn scores(&self, forest: &Forest) -> [i32; LANES] {
        forest.scores(&self.columns)
    }

    /// Takes the rows out.
    pub(super) const fn clear(&mut self) {
        self.len = 0;
    }
}
