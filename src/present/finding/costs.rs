//! What the picture of where the money goes says: on what the move saves most, and on what it spends most.

use crate::present::number::{money, span};

/// One option's mean cost over the horizon, dollars as paid.
#[derive(Debug, Clone, PartialEq)]
pub struct Bar {
    /// What the option is called.
    pub name: String,
    /// What it pays for, in the order of drawing.
    pub parts: Vec<Part>,
    /// All of it.
    pub total: f64,
}

/// A part of an option's cost.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Part {
    /// What is paid for.
    pub what: What,
    /// Mean over futures, dollars; credits are negative.
    pub dollars: f64,
}

/// What is paid for: running it by bucket, and moving there by phase.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// What the application runs on.
    Runtime,
    /// Databases and their kin.
    Data,
    /// Logs, monitoring, CI, support.
    Tooling,
    /// People's hours of running it.
    Engineering,
    /// The hours of the project.
    Project,
    /// Both platforms at once.
    DualRunning,
    /// What is paid at the opening.
    Opening,
    /// Parts too small to be seen.
    Rest,
}

impl What {
    /// All that a bar may be made of, in the order of drawing.
    pub const ALL: [Self; 8] = [
        Self::Runtime,
        Self::Data,
        Self::Tooling,
        Self::Engineering,
        Self::Project,
        Self::DualRunning,
        Self::Opening,
        Self::Rest,
    ];

    /// In words.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Runtime => "Runtime",
            Self::Data => "Data",
            Self::Tooling => "Tooling",
            Self::Engineering => "Engineering",
            Self::Project => "Project",
            Self::DualRunning => "Dual running",
            Self::Opening => "Opening",
            Self::Rest => "Other",
        }
    }

    /// Whether it is paid for moving and not for running.
    #[must_use]
    pub const fn is_move(self) -> bool {
        matches!(self, Self::Project | Self::DualRunning | Self::Opening)
    }
}

/// Differences below this share of the larger total are not a finding.
const WORTH_SAYING: f64 = 0.005;

/// The finding: the leader's largest saving and its largest extra beside the baseline.
#[must_use]
pub fn title(base: &Bar, own: &Bar, months: u32) -> String {
    let horizon = span(months);
    let least = WORTH_SAYING * own.total.abs().max(base.total.abs()).max(0.01);
    let groups = ["runtime", "data", "tooling", "engineering", "the move"];
    let differences = groups.map(|group| (group, of(own, group) - of(base, group)));
    let saved = differences.iter().filter(|(_, d)| *d < -least).min_by(|a, b| a.1.total_cmp(&b.1));
    let spent = differences.iter().filter(|(_, d)| *d > least).max_by(|a, b| a.1.total_cmp(&b.1));
    let (name, other) = (&own.name, &base.name);
    match (saved, spent) {
        (Some((on, saved)), Some((on_more, spent))) => {
            let (saved, spent) = (money(*saved, 0.0), money(*spent, 0.0));
            let more = if *on_more == "the move" { "" } else { " more" };
            format!("Over {horizon} {name} saves {saved} on {on}, and spends {spent}{more} on {on_more}")
        }
        (Some((on, saved)), None) => {
            format!("Over {horizon} {name} costs more in nothing, and saves {} on {on}", money(*saved, 0.0))
        }
        (None, Some((on, spent))) => {
            let more = if *on == "the move" { "" } else { " more" };
            format!("Over {horizon} {name} saves on nothing, and spends {}{more} on {on}", money(*spent, 0.0))
        }
        (None, None) => format!("Over {horizon} {name} and {other} spend about the same on everything"),
    }
}

fn of(bar: &Bar, group: &str) -> f64 {
    let is_in = |what: What| if group == "the move" { what.is_move() } else { what.name().to_lowercase() == group };
    bar.parts.iter().filter(|part| is_in(part.what)).map(|part| part.dollars).sum()
}

/// What is drawn.
#[must_use]
pub fn subtitle(months: u32) -> Vec<String> {
    vec![format!(
        "Mean cost of each option over {}, invoices and engineers’ time, US dollars as paid. Solid: running it. Striped: moving",
        span(months)
    )]
}

#[cfg(test)]
mod tests {
    use super::{Bar, Part, What, title};

    fn bar(name: &str, parts: &[(What, f64)]) -> Bar {
        let parts: Vec<Part> = parts.iter().map(|(what, dollars)| Part { what: *what, dollars: *dollars }).collect();
        Bar { name: name.into(), total: parts.iter().map(|p| p.dollars).sum(), parts }
    }

    #[test]
    fn the_title_names_the_largest_saving_and_the_largest_extra() {
        let base = bar("Heroku", &[(What::Runtime, 500e3), (What::Engineering, 80e3)]);
        let own = [(What::Runtime, 180e3), (What::Engineering, 200e3), (What::Project, 90e3), (What::DualRunning, 40e3)];
        let title_of = |own: &[(What, f64)]| title(&base, &bar("AWS", own), 60);
        assert_eq!(title_of(&own), "Over 5 years AWS saves $320k on runtime, and spends $130k on the move");
        assert_eq!(title_of(&own[..2]), "Over 5 years AWS saves $320k on runtime, and spends $120k more on engineering");
        assert_eq!(title_of(&own[..1]), "Over 5 years AWS costs more in nothing, and saves $320k on runtime");
        let same = [(What::Runtime, 500e3), (What::Engineering, 80_100.0)];
        assert_eq!(title_of(&same), "Over 5 years AWS and Heroku spend about the same on everything");
    }
}
