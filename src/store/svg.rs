//! A scene as SVG whose texts are outlines, so that it looks the same where the typeface is not installed.

use std::fmt::Write;
use std::sync::Arc;

use usvg::fontdb::{Database, Language, Source};
use usvg::{Options, Tree, WriteOptions};

use crate::present::font::{Fonts, Weight};
use crate::present::look::Palette;
use crate::present::scene::{Anchor, Label, Point, Scene, Shape, Stroke};

/// Decimals of a coordinate: a hundredth of a pixel.
const DECIMALS: u8 = 2;
/// Width of the rim that keeps a text apart from what is behind it, pixels.
const RIM: f64 = 7.0;

/// The file.
#[must_use]
pub fn bytes(scene: &Scene) -> Vec<u8> {
    of_tree(&tree(scene), scene)
}

/// The same of a scene whose tree is there already.
pub(super) fn of_tree(tree: &Tree, scene: &Scene) -> Vec<u8> {
    let options = WriteOptions { coordinates_precision: DECIMALS, ..WriteOptions::default() };
    let written = tree.to_string(&options);
    let (head, rest) = written.split_once('>').expect("an SVG file has a root element");
    let title = escape(&scene.alternative);
    format!("{head} role=\"img\">\n    <title>{title}</title>{rest}").into_bytes()
}

/// The scene as the drawing library's tree, its texts laid out in the embedded faces.
pub(super) fn tree(scene: &Scene) -> Tree {
    let options = Options { fontdb: Arc::new(faces(scene.look.fonts)), ..Options::default() };
    Tree::from_str(&source(scene), &options).expect("a scene is written as sound SVG")
}

/// The faces, each as a family of its own, so that what a font file calls itself decides nothing.
fn faces(fonts: Fonts) -> Database {
    let mut database = Database::new();
    for weight in Weight::ALL {
        let loaded = database.load_font_source(Source::Binary(Arc::new(fonts.bytes(weight))));
        let face = loaded.first().and_then(|id| database.face(*id)).cloned();
        let mut face = face.expect("the faces of a look were parsed when it was made");
        database.remove_face(face.id);
        face.families = vec![(family(weight).to_owned(), Language::English_UnitedStates)];
        database.push_face_info(face);
    }
    database
}

const fn family(weight: Weight) -> &'static str {
    match weight {
        Weight::Regular => "regular",
        Weight::SemiBold => "bold",
    }
}

/// The scene as SVG with texts as texts.
fn source(scene: &Scene) -> String {
    let (width, height) = (scene.width, scene.height);
    let palette = &scene.look.palette;
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\">"
    );
    if !scene.look.is_transparent {
        let _ = write!(out, "<rect width=\"{width}\" height=\"{height}\" fill=\"{}\"/>", palette.paper);
    }
    for shape in &scene.shapes {
        add(&mut out, shape, palette).expect("writing to a string cannot fail");
    }
    out.push_str("</svg>");
    out
}

fn add(out: &mut String, shape: &Shape, palette: &Palette) -> std::fmt::Result {
    match shape {
        Shape::Polygon { corners, fill, opacity } => {
            write!(
                out,
                "<polygon points=\"{}\" fill=\"{}\" fill-opacity=\"{opacity}\"/>",
                points(corners),
                palette.colour(*fill)
            )
        }
        Shape::Line { points: through, stroke } => write!(
            out,
            "<polyline points=\"{}\" fill=\"none\" stroke-linejoin=\"round\" {}/>",
            points(through),
            drawn(*stroke, palette)
        ),
        Shape::Dot { centre, radius, fill, rim } => write!(
            out,
            "<circle cx=\"{:.2}\" cy=\"{:.2}\" r=\"{radius}\" fill=\"{}\" {}/>",
            centre.x,
            centre.y,
            palette.colour(*fill),
            drawn(*rim, palette)
        ),
        Shape::Text(label) => write_text(out, label, palette),
    }
}

fn write_text(out: &mut String, label: &Label, palette: &Palette) -> std::fmt::Result {
    let anchor = match label.anchor {
        Anchor::Start => "start",
        Anchor::Middle => "middle",
        Anchor::End => "end",
    };
    let style = label.style;
    let rim = if style.rim {
        format!(" stroke=\"{}\" stroke-width=\"{RIM}\" stroke-linejoin=\"round\" paint-order=\"stroke\"", palette.paper)
    } else {
        String::new()
    };
    write!(
        out,
        "<text x=\"{:.2}\" y=\"{:.2}\" font-family=\"{}\" font-size=\"{}\" \
         text-anchor=\"{anchor}\" fill=\"{}\"{rim}>{}</text>",
        label.at.x,
        label.at.y,
        family(style.weight),
        style.size,
        palette.colour(style.colour),
        escape(&label.text)
    )
}

fn drawn(stroke: Stroke, palette: &Palette) -> String {
    let dash = stroke.dash.map_or_else(String::new, |(on, off)| format!(" stroke-dasharray=\"{on} {off}\""));
    format!("stroke=\"{}\" stroke-width=\"{}\"{dash}", palette.colour(stroke.colour), stroke.width)
}

fn points(through: &[Point]) -> String {
    through.iter().map(|p| format!("{:.2},{:.2}", p.x, p.y)).collect::<Vec<_>>().join(" ")
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::tree;
    use crate::present::font::Weight;
    use crate::present::look::{Look, Paint};
    use crate::present::scene::{Anchor, Scene, Style, at};

    /// The drawing library lays out in single precision; its seven digits of 700 pixels leave a thousandth.
    const PIXELS_APART: f64 = 0.001;

    #[test]
    fn a_measured_text_is_as_wide_as_the_drawn_one() {
        for weight in Weight::ALL {
            let style = Style { size: 30.0, weight, colour: Paint::Ink, rim: false };
            let mut scene = Scene::new(1920.0, 1080.0, Look::light());
            scene.write(at(100.0, 100.0), Anchor::Start, "Tell AWS: Towards $1.7M, “To” Kyiv (V/A) žluťoučký", style);
            let measured = scene.labels().next().expect("one label").area();
            let drawn = tree(&scene);
            let node = drawn.root().children().last().expect("the text");
            let width = f64::from(node.abs_bounding_box().width());
            assert!((measured.right - measured.left - width).abs() < PIXELS_APART, "{measured:?} against {width}");
        }
    }
}
