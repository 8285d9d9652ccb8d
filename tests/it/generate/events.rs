//! What may happen in generated scenarios, and when their lines and work count; from dice of their own.

use std::fmt::Write as _;

use super::Dice;

/// Adds requirements, events, what platforms cannot meet, and `begins`, `until`, `needs` to lines and work.
pub fn add(number: u64, money: f64, months: u64, text: &mut String) {
    let mut dice = Dice { money, ..Dice::new(number + 2_000_000) };
    if dice.chance(30) {
        return;
    }
    *text = counting(&mut dice, text);
    requirements(&mut dice, text, months);
    price_rise(&mut dice, text);
    customer(&mut dice, text, months);
    if dice.chance(60) {
        let _ = writeln!(text, "[events.leaves]\nhazard = {}", dice.quantity(1.0, 9.0, "% / month"));
        let _ =
            writeln!(text, "debt = {}\nhours = {}", dice.quantity(5.0, 40.0, "%"), dice.quantity(9.0, 90.0, "hours"));
        let _ = writeln!(text, "restore = {}", dice.quantity(1.2, 3.0, "times"));
        if dice.chance(60) {
            let _ = writeln!(text, "lasts = {}", dice.quantity(0.0, 6.0, "months"));
        }
    }
    endings(&mut Dice { money, ..Dice::new(number + 5_000_000) }, text);
}

/// The product's end, and projects that wait for a requirement.
fn endings(dice: &mut Dice, text: &mut String) {
    if text.contains("switches_on = \"report\"") && dice.chance(60) {
        *text = text.replace("starts_when_any = [", "starts_when_any = [\"report is on\", ");
    }
    if dice.chance(35) {
        let _ = writeln!(text, "[events.shutdown]\nhazard = {}\nends = \"old\"", dice.quantity(1.0, 9.0, "% / month"));
        let within = if dice.chance(50) { dice.below(4).to_string() } else { "0.5 .. 4".to_owned() };
        let _ = writeln!(text, "to = \"move\"\nwithin = \"{within} months\"");
        if dice.chance(60) {
            let _ = writeln!(text, "last_day = {}", dice.quantity(2.0, 14.0, "months"));
        }
        if dice.chance(60) {
            let _ = writeln!(text, "rush = {}", dice.quantity(1.0, 2.0, "times"));
        }
        if text.contains("\nlast_day = ") {
            run_by_one(&mut dice.apart("paas"), text);
        }
    }
    let asked = text.matches("[platforms.old.cannot.report]").count() > 0 && dice.chance(50);
    if asked {
        let rush = dice.quantity(1.0, 2.0, "times");
        let leave = format!("[platforms.old.cannot.report]\nto = \"move\"\nwithin = \"2 months\"\nrush = {rush}\n");
        *text = text.replace("[platforms.old.cannot.report]\n", &leave);
    }
    for name in ["pivot", "runway"].into_iter().take(dice.below(3) as usize) {
        let _ =
            writeln!(text, "[events.{name}]\nhazard = {}\nends = \"product\"", dice.quantity(0.5, 4.0, "% / month"));
    }
}

/// Lets somebody run the old platform who sells nothing elsewhere, and has something signed.
fn run_by_one(dice: &mut Dice, text: &mut String) {
    if dice.chance(30) {
        return;
    }
    *text = text.replace(
        "[platforms.old]\ntitle = \"Platform old\"\nvendor = \"shop\"",
        "[platforms.old]\ntitle = \"Platform old\"\nvendor = \"paas\"",
    );
    // What is signed with the other is of a line that it sells there.
    *text = text.replace("[platforms.old.data.disk]\n", "[platforms.old.data.disk]\nvendor = \"shop\"\n");
    let until = 1 + dice.below(30);
    let least = dice.quantity(900.0, 9_000.0, "USD / month");
    let _ = write!(text, "[vendors.paas]\ncontract = {{ minimum_spend = {least}, until = \"month {until}\"");
    if dice.chance(60) {
        let _ = write!(text, ", renews_every = {}, notice = \"{} months\"", 1 + dice.below(9), dice.below(5));
    }
    text.push_str(" }\n");
}

