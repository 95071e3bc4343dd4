"""One feature's map to a nearly normal variable: logarithm or logit, then a monotone rational-quadratic spline
(Gregory and Delbourgo 1982) through quantiles of the fitted sample, linear outside."""
import numpy as np
from scipy.special import logit, ndtr, ndtri

# name: scale, range that the fitted sample is clipped to (rows outside: below 1 in 1000), number of knots.
# delta_r has a cusp at pi and needs more knots.
FEATURES = {
    "mj1": ("log", (2e-3, 1.2), 25),
    "delta_mj": ("log", (1e-5, 1.6), 25),
    "tau21_j1": ("logit", (4e-3, 0.995), 25),
    "tau21_j2": ("logit", (4e-3, 0.995), 25),
    "delta_r": ("log", (1.2, 5.6), 49),
}
OUTERMOST = 3.7  # knots lie at normal quantiles -3.7 .. 3.7


def fit(name, x, outermost=OUTERMOST):
    """Returns the map's parameters and the mapped sample."""
    scale, (low, high), count = FEATURES[name]
    y = np.clip(x, low, high)
    y = np.log(y) if scale == "log" else logit(y)
    normal = np.linspace(-outermost, outermost, count)
    knots = np.quantile(y, ndtr(normal))
    keep = np.r_[True, np.diff(knots) > 1e-6]
    knots, normal = knots[keep], normal[keep]
    width, secant = np.diff(knots), np.diff(normal) / np.diff(knots)
    slopes = np.empty(len(knots))
    slopes[1:-1] = (width[:-1] + width[1:]) / (width[:-1] / secant[:-1] + width[1:] / secant[1:])
    slopes[0], slopes[-1] = secant[0], secant[-1]
    # What is fitted next must see the numbers as they are written.
    knots, normal, slopes = (np.array([float(f"{v:.7g}") for v in a]) for a in (knots, normal, slopes))
    return {"name": name, "scale": scale, "knots": knots, "normal": normal, "slopes": slopes}, apply(y, knots, normal, slopes)


def apply(y, knots, normal, slopes):
    k = np.clip(np.searchsorted(knots, y, side="right") - 1, 0, len(knots) - 2)
    rise, run = normal[k + 1] - normal[k], knots[k + 1] - knots[k]
    s, t = rise / run, (y - knots[k]) / run
    z = normal[k] + rise * (s * t * t + slopes[k] * t * (1 - t)) / (s + (slopes[k + 1] + slopes[k] - 2 * s) * t * (1 - t))
    z = np.where(y < knots[0], normal[0] + slopes[0] * (y - knots[0]), z)
    return np.where(y > knots[-1], normal[-1] + slopes[-1] * (y - knots[-1]), z)
