//! What the options are called in sentences.

use unicode_width::UnicodeWidthStr;

use crate::summary::{Ends, Summary};

/// Longest name that goes into a sentence, columns of a terminal.
pub const LONGEST: usize = 40;

/// What an option is called: "Heroku", "AWS" for "AWS (ECS Fargate)"; its own title where another option ends on the
/// same platform; "Render when forced" for staying on a platform that is sure to end, which is moving late.
#[must_use]
pub fn name(summary: &Summary, option: usize) -> String {
    let own = || own_platform(summary, option).unwrap_or_else(|| title(summary, option));
    match forced_to(summary, option) {
        Some(to) => match option == summary.baseline {
            true => format!("{to} when forced"),
            false => format!("{} until forced", own()),
        },
        None => own(),
    }
}

/// What today's platform is called, whatever becomes of who stays on it.
#[must_use]
pub fn today(summary: &Summary) -> String {
    let base = summary.baseline;
    own_platform(summary, base).unwrap_or_else(|| title(summary, base))
}

/// From this share of futures on a platform is sure to end.
const SURE: f64 = 0.95;

/// Where an option ends that does not leave by itself, if today's platform is sure to end.
#[must_use]
pub fn forced_to(summary: &Summary, option: usize) -> Option<String> {
    let sure = summary.events.iter().filter(|event| event.happens().value() >= SURE);
    let to = sure.filter_map(|event| match event.ends {
        Ends::Platform(to) => Some(to),
        Ends::Nothing | Ends::Product => None,
    });
    let to = to.filter(|_| !summary.options[option].leaves).min()?;
    let platform = without_brackets(&summary.options[to].platform);
    Some(if platform.is_empty() { title(summary, to) } else { cut(&one_line(platform), LONGEST) })
}

/// The option as something one does: "Moving to AWS"; “its own title” where another option ends on the same platform.
#[must_use]
pub fn moving(summary: &Summary, option: usize) -> String {
    own_platform(summary, option)
        .map_or_else(|| format!("“{}”", title(summary, option)), |platform| format!("Moving to {platform}"))
}

/// The platform's name without what stands in brackets, if no other option ends on one of that name.
fn own_platform(summary: &Summary, option: usize) -> Option<String> {
    let shortened = |i: usize| without_brackets(&summary.options[i].platform);
    let own = shortened(option);
    let is_unique = (0..summary.options.len()).filter(|i| *i != option).all(|i| shortened(i) != own);
    (is_unique && !own.is_empty()).then(|| cut(&one_line(own), LONGEST))
}

/// An option's own title, cut to what goes into a sentence.
fn title(summary: &Summary, option: usize) -> String {
    let chosen = &summary.options[option];
    cut(&one_line(if chosen.title.trim().is_empty() { &chosen.name } else { &chosen.title }), LONGEST)
}

/// A text from the scenario as one line: characters that steer a terminal or turn the writing direction are spaces, and
/// runs of spaces one.
#[must_use]
pub fn one_line(text: &str) -> String {
    let steers = |c: char| {
        c.is_control() || matches!(c, '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
    };
    let plain: String = text.chars().map(|c| if steers(c) { ' ' } else { c }).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A title in mid-sentence: "a private network" for "A private network".
#[must_use]
pub fn in_sentence(title: &str) -> String {
    let article = ["A ", "An ", "The "].into_iter().find(|article| title.starts_with(article));
    article.map_or_else(|| title.to_owned(), |article| format!("{}{}", article.to_lowercase(), &title[article.len()..]))
}

fn without_brackets(text: &str) -> &str {
    text.split_once(" (").map_or(text, |(before, _)| before).trim()
}

/// How many columns of a terminal a text takes: two for a Chinese, Japanese or Korean sign (Unicode Standard Annex 11).
#[must_use]
pub fn columns(text: &str) -> usize {
    UnicodeWidthStr::width(text)
}

/// A text cut to so many columns of a terminal, "…" at the end where something is missing.
#[must_use]
pub fn cut(text: &str, longest: usize) -> String {
    if columns(text) <= longest {
        return text.to_owned();
    }
    let fits = |end: &usize| columns(&text[..*end]) < longest;
    let end = text.char_indices().map(|(at, _)| at).take_while(fits).last().unwrap_or(0);
    format!("{}…", text[..end].trim_end())
}
