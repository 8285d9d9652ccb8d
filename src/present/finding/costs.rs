//! What the picture of where the money goes says: on what the move saves most, and on what it spends most.

use crate::present::grid;
use crate::present::number::{has_side, span};
use crate::summary::Summary;
use crate::units::Currency;

/// One option's mean cost over the horizon, dollars at present value where the run discounts.
#[derive(Debug, Clone, PartialEq)]
pub struct Bar {
    /// What the option is called.
    pub name: String,
    /// What it pays for, in the order of drawing.
    pub parts: Vec<Part>,
    /// All of it.
    pub total: f64,
    /// All of it less the baseline's, rounded as the page has it and in its words; nothing for the baseline.
    pub difference: Option<(f64, String)>,
}

/// A part of an option's cost.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Part {
    /// What is paid for.
    pub what: What,
    /// Mean over futures, dollars; credits are negative.
    pub dollars: f64,
}

/// What is paid for: running it by bucket, and moving there by phase.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// What the application runs on.
    Runtime,
    /// Databases and their kin.
    Data,
    /// Logs, monitoring, CI, support.
    Tooling,
    /// People's hours of running it.
    Engineering,
    /// What nobody is paid: revenue lost or blocked, penalties, what engineers would do else.
    Lost,
    /// The hours of the project.
    Project,
    /// Both platforms at once.
    DualRunning,
    /// What is paid at the opening.
    Opening,
    /// Parts too small to be seen.
    Rest,
}

impl What {
    /// All that a bar may be made of, in the order of drawing.
    pub const ALL: [Self; 9] = [
        Self::Runtime,
        Self::Data,
        Self::Tooling,
        Self::Engineering,
        Self::Lost,
        Self::Project,
        Self::DualRunning,
        Self::Opening,
        Self::Rest,
    ];

    /// In words.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Runtime => "Runtime",
            Self::Data => "Data",
            Self::Tooling => "Tooling",
            Self::Engineering => "Engineering",
            Self::Lost => "Lost or blocked",
            Self::Project => "Project",
            Self::DualRunning => "Dual running",
            Self::Opening => "Opening",
            Self::Rest => "Other",
        }
    }

    /// Whether it is paid for moving and not for running.
    #[must_use]
    pub const fn is_move(self) -> bool {
        matches!(self, Self::Project | Self::DualRunning | Self::Opening)
    }
}

/// A part below this share of the longest bar is only a hair: such parts are joined.
const VISIBLE: f64 = 0.008;

/// What the longest bar comes to without credits, dollars.
#[must_use]
pub fn longest(bars: &[Bar]) -> f64 {
    bars.iter().map(|b| b.parts.iter().map(|p| p.dollars.max(0.0)).sum()).fold(0.0, f64::max)
}

impl Bar {
    /// The parts that can be seen beside the longest bar, those that cannot as one, each with the amount that is written.
    #[must_use]
    pub fn shown(&self, longest: f64, grid: Grid) -> Vec<(Part, f64)> {
        let is_seen = |part: &Part| part.dollars > VISIBLE * longest;
        let mut kept: Vec<Part> = self.parts.iter().copied().filter(|p| is_seen(p)).collect();
        // In the order of all bars: what is small has its place too.
        let small: Vec<Part> = self.parts.iter().copied().filter(|p| !is_seen(p) && p.dollars != 0.0).collect();
        match small[..] {
            [] => {}
            [only] => kept.push(only),
            _ => kept.push(Part { what: What::Rest, dollars: small.iter().map(|p| p.dollars).sum() }),
        }
        kept.sort_by_key(|part| part.what);
        let amounts = grid.apportioned(&kept, grid.total(self));
        kept.into_iter().zip(amounts).collect()
    }
}

/// An amount below so many steps of the grid has figures of its own.
const FEW: f64 = 10.0;

/// Amounts of one picture on one grid, so that what is shown adds up.
#[derive(Debug, Clone, Copy)]
pub struct Grid {
    step: f64,
    currency: Currency,
    /// The first bar's total.
    base: f64,
}

