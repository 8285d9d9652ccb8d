//! Names that the faces can draw: of a title in another script, what they have letters for, and the name in the file where
//! nothing of it is left.

use std::borrow::Cow;

use crate::present::finding::hinges::Hinge;
use crate::present::font::Fonts;
use crate::present::side;
use crate::summary::Summary;

/// The run with titles that can be drawn, and the inputs under the same names.
#[must_use]
pub fn drawable<'a>(summary: &'a Summary, hinges: &'a [Hinge], fonts: Fonts) -> (Cow<'a, Summary>, Cow<'a, [Hinge]>) {
    let has_all = |text: &str| fonts.drawable(&side::one_line(text)) == side::one_line(text);
    let options = summary.options.iter();
    if has_all(&summary.scenario)
        && options
            .clone()
            .all(|o| has_all(&o.platform) && has_all(&o.title) && o.people.by.iter().all(|by| has_all(&by.title)))
    {
        return (Cow::Borrowed(summary), Cow::Borrowed(hinges));
    }
    let mut renamed = summary.clone();
    renamed.scenario = legible(fonts, &summary.scenario).unwrap_or_default();
    for option in &mut renamed.options {
        for by in option.people.by.iter_mut().filter(|by| !has_all(&by.title)) {
            by.title = legible(fonts, &by.title).unwrap_or_else(|| "a layer of cover".to_owned());
        }
    }
    let mut changes: Vec<(String, String)> = Vec::new();
    for (place, option) in renamed.options.iter_mut().enumerate() {
        option.name = legible(fonts, &option.name).unwrap_or_else(|| format!("option {}", place + 1));
        for title in [&mut option.platform, &mut option.title] {
            if !has_all(title) {
                let new = legible(fonts, title).unwrap_or_else(|| option.name.clone());
                changes.push((side::one_line(title), new.clone()));
                *title = new;
            }
        }
    }
    // The longest first: one title may be the beginning of another.
    changes.sort_by_key(|(old, _)| std::cmp::Reverse(old.len()));
    let rename = |text: &str| {
        changes
            .iter()
            .filter(|(old, _)| !old.is_empty())
            .fold(text.to_owned(), |text, (old, new)| text.replace(old, new))
    };
    let hinges = hinges.iter().map(|hinge| {
        let mut hinge = hinge.clone();
        hinge.label = rename(&hinge.label);
        if let Some(flip) = &mut hinge.flip {
            flip.text = rename(&flip.text);
        }
        hinge
    });
    (Cow::Owned(renamed), Cow::Owned(hinges.collect()))
}

/// What the faces have letters for; nothing where that is no letter and no digit.
fn legible(fonts: Fonts, text: &str) -> Option<String> {
    let left = side::one_line(&fonts.drawable(&side::one_line(text)));
    let left = left.replace("()", "").trim().to_owned();
    left.chars().any(char::is_alphanumeric).then_some(left)
}
