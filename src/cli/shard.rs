//! `outgrow run --shard`: a part of a run, in one file.

use super::result::{self, How, Read};
use super::{Failure, RunArguments, bar, look, print};
use crate::model::price::PriceBook;
use crate::present::number::count;
use crate::store::{self, shard};
use crate::study::part::{MOST_PARTS, Part};

/// Reads "3/16".
pub(super) fn part(text: &str) -> Result<Part, String> {
    let numbers = text.split_once('/');
    let numbers = numbers.and_then(|(number, of)| Some((number.trim().parse().ok()?, of.trim().parse().ok()?)));
    let part = numbers.and_then(|(number, of)| Part::new(number, of));
    part.ok_or_else(|| format!("write it like \"3/16\": the third of 16 parts, of at most {MOST_PARTS}"))
}

/// Lives a part of a run and writes what its futures add up to.
pub(super) fn run(
    arguments: &RunArguments,
    read: &Read,
    (book, price_files): (&PriceBook, &[(String, String)]),
    part: Part,
) -> Result<(), Failure> {
    let made = &arguments.made;
    // What pictures look like is said when parts are joined.
    let pictures = look::of(&made.look, true)?;
    let how = How::told(made, (book, price_files), &pictures);
    let folder = result::folder_of(&arguments.file, &made.out)?;
    let ready = read.ready_for(&how, part)?;
    let (share, head) = (ready.share(), ready.head(part));
    if share.is_empty() {
        let (trials, of) = (count(head.trials), count(part.of));
        return Err(Failure::Input(format!("outgrow: {trials} trials cannot be cut into {of} parts\n")));
    }
    let bar = bar::of_run(ready.trials(), ready.lives(), arguments.quiet);
    let sums = ready.live(&|done| bar::add(&bar, done));
    bar.finish_and_clear();
    let (name, bytes) = (shard::name(part), shard::bytes(&head, &sums));
    let outside = |why: &dyn std::fmt::Display| Failure::Outside(format!("outgrow: {why}\n"));
    let created = |error| outside(&format!("cannot create {}: {error}", folder.display()));
    std::fs::create_dir_all(&folder).map_err(created)?;
    // Nothing else in the folder is touched: other machines may write their parts there now.
    store::write_new(&folder.join(&name), &bytes, true).map_err(|error| outside(&error))?;
    if arguments.quiet {
        return Ok(());
    }
    print(&format!(
        "Part {} of {}: futures {} to {} of {} are in {}\nWhen all parts are there: outgrow merge {}\n",
        part.number,
        part.of,
        count(share.start + 1),
        count(share.end),
        count(head.trials),
        folder.join(name).display(),
        folder.display()
    ))
}
