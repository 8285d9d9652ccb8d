//! What leaves the house without names: a scenario that is the same but for what people have called things, and said of them.
//!
//! Futures are lived in the scenario as it is, for names are the names of random streams too. What is shown is made from a plan
//! of the renamed one, which is column by column the same; where it is not, nothing is shown.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::paths::Paths;
use crate::model::{
    Billed, Changed, Condition, Draw, DriverKind, Estimate, InForce, LayerKind, Line, Platform, Scenario, Scheme,
    Traffic, UnitPrice, WayToRun,
};
use crate::plan::{self, Plan, unknown};
use crate::scenario;
use crate::sim::Draws;

/// What stands in the place of what somebody wrote.
pub const NOT_SHOWN: &str = "not shown";

/// A scenario without its names, and its plan.
#[derive(Debug)]
pub struct Neutral {
    /// The scenario.
    pub scenario: Scenario,
    /// Its plan: columns and operations are those of the scenario's own.
    pub plan: Plan,
}

impl Neutral {
    /// Takes the names out of a scenario whose plan is known. `own_prices` are list prices that a file of the user's states; the
    /// others are public and stay. `None` if the plan were another one but for names.
    #[must_use]
    pub fn of(scenario: &Scenario, plan: &Plan, own_prices: &BTreeSet<String>) -> Option<Self> {
        let mut neutral = scenario.clone();
        Names::of(scenario, own_prices).give_to(&mut neutral);
        let renamed = plan::compile(&neutral);
        (without_texts(plan) == without_texts(&renamed)).then_some(Self { scenario: neutral, plan: renamed })
    }

    /// What was lived in the scenario as it is, for whoever shows it under the other names.
    pub fn rename(&self, draws: &mut Draws) {
        if let Some(deciders) = &mut draws.deciders {
            deciders.unknowns = unknown::unknowns(&self.plan, deciders.view);
        }
    }
}

/// A plan in words, with nothing between quotes.
fn without_texts(plan: &Plan) -> String {
    let (mut text, mut is_inside, mut is_escaped) = (String::new(), false, false);
    for c in format!("{plan:?}").chars() {
        match c {
            '"' if !is_escaped => {
                is_inside = !is_inside;
                text.push('"');
            }
            _ if is_inside => {}
            c => text.push(c),
        }
        is_escaped = is_inside && c == '\\' && !is_escaped;
    }
    text
}

/// A kind of thing that people name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Case,
    Cause,
    Class,
    Column,
    Driver,
    Event,
    File,
    Layer,
    Limit,
    Line,
    Measurement,
    Migration,
    Option,
    OwnPrice,
    Pair,
    Part,
    Plan,
    Platform,
    Requirement,
    Unit,
    Vendor,
    Work,
    Workload,
}

impl Kind {
    const fn word(self) -> &'static str {
        match self {
            Self::Case => "case",
            Self::Cause => "cause",
            Self::Class => "class",
            Self::Column => "column",
            Self::Driver => "driver",
            Self::Event => "event",
            Self::File => "file",
            Self::Layer => "layer",
            Self::Limit => "limit",
            Self::Line => "line",
            Self::Measurement => "measurement",
            Self::Migration => "migration",
            Self::Option => "option",
            Self::OwnPrice => "own-price",
            Self::Pair => "pair",
            Self::Part => "part",
            Self::Plan => "plan",
            Self::Platform => "platform",
            Self::Requirement => "requirement",
            Self::Unit => "unit",
            Self::Vendor => "vendor",
            Self::Work => "work",
            Self::Workload => "workload",
        }
    }
}

/// Words that are the language's own where a name stands.
const OWN_WORDS: [(Kind, &str); 2] = [(Kind::Driver, "demand"), (Kind::Case, "only")];

/// Whether a name is another one and more, with a sign between them that stands before a dot: in paths, where a dot follows names,
/// it is before the other, by itself behind it.
fn goes_on(name: &str, before: &str) -> bool {
    name.strip_prefix(before).and_then(|more| more.bytes().next()).is_some_and(|next| next < b'.')
}

/// What each name is called instead: numbered by kind in the order of the names, so that what is in their order stays in it.
pub(super) struct Names {
    by_kind: BTreeMap<(Kind, String), String>,
}

