//! The twin of what starts a project: month after month, on what was seen to the end of the month before.

use super::Twin;
use super::contract::Ahead;
use super::cover::Lived;
use super::ladder::Ladders;
use crate::model::{Condition, DriverId, Migration, Reading, Side};

impl Twin<'_> {
    /// When a project starts, months since the opening; +∞ if it never does.
    pub(super) fn starts(&self, migration: &Migration) -> f64 {
        let (stated, delay) = (self.value(&migration.start_month) - 1.0, f64::from(migration.delay_months));
        if migration.starts_when_any.is_empty() {
            return stated + delay;
        }
        let (lived, ladders) = self.baseline_seen();
        let acts = |time: &u32| {
            let mut conditions = migration.starts_when_any.iter();
            let is_over = f64::from(*time) + 1.0 >= self.product_ends();
            !is_over
                && f64::from(*time) >= stated
                && conditions.any(|condition| self.holds(condition, *time, &lived, &ladders))
        };
        (0..self.scenario.months).find(acts).map_or(f64::INFINITY, |time| f64::from(time) + delay)
    }

    /// What the baseline's months leave, and what its ladders came to.
    fn baseline_seen(&self) -> (Lived, Ladders) {
        let (mut ladders, mut ahead, mut lived) = (Ladders::default(), Ahead::default(), Lived::default());
        let baseline = self.scenario.baseline();
        let way = self.scenario.way_out(baseline);
        let project = way.map(|(_, id)| self.plan_project(&self.scenario.migrations[id.0], false));
        for m in 1..=self.scenario.months {
            self.month(baseline, project.as_ref(), m, (&mut ladders, &mut ahead, &mut lived));
        }
        (lived, ladders)
    }

    /// Whether a condition holds as seen at the end of month `time`; at 0 the as-of reading is all there is.
    fn holds(&self, condition: &Condition, time: u32, lived: &Lived, ladders: &Ladders) -> bool {
        let scenario = self.scenario;
        match *condition {
            Condition::Month(number) => time + 1 >= number,
            Condition::Repeated { ref class, months } => lived.is_struck_twice(class, time, months),
            Condition::Filled(_) => false,
            Condition::Requirement(id) => self.is_asked_for(id, time),
            Condition::Wall => {
                let platform = scenario.platform(scenario.baseline().platform);
                let hit = |place: String| ladders.wall(&format!("platform.{}.{place}", platform.name));
                let mut walls = platform.lines.iter().filter(|line| line.has_wall()).map(|line| hit(line.place()));
                walls.any(|hit| hit > 0.0 && hit <= f64::from(time))
            }
            Condition::Renewal => self.is_renewed(time),
            Condition::Reading { of, side, mark, months } => {
                let is_beyond = |reading: f64| if side == Side::Above { reading > mark } else { reading < mark };
                if time == 0 {
                    return match of {
                        Reading::Bill | Reading::Toil => false,
                        Reading::Driver(id) => months == 1 && is_beyond(self.today(id)),
                        Reading::Fact(fact) => months == 1 && is_beyond(self.fact_today(fact)),
                    };
                }
                let first = i64::from(time) - i64::from(months) + 1;
                first >= 1 && (first as u32..=time).all(|m| is_beyond(self.seen(of, m, lived)))
            }
        }
    }

    fn seen(&self, of: Reading, m: u32, lived: &Lived) -> f64 {
        match of {
            Reading::Toil => lived.toil[m as usize - 1],
            Reading::Driver(DriverId(id)) => self.drivers[id][self.j(m)],
            Reading::Fact(fact) => self.fact(fact, m),
            Reading::Bill => lived.bill(m),
        }
    }

    /// Whether a contract with a vendor of the baseline's platform ends or is renewed at the end of month `time`.
    pub(super) fn is_renewed(&self, time: u32) -> bool {
        let scenario = self.scenario;
        let lines = &scenario.platform(scenario.baseline().platform).lines;
        let mut sellers = lines.iter().filter_map(|line| line.vendor.map(|vendor| &scenario.vendors[vendor.0]));
        sellers.any(|vendor| {
            vendor.contract.as_ref().is_some_and(|contract| {
                let whole = |months: f64| (months + 0.5).floor().max(1.0);
                let mut end = whole(self.value(&contract.until));
                while let Some(every) = &contract.renews_every
                    && end < f64::from(time)
                {
                    end += whole(self.value(every));
                }
                end == f64::from(time)
            })
        })
    }
}
