//! The six pictures: room for every label, months of the calendar, looks and themes.

use std::sync::LazyLock;

use outgrow::present::Made;
use outgrow::present::chart;
use outgrow::present::finding::hinges::{Flip, Hinge};
use outgrow::present::look::{Look, Paint};
use outgrow::present::scene::{Area, Label, Point, Scene, Shape, Stroke};
use outgrow::store;
use outgrow::study::verdict;
use outgrow::summary::{Lens, OptionSummary, Probability, Summary};
use outgrow::units::YearMonth;

use crate::generate;
use crate::pages::built::{self, Luck, at_random, cases};

const MADE: Made = Made { version: "0.0.0", streams: 1 };
/// Two texts nearer than this to each other count as one on the other, pixels.
const APART: f64 = 1.0;
/// Months are looked up by the place of their words, which are measured to a fraction of a pixel.
const SAME_PLACE: f64 = 0.02;

fn scenes(summary: &Summary, hinges: &[Hinge], look: Look) -> Vec<(&'static str, Scene)> {
    chart::all(summary, &verdict::of(summary, &[], None), hinges, MADE, look)
}

fn light(summary: &Summary, hinges: &[Hinge]) -> Vec<(&'static str, Scene)> {
    scenes(summary, hinges, Look::light())
}

/// Inputs at random, hostile ones among them.
fn hinges(luck: &mut Luck) -> Vec<Hinge> {
    const LABELS: [&str; 5] = [
        "growth of traffic",
        "hours a month to run ECS in a steady month, with everything that nobody thought of at first, and then some",
        "Überlänge\u{202E}\u{1F680}",
        "x",
        "=HYPERLINK(\"x\")",
    ];
    let count = (luck.uniform() * 14.0) as usize;
    let scale = [0.0, 1.0, 1e5, 1e14][(luck.uniform() * 4.0) as usize];
    (0..count)
        .map(|i| {
            let flips = luck.uniform() < 0.6;
            let text = if i % 3 == 0 {
                "leaving loses above 40 h"
            } else {
                "leaving loses below 2.7 % a month of anything at all"
            };
            Hinge {
                path: String::new(),
                label: LABELS[i % LABELS.len()].to_owned(),
                low: ["26 h", "-0.5 % / month", "a very long value with its unit"][i % 3].to_owned(),
                high: ["55 h", "9 % / month", "another very long value"][i % 3].to_owned(),
                unit: ["", "", "engineer-weeks", "times the plan"][i % 4].to_owned(),
                delta_low: scale * (luck.uniform() - 0.5),
                delta_high: scale * (luck.uniform() - 0.5),
                error: 0.0,
                flip: flips.then(|| Flip { text: text.to_owned(), beyond: Probability { count: 3, of: 10 } }),
            }
        })
        .collect()
}

fn shipped() -> Vec<Summary> {
    let texts = [
        include_str!("../../scenarios/heroku-to-ecs.toml"),
        include_str!("../../scenarios/legaci.toml"),
        include_str!("../../scenarios/small-heroku-stays.toml"),
        include_str!("../golden/does-not-pay-back.toml"),
        include_str!("../golden/find-out-first.toml"),
        include_str!("../golden/fix-first.toml"),
        include_str!("../golden/leave-now.toml"),
        include_str!("../golden/pays-back.toml"),
        include_str!("../golden/stay.toml"),
        include_str!("../golden/too-close-to-call.toml"),
    ];
    texts.map(|text| crate::run::run(text, 512, 7).summary).into()
}

/// Sixty options with names of every kind.
fn many_options() -> Summary {
    let mut summary = cases().iter().find(|(name, _)| *name == "hostile").expect("a case").1.clone();
    let pattern: Vec<OptionSummary> = summary.options.clone();
    for nth in 3..60 {
        let mut option = pattern[1 + nth % 2].clone();
        option.name = format!("way-{nth}");
        option.platform = ["שלום עולם", "🚀🚀🚀", "Platform with a name of many words that goes on", "Q"][nth % 4]
            .to_owned()
            + &nth.to_string();
        summary.options.push(option);
    }
    summary
}

