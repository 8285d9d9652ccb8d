use crate::math::law::Law;
use crate::model::{Bought, Commitment, Held};
use crate::scenario::table::Table;
use crate::scenario::{code, keys, notes::Notes};

/// What says that something is bought ahead.
const BOUGHT: [&str; 5] = ["share", "discount", "months", "begins", "upfront"];

/// `commit = { share = "60 %", discount = "20 %", months = 12 }`, or what is `held` already; `is_home` where the baseline
/// lives on the platform.
pub(super) fn read(table: &mut Table<'_>, is_home: bool, notes: &mut Notes) -> Option<Commitment> {
    let mut table = Table::open(&table.take("commit")?, notes)?;
    let held = held(&mut table, is_home, notes);
    let is_bought = BOUGHT.iter().any(|key| table.has(key));
    if !is_bought && !table.has("held") {
        let message = format!("{} neither buys anything ahead nor holds anything", table.name());
        notes.error(code::COMMITMENT, &table.span, message).cure =
            "write commit = { share = \"60 %\", discount = \"20 %\", months = 12 }, or what is `held`".into();
    }
    let bought = is_bought.then(|| Bought {
        share: table.estimate("share", &keys::SHARE, notes),
        discount: table.estimate_or("discount", &keys::SHARE, Law::Constant(0.0), notes),
        months: table.estimate("months", &keys::TERM, notes),
        begins: table.estimate_if("begins", &keys::MONTH_NUMBER, notes),
        upfront: table.flag("upfront", notes),
    });
    if bought.is_none() {
        BOUGHT.iter().for_each(|key| drop(table.take(key)));
    }
    table.finish(notes);
    Some(Commitment { held, bought })
}

/// `held = { quantity = 4, price = "$400 / month", until = "month 9" }`
fn held(table: &mut Table<'_>, is_home: bool, notes: &mut Notes) -> Option<Held> {
    let field = table.take("held")?;
    let mut table = Table::open(&field, notes)?;
    if !is_home {
        let message = "nothing is held on a platform that is not lived on today";
        notes.error(code::COMMITMENT, &field.key_span, message).cure =
            "leave it out, or say what is bought there: { share, discount, months }".into();
    }
    let held = Held {
        quantity: table.estimate("quantity", &keys::COUNT, notes),
        price: table.estimate("price", &keys::PRICE_OF_ONE, notes),
        until: table.estimate("until", &keys::MONTH_NUMBER, notes),
    };
    table.finish(notes);
    Some(held)
}
