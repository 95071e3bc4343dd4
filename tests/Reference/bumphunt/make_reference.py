"""Reference values of the bump hunt's fits, with numpy, scipy, iminuit and mpmath.

    python3 make_reference.py     writes dijet.json beside this file, incomplete_gamma.csv and f_tail.csv in ../numerics

dijet.json: a histogram in the CMS dijet bins, the rounded expectations of (1-x)^8 / x^(6 + 0.25 ln x) with 10^6 events at sqrt(s) = 13 TeV,
and the same with 600 events of a double-sided Crystal Ball; binned extended Poisson fits of both by Minuit. And an unbinned list of masses
(quantiles of a power law, so that it need not be stored), fitted outside of a window with 50 digits: Minuit's numerical derivatives do not
see the fourth and fifth parameter.
"""
import json
import os

import numpy as np
from iminuit import Minuit
from mpmath import mp
from scipy import integrate

mp.dps = 50
HERE = os.path.dirname(os.path.abspath(__file__))
SQRT_S = 13000.0
EDGES = np.array([1460, 1530, 1607, 1687, 1770, 1856, 1945, 2037, 2132, 2231, 2332, 2438, 2546, 2659, 2775, 2895, 3019, 3147, 3279, 3416,
                  3558, 3704, 3854, 4010, 4171, 4337, 4509, 4700, 4900, 5100, 5300, 5500, 5800, 6100, 6400, 6800], float)
X, W = np.polynomial.legendre.leggauss(8)
BALL = (3500.0, 105.0, 1.2, 5.0, 1.6, 6.0)  # mean, sigma, alpha and n below, alpha and n above


def exponent(m, p):
    x = m / SQRT_S
    log = np.log(x)
    terms = (np.log1p(-x), -log, -log**2, -log**3, -x)
    return sum(p_k * term for p_k, term in zip(p, terms))


def bin_integrals(f):
    low, high = EDGES[:-1], EDGES[1:]
    half = (high - low) / 2
    return (f((low + high)[:, None] / 2 + half[:, None] * X) * W).sum(1) * half


def ball(m, mean, sigma, a_low, n_low, a_high, n_high):
    z = (m - mean) / sigma
    with np.errstate(all="ignore"):
        low = np.exp(-a_low**2 / 2) * (1 - a_low / n_low * (a_low + z))**-n_low
        high = np.exp(-a_high**2 / 2) * (1 - a_high / n_high * (a_high - z))**-n_high
    return np.where(z < -a_low, low, np.where(z > a_high, high, np.exp(-z * z / 2)))


def fit(counts, n, signal=None):
    def deviance(p):
        b = bin_integrals(lambda m: np.exp(exponent(m, p[1:n + 1])))
        mu = b / b.sum() * np.exp(p[0]) + (p[-1] * signal if signal is not None else 0)
        mu = np.maximum(mu, 1e-9)
        return 2 * np.sum(mu - counts + np.where(counts > 0, counts * np.log(np.where(counts > 0, counts, 1) / mu), 0))

    start = [np.log(counts.sum()), 9.0, 5.5, 0.2, 0.05, 0.1][:n + 1] + ([0.0] if signal is not None else [])
    m = Minuit(deviance, start)
    m.errordef, m.strategy, m.tol = 1, 2, 1e-4
    for _ in range(3):
        m.simplex()
        m.migrad(ncall=100000)
    m.hesse()
    return m


def binned(counts, signal):
    out = {"deviance": [], "minimum": [exact_fit(counts, n) for n in (2, 3, 4, 5)], "chi2": [], "expected": []}
    for n in (2, 3, 4, 5):
        m = fit(counts, n)
        b = bin_integrals(lambda x: np.exp(exponent(x, list(m.values)[1:])))
        b = b / b.sum() * np.exp(m.values[0])
        out["deviance"].append(m.fval)
        out["chi2"].append(float(np.sum((counts - b)**2 / b)))
        out["expected"].append(b.tolist())
        if n == 3:
            out["parameters3"] = list(m.values)[1:]
        if n in (3, 4):
            free = fit(counts, n, signal)
            out[f"minuit_signal{n}"] = [free.values[-1], free.errors[-1], m.fval - free.fval]
            deviance, s, error = exact_fit(counts, n, signal)
            out[f"signal{n}"] = [s, error, out["minimum"][n - 2] - deviance]
    return out


