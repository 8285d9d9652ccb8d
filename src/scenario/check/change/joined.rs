//! A platform before a change and after it as one: figures that say what they were before, and lines, work and classes of
//! incidents that begin or end with it.

use std::sync::Arc;

use crate::math::law::Law;
use crate::model::{
    Basis, Before, Changed, Debt, Draw, Estimate, Frequency, IncidentClass, Line, Platform, Scheme, UnitPrice, Work,
};
use crate::scenario::{code, notes::Notes};

/// A platform before a change, and what puts it together with the same after it.
pub(super) struct Joined<'p, 'n> {
    pub(super) before: &'p Platform,
    pub(super) starts: Arc<Estimate>,
    pub(super) notes: &'n mut Notes,
}

impl Joined<'_, '_> {
    pub(super) fn platform(&mut self, after: Platform) -> Platform {
        let before = self.before;
        let mut platform = Platform {
            name: before.name.clone(),
            title: before.title.clone(),
            seller: before.seller,
            lines: self.lines(after.lines),
            work: self.work(after.work),
            incidents: self.incidents(after.incidents),
            debt: after.debt,
            friction: after.friction,
            cannot: before.cannot.clone(),
        };
        self.debt(&mut platform);
        self.own_time(&mut platform);
        platform
    }

    fn begins(&self) -> Option<Changed> {
        Some(Changed::Begins(Arc::clone(&self.starts)))
    }

    fn ends(&self) -> Option<Changed> {
        Some(Changed::Ends(Arc::clone(&self.starts)))
    }

    fn lines(&self, after: Vec<Line>) -> Vec<Line> {
        let mut all: Vec<Line> = Vec::new();
        let is = |a: &Line, b: &Line| a.bucket == b.bucket && a.name == b.name;
        for mut line in after {
            // What events do to a line, they do to it as it is changed.
            let before = self.before.lines.iter().find(|before| is(before, &line));
            if let Some(before) = before {
                line.in_force.before.clone_from(&before.in_force.before);
            }
            if before.is_none_or(|before| *before != line && !is_same_line(before, &line)) {
                line.in_force.changed = self.begins();
                all.extend(before.map(|before| self.ended(before)));
            }
            all.push(line);
        }
        for before in &self.before.lines {
            if !all.iter().any(|line| is(line, before)) {
                // What an event brings stands in its table, which no option changes.
                let is_an_events = before.in_force.after.is_some();
                all.push(if is_an_events { before.clone() } else { self.ended(before) });
            }
        }
        all.sort_by(|a, b| (a.bucket, &a.name).cmp(&(b.bucket, &b.name)));
        all
    }

    fn ended(&self, line: &Line) -> Line {
        let mut line = line.clone();
        line.in_force.changed = self.ends();
        line
    }

    fn work(&self, after: Vec<Work>) -> Vec<Work> {
        let mut all: Vec<Work> = Vec::new();
        let ended = |before: &Work, name: String| {
            let mut work = Work { name, ..before.clone() };
            work.in_force.changed = self.ends();
            work
        };
        for mut work in after {
            let before = self.before.work.iter().find(|before| before.name == work.name);
            if before.is_none_or(|before| !is_same_work(before, &work)) {
                work.in_force.changed = self.begins();
                all.extend(before.map(|before| ended(before, format!("{}, before", before.name))));
            }
            all.push(work);
        }
        for before in &self.before.work {
            if !all.iter().any(|work| work.name == before.name) {
                all.push(ended(before, before.name.clone()));
            }
        }
        all
    }

    fn incidents(&mut self, after: Vec<IncidentClass>) -> Vec<IncidentClass> {
        let mut all = Vec::new();
        for mut class in after {
            match self.before.incidents.iter().find(|before| before.name == class.name && !before.shared) {
                None => rates(&mut class.frequency).into_iter().for_each(|rate| self.comes(rate)),
                Some(before) if is_same_class(before, &class) => {}
                Some(_) => {
                    let span = self.notes.place(&format!("platform.{}.incident.{}", self.before.name, class.name));
                    let message = format!("`incidents.{}` would be counted in another way", class.name);
                    self.notes.error(code::DOES_NOT_BELONG, &span, message).cure =
                        "change its figures, or take it away and write one by another name".into();
                }
            }
            all.push(class);
        }
        for before in &self.before.incidents {
            if !all.iter().any(|class| class.name == before.name) {
                let mut class = before.clone();
                if !class.shared {
                    rates(&mut class.frequency).into_iter().for_each(|rate| self.goes(rate));
                }
                all.push(class);
            }
        }
        all.sort_by(|a, b| a.name.cmp(&b.name));
        all
    }

    /// A figure that is 0 until the change.
    fn comes(&self, figure: &mut Estimate) {
        let nothing = Estimate { law: Law::Constant(0.0), before: None, ..figure.clone() };
        figure.before = Some(Arc::new(Before { value: nothing, until: Arc::clone(&self.starts) }));
    }

    /// A figure that is 0 from the change on.
    fn goes(&self, figure: &mut Estimate) {
        let before = Before { value: figure.clone(), until: Arc::clone(&self.starts) };
        let path = format!("{}.ends", figure.path);
        *figure = Estimate {
            path,
            law: Law::Constant(0.0),
            draw: Draw::Own,
            basis: Basis::Assumed,
            source: String::new(),
            written: String::new(),
            exchange: None,
            before: Some(Arc::new(before)),
            ..figure.clone()
        };
    }

