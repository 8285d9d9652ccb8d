//! How a page is laid out: lines, columns, the order of what it says.

use outgrow::present::{explain, page};
use outgrow::study::verdict::{self, Word};
use outgrow::summary::{Lens, Summary};
use unicode_width::UnicodeWidthStr;

use super::built::{self, Setting, cases};
use super::{case, page_of};

#[test]
fn a_page_has_twenty_to_thirty_two_lines_of_at_most_ninety_columns() {
    for (name, summary) in cases() {
        let page = page_of(summary);
        let lines: Vec<&str> = page.lines().collect();
        assert!((20..=32).contains(&lines.len()), "{name} has {} lines:\n{page}", lines.len());
        for line in lines {
            assert!(line.width() <= page::block::WIDTH, "{name}: {line}");
        }
    }
}

/// A run of seven options, as many as a page must show whole.
fn seven() -> Summary {
    let mut summary = case("pays-back").clone();
    for name in ["ECS, own team", "ECS, service then team", "ECS, a service", "Platform bought in own cloud"] {
        let mut option = summary.options[1].clone();
        (option.name, option.platform) = (name.to_lowercase(), name.to_owned());
        let tco = &mut option.costs[Lens::Tco as usize];
        tco.present_value.last_mut().expect("months").mean.value += 10_000.0;
        summary.options.push(option);
    }
    summary
}

#[test]
fn a_page_of_seven_options_shows_each_with_its_whole_name() {
    let summary = seven();
    let page = page_of(&summary);
    let lines: Vec<&str> = page.lines().collect();
    assert!(lines.len() <= page::room::HEIGHT + 4, "{} lines:\n{page}", lines.len());
    assert!(lines.iter().all(|line| line.width() <= page::block::WIDTH), "{page}");
    assert!(!page.contains('…') && !page.contains("summary.json"), "{page}");
    for option in &summary.options {
        let name = option.platform.split(" (").next().expect("a name");
        let row = lines
            .iter()
            .find(|line| line.starts_with(&format!("    {name}  ")))
            .unwrap_or_else(|| panic!("{name}:\n{page}"));
        let cells: Vec<&str> = row.trim().split("  ").filter(|cell| !cell.trim().is_empty()).collect();
        // The baseline has a cost and hours, the others four figures.
        assert_eq!(cells.len(), if name == "Heroku" { 3 } else { 5 }, "{row}");
    }
}

#[test]
fn options_beyond_a_dozen_are_counted() {
    let mut summary = seven();
    for nth in 0..40 {
        let mut option = summary.options[3].clone();
        (option.name, option.platform) = (format!("way-{nth}"), format!("Way {nth}"));
        summary.options.push(option);
    }
    let page = page_of(&summary);
    assert!(page.contains("and 35 more in summary.json"), "{page}");
    assert!(page.lines().count() <= page::room::height(47), "{page}");
}

#[test]
fn the_word_stands_in_the_first_two_lines() {
    for (name, summary) in cases() {
        let page = page_of(summary);
        let head: String = page.lines().take(2).collect();
        let stayed = summary.headline(verdict::of(summary, &[], None).leader.option, Lens::Tco).outcomes.did_not_leave;
        let word = match verdict::of(summary, &[], None).word {
            _ if stayed.count == stayed.of => "  NOBODY LEAVES within ",
            Word::FindOutFirst => "  FIND OUT FIRST.",
            Word::LeaveNow => "  LEAVE NOW.",
            Word::LeaveWhen => "  LEAVE WHEN ",
            Word::PaysBack => "  PAYS BACK.",
            Word::DoesNotPayBack => "  DOES NOT PAY BACK.",
            Word::Stay => "  STAY on ",
            Word::FixFirst => "  FIX FIRST",
            Word::TooCloseToCall => "  TOO CLOSE TO CALL.",
        };
        assert!(head.contains(word), "{name}:\n{page}");
    }
}

#[test]
fn both_cases_are_argued_in_as_many_lines() {
    for (name, summary) in cases() {
        let page = page_of(summary);
        let lines: Vec<&str> = page.lines().collect();
        let place = |text: &str| lines.iter().position(|l| l.starts_with(text)).expect("both cases are there");
        let (leaving, staying) = (place("  For leaving:  "), place("  For staying:  "));
        let end = place("  Check again:  ");
        assert_eq!(staying - leaving, end - staying, "{name}:\n{page}");
        assert!(staying - leaving >= 2, "{name}: two arguments each\n{page}");
    }
}

