//! Paths of estimates with other names in them: which of their pieces are names, and of what.

use super::names::{Kind, Names};

/// Renames paths.
pub(super) struct Paths<'n>(pub(super) &'n Names);

impl Paths<'_> {
    /// The path with its names replaced; what is of the language stays.
    pub(super) fn renamed(&self, path: &str) -> String {
        if let Some(sku) = path.strip_prefix("price.").filter(|sku| self.0.is_own_price(sku)) {
            return format!("price.{}", self.0.instead(Kind::OwnPrice, sku));
        }
        if let Some(file) = path.strip_prefix("file.") {
            return format!("file.{}", self.0.instead(Kind::File, file));
        }
        let mut pieces: Vec<String> = path.split('.').map(str::to_owned).collect();
        for (place, kind) in named(path) {
            pieces[place] = self.0.instead(kind, &pieces[place]);
        }
        pieces.join(".")
    }
}

/// The places of names among a path's pieces, with what they are names of.
fn named(path: &str) -> Vec<(usize, Kind)> {
    let pieces: Vec<&str> = path.split('.').collect();
    let below = |start: usize| of_platform(&pieces[start.min(pieces.len())..], start);
    match pieces.as_slice() {
        ["demand", "case", _, ..] => vec![(2, Kind::Case)],
        ["driver", _, "from", _] => vec![(1, Kind::Driver), (3, Kind::Driver)],
        ["driver", _, "per", _, _, _] => vec![(1, Kind::Driver), (3, Kind::Platform), (5, Kind::Line)],
        ["driver", _, ..] => vec![(1, Kind::Driver)],
        ["event", _, "prices", _] => vec![(1, Kind::Event), (3, Kind::Vendor)],
        ["event", _, "adds", _, ..] => with(vec![(1, Kind::Event), (3, Kind::Platform)], below(4)),
        ["event", _, ..] => vec![(1, Kind::Event)],
        ["requirement", _, ..] => vec![(1, Kind::Requirement)],
        ["vendor", _, "sla_credit", _] => vec![(1, Kind::Vendor), (3, Kind::Class)],
        ["vendor", _, ..] => vec![(1, Kind::Vendor)],
        ["incident", _, "revenue_hit", _] => vec![(1, Kind::Class), (3, Kind::Platform)],
        ["incident", _, "per", _] => vec![(1, Kind::Class), (3, Kind::Driver)],
        ["incident", _, ..] => vec![(1, Kind::Class)],
        ["common_cause", _, ..] => vec![(1, Kind::Cause)],
        ["platform", _, ..] => with(vec![(1, Kind::Platform)], below(2)),
        ["option", _, "cover", _, ..] => vec![(1, Kind::Option), (3, Kind::Layer)],
        ["option", _, "change", ..] => with(vec![(1, Kind::Option)], below(3)),
        ["option", _, ..] => vec![(1, Kind::Option)],
        ["migration", _, "workload", _, ..] => vec![(1, Kind::Migration), (3, Kind::Workload)],
        ["migration", _, ..] => vec![(1, Kind::Migration)],
        _ => Vec::new(),
    }
}

fn with(mut some: Vec<(usize, Kind)>, more: Vec<(usize, Kind)>) -> Vec<(usize, Kind)> {
    some.extend(more);
    some
}

/// The same below a platform, whose own pieces begin at a place.
fn of_platform(pieces: &[&str], start: usize) -> Vec<(usize, Kind)> {
    let at = |places: &[(usize, Kind)]| places.iter().map(|(place, kind)| (start + place, *kind)).collect();
    match pieces {
        ["work", _, ..] => at(&[(1, Kind::Work)]),
        ["incident" | "incidents", _, "per", _] => at(&[(1, Kind::Class), (3, Kind::Driver)]),
        ["incident" | "incidents", _, "revenue_hit", _] => at(&[(1, Kind::Class), (3, Kind::Platform)]),
        ["incident" | "incidents", _, ..] => at(&[(1, Kind::Class)]),
        ["friction", "per", _] => at(&[(2, Kind::Driver)]),
        ["cannot", _, ..] => at(&[(1, Kind::Requirement)]),
        ["runtime" | "data" | "tooling" | "engineering", _, rest @ ..] => {
            let inside = match rest {
                ["each", _, ..] => Some(Kind::Part),
                ["plans", _, ..] => Some(Kind::Plan),
                ["fits", _, ..] => Some(Kind::Limit),
                _ => None,
            };
            let line = [(1, Kind::Line)];
            match inside {
                Some(kind) => at(&[line[0], (3, kind)]),
                None => at(&line),
            }
        }
        // Debt, onboarding, waiting, waste: the language's own.
        _ => Vec::new(),
    }
}
