"""workload-w.toml as a NumPy program: the same laws, the same order within a month, the same figures.

Vectorised over chunks of trials that stay in cache, threads over chunks (NumPy's generators and loops let the
interpreter's lock go), SFC64, quantiles by selection. Prints one JSON object. What it computes is written from the
scenario file and the model, not from the engine's code; `cargo bench --bench workload` runs both and checks that they agree.
"""

import argparse
import json
import time
from concurrent.futures import ThreadPoolExecutor

import numpy as np

MONTHS = 60
BUCKETS = 5  # runtime, data, tooling, engineering, project
CHUNK = 10_000
WEEKS_PER_MONTH = 365 / 84
HOURS_PER_WEEK = 150 / WEEKS_PER_MONTH
Z90 = 1.2815515655446004
ENDS = (0.0, 1_000.0, 5_000.0, 20_000.0, 50_000.0, 100_000.0, np.inf)
PAAS_PRICES = (0.10, 0.05, 0.03, 0.025, 0.025, 0.02)
OWN_PRICES = (0.035, 0.0175, 0.0105, 0.00875, 0.00875, 0.007)
QUANTILES = (10, 50, 90)


def pert(rng, low, mode, high, n):
    width = high - low
    return low + width * rng.beta(1 + 4 * (mode - low) / width, 1 + 4 * (high - mode) / width, n)


def whole(x):
    """The least integer not below x but for rounding."""
    return np.ceil(x - 1e-9 * np.maximum(1.0, np.abs(x)))


def tariff(prices):
    """Graduated brackets as a piecewise linear function: the bill at each end, and the slope from there on."""
    bills = np.concatenate(([0.0], np.cumsum(np.diff(ENDS[:-1]) * prices[:-1])))
    ends, prices = np.array(ENDS[:-1]), np.array(prices)

    def bill(quantity):
        place = np.searchsorted(ends[1:], quantity)
        return bills[place] + (quantity - ends[place]) * prices[place]

    return bill


PAAS_DATA, OWN_DATA = tariff(PAAS_PRICES), tariff(OWN_PRICES)


def counts_of(u, mean):
    """The Poisson count of each uniform, by adding probabilities up."""
    probability = np.exp(-mean)
    total = probability.copy()
    count = np.zeros(u.size, np.int64)
    for n in range(1, 200):
        more = total < u
        if not more.any():
            break
        count += more
        probability *= mean / n
        total += probability
    return count


def lengths_of(rng, counts, mu, sigma, lanes):
    """Total hours of each lane's incidents, and the single incidents behind them: lane and hours."""
    lane = np.repeat(lanes, counts)
    hours = np.exp(mu + sigma * rng.standard_normal(lane.size))
    return np.bincount(lane, hours, lanes.size), lane, hours


def moved_share(m, cutover):
    """The mean share of traffic moved in month m: linear from the start to the cutover."""
    low, high = m - 1, np.minimum(m, cutover)
    climbed = np.where(high > low, (high * high - low * low) / (2 * cutover), 0.0)
    return climbed + np.clip(m - cutover, 0.0, 1.0)


