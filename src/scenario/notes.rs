use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use super::beside::Beside;
use super::check::age::OldPrice;
use super::evidence::Evidence;
use super::joined::relative;
use super::walk::{Asked, Takes, Walk};
use crate::diag::{Place, Problem, Severity, SourceFile};
use crate::model::{Before, Estimate};
use crate::units::{Currency, YearMonth};

/// What a reading gathers beside the scenario: its problems, and where each figure stands.
pub(super) struct Notes {
    file: Arc<SourceFile>,
    problems: Vec<Problem>,
    places: BTreeMap<String, Range<usize>>,
    /// Uses of list prices that are old.
    pub(super) old_prices: Vec<OldPrice>,
    /// Where units of drivers stand that were blamed for what disagrees with them.
    blamed: BTreeSet<usize>,
    /// Month 1, once it is known.
    pub(super) start: Option<YearMonth>,
    /// Drivers that something names.
    named: BTreeSet<String>,
    /// What everything computed is in.
    pub(super) currency: Currency,
    /// What one of another currency is worth, by the code that ends its path.
    pub(super) currencies: Vec<Arc<Estimate>>,
    /// Which of them the amount at hand is in, unit by unit; `None` for the report's own.
    pub(super) spoken: Vec<Option<Arc<Estimate>>>,
    /// What stands in other files and at other keys.
    pub(super) beside: Beside,
    /// What was asked for, where somebody wants to know.
    walk: Option<Walk>,
    /// Estimates of the platform that an option changes, by path, and the month in which it does.
    pub(super) unchanged: Option<(BTreeMap<String, Estimate>, Arc<Estimate>)>,
}

impl Notes {
    pub(super) fn new(file: Arc<SourceFile>) -> Self {
        Self {
            file,
            problems: Vec::new(),
            places: BTreeMap::new(),
            old_prices: Vec::new(),
            blamed: BTreeSet::new(),
            start: None,
            named: BTreeSet::new(),
            currency: Currency::USD,
            currencies: Vec::new(),
            spoken: Vec::new(),
            beside: Beside::default(),
            walk: None,
            unchanged: None,
        }
    }

    /// Notes that also keep what the reader asks for.
    pub(super) fn walking(file: Arc<SourceFile>) -> Self {
        Self { walk: Some(Walk::new(Arc::clone(&file))), ..Self::new(file) }
    }

    /// Keeps what a key takes.
    pub(super) fn takes(&mut self, path: &str, takes: impl FnOnce() -> Takes) {
        if let Some(walk) = &mut self.walk {
            walk.entry(path).takes = Some(takes());
        }
    }

    /// Keeps something of a key that was asked for.
    pub(super) fn asked(&mut self, path: impl FnOnce() -> String, change: impl FnOnce(&mut Asked)) {
        if let Some(walk) = &mut self.walk {
            change(walk.entry(&path()));
        }
    }

    /// Keeps a value that an option changes.
    pub(super) fn changed(&mut self, path: &str, key: &Range<usize>, value: &Range<usize>, is_list: bool) {
        if let Some(walk) = &mut self.walk {
            let asked = Asked { key: Some(key.clone()), value: Some(value.clone()), is_list, ..Asked::default() };
            walk.changed.insert(path.to_owned(), asked);
        }
    }

    /// Records an error and hands it back for its `wanted` and `cure`.
    pub(super) fn error(
        &mut self,
        code: &'static str,
        span: &Range<usize>,
        message: impl Into<String>,
    ) -> &mut Problem {
        self.add(Severity::Error, code, span, message.into())
    }

    /// Records a warning and hands it back for its `wanted` and `cure`.
    pub(super) fn warning(
        &mut self,
        code: &'static str,
        span: &Range<usize>,
        message: impl Into<String>,
    ) -> &mut Problem {
        self.add(Severity::Warning, code, span, message.into())
    }

    fn add(&mut self, severity: Severity, code: &'static str, span: &Range<usize>, message: String) -> &mut Problem {
        let place = Place { file: Arc::clone(&self.file), span: span.clone() };
        let (wanted, cure) = (String::new(), String::new());
        self.problems.push(Problem { code, severity, message, place, wanted, cure });
        self.problems.last_mut().expect("one was pushed a line above")
    }

