use std::fmt;

/// Why numbers do not make a law. Each message ends with a way out.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum LawError {
    /// A parameter is infinite or not a number.
    NotFinite {
        /// The parameter's name.
        name: &'static str,
        /// What was given.
        value: f64,
    },
    /// A parameter that must be above 0 is not.
    NotPositive {
        /// The parameter's name.
        name: &'static str,
        /// What was given.
        value: f64,
    },
    /// Both ends are the same number.
    NoSpread {
        /// That number.
        value: f64,
    },
    /// Two quantiles are too close to each other for the law.
    TooClose {
        /// The lower.
        low: f64,
        /// The upper.
        high: f64,
    },
    /// A number is below the one before it.
    NotAscending {
        /// The one before.
        before: f64,
        /// The one that should be larger.
        after: f64,
    },
    /// The mode is not between the ends.
    ModeOutside {
        /// Lower end.
        low: f64,
        /// Mode.
        mode: f64,
        /// Upper end.
        high: f64,
    },
    /// A share's interval touches or passes 0 or 1.
    ShareEnds {
        /// Lower end.
        low: f64,
        /// Upper end.
        high: f64,
    },
    /// A quantile's probability is not inside 0 to 1.
    NotAProbability {
        /// What was given.
        p: f64,
    },
    /// Too few or too many quantiles.
    QuantileCount {
        /// How many were given.
        count: usize,
        /// Fewest.
        least: usize,
        /// Most.
        most: usize,
    },
    /// A quantile is at or outside a bound.
    OutsideBounds {
        /// The quantile's value.
        value: f64,
        /// Lower bound.
        low: f64,
        /// Upper bound.
        high: f64,
    },
    /// No metalog through the quantiles rises everywhere.
    Infeasible {
        /// Probability of the quantile to move.
        p: f64,
        /// Its value as given.
        value: f64,
        /// A value nearby that works with the others as they are; `None` if moving one is not enough.
        towards: Option<f64>,
        /// Probabilities of the outer two where leaving that one out is not enough either.
        outer: Option<(f64, f64)>,
    },
    /// As many weights as values are needed.
    WeightCount {
        /// Number of values.
        values: usize,
        /// Number of weights.
        weights: usize,
    },
    /// A weight is below 0, or all are 0.
    Weight {
        /// The weight, or the sum of all.
        value: f64,
    },
    /// Truncation leaves nothing of the law.
    NothingLeft {
        /// Least value allowed.
        low: f64,
        /// Largest value allowed.
        high: f64,
        /// The chance of being between them.
        probability: f64,
    },
}

impl fmt::Display for LawError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::NotFinite { name, value } => write!(f, "{name} is {value}; write a finite number"),
            Self::NotPositive { name, value } => write!(f, "{name} is {value}; write a number above 0"),
            Self::NoSpread { value } => write!(f, "both ends are {value}; write the constant {value}"),
            Self::TooClose { low, high } => {
                write!(
                    f,
                    "{low} and {high} are too close to each other for this law; write a range, \"{low} .. {high}\""
                )
            }
            Self::NotAscending { before, after } => {
                write!(f, "{after} is below {before}, which is the lower end; one of the two is wrong")
            }
            Self::ModeOutside { low, mode, high } if mode < low => {
                write!(f, "mode ({mode}) is below low ({low}), high is {high}; one of the two is wrong")
            }
            Self::ModeOutside { low, mode, high } => {
                write!(f, "mode ({mode}) is above high ({high}), low is {low}; one of the two is wrong")
            }
            Self::ShareEnds { low, high } => write!(
                f,
                "the 90 % interval {low} .. {high} of a share must lie strictly between 0 and 1; \
                 move the end inwards, or write low, mode, high"
            ),
            Self::NotAProbability { p } => write!(f, "{p} is no quantile's probability; write one between 0 and 1"),
            Self::QuantileCount { count, least, most } => {
                write!(f, "{count} quantiles; write {least} to {most} of them")
            }
            Self::OutsideBounds { value, low, high } => {
                write!(f, "the quantile {value} is not inside {low} to {high}; move it or widen the bounds")
            }
            Self::Infeasible { outer: Some((first, last)), .. } => write!(
                f,
                "no metalog passes through these quantiles, and neither moving nor leaving out one is enough; \
                 keep two of them, p{} and p{}",
                percent(first),
                percent(last)
            ),
            Self::Infeasible { p, value, towards: Some(towards), .. } => write!(
                f,
                "no metalog passes through these quantiles; move p{} from {value} to about {towards:.4}",
                percent(p)
            ),
            Self::Infeasible { p, value, towards: None, outer: None } => write!(
                f,
                "no metalog passes through these quantiles, and moving one is not enough; leave out p{} ({value})",
                percent(p)
            ),
            Self::WeightCount { values, weights } => {
                let plural = if weights == 1 { "" } else { "s" };
                write!(f, "{values} values but {weights} weight{plural}; write one weight for each value")
            }
            Self::Weight { value } if value < 0.0 => write!(f, "a weight is {value}; write numbers of at least 0"),
            Self::Weight { .. } => write!(f, "no weight is above 0; write how likely each value is, like [3, 1]"),
            Self::NothingLeft { low, high, probability } => write!(
                f,
                "only {probability:e} of the law lies in {low} to {high}; widen the range or move the estimate"
            ),
        }
    }
}

/// p as a percentage, without the digits that multiplying adds.
fn percent(p: f64) -> f64 {
    (p * 1e8).round() / 1e6
}

impl std::error::Error for LawError {}
