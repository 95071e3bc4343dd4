"""Small tables that must not fool a search: what is run on each, and what must come of it. results/cases.txt, cases-quick.txt,
cases-few.txt.

`RUNS` is the list that validation/cases runs and `judge` judges: name of the table, method, estimate, options, expectation. Windows are 1 to 4,
centred at 300, 360, 420, 480; there is no signal but in data_signal, at 420, window 3.
"""
import re

from claim import NotStated

LIGHT, LEARNED, ASSISTED = ("cwola", "ideal", "supervised"), ("cathode", "lacathode", "anode", "curtains"), ("salad", "feta")
WINDOWS = ("--windows", "300:480:60:60")
COMMON = ["--mass", "m", *WINDOWS, *"--sideband 30 --working-points 0.1,0.01 --profile quick".split()]

FEATURES = {
    "data_null": "x,y,z", "counts": "a,b", "zeros": "a,b", "binary": "a,b", "duplicates": "x,y,z", "hidden_dependence": "a,b",
    "turn_on": "a,b", "edge": "a,b", "comma_in_name": '"pt1, lead",y', "x_template": "x,x_template", "extra_arrays": "x,y",
    "data_signal": "x,y,z",
}
ROWS = {"duplicates": 52000, "turn_on": 17000, "edge": 28000}
# Windows without a claim where the method does not stand what the table does there.
WITHHELD = {"hidden_dependence": {"cwola": {1, 2, 3, 4}, **{name: {1, 2, 4} for name in LEARNED}}, "turn_on": {name: {1, 2} for name in ("cwola", *LEARNED, *ASSISTED)},
            "edge": {name: {1} for name in ("cwola", *LEARNED, *ASSISTED)}}


def file(name):
    return name + (".csv" if name == "comma_in_name" else ".npz")


def null(withheld=(), limit=4.5, words=""):
    return {"kind": "null", "limit": limit, "withheld": set(withheld), "words": words}


def found(least):
    return {"kind": "found", "least": least, "withheld": set(), "words": ""}


def refused(code, words):
    return {"kind": "refused", "code": code, "words": words}


def same(other, expected):
    return {**expected, "other": other}


def run(name, method, estimate, options, expected):
    systematics = ["--systematics", "none"] if estimate == "none" else []
    common = [option for option in COMMON if "--windows" not in options or option not in WINDOWS]
    return {"name": name, "method": method, "estimate": estimate, "expected": expected,
            "options": [*common, "--method", method, *systematics, *options]}


def tables():
    """Every table without a signal, with every method."""
    for name, features in FEATURES.items():
        if name == "data_signal":
            continue
        given, half = ["--features", features], ROWS.get(name, 40000) // 2
        words = "12000 pairs of events" if name == "duplicates" else "follows the mass" if name == "hidden_dependence" else ""
        for method in ("cwola", *LEARNED):
            withheld = WITHHELD.get(name, {}).get(method, ())
            yield run(name, method, "none", ["--data", file(name), *given],
                      null(withheld, words=words if method == "cwola" or name == "duplicates" else ""))
        first, second = f"{file(name)}[0:{half}]", f"{file(name)}[{half}:]"
        shared = refused(2, "have the mass and the features of events of data") if name == "duplicates" else None
        yield run(name, "ideal", "none", ["--data", first, "--ideal-background", second, *given], shared or null())
        for method in ASSISTED:
            withheld = WITHHELD.get(name, {}).get(method, ())
            yield run(name, method, "none", ["--data", first, "--simulation", second, *given],
                      shared or null(withheld))


def estimates():
    """The same with the default estimate of delta_sys, where there is Monte Carlo."""
    for name, other in (("data_null", "mc"), ("counts", "counts_mc"), ("duplicates", "mc")):
        for method in ("cwola", *LEARNED):
            yield run(name, method, "default", ["--data", file(name), "--mc", file(other), "--features", FEATURES[name]], null(limit=3))


def signals():
    for method in ("cwola", *LEARNED):
        yield run("data_signal", method, "none", ["--data", "data_signal.npz", "--features", "x,y,z"], found(5))
    yield run("data_signal", "cwola", "default", ["--data", "data_signal.npz", "--mc", "mc.npz", "--features", "x,y,z"], found(3))


def weights():
    given = ["--data", "data_signal.npz", "--features", "x,y,z"]
    for name, other in (("mc_weights", None), ("mc_weights_1e-9", "mc_weights"), ("mc_weights_1e+9", "mc_weights"),
                        ("mc_weights_all_1e-7", "data_signal")):
        expected = {"kind": "defined", "withheld": set(), "words": ""}
        yield run(name, "cwola", "default", [*given, "--mc", file(name), "--weight", "w"], same(other, expected) if other else expected)
    null_given = ["--data", "data_null.npz", "--features", "x,y,z"]
    yield run("mc_weights_negative", "cwola", "default", [*null_given, "--mc", "mc_weights_negative.npz", "--weight", "w"],
              null(limit=3, words="negative weights"))
    yield run("ideal_weights", "ideal", "none", [*null_given, "--ideal-background", "ideal_weights.npz", "--weight", "w"], null())
    yield run("mc_weights", "cathode", "default", [*null_given, "--mc", "mc_weights.npz", "--weight", "w"],
              refused(2, "learns a density of unweighted events"))
    yield run("mc_weights", "cwola", "none", [*null_given, "--weight", "w"], refused(2, "no input of this search has weights"))


