use multiversion::multiversion;

use super::super::block::Block;
use crate::math::elementary::{exp, ln, ln_1p, pow};
use crate::plan::ceil;
use crate::plan::op::{Binary, Col, Unary};

macro_rules! each1 {
    ($out:ident, $a:ident, |$x:ident| $body:expr) => {
        for (o, a) in $out.iter_mut().zip($a) {
            let $x = *a;
            *o = $body;
        }
    };
}

// By place: most operations of a plan are these, and an iterator over three columns takes a tenth as long to make as to run.
macro_rules! each2 {
    ($out:ident, $a:ident, $b:ident, |$x:ident, $y:ident| $body:expr) => {{
        let (a, b) = (&$a[..$out.len()], &$b[..$out.len()]);
        for lane in 0..$out.len() {
            let ($x, $y) = (a[lane], b[lane]);
            $out[lane] = $body;
        }
    }};
}

#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl+avx2+fma", "x86_64+avx2+fma"))]
pub(super) fn unary(f: Unary, a: &[f64], out: &mut [f64]) {
    match f {
        Unary::Exp => each1!(out, a, |x| exp(x)),
        Unary::Ln => each1!(out, a, |x| ln(x)),
        Unary::Ln1p => each1!(out, a, |x| ln_1p(x)),
        Unary::Ceil => each1!(out, a, |x| ceil(x)),
        Unary::Round => each1!(out, a, |x| (x + 0.5).floor()),
        Unary::Floor => each1!(out, a, |x| x.floor()),
    }
}

#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl+avx2+fma", "x86_64+avx2+fma"))]
pub(super) fn binary(f: Binary, a: &[f64], b: &[f64], out: &mut [f64]) {
    match f {
        Binary::Add => each2!(out, a, b, |x, y| x + y),
        Binary::Sub => each2!(out, a, b, |x, y| x - y),
        Binary::Mul => each2!(out, a, b, |x, y| x * y),
        Binary::Div => each2!(out, a, b, |x, y| x / y),
        Binary::Max => each2!(out, a, b, |x, y| if x > y { x } else { y }),
        Binary::Min => each2!(out, a, b, |x, y| if x < y { x } else { y }),
        Binary::Pow => each2!(out, a, b, |x, y| pow(x, y)),
    }
}

pub(super) fn select(block: &mut Block, which: Col, among: &[Col], out: Col) {
    super::write(block, out, |b, o| {
        for (lane, (value, which)) in o.iter_mut().zip(b.get(which)).enumerate() {
            *value = b.get(among[*which as usize])[lane];
        }
    });
}

/// Terms that are added in one pass over the sum.
const AT_ONCE: usize = 8;

/// Σ weight·amount, in order; of terms that are not nothing, of which there is one at least.
pub(super) fn sum_products(block: &mut Block, terms: &[(Col, Col)], out: Col) {
    super::write(block, out, |b, o| {
        let mut terms = terms.iter().filter(|(weight, amount)| !b.is_nothing(*weight) && !b.is_nothing(*amount));
        let mut columns: [(&[f64], &[f64]); AT_ONCE] = Default::default();
        for begins in std::iter::once(true).chain(std::iter::repeat(false)) {
            let mut used = 0;
            for (column, (weight, amount)) in columns.iter_mut().zip(&mut terms) {
                *column = (if b.is_one(*weight) { &[] } else { b.get(*weight) }, b.get(*amount));
                used += 1;
            }
            add_products(begins, &columns[..used], o);
            if used < AT_ONCE {
                return;
            }
        }
    });
}

/// Adds products to a sum, or begins it with them: side by side for some trials, so that the sum stays in registers. A weight of
/// no values is 1 in every trial.
#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl+avx2+fma", "x86_64+avx2+fma"))]
fn add_products(begins: bool, terms: &[(&[f64], &[f64])], out: &mut [f64]) {
    let (tiles, _) = out.as_chunks_mut::<TILE>();
    for (tile, out) in tiles.iter_mut().enumerate() {
        let of = |column: &[f64]| *column[tile * TILE..].first_chunk::<TILE>().expect("Invariant: a whole block");
        let mut sum = *out;
        for (place, (weight, amount)) in terms.iter().enumerate() {
            let mut product = of(amount);
            if !weight.is_empty() {
                let weight = of(weight);
                (0..TILE).for_each(|lane| product[lane] *= weight[lane]);
            }
            for lane in 0..TILE {
                sum[lane] = if begins && place == 0 { product[lane] } else { sum[lane] + product[lane] };
            }
        }
        *out = sum;
    }
}

/// Trials whose sums are worked out side by side; a block holds a whole number of them, being of whole groups of 64.
const TILE: usize = 32;
