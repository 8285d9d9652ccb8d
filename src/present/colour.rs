//! Colours as numbers: contrast, and how far apart two look to whom.

use crate::math::elementary::pow;

/// A colour of sRGB: red, green, blue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour(pub u8, pub u8, pub u8);

/// How somebody sees colours. The matrices are those of Machado, Oliveira and Fernandes (2009), table 1, severity 1, on
/// linear sRGB.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sight {
    /// With all three kinds of cones.
    Full,
    /// Without the long-wave cones.
    Protanopia,
    /// Without the middle-wave cones.
    Deuteranopia,
    /// Without the short-wave cones.
    Tritanopia,
}

impl Sight {
    /// All four.
    pub const ALL: [Self; 4] = [Self::Full, Self::Protanopia, Self::Deuteranopia, Self::Tritanopia];

    const fn matrix(self) -> [[f64; 3]; 3] {
        match self {
            Self::Full => [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]],
            Self::Protanopia => [
                [0.152_286, 1.052_583, -0.204_868],
                [0.114_503, 0.786_281, 0.099_216],
                [-0.003_882, -0.048_116, 1.051_998],
            ],
            Self::Deuteranopia => [
                [0.367_322, 0.860_646, -0.227_968],
                [0.280_085, 0.672_501, 0.047_413],
                [-0.011_820, 0.042_940, 0.968_881],
            ],
            Self::Tritanopia => [
                [1.255_528, -0.076_749, -0.178_779],
                [-0.078_411, 0.930_809, 0.147_602],
                [0.004_733, 0.691_367, 0.303_900],
            ],
        }
    }
}

impl Colour {
    /// Reads "#1b2733" or "#abc".
    #[must_use]
    pub fn from_hex(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#')?;
        if !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
            return None;
        }
        let byte = |from: usize| u8::from_str_radix(&digits[from..from + 2], 16).ok();
        let nibble = |from: usize| u8::from_str_radix(&digits[from..=from], 16).ok().map(|n| n * 17);
        match digits.len() {
            6 => Some(Self(byte(0)?, byte(2)?, byte(4)?)),
            3 => Some(Self(nibble(0)?, nibble(1)?, nibble(2)?)),
            _ => None,
        }
    }

    /// The colour so far on the way to another: 0 is this one, 1 the other.
    #[must_use]
    pub fn towards(self, other: Self, part: f64) -> Self {
        let mix = |a: u8, b: u8| (f64::from(a) + (f64::from(b) - f64::from(a)) * part).round() as u8;
        Self(mix(self.0, other.0), mix(self.1, other.1), mix(self.2, other.2))
    }

    /// The three parts as light, 0 to 1 (IEC 61966-2-1).
    fn linear(self) -> [f64; 3] {
        [self.0, self.1, self.2].map(|part| {
            let v = f64::from(part) / 255.0;
            if v <= 0.040_45 { v / 12.92 } else { pow((v + 0.055) / 1.055, 2.4) }
        })
    }

    fn luminance(self) -> f64 {
        let [r, g, b] = self.linear();
        0.2126 * r + 0.7152 * g + 0.0722 * b
    }

    /// Contrast with another colour, 1 to 21 (WCAG 2.2).
    #[must_use]
    pub fn contrast(self, other: Self) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// The colour as somebody sees it, in CIELAB under D65.
    fn lab(self, sight: Sight) -> [f64; 3] {
        let light = self.linear();
        let dot = |row: [f64; 3], of: [f64; 3]| row[0] * of[0] + row[1] * of[1] + row[2] * of[2];
        let seen = sight.matrix().map(|row| dot(row, light).clamp(0.0, 1.0));
        let x = dot([0.412_456_4, 0.357_576_1, 0.180_437_5], seen) / 0.950_47;
        let y = dot([0.212_672_9, 0.715_152_2, 0.072_175_0], seen);
        let z = dot([0.019_333_9, 0.119_192_0, 0.950_304_1], seen) / 1.088_83;
        let f = |t: f64| {
            if t > 216.0 / 24_389.0 { pow(t, 1.0 / 3.0) } else { (24_389.0 / 27.0 * t + 16.0) / 116.0 }
        };
        [116.0 * f(y) - 16.0, 500.0 * (f(x) - f(y)), 200.0 * (f(y) - f(z))]
    }

    /// How far apart two colours look to whoever tells them apart least, in differences that everybody notices between
    /// marks a third of a degree wide: Stone, Szafir and Setlur (2014), "An engineering model for color difference as a
    /// function of size", 22nd Color and Imaging Conference, p. 253: ND(p, s) = p (A + B / s) on each of L, a and b, with
    /// A = (10.16, 10.68, 10.70) and B = (1.50, 3.08, 5.74), p the share of people who see a difference and s the size in
    /// degrees. Below 1 somebody may take one for the other.
    ///
    /// What is assumed beyond the paper: that p may be 1, where its own examples take one half; that differences on the
    /// three axes add up as squares, where the paper judges each by itself; that it holds for colours as somebody with a
    /// deficiency sees them. A third of a degree is the smallest size they tested; a line of this program's pictures is
    /// thinner and much longer.
    #[must_use]
    pub fn apart(self, other: Self) -> f64 {
        const DEGREES: f64 = 1.0 / 3.0;
        let noticed = [10.16 + 1.50 / DEGREES, 10.68 + 3.08 / DEGREES, 10.70 + 5.74 / DEGREES];
        let seen = |sight: Sight| {
            let (one, two) = (self.lab(sight), other.lab(sight));
            (0..3).map(|i| (one[i] - two[i]) / noticed[i]).map(|d| d * d).sum::<f64>().sqrt()
        };
        Sight::ALL.into_iter().map(seen).fold(f64::INFINITY, f64::min)
    }
}

