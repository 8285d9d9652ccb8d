//! What single sentences of a page claim.

use outgrow::present::finding::hinges::{Flip, Hinge, rival};
use outgrow::present::page;
use outgrow::study::verdict;
use outgrow::summary::{Ends, EventDifference, EventSummary, Lens, Mean, Probability};

use super::built::cases;
use super::{both_leave, case, changed, page_of, scene_of, sentence};

#[test]
fn the_size_claims_only_what_the_scale_counts() {
    let with = |median: Option<f64>| {
        let summary = changed("pays-back", |crossover| crossover.scale.quantiles[1].at = median);
        sentence(&page_of(&summary), "Size:")
    };
    // Dearer at the largest: nothing is said of what lies below.
    assert_eq!(with(None), "Size: once there, a month is dearer even at 64× today's load, in half of futures.");
    let from = |times: &str| {
        format!("Size: once there, a month is no dearer from {times}× today's load on, in half of futures.")
    };
    assert_eq!(with(Some(2.378)), from("2.4"));
    // The first of the grid means "that or less".
    let all = "Size: once there, a month is no dearer even at 1/8 of today's load, in half of futures.";
    assert_eq!(with(Some(0.125)), all);
}

/// The dollars that a text shows, as numbers.
fn dollars(text: &str) -> Vec<f64> {
    let amounts = text.split('$').skip(1).filter_map(|rest| {
        let digits: String = rest.chars().take_while(|c| c.is_ascii_digit() || ".,".contains(*c)).collect();
        let scale = match rest[digits.len()..].chars().next() {
            Some('k') => 1e3,
            Some('M') => 1e6,
            _ => 1.0,
        };
        digits.trim_end_matches(['.', ',']).replace(',', "").parse::<f64>().ok().map(|size| size * scale)
    });
    amounts.collect()
}

#[test]
fn three_differences_of_a_page_add_up() {
    let summary = case("pays-back");
    let page = page_of(summary);
    let told = dollars(&sentence(&page, "PAYS BACK."));
    let in_table = |name: &str| dollars(page.lines().find(|line| line.starts_with(name)).expect("a row"))[0];
    let (own, tuned) = (in_table("    AWS  "), in_table("    Heroku, tuned  "));
    assert_eq!(told, [own - tuned, own], "{page}");
}

#[test]
fn who_leaves_and_who_stays_are_the_cheapest_in_all_futures_together() {
    let mut summary = case("pays-back").clone();
    let mut other = summary.options[1].clone();
    (other.name, other.platform) = ("other".to_owned(), "GCP".to_owned());
    // The leader has half of its futures from now on, and the other the rest.
    let all = summary.options[1].cheapest;
    other.cheapest.count = all.count / 2;
    summary.options[1].cheapest.count = all.count - other.cheapest.count;
    let tco = &mut other.costs[Lens::Tco as usize];
    tco.present_value.last_mut().expect("months").mean.value += 50_000.0;
    summary.options.push(other);
    let page = page_of(&summary);
    let [leaving, staying] = ["For leaving:", "For staying:"].map(|start| sentence(&page, start));
    assert!(leaving.starts_with("For leaving: Leaving ends cheapest in 9 in 10 futures; AWS: 4 in 10."), "{page}");
    assert!(staying.starts_with("For staying: Heroku or Heroku, tuned ends cheapest in 1 in 10 futures."), "{page}");
}

#[test]
fn both_cases_argue_in_dollars_a_month_beside_what_the_verdict_compares_with() {
    let page = page_of(case("pays-back"));
    let arguments: Vec<&str> = page.lines().map(str::trim).filter(|line| line.starts_with("Year 5, ")).collect();
    let [leaving, staying] = arguments[..] else { panic!("an argument for either side:\n{page}") };
    assert!(leaving.starts_with("Year 5, invoices a month: AWS $") && leaving.contains(", Heroku, tuned $"), "{page}");
    assert!(
        staying.starts_with("Year 5, work a month: AWS $") && staying.contains(" hours), Heroku, tuned $"),
        "{page}"
    );
    let without_tuned = page_of(case("pays-back-early"));
    assert!(
        without_tuned.contains("Year 5, invoices a month: AWS $") && without_tuned.contains(", Heroku $"),
        "{without_tuned}"
    );
}

#[test]
fn one_looks_again_on_a_date_with_a_bill_that_does_not_fire_before() {
    let (page, start) = (page_of(case("pays-back")), "Check again:");
    let said = sentence(&page, start);
    assert!(
        said.starts_with("Check again: Jan 2028; unless Heroku bills $12,000 to $20,")
            && said.ends_with(", run this again."),
        "{said}"
    );
    assert!(!page.contains("sooner"), "{page}");
    let said = sentence(&page_of(case("certain")), start);
    assert!(said.starts_with("Check again: Jan 2028; unless Heroku bills about $2,900, run this again."), "{said}");
    // Not at the start, and not after the end.
    assert_eq!(sentence(&page_of(case("one-month")), start), "Check again: Feb 2027, with new figures.");
    assert!(
        sentence(&page_of(case("nobody-leaves")), start).starts_with("Check again: Dec 2027; unless Heroku bills ")
    );
}