/// A run in which nothing costs anything.
fn costless() -> Summary {
    let mut summary = cases().iter().find(|(name, _)| *name == "certain").expect("a case").1.clone();
    let none = |spread: &mut outgrow::summary::Spread| {
        spread.mean.value = 0.0;
        spread.quantiles.iter_mut().for_each(|q| (q.value, q.low, q.high) = (0.0, 0.0, 0.0));
    };
    for option in &mut summary.options {
        option.buckets.iter_mut().flatten().chain(&mut option.project).for_each(|m| m.value = 0.0);
        for costs in &mut option.costs {
            costs.monthly.iter_mut().chain(&mut costs.cumulative).chain(&mut costs.present_value).for_each(none);
        }
        for crossover in option.against.iter_mut().flatten() {
            crossover.delta.iter_mut().for_each(none);
        }
    }
    summary
}

/// A run with its name and pictures.
struct Drawn {
    name: String,
    summary: Summary,
    scenes: Vec<(&'static str, Scene)>,
}

/// Everything that the pictures must bear, drawn once for all tests.
fn drawn() -> &'static [Drawn] {
    static DRAWN: LazyLock<Vec<Drawn>> = LazyLock::new(|| {
        let mut luck = Luck(20_270_101);
        let built = (0..200).map(|n| (format!("built {n}"), built::summary(&at_random(&mut luck))));
        let mut all: Vec<(String, Summary)> = built.collect();
        all.extend(cases().iter().map(|(name, summary)| ((*name).to_owned(), summary.clone())));
        // 200 scenarios of the language, each through the whole product.
        all.extend(
            (0..200).map(|n| (format!("generated {n}"), crate::run::run(&generate::scenario(n), 64, n).summary)),
        );
        all.extend(shipped().into_iter().map(|summary| (summary.scenario.clone(), summary)));
        all.extend([("sixty options".to_owned(), many_options()), ("costless".to_owned(), costless())]);
        let draw = |(name, summary): (String, Summary)| {
            let scenes = light(&summary, &hinges(&mut luck));
            Drawn { name, summary, scenes }
        };
        all.into_iter().map(draw).collect()
    });
    &DRAWN
}

/// What is wrong with the layout of a picture, in words.
fn misplaced(scene: &Scene) -> Vec<String> {
    let canvas = Area { left: 0.0, top: 0.0, right: scene.width, bottom: scene.height };
    let boxes: Vec<(&Label, Area)> =
        scene.labels().filter(|l| !l.text.trim().is_empty()).map(|l| (l, l.area())).collect();
    let mut wrong = Vec::new();
    for (place, (label, area)) in boxes.iter().enumerate() {
        if !canvas.covers(*area) {
            wrong.push(format!("{:?} at {area:?} leaves the canvas", label.text));
        }
        for (other, behind) in &boxes[..place] {
            if area.grown(APART).overlaps(*behind) {
                wrong.push(format!("{:?} at {area:?} is on {:?} at {behind:?}", label.text, other.text));
            }
        }
    }
    for shape in &scene.shapes {
        let points = match shape {
            Shape::Polygon { corners, .. } => corners.as_slice(),
            Shape::Line { points, .. } => points,
            Shape::Dot { centre, .. } => std::slice::from_ref(centre),
            Shape::Text(_) => &[],
        };
        if points.iter().any(|p| !(p.x >= 0.0 && p.x <= scene.width && p.y >= 0.0 && p.y <= scene.height)) {
            wrong.push(format!("a shape leaves the canvas: {points:?}"));
        }
        if let Shape::Dot { centre, radius, .. } = shape {
            let dot = Area { left: centre.x, top: centre.y, right: centre.x, bottom: centre.y }.grown(*radius);
            for (label, _) in boxes.iter().filter(|(_, area)| area.overlaps(dot)) {
                wrong.push(format!("{:?} is on the mark at {centre:?}", label.text));
            }
        }
    }
    wrong
}

#[test]
fn no_label_meets_another_or_a_mark_or_leaves_any_picture() {
    let mut wrong = Vec::new();
    let mut seen = 0;
    for Drawn { name, scenes, .. } in drawn() {
        for (picture, scene) in scenes {
            seen += 1;
            wrong.extend(misplaced(scene).into_iter().map(|what| format!("{name}, {picture}: {what}")));
        }
    }
    assert!(seen > 1_800, "pictures are drawn: {seen}");
    assert!(
        wrong.is_empty(),
        "{} of {seen} pictures' labels:\n{}",
        wrong.len(),
        wrong[..wrong.len().min(40)].join("\n")
    );
}

