//! w
use super::pronoun::SIGNS;
/// w
pub(super) const WEIGHTS: [[f32; 2]; SIGNS] = [
    [1.11, 1.11],   // Agrees
    [1.50, 0.63],   // Person
    [1.49, 1.54],   // SameSentence
    [0.76, 1.67],   // LastSentence
    [-0.93, -0.03], // SecondLastSentence
    [1.47, 2.26],   // SameBlock
    [0.15, 1.00],   // LastBlock
    [-1.49, -1.19], // SecondLastBlock
    [-1.73, -1.55], // FarBlock
    [0.55, 0.02],   // Nearest
    [-0.07, 0.69],  // Second
    [-0.38, 0.28],  // Third
    [-0.76, -1.40], // Further
    [-0.12, 0.00],  // Acts
    [1.65, 0.75],   // First
    [0.20, 0.28],   // Tells
    [0.01, -0.05],  // Linked
    [0.81, -0.31],  // Owns
    [0.99, 1.11],   // Comma
    [-1.34, -1.86], // Joined
    [-0.65, -0.34], // Quoted
    [0.51, 1.00],   // Pronoun
    [-1.11, -0.08], // Role
    [-0.28, -0.07], // Full
    [0.06, -0.07],  // Once
    [1.06, -0.10],  // Twice
    [-1.14, 0.41],  // Often
    [-0.30, -0.29], // VeryOften
    [-0.35, 0.29],  // LastTeller
    [-0.56, 0.01],  // LastTellerHere
    [-0.23, 0.07],  // LastTellerNext
    [-0.52, 0.21],  // LastTellerInSame
    [0.32, -0.19],  // ActsInLast
    [2.62, 0.21],   // ActsInLastAndFirst
    [-0.01, 0.68],  // ActsInSame
    [-0.30, 0.00],  // ActsInSameAndOwns
    [0.34, 0.87],   // ActsInBlock
    [-0.18, -0.06], // ActsInLastBlock
    [-0.15, -0.06], // PronounInBlock
    [0.81, -0.26],  // PronounInLastBlock
    [0.30, 0.60],   // Introduced
    [-0.01, -0.32], // TwiceNear
    [-0.47, -0.05], // FourNear
    [0.67, 0.75],   // FirstOfBlock
    [0.33, 0.91],   // FirstOfLastBlock
    [0.12, -0.02],  // NearestKnown
    [-0.91, 0.74],  // QuotedHere
    [0.37, 0.57],   // BothFirst
    [1.31, 1.93],   // Human
    [-0.05, -0.31], // MostNamed
];
