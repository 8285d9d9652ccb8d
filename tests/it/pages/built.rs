//! Summaries made for tests: a small simulation of two or three options, so that what is presented has the shape of
//! what a run gives. Written apart from the engine and far simpler.

use std::sync::LazyLock;

use outgrow::model::Basis;
use outgrow::model::Bucket;
use outgrow::model::price::AsOf;
use outgrow::summary::{
    Account, CostPhase, Costs, Crossover, Demand, Entry, Ledger, Lens, Mean, OptionSummary, Outcomes, PartTotal,
    PlaceQuantile, Probability, QUANTILES, Quantile, Scale, Spread, Summary, When, WhenQuantile,
};
use outgrow::units::{Currency, YearMonth, YearlyRate};

use super::people;

/// What a made-up future is drawn from.
#[derive(Debug, Clone)]
pub struct Setting {
    pub months: u32,
    pub trials: usize,
    pub seed: u64,
    /// Baseline's bill in month 1, dollars.
    pub bill: f64,
    /// Growth a month, mean and spread over futures.
    pub growth: (f64, f64),
    /// What the other platform's invoice is of the baseline's, mean and spread.
    pub share: (f64, f64),
    /// Hours a month on the other platform beyond the baseline's, mean and spread.
    pub hours: (f64, f64),
    /// Engineer-weeks of the move, mean and spread.
    pub weeks: (f64, f64),
    /// Month in which it starts.
    pub begins: u32,
    pub rate: Option<f64>,
    pub start: (i32, u8),
    /// Whether a tuned baseline is a third option.
    pub third: bool,
    pub names: [&'static str; 3],
    /// Share of futures that never leave.
    pub stays: f64,
    /// Noise of demand in a month, and whether hours vary.
    pub noise: f64,
}

impl Default for Setting {
    fn default() -> Self {
        Self {
            months: 60,
            trials: 2_000,
            seed: 1,
            bill: 8_200.0,
            growth: (0.02, 0.012),
            share: (0.5, 0.1),
            hours: (26.0, 10.0),
            weeks: (24.0, 8.0),
            begins: 2,
            rate: Some(0.09),
            start: (2027, 1),
            third: true,
            names: ["Heroku", "AWS (ECS Fargate)", "Heroku, tuned"],
            stays: 0.0,
            noise: 0.01,
        }
    }
}

/// Named settings: one for each thing a page may have to say.
pub fn cases() -> &'static [(&'static str, Summary)] {
    static CASES: LazyLock<Vec<(&'static str, Summary)>> = LazyLock::new(make_cases);
    &CASES
}

fn make_cases() -> Vec<(&'static str, Summary)> {
    let base = Setting::default;
    let cases = [
        ("pays-back", Setting { trials: 4_000, bill: 12_000.0, ..base() }),
        ("pays-back-early", Setting { bill: 22_000.0, weeks: (14.0, 4.0), third: false, ..base() }),
        ("never", Setting { bill: 2_500.0, growth: (0.005, 0.005), months: 36, third: false, ..base() }),
        ("never-three", Setting { bill: 3_500.0, ..base() }),
        ("close", Setting { bill: 7_700.0, third: false, ..base() }),
        ("from-the-start", Setting { weeks: (0.0, 0.0), hours: (0.0, 1.0), rate: None, third: false, ..base() }),
        ("short", Setting { months: 14, start: (2026, 11), bill: 30_000.0, third: false, ..base() }),
        ("quarterly", Setting { months: 24, start: (2026, 8), bill: 40_000.0, third: false, ..base() }),
        ("long", Setting { months: 360, trials: 1_000, growth: (0.001, 0.001), bill: 9_000.0, third: false, ..base() }),
        ("half-stay", Setting { stays: 0.55, bill: 15_000.0, third: false, ..base() }),
        (
            "tiny",
            Setting {
                growth: (0.0, 0.002),
                share: (0.955, 0.02),
                hours: (0.0, 2.0),
                weeks: (3.0, 1.0),
                third: false,
                ..base()
            },
        ),
        ("hostile", Setting { names: HOSTILE, bill: 14_000.0, ..base() }),
        ("single", Setting { trials: 1, ..base() }),
        ("late", Setting { months: 36, begins: 34, third: false, ..base() }),
        ("nobody-leaves", Setting { months: 12, begins: 30, third: false, ..base() }),
        ("certain", CERTAIN),
        ("the-same", Setting { share: (1.0, 0.0), hours: (0.0, 0.0), weeks: (0.0, 0.0), third: false, ..base() }),
        ("dropped", Setting { bill: 40_000.0, share: (0.2, 0.02), growth: (0.03, 0.002), ..base() }),
        ("huge", Setting { bill: 2e14, third: false, ..base() }),
        ("one-month", Setting { months: 1, third: false, ..base() }),
    ];
    cases.into_iter().map(|(name, setting)| (name, summary(&setting))).collect()
}

/// Every future alike, without noise.
const CERTAIN: Setting = Setting {
    months: 36,
    trials: 400,
    seed: 1,
    bill: 2_914.0,
    growth: (0.0, 0.0),
    share: (0.5, 0.0),
    hours: (4.0, 0.0),
    weeks: (8.0, 0.0),
    begins: 2,
    rate: Some(0.09),
    start: (2027, 1),
    third: false,
    names: ["Heroku", "AWS (ECS Fargate)", "Heroku, tuned"],
    stays: 0.0,
    noise: 0.0,
};

/// Names that would steer a terminal, end a tag, be a formula, or fill the page.
const HOSTILE: [&str; 3] = [
    "=HYPERLINK(\"x\")\u{1b}[2J & <b>Heroku</b>",
    "A platform whose title goes on and on (and on), past any margin that one could think of",
    "@Тариф\u{202E}\r\n\u{1F680} naïve Ł",
];

/// Settings at random, some of them at the edges of what a file may say.
pub fn at_random(luck: &mut Luck) -> Setting {
    let pick = |luck: &mut Luck, values: &[u32]| values[(luck.uniform() * values.len() as f64) as usize];
    let names = [["Heroku", "AWS (ECS Fargate)", "Heroku, tuned"], ["Render", "Hetzner", "Render"], HOSTILE];
    let between = |luck: &mut Luck, low: f64, high: f64| low + (high - low) * luck.uniform();
    Setting {
        months: pick(luck, &[1, 2, 7, 12, 13, 18, 24, 25, 36, 37, 48, 60, 60, 84, 120, 200]),
        trials: 80,
        seed: luck.0,
        bill: [300.0, 2_500.0, 9_000.0, 60_000.0, 2e6][pick(luck, &[0, 1, 2, 2, 3, 4]) as usize],
        growth: (between(luck, -0.02, 0.04), between(luck, 0.0, 0.02)),
        share: (between(luck, 0.2, 1.3), 0.1),
        hours: (between(luck, -5.0, 60.0), 8.0),
        weeks: (f64::from(pick(luck, &[0, 2, 20, 60])), 5.0),
        begins: pick(luck, &[1, 2, 9, 30]),
        rate: (luck.uniform() < 0.7).then_some(0.09),
        start: (2026, 1 + pick(luck, &[0, 3, 7, 11]) as u8),
        third: luck.uniform() < 0.5,
        names: names[pick(luck, &[0, 1, 2]) as usize],
        stays: [0.0, 0.0, 0.5, 1.0][pick(luck, &[0, 1, 2, 3]) as usize],
        noise: 0.01,
    }
}

/// A generator for tests: SplitMix64 (Steele, Lea and Flood, 2014).
pub struct Luck(pub u64);

impl Luck {
    /// Uniform between 0 and 1.
    pub fn uniform(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) >> 11) as f64 / 9_007_199_254_740_992.0
    }

    /// Near enough to normal: twelve uniforms less six.
    pub fn normal(&mut self, (mean, spread): (f64, f64)) -> f64 {
        let sum: f64 = (0..12).map(|_| self.uniform()).sum();
        mean + spread * (sum - 6.0)
    }
}

