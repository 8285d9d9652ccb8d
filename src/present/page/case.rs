//! Both cases, argued at equal length and from the results alone: each side opens with its odds, and then has the strongest of
//! what else speaks for it. What speaks for neither is said as well.

use super::{quantile, weeks};
use crate::present::finding::month::{Month, Months};
use crate::present::number::{HALF_A_CENT, about_half, has_spread, in_futures, month, odds_cell};
use crate::present::side;
use crate::study::reasons;
use crate::study::verdict::Verdict;
use crate::summary::{CaseSummary, CostPhase, Lens, Probability, Spread, Summary, When};
use crate::units::Currency;

/// The arguments of both cases, as many for either, with names of at most so many characters; of the growth cases only
/// where there is room for them.
pub fn arguments(summary: &Summary, verdict: &Verdict, longest_name: usize, with_growth: bool) -> [Vec<String>; 2] {
    let leader = verdict.leader.option;
    let facts = Facts::of(summary, verdict, longest_name);
    let mut sides = [Vec::from(facts.for_leaving()), Vec::from(facts.for_staying())];
    if let Some(growth) = by_growth(summary, leader).filter(|_| with_growth) {
        sides.iter_mut().zip(growth).for_each(|(side, argument)| side.push(argument));
    }
    sides
}

/// The growth case that speaks most for leaving and the one that speaks most for staying, where they differ.
fn by_growth(summary: &Summary, leader: usize) -> Option<[String; 2]> {
    let paid_back = |case: &CaseSummary| Some(case.options.get(leader)?.against.as_ref()?.paid_back);
    let mut cases: Vec<(&str, Probability)> =
        summary.cases.iter().filter_map(|case| Some((case.name.as_str(), paid_back(case)?))).collect();
    cases.sort_by(|a, b| b.1.value().total_cmp(&a.1.value()));
    let (best, worst) = (cases.first()?, cases.last()?);
    let named = |name: &str| side::cut(&side::one_line(name), LONGEST_CASE);
    let (own, other) = (best.1, Probability { count: worst.1.of - worst.1.count, of: worst.1.of });
    let said = [
        format!("With \u{201C}{}\u{201D} growth it is paid back in {}.", named(best.0), about_half(own)),
        format!("With \u{201C}{}\u{201D} growth {} never pay it back.", named(worst.0), about_half(other)),
    ];
    (in_futures(best.1) != in_futures(worst.1)).then_some(said)
}

/// Longest name of a growth case in an argument, characters.
const LONGEST_CASE: usize = 24;

/// What the arguments are made of.
struct Facts {
    currency: Currency,
    own: String,
    /// The option that the verdict compares with: today's platform, or that tuned.
    other: String,
    /// Today's platform, beside which odds and differences are.
    base: String,
    /// Futures that end with the option no dearer, having left.
    cheaper: Probability,
    /// Futures that end with it dearer.
    dearer: Probability,
    /// Futures that do not leave.
    stayed: Probability,
    /// Beside a tuned platform: who is how often the cheapest of all.
    tuned: Option<Cheapest>,
    /// The difference at the horizon.
    end: Spread,
    /// Whether there is one future only.
    is_certain: bool,
    /// What a month costs in the last year, option and the other.
    months: (Month, Month),
    /// How those are written.
    written: Months,
    /// Developers' hours in such a month.
    hours: (String, String),
    /// Whether the page's table has these.
    has_hours_in_table: bool,
    /// Engineer-weeks of the move.
    weeks: String,
    /// What the move costs.
    project: Project,
    /// Where staying is only leaving later: what that costs, and by when half of either's work is done.
    forced: Option<Forced>,
    /// Reasons for leaving that the option mends.
    mended: Vec<String>,
    /// From when it costs less each month in half of futures.
    run_rate: When,
    /// What the last year is called: "Year 5".
    year: String,
}

/// What a move costs, dollars as paid.
#[derive(Clone, Copy)]
struct Project {
    /// Developers' hours.
    time: f64,
    /// What is invoiced for it: people from outside, cutovers that fail.
    invoiced: f64,
}

impl Project {
    fn of(summary: &Summary, option: usize) -> Self {
        let option = &summary.options[option];
        let parts = option.costs[Lens::Invoices as usize].parts.iter();
        let invoiced = parts.filter(|part| part.phase == CostPhase::Project).map(|part| part.total.value).sum();
        Self { time: option.project.iter().map(|mean| mean.value).sum::<f64>() - invoiced, invoiced }
    }