#[test]
fn a_move_that_is_not_finished_is_said_on_page_and_picture() {
    let said = "The move is not finished within 3 years in 9 in 10 futures.";
    let has_text = |name: &str, text: &str| scene_of(case(name)).labels().any(|label| label.text.contains(text));
    assert!(page_of(case("late")).contains(said) && has_text("late", said));
    assert!(!page_of(case("pays-back")).contains("not finished") && !has_text("pays-back", "not finished"));
    assert!(page_of(case("nobody-leaves")).contains("NOBODY LEAVES within 1 year: the project starts later."));
    assert!(!page_of(case("nobody-leaves")).contains("not finished"), "the headline has said it");
    // Of an option that does not lead it is said as well.
    let mut summary = both_leave(case("never-three"));
    summary.options[1].finished.count /= 5;
    let page = page_of(&summary);
    assert!(page.contains("  The move to AWS is not finished within 5 years in 8 in 10 futures."), "{page}");
    for crossover in summary.options[1].against.as_mut().expect("compared") {
        crossover.outcomes.did_not_leave.count = crossover.outcomes.did_not_leave.of;
    }
    let page = page_of(&summary);
    assert!(page.contains("    AWS                           nobody leaves\n") && !page.contains("finished"), "{page}");
    assert!(scene_of(&summary).labels().any(|label| label.text.contains("nobody leaves")), "line or note says it");
}

#[test]
fn a_tie_is_not_cheaper() {
    let tie = page_of(&changed("certain", |crossover| {
        for q in &mut crossover.delta.last_mut().expect("months").quantiles {
            (q.value, q.low, q.high) = (0.0, 0.0, 0.0);
        }
    }));
    assert!(tie.contains("In nearly all futures AWS costs the same as Heroku."), "{tie}");
    assert!(tie.contains("In nearly all futures Heroku costs the same as AWS."), "{tie}");
    assert!(!tie.contains("ends cheaper"), "{tie}");
    let mut some = changed("pays-back", |crossover| {
        crossover.delta.last_mut().expect("months").quantiles[3].value = 0.0;
    });
    // Beside a tuned platform the cases count who is the cheapest of all.
    assert!(page_of(&some).contains("AWS ends cheapest in "), "{}", page_of(&some));
    some.tuned = None;
    let some = page_of(&some);
    assert!(some.contains("AWS ends no dearer in 9 in 10 futures; in 1 in 10 it is over $"), "{some}");
    let some_stay = page_of(case("half-stay"));
    assert!(some_stay.contains("In 4 in 10 futures one leaves and AWS ends no dearer; in 1 in 10 it"), "{some_stay}");
}

#[test]
fn what_has_no_spread_is_not_said_of_one_in_ten() {
    for name in ["certain", "single"] {
        assert!(!page_of(case(name)).contains("1 in 10"), "{}", page_of(case(name)));
        assert!(scene_of(case(name)).labels().all(|label| !label.text.contains("1 in ")), "{name}");
    }
    assert!(page_of(case("pays-back")).contains("bad case: 1 in 10 worse"));
}

#[test]
fn the_hole_is_never_deeper_in_half_of_futures_than_in_one_of_ten() {
    // Each on the grid of its own noise these were "$10k (1 in 10: above $0)".
    let page = page_of(&changed("pays-back", |crossover| {
        for (p, value, error) in [(0.5, 9_600.0, 3_000.0), (0.9, 34_000.0, 90_000.0)] {
            let q = crossover.deepest_hole.quantiles.iter_mut().find(|q| q.p == p).expect("kept");
            (q.value, q.low, q.high) = (value, value - error, value + error);
        }
    }));
    let hole = sentence(&page, "Deepest hole");
    assert!(
        hole.starts_with("Deepest hole, as paid: $10k in half of futures, around Jun 2027 (1 in 10: $30k)."),
        "{hole}"
    );
}

#[test]
fn odds_that_none_are_paid_back_are_counted_from_the_side_that_is() {
    let summary = case("certain");
    assert!(page_of(summary).contains("It is paid back within 3 years in no future."), "{}", page_of(summary));
    let scene = scene_of(summary);
    let has = |text: &str| scene.labels().any(|label| label.text == text);
    let said: Vec<&str> = scene.labels().map(|label| label.text.as_str()).collect();
    assert!(has("paid back in no future"), "{said:?}");
    for (name, summary) in cases() {
        let texts = page_of(summary) + &scene_of(summary).alternative;
        assert!(!texts.contains("not paid back") && !texts.contains("has not paid"), "{name}:\n{texts}");
    }
}

