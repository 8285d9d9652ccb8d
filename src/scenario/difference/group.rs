//! Which differences are one change: those that the reader refuses without each other.

use super::leaf::{self, Leaf};
use super::{Both, Change};
use crate::diag::Problem;
use crate::model::Scenario;

/// Leaves that are made together.
struct Group {
    leaves: Vec<Leaf>,
    because: Option<String>,
    /// The first file with it, and the second without it, once both are read.
    read: Option<[Scenario; 2]>,
}

/// Groups leaves until each group can be made alone in the first file and undone alone in the second.
pub(super) fn changes(both: &Both<'_>, leaves: Vec<Leaf>, whole: [&Scenario; 2]) -> Vec<Change> {
    let mut groups: Vec<Group> =
        leaves.into_iter().map(|leaf| Group { leaves: vec![leaf], because: None, read: None }).collect();
    let mut nth = 0;
    while nth < groups.len() {
        if groups[nth].read.is_some() {
            nth += 1;
            continue;
        }
        if groups.len() == 1 {
            groups[0].read = Some([whole[1].clone(), whole[0].clone()]);
            break;
        }
        match alone(both, &groups[nth]) {
            Ok(read) => groups[nth].read = Some(read),
            Err((of, problems)) => {
                let with = partner(both, &groups, nth, of, &problems);
                let group = groups.remove(nth.max(with));
                let joined = &mut groups[nth.min(with)];
                joined.because = joined.because.take().or(group.because);
                joined.because.get_or_insert_with(|| problems[0].message.clone());
                joined.leaves.extend(group.leaves);
                joined.read = None;
                nth = nth.min(with);
            }
        }
    }
    groups.into_iter().filter_map(|group| told(both, group)).collect()
}

fn told(both: &Both<'_>, group: Group) -> Option<Change> {
    let [first, last] = group.read?;
    let mut leaves = group.leaves;
    // A whole option says more than what it refers to, and a whole table more than keys that come or go with it.
    let is_option = |leaf: &Leaf| leaf.way.len() == 2 && leaf.way[0] == "options";
    leaves.sort_by_key(|leaf| (!is_option(leaf), leaf.way.len() > 2, leaf.way.clone()));
    let differences = leaves.iter().map(|leaf| both.told(leaf)).collect();
    Some(Change { differences, because: group.because, first, last })
}

/// Both mixtures of a group, or which file's it is that is refused, and why.
fn alone(both: &Both<'_>, group: &Group) -> Result<[Scenario; 2], (usize, Vec<Problem>)> {
    let leaves: Vec<&Leaf> = group.leaves.iter().collect();
    let mixed = |of: usize| both.mixed(of, &leaves).map_err(|problems| (of, problems));
    Ok([mixed(0)?, mixed(1)?])
}

/// The group to join another with: the first after which less is wrong; those first that the problems stand in, that are of
/// the same table, or that the problems name.
fn partner(both: &Both<'_>, groups: &[Group], nth: usize, of: usize, problems: &[Problem]) -> usize {
    let blamed = |group: &Group| group.leaves.iter().any(|leaf| problems.iter().any(|p| stands_in(both, leaf, p)));
    let named = |group: &Group| group.leaves.iter().any(|leaf| problems.iter().any(|p| is_named(both, leaf, p)));
    let rank = |place: &usize| match &groups[*place] {
        group if blamed(group) => 0,
        group if is_beside(group, &groups[nth]) => 1,
        group if named(group) => 2,
        _ => 3,
    };
    let mut others: Vec<usize> = (0..groups.len()).filter(|place| *place != nth).collect();
    others.sort_by_key(rank);
    let left = |place: usize| {
        let leaves: Vec<&Leaf> = groups[nth].leaves.iter().chain(&groups[place].leaves).collect();
        both.mixed(of, &leaves).err().unwrap_or_default()
    };
    let mut turns = None;
    for place in &others {
        let left = left(*place);
        if left.len() < problems.len() {
            return *place;
        }
        // Where nothing is less wrong, what is wrong for another reason is on its way.
        let is_gone = |problem: &Problem| left.iter().all(|other| other.message != problem.message);
        turns = turns.or_else(|| problems.iter().any(is_gone).then_some(*place));
    }
    turns.or_else(|| others.iter().copied().find(|place| named(&groups[*place]))).unwrap_or(others[0])
}

/// Whether two groups have leaves in one table.
fn is_beside(one: &Group, other: &Group) -> bool {
    let above = |leaf: &Leaf| leaf.way[..leaf.way.len() - 1].to_vec();
    one.leaves.iter().any(|leaf| leaf.way.len() > 1 && other.leaves.iter().any(|beside| above(beside) == above(leaf)))
}

fn stands_in(both: &Both<'_>, leaf: &Leaf, problem: &Problem) -> bool {
    let at = problem.place.span.start;
    both.documents.iter().any(|document| leaf::spans(document, &leaf.way).iter().any(|span| span.contains(&at)))
}

/// Whether a problem names what a leaf is called, in its words or where it stands.
fn is_named(both: &Both<'_>, leaf: &Leaf, problem: &Problem) -> bool {
    let stands = both.file.text.get(problem.place.span.clone()).unwrap_or("").trim_matches('"');
    let mut quoted = problem.message.split('`').skip(1).step_by(2).chain([stands]);
    quoted.any(|word| leaf.way.iter().skip(1).any(|key| key == word))
}
