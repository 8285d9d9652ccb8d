use super::{Counted, DriverId, Estimate, InForce, Task, WorkKind};

/// What people's time costs.
#[derive(Debug, Clone, PartialEq)]
pub struct People {
    /// Dollars an hour, everything included, in month 1.
    pub loaded_hour: Estimate,
    /// Pay rises, share a year.
    pub raise: Estimate,
    /// Hours lost to finding back in after an interruption.
    pub refocus_hours: Estimate,
    /// Working hours of a person in a month (A in MODEL.md), above 0.
    pub hours_per_month: f64,
    /// What an hour of developers is worth above its pay, as a part of it; economic lens only.
    pub opportunity_premium: Estimate,
    /// People who leave and are replaced, share a year.
    pub turnover: Estimate,
    /// The driver that counts engineers.
    pub engineers: Option<DriverId>,
    /// The driver that counts deploys: what makes debt grow. Without it changes are as many as today.
    pub deploys: Option<DriverId>,
    /// How many services production is made of.
    pub services: Option<Counted>,
    /// In how many regions it runs.
    pub regions: Option<Counted>,
    /// How many codebases engineers share.
    pub codebases: Option<Counted>,
    /// How long CI takes, minutes.
    pub ci_minutes: Option<Counted>,
    /// How many people could bring production back.
    pub know_production: Option<Counted>,
}

/// Something that people do for a platform, month by month.
#[derive(Debug, Clone, PartialEq)]
pub struct Work {
    /// Its name, unique in its platform.
    pub name: String,
    /// What kind of work it is: the parts of it that are of a kind, each above 0, together at most 1. The rest is of no kind.
    pub kinds: Vec<(WorkKind, f64)>,
    /// Hours a month at today's scale.
    pub hours: Estimate,
    /// Interruptions a month at today's scale, each costing the time to refocus.
    pub interruptions: Estimate,
    /// What it grows with, if anything.
    pub driver: Option<DriverId>,
    /// Exponent on the driver's ratio to today.
    pub elasticity: Estimate,
    /// How it falls with practice after the cutover, if it does.
    pub learning: Option<Learning>,
    /// When it counts.
    pub in_force: InForce,
}

impl Work {
    /// What its hours go into, as parts that add up to 1.
    #[must_use]
    pub fn tasks(&self) -> Vec<(Task, f64)> {
        let of_a_kind: f64 = self.kinds.iter().map(|(_, part)| part).sum();
        let rest = 1.0 - of_a_kind;
        let mut tasks: Vec<(Task, f64)> = self.kinds.iter().map(|(kind, part)| (Task::Work(*kind), *part)).collect();
        // What is left of parts that add up to 1 but for rounding is nothing.
        if rest > 1e-9 {
            tasks.push((Task::OtherWork, rest));
        }
        tasks
    }
}

/// L = 1 + extra · 2^(−months since cutover / half-life); 1 on the platform lived on today.
#[derive(Debug, Clone, PartialEq)]
pub struct Learning {
    /// What comes on top at first, as a share of the steady level, at least 0.
    pub extra: Estimate,
    /// Months in which the extra halves, above 0.
    pub half_life_months: Estimate,
}
