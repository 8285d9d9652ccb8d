use multiversion::multiversion;

use super::super::block::{Block, LANES, Moment};
use crate::math::sketch::ends;
use crate::plan::ceil;
use crate::plan::op::{Col, Limit, Memory, Op};

/// The rung of the month (MODEL.md §4): the first plan at or above the floor that holds everything, or so many of the
/// last. What the floor is, memory says.
pub(super) fn rung(block: &mut Block, at: Moment, op: &Op, out: Col) {
    let Op::Rung { needs, plans, memory } = op else { unreachable!("Invariant: called for rungs only") };
    match *memory {
        Memory::None => super::write(block, out, |b, rung| {
            rung.fill(0.0);
            climb(&columns(b, needs), plans, rung);
        }),
        Memory::SinceAsOf { descends } => {
            let [mut rung, mut before] = block.take_many::<2>(out);
            before.copy_from_slice(&rung);
            if at.since_as_of == 0 || descends {
                rung.fill(0.0);
            }
            climb(&columns(block, needs), plans, &mut rung);
            if at.since_as_of == 0 {
                before.copy_from_slice(&rung);
            }
            block.put_many(out, [rung, before]);
        }
        Memory::InService { start, descends_until, service } => super::write(block, out, |b, rung| {
            if at.month == 1 {
                match start {
                    Some(start) => rung.copy_from_slice(b.get(start)),
                    None => rung.fill(0.0),
                }
            }
            if let Some(moved) = descends_until {
                keep_where(b.get(moved), rung);
            }
            climb(&columns(b, needs), plans, rung);
            keep_where(b.get(service), rung);
        }),
    }
}

/// Forgets the rung where a share is nothing.
#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl+avx2+fma", "x86_64+avx2+fma"))]
fn keep_where(share: &[f64], rung: &mut [f64]) {
    for (rung, share) in rung.iter_mut().zip(share) {
        *rung = if *share > 0.0 { *rung } else { 0.0 };
    }
}

fn columns<'b>(block: &'b Block, needs: &[Col]) -> Vec<Need<'b>> {
    needs.iter().map(|need| Need::of(block.get(*need))).collect()
}

/// Replaces the floor in `rung` by the month's rung: from the last plan down, so that the first that fits is what stays. Trials
/// of a block are much alike: plans that are below the floor of all of them, or too small for all, are passed over.
fn climb(needs: &[Need], plans: &[Vec<Limit>], rung: &mut [f64]) {
    let (least, _) = ends(rung);
    let (last, smaller) = plans.split_last().expect("Invariant: a ladder has a plan");
    let mut found = [smaller.len() as f64; LANES];
    let found = &mut found[..rung.len()];
    if needs.iter().zip(last).any(|(need, limit)| need.most > limit.most()) {
        let mut strain = [0.0; LANES];
        let strain = &mut strain[..rung.len()];
        for (need, limit) in needs.iter().zip(last) {
            largest(need.values, limit.get(), strain);
        }
        several(smaller.len() as f64, strain, found);
    }
    for (place, limits) in smaller.iter().enumerate().rev().take_while(|(place, _)| *place as f64 >= least) {
        if needs.iter().zip(limits).all(|(need, limit)| need.least <= limit.most()) {
            fitting(place as f64, needs, limits, rung, found);
        }
    }
    for (rung, found) in rung.iter_mut().zip(found) {
        *rung = if *found > *rung { *found } else { *rung };
    }
}

/// What must fit: of each trial, and of those with the least and the most.
struct Need<'b> {
    values: &'b [f64],
    least: f64,
    most: f64,
}

impl<'b> Need<'b> {
    fn of(values: &'b [f64]) -> Self {
        let (least, most) = ends(values);
        Self { values, least, most }
    }
}

/// The larger of the strain so far and need over limit.
#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl+avx2+fma", "x86_64+avx2+fma"))]
fn largest(need: &[f64], limit: f64, strain: &mut [f64]) {
    for (strain, need) in strain.iter_mut().zip(need) {
        let ratio = *need / limit;
        *strain = if ratio > *strain { ratio } else { *strain };
    }
}

/// The last plan, or the rungs above it: one more for each further one of it.
#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl+avx2+fma", "x86_64+avx2+fma"))]
fn several(last: f64, strain: &[f64], found: &mut [f64]) {
    for (found, strain) in found.iter_mut().zip(strain) {
        *found = last + (ceil(*strain) - 1.0).max(0.0);
    }
}

