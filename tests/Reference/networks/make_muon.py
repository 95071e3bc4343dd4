"""Three Muon steps of a matrix of hidden weights in double precision: writes muon.json.

    /usr/bin/python3 make_muon.py             (Debian: python3-numpy)

Weights and gradients are a formula that the tests evaluate, too. Nesterov momentum 0.95, four Newton-Schulz iterations from the left, with the
coefficients of K. Jordan et al., 2024; steps of rate 0.2 sqrt(max(inputs, outputs)); decoupled weight decay 0.01.
"""
import json
import numpy as np

INPUTS, OUTPUTS, STEPS, RATE, BETA, DECAY = 24, 40, 3, 1e-2, 0.95, 0.01


def formula(array, scale):
    i, j = np.meshgrid(np.arange(INPUTS), np.arange(OUTPUTS), indexing="ij")
    return scale * np.sin(1.3 * array + 0.7 * i + 1.1 * j + 0.13 * i * j)


weights, momentum = formula(41, 0.3), np.zeros((INPUTS, OUTPUTS))
spread = []
for step in range(STEPS):
    gradient = formula(42 + step, 0.1)
    momentum = BETA * momentum + (1 - BETA) * gradient
    x = BETA * momentum + (1 - BETA) * gradient
    x /= np.linalg.norm(x)
    for _ in range(4):
        gram = x @ x.T
        x = 3.4445 * x + (-4.7750 * gram + 2.0315 * gram @ gram) @ x
    spread.append(np.linalg.svd(x, compute_uv=False))
    weights = weights * (1 - RATE * DECAY) - RATE * 0.2 * np.sqrt(max(INPUTS, OUTPUTS)) * x
print("singular values of the steps:", [f"{s.min():.2f} to {s.max():.2f}" for s in spread])
with open("muon.json", "w") as file:
    json.dump({"weights": weights.flatten().tolist()}, file)
    file.write("\n")
