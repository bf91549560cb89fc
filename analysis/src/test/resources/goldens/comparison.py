"""Writes comparison.json beside itself: what the tests of dev.ridgepoint.analysis.compare expect, computed by SciPy.

Two hundred pairs of samples, 2 to 12 a side and some of 25, a third of them rounded so that values tie: Student's and Welch's
t, one-sided tests against a margin, Mann and Whitney's test (SciPy's exact distribution, with ties all rearrangements one
by one, and the normal one beyond 40 values), and Benjamini and Hochberg's correction of the p so found, in lists of all lengths.
Run: python3 comparison.py   (Python 3, NumPy, SciPy; the versions used are written into the file)
"""

import json
import pathlib

import numpy as np
import scipy
from scipy import stats

HERE = pathlib.Path(__file__).parent
RNG = np.random.default_rng(20261122)
MARGIN = float(np.log(1.03))


def mann_whitney(a, b):
    if len(a) + len(b) > 40:
        method = "asymptotic"
    elif len(set(a) | set(b)) == len(a) + len(b):
        method = "exact"
    else:
        method = stats.PermutationMethod(n_resamples=np.inf)
    return float(stats.mannwhitneyu(a, b, alternative="two-sided", method=method).pvalue)


def welch(a, b):
    test = stats.ttest_ind(b, a, equal_var=False)
    low, high = test.confidence_interval(0.95)
    shifted = np.asarray(b)
    slower = stats.ttest_ind(shifted - MARGIN, a, equal_var=False, alternative="less").pvalue
    faster = stats.ttest_ind(shifted + MARGIN, a, equal_var=False, alternative="greater").pvalue
    return {"p": float(test.pvalue), "df": float(test.df), "low": float(low), "high": float(high),
            "pEquivalent": float(max(slower, faster))}


def paired(a, b):
    test = stats.ttest_rel(b, a)
    low, high = test.confidence_interval(0.95)
    difference = np.asarray(b) - np.asarray(a)
    slower = stats.ttest_1samp(difference, MARGIN, alternative="less").pvalue
    faster = stats.ttest_1samp(difference, -MARGIN, alternative="greater").pvalue
    return {"p": float(test.pvalue), "low": float(low), "high": float(high), "pEquivalent": float(max(slower, faster))}


def pair(i):
    tied = i % 3 == 0
    # All rearrangements of two fives with ties are 252, of two nines 48,620: larger ones are left to samples without ties.
    most = 7 if tied else 12
    n, m = (25, 18) if i % 50 == 49 else (int(RNG.integers(2, most + 1)), int(RNG.integers(2, most + 1)))
    m = n if i % 4 == 0 else m
    spread = float(RNG.choice([0.002, 0.02, 0.2]))
    a = RNG.normal(0, spread, n)
    b = RNG.normal(float(RNG.choice([0, 0.01, 0.05, 0.4])), spread * float(RNG.choice([0.3, 1, 3])), m)
    digits = int(np.ceil(-np.log10(spread))) if tied else 9
    a, b = [[round(float(x), digits) for x in side] for side in (a, b)]
    if min(len(set(a)), len(set(b))) == 1 or (n == m and len(set(np.round(np.subtract(a, b), 12))) == 1):
        return pair(i)  # SciPy has no t of samples that do not vary
    row = {"a": a, "b": b, "welch": welch(a, b), "mannWhitney": mann_whitney(a, b)}
    if n == m:
        row["paired"] = paired(a, b)
    return row


def main():
    pairs = [pair(i) for i in range(200)]
    p = [row["welch"]["p"] for row in pairs]
    lists = [p[:k] for k in (1, 2, 3, 10, 77, 200)] + [[0.04, 0.04, 0.01, 0.01, 1.0], [1.0, 1.0], [0.0, 0.5, 0.0]]
    golden = {
        "madeBy": f"comparison.py, SciPy {scipy.__version__}, NumPy {np.__version__}",
        "margin": MARGIN,
        "pairs": pairs,
        "corrected": [{"p": x, "q": [float(q) for q in stats.false_discovery_control(x, method="bh")]} for x in lists],
    }
    (HERE / "comparison.json").write_text(json.dumps(golden, separators=(",", ":")).replace('{"a"', '\n{"a"') + "\n")


if __name__ == "__main__":
    main()
