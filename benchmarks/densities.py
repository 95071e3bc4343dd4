"""Training steps and sampling of our networks and PyTorch's, one after the other in small turns: CPU time (user + system) of one process
with one thread. Same layers, same batch, same loss, the optimiser included; PyTorch's is the bare loop over batches that lie ready.
Per item the medians over the turns are compared, so that both see the same load of the machine.
"""
import argparse
import json
import math
import os
import platform
import resource
import subprocess
import torch
from torch import nn
from torch.nn import functional

HERE = os.path.dirname(os.path.abspath(__file__))
PROGRAM = os.path.join(HERE, "Sideband.Benchmarks", "bin", "Release", "net10.0", "Sideband.Benchmarks")


def cpu():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


class MaskedLinear(nn.Module):
    """As in the flows that CATHODE uses: the mask is multiplied in every call."""

    def __init__(self, inputs, outputs, mask, context=0):
        super().__init__()
        self.linear = nn.Linear(inputs, outputs)
        self.context = nn.Linear(context, outputs, bias=False) if context else None
        self.register_buffer("mask", mask)

    def forward(self, x, m=None):
        y = functional.linear(x, self.linear.weight * self.mask, self.linear.bias)
        return y + self.context(m) if self.context is not None else y


def degrees_mask(before, after, strictly=False):
    return (after[:, None] > before[None] if strictly else after[:, None] >= before[None]).float()


class Made(nn.Module):
    def __init__(self, d, hidden):
        super().__init__()
        inputs, units = torch.arange(d), torch.arange(hidden) % (d - 1)
        self.first = MaskedLinear(d, hidden, degrees_mask(inputs, units), 1)
        self.second = MaskedLinear(hidden, hidden, degrees_mask(units, units))
        self.last = MaskedLinear(hidden, 2 * d, degrees_mask(units, inputs, True).repeat(2, 1))

    def parameters_of(self, x, m):
        return self.last(torch.relu(self.second(torch.relu(self.first(x, m))))).chunk(2, 1)

    def forward(self, x, m):
        mu, alpha = self.parameters_of(x, m)
        return (x - mu) * torch.exp(-alpha), -alpha.sum(-1, keepdim=True)

    def inverse(self, u, m):
        x = torch.zeros_like(u)
        for i in range(u.shape[1]):
            mu, alpha = self.parameters_of(x, m)
            x[:, i] = u[:, i] * torch.exp(alpha[:, i]) + mu[:, i]
        return x


class BatchNormFlow(nn.Module):
    def __init__(self, d):
        super().__init__()
        self.log_gamma, self.beta = nn.Parameter(torch.zeros(d)), nn.Parameter(torch.zeros(d))
        self.register_buffer("mean", torch.zeros(d))
        self.register_buffer("variance", torch.ones(d))

    def forward(self, x, m):
        mean = x.mean(0)
        variance = (x - mean).pow(2).mean(0) + 1e-5
        y = torch.exp(self.log_gamma) * (x - mean) / variance.sqrt() + self.beta
        return y, (self.log_gamma - 0.5 * torch.log(variance)).sum(-1, keepdim=True)

    def inverse(self, y, m):
        return (y - self.beta) / torch.exp(self.log_gamma) * self.variance.sqrt() + self.mean


class Reverse(nn.Module):
    def forward(self, x, m):
        return x.flip(1), torch.zeros(len(x), 1)

    def inverse(self, y, m):
        return y.flip(1)


class Maf(nn.Module):
    def __init__(self, d=4, hidden=128, blocks=15):
        super().__init__()
        self.transforms = nn.ModuleList(t for _ in range(blocks) for t in (Made(d, hidden), BatchNormFlow(d), Reverse()))

    def loss(self, x, m):
        log = torch.zeros(len(x), 1)
        for transform in self.transforms:
            x, jacobian = transform(x, m)
            log = log + jacobian
        return -((-0.5 * x.pow(2) - 0.5 * math.log(2 * math.pi)).sum(-1, keepdim=True) + log).mean()

    def sample(self, u, m):
        for transform in reversed(self.transforms):
            u = transform.inverse(u, m)
        return u


