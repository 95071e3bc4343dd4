"""What the published settings of SALAD, FETA, CURTAINs and CATHODE cost in one window, beside ours: CPU time (user + system, one thread) of a
training step of each published network in PyTorch, measured in one run, times the published number of steps. An estimate, and a low one: nothing
is trained to its end, the quickest of several measurements counts, and loaders, validation passes and the Sinkhorn loss of CURTAINs are left
out. SALAD has all of its at most 50 passes. Templates alone: the classifiers after them are not in it.

PyTorch is Debian's python3-torch (1.13) and is best used with libopenblas0-pthread: with the reference BLAS all networks look slower than they
are. The first line says what torch.mm reaches. Nothing else is needed.

Settings: arXiv:2212.11285 table V and its code (FETA, SALAD), arXiv:2203.09470's code (CURTAINs, whose number of passes its code leaves open:
100, as in its grid of settings), arXiv:2109.00546 (CATHODE).
"""
import argparse
import platform
import sys

try:
    import torch
except ImportError:
    sys.exit("published.py: PyTorch is missing; Debian packages: python3-torch libopenblas0-pthread")
from torch import nn
from torch.nn import functional

from densities import CouplingFlow, Maf, MaskedLinear, cpu, degrees_mask, spline, train

# Window 5 of the shared events: 1,000,000 of data and as many of simulation, baseline features and delta_r.
FEATURES, ALL, BESIDE, WINDOW = 5, 1_000_000, 866_165, 133_835

# CPU seconds of ours for the same, profile standard (SALAD quick), one run: docs/methods/salad.md, feta.md, curtains.md, and the fit of
# docs/development/performance-densities.md with eight times the window's events drawn.
OURS = {"SALAD": 23, "FETA": 46, "CURTAINs": 55, "CATHODE": 86 + 8 * WINDOW / 53_000}


class Weights(nn.Module):
    """SALAD's classifier: features and mass."""

    def __init__(self):
        super().__init__()
        sizes = (FEATURES + 1, 100, 100, 100)
        self.layers = nn.Sequential(*(part for a, b in zip(sizes, sizes[1:]) for part in (nn.Linear(a, b), nn.ReLU())), nn.Linear(100, 1), nn.Sigmoid())

    def loss(self, x, m):
        return functional.binary_cross_entropy(self.layers(torch.cat([x, m], 1)), (m > 0).float())


class BaseDensity(nn.Module):
    """FETA's base density: one autoregressive spline of residual blocks."""

    def __init__(self, hidden=128, blocks=15, bins=10):
        super().__init__()
        self.bins = bins
        inputs, units = torch.arange(FEATURES), torch.arange(hidden) % (FEATURES - 1)
        between = degrees_mask(units, units)
        self.first = MaskedLinear(FEATURES, hidden, degrees_mask(inputs, units), 1)
        self.blocks = nn.ModuleList(nn.ModuleList([MaskedLinear(hidden, hidden, between), MaskedLinear(hidden, hidden, between)]) for _ in range(blocks))
        self.dropout = nn.Dropout(0.05)
        self.last = MaskedLinear(hidden, FEATURES * (3 * bins - 1), degrees_mask(units, inputs, True).repeat_interleave(3 * bins - 1, 0))

    def parameters_of(self, x, m):
        y = self.first(x, m)
        for a, b in self.blocks:
            y = y + b(self.dropout(torch.relu(a(torch.relu(y)))))
        return self.last(y).reshape(len(x), FEATURES, -1)

    def log_density(self, x, m):
        u, log, _ = spline(x, self.parameters_of(x, m), self.bins, 3.5)
        return -0.5 * u.pow(2).sum(-1) + log.sum(-1)

    def loss(self, x, m):
        return -self.log_density(x, m).mean()

    def sample(self, u, m):
        """The passes that a sample takes, one a feature; the inverse of the spline costs as the spline does."""
        x = torch.zeros_like(u)
        for i in range(FEATURES):
            x[:, i] = spline(u, self.parameters_of(x, m), self.bins, 3.5)[0][:, i]
        return x


class ThroughBase(CouplingFlow):
    """FETA's transport, trained by maximum likelihood under the base density, which is frozen."""

    def __init__(self):
        super().__init__()
        self.base = BaseDensity().requires_grad_(False)

    def loss(self, x, m):
        log = 0
        for transform in self.transforms:
            x, jacobian = transform(x, m)
            log = log + jacobian[:, 0]
        return -(self.base.log_density(x, m) + log).mean()


def passes(events, batch, epochs):
    return -(-int(events) // batch) * epochs


def sampling(network, events=10_000):
    """CPU seconds a drawn event."""
    network.eval()
    with torch.no_grad():
        u, m = torch.randn(events, FEATURES), torch.randn(events, 1)
        start = cpu()
        network.sample(u, m)
        return (cpu() - start) / events


# method: (what, its cost once, how often), the published numbers of events in parts of those above
PARTS = {
    "SALAD": [("step of the classifier", lambda: train(Weights(), 256, 1e-3, 0, 300, FEATURES), passes(0.8 * 2 * BESIDE, 256, 50))],
    "FETA": [
        ("step of the base density", lambda: train(BaseDensity(), 128, 1e-4, 1e-4, 20, FEATURES), passes(0.8 * ALL, 128, 100)),
        ("step of the transport", lambda: train(ThroughBase(), 256, 5e-4, 1e-4, 15, FEATURES), passes(0.8 * BESIDE, 256, 50)),
        ("drawn event", lambda: sampling(BaseDensity()), 6 * WINDOW),
    ],
    "CURTAINs": [("step of the transport", lambda: train(CouplingFlow(blocks=4, bins=4), 100, 1e-4, 0, 60, FEATURES), passes(0.8 * BESIDE, 100, 100))],
    "CATHODE": [
        ("step of the density", lambda: train(Maf(FEATURES), 256, 1e-4, 1e-6, 20, FEATURES), passes(BESIDE * 500 / 878, 256, 100)),
        ("drawn event", lambda: sampling(Maf(FEATURES)), 8 * WINDOW),
    ],
}


def speed():
    a = torch.randn(1024, 1024)
    torch.mm(a, a)
    start = cpu()
    for _ in range(5):
        torch.mm(a, a)
    return 5 * 2 * 1024 ** 3 / (cpu() - start) / 1e9


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--turns", type=int, default=5, help="measurements of each, of which the quickest counts")
    options = parser.parse_args()
    torch.set_num_threads(1)
    print(f"PyTorch {torch.__version__}, {platform.processor() or platform.machine()}, one thread, torch.mm of 1024 x 1024: {speed():.0f} GFLOP/s; estimated, not run")
    print(f"one window, {ALL} + {ALL} events, of which {BESIDE} + {BESIDE} are beside it, {FEATURES} features; templates alone", flush=True)
    for method, parts in PARTS.items():
        total = 0
        for what, once, number in parts:
            cost = min(once() for _ in range(options.turns))
            total += cost * number
            print(f"  {method}: {number} times a {what} of {cost:.3e} CPU s: {cost * number:.0f} CPU s", flush=True)
        print(f"{method}: published settings {total:.0f} CPU s, ours {OURS[method]:.0f} CPU s, ratio {total / OURS[method]:.0f}", flush=True)


if __name__ == "__main__":
    main()