    fn both(self) -> f64 {
        self.time + self.invoiced
    }

    fn is_invoiced(self) -> bool {
        self.invoiced > HALF_A_CENT
    }
}

/// The move that staying ends in where today's platform is sure to end.
struct Forced {
    project: Project,
    /// The months by which half of the work is done on average, the option's and who stays'.
    half: [String; 2],
}

impl Forced {
    fn of(summary: &Summary, leader: usize) -> Option<Self> {
        side::forced_to(summary, summary.baseline)?;
        let by = |option: usize| {
            let project = &summary.options[option].project;
            let all: f64 = project.iter().map(|mean| mean.value).sum();
            let mut so_far = 0.0;
            let half = project.iter().position(|mean| {
                so_far += mean.value;
                so_far >= all / 2.0
            });
            month(summary.start, half.map_or(summary.months, |place| place as u32 + 1))
        };
        let [own, other] = [leader, summary.baseline].map(by);
        let project = Project::of(summary, summary.baseline);
        (project.both() > HALF_A_CENT && own != other).then_some(Self { project, half: [own, other] })
    }
}

/// How often who is the cheapest of all options; all who leave and all who do not add up to all futures.
struct Cheapest {
    /// The tuned platform's name.
    tuned: String,
    leader: Probability,
    leaving: Probability,
    staying: Probability,
    /// Whether there are more that do not leave than today's platform and that tuned.
    others_stay: bool,
}

impl Cheapest {
    fn of(summary: &Summary, leader: usize, tuned: String) -> Self {
        let leader = summary.options[leader].cheapest;
        let all = |leaves: bool| {
            let options = summary.options.iter().filter(|option| option.leaves == leaves);
            Probability { count: options.map(|option| option.cheapest.count).sum(), of: leader.of }
        };
        let others_stay = summary.options.iter().filter(|option| !option.leaves).count() > 2;
        Self { tuned, leader, leaving: all(true), staying: all(false), others_stay }
    }
}

impl Facts {
    fn of(summary: &Summary, verdict: &Verdict, longest_name: usize) -> Self {
        let (leader, other) = (verdict.leader.option, verdict.rule.leading.with);
        let crossover = summary.decided(leader);
        let outcomes = crossover.outcomes;
        let dearer = Probability { count: outcomes.never.count + outcomes.ended_first.count, of: outcomes.never.of };
        let hours = |i: usize| super::table::hours(summary, i);
        let base = summary.baseline;
        let name = |i: usize| side::cut(&side::name(summary, i), longest_name);
        Self {
            currency: summary.currency,
            own: name(leader),
            other: name(other),
            base: name(base),
            cheaper: *crossover.ahead_at.last().expect("a series has month 0"),
            dearer,
            stayed: outcomes.did_not_leave,
            tuned: summary
                .tuned
                .filter(|tuned| *tuned != leader && summary.options[leader].leaves)
                .map(|tuned| Cheapest::of(summary, leader, name(tuned))),
            end: summary.difference(leader).clone(),
            is_certain: summary.is_certain(),
            months: (Month::of(summary, leader), Month::of(summary, other)),
            written: Months::of(summary, verdict),
            hours: (hours(leader), hours(other)),
            has_hours_in_table: super::table::is_wide(summary),
            weeks: weeks(summary, leader),
            project: Project::of(summary, leader),
            forced: Forced::of(summary, leader),
            mended: mended(summary, verdict),
            run_rate: crossover.run_rate[1].at,
            year: match summary.months {
                months if months.is_multiple_of(12) => format!("Year {}", months / 12),
                1 => "The month".to_owned(),
                months => format!("Last {} months", months.min(12)),
            },
        }
    }

