use std::ops::Range;

use toml::de::DeValue;

use crate::model::price::{Limit, PlanStep, Sku};
use crate::model::{Above, Counted, DriverId, LadderPlan, LadderScheme, Need};
use crate::scenario::quantity::{self, Unit};
use crate::scenario::table::{Field, Table, check_name, nearest, wrong_type};
use crate::scenario::walk::{Bounds, Takes};
use crate::scenario::{code, estimate, keys, notes::Notes};

use super::{NOWHERE, Names, age, driver, price};

/// A limit that holds anything.
const UNLIMITED: &str = "unlimited";

/// What has to fit, and what it is counted in.
struct Fits<'a> {
    key: &'a str,
    path: String,
    need: Need,
    unit: Unit,
}

/// Plans that are climbed as what has to fit grows.
pub(super) fn read(table: &mut Table<'_>, names: &Names, notes: &mut Notes) -> LadderScheme {
    let fits = table.need("fits", "{ storage = \"database\" }, the limits and what must fit into them", notes);
    let fits = fits.map_or_else(Vec::new, |field| fits_of(&field, names, notes));
    let example = "[{ name = \"standard-0\", price = \"$50 / month\", storage = \"64 GB\" }]";
    let plans = if table.has("ladder") {
        price::only(table, "ladder", "plans", "a ladder of the price book has its own plans", notes);
        table.take("ladder").map_or_else(Vec::new, |field| listed(&field, &fits, names, notes))
    } else {
        table.need("plans", example, notes).map_or_else(Vec::new, |field| inline(&field, &fits, notes))
    };
    let word = table.spanned_text("above", notes);
    if let Some((_, span)) = &word {
        notes.remember(&table.path_of("above"), span);
        notes.takes(&table.path_of("above"), || Takes::Words(&["split", "wall"]));
    }
    let above = match word {
        None => Above::Split,
        Some((word, _)) if word == "split" => Above::Split,
        Some((word, _)) if word == "wall" => Above::Wall,
        Some((word, span)) => {
            notes
                .error(code::UNKNOWN_WORD, &span, format!("`{word}` is nothing that can be above the last plan"))
                .cure = "write \"split\" (several of the last plan) or \"wall\" (the same, and reported)".into();
            Above::Split
        }
    };
    let descends = table.flag("descends", notes);
    LadderScheme { needs: fits.into_iter().map(|fits| fits.need).collect(), plans, above, descends }
}

/// `{ storage = "database", connections = 400 }`
fn fits_of<'a>(field: &Field<'a>, names: &Names, notes: &mut Notes) -> Vec<Fits<'a>> {
    let Some(mut table) = Table::open(field, notes) else { return Vec::new() };
    notes.takes(&field.path, || Takes::ByName);
    let fields = table.fields();
    if fields.is_empty() {
        notes.error(code::LADDER, &field.key_span, "`fits` names no limit").cure =
            "write fits = { storage = \"database\" }".into();
    }
    let mut all = Vec::new();
    for field in fields {
        table.take(field.key);
        check_name(&field, notes);
        notes.remember(&field.path, &field.span);
        let names_a_driver = field.value.as_str().is_some_and(|text| quantity::parse(text).is_err());
        let (of, unit) = if names_a_driver {
            let place = field.reference(&names.drivers, "driver", notes);
            let unit = place.and_then(|place| names.units.get(place)).cloned().unwrap_or_default();
            (Counted::Driver(DriverId(place.unwrap_or(NOWHERE))), unit)
        } else {
            let unit = driver::unit_of_reading(field.value).0;
            let measure = keys::amount(&unit);
            let amount = field.estimate(&measure, notes).unwrap_or_else(|| estimate::stand_in(&measure));
            (Counted::Number(amount), unit)
        };
        all.push(Fits {
            key: field.key,
            path: field.path.clone(),
            need: Need { limit: field.key.to_owned(), of },
            unit,
        });
    }
    table.finish(notes);
    all
}

