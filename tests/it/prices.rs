//! The price book: what is in it, how it is found, what a price file may say.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use outgrow::model::price::{AsOf, Confidence, Hit, Origin, PriceBook};
use outgrow::scenario::prices::{FILES, compiled, with_overrides};

fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn file(name: &str) -> String {
    fs::read_to_string(here(name)).expect("the file is in the repository")
}

fn refusal(text: &str) -> String {
    match with_overrides(compiled(), text, "mine.toml") {
        Ok(_) => String::new(),
        Err(report) => report.to_string(),
    }
}

#[test]
fn every_file_of_the_book_reads_without_a_problem() {
    let mut names: Vec<String> = fs::read_dir(here("prices"))
        .expect("the folder of prices")
        .map(|entry| format!("prices/{}", entry.expect("an entry").file_name().to_string_lossy()))
        .filter(|name| name.ends_with(".toml"))
        .collect();
    names.sort();
    let mut known: Vec<String> = FILES.iter().map(|(name, _)| (*name).to_owned()).collect();
    known.push("prices/unverified.toml".to_owned());
    known.sort();
    assert_eq!(names, known, "a file of prices is compiled in, or it is the one that is not");
    for name in names {
        if let Err(report) = with_overrides(&PriceBook::default(), &file(&name), &name) {
            panic!("{report}");
        }
    }
}

#[test]
fn every_compiled_price_is_a_number_with_a_day_and_a_source() {
    let mut undated = 0;
    for sku in compiled().skus() {
        let (name, from) = (&sku.name, &sku.provenance);
        assert!(sku.price_usd.is_finite() && sku.price_usd >= 0.0, "{name}");
        assert!(sku.usd_per_month().is_some() != sku.usd_each().is_some(), "{name}: either held or used up");
        assert!(from.confidence.is_verified() && from.confidence != Confidence::Own, "{name} rests on nothing");
        assert!(from.source.len() > 5, "{name} has no source");
        assert_eq!(sku.origin, Origin::Book);
        undated += usize::from(from.as_of == AsOf::Undated);
        let shown = file_of(name);
        assert!(sku.price_usd > 0.0 || shown.contains("price = \"free\""), "{name} is free without saying so");
    }
    assert!(compiled().facts().all(|fact| fact.provenance.confidence.is_verified() && !fact.says.is_empty()));
    assert!(undated < 100, "{undated} prices of no day");
}

/// The line of a name in the compiled files.
fn file_of(name: &str) -> &'static str {
    let start = format!("\"{name}\" = ");
    FILES.iter().flat_map(|(_, text)| text.lines()).find(|line| line.starts_with(&start)).expect("compiled in")
}

#[test]
fn no_price_is_lost_from_the_book() {
    // Providers, and how many prices each had when they were last counted.
    let least = [
        ("aws", 269),
        ("azure", 93),
        ("digitalocean", 57),
        ("fly", 37),
        ("gcp", 165),
        ("heroku", 76),
        ("hetzner", 38),
        ("labour", 47),
        ("linode", 24),
        ("ovh", 27),
        ("railway", 14),
        ("render", 34),
        ("scaleway", 31),
        ("vercel", 5),
        ("vultr", 11),
    ];
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for sku in compiled().skus() {
        *counts.entry(sku.provider()).or_default() += 1;
    }
    for (provider, least) in least {
        let now = counts.get(provider).copied().unwrap_or(0);
        assert!(now >= least, "{provider} has {now} prices, and had {least}");
    }
    assert!(compiled().skus().count() >= 1_050, "{}", compiled().skus().count());
    assert!(compiled().ladders().count() >= 20 && compiled().facts().count() >= 50);
}

#[test]
fn ladders_ascend_in_price_and_state_the_same_limits() {
    for ladder in compiled().ladders() {
        let prices: Vec<f64> = ladder.plans.iter().map(|plan| plan.price_usd_per_month).collect();
        assert!(prices.windows(2).all(|pair| pair[0] < pair[1]), "{}: {prices:?}", ladder.name);
        for plan in &ladder.plans {
            assert!(!plan.limits.is_empty(), "{} states no limit", plan.sku);
            let units = |limits: &BTreeMap<String, _>| limits.keys().cloned().collect::<Vec<_>>();
            assert_eq!(units(&plan.limits), units(&ladder.plans[0].limits), "{}", plan.sku);
        }
    }
    let premium = compiled().ladder("heroku.postgres.premium").expect("the ladder of the sketch");
    assert_eq!(premium.plans.len(), 9);
    assert_eq!(premium.plans[1].price_usd_per_month, 350.0);
    assert_eq!(premium.plans[1].limits["storage"].value, 256.0);
}

#[test]
fn what_nobody_has_read_is_in_its_own_file_only() {
    let text = file("prices/unverified.toml");
    let alone = with_overrides(&PriceBook::default(), &text, "prices/unverified.toml").expect("it reads");
    assert!(alone.skus().count() >= 130);
    for sku in alone.skus() {
        assert!(!sku.is_verified(), "{} belongs into the book", sku.name);
        assert!(compiled().sku(&sku.name).is_none(), "{} is in both", sku.name);
    }
    let both = with_overrides(compiled(), &text, "prices/unverified.toml").expect("it reads over the book");
    assert_eq!(both.skus().filter(|sku| !sku.is_verified()).count(), alone.skus().count());
}

