//! Files that stand in no folder, and texts with some of them replaced.

use std::collections::BTreeMap;

use outgrow::scenario::{LoadError, Loader, Reading, prices, read_whole};

/// Files by name.
pub struct Texts(pub BTreeMap<String, String>);

impl Texts {
    pub fn of<const N: usize>(files: [(&str, &str); N]) -> Self {
        Self(files.map(|(name, text)| (name.to_owned(), text.to_owned())).into())
    }

    pub fn read(&self, name: &str) -> Reading {
        read_whole(prices::compiled(), name, self).unwrap_or_else(|report| panic!("{report}"))
    }

    pub fn refused(&self, name: &str) -> String {
        read_whole(prices::compiled(), name, self).map(|_| ()).expect_err("it is wrong").to_string()
    }
}

impl Loader for Texts {
    fn load(&self, name: &str) -> Result<String, LoadError> {
        self.0.get(name).cloned().ok_or(LoadError::NotFound)
    }
}

/// A text with some of it replaced; every piece is there.
pub fn changed(text: &str, replaced: &[(&str, &str)]) -> String {
    replaced.iter().fold(text.to_owned(), |text, (from, to)| {
        assert!(text.contains(from), "{from}");
        text.replacen(from, to, 1)
    })
}
