//! What an answer hinges on: values that are known by hand, the order of what knowing is worth, and what must not change it.

use outgrow::plan::{View, compile};
use outgrow::sim::{self, Deciders, Lucks, Request, lucks, trials_of};
use outgrow::study::answer::{self, Answer};
use outgrow::study::deciders::Decider;
use outgrow::units::Seed;

use crate::run::request;
use crate::{generate, twin};

/// A sampled value is judged at this many of its standard errors.
const SIGMAS: f64 = 4.0;
const HEADLINE: View = View { lens: outgrow::model::Lens::Tco, discounted: true };

fn sums(text: &str, trials: std::ops::Range<u64>, threads: usize) -> (Deciders, Lucks) {
    let plan = compile(&twin::read(text));
    let request = Request { deciders: Some(HEADLINE), ..request(trials, Seed(5), threads) };
    let draws = sim::run(&plan, &request, &|_| {});
    let lived = Request { trials: trials_of(&request.trials), ..request };
    let lucks = lucks(&plan, HEADLINE, &lived, draws.totals.as_ref(), &|_| {});
    (draws.deciders.expect("asked for"), lucks)
}

#[test]
fn what_a_run_has_kept_is_what_living_it_again_comes_to() {
    for number in 0..12 {
        let plan = compile(&twin::read(&generate::scenario(number)));
        let view = plan.outputs.headline;
        // Trials that do not begin or end with a block, on threads that share them out otherwise.
        let request = |threads| Request { deciders: Some(view), ..request(130..900, Seed(5), threads) };
        let mut draws = sim::run(&plan, &request(2), &|_| {});
        let lived = Request { trials: trials_of(&request(3).trials), ..request(3) };
        let again = lucks(&plan, view, &lived, None, &|_| {});
        assert_eq!(lucks(&plan, view, &lived, draws.totals.as_ref(), &|_| {}), again, "scenario {number}");
        // Of a part of them alone nothing is taken.
        draws = sim::run(&plan, &Request { trials: 200..900, ..request(1) }, &|_| {});
        assert_eq!(lucks(&plan, view, &lived, draws.totals.as_ref(), &|_| {}), again, "scenario {number}");
    }
}

fn answer(text: &str, trials: u64) -> Answer {
    let (sums, lucks) = sums(text, 0..trials, 2);
    answer::of(&twin::read(text), &sums, &lucks)
}

fn decider<'a>(answer: &'a Answer, path: &str) -> &'a Decider {
    answer.deciders.iter().find(|d| d.unknown.path == path).unwrap_or_else(|| panic!("{path} is an unknown"))
}

/// $1,000 a month for a year, or what is bought at once.
fn rent_or_buy(purchase: &str, more: &str) -> String {
    format!(
        "name = \"Rent or buy\"\nstart = \"2027-01\"\nmonths = 12\nbaseline = \"rent\"\n{more}\
         [demand]\ngrowth = \"0 % / month\"\n[people]\nloaded_hour = \"$100 / hour\"\n\
         [platforms.old.runtime.all]\nprice = \"$1,000 / month\"\n[platforms.new.runtime.all]\nonce = {purchase}\n\
         [options.rent]\ntitle = \"Rent\"\nplatform = \"old\"\n[options.buy]\ntitle = \"Buy\"\nplatform = \"new\"\n"
    )
}

const NORMAL: &str = "{ dist = \"normal\", mean = 11000, sd = 2000, unit = \"$\" }";
const PRICE: &str = "platform.new.runtime.all.once";

#[test]
fn one_unknown_is_worth_its_unit_normal_loss_and_flips_where_both_cost_alike() {
    let answer = answer(&rent_or_buy(NORMAL, ""), 16_384);
    let [price] = answer.deciders.as_slice() else { panic!("{:?}", answer.deciders.len()) };
    assert_eq!(price.unknown.path, PRICE);
    // s·(φ(x) − x·(1 − Φ(x))) with s = 2,000 and x = 1,000/2,000 (Raiffa & Schlaifer 1961): 2,000 · 0.197796.
    let worth = price.knowing.worth;
    assert!((worth.value - 395.593).abs() < SIGMAS * worth.se, "{worth:?}");
    assert!(worth.se < 20.0, "{worth:?}");
    let [flip] = price.knowing.flips.as_slice() else { panic!("{:?}", price.knowing.flips) };
    // Φ(½): buying is best below $12,000.
    assert!((flip.probability - 0.691_46).abs() < SIGMAS * flip.se, "{flip:?}");
    assert!((price.unknown.value(flip.probability) - 12_000.0).abs() < 50.0, "{flip:?}");
    assert_eq!((flip.below, flip.above), (0, 1), "options stand by name");
    // Nothing is luck and nothing else is unknown: all three are the same.
    assert_eq!(answer.information.all.value, answer.information.foresight.value);
    assert!((price.share[0].value - 1.0).abs() < 0.01, "{:?}", price.share);
}

