//! What changed between two scenarios and what each change did, in figures that add up as they are shown.
//!
//! [`Compared::of`] rounds once; terminal ([`text`]), Markdown ([`markdown`]) and the picture show the same amounts.
//! [`json`] has them unrounded.

pub mod json;
pub mod markdown;
pub mod text;

use crate::present::finding::average;
use crate::present::number::{HALF_A_CENT, count, has_side, odds};
use crate::present::page::hole_sizes;
use crate::present::{finding, grid, side};
use crate::scenario::difference::{Change, Difference, Differences};
use crate::study::attribution::{Attribution, Part};
use crate::study::verdict::Verdict;
use crate::summary::Summary;
use crate::units::Currency;

/// What is shown of two runs.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// The files as they were named.
    pub files: [&'a str; 2],
    /// What differs between them.
    pub differences: &'a Differences,
    /// Both runs.
    pub runs: [(&'a Summary, &'a Verdict); 2],
    /// The option whose headline is followed, by name, and what each change did to it; `None` where no option beside the
    /// baseline stands in both files.
    pub attribution: Option<(&'a str, &'a Attribution)>,
    /// Whether amounts are shown to the cent.
    pub cents: bool,
}

/// A change and what it did.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// What differs; the first says most of it.
    pub differences: Vec<Difference>,
    /// Why they are one change, where they are several.
    pub because: Option<String>,
    /// What it did, rounded, dollars; above 0 is dearer.
    pub did: f64,
    /// The same as it was computed.
    pub part: Part,
}

/// An option's headline, before and after, rounded so that all adds up.
#[derive(Debug, Clone, PartialEq)]
pub struct Headline {
    /// The option and the baseline, as pictures and pages call them.
    pub names: [String; 2],
    /// Before and after, dollars; below 0 is cheaper than the baseline.
    pub ends: [f64; 2],
    /// What three changes or more do only together, dollars; `None` for nothing.
    pub together: Option<f64>,
    /// What changes do only because others are made too, dollars.
    pub interactions: f64,
    /// Amounts are multiples of it.
    pub unit: f64,
    /// The currency.
    pub currency: Currency,
    /// The times over which options are compared before and after: "5 years".
    pub over: [String; 2],
    /// Whether amounts are present values.
    pub is_discounted: bool,
}

/// Two runs beside each other.
#[derive(Debug, Clone, PartialEq)]
pub struct Compared {
    /// The files as they were named.
    pub files: [String; 2],
    /// The headline; `None` where there is none to follow.
    pub headline: Option<Headline>,
    /// Changes that did something, what did most first; where there is no headline, all.
    pub rows: Vec<Row>,
    /// Changes that did nothing at all.
    pub idle: Vec<Row>,
    /// Words and evidence that differ.
    pub words: Vec<Difference>,
    /// What else is to be known, in sentences.
    pub told: Vec<String>,
    /// What is called how before and after: the verdict, the odds, the hole.
    pub beside: Vec<(String, [String; 2])>,
    /// Futures of each run.
    pub trials: u64,
    /// Their seed.
    pub seed: u64,
}

impl Compared {
    /// Two files that figures are made from alike; nothing is run for them.
    #[must_use]
    pub fn same(files: [&str; 2], differences: &Differences) -> Self {
        let run = differences.readings[1].scenario.run;
        Self {
            files: files.map(side::one_line),
            headline: None,
            rows: Vec::new(),
            idle: Vec::new(),
            words: differences.words.clone(),
            told: differences.run.iter().map(|of| format!("{}: {}.", of.path, text::from_to(of))).collect(),
            beside: Vec::new(),
            trials: run.trials,
            seed: run.seed.0,
        }
    }

