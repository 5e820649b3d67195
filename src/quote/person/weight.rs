//! What each [`Sign`](super::pronoun::Sign) counts.
//!
//! Fitted by logistic ranking to the pronouns of the training part of PolNeAR (political news of seven
//! US outlets, with human attributions), with the names of their automatic coreference chains; examples
//! that the fit itself found all but impossible were left out, since those chains err. No text of it is
//! here.

use super::pronoun::SIGNS;

/// By sign: where no word of telling stands beside the pronoun, and where one does.
pub(super) const WEIGHTS: [[f32; 2]; SIGNS] = [
    [1.25, 1.20],   // Agrees
    [1.16, 0.38],   // Person
    [1.25, 2.33],   // SameSentence
    [1.02, 0.98],   // LastSentence
    [0.17, -0.03],  // SecondLastSentence
    [1.21, 1.58],   // SameBlock
    [0.20, 1.02],   // LastBlock
    [-1.71, -0.70], // SecondLastBlock
    [-1.60, -1.48], // FarBlock
    [0.51, 0.08],   // Nearest
    [-0.08, 0.88],  // Second
    [-0.27, 0.08],  // Third
    [-0.92, -1.37], // Further
    [0.08, -0.10],  // Acts
    [1.46, 0.39],   // First
    [0.01, 0.18],   // Tells
    [-0.27, -0.05], // Linked
    [0.51, -0.29],  // Owns
    [1.25, 0.73],   // Comma
    [-1.29, -1.48], // Joined
    [-0.39, -0.10], // Quoted
    [0.15, 1.07],   // Pronoun
    [-1.39, 0.56],  // Role
    [0.21, 0.23],   // Full
    [-0.26, -0.27], // Once
    [0.66, -0.22],  // Twice
    [-0.78, 0.55],  // Often
    [0.04, -0.10],  // VeryOften
    [-0.07, 0.13],  // LastTeller
    [-0.18, 0.64],  // LastTellerHere
    [-0.74, 0.07],  // LastTellerNext
    [-0.60, 0.88],  // LastTellerInSame
    [0.15, -0.09],  // ActsInLast
    [2.38, 0.11],   // ActsInLastAndFirst
    [-0.31, 1.14],  // ActsInSame
    [-0.33, 0.00],  // ActsInSameAndOwns
    [0.12, 0.29],   // ActsInBlock
    [-0.20, 0.06],  // ActsInLastBlock
    [0.10, 0.10],   // PronounInBlock
    [0.53, -0.34],  // PronounInLastBlock
    [0.34, 0.11],   // Introduced
    [-0.44, -0.38], // TwiceNear
    [-0.28, -0.10], // FourNear
    [0.41, -0.25],  // FirstOfBlock
    [0.62, 0.67],   // FirstOfLastBlock
    [0.35, 1.11],   // FirstOfSentence
    [0.27, 1.00],   // FirstOfLastSentence
    [-0.03, 0.15],  // NearestKnown
    [-0.99, 0.99],  // QuotedHere
    [0.33, 1.10],   // BothFirst
    [0.98, 1.85],   // Human
    [0.23, -0.20],  // MostNamed
];
