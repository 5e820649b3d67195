//! Colours: how far apart two are, how well one is read on another, and the nearest that a terminal
//! with fewer colours has.

use std::sync::LazyLock;

use ratatui::style::Color;

use super::ColorDepth;

/// Red, green and blue, in sRGB.
type Rgb = [u8; 3];

/// The sixteen named colours with xterm's values, which most terminals come near to.
const NAMED: [(Color, Rgb); 16] = [
    (Color::Black, [0, 0, 0]),
    (Color::Red, [205, 0, 0]),
    (Color::Green, [0, 205, 0]),
    (Color::Yellow, [205, 205, 0]),
    (Color::Blue, [0, 0, 238]),
    (Color::Magenta, [205, 0, 205]),
    (Color::Cyan, [0, 205, 205]),
    (Color::Gray, [229, 229, 229]),
    (Color::DarkGray, [127, 127, 127]),
    (Color::LightRed, [255, 0, 0]),
    (Color::LightGreen, [0, 255, 0]),
    (Color::LightYellow, [255, 255, 0]),
    (Color::LightBlue, [92, 92, 255]),
    (Color::LightMagenta, [255, 0, 255]),
    (Color::LightCyan, [0, 255, 255]),
    (Color::White, [255, 255, 255]),
];

/// The steps of the 6×6×6 cube, indices 16 to 231.
const CUBE: [u8; 6] = [0, 95, 135, 175, 215, 255];

/// The colour of an index from 16 on: the cube, then 24 greys.
fn indexed(index: u8) -> Option<Rgb> {
    let cell = index.checked_sub(16)?;
    if cell < 216 {
        let step = |at: u8| CUBE.get(usize::from(at % 6)).copied();
        return Some([step(cell / 36)?, step(cell / 6)?, step(cell)?]);
    }
    let grey = 8 + 10 * (cell - 216);
    Some([grey; 3])
}

/// What a colour looks like; unknown for the terminal's own default.
fn rgb(color: Color) -> Option<Rgb> {
    match color {
        Color::Rgb(r, g, b) => Some([r, g, b]),
        Color::Indexed(index @ 0..16) => NAMED.get(usize::from(index)).map(|(_, rgb)| *rgb),
        Color::Indexed(index) => indexed(index),
        _ => NAMED.iter().find(|(named, _)| *named == color).map(|(_, rgb)| *rgb),
    }
}

/// An sRGB channel as a share of light, 0 to 1 (IEC 61966-2-1).
fn linear(channel: u8) -> f64 {
    let share = f64::from(channel) / 255.0;
    if share <= 0.04045 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
}

/// The contrast of two colours, 1 to 21, as WCAG 2.2 defines it; unknown where one of them is.
pub(super) fn contrast(one: Color, other: Color) -> Option<f64> {
    Some(ratio(luminance(rgb(one)?), luminance(rgb(other)?)))
}