    /// Puts two runs beside each other.
    #[must_use]
    pub fn of(asked: &Asked<'_>) -> Self {
        let Asked { files, differences, runs, .. } = asked;
        let changes = &differences.changes;
        let (headline, mut rows) = match asked.attribution {
            Some((option, attribution)) => rounded(asked, option, attribution, changes),
            None => (None, changes.iter().map(|change| row(change, 0.0, NOTHING)).collect()),
        };
        rows.sort_by(|a, b| {
            let size = |row: &Row| row.part.did.value.abs();
            size(b).total_cmp(&size(a)).then_with(|| a.differences[0].path.cmp(&b.differences[0].path))
        });
        let is_idle = |row: &Row| headline.is_some() && row.part == NOTHING;
        let (idle, rows) = rows.into_iter().partition(is_idle);
        Self {
            files: files.map(side::one_line),
            headline,
            rows,
            idle,
            words: differences.words.clone(),
            told: told(asked),
            beside: beside(asked),
            trials: runs[1].0.trials,
            seed: runs[1].0.seed,
        }
    }

    /// Whether nothing differs that figures are made from.
    #[must_use]
    pub fn is_same(&self) -> bool {
        self.rows.is_empty() && self.idle.is_empty()
    }

    /// The headline in a sentence: "AWS beside Heroku, 5-year cost on average: $380k cheaper before, $371k cheaper after".
    #[must_use]
    pub fn sentence(&self) -> Option<String> {
        let headline = self.headline.as_ref()?;
        let [own, base] = &headline.names;
        let [before, after] = headline.ends.map(|end| headline.sided(end));
        let change = match headline.ends[1] - headline.ends[0] {
            c if c.abs() < HALF_A_CENT => "no change".to_owned(),
            c => format!("a change of {}", headline.signed(c)),
        };
        let over = headline.over();
        Some(format!("{own} beside {base}, on average over {over}: {before} before, {after} after; {change}"))
    }
}

const ZERO: crate::summary::Mean = crate::summary::Mean { value: 0.0, se: 0.0, sd: 0.0 };
const NOTHING: Part = Part { did: ZERO, first: ZERO, last: ZERO };

fn row(change: &Change, did: f64, part: Part) -> Row {
    Row { differences: change.differences.clone(), because: change.because.clone(), did, part }
}

/// The headline and the changes on one grid, so that before, all changes and what is left come to after as they are shown.
fn rounded(
    asked: &Asked<'_>,
    option: &str,
    attribution: &Attribution,
    changes: &[Change],
) -> (Option<Headline>, Vec<Row>) {
    let summary = asked.runs[1].0;
    let Some(place) = summary.options.iter().position(|other| other.name == option) else { return (None, Vec::new()) };
    let together = attribution.together.value;
    let parts: Vec<f64> = attribution.parts.iter().map(|part| part.did.value).chain([together]).collect();
    let unit = unit(attribution, asked.cents);
    let ends = [attribution.before.value, attribution.after.value].map(|end| (end / unit).round());
    let shown: Vec<f64> =
        shares(&parts, ends[1] - ends[0], unit).into_iter().map(|n| grid::nearest(n * unit, unit)).collect();
    let rows = changes.iter().zip(&attribution.parts).zip(&shown).map(|((c, part), did)| row(c, *did, *part)).collect();
    let headline = Headline {
        names: [place, summary.baseline].map(|option| side::name(summary, option)),
        ends: ends.map(|end| grid::nearest(end * unit, unit)),
        together: shown.last().copied().filter(|_| together.abs() >= HALF_A_CENT),
        interactions: grid::nearest(attribution.interactions.value, unit),
        unit,
        currency: summary.currency,
        over: asked.runs.map(|(summary, _)| finding::over(summary)),
        is_discounted: summary.rate().is_some(),
    };
    (Some(headline), rows)
}

