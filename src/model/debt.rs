use super::Estimate;

/// How what nobody looks after piles up on a platform: q in MODEL.md §5, from 0 (simple) to 1 (a black box). It acts on
/// hours of work, on how often things break and on how long they stay broken.
#[derive(Debug, Clone, PartialEq)]
pub struct Debt {
    /// The debt that the platform's hours and rates are stated at, and which it starts with; share, 0..=1.
    pub today: Estimate,
    /// What today's changes add, share of what is missing to full a month.
    pub accrual: Estimate,
    /// What goes a month where those whose job it is do all the work; share of the debt.
    pub paydown: Estimate,
    /// What full debt adds to hours of work; part, at least 0.
    pub at_full_hours: Estimate,
    /// What full debt adds to the rate of incidents; part, at least 0.
    pub at_full_incidents: Estimate,
    /// What full debt adds to the length of an incident; part, at least 0.
    pub at_full_restore: Estimate,
    /// What full debt adds to the hours of each person who joins; part, at least 0.
    pub at_full_onboarding: Estimate,
}