impl Names {
    fn of(scenario: &Scenario, own_prices: &BTreeSet<String>) -> Self {
        let mut found: BTreeMap<Kind, BTreeSet<String>> = BTreeMap::new();
        let mut add = |kind: Kind, name: &str| {
            if !OWN_WORDS.contains(&(kind, name)) {
                found.entry(kind).or_default().insert(name.to_owned());
            }
        };
        of_scenario(scenario, &mut add);
        own_prices.iter().for_each(|sku| add(Kind::OwnPrice, sku));
        let mut by_kind = BTreeMap::new();
        for (kind, names) in found {
            let width = names.len().to_string().len();
            let letters = kind == Kind::Option && names.len() <= 26;
            let mut numbered: BTreeMap<&str, String> = BTreeMap::new();
            for (place, name) in names.iter().enumerate() {
                let number = match letters {
                    true => char::from(b'a' + place as u8).to_string(),
                    false => format!("{:0width$}", place + 1),
                };
                // A name that goes on where another ends stands behind it, and before it where a dot follows both.
                let before = numbered.iter().rev().find(|(before, _)| goes_on(name, before));
                let own =
                    before.map_or_else(|| format!("{}-{number}", kind.word()), |(_, own)| format!("{own}-{number}"));
                numbered.insert(name, own);
            }
            by_kind.extend(numbered.into_iter().map(|(name, own)| ((kind, name.to_owned()), own)));
        }
        Self { by_kind }
    }

    /// The name that stands for one; a word of the language stands for itself.
    pub(super) fn instead(&self, kind: Kind, name: &str) -> String {
        if OWN_WORDS.contains(&(kind, name)) {
            return name.to_owned();
        }
        let is_number = name.bytes().all(|byte| byte.is_ascii_digit());
        match self.by_kind.get(&(kind, name.to_owned())) {
            Some(new) => new.clone(),
            // The first, the second: a place in a list.
            None if is_number => name.to_owned(),
            // Nothing that is not known goes out.
            None => kind.word().to_owned(),
        }
    }

    pub(super) fn is_own_price(&self, sku: &str) -> bool {
        self.by_kind.contains_key(&(Kind::OwnPrice, sku.to_owned()))
    }

    fn name(&self, kind: Kind, name: &mut String) {
        *name = self.instead(kind, name);
    }

    /// The same as people call it: "Option A".
    fn titled(&self, kind: Kind, name: &mut String, title: &mut String) {
        self.name(kind, name);
        let mut words = name.replace('-', " ").to_uppercase();
        words.replace_range(1..kind.word().len(), &kind.word()[1..]);
        *title = words;
    }

    fn give_to(&self, scenario: &mut Scenario) {
        scenario.name = "Scenario".to_owned();
        scenario.question = String::new();
        for estimate in scenario.estimates_mut() {
            self.give_to_estimate(estimate);
        }
        scenario.demand.cases.iter_mut().for_each(|case| self.name(Kind::Case, &mut case.name));
        for driver in &mut scenario.drivers {
            self.name(Kind::Driver, &mut driver.name);
            driver.unit = words_of(&driver.unit, |word| self.instead(Kind::Unit, word));
            if let DriverKind::PerUnits { terms } = &mut driver.kind {
                terms.iter_mut().for_each(|(of, _)| of.line = self.place(&of.line));
            }
        }
        for event in &mut scenario.events {
            self.titled(Kind::Event, &mut event.name, &mut event.title);
        }
        for requirement in &mut scenario.requirements {
            self.titled(Kind::Requirement, &mut requirement.name, &mut requirement.title);
        }
        for vendor in &mut scenario.vendors {
            self.titled(Kind::Vendor, &mut vendor.name, &mut vendor.title);
            vendor.sla_credit.iter_mut().for_each(|(class, _)| self.name(Kind::Class, class));
        }
        scenario.platforms.iter_mut().for_each(|platform| self.give_to_platform(platform));
        scenario.options.iter_mut().for_each(|option| self.give_to_option(option));
        for migration in &mut scenario.migrations {
            self.name(Kind::Migration, &mut migration.name);
            self.give_to_conditions(&mut migration.starts_when_any);
            if let Traffic::Workloads(workloads) = &mut migration.traffic {
                workloads.iter_mut().for_each(|workload| self.name(Kind::Workload, &mut workload.name));
            }
        }
        for measurement in &mut scenario.measurements {
            self.name(Kind::Measurement, &mut measurement.name);
            measurement.how = measurement.name.replace('-', " ");
            measurement.inputs.iter_mut().for_each(|path| *path = self.path(path));
        }
        for pair in &mut scenario.together {
            self.name(Kind::Pair, &mut pair.name);
            pair.inputs.iter_mut().for_each(|path| *path = self.path(path));
            not_shown(&mut pair.why);
        }
        for group in &mut scenario.groups {
            group.members.iter_mut().for_each(|path| *path = self.path(path));
        }
    }