impl Grid {
    /// The grid of the leader's difference, so that totals are as far apart as the page says, and at most four figures of the
    /// largest.
    #[must_use]
    pub fn of(bars: &[Bar], of_difference: f64, currency: Currency) -> Self {
        let largest = bars.iter().map(|bar| bar.total.abs()).fold(0.0, f64::max);
        let least = grid::power(largest, 4);
        let mut step = of_difference.max(least);
        // Bars that the page tells apart do not read alike.
        let reads_alike = |bar: &Bar, step: f64| {
            let difference =
                bar.difference.as_ref().filter(|(_, text)| has_side(text)).map_or(0.0, |(dollars, _)| *dollars);
            difference != 0.0 && grid::nearest(difference, step) == 0.0
        };
        while step > 1.5 * least && bars.iter().any(|bar| reads_alike(bar, step)) {
            step /= 10.0;
        }
        Self { step, currency, base: bars.first().map_or(0.0, |bar| bar.total) }
    }

    /// A bar's total as it is shown: the first bar's, and what the page says that this one is beside it.
    #[must_use]
    pub fn total(self, bar: &Bar) -> f64 {
        let nearest = |dollars: f64| grid::nearest(dollars, self.step);
        bar.difference
            .as_ref()
            .map_or_else(|| nearest(bar.total), |(difference, _)| nearest(nearest(self.base) + nearest(*difference)))
    }

    fn nearest(self, dollars: f64) -> f64 {
        grid::nearest(dollars, self.step)
    }

    /// An amount without its sign; one of few steps has figures of its own.
    #[must_use]
    pub fn written(self, dollars: f64) -> String {
        let size = dollars.abs();
        match size < FEW * self.step {
            true => self.currency.money(size, 0.0),
            false => grid::written(self.currency, grid::nearest(size, self.step), self.step),
        }
    }

    fn sentence_step(self, largest: f64) -> f64 {
        self.step.max(grid::power(largest, 3))
    }

    /// An amount of a sentence beside a largest one: to three figures of that at most.
    fn in_a_sentence(self, dollars: f64, largest: f64) -> String {
        let step = self.sentence_step(largest);
        match dollars.abs() < FEW * step {
            true => self.currency.money(dollars.abs(), 0.0),
            false => grid::written(self.currency, grid::nearest(dollars.abs(), step), step),
        }
    }

    /// The parts of a total as they are shown: those of many steps on the grid, up or down so that all add up to the total
    /// that is shown, where what is rounded off is largest first (Hamilton's method of largest remainders); those of few
    /// steps with figures of their own, so that the sum is off by less than half a step.
    #[must_use]
    pub fn apportioned(self, parts: &[Part], total: f64) -> Vec<f64> {
        let is_large = |dollars: f64| dollars.abs() >= FEW * self.step;
        let own = |dollars: f64| dollars.signum() * grid::nearest(dollars.abs(), grid::power(dollars.abs(), 2));
        let mut shown: Vec<f64> =
            parts.iter().map(|p| if is_large(p.dollars) { 0.0 } else { own(p.dollars) }).collect();
        let rest = grid::nearest(total, self.step) - shown.iter().sum::<f64>();
        let mut large: Vec<(usize, f64)> = parts.iter().map(|p| p.dollars / self.step).enumerate().collect();
        large.retain(|(place, _)| is_large(parts[*place].dollars));
        large.sort_by(|a, b| (b.1 - b.1.floor()).total_cmp(&(a.1 - a.1.floor())).then(a.0.cmp(&b.0)));
        let missing = (rest / self.step).round() - large.iter().map(|(_, steps)| steps.floor()).sum::<f64>();
        let count = large.len() as f64;
        for (nth, (place, steps)) in large.iter().enumerate() {
            // What is missing beyond a step for each is shared evenly; only rounding of the small parts makes it so much.
            let more = (missing / count).floor() + if (nth as f64) < missing.rem_euclid(count) { 1.0 } else { 0.0 };
            shown[*place] = grid::nearest((steps.floor() + more) * self.step, self.step);
        }
        shown
    }
}

impl Bar {
    /// What it comes to beside the baseline, in the page's words.
    #[must_use]
    pub fn beside(&self) -> Option<String> {
        self.difference.as_ref().map(|(_, text)| text.clone())
    }
}

/// Differences below this share of the larger total are not a finding.
const WORTH_SAYING: f64 = 0.005;

