use super::{Counted, Estimate};

/// Plans from the cheapest up. The month's plan is the first whose limits all hold what is needed; above the last one,
/// as many of the last as its most strained limit asks for: ⌈largest need/limit⌉. Those are rungs of the ladder too.
///
/// It remembers: from the plan of the as-of month on, a month's rung is never below the one before, unless it
/// `descends`; and then not on a platform that traffic is leaving.
#[derive(Debug, Clone, PartialEq)]
pub struct LadderScheme {
    /// What must fit, by the name of the limit; at least one.
    pub needs: Vec<Need>,
    /// The plans, by rising price (the median's, where a price is an estimate); at least one.
    pub plans: Vec<LadderPlan>,
    /// What being above the last plan means.
    pub above: Above,
    /// Whether a smaller plan is taken once it would do.
    pub descends: bool,
}

/// Something that must fit into a plan.
#[derive(Debug, Clone, PartialEq)]
pub struct Need {
    /// The name of the limit: `storage`.
    pub limit: String,
    /// How much is needed.
    pub of: Counted,
}

/// A plan.
#[derive(Debug, Clone, PartialEq)]
pub struct LadderPlan {
    /// Its name, unique in the ladder.
    pub name: String,
    /// Dollars a month.
    pub price: Estimate,
    /// What it holds, in the order and the units of the needs: above 0, infinite where it sets no limit.
    pub limits: Vec<f64>,
}

/// What being above the last plan means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Above {
    /// Nothing but its price: the load is split over several.
    Split,
    /// A capacity wall: the first month of it is reported.
    Wall,
}
