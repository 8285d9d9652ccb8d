use crate::math::law::Law;
use crate::model::{Migration, PlatformId, Traffic};
use crate::scenario::table::Table;
use crate::scenario::{estimate, keys, later, notes::Notes};

use super::{NOWHERE, Names, condition};

pub(super) fn read(name: String, mut table: Table<'_>, names: &Names, notes: &mut Notes) -> Migration {
    let from = table.need("from", "\"…\", the platform lived on today", notes);
    let from = from.and_then(|field| field.reference(&names.platforms, "platform", notes)).unwrap_or(NOWHERE);
    let constant = Law::Constant;
    let migration = Migration {
        name,
        from: PlatformId(from),
        start_month: table.estimate_or("starts", &keys::MONTH_NUMBER, constant(1.0), notes),
        starts_when_any: table
            .take("starts_when_any")
            .map(|field| condition::read_any(&field, names, notes))
            .unwrap_or_default(),
        delay_months: 0,
        effort_weeks: table.estimate("effort", &keys::EFFORT, notes),
        overrun: table.estimate_or("overrun", &keys::TIMES, estimate::usual_overrun(), notes),
        people: table.estimate("people", &keys::PEOPLE, notes),
        outside_help: None,
        traffic: Traffic::InLast(table.estimate_or("traffic_moves_in_last", &keys::SHARE, constant(0.0), notes)),
        cutover: None,
        lead_months: table.estimate_or("lead", &keys::MONTHS, constant(0.0), notes),
        overlap_months: table.estimate_or("overlap", &keys::MONTHS, constant(1.0), notes),
        standby: table.estimate_or("standby", &keys::SHARE, constant(1.0), notes),
    };
    table.finish(later::MIGRATION, notes);
    migration
}