/// The finding: what the leader saves beside the baseline and on what, and what it spends more; the largest first. The first
/// bar is the baseline's and the second the leader's; sums are of the amounts that stand on them.
///
/// # Panics
/// With fewer than two bars.
#[must_use]
pub fn title(bars: &[Bar], grid: Grid, months: u32) -> String {
    let (base, own) = (&bars[0], &bars[1]);
    let longest = longest(bars);
    let [then, now] = [base, own].map(|bar| bar.shown(longest, grid));
    let horizon = span(months);
    let least = WORTH_SAYING * own.total.abs().max(base.total.abs()).max(0.01);
    let groups = ["runtime", "data", "tooling", "engineering", "the move", "what is lost or blocked", "other"];
    let mut differences: Vec<(&str, f64)> =
        groups.into_iter().map(|group| (group, of(&now, group) - of(&then, group))).collect();
    differences.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()));
    let (mut saved, mut spent): (Vec<_>, Vec<_>) = differences.into_iter().partition(|(_, d)| *d < 0.0);
    let sum = |parts: &[(&str, f64)]| parts.iter().map(|(_, d)| d.abs()).sum::<f64>();
    // What a side comes to holds all that is on it, so that both sides are as far apart as the totals.
    let apart = grid.total(own) - grid.total(base);
    let (save, spend) = match (sum(&saved) > least, sum(&spent) > least) {
        (true, true) => (grid.nearest(sum(&saved)), grid.nearest(sum(&saved)) + apart),
        _ => (-apart, apart),
    };
    for side in [&mut saved, &mut spent] {
        let is_said = sum(side) > least;
        side.retain(|(_, d)| is_said && d.abs() > least);
    }
    let largest = save.abs().max(spend.abs());
    // An amount that holds more than the parts that are named, by more than rounding, is mostly on these.
    let is_whole = |parts: &[(&str, f64)], all: f64| (all.abs() - sum(parts)).abs() <= grid.sentence_step(largest);
    let mostly = |parts: &[(&str, f64)], all: f64| if is_whole(parts, all) { "" } else { ", mostly" };
    let written = |dollars: f64| grid.in_a_sentence(dollars, largest);
    let saves = format!("saves {}{} on {}", written(save), mostly(&saved, save), listed(&saved));
    let spends = format!("spends {} more{} on {}", written(spend), mostly(&spent, spend), listed(&spent));
    let (name, other) = (&own.name, &base.name);
    match (saved.is_empty(), spent.is_empty()) {
        (false, false) => format!("Over {horizon} {name} {saves}, and {spends}"),
        (false, true) => format!("Over {horizon} {name} {saves}, and spends more on nothing"),
        (true, false) => format!("Over {horizon} {name} {spends}, and saves on nothing"),
        (true, true) => format!("Over {horizon} {name} and {other} spend about the same on everything"),
    }
}

/// "data, runtime and tooling".
fn listed(parts: &[(&str, f64)]) -> String {
    let names: Vec<&str> = parts.iter().map(|(name, _)| *name).collect();
    match names.as_slice() {
        [most @ .., last] if !most.is_empty() => format!("{} and {last}", most.join(", ")),
        _ => names.concat(),
    }
}

fn of(shown: &[(Part, f64)], group: &str) -> f64 {
    let is_in = |what: What| match group {
        "the move" => what.is_move(),
        "what is lost or blocked" => what == What::Lost,
        _ => what.name().to_lowercase() == group,
    };
    shown.iter().filter(|(part, _)| is_in(part.what)).map(|(_, amount)| amount).sum()
}

/// What is drawn.
#[must_use]
pub fn subtitle(summary: &Summary) -> Vec<String> {
    let money = super::money_of(summary);
    let cost = format!("Mean cost of each option over {}, {}", span(summary.months), super::counted(summary));
    vec![cost, format!("{money}. Solid: running it. Striped: moving")]
}

/// What the totals are beside the page's figures.
#[must_use]
pub fn bridge(summary: &Summary) -> &'static str {
    match summary.rate() {
        Some(_) => "Averages at present value, as on the page, rounded so that parts add up.",
        None => "Averages, as on the page, rounded so that parts add up.",
    }
}

#[cfg(test)]
mod tests {
    use super::{Bar, Grid, Part, What, title};
    use crate::units::Currency;

    fn bar(name: &str, parts: &[(What, f64)]) -> Bar {
        let parts: Vec<Part> = parts.iter().map(|(what, dollars)| Part { what: *what, dollars: *dollars }).collect();
        Bar { name: name.into(), total: parts.iter().map(|p| p.dollars).sum(), parts, difference: None }
    }

