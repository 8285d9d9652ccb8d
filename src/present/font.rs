//! The typefaces of the charts, and how wide a text is in them.
//!
//! Advances and pair kerning are read from the same bytes that the pictures are drawn with, so a measured box is the
//! box on the picture.

use std::sync::{LazyLock, OnceLock};

use ttf_parser::gpos::{PairAdjustment, PositioningSubtable};
use ttf_parser::{Face, GlyphId, Tag};

/// How heavy a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// Running text.
    Regular,
    /// Findings and names.
    SemiBold,
}

impl Weight {
    /// Both weights.
    pub const ALL: [Self; 2] = [Self::Regular, Self::SemiBold];
}

/// Two faces to draw with. A copy is a reference: faces are read once and kept to the program's end.
#[derive(Debug, Clone, Copy)]
pub struct Fonts(&'static Faces);

/// What the faces are.
struct Faces {
    typefaces: [Typeface; 2],
    bytes: [&'static [u8]; 2],
}

impl std::fmt::Debug for Faces {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "faces of {} and {} bytes", self.bytes[0].len(), self.bytes[1].len())
    }
}

impl PartialEq for Fonts {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.0, other.0)
    }
}

impl Fonts {
    /// Inter, which is part of the program.
    #[must_use]
    pub fn embedded() -> Self {
        const REGULAR: &[u8] = include_bytes!("../../assets/fonts/Inter-Regular.otf");
        const SEMI_BOLD: &[u8] = include_bytes!("../../assets/fonts/Inter-SemiBold.otf");
        static FACES: LazyLock<Faces> =
            LazyLock::new(|| Faces::of([REGULAR, SEMI_BOLD]).expect("the embedded faces are sound font files"));
        Self(&FACES)
    }

    /// Faces of a theme: bytes of two font files, regular and bold. `None` if either is no font with Latin letters.
    #[must_use]
    pub fn of(regular: Vec<u8>, bold: Vec<u8>) -> Option<Self> {
        let sound = |bytes: &[u8]| {
            Face::parse(bytes, 0).is_ok_and(|face| "Ag0$".chars().all(|c| face.glyph_index(c).is_some()))
        };
        if !sound(&regular) || !sound(&bold) {
            return None;
        }
        Faces::of([regular.leak(), bold.leak()]).map(|faces| Self(Box::leak(Box::new(faces))))
    }

    /// A weight's font file.
    #[must_use]
    pub const fn bytes(self, weight: Weight) -> &'static [u8] {
        self.0.bytes[weight as usize]
    }
}

impl Faces {
    fn of(bytes: [&'static [u8]; 2]) -> Option<Self> {
        let [regular, bold] = bytes.map(Typeface::of);
        Some(Self { typefaces: [regular?, bold?], bytes })
    }
}

/// A parsed face with what kerns its pairs.
struct Typeface {
    face: Face<'static>,
    pairs: Vec<PairAdjustment<'static>>,
    /// What is known of the first characters, found out when one is first asked for: a page is laid out by measuring the same
    /// letters ten thousand times.
    known: Vec<OnceLock<Known>>,
}

/// Characters that are remembered, the first of Unicode: all of Latin but what is rare.
const REMEMBERED: usize = 0x180;
/// Of those, the ones whose kerning behind another is: ASCII.
const KERNED: usize = 0x80;

/// A character in a face, in font units.
struct Known {
    glyph: Option<Glyph>,
    /// By the character that follows.
    kerning: OnceLock<Box<[i16]>>,
}

/// A glyph in a face, in font units.
#[derive(Clone, Copy)]
struct Glyph {
    id: GlyphId,
    advance: f64,
    /// How far its ink reaches above the baseline and below; 0 if not at all.
    up: f64,
    down: f64,
}

impl Typeface {
    fn of(bytes: &'static [u8]) -> Option<Self> {
        let face = Face::parse(bytes, 0).ok()?;
        let mut pairs = Vec::new();
        if let Some(gpos) = face.tables().gpos
            && let Some(feature) = gpos.features.find(Tag::from_bytes(b"kern"))
        {
            for lookup in feature.lookup_indices.into_iter().filter_map(|i| gpos.lookups.get(i)) {
                pairs.extend(lookup.subtables.into_iter::<PositioningSubtable<'_>>().filter_map(|table| match table {
                    PositioningSubtable::Pair(pair) => Some(pair),
                    _ => None,
                }));
            }
        }
        let known = std::iter::repeat_with(OnceLock::new).take(REMEMBERED).collect();
        Some(Self { face, pairs, known })
    }

    fn find(&self, c: char) -> Option<Glyph> {
        let id = self.face.glyph_index(c)?;
        let ink = self.face.glyph_bounding_box(id);
        Some(Glyph {
            id,
            advance: f64::from(self.face.glyph_hor_advance(id).unwrap_or(0)),
            up: ink.map_or(0.0, |ink| f64::from(ink.y_max)).max(0.0),
            down: ink.map_or(0.0, |ink| -f64::from(ink.y_min)).max(0.0),
        })
    }

    fn known(&self, c: char) -> Option<&Known> {
        let known = self.known.get(c as usize)?;
        Some(known.get_or_init(|| Known { glyph: self.find(c), kerning: OnceLock::new() }))
    }

    fn glyph(&self, c: char) -> Option<Glyph> {
        self.known(c).map_or_else(|| self.find(c), |known| known.glyph)
    }

    /// How two characters that both have a glyph are kerned.
    fn between(&self, left: (char, Glyph), right: (char, Glyph)) -> i16 {
        let Some(known) = self.known(left.0).filter(|_| (right.0 as usize) < KERNED) else {
            return self.kerning(left.1.id, right.1.id);
        };
        let with = |c: usize| {
            let glyph = char::from_u32(c as u32).and_then(|c| self.face.glyph_index(c));
            glyph.map_or(0, |right| self.kerning(left.1.id, right))
        };
        known.kerning.get_or_init(|| (0..KERNED).map(with).collect())[right.0 as usize]
    }

    /// Kerning in font units, from the first subtable that has the pair (OpenType 1.9, lookup type 2).
    fn kerning(&self, left: GlyphId, right: GlyphId) -> i16 {
        self.pairs.iter().find_map(|table| pair(table, left, right)).unwrap_or(0)
    }
}

