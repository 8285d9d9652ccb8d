//! Pictures as files: their sizes, scales and looks.

use outgrow::present::look::Look;
use outgrow::present::scene::Scene;
use outgrow::store;

use super::{Luck, hinges, light, scenes, shipped};

/// Width and height of a PNG file: the first two words of its first chunk.
fn size(png: &[u8]) -> (u32, u32) {
    let word = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().expect("four bytes"));
    (word(16), word(20))
}

#[test]
fn pictures_are_small_files_and_a_scale_makes_more_pixels_of_the_same() {
    let summary = shipped().remove(0);
    let mut luck = Luck(11);
    let drawn = light(&summary, &hinges(&mut luck));
    let files = store::pictures::files(&drawn, 1, 2);
    assert_eq!(files, store::pictures::files(&drawn, 1, 1), "threads do not show");
    for (name, bytes) in files.iter().filter(|(name, _)| name.ends_with(".png")) {
        assert_eq!(size(bytes), (1920, 1080), "{name}");
        assert!(bytes.len() < 200_000, "{name} has {} bytes", bytes.len());
    }
    for (name, bytes) in files.iter().filter(|(name, _)| name.ends_with(".svg")) {
        let text = std::str::from_utf8(bytes).expect("SVG is UTF-8");
        assert!(!text.contains("<text") && text.contains("<path") && text.contains("<title>"), "{name}");
    }
    assert_eq!(size(&store::png::bytes(&drawn[0].1, 2)), (3840, 2160));
}

#[test]
fn a_dark_picture_has_the_layout_of_the_light_one_and_a_transparent_one_no_paper() {
    let summary = shipped().remove(1);
    let places = |scene: &Scene| scene.labels().map(|l| (l.text.clone(), l.area())).collect::<Vec<_>>();
    let dark = scenes(&summary, &[], Look::dark());
    for ((_, light), (_, dark)) in light(&summary, &[]).iter().zip(&dark) {
        assert_eq!(places(light), places(dark));
        assert_ne!(store::svg::bytes(light), store::svg::bytes(dark));
    }
    let paper = |look: Look| {
        let svg = store::svg::bytes(&scenes(&summary, &[], look).remove(0).1);
        String::from_utf8(svg).expect("SVG is UTF-8").contains("M 0 0 L 1920 0 L 1920 1080 L 0 1080 Z")
    };
    assert!(paper(Look::light()));
    assert!(!paper(Look { is_transparent: true, ..Look::light() }));
}
