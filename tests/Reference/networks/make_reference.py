"""Three training steps of one MAF block with batch normalisation and of one residual block, by PyTorch: writes reference.json.

    /usr/bin/python3 make_reference.py        (Debian: python3-torch)

Weights and events are a formula that the tests evaluate, too; hidden units are sorted by degree. Adam with L2 1e-6 (MAF), AdamW with
weight decay 0.01 and gradients clipped to the norm 0.5 (residual block).
"""
import json
import math
import torch
from torch.nn import functional

torch.set_default_dtype(torch.float32)
ROWS, D, HIDDEN, CONTEXT, STEPS, RATE = 24, 4, 24, 3, 3, 1e-2


def formula(array, rows, columns, scale):
    return torch.tensor([[scale * math.sin(1.3 * array + 0.7 * i + 1.1 * j + 0.13 * i * j) for j in range(columns)] for i in range(rows)])


def steps(names, weights, loss, optimiser, clip=0):
    weights = [w.requires_grad_() for w in weights]
    optimiser = optimiser(weights)
    result = {"loss": [], "norm": []}
    for _ in range(STEPS):
        optimiser.zero_grad()
        value = loss(*weights)
        value.backward()
        norm = torch.nn.utils.clip_grad_norm_(weights, clip if clip else 1e9)
        if not result["loss"]:
            result["gradient"] = {n: (w.grad * (max(1, norm.item() / clip) if clip else 1)).flatten().tolist() for n, w in zip(names, weights)}
        optimiser.step()
        result["loss"].append(value.item())
        result["norm"].append(norm.item())
    result["loss"].append(loss(*weights).item())
    result["weights"] = {n: w.flatten().tolist() for n, w in zip(names, weights)}
    return result


def maf():
    x, m = formula(20, ROWS, D, 1.2), formula(21, ROWS, 1, 1.0)
    place, degree = torch.arange(D), torch.arange(HIDDEN) * (D - 1) // HIDDEN
    mask1 = (degree[None] >= place[:, None]).float()
    mask2 = (degree[None] >= degree[:, None]).float()
    mask3 = (place[None] > degree[:, None]).float().repeat(1, 2)

    def loss(w1, c1, b1, w2, b2, w3, b3, log_gamma, beta):
        h = torch.relu(x @ (w1 * mask1) + m @ c1 + b1)
        h = torch.relu(h @ (w2 * mask2) + b2)
        mu, alpha = (h @ (w3 * mask3) + b3).chunk(2, 1)
        u = (x - mu) * torch.exp(-alpha)
        mean = u.mean(0)
        variance = (u - mean).pow(2).mean(0) + 1e-5
        z = torch.exp(log_gamma) * (u - mean) / variance.sqrt() + beta
        log = -alpha.sum(1) + (log_gamma - 0.5 * torch.log(variance)).sum()
        return (0.5 * z.pow(2).sum(1) + 0.5 * D * math.log(2 * math.pi) - log).mean()
    weights = [formula(1, D, HIDDEN, .4) * mask1, formula(2, 1, HIDDEN, .4), formula(3, 1, HIDDEN, .4), formula(4, HIDDEN, HIDDEN, .2) * mask2,
               formula(5, 1, HIDDEN, .4), formula(6, HIDDEN, 2 * D, .2) * mask3, formula(7, 1, 2 * D, .2), formula(8, 1, D, .3)[0], formula(9, 1, D, .3)[0]]
    return steps("w1 c1 b1 w2 b2 w3 b3 log_gamma beta".split(), weights, loss, lambda w: torch.optim.Adam(w, lr=RATE, weight_decay=1e-6))


def residual():
    x, c, y = formula(30, ROWS, HIDDEN, 1.2), formula(31, ROWS, CONTEXT, 1.0), formula(32, ROWS, HIDDEN, 1.0)

    def loss(w1, c1, b1, w2, b2):
        return (x + functional.silu(x @ w1 + c @ c1 + b1) @ w2 + b2 - y).pow(2).mean()
    weights = [formula(11, HIDDEN, HIDDEN, .3), formula(12, CONTEXT, HIDDEN, .3), formula(13, 1, HIDDEN, .3), formula(14, HIDDEN, HIDDEN, .3), formula(15, 1, HIDDEN, .3)]
    return steps("w1 c1 b1 w2 b2".split(), weights, loss, lambda w: torch.optim.AdamW(w, lr=RATE, weight_decay=0.01), clip=0.5)


if __name__ == "__main__":
    def rounded(value):
        return {k: rounded(v) for k, v in value.items()} if isinstance(value, dict) else [float("%.9g" % v) for v in value] if isinstance(value, list) else value
    with open("reference.json", "w") as file:
        json.dump({"torch": torch.__version__, "maf": rounded(maf()), "residual": rounded(residual())}, file)
        file.write("\n")
