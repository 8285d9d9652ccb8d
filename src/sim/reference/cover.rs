//! The twin of cover: MODEL.md §5, a layer and a month at a time.

mod steady;

use std::collections::BTreeMap;

use super::Twin;
use super::option::Costs;
use super::project::{Project, part};
use crate::math::elementary::{pow, uniform};
use crate::model::{
    Bucket, Condition, Dedicated, DriverId, Fact, Layer, LayerKind, Reading, Service, Side, Signal, Task, WayToRun,
};
use crate::units::WEEKS_PER_MONTH;

/// What months of an option leave to later ones.
#[derive(Default)]
pub(super) struct Lived {
    /// The part of the hours done by those whose job it is, by month.
    owned: Vec<f64>,
    /// What somebody takes off the debt, by month.
    lowers: Vec<f64>,
    /// Developers' coverable hours in their working time, by month.
    pub(super) toil: Vec<f64>,
    /// How many know production, by month; nothing where the file does not say.
    pub(super) know: Vec<f64>,
    /// Invoices by month, without a project's.
    pub(super) bills: Vec<f64>,
    /// First months in which walls were hit so far.
    pub(super) walls: Vec<f64>,
    /// Counts of incidents by month, by platform and class.
    pub(super) struck: BTreeMap<(String, String), Vec<f64>>,
    /// The months in which signals fired first.
    pub(super) fired: BTreeMap<Signal, u32>,
    /// The months in which services did all that they do at most and more was left, the first of each.
    capped: BTreeMap<String, u32>,
    seats: BTreeMap<String, Vec<Seat>>,
    /// Filled seats by layer and month.
    filled: BTreeMap<String, Vec<f64>>,
    /// What is compared of the last month, by name.
    pub(super) noted: Vec<(String, f64)>,
}

/// One seat at the opening of a month.
#[derive(Clone, Copy, PartialEq)]
enum Seat {
    Empty,
    /// Somebody comes in a month, or came in it.
    From(u32),
    /// Somebody was there before.
    Settled,
}

/// A layer and when it works: from, to, paid until, hires until.
struct Term<'a> {
    layer: &'a Layer,
    from: f64,
    to: f64,
    paid_to: f64,
    hires_to: f64,
    /// Whether its people go when the list that it is of holds no more.
    is_released: bool,
}

/// How long requests wait for the first layer with a filled seat.
struct Gate {
    /// The part of the month in which nobody has served yet.
    left: f64,
    /// How many times its handling a request waits.
    delay: f64,
    mean_delay: f64,
}

impl Gate {
    /// A layer that can do so many hours in a whole month serves for a part of it, and is offered some, with incidents as
    /// drawn and at their mean.
    fn serves(&mut self, part: f64, able: f64, (offered, mean_offered): (f64, f64)) {
        let part = part.min(self.left);
        self.left -= part;
        let wait = |offered: f64| {
            let load = match offered {
                0.0 => 0.0,
                _ => (offered / able).min(0.95),
            };
            load / (1.0 - load)
        };
        self.delay += part * wait(offered);
        self.mean_delay += part * wait(mean_offered);
    }
}

fn whole(months: f64) -> f64 {
    (months + 0.5).floor()
}

impl Lived {
    /// What is owned in a month that is over.
    pub(super) fn owned(&self, m: u32) -> f64 {
        self.owned[m as usize - 1]
    }

    /// Mean invoice of the last three months to the end of a month, of fewer where there are no more.
    pub(super) fn bill(&self, m: u32) -> f64 {
        let months = &self.bills[m.saturating_sub(3) as usize..m as usize];
        months.iter().sum::<f64>() / months.len() as f64
    }

    /// Whether a class struck one platform twice in so many months, of which `time` was the last.
    pub(super) fn is_struck_twice(&self, class: &str, time: u32, months: u32) -> bool {
        let mut of_class = self.struck.iter().filter(|((_, name), _)| name == class);
        let first = time.saturating_sub(months) as usize;
        of_class.any(|(_, counts)| counts[first..time as usize].iter().sum::<f64>() >= 2.0)
    }

    /// What is taken off debt in a month that is over.
    pub(super) fn lowers(&self, m: u32) -> f64 {
        self.lowers[m as usize - 1]
    }
}

