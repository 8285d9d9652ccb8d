//! Reports in another currency than the dollar.

use outgrow::plan::compile;
use outgrow::present::chart;
use outgrow::present::look::Look;
use outgrow::sim;
use outgrow::units::{Currency, Seed};

use crate::pages::built;
use crate::shell::outgrow;
use crate::{generate, twin};

/// Both compute the same formula, one of them times a rate: a few hundred roundings of 2⁻⁵³.
const REL_ROUNDING: f64 = 1e-9;
/// Euros below which a difference is rounding.
const ABS_ROUNDING: f64 = 1e-6;

/// The line that says what a euro is worth in what is generated.
const IN_DOLLARS: &str = "exchange = { EUR = \"1.02 .. 1.20 USD\" }\n";

/// A generated file as one of a report in euros: a dollar is worth `rate`, and where one number is wanted, which cannot wait for what a
/// dollar turns out to be worth, it is in euros, `times` as many.
fn in_euros(text: &str, rate: &str, times: f64) -> String {
    let text = text.replace(IN_DOLLARS, &format!("currency = \"EUR\"\nexchange = {{ USD = \"{rate} EUR\" }}\n"));
    let above = numbers_in_euros(&text, "\"bill > ", times);
    let below = numbers_in_euros(&above, "\"bill < ", times);
    numbers_in_euros(&below, "up_to = \"", times)
}

/// The same with every amount of dollars that follows some words in euros, so many for each of them.
fn numbers_in_euros(text: &str, after: &str, times: f64) -> String {
    let mut pieces = text.split(after);
    let mut own = pieces.next().expect("a text has a beginning").to_owned();
    for piece in pieces {
        let amount = piece.split_once(" USD").and_then(|(amount, rest)| Some((amount.parse::<f64>().ok()?, rest)));
        own += &match amount {
            Some((amount, rest)) => format!("{after}{} EUR{rest}", amount * times),
            None => format!("{after}{piece}"),
        };
    }
    own
}

#[test]
fn a_report_in_euros_at_a_sure_rate_is_the_dollar_report_times_that_rate() {
    let mut compared = 0;
    for number in 0..60 {
        let text = generate::scenario(number);
        let dollars = twin::read(&text.replace(IN_DOLLARS, "exchange = { EUR = \"1.25 USD\" }\n"));
        let euros = twin::read(&in_euros(&text, "0.8", 0.8));
        assert_eq!((dollars.currency, euros.currency.code()), (Currency::USD, "EUR"));
        let traces = [&dollars, &euros].map(|scenario| sim::trace(&compile(scenario), Seed(5), 0, 4));
        for (dollars, euros) in traces[0].iter().zip(&traces[1]) {
            let is_money = |path: &&String| path.starts_with("option.") && path.contains(".cumulative.");
            for path in dollars.keys().filter(is_money) {
                for (dollars, euros) in dollars[path].iter().zip(&euros[path]) {
                    let wanted = dollars * 0.8;
                    let allowed = ABS_ROUNDING.max(REL_ROUNDING * wanted.abs());
                    assert!((euros - wanted).abs() <= allowed, "generated {number}: {path} is {euros}, not {wanted}");
                    compared += 1;
                }
            }
        }
    }
    assert!(compared > 10_000, "{compared}");
}

#[test]
fn kernel_and_twin_agree_in_a_report_in_euros() {
    for number in 0..40 {
        let text = in_euros(&generate::scenario(number), "0.85 .. 0.95", 1.0);
        twin::compare(&twin::read(&text), Seed(number), 0, 3, &format!("generated {number}, in euros"));
    }
}