/// Costs by month of one option in one future; month 0 is the opening.
#[derive(Clone, Default)]
struct Path {
    invoices: Vec<f64>,
    hours: Vec<f64>,
    project: Vec<f64>,
}

const HOUR: f64 = 95.0;
const BASE_HOURS: f64 = 10.0;

/// Runs a setting.
pub fn summary(setting: &Setting) -> Summary {
    let mut luck = Luck(setting.seed);
    let trials: Vec<Vec<Path>> = (0..setting.trials).map(|_| future(setting, &mut luck)).collect();
    let options = if setting.third { 3 } else { 2 };
    let start = YearMonth::new(setting.start.0, setting.start.1).expect("a month");
    let mut summary = Summary {
        scenario: format!("{} to {}", setting.names[0], setting.names[1]),
        question: String::new(),
        reasons: Vec::new(),
        start,
        months: setting.months,
        trials: setting.trials as u64,
        seed: setting.seed,
        discount_rate: setting.rate.map(|r| YearlyRate::new(r).expect("a rate")),
        currency: Currency::USD,
        inflation: None,
        fiscal_years: Vec::new(),
        years: people::years(setting.months),
        hours_per_month: 150.0,
        baseline: 0,
        tuned: setting.third.then_some(2),
        options: (0..options).map(|i| option(setting, &trials, i)).collect(),
        demand: Demand { spread: spread(&[1.0, 1.0]), tail_share: 0.001, trials: 16_384 },
        verdict_rule: outgrow::model::VerdictRule::default(),
        best_per_trial: mean(&[0.0, 0.0]),
        cases: Vec::new(),
        signals: Vec::new(),
        events: Vec::new(),
        must_leave: Vec::new(),
        lines: Vec::new(),
        ledger: ledger(),
    };
    let totals = |t: &Vec<Path>, i: usize| *series(setting, &t[i], Lens::Tco, true).last().expect("month 0");
    let best: Vec<usize> = trials
        .iter()
        .map(|t| (0..options).min_by(|a, b| totals(t, *a).total_cmp(&totals(t, *b))).expect("options"))
        .collect();
    let least: Vec<f64> = trials.iter().zip(&best).map(|(t, i)| totals(t, *i)).collect();
    summary.best_per_trial = mean(&least);
    for i in 0..options {
        summary.options[i].cheapest = share(best.iter().map(|b| *b == i));
    }
    summary
}