#[test]
fn noise_without_a_small_difference_is_not_called_the_same_cost() {
    let mut summary = changed("pays-back-early", |crossover| {
        let last = &mut crossover.delta.last_mut().expect("months").mean;
        (last.value, last.se) = (-20_000.0, 15_000.0);
    });
    summary.options[0].costs[Lens::Tco as usize].present_value.last_mut().expect("months").mean.value = 100_000.0;
    let said = sentence(&page_of(&summary), "TOO CLOSE TO CALL.");
    assert!(said.contains("AWS is $20k cheaper than Heroku on average, perhaps by chance: too few futures."), "{said}");
    let title = scene_of(&summary).alternative;
    assert!(
        title.starts_with("Too close to call: too few futures to tell whether AWS or Heroku costs less"),
        "{title}"
    );
}

/// An event of so many of ten futures, which adds so much to each option's difference.
fn event(title: &str, ends: Ends, of_ten: u64, adds: f64, options: usize) -> EventSummary {
    let mean = |value: f64| Some(Mean { value, se: 1.0, sd: 1.0 });
    let without = (of_ten < 10).then(|| mean(0.0)).flatten();
    let difference = EventDifference { with: mean(adds), without, contribution: without.and_then(|_| mean(adds)) };
    let options = (0..options).map(|option| (option > 0).then(|| difference.clone())).collect();
    let happened_by = vec![Probability { count: 0, of: 10 }, Probability { count: of_ten, of: 10 }];
    EventSummary { name: title.to_owned(), title: title.to_owned(), ends, happened_by, options }
}

#[test]
fn who_stays_on_a_platform_that_is_sure_to_end_is_called_by_where_that_leads() {
    let mut summary = case("pays-back-early").clone();
    summary.events = vec![event("its end is announced", Ends::Platform(1), 9, 0.0, summary.options.len())];
    assert!(!page_of(&summary).contains("when forced"), "not in all futures");
    summary.events = vec![event("its end is announced", Ends::Platform(1), 10, 0.0, summary.options.len())];
    let page = page_of(&summary);
    assert!(page.starts_with("Heroku → AWS (ECS Fargate)   $22,000 a month on Heroku, "), "{page}");
    assert!(
        page.contains(" cheaper than AWS when forced over 5 years") && page.contains("Heroku must be left in all"),
        "{page}"
    );
    assert!(page.contains("Who waits pays for a move all the same") || !page.contains(" on Heroku is"), "{page}");
    // When the platform closes is said with its end, where that moves the answer.
    assert!(!page.contains("it closes"), "{page}");
    let notice = Hinge {
        path: "event.its end is announced.last_day".to_owned(),
        label: "months of notice before the end".to_owned(),
        low: "6.8".to_owned(),
        high: "16".to_owned(),
        unit: String::new(),
        delta_low: -1e4,
        delta_high: -2e4,
        error: 0.0,
        flip: None,
    };
    let page = page::terminal(&page::of(&summary, &verdict::of(&summary, &[], None), &[notice]));
    let said = "Heroku must be left in all futures (its end is announced, and it closes 6.8 to 16 months after that in 8 in 10):";
    assert!(sentence(&page, "Heroku must be left").starts_with(said), "{page}");
}

#[test]
fn what_is_sure_to_come_is_told_and_what_finds_no_room_is_counted() {
    let mut summary = case("pays-back-early").clone();
    let options = summary.options.len();
    let weighty = |title: &str, adds: f64| event(title, Ends::Nothing, 4, adds, options);
    summary.events = vec![event("a price rise", Ends::Nothing, 10, 0.0, options)];
    let sure = "Sure to come: a price rise (Jan 2027), in all figures above.";
    assert_eq!(sentence(&page_of(&summary), "Sure to come"), sure);
    // Sure to come, and nobody can say in which month.
    let some = |count: u64| Probability { count, of: 10 };
    let dated = std::mem::replace(&mut summary.events[0].happened_by, vec![some(0), some(4), some(7), some(10)]);
    let sure = "Sure to come: a price rise (by early 2027 in half of futures), in all figures above.";
    assert_eq!(sentence(&page_of(&summary), "Sure to come"), sure);
    summary.events[0].happened_by = dated;
    let titles = ["one", "two", "three", "four", "five"];
    summary.events.extend(titles.iter().zip(1..).map(|(title, times)| weighty(title, 1e4 * f64::from(times))));
    let page = page_of(&summary);
    // Whatever line it is broken at.
    let words = page.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let told = words.matches("(4 in 10").count() + words.matches("sure to come").count();
    assert!(
        told > 0 && words.contains(&format!("and {} more of less weight.", 6 - told)) && !words.contains("--"),
        "{page}"
    );
    summary.must_leave = vec![("A private network".to_owned(), 1)];
    let page = page_of(&summary);
    let said = "Heroku must be left once a private network is asked for: who is still there then moves to AWS.";
    assert_eq!(sentence(&page, "Heroku must be left"), said);
}

