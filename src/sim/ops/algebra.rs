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

macro_rules! each2 {
    ($out:ident, $a:ident, $b:ident, |$x:ident, $y:ident| $body:expr) => {
        for ((o, a), b) in $out.iter_mut().zip($a).zip($b) {
            let ($x, $y) = (*a, *b);
            *o = $body;
        }
    };
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

pub(super) fn sum_products(block: &mut Block, terms: &[(Col, Col)], out: Col) {
    super::write(block, out, |b, o| {
        for (place, (weight, amount)) in terms.iter().enumerate() {
            if place == 0 {
                binary(Binary::Mul, b.get(*weight), b.get(*amount), o);
            } else {
                add_product(b.get(*weight), b.get(*amount), o);
            }
        }
    });
}

#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl+avx2+fma", "x86_64+avx2+fma"))]
fn add_product(weight: &[f64], amount: &[f64], out: &mut [f64]) {
    for ((o, w), x) in out.iter_mut().zip(weight).zip(amount) {
        *o += *w * *x;
    }
}
