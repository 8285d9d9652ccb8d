//! Scenarios by the hundred: everything the language can say today, mixed at random from a fixed seed.

mod cover;
mod events;

use std::fmt::Write as _;

/// SplitMix64 (Steele, Lea & Flood 2014): enough to choose words of a file.
pub struct Dice {
    state: u64,
    /// What every amount of money is multiplied by.
    money: f64,
    /// What it was made from.
    seed: u64,
}

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self { state: seed, money: 1.0, seed }
    }

    /// Dice for something by itself, which move nothing else.
    fn apart(&self, what: &str) -> Self {
        let seed = what.bytes().fold(self.seed + 1, |seed, byte| seed.wrapping_mul(1_000_003) ^ u64::from(byte));
        Self { money: self.money, ..Self::new(seed) }
    }

    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, n: u64) -> u64 {
        self.next() % n
    }

    fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    /// A number between two ends, with few digits.
    fn between(&mut self, low: f64, high: f64) -> f64 {
        let x = low + (high - low) * self.below(1_000) as f64 / 1_000.0;
        (x * 1_000.0).round() / 1_000.0
    }

    /// A quantity between two ends: a constant, a range, a PERT, a triangular law, one of two, or a mixture.
    fn quantity(&mut self, low: f64, high: f64, unit: &str) -> String {
        let a = self.between(low, high);
        let b = a + self.between(0.2, 1.0) * (high - low) + 0.01;
        let factor =
            if ["USD", "EUR"].iter().any(|code| unit.contains(code)) || unit == "$" { self.money } else { 1.0 };
        let (a, b) = (a * factor, b * factor);
        let middle = (a + b) / 2.0;
        match self.below(8) {
            0 | 1 => format!("\"{a} {unit}\""),
            2 if a > 0.0 => format!("\"{a} .. {b} {unit}\""),
            3 => format!("{{ low = {a}, mode = {middle}, high = {b}, unit = \"{unit}\" }}"),
            4 => format!("{{ values = [{a}, {b}], weights = [2, 3], unit = \"{unit}\" }}"),
            5 => {
                let low = format!("{{ low = {a}, mode = {a}, high = {middle}, unit = \"{unit}\" }}");
                let high = format!("{{ dist = \"uniform\", low = {a}, high = {b}, unit = \"{unit}\" }}");
                format!("{{ mix = [{low}, \"{middle} {unit}\", {high}], weights = [1, 2, 3] }}")
            }
            _ => format!("{{ dist = \"triangular\", low = {a}, mode = {middle}, high = {b}, unit = \"{unit}\" }}"),
        }
    }

    /// A quantity that is no constant.
    fn drawn(&mut self, low: f64, high: f64, unit: &str) -> String {
        loop {
            let quantity = self.quantity(low, high, unit);
            if quantity.starts_with('{') || quantity.contains("..") {
                return quantity;
            }
        }
    }
}

/// A column of the rows that every loader of the tests has.
fn rows(column: &str, unit: &str) -> String {
    format!("{{ file = \"rows.csv\", column = \"{column}\", unit = \"{unit}\" }}")
}

/// Three estimates that are always drawn, together or not.
fn together(number: u64, text: &mut String) {
    let mut dice = Dice::new(number + 2_000_000);
    let paths = ["drivers.store.today", "drivers.store.inflow", "people.loaded_hour"];
    for (nth, (a, b)) in [(0, 1), (1, 2), (0, 2)].into_iter().enumerate() {
        if dice.chance(40) {
            let (a, b) = (paths[a], paths[b]);
            // Three of at most a half never contradict each other.
            let rho = dice.between(-0.5, 0.5);
            let _ = writeln!(text, "[together.pair-{nth}]\ninputs = [\"{a}\", \"{b}\"]\nrho = {rho}");
        }
    }
}

/// The text of scenario number `number`.
pub fn scenario(number: u64) -> String {
    scaled(number, 1.0)
}

