use super::{Fact, Ladder, PriceBook, Sku};

/// Something of the book that a search found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Hit<'b> {
    /// A price.
    Sku(&'b Sku),
    /// A ladder.
    Ladder(&'b Ladder),
    /// A figure that is no price.
    Fact(&'b Fact),
}

impl<'b> Hit<'b> {
    /// Its name.
    #[must_use]
    pub fn name(&self) -> &'b str {
        match self {
            Self::Sku(sku) => &sku.name,
            Self::Ladder(ladder) => &ladder.name,
            Self::Fact(fact) => &fact.name,
        }
    }
}

/// What people call providers, beside the first part of their names.
const CALLED: [(&str, &str); 6] = [
    ("aws", "amazon web services"),
    ("gcp", "google cloud"),
    ("azure", "microsoft"),
    ("do", "digital ocean"),
    ("linode", "akamai"),
    ("labour", "labor salary people"),
];

impl PriceBook {
    /// What has all words of the query, in any order, in its name, its note or its provider's name; words in the name
    /// count for more. An empty query finds everything.
    #[must_use]
    pub fn search(&self, query: &str) -> Vec<Hit<'_>> {
        let words: Vec<String> = words(query).collect();
        let skus = self.skus().map(|sku| (Hit::Sku(sku), sku.note.as_str()));
        let ladders = self.ladders().map(|ladder| (Hit::Ladder(ladder), ladder.note.as_str()));
        let facts = self.facts().map(|fact| (Hit::Fact(fact), fact.says.as_str()));
        let mut found: Vec<(usize, usize, Hit<'_>)> = Vec::new();
        for (kind, (hit, note)) in ladders.map(|l| (0, l)).chain(skus.map(|s| (1, s))).chain(facts.map(|f| (2, f))) {
            found.extend(distance(&words, hit.name(), note).map(|far| (far, kind, hit)));
        }
        found.sort_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)).then_with(|| a.2.name().cmp(b.2.name())));
        found.into_iter().map(|(_, _, hit)| hit).collect()
    }

    /// The `n` names of prices and ladders that are most like a name, the likest first.
    #[must_use]
    pub fn nearest(&self, name: &str, n: usize) -> Vec<&str> {
        let name: String = name.to_lowercase().chars().take(80).collect();
        let all = self.skus.keys().chain(self.ladders.keys());
        let mut near: Vec<(f64, &str)> =
            all.map(|other| (-strsim::jaro_winkler(&name, other), other.as_str())).collect();
        near.sort_by(|a, b| a.0.total_cmp(&b.0).then_with(|| a.1.cmp(b.1)));
        near.into_iter().take(n).map(|(_, name)| name).collect()
    }
}

/// Words of letters and digits, lower-case.
fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase)
}

/// 0 for each word that is a word of the name, 1 for a piece of one, 4 for one of the note or the provider's name; `None`
/// where a word is nowhere.
fn distance(query: &[String], name: &str, note: &str) -> Option<usize> {
    let of_name: Vec<String> = words(name).collect();
    let called = CALLED.iter().find(|(provider, _)| of_name.first().is_some_and(|first| first == provider));
    let beside = format!("{} {}", note.to_lowercase(), called.map_or("", |(_, called)| called));
    query.iter().try_fold(0, |sum, word| {
        if of_name.contains(word) {
            Some(sum)
        } else if name.contains(word.as_str()) {
            Some(sum + 1)
        } else {
            beside.contains(word.as_str()).then_some(sum + 4)
        }
    })
}
