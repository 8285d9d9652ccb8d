//! Who does an option's coverable hours beside its developers: layers that take what they can, in order (MODEL.md §5).
//!
//! What a month leaves to the next, debt and the load that seats are opened for, goes through [`Op::Recall`] and
//! [`Op::Keep`]: who does the hours is known only when all of them are.

use super::builder::Builder;
use super::debt;
use super::driver::Drivers;
use super::event;
use super::migration::Project;
use super::op::{Binary, Clock, Col, Exact, Op, Seats, Unary};
use super::part::{LineColumn, inside, share_of};
use super::terms::Terms;
use super::work::People;
use crate::model::{
    Account, Bucket, Condition, Consultant, CostPhase, Cover, Dedicated, Layer, LayerKind, Lens, Reading, Scenario,
    Service, Side, WayToRun,
};

/// Engineer-days of an engineer-week.
const DAYS_PER_WEEK: f64 = 5.0;

/// Hours of a month that a layer does.
#[derive(Debug, Clone, PartialEq)]
pub struct DoneBy {
    /// The layer's name in the file.
    pub name: String,
    /// What people call it.
    pub title: String,
    /// Hours that it takes in the month.
    pub hours: Col,
    /// Its filled seats, if it has any.
    pub seats: Option<Col>,
}

/// What cover makes of an option's month.
pub(super) struct Done {
    /// The part of coverable hours that developers do.
    pub(super) developers: Col,
    /// Coverable hours of running it that developers do not.
    pub(super) taken: Col,
    /// The same with incidents at their mean.
    pub(super) mean_taken: Col,
    /// Pay of seats that are opened, and of those filled today.
    pub(super) pay: [Col; 2],
    pub(super) by: Vec<DoneBy>,
    pub(super) toil: Option<Col>,
}

/// Whether somebody covers an option, before or after it leaves.
pub(super) fn is_covered(scenario: &Scenario, option: &WayToRun) -> bool {
    let leaves = option.migration.is_some();
    !option.cover.is_empty() || (leaves && !scenario.baseline().cover.is_empty())
}

/// Whether a project waits for what developers have to do in the baseline.
pub(super) fn reads_toil(scenario: &Scenario) -> bool {
    let is_toil = |condition: &Condition| matches!(condition, Condition::Reading { of: Reading::Toil, .. });
    scenario.migrations.iter().any(|migration| migration.starts_when_any.iter().any(is_toil))
}

/// The part of the hours that those whose job it is did in the month before: what waste goes by, for who does the hours of a
/// month is known when its lines are. In month 1 the developers' own part.
pub(super) fn owned_before(b: &mut Builder, own: usize, leaves: bool) -> Col {
    let scenario = b.scenario;
    let option = if leaves { scenario.baseline() } else { &scenario.options[own] };
    let start = b.estimate(&option.owned_share);
    b.recall(start)
}

/// Hours in all working time of the engineers.
pub(super) fn toil(b: &mut Builder, drivers: &Drivers, hours: Col) -> Option<Col> {
    let engineers = drivers.now(b.scenario.people.engineers?);
    let each = b.constant(b.scenario.people.hours_per_month);
    let time = b.mul(engineers, each);
    Some(share_of(b, hours, time))
}

/// A layer as an option lives with it.
struct Run<'s> {
    layer: &'s Layer,
    /// When it begins to work, months since the opening.
    begins: Col,
    /// When it works no more.
    until: Col,
    /// When it is paid no more.
    paid_until: Col,
    /// When nobody is hired any more.
    hires_until: Col,
}

/// What a layer can take in a month, all of it.
struct Able {
    /// The part of the month in which it works.
    works: Col,
    /// Hours of a whole month; `None`: as many as there are.
    hours: Option<Col>,
    /// The part of all hours that it may take.
    may: Col,
}

