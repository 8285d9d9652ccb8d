//! What hours go into and who does them: by hand, and what must hold of them.

use outgrow::plan::compile;
use outgrow::sim::trace;
use outgrow::summary::{Lens, Mean, Task, Who, WorkKind};
use outgrow::units::Seed;

use crate::generate;
use crate::twin::read;

/// Sums of a dozen hours, each rounded a few times.
const REL_SUM: f64 = 1e-9;
/// The grid that sums are exact on is 2⁻⁴⁰ of 16 times a thousandth of the baseline's cost; a year has twelve.
const GRID: f64 = 1e-5;

const BY_HAND: &str = r#"
name = "By hand"
start = "2027-01"
months = 30
baseline = "stay"
[demand]
growth = "0 % / month"
[drivers.engineers]
today = 10
people = true
[drivers.deploys]
today = 84
unit = "/ month"
[people]
loaded_hour = "$100 / hour"
hours_per_month = 150
refocus = "30 min"
engineers = "engineers"
turnover = "12 % / year"
[platforms.here]
title = "Here"
friction = { per = { deploys = "5 min" } }
onboarding = { hours = "40 hours" }
[platforms.here.runtime.web]
price = "$1,000 / month"
[platforms.here.work.builds]
kind = "pipelines"
hours = "6 hours / month"
interruptions = "4 / month"
[platforms.here.work.upkeep]
kind = { data = "50 %", security = "30 %" }
hours = "10 hours / month"
[platforms.here.work.rest]
hours = "3 hours / month"
[platforms.there]
title = "There"
[platforms.there.runtime.web]
price = "$100 / month"
[platforms.there.work.upkeep]
kind = { monitoring = "100 %" }
hours = "20 hours / month"
[events.audit]
title = "Audit"
probability = "100 %"
month = "month 3"
hours = "24 hours"
[options.stay]
platform = "here"
[options.covered]
platform = "here"
[options.covered.cover.firm]
title = "A firm"
kind = "service"
retainer = "$1,000 / month"
includes = "9 hours / month"
[options.move]
platform = "there"
migration = "to-there"
[migrations.to-there]
from = "here"
starts = "month 13"
effort = "4 engineer-weeks"
overrun = 1
people = 2
overlap = "0 months"
outside_help = "$150 / hour"
outside_help_share = "25 %"
"#;

fn assert_near(found: &Mean, wanted: f64, label: &str) {
    assert!((found.value - wanted).abs() < GRID, "{label}: {} for {wanted}", found.value);
    assert!(found.se.abs() < GRID, "{label}: nothing is drawn, and its error is {}", found.se);
}

