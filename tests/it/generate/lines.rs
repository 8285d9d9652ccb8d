//! Price lines of generated scenarios.

use std::fmt::Write as _;

use super::Dice;

/// What is idle of a line.
pub fn waste(dice: &mut Dice, text: &mut String) {
    if dice.chance(40) {
        let _ = writeln!(text, "waste = {}", dice.quantity(2.0, 40.0, "%"));
        if dice.chance(60) {
            let _ = writeln!(text, "tidy = {}", dice.quantity(10.0, 50.0, "%"));
        }
    }
}

/// What is bought ahead of the units of a line, or held of them.
pub fn commit(dice: &mut Dice, text: &mut String, name: &str) {
    let is_held = name == "old" && dice.chance(40);
    let is_bought = dice.chance(60);
    if is_bought {
        let _ = writeln!(text, "commit.share = {}", dice.quantity(20.0, 55.0, "%"));
        let _ = writeln!(text, "commit.discount = {}", dice.quantity(5.0, 30.0, "%"));
        let _ = writeln!(text, "commit.months = {}\ncommit.upfront = {}", 1 + dice.below(14), dice.chance(40));
        if dice.chance(40) {
            let _ = writeln!(text, "commit.begins = \"month {}\"", 1 + dice.below(9));
        }
    }
    if is_held {
        let (quantity, price) = (dice.quantity(1.0, 9.0, ""), dice.quantity(20.0, 300.0, "EUR / month"));
        let until = 1 + dice.below(12);
        let _ = writeln!(text, "commit.held = {{ quantity = {quantity}, price = {price}, until = \"month {until}\" }}");
    }
}

/// A line that costs what others cost, in parts.
pub fn copy(dice: &mut Dice, text: &mut String, name: &str) {
    if dice.chance(40) {
        let of = ["[\"runtime.web\"]", "\"all\"", "[\"data\", \"runtime.web\"]"][dice.below(3) as usize];
        let _ = writeln!(text, "[platforms.{name}.runtime.staging]\ncopy_of = {of}");
        let _ = writeln!(text, "scale = {}", dice.quantity(5.0, 60.0, "%"));
    }
}

/// Units sized by today or by capacity.
pub fn web(dice: &mut Dice, text: &mut String, name: &str) {
    let _ = writeln!(text, "[platforms.{name}.runtime.web]\nprice = {}", dice.quantity(40.0, 400.0, "USD / month"));
    let sizing = if dice.chance(60) { dice.quantity(3.0, 12.0, "") } else { String::new() };
    if sizing.is_empty() {
        let _ = writeln!(text, "driver = \"requests\"\ncapacity = {}", dice.quantity(20.0, 90.0, ""));
    } else {
        let _ = writeln!(text, "today = {sizing}");
    }
    let _ = writeln!(text, "headroom = {}\npeak = {}", dice.between(0.0, 0.5), dice.between(1.0, 3.0));
    let _ = writeln!(text, "autoscaling = {}\nat_least = {}", dice.between(0.0, 1.0), 1 + dice.below(3));
    if dice.chance(40) {
        let _ = writeln!(text, "copies = {}", dice.between(0.0, 0.6));
    }
    moves(dice, text, &format!("{name}.web"));
}

/// Units of two things that only come together.
pub fn bundle(dice: &mut Dice, text: &mut String, name: &str, over_time: &mut Dice) {
    if !dice.chance(60) {
        return;
    }
    let _ = writeln!(text, "[platforms.{name}.runtime.tasks]\ntoday = {}", dice.quantity(2.0, 9.0, ""));
    let _ = writeln!(text, "each.vcpu.price = {}", dice.quantity(20.0, 40.0, "USD / month"));
    let _ = writeln!(
        text,
        "each.gb = {{ price = {}, times = {} }}",
        dice.quantity(2.0, 6.0, "USD / month"),
        1 + dice.below(8)
    );
    if dice.chance(40) {
        let _ = writeln!(text, "copies = {}", dice.quantity(10.0, 60.0, "%"));
    }
    commit(over_time, text, name);
    if over_time.chance(40) {
        let _ = writeln!(text, "rises = {}", over_time.quantity(-9.0, 9.0, "% / year"));
    }
}

