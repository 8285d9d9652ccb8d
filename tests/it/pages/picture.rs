//! The picture of the difference.

use outgrow::present::look::Paint;
use outgrow::present::scene::{Area, Shape};
use outgrow::store;
use outgrow::summary::Summary;

use super::built::{self, Luck, at_random, cases};
use super::{both_leave, case, folder, page_of, scene_of};

/// Two texts nearer than this to each other count as one on the other, pixels.
const APART: f64 = 1.0;

#[test]
fn labels_never_meet_and_never_leave_the_picture() {
    let mut luck = Luck(20_270_101);
    let made: Vec<Summary> = (0..200).map(|_| built::summary(&at_random(&mut luck))).collect();
    for (i, summary) in cases().iter().map(|(_, s)| s).chain(&made).enumerate() {
        let scene = scene_of(summary);
        let canvas = Area { left: 0.0, top: 0.0, right: scene.width, bottom: scene.height };
        let boxes: Vec<(&str, Area)> =
            scene.labels().map(|l| (l.text.as_str(), l.area())).filter(|b| !b.0.is_empty()).collect();
        for side in ["dearer so far", "cheaper so far"] {
            assert!(boxes.iter().any(|(text, _)| text.ends_with(side)), "picture {i} does not say {side:?}");
        }
        for (at, (text, area)) in boxes.iter().enumerate() {
            assert!(canvas.covers(*area), "picture {i}: {text:?} at {area:?} leaves the canvas");
            for (other, behind) in &boxes[..at] {
                assert!(
                    !area.grown(APART).overlaps(*behind),
                    "picture {i}: {text:?} at {area:?} is on {other:?} at {behind:?}"
                );
            }
        }
    }
}

#[test]
fn pictures_have_outlines_for_texts_and_the_pixels_of_a_slide() {
    for (name, summary) in cases() {
        let scene = scene_of(summary);
        let (svg, png) = (store::svg::bytes(&scene), store::png::bytes(&scene, 1));
        let text = String::from_utf8(svg.clone()).expect("SVG is UTF-8");
        assert!(!text.contains("<text") && text.contains("<path") && text.contains("<title>"), "{name}");
        // A PNG file has width and height as the first two words of its first chunk.
        let word = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().expect("four bytes"));
        assert_eq!((&png[1..4], word(16), word(20)), (b"PNG".as_slice(), 1920, 1080), "{name}");
        let page = page_of(summary);
        let files: [(&str, &[u8]); 2] = [("difference.svg", &svg), ("difference.png", &png)];
        store::write_run(&folder(name), &files, ("summary.txt", page.as_bytes())).expect("a writable folder");
    }
}

#[test]
fn a_picture_of_the_same_run_has_the_same_bytes() {
    let scene = scene_of(case("close"));
    assert_eq!(store::svg::bytes(&scene), store::svg::bytes(&scene_of(case("close"))));
    assert_eq!(store::png::bytes(&scene, 1), store::png::bytes(&scene, 1));
}

#[test]
fn the_title_says_what_the_result_is() {
    let title = |name: &str| scene_of(case(name)).alternative;
    assert_eq!(
        title("pays-back"),
        "Moving to AWS has paid for itself by May 2029 in half of futures; 1 in 10 have not after 5 years"
    );
    assert_eq!(title("never"), "Moving to AWS pays for itself within 3 years in fewer than 1 in 100 futures");
    assert_eq!(title("certain"), "Too close to call: over 3 years, AWS and Heroku cost about the same on average");
    assert_eq!(title("nobody-leaves"), "Nobody leaves within 1 year: the project starts later");
    assert_eq!(title("from-the-start"), "AWS is never dearer than Heroku, in any future");
    assert!(
        title("close").starts_with("Too close to call: AWS is dearer than Heroku after 3 years, cheaper after 5 years")
    );
    assert!(title("tiny").starts_with("Too close to call: over 5 years, AWS and Heroku cost about the same"));
}

#[test]
fn a_hole_is_marked_on_the_line_of_the_middle_future() {
    for name in ["pays-back", "never-three", "long", "certain"] {
        let scene = scene_of(case(name));
        let line = |shape: &Shape| match shape {
            Shape::Line { points, stroke } if stroke.width == 6.0 && points.len() > 2 => Some(points.clone()),
            _ => None,
        };
        let mut drawn = scene.shapes.iter().filter_map(line);
        let dots = scene.shapes.iter().filter_map(|shape| match shape {
            Shape::Dot { centre, .. } => Some(*centre),
            _ => None,
        });
        let first = dots.into_iter().next().expect("a hole");
        assert!(drawn.any(|points| points.contains(&first)), "{name}: {first:?} is not on a line");
    }
}

#[test]
fn options_without_a_line_are_named_below_the_picture() {
    let has = |name: &str, text: &str| scene_of(case(name)).labels().any(|label| label.text.contains(text));
    let far_apart = scene_of(&both_leave(case("never-three")));
    let said = "Also compared: AWS ($38k dearer on average).";
    let labels: Vec<&str> = far_apart.labels().map(|label| label.text.as_str()).collect();
    assert!(labels.iter().any(|label| label.contains(said)), "{labels:?}");
    assert!(!has("pays-back-early", "Also compared"), "there is no other");
    for (name, summary) in cases().iter().filter(|(_, s)| s.options.len() > 2) {
        // The tuned option has a colour of its own.
        let is_tuned = |s: &Shape| matches!(s, Shape::Line { stroke, .. } if stroke.colour == Paint::Series(2));
        let drawn = scene_of(summary).shapes.iter().any(is_tuned);
        assert_ne!(drawn, has(name, "Also compared"), "{name}: either a line or a name");
    }
}
