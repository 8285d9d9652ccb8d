//! Why leaving is thought of, and what comes of it with each option.

use serde_json::{Value, json};

use super::{mean, probability};
use crate::present::reasons::says;
use crate::present::side;
use crate::study::reasons::{self, Answered, Figures};
use crate::summary::{Mean, Reason, Summary};

/// Every reason with every option but the baseline.
pub(super) fn all(summary: &Summary) -> Vec<Value> {
    reasons::of(summary).iter().map(|answered| one(summary, answered)).collect()
}

fn one(summary: &Summary, answered: &Answered) -> Value {
    let price = mean(summary.difference(answered.option).mean);
    json!({
        "reason": word(&answered.reason),
        "option": summary.options[answered.option].name,
        "mends": answered.mends,
        "tco_beside_baseline_usd": price,
        "says": says(summary, answered, side::LONGEST),
        "figures": figures(&answered.figures),
    })
}

fn word(reason: &Reason) -> &str {
    match reason {
        Reason::Bill => "bill",
        Reason::Capacity => "capacity",
        Reason::Incidents => "incidents",
        Reason::Waiting => "waiting",
        Reason::OnePerson => "one person",
        Reason::Requirement { name, .. } => name,
    }
}

/// A sum of means, whose error is at most the sum of theirs.
fn sum(of: Mean) -> Value {
    json!({ "value": of.value, "se_at_most": of.se })
}

fn figures(figures: &Figures) -> Value {
    match figures {
        Figures::Bill { with, without, difference } => json!({
            "invoices_of_last_month_usd": { "with": mean(*with), "without": mean(*without) },
            "invoices_to_horizon_beside_baseline_usd": mean(*difference),
        }),
        Figures::Capacity { with, without } => {
            json!({ "outgrown_by_horizon": { "with": probability(*with), "without": probability(*without) } })
        }
        Figures::Incidents { hours, money } => json!({
            "hours_a_month_in_the_last_year": { "with": mean(hours[0]), "without": mean(hours[1]) },
            "help_and_losses_to_horizon_usd": { "with": sum(money[0]), "without": sum(money[1]) },
        }),
        Figures::Waiting { with, without } => {
            json!({ "hours_a_month_lost_in_the_last_year": { "with": mean(*with), "without": mean(*without) } })
        }
        Figures::OnePerson { with, without } => {
            json!({ "at_most_one_knows_production": { "with": probability(*with), "without": probability(*without) } })
        }
        Figures::Requirement { with, without, there, blocked: [own, base] } => json!({
            "meets_it": { "with": with, "without": without },
            "there_by_horizon": probability(*there),
            "blocked_to_horizon_usd": { "with": mean(*own), "without": mean(*base) },
        }),
        Figures::NotInTheFile => Value::Null,
    }
}
