use super::Failure;
use crate::model::Scenario;
use crate::plan::{self, Plan};
use crate::sim::{self, Request};

/// What a run may take where the command line does not say, bytes.
pub(super) const DEFAULT: u64 = 4 << 30;

/// Reads "24 hours", "90 min", "2 days" or a number of hours, in seconds.
pub(super) fn seconds(text: &str) -> Result<f64, String> {
    let wanted = || "write it like \"24 hours\"".to_owned();
    let text = text.trim();
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let (number, unit) = text.split_at(end);
    let each = match unit.trim().to_ascii_lowercase().as_str() {
        "s" | "second" | "seconds" => 1.0,
        "min" | "minute" | "minutes" => 60.0,
        "" | "h" | "hour" | "hours" => 3_600.0,
        "d" | "day" | "days" => 86_400.0,
        _ => return Err(wanted()),
    };
    let number: f64 = number.parse().map_err(|_| wanted())?;
    Some(number * each).filter(|seconds| seconds.is_finite() && *seconds > 0.0).ok_or_else(wanted)
}

/// Incidents of one class in a month beyond which drawing them takes too long; they take no more memory than few.
const MOST_INCIDENTS: f64 = 1e5;

/// Reads "4 GiB", "512M" or a number of bytes.
pub(super) fn bytes(text: &str) -> Result<u64, String> {
    let text = text.trim();
    let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (number, unit) = text.split_at(digits);
    let shift = match unit.trim().to_ascii_lowercase().as_str() {
        "" | "b" => 0,
        "k" | "kb" | "kib" => 10,
        "m" | "mb" | "mib" => 20,
        "g" | "gb" | "gib" => 30,
        "t" | "tb" | "tib" => 40,
        _ => return Err("write it like \"4 GiB\"".into()),
    };
    let number: u64 = number.parse().map_err(|_| "write it like \"4 GiB\"")?;
    number.checked_mul(1 << shift).filter(|bytes| *bytes > 0).ok_or_else(|| "write it like \"4 GiB\"".into())
}

/// Refuses a scenario whose plan alone would be too large to hold, before it is made.
pub(super) fn within(scenario: &Scenario, limit: u64) -> Result<(), Failure> {
    let busiest = sim::busiest_month(scenario);
    if busiest > MOST_INCIDENTS {
        let (trials, months) = (scenario.run.trials, scenario.months);
        let seconds = sim::seconds_of_incidents(busiest * f64::from(months), trials);
        return Err(Failure::Input(format!(
            "outgrow: this scenario has too many incidents: about {busiest:.0e} of one class in a month, where {MOST_INCIDENTS:.0e} \
             are the most. Each is drawn on its own, which may take {} for {} trials of {months} months.\nNothing was computed. \
             Lower the rate, let growth fade or level off, or give the class no `driver`.\n",
            time(seconds),
            crate::present::number::count(trials)
        )));
    }
    let columns = plan::columns_at_least(scenario);
    let needed = sim::bytes_of_columns(columns);
    if needed <= limit {
        return Ok(());
    }
    Err(Failure::Input(format!(
        "outgrow: this scenario is too large: it has at least {} columns and needs {} for each thread, and --max-memory is \
         {}.\nNothing was computed. Sum up lines that need not be told apart, compare fewer options, or raise --max-memory.\n",
        crate::present::number::count(columns),
        shown(needed),
        shown(limit)
    )))
}

/// Refuses a run that would take more memory or time than it may, before it takes any.
pub(super) fn check(plan: &Plan, request: &Request, limit: u64, most_seconds: f64) -> Result<(), Failure> {
    check_many(plan, request, limit, (1, most_seconds))
}

