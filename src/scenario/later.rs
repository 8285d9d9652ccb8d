//! Words of the language that are refused by name until what they mean is computed: a scenario that uses one would
//! otherwise be computed as if the word were not there. `scenarios/LATER.md` is their page.
//!
//! A word is known in its place only, and so are those below it: the outermost one is refused, and a misspelt one below
//! it is reported today, not on the day it begins to count. A word that begins to be computed leaves its list here.

use super::table::{Field, Table, check_name};
use super::{code, notes::Notes};

/// A word and what may stand below it.
pub(super) struct Word {
    pub(super) name: &'static str,
    below: Below,
}

enum Below {
    /// A value, or a table by names of the file: nothing to spell.
    Value,
    /// Tables by name, each of these words.
    Tables(&'static [Word]),
}

const fn value(name: &'static str) -> Word {
    Word { name, below: Below::Value }
}

const fn tables(name: &'static str, words: &'static [Word]) -> Word {
    Word { name, below: Below::Tables(words) }
}

/// Of the file itself.
pub(super) const FILE: &[Word] = &[];

/// Of a price line.
pub(super) const LINE: &[Word] = &[];

/// Whether a key says what a missing one of its table would have said.
pub(super) fn stands_in(key: &str) -> bool {
    key == "copy_of"
}

impl Word {
    /// Refuses the word by name where it stands, and what is misspelt below it.
    pub(super) fn refuse(&self, field: &Field<'_>, notes: &mut Notes) {
        let message = format!("`{}` is part of the language but is not computed yet", self.name);
        notes.error(code::NOT_COMPUTED_YET, &field.key_span, message).cure = "leave it out for now".into();
        self.look_below(field, notes);
    }

    /// Reports what is misspelt below the word.
    pub(super) fn look_below(&self, field: &Field<'_>, notes: &mut Notes) {
        match self.below {
            Below::Value => {}
            Below::Tables(words) => {
                let fields = Table::open(field, notes).map(|table| table.fields()).unwrap_or_default();
                for field in fields {
                    check_name(&field, notes);
                    spelt(&field, words, notes);
                }
            }
        }
    }
}

/// Reports the keys of a table that are none of these words.
fn spelt(field: &Field<'_>, words: &[Word], notes: &mut Notes) {
    let Some(mut table) = Table::open(field, notes) else { return };
    for word in words {
        if let Some(below) = table.take(word.name) {
            word.look_below(&below, notes);
        }
    }
    table.finish(&[], notes);
}
