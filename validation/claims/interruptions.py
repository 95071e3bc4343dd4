"""Claims about searches whose workers were killed: results/interruptions.txt."""
from claim import find

METHODS = ("cwola", "cathode", "lacathode")


def judge(text):
    """Killed and damaged or not, a search says the same, to the last bit."""
    rows = {}
    for method in METHODS:
        row = find(
            rf"^{method}: (\d+) kills in (\d+) searches; results.json equal in (\d+), summary/ equal in (\d+); (\d+) bits flipped, (\d+) found$",
            text,
            f"row of {method}")
        rows[method] = list(map(int, row.groups()))
    kills, flipped = (sum(row[column] for row in rows.values()) for column in (0, 4))
    yield kills >= 20, f"at least 20 kills ({kills})"
    yield flipped >= 3, f"at least 3 flipped bits ({flipped})"
    for method, (_, searches, results, summaries, bits, found) in rows.items():
        yield searches == results > 0, f"{method}: every results.json is that of the uninterrupted search ({results} of {searches})"
        yield searches == summaries > 0, f"{method}: every summary is ({summaries} of {searches})"
        yield bits == found, f"{method}: every flipped bit was found and its file moved aside ({found} of {bits})"
