use std::collections::BTreeMap;
use std::fmt::Write;

use sha2::{Digest, Sha256};

use super::{Fact, Ladder, Sku};

/// Prices, ladders and facts by name.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PriceBook {
    pub(super) skus: BTreeMap<String, Sku>,
    pub(super) ladders: BTreeMap<String, Ladder>,
    pub(super) facts: BTreeMap<String, Fact>,
}

impl PriceBook {
    /// The price of a name.
    #[must_use]
    pub fn sku(&self, name: &str) -> Option<&Sku> {
        self.skus.get(name)
    }

    /// The ladder of a name.
    #[must_use]
    pub fn ladder(&self, name: &str) -> Option<&Ladder> {
        self.ladders.get(name)
    }

    /// The fact of a name.
    #[must_use]
    pub fn fact(&self, name: &str) -> Option<&Fact> {
        self.facts.get(name)
    }

    /// All prices, by name.
    pub fn skus(&self) -> impl Iterator<Item = &Sku> {
        self.skus.values()
    }

    /// All ladders, by name.
    pub fn ladders(&self) -> impl Iterator<Item = &Ladder> {
        self.ladders.values()
    }

    /// All facts, by name.
    pub fn facts(&self) -> impl Iterator<Item = &Fact> {
        self.facts.values()
    }

    /// Adds a price or takes the place of the one that has its name.
    pub fn put_sku(&mut self, sku: Sku) {
        self.skus.insert(sku.name.clone(), sku);
    }

    /// Adds a ladder or takes the place of the one that has its name.
    pub fn put_ladder(&mut self, ladder: Ladder) {
        self.ladders.insert(ladder.name.clone(), ladder);
    }

    /// Adds a fact or takes the place of the one that has its name.
    pub fn put_fact(&mut self, fact: Fact) {
        self.facts.insert(fact.name.clone(), fact);
    }

    /// Gives every plan of every ladder the price and limits that its SKU has now, the cheapest first. A plan whose SKU
    /// is gone or is not by the month keeps what it had.
    pub fn settle_ladders(&mut self) {
        for ladder in self.ladders.values_mut() {
            for plan in &mut ladder.plans {
                let Some(sku) = self.skus.get(&plan.sku) else { continue };
                if let Some(price) = sku.usd_per_month() {
                    plan.price_usd_per_month = price;
                    plan.limits = sku.has.clone();
                }
            }
            ladder.plans.sort_by(|a, b| {
                a.price_usd_per_month.total_cmp(&b.price_usd_per_month).then_with(|| a.sku.cmp(&b.sku))
            });
        }
    }

    /// Twelve hexadecimal digits that change when any name, price, unit, date, source or limit does.
    #[must_use]
    pub fn version(&self) -> String {
        let mut hash = Sha256::new();
        for sku in self.skus.values() {
            let from = &sku.provenance;
            hash.update(format!(
                "{}\t{:x}\t{}\t{}\t{}\t{}\t{}\n",
                sku.name,
                sku.price_usd.to_bits(),
                sku.unit,
                from.as_of,
                from.source,
                from.confidence.name(),
                from.sells.name()
            ));
            for (name, limit) in &sku.has {
                hash.update(format!("{name}\t{:x}\t{}\n", limit.value.to_bits(), limit.unit));
            }
        }
        for ladder in self.ladders.values() {
            hash.update(format!("{}\n", ladder.name));
            for plan in &ladder.plans {
                hash.update(format!("{}\n", plan.sku));
            }
        }
        for fact in self.facts.values() {
            hash.update(format!("{}\t{}\t{}\n", fact.name, fact.says, fact.provenance.as_of));
        }
        hash.finalize().iter().take(6).fold(String::new(), |mut out, byte| {
            write!(out, "{byte:02x}").expect("writing to a string cannot fail");
            out
        })
    }
}