#[test]
fn hours_by_kind_and_by_who_does_them_are_those_worked_out_by_hand() {
    let run = crate::run::run(BY_HAND, 64, 0);
    let years: Vec<(u32, u32)> = run.summary.years.iter().map(|year| (year.first, year.last)).collect();
    assert_eq!(years, [(1, 12), (13, 24)], "half a year is none");
    let stay = &run.summary.options[run.option("stay")].people;
    // 6 + 4 · 0.5; 84 deploys of 5 minutes; a tenth of an engineer a month joins, 40 hours each; 24 hours in one month.
    let wanted = [
        (Task::Work(WorkKind::Pipelines), [8.0, 8.0]),
        (Task::Work(WorkKind::Data), [5.0, 5.0]),
        (Task::Work(WorkKind::Security), [3.0, 3.0]),
        (Task::OtherWork, [5.0, 5.0]),
        (Task::Events, [2.0, 0.0]),
        (Task::Friction, [7.0, 7.0]),
        (Task::Onboarding, [4.0, 4.0]),
    ];
    assert_eq!(stay.tasks.iter().map(|(task, _)| *task).collect::<Vec<_>>(), wanted.map(|(task, _)| task));
    for ((task, found), (_, wanted)) in stay.tasks.iter().zip(wanted) {
        found.iter().zip(wanted).for_each(|(found, wanted)| assert_near(found, wanted, task.name()));
    }
    assert_eq!(stay.by.len(), 1);
    for (year, wanted) in [34.0, 32.0].into_iter().enumerate() {
        assert_near(&stay.together[year], wanted, "together");
        assert_near(&stay.by[0].by_year[year], wanted, "developers");
    }
    // The firm takes nine hours a month, of what is not developers' own.
    let covered = &run.summary.options[run.option("covered")].people;
    assert_eq!(covered.tasks, stay.tasks, "what there is to do does not go by who does it");
    assert_eq!(covered.by.iter().map(|by| by.who).collect::<Vec<_>>(), [Who::Developers, Who::Layer(0)]);
    assert_eq!(covered.by[1].title, "A firm");
    assert_near(&covered.by[0].by_year[1], 23.0, "developers beside a firm");
    assert_near(&covered.by[1].by_year[1], 9.0, "a firm");
    // Four weeks of 150 · 84/365 hours within year 2, a quarter of them from outside; two weeks on the old platform.
    let moved = &run.summary.options[run.option("move")].people;
    let week = 150.0 * 84.0 / 365.0;
    let on_the_old = 2.0 * 84.0 / 365.0;
    let of = |task: Task| moved.tasks.iter().find(|(known, _)| *known == task).map(|(_, hours)| hours[1]);
    assert_near(&of(Task::Project).expect("a project"), 4.0 * week / 12.0, "the project");
    assert_near(&of(Task::Work(WorkKind::Pipelines)).expect("for two weeks"), 8.0 * on_the_old / 12.0, "pipelines");
    let monitoring = of(Task::Work(WorkKind::Monitoring)).expect("there");
    assert_near(&monitoring, 20.0 * (12.0 - on_the_old) / 12.0, "monitoring");
    assert_eq!(moved.by.iter().map(|by| by.who).collect::<Vec<_>>(), [Who::Developers, Who::Outside]);
    assert_near(&moved.by[1].by_year[1], week / 12.0, "outside");
}

#[test]
fn in_every_trial_and_month_the_tasks_add_up_to_the_hours_of_all_who_do_them() {
    let mut layers = 0;
    for number in 0..120 {
        let scenario = read(&generate::scenario(number));
        for trace in trace(&compile(&scenario), Seed(number), 0, 4) {
            for option in &scenario.options {
                let path = |what: &str| format!("option.{}.{what}", option.name);
                let taken: Vec<&Vec<f64>> = trace
                    .iter()
                    .filter(|(name, _)| name.starts_with(&path("cover.")) && name.ends_with(".hours"))
                    .map(|(_, values)| values)
                    .collect();
                layers += taken.len();
                for m in 0..scenario.months as usize {
                    let tasks: f64 = Task::all().iter().map(|t| trace[&path(&format!("task.{}", t.name()))][m]).sum();
                    let own: f64 =
                        ["hours", "project_hours", "outside_hours"].iter().map(|what| trace[&path(what)][m]).sum();
                    let all = own + taken.iter().map(|hours| hours[m]).sum::<f64>();
                    let allowed = REL_SUM * tasks.abs().max(1.0);
                    assert!((tasks - all).abs() <= allowed, "generated {number}, month {m}: {tasks} and {all}");
                }
            }
        }
    }
    assert!(layers > 100, "layers take hours: {layers}");
}

#[test]
fn a_years_tasks_and_those_who_do_them_add_up_to_the_same_in_the_summary() {
    for number in 0..60 {
        let run = crate::run::run(&generate::scenario(number), 64, number);
        for (place, option) in run.summary.options.iter().enumerate() {
            let people = &option.people;
            for (year, together) in people.together.iter().enumerate() {
                let tasks: f64 = people.tasks.iter().map(|(_, hours)| hours[year].value).sum();
                let by: f64 = people.by.iter().map(|by| by.by_year[year].value).sum();
                // Each of fifteen sums is rounded to its grid, 2⁻⁴⁰ of at most 16 times the baseline's cost over 64.
                let scale = run.summary.options[run.summary.baseline].costs[Lens::Tco as usize].cumulative.last();
                let grid = 15.0 * scale.map_or(1.0, |s| s.mean.value.abs().max(1.0)) / (1u64 << 40) as f64;
                let allowed = grid + REL_SUM * together.value.abs();
                for (what, sum) in [("tasks", tasks), ("who", by)] {
                    let label = format!("generated {number}, option {place}, year {year}, {what}");
                    assert!((sum - together.value).abs() <= allowed, "{label}: {sum} for {}", together.value);
                }
                assert!(together.se >= 0.0, "every figure has its error");
            }
        }
    }
}

