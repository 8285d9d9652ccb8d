//! What every picture has around its plot: finding, what is drawn, notes, where it comes from.

use super::{HEIGHT, LEADING, MARGIN, SOURCE, SUBTITLE, TITLE, WIDTH};
use crate::present::look::{Look, Paint};
use crate::present::scene::{Anchor, Scene, Shape, Stroke, Style, at};

/// Length of a line's sample before its name, pixels.
const SAMPLE: f64 = 66.0;

/// An empty picture with its finding and what is drawn; and from where on there is room, pixels from the top.
#[must_use]
pub fn begin(look: Look, finding: &str, drawn: &[String]) -> (Scene, f64) {
    let mut scene = Scene::new(WIDTH, HEIGHT, look);
    scene.alternative = finding.to_owned();
    let (fonts, width) = (look.fonts, WIDTH - 2.0 * MARGIN);
    let mut y = 36.0;
    let mut paragraph = |lines: Vec<String>, style: Style| {
        for text in lines {
            y += style.size * LEADING;
            scene.write(at(MARGIN, y), Anchor::Start, &text, style);
        }
        y
    };
    let title = fonts.drawable(&bound(finding));
    // A finding has two lines; a long one is smaller.
    let sizes = [TITLE.size, 43.0, 39.0, 35.0].map(|size| Style { size, ..TITLE });
    let wrapped = |style: &Style| fonts.wrap_evenly(&title, style.size, style.weight, width);
    let style = sizes.into_iter().find(|style| wrapped(style).len() <= 2).unwrap_or(TITLE);
    paragraph(wrapped(&style), style);
    paragraph(vec![String::new()], Style { size: 12.0, ..SUBTITLE });
    // What is drawn has two lines; where it needs more it is smaller.
    let below = |style: &Style| {
        let lines = |text: &String| fonts.wrap(&fonts.drawable(text), style.size, style.weight, width);
        drawn.iter().flat_map(lines).collect::<Vec<_>>()
    };
    let sizes = [SUBTITLE.size, 25.0, 23.0].map(|size| Style { size, ..SUBTITLE });
    let style = sizes.into_iter().find(|style| below(style).len() <= 2).unwrap_or(SUBTITLE);
    let below = below(&style);
    let top = paragraph(below, style) + 30.0;
    (scene, top)
}

/// Whether a word is a month as it is written: "Oct".
fn is_month(word: &str) -> bool {
    const MONTHS: &str = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec";
    word.len() == 3 && MONTHS.split(' ').any(|month| month == word)
}

fn is_number(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit())
}

/// The text with a space that does not break where a line should not: "early 2029", "Oct 2028", "5 years", "3 in 10 futures".
fn bound(text: &str) -> String {
    let words: Vec<&str> = text.split(' ').collect();
    let is_odd = |at: Option<usize>| {
        let word = at.and_then(|at| words.get(at)).copied().unwrap_or("");
        (1..=3).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_digit())
    };
    let mut out = String::new();
    for (place, word) in words.iter().enumerate() {
        let before = place.checked_sub(1).map_or("", |at| words[at]);
        let is_odds = (*word == "in" && is_odd(place.checked_sub(1)) && is_odd(Some(place + 1)))
            || (before == "in" && is_odd(place.checked_sub(2)) && is_odd(Some(place)));
        let is_unit = matches!(word.trim_end_matches([',', ';']), "year" | "years" | "month" | "months");
        if place > 0 {
            let is_date = matches!(before, "early" | "late") || (is_month(before) && is_number(word));
            out.push(if is_odds || is_unit || is_date { '\u{a0}' } else { ' ' });
        }
        out.push_str(word);
    }
    out
}

/// Writes a line's name that found no room beside it, what the picture does not show, and where it comes from. Of the
/// notes, the first that fit into a line; of the ways to say one, the first that does.
pub fn end(scene: &mut Scene, legend: Option<&(Stroke, String)>, notes: &[Vec<String>], source: &str) {
    let width = WIDTH - 2.0 * MARGIN;
    let fonts = scene.look.fonts;
    let y = HEIGHT - 62.0;
    let mut left = MARGIN;
    let mut sentences: Vec<&str> = Vec::new();
    if let Some((stroke, name)) = legend {
        let middle = y - SOURCE.size * 0.36;
        scene.add(Shape::Line { points: vec![at(left, middle), at(left + SAMPLE, middle)], stroke: *stroke });
        left += SAMPLE + 12.0;
        sentences.push(name);
    }
    let free = MARGIN + width - left;
    let is_short = |text: &str| fonts.measure(&fonts.drawable(text), SOURCE.size, SOURCE.weight).width <= free;
    for ways in notes {
        let fits = |way: &&String| is_short(&[sentences.as_slice(), &[way]].concat().join(" "));
        let only = if sentences.is_empty() { ways.last() } else { None };
        sentences.extend(ways.iter().find(fits).or(only).map(String::as_str));
    }
    let text = fonts.fit(&fonts.drawable(&sentences.join(" ")), SOURCE.size, SOURCE.weight, free);
    if !text.is_empty() {
        scene.write(at(left, y), Anchor::Start, &text, Style { colour: Paint::Ink, ..SOURCE });
    }
    let source = fonts.fit(&fonts.drawable(source), SOURCE.size, SOURCE.weight, width);
    scene.write(at(MARGIN, HEIGHT - 34.0), Anchor::Start, &source, SOURCE);
}

#[cfg(test)]
mod tests {
    use super::bound;

    #[test]
    fn what_belongs_together_is_not_broken() {
        let text = "paid by early 2029 in 3 in 10 futures after 5 years";
        assert_eq!(bound(text), "paid by early\u{a0}2029 in 3\u{a0}in\u{a0}10 futures after 5\u{a0}years");
        assert_eq!(bound("by Oct 2028; May has paid"), "by Oct\u{a0}2028; May has paid");
        assert_eq!(bound(""), "");
    }
}
