//! Laws against independent distribution functions, and the promises every law keeps.

use proptest::prelude::*;
use statrs::distribution::{self as independent, ContinuousCDF};

use super::{IntervalKind, Law, LawError};
use crate::math::elementary::{ln, uniform};
use crate::math::philox;

/// Kolmogorov's limit law: P(√n·D > 1.95) = 2·Σ(−1)^(j−1)·e^(−2j²·1.95²) ≈ 2·e^(−7.605) = 0.0010 for a right quantile.
const KS_LIMIT: f64 = 1.95;
const KS_DRAWS: usize = 1_000_000;
/// Rounding of quantile and distribution function together; the tail the probability is in is the smaller one.
const REL_ROUND_TRIP: f64 = 1e-11;
/// The double-exponential rule against closed forms.
const REL_QUADRATURE: f64 = 1e-10;

fn must(law: Result<Law, LawError>) -> Law {
    law.expect("parameters of a law")
}

fn skewed() -> Law {
    must(Law::from_quantiles(&[(0.1, 20.0), (0.5, 30.0), (0.9, 60.0)], None, None))
}

type Cdf = Box<dyn Fn(f64) -> f64>;

/// One of each continuous law, with a name.
fn continuous() -> Vec<(&'static str, Law)> {
    let quantiles = [(0.05, 0.02), (0.3, 0.08), (0.5, 0.13), (0.95, 0.4)];
    vec![
        ("normal", must(Law::normal(3.0, 2.0))),
        ("lognormal", must(Law::interval90(20.0, 60.0, IntervalKind::Number))),
        ("logitnormal", must(Law::interval90(0.02, 0.3, IntervalKind::Share))),
        ("triangular", must(Law::triangular(10.0, 12.0, 40.0))),
        ("triangular, mode at the lower end", must(Law::triangular(10.0, 10.0, 40.0))),
        ("triangular, mode at the upper end", must(Law::triangular(10.0, 40.0, 40.0))),
        ("pert", must(Law::pert(10.0, 12.0, 40.0))),
        ("pert, mode at the lower end", must(Law::pert(10.0, 10.0, 40.0))),
        ("beta below 1", must(Law::beta(0.4, 0.7, 0.0, 2.0))),
        ("gamma", must(Law::gamma(2.5, 4.0))),
        ("gamma below 1", must(Law::gamma(0.3, 4.0))),
        ("weibull", must(Law::weibull(1.7, 30.0))),
        ("uniform", must(Law::uniform(-3.0, 5.0))),
        ("metalog", skewed()),
        ("metalog above 0", must(Law::metalog(&quantiles, Some(0.0), None))),
        ("metalog below 1", must(Law::metalog(&quantiles, None, Some(1.0)))),
        ("metalog on 0 to 1", must(Law::metalog(&quantiles, Some(0.0), Some(1.0)))),
        (
            "mixture",
            must(Law::mixture(vec![(1.0, must(Law::normal(0.4, 0.4))), (3.0, must(Law::lognormal(1.0, 0.3)))])),
        ),
        ("truncated normal", must(must(Law::normal(3.0, 2.0)).truncated(0.0, 4.0))),
        ("truncated triangular", must(must(Law::triangular(10.0, 12.0, 40.0)).truncated(11.0, 30.0))),
        ("truncated gamma", must(must(Law::gamma(2.5, 4.0)).truncated(5.0, f64::INFINITY))),
    ]
}

/// The largest distance between the draws' distribution function and a continuous one.
fn distance(law: &Law, path: &str, cdf: impl Fn(f64) -> f64) -> f64 {
    let count = KS_DRAWS / philox::GROUP * philox::GROUP;
    let (mut words, mut draws) = (vec![0; count], vec![0.0; count]);
    philox::fill_words(philox::key(1, 1, path), 0, 0, 0, &mut words);
    law.fill(&words, &mut draws);
    draws.sort_by(f64::total_cmp);
    let n = count as f64;
    let off = |(i, &x): (usize, &f64)| {
        let below = cdf(x);
        (below - i as f64 / n).max((i + 1) as f64 / n - below)
    };
    draws.iter().enumerate().map(off).fold(0.0, f64::max) * n.sqrt()
}

