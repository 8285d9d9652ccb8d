//! List prices that are of no use for month 1: noted where they are used, reported together, in one warning for those that
//! are too old and one for those without a date.

use std::ops::Range;

use crate::model::price::{AsOf, Sku};
use crate::scenario::table::Field;
use crate::scenario::{code, notes::Notes};
use crate::units::YearMonth;

use super::Names;

/// Months before month 1 from which on a price is called old.
const OLD_MONTHS: u32 = 24;
/// Prices that a warning lists.
const LISTED: usize = 12;

/// A use of a price that is old or has no date.
pub(in crate::scenario) struct OldPrice {
    sku: String,
    as_of: AsOf,
    span: Range<usize>,
}

impl OldPrice {
    /// Where it is used.
    pub(in crate::scenario) const fn at(&self) -> usize {
        self.span.start
    }
}

/// Notes the oldest of some prices that are used in one place, if it is of no use for month 1.
pub(super) fn note(skus: &[&Sku], field: &Field<'_>, names: &Names, notes: &mut Notes) {
    let months = |sku: &&&Sku| sku.provenance.as_of.months_before(names.start).unwrap_or(u32::MAX);
    let Some(oldest) = skus.iter().max_by_key(months).filter(|sku| months(sku) > OLD_MONTHS) else { return };
    let span = if field.key == oldest.name { &field.key_span } else { &field.span };
    notes.old_prices.push(OldPrice { sku: oldest.name.clone(), as_of: oldest.provenance.as_of, span: span.clone() });
}

/// Warns of what was noted.
pub(super) fn report(start: YearMonth, notes: &mut Notes) {
    let mut uses = std::mem::take(&mut notes.old_prices);
    uses.sort_by_key(|of| of.span.start);
    let (undated, old): (Vec<OldPrice>, Vec<OldPrice>) = uses.into_iter().partition(|of| of.as_of == AsOf::Undated);
    for uses in [old, undated] {
        warn(&uses, start, notes);
    }
}

fn warn(uses: &[OldPrice], start: YearMonth, notes: &mut Notes) {
    let Some(first) = uses.first() else { return };
    let mut firsts: Vec<&OldPrice> = Vec::new();
    for of in uses {
        if !firsts.iter().any(|known| known.sku == of.sku) {
            firsts.push(of);
        }
    }
    let more = |of: &OldPrice| uses.iter().filter(|other| other.sku == of.sku).count() - 1;
    let is_dated = first.as_of != AsOf::Undated;
    let (message, cure) = if firsts.len() == 1 {
        let says = if is_dated {
            format!("is of {}, {} before month 1", first.as_of, first.as_of.age(start))
        } else {
            "has no date".to_owned()
        };
        let more = match more(first) {
            0 => String::new(),
            1 => " (and 1 more line)".to_owned(),
            more => format!(" (and {more} more lines)"),
        };
        let cure = "look it up again, or write the price you are offered";
        (format!("the price of `{}` {says}{more}", first.sku), cure)
    } else {
        let says = if is_dated { "are more than 2 years older than month 1" } else { "have no date" };
        let item = |of: &&OldPrice| {
            let date = if is_dated { format!("{}, ", of.as_of) } else { String::new() };
            let more = if more(of) == 0 { String::new() } else { format!(" and {} more", more(of)) };
            format!("`{}` ({date}line {}{more})", of.sku, notes.line(&of.span))
        };
        let listed: Vec<String> = firsts.iter().take(LISTED).map(item).collect();
        let rest = match firsts.len().saturating_sub(LISTED) {
            0 => String::new(),
            count => format!(", and {count} others"),
        };
        let cure = "look them up again, or write the prices you are offered";
        (format!("{} list prices {says}: {}{rest}", firsts.len(), listed.join(", ")), cure)
    };
    notes.warning(code::OLD_PRICE, &first.span, message).cure = cure.into();
}
