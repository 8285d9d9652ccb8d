//! Theme files: a company's colours and typeface for the pictures.
//!
//! ```toml
//! font = "Brand-Regular.otf"      # beside the theme; without it, Inter
//! bold = "Brand-Bold.otf"
//! [light]                         # and [dark], for --dark; what is left out is as it was
//! paper   = "#ffffff"
//! ink     = "#1b2733"
//! series  = ["#024a84", "#218b8b", "#8763bf", "#2a2b44", "#b3541e"]
//! ```
//!
//! Every problem is reported at once, with its place and a cure. Words that could not be read are refused, with the
//! contrast they have; lines that are hard to see or to tell apart are warned of.

use std::ops::Range;
use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::colour::Colour;
use super::font::Fonts;
use super::look::{LINE_CONTRAST, Look, Paint, Palette, SERIES, TEXT_CONTRAST};
use crate::diag::{Place, Problem, Report, Severity, SourceFile};

const SYNTAX: &str = "T001";
const UNKNOWN_KEY: &str = "T002";
const NOT_A_COLOUR: &str = "T003";
const FONT: &str = "T004";
const UNREADABLE: &str = "T005";
const FAINT: &str = "T006";
const ALIKE: &str = "T007";

/// The keys of a table of colours.
const COLOURS: [&str; 7] = ["paper", "ink", "quiet", "grid", "dearer", "cheaper", "series"];

/// How a theme's pictures look, on light and on dark slides.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Theme {
    /// Without `--dark`.
    pub light: Look,
    /// With it.
    pub dark: Look,
}

/// Bytes of a font file beside the theme, or why there are none.
pub type FontLoader<'a> = &'a dyn Fn(&str) -> Result<Vec<u8>, String>;

/// Reads a theme; gives warnings beside it.
///
/// # Errors
/// Every problem of the file, if there is one that is no warning.
pub fn read(name: &str, text: &str, load: FontLoader<'_>) -> Result<(Theme, Report), Report> {
    let file = Arc::new(SourceFile::new(name.to_owned(), text.to_owned()));
    let mut notes = Notes { file: Arc::clone(&file), problems: Vec::new() };
    let (document, errors) = DeTable::parse_recoverable(&file.text);
    for error in &errors {
        let message = format!("not TOML: {}", error.message().replace('\n', "; "));
        notes.error(SYNTAX, error.span().unwrap_or(0..0), message, "a line is key = value, and text stands in quotes");
    }
    let mut theme = Theme { light: Look::light(), dark: Look::dark() };
    if errors.is_empty() {
        theme = whole(document.get_ref(), &mut notes, load);
    }
    let report = Report::new(notes.problems);
    if report.errors() == 0 { Ok((theme, report)) } else { Err(report) }
}

struct Notes {
    file: Arc<SourceFile>,
    problems: Vec<Problem>,
}

impl Notes {
    fn add(&mut self, severity: Severity, code: &'static str, span: Range<usize>, message: String, cure: &str) {
        let place = Place { file: Arc::clone(&self.file), span };
        self.problems.push(Problem { code, severity, message, place, wanted: String::new(), cure: cure.to_owned() });
    }

    fn error(&mut self, code: &'static str, span: Range<usize>, message: String, cure: &str) {
        self.add(Severity::Error, code, span, message, cure);
    }
}

fn whole(root: &DeTable<'_>, notes: &mut Notes, load: FontLoader<'_>) -> Theme {
    let mut theme = Theme { light: Look::light(), dark: Look::dark() };
    let (mut regular, mut bold) = (None, None);
    for (key, value) in root {
        match (key.get_ref().as_ref(), value.get_ref()) {
            ("font", _) => regular = font("font", value, notes, load),
            ("bold", _) => bold = font("bold", value, notes, load),
            ("light", DeValue::Table(table)) => theme.light.palette = palette(Palette::LIGHT, "light", table, notes),
            ("dark", DeValue::Table(table)) => theme.dark.palette = palette(Palette::DARK, "dark", table, notes),
            (name @ ("light" | "dark"), _) => {
                let message = format!("`{name}` is no table");
                notes.error(
                    NOT_A_COLOUR,
                    value.span(),
                    message,
                    "write [light] on a line of its own, and colours below it",
                );
            }
            (other, _) => unknown(other, key.span(), &["font", "bold", "light", "dark"], notes),
        }
    }
    let span = |name: &str| root.iter().find(|(key, _)| key.get_ref() == name).map_or(0..0, |(_, value)| value.span());
    match (regular, bold) {
        (None, None) => {}
        (None, Some(_)) => {
            notes.error(
                FONT,
                span("bold"),
                "`bold` without `font`".to_owned(),
                "name the regular face too: font = \"Brand.otf\"",
            );
        }
        (Some(regular), bold) => {
            let bold = bold.unwrap_or_else(|| regular.clone());
            match Fonts::of(regular, bold) {
                Some(fonts) => (theme.light.fonts, theme.dark.fonts) = (fonts, fonts),
                None => notes.error(
                    FONT,
                    span("font"),
                    "`font` or `bold` is no font with Latin letters and figures".to_owned(),
                    "OpenType files are read: .otf and .ttf, one face each",
                ),
            }
        }
    }
    theme
}