    fn for_leaving(&self) -> [String; 2] {
        let Self { own: option, base, other, .. } = self;
        let opening = if self.is_certain {
            self.certainly(option, self.cheaper, self.tuned.as_ref().map(|tuned| tuned.leader))
        } else if self.is_tie() {
            format!("In {} futures {option} costs the same as {base}.", self.nearly_all())
        } else if let Some(Cheapest { leader, leaving, .. }) = &self.tuned {
            match leader.count == leaving.count {
                true => format!("{option} ends cheapest in {}.", in_futures(*leader)),
                false => {
                    format!("Leaving ends cheapest in {}; {option}: {}.", in_futures(*leaving), odds_cell(*leader))
                }
            }
        } else {
            let share = in_futures(self.cheaper);
            let best = self.best_tenth(0.1, self.end.at(0.1) < 0.0);
            // Where not all leave or some may tie, "no dearer" is what has been counted.
            match (self.stayed.count, self.may_tie(), best) {
                (0, false, Some(size)) => format!("{option} ends cheaper in {share}, in 1 in 10 by over {size}."),
                (0, false, None) => format!("{option} ends cheaper in {share}."),
                (0, true, best) => format!("{option} ends no dearer in {share}{}.", over_cheaper(best)),
                (..) if self.cheaper.count == 0 => format!("Who leaves ends no dearer on {option} in no future."),
                (_, _, best) => format!("In {share} one leaves and {option} ends no dearer{}.", over_cheaper(best)),
            }
        };
        let second = if let Some(Forced { project, .. }) = &self.forced {
            let [now, then] = [self.project, *project].map(|project| self.currency.money(project.both(), 0.0));
            let is_invoiced = self.project.is_invoiced() || project.is_invoiced();
            let of = if is_invoiced { "invoices and engineers' time" } else { "engineers' time" };
            format!("Who waits pays for a move all the same: {then} of {of}, not {now}, as paid.")
        } else if self.invoices_are_lower(true) {
            self.invoices_differ()
        } else if self.work_is_lower(true) {
            self.time_differs()
        } else if let [most @ .., last] = self.mended.as_slice() {
            let all = if most.is_empty() { last.clone() } else { format!("{} and {last}", most.join(", ")) };
            format!("It is better on {all}, for which leaving is thought of.")
        } else if matches!(self.run_rate, When::Month(_) | When::FromStart) {
            let each = if self.is_certain { "Each month" } else { "In half of futures each month" };
            format!("{each} costs no more on {option} at the end than on {base}.")
        } else {
            format!("Neither its invoices nor its hours come out lower than on {other}.")
        };
        [opening, second]
    }

    fn for_staying(&self) -> [String; 2] {
        let Self { own: option, base, .. } = self;
        let opening = if self.is_certain {
            let who = match &self.tuned {
                Some(Cheapest { others_stay: true, .. }) => "Staying".to_owned(),
                Some(Cheapest { tuned, .. }) => format!("{base} or {tuned}"),
                None => base.clone(),
            };
            self.certainly(&who, self.dearer, self.tuned.as_ref().map(|tuned| tuned.staying))
        } else if self.is_tie() {
            format!("In {} futures {base} costs the same as {option}.", self.nearly_all())
        } else if let Some(Cheapest { tuned, staying, others_stay, .. }) = &self.tuned {
            let who = if *others_stay { "Staying".to_owned() } else { format!("{base} or {tuned}") };
            format!("{who} ends cheapest in {}.", in_futures(*staying))
        } else {
            // Where it wins about that often, its best tenth is all of it.
            let best = self.best_tenth(0.9, self.end.at(0.9) > 0.0 && self.dearer.value() > 0.15);
            let tail = best.map_or_else(String::new, |size| format!(", in 1 in 10 by over {size}"));
            format!("{base} ends cheaper in {}{tail}.", in_futures(self.dearer))
        };
        let second = if let Some(Forced { half: [own, other], .. }) = &self.forced {
            format!("Who waits keeps the team free for longer: half of the move is done by {other}, not by {own}.")
        } else if self.work_is_lower(false) {
            self.time_differs()
        } else if self.invoices_are_lower(false) {
            self.invoices_differ()
        } else if !self.weeks.starts_with("no ") {
            let [time, invoiced] =
                [self.project.time, self.project.invoiced].map(|dollars| self.currency.money(dollars, 0.0));
            let more = if self.project.is_invoiced() { format!(" and {invoiced} of invoices") } else { String::new() };
            format!("The move takes {time} of engineers' time ({}){more}, whatever comes of it.", self.weeks)
        } else if self.project.is_invoiced() {
            let invoiced = self.currency.money(self.project.invoiced, 0.0);
            format!("The move takes {invoiced} of invoices, whatever comes of it.")
        } else {
            format!("Neither its invoices nor its hours come out lower than on {option}.")
        };
        [opening, second]
    }

