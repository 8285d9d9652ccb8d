//! A scene as a PNG file.

use resvg::tiny_skia::{Pixmap, Transform};
use usvg::Tree;

use super::svg::tree;
use crate::present::scene::Scene;

/// The file, so many pixels across for each of the scene's, at least one.
#[must_use]
pub fn bytes(scene: &Scene, scale: u32) -> Vec<u8> {
    of_tree(&tree(scene), scene, scale)
}

/// The same of a scene whose tree is there already.
pub(super) fn of_tree(tree: &Tree, scene: &Scene, scale: u32) -> Vec<u8> {
    let scale = scale.max(1);
    let (width, height) = (scene.width.ceil() as u32 * scale, scene.height.ceil() as u32 * scale);
    let mut pixels = Pixmap::new(width, height).expect("a scene has an area");
    resvg::render(tree, Transform::from_scale(scale as f32, scale as f32), &mut pixels.as_mut());
    if pixels.data().as_chunks::<4>().0.iter().all(|pixel| pixel[3] == u8::MAX) {
        return opaque(&pixels).expect("a picture in memory can be encoded");
    }
    pixels.encode_png().expect("a picture in memory can be encoded")
}

/// Three bytes a pixel, none of them filtered: areas of one colour, which is what charts are made of, repeat as they are.
fn opaque(pixels: &Pixmap) -> Result<Vec<u8>, png::EncodingError> {
    let mut file = Vec::new();
    let pixels_of = pixels.data().as_chunks::<4>().0;
    let mut colours = vec![0; 3 * pixels_of.len()];
    for (colour, [red, green, blue, _]) in colours.as_chunks_mut::<3>().0.iter_mut().zip(pixels_of) {
        *colour = [*red, *green, *blue];
    }
    let mut encoder = png::Encoder::new(&mut file, pixels.width(), pixels.height());
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::Balanced);
    encoder.set_filter(png::Filter::NoFilter);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&colours)?;
    writer.finish()?;
    Ok(file)
}