/// Real amounts and fiscal years, from dice of their own: what they show moves nothing else.
fn views(number: u64, text: &mut String) {
    let mut dice = Dice::new(number + 1_000_000);
    if dice.chance(60) {
        let _ = writeln!(text, "inflation = \"{} % / year\"", dice.between(-1.0, 9.0));
    }
    if dice.chance(60) {
        let _ = writeln!(text, "fiscal_year = \"{}\"", ["jan", "apr", "jul", "oct"][dice.below(4) as usize]);
    }
}

/// The same with every amount of money times `money`.
pub fn scaled(number: u64, money: f64) -> String {
    let mut dice = Dice { money, ..Dice::new(number) };
    let months = 6 + dice.below(40);
    let start = 5 + dice.below(8);
    let mut text = format!(
        "name = \"Generated {number}\"\nstart = \"2027-{:02}\"\nmonths = {months}\nbaseline = \"stay\"\n",
        start
    );
    if dice.chance(60) {
        let _ = writeln!(text, "discount_rate = \"{} % / year\"", dice.between(0.5, 15.0));
    }
    if dice.chance(50) {
        let _ = writeln!(text, "as_of = \"2027-{:02}\"", start - dice.below(5));
    }
    views(number, &mut text);
    text.push_str("exchange = { EUR = \"1.02 .. 1.20 USD\" }\n");
    demand(&mut dice, &mut text);
    drivers(&mut dice, &mut text);
    let _ = writeln!(text, "[people]\nloaded_hour = {}", dice.drawn(60.0, 120.0, "USD / hour"));
    let _ = writeln!(
        text,
        "raise = \"{} % / year\"\nrefocus = {}",
        dice.between(0.0, 6.0),
        dice.quantity(5.0, 40.0, "min")
    );
    let mut over_time = Dice { money, ..Dice::new(number + 2_000_000) };
    let has_business = business(&mut dice, &mut text, &mut over_time);
    for name in ["old", "new", "third"] {
        platform(&mut dice, &mut text, name, (has_business, &mut over_time));
    }
    options(&mut dice, &mut text, months);
    region(number, &mut text, money);
    events::add(number, money, months, &mut text);
    together(number, &mut text);
    cover::cover(number, &mut text, money);
    text
}

/// What hits several platforms at once, from dice of its own.
fn region(number: u64, text: &mut String, money: f64) {
    let mut dice = Dice { money, ..Dice::new(number + 2_000_000) };
    if !dice.chance(50) {
        return;
    }
    let _ = writeln!(text, "[incidents.region]\nrate = {}", dice.quantity(0.02, 0.9, "/ month"));
    let _ = writeln!(text, "duration = {{ p50 = {}, p90 = 9, unit = \"hours\" }}", dice.between(0.3, 5.0));
    let (old, new) = (dice.quantity(20.0, 60.0, "%"), dice.quantity(5.0, 45.0, "%"));
    let third = if dice.chance(50) { format!(", third = {}", dice.quantity(5.0, 45.0, "%")) } else { String::new() };
    let _ = writeln!(text, "revenue_hit = {{ old = {old}, new = {new}{third} }}");
    let _ = writeln!(text, "responders = 2\nfollow_up = {}", dice.quantity(0.0, 6.0, "hours"));
    let _ = writeln!(text, "outside_help = {}", dice.quantity(0.0, 300.0, "USD / hour"));
    let _ = writeln!(
        text,
        "recovered = {}\npenalties = {}",
        dice.quantity(5.0, 45.0, "%"),
        dice.quantity(10.0, 900.0, "USD")
    );
}

