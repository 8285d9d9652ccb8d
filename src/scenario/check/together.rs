//! `[together.NAME]`: estimates that move together, pair by pair, and the groups that they form.

use std::ops::Range;

use toml::de::DeValue;

use crate::math::correlation::{Matrix, is_possible, nearest as nearest_matrix, worst_triangle};
use crate::model::{Draw, Estimate, Group, Scenario, Together};
use crate::scenario::paths::{as_written, singular};
use crate::scenario::table::{Field, Table, nearest, wrong_type};
use crate::scenario::walk::Takes;
use crate::scenario::{code, keys, notes::Notes};

/// How far a correlation may be moved to make all of them possible.
const MOST_MOVED: f64 = 0.1;
/// Moves smaller than this are not told.
const LEAST_TOLD: f64 = 5e-4;
/// What correlations are called, those of one sign and then those of the other: the middles of the bands that these words are
/// used for (Evans 1996, .2 to .4 and so on).
const WORDS: [&str; 8] = [
    "weak",
    "moderate",
    "strong",
    "very strong",
    "opposite weak",
    "opposite moderate",
    "opposite strong",
    "opposite very strong",
];
/// And what the first of them say.
const SAID: [f64; 4] = [0.3, 0.5, 0.7, 0.9];
/// Estimates that move together at most: each draws the words of all before it.
const MOST_MEMBERS: usize = 40;

pub(super) fn read(name: String, mut table: Table<'_>, notes: &mut Notes) -> Option<Together> {
    let inputs =
        table.need("inputs", "[\"demand.growth\", \"drivers.database.inflow\"], two that move together", notes);
    let inputs = inputs.and_then(|field| two(&field, notes));
    let rho =
        table.need("rho", "0.6, how much: above -1 and below 1", notes).and_then(|field| correlation(&field, notes));
    let why = table.need("why", "\"…\", the reason why they move together", notes);
    let why = why.and_then(|field| Some((field.text(notes)?, field.span.clone())));
    if let Some((_, span)) = why.as_ref().filter(|(why, _)| why.trim().is_empty()) {
        notes.error(code::MISSING, span, "`why` says nothing").cure =
            "write the reason why they move together: who doubts the figure doubts that".into();
    }
    table.finish(notes);
    let (inputs, stated, (why, _)) = (inputs?, rho?, why?);
    Some(Together { name, inputs, stated, rho: stated, why })
}

fn two(field: &Field<'_>, notes: &mut Notes) -> Option<[String; 2]> {
    notes.takes(&field.path, || Takes::Estimates);
    let DeValue::Array(items) = field.value else {
        wrong_type(field, "two estimates: [\"demand.growth\", \"drivers.database.inflow\"]", notes);
        return None;
    };
    let mut paths = Vec::new();
    for (nth, item) in items.iter().enumerate().take(2) {
        let element = field.element(nth, item);
        notes.remember(&element.path, &element.span);
        paths.push(element.text(notes).map(|text| singular(&text)));
    }
    if items.len() != 2 {
        let message = format!("`inputs` names {} estimates; it names two", items.len());
        notes.error(code::NOT_TOGETHER, &field.span, message).cure =
            "write a [together.NAME] for each pair; pairs that are not written do not move together".into();
        return None;
    }
    let second = paths.pop()??;
    Some([paths.pop()??, second])
}

/// A correlation in a word, or as a number above −1 and below 1.
fn correlation(field: &Field<'_>, notes: &mut Notes) -> Option<f64> {
    if let DeValue::String(text) = field.value
        && text.trim().starts_with(char::is_alphabetic)
    {
        notes.takes(&field.path, || Takes::Words(&WORDS));
        let word = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let place = WORDS.iter().position(|known| *known == word);
        if place.is_none() {
            let message = format!("`rho` is \"{word}\", which says no correlation");
            notes.error(code::UNKNOWN_WORD, &field.span, message).cure = match nearest(&word, WORDS.into_iter()) {
                Some(near) => format!("did you mean \"{near}\"?"),
                None => "write \"weak\", \"moderate\", \"strong\" or \"very strong\", with \"opposite\" before it where one \
                         falls as the other rises; or a number"
                    .into(),
            };
        }
        return place.map(|place| SAID[place % SAID.len()] * if place < SAID.len() { 1.0 } else { -1.0 });
    }
    let rho = field.number(&keys::RHO, notes)?;
    if rho.abs() < 1.0 {
        return Some(rho);
    }
    let message =
        format!("`rho` is {}: then one follows from the other, and nothing is left to vary", notes.text(&field.span));
    notes.error(code::CONTRADICTION, &field.span, message).cure = if rho > 0.0 {
        "write { same_as = \"…\", times = … } where one is a multiple of the other, or a rho below 1".into()
    } else {
        "write a rho above -1, like -0.9".into()
    };
    None
}