/// What a made run rests on: eleven measured figures, 23 quoted, all but one of them list prices, nine judged, six assumed.
fn ledger() -> Ledger {
    let entry = |basis: Basis, as_of: Option<AsOf>| Entry {
        path: "people.loaded_hour".to_owned(),
        unit: "$ / hour".to_owned(),
        basis,
        source: "made up".to_owned(),
        as_of,
        is_unverified: false,
        is_default: false,
        quantiles: [80.0, 95.0, 110.0],
    };
    let list = |n: usize| Some(if n == 3 { AsOf::Month(2024, 7) } else { AsOf::Day(2026, 8, 4) });
    let mut entries: Vec<Entry> = (0..22).map(|n| entry(Basis::Quoted, list(n))).collect();
    for (basis, n) in [(Basis::Measured, 11), (Basis::Quoted, 1), (Basis::Judged, 9), (Basis::Assumed, 6)] {
        entries.extend((0..n).map(|_| entry(basis, None)));
    }
    Ledger { entries }
}

fn future(setting: &Setting, luck: &mut Luck) -> Vec<Path> {
    let growth = luck.normal(setting.growth);
    let part = luck.normal(setting.share).max(0.1);
    let hours = luck.normal(setting.hours).max(-BASE_HOURS);
    let weeks = if setting.weeks.0 > 0.0 { luck.normal(setting.weeks).max(1.0) } else { 0.0 };
    let tuned = luck.normal((0.93, 0.03));
    let leaves = luck.uniform() >= setting.stays;
    let length = (weeks / 6.0).ceil().max(1.0) as u32;
    let mut paths = vec![Path::default(); 3];
    for path in &mut paths {
        path.invoices.push(0.0);
        path.hours.push(0.0);
        path.project.push(0.0);
    }
    let mut load = 1.0;
    for m in 1..=setting.months {
        load *= 1.0 + growth + luck.normal((0.0, setting.noise));
        let bill = setting.bill * load;
        let luck_hours = BASE_HOURS * (0.5 + luck.uniform());
        paths[0].push(bill, luck_hours, 0.0);
        let begun = leaves && m >= setting.begins;
        let moved = leaves && m >= setting.begins + length;
        let project = if begun && !moved { weeks / f64::from(length) * 40.0 * HOUR } else { 0.0 };
        let invoice = if moved {
            bill * part
        } else if begun && weeks > 0.0 {
            bill * (1.0 + part)
        } else {
            bill
        };
        paths[1].push(invoice, if moved { luck_hours + hours } else { luck_hours }, project);
        paths[2].push(bill * tuned, luck_hours, if m == 1 { 1.0 * 40.0 * HOUR } else { 0.0 });
    }
    paths
}

impl Path {
    fn push(&mut self, invoice: f64, hours: f64, project: f64) {
        self.invoices.push(invoice);
        self.hours.push(hours);
        self.project.push(project);
    }

