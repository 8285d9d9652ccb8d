//! What generated scenarios are decided on: over which time, by which costs.

use std::fmt::Write as _;

use super::{Dice, scenario};

/// The text of scenario number `number` with a table of its verdict, from dice of its own; without one it is decided on as files
/// that say nothing of it.
pub fn decided(number: u64) -> String {
    let mut text = scenario(number);
    let mut dice = Dice::new(number + 3_000_000);
    let line = text.lines().find_map(|line| line.strip_prefix("months = ")).expect("a horizon");
    let months: u64 = line.parse().expect("a number of months");
    text.push_str("[verdict]\n");
    if dice.chance(70) {
        let lens = ["invoices", "cash", "tco", "economic"][dice.below(4) as usize];
        let _ = writeln!(text, "lens = \"{lens}\"");
    }
    // Without a rate nothing is discounted, and the word is refused.
    if dice.chance(50) && text.contains("\ndiscount_rate = ") {
        text.push_str("discounted = false\n");
    }
    if dice.chance(60) {
        // One month and two have no three to look back on.
        let _ = writeln!(text, "window = \"{} months\"", 1 + dice.below(months));
    }
    if dice.chance(60) {
        let _ = writeln!(text, "end_value = \"{} years\"", dice.between(0.1, 4.0));
    }
    text
}
