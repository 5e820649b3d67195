//! w
use super::pronoun::SIGNS;
/// w
pub(super) const WEIGHTS: [[f32; 2]; SIGNS] = [
    [0.77, 1.23],   // Agrees
    [1.69, 0.56],   // Person
    [0.15, 1.50],   // SameSentence
    [1.56, 1.73],   // LastSentence
    [-0.42, -0.05], // SecondLastSentence
    [1.73, 2.54],   // SameBlock
    [-0.16, 0.81],  // LastBlock
    [-1.27, -1.22], // SecondLastBlock
    [-1.81, -1.73], // FarBlock
    [0.30, -0.03],  // Nearest
    [0.07, 0.66],   // Second
    [-0.22, 0.34],  // Third
    [-0.99, -1.36], // Further
    [-0.11, 0.22],  // Acts
    [1.16, 0.59],   // First
    [0.18, 0.53],   // Tells
    [-0.54, -0.07], // Linked
    [0.74, -0.33],  // Owns
    [0.96, 0.94],   // Comma
    [-1.27, -1.43], // Joined
    [-0.04, -0.37], // Quoted
    [0.57, 0.99],   // Pronoun
    [-1.52, 0.06],  // Role
    [0.44, 0.03],   // Full
    [-0.28, -0.06], // Once
    [0.75, -0.25],  // Twice
    [-0.90, 0.52],  // Often
    [0.08, -0.21],  // VeryOften
    [-0.12, 0.42],  // LastTeller
    [-0.17, 0.20],  // LastTellerHere
    [-0.64, 0.16],  // LastTellerNext
    [-1.00, 0.07],  // LastTellerInSame
    [-0.01, -0.32], // ActsInLast
    [1.94, 0.06],   // ActsInLastAndFirst
    [-0.42, 0.81],  // ActsInSame
    [0.05, 0.00],   // ActsInSameAndOwns
    [-0.08, 0.79],  // ActsInBlock
    [0.00, -0.12],  // ActsInLastBlock
    [0.25, 0.46],   // PronounInBlock
    [1.13, -0.59],  // PronounInLastBlock
    [0.92, 0.65],   // Introduced
    [-0.37, -0.31], // TwiceNear
    [-0.25, -0.05], // FourNear
    [0.53, 0.46],   // FirstOfBlock
    [0.44, 1.11],   // FirstOfLastBlock
    [0.27, -0.08],  // NearestKnown
    [-1.05, 0.33],  // QuotedHere
    [0.79, 1.10],   // BothFirst
    [1.47, 1.88],   // Human
    [-0.07, -0.32], // MostNamed
];
