"""CWoLa hunting on the shared Monte Carlo, 1000 events injected at 3.5 TeV: results/cwola-PROFILE-SET.txt."""
import re

from claim import NotStated, find, known, needed, shifts, value

WINDOWS, EFFICIENCIES = range(1, 10), (0.01, 0.001, 0.0001)
SIGNAL = (4, 5, 6)


def rules(text):
    """{rule: ({(window, epsilon): mean S of the draws}, the same without injection)}."""
    blocks = re.split(r"^rule (\w+): .*$", text, flags=re.MULTILINE)[1:]
    tables = {}
    for rule, block in zip(blocks[::2], blocks[1::2]):
        injected, nothing = {}, {}
        for row in re.findall(r"^ +(\d+ +[+-].*)$", block, re.MULTILINE):
            window, *cells = re.sub(r"\([^)]*\)", " ", row).split()
            for place, epsilon in enumerate(EFFICIENCIES):
                injected[int(window), epsilon] = value(cells[place])
                nothing[int(window), epsilon] = value(cells[len(EFFICIENCIES) + place])
        if {window for window, _ in injected} != set(WINDOWS):
            raise NotStated(f"the table of rule {rule} has other windows than 1 to 9")
        tables[rule] = injected, nothing
    if set(tables) != {"paper", "spread"}:
        raise NotStated("the table has not both rules, paper and spread")
    return tables


def verdicts(text):
    lines = re.findall(r"^verdict at \S+: none (\S+); draws (.*)$", text, re.MULTILINE)
    if len(lines) != 2 * len(EFFICIENCIES):
        raise NotStated("the table has not a verdict for every rule and working point")
    wrong = sum(word != "ok" for none, draws in lines for word in [none, *draws.split(", ")])
    return wrong == 0, f"every verdict is ok ({wrong} are not)"


def judge(text, profile, features):
    tables = rules(text)
    estimate = shifts(find(r"^delta_sys from Monte Carlo: (.*)$", text, "delta_sys from Monte Carlo")[1])
    truth = shifts(find(r"^delta_sys from labels: (.*)$", text, "delta_sys from labels")[1])
    if set(estimate) != set(EFFICIENCIES) or set(truth) != set(EFFICIENCIES):
        raise NotStated("delta_sys is not given at 0.01, 0.001 and 0.0001")
    yield from {"baseline": baseline, "baseline+delta_r": sculpted}[features](tables, estimate, truth)
    yield verdicts(text)


def baseline(tables, estimate, truth):
    """Finds the resonance, claims nothing without it, and is right about its own shift."""
    for rule, (injected, nothing) in tables.items():
        largest = max(abs(s) for s in known(nothing.values(), "S without injection"))
        yield largest < 3, f"rule {rule}: without injection no |S| reaches 3 (largest {largest:.2f})"
        at = {window: needed(injected[window, 0.001], f"window {window} at 0.001") for window in SIGNAL}
        yield min(at[5], at[6]) >= 5, f"rule {rule}: S at 0.001 is at least 5 in windows 5 and 6 ({at[5]:+.2f}, {at[6]:+.2f})"
        yield at[4] >= 2, f"rule {rule}: S at 0.001 is at least 2 in window 4 ({at[4]:+.2f})"
        others = {key: s for key, s in injected.items() if key[0] not in SIGNAL and s is not None}
        beside = max(known([s for (_, epsilon), s in others.items() if epsilon == 0.001], "windows without the resonance"))
        yield beside < min(1.5, *at.values()), f"rule {rule}: no other window reaches 1.5 or window 4 at 0.001 (largest {beside:+.2f})"
        yield max(others.values()) < 2.5, f"rule {rule}: no other window reaches 2.5 anywhere (largest {max(others.values()):+.2f})"
    cost = max(1 - tables["spread"][0][window, 0.001] / tables["paper"][0][window, 0.001] for window in (5, 6))
    yield cost <= 0.15, f"rule spread costs at most 15 % of S at 0.001 in windows 5 and 6 ({cost:.1%})"
    for epsilon, limit in zip(EFFICIENCIES, (0.05, 0.15, 0.25)):
        (mean, _), (true, _) = estimate[epsilon], truth[epsilon]
        yield abs(mean) <= limit, f"|delta_sys| at {epsilon:g} is at most {limit:g} ({mean:+.3f})"
        yield abs(mean - true) <= limit, f"delta_sys at {epsilon:g} is that from labels within {limit:g} ({mean - true:+.3f})"


def sculpted(tables, estimate, truth):
    """With delta_r the strips are no template: delta_sys says so, and no excess is left, injected or not."""
    for name, found in (("Monte Carlo", estimate), ("labels", truth)):
        means = [mean for mean, _ in found.values()]
        yield 0.5 <= min(means) and max(means) <= 1.5, f"delta_sys from {name} lies in 0.5 to 1.5 ({min(means):.2f} to {max(means):.2f})"
    for rule, limit in (("paper", 1.0), ("spread", 1.5)):
        for what, table in zip(("with", "without"), tables[rule]):
            largest = max(abs(s) for s in known(table.values(), f"S {what} injection"))
            yield largest < limit, f"rule {rule}: {what} injection no |S| reaches {limit:g} (largest {largest:.2f})"
