//! A first scenario from six answers: whole, commented, and running at once. What `init` writes.
//!
//! Every figure in it is a default of ours and says so (`assumed`), but the bill: it comes out as stated in month 1, only
//! its division is assumed. The header says which figures to replace first, since these move the answer most.

use std::fmt::Write as _;

/// A platform as a service that a team may live on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct From {
    /// The word on the command line and in the file.
    pub name: &'static str,
    /// What people call it.
    pub title: &'static str,
    /// What one of its units is called.
    unit: &'static str,
    /// A usual price of one, dollars a month, from which their number is guessed.
    unit_price: f64,
}

/// Where a team may go.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct To {
    /// The word on the command line and in the file.
    pub name: &'static str,
    /// What people call it.
    pub title: &'static str,
    /// What running the same units costs there, parts of today's price: P5 and P95.
    runtime: (f64, f64),
    /// What the same databases cost there, parts of today's price: P5 and P95.
    data: (f64, f64),
    /// What is paid whatever runs (load balancer, gateways, control plane), dollars a month: P5 and P95.
    fixed: (f64, f64),
    /// Hours of upkeep a month: P5 and P95.
    hours: (f64, f64),
    /// Engineer-weeks of the move for a team of nine: P5 and P95.
    weeks: (f64, f64),
}

const fn from(name: &'static str, title: &'static str, unit: &'static str, unit_price: f64) -> From {
    From { name, title, unit, unit_price }
}

/// What `--from` knows.
pub const FROM: [From; 5] = [
    from("heroku", "Heroku", "dynos", 250.0),
    from("render", "Render", "instances", 85.0),
    from("fly", "Fly.io", "machines", 60.0),
    from("railway", "Railway", "replicas", 60.0),
    from("vercel", "Vercel", "function pools", 150.0),
];

/// What `--to` knows.
pub const TO: [To; 6] = [
    To {
        name: "ecs",
        title: "AWS (ECS Fargate)",
        runtime: (0.25, 0.5),
        data: (0.35, 0.7),
        fixed: (90.0, 260.0),
        hours: (8.0, 40.0),
        weeks: (8.0, 36.0),
    },
    To {
        name: "eks",
        title: "AWS (EKS)",
        runtime: (0.2, 0.45),
        data: (0.35, 0.7),
        fixed: (180.0, 450.0),
        hours: (20.0, 90.0),
        weeks: (12.0, 52.0),
    },
    To {
        name: "gke",
        title: "Google Cloud (GKE)",
        runtime: (0.2, 0.45),
        data: (0.4, 0.75),
        fixed: (120.0, 380.0),
        hours: (16.0, 75.0),
        weeks: (11.0, 46.0),
    },
    To {
        name: "cloud-run",
        title: "Google Cloud Run",
        runtime: (0.25, 0.6),
        data: (0.4, 0.75),
        fixed: (30.0, 150.0),
        hours: (4.0, 24.0),
        weeks: (5.0, 24.0),
    },
    To {
        name: "plain-hosts",
        title: "Plain hosts",
        runtime: (0.08, 0.25),
        data: (0.15, 0.45),
        fixed: (40.0, 180.0),
        hours: (15.0, 70.0),
        weeks: (8.0, 40.0),
    },
    To {
        name: "other",
        title: "The other platform",
        runtime: (0.25, 0.7),
        data: (0.35, 0.85),
        fixed: (50.0, 300.0),
        hours: (8.0, 50.0),
        weeks: (8.0, 44.0),
    },
];

/// The six answers.
#[derive(Debug, Clone, PartialEq)]
pub struct Answers {
    /// Where the team lives.
    pub from: From,
    /// Where it may go.
    pub to: To,
    /// Today's bill, dollars a month, above 0.
    pub bill: f64,
    /// Engineers, at least 1.
    pub engineers: u32,
    /// Month 1, as in a file: "2027-01".
    pub start: String,
    /// The horizon, months.
    pub months: u32,
}

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

/// The file.
#[must_use]
pub fn text(answers: &Answers) -> String {
    let Answers { from, to, bill, engineers, start, months } = answers;
    let mut text = String::new();
    let (here, there) = (from.title, to.title);
    let _ = write!(
        text,
        r#"# {here} to {there}: a first draft, written by `outgrow init`. It runs as it is; every figure but the bill is a default.
#
# Replace first, in this order; each decides more than all that follow it:
#   1  [demand.cases]                how your traffic has grown, and could
#   2  [platforms.{to}.work.upkeep]   hours a month to run {there}: ask somebody who does
#   3  [migrations.to-{to}]           engineer-weeks of the move: make an inventory
#   4  [platforms.{from}.…]  your bill of ${bill_shown}, line by line as it is on the invoice
#   5  [platforms.{to}.…]    the same load priced on {there}
#   6  [people]                      what an hour of an engineer costs with everything included
# Give what you replace a `basis` ("measured", "quoted", "judged") and a `source`.
#
# `outgrow run FILE` computes it, `outgrow check FILE --resolved` shows every figure and what it rests on,
# scenarios/README.md has every key.

name     = "{here} to {there}, ${bill_shown} a month"
question = "Should a team of {engineers} leave {here}?"
start    = "{start}"
months   = {months}
discount_rate = "9 % / year"
baseline = "{from}"
basis    = "assumed"
source   = "a default of outgrow init, not yours: replace it"

[run]
trials = 16_384
seed   = 1

# --- what drives cost ----------------------------------------------------------------------------

[demand]                                # an index: today is 1
month_to_month = "5 % / month"
source = "three courses a product team would plan for, by outgrow init: look at your own traffic of two years"

[demand.cases.flat]                     # one case is drawn per future, by weight
weight = 0.30
growth = "-1 .. 1 % / month"

[demand.cases.steady]
weight = 0.50
growth = {{ p10 = 0.5, p50 = 1.5, p90 = 3, unit = "% / month" }}
growth_halves_every = "30 months"

[demand.cases.breakout]
weight = 0.20
growth = {{ p10 = 4, p50 = 7, p90 = 11, unit = "% / month", max = 20 }}
growth_halves_every = "12 months"
levels_off_at = "20 times today"

[people]
loaded_hour     = {{ p10 = 70, p50 = 105, p90 = 160, unit = "$ / hour" }}
raise           = "2 .. 5 % / year"
hours_per_month = 150
source          = "salary surveys with overhead, wide: ask finance"

"#,
        bill_shown = dollars(*bill),
        from = from.name,
        to = to.name,
    );
    let _ = writeln!(text, "{}", rule(&format!("{here} as it is: ${} a month", dollars(*bill))));
    paas(&mut text, answers, false);
    let _ = writeln!(text, "{}", rule(&format!("{here} after a week of tidying")));
    text.push_str(
        "# A tuned cloud against an untuned platform is a vendor's trick: the same platform, right-sized.\n\n",
    );
    paas(&mut text, answers, true);
    let _ = writeln!(text, "{}", rule(&format!("{there}, for the same load")));
    cloud(&mut text, answers);
    let _ = writeln!(text, "{}", rule("options"));
    options(&mut text, answers);
    text
}

