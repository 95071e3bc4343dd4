"""Reference values of the normal distribution's upper tail, with 120 digits (mpmath).

    python3 normal_tail.py     writes normal_tail.csv beside this file
"""
import os

from mpmath import erfc, mp, mpf, nstr, sqrt

mp.dps = 120
HERE = os.path.dirname(os.path.abspath(__file__))

with open(os.path.join(HERE, "normal_tail.csv"), "w") as out:
    out.write("z,upper\n")
    for z in [-8.0, -3.0, -1.5, -1.0, -1e-5, 0.0, 1e-8, 0.1, 0.5, 1.0, 1.25, 1.4999, 1.5, 1.6449, 2.0, 2.5, 3.0, 4.0, 5.0, 6.2, 8.0, 12.0, 20.0, 30.0, 37.0]:
        out.write(f"{z!r},{nstr(erfc(mpf(z) / sqrt(2)) / 2, 20)}\n")