#[test]
fn an_event_is_told_by_its_whole_name_for_the_option_that_it_concerns() {
    let mut summary = case("pays-back-early").clone();
    let options = summary.options.len();
    let title = "A bank asks for a private network";
    summary.events =
        vec![event(title, Ends::Nothing, 4, -1.1e5, options), event("SOC 2", Ends::Nothing, 9, 2e4, options)];
    let page = page_of(&summary);
    let words = page.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.contains(title) && words.contains("AWS beside Heroku"), "{page}");
    assert!(words.contains("$110k cheaper") && words.contains("$20k dearer"), "{page}");
}

#[test]
fn the_choice_hinges_beside_what_comes_next_by_cost() {
    let mut summary = case("pays-back").clone();
    assert_eq!(rival(&verdict::of(&summary, &[], None)), 2, "the tuned platform");
    let mut other = summary.options[1].clone();
    (other.name, other.platform) = ("other".to_owned(), "GCP".to_owned());
    let tco = &mut other.costs[Lens::Tco as usize];
    tco.present_value.last_mut().expect("months").mean.value += 50_000.0;
    summary.options.push(other);
    assert_eq!(rival(&verdict::of(&summary, &[], None)), 3, "another way of leaving, between the two");
}

#[test]
fn the_rule_for_closeness_stands_between_two_ways_of_leaving_too() {
    // A second way that leaves, so many dollars dearer than the leader, with a bad case of so many more.
    let with = |more: f64, bad: f64| {
        let mut summary = case("pays-back").clone();
        let mut other = summary.options[1].clone();
        (other.name, other.platform) = ("other".to_owned(), "GCP".to_owned());
        let tco = &mut other.costs[Lens::Tco as usize];
        tco.present_value.last_mut().expect("months").mean.value += more;
        for crossover in other.against.as_mut().expect("compared") {
            let last = crossover.delta.last_mut().expect("months");
            last.mean.value += more;
            last.quantiles.iter_mut().filter(|q| q.p == 0.9).for_each(|q| q.value += bad);
        }
        summary.options.push(other);
        page_of(&summary)
    };
    // The baseline costs about $1.1M: 2 % of that are about $22,000.
    let page = with(2_700.0, 0.0);
    let said = "About the same on average: GCP. Nothing on this page tells them apart.";
    assert_eq!(sentence(&page, "About the same on average"), said, "{page}");
    for (bad, whether) in [(-90_000.0, "For it: bad case $"), (90_000.0, "Against it: bad case $")] {
        let page = with(2_700.0, bad);
        let said = sentence(&page, "About the same on average");
        assert!(said.starts_with(&format!("About the same on average: GCP. {whether}")), "{page}");
    }
    let page = with(60_000.0, 0.0);
    assert_eq!(sentence(&page, "The next,"), "The next, GCP, is $60k dearer than AWS.", "{page}");
    // Nothing comes between the leader and what the verdict compares it with.
    let page = page_of(case("pays-back"));
    assert!(!page.contains("The next,") && !page.contains("About the same on average"), "{page}");
}

#[test]
fn the_odds_of_a_turn_say_on_which_side_they_are() {
    let hinge = |text: &str| Hinge {
        path: String::new(),
        label: "growth of traffic".to_owned(),
        low: "0 %".to_owned(),
        high: "8 %".to_owned(),
        unit: String::new(),
        delta_low: 4e5,
        delta_high: -4e5,
        error: 0.0,
        flip: Some(Flip { text: text.to_owned(), beyond: Probability { count: 6, of: 10 } }),
    };
    let summary = case("pays-back");
    let page = |hinge: Hinge| page::terminal(&page::of(summary, &verdict::of(summary, &[], None), &[hinge]));
    let below = page(hinge("leaving loses on average below 1.6 %"));
    assert!(below.contains("below 1.6 % (6 in 10 have less)"), "{below}");
    let above = page(hinge("leaving loses on average above 1.6 %"));
    assert!(above.contains("above 1.6 % (6 in 10 have more)"), "{above}");
    // Where there is no room the side is left out and no name is cut.
    let label = "minutes lost to each deploy on a cluster";
    let long = page(Hinge { label: label.to_owned(), ..hinge("ECS by developers wins below 1.6 minutes") });
    assert!(long.contains(label) && long.contains("(6 in 10)"), "{long}");
}
