"""Boosted-tree ensembles: ours, scikit-learn and XGBoost ('hist') on the same rows, one after the other in small turns.

Per size and seed of the rows: each program trains MEMBERS members, each on its own stratified half, and scores the test rows. CPU
times are user + system of the training (with binning) and of the scoring (with binning) alone, without start-up and reading. A turn
trains a few members of each program, so that all of them see the same load of the machine. Ours is one process with all members,
run between two turns of the peers.
"""
import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
import numpy as np
import boosting_data

HERE = os.path.dirname(os.path.abspath(__file__))
PROGRAM = os.path.join(HERE, "Sideband.Benchmarks", "bin", "Release", "net10.0", "Sideband.Benchmarks")


def cpu():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def auc(score, truth):
    order = np.argsort(score, kind="stable")
    values, first, count = np.unique(score[order], return_index=True, return_counts=True)
    rank = np.empty(len(score))
    rank[order] = np.repeat(first + (count + 1) / 2, count)
    ones = truth.sum()
    return (rank[truth].sum() - ones * (ones + 1) / 2) / (ones * (len(truth) - ones))


def sic(score, truth, eps):
    background = np.sort(score[~truth])[::-1]
    return (score[truth] >= background[int(round(eps * len(background))) - 1]).mean() / np.sqrt(eps)