#[test]
fn a_million_draws_follow_independent_distribution_functions() {
    let normal = independent::Normal::new(3.0, 2.0).expect("a law");
    let standard = independent::Normal::standard();
    let gamma = independent::Gamma::new(2.5, 0.25).expect("a law");
    let beta = independent::Beta::new(1.0 + 8.0 / 30.0, 1.0 + 112.0 / 30.0).expect("a law");
    let triangular = independent::Triangular::new(10.0, 40.0, 12.0).expect("a law");
    let weibull = independent::Weibull::new(1.7, 30.0).expect("a law");
    // P5 and P95 are 1.6448536269514722 standard deviations from the middle.
    let (mu, sigma) = (0.5 * (ln(20.0) + ln(60.0)), 0.5 * (ln(60.0) - ln(20.0)) / 1.6448536269514722);
    let logit = |x: f64| ln(x / (1.0 - x));
    let (middle, width) = (0.5 * (logit(0.02) + logit(0.3)), 0.5 * (logit(0.3) - logit(0.02)) / 1.6448536269514722);
    let left = normal.cdf(4.0) - normal.cdf(0.0);
    let cases: Vec<(&str, Cdf)> = vec![
        ("normal", Box::new(move |x| normal.cdf(x))),
        ("lognormal", Box::new(move |x| standard.cdf((ln(x) - mu) / sigma))),
        ("logitnormal", Box::new(move |x| independent::Normal::standard().cdf((logit(x) - middle) / width))),
        ("triangular", Box::new(move |x| triangular.cdf(x))),
        ("pert", Box::new(move |x| beta.cdf((x - 10.0) / 30.0))),
        ("gamma", Box::new(move |x| gamma.cdf(x))),
        ("weibull", Box::new(move |x| weibull.cdf(x))),
        ("uniform", Box::new(|x| (x + 3.0) / 8.0)),
        ("metalog", Box::new(keelin_cdf)),
        (
            "mixture",
            Box::new(move |x| {
                let first = independent::Normal::new(0.4, 0.4).expect("a law").cdf(x);
                let second = if x > 0.0 { standard.cdf((ln(x) - 1.0) / 0.3) } else { 0.0 };
                0.25 * first + 0.75 * second
            }),
        ),
        ("truncated normal", Box::new(move |x| (normal.cdf(x) - normal.cdf(0.0)) / left)),
    ];
    for (name, cdf) in cases {
        let law = continuous().into_iter().find(|law| law.0 == name).expect("a law of that name").1;
        let found = distance(&law, name, cdf);
        assert!(found < KS_LIMIT, "{name}: √n·D is {found}");
    }
}

/// Keelin's (2016) closed form for symmetric p10, p50, p90, inverted by bisection: M = a1 + a2·L + a3·(y − ½)·L.
fn keelin_cdf(x: f64) -> f64 {
    let (low, median, high) = (20.0, 30.0, 60.0);
    let odds = ln(9.0);
    let (a2, a3) = ((high - low) / (2.0 * odds), (high + low - 2.0 * median) / (0.8 * odds));
    let at = |y: f64| median + (a2 + a3 * (y - 0.5)) * ln(y / (1.0 - y));
    let (mut below, mut above) = (0.0, 1.0);
    for _ in 0..40 {
        let middle = 0.5 * (below + above);
        if at(middle) < x { below = middle } else { above = middle }
    }
    below
}

#[test]
fn the_distribution_function_undoes_the_quantile() {
    for (name, law) in continuous() {
        for p in [1e-6, 0.001, 0.05, 0.2, 0.5, 0.7, 0.95, 0.999, 1.0 - 1e-6] {
            let back = law.cdf(law.quantile(p));
            // Near an end that is not 0 the value itself has few digits left of its distance from the end.
            let tolerance = REL_ROUND_TRIP * p + 1e-12;
            assert!((back - p).abs() < tolerance, "{name} at {p}: {back}");
        }
    }
}

#[test]
fn quadrature_of_the_quantile_gives_the_closed_moments() {
    // The rule needs a quantile function without sharp bends, which a mixture has between its parts.
    for (name, law) in continuous().into_iter().filter(|(name, _)| *name != "mixture") {
        // Through a truncation that cuts nothing but is not seen as none, quadrature answers.
        let (least, most) = law.support();
        let wrapped = Law::Truncated { law: Box::new(law.clone()), low: least, high: most, p_low: 0.0, p_high: 1.0 };
        for (closed, numeric) in [(law.mean(), wrapped.mean()), (law.sd(), wrapped.sd())] {
            match (closed, numeric) {
                (Some(closed), Some(numeric)) => {
                    assert!((closed - numeric).abs() <= REL_QUADRATURE * closed.abs(), "{name}: {closed} {numeric}");
                }
                (closed, numeric) => assert_eq!(closed, numeric, "{name}"),
            }
        }
    }
}