/// Lowers who does the hours that the terms hold, adds what they cost to the terms, and lets debt go on.
pub(super) fn lower(
    b: &mut Builder,
    (drivers, people): (&Drivers, &People),
    own: usize,
    project: Option<&Project>,
    (project_hours, owned_before, terms): (Option<Col>, Option<Col>, &mut Terms),
) -> Done {
    let scenario = b.scenario;
    let option = &scenario.options[own];
    let (zero, one) = (b.zero(), b.one());
    let recalled = b.recall(zero);
    let with_seats = seats_of(b, drivers, own, project, recalled);
    let runs: Vec<Run> = runs(b, drivers, own, project, recalled, &with_seats);
    let [coverable, mean_coverable] = [coverable(b, terms, &terms.hours), coverable(b, terms, &terms.mean_hours)];
    let pool = project_hours.map_or(coverable, |hours| b.add(coverable, hours));
    let able: Vec<Able> = runs.iter().map(|run| able(b, people, run, &with_seats)).collect();
    let (taken, rest) = share_out(b, pool, &able);
    let (mean_taken, mean_rest) = share_out(b, mean_coverable, &able);
    let developers = share_of(b, rest, pool);
    // Without hours of a project this is the rest to the bit.
    let by_developers = project_hours.map_or(rest, |hours| {
        let of_project = b.mul(hours, developers);
        let others = b.sub(rest, of_project);
        b.binary(Binary::Max, others, zero)
    });

    let mut pay = [Vec::new(), Vec::new()];
    let (mut owned_taken, mut others_taken, mut lowers) = (Vec::new(), Vec::new(), Vec::new());
    for ((run, able), (taken, mean_taken)) in runs.iter().zip(&able).zip(taken.iter().zip(&mean_taken)) {
        let mut bill = Bill { own, layer: run.layer, terms };
        match &run.layer.kind {
            LayerKind::Dedicated(dedicated) => {
                owned_taken.push((one, *taken));
                let paid = inside(b, run.begins, run.paid_until);
                let seats = find(&with_seats, run.layer);
                bill.seats(b, dedicated, (seats, paid), &mut pay);
            }
            LayerKind::Service(service) => {
                owned_taken.push((one, *taken));
                bill.service(b, service, (run.begins, able.works), [*taken, *mean_taken]);
            }
            LayerKind::Consultant(consultant) => {
                others_taken.push((one, *taken));
                bill.consultant(b, consultant, able.works);
                let each = b.estimate(&consultant.lowers_debt);
                lowers.push((able.works, each));
            }
        }
    }
    let owned = match project {
        Some(project) => debt::owned_while_leaving(b, [scenario.baseline(), option], project.start),
        None => b.estimate(&option.owned_share),
    };
    let [owned_taken, others_taken, lowers] = [owned_taken, others_taken, lowers].map(|terms| b.sum(terms));
    let owned = owned_part(b, owned, pool, owned_taken, others_taken);
    owned_before.into_iter().for_each(|before| b.keep(before, owned));
    for pending in std::mem::take(&mut terms.debts) {
        debt::carry(b, &pending, owned, lowers);
    }
    let toil = toil(b, drivers, by_developers);
    b.keep(recalled, toil.unwrap_or(zero));
    let by: Vec<DoneBy> = runs.iter().zip(&taken).map(|(run, hours)| done_by(b, run, *hours, &with_seats)).collect();
    let option = &option.name;
    for done in &by {
        b.name(format!("option.{option}.cover.{}.hours", done.name), done.hours);
        if let Some(seats) = done.seats {
            b.name(format!("option.{option}.cover.{}.seats", done.name), seats);
        }
    }
    b.name(format!("option.{option}.owned"), owned);
    let pay = pay.map(|terms| b.sum(terms));
    b.name(format!("option.{option}.pay.opened"), pay[0]);
    b.name(format!("option.{option}.pay.of_today"), pay[1]);
    for line in terms.lines.iter_mut().filter(|line| is_coverable(line)) {
        line.amount = b.mul(line.amount, developers);
    }
    Done {
        developers,
        taken: b.sub(coverable, by_developers),
        mean_taken: b.sub(mean_coverable, mean_rest),
        pay,
        by,
        toil,
    }
}

/// Whether a line is of hours that somebody else may do.
fn is_coverable(line: &LineColumn) -> bool {
    let is_own = ["friction", "onboarding"].contains(&line.line.as_str()) || line.line.starts_with("cover.");
    line.lens == Lens::Tco && !is_own
}

/// The hours of a side that are not developers' own time.
pub(super) fn coverable(b: &mut Builder, terms: &Terms, hours: &[(Col, Col)]) -> Col {
    let others = hours.iter().enumerate().filter(|(place, _)| !terms.own_time.contains(place));
    b.sum(others.map(|(_, term)| *term).collect())
}