/// What developers' time is about, what customers pay, who sells; gives whether revenue is known.
fn business(dice: &mut Dice, text: &mut String, over_time: &mut Dice) -> bool {
    text.push_str("engineers = \"engineers\"\n");
    if dice.chance(50) {
        text.push_str("deploys = \"deploys\"\n");
    }
    if dice.chance(60) {
        let _ = writeln!(text, "turnover = {}", dice.quantity(2.0, 40.0, "% / year"));
    }
    if dice.chance(60) {
        let _ = writeln!(text, "opportunity_premium = {}", dice.quantity(5.0, 60.0, "%"));
    }
    let has_business = dice.chance(70);
    if has_business {
        let _ = writeln!(text, "[business]\nrevenue = {}", dice.quantity(50.0, 900.0, "USD / hour"));
        let _ = writeln!(text, "margin = {}", dice.quantity(20.0, 60.0, "%"));
    }
    let credit = dice.quantity(5.0, 45.0, "%");
    let _ = writeln!(text, "[vendors.shop]\nsla_credit = {{ outage = {credit}, burst = \"40 %\" }}");
    agreed(over_time, text);
    text.push_str("[vendors.other]\ntitle = \"Another\"\n");
    if dice.chance(50) {
        text.push_str("sla_credit = { burst = \"15 %\" }\n");
    }
    agreed(over_time, text);
    has_business
}

/// How a vendor's prices drift, what is signed with it, and what pays its invoices.
fn agreed(dice: &mut Dice, text: &mut String) {
    if dice.chance(50) {
        let _ = writeln!(text, "rises = {}", dice.quantity(-4.0, 12.0, "% / year"));
    }
    if dice.chance(40) {
        let unit = ["USD / month", "EUR / month"][dice.below(2) as usize];
        let least = dice.quantity(100.0, 4_000.0, unit);
        let _ = write!(text, "contract = {{ minimum_spend = {least}, until = \"month {}\"", 1 + dice.below(20));
        if dice.chance(60) {
            let _ = write!(text, ", renews_every = {}", 1 + dice.below(14));
        }
        if dice.chance(60) {
            let _ = write!(text, ", notice = {}", dice.quantity(0.0, 5.0, "months"));
        }
        text.push_str(" }\n");
    }
    if dice.chance(40) {
        let _ = write!(text, "credits = {{ amount = {}", dice.quantity(500.0, 30_000.0, "USD"));
        if dice.chance(50) {
            let _ = write!(text, ", begins = \"month {}\"", 1 + dice.below(9));
        }
        if dice.chance(60) {
            let _ = write!(text, ", until = \"month {}\"", 9 + dice.below(20));
        }
        text.push_str(" }\n");
    }
}

/// What is idle of a line.
fn waste(dice: &mut Dice, text: &mut String) {
    if dice.chance(40) {
        let _ = writeln!(text, "waste = {}", dice.quantity(2.0, 40.0, "%"));
        if dice.chance(60) {
            let _ = writeln!(text, "tidy = {}", dice.quantity(10.0, 50.0, "%"));
        }
    }
}

