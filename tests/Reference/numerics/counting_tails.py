"""Reference values of discrete tails and of the incomplete beta function, with 60 digits (mpmath), as sums of exact terms.

    python3 counting_tails.py     writes poisson.csv, hypergeometric.csv and incomplete_beta.csv beside this file
"""
import os

from mpmath import beta, binomial, exp, factorial, mp, mpf, nstr

mp.dps = 60
HERE = os.path.dirname(os.path.abspath(__file__))


def write(name, header, rows):
    with open(os.path.join(HERE, name), "w") as out:
        out.write(header + "\n")
        for row in rows:
            out.write(",".join(x if isinstance(x, str) else repr(x) for x in row) + "\n")


def poisson():
    for mean in (1e-3, 0.7, 3.0, 14.3, 140.0, 1417.5, 20000.0):
        spread = mean ** 0.5
        far = round(mean + 12 * spread + 3)
        for count in sorted({0, 1, 2, 7, round(mean), round(mean + 3 * spread), max(0, round(mean - 3 * spread)), far}):
            if count > mean + 200 * spread:
                continue
            lower = sum(exp(-mpf(mean)) * mpf(mean) ** k / factorial(k) for k in range(count + 1))
            term = exp(-mpf(mean)) * mpf(mean) ** count / factorial(count)
            upper, k, t = mpf(0), count, term
            while t > mpf(10) ** -50 * (upper + mpf(10) ** -400) or k <= mean:
                upper += t
                k += 1
                t *= mpf(mean) / k
            yield count, mean, nstr(term, 18), nstr(lower, 18), nstr(upper, 18)


def hypergeometric():
    for population, successes, draws in ((10, 4, 5), (400, 200, 69), (48000, 24000, 69), (250000, 50000, 159),
                                         (270000, 135000, 2700), (1000, 990, 500)):
        mean = draws * successes / population
        spread = (mean * (1 - successes / population) * (1 - draws / population)) ** 0.5
        for count in sorted({round(mean + z * spread) for z in (-6, -2, 0, 1, 3, 8, 15)}):
            last = min(draws, successes)
            if not max(0, draws - population + successes) <= count <= last:
                continue
            tail = sum(binomial(successes, k) * binomial(population - successes, draws - k) for k in range(count, last + 1))
            yield count, population, successes, draws, nstr(tail / binomial(population, draws), 18)


def incomplete_beta():
    for a, b, x in ((45, 25, 0.5), (45, 26, 0.5), (60, 100, 0.2), (60, 101, 0.2), (1, 1, 0.3), (0.5, 0.5, 0.01), (0.5, 7.25, 0.9),
                    (3, 0.2, 0.999), (2000.5, 1447, 0.5), (1447, 2000.5, 0.5), (26000, 26770.3, 0.5), (140, 401, 0.2), (300, 5, 0.5),
                    (5, 300, 0.5), (12, 3, 1e-6), (700, 400, 0.3)):
        # x^a (1 - x)^b / (a B(a, b)) (1 + (a + b) x/(a + 1) + (a + b)(a + b + 1) x^2/((a + 1)(a + 2)) + ...), all terms positive
        am, bm, xm = mpf(a), mpf(b), mpf(x)
        term, total, n = mpf(1), mpf(0), 0
        while term > mpf(10) ** -50 * total:
            total += term
            term *= xm * (am + bm + n) / (am + 1 + n)
            n += 1
        yield float(a), float(b), x, nstr(xm ** am * (1 - xm) ** bm / (am * beta(am, bm)) * total, 18)


write("poisson.csv", "count,mean,probability,lower,upper", poisson())
write("hypergeometric.csv", "count,population,successes,draws,upper", hypergeometric())
write("incomplete_beta.csv", "a,b,x,value", incomplete_beta())
