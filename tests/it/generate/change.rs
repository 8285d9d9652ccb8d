//! An option of generated scenarios that changes today's platform: figures, whole lines, what comes and what goes.

use std::fmt::Write as _;

use super::Dice;

pub fn add(number: u64, money: f64, months: u64, text: &mut String) {
    let mut dice = Dice { money, ..Dice::new(number + 5_000_000) };
    let changes = changes(&mut dice, text);
    text.push_str("[options.tuned]\ntitle = \"Tuned\"\nplatform = \"old\"\n");
    super::people::owned(&mut dice, text);
    if dice.chance(70) {
        let latest = 2 + dice.below(months + 3);
        let _ = match dice.chance(50) {
            true => writeln!(text, "starts = \"month {latest}\""),
            false => writeln!(text, "starts = {{ dist = \"uniform\", low = 1, high = {latest} }}"),
        };
    }
    if dice.chance(80) {
        let _ = writeln!(text, "effort = {}", dice.quantity(0.5, 12.0, "engineer-days"));
    }
    let _ = writeln!(text, "[options.tuned.change]\nsource = \"dice\"\n{}", changes.join("\n"));
}

/// What is different; one change at least.
fn changes(dice: &mut Dice, text: &str) -> Vec<String> {
    let table = |name: &str| {
        let rest = text.split(&format!("[platforms.old.{name}]\n")).nth(1)?;
        Some(rest.split("\n[").next().unwrap_or_default())
    };
    let has = |name: &str, key: &str| table(name).is_some_and(|table| table.contains(key));
    let mut all = Vec::new();
    let add = |dice: &Dice, percent: u64, line: &dyn Fn(&mut Dice) -> (&'static str, String)| {
        let mut dice = dice.apart(line(&mut Dice::new(0)).0);
        let (path, value) = line(&mut dice);
        dice.chance(percent).then(|| format!("\"{path}\" = {value}"))
    };
    let whole_web = dice.apart("the whole of it").chance(15);
    let dice = &*dice;
    let mut put =
        |percent: u64, line: &dyn Fn(&mut Dice) -> (&'static str, String)| all.extend(add(dice, percent, line));
    let is_by_today = has("runtime.web", "today =");
    if whole_web {
        put(100, &|d| {
            (
                "runtime.web",
                format!("{{ price = {}, today = {} }}", d.quantity(30.0, 300.0, "USD / month"), 2 + d.below(6)),
            )
        });
    } else {
        put(50, &|d| ("runtime.web.price", d.quantity(40.0, 300.0, "USD / month")));
        put(50, &|d| ("runtime.web.autoscaling", d.between(0.0, 1.0).to_string()));
        put(30, &|d| ("runtime.web.peak", d.between(1.0, 2.0).to_string()));
        put(30, &|d| ("runtime.web.headroom", d.between(0.0, 0.5).to_string()));
        put(30, &|d| ("runtime.web.copies", d.quantity(10.0, 60.0, "%")));
        if is_by_today {
            put(40, &|d| ("runtime.web.today", d.quantity(2.0, 9.0, "")));
        } else {
            put(40, &|d| ("runtime.web.capacity", d.quantity(20.0, 120.0, "")));
        }
    }
    put(30, &|d| ("data.database.price", d.quantity(20.0, 500.0, "USD / month")));
    put(30, &|d| ("data.disk", format!("{{ meter = \"store\", price = {} }}", d.quantity(0.05, 0.4, "USD / GB"))));
    put(30, &|d| ("data.disk.free", format!("\"{} GB\"", d.below(90))));
    put(40, &|d| {
        (
            "runtime.fresh",
            format!(
                "{{ price = {}, capacity = 1, commit = {{ share = 0.5, discount = 0.2, months = 7 }} }}",
                d.quantity(20.0, 90.0, "USD / month")
            ),
        )
    });
    if table("waiting").is_some() {
        put(60, &|d| ("waiting.requests", d.quantity(0.1, 3.0, "/ month")));
        put(30, &|d| ("waiting.lost", d.quantity(5.0, 60.0, "%")));
    }
    put(30, &|d| ("tooling.fee", format!("{{ once = {} }}", d.quantity(100.0, 900.0, "USD"))));
    if has("runtime.tasks", "today") {
        put(30, &|d| ("runtime.tasks.today", d.quantity(2.0, 9.0, "")));
        put(20, &|d| ("runtime.tasks.each.gb", format!("{{ price = {} }}", d.quantity(2.0, 6.0, "USD / month"))));
        if has("runtime.tasks", "commit.share") {
            put(40, &|d| ("runtime.tasks.commit.share", d.quantity(20.0, 55.0, "%")));
        }
    }
    if has("data.plan", "fits") {
        put(30, &|d| ("data.plan.descends", d.chance(50).to_string()));
        put(30, &|d| {
            ("data.plan.fits", format!("{{ storage = \"store\", connections = {} }}", d.quantity(50.0, 500.0, "")))
        });
    }
    if has("tooling.seats", "seats") {
        put(40, &|_| ("tooling.seats", "\"none\"".to_owned()));
    }
    if has("tooling.licence", "once") {
        put(40, &|_| ("tooling.licence", "\"none\"".to_owned()));
    }
    if has("tooling.support", "\npercent =") {
        put(40, &|d| ("tooling.support.percent", d.quantity(2.0, 12.0, "%")));
    }
    put(50, &|d| ("work.upkeep.hours", d.quantity(2.0, 60.0, "hours / month")));
    put(30, &|d| ("work.upkeep.driver", ["\"store\"", "\"demand\""][d.below(2) as usize].to_owned()));
    put(30, &|d| ("work.looking", format!("{{ hours = {} }}", d.quantity(1.0, 9.0, "hours / month"))));
    put(50, &|d| ("incidents.outage.rate", d.quantity(0.05, 3.0, "/ month")));
    put(30, &|d| {
        ("incidents.outage.duration", format!("{{ p50 = {}, p90 = 5, unit = \"hours\" }}", d.between(0.3, 1.0)))
    });
    put(20, &|_| ("incidents.burst", "\"none\"".to_owned()));
    put(40, &|d| {
        (
            "incidents.fresh",
            format!(
                "{{ rate = {}, duration = {{ p50 = 1, p90 = 3, unit = \"hours\" }} }}",
                d.quantity(0.05, 2.0, "/ month")
            ),
        )
    });
    if has("debt", "accrual") {
        put(40, &|d| ("debt.accrual", d.quantity(0.5, 8.0, "% / month")));
        put(40, &|d| ("debt.at_full.hours", d.quantity(20.0, 150.0, "%")));
    }
    put(30, &|d| ("friction.per", format!("{{ deploys = {} }}", d.quantity(2.0, 20.0, "min"))));
    if has("onboarding", "hours") {
        put(30, &|_| ("onboarding", "\"none\"".to_owned()));
    }
    put(20, &|d| ("waste", d.quantity(2.0, 30.0, "%")));
    if all.is_empty() {
        all.push("\"data.database.price\" = \"99 USD / month\"".to_owned());
    }
    all
}