/// What is bought ahead of the units of a line, or held of them.
fn commit(dice: &mut Dice, text: &mut String, name: &str) {
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
fn copy(dice: &mut Dice, text: &mut String, name: &str) {
    if dice.chance(40) {
        let of = ["[\"runtime.web\"]", "\"all\"", "[\"data\", \"runtime.web\"]"][dice.below(3) as usize];
        let _ = writeln!(text, "[platforms.{name}.runtime.staging]\ncopy_of = {of}");
        let _ = writeln!(text, "scale = {}", dice.quantity(5.0, 60.0, "%"));
    }
}

fn demand(dice: &mut Dice, text: &mut String) {
    text.push_str("[demand]\n");
    if dice.chance(40) {
        let _ = writeln!(text, "season = {{ nov = {}, jan = {} }}", dice.between(1.0, 1.4), dice.between(0.6, 1.0));
    }
    if dice.chance(60) {
        let _ = writeln!(text, "month_to_month = \"{} % / month\"", dice.between(1.0, 9.0));
    }
    let cases: &[&str] = if dice.chance(50) { &["calm", "rush", "slump"] } else { &[""] };
    for (nth, case) in cases.iter().enumerate() {
        if !case.is_empty() {
            let _ = writeln!(text, "[demand.cases.{case}]\nweight = {}", [0.5, 0.3, 0.2][nth]);
        }
        let growth = if *case == "slump" {
            dice.quantity(-4.0, -1.0, "% / month")
        } else {
            dice.quantity(0.5, 3.0, "% / month")
        };
        let _ = writeln!(text, "growth = {growth}");
        if dice.chance(40) {
            let _ = writeln!(text, "growth_halves_every = {}", dice.quantity(6.0, 40.0, "months"));
        }
        if dice.chance(40) {
            let _ = writeln!(text, "levels_off_at = {}", dice.quantity(2.5, 20.0, "times today"));
        }
    }
}

fn drivers(dice: &mut Dice, text: &mut String) {
    let _ = writeln!(text, "[drivers.store]\ntoday = {}", dice.drawn(50.0, 400.0, "GB"));
    let _ = writeln!(
        text,
        "inflow = {}\npurge = \"{} % / month\"",
        dice.drawn(2.0, 20.0, "GB / month"),
        dice.between(0.0, 4.0)
    );
    let today = if dice.chance(30) { rows("requests", "") } else { dice.quantity(50.0, 900.0, "") };
    let _ = writeln!(text, "[drivers.requests]\ntoday = {today}");
    let _ = writeln!(
        text,
        "elasticity = {}\nown_growth = \"{} % / year\"",
        dice.between(0.3, 1.2),
        dice.between(-5.0, 9.0)
    );
    let _ =
        writeln!(text, "[drivers.engineers]\ntoday = {}\nelasticity = {}", 2 + dice.below(20), dice.between(0.1, 0.7));
    let _ = writeln!(text, "people = true\nwhole = {}", dice.chance(70));
    let today = if dice.chance(40) { rows("sent", "GB / day") } else { dice.quantity(1.0, 9.0, "GB / day") };
    let _ = writeln!(text, "[drivers.sent]\ntoday = {today}");
    let _ = writeln!(text, "[drivers.desks]\nfrom = {{ engineers = {} }}", dice.between(0.5, 3.0));
    let _ = writeln!(text, "[drivers.deploys]\nfrom = {{ engineers = {} }}", dice.between(0.5, 3.0));
    if dice.chance(50) {
        let _ = writeln!(text, "unit = \"deploys / {}\"", ["week", "month", "day"][dice.below(3) as usize]);
    }
}

fn platform(dice: &mut Dice, text: &mut String, name: &str, (has_business, over_time): (bool, &mut Dice)) {
    let _ = writeln!(text, "[platforms.{name}]\ntitle = \"Platform {name}\"\nvendor = \"shop\"");
    waste(over_time, text);
    web(dice, text, name);
    waste(over_time, text);
    commit(over_time, text, name);
    bundle(dice, text, name, over_time);
    copy(over_time, text, name);
    ladder(dice, text, name);
    seats(dice, text, name);
    share(dice, text, name);
    stores(dice, text, name);
    sent(dice, text, name);
    labour(dice, text, name);
    debt(dice, text, name);
    burst(dice, text, name, has_business);
    own_time(dice, text, name);
}

/// Units sized by today or by capacity.
fn web(dice: &mut Dice, text: &mut String, name: &str) {
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
fn bundle(dice: &mut Dice, text: &mut String, name: &str, over_time: &mut Dice) {
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
fn ladder(dice: &mut Dice, text: &mut String, name: &str) {
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

fn seats(dice: &mut Dice, text: &mut String, name: &str) {
    if dice.chance(60) {
        let driver = ["engineers", "desks", "demand"][dice.below(3) as usize];
        let _ = writeln!(text, "[platforms.{name}.tooling.seats]\nseats = \"{driver}\"");
        let _ = writeln!(text, "price = {}", dice.quantity(10.0, 90.0, "USD / month"));
        moves(dice, text, &format!("{name}.seats"));
    }
}

fn share(dice: &mut Dice, text: &mut String, name: &str) {
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

fn stores(dice: &mut Dice, text: &mut String, name: &str) {
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
fn sent(dice: &mut Dice, text: &mut String, name: &str) {
    if dice.chance(60) {
        let _ = writeln!(text, "[platforms.{name}.runtime.egress]\nmeter = \"sent\"\nfree = \"{} GB\"", dice.below(90));
        let _ = writeln!(text, "price = {}", dice.quantity(0.05, 0.2, "USD / GB"));
    }
    if dice.chance(60) {
        let _ = writeln!(text, "[platforms.{name}.runtime.nat]\nprice = {}", dice.quantity(20.0, 40.0, "USD / month"));
        let _ = writeln!(text, "times = {}", dice.quantity(0.0, 3.0, ""));
    }
}

/// What people do for the platform, and what goes wrong on it.
fn labour(dice: &mut Dice, text: &mut String, name: &str) {
    let hours = if name != "old" && dice.chance(30) {
        format!("{{ same_as = \"platforms.old.work.upkeep.hours\", times = {} }}", dice.between(0.5, 2.0))
    } else {
        dice.quantity(2.0, 60.0, "hours / month")
    };
    let _ = writeln!(text, "[platforms.{name}.work.upkeep]\nhours = {hours}");
    let _ = writeln!(text, "interruptions = {}", dice.quantity(0.0, 9.0, "/ month"));
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

/// Debt by a preset, stated in full, or a preset with something stated; the first of the three is on most platforms.
fn debt(dice: &mut Dice, text: &mut String, name: &str) {
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
fn burst(dice: &mut Dice, text: &mut String, name: &str, has_business: bool) {
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
fn own_time(dice: &mut Dice, text: &mut String, name: &str) {
    if dice.chance(60) {
        let per = dice.quantity(2.0, 20.0, "min");
        let _ = writeln!(text, "[platforms.{name}.friction]\nper = {{ deploys = {per} }}");
    }
    if dice.chance(60) {
        let _ = writeln!(text, "[platforms.{name}.onboarding]\nhours = {}", dice.quantity(5.0, 60.0, "hours"));
    }
}

fn owned(dice: &mut Dice, text: &mut String) {
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

fn options(dice: &mut Dice, text: &mut String, months: u64) {
    text.push_str("[options.stay]\ntitle = \"Stay\"\nplatform = \"old\"\n");
    owned(dice, text);
    text.push_str("[options.move]\ntitle = \"Move\"\nplatform = \"new\"\nmigration = \"leave\"\n");
    owned(dice, text);
    if dice.chance(70) {
        text.push_str("[options.other]\ntitle = \"Elsewhere\"\nplatform = \"third\"\n");
    } else {
        text.push_str("[options.other]\ntitle = \"Also new\"\nplatform = \"third\"\nmigration = \"later\"\n");
        project(dice, text, "later", months + 4);
    }
    project(dice, text, "leave", months.min(12));
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
        let fails = ["\"0 %\"".to_owned(), "\"100 %\"".to_owned(), dice.quantity(10.0, 45.0, "%")];
        let (cost, delay) = (dice.quantity(100.0, 9_000.0, "USD"), dice.quantity(0.2, 6.0, "weeks"));
        let fails = &fails[[0, 1, 2, 2, 2, 2][dice.below(6) as usize]];
        let redo = if dice.chance(30) { "\"0 %\"".to_owned() } else { dice.quantity(5.0, 45.0, "%") };
        let _ = writeln!(text, "cutover = {{ fails = {fails}, cost = {cost}, delay = {delay}, redo = {redo} }}");
    }
}

/// How a line moves, where it says so.
fn moves(dice: &Dice, text: &mut String, line: &str) {
    let mut apart = dice.apart(line);
    if apart.chance(40) {
        let _ = writeln!(text, "moves = \"{}\"", ["with traffic", "at cutover"][apart.below(2) as usize]);
    }
}