#[test]
fn a_decision_that_is_certain_is_worth_nothing_to_know_more_about() {
    let cheap = "{ dist = \"uniform\", low = 100, high = 200, unit = \"$\" }";
    let answer = answer(&rent_or_buy(cheap, ""), 2_048);
    let price = decider(&answer, PRICE);
    assert!(price.matters(), "it moves the difference");
    assert_eq!((price.knowing.worth.value, price.knowing.worth.se), (0.0, 0.0));
    assert_eq!((price.knowing.another.value, price.knowing.flips.len()), (0.0, 0));
    assert_eq!((answer.information.all.value, answer.information.foresight.value), (0.0, 0.0));
    assert_eq!(answer.information.cheapest[0].value(), 1.0);
}

#[test]
fn an_unknown_that_does_nothing_is_worth_nothing_and_changes_no_bit_of_the_others() {
    let plain = rent_or_buy(NORMAL, "");
    let idle =
        "[drivers.nothing]\ntoday = 0\n[platforms.new.tooling.nothing]\nmeter = \"nothing\"\nprice = \"$1 .. 9\"\n";
    let (with, without) = (answer(&format!("{plain}{idle}"), 4_096), answer(&plain, 4_096));
    let nothing = decider(&with, "platform.new.tooling.nothing.price");
    assert!(!nothing.matters());
    assert_eq!((nothing.knowing.worth.value, nothing.knowing.flips.len()), (0.0, 0));
    assert_eq!(decider(&with, PRICE).groups, decider(&without, PRICE).groups);
    assert_eq!(decider(&with, PRICE).knowing, decider(&without, PRICE).knowing);
    assert_eq!(with.information, without.information);
}

#[test]
fn how_often_is_not_how_likely_luck_is_kept_out_of_what_could_be_known() {
    // Nothing is unknown but luck: an incident on the new platform costs $5,000, and half of futures have one.
    let text = rent_or_buy("\"$7,000\"", "")
        + "[platforms.new.incidents.bad]\nrate = \"0.0577 / month\"\nresponders = 0\nfollow_up = \"0 hours\"\n\
           duration = { p50 = 100, p90 = 100.01, unit = \"hours\" }\noutside_help = \"$60 / hour\"\n";
    let answer = answer(&text, 16_384);
    let information = &answer.information;
    assert!(answer.deciders.is_empty());
    // Buying costs $7,000 and $6,000 for each of 0.69 incidents: $11,154 on average, and more than $12,000 in half of futures.
    assert!((information.cheapest[0].value() - 0.5).abs() < SIGMAS * information.cheapest[0].se());
    assert!(information.foresight.value > 400.0, "{information:?}");
    // Eight lucks tell the averages apart in most trials; the truth is all of them, and knowing is worth nothing.
    assert!(information.cheapest_on_average[0].value() > 0.6);
    let (low, high) = information.all_between;
    assert!(low <= SIGMAS * information.all.se && high > 0.0, "{information:?}");
    assert!(information.all.value < 0.4 * information.foresight.value, "{information:?}");
}

#[test]
fn several_unknowns_that_a_measurement_settles_are_worth_no_less_than_one_and_no_more_than_all() {
    let text = rent_or_buy(NORMAL, "").replace("$1,000 / month", "700 .. 1300 USD / month")
        + "[measurements.both]\ninputs = [\"platforms.new.runtime.all.once\", \"platforms.old.runtime.all.price\"]\n\
           cost = \"$100\"\n[measurements.one]\ninputs = [\"platforms.new.runtime.all.once\"]\ncost = \"$100\"\n";
    let answer = answer(&text, 16_384);
    let [both, one] = answer.findings.as_slice() else { panic!("two measurements") };
    assert_eq!((both.measurement.name.as_str(), one.measurement.name.as_str()), ("both", "one"));
    assert_eq!(one.worth, decider(&answer, PRICE).knowing.worth);
    assert!((one.worth.value..=answer.information.all.value).contains(&both.worth.value), "{:?}", answer.findings);
    // Both are all there is, their effects add up, and nothing is luck.
    let all = answer.information.all;
    assert!((both.worth.value - all.value).abs() < SIGMAS * (both.worth.se + all.se), "{both:?} {all:?}");
    assert_eq!(both.times_cost, Some(both.worth.value / 100.0));
}

#[test]
fn no_unknown_is_worth_more_than_all_and_all_no_more_than_foresight() {
    for number in 0..30 {
        let answer = answer(&generate::scenario(number), 1_200);
        let information = &answer.information;
        let (low, high) = information.all_between;
        let (all, foresight) = (information.all.value, information.foresight.value);
        for decider in &answer.deciders {
            let worth = decider.knowing.worth.value;
            assert!((0.0..=all).contains(&worth), "generated {number}: {} {worth} of {all}", decider.unknown.path);
        }
        assert!(0.0 <= low && low <= all && all <= high && high <= foresight, "generated {number}: {information:?}");
        for (on_average, as_it_turns_out) in information.regret_on_average.iter().zip(&information.regret) {
            assert!(all <= on_average.value && on_average.value <= as_it_turns_out.value, "generated {number}");
        }
    }
}