/// The grid that all amounts of a page are on: three figures of the largest change, coarser where that is noise.
fn unit(attribution: &Attribution, cents: bool) -> f64 {
    const CENT: f64 = 0.01;
    const LARGE: f64 = 100.0;
    if cents {
        return CENT;
    }
    let means = attribution.parts.iter().map(|part| part.did).chain([attribution.whole]);
    let largest = means.max_by(|a, b| a.value.abs().total_cmp(&b.value.abs())).unwrap_or(ZERO);
    let end = attribution.before.value.abs().max(attribution.after.value.abs());
    match largest.value.abs() {
        nothing if nothing < CENT => grid::unit(end, 2, attribution.after.se).max(CENT),
        size => grid::unit(size, 3, largest.se).max(if end < LARGE { CENT } else { 1.0 }),
    }
}

/// Amounts as multiples of a unit whose sum is a whole number of units: each is rounded to the nearest, and what is missing
/// or too much goes to those whose rounding it was (largest remainders). What is exactly nothing stays so.
fn shares(parts: &[f64], whole: f64, unit: f64) -> Vec<f64> {
    let exact: Vec<f64> = parts.iter().map(|part| part / unit).collect();
    let mut shown: Vec<f64> = exact.iter().map(|part| part.round()).collect();
    let missing = whole - shown.iter().sum::<f64>();
    let mut order: Vec<usize> = (0..parts.len()).filter(|place| parts[*place].abs() >= HALF_A_CENT / 100.0).collect();
    let left = |place: usize| (exact[place] - shown[place]) * missing.signum();
    order.sort_by(|a, b| left(*b).total_cmp(&left(*a)).then(exact[*b].abs().total_cmp(&exact[*a].abs())));
    for place in order.iter().cycle().take(if order.is_empty() { 0 } else { missing.abs() as usize }) {
        shown[*place] += missing.signum();
    }
    shown
}

impl Headline {
    /// An amount with its sign: "+$12k", "−$300", "0".
    #[must_use]
    pub fn signed(&self, dollars: f64) -> String {
        let size = grid::written(self.currency, grid::nearest(dollars.abs(), self.unit), self.unit);
        match grid::nearest(dollars, self.unit) {
            0.0 => "0".to_owned(),
            d if d < 0.0 => format!("\u{2212}{size}"),
            _ => format!("+{size}"),
        }
    }

    /// What a change did: an amount, or that it is less than any that is shown.
    #[must_use]
    pub fn did(&self, row: &Row) -> String {
        match row.did {
            0.0 if row.part.did.value != 0.0 => {
                format!("under {}", grid::written(self.currency, self.unit, self.unit))
            }
            did => self.signed(did),
        }
    }

    /// A standard error, rounded up to a figure: "± $90".
    #[must_use]
    pub fn error(&self, se: f64) -> String {
        match se {
            se if se < HALF_A_CENT => String::new(),
            se => format!("± {}", self.currency.at_most(se)),
        }
    }

    /// An amount with its side: "$380k cheaper".
    #[must_use]
    pub fn sided(&self, dollars: f64) -> String {
        let size = grid::written(self.currency, dollars.abs(), self.unit);
        match dollars {
            0.0 => "the same cost".to_owned(),
            d if d < 0.0 => format!("{size} cheaper"),
            _ => format!("{size} dearer"),
        }
    }

    /// What amounts are: "cost over 5 years at present value".
    #[must_use]
    pub fn of_what(&self) -> String {
        let worth = if self.is_discounted { " at present value" } else { "" };
        format!("cost over {}{worth}", self.over())
    }

    /// "5 years"; "5 years before and 3 years after".
    fn over(&self) -> String {
        match &self.over {
            [one, other] if one == other => one.clone(),
            [one, other] => format!("{one} before and {other} after"),
        }
    }
}