fn unknown(key: &str, span: Range<usize>, known: &[&str], notes: &mut Notes) {
    let nearest = known.iter().map(|k| (strsim::damerau_levenshtein(key, k), k)).min();
    let cure = match nearest {
        Some((distance, name)) if distance <= 2 => format!("did you mean `{name}`?"),
        _ => format!("a theme has {}", known.join(", ")),
    };
    notes.error(UNKNOWN_KEY, span, format!("`{key}` is no key of a theme"), &cure);
}

/// A font file's bytes. Only a file beside the theme is read.
fn font(key: &str, value: &Spanned<DeValue<'_>>, notes: &mut Notes, load: FontLoader<'_>) -> Option<Vec<u8>> {
    let DeValue::String(name) = value.get_ref() else {
        notes.error(FONT, value.span(), format!("`{key}` is no text"), "write the name of a file: \"Brand.otf\"");
        return None;
    };
    let lower = name.to_lowercase();
    let is_font = [".otf", ".ttf"].iter().any(|ending| lower.ends_with(ending));
    if name.contains(['/', '\\', ':', '\0']) || !is_font {
        let message = format!("`{key}` is \"{name}\"; it is the name of a .otf or .ttf file beside the theme");
        notes.error(FONT, value.span(), message, "put the file beside the theme and write its name alone");
        return None;
    }
    load(name).map_err(|why| notes.error(FONT, value.span(), format!("\"{name}\" cannot be read: {why}"), "")).ok()
}

fn palette(mut palette: Palette, table: &str, colours: &DeTable<'_>, notes: &mut Notes) -> Palette {
    for (key, value) in colours {
        let name = key.get_ref().as_ref();
        let place = match name {
            "paper" => &mut palette.paper,
            "ink" => &mut palette.ink,
            "quiet" => &mut palette.quiet,
            "grid" => &mut palette.grid,
            "dearer" => &mut palette.dearer,
            "cheaper" => &mut palette.cheaper,
            "series" => {
                series(&mut palette, value, notes);
                continue;
            }
            other => {
                unknown(other, key.span(), &COLOURS, notes);
                continue;
            }
        };
        if let Some(colour) = colour(name, value, notes) {
            *place = colour;
        }
    }
    let span = |name: &str| {
        let found = colours.iter().find(|(key, _)| key.get_ref() == name).or_else(|| colours.iter().next());
        found.map_or(0..0, |(_, value)| value.span())
    };
    if !colours.is_empty() {
        judge(&palette, table, &span, notes);
    }
    palette
}

fn colour(name: &str, value: &Spanned<DeValue<'_>>, notes: &mut Notes) -> Option<Colour> {
    let found = if let DeValue::String(text) = value.get_ref() { Colour::from_hex(text) } else { None };
    if found.is_none() {
        notes.error(
            NOT_A_COLOUR,
            value.span(),
            format!("`{name}` is no colour"),
            "write red, green and blue as \"#1b2733\"",
        );
    }
    found
}

fn series(palette: &mut Palette, value: &Spanned<DeValue<'_>>, notes: &mut Notes) {
    match value.get_ref() {
        DeValue::Array(items) if items.len() == SERIES => {
            for (place, item) in palette.series.iter_mut().zip(items.iter()) {
                if let Some(colour) = colour("series", item, notes) {
                    *place = colour;
                }
            }
        }
        _ => {
            let message = format!("`series` is not {SERIES} colours");
            notes.error(NOT_A_COLOUR, value.span(), message, "list them as [\"#024a84\", …]");
        }
    }
}

/// Refuses words that cannot be read, and warns of lines that are faint or alike.
fn judge(palette: &Palette, table: &str, span: &dyn Fn(&str) -> Range<usize>, notes: &mut Notes) {
    for (name, colour) in [("ink", palette.ink), ("quiet", palette.quiet)] {
        let contrast = colour.contrast(palette.paper);
        if contrast < TEXT_CONTRAST {
            let message = format!(
                "[{table}] `{name}` {colour} on `paper` {} has a contrast of {contrast:.1}; words need {TEXT_CONTRAST}",
                palette.paper
            );
            notes.error(UNREADABLE, span(name), message, "take a darker colour on light paper, a lighter one on dark");
        }
    }
    let sides = [("dearer", Paint::Dearer), ("cheaper", Paint::Cheaper)];
    for (name, paint) in sides.into_iter().chain((0..SERIES).map(|i| ("series", Paint::Series(i)))) {
        let colour = palette.colour(paint);
        let contrast = colour.contrast(palette.paper);
        if contrast < LINE_CONTRAST {
            let message = format!(
                "[{table}] `{name}` {colour} on `paper` {} has a contrast of {contrast:.1}; lines need {LINE_CONTRAST}",
                palette.paper
            );
            notes.add(Severity::Warning, FAINT, span(name), message, "a stronger colour is seen from the last row too");
        }
    }
    let pairs = (0..SERIES).flat_map(|i| (0..i).map(move |j| ("series", Paint::Series(j), Paint::Series(i))));
    for (name, one, other) in pairs.chain([("dearer", Paint::Dearer, Paint::Cheaper)]) {
        let (one, other) = (palette.colour(one), palette.colour(other));
        if one.apart(other) < 1.0 {
            let message =
                format!("[{table}] {one} and {other} look alike to some: protanopia, deuteranopia or tritanopia");
            notes.add(Severity::Warning, ALIKE, span(name), message, "make one of them lighter or darker");
        }
    }
}