def exact_fit(counts, n, signal=None):
    """Deviance at the minimum, S and its error by the observed Hessian, with 50 digits: Fisher scoring in the functions' own parameters."""
    nodes = []
    for low, high in zip(EDGES[:-1], EDGES[1:]):
        half = (mp.mpf(high) - mp.mpf(low)) / 2
        for x, w in zip(X, W):
            x = (low + half + half * mp.mpf(x)) / SQRT_S
            log = mp.log(x)
            nodes.append((half * mp.mpf(w), [mp.mpf(1)] + [mp.log(1 - x), -log, -log**2, -log**3, -x][:n]))
    s = [mp.mpf(0)] * len(counts) if signal is None else [mp.mpf(v) for v in signal]
    size = n + 1 + (signal is not None)
    p = mp.matrix([0, 0, 6, 0, 0, 0][:n + 1] + [0] * (signal is not None))

    def evaluate(p):
        mu, first, second = [], [], []
        for bin, i in enumerate(range(0, len(nodes), len(X))):
            part = nodes[i:i + len(X)]
            f = [w * mp.exp(mp.fdot(t, p[:n + 1])) for w, t in part]
            mu.append(mp.fsum(f) + (p[-1] * s[bin] if signal is not None else 0))
            first.append([mp.fsum(f_i * t[k] for f_i, (_, t) in zip(f, part)) for k in range(n + 1)] + [s[bin]])
            second.append([[mp.fsum(f_i * t[k] * t[j] for f_i, (_, t) in zip(f, part)) for j in range(n + 1)] for k in range(n + 1)])
        return mu, first, second

    mu = evaluate(list(p))[0]
    p[0] = mp.log(mp.fsum(counts) / mp.fsum(mu))
    for _ in range(60):
        mu, first, second = evaluate(list(p))
        g = mp.matrix([mp.fsum((c / m - 1) * f[k] for c, m, f in zip(counts, mu, first)) for k in range(size)])
        expected, observed = mp.matrix(size), mp.matrix(size)
        for k in range(size):
            for j in range(size):
                expected[k, j] = mp.fsum(f[k] * f[j] / m for m, f in zip(mu, first))
                observed[k, j] = mp.fsum(c * f[k] * f[j] / m**2 for c, m, f in zip(counts, mu, first))
                if k <= n and j <= n:
                    observed[k, j] += mp.fsum((1 - c / m) * d[k][j] for c, m, d in zip(counts, mu, second))
        step = mp.lu_solve(expected, g)
        p += step
        if mp.norm(step) < mp.mpf(10)**-12:
            break
    mu = evaluate(list(p))[0]
    deviance = 2 * mp.fsum(m - c + (c * mp.log(c / m) if c else 0) for c, m in zip(map(mp.mpf, counts), mu))
    error = mp.sqrt((observed**-1)[size - 1, size - 1])
    return (float(deviance), float(p[size - 1]), float(error)) if signal is not None else float(deviance)


def unbinned():
    """Newton's method in the functions' own parameters, which 50 digits allow; quadrature with 120 points a range."""
    events = 3000
    masses = [1.5 * (1 - 0.999 * (i + 0.5) / events)**(-1 / 5) for i in range(events)]
    ranges, window = [(1.6, 2.4), (2.9, 6.0)], (2.4, 2.9)
    inside = [m for m in masses if any(a <= m < b for a, b in ranges)]
    points, weights = np.polynomial.legendre.leggauss(120)

    def terms(m, n):
        x = mp.mpf(m) / 13
        log = mp.log(x)
        return [mp.log(1 - x), -log, -log**2, -log**3, -x][:n]

    def nodes(a, b, n):
        return [(mp.mpf(w) * (b - a) / 2, terms((a + b) / 2 + mp.mpf(x) * (b - a) / 2, n)) for x, w in zip(points, weights)]

    def moments(some, p):
        f = [w * mp.exp(mp.fdot(t, p)) for w, t in some]
        z = mp.fsum(f)
        mean = [mp.fsum(f_i * t[k] for f_i, (_, t) in zip(f, some)) / z for k in range(len(p))]
        cov = mp.matrix(len(p))
        for k in range(len(p)):
            for j in range(len(p)):
                cov[k, j] = mp.fsum(f_i * (t[k] - mean[k]) * (t[j] - mean[j]) for f_i, (_, t) in zip(f, some)) / z
        return z, mean, cov

    out = {"events": len(inside), "nll": [], "window": [], "window_error": []}
    for n in (2, 3, 4, 5):
        total = [mp.fsum(column) / len(inside) for column in zip(*(terms(m, n) for m in inside))]
        fitted, hidden = nodes(*ranges[0], n) + nodes(*ranges[1], n), nodes(*window, n)
        p = mp.matrix([0, 6, 0, 0, 0][:n])
        for _ in range(60):
            z, mean, cov = moments(fitted, list(p))
            step = mp.lu_solve(cov, mp.matrix([t - m for t, m in zip(total, mean)]))
            p += step
            if mp.norm(step) < mp.mpf(10)**-30:
                break
        z, mean, cov = moments(fitted, list(p))
        z_window, mean_window, _ = moments(hidden, list(p))
        g = mp.matrix([a - b for a, b in zip(mean_window, mean)])
        b = len(inside) * z_window / z
        variance = 1 / mp.mpf(len(inside)) + (g.T * mp.lu_solve(cov, g))[0] / len(inside)
        out["nll"].append(float(len(inside) * (mp.log(z) - mp.fdot(total, list(p)))))
        out["window"].append(float(b))
        out["window_error"].append(float(b * mp.sqrt(variance)))
    return out