#[test]
fn what_a_service_leaves_when_it_does_no_more_is_counted() {
    // There are 21 coverable hours a month, and 24 more in month 3.
    let limited = |at_most: &str, more: &str| {
        let cap = format!("includes = \"9 hours / month\"\nbeyond = \"$50 / hour\"\nat_most = \"{at_most}\"\n{more}");
        crate::run::run(&BY_HAND.replace("includes = \"9 hours / month\"\n", &cap), 64, 0)
    };
    let cases = [
        // Most hours a month, what else is said, and by month 1, 2, 3, 4 what is beyond; the first month in which anything is.
        ("12 hours / month", "", [9.0, 9.0, 33.0, 9.0], Some(1)),
        ("30 hours / month", "", [0.0, 0.0, 15.0, 0.0], Some(3)),
        ("45 hours / month", "", [0.0; 4], None),
        // Half of all hours are not for anybody from outside.
        ("12 hours / month", "stays_inside = \"50 %\"\n", [0.0, 0.0, 10.5, 0.0], Some(3)),
    ];
    for (at_most, more, beyond, first) in cases {
        let run = limited(at_most, more);
        let option = &run.summary.options[run.option("covered")];
        let cap = option.done_by[0].cap.as_ref().expect("it does so much at most");
        for (month, wanted) in beyond.into_iter().enumerate() {
            assert_near(&cap.beyond[month], wanted, &format!("{at_most} {more} month {}", month + 1));
            let has_been = first.is_some_and(|first| month + 1 >= first);
            assert_eq!(cap.reached_by[month + 1].count, if has_been { 64 } else { 0 }, "{at_most} {more}");
        }
        assert_eq!(cap.reached_by[0].count, 0, "nothing is done at the opening");
        assert!(option.walls.is_empty(), "it is nobody's largest plan");
    }
    assert!(crate::run::run(BY_HAND, 64, 0).summary.options.iter().all(|o| o.done_by.iter().all(|d| d.cap.is_none())));
    // Another service after it takes of what is left.
    let second = "[options.covered.cover.second]\ntitle = \"Another\"\nkind = \"service\"\norder = 2\n\
        retainer = \"$10 / month\"\nincludes = \"4 hours / month\"\n";
    let run = limited("12 hours / month", second);
    let verdict = outgrow::study::verdict::of(&run.summary, &[], None);
    let page = outgrow::present::page::terminal(&outgrow::present::people::of(&run.summary, &verdict));
    let said = page.split_whitespace().collect::<Vec<_>>().join(" ");
    let wanted = "A firm reaches the most hours that it does in all futures; 9 hours a month in year 2 are beyond that and left to \
        Another, then developers.";
    assert!(said.contains(wanted), "{said}");
}

/// A row of a table of the page by its first words, as numbers; what is not there is 0, what stands in brackets is passed over.
fn row(page: &str, caption: &str, of: &str, name: &str) -> Vec<f64> {
    let mut lines = page.lines().skip_while(|line| !line.trim_start().starts_with(caption));
    if !of.is_empty() {
        lines.by_ref().find(|line| line.trim() == of).unwrap_or_else(|| panic!("{caption} has no {of}: {page}"));
    }
    let line = lines.map(str::trim_start).find(|line| line.starts_with(name));
    let line = line.unwrap_or_else(|| panic!("{caption} has no {name}: {page}"));
    let cells = line[name.len()..].split_whitespace().filter(|cell| !cell.starts_with('('));
    let number = |cell: &str| match cell {
        "–" => 0.0,
        cell => cell.replace(',', "").parse().unwrap_or_else(|_| panic!("{line}: {cell}")),
    };
    cells.map(number).collect()
}

