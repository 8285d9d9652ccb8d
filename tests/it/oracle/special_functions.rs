//! Special functions: `norm_ppf` is `math::elementary::normal_quantile`, `expm1` and `log1p` stand there too, the rest is
//! `math::special`. The product has no digamma.

use outgrow::math::elementary::{exp_m1, ln_1p, normal_quantile};
use outgrow::math::special::{beta_cdf, beta_quantile, gamma_p, gamma_q, gamma_quantile, ln_gamma, normal_cdf};

use super::{Row, Verdicts, family};

#[test]
fn special_functions_agree_with_fifty_digits() {
    let Some(rows) = family("special_functions") else { return };
    let mut verdicts = Verdicts::new("special_functions");
    for row in &rows {
        match answer(row) {
            Some(value) => verdicts.number(row, value),
            None => verdicts.not_built(&row.quantity),
        }
    }
    verdicts.close();
}

fn answer(row: &Row) -> Option<f64> {
    let number = |name| row.number(name);
    Some(match row.quantity.as_str() {
        "norm_ppf" => normal_quantile(number("p")),
        "norm_cdf" => normal_cdf(number("x")),
        "lgamma" => ln_gamma(number("x")),
        "gamma_p_lower_regularized" => gamma_p(number("a"), number("x")),
        "gamma_q_upper_regularized" => gamma_q(number("a"), number("x")),
        "gamma_ppf(scale=1)" => gamma_quantile(number("a"), number("p")),
        "beta_cdf" => beta_cdf(number("a"), number("b"), number("x")),
        "beta_ppf" => beta_quantile(number("a"), number("b"), number("p")),
        "expm1" => exp_m1(number("x")),
        "log1p" => ln_1p(number("x")),
        _ => return None,
    })
}
