//! Sums of a random number of random amounts, a period as one month of one class of incidents.
//!
//! An amount is the length of an incident, invoiced at $1 an hour: log-normal by its P50, e^mu, and its P90. A Poisson number
//! is a rate; a negative binomial one with mean m and size k is a Poisson number whose rate is an estimate, gamma with shape
//! k and scale m/k. `mean`, `sd` and quantiles are of the month's invoice and sampled. `P(S=0)` says something of the number
//! alone and is sampled whatever the amounts, where it is frequent enough to be seen. Lengths of another law (gamma,
//! exponential) are not built, and nothing reports tails beyond a quantile.

use outgrow::math::elementary::exp;

use super::{Row, Verdicts, family};
use crate::run::{run, sample};

const TRIALS: u64 = 1 << 16;
/// Trials without an incident that are expected, from which on their share is judged.
const SEEN: f64 = 10.0;
/// z of the nine-in-ten point.
const Z90: f64 = 1.281_551_565_544_600_4;

#[test]
fn compound_sums_agree_with_published_ones() {
    let Some(rows) = family("compound_poisson") else { return };
    let mut verdicts = Verdicts::new("compound_poisson");
    let mut cases: Vec<(String, Vec<f64>)> = Vec::new();
    for row in &rows {
        let numbers_only = row.quantity == "P(S=0)";
        let lengths = arguments(&row.word("sev"), "Lognormal").or(numbers_only.then(|| vec![0.0, 0.5]));
        let (Some(rate), Some(lengths)) = (rate(&row.word("freq")), lengths) else {
            verdicts.not_built("amounts that are not log-normal");
            continue;
        };
        let text = scenario(&rate, lengths[0], lengths[1]);
        if !cases.iter().any(|(known, _)| *known == text) {
            let mut sums = run(&text, TRIALS, 11).totals("a");
            sums.sort_by(f64::total_cmp);
            cases.push((text.clone(), sums));
        }
        let (_, sums) = cases.iter().find(|(known, _)| *known == text).expect("just run");
        judge(row, sums, &mut verdicts);
    }
    verdicts.close();
}

/// The numbers in `Name(key=1,2)`; none of another name.
fn arguments(text: &str, name: &str) -> Option<Vec<f64>> {
    let inside = text.strip_prefix(name)?.strip_prefix('(')?.strip_suffix(')')?;
    inside.split(',').map(|part| part.rsplit('=').next()?.parse().ok()).collect()
}

/// The number of a period as a rate of the language.
fn rate(text: &str) -> Option<String> {
    if let Some(mean) = arguments(text, "Poisson") {
        return Some(format!("\"{} / month\"", mean[0]));
    }
    let negative_binomial = arguments(text, "NegBin")?;
    let [mean, size] = negative_binomial[..] else { return None };
    Some(format!("{{ dist = \"gamma\", shape = {size}, scale = {}, unit = \"/ month\" }}", mean / size))
}

fn scenario(rate: &str, mu: f64, sigma: f64) -> String {
    let (p50, p90) = (exp(mu), exp(mu + Z90 * sigma));
    format!(
        "name = \"Compound\"\nstart = \"2027-01\"\nmonths = 1\nbaseline = \"a\"\n[demand]\ngrowth = \"0 % / month\"\n\
         [people]\nloaded_hour = \"$0 / hour\"\n[platforms.p.incidents.x]\nrate = {rate}\noutside_help = \"$1 / hour\"\n\
         duration = {{ p50 = {p50}, p90 = {p90}, unit = \"hours\" }}\n\
         [options.a]\ntitle = \"A\"\nplatform = \"p\"\n[options.b]\ntitle = \"B\"\nplatform = \"p\"\n"
    )
}

/// Judges a row by sums in ascending order.
fn judge(row: &Row, sums: &[f64], verdicts: &mut Verdicts) {
    let n = sums.len() as f64;
    let share_error = |p: f64| (p * (1.0 - p) / n).sqrt();
    match row.quantity.as_str() {
        "mean" => verdicts.sampled(row, sums.iter().sum::<f64>() / n, sample(sums).mean_se),
        "sd" => {
            let mean = sums.iter().sum::<f64>() / n;
            let variance = sums.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / (n - 1.0);
            verdicts.sampled(row, variance.sqrt(), sample(sums).sd_se);
        }
        "P(S=0)" => {
            let expected: f64 = row.expected.parse().expect("a share");
            if expected * n < SEEN {
                return verdicts.not_built("a share too rare to be sampled");
            }
            let without = sums.iter().filter(|sum| **sum == 0.0).count();
            verdicts.sampled(row, without as f64 / n, share_error(expected));
        }
        quantity => {
            let p = quantity.strip_prefix("quantile_").and_then(|p| p.parse::<f64>().ok());
            let Some(p) = p else { return verdicts.not_built(quantity) };
            let at = |share: f64| sums[((share * n).ceil() as usize).clamp(1, sums.len()) - 1];
            let error = share_error(p);
            verdicts.sampled(row, at(p), (at(p + error) - at(p - error)) / 2.0);
        }
    }
}