/// Plans that demand climbs and may fall down again; which of two limits is short first is chance.
pub fn ladder(dice: &mut Dice, text: &mut String, name: &str) {
    if !dice.chance(70) {
        return;
    }
    let connections = if dice.chance(50) { "\"requests\"".to_owned() } else { dice.quantity(50.0, 900.0, "") };
    let _ =
        writeln!(text, "[platforms.{name}.data.plan]\nfits = {{ storage = \"store\", connections = {connections} }}");
    let mut plans = Vec::new();
    for (nth, plan) in ["small", "middle", "large", "huge"].into_iter().take(1 + dice.below(4) as usize).enumerate() {
        let size = [1.0, 3.0, 9.0, 27.0][nth];
        let price = dice.quantity(50.0 * size, 80.0 * size, "USD / month");
        let storage = dice.between(80.0, 160.0) * (1.0 + nth as f64);
        let most = if dice.chance(10) { "\"unlimited\"".to_owned() } else { dice.between(100.0, 1_600.0).to_string() };
        plans.push(format!(
            "{{ name = \"{plan}\", price = {price}, storage = \"{storage} GB\", connections = {most} }}"
        ));
    }
    let _ = writeln!(text, "plans = [{}]\ndescends = {}", plans.join(", "), dice.chance(50));
    if dice.chance(70) {
        let _ = writeln!(text, "above = \"{}\"", ["split", "wall"][dice.below(2) as usize]);
    }
    if dice.chance(40) {
        let _ = writeln!(text, "copies = \"25 %\"");
    }
    moves(dice, text, &format!("{name}.plan"));
}

pub fn seats(dice: &mut Dice, text: &mut String, name: &str) {
    if dice.chance(60) {
        let driver = ["engineers", "desks", "demand"][dice.below(3) as usize];
        let _ = writeln!(text, "[platforms.{name}.tooling.seats]\nseats = \"{driver}\"");
        let _ = writeln!(text, "price = {}", dice.quantity(10.0, 90.0, "USD / month"));
        moves(dice, text, &format!("{name}.seats"));
    }
}

pub fn share(dice: &mut Dice, text: &mut String, name: &str) {
    if !dice.chance(60) {
        return;
    }
    let of = ["\"all\"", "[\"runtime.web\", \"data\"]", "[\"runtime\", \"runtime.web\"]"][dice.below(3) as usize];
    let _ = writeln!(text, "[platforms.{name}.tooling.support]\npercent_of = {of}");
    if dice.chance(50) {
        let _ = writeln!(text, "percent = {}", dice.quantity(2.0, 12.0, "%"));
    } else {
        let (first, second) = (dice.between(200.0, 2_000.0) * dice.money, 3_000.0 * dice.money);
        let (high, middle) = (dice.quantity(8.0, 12.0, "%"), dice.quantity(4.0, 8.0, "%"));
        let _ = writeln!(
            text,
            "brackets = [{{ up_to = \"{first} USD / month\", percent = {high} }}, {{ up_to = \"{second} USD / month\", percent = {middle} }}, {{ percent = \"3 %\" }}]"
        );
    }
    if dice.chance(60) {
        let _ = writeln!(text, "at_least = {}", dice.quantity(20.0, 200.0, "USD / month"));
    }
    if dice.chance(30) {
        let _ = writeln!(text, "copies = \"10 %\"");
    }
}

pub fn stores(dice: &mut Dice, text: &mut String, name: &str) {
    let _ = writeln!(text, "[platforms.{name}.data.disk]\nmeter = \"store\"\nfree = \"{} GB\"", dice.below(80));
    let _ = writeln!(
        text,
        "brackets = [{{ up_to = \"200 GB\", price = {} }}, {{ price = \"{} USD / GB\" }}]",
        dice.quantity(0.1, 0.4, "USD / GB"),
        0.1 * dice.money
    );
    let _ = writeln!(text, "[platforms.{name}.data.database]\nprice = {}", dice.quantity(20.0, 900.0, "USD / month"));
    text.push_str("vendor = \"other\"\n");
    if dice.chance(70) {
        let _ = writeln!(
            text,
            "[platforms.{name}.tooling.logs]\nmeter = \"requests\"\nprice = {}",
            dice.quantity(0.05, 0.5, "USD")
        );
    }
    if dice.chance(50) {
        let _ = writeln!(text, "[platforms.{name}.tooling.licence]\nonce = {}", dice.quantity(100.0, 9_000.0, "USD"));
        if dice.chance(60) {
            let _ = writeln!(text, "month = \"month {}\"", 1 + dice.below(9));
        }
    }
}

/// A meter of what is counted by the day, and several of a thing.
pub fn sent(dice: &mut Dice, text: &mut String, name: &str) {
    if dice.chance(60) {
        let _ = writeln!(text, "[platforms.{name}.runtime.egress]\nmeter = \"sent\"\nfree = \"{} GB\"", dice.below(90));
        let _ = writeln!(text, "price = {}", dice.quantity(0.05, 0.2, "USD / GB"));
    }
    if dice.chance(60) {
        let _ = writeln!(text, "[platforms.{name}.runtime.nat]\nprice = {}", dice.quantity(20.0, 40.0, "USD / month"));
        let _ = writeln!(text, "times = {}", dice.quantity(0.0, 3.0, ""));
    }
}

/// How a line moves, where it says so.
fn moves(dice: &Dice, text: &mut String, line: &str) {
    let mut apart = dice.apart(line);
    if apart.chance(40) {
        let _ = writeln!(text, "moves = \"{}\"", ["with traffic", "at cutover"][apart.below(2) as usize]);
    }
}
