use std::fmt::Write;
use std::io::IsTerminal;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};

/// Nothing is said of the time left before so much has passed: nobody knows it yet.
const KNOWN_AFTER: Duration = Duration::from_secs(1);
/// How often it is drawn though nothing has moved: the time left goes on.
const TICK: Duration = Duration::from_millis(250);

/// A progress bar over trials on standard error; none where that is no terminal or nothing but problems is wanted.
pub(super) fn of(trials: u64, quiet: bool) -> ProgressBar {
    shown(trials, "futures", quiet)
}

/// The same over scenarios.
pub(super) fn of_many(scenarios: u64, quiet: bool) -> ProgressBar {
    shown(scenarios, "scenarios", quiet)
}

/// Adds what was done; at the end says what is done then.
pub(super) fn add(bar: &ProgressBar, done: u64) {
    bar.inc(done);
    if bar.length().is_some_and(|all| bar.position() >= all) {
        bar.set_message("what it hinges on, pictures");
    }
}

fn shown(all: u64, what: &str, quiet: bool) -> ProgressBar {
    if quiet || !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::with_draw_target(Some(all), ProgressDrawTarget::stderr_with_hz(15));
    let template = format!("  {{human_pos}} of {{human_len}} {what}  {{bar:24}} {{percent:>3}} %  {{left}}{{msg}}");
    let style = ProgressStyle::with_template(&template).expect("the template is well formed");
    bar.set_style(style.with_key("left", left).progress_chars("━━ "));
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