    #[test]
    fn the_title_adds_up_what_is_saved_and_what_is_spent() {
        let base = bar("Heroku", &[(What::Runtime, 500e3), (What::Engineering, 80e3)]);
        let own =
            [(What::Runtime, 180e3), (What::Engineering, 200e3), (What::Project, 90e3), (What::DualRunning, 40e3)];
        let title_of = |own: &[(What, f64)]| {
            let bars = [base.clone(), bar("AWS", own)];
            title(&bars, Grid::of(&bars, 1e4, Currency::USD), 60)
        };
        assert_eq!(
            title_of(&own),
            "Over 5 years AWS saves $320k on runtime, and spends $250k more on the move and engineering"
        );
        assert_eq!(
            title_of(&own[..1]),
            "Over 5 years AWS saves $400k on runtime and engineering, and spends more on nothing"
        );
        let dearer = [(What::Runtime, 600e3), (What::Engineering, 80e3)];
        assert_eq!(title_of(&dearer), "Over 5 years AWS spends $100k more on runtime, and saves on nothing");
        let same = [(What::Runtime, 500e3), (What::Engineering, 80_100.0)];
        assert_eq!(title_of(&same), "Over 5 years AWS and Heroku spend about the same on everything");
    }

    #[test]
    fn a_sum_that_holds_more_than_is_named_says_so_in_three_figures() {
        let base = bar("Heroku", &[(What::Runtime, 217e3), (What::Data, 168e3), (What::Tooling, 3e3)]);
        let own = bar("AWS", &[(What::Engineering, 366_300.0)]);
        let bars = [base, own];
        let said = title(&bars, Grid::of(&bars, 1e3, Currency::USD), 60);
        let whole = "Over 5 years AWS saves $388k on runtime, data and tooling, and spends $366k more on engineering";
        assert_eq!(said, whole);
        // Tooling is too small to be named.
        let base = bar("Heroku", &[(What::Runtime, 217e3), (What::Data, 168e3), (What::Tooling, 1.5e3)]);
        let bars = [base, bars[1].clone()];
        let said = title(&bars, Grid::of(&bars, 1e2, Currency::USD), 60);
        let mostly = "Over 5 years AWS saves $387k, mostly on runtime and data, and spends $366k more on engineering";
        assert_eq!(said, mostly);
    }

    #[test]
    fn bar_less_bar_is_what_the_page_says_and_the_title_too() {
        let base = bar("Heroku", &[(What::Runtime, 262_400.0), (What::Data, 622_100.0)]);
        let own = bar("AWS", &[(What::Runtime, 123_700.0), (What::Data, 498_900.0), (What::Project, 187_000.0)]);
        let own = Bar { difference: Some((-75e3, "$75k cheaper".to_owned())), ..own };
        let bars = [base, own];
        let grid = Grid::of(&bars, 1e3, Currency::USD);
        let [then, now] = [0, 1].map(|nth| grid.total(&bars[nth]));
        assert_eq!((then, now), (885e3, 810e3), "rounded by itself the second would be 810k, the first 884k or 885k");
        let said = title(&bars, grid, 60);
        assert_eq!(said, "Over 5 years AWS saves $262k on runtime and data, and spends $187k more on the move");
    }

    #[test]
    fn the_parts_that_are_shown_add_up_to_the_total_that_is_shown() {
        // Rounded one by one these would be 13 + 14 + 16 = 43 of 42, and 12 + 13 + 14 = 39 of 40.
        let cases: [&[f64]; 6] = [
            &[12.6e3, 13.5e3, 15.5e3, 100e3],
            &[12.4e3, 13.4e3, 14.4e3, 100e3],
            &[95e3, 13.4e3, 13.45e3, 180.0],
            &[8.4e3, 3.94e3, 1.24e3, 62.4e3, 15.49e3, 2.49e3],
            &[120.4e3, -15.5e3, 9.96e3],
            &[104.5e3],
        ];
        for dollars in cases {
            let parts: Vec<Part> = dollars.iter().map(|d| Part { what: What::Data, dollars: *d }).collect();
            let all = Bar { name: "AWS".into(), total: dollars.iter().sum(), parts, difference: None };
            let grid = Grid::of(std::slice::from_ref(&all), 1e3, Currency::USD);
            let shown = grid.apportioned(&all.parts, all.total);
            let sum: f64 = shown.iter().sum();
            assert_eq!(grid.written(sum), grid.written(all.total), "{dollars:?} as {shown:?}");
            for (was, is) in dollars.iter().zip(&shown) {
                // A step of the grid, and half of one that the small parts may have been rounded by.
                assert!((was - is).abs() <= 1.5e3, "{was} as {is}");
            }
        }
    }
}
