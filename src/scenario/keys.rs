//! The measures of the language's keys.

use super::measure::{Dimension, Measure};
use super::quantity::Unit;

const ANY: f64 = f64::INFINITY;

const fn from_zero(
    dimension: Dimension<'static>,
    unit: &'static str,
    what: &'static str,
    example: &'static str,
) -> Measure<'static> {
    Measure { dimension, unit, what, example, low: 0.0, above_low: false, high: ANY }
}

const fn above_zero(
    dimension: Dimension<'static>,
    unit: &'static str,
    what: &'static str,
    example: &'static str,
) -> Measure<'static> {
    Measure { above_low: true, ..from_zero(dimension, unit, what, example) }
}

pub(super) const SHARE: Measure<'_> =
    Measure { high: 1.0, ..from_zero(Dimension::Share, "share", "a share, 0 to 1", "\"14 %\" or 0.14") };
/// A part that is idle: what is used is at least a tenth.
pub(super) const WASTE: Measure<'_> = Measure { high: 0.9, what: "a share, 0 to 90 %", ..SHARE };
/// How likely an attempt fails that is made again until one succeeds.
pub(super) const FAILS: Measure<'_> =
    Measure { high: 0.9, what: "a chance, 0 to 90 %", example: "\"5 .. 20 %\" or 0.1", ..SHARE };
/// A share on top of something: it may pass 100 %.
pub(super) const EXTRA: Measure<'_> =
    from_zero(Dimension::Share, "share", "a part of something, at least 0", "\"15 %\" or 0.15");
/// So many for each of what a driver counts.
pub(super) const EACH: Measure<'_> =
    from_zero(Dimension::Share, "for each", "a number for each, at least 0", "\"1 .. 5 %\" or 0.03");
pub(super) const SHARE_PER_MONTH: Measure<'_> = Measure {
    high: 1.0,
    ..from_zero(Dimension::SharePer("month"), "share / month", "a share a month, 0 to 100 %", "\"2 % / month\"")
};
pub(super) const HAZARD: Measure<'_> =
    Measure { what: "a chance a month, 0 to 100 %", example: "\"1.5 % / month\"", ..SHARE_PER_MONTH };
pub(super) const CHANCE: Measure<'_> = Measure { what: "a chance, 0 to 1", example: "\"30 %\" or 0.3", ..SHARE };
pub(super) const DEBT_ADDED: Measure<'_> =
    Measure { what: "a part of full debt, 0 to 1", example: "\"+20 %\" or 0.2", ..SHARE };
pub(super) const GROWTH: Measure<'_> = Measure {
    low: -1.0,
    above_low: true,
    ..from_zero(Dimension::SharePer("month"), "share / month", "growth a month, above -100 %", "\"1 .. 4 % / month\"")
};
pub(super) const GROWTH_CONTINUOUS: Measure<'_> = Measure {
    low: -ANY,
    ..from_zero(Dimension::SharePer("month"), "share / month", "continuous growth a month", "\"1 .. 4 % / month\"")
};
pub(super) const NOISE: Measure<'_> = Measure {
    high: 1.0,
    ..from_zero(Dimension::SharePer("month"), "share / month", "a spread a month, 0 to 100 %", "\"5 % / month\"")
};
pub(super) const YEARLY: Measure<'_> = Measure {
    low: -1.0,
    above_low: true,
    ..from_zero(Dimension::SharePer("year"), "share / year", "growth a year, above -100 %", "\"3 .. 6 % / year\"")
};
pub(super) const TURNOVER: Measure<'_> = from_zero(
    Dimension::SharePer("year"),
    "share / year",
    "a part of the people a year, at least 0",
    "\"8 .. 20 % / year\"",
);
pub(super) const ATTRITION: Measure<'_> = Measure {
    high: 1.0,
    ..from_zero(
        Dimension::SharePer("year"),
        "share / year",
        "a part of the people a year, 0 to 100 %",
        "\"15 % / year\"",
    )
};
pub(super) const DISCOUNT: Measure<'_> =
    Measure { what: "a yearly rate, above -100 %", example: "\"9 % / year\"", ..YEARLY };
pub(super) const INFLATION: Measure<'_> = Measure { example: "\"3 % / year\"", ..DISCOUNT };
pub(super) const TIMES: Measure<'_> = above_zero(Dimension::Times, "times", "a factor above 0", "\"1.2 times\" or 1.2");
pub(super) const LEVEL: Measure<'_> =
    Measure { low: 1.0, ..above_zero(Dimension::Times, "times", "a multiple of today above 1", "\"25 times today\"") };
pub(super) const PEAK: Measure<'_> = Measure {
    low: 1.0,
    above_low: false,
    ..above_zero(Dimension::Times, "times", "peak over mean, at least 1", "\"2.2 times\"")
};
pub(super) const ELASTICITY: Measure<'_> =
    Measure { low: -5.0, high: 5.0, ..from_zero(Dimension::Plain, "exponent", "an exponent, -5 to 5", "0.5") };
pub(super) const FACTOR: Measure<'_> = from_zero(Dimension::Plain, "factor", "a factor, at least 0", "1.6");
/// Of what is copied.
pub(super) const SCALE: Measure<'_> = Measure { what: "a factor, at least 0", ..EXTRA };
/// What one of another currency is worth.
pub(super) const EXCHANGE: Measure<'_> =
    above_zero(Dimension::Dollars, "$", "what one is worth, above 0", "\"1.02 .. 1.20 USD\"");
pub(super) const AMOUNT_OF_MONEY: Measure<'_> =
    from_zero(Dimension::Dollars, "$", "an amount of money, at least 0", "\"$3,000\"");
