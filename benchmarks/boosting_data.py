"""The rows of the boosting benchmark, for all programs alike: train.f32 and test.f32 (float32, column by column), labels.u8, truth.u8."""
import json
import os
import subprocess
import sys
import numpy as np

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
DATA = os.path.join(ROOT, "..", "shared", "data")


def events(file):
    """mjj in TeV and the baseline features: light jet mass and mass difference (TeV), tau21 of the lighter and the heavier jet."""
    import pandas
    d = pandas.read_hdf(os.path.join(DATA, file + ".features.h5"))
    p = {c: d[c].to_numpy(np.float64) for c in d.columns}
    energy = sum(np.sqrt(p["pxj%d" % j] ** 2 + p["pyj%d" % j] ** 2 + p["pzj%d" % j] ** 2 + p["mj%d" % j] ** 2) for j in (1, 2))
    momentum2 = sum((p["p%sj1" % a] + p["p%sj2" % a]) ** 2 for a in "xyz")
    mjj = np.sqrt(np.maximum(energy ** 2 - momentum2, 0)) / 1000
    m = np.stack([p["mj1"], p["mj2"]], 1) / 1000
    with np.errstate(divide="ignore", invalid="ignore"):
        tau = np.nan_to_num(np.stack([p["tau2j1"] / p["tau1j1"], p["tau2j2"] / p["tau1j2"]], 1))
    light = np.argmin(m, 1)
    row = np.arange(len(m))
    return mjj, np.stack([m[row, light], m[row, 1 - light] - m[row, light], tau[row, light], tau[row, 1 - light]], 1)


def window(name, low=3.3, high=3.7):
    mjj, x = events(name)
    return x[(mjj > low) & (mjj < high)]


def real(size, random):
    """Data rows with 616 signal events, template rows, and test rows of background and signal, from the shared simulation."""
    background, extra, signal = (window(n) for n in ("qcd_pythia", "qcd_pythia_extra", "signal_xy_3500_500_100"))
    random.shuffle(background)
    random.shuffle(signal)
    n_data, n_template, features = SIZES[size]
    data = np.concatenate([background[:n_data - 616], signal[:616]])
    template = extra[random.randint(0, len(extra), n_template)]
    template = template * (1 + 0.03 * random.standard_normal(template.shape))
    if size == "cwola":
        template[:, :2] *= np.where(random.rand(n_template, 1) < 0.5, 0.945, 1.055)
    test = np.concatenate([background[n_data:n_data + 16000], signal[616:8616]])
    truth = np.arange(len(test)) >= len(test) - 8000
    return data, template, test, truth


def ideal(random):
    """The ideal set-up: the data's signal region with 1000 signal events over all masses, background of the same kind as template."""
    background, extra, signal = (window(n) for n in ("qcd_pythia", "qcd_pythia_extra", "signal_xy_3500_500_100"))
    for sample in (background, extra, signal):
        random.shuffle(sample)
    n_signal = 835  # of 1000 in the window
    n_data, n_template, _ = SIZES["ideal"]
    data = np.concatenate([background[:n_data - n_signal], signal[:n_signal]])
    test_background = np.concatenate([background[n_data:], extra[n_template:]])
    test = np.concatenate([test_background, signal[n_signal:]])
    return data, extra[:n_template], test, np.arange(len(test)) >= len(test_background)


def simulated(folder, seed, events, signal):
    """Simulated dijets in the signal region: eight physical features, and which events are signal."""
    file = os.path.join(folder, "simulated.npz")
    subprocess.run([os.path.join(ROOT, "sideband"), "simulate", "--quiet", "--events", str(events), "--signal", str(signal),
                    "--seed", str(seed), "--out", file], check=True, stdout=subprocess.DEVNULL)
    d = np.load(file)
    heavy = d["mj1"] + d["delta_mj"]
    x = np.stack([d["mj1"], d["delta_mj"], d["tau21_j1"], d["tau21_j2"], d["delta_r"], heavy, d["mj1"] / heavy, d["mjj"]], 1)
    inside = (d["mjj"] >= 3.3) & (d["mjj"] < 3.7)
    os.remove(file)
    return x[inside], d["label"][inside] == 1


