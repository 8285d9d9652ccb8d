use super::builder::Builder;
use super::driver::Drivers;
use super::op::{Binary, Col};
use crate::model::{DriverId, Line, Platform, Vendor, VendorId};
use crate::units::HOURS_PER_MONTH;

/// The driver that every scenario has: what a month's demand is of today's.
const DEMAND: &str = "demand";

/// What is left of each vendor's invoice of a platform after its SLA credit.
pub(super) struct Credits {
    /// By vendor; 1 where nothing is given back.
    kept: Vec<Col>,
    one: Col,
}

impl Credits {
    /// Of a platform whose incidents, class by class, come to `counts`: 1 less the shares of all of them, at least 0.
    pub(super) fn of(b: &mut Builder, platform: &Platform, counts: &[Col]) -> Self {
        let scenario = b.scenario;
        let kept = scenario.vendors.iter().map(|vendor| kept(b, platform, vendor, counts)).collect();
        Self { kept, one: b.one() }
    }

    /// The part of a line's cost that is invoiced.
    pub(super) fn kept(&self, line: &Line) -> Col {
        line.vendor.map_or(self.one, |VendorId(place)| self.kept[place])
    }

    /// Vendors that give something back, with the part that they give.
    pub(super) fn given(&self, b: &mut Builder) -> Vec<(VendorId, Col)> {
        let some = self.kept.iter().enumerate().filter(|(_, kept)| **kept != self.one);
        some.map(|(place, kept)| (VendorId(place), b.sub(self.one, *kept))).collect()
    }
}

fn kept(b: &mut Builder, platform: &Platform, vendor: &Vendor, counts: &[Col]) -> Col {
    let mut terms = Vec::new();
    for (class, count) in platform.incidents.iter().zip(counts) {
        if let Some((_, share)) = vendor.sla_credit.iter().find(|(name, _)| *name == class.name) {
            terms.push((b.estimate(share), *count));
        }
    }
    let one = b.one();
    let given = b.sum(terms);
    let given = b.binary(Binary::Min, given, one);
    b.sub(one, given)
}

/// What an hour is worth in which all revenue stops for good: margin at the month's demand, by the platform's share of
/// traffic, and less where more hours stop than a month has. `None` where nothing is said of revenue.
pub(super) fn worth_of_an_hour(b: &mut Builder, drivers: &Drivers, traffic: Col, stopped: &[Col]) -> Option<Col> {
    let scenario = b.scenario;
    let business = scenario.business.as_ref()?;
    let demand = scenario.drivers.iter().position(|driver| driver.name == DEMAND).map(DriverId)?;
    let (one, month) = (b.one(), b.constant(HOURS_PER_MONTH));
    let revenue = b.estimate(&business.revenue_per_month);
    let margin = b.estimate(&business.margin);
    let revenue = b.div(revenue, month);
    let today = b.mul(revenue, margin);
    let index = match drivers.today(demand) {
        one_today if one_today == one => drivers.now(demand),
        reading => b.div(drivers.now(demand), reading),
    };
    let now = b.mul(today, index);
    let here = b.mul(now, traffic);
    let all = b.sum(stopped.iter().map(|hours| (one, *hours)).collect());
    let at_least_a_month = b.binary(Binary::Max, all, month);
    let counted = b.div(month, at_least_a_month);
    Some(b.mul(here, counted))
}