#[test]
fn a_label_on_another_is_seen() {
    let mut scene = light(&cases()[0].1, &[]).remove(0).1;
    assert_eq!(misplaced(&scene), Vec::<String>::new());
    let label = scene.labels().next().expect("a title").clone();
    scene.write(label.at, label.anchor, "on it", label.style);
    assert_eq!(misplaced(&scene).len(), 1);
}

/// The lines of a picture, each with how it is drawn.
fn lines(scene: &Scene) -> impl Iterator<Item = (&[Point], Stroke)> {
    scene.shapes.iter().filter_map(|shape| match shape {
        Shape::Line { points, stroke } => Some((points.as_slice(), *stroke)),
        _ => None,
    })
}

/// Whether a straight line from one point to another runs through an area (Liang and Barsky 1984).
fn runs_through(from: Point, to: Point, area: Area) -> bool {
    let (dx, dy) = (to.x - from.x, to.y - from.y);
    let sides =
        [(-dx, from.x - area.left), (dx, area.right - from.x), (-dy, from.y - area.top), (dy, area.bottom - from.y)];
    let (mut enters, mut leaves) = (0.0_f64, 1.0_f64);
    for (step, room) in sides {
        match step {
            0.0 if room < 0.0 => return false,
            s if s < 0.0 => enters = enters.max(room / s),
            s if s > 0.0 => leaves = leaves.min(room / s),
            _ => {}
        }
    }
    enters < leaves
}

#[test]
fn a_line_runs_through_what_it_crosses_and_not_through_what_it_passes() {
    let area = Area { left: 10.0, top: 10.0, right: 20.0, bottom: 20.0 };
    let point = |x: f64, y: f64| Point { x, y };
    assert!(runs_through(point(0.0, 0.0), point(30.0, 30.0), area));
    assert!(runs_through(point(15.0, 0.0), point(15.0, 12.0), area));
    assert!(!runs_through(point(0.0, 15.0), point(9.0, 15.0), area));
    assert!(!runs_through(point(0.0, 25.0), point(25.0, 31.0), area));
    assert!(!runs_through(point(0.0, 12.0), point(12.0, 0.0), area), "it passes the corner");
}

/// Where there is room for all words beside the curves, and so none may be on one.
#[test]
fn no_words_of_a_shipped_run_are_on_a_curve() {
    let mut curves = 0;
    for summary in shipped() {
        for (picture, scene) in light(&summary, &[]) {
            for (points, stroke) in lines(&scene).filter(|(points, _)| points.len() > 2) {
                curves += 1;
                for label in scene.labels() {
                    let area = label.area().grown(stroke.width / 2.0);
                    assert!(
                        points.windows(2).all(|ends| !runs_through(ends[0], ends[1], area)),
                        "{}, {picture}: {:?} is on a curve",
                        summary.scenario,
                        label.text
                    );
                }
            }
        }
    }
    assert!(curves > 60, "curves are seen: {curves}");
}

#[test]
fn the_tuned_platform_has_a_line_and_a_name_wherever_the_page_may_recommend_it() {
    // Its colour in every picture: see the parts that colours play.
    const TUNED: usize = 2;
    let mut in_note = 0;
    let mut seen = 0;
    let own = shipped();
    let all = drawn().iter().map(|d| &d.summary).chain(&own);
    for summary in all {
        let Some(tuned) = verdict::of(summary, &[], None).rule.tuned else { continue };
        for (picture, scene) in
            light(summary, &[]).into_iter().filter(|(picture, _)| !["costs", "people"].contains(picture))
        {
            seen += 1;
            let said = format!("{}, {picture}", summary.scenario);
            let is_its = |stroke: &Stroke| stroke.colour == Paint::Series(TUNED) && stroke.width > 4.0;
            let own: Vec<_> = lines(&scene).filter(|(_, stroke)| is_its(stroke)).collect();
            assert!(!own.is_empty(), "{said}: no line");
            assert!(own.iter().any(|(points, _)| points[1].x - points[0].x > 0.0), "{said}: no line");
            let names = scene.labels().filter(|l| l.style.colour == Paint::SeriesText(TUNED));
            if names.count() == 0 {
                in_note += 1;
                // A sample of the line stands before its name.
                let sample = own.iter().find(|(points, _)| points[0].y > 1000.0).expect("a sample");
                let name = scene.labels().find(|l| l.at.y > 1000.0 && l.at.x > sample.0[1].x).expect("a note");
                assert!(!name.text.is_empty(), "{said}: {name:?}");
            }
        }
        assert_ne!(tuned.option, summary.baseline);
    }
    assert!(seen > 30 && in_note < seen / 20, "{seen} pictures, {in_note} names in notes");
}

