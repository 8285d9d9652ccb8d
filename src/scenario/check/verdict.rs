use crate::model::{Lens, VerdictRule};
use crate::scenario::table::Table;
use crate::scenario::walk::Takes;
use crate::scenario::{code, keys, notes::Notes};

/// Reads `[verdict]` of a file that has a discount rate or not, and so many months.
pub(super) fn read(root: &mut Table<'_>, (has_rate, months): (bool, u32), notes: &mut Notes) -> VerdictRule {
    let mut rule = VerdictRule::default();
    let Some(mut table) = root.take("verdict").and_then(|field| Table::open(&field, notes)) else { return rule };
    rule.lens = lens(&mut table, notes).unwrap_or(rule.lens);
    rule.discounted = discounted(&mut table, has_rate, notes).unwrap_or(rule.discounted);
    rule.too_close = table.number("too_close", &keys::SHARE, notes).unwrap_or(rule.too_close);
    rule.steady_from =
        table.number("steady_from", &keys::MONTH_NUMBER, notes).map_or(rule.steady_from, |month| month as u32);
    rule.worth_finding_out = table.number("worth_finding_out", &keys::TIMES, notes).unwrap_or(rule.worth_finding_out);
    rule.flips_within = table.number("flips_within", &keys::SHARE, notes).unwrap_or(rule.flips_within);
    rule.window = window(&mut table, months, notes);
    rule.end_value_years = table.number("end_value", &keys::MONTHS, notes).map_or(0.0, |months| months / 12.0);
    table.finish(notes);
    rule
}

/// Which costs are decided on.
fn lens(table: &mut Table<'_>, notes: &mut Notes) -> Option<Lens> {
    const NAMES: [&str; Lens::COUNT] =
        [Lens::Invoices.name(), Lens::Cash.name(), Lens::Tco.name(), Lens::Economic.name()];
    let (word, span) = table.spanned_text("lens", notes)?;
    notes.takes(&table.path_of("lens"), || Takes::Words(&NAMES));
    let found = Lens::ALL.into_iter().find(|lens| lens.name() == word);
    if found.is_none() {
        notes.error(code::UNKNOWN_WORD, &span, format!("no way of counting is called `{word}`")).cure =
            "write \"invoices\", \"cash\", \"tco\" or \"economic\"".into();
    }
    found
}

/// The time over which options are compared: whole months of the run.
fn window(table: &mut Table<'_>, months: u32, notes: &mut Notes) -> Option<u32> {
    let stated = table.number("window", &keys::MONTHS, notes)?;
    let window = (stated + 0.5).floor();
    if window < 1.0 || window > f64::from(months) {
        let span = table.span_of("window").unwrap_or_default();
        let message = format!("`window` is {window} months, and the run has {months}");
        notes.error(code::OUT_OF_RANGE, &span, message).cure =
            format!("write 1 to {months} months, or raise `months` at the head of the file");
        return None;
    }
    Some(window as u32).filter(|window| *window != months)
}

/// Whether it is decided at present value: something to choose only where the file gives a rate.
fn discounted(table: &mut Table<'_>, has_rate: bool, notes: &mut Notes) -> Option<bool> {
    let span = table.span_of("discounted")?;
    let stated = table.flag("discounted", notes);
    if !has_rate {
        let message = "`discounted` says nothing without `discount_rate`".to_owned();
        notes.error(code::DOES_NOT_BELONG, &span, message).cure =
            "write discount_rate = \"9 % / year\" at the head of the file, or leave it out".into();
    }
    Some(stated)
}