/// Who takes how much, in order, and what is left.
fn share_out(b: &mut Builder, pool: Col, able: &[Able]) -> (Vec<Col>, Col) {
    let mut rest = pool;
    let mut taken = Vec::with_capacity(able.len());
    for able in able {
        let may = b.mul(pool, able.may);
        let could = able.hours.map_or(may, |hours| b.binary(Binary::Min, may, hours));
        let could = b.mul(able.works, could);
        let own = b.binary(Binary::Min, rest, could);
        rest = b.sub(rest, own);
        taken.push(own);
    }
    (taken, rest)
}

/// c of MODEL.md §5: what is taken by those whose job it is, and the part of the developers' own that is `owned`.
fn owned_part(b: &mut Builder, owned: Col, pool: Col, taken: Col, others: Col) -> Col {
    let one = b.one();
    let part = share_of(b, taken, pool);
    let not_owned = b.sub(one, owned);
    let gained = b.mul(not_owned, part);
    let c = b.add(owned, gained);
    let lost = share_of(b, others, pool);
    let lost = b.mul(owned, lost);
    b.sub(c, lost)
}

fn find(with_seats: &[(&Layer, Seats)], layer: &Layer) -> Seats {
    let found = with_seats.iter().find(|(known, _)| known.path == layer.path);
    found.expect("Invariant: the seats of every dedicated layer are lowered first").1
}

fn done_by(b: &mut Builder, run: &Run, hours: Col, with_seats: &[(&Layer, Seats)]) -> DoneBy {
    let seats = matches!(run.layer.kind, LayerKind::Dedicated(_)).then(|| {
        let seats = find(with_seats, run.layer);
        b.add(seats.of_today(), seats.opened())
    });
    DoneBy { name: run.layer.name.clone(), title: run.layer.title.clone(), hours, seats }
}

/// Layers that an option lives with at some time, and whether they are its own; those that have seats first.
fn layers(scenario: &Scenario, own: usize, leaves: bool) -> Vec<(&Layer, bool)> {
    let option = &scenario.options[own];
    let is_home = own == scenario.baseline.0;
    let home = scenario.baseline().cover.layers.iter().filter(|_| !is_home);
    let home = home.filter(|layer| leaves || option.cover.goes_on.contains(&layer.name));
    let mut all: Vec<(&Layer, bool)> =
        home.map(|layer| (layer, false)).chain(option.cover.layers.iter().map(|layer| (layer, true))).collect();
    all.sort_by(|(one, _), (other, _)| (one.order, &one.name).cmp(&(other.order, &other.name)));
    all
}

fn runs<'s>(
    b: &mut Builder<'s>,
    drivers: &Drivers,
    own: usize,
    project: Option<&Project>,
    toil: Col,
    with_seats: &[(&'s Layer, Seats)],
) -> Vec<Run<'s>> {
    let scenario = b.scenario;
    let all = layers(scenario, own, project.is_some());
    all.into_iter()
        .map(|layer| run(b, drivers, &scenario.options[own].cover, project, layer, (toil, with_seats)))
        .collect()
}