#[test]
fn half_of_futures_is_marked_on_the_line_of_half() {
    let mut marks = 0;
    for Drawn { name, scenes, .. } in drawn() {
        let scene = &scenes.iter().find(|(picture, _)| *picture == "payback").expect("a picture").1;
        let label = scene.labels().find(|l| l.text == "half").expect("a level");
        let half = label.at.y - label.style.size * 0.36;
        for shape in &scene.shapes {
            if let Shape::Dot { centre, .. } = shape {
                marks += 1;
                assert!((centre.y - half).abs() < APART / 2.0, "{name}: {centre:?} is not at {half}");
            }
        }
    }
    assert!(marks > 50, "marks are seen: {marks}");
}

#[test]
fn no_line_runs_through_words_of_the_hinges() {
    let mut seen = 0;
    for Drawn { name, scenes, .. } in drawn() {
        for (_, scene) in scenes.iter().filter(|(picture, _)| *picture == "hinges") {
            for label in scene.labels().filter(|l| !l.text.trim().is_empty()) {
                seen += 1;
                let is_through = |(points, _): (&[Point], Stroke)| runs_through(points[0], points[1], label.area());
                assert!(!lines(scene).any(is_through), "{name}: a line runs through {:?}", label.text);
            }
        }
    }
    assert!(seen > 1_000, "words are seen: {seen}");
}

#[test]
fn what_is_higher_than_drawn_is_named_and_each_picture_says_what_its_figures_are() {
    let mut higher = 0;
    for Drawn { name, summary, scenes } in drawn() {
        for (picture, scene) in scenes {
            let texts: Vec<&str> = scene.labels().map(|l| l.text.as_str()).collect();
            for text in texts.iter().filter(|t| t.contains("higher than drawn")) {
                higher += 1;
                assert!(text.starts_with("higher than drawn: ") && text.contains('$'), "{name}: {text}");
            }
            let wanted = match *picture {
                "difference" => "Diamonds: averages, as on the page",
                "payback" => "Futures counted",
                "people" => "Hours a month by who does them",
                "hinges" | "costs" => "as on the page",
                _ if summary.discount_rate.is_some() => "Averages as paid",
                _ => "as on the page",
            };
            assert!(texts.iter().any(|t| t.contains(wanted)), "{name}, {picture}: {texts:?}");
        }
    }
    assert!(higher > 10, "what is cut off is seen: {higher}");
}

#[test]
fn no_value_at_a_bar_is_cut_and_what_is_noise_has_no_bar() {
    let summary = &cases().iter().find(|(n, _)| *n == "pays-back").expect("a case").1;
    let hinge = |unit: &str, ends: [&str; 2], error: f64| Hinge {
        path: "migration.leave.overrun".to_owned(),
        label: "overrun of the move".to_owned(),
        low: ends[0].to_owned(),
        high: format!("{} {unit}", ends[1]).trim_end().to_owned(),
        unit: unit.to_owned(),
        delta_low: -20e3,
        delta_high: 60e3,
        error,
        flip: None,
    };
    let long = ["a value of so many letters", "and another value of so many"];
    let shown = [
        hinge("times the plan", ["0.42", "2.4"], 40e3),
        hinge("engineer-weeks", ["12", "45"], 0.0),
        hinge("", long, 1e3),
        hinge("", ["noise", "more noise"], 40.1e3),
    ];
    let scene = light(summary, &shown).pop().expect("pictures").1;
    let texts: Vec<&str> = scene.labels().map(|l| l.text.as_str()).collect();
    for value in ["0.42×", "2.4×", "12 weeks", "45 weeks", long[0], long[1]] {
        assert!(texts.contains(&value), "{value}: {texts:?}");
    }
    assert!(!texts.iter().any(|t| t.contains("noise")), "{texts:?}");
    for Drawn { name, scenes, .. } in drawn() {
        for label in scenes.iter().filter(|(p, _)| *p == "hinges").flat_map(|(_, scene)| scene.labels()) {
            let area = label.area();
            // Names of inputs and words on flips stand in columns of their own.
            let is_value = area.left > 470.0 && area.right < 1470.0 && label.style.size == 25.0;
            assert!(!is_value || !label.text.ends_with('…'), "{name}: {:?} is cut", label.text);
        }
    }
}