    fn give_to_platform(&self, platform: &mut Platform) {
        self.titled(Kind::Platform, &mut platform.name, &mut platform.title);
        platform.lines.iter_mut().for_each(|line| self.give_to_line(line));
        for work in &mut platform.work {
            self.name(Kind::Work, &mut work.name);
            self.give_to_in_force(&mut work.in_force);
        }
        for class in &mut platform.incidents {
            self.name(Kind::Class, &mut class.name);
            class.common_cause.iter_mut().for_each(|cause| self.name(Kind::Cause, cause));
            class.runaway.iter_mut().for_each(|runaway| self.name(Kind::Line, &mut runaway.line));
        }
    }

    fn give_to_line(&self, line: &mut Line) {
        self.name(Kind::Line, &mut line.name);
        self.give_to_in_force(&mut line.in_force);
        match &mut line.scheme {
            Scheme::Units(units) => {
                if let UnitPrice::Bundle(parts) = &mut units.price {
                    parts.iter_mut().for_each(|part| self.name(Kind::Part, &mut part.name));
                }
            }
            Scheme::Ladder(ladder) => {
                ladder.needs.iter_mut().for_each(|need| self.name(Kind::Limit, &mut need.limit));
                // Estimates have their new paths already: a list price keeps its own.
                for plan in ladder.plans.iter_mut().filter(|plan| !is_listed(&plan.price)) {
                    self.name(Kind::Plan, &mut plan.name);
                }
            }
            Scheme::Copy { of, .. } => self.give_to_billed(of),
            Scheme::Share(share) => self.give_to_billed(&mut share.of),
            Scheme::Once { .. } | Scheme::Fixed { .. } | Scheme::Metered { .. } | Scheme::Seats { .. } => {}
        }
    }

    fn give_to_billed(&self, of: &mut [Billed]) {
        for billed in of {
            if let Billed::Line(_, name) = billed {
                self.name(Kind::Line, name);
            }
        }
    }

    fn give_to_in_force(&self, in_force: &mut InForce) {
        if let Some(Changed::Begins(month) | Changed::Ends(month)) = &mut in_force.changed {
            self.give_to_estimate(Arc::make_mut(month));
        }
    }

    fn give_to_option(&self, option: &mut WayToRun) {
        self.titled(Kind::Option, &mut option.name, &mut option.title);
        option.cover.goes_on.iter_mut().for_each(|layer| self.name(Kind::Layer, layer));
        for layer in &mut option.cover.layers {
            self.titled(Kind::Layer, &mut layer.name, &mut layer.title);
            layer.path = self.path(&layer.path);
            self.give_to_conditions(&mut layer.ends_when);
            if let LayerKind::Dedicated(dedicated) = &mut layer.kind {
                self.give_to_conditions(&mut dedicated.hire_when_any);
            }
        }
        option.change.iter_mut().for_each(|change| self.give_to_platform(&mut change.platform));
    }

    fn give_to_conditions(&self, conditions: &mut [Condition]) {
        for condition in conditions {
            if let Condition::Repeated { class, .. } = condition {
                self.name(Kind::Class, class);
            }
        }
    }

    fn give_to_estimate(&self, estimate: &mut Estimate) {
        let is_public = estimate.listed.is_some() && !self.is_own_price(&sku_of(&estimate.path));
        estimate.path = self.path(&estimate.path);
        if !is_public {
            not_shown(&mut estimate.source);
            estimate.listed.iter_mut().for_each(|from| from.source = NOT_SHOWN.to_owned());
        }
        not_shown(&mut estimate.written);
        match &mut estimate.draw {
            Draw::Own => {}
            Draw::SameAs { path, .. } => *path = self.path(path),
            Draw::Row(column) => {
                self.name(Kind::File, &mut column.file);
                self.name(Kind::Column, &mut column.column);
            }
        }
        if let Some(exchange) = &mut estimate.exchange {
            self.give_to_estimate(Arc::make_mut(exchange));
        }
        if let Some(before) = &mut estimate.before {
            let before = Arc::make_mut(before);
            self.give_to_estimate(&mut before.value);
            self.give_to_estimate(Arc::make_mut(&mut before.until));
        }
    }

