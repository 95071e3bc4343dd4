"""Reference values of the uncertain background's distribution and of CLs limits on events, by integrals with 25 digits (mpmath).

    python3 limits.py     writes background.csv and event_limits.csv beside this file

B is Poisson with the mean b (1 + sigma g), g standard normal, cut off at a mean of 0.
"""
import os

from mpmath import exp, findroot, gammainc, mp, mpf, nstr, quad, sqrt, pi

mp.dps = 25
HERE = os.path.dirname(os.path.abspath(__file__))


def at_most(n, b, sigma, signal=0):
    def tail(mean):
        return gammainc(n + 1, mean, regularized=True)

    if sigma == 0:
        return tail(mpf(b) + signal)
    low = max(mpf(-9), -1 / mpf(sigma))
    step = min(mpf(1), 2 / (mpf(sigma) * sqrt(mpf(b))))
    points = [low]
    while points[-1] + step < 9:
        points.append(points[-1] + step)
    points.append(mpf(9))
    density = lambda g: exp(-g * g / 2) / sqrt(2 * pi)
    return quad(lambda g: density(g) * tail(b * (1 + sigma * g) + signal), points) / quad(density, points)


cases = [(140.0, 0.1, 140), (140.0, 0.1, 110), (140.0, 0.1, 190), (13.4, 0.3, 13), (13.4, 0.3, 4), (3.7, 0.6, 9), (1343.0, 0.05, 1300),
         (50.0, 0.0, 55), (0.5, 1.0, 2), (5.0, 0.2, 0)]
with open(os.path.join(HERE, "background.csv"), "w") as out:
    out.write("b,sigma,n,at_most\n")
    for b, sigma, n in cases:
        for count in sorted({n, n // 2, n + 3}):
            out.write(f"{b!r},{sigma!r},{count},{nstr(at_most(count, b, sigma), 15)}\n")

mp.dps = 15
with open(os.path.join(HERE, "event_limits.csv"), "w") as out:
    out.write("b,sigma,n,limit\n")
    for b, sigma, n in cases:
        without = at_most(n, b, sigma)
        highest = 10 + max(0, n - b) + 5 * (b + n + (sigma * b) ** 2) ** 0.5
        limit = findroot(lambda s: at_most(n, b, sigma, s) / without - mpf("0.05"), (1, highest), solver="illinois", tol=1e-26)
        out.write(f"{b!r},{sigma!r},{n},{nstr(limit, 10)}\n")
