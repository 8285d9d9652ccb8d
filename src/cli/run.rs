use super::result::{self, How, Outcome};
use super::{Failure, RunArguments, bar, hidden, look, prices, print, shard};
use crate::model::Scenario;
use crate::present::{explain, figures, json, page};

pub(super) const EXAMPLES: &str = "Examples:
  outgrow run my.toml                                              the page, and output/my/
  outgrow run my.toml --require-payback '24 months' --odds 70%     exit code 3 unless 7 in 10 futures have paid back by then
  outgrow run my.toml --require-hole-below '$200k' --odds 90% --option ecs
  outgrow run my.toml --require-payback '3 years' --require-hole-below 150k --odds 70% --odds 90%
  outgrow run my.toml --json | jq .verdict.word
  outgrow run private.toml --redact pay,names                      without rates of pay and names: output/private-redacted/

A gate asks the option that the verdict is about, or --option, beside the baseline: paid back for good with engineers'
time (months from the file's first), and the deepest hole as paid. Results are written and the page is printed as
without it; a sentence on what came out follows, on standard error with --json, whose document then ends with `gate`.

--redact pay writes output/NAME-redacted/ and leaves out: rates by the hour and the day, raises, pay and retainers of
layers, rates of outside help, and what is the same as one of them; their sources; where on them the answer turns; what
hours cost by line, task and person; inputs.json; and hashes of files, by which guesses could be tried. No other figure
moves. It cannot hide what totals tell: hours and the money of engineering are both shown, and the one by the other is
about what an hour costs on average; what people hired for it add to a month's cost is their pay. Nor does it look into
what you write yourself: titles, sources of other figures, the question.

--redact names calls things by their kind and a number, the same in every file (Option A, Platform 1, line-3), and leaves
out the question, sources, file names and price files of your own, inputs.json and hashes. Words of the language, units
and list prices of the price book stay: they tell who is paid. No figure moves. The folder is named like your file.

Keep pay in a file of its own that is not shared,
and run that:
  # private.toml
  extends = 'shared.toml'
  [people]
  loaded_hour = '$90 .. 140 / hour'";

/// Runs a scenario from file to files.
pub(super) fn run(arguments: &RunArguments) -> Result<(), Failure> {
    let made = &arguments.made;
    arguments.gate.check()?;
    let (book, price_files) = prices::book_and_files(&made.prices)?;
    let read = result::read(&arguments.file, &book)?;
    for warning in read.reading.warnings.iter().filter(|_| !arguments.quiet) {
        eprintln!("{warning}");
    }
    let asked = arguments.gate.of(read.scenario())?;
    if let Some(part) = arguments.shard {
        return shard::run(arguments, &read, (&book, &price_files), part);
    }
    let pictures = look::of(&made.look, arguments.quiet)?;
    let hides = hidden(&arguments.redact);
    let how = How { hides, ..How::told(made, (&book, &price_files), &pictures) };
    let folder = result::folder_of(&arguments.file, &made.out)?;
    let folder = if hides.is_any() { result::redacted(&folder)? } else { folder };
    let ready = read.ready(&how)?;
    let bar = bar::of_run(ready.trials(), ready.lives(), arguments.quiet);
    let outcome = ready.run(&asked, &|done| bar::add(&bar, done));
    bar.finish_and_clear();
    if let Some(warning) = outcome.warning.as_ref().filter(|_| !arguments.quiet) {
        eprintln!("{warning}");
    }
    // What was computed is printed even where it cannot be written.
    let written = outcome.write(&folder);
    say(arguments, &outcome, outcome.neutral.as_ref().unwrap_or(read.scenario()))?;
    written?;
    if !arguments.json && !arguments.quiet {
        print(&format!("\nThe {} are in {}\n", result::held(&pictures), folder.display()))?;
    }
    if !arguments.gate.is_there() {
        return Ok(());
    }
    let sentences = outcome.answered.text(&outcome);
    let is_met = outcome.answered.is_met();
    if !arguments.json && !arguments.quiet {
        print(&format!("\n{sentences}"))?;
        return if is_met { Ok(()) } else { Err(Failure::Unmet(String::new())) };
    }
    match is_met {
        true if arguments.quiet => Ok(()),
        true => {
            eprint!("{sentences}");
            Ok(())
        }
        false => Err(Failure::Unmet(sentences)),
    }
}

/// Prints what was asked for.
fn say(arguments: &RunArguments, outcome: &Outcome, scenario: &Scenario) -> Result<(), Failure> {
    if arguments.json {
        return match arguments.gate.is_there() {
            true => print(&json::with_gate(&outcome.figures, outcome.answered.json(outcome))),
            false => print(&outcome.figures),
        };
    }
    if arguments.quiet {
        return Ok(());
    }
    print(&page::terminal(&outcome.page))?;
    if arguments.people {
        print(&format!("\n{}", page::terminal(&outcome.people)))?;
    }
    if arguments.tables {
        print(&figures::text(&outcome.summary, scenario, &outcome.answer))?;
    }
    if arguments.explain_verdict {
        print(&format!("\n{}", explain::text(&outcome.summary, &outcome.verdict)))?;
    }
    Ok(())
}
