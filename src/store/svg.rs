//! A scene as SVG whose texts are outlines, so that it looks the same where the typeface is not installed.

use std::fmt::Write;
use std::sync::Arc;

use usvg::fontdb::Database;
use usvg::{Options, Tree, WriteOptions};

use crate::present::font::{FAMILY, Weight};
use crate::present::scene::{Anchor, Colour, Label, Point, Scene, Shape, Stroke};

/// Decimals of a coordinate: a hundredth of a pixel.
const DECIMALS: u8 = 2;
/// Width of the rim that keeps a text apart from what is behind it, pixels.
const RIM: f64 = 7.0;

/// The file.
#[must_use]
pub fn bytes(scene: &Scene) -> Vec<u8> {
    let options = WriteOptions { coordinates_precision: DECIMALS, ..WriteOptions::default() };
    let written = tree(scene).to_string(&options);
    let (head, rest) = written.split_once('>').expect("an SVG file has a root element");
    let title = escape(&scene.alternative);
    format!("{head} role=\"img\">\n    <title>{title}</title>{rest}").into_bytes()
}

/// The scene as the drawing library's tree, its texts laid out in the embedded faces.
pub(super) fn tree(scene: &Scene) -> Tree {
    let mut faces = Database::new();
    for weight in Weight::ALL {
        faces.load_font_data(weight.bytes().to_vec());
    }
    let options = Options { fontdb: Arc::new(faces), font_family: FAMILY.to_owned(), ..Options::default() };
    Tree::from_str(&source(scene), &options).expect("a scene is written as sound SVG")
}

/// The scene as SVG with texts as texts.
fn source(scene: &Scene) -> String {
    let (width, height) = (scene.width, scene.height);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\">\
         <rect width=\"{width}\" height=\"{height}\" fill=\"{}\"/>",
        hex(scene.background)
    );
    for shape in &scene.shapes {
        add(&mut out, shape, scene.background).expect("writing to a string cannot fail");
    }
    out.push_str("</svg>");
    out
}

fn add(out: &mut String, shape: &Shape, background: Colour) -> std::fmt::Result {
    match shape {
        Shape::Polygon { corners, fill, opacity } => {
            write!(out, "<polygon points=\"{}\" fill=\"{}\" fill-opacity=\"{opacity}\"/>", points(corners), hex(*fill))
        }
        Shape::Line { points: through, stroke } => write!(
            out,
            "<polyline points=\"{}\" fill=\"none\" stroke-linejoin=\"round\" {}/>",
            points(through),
            drawn(*stroke)
        ),
        Shape::Dot { centre, radius, fill, rim } => write!(
            out,
            "<circle cx=\"{:.2}\" cy=\"{:.2}\" r=\"{radius}\" fill=\"{}\" {}/>",
            centre.x,
            centre.y,
            hex(*fill),
            drawn(*rim)
        ),
        Shape::Text(label) => write_text(out, label, background),
    }
}

fn write_text(out: &mut String, label: &Label, background: Colour) -> std::fmt::Result {
    let anchor = match label.anchor {
        Anchor::Start => "start",
        Anchor::Middle => "middle",
        Anchor::End => "end",
    };
    let style = label.style;
    let rim = if style.rim {
        format!(
            " stroke=\"{}\" stroke-width=\"{RIM}\" stroke-linejoin=\"round\" paint-order=\"stroke\"",
            hex(background)
        )
    } else {
        String::new()
    };
    write!(
        out,
        "<text x=\"{:.2}\" y=\"{:.2}\" font-family=\"{FAMILY}\" font-size=\"{}\" font-weight=\"{}\" \
         text-anchor=\"{anchor}\" fill=\"{}\"{rim}>{}</text>",
        label.at.x,
        label.at.y,
        style.size,
        style.weight.number(),
        hex(style.colour),
        escape(&label.text)
    )
}

fn drawn(stroke: Stroke) -> String {
    let dash = stroke.dash.map_or_else(String::new, |(on, off)| format!(" stroke-dasharray=\"{on} {off}\""));
    format!("stroke=\"{}\" stroke-width=\"{}\"{dash}", hex(stroke.colour), stroke.width)
}

fn points(through: &[Point]) -> String {
    through.iter().map(|p| format!("{:.2},{:.2}", p.x, p.y)).collect::<Vec<_>>().join(" ")
}

fn hex(colour: Colour) -> String {
    format!("#{:02x}{:02x}{:02x}", colour.0, colour.1, colour.2)
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::tree;
    use crate::present::font::Weight;
    use crate::present::scene::{Anchor, Colour, Scene, Style, at};

    /// The drawing library lays out in single precision; its seven digits of 700 pixels leave a thousandth.
    const PIXELS_APART: f64 = 0.001;

    #[test]
    fn a_measured_text_is_as_wide_as_the_drawn_one() {
        for weight in Weight::ALL {
            let style = Style { size: 30.0, weight, colour: Colour(0, 0, 0), rim: false };
            let mut scene = Scene::new(1920.0, 1080.0, Colour(255, 255, 255));
            scene.write(at(100.0, 100.0), Anchor::Start, "Tell AWS: Towards $1.7M, “To” Kyiv (V/A) žluťoučký", style);
            let measured = scene.labels().next().expect("one label").area();
            let drawn = tree(&scene);
            let node = drawn.root().children().last().expect("the text");
            let width = f64::from(node.abs_bounding_box().width());
            assert!((measured.right - measured.left - width).abs() < PIXELS_APART, "{measured:?} against {width}");
        }
    }
}
