use super::{Estimate, EventId, MigrationId, OptionId, RequirementId, Scenario, WayToRun};

/// That the baseline's platform must be left: whoever is still on it begins a migration (MODEL.md §3).
#[derive(Debug, Clone, PartialEq)]
pub struct MustLeave {
    /// The option whose migration those begin that have none of their own.
    pub to: OptionId,
    /// Months until the migration begins at the latest, at least 0.
    pub within_months: Estimate,
    /// Months until the platform is gone, if it goes.
    pub last_day_months: Option<Estimate>,
    /// Factor on the effort of a migration that begins because of it, above 0.
    pub rush: Estimate,
}

/// Why a platform must be left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// It ends.
    Event(EventId),
    /// It cannot meet what is asked for.
    Requirement(RequirementId),
}

impl Scenario {
    /// Why and how the baseline's platform may have to be left: events first, then requirements.
    #[must_use]
    pub fn must_leave(&self) -> Vec<(Cause, &MustLeave)> {
        let events = self.events.iter().enumerate();
        let events = events.filter_map(|(at, event)| Some((Cause::Event(EventId(at)), event.ends_platform.as_ref()?)));
        let Some(home) = self.options.get(self.baseline.0).and_then(|home| self.platforms.get(home.platform.0)) else {
            return events.collect();
        };
        let cannot = home.cannot.iter();
        let cannot = cannot.filter_map(|cannot| Some((Cause::Requirement(cannot.requirement), cannot.leave.as_ref()?)));
        events.chain(cannot).collect()
    }

    /// The option whose migration an option begins, and that: its own, or that of the option named where the platform that it
    /// is on must be left; `None` where it stays for good.
    #[must_use]
    pub fn way_out(&self, option: &WayToRun) -> Option<(&WayToRun, MigrationId)> {
        if let Some(own) = option.migration {
            let own_option = self.options.iter().find(|other| other.name == option.name)?;
            return Some((own_option, own));
        }
        let to = self.must_leave().first()?.1.to;
        let to = &self.options[to.0];
        (option.platform == self.baseline().platform).then_some((to, to.migration?))
    }
}
