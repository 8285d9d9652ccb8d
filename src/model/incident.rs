use super::{Bucket, DriverId, Estimate, Learning, Line};

/// A kind of thing that goes wrong on a platform while it has traffic, or on all platforms at once (MODEL.md §6).
#[derive(Debug, Clone, PartialEq)]
pub struct IncidentClass {
    /// Its name, unique in its platform.
    pub name: String,
    /// Whether it is the same one on every platform that is exposed: then every month has as many whatever is in service,
    /// and nothing of a platform changes its rate or length.
    pub shared: bool,
    /// How many there are.
    pub frequency: Frequency,
    /// Median length of one, hours, above 0. The length is log-normal.
    pub duration_p50_hours: Estimate,
    /// The length that one in ten passes, hours, at least the median.
    pub duration_p90_hours: Estimate,
    /// People who work on it throughout.
    pub responders: Estimate,
    /// Hours of follow-up for each one.
    pub follow_up_hours: Estimate,
    /// Outside help that is invoiced, dollars for each hour it lasts.
    pub outside_help_per_hour: Estimate,
    /// How the rate falls with practice after the cutover, if it does.
    pub learning: Option<Learning>,
    /// A word for what classes have in common: those with the same one share their draws of count and lengths.
    pub common_cause: Option<String>,
    /// Part of revenue that stops while one lasts, 0 to 1.
    pub revenue_hit: Estimate,
    /// Part of the revenue that stopped which comes later, 0 to 1.
    pub recovered: Estimate,
    /// Dollars that customers are paid for each one.
    pub penalties: Estimate,
    /// A bill that runs away with each one, if one does.
    pub runaway: Option<Runaway>,
}

/// Mean number of incidents a month, before learning.
#[derive(Debug, Clone, PartialEq)]
pub enum Frequency {
    /// So many a month at today's scale.
    Monthly {
        /// How many.
        today: Estimate,
        /// What the number grows with, if anything.
        driver: Option<DriverId>,
        /// Exponent on the driver's ratio to today.
        elasticity: Estimate,
    },
    /// So many a month, whatever the load: what is shared.
    Constant(Estimate),
    /// So many for each of what some drivers count in the month; at least one driver.
    Per(Vec<(DriverId, Estimate)>),
}

/// A bill that runs away: each incident costs `times` what the line costs in the time until it is noticed.
#[derive(Debug, Clone, PartialEq)]
pub struct Runaway {
    /// The bucket of the line.
    pub bucket: Bucket,
    /// The name of the line, one of the same platform that is paid month by month and no share of others.
    pub line: String,
    /// How many times its usual cost comes on top, above 0.
    pub times: Estimate,
    /// How long until it is noticed, hours on the clock, above 0.
    pub noticed_after_hours: Estimate,
    /// The part that is given back, 0 to 1.
    pub refunded: Estimate,
}

impl IncidentClass {
    /// Where its draws stand, on a platform: those of its common cause, or its own.
    #[must_use]
    pub fn luck(&self, platform: &str) -> String {
        match &self.common_cause {
            _ if self.shared => format!("incident.{}", self.name),
            Some(cause) => format!("common_cause.{cause}"),
            None => format!("platform.{platform}.incident.{}", self.name),
        }
    }

    /// Whether the bill of a line runs away with it.
    #[must_use]
    pub fn runs_away(&self, line: &Line) -> bool {
        self.runaway.as_ref().is_some_and(|runaway| runaway.bucket == line.bucket && runaway.line == line.name)
    }
}