fn rule(title: &str) -> String {
    let line = format!("# --- {title} ");
    format!("{line}{}\n", "-".repeat(99_usize.saturating_sub(line.chars().count())))
}

/// How many units a part of the bill is, guessed from their usual price.
fn units(answers: &Answers, cost: f64) -> f64 {
    (cost / answers.from.unit_price).round().max(1.0)
}

/// Today's platform, as it is or tuned.
fn paas(text: &mut String, answers: &Answers, is_tuned: bool) {
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
    let hours = if is_tuned { "3 .. 10" } else { "2 .. 8" };
    let _ = write!(
        text,
        "[platforms.{name}.work.upkeep]           # the platform does most of it\nhours         = \"{hours} hours / month\"\ninterruptions = \"1 .. 5 / month\"\nsource        = \"what small teams on a platform as a service report, wide, by outgrow init\"\n\n"
    );
    incidents(text, &name, (1.0, 1.0), false);
}

/// The place that may be moved to.
fn cloud(text: &mut String, answers: &Answers) {
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
        "[platforms.{name}.runtime.base]         # load balancer, gateways, control plane: whatever runs\nprice = \"${} .. {} / month\"\n\n[platforms.{name}.work.upkeep]          # images, definitions, alarms, access, cost, the network\nhours         = \"{} .. {} hours / month\"\ninterruptions = \"2 .. 10 / month\"\nlearning      = {{ extra = \"50 .. 150 %\", halves_every = \"3 .. 6 months\" }}\nsource        = \"what teams that run {} themselves report, wide, by outgrow init: ask one\"\n\n",
        dollars(to.fixed.0),
        dollars(to.fixed.1),
        to.hours.0,
        to.hours.1,
        to.title
    );
    incidents(text, name, (1.0, 2.0), true);
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

fn options(text: &mut String, answers: &Answers) {
    let Answers { from, to, engineers, months, .. } = answers;
    // Services, and with them the inventory of a move, grow more slowly than the people who made them.
    let scale = (f64::from(*engineers) / 9.0).sqrt().clamp(0.4, 4.0);
    let (low, high) = ((to.weeks.0 * scale).round().max(1.0), (to.weeks.1 * scale).round().max(4.0));
    let people = if *engineers >= 4 { 2 } else { 1 };
    let _ = write!(
        text,
        r#"[options.{from}]
title    = "Stay on {here}"
platform = "{from}"

[options.{from}-tuned]
title     = "Stay, and tune {here}"
platform  = "{from}-tuned"
migration = "tune"

[options.{to}]
title     = "Move to {there}"
platform  = "{to}"
migration = "to-{to}"

[migrations.tune]
from    = "{from}"
starts  = "month 1"
effort  = "3 .. 10 engineer-days"
people  = 1
overlap = "0 months"                    # nothing runs twice
source  = "a planner's week, by outgrow init"

[migrations.to-{to}]
from    = "{from}"
starts  = "month {first}"
effort  = "{low} .. {high} engineer-weeks"
people  = {people}
traffic_moves_in_last = "25 %"          # of the project
lead    = "0.5 .. 1.5 months"           # the new platform runs before it has traffic
overlap = "1 .. 3 months"               # the old one stays as a way back
standby = "20 .. 50 %"
source  = "what moves of teams of {engineers} took, wide, by outgrow init: make an inventory. The overrun is outgrow's own: half run over, one in ten by 2.4 times"
"#,
        here = from.title,
        there = to.title,
        from = from.name,
        to = to.name,
        first = (*months).min(3),
    );
}

/// Dollars with cents where they are not whole, thousands apart; never 0.
fn dollars(amount: f64) -> String {
    let amount = amount.max(0.0001);
    let text = match amount {
        a if a >= 100.0 || (a - a.round()).abs() < 1e-9 => format!("{a:.2}"),
        a if a >= 1.0 => format!("{a:.4}"),
        a => format!("{a:.6}"),
    };
    let text = text.trim_end_matches('0').trim_end_matches('.');
    let (whole, rest) = text.split_once('.').map_or((text, String::new()), |(whole, rest)| (whole, format!(".{rest}")));
    whole.parse().map_or_else(|_| text.to_owned(), |whole| format!("{}{rest}", super::number::count(whole)))
}

fn short(value: f64) -> String {
    let text = format!("{value:.4}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