    fn cost(&self, lens: Lens, m: usize) -> f64 {
        match lens {
            Lens::Invoices | Lens::Cash => self.invoices[m],
            Lens::Tco | Lens::Economic => self.invoices[m] + self.hours[m] * HOUR + self.project[m],
        }
    }
}

/// Cumulative cost by month, at present value or nominal.
fn series(setting: &Setting, path: &Path, lens: Lens, discounted: bool) -> Vec<f64> {
    let mut sum = 0.0;
    let factors = factors(setting, discounted);
    let so_far = |(m, factor): (usize, &f64)| {
        sum += path.cost(lens, m) * factor;
        sum
    };
    factors.iter().enumerate().map(so_far).collect()
}

/// What a dollar of each month is worth at the opening.
fn factors(setting: &Setting, discounted: bool) -> Vec<f64> {
    let rate = if discounted { setting.rate.unwrap_or(0.0) } else { 0.0 };
    // The twelfth root by Newton's method; good to the last digits after a few steps.
    let mut monthly = 1.0 + rate / 12.0;
    for _ in 0..20 {
        let eleventh: f64 = (0..11).map(|_| monthly).product();
        monthly = (11.0 * monthly + (1.0 + rate) / eleventh) / 12.0;
    }
    let mut factor = 1.0;
    let next = |_| {
        let this = factor;
        factor /= monthly;
        this
    };
    (0..=setting.months).map(next).collect()
}

fn option(setting: &Setting, trials: &[Vec<Path>], i: usize) -> OptionSummary {
    let months = setting.months as usize;
    let by_month = |of: &dyn Fn(&Path, usize) -> f64| -> Vec<Mean> {
        (1..=months).map(|m| mean(&trials.iter().map(|t| of(&t[i], m)).collect::<Vec<_>>())).collect()
    };
    let part = |share: f64| by_month(&move |p: &Path, m: usize| p.invoices[m] * share);
    let weeks: Vec<f64> = trials.iter().map(|t| t[i].project.iter().sum::<f64>() / HOUR / 40.0).collect();
    OptionSummary {
        name: ["stay", "move", "tune"][i].to_owned(),
        title: ["Stay", "Move", "Tune and stay"][i].to_owned(),
        leaves: i == 1,
        platform: setting.names[i].to_owned(),
        costs: Lens::ALL.iter().map(|lens| costs(setting, trials, i, *lens)).collect(),
        buckets: Bucket::ALL
            .iter()
            .map(|bucket| match bucket {
                Bucket::Runtime => part(0.6),
                Bucket::Data => part(0.3),
                Bucket::Tooling => part(0.1),
                Bucket::Engineering => by_month(&|p, m| p.hours[m] * HOUR),
            })
            .collect(),
        project: by_month(&|p, m| p.project[m]),
        hours: by_month(&|p, m| p.hours[m]),
        people: {
            let all = by_month(&|p, m| p.hours[m].max(0.0) + p.project[m] / HOUR);
            let layers = if i == 1 { (setting.seed % 5) as usize } else { 0 };
            people::made(setting.months, &all, layers, i == 1 && setting.seed.is_multiple_of(3))
        },
        project_weeks: spread(&weeks),
        finished: share(trials.iter().map(|t| i != 1 || is_finished(setting, &t[i]))),
        late: None,
        cheapest: Probability { count: 0, of: trials.len() as u64 },
        decided: None,
        against: (i > 0).then(|| {
            let all = Lens::ALL.iter().flat_map(|lens| [true, false].map(|d| crossover(setting, trials, i, *lens, d)));
            all.collect()
        }),
        leaving: None,
        walls: Vec::new(),
        debt: None,
        one_person: None,
        done_by: Vec::new(),
        owed: None,
    }
}

/// Whether the last month has no project any more, after one that had, or whether none was needed.
fn is_finished(setting: &Setting, path: &Path) -> bool {
    let spent = path.project.iter().any(|p| *p > 0.0);
    (setting.weeks.0 == 0.0 && setting.stays == 0.0) || (spent && path.project.last() == Some(&0.0))
}

