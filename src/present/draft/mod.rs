//! A first scenario from six answers and six yes/no questions: whole, commented, and running at once. What `init` writes.
//!
//! Every figure in it is a default of ours and says so (`assumed`), but for two: the bill comes out as stated in month 1, only
//! its division is assumed; and the debt at first is what the yes/no questions come to. The header says which figures to replace first, since these move the answer most.

mod debt;
mod places;
mod platform;

pub use debt::{QUESTIONS, Question, Reply};
pub use places::{FROM, From, TO, To};

use std::fmt::Write as _;

use platform::{cloud, paas};

/// What is answered.
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
    /// To the yes/no questions, in the order of [`QUESTIONS`].
    pub six: [Reply; 6],
}

/// The file.
#[must_use]
pub fn text(answers: &Answers) -> String {
    let Answers { from, to, bill, engineers, start, months, six: _ } = answers;
    let mut text = String::new();
    let (here, there) = (from.title, to.title);
    let _ = write!(
        text,
        r#"# {here} to {there}: a first draft, written by `outgrow init`. It runs as it is; all but the bill and today's debt is a default.
#
# Replace first, in this order; each decides more than all that follow it:
#   1  [demand.cases]                how your traffic has grown, and could
#   2  [platforms.{to}.work.upkeep]   hours a month to run {there}: ask somebody who does
#   3  [migrations.to-{to}]           engineer-weeks of the move: make an inventory
#   4  [platforms.{from}.…]  your bill of ${bill_shown}, line by line as it is on the invoice
#   5  [platforms.{to}.…]    the same load priced on {there}
#   6  [people]                      what an hour of an engineer costs with everything included
#   7  [platforms.{from}.debt]       what nobody looks after: from six yes/no questions
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
tuned    = "{from}-tuned"
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

/// How much of running production small teams commonly make somebody's job.
const OWNED: &str = "10 .. 40 %";

fn options(text: &mut String, answers: &Answers) {
    let Answers { from, to, engineers, months, .. } = answers;
    // Services, and with them the inventory of a move, grow more slowly than the people who made them.
    let scale = (f64::from(*engineers) / 9.0).sqrt().clamp(0.4, 4.0);
    let (low, high) = ((to.weeks.0 * scale).round().max(1.0), (to.weeks.1 * scale).round().max(4.0));
    let people = if *engineers >= 4 { 2 } else { 1 };
    let _ = write!(
        text,
        r#"# The part of running it that is somebody's job: it pays debt down. The same for all, until you know better.

[options.{from}]
title       = "Stay on {here}"
platform    = "{from}"
owned_share = "{OWNED}"

[options.{from}-tuned]
title       = "Stay, and tune {here}"
platform    = "{from}-tuned"
migration   = "tune"
owned_share = "{OWNED}"

[options.{to}]
title       = "Move to {there}"
platform    = "{to}"
migration   = "to-{to}"
owned_share = "{OWNED}"

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
lead    = "0.2 .. 0.7 months"           # the new platform runs before it has traffic
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
