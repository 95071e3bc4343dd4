"""Claims about random tables: results/random-tables.txt."""
import math

from claim import NotStated, find

METHODS = ("ideal", "cwola", "cathode", "lacathode", "anode", "salad", "feta", "curtains", "combined")
NUMBER = r"([+-]?[\d.]+)"
# What a table of some thousand events is enough for: a ratio of two densities is not.
SUITED = tuple(method for method in METHODS if method != "anode")
# The default estimate of the others is made in strips, which hold too few events of such tables for the folds.
ESTIMATED = METHODS[:5]
# Widths of S, and what N_exp is wrong by, in units of the error of S.
WIDTH, WIDTH_OF_RATIO, SHIFT = 1.25, 1.75, 0.3


def part(text, what):
    """The rows of the tables that were searched with these errors."""
    return find(rf"^\d+ random tables of [^\n]*, {what}\n(?:.+\n?)+", text, f"tables with {what}").group(0)


def row(text, name):
    found = find(
        rf"^{name} +(\d+) numbers: mean {NUMBER}, width {NUMBER}, from {NUMBER} to {NUMBER}, shift {NUMBER}, above 4: (\d+), above 6: (\d+), "
        r"undefined (\d+), template_fails (\d+), negative counts (\d+)$", text, f"row of {name}").groups()
    return tuple(float(cell) for cell in found)


def error(numbers, width):
    """Of a mean: the two working points of a window share events, so that there are half as many independent numbers."""
    return width / math.sqrt(numbers / 2)


def sound(text, name, methods):
    """Numbers that no noise makes are rare in methods that suit such tables, and never excesses in the other."""
    rows = {method: row(text, method) for method in methods}
    numbers, beyond = (sum(rows[method][column] for method in methods if method in SUITED) for column in (0, 6))
    yield beyond <= max(1, 5 * numbers / 8000), f"{name}: at most 5 of 8000 numbers beyond 4, without anode ({beyond:.0f} of {numbers:.0f})"
    for method, (_, _, width, low, high, *_) in rows.items():
        most = WIDTH if method in SUITED else WIDTH_OF_RATIO
        yield width < most, f"{name}: {method}: width of S below {most} ({width:.3f})"
        if method not in SUITED:
            yield high < 4, f"{name}: {method}: no S above 4 ({high:+.2f}; lowest {low:+.2f})"
    _, _, _, _, _, _, _, above6, undefined, fails, negative = row(text, "all")
    yield above6 == 0, f"{name}: none beyond 6 ({above6:.0f})"
    yield negative == 0, f"{name}: no negative count ({negative:.0f})"
    yield undefined == fails, f"{name}: every undefined number is that of a template that fails ({undefined:.0f}, {fails:.0f})"


def judge(text):
    alone, estimated = part(text, "statistical errors"), part(text, "default estimates of delta_sys")
    numbers, undefined = row(alone, "all")[0], row(alone, "all")[8]
    yield numbers >= 240, f"at least 240 numbers ({numbers:.0f})"
    yield from sound(alone, "statistical errors", METHODS)
    for method in METHODS:
        count, mean, width, _, _, shift, _, _, missing, *_ = row(alone, method)
        if count + missing != (numbers + undefined) / len(METHODS):
            raise NotStated(f"the row of {method} has not its share of all numbers")
        limit = 0.15 + 2 * error(count, width)
        yield abs(mean) < limit, f"{method}: |mean| of S below 0.15 within two standard errors ({mean:+.3f}, limit {limit:.3f})"
        yield abs(shift) < SHIFT, f"{method}: the error of N_exp is worth less than {SHIFT} sigma ({shift:+.3f})"
    yield from sound(estimated, "default estimates", ESTIMATED)
    for method in ESTIMATED:
        count, mean, width, *_ = row(estimated, method)
        limit = 0.15 + 2 * error(count, width)
        yield mean < limit, f"{method}, default estimate: mean of S below 0.15 within two standard errors ({mean:+.3f}, limit {limit:.3f})"
    for method in SUITED:
        found, strong = map(int, find(rf"^{method} +above 4 in (\d+) of (\d+) tables where ideal is above 6$", text, f"signal by {method}").groups())
        yield strong > 0 and found >= 0.9 * strong, f"planted signal: S of {method} above 4 in 90 % of the tables ({found} of {strong})"
