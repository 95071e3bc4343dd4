"""How often a half-split that ignores a systematic shift finds p <= 0.001 in background, by exact sums (mpmath).

    python3 half_split.py     writes ignored_shift.csv beside this file

Template and data have M events each, the n-th highest template score is the threshold, and N data events pass. p is the negative
hypergeometric tail: at least N data events among the N + n - 1 highest of 2 M. The background is (1 + shift) times the template
everywhere: in the order of the scores each event is one of data with probability q = (1 + shift)/(2 + shift), so that N is negative
binomial.
"""
import os
from math import comb

from mpmath import mp, mpf, nstr

mp.dps = 30
HERE = os.path.dirname(os.path.abspath(__file__))
LEVEL = mpf("0.001")


def tail(observed, size, passing):
    """P(at least `observed` of the `observed + passing - 1` highest of 2 size events are data)."""
    draws = observed + passing - 1
    ways = sum(comb(size, k) * comb(size, draws - k) for k in range(observed, draws + 1))
    return mpf(ways) / comb(2 * size, draws)


def at_least(observed, passing, q):
    """P(N >= observed), N the data events before the n-th template event."""
    return 1 - sum(comb(k + passing - 1, k) * q**k * (1 - q)**passing for k in range(observed))


with open(os.path.join(HERE, "ignored_shift.csv"), "w") as out:
    out.write("events,passing,shift,critical,p,size\n")
    for size, passing, shift in ((67500, 675, "0.14"), (67500, 68, "0.2"), (24000, 25, "0.2"), (53500, 107, "0.2")):
        critical = passing
        while tail(critical, size, passing) > LEVEL:
            critical += 1
        q = (1 + mpf(shift)) / (2 + mpf(shift))
        out.write(f"{size},{passing},{shift},{critical},{nstr(tail(critical, size, passing), 12)},{nstr(at_least(critical, passing, q), 12)}\n")
