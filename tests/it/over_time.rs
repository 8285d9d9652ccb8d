//! Prices over time against arithmetic by hand, and what must hold of them whatever their figures.

use outgrow::math::elementary::pow;
use outgrow::plan::compile;
use outgrow::scenario::{LoadError, Loader, prices, read_at};
use outgrow::sim;
use outgrow::units::Seed;

use crate::{generate, twin};

/// A few dozen roundings of 2⁻⁵³, in other orders.
const REL_ROUNDING: f64 = 1e-12;

/// Two platforms with nothing uncertain. The project is month 2, traffic moves at its end, and the old platform stays for
/// half a month after it: s = 1, C = 2, off = 2.5.
fn text(head: &str, tables: &str) -> String {
    format!(
        r#"
name = "By hand"
start = "2027-01"
months = 36
baseline = "stay"
{head}

[people]
loaded_hour = "$95 / hour"

{tables}

[platforms.new.data.disk]
price = "$1 / month"

[options.stay]
platform = "old"
owned_share = "40 %"

[options.move]
platform = "new"
migration = "leave"

[migrations.leave]
from = "old"
starts = "month 2"
effort = "1 person-month"
overrun = 1
people = 1
overlap = "0.5 months"
"#
    )
}

const STILL: &str = "[demand]\ngrowth = \"0 % / month\"";
const FALLING: &str = "[demand]\ngrowth = \"-5 % / month\"";

/// A named quantity of an option by month, in the first trial.
fn traced(text: &str, option: &str, what: &str) -> Vec<f64> {
    let traces = sim::trace(&compile(&twin::read(text)), Seed(1), 0, 1);
    traces[0].get(&format!("option.{option}.{what}")).unwrap_or_else(|| panic!("no {what}")).clone()
}

fn runtime(text: &str, option: &str) -> Vec<f64> {
    traced(text, option, "invoiced.runtime")
}

fn agree(found: &[f64], wanted: impl Fn(usize) -> f64) {
    for (place, found) in found.iter().enumerate() {
        let wanted = wanted(place + 1);
        assert!(
            (found - wanted).abs() <= REL_ROUNDING * wanted.abs().max(1.0),
            "month {}: {found}, not {wanted}",
            place + 1
        );
    }
}

/// Units of a line with ten of them today and demand falling by 5 % a month: 9.5 · 0.95^(m−1), rounded up.
fn falling_units(m: usize) -> f64 {
    if m == 1 { 10.0 } else { (9.5 * pow(0.95, m as f64 - 1.0)).ceil() }
}

#[test]
fn a_yearly_rate_compounds_by_the_month() {
    let line = "[platforms.old.runtime.web]\nprice = \"$100 / month\"\nrises = \"12 % / year\"";
    let found = runtime(&text(STILL, line), "stay");
    agree(&found, |m| 100.0 * pow(1.12, (m as f64 - 1.0) / 12.0));
    assert!((found[12] - 112.0).abs() < 1e-9, "a year on it is 12 % more, not 3.9 times: {}", found[12]);
    // A line's own drift goes before its vendor's.
    let vendor = format!("[vendors.shop]\nrises = \"50 % / year\"\n{line}\nvendor = \"shop\"");
    agree(&runtime(&text(STILL, &vendor), "stay"), |m| found[m - 1]);
    let vendor = vendor.replace("rises = \"12 % / year\"\n", "");
    agree(&runtime(&text(STILL, &vendor), "stay"), |m| 100.0 * pow(1.5, (m as f64 - 1.0) / 12.0));
}

#[test]
fn every_scheme_drifts() {
    let lines = [
        "price = \"$100 / month\"\ntimes = 3",
        "price = \"$100 / month\"\ntoday = 3",
        "today = 3\neach = { vcpu = { price = \"$70 / month\" }, gb = { price = \"$15 / month\", times = 2 } }",
        "meter = \"demand\"\nfree = 0.5\nprice = \"$600\"",
        "fits = { size = \"demand\" }\nplans = [{ name = \"only\", price = \"$300 / month\", size = 9 }]",
        "seats = \"demand\"\nprice = \"$300 / month\"",
    ];
    for line in lines {
        let line = format!("[platforms.old.runtime.web]\nrises = \"10 % / year\"\n{line}");
        agree(&runtime(&text(STILL, &line), "stay"), |m| 300.0 * pow(1.1, (m as f64 - 1.0) / 12.0));
    }
    let once = "[platforms.old.runtime.web]\nonce = \"$300\"\nmonth = \"month 13\"\nrises = \"10 % / year\"";
    agree(&runtime(&text(STILL, once), "stay"), |m| if m == 13 { 330.0 } else { 0.0 });
}

