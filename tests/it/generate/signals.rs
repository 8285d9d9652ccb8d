//! What is said of a team, requests that wait, and conditions on all of that: put into what stands already, from dice of their
//! own.

use std::fmt::Write as _;

use super::Dice;

/// Adds to a scenario's text.
pub fn add(number: u64, money: f64, text: &mut String) {
    let mut dice = Dice { money, ..Dice::new(number + 6_000_000) };
    if dice.chance(25) {
        return;
    }
    let said = team(&mut dice, text);
    for name in ["old", "new", "third"] {
        if dice.chance(60) {
            let (requests, handling) = (dice.quantity(0.2, 3.0, "/ month"), dice.quantity(0.2, 3.0, "hours"));
            let lost = dice.quantity(10.0, 45.0, "%");
            let _ = writeln!(text, "[platforms.{name}.waiting]\nrequests = {requests}");
            let _ = writeln!(text, "handling = {handling}\nlost = {lost}");
        }
    }
    let waits = Waits::of(text, said);
    let mut out = String::new();
    let mut option = String::new();
    for line in text.lines() {
        if line.starts_with('[') {
            option = line.strip_prefix("[options.").and_then(|rest| rest.split('.').next()).unwrap_or("").to_owned();
        }
        let list = |line: &str, more: Vec<String>| {
            let more: String = more.iter().map(|one| format!(", {one:?}")).collect();
            format!("{}{more}]", line.trim_end_matches(']'))
        };
        let line = if line.starts_with("at_full = {") && dice.chance(60) {
            format!("{}, onboarding = {} }}", &line[..line.len() - 2], dice.quantity(10.0, 90.0, "%"))
        } else if line.starts_with("starts_when_any = [") && dice.chance(60) {
            list(line, waits.of_a_team(&mut dice))
        } else if line.starts_with("hire_when_any = [") && dice.chance(70) {
            let mut all = waits.of_a_team(&mut dice);
            all.extend(waits.of_an_option(&mut dice, &option));
            list(line, all)
        } else if line.starts_with("ends_when = \"month") && dice.chance(50) {
            let mut all = waits.of_a_team(&mut dice);
            all.extend(waits.of_an_option(&mut dice, &option));
            all.pop().map_or_else(|| line.to_owned(), |one| format!("ends_when = {one:?}"))
        } else {
            line.to_owned()
        };
        out.push_str(&line);
        out.push('\n');
        if line.starts_with("kind = \"") && !option.is_empty() && dice.chance(50) {
            let _ = writeln!(out, "vendor = \"{}\"", ["shop", "other"][dice.below(2) as usize]);
        }
    }
    *text = out;
}

/// What `[people]` says of the team; gives the words of it.
fn team(dice: &mut Dice, text: &mut String) -> Vec<&'static str> {
    let mut lines = String::new();
    let mut said = Vec::new();
    for (key, low, high) in [
        ("services", 0.0, 6.0),
        ("regions", 0.0, 3.0),
        ("codebases", 1.0, 4.0),
        ("ci_minutes", 5.0, 20.0),
        ("know_production", 0.0, 3.0),
    ] {
        if !dice.chance(65) {
            continue;
        }
        let value = if dice.chance(30) {
            format!("\"{}\"", ["engineers", "desks"][dice.below(2) as usize])
        } else {
            dice.drawn(low, high, "")
        };
        let _ = writeln!(lines, "{key} = {value}");
        said.push(key);
    }
    *text = text.replacen("[people]\n", &format!("[people]\n{lines}"), 1);
    said
}

/// What there is to wait for.
struct Waits {
    said: Vec<&'static str>,
    walls: Vec<&'static str>,
    asked: Vec<&'static str>,
    is_signed: bool,
    leaves: bool,
}

impl Waits {
    fn of(text: &str, said: Vec<&'static str>) -> Self {
        let table = |name: &str| text.split(&format!("[{name}]")).nth(1).and_then(|rest| rest.split("\n[").next());
        let has_wall = |platform: &&&str| {
            table(&format!("platforms.{platform}.data.plan")).is_some_and(|plan| plan.contains("above = \"wall\""))
        };
        let walls = ["old", "new", "third"].iter().filter(has_wall).copied().collect();
        let mut asked = Vec::new();
        if text.contains("switches_on = \"report\"") {
            asked.push("report");
        }
        if table("requirements.network").is_some_and(|table| table.contains("begins")) {
            asked.push("network");
        }
        let is_signed = table("vendors.shop").is_some_and(|table| table.contains("contract ="));
        let leaves = table("options.other").is_some_and(|table| table.contains("migration"));
        Self { said, walls, asked, is_signed, leaves }
    }

    /// Conditions that a project and a layer may both have.
    fn of_a_team(&self, dice: &mut Dice) -> Vec<String> {
        let mut all = Vec::new();
        for key in &self.said {
            if dice.chance(30) {
                let side = if dice.chance(70) { '>' } else { '<' };
                all.push(format!("{key} {side} {}", dice.between(1.0, 12.0)));
            }
        }
        if self.said.contains(&"codebases") && dice.chance(40) {
            all.push(format!("engineers_per_codebase > {} for 2 months", dice.between(2.0, 12.0)));
        }
        if dice.chance(40) {
            all.push(format!("outage twice in {} months", 1 + dice.below(4)));
        }
        all
    }

    /// Conditions that look at an option.
    fn of_an_option(&self, dice: &mut Dice, option: &str) -> Vec<String> {
        let mut all = Vec::new();
        if dice.chance(50) {
            all.push(format!("bill > {} USD / month", dice.between(300.0, 9_000.0) * dice.money));
        }
        if dice.chance(50) {
            all.push(format!("bill < {} USD / month for 2 months", dice.between(300.0, 9_000.0) * dice.money));
        }
        let platforms: &[&str] = match option {
            "stay" => &["old"],
            "move" => &["old", "new"],
            _ if self.leaves => &["old", "third"],
            _ => &["third"],
        };
        if platforms.iter().any(|name| self.walls.contains(name)) && dice.chance(50) {
            all.push("wall".to_owned());
        }
        if self.is_signed && dice.chance(30) {
            all.push("renewal".to_owned());
        }
        for name in &self.asked {
            if dice.chance(30) {
                all.push(format!("{name} is on"));
            }
        }
        all
    }
}
