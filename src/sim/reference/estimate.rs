//! The twin of what is drawn once a trial: mixtures by halving, rows of files, scores that move together.

use super::Twin;
use crate::math::elementary::{normal_quantile, uniform};
use crate::math::law::Law;
use crate::math::special::normal_cdf;
use crate::model::{Draw, Estimate, Group};
use crate::sim::source::ONCE;

impl Twin<'_> {
    /// The trial's value of an estimate.
    pub(super) fn value(&self, estimate: &Estimate) -> f64 {
        if let Some(before) = &estimate.before {
            // Of a figure that is changed only one of the two is looked at.
            let is_changed = self.at.get() >= self.whole_month(&before.until);
            let after = Estimate { before: None, ..estimate.clone() };
            return self.value(if is_changed { &after } else { &before.value });
        }
        if let Some(value) = estimate.constant() {
            return value;
        }
        let own = self.in_its_currency(estimate);
        estimate.exchange.as_ref().map_or(own, |rate| own * self.value(rate))
    }

    fn in_its_currency(&self, estimate: &Estimate) -> f64 {
        match &estimate.draw {
            Draw::Own => match estimate.law {
                Law::Constant(value) => value,
                ref law => quantile(law, self.uniform_of(&estimate.path)),
            },
            Draw::SameAs { path, times } => {
                let all = self.scenario.estimates();
                let original =
                    all.into_iter().find(|other| other.path == *path).expect("it is the same as an estimate");
                times * self.value(original)
            }
            Draw::Row(column) => {
                let u = self.uniform(&format!("file.{}", column.file), ONCE);
                column.values[(u * column.values.len() as f64).floor() as usize]
            }
        }
    }

    /// As of a month, for what is changed in one.
    pub(super) fn as_of<T>(&self, month: f64, look: impl FnOnce() -> T) -> T {
        let at = self.at.replace(month);
        let seen = look();
        self.at.set(at);
        seen
    }

    /// The uniform of an estimate: of its own stream, or of the score that it shares.
    fn uniform_of(&self, path: &str) -> f64 {
        let place = |group: &Group| group.members.iter().position(|member| member == path);
        let found = self.scenario.groups.iter().find_map(|group| Some((group, place(group)?)));
        match found {
            None | Some((_, 0)) => self.uniform(path, ONCE),
            Some((group, place)) => {
                let weights = weights(group, place);
                let own = |member: &String| normal_quantile(self.uniform(member, ONCE));
                normal_cdf(weights.iter().zip(&group.members).map(|(weight, member)| weight * own(member)).sum())
            }
        }
    }

    pub(super) fn uniform(&self, path: &str, month: u32) -> f64 {
        uniform(self.source.word_of(self.source.stream(path), self.trial, month))
    }
}

/// What the scores of members 0 to `place` count in that of `place`: Cholesky, row by row.
fn weights(group: &Group, place: usize) -> Vec<f64> {
    let mut rows: Vec<Vec<f64>> = Vec::new();
    for i in 0..=place {
        let mut row: Vec<f64> = Vec::new();
        for j in 0..i {
            let known: f64 = (0..j).map(|k| row[k] * rows[j][k]).sum();
            let pivot = rows[j][j];
            row.push(if pivot > 0.0 { (group.correlations[i][j] - known) / pivot } else { 0.0 });
        }
        let left = 1.0 - row.iter().map(|weight| weight * weight).sum::<f64>();
        // A rounding of 1 is nothing left to vary.
        row.push(if left > 1e-14 { left.sqrt() } else { 0.0 });
        rows.push(row);
    }
    rows.swap_remove(place)
}

/// The value that the share p does not pass. Of a mixture: the least whose chance of being at most that reaches p, by halving
/// between the least and the greatest of the parts' own.
fn quantile(law: &Law, p: f64) -> f64 {
    let Law::Mixture { parts } = law else { return law.quantile(p) };
    let chance = |x: f64| -> f64 { parts.iter().map(|(weight, part)| weight * part.cdf(x)).sum() };
    let own: Vec<f64> = parts.iter().map(|(_, part)| part.quantile(p)).collect();
    let mut low = own.iter().copied().fold(f64::INFINITY, f64::min);
    let mut high = own.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    if chance(low) >= p {
        return low;
    }
    loop {
        let middle = low + (high - low) / 2.0;
        if middle <= low || middle >= high {
            return high;
        }
        if chance(middle) >= p { high = middle } else { low = middle }
    }
}
