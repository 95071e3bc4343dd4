"""Claims about injection scans and upper limits: results/injections.txt."""
import re

from claim import NotStated, find, needed, value

CPU_MINUTES = 40
EXPERIMENTS, MOST_EXCLUDED = 200, 0.08
BAND = r"(\S+) \[(\S+), (\S+)\] \[(\S+), (\S+)\]"


def injections(text):
    strengths, redraws, failed = map(int, find(r"^(\d+) strengths, (\d+) redraws each, (\d+) failed$", text, "number of redraws").groups())
    yield strengths == 8 and redraws >= 20 and failed == 0, (
        f"eight strengths, at least 20 redraws of each, none failed ({strengths}, {redraws}, {failed})")
    spent = float(find(r"^injection scan: (\S+) CPU-minutes$", text, "CPU time")[1])
    yield spent <= CPU_MINUTES, f"the scan takes at most {CPU_MINUTES} CPU-minutes ({spent})"
    blocks = re.split(r"^eps_B (\S+)$", text, flags=re.MULTILINE)[1:]
    if not blocks:
        raise NotStated("the table has no working point")
    for epsilon, block in zip(blocks[::2], blocks[1::2]):
        medians = [float(median) for median in re.findall(rf"^ *\d+ signal events: S (\S+) \[", block, re.MULTILINE)]
        if len(medians) != strengths:
            raise NotStated(f"the table has not a row for each strength at {epsilon}")
        yield abs(medians[0]) < 1, f"{epsilon}: the median S without signal lies within 1 of 0 ({medians[0]:+.2f})"
        yield medians[-1] > 5, f"{epsilon}: the median S of the largest strength is above 5 ({medians[-1]:+.2f})"
        cls = find(rf"^cls: observed (\S+) .*, expected {BAND}, coverage (.*)$", block, f"limit at {epsilon}")
        median, low_one, high_one, low_two, high_two = (needed(value(edge), f"the expected limit at {epsilon}") for edge in cls.groups()[1:6])
        yield cls[1] == "beyond" or needed(value(cls[1]), f"the limit at {epsilon}") > high_two, (
            f"{epsilon}: the data, which hold a signal, have a limit above the expected band ({cls[1]} of {high_two})")
        rows = re.findall(rf"^ *(\d+) signal events: .*, background/N_exp - 1 (\S+) \[", block, re.MULTILINE)
        nearest, shift = min(rows, key=lambda row: abs(float(row[0]) - median))
        yield abs(float(shift)) < 0.1, f"{epsilon}: at {nearest} events, near to the expected limit, the background is N_exp to 0.1 ({shift})"
        yield 0 < low_two <= low_one <= median <= high_one <= high_two, f"{epsilon}: the expected limit {median} lies inside of its bands"
        for fraction, strength in re.findall(r"(\d\.\d+) at (\d+)", cls[7]):
            # 20 redraws about 0.95: three binomial errors are 0.15.
            yield float(fraction) >= 0.8, f"{epsilon}: the limit covers {strength} events in at least 0.8 of the redraws ({fraction})"
        five = find(r"^5 sigma: S/sqrt\(B\) (\S+), without a cut (\S+)$", block, f"sensitivity at {epsilon}")
        yield needed(value(five[1]), f"5 sigma at {epsilon}") < float(five[2]), (
            f"{epsilon}: 5 sigma need less signal than counting without a cut ({five[1]} of {five[2]})")


def coverage(text):
    """Independent experiments on full chains: how often the limit excludes the truth."""
    strengths, redraws = map(int, find(r"^(\d+) strengths, (\d+) redraws each$", text, "injection scan").groups())
    yield strengths == 8 and redraws >= 20, f"an injection scan of eight strengths, at least 20 redraws of each ({strengths}, {redraws})"
    truths, experiments = map(int, find(r"^(\d+) true strengths, (\d+) experiments each$", text, "number of experiments").groups())
    yield experiments >= EXPERIMENTS, f"at least {EXPERIMENTS} experiments of each true strength ({experiments})"
    blocks = re.split(r"^window \d, eps_B (\S+): .*$", text, flags=re.MULTILINE)[1:]
    if blocks[::2] != ["0.1", "0.01"]:
        raise NotStated("the table has not the working points 0.1 and 0.01")
    for epsilon, block in zip(blocks[::2], blocks[1::2]):
        mean = float(find(r"^S of \d+ experiments without signal: mean (\S+), width \S+$", block, f"S without signal at {epsilon}")[1])
        yield abs(mean) < 0.4, f"{epsilon}: the mean S without signal lies within 0.4 of 0 ({mean:+.2f})"
        rows = re.findall(r"^cls: excludes (\d+) events in (\d+) of (\d+) experiments, (\d+) without a limit$", block, re.MULTILINE)
        if len(rows) != truths:
            raise NotStated(f"the table has not a row for each true strength at {epsilon}")
        for strength, excluded, limits, failed in rows:
            fraction = int(excluded) / int(limits)
            yield fraction <= MOST_EXCLUDED, f"{epsilon}: the limit excludes {strength} events in at most {MOST_EXCLUDED} ({fraction:.3f})"
            yield failed == "0", f"{epsilon}: every experiment with {strength} events has a limit"
