use toml::de::DeValue;

use crate::math::law::Law;
use crate::model::{Billed, Bracket, Bucket, Line, Platform, Scheme, ShareScheme};
use crate::scenario::table::{Field, Table, nearest, wrong_type};
use crate::scenario::walk::Takes;
use crate::scenario::{code, keys, notes::Notes};

use super::tariff::{ascending, graduated};

/// Stands for every line of the platform.
const ALL: &str = "all";

/// A percentage of what other lines are invoiced at.
pub(super) fn read(table: &mut Table<'_>, notes: &mut Notes) -> ShareScheme {
    let nothing = (code::SHARE, "a share of nothing");
    let of = table.take("percent_of").map_or_else(Vec::new, |field| billed(&field, nothing, notes));
    let mut brackets = Vec::new();
    if let Some(field) = table.take("brackets") {
        brackets = graduated(&field, (&keys::PRICE, "percent", &keys::SHARE), notes);
        ascending(&brackets, notes);
        if table.has("percent") {
            let span = table.span.clone();
            let message = format!("{} states both `percent` and `brackets`", table.name());
            notes.error(code::DOES_NOT_BELONG, &span, message).cure =
                "keep one: a bracket states its own percentage".into();
            table.take("percent");
        }
    } else {
        let price = table.estimate("percent", &keys::SHARE, notes);
        brackets.push((Bracket { up_to: f64::INFINITY, price }, table.span.clone()));
    }
    let at_least = table.estimate_or("at_least", &keys::PRICE, Law::Constant(0.0), notes);
    ShareScheme { of, brackets: brackets.into_iter().map(|(bracket, _)| bracket).collect(), at_least }
}

/// `"all"`, or a list of lines (`"runtime.web"`) and buckets (`"tooling"`).
pub(super) fn billed(
    field: &Field<'_>,
    (code, nothing): (&'static str, &'static str),
    notes: &mut Notes,
) -> Vec<Billed> {
    if field.value.is_str() {
        notes.remember(&format!("{}.1", field.path), &field.span);
        let text = field.text(notes);
        notes.takes(&field.path, || Takes::Lines);
        return text.and_then(|text| one(&text, field, notes)).into_iter().collect();
    }
    notes.takes(&field.path, || Takes::Lines);
    let DeValue::Array(items) = field.value else {
        wrong_type(field, "\"all\", or a list of lines and buckets: [\"runtime.web\", \"tooling\"]", notes);
        return Vec::new();
    };
    if items.is_empty() {
        notes.error(code, &field.span, format!("`{}` is empty: {nothing}", field.key)).cure =
            "name lines or buckets, or write \"all\"".into();
    }
    let mut all = Vec::new();
    for (nth, item) in items.iter().enumerate() {
        let element = field.element(nth, item);
        notes.remember(&element.path, &element.span);
        all.extend(element.text(notes).and_then(|text| one(&text, &element, notes)));
    }
    all
}

fn one(text: &str, field: &Field<'_>, notes: &mut Notes) -> Option<Billed> {
    if text == ALL {
        return Some(Billed::All);
    }
    let (bucket, line) = text.split_once('.').map_or((text, None), |(bucket, line)| (bucket, Some(line)));
    let with_lines = [Bucket::Runtime, Bucket::Data, Bucket::Tooling];
    let Some(found) = with_lines.into_iter().find(|known| known.name() == bucket) else {
        let known = with_lines.map(Bucket::name);
        let problem = notes.error(code::UNKNOWN_NAME, &field.span, format!("there is no bucket `{bucket}`"));
        problem.cure = match nearest(bucket, known.into_iter().chain([ALL])) {
            Some(near) => format!("did you mean \"{near}\"?"),
            None => format!("write \"{ALL}\", a bucket ({}), or a line as \"runtime.web\"", known.join(", ")),
        };
        return None;
    };
    Some(line.map_or(Billed::Bucket(found), |line| Billed::Line(found, line.to_owned())))
}

/// What the shares of a platform are taken of is there, and no share itself.
pub(super) fn check(platform: &Platform, notes: &mut Notes) {
    for line in &platform.lines {
        let Scheme::Share(share) = &line.scheme else { continue };
        let at = format!("platform.{}.{}.percent_of", platform.name, line.place());
        for (nth, billed) in share.of.iter().enumerate() {
            found(platform, line, billed, &format!("{at}.{}", nth + 1), notes);
        }
    }
}

fn found(platform: &Platform, share: &Line, billed: &Billed, at: &str, notes: &mut Notes) {
    if platform.lines.iter().any(|line| !line.is_share() && billed.names(line)) {
        return;
    }
    let span = notes.place(at);
    let Billed::Line(bucket, name) = billed else {
        let what = if let Billed::Bucket(bucket) = billed { bucket.name() } else { "the platform" };
        let message = format!("{what} has no line that `{}` could be a share of", share.place());
        notes.error(code::SHARE, &span, message).cure = "leave it out, or name what has lines".into();
        return;
    };
    let place = format!("{}.{name}", bucket.name());
    if platform.lines.iter().any(|line| line.place() == place) {
        let message = format!("`{place}` is a share itself, and there are no shares of shares");
        notes.error(code::SHARE, &span, message).cure = "name the lines that it is a share of".into();
        return;
    }
    let places: Vec<String> = platform.lines.iter().filter(|line| !line.is_share()).map(Line::place).collect();
    let message = format!("{} has no line `{place}`", platform.name);
    let problem = notes.error(code::UNKNOWN_NAME, &span, message);
    problem.cure = match nearest(&place, places.iter().map(String::as_str)) {
        Some(near) => format!("did you mean \"{near}\"?"),
        None => format!("there is {}", places.join(", ")),
    };
}
