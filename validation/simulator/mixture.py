"""p(z | m) as a Gaussian mixture whose weights and means follow the mass, by expectation maximisation of the conditional likelihood.

With u the standardised ln m and h a logistic step at the turn-on of the mass spectrum:
    p(z | m) = sum_k g_k(m) N(z; B_k (1, u, h), S_k),   g_k = softmax_k(a_k + b_k u + c_k u^2 + e_k h)
The limits on b, c and e keep p(z | m) from changing over less than some windows: a free joint mixture of (m, z) follows the
sample's fluctuations with components as narrow as a window, and a search then sees excesses that no physics made.
A component's log-density is linear in the products of (1, u, h, z), so that the E step is one matrix product.
"""
import numpy as np
from scipy.optimize import minimize
from scipy.special import logsumexp
from sklearn.cluster import MiniBatchKMeans

MASS_TERMS = 3  # 1, u, h


def products(phi, z):
    v = np.concatenate([phi, z], 1)
    i, j = np.triu_indices(v.shape[1])
    return v[:, i] * v[:, j]


def gate_terms(phi):
    return np.stack([phi[:, 0], phi[:, 1], phi[:, 1] ** 2, phi[:, 2]], 1)


def coefficients(gates, slopes, covariance):
    k, d, q = slopes.shape
    precision = np.linalg.inv(covariance)
    weighted = precision @ slopes
    form = np.zeros((k, q + d, q + d))
    form[:, :q, :q] = -0.5 * np.transpose(slopes, (0, 2, 1)) @ weighted
    form[:, q:, :q] = 0.5 * weighted
    form[:, :q, q:] = 0.5 * np.transpose(weighted, (0, 2, 1))
    form[:, q:, q:] = -0.5 * precision
    form[:, 0, 0] += gates[0] - 0.5 * (np.linalg.slogdet(covariance)[1] + d * np.log(2 * np.pi))
    form[:, 0, 1] += gates[1]
    form[:, 1, 1] += gates[2]
    form[:, 0, 2] += gates[3]
    i, j = np.triu_indices(q + d)
    return np.where(i == j, form[:, i, j], form[:, i, j] + form[:, j, i]).T


def expectation(phi, z, matrix, gates, bins):
    """Sums of the products per component, responsibilities per mass bin (events are sorted by mass), mean log-likelihood."""
    matrix, edges = matrix.astype(np.float32), np.linspace(0, len(z), bins + 1).astype(int)
    sums, binned, likelihood = np.zeros((matrix.shape[1], matrix.shape[0])), np.zeros((bins, matrix.shape[1])), 0.0
    for b in range(bins):
        chunk = slice(edges[b], edges[b + 1])
        f = products(phi[chunk], z[chunk])
        p = f @ matrix
        top = p.max(1, keepdims=True)
        np.exp(np.subtract(p, top, out=p), out=p)
        total = p.sum(1, keepdims=True)
        likelihood += float((top + np.log(total)).sum(dtype=np.float64))
        p /= total
        binned[b] = p.sum(0)
        sums += p.T @ f
    sparse = gate_terms(phi[:: max(1, len(z) // 20000)].astype(np.float64))
    return sums, binned, likelihood / len(z) - logsumexp(sparse @ gates, axis=1).mean()


def experts(sums, d, floor, ridge=100.0):
    """Weighted linear regressions of z on (1, u, h); slopes are shrunk as by `ridge` events, floor adds to each width in quadrature."""
    q = MASS_TERMS
    i, j = np.triu_indices(q + d)
    moments = np.zeros((len(sums), q + d, q + d))
    moments[:, i, j] = sums
    moments[:, j, i] = sums
    content = np.maximum(moments[:, 0, 0], 1e-6)
    pp, pz, zz = moments[:, :q, :q], moments[:, :q, q:], moments[:, q:, q:]
    slopes = np.linalg.solve(pp + np.diag([0.0] + [ridge] * (q - 1)), pz)
    turned = np.transpose(slopes, (0, 2, 1))
    covariance = (zz - turned @ pz - np.transpose(pz, (0, 2, 1)) @ slopes + turned @ pp @ slopes) / content[:, None, None]
    covariance[:, np.arange(d), np.arange(d)] += floor ** 2
    return turned, covariance


def refit_gates(gates, binned, terms, limits, steps):
    content, shape = binned.sum(1), gates.shape

    def loss(flat):
        linear = terms @ flat.reshape(shape)
        norm = logsumexp(linear, axis=1, keepdims=True)
        slope = terms.T @ (binned - content[:, None] * np.exp(linear - norm))
        return -(binned * (linear - norm)).sum() / content.sum(), -slope.ravel() / content.sum()

    bounds = [(-limit, limit) for limit in limits for _ in range(shape[1])]
    return minimize(loss, gates.ravel(), jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": steps}).x.reshape(shape)


def fit(u, h, z, components, floor, limits, schedule, seed=0):
    """schedule: (events, iterations) pairs. Returns gates [4, k], slopes [k, d, 3], covariances [k, d, d]."""
    order = np.argsort(u, kind="stable")
    phi, z = np.stack([np.ones(len(u)), u, h], 1).astype(np.float32)[order], z.astype(np.float32)[order]
    rng, d, gates = np.random.default_rng(seed), z.shape[1], None
    for size, iterations in schedule:
        size = min(size, len(z))
        chosen = np.sort(rng.permutation(len(z))[:size])
        p, x = phi[chosen], z[chosen]
        bins = min(200, max(40, size // 2500))
        edges = np.linspace(0, size, bins + 1).astype(int)
        terms = np.stack([gate_terms(p[a:b].astype(np.float64)).mean(0) for a, b in zip(edges, edges[1:])])
        if gates is None:
            labels = MiniBatchKMeans(components, random_state=seed, batch_size=4096, n_init=2).fit(x).labels_
            f = products(p, x)
            sums = np.stack([f[labels == c].sum(0, dtype=np.float64) for c in range(components)])
            binned = np.stack([np.bincount(labels[a:b], minlength=components) for a, b in zip(edges, edges[1:])]) + 0.01
            gates = np.zeros((4, components))
            gates[0] = np.log(sums[:, 0] / size)
            slopes, covariance = experts(sums, d, np.maximum(floor, 0.1))
            gates = refit_gates(gates, binned, terms, limits, 20)
        for iteration in range(iterations):
            sums, binned, likelihood = expectation(p, x, coefficients(gates, slopes, covariance), gates, bins)
            slopes, covariance = experts(sums, d, floor)
            gates = refit_gates(gates, binned, terms, limits, 8)
            if iteration % 10 == 0 or iteration == iterations - 1:
                print(f"  {size} events, iteration {iteration}: mean log-likelihood {likelihood:.5f}", flush=True)
    return gates, slopes, covariance