/// Checks what the pairs name, and makes groups of them.
pub(super) fn check(scenario: &mut Scenario, notes: &mut Notes) {
    if scenario.together.is_empty() {
        return;
    }
    let estimates = scenario.estimates();
    let mut places: Vec<(&str, [usize; 2])> = Vec::new();
    let mut is_sound = true;
    for pair in &scenario.together {
        let place = |input: usize, notes: &mut Notes| {
            let span = notes.place(&format!("together.{}.inputs.{}", pair.name, input + 1));
            drawn(&pair.inputs[input], &estimates, &span, notes)
        };
        let (first, second) = (place(0, notes), place(1, notes));
        let (Some(first), Some(second)) = (first, second) else {
            is_sound = false;
            continue;
        };
        let own = [first.min(second), first.max(second)];
        let before = places.iter().find(|(_, pair)| *pair == own);
        if first == second || before.is_some() {
            is_sound = false;
            let span = notes.place(&format!("together.{}.inputs", pair.name));
            let (message, cure) = match before {
                Some((other, _)) => (
                    format!("`{}` says again how two estimates of `{other}` move together", pair.name),
                    "keep one of them",
                ),
                None => (format!("`{}` names one estimate twice", pair.name), "name the other one"),
            };
            notes.error(code::NOT_TOGETHER, &span, message).cure = cure.into();
        }
        places.push((&pair.name, own));
    }
    if !is_sound {
        return;
    }
    let paths: Vec<String> = estimates.iter().map(|estimate| estimate.path.clone()).collect();
    let places: Vec<[usize; 2]> = places.into_iter().map(|(_, pair)| pair).collect();
    for members in groups(&places) {
        if let Some(group) = group(&members, &places, &paths, scenario, notes) {
            scenario.groups.push(group);
        }
    }
}

/// The place of an estimate with a draw of its own.
fn drawn(path: &str, estimates: &[&Estimate], span: &Range<usize>, notes: &mut Notes) -> Option<usize> {
    let written = as_written(path);
    let found = estimates.iter().position(|estimate| estimate.path == path);
    let (code, message, cure) = match found.map(|place| (place, estimates[place])) {
        None => {
            let unsure = estimates.iter().filter(|estimate| estimate.constant().is_none()).map(|e| e.path.as_str());
            let of_a_case = path.strip_prefix("demand.").and_then(|key| {
                let is = |estimate: &&&Estimate| {
                    let rest = estimate.path.strip_prefix("demand.case.").and_then(|rest| rest.split_once('.'));
                    rest.is_some_and(|(_, own)| own == key)
                };
                estimates.iter().find(is)
            });
            let cure = match (of_a_case, nearest(path, unsure)) {
                (Some(estimate), _) => {
                    format!("each growth case has its own: name one, `{}`", as_written(&estimate.path))
                }
                (None, Some(near)) => format!("did you mean `{}`?", as_written(near)),
                (None, None) => "`outgrow check --resolved` lists them".to_owned(),
            };
            (code::UNKNOWN_NAME, format!("there is no estimate `{written}`"), cure)
        }
        Some((_, estimate)) if estimate.constant().is_some() => {
            let message = format!("`{written}` is one number: nothing moves with it");
            let cure = "write what is thought possible, like \"20 .. 60 hours / month\", or leave the pair out";
            (code::NOT_TOGETHER, message, cure.to_owned())
        }
        Some((place, estimate)) => match &estimate.draw {
            Draw::Own => return Some(place),
            Draw::SameAs { path, .. } => {
                let original = as_written(path);
                let message =
                    format!("`{written}` is the same as `{original}`, and moves with all that moves with that");
                (code::NOT_TOGETHER, message, format!("name `{original}`"))
            }
            Draw::Row(column) => {
                let message = format!("`{written}` is drawn with the rows of `{}`", column.file);
                let cure = "what moves with it is a column of that file: take both from there".to_owned();
                (code::NOT_TOGETHER, message, cure)
            }
        },
    };
    notes.error(code, span, message).cure = cure;
    None
}

/// Connected components, each ascending, by their first member.
fn groups(pairs: &[[usize; 2]]) -> Vec<Vec<usize>> {
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for pair in pairs {
        let (mut joined, others): (Vec<_>, Vec<_>) =
            groups.into_iter().partition(|group: &Vec<usize>| pair.iter().any(|place| group.contains(place)));
        joined.push(pair.to_vec());
        let mut own: Vec<usize> = joined.concat();
        own.sort_unstable();
        own.dedup();
        groups = others;
        groups.push(own);
    }
    groups.sort();
    groups
}

