use crate::model::VerdictRule;
use crate::scenario::table::Table;
use crate::scenario::{keys, later, notes::Notes};

pub(super) fn read(root: &mut Table<'_>, notes: &mut Notes) -> VerdictRule {
    let mut rule = VerdictRule::default();
    let Some(mut table) = root.take("verdict").and_then(|field| Table::open(&field, notes)) else { return rule };
    rule.too_close = table.number("too_close", &keys::SHARE, notes).unwrap_or(rule.too_close);
    rule.steady_from =
        table.number("steady_from", &keys::MONTH_NUMBER, notes).map_or(rule.steady_from, |month| month as u32);
    rule.worth_finding_out = table.number("worth_finding_out", &keys::TIMES, notes).unwrap_or(rule.worth_finding_out);
    rule.flips_within = table.number("flips_within", &keys::SHARE, notes).unwrap_or(rule.flips_within);
    table.finish(later::VERDICT, notes);
    rule
}
