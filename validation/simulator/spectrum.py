"""The mass spectrum: ln p(ln m) as a cubic spline with few knots (maximum likelihood), tabulated on even nodes in ln m.

Few knots above the turn-on keep it free of bumps narrower than a window; the simulator interpolates ln p linearly
between the nodes, so that its density, its integral and the inverse of that are closed formulas.
"""
import numpy as np
from scipy.interpolate import BSpline


def fit(mass, knots, low, high, nodes, bins=1500):
    edges = np.linspace(np.log(low), np.log(high), bins + 1)
    centres = 0.5 * (edges[1:] + edges[:-1])
    counts = np.histogram(np.log(mass), edges)[0]
    padded = np.r_[[edges[0]] * 4, np.log(knots), [edges[-1]] * 4]
    basis = BSpline.design_matrix(centres, padded, 3).toarray()
    third = np.diff(np.eye(basis.shape[1]), 3, axis=0)
    ridge = 1e-3 * third.T @ third  # only for the empty ends
    start = counts + 0.1
    theta = np.linalg.lstsq(basis.T @ (basis * start[:, None]), basis.T @ (start * np.log(start)), rcond=None)[0]
    for _ in range(200):  # Newton steps on the Poisson likelihood of the histogram
        mean = np.exp(basis @ theta)
        step = np.linalg.solve(basis.T @ (basis * mean[:, None]) + ridge, basis.T @ (counts - mean) - ridge @ theta)
        theta = theta + step * min(1, 1 / np.abs(basis @ step).max())
        if np.abs(step).max() < 1e-9:
            break
    grid = np.linspace(edges[0], edges[-1], nodes)
    values = BSpline(padded, theta, 3)(grid)
    return {"low": edges[0], "high": edges[-1], "log_density": values - values.max()}
