//! Who does what: hours of summaries made for tests, and the page of them.

use outgrow::present::{page, people};
use outgrow::study::verdict;
use outgrow::summary::{HoursBy, Mean, People, Summary, Task, Who, WorkKind, Year};
use unicode_width::UnicodeWidthStr;

use super::built::{Luck, at_random, cases, summary};

/// The whole years of a run; of less than one its months.
pub fn years(months: u32) -> Vec<Year> {
    let whole = (1..=months / 12).map(|n| Year { first: 12 * n - 11, last: 12 * n });
    let all: Vec<Year> = whole.collect();
    if all.is_empty() { vec![Year { first: 1, last: months }] } else { all }
}

/// Hours made of those of each month: so many layers share a part of them, somebody from outside the rest.
pub fn made(months: u32, by_month: &[Mean], layers: usize, has_outside: bool) -> People {
    const TITLES: [&str; 5] = [
        "Platform engineers",
        "DevOps as a service, at a firm whose name goes on and on past every margin that one could think of",
        "=HYPERLINK(\"x\")\u{1b}[2J <b>",
        "Команда\u{202E}",
        "",
    ];
    let times = |share: f64| -> Vec<Mean> {
        by_month.iter().map(|m| Mean { value: m.value * share, se: m.se * share, sd: m.sd * share }).collect()
    };
    let by_year = |by_month: &[Mean]| -> Vec<Mean> {
        let year = |year: &Year| {
            let own = &by_month[year.first as usize - 1..year.last as usize];
            let n = own.len() as f64;
            let sum = |of: fn(&Mean) -> f64| own.iter().map(of).sum::<f64>() / n;
            Mean { value: sum(|m| m.value), se: sum(|m| m.se), sd: sum(|m| m.sd) }
        };
        years(months).iter().map(year).collect()
    };
    let others = layers + usize::from(has_outside);
    let share = 1.0 / (1.0 + others as f64);
    let by = |who: Who, title: &str| {
        let by_month = times(share);
        HoursBy { who, title: title.to_owned(), by_year: by_year(&by_month), by_month }
    };
    let mut all = vec![by(Who::Developers, "developers")];
    all.extend((0..layers).map(|place| by(Who::Layer(place), TITLES[place % TITLES.len()])));
    all.extend(has_outside.then(|| by(Who::Outside, "outside help with the move")));
    let parts = [
        (Task::Work(WorkKind::Data), 0.31),
        (Task::OtherWork, 0.42),
        (Task::Incidents, 0.2605),
        (Task::Friction, 0.0095),
    ];
    People {
        tasks: parts.map(|(task, part)| (task, by_year(&times(part)))).into(),
        by: all,
        together: by_year(by_month),
    }
}

fn lines_of(summary: &Summary) -> Vec<String> {
    let page = page::terminal(&people::of(summary, &verdict::of(summary, &[], None)));
    page.lines().map(str::to_owned).collect()
}

/// What each column shows of some rows: the number, and whether it is one.
fn cells(line: &str, columns: usize) -> Vec<String> {
    // Cells stand apart by two spaces at least; the name is in front of them.
    let all: Vec<&str> = line.split("  ").map(str::trim).filter(|cell| !cell.is_empty()).collect();
    all[all.len().saturating_sub(columns)..].iter().map(|cell| (*cell).to_owned()).collect()
}

fn shown(cell: &str) -> f64 {
    if cell == "–" || cell.starts_with('<') { 0.0 } else { cell.replace(',', "").parse().expect("a number") }
}

/// Rows of the first table add up to its last row, to the last digit shown.
fn assert_adds_up(label: &str, summary: &Summary) {
    let lines = lines_of(summary);
    for line in &lines {
        assert!(line.width() <= page::block::WIDTH, "{label}: {line}");
        assert!(!line.contains("NaN") && !line.contains("inf") && !line.contains('\u{1b}'), "{label}: {line}");
    }
    let columns = people::order(summary, &verdict::of(summary, &[], None)).len();
    let begin = lines.iter().position(|line| line.contains("Work you take over")).expect("a table") + 2;
    let end = begin + lines[begin..].iter().position(|line| line.starts_with("    together")).expect("a last row");
    let mut sums = vec![0.0; columns];
    for line in &lines[begin..end] {
        for (sum, cell) in sums.iter_mut().zip(cells(line, columns)) {
            *sum += shown(&cell);
        }
    }
    for (sum, cell) in sums.iter().zip(cells(&lines[end], columns)) {
        assert!((sum - shown(&cell)).abs() < 1e-6, "{label}: {sum} for {cell}\n{}", lines.join("\n"));
    }
}

#[test]
fn rows_of_the_page_add_up_to_the_line_below_them() {
    let mut luck = Luck(7);
    for (name, summary) in cases() {
        assert_adds_up(name, summary);
    }
    for n in 0..60 {
        assert_adds_up(&format!("built {n}"), &summary(&at_random(&mut luck)));
    }
    for n in 0..40 {
        let run = crate::run::run(&crate::generate::scenario(n), 64, n);
        assert_adds_up(&format!("generated {n}"), &run.summary);
    }
}

#[test]
fn the_page_names_the_year_that_its_hours_are_of() {
    for (name, wanted) in [
        ("pays-back", "hours a month in year 5, Jan 2031 to Dec 2031"),
        ("short", "hours a month in year 1, Nov 2026 to Oct 2027"),
        ("one-month", "hours a month in the first month, Jan 2027"),
    ] {
        let lines = lines_of(super::case(name));
        assert!(lines.iter().any(|line| line.ends_with(wanted)), "{name}:\n{}", lines.join("\n"));
    }
}

#[test]
fn who_does_the_hours_is_named_with_engineers_beside_hours() {
    let mut summary = super::case("pays-back").clone();
    let hours = |value: f64| vec![Mean { value, se: 0.01, sd: 1.0 }; 60];
    for (option, value) in [(0, 30.0), (1, 90.0), (2, 31.0)] {
        summary.options[option].people = made(60, &hours(value), if option == 1 { 2 } else { 0 }, false);
    }
    let page = lines_of(&summary).join("\n");
    for wanted in [
        "  With AWS, Platform engineers do 30 of 90 hours a month in year 5; developers do 30, with",
        "Heroku: developers",
        "30 (0.20)",
        "      Platform engineers",
        "      together",
        "90 (0.60)",
    ] {
        assert!(page.contains(wanted), "{wanted}:\n{page}");
    }
    // Without layers a sentence of developers; within noise no difference is claimed.
    summary.options[1].people = made(60, &hours(90.0), 0, false);
    assert!(
        lines_of(&summary)
            .join(" ")
            .contains("developers spend 90 hours a month on production in year 5, with Heroku 30")
    );
    let rough = vec![Mean { value: 31.0, se: 2.0, sd: 80.0 }; 60];
    summary.options[1].people = made(60, &rough, 0, false);
    let page = lines_of(&summary).join(" ").split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(page.contains("about as many hours a month on production in year 5 as with Heroku"), "{page}");
}
