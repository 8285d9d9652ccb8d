use std::collections::BTreeSet;

use super::Plan;
use super::op::{Col, Step};

impl Plan {
    /// The plan without the operations that none of these columns needs. Columns, streams and estimates keep their places.
    #[must_use]
    pub fn only_for(&self, wanted: impl IntoIterator<Item = Col>) -> Self {
        let mut needed: BTreeSet<Col> = wanted.into_iter().collect();
        let keep = |needed: &mut BTreeSet<Col>, steps: &[Step]| {
            let mut kept: Vec<Step> = Vec::new();
            for step in steps.iter().rev() {
                if (0..step.op.width()).any(|place| needed.contains(&step.out.plus(place))) {
                    needed.extend(step.op.reads());
                    needed.extend((0..step.op.width()).map(|place| step.out.plus(place)));
                    kept.push(step.clone());
                }
            }
            kept.reverse();
            kept
        };
        // What a month keeps for the next is read before it is written: until nothing more is needed.
        let mut known = 0;
        while known != needed.len() {
            known = needed.len();
            keep(&mut needed, &self.monthly);
        }
        // Months read what is drawn once, and nothing reads them before; sizes are read by nobody but themselves.
        let (sizes, monthly, advance, once) =
            [&self.sizes, &self.monthly, &self.advance, &self.once].map(|steps| keep(&mut needed, steps)).into();
        let opening = self.opening.iter().filter(|step| monthly.contains(step)).cloned().collect();
        Self { once, advance, monthly, sizes, opening, ..self.clone() }
    }
}