const COMMITTED: &str = "[platforms.old.runtime.web]\nprice = \"$100 / month\"\ntoday = 10\n\
                         commit = { share = \"80 %\", discount = \"25 %\", months = 12 }";

#[test]
fn what_is_bought_ahead_is_paid_in_full() {
    // Eight at $75 for a year whatever runs, then 0.8 of what runs then for another.
    let cost = |m: usize| {
        let ahead = 0.8 * falling_units((m - 1) / 12 * 12 + 1);
        ahead * 75.0 + (falling_units(m) - ahead).max(0.0) * 100.0
    };
    let found = runtime(&text(FALLING, COMMITTED), "stay");
    agree(&found, cost);
    assert!(falling_units(12) < 8.0, "the test is of more than is needed");
    let upfront = COMMITTED.replace("months = 12", "months = 12, upfront = true");
    let paid = runtime(&text(FALLING, &upfront), "stay");
    agree(&paid, |m| {
        let ahead = 0.8 * falling_units((m - 1) / 12 * 12 + 1);
        let rest = (falling_units(m) - ahead).max(0.0) * 100.0;
        if m % 12 == 1 { 12.0 * ahead * 75.0 + rest } else { rest }
    });
    let sum = |by_month: &[f64]| by_month.iter().sum::<f64>();
    assert!((sum(&paid) - sum(&found)).abs() < 1e-6, "three full terms cost the same");
}

#[test]
fn a_commitment_outlasts_leaving_and_is_not_bought_again() {
    let found = runtime(&text(FALLING, COMMITTED), "move");
    agree(&found, |m| match m {
        1 | 2 => 600.0 + (falling_units(m) - 8.0) * 100.0,
        // Half a month in service, with the load at cutover standing by: that of month 2.
        3 => 600.0 + 0.5 * (falling_units(2) - 8.0) * 100.0,
        4..=12 => 600.0,
        _ => 0.0,
    });
    let owed = traced(&text(FALLING, COMMITTED), "move", "owed");
    agree(&owed, |m| if m <= 12 { 600.0 * (12 - m) as f64 } else { 0.0 });
    // The last term of the baseline reaches beyond the horizon.
    let ten = COMMITTED.replace("months = 12", "months = 10");
    let owed = traced(&text(STILL, &ten), "stay", "owed");
    assert!((owed[35] - 4.0 * 600.0).abs() < 1e-9, "bought for months 31 to 40: {}", owed[35]);
}

#[test]
fn what_is_held_ends_and_a_new_platform_commits_after_its_cutover() {
    let held = "[platforms.old.runtime.web]\nprice = \"$100 / month\"\ntoday = 10\n\
                commit = { held = { quantity = 4, price = \"$80 / month\", until = \"month 3\" } }";
    agree(&runtime(&text(STILL, held), "stay"), |m| if m <= 3 { 4.0 * 80.0 + 600.0 } else { 1_000.0 });
    let new = COMMITTED.replace("old", "new").replace("today = 10", "today = 9.5");
    let found = runtime(&text(STILL, &format!("{new}\n[platforms.old.data.disk]\nprice = \"$1 / month\"")), "move");
    // Nothing of it in month 2, with the first traffic at its end; 9 by the formula, 0.8 of them from month 3.
    agree(&found[2..], |_| 7.2 * 75.0 + 1.8 * 100.0);
}

#[test]
fn nothing_bought_ahead_changes_no_cent() {
    let line =
        "[platforms.old.runtime.web]\nprice = \"$37 .. 90 / month\"\ntoday = \"7 .. 13\"\nrises = \"2 .. 5 % / year\"";
    let plain = runtime(&text(FALLING, line), "move");
    let nothing = format!("{line}\ncommit = {{ share = 0, discount = 0, months = 5 }}");
    agree(&runtime(&text(FALLING, &nothing), "move"), |m| plain[m - 1]);
}