/// Inter has no Chinese, no Hebrew and no rockets: a title in these is what of it can be drawn, or the name in the file.
#[test]
fn a_title_that_cannot_be_drawn_gives_way_to_the_name_in_the_file() {
    let mut summary = shipped().remove(1);
    let leader = verdict::of(&summary, &[], None).leader.option;
    summary.scenario = "迁移".to_owned();
    summary.options[summary.baseline].platform = "海洛库 Heroku 🚀 (标准)".to_owned();
    summary.options[leader].platform = "云平台".to_owned();
    summary.options[leader].title = "离开".to_owned();
    summary.options[leader].name = "to-cloud".to_owned();
    let hinge = Hinge {
        path: String::new(),
        label: "hours a month of upkeep on 云平台".to_owned(),
        low: "3".to_owned(),
        high: "24".to_owned(),
        unit: String::new(),
        delta_low: -1e5,
        delta_high: 2e5,
        error: 0.0,
        flip: None,
    };
    for (picture, scene) in light(&summary, &[hinge]) {
        let text = scene.labels().map(|l| l.text.as_str()).collect::<Vec<_>>().join("\n");
        assert!(!text.contains('?') && !text.contains("()"), "{picture}: {text}");
        assert!(text.contains("to-cloud") && text.contains("Heroku"), "{picture}: {text}");
        assert!(!text.contains("Scenario:"), "{picture}: nothing is left of the scenario's title");
        assert!(text.is_ascii() || text.chars().all(|c| !('\u{590}'..'\u{2000}').contains(&c)), "{picture}: {text}");
        assert!(scene.alternative.contains("to-cloud"), "{picture}: {}", scene.alternative);
    }
}

/// The words of a picture's title, which stand on top in the largest type.
fn titles(scene: &Scene) -> Vec<&Label> {
    let size = scene.labels().next().expect("a title").style.size;
    scene.labels().take_while(|label| label.style.size == size).collect()
}

/// The amounts of money in a text: "$230k", "$1,400".
fn amounts(text: &str) -> Vec<&str> {
    let is_part = |c: char| c.is_ascii_digit() || matches!(c, '$' | '.' | ',' | 'k' | 'M' | 'B');
    text.split(|c| !is_part(c)).filter(|t| t.starts_with('$')).map(|t| t.trim_end_matches([',', '.'])).collect()
}

#[test]
fn a_title_has_two_lines_and_its_figures_stand_at_the_lines_that_they_are_of() {
    let mut figures = 0;
    for summary in shipped() {
        for (picture, scene) in light(&summary, &[]) {
            let title = titles(&scene);
            assert!(title.len() <= 2, "{}, {picture}: {:?}", summary.scenario, scene.alternative);
            let own = amounts(&scene.alternative);
            for amount in own.iter().filter(|_| ["difference", "run-rate"].contains(&picture)) {
                figures += 1;
                let is_at_a_line = |label: &&Label| label.at.x > 1000.0 && amounts(&label.text).contains(amount);
                assert!(
                    scene.labels().skip(title.len()).any(|label| is_at_a_line(&label)),
                    "{}, {picture}: {amount} of {:?} stands at no line",
                    summary.scenario,
                    scene.alternative
                );
            }
        }
    }
    assert!(figures > 20, "figures are seen: {figures}");
}

#[test]
fn no_line_runs_through_the_names_of_the_sides_or_of_the_move() {
    let mut seen = 0;
    for Drawn { name, scenes, .. } in drawn() {
        for (picture, scene) in scenes {
            let is_name = |l: &&Label| l.text.ends_with(" so far") || l.text.starts_with("The move: ");
            for label in scene.labels().filter(is_name) {
                seen += 1;
                for (points, _) in lines(scene) {
                    let is_through = |ends: &[Point]| runs_through(ends[0], ends[1], label.area());
                    assert!(!points.windows(2).any(is_through), "{name}, {picture}: a line through {:?}", label.text);
                }
            }
        }
    }
    assert!(seen > 500, "names are seen: {seen}");
}