impl std::fmt::Display for Colour {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.0, self.1, self.2)
    }
}

#[cfg(test)]
mod tests {
    use super::{Colour, Sight};

    #[test]
    fn contrast_and_lightness_are_those_of_the_standards() {
        let (black, white) = (Colour(0, 0, 0), Colour(255, 255, 255));
        assert!((black.contrast(white) - 21.0).abs() < 1e-9);
        // #767676 is the lightest grey with 4.5 on white (WCAG 2.2, understanding 1.4.3).
        assert!(Colour(118, 118, 118).contrast(white) >= 4.5 && Colour(119, 119, 119).contrast(white) < 4.5);
        assert!((white.lab(Sight::Full)[0] - 100.0).abs() < 1e-4);
        assert!((Colour(119, 119, 119).lab(Sight::Full)[0] - 50.03).abs() < 0.01); // the known L of mid grey
    }

    #[test]
    fn red_and_green_of_equal_lightness_are_one_to_a_deuteranope() {
        let (red, green) = (Colour(200, 60, 40), Colour(112, 115, 30));
        assert!(red.apart(green) < 1.0, "{}", red.apart(green));
        assert!(Colour(0, 0, 0).apart(Colour(255, 255, 255)) > 3.0);
    }

    #[test]
    fn grey_stays_grey_to_everybody() {
        for sight in Sight::ALL {
            let [_, a, b] = Colour(128, 128, 128).lab(sight);
            // The rows of the published matrices add up to one within a millionth.
            assert!(a.abs() < 0.01 && b.abs() < 0.01, "{sight:?}: {a} {b}");
        }
    }

    #[test]
    fn colours_are_read_as_they_are_written() {
        assert_eq!(Colour::from_hex("#1b2733"), Some(Colour(27, 39, 51)));
        assert_eq!(Colour::from_hex("#fA0"), Some(Colour(255, 170, 0)));
        for wrong in ["1b2733", "#1b273", "#1b27330", "#gggggg", "#é00", "", "#"] {
            assert_eq!(Colour::from_hex(wrong), None, "{wrong}");
        }
        assert_eq!(Colour(27, 39, 51).to_string(), "#1b2733");
    }
}