#[test]
fn waste_is_paid_for_and_tidied_by_those_whose_job_it_is() {
    let line = |waste: &str| format!("[platforms.old.runtime.web]\nprice = \"$100 / month\"\n{waste}");
    let found = |tables: &str| runtime(&text(STILL, tables), "stay");
    agree(&found(&line("waste = \"20 %\"")), |_| 125.0);
    // 40 % of the hours are owned: 0.2 · (1 − 0.5 · 0.4) is idle.
    agree(&found(&line("waste = \"20 %\"\ntidy = \"50 %\"")), |_| 100.0 / 0.84);
    agree(&found(&line("waste = \"90 %\"")), |_| 1_000.0);
    let platform = format!("[platforms.old]\nwaste = \"20 %\"\n{}", line(""));
    agree(&found(&platform), |_| 125.0);
    agree(&found(&format!("{platform}\nwaste = \"50 %\"")), |_| 200.0);
    let tooling = text(STILL, &platform.replace("runtime", "tooling"));
    agree(&traced(&tooling, "stay", "invoiced.tooling"), |_| 100.0);
    // While leaving, the part that is owned is the option's: none, and all of the waste is back.
    let left = runtime(&text(STILL, &line("waste = \"20 %\"\ntidy = \"50 %\"")), "move");
    agree(&left[..2], |m| if m == 1 { 100.0 / 0.84 } else { 125.0 });
}

#[test]
fn a_copy_costs_what_the_others_cost_times_its_scale() {
    let lines = "[platforms.old.runtime.web]\nprice = \"$100 / month\"\nrises = \"10 % / year\"\n\
                 [platforms.old.data.base]\nprice = \"$40 / month\"\n\
                 [platforms.old.tooling.staging]\ncopy_of = [\"runtime.web\", \"data\"]\nscale = \"15 %\"\ncopies = 1";
    let found = traced(&text(STILL, lines), "stay", "invoiced.tooling");
    agree(&found, |m| 2.0 * 0.15 * (100.0 * pow(1.1, (m as f64 - 1.0) / 12.0) + 40.0));
}

fn contract(terms: &str) -> String {
    let line = "[platforms.old]\nvendor = \"shop\"\n[platforms.old.runtime.web]\nprice = \"$300 / month\"";
    text(STILL, &format!("[vendors.shop]\n{terms}\n{line}"))
}

#[test]
fn a_minimum_spend_runs_to_its_last_month() {
    let ends = contract("contract = { minimum_spend = \"$1,000 / month\", until = \"month 5\" }");
    agree(&runtime(&ends, "stay"), |m| if m <= 5 { 1_000.0 } else { 300.0 });
    // Out of service from the middle of month 3 on, and owed.
    agree(&runtime(&ends, "move"), |m| if m <= 5 { 1_000.0 } else { 0.0 });
    let terms = "contract = { minimum_spend = \"$1,000 / month\", until = \"month 5\", renews_every = 4 }";
    let renewed = contract(terms);
    agree(&runtime(&renewed, "stay"), |_| 1_000.0);
    agree(&runtime(&renewed, "move"), |m| if m <= 5 { 1_000.0 } else { 0.0 });
    agree(&traced(&renewed, "stay", "owed"), |m| {
        let last = if m <= 5 { 5 } else { 5 + (m - 5).div_ceil(4) * 4 };
        (last - m) as f64 * 1_000.0
    });
    // Notice is given as leaving begins, at 1, and runs for eight months.
    let noticed = contract(&terms.replace("= 4 }", "= 4, notice = \"8 months\" }"));
    agree(&runtime(&noticed, "move"), |m| if m <= 9 { 1_000.0 } else { 0.0 });
    agree(&runtime(&noticed, "stay"), |_| 1_000.0);
}