/// What the reader should know of how the two were compared.
fn told(asked: &Asked<'_>) -> Vec<String> {
    let [(before, was), (after, is)] = asked.runs;
    let mut told = Vec::new();
    for change in &asked.differences.run {
        let (futures, seed) = (count(after.trials), after.seed);
        let change = format!("{}: {}", change.path, text::from_to(change));
        told.push(format!("{change}; both are lived with {futures} futures and seed {seed}."));
    }
    let [one, other] = [before, after].map(finding::over);
    if one != other {
        told.push(format!("Options are compared over {one} before and over {other} after: so are the amounts."));
    }
    let [one, other] = [before, after].map(finding::counts);
    if one != other {
        told.push(format!("Counted: {one} before, {other} after."));
    }
    let names = |summary: &Summary| summary.options.iter().map(|o| o.name.clone()).collect::<Vec<_>>();
    let (old, new) = (names(before), names(after));
    for (summary, only, word) in [(after, &new, "new"), (before, &old, "no longer there")] {
        let others = if word == "new" { &old } else { &new };
        for (place, _) in only.iter().enumerate().filter(|(_, name)| !others.contains(name)) {
            told.push(format!("{} is {word}.", finding::hinges::capital(&side::name(summary, place))));
        }
    }
    let leads = |summary: &Summary, verdict: &Verdict| summary.options[verdict.leader.option].name.clone();
    let (old, new) = (leads(before, was), leads(after, is));
    if old != new {
        let names = [(before, was), (after, is)].map(|(summary, verdict)| side::name(summary, verdict.leader.option));
        told.push(format!("The page is about {} before and about {} after.", names[0], names[1]));
    }
    if asked.attribution.is_none() {
        told.push("No option beside the baseline stands in both files: there is no amount to follow.".to_owned());
    }
    told
}

/// What the two pages say, side by side.
fn beside(asked: &Asked<'_>) -> Vec<(String, [String; 2])> {
    let word = |(_, verdict): (&Summary, &Verdict)| verdict.word.name().replace('_', " ");
    let rests_on = |(summary, verdict): (&Summary, &Verdict)| {
        let leading = &verdict.rule.leading;
        let [own, with] = [leading.option, leading.with].map(|option| side::name(summary, option));
        match average::beside_other(summary, verdict) {
            size if has_side(&size) => format!("{own} {size} than {with}"),
            size => format!("{own}, {with}: {size}"),
        }
    };
    let mut rows = vec![("verdict".to_owned(), asked.runs.map(word))];
    rows.push(("what it compares".to_owned(), asked.runs.map(rests_on)));
    if let Some((option, _)) = asked.attribution {
        let place = |summary: &Summary| {
            let place = summary.options.iter().position(|other| other.name == option);
            place.filter(|place| *place != summary.baseline)
        };
        let of = |say: &dyn Fn(&Summary, usize) -> String| {
            asked
                .runs
                .map(|(summary, _)| place(summary).map_or_else(|| "it is the baseline".to_owned(), |o| say(summary, o)))
        };
        let paid = |summary: &Summary, option: usize| odds(finding::paid(summary.decided(option))).to_string();
        let hole = |summary: &Summary, option: usize| {
            let [half, bad] = hole_sizes(summary, summary.paid(option));
            format!("{half} (1 in 10: {bad})")
        };
        rows.push(("futures that have paid back".to_owned(), of(&paid)));
        rows.push(("deepest hole, as paid".to_owned(), of(&hole)));
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::shares;

    #[test]
    fn parts_add_up_as_they_are_shown_and_nothing_stays_nothing() {
        // Three thirds of ten; what is missing goes to one of them.
        assert_eq!(shares(&[10.0 / 3.0, 10.0 / 3.0, 10.0 / 3.0, 0.0], 10.0, 1.0).iter().sum::<f64>(), 10.0);
        // The ends may be rounded the other way.
        assert_eq!(shares(&[-1.4, 2.6, 0.0], 2.0, 1.0), [-1.0, 3.0, 0.0]);
        assert_eq!(shares(&[-1.4, 2.6, 0.0], 0.0, 1.0).iter().sum::<f64>(), 0.0);
        assert_eq!(shares(&[0.0, 0.0], 0.0, 1.0), [0.0, 0.0]);
    }
}