    /// Remembers where the value of a path stands, for checks that look at the whole.
    pub(super) fn remember(&mut self, path: &str, span: &Range<usize>) {
        self.places.insert(path.to_owned(), span.clone());
    }

    /// Whether a path was remembered.
    pub(super) fn stands(&self, path: &str) -> bool {
        self.places.contains_key(path)
    }

    /// Keeps that something names a driver.
    pub(super) fn names_driver(&mut self, name: &str) {
        self.named.insert(name.to_owned());
    }

    /// Whether anything names a driver.
    pub(super) fn is_named(&self, driver: &str) -> bool {
        self.named.contains(driver)
    }

    /// Whether anything is wrong so far.
    pub(super) fn has_errors(&self) -> bool {
        self.problems.iter().any(|problem| problem.severity == Severity::Error)
    }

    /// Where a path stands, or the nearest table above it that the file has.
    pub(super) fn place(&self, path: &str) -> Range<usize> {
        let mut path = path;
        loop {
            if let Some(span) = self.places.get(path) {
                return span.clone();
            }
            match path.rfind('.') {
                Some(dot) => path = &path[..dot],
                None => return 0..0,
            }
        }
    }

    /// Whether what stands here is blamed for the first time.
    pub(super) fn is_first_blame(&mut self, span: &Range<usize>) -> bool {
        self.blamed.insert(span.start)
    }

    /// The line of a span, from 1.
    pub(super) fn line(&self, span: &Range<usize>) -> usize {
        self.file.line_and_column(span.start).0
    }

    /// The name of a file that another names, as seen from the scenario's folder; `span` stands in that other.
    pub(super) fn seen_from_the_scenario(&self, name: &str, span: &Range<usize>) -> String {
        let folder = Path::new(&self.file.name).parent().unwrap_or(Path::new(""));
        let other = Path::new(self.file.name_at(span.start));
        relative(&other.strip_prefix(folder).unwrap_or(other).to_string_lossy(), name)
    }

    /// What a figure rests on whose key stands at a byte: of joined files, what its own says.
    pub(super) fn evidence(&self, stated: &Evidence, key: usize) -> Evidence {
        let own = self.beside.evidence.range(..=key).next_back();
        own.map_or_else(|| stated.clone(), |(_, own)| own.clone())
    }

    /// Whether so much is wrong that guessing what was meant is not worth its time.
    pub(super) fn is_crowded(&self) -> bool {
        const MANY: usize = 200;
        self.problems.len() > MANY
    }

    /// The texts that are read.
    pub(super) fn source(&self) -> Arc<SourceFile> {
        Arc::clone(&self.file)
    }

    /// The text of a span.
    pub(super) fn text(&self, span: &Range<usize>) -> &str {
        self.file.text.get(span.clone()).unwrap_or("")
    }

    pub(super) fn take_problems(&mut self) -> Vec<Problem> {
        std::mem::take(&mut self.problems)
    }

    /// What the estimate of a path is until an option changes it.
    pub(super) fn before(&self, path: &str) -> Option<Arc<Before>> {
        let (estimates, until) = self.unchanged.as_ref()?;
        let value = estimates.get(path)?.clone();
        Some(Arc::new(Before { value, until: Arc::clone(until) }))
    }

    /// Lets a reading go on that is not to be seen: gives back what it found wrong that was not known, and forgets what it
    /// asked for.
    pub(super) fn aside<T>(&mut self, read: impl FnOnce(&mut Self) -> T) -> T {
        let walk = self.walk.take();
        let known = self.take_problems();
        let old: BTreeSet<usize> = self.old_prices.iter().map(OldPrice::at).collect();
        let result = read(self);
        let found = std::mem::replace(&mut self.problems, known);
        for problem in found {
            let is_known = |other: &Problem| {
                (other.code, &other.place.span, &other.message) == (problem.code, &problem.place.span, &problem.message)
            };
            if !self.problems.iter().any(is_known) {
                self.problems.push(problem);
            }
        }
        let mut seen = BTreeSet::new();
        self.old_prices.retain(|of| !old.contains(&of.at()) || seen.insert(of.at()));
        self.walk = walk;
        result
    }

    /// Where the value of each path stands.
    pub(super) fn places(&self) -> &BTreeMap<String, Range<usize>> {
        &self.places
    }

    /// What was asked for, where it was kept.
    pub(super) fn take_walk(&mut self) -> Option<Walk> {
        self.walk.take()
    }
}
