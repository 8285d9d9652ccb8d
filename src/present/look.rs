//! How pictures look: colours by the part they play, and the typeface. A chart names parts; which colours they are is
//! decided here or by a theme.

use super::colour::Colour;
use super::font::Fonts;

/// How many series a palette tells apart.
pub const SERIES: usize = 5;

/// The part that a colour plays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paint {
    /// What is drawn on.
    Paper,
    /// Text and the strongest lines.
    Ink,
    /// Text and lines that stay behind.
    Quiet,
    /// Lines across the plot.
    Grid,
    /// The side on which the option has cost more.
    Dearer,
    /// The side on which it has cost less.
    Cheaper,
    /// Words in the colour of [`Paint::Dearer`].
    DearerText,
    /// Words in the colour of [`Paint::Cheaper`].
    CheaperText,
    /// A series, below [`SERIES`].
    Series(usize),
    /// Words in a series' colour.
    SeriesText(usize),
    /// Words upon a series' colour.
    OnSeries(usize),
    /// Words upon the colour of [`Paint::Dearer`].
    OnDearer,
    /// Words upon the colour of [`Paint::Cheaper`].
    OnCheaper,
}

/// The colours that a theme may name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Palette {
    /// See [`Paint::Paper`].
    pub paper: Colour,
    /// See [`Paint::Ink`].
    pub ink: Colour,
    /// See [`Paint::Quiet`].
    pub quiet: Colour,
    /// See [`Paint::Grid`].
    pub grid: Colour,
    /// See [`Paint::Dearer`].
    pub dearer: Colour,
    /// See [`Paint::Cheaper`].
    pub cheaper: Colour,
    /// See [`Paint::Series`].
    pub series: [Colour; SERIES],
}

/// Contrast that words need (WCAG 2.2, 1.4.3).
pub const TEXT_CONTRAST: f64 = 4.5;
/// Contrast that lines and areas need (WCAG 2.2, 1.4.11).
pub const LINE_CONTRAST: f64 = 3.0;
/// What is aimed at for words in a line's colour, since they may stand upon a band of that colour.
const TEXT_ON_BAND: f64 = 6.5;

impl Palette {
    /// On white. The two sides are vermilion and blue of Okabe and Ito (2008); the series are told apart with any colour
    /// vision ([`Colour::apart`]).
    pub const LIGHT: Self = Self {
        paper: Colour(255, 255, 255),
        ink: Colour(27, 39, 51),
        quiet: Colour(84, 97, 110),
        grid: Colour(226, 230, 235),
        dearer: Colour(213, 94, 0),
        cheaper: Colour(0, 114, 178),
        series: [
            Colour(0x02, 0x4a, 0x84),
            Colour(0x1c, 0x7d, 0x7d),
            Colour(0x87, 0x63, 0xbf),
            Colour(0x2a, 0x2b, 0x44),
            Colour(0xb3, 0x54, 0x1e),
        ],
    };

    /// On a slide that is nearly black.
    pub const DARK: Self = Self {
        paper: Colour(18, 24, 31),
        ink: Colour(236, 240, 244),
        quiet: Colour(163, 174, 186),
        grid: Colour(48, 57, 67),
        dearer: Colour(240, 138, 60),
        cheaper: Colour(86, 180, 233),
        series: [
            Colour(0x8c, 0xc6, 0xff),
            Colour(0x2b, 0x9d, 0x8f),
            Colour(0xbb, 0x76, 0xf9),
            Colour(0xff, 0xde, 0x81),
            Colour(0xec, 0x9d, 0x5b),
        ],
    };

