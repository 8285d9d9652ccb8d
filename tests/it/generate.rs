//! Scenarios by the hundred: everything the language can say today, mixed at random from a fixed seed.

mod change;
mod cover;
mod drivers;
mod events;
mod leaving;
mod lines;
mod people;
mod signals;
mod verdict;

pub use verdict::decided;

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
            let words = ["\"weak\"", "\"moderate\"", "\"opposite weak\"", "\"opposite moderate\""];
            let rho = dice.between(-0.5, 0.5).to_string();
            let rho = if dice.apart(a).chance(40) { words[(number % 4) as usize] } else { &rho };
            let _ = writeln!(text, "[together.pair-{nth}]\ninputs = [\"{a}\", \"{b}\"]\nrho = {rho}\nwhy = \"chance\"");
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
    drivers::reading(number, &mut text);
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
    leaving::options(&mut dice, &mut text, months);
    region(number, &mut text, money);
    events::add(number, money, months, &mut text);
    together(number, &mut text);
    change::add(number, money, months, &mut text);
    cover::cover(number, &mut text, money);
    drivers::connections(number, money, &mut text);
    signals::add(number, money, &mut text);
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
    lines::waste(over_time, text);
    lines::web(dice, text, name);
    lines::waste(over_time, text);
    lines::commit(over_time, text, name);
    lines::bundle(dice, text, name, over_time);
    lines::copy(over_time, text, name);
    lines::ladder(dice, text, name);
    lines::seats(dice, text, name);
    lines::share(dice, text, name);
    lines::stores(dice, text, name);
    lines::sent(dice, text, name);
    people::labour(dice, text, name);
    people::debt(dice, text, name);
    people::burst(dice, text, name, has_business);
    people::own_time(dice, text, name);
}
