//! Drivers that came later, from dice of their own.

use std::fmt::Write as _;

use super::Dice;

/// How many of what demand counts there are today, in two scenarios of three.
pub fn reading(number: u64, text: &mut String) {
    let mut dice = Dice::new(number).apart("reading");
    let unit = ["", "users"][dice.below(2) as usize];
    if dice.chance(67) {
        let today = dice.quantity(0.5, 3.0, unit);
        *text = text.replacen("[demand]\n", &format!("[demand]\ntoday = {today}\n"), 1);
    }
}

/// What follows the units of lines, and lines that count it.
pub fn connections(number: u64, money: f64, text: &mut String) {
    let mut dice = Dice { money, ..Dice::new(number).apart("connections") };
    if !dice.chance(60) {
        return;
    }
    let second = match dice.chance(50) {
        true => format!(", \"{}.runtime.web\" = {}", ["new", "third"][dice.below(2) as usize], dice.between(0.0, 9.0)),
        false => String::new(),
    };
    let each = dice.quantity(2.0, 30.0, "");
    let _ = writeln!(text, "[drivers.connections]\nper = {{ \"old.runtime.web\" = {each}{second} }}");
    let _ = writeln!(text, "whole = {}", dice.chance(50));
    for platform in ["old", "new", "third"] {
        let _ = writeln!(text, "[platforms.{platform}.data.pooler]\ndriver = \"connections\"");
        let _ = writeln!(text, "price = {}", dice.quantity(5.0, 60.0, "USD / month"));
        let key = ["today", "capacity"][dice.below(2) as usize];
        let _ = writeln!(text, "{key} = {}\npeak = {}", dice.quantity(2.0, 40.0, ""), dice.between(1.0, 2.0));
    }
}
