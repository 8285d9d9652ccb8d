//! A scene as a PNG file.

use resvg::tiny_skia::{Pixmap, Transform};

use super::svg::tree;
use crate::present::scene::Scene;

/// The file, so many pixels across for each of the scene's, at least one.
#[must_use]
pub fn bytes(scene: &Scene, scale: u32) -> Vec<u8> {
    let scale = scale.max(1);
    let (width, height) = (scene.width.ceil() as u32 * scale, scene.height.ceil() as u32 * scale);
    let mut pixels = Pixmap::new(width, height).expect("a scene has an area");
    resvg::render(&tree(scene), Transform::from_scale(scale as f32, scale as f32), &mut pixels.as_mut());
    pixels.encode_png().expect("a picture in memory can be encoded")
}
