use std::ops::Range;

use super::season::MONTHS;
use crate::model::RunDefaults;
use crate::scenario::table::{Field, Table, wrong_type};
use crate::scenario::walk::Takes;
use crate::scenario::{code, keys, notes::Notes};
use crate::units::{Currency, MAX_MONTHS, Seed, YearMonth, YearlyRate};

/// Trials a file may ask for: more of them is a matter of days, and of a flag.
const MOST_TRIALS: u64 = 1_000_000_000;
const DEFAULT_TRIALS: u64 = 16_384;
const DEFAULT_SEED: u64 = 1;
const DEFAULT_MONTHS: u64 = 60;
/// Readings older than this say nothing of today, in months.
const OLDEST_READING: i32 = 120;

/// What the file says of itself.
pub(super) struct Head {
    pub(super) name: String,
    pub(super) question: String,
    pub(super) start: YearMonth,
    pub(super) months: u32,
    pub(super) currency: Currency,
    pub(super) as_of_months_before: u32,
    pub(super) discount_rate: Option<YearlyRate>,
    pub(super) inflation: Option<YearlyRate>,
    pub(super) fiscal_year: u8,
    pub(super) run: RunDefaults,
}

pub(super) fn read(root: &mut Table<'_>, notes: &mut Notes) -> Head {
    let name = root.need("name", "\"…\", a title", notes).and_then(|field| field.text(notes)).unwrap_or_default();
    let question = root.text("question", notes).unwrap_or_default();
    let (start, as_of_months_before) = dates(root, notes);
    let months = root.whole("months", 1..=u64::from(MAX_MONTHS), notes).unwrap_or(DEFAULT_MONTHS);
    let currency = currency(root, notes);
    let discount_rate = root.number("discount_rate", &keys::DISCOUNT, notes).and_then(YearlyRate::new);
    let inflation = root.number("inflation", &keys::INFLATION, notes).and_then(YearlyRate::new);
    Head {
        name,
        question,
        start,
        months: u32::try_from(months).unwrap_or(MAX_MONTHS),
        currency,
        as_of_months_before,
        discount_rate,
        inflation,
        fiscal_year: fiscal_year(root, notes),
        run: run(root, notes),
    }
}

fn run(root: &mut Table<'_>, notes: &mut Notes) -> RunDefaults {
    let mut run = RunDefaults { trials: DEFAULT_TRIALS, seed: Seed(DEFAULT_SEED) };
    if let Some(mut table) = root.take("run").and_then(|field| Table::open(&field, notes)) {
        run.trials = table.whole("trials", 2..=MOST_TRIALS, notes).unwrap_or(DEFAULT_TRIALS);
        run.seed = Seed(table.whole("seed", 0..=u64::MAX, notes).unwrap_or(DEFAULT_SEED));
        table.finish(notes);
    }
    run
}

/// What the report is in.
fn currency(root: &mut Table<'_>, notes: &mut Notes) -> Currency {
    let Some((stated, span)) = root.spanned_text("currency", notes) else { return Currency::USD };
    notes.takes("currency", || Takes::Currency);
    Currency::new(&stated).unwrap_or_else(|| {
        let message = format!("`currency` is \"{stated}\", which is no code of a currency");
        notes.error(code::CURRENCY, &span, message).cure = "write its three letters: \"USD\", \"EUR\"".into();
        Currency::USD
    })
}

/// The month that a fiscal year begins with, 0 for January.
fn fiscal_year(root: &mut Table<'_>, notes: &mut Notes) -> u8 {
    let Some((month, span)) = root.spanned_text("fiscal_year", notes) else { return 0 };
    notes.takes("fiscal_year", || Takes::Words(&MONTHS));
    let place = MONTHS.iter().position(|name| *name == month);
    if place.is_none() {
        let message = format!("`fiscal_year` is \"{month}\", which is no month");
        notes.error(code::UNKNOWN_WORD, &span, message).cure = format!("write one of {}", MONTHS.join(", "));
    }
    place.and_then(|place| u8::try_from(place).ok()).unwrap_or(0)
}

/// Month 1, and by how many months the readings of today are older.
fn dates(root: &mut Table<'_>, notes: &mut Notes) -> (YearMonth, u32) {
    let stand_in = YearMonth::new(2000, 1).expect("January 2000 is a month");
    let start = root.need("start", "\"2027-01\", the first month", notes);
    let start = start.and_then(|field| Some((month_text(&field, notes)?, field.span.clone())));
    let start = start.and_then(|(text, span)| month("start", &text, &span, notes));
    let as_of = root.take("as_of").and_then(|field| Some((month_text(&field, notes)?, field.span.clone())));
    let as_of = as_of.and_then(|(text, span)| Some((month("as_of", &text, &span, notes)?, span)));
    let (Some(start), Some((as_of, span))) = (start, as_of) else {
        return (start.unwrap_or(stand_in), 0);
    };
    let count = |month: YearMonth| month.year() * 12 + i32::try_from(month.index()).unwrap_or(0);
    let before = count(start) - count(as_of);
    if !(0..=OLDEST_READING).contains(&before) {
        let problem = notes.error(code::DATE, &span, format!("`as_of` is {as_of} and `start` is {start}"));
        problem.cure = format!("readings are of the month of the start, or up to {OLDEST_READING} months before it");
    }
    (start, u32::try_from(before).unwrap_or(0))
}

/// The text of a month, which people also write as a date without quotes.
fn month_text(field: &Field<'_>, notes: &mut Notes) -> Option<String> {
    if field.value.is_str() {
        return field.text(notes);
    }
    notes.takes(&field.path, || Takes::Date);
    wrong_type(field, "a month in quotes: \"2027-01\"", notes);
    None
}

fn month(key: &str, text: &str, span: &Range<usize>, notes: &mut Notes) -> Option<YearMonth> {
    notes.takes(key, || Takes::Date);
    let digits = |part: &str, length: usize| part.len() == length && part.bytes().all(|b| b.is_ascii_digit());
    let month = text.split_once('-').filter(|(year, month)| digits(year, 4) && digits(month, 2));
    let month = month.and_then(|(year, month)| YearMonth::new(year.parse().ok()?, month.parse().ok()?));
    if month.is_none() {
        let message = format!("`{key}` is \"{text}\", which is no month");
        notes.error(code::DATE, span, message).cure = "write it like \"2027-01\"".into();
    }
    month
}