/// When a layer works, is paid and hires.
fn run<'s>(
    b: &mut Builder<'s>,
    drivers: &Drivers,
    cover: &Cover,
    project: Option<&Project>,
    (layer, is_own): (&'s Layer, bool),
    (toil, with_seats): (Col, &[(&'s Layer, Seats)]),
) -> Run<'s> {
    let zero = b.zero();
    let mut begins = match &layer.begins {
        None => zero,
        Some(month) => {
            let (month, one) = (b.estimate(month), b.one());
            let month = b.unary(Unary::Round, month);
            b.sub(month, one)
        }
    };
    if let Some(project) = project.filter(|_| is_own) {
        begins = b.binary(Binary::Max, begins, project.start);
    }
    let list = if is_own { &cover.layers } else { &b.scenario.baseline().cover.layers };
    let filled =
        |place: usize| with_seats.iter().find(|(known, _)| known.path == list[place].path).map(|known| known.1);
    let mut ends = match layer.ends_when.as_slice() {
        [] => b.constant(f64::INFINITY),
        conditions => fires(b, drivers, conditions, toil, &filled),
    };
    // With the product everybody's work ends, and notice is given.
    ends = event::given_up(b, Some(ends)).unwrap_or(ends);
    let notice = b.estimate(&layer.notice_months);
    let notice = b.unary(Unary::Round, notice);
    let stays_paid = matches!(layer.kind, LayerKind::Dedicated(_)) && !cover.is_released;
    let on_its_own = b.add(ends, notice);
    let is_left = !is_own && !cover.goes_on.contains(&layer.name);
    if let Some(project) = project.filter(|_| is_left) {
        ends = b.binary(Binary::Min, ends, project.start);
    }
    let mut until = b.add(ends, notice);
    if let LayerKind::Consultant(Consultant { lasts_months: Some(lasts), .. }) = &layer.kind {
        let lasts = b.estimate(lasts);
        let lasts = b.unary(Unary::Round, lasts);
        let over = b.add(begins, lasts);
        until = b.binary(Binary::Min, until, over);
    }
    let paid_until = if stays_paid { on_its_own } else { until };
    Run { layer, begins, until, paid_until, hires_until: ends }
}

/// The seats of all dedicated layers, in order.
fn seats_of<'s>(
    b: &mut Builder<'s>,
    drivers: &Drivers,
    own: usize,
    project: Option<&Project>,
    toil: Col,
) -> Vec<(&'s Layer, Seats)> {
    let scenario = b.scenario;
    let mut all = Vec::new();
    for layer in layers(scenario, own, project.is_some()) {
        let LayerKind::Dedicated(dedicated) = &layer.0.kind else { continue };
        let run = run(b, drivers, &scenario.options[own].cover, project, layer, (toil, &[]));
        let opens = match dedicated.hire_when_any.as_slice() {
            [] => run.begins,
            conditions => {
                let fired = fires(b, drivers, conditions, toil, &|_| None);
                b.binary(Binary::Max, fired, run.begins)
            }
        };
        let [lag, ramp] = [&dedicated.lag_months, &dedicated.ramp_months].map(|months| {
            let months = b.estimate(months);
            b.unary(Unary::Round, months)
        });
        let attrition = a_month(b, dedicated);
        let stream = b.stream(format!("{}.attrition", layer.0.path));
        let (seats, filled) = (dedicated.seats, dedicated.filled);
        let (begins, ends) = (run.begins, run.hires_until);
        all.push((
            layer.0,
            Seats(b.emit(Op::Seats { begins, opens, ends, lag, ramp, attrition, seats, filled, stream })),
        ));
    }
    all
}

/// 1 − (1 − A)^(1/12).
fn a_month(b: &mut Builder, dedicated: &Dedicated) -> Col {
    let (one, twelfth) = (b.one(), b.constant(1.0 / 12.0));
    let a_year = b.estimate(&dedicated.attrition);
    let stays = b.sub(one, a_year);
    let stays = b.binary(Binary::Pow, stays, twelfth);
    b.sub(one, stays)
}

/// The time at which the first of some conditions is acted on.
fn fires(
    b: &mut Builder,
    drivers: &Drivers,
    conditions: &[Condition],
    toil: Col,
    filled: &dyn Fn(usize) -> Option<Seats>,
) -> Col {
    let (mut holds, mut month) = (Vec::new(), None);
    for condition in conditions {
        match *condition {
            Condition::Reading { of, side, mark, months } => {
                let (reading, today, is_past) = match of {
                    Reading::Driver(id) => (drivers.now(id), Some(drivers.today(id)), false),
                    Reading::Toil => (toil, None, true),
                    Reading::Bill => unreachable!("Invariant: layers do not wait for bills"),
                };
                let mark = Exact::new(mark);
                holds.push(b.emit(Op::Held { reading, today, side, mark, months, is_past }));
            }
            Condition::Month(number) => month = Some(month.map_or(number, |known: u32| known.min(number))),
            Condition::Filled(place) => {
                let seats = filled(place).expect("Invariant: only what has no seats waits for them to be filled");
                let reading = b.add(seats.of_today(), seats.opened());
                let (side, mark, months) = (Side::Above, Exact::new(0.5), 1);
                holds.push(b.emit(Op::Held { reading, today: None, side, mark, months, is_past: false }));
            }
            Condition::Renewal | Condition::Wall | Condition::Requirement(_) => {
                unreachable!("Invariant: layers do not wait for contracts, walls or requirements")
            }
        }
    }
    match month {
        Some(number) if holds.is_empty() => b.constant(f64::from(number) - 1.0),
        _ => {
            let from = b.zero();
            b.emit(Op::Start { holds, hits: Vec::new(), month, from, delay: 0, ended: None })
        }
    }
}

/// What a layer can do in a month.
fn able(b: &mut Builder, people: &People, run: &Run, with_seats: &[(&Layer, Seats)]) -> Able {
    let (zero, one) = (b.zero(), b.one());
    let never_ends = b.value(run.until) == Some(f64::INFINITY);
    let works = if run.begins == zero && never_ends { one } else { inside(b, run.begins, run.until) };
    let (hours, may) = match &run.layer.kind {
        LayerKind::Dedicated(dedicated) => {
            let each = b.estimate(&dedicated.productive_hours);
            (Some(b.mul(find(with_seats, run.layer).productive(), each)), one)
        }
        LayerKind::Service(service) => of_service(b, service),
        LayerKind::Consultant(consultant) => (Some(of_consultant(b, people, consultant)), one),
    };
    Able { works, hours, may }
}

/// Hours of a month that a service does at most, and the part of all hours that it may.
fn of_service(b: &mut Builder, service: &Service) -> (Option<Col>, Col) {
    let one = b.one();
    let included = b.estimate(&service.includes_hours);
    let hours = match (&service.beyond, &service.at_most_hours) {
        (None, _) => Some(included),
        (Some(_), None) => None,
        (Some(_), Some(above)) => {
            let above = b.estimate(above);
            Some(b.add(included, above))
        }
    };
    let inside = b.estimate(&service.stays_inside);
    (hours, b.sub(one, inside))
}

fn of_consultant(b: &mut Builder, people: &People, consultant: &Consultant) -> Col {
    let days = b.estimate(&consultant.days);
    let week = b.constant(DAYS_PER_WEEK);
    let day = b.div(people.hours_per_week, week);
    b.mul(days, day)
}

/// What a layer's hours above those included cost in a month of which it works a part.
fn overage(b: &mut Builder, service: &Service, works: Col, taken: Col) -> Col {
    let Some(rate) = &service.beyond else { return b.zero() };
    let (zero, included) = (b.zero(), b.estimate(&service.includes_hours));
    let included = b.mul(works, included);
    let above = b.sub(taken, included);
    let above = b.binary(Binary::Max, above, zero);
    let rate = b.estimate(rate);
    b.mul(rate, above)
}

/// Adds what a layer costs to an option's terms.
struct Bill<'t, 's, 'p> {
    own: usize,
    layer: &'s Layer,
    terms: &'t mut Terms<'p>,
}