pub(super) const PRICE: Measure<'_> =
    from_zero(Dimension::DollarsPerMonth, "$ / month", "a price, at least 0", "\"$1,200 / month\"");
pub(super) const REVENUE: Measure<'_> =
    Measure { what: "revenue, at least 0", example: "\"$900 / hour\" or \"$650,000 / month\"", ..PRICE };
pub(super) const REVENUE_BLOCKED: Measure<'_> =
    Measure { what: "revenue, at least 0", example: "\"$8,000 .. 30,000 / month\"", ..PRICE };
/// The price of one of what a line has several of: units, seats.
pub(super) const PRICE_OF_ONE: Measure<'_> = Measure { dimension: Dimension::DollarsPerUnit, ..PRICE };
pub(super) const WAGE: Measure<'_> = from_zero(
    Dimension::DollarsPerHour,
    "$ / hour",
    "dollars an hour, at least 0",
    "\"$95 / hour\" or \"$70 .. $130 / hour\"",
);
pub(super) const REFOCUS: Measure<'_> =
    from_zero(Dimension::WorkingHours, "hours", "people's time, at least 0", "\"45 min\" or \"2 hours\"");
pub(super) const HOURS_ONCE: Measure<'_> = Measure { example: "\"40 .. 120 hours\"", ..REFOCUS };
pub(super) const CLOCK: Measure<'_> =
    above_zero(Dimension::Hours, "hours", "a time above 0", "\"45 min\" or \"2 hours\"");
pub(super) const WORK: Measure<'_> =
    from_zero(Dimension::HoursPerMonth, "hours / month", "hours a month, at least 0", "\"20 .. 60 hours / month\"");
pub(super) const RATE: Measure<'_> = Measure {
    high: 1_000.0,
    ..from_zero(Dimension::CountPerMonth, "/ month", "a number a month, 0 to 1,000", "\"0.5 .. 2 / month\"")
};
/// Of one person.
pub(super) const REQUESTS: Measure<'_> = Measure { example: "\"0.5 .. 2 / month\"", ..RATE };
pub(super) const MONTHS: Measure<'_> =
    from_zero(Dimension::Months, "months", "a time, at least 0", "\"2 months\" or \"6 weeks\"");
/// A number of months for which something is bought: bare, as contracts say it.
pub(super) const TERM: Measure<'_> = Measure {
    low: 1.0,
    high: 1_200.0,
    ..from_zero(Dimension::Term, "months", "a number of months, 1 to 1,200", "12 or \"3 years\"")
};
pub(super) const HALVING: Measure<'_> = above_zero(Dimension::Months, "months", "a time above 0", "\"30 months\"");
pub(super) const MONTH_NUMBER: Measure<'_> = Measure {
    low: 1.0,
    high: 1_200.0,
    ..from_zero(Dimension::MonthNumber, "month", "the number of a month, from 1", "\"month 3\" or \"month 3 .. 6\"")
};
pub(super) const EFFORT: Measure<'_> = above_zero(
    Dimension::EngineerWeeks,
    "engineer-weeks",
    "work of engineers, above 0",
    "\"14 .. 60 engineer-weeks\" or \"4 engineer-days\"",
);
pub(super) const COUNT: Measure<'_> = from_zero(Dimension::Count, "count", "a number, at least 0", "2");
pub(super) const CODEBASES: Measure<'_> = above_zero(Dimension::Count, "codebases", "a number above 0", "2");
pub(super) const PEOPLE: Measure<'_> = above_zero(Dimension::Count, "people", "a number of people above 0", "2");
pub(super) const UNITS_TODAY: Measure<'_> = Measure {
    low: 0.5,
    ..above_zero(Dimension::Count, "units", "a number of units above one half", "6 or \"7 .. 13 tasks\"")
};
pub(super) const HOURS_A_MONTH: Measure<'_> = Measure {
    high: 744.0,
    above_low: true,
    ..from_zero(Dimension::Plain, "hours", "hours a month, above 0 and at most 744", "150")
};
/// From −1 to 1, both of which are told apart where it is read.
pub(super) const RHO: Measure<'_> = Measure {
    low: -1.0,
    high: 1.0,
    ..from_zero(Dimension::Plain, "correlation", "a correlation, above -1 and below 1", "0.6")
};
pub(super) const WEIGHT: Measure<'_> = above_zero(Dimension::Share, "share", "a weight above 0", "0.25 or \"25 %\"");

pub(super) const fn amount(unit: &Unit) -> Measure<'_> {
    Measure {
        dimension: Dimension::Amount(unit),
        unit: "of the driver",
        what: "a reading, at least 0",
        example: "\"260 GB\"",
        low: 0.0,
        above_low: false,
        high: ANY,
    }
}

pub(super) const fn capacity(unit: &Unit) -> Measure<'_> {
    Measure {
        above_low: true,
        what: "what one unit carries, above 0",
        example: "\"120 requests / second\"",
        ..amount(unit)
    }
}

pub(super) const fn limit(unit: &Unit) -> Measure<'_> {
    Measure { above_low: true, what: "what a plan holds, above 0", example: "\"64 GB\"", ..amount(unit) }
}

pub(super) const fn amount_per_month(unit: &Unit) -> Measure<'_> {
    Measure {
        dimension: Dimension::AmountPerMonth(unit),
        unit: "of the driver / month",
        what: "what comes in a month, at least 0",
        example: "\"9 .. 16 GB / month\"",
        ..amount(unit)
    }
}

pub(super) const fn price_of(unit: &Unit) -> Measure<'_> {
    Measure {
        dimension: Dimension::DollarsPer(unit),
        unit: "$ / one",
        what: "a price for one of what is metered, at least 0",
        example: "\"$0.23 / GB\"",
        ..amount(unit)
    }
}