#[test]
fn money_by_task_and_by_whoever_does_it_is_that_worked_out_by_hand() {
    let staffed = "[options.staffed]\nplatform = \"here\"\n[options.staffed.cover.team]\ntitle = \"A team\"\n\
        kind = \"dedicated\"\nseats = 1\nfilled = 1\nproductive = \"12 hours / month\"\npay = \"$9,000 / month\"\n[options.move]";
    let text = BY_HAND.replace("months = 30", "months = 12").replace("[options.move]", staffed);
    let text = text.replace("starts = \"month 13\"", "starts = \"month 2\"");
    let run = crate::run::run(&text, 64, 0);
    let verdict = outgrow::study::verdict::of(&run.summary, &[], None);
    let page = outgrow::present::page::terminal(&outgrow::present::people::of(&run.summary, &verdict));
    let order = outgrow::present::people::order(&run.summary, &verdict);
    // Dollars a month of year 1. Hours of a task at $100: pipelines 8, data 5, security 3, other 5, the audit 24 once; 21
    // coverable hours a month and 45 in month 3, 23 on average; friction 7 and onboarding 4 are developers' own.
    let coverable = [("pipelines", 8.0), ("data", 5.0), ("security", 3.0), ("other work", 5.0)];
    let wanted = |option: &str, task: &str| -> f64 {
        let hours = coverable.iter().find(|(name, _)| *name == task).map(|(_, hours)| *hours);
        // Somebody who takes so many hours a month leaves the rest of 21, and of 45 in month 3, of every task alike.
        let covered = |takes: f64, paid: f64| {
            let [rest, of_month_3] = [(21.0 - takes) / 21.0, (45.0 - takes) / 45.0];
            match (hours, task) {
                (Some(hours), _) => 100.0 * hours * (11.0 * rest + of_month_3) / 12.0 + paid * hours / 23.0,
                (_, "what happens") => 100.0 * 2.0 * of_month_3 + paid * 2.0 / 23.0,
                (_, "friction of developers") => 700.0,
                (_, "onboarding") => 400.0,
                (_, "together") => 100.0 * (34.0 - takes) + paid,
                _ => 0.0,
            }
        };
        // Two people take two weeks of month 2 for 4 weeks of 150 · 84/365 hours, a quarter of it from outside at $150; from
        // then on there is monitoring alone, 20 hours a month. Who is hired in month 2 is onboarded where more traffic was.
        let week = 150.0 * 84.0 / 365.0;
        let before = 1.0 + 2.0 * 84.0 / 365.0;
        let moved = match (hours, task) {
            (Some(hours), _) => 100.0 * hours * before / 12.0,
            (_, "monitoring") => 100.0 * 20.0 * (12.0 - before) / 12.0,
            (_, "what happens") => 200.0,
            (_, "friction of developers") => 700.0 * before / 12.0,
            (_, "onboarding") => 400.0 / 12.0,
            (_, "the move, or tuning") => (3.0 * week * 100.0 + week * 150.0) / 12.0,
            _ => {
                (2100.0 + 700.0) * before / 12.0
                    + 2000.0 * (12.0 - before) / 12.0
                    + 200.0
                    + 400.0 / 12.0
                    + week * 450.0 / 12.0
            }
        };
        match option {
            "stay" => covered(0.0, 0.0),
            "covered" => covered(9.0, 1_000.0),
            "staffed" => covered(12.0, 9_000.0),
            _ => moved,
        }
    };
    // Amounts are shown on a grid of three figures of the whole, and one of them may be a step off so that all add up.
    let step = |option: &str| if option == "staffed" { 100.0 } else { 10.0 };
    let tasks =
        ["friction of developers", "onboarding", "what happens", "monitoring", "the move, or tuning", "together"];
    let names: Vec<&str> = order.iter().map(|option| run.scenario.options[*option].name.as_str()).collect();
    assert_eq!(names.len(), 4);
    for task in coverable.iter().map(|(name, _)| *name).chain(tasks) {
        for (option, shown) in names.iter().zip(row(&page, "The same in money", "", task)) {
            let wanted = wanted(option, task);
            assert!((shown - wanted).abs() < step(option), "{option}, {task}: {shown} for {wanted}: {page}");
        }
    }
    // The same by whoever does it; the last column is money.
    let week = 150.0 * 84.0 / 365.0;
    let of_moved = wanted("move", "together");
    let by = [
        ("covered", "developers", 25.0, 2_500.0),
        ("covered", "A firm", 9.0, 1_000.0),
        ("covered", "together", 34.0, 3_500.0),
        ("staffed", "developers", 22.0, 2_200.0),
        ("staffed", "A team, 1 seat at the end", 12.0, 9_000.0),
        ("There", "developers", (of_moved - week * 150.0 / 12.0) / 100.0, of_moved - week * 150.0 / 12.0),
        ("There", "outside help with the move", week / 12.0, week * 150.0 / 12.0),
    ];
    for (option, who, hours, money) in by {
        let cells = row(&page, "Who does them", option, who);
        let [shown_hours, shown_money] = [cells[0], cells[cells.len() - 1]];
        assert!((shown_hours - hours).abs() < 1.0, "{option}, {who}: {shown_hours} for {hours}: {page}");
        assert!((shown_money - money).abs() < step(option), "{option}, {who}: {shown_money} for {money}: {page}");
    }
    // summary.json has the hours that are shown, by year.
    let hours = &run.summary.options[run.option("covered")].people;
    assert_near(&hours.together[0], 34.0, "together");
    let shown = row(&page, "Work you take over", "", "together");
    let place = names.iter().position(|name| *name == "covered").expect("it is shown");
    assert!((shown[place] - hours.together[0].value).abs() < 1.0, "{page}");
}