impl Twin<'_> {
    pub(super) fn is_covered(&self, option: &WayToRun) -> bool {
        let before = option.migration.is_some() && !self.scenario.baseline().cover.is_empty();
        before || !option.cover.is_empty()
    }

    /// Developers' hours in all their working time.
    fn toil_of(&self, hours: f64, engineers: impl Fn(DriverId) -> f64) -> f64 {
        let people = &self.scenario.people;
        let time = people.engineers.map_or(0.0, |id| engineers(id) * people.hours_per_month);
        if time > 0.0 { hours / time } else { 0.0 }
    }

    /// Gives a month's coverable hours to whoever takes them, and leaves the rest in the costs.
    pub(super) fn take_over(
        &self,
        option: &WayToRun,
        project: Option<&Project>,
        m: u32,
        lived: &mut Lived,
        costs: &mut Costs,
    ) {
        let engineers = |id: DriverId| self.drivers[id.0][self.j(m)];
        if !self.is_covered(option) {
            lived.toil.push(self.toil_of(costs.coverable, engineers));
            lived.know.push(self.fact(Fact::KnowProduction, m));
            return;
        }
        let by_cover = project.is_some_and(|project| project.migration.hours_by_cover);
        let pool = costs.coverable + if by_cover { costs.project_hours } else { 0.0 };
        let (mut rest, mut mean_rest) = (pool, costs.mean_coverable);
        let (mut job, mut others, mut lowers) = (0.0, 0.0, 0.0);
        let mut gate = Gate { left: 1.0, delay: 0.0, mean_delay: 0.0 };
        lived.noted.clear();
        let mut know = self.fact(Fact::KnowProduction, m);
        for term in self.terms(option, project, m, lived) {
            let Term { layer, from, to, paid_to, hires_to, is_released } = term;
            let works = part(f64::from(m), from, to);
            let mut invoiced = 0.0;
            let mut mean_invoiced = 0.0;
            let name = &layer.name;
            let offered = (rest, mean_rest);
            let mut take = |able: f64, outside: f64| {
                let own = (works * able.min(pool * outside)).min(rest);
                let mean = (works * able.min(costs.mean_coverable * outside)).min(mean_rest);
                rest -= own;
                mean_rest -= mean;
                (own, mean)
            };
            let own = match &layer.kind {
                LayerKind::Dedicated(dedicated) => {
                    let [of_today, opened, productive, recruited] =
                        self.seats(layer, dedicated, (from, hires_to), m, (option, lived));
                    let lacking = f64::from(dedicated.filled) - of_today;
                    know += works * (opened - lacking);
                    if is_released {
                        know -= (1.0 - works) * f64::from(dedicated.filled);
                    }
                    let paid = part(f64::from(m), from, paid_to);
                    let raised = pow(1.0 + self.value(&self.scenario.people.raise), f64::from(m - 1) / 12.0);
                    let pay = self.value(&dedicated.pay) * raised;
                    costs.pay[0] += paid * opened * pay;
                    costs.pay[1] += paid * of_today * pay;
                    invoiced += recruited * self.value(&dedicated.recruiting);
                    mean_invoiced += recruited * self.value(&dedicated.recruiting);
                    lived.noted.push((format!("cover.{name}.seats"), of_today + opened));
                    let able = productive * self.value(&dedicated.productive_hours);
                    if of_today + opened > 0.0 {
                        gate.serves(works, able, offered);
                    }
                    let own = take(able, 1.0).0;
                    job += own;
                    own
                }
                LayerKind::Service(service) => {
                    know += 2.0 * works;
                    let may = 1.0 - self.value(&service.stays_inside);
                    let (own, mean) = take(self.able(service), may);
                    if service.beyond.is_some() && service.at_most_hours.is_some() {
                        let beyond = (works * pool * may).min(offered.0) - own;
                        // Less is rounding.
                        if beyond > 1e-6 {
                            lived.capped.entry(name.clone()).or_insert(m);
                        }
                        let first = lived.capped.get(name).map_or(-1.0, |first| f64::from(*first));
                        lived.noted.push((format!("cover.{name}.beyond"), beyond));
                        lived.noted.push((format!("cover.{name}.cap"), first));
                    }
                    let fee = if f64::from(m) == from.floor() + 1.0 && works > 0.0 {
                        self.value(&service.setup_fee)
                    } else {
                        0.0
                    };
                    let bill = |hours: f64| works * self.value(&service.retainer) + self.overage(service, works, hours);
                    invoiced += fee + bill(own);
                    mean_invoiced += fee + bill(mean);
                    job += own;
                    own
                }
                LayerKind::Consultant(consultant) => {
                    let days = self.value(&consultant.days);
                    let (own, _) = take(days * self.hours_a_day(), 1.0);
                    invoiced += works * days * self.value(&consultant.day_rate);
                    mean_invoiced += works * days * self.value(&consultant.day_rate);
                    lowers += works * self.value(&consultant.lowers_debt);
                    others += own;
                    own
                }
            };
            lived.noted.push((format!("cover.{name}.hours"), own));
            let dearer = self.fees(layer, m);
            costs.invoiced[Bucket::Engineering as usize] += invoiced * dearer;
            costs.mean_invoiced += mean_invoiced * dearer;
        }
        let per = |hours: f64| if pool > 0.0 { hours / pool } else { 0.0 };
        let own_part = match project {
            Some(project) => self.owned_while_leaving(option, project, m),
            None => self.value(&option.owned_share),
        };
        // Who has nothing to do owns what its developers would.
        let by_developers = 1.0 - per(job) - per(others);
        let owned = own_part * by_developers + per(job);
        lived.owned.push(owned);
        lived.lowers.push(lowers);
        let left = costs.coverable * per(rest);
        lived.toil.push(self.toil_of(left, engineers));
        costs.hours -= costs.coverable - left;
        costs.mean_hours -= costs.mean_coverable - mean_rest;
        for (handling, lost) in std::mem::take(&mut costs.requests) {
            costs.spent(Task::Waiting, handling * lost * gate.delay);
            costs.hours += handling * lost * gate.delay;
            costs.mean_hours += handling * lost * gate.mean_delay;
        }
        costs.dual_hours *= per(rest);
        if by_cover {
            costs.project_hours *= per(rest);
        }
        lived.noted.push(("owned".into(), owned));
        lived.know.push(know);
        if self.scenario.people.know_production.is_some() {
            lived.noted.push(("know_production".into(), know));
        }
        lived.noted.push(("pay.opened".into(), costs.pay[0]));
        lived.noted.push(("pay.of_today".into(), costs.pay[1]));
    }

    /// What prices of a layer's vendor are in month m, times those of month 1.
    fn fees(&self, layer: &Layer, m: u32) -> f64 {
        let Some(id) = layer.vendor else { return 1.0 };
        let rises = self.scenario.vendors[id.0].rises.as_ref().map_or(0.0, |rises| self.value(rises));
        pow(1.0 + rises, f64::from(m - 1) / 12.0) * self.vendor_by_events(id, m)
    }

    fn hours_a_day(&self) -> f64 {
        self.scenario.people.hours_per_month / WEEKS_PER_MONTH / 5.0
    }

    /// Hours of a month that a service does at most.
    fn able(&self, service: &Service) -> f64 {
        let included = self.value(&service.includes_hours);
        match (&service.beyond, &service.at_most_hours) {
            (None, _) => included,
            (Some(_), None) => f64::INFINITY,
            (Some(_), Some(all)) => included.max(self.value(all)),
        }
    }

    fn overage(&self, service: &Service, works: f64, hours: f64) -> f64 {
        let above = (hours - works * self.value(&service.includes_hours)).max(0.0);
        service.beyond.as_ref().map_or(0.0, |rate| above * self.value(rate))
    }

    /// Everybody who may work for an option at some time, in order.
    fn terms<'b>(&'b self, option: &'b WayToRun, project: Option<&Project>, m: u32, lived: &Lived) -> Vec<Term<'b>> {
        let home = self.scenario.baseline();
        let mut all = Vec::new();
        for layer in option.cover.layers.iter().filter(|_| true) {
            all.push(self.term(
                option,
                layer,
                project.map_or(0.0, |project| project.start),
                (f64::INFINITY, false),
                m,
                lived,
            ));
        }
        if home.name != option.name {
            for layer in &home.cover.layers {
                let goes_on = option.cover.goes_on.contains(&layer.name);
                let left = match project {
                    Some(project) if !goes_on => project.start,
                    None if !goes_on => continue,
                    _ => f64::INFINITY,
                };
                let stays_paid = !option.cover.is_released;
                let is_released = project.is_some() && !goes_on && option.cover.is_released;
                let term = self.term(home, layer, 0.0, (left, stays_paid), m, lived);
                all.push(Term { is_released, ..term });
            }
        }
        all.sort_by_key(|term| (term.layer.order, term.layer.name.clone()));
        all
    }

    /// When a layer of a list works, for a list that holds from a time to another.
    fn term<'b>(
        &self,
        list: &WayToRun,
        layer: &'b Layer,
        holds_from: f64,
        (left, stays_paid): (f64, bool),
        m: u32,
        lived: &Lived,
    ) -> Term<'b> {
        let stated = layer.begins.as_ref().map_or(0.0, |month| whole(self.value(month)) - 1.0);
        let from = stated.max(holds_from);
        let notice = whole(self.value(&layer.notice_months));
        let ended = match layer.ends_when.as_slice() {
            [] => f64::INFINITY,
            conditions => self.fired(list, conditions, m, lived),
        };
        let ended = self.given_up(ended);
        let hires_to = ended.min(left);
        let mut to = hires_to + notice;
        if let LayerKind::Consultant(consultant) = &layer.kind
            && let Some(lasts) = &consultant.lasts_months
        {
            to = to.min(from + whole(self.value(lasts)));
        }
        let has_seats = matches!(layer.kind, LayerKind::Dedicated(_));
        let paid_to = if has_seats && stays_paid { ended + notice } else { to };
        Term { layer, from, to, paid_to, hires_to, is_released: false }
    }

    /// The time at which a condition is acted on first, as known in month m.
    fn fired(&self, list: &WayToRun, conditions: &[Condition], m: u32, lived: &Lived) -> f64 {
        let is_met = |time: &u32| conditions.iter().any(|condition| self.is_met(list, condition, *time, lived));
        (0..m).find(is_met).map_or(f64::INFINITY, f64::from)
    }

    /// Whether a condition of a layer holds as seen at the end of month `time`.
    fn is_met(&self, list: &WayToRun, condition: &Condition, time: u32, lived: &Lived) -> bool {
        let beyond =
            |side: Side, reading: f64, mark: f64| if side == Side::Above { reading > mark } else { reading < mark };
        match *condition {
            Condition::Month(number) => number <= time + 1,
            Condition::Repeated { ref class, months } => lived.is_struck_twice(class, time, months),
            Condition::Renewal => self.is_renewed(time),
            Condition::Requirement(id) => self.is_asked_for(id, time),
            Condition::Wall => lived.walls.iter().any(|hit| *hit > 0.0 && *hit <= f64::from(time)),
            Condition::Filled(place) => {
                let path = &list.cover.layers[place].path;
                time > 0 && lived.filled.get(path).is_some_and(|months| months[time as usize - 1] >= 1.0)
            }
            Condition::Reading { of: Reading::Driver(id), side, mark, months } if time == 0 => {
                months == 1 && beyond(side, self.today(id), mark)
            }
            Condition::Reading { of: Reading::Fact(fact), side, mark, months } if time == 0 => {
                months == 1 && beyond(side, self.fact_today(fact), mark)
            }
            Condition::Reading { of, side, mark, months } => {
                let reading = |m: u32| match of {
                    Reading::Driver(id) => self.drivers[id.0][self.j(m)],
                    Reading::Fact(fact) => self.fact(fact, m),
                    Reading::Toil => lived.toil[m as usize - 1],
                    Reading::Bill => lived.bill(m),
                };
                time >= months && (time - months + 1..=time).all(|m| beyond(side, reading(m), mark))
            }
        }
    }

    /// Seats of a layer in a month: filled ones of today's, others, what they come to, and who is new.
    fn seats(
        &self,
        layer: &Layer,
        dedicated: &Dedicated,
        (from, hires_to): (f64, f64),
        m: u32,
        (option, lived): (&WayToRun, &mut Lived),
    ) -> [f64; 4] {
        let opens = if dedicated.hire_when_any.is_empty() {
            from
        } else {
            from.max(self.fired(option, &dedicated.hire_when_any, m, lived))
        };
        let lag = whole(self.value(&dedicated.lag_months)) as u32;
        let ramp = whole(self.value(&dedicated.ramp_months));
        let stays = pow(1.0 - self.value(&dedicated.attrition), 1.0 / 12.0);
        let stream = self.source.stream(&format!("{}.attrition", layer.path));
        let first = |nth: u32| if nth < dedicated.filled { Seat::Settled } else { Seat::Empty };
        let seats = lived.seats.entry(layer.path.clone()).or_insert_with(|| (0..dedicated.seats).map(first).collect());
        let mut found = [0.0; 4];
        for (nth, seat) in seats.iter_mut().enumerate() {
            let is_of_today = (nth as u32) < dedicated.filled;
            let may_open = f64::from(m) > if is_of_today { from } else { opens } && f64::from(m - 1) < hires_to;
            if *seat == Seat::Empty && may_open {
                *seat = Seat::From(m + lag);
            }
            let productive = match *seat {
                Seat::Empty => continue,
                Seat::From(month) if month > m => continue,
                Seat::From(month) => {
                    if month == m {
                        found[3] += 1.0;
                    }
                    let months = f64::from(m - month) + 0.5;
                    if months < ramp { months / ramp } else { 1.0 }
                }
                Seat::Settled => 1.0,
            };
            found[usize::from(!is_of_today)] += 1.0;
            found[2] += productive;
            let goes = uniform(self.source.word(stream, self.trial, self.j(m) as u32, nth as u32)) < 1.0 - stays;
            let is_mis_hire = dedicated.mis_hire.as_ref().is_some_and(|mis_hire| {
                let stays_for = whole(self.value(&mis_hire.after_months)).max(1.0) as u32;
                let stream = self.source.stream(&format!("{}.mis_hire", layer.path));
                let luck = uniform(self.source.word(stream, self.trial, self.j(m) as u32, nth as u32));
                matches!(*seat, Seat::From(month) if m + 1 == month + stays_for) && luck < self.value(&mis_hire.share)
            });
            if is_mis_hire || stays < 1.0 && goes {
                *seat = Seat::Empty;
            }
        }
        lived.filled.entry(layer.path.clone()).or_default().push(found[0] + found[1]);
        found
    }
}