    /// How a side ends where there is one future only: beside the other, or of all where a tuned platform is among them.
    fn certainly(&self, who: &str, cheaper: Probability, cheapest: Option<Probability>) -> String {
        match cheapest {
            Some(cheapest) if cheapest.count > 0 => format!("{who} ends cheapest."),
            Some(_) => format!("{who} does not end cheapest."),
            None if self.is_tie() => format!("{who} ends at the same cost."),
            None if cheaper.count > 0 => format!("{who} ends cheaper."),
            None => format!("{who} ends dearer."),
        }
    }

    /// By how much a side wins in its best tenth, where it wins there at all and by more than elsewhere.
    fn best_tenth(&self, p: f64, wins: bool) -> Option<String> {
        let spreads = has_spread(self.end.at(0.1), self.end.at(0.9));
        (wins && spreads)
            .then(|| quantile(self.currency, &self.end, p))
            .filter(|size| *size != self.currency.money(0.0, 0.0))
    }

    /// Whether there is no difference at the horizon in nearly all futures.
    fn is_tie(&self) -> bool {
        self.end.quantiles.iter().all(|q| q.value.abs() < HALF_A_CENT)
    }

    /// Whether some of the futures that end no dearer may end at the same cost.
    fn may_tie(&self) -> bool {
        self.end.quantiles.iter().any(|q| q.value.abs() < HALF_A_CENT)
    }

    fn nearly_all(&self) -> &'static str {
        if self.stayed.count == self.stayed.of { "all" } else { "nearly all" }
    }

    /// Whether the option's invoices are lower than the other's, or the other's than the option's.
    fn invoices_are_lower(&self, own: bool) -> bool {
        let (first, second) = (self.months.0.invoices, self.months.1.invoices);
        if own { is_lower(self.currency, first, second) } else { is_lower(self.currency, second, first) }
    }

    /// The same of work.
    fn work_is_lower(&self, own: bool) -> bool {
        let (first, second) = (self.months.0.work, self.months.1.work);
        if own { is_lower(self.currency, first, second) } else { is_lower(self.currency, second, first) }
    }

    fn invoices_differ(&self) -> String {
        let (own, other) = (self.written.invoices(self.months.0), self.written.invoices(self.months.1));
        let lost = self.lost_differs(self.months.0.beside < self.months.1.beside);
        format!("{}, invoices a month: {} {own}, {} {other}{lost}.", self.year, self.own, self.other)
    }

    /// What is lost or blocked in a month, where it is decided on and speaks for the same side: with invoices and work it is all of
    /// the month.
    fn lost_differs(&self, speaks: bool) -> String {
        let (one, other) = (self.months.0.beside, self.months.1.beside);
        if !speaks || one < 0.0 || other < 0.0 || self.currency.bill(one, 0.0) == self.currency.bill(other, 0.0) {
            return String::new();
        }
        let [own, others] = [self.months.0, self.months.1].map(|month| self.written.beside(month));
        format!("; lost or blocked: {own}, {others}")
    }

    fn time_differs(&self) -> String {
        let (own, others) = (self.written.work(self.months.0), self.written.work(self.months.1));
        let Self { year, own: option, other, hours: (hours, other_hours), .. } = self;
        if self.has_hours_in_table {
            let lost = self.lost_differs(self.months.0.beside > self.months.1.beside);
            return format!("{year}, work a month: {option} {own}, {other} {others}{lost}.");
        }
        format!("{year}, work a month: {option} {own} ({hours} hours), {other} {others} ({other_hours}).")
    }
}

/// Reasons for leaving that the leader mends, by their names.
fn mended(summary: &Summary, verdict: &Verdict) -> Vec<String> {
    let all = reasons::of_option(summary, verdict.leader.option);
    all.iter().filter(|one| one.mends == Some(true)).map(|one| crate::present::reasons::name(&one.reason)).collect()
}

fn over_cheaper(size: Option<String>) -> String {
    size.map_or_else(String::new, |size| format!("; in 1 in 10 it is over {size} cheaper"))
}

/// Whether one monthly amount is lower than another as far as two figures show.
fn is_lower(currency: Currency, one: f64, other: f64) -> bool {
    one < other && currency.bill(one, 0.0) != currency.bill(other, 0.0)
}