/// A ladder of the price book, which is sorted by price; limits that nothing must fit into are left aside.
fn listed(field: &Field<'_>, fits: &[Fits<'_>], names: &Names, notes: &mut Notes) -> Vec<LadderPlan> {
    notes.remember(&field.path, &field.span);
    let Some(name) = field.text(notes) else { return Vec::new() };
    let Some(ladder) = names.book.ladder(&name) else {
        let problem = notes.error(code::UNKNOWN_NAME, &field.span, format!("the price book has no ladder `{name}`"));
        problem.cure = if names.book.sku(&name).is_some() {
            format!("it is a SKU: write sku = \"{name}\"")
        } else {
            price::offer(&name, names, |near| names.book.ladder(near).is_some())
        };
        return Vec::new();
    };
    let Some(first) = ladder.plans.first() else { return Vec::new() };
    if !states_all(&name, first, fits, notes) || !agree(first, fits, notes) {
        return Vec::new();
    }
    let skus: Vec<&Sku> = ladder.plans.iter().filter_map(|plan| names.book.sku(&plan.sku)).collect();
    age::note(&skus, field, names, notes);
    let written = notes.text(&field.span).to_owned();
    let exchange = estimate::dollars("ladder", &field.span, notes);
    let plan = |plan: &PlanStep| {
        let sku = names.book.sku(&plan.sku)?;
        let price = price::quoted(sku, plan.price_usd_per_month, &keys::PRICE, (&written, exchange.clone()));
        let limits: Option<Vec<f64>> =
            fits.iter().map(|fits| listed_limit(plan.limits.get(fits.key)?, plan, fits, notes)).collect();
        Some(LadderPlan { name: plan.sku.clone(), price, limits: limits? })
    };
    ladder.plans.iter().filter_map(plan).collect()
}