/// One group with possible correlations: those stated, or the nearest, which is told. `pairs` are the places of the pairs'
/// estimates, one for each pair of the scenario.
fn group(
    members: &[usize],
    pairs: &[[usize; 2]],
    paths: &[String],
    scenario: &mut Scenario,
    notes: &mut Notes,
) -> Option<Group> {
    let n = members.len();
    let at = |place: usize| members.binary_search(&place).ok();
    let own: Vec<(usize, usize, usize)> =
        pairs.iter().enumerate().filter_map(|(nth, [a, b])| Some((nth, at(*a)?, at(*b)?))).collect();
    let span = notes.place(&format!("together.{}", scenario.together[own[0].0].name));
    if n > MOST_MEMBERS {
        let message = format!("{n} estimates move together; {MOST_MEMBERS} may");
        notes.error(code::CONTRADICTION, &span, message).cure = "keep the pairs that matter".into();
        return None;
    }
    let mut stated: Matrix = (0..n).map(|i| (0..n).map(|j| f64::from(u8::from(i == j))).collect()).collect();
    for (nth, a, b) in &own {
        let rho = scenario.together[*nth].stated;
        (stated[*a][*b], stated[*b][*a]) = (rho, rho);
    }
    let named = || members.iter().map(|place| paths[*place].clone()).collect();
    if is_possible(&stated) {
        return Some(Group { members: named(), correlations: stated });
    }
    let possible = nearest_matrix(&stated);
    let every = (0..n).flat_map(|i| (i + 1..n).map(move |j| (i, j)));
    let moves: Vec<(usize, usize)> =
        every.filter(|(i, j)| (possible[*i][*j] - stated[*i][*j]).abs() >= LEAST_TOLD).collect();
    let most = moves.iter().map(|(i, j)| (possible[*i][*j] - stated[*i][*j]).abs()).fold(0.0, f64::max);
    let words = |i: usize| as_written(&paths[members[i]]);
    if most > MOST_MOVED {
        let (message, cure) = contradiction(&stated, &words);
        let is_side = |(_, a, b): &&(usize, usize, usize)| {
            worst_triangle(&stated).is_some_and(|three| three.contains(a) && three.contains(b))
        };
        let side = own.iter().find(is_side).unwrap_or(&own[0]);
        let span = notes.place(&format!("together.{}", scenario.together[side.0].name));
        notes.error(code::CONTRADICTION, &span, message).cure = cure;
        return None;
    }
    for (nth, a, b) in &own {
        scenario.together[*nth].rho = possible[*a][*b];
    }
    let told: Vec<String> = moves
        .iter()
        .map(|(i, j)| format!("{} and {} {:.2} to {:.3}", words(*i), words(*j), stated[*i][*j], possible[*i][*j]))
        .collect();
    let message = format!("these correlations contradict each other a little and were moved: {}", told.join("; "));
    notes.warning(code::CORRELATION_MOVED, &span, message).cure =
        "write the ones you mean; what is not written is 0".into();
    Some(Group { members: named(), correlations: possible })
}

/// What contradicts itself, and the way out.
fn contradiction(stated: &Matrix, words: &dyn Fn(usize) -> String) -> (String, String) {
    let Some([i, j, k]) = worst_triangle(stated) else {
        let all: Vec<String> = (0..stated.len()).map(words).collect();
        let message =
            format!("no numbers can move together like this, though any three of them could: {}", all.join(", "));
        return (message, "bring the correlations of this set nearer to 0; what is not written is 0".to_owned());
    };
    let side = |a: usize, b: usize| format!("{} with {} {}", words(a), words(b), stated[a][b]);
    let message =
        format!("no three numbers can move together like this: {}, {}, {}", side(i, j), side(i, k), side(j, k));
    // What follows from the two strongest: rho lies within ab ± √((1 − a²)(1 − b²)).
    let mut sides = [(i, j, k), (i, k, j), (j, k, i)];
    sides.sort_by(|x, y| stated[x.0][x.1].abs().total_cmp(&stated[y.0][y.1].abs()));
    let (a, b, through) = sides[0];
    let (p, q) = (stated[a][through], stated[b][through]);
    let slack = ((1.0 - p * p) * (1.0 - q * q)).sqrt();
    let cure = format!(
        "by the other two, the rho of {} and {} is {:.2} to {:.2}; a pair that is not written has 0",
        words(a),
        words(b),
        p * q - slack,
        p * q + slack
    );
    (message, cure)
}
