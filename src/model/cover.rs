use super::{Condition, Estimate, VendorId};

/// Who does an option's coverable hours beside its developers (MODEL.md §5): layers that take what they can, in order.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Cover {
    /// The option's own layers, by name.
    pub layers: Vec<Layer>,
    /// Layers of the baseline that go on unchanged, by name.
    pub goes_on: Vec<String>,
    /// Whether the baseline's seats that do not go on are paid for no longer.
    pub is_released: bool,
}

impl Cover {
    /// Whether nothing is said: developers do it all.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.layers.is_empty() && self.goes_on.is_empty()
    }
}

/// One of those who take hours.
#[derive(Debug, Clone, PartialEq)]
pub struct Layer {
    /// Its name.
    pub name: String,
    /// What people call it.
    pub title: String,
    /// Its path, below which its streams are: `option.ecs.cover.team`.
    pub path: String,
    /// Who takes work first: the lowest; ties by name.
    pub order: u32,
    /// What it is.
    pub kind: LayerKind,
    /// Whose drift of prices its fees follow; they stand still where nobody's. Pay of seats follows raises.
    pub vendor: Option<VendorId>,
    /// Month number in which it begins; `None` as soon as the option's list holds.
    pub begins: Option<Estimate>,
    /// Any of these ends it.
    pub ends_when: Vec<Condition>,
    /// Months that it works and is paid for after that.
    pub notice_months: Estimate,
}

/// What a layer is.
#[derive(Debug, Clone, PartialEq)]
pub enum LayerKind {
    /// People whose job it is.
    Dedicated(Dedicated),
    /// A firm on a retainer.
    Service(Service),
    /// Days of somebody from outside.
    Consultant(Consultant),
}

/// Seats of people whose job it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Dedicated {
    /// How many, at least 1.
    pub seats: u32,
    /// How many of them are filled today, at most all.
    pub filled: u32,
    /// Pay of one filled seat in month 1, dollars a month.
    pub pay: Estimate,
    /// Hours a month of one who knows the place.
    pub productive_hours: Estimate,
    /// Any of these opens the seats that are not filled today, for good; without any they open as the layer begins.
    pub hire_when_any: Vec<Condition>,
    /// Months until an open seat is filled.
    pub lag_months: Estimate,
    /// What filling one costs, dollars, invoiced.
    pub recruiting: Estimate,
    /// Months until one is productive.
    pub ramp_months: Estimate,
    /// The part of them that leaves, share a year.
    pub attrition: Estimate,
    /// Those who are hired and do not work out; nobody is said not to where absent.
    pub mis_hire: Option<MisHire>,
}

/// Hires that do not work out.
#[derive(Debug, Clone, PartialEq)]
pub struct MisHire {
    /// The part of all hires, share.
    pub share: Estimate,
    /// Months after which they are gone, one at least.
    pub after_months: Estimate,
}

impl Dedicated {
    /// Most seats of a layer.
    pub const MOST: u64 = 50;
}

/// A firm that takes hours for a retainer.
#[derive(Debug, Clone, PartialEq)]
pub struct Service {
    /// Dollars, once.
    pub setup_fee: Estimate,
    /// Dollars a month.
    pub retainer: Estimate,
    /// Hours a month in it.
    pub includes_hours: Estimate,
    /// Dollars for an hour above those; `None`: no hour above those is done.
    pub beyond: Option<Estimate>,
    /// So many hours a month at most, those included among them; `None`: as many as there are.
    pub at_most_hours: Option<Estimate>,
    /// The part of all coverable hours that it cannot take; share.
    pub stays_inside: Estimate,
}

/// Days of somebody from outside.
#[derive(Debug, Clone, PartialEq)]
pub struct Consultant {
    /// Days a month, each a fifth of an engineer-week.
    pub days: Estimate,
    /// Dollars a day.
    pub day_rate: Estimate,
    /// Months; `None`: for good.
    pub lasts_months: Option<Estimate>,
    /// What each month takes off the debt; share, 0..=1.
    pub lowers_debt: Estimate,
}

impl Layer {
    /// Everything that it waits for: to end, and to open seats.
    pub fn conditions(&self) -> impl Iterator<Item = &Condition> {
        self.ends_when.iter().chain(self.hires_when())
    }

    /// Any of these opens its seats that are not filled today, if it has seats.
    #[must_use]
    pub fn hires_when(&self) -> &[Condition] {
        match &self.kind {
            LayerKind::Dedicated(dedicated) => &dedicated.hire_when_any,
            LayerKind::Service(_) | LayerKind::Consultant(_) => &[],
        }
    }
}