def spline(x, parameters, bins, bound=6.0, least=1e-3):
    """Rational-quadratic splines with linear tails, in the manner of nflows (arXiv:1906.04032): y and ln dy/dx."""
    inside = (x > -bound) & (x < bound)
    x = torch.where(inside, x, torch.zeros_like(x))

    def knots(u):
        sizes = least + (1 - least * bins) * functional.softmax(u, -1)
        edges = functional.pad(torch.cumsum(sizes, -1), (1, 0)) * 2 * bound - bound
        return edges, edges[..., 1:] - edges[..., :-1]
    xs, widths = knots(parameters[..., :bins])
    ys, heights = knots(parameters[..., bins:2 * bins])
    slopes = functional.pad(least + functional.softplus(parameters[..., 2 * bins:] + math.log(math.exp(1 - least) - 1)), (1, 1), value=1.0)
    k = (torch.searchsorted(xs.detach(), x.detach()[..., None].contiguous(), right=True) - 1).clamp(0, bins - 1)

    def at(values):
        return values.gather(-1, k)[..., 0]
    w, h, low, high = at(widths), at(heights), at(slopes[..., :-1]), at(slopes[..., 1:])
    s, xi = h / w, (x - at(xs[..., :-1])) / w
    theta = xi * (1 - xi)
    denominator = s + (low + high - 2 * s) * theta
    y = at(ys[..., :-1]) + h * (s * xi.pow(2) + low * theta) / denominator
    log = torch.log(s.pow(2) * (high * xi.pow(2) + 2 * s * theta + low * (1 - xi).pow(2))) - 2 * torch.log(denominator)
    return torch.where(inside, y, x), torch.where(inside, log, torch.zeros_like(log)), inside


class Coupling(nn.Module):
    def __init__(self, d, hidden, bins):
        super().__init__()
        self.moved, self.bins = (d + 1) // 2, bins
        self.layers = nn.Sequential(
            nn.Linear(d - self.moved + 1, hidden), nn.ReLU(), nn.Linear(hidden, hidden), nn.ReLU(), nn.Linear(hidden, self.moved * (3 * bins - 1)))

    def forward(self, x, m):
        moved, kept = x[:, :self.moved], x[:, self.moved:]
        parameters = self.layers(torch.cat([kept, m], 1)).reshape(len(x), self.moved, -1)
        y, log, inside = spline(moved, parameters, self.bins)
        return torch.cat([torch.where(inside, y, moved), kept], 1), log.sum(-1, keepdim=True)


class CouplingFlow(Maf):
    """FETA's transport flow (arXiv:2212.11285) with a Gaussian base."""

    def __init__(self, d=5, hidden=32, blocks=8, bins=10):
        nn.Module.__init__(self)
        self.transforms = nn.ModuleList(t for _ in range(blocks) for t in (Coupling(d, hidden, bins), Reverse()))


class SkCathodeVelocity(nn.Module):
    def __init__(self):
        super().__init__()
        sizes = [(11, 64, 64, 64), (71, 256, 256, 256), (263, 256, 256, 256), (263, 64, 64, 4)]
        self.parts = nn.ModuleList(nn.Sequential(nn.Linear(a, b), nn.ELU(), nn.Linear(b, c), nn.ELU(), nn.Linear(c, d)) for a, b, c, d in sizes)
        self.register_buffer("frequencies", math.pi * torch.arange(1, 4))

    def forward(self, t, x, m):
        angle = self.frequencies * t[:, None]
        context = torch.cat([angle.cos(), angle.sin()], -1)
        for part in self.parts:
            x = part(torch.cat([context, x, m], -1))
        return x

    def loss(self, x, m, sigma=1e-4):
        t, z = torch.rand(len(x)), torch.randn_like(x)
        s = t[:, None]
        return (self(t, (1 - s) * x + (sigma + (1 - sigma) * s) * z, m) - (1 - sigma) * z + x).pow(2).sum(-1).mean()


class Classifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential(nn.Linear(4, 64), nn.ReLU(), nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, 1), nn.Sigmoid())

    def loss(self, x, m):
        return functional.binary_cross_entropy(self.layers(x), (m > 0).float(), weight=torch.ones(len(x), 1))