/// How far a text reaches from the left end of its baseline, in pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reach {
    /// To the right.
    pub width: f64,
    /// Above the baseline.
    pub up: f64,
    /// Below the baseline.
    pub down: f64,
}

impl Fonts {
    /// Measures a text at a size in pixels.
    #[must_use]
    pub fn measure(self, text: &str, size: f64, weight: Weight) -> Reach {
        let typeface = &self.0.typefaces[weight as usize];
        let mut reach = Reach { width: 0.0, up: 0.0, down: 0.0 };
        let mut before = None;
        for own in text.chars().filter_map(|c| Some((c, typeface.glyph(c)?))) {
            let kern = before.map_or(0, |before| typeface.between(before, own));
            reach.width += f64::from(kern) + own.1.advance;
            reach.up = reach.up.max(own.1.up);
            reach.down = reach.down.max(own.1.down);
            before = Some(own);
        }
        let scale = size / f64::from(typeface.face.units_per_em());
        Reach { width: reach.width * scale, up: reach.up * scale, down: reach.down * scale }
    }

    /// The text as it can be drawn: one line, no control characters, without what the faces lack.
    #[must_use]
    pub fn drawable(self, text: &str) -> String {
        let faces = &self.0.typefaces;
        let plain = text.chars().map(|c| if c.is_control() { ' ' } else { c });
        plain.filter(|c| faces.iter().all(|t| t.face.glyph_index(*c).is_some())).collect()
    }

    /// The text, cut to a width with "…" where it is longer.
    #[must_use]
    pub fn fit(self, text: &str, size: f64, weight: Weight, width: f64) -> String {
        if self.measure(text, size, weight).width <= width {
            return text.to_owned();
        }
        let mut kept: Vec<char> = text.chars().collect();
        while kept.pop().is_some() {
            let cut = format!("{}…", kept.iter().collect::<String>().trim_end());
            if self.measure(&cut, size, weight).width <= width {
                return cut;
            }
        }
        "…".to_owned()
    }

    /// Breaks a text at spaces into lines no wider than `width`; a word wider than that is cut.
    #[must_use]
    pub fn wrap(self, text: &str, size: f64, weight: Weight, width: f64) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        for word in text.split(' ').filter(|word| !word.is_empty()) {
            if let Some(line) = lines.last_mut() {
                let longer = format!("{line} {word}");
                if self.measure(&longer, size, weight).width <= width {
                    *line = longer;
                    continue;
                }
            }
            lines.push(self.fit(word, size, weight, width));
        }
        lines
    }

    /// Breaks a text into as few lines as [`Self::wrap`], as even as they can be.
    #[must_use]
    pub fn wrap_evenly(self, text: &str, size: f64, weight: Weight, width: f64) -> Vec<String> {
        let mut lines = self.wrap(text, size, weight, width);
        let fewest = lines.len();
        let mut narrower = width - size;
        while fewest > 1 && narrower > width / 3.0 {
            let tried = self.wrap(text, size, weight, narrower);
            if tried.len() > fewest {
                break;
            }
            lines = tried;
            narrower -= size;
        }
        lines
    }
}

fn pair(table: &PairAdjustment<'_>, left: GlyphId, right: GlyphId) -> Option<i16> {
    let values = match table {
        PairAdjustment::Format1 { coverage, sets } => sets.get(coverage.get(left)?)?.get(right)?,
        PairAdjustment::Format2 { coverage, classes, matrix } => {
            coverage.get(left)?;
            matrix.get((classes.0.get(left), classes.1.get(right)))?
        }
    };
    Some(values.0.x_advance)
}

#[cfg(test)]
mod tests {
    use super::{Fonts, Weight};

    #[test]
    fn kerning_narrows_a_pair_that_leans_into_each_other() {
        let together = Fonts::embedded().measure("AV", 100.0, Weight::Regular).width;
        let apart = Fonts::embedded().measure("A", 100.0, Weight::Regular).width
            + Fonts::embedded().measure("V", 100.0, Weight::Regular).width;
        assert!(together < apart);
    }

    #[test]
    fn a_text_that_is_too_long_is_cut_to_the_width() {
        let cut = Fonts::embedded().fit("A platform with a very long title indeed", 20.0, Weight::SemiBold, 150.0);
        assert!(cut.ends_with('…') && Fonts::embedded().measure(&cut, 20.0, Weight::SemiBold).width <= 150.0);
    }

    #[test]
    fn lines_keep_every_word_in_order() {
        let text = "nine words that have to go on several lines";
        let lines = Fonts::embedded().wrap(text, 20.0, Weight::Regular, 120.0);
        assert!(lines.len() > 2);
        assert_eq!(lines.join(" "), text);
    }

    #[test]
    fn what_cannot_be_drawn_is_left_out() {
        assert_eq!(Fonts::embedded().drawable("Zürich\u{7}\u{1F680}"), "Zürich ");
    }
}
