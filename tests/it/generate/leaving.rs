//! Options of generated scenarios, their projects, and what these wait for.

use std::fmt::Write as _;

use super::{Dice, people};

pub fn options(dice: &mut Dice, text: &mut String, months: u64) {
    text.push_str("[options.stay]\ntitle = \"Stay\"\nplatform = \"old\"\n");
    people::owned(dice, text);
    text.push_str("[options.move]\ntitle = \"Move\"\nplatform = \"new\"\nmigration = \"leave\"\n");
    people::owned(dice, text);
    if dice.chance(70) {
        text.push_str("[options.other]\ntitle = \"Elsewhere\"\nplatform = \"third\"\n");
    } else {
        text.push_str("[options.other]\ntitle = \"Also new\"\nplatform = \"third\"\nmigration = \"later\"\n");
        project(dice, text, "later", months + 4);
    }
    project(dice, text, "leave", months.min(12));
    policy(&mut dice.apart("policy"), text, months);
}

/// A rule for when one moves, in half of all files.
fn policy(dice: &mut Dice, text: &mut String, months: u64) {
    if dice.chance(50) {
        text.push_str("[policies.rule]\ntitle = \"By a rule\"\noption = \"move\"\n");
        let bill = dice.between(300.0, 9_000.0) * dice.money;
        let _ =
            writeln!(text, "starts_when_any = [\"bill > {bill} USD / month\", \"month {}\"]", 2 + dice.below(months));
    }
}

fn project(dice: &mut Dice, text: &mut String, name: &str, latest: u64) {
    let start = 1.0 + dice.below(latest) as f64 + if dice.chance(40) { dice.between(0.0, 0.9) } else { 0.0 };
    let _ = writeln!(text, "[migrations.{name}]\nfrom = \"old\"\nstarts = \"month {start}\"");
    let _ = writeln!(text, "effort = {}", dice.quantity(2.0, 40.0, "engineer-weeks"));
    let (people, last) = (dice.between(0.5, 4.0), 10 * dice.below(11));
    let _ = writeln!(text, "people = {people}");
    let mut apart = dice.apart(name);
    if apart.chance(60) {
        let _ = writeln!(text, "traffic_moves_in_last = \"{last} %\"");
    } else {
        workloads(&mut apart, text);
    }
    conditions(&mut apart, text, latest);
    setbacks(&mut apart, text);
    if dice.apart("hours").chance(40) {
        text.push_str("hours_by = \"cover\"\n");
    }
    let _ =
        writeln!(text, "lead = {}\noverlap = {}", dice.quantity(0.0, 2.0, "months"), dice.quantity(0.0, 3.0, "months"));
    let _ = writeln!(text, "standby = \"{} %\"", 10 * dice.below(11));
}

/// One to three parts of the traffic, each of which moves at once.
fn workloads(dice: &mut Dice, text: &mut String) {
    let shares: &[u64] = [&[100][..], &[70, 30], &[20, 50, 30]][dice.below(3) as usize];
    let mut all = Vec::new();
    for (nth, share) in shares.iter().enumerate() {
        let at = if nth == 0 && dice.chance(60) { "\"100 %\"".to_owned() } else { dice.quantity(10.0, 50.0, "%") };
        all.push(format!("part{nth} = {{ traffic = \"{share} %\", moves_at = {at} }}"));
    }
    let _ = writeln!(text, "workloads = {{ {} }}", all.join(", "));
}

/// What a project waits for, if anything: some of it comes at once, some never.
fn conditions(dice: &mut Dice, text: &mut String, latest: u64) {
    if dice.chance(50) {
        return;
    }
    let side = |dice: &mut Dice| if dice.chance(75) { ">" } else { "<" };
    let mut all = Vec::new();
    if dice.chance(60) {
        let (side, bill) = (side(dice), dice.between(300.0, 9_000.0) * dice.money);
        let running = if dice.chance(30) { " for 2 months" } else { "" };
        all.push(format!("bill {side} {bill} USD / month{running}"));
    }
    if dice.chance(60) {
        let (side, requests) = (side(dice), dice.between(100.0, 1_500.0));
        let running = if dice.chance(40) { format!(" for {} months", 1 + dice.below(4)) } else { String::new() };
        all.push(format!("requests {side} {requests}{running}"));
    }
    let has_wall = text
        .split("[platforms.old.data.plan]")
        .nth(1)
        .and_then(|rest| rest.split("\n[").next())
        .is_some_and(|plan| plan.contains("above = \"wall\""));
    if has_wall && dice.chance(60) {
        all.push("wall".to_owned());
    }
    if dice.apart("toil").chance(30) {
        all.push(format!("toil > {} % for 2 months", dice.apart("how much").between(0.5, 30.0)));
    }
    if all.is_empty() || dice.chance(20) {
        all.push(format!("month {}", 1 + dice.below(latest + 6)));
    }
    let _ = writeln!(text, "starts_when_any = {all:?}");
}

/// People from outside, and cutovers that fail.
fn setbacks(dice: &mut Dice, text: &mut String) {
    if dice.chance(50) {
        let (rate, share) = (dice.quantity(80.0, 200.0, "USD / hour"), dice.quantity(5.0, 45.0, "%"));
        let _ = writeln!(text, "outside_help = {rate}\noutside_help_share = {share}");
    }
    if dice.chance(50) {
        let fails = ["\"0 %\"".to_owned(), "\"90 %\"".to_owned(), dice.quantity(10.0, 45.0, "%")];
        let (cost, delay) = (dice.quantity(100.0, 9_000.0, "USD"), dice.quantity(0.2, 6.0, "weeks"));
        let fails = &fails[[0, 1, 2, 2, 2, 2][dice.below(6) as usize]];
        let redo = if dice.chance(30) { "\"0 %\"".to_owned() } else { dice.quantity(5.0, 45.0, "%") };
        let _ = writeln!(text, "cutover = {{ fails = {fails}, cost = {cost}, delay = {delay}, redo = {redo} }}");
    }
}
