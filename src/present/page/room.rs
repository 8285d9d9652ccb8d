//! How much a page says: what every page does, and then what matters most, as long as there is room for it.

use crate::present::side;

/// Most lines of a page with three options; each option more has a line of its own.
pub const HEIGHT: usize = 32;
/// Options that the height is meant for.
const USUAL: usize = 3;
/// Most options with a line of their own; the rest are counted.
pub const MOST_OPTIONS: usize = 12;

/// Most lines of a page with so many options.
#[must_use]
pub fn height(options: usize) -> usize {
    // A table of more options has a head of two lines and the baseline's own row.
    let wide = if options > USUAL { 2 } else { 0 };
    HEIGHT + wide + options.min(MOST_OPTIONS).saturating_sub(USUAL)
}

/// How much is said of what not every page has room for.
#[derive(Debug, Clone, Copy)]
pub struct Room {
    /// Longest name in an argument, and in what stands below the tables, columns.
    pub longest_name: usize,
    /// Whether growth cases are argued with.
    pub growth: bool,
    /// Lines of what the answer hinges on.
    pub hinges: usize,
    /// Lines of what may happen.
    pub events: usize,
    /// Whether is said what is worth knowing though it need not come first.
    pub worth_knowing: bool,
    /// Whether is said what the leader is early on beside the tuned platform.
    pub early: bool,
    /// Whether is said that the bad case of what is not chosen is worse.
    pub risk: bool,
}

/// Names are cut to so many columns only where a page finds no room otherwise.
const SHORTEST_NAME: usize = 18;

/// What there is always room for.
const LEAST: Room =
    Room { longest_name: 28, growth: false, hinges: 1, events: 0, worth_knowing: false, early: false, risk: false };

/// What more is said, the weightiest first.
const MORE: [fn(&mut Room); 10] = [
    |room| room.events = 1,
    |room| room.risk = true,
    |room| room.hinges = 2,
    |room| room.worth_knowing = true,
    |room| room.early = true,
    |room| room.events = 2,
    |room| room.hinges = 3,
    |room| room.events = 3,
    |room| room.longest_name = side::LONGEST,
    |room| room.growth = true,
];

/// The room of a page that fits: each of what more is said where it fits with all before it that did.
pub fn fitting(fits: impl Fn(&Room) -> bool) -> Room {
    let least = if fits(&LEAST) { LEAST } else { Room { longest_name: SHORTEST_NAME, ..LEAST } };
    MORE.iter().fold(least, |room, add| {
        let mut more = room;
        add(&mut more);
        if fits(&more) { more } else { room }
    })
}

#[cfg(test)]
mod tests {
    use super::fitting;

    #[test]
    fn what_does_not_fit_leaves_room_for_what_weighs_less() {
        let all = fitting(|_| true);
        assert!(all.growth && all.early && all.hinges == 3);
        let some = fitting(|room| !room.worth_knowing && room.hinges < 2);
        assert!(some.early && some.growth && some.hinges == 1 && !some.worth_knowing);
    }
}
