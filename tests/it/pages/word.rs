//! Which word a run has earned.

use outgrow::study::later::Later;
use outgrow::study::verdict::{self, Word};
use outgrow::summary::{Lens, Mean, Summary};

use super::{both_leave, case, page_of};

#[test]
fn every_word_is_reached() {
    let word = |name: &str| verdict::of(case(name), &[], None).word;
    assert_eq!(word("pays-back"), Word::PaysBack);
    assert_eq!(word("never"), Word::DoesNotPayBack);
    let changing = verdict::of(case("close"), &[], None);
    assert_eq!(
        (changing.word, changing.rule.leading.is_small, changing.rule.leading.changes_sign),
        (Word::TooCloseToCall, false, true)
    );
    assert_eq!(changing.today, changing.word, "there is nothing to find out");
    let small = verdict::of(case("tiny"), &[], None);
    assert_eq!((small.word, small.rule.leading.is_small), (Word::TooCloseToCall, true));
}

#[test]
fn a_difference_of_two_percent_is_not_too_close() {
    let mut summary = case("pays-back-early").clone();
    let baseline = &mut summary.options[0].costs[Lens::Tco as usize];
    baseline.present_value.last_mut().expect("months").mean.value = 1_000_000.0;
    for (difference, wanted) in
        [(-20_000.0, Word::PaysBack), (-19_999.0, Word::TooCloseToCall), (20_000.0, Word::DoesNotPayBack)]
    {
        for crossover in summary.options[1].against.as_mut().expect("compared") {
            crossover.delta[36].mean.value = difference;
            let last = &mut crossover.delta.last_mut().expect("months").mean;
            (last.value, last.se) = (difference, 100.0);
        }
        assert_eq!(verdict::of(&summary, &[], None).word, wanted, "a difference of {difference}");
    }
}

#[test]
fn a_difference_within_its_noise_has_no_side() {
    let mut summary = case("pays-back-early").clone();
    for (se, wanted) in [(9_999.0, Word::PaysBack), (10_001.0, Word::TooCloseToCall)] {
        for crossover in summary.options[1].against.as_mut().expect("compared") {
            let last = &mut crossover.delta.last_mut().expect("months").mean;
            (last.value, last.se) = (-20_000.0, se);
        }
        let baseline = &mut summary.options[0].costs[Lens::Tco as usize];
        baseline.present_value.last_mut().expect("months").mean.value = 500_000.0;
        assert_eq!(verdict::of(&summary, &[], None).word, wanted, "noise of {se}");
    }
}

#[test]
fn the_cheapest_that_leaves_leads_and_the_rest_follow_by_cost() {
    let order = |summary: &Summary| {
        let verdict = verdict::of(summary, &[], None);
        (verdict.leader.option, verdict.others[0].option, verdict.rule.leading.with)
    };
    // The tuned platform is the cheapest of the three, and what leaving is compared with.
    assert_eq!(order(case("never-three")), (1, 2, 2));
    assert_eq!(order(&both_leave(case("never-three"))), (2, 1, 0));
    assert!(page_of(case("never-three")).contains("    Heroku, tuned  "), "the other option has its line");
}

#[test]
fn leaving_later_decides_between_now_and_some_day() {
    let later = |beside_now: f64, beside_staying: f64| {
        let mean = |value: f64| Mean { value, se: 1.0, sd: 64.0 };
        [Later { option: 1, months: 12, beside_now: mean(beside_now), beside_staying: mean(beside_staying) }]
    };
    let word = |name: &str, later: &[Later]| verdict::of(case(name), later, None).word;
    assert_eq!(word("pays-back", &[]), Word::PaysBack);
    assert_eq!(word("pays-back", &later(50.0, -900.0)), Word::LeaveNow);
    assert_eq!(word("pays-back", &later(-50.0, -900.0)), Word::PaysBack, "waiting is cheaper still");
    assert_eq!(word("never", &[]), Word::DoesNotPayBack);
    assert_eq!(word("never", &later(-50.0, 900.0)), Word::Stay);
    assert_eq!(word("never", &later(-5_000.0, -10.0)), Word::DoesNotPayBack, "a year later it would");
    // What is known of another option says nothing of the leader.
    let other = [Later { option: 2, ..later(50.0, -900.0)[0] }];
    assert_eq!(word("pays-back", &other), Word::PaysBack);
}

#[test]
fn a_tuned_platform_that_is_worth_it_comes_first_unless_leaving_is_clearly_better() {
    let with = |tuned: f64, leaving: f64| {
        let mut summary = case("never-three").clone();
        for (option, end) in [(1, leaving), (2, tuned)] {
            for crossover in summary.options[option].against.as_mut().expect("compared") {
                for month in [36, 60] {
                    let mean = &mut crossover.delta[month].mean;
                    (mean.value, mean.se) = (end, 100.0);
                }
            }
            let costs = &mut summary.options[option].costs[Lens::Tco as usize];
            costs.present_value.last_mut().expect("months").mean.value = 100_000.0 + end;
        }
        let baseline = &mut summary.options[0].costs[Lens::Tco as usize];
        baseline.present_value.last_mut().expect("months").mean.value = 100_000.0;
        verdict::of(&summary, &[], None).word
    };
    assert_eq!(with(-10_000.0, 20_000.0), Word::FixFirst);
    assert_eq!(with(-10_000.0, -11_000.0), Word::FixFirst, "leaving saves hardly more");
    assert_eq!(with(-10_000.0, -20_000.0), Word::PaysBack);
    assert_eq!(with(-1_000.0, -1_500.0), Word::TooCloseToCall);
    assert_eq!(with(-1_000.0, 20_000.0), Word::DoesNotPayBack, "tuning hardly pays, leaving does not");
}
