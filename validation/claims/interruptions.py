"""Claims about what was killed and went on: results/interruptions.txt."""
from claim import find

METHODS = ("cwola", "cathode", "lacathode", "anode", "salad", "feta", "curtains", "combined", "ideal", "supervised")
COMMANDS = ("simulate", "scan", "plan", "work", "collect", "calibrate", "inject", "limit", "fit", "export", "score", "report", "compare")
COUNTS = r"(\d+) kills in (\d+) (?:searches|trials), (\d+) in the midst of a file; equal (\d+), verified (\d+), temporaries left (\d+)"


def judge(text):
    """Killed and damaged or not, what is left is the same, to the last bit."""
    rows = {}
    for name in [f"method {name}" for name in METHODS] + [f"command {name}" for name in COMMANDS]:
        bits = r"; (\d+) bits flipped, (\d+) found" if name.startswith("method") else ""
        rows[name] = [int(number) for number in find(rf"^{name}: {COUNTS}{bits}; \d+ CPU s$", text, f"row of {name}").groups()]
    methods = [row for name, row in rows.items() if name.startswith("method")]
    kills, midst = sum(row[0] for row in rows.values()), sum(row[2] for row in rows.values())
    searches, flipped = sum(row[1] for row in methods), sum(row[6] for row in methods)
    yield kills >= 200, f"at least 200 kills ({kills})"
    yield midst >= 20, f"at least 20 of them while a file was written ({midst})"
    yield searches >= 50, f"at least 50 searches by two workers in namespaces of their own ({searches})"
    yield flipped >= 3, f"at least 3 flipped bits ({flipped})"
    for name, (_, trials, _, equal, verified, left, *bits) in rows.items():
        holds = equal == verified == trials > 0 and left == 0 and len(set(bits)) <= 1
        found = f", flipped bits found {bits[1]} of {bits[0]}" if bits else ""
        yield holds, f"{name}: as uninterrupted {equal} of {trials}, verified {verified}, no temporary left ({left}){found}"