    fn path(&self, path: &str) -> String {
        Paths(self).renamed(path)
    }

    /// A line's place on its platform: `runtime.web`.
    fn place(&self, place: &str) -> String {
        match place.split_once('.') {
            Some((bucket, line)) => format!("{bucket}.{}", self.instead(Kind::Line, line)),
            None => place.to_owned(),
        }
    }
}

/// A unit with other words in it where its own are made up.
fn words_of(unit: &str, mut other: impl FnMut(&str) -> String) -> String {
    let is_between = |c: char| c.is_whitespace() || c == '/';
    let piece = |piece: &str| {
        let word = piece.trim_end_matches(is_between);
        let is_own = !word.chars().any(char::is_alphanumeric) || scenario::knows_unit(word);
        if is_own { piece.to_owned() } else { other(word) + &piece[word.len()..] }
    };
    unit.split_inclusive(is_between).map(piece).collect()
}

/// What somebody wrote, if they wrote anything.
fn not_shown(text: &mut String) {
    if !text.is_empty() {
        *text = NOT_SHOWN.to_owned();
    }
}

/// The SKU that a path is of.
fn sku_of(path: &str) -> String {
    path.strip_prefix("price.").unwrap_or_default().to_owned()
}

fn is_listed(price: &Estimate) -> bool {
    price.listed.is_some() && !price.path.starts_with("price.own-price-")
}

/// Every name of a scenario with its kind.
fn of_scenario(scenario: &Scenario, add: &mut dyn FnMut(Kind, &str)) {
    scenario.demand.cases.iter().for_each(|case| add(Kind::Case, &case.name));
    for driver in &scenario.drivers {
        add(Kind::Driver, &driver.name);
        words_of(&driver.unit, |word| {
            add(Kind::Unit, word);
            String::new()
        });
    }
    scenario.events.iter().for_each(|event| add(Kind::Event, &event.name));
    scenario.requirements.iter().for_each(|requirement| add(Kind::Requirement, &requirement.name));
    for vendor in &scenario.vendors {
        add(Kind::Vendor, &vendor.name);
        vendor.sla_credit.iter().for_each(|(class, _)| add(Kind::Class, class));
    }
    scenario.platforms.iter().for_each(|platform| of_platform(platform, add));
    for option in &scenario.options {
        add(Kind::Option, &option.name);
        option.cover.layers.iter().for_each(|layer| add(Kind::Layer, &layer.name));
        option.cover.goes_on.iter().for_each(|layer| add(Kind::Layer, layer));
        option.change.iter().for_each(|change| of_platform(&change.platform, add));
    }
    for migration in &scenario.migrations {
        add(Kind::Migration, &migration.name);
        if let Traffic::Workloads(workloads) = &migration.traffic {
            workloads.iter().for_each(|workload| add(Kind::Workload, &workload.name));
        }
    }
    scenario.measurements.iter().for_each(|measurement| add(Kind::Measurement, &measurement.name));
    scenario.together.iter().for_each(|pair| add(Kind::Pair, &pair.name));
    for estimate in scenario.estimates() {
        if let Draw::Row(column) = &estimate.draw {
            add(Kind::File, &column.file);
            add(Kind::Column, &column.column);
        }
    }
}

fn of_platform(platform: &Platform, add: &mut dyn FnMut(Kind, &str)) {
    add(Kind::Platform, &platform.name);
    platform.work.iter().for_each(|work| add(Kind::Work, &work.name));
    for class in &platform.incidents {
        add(Kind::Class, &class.name);
        class.common_cause.iter().for_each(|cause| add(Kind::Cause, cause));
    }
    for line in &platform.lines {
        add(Kind::Line, &line.name);
        match &line.scheme {
            Scheme::Units(units) => {
                if let UnitPrice::Bundle(parts) = &units.price {
                    parts.iter().for_each(|part| add(Kind::Part, &part.name));
                }
            }
            Scheme::Ladder(ladder) => {
                ladder.needs.iter().for_each(|need| add(Kind::Limit, &need.limit));
                ladder.plans.iter().for_each(|plan| add(Kind::Plan, &plan.name));
            }
            _ => {}
        }
    }
}
