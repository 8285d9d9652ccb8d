use super::builder::Builder;
use super::contract;
use super::driver::Drivers;
use super::migration::{self, Project};
use super::op::Col;
use super::part::LineColumn;
use super::side;
use super::terms::{self, Terms};
use super::work::People;
use crate::model::{Account, Bucket, CostPhase, Lens, WayToRun};

/// An option's month, lowered.
pub(super) struct Lowered {
    /// Invoiced amounts by bucket, in the order of [`Bucket::ALL`]; engineering holds outside help.
    pub(super) invoiced: [Col; 4],
    /// The part of them that is dual running.
    pub(super) dual: [Col; 4],
    /// Invoiced amounts of the month with incidents at their mean.
    pub(super) mean_invoiced: Col,
    /// Amounts due at the opening, by bucket.
    pub(super) opening: [Col; 4],
    /// Hours of running it.
    pub(super) hours: Col,
    /// The part of them that is dual running.
    pub(super) dual_hours: Col,
    /// Hours of running it with incidents at their mean.
    pub(super) mean_hours: Col,
    /// Margin lost in the month while production is down; 0 where nothing is said of revenue.
    pub(super) loss: Col,
    /// The same with incidents at their mean.
    pub(super) mean_loss: Col,
    /// What customers are paid for the month's incidents.
    pub(super) penalties: Col,
    /// The same with incidents at their mean.
    pub(super) mean_penalties: Col,
    /// What developers' hours of the month, the project's too, are worth above their pay.
    pub(super) premium: Col,
    /// The same with incidents at their mean and without the project.
    pub(super) mean_premium: Col,
    /// Hours of the project.
    pub(super) project_hours: Col,
    /// Cost of an hour.
    pub(super) hour: Col,
    /// The project that leads to it, if one does.
    pub(super) project: Option<Project>,
    /// Lines with a capacity wall: the line's path and the first month of it, −1 without one.
    pub(super) walls: Vec<(String, Col)>,
    /// What it is made of.
    pub(super) lines: Vec<LineColumn>,
    /// What is still to be paid after the month of what is bought ahead and signed.
    pub(super) owed: Col,
    /// Debt of the platform that it ends on, if that has any.
    pub(super) debt: Option<Col>,
}

impl Lowered {
    /// What the economic lens adds to tco.
    pub(super) fn beside(&self) -> [(Account, Col); 3] {
        [(Account::Loss, self.loss), (Account::Penalties, self.penalties), (Account::Premium, self.premium)]
    }
}

/// Lowers all options, in the scenario's order.
pub(super) fn lower(b: &mut Builder, drivers: &Drivers, people: &People) -> Vec<Lowered> {
    let options = b.scenario.options.iter().enumerate();
    options.map(|(place, option)| lower_one(b, drivers, people, option, place)).collect()
}

fn lower_one(b: &mut Builder, drivers: &Drivers, people: &People, option: &WayToRun, own: usize) -> Lowered {
    let scenario = b.scenario;
    let project = option.migration.map(|id| migration::lower(b, &scenario.migrations[id.0]));
    let mut terms = Terms::default();
    for side in side::lower(b, option, project.as_ref()) {
        terms::add_side(b, drivers, people, &side, own, &mut terms);
    }
    contract::settle(b, own, project.as_ref().map(|project| project.start), &mut terms);
    let owed = b.sum(std::mem::take(&mut terms.owed));
    let project_hours = match &project {
        None => b.zero(),
        Some(project) => {
            let hours = b.mul(project.weeks, people.hours_per_week);
            b.mul(hours, project.phase.part())
        }
    };
    let invoiced = terms.invoiced.map(|t| b.sum(t));
    if let Some(id) = option.migration {
        terms.lines.push(LineColumn {
            platform: Some(scenario.platform(option.platform).name.clone()),
            account: Account::Bucket(Bucket::Engineering),
            line: format!("migration.{}", scenario.migrations[id.0].name),
            phase: CostPhase::Project,
            lens: Lens::Tco,
            amount: b.mul(project_hours, people.hour),
        });
    }
    let hours = b.sum(terms.hours);
    let mean_hours = b.sum(terms.mean_hours);
    let all_hours = b.add(hours, project_hours);
    let mut lowered = Lowered {
        invoiced,
        dual: terms.dual.map(|t| b.sum(t)),
        mean_invoiced: b.sum(terms.mean_invoiced.concat()),
        opening: terms.opening.map(|t| b.sum(t)),
        hours,
        dual_hours: b.sum(terms.dual_hours),
        mean_hours,
        loss: b.sum(terms.loss),
        mean_loss: b.sum(terms.mean_loss),
        penalties: b.sum(terms.penalties),
        mean_penalties: b.sum(terms.mean_penalties),
        premium: b.mul(people.premium, all_hours),
        mean_premium: b.mul(people.premium, mean_hours),
        project_hours,
        hour: people.hour,
        project,
        walls: terms.walls,
        lines: terms.lines,
        owed,
        debt: terms.debt,
    };
    for (account, amount) in lowered.beside() {
        b.name(format!("option.{}.{}", option.name, account.name()), amount);
        if amount != b.zero() {
            let (line, phase, lens) = (account.name().to_owned(), CostPhase::Running, Lens::Economic);
            lowered.lines.push(LineColumn { platform: None, account, line, phase, lens, amount });
        }
    }
    for (line, month) in &lowered.walls {
        b.name(format!("option.{}.wall.{line}", option.name), *month);
    }
    for bucket in Bucket::ALL {
        let (place, name) = (bucket as usize, bucket.name());
        b.name(format!("option.{}.invoiced.{name}", option.name), lowered.invoiced[place]);
        b.name(format!("option.{}.dual.{name}", option.name), lowered.dual[place]);
        b.name(format!("option.{}.opening.{name}", option.name), lowered.opening[place]);
    }
    for (what, col) in [
        ("hours", lowered.hours),
        ("dual_hours", lowered.dual_hours),
        ("mean_hours", lowered.mean_hours),
        ("mean_invoiced", lowered.mean_invoiced),
        ("mean_loss", lowered.mean_loss),
        ("mean_penalties", lowered.mean_penalties),
        ("mean_premium", lowered.mean_premium),
        ("owed", lowered.owed),
    ] {
        b.name(format!("option.{}.{what}", option.name), col);
    }
    b.name(format!("option.{}.project_hours", option.name), project_hours);
    if let Some(project) = &lowered.project {
        b.name(format!("option.{}.cutover", option.name), project.cutover);
        b.name(format!("option.{}.moved", option.name), project.phase.moved());
    }
    lowered
}