/// The shipped scenario as a report in another currency, with no dollar in its words.
fn shipped_in(code: &str) -> String {
    let text = include_str!("../../scenarios/heroku-to-ecs.toml");
    let stated = format!("currency = \"{code}\"\nexchange = {{ USD = \"0.85 .. 0.95 {code}\" }}");
    let words = |line: &str| line.starts_with("name") || line.starts_with("question");
    let lines = text.lines().map(|line| if words(line) { line.replace('$', "") } else { line.to_owned() });
    let text: String = lines.map(|line| line + "\n").collect();
    text.replace("currency = \"USD\"", &stated).replace("cost   = \"$6,000\"", &format!("cost = \"5,400 {code}\""))
}

#[test]
fn no_figure_of_a_report_in_another_currency_is_shown_or_named_in_dollars() {
    for (code, sign) in [("EUR", "€"), ("CHF", "CHF ")] {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let (file, out) = (folder.path().join("ours.toml"), folder.path().join("out"));
        std::fs::write(&file, shipped_in(code)).expect("a file");
        let [file, out] = [&file, &out].map(|path| path.to_str().expect("a plain name"));
        let ran = outgrow(&["run", file, "--trials", "600", "--tables", "--explain-verdict", "--out", out]);
        let said = String::from_utf8(ran.stdout).expect("UTF-8");
        assert_eq!(ran.status.code(), Some(0), "{said}");
        let of = |name: &str| std::fs::read_to_string(format!("{out}/ours/{name}")).expect("a result");
        let page = of("summary.md");
        assert!(said.contains(&format!("AWS is {sign}")) && page.contains(sign), "{said}");
        for shown in [&said, &page] {
            assert!(!shown.contains('$') && !shown.contains("dollar"), "{shown}");
        }
        assert!(said.contains(&format!("present value, {}", sign.trim())), "{said}");
        let lower = code.to_ascii_lowercase();
        let figures = of("summary.json");
        let head = of("monthly.csv").lines().next().expect("a head").to_owned();
        for (names, one) in [(&figures, "\"cost_usd\""), (&head, "monthly_cost_mean_usd")] {
            assert!(names.contains(&one.replace("usd", &lower)), "{one}");
        }
        let document: serde_json::Value = serde_json::from_str(&figures).expect("sound JSON");
        assert_eq!(document["currency"], code);
        assert!(!head.contains("usd") && names_of(&document).iter().all(|name| !name.contains("usd")));
        let explained = outgrow(&["explain", file, "platforms.heroku.runtime.web", "--month", "12", "--json"]);
        assert!(String::from_utf8_lossy(&explained.stdout).contains(&format!("\"unit\": \"{}\"", sign.trim())));
    }
}

fn names_of(value: &serde_json::Value) -> Vec<String> {
    match value {
        serde_json::Value::Array(all) => all.iter().flat_map(names_of).collect(),
        serde_json::Value::Object(fields) => {
            fields.iter().flat_map(|(name, value)| [vec![name.clone()], names_of(value)].concat()).collect()
        }
        _ => Vec::new(),
    }
}

#[test]
fn explain_says_what_an_amount_in_dollars_is_worth() {
    let text = shipped_in("EUR");
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("ours.toml");
    std::fs::write(&file, text).expect("a file");
    let file = file.to_str().expect("a plain name");
    let said = outgrow(&["explain", file, "platforms.heroku.runtime.web", "--month", "12"]).stdout;
    let said = String::from_utf8(said).expect("UTF-8");
    assert!(said.contains("month 12 (Dec 2027): €"), "{said}");
    assert!(said.contains("= 500 × 0.8986"), "{said}");
}

#[test]
fn pictures_are_in_the_currency_of_the_report() {
    for (_, summary) in built::cases() {
        let summary = outgrow::summary::Summary { currency: Currency::new("CHF").expect("a code"), ..summary.clone() };
        let verdict = outgrow::study::verdict::of(&summary, &[], None);
        let made = outgrow::present::Made { version: "0.0.0", streams: 1 };
        for (name, scene) in chart::all(&summary, &verdict, &[], made, Look::light()) {
            for label in scene.labels() {
                assert!(!label.text.contains('$') && !label.text.contains("dollar"), "{name}: {}", label.text);
            }
        }
    }
}