truth = bin_integrals(lambda m: np.exp(exponent(m, (8.0, 6.0, 0.25))))
mu = truth / truth.sum() * 1e6
signal = bin_integrals(lambda m: ball(m, *BALL))
signal /= signal.sum()
background = np.floor(mu + 0.5)
injected = np.floor(mu + 600 * signal + 0.5)
inner = (BALL[0] - 5 * BALL[1], BALL[0] + 5 * BALL[1])
parts = [(-np.inf, inner[0]), inner, (inner[1], np.inf)]
json.dump({
    "edges": EDGES.tolist(),
    "background": {"counts": background.tolist(), **binned(background, signal)},
    "injected": {"counts": injected.tolist(), **binned(injected, signal)},
    "signal": signal.tolist(),
    "ball_norm": sum(integrate.quad(lambda m: ball(m, *BALL), a, b)[0] for a, b in parts),
    "unbinned": unbinned(),
}, open(os.path.join(HERE, "dijet.json"), "w"), indent=1)


def upper_gamma(a, x):
    """Q(a, x) by the sum or, above a, the continued fraction of many terms: mpmath's own is slow for large a."""
    a, x = mp.mpf(a), mp.mpf(x)
    front = mp.exp(a * mp.log(x) - x - mp.loggamma(a + 1))
    if x < a + 1:
        total, term, k = mp.mpf(1), mp.mpf(1), 1
        while term > total * mp.mpf(10)**-30:
            term *= x / (a + k)
            total, k = total + term, k + 1
        return front * total, 1 - front * total
    f = mp.mpf(0)
    for k in range(int(200 + 40 * mp.sqrt(a)), 0, -1):
        f = k * (a - k) / (x + 2 * k + 1 - a + f)
    q = a * front / (x + 1 - a + f)
    return 1 - q, q


NUMERICS = os.path.join(HERE, "..", "numerics")
with open(os.path.join(NUMERICS, "incomplete_gamma.csv"), "w") as out:
    out.write("a,x,lower,upper\n")
    for a in (0.1, 0.5, 1.0, 2.5, 7.0, 11.9, 12.0, 30.0, 170.5, 3000.0, 86000.0, 1e6):
        for x in (1e-3 * a, 0.5 * a, a - np.sqrt(a), a, a + 1.5, a + 3 * np.sqrt(a), 2 * a, 5 * a):
            if x > 0:
                lower, upper = upper_gamma(a, float(x))
                out.write(f"{a!r},{float(x)!r},{mp.nstr(lower, 17)},{mp.nstr(upper, 17)}\n")
with open(os.path.join(NUMERICS, "f_tail.csv"), "w") as out:
    out.write("f,degrees,tail\n")
    for f in (0.0, 1e-6, 0.3, 0.7968, 1.2508, 4.7681, 20.0, 2583.79):
        for n in (1, 2, 3, 7, 29, 30, 31, 300):
            z = mp.mpf(f) / (n + mp.mpf(f))
            tail = mp.betainc(mp.mpf(n) / 2, 0.5, 0, 1 - z, regularized=True)
            out.write(f"{f!r},{n},{mp.nstr(tail, 17)}\n")