def peer(folder, program, members, seed):
    """One turn of a peer in a process of its own: sums of the scores, and its times."""
    x, y, test, _ = boosting_data.load(folder)
    x, test = np.ascontiguousarray(x), np.ascontiguousarray(test)
    fit = predict = fit_wall = 0.0
    total = np.zeros(len(test))
    iterations = []
    for member in range(members):
        start, wall = cpu(), time.perf_counter()
        if program == "sklearn":
            from sklearn.ensemble import HistGradientBoostingClassifier
            model = HistGradientBoostingClassifier(
                max_iter=200, max_leaf_nodes=31, early_stopping=True, validation_fraction=0.5, class_weight="balanced",
                random_state=seed + member).fit(x, y)
            iterations.append(model.n_iter_)
        else:
            model = xgboost_fit(x, y, seed + member)
            iterations.append(len(model.get_booster().get_dump()))
        fit += cpu() - start
        fit_wall += time.perf_counter() - wall
        start = cpu()
        total += model.predict_proba(test)[:, 1]
        predict += cpu() - start
    total.astype("<f8").tofile(os.path.join(folder, f"sum_{program}_{seed}.f64"))
    print(json.dumps({"fit_cpu": fit, "fit_wall": fit_wall, "predict_cpu": predict, "iterations": float(np.mean(iterations)),
                      "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000}))


def xgboost_fit(x, y, seed):
    import xgboost
    from sklearn.model_selection import train_test_split
    weights = np.where(y == 1, len(y) / (2 * (y == 1).sum()), len(y) / (2 * (y == 0).sum()))
    xt, xv, yt, yv, wt, wv = train_test_split(x, y, weights, test_size=0.5, stratify=y, random_state=seed)
    model = xgboost.XGBClassifier(
        tree_method="hist", grow_policy="lossguide", max_leaves=31, max_depth=0, max_bin=255, learning_rate=0.1, reg_lambda=0,
        min_child_weight=5, n_estimators=200, early_stopping_rounds=10, eval_metric="logloss", n_jobs=1, random_state=seed)
    return model.fit(xt, yt, sample_weight=wt, eval_set=[(xv, yv)], sample_weight_eval_set=[wv], verbose=False)


def turn(command):
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)} failed:\n{done.stderr}")
    return json.loads(done.stdout.strip().splitlines()[-1])


def peer_turn(folder, program, members, seed):
    return turn([sys.executable, os.path.abspath(__file__), "--peer", program, "--folder", folder, "--members", str(members), "--first-seed", str(seed)])


def run_size(size, options):
    rows = []
    for seed in range(options.seeds):
        with tempfile.TemporaryDirectory() as folder:
            # In a process of its own: a child's peak memory counts what its parent held when it was started.
            subprocess.run([sys.executable, os.path.join(HERE, "boosting_data.py"), size, folder, str(seed)], check=True)
            truth = np.fromfile(os.path.join(folder, "truth.u8"), np.uint8).astype(bool)
            first = options.peer_members - options.peer_members // 2
            result = {p: peer_turn(folder, p, first, 1000 * seed) for p in options.peers}
            ours = turn([PROGRAM, "boosting", folder, str(options.members), "1", str(seed)])
            for p in result:
                if options.peer_members > first:
                    more = peer_turn(folder, p, options.peer_members - first, 1000 * seed + first)
                    for key in ("fit_cpu", "fit_wall", "predict_cpu"):
                        result[p][key] += more[key]
            if options.two_threads and seed == 0:
                print(f"{size} two threads:", json.dumps(two_threads(folder, options.members)))
            row = {"seed": seed, "ours": ours, **result}
            scores = {"ours": np.fromfile(os.path.join(folder, "scores_ours.f32"), "<f4").astype(float)}
            for p in result:
                parts = [np.fromfile(os.path.join(folder, f), "<f8") for f in os.listdir(folder) if f.startswith(f"sum_{p}_")]
                scores[p] = sum(parts)
            for p, score in scores.items():
                row[p].update(auc=auc(score, truth), sic2=sic(score, truth, 1e-2), sic3=sic(score, truth, 1e-3))
                members = options.members if p == "ours" else options.peer_members
                for key in ("fit_cpu", "predict_cpu"):
                    row[p][key + "_50"] = row[p][key] * 50 / members
            rows.append(row)
            print(size, json.dumps(row), flush=True)
    return rows


def two_threads(folder, members, turns=5):
    """Throughput of one process with two threads against two processes with one thread each, started together; medians of several turns."""
    command = [PROGRAM, "boosting", folder, str(members)]
    one, two = [], []
    for _ in range(turns):
        pair = [subprocess.Popen(command + ["1", "7"], stdout=subprocess.PIPE, text=True) for _ in range(2)]
        two.append(sum(members / json.loads(p.communicate()[0])["fit_wall"] for p in pair))
        one.append(members / turn(command + ["2", "7"])["fit_wall"])
    ratios = [a / b for a, b in zip(one, two)]
    return {"one_process_members_per_s": float(np.median(one)), "two_processes_members_per_s": float(np.median(two)),
            "ratio": float(np.median(ratios)), "ratios": ratios}


def summary(size, rows):
    mean = lambda program, key: float(np.mean([r[program][key] for r in rows]))
    spread = float(np.std([r["sklearn"]["sic3"] for r in rows], ddof=1)) if len(rows) > 1 else float("nan")
    xgboost = f" xgboost_fit_cpu_ratio={mean('xgboost', 'fit_cpu_50') / mean('ours', 'fit_cpu_50'):.2f}" if "xgboost" in rows[0] else ""
    return (f"{size} fit_cpu_ratio={mean('sklearn', 'fit_cpu_50') / mean('ours', 'fit_cpu_50'):.2f}"
            f" predict_cpu_ratio={mean('sklearn', 'predict_cpu_50') / mean('ours', 'predict_cpu_50'):.2f}"
            f" auc_ours={mean('ours', 'auc'):.5f} auc_sklearn={mean('sklearn', 'auc'):.5f}"
            f" sic3_ours={mean('ours', 'sic3'):.3f} sic3_sklearn={mean('sklearn', 'sic3'):.3f} sic3_spread={spread:.3f}"
            f"{xgboost}{paired(rows)}"
            f" fit_cpu_50_ours={mean('ours', 'fit_cpu_50'):.2f} fit_cpu_50_sklearn={mean('sklearn', 'fit_cpu_50'):.2f}"
            f" peak_mb_ours={mean('ours', 'peak_mb'):.0f} peak_mb_sklearn={mean('sklearn', 'peak_mb'):.0f}")


def paired(rows):
    """Mean and standard error of (ours - scikit-learn) over the repetitions: AUC, and SIC relative to scikit-learn's mean."""
    if len(rows) < 2:
        return ""
    text = ""
    for key in ("auc", "sic2", "sic3"):
        difference = np.array([r["ours"][key] - r["sklearn"][key] for r in rows])
        difference /= 1 if key == "auc" else np.mean([r["sklearn"][key] for r in rows])
        text += f" {key}_difference={difference.mean():+.5f}+-{difference.std(ddof=1) / np.sqrt(len(rows)):.5f}"
    return text


def processor():
    with open("/proc/cpuinfo") as f:
        names = [line.split(":")[1].strip() for line in f if line.startswith("model name")]
    return names[0] if names else platform.machine()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", nargs="*", default=["cwola", "cathode"])
    parser.add_argument("--members", type=int, default=50, help="of our ensembles")
    parser.add_argument("--peer-members", type=int, help="of the peers' ensembles; default: as many as ours; times are scaled to 50")
    parser.add_argument("--seeds", type=int, default=3, help="repetitions with other rows and splits")
    parser.add_argument("--peers", nargs="+", default=["sklearn", "xgboost"], choices=["sklearn", "xgboost"])
    parser.add_argument("--two-threads", action="store_true", help="also compare two threads with two processes")
    parser.add_argument("--peer", help=argparse.SUPPRESS)
    parser.add_argument("--folder", help=argparse.SUPPRESS)
    parser.add_argument("--first-seed", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.peer:
        peer(options.folder, options.peer, options.members, options.first_seed)
        return
    options.peer_members = options.peer_members or options.members
    unknown = [s for s in options.sizes if s not in boosting_data.SIZES]
    if unknown:
        sys.exit(f"unknown size {unknown[0]}; allowed: {' '.join(boosting_data.SIZES)}")
    results = {size: run_size(size, options) for size in options.sizes}
    lines = [summary(size, rows) for size, rows in results.items()]
    os.makedirs(os.path.join(HERE, "results"), exist_ok=True)
    name = "".join(c if c.isalnum() else "-" for c in processor()).strip("-").lower()
    file = os.path.join(HERE, "results", f"boosting-{name}.json")
    stored = {}
    if os.path.exists(file):
        with open(file) as old:
            stored = json.load(old)["sizes"]
    stored.update({size: {"summary": line, "load_at_end": os.getloadavg(), "rows": results[size]} for size, line in zip(results, lines)})
    with open(file, "w") as out:
        json.dump({"processor": processor(), "sizes": stored}, out, indent=1)
        out.write("\n")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
