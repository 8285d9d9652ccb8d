//! Words of the language that are refused by name until what they mean is computed: a scenario that uses one would
//! otherwise be computed as if the word were not there.

/// Words that mean one thing wherever they stand.
const ANYWHERE: [&str; 61] = [
    "accrual",
    "at_full",
    "attrition",
    "blocked",
    "bundle",
    "business",
    "cannot",
    "change",
    "column",
    "commit",
    "copy_of",
    "cover",
    "credits",
    "cutover",
    "debt",
    "ends",
    "ends_when",
    "events",
    "exchange",
    "file",
    "friction",
    "hazard",
    "hire_when_any",
    "includes",
    "inflation",
    "margin",
    "minimum_spend",
    "mix",
    "moves",
    "needs",
    "notice",
    "onboarding",
    "opportunity_premium",
    "outside_help_share",
    "pay",
    "paydown",
    "penalties",
    "per",
    "probability",
    "quantity",
    "reasons",
    "releases",
    "requirements",
    "retainer",
    "revenue",
    "revenue_hit",
    "rises",
    "rush",
    "same_as",
    "share",
    "sla",
    "starts_when_any",
    "switches_on",
    "tidy",
    "times",
    "together",
    "triggers",
    "upfront",
    "vendor",
    "waiting",
    "waste",
];

/// Whether a key that a table does not know is a word of the language all the same. `here` are the words of this very
/// table: they mean something else in others.
pub(super) fn is_later(key: &str, here: &[&str]) -> bool {
    ANYWHERE.contains(&key) || here.contains(&key)
}

/// Words that say what another key would have to say: where one of them stands, it alone is refused.
const INSTEAD: [&str; 8] = ["bundle", "column", "copy_of", "file", "mix", "per", "same_as", "share"];

/// Whether a key says what a missing one would have said.
pub(super) fn stands_in(key: &str) -> bool {
    INSTEAD.contains(&key)
}
