use crate::model::{Billed, Line, Platform, Scheme};
use crate::scenario::table::{Table, nearest};
use crate::scenario::{code, keys, notes::Notes};

use super::share::billed;

/// What other lines cost, times a factor.
pub(super) fn read(table: &mut Table<'_>, notes: &mut Notes) -> Scheme {
    let nothing = (code::COPY, "a copy of nothing");
    let of = table.take("copy_of").map_or_else(Vec::new, |field| billed(&field, nothing, notes));
    Scheme::Copy { of, scale: table.estimate("scale", &keys::SCALE, notes) }
}

/// What the copies of a platform are made of is there and can be copied.
pub(super) fn check(platform: &Platform, notes: &mut Notes) {
    for line in &platform.lines {
        let Scheme::Copy { of, .. } = &line.scheme else { continue };
        let at = format!("platform.{}.{}.copy_of", platform.name, line.place());
        for (nth, billed) in of.iter().enumerate() {
            found(platform, line, billed, &format!("{at}.{}", nth + 1), notes);
        }
    }
}

fn found(platform: &Platform, copy: &Line, billed: &Billed, at: &str, notes: &mut Notes) {
    if platform.lines.iter().any(|line| line.can_be_copied() && billed.names(line)) {
        return;
    }
    let span = notes.place(at);
    let places: Vec<String> = platform.lines.iter().filter(|line| line.can_be_copied()).map(Line::place).collect();
    let Billed::Line(bucket, name) = billed else {
        let what = if let Billed::Bucket(bucket) = billed { bucket.name() } else { "the platform" };
        let message = format!("{what} has no line that `{}` could copy", copy.place());
        notes.error(code::COPY, &span, message).cure = "leave it out, or name what is paid every month".into();
        return;
    };
    let place = format!("{}.{name}", bucket.name());
    if let Some(line) = platform.lines.iter().find(|line| line.place() == place) {
        let what = match line.scheme {
            Scheme::Once { .. } => "is paid once",
            Scheme::Share(_) => "is a share of other lines",
            _ => "is a copy itself",
        };
        let message = format!("`{place}` {what}, and a copy is of what is paid every month");
        notes.error(code::COPY, &span, message).cure = match places.as_slice() {
            [] => "leave it out".into(),
            some => format!("name one of {}", some.join(", ")),
        };
        return;
    }
    let message = format!("{} has no line `{place}`", platform.name);
    let problem = notes.error(code::UNKNOWN_NAME, &span, message);
    problem.cure = match nearest(&place, places.iter().map(String::as_str)) {
        Some(near) => format!("did you mean \"{near}\"?"),
        None => format!("there is {}", places.join(", ")),
    };
}
