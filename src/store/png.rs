//! A scene as a PNG file.

use resvg::tiny_skia::{Pixmap, Transform};

use super::svg::tree;
use crate::present::scene::Scene;

/// The file, a pixel for each of the scene's.
#[must_use]
pub fn bytes(scene: &Scene) -> Vec<u8> {
    let (width, height) = (scene.width.ceil() as u32, scene.height.ceil() as u32);
    let mut pixels = Pixmap::new(width, height).expect("a scene has an area");
    resvg::render(&tree(scene), Transform::identity(), &mut pixels.as_mut());
    pixels.encode_png().expect("a picture in memory can be encoded")
}
