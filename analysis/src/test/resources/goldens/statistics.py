"""Writes statistics.json beside itself: what the tests of dev.ridgepoint.analysis.stats expect, computed by SciPy.

Independent of the Java: SciPy's Student, chi-squared and normal functions; the minimum detectable effect by adaptive
quadrature over the two sample variances, not over their sum and share.
Run: python3 statistics.py   (Python 3, NumPy, SciPy; the versions used are written into the file)
"""

import json
import pathlib

import numpy as np
import scipy
from scipy import integrate, optimize, stats

HERE = pathlib.Path(__file__).parent
RNG = np.random.default_rng(20261121)


def fork_statistics(means, confidence):
    logs = np.log(means)
    n = len(means)
    low, high = stats.t.interval(confidence, n - 1, loc=logs.mean(), scale=stats.sem(logs))
    return {
        "means": list(means),
        "confidence": confidence,
        "geometricMean": float(stats.gmean(means)),
        "low": float(np.exp(low)),
        "high": float(np.exp(high)),
        "cv": float(stats.variation(means, ddof=1)),
        "logSd": float(logs.std(ddof=1)),
    }


def power(n, s, effect):
    """Chance that Welch t p < .05 and ratio > 1.03, by integrating over both sample variances."""
    df = n - 1
    margin = np.log(1.03)
    spread = s * np.sqrt(2 / n)

    def called(p1, p2):
        # Equal-probability coordinates keep the integrand tame.
        v1 = stats.chi2.ppf(p1, df) * s * s / df
        v2 = stats.chi2.ppf(p2, df) * s * s / df
        welch = df * (v1 + v2) ** 2 / (v1 * v1 + v2 * v2)
        critical = stats.t.ppf(0.975, welch) * np.sqrt((v1 + v2) / n)
        return stats.norm.cdf((effect - np.maximum(margin, critical)) / spread)

    # Gauss-Legendre on a split square; the integrand has a kink, so many short panels.
    nodes, weights = np.polynomial.legendre.leggauss(8)
    edges = np.linspace(0, 1, 49)
    x = (edges[:-1, None] + np.diff(edges)[:, None] * (nodes + 1) / 2).ravel()
    w = (np.diff(edges)[:, None] * weights / 2).ravel()
    grid = called(x[:, None], x[None, :])
    return float(w @ grid @ w)


def detectable(n, s):
    root = optimize.brentq(lambda d: power(n, s, d) - 0.8, np.log(1.03), np.log(1.03) + 60 * s, xtol=1e-10)
    return {"forks": n, "logSd": s, "mde": float(np.expm1(root))}


def effective_samples(series):
    x = np.asarray(series) - np.mean(series)
    n = len(x)
    acf = np.correlate(x, x, "full")[n - 1 :] / n
    acf = acf / acf[0]
    tau = -1.0
    for lag in range(0, n - 1, 2):
        pair = acf[lag] + acf[lag + 1]
        if pair <= 0:
            break
        tau += 2 * pair
    return {"series": list(series), "effective": float(n / min(n, max(1, tau)))}


def autoregressive(n, rho):
    noise = RNG.normal(size=n)
    series = [noise[0]]
    for e in noise[1:]:
        series.append(rho * series[-1] + e)
    return [round(100 + float(x), 6) for x in series]


def main():
    samples = [
        [101.0, 103.0],
        [28.9, 29.5, 29.1],
        [round(float(x), 9) for x in RNG.lognormal(10, 0.02, 5)],
        [round(float(x), 9) for x in RNG.lognormal(3, 0.3, 10)],
        [1.0e9, 1.1e9, 1.05e9, 0.99e9, 1.2e9, 1.01e9, 1.0e9],
    ]
    pooled = [round(float(x), 6) for x in RNG.normal(1000, 20, 1200)]
    golden = {
        "madeBy": f"statistics.py, SciPy {scipy.__version__}, NumPy {np.__version__}",
        "forkStatistics": [fork_statistics(s, c) for s in samples for c in (0.9, 0.95, 0.99)],
        "detectable": [detectable(n, s) for n in (2, 3, 5, 10, 20) for s in (0.001, 0.0235, 0.1)],
        "effectiveSamples": [
            effective_samples(s)
            for s in (
                autoregressive(50, 0.0),
                autoregressive(50, 0.8),
                autoregressive(51, -0.5),
                [1.0, 2.0, 3.0, 4.0, 5.0],
                [5.0, 1.0, 4.0],
            )
        ],
        "percentiles": {
            "series": pooled,
            "values": {f"p{q:g}": float(np.quantile(pooled, q / 100)) for q in (5, 50, 95)},
        },
    }
    (HERE / "statistics.json").write_text(json.dumps(golden, indent=1) + "\n")


if __name__ == "__main__":
    main()