/// Lines and work that begin, end and wait.
fn counting(dice: &mut Dice, text: &str) -> String {
    let mut out = String::new();
    for line in text.lines() {
        out.push_str(line);
        out.push('\n');
        let pieces: Vec<&str> = line.trim_matches(['[', ']']).split('.').collect();
        let is_one = matches!(pieces.as_slice(), ["platforms", _, "runtime" | "data" | "tooling" | "work", _]);
        if !line.starts_with('[') || !is_one || !dice.chance(25) {
            continue;
        }
        if dice.chance(50) {
            let first = dice.below(6) + 2;
            let range = if dice.chance(50) { format!("{first} .. {}", first + 4) } else { first.to_string() };
            let _ = writeln!(out, "begins = \"month {range}\"");
        }
        if dice.chance(40) {
            let _ = writeln!(out, "until = \"month {}\"", 12 + dice.below(20));
        }
        if dice.chance(40) {
            let _ = writeln!(out, "needs = \"{}\"", ["report", "network"][dice.below(2) as usize]);
        }
    }
    out
}

fn requirements(dice: &mut Dice, text: &mut String, months: u64) {
    text.push_str("[requirements.report]\ntitle = \"A report\"\n");
    text.push_str("[requirements.network]\n");
    if dice.chance(60) {
        let _ = writeln!(text, "begins = \"month {}\"", 1 + dice.below(months / 2));
    }
    for platform in ["old", "new", "third"] {
        if dice.chance(60) {
            let requirement = ["report", "network"][dice.below(2) as usize];
            let blocked = dice.quantity(100.0, 9_000.0, "USD / month");
            let _ = writeln!(text, "[platforms.{platform}.cannot.{requirement}]\nblocked = {blocked}");
        }
    }
}

fn price_rise(dice: &mut Dice, text: &mut String) {
    for name in ["rise", "another"] {
        let _ = writeln!(text, "[events.{name}]\nhazard = {}", dice.quantity(1.0, 9.0, "% / month"));
        let (shop, other) = (dice.quantity(0.7, 1.8, "times"), dice.quantity(0.7, 1.8, "times"));
        let _ = writeln!(text, "prices = {{ shop = {shop}, other = {other} }}\nends_credits = [\"other\"]");
        if dice.chance(50) {
            return;
        }
    }
}

/// Somebody who brings demand, asks for something, and has lines added and removed.
fn customer(dice: &mut Dice, text: &mut String, months: u64) {
    let first = 2 + dice.below(months);
    let _ = writeln!(text, "[events.customer]\nprobability = {}", dice.quantity(30.0, 60.0, "%"));
    // Some come with the first month, which may be the as-of month.
    let month = if dice.apart("month 1").chance(30) { "1".into() } else { format!("{first} .. {}", first + 9) };
    let _ = writeln!(text, "month = \"month {month}\"");
    if dice.chance(70) {
        let _ = writeln!(text, "demand = {}", dice.quantity(0.6, 2.0, "times"));
    }
    if dice.chance(70) {
        text.push_str("switches_on = \"report\"\n");
    }
    if dice.chance(60) {
        text.push_str("removes = [\"old.runtime.web\", \"new.data.disk\"]\n");
    }
    if dice.chance(60) {
        let (price, once) = (dice.quantity(90.0, 900.0, "USD / month"), dice.quantity(90.0, 900.0, "USD"));
        let _ = writeln!(text, "[events.customer.adds.old.tooling]\nsiem = {{ price = {price}, copies = \"10 %\" }}");
        let _ = writeln!(text, "fee = {{ once = {once} }}");
        let _ =
            writeln!(text, "[events.customer.adds.new.data.replica]\nprice = {price}\ntoday = 2\nvendor = \"other\"");
    }
}