impl Bill<'_, '_, '_> {
    /// A line, as drawn and with incidents at their mean.
    fn invoice(&mut self, b: &mut Builder, what: &str, [amount, mean]: [Col; 2], mark: usize) {
        let one = b.one();
        let engineering = Bucket::Engineering as usize;
        self.terms.invoiced[engineering].push((one, amount));
        self.terms.mean_invoiced[engineering].push((one, mean));
        self.line(b, what, amount, (Lens::Invoices, mark));
    }

    fn line(&mut self, b: &mut Builder, what: &str, amount: Col, (lens, mark): (Lens, usize)) {
        let (zero, one) = (b.zero(), b.one());
        if amount == zero {
            return;
        }
        let asked = mark..b.mark();
        b.figure(&format!("{}.{what}", self.layer.path), self.own, "$", (one, amount), asked);
        self.terms.lines.push(LineColumn {
            platform: None,
            account: Account::Bucket(Bucket::Engineering),
            line: format!("cover.{}.{what}", self.layer.name),
            phase: CostPhase::Running,
            lens,
            amount,
        });
    }

    fn seats(
        &mut self,
        b: &mut Builder,
        dedicated: &Dedicated,
        (seats, paid): (Seats, Col),
        pay: &mut [Vec<(Col, Col)>; 2],
    ) {
        let mark = b.mark();
        let each = raised(b, dedicated);
        for (place, (number, lens, what)) in
            [(seats.opened(), Lens::Cash, "pay"), (seats.of_today(), Lens::Tco, "pay_of_today")].into_iter().enumerate()
        {
            let is_any = if place == 0 { dedicated.seats > dedicated.filled } else { dedicated.filled > 0 };
            if is_any {
                let number = b.mul(paid, number);
                let amount = b.mul(number, each);
                pay[place].push((number, each));
                self.line(b, what, amount, (lens, mark));
            }
        }
        let mark = b.mark();
        let recruiting = b.estimate(&dedicated.recruiting);
        let amount = b.mul(seats.recruited(), recruiting);
        self.invoice(b, "recruiting", [amount, amount], mark);
    }

    fn service(&mut self, b: &mut Builder, service: &Service, (begins, works): (Col, Col), taken: [Col; 2]) {
        let mark = b.mark();
        let retainer = b.estimate(&service.retainer);
        let retainer = b.mul(works, retainer);
        self.invoice(b, "retainer", [retainer, retainer], mark);
        let mark = b.mark();
        let overages = taken.map(|taken| overage(b, service, works, taken));
        self.invoice(b, "overage", overages, mark);
        let mark = b.mark();
        let fee = b.estimate(&service.setup_fee);
        if fee != b.zero() {
            let (one, floor) = (b.one(), b.unary(Unary::Floor, begins));
            let month = b.add(floor, one);
            let fee = b.emit(Op::InMonth { amount: fee, month, service: works });
            self.invoice(b, "setup_fee", [fee, fee], mark);
        }
    }

    fn consultant(&mut self, b: &mut Builder, consultant: &Consultant, works: Col) {
        let mark = b.mark();
        let days = b.estimate(&consultant.days);
        let rate = b.estimate(&consultant.day_rate);
        let paid = b.mul(days, rate);
        let paid = b.mul(works, paid);
        self.invoice(b, "days", [paid, paid], mark);
    }
}