#[test]
fn blocks_hold_the_same_values_as_single_quantiles() {
    let words: Vec<u32> = (0..200u32).map(|i| i.wrapping_mul(0x9E37_79B9)).chain([0, u32::MAX]).collect();
    let mut out = vec![0.0; words.len()];
    for (name, law) in continuous() {
        law.fill(&words, &mut out);
        for (&k, &x) in words.iter().zip(&out) {
            assert_eq!(x.to_bits(), law.quantile(uniform(k)).to_bits(), "{name} at word {k}");
        }
    }
}

#[test]
fn a_scaled_law_has_scaled_quantiles() {
    for (name, law) in continuous() {
        let dear = law.scaled(730.0);
        for p in [0.01, 0.3, 0.5, 0.99] {
            let (a, b) = (730.0 * law.quantile(p), dear.quantile(p));
            assert!((a - b).abs() <= 1e-12 * a.abs(), "{name} at {p}: {a} {b}");
        }
    }
}

#[test]
fn discrete_values_come_in_order_with_their_weights() {
    let law = must(Law::discrete(&[3.0, 1.0, 3.0, 2.0, 9.0], &[1.0, 2.0, 1.0, 1.0, 0.0]));
    assert_eq!(law, Law::Discrete { values: vec![1.0, 2.0, 3.0], cumulative: vec![0.4, 0.6, 1.0] });
    assert_eq!([0.0, 0.4, 0.41, 0.6, 0.61, 1.0].map(|p| law.quantile(p)), [1.0, 1.0, 2.0, 2.0, 3.0, 3.0]);
    assert_eq!([0.9, 1.0, 2.5, 3.0].map(|x| law.cdf(x)), [0.0, 0.4, 0.6, 1.0]);
    assert!((law.probability_outside(2.0, 2.0) - 0.8).abs() < 1e-15);
    let kept = must(law.truncated(1.5, 9.0));
    assert_eq!(kept.support(), (2.0, 3.0));
}

#[test]
fn quantiles_that_a_named_law_fits_exactly_give_that_law() {
    let through = |law: &Law, low, high| {
        let points = [0.1, 0.5, 0.75, 0.9].map(|p| (p, law.quantile(p)));
        must(Law::from_quantiles(&points, low, high))
    };
    let normal = must(Law::normal(3.0, 2.0));
    let lognormal = must(Law::lognormal(1.0, 0.5));
    let logitnormal = must(Law::logitnormal(-1.0, 0.5, 0.0, 1.0));
    assert!(matches!(through(&normal, None, None), Law::Normal { .. }));
    assert!(matches!(through(&lognormal, None, None), Law::LogNormal { .. }));
    assert!(matches!(through(&lognormal, Some(0.0), None), Law::LogNormal { .. }));
    assert!(matches!(through(&logitnormal, Some(0.0), Some(1.0)), Law::LogitNormal { .. }));
    // A normal law passes below any bound, so a bound asks for a metalog that keeps it.
    assert!(matches!(through(&must(Law::normal(9.0, 2.0)), Some(0.0), None), Law::Metalog { .. }));
}

#[test]
fn a_metalog_passes_through_all_its_quantiles() {
    let points = [(0.05, 2.0), (0.25, 4.0), (0.5, 6.0), (0.75, 9.0), (0.95, 20.0)];
    for (low, high) in [(None, None), (Some(0.0), None), (None, Some(50.0)), (Some(0.0), Some(50.0))] {
        let law = must(Law::metalog(&points, low, high));
        for (p, x) in points {
            assert!((law.quantile(p) - x).abs() < 1e-12 * x, "{low:?} {high:?} at {p}");
        }
    }
}

#[test]
fn an_infeasible_set_of_quantiles_says_which_to_move_and_the_move_helps() {
    let mut points = [(0.1, 10.0), (0.5, 11.0), (0.9, 40.0)];
    let error = Law::from_quantiles(&points, None, None).expect_err("the median is too near p10");
    let LawError::Infeasible { p, value, towards: Some(towards), .. } = error else { panic!("{error:?}") };
    // Keelin: the median lies at least 0.1666 of the way from p10 to p90. Moving p10 would take 4.8, the median 4.0.
    assert_eq!((p, value), (0.5, 11.0));
    assert!((towards - 15.0).abs() < 0.01, "{towards}");
    points[1].1 = towards;
    assert!(Law::from_quantiles(&points, None, None).is_ok(), "{towards}");
    assert!(error.to_string().contains("move p50 from 11 to about"), "{error}");
}