#[test]
fn the_line_at_zero_of_the_hinges_is_whole_and_a_turn_beyond_the_bar_is_told_too() {
    let mut whole = 0;
    for Drawn { name, scenes, .. } in drawn() {
        for (_, scene) in scenes.iter().filter(|(picture, _)| *picture == "hinges") {
            let zero: Vec<_> = lines(scene).filter(|(_, s)| s.width == 3.5 && s.colour == Paint::Ink).collect();
            assert_eq!(zero.len(), 1, "{name}: the line at zero has holes");
            whole += 1;
        }
    }
    assert!(whole > 100, "lines are seen: {whole}");
    let summary = &cases().iter().find(|(n, _)| *n == "pays-back").expect("a case").1;
    let of = |ends: (f64, f64)| Hinge {
        path: String::new(),
        label: "hours a month".to_owned(),
        low: "8".to_owned(),
        high: "60".to_owned(),
        unit: String::new(),
        delta_low: ends.0,
        delta_high: ends.1,
        error: 0.0,
        flip: Some(Flip {
            text: "leaving loses above 69 hours".to_owned(),
            beyond: Probability { count: 12, of: 100 },
        }),
    };
    let title = |hinge: Hinge| light(summary, &[hinge]).pop().expect("pictures").1.alternative;
    for ends in [(-4e5, 1e4), (-4e5, -1e4)] {
        assert_eq!(title(of(ends)), "It hinges on hours a month: leaving loses above 69 hours (1 in 10)");
    }
}

/// The lines of the months of a picture, of which one of several plots has several.
fn axes(picture: &str, scene: &Scene) -> Vec<(f64, f64, f64)> {
    if picture != "people" {
        return vec![axis(scene)];
    }
    let across = lines(scene)
        .filter(|(points, stroke)| points.len() == 2 && points[0].y == points[1].y && stroke.colour == Paint::Quiet);
    across.map(|(points, _)| (points[0].x, points[1].x, points[0].y)).collect()
}

/// The line of the months of a picture: the lowest that runs from side to side.
fn axis(scene: &Scene) -> (f64, f64, f64) {
    let across = scene.shapes.iter().filter_map(|shape| match shape {
        Shape::Line { points, .. }
            if points.len() == 2 && points[0].y == points[1].y && points[1].x - points[0].x > 300.0 =>
        {
            Some((points[0].x, points[1].x, points[0].y))
        }
        _ => None,
    });
    across.max_by(|a, b| a.2.total_cmp(&b.2)).expect("an axis")
}

#[test]
fn the_words_under_the_axis_are_the_months_of_the_calendar() {
    const NAMES: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let mut checked = [0; 3];
    for Drawn { name, summary, scenes } in drawn() {
        for (picture, scene) in scenes.iter().filter(|(picture, _)| !["costs", "hinges"].contains(picture)) {
            let axes = axes(picture, scene);
            let below = |label: &&Label| {
                let middle = f64::midpoint(label.area().left, label.area().right);
                // Names of Januaries reach out of a plot.
                let is_below = |by: f64| {
                    axes.iter().find(|(left, right, bottom)| {
                        let is_low = label.at.y > *bottom && label.at.y < bottom + 80.0;
                        is_low && (left - by..right + by).contains(&middle)
                    })
                };
                is_below(0.0).or_else(|| is_below(60.0)).copied()
            };
            for (label, (left, right, _)) in scene.labels().filter_map(|label| Some((label, below(&label)?))) {
                let area = label.area();
                let at = (f64::midpoint(area.left, area.right) - left) / (right - left) * f64::from(summary.months);
                let of = |month: f64| -> YearMonth { summary.start.plus(month as i32) };
                let text = label.text.as_str();
                let said = format!("{name}, {picture}: {text:?} in the middle of month {at}");
                if NAMES.contains(&text) {
                    checked[0] += 1;
                    assert_eq!(of(at.floor()).to_string()[..3], *text, "{said}");
                    assert!((at - at.floor() - 0.5).abs() < SAME_PLACE, "{said}: not in the month's middle");
                } else if let Some(year) = text.strip_prefix("Jan ") {
                    checked[1] += 1;
                    assert!((at - at.round()).abs() < SAME_PLACE, "{said}: not where a month begins");
                    assert_eq!(of(at.round()).to_string(), format!("Jan {year}"), "{said}");
                } else if text.len() == 4 && text.parse::<i32>().is_ok() {
                    checked[2] += 1;
                    // Even where the year's drawn months have no middle month, the one before its middle is of it.
                    assert_eq!(of((at - SAME_PLACE).floor()).year().to_string(), text, "{said}");
                }
            }
        }
    }
    assert!(checked.iter().all(|n| *n > 10), "each kind of words is seen: {checked:?}");
}