#[test]
fn a_case_of_growth_that_decides_says_which_option_is_best_in_each() {
    // Twelve months at 0 % cost $12,000; at 10 % a month $21,384 and more, and buying costs $15,000.
    let text = rent_or_buy("\"$15,000\"", "")
        .replace("[demand]\ngrowth = \"0 % / month\"\n", "")
        .replace("price = \"$1,000 / month\"", "meter = \"demand\"\nprice = \"$1,000\"")
        + "[demand.cases.calm]\nweight = 0.6\ngrowth = \"0 % / month\"\n\
           [demand.cases.rush]\nweight = 0.4\ngrowth = \"10 % / month\"\n";
    let answer = answer(&text, 16_384);
    let case = decider(&answer, "demand.case");
    assert_eq!(case.best, [1, 0], "rent where demand stands still, buy where it grows");
    assert_eq!(answer.deciders.len(), 1, "growth of one value a case says nothing more");
    // 1,000·(1.1¹² − 1)/0.1 = 21,384.28, month 1 at today's demand. Renting costs 0.4 of that and 0.6 of 12,000, $15,753.71
    // on average, so buying is best, and at 0 % it costs $3,000 more than it need.
    let worth = case.knowing.worth;
    assert!((worth.value - 0.6 * 3_000.0).abs() < SIGMAS * worth.se.max(0.6 * 3_000.0 * 0.01), "{worth:?}");
    assert!((case.knowing.another.value - 0.6).abs() < 0.01, "{:?}", case.knowing.another);
}

#[test]
fn a_plan_without_what_totals_do_not_need_gives_the_same_totals() {
    for number in 0..12 {
        let plan = compile(&twin::read(&generate::scenario(number)));
        let columns: Vec<_> = plan.outputs.options.iter().map(|option| option.present[1]).collect();
        let pruned = plan.only_for(columns.iter().copied());
        assert!(pruned.monthly.len() < plan.monthly.len() && pruned.sizes.is_empty(), "generated {number}");
        let request = Request { columns: columns.clone(), ..request(0..512, Seed(number), 1) };
        let [whole, part] = [&plan, &pruned].map(|plan| sim::run(plan, &request, &|_| {}));
        for column in columns {
            assert_eq!(whole.column(column), part.column(column), "generated {number}");
        }
    }
}

#[test]
fn threads_and_shards_do_not_show() {
    for number in [3, 11] {
        let text = generate::scenario(number);
        let one = sums(&text, 0..1_500, 1);
        for threads in [2, 3, 7] {
            assert_eq!(sums(&text, 0..1_500, threads), one, "generated {number}, {threads} threads");
        }
    }
    let plan = compile(&twin::read(&generate::scenario(4)));
    let of = |trials| {
        let request = Request { deciders: Some(HEADLINE), ..request(trials, Seed(5), 2) };
        sim::run(&plan, &request, &|_| {})
    };
    let mut shards = of(700..1_500);
    shards.merge(of(0..700));
    assert_eq!(shards.deciders, of(0..1_500).deciders);
}

#[test]
fn shares_of_the_variance_count_growth_once() {
    let text = include_str!("../../scenarios/heroku-to-ecs.toml");
    let run = crate::run::run(text, 4_096, 7);
    let (scenario, answer) = (twin::read(text), answer(text, 4_096));
    let verdict = outgrow::study::verdict::of(&run.summary, &[], Some(&answer));
    let made = outgrow::present::Made { version: "0.0.0", streams: 1 };
    let json = outgrow::present::json::text(&run.summary, &verdict, Some((&scenario, &answer)), made);
    let document: serde_json::Value = serde_json::from_str(&json).expect("sound JSON");
    let deciders = document["deciders"].as_array().expect("a list");
    let leader = &document["verdict"]["leader"]["option"];
    let share =
        |decider: &serde_json::Value, field: &str| decider[field][leader.as_str().expect("a name")]["value"].as_f64();
    let parts: Vec<&serde_json::Value> = deciders.iter().filter(|d| d["part_of"] == "demand.growth").collect();
    assert!(parts.iter().any(|d| d["path"] == "demand.case"), "the growth case is a part of growth");
    assert!(parts.iter().all(|d| share(d, "share_of_variance").is_none()), "a part has no share to be added");
    assert!(parts.iter().any(|d| share(d, "share_of_variance_in_part_of") > Some(0.1)), "it has one of its own");
    let sum: f64 = deciders.iter().filter_map(|d| share(d, "share_of_variance")).sum();
    assert!(sum > 0.5 && sum < 1.0, "first-order shares of independent inputs add up to less than 1: {sum}");
}