/// A plan that holds everything and is not below the floor.
#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl+avx2+fma", "x86_64+avx2+fma"))]
fn fitting(place: f64, needs: &[Need], limits: &[Limit], floor: &[f64], found: &mut [f64]) {
    const TILE: usize = 32;
    let mut start = 0;
    while start < found.len() {
        let end = found.len().min(start + TILE);
        // What does not fit is above 0.
        let mut above = [0.0; TILE];
        let (found, floor) = (&mut found[start..end], &floor[start..end]);
        let above = &mut above[..end - start];
        for lane in 0..floor.len() {
            above[lane] = floor[lane] - place;
        }
        let mut k = 0;
        while k < needs.len() {
            let limit = limits[k].most();
            let need = &needs[k].values[start..end];
            for lane in 0..above.len() {
                let over = need[lane] - limit;
                above[lane] = if over > above[lane] { over } else { above[lane] };
            }
            k += 1;
        }
        for lane in 0..found.len() {
            found[lane] = if above[lane] > 0.0 { found[lane] } else { place };
        }
        start = end;
    }
}

/// What a rung costs: its plan, or several of the last.
pub(super) fn price(block: &mut Block, rung: Col, prices: &[Col], out: Col) {
    super::write(block, out, |b, o| {
        let rung = b.get(rung);
        let (least, most) = ends(rung);
        let last = prices.len() - 1;
        // Each overwrites the one below: those below all rungs and those above them do not show.
        for place in (least as usize).min(last)..=(most as usize).min(last) {
            price_from(place as f64, place == last, rung, b.get(prices[place]), o);
        }
    });
}

#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl+avx2+fma", "x86_64+avx2+fma"))]
fn price_from(place: f64, is_last: bool, rung: &[f64], price: &[f64], out: &mut [f64]) {
    for ((out, rung), price) in out.iter_mut().zip(rung).zip(price) {
        let number = if is_last { *rung - place + 1.0 } else { 1.0 };
        *out = if *rung >= place { number * *price } else { *out };
    }
}

/// The first month in service above the last plan.
pub(super) fn wall(at: Moment, plans: u32, rung: &[f64], service: &[f64], out: &mut [f64]) {
    if at.month == 1 {
        out.fill(-1.0);
    }
    let (m, plans) = (f64::from(at.month), f64::from(plans));
    for ((out, rung), service) in out.iter_mut().zip(rung).zip(service) {
        let hit = *out < 0.0 && *rung >= plans && *service > 0.0;
        *out = if hit { m } else { *out };
    }
}

#[cfg(test)]
mod tests {
    use super::{Need, climb, price_from};
    use crate::plan::op::Limit;

    /// Plans of storage and connections.
    const PLANS: [[f64; 2]; 4] = [[64.0, 120.0], [256.0, 100.0], [512.0, 400.0], [1_024.0, f64::INFINITY]];
    const PRICES: [f64; 4] = [50.0, 200.0, 350.0, 700.0];

    fn plans() -> Vec<Vec<Limit>> {
        PLANS.iter().map(|limits| limits.iter().map(|limit| Limit::new(*limit)).collect()).collect()
    }

    #[test]
    fn a_rung_is_the_first_at_or_above_the_floor_that_holds_everything() {
        let cases = [
            // storage, connections, floor: rung, price
            (10.0, 20.0, 0.0, 0.0, 50.0),
            (64.0, 120.0, 0.0, 0.0, 50.0), // a limit holds what is equal to it
            (64.0 * (1.0 + 1e-12), 120.0, 0.0, 0.0, 50.0), // and rounding error buys nothing
            (65.0, 100.0, 0.0, 1.0, 200.0),
            (10.0, 130.0, 0.0, 2.0, 350.0), // the second plan holds fewer connections than the first
            (10.0, 20.0, 1.0, 1.0, 200.0),  // remembered
            (10.0, 110.0, 1.0, 2.0, 350.0), // remembered, and too small
            (600.0, 9_000.0, 0.0, 3.0, 700.0),
            (1_024.0, 1.0, 0.0, 3.0, 700.0),
            (1_025.0, 1.0, 0.0, 4.0, 1_400.0), // two of the last
            (3_000.0, 1.0, 2.0, 5.0, 2_100.0), // three
            (2_000.0, 1.0, 5.0, 5.0, 2_100.0), // two would do, three are remembered
            (10.0, 1.0, 4.0, 4.0, 1_400.0),
            (0.0, 0.0, 0.0, 0.0, 50.0), // nothing needs a plan, and the smallest is paid
        ];
        for (storage, connections, floor, rung, cost) in cases {
            let mut found = [floor];
            climb(&[Need::of(&[storage]), Need::of(&[connections])], &plans(), &mut found);
            assert_eq!(found, [rung], "{storage} GB, {connections} connections from rung {floor}");
            let mut paid = [f64::NAN];
            for (place, price) in PRICES.iter().enumerate() {
                price_from(place as f64, place == 3, &found, &[*price], &mut paid);
            }
            assert_eq!(paid, [cost], "rung {rung}");
        }
    }
}