/// The relative luminance of a colour, as WCAG 2.2 defines it.
fn luminance(color: Rgb) -> f64 {
    let [r, g, b] = color.map(linear);
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

/// The contrast of two luminances.
fn ratio(one: f64, other: f64) -> f64 {
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// From linear red, green and blue to the responses of the eye's cones.
const CONES: [[f64; 3]; 3] = [
    [0.412_221_470_8, 0.536_332_536_3, 0.051_445_992_9],
    [0.211_903_498_2, 0.680_699_545_1, 0.107_396_956_6],
    [0.088_302_461_9, 0.281_718_837_6, 0.629_978_700_5],
];
/// From the cube roots of those to Oklab.
const OKLAB: [[f64; 3]; 3] = [
    [0.210_454_255_3, 0.793_617_785_0, -0.004_072_046_8],
    [1.977_998_495_1, -2.428_592_205_0, 0.450_593_709_9],
    [0.025_904_037_1, 0.782_771_766_2, -0.808_675_766_0],
];

/// Lightness and the two hues of Oklab, in which distances are as the eye sees them.
///
/// The matrices are those of Björn Ottosson, "A perceptual color space for image processing" (2020).
fn oklab(color: Rgb) -> [f64; 3] {
    product(OKLAB, product(CONES, color.map(linear)).map(f64::cbrt))
}

fn product(matrix: [[f64; 3]; 3], vector: [f64; 3]) -> [f64; 3] {
    matrix.map(|row| row.iter().zip(vector).map(|(weight, value)| weight * value).sum())
}

/// The square of the distance of two colours in Oklab.
fn distance(one: [f64; 3], other: [f64; 3]) -> f64 {
    one.iter().zip(other).map(|(a, b)| (a - b).powi(2)).sum()
}

/// One of the 256 colours, and what it looks like.
struct Shade {
    color: Color,
    oklab: [f64; 3],
    luminance: f64,
}

/// The 256 colours but for the first sixteen, which are what the user made them.
static PALETTE: LazyLock<Vec<Shade>> = LazyLock::new(|| {
    let shade = |index| {
        let rgb = indexed(index)?;
        Some(Shade { color: Color::Indexed(index), oklab: oklab(rgb), luminance: luminance(rgb) })
    };
    (16..=255).filter_map(shade).collect()
});

/// Whether a terminal of that depth shows a colour as it is.
pub(super) const fn shows(depth: ColorDepth, color: Color) -> bool {
    match depth {
        ColorDepth::None => matches!(color, Color::Reset),
        ColorDepth::Ansi16 => !matches!(color, Color::Indexed(_) | Color::Rgb(..)),
        ColorDepth::Indexed256 => !matches!(color, Color::Rgb(..)),
        ColorDepth::TrueColor => true,
    }
}

/// The nearest of the 256 colours.
pub(super) fn reduce(color: Color) -> Color {
    reduce_among(color, |_| true)
}

/// The same for text on `ground`, one of the 256: the nearest with at least that contrast, since the
/// nearest of all may be hard to read there.
pub(super) fn reduce_on(color: Color, ground: Color, least: f64) -> Color {
    let ground = rgb(ground).map(luminance);
    let readable = |shade: &Shade| ground.is_none_or(|it| ratio(shade.luminance, it) >= least);
    reduce_among(color, readable)
}

fn reduce_among(color: Color, fits: impl Fn(&Shade) -> bool) -> Color {
    let Color::Rgb(r, g, b) = color else { return color };
    let to = oklab([r, g, b]);
    let far = |shade: &&Shade| distance(to, shade.oklab);
    let nearest = PALETTE
        .iter()
        .filter(|shade| fits(shade))
        .min_by(|one, other| far(one).total_cmp(&far(other)));
    nearest.map_or(color, |shade| shade.color)
}

/// How far apart two colours are to the eye, where both are known.
#[cfg(test)]
pub(super) fn difference(one: Color, other: Color) -> Option<f64> {
    Some(distance(oklab(rgb(one)?), oklab(rgb(other)?)).sqrt())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn contrast_is_that_of_wcag() {
        let white = Color::White;
        let near = |a: Option<f64>, b: f64| (a.unwrap() - b).abs() < 0.01;
        assert!(near(contrast(white, Color::Black), 21.0));
        assert!(near(contrast(white, white), 1.0));
        assert!(near(contrast(Color::Rgb(0x76, 0x76, 0x76), white), 4.54));
        assert_eq!(contrast(Color::Reset, white), None);
    }

    #[test]
    fn the_nearest_colours_are_the_expected_ones() {
        let table = [
            (Color::Rgb(255, 0, 0), Color::Indexed(196)),
            (Color::Rgb(8, 8, 8), Color::Indexed(232)),
            (Color::Rgb(250, 250, 250), Color::Indexed(231)),
            (Color::Rgb(95, 135, 175), Color::Indexed(67)),
            (Color::Rgb(0, 200, 0), Color::Indexed(40)),
            (Color::Cyan, Color::Cyan),
            (Color::Reset, Color::Reset),
            (Color::Indexed(9), Color::Indexed(9)),
        ];
        for (color, want) in table {
            assert_eq!(reduce(color), want, "{color:?}");
        }
    }

    proptest! {
        #[test]
        fn every_indexed_colour_is_nearest_to_itself(index in 16_u8..=255) {
            let [r, g, b] = indexed(index).unwrap();
            let Color::Indexed(found) = reduce(Color::Rgb(r, g, b)) else {
                panic!("not indexed");
            };
            prop_assert_eq!(indexed(found), Some([r, g, b]));
        }

        #[test]
        fn text_stays_readable_on_every_ground(text: [u8; 3], ground: [u8; 3]) {
            let color = |[r, g, b]: [u8; 3]| Color::Rgb(r, g, b);
            let ground = reduce(color(ground));
            let text = reduce_on(color(text), ground, 4.5);
            prop_assert!(contrast(text, ground).unwrap() >= 4.5);
        }
    }
}