/// What the total is made of: all of it running but the project.
fn parts(setting: &Setting, trials: &[Vec<Path>], i: usize, lens: Lens) -> Vec<PartTotal> {
    let total = |of: &dyn Fn(&Path, usize) -> f64, discounted: bool| {
        let factors = factors(setting, discounted);
        let sum = |path: &Path| factors.iter().enumerate().map(|(month, factor)| of(path, month) * factor).sum();
        mean(&trials.iter().map(|t| sum(&t[i])).collect::<Vec<f64>>())
    };
    let part = |bucket: Bucket, phase: CostPhase, of: &dyn Fn(&Path, usize) -> f64| PartTotal {
        account: Account::Bucket(bucket),
        phase,
        total: total(of, false),
        present_value: total(of, true),
    };
    let invoiced = |share: f64| move |p: &Path, month: usize| p.invoices[month] * share;
    let mut all = vec![
        part(Bucket::Runtime, CostPhase::Running, &invoiced(0.6)),
        part(Bucket::Data, CostPhase::Running, &invoiced(0.3)),
        part(Bucket::Tooling, CostPhase::Running, &invoiced(0.1)),
    ];
    if lens >= Lens::Tco {
        all.push(part(Bucket::Engineering, CostPhase::Running, &|p, month| p.hours[month] * HOUR));
        all.push(part(Bucket::Engineering, CostPhase::Project, &|p, month| p.project[month]));
    }
    all
}

fn costs(setting: &Setting, trials: &[Vec<Path>], i: usize, lens: Lens) -> Costs {
    let months = setting.months as usize;
    let monthly = |m: usize| spread(&trials.iter().map(|t| t[i].cost(lens, m)).collect::<Vec<_>>());
    let all = |discounted: bool| -> Vec<Spread> {
        let paths: Vec<Vec<f64>> = trials.iter().map(|t| series(setting, &t[i], lens, discounted)).collect();
        (0..=months).map(|m| spread(&paths.iter().map(|p| p[m]).collect::<Vec<_>>())).collect()
    };
    let cumulative = all(false);
    Costs {
        lens,
        monthly: (1..=months).map(monthly).collect(),
        real: cumulative.iter().map(|s| s.mean).collect(),
        cumulative,
        present_value: all(true),
        real_difference: Vec::new(),
        fiscal_years: Vec::new(),
        fiscal_difference: Vec::new(),
        parts: parts(setting, trials, i, lens),
    }
}

fn crossover(setting: &Setting, trials: &[Vec<Path>], i: usize, lens: Lens, discounted: bool) -> Crossover {
    let months = setting.months as usize;
    let deltas: Vec<Vec<f64>> = trials
        .iter()
        .map(|t| {
            let (own, base) = (series(setting, &t[i], lens, discounted), series(setting, &t[0], lens, discounted));
            own.iter().zip(base).map(|(a, b)| if (a - b).abs() < 0.005 { 0.0 } else { a - b }).collect()
        })
        .collect();
    let left: Vec<bool> = deltas.iter().map(|d| d.iter().any(|v| *v != 0.0)).collect();
    let whens: Vec<When> =
        deltas.iter().zip(&left).map(|(d, left)| if *left { break_even(d) } else { When::Never }).collect();
    let holes: Vec<f64> = deltas.iter().map(|d| d.iter().copied().fold(0.0, f64::max)).collect();
    let hole_months = hole_months(&deltas, &holes, &left);
    let by = |of: &dyn Fn(usize, usize) -> bool| -> Vec<Probability> {
        (0..=months).map(|m| share((0..deltas.len()).map(|t| of(t, m)))).collect()
    };
    let broke_even_by = by(&|t, m| match whens[t] {
        When::FromStart => true,
        When::Month(at) => at as usize <= m,
        When::Never => false,
    });
    let ahead_at = by(&|t, m| left[t] && deltas[t][m] <= 0.0);
    let touched = by(&|t, m| (1..=m).any(|k| deltas[t][k] <= 0.0 && deltas[t][..k].iter().any(|v| *v > 0.0)));
    let never = share(whens.iter().zip(&left).map(|(w, l)| *l && *w == When::Never));
    let paid: Vec<When> = whens.iter().copied().filter(|w| *w != When::Never).collect();
    Crossover {
        lens,
        discounted,
        delta: (0..=months).map(|m| spread(&deltas.iter().map(|d| d[m]).collect::<Vec<_>>())).collect(),
        outcomes: Outcomes {
            did_not_leave: share(left.iter().map(|l| !l)),
            from_the_start: share(whens.iter().map(|w| *w == When::FromStart)),
            broke_even: share(whens.iter().map(|w| matches!(w, When::Month(_)))),
            ended_first: share(whens.iter().map(|_| false)),
            never,
        },
        run_rate_by: touched.clone(),
        broke_even_by,
        ahead_at,
        first_touch_by: touched,
        crosses_back: share(whens.iter().map(|_| false)),
        ahead_then_behind: share(whens.iter().map(|_| false)),
        paid_back_of_those_that_left: Some(share(
            whens.iter().zip(&left).filter(|(_, l)| **l).map(|(w, _)| *w != When::Never),
        )),
        outcomes_of_those_that_left: None,
        break_even: quantiles(&whens),
        break_even_among_those: (!paid.is_empty()).then(|| quantiles(&paid)),
        deepest_hole: spread(&holes),
        deepest_hole_month: hole_months.map(|months| quantiles_at(&months)),
        run_rate: quantiles(&whens),
        scale: scale(setting, trials, i),
    }
}

