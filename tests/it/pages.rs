//! What a run shows: page, pictures, tables.

mod built;

use outgrow::present::{Made, chart::difference};
use outgrow::store;
use outgrow::study::verdict;

const MADE: Made = Made { version: "0.0.0", streams: 1 };

#[test]
fn pictures() {
    for (name, summary) in built::cases() {
        let verdict = verdict::of(&summary);
        let scene = difference::draw(&summary, &verdict, MADE);
        println!("=== {name}\n{}", outgrow::present::page::text(&summary, &verdict, Default::default()));
        let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("pages").join(name);
        store::write_run(
            &folder,
            &[("difference.svg", &store::svg::bytes(&scene)), ("difference.png", &store::png::bytes(&scene))],
        )
        .unwrap();
    }
}