/// The same of several runs that are about alike: all of them together may take so much time.
pub(super) fn check_many(
    plan: &Plan,
    request: &Request,
    limit: u64,
    (runs, most_seconds): (u64, f64),
) -> Result<(), Failure> {
    let size = sim::size(plan, request);
    let trials = request.trials.end - request.trials.start;
    let seconds = size.seconds * runs as f64;
    if size.bytes <= limit && seconds > most_seconds && runs > 1 {
        return Err(Failure::Input(format!(
            "outgrow: this takes too long: {} for {} runs of {} trials and {} months on {} threads, and --max-time is {}.\n\
             Nothing was computed. Take fewer --trials or fewer runs, or raise --max-time.\n",
            time(seconds),
            crate::present::number::count(runs),
            crate::present::number::count(trials),
            plan.months,
            request.threads,
            exactly(most_seconds)
        )));
    }
    if size.bytes <= limit && seconds > most_seconds {
        return Err(Failure::Input(format!(
            "outgrow: this run is too long: {} for {} trials of {} months on {} threads, and {}, and --max-time is {}.\n\
             Nothing was computed. Take fewer --trials, a shorter horizon or fewer lines, or raise --max-time.\n",
            time(size.seconds),
            crate::present::number::count(trials),
            plan.months,
            request.threads,
            shown(size.bytes),
            exactly(most_seconds)
        )));
    }
    if size.bytes <= limit {
        return Ok(());
    }
    let threads = request.threads;
    Err(Failure::Input(format!(
        "outgrow: this run is too large: about {} ({} for each of {threads} threads, {} columns of a block) and {}, and \
         --max-memory is {}.\nNothing was computed. Take fewer --threads, a shorter horizon or fewer lines, or raise --max-memory.\n",
        shown(size.bytes),
        shown(size.bytes_per_thread),
        crate::present::number::count(size.columns),
        time(size.seconds),
        shown(limit)
    )))
}

/// Bytes in the largest unit that leaves at least one.
fn shown(bytes: u64) -> String {
    let mut size = bytes as f64;
    let mut unit = "bytes";
    for larger in ["KiB", "MiB", "GiB", "TiB"] {
        if size < 1024.0 {
            break;
        }
        size /= 1024.0;
        unit = larger;
    }
    if size < 10.0 && unit != "bytes" { format!("{size:.1} {unit}") } else { format!("{size:.0} {unit}") }
}

/// Refuses what takes more time or memory than it may, beside the runs that were checked already.
pub(super) fn check_all(what: &str, (seconds, most): (f64, f64), (needed, limit): (u64, u64)) -> Result<(), Failure> {
    if seconds > most {
        return Err(Failure::Input(format!(
            "outgrow: {what} take too long: {}, and --max-time is {}.\nNothing was computed. Take fewer --trials, or raise \
             --max-time.\n",
            time(seconds),
            exactly(most)
        )));
    }
    if needed > limit {
        return Err(Failure::Input(format!(
            "outgrow: {what} take too much memory: {}, and --max-memory is {}.\nNothing was computed. Take fewer --trials, \
             or raise --max-memory.\n",
            shown(needed),
            shown(limit)
        )));
    }
    Ok(())
}

/// A limit as somebody gave it: "24 hours", "90 minutes", "1.5 seconds".
fn exactly(seconds: f64) -> String {
    let is_whole = |each: f64| (seconds / each).fract() == 0.0;
    let (number, unit) = match () {
        () if is_whole(3_600.0) => (seconds / 3_600.0, "hour"),
        () if is_whole(60.0) => (seconds / 60.0, "minute"),
        () => (seconds, "second"),
    };
    format!("{number} {unit}{}", if number == 1.0 { "" } else { "s" })
}

fn time(seconds: f64) -> String {
    match seconds {
        s if s < 2.0 => "a second or two".to_owned(),
        s if s < 120.0 => format!("about {s:.0} seconds"),
        s if s < 7_200.0 => format!("about {:.0} minutes", s / 60.0),
        s if s < 172_800.0 => format!("about {:.0} hours", s / 3_600.0),
        s => format!("about {} days", crate::present::number::count((s / 86_400.0).round() as u64)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_and_shown_alike() {
        let cases = [("4 GiB", "4.0 GiB"), ("512M", "512 MiB"), ("1000", "1000 bytes"), ("3t", "3.0 TiB")];
        for (text, wanted) in cases {
            assert_eq!(shown(bytes(text).expect("a size")), wanted);
        }
        for wrong in ["", "four", "-1", "0", "4 dogs", "99999999999 TiB"] {
            assert!(bytes(wrong).is_err(), "{wrong}");
        }
        assert_eq!(time(200_000.0), "about 2 days");
        for text in ["24 hours", "90 minutes", "1 second", "1.5 seconds", "1 hour"] {
            assert_eq!(exactly(seconds(text).expect("a time")), text);
        }
        for (text, wanted) in [("24 hours", 86_400.0), ("90 min", 5_400.0), ("2 days", 172_800.0), ("1.5", 5_400.0)] {
            assert_eq!(seconds(text), Ok(wanted), "{text}");
        }
        for wrong in ["", "soon", "0 hours", "-1", "1..5"] {
            assert!(seconds(wrong).is_err(), "{wrong}");
        }
    }
}