/// Whether a plan, and so its ladder, states every limit that something must fit into.
fn states_all(ladder: &str, plan: &PlanStep, fits: &[Fits<'_>], notes: &mut Notes) -> bool {
    let mut all = true;
    for fits in fits.iter().filter(|fits| !plan.limits.contains_key(fits.key)) {
        all = false;
        let known: Vec<&str> = plan.limits.keys().map(String::as_str).collect();
        let message = format!("the plans of `{ladder}` state no `{}`", fits.key);
        let problem = notes.error(code::UNKNOWN_NAME, &notes.place(&fits.path), message);
        problem.cure = match nearest(fits.key, known.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("they state {}", known.join(", ")),
        };
    }
    all
}

/// Whether a plan, and so its ladder, states its limits in the units of what must fit.
fn agree(plan: &PlanStep, fits: &[Fits<'_>], notes: &mut Notes) -> bool {
    let mut all = true;
    for fits in fits {
        let (Some(limit), measure) = (plan.limits.get(fits.key), keys::limit(&fits.unit)) else { continue };
        let unit = quantity::parse_unit(&limit.unit).unwrap_or_default();
        if measure.factor(&unit).is_some() {
            continue;
        }
        all = false;
        let span = notes.place(&fits.path);
        if estimate::in_strange(&unit, &span, fits.key, &measure, notes).is_none() {
            let (key, counts) = (fits.key, fits.unit.shown());
            let message =
                format!("`{}` states its {key} in {}, and what must fit is in {counts}", plan.sku, limit.unit);
            notes.error(code::UNIT, &span, message).cure = "name a driver that counts the same".into();
        }
    }
    all
}

/// A plan's limit in the unit of what must fit, which agree.
fn listed_limit(limit: &Limit, plan: &PlanStep, fits: &Fits<'_>, notes: &mut Notes) -> Option<f64> {
    let unit = quantity::parse_unit(&limit.unit).unwrap_or_default();
    let value = keys::limit(&fits.unit).factor(&unit).map(|factor| factor.apply(limit.value));
    let span = notes.place(&fits.path);
    match value {
        Some(value) if value <= 0.0 => {
            notes.error(code::LADDER, &span, format!("`{}` holds no {}", plan.sku, fits.key)).cure =
                "name another limit, or write the plans out".into();
            None
        }
        found => found,
    }
}

/// `[{ name = "standard-0", price = "$50 / month", storage = "64 GB", connections = 120 }, …]`
fn inline<'a>(field: &Field<'a>, fits: &[Fits<'a>], notes: &mut Notes) -> Vec<LadderPlan> {
    let DeValue::Array(items) = field.value else {
        wrong_type(field, "a list of plans: [{ name = …, price = …, storage = … }, …]", notes);
        return Vec::new();
    };
    if items.is_empty() {
        notes.error(code::LADDER, &field.span, "`plans` is empty").cure = "write one plan at least".into();
    }
    let mut plans: Vec<(LadderPlan, Range<usize>)> = Vec::new();
    for (nth, item) in items.iter().enumerate() {
        let mut element = field.element(nth, item);
        if let Some(name) = name_in(item.get_ref()) {
            element.path = format!("{}.{name}", field.path);
        }
        let Some(mut table) = Table::open(&element, notes) else { continue };
        let Some(name) = table.need("name", "\"standard-0\"", notes).and_then(|name| plan_name(&name, notes)) else {
            continue;
        };
        let price = table.estimate("price", &keys::PRICE, notes);
        let limits = fits.iter().map(|fits| limit(&mut table, fits, notes)).collect();
        table.finish(notes);
        if plans.iter().any(|(plan, _)| plan.name == name) {
            notes.error(code::LADDER, &item.span(), format!("there are two plans `{name}`")).cure =
                "give each a name of its own".into();
        }
        plans.push((LadderPlan { name, price, limits }, item.span()));
    }
    rising(&plans, notes);
    plans.into_iter().map(|(plan, _)| plan).collect()
}

/// The name that a plan states, if it is one.
fn name_in<'v>(plan: &'v DeValue<'_>) -> Option<&'v str> {
    let name = plan.as_table()?.get("name")?.get_ref().as_str()?;
    name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_').then_some(name)
}

/// A plan's name is a part of its price's path.
fn plan_name(field: &Field<'_>, notes: &mut Notes) -> Option<String> {
    let name = field.text(notes);
    notes.takes(&field.path, || Takes::Name("plan".into()));
    let name = name?;
    let named = Field {
        key: &name,
        key_span: field.span.clone(),
        value: field.value,
        span: field.span.clone(),
        path: field.path.clone(),
        evidence: field.evidence.clone(),
        instead_of: None,
        changes: None,
    };
    check_name(&named, notes).then(|| name.clone())
}

/// What a plan holds of something, above 0; every plan says it of everything that must fit.
fn limit<'a>(table: &mut Table<'a>, fits: &Fits<'a>, notes: &mut Notes) -> f64 {
    let name = fits.key;
    let mut measure = keys::limit(&fits.unit);
    if fits.unit.is_empty() {
        measure.example = "120";
    }
    let Some(field) = table.take(name) else {
        let message = format!("{} has no `{name}`, which must fit", table.name());
        notes.error(code::MISSING, &table.span, message).cure =
            format!("write {name} = {} or \"{UNLIMITED}\"", measure.example);
        return f64::INFINITY;
    };
    let is_unlimited = field.value.as_str() == Some(UNLIMITED);
    let value = if is_unlimited { None } else { field.number(&measure, notes) };
    notes.takes(&field.path, || Takes::Limit(Bounds::of(&keys::limit(&fits.unit))));
    value.unwrap_or(f64::INFINITY)
}

/// The first plan that fits is the cheapest only where prices rise.
fn rising(plans: &[(LadderPlan, Range<usize>)], notes: &mut Notes) {
    for pair in plans.windows(2) {
        let [(before, _), (after, span)] = pair else { continue };
        if after.price.median() < before.price.median() {
            let message = format!("`{}` costs less than `{}`, which stands before it", after.name, before.name);
            notes.error(code::LADDER, span, message).cure = "write the plans by rising price".into();
        }
    }
}