#[test]
fn no_cost_goes_by_the_kind_of_work() {
    let plain: String = BY_HAND
        .lines()
        .filter(|l| !l.starts_with("kind = { ") && *l != "kind = \"pipelines\"")
        .map(|l| format!("{l}\n"))
        .collect();
    assert_ne!(plain, BY_HAND);
    let [with, without] = [BY_HAND, &plain].map(|text| crate::run::run(text, 64, 3).summary);
    for (one, other) in with.options.iter().zip(&without.options) {
        assert_eq!(one.costs, other.costs);
        assert_eq!(one.people.together, other.people.together);
        assert_eq!(one.people.by, other.people.by);
        assert!(other.people.tasks.iter().all(|(task, _)| !matches!(task, Task::Work(_))));
    }
}

#[test]
fn phases_are_counted_at_the_end_of_every_year() {
    // q is 30 % and accrues 2 % a month: 1 − 0.7·e^(−0.02·(m − 1)) passes a third in year 1 and two thirds in year 4.
    let debt = "[platforms.here.debt]\ntoday = \"30 %\"\naccrual = \"2 % / month\"\npaydown = \"0 % / month\"\n\
                at_full = { hours = \"0 %\" }\n[options.stay]";
    let text = BY_HAND.replace("[options.stay]", debt).replace("months = 30", "months = 50");
    let run = crate::run::run(&text, 64, 0);
    let debt = run.summary.options[run.option("stay")].debt.as_ref().expect("its platform has debt");
    let counts: Vec<[u64; 3]> =
        debt.by_year.iter().map(|p| [p.simple, p.drift, p.black_box].map(|share| share.count)).collect();
    assert_eq!(counts, [[0, 64, 0], [0, 64, 0], [0, 64, 0], [0, 0, 64]]);
    assert_eq!(debt.last.black_box.count, 64);
}