def labels():
    given = ["--data", "data_null.npz", "--features", "x,y,z"]
    yield run("background_with_signal", "cwola", "default", [*given, "--mc", "background_with_signal.npz"],
              refused(3, "400 events have label 1, signal, where background is needed; --background-only"))
    yield run("background_with_signal", "ideal", "none", [*given, "--ideal-background", "background_with_signal.npz"],
              refused(3, "400 events have label 1, signal, where background is needed; --background-only"))
    yield run("background_only", "ideal", "none", [*given, "--ideal-background", "background_with_signal.npz", "--background-only"], null())
    yield run("background_with_signal", "supervised", "none",
              [*given, "--signal", "background_with_signal.npz", "--windows", "390:450"], null())


def names():
    yield run("comma_unquoted", "cwola", "none", ["--data", "comma_in_name.csv", "--features", "pt1, lead,y"],
              refused(3, "a name with a comma stands between double quotes: '\"pt1, lead\"'"))


RUNS = [*tables(), *estimates(), *signals(), *weights(), *labels(), *names()]


def key(row):
    return f"{row['name']} {row['method']} {row['estimate']}"


# One of each kind that takes a second, for the tests.
FEW = {"duplicates cwola none", "hidden_dependence cwola none", "turn_on cwola none", "edge cwola none", "edge ideal none", "data_signal cwola none",
       "comma_in_name cwola none", "x_template cwola none", "extra_arrays cwola none", "comma_unquoted cwola none", "ideal_weights ideal none",
       "background_with_signal cwola default", "mc_weights cathode default"}


def chosen(profile):
    """The runs of a result: "few" are one of each kind, "quick" has no densities, "" has all."""
    belongs = {
        "few": lambda row: key(row) in FEW,
        "quick": lambda row: row["method"] in LIGHT or row["expected"]["kind"] == "refused",
        "": lambda row: True,
    }[profile]
    return [row for row in RUNS if belongs(row)]


def rows(text):
    """{key: (exit code, {window: [S at each working point, None where undefined]}, windows without a claim, words)}."""
    found = {}
    for name, code, numbers, withheld, words in re.findall(r"^(\S+ \S+ \S+): exit (\d+);([^;]*); no claim ([^;]*); (.*)$", text, re.MULTILINE):
        significances = {int(window): [None if cell == "-" else float(cell) for cell in cells.split()]
                         for window, cells in re.findall(r"window (\d+)((?: (?:[+-][\d.]+|-))+)", numbers)}
        found[name] = int(code), significances, set(map(int, re.findall(r"\d+", withheld))), words
    return found


def judge(text, profile):
    known = rows(text)
    for row in chosen(profile):
        if key(row) not in known:
            raise NotStated(f"the table has no row {key(row)}")
        yield from verdict(row, known)


def verdict(row, known):
    code, significances, withheld, words = known[key(row)]
    expected, name = row["expected"], key(row)
    if expected["kind"] == "refused":
        yield code == expected["code"] and expected["words"] in words, f"{name}: is refused with exit {expected['code']} ({code}: {words})"
        return
    # A template that its sidebands contradict has no number, and the run says so.
    fails = {window for window, cells in significances.items() if None in cells} if code == 4 and row["method"] in (*LEARNED, *ASSISTED) else set()
    if code != 0 and not fails or not significances:
        yield False, f"{name}: gives a result (exit {code}: {words})"
        return
    told = expected["words"] in words
    yield withheld == expected["withheld"] and told, (
        f"{name}: no claim in windows {sorted(expected['withheld']) or 'none'} ({sorted(withheld) or 'none'})"
        + (f", and says '{expected['words']}'" if expected["words"] else ""))
    claimed = [s for window, cells in significances.items() if window not in withheld | fails for s in cells]
    if any(s is None for s in claimed):
        yield False, f"{name}: every significance is defined"
    elif expected["kind"] == "null":
        largest = max((abs(s) for s in claimed), default=0)
        yield largest <= expected["limit"], f"{name}: no |S| above {expected['limit']:g} ({largest:.2f})"
    elif expected["kind"] == "found":
        largest = max((s for s in significances[3] if s is not None), default=0)
        yield largest >= expected["least"], f"{name}: S of at least {expected['least']:g} in window 3 ({largest:+.2f})"
    if "other" in expected:
        other = known[f"{expected['other']} {row['method']} {row['estimate']}"][1]
        worst = max(abs(one - another) for window, cells in significances.items() for one, another in zip(cells, other[window]))
        yield worst <= 0.05, f"{name}: no S differs from that of {expected['other']} by more than 0.05 ({worst:.3f})"
