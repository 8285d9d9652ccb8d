use crate::math::law::Law;
use crate::model::{Migration, PlatformId};
use crate::scenario::table::Table;
use crate::scenario::{estimate, keys, later, notes::Notes};

use super::{NOWHERE, Names};

pub(super) fn read(name: String, mut table: Table<'_>, names: &Names, notes: &mut Notes) -> Migration {
    let from = table.need("from", "\"…\", the platform lived on today", notes);
    let from = from.and_then(|field| field.reference(&names.platforms, "platform", notes)).unwrap_or(NOWHERE);
    let constant = Law::Constant;
    let migration = Migration {
        name,
        from: PlatformId(from),
        start_month: table.estimate_or("starts", &keys::MONTH_NUMBER, constant(1.0), notes),
        delay_months: 0,
        effort_weeks: table.estimate("effort", &keys::EFFORT, notes),
        overrun: table.estimate_or("overrun", &keys::TIMES, estimate::usual_overrun(), notes),
        people: table.estimate("people", &keys::PEOPLE, notes),
        moves_in_last: table.estimate_or("traffic_moves_in_last", &keys::SHARE, constant(0.0), notes),
        lead_months: table.estimate_or("lead", &keys::MONTHS, constant(0.0), notes),
        overlap_months: table.estimate_or("overlap", &keys::MONTHS, constant(1.0), notes),
        standby: table.estimate_or("standby", &keys::SHARE, constant(1.0), notes),
    };
    table.finish(later::MIGRATION, notes);
    migration
}