/// Pay of one seat in the month, with the raises of all people.
fn raised(b: &mut Builder, dedicated: &Dedicated) -> Col {
    let base = b.estimate(&dedicated.pay);
    let raise = b.scenario.people.raise.clone();
    let raise = b.estimate(&raise);
    let log_rate = b.ln_1p(raise);
    if log_rate == b.zero() { base } else { b.emit(Op::Drift { base, log_rate, clock: Clock::Start }) }
}

/// A steady month's hours of developers and what layers cost, and the part of the hours that is owned.
pub(super) struct Steady {
    pub(super) rest: Col,
    pub(super) invoiced: Col,
    /// Pay of seats that are opened, and of those filled today.
    pub(super) pay: [Col; 2],
    pub(super) owned: Col,
}

/// Lowers a steady month: seats are full and productive, and layers with an end are over.
pub(super) fn steady(b: &mut Builder, drivers: &Drivers, people: &People, own: usize, pool: Col) -> Steady {
    let scenario = b.scenario;
    let option = &scenario.options[own];
    let one = b.one();
    let goes_on: Vec<&Layer> = layers(scenario, own, false).into_iter().map(|(layer, _)| layer).collect();
    let lasts = |layer: &&&Layer| {
        let is_over = matches!(&layer.kind, LayerKind::Consultant(Consultant { lasts_months: Some(_), .. }));
        layer.ends_when.is_empty() && !is_over
    };
    let all: Vec<&Layer> = goes_on.iter().filter(lasts).copied().collect();
    let toil = {
        let mut able = Vec::new();
        for layer in &all {
            let open = match &layer.kind {
                LayerKind::Dedicated(d) if !d.hire_when_any.is_empty() => b.constant(f64::from(d.filled)),
                LayerKind::Dedicated(d) => b.constant(f64::from(d.seats)),
                _ => one,
            };
            able.push(steady_able(b, people, layer, open));
        }
        let (_, rest) = share_out(b, pool, &able);
        toil(b, drivers, rest)
    };
    let mut numbers = Vec::new();
    for layer in &all {
        numbers.push(steady_seats(b, drivers, layer, toil));
    }
    let able: Vec<Able> =
        all.iter().zip(&numbers).map(|(layer, seats)| steady_able(b, people, layer, *seats)).collect();
    let (taken, rest) = share_out(b, pool, &able);
    let (mut invoiced, mut pay) = (Vec::new(), [Vec::new(), Vec::new()]);
    let (mut owned_taken, mut others_taken) = (Vec::new(), Vec::new());
    for (((layer, seats), able), taken) in all.iter().zip(numbers).zip(&able).zip(taken) {
        match &layer.kind {
            LayerKind::Dedicated(dedicated) => {
                owned_taken.push((one, taken));
                pay_steady(b, dedicated, seats, &mut pay);
            }
            LayerKind::Service(service) => {
                owned_taken.push((one, taken));
                let retainer = b.estimate(&service.retainer);
                invoiced.push((one, retainer));
                let above = overage(b, service, able.works, taken);
                invoiced.push((one, above));
            }
            LayerKind::Consultant(consultant) => {
                others_taken.push((one, taken));
                let (days, rate) = (b.estimate(&consultant.days), b.estimate(&consultant.day_rate));
                invoiced.push((days, rate));
            }
        }
    }
    // The baseline's seats that an option has not are paid for all the same, as far as they are filled today.
    let leaves = option.migration.is_some() && !option.cover.is_released;
    for layer in scenario.baseline().cover.layers.iter().filter(|_| leaves) {
        let is_kept = option.cover.goes_on.contains(&layer.name) || !layer.ends_when.is_empty();
        if let (LayerKind::Dedicated(dedicated), false) = (&layer.kind, is_kept) {
            let is_open = dedicated.hire_when_any.is_empty();
            let seats = b.constant(f64::from(if is_open { dedicated.seats } else { dedicated.filled }));
            pay_steady(b, dedicated, seats, &mut pay);
        }
    }
    let [owned_taken, others_taken] = [owned_taken, others_taken].map(|terms| b.sum(terms));
    let owned = b.estimate(&option.owned_share);
    let owned = owned_part(b, owned, pool, owned_taken, others_taken);
    Steady { rest, invoiced: b.sum(invoiced), pay: pay.map(|terms| b.sum(terms)), owned }
}