def simulate(seed, n, paas_total, own_total):
    """Lives n trials through; writes the running totals by month and gives mean sums and last dearer months."""
    rng = np.random.Generator(np.random.SFC64(seed))
    ln = np.log
    growth = rng.triangular(-0.005, 0.012, 0.035, n)
    sigma = pert(rng, 0.02, 0.05, 0.12, n)
    load_today = rng.lognormal(ln(1000), 0.3, n)
    metrics_today = rng.lognormal(0.6 * ln(1000), 0.18, n)
    inflow = rng.lognormal(ln(500), 0.5, n)
    rate = rng.triangular(70, 100, 150, n)
    paas_need = load_today / rng.triangular(80, 100, 130, n)
    paas_price = rng.lognormal(ln(700), 0.15, n)
    own_need = load_today / rng.triangular(150, 200, 260, n)
    own_price = rng.lognormal(ln(160), 0.15, n)
    paas_work = rng.triangular(5, 10, 25, n) * rate
    own_work = pert(rng, 15, 30, 80, n) * rate
    paas_rate = pert(rng, 0.1, 0.3, 0.8, n)
    own_rate = pert(rng, 0.3, 0.9, 3.0, n)
    # An hour of incident: one and a half people, and outside help.
    paas_hour = 1.5 * rate + rng.lognormal(ln(500), 0.8, n)
    own_hour = 1.5 * rate + rng.lognormal(ln(500), 0.8, n)
    weeks = rng.lognormal(ln(10.9), 0.4, n)
    cutover = weeks / 0.5 / WEEKS_PER_MONTH
    project_cost = weeks * HOURS_PER_WEEK * rate / cutover
    paas_mu, paas_sigma = ln(0.9), ln(2.509 / 0.9) / Z90
    own_mu, own_sigma = ln(2.25), ln(6.2725 / 2.25) / Z90

    lanes = np.arange(n)
    last_cutover = cutover.max()
    half_variance = 0.5 * sigma * sigma
    demand = np.ones(n)
    log_demand = np.zeros(n)
    stored = np.zeros(n)
    paas_sum, own_sum = np.zeros(n), np.zeros(n)
    last_dearer = np.full(n, -1)
    sums = np.zeros((MONTHS, 2, BUCKETS))
    for m in range(1, MONTHS + 1):
        stored += inflow * demand
        log_demand += growth + sigma * rng.standard_normal(n) - half_variance
        demand = np.exp(log_demand)
        metrics = metrics_today * np.exp(0.6 * log_demand)
        pressure = np.exp(0.3 * log_demand)
        paas_data, own_data = PAAS_DATA(stored), OWN_DATA(stored)
        moving = m - 1 < last_cutover

        # The PaaS as it is.
        runtime = np.maximum(whole(paas_need * demand), 1.0) * paas_price
        tooling = 100 + 2 * metrics
        mean = paas_rate * pressure
        if moving:
            u = rng.random(n)
            count = counts_of(u, mean)
        else:
            count = rng.poisson(mean)
        hours, lane, each = lengths_of(rng, count, paas_mu, paas_sigma, lanes)
        engineering = paas_work + 2 * count * rate + hours * paas_hour
        paas_sum += runtime + paas_data + tooling + engineering
        for bucket, amount in enumerate((runtime, paas_data, tooling, engineering)):
            sums[m - 1, 0, bucket] = amount.sum()

        # Own machines in full, which they are after the cutover.
        share = moved_share(m, cutover) if moving else 1.0
        runtime = np.maximum(whole(own_need * demand * share), 1.0) * own_price
        tooling = 600 + 3.5 * metrics * share
        data = own_data
        count_own = rng.poisson(own_rate * pressure)
        hours_own, _, _ = lengths_of(rng, count_own, own_mu, own_sigma, lanes)
        engineering = own_work + 2 * count_own * rate + hours_own * own_hour
        if moving:
            # What is left of the PaaS, and the project: the part of the month before the cutover.
            before = np.clip(cutover - (m - 1), 0.0, 1.0)
            left = np.where(before > 0, (1 - share) / np.where(before > 0, before, 1.0), 0.0)
            runtime += np.maximum(whole(paas_need * demand * left), 1.0) * paas_price * before
            data = data + paas_data * before
            tooling += (100 + 2 * metrics * left) * before
            # The incidents are those of the PaaS; where only part of the month has traffic, the first so many.
            count_left = counts_of(u, mean * before)
            first = np.concatenate(([0], np.cumsum(count)[:-1]))
            stays = np.arange(lane.size) - first[lane] < count_left[lane]
            hours_left = np.bincount(lane[stays], each[stays], n)
            engineering += paas_work * before + 2 * count_left * rate + hours_left * paas_hour
            project = project_cost * before
            own_sum += project
            sums[m - 1, 1, 4] = project.sum()
        own_sum += runtime + data + tooling + engineering
        for bucket, amount in enumerate((runtime, data, tooling, engineering)):
            sums[m - 1, 1, bucket] = amount.sum()
        paas_total[m - 1] = paas_sum
        own_total[m - 1] = own_sum
        last_dearer[own_sum - paas_sum > np.maximum(1e-9 * paas_sum, 0.005)] = m
    return sums, last_dearer


def quantiles_of(paas, own):
    return [np.percentile(x, QUANTILES).tolist() for x in (paas, own, own - paas)]


def figures(trials, threads, seed):
    """Everything the workload asks for."""
    paas, own = np.empty((MONTHS, trials)), np.empty((MONTHS, trials))
    parts = [(i, low, min(low + CHUNK, trials)) for i, low in enumerate(range(0, trials, CHUNK))]

    def part(place):
        i, low, high = place
        return simulate([seed, i], high - low, paas[:, low:high], own[:, low:high])

    with ThreadPoolExecutor(threads) as pool:
        done = list(pool.map(part, parts))
        quantiles = list(pool.map(quantiles_of, paas, own))
    sums = sum(sums for sums, _ in done)
    last = np.concatenate([last for _, last in done])
    # 0: never dearer; M + 1: dearer at the horizon.
    break_even = np.where(last < 0, 0, last + 1)
    return {
        "means": (sums / trials).tolist(),
        "quantiles": quantiles,
        "break_even": np.percentile(break_even, QUANTILES, method="inverted_cdf").tolist(),
        "breaks_even": float((break_even <= MONTHS).mean()),
    }


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--trials", type=int, default=100_000)
    arguments.add_argument("--threads", type=int, default=1)
    arguments.add_argument("--seed", type=int, default=1)
    arguments = arguments.parse_args()
    begun = time.perf_counter()
    result = figures(arguments.trials, arguments.threads, arguments.seed)
    result["seconds"] = time.perf_counter() - begun
    result["numpy"] = np.__version__
    print(json.dumps(result))


if __name__ == "__main__":
    main()
