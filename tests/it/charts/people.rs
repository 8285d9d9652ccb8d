//! The picture of who does the hours.

use outgrow::present::number::amount;
use outgrow::present::page;
use outgrow::present::people;
use outgrow::present::scene::{Point, Shape};
use outgrow::study::verdict;

use super::{Drawn, drawn, every_scenario};

#[test]
fn paid_hours_without_work_are_named_below_the_picture() {
    let mut named = 0;
    for Drawn { name, summary, scenes } in drawn().iter().chain(every_scenario()) {
        let scene = &scenes.iter().find(|(picture, _)| *picture == "people").expect("a picture").1;
        let said: Vec<&str> = scene.labels().map(|l| l.text.as_str()).collect();
        let said = said.join(" ");
        let shown = people::order(summary, &verdict::of(summary, &[], None));
        let idle = people::idle(summary, &shown);
        assert_eq!(said.contains("seats without work"), !idle.is_empty(), "{name}: {said}");
        // Seats times an engineer's hours, less the hours that are drawn for them.
        let of = |option: &usize| {
            let own = idle.iter().filter(|idle| idle.option == *option);
            own.map(|i| i.seats * summary.hours_per_month - i.hours.value).sum::<f64>()
        };
        let is_of_all = !said.contains("without work, up to");
        let most = shown.iter().map(of).fold(0.0, f64::max);
        for hours in shown.iter().map(of).filter(|hours| *hours > 0.0 && (is_of_all || *hours == most)) {
            named += 1;
            let text = format!(" {} h", amount(hours, 0.0));
            assert!(said.contains(&text), "{name}: {text}: {said}");
        }
    }
    assert!(named > 1, "seats without work are seen: {named}");
}

#[test]
fn months_that_are_higher_than_drawn_are_cut_off_flat_with_their_hours_at_them() {
    let mut named = 0;
    for Drawn { name, scenes, .. } in drawn().iter().chain(every_scenario()) {
        let scene = &scenes.iter().find(|(picture, _)| *picture == "people").expect("a picture").1;
        let is_said = scene.labels().any(|l| l.text.contains("is cut off"));
        for label in scene.labels().filter(|l| l.text.starts_with("↑ ")) {
            named += 1;
            // The plot's upper edge is above the words' line, and the hours come up to it.
            let top = |p: &Point| p.y < label.at.y && p.y > label.at.y - 1.5 * label.style.size;
            let flat = scene.shapes.iter().any(|shape| match shape {
                Shape::Polygon { corners, .. } => {
                    corners.windows(2).any(|pair| top(&pair[0]) && pair[0].y == pair[1].y && pair[1].x > pair[0].x)
                }
                _ => false,
            });
            assert!(flat, "{name}: nothing is flat at {:?}", label.text);
            assert!(label.text.ends_with(" h"), "{name}: {:?}", label.text);
        }
        if is_said {
            assert!(scene.labels().any(|l| l.text.ends_with("is cut off.") || l.text.contains("hours, is cut off")));
        }
    }
    assert!(named > 3, "months are seen: {named}");
}

#[test]
fn seats_that_are_paid_whole_are_the_reason_that_the_page_gives() {
    let mut said = 0;
    for Drawn { name, summary, .. } in every_scenario() {
        let verdict = verdict::of(summary, &[], None);
        let text = page::terminal(&page::of(summary, &verdict, &[]));
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let dearer = verdict.others.iter().filter(|other| other.difference.value > 0.0);
        let has_seats = dearer.filter(|other| !people::paid_whole(summary, other.option).is_empty()).count();
        assert_eq!(has_seats > 0, text.contains(" paid whole in "), "{name}: {text}");
        said += has_seats;
    }
    assert!(said > 0, "an option with seats is seen");
}