    fn debt(&mut self, platform: &mut Platform) {
        let is_same =
            |before: &Debt, after: &Debt| before.today == after.today && agree(&before.estimates(), &after.estimates());
        let same = match (&self.before.debt, &platform.debt) {
            (None, None) => true,
            (Some(before), Some(after)) => is_same(before, after),
            _ => false,
        };
        if !same {
            let span = self.notes.place(&format!("platform.{}.debt", self.before.name));
            let message = "`debt` is of the platform as it is: an option changes its figures".to_owned();
            self.notes.error(code::DOES_NOT_BELONG, &span, message).cure =
                "write \"debt.accrual\", \"debt.paydown\" or \"debt.at_full.hours\"".into();
        }
    }

    /// Friction, onboarding and waiting: what there is no more, and what there was not before, is 0.
    fn own_time(&self, platform: &mut Platform) {
        let before = &self.before.friction;
        let friction = &mut platform.friction;
        for (driver, each) in &mut friction.per {
            if !before.per.iter().any(|(of, _)| of == driver) {
                self.comes(each);
            }
        }
        for (driver, each) in &before.per {
            if !friction.per.iter().any(|(of, _)| of == driver) {
                let mut each = each.clone();
                self.goes(&mut each);
                friction.per.push((*driver, each));
            }
        }
        match (&before.onboarding_hours, &mut friction.onboarding_hours) {
            (None, Some(hours)) => self.comes(hours),
            (Some(hours), none @ None) => {
                let mut hours = hours.clone();
                self.goes(&mut hours);
                *none = Some(hours);
            }
            _ => {}
        }
        // Nobody waits where nothing is asked for.
        match (&before.waiting, &mut friction.waiting) {
            (None, Some(waiting)) => self.comes(&mut waiting.requests),
            (Some(waiting), none @ None) => {
                let mut waiting = waiting.clone();
                self.goes(&mut waiting.requests);
                *none = Some(waiting);
            }
            _ => {}
        }
    }
}

/// Estimates of how many incidents a class has.
fn rates(frequency: &mut Frequency) -> Vec<&mut Estimate> {
    match frequency {
        Frequency::Monthly { today, .. } | Frequency::Constant(today) => vec![today],
        Frequency::Per(terms) => terms.iter_mut().map(|(_, each)| each).collect(),
    }
}

/// Whether figures are the same, or say what they were before.
fn agree(before: &[&Estimate], after: &[&Estimate]) -> bool {
    before.len() == after.len()
        && before.iter().zip(after).all(|(before, after)| before == after || after.before.is_some())
}

/// Whether a line is of the same kind, so that it is one line whose figures change. A ladder is not: its plan is chosen anew.
fn is_same_line(before: &Line, after: &Line) -> bool {
    let kind = match (&before.scheme, &after.scheme) {
        (Scheme::Fixed { .. }, Scheme::Fixed { .. }) => true,
        (Scheme::Units(a), Scheme::Units(b)) => {
            let parts = match (&a.price, &b.price) {
                (UnitPrice::Single(_), UnitPrice::Single(_)) => true,
                (UnitPrice::Bundle(a), UnitPrice::Bundle(b)) => {
                    a.iter().map(|part| &part.name).eq(b.iter().map(|part| &part.name))
                }
                _ => false,
            };
            let sized = std::mem::discriminant(&a.sizing) == std::mem::discriminant(&b.sizing);
            a.driver == b.driver && parts && sized
        }
        (
            Scheme::Metered { driver: a, in_a_month: x, brackets: from },
            Scheme::Metered { driver: b, in_a_month: y, brackets: to },
        ) => a == b && x == y && from.iter().map(|x| x.up_to).eq(to.iter().map(|x| x.up_to)),
        (Scheme::Seats { driver: a, .. }, Scheme::Seats { driver: b, .. }) => a == b,
        (Scheme::Copy { of: a, .. }, Scheme::Copy { of: b, .. }) => a == b,
        (Scheme::Share(a), Scheme::Share(b)) => {
            a.of == b.of && a.brackets.iter().map(|x| x.up_to).eq(b.brackets.iter().map(|x| x.up_to))
        }
        _ => false,
    };
    kind && before.in_force == after.in_force
        && before.commitment == after.commitment
        && (before.vendor, before.moves) == (after.vendor, after.moves)
        && before.waste.is_some() == after.waste.is_some()
        && before.rises.is_some() == after.rises.is_some()
        && agree(&before.estimates(), &after.estimates())
}

fn is_same_work(before: &Work, after: &Work) -> bool {
    before == after
        || before.driver == after.driver
            && before.in_force == after.in_force
            && before.learning.is_some() == after.learning.is_some()
            && agree(&before.estimates(), &after.estimates())
}

fn is_same_class(before: &IncidentClass, after: &IncidentClass) -> bool {
    let counted = match (&before.frequency, &after.frequency) {
        (Frequency::Monthly { driver: a, .. }, Frequency::Monthly { driver: b, .. }) => a == b,
        (Frequency::Per(a), Frequency::Per(b)) => a.iter().map(|(of, _)| of).eq(b.iter().map(|(of, _)| of)),
        _ => false,
    };
    let bill = |class: &IncidentClass| class.runaway.as_ref().map(|r| (r.bucket, r.line.clone()));
    before == after
        || counted
            && before.learning.is_some() == after.learning.is_some()
            && before.common_cause == after.common_cause
            && bill(before) == bill(after)
            && agree(&before.estimates(), &after.estimates())
}