#[test]
fn what_is_to_be_left_out_of_an_infeasible_set_is_enough() {
    let low = Some(0.0);
    // Two pairs that are too close each: without one of them the other three have no law either.
    let two_pairs = [(0.1, 100.0), (0.5, 110.0), (0.9, 1_000.0), (0.95, 1_001.0)];
    let error = Law::from_quantiles(&two_pairs, low, None).expect_err("two pairs");
    assert_eq!(error.to_string().split_once("; ").map(|(_, cure)| cure), Some("keep two of them, p10 and p95"));
    // Whatever is advised for others works as it is said.
    for set in [
        [(0.05, 110.0), (0.5, 120.0), (0.75, 200.0), (0.9, 500.0), (0.95, 2_000.0)],
        [(0.05, 90.0), (0.1, 100.0), (0.5, 120.0), (0.9, 1_000.0), (0.95, 1_010.0)],
        [(0.05, 90.0), (0.1, 100.0), (0.5, 990.0), (0.9, 1_000.0), (0.95, 1_500.0)],
    ] {
        let error = Law::from_quantiles(&set, low, None).expect_err("no curve rises through it");
        let LawError::Infeasible { p, towards, outer, .. } = error else { panic!("{error:?}") };
        let mended: Vec<(f64, f64)> = match (towards, outer) {
            (Some(x), _) => set.into_iter().map(|(own, value)| (own, if own == p { x } else { value })).collect(),
            (None, None) => set.into_iter().filter(|(own, _)| *own != p).collect(),
            (None, Some(outer)) => {
                assert_eq!(outer, (0.05, 0.95));
                continue;
            }
        };
        assert!(Law::from_quantiles(&mended, low, None).is_ok(), "{set:?}: {error}");
    }
}

#[test]
fn numbers_that_make_no_law_are_refused_by_kind() {
    let nan = f64::NAN;
    assert_eq!(Law::pert(2.0, 2.0, 2.0), Err(LawError::NoSpread { value: 2.0 }));
    assert_eq!(Law::triangular(1.0, 5.0, 3.0), Err(LawError::ModeOutside { low: 1.0, mode: 5.0, high: 3.0 }));
    assert_eq!(Law::uniform(3.0, 1.0), Err(LawError::NotAscending { before: 3.0, after: 1.0 }));
    assert_eq!(Law::normal(1.0, 0.0), Err(LawError::NotPositive { name: "sd", value: 0.0 }));
    assert!(matches!(Law::normal(nan, 1.0), Err(LawError::NotFinite { name: "mean", .. })));
    assert!(matches!(Law::pert(1.0, nan, 3.0), Err(LawError::ModeOutside { .. })));
    assert!(matches!(Law::interval90(0.0, 0.1, IntervalKind::Share), Err(LawError::ShareEnds { .. })));
    assert!(matches!(Law::discrete(&[1.0], &[]), Err(LawError::WeightCount { .. })));
    assert!(matches!(Law::discrete(&[1.0], &[-1.0]), Err(LawError::Weight { .. })));
    assert!(matches!(Law::discrete(&[], &[]), Err(LawError::Weight { .. })));
    assert!(matches!(Law::Constant(3.0).truncated(4.0, 5.0), Err(LawError::NothingLeft { .. })));
    assert!(matches!(
        Law::from_quantiles(&[(0.1, 1.0), (0.5, 2.0)], None, None),
        Err(LawError::QuantileCount { count: 2, .. })
    ));
    assert!(matches!(
        Law::from_quantiles(&[(0.1, -1.0), (0.5, 2.0), (0.9, 3.0)], Some(0.0), None),
        Err(LawError::OutsideBounds { .. })
    ));
}

#[test]
fn a_metalog_whose_open_tail_is_too_heavy_has_no_mean() {
    let law = must(Law::metalog(&[(0.1, 1.0), (0.5, 9.0), (0.9, 100.0)], Some(0.0), None));
    assert_eq!((law.mean(), law.sd()), (None, None));
    let cut = must(law.truncated(0.0, 1000.0));
    assert!(cut.mean().is_some_and(|mean| mean > 9.0 && mean < 1000.0));
}

