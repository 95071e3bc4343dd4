"""Claims about random tables: results/random-tables.txt."""
from claim import NotStated, find

METHODS = ("ideal", "cwola", "cathode", "lacathode", "anode")
NUMBER = r"([+-]?[\d.]+)"
# What a table of some thousand events is enough for: a ratio of two densities is not.
SUITED = ("ideal", "cwola", "cathode", "lacathode")


def row(text, name):
    found = find(
        rf"^{name} +(\d+) numbers: mean {NUMBER}, width {NUMBER}, largest {NUMBER}, above 4: (\d+), above 6: (\d+), "
        r"undefined (\d+), template_fails (\d+), negative counts (\d+)$", text, f"row of {name}").groups()
    return tuple(float(cell) for cell in found)


def judge(text):
    numbers, mean, width, _, above4, above6, undefined, fails, negative = row(text, "all")
    yield numbers >= 240, f"at least 240 numbers ({numbers:.0f})"
    yield abs(mean) < 0.15, f"pooled |mean| of S below 0.15 ({mean:+.3f})"
    yield width < 1.25, f"width of S below 1.25 ({width:.3f})"
    yield above4 <= max(1, 5 * numbers / 8000), f"at most 5 of 8000 numbers above 4 ({above4:.0f} of {numbers:.0f})"
    yield above6 == 0, f"none above 6 ({above6:.0f})"
    yield negative == 0, f"no negative count ({negative:.0f})"
    yield undefined == fails, f"every undefined number is that of a template that fails ({undefined:.0f}, {fails:.0f})"
    for method in METHODS:
        if row(text, method)[0] + row(text, method)[6] != (numbers + undefined) / len(METHODS):
            raise NotStated(f"the row of {method} has not a fifth of all numbers")
    for method in SUITED:
        found, strong = map(int, find(rf"^{method} +above 4 in (\d+) of (\d+) tables where ideal is above 6$", text, f"signal by {method}").groups())
        yield strong > 0 and found >= 0.9 * strong, f"planted signal: S of {method} above 4 in 90 % of the tables ({found} of {strong})"