    /// The colour of a part.
    #[must_use]
    pub fn colour(&self, paint: Paint) -> Colour {
        match paint {
            Paint::Paper => self.paper,
            Paint::Ink => self.ink,
            Paint::Quiet => self.quiet,
            Paint::Grid => self.grid,
            Paint::Dearer => self.dearer,
            Paint::Cheaper => self.cheaper,
            Paint::DearerText => self.as_text(self.dearer),
            Paint::CheaperText => self.as_text(self.cheaper),
            Paint::Series(i) => self.series[i],
            Paint::SeriesText(i) => self.as_text(self.series[i]),
            Paint::OnSeries(i) => self.upon(self.series[i]),
            Paint::OnDearer => self.upon(self.dearer),
            Paint::OnCheaper => self.upon(self.cheaper),
        }
    }

    /// A line's colour, towards black or white as far as words need it.
    fn as_text(&self, colour: Colour) -> Colour {
        let end = self.far_end();
        let steps = (0..=20).map(|i| colour.towards(end, f64::from(i) / 20.0));
        steps.into_iter().find(|c| c.contrast(self.paper) >= TEXT_ON_BAND).unwrap_or(end)
    }

    /// Black or white, whichever is farther from the paper.
    fn far_end(&self) -> Colour {
        let (black, white) = (Colour(0, 0, 0), Colour(255, 255, 255));
        if black.contrast(self.paper) > white.contrast(self.paper) { black } else { white }
    }

    /// What is read best upon a colour: paper or ink, or black or white where neither suffices.
    fn upon(&self, colour: Colour) -> Colour {
        let best = |a: Colour, b: Colour| if a.contrast(colour) >= b.contrast(colour) { a } else { b };
        let own = best(self.paper, self.ink);
        if own.contrast(colour) >= TEXT_CONTRAST { own } else { best(Colour(0, 0, 0), Colour(255, 255, 255)) }
    }
}

/// How a picture looks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Look {
    /// Its colours.
    pub palette: Palette,
    /// Its typeface.
    pub fonts: Fonts,
    /// Whether the paper is left out, for a slide that has a colour of its own. Colours are chosen for the paper still.
    pub is_transparent: bool,
}

impl Look {
    /// The look without flags.
    #[must_use]
    pub fn light() -> Self {
        Self { palette: Palette::LIGHT, fonts: Fonts::embedded(), is_transparent: false }
    }

    /// The look of `--dark`.
    #[must_use]
    pub fn dark() -> Self {
        Self { palette: Palette::DARK, ..Self::light() }
    }
}

#[cfg(test)]
mod tests {
    use super::{LINE_CONTRAST, Paint, Palette, SERIES, TEXT_CONTRAST};

    #[test]
    fn everything_is_read_and_told_apart_with_any_colour_vision() {
        for palette in [Palette::LIGHT, Palette::DARK] {
            let contrast = |paint: Paint| palette.colour(paint).contrast(palette.paper);
            let texts = [Paint::Ink, Paint::Quiet, Paint::DearerText, Paint::CheaperText];
            for paint in texts.into_iter().chain((0..SERIES).map(Paint::SeriesText)) {
                assert!(contrast(paint) >= TEXT_CONTRAST, "{paint:?} {}", contrast(paint));
            }
            let lines = [Paint::Dearer, Paint::Cheaper];
            for paint in lines.into_iter().chain((0..SERIES).map(Paint::Series)) {
                assert!(contrast(paint) >= LINE_CONTRAST, "{paint:?} {}", contrast(paint));
            }
            for i in 0..SERIES {
                let on = palette.colour(Paint::OnSeries(i)).contrast(palette.series[i]);
                assert!(on >= TEXT_CONTRAST, "words upon series {i}: {on}");
                for j in 0..i {
                    let apart = palette.series[i].apart(palette.series[j]);
                    assert!(apart >= 1.0, "series {j} and {i}: {apart}");
                }
            }
            assert!(palette.dearer.apart(palette.cheaper) >= 1.0);
            for (on, side) in [(Paint::OnDearer, palette.dearer), (Paint::OnCheaper, palette.cheaper)] {
                assert!(palette.colour(on).contrast(side) >= TEXT_CONTRAST, "words upon {side:?}");
            }
        }
    }
}
