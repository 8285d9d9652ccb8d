//! Layers of cover, from dice of their own: what they say moves nothing else.

use std::fmt::Write as _;

use super::Dice;

/// Who covers the options of scenario `number`, if anybody does.
pub fn cover(number: u64, text: &mut String, money: f64) {
    let mut dice = Dice { money, ..Dice::new(number + 3_000_000) };
    if !dice.chance(70) {
        return;
    }
    let mut home = Vec::new();
    if dice.chance(60) {
        for name in ["ops", "help"] {
            if dice.chance(60) {
                let kind = ["dedicated", "service", "consultant"][dice.below(3) as usize];
                layer(&mut dice, text, ("stay", name, kind), None);
                home.push(name);
            }
        }
    }
    for option in ["move", "other"] {
        for name in &home {
            if dice.chance(40) {
                let _ = writeln!(text, "[options.{option}.cover.{name}]");
                if dice.chance(40) {
                    text.push_str("released = true\n");
                }
            }
        }
        let team = dice.chance(70);
        if team {
            layer(&mut dice, text, (option, "team", "dedicated"), None);
        }
        if dice.chance(70) {
            layer(&mut dice, text, (option, "firm", "service"), team.then_some("team"));
        }
        if dice.chance(50) {
            layer(&mut dice, text, (option, "audit", "consultant"), team.then_some("team"));
        }
    }
}

fn layer(dice: &mut Dice, text: &mut String, (option, name, kind): (&str, &str, &str), team: Option<&str>) {
    let _ = writeln!(text, "[options.{option}.cover.{name}]\nkind = \"{kind}\"\norder = {}", dice.below(3));
    if dice.chance(40) {
        let first = dice.between(2.0, 9.0);
        let last = if dice.chance(50) { format!(" .. {}", first + 1.0) } else { String::new() };
        let _ = writeln!(text, "begins = \"month {first}{last}\"");
    }
    match (team, dice.below(4)) {
        (Some(team), 0 | 1) => {
            let _ = writeln!(text, "ends_when = \"{team} is filled\"");
        }
        (_, 2) => {
            let _ = writeln!(text, "ends_when = \"month {}\"", 1 + dice.below(20));
        }
        (None, 1) => {
            let _ = writeln!(text, "ends_when = \"toil < {} % for 2 months\"", dice.between(0.5, 20.0));
        }
        _ => {}
    }
    if dice.chance(50) {
        let _ = writeln!(text, "notice = {}", dice.quantity(0.0, 4.0, "months"));
    }
    match kind {
        "dedicated" => seats(dice, text),
        "service" => service(dice, text),
        _ => {
            let _ = writeln!(text, "days = {}", dice.quantity(0.5, 6.0, "/ month"));
            let _ = writeln!(text, "day_rate = {}", dice.quantity(600.0, 2_000.0, "USD"));
            if dice.chance(70) {
                let _ = writeln!(text, "lasts = {}", dice.quantity(1.0, 9.0, "months"));
            }
            if dice.chance(60) {
                let _ = writeln!(text, "lowers_debt = {}", dice.quantity(1.0, 9.0, "% / month"));
            }
        }
    }
}

fn seats(dice: &mut Dice, text: &mut String) {
    let seats = 1 + dice.below(3);
    let filled = if dice.chance(50) { dice.below(seats + 1) } else { 0 };
    let _ = writeln!(text, "seats = {seats}\nfilled = {filled}");
    let _ = writeln!(text, "pay = {}", dice.quantity(2_000.0, 15_000.0, "USD / month"));
    let _ = writeln!(text, "productive = {}", dice.quantity(5.0, 60.0, "hours / month"));
    if dice.chance(60) {
        let mut all = vec![format!("toil > {} %", dice.between(0.5, 30.0))];
        if dice.chance(50) {
            all[0].push_str(" for 3 months");
        }
        if dice.chance(50) {
            all.push(format!("engineers > {}", dice.between(2.0, 24.0)));
        }
        if dice.chance(30) {
            all.push(format!("month {}", 2 + dice.below(20)));
        }
        let _ = writeln!(text, "hire_when_any = {all:?}");
    }
    let _ = writeln!(text, "lag = {}", dice.quantity(0.0, 5.0, "months"));
    let _ = writeln!(text, "recruiting = {}", dice.quantity(100.0, 9_000.0, "USD"));
    let _ = writeln!(text, "ramp = {}", dice.quantity(0.0, 5.0, "months"));
    if dice.chance(60) {
        let _ = writeln!(text, "attrition = \"{} % / year\"", dice.between(1.0, 90.0));
    }
    // Dice of its own: what else is generated stays as it was.
    let mut dice = dice.apart("mis-hire");
    if dice.chance(50) {
        let _ = writeln!(text, "mis_hire = {}", dice.quantity(5.0, 45.0, "%"));
        let _ = writeln!(text, "mis_hire_after = {}", dice.quantity(0.2, 6.0, "months"));
    }
}

fn service(dice: &mut Dice, text: &mut String) {
    let _ = writeln!(text, "retainer = {}", dice.quantity(200.0, 6_000.0, "USD / month"));
    let _ = writeln!(text, "includes = {}", dice.quantity(1.0, 30.0, "hours / month"));
    if dice.chance(60) {
        let _ = writeln!(text, "setup_fee = {}", dice.quantity(100.0, 6_000.0, "USD"));
    }
    if dice.chance(60) {
        let _ = writeln!(text, "beyond = {}", dice.quantity(60.0, 200.0, "USD / hour"));
        if dice.chance(60) {
            let _ = writeln!(text, "at_most = {}", dice.quantity(31.0, 60.0, "hours / month"));
        }
    }
    if dice.chance(60) {
        let _ = writeln!(text, "stays_inside = {}", dice.quantity(5.0, 45.0, "%"));
    }
}