fn pay_steady(b: &mut Builder, dedicated: &Dedicated, seats: Col, pay: &mut [Vec<(Col, Col)>; 2]) {
    let each = b.estimate(&dedicated.pay);
    let today = b.constant(f64::from(dedicated.filled));
    let opened = b.sub(seats, today);
    pay[0].push((opened, each));
    pay[1].push((today, each));
}

/// Seats that are filled at a size: all, or those of today until a signal opens the others.
fn steady_seats(b: &mut Builder, drivers: &Drivers, layer: &Layer, toil: Option<Col>) -> Col {
    let (zero, one) = (b.zero(), b.one());
    let LayerKind::Dedicated(dedicated) = &layer.kind else { return one };
    let all = b.constant(f64::from(dedicated.seats));
    if dedicated.hire_when_any.is_empty() {
        return all;
    }
    let mut fired = zero;
    for condition in &dedicated.hire_when_any {
        let holds = match *condition {
            Condition::Reading { of: Reading::Driver(id), side, mark, .. } => {
                b.emit(Op::Beyond { reading: drivers.now(id), side, mark: Exact::new(mark) })
            }
            Condition::Reading { of: Reading::Toil, side, mark, .. } => {
                b.emit(Op::Beyond { reading: toil.unwrap_or(zero), side, mark: Exact::new(mark) })
            }
            _ => one,
        };
        fired = b.binary(Binary::Max, fired, holds);
    }
    let today = b.constant(f64::from(dedicated.filled));
    let more = b.constant(f64::from(dedicated.seats - dedicated.filled));
    let more = b.mul(fired, more);
    b.add(today, more)
}

fn steady_able(b: &mut Builder, people: &People, layer: &Layer, seats: Col) -> Able {
    let one = b.one();
    let (hours, may) = match &layer.kind {
        LayerKind::Dedicated(dedicated) => {
            let each = b.estimate(&dedicated.productive_hours);
            (Some(b.mul(seats, each)), one)
        }
        LayerKind::Service(service) => of_service(b, service),
        LayerKind::Consultant(consultant) => (Some(of_consultant(b, people, consultant)), one),
    };
    Able { works: one, hours, may }
}
