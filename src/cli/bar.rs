//! Progress bars: how much is done, and the time left.

use std::fmt::Write;
use std::io::IsTerminal;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use crate::present::number::count;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};

/// Nothing is said of the time left before so much has passed: nobody knows it yet.
const KNOWN_AFTER: Duration = Duration::from_secs(1);
/// How often it is drawn though nothing has moved: the time left goes on.
const TICK: Duration = Duration::from_millis(250);
/// Parts of a scenario in a bar over many, and how many of them its futures are; the rest is what is made of them.
const PARTS: u64 = 1_000;
const OF_FUTURES: u64 = 900;

/// A progress bar over trials on standard error; none where that is no terminal or nothing but problems is wanted.
pub(super) fn of(trials: u64, quiet: bool) -> ProgressBar {
    of_run(trials, trials, quiet)
}

/// The same of a run, whose futures are lived once each and some of them again for what the answer hinges on: the bar is over
/// all of those lives.
pub(super) fn of_run(trials: u64, lives: u64, quiet: bool) -> ProgressBar {
    let bar = shown(lives, "{futures}", quiet);
    let style = bar.style().with_key("futures", move |state: &ProgressState, out: &mut dyn Write| {
        let _ = out.write_str(&futures(state.pos(), trials));
    });
    bar.set_style(style);
    bar
}

/// Which futures are lived, of so many: "4,096 of 16,384 futures".
fn futures(lives: u64, trials: u64) -> String {
    match lives < trials {
        true => format!("{} of {} futures", count(lives), count(trials)),
        false => format!("{} futures", count(trials)),
    }
}

/// The same over scenarios, each of [`PARTS`] parts.
pub(super) fn of_many(scenarios: u64, quiet: bool) -> ProgressBar {
    shown(scenarios * PARTS, "{done} of {all} scenarios", quiet)
}

/// The same over values that are tried.
pub(super) fn of_values(values: u64, quiet: bool) -> ProgressBar {
    shown(values * PARTS, "{done} of {all} values", quiet)
}

/// A scenario's part of the bar over all.
pub(super) struct Part<'b> {
    bar: &'b ProgressBar,
    lived: AtomicU64,
    given: AtomicU64,
}

impl<'b> Part<'b> {
    pub(super) const fn of(bar: &'b ProgressBar) -> Self {
        Self { bar, lived: AtomicU64::new(0), given: AtomicU64::new(0) }
    }

    /// Adds lives of futures, of so many.
    pub(super) fn add(&self, done: u64, lives: u64) {
        let lived = self.lived.fetch_add(done, Ordering::Relaxed) + done;
        self.give(OF_FUTURES * lived.min(lives) / lives.max(1));
    }

    /// The scenario is done, whatever became of it.
    pub(super) fn finish(&self) {
        self.give(PARTS);
    }

    fn give(&self, wanted: u64) {
        let given = self.given.fetch_max(wanted, Ordering::Relaxed);
        self.bar.inc(wanted.saturating_sub(given));
    }
}

/// Adds what was done; at the end says what is done then.
pub(super) fn add(bar: &ProgressBar, done: u64) {
    bar.inc(done);
    if bar.length().is_some_and(|all| bar.position() >= all) {
        bar.set_message("tables, pictures");
    }
}

fn shown(all: u64, counted: &str, quiet: bool) -> ProgressBar {
    if quiet || !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::with_draw_target(Some(all), ProgressDrawTarget::stderr_with_hz(15));
    let template = format!("  {counted}  {{bar:24}} {{percent:>3}} %  {{left}}{{msg}}");
    let style = ProgressStyle::with_template(&template).expect("the template is well formed");
    let style = style.with_key("left", left).with_key("done", done).with_key("all", of_all);
    bar.set_style(style.progress_chars("━━ "));
    bar.enable_steady_tick(TICK);
    bar
}

/// The time left, as far as it is known.
fn left(state: &ProgressState, out: &mut dyn Write) {
    let (left, is_done) = (state.eta().as_secs(), state.len().is_some_and(|all| state.pos() >= all));
    if is_done || state.pos() == 0 || state.elapsed() < KNOWN_AFTER {
        return;
    }
    // A terminal that goes away is told nothing.
    let _ = match left {
        0..120 => write!(out, "{} s left", left.max(1)),
        120..7_200 => write!(out, "{} min left", left.div_ceil(60)),
        _ => write!(out, "{} hours left", left.div_ceil(3_600)),
    };
}

/// Scenarios that are done, and how many there are.
fn done(state: &ProgressState, out: &mut dyn Write) {
    let _ = write!(out, "{}", state.pos() / PARTS);
}

fn of_all(state: &ProgressState, out: &mut dyn Write) {
    let _ = write!(out, "{}", state.len().unwrap_or(0) / PARTS);
}

#[cfg(test)]
mod tests {
    use super::futures;

    #[test]
    fn futures_are_counted_once_however_often_they_are_lived() {
        assert_eq!(futures(4_096, 16_384), "4,096 of 16,384 futures");
        assert_eq!([16_384, 20_000].map(|lives| futures(lives, 16_384)), ["16,384 futures"; 2]);
    }
}
