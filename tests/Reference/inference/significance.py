"""Reference values of the signed significance, with 120 digits (mpmath).

    python3 significance.py     writes significance.csv beside this file

The formula is typed as printed in arXiv:2411.00085 eq. 6 (with the exponent of 1/N_exp), not as the program rearranges it.
"""
import itertools
import os

from mpmath import log, mp, mpf, nstr, sign, sqrt

mp.dps = 120
HERE = os.path.dirname(os.path.abspath(__file__))


def significance(n, b, s2):
    n, b, s2 = mpf(n), mpf(b), mpf(s2)
    if n == b:
        return mpf(0)
    if s2 == 0:
        square = 2 * ((n * log(n / b) if n > 0 else 0) - (n - b))
    elif n == 0:
        square = 2 / s2 * log(1 + b * s2)
    else:
        square = 2 * (n * log(n * (1 / b + s2) / (1 + n * s2)) - log((1 + n * s2) / (1 + b * s2)) / s2)
    return sign(n - b) * sqrt(square)


backgrounds = [1e-2, 0.5, 1.0, 3.7, 13.4, 134.25, 1343.0, 54321.0, 1e6]
variances = [0.0, 1e-18, 1e-14, 1e-10, 1e-6, 1e-3, 0.02, 0.3, 1.0, 10.0]
with open(os.path.join(HERE, "significance.csv"), "w") as out:
    out.write("n,b,s2,significance\n")
    for b, s2 in itertools.product(backgrounds, variances):
        counts = {0.0, 1.0, 2.0, 5.0, 17.0, 140.0, 1000.0, 1e6, round(b), round(1.2 * b), round(3 * b) + 1.0}
        # Close to b: the logarithms vanish together here. The exact double is used on both sides.
        counts |= {b * (1 + e) for e in (1e-13, -1e-12, 1e-9, -1e-7, 1e-5, 1e-3, -1e-2, 0.1)}
        for n in sorted(float(c) for c in counts):
            out.write(f"{n!r},{b!r},{s2!r},{nstr(significance(n, b, s2), 20)}\n")
