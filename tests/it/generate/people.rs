//! What people do in generated scenarios, and what goes wrong.

use std::fmt::Write as _;

use super::Dice;

/// What people do for the platform, and what goes wrong on it.
pub fn labour(dice: &mut Dice, text: &mut String, name: &str) {
    let hours = if name != "old" && dice.chance(30) {
        format!("{{ same_as = \"platforms.old.work.upkeep.hours\", times = {} }}", dice.between(0.5, 2.0))
    } else {
        dice.quantity(2.0, 60.0, "hours / month")
    };
    let _ = writeln!(text, "[platforms.{name}.work.upkeep]\nhours = {hours}");
    let _ = writeln!(text, "interruptions = {}", dice.quantity(0.0, 9.0, "/ month"));
    kind(dice, text);
    if dice.chance(60) {
        let _ = writeln!(
            text,
            "driver = \"{}\"\nelasticity = {}",
            ["deploys", "store", "demand"][dice.below(3) as usize],
            dice.between(0.1, 1.0)
        );
    }
    learning(dice, text);
    let _ = writeln!(text, "[platforms.{name}.incidents.outage]\nrate = {}", dice.quantity(0.05, 3.0, "/ month"));
    let _ = writeln!(
        text,
        "duration = {{ p50 = {}, p90 = {}, unit = \"hours\" }}",
        dice.between(0.3, 1.0),
        dice.between(1.2, 9.0)
    );
    let _ = writeln!(text, "responders = {}\nfollow_up = {}", 1 + dice.below(3), dice.quantity(0.0, 6.0, "hours"));
    let _ = writeln!(text, "driver = \"demand\"\nelasticity = {}", dice.between(0.0, 1.0));
    let _ = writeln!(text, "outside_help = {}", dice.quantity(0.0, 300.0, "USD / hour"));
    learning(dice, text);
}

/// A word for all of it, or parts that leave a rest or none. Half of the time nothing is said.
fn kind(dice: &mut Dice, text: &mut String) {
    match dice.below(6) {
        0 => text.push_str("kind = \"on-call\"\n"),
        1 => {
            let part = dice.between(5.0, 60.0);
            let _ = writeln!(text, "kind = {{ pipelines = \"{part} %\", data = \"25 %\", cost = \"0 %\" }}");
        }
        2 => text.push_str("kind = { security = \"30 %\", scaling = \"70 %\" }\n"),
        _ => {}
    }
}

/// Debt by a preset, stated in full, or a preset with something stated; the first of the three is on most platforms.
pub fn debt(dice: &mut Dice, text: &mut String, name: &str) {
    if !dice.chance(70) {
        return;
    }
    let _ = writeln!(text, "[platforms.{name}.debt]");
    let has_preset = dice.chance(40);
    if has_preset {
        let _ = writeln!(text, "preset = \"{}\"", ["simple", "drifting", "black box"][dice.below(3) as usize]);
    }
    if dice.chance(60) {
        let _ = writeln!(text, "today = {}", dice.quantity(10.0, 45.0, "%"));
    }
    if !has_preset || dice.chance(30) {
        let accrual = if dice.chance(15) { "\"0 % / month\"".into() } else { dice.quantity(0.5, 8.0, "% / month") };
        let _ = writeln!(text, "accrual = {accrual}\npaydown = {}", dice.quantity(2.0, 30.0, "% / month"));
        let (hours, restore) = (dice.quantity(20.0, 150.0, "%"), dice.quantity(20.0, 150.0, "%"));
        let incidents =
            if dice.chance(70) { format!(", incidents = {}", dice.quantity(30.0, 250.0, "%")) } else { String::new() };
        let _ = writeln!(text, "at_full = {{ hours = {hours}, restore = {restore}{incidents} }}");
    }
}

/// Incidents that cost money: by deploys or by a rate, with revenue, penalties, a bill that runs away, shared luck.
pub fn burst(dice: &mut Dice, text: &mut String, name: &str, has_business: bool) {
    let _ = writeln!(text, "[platforms.{name}.incidents.burst]");
    if dice.chance(60) {
        let _ = writeln!(text, "per = {{ deploys = {}, demand = 0.1 }}", dice.quantity(1.0, 9.0, "%"));
    } else {
        let _ = writeln!(text, "rate = {}", dice.quantity(0.05, 2.0, "/ month"));
    }
    // Some last so long that more stops than a month has.
    let long = if dice.chance(30) { 200.0 } else { 1.0 };
    let (p50, p90) = (long * dice.between(0.3, 1.0), long * dice.between(1.2, 9.0));
    let _ = writeln!(text, "duration = {{ p50 = {p50}, p90 = {p90}, unit = \"hours\" }}");
    if has_business && dice.chance(80) {
        let _ = writeln!(text, "revenue_hit = {}", dice.quantity(5.0, 45.0, "%"));
        if dice.chance(60) {
            let _ = writeln!(text, "recovered = {}", dice.quantity(5.0, 45.0, "%"));
        }
    }
    if dice.chance(40) {
        text.push_str("common_cause = \"weather\"\n");
    }
    if dice.chance(60) {
        let _ = writeln!(text, "penalties = {}", dice.quantity(10.0, 900.0, "USD"));
    }
    if dice.chance(60) {
        let line = ["runtime.web", "data.disk"][dice.below(2) as usize];
        let (times, days) = (dice.quantity(1.0, 9.0, "times"), dice.quantity(1.0, 6.0, "days"));
        let _ = writeln!(text, "[platforms.{name}.incidents.burst.runaway]\nline = \"{line}\"\ntimes = {times}");
        let _ = writeln!(text, "noticed_after = {days}\nrefunded = {}", dice.quantity(5.0, 45.0, "%"));
    }
}

/// Developers' own time.
pub fn own_time(dice: &mut Dice, text: &mut String, name: &str) {
    if dice.chance(60) {
        let per = dice.quantity(2.0, 20.0, "min");
        let _ = writeln!(text, "[platforms.{name}.friction]\nper = {{ deploys = {per} }}");
    }
    if dice.chance(60) {
        let _ = writeln!(text, "[platforms.{name}.onboarding]\nhours = {}", dice.quantity(5.0, 60.0, "hours"));
    }
}

pub fn owned(dice: &mut Dice, text: &mut String) {
    if dice.chance(50) {
        let _ = writeln!(text, "owned_share = {}", dice.quantity(5.0, 45.0, "%"));
    }
}

fn learning(dice: &mut Dice, text: &mut String) {
    if dice.chance(50) {
        let (extra, half) = (dice.quantity(20.0, 200.0, "%"), dice.quantity(1.0, 9.0, "months"));
        let _ = writeln!(text, "learning = {{ extra = {extra}, halves_every = {half} }}");
    }
}