/// The size at which what is saved on invoices in the last month, taken back to today's load, pays for the hours.
fn scale(setting: &Setting, trials: &[Vec<Path>], i: usize) -> Scale {
    const QUARTER_OCTAVE: f64 = 1.189_207_115_002_721;
    let sizes: Vec<f64> = std::iter::successors(Some(0.125), |s| Some(s * QUARTER_OCTAVE)).take(37).collect();
    let m = setting.months as usize;
    let least = |t: &Vec<Path>| {
        let load = t[0].invoices[m] / setting.bill;
        let saved = (t[0].invoices[m] - t[i].invoices[m]) / load;
        let spent = (t[i].hours[m] - t[0].hours[m]) * HOUR;
        sizes.iter().position(|size| spent <= saved * size).unwrap_or(sizes.len())
    };
    let mut places: Vec<usize> = trials.iter().map(least).collect();
    places.sort_unstable();
    Scale {
        crossed_by: (0..sizes.len()).map(|at| share(places.iter().map(|p| *p <= at))).collect(),
        quantiles: quantiles_at(&places).map(|q| q.map(|place| sizes.get(place).copied())),
        changes_often: share(places.iter().map(|_| false)),
        sizes,
    }
}

fn hole_months(deltas: &[Vec<f64>], holes: &[f64], left: &[bool]) -> Option<Vec<u32>> {
    let found = deltas.iter().zip(holes).zip(left).filter(|(_, left)| **left);
    let mut months: Vec<u32> = found
        .map(|((d, hole), _)| d.iter().position(|v| v.max(0.0) == *hole).expect("the largest is there") as u32)
        .collect();
    months.sort_unstable();
    (!months.is_empty()).then_some(months)
}

/// 1 + the last month that is dearer.
fn break_even(delta: &[f64]) -> When {
    match delta.iter().rposition(|v| *v > 0.0) {
        None => When::FromStart,
        Some(m) if m + 1 == delta.len() => When::Never,
        Some(m) => When::Month(m as u32 + 1),
    }
}

fn quantiles(whens: &[When]) -> [WhenQuantile; 3] {
    quantiles_at(whens)
}

fn quantiles_at<T: Copy + Ord>(places: &[T]) -> [PlaceQuantile<T>; 3] {
    let mut sorted = places.to_vec();
    sorted.sort();
    let n = sorted.len() as f64;
    let place = |p: f64| sorted[((n * p) as usize).min(sorted.len() - 1)];
    [10, 50, 90].map(|percent| {
        let p = f64::from(percent) / 100.0;
        let half = 1.96 * (p * (1.0 - p) / n).sqrt();
        PlaceQuantile { percent, at: place(p), low: place((p - half).max(0.0)), high: place((p + half).min(1.0)) }
    })
}

fn share(holds: impl Iterator<Item = bool>) -> Probability {
    let (mut count, mut of) = (0, 0);
    for held in holds {
        count += u64::from(held);
        of += 1;
    }
    Probability { count, of }
}

fn mean(values: &[f64]) -> Mean {
    let n = values.len() as f64;
    let value = values.iter().sum::<f64>() / n;
    let sd = (values.iter().map(|v| (v - value) * (v - value)).sum::<f64>() / (n - 1.0)).sqrt();
    Mean { value, se: sd / n.sqrt(), sd }
}

fn spread(values: &[f64]) -> Spread {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let n = sorted.len() as f64;
    let place = |p: f64| sorted[((n * p) as usize).min(sorted.len() - 1)];
    let quantile = |p: f64| {
        let half = 1.96 * (p * (1.0 - p) / n).sqrt();
        Quantile { p, value: place(p), low: place((p - half).max(0.0)), high: place((p + half).min(1.0)) }
    };
    Spread { mean: mean(values), quantiles: QUANTILES.iter().map(|p| quantile(*p)).collect() }
}
