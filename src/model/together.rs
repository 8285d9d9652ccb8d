use crate::math::correlation::Matrix;

/// Two estimates that move together.
#[derive(Debug, Clone, PartialEq)]
pub struct Together {
    /// The name in the file.
    pub name: String,
    /// Their paths, as [`super::Estimate::path`] has them.
    pub inputs: [String; 2],
    /// The correlation of their normal scores as the file states it, above −1 and below 1.
    pub stated: f64,
    /// The one that is drawn: another only where the stated ones contradict each other a little.
    pub rho: f64,
    /// Why they do, as written; may be empty.
    pub why: String,
}

/// Estimates that move together directly or through others, and how.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// Paths of estimates, in the order of [`super::Scenario::estimates`].
    pub members: Vec<String>,
    /// Correlations of their normal scores: possible ones, 1 on the diagonal.
    pub correlations: Matrix,
}