#[test]
fn a_page_has_no_signs_that_need_a_statistician() {
    let forbidden = ["±", "σ", "μ", "Δ", "p50", "P50", "p90", "P90", "p10", "P10", "NaN", "inf", " -$", "$-", "\u{1b}"];
    for (name, summary) in cases() {
        let texts = page_of(summary) + &explain::text(summary, &verdict::of(summary, &[], None));
        for sign in forbidden {
            assert!(!texts.contains(sign), "{name} has {sign:?}:\n{texts}");
        }
    }
}

#[test]
fn a_page_of_a_known_run_reads_as_it_did() {
    let page = page_of(case("pays-back"));
    let starts = [
        "Heroku → AWS (ECS Fargate)   $12,000 a month on Heroku, from Jan 2027, 5 years",
        "  PAYS BACK.  AWS is $260k cheaper than Heroku, tuned over 5 years, on average, and $340k",
        "    cheaper than Heroku as it is.",
        "  Beside Heroku half of futures have paid back by mid-2029; 1 in 10 have not in 5 years.",
        "    Beside Heroku, tuned: $30k cheaper after 3 years, on average.  11 of 49 figures are",
        "    measured, 15 judged or assumed.",
        "",
        "  5-year cost beside Heroku, averages of all futures at present value (9 % a year)",
    ];
    for (line, start) in page.lines().zip(starts) {
        assert!(line.starts_with(start), "{line}\nshould begin\n{start}\n{page}");
    }
    assert!(page.contains("Rests on 11 measured, 22 list prices (oldest Jul 2024), 1 quoted, 9 judged, 6 assumed."));
    assert!(page.lines().last().expect("lines").contains("4,000 futures; noise under $"));
}

#[test]
fn cells_of_a_table_stay_in_their_columns() {
    for (name, summary) in cases() {
        let page = page_of(summary);
        let lines: Vec<&str> = page.lines().collect();
        let head = lines.iter().position(|line| line.contains(" half of futures   ")).expect("the second table");
        let starts: Vec<usize> = ["half of futures", "within "]
            .iter()
            .flat_map(|text| lines[head].match_indices(text))
            .map(|(at, _)| lines[head][..at].width())
            .collect();
        assert!(starts.len() > 1, "{name}:\n{page}");
        for row in &lines[head + 1..head + 3] {
            for column in &starts {
                let cell = from_column(row, column - 2);
                assert!(cell.starts_with("  ") && !cell.starts_with("   "), "{name}, column {column}:\n{page}");
            }
        }
        let roadmap = lines.iter().find(|line| line.contains("Roadmap:")).expect("a roadmap");
        assert!(roadmap.contains("engineer-week"), "{name}: {roadmap}");
    }
}

/// A line from a column of the terminal on.
fn from_column(line: &str, column: usize) -> &str {
    let at = line.char_indices().map(|(at, _)| at).find(|at| line[..*at].width() >= column);
    at.map_or("", |at| &line[at..])
}

#[test]
fn signs_of_two_columns_count_as_two() {
    let names = [
        "\u{30D8}\u{30ED}\u{30AF}",
        "\u{4E9A}\u{9A6C}\u{900A}\u{4E91}\u{79D1}\u{6280}",
        "\u{8ABF}\u{6574}\u{6E08}\u{307F}\u{30D8}\u{30ED}\u{30AF}",
    ];
    let long = "\u{4E91}".repeat(60);
    let mut summary = built::summary(&Setting { bill: 12_000.0, names, ..Setting::default() });
    for title in [names[1], long.as_str()] {
        summary.options[1].platform = title.to_owned();
        let page = page_of(&summary);
        assert!(page.lines().all(|line| line.width() <= page::block::WIDTH), "{page}");
        assert!(page.lines().count() <= page::room::HEIGHT, "{page}");
        let second = |text: &str| {
            let line = page.lines().find(|line| line.contains(text)).expect("a table");
            line[..line.find(text).expect("found")].width()
        };
        let (head, row) =
            (second("bad case: 1 in 10 worse"), page.lines().skip_while(|l| !l.contains("1 in 10 worse")).nth(1));
        let cell = from_column(row.expect("a row"), head - 2);
        assert!(cell.starts_with("  $"), "{page}");
    }
}

#[test]
fn huge_amounts_are_readable_and_costs_add_up() {
    let page = page_of(case("huge"));
    assert!(page.contains("is $9.0e15 cheaper") && !page.contains("000B"), "{page}");
    let mut summary = case("certain").clone();
    for (option, cost) in [(0, 36_440.0), (1, 52_600.0)] {
        let costs = &mut summary.options[option].costs[Lens::Tco as usize];
        costs.present_value.last_mut().expect("months").mean.value = cost;
    }
    let text = explain::text(&summary, &verdict::of(&summary, &[], None));
    assert!(text.contains("$52.5k against $36.5k over 3 years: $16.0k dearer,"), "{text}");
}
