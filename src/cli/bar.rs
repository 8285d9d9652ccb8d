use std::io::IsTerminal;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// A progress bar over trials on standard error; none where that is no terminal or nothing but problems is wanted.
pub(super) fn of(trials: u64, quiet: bool) -> ProgressBar {
    if quiet || !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::with_draw_target(Some(trials), ProgressDrawTarget::stderr_with_hz(15));
    let style =
        ProgressStyle::with_template("  living through {human_len} futures  {wide_bar}  {percent:>3} %  {eta:>4}");
    bar.with_style(style.expect("the template is well formed").progress_chars("━━ "))
}

/// The same over scenarios.
pub(super) fn of_many(scenarios: u64, quiet: bool) -> ProgressBar {
    if quiet || !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::with_draw_target(Some(scenarios), ProgressDrawTarget::stderr_with_hz(15));
    let style =
        ProgressStyle::with_template("  {human_pos} of {human_len} scenarios  {wide_bar}  {percent:>3} %  {eta:>4}");
    bar.with_style(style.expect("the template is well formed").progress_chars("━━ "))
}