#[test]
fn a_month_has_730_hours() {
    let book = compiled();
    let month = |name: &str| book.sku(name).and_then(|sku| sku.usd_per_month());
    assert_eq!(month("heroku.dyno.performance-l"), Some(500.0));
    assert_eq!(month("aws.fargate.vcpu"), Some(0.04048 * 730.0));
    assert_eq!(month("aws.egress.internet-first-10tb"), None, "a gigabyte sent is not held");
    assert_eq!(book.sku("aws.egress.internet-first-10tb").and_then(|sku| sku.usd_each()), Some(0.09));
    assert_eq!(month("labour.us.salary.sre-median"), Some(185_000.0 * (1.0 / 12.0)));
}

#[test]
fn what_a_person_types_is_found() {
    let first = |query: &str| compiled().search(query).first().map_or("", |hit| hit.name());
    let has = |query: &str, name: &str| compiled().search(query).iter().any(|hit| hit.name() == name);
    assert!(has("fargate", "aws.fargate.vcpu"));
    assert!(has("Fargate amazon", "aws.fargate.gb"));
    assert_eq!(first("postgres premium"), "heroku.postgres.premium", "words in any order, the ladder first");
    assert_eq!(first("performance-l"), "heroku.dyno.performance-l");
    assert!(has("sentry", "sentry.plan.team"));
    assert!(has("burstable rds", "aws.rds.postgres.multi-az"), "words of a note");
    assert!(compiled().search("no such thing").is_empty());
    assert!(matches!(compiled().search("postgres premium")[0], Hit::Ladder(_)));
    assert_eq!(compiled().nearest("heroku.dyno.performnce-l", 1), ["heroku.dyno.performance-l"]);
}

#[test]
fn a_file_of_ones_own_overrides_and_adds() {
    let text = "source = \"our contract\"\nas_of = \"2026-11\"\n\
        [prices]\n\"heroku.postgres.premium-2\" = { price = \"$300 / month\" }\n\
        \"ours.search.cluster\" = { price = \"$1,200.50 / month\", note = \"with support\" }\n";
    let book = with_overrides(compiled(), text, "mine.toml").expect("a fair file");
    let premium = book.ladder("heroku.postgres.premium").expect("still there");
    assert_eq!(premium.plans[1].price_usd_per_month, 300.0, "a ladder follows the prices of its plans");
    assert_eq!(premium.plans[1].limits["connections"].value, 400.0, "and the limits stay");
    let added = book.sku("ours.search.cluster").expect("added");
    assert_eq!((added.price_usd, added.provenance.confidence), (1200.5, Confidence::Own));
    assert_eq!(added.origin, Origin::File("mine.toml".into()));
    assert_ne!(book.version(), compiled().version());
    assert_eq!(compiled().version(), compiled().clone().version());
}

#[test]
fn a_wrong_price_file_is_told_every_problem_and_a_way_out() {
    let text = "source = \"us\"\nas_of = \"2026-11\"\n[prices]\n\
        \"a.b\" = { price = \"5 / month\" }\n\"a.c\" = { price = \"$5 / moth\" }\n\"a.d\" = { price = \"$0 / month\" }\n\
        \"A.e\" = { price = \"$5 / month\" }\n\"a.f\" = { price = \"$5 / month\", from = \"them\" }\n\
        \"a.g\" = { price = \"$5 / month\", as_of = \"lately\" }\n\"a.h\" = { prices = \"$5 / month\" }\n\
        \"a.i\" = { price = \"$5 / month\", has = { ram = \"much\" } }\n\
        [ladders]\n\"a.l\" = { plans = [\"heroku.dyno.performance-x\"] }\n";
    let said = refusal(text);
    let wanted = [
        "E007 mine.toml:4:19  `5 / month` is no price",
        "E008 mine.toml:5:19  prices are not by the `moth`",
        "did you mean \"month\"?",
        "E007 mine.toml:6:19  `0` is no amount above 0",
        "E016 mine.toml:7:1",
        "E015 mine.toml:8:",
        "E023 mine.toml:9:",
        "E003 mine.toml:10:",
        "E007 mine.toml:11:",
        "E015 mine.toml:13:",
        "did you mean \"heroku.dyno.performance-xl\"?",
    ];
    for words in wanted {
        assert!(said.contains(words), "{words} is not in\n{said}");
    }
    assert!(refusal("[prices]\n\"a.b\" = { price = \"$5 / month\" }").contains("does not say where it comes from"));
    assert!(refusal("[prices\n").contains("E001"));
}

/// The survey that the book was taken from, where it is at hand: `OUTGROW_FACTS`, or `../shared/facts` beside the
/// repository. Each line of the book names its row.
#[test]
fn prices_are_those_of_the_rows_they_were_taken_from() {
    let folder =
        std::env::var_os("OUTGROW_FACTS").map_or_else(|| here("../shared/facts"), PathBuf::from).join("prices");
    if !folder.is_dir() {
        eprintln!("skipped: {} is not there", folder.display());
        return;
    }
    let mut compared = 0;
    for (_, text) in FILES {
        let lines = text.lines().filter(|line| line.contains("price = "));
        for line in lines {
            // A line that was refreshed by hand since has no row any more.
            let Some((_, row)) = line.rsplit_once(" # ") else { continue };
            let (table, number) = row.split_once(':').expect("a table and a line");
            let name = line.split('"').nth(1).expect("a name in quotes");
            let wanted = price_in(&folder.join(table), number.parse().expect("a line number"));
            let sku = compiled().sku(name).expect("it is compiled in");
            assert_eq!(sku.price_usd, wanted, "{name} and {row}");
            compared += 1;
        }
    }
    assert!(compared >= 40, "only {compared} prices could be compared");
}

/// The price in a line of a table.
fn price_in(table: &Path, line: usize) -> f64 {
    let mut reader = csv::Reader::from_path(table).expect("a table of the survey");
    let record = reader.records().nth(line - 2).expect("the row is there").expect("it reads");
    record[4].parse().expect("a price")
}
