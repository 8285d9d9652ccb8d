//! The tables of a platform: its lines, its work, what goes wrong, its debt.

use std::fmt::Write as _;

use super::{Answers, debt, dollars, short};

/// Parts of a bill: bucket, name, part, whether it is units that run.
const PARTS: [(&str, &str, f64); 7] = [
    ("runtime", "web", 0.40),
    ("runtime", "worker", 0.15),
    ("data", "database", 0.25),
    ("data", "cache", 0.08),
    ("tooling", "logs", 0.05),
    ("tooling", "monitoring", 0.04),
    ("tooling", "ci", 0.03),
];

/// Kinds of the work on a platform as a service, on one that is tuned, and on one's own cloud: what items of such work commonly hold.
const KINDS_AT_HOME: &str =
    r#"{ pipelines = "15 %", monitoring = "10 %", errors = "35 %", data = "15 %", security = "15 %", cost = "10 %" }"#;
const KINDS_TUNED: &str = r#"{ pipelines = "10 %", scaling = "15 %", monitoring = "10 %", errors = "25 %", data = "10 %", security = "10 %", cost = "20 %" }"#;
const KINDS_IN_A_CLOUD: &str = r#"{ pipelines = "20 %", scaling = "20 %", secrets = "5 %", monitoring = "15 %", data = "15 %", security = "15 %", cost = "10 %" }"#;

/// How many units a part of the bill is, guessed from their usual price.
fn units(answers: &Answers, cost: f64) -> f64 {
    (cost / answers.from.unit_price).round().max(1.0)
}

/// Today's platform, as it is or tuned.
pub(super) fn paas(text: &mut String, answers: &Answers, is_tuned: bool) {
    let Answers { from, bill, .. } = answers;
    let suffix = if is_tuned { "-tuned" } else { "" };
    let name = format!("{}{suffix}", from.name);
    let title = if is_tuned { format!("Tuned {}", from.title) } else { from.title.to_owned() };
    let source = if is_tuned {
        "what right-sizing commonly finds, by outgrow init: fewer units, add-ons a size smaller"
    } else {
        "your bill, divided as outgrow init assumes such bills divide: take it from the invoice"
    };
    let _ = write!(text, "[platforms.{name}]\ntitle  = \"{title}\"\nsource = \"{source}\"\n\n");
    for (bucket, part, share) in PARTS {
        let cost = share * bill;
        let is_run = bucket == "runtime";
        let n = if is_run { units(answers, cost) } else { 1.0 };
        let price = cost / n;
        let _ = write!(text, "[platforms.{name}.{bucket}.{part}]");
        if is_run {
            let _ = write!(text, "  # {n} {} · ${} = ${}", from.unit, dollars(price), dollars(cost));
        }
        let price = match (is_tuned, bucket) {
            (false, _) | (true, "tooling") => format!("\"${} / month\"", dollars(price)),
            (true, _) => format!("\"${} .. {} / month\"", dollars(0.75 * price), dollars(0.97 * price)),
        };
        let _ = write!(text, "\nprice = {price}\n");
        if bucket != "tooling" {
            let _ = writeln!(text, "today = {n}");
        }
        if is_run && part == "web" {
            let _ = writeln!(text, "peak  = \"2 times\"\nautoscaling = \"{} %\"", if is_tuned { 80 } else { 50 });
        }
        text.push('\n');
    }
    let (hours, kinds) = if is_tuned { ("3 .. 10", KINDS_TUNED) } else { ("2 .. 8", KINDS_AT_HOME) };
    let _ = write!(
        text,
        "[platforms.{name}.work.upkeep]           # the platform does most of it\nkind          = {kinds}\nhours         = \"{hours} hours / month\"\ninterruptions = \"1 .. 5 / month\"\nsource        = \"what small teams on a platform as a service report, wide, by outgrow init\"\n\n"
    );
    incidents(text, &name, (1.0, 1.0), false);
    if is_tuned {
        text.push_str("# The same platform, tuned, brings its debt along.\n");
    }
    debt::at_home(text, &name, answers, !is_tuned);
}

/// The place that may be moved to.
pub(super) fn cloud(text: &mut String, answers: &Answers) {
    let Answers { from, to, bill, .. } = answers;
    let name = to.name;
    let _ = write!(
        text,
        "[platforms.{name}]\ntitle  = \"{}\"\nsource = \"parts of the price on {} that such moves report, wide, by outgrow init: price your own load\"\n\n",
        to.title, from.title
    );
    for (bucket, part, share) in PARTS {
        let cost = share * bill;
        let n = if bucket == "runtime" { units(answers, cost) } else { 1.0 };
        let (low, high) = match bucket {
            "runtime" => to.runtime,
            "data" => to.data,
            _ => (0.5, 1.2),
        };
        let price = cost / n;
        let _ = write!(
            text,
            "[platforms.{name}.{bucket}.{part}]\nprice = \"${} .. {} / month\"\n",
            dollars(low * price),
            dollars(high * price)
        );
        if bucket != "tooling" {
            let _ = writeln!(text, "today = {n}");
        }
        if part == "web" {
            let _ = writeln!(text, "peak  = \"2 times\"\nautoscaling = \"50 %\"");
        }
        text.push('\n');
    }
    let _ = write!(
        text,
        "[platforms.{name}.runtime.base]         # load balancer, gateways, control plane: whatever runs\nprice = \"${} .. {} / month\"\n\n[platforms.{name}.work.upkeep]          # images, definitions, alarms, access, cost, the network\nkind          = {KINDS_IN_A_CLOUD}\nhours         = \"{} .. {} hours / month\"\ninterruptions = \"2 .. 10 / month\"\nlearning      = {{ extra = \"50 .. 150 %\", halves_every = \"3 .. 6 months\" }}\nsource        = \"what teams that run {} themselves report, wide, by outgrow init: ask one\"\n\n",
        dollars(to.fixed.0),
        dollars(to.fixed.1),
        to.hours.0,
        to.hours.1,
        to.title
    );
    incidents(text, name, (1.0, 2.0), true);
    debt::elsewhere(text, name, answers);
}

/// What goes wrong; on one's own cloud at least as often, and longer.
fn incidents(text: &mut String, platform: &str, (low, high): (f64, f64), is_own: bool) {
    let classes = [
        ("failed-deploy", 0.3, 1.2, 40, 180, "1 .. 2", "1 .. 3 hours"),
        ("capacity", 0.05, 0.4, 30, 150, "1 .. 2", "0.5 .. 3 hours"),
        ("outage", 0.2, 0.8, 55, 215, "1", "0.5 .. 2 hours"),
        ("data", 0.005, 0.03, 180, 720, "2", "8 .. 40 hours"),
    ];
    for (class, least, most, p50, p90, responders, follow_up) in classes {
        // A cloud's own outages are fewer than a platform's on top of it.
        let (low, high) = if is_own && class == "outage" { (0.3, 0.6) } else { (low, high) };
        let times = if is_own { 3 } else { 2 };
        let responders = if responders.contains("..") { format!("\"{responders}\"") } else { responders.to_owned() };
        let _ = write!(
            text,
            "[platforms.{platform}.incidents.{class}]\nrate       = \"{} .. {} / month\"\nduration   = {{ p50 = {}, p90 = {}, unit = \"min\" }}\nresponders = {responders}\nfollow_up  = \"{follow_up}\"\nsource     = \"public incident logs and status pages, wide, by outgrow init\"\n\n",
            short(least * low),
            short(most * high),
            p50 * times / 2,
            p90 * times / 2,
        );
    }
}
