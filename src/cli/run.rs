use super::result::{self, How};
use super::{Failure, RunArguments, bar, look, prices, print};
use crate::present::{explain, figures, page};

/// Runs a scenario from file to files.
pub(super) fn run(arguments: &RunArguments) -> Result<(), Failure> {
    let made = &arguments.made;
    let book = prices::book(&made.prices)?;
    let read = result::read(&arguments.file, &book)?;
    for warning in read.reading.warnings.iter().filter(|_| !arguments.quiet) {
        eprintln!("{warning}");
    }
    let pictures = look::of(&made.look, arguments.quiet)?;
    let price_files = prices::named(&made.prices);
    let how = How::told(made, (&book, &price_files), &pictures);
    let folder = result::folder_of(&arguments.file, &made.out)?;
    let ready = read.ready(&how)?;
    let bar = bar::of(ready.trials(), arguments.quiet);
    let outcome = ready.run(&|done| bar.inc(done));
    bar.finish_and_clear();
    if let Some(warning) = outcome.warning.as_ref().filter(|_| !arguments.quiet) {
        eprintln!("{warning}");
    }
    outcome.write(&folder, &read.stamp(&how))?;
    if arguments.json {
        return print(&outcome.figures);
    }
    if arguments.quiet {
        return Ok(());
    }
    print(&page::terminal(&outcome.page))?;
    if arguments.people {
        print(&format!("\n{}", page::terminal(&outcome.people)))?;
    }
    if arguments.tables {
        print(&figures::text(&outcome.summary, read.scenario(), &outcome.answer))?;
    }
    if arguments.explain_verdict {
        print(&format!("\n{}", explain::text(&outcome.summary, &outcome.verdict)))?;
    }
    print(&format!("\nThe page, tables and charts are in {}\n", folder.display()))
}
