use super::{Failure, print};
use crate::present::schema;
use crate::scenario::schema::language;

pub(super) const EXAMPLES: &str = "Example:
  outgrow schema > outgrow.schema.json
  and in the first line of a scenario:  #:schema ./outgrow.schema.json

Editors that know TOML schemas (Tombi, Even Better TOML) then complete keys, show what each takes, and mark what is wrong.";

/// Prints the schema of the scenario file.
pub(super) fn schema() -> Result<(), Failure> {
    print(&schema::text(&language()))
}