#[test]
fn every_picture_says_what_it_found_and_what_is_drawn() {
    for Drawn { name, scenes, .. } in drawn() {
        for (picture, scene) in scenes {
            let title = &scene.alternative;
            assert!(title.len() > 20, "{name}, {picture}: {title:?}");
            for sign in ["NaN", "inf", "$-", " -$", "{", "±", "p50", "Δ"] {
                assert!(scene.labels().all(|l| !l.text.contains(sign)), "{name}, {picture}: {sign:?} is on it");
            }
            assert!(
                scene.labels().any(|l| l.text.contains("futures, seed ") || l.text.ends_with('…')),
                "{name}, {picture}: no source"
            );
        }
    }
}

#[test]
fn a_way_of_counting_with_the_same_line_is_drawn_once_and_both_are_named() {
    let mut summary = cases().iter().find(|(name, _)| *name == "pays-back").expect("a case").1.clone();
    let labels = |summary: &Summary| -> Vec<String> {
        let scene = light(summary, &[]).remove(1).1;
        scene.labels().map(|l| l.text.clone()).collect()
    };
    assert!(labels(&summary).contains(&"Invoices only".to_owned()));
    let leader = verdict::of(&summary, &[], None).leader.option;
    let tco = summary.headline(leader, Lens::Tco).clone();
    for crossover in summary.options[leader].against.as_mut().expect("compared") {
        if crossover.lens == Lens::Invoices {
            *crossover =
                outgrow::summary::Crossover { lens: Lens::Invoices, discounted: crossover.discounted, ..tco.clone() };
        }
    }
    let joined = labels(&summary);
    assert!(joined.iter().any(|l| l == "Invoices only and with engineers’ time"), "{joined:?}");
    assert!(!joined.contains(&"Invoices only".to_owned()));
}

#[test]
fn a_title_is_computed_from_the_result() {
    let title = |name: &str, picture: usize| {
        let summary = &cases().iter().find(|(n, _)| *n == name).expect("a case").1;
        light(summary, &[])[picture].1.alternative.clone()
    };
    assert_eq!(title("nobody-leaves", 1), "Nobody leaves within 1 year: the project starts later");
    assert_eq!(title("from-the-start", 1), "AWS has nothing to pay back in any future");
    assert!(title("pays-back", 1).starts_with("In half of futures moving to AWS has paid for itself by "));
    assert!(title("never", 1).starts_with(
        "Moving to AWS pays for itself within 3 years in fewer than 1 in 100 futures; on invoices alone, in half by"
    ));
    assert!(title("pays-back", 2).starts_with("Over 5 years AWS saves $"), "{}", title("pays-back", 2));
    assert!(title("nobody-leaves", 2).ends_with("spend about the same on everything"));
    assert!(title("pays-back", 3).contains("a month costs on average $"), "{}", title("pays-back", 3));
}

#[test]
fn what_turns_the_choice_is_the_title_of_the_hinges() {
    let summary = &cases().iter().find(|(n, _)| *n == "pays-back").expect("a case").1;
    let hinge = |label: &str, ends: (f64, f64), flip: Option<&str>| Hinge {
        path: String::new(),
        label: label.to_owned(),
        low: "24 h".to_owned(),
        high: "58 h".to_owned(),
        unit: String::new(),
        delta_low: ends.0,
        delta_high: ends.1,
        error: 0.0,
        flip: flip.map(|text| Flip { text: text.to_owned(), beyond: Probability { count: 28, of: 100 } }),
    };
    let title = |hinges: &[Hinge]| light(summary, hinges).pop().expect("pictures").1.alternative;
    let growth = hinge("growth of traffic", (40e3, -300e3), Some("leaving loses below 2.7 % a month"));
    let hours = hinge("hours a month to run AWS", (-180e3, 60e3), Some("leaving loses above 40 h"));
    assert_eq!(
        title(&[hours.clone(), growth.clone()]),
        "It hinges on growth of traffic: leaving loses below 2.7 % a month (3 in 10)"
    );
    let still = Hinge { flip: None, ..growth };
    assert_eq!(
        title(&[hours, still.clone()]),
        "It hinges on hours a month to run AWS: leaving loses above 40 h (3 in 10)"
    );
    assert_eq!(
        title(&[still]),
        "No single figure is likely to turn the choice between AWS and Heroku, tuned; growth of traffic moves it most, by $340k"
    );
    assert_eq!(light(summary, &[]).len(), 5, "without inputs there is no such picture");
}

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