#[test]
fn credits_pay_invoices_until_they_are_spent_or_lapse() {
    let spent = contract("credits = { amount = \"$700\" }");
    agree(&runtime(&spent, "stay"), |m| [0.0, 0.0, 200.0].get(m - 1).copied().unwrap_or(300.0));
    let lapses = contract("credits = { amount = \"$5,000\", begins = \"month 2\", until = \"month 4\" }");
    agree(&runtime(&lapses, "stay"), |m| if (2..=4).contains(&m) { 0.0 } else { 300.0 });
    // After the minimum spend: the shortfall is paid with credits too.
    let both =
        "contract = { minimum_spend = \"$1,000 / month\", until = \"month 5\" }\ncredits = { amount = \"$1,500\" }";
    agree(&runtime(&contract(both), "stay"), |m| match m {
        1 => 0.0,
        2 => 500.0,
        3..=5 => 1_000.0,
        _ => 300.0,
    });
}

#[test]
fn an_amount_in_another_currency_is_worth_one_draw_of_its_rate() {
    let lines = "[platforms.old.runtime.web]\nprice = \"100 EUR / month\"\n\
                 [platforms.old.data.base]\nprice = \"40 .. 60 EUR / month\"";
    let found = runtime(&text(&format!("exchange = {{ EUR = \"1.10 USD\" }}\n{STILL}"), lines), "stay");
    agree(&found, |_| 110.0);
    let unsure = text(&format!("exchange = {{ EUR = \"1.02 .. 1.20 USD\" }}\n{STILL}"), lines);
    let sure = text(&format!("exchange = {{ EUR = \"1 USD\" }}\n{STILL}"), lines);
    let rate = runtime(&unsure, "stay")[0] / 100.0;
    assert!(rate > 0.9 && rate < 1.4 && rate != 1.0, "{rate}");
    let base = traced(&sure, "stay", "invoiced.data");
    agree(&traced(&unsure, "stay", "invoiced.data"), |m| base[m - 1] * rate);
}

#[test]
fn no_invoice_is_negative_and_no_credit_pays_twice() {
    for number in 0..60 {
        let scenario = twin::read(&generate::scenario(number));
        for trace in sim::trace(&compile(&scenario), Seed(3), 0, 4) {
            for (path, values) in &trace {
                let is_money = path.contains(".invoiced.") || path.contains(".vendor.") || path.ends_with(".owed");
                if is_money {
                    assert!(values.iter().all(|value| *value >= 0.0), "{number}: {path} {values:?}");
                }
                if path.ends_with(".credits") {
                    assert!(values.windows(2).all(|pair| pair[1] <= pair[0]), "{number}: {path} {values:?}");
                }
            }
        }
    }
}

struct Text(String);

impl Loader for Text {
    fn load(&self, _: &str) -> Result<String, LoadError> {
        Ok(self.0.clone())
    }
}

/// The codes of what a text is told.
fn told(text: String) -> Vec<&'static str> {
    let problems = match read_at(prices::compiled(), "x.toml", &Text(text)) {
        Ok((_, warnings)) => warnings,
        Err(report) => report.problems,
    };
    problems.iter().map(|problem| problem.code).collect()
}

#[test]
fn money_times_money_is_refused() {
    for wrong in [
        "times = \"$2\"",
        "copies = \"$2\"",
        "rises = \"$2 / year\"",
        "waste = \"$2\"",
        "today = \"$2\"",
        "today = 3\ncommit = { share = \"$2\", months = 3 }",
    ] {
        let line = format!("[platforms.old.runtime.web]\nprice = \"$100 / month\"\n{wrong}");
        assert!(told(text(STILL, &line)).contains(&"E008"), "{wrong}");
    }
}

#[test]
fn what_costs_nothing_is_said() {
    for line in [
        "price = \"$0 / month\"",
        "price = \"$9 / month\"\ntoday = 3\ncommit = { held = { quantity = 1, price = \"$0 / month\", until = \"month 3\" } }",
        "price = \"$9 / month\"\n[platforms.old.runtime.copy]\ncopy_of = [\"runtime.web\"]\nscale = 0",
    ] {
        let line = format!("[platforms.old.runtime.web]\n{line}");
        assert!(told(text(STILL, &line)).contains(&"W009"), "{line}");
    }
}