class ResidualVelocity(nn.Module):
    """Our recommended network."""

    def __init__(self, d=5, width=64, blocks=8, context=7):
        super().__init__()
        self.first, self.last = nn.Linear(d + context, width), nn.Linear(width, d)
        self.blocks = nn.ModuleList(nn.ModuleList([nn.Linear(width + context, width), nn.Linear(width, width)]) for _ in range(blocks))

    def forward(self, x, c):
        x = functional.silu(self.first(torch.cat([x, c], -1)))
        for a, b in self.blocks:
            x = x + b(functional.silu(a(torch.cat([x, c], -1))))
        return self.last(x)


def train(network, batch, rate, decay, steps, features=4):
    optimiser = torch.optim.Adam(network.parameters(), lr=rate, weight_decay=decay)
    x, m = torch.randn(64, batch, features), torch.randn(64, batch, 1)

    def run(count):
        for step in range(count):
            optimiser.zero_grad()
            network.loss(x[step % 64], m[step % 64]).backward()
            optimiser.step()
    run(10)
    start = cpu()
    run(steps)
    return (cpu() - start) / steps


def sample_maf(_, events):
    network = Maf().eval()
    with torch.no_grad():
        u, m = torch.randn(10000, 4), torch.randn(10000, 1)
        network.sample(u, m)
        start = cpu()
        for _ in range(max(1, events // 10000)):
            network.sample(u, m)
        return (cpu() - start) / (max(1, events // 10000) * 10000)


def sample_flow_matching(evaluations, events):
    """The velocity as often as ours, which the solver's own arithmetic would only add to."""
    network = ResidualVelocity().eval()
    with torch.no_grad():
        x, c = torch.randn(10000, 5), torch.randn(10000, 7)
        network(x, c)
        start = cpu()
        rounds = max(1, events // 10000)
        for _ in range(rounds * evaluations):
            network(x, c)
        return (cpu() - start) / (rounds * 10000)


# name: our steps (or events), PyTorch's function of (ours, steps), PyTorch's steps
ITEMS = {
    "cathode_maf": (200, lambda ours, n: train(Maf(), 256, 1e-4, 1e-6, n), 40),
    "sk_cathode_flow_matching": (200, lambda ours, n: train(SkCathodeVelocity(), 256, 1e-4, 1e-6, n), 60),
    "classifier_64_64_64": (5000, lambda ours, n: train(Classifier(), 128, 1e-3, 0, n), 1000),
    "coupling_spline_flow": (200, lambda ours, n: train(CouplingFlow(), 256, 5e-4, 1e-5, n, 5), 40),
    "cathode_maf_sampling": (100000, lambda ours, n: sample_maf(ours, n), 20000),
    "flow_matching_sampling": (30000, lambda ours, n: sample_flow_matching(ours["evaluations"], n), 10000),
}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("items", nargs="*", help="of " + ", ".join(ITEMS) + "; default: all")
    parser.add_argument("--turns", type=int, default=5)
    options = parser.parse_args()
    if unknown := [item for item in options.items if item not in ITEMS]:
        parser.error("no item " + ", ".join(unknown))
    torch.set_num_threads(1)
    print("PyTorch %s (%s), %s" % (torch.__version__, next(l.strip("- ") for l in torch.__config__.show().split("\n") if "capability" in l).strip(), platform.processor() or platform.machine()))
    lines = []
    for name in options.items or ITEMS:
        steps, peer, peer_steps = ITEMS[name]
        turns = []
        for _ in range(options.turns):
            ours = json.loads(subprocess.run([PROGRAM, "densities", name, str(steps)], check=True, capture_output=True, text=True).stdout)
            theirs = peer(ours, peer_steps)
            turns.append((ours["cpu"], theirs, ours))
            print("  %s turn %d: ours %.3e s, PyTorch %.3e s, ratio %.2f" % (name, len(turns), ours["cpu"], theirs, theirs / ours["cpu"]), flush=True)
        a = sorted(t[0] for t in turns)[len(turns) // 2]
        b = sorted(t[1] for t in turns)[len(turns) // 2]
        note = " events_per_cpu_s=%.0f" % (1 / a) if "sampling" in name else ""
        note += " evaluations=%d" % turns[-1][2]["evaluations"] if turns[-1][2]["evaluations"] else ""
        lines.append("%s cpu_ratio=%.2f ours_cpu_s=%.3e torch_cpu_s=%.3e gflops=%.1f%s" % (name, b / a, a, b, turns[-1][2]["flop"] / a / 1e9, note))
    print("\n".join(lines))


if __name__ == "__main__":
    main()
