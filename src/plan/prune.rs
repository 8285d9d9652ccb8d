use std::collections::BTreeSet;

use super::Plan;
use super::op::{Col, Step};

impl Plan {
    /// The plan without the operations that none of these columns needs. Columns, streams and estimates keep their places.
    #[must_use]
    pub fn only_for(&self, wanted: impl IntoIterator<Item = Col>) -> Self {
        let mut needed: BTreeSet<Col> = wanted.into_iter().collect();
        let mut keep = |steps: &[Step]| {
            let mut kept: Vec<Step> = Vec::new();
            for step in steps.iter().rev() {
                if (0..step.op.width()).any(|place| needed.contains(&step.out.plus(place))) {
                    needed.extend(step.op.reads());
                    kept.push(step.clone());
                }
            }
            kept.reverse();
            kept
        };
        // Months read what is drawn once, and nothing reads them before; sizes are read by nobody but themselves.
        let (sizes, monthly, advance, once) =
            (keep(&self.sizes), keep(&self.monthly), keep(&self.advance), keep(&self.once));
        let opening = self.opening.iter().filter(|step| monthly.contains(step)).cloned().collect();
        Self { once, advance, monthly, sizes, opening, ..self.clone() }
    }
}