def extended(folder, seed):
    """As the ideal set-up, from the simulator; further features, smeared copies and noise, are added by widen."""
    n_data, n_template, _ = SIZES["extended"]
    x, is_signal = simulated(folder, 2 * seed + 1, 900_000, 20_000)
    template = simulated(folder, 2 * seed + 2, 800_000, 0)[0][:n_template]
    background, signal = x[~is_signal], x[is_signal]
    data = np.concatenate([background[:n_data - 616], signal[:616]])
    test = np.concatenate([background[n_data:n_data + 16000], signal[616:8616]])
    return data, template, test, np.arange(len(test)) >= len(test) - 8000


def synthetic(size, random):
    """Where the shared simulation is absent: gamma-like masses and beta-like ratios with correlations, a narrow signal."""
    n_data, n_template, _ = SIZES[size]

    def background(n, factor=1.0):
        light = 0.03 + 0.03 * random.gamma(2, 1, n) * factor
        return np.stack([light, 0.04 * random.gamma(2, 1, n) * factor, random.beta(5, 3, n) - light, random.beta(4, 3, n)], 1)

    def signal(n):
        return np.stack([random.normal(0.1, 0.01, n), random.normal(0.38, 0.03, n), random.beta(2, 6, n), random.beta(2, 5, n)], 1)
    test = np.concatenate([background(16000), signal(8000)])
    return (np.concatenate([background(n_data - 616), signal(616)]), background(n_template, 1.02), test, np.arange(len(test)) >= 16000)


# data rows, template rows, features
SIZES = {"cwola": (97000, 97000, 4), "cathode": (97000, 480000, 5), "extended": (100000, 100000, 56), "ideal": (67000, 67000, 4)}
for _rows in (50, 200, 1000, 5000):
    SIZES["rows%dk" % _rows] = (_rows * 500, _rows * 500, 5)


def widen(x, features, random):
    """More features: the physical ones smeared, and noise; up to a standard normal fifth one as in the CATHODE stand-in."""
    columns = [x]
    have = x.shape[1]
    while have < features:
        if features > 8 and have % 2 == 0:
            source = x[:, [(have // 2) % x.shape[1]]]
            column = source * (1 + 0.2 * random.standard_normal((len(x), 1)))
        else:
            column = random.standard_normal((len(x), 1))
        columns.append(column)
        have += 1
    return np.concatenate(columns, 1)


def make(size, folder, seed):
    random = np.random.RandomState(seed)
    os.makedirs(folder, exist_ok=True)
    use_real = os.path.isdir(DATA) and size in ("cwola", "cathode", "ideal")
    if size == "ideal" and not use_real:
        sys.exit("size ideal needs the shared simulation")
    rows = extended(folder, seed) if size == "extended" else ideal(random) if size == "ideal" else (real if use_real else synthetic)(size, random)
    data, template, test, truth = rows
    features = SIZES[size][2]
    train = widen(np.concatenate([data, template]), features, random)
    labels = np.arange(len(train)) < len(data)
    order = random.permutation(len(train))
    np.asfortranarray(train[order].astype("<f4")).T.tofile(os.path.join(folder, "train.f32"))
    np.asfortranarray(widen(test, features, random).astype("<f4")).T.tofile(os.path.join(folder, "test.f32"))
    labels[order].astype(np.uint8).tofile(os.path.join(folder, "labels.u8"))
    truth.astype(np.uint8).tofile(os.path.join(folder, "truth.u8"))
    with open(os.path.join(folder, "shape.json"), "w") as out:
        json.dump({"train": len(train), "test": len(test), "features": features, "real": use_real}, out)


def load(folder):
    with open(os.path.join(folder, "shape.json")) as f:
        shape = json.load(f)
    read = lambda name, rows: np.fromfile(os.path.join(folder, name), "<f4").reshape(shape["features"], rows).T
    return (read("train.f32", shape["train"]), np.fromfile(os.path.join(folder, "labels.u8"), np.uint8),
            read("test.f32", shape["test"]), np.fromfile(os.path.join(folder, "truth.u8"), np.uint8).astype(bool))


if __name__ == "__main__":
    make(sys.argv[1], sys.argv[2], int(sys.argv[3]))