#[test]
fn a_truncated_law_keeps_inside_and_keeps_its_shape_there() {
    let law = must(Law::normal(3.0, 2.0));
    let cut = must(law.clone().truncated(0.0, 4.0));
    assert_eq!((cut.quantile(0.0), cut.quantile(1.0)), (0.0, 4.0));
    let (below, inside) = (law.cdf(0.0), law.cdf(4.0) - law.cdf(0.0));
    assert!((cut.cdf(2.0) - (law.cdf(2.0) - below) / inside).abs() < 1e-14);
    assert_eq!(must(cut.clone().truncated(-1.0, 9.0)), cut, "bounds outside its own change nothing");
}

#[test]
fn a_mixture_gives_single_values_to_the_bit_and_is_taken_apart() {
    let spread = must(Law::uniform(0.0, 2.0));
    let coin = must(Law::discrete(&[1.0, 5.0], &[1.0, 1.0]));
    let inner = must(Law::mixture(vec![(1.0, Law::Constant(1.0)), (1.0, spread.clone())]));
    let law = must(Law::mixture(vec![(2.0, inner), (2.0, coin.clone())]));
    // A quarter is uniform, 1 has a quarter and a quarter of the coin's half, 5 has the rest.
    let Law::Mixture { parts } = &law else { panic!("{law:?}") };
    assert_eq!((parts.len(), parts[0].0, parts[1].0), (2, 0.25, 0.75));
    for (p, wanted) in [(0.125, 1.0), (0.126, 1.0), (0.625, 1.0), (0.7499, 2.0), (0.75, 2.0), (0.7501, 5.0), (1.0, 5.0)]
    {
        let found = law.quantile(p);
        let is_single = wanted != 2.0;
        assert!(if is_single { found == wanted } else { (found - wanted).abs() < 1e-3 }, "{p}: {found}");
    }
    assert!((law.quantile(0.1) - 0.8).abs() < 1e-13 && (law.quantile(0.65) - 1.2).abs() < 1e-13);
    assert_eq!(law.mean(), Some(0.25 + 0.5 + 1.25), "uniform, 1, 5");
    assert_eq!(must(Law::mixture(vec![(1.0, Law::Constant(3.0)), (3.0, Law::Constant(3.0))])).support(), (3.0, 3.0));
    assert_eq!(must(Law::mixture(vec![(7.0, spread.clone())])), spread);
    // Cut below 2: of the coin only the 1 is left, half of its weight.
    let cut = must(law.truncated(f64::NEG_INFINITY, 2.0));
    assert!((cut.cdf(0.9999) - 0.125 / 0.75).abs() < 1e-4 && cut.quantile(1.0) == 2.0, "{cut:?}");
    for weights in [[-1.0, 2.0], [0.0, 0.0], [f64::NAN, 1.0]] {
        assert!(Law::mixture(vec![(weights[0], spread.clone()), (weights[1], coin.clone())]).is_err(), "{weights:?}");
    }
}

#[test]
fn gamma_and_weibull_laws_pass_through_two_quantiles() {
    for law in [Law::gamma_from_quantiles, Law::weibull_from_quantiles] {
        for (low, high) in [(37.0, 112.8), (1e-3, 400.0), (99.0, 101.0)] {
            let found = must(law(0.1, low, 0.9, high));
            let back = [0.1, 0.9].map(|p| found.quantile(p));
            assert!((back[0] / low - 1.0).abs() < 1e-9 && (back[1] / high - 1.0).abs() < 1e-9, "{found:?} {back:?}");
        }
    }
    assert!(matches!(Law::gamma_from_quantiles(0.1, 1.0, 0.9, 1.0001), Err(LawError::TooClose { .. })));
}

#[test]
fn a_set_of_quantiles_that_a_twentieth_would_break_is_brittle() {
    // Keelin: the median of three lies 0.1666 to 0.8333 of the way; 0.2 is clear of it by a sixth of its distance.
    assert!(super::brittle(&[(0.1, 10.0), (0.5, 15.0), (0.9, 39.0)], None, None).is_some());
    assert_eq!(super::brittle(&[(0.1, 10.0), (0.5, 16.0), (0.9, 40.0)], None, None), None);
    assert_eq!(super::brittle(&[(0.1, 10.0), (0.5, 11.0), (0.9, 40.0)], None, None).map(|q| q.0), Some(0.1));
}

proptest! {
    #[test]
    fn every_quantile_function_is_non_decreasing(p in 0u32.., step in 1u32..1 << 20) {
        let (p, q) = (uniform(p), uniform(p.saturating_add(step)));
        for (name, law) in continuous() {
            prop_assert!(law.quantile(p) <= law.quantile(q), "{name} between {p} and {q}");
        }
    }
}
